/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

/* Words: + before one that goes on a multiword token, _ before one that is glued to the word before it. */
static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"They don't row.", "They do +n't row _."},
    {"It's the crew's, the rowers' oar", "It +'s the crew +'s _, the rowers +' oar"},
    {"We can\xE2\x80\x99t and cannot", "We ca +n\xE2\x80\x99t and can +not"},
    {"a pro-war vote", "a pro _- _war vote"},
    {"12,000 of $2,000", "12,000 of $ _2,000"},
    {"Norway 's boats", "Norway 's boats"},
    {"me@mail.example-site.org", "me@mail.example-site.org"},
    {"\xE2\x80\xA2 First", "\xE2\x80\xA2 First"},
    {"", ""},
    // clang-format on
};

static ds_str print_words(ds_arena *a, const ds_doc *doc)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < doc->words_len; i++) {
        const ds_word *w = &doc->words[i];
        ds_buf_puts(&b, i ? " " : "");
        if (w->flags & DS_WF_SAME)
            ds_buf_putc(&b, '+');
        else if (!(w->flags & DS_WF_SPACE))
            ds_buf_putc(&b, '_');
        ds_buf_put(&b, ds_str_at(doc->text, w->span));
    }
    return ds_buf_str(&b);
}

static void test_words(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, cases[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        assert_string_equal(print_words(a, &doc).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
