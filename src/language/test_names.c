/* SPDX-License-Identifier: Apache-2.0 */
/* test_names.c EXAMPLES: names and roles; EXAMPLES is lexicon/en/names.examples.tsv. */
#include "language/names_model.h"
#include "language/test_language.h"

#include <stdlib.h>

static const char *examples;
static const char *const types[] = {"person", "organization", "place", "group", "other"};

/* "name = type, role | ..."; "*" where there are none. */
static ds_str print_names(ds_arena *a, const ds_doc *doc, const ds_parse *p)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < p->names_len; i++) {
        const ds_name *n = &p->names[i];
        ds_str role = ds_str_at(doc->text, n->role);
        ds_buf_printf(&b, "%s%.*s = %s", i ? " | " : "", DS_FMT(ds_str_at(doc->text, n->span)),
                      types[n->type]);
        if (role.len)
            ds_buf_printf(&b, ", %.*s", DS_FMT(role));
    }
    if (!p->names_len)
        ds_buf_putc(&b, '*');
    return ds_buf_str(&b);
}

static ds_str names_of(ds_arena *a, const char *text)
{
    ds_doc doc;
    ds_parse parse;
    assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, &doc, grammar, DS_DEPTH_TAGS, &parse, NULL), DS_OK);
    assert_int_equal(ds_language_names(a, &doc, grammar, &parse, NULL), DS_OK);
    return print_names(a, &doc, &parse);
}

static void look(ds_arena *a, char *text, ds_str want, ds_buf *b, void *ctx)
{
    ds_str got = names_of(a, text);
    (void)ctx;
    if (!ds_str_eq(got, want))
        ds_buf_printf(b, "  got  %s\n", got.at);
}

static void test_examples(void **state)
{
    (void)state;
    assert_int_equal(run_lines(examples, look, NULL), 0);
}

/* What the document shows elsewhere decides. */
static void test_documents(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"Nadia Erlich came from Haifa.\nErlich was 30.",
         "Nadia Erlich = person | Haifa = place | Erlich = person"},
        {"The Varn Hotels Association (VHA) met in Quito.\nIt was the VHA that called off the "
         "strike.",
         "Varn Hotels Association = organization | VHA = organization | Quito = place | VHA = "
         "organization"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        assert_string_equal(names_of(a, rows[i].text).at, rows[i].want);
    }
}

/* In text order, apart from each other, on the ends of words. */
static void test_spans(void **state)
{
    static const char text[] = "Anna Holm of the Varn Guard met (in Oslo) Kim Min-jae's lawyer; "
                               "U.S. \xE2\x80\x9CNATO\xE2\x80\x9D "
                               "talks.\nOSLO \xE2\x80\x94 Anna";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    ds_parse p;
    (void)state;
    assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, &doc, grammar, DS_DEPTH_TAGS, &p, NULL), DS_OK);
    assert_int_equal(ds_language_names(a, &doc, grammar, &p, NULL), DS_OK);
    assert_true(p.names_len > 4);
    for (size_t i = 0; i < p.names_len; i++) {
        const ds_name *n = &p.names[i];
        assert_true(n->word < n->word_end && n->word_end <= doc.sents[n->sent].word_end);
        assert_true(i == 0 || p.names[i - 1].word_end <= n->word);
        assert_int_equal(n->span.beg, doc.words[n->word].span.beg);
        assert_int_equal(n->span.end, doc.words[n->word_end - 1].span.end);
    }
}

/* ---- the section of weights --------------------------------------------------------------------------------- */

static void test_bad_sections(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_str good = ds_lexicon_section(words, "names");
    nm_model m;
    ds_err err = {0};
    (void)state;
    assert_int_equal(nm_model_open(good, &m, &err), DS_OK);
    assert_int_equal(nm_model_open((ds_str){NULL, 0}, &m, &err), DS_BAD);
    assert_int_equal(nm_model_open(ds_str_cut(good, 0, good.len - 1), &m, &err), DS_BAD);
    assert_int_equal(nm_model_open(ds_str_cut(good, 0, sizeof(nm_head) - 1), &m, &err), DS_BAD);
    static const size_t places[] = {0, offsetof(nm_head, labels), offsetof(nm_head, rows_log2),
                                    offsetof(nm_head, classes_log2)};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        nm_head h = *m.head;
        ((char *)&h)[places[i]] = 77;
        ds_str bad = ds_arena_str(a, good);
        memcpy((char *)ds_arena_alloc(a, 1), "", 1);
        memcpy((void *)(uintptr_t)bad.at, &h, sizeof h);
        assert_int_equal(nm_model_open(bad, &m, &err), DS_BAD);
        assert_int_equal(nm_model_open(good, &m, &err), DS_OK);
    }
}

/* Features that every row in reach of a slot would answer to, and some that no row does. */
static void test_index(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    nm_model plain, quick;
    (void)state;
    assert_int_equal(nm_model_open(ds_lexicon_section(words, "names"), &plain, NULL), DS_OK);
    quick = plain;
    assert_int_equal(nm_model_index(a, &quick), DS_OK);
    uint32_t log2 = plain.head->rows_log2, slots = 1u << log2;
    size_t found = 0;
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t features[NM_PROBES + 1], x[NM_PROBES + 1], y[NM_PROBES + 1];
        for (uint32_t k = 0; k <= NM_PROBES; k++)
            features[k] = i << (32 - log2) |
                          (plain.rows[(i + k) & (slots - 1)].check & ((1u << (32 - log2)) - 1));
        size_t n = nm_find(&plain, features, NM_PROBES + 1, x);
        assert_int_equal(nm_find(&quick, features, NM_PROBES + 1, y), n);
        assert_memory_equal(x, y, n * sizeof *x);
        found += n;
    }
    assert_true(found > slots);
}

static void test_starving(void **state)
{
    static const char text[] = "Anna Holm met Kim Min-jae of the Bank of Ghana (BoG) in Oslo.";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_parse untouched;
    ds_doc doc;
    bool done = false;
    (void)state;
    assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, &doc, grammar, DS_DEPTH_TAGS, &untouched, NULL), DS_OK);
    untouched.names_len = 77;
    for (size_t budget = 0; budget < 65536 && !done; budget += budget < 256 ? 1 : 97) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(64, budget);
        ds_parse p = untouched;
        ds_status st = small ? ds_language_names(small, &doc, grammar, &p, NULL) : DS_NOMEM;
        done = st == DS_OK;
        if (done)
            assert_int_equal(p.names_len, 5);
        else
            assert_true(st == DS_NOMEM && p.names_len == 77);
    }
    assert_true(done);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples), cmocka_unit_test(test_documents),
        cmocka_unit_test(test_spans),    cmocka_unit_test(test_bad_sections),
        cmocka_unit_test(test_index),    cmocka_unit_test(test_starving),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
