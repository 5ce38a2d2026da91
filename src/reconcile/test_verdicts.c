/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts, states, estimates and origins; the event is invented. */
#include "reconcile/test_readings.h"

#define MINERS "miners"

static size_t count_rows(const told *t)
{
    size_t n = 0;
    while (n < 8 && t[n].page)
        n++;
    return n;
}

static void put_end(ds_buf *b, bool has, ds_frac x)
{
    ds_buf_putc(b, ' ');
    if (has)
        ds_frac_print(b, x, 4);
    else
        ds_buf_putc(b, '-');
}

/* "conflict x20 | 300 - 6000 | 3" : state, factor, low best high, origins of the first question. */
static ds_str print_state(world *w, const ds_question *q)
{
    ds_buf b = ds_buf_new(w->a);
    ds_buf_puts(&b, ds_state_name(q->state));
    if (q->has_factor) {
        ds_buf_putc(&b, ' ');
        ds_factor_text(&b, q->factor);
    }
    ds_buf_puts(&b, " |");
    put_end(&b, q->estimate.has_low, q->estimate.low);
    put_end(&b, q->estimate.has_best, q->estimate.best);
    put_end(&b, q->estimate.has_high, q->estimate.high);
    ds_buf_printf(&b, " | %zu", q->origins_len);
    return ds_buf_str(&b);
}

typedef struct verdict_case {
    told rows[8];
    const char *verdict; /* of the first pair; NULL: no pair */
    const char *why;     /* NULL: not looked at */
    const char *state;
} verdict_case;

// clang-format off
static const verdict_case cases[] = {
    /* same, within about, refines, overlap, conflicts */
    {{{'A', 1, "killed", MINERS, "40", "", ""}, {'B', 1, "killed", MINERS, "~40", "", ""}}, "same", "the same figure", "agree | 40 40 40 | 2"},
    {{{'A', 1, "killed", MINERS, "~11000", "", ""}, {'B', 1, "killed", MINERS, "~12000", "", ""}}, "overlap", "within “about” they overlap",
     "agree | 11000 - 12000 | 2"},
    {{{'A', 1, "killed", MINERS, "~300", "", ""}, {'B', 1, "killed", MINERS, "<=1000", "", ""}}, "refines", "about 300 lies within up to 1,000",
     "apart ×3.3 | 300 - 1000 | 2"},
    {{{'A', 1, "killed", MINERS, "<=1000", "", ""}, {'B', 1, "killed", MINERS, "<=4000", "", ""}}, "overlap",
     "both leave the low end open; their tops differ ×4", "apart ×4 | - - 4000 | 2"},
    {{{'A', 1, "killed", MINERS, "300", "", ""}, {'B', 1, "killed", MINERS, "6000", "", ""}}, "conflicts", "300 and 6,000 exclude each other",
     "conflict ×20 | 300 - 6000 | 2"},
    {{{'A', 1, "killed", MINERS, "~300", "", ""}, {'B', 1, "killed", MINERS, "~340", "", ""}}, "overlap", NULL, "agree | 300 - 340 | 2"},
    {{{'A', 1, "killed", MINERS, "~300", "", ""}, {'B', 1, "killed", MINERS, "~380", "", ""}}, "conflicts", NULL, "conflict ×1.3 | 300 - 380 | 2"},
    {{{'A', 1, "killed", MINERS, ">=43", "", ""}, {'B', 1, "killed", MINERS, "40", "", ""}}, "conflicts", NULL, "conflict ×1.1 | 40 - - | 2"},
    {{{'A', 1, "killed", MINERS, "10..15", "", ""}, {'B', 1, "killed", MINERS, "12", "", ""}}, "refines", "12 lies within 10 to 15",
     "agree | 10 - 15 | 2"},
    /* vague never conflicts, up to never with a smaller one */
    {{{'A', 1, "killed", MINERS, "24?99", "", ""}, {'B', 1, "killed", MINERS, "200", "", ""}}, "overlap", "dozens is too vague to conflict",
     "agree | 200 - 200 | 2"},
    {{{'A', 1, "killed", MINERS, "3", "", ""}, {'B', 1, "killed", MINERS, "<=100000", "", ""}}, "refines", NULL, "apart ×33,333 | 3 - 100000 | 2"},
    /* updates: a later state of a rising count, a restatement, and neither of them */
    {{{'A', 1, "killed", MINERS, "4", "", "asof=2031-05-01"}, {'B', 1, "killed", MINERS, "31", "", "asof=2031-05-02"}}, "updates",
     "31 (2 May) is later than 4 (1 May) and higher", "agree | 31 - 31 | 2"},
    {{{'A', 1, "killed", MINERS, ">=600", "", "asof=2031-05-01"}, {'B', 1, "killed", MINERS, ">640", "", "asof=2031-05-02"}}, "updates", NULL,
     "agree | 640 - - | 2"},
    {{{'A', 1, "killed", MINERS, "31", "", "asof=2031-05-01"}, {'B', 1, "killed", MINERS, "4", "", "asof=2031-05-02"}}, "conflicts", NULL,
     "conflict ×7.8 | 4 - 31 | 2"},
    {{{'A', 1, "killed", MINERS, "31", "Mayor Oda", "asof=2031-05-01"}, {'B', 1, "killed", MINERS, "4", "Mayor Oda", "asof=2031-05-02"}}, "updates",
     "4 (2 May) is later than 31 (1 May), from the same origin", "one origin | 4 4 4 | 1"},
    {{{'A', 1, "killed", MINERS, "4", "", ""}, {'B', 1, "killed", MINERS, "31", "", "asof=2031-05-02"}}, "conflicts", NULL, "conflict ×7.8 | 4 - 31 | 2"},
    /* planned does not conflict with done and stays out of the estimate */
    {{{'A', 1, "deployed", MINERS, "300", "", "cert=planned"}, {'B', 1, "deployed", MINERS, "120", "", ""}}, "overlap",
     "one is planned or possible, the other done", "agree | 120 - 120 | 2"},
    {{{'A', 1, "deployed", MINERS, "<=300", "Oda", "cert=possible"}}, NULL, NULL, "one page | - - 300 | 1"},
    /* wider: bounds from above only */
    {{{'A', 1, "casualties", MINERS, "300", "", ""}, {'B', 1, "losses", MINERS, ">4600", "", ""}}, "refines", "over 4,600 counts more than is asked",
     "agree | 300 - 300 | 2"},
    {{{'A', 1, "casualties", MINERS, "300", "", ""}, {'B', 1, "losses", MINERS, "200", "", ""}}, "conflicts", NULL, "conflict | 300 - 300 | 2"},
    {{{'A', 1, "casualties", MINERS, "300", "Oda", ""}, {'B', 1, "losses", MINERS, "300", "Oda", ""}}, "drift", NULL, "one origin | 300 300 300 | 1"},
    /* one origin, one page */
    {{{'A', 1, "killed", MINERS, "-70", "", ""}}, NULL, NULL, "one page | - 70 70 | 1"},
    {{{'A', 1, "killed", MINERS, ">70", "Oda", ""}, {'B', 1, "killed", MINERS, ">70", "Oda", ""}}, NULL, NULL, "one origin | 70 - - | 1"},
};
// clang-format on

static void answers_get_verdict_state_and_estimate(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, cases[i].rows, count_rows(cases[i].rows));
        ds_ledger l;
        assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL),
                         DS_OK);
        assert_int_equal(l.questions_len, 1);
        const ds_question *q = &l.questions[0];
        assert_string_equal(print_state(w, q).at, cases[i].state);
        assert_int_equal(q->pairs_len, cases[i].verdict ? 1 : 0);
        if (cases[i].verdict)
            assert_string_equal(ds_verdict_name(q->pairs[0].verdict), cases[i].verdict);
        if (cases[i].why)
            assert_string_equal(q->pairs[0].why.at, cases[i].why);
    }
}

typedef struct best_case {
    told rows[8];
    const char *state, *why;
} best_case;

// clang-format off
static const best_case bests[] = {
    {{{'A', 1, "killed", MINERS, "40", "", ""}, {'B', 1, "killed", MINERS, "40", "Oda", ""}, {'B', 2, "killed", MINERS, "41", "Reva", ""},
      {'C', 1, "killed", MINERS, "~40", "medics", ""}},
     "conflict | 40 40 41 | 3", "40 has two origins, more than any other figure"},
    {{{'A', 1, "killed", MINERS, "40", "", ""}, {'B', 1, "killed", MINERS, "40", "", ""}, {'C', 1, "killed", MINERS, "~44", "", ""},
      {'D', 1, "killed", MINERS, "44", "", ""}},
     "conflict ×1.1 | 40 - 44 | 4", "40 and 44 have two origins each"},
    {{{'A', 1, "killed", MINERS, "<=40", "", ""}, {'B', 1, "killed", MINERS, "<=50", "", ""}},
     "agree | - - 50 | 2", "all that is known is a limit; each “up to” leaves room for the others"},
    {{{'A', 1, "killed", MINERS, "40", "", ""}, {'B', 1, "killed", MINERS, "<=90", "talk", "cert=unverified"}},
     "apart ×2.3 | 40 - 90 | 2", "no two origins agree; each “up to” leaves room for the others; high 40 without the unverified"},
    {{{'A', 1, "killed", MINERS, "40", "", ""}, {'B', 1, "killed", MINERS, "44", "", "cert=planned"}},
     "agree | 40 - 40 | 2", "the one figure that is left has one origin; planned and possible figures are left out"},
};
// clang-format on

static void best_needs_two_origins(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bests / sizeof *bests; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, bests[i].rows, count_rows(bests[i].rows));
        ds_ledger l;
        assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL),
                         DS_OK);
        assert_string_equal(print_state(w, &l.questions[0]).at, bests[i].state);
        assert_string_equal(l.questions[0].estimate.why.at, bests[i].why);
    }
}

/* ---- origins --------------------------------------------------------------------------------------------------- */

static void origins_are_holders_not_pages(void **state)
{
    (void)state;
    static const told rows[] = {
        {'A', 1, "captured", MINERS, "2", "Volodar Zelinsky", ""},
        {'B', 1, "captured", MINERS, "2", "Zelinskyy", ""},
        {'C', 1, "captured", MINERS, "2", "", ""},
        {'D', 1, "captured", MINERS, "3", "reports", ""},
        {'E', 1, "captured", MINERS, "3", "reports", ""},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, 5);
    ds_ledger l;
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    const ds_question *q = &l.questions[0];
    assert_int_equal(q->origins_len,
                     3); /* the holder, and unnamed reports in two pages; C adds nothing */
    assert_int_equal(l.origins, 3);
    assert_string_equal(q->origins[0].name.at, "Volodar Zelinsky");
    assert_string_equal(q->origins[0].why.at, "holder");
    assert_int_equal(q->answers[0].rows_len, 3);
    assert_int_equal(q->answers[0].origins_len, 1);
    assert_string_equal(w->rows[0].origin.at, "o1");
    assert_string_equal(w->rows[1].origin.at, "o1");
    assert_string_equal(w->rows[2].origin.at, "o2");
}

static void copies_and_credits_join_origins(void **state)
{
    (void)state;
    static const told rows[] = {
        {'A', 1, "killed", MINERS, "40", "medics", ""},
        {'B', 7, "killed", MINERS, "40", "medics", ""},
        {'C', 1, "killed", MINERS, "40", "", ""},
        {'C', 2, "injured", MINERS, "5", "", ""},
    };
    static const ds_copy copy = {
        .from_member = 0, .from_sentence = 1, .to_member = 1, .to_sentence = 7, .words = 9};
    static const ds_str credited[] = {DS_STR_INIT("THEVASKPOST")};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, 4);
    w->story.copies = &copy;
    w->story.copies_len = 1;
    w->articles[0].publisher = DS_STR("The Vask Post");
    w->articles[2].credited = (ds_strs){credited, 1};
    ds_ledger l;
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    assert_int_equal(l.questions[0].origins_len, 1);
    assert_string_equal(w->rows[1].origin.at, w->rows[0].origin.at);
    assert_string_equal(w->rows[2].origin.at, w->rows[0].origin.at);
    assert_string_not_equal(w->rows[3].origin.at, w->rows[0].origin.at);
    assert_string_equal(l.questions[0].origins[0].why.at, "via credit");
}

/* What is said for one organization has one origin where the figure is one; a page that repeats its own source too. */
static void those_who_speak_for_one_are_one(void **state)
{
    (void)state;
    static const told rows[] = {
        {'A', 1, "killed", MINERS, "30", "Ada Holm",
         "says=30_are_dead,_said_Ada_Holm,_who_ran_to_NATO_last_year."},
        {'A', 2, "killed", MINERS, "40", "Bo Lund",
         "says=40_are_dead,_said_Bo_Lund_of_the_Red_Cross."},
        {'B', 1, "killed", MINERS, "40", "Cy Marsh",
         "says=Red_Cross_spokesman_Cy_Marsh_speaks_of_40."},
        {'C', 1, "killed", MINERS, "40", "NATO", "says=NATO_counts_40."},
        {'C', 2, "killed", MINERS, "40", "", "says=The_40_were_buried."},
        {'D', 1, "killed", MINERS, "40", "", "says=All_40_are_dead."},
        {'D', 2, "killed", MINERS, "30", "Cy Marsh", "says=Mr_Marsh_spoke_of_30_then."},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, 7);
    ds_ledger l;
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    static const char *const want[] = {"o1", "o2", "o2", "o3", "o3", "o4", "o5"};
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(w->rows[i].origin.at, want[i]);
    assert_string_equal(l.questions[0].origins[1].why.at, "speaks for Red Cross");
    assert_string_equal(l.questions[0].origins[2].why.at, "same page");
}

/* A note of correction takes back what its page printed, a holder what it gave; others' denials do not. */
static void what_is_taken_back_answers_nothing(void **state)
{
    (void)state;
    static const told rows[] = {
        {'A', 1, "killed", MINERS, "70", "Oda Council", ""},
        {'A', 2, "killed", MINERS, "17", "Harbour Board", ""},
        {'A', 9, "killed", MINERS, "70", "",
         "says=An_earlier_version_of_this_page_spoke_of_70,_not_of_17."},
        {'B', 1, "killed", MINERS, "70", "", ""},
        {'C', 1, "killed", MINERS, "24", "Vask Clinic", ""},
        {'C', 2, "killed", MINERS, "24", "Vask Clinic", "cert=denied"},
        {'D', 1, "killed", MINERS, "17", "Mayor Holm", "cert=denied"},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, 7);
    ds_ledger l;
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    assert_string_equal(w->rows[0].flag.at, "withdrawn A9");
    assert_null(w->rows[1].flag.at); /* a denial of the mayor's */
    assert_null(w->rows[3].flag.at); /* a page that still prints it */
    assert_string_equal(w->rows[4].flag.at, "withdrawn C2");
    const ds_question *q = &l.questions[0];
    assert_int_equal(q->answers_len, 2);
    assert_int_equal(q->answers[0].value.best.num, 17);
    assert_int_equal(q->answers[1].rows_len, 1);
    bool linked = false;
    for (size_t i = 0; i < q->ties_len; i++)
        linked |= q->ties[i].row == 0 && q->ties[i].with == 2 &&
                  ds_str_eq(q->ties[i].why, DS_STR("taken back"));
    assert_true(linked);
}

/* ---- hunger ------------------------------------------------------------------------------------------------------ */

static const told hungry[] = {
    {'A', 1, "deployed", MINERS, "~11000", "", "where=Vask"},
    {'A', 2, "casualties", MINERS, "<=1/2", "estimates", "of=0 derived=5500 equals=2"},
    {'A', 2, "casualties", MINERS, "~300", "estimates", "equals=1"},
    {'B', 1, "killed", MINERS, "40", "Oda", "asof=2031-05-02"},
    {'B', 2, "killed", "Suderian miners", "3", "Volodar Oda", "per=day"},
};

/* Every budget gives DS_NOMEM with nothing changed, or the right answer. */
static void hunger_leaves_the_story_alone(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *keep = ds_arena_new(0, 1 << 24);
    world *w = told_world(keep, hungry, 5);
    bool done = false;
    for (size_t budget = 0; !done && budget < (1 << 20); budget += budget < 4096 ? 61 : 997) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, budget);
        ds_ledger l = {.origins = 99};
        ds_err err = {0};
        if (!a)
            continue;
        ds_status st = ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, &err);
        if (st == DS_NOMEM) {
            assert_int_equal(l.origins, 99);
            assert_null(w->rows[1].question.at);
            assert_null(w->rows[1].flag.at);
            continue;
        }
        assert_int_equal(st, DS_OK);
        assert_int_equal(l.questions_len, 4);
        assert_int_equal(l.flags_len, 1);
        done = true;
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_get_verdict_state_and_estimate),
        cmocka_unit_test(best_needs_two_origins),
        cmocka_unit_test(origins_are_holders_not_pages),
        cmocka_unit_test(copies_and_credits_join_origins),
        cmocka_unit_test(those_who_speak_for_one_are_one),
        cmocka_unit_test(what_is_taken_back_answers_nothing),
        cmocka_unit_test(hunger_leaves_the_story_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
