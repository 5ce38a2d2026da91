/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

static void escapes(void **state)
{
    (void)state;
    static const struct {
        ds_str text;
        const char *want;
    } rows[] = {
        {DS_STR_INIT(""), "\"\""},
        {DS_STR_INIT("plain"), "\"plain\""},
        {DS_STR_INIT("say \"no\""), "\"say \\\"no\\\"\""},
        {DS_STR_INIT("a\\b/c"), "\"a\\\\b/c\""},
        {DS_STR_INIT("a\nb\tc\rd"), "\"a\\nb\\tc\\u000dd\""},
        {DS_STR_INIT("\x01\x1F\x7F"), "\"\\u0001\\u001f\\u007f\""},
        {DS_STR_INIT("a\0b"), "\"a\\u0000b\""},
        {DS_STR_INIT("\0"), "\"\\u0000\""},
        {DS_STR_INIT("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"),
         "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\""},
        {DS_STR_INIT("a\xFFz"), "\"a\xEF\xBF\xBDz\""},
        {DS_STR_INIT("\xC3"), "\"\xEF\xBF\xBD\""},
        {DS_STR_INIT("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {DS_STR_INIT("\"\""), "\"\\\"\\\"\""},
        {{NULL, 0}, "null"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
        ds_buf b = ds_buf_new(a);
        ds_json j = ds_json_new(&b);
        ds_json_str(&j, NULL, rows[i].text);
        assert_string_equal(ds_buf_str(&b).at, rows[i].want);
    }
}

/* One of everything, in the order of the calls. */
static void write_all(ds_buf *b)
{
    ds_json j = ds_json_new(b);
    ds_json_obj(&j, NULL);
    ds_json_str(&j, "who", DS_STR("police"));
    ds_json_str(&j, "absent", (ds_str){0});
    ds_json_int(&j, "least", INT64_MIN);
    ds_json_int(&j, "most", INT64_MAX);
    ds_json_bool(&j, "yes", true);
    ds_json_bool(&j, "no", false);
    ds_json_null(&j, "nothing");
    ds_json_frac(&j, "third", (ds_frac){1, 3});
    ds_json_day(&j, "day", 20126);
    ds_json_day(&j, "no_day", DS_DAY_NONE);
    ds_json_days(&j, "days", true, (ds_days){20126, DS_DAY_NONE});
    ds_json_days(&j, "no_days", false, DS_DAYS_NONE);
    ds_json_span(&j, "span", (ds_span){3, UINT32_MAX});
    ds_json_obj(&j, "a \"key\"");
    ds_json_end(&j, '}');
    ds_json_arr(&j, "rows");
    for (int i = 0; i < 2; i++) {
        ds_json_arr(&j, NULL);
        ds_json_end(&j, ']');
        ds_json_obj(&j, NULL);
        ds_json_int(&j, "i", i);
        ds_json_end(&j, '}');
    }
    ds_json_end(&j, ']');
    ds_json_int(&j, "last", 0);
    ds_json_end(&j, '}');
}

static const char all[] =
    "{\"who\":\"police\",\"absent\":null,\"least\":-9223372036854775808,"
    "\"most\":9223372036854775807,\"yes\":true,\"no\":false,\"nothing\":null,\"third\":0.3333,"
    "\"day\":\"2025-02-07\",\"no_day\":null,\"days\":[\"2025-02-07\",null],\"no_days\":null,"
    "\"span\":[3,4294967295],\"a \\\"key\\\"\":{},\"rows\":[[],{\"i\":0},[],{\"i\":1}],\"last\":0}";

static void writes_members_in_order(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_buf b = ds_buf_new(a);
    write_all(&b);
    assert_string_equal(ds_buf_str(&b).at, all);
}

static void nests_sixty_levels(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_buf b = ds_buf_new(a);
    ds_json j = ds_json_new(&b);
    for (int i = 0; i < 60; i++) {
        ds_json_arr(&j, NULL);
        ds_json_int(&j, NULL, i);
    }
    for (int i = 60; i-- > 0;) {
        ds_json_int(&j, NULL, i);
        ds_json_end(&j, ']');
    }
    ds_str s = ds_buf_str(&b);
    assert_int_equal(j.depth, 0);
    assert_true(ds_str_starts(s, DS_STR("[0,[1,[2,")));
    assert_true(ds_str_ends(s, DS_STR(",2],1],0]")));
    assert_true(ds_str_find(s, DS_STR(",[58,[59,59],58],"), 0) > 0);
}

static void starves(void **state)
{
    (void)state;
    bool written = false;
    for (size_t budget = 0; budget <= 4096; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_buf b = ds_buf_new(a);
        write_all(&b);
        ds_str s = ds_buf_str(&b);
        assert_true(s.at ? strcmp(s.at, all) == 0 : b.status == DS_NOMEM);
        assert_false(written && !s.at);
        written = s.at != NULL;
    }
    assert_true(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(writes_members_in_order),
        cmocka_unit_test(nests_sixty_levels),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
