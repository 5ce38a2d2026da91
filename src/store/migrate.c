/* SPDX-License-Identifier: Apache-2.0 */
/* migrate.c - from whatever version a file has to ours, or a refusal in clear words. */
#include "store/internal.h"

#include <stdio.h>

/* application_id of our files: "DOSR". */
#define STORE_MARK 0x444F5352
#define STORE_MARK_TEXT "1146049362"
_Static_assert(STORE_MARK == 1146049362, "one number, twice");

static const struct {
    int version; /* that the store has after it */
    const char *sql;
    ds_status (*after)(ds_store *s, ds_err *err); /* fills what is new; NULL: nothing to fill */
} migrations[] = {
    {1, ds_schema_v1, NULL}, {2, "ALTER TABLE source ADD COLUMN language TEXT;", NULL},
    {3, ds_schema_v3, NULL}, {4, ds_schema_v4, NULL},
    {5, ds_schema_v5, NULL}, {6, ds_schema_v6, NULL},
    {7, ds_schema_v7, NULL}, {8, ds_schema_search, ds_search_fill},
    {9, ds_schema_v9, NULL}, {10, ds_schema_v10, NULL},
};

static ds_status read_number(ds_store *s, const char *sql, int64_t *out, ds_err *err)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *out = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return got == DS_NONE ? ds_fail(err, DS_IO, "not a dossier store; unchanged", 0) : got;
}

/* Whose file is it, and how old. All at one moment: another process may be making it. */
static ds_status look(ds_store *s, int64_t *version, ds_err *err)
{
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    int64_t mark = 0, tables = 0;
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(read_number(s, "PRAGMA user_version", version, err));
    DS_TRY(read_number(s, "PRAGMA application_id", &mark, err));
    DS_TRY(read_number(s, "SELECT count(*) FROM sqlite_schema", &tables, err));
    if (mark != STORE_MARK && (mark || tables || *version))
        return ds_fail(err, DS_IO, "not a dossier store; unchanged", 0);
    if (*version > DS_STORE_VERSION) {
        snprintf(s->message, sizeof s->message,
                 "written by a newer dossier (store %lld; this one reads up to %d); unchanged",
                 (long long)*version, DS_STORE_VERSION);
        return ds_fail(err, DS_IO, s->message, 0);
    }
    return DS_OK;
}

static ds_status apply(ds_store *s, int64_t version, ds_err *err)
{
    for (size_t i = 0; i < DS_LEN(migrations); i++) {
        char pragma[64];
        if (migrations[i].version <= version)
            continue;
        DS_TRY(ds_sql_exec(s, migrations[i].sql, err));
        if (migrations[i].after)
            DS_TRY(migrations[i].after(s, err));
        snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", migrations[i].version);
        DS_TRY(ds_sql_exec(s, pragma, err));
    }
    return ds_sql_exec(s, "PRAGMA application_id = " STORE_MARK_TEXT, err);
}

ds_status ds_migrate(ds_store *s, bool may_write, ds_err *err)
{
    int64_t version = 0;
    DS_TRY(look(s, &version, err));
    if (version == DS_STORE_VERSION)
        return DS_OK;
    if (!may_write) /* no version yet: an empty file */
        return version
                   ? ds_fail(err, DS_IO,
                             "written by an older dossier; add a page to bring it up to date", 0)
                   : DS_NONE;
    DS_TRY(ds_sql_exec(s, "BEGIN IMMEDIATE", err));
    ds_status got = look(s, &version, err); /* another process may have been first */
    if (got >= 0)
        got = apply(s, version, err);
    if (got >= 0)
        got = ds_sql_exec(s, "COMMIT", err);
    if (got < 0)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return got;
}
