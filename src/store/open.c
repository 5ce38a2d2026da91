/* SPDX-License-Identifier: Apache-2.0 */
#include "store/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A commit that was acknowledged survives a power cut: one sync per batch. */
#define SET_UP_WRITER "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
#define SET_UP "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"

static ds_status cannot_write(int errnum, ds_err *err)
{
    switch (errnum) {
    case EACCES:
    case EPERM:
        return ds_fail(err, DS_IO, "cannot write (permission denied)", 0);
    case EROFS:
        return ds_fail(err, DS_IO, "cannot write (read-only file system)", 0);
    case ENOSPC:
        return ds_fail(err, DS_IO, "cannot write (disk full)", 0);
    case ENOTDIR:
        return ds_fail(err, DS_IO, "cannot write (a file stands where a folder should)", 0);
    default:
        return ds_fail(err, DS_IO, "cannot write", 0);
    }
}

/* The folders above the file, as mkdir -p. */
static ds_status make_folders(ds_arena *a, ds_str path, ds_err *err)
{
    ds_str copy = ds_arena_str(a, path);
    if (!copy.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    char *z = (char *)copy.at; /* our own copy */
    for (size_t i = 1; i < copy.len; i++) {
        if (z[i] != '/')
            continue;
        z[i] = 0;
        int rc = mkdir(z, 0777);
        int errnum = errno;
        z[i] = '/';
        if (rc != 0 && errnum != EEXIST && errnum != EISDIR)
            return cannot_write(errnum, err);
    }
    return DS_OK;
}

/* May we write the file, or make it, and its journal beside it? SQLite alone would say "cannot open". */
static ds_status check_writable(ds_arena *a, ds_str path, ds_err *err)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    ds_str folder = end ? ds_arena_str(a, ds_str_cut(path, 0, end)) : DS_STR(".");
    if (!folder.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (access(folder.at, W_OK | X_OK) != 0)
        return cannot_write(errno, err);
    if (access(path.at, F_OK) == 0 && access(path.at, W_OK) != 0)
        return cannot_write(errno, err);
    return DS_OK;
}

static ds_status check_there(const char *path, ds_err *err)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? DS_NONE
                   : ds_fail(err, DS_IO, "cannot read (permission denied)", 0);
    if (S_ISDIR(st.st_mode))
        return ds_fail(err, DS_IO, "a folder, not a store", 0);
    if (access(path, R_OK) != 0)
        return ds_fail(err, DS_IO, "cannot read (permission denied)", 0);
    return DS_OK;
}

static ds_status connect_to(ds_store *s, const char *path, int flags, ds_err *err)
{
    int rc =
        sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (!s->db)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (rc != SQLITE_OK) {
        int errnum = sqlite3_system_errno(s->db);
        return flags & SQLITE_OPEN_CREATE ? cannot_write(errnum, err) : ds_store_fail(s, err);
    }
    sqlite3_busy_timeout(s->db, DS_STORE_BUSY_MS);
    return ds_sql_exec(s, SET_UP, err);
}

/* A store in a folder that we may not write to, closed cleanly by its writer: nothing can change under us. */
static ds_status connect_immutable(ds_store *s, ds_arena *a, ds_str path, ds_err *err)
{
    ds_buf uri = ds_buf_new(a);
    ds_buf_puts(&uri, "file:");
    for (size_t i = 0; i < path.len; i++) {
        if (path.at[i] == '%' || path.at[i] == '?' || path.at[i] == '#')
            ds_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)path.at[i]);
        else
            ds_buf_putc(&uri, path.at[i]);
    }
    ds_buf_puts(&uri, "?immutable=1");
    ds_str z = ds_buf_str(&uri);
    if (!z.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    sqlite3_close(s->db);
    s->db = NULL;
    return connect_to(s, z.at, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
}

/* Nobody of us can write there: else whoever could not be asked for a moment would be read as if it never changed. */
static bool is_closed_folder(ds_arena *a, ds_str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    ds_str folder = end ? ds_arena_str(a, ds_str_cut(path, 0, end)) : DS_STR(".");
    return folder.at && access(folder.at, W_OK) != 0;
}

static ds_status open_reader(ds_store *s, ds_arena *a, ds_str path, ds_err *err)
{
    ds_status there = check_there(path.at, err);
    if (there != DS_OK)
        return there;
    DS_TRY(connect_to(s, path.at, SQLITE_OPEN_READONLY, err));
    ds_status got = ds_migrate(s, false, err);
    if (got >= 0)
        return got;
    ds_str wal = ds_arena_printf(a, "%.*s-wal", DS_FMT(path));
    bool closed =
        s->failed == SQLITE_CANTOPEN || s->failed == SQLITE_READONLY || s->failed == SQLITE_PERM;
    if (!closed || !wal.at || access(wal.at, F_OK) == 0 || !is_closed_folder(a, path))
        return got;
    DS_TRY(connect_immutable(s, a, path, err));
    return ds_migrate(s, false, err);
}

static ds_status open_writer(ds_store *s, ds_arena *a, ds_str path, ds_err *err)
{
    struct stat st;
    if (stat(path.at, &st) == 0 && S_ISDIR(st.st_mode))
        return ds_fail(err, DS_IO, "a folder, not a store", 0);
    DS_TRY(make_folders(a, path, err));
    DS_TRY(check_writable(a, path, err));
    DS_TRY(connect_to(s, path.at, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err));
    DS_TRY(ds_migrate(s, true, err));
    return ds_sql_exec(s, SET_UP_WRITER, err);
}

/* The message of a store that is about to go. */
static void save_message(ds_arena *a, const ds_store *s, ds_err *err)
{
    if (!err || err->what != s->message)
        return;
    ds_str kept = ds_arena_str(a, ds_str_of(s->message));
    err->what = kept.at ? kept.at : "cannot be opened";
}

ds_status ds_store_open(ds_arena *a, ds_str path, ds_store_mode mode, ds_store **out, ds_err *err)
{
    ds_str z = ds_arena_str(a, path);
    DS_AUTO(ds_store_closep) ds_store *s = calloc(1, sizeof *s);
    if (!s || !z.at)
        // NOLINTNEXTLINE(clang-analyzer-unix.Malloc): DS_AUTO closes it
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    s->scratch = ds_arena_new(0, DS_STORE_SCRATCH);
    if (!s->scratch)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    ds_status got = mode == DS_STORE_READ ? open_reader(s, a, z, err) : open_writer(s, a, z, err);
    if (got != DS_OK) {
        save_message(a, s, err);
        return got;
    }
    *out = s;
    s = NULL;
    return DS_OK;
}

void ds_store_close(ds_store *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->cached_len; i++)
        sqlite3_finalize(s->cached[i].st);
    sqlite3_close(s->db); /* undoes a batch that is open */
    ds_words_close(s->words);
    ds_arena_free(s->scratch);
    free(s);
}

void ds_store_closep(ds_store **s)
{
    ds_store_close(*s);
}

ds_status ds_store_begin(ds_store *s, ds_err *err)
{
    return ds_sql_exec(s, "BEGIN IMMEDIATE", err);
}

ds_status ds_store_commit(ds_store *s, ds_err *err)
{
    ds_status got = ds_sql_exec(s, "COMMIT", err);
    if (got < 0)
        ds_store_abort(s);
    return got;
}

void ds_store_abort(ds_store *s)
{
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    ds_arena_reset(s->scratch);
}
