/* SPDX-License-Identifier: Apache-2.0 */
/* Products against plain sums, bit for bit; gradients against what a small step of a weight does to the loss. */
#include "net.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t chance = 3;

static float unit(void)
{
    chance = chance * 6364136223846793005ull + 1442695040888963407ull;
    return (float)(chance >> 40) * 0x1p-24f - 0.5f;
}

static size_t below(size_t n)
{
    return (size_t)((unit() + 0.5f) * (float)n);
}

static void test_products(void **state)
{
    (void)state;
    enum { M = 23, N = 80, K = 37 };
    static float a[M * K] __attribute__((aligned(64))), b[K * N] __attribute__((aligned(64)));
    static float c[M * N] __attribute__((aligned(64))), want[M * N];
    for (size_t i = 0; i < M * K; i++)
        a[i] = unit();
    for (size_t i = 0; i < K * N; i++)
        b[i] = unit();
    for (int turned = 0; turned < 2; turned++) {
        size_t row = turned ? 1 : K, col = turned ? M : 1;
        for (size_t i = 0; i < M * N; i++)
            c[i] = want[i] = unit();
        for (size_t i = 0; i < M; i++)
            for (size_t j = 0; j < N; j++)
                for (size_t k = 0; k < K; k++)
                    want[i * N + j] = fmaf(a[i * row + k * col], b[k * N + j], want[i * N + j]);
        gemm(M, N, K, a, row, col, b, N, c, N);
        assert_memory_equal(c, want, sizeof want);
    }
}

enum { SENTENCES = 3, WORDS_MOST = 7, ROWS = 20 };

typedef struct lesson {
    net n;
    net_word words[SENTENCES][WORDS_MOST];
    net_sentence s[SENTENCES];
    const net_sentence *list[SENTENCES];
    net_grad g;
} lesson;

static net_target some(size_t n)
{
    net_target t = {{(uint16_t)below(n), NOTHING, NOTHING, NOTHING}, {1}};
    if (unit() > 0) {
        t.what[1] = (uint16_t)((t.what[0] + 1) % n);
        t.share[0] = 0.75f;
        t.share[1] = 0.25f;
    }
    return t;
}

static void make(lesson *l)
{
    static const uint32_t len[SENTENCES] = {7, 4, 1};
    const net_size size = {ROWS, 16, 16, 32, 16, 16, 16, 16};
    net_init(&l->n, &size, 5);
    for (size_t i = 0; i < l->n.at.len;
         i++) /* far from where gates are flat, heads even, and ReLUs dead */
        l->n.dense[i] += unit() * 0.3f;
    net_flip(&l->n);
    l->g.dense =
        aligned_alloc(64, l->n.at.len * sizeof(float) + 64 - l->n.at.len * sizeof(float) % 64);
    memset(l->g.dense, 0, l->n.at.len * sizeof(float));
    for (size_t k = 0; k < SENTENCES; k++) {
        l->s[k] = (net_sentence){l->words[k], len[k]};
        l->list[k] = &l->s[k];
        for (uint32_t i = 0; i < len[k]; i++) {
            net_word *w = &l->words[k][i];
            *w = (net_word){.tag = some(16), .head = some(len[k]), .rel = some(16)};
            for (int f = 0; f < FEATURES; f++)
                w->row[f] = (uint32_t)below(ROWS);
            w->rel_head = (uint16_t)(unit() > 0.3f ? ROOT : below(len[k]));
            if (len[k] == 1 || unit() > 0.3f)
                w->head = (net_target){{ROOT, NOTHING, NOTHING, NOTHING}, {1}};
            else
                for (int t = 0; t < TARGETS && w->head.what[t] != NOTHING; t++)
                    w->head.what[t] =
                        (uint16_t)(w->head.what[t] == i ? (i + 1) % len[k] : w->head.what[t]);
        }
    }
}

static double loss_of(lesson *l, net_work *w, net_grad *g)
{
    static const net_rates none = {0, 0, 0};
    net_loss loss = {0};
    net_learn(&l->n, w, l->list, SENTENCES, &none, 1, g, &loss);
    return loss.tag + loss.head + loss.rel;
}

static void check(lesson *l, net_work *w, net_grad *other, float *weight, double gradient,
                  size_t *checked)
{
    const float step = 0.004f, before = *weight;
    *weight = before + step;
    double up = loss_of(l, w, other);
    *weight = before - step;
    double down = loss_of(l, w, other), slope = (up - down) / (2 * (double)step);
    *weight = before;
    if (fabs(slope - gradient) > 0.02 + 0.05 * fabs(gradient))
        print_error("weight %td: gradient %g, slope %g\n", weight - l->n.dense, gradient, slope);
    else
        ++*checked;
}

static void test_gradients(void **state)
{
    (void)state;
    static lesson l;
    make(&l);
    net_work *w = net_work_new();
    net_grad other = {
        aligned_alloc(64, l.n.at.len * sizeof(float) + 64 - l.n.at.len * sizeof(float) % 64)};
    memset(other.dense, 0, l.n.at.len * sizeof(float));
    loss_of(&l, w, &l.g);
    const net_word *const *seen;
    const float *d_in;
    float rows[ROWS * 16] = {0};
    size_t n = net_work_input(w, &seen, &d_in), tried = 0, right = 0;
    for (size_t t = 0; t < n; t++)
        for (int f = 0; f < FEATURES; f++)
            for (size_t j = 0; j < 16; j++)
                rows[seen[t]->row[f] * 16 + j] += d_in[t * 16 + j];
    for (size_t i = 0; i < l.n.at.len; i += 7, tried++)
        check(&l, w, &other, &l.n.dense[i], (double)l.g.dense[i], &right);
    for (size_t i = 16; i < ROWS * 16; i += 5, tried++)
        check(&l, w, &other, &l.n.rows[i], (double)rows[i], &right);
    print_message("%zu of %zu gradients agree\n", right, tried);
    assert_true(right * 1000 >= tried * 995); /* a step may cross the corner of a ReLU */
    net_work_free(w);
    net_free(&l.n);
    free(l.g.dense);
    free(other.dense);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_gradients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
