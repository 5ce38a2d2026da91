/* SPDX-License-Identifier: Apache-2.0 */
/* test_opposites.c - pages of a story that tell opposite things of one somebody, from their words to the dispute. */
#include "annotate/test_marks.h"
#include "reconcile/reconcile.h"

#define PAGES 3

typedef struct page {
    const char *day, *text;
} page;

static const struct {
    page pages[PAGES];
    const char *
        want; /* "VERDICT ABOUT PAGE+PAGE" of each, earlier first, joined by "; "; empty: nothing */
} rows[] = {
    {{{"2031-05-19", "Canadian troops have withdrawn from Oslo, the ministry said."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo, residents said."}},
     "conflicts Canada A1+B1"},
    {{{"2031-05-20", "Canada withdrew its soldiers from Oslo on Sunday."},
      {"2031-05-20", "Canadian soldiers remain in Oslo, the mayor said on Tuesday."}},
     "conflicts Canada A1+B1"},
    {{{"2031-05-20", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "The army denied that Canadian troops had withdrawn from Oslo."}},
     "conflicts Canada A1+B1"},
    {{{"2031-05-20", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-21", "Canada has not withdrawn its forces from Oslo, residents said."}},
     "conflicts Canada A1+B1"},
    {{{"2031-05-20", "Anna Holm was killed in the blast, police said."},
      {"2031-05-20", "Anna Holm is alive, her brother said."}},
     "conflicts Anna Holm A1+B1"},
    {{{"2031-05-20", "Petro Holm died on Sunday, the hospital said."},
      {"2031-05-22", "Mr. Holm is alive, his brother said."}},
     "conflicts Petro Holm A1+B1"},
    {{{"2031-05-20", "Police arrested Petro Varensky on Sunday."},
      {"2031-05-20", "Petro Varensky remains at large, the mayor said on Tuesday."}},
     "conflicts Petro Varensky A1+B1"},
    {{{"2031-05-20", "Petro Varensky was released on Sunday, his lawyer said."},
      {"2031-05-21", "Petro Varensky is still being held in Oslo, the guards said."}},
     "conflicts Petro Varensky A1+B1"},
    {{{"2031-05-20", "The Varn bridge was closed on Sunday."},
      {"2031-05-20", "The Varn bridge was open on Sunday, drivers said."}},
     "conflicts Varn bridge A1+B1"},
    {{{"2031-05-20", "The ministry confirmed the death of Anna Holm."},
      {"2031-05-20", "The hospital denied the death of Anna Holm."}},
     "conflicts Anna Holm's death A1+B1"},
    {{{"2031-05-20", "Police said that Canada had sold the Varn bridge."},
      {"2031-05-20", "Officials denied that Canada had sold the Varn bridge."}},
     "conflicts Canada A1+B1"},
    {{{"2031-03-20", "Officials denied that Canada had sold the Varn bridge."},
      {"2031-05-20", "Police said that Canada had sold the Varn bridge."}},
     "conflicts Canada A1+B1"},
    {{{"2031-03-20", "Officials denied that Canada had sold the Varn bridge."},
      {"2031-05-20", "Police said that Canada had sold the Oslo ferry."}},
     ""},
    {{{"2031-05-20", "Officials denied that Canada had sold the Varn bridge on Sunday."},
      {"2031-05-20", "Police said that Canada had sold the Varn bridge on Friday."}},
     ""},
    {{{"2031-03-20", "Officials denied that Canada had sold the Varn bridge."},
      {"2031-05-20", "Officials said that Canada had sold the Varn bridge."}},
     "updates Canada A1+B1"},
    {{{"2031-05-20", "Petro Varensky resigned on Sunday, the mayor said."},
      {"2031-05-21", "Petro Varensky refused to resign, his office said on Monday."}},
     "conflicts Petro Varensky A1+B1"},
    {{{"2031-05-20", "A jury in Oslo acquitted Petro Varensky on Monday."},
      {"2031-05-20", "A jury in Oslo convicted Petro Varensky on Monday."}},
     "conflicts Petro Varensky A1+B1"},
    {{{"2031-05-20", "The army said that Canadian troops had withdrawn from Oslo. Residents said "
                     "that Canadian troops were still fighting in Oslo."}},
     "conflicts Canada A1+A2"},
    {{{"2031-05-20", "Canada denied withdrawing from Oslo."},
      {"2031-05-20", "Canada has withdrawn from Oslo, residents said."}},
     "conflicts Canada A1+B1"},
    {{{"2031-05-19", "Petro Varensky remains at large, police said."},
      {"2031-05-20", "Police arrested Petro Varensky in Oslo on Tuesday."}},
     "updates Petro Varensky A1+B1"},
    {{{"2031-05-19", "Canadian troops are still fighting in Oslo, residents said."},
      {"2031-05-21", "Canadian troops have withdrawn from Oslo, the ministry said."}},
     "updates Canada A1+B1"},
    {{{"2031-05-19", "Anna Holm is alive, her brother said."},
      {"2031-05-21", "Anna Holm died on Tuesday, the hospital said."}},
     "updates Anna Holm A1+B1"},
    {{{"2031-05-20", "The Varn bridge was closed on Sunday."},
      {"2031-05-21", "The Varn bridge reopened on Tuesday."}},
     "updates Varn bridge A1+B1"},
    {{{"2031-05-18", "The ministry said Canadian troops had withdrawn from Oslo."},
      {"2031-05-20", "The ministry said Canadian troops were still fighting in Oslo."}},
     "updates Canada A1+B1"},
    {{{"2031-05-20", "Anna Holm was killed in the blast, police said. Correction: an earlier "
                     "version of this article said that Anna Holm was killed."},
      {"2031-05-20", "Anna Holm is alive, her brother said."}},
     "updates Anna Holm A1+A2"},
    {{{"2031-05-19", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "Norwegian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Bergen."}},
     ""},
    {{{"2031-05-19", "Anna Holm died on Sunday."},
      {"2031-05-20", "Jan Holm is alive, police said on Monday."}},
     ""},
    {{{"2031-05-19", "Canada will withdraw its troops from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "Canada may have withdrawn its troops from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "If Canada withdrew its troops from Oslo, talks would begin."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "Some Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "Canadian troops have reportedly withdrawn from Oslo, but this could not be "
                     "independently verified."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-20", "The Varn bridge was closed on Sunday. The Varn bridge reopened on Sunday."}},
     ""},
    {{{"2031-05-20", "Police arrested Petro Varensky in Oslo."},
      {"2031-05-20", "Petro Varensky is still at large, police said."}},
     ""},
    {{{"2031-01-20", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     "updates Canada A1+B1"},
    {{{"2031-05-19", "Canada agreed to a ceasefire on Sunday."},
      {"2031-05-19", "Canada rejected the treaty on Sunday."}},
     ""},
    {{{"2031-05-19", "Anna Holm said she wanted Canada to withdraw its troops from Oslo."},
      {"2031-05-20", "Canadian troops are still fighting in Oslo."}},
     ""},
    {{{"2031-05-19", "Anna Holm was killed in the blast."},
      {"2031-05-20", "Anna Holm's brother is alive, police said."}},
     ""},
    {{{"2031-05-20", "Canadian troops have withdrawn from Oslo."},
      {"2031-05-20", "Canadian troops have pulled back from Oslo."}},
     ""},
    {{{"2031-05-20", "Have Canadian troops withdrawn from Oslo?"},
      {"2031-05-21", "Canadian troops are still fighting in Oslo."}},
     ""},
};

typedef struct told_story {
    ds_story story;
    ds_member members[PAGES];
    ds_reading readings[PAGES];
} told_story;

/* The deeds of one page, dated; all of its sentences are parsed. */
static ds_status read_page(ds_arena *a, const page *p, ds_reading *out)
{
    marked m = {0};
    DS_TRY(read_text(a, p->text, DS_PART_BODY, &m.doc, NULL));
    ds_article *dated = ds_arena_alloc(a, sizeof *dated);
    if (!dated)
        return DS_NOMEM;
    *dated = *m.doc.article;
    ds_day_parse(ds_str_of(p->day), &dated->published);
    dated->window = (ds_days){dated->published, dated->published};
    dated->doc = ds_str_of(p->text);
    m.doc.article = dated;
    DS_TRY(ds_language_read(a, &m.doc, grammar, DS_DEPTH_HEADS, &m.parse, NULL));
    DS_TRY(ds_language_names(a, &m.doc, grammar, &m.parse, NULL));
    DS_TRY(ds_annotate(a, &m.doc, &m.parse, words, &m.marks, NULL));
    *out = (ds_reading){.article = dated, .sents = m.doc.sents, .sents_len = m.doc.sents_len};
    return ds_claim_deeds(a, &m.doc, &m.parse, &m.marks, words, &out->deeds, NULL);
}

static void read_story(ds_arena *a, const page *pages, told_story *t)
{
    static const char *const letters[] = {"A", "B", "C"};
    size_t n = 0;
    for (; n < PAGES && pages[n].text; n++) {
        assert_int_equal(read_page(a, &pages[n], &t->readings[n]), DS_OK);
        t->members[n] = (ds_member){(uint32_t)n, ds_str_of(letters[n])};
    }
    t->story = (ds_story){.members = t->members, .members_len = n};
    assert_int_equal(ds_story_who(a, t->readings, words, &t->story, NULL), DS_OK);
}

static void put_dispute(ds_buf *b, const told_story *t, const ds_dispute *x)
{
    ds_buf_printf(b, "%s%s %.*s ", b->len ? "; " : "", ds_verdict_name(x->verdict),
                  DS_FMT(x->about));
    for (int k = 0; k < 2; k++)
        ds_buf_printf(b, "%s%.*s%u", k ? "+" : "",
                      DS_FMT(t->members[x->sides[k].cite.member].letter),
                      x->sides[k].cite.sentence);
    assert_true(x->sides[0].words.end <= x->sides[0].sentence.len && x->finding.len > 0);
}

static void test_rows(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, (size_t)2 * TEST_BUDGET);
        told_story t = {0};
        ds_ledger l;
        read_story(a, rows[i].pages, &t);
        assert_int_equal(ds_reconcile(a, t.readings, &t.story, words, DS_STR(""), &l, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < l.disputes_len; k++)
            put_dispute(&b, &t, &l.disputes[k]);
        wrong += differs(rows[i].pages[0].text, rows[i].want, ds_buf_str(&b).at);
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

static const page both[] = {
    {"2031-05-19", "Canadian troops have withdrawn from Oslo, the ministry said."},
    {"2031-05-20", "Canadian troops are still fighting in Oslo, residents said."}};

static void test_what_is_found_can_be_shown(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, (size_t)2 * TEST_BUDGET);
    told_story t = {0};
    ds_ledger l;
    page pages[PAGES] = {both[0], both[1]};
    read_story(a, pages, &t);
    assert_int_equal(ds_reconcile(a, t.readings, &t.story, words, DS_STR(""), &l, NULL), DS_OK);
    assert_int_equal(l.disputes_len, 1);
    const ds_dispute *x = &l.disputes[0];
    assert_true(ds_str_eq(x->pair, DS_STR("withdraw")));
    assert_true(ds_str_eq(x->finding,
                          DS_STR("A tells of Canada “have withdrawn”, B “are still fighting”")));
    assert_true(ds_str_eq(x->sides[0].holder, DS_STR("ministry")));
    assert_true(ds_str_eq(x->sides[1].holder, DS_STR("residents")));
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    ds_arena *big = ds_arena_new(0, (size_t)2 * TEST_BUDGET);
    told_story t = {0};
    page pages[PAGES] = {both[0], both[1]};
    read_story(big, pages, &t);
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 501) {
        ds_arena *a = ds_arena_new(256, budget);
        ds_ledger l = {.disputes_len = 77};
        ds_status st = DS_NOMEM;
        if (a)
            st = ds_reconcile(a, t.readings, &t.story, words, DS_STR(""), &l, NULL);
        assert_true(st == DS_OK || (st == DS_NOMEM && l.disputes_len == 77));
        done = st == DS_OK;
        assert_true(!done || l.disputes_len == 1);
        ds_arena_free(a);
    }
    assert_true(done);
    ds_arena_free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_what_is_found_can_be_shown),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
