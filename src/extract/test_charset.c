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
        ds_str bytes;
        const char *name;
    } rows[] = {
        {DS_STR_INIT("<html><meta charset=\"koi8-r\"><p>"), "koi8-r"},
        {DS_STR_INIT("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"),
         "windows-1251"},
        {DS_STR_INIT("<META CHARSET = utf-8>"), "utf-8"},
        {DS_STR_INIT("<p>charset=latin1</p>"), NULL},
        {DS_STR_INIT("<meta charset=ISO-8859-1>"), "windows-1252"},
        {DS_STR_INIT("<meta charset=' Shift-JIS '>"), "shift_jis"},
        {DS_STR_INIT("<meta charset=utf-16le>"), "utf-8"}, /* or it could not be read */
        {DS_STR_INIT("<meta charset=martian><meta charset=gb2312>"), "gbk"},
        {DS_STR_INIT("<!-- <meta charset=big5> --><meta charset=euc-kr>"), "euc-kr"},
        {DS_STR_INIT("<meta content='text/html; charset=big5'><p>"), NULL}, /* no http-equiv */
        {DS_STR_INIT("<a title='<meta charset=big5>'><metacharset=big5>"), NULL},
        {DS_STR_INIT("<?xml version='1.0' encoding='windows-1250'?><html>"), "windows-1250"},
        {DS_STR_INIT("<meta charset=\"big5"), NULL},
        {DS_STR_INIT("<meta"), NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ext_charset *got = ext_charset_declared(rows[i].bytes);
        if (rows[i].name)
            assert_string_equal(got ? got->name : "none", rows[i].name);
        else
            assert_null(got);
    }
}

static uint32_t source_page(const ext_source *src, size_t at)
{
    return ext_source_span(src, (ds_span){(uint32_t)at, (uint32_t)at}).beg;
}

#define EURO "\xE2\x82\xAC"
#define ELEVEN_EUROS EURO EURO EURO EURO EURO EURO EURO EURO EURO EURO EURO

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
         NULL},
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
        {DS_STR_INIT("caf\xC3\xA9s"), /* UTF-8, whatever it says */
         DS_STR_INIT("windows-1251"),
         DS_STR_INIT("caf\xC3\xA9s"),
         {0, 1, 2, 3, 5},
         NULL},
        {DS_STR_INIT("\xC3\xB6z12"), /* one pair, declared double-byte */
         DS_STR_INIT("gbk"),
         DS_STR_INIT("\xE6\x9E\x9Az12"),
         {0, 2, 3, 4, 5},
         NULL},
        {DS_STR_INIT(ELEVEN_EUROS "\xE9"), /* one broken byte in a page of UTF-8 */
         DS_STR_INIT("windows-1251"),
         DS_STR_INIT(ELEVEN_EUROS "\xC3\xA9"),
         {0, 3, 6, 9, 12},
         "byte 0xE9 at 33 is not UTF-8; read as windows-1252"},
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
        const ext_charset *cs = ext_charset_of(rows[i].label);
        assert_int_equal(ext_source_open(a, rows[i].bytes, cs, &src, &note), DS_OK);
        assert_true(ds_str_eq(src.text, rows[i].text));
        if (rows[i].note)
            assert_string_equal(note.at, rows[i].note);
        else
            assert_null(note.at);
        size_t at = 0;
        for (int k = 0; k < 5; k++) {
            assert_int_equal(source_page(&src, at), rows[i].at[k]);
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
    assert_int_equal(ext_source_open(a, (ds_str){bytes, sizeof bytes}, NULL, &src, &note), DS_OK);
    for (size_t at = 0, page = 0; at < src.text.len; page++) {
        assert_int_equal(source_page(&src, at), page);
        (void)ds_utf8_next(src.text, &at);
    }
}

/* Browsers honour a <meta> behind the first 1,024 bytes too, when their parser comes to it. */
static void finds_a_late_declaration(void **state)
{
    (void)state;
    char page[3000];
    memset(page, ' ', sizeof page);
    static const char meta[] = "<meta charset=koi8-r>";
    memcpy(page + 2500, meta, sizeof meta - 1);
    const ext_charset *got = ext_charset_declared((ds_str){page, sizeof page});
    assert_non_null(got);
    assert_string_equal(got->name, "koi8-r");
}

/* Every name leads to a converter that ICU has. */
static void reads_every_charset(void **state)
{
    (void)state;
    static const char *const names[] = {
        "866",
        "latin2",
        "l3",
        "latin4",
        "cyrillic",
        "arabic",
        "greek",
        "visual",
        "logical",
        "latin6",
        "iso8859-13",
        "iso8859-14",
        "latin9x",
        "l9",
        "koi",
        "koi8-u",
        "mac",
        "tis-620",
        "cp1250",
        "cp1251",
        "cp1253",
        "latin5",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "chinese",
        "gb18030",
        "big5-hkscs",
        "euc-jp",
        "sjis",
        "ks_c_5601-1987",
        "x-mac-cyrillic",
        "iso-8859-16",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        const ext_charset *cs = ext_charset_of(ds_str_of(names[i]));
        ext_source src;
        ds_str note, bytes = DS_STR("a \xD4\xE1 z");
        if (strcmp(names[i], "latin9x") == 0) {
            assert_null(cs);
            continue;
        }
        assert_non_null(cs);
        assert_int_equal(ext_source_open(a, bytes, cs, &src, &note), DS_OK);
        assert_null(note.at); /* not as windows-1252 */
        assert_true(ds_str_starts(src.text, DS_STR("a ")) && ds_str_ends(src.text, DS_STR(" z")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_is_no_text),
        cmocka_unit_test(finds_the_declared_charset),
        cmocka_unit_test(finds_a_late_declaration),
        cmocka_unit_test(reads_every_charset),
        cmocka_unit_test(converts_and_finds_the_way_back),
        cmocka_unit_test(finds_the_way_back_in_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
