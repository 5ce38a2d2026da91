/* SPDX-License-Identifier: Apache-2.0 */
/* bind.c - structs to columns. */
#include "store/internal.h"

static const char *const suffixes[][2] = {
    [DS_F_SPAN] = {"_beg", "_end"},
    [DS_F_DAYS] = {"_lo", "_hi"},
    [DS_F_FRAC] = {"_num", "_den"},
    [DS_F_LIST] = {NULL, NULL},
};

static bool is_double(const ds_field *f)
{
    return f->type == DS_F_SPAN || f->type == DS_F_DAYS || f->type == DS_F_FRAC;
}

static void put_name(ds_buf *b, bool first, const char *prefix, const char *name,
                     const char *suffix)
{
    ds_buf_puts(b, first ? "" : ", ");
    ds_buf_puts(b, prefix);
    ds_buf_puts(b, name);
    ds_buf_puts(b, suffix);
}

void ds_shape_columns(ds_buf *b, const ds_shape *sh, const char *prefix, const char *skip)
{
    bool first = true;
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++) {
        for (size_t i = 0; i < sh->parts[p].len; i++) {
            const ds_field *f = &sh->parts[p].fields[i];
            if (skip && strcmp(f->name, skip) == 0)
                continue;
            put_name(b, first, prefix, f->name, is_double(f) ? suffixes[f->type][0] : "");
            first = false;
            if (is_double(f))
                put_name(b, false, prefix, f->name, suffixes[f->type][1]);
        }
    }
}

int ds_shape_width(const ds_shape *sh)
{
    int width = 0;
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++)
        for (size_t i = 0; i < sh->parts[p].len; i++)
            width += is_double(&sh->parts[p].fields[i]) ? 2 : 1;
    return width;
}

int ds_bind_str(sqlite3_stmt *st, int column, ds_str s)
{
    if (!s.at)
        return sqlite3_bind_null(st, column);
    return sqlite3_bind_text64(st, column, s.at, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_optional(sqlite3_stmt *st, int column, bool has, int64_t v)
{
    return has ? sqlite3_bind_int64(st, column, v) : sqlite3_bind_null(st, column);
}

static int bind_span(sqlite3_stmt *st, int column, const char *at)
{
    ds_span s;
    memcpy(&s, at, sizeof s);
    int rc = sqlite3_bind_int64(st, column, s.beg);
    return rc ? rc : sqlite3_bind_int64(st, column + 1, s.end);
}

static int bind_days(sqlite3_stmt *st, int column, const char *at)
{
    ds_days d;
    memcpy(&d, at, sizeof d);
    int rc = bind_optional(st, column, d.lo != DS_DAY_NONE, d.lo);
    return rc ? rc : bind_optional(st, column + 1, d.hi != DS_DAY_NONE, d.hi);
}

/* A fraction that nobody filled (0/0) is no fraction. */
static int bind_frac(sqlite3_stmt *st, int column, const ds_field *f, const char *obj)
{
    ds_frac v;
    bool has = true;
    memcpy(&v, obj + f->at, sizeof v);
    if (f->aux != DS_NO_AUX)
        memcpy(&has, obj + f->aux, sizeof has);
    has = has && v.den > 0;
    int rc = bind_optional(st, column, has, v.num);
    return rc ? rc : bind_optional(st, column + 1, has, v.den);
}

static int bind_enum(sqlite3_stmt *st, int column, const ds_field *f, const char *at)
{
    const char *const *names = f->more;
    unsigned v, n = 0;
    memcpy(&v, at, sizeof v);
    while (names[n] && n < v)
        n++;
    return sqlite3_bind_text(st, column, names[n], -1,
                             SQLITE_STATIC); /* unknown: NULL, which the schema refuses */
}

static int bind_simple(sqlite3_stmt *st, int column, const ds_field *f, const char *at)
{
    ds_str s;
    bool yes;
    uint32_t u;
    int32_t i;
    switch (f->type) {
    case DS_F_STR:
        memcpy(&s, at, sizeof s);
        return ds_bind_str(st, column, s);
    case DS_F_BOOL:
        memcpy(&yes, at, sizeof yes);
        return sqlite3_bind_int(st, column, yes);
    case DS_F_U32:
        memcpy(&u, at, sizeof u);
        return sqlite3_bind_int64(st, column, u);
    case DS_F_INDEX:
        memcpy(&i, at, sizeof i);
        return bind_optional(st, column, i >= 0, i);
    default: /* DS_F_DAY */
        memcpy(&i, at, sizeof i);
        return bind_optional(st, column, i != DS_DAY_NONE, i);
    }
}

static ds_status bind_list(ds_store *s, sqlite3_stmt *st, int column, const ds_field *f,
                           const char *obj, ds_err *err)
{
    ds_str json;
    if (ds_list_write(s->scratch, f, obj, &json) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return ds_bind_str(st, column, json) == SQLITE_OK ? DS_OK : ds_store_fail(s, err);
}

static ds_status bind_field(ds_store *s, sqlite3_stmt *st, int column, const ds_field *f,
                            const char *obj, ds_err *err)
{
    int rc;
    switch (f->type) {
    case DS_F_LIST:
        return bind_list(s, st, column, f, obj, err);
    case DS_F_SPAN:
        rc = bind_span(st, column, obj + f->at);
        break;
    case DS_F_DAYS:
        rc = bind_days(st, column, obj + f->at);
        break;
    case DS_F_FRAC:
        rc = bind_frac(st, column, f, obj);
        break;
    case DS_F_ENUM:
        rc = bind_enum(st, column, f, obj + f->at);
        break;
    default:
        rc = bind_simple(st, column, f, obj + f->at);
    }
    return rc == SQLITE_OK ? DS_OK : ds_store_fail(s, err);
}

ds_status ds_bind_object(ds_store *s, sqlite3_stmt *st, int first, const ds_shape *sh,
                         const void *obj, ds_err *err)
{
    int column = first;
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++) {
        const char *base = (const char *)obj + sh->parts[p].base;
        for (size_t i = 0; i < sh->parts[p].len; i++) {
            const ds_field *f = &sh->parts[p].fields[i];
            DS_TRY(bind_field(s, st, column, f, base, err));
            column += is_double(f) ? 2 : 1;
        }
    }
    return DS_OK;
}
