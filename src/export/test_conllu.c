/* SPDX-License-Identifier: Apache-2.0 */
/* test_conllu.c - sentences in CoNLL-U: own words with their ranges and blanks, given ones as they came. */
#include "export/export.h"

#include <setjmp.h>
#include <stddef.h>

#include <cmocka.h>

#define MEMORY ((size_t)4 << 20)

/*                          0         1         2 */
#define TEXT "Don't row. Norway n\tboats"

static const ds_word words[] = {
    {{0, 2}, 0, DS_WF_SPACE}, {{2, 5}, 0, DS_WF_SAME},    {{6, 9}, 1, DS_WF_SPACE},
    {{9, 10}, 2, 0},          {{11, 19}, 3, DS_WF_SPACE}, {{20, 25}, 4, DS_WF_SPACE},
};
static const ds_sentence sents[] = {
    {.span = {0, 10}, .word = 0, .word_end = 4, .number = 1},
    {.span = {11, 25}, .word = 4, .word_end = 6, .number = 2},
};
static const ds_node nodes[] = {
    {2, DS_AUX, 1, 1, 0},     {2, DS_PART, 0, 0, 0},          {DS_NO_HEAD, DS_VERB, 0, 0, 0},
    {2, DS_PUNCT, 0, 255, 0}, {DS_UNPARSED, DS_ADJ, 0, 0, 0}, {DS_UNPARSED, DS_NOUN, 0, 0, 0},
};
static const ds_str lemmas[] = {DS_STR_INIT("do"), DS_STR_INIT("not"),    DS_STR_INIT("row"),
                                DS_STR_INIT("."),  DS_STR_INIT("a b\tc"), {NULL, 0}};
static const ds_article art = {.doc = DS_STR_INIT("a\nname")};
static const ds_doc doc = {.article = &art,
                           .text = DS_STR_INIT(TEXT),
                           .sents = sents,
                           .sents_len = 2,
                           .words = words,
                           .words_len = 6};
static const ds_parse parse = {.nodes = nodes, .lemma_of = lemmas};

static void test_own_words(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, MEMORY);
    ds_buf b = ds_buf_new(a);
    ds_offsets numbers = {0};
    assert_int_equal(ds_export_conllu(a, &doc, &parse, NULL, true, &b, &numbers), DS_OK);
    assert_string_equal(ds_buf_str(&b).at, "# newdoc id = a name\n"
                                           "# newpar\n"
                                           "# sent_id = \n"
                                           "# text = Don't row.\n"
                                           "1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                           "1\tDo\tdo\tAUX\t$\t_\t3\tacl\t_\t_\n"
                                           "2\tn't\tnot\tPART\t_\t_\t3\t_\t_\t_\n"
                                           "3\trow\trow\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
                                           "4\t.\t.\tPUNCT\t_\t_\t3\t_\t_\t_\n"
                                           "\n"
                                           "# sent_id = \n"
                                           "# text = Norwayn boats\n"
                                           "1\tNorwayn\tabc\tADJ\t_\t_\t_\t_\t_\t_\n"
                                           "2\tboats\t_\tNOUN\t_\t_\t_\t_\t_\t_\n"
                                           "\n");
    assert_int_equal(numbers.len, 2);
    assert_memory_equal(b.at + numbers.at[1] - 4, "d = \n", 5);
    ds_arena_free(a);
}

static const char given_text[] = "# newpar\n"
                                 "# sent_id = x-1\n"
                                 "\n"
                                 "# text = au  port\n"
                                 "1-2\tau\t_\t_\t_\t_\t_\t_\t_\tA=b\n"
                                 "1\t\xC3\xA0\tq\tX\tX\tF=x\t9\tdep\t_\tC=d\n"
                                 "1.1\tno\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "2\tle\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "3\tport 1\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                                 "\n"
                                 "# a = b\r\n"
                                 "1\t.\t_\t_\t_\t_\t_\t_\t_\t_\n";

static void test_given_words(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, MEMORY);
    ds_conllu c;
    assert_int_equal(ds_conllu_read(a, ds_str_of(given_text), NULL, &c, NULL), DS_OK);
    ds_node own[4] = {{DS_NO_HEAD}, {0}, {0}, {DS_UNPARSED}};
    ds_parse p = {.nodes = own, .lemma_of = lemmas};
    ds_buf b = ds_buf_new(a);
    ds_offsets numbers = {0};
    assert_int_equal(ds_export_conllu(a, &c.doc, &p, &c, true, &b, &numbers), DS_OK);
    assert_string_equal(ds_buf_str(&b).at, "# newpar\n"
                                           "# sent_id = x-1\n"
                                           "# text = au  port\n"
                                           "1-2\tau\t_\t_\t_\t_\t_\t_\t_\tA=b\n"
                                           "1\t\xC3\xA0\tdo\tX\t_\t_\t0\troot\t_\tC=d\n"
                                           "2\tle\tnot\tX\t_\t_\t1\t_\t_\t_\n"
                                           "3\tport 1\trow\tX\t_\t_\t1\t_\t_\tSpaceAfter=No\n"
                                           "\n"
                                           "# a = b\n"
                                           "# sent_id = \n"
                                           "# text = .\n"
                                           "1\t.\t.\tX\t_\t_\t_\t_\t_\t_\n"
                                           "\n");
    assert_int_equal(numbers.len, 1);
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 256; budget < 65536 && !done; budget += 16) {
        ds_arena *a = ds_arena_new(0, budget);
        if (!a)
            continue;
        ds_buf b = ds_buf_new(a);
        ds_offsets numbers = {0};
        ds_status st = ds_export_conllu(a, &doc, &parse, NULL, true, &b, &numbers);
        assert_true(st == DS_OK || (st == DS_NOMEM && b.len == 0));
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_own_words),
                                       cmocka_unit_test(test_given_words),
                                       cmocka_unit_test(test_starved)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
