/* SPDX-License-Identifier: Apache-2.0 */
/* test_list.c - lists as JSON and back. */
#include "store/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define BUDGET ((size_t)16 << 20)

typedef struct holder {
    ds_strs words;
    const ds_cite *cites;
    size_t cites_len;
    ds_str per[2];
    uint32_t per_len;
} holder;

static const ds_field words = F_STRS(holder, "words", words);
static const ds_field cites = F_LIST(holder, "cites", cites, cites_len, &ds_list_cites);
static const ds_field per = F_LIST(holder, "per", per, per_len, &ds_list_per);

static void lists_are_plain_json(void **state)
{
    static const ds_str w[] = {DS_STR_INIT("a \"b\"\n"), {NULL, 0}, DS_STR_INIT("")};
    static const ds_cite c[] = {{0, 9}, {1, UINT32_MAX}};
    const holder h = {
        .words = {w, 3}, .cites = c, .cites_len = 2, .per = {DS_STR("day")}, .per_len = 1};
    const struct {
        const ds_field *field;
        const char *json;
    } rows[] = {{&words, "[\"a \\\"b\\\"\\n\",null,\"\"]"},
                {&cites, "[[0,9],[1,4294967295]]"},
                {&per, "[\"day\"]"}};
    for (size_t i = 0; i < DS_LEN(rows); i++) {
        ds_str out;
        assert_int_equal(ds_list_write(*state, rows[i].field, (const char *)&h, &out), DS_OK);
        assert_string_equal(out.at, rows[i].json);
    }
}

static void lists_come_back(void **state)
{
    holder h = {.per_len = 0};
    assert_int_equal(ds_list_read(*state, &words, DS_STR("[\"x\", null, \"\"]"), (char *)&h),
                     DS_OK);
    assert_int_equal(h.words.len, 3);
    assert_string_equal(h.words.at[0].at, "x");
    assert_null(h.words.at[1].at);
    assert_non_null(h.words.at[2].at);
    assert_int_equal(ds_list_read(*state, &per, DS_STR("[\"soldier\",\"month\"]"), (char *)&h),
                     DS_OK);
    assert_int_equal(h.per_len, 2);
    assert_string_equal(h.per[1].at, "month");
    assert_int_equal(ds_list_read(*state, &cites, DS_STR("[]"), (char *)&h), DS_OK);
    assert_int_equal(h.cites_len, 0);
}

static void what_is_no_list_is_refused(void **state)
{
    static const ds_str bad[] = {DS_STR_INIT(""),
                                 DS_STR_INIT("{}"),
                                 DS_STR_INIT("[1"),
                                 DS_STR_INIT("[[1]]"),
                                 DS_STR_INIT("[[1,-1]]"),
                                 DS_STR_INIT("[[1,\"x\"]]"),
                                 DS_STR_INIT("[[1,4294967296]]"),
                                 DS_STR_INIT("[1,2]"),
                                 {NULL, 0}};
    for (size_t i = 0; i < DS_LEN(bad); i++) {
        holder h = {.cites_len = 7};
        assert_int_equal(ds_list_read(*state, &cites, bad[i], (char *)&h), DS_BAD);
        assert_int_equal(h.cites_len, 7);
    }
}

static void starved_lists_fail_whole(void **state)
{
    static const ds_str w[] = {DS_STR_INIT("one word"), DS_STR_INIT("another word")};
    const holder h = {.words = {w, 2}};
    bool wrote = false, read = false;
    (void)state;
    for (size_t budget = 0; budget < 1024; budget++) {
        ds_arena *a = ds_arena_new(budget, budget);
        ds_str out = DS_STR("untouched");
        holder back = {.per_len = 0};
        ds_status st = ds_list_write(a, &words, (const char *)&h, &out);
        assert_true(st == DS_OK || st == DS_NOMEM);
        wrote = st == DS_OK;
        st = ds_list_read(a, &words, DS_STR("[\"one word\",\"another word\"]"), (char *)&back);
        assert_true(st == DS_OK ? back.words.len == 2 : st == DS_NOMEM && back.words.len == 0);
        read = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(wrote && read);
}

static int set_up(void **state)
{
    *state = ds_arena_new(0, BUDGET);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    ds_arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_plain_json),
        cmocka_unit_test(lists_come_back),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(starved_lists_fail_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
