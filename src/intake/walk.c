/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c - folders in bytewise order of names; every folder once, however links lead back. */
#include "intake/internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

const char ds_intake_no_pages[] = "no pages in it";

typedef struct folder_id {
    dev_t dev;
    ino_t ino;
} folder_id;

typedef struct walk {
    ds_arena *a;
    ds_inputs *out;
    DS_VEC(folder_id) seen; /* in the order of the walk */
} walk;

typedef DS_VEC(ds_str) names;

static ds_status walk_path(walk *w, ds_str path, unsigned depth);

const char *ds_intake_reason(int errnum)
{
    static const struct {
        int errnum;
        const char *reason;
    } reasons[] = {
        {ENOENT, "no such file"},
        {ENOTDIR, "no such file"},
        {EACCES, "permission denied"},
        {EPERM, "permission denied"},
        {ELOOP, "a loop of links"},
        {ENAMETOOLONG, "its name is too long"},
        {EISDIR, "a folder"},
        {EMFILE, "too many open files"},
        {ENXIO, "not a file or folder"},
        {ENOMEM, "no memory left"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].errnum == errnum)
            return reasons[i].reason;
    return "cannot be read";
}

static ds_status push(walk *w, ds_str path, ds_input_kind kind, ds_status code, const char *why)
{
    ds_input in = {.path = path, .kind = kind, .code = code, .why = why};
    return DS_PUSH(w->a, w->out, in);
}

static bool seen_before(const walk *w, const struct stat *st)
{
    for (size_t i = w->seen.len; i-- > 0;)
        if (w->seen.at[i].ino == st->st_ino && w->seen.at[i].dev == st->st_dev)
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return ds_str_cmp(*(const ds_str *)a, *(const ds_str *)b);
}

static void closedirp(DIR **d)
{
    if (*d)
        closedir(*d);
}

/* The visible names of a folder, sorted. DS_NONE: it cannot be opened (errno). */
static ds_status list(walk *w, ds_str path, names *out)
{
    DS_AUTO(closedirp) DIR *dir = opendir(path.at);
    if (!dir)
        return DS_NONE;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        ds_str name = ds_arena_str(w->a, ds_str_of(e->d_name));
        if (!name.at)
            return DS_NOMEM;
        DS_TRY(DS_PUSH(w->a, out, name));
    }
    if (out->len)
        qsort(out->at, out->len, sizeof *out->at, by_bytes);
    return DS_OK;
}

static ds_str joined(ds_arena *a, ds_str folder, ds_str name)
{
    const char *between = ds_str_ends(folder, DS_STR("/")) ? "" : "/";
    return ds_arena_printf(a, "%.*s%s%.*s", DS_FMT(folder), between, DS_FMT(name));
}

static ds_status walk_folder(walk *w, ds_str path, const struct stat *st, unsigned depth)
{
    if (seen_before(w, st))
        return DS_OK;
    if (depth > DS_INTAKE_DEPTH)
        return push(w, path, DS_INPUT_FAILED, DS_LIMIT,
                    "nested more than 64 folders deep; kept out");
    folder_id id = {st->st_dev, st->st_ino};
    DS_TRY(DS_PUSH(w->a, &w->seen, id));
    names found = {0};
    ds_status got = list(w, path, &found);
    if (got == DS_NONE)
        return push(w, path, DS_INPUT_FAILED, DS_IO, ds_intake_reason(errno));
    DS_TRY(got);
    for (size_t i = 0; i < found.len; i++) {
        ds_str inner = joined(w->a, path, found.at[i]);
        if (!inner.at)
            return DS_NOMEM;
        DS_TRY(walk_path(w, inner, depth + 1));
    }
    return DS_OK;
}

static ds_status walk_path(walk *w, ds_str path, unsigned depth)
{
    struct stat st;
    if (stat(path.at, &st) != 0)
        return push(w, path, DS_INPUT_FAILED, DS_IO, ds_intake_reason(errno));
    if (S_ISDIR(st.st_mode))
        return walk_folder(w, path, &st, depth);
    if (!S_ISREG(st.st_mode))
        return push(w, path, DS_INPUT_FAILED, DS_BAD, "not a file or folder; kept out");
    bool lines = ds_str_ends(path, DS_STR(".jsonl"));
    return push(w, path, lines ? DS_INPUT_LINES : DS_INPUT_PAGE, DS_OK, NULL);
}

ds_status ds_walk(ds_arena *a, ds_str path, ds_inputs *out)
{
    walk w = {.a = a, .out = out};
    if (ds_str_eq(path, DS_STR("-")))
        return push(&w, path, DS_INPUT_LINES, DS_OK, NULL);
    size_t before = out->len;
    DS_TRY(walk_path(&w, path, 0));
    if (out->len == before)
        return push(&w, path, DS_INPUT_FAILED, DS_BAD, ds_intake_no_pages);
    return DS_OK;
}
