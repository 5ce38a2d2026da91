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
    {"a pro-war vote, a state-run mine", "a pro-war vote _, a state _- _run mine"},
    {"the mid-1980s, UN-led, pro-island-party", "the mid-1980s _, UN _- _led _, pro-island _- _party"},
    {"gonna, gimme, Dont", "gon +na _, gim +me _, Do +nt"},
    {"y'all and y\xE2\x80\x99" "all", "y' +all and y\xE2\x80\x99 +all"},
    {"at 10:30pm, 5km off, the 40th, 1990s", "at 10:30 _pm _, 5 _km off _, the 40th _, 1990s"},
    {"in the 60's and 2025's", "in the 60's and 2025 +'s"},
    {"either/or, w/o, on 9/11", "either _/ _or _, w/o _, on 9/11"},
    {"call 555-010-0199, rooms 4-12", "call 555-010-0199 _, rooms 4 _- _12"},
    {"call +47 55 or +1-555-0100.", "call +47 55 or +1-555-0100 _."},
    {"(see https://a.example/b?c=1, www.b.example)", "( _see https://a.example/b?c=1 _, www.b.example _)"},
    {"<kim.Vik@mail.example.org>, plan-2_b.doc.", "< _kim.Vik@mail.example.org _> _, plan-2_b.doc _."},
    {"harbour-club.org/boats and Harbour-Club.com.", "harbour-club.org/boats and Harbour-Club.com _."},
    {"Stop!!! Really?! Well... (so...)", "Stop _!!! Really _?! Well _... ( _so _... _)"},
    {"Nice :-) :( and ***** or ====>", "Nice :-) :( and ***** or ====>"},
    {"US$5, 40%, #Ferry @harbour", "US$ _5 _, 40 _% _, #Ferry @harbour"},
    {"The w- water rose - slowly-", "The w- water rose - slowly _-"},
    {"Boats, oars, etc.", "Boats _, oars _, etc _."},
    {"Boats etc. sold in the U.S.", "Boats etc. sold in the U.S."},
    {"Norway n sails, re enforcements", "Norway n sails _, re enforcements"},
    {"Lithuania n 's sails", "Lithuania n 's sails"},
    {"a\xE2\x80\x8B" "b and c\xE2\x80\x8B", "a\xE2\x80\x8B _b and c\xE2\x80\x8B"},
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
