/* SPDX-License-Identifier: Apache-2.0 */
/* test_shapes.c - every struct comes back from its columns as it went in. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define BUDGET ((size_t)64 << 20)

/* All keys are 0 but the last; the owners are not there, so foreign keys are off. */
static void round_trip(ds_store *s, ds_arena *a, const ds_shape *sh)
{
    ds_sample sample = {.a = a, .seed = 100};
    char *in = ds_arena_calloc(a, 2, sh->size), *out = NULL;
    size_t len = 0;
    assert_non_null(in);
    ds_sample_fill(&sample, sh, in);
    ds_sample_fill(&sample, sh, in + sh->size);
    const int64_t keys[DS_SHAPE_KEYS] = {0};
    assert_int_equal(ds_put_rows(s, sh, keys, in, 2, NULL), DS_OK);
    assert_int_equal(ds_load_rows(s, a, sh, keys, &out, &len, NULL), DS_OK);
    assert_int_equal(len, 2);
    for (size_t i = 0; i < 2; i++) {
        const char *field = ds_sample_differs(sh, in + i * sh->size, out + i * sh->size);
        if (field)
            fail_msg("%s: %s differs", sh->table, field);
    }
}

static void every_struct_comes_back(void **state)
{
    static const ds_shape *const shapes[] = {
        &ds_shape_claim,     &ds_shape_source, &ds_shape_row,    &ds_shape_question,
        &ds_shape_answer,    &ds_shape_origin, &ds_shape_pair,   &ds_shape_flag,
        &ds_shape_key_point, &ds_shape_event,  &ds_shape_copy,   &ds_shape_overlap,
        &ds_shape_holder,    &ds_shape_join,   &ds_shape_unsure, &ds_shape_place,
        &ds_shape_step,      &ds_shape_force,  &ds_shape_tie,    &ds_shape_deed,
        &ds_shape_dispute,
    };
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    assert_int_equal(ds_sql_exec(s, "PRAGMA foreign_keys = OFF", NULL), DS_OK);
    for (size_t i = 0; i < DS_LEN(shapes); i++)
        round_trip(s, *state, shapes[i]);
}

/* An empty struct is a valid one: absent strings, unknown days, no lists. */
static void an_empty_claim_comes_back(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    assert_int_equal(ds_sql_exec(s, "PRAGMA foreign_keys = OFF", NULL), DS_OK);
    const ds_claim in = {.id = DS_STR("id"),
                         .sentence = DS_STR(""),
                         .of = -1,
                         .delta_of = -1,
                         .equals = -1,
                         .when = DS_DAYS_NONE,
                         .as_of = {DS_DAY_NONE, 0}};
    const ds_claim *out = NULL;
    size_t len = 0;
    const int64_t key = 1;
    assert_int_equal(ds_put_rows(s, &ds_shape_claim, &key, &in, 1, NULL), DS_OK);
    assert_int_equal(ds_load_rows(s, *state, &ds_shape_claim, &key, &out, &len, NULL), DS_OK);
    assert_int_equal(len, 1);
    assert_null(ds_sample_differs(&ds_shape_claim, &in, out));
    assert_null(out->actor.at);
    assert_non_null(out->sentence.at);
    assert_int_equal(out->as_of.lo, DS_DAY_NONE);
    assert_false(out->value.has_low);
}

static void real_copies_follow_the_fractions(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    assert_int_equal(ds_sql_exec(s, "PRAGMA foreign_keys = OFF", NULL), DS_OK);
    ds_claim in = {
        .id = DS_STR("id"), .sentence = DS_STR("s"), .value = {.best = {1, 4}, .has_best = true}};
    const int64_t key = 1;
    assert_int_equal(ds_put_rows(s, &ds_shape_claim, &key, &in, 1, NULL), DS_OK);
    sqlite3_stmt *st = NULL;
    assert_int_equal(sqlite3_prepare_v2(s->db, "SELECT low, best FROM claim", -1, &st, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_type(st, 0), SQLITE_NULL);
    assert_true(sqlite3_column_double(st, 1) == 0.25);
    sqlite3_finalize(st);
}

/* A struct that grew needs a column, a migration, and then its new size here (ds_article.extra is not stored). */
/* Words and datelines of sentences are not stored: they count in a doc, which is not stored either. */
static void no_field_is_forgotten(void **state)
{
    static const struct {
        const char *name;
        size_t size, expected;
    } rows[] = {
        {"ds_page", sizeof(ds_page), 128},        {"ds_article", sizeof(ds_article), 360},
        {"ds_sentence", sizeof(ds_sentence), 40}, {"ds_claim", sizeof(ds_claim), 408},
        {"ds_link", sizeof(ds_link), 56},         {"ds_row", sizeof(ds_row), 480},
        {"ds_source", sizeof(ds_source), 312},    {"ds_question", sizeof(ds_question), 352},
        {"ds_answer", sizeof(ds_answer), 96},     {"ds_origin", sizeof(ds_origin), 48},
        {"ds_pair", sizeof(ds_pair), 32},         {"ds_estimate", sizeof(ds_estimate), 104},
        {"ds_flag", sizeof(ds_flag), 160},        {"ds_key_point", sizeof(ds_key_point), 56},
        {"ds_event", sizeof(ds_event), 72},       {"ds_copy", sizeof(ds_copy), 20},
        {"ds_dossier", sizeof(ds_dossier), 376},  {"ds_ledger", sizeof(ds_ledger), 72},
        {"ds_comment", sizeof(ds_comment), 32},   {"ds_related", sizeof(ds_related), 48},
        {"ds_holder", sizeof(ds_holder), 56},     {"ds_join", sizeof(ds_join), 80},
        {"ds_unsure", sizeof(ds_unsure), 72},     {"ds_place", sizeof(ds_place), 48},
        {"ds_step", sizeof(ds_step), 56},         {"ds_force", sizeof(ds_force), 360},
        {"ds_tie", sizeof(ds_tie), 32},           {"ds_overlap", sizeof(ds_overlap), 64},
        {"ds_passage", sizeof(ds_passage), 20},   {"ds_told_day", sizeof(ds_told_day), 16},
        {"ds_deed", sizeof(ds_deed), 176},        {"ds_dispute", sizeof(ds_dispute), 184},
        {"ds_telling", sizeof(ds_telling), 56},
    };
    (void)state;
    for (size_t i = 0; i < DS_LEN(rows); i++)
        if (rows[i].size != rows[i].expected)
            fail_msg("%s has %zu bytes, not %zu", rows[i].name, rows[i].size, rows[i].expected);
}

/* What a file may hold that no stage ever made. */
static void damage_is_told(void **state)
{
    static const char *const damages[] = {
        "UPDATE claim SET number = -1",
        "UPDATE claim SET number = 4294967296",
        "UPDATE claim SET span_beg = 9999999",
        "UPDATE claim SET part = 'nowhere'",
        "UPDATE claim SET per = 'x'",
        "UPDATE claim SET per = '[1]'",
        "UPDATE claim SET per = '[\"a\",\"b\",\"c\"]'",
        "UPDATE claim SET said_by = '[[1,2]]'",
        "UPDATE claim SET said_by = '[[\"a\",\"b\",\"c\",9]]'",
        "UPDATE claim SET low_den = 0",
        "UPDATE claim SET when_lo = 3000000000",
    };
    for (size_t i = 0; i < DS_LEN(damages); i++) {
        ds_sample_leave(state);
        assert_int_equal(ds_sample_enter(state), 0);
        DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
        ds_dossier d;
        ds_reading r;
        ds_err err = {0};
        ds_sample_story(s, *state, &d);
        assert_int_equal(ds_sql_exec(s, damages[i], NULL), DS_OK);
        assert_int_equal(ds_store_article_of(s, *state, DS_STR("a.html"), &r, &err), DS_IO);
        assert_true(ds_str_starts(ds_str_of(err.what), DS_STR("damaged: bad ")));
    }
}

/* Any budget gives the whole struct or none. */
static void starved_loads_fail_whole(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    bool done = false;
    ds_sample_story(s, *state, &d);
    for (size_t budget = 1; budget < 32768; budget += budget < 2048 ? 37 : 1021) {
        ds_arena *a = ds_arena_new(budget, budget);
        ds_dossier got = {.story = -1};
        ds_status st = ds_store_story(s, a, d.story, &got, NULL);
        assert_true(st == DS_OK ? got.story == d.story : st == DS_NOMEM && got.story == -1);
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_struct_comes_back),
        IN_FOLDER(an_empty_claim_comes_back),
        IN_FOLDER(real_copies_follow_the_fractions),
        cmocka_unit_test(no_field_is_forgotten),
        IN_FOLDER(damage_is_told),
        IN_FOLDER(starved_loads_fail_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
