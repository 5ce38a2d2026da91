/* SPDX-License-Identifier: Apache-2.0 */
/* Spellings of one name share their letters, other names do not; what the tables of names have a phrase as. */
#include "language/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *x, *y;
    bool same;
} spellings[] = {
    {"Varensky", "Varenskyy", true},
    {"Dmitriy", "Dmitrii", true},
    {"Sergey", "Sergei", true},
    {"Mohammed", "Mohamed", true},
    {"Kharlin", "Harlin", true},
    {"Aleksei", "Alexei", true},
    {"Mahmoud", "Mahmud", true},
    {"Schroeder", "Schröder", true},
    {"Mueller", "Müller", true},
    {"Medvedyev", "Medvedev", true},
    {"Medvediev", "Medvedev", true},
    {"Qasim", "Kasim", true},
    {"Labour", "Labor", true},
    {"Organisation", "Organization", true},
    {"Defence", "Defense", true},
    {"Centre", "Center", true},
    {"Programme", "Program", true},
    {"O'Neill", "ONeill", true},
    {"JOSÉ", "jose", true},
    {"Louis", "Luis", false},
    {"Lin", "Lyn", false},
    {"Anna", "Ana", false},
    {"Korvina", "Korvine", false},
    {"2004", "204", false},
    {"Kiev", "Kev", false},
    {"Bauer", "Baur", false},
    {"Feuerbach", "Feurbach", false},
};

static bool same_letters(ds_str x, ds_str y)
{
    uint32_t c[DS_SPELLING_MOST], d[DS_SPELLING_MOST];
    size_t n = ds_language_spelling(x, c), m = ds_language_spelling(y, d);
    return n == m && memcmp(c, d, n * sizeof *c) == 0;
}

static void spellings_share_their_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        bool same = same_letters(ds_str_of(spellings[i].x), ds_str_of(spellings[i].y));
        if (same != spellings[i].same)
            fail_msg("%s and %s", spellings[i].x, spellings[i].y);
    }
}

static void marks_alone_are_no_letters(void **state)
{
    (void)state;
    uint32_t c[DS_SPELLING_MOST];
    assert_int_equal(ds_language_spelling(DS_STR("-'."), c), 0);
    assert_int_equal(ds_language_spelling(DS_STR(""), c), 0);
    char xs[200];
    for (size_t i = 0; i < sizeof xs; i++)
        xs[i] = i % 2 ? 'a' : 'b';
    assert_int_equal(ds_language_spelling((ds_str){xs, sizeof xs}, c), DS_SPELLING_MOST);
}

static const struct {
    const char *phrase;
    uint32_t listed, not_listed;
} phrases[] = {
    {"Norway", DS_LISTED_COUNTRY, DS_LISTED_CITY},
    {"Oslo", DS_LISTED_CITY, DS_LISTED_COUNTRY},
    {"Anna", DS_LISTED_GIVEN, DS_LISTED_ORG},
    {"US", DS_LISTED_COUNTRY, 0},
    {"us", 0, DS_LISTED_PLACES},
    {"United Nations", DS_LISTED_ORG, DS_LISTED_PLACES},
    {"Ministry", DS_LISTED_ORGWORD, DS_LISTED_ORG},
    {"Monday", DS_LISTED_TIME, 0},
    {"Qwortz Blimp", 0, UINT32_MAX},
    {"", 0, UINT32_MAX},
    {"-", 0, DS_LISTED_PLACES},
    {"one two three four five six seven eight nine", 0, UINT32_MAX},
};

static void tables_list_phrases(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 28);
    ds_lexicon *lex = NULL;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        uint32_t got = ds_language_listed(lex, ds_str_of(phrases[i].phrase));
        if ((got & phrases[i].listed) != phrases[i].listed || got & phrases[i].not_listed)
            fail_msg("%s: %x", phrases[i].phrase, got);
    }
    ds_lexicon_close(lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_share_their_letters),
        cmocka_unit_test(marks_alone_are_no_letters),
        cmocka_unit_test(tables_list_phrases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
