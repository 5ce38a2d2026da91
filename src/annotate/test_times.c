/* SPDX-License-Identifier: Apache-2.0 */
/* test_times.c EXAMPLES: times, their days and roles; EXAMPLES is lexicon/en/times.examples.tsv. */
#include "annotate/annotate.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { BUDGET = 64 << 20, LINE = 2048 };

static ds_arena *words_arena;
static ds_lexicon *words;
static const char *examples;

static int open_words(void **state)
{
    (void)state;
    words_arena = ds_arena_new(0, BUDGET);
    return words_arena && ds_lexicon_open(words_arena, (ds_str){0}, &words, NULL) == DS_OK ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    ds_arena_free(words_arena);
    return 0;
}

static ds_day day(const char *z)
{
    ds_day d = DS_DAY_NONE;
    if (z)
        ds_day_parse(ds_str_of(z), &d);
    return d;
}

static ds_status read_times(ds_arena *a, const char *text, const char *pub, const char *lo,
                            const char *hi, ds_doc *doc, ds_marks *out, ds_err *err)
{
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    ds_block *block = ds_arena_alloc(a, sizeof *block);
    if (!art || !block)
        return DS_NOMEM;
    *block = (ds_block){DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)strlen(text)}};
    art->text = ds_str_of(text);
    art->blocks = block;
    art->blocks_len = 1;
    art->published = day(pub);
    art->window = (ds_days){day(lo), day(hi)};
    DS_TRY(ds_text_read(a, art, words, doc, err));
    return ds_annotate_times(a, doc, NULL, words, out, err);
}

/* "expression = value | ..." */
static ds_str print_values(ds_arena *a, const ds_doc *doc, const ds_marks *m)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < m->times_len; i++)
        ds_buf_printf(&b, "%s%.*s = %.*s", i ? " | " : "",
                      DS_FMT(ds_str_at(doc->text, m->times[i].span)), DS_FMT(m->times[i].value));
    return ds_buf_str(&b);
}

static void test_examples(void **state)
{
    (void)state;
    FILE *f = fopen(examples, "rb");
    assert_non_null(f);
    char line[LINE];
    unsigned known = 0, failed = 0, number = 0;
    ds_arena *a = ds_arena_new(0, BUDGET);
    while (fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab)
            continue;
        *tab = '\0';
        bool broken = line[0] == '!';
        const char *want = strcmp(tab + 1, "*") == 0 ? "" : tab + 1;
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(
            read_times(a, line + (broken ? 2 : 0), "2025-02-14", NULL, NULL, &doc, &m, NULL),
            DS_OK);
        ds_str got = print_values(a, &doc, &m);
        if (strcmp(got.at, want) != 0 && !broken) {
            print_error("%s:%u: %s, not %s\n", examples, number, got.at, want);
            failed++;
        }
        known += broken;
        ds_arena_reset(a);
    }
    print_message("known failures: %u\n", known);
    fclose(f);
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

/* One time each: days, mod, role, and i for inferred, v for vague. */
static const struct {
    const char *text, *pub, *lo, *hi, *want;
} cases[] = {
    // clang-format off
    {"The pier shut in late 2024.", "2025-02-14", NULL, NULL, "2024-10-01..2024-12-31 END at"},
    {"The pier shut in early 2024.", "2025-02-14", NULL, NULL, "2024-01-01..2024-04-30 START at"},
    {"The pier shut in mid-January.", "2025-02-14", NULL, NULL, "2025-01-11..2025-01-20 MID at"},
    {"It has been shut since October 2024.", "2025-02-14", NULL, NULL, "2024-10-01.. since"},
    {"It was shut until October 2024.", "2025-02-14", NULL, NULL, "..2024-10-31 until"},
    {"It was shut before Oct. 3, 2024.", "2025-02-14", NULL, NULL, "..2024-10-02 until"},
    {"It was shut after Oct. 3, 2024.", "2025-02-14", NULL, NULL, "2024-10-04.. since"},
    {"By mid-January it was shut.", "2025-02-14", NULL, NULL, "2025-01-11..2025-01-20 MID by"},
    {"Since the end of the harbour war (1950-53) it rained.", "2025-02-14", NULL, NULL, "1953-01-01.. since"},
    {"It rained from February 12th to 18th.", "2025-02-20", NULL, NULL, "2025-02-12..2025-02-18 at"},
    {"It rained in the fall.", "2025-02-14", NULL, NULL, "2024-09-01..2024-11-30 at"},
    {"It rained over the past two weeks.", "2025-02-14", NULL, NULL, "2025-01-31..2025-02-14 at"},
    {"It rained two weeks ago.", "2025-02-14", NULL, NULL, "2025-01-28..2025-02-03 at"},
    {"It rained for two weeks.", "2025-02-14", NULL, NULL, ".. at"},
    {"Reports in recent days said so.", "2025-02-14", NULL, NULL, "2025-02-07..2025-02-14 at v"},
    {"It rained recently.", "2025-02-14", NULL, NULL, "2025-01-15..2025-02-14 at v"},
    /* without a date: against both ends of the window */
    {"The pier shut in mid-January.", NULL, "2025-02-07", "2025-02-20", "2025-01-11..2025-01-20 MID at i"},
    {"The pier shut on Friday.", NULL, "2025-02-10", "2025-02-20", "2025-02-07..2025-02-14 at i"},
    {"The pier shut in October 2024.", NULL, "2025-02-10", "2025-02-20", "2024-10-01..2024-10-31 at"},
    {"The pier shut in October.", NULL, "2024-12-01", NULL, "2024-10-01..2024-10-31 at i"},
    {"The pier shut in October.", NULL, NULL, NULL, ".. at"},
    {"The pier shut on Friday.", NULL, "2024-12-01", NULL, "2024-11-29.. at i"},
    // clang-format on
};

static ds_str print_days(ds_arena *a, const ds_time *m)
{
    static const char *const roles[] = {"at", "since", "until", "by"};
    ds_buf b = ds_buf_new(a);
    if (m->days.lo != DS_DAY_NONE)
        ds_day_print(&b, m->days.lo);
    ds_buf_puts(&b, "..");
    if (m->days.hi != DS_DAY_NONE)
        ds_day_print(&b, m->days.hi);
    ds_buf_printf(&b, "%s%.*s %s%s%s", m->mod.at ? " " : "", DS_FMT(m->mod), roles[m->role],
                  m->inferred ? " i" : "", m->vague ? " v" : "");
    return ds_buf_str(&b);
}

static void test_days(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(
            read_times(a, cases[i].text, cases[i].pub, cases[i].lo, cases[i].hi, &doc, &m, NULL),
            DS_OK);
        if (m.times_len != 1)
            fail_msg("%s: %zu times", cases[i].text, m.times_len);
        ds_str got = print_days(a, &m.times[0]);
        if (strcmp(got.at, cases[i].want) != 0)
            fail_msg("%s: %s, not %s", cases[i].text, got.at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

/* Months without a year follow the dates that the page itself names. */
static void test_undated(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_doc doc;
    ds_marks m = {0};
    assert_int_equal(
        read_times(
            a,
            "The pier shut in October 2024. It opened in early December and shut in mid-January.",
            NULL, NULL, NULL, &doc, &m, NULL),
        DS_OK);
    assert_string_equal(
        print_values(a, &doc, &m).at,
        "October 2024 = 2024-10 | early December = 2024-12 | mid-January = 2025-01");
    assert_false(m.times[0].inferred);
    assert_true(m.times[1].inferred && m.times[2].inferred);
    ds_arena_free(a);
}

static void test_range(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_doc doc;
    ds_marks m = {0};
    assert_int_equal(read_times(a, "It rained from January 3 to January 7, 2025.", "2025-02-14",
                                NULL, NULL, &doc, &m, NULL),
                     DS_OK);
    assert_int_equal(m.times_len, 2);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(print_days(a, &m.times[i]).at, "2025-01-03..2025-01-07 at");
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    static const char text[] =
        "From mid-January to Feb. 3 it rained for two and a half weeks, he said Friday at 5 p.m.";
    bool done = false;
    for (size_t budget = 0; budget < 65536 && !done; budget += budget < 256 ? 1 : 64) {
        ds_arena *a = ds_arena_new(0, budget);
        ds_doc doc;
        ds_marks m = {.times_len = 77};
        ds_err err = {0};
        ds_status st = a ? read_times(a, text, "2025-02-14", NULL, NULL, &doc, &m, &err) : DS_NOMEM;
        if (st == DS_OK)
            assert_int_equal(m.times_len, 5);
        else
            assert_true(st == DS_NOMEM && m.times_len == 77);
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples), cmocka_unit_test(test_days),
        cmocka_unit_test(test_undated),  cmocka_unit_test(test_range),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
