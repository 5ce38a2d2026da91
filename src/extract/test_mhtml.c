/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/test_help.h"

#include "extract/internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "         \
    "boundary=\"xx\"\r\n\r\n"
#define HTML "--xx\r\nContent-Type: text/html\r\n"
#define QUOTED "Content-Transfer-Encoding: quoted-printable\r\n"
#define BASE64 "Content-Transfer-Encoding: base64\r\n"
#define END "\r\n--xx--\r\n"

static void finds_the_page(void **state)
{
    (void)state;
    static const struct {
        ds_str file;
        const char *bytes, *note, *wrong; /* wrong: the error instead of bytes */
    } rows[] = {
        {DS_STR_INIT(HEAD HTML QUOTED "\r\n<p>=C3=A9 x=3D1 a=\r\nb</p>" END),
         "<p>\xC3\xA9 x=1 ab</p>\r\n", NULL, NULL},
        {DS_STR_INIT(HEAD HTML QUOTED "\r\nlow =c3=a9, none =zz, blank =  \r\nend" END),
         "low \xC3\xA9, none =zz, blank end\r\n", NULL, NULL},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F0ZXI8L3A+\r\n" END), "<p>Water</p>", NULL, NULL},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F\r\n0ZXIu" END), "<p>Water.", NULL, NULL},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F0ZXI8L3A+!PHA+V2F0ZXI=" END),
         "<p>Water</p><p>Water", "MHTML whose base64 is damaged; read over the damage", NULL},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\n<p>Water</p> !? <p>Water</p>" END), NULL, NULL,
         "MHTML whose page is not the base64 that it says; kept out"},
        {DS_STR_INIT(HEAD HTML "\r\n<p>as it is</p>" END), "<p>as it is</p>\r\n", NULL, NULL},
        {DS_STR_INIT(HEAD HTML "\r\n<p>cut o"), "<p>cut o",
         "MHTML that was cut off inside its page", NULL},
        {DS_STR_INIT(HEAD "--yy\r\nContent-Type: text/html\r\n\r\n<p>other</p>\r\n--yy--"),
         "<p>other</p>\r\n", "MHTML whose parts have another boundary than it says", NULL},
        {DS_STR_INIT(HEAD "--xx\r\nContent-Type: text/plain\r\n\r\nplain\r\n" HTML
                          "\r\n<p>page</p>" END),
         "<p>page</p>\r\n", NULL, NULL},
        {DS_STR_INIT(HEAD "--xx\r\nContent-Type: text/css\r\n\r\np{}" END), NULL, NULL,
         "MHTML without a page in it; kept out"},
        {DS_STR_INIT(HEAD HTML "\r\n  \r\n" END), NULL, NULL,
         "MHTML without a page in it; kept out"},
        {DS_STR_INIT("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx; "
                     "start=\"<b@x>\"\r\n\r\n" HTML
                     "Content-ID: <a@x>\r\n\r\n<p>a frame</p>\r\n" HTML
                     "Content-ID: <b@x>\r\n\r\n<p>root</p>" END),
         "<p>root</p>\r\n", NULL, NULL},
        {DS_STR_INIT("MIME-Version: 1.0\nSnapshot-Content-Location: "
                     "https://b.example/\nContent-Type: multipart/related;\n "
                     "boundary=xx\n\n--xx\nContent-Type: text/html\nContent-Location: "
                     "https://a.example/\n\n<p>a frame</p>\n"
                     "--xx\nContent-Type: text/html\nContent-Location: "
                     "https://b.example/\n\n<p>root</p>\n--xx--\n"),
         "<p>root</p>\n", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        ext_part part = {0};
        ds_str note = {0};
        ds_err err = {0};
        assert_true(ext_is_mhtml(rows[i].file));
        ds_status st = ext_mhtml_open(a, rows[i].file, &part, &note, &err);
        if (rows[i].wrong) {
            assert_int_equal(st, DS_BAD);
            assert_string_equal(err.what, rows[i].wrong);
            continue;
        }
        assert_int_equal(st, DS_OK);
        if (!ds_str_eq(part.bytes, ds_str_of(rows[i].bytes)))
            fail_msg("row %zu: %.*s", i, DS_FMT(part.bytes));
        if (rows[i].note)
            assert_string_equal(note.at, rows[i].note);
        else
            assert_null(note.at);
    }
}

static void is_no_mhtml(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "<html><p>Content-Type: text/html",
        "Water: it rose again on Friday.\n\nMore text.",
        "Content-Type: text/html\n\n<p>no version</p>",
        "MIME-Version: 1.0\n\nContent-Type: text/html\n",
        "MIME-Version: 1.0\nContent-Type: image/png\n\nx",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(ext_is_mhtml(ds_str_of(rows[i])));
}

/* Bytes of the part lead to the bytes of the file that carry them. */
static void leads_back_to_the_file(void **state)
{
    (void)state;
    static const struct {
        ds_str file, text;
        const char *bytes; /* in the file */
    } rows[] = {
        {DS_STR_INIT(HEAD HTML QUOTED "\r\n<p>caf=C3=A9 x=3D1 a=\r\nb</p>" END),
         DS_STR_INIT("\xC3\xA9"), "=C3=A9"},
        {DS_STR_INIT(HEAD HTML QUOTED "\r\n<p>caf=C3=A9 x=3D1 a=\r\nb</p>" END),
         DS_STR_INIT("f\xC3\xA9 x"), "f=C3=A9 x"},
        {DS_STR_INIT(HEAD HTML QUOTED "\r\n<p>caf=C3=A9 x=3D1 a=\r\nb</p>" END), DS_STR_INIT("=1"),
         "=3D1"},
        {DS_STR_INIT(HEAD HTML QUOTED "\r\n<p>caf=C3=A9 x=3D1 a=\r\nb</p>" END), DS_STR_INIT("ab"),
         "a=\r\nb"},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F0ZXI8L3A+\r\n" END), DS_STR_INIT("Wat"), "V2F0"},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F0ZXI8L3A+\r\n" END), DS_STR_INIT("ter"),
         "V2F0ZXI8"},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F\r\n0ZXIu" END), DS_STR_INIT("W"), "V2F\r\n0"},
        {DS_STR_INIT(HEAD HTML BASE64 "\r\nPHA+V2F\r\n0ZXIu" END), DS_STR_INIT("er."), "ZXIu"},
        {DS_STR_INIT(HEAD HTML "\r\n<p>as it is</p>" END), DS_STR_INIT("it is"), "it is"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        ext_part part = {0};
        ds_str note = {0};
        assert_int_equal(ext_mhtml_open(a, rows[i].file, &part, &note, NULL), DS_OK);
        ptrdiff_t at = ds_str_find(part.bytes, rows[i].text, 0);
        assert_true(at >= 0);
        ds_span got = ext_part_span(
            &part, (ds_span){(uint32_t)at, (uint32_t)((size_t)at + rows[i].text.len)});
        if (!ds_str_eq(ds_str_at(rows[i].file, got), ds_str_of(rows[i].bytes)))
            fail_msg("row %zu: %.*s", i, DS_FMT(ds_str_at(rows[i].file, got)));
    }
}

static void starves(void **state)
{
    (void)state;
    ds_str file = DS_STR(HEAD HTML QUOTED "\r\n<p>caf=C3=A9 x=3D1 a=\r\nb</p>" END);
    for (size_t budget = 0; budget < 4096; budget += budget < 256 ? 1 : 64) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, budget);
        ext_part part = {.charset = DS_STR("untouched")};
        ds_str note = {0};
        ds_status st = a ? ext_mhtml_open(a, file, &part, &note, NULL) : DS_NOMEM;
        assert_true(st == DS_OK || st == DS_NOMEM);
        if (st == DS_NOMEM)
            assert_string_equal(part.charset.at, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_page),
        cmocka_unit_test(is_no_mhtml),
        cmocka_unit_test(leads_back_to_the_file),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
