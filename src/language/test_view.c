/* SPDX-License-Identifier: Apache-2.0 */
#include "language/test_language.h"

static const char *const names[] = {"X",     "ADJ",   "ADP", "ADV",  "AUX",  "CCONJ",
                                    "DET",   "NOUN",  "NUM", "PART", "PRON", "PROPN",
                                    "PUNCT", "SCONJ", "SYM", "VERB", "INTJ"};

static const struct {
    const char *text, *want; /* UPOS of every token but the punctuation */
} rows[] = {
    {"The dam broke at noon.", "DET NOUN VERB ADP NOUN"},
    {"Troops face huge losses.", "NOUN VERB ADJ NOUN"},
    {"The report was published.", "DET NOUN AUX VERB"},
    {"Reports suggest that 12 people died.", "NOUN VERB SCONJ NUM NOUN VERB"},
    {"The two damaged bridges were closed.", "DET NUM ADJ NOUN AUX VERB"},
    {"It has the names of 94 dead.", "PRON AUX DET NOUN ADP NUM NOUN"},
    {"Canadian forces will leave on Monday.", "ADJ NOUN AUX VERB ADP PROPN"},
    {"Holm told reporters.", "PROPN VERB NOUN"},
    {"She has been seeking new aid.", "PRON AUX AUX VERB ADJ NOUN"},
    {"Estimates put the toll at 40.", "NOUN VERB DET NOUN ADP NUM"},
    {"They quickly agreed to help.", "PRON ADV VERB PART VERB"},
};

static void read_parsed(ds_arena *a, const char *text, ds_doc *doc, ds_parse *parse)
{
    assert_int_equal(read_text(a, text, DS_PART_BODY, doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, doc, grammar, DS_DEPTH_HEADS, parse, NULL), DS_OK);
}

static ds_str tags_of(ds_arena *a, const char *text)
{
    ds_doc doc;
    ds_parse parse;
    read_parsed(a, text, &doc, &parse);
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < doc.toks_len; i++)
        if (parse.upos[i] != DS_PUNCT)
            ds_buf_printf(&b, "%s%s", b.len ? " " : "", names[parse.upos[i]]);
    return ds_buf_str(&b);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        assert_string_equal(tags_of(a, rows[i].text).at, rows[i].want);
        ds_arena_free(a);
    }
}

static void test_lemmas_and_forms(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    ds_parse parse;
    read_parsed(a, "The soldiers were sent to stop it.", &doc, &parse);
    assert_true(ds_str_eq(parse.lemmas[1].norm, DS_STR("soldier")));
    assert_true(ds_str_eq(parse.lemmas[3].norm, DS_STR("send")));
    assert_int_equal(parse.form[3], DS_FORM_PART);
    assert_int_equal(parse.form[5], DS_FORM_INF);
    assert_true(ds_str_eq(doc.toks[3].norm, DS_STR("sent")));
    ds_arena_free(a);
}

/* Of each sentence: may a phrase of the table begin with one of its words? */
static void test_verbs_of_a_sentence(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    ds_parse parse;
    read_parsed(a, "Two men were killed. The sun shone.", &doc, &parse);
    uint64_t bit = ds_phrases_bit(ds_lexicon_phrases(words, "triggers"));
    assert_int_equal(doc.sents_len, 2);
    assert_true(parse.event_starts[0] & bit);
    assert_false(parse.event_starts[1] & bit);
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_lemmas_and_forms),
        cmocka_unit_test(test_verbs_of_a_sentence),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
