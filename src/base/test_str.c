/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

static void compares(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int want;
    } rows[] = {
        {"", "", 0},     {"a", "a", 0},   {"a", "b", -1},  {"a", "ab", -1},
        {"", "a", -1},   {"ab", "b", -1}, {"Z", "a", -1},  {"z", "\xC3\xA9", -1},
        {NULL, NULL, 0}, {NULL, "", -1},  {NULL, "a", -1}, {"dam", "dams", -1},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_str a = ds_str_of(rows[i].a), b = ds_str_of(rows[i].b);
        assert_int_equal(ds_str_cmp(a, b), rows[i].want);
        assert_int_equal(ds_str_cmp(b, a), -rows[i].want);
        assert_int_equal(ds_str_eq(a, b), rows[i].want == 0);
        assert_int_equal(ds_str_eq(b, a), rows[i].want == 0);
    }
    assert_int_equal(ds_str_cmp((ds_str){"a\0b", 3}, (ds_str){"a\0c", 3}), -1);
    assert_null(ds_str_of(NULL).at);
}

static void starts_and_ends(void **state)
{
    (void)state;
    static const struct {
        const char *s, *part;
        bool starts, ends;
    } rows[] = {
        {"reported", "re", true, false},  {"reported", "ed", false, true},
        {"reported", "", true, true},     {"reported", "reported", true, true},
        {"re", "reported", false, false}, {"", "", true, true},
        {"", "a", false, false},          {NULL, "", false, false},
        {"a", NULL, false, false},        {NULL, NULL, false, false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_str s = ds_str_of(rows[i].s), part = ds_str_of(rows[i].part);
        assert_int_equal(ds_str_starts(s, part), rows[i].starts);
        assert_int_equal(ds_str_ends(s, part), rows[i].ends);
    }
}

static void trims(void **state)
{
    (void)state;
    static const struct {
        const char *s, *want;
    } rows[] = {
        {"", ""},
        {" ", ""},
        {"a", "a"},
        {" \t\r\n\v\f a b \n", "a b"},
        {"\xC2\xA0 a \xC2\xA0", "a"}, /* no-break spaces */
        {"\xC2\xA0", ""},
        {"\xC2\xA0\xC2\xA0", ""},
        {"\xC3\xA0", "\xC3\xA0"}, /* the last byte alone means nothing */
        {"\xC2", "\xC2"},
        {"\xA0", "\xA0"},
        {"\xC2\xA9 2025", "\xC2\xA9 2025"},
        {"\x01 a \x01", "\x01 a \x01"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_str got = ds_str_trim(ds_str_of(rows[i].s));
        assert_true(ds_str_eq(got, ds_str_of(rows[i].want)));
    }
    assert_null(ds_str_trim((ds_str){0}).at);
}

static void cuts(void **state)
{
    (void)state;
    static const struct {
        size_t beg, end;
        const char *want;
    } rows[] = {
        {0, 4, "word"},    {1, 3, "or"},          {4, 4, ""},
        {0, 0, ""},        {2, 99, "rd"},         {99, 99, ""},
        {3, 1, ""},        {0, SIZE_MAX, "word"}, {SIZE_MAX, SIZE_MAX, ""},
        {SIZE_MAX, 0, ""},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        ds_str got = ds_str_cut(DS_STR("word"), rows[i].beg, rows[i].end);
        assert_true(ds_str_eq(got, ds_str_of(rows[i].want)));
    }
    assert_null(ds_str_cut((ds_str){0}, 0, 5).at);
    assert_true(ds_str_eq(ds_str_at(DS_STR("a word"), (ds_span){2, 6}), DS_STR("word")));
}

static void finds(void **state)
{
    (void)state;
    static const struct {
        const char *hay, *needle;
        size_t from;
        ptrdiff_t want;
    } rows[] = {
        {"one two one", "one", 0, 0},
        {"one two one", "one", 1, 8},
        {"one two one", "one", 9, -1},
        {"one", "", 0, 0},
        {"one", "", 3, 3},
        {"one", "", 4, -1},
        {"one", "e", 2, 2},
        {"one", "e", 3, -1},
        {"one", "e", SIZE_MAX, -1},
        {"one", "one more", 0, -1},
        {"", "", 0, 0},
        {"", "a", 0, -1},
        {NULL, "a", 0, -1},
        {"a", NULL, 0, -1},
        {"aab", "ab", 0, 1},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(
            ds_str_find(ds_str_of(rows[i].hay), ds_str_of(rows[i].needle), rows[i].from),
            rows[i].want);
    assert_int_equal(ds_str_find((ds_str){"a\0b", 3}, DS_STR("b"), 0), 2);
}

static void relates_spans(void **state)
{
    (void)state;
    static const struct {
        ds_span a, b;
        bool holds, meets;
    } rows[] = {
        {{2, 6}, {2, 6}, true, true},   {{2, 6}, {3, 5}, true, true},
        {{3, 5}, {2, 6}, false, true},  {{2, 6}, {6, 9}, false, false},
        {{2, 6}, {5, 9}, false, true},  {{2, 6}, {0, 2}, false, false},
        {{2, 6}, {6, 6}, true, false},  {{2, 2}, {2, 2}, true, false},
        {{2, 6}, {7, 9}, false, false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        assert_int_equal(ds_span_holds(rows[i].a, rows[i].b), rows[i].holds);
        assert_int_equal(ds_span_meets(rows[i].a, rows[i].b), rows[i].meets);
        assert_int_equal(ds_span_meets(rows[i].b, rows[i].a), rows[i].meets);
    }
    assert_int_equal(ds_span_len((ds_span){3, UINT32_MAX}), UINT32_MAX - 3);
}

/* Views end where they end: ASan sees a read of the byte behind. */
static void reads_no_further(void **state)
{
    (void)state;
    static const char bytes[] = {'a', ' ', '\xC2'};
    for (size_t n = 0; n <= sizeof bytes; n++) {
        char *copy = malloc(n ? n : 1);
        assert_non_null(copy);
        memcpy(copy, bytes, n);
        ds_str s = {copy, n};
        assert_int_equal(ds_str_trim(s).len, n == 2 ? 1 : n);
        assert_int_equal(ds_str_find(s, DS_STR("\xC2\xA0"), 0), -1);
        assert_false(ds_str_starts(s, DS_STR("a \xC2\xA0")));
        assert_false(ds_str_ends(s, DS_STR("a \xC2\xA0")));
        free(copy);
    }
}

static void tells_what_failed(void **state)
{
    (void)state;
    ds_err err = {0};
    assert_int_equal(ds_fail(&err, DS_LIMIT, "too deep", 41), DS_LIMIT);
    assert_int_equal(err.code, DS_LIMIT);
    assert_string_equal(err.what, "too deep");
    assert_int_equal(err.at, 41);
    assert_int_equal(ds_fail(NULL, DS_IO, "not asked for", 0), DS_IO);
}

static ds_status tries(ds_status st, int *reached)
{
    DS_TRY(st);
    ++*reached;
    return DS_OK;
}

static void tries_until_it_fails(void **state)
{
    (void)state;
    static const struct {
        ds_status st, want;
        int reached;
    } rows[] = {{DS_OK, DS_OK, 1}, {DS_NONE, DS_OK, 1}, {DS_NOMEM, DS_NOMEM, 0}, {DS_IO, DS_IO, 0}};
    for (size_t i = 0; i < LEN(rows); i++) {
        int reached = 0;
        assert_int_equal(tries(rows[i].st, &reached), rows[i].want);
        assert_int_equal(reached, rows[i].reached);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(trims),
        cmocka_unit_test(cuts),
        cmocka_unit_test(finds),
        cmocka_unit_test(relates_spans),
        cmocka_unit_test(reads_no_further),
        cmocka_unit_test(tells_what_failed),
        cmocka_unit_test(tries_until_it_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
