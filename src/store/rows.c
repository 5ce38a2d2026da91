/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - arrays of structs into a table and out of it. */
#include "store/internal.h"

static size_t keys_of(const ds_shape *sh)
{
    size_t n = 0;
    while (n < DS_SHAPE_KEYS && sh->keys[n])
        n++;
    return n;
}

/* "INSERT INTO t(k, i, c...) VALUES(?, ?, ?...)" */
static ds_str insert_sql(ds_arena *a, const ds_shape *sh)
{
    ds_buf b = ds_buf_new(a);
    size_t keys = keys_of(sh);
    ds_buf_printf(&b, "INSERT INTO %s(", sh->table);
    for (size_t i = 0; i < keys; i++)
        ds_buf_printf(&b, "%s, ", sh->keys[i]);
    ds_shape_columns(&b, sh, "", NULL);
    ds_buf_puts(&b, ") VALUES(?");
    ds_buf_rep(&b, ",?", keys + (size_t)ds_shape_width(sh) - 1);
    ds_buf_puts(&b, ")");
    return ds_buf_str(&b);
}

/* "SELECT c... FROM t WHERE k = ? ORDER BY i" */
static ds_str select_sql(ds_arena *a, const ds_shape *sh)
{
    ds_buf b = ds_buf_new(a);
    size_t keys = keys_of(sh);
    ds_buf_puts(&b, "SELECT ");
    ds_shape_columns(&b, sh, "", NULL);
    ds_buf_printf(&b, " FROM %s", sh->table);
    for (size_t i = 0; i + 1 < keys; i++)
        ds_buf_printf(&b, " %s %s = ?", i ? "AND" : "WHERE", sh->keys[i]);
    ds_buf_printf(&b, " ORDER BY %s", sh->keys[keys - 1]);
    return ds_buf_str(&b);
}

/* Key and SQL of a shape's statements: the shape's own address for the insert, the one behind for the select. */
static ds_status shape_statement(ds_store *s, const ds_shape *sh, bool insert, sqlite3_stmt **out,
                                 ds_err *err)
{
    const void *key = (const char *)sh + (insert ? 0 : 1);
    *out = ds_statement_kept(s, key);
    if (*out)
        return DS_OK;
    ds_str sql = insert ? insert_sql(s->scratch, sh) : select_sql(s->scratch, sh);
    if (!sql.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return ds_statement(s, key, sql.at, out, err);
}

static ds_status bind_keys(ds_store *s, sqlite3_stmt *st, const int64_t *keys, size_t n,
                           ds_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (sqlite3_bind_int64(st, (int)i + 1, keys[i]) != SQLITE_OK)
            return ds_store_fail(s, err);
    return DS_OK;
}

ds_status ds_put_rows(ds_store *s, const ds_shape *sh, const int64_t *keys, const void *at,
                      size_t len, ds_err *err)
{
    size_t n = keys_of(sh);
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    if (!len)
        return DS_OK;
    DS_TRY(shape_statement(s, sh, true, &st, err));
    DS_TRY(bind_keys(s, st, keys, n - 1, err));
    for (size_t i = 0; i < len; i++) {
        if (sqlite3_bind_int64(st, (int)n, (int64_t)i) != SQLITE_OK)
            return ds_store_fail(s, err);
        DS_TRY(ds_bind_object(s, st, (int)n + 1, sh, (const char *)at + i * sh->size, err));
        DS_TRY(ds_sql_step(s, st, err));
        sqlite3_reset(st);
        ds_arena_reset(s->scratch);
    }
    return DS_OK;
}

ds_status ds_load_rows(ds_store *s, ds_arena *a, const ds_shape *sh, const int64_t *keys,
                       void *out_at, size_t *out_len, ds_err *err)
{
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    void *at = NULL;
    size_t len = 0, cap = 0;
    ds_status got;
    DS_TRY(shape_statement(s, sh, false, &st, err));
    DS_TRY(bind_keys(s, st, keys, keys_of(sh) - 1, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        if (ds_vec_room(a, &at, len, &cap, sh->size) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        void *row = (char *)at + len * sh->size;
        memset(row, 0, sh->size);
        DS_TRY(ds_fetch_object(s, st, 0, sh, a, row, err));
        len++;
    }
    DS_TRY(got);
    memcpy(out_at, &at, sizeof at);
    *out_len = len;
    return DS_OK;
}
