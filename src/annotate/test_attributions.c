/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/test_marks.h"

static const struct {
    const char *text, *want; /* "name|kind|cue|content" of each reportive one, joined by "; " */
} rows[] = {
    /* S1 */
    {"The ministry said that 40 people died.", "ministry|role|said|that 40 people died"},
    {"Mayor Anna Holm announced 300 homes were lost.",
     "Anna Holm|named|announced|300 homes were lost"},
    {"New reports suggest the figure is higher.",
     "New reports|anonymous|suggest|the figure is higher"},
    {"A spokesman for the Red Cross said 20 were hurt.",
     "spokesman for the Red Cross|named|said|20 were hurt"},
    /* S2 */
    {"Forty people died, the mayor said.", "mayor|role|said|Forty people died"},
    {"\xE2\x80\x9CWe lost everything,\xE2\x80\x9D Holm said on Monday.",
     "Holm|named|said|\xE2\x80\x9CWe lost everything,\xE2\x80\x9D"},
    /* S3 */
    {"\xE2\x80\x9CWe lost everything,\xE2\x80\x9D said Anna Holm.",
     "Anna Holm|named|said|\xE2\x80\x9CWe lost everything,\xE2\x80\x9D"},
    /* S4 */
    {"Canada has suffered, with estimates claiming that half left.",
     "estimates|anonymous|claiming|that half left"},
    /* A1, A2 */
    {"According to the regional hospital, 12 people are in care.",
     "regional hospital|role|According to|12 people are in care"},
    {"Twelve people are in care, according to reports out of the valley.",
     "reports out of the valley|anonymous|according to|Twelve people are in care"},
    /* B1 */
    {"The bridge is closed, as confirmed by the police.",
     "police|role|confirmed|The bridge is closed"},
    /* who an estimate comes from */
    {"Estimates from Canada put the number at 300.", "Canada|named|put|the number at 300"},
    /* told */
    {"Holm told The Courier that 300 had left.", "Holm|named|told|that 300 had left"},
    /* beside quotations, over sentences and paragraphs */
    {"\xE2\x80\x9CWhy did it break?\xE2\x80\x9D Holm asked. \xE2\x80\x9CNobody knows.\xE2\x80\x9D",
     ""},
    {"\xE2\x80\x9CHelp us!\xE2\x80\x9D Holm said. \xE2\x80\x9CThe dam is gone.\xE2\x80\x9D",
     "Holm|named|said|\xE2\x80\x9CHelp us!\xE2\x80\x9D"},
    {"\xE2\x80\x9CWe lost it,\xE2\x80\x9D Holm sang.",
     "Holm|named|sang|\xE2\x80\x9CWe lost it,\xE2\x80\x9D"},
    {"\xE2\x80\x9CThe dam has to be built again.\xE2\x80\x9D \xE2\x80\x94 Anna Holm",
     "Anna Holm|named|\xE2\x80\x94|\xE2\x80\x9CThe dam has to be built again.\xE2\x80\x9D"},
    {"HOLM: We will build it again.", "HOLM|named|:|We will build it again."},
    /* clauses beside a speaker */
    {"The boats, the mayor said, were too old.", "mayor|role|said|The boats"},
    /* nobody says this */
    {"The report was published on Monday.", ""},
    {"They wanted to show it.", ""},
    {"The mayor did not say how many died.", ""},
};

static void test_rows(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        assert_int_equal(read_marks(a, rows[i].text, &m, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < m.marks.attributions_len; k++) {
            const ds_attribution *t = &m.marks.attributions[k];
            if (!t->reportive)
                continue;
            ds_buf_puts(&b, b.len ? "; " : "");
            ds_buf_printf(&b, "%.*s|%s|", DS_FMT(t->name), ds_holder_kind_name(t->kind));
            ds_buf_printf(&b, "%.*s|%.*s", DS_FMT(ds_str_at(m.doc.text, t->cue)),
                          DS_FMT(ds_str_at(m.doc.text, t->content[0])));
        }
        wrong += differs(rows[i].text, rows[i].want, ds_buf_str(&b).at);
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_names_are_resolved_on_the_page),
        cmocka_unit_test(test_unconfirmed_is_unverified),
        cmocka_unit_test(test_nesting_has_no_circles),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
