/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <wchar.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

static void builds(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_buf b = ds_buf_new(a);
    ds_buf_put(&b, DS_STR("one"));
    ds_buf_put(&b, (ds_str){0});
    ds_buf_put(&b, DS_STR(""));
    ds_buf_putc(&b, ' ');
    ds_buf_puts(&b, "two");
    ds_buf_puts(&b, NULL);
    ds_buf_rep(&b, "-=", 3);
    ds_buf_rep(&b, "x", 0);
    ds_buf_printf(&b, "%d%s", 3, "!");
    ds_buf_printf(&b, "%s", "");
    assert_string_equal(ds_buf_str(&b).at, "one two-=-=-=3!");
    assert_int_equal(ds_buf_str(&b).len, 15);
    ds_buf_putc(&b, '.'); /* and goes on after a look */
    assert_string_equal(ds_buf_str(&b).at, "one two-=-=-=3!.");

    ds_buf none = ds_buf_new(a);
    assert_string_equal(ds_buf_str(&none).at, "");
}

/* Lengths around each doubling, by every way in. */
static void grows(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
    for (int n = 250; n <= 520; n++) {
        ds_arena_reset(a);
        ds_buf one = ds_buf_new(a), other = ds_buf_new(a), whole = ds_buf_new(a);
        for (int i = 0; i < n; i++) { /* in turns, so that each has to move */
            ds_buf_putc(&one, (char)('a' + i % 26));
            ds_buf_puts(&other, (char[]){(char)('a' + i % 26), 0});
        }
        ds_buf_printf(&whole, "%s", ds_buf_str(&one).at);
        assert_int_equal(ds_buf_str(&one).len, n);
        assert_true(ds_str_eq(ds_buf_str(&one), ds_buf_str(&other)));
        assert_true(ds_str_eq(ds_buf_str(&one), ds_buf_str(&whole)));
        assert_int_equal(strlen(ds_buf_str(&whole).at), n);
    }
}

static void writes_utf8(void **state)
{
    (void)state;
    static const struct {
        uint32_t c;
        const char *want;
    } rows[] = {
        {'A', "A"},
        {0x7F, "\x7F"},
        {0x80, "\xC2\x80"},
        {0xE9, "\xC3\xA9"},
        {0x7FF, "\xDF\xBF"},
        {0x800, "\xE0\xA0\x80"},
        {0x20AC, "\xE2\x82\xAC"},
        {0xD7FF, "\xED\x9F\xBF"},
        {0xD800, "\xEF\xBF\xBD"}, /* surrogates */
        {0xDFFF, "\xEF\xBF\xBD"},
        {0xE000, "\xEE\x80\x80"},
        {0xFFFF, "\xEF\xBF\xBF"},
        {0x10000, "\xF0\x90\x80\x80"},
        {0x10FFFF, "\xF4\x8F\xBF\xBF"},
        {0x110000, "\xEF\xBF\xBD"},
        {DS_UTF8_BAD, "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
        ds_buf b = ds_buf_new(a);
        ds_buf_utf8(&b, rows[i].c);
        assert_string_equal(ds_buf_str(&b).at, rows[i].want);
    }
}

static void keeps_its_error(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 512);
    ds_buf b = ds_buf_new(a);
    ds_buf_rep(&b, "0123456789", 30);
    assert_int_equal(b.status, DS_OK);
    ds_buf_rep(&b, "0123456789", SIZE_MAX); /* ends soon: at the first failure */
    assert_int_equal(b.status, DS_NOMEM);
    size_t len = b.len;
    ds_buf_putc(&b, 'x'); /* would fit, but a hole before it would be wrong */
    ds_buf_printf(&b, "%d", 1);
    ds_buf_utf8(&b, 'x');
    assert_int_equal(b.len, len);
    assert_null(ds_buf_str(&b).at);

    ds_buf huge = ds_buf_new(a);
    ds_buf_put(&huge, (ds_str){"x", SIZE_MAX / 2});
    assert_int_equal(huge.status, DS_NOMEM);
    huge = ds_buf_new(a);
    huge.len = 2;
    ds_buf_put(&huge, (ds_str){"x", SIZE_MAX});
    assert_int_equal(huge.status, DS_NOMEM);
}

/* A line that cannot be formatted must not vanish from the middle of an output. */
static void reports_what_printf_refuses(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%lc", (wint_t)0x20AC); /* not in the C locale */
    assert_true(b.status < 0);
    assert_null(ds_buf_str(&b).at);
    assert_null(ds_arena_printf(a, "%lc", (wint_t)0x20AC).at);
}

static void starves(void **state)
{
    (void)state;
    bool built = false;
    for (size_t budget = 0; budget <= 2048; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_buf b = ds_buf_new(a);
        ds_buf_rep(&b, "words ", 50);
        ds_buf_printf(&b, "and %d more", 41);
        ds_buf_utf8(&b, 0x2026);
        ds_str s = ds_buf_str(&b);
        assert_int_equal(s.at != NULL, b.status == DS_OK);
        assert_false(built && !s.at);
        if (s.at) {
            assert_int_equal(s.len, 300 + 11 + 3);
            assert_true(ds_str_starts(s, DS_STR("words words ")));
            assert_true(ds_str_ends(s, DS_STR("words and 41 more\xE2\x80\xA6")));
        }
        built = s.at != NULL;
    }
    assert_true(built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds),
        cmocka_unit_test(grows),
        cmocka_unit_test(writes_utf8),
        cmocka_unit_test(keeps_its_error),
        cmocka_unit_test(reports_what_printf_refuses),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
