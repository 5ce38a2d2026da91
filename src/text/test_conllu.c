/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

#define ROW(id, form, misc) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t" misc "\n"

static const char good[] =
    "# newdoc id = a\n"
    "# sent_id = 1\n" ROW("1-2", "Don't", "_") ROW("1", "Do", "_") ROW("2", "n't", "_")
        ROW("2.1", "you", "_") ROW("3", "row", "SpaceAfter=No")
            ROW("4", ".", "Typo=Yes|SpaceAfter=No") "\n"
                                                    "# text = 12,000 \n" ROW("1", "12,000", "_")
                                                        ROW("2", "of", "_")
                                                            ROW("3", "\xC3\x89ze", "_");

static void test_doc(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_conllu c;
    assert_int_equal(ds_conllu_read(a, ds_str_of(good), words, &c, NULL), DS_OK);
    assert_string_equal(c.doc.text.at, "Don't row.\n12,000 of \xC3\x89ze");
    assert_int_equal(c.doc.sents_len, 2);
    assert_int_equal(c.doc.words_len, 7);
    assert_int_equal(c.doc.toks_len, 7);
    static const uint8_t flags[] = {DS_WF_SPACE, DS_WF_SAME,  DS_WF_SPACE, 0,
                                    DS_WF_SPACE, DS_WF_SPACE, DS_WF_SPACE};
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(c.doc.words[i].flags, flags[i]);
        assert_int_equal(c.doc.words[i].tok, i);
        assert_true(
            ds_str_eq(ds_str_at(c.doc.text, c.doc.words[i].span), c.rows[i].cell[DS_CO_FORM]));
    }
    assert_int_equal(c.doc.sents[1].word, 4);
    assert_int_equal(c.doc.toks[4].kind, DS_TOK_NUMBER);
    assert_int_equal(c.doc.toks[3].kind, DS_TOK_PUNCT);
    assert_true(ds_str_eq(c.doc.toks[6].norm, DS_STR("\xC3\xA9ze")));
    assert_int_equal(c.ranges_len, 1);
    assert_int_equal(c.ranges[0].word_end, 2);
    assert_true(ds_str_eq(c.ranges[0].row.cell[DS_CO_FORM], DS_STR("Don't")));
    assert_true(ds_str_eq(c.comments[0], DS_STR("# newdoc id = a\n# sent_id = 1\n")));
    assert_true(ds_str_eq(c.comments[1], DS_STR("# text = 12,000 \n")));
    ds_arena_free(a);
}

static const struct {
    const char *text;
    size_t line; /* 0: nothing wrong */
    const char *what;
} mistakes[] = {
    // clang-format off
    {"", 0, NULL},
    {"\n\n# alone\n\n", 0, NULL},
    {ROW("1", "a", "_") "\r\n" ROW("1", "b", "_"), 0, NULL},
    {"# c\n\n" ROW("1", "a", "_"), 0, NULL},
    {"1\ta\t_\t_\t_\t_\t_\t_\t_\n", 1, "CoNLL-U has 10 columns with a tab between them"},
    {"# c\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "CoNLL-U has 10 columns with a tab between them"},
    {"The boat sank.\n", 1, "CoNLL-U has 10 columns with a tab between them"},
    {ROW("1", "a", "_") ROW("3", "b", "_"), 2, "words are not numbered from 1 on"},
    {ROW("0", "a", "_"), 1, "words are not numbered from 1 on"},
    {ROW("x", "a", "_"), 1, "its first column is no number of a word"},
    {ROW("1-", "a", "_"), 1, "its first column is no number of a word"},
    {ROW("1", "", "_"), 1, "a word without a form"},
    {ROW("1", "a", "_") ROW("1-2", "ab", "_"), 2, "a range of words that does not fit here"},
    {ROW("1-9", "ab", "_") ROW("1", "a", "_") "\n", 3, "a range of words that goes over its sentence's end"},
    {ROW("1-2", "ab", "_") "\n", 2, "a range of words that goes over its sentence's end"},
    {ROW("1-2", "ab", "_") ROW("1", "a", "_") ROW("2-3", "b", "_"), 3, "a range of words inside another"},
    {ROW("1", "a", "_") "# c\n", 2, "CoNLL-U has 10 columns with a tab between them"},
    {ROW("1", "a\xFF", "_"), 1, "not UTF-8"},
    // clang-format on
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        ds_conllu c = {.ranges_len = 77};
        ds_err err = {0};
        ds_status st = ds_conllu_read(a, ds_str_of(mistakes[i].text), words, &c, &err);
        assert_int_equal(st, mistakes[i].line ? DS_BAD : DS_OK);
        assert_int_equal(err.at, mistakes[i].line);
        if (mistakes[i].line) {
            assert_string_equal(err.what, mistakes[i].what);
            assert_int_equal(c.ranges_len, 77);
        }
        ds_arena_free(a);
    }
}

static void test_starved(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; budget < 65536 && !done; budget += budget < 256 ? 1 : 64) {
        ds_arena *a = ds_arena_new(0, budget);
        ds_conllu c = {.ranges_len = 77};
        ds_status st = a ? ds_conllu_read(a, ds_str_of(good), words, &c, NULL) : DS_NOMEM;
        assert_true(st == DS_OK || st == DS_NOMEM);
        assert_int_equal(c.ranges_len, st == DS_OK ? 1 : 77);
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

static void test_misc(void **state)
{
    (void)state;
    ds_str item = DS_STR("SpaceAfter=No");
    assert_true(ds_conllu_misc(DS_STR("SpaceAfter=No"), item));
    assert_true(ds_conllu_misc(DS_STR("A=b|SpaceAfter=No|C=d"), item));
    assert_false(ds_conllu_misc(DS_STR("SpaceAfter=None|NoSpaceAfter=No"), item));
    assert_false(ds_conllu_misc(DS_STR(""), item));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doc),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_starved),
        cmocka_unit_test(test_misc),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
