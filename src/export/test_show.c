/* SPDX-License-Identifier: Apache-2.0 */
/* test_show.c - the whole story at several widths, in colour, in ASCII and as JSON. */
#include "export/test_fixture.h"

#include <setjmp.h>

#include <cmocka.h>
#include <jansson.h>

static ds_str shown(ds_arena *a, const ds_dossier *d, ds_style style)
{
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_show(a, d, style, &out), DS_OK);
    return ds_buf_str(&out);
}

static void show_goldens(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    fx_golden("show-60.txt", shown(a, &d, (ds_style){60, false, true, DS_FMT_TEXT}));
    fx_golden("show-80.txt", shown(a, &d, (ds_style){80, false, true, DS_FMT_TEXT}));
    fx_golden("show-140.txt", shown(a, &d, (ds_style){140, false, true, DS_FMT_TEXT}));
    fx_golden("show-80.ascii.txt", shown(a, &d, (ds_style){80, false, false, DS_FMT_TEXT}));
    fx_golden("show-80.ansi", shown(a, &d, (ds_style){80, true, true, DS_FMT_TEXT}));
    fx_golden("show.json", shown(a, &d, (ds_style){80, false, true, DS_FMT_JSON}));
}

static void no_line_is_too_wide(void **state)
{
    (void)state;
    for (uint32_t width = 60; width <= 140; width++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
        ds_dossier d = fx_story(a);
        fx_lines(shown(a, &d, (ds_style){width, false, true, DS_FMT_TEXT}), width, false);
        fx_lines(shown(a, &d, (ds_style){width, false, false, DS_FMT_TEXT}), width, true);
    }
}

/* Ink only adds escapes: without them the coloured text is the plain one. */
static void ink_changes_nothing_else(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    ds_str plain = shown(a, &d, (ds_style){80, false, true, DS_FMT_TEXT});
    ds_str ink = shown(a, &d, (ds_style){80, true, true, DS_FMT_TEXT});
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < ink.len; i++) {
        while (i < ink.len && ink.at[i] == '\033') {
            while (ink.at[i] != 'm')
                i++;
            i++;
        }
        if (i < ink.len)
            ds_buf_putc(&b, ink.at[i]);
    }
    assert_true(ds_str_eq(ds_buf_str(&b), plain));
}

/* Page C's title holds an escape and an ink byte: neither reaches the terminal. */
static void pages_cannot_paint(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    ds_str plain = shown(a, &d, (ds_style){80, false, true, DS_FMT_TEXT});
    for (size_t i = 0; i < plain.len; i++)
        assert_true((uint8_t)plain.at[i] >= 0x20 || plain.at[i] == '\n');
}

static void an_empty_story_has_a_head(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)4 << 20);
    ds_dossier d = {0};
    (void)state;
    ds_str s = shown(a, &d, (ds_style){80, false, true, DS_FMT_TEXT});
    assert_true(ds_str_find(s, DS_STR("No figures in this story."), 0) >= 0);
    assert_true(ds_str_find(s, DS_STR("THE FIGURES"), 0) < 0);
}

static void what_fits_is_said(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    d.ledger.flags_len = 0;
    d.ledger.sums_checked = 5;
    ds_str s = shown(a, &d, (ds_style){80, false, true, DS_FMT_TEXT});
    assert_true(ds_str_find(s, DS_STR("Nothing found that does not fit (5 sums checked)"), 0) >= 0);
}

/* Conflicts stand in the text, with both sentences; what only came later stands in the JSON alone. */
static void what_is_told_both_ways_is_shown(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    static const ds_cite more[] = {{2, 3}};
    ds_dossier d = fx_story(a);
    ds_dispute two[2] = {
        {.verdict = DS_V_CONFLICTS,
         .pair = DS_STR("open"),
         .about = DS_STR("Vask tunnel"),
         .sides = {{.cite = {0, 3},
                    .sentence = DS_STR("The Vask tunnel remains closed."),
                    .words = {16, 30},
                    .holder = DS_STR("fire service"),
                    .days = {22341, 22341}},
                   {.cite = {1, 4},
                    .sentence = DS_STR("The Vask tunnel has reopened."),
                    .words = {16, 28},
                    .days = {22341, 22341}}},
         .more = more,
         .more_len = 1,
         .finding = DS_STR("A tells of Vask tunnel “remains closed”, B “has reopened”")}};
    (void)state;
    two[1] = two[0];
    two[1].verdict = DS_V_UPDATES;
    two[1].finding = DS_STR("it came later");
    d.ledger.disputes = two;
    d.ledger.disputes_len = 2;
    ds_str s = shown(a, &d, (ds_style){140, false, true, DS_FMT_TEXT});
    static const char *const wanted[] = {
        "1 event told both ways", "A tells of Vask tunnel “remains closed”, B “has reopened”",
        "“The Vask tunnel remains closed.” (fire", "“The Vask tunnel has reopened.” (3 Mar",
        "and C3"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (ds_str_find(s, ds_str_of(wanted[i]), 0) < 0)
            fail_msg("not shown: %s", wanted[i]);
    assert_true(ds_str_find(s, DS_STR("it came later"), 0) < 0);
    s = shown(a, &d, (ds_style){80, false, true, DS_FMT_JSON});
    json_t *j = json_loadb(s.at, s.len, JSON_REJECT_DUPLICATES, NULL);
    json_t *list = json_object_get(j, "disputes");
    assert_int_equal(json_array_size(list), 2);
    json_t *side = json_array_get(json_object_get(json_array_get(list, 0), "sides"), 0);
    assert_string_equal(json_string_value(json_object_get(side, "words")), "remains closed");
    json_decref(j);
}

static void json_reads_back(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    ds_str s = shown(a, &d, (ds_style){80, false, true, DS_FMT_JSON});
    json_t *j = json_loadb(s.at, s.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(j);
    assert_int_equal(json_array_size(json_object_get(j, "questions")), 10);
    assert_int_equal(json_array_size(json_object_get(j, "claims")), 22);
    assert_int_equal(json_array_size(json_object_get(j, "flags")), 2);
    json_decref(j);
}

#define RESCUERS 2 /* holders of the story that were not joined */
#define REPORTS 4
#define RESCUERS_ROW 6 /* claims that they hold */
#define REPORTS_ROW 21

/* Who only passes on what somebody holds has no origin of its own, and is told as not joined with the one that has. */
static void not_joined_is_told_of_those_with_two_origins(void **state)
{
    static const uint32_t rescuers_and_reports[] = {RESCUERS, REPORTS}, reports[] = {REPORTS};
    static const ds_link chain[] = {
        {.name = DS_STR_INIT("rescue workers"), .kind = DS_HOLDER_ANONYMOUS},
        {.name = DS_STR_INIT("unconfirmed reports"), .kind = DS_HOLDER_ANONYMOUS}};
    static const struct {
        const char *what;
        const uint32_t *first; /* holders of the rescuers' row */
        size_t first_len;
        const char *origin; /* of the reports' row; NULL: as it is */
        bool told;
    } rows[] = {
        {"two origins", rescuers_and_reports, 1, NULL, true},
        {"passed on first", rescuers_and_reports, 2, NULL, true},
        {"one origin by a copied sentence", rescuers_and_reports, 1, "o4", false},
        {"neither holds a claim", NULL, 0, "", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
        ds_dossier d = fx_story(a);
        ds_row *at = ds_arena_alloc(a, d.rows_len * sizeof *at);
        memcpy(at, d.rows, d.rows_len * sizeof *at);
        for (size_t k = 0; k < d.rows_len && !rows[i].first; k++)
            at[k].holders_len = 0;
        at[RESCUERS_ROW].holders = rows[i].first;
        at[RESCUERS_ROW].holders_len = rows[i].first_len;
        at[RESCUERS_ROW].claim.said_by = chain;
        at[RESCUERS_ROW].claim.said_by_len = rows[i].first_len ? rows[i].first_len : 1;
        if (rows[i].first)
            at[REPORTS_ROW].holders = reports;
        if (rows[i].origin && *rows[i].origin)
            at[REPORTS_ROW].origin = ds_str_of(rows[i].origin);
        d.rows = at;
        ds_str s = shown(a, &d, (ds_style){140, false, true, DS_FMT_TEXT});
        if ((ds_str_find(s, DS_STR("Not joined: rescue workers"), 0) >= 0) != rows[i].told)
            fail_msg("%s: %s", rows[i].what, s.at);
    }
}

#define STARVED_STEP ((size_t)1021)
#define STARVED_TO ((size_t)4 << 20)

/* With any budget: the right answer, or DS_NOMEM and an untouched `out`. */
static void starve(const ds_dossier *d, ds_style style, ds_str whole)
{
    for (size_t budget = 0; budget < STARVED_TO; budget += budget < 256 ? 1 : STARVED_STEP) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(256, budget);
        DS_AUTO(ds_arena_freep) ds_arena *large = ds_arena_new(0, (size_t)16 << 20);
        ds_buf out = ds_buf_new(large);
        ds_buf_puts(&out, "before");
        ds_status st = ds_export_show(small, d, style, &out);
        if (st == DS_OK) {
            assert_true(ds_str_eq(ds_str_cut(ds_buf_str(&out), 6, out.len), whole));
            return;
        }
        assert_int_equal(st, DS_NOMEM);
        assert_int_equal(out.len, 6);
    }
    fail_msg("never enough");
}

static void starving_is_said(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    ds_style text = {80, false, true, DS_FMT_TEXT}, ascii = {80, false, false, DS_FMT_TEXT};
    ds_style json = {80, false, true, DS_FMT_JSON};
    starve(&d, text, shown(a, &d, text));
    starve(&d, ascii, shown(a, &d, ascii));
    starve(&d, json, shown(a, &d, json));
}

/* A buffer that runs full is said too, and cut back. */
static void a_full_buffer_is_said(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_dossier d = fx_story(a);
    (void)state;
    for (size_t budget = 512; budget < 8192; budget += 512) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(256, budget);
        ds_buf out = ds_buf_new(small);
        ds_status st = ds_export_show(a, &d, (ds_style){80, false, true, DS_FMT_TEXT}, &out);
        assert_int_equal(st, DS_NOMEM);
        assert_int_equal(out.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(show_goldens),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(ink_changes_nothing_else),
        cmocka_unit_test(pages_cannot_paint),
        cmocka_unit_test(an_empty_story_has_a_head),
        cmocka_unit_test(what_fits_is_said),
        cmocka_unit_test(what_is_told_both_ways_is_shown),
        cmocka_unit_test(json_reads_back),
        cmocka_unit_test(not_joined_is_told_of_those_with_two_origins),
        cmocka_unit_test(starving_is_said),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
