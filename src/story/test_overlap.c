/* SPDX-License-Identifier: Apache-2.0 */
#include "story/overlap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ONE                                                                                        \
    "Rescuers with dogs searched the ruined houses along the river through the night and found "   \
    "nobody alive. "
#define TWO                                                                                        \
    "Governor Anna Holm said that the dam above Osterby had been inspected only three weeks "      \
    "before it broke. "
#define THREE "Helicopters bring water and tents to the valley, which has no road any more. "
#define OTHER                                                                                      \
    "A teenager from Halvet won the national chess title with a queen sacrifice that her coach "   \
    "called reckless, and she will play abroad next year against the best of her age. "
/* ONE as an editor left it. */
#define EDITED                                                                                     \
    "Rescue teams with dogs searched the ruined houses along the swollen river through the night " \
    "and found nobody alive. "

static ds_wording worded(ds_arena *a, const char *text)
{
    ds_wording w;
    ds_str s = ds_str_of(text);
    assert_int_equal(ds_wording_read(a, s, (ds_span){0, (uint32_t)s.len}, &w), DS_OK);
    return w;
}

static ds_shared shared(ds_arena *a, const char *first, const char *second)
{
    ds_shared s;
    ds_wording x = worded(a, first), y = worded(a, second);
    assert_int_equal(ds_overlap_measure(a, &x, &y, &s), DS_OK);
    return s;
}

static void what_two_texts_share(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        ds_overlap_kind kind;
        uint32_t words[2]; /* shared, of each */
        size_t passages;
    } rows[] = {
        {ONE TWO, ONE TWO, DS_OVERLAP_EXACT, {35, 35}, 1},
        {ONE, "Rescuers with dogs! RESCUERS " ONE, DS_OVERLAP_CLOSE, {17, 17}, 1},
        {ONE TWO, OTHER, DS_OVERLAP_NONE, {0, 0}, 0},
        {ONE TWO THREE, THREE ONE TWO, DS_OVERLAP_CLOSE, {49, 49}, 2}, /* moved */
        {ONE TWO THREE, TWO THREE ONE, DS_OVERLAP_CLOSE, {49, 49}, 2},
        {ONE, EDITED, DS_OVERLAP_CLOSE, {16, 16}, 1},
        {ONE, OTHER ONE OTHER, DS_OVERLAP_INSIDE, {17, 17}, 1}, /* an agency's text */
        {OTHER ONE OTHER, ONE, DS_OVERLAP_INSIDE, {17, 17}, 1},
        {OTHER OTHER OTHER TWO ONE, TWO ONE THREE THREE THREE, DS_OVERLAP_PART, {35, 35}, 1},
        {OTHER OTHER OTHER ONE, ONE THREE THREE, DS_OVERLAP_NONE, {17, 17}, 1}, /* one sentence */
        {"Twelve died.", "Twelve died.", DS_OVERLAP_EXACT, {2, 2}, 1},
        {"Twelve died.", "Twelve died in Osterby.", DS_OVERLAP_NONE, {0, 0}, 0},
        {"12,000 people's homes are gone tonight",
         "12000 people homes are gone tonight",
         DS_OVERLAP_EXACT,
         {6, 6},
         1},
        {"", "", DS_OVERLAP_NONE, {0, 0}, 0},
        {"", ONE, DS_OVERLAP_NONE, {0, 0}, 0},
        {ONE ONE ONE, ONE, DS_OVERLAP_CLOSE, {51, 17}, 1}, /* all of both stands in the other */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        ds_shared s = shared(a, rows[i].first, rows[i].second);
        if (s.kind != rows[i].kind || s.words[0] != rows[i].words[0] ||
            s.words[1] != rows[i].words[1] || s.passages_len != rows[i].passages)
            fail_msg("row %zu: %s, %u and %u words, %zu passages", i, ds_overlap_kind_name(s.kind),
                     s.words[0], s.words[1], s.passages_len);
    }
}

static void passages_are_bytes_of_both_texts(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_shared s = shared(a, OTHER TWO, THREE EDITED TWO);
    assert_int_equal(s.passages_len, 1);
    ds_str x = ds_str_at(ds_str_of(OTHER TWO), s.passages[0].at[0]),
           y = ds_str_at(ds_str_of(THREE EDITED TWO), s.passages[0].at[1]);
    assert_true(ds_str_starts(x, DS_STR("Governor Anna Holm")));
    assert_true(ds_str_ends(y, DS_STR("before it broke")));
    assert_true(ds_str_eq(x, y));
    assert_int_equal(s.passages[0].words, 18);
    s = shared(a, ONE TWO, OTHER EDITED TWO); /* over what was changed */
    assert_int_equal(s.passages_len, 1);
    assert_true(ds_str_starts(ds_str_at(ds_str_of(ONE TWO), s.passages[0].at[0]),
                              DS_STR("with dogs searched")));
    assert_true(ds_str_starts(ds_str_at(ds_str_of(OTHER EDITED TWO), s.passages[0].at[1]),
                              DS_STR("with dogs searched")));
    assert_int_equal(s.passages[0].words, s.words[1]);
    assert_int_equal(s.longest, s.words[1]);
}

/* ---- index ---------------------------------------------------------------------------------------- */

static ds_overlap_marks marked(ds_arena *a, const char *text)
{
    ds_wording w = worded(a, text);
    ds_overlap_marks m;
    assert_int_equal(ds_overlap_mark(a, &w, &m), DS_OK);
    return m;
}

static size_t find(ds_arena *a, const ds_overlap_index *x, const char *text,
                   const ds_overlap_near **out)
{
    size_t len;
    ds_overlap_marks m = marked(a, text);
    assert_int_equal(ds_overlap_find(a, x, &m, out, &len), DS_OK);
    return len;
}

static void the_index_finds_what_has_a_passage_in_common(void **state)
{
    (void)state;
    static const char *const texts[] = {ONE TWO THREE, OTHER, "", "Twelve died.", THREE OTHER};
    static const struct {
        const char *text;
        uint32_t found[3], len; /* those that share most first */
    } rows[] = {
        {ONE TWO THREE, {0}, 1},   {TWO, {0}, 1},     {OTHER, {1, 4}, 2}, {THREE, {0, 4}, 2},
        {OTHER ONE, {1, 4, 0}, 3}, {EDITED, {0}, 1},  {"", {0}, 0},       {"Twelve died.", {3}, 1},
        {"Eleven died.", {0}, 0},  {"Gone.", {0}, 0},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_overlap_index *x;
    assert_int_equal(ds_overlap_open(a, 1000, &x), DS_OK);
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ds_overlap_marks m = marked(a, texts[i]);
        ds_overlap_add(x, &m, i);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ds_overlap_near *near;
        size_t len = find(a, x, rows[i].text, &near);
        if (len != rows[i].len)
            fail_msg("row %zu: %zu found", i, len);
        for (size_t k = 0; k < len; k++)
            if (near[k].text != rows[i].found[k])
                fail_msg("row %zu: text %u in place %zu", i, near[k].text, k);
    }
}

static void of_a_text_that_all_print_the_first_and_the_last_are_kept(void **state)
{
    (void)state;
    enum { PRINTS = 100 };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_overlap_index *x;
    const ds_overlap_near *near;
    ds_overlap_marks m = marked(a, ONE);
    assert_int_equal(ds_overlap_open(a, 1000, &x), DS_OK);
    for (uint32_t i = 0; i < PRINTS; i++)
        ds_overlap_add(x, &m, i);
    assert_int_equal(find(a, x, ONE, &near), DS_OVERLAP_SAME);
    for (uint32_t i = 0; i < DS_OVERLAP_SAME; i++)
        assert_int_equal(near[i].text, i < DS_OVERLAP_FIRST ? i : PRINTS - DS_OVERLAP_SAME + i);
}

static void a_full_index_forgets_the_oldest(void **state)
{
    (void)state;
    enum { TEXTS = 500 };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_overlap_index *x;
    const ds_overlap_near *near;
    assert_int_equal(ds_overlap_open(a, 100, &x), DS_OK);
    for (uint32_t i = 0; i < TEXTS; i++) {
        ds_str s = ds_arena_printf(a, "%u men from %u villages carried %u bags of %u kinds", i,
                                   i + 1, i * 7, i * 5);
        ds_overlap_marks m = marked(a, s.at);
        size_t used = ds_arena_used(a);
        ds_overlap_add(x, &m, i);
        assert_int_equal(ds_arena_used(a), used);
        assert_true(find(a, x, s.at, &near) > 0 && near[0].text == i);
    }
    assert_int_equal(find(a, x, "0 men from 1 villages carried 0 bags of 0 kinds", &near), 0);
}

/* ---- hostile pages ---------------------------------------------------------------------------------- */

static ds_str repeated(ds_arena *a, const char *words, size_t times)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_rep(&b, words, times);
    return ds_buf_str(&b);
}

static void one_word_over_and_over_is_one_mark(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        size_t marks; /* no more than there are different runs */
    } rows[] = {{"spam ", 1}, {"spam eggs ", 2}, {ONE, 17}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 28);
        ds_str many = repeated(a, rows[i].words, 50000), few = repeated(a, rows[i].words, 40);
        ds_overlap_marks m = marked(a, many.at);
        assert_true(m.len > 0 && m.len <= rows[i].marks);
        size_t used = ds_arena_used(a);
        ds_shared s = shared(a, many.at, few.at);
        assert_int_equal(s.words[0], s.of[0]);
        assert_int_equal(s.words[1], s.of[1]);
        assert_true(s.passages_len <= 2);
        assert_true(ds_arena_used(a) - used < 64 * (size_t)(s.of[0] + s.of[1]) + 4096);
    }
}

static void a_long_text_keeps_so_many_marks(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 28);
    ds_buf b = ds_buf_new(a);
    for (uint32_t i = 0; i < 100000; i++)
        ds_buf_printf(&b, "%u ", i * 2654435761u);
    ds_overlap_marks m = marked(a, ds_buf_str(&b).at);
    assert_int_equal(m.len, DS_OVERLAP_MARKS);
    for (size_t i = 1; i < m.len; i++)
        assert_true(m.at[i - 1] < m.at[i]);
}

/* ---- who was first ------------------------------------------------------------------------------------ */

static void the_day_tells_who_was_first_then_the_credit(void **state)
{
    (void)state;
    static const struct {
        ds_day x, y;
        const char *x_by, *x_of, *y_by, *y_of; /* publisher, original publisher */
        int first;
    } rows[] = {
        {10, 11, "Osterby Post", NULL, "Halvet Daily", NULL, -1},
        {11, 10, "Osterby Post", NULL, "Halvet Daily", NULL, 1},
        {10, 10, "Osterby Post", NULL, "Halvet Daily", NULL, 0},
        {10, 10, "Orpress", NULL, "Halvet Daily", "Orpress", -1},
        {10, 10, "Osterby Post", "Orpress", "Orpress", NULL, 1},
        {11, 10, "Orpress", NULL, "Halvet Daily", "Orpress", 1}, /* its own page came later */
        {DS_DAY_NONE, 10, "Orpress", NULL, "Halvet Daily", "Orpress", -1},
        {DS_DAY_NONE, 10, "Osterby Post", NULL, NULL, NULL, 0},
        {10, 10, NULL, NULL, NULL, NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_article x = {.published = rows[i].x,
                        .publisher = ds_str_of(rows[i].x_by),
                        .original_publisher = ds_str_of(rows[i].x_of)};
        ds_article y = {.published = rows[i].y,
                        .publisher = ds_str_of(rows[i].y_by),
                        .original_publisher = ds_str_of(rows[i].y_of)};
        if (ds_overlap_first(&x, &y) != rows[i].first || ds_overlap_first(&y, &x) != -rows[i].first)
            fail_msg("row %zu", i);
    }
}

static ds_status all_of_it(ds_arena *a, ds_shared *s, const ds_overlap_near **near, size_t *len)
{
    ds_wording x, y;
    ds_overlap_marks m;
    ds_overlap_index *in;
    ds_str first = DS_STR(ONE TWO), second = DS_STR(THREE EDITED TWO);
    DS_TRY(ds_wording_read(a, first, (ds_span){0, (uint32_t)first.len}, &x));
    DS_TRY(ds_wording_read(a, second, (ds_span){0, (uint32_t)second.len}, &y));
    DS_TRY(ds_overlap_open(a, 100, &in));
    DS_TRY(ds_overlap_mark(a, &x, &m));
    ds_overlap_add(in, &m, 0);
    DS_TRY(ds_overlap_mark(a, &y, &m));
    DS_TRY(ds_overlap_find(a, in, &m, near, len));
    return ds_overlap_measure(a, &x, &y, s);
}

static void hunger_leaves_the_output_alone(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; !done && budget < 1 << 16; budget += 97) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(256, budget);
        ds_shared s = {0};
        const ds_overlap_near *near = NULL;
        size_t len = 0;
        ds_status st = all_of_it(a, &s, &near, &len);
        if (st == DS_OK) {
            assert_int_equal(len, 1);
            assert_int_equal(s.kind, DS_OVERLAP_INSIDE);
            done = true;
        } else {
            assert_int_equal(st, DS_NOMEM);
            assert_int_equal(s.of[0], 0);
        }
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_texts_share),
        cmocka_unit_test(passages_are_bytes_of_both_texts),
        cmocka_unit_test(the_index_finds_what_has_a_passage_in_common),
        cmocka_unit_test(of_a_text_that_all_print_the_first_and_the_last_are_kept),
        cmocka_unit_test(a_full_index_forgets_the_oldest),
        cmocka_unit_test(one_word_over_and_over_is_one_mark),
        cmocka_unit_test(a_long_text_keeps_so_many_marks),
        cmocka_unit_test(the_day_tells_who_was_first_then_the_credit),
        cmocka_unit_test(hunger_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
