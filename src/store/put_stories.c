/* SPDX-License-Identifier: Apache-2.0 */
/* put_stories.c - finished stories replace those that were there and are not kept; a story keeps the id of the one it shares most
 * with. */
#include "store/internal.h"

#include <stdlib.h>

/* ---- which old story goes on as which new one ------------------------------------------------------- */

typedef struct overlap {
    size_t story; /* index of the new one */
    int64_t old;
    uint32_t shared; /* documents */
} overlap;

typedef struct overlaps {
    DS_VEC(overlap) all;
    size_t beg; /* of the story being counted */
} overlaps;

/* More in common first; then the older id, then the earlier story. */
static int by_shared(const void *a, const void *b)
{
    const overlap *x = a, *y = b;
    if (x->shared != y->shared)
        return x->shared > y->shared ? -1 : 1;
    if (x->old != y->old)
        return x->old < y->old ? -1 : 1;
    return x->story < y->story ? -1 : x->story > y->story;
}

static ds_status count_one(ds_arena *a, overlaps *o, size_t story, int64_t old)
{
    for (size_t i = o->beg; i < o->all.len; i++) {
        if (o->all.at[i].old != old)
            continue;
        o->all.at[i].shared++;
        return DS_OK;
    }
    overlap first = {story, old, 1};
    return DS_PUSH(a, &o->all, first);
}

/* The old stories that held `doc`. */
static ds_status count_doc(ds_store *s, ds_arena *a, overlaps *o, size_t story, ds_str doc,
                           ds_err *err)
{
    static const char sql[] = "SELECT DISTINCT story FROM source WHERE doc = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, doc) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (count_one(a, o, story, sqlite3_column_int64(st, 0)) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return got;
}

static ds_str key_of(const int64_t *id)
{
    return (ds_str){(const char *)id, sizeof *id};
}

/* given: ids that have a story already; those handed out are added. */
static ds_status give_ids(ds_store *s, ds_arena *a, ds_dossier *stories, size_t n, ds_map *given,
                          ds_err *err)
{
    overlaps o = {0};
    for (size_t i = 0; i < n; i++) {
        stories[i].story = 0;
        o.beg = o.all.len;
        for (size_t k = 0; k < stories[i].sources_len; k++)
            DS_TRY(count_doc(s, a, &o, i, stories[i].sources[k].doc, err));
    }
    if (o.all.len)
        qsort(o.all.at, o.all.len, sizeof *o.all.at, by_shared);
    for (size_t i = 0; i < o.all.len; i++) {
        ds_dossier *d = &stories[o.all.at[i].story];
        ds_str old = key_of(&o.all.at[i].old);
        uint64_t v;
        if (d->story || ds_map_get(given, old, &v) == DS_OK)
            continue;
        d->story = o.all.at[i].old;
        if (ds_map_put(given, old, 1) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    return DS_OK;
}

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

/* Stories that keep their id first, so that a new one never takes the number of one that waits. */
static ds_status put_all(ds_store *s, ds_batch *b, bool fresh, ds_err *err)
{
    for (size_t i = 0; i < b->len; i++) {
        ds_dossier *d = &b->stories[i];
        if ((d->story == 0) != fresh)
            continue;
        DS_TRY(put_story(s, d, b->stamps ? b->stamps[i] : (ds_str){0}, err));
        DS_TRY(put_parts(s, d, err));
        DS_TRY(link_sources(s, d, b->article_ids[i], err));
    }
    return DS_OK;
}

/* ---- stories that stay ----------------------------------------------------------------------------------- */

static ds_status drop_others(ds_store *s, ds_arena *a, const ds_map *kept, ds_err *err)
{
    static const char sql[] = "SELECT id FROM story ORDER BY id";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(int64_t) gone = {0};
    uint64_t v;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        int64_t id = sqlite3_column_int64(st, 0);
        if (ds_map_get(kept, key_of(&id), &v) != DS_OK && DS_PUSH(a, &gone, id) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    for (size_t i = 0; i < gone.len; i++)
        DS_TRY(ds_sql_run(s, "DELETE FROM story WHERE id = ?", &gone.at[i], 1, err));
    return DS_OK;
}

/* Are the sources of a story these articles, all of them there? */
static ds_status has_sources(ds_store *s, int64_t story, const int64_t *article_ids, size_t n,
                             ds_err *err)
{
    static const char sql[] = "SELECT article FROM source WHERE story = ? ORDER BY i";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    size_t i = 0;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    for (; (got = ds_sql_step(s, st, err)) == DS_OK; i++)
        if (i >= n || sqlite3_column_type(st, 0) == SQLITE_NULL ||
            sqlite3_column_int64(st, 0) != article_ids[i])
            return DS_NONE;
    return got == DS_NONE && i == n ? DS_OK : got;
}

ds_status ds_store_story_kept(ds_store *s, ds_str stamp, const int64_t *article_ids, size_t n,
                              int64_t *story, ds_err *err)
{
    static const char sql[] = "SELECT id FROM story WHERE stamp = ? ORDER BY id";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, stamp) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        int64_t id = sqlite3_column_int64(st, 0);
        got = has_sources(s, id, article_ids, n, err);
        if (got == DS_OK)
            *story = id;
        if (got != DS_NONE)
            return got;
    }
    return got;
}

/* A set of the ids that are kept; NULL: no memory. */
static ds_map *kept_ids(ds_arena *a, const ds_batch *batch)
{
    ds_map *m = ds_map_new(a, 0);
    for (size_t i = 0; m && i < batch->kept_len; i++)
        if (ds_map_put(m, key_of(&batch->kept[i]), 1) < 0)
            return NULL;
    return m;
}

ds_status ds_store_put_stories(ds_store *s, ds_arena *a, ds_batch *batch, ds_err *err)
{
    ds_map *kept = kept_ids(a, batch), *given = kept_ids(a, batch);
    if (!kept || !given)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(give_ids(s, a, batch->stories, batch->len, given, err));
    DS_TRY(drop_others(s, a, kept, err));
    DS_TRY(put_all(s, batch, false, err));
    return put_all(s, batch, true, err);
}

ds_status ds_store_stale(ds_store *s, ds_err *err)
{
    static const char sql[] =
        "SELECT 1 FROM source WHERE article IS NULL UNION ALL "
        "SELECT 1 FROM source c JOIN article a ON a.id = c.article JOIN page p ON p.id = a.page "
        "WHERE NOT p.newest"
        " UNION ALL "
        "SELECT 1 FROM page p JOIN article a ON a.page = p.id WHERE p.newest AND"
        " NOT EXISTS (SELECT 1 FROM source c WHERE c.article = a.id) LIMIT 1";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    return ds_sql_step(s, st, err);
}
