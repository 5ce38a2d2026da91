/* SPDX-License-Identifier: Apache-2.0 */
/* Trees against the best of all trees, found by trying them. */
#include "language/tree.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

enum { MOST = 6, LONG = 200 };

static uint64_t chance = 7;

static int32_t between(int32_t least, int32_t most)
{
    chance = chance * 6364136223846793005ull + 1442695040888963407ull;
    return least + (int32_t)((chance >> 33) % (uint64_t)(most - least + 1));
}

/* Roots of a choice of heads; -1 when a circle is in it. */
static int roots_of(const int32_t *head, size_t n)
{
    int roots = 0;
    for (size_t i = 0; i < n; i++) {
        size_t steps = 0;
        for (int32_t at = (int32_t)i; at >= 0; at = head[at])
            if (++steps > n)
                return -1;
        roots += head[i] < 0;
    }
    return roots;
}

static int64_t worth(const ds_arcs *arcs, const int32_t *head)
{
    int64_t sum = 0;
    for (size_t i = 0; i < arcs->n; i++)
        if (head[i] >= 0)
            sum += arcs->score[(size_t)head[i] * arcs->row + i] +
                   arcs->distance[(ptrdiff_t)i - head[i]];
    return sum;
}

/* The most that a tree under `root` is worth. */
static int64_t best_under(const ds_arcs *arcs, size_t root)
{
    int32_t head[MOST] = {0};
    int64_t most = INT64_MIN;
    size_t all = 1;
    for (size_t i = 0; i < arcs->n; i++)
        all *= arcs->n;
    for (size_t code = 0; code < all; code++) {
        size_t rest = code;
        bool self = false;
        for (size_t i = 0; i < arcs->n; i++, rest /= arcs->n) {
            head[i] = (int32_t)(rest % arcs->n);
            self = self || (i != root && head[i] == (int32_t)i);
        }
        head[root] = -1;
        if (!self && roots_of(head, arcs->n) == 1 && worth(arcs, head) > most)
            most = worth(arcs, head);
    }
    return most;
}

typedef struct made {
    int32_t score[LONG * LONG], distance[2 * LONG + 1], root[LONG], head[LONG];
    ds_arcs arcs;
} made;

/* Scores, and the best head of each word. */
static void make(made *m, size_t n, int32_t far)
{
    m->arcs = (ds_arcs){n, m->score, n, m->distance + LONG, m->root};
    for (size_t i = 0; i < n * n; i++)
        m->score[i] = between(-far, far);
    for (size_t i = 0; i <= 2 * LONG; i++)
        m->distance[i] = between(-5, 5);
    for (size_t i = 0; i < n; i++) {
        int32_t most = m->root[i] = between(-far, far);
        m->head[i] = -1;
        for (size_t j = 0; j < n; j++) {
            int32_t s = m->score[j * n + i] + m->arcs.distance[(ptrdiff_t)i - (ptrdiff_t)j];
            if (j != i && s > most) {
                most = s;
                m->head[i] = (int32_t)j;
            }
        }
    }
}

static void test_best_of_all_trees(void **state)
{
    (void)state;
    static made m;
    ds_arena *a = ds_arena_new(0, 64 << 20);
    ds_tree_room room = {NULL, 0};
    int repaired = 0;
    for (int round = 0; round < 400; round++) {
        int32_t before[MOST];
        size_t n = (size_t)between(1, MOST), root = 0;
        make(&m, n, round & 1 ? 9 : 100000);
        memcpy(before, m.head, sizeof before);
        assert_int_equal(ds_tree(a, &room, &m.arcs, m.head), DS_OK);
        assert_int_equal(roots_of(m.head, n), 1);
        if (roots_of(before, n) == 1) {
            assert_memory_equal(before, m.head, n * sizeof *before);
            continue;
        }
        repaired++;
        while (m.head[root] >= 0)
            root++;
        assert_int_equal(worth(&m.arcs, m.head), best_under(&m.arcs, root));
    }
    assert_true(repaired > 100);
    ds_arena_free(a);
}

static void test_long_ones(void **state)
{
    (void)state;
    static made m;
    ds_arena *a = ds_arena_new(0, 64 << 20);
    ds_tree_room room = {NULL, 0};
    for (int round = 0; round < 5; round++) {
        make(&m, LONG, round ? 1000 : 1);
        assert_int_equal(ds_tree(a, &room, &m.arcs, m.head), DS_OK);
        assert_int_equal(roots_of(m.head, LONG), 1);
    }
    ds_arena_free(a);
}

static void test_limits(void **state)
{
    (void)state;
    static made m;
    ds_tree_room room = {NULL, 0};
    ds_arena *a = ds_arena_new(64, 1024);
    m.arcs = (ds_arcs){.n = DS_TREE_MOST + 1};
    assert_int_equal(ds_tree(a, &room, &m.arcs, m.head), DS_LIMIT);
    make(&m, 50, 10);
    m.head[0] = m.head[1] = -1;
    assert_int_equal(ds_tree(a, &room, &m.arcs, m.head), DS_NOMEM);
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_best_of_all_trees),
        cmocka_unit_test(test_long_ones),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
