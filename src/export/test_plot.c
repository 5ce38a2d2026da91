/* SPDX-License-Identifier: Apache-2.0 */
/* test_plot.c - axes and marks. */
#include "export/plot.h"

#include <setjmp.h>

#include <cmocka.h>

#define MEMORY ((size_t)1 << 20)

typedef struct fixture {
    ds_arena *a;
    ds_buf out;
    ex_page p;
} fixture;

static int set_up(void **state)
{
    ds_arena *a = ds_arena_new(0, MEMORY);
    fixture *f = ds_arena_calloc(a, 1, sizeof *f);
    f->a = a;
    f->out = ds_buf_new(a);
    f->p = ex_page_new(a, NULL, (ds_style){80, false, true, DS_FMT_TEXT}, &f->out);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ds_arena_free(f->a);
    return 0;
}

/* A string as it is printed: without ink, glue as blanks. */
static const char *plain(fixture *f, ds_str s)
{
    ds_buf b = ds_buf_new(f->a);
    for (size_t i = 0; i < s.len; i++) {
        if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR(EX_GLUE))) {
            ds_buf_putc(&b, ' ');
            i++;
        } else if ((uint8_t)s.at[i] > 4) {
            ds_buf_putc(&b, s.at[i]);
        }
    }
    return ds_buf_str(&b).at;
}

static const ds_str person = DS_STR_INIT("person");

static void log_axis(void **state)
{
    fixture *f = *state;
    ex_axis axis = ex_axis_of(300, 100000);
    assert_true(axis.log && axis.lo == 2 && axis.intervals == 3);
    assert_true(ex_axis_fit(&axis, 19));
    assert_int_equal(ex_axis_width(&axis), 19);
    assert_string_equal(plain(f, ex_axis_labels(&f->p, &axis, person)), "100   1k    10k   100k");
    assert_true(ex_axis_fit(&axis, 40));
    assert_int_equal(ex_axis_width(&axis), 34);
    assert_string_equal(plain(f, ex_axis_labels(&f->p, &axis, person)),
                        "100        1,000      10,000     100,000");
    assert_false(ex_axis_fit(&axis, 5));
    assert_true(ex_axis_holds(&axis, 100) && ex_axis_holds(&axis, 100000));
    assert_false(ex_axis_holds(&axis, 99) || ex_axis_holds(&axis, 100001) ||
                 ex_axis_holds(&axis, 0));
}

static void linear_axis(void **state)
{
    fixture *f = *state;
    ex_axis axis = ex_axis_of(40, 180);
    assert_true(!axis.log && axis.step == 50 && axis.intervals == 4);
    assert_true(ex_axis_fit(&axis, 25));
    assert_string_equal(plain(f, ex_axis_labels(&f->p, &axis, person)),
                        "0     50    100   150   200");
    ex_axis share = ex_axis_of(0.25, 0.6);
    assert_true(ex_axis_fit(&share, 25));
    assert_string_equal(plain(f, ex_axis_labels(&f->p, &share, DS_STR("ratio"))),
                        "0%      20%     40%     60%");
    ex_axis one = ex_axis_of(3, 3);
    assert_false(one.log);
    assert_true(one.intervals == 3 && ex_axis_fit(&one, 19));
}

static void one_decade(void **state)
{
    (void)state;
    ex_axis axis = ex_axis_of(10, 100);
    assert_true(axis.log && axis.lo == 1 && axis.intervals == 1);
    axis = ex_axis_of(0.5, 50);
    assert_true(axis.log && axis.lo == -1 && axis.intervals == 3);
}

static void marks(void **state)
{
    fixture *f = *state;
    static const struct {
        ds_bound bound;
        int64_t low, high;
        bool named;
        const char *want;
    } cases[] = {
        {DS_BOUND_EXACT, 300, 300, false, "·  ○  ·     ·     ·"},
        {DS_BOUND_ABOUT, 6000, 6000, true, "·     ·    ●·     ·"},
        {DS_BOUND_AT_MOST, 4000, 4000, false, "←╌╌╌╌╌╌╌╌╌○ ·     ·"},
        {DS_BOUND_AT_MOST, 100, 100, false, "○     ·     ·     ·"},
        {DS_BOUND_AT_MOST, 100000, 100000, false, "←╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌○"},
        {DS_BOUND_MORE_THAN, 4600, 4600, false, "·     ·   ○╌╌╌╌╌╌╌→"},
        {DS_BOUND_AT_LEAST, 100000, 100000, true, "·     ·     ·     ●"},
        {DS_BOUND_ALMOST, 1000, 1000, true, "·     ●     ·     ·"},
        {DS_BOUND_RANGE, 1000, 10000, false, "·     ├──○──┤     ·"},
        {DS_BOUND_RANGE, 1000, 1100, false, "·     ○     ·     ·"},
        {DS_BOUND_VAGUE, 200, 999, false, "· ╌╌╌╌╌     ·     ·"},
        {DS_BOUND_EXACT, 0, 0, false, "·     ·     ·     ·"},
    };
    ex_axis axis = ex_axis_of(300, 100000);
    assert_true(ex_axis_fit(&axis, 19));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_value v = {.bound = cases[i].bound, .has_low = true, .has_best = true, .has_high = true};
        v.low = v.best = DS_FRAC(cases[i].low);
        v.high = DS_FRAC(cases[i].high);
        v.has_low = v.bound != DS_BOUND_AT_MOST && v.bound != DS_BOUND_ALMOST;
        v.has_high = v.bound != DS_BOUND_AT_LEAST && v.bound != DS_BOUND_MORE_THAN;
        v.has_best = v.bound != DS_BOUND_RANGE && v.bound != DS_BOUND_VAGUE;
        assert_string_equal(plain(f, ex_plot(&f->p, &axis, &v, cases[i].named)), cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(log_axis, set_up, tear_down),
        cmocka_unit_test_setup_teardown(linear_axis, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_decade, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
