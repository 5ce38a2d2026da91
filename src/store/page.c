/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - pages go in once; other bytes under the same key are a newer version. */
#include "store/internal.h"

/* What stands for the page over its versions. */
ds_str ds_page_key(const ds_page *page)
{
    return page->url.at ? page->url : page->name;
}

/* Same bytes; `same` tells whether also the same reader and the same stated facts, as the newest version. */
static ds_status find_bytes(ds_store *s, const ds_page *page, ds_str reader, int64_t *id,
                            bool *same, ds_err *err)
{
    static const char sql[] =
        "SELECT id, newest AND reader = ?3 AND title IS ?4 AND publisher IS ?5 AND"
        " published IS ?6 FROM page WHERE key = ?1 AND sha256 = ?2";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    const ds_str texts[] = {ds_page_key(page), page->sha256, reader, page->title, page->publisher};
    for (size_t i = 0; i < DS_LEN(texts); i++)
        if (ds_bind_str(st, (int)i + 1, texts[i]) != SQLITE_OK)
            return ds_store_fail(s, err);
    if (page->published != DS_DAY_NONE && sqlite3_bind_int64(st, 6, page->published) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK) {
        *id = sqlite3_column_int64(st, 0);
        *same = sqlite3_column_int(st, 1) != 0;
    }
    return got;
}

ds_status ds_store_known(ds_store *s, const ds_page *page, ds_str reader, ds_err *err)
{
    int64_t id = 0;
    bool same = false;
    ds_status got = find_bytes(s, page, reader, &id, &same, err);
    return got == DS_OK && !same ? DS_NONE : got;
}

/* Does `each` for every row that a query on a name gives. */
static ds_status for_each(ds_store *s, const char *sql, ds_str name,
                          ds_status (*each)(ds_store *s, sqlite3_stmt *row, ds_err *err),
                          ds_err *err)
{
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, name) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        DS_TRY(each(s, st, err));
    return got < 0 ? got : DS_OK;
}

static ds_status drop_from_index(ds_store *s, sqlite3_stmt *article, ds_err *err)
{
    return ds_search_drop(s, sqlite3_column_int64(article, 0), err);
}

static ds_status leave_stories(ds_store *s, sqlite3_stmt *key, ds_err *err)
{
    return ds_leave_stories(s, ds_column_view(key, 0), err);
}

static ds_status retire_versions(ds_store *s, ds_str key, ds_err *err)
{
    static const char newest[] = "SELECT id FROM page WHERE key = ? AND newest";
    DS_TRY(for_each(s, newest, key, drop_from_index, err));
    static const char sql[] = "UPDATE page SET newest = 0 WHERE key = ? AND newest";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, key) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    return sqlite3_changes(s->db) ? ds_leave_stories(s, key, err) : DS_OK;
}

static ds_status put_bytes(ds_store *s, int64_t id, ds_str bytes, ds_err *err)
{
    static const char sql[] = "INSERT INTO page_bytes(page, bytes) VALUES(?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    const char *at = bytes.at ? bytes.at : "";
    if (sqlite3_bind_int64(st, 1, id) != SQLITE_OK ||
        sqlite3_bind_blob64(st, 2, at, bytes.len, SQLITE_STATIC) != SQLITE_OK)
        return ds_store_fail(s, err);
    return ds_sql_step(s, st, err);
}

/* id 0: a new one. */
static ds_status put_row(ds_store *s, int64_t id, const ds_page *page, ds_str reader, ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "INSERT OR REPLACE INTO page(id, key, reader, newest, ");
        ds_shape_columns(&b, &ds_shape_page, "", NULL);
        ds_buf_puts(&b, ") VALUES(?, ?, ?, 1");
        ds_buf_rep(&b, ", ?", (size_t)ds_shape_width(&ds_shape_page));
        ds_buf_puts(&b, ")");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    if ((id && sqlite3_bind_int64(st, 1, id) != SQLITE_OK) ||
        ds_bind_str(st, 2, ds_page_key(page)) != SQLITE_OK ||
        ds_bind_str(st, 3, reader) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_bind_object(s, st, 4, &ds_shape_page, page, err));
    DS_TRY(ds_sql_step(s, st, err));
    ds_arena_reset(s->scratch);
    return DS_OK;
}

ds_status ds_store_put_page(ds_store *s, const ds_page *page, ds_str reader, int64_t *page_id,
                            ds_err *err)
{
    int64_t id = 0;
    bool same = false;
    ds_status got = find_bytes(s, page, reader, &id, &same, err);
    DS_TRY(got);
    if (got == DS_OK && same) {
        *page_id = id;
        return DS_NONE;
    }
    DS_TRY(retire_versions(s, ds_page_key(page), err));
    /* The same bytes read anew: the row goes with its articles and comes back under its id and place. */
    DS_TRY(put_row(s, id, page, reader, err));
    if (!id)
        id = sqlite3_last_insert_rowid(s->db);
    DS_TRY(put_bytes(s, id, page->bytes, err));
    *page_id = id;
    return DS_OK;
}

/* ---- removal -------------------------------------------------------------------------------------- */

ds_status ds_store_remove(ds_store *s, ds_str name, ds_err *err)
{
    static const char sql[] =
        "DELETE FROM page WHERE key IN (SELECT key FROM page WHERE name = ?1 OR url = ?1)";
    static const char pages[] =
        "SELECT id FROM page WHERE key IN (SELECT key FROM page WHERE name = ?1 OR url = ?1)";
    static const char keys[] = "SELECT DISTINCT key FROM page WHERE name = ?1 OR url = ?1";
    DS_TRY(for_each(s, pages, name, drop_from_index, err));
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(for_each(s, keys, name, leave_stories, err));
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, name) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    return sqlite3_changes(s->db) > 0 ? DS_OK : DS_NONE;
}
