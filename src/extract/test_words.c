/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void makes_keys(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"SHARE THIS ARTICLE:", "share this article"},
        {"Read more \xC2\xBB", "read more"},
        {"12 Comments", "0 comments"},
        {"2 hours ago", "0 hours ago"},
        {"Don\xE2\x80\x99t miss!", "don't miss"},
        {"\xE2\x80\xA2 A - B & C", "a - b & c"},
        {"  Up \xE2\x86\x91", "up"},
        {"-- * --", ""},
        {"1,200,300", "0 0 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char buf[EXT_KEY_BYTES];
        ds_str key = ext_key(ds_str_of(rows[i][0]), buf);
        assert_int_equal(key.len, strlen(rows[i][1]));
        assert_memory_equal(key.at, rows[i][1], key.len);
    }
    char long_line[400], buf[EXT_KEY_BYTES];
    memset(long_line, 'x', sizeof long_line);
    assert_null(ext_key((ds_str){long_line, sizeof long_line}, buf).at);
}

static ext_words open_words(ds_arena *a)
{
    ds_lexicon *lex;
    ext_words w;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    assert_int_equal(ext_words_open(a, lex, &w, NULL), DS_OK);
    return w;
}

/* A phrase that is not its own key could never be found. */
static void phrases_are_their_own_keys(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_lexicon *lex;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    const ds_table *t = ds_lexicon_table(lex, "furniture");
    uint32_t column = (uint32_t)ds_table_column(t, DS_STR("where"));
    for (uint32_t r = 0; r < t->rows; r++) {
        char buf[EXT_KEY_BYTES];
        ds_str phrase = ds_table_cell(t, r, 0), where = ds_table_cell(t, r, column);
        if (ds_str_eq(where, DS_STR("class")) || ds_str_eq(where, DS_STR("part")))
            continue;
        ds_str key = ext_key(phrase, buf);
        if (!ds_str_eq(key, phrase))
            fail_msg("furniture.tsv: \"%.*s\" is looked up as \"%.*s\"", DS_FMT(phrase),
                     DS_FMT(key));
    }
}

static void looks_up(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ext_words w = open_words(a);
    assert_int_equal(ext_words_find(&w, DS_STR("leave a comment"), EXT_W_LINE), EXT_C_COMMENTS);
    assert_int_equal(ext_words_find(&w, DS_STR("leave a comment"), EXT_W_IN), EXT_C_NONE);
    assert_int_equal(ext_words_find(&w, (ds_str){0}, EXT_W_LINE), EXT_C_NONE);
    assert_int_equal(ext_words_start(&w, DS_STR("sign up for our island letter")), EXT_C_SUBSCRIBE);
    assert_int_equal(ext_words_end(&w, DS_STR("travel0 months ago")), EXT_C_AGO);
    assert_int_equal(ext_words_in(&w, DS_STR("here we use cookies for you")), EXT_C_COOKIE);
    assert_true(ext_words_holds(&w, DS_STR("well i think so"), EXT_C_READER));
    assert_false(ext_words_holds(&w, DS_STR("the office thinks so"), EXT_C_READER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_keys),
        cmocka_unit_test(phrases_are_their_own_keys),
        cmocka_unit_test(looks_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
