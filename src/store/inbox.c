/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - JSON lines that wait to be read: a SQLite file of its own beside the store, so that who puts one in never waits for the
 * store's writer. What is committed here is acknowledged; it goes when the store has it. */
#include "store/internal.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define INBOX_MARK "1146046808" /* application_id: "DOIX" */
/* Pages of 4 KB that the file may have: 4 GB, a million articles that nobody reads. */
#define INBOX_PAGES "1048576"
/* How long to wait for another process that puts in or takes out: both take milliseconds. */
#define INBOX_BUSY_MS 10000

static const char set_up[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                             "PRAGMA max_page_count = " INBOX_PAGES ";";
static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS item(id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL "
    "UNIQUE,"
    " line TEXT NOT NULL) STRICT;"
    "PRAGMA application_id = " INBOX_MARK "; PRAGMA user_version = 1; COMMIT;";

ds_str ds_inbox_path(ds_arena *a, ds_str store)
{
    return ds_arena_printf(a, "%.*s-inbox", DS_FMT(store));
}

static ds_status prepare(ds_store *s, ds_err *err)
{
    sqlite3_busy_timeout(s->db, INBOX_BUSY_MS);
    DS_TRY(ds_sql_exec(s, set_up, err));
    ds_status got = ds_sql_exec(s, schema, err);
    if (got < 0)
        ds_store_abort(s);
    return got;
}

/* A ds_store without the store's tables: its statements and its ways to fail are what an inbox needs too. */
ds_status ds_inbox_open(ds_arena *a, ds_str store, bool create, ds_store **out, ds_err *err)
{
    ds_str path = ds_inbox_path(a, store);
    DS_AUTO(ds_store_closep) ds_store *s = calloc(1, sizeof *s);
    if (!s || !path.at || !(s->scratch = ds_arena_new(0, DS_STORE_SCRATCH)))
        // NOLINTNEXTLINE(clang-analyzer-unix.Malloc): DS_AUTO closes it
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (!create && access(path.at, F_OK) != 0)
        return DS_NONE;
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(path.at, &s->db, flags, NULL) != SQLITE_OK)
        return ds_fail(err, DS_IO, "the inbox cannot be opened", 0);
    if (prepare(s, err) < 0)
        return ds_fail(err, DS_IO, "the inbox cannot be written", 0);
    *out = s;
    s = NULL;
    return DS_OK;
}

static ds_status sha256_of(ds_arena *a, ds_str line, ds_str *out)
{
    unsigned char raw[32];
    unsigned len = 0;
    if (EVP_Digest(line.at, line.len, raw, &len, EVP_sha256(), NULL) != 1)
        return DS_NOMEM;
    *out = ds_hex(a, raw, len);
    return out->at ? DS_OK : DS_NOMEM;
}

static ds_status put_line(ds_store *s, ds_str line, size_t *known, ds_err *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO item(sha256, line) VALUES(?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_str sha256;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    ds_arena_reset(s->scratch);
    if (sha256_of(s->scratch, line, &sha256) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (ds_bind_str(st, 1, sha256) != SQLITE_OK || ds_bind_str(st, 2, line) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    *known += sqlite3_changes(s->db) == 0;
    return DS_OK;
}

ds_status ds_inbox_put(ds_store *s, const ds_str *lines, size_t n, size_t *known, ds_err *err)
{
    *known = 0;
    DS_TRY(ds_sql_exec(s, "BEGIN IMMEDIATE", err));
    ds_status got = DS_OK;
    for (size_t i = 0; got == DS_OK && i < n; i++)
        got = put_line(s, lines[i], known, err);
    if (got == DS_OK)
        return ds_store_commit(s, err);
    ds_store_abort(s);
    return got;
}

ds_status ds_inbox_waiting(ds_store *s, int64_t *out, ds_err *err)
{
    static const char sql[] = "SELECT count(*) FROM item";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    DS_TRY(ds_sql_step(s, st, err));
    *out = sqlite3_column_int64(st, 0);
    return DS_OK;
}

ds_status ds_inbox_next(ds_store *s, ds_arena *a, int64_t after, int64_t *id, ds_str *line,
                        ds_err *err)
{
    static const char sql[] = "SELECT id, line FROM item WHERE id > ? ORDER BY id LIMIT 1";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, after) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    *id = sqlite3_column_int64(st, 0);
    return ds_column_str(st, 1, a, line) < 0 ? ds_fail(err, DS_NOMEM, "no memory left", 0) : DS_OK;
}

ds_status ds_inbox_done(ds_store *s, int64_t last, ds_err *err)
{
    return ds_sql_run(s, "DELETE FROM item WHERE id <= ?", &last, 1, err);
}
