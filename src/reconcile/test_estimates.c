/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates by each rule, and by date: a count that rises, one that falls by correction, one that splits by place. The
 * worked examples of docs/formats/questions.md stand here too. */
#include "reconcile/test_readings.h"

#define MINERS "miners"

static void put_end(ds_buf *b, bool has, ds_frac x)
{
    ds_buf_puts(b, b->len && b->at[b->len - 1] != ' ' ? " " : "");
    if (has)
        ds_frac_print(b, x, 4);
    else
        ds_buf_putc(b, '-');
}

/* "17 46 58": low, best, high. */
static void put_ends(ds_buf *b, const ds_step *s)
{
    put_end(b, s->has_low, s->low);
    put_end(b, s->has_best, s->best);
    put_end(b, s->has_high, s->high);
}

static ds_str print_estimate(ds_arena *a, const ds_estimate *e)
{
    ds_buf b = ds_buf_new(a);
    const ds_step s = {DS_DAY_NONE, e->has_low, e->has_best, e->has_high, e->low, e->best, e->high};
    put_ends(&b, &s);
    return ds_buf_str(&b);
}

/* "2031-05-02 17 - -; 2031-05-03 46 46 46" */
static ds_str print_steps(ds_arena *a, const ds_estimate *e)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < e->steps_len; i++) {
        ds_buf_puts(&b, i ? "; " : "");
        ds_day_print(&b, e->steps[i].day);
        put_ends(&b, &e->steps[i]);
    }
    ds_buf_putc(&b, ' ');
    return ds_str_trim(ds_buf_str(&b));
}

typedef struct rule_case {
    const char *name;
    told rows[10];
    const char *range, *median, *latest, *conservative, *ucdp;
    const char *steps; /* by rule range */
} rule_case;

// clang-format off
static const rule_case cases[] = {
    {"it rises from day to day",
     {{'A', 1, "killed", MINERS, ">=17", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "46", "Reva", "asof=2031-05-03"},
      {'C', 1, "killed", MINERS, "58", "Oda", "asof=2031-05-05"}, {'D', 1, "killed", MINERS, "58", "Reva", "asof=2031-05-05"}},
     "58 58 58", "58 58 58", "58 58 58", "58 58 58", "58 58 58",
     "2031-05-02 17 - -; 2031-05-03 46 - 46; 2031-05-05 58 58 58"},
    {"two origins of one day: the headline's figure before one further down",
     {{'A', 0, "killed", MINERS, "5", "", "asof=2031-05-02"}, {'B', 4, "killed", MINERS, "3", "Oda", "asof=2031-05-02"}},
     "3 - 5", "3 - 5", "3 5 5", "3 3 5", "3 3 5", "2031-05-02 3 - 5"},
    {"and neither where both stand equally far up",
     {{'A', 1, "killed", MINERS, "5", "", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "3", "Oda", "asof=2031-05-02"}},
     "3 - 5", "3 - 5", "3 - 5", "3 3 5", "3 3 5", "2031-05-02 3 - 5"},
    {"it falls by correction",
     {{'A', 1, "killed", MINERS, "60", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "60", "Reva", "asof=2031-05-02"},
      {'C', 1, "killed", MINERS, "47", "Lindal", "asof=2031-05-06"}},
     "47 60 60", "47 60 60", "47 47 47", "47 47 60", "47 47 60",
     "2031-05-02 60 60 60; 2031-05-06 47 60 60"},
    {"its own origin corrects it",
     {{'A', 1, "killed", MINERS, "60", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "47", "Oda", "asof=2031-05-06"}},
     "47 47 47", "47 47 47", "47 47 47", "47 47 47", "47 47 47",
     "2031-05-02 60 60 60; 2031-05-06 47 47 47"},
    {"three origins, none like the other",
     {{'A', 1, "killed", MINERS, "40", "Oda", ""}, {'B', 1, "killed", MINERS, "44", "Reva", ""}, {'C', 1, "killed", MINERS, "52", "medics", ""}},
     "40 - 52", "40 44 52", "40 - 52", "40 40 52", "40 40 52", ""},
    {"four origins, one of them far off: the lower middle",
     {{'A', 1, "killed", MINERS, "40", "Oda", ""}, {'B', 1, "killed", MINERS, "44", "Reva", ""}, {'C', 1, "killed", MINERS, "52", "", ""},
      {'D', 1, "killed", MINERS, "400", "talk", "cert=estimated"}},
     "40 - 400", "40 44 400", "40 - 400", "40 40 52", "40 40 400", ""},
    {"two origins that differ have no middle",
     {{'A', 1, "killed", MINERS, "40", "Oda", ""}, {'B', 1, "killed", MINERS, "50", "Reva", ""}},
     "40 - 50", "40 - 50", "40 - 50", "40 40 50", "40 40 50", ""},
    {"a holder who revises counts once",
     {{'A', 1, "killed", MINERS, "40", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "41", "Oda", "asof=2031-05-03"},
      {'C', 1, "killed", MINERS, "42", "Reva", "asof=2031-05-03"}, {'D', 1, "killed", MINERS, "55", "Lindal", "asof=2031-05-03"}},
     "41 - 55", "41 42 55", "41 - 55", "41 41 55", "41 41 55",
     "2031-05-02 40 40 40; 2031-05-03 41 - 55"},
    {"a holder who revises to what nobody else says counts there",
     {{'A', 1, "killed", MINERS, "40", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "60", "Oda", "asof=2031-05-04"},
      {'C', 1, "killed", MINERS, "40", "Reva", "asof=2031-05-06"}, {'D', 1, "killed", MINERS, "55", "Lindal", "asof=2031-05-06"}},
     "40 40 60", "40 55 60", "40 40 55", "40 40 60", "40 40 60",
     "2031-05-02 40 40 40; 2031-05-04 40 - 60; 2031-05-06 40 40 60"},
    {"an origin counts from the day on which it says so",
     {{'A', 1, "killed", MINERS, "58", "Oda", "asof=2031-05-03"}, {'B', 1, "killed", MINERS, "50", "Lindal", "asof=2031-05-03"},
      {'C', 1, "killed", MINERS, "58", "Reva", "asof=2031-05-09"}},
     "50 58 58", "50 58 58", "58 58 58", "50 50 58", "50 50 58",
     "2031-05-03 50 - 58; 2031-05-09 50 58 58"},
    {"a page in its own voice stands until a named holder says so",
     {{'A', 1, "killed", MINERS, "58", "", "asof=2031-05-03"}, {'B', 1, "killed", MINERS, "58", "Oda", "asof=2031-05-09"},
      {'C', 1, "killed", MINERS, "58", "Reva", "asof=2031-05-09"}},
     "58 58 58", "58 58 58", "58 58 58", "58 58 58", "58 58 58",
     "2031-05-03 58 58 58"},
    {"a later limit leaves the figure before it",
     {{'A', 1, "killed", MINERS, "60", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, ">=58", "Reva", "asof=2031-05-04"}},
     "58 - 60", "58 - 60", "58 60 -", "58 58 60", "58 58 60",
     "2031-05-02 60 60 60; 2031-05-04 58 - 60"},
    {"a later limit that excludes it takes it away",
     {{'A', 1, "killed", MINERS, "60", "Oda", "asof=2031-05-02"}, {'B', 1, "killed", MINERS, "<=50", "Reva", "asof=2031-05-04"}},
     "60 - 60", "60 - 60", "- - 50", "60 - 60", "60 60 60",
     "2031-05-02 60 60 60; 2031-05-04 60 - 60"},
    {"limits alone give no best",
     {{'A', 1, "killed", MINERS, "<=40", "Oda", ""}, {'B', 1, "killed", MINERS, "<=50", "Reva", ""}},
     "- - 50", "- - 50", "- - 50", "- - 50", "- - 50", ""},
    {"who is not sure counts for the high end of range alone",
     {{'A', 1, "killed", MINERS, "40", "Oda", ""}, {'B', 1, "killed", MINERS, "44", "Reva", ""}, {'C', 1, "killed", MINERS, "<=90", "talk", "cert=unverified"}},
     "40 - 90", "40 - 90", "40 - 90", "40 40 44", "40 40 44", ""},
    {"a vague word is coded by its low end",
     {{'A', 1, "killed", MINERS, "24?99", "Oda", ""}, {'B', 1, "killed", MINERS, "24?99", "Reva", ""}},
     "24 - 99", "24 - 99", "24 - 99", "- - -", "24 24 99", ""},
    {"unnamed reports give no best beside a named holder",
     {{'A', 1, "killed", MINERS, "30", "reports", ""}, {'B', 1, "killed", MINERS, "44", "Reva", ""}},
     "30 - 44", "30 - 44", "30 - 44", "30 30 44", "30 44 44", ""},
};
// clang-format on

static void each_rule_has_its_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rule_case *c = &cases[i];
        const char *const expected[] = {c->range, c->median, c->latest, c->conservative, c->ucdp};
        for (size_t k = 0; ds_rule_at(k); k++) {
            DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
            world *w = told_world(a, c->rows, told_count(c->rows, 10));
            ds_ledger l = told_ledger(w, ds_rule_at(k)->name);
            assert_int_equal(l.questions_len, 1);
            const ds_estimate *e = &l.questions[0].estimate;
            if (strcmp(print_estimate(a, e).at, expected[k]) != 0)
                fail_msg("%s, %s: %s, not %s (%s)", c->name, ds_rule_at(k)->name.at,
                         print_estimate(a, e).at, expected[k], e->why.at);
            assert_true(ds_str_eq(e->rule, ds_rule_at(k)->name));
            assert_true(e->why.len > 0);
            ds_str steps = print_steps(a, e);
            if (k == 0 && !ds_str_eq(steps, ds_str_of(c->steps)))
                fail_msg("%s: %.*s", c->name, DS_FMT(steps));
        }
    }
}

/* Two places of one page are two questions, each with its own figures. */
static void a_count_that_splits_by_place_has_two_estimates(void **state)
{
    (void)state;
    // clang-format off
    static const told rows[] = {
        {'A', 1, "killed", MINERS, "31", "Oda", "where=Vask asof=2031-05-02"}, {'A', 2, "killed", MINERS, "9", "Oda", "where=Halden asof=2031-05-02"},
        {'B', 1, "killed", MINERS, "31", "Reva", "where=Vask asof=2031-05-02"}, {'B', 2, "killed", MINERS, "12", "Oda", "where=Halden asof=2031-05-03"},
    };
    // clang-format on
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_ledger l = told_ledger(told_world(a, rows, 4), DS_STR("latest"));
    assert_int_equal(l.questions_len, 2);
    for (size_t i = 0; i < 2; i++) {
        bool vask = l.questions[i].answers_len == 1;
        assert_string_equal(print_estimate(a, &l.questions[i].estimate).at,
                            vask ? "31 31 31" : "12 12 12");
        assert_int_equal(l.questions[i].estimate.steps_len, vask ? 1 : 2);
    }
}

/* A finished story gets by another rule what it would have got from the start. */
static void a_finished_story_takes_another_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; ds_rule_at(k); k++) {
            DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
            size_t n = told_count(cases[i].rows, 10);
            world *w = told_world(a, cases[i].rows, n), *v = told_world(a, cases[i].rows, n);
            ds_ledger from_start = told_ledger(w, ds_rule_at(k)->name),
                      later = told_ledger(v, DS_STR(""));
            assert_int_equal(
                ds_reconcile_by(a, &v->story, DS_DAY_NONE, ds_rule_at(k)->name, &later, NULL),
                DS_OK);
            const ds_estimate *x = &from_start.questions[0].estimate,
                              *y = &later.questions[0].estimate;
            assert_string_equal(print_estimate(a, x).at, print_estimate(a, y).at);
            assert_string_equal(x->why.at, y->why.at);
            assert_true(ds_str_eq(print_steps(a, x), print_steps(a, y)));
        }
}

static void a_rule_that_is_none_is_refused(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, cases[0].rows, 2);
    ds_ledger l = {.origins = 99};
    ds_str best = DS_STR("best");
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, best, &l, NULL), DS_BAD);
    assert_int_equal(ds_reconcile_by(a, &w->story, DS_DAY_NONE, best, &l, NULL), DS_BAD);
    assert_int_equal(l.origins, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_has_its_figures),
        cmocka_unit_test(a_count_that_splits_by_place_has_two_estimates),
        cmocka_unit_test(a_finished_story_takes_another_rule),
        cmocka_unit_test(a_rule_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
