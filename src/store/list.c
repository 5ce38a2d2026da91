/* SPDX-License-Identifier: Apache-2.0 */
/* list.c - lists inside a row are JSON arrays, so that any SQLite with json_each can read them. */
#include "store/internal.h"

#include <jansson.h>

const char *ds_list_at(const ds_field *f, const char *obj, size_t *len)
{
    const ds_list_shape *sh = f->more;
    const char *at = obj + f->at;
    if (!sh->fixed) {
        memcpy(&at, obj + f->at, sizeof at);
        memcpy(len, obj + f->aux, sizeof *len);
        return at;
    }
    uint32_t n = sh->fixed;
    if (f->aux != DS_NO_AUX)
        memcpy(&n, obj + f->aux, sizeof n);
    *len = n < sh->fixed ? n : sh->fixed;
    return at;
}

/* ---- out ------------------------------------------------------------------------------------------ */

static void write_field(ds_json *j, const ds_field *f, const char *at)
{
    ds_str s;
    ds_span span;
    ds_day day;
    bool yes;
    uint32_t u;
    switch (f->type) {
    case DS_F_STR:
        memcpy(&s, at, sizeof s);
        ds_json_str(j, NULL, s);
        return;
    case DS_F_SPAN:
        memcpy(&span, at, sizeof span);
        ds_json_int(j, NULL, span.beg);
        ds_json_int(j, NULL, span.end);
        return;
    case DS_F_DAY:
        memcpy(&day, at, sizeof day);
        ds_json_int(j, NULL, day);
        return;
    case DS_F_BOOL:
        memcpy(&yes, at, sizeof yes);
        ds_json_int(j, NULL, yes);
        return;
    default: /* DS_F_U32, DS_F_ENUM: the other types do not occur in lists */
        memcpy(&u, at, sizeof u);
        ds_json_int(j, NULL, u);
    }
}

ds_status ds_list_write(ds_arena *a, const ds_field *f, const char *obj, ds_str *out)
{
    const ds_list_shape *sh = f->more;
    size_t len = 0;
    const char *at = ds_list_at(f, obj, &len);
    ds_buf b = ds_buf_new(a);
    ds_json j = ds_json_new(&b);
    ds_json_arr(&j, NULL);
    for (size_t i = 0; i < len; i++) {
        if (sh->fields_len > 1)
            ds_json_arr(&j, NULL);
        for (size_t k = 0; k < sh->fields_len; k++)
            write_field(&j, &sh->fields[k], at + i * sh->size + sh->fields[k].at);
        if (sh->fields_len > 1)
            ds_json_end(&j, ']');
    }
    ds_json_end(&j, ']');
    *out = ds_buf_str(&b);
    return out->at ? DS_OK : DS_NOMEM;
}

/* ---- in ------------------------------------------------------------------------------------------- */

static void decrefp(json_t **j)
{
    json_decref(*j);
}

static ds_status read_u32(const json_t *v, uint32_t *out)
{
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > UINT32_MAX)
        return DS_BAD;
    *out = (uint32_t)json_integer_value(v);
    return DS_OK;
}

static ds_status read_day(const json_t *v, char *at)
{
    if (!json_is_integer(v) || json_integer_value(v) < INT32_MIN ||
        json_integer_value(v) > INT32_MAX)
        return DS_BAD;
    ds_day day = (ds_day)json_integer_value(v);
    memcpy(at, &day, sizeof day);
    return DS_OK;
}

static ds_status read_bool(const json_t *v, char *at)
{
    uint32_t u;
    if (read_u32(v, &u) < 0 || u > 1)
        return DS_BAD;
    bool yes = u == 1;
    memcpy(at, &yes, sizeof yes);
    return DS_OK;
}

static ds_status read_str(ds_arena *a, const json_t *v, char *at)
{
    ds_str s = {NULL, 0};
    if (json_is_string(v)) {
        s = ds_arena_str(a, (ds_str){json_string_value(v), json_string_length(v)});
        if (!s.at)
            return DS_NOMEM;
    } else if (!json_is_null(v)) {
        return DS_BAD;
    }
    memcpy(at, &s, sizeof s);
    return DS_OK;
}

static ds_status read_span(const json_t *beg, const json_t *end, char *at)
{
    ds_span s;
    if (read_u32(beg, &s.beg) < 0 || read_u32(end, &s.end) < 0 || s.beg > s.end)
        return DS_BAD;
    memcpy(at, &s, sizeof s);
    return DS_OK;
}

/* Names of an enum bound its numbers where the field has them. */
static bool in_enum(const ds_field *f, uint32_t v)
{
    const char *const *names = f->more;
    if (f->type != DS_F_ENUM || !names)
        return true;
    for (uint32_t n = 0; names[n]; n++)
        if (n == v)
            return true;
    return false;
}

/* v: the element, or the first of its values, followed by the rest in `row`. */
static ds_status read_field(ds_arena *a, const ds_field *f, const json_t *row, size_t *k, char *at)
{
    bool bare = !json_is_array(row);
    const json_t *v = bare ? row : json_array_get(row, *k);
    uint32_t u;
    switch (f->type) {
    case DS_F_STR:
        ++*k;
        return read_str(a, v, at);
    case DS_F_SPAN:
        *k += 2;
        return read_span(v, bare ? NULL : json_array_get(row, *k - 1), at);
    case DS_F_DAY:
        ++*k;
        return read_day(v, at);
    case DS_F_BOOL:
        ++*k;
        return read_bool(v, at);
    default:
        ++*k;
        if (read_u32(v, &u) < 0 || !in_enum(f, u))
            return DS_BAD;
        memcpy(at, &u, sizeof u);
        return DS_OK;
    }
}

static ds_status read_element(ds_arena *a, const ds_list_shape *sh, const json_t *row, char *at)
{
    size_t k = 0;
    if ((sh->fields_len > 1) != json_is_array(row))
        return DS_BAD;
    for (size_t i = 0; i < sh->fields_len; i++)
        DS_TRY(read_field(a, &sh->fields[i], row, &k, at + sh->fields[i].at));
    return DS_OK;
}

static ds_status read_elements(ds_arena *a, const ds_list_shape *sh, const json_t *list, char *at)
{
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row) DS_TRY(read_element(a, sh, row, at + i * sh->size));
    return DS_OK;
}

static ds_status read_fixed(ds_arena *a, const ds_field *f, const json_t *list, char *obj)
{
    const ds_list_shape *sh = f->more;
    size_t len = json_array_size(list);
    if (len > sh->fixed || (f->aux == DS_NO_AUX && len != sh->fixed))
        return DS_BAD;
    DS_TRY(read_elements(a, sh, list, obj + f->at));
    uint32_t n = (uint32_t)len;
    if (f->aux != DS_NO_AUX)
        memcpy(obj + f->aux, &n, sizeof n);
    return DS_OK;
}

ds_status ds_list_read(ds_arena *a, const ds_field *f, ds_str json, char *obj)
{
    const ds_list_shape *sh = f->more;
    if (ds_str_eq(json, DS_STR("[]")) && !sh->fixed)
        return DS_OK; /* the struct came zeroed */
    DS_AUTO(decrefp)
    json_t *list = json.at ? json_loadb(json.at, json.len, JSON_ALLOW_NUL, NULL) : NULL;
    if (!json_is_array(list))
        return DS_BAD;
    if (sh->fixed)
        return read_fixed(a, f, list, obj);
    size_t len = json_array_size(list);
    char *at = ds_arena_calloc(a, len, sh->size);
    if (!at)
        return DS_NOMEM;
    DS_TRY(read_elements(a, sh, list, at));
    memcpy(obj + f->at, &at, sizeof at);
    memcpy(obj + f->aux, &len, sizeof len);
    return DS_OK;
}
