/* SPDX-License-Identifier: Apache-2.0 */
#include "language/language.h"
#include "language/lemmas.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

enum { BUDGET = 64 << 20 };

static ds_arena *home;
static ds_lexicon *lex;
static ds_lemmas lemmas;

static int open_lemmas(void **state)
{
    (void)state;
    home = ds_arena_new(0, BUDGET);
    return home && ds_lexicon_open(home, (ds_str){0}, &lex, NULL) == DS_OK &&
                   ds_lemmas_open(ds_lexicon_section(lex, "lemma"), &lemmas, NULL) == DS_OK
               ? 0
               : -1;
}

static int close_lemmas(void **state)
{
    (void)state;
    ds_arena_free(home);
    return 0;
}

// clang-format off
static const struct row { const char *form, *upos, *xpos, *lemma; } rows[] = {
    {"killed", "VERB", "VBN", "kill"}, {"deployed", "VERB", "VBD", "deploy"}, {"stopping", "VERB", "VBG", "stop"},
    {"evacuating", "VERB", "VBG", "evacuate"}, {"fled", "VERB", "VBD", "flee"}, {"is", "AUX", "VBZ", "be"},
    {"n't", "PART", "RB", "not"}, {"’s", "AUX", "VBZ", "be"}, {"'s", "PART", "POS", "'s"}, {"an", "DET", "DT", "a"},
    {"An", "DET", "DT", "a"}, {"me", "PRON", "PRP", "I"}, {"them", "PRON", "PRP", "they"}, {"i", "PRON", "PRP", "I"},
    {"Soldiers", "NOUN", "NNS", "soldier"}, {"cities", "NOUN", "NNS", "city"}, {"women", "NOUN", "NNS", "woman"},
    {"better", "ADJ", "JJR", "good"}, {"better", "ADV", "RBR", "well"}, {"largest", "ADJ", "JJS", "large"},
    {"meeting", "NOUN", "NN", "meeting"}, {"meeting", "VERB", "VBG", "meet"}, {"TOLL", "NOUN", "NN", "toll"},
    {"12,000", "NUM", "CD", "12000"}, {"1.5", "NUM", "CD", "1.5"}, {"Three", "NUM", "CD", "three"},
    {"U.S.", "PROPN", "NNP", "U.S."}, {"Mirefold", "PROPN", "NNP", "Mirefold"}, {"NATO", "PROPN", "NNP", "NATO"},
    {"Russian", "ADJ", "JJ", "Russian"}, {"russian", "ADJ", "JJ", "Russian"}, {"McKenna", "PROPN", "NNP", "McKenna"},
    {"ÉTÉ", "NOUN", "NN", "été"}, {"unheardofverbing", "VERB", "VBG", "unheardofverb"}, {"–", "PUNCT", ":", "-"},
    {"killed", "VERB", "_", "killed"},
};
// clang-format on

static ds_str lemma_of(ds_arena *a, const struct row *r, bool shouted)
{
    return ds_lemmatize(a, &lemmas, ds_str_of(r->form), ds_upos_of(ds_str_of(r->upos)),
                        ds_xpos_of(ds_str_of(r->xpos)), shouted);
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str got = lemma_of(home, &rows[i], false);
        if (!ds_str_eq(got, ds_str_of(rows[i].lemma)))
            fail_msg("%s %s: %.*s, not %s", rows[i].form, rows[i].xpos, DS_FMT(got), rows[i].lemma);
    }
}

static void test_shouted(void **state)
{
    (void)state;
    // clang-format off
    static const struct { struct row row; const char *shouted; } shouts[] = {
        {{"VARN", "PROPN", "NNP", "VARN"}, "Varn"}, {{"DAM", "NOUN", "NN", "dam"}, "dam"},
        {{"DAMS", "NOUN", "NNS", "dam"}, "dam"}, {{"Varn", "PROPN", "NNP", "Varn"}, "Varn"},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof shouts / sizeof *shouts; i++) {
        assert_true(
            ds_str_eq(lemma_of(home, &shouts[i].row, false), ds_str_of(shouts[i].row.lemma)));
        assert_true(ds_str_eq(lemma_of(home, &shouts[i].row, true), ds_str_of(shouts[i].shouted)));
    }
}

static void test_long(void **state)
{
    (void)state;
    char word[400];
    memset(word, 'x', sizeof word);
    ds_str s = {word, sizeof word};
    assert_true(ds_lemmatize(home, &lemmas, s, DS_NOUN, ds_xpos_of(DS_STR("NNS")), false).at ==
                word);
}

static void test_starved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t budget = 0; budget < 256; budget++) {
            ds_arena *a = ds_arena_new(16, budget);
            ds_str got = a ? lemma_of(a, &rows[i], false) : (ds_str){0};
            assert_true(!got.at || ds_str_eq(got, ds_str_of(rows[i].lemma)));
            ds_arena_free(a);
        }
}

/* Every number of the head, and every tenth byte behind it, is set to what it must not be. */
static void test_bad(void **state)
{
    (void)state;
    ds_str good = ds_lexicon_section(lex, "lemma");
    ds_lemmas m;
    ds_err err = {0};
    char *at = ds_arena_raw(home, good.len);
    memcpy(at, good.at, good.len);
    for (size_t i = 0; i < sizeof(ds_lemma_head); i++) {
        at[i] = (char)(at[i] + 1);
        assert_int_equal(ds_lemmas_open((ds_str){at, good.len}, &m, &err), DS_BAD);
        at[i] = good.at[i];
    }
    for (size_t i = sizeof(ds_lemma_head); i < good.len; i += 1009) {
        at[i] = -1;
        if (ds_lemmas_open((ds_str){at, good.len}, &m, &err) == DS_OK)
            for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
                ds_lemmatize(home, &m, ds_str_of(rows[k].form), DS_VERB, (uint8_t)(i % 64), false);
        at[i] = good.at[i];
    }
    for (size_t len = 0; len < good.len; len += 997)
        assert_int_equal(ds_lemmas_open((ds_str){at, len}, &m, &err), DS_BAD);
    assert_int_equal(ds_lemmas_open((ds_str){0}, &m, &err), DS_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_shouted),
                                       cmocka_unit_test(test_long), cmocka_unit_test(test_starved),
                                       cmocka_unit_test(test_bad)};
    return cmocka_run_group_tests(tests, open_lemmas, close_lemmas);
}
