/* SPDX-License-Identifier: Apache-2.0 */
#include "digest/versions.h"

#include <setjmp.h>

#include <cmocka.h>

enum { MOST = 8 };

/* Sentences of two versions, and what must be said: "~" changed, "-" removed, "+" added, with the numbers in both. */
static const struct {
    const char *was[MOST], *is[MOST], *edits;
} rows[] = {
    {{"One.", "Two."}, {"One.", "Two."}, ""},
    {{"The dam broke on Sunday.", "At least 17 people died."},
     {"The dam broke on Sunday.", "At least 31 people died."},
     "~1:1 "},
    {{"One.", "Two.", "Three."}, {"One.", "Three."}, "-1 "},
    {{"One.", "Three."}, {"One.", "Two.", "Three.", "Four."}, "+1 +3 "},
    {{"A bridge fell.", "Anna Holm was the mayor of Osterby.", "It rained."},
     {"Nobody was hurt there.", "Anna Holm was not the mayor of Osterby.", "It rained."},
     "-0 +0 ~1:1 "},
    {{"One.", "Two."}, {NULL}, "-0 -1 "},
    {{NULL}, {"One."}, "+0 "},
    {{"One.", "One.", "One."}, {"One.", "One."}, "-2 "},
};

static ds_reading read_as(ds_arena *a, const char *const *z)
{
    ds_article *art = ds_arena_calloc(a, 1, sizeof *art);
    ds_sentence *s = ds_arena_calloc(a, MOST, sizeof *s);
    ds_buf b = ds_buf_new(a);
    size_t n = 0;
    assert_true(art && s);
    for (; n < MOST && z[n]; n++) {
        uint32_t beg = (uint32_t)b.len;
        ds_buf_puts(&b, z[n]);
        s[n] = (ds_sentence){.span = {beg, (uint32_t)b.len}, .number = (uint32_t)n + 1};
    }
    *art = (ds_article){.text = ds_buf_str(&b), .modified = DS_DAY_NONE};
    return (ds_reading){.article = art, .sents = s, .sents_len = n};
}

static void edits_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
        ds_reading was = read_as(a, rows[i].was), is = read_as(a, rows[i].is);
        ds_versions_diff d;
        assert_int_equal(ds_diff_versions(a, &was, &is, &d, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < d.edits_len; k++) {
            const ds_edit *e = &d.edits[k];
            if (e->kind == DS_EDIT_CHANGED)
                ds_buf_printf(&b, "~%d:%d ", e->was, e->is);
            else
                ds_buf_printf(&b, "%c%d ", e->kind == DS_EDIT_ADDED ? '+' : '-',
                              e->kind == DS_EDIT_ADDED ? e->is : e->was);
        }
        ds_buf_putc(&b, 0);
        assert_string_equal(ds_buf_str(&b).at, rows[i].edits);
        assert_false(d.says_so);
    }
}

static ds_claim figure(const char *measure, int64_t n)
{
    return (ds_claim){.number = 1,
                      .measure = ds_str_of(measure),
                      .unit = DS_STR("person"),
                      .value = {.low = DS_FRAC(n),
                                .best = DS_FRAC(n),
                                .high = DS_FRAC(n),
                                .has_low = true,
                                .has_best = true,
                                .has_high = true}};
}

static void figures_that_changed_are_told(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
    const char *const one[] = {"A blast killed 17 and hurt 40 in Osterby.", NULL};
    const char *const two[] = {"A blast killed 31 and hurt 40 in Osterby.", NULL};
    const ds_claim old[] = {figure("killed", 17), figure("injured", 40)};
    const ds_claim new[] = {figure("killed", 31), figure("injured", 40)};
    ds_reading was = read_as(a, one), is = read_as(a, two);
    ds_article later = *is.article;
    ds_versions_diff d;
    later.modified = ds_day_of(2031, 5, 2);
    is.article = &later;
    was.claims = (ds_claims){old, 2};
    is.claims = (ds_claims){new, 2};
    assert_int_equal(ds_diff_versions(a, &was, &is, &d, NULL), DS_OK);
    assert_int_equal(d.figures_len, 1);
    assert_int_equal(d.figures[0].was, 0);
    assert_int_equal(d.figures[0].is, 0);
    assert_int_equal(d.edits[d.figures[0].edit].kind, DS_EDIT_CHANGED);
    assert_true(d.says_so);
}

static void hunger_is_said(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *home = ds_arena_new(0, 1 << 20);
    ds_reading was = read_as(home, rows[4].was), is = read_as(home, rows[4].is);
    bool done = false;
    for (size_t budget = 0; !done && budget < 1 << 16; budget += 13) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, budget);
        ds_versions_diff d = {.edits_len = 99};
        ds_status st = ds_diff_versions(a, &was, &is, &d, NULL);
        done = st == DS_OK;
        assert_int_equal(d.edits_len, done ? 3 : 99);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_found),
        cmocka_unit_test(figures_that_changed_are_told),
        cmocka_unit_test(hunger_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
