/* SPDX-License-Identifier: Apache-2.0 */
/* browse.c - lists of stories page by page, and what tells whether anything changed: what `dossier serve` asks all the time. */
#include "store/internal.h"

ds_status ds_store_revision(ds_store *s, int64_t *out, ds_err *err)
{
    static const char sql[] = "PRAGMA data_version";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    DS_TRY(ds_sql_step(s, st, err));
    *out = sqlite3_column_int64(st, 0);
    return DS_OK;
}

ds_status ds_store_stamp(ds_store *s, ds_arena *a, int64_t story, ds_str *out, ds_err *err)
{
    /* What it lists as similar changes with other stories. */
    static const char sql[] = "SELECT stamp, (SELECT group_concat(other) FROM similar WHERE story "
                              "= ?1) FROM story WHERE id = ?1";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    ds_str stamp = ds_column_view(st, 0), similar = ds_column_view(st, 1);
    *out = stamp.at ? ds_arena_printf(a, "%.*s-%08x", DS_FMT(stamp), (unsigned)ds_hash(similar, 0))
                    : stamp;
    return stamp.at && !out->at ? ds_fail(err, DS_NOMEM, "no memory left", 0) : DS_OK;
}

ds_status ds_store_counts(ds_store *s, ds_store_sizes *out, ds_err *err)
{
    static const char sql[] = "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM story), "
                              "(SELECT coalesce(max(id), 0) FROM article)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    DS_TRY(ds_sql_step(s, st, err));
    *out = (ds_store_sizes){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                            sqlite3_column_int64(st, 2)};
    return DS_OK;
}

/* ---- stories, a page of the list at a time ------------------------------------------------------------- */

#define NEWEST "coalesce(s.days_hi, -2147483648)"
/* How many questions of a story are in this state. */
#define IN_STATE(state)                                                                            \
    "(SELECT count(*) FROM question q WHERE q.story = s.id AND q.state = '" state "')"
#define WANTED                                                                                     \
    " FROM story s WHERE (?1 IS NULL OR s.days_hi >= ?1) AND (?2 IS NULL OR s.days_lo <= ?2)"      \
    " AND s.pages >= ?3 AND s.flags >= ?4"                                                         \
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM question q WHERE q.story = s.id AND q.measure = "   \
    "?5))"                                                                                         \
    " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM question q WHERE q.story = s.id AND"                \
    " (q.state = ?6 OR ?6 = 'disagree' AND q.state IN ('conflict', 'apart'))))"

static ds_status bind_day(ds_store *s, sqlite3_stmt *st, int at, ds_day day, ds_err *err)
{
    bool good = day == DS_DAY_NONE || sqlite3_bind_int64(st, at, day) == SQLITE_OK;
    return good ? DS_OK : ds_store_fail(s, err);
}

static ds_status bind_wanted(ds_store *s, sqlite3_stmt *st, const ds_browse *b, ds_err *err)
{
    DS_TRY(bind_day(s, st, 1, b->days.lo, err));
    DS_TRY(bind_day(s, st, 2, b->days.hi, err));
    if (sqlite3_bind_int64(st, 3, b->min_pages) != SQLITE_OK ||
        sqlite3_bind_int64(st, 4, b->flagged) != SQLITE_OK ||
        ds_bind_str(st, 5, b->measure) != SQLITE_OK || ds_bind_str(st, 6, b->state) != SQLITE_OK ||
        sqlite3_bind_int64(st, 7, b->after.day) != SQLITE_OK ||
        sqlite3_bind_int64(st, 8, b->after.id) != SQLITE_OK ||
        sqlite3_bind_int64(st, 9, b->limit) != SQLITE_OK)
        return ds_store_fail(s, err);
    return DS_OK;
}

static ds_status select_cards(ds_store *s, bool by_id, sqlite3_stmt **out, ds_err *err)
{
    static const char keys[2];
    static const char *const order[] = {
        " AND (" NEWEST ", s.id) < (?7, ?8) ORDER BY " NEWEST " DESC, s.id DESC LIMIT ?9",
        " AND ?7 IS NOT NULL AND s.id < ?8 ORDER BY s.id DESC LIMIT ?9"};
    *out = ds_statement_kept(s, &keys[by_id]);
    if (*out)
        return DS_OK;
    ds_buf b = ds_buf_new(s->scratch);
    ds_buf_puts(&b, "SELECT s.id, s.publishers, s.origins, " IN_STATE("conflict") ", " IN_STATE(
                        "apart") ", ");
    ds_shape_columns(&b, &ds_shape_story_line, "s.", NULL);
    ds_buf_puts(&b, WANTED);
    ds_buf_puts(&b, order[by_id]);
    ds_str sql = ds_buf_str(&b);
    return sql.at ? ds_statement(s, &keys[by_id], sql.at, out, err)
                  : ds_fail(err, DS_NOMEM, "no memory left", 0);
}

static ds_status fetch_card(ds_store *s, sqlite3_stmt *st, ds_arena *a, ds_card *out, ds_err *err)
{
    ds_card c = {.line = {.id = sqlite3_column_int64(st, 0)},
                 .publishers = (uint32_t)sqlite3_column_int64(st, 1),
                 .origins = (uint32_t)sqlite3_column_int64(st, 2),
                 .conflicts = (uint32_t)sqlite3_column_int64(st, 3),
                 .apart = (uint32_t)sqlite3_column_int64(st, 4)};
    DS_TRY(ds_fetch_object(s, st, 5, &ds_shape_story_line, a, &c.line, err));
    *out = c;
    return DS_OK;
}

ds_status ds_store_question_lines(ds_store *s, ds_arena *a, int64_t story, uint32_t limit,
                                  ds_question_lines *out, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    DS_VEC(ds_question_line) v = {0};
    ds_status got;
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "SELECT (SELECT count(*) FROM origin o WHERE o.story = q.story AND "
                        "o.question = q.i), ");
        ds_shape_columns(&b, &ds_shape_question, "q.", NULL);
        ds_buf_puts(&b, " FROM question q WHERE q.story = ? ORDER BY q.i LIMIT ?");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, limit) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_question_line line = {.origins = (uint32_t)sqlite3_column_int64(st, 0)};
        DS_TRY(ds_fetch_object(s, st, 1, &ds_shape_question, a, &line.question, err));
        if (DS_PUSH(a, &v, line) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    *out = (ds_question_lines){v.at, v.len};
    return DS_OK;
}

ds_status ds_store_browse(ds_store *s, ds_arena *a, const ds_browse *b, ds_cards *out, ds_err *err)
{
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_card) v = {0};
    ds_status got;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(select_cards(s, b->by_id, &st, err));
    DS_TRY(bind_wanted(s, st, b, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_card c;
        DS_TRY(fetch_card(s, st, a, &c, err));
        DS_TRY(ds_store_question_lines(s, a, c.line.id, b->questions, &c.top, err));
        if (DS_PUSH(a, &v, c) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    *out = (ds_cards){v.at, v.len};
    return DS_OK;
}

/* ---- where an article stands ------------------------------------------------------------------------------ */

ds_status ds_store_place_of(ds_store *s, ds_arena *a, ds_str doc, ds_article_place *out,
                            ds_err *err)
{
    static const char sql[] = "SELECT story, letter FROM source WHERE doc = ? ORDER BY story";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_article_place p = {0};
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, doc) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    p.story = sqlite3_column_int64(st, 0);
    if (ds_column_str(st, 1, a, &p.letter) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    *out = p;
    return DS_OK;
}

/* ---- what is new: everything by number, so that two looks can be compared ---------------------------------- */

ds_status ds_store_each_stamp(ds_store *s, ds_status (*cb)(int64_t story, ds_str stamp, void *ctx),
                              void *ctx, ds_err *err)
{
    static const char sql[] = "SELECT id, stamp FROM story ORDER BY id";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (cb(sqlite3_column_int64(st, 0), ds_column_view(st, 1), ctx) != DS_OK)
            return DS_OK;
    return got < 0 ? got : DS_OK;
}

/* A statement that selects `first` and the columns of a shape, kept under its key. */
static ds_status select_shape(ds_store *s, const void *key, const char *first,
                              const ds_shape *shape, const char *rest, sqlite3_stmt **out,
                              ds_err *err)
{
    *out = ds_statement_kept(s, key);
    if (*out)
        return DS_OK;
    ds_buf b = ds_buf_new(s->scratch);
    ds_buf_puts(&b, first);
    ds_shape_columns(&b, shape, "", NULL);
    ds_buf_puts(&b, rest);
    ds_str sql = ds_buf_str(&b);
    return sql.at ? ds_statement(s, key, sql.at, out, err)
                  : ds_fail(err, DS_NOMEM, "no memory left", 0);
}

ds_status ds_store_each_question(ds_store *s, ds_arena *scratch,
                                 ds_status (*cb)(int64_t story, const ds_question *q, void *ctx),
                                 void *ctx, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(select_shape(s, &key, "SELECT story, ", &ds_shape_question, " FROM question", &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_question q = {0};
        ds_arena_reset(scratch);
        DS_TRY(ds_fetch_object(s, st, 1, &ds_shape_question, scratch, &q, err));
        if (cb(sqlite3_column_int64(st, 0), &q, ctx) != DS_OK)
            return DS_OK;
    }
    return got < 0 ? got : DS_OK;
}

ds_status ds_store_line(ds_store *s, ds_arena *a, int64_t story, ds_story_line *out, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_story_line line = {.id = story};
    DS_TRY(select_shape(s, &key, "SELECT ", &ds_shape_story_line, " FROM story WHERE id = ?", &st,
                        err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    DS_TRY(ds_fetch_object(s, st, 0, &ds_shape_story_line, a, &line, err));
    *out = line;
    return DS_OK;
}

ds_status ds_store_sources_after(ds_store *s, ds_arena *a, int64_t story, int64_t article,
                                 ds_sources *out, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_source) v = {0};
    ds_status got;
    DS_TRY(select_shape(s, &key, "SELECT ", &ds_shape_source,
                        " FROM source WHERE story = ? AND article > ? ORDER BY i", &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, article) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_source x = {0};
        DS_TRY(ds_fetch_object(s, st, 0, &ds_shape_source, a, &x, err));
        if (DS_PUSH(a, &v, x) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    *out = (ds_sources){v.at, v.len};
    return DS_OK;
}
