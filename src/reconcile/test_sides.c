/* SPDX-License-Identifier: Apache-2.0 */
/* test_sides.c - clusters are told apart where the rows themselves, each held against each, tell them apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "internal.h"
#include "made_story.h"

#define MEMORY ((size_t)256 << 20)
#define STORIES 20
#define CLAIMS 120 /* of a story: no page has more figures than a side holds */
#define LOOKS 200

typedef struct trial {
    made m;
    rc r;
    ds_story story;
    uint32_t *rows; /* of one measure, in order */
    uint32_t len;
    uint32_t *root, *next, *last;
    rc_sides *sides;
} trial;

/* Few pages, so that clusters meet on them, and rows that are shares of others. */
static void begin(trial *t, ds_arena *a, uint64_t seed)
{
    size_t n;
    ds_lexicon *lex;
    *t = (trial){.m = {.a = a, .state = seed, .claims = CLAIMS}};
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    ds_reading *all = made_story(&t->m, &n);
    assert_int_equal(ds_story_given(a, all, n, &t->story, NULL), DS_OK);
    assert_int_equal(ds_story_who(a, all, lex, &t->story, NULL), DS_OK);
    t->r = (rc){.a = a, .lex = lex, .readings = all, .story = &t->story};
    assert_int_equal(rc_words_new(a, lex, &t->r.words), DS_OK);
    assert_int_equal(rc_rows_read(&t->r), DS_OK);
    t->rows = made_room(&t->m, t->r.rows_len, sizeof *t->rows);
    t->root = made_room(&t->m, 3 * t->r.rows_len, sizeof *t->root);
    t->next = t->root + t->r.rows_len;
    t->last = t->next + t->r.rows_len;
    for (uint32_t i = 0; i < t->r.rows_len; i++)
        if (ds_str_eq(t->r.rows[i].measure.asks, DS_STR("killed")))
            t->rows[t->len++] = i;
    for (uint32_t i = 0; i < t->len; i++) {
        t->root[i] = t->last[i] = i;
        t->next[i] = UINT32_MAX;
    }
    assert_true(t->len > 10);
    assert_int_equal(rc_sides_new(&t->r, t->rows, t->len, &t->sides), DS_OK);
}

/* Row by row. */
static const char *plainly_apart(const trial *t, uint32_t x, uint32_t y, rc_tie *where)
{
    for (uint32_t i = x; i != UINT32_MAX; i = t->next[i])
        for (uint32_t j = 0; j < t->len; j++) {
            const char *why = t->root[j] == y ? rc_other_thing(&t->r, &t->r.rows[t->rows[i]],
                                                               &t->r.rows[t->rows[j]])
                                              : NULL;
            if (!why)
                continue;
            *where = (rc_tie){t->rows[i], t->rows[j], why};
            return why;
        }
    return NULL;
}

static void merge(trial *t, uint32_t x, uint32_t y)
{
    assert_int_equal(rc_sides_merge(t->sides, x, y, t->root, t->next), DS_OK);
    for (uint32_t i = y; i != UINT32_MAX; i = t->next[i])
        t->root[i] = x;
    t->next[t->last[x]] = y;
    t->last[x] = t->last[y];
}

/* Whether they were apart. */
static bool look(trial *t, uint32_t x, uint32_t y)
{
    rc_tie got = {0}, wanted = {0};
    const char *why = rc_sides_apart(t->sides, x, t->next, y, &got);
    assert_ptr_equal(why, plainly_apart(t, x, y, &wanted));
    assert_int_equal(got.row, wanted.row);
    assert_int_equal(got.with, wanted.with);
    if (rc_sides_known_apart(t->sides, x, y))
        assert_non_null(why);
    if (!why)
        merge(t, x, y);
    else if (!rc_sides_known_apart(t->sides, x, y))
        assert_int_equal(rc_sides_keep_apart(t->sides, x, y), DS_OK);
    return why;
}

static void sides_tell_what_rows_tell(void **state)
{
    (void)state;
    size_t apart = 0;
    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        trial t;
        begin(&t, a, seed);
        for (int i = 0; i < LOOKS; i++) {
            uint32_t x = t.root[made_below(&t.m, t.len)], y = t.root[made_below(&t.m, t.len)];
            if (x != y)
                apart += look(&t, x, y);
        }
    }
    assert_true(apart > STORIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_tell_what_rows_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
