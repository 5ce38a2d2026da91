/* SPDX-License-Identifier: Apache-2.0 */
/* search_put.c - the search index: its schema, and how it follows the articles of the newest pages.
 *
 * Method   FTS5 without content of its own: it holds stemmed words, the texts are in `article`. search_doc gives each article a number
 *          that is never given again, so that whatever may be left in the index of one that went is found by nobody */
#include "store/internal.h"

const char ds_schema_search[] =
    "CREATE TABLE search_doc("
    "id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL UNIQUE REFERENCES article ON "
    "DELETE CASCADE,"
    "published INTEGER) STRICT;"
    "CREATE INDEX search_doc_published ON search_doc(published);"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, source, author, place, measure, "
    "content='', "
    "tokenize='unicode61 remove_diacritics 2');"
    /* the list of stories as it is shown */
    "CREATE INDEX story_newest ON story(coalesce(days_hi, -2147483648), id);";

ds_status ds_search_words(ds_store *s, ds_err *err)
{
    if (!s->words && ds_words_open(&s->words) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return DS_OK;
}

/* ---- what is searched for in each column ----------------------------------------------------------------- */

enum { COLUMNS = 6 };

/* "www.halvet.example" of "https://www.halvet.example/2024/...". */
static ds_str host_of(ds_str url)
{
    ptrdiff_t mark = ds_str_find(url, DS_STR("://"), 0);
    if (mark < 0)
        return (ds_str){NULL, 0};
    size_t beg = (size_t)mark + 3, end = beg;
    while (end < url.len && url.at[end] != '/' && url.at[end] != '?' && url.at[end] != ':')
        end++;
    return ds_str_cut(url, beg, end);
}

static ds_status put_strs(ds_words *w, ds_strs list, ds_buf *out)
{
    for (size_t i = 0; i < list.len; i++)
        DS_TRY(ds_words_put(w, list.at[i], out));
    return DS_OK;
}

static ds_status put_source(ds_words *w, const ds_reading *r, ds_buf *out)
{
    DS_TRY(ds_words_put(w, r->article->publisher, out));
    DS_TRY(ds_words_put(w, r->article->original_publisher, out));
    return r->page ? ds_words_put(w, host_of(r->page->url), out) : DS_OK;
}

/* Was the text a place (or measure) of a claim before this one? */
static bool is_first(const ds_claims *claims, size_t i, bool measure)
{
    const ds_claim *c = &claims->at[i];
    ds_str mine = measure ? c->measure : c->where_words;
    for (size_t k = 0; k < i; k++)
        if (ds_str_eq(measure ? claims->at[k].measure : claims->at[k].where_words, mine))
            return false;
    return true;
}

static ds_status put_claims(ds_words *w, const ds_claims *claims, ds_buf *places, ds_buf *measures)
{
    for (size_t i = 0; i < claims->len; i++) {
        const ds_claim *c = &claims->at[i];
        if (is_first(claims, i, true))
            DS_TRY(ds_words_put_name(w, c->measure, measures));
        if (!is_first(claims, i, false))
            continue;
        DS_TRY(ds_words_put(w, c->where_words, places));
        DS_TRY(ds_words_put(w, c->where, places));
    }
    return DS_OK;
}

static ds_status columns_of(ds_store *s, const ds_reading *r, ds_str out[COLUMNS])
{
    ds_buf b[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        b[i] = ds_buf_new(s->scratch);
    ds_buf_reserve(&b[1], r->article->text.len + 16);
    DS_TRY(ds_words_put(s->words, r->article->title, &b[0]));
    DS_TRY(ds_words_put(s->words, r->article->text, &b[1]));
    DS_TRY(put_source(s->words, r, &b[2]));
    DS_TRY(put_strs(s->words, r->article->authors, &b[3]));
    DS_TRY(put_claims(s->words, &r->claims, &b[4], &b[5]));
    for (size_t i = 0; i < COLUMNS; i++)
        if (!(out[i] = ds_buf_str(&b[i])).at)
            return DS_NOMEM;
    return DS_OK;
}

/* Runs one of the two statements that take a number and the columns. */
static ds_status run(ds_store *s, const char *sql, int64_t id, const ds_reading *r, ds_err *err)
{
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_str columns[COLUMNS];
    DS_TRY(ds_search_words(s, err));
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    ds_arena_reset(s->scratch);
    if (columns_of(s, r, columns) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (sqlite3_bind_int64(st, 1, id) != SQLITE_OK)
        return ds_store_fail(s, err);
    for (int i = 0; i < COLUMNS; i++)
        if (ds_bind_str(st, i + 2, columns[i]) != SQLITE_OK)
            return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

/* ---- in and out ---------------------------------------------------------------------------------------------- */

ds_status ds_search_put(ds_store *s, int64_t article, const ds_reading *r, ds_err *err)
{
    static const char doc[] = "INSERT INTO search_doc(article, published) VALUES(?, ?)";
    static const char words[] = "INSERT INTO search(rowid, title, text, source, author, place, "
                                "measure) VALUES(?, ?, ?, ?, ?, ?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, doc, doc, &st, err));
    ds_day day = r->article->published;
    if (sqlite3_bind_int64(st, 1, article) != SQLITE_OK ||
        (day != DS_DAY_NONE && sqlite3_bind_int64(st, 2, day) != SQLITE_OK))
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    return run(s, words, sqlite3_last_insert_rowid(s->db), r, err);
}

/* DS_NONE: it is not in the index. */
static ds_status number_of(ds_store *s, int64_t article, int64_t *out, ds_err *err)
{
    static const char sql[] = "SELECT id FROM search_doc WHERE article = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, article) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *out = sqlite3_column_int64(st, 0);
    return got;
}

ds_status ds_search_drop(ds_store *s, int64_t page, ds_err *err)
{
    static const char words[] =
        "INSERT INTO search(search, rowid, title, text, source, author, place, "
        "measure) VALUES('delete', ?, ?, ?, ?, ?, ?, ?)";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_STORE_SCRATCH);
    ds_stored all;
    if (!a)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_store_page_readings(s, a, page, &all, err));
    for (size_t i = 0; i < all.len; i++) {
        int64_t id = 0;
        ds_status got = number_of(s, all.ids[i], &id, err);
        DS_TRY(got);
        if (got != DS_OK)
            continue;
        got = run(s, words, id, &all.at[i], err);
        if (got < 0 && (sqlite3_errcode(s->db) & 0xff) != SQLITE_CORRUPT)
            return got;
        /* FTS5 says CORRUPT where other words went in, by another stemmer: they stay, under a number that nobody has. */
        DS_TRY(ds_sql_run(s, "DELETE FROM search_doc WHERE id = ?", &id, 1, err));
    }
    return DS_OK;
}

ds_status ds_search_fill(ds_store *s, ds_err *err)
{
    static const char sql[] = "SELECT id FROM page WHERE newest ORDER BY id";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_STORE_SCRATCH);
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    if (!a)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_stored all;
        ds_arena_reset(a);
        DS_TRY(ds_store_page_readings(s, a, sqlite3_column_int64(st, 0), &all, err));
        for (size_t i = 0; i < all.len; i++)
            DS_TRY(ds_search_put(s, all.ids[i], &all.at[i], err));
    }
    return got < 0 ? got : DS_OK;
}
