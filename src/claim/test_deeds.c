/* SPDX-License-Identifier: Apache-2.0 */
/* test_deeds.c - which predicates tell that somebody did something that has an opposite, and which do not. */
#include "annotate/test_marks.h"
#include "claim/claim.h"

/* Published on a Tuesday, 20 May 2031. Days stand where the sentence gives them. */
/* "PAIR a|b [not] KIND [about TOPIC]|who[/head]|where|day|holders" of each, joined by "; " */
static const test_row rows[] = {
    {"Canadian troops have withdrawn from Oslo.", "withdraw a change|Canada|Oslo|"},
    {"Canadian troops are still fighting in Oslo, officials said.",
     "withdraw b lasting|Canada|Oslo||officials"},
    {"Canadian troops were still fighting in Oslo on Monday, officials said.",
     "withdraw b lasting|Canada|Oslo|2031-05-19|officials"},
    {"Canada withdrew its soldiers from Oslo on Sunday.",
     "withdraw a change|Canada|Oslo|2031-05-18"},
    {"Canada has not withdrawn its forces from Oslo.", "withdraw a not lasting|Canada|Oslo|"},
    {"Canada has yet to withdraw its forces from Oslo.", ""},
    {"The army denied that Canadian forces had withdrawn.", "withdraw a not lasting|Canada|||army"},
    {"Canada will withdraw its forces from Oslo.", ""},
    {"Canada may have withdrawn its forces from Oslo.", ""},
    {"If Canada withdrew its forces from Oslo, peace would come.", ""},
    {"Some Canadian troops have withdrawn from Oslo.", ""},
    {"Canadian troops remain in Oslo.", "withdraw b lasting|Canada|Oslo|"},
    {"Canadian troops no longer fight in Oslo.", ""},
    {"Canadian troops continue to fight in Oslo.", "withdraw b lasting|Canada|Oslo|"},
    {"Canada withdrew its offer on Sunday.", ""},
    {"Did Canada withdraw its forces from Oslo?", ""},
    {"Canada wants to withdraw its forces from Oslo.", ""},
    {"Anna Holm died on Sunday.", "die a change|Anna Holm||2031-05-18"},
    {"Anna Holm was killed in the blast, police said.", "die a change|Anna Holm|||police"},
    {"Anna Holm is alive, her brother said.", "die b lasting|Anna Holm|||brother"},
    {"Anna Holm survived the crash.", "die b change|Anna Holm||"},
    {"Anna Holm's brother was killed.", "die a change|Anna Holm/brother||"},
    {"Anna Holm is survived by two sons.", ""},
    {"Petro Varensky was found dead on Sunday.", "die a change|Petro Varensky||2031-05-18"},
    {"Police arrested Petro Varensky on Sunday.", "arrest a change|Petro Varensky||2031-05-18"},
    {"Petro Varensky remains at large.", "arrest b lasting|Petro Varensky||"},
    {"Petro Varensky is still on the run, police said.",
     "arrest b lasting|Petro Varensky|||police"},
    {"Petro Varensky has not been arrested.", "arrest a not lasting|Petro Varensky||"},
    {"A man was arrested.", ""},
    {"Petro Varensky was released on Sunday.", "release a change|Petro Varensky||2031-05-18"},
    {"Petro Varensky is still being held in Oslo.", "release b lasting|Petro Varensky|Oslo|"},
    {"Petro Varensky remains in custody.", "release b lasting|Petro Varensky||"},
    {"The Varn bridge was closed on Sunday.", "open b change|Varn bridge||2031-05-18"},
    {"On Sunday, the Varn bridge is open.", "open a standing|Varn/bridge||2031-05-18"},
    {"On Sunday, the Varn bridge remains closed.", "open b lasting|Varn/bridge||2031-05-18"},
    {"The Varn bridge reopened on Sunday.", "open a change|Varn/bridge||2031-05-18"},
    {"Canada agreed to a ceasefire on Sunday.",
     "agree a change about ceasefire|Canada||2031-05-18"},
    {"Canada rejected the ceasefire.", "agree b change about ceasefire|Canada||"},
    {"Canada refused to sign the treaty.", "agree b change about sign|Canada||"},
    {"Petro Varensky resigned on Sunday.", "resign a change|Petro Varensky||2031-05-18"},
    {"Petro Varensky refused to resign.",
     "agree b change about resign|Petro Varensky||; resign a not lasting|Petro Varensky||"},
    {"The ministry confirmed the death of Anna Holm.",
     "=death a change|Anna Holm/death|||ministry"},
    {"The ministry denied the death of Anna Holm.",
     "=death a not lasting|Anna Holm/death|||ministry"},
    {"Police confirmed that Anna Holm had fallen ill.",
     "=fall a change about ill|Anna Holm|||police"},
    {"Her office denied that Anna Holm had fallen ill.",
     "=fall a not lasting about ill|Anna Holm|||office"},
    {"Canada denied withdrawing from Oslo.", "withdraw a not lasting|Canada|Oslo||Canada"},
    {"Reports say that Canada has withdrawn its forces, but this could not be verified.", ""},
    {"Canada reportedly withdrew its forces from Oslo.", "withdraw a change|Canada|Oslo|"},
    {"Troops withdrew from Oslo.", ""},
    {"Anna Holm died before the police came.", "die a change|Anna Holm||"},
    {"The mayor called on Canada to withdraw its forces.", ""},
    {"Canada pulled its soldiers out of Oslo on Sunday.",
     "withdraw a change|Canada|Oslo|2031-05-18"},
    {"The Varn bridge remains closed on Sunday.", "open b lasting|Varn/bridge||2031-05-18"},
    {"The Varn bridge has partly reopened on Sunday.", ""},
    {"Police said that Canada had sold the Varn bridge.",
     "=sell a change about bridge|Canada|||police"},
    {"I think Anna Holm said I was dead on Sunday.", ""},
    {"Anna Holm's sons were killed on Sunday.", ""},
    {"Troops withdrew from Oslo on Sunday.", ""},
    {"Anna Holm said she did not approve them on Sunday.", ""},
    {"Two Canadian soldiers withdrew from Oslo.", ""},
    {"Petro Varensky was freed, but Anna Holm is still missing.",
     "release a change|Petro Varensky||; find b lasting|Anna Holm||"},
};

static ds_status read_deeds(ds_arena *a, const char *text, marked *m, ds_deeds *out)
{
    DS_TRY(read_marks(a, text, m, NULL));
    return ds_claim_deeds(a, &m->doc, &m->parse, &m->marks, words, out, NULL);
}

static void put_deed(ds_buf *b, const ds_deed *k)
{
    ds_buf_printf(b, "%s%.*s %s %s%s", b->len ? "; " : "", DS_FMT(k->pair), k->other ? "b" : "a",
                  k->negated ? "not " : "", ds_deed_kind_name(k->kind));
    if (k->topic.at)
        ds_buf_printf(b, " about %.*s", DS_FMT(k->topic));
    ds_buf_printf(b, "|%.*s%s%.*s|%.*s|", DS_FMT(k->who), k->head.at ? "/" : "", DS_FMT(k->head),
                  DS_FMT(k->where));
    if (k->dated)
        ds_day_print(b, k->when.lo);
    for (size_t i = 0; i < k->said_by_len; i++)
        ds_buf_printf(b, "%s%.*s", i ? "," : "|", DS_FMT(k->said_by[i].name));
}

static void put_deeds(ds_arena *a, const char *text, ds_buf *b)
{
    marked m = {0};
    ds_deeds deeds = {0};
    assert_int_equal(read_deeds(a, text, &m, &deeds), DS_OK);
    for (size_t k = 0; k < deeds.len; k++)
        put_deed(b, &deeds.at[k]);
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(run_rows(rows, sizeof rows / sizeof *rows, put_deeds), 0);
}

static void test_starved(void **state)
{
    (void)state;
    ds_arena *big = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    assert_int_equal(read_marks(big,
                                "Canada has withdrawn its soldiers from Oslo, officials said. "
                                "The army denied that Anna Holm had died.",
                                &m, NULL),
                     DS_OK);
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 101) {
        ds_arena *a = ds_arena_new(256, budget);
        ds_deeds out = {NULL, 77};
        ds_status st = DS_NOMEM;
        if (a)
            st = ds_claim_deeds(a, &m.doc, &m.parse, &m.marks, words, &out, NULL);
        assert_true(st == DS_OK || (st == DS_NOMEM && out.len == 77));
        done = st == DS_OK;
        assert_true(!done || out.len == 2);
        ds_arena_free(a);
    }
    assert_true(done);
    ds_arena_free(big);
}

/* A sentence of nothing but predicates, and many of them: looked at up to a limit. */
static void test_lists_are_bounded(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, (size_t)16 * TEST_BUDGET);
    ds_buf b = ds_buf_new(a);
    for (int i = 0; i < 600; i++)
        ds_buf_puts(&b, "Canada has withdrawn from Oslo and ");
    marked m = {0};
    ds_deeds deeds = {0};
    assert_int_equal(read_deeds(a, ds_buf_str(&b).at, &m, &deeds), DS_OK);
    assert_true(deeds.len <= 16 * m.doc.sents_len);
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_starved),
        cmocka_unit_test(test_lists_are_bounded),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
