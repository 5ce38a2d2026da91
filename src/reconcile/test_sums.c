/* SPDX-License-Identifier: Apache-2.0 */
/* What does not add up, what does, and drift; the events are invented. */
#include "reconcile/test_readings.h"

#define MINERS "miners"
#define TROOPS "Norlandish soldiers"

typedef struct flag_case {
    told rows[8];
    const char *finding; /* NULL: nothing to find */
    const char *sum;     /* of the flag; NULL: drift has none */
    const char *marks;   /* of the rows, by commas */
    uint32_t sums;       /* checked */
} flag_case;

// clang-format off
static const flag_case flags[] = {
    /* A1. "up to half of the 11,000 sent - around 300 -" */
    {{{'B', 7, "deployed", MINERS, "~11000", "", ""}, {'B', 9, "casualties", MINERS, "<=1/2", "estimates", "of=0 derived=5500 equals=2"},
      {'B', 9, "casualties", MINERS, "~300", "estimates", "equals=1"}},
     "B against itself: 300 is not half of 11,000", "up to half × 11,000 = 5,500 ≠ about 300", ",sum B9,sum B9", 1},
    /* the same without the dashes: a bound leaves room */
    {{{'B', 7, "deployed", MINERS, "~11000", "", ""}, {'B', 9, "casualties", MINERS, "<=1/2", "estimates", "of=0 derived=5500"},
      {'B', 9, "casualties", MINERS, "~300", "estimates", ""}}, NULL, NULL, ",,", 1},
    {{{'A', 1, "deployed", MINERS, "120", "", ""}, {'A', 1, "killed", MINERS, ">1/2", "", "of=0 derived=60 equals=2"},
      {'A', 1, "killed", MINERS, "70", "", "equals=1"}}, NULL, NULL, ",,", 1},
    {{{'A', 1, "deployed", MINERS, "120", "", ""}, {'A', 1, "killed", MINERS, "1/3", "", "of=0 derived=40 equals=2"},
      {'A', 1, "killed", MINERS, "41", "", "equals=1"}}, NULL, NULL, ",,", 1},
    {{{'A', 1, "deployed", MINERS, "120", "", ""}, {'A', 2, "killed", MINERS, "1/3", "", "of=0 derived=40"},
      {'A', 3, "killed", MINERS, "80", "", ""}}, "A against itself: 80 is not a third of 120", "a third × 120 = 40 ≠ 80", ",sum A3,sum A3", 3},
    /* another origin answers for itself */
    {{{'A', 1, "deployed", MINERS, "120", "", ""}, {'A', 2, "killed", MINERS, "1/3", "Oda", "of=0 derived=40"},
      {'A', 3, "killed", MINERS, "80", "Reva", ""}}, NULL, NULL, ",,", 0},
    /* a share is no count beside its own base */
    {{{'A', 1, "protesters", MINERS, "~200", "", ""}, {'A', 2, "protesters", MINERS, "~1/2", "", "of=0 derived=100"}}, NULL, NULL, ",", 0},
    /* A2, A4. a part larger than its whole, parts that make more than it */
    {{{'A', 1, "buildings", "homes", "400", "", "unit=home"}, {'A', 2, "buildings", "homes", "2200", "", "unit=home part"}},
     "A against itself: 2,200 damaged in a part, more than the whole: 400 damaged", "2,200 > 400", "sum A2,sum A2", 1},
    {{{'A', 1, "buildings", "homes", "400", "", "unit=home"}, {'A', 5, "buildings", "homes", "2200", "", "unit=home part"}}, NULL, NULL, ",", 0},
    /* a list of events: what stands side by side counts different ones */
    {{{'A', 1, "killed", MINERS, "12", "", ""}, {'A', 2, "killed", MINERS, "27", "", "part"}, {'A', 3, "killed", MINERS, "26", "", ""},
      {'A', 5, "killed", MINERS, "14", "", ""}, {'A', 7, "killed", MINERS, "22", "", ""}, {'A', 9, "killed", MINERS, "49", "", ""},
      {'A', 11, "killed", MINERS, "58", "", ""}}, NULL, NULL, ",,,,,,", 0},
    {{{'A', 1, "buildings", "homes", ">400", "", "unit=home"}, {'A', 2, "buildings", "homes", "2200", "", "unit=home part"}}, NULL, NULL, ",", 1},
    {{{'A', 1, "killed", MINERS, "12", "", ""}, {'A', 1, "killed", MINERS, "7", "", "part"}, {'A', 1, "killed", MINERS, "9", "", "part"}},
     "A against itself: the parts make 16, the whole is 12", "7 + 9 = 16 > 12", "sum A1,sum A1,sum A1", 3},
    {{{'A', 1, "killed", MINERS, "16", "", ""}, {'A', 1, "killed", MINERS, "7", "", "part"}, {'A', 1, "killed", MINERS, "9", "", "part"}}, NULL, NULL, ",,", 4},
    {{{'A', 1, "killed", MINERS, "~15", "", ""}, {'A', 1, "killed", MINERS, "7", "", "part"}, {'A', 1, "killed", MINERS, "9", "", "part"}}, NULL, NULL, ",,", 3},
    {{{'A', 1, "killed", MINERS, "24?99", "", ""}, {'A', 1, "killed", MINERS, "70", "", "part"}, {'A', 1, "killed", MINERS, "90", "", "part"}}, NULL, NULL, ",,", 0},
    /* A3. killed within casualties */
    {{{'A', 1, "killed", MINERS, "90", "", ""}, {'A', 4, "casualties", MINERS, "60", "", ""}},
     "A against itself: 90 killed is more than 60 killed or injured", "90 > 60", "sum A1,sum A1", 1},
    {{{'A', 1, "killed", MINERS, "90", "", ""}, {'A', 4, "casualties", MINERS, ">60", "", ""}}, NULL, NULL, ",", 1},
    {{{'A', 1, "killed", MINERS, "90", "Oda", ""}, {'A', 4, "casualties", MINERS, "60", "Reva", ""}}, NULL, NULL, ",", 0},
    {{{'A', 1, "killed", MINERS, "90", "", ""}, {'A', 4, "casualties", MINERS, "24?99", "", ""}}, NULL, NULL, ",", 0},
    /* other people, another place, another time, only feared */
    {{{'A', 1, "killed", MINERS, "90", "", ""}, {'A', 4, "casualties", "nurses", "60", "", ""}}, NULL, NULL, ",", 0},
    {{{'A', 1, "killed", MINERS, "90", "", "where=Vask"}, {'A', 4, "casualties", MINERS, "60", "", "where=Halden"}}, NULL, NULL, ",", 0},
    {{{'A', 1, "killed", MINERS, "90", "", "when=2031-05-02"}, {'A', 4, "casualties", MINERS, "60", "", "when=2031-05-04"}}, NULL, NULL, ",", 0},
    {{{'A', 1, "killed", MINERS, "90", "", "cert=possible"}, {'A', 4, "casualties", MINERS, "60", "", ""}}, NULL, NULL, ",", 0},
    {{{'A', 1, "killed", MINERS, "90", "", "cert=denied"}, {'A', 4, "casualties", MINERS, "60", "", ""}}, NULL, NULL, ",", 0},
    /* A6. a rate over a time */
    {{{'A', 1, "killed", MINERS, "1000", "", "per=day"}, {'A', 1, "duration", "the siege", "2", "", "unit=week"},
      {'A', 1, "killed", MINERS, "30000", "", ""}}, "A against itself: 1,000 a day for 2 weeks makes 14,000, not 30,000",
      "1,000 × 2 weeks = 14,000 ≠ 30,000", "sum A1,,sum A1", 1},
    {{{'A', 1, "killed", MINERS, "1000", "", "per=day"}, {'A', 1, "duration", "the siege", "30", "", "unit=day"},
      {'A', 1, "killed", MINERS, "30000", "", ""}}, NULL, NULL, ",,", 1},
    {{{'A', 1, "killed", MINERS, "1000", "", "per=day"}, {'A', 1, "duration", "the siege", "4", "", "unit=week"},
      {'A', 1, "killed", MINERS, "33000", "", ""}}, NULL, NULL, ",,", 1},
    /* of several times and sums those beside it that fit best */
    {{{'A', 1, "killed", MINERS, "100", "", "per=day"}, {'A', 1, "duration", "the siege", "2", "", "unit=week"},
      {'A', 1, "killed", MINERS, "1400", "", ""}, {'A', 1, "killed", MINERS, "1000", "", "per=day"},
      {'A', 1, "duration", "the siege", "4", "", "unit=week"}, {'A', 1, "killed", MINERS, "30000", "", ""}}, NULL, NULL, ",,,,,", 2},
    {{{'A', 1, "duration", "the siege", "2", "", "unit=week"}, {'A', 1, "killed", MINERS, "1400", "", ""},
      {'A', 1, "killed", MINERS, "100", "", "per=day"}, {'A', 1, "duration", "the siege", "4", "", "unit=week"},
      {'A', 1, "killed", MINERS, "30000", "", ""}, {'A', 1, "killed", MINERS, "1000", "", "per=day"}}, NULL, NULL, ",,,,,", 2},
    /* A7. what is added */
    {{{'A', 1, "killed", MINERS, "46", "", ""}, {'A', 2, "killed", MINERS, "12", "", "delta=0 derived=58"}, {'A', 2, "killed", MINERS, "68", "", ""}},
     "A against itself: 46 and another 12 make 58, not 68", "46 + 12 = 58 ≠ 68", "sum A2,sum A2,sum A2", 2},
    {{{'A', 1, "killed", MINERS, "46", "", ""}, {'A', 2, "killed", MINERS, "12", "", "delta=0 derived=58"}, {'A', 2, "killed", MINERS, "58", "", ""}}, NULL, NULL, ",,", 2},
    {{{'A', 1, "killed", MINERS, ">=46", "", ""}, {'A', 2, "killed", MINERS, "12", "", "delta=0 derived=58"}, {'A', 2, "killed", MINERS, "68", "", ""}}, NULL, NULL, ",,", 2},
    /* A8. killed and injured */
    {{{'A', 2, "casualties", MINERS, "100", "", ""}, {'A', 2, "killed", MINERS, "40", "", ""}, {'A', 2, "injured", MINERS, "90", "", ""}},
     "A against itself: 40 killed and 90 injured make 130, more than 100 killed or injured", "40 + 90 = 130 > 100", "sum A2,sum A2,sum A2", 1},
    {{{'A', 2, "casualties", MINERS, "~125", "", ""}, {'A', 2, "killed", MINERS, "40", "", ""}, {'A', 2, "injured", MINERS, "90", "", ""}}, NULL, NULL, ",,", 1},
    {{{'A', 2, "launched", "drones", "80", "", "unit=drone"}, {'A', 3, "intercepted", "drones", "61", "", "unit=drone"}, {'A', 3, "landed", "drones", "24", "", "unit=drone"}},
     "A against itself: 61 shot down and 24 landed make 85, more than 80 launched", "61 + 24 = 85 > 80", "sum A2,sum A2,sum A2", 3},
    {{{'A', 2, "launched", "drones", "80", "", "unit=drone"}, {'A', 3, "intercepted", "drones", "61", "", "unit=drone"}, {'A', 3, "landed", "drones", "<=24", "", "unit=drone"}}, NULL, NULL, ",,", 3},
    /* A9. what was sent against what was lost, withdrawn and is left */
    {{{'A', 1, "deployed", TROOPS, "1500", "", ""}, {'A', 5, "casualties", TROOPS, "2000", "", ""}},
     "A against itself: 2,000 killed or injured is more than 1,500 sent", "2,000 > 1,500", "sum A5,sum A5", 1},
    {{{'A', 1, "deployed", TROOPS, "1500", "", ""}, {'A', 5, "casualties", "Suderian soldiers", "2000", "", ""}}, NULL, NULL, ",", 0},
    {{{'A', 1, "deployed", TROOPS, "1500", "", ""}, {'A', 2, "losses", TROOPS, "700", "", ""}, {'A', 2, "strength", TROOPS, "1100", "", ""}},
     "A against itself: 700 killed, injured, missing or captured and 1,100 in service make 1,800, more than 1,500 sent",
     "700 + 1,100 = 1,800 > 1,500", "sum A1,sum A1,sum A1", 2},
    {{{'A', 1, "deployed", TROOPS, "1500", "", ""}, {'A', 2, "losses", TROOPS, "<=700", "", ""}, {'A', 2, "strength", TROOPS, "1100", "", ""}}, NULL, NULL, ",,", 2},
    /* each can hold, but not all */
    {{{'A', 2, "killed", TROOPS, ">=45", "", ""}, {'A', 2, "injured", TROOPS, ">=40", "", ""}, {'A', 3, "casualties", TROOPS, "<=90", "", ""},
      {'A', 4, "losses", TROOPS, "110", "", ""}, {'A', 4, "captured", TROOPS, "20", "", ""}, {'A', 4, "missing", TROOPS, "15", "", ""}},
     "A against itself: two sums cannot both hold",
     "at least 45 killed + at least 40 injured ≤ up to 90 killed or injured; up to 90 killed or injured + 20 captured + 15 missing"
     " ≤ 110 killed, injured, missing or captured", "sum A4,sum A4,sum A4,sum A4,sum A4,sum A4", 10},
    {{{'A', 2, "killed", TROOPS, ">=45", "", ""}, {'A', 2, "injured", TROOPS, ">=40", "", ""}, {'A', 3, "casualties", TROOPS, "<=90", "", ""},
      {'A', 4, "losses", TROOPS, "120", "", ""}, {'A', 4, "captured", TROOPS, "20", "", ""}, {'A', 4, "missing", TROOPS, "15", "", ""}},
     NULL, NULL, ",,,,,", 10},
    /* half of 60 to 100 may be 45, but not where these are no more than 70 */
    {{{'A', 1, "deployed", MINERS, "60..100", "", "part"}, {'A', 1, "deployed", MINERS, "70", "", ""},
      {'A', 2, "casualties", MINERS, "1/2", "", "of=0 derived=40"}, {'A', 3, "casualties", MINERS, "45", "", ""}},
     "A against itself: two sums cannot both hold",
     "60 to 100 sent ≤ 70 sent; half × 60 to 100 sent = 45 killed or injured", "sum A3,sum A3,sum A3,sum A3", 4},
    /* drift */
    {{{'B', 2, "killed", MINERS, "~300", "reports", ""}, {'B', 9, "casualties", MINERS, "~300", "estimates", ""}},
     "B: the same number, 300, as killed or injured and as killed", NULL, "drift B9,drift B2", 0},
    {{{'B', 2, "killed", MINERS, "2", "reports", ""}, {'B', 9, "casualties", MINERS, "2", "estimates", ""}}, NULL, NULL, ",", 0},
    {{{'B', 2, "killed", MINERS, "30", "", ""}, {'B', 9, "injured", MINERS, "30", "", ""}}, NULL, NULL, ",", 0},
    {{{'A', 2, "killed", MINERS, "30", "Oda", ""}, {'B', 9, "casualties", MINERS, "30", "Oda", ""}},
     "B and A: the same number, 30, as killed or injured and as killed", NULL, "drift B9,drift A2", 0},
    {{{'A', 2, "killed", MINERS, "30", "", ""}, {'B', 9, "casualties", MINERS, "30", "", ""}}, NULL, NULL, ",", 0},
};
// clang-format on

static ds_str print_marks(const world *w, size_t n)
{
    ds_buf marks = ds_buf_new(w->a);
    for (size_t k = 0; k < n; k++) {
        ds_buf_puts(&marks, k ? "," : "");
        ds_buf_put(&marks, w->rows[k].flag);
    }
    ds_buf_putc(&marks, ' ');
    return ds_str_trim(ds_buf_str(&marks));
}

static void what_does_not_fit_is_flagged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const flag_case *c = &flags[i];
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        size_t n = told_count(c->rows, 8);
        world *w = told_world(a, c->rows, n);
        ds_ledger l = told_ledger(w, DS_STR(""));
        if (l.flags_len != (c->finding ? 1 : 0))
            fail_msg("case %zu: %zu flags, %.*s", i, l.flags_len,
                     DS_FMT(l.flags_len ? l.flags[0].finding : DS_STR("none")));
        ds_buf b = ds_buf_new(a);
        if (l.flags_len)
            ds_buf_printf(&b, "%s | %s | ", l.flags[0].finding.at,
                          l.flags[0].sum.at ? l.flags[0].sum.at : "none");
        ds_buf_put(&b, print_marks(w, n));
        ds_buf_printf(&b, " | %u", l.sums_checked);
        ds_buf expected = ds_buf_new(a);
        if (c->finding)
            ds_buf_printf(&expected, "%s | %s | ", c->finding, c->sum ? c->sum : "none");
        ds_buf_printf(&expected, "%s | %u", c->marks, c->sums);
        if (!ds_str_eq(ds_buf_str(&b), ds_buf_str(&expected)))
            fail_msg("case %zu: %s", i, ds_buf_str(&b).at);
    }
}

static void a_share_flag_carries_its_figures(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, flags[0].rows, 3);
    ds_ledger l = told_ledger(w, DS_STR(""));
    const ds_flag *f = &l.flags[0];
    assert_int_equal(f->kind, DS_FLAG_SHARE);
    assert_int_equal(ds_frac_cmp(f->share, (ds_frac){1, 2}), 0);
    assert_int_equal(ds_frac_cmp(f->base, DS_FRAC(11000)), 0);
    assert_int_equal(ds_frac_cmp(f->stated, DS_FRAC(300)), 0);
    assert_int_equal(ds_frac_cmp(f->expected, DS_FRAC(5500)), 0);
    assert_int_equal(f->cites[0].sentence, 7);
    assert_int_equal(f->cites[1].sentence, 9);
    assert_int_equal(l.questions[0].flags_len, 1);
    assert_true(l.questions[0].answers[0].flagged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_flagged),
        cmocka_unit_test(a_share_flag_carries_its_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
