/* SPDX-License-Identifier: Apache-2.0 */
/* Packs that the language stage refuses, and what it says; a pack without names reads all but names. */
#include "language/test_language.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A lexicon with a pack of these sections; a NULL value takes the built-in one. */
static ds_lexicon *replaced(ds_arena *a, ds_section *at, size_t n)
{
    char dir[] = "/tmp/ds-language-XXXXXX", path[64];
    ds_lexicon *lex = NULL;
    ds_str pack;
    for (size_t i = 0; i < n; i++)
        if (!at[i].bytes.at)
            at[i].bytes = ds_lexicon_section(words, at[i].name.at);
    assert_int_equal(ds_pack_write(a, at, n, &pack), DS_OK);
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/language.pack", dir);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(pack.at, 1, pack.len, f), pack.len);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, NULL), DS_OK);
    unlink(path);
    rmdir(dir);
    return lex;
}

#define BAD DS_STR_INIT("not a model")

static void test_bad_sections_are_refused(void **state)
{
    (void)state;
    ds_section cases[][4] = {
        {{DS_STR_INIT("lemma"), {NULL, 0}}, {DS_STR_INIT("net"), BAD}},
        {{DS_STR_INIT("lemma"), BAD}, {DS_STR_INIT("net"), {NULL, 0}}},
        {{DS_STR_INIT("gazetteer"), BAD},
         {DS_STR_INIT("lemma"), {NULL, 0}},
         {DS_STR_INIT("names"), {NULL, 0}},
         {DS_STR_INIT("net"), {NULL, 0}}},
        {{DS_STR_INIT("gazetteer"), {NULL, 0}},
         {DS_STR_INIT("lemma"), {NULL, 0}},
         {DS_STR_INIT("names"), BAD},
         {DS_STR_INIT("net"), {NULL, 0}}},
        {{DS_STR_INIT("net"), {NULL, 0}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        size_t n = 0;
        while (n < 4 && cases[i][n].name.at)
            n++;
        ds_lexicon *lex = replaced(a, cases[i], n);
        ds_language *l = NULL;
        ds_err err = {0};
        assert_int_equal(ds_language_open(a, lex, &l, &err), DS_BAD);
        assert_null(l);
        assert_non_null(err.what);
        ds_lexicon_close(lex);
        ds_arena_free(a);
    }
}

static void test_without_names(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_section at[] = {{DS_STR_INIT("lemma"), {NULL, 0}}, {DS_STR_INIT("net"), {NULL, 0}}};
    ds_lexicon *lex = replaced(a, at, 2);
    ds_language *l;
    ds_doc doc;
    ds_parse parse;
    ds_err err = {0};
    assert_int_equal(ds_language_open(a, lex, &l, NULL), DS_OK);
    assert_int_equal(read_text(a, "Anna Holm sailed.", DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, &doc, l, DS_DEPTH_HEADS, &parse, NULL), DS_OK);
    assert_int_equal(parse.upos[2], DS_VERB);
    assert_int_equal(ds_language_names(a, &doc, l, &parse, &err), DS_BAD);
    assert_non_null(strstr(err.what, "names"));
    ds_lexicon_close(lex);
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_sections_are_refused),
        cmocka_unit_test(test_without_names),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
