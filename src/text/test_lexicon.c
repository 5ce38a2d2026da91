/* SPDX-License-Identifier: Apache-2.0 */
#include "text/internal.h"
#include "text/test_text.h"

#include <stdlib.h>
#include <unistd.h>

#define CELL(z) DS_STR_INIT(z)
static const ds_str names[] = {CELL("phrase"), CELL("class")};
static const ds_str cells[] = {
    // clang-format off
    CELL("* o'clock"), CELL("time"),
    CELL("as many"), CELL("few"), CELL("as many"), CELL("some"),
    CELL("as many as"), CELL("most"),
    CELL("as many as * of"), CELL("wild"),
    CELL("north korea"), CELL("place"),
    // clang-format on
};
static const ds_table table = {CELL("made up"), 6, 2, names, cells};

static void test_phrases(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *text; uint32_t at, len, row; } rows[] = {
        {"as many as five of them", 0, 5, 4}, {"as many as five", 0, 3, 3}, {"as many rowers", 0, 2, 1},
        {"as few", 0, 0, 0}, {"five o'clock", 0, 2, 0}, {"North Korea's coast", 0, 2, 5}, {"in North Korea", 1, 2, 5},
        {"North Sea", 0, 0, 0}, {"as", 0, 0, 0},
    };
    // clang-format on
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_phrases *p = NULL;
    static uint64_t starts[DS_STARTS];
    assert_int_equal(ds_phrases_make(a, &table, 4, starts, &p), DS_OK);
    assert_int_equal(ds_phrases_bit(p), 4);
    assert_int_equal(starts[ds_norm_hash(DS_STR("five")) % DS_STARTS], 4);
    assert_int_equal(starts[ds_norm_hash(DS_STR("korea")) % DS_STARTS],
                     4); /* a phrase begins with `*` */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_doc doc;
        uint32_t row = 0;
        assert_int_equal(read_text(a, rows[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        assert_int_equal(ds_phrase_at(p, doc.toks, rows[i].at, (uint32_t)doc.toks_len, &row),
                         rows[i].len);
        assert_int_equal(row, rows[i].row);
    }
    assert_int_equal(ds_phrase_find(p, DS_STR("north korea")), 5);
    assert_int_equal(ds_phrase_find(p, DS_STR("as many")), 1);
    assert_int_equal(ds_phrase_find(p, DS_STR("north")), -1);
    ds_arena_free(a);
}

/* No token that begins a phrase lacks the table's bit, and a part between hyphens gives its own. */
static void test_starts(void **state)
{
    (void)state;
    static const char text[] = "Twenty-five boats, half of them from mid-March, left on Friday; at "
                               "least a third came back to South Africa's coast.";
    static const char *const tables[] = {"numbers", "times", "modifiers", "actors", "cues"};
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    size_t seen = 0;
    assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        const ds_phrases *p = ds_lexicon_phrases(words, tables[k]);
        for (uint32_t i = 0; i < doc.toks_len; i++) {
            uint32_t row, n = ds_phrase_at(p, doc.toks, i, (uint32_t)doc.toks_len, &row);
            assert_true(!n || doc.toks[i].starts & ds_phrases_bit(p));
            seen += n > 0;
        }
    }
    assert_true(seen > 4);
    assert_true(doc.toks[0].starts & ds_phrases_bit(ds_lexicon_phrases(words, "numbers")));
    assert_false(doc.toks[2].starts & ds_phrases_bit(ds_lexicon_phrases(words, "numbers")));
    ds_arena_free(a);
}

static void put_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void drop_file(const char *dir, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    unlink(path);
}

static void test_replaced(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *name, *text; ds_status want; const char *what; } files[] = {
        {"edges.tsv", "#: phrase class:starter|day|contraction note?\nzog\tstarter\n", DS_OK, NULL},
        {"edges.tsv", "#: phrase class:starter|day|contraction note?\nzog\twrong\n", DS_BAD, "/edges.tsv:2: "},
        {"edges.tsv", "#: phrase kind\nzog\tx\n", DS_BAD, "/edges.tsv:1: columns"},
        {"nosuch.tsv", "#: phrase\nzog\n", DS_BAD, "/nosuch.tsv:0: there is no table"},
        {"edges.examples.tsv", "not a table", DS_OK, NULL},
    };
    // clang-format on
    char dir[] = "/tmp/ds-lexicon-XXXXXX";
    assert_non_null(mkdtemp(dir));
    ds_str plain = ds_lexicon_hash(words);
    assert_int_equal(plain.len, 16);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        ds_lexicon *lex = NULL;
        ds_err err = {0};
        put_file(dir, files[i].name, files[i].text);
        assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, &err), files[i].want);
        if (files[i].what)
            assert_non_null(strstr(err.what, files[i].what));
        else
            assert_int_equal(ds_str_eq(ds_lexicon_hash(lex), plain), i != 0);
        if (i == 0) {
            assert_int_equal(ds_lexicon_table(lex, "edges")->rows, 1);
            assert_int_equal(ds_phrase_find(ds_lexicon_phrases(lex, "edges"), DS_STR("zog")), 0);
        }
        drop_file(dir, files[i].name);
        ds_arena_free(a);
    }
    rmdir(dir);
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_lexicon *lex;
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, NULL), DS_IO);
    assert_null(ds_lexicon_table(words, "nosuch"));
    assert_null(ds_lexicon_phrases(words, "nosuch"));
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; budget < TEST_BUDGET && !done;
         budget = budget < 256 ? budget + 1 : budget * 3 / 2) {
        ds_arena *a = ds_arena_new(0, budget);
        ds_lexicon *lex = NULL;
        ds_status st = a ? ds_lexicon_open(a, (ds_str){0}, &lex, NULL) : DS_NOMEM;
        assert_true(st == DS_OK || (st == DS_NOMEM && !lex));
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases), cmocka_unit_test(test_starts),
        cmocka_unit_test(test_replaced), cmocka_unit_test(test_starved)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
