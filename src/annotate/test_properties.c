/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of every text: a value printed and read again is the same value, marks are in order and inside the text,
 * and the time grows no faster than the text. Over grids that are made, so that each run looks at the same cases. */
#include "annotate/test_marks.h"
#include "annotate/test_spoken.h"

#include <limits.h>
#include <time.h>

/* ---- values ------------------------------------------------------------------------------------------------- */

static const int64_t wholes[] = {0,
                                 1,
                                 2,
                                 3,
                                 7,
                                 10,
                                 11,
                                 12,
                                 13,
                                 19,
                                 20,
                                 21,
                                 30,
                                 45,
                                 99,
                                 100,
                                 101,
                                 110,
                                 112,
                                 200,
                                 999,
                                 1000,
                                 1001,
                                 1010,
                                 1100,
                                 1234,
                                 1900,
                                 1999,
                                 2000,
                                 2024,
                                 2025,
                                 2100,
                                 5000,
                                 9999,
                                 10000,
                                 10001,
                                 12000,
                                 12345,
                                 20000,
                                 99999,
                                 100000,
                                 100100,
                                 123456,
                                 350000,
                                 500000,
                                 999999,
                                 1000000,
                                 1000001,
                                 1280000,
                                 1500000,
                                 2000000,
                                 2500000,
                                 12000000,
                                 118250000,
                                 1000000000,
                                 1300000000,
                                 2147483648,
                                 33000000000,
                                 1000000000000,
                                 2100000000000};
static const ds_frac decimals[] = {{1, 2}, {1, 10},  {3, 2},    {5, 4},
                                   {7, 4}, {37, 10}, {104, 10}, {9999, 100}};
static const ds_bound one_sided[] = {DS_BOUND_EXACT,   DS_BOUND_ABOUT,     DS_BOUND_AT_LEAST,
                                     DS_BOUND_AT_MOST, DS_BOUND_MORE_THAN, DS_BOUND_LESS_THAN,
                                     DS_BOUND_ALMOST};
enum {
    WHOLES = sizeof wholes / sizeof *wholes,
    DECIMALS = sizeof decimals / sizeof *decimals,
    ONE_SIDED = sizeof one_sided / sizeof *one_sided
};

static ds_value bounded(ds_frac f, ds_bound b)
{
    ds_value v = {.low = f, .best = f, .high = f, .has_best = true, .bound = b};
    v.has_low = b != DS_BOUND_AT_MOST && b != DS_BOUND_LESS_THAN && b != DS_BOUND_ALMOST;
    v.has_high = b != DS_BOUND_AT_LEAST && b != DS_BOUND_MORE_THAN;
    return v;
}

/* 1 where the value has a sentence and is not read back from it. */
static unsigned lost_value(ds_arena *a, const ds_value *v, bool ratio, spoken_form form,
                           unsigned *said)
{
    ds_str s = say_quantity(a, v, ratio, form);
    unsigned lost = 0;
    if (s.at) {
        ++*said;
        lost = !quantity_reads_back(a, words, grammar, s, v);
        if (lost)
            print_error("not read back: %s\n", s.at);
    }
    ds_arena_reset(a);
    return lost;
}

/* Values without a sentence are few: a grid that fell silent would lose none. */
static void all_said(ds_arena *a, unsigned lost, unsigned said, unsigned floor)
{
    ds_arena_free(a);
    assert_int_equal(lost, 0);
    assert_in_range(said, floor, UINT_MAX);
}

static void test_values_read_back(void **state)
{
    (void)state;
    unsigned lost = 0, said = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t b = 0; b < ONE_SIDED; b++) {
        for (size_t i = 0; i < WHOLES; i++)
            for (int form = 0; form < SPOKEN_FORMS; form++) {
                ds_value v = bounded(DS_FRAC(wholes[i]), one_sided[b]);
                lost += lost_value(a, &v, false, (spoken_form)form, &said);
            }
        for (size_t i = 0; i < DECIMALS; i++) {
            ds_value v = bounded(decimals[i], one_sided[b]);
            lost += lost_value(a, &v, false, SPOKEN_DIGITS, &said);
        }
    }
    all_said(a, lost, said, 1500);
}

static void test_shares_read_back(void **state)
{
    (void)state;
    unsigned lost = 0, said = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t b = 0; b < ONE_SIDED; b++)
        for (int64_t n = 1; n <= 100; n += n < 20 ? 1 : 9)
            for (int form = 0; form < SPOKEN_FORMS; form++) {
                ds_frac f;
                assert_int_equal(ds_frac_make(n, 100, &f), DS_OK);
                ds_value v = bounded(f, one_sided[b]);
                lost += lost_value(a, &v, true, (spoken_form)form, &said);
            }
    all_said(a, lost, said, 550);
}

static void test_ranges_read_back(void **state)
{
    (void)state;
    unsigned lost = 0, said = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_value v = {.has_low = true, .has_high = true, .bound = DS_BOUND_RANGE};
    for (size_t i = 0; i < WHOLES; i++)
        for (size_t k = i + 1; k < WHOLES && k < i + 4; k++)
            for (int form = 0; form < SPOKEN_FORMS; form++) {
                v.low = DS_FRAC(wholes[i]);
                v.high = DS_FRAC(wholes[k]);
                lost += lost_value(a, &v, false, (spoken_form)form, &said);
            }
    v.bound = DS_BOUND_VAGUE;
    for (size_t i = 0; i < sizeof spoken_vague / sizeof *spoken_vague; i++) {
        v.low = DS_FRAC(spoken_vague[i].low);
        v.high = DS_FRAC(spoken_vague[i].high);
        lost += lost_value(a, &v, false, SPOKEN_GROUPS, &said);
    }
    all_said(a, lost, said, 550);
}

/* ---- times -------------------------------------------------------------------------------------------------- */

static const ds_days day_range = {19357, 20818}; /* 2022-12-31 .. 2026-12-31 */

/* The one time of a text; NULL: there is none, or there are several. */
static const ds_time *only_time(ds_arena *a, ds_str text)
{
    ds_doc doc;
    ds_marks m = {0};
    assert_true(spoken_doc(a, words, text, &doc));
    assert_int_equal(ds_annotate_times(a, &doc, NULL, words, &m, NULL), DS_OK);
    return m.times_len == 1 ? &m.times[0] : NULL;
}

/* 1 where the text does not give exactly this value and these days. */
static unsigned lost_time(ds_arena *a, ds_str text, ds_str value, ds_days days)
{
    const ds_time *t = only_time(a, text);
    bool same = t && ds_str_eq(t->value, value) && t->days.lo == days.lo && t->days.hi == days.hi;
    if (!same)
        print_error("not read back: %s\n", text.at);
    return !same;
}

static void test_days_read_back(void **state)
{
    (void)state;
    unsigned lost = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (ds_day d = day_range.lo; d <= day_range.hi; d++)
        for (int form = 0; form < SPOKEN_DAY_FORMS; form++) {
            ds_buf text = ds_buf_new(a), value = ds_buf_new(a);
            ds_buf_puts(&text, "It rained on ");
            say_day(&text, d, form);
            ds_buf_puts(&text, " in the hills.");
            ds_day_print(&value, d);
            lost += lost_time(a, ds_buf_str(&text), ds_buf_str(&value), (ds_days){d, d});
            ds_arena_reset(a);
        }
    ds_arena_free(a);
    assert_int_equal(lost, 0);
}

static void test_months_and_years_read_back(void **state)
{
    (void)state;
    unsigned lost = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (int y = 1850; y <= 2050; y++) {
        ds_days year = {ds_day_of(y, 1, 1), ds_day_of(y, 12, 31)};
        lost += lost_time(a, ds_arena_printf(a, "It rained in %d.", y), ds_arena_printf(a, "%d", y),
                          year);
        for (int m = 1; m <= 12; m++) {
            ds_days month = {ds_day_of(y, m, 1), ds_day_of(y, m, ds_month_days(y, m))};
            lost += lost_time(a, ds_arena_printf(a, "It rained in %s %d.", spoken_months[m - 1], y),
                              ds_arena_printf(a, "%d-%02d", y, m), month);
        }
        ds_arena_reset(a);
    }
    ds_arena_free(a);
    assert_int_equal(lost, 0);
}

/* Every day range of a month: "7 to 19 February 2024". */
static void test_day_ranges_read_back(void **state)
{
    (void)state;
    unsigned lost = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (int lo = 1; lo < 29; lo++)
        for (int hi = lo + 1; hi <= 29; hi++) {
            ds_days days = {ds_day_of(2024, 2, lo), ds_day_of(2024, 2, hi)};
            lost +=
                lost_time(a, ds_arena_printf(a, "It rained from February %d to %d, 2024.", lo, hi),
                          ds_arena_printf(a, "2024-02-%02d/2024-02-%02d", lo, hi), days);
            ds_arena_reset(a);
        }
    ds_arena_free(a);
    assert_int_equal(lost, 0);
}

/* 1 where the time has no sentence or is not read back from it. */
static unsigned lost_said(ds_arena *a, const ds_time *t)
{
    ds_str said = say_time(a, t);
    bool lost = !said.at || !time_reads_back(a, words, said, t);
    if (lost)
        print_error("not read back: %s %s\n", t->value.at, said.at ? said.at : "(not said)");
    return lost;
}

static void test_parts_and_periods_read_back(void **state)
{
    (void)state;
    static const char *const mods[] = {"", "START", "MID", "END"};
    static const char *const bounds[] = {"", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE"};
    static const struct {
        const char *before;
        char unit;
    } units[] = {{"P", 'Y'},  {"P", 'M'},  {"P", 'W'}, {"P", 'D'},
                 {"PT", 'H'}, {"PT", 'M'}, {"PT", 'S'}};
    unsigned lost = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t m = 0; m < sizeof mods / sizeof *mods; m++)
        for (int month = 0; month <= 12; month++) {
            ds_time t = {.type = DS_TIME_DATE, .mod = ds_str_of(mods[m])};
            t.value = month ? ds_arena_printf(a, "2024-%02d", month) : DS_STR("2024");
            lost += lost_said(a, &t);
        }
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        for (size_t m = 0; m < sizeof bounds / sizeof *bounds; m++)
            for (int n = 2; n <= 120; n += n < 30 ? 1 : 15) {
                ds_time t = {.type = DS_TIME_DURATION, .mod = ds_str_of(bounds[m])};
                t.value = ds_arena_printf(a, "%s%d%c", units[u].before, n, units[u].unit);
                lost += lost_said(a, &t);
            }
    ds_arena_free(a);
    assert_int_equal(lost, 0);
}

/* ---- growth ------------------------------------------------------------------------------------------------- */

/* What a page could repeat to make the matchers look far ahead, or back, from each of its words. */
static const char *const hostile[] = {
    "1,000 ",
    "12 000 000 ",
    "and ",
    "one ",
    "a few ",
    "several hundred ",
    "two hundred and ",
    "twenty-",
    "half of ",
    "a third of the ",
    "one in ",
    "from 1 to ",
    "between 3 and ",
    "5-",
    "at least ",
    "more than another ",
    "as many as ",
    "perhaps as many as another 300 ",
    "per month ",
    "a day ",
    "$",
    "A$5 ",
    "40% of them ",
    "the number of ",
    "300 killed, injured or ",
    "(10 km ",
    "she and ",
    "her sister and a neighbour ",
    "young armed trained ",
    "300 soldiers monthly ",
    "the ",
    "of the ",
    "early ",
    "mid-",
    "January ",
    "7 ",
    "2024 ",
    "since ",
    "from January to ",
    "weeks after ",
    "the end of the war (1950-53) ",
    "every other ",
    "last week ",
    "10:30 ",
    "two and a half weeks ",
    "the first day of the ",
    "Friday the ",
    "a year ",
    "the ( ",
    "in recent ",
};
enum {
    SMALL_BYTES = 250, /* within one sentence, which has up to 2,000 tokens */
    GROWTH = 16,       /* a text so many times as long ... */
    GROWTH_MAX = 40,   /* ... may take so many times as long; quadratic growth takes 256 */
    RUNS = 3,          /* the fastest counts */
    LONG_NS = 600000,  /* what is faster than this is repeated: clocks are coarse */
};

static int64_t thread_ns(void)
{
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* A text of about so many bytes; with `stops` a sentence every hundred bytes. */
static ds_str repeated(ds_arena *a, const char *piece, size_t bytes, bool stops)
{
    ds_buf b = ds_buf_new(a);
    for (size_t next = 100; b.len < bytes;) {
        ds_buf_puts(&b, piece);
        if (stops && b.len > next) {
            ds_buf_puts(&b, "it is. The ");
            next = b.len + 100;
        }
    }
    return ds_buf_str(&b);
}

/* Nanoseconds that times and quantities of a text take: of the fastest run, each long enough to be measured. */
static int64_t marks_ns(ds_arena *a, ds_str text, ds_depth depth)
{
    ds_doc doc;
    ds_parse parse;
    int64_t best = INT64_MAX;
    assert_true(spoken_doc(a, words, text, &doc));
    assert_int_equal(ds_language_read(a, &doc, grammar, depth, &parse, NULL), DS_OK);
    ds_arena *own = ds_arena_new(1 << 20, TEST_BUDGET);
    for (int run = 0; run < RUNS; run++) {
        int64_t beg = thread_ns(), ns = 0;
        int times = 0;
        for (; ns < LONG_NS / RUNS || !times; times++, ns = thread_ns() - beg) {
            ds_marks m = {0};
            assert_int_equal(ds_annotate_times(own, &doc, NULL, words, &m, NULL), DS_OK);
            assert_int_equal(ds_annotate_quantities(own, &doc, &parse, words, &m, NULL), DS_OK);
            ds_arena_reset(own);
        }
        best = ns / times < best ? ns / times : best;
    }
    ds_arena_free(own);
    ds_arena_reset(a);
    return best;
}

static void test_time_grows_with_the_text(void **state)
{
    (void)state;
    unsigned worse = 0;
    ds_arena *a = ds_arena_new(0, (size_t)4 * TEST_BUDGET);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        for (int stops = 0; stops < 2; stops++) {
            size_t small = stops ? 3 * SMALL_BYTES : SMALL_BYTES;
            ds_depth depth = stops ? DS_DEPTH_TAGS : DS_DEPTH_NEEDED; /* trees are slow to make */
            int64_t one = marks_ns(a, repeated(a, hostile[i], small, stops), depth);
            int64_t many = marks_ns(a, repeated(a, hostile[i], GROWTH * small, stops), depth);
            if (many / GROWTH_MAX <= one)
                continue;
            print_error("\"%s\"%s: %zu bytes take %lld ns, %zu bytes %lld\n", hostile[i],
                        stops ? " in sentences" : "", small, (long long)one, GROWTH * small,
                        (long long)many);
            worse++;
        }
    ds_arena_free(a);
    assert_int_equal(worse, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_read_back),
        cmocka_unit_test(test_shares_read_back),
        cmocka_unit_test(test_ranges_read_back),
        cmocka_unit_test(test_days_read_back),
        cmocka_unit_test(test_months_and_years_read_back),
        cmocka_unit_test(test_day_ranges_read_back),
        cmocka_unit_test(test_parts_and_periods_read_back),
        cmocka_unit_test(test_time_grows_with_the_text),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
