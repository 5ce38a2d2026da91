/* SPDX-License-Identifier: Apache-2.0 */
/* story.c - finished stories out of the store: plain reads, nothing is computed. */
#include "store/internal.h"

static ds_status fetch_story(ds_store *s, ds_arena *a, int64_t id, ds_dossier *out, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "SELECT ");
        ds_shape_columns(&b, &ds_shape_story, "", NULL);
        ds_buf_puts(&b, " FROM story WHERE id = ?");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    if (sqlite3_bind_int64(st, 1, id) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    out->story = id;
    return ds_fetch_object(s, st, 0, &ds_shape_story, a, out, err);
}

static ds_status load_question(ds_store *s, ds_arena *a, int64_t story, int64_t i, ds_question *q,
                               ds_err *err)
{
    const int64_t keys[] = {story, i};
    DS_TRY(ds_load_rows(s, a, &ds_shape_answer, keys, &q->answers, &q->answers_len, err));
    DS_TRY(ds_load_rows(s, a, &ds_shape_origin, keys, &q->origins, &q->origins_len, err));
    DS_TRY(ds_load_rows(s, a, &ds_shape_pair, keys, &q->pairs, &q->pairs_len, err));
    DS_TRY(ds_load_rows(s, a, &ds_shape_tie, keys, &q->ties, &q->ties_len, err));
    return ds_load_rows(s, a, &ds_shape_step, keys, &q->estimate.steps, &q->estimate.steps_len,
                        err);
}

static ds_status load_questions(ds_store *s, ds_arena *a, ds_dossier *d, ds_err *err)
{
    ds_question *at = NULL;
    DS_TRY(ds_load_rows(s, a, &ds_shape_question, &d->story, &at, &d->ledger.questions_len, err));
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        DS_TRY(load_question(s, a, d->story, (int64_t)i, &at[i], err));
    d->ledger.questions = at;
    return DS_OK;
}

static ds_status load_parts(ds_store *s, ds_arena *a, ds_dossier *d, ds_err *err)
{
    const struct {
        const ds_shape *shape;
        void *at;
        size_t *len;
    } parts[] = {
        {&ds_shape_source, &d->sources, &d->sources_len},
        {&ds_shape_row, &d->rows, &d->rows_len},
        {&ds_shape_flag, &d->ledger.flags, &d->ledger.flags_len},
        {&ds_shape_dispute, &d->ledger.disputes, &d->ledger.disputes_len},
        {&ds_shape_force, &d->ledger.forces, &d->ledger.forces_len},
        {&ds_shape_key_point, &d->key_points, &d->key_points_len},
        {&ds_shape_event, &d->timeline, &d->timeline_len},
        {&ds_shape_copy, &d->copies, &d->copies_len},
        {&ds_shape_overlap, &d->overlaps, &d->overlaps_len},
        {&ds_shape_holder, &d->who.holders, &d->who.holders_len},
        {&ds_shape_join, &d->who.joins, &d->who.joins_len},
        {&ds_shape_unsure, &d->who.unsure, &d->who.unsure_len},
        {&ds_shape_place, &d->who.places, &d->who.places_len},
    };
    for (size_t i = 0; i < DS_LEN(parts); i++)
        DS_TRY(ds_load_rows(s, a, parts[i].shape, &d->story, parts[i].at, parts[i].len, err));
    return load_questions(s, a, d, err);
}

ds_status ds_store_story(ds_store *s, ds_arena *a, int64_t id, ds_dossier *out, ds_err *err)
{
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    ds_dossier d = {0};
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    ds_status got = fetch_story(s, a, id, &d, err);
    if (got != DS_OK)
        return got;
    DS_TRY(load_parts(s, a, &d, err));
    DS_TRY(ds_load_similar(s, a, id, &d.similar, &d.similar_len, err));
    DS_TRY(ds_load_regroupings(s, a, id, &d.regroupings, &d.regroupings_len, err));
    DS_TRY(ds_story_sound(s, &d, err));
    *out = d;
    return DS_OK;
}

ds_status ds_store_stories(ds_store *s, ds_arena *a, ds_story_list *out, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    DS_VEC(ds_story_line) lines = {0};
    ds_status got;
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "SELECT id, ");
        ds_shape_columns(&b, &ds_shape_story_line, "", NULL);
        ds_buf_puts(&b, " FROM story ORDER BY id");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_story_line line = {.id = sqlite3_column_int64(st, 0)};
        DS_TRY(ds_fetch_object(s, st, 1, &ds_shape_story_line, a, &line, err));
        if (DS_PUSH(a, &lines, line) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    *out = (ds_story_list){lines.at, lines.len};
    return DS_OK;
}

ds_status ds_store_count_stories(ds_store *s, int64_t above, ds_story_count *out, ds_err *err)
{
    static const char sql[] = "SELECT count(*), coalesce(max(id), 0) FROM story WHERE id > ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, above) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    *out = (ds_story_count){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1)};
    return DS_OK;
}
