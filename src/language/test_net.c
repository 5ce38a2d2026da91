/* SPDX-License-Identifier: Apache-2.0 */
/* The net of the built-in pack: trees, kernels that agree, neighbours that do not matter, bytes that are refused. */
#include "language/net.h"
#include "language/test_language.h"

static const char story[] = "The dam above Mirefold broke early on Saturday.\n"
                            "\"We heard it before we saw it,\" said Ana Holm, who runs the mill. "
                            "At least 17 people were killed, and 210 "
                            "were missing, the country's Civil Protection Service said on Sunday; "
                            "hospitals in Halvet put the number at 19.\n"
                            "DAM BREAKS IN THE NORTH\n"
                            "Why?\n"
                            "The army, which had sent 1,000 soldiers to the valley a week earlier, "
                            "said that it would send another 500, that "
                            "none of them would be armed, and that all would leave by the end of "
                            "the month — if the road is open by then.\n";

static ds_net net;

static int open_all(void **state)
{
    return open_grammar(state) ||
           ds_net_open(ds_lexicon_section(words, "net"), &net, NULL) != DS_OK;
}

static const ds_kernel *best(void)
{
    return ds_kernel_named((ds_str){NULL, 0});
}

static ds_node *nodes_of(ds_arena *a, const char *text, const ds_kernel *k, const uint8_t *wanted,
                         ds_doc *doc)
{
    assert_int_equal(read_text(a, text, DS_PART_BODY, doc, NULL), DS_OK);
    ds_node *nodes = ds_arena_calloc(a, doc->words_len, sizeof *nodes);
    assert_int_equal(ds_net_read(a, &net, k, doc, wanted, nodes), DS_OK);
    return nodes;
}

static void assert_tree(const ds_doc *doc, const ds_sentence *s, const ds_node *nodes)
{
    size_t roots = 0;
    for (uint32_t i = s->word; i < s->word_end; i++) {
        uint32_t steps = 0;
        for (uint32_t at = i; nodes[at].head != DS_NO_HEAD; at = nodes[at].head) {
            assert_true(nodes[at].head >= s->word && nodes[at].head < s->word_end);
            assert_true(++steps <= s->word_end - s->word);
        }
        roots += nodes[i].head == DS_NO_HEAD;
        assert_true(nodes[i].upos <= DS_INTJ && nodes[i].rel > 0);
    }
    assert_int_equal(roots, s->word < s->word_end);
    (void)doc;
}

static void test_trees(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    const ds_node *nodes = nodes_of(a, story, best(), NULL, &doc);
    for (size_t i = 0; i < doc.sents_len; i++)
        assert_tree(&doc, &doc.sents[i], nodes);
    ds_arena_free(a);
}

static void test_kernels_agree(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    const ds_node *want = nodes_of(a, story, ds_kernel_named(DS_STR("plain")), NULL, &doc);
    for (size_t k = 0; k < ds_kernels_len; k++)
        if (ds_kernels[k]->fits())
            assert_memory_equal(nodes_of(a, story, ds_kernels[k], NULL, &doc), want,
                                doc.words_len * sizeof *want);
    ds_arena_free(a);
}

/* A sentence alone reads as it does among others: lots, steps and the order in them leave no trace. */
static void test_neighbours_do_not_matter(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc, alone;
    const ds_node *all = nodes_of(a, story, best(), NULL, &doc);
    for (size_t i = 0; i < doc.sents_len; i++) {
        const ds_sentence *s = &doc.sents[i];
        ds_str text = ds_arena_str(a, ds_str_at(doc.text, s->span));
        const ds_node *own = nodes_of(a, text.at, best(), NULL, &alone);
        if (alone.words_len != s->word_end - s->word)
            continue;
        for (uint32_t w = 0; w < alone.words_len; w++) {
            const ds_node *x = &all[s->word + w], *y = &own[w];
            assert_int_equal(x->upos, y->upos);
            assert_int_equal(x->rel, y->rel);
            assert_int_equal(x->head == DS_NO_HEAD ? DS_NO_HEAD : x->head - s->word, y->head);
        }
    }
    ds_arena_free(a);
}

static void test_tags_alone(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    const ds_node *all = nodes_of(a, story, best(), NULL, &doc);
    uint8_t *wanted = ds_arena_calloc(a, doc.sents_len, 1);
    wanted[2] = 1;
    const ds_node *some = nodes_of(a, story, best(), wanted, &doc);
    for (size_t i = 0; i < doc.sents_len; i++)
        for (uint32_t w = doc.sents[i].word; w < doc.sents[i].word_end; w++) {
            assert_int_equal(some[w].upos, all[w].upos);
            assert_int_equal(some[w].xpos, all[w].xpos);
            assert_int_equal(some[w].head, i == 2 ? all[w].head : DS_UNPARSED);
        }
    ds_arena_free(a);
}

/* Longer than a piece, with marks to cut at and without. */
static void test_long_sentences(void **state)
{
    (void)state;
    for (int marks = 0; marks < 2; marks++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        ds_buf text = ds_buf_new(a);
        ds_doc doc;
        for (int i = 0; i < 700; i++)
            ds_buf_puts(&text, marks && i % 90 == 89 ? "boats, and " : "boats and ");
        const ds_node *nodes = nodes_of(a, ds_buf_str(&text).at, best(), NULL, &doc);
        assert_int_equal(doc.sents_len, 1);
        assert_tree(&doc, &doc.sents[0], nodes);
        ds_arena_free(a);
    }
}

static void test_bad_bytes(void **state)
{
    (void)state;
    static const size_t words_of_head = offsetof(ds_net_head, shift) / 4;
    ds_str good = ds_lexicon_section(words, "net");
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    char *copy = ds_arena_alloc(a, good.len + 64);
    copy += (64 - (uintptr_t)copy % 64) % 64;
    ds_net n;
    for (size_t i = 0; i < words_of_head; i++) {
        memcpy(copy, good.at, good.len);
        copy[4 * i] ^= 0x11;
        assert_int_equal(ds_net_open((ds_str){copy, good.len}, &n, NULL), DS_BAD);
    }
    memcpy(copy, good.at, good.len);
    assert_int_equal(ds_net_open((ds_str){copy, good.len}, &n, NULL), DS_OK);
    memset(copy + n.at.bias[DS_NET_TAG], 0x7F, 4);
    assert_int_equal(ds_net_open((ds_str){copy, good.len}, &n, NULL), DS_BAD);
    for (size_t len = 0; len < good.len; len += len < 200 ? 1 : 4096)
        assert_int_equal(ds_net_open((ds_str){good.at, len}, &n, NULL), DS_BAD);
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    ds_arena *home = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    assert_int_equal(read_text(home, story, DS_PART_BODY, &doc, NULL), DS_OK);
    bool done = false;
    for (size_t budget = 0; !done; budget += 4096) {
        ds_arena *a = ds_arena_new(256, budget);
        ds_parse parse = {0};
        ds_status st = ds_language_read(a, &doc, grammar, DS_DEPTH_HEADS, &parse, NULL);
        done = st == DS_OK;
        if (!done) {
            assert_int_equal(st, DS_NOMEM);
            assert_null(parse.nodes);
        }
        ds_arena_free(a);
        assert_true(budget < TEST_BUDGET);
    }
    ds_arena_free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_kernels_agree),
        cmocka_unit_test(test_neighbours_do_not_matter),
        cmocka_unit_test(test_tags_alone),
        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_all, close_words);
}
