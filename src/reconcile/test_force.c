/* SPDX-License-Identifier: Apache-2.0 */
/* The force ledger: what was sent, lost, withdrawn, and what remains; the war is invented. */
#include "reconcile/test_readings.h"

#define TROOPS "Norlandish soldiers"

typedef struct force_case {
    told rows[9];
    const char *states; /* day: sent / lost / withdrawn / remain; ... */
} force_case;

// clang-format off
static const force_case cases[] = {
    /* killed and injured make what is lost; what nobody tells counts as nothing */
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", ""}, {'A', 2, "killed", TROOPS, "100", "Oda", ""}, {'A', 2, "injured", TROOPS, "250", "Oda", ""}},
     "all: 1500..1500 / 350..350 / - / 1150..1150"},
    /* killed alone: nobody says how many more */
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", ""}, {'A', 2, "killed", TROOPS, "100", "Oda", ""}},
     "all: 1500..1500 / 100.. / - / ..1400"},
    /* ranges: the least that can be left, and the most */
    {{{'A', 1, "deployed", TROOPS, "1000..1500", "Oda", ""}, {'A', 2, "casualties", TROOPS, "300", "Oda", ""}, {'B', 2, "casualties", TROOPS, "400", "Reva", ""},
      {'B', 3, "captured", TROOPS, "2", "Reva", ""}, {'B', 4, "withdrawn", TROOPS, ">=100", "Reva", ""}},
     "all: 1000..1500 / 302..402 / 100.. / ..1098"},
    /* from day to day */
    {{{'A', 1, "deployed", TROOPS, "1000", "Oda", "asof=2031-05-01"}, {'A', 2, "casualties", TROOPS, "50", "Oda", "asof=2031-05-02"},
      {'B', 1, "deployed", TROOPS, "1600", "Oda", "asof=2031-05-07"}, {'B', 2, "casualties", TROOPS, "210", "Oda", "asof=2031-05-07"},
      {'B', 3, "withdrawn", TROOPS, "300", "Oda", "asof=2031-05-09"}},
     "2031-05-02: 1000..1000 / 50..50 / - / 950..950; 2031-05-07: 1600..1600 / 210..210 / - / 1390..1390; "
     "2031-05-09: 1600..1600 / 210..210 / 300..300 / 1090..1090"},
    /* undated figures come in at the end */
    {{{'A', 1, "deployed", TROOPS, "1000", "Oda", "asof=2031-05-01"}, {'A', 2, "casualties", TROOPS, "50", "Oda", "asof=2031-05-02"},
      {'B', 2, "casualties", TROOPS, "90", "Reva", ""}},
     "2031-05-02: 1000..1000 / 50..50 / - / 950..950; all: 1000..1000 / 50..90 / - / 910..950"},
    /* never below nothing */
    {{{'A', 1, "deployed", TROOPS, "100", "Oda", ""}, {'B', 2, "casualties", TROOPS, "300", "Reva", ""}},
     "all: 100..100 / 300..300 / - / 0..0"},
    /* only planned, only lost, only sent; other people; no actor */
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", "cert=planned"}, {'A', 2, "casualties", TROOPS, "100", "Oda", ""}}, ""},
    {{{'A', 2, "casualties", TROOPS, "100", "Oda", ""}}, ""},
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", ""}, {'A', 2, "deployed", "Suderian soldiers", "20", "Oda", ""}}, ""},
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", ""}, {'A', 2, "casualties", "Suderian soldiers", "20", "Oda", ""}}, ""},
    {{{'A', 1, "deployed", TROOPS, "1500", "Oda", ""}, {'A', 2, "killed", "Norlandish nurses", "20", "Oda", ""}}, ""},
    {{{'A', 1, "deployed", "soldiers", "1500", "Oda", ""}, {'A', 2, "killed", "soldiers", "20", "Oda", ""}}, ""},
};
// clang-format on

static void put_amount(ds_buf *b, const ds_amount *a, const char *before)
{
    ds_buf_puts(b, before);
    if (!a->has_low && !a->has_high) {
        ds_buf_putc(b, '-');
        return;
    }
    if (a->has_low)
        ds_frac_print(b, a->low, 4);
    ds_buf_puts(b, "..");
    if (a->has_high)
        ds_frac_print(b, a->high, 4);
}

static ds_str print_forces(ds_arena *a, const ds_ledger *l)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < l->forces_len; i++) {
        const ds_force *f = &l->forces[i];
        ds_buf_puts(&b, i ? "; " : "");
        if (f->day == DS_DAY_NONE)
            ds_buf_puts(&b, "all");
        else
            ds_day_print(&b, f->day);
        put_amount(&b, &f->sent, ": ");
        put_amount(&b, &f->lost, " / ");
        put_amount(&b, &f->withdrawn, " / ");
        put_amount(&b, &f->remains, " / ");
        assert_string_equal(f->actor.at, "Norland");
        assert_true(f->rows_len >= 2);
    }
    ds_buf_putc(&b, ' ');
    return ds_str_trim(ds_buf_str(&b));
}

static void what_remains_follows_from_what_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, cases[i].rows, told_count(cases[i].rows, 9));
        ds_ledger l = told_ledger(w, DS_STR(""));
        if (!ds_str_eq(print_forces(a, &l), ds_str_of(cases[i].states)))
            fail_msg("case %zu: %.*s", i, DS_FMT(print_forces(a, &l)));
    }
}

/* By another rule a finished story has the forces that it would have had from the start. */
static void another_rule_reckons_forces_anew(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; ds_rule_at(k); k++) {
            DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
            size_t n = told_count(cases[i].rows, 9);
            ds_str rule = ds_rule_at(k)->name;
            world *w = told_world(a, cases[i].rows, n), *v = told_world(a, cases[i].rows, n);
            ds_ledger l = told_ledger(w, rule), m = told_ledger(v, DS_STR(""));
            assert_int_equal(ds_reconcile_by(a, &v->story, DS_DAY_NONE, rule, &m, NULL), DS_OK);
            assert_true(ds_str_eq(print_forces(a, &l), print_forces(a, &m)));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_remains_follows_from_what_is_told),
        cmocka_unit_test(another_rule_reckons_forces_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
