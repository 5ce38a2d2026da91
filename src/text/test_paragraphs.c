/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

/* Paragraphs that must come out, with | between them and ~ for a line end inside. */
static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"", ""},
    {" \n\t\n", ""},
    {"One line.", "One line."},
    {"One.\nTwo.\n\nThree.", "One.|Two.|Three."},
    {"  One. \r\n\r\n  Two.", "One.|Two."},
    /* broken at 60 columns */
    {"The ferry to the outer islands did not sail on Monday, for\n"
     "the harbour master had closed the port before the storm was\n"
     "over, and nobody was sorry that he had.\n"
     "The next one sails on Friday, when the wind will have gone\n"
     "down.\n\n"
     "Nobody was hurt.",
     "The ferry to the outer islands did not sail on Monday, for~the harbour master had closed the port before the storm was~"
     "over, and nobody was sorry that he had.|The next one sails on Friday, when the wind will have gone~down.|"
     "Nobody was hurt."},
    /* an address does not fit */
    {"The ferry to the outer islands did not sail on Monday, see\n"
     "https://harbour.example/islands/ferries/2031/march/monday?sails=no&why=storm&until=friday&and=so-forth-to-the-end-of-it\n"
     "for the harbour master had closed the port before the storm\nwas over.",
     "The ferry to the outer islands did not sail on Monday, see~"
     "https://harbour.example/islands/ferries/2031/march/monday?sails=no&why=storm&until=friday&and=so-forth-to-the-end-of-it~"
     "for the harbour master had closed the port before the storm~was over."},
    /* a list, though one line is long */
    {"Boats\nOars\nRopes\nWhat the harbour master said on the day on which he closed the port\nSails",
     "Boats|Oars|Ropes|What the harbour master said on the day on which he closed the port|Sails"},
    // clang-format on
};

static void test_paragraphs(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_article art;
        ds_buf b = ds_buf_new(a);
        assert_int_equal(ds_text_paragraphs(a, ds_str_of(cases[i].text), &art, NULL), DS_OK);
        for (size_t k = 0; k < art.blocks_len; k++) {
            ds_str s = ds_str_at(art.text, art.blocks[k].span);
            ds_buf_puts(&b, k ? "|" : "");
            for (size_t c = 0; c < s.len; c++)
                ds_buf_putc(&b, s.at[c] == '\n' ? '~' : s.at[c]);
        }
        assert_string_equal(ds_buf_str(&b).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

static void test_refused(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_article art;
    ds_err err = {0};
    assert_int_equal(ds_text_paragraphs(a, DS_STR("bad \xFF"), &art, &err), DS_BAD);
    assert_int_equal(err.at, 4);
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_paragraphs),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
