/* SPDX-License-Identifier: Apache-2.0 */
#include "text/split.h"
#include "text/test_text.h"

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
        cmocka_unit_test(test_teacher),
        cmocka_unit_test(test_section),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
