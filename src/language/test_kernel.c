/* SPDX-License-Identifier: Apache-2.0 */
/* Every kernel that this processor can run against loops that say what kernel.h promises. */
#include "language/kernel.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

enum { ROWS_MOST = 70, N_MOST = 112, K_MOST = 144, H = 48 };

static uint64_t chance = 1;

static uint32_t next(void)
{
    chance = chance * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(chance >> 33);
}

static int between(int least, int most)
{
    return least + (int)(next() % (uint32_t)(most - least + 1));
}

static int64_t cut(int64_t x, int64_t least, int64_t most)
{
    return x < least ? least : x > most ? most : x;
}

typedef struct product {
    int8_t w[K_MOST * N_MOST];
    int32_t bias[N_MOST];
    uint8_t x[ROWS_MOST * K_MOST];
    ds_matrix m;
    size_t rows;
} product;

/* limit: of weights; inputs reach so high that sums of two products just fit 16 bits. */
static void make(product *p, int limit, bool extreme)
{
    p->m = (ds_matrix){p->w,
                       p->bias,
                       16 * (uint32_t)between(1, N_MOST / 16),
                       4 * (uint32_t)between(1, K_MOST / 4),
                       (uint8_t)between(0, 4),
                       (uint8_t)between(0, 9)};
    p->rows = (size_t)between(1, ROWS_MOST);
    int high = limit == 127 ? 127 : 255;
    for (size_t i = 0; i < sizeof p->w; i++)
        p->w[i] = (int8_t)(extreme ? (next() & 1 ? limit : -limit) : between(-limit, limit));
    for (size_t i = 0; i < sizeof p->x; i++)
        p->x[i] = (uint8_t)(extreme ? high : between(0, high));
    for (size_t i = 0; i < N_MOST; i++)
        p->bias[i] = between(-100000, 100000);
}

static int64_t sum_of(const product *p, size_t row, size_t column)
{
    int64_t sum = p->bias[column];
    for (size_t k = 0; k < p->m.k; k++)
        sum += (int64_t)p->x[row * K_MOST + k] * p->w[(k / 4 * p->m.n + column) * 4 + k % 4];
    return sum * (1 << p->m.left) >> p->m.right;
}

static void check_product(const ds_kernel *k, const product *p)
{
    static int32_t y32[ROWS_MOST * N_MOST];
    static int16_t y16[ROWS_MOST * N_MOST], before[ROWS_MOST * N_MOST];
    static int8_t y8[ROWS_MOST * N_MOST];
    bool add = next() & 1;
    int least = next() & 1 ? 0 : -127;
    for (size_t i = 0; i < ROWS_MOST * N_MOST; i++)
        y16[i] = before[i] = (int16_t)between(INT16_MIN, INT16_MAX);
    k->to32(&p->m, p->rows, p->x, K_MOST, y32, N_MOST);
    k->to16(&p->m, p->rows, p->x, K_MOST, add, y16, N_MOST);
    k->to8(&p->m, p->rows, p->x, K_MOST, least, y8, N_MOST);
    for (size_t i = 0; i < p->rows; i++)
        for (size_t j = 0; j < p->m.n; j++) {
            int64_t sum = sum_of(p, i, j), half = cut(sum, INT16_MIN, INT16_MAX);
            size_t at = i * N_MOST + j;
            assert_int_equal(y32[at], sum);
            assert_int_equal(y16[at], add ? cut(half + before[at], INT16_MIN, INT16_MAX) : half);
            assert_int_equal(y8[at], cut(half, least, 127));
        }
}

static void test_products(void **state)
{
    (void)state;
    static product p;
    for (size_t k = 0; k < ds_kernels_len; k++)
        for (int round = 0; round < 200 && ds_kernels[k]->fits(); round++) {
            make(&p, round & 1 ? 127 : 63, round < 20);
            check_product(ds_kernels[k], &p);
        }
}

/* ---- the cell --------------------------------------------------------------------------------------- */

static int64_t rest(int64_t x, int64_t most)
{
    int64_t size = cut(x < 0 ? -x : x, 0, INT16_MAX);
    return most - size > 0 ? most - size : 0;
}

static int64_t gate(int64_t x)
{
    int64_t z = rest(x, 16383), low = 4 * z * z >> 16;
    return x > 0 ? 32767 - low : low;
}

static int64_t bend(int64_t x, bool fine)
{
    int64_t z = rest(x, 8191), y = fine ? 32767 - 2 * (16 * z * z >> 16) : 4096 - (4 * z * z >> 16);
    return x > 0 ? y : -y;
}

static int64_t rounded(int64_t x, int64_t y)
{
    return (x * y + (1 << 14)) >> 15;
}

static void test_cell(void **state)
{
    (void)state;
    int16_t gates[4 * H], before[H], now[H];
    uint8_t out[H];
    for (size_t k = 0; k < ds_kernels_len; k++)
        for (int round = 0; round < 300 && ds_kernels[k]->fits(); round++) {
            int far = round % 3 == 0 ? 32768 : 12000;
            for (int i = 0; i < 4 * H; i++)
                gates[i] = (int16_t)cut(between(-far, far), INT16_MIN, INT16_MAX);
            for (int i = 0; i < H; i++)
                before[i] = (int16_t)cut(between(-far, far), INT16_MIN, INT16_MAX);
            ds_kernels[k]->cell(H, gates, round & 1 ? before : NULL, now, out);
            for (int i = 0; i < H; i++) {
                int64_t c = rounded(gate(gates[i]), bend(gates[3 * H + i], false));
                if (round & 1)
                    c = cut(c + rounded(gate(gates[H + i]), before[i]), INT16_MIN, INT16_MAX);
                assert_int_equal(now[i], c);
                int64_t h = cut(rounded(gate(gates[2 * H + i]), bend(c, true)) + 128, INT16_MIN,
                                INT16_MAX) >>
                            8;
                assert_int_equal(out[i], cut(h, -128, 127) + 128);
            }
        }
}

/* ---- rows and choices ------------------------------------------------------------------------------- */

static void test_rows_and_choices(void **state)
{
    (void)state;
    enum { IN = 32, N = 37, WIDE = 48 };
    static int8_t rows[6][IN];
    static int32_t score[N * WIDE], distance[2 * N + 1], best[N], arg[N];
    const int8_t *list[6];
    uint8_t out[IN];
    for (size_t k = 0; k < ds_kernels_len; k++)
        for (int round = 0; round < 50 && ds_kernels[k]->fits(); round++) {
            size_t n = (size_t)between(1, 6), words = (size_t)between(1, N);
            for (size_t i = 0; i < 6; i++) {
                list[i] = rows[i];
                for (size_t j = 0; j < IN; j++)
                    rows[i][j] = (int8_t)between(-128, 127);
            }
            ds_kernels[k]->add_rows(IN, list, n, out);
            for (size_t j = 0; j < IN; j++) {
                int sum = 0;
                for (size_t i = 0; i < n; i++)
                    sum += rows[i][j];
                assert_int_equal(out[j], cut(sum, -128, 127) + 128);
            }
            for (size_t i = 0; i < N * WIDE; i++)
                score[i] = between(-3, 3);
            for (size_t i = 0; i <= 2 * N; i++)
                distance[i] = between(-2, 2);
            ds_kernels[k]->best_heads(words, score, WIDE, distance + N, best, arg);
            for (size_t i = 0; i < words; i++) {
                int64_t most = INT64_MIN;
                int32_t at = -1;
                for (size_t j = 0; j < words; j++)
                    if (score[j * WIDE + i] + distance[N + i - j] > most) {
                        most = score[j * WIDE + i] + distance[N + i - j];
                        at = (int32_t)j;
                    }
                assert_int_equal(best[i], most);
                assert_int_equal(arg[i], at);
            }
            size_t first = 0;
            for (size_t i = 1; i < WIDE; i++)
                first = score[i] > score[first] ? i : first;
            assert_int_equal(ds_kernels[k]->best_of(score, WIDE), first);
        }
}

static void test_sides(void **state)
{
    (void)state;
    int16_t x[H], y[H];
    uint8_t out[H];
    for (size_t k = 0; k < ds_kernels_len; k++)
        for (int round = 0; round < 50 && ds_kernels[k]->fits(); round++) {
            int far = round & 1 ? INT16_MAX : 300, shift = between(0, 9);
            for (int i = 0; i < H; i++) {
                x[i] = (int16_t)between(-far, far);
                y[i] = (int16_t)between(-far, far);
            }
            ds_kernels[k]->add_sides(H, x, y, (unsigned)shift, out);
            for (int i = 0; i < H; i++)
                assert_int_equal(out[i], cut((x[i] + y[i]) >> shift, 0, 127));
        }
}

static void test_names(void **state)
{
    (void)state;
    assert_non_null(ds_kernel_named((ds_str){NULL, 0}));
    assert_string_equal(ds_kernel_named(DS_STR("plain"))->name, "plain");
    assert_null(ds_kernel_named(DS_STR("abacus")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_cell),
        cmocka_unit_test(test_rows_and_choices),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
