/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

/* Sentences that must come out, with | between them. */
static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"The ferry sank. Nobody died.", "The ferry sank.|Nobody died."},
    {"Dr. Vik met Gen. Ola Dahl on Feb. 3. He left.", "Dr. Vik met Gen. Ola Dahl on Feb. 3.|He left."},
    {"He lives in the U.S. The ferry does not.", "He lives in the U.S.|The ferry does not."},
    {"The U.S. Coast Guard came.", "The U.S. Coast Guard came."},
    {"They left at 5 p.m. Friday. Crews left at 6 p.m. Divers stayed.",
     "They left at 5 p.m. Friday.|Crews left at 6 p.m.|Divers stayed."},
    {"Harald B. Lie wrote plan B. The council agreed.", "Harald B. Lie wrote plan B.|The council agreed."},
    {"It moved fresh boats.Continued calm helps.", "It moved fresh boats.|Continued calm helps."},
    {"\"We won. We rowed,\" she said.", "\"We won.|We rowed,\" she said."},
    {"\"Is it over?\" she asked. \"Yes.\" He left.", "\"Is it over?\" she asked.|\"Yes.\"|He left."},
    {"He said: 'It is calm.'Divers agree.", "He said: 'It is calm.'|Divers agree."},
    {"It was calm, they think.'Divers agree.", "It was calm, they think.'|Divers agree."},
    {"Shares of Fjord Inc. rose 1.5 percent.", "Shares of Fjord Inc. rose 1.5 percent."},
    {"(The ferry sank.) Nobody died!", "(The ferry sank.)|Nobody died!"},
    {"Storm closes harbour\nFerries wait", "Storm closes harbour|Ferries wait"},
    {"\xE2\x80\xA2 First \xE2\x80\xA2 Second", "First|Second"},
    {"1. Close the gates", "1. Close the gates"},
    {"It ended ... then it began. Well... Maybe.", "It ended ... then it began.|Well...|Maybe."},
    {"Really?! Yes.", "Really?!|Yes."},
    {"Prices (incl. tax) rose vs. last year.", "Prices (incl. tax) rose vs. last year."},
    {"\xE4\xBB\x8A\xE6\x97\xA5\xE3\x80\x82\xE6\x98\x8E\xE6\x97\xA5\xE3\x80\x82", "\xE4\xBB\x8A\xE6\x97\xA5\xE3\x80\x82|\xE6\x98\x8E\xE6\x97\xA5\xE3\x80\x82"},
    {"It sank .\nHe swam .", "It sank .|He swam ."},
    {"", ""},
    // clang-format on
};

static void test_sentences(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, cases[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < doc.sents_len; k++) {
            ds_buf_puts(&b, k ? "|" : "");
            ds_buf_put(&b, ds_str_at(doc.text, doc.sents[k].span));
            assert_int_equal(doc.sents[k].number, k + 1);
        }
        assert_string_equal(ds_buf_str(&b).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

/* Tokens of the dateline of the first sentence. */
static const struct {
    const char *text;
    uint32_t dateline;
} datelines[] = {
    // clang-format off
    {"OSTERBY, Norland (HP) - Two ferries sank.", 7},
    {"OSTERBY \xE2\x80\x93 Two ferries sank.", 2},
    {"NEW HALVET, May 3 \xE2\x80\x94 Two ferries sank.", 6},
    {"Halvet, Norland (HP) -- Two ferries sank.", 7},
    {"CUMBER, Nor-- Two ferries sank.", 4},
    {"FERRY-18 sank.", 0},                      /* glued */
    {"The ferry sank - nobody died.", 0},       /* words in between */
    {"Halvet - Two ferries sank.", 0},          /* may be a name and what is said of it */
    {"OSTERBY (as it was called) - sank.", 0},
    {"OSTERBY", 0},
    {"OSTERBY -", 0},
    // clang-format on
};

static void test_datelines(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, datelines[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        if (doc.sents[0].dateline != datelines[i].dateline)
            print_message("%s\n", datelines[i].text);
        assert_int_equal(doc.sents[0].dateline, datelines[i].dateline);
    }
    ds_arena_free(a);
}

static void test_title(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    assert_int_equal(read_text(a, "Ferry sinks. Nobody hurt", DS_PART_TITLE, &doc, NULL), DS_OK);
    assert_int_equal(doc.sents_len, 1);
    assert_int_equal(doc.sents[0].number, 0);
    assert_true(doc.toks[0].flags & DS_TF_FIRST);
    assert_false(doc.toks[1].flags & DS_TF_FIRST);
    ds_arena_free(a);
}

/* No stop for thousands of words: cut at white space, and cut at all where there is none. */
static void test_long(void **state)
{
    (void)state;
    static char text[40001];
    static const char *const units[] = {"row ", "(("};
    for (size_t u = 0; u < 2; u++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        for (size_t i = 0; i < 40000; i++)
            text[i] = units[u][i % strlen(units[u])];
        ds_doc doc;
        assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
        assert_true(doc.sents_len > 1);
        for (size_t k = 0; k < doc.sents_len; k++)
            assert_true(doc.sents[k].tok_end - doc.sents[k].tok <= 4000);
        ds_arena_free(a);
    }
}

static void test_source(void **state)
{
    (void)state;
    static const ds_run runs[] = {{{0, 10}, {100, 110}},
                                  {{10, 11}, {110, 115}},
                                  {{11, 20}, {115, 124}},
                                  {{21, 30}, {200, 209}}};
    ds_article art = {.runs = runs, .runs_len = 4};
    // clang-format off
    static const struct { ds_span text, page; } spans[] = {
        {{2, 5}, {102, 105}}, {{5, 13}, {105, 117}}, {{10, 11}, {110, 115}}, {{15, 25}, {119, 204}},
        {{20, 21}, {0, 0}}, {{40, 50}, {0, 0}},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        ds_span got = ds_article_source(&art, spans[i].text);
        assert_int_equal(got.beg, spans[i].page.beg);
        assert_int_equal(got.end, spans[i].page.end);
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(ds_part_name(DS_PART_KEY_POINT), "key_point");
    assert_string_equal(ds_kind_name(DS_KIND_RELEASE), "press release");
    assert_string_equal(ds_bound_name(DS_BOUND_VAGUE), "vague");
    assert_string_equal(ds_holder_kind_name(DS_HOLDER_ANONYMOUS), "anonymous");
    assert_string_equal(ds_certainty_name(DS_CERT_DENIED), "denied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences), cmocka_unit_test(test_datelines),
        cmocka_unit_test(test_title),     cmocka_unit_test(test_long),
        cmocka_unit_test(test_source),    cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
