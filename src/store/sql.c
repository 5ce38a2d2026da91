/* SPDX-License-Identifier: Apache-2.0 */
/* sql.c - statements, steps, snapshots, and SQLite's failures in our words. */
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>

ds_status ds_store_fail(ds_store *s, ds_err *err)
{
    static const struct {
        int code;
        ds_status status;
        const char *what;
    } words[] = {
        {SQLITE_NOMEM, DS_NOMEM, "no memory left"},
        {SQLITE_FULL, DS_IO, "disk full"},
        {SQLITE_READONLY, DS_IO, "cannot write (permission denied)"},
        {SQLITE_PERM, DS_IO, "cannot write (permission denied)"},
        {SQLITE_CANTOPEN, DS_IO, "cannot be opened"},
        {SQLITE_BUSY, DS_IO, "another process keeps writing to it"},
        {SQLITE_LOCKED, DS_IO, "another process keeps writing to it"},
        {SQLITE_TOOBIG, DS_LIMIT, "too large for the store"},
        {SQLITE_NOTADB, DS_IO, "not a dossier store; unchanged"},
    };
    int code = sqlite3_errcode(s->db) & 0xff;
    if (code == SQLITE_CANTOPEN && sqlite3_system_errno(s->db) == EACCES)
        code = SQLITE_PERM; /* its folder is closed to us */
    s->failed = code;
    for (size_t i = 0; i < DS_LEN(words); i++)
        if (words[i].code == code)
            return ds_fail(err, words[i].status, words[i].what, 0);
    snprintf(s->message, sizeof s->message, "%s%s",
             code == SQLITE_CORRUPT ? "damaged: " : "SQLite: ", sqlite3_errmsg(s->db));
    return ds_fail(err, DS_IO, s->message, 0);
}

ds_status ds_damaged(ds_store *s, ds_err *err, const char *where, const char *what)
{
    snprintf(s->message, sizeof s->message, "damaged: bad %s in %s (see: dossier verify)", what,
             where);
    return ds_fail(err, DS_IO, s->message, 0);
}

sqlite3_stmt *ds_statement_kept(ds_store *s, const void *key)
{
    for (size_t i = 0; i < s->cached_len; i++)
        if (s->cached[i].key == key)
            return s->cached[i].st;
    return NULL;
}

/* Makes room by dropping the oldest one; it is never in use, as few are at once. */
static void keep(ds_store *s, const void *key, sqlite3_stmt *st)
{
    if (s->cached_len == DS_STORE_CACHED) {
        sqlite3_finalize(s->cached[0].st);
        memmove(s->cached, s->cached + 1, (DS_STORE_CACHED - 1) * sizeof *s->cached);
        s->cached_len--;
    }
    s->cached[s->cached_len].key = key;
    s->cached[s->cached_len++].st = st;
}

ds_status ds_statement(ds_store *s, const void *key, const char *sql, sqlite3_stmt **out,
                       ds_err *err)
{
    sqlite3_stmt *st = ds_statement_kept(s, key);
    if (!st) {
        if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK)
            return ds_store_fail(s, err);
        keep(s, key, st);
    }
    *out = st;
    return DS_OK;
}

void ds_statement_donep(sqlite3_stmt **st)
{
    if (*st) {
        sqlite3_reset(*st);
        sqlite3_clear_bindings(*st);
    }
}

ds_status ds_sql_step(ds_store *s, sqlite3_stmt *st, ds_err *err)
{
    int rc = sqlite3_step(st);
    return rc == SQLITE_ROW ? DS_OK : rc == SQLITE_DONE ? DS_NONE : ds_store_fail(s, err);
}

ds_status ds_sql_exec(ds_store *s, const char *sql, ds_err *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DS_OK : ds_store_fail(s, err);
}

ds_status ds_sql_run(ds_store *s, const char *sql, const int64_t *args, size_t n, ds_err *err)
{
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    for (size_t i = 0; i < n; i++)
        if (sqlite3_bind_int64(st, (int)i + 1, args[i]) != SQLITE_OK)
            return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

ds_status ds_snapshot_begin(ds_store *s, ds_snapshot *out, ds_err *err)
{
    if (!sqlite3_get_autocommit(s->db))
        return DS_OK;
    DS_TRY(ds_sql_exec(s, "BEGIN", err));
    out->s = s;
    return DS_OK;
}

void ds_snapshot_endp(ds_snapshot *snap)
{
    if (snap->s)
        sqlite3_exec(snap->s->db, "COMMIT", NULL, NULL, NULL);
}
