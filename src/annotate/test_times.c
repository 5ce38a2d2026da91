/* SPDX-License-Identifier: Apache-2.0 */
/* test_times.c EXAMPLES: times, their days and roles; EXAMPLES is lexicon/en/times.examples.tsv. */
#include "annotate/annotate.h"
#include "language/language.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
    {"It was shut in the 1900 block of Mill Street on Monday.", "2025-02-14", NULL, NULL, "2025-02-10..2025-02-10 at"},
    {"It was shut at 1850 N. Mill St. on Monday.", "2025-02-14", NULL, NULL, "2025-02-10..2025-02-10 at"},
    {"In 2008 Wall Street was shut.", "2025-02-14", NULL, NULL, "2008-01-01..2008-12-31 at"},
    {"It was shut shortly after 11 p.m. Monday.", "2025-02-14", NULL, NULL, "2025-02-10..2025-02-10 at"},
    {"It was shut before midnight Monday.", "2025-02-14", NULL, NULL, "2025-02-10..2025-02-10 at"},
    {"By mid-January it was shut.", "2025-02-14", NULL, NULL, "2025-01-11..2025-01-20 MID by"},
    {"Since the end of the harbour war (1950-53) it rained.", "2025-02-14", NULL, NULL, "1953-01-01.. since"},
    {"It rained from February 12th to 18th.", "2025-02-20", NULL, NULL, "2025-02-12..2025-02-18 at"},
    {"It rained in the fall.", "2025-02-14", NULL, NULL, "2024-09-01..2024-11-30 at"},
    {"It rained over the past two weeks.", "2025-02-14", NULL, NULL, "2025-01-31..2025-02-14 at"},
    {"It rained over the past two centuries.", "2025-02-14", NULL, NULL, "1825-02-15..2025-02-14 at"},
    {"It rained over the past two fortnights.", "2025-02-14", NULL, NULL, "2025-01-17..2025-02-14 at"},
    {"It rained over the past 72 hours.", "2025-02-14", NULL, NULL, "2025-02-11..2025-02-14 at"},
    {"It rained over the past 1.5 days.", "2025-02-14", NULL, NULL, "2025-02-12..2025-02-14 at"},
    {"It rained over the past few weeks.", "2025-02-14", NULL, NULL, "2025-01-17..2025-02-14 at v"},
    {"It rained two weeks ago.", "2025-02-14", NULL, NULL, "2025-01-28..2025-02-03 at"},
    {"It rained for two weeks.", "2025-02-14", NULL, NULL, ".. at"},
    {"Reports in recent days said so.", "2025-02-14", NULL, NULL, "2025-02-07..2025-02-14 at v"},
    {"It rained recently.", "2025-02-14", NULL, NULL, "2025-01-15..2025-02-14 at v"},
    {"The pier shut on the 3rd of last month.", "2025-01-14", NULL, NULL, "2024-12-03..2024-12-03 at"},
    /* without a date: against both ends of the window */
    {"The pier shut in mid-January.", NULL, "2025-02-07", "2025-02-20", "2025-01-11..2025-01-20 MID at i"},
    {"The pier shut on Friday.", NULL, "2025-02-10", "2025-02-20", "2025-02-07..2025-02-14 at i"},
    {"The pier shut on the 3rd of last month.", NULL, "2025-02-20", "2025-03-05", "2025-01-03..2025-02-03 at i"},
    {"The pier shut in October 2024.", NULL, "2025-02-10", "2025-02-20", "2024-10-01..2024-10-31 at"},
    {"The pier shut in October.", NULL, "2024-12-01", NULL, "2024-10-01..2024-10-31 at i"},
    {"The pier shut in October.", NULL, NULL, NULL, ".. at"},
    {"The pier shut on Friday.", NULL, "2024-12-01", NULL, "2024-11-29.. at i"},
    // clang-format on
};

static ds_str print_days(ds_arena *a, const ds_time *m);

/* One time each: grain, anchor, event with its days, zone. */
static const struct {
    const char *text, *want;
} anchors[] = {
    // clang-format off
    {"The pier shut on Oct. 3, 2024.", "day absolute"},
    {"The pier shut on Monday.", "day publication"},
    {"The pier shut in mid-January.", "month publication"},
    {"The pier shut in the fall.", "season publication"},
    {"The pier shut two weeks ago.", "week publication"},
    {"The pier shut last weekend.", "weekend publication"},
    {"Fares rose in the third quarter of 2023.", "quarter absolute"},
    {"Fares rose in the first half of 2023.", "half absolute"},
    {"Fares rose in the 1990s.", "decade absolute"},
    {"Fares rose in the 19th century.", "century absolute"},
    {"Fares rose on the night of Feb. 3.", "daypart publication"},
    {"The gates open at 5 p.m. PST.", "minute publication zone -08:00"},
    {"The gates open at 5 p.m. local time.", "minute publication zone local"},
    {"Weeks after the raid on Varn the port was open.", "week event the raid on Varn 7..56"},
    {"Two days before the vote it was shut.", "day event the vote -2..-2"},
    {"66,000,000 years after the wave the bay froze.", "year event the wave 3649818..3650182"},
    {"The work took six months.", "month none"},
    {"Boats sail daily.", "none none"},
    {"It rained recently.", "none publication"},
    // clang-format on
};

static ds_str print_anchor(ds_arena *a, const ds_doc *doc, const ds_time *m)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%s %s", ds_time_grain_name(m->grain), ds_time_anchor_name(m->anchor));
    if (ds_span_len(m->event))
        ds_buf_printf(&b, " %.*s %d..%d", DS_FMT(ds_str_at(doc->text, m->event)), m->offset.lo,
                      m->offset.hi);
    if (m->zone.at)
        ds_buf_printf(&b, " zone %.*s", DS_FMT(m->zone));
    return ds_buf_str(&b);
}

static void test_anchors(void **state)
{
    (void)state;
    unsigned failed = 0;
    ds_arena *a = ds_arena_new(0, BUDGET);
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(read_times(a, anchors[i].text, "2025-02-14", NULL, NULL, &doc, &m, NULL),
                         DS_OK);
        ds_str got = m.times_len ? print_anchor(a, &doc, &m.times[0]) : DS_STR("no time");
        failed += m.times_len != 1 || strcmp(got.at, anchors[i].want) != 0;
        if (m.times_len != 1 || strcmp(got.at, anchors[i].want) != 0)
            print_error("%s: %zu times, %s, not %s\n", anchors[i].text, m.times_len, got.at,
                        anchors[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

/* A phrase of several words is found although the sentence has no other word that tells of a time. */
static void test_triggers(void **state)
{
    (void)state;
    const ds_table *t = ds_lexicon_table(words, "times");
    unsigned failed = 0;
    ds_arena *a = ds_arena_new(0, BUDGET);
    for (uint32_t r = 0; r < t->rows; r++) {
        ds_str phrase = ds_table_cell(t, r, 0), cls = ds_table_cell(t, r, 1);
        bool holiday = ds_str_eq(cls, DS_STR("holiday"));
        if (ds_str_find(phrase, DS_STR(" "), 0) < 0 || !(holiday || ds_str_eq(cls, DS_STR("ref"))))
            continue;
        ds_str text = ds_arena_printf(a, "They met %.*s.", DS_FMT(phrase));
        for (size_t i = 9; holiday && i < text.len; i++) /* capitals */
            if (text.at[i - 1] == ' ' && text.at[i] >= 'a' && text.at[i] <= 'z')
                ((char *)text.at)[i] = (char)(text.at[i] - 'a' + 'A');
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(read_times(a, text.at, "2025-02-14", NULL, NULL, &doc, &m, NULL), DS_OK);
        failed += m.times_len != 1;
        if (m.times_len != 1)
            print_error("%s: %zu times\n", text.at, m.times_len);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

/* Tense by the governing verb. */
static const struct {
    const char *text, *want;
} tenses[] = {
    // clang-format off
    {"On Tuesday, the rowers plan to leave.", "Tuesday = 2025-02-18"},
    {"On Tuesday, the rowers left.", "Tuesday = 2025-02-11"},
    {"The ferry, which sank on Monday, will be raised.", "Monday = 2025-02-10"},
    {"The mayor said the pier would open on Monday.", "Monday = 2025-02-17"},
    {"The rowers could not be reached on Monday.", "Monday = 2025-02-10"},
    {"The court extended the ban until Monday.", "Monday = 2025-02-17"},
    {"The ban was lifted in May.", "May = 2024-05"},
    {"The company agreed to buy the yard in May.", "May = 2025-05"},
    {"The ban has held since Dec. 13.", "Dec. 13 = 2024-12-13"},
    // clang-format on
};

static void test_tenses(void **state)
{
    (void)state;
    unsigned failed = 0;
    ds_arena *a = ds_arena_new(0, BUDGET), *held = ds_arena_new(0, BUDGET);
    ds_language *net = NULL;
    assert_int_equal(ds_language_open(held, words, &net, NULL), DS_OK);
    for (size_t i = 0; i < sizeof tenses / sizeof *tenses; i++) {
        ds_doc doc;
        ds_marks m = {0};
        ds_parse parse;
        assert_int_equal(read_times(a, tenses[i].text, "2025-02-14", NULL, NULL, &doc, &m, NULL),
                         DS_OK);
        assert_int_equal(ds_language_read(a, &doc, net, DS_DEPTH_HEADS, &parse, NULL), DS_OK);
        assert_int_equal(ds_annotate_times(a, &doc, &parse, words, &m, NULL), DS_OK);
        ds_str got = print_values(a, &doc, &m);
        failed += strcmp(got.at, tenses[i].want) != 0;
        if (strcmp(got.at, tenses[i].want) != 0)
            print_error("%s: %s, not %s\n", tenses[i].text, got.at, tenses[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(held);
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

static ds_str print_days(ds_arena *a, const ds_time *m)
{
    ds_buf b = ds_buf_new(a);
    if (m->days.lo != DS_DAY_NONE)
        ds_day_print(&b, m->days.lo);
    ds_buf_puts(&b, "..");
    if (m->days.hi != DS_DAY_NONE)
        ds_day_print(&b, m->days.hi);
    ds_buf_printf(&b, "%s%.*s %s%s%s", m->mod.at ? " " : "", DS_FMT(m->mod),
                  ds_time_role_name(m->role), m->inferred ? " i" : "", m->vague ? " v" : "");
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

/* A page that names no day at all: the same forms, with the digits open. */
static const struct {
    const char *text, *value;
    ds_time_type type;
    ds_time_grain grain;
} opens[] = {
    // clang-format off
    {"It sails tonight.", "XXXX-XX-XXTNI", DS_TIME_TIME, DS_GRAIN_DAYPART},
    {"It sailed yesterday morning.", "XXXX-XX-XXTMO", DS_TIME_TIME, DS_GRAIN_DAYPART},
    {"It opens at 5 p.m.", "XXXX-XX-XXT17:00", DS_TIME_TIME, DS_GRAIN_MINUTE},
    {"It sails on Friday.", "XXXX-WXX-5", DS_TIME_DATE, DS_GRAIN_DAY},
    {"It sails next month.", "XXXX-XX", DS_TIME_DATE, DS_GRAIN_MONTH},
    {"It sails next quarter.", "XXXX-QX", DS_TIME_DATE, DS_GRAIN_QUARTER},
    {"It sails next decade.", "XXX", DS_TIME_DATE, DS_GRAIN_DECADE},
    {"It sails next century.", "XX", DS_TIME_DATE, DS_GRAIN_CENTURY},
    {"It sailed overnight.", "XXXX-XX-XXTNI", DS_TIME_TIME, DS_GRAIN_DAYPART},
    // clang-format on
};

static void test_open(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, BUDGET);
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(read_times(a, opens[i].text, NULL, NULL, NULL, &doc, &m, NULL), DS_OK);
        assert_int_equal(m.times_len, 1);
        assert_string_equal(m.times[0].value.at, opens[i].value);
        assert_int_equal(m.times[0].type, opens[i].type);
        assert_int_equal(m.times[0].grain, opens[i].grain);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

/* Two times with the days from the first to the last; one year, named at either end, is both ends'. */
static const struct {
    const char *text, *pub, *want;
} ranges[] = {
    // clang-format off
    {"It rained from January 3 to January 7, 2025.", "2025-02-14", "2025-01-03..2025-01-07 at"},
    {"It rained from January 2023 to March.", "2025-02-14", "2023-01-01..2023-03-31 at"},
    {"It rained from January 2023 to March.", NULL, "2023-01-01..2023-03-31 at"},
    {"It rained from Nov. 3, 2022 to Jan. 5.", "2025-02-14", "2022-11-03..2023-01-05 at"},
    {"It rained from January to March 2023.", NULL, "2023-01-01..2023-03-31 at"},
    // clang-format on
};

static void test_range(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, BUDGET);
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
        ds_doc doc;
        ds_marks m = {0};
        assert_int_equal(read_times(a, ranges[r].text, ranges[r].pub, NULL, NULL, &doc, &m, NULL),
                         DS_OK);
        assert_int_equal(m.times_len, 2);
        for (size_t i = 0; i < 2; i++) {
            assert_string_equal(print_days(a, &m.times[i]).at, ranges[r].want);
            assert_int_equal(m.times[i].anchor, DS_ANCHOR_ABSOLUTE);
        }
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

/* "This period" repeats the time before it; the event that it hung on stays in its own sentence. */
static void test_same_period(void **state)
{
    (void)state;
    static const char text[] =
        "The port was open two weeks after the long raid on the port of Varn. "
        "This period was hard.";
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_doc doc;
    ds_marks m = {0};
    assert_int_equal(read_times(a, text, "2025-02-14", NULL, NULL, &doc, &m, NULL), DS_OK);
    assert_string_equal(print_values(a, &doc, &m).at, "two weeks = P2W | This period = P2W");
    assert_string_equal(print_anchor(a, &doc, &m.times[0]).at,
                        "week event the long raid on the port of Varn 11..17");
    assert_string_equal(print_anchor(a, &doc, &m.times[1]).at, "week none");
    ds_arena_free(a);
}

/* A table of the user's own may have classes that the matchers do not know, and lack most of theirs. */
static void test_own_table(void **state)
{
    (void)state;
    static const char table[] = "# times.tsv: own words. Columns: phrase, class, value\n"
                                "# origin: own work\n"
                                "#: phrase class:day|tide|zzz value? note?\n"
                                "ebb\ttide\t1\n"
                                "today\tday\t0\n"
                                "today\tzzz\t0\n";
    char dir[] = "/tmp/test_times.XXXXXX";
    assert_non_null(mkdtemp(dir));
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str path = ds_arena_printf(a, "%s/times.tsv", dir);
    FILE *f = fopen(path.at, "wb");
    assert_non_null(f);
    assert_true(fputs(table, f) >= 0 && fclose(f) == 0);
    ds_lexicon *own = NULL, *kept = words;
    ds_err err = {0};
    ds_status st = ds_lexicon_open(a, ds_str_of(dir), &own, &err);
    if (st != DS_OK)
        fail_msg("%s", err.what);
    assert_true(remove(path.at) == 0 && rmdir(dir) == 0);
    ds_doc doc;
    ds_marks m = {0};
    words = own;
    st = read_times(a, "The ebb came today.", "2025-02-14", NULL, NULL, &doc, &m, &err);
    words = kept;
    assert_int_equal(st, DS_OK);
    assert_string_equal(print_values(a, &doc, &m).at, "today = 2025-02-14");
    ds_lexicon_close(own);
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
        cmocka_unit_test(test_examples),    cmocka_unit_test(test_days),
        cmocka_unit_test(test_undated),     cmocka_unit_test(test_range),
        cmocka_unit_test(test_open),        cmocka_unit_test(test_anchors),
        cmocka_unit_test(test_triggers),    cmocka_unit_test(test_tenses),
        cmocka_unit_test(test_same_period), cmocka_unit_test(test_own_table),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
