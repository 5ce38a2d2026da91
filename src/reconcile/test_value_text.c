/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/reconcile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct value_case {
    ds_bound bound;
    int64_t low[2], best[2], high[2]; /* num, den; den 0: absent */
    const char *unit, *prose, *table;
} value_case;

// clang-format off
static const value_case value_cases[] = {
    {DS_BOUND_EXACT,     {300, 1},   {300, 1},     {300, 1},   "person", "300", "300"},
    {DS_BOUND_ABOUT,     {11000, 1}, {11000, 1},   {11000, 1}, "person", "about 11,000", "~11,000"},
    {DS_BOUND_AT_MOST,   {0, 0},     {5500, 1},    {5500, 1},  "person", "up to 5,500", "≤5,500"},
    {DS_BOUND_AT_LEAST,  {43, 1},    {43, 1},      {0, 0},     "person", "at least 43", "≥43"},
    {DS_BOUND_MORE_THAN, {1280000, 1}, {1280000, 1}, {0, 0},   "person", "over 1.28 million", ">1,280,000"},
    {DS_BOUND_LESS_THAN, {0, 0},     {300, 1},     {300, 1},   "person", "under 300", "<300"},
    {DS_BOUND_ALMOST,    {0, 0},     {7000, 1},    {7000, 1},  "km", "nearly 7,000 km", "nearly 7,000 km"},
    {DS_BOUND_RANGE,     {1000, 1},  {0, 0},       {1500, 1},  "person", "1,000 to 1,500", "1,000–1,500"},
    {DS_BOUND_RANGE,     {140000000, 1}, {0, 0},   {200000000, 1}, "USD", "$140 million to $200 million", "$140,000,000–$200,000,000"},
    {DS_BOUND_EXACT,     {2000, 1},  {2000, 1},    {2000, 1},  "USD", "$2,000", "$2,000"},
    {DS_BOUND_EXACT,     {5, 1},     {5, 1},       {5, 1},     "CHF", "5 CHF", "5 CHF"},
    {DS_BOUND_AT_MOST,   {0, 0},     {1, 2},       {1, 2},     "ratio", "up to half", "≤50%"},
    {DS_BOUND_ABOUT,     {1, 3},     {1, 3},       {1, 3},     "ratio", "about a third", "~1/3"},
    {DS_BOUND_MORE_THAN, {2, 5},     {2, 5},       {0, 0},     "ratio", "over 40%", ">40%"},
    {DS_BOUND_EXACT,     {999, 1000}, {999, 1000}, {999, 1000}, "ratio", "99.9%", "99.9%"},
    {DS_BOUND_ALMOST,    {0, 0},     {6, 1},       {6, 1},     "month", "nearly 6 months", "nearly 6 months"},
    {DS_BOUND_EXACT,     {1, 1},     {1, 1},       {1, 1},     "year", "1 year", "1 year"},
    {DS_BOUND_EXACT,     {13, 2},    {13, 2},      {13, 2},    "degC", "6.5 °C", "6.5 °C"},
    {DS_BOUND_VAGUE,     {24, 1},    {0, 0},       {99, 1},    "person", "dozens", "dozens"},
    {DS_BOUND_VAGUE,     {3, 1},     {0, 0},       {9, 1},     "hour", "several hours", "several hours"},
    {DS_BOUND_VAGUE,     {200, 1},   {0, 0},       {999, 1},   "USD", "hundreds of $", "hundreds of $"},
    {DS_BOUND_EXACT,     {1234567, 1}, {1234567, 1}, {1234567, 1}, "person", "1,234,567", "1,234,567"},
    {DS_BOUND_ABOUT,     {1000, 3},  {1000, 3},    {1000, 3},  "person", "about 333", "~333"},
    {DS_BOUND_EXACT,     {-5, 2},    {-5, 2},      {-5, 2},    "person", "−2.5", "−2.5"},
};
// clang-format on

static ds_str end_put(ds_buf *b)
{
    ds_str s = ds_buf_str(b);
    assert_int_equal(b->status, DS_OK);
    return s;
}

static void value_is_worded_in_both_styles(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
    for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++) {
        const value_case *c = &value_cases[i];
        ds_value v = {.bound = c->bound,
                      .has_low = c->low[1] > 0,
                      .has_best = c->best[1] > 0,
                      .has_high = c->high[1] > 0};
        v.low = (ds_frac){c->low[0], c->low[1]};
        v.best = (ds_frac){c->best[0], c->best[1]};
        v.high = (ds_frac){c->high[0], c->high[1]};
        ds_buf prose = ds_buf_new(a), table = ds_buf_new(a);
        ds_value_prose(&prose, &v, ds_str_of(c->unit));
        ds_value_table(&table, &v, ds_str_of(c->unit));
        assert_string_equal(end_put(&prose).at, c->prose);
        assert_string_equal(end_put(&table).at, c->table);
    }
}

typedef struct days_case {
    const char *lo, *hi; /* NULL: open */
    int left_out;
    const char *text;
} days_case;

static const days_case days_cases[] = {
    {"2025-02-07", "2025-02-07", 0, "7 Feb 2025"},
    {"2025-02-07", "2025-02-07", 2025, "7 Feb"},
    {"2025-01-11", "2025-01-20", 2025, "mid-Jan"},
    {"2025-01-01", "2025-01-10", 2024, "early Jan 2025"},
    {"2025-01-21", "2025-01-31", 2025, "late Jan"},
    {"2024-10-01", "2024-10-31", 2025, "Oct 2024"},
    {"2024-10-01", "2024-12-31", 2025, "late 2024"},
    {"2024-10-01", "2024-12-31", 2024, "late"},
    {"2024-09-01", "2024-11-30", 2025, "fall 2024"},
    {"2023-12-01", "2024-02-29", 2024, "winter 2023/24"},
    {"2024-05-01", "2024-08-31", 2025, "mid-2024"},
    {"2024-01-01", "2024-12-31", 2024, "2024"},
    {"2022-01-01", "2023-12-31", 0, "2022–2023"},
    {"2024-11-01", "2025-01-31", 2025, "Nov 2024–Jan"},
    {"2024-10-01", "2024-11-30", 2025, "Oct–Nov 2024"},
    {"2025-02-03", "2025-02-09", 2025, "3–9 Feb"},
    {"2025-01-28", "2025-02-07", 2025, "28 Jan – 7 Feb"},
    {"2024-10-01", NULL, 2025, "from Oct 2024"},
    {NULL, "2025-02-07", 2025, "until 7 Feb"},
    {NULL, NULL, 0, ""},
};

static void days_are_worded_as_people_say_them(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
    for (size_t i = 0; i < sizeof days_cases / sizeof *days_cases; i++) {
        const days_case *c = &days_cases[i];
        ds_days d = DS_DAYS_NONE;
        if (c->lo)
            assert_int_equal(ds_day_parse(ds_str_of(c->lo), &d.lo), DS_OK);
        if (c->hi)
            assert_int_equal(ds_day_parse(ds_str_of(c->hi), &d.hi), DS_OK);
        ds_buf b = ds_buf_new(a);
        ds_days_text(&b, d, c->left_out);
        assert_string_equal(end_put(&b).at, c->text);
    }
}

static void factor_has_two_digits_below_ten(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
    ds_buf b = ds_buf_new(a);
    ds_factor_text(&b, (ds_frac){10, 3});
    ds_buf_putc(&b, ' ');
    ds_factor_text(&b, (ds_frac){40, 3});
    ds_buf_putc(&b, ' ');
    ds_factor_text(&b, (ds_frac){2, 1});
    assert_string_equal(end_put(&b).at, "×3.3 ×13 ×2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_is_worded_in_both_styles),
        cmocka_unit_test(days_are_worded_as_people_say_them),
        cmocka_unit_test(factor_has_two_digits_below_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
