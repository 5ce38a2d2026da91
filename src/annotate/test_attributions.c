/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/test_marks.h"

static const char *examples; /* lexicon/en/attributions.examples.tsv */

/* NAME|KIND|CUE|CONTENT|OUTLET, as the examples have it. */
static void put_attribution(const marked *m, const ds_attribution *t, ds_buf *b)
{
    ds_str name = t->name.at ? t->name : DS_STR("-");
    ds_buf_printf(b, "%.*s|%s|%.*s|", DS_FMT(name), ds_holder_kind_name(t->kind),
                  DS_FMT(ds_str_at(m->doc.text, t->cue)));
    for (uint32_t i = 0; i < t->content_len; i++)
        ds_buf_printf(b, "%s%.*s", i ? " \xE2\x80\xA6 " : "",
                      DS_FMT(ds_str_at(m->doc.text, t->content[i])));
    if (t->outlet.at)
        ds_buf_printf(b, "|%.*s", DS_FMT(t->outlet));
}

static void wrong_attributions(const marked *m, ds_str want, ds_buf *b)
{
    ds_buf got = ds_buf_new(b->arena);
    for (size_t i = 0; i < m->marks.attributions_len; i++) {
        const ds_attribution *t = &m->marks.attributions[i];
        if (!t->reportive || (t->inside >= 0 && !t->clause))
            continue;
        ds_buf_puts(&got, got.len ? " ; " : "");
        put_attribution(m, t, &got);
    }
    if (!got.len)
        ds_buf_putc(&got, '*');
    if (!ds_str_eq(ds_buf_str(&got), want))
        ds_buf_printf(b, "  want %.*s\n  got  %.*s\n", DS_FMT(want), DS_FMT(ds_buf_str(&got)));
}

static void test_examples(void **state)
{
    (void)state;
    assert_int_equal(run_examples(examples, wrong_attributions), 0);
}

static ds_str name_of_last(ds_arena *a, const char *text, marked *m)
{
    assert_int_equal(read_marks(a, text, m, NULL), DS_OK);
    assert_true(m->marks.attributions_len > 0);
    return m->marks.attributions[m->marks.attributions_len - 1].name;
}

static void test_names_are_resolved_on_the_page(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    assert_true(
        ds_str_eq(name_of_last(a, "Mayor Anna Holm arrived. Holm said that 3 were safe.", &m),
                  DS_STR("Anna Holm")));
    assert_true(ds_str_eq(
        name_of_last(a, "Mayor Anna Holm said it is over. She said that 3 were safe.", &m),
        DS_STR("Anna Holm")));
    name_of_last(a, "Holm told The Courier that 300 had left.", &m);
    assert_true(ds_str_eq(m.marks.attributions[0].outlet, DS_STR("The Courier")));
    ds_arena_free(a);
}

static void test_unconfirmed_is_unverified(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    name_of_last(a, "Officials have not confirmed that 300 had left.", &m);
    assert_int_equal(m.marks.attributions[0].certainty, DS_CERT_UNVERIFIED);
    ds_arena_free(a);
}

/* Two may stand in each other's content: one of them is the outer one, and who goes up comes to an end. */
static void test_nesting_has_no_circles(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The \"really very bad dam\" will break soon, he says, she said.",
        "The dam will break, the mayor warned, the paper reports.",
        "Holm says, Dale said, that Weiss claims 300 had left.",
    };
    size_t nested = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        assert_int_equal(read_marks(a, texts[i], &m, NULL), DS_OK);
        assert_true(m.marks.attributions_len > 0);
        for (size_t k = 0; k < m.marks.attributions_len; k++) {
            size_t up = 0;
            for (int32_t o = m.marks.attributions[k].inside; o >= 0;
                 o = m.marks.attributions[o].inside)
                assert_true(++up < m.marks.attributions_len);
            nested += up > 0;
        }
        ds_arena_free(a);
    }
    assert_true(nested > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_names_are_resolved_on_the_page),
        cmocka_unit_test(test_unconfirmed_is_unverified),
        cmocka_unit_test(test_nesting_has_no_circles),
    };
    if (argc != 2)
        return 2;
    examples = argv[1];
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
