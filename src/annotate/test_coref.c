/* SPDX-License-Identifier: Apache-2.0 */
/* test_coref.c EXAMPLES: who is who; EXAMPLES is lexicon/en/coref.examples.tsv. */
#include "annotate/test_marks.h"

#include <stdlib.h>

static const char *examples;

static void assert_same_who(const ds_marks *x, const ds_marks *y)
{
    assert_int_equal(x->attributions_len, y->attributions_len);
    assert_int_equal(x->mentions_len, y->mentions_len);
    assert_int_equal(x->entities_len, y->entities_len);
    for (size_t i = 0; i < x->mentions_len; i++) {
        const ds_mention *a = &x->mentions[i], *b = &y->mentions[i];
        assert_int_equal(a->span.beg, b->span.beg);
        assert_int_equal(a->span.end, b->span.end);
        assert_int_equal(a->head_word, b->head_word);
        assert_int_equal(a->entity, b->entity);
        assert_int_equal(a->form, b->form);
    }
    for (size_t i = 0; i < x->entities_len; i++) {
        const ds_entity *a = &x->entities[i], *b = &y->entities[i];
        assert_true(ds_str_eq(a->name, b->name));
        assert_int_equal(a->type, b->type);
        assert_int_equal(a->gender, b->gender);
        assert_int_equal(a->mentions, b->mentions);
        assert_int_equal(a->best, b->best);
    }
}

/* In two steps, and in the one that reads what they share once. */
static ds_status read_coref(ds_arena *a, const char *text, marked *m)
{
    DS_TRY(read_text(a, text, DS_PART_BODY, &m->doc, NULL));
    DS_TRY(ds_language_read(a, &m->doc, grammar, DS_DEPTH_HEADS, &m->parse, NULL));
    DS_TRY(ds_language_names(a, &m->doc, grammar, &m->parse, NULL));
    ds_marks settled;
    DS_TRY(ds_annotate(a, &m->doc, &m->parse, words, &m->marks, NULL));
    DS_TRY(ds_annotate_coref(a, &m->doc, &m->parse, words, &m->marks, NULL));
    DS_TRY(ds_annotate_settled(a, &m->doc, &m->parse, words, &settled, NULL));
    assert_same_who(&m->marks, &settled);
    return DS_OK;
}

/* The name of the last mention that is written so; "-": none. */
static ds_str name_of(const marked *m, ds_str phrase)
{
    ds_str name = {0};
    for (size_t i = 0; i < m->marks.mentions_len; i++) {
        const ds_mention *x = &m->marks.mentions[i];
        if (ds_str_eq(ds_str_at(m->doc.text, x->span), phrase))
            name = ds_mention_name(&m->marks, x);
    }
    return name.at ? name : DS_STR("-");
}

/* "She = Anna Holm | Holm = Anna Holm" */
static bool all_right(const marked *m, ds_str want, ds_buf *got)
{
    bool right = true;
    for (size_t at = 0; at < want.len;) {
        ptrdiff_t bar = ds_str_find(want, DS_STR(" | "), at);
        size_t end = bar < 0 ? want.len : (size_t)bar;
        ds_str item = ds_str_cut(want, at, end);
        ptrdiff_t eq = ds_str_find(item, DS_STR(" = "), 0);
        assert_true(eq > 0);
        ds_str name = name_of(m, ds_str_cut(item, 0, (size_t)eq));
        right &= ds_str_eq(name, ds_str_cut(item, (size_t)eq + 3, item.len));
        ds_buf_printf(got, "%s%.*s = %.*s", at ? " | " : "", (int)eq, item.at, DS_FMT(name));
        at = end + (bar < 0 ? 0 : 3);
    }
    return right;
}

static void look(ds_arena *a, char *text, ds_str want, ds_buf *b, void *ctx)
{
    marked m = {0};
    ds_buf got = ds_buf_new(a);
    (void)ctx;
    for (char *c = text; *c; c++)
        *c = *c == '|' ? '\n' : *c;
    assert_int_equal(read_coref(a, text, &m), DS_OK);
    if (!all_right(&m, want, &got))
        ds_buf_printf(b, "  got  %s\n", ds_buf_str(&got).at);
}

static void test_examples(void **state)
{
    (void)state;
    assert_int_equal(run_lines(examples, look, NULL), 0);
}

/* Each mention belongs to an entity, each entity knows its first and its best. */
static void test_chains(void **state)
{
    static const char text[] = "Mayor Anna Holm met Otto Weiss in Oslo. She thanked the mayor of "
                               "Oslo.\nThe Bank of Ghana (BoG) raised its rate, Holm said.";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    size_t counted = 0;
    (void)state;
    assert_int_equal(read_coref(a, text, &m), DS_OK);
    assert_true(m.marks.mentions_len > 6);
    for (size_t i = 0; i < m.marks.mentions_len; i++) {
        const ds_mention *x = &m.marks.mentions[i];
        assert_true(x->entity < m.marks.entities_len);
        assert_true(ds_span_holds(x->span, x->head));
        assert_true(i == 0 || x[-1].span.beg <= x->span.beg);
    }
    for (size_t i = 0; i < m.marks.entities_len; i++) {
        const ds_entity *e = &m.marks.entities[i];
        counted += e->mentions;
        assert_int_equal(m.marks.mentions[e->first].entity, i);
        assert_int_equal(m.marks.mentions[e->best].entity, i);
        assert_true(i == 0 || e[-1].first < e->first);
    }
    assert_int_equal(counted, m.marks.mentions_len);
}

static void test_mention_at(void **state)
{
    static const char text[] = "Mayor Anna Holm spoke. The mayor, who had slept, thanked them.";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    (void)state;
    assert_int_equal(read_coref(a, text, &m), DS_OK);
    uint32_t at = (uint32_t)(strstr(text, "The mayor") - text);
    const ds_mention *x = ds_mention_at(&m.marks, (ds_span){at, at + 14}); /* "The mayor, who" */
    assert_non_null(x);
    assert_true(ds_str_eq(ds_mention_name(&m.marks, x), DS_STR("Anna Holm")));
    assert_null(ds_mention_at(&m.marks, (ds_span){at, at + 3}));
    assert_null(ds_mention_name(&m.marks, NULL).at);
}

static void test_starving(void **state)
{
    static const char text[] = "Mayor Anna Holm met Otto Weiss in Oslo. She thanked him.";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    bool done = false;
    (void)state;
    assert_int_equal(read_coref(a, text, &m), DS_OK);
    for (size_t budget = 0; budget < 65536 && !done; budget += budget < 256 ? 1 : 97) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(64, budget);
        ds_marks marks = {.mentions_len = 77};
        ds_status st =
            small ? ds_annotate_coref(small, &m.doc, &m.parse, words, &marks, NULL) : DS_NOMEM;
        done = st == DS_OK;
        assert_true(done ? marks.mentions_len == m.marks.mentions_len
                         : st == DS_NOMEM && marks.mentions_len == 77);
    }
    assert_true(done);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_mention_at),
        cmocka_unit_test(test_starving),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
