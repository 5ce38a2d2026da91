/* SPDX-License-Identifier: Apache-2.0 */
/* test_layout.c - wrapping, columns, ink, cleaning and folding. */
#include "export/words.h"

#include <setjmp.h>

#include <cmocka.h>

#define MEMORY ((size_t)1 << 20)

static void wraps(const char *text, size_t width, const char *const *want)
{
    size_t at = 0, n = 0;
    ds_str line;
    while (ex_wrap(ds_str_of(text), &at, width, &line) == DS_OK) {
        assert_non_null(want[n]);
        if (!ds_str_eq(line, ds_str_of(want[n])))
            fail_msg("%.*s, not %s", DS_FMT(line), want[n]);
        n++;
    }
    assert_null(want[n]);
}

#define WRAPS(text, width, ...)                                                                    \
    wraps(text, width, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void wrapping(void **state)
{
    (void)state;
    WRAPS("", 5);
    WRAPS("   ", 5);
    WRAPS("one two three", 7, "one two", "three");
    WRAPS("one two three", 8, "one two", "three");
    WRAPS("  one   two", 5, "one", "two");
    WRAPS("abcdefgh", 3, "abc", "def", "gh");
    WRAPS("a abcdefgh", 3, "a", "abc", "def", "gh");
    WRAPS("Ørsted né", 6, "Ørsted", "né");
    WRAPS("東京 大阪", 4, "東京", "大阪"); /* two columns each */
    WRAPS("东京大阪", 3, "东", "京", "大", "阪");
    WRAPS("see [A1\u00A0B2] now", 8, "see", "[A1\u00A0B2]", "now");
    WRAPS("[A1\u00A0B2\u00A0C3]", 7, "[A1\u00A0B2", "C3]");
    WRAPS(EX_BOLD "one" EX_PLAIN " two", 3, EX_BOLD "one" EX_PLAIN, "two");
    WRAPS("e\u0301e\u0301 x", 2, "e\u0301e\u0301", "x"); /* combining marks take no column */
}

static ds_str cleaned(ds_arena *a, const char *z)
{
    ds_buf b = ds_buf_new(a);
    ex_put(&b, ds_str_of(z));
    return ds_buf_str(&b);
}

static void cleaning(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    static const char *const cases[][2] = {
        {"plain", "plain"},
        {"two\n\tlines", "two lines"},
        {"\033[31mred\033[0m", "[31mred[0m"},
        {EX_RED "!" EX_BEG, "!"},
        {"\u202Eright to left\u202C", "right to left"},
        {"\uFEFFmark", "mark"},
        {"bad \xFF byte", "bad byte"},
        {" kept at both ends ", " kept at both ends "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cleaned(a, cases[i][0]).at, cases[i][1]);
}

static void folding(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    static const char *const cases[][2] = {
        {"plain", "plain"},
        {"“Ørsted’s …” — né Łódź", "\"Orsted's ...\" -- ne Lodz"},
        {"≤5,500 ×13 ●○ ←╌╌○", "<=5,500 x13 *o <--o"},
        {"├─○─┤ ○╌→", "|-o-| o->"},
        {"東", "?"},
        {"e\u0301", "e"},
        {"Æsir ßtraße", "AEsir sstrasse"},
        {EX_DIM "·", EX_DIM "."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(ex_fold(a, ds_str_of(cases[i][0])).at, cases[i][1]);
}

static ds_str drawn(ds_arena *a, bool colour, const ex_box *boxes, size_t n)
{
    ds_buf *out = ds_arena_calloc(a, 1, sizeof *out);
    *out = ds_buf_new(a);
    ex_page p = ex_page_new(a, NULL, (ds_style){80, colour, true, DS_FMT_TEXT}, out);
    ex_row(&p, boxes, n);
    assert_int_equal(ex_page_end(&p), DS_OK);
    return ds_buf_str(out);
}

static void rows(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ex_box two[] = {{2, 5, DS_STR("left side"), false}, {10, 6, DS_STR("r 12"), true}};
    ex_box ink[] = {{0, 8, DS_STR(EX_RED "! wraps" EX_PLAIN " here"), false},
                    {10, 4, DS_STR("x"), false}};
    ex_box none[] = {{0, 5, DS_STR(""), false}};
    (void)state;
    assert_string_equal(drawn(a, false, two, 2).at, "  left      r 12\n  side\n");
    assert_string_equal(drawn(a, false, ink, 2).at, "! wraps   x\nhere\n");
    assert_string_equal(drawn(a, true, ink, 2).at, "\033[31m! wraps\033[0m   x\nhere\n");
    assert_string_equal(drawn(a, false, none, 1).at, "");
}

static void between(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_buf out = ds_buf_new(a);
    ex_page p = ex_page_new(a, NULL, (ds_style){60, false, true, DS_FMT_TEXT}, &out);
    (void)state;
    ex_between(&p, 0, DS_STR("How many?"), DS_STR("one page"));
    ex_between(&p, 0, DS_STR("a"),
               DS_STR("a chip that is wider than half of the line can be, and more"));
    assert_string_equal(ds_buf_str(&out).at,
                        "How many?                                           one page\n"
                        "a\n"
                        " a chip that is wider than half of the line can be, and more\n");
}

static void words(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_buf b = ds_buf_new(a);
    ds_str names[] = {DS_STR("A"), DS_STR("B"), DS_STR("C")};
    (void)state;
    ex_put_count(&b, 1, "page", "pages");
    ds_buf_puts(&b, "; ");
    ex_put_count(&b, 1234567, "page", "pages");
    ds_buf_puts(&b, "; ");
    ex_put_list(&b, names, 1);
    ex_put_list(&b, names, 2);
    ex_put_list(&b, names, 3);
    assert_string_equal(ds_buf_str(&b).at, "1\u00A0page; 1,234,567\u00A0pages; AA and BA, B and C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrapping), cmocka_unit_test(cleaning), cmocka_unit_test(folding),
        cmocka_unit_test(rows),     cmocka_unit_test(between),  cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
