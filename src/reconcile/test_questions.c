/* SPDX-License-Identifier: Apache-2.0 */
/* Which claims answer one question, how answers and origins are counted. The event is invented. */
#include "reconcile/test_readings.h"

#define SOLDIERS "Norlandish soldiers"

/* Questions as lines: "killed: 300[B2] <=1,000[C9]". */
static ds_str print_questions(world *w, const ds_ledger *l)
{
    ds_buf b = ds_buf_new(w->a);
    for (size_t i = 0; i < l->questions_len; i++) {
        const ds_question *q = &l->questions[i];
        ds_buf_printf(&b, "%s%.*s:", i ? "\n" : "", DS_FMT(q->measure));
        for (size_t k = 0; k < q->answers_len; k++) {
            const ds_answer *x = &q->answers[k];
            ds_buf_putc(&b, ' ');
            ds_value_table(&b, &x->value, q->unit);
            ds_buf_printf(&b, "%s%s%s[", x->wider ? "w" : "", x->planned ? "p" : "",
                          x->flagged ? "!" : "");
            for (size_t j = 0; j < x->rows_len; j++) {
                const ds_row *r = &w->story.rows[x->rows[j]];
                ds_buf_printf(&b, "%s%c%u", j ? " " : "", (int)('A' + r->member), r->claim.number);
            }
            ds_buf_putc(&b, ']');
        }
    }
    return ds_buf_str(&b);
}

typedef struct grouping_case {
    const char *what;
    told rows[8];
    const char *questions;
} grouping_case;

// clang-format off
static const grouping_case cases[] = {
    {"measure tells questions apart; wider joins narrower; a share answers with its product",
     {{'A', 1, "deployed", SOLDIERS, "~12000", "", ""},
      {'A', 2, "casualties", SOLDIERS, "~1/2", "Suderia", "of=0 derived=6000 cert=unverified"},
      {'B', 2, "killed", SOLDIERS, "~300", "reports", ""},
      {'B', 3, "losses", SOLDIERS, ">4600", "", ""}},
     "casualties: >4,600w[B3] ~6,000[A2]\nkilled: ~300[B2]\ndeployed: ~12,000[A1]"},
    {"subjects of one class and actor are one; another actor is another question",
     {{'A', 1, "killed", "Norlandish troops", "20", "", ""},
      {'B', 1, "killed", "Norlandish soldiers", "21", "", ""},
      {'C', 1, "killed", "Suderian troops", "7", "", ""}},
     "killed: 20[A1] 21[B1]\nkilled: 7[C1]"},
    {"a subject without actor joins the only one; of two it joins none",
     {{'A', 1, "killed", "Norlandish troops", "20", "", ""},
      {'B', 1, "killed", "soldiers", "20", "", ""},
      {'B', 2, "injured", "Norlandish troops", "5", "", ""},
      {'B', 3, "injured", "Suderian troops", "6", "", ""},
      {'B', 4, "injured", "soldiers", "11", "", ""}},
     "killed: 20[A1 B1]\ninjured: 11[B4]\ninjured: 6[B3]\ninjured: 5[B2]"},
    {"people are whoever is counted where the figures fit, and all of them where they do not",
     {{'A', 1, "trapped", "miners", "33", "", ""},
      {'B', 1, "trapped", "people", "33", "", ""},
      {'B', 2, "killed", "people", "18", "", ""},
      {'C', 2, "killed", "children", "7", "", ""}},
     "trapped: 33[A1 B1]\nkilled: 18[B2]\nkilled: 7[C2]"},
    {"an addition answers with its total, what it adds to is a part",
     {{'A', 1, "deployed", SOLDIERS, "~1500", "", ""},
      {'A', 2, "deployed", SOLDIERS, "~10000", "", "delta=0 derived=11500"},
      {'B', 1, "deployed", SOLDIERS, "~12000", "", ""},
      {'B', 2, "deployed", SOLDIERS, "50", "", "more"}},
     "deployed: ~11,500[A2] ~12,000[B1]\ndeployed: ~1,500[A1]\ndeployed: 50[B2]"},
    {"planned and done are two answers of one question; a caption gives way to its text; a denial is no answer",
     {{'A', 1, "evacuated", "people", "300", "Mayor Oda", "cert=planned"},
      {'B', 1, "evacuated", "people", "300", "", ""},
      {'B', 2, "evacuated", "people", "120", "", "caption"},
      {'C', 1, "evacuated", "people", "900", "Mayor Oda", "cert=denied"}},
     "evacuated: 300[B1] 300p[A1]"},
    {"one page agrees with itself: other places are other questions, and other pages' figures go to the nearest",
     {{'A', 1, "killed", "people", "40", "", "where=Vask"},
      {'A', 2, "killed", "people", "3", "", "where=Oda_Bay"},
      {'B', 1, "killed", "people", "3", "", ""},
      {'C', 1, "killed", "people", "42", "", ""}},
     "killed: 40[A1] 42[C1]\nkilled: 3[A2 B1]"},
    {"rates, units and years are questions of their own",
     {{'A', 1, "killed", "people", "30", "", "when=2031-05-02"},
      {'A', 2, "killed", "people", "5", "", "per=day"},
      {'A', 3, "killed", "people", "70", "", "when=2011-05-02"},
      {'B', 1, "cost", "repairs", "500", "", "unit=USD"},
      {'B', 2, "cost", "repairs", "500", "", "unit=EUR"}},
     "killed: 30[A1]\nkilled: 5[A2]\nkilled: 70[A3]\ncost: $500[B1]\ncost: €500[B2]"},
    {"a total over weeks is another question than one night, and totals of several pages are one",
     {{'A', 1, "killed", "people", ">=40", "", "says=At_least_40_died_in_the_blast."},
      {'A', 2, "killed", "people", ">=60", "", "says=60_have_died_since_the_siege_of_Vask_began."},
      {'B', 1, "killed", "people", "41", "", ""},
      {'B', 2, "killed", "people", ">62", "", "says=The_31_days_of_shelling_took_62_lives."},
      {'C', 1, "killed", "people", ">=66", "", "says=The_toll_to_date_is_66."}},
     "killed: ≥60[A2] >62[B2] ≥66[C1]\nkilled: ≥40[A1] 41[B1]"},
    {"what a page calls another event is one, and what it says of that event next goes with it",
     {{'A', 1, "killed", "people", "12", "", "says=12_died_when_the_bridge_fell."},
      {'A', 4, "killed", "people", "9", "", "says=Hours_earlier_9_died_on_another_bridge."},
      {'B', 1, "killed", "people", "12", "", ""},
      {'B', 2, "killed", "people", "10", "", "says=Elsewhere_a_second_bridge_took_10."}},
     "killed: 9[A4] 10[B2]\nkilled: 12[A1 B1]"},
    {"how badly people were hurt is a part of the injured",
     {{'A', 1, "injured", "people", "55", "", "says=55_were_hurt,_4_of_them_critically."},
      {'A', 1, "injured", "people", "4", "", "says=55_were_hurt,_4_of_them_critically."},
      {'B', 1, "injured", "people", "6", "", "says=Some_6_are_in_critical_condition."}},
     "injured: 4[A1] 6[B1]\ninjured: 55[A1]"},
    {"people of a place are people where the figures fit; one page's other people are not them",
     {{'A', 1, "killed", "Norlandish people", "40", "", ""},
      {'A', 2, "killed", "Suderian people", "9", "", ""},
      {'B', 1, "killed", "people", "41", "", ""},
      {'C', 1, "killed", "people", "~40", "", ""}},
     "killed: 40[A1] ~40[C1] 41[B1]\nkilled: 9[A2]"},
    {"two holders may differ widely on one page; one holder who says both speaks of two things",
     {{'A', 1, "missing", "people", "180", "Oda Council", ""},
      {'A', 2, "missing", "people", ">1000", "Relatives League", ""},
      {'B', 1, "trapped", "people", "80", "Oda Council", ""},
      {'B', 2, "trapped", "people", "7", "Oda Council", ""}},
     "missing: 180[A1] >1,000[A2]\ntrapped: 80[B1]\ntrapped: 7[B2]"},
    {"a share without a base is a question of its own",
     {{'A', 1, "killed", SOLDIERS, "2/5", "", "ofwords=the_first_wave"},
      {'B', 1, "killed", SOLDIERS, "300", "", ""}},
     "killed: 300[B1]\nkilled: 40%[A1]"},
};
// clang-format on

static size_t count_rows(const told *t)
{
    size_t n = 0;
    while (n < 8 && t[n].page)
        n++;
    return n;
}

static void claims_meet_in_questions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, cases[i].rows, count_rows(cases[i].rows));
        ds_ledger l;
        assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, DS_STR("range"), &l, NULL),
                         DS_OK);
        ds_str got = print_questions(w, &l);
        if (!ds_str_eq(got, ds_str_of(cases[i].questions)))
            print_message("%s\n", cases[i].what);
        assert_string_equal(got.at, cases[i].questions);
    }
}

typedef struct wording_case {
    told row;
    const char *text, *label;
} wording_case;

// clang-format off
static const wording_case wordings[] = {
    {{'A', 1, "killed", SOLDIERS, "3", "", ""}, "How many Norlandish soldiers were killed?", "Norlandish soldiers killed"},
    {{'A', 1, "killed", SOLDIERS, "3", "", "per=day"}, "How many Norlandish soldiers were killed a day?",
     "Norlandish soldiers killed a day"},
    {{'A', 1, "killed", SOLDIERS, "2/5", "", "ofwords=the_first_wave"}, "What share of the first wave was killed?",
     "the first wave killed"},
    {{'A', 1, "stranded", "tourists", "30", "", ""}, "How many tourists (stranded)?", "tourists (stranded)"},
    {{'A', 1, "killed", "", "3", "", ""}, "How many people were killed?", "people killed"},
    {{'A', 1, "distance", "the column", "7", "", "unit=km"}, "How far: the column?", "distance, the column"},
    {{'A', 1, "engineer", "engineers", "12", "", ""}, "How many engineers?", "engineers"},
    {{'A', 1, "halveters", "Halveters", "12", "", ""}, "How many Halveters?", "Halveters"},
    {{'A', 1, "say", "engineers", "12", "", ""}, "How many engineers?", "engineers"},
    {{'A', 1, "hold", "lake", "12", "", "unit=m3"}, "How much: lake (hold)?", "lake (hold)"},
    {{'A', 1, "hold", "", "12", "", "unit=m3 per=day"}, "How much (hold) a day?", "(hold) a day"},
    {{'A', 1, "duration", "day", "5", "", "unit=day"}, "How long?", "time"},
    {{'A', 1, "lost", "the mills", "5", "", "unit=mill"}, "How many of the mills (lost)?", "the mills (lost)"},
    {{'A', 1, "injured", "people", "5", "", "says=5_are_in_critical_condition."}, "How many people were critically injured?",
     "people critically injured"},
    {{'A', 1, "killed", "people", "3", "", "says=3_dead_in_two_separate_fires"}, "How many people were killed in several events?",
     "people killed in several events"},
};
// clang-format on

static void questions_are_worded_by_their_measure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, &wordings[i].row, 1);
        ds_ledger l;
        assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL),
                         DS_OK);
        assert_int_equal(l.questions_len, 1);
        assert_string_equal(l.questions[0].text.at, wordings[i].text);
        assert_string_equal(l.questions[0].label.at, wordings[i].label);
        assert_true(ds_str_eq(w->rows[0].question, l.questions[0].id));
    }
}

/* The id must not change when more pages tell the same. */
static void ids_are_stable_and_texts_differ(void **state)
{
    (void)state;
    static const told rows[] = {
        {'A', 1, "killed", SOLDIERS, "40", "", "where=Vask"},
        {'B', 1, "killed", SOLDIERS, "42", "", ""},
        {'B', 2, "killed", SOLDIERS, "3", "", "where=Oda_Bay"},
        {'B', 3, "killed", SOLDIERS, "40", "", "where=Vask"},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *one = told_world(a, rows, 1), *all = told_world(a, rows, 4);
    ds_ledger l, m;
    assert_int_equal(ds_reconcile(a, one->readings, &one->story, one->lex, (ds_str){0}, &l, NULL),
                     DS_OK);
    assert_int_equal(ds_reconcile(a, all->readings, &all->story, all->lex, (ds_str){0}, &m, NULL),
                     DS_OK);
    assert_int_equal(m.questions_len, 2);
    assert_int_equal(l.questions[0].id.len, 9);
    assert_string_equal(l.questions[0].id.at, m.questions[0].id.at);
    assert_string_not_equal(m.questions[1].id.at, m.questions[0].id.at);
    assert_string_equal(m.questions[1].text.at,
                        "How many Norlandish soldiers were killed in Oda Bay?");
}

// clang-format off
static const grouping_case scopes[] = {
    {"a count over several events is no count of one of them",
     {{'A', 0, "killed", "people", "4", "", "says=4_killed_in_Monday_crashes_across_Osterby"},
      {'A', 3, "killed", "people", "1", "", "says=In_the_first_crash_1_man_died."},
      {'B', 1, "killed", "people", "1", "", "says=1_man_died_on_the_bridge."}},
     "1: whole\n4: several events"},
    {"one and the same figure is of several events where a page mostly says so",
     {{'A', 0, "killed", "people", "1", "", "says=1_dead_in_two_separate_overnight_fires"},
      {'A', 1, "killed", "people", "1", "", "says=1_man_died_in_Osterby."}},
     "1: several events"},
    {"and of one where most pages do",
     {{'A', 0, "killed", "people", "1", "", "says=1_dead_in_two_fires"},
      {'B', 1, "killed", "people", "1", "", "says=1_man_died_in_Osterby."}},
     "1: whole"},
    {"plurals that tell of one event: murders of two, one of several, the latest of them",
     {{'A', 1, "killed", "people", "2", "", "says=He_was_held_in_the_murders_of_2_guards."},
      {'B', 1, "killed", "people", "2", "", "says=The_2_died_in_one_of_three_crashes."},
      {'C', 1, "killed", "people", "2", "", "says=2_died_in_the_latest_of_the_raids."}},
     "2: whole"},
    {"one of the people who died in several is told of one",
     {{'A', 1, "killed", "people", "1", "", "says=She_was_1_of_the_people_slain_in_the_raids."}},
     "1: whole"},
    {"several that open the sentence, and all of a town",
     {{'A', 1, "killed", "people", "3", "", "says=Five_crashes,_four_days,_3_people_dead."},
      {'B', 1, "killed", "people", "3", "", "says=3_were_shot_dead_citywide."}},
     "3: several events"},
    {"a total over a time that is not over; one is no total",
     {{'A', 1, "killed", "people", "150", "", "when=2031-01-01/2031-12-31 asof=2031-04-02"},
      {'B', 1, "killed", "people", "1", "", "says=1_died_in_the_10th_crash_this_year. when=2031-01-01/2031-12-31 asof=2031-04-02"}},
     "150: longer time\n1: whole"},
    {"another event, a part, other years",
     {{'A', 1, "killed", "people", "9", "", "says=9_died_hours_earlier_on_a_bridge. asof=2031-04-02"},
      {'A', 2, "killed", "people", "2", "", "part asof=2031-04-02"},
      {'A', 3, "killed", "people", "70", "", "when=2011-05-02 asof=2031-04-02"}},
     "9: other event\n2: part\n70: other years"},
    {"what was over two days before the first page is recalled, where other counts are of its days",
     {{'A', 1, "killed", "people", "3", "", "where=Osterby when=2031-05-01 page=2031-05-02"},
      {'A', 5, "killed", "people", "1", "", "where=Halvet when=2031-04-30"},
      {'B', 4, "killed", "people", "1", "", "where=Halvet when=2031-04-30 page=2031-05-06"}},
     "1: earlier event\n3: whole"},
    {"yesterday's is not, and nothing is where no count is later",
     {{'A', 1, "killed", "people", "3", "", "where=Osterby when=2031-05-01 page=2031-05-02"},
      {'A', 5, "killed", "people", "1", "", "where=Halvet when=2031-05-01"},
      {'B', 4, "injured", "people", "7", "", ""}},
     "3: whole\n1: whole\n7: whole"},
    {"all of a story that is days old when the first page comes",
     {{'A', 1, "killed", "people", "3", "", "when=2031-04-20 page=2031-05-02"},
      {'A', 5, "injured", "people", "1", "", "when=2031-04-20"}},
     "3: whole\n1: whole"},
    {"a headline tells news of some days ago, of a week ago it recalls",
     {{'A', 0, "killed", "people", "3", "", "when=2031-04-29 page=2031-05-02"},
      {'A', 1, "charged", "people", "1", "", "when=2031-05-01"},
      {'B', 0, "injured", "people", "8", "", "when=2031-04-22 page=2031-05-03"}},
     "3: whole\n8: earlier event\n1: whole"},
    {"a count over weeks that are past is a total",
     {{'A', 1, "killed", "people", "12", "", "when=2031-04-01/2031-04-30 page=2031-05-02"}},
     "12: longer time"},
    {"events that a page tells in turn behind a count over all of them",
     {{'A', 0, "killed", "people", "4", "", "says=4_killed_in_Monday_crashes_across_Osterby"},
      {'A', 3, "killed", "people", "3", "", "says=In_Osterby_3_people_died. where=Osterby"},
      {'A', 5, "killed", "people", "1", "", "says=In_Halvet_1_man_died. where=Halvet"}},
     "4: several events\n3: one of several events\n1: one of several events"},
    {"one that a page of its own tells too",
     {{'A', 0, "killed", "people", "4", "", "says=4_killed_in_Monday_crashes_across_Osterby"},
      {'A', 3, "killed", "people", "3", "", "says=In_Osterby_3_people_died. where=Osterby"},
      {'A', 5, "killed", "people", "1", "", "says=In_Halvet_1_man_died. where=Halvet"},
      {'B', 1, "killed", "people", "3", "", "says=In_Osterby_3_people_died. where=Osterby"}},
     "3: whole\n4: several events\n1: one of several events"},
};
// clang-format on

static void questions_have_a_scope(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, scopes[i].rows, count_rows(scopes[i].rows));
        ds_ledger l = told_ledger(w, (ds_str){0});
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < l.questions_len; k++) {
            ds_buf_puts(&b, k ? "\n" : "");
            ds_value_table(&b, &l.questions[k].answers[0].value, l.questions[k].unit);
            ds_buf_printf(&b, ": %s", ds_scope_name(l.questions[k].scope));
        }
        if (!ds_str_eq(ds_buf_str(&b), ds_str_of(scopes[i].questions)))
            print_message("%s\n", scopes[i].what);
        assert_string_equal(ds_buf_str(&b).at, scopes[i].questions);
    }
}

static void an_unknown_rule_is_refused(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, NULL, 0);
    ds_ledger l;
    ds_err err = {0};
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, DS_STR("guess"), &l, &err),
                     DS_BAD);
    assert_non_null(err.what);
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, &err), DS_OK);
    assert_int_equal(l.questions_len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_meet_in_questions),
        cmocka_unit_test(questions_are_worded_by_their_measure),
        cmocka_unit_test(ids_are_stable_and_texts_differ),
        cmocka_unit_test(questions_have_a_scope),
        cmocka_unit_test(an_unknown_rule_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
