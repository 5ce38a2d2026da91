/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void names_what_is_no_text(void **state)
{
    (void)state;
    static const struct {
        ds_str bytes;
        const char *name;
    } rows[] = {
        {DS_STR_INIT("\xFF\xD8\xFF\xE0\0\x10JFIF"), "JPEG"},
        {DS_STR_INIT("\x89PNG\r\n\x1A\n...."), "PNG"},
        {DS_STR_INIT("GIF89a...."), "GIF"},
        {DS_STR_INIT("%PDF-1.7 ..."), "PDF"},
        {DS_STR_INIT("PK\x03\x04...."), "ZIP"},
        {DS_STR_INIT("\x1F\x8B\x08\0"), "gzip"},
        {DS_STR_INIT("\x7F"
                     "ELF\x02\x01"),
         "ELF"},
        {DS_STR_INIT("RIFF\x10\0\0\0WEBPVP8 "), "WebP"},
        {DS_STR_INIT("a\x01\x02\x03\x04\x05\x06\x07\x08z"), "binary data"},
        {DS_STR_INIT("Water rose again on Friday."), NULL},
        {DS_STR_INIT("\xFF\xFEW\0a\0t\0e\0r\0"), NULL},
        {DS_STR_INIT("\xEF\xBB\xBFWater"), NULL},
        {DS_STR_INIT("one \0 zero byte in a longer line of text is not yet binary data"), NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = ext_not_text(rows[i].bytes);
        if (rows[i].name)
            assert_string_equal(got, rows[i].name);
        else
            assert_null(got);
    }
}

static void finds_the_declared_charset(void **state)
{
    (void)state;
    static const struct {
        ds_str bytes, label;
    } rows[] = {
        {DS_STR_INIT("<html><meta charset=\"koi8-r\"><p>"), DS_STR_INIT("koi8-r")},
        {DS_STR_INIT("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"),
         DS_STR_INIT("windows-1251")},
        {DS_STR_INIT("<META CHARSET = utf-8>"), DS_STR_INIT("utf-8")},
        {DS_STR_INIT("<p>charset=latin1</p>"), DS_STR_INIT("")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str got = ext_declared_charset(rows[i].bytes);
        assert_int_equal(got.len, rows[i].label.len);
        assert_memory_equal(got.at ? got.at : "", rows[i].label.at, got.len);
    }
}

/* Every text offset leads to the page offset where its character begins. */
static void converts_and_finds_the_way_back(void **state)
{
    (void)state;
    static const struct {
        ds_str bytes, label, text;
        uint32_t at[5]; /* page offsets of the first characters and of the end */
        const char *note;
    } rows[] = {
        {DS_STR_INIT("caf\xE9s"),
         DS_STR_INIT(""),
         DS_STR_INIT("caf\xC3\xA9s"),
         {0, 1, 2, 3, 4},
         "byte 0xE9 at 3 is not UTF-8; read as windows-1252"},
        {DS_STR_INIT("\xC3\xA9\x93x\x94"),
         DS_STR_INIT("iso-8859-1"),
         DS_STR_INIT("\xC3\xA9\xE2\x80\x9Cx\xE2\x80\x9D"),
         {0, 2, 3, 4, 5},
         "byte 0x93 at 2 is not UTF-8; read as windows-1252"},
        {DS_STR_INIT("\xC4\xE0!?"),
         DS_STR_INIT("windows-1251"),
         DS_STR_INIT("\xD0\x94\xD0\xB0!?"),
         {0, 1, 2, 3, 4},
         NULL},
        {DS_STR_INIT("\x82\xA0z12"),
         DS_STR_INIT("shift_jis"),
         DS_STR_INIT("\xE3\x81\x82z12"),
         {0, 2, 3, 4, 5},
         NULL},
        {DS_STR_INIT("\xFF\xFEO\0k\0.\0!\0"),
         DS_STR_INIT(""),
         DS_STR_INIT("Ok.!"),
         {2, 4, 6, 8, 10},
         NULL},
        {DS_STR_INIT("\xEF\xBB\xBFOk.!"),
         DS_STR_INIT(""),
         DS_STR_INIT("Ok.!"),
         {3, 4, 5, 6, 7},
         NULL},
        {DS_STR_INIT("caf\xE9s"),
         DS_STR_INIT("no-such-charset"),
         DS_STR_INIT("caf\xC3\xA9s"),
         {0, 1, 2, 3, 4},
         "byte 0xE9 at 3 is not UTF-8; read as windows-1252"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        ext_source src;
        ds_str note;
        assert_int_equal(ext_source_open(a, rows[i].bytes, rows[i].label, &src, &note), DS_OK);
        assert_true(ds_str_eq(src.text, rows[i].text));
        if (rows[i].note)
            assert_string_equal(note.at, rows[i].note);
        else
            assert_null(note.at);
        size_t at = 0;
        for (int k = 0; k < 5; k++) {
            assert_int_equal(ext_source_page(&src, (uint32_t)at), rows[i].at[k]);
            if (at < src.text.len)
                (void)ds_utf8_next(src.text, &at);
        }
    }
}

static void finds_the_way_back_in_long_text(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 22);
    char bytes[4000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 3 ? 'x' : '\xE4';
    ext_source src;
    ds_str note;
    assert_int_equal(ext_source_open(a, (ds_str){bytes, sizeof bytes}, (ds_str){0}, &src, &note),
                     DS_OK);
    for (size_t at = 0, page = 0; at < src.text.len; page++) {
        assert_int_equal(ext_source_page(&src, (uint32_t)at), page);
        (void)ds_utf8_next(src.text, &at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_is_no_text),
        cmocka_unit_test(finds_the_declared_charset),
        cmocka_unit_test(converts_and_finds_the_way_back),
        cmocka_unit_test(finds_the_way_back_in_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
