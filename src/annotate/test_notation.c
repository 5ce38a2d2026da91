/* SPDX-License-Identifier: Apache-2.0 */
/* Marks as the examples write them. */
#include "annotate/test_marks.h"

static const struct {
    ds_bound bound;
    ds_frac low, high; /* best is low, or high where the bound leaves no low end */
    const char *want;
} values[] = {
    {DS_BOUND_EXACT, {12000, 1}, {12000, 1}, "12000"},
    {DS_BOUND_EXACT, {3, 2}, {3, 2}, "1.5"},
    {DS_BOUND_EXACT, {3, 200}, {3, 200}, "0.015"},
    {DS_BOUND_EXACT, {1, 3}, {1, 3}, "1/3"},
    {DS_BOUND_EXACT, {1, 10000000}, {1, 10000000}, "1/10000000"},
    {DS_BOUND_EXACT, {-7, 4}, {-7, 4}, "-1.75"},
    {DS_BOUND_EXACT, {INT64_MAX, 1}, {INT64_MAX, 1}, "9223372036854775807"},
    {DS_BOUND_ABOUT, {500, 1}, {500, 1}, "~500"},
    {DS_BOUND_AT_LEAST, {1000, 1}, {0, 1}, ">=1000"},
    {DS_BOUND_MORE_THAN, {1000, 1}, {0, 1}, ">1000"},
    {DS_BOUND_AT_MOST, {0, 1}, {1000, 1}, "<=1000"},
    {DS_BOUND_LESS_THAN, {0, 1}, {1000, 1}, "<1000"},
    {DS_BOUND_ALMOST, {0, 1}, {1000, 1}, "~<1000"},
    {DS_BOUND_RANGE, {300, 1}, {1000, 1}, "300..1000"},
    {DS_BOUND_VAGUE, {3, 1}, {9, 1}, "3~9"},
};

static void test_values(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ds_bound b = values[i].bound;
        ds_value v = {.low = values[i].low, .high = values[i].high, .bound = b};
        bool upper = b == DS_BOUND_AT_MOST || b == DS_BOUND_LESS_THAN || b == DS_BOUND_ALMOST;
        v.has_low = !upper;
        v.has_high = b != DS_BOUND_AT_LEAST && b != DS_BOUND_MORE_THAN;
        v.has_best = b != DS_BOUND_RANGE && b != DS_BOUND_VAGUE;
        v.best = upper ? v.high : v.low;
        ds_buf out = ds_buf_new(a);
        ds_value_print(&out, &v);
        assert_string_equal(ds_buf_str(&out).at, values[i].want);
    }
    ds_arena_free(a);
}

/* quantities, then times, each after "; " */
static const test_row rows[] = {
    {"At least 40 miners died.", "count >=40 person [miners]"},
    {"Some 40% of them stayed.", "ratio ~0.4 ratio [them]"},
    {"The city pays $2,000 per worker per month.", "money 2000 USD/worker/month; SET P1M"},
    {"Another 10,000 or so of their neighbours followed.",
     "count ~10000 person [their neighbours] delta"},
    {"By mid-January it was shut.", "DATE 2031-01 MID 2031-01-11..2031-01-20 by"},
    {"It has been shut since October 2030.", "DATE 2030-10 2030-10-01.. since"},
    {"It was shut until October 2030.", "DATE 2030-10 ..2030-10-31 until"},
    {"Now it is shut.", "DATE PRESENT_REF"},
    {"It opened weeks after the fire.", "DURATION PXW event vague"},
};

static void put_marks(ds_arena *a, const char *text, ds_buf *b)
{
    marked m = {0};
    assert_int_equal(read_marks(a, text, &m, NULL), DS_OK);
    for (size_t i = 0; i < m.marks.quantities_len; i++) {
        const ds_quantity *q = &m.marks.quantities[i];
        ds_buf_printf(b, "%s%s ", b->len ? "; " : "", ds_quantity_kind_name(q->kind));
        ds_quantity_print(b, m.doc.text, q);
    }
    for (size_t i = 0; i < m.marks.times_len; i++) {
        ds_buf_puts(b, b->len ? "; " : "");
        ds_time_print(b, &m.marks.times[i]);
    }
}

static void test_marks(void **state)
{
    (void)state;
    assert_int_equal(run_rows(rows, sizeof rows / sizeof *rows, put_marks), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
