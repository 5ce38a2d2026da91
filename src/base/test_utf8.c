/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))
#define BAD DS_UTF8_BAD

static void decodes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t want[6]; /* up to the first 0; a bad byte is one step */
    } rows[] = {
        {"aZ", {'a', 'Z'}},
        {"\x7F", {0x7F}},
        {"\xC2\x80\xDF\xBF", {0x80, 0x7FF}},
        {"\xE0\xA0\x80\xEF\xBF\xBF", {0x800, 0xFFFF}},
        {"\xED\x9F\xBF\xEE\x80\x80", {0xD7FF, 0xE000}},
        {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", {0x10000, 0x10FFFF}},
        {"a\xC3\xA9z", {'a', 0xE9, 'z'}},
        /* overlong */
        {"\xC0\x80", {BAD, BAD}},
        {"\xC1\xBF", {BAD, BAD}},
        {"\xE0\x80\x80", {BAD, BAD, BAD}},
        {"\xE0\x9F\xBF", {BAD, BAD, BAD}},
        {"\xF0\x80\x80\x80", {BAD, BAD, BAD, BAD}},
        {"\xF0\x8F\xBF\xBF", {BAD, BAD, BAD, BAD}},
        /* surrogates */
        {"\xED\xA0\x80", {BAD, BAD, BAD}},
        {"\xED\xBF\xBF", {BAD, BAD, BAD}},
        /* past U+10FFFF */
        {"\xF4\x90\x80\x80", {BAD, BAD, BAD, BAD}},
        {"\xF5\x80\x80\x80", {BAD, BAD, BAD, BAD}},
        {"\xFE\xFF", {BAD, BAD}},
        /* truncated, by the end or by the next character */
        {"\xC3", {BAD}},
        {"\xE2\x82", {BAD, BAD}},
        {"\xF0\x9F\x98", {BAD, BAD, BAD}},
        {"\xC3z", {BAD, 'z'}},
        {"\xE2\x82z", {BAD, BAD, 'z'}},
        {"\xE2\xC3\xA9", {BAD, 0xE9}},
        {"\xF0\x9F\x98z", {BAD, BAD, BAD, 'z'}},
        /* continuation alone */
        {"\x80", {BAD}},
        {"a\xBFz", {'a', BAD, 'z'}},
        {"\xC3\xA9\xA9", {0xE9, BAD}},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        size_t len = strlen(rows[i].text), at = 0, n = 0, bad = 0, first_bad = len;
        char *copy = malloc(len); /* no NUL behind: ASan sees a read past the end */
        assert_non_null(copy);
        memcpy(copy, rows[i].text, len);
        ds_str s = {copy, len};
        for (; at < len; n++) {
            size_t before = at;
            assert_int_equal(ds_utf8_next(s, &at), rows[i].want[n]);
            assert_true(at > before && at <= len);
            if (rows[i].want[n] == BAD && first_bad == len)
                first_bad = before;
        }
        assert_true(n == LEN(rows[i].want) || rows[i].want[n] == 0);
        assert_int_equal(ds_utf8_length(s), n);
        assert_int_equal(ds_utf8_check(s, &bad), first_bad == len ? DS_OK : DS_BAD);
        assert_int_equal(bad, first_bad == len ? 0 : first_bad);
        assert_int_equal(ds_utf8_check(s, NULL), first_bad == len ? DS_OK : DS_BAD);
        free(copy);
    }
    assert_int_equal(ds_utf8_check((ds_str){0}, NULL), DS_OK);
    assert_int_equal(ds_utf8_length((ds_str){0}), 0);
}

/* The fast path over ASCII finds the bad byte wherever it stands. */
static void checks_anywhere(void **state)
{
    (void)state;
    char text[40];
    for (size_t n = 1; n <= sizeof text; n++)
        for (size_t k = 0; k < n; k++) {
            memset(text, 'a', n);
            text[k] = '\x80';
            size_t bad = 77;
            assert_int_equal(ds_utf8_check((ds_str){text, n}, &bad), DS_BAD);
            assert_int_equal(bad, k);
        }
}

static void goes_round(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
        ds_arena_reset(a);
        ds_buf b = ds_buf_new(a);
        ds_buf_utf8(&b, c);
        ds_str s = ds_buf_str(&b);
        size_t i = 0;
        bool surrogate = c >= 0xD800 && c < 0xE000;
        assert_int_equal(ds_utf8_next(s, &i), surrogate ? 0xFFFD : c);
        assert_int_equal(i, s.len);
        assert_int_equal(ds_utf8_prev(s, s.len), 0);
    }
}

static void steps_back(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at, want;
    } rows[] = {
        {"ab", 2, 1},
        {"a", 1, 0},
        {"a\xC3\xA9", 3, 1},
        {"a\xE2\x82\xAC", 4, 1},
        {"a\xF0\x9F\x98\x80", 5, 1},
        {"\xF0\x9F\x98\x80z", 5, 4},
        {"a\x80", 2, 1}, /* nothing well-formed ends here: one byte */
        {"\xC3\xA9\xA9", 3, 2},
        {"\xF0\x9F\x98\x80\x80", 5, 4},
        {"\x80\x80\x80\x80\x80", 5, 4},
        {"\x80", 1, 0},
        {"\xE2\x82", 2, 1},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(ds_utf8_prev(ds_str_of(rows[i].text), rows[i].at), rows[i].want);
}

static void measures_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t want;
    } rows[] = {
        {"", 0},
        {"word", 4},
        {"caf\xC3\xA9", 4},
        {"cafe\xCC\x81", 4},              /* combining acute */
        {"\xE2\x80\x9Cq\xE2\x80\x9D", 3}, /* quotation marks */
        {"\xE2\x80\x93", 1},              /* en dash */
        {"\xE2\x80\x8B", 0},              /* zero width space */
        {"\xEF\xBB\xBF"
         "a",
         1},                             /* byte order mark */
        {"\xE6\x97\xA5\xE6\x9C\xAC", 4}, /* two Han characters */
        {"\xED\x95\x9C", 2},             /* Hangul */
        {"\xEF\xBC\x81", 2},             /* fullwidth exclamation mark */
        {"\xF0\x9F\x98\x80", 2},         /* emoji */
        {"\xE2\x96\x88", 1},             /* full block */
        {"a\tb", 2},
        {"\x80", 1}, /* shown as a replacement character */
    };
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(ds_utf8_width(ds_str_of(rows[i].text)), rows[i].want);
}

static void lowers_ascii(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"The DAM", "the dam"},
        {"@AZ[`az{", "@az[`az{"},
        {"\xC3\x89"
         "A",
         "\xC3\x89"
         "a"},
        {"", ""},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
    for (size_t i = 0; i < LEN(rows); i++)
        assert_string_equal(ds_ascii_lower(a, ds_str_of(rows[i].text)).at, rows[i].want);
    assert_null(ds_ascii_lower(a, (ds_str){0}).at);
}

static void starves(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; budget <= 255; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_str s = ds_ascii_lower(a, DS_STR("A Source Familiar With The Matter"));
        assert_true(!s.at || ds_str_eq(s, DS_STR("a source familiar with the matter")));
        assert_false(done && !s.at);
        done = s.at != NULL;
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),          cmocka_unit_test(checks_anywhere),
        cmocka_unit_test(goes_round),       cmocka_unit_test(steps_back),
        cmocka_unit_test(measures_columns), cmocka_unit_test(lowers_ascii),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
