/* SPDX-License-Identifier: Apache-2.0 */
/* reading.c - articles with their sentences and claims, in and out. */
#include "store/internal.h"

ds_status ds_store_put_reading(ds_store *s, int64_t page_id, const ds_reading *r,
                               int64_t *article_id, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "INSERT INTO article(page, ");
        ds_shape_columns(&b, &ds_shape_article, "", NULL);
        ds_buf_puts(&b, ") VALUES(?");
        ds_buf_rep(&b, ", ?", (size_t)ds_shape_width(&ds_shape_article));
        ds_buf_puts(&b, ")");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    ds_article_row row = {*r->article, r->sents, r->sents_len, r->days};
    if (sqlite3_bind_int64(st, 1, page_id) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_bind_object(s, st, 2, &ds_shape_article, &row, err));
    DS_TRY(ds_sql_step(s, st, err));
    ds_arena_reset(s->scratch);
    *article_id = sqlite3_last_insert_rowid(s->db);
    DS_TRY(ds_put_rows(s, &ds_shape_claim, article_id, r->claims.at, r->claims.len, err));
    DS_TRY(ds_put_rows(s, &ds_shape_deed, article_id, r->deeds.at, r->deeds.len, err));
    return ds_search_put(s, *article_id, r, err);
}

/* ---- out ------------------------------------------------------------------------------------------ */

/* "SELECT a.id, p.id, page columns, article columns, p.reader FROM ... WHERE which" */
static ds_status select_articles(ds_store *s, const char *which, sqlite3_stmt **out, ds_err *err)
{
    *out = ds_statement_kept(s, which);
    if (*out)
        return DS_OK;
    ds_buf b = ds_buf_new(s->scratch);
    ds_buf_puts(&b, "SELECT a.id, p.id, ");
    ds_shape_columns(&b, &ds_shape_page, "p.", NULL);
    ds_buf_puts(&b, ", ");
    ds_shape_columns(&b, &ds_shape_article, "a.", NULL);
    ds_buf_puts(&b, ", p.reader FROM page p JOIN article a ON a.page = p.id ");
    ds_buf_puts(&b, which);
    ds_str sql = ds_buf_str(&b);
    if (!sql.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return ds_statement(s, which, sql.at, out, err);
}

/* The articles of one page share its ds_page; *last is the page before. */
static ds_status fetch_page(ds_store *s, sqlite3_stmt *st, ds_arena *a, const ds_page **last,
                            int64_t *last_id, ds_err *err)
{
    int64_t id = sqlite3_column_int64(st, 1);
    if (*last && *last_id == id)
        return DS_OK;
    ds_page *page = ds_arena_alloc(a, sizeof *page);
    if (!page)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_fetch_object(s, st, 2, &ds_shape_page, a, page, err));
    *last = page;
    *last_id = id;
    return DS_OK;
}

static ds_status fetch_reading(ds_store *s, sqlite3_stmt *st, ds_arena *a, const ds_page *page,
                               ds_reading *out, ds_err *err)
{
    ds_article_row *row = ds_arena_alloc(a, sizeof *row);
    if (!row)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    int at = 2 + ds_shape_width(&ds_shape_page);
    DS_TRY(ds_fetch_object(s, st, at, &ds_shape_article, a, row, err));
    *out = (ds_reading){.page = page,
                        .article = &row->article,
                        .sents = row->sents,
                        .sents_len = row->sents_len,
                        .days = row->days};
    if (ds_column_str(st, at + ds_shape_width(&ds_shape_article), a, &out->reader) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    int64_t id = sqlite3_column_int64(st, 0);
    DS_TRY(ds_load_rows(s, a, &ds_shape_claim, &id, &out->claims.at, &out->claims.len, err));
    return ds_load_rows(s, a, &ds_shape_deed, &id, &out->deeds.at, &out->deeds.len, err);
}

/* All articles of a statement that is bound. */
static ds_status all_readings(ds_store *s, ds_arena *a, sqlite3_stmt *st, ds_stored *out,
                              ds_err *err)
{
    DS_VEC(ds_reading) readings = {0};
    DS_VEC(int64_t) ids = {0};
    const ds_page *page = NULL;
    int64_t page_id = 0;
    ds_status got;
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_reading r;
        DS_TRY(fetch_page(s, st, a, &page, &page_id, err));
        DS_TRY(fetch_reading(s, st, a, page, &r, err));
        if (DS_PUSH(a, &readings, r) < 0 || DS_PUSH(a, &ids, sqlite3_column_int64(st, 0)) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    DS_TRY(got);
    *out = (ds_stored){readings.at, ids.at, readings.len};
    return DS_OK;
}

ds_status ds_store_story_readings(ds_store *s, ds_arena *a, int64_t story, ds_stored *out,
                                  ds_err *err)
{
    static const char which[] =
        "JOIN member m ON m.article = a.id WHERE m.story = ?1 ORDER BY p.id, a.n";
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(select_articles(s, which, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    return all_readings(s, a, st, out, err);
}

ds_status ds_store_versions(ds_store *s, ds_arena *a, const ds_reading *of, ds_stored *out,
                            ds_err *err)
{
    static const char which[] = "WHERE p.key = ?1 AND a.n = ?2 ORDER BY p.newest, p.id";
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(select_articles(s, which, &st, err));
    if (ds_bind_str(st, 1, ds_page_key(of->page)) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, of->article->n) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(all_readings(s, a, st, out, err));
    return out->len ? DS_OK : DS_NONE;
}

ds_status ds_store_page_readings(ds_store *s, ds_arena *a, int64_t page, ds_stored *out,
                                 ds_err *err)
{
    static const char one[] = "WHERE p.id = ?1 ORDER BY a.n";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(select_articles(s, one, &st, err));
    if (sqlite3_bind_int64(st, 1, page) != SQLITE_OK)
        return ds_store_fail(s, err);
    return all_readings(s, a, st, out, err);
}

/* The one article of a statement that is bound. */
static ds_status only_article(ds_store *s, ds_arena *a, sqlite3_stmt *st, ds_reading *out,
                              ds_err *err)
{
    const ds_page *page = NULL;
    int64_t page_id = 0;
    ds_reading r;
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    DS_TRY(fetch_page(s, st, a, &page, &page_id, err));
    DS_TRY(fetch_reading(s, st, a, page, &r, err));
    *out = r;
    return DS_OK;
}

ds_status ds_store_article(ds_store *s, ds_arena *a, int64_t story, ds_str letter, ds_reading *out,
                           ds_err *err)
{
    static const char which[] =
        "JOIN source c ON c.article = a.id WHERE c.story = ?1 AND c.letter = ?2";
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(select_articles(s, which, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK || ds_bind_str(st, 2, letter) != SQLITE_OK)
        return ds_store_fail(s, err);
    return only_article(s, a, st, out, err);
}

ds_status ds_store_article_of(ds_store *s, ds_arena *a, ds_str doc, ds_reading *out, ds_err *err)
{
    static const char which[] = "WHERE a.doc = ?1 AND p.newest ORDER BY p.id DESC LIMIT 1";
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(select_articles(s, which, &st, err));
    if (ds_bind_str(st, 1, doc) != SQLITE_OK)
        return ds_store_fail(s, err);
    return only_article(s, a, st, out, err);
}
