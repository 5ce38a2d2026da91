/* SPDX-License-Identifier: Apache-2.0 */
/* put_story.c - a finished story replaces what was there under its id. */
#include "store/internal.h"

/* ---- one story --------------------------------------------------------------------------------------- */

static void widen(ds_days *days, ds_day d)
{
    if (d == DS_DAY_NONE)
        return;
    if (days->lo == DS_DAY_NONE || d < days->lo)
        days->lo = d;
    if (days->hi == DS_DAY_NONE || d > days->hi)
        days->hi = d;
}

/* Two articles of one page are one page: they come one after the other. */
static ds_story_counts counts_of(const ds_dossier *d)
{
    ds_story_counts c = {.figures = (uint32_t)d->rows_len,
                         .questions = (uint32_t)d->ledger.questions_len,
                         .flags = (uint32_t)d->ledger.flags_len,
                         .days = DS_DAYS_NONE};
    for (size_t i = 0; i < d->sources_len; i++) {
        c.pages += i == 0 || !ds_str_eq(d->sources[i].page_sha256, d->sources[i - 1].page_sha256);
        widen(&c.days, d->sources[i].published);
    }
    return c;
}

static ds_status story_insert(ds_store *s, sqlite3_stmt **out, ds_err *err)
{
    static const char key = 0;
    *out = ds_statement_kept(s, &key);
    if (*out)
        return DS_OK;
    ds_buf b = ds_buf_new(s->scratch);
    ds_buf_puts(&b, "INSERT INTO story(id, ");
    ds_shape_columns(&b, &ds_shape_story, "", NULL);
    ds_buf_puts(&b, ", ");
    ds_shape_columns(&b, &ds_shape_story_counts, "", NULL);
    ds_buf_puts(&b, ", stamp) VALUES(?, ?");
    ds_buf_rep(&b, ", ?",
               (size_t)ds_shape_width(&ds_shape_story) +
                   (size_t)ds_shape_width(&ds_shape_story_counts));
    ds_buf_puts(&b, ")");
    ds_str sql = ds_buf_str(&b);
    return sql.at ? ds_statement(s, &key, sql.at, out, err)
                  : ds_fail(err, DS_NOMEM, "no memory left", 0);
}

static ds_status put_story(ds_store *s, ds_dossier *d, ds_str stamp, ds_err *err)
{
    const int counted = 2 + ds_shape_width(&ds_shape_story),
              last = counted + ds_shape_width(&ds_shape_story_counts);
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_story_counts counts = counts_of(d);
    DS_TRY(story_insert(s, &st, err));
    if (d->story && sqlite3_bind_int64(st, 1, d->story) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_bind_object(s, st, 2, &ds_shape_story, d, err));
    DS_TRY(ds_bind_object(s, st, counted, &ds_shape_story_counts, &counts, err));
    if (ds_bind_str(st, last, stamp) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    ds_arena_reset(s->scratch);
    if (!d->story)
        d->story = sqlite3_last_insert_rowid(s->db);
    return DS_OK;
}

static ds_status link_sources(ds_store *s, const ds_dossier *d, const int64_t *article_ids,
                              ds_err *err)
{
    for (size_t i = 0; i < d->sources_len; i++) {
        const int64_t args[] = {article_ids[i], d->story, (int64_t)i};
        DS_TRY(ds_sql_run(s, "UPDATE source SET article = ?1 WHERE story = ?2 AND i = ?3", args, 3,
                          err));
    }
    return DS_OK;
}

static ds_status put_questions(ds_store *s, const ds_dossier *d, ds_err *err)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++) {
        const ds_question *q = &d->ledger.questions[i];
        const int64_t keys[] = {d->story, (int64_t)i};
        DS_TRY(ds_put_rows(s, &ds_shape_answer, keys, q->answers, q->answers_len, err));
        DS_TRY(ds_put_rows(s, &ds_shape_origin, keys, q->origins, q->origins_len, err));
        DS_TRY(ds_put_rows(s, &ds_shape_pair, keys, q->pairs, q->pairs_len, err));
        DS_TRY(ds_put_rows(s, &ds_shape_tie, keys, q->ties, q->ties_len, err));
        DS_TRY(ds_put_rows(s, &ds_shape_step, keys, q->estimate.steps, q->estimate.steps_len, err));
    }
    return DS_OK;
}

static ds_status put_parts(ds_store *s, const ds_dossier *d, ds_err *err)
{
    const struct {
        const ds_shape *shape;
        const void *at;
        size_t len;
    } parts[] = {
        {&ds_shape_source, d->sources, d->sources_len},
        {&ds_shape_row, d->rows, d->rows_len},
        {&ds_shape_question, d->ledger.questions, d->ledger.questions_len},
        {&ds_shape_flag, d->ledger.flags, d->ledger.flags_len},
        {&ds_shape_dispute, d->ledger.disputes, d->ledger.disputes_len},
        {&ds_shape_force, d->ledger.forces, d->ledger.forces_len},
        {&ds_shape_key_point, d->key_points, d->key_points_len},
        {&ds_shape_event, d->timeline, d->timeline_len},
        {&ds_shape_copy, d->copies, d->copies_len},
        {&ds_shape_overlap, d->overlaps, d->overlaps_len},
        {&ds_shape_holder, d->who.holders, d->who.holders_len},
        {&ds_shape_join, d->who.joins, d->who.joins_len},
        {&ds_shape_unsure, d->who.unsure, d->who.unsure_len},
        {&ds_shape_place, d->who.places, d->who.places_len},
    };
    for (size_t i = 0; i < DS_LEN(parts); i++)
        DS_TRY(ds_put_rows(s, parts[i].shape, &d->story, parts[i].at, parts[i].len, err));
    return put_questions(s, d, err);
}

ds_status ds_store_put_story(ds_store *s, ds_dossier *d, const int64_t *article_ids, ds_str stamp,
                             ds_err *err)
{
    DS_TRY(ds_sql_run(s, "DELETE FROM story WHERE id = ?1", &d->story, 1, err));
    DS_TRY(put_story(s, d, stamp, err));
    DS_TRY(put_parts(s, d, err));
    DS_TRY(link_sources(s, d, article_ids, err));
    return ds_sql_run(s, "DELETE FROM dirty WHERE story = ?1", &d->story, 1, err);
}

ds_status ds_store_drop_story(ds_store *s, int64_t story, ds_err *err)
{
    static const char *const sqls[] = {
        "DELETE FROM story WHERE id = ?1",          "DELETE FROM dirty WHERE story = ?1",
        "DELETE FROM similar WHERE story = ?1",     "DELETE FROM similar WHERE other = ?1",
        "DELETE FROM redirect WHERE to_story = ?1",
    };
    for (size_t i = 0; i < DS_LEN(sqls); i++)
        DS_TRY(ds_sql_run(s, sqls[i], &story, 1, err));
    return ds_forget_bonds(s, story, err);
}
