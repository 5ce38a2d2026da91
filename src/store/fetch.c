/* SPDX-License-Identifier: Apache-2.0 */
/* fetch.c - columns to structs. What cannot be such a struct is DS_BAD here and "damaged" for the caller. */
#include "store/internal.h"

ds_str ds_column_view(sqlite3_stmt *st, int column)
{
    const char *at = (const char *)sqlite3_column_text(st, column);
    return (ds_str){at, at ? (size_t)sqlite3_column_bytes(st, column) : 0};
}

ds_status ds_column_str(sqlite3_stmt *st, int column, ds_arena *a, ds_str *out)
{
    ds_str view = ds_column_view(st, column);
    ds_str s = ds_arena_str(a, view);
    if (view.at && !s.at)
        return DS_NOMEM;
    *out = s;
    return DS_OK;
}

static bool is_null(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL;
}

static ds_status fetch_u32(sqlite3_stmt *st, int column, uint32_t *out)
{
    int64_t v = sqlite3_column_int64(st, column);
    if (v < 0 || v > UINT32_MAX)
        return DS_BAD;
    *out = (uint32_t)v;
    return DS_OK;
}

/* int32_t with `none` for NULL. */
static ds_status fetch_i32(sqlite3_stmt *st, int column, int32_t none, char *at)
{
    int64_t v = is_null(st, column) ? none : sqlite3_column_int64(st, column);
    if (v < INT32_MIN || v > INT32_MAX)
        return DS_BAD;
    int32_t i = (int32_t)v;
    memcpy(at, &i, sizeof i);
    return DS_OK;
}

static ds_status fetch_span(sqlite3_stmt *st, int column, char *at)
{
    ds_span s;
    if (fetch_u32(st, column, &s.beg) < 0 || fetch_u32(st, column + 1, &s.end) < 0 || s.beg > s.end)
        return DS_BAD;
    memcpy(at, &s, sizeof s);
    return DS_OK;
}

static ds_status fetch_days(sqlite3_stmt *st, int column, char *at)
{
    DS_TRY(fetch_i32(st, column, DS_DAY_NONE, at + offsetof(ds_days, lo)));
    return fetch_i32(st, column + 1, DS_DAY_NONE, at + offsetof(ds_days, hi));
}

static ds_status fetch_frac(sqlite3_stmt *st, int column, const ds_field *f, char *obj)
{
    bool has = !is_null(st, column);
    ds_frac v = {sqlite3_column_int64(st, column), sqlite3_column_int64(st, column + 1)};
    if (has && v.den <= 0)
        return DS_BAD;
    memcpy(obj + f->at, &v, sizeof v);
    if (f->aux != DS_NO_AUX)
        memcpy(obj + f->aux, &has, sizeof has);
    return DS_OK;
}

static ds_status fetch_enum(sqlite3_stmt *st, int column, const ds_field *f, char *at)
{
    const char *const *names = f->more;
    ds_str name = ds_column_view(st, column);
    for (unsigned n = 0; names[n]; n++) {
        if (!ds_str_eq(name, ds_str_of(names[n])))
            continue;
        memcpy(at, &n, sizeof n);
        return DS_OK;
    }
    return DS_BAD;
}

static ds_status fetch_simple(sqlite3_stmt *st, int column, const ds_field *f, ds_arena *a,
                              char *at)
{
    ds_str s;
    uint32_t u;
    bool yes;
    switch (f->type) {
    case DS_F_STR:
        DS_TRY(ds_column_str(st, column, a, &s));
        memcpy(at, &s, sizeof s);
        return DS_OK;
    case DS_F_BOOL:
        yes = sqlite3_column_int64(st, column) != 0;
        memcpy(at, &yes, sizeof yes);
        return DS_OK;
    case DS_F_U32:
        DS_TRY(fetch_u32(st, column, &u));
        memcpy(at, &u, sizeof u);
        return DS_OK;
    case DS_F_INDEX:
        return fetch_i32(st, column, -1, at);
    default: /* DS_F_DAY */
        return fetch_i32(st, column, DS_DAY_NONE, at);
    }
}

static ds_status fetch_field(sqlite3_stmt *st, int *column, const ds_field *f, ds_arena *a,
                             char *obj)
{
    int at = *column;
    switch (f->type) {
    case DS_F_SPAN:
        *column += 2;
        return fetch_span(st, at, obj + f->at);
    case DS_F_DAYS:
        *column += 2;
        return fetch_days(st, at, obj + f->at);
    case DS_F_FRAC:
        *column += 2;
        return fetch_frac(st, at, f, obj);
    case DS_F_ENUM:
        ++*column;
        return fetch_enum(st, at, f, obj + f->at);
    case DS_F_LIST:
        ++*column;
        return ds_list_read(a, f, ds_column_view(st, at), obj);
    default:
        ++*column;
        return fetch_simple(st, at, f, a, obj + f->at);
    }
}

ds_status ds_fetch_object(ds_store *s, sqlite3_stmt *st, int first, const ds_shape *sh, ds_arena *a,
                          void *obj, ds_err *err)
{
    int column = first;
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++) {
        char *base = (char *)obj + sh->parts[p].base;
        for (size_t i = 0; i < sh->parts[p].len; i++) {
            const ds_field *f = &sh->parts[p].fields[i];
            ds_status got = fetch_field(st, &column, f, a, base);
            if (got == DS_NOMEM)
                return ds_fail(err, DS_NOMEM, "no memory left", 0);
            if (got < 0)
                return ds_damaged(s, err, sh->table, f->name);
        }
    }
    return DS_OK;
}
