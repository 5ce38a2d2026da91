/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define MAX INT64_MAX
#define MIN INT64_MIN
#define LEN(a) (sizeof(a) / sizeof *(a))

typedef ds_status (*operation)(ds_frac, ds_frac, ds_frac *);
typedef ds_status (*parser)(ds_str, ds_frac *);

static const ds_frac untouched = {-7, 7};

static void makes_lowest_terms(void **state)
{
    (void)state;
    static const struct {
        int64_t num, den;
        ds_status status;
        ds_frac want;
    } rows[] = {
        {6, 4, DS_OK, {3, 2}},         {-6, 4, DS_OK, {-3, 2}},
        {6, -4, DS_OK, {-3, 2}},       {-6, -4, DS_OK, {3, 2}},
        {0, -9, DS_OK, {0, 1}},        {MAX, MAX, DS_OK, {1, 1}},
        {MIN, 2, DS_OK, {MIN / 2, 1}}, {2, MIN, DS_OK, {-1, -(MIN / 2)}},
        {MIN, MIN, DS_OK, {1, 1}},     {-MAX, 1, DS_OK, {-MAX, 1}},
        {1, MAX, DS_OK, {1, MAX}},     {MIN, 1, DS_LIMIT, {0}}, /* so that -num always exists */
        {MIN, -1, DS_LIMIT, {0}},      {1, MIN, DS_LIMIT, {0}},
        {1, 0, DS_BAD, {0}},           {0, 0, DS_BAD, {0}},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_frac out = untouched, want = rows[i].status == DS_OK ? rows[i].want : untouched;
        assert_int_equal(ds_frac_make(rows[i].num, rows[i].den, &out), rows[i].status);
        assert_true(out.num == want.num && out.den == want.den);
    }
}

static void calculates(void **state)
{
    (void)state;
    static const struct {
        operation op;
        ds_frac a, b;
        ds_status status;
        ds_frac want;
    } rows[] = {
        {ds_frac_add, {1, 3}, {1, 6}, DS_OK, {1, 2}},
        {ds_frac_add, {1, 2}, {-1, 2}, DS_OK, {0, 1}},
        {ds_frac_add, {MAX, 1}, {-1, 1}, DS_OK, {MAX - 1, 1}},
        {ds_frac_add, {MAX, 1}, {1, 1}, DS_LIMIT, {0}},
        {ds_frac_add, {-MAX, 1}, {-1, 1}, DS_LIMIT, {0}},
        {ds_frac_add, {1, MAX}, {1, MAX - 1}, DS_LIMIT, {0}},
        {ds_frac_add, {MAX, MAX - 1}, {MAX, MAX - 1}, DS_OK, {MAX, (MAX - 1) / 2}},
        {ds_frac_add, {MIN, MAX}, {MIN, MAX}, DS_LIMIT, {0}},
        {ds_frac_add, {MAX, 2}, {MAX, 2}, DS_OK, {MAX, 1}}, /* fits again once reduced */
        {ds_frac_sub, {1, 3}, {1, 6}, DS_OK, {1, 6}},
        {ds_frac_sub, {1, 3}, {1, 3}, DS_OK, {0, 1}},
        {ds_frac_sub, {-MAX, 1}, {MAX, 1}, DS_LIMIT, {0}},
        {ds_frac_sub, {MAX, 1}, {MAX, 1}, DS_OK, {0, 1}},
        {ds_frac_sub, {-1, 1}, {MIN, 1}, DS_OK, {MAX, 1}}, /* -MIN would overflow */
        {ds_frac_mul, {2, 3}, {3, 4}, DS_OK, {1, 2}},
        {ds_frac_mul, {-2, 3}, {3, 2}, DS_OK, {-1, 1}},
        {ds_frac_mul, {MAX, 2}, {2, MAX}, DS_OK, {1, 1}},
        {ds_frac_mul, {MAX, 1}, {2, 1}, DS_LIMIT, {0}},
        {ds_frac_mul, {MAX, 1}, {MAX, 1}, DS_LIMIT, {0}},
        {ds_frac_mul, {1, MAX}, {1, 2}, DS_LIMIT, {0}},
        {ds_frac_mul, {0, 1}, {1, MAX}, DS_OK, {0, 1}},
        {ds_frac_div, {1, 2}, {3, 4}, DS_OK, {2, 3}},
        {ds_frac_div, {1, 2}, {-3, 4}, DS_OK, {-2, 3}},
        {ds_frac_div, {MAX, 1}, {MAX, 1}, DS_OK, {1, 1}},
        {ds_frac_div, {MAX, 1}, {1, 2}, DS_LIMIT, {0}},
        {ds_frac_div, {1, MAX}, {2, 1}, DS_LIMIT, {0}},
        {ds_frac_div, {1, 1}, {0, 1}, DS_BAD, {0}},
        {ds_frac_div, {0, 1}, {0, 1}, DS_BAD, {0}},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_frac out = untouched, want = rows[i].status == DS_OK ? rows[i].want : untouched;
        assert_int_equal(rows[i].op(rows[i].a, rows[i].b, &out), rows[i].status);
        assert_true(out.num == want.num && out.den == want.den);
    }
}

static void compares_exactly(void **state)
{
    (void)state;
    static const struct {
        ds_frac a, b;
        int want;
    } rows[] = {
        {{1, 3}, {1, 3}, 0},
        {{1, 3}, {1, 2}, -1},
        {{-1, 3}, {-1, 2}, 1},
        {{0, 1}, {-1, MAX}, 1},
        {{MAX, 1}, {-MAX, 1}, 1},
        {{MAX - 1, MAX}, {MAX - 2, MAX - 1}, 1}, /* the same double */
        {{9007199254740993, 1}, {9007199254740992, 1}, 1},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        assert_int_equal(ds_frac_cmp(rows[i].a, rows[i].b), rows[i].want);
        assert_int_equal(ds_frac_cmp(rows[i].b, rows[i].a), -rows[i].want);
    }
    assert_true(ds_frac_real((ds_frac){-3, 4}) == -0.75);
    assert_true(ds_frac_real(DS_FRAC(12000)) == 12000.0);
}

static void prints_decimals(void **state)
{
    (void)state;
    static const struct {
        ds_frac a;
        int places;
        const char *want;
    } rows[] = {
        {{12000, 1}, 4, "12000"},
        {{0, 1}, 4, "0"},
        {{1, 3}, 4, "0.3333"},
        {{2, 3}, 4, "0.6667"},
        {{1, 8}, 2, "0.13"}, /* half up */
        {{-1, 8}, 2, "-0.13"},
        {{1, 2}, 0, "1"},
        {{3, 2}, 4, "1.5"},
        {{105, 100}, 4, "1.05"},
        {{1, 100000}, 4, "0"},
        {{-1, 100000}, 4, "0"}, /* not "-0" */
        {{99999, 100000}, 4, "1"},
        {{199999, 100000}, 4, "2"},
        {{MAX, 1}, 4, "9223372036854775807"},
        {{-MAX, 1}, 0, "-9223372036854775807"},
        {{MAX, 2}, 18, "4611686018427387903.5"},
        {{1, 3}, 18, "0.333333333333333333"},
        {{1, 3}, 40, "0.333333333333333333"}, /* no more than 18 */
        {{1, MAX}, 18, "0"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
        ds_buf b = ds_buf_new(a);
        ds_frac_print(&b, rows[i].a, rows[i].places);
        assert_string_equal(ds_buf_str(&b).at, rows[i].want);
    }
}

static void parses(void **state)
{
    (void)state;
    static const struct {
        parser parse;
        const char *text;
        ds_status status;
        ds_frac want;
    } rows[] = {
        {ds_frac_parse, "12000", DS_OK, {12000, 1}},
        {ds_frac_parse, "1.28", DS_OK, {32, 25}},
        {ds_frac_parse, "-3.5", DS_OK, {-7, 2}},
        {ds_frac_parse, "0", DS_OK, {0, 1}},
        {ds_frac_parse, "-0", DS_OK, {0, 1}},
        {ds_frac_parse, "007", DS_OK, {7, 1}},
        {ds_frac_parse, ".5", DS_OK, {1, 2}},
        {ds_frac_parse, "0.000000000000000000", DS_LIMIT, {0}},
        {ds_frac_parse, "999999999999999999", DS_OK, {999999999999999999, 1}},
        {ds_frac_parse, "1000000000000000000", DS_LIMIT, {0}}, /* more than 18 digits */
        {ds_frac_parse, "0.00000000000000001", DS_OK, {1, 100000000000000000}},
        {ds_frac_parse, "", DS_BAD, {0}},
        {ds_frac_parse, "-", DS_BAD, {0}},
        {ds_frac_parse, ".", DS_BAD, {0}},
        {ds_frac_parse, "5.", DS_BAD, {0}},
        {ds_frac_parse, "1.2.3", DS_BAD, {0}},
        {ds_frac_parse, "1,000", DS_BAD, {0}},
        {ds_frac_parse, "+1", DS_BAD, {0}},
        {ds_frac_parse, "--1", DS_BAD, {0}},
        {ds_frac_parse, " 1", DS_BAD, {0}},
        {ds_frac_parse, "1e3", DS_BAD, {0}},
        {ds_frac_parse_ratio, "12", DS_OK, {12, 1}},
        {ds_frac_parse_ratio, "1.5", DS_OK, {3, 2}},
        {ds_frac_parse_ratio, "1/3", DS_OK, {1, 3}},
        {ds_frac_parse_ratio, "4184/1000", DS_OK, {523, 125}},
        {ds_frac_parse_ratio, "1.5/2", DS_OK, {3, 4}},
        {ds_frac_parse_ratio, "1/0", DS_BAD, {0}},
        {ds_frac_parse_ratio, "/3", DS_BAD, {0}},
        {ds_frac_parse_ratio, "1/", DS_BAD, {0}},
        {ds_frac_parse_ratio, "1/2/3", DS_BAD, {0}},
        {ds_frac_parse_ratio, "-", DS_BAD, {0}},
        {ds_frac_parse_ratio, "", DS_BAD, {0}},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_frac out = untouched, want = rows[i].status == DS_OK ? rows[i].want : untouched;
        assert_int_equal(rows[i].parse(ds_str_of(rows[i].text), &out), rows[i].status);
        assert_true(out.num == want.num && out.den == want.den);
    }
    ds_frac out = untouched;
    assert_int_equal(ds_frac_parse((ds_str){0}, &out), DS_BAD);
}

static void starves(void **state)
{
    (void)state;
    bool printed = false;
    for (size_t budget = 0; budget <= 512; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_buf b = ds_buf_new(a);
        ds_frac_print(&b, (ds_frac){-22, 7}, 4);
        ds_str s = ds_buf_str(&b);
        assert_true(s.at || b.status == DS_NOMEM);
        assert_false(printed && !s.at);
        if (s.at)
            assert_string_equal(s.at, "-3.1429");
        printed = s.at != NULL;
    }
    assert_true(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_lowest_terms),
        cmocka_unit_test(calculates),
        cmocka_unit_test(compares_exactly),
        cmocka_unit_test(prints_decimals),
        cmocka_unit_test(parses),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
