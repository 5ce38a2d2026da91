/* SPDX-License-Identifier: Apache-2.0 */
#include "text/split.h"
#include "text/test_text.h"

/* What the rules alone do not see: sentences that must come out, with | between them. */
static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"we rowed all day. it was great! the boats are old but they are cheap.",
     "we rowed all day.|it was great!|the boats are old but they are cheap."},
    {"See the list below. Thanks, Ola", "See the list below.|Thanks,|Ola"},
    {"The harbour is here: https://harbour.example/map", "The harbour is here:|https://harbour.example/map"},
    {"The dam was built in 1968. [3] It held for 55 years.", "The dam was built in 1968. [3]|It held for 55 years."},
    {"They rowed ... and rowed ... until noon.", "They rowed ... and rowed ... until noon."},
    {"\"Is it safe?\" asked the mayor of Osterby.", "\"Is it safe?\" asked the mayor of Osterby."},
    /* what the rules see stays */
    {"OSTERBY, Norland (HP) - Two boats sank on Sunday.", "OSTERBY, Norland (HP) - Two boats sank on Sunday."},
    {"Around 1,000 Norland soldiers came to the valley.", "Around 1,000 Norland soldiers came to the valley."},
    {"The minister met President Ola Vik in Osterby on Monday.", "The minister met President Ola Vik in Osterby on Monday."},
    {"They left at 5 p.m. Friday. McVik, who lived there, stayed.",
     "They left at 5 p.m. Friday.|McVik, who lived there, stayed."},
    // clang-format on
};

static ds_str sentences_of(ds_arena *a, const ds_doc *doc)
{
    ds_buf b = ds_buf_new(a);
    for (size_t k = 0; k < doc->sents_len; k++) {
        ds_buf_puts(&b, k ? "|" : "");
        ds_buf_put(&b, ds_str_at(doc->text, doc->sents[k].span));
    }
    return ds_buf_str(&b);
}

static void test_model(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, cases[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        assert_string_equal(sentences_of(a, &doc).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

/* ---- another opinion ---------------------------------------------------------------------------------------- */

typedef struct heard {
    uint32_t places, rules;
} heard;

static bool never(void *ctx, const ds_split_place *p)
{
    heard *h = ctx;
    h->places++;
    h->rules += p->rule;
    assert_true(p->n <= DS_SPLIT_FEATURES);
    for (uint32_t k = 0; k < p->n; k++)
        assert_true(p->feature[k] < 1u << DS_SPLIT_BITS);
    return false;
}

static void test_teacher(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_str text = DS_STR("It sank. They swam: nobody died.");
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)text.len}};
    ds_article art = {.text = text, .blocks = &block, .blocks_len = 1};
    heard h = {0};
    const ds_split_teacher teacher = {.ends = never, .ctx = &h};
    ds_doc doc;
    assert_int_equal(ds_text_read_taught(a, &art, words, &teacher, &doc, NULL), DS_OK);
    assert_int_equal(doc.sents_len, 1);
    assert_int_equal(h.places, 2);
    assert_int_equal(h.rules, 1);
    ds_arena_free(a);
}

static void test_section(void **state)
{
    (void)state;
    ds_str good = ds_lexicon_section(words, "split");
    ds_split_model m = {.head = {.bias = 77}};
    ds_err err = {0};
    char head[sizeof m.head] = {0};
    assert_non_null(good.at);
    assert_int_equal(ds_split_open(ds_str_cut(good, 0, good.len - 1), &m, &err), DS_BAD);
    assert_int_equal(ds_split_open((ds_str){head, sizeof head}, &m, &err), DS_BAD);
    assert_int_equal(ds_split_open(DS_STR(""), &m, &err), DS_BAD);
    assert_int_equal(m.head.bias, 77);
    assert_int_equal(ds_split_open(good, &m, &err), DS_OK);
    assert_int_equal(m.head.bits, DS_SPLIT_BITS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model),
        cmocka_unit_test(test_teacher),
        cmocka_unit_test(test_section),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
