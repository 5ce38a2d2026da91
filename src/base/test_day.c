/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

enum { MON, TUE, WED, THU, FRI, SAT, SUN };

static void knows_days(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        ds_day day;
        int weekday;
    } rows[] = {
        {1970, 1, 1, 0, THU},         {1969, 12, 31, -1, WED},     {2000, 1, 1, 10957, SAT},
        {2000, 2, 29, 11016, TUE},    {2000, 3, 1, 11017, WED},    {2024, 2, 29, 19782, THU},
        {2025, 2, 7, 20126, FRI},     {1900, 2, 28, -25509, WED},  {1900, 3, 1, -25508, THU},
        {1582, 10, 15, -141427, FRI}, {1, 1, 1, -719162, MON},     {0, 3, 1, -719468, WED},
        {0, 2, 29, -719469, TUE},     {-400, 2, 29, -865566, TUE}, /* 146097 days are 20871 weeks */
        {9999, 12, 31, 2932896, FRI},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        assert_int_equal(ds_day_of(rows[i].y, rows[i].m, rows[i].d), rows[i].day);
        assert_int_equal(ds_day_weekday(rows[i].day), rows[i].weekday);
        int y, m, d;
        ds_day_split(rows[i].day, &y, &m, &d);
        assert_true(y == rows[i].y && m == rows[i].m && d == rows[i].d);
    }
}

static void refuses_days_that_are_not(void **state)
{
    (void)state;
    static const int rows[][3] = {
        {2025, 2, 29}, {1900, 2, 29},  {2024, 2, 30}, {2025, 4, 31}, {2025, 6, 31},
        {2025, 9, 31}, {2025, 11, 31}, {2025, 1, 32}, {2025, 1, 0},  {2025, 1, -1},
        {2025, 0, 1},  {2025, 13, 1},  {2025, -1, 1}, {10000, 1, 1}, {-10000, 12, 31},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(ds_day_of(rows[i][0], rows[i][1], rows[i][2]), DS_DAY_NONE);
}

static void knows_months(void **state)
{
    (void)state;
    static const struct {
        int y, m, days;
    } rows[] = {
        {2025, 1, 31},  {2025, 2, 28}, {2024, 2, 29}, {2000, 2, 29}, {1900, 2, 28}, {2100, 2, 28},
        {2400, 2, 29},  {0, 2, 29},    {-4, 2, 29},   {-100, 2, 28}, {-400, 2, 29}, {2025, 4, 30},
        {2025, 12, 31}, {2025, 0, 0},  {2025, 13, 0}, {2025, -5, 0},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(ds_month_days(rows[i].y, rows[i].m), rows[i].days);
}

/* Every 37th day of the 20,000 years, and every month's last day with the next one's first. */
static void goes_round(void **state)
{
    (void)state;
    const ds_day lo = ds_day_of(-9999, 1, 1), hi = ds_day_of(9999, 12, 31);
    assert_int_equal(hi - lo, 7304483); /* 19,999 years with 4,849 leap days */
    for (ds_day day = lo; day <= hi; day += 37) {
        int y, m, d;
        ds_day_split(day, &y, &m, &d);
        assert_int_equal(ds_day_of(y, m, d), day);
    }
    ds_day next = lo;
    for (int y = -9999; y <= 9999; y++)
        for (int m = 1; m <= 12; m++) {
            assert_int_equal(ds_day_of(y, m, 1), next);
            next = ds_day_of(y, m, ds_month_days(y, m)) + 1;
        }
    for (ds_day day = -20; day < 20; day++)
        assert_int_equal((ds_day_weekday(day) + 1) % 7, ds_day_weekday(day + 1));
}

static void parses_days(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int y, m, d; /* 0: refused */
    } rows[] = {
        {"2025-02-07", 2025, 2, 7},
        {"20250207", 2025, 2, 7},
        {"2025-02-07T10:00:00Z", 2025, 2, 7},
        {"2025-02-07 and more", 2025, 2, 7},
        {"20250207T100000", 2025, 2, 7},
        {"2024-02-29", 2024, 2, 29},
        {"0001-01-01", 1, 1, 1},
        {"9999-12-31", 9999, 12, 31},
        {"2025-02-29", 0, 0, 0},
        {"2025-02-071", 0, 0, 0},
        {"202502071", 0, 0, 0},
        {"2025-2-7", 0, 0, 0},
        {"2025-02-0", 0, 0, 0},
        {"2025-0207", 0, 0, 0},
        {"2025/02/07", 0, 0, 0},
        {"-2025-02-07", 0, 0, 0},
        {"2025-1a-07", 0, 0, 0},
        {"2025-00-07", 0, 0, 0},
        {"2025", 0, 0, 0},
        {"", 0, 0, 0},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_day out = 77, want = rows[i].m ? ds_day_of(rows[i].y, rows[i].m, rows[i].d) : 77;
        ds_status st = ds_day_parse(ds_str_of(rows[i].text), &out);
        assert_int_equal(st, rows[i].m ? DS_OK : DS_BAD);
        assert_int_equal(out, want);
    }
    ds_day out = 77;
    assert_int_equal(ds_day_parse((ds_str){0}, &out), DS_BAD);
    /* no NUL behind the text: ASan sees a read past its end */
    static const char text[10] = {'2', '0', '2', '5', '-', '0', '2', '-', '0', '7'};
    assert_int_equal(ds_day_parse((ds_str){text, sizeof text}, &out), DS_OK);
}

static void prints_days(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        const char *want;
    } rows[] = {
        {2025, 2, 7, "2025-02-07"}, {1, 1, 1, "0001-01-01"},     {9999, 12, 31, "9999-12-31"},
        {0, 1, 1, "0000-01-01"},    {-44, 3, 15, "-0044-03-15"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
        ds_buf b = ds_buf_new(a);
        ds_day_print(&b, ds_day_of(rows[i].y, rows[i].m, rows[i].d));
        assert_string_equal(ds_buf_str(&b).at, rows[i].want);
    }
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
    ds_buf b = ds_buf_new(a);
    ds_day_print(&b, DS_DAY_NONE);
    assert_int_equal(b.len, 0);
}

/* ds_day is 32 bits wide: its ends must not overflow either. */
static void splits_any_day(void **state)
{
    (void)state;
    static const ds_day days[] = {INT32_MAX, INT32_MAX - 719468, INT32_MIN + 1, INT32_MIN};
    for (size_t i = 0; i < LEN(days); i++) {
        int y, m, d;
        ds_day_split(days[i], &y, &m, &d);
        assert_in_range(m, 1, 12);
        assert_in_range(d, 1, ds_month_days(y, m));
        assert_in_range(ds_day_weekday(days[i]), MON, SUN);
    }
}

static void starves(void **state)
{
    (void)state;
    bool printed = false;
    for (size_t budget = 0; budget <= 512; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_buf b = ds_buf_new(a);
        ds_day_print(&b, 20126);
        ds_str s = ds_buf_str(&b);
        assert_true(s.at ? ds_str_eq(s, DS_STR("2025-02-07")) : b.status == DS_NOMEM);
        assert_false(printed && !s.at);
        printed = s.at != NULL;
    }
    assert_true(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_days),     cmocka_unit_test(refuses_days_that_are_not),
        cmocka_unit_test(knows_months),   cmocka_unit_test(goes_round),
        cmocka_unit_test(parses_days),    cmocka_unit_test(prints_days),
        cmocka_unit_test(splits_any_day), cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
