/* SPDX-License-Identifier: Apache-2.0 */
/* line.c - one JSON line becomes a page. */
#include "intake/internal.h"

#include <jansson.h>

static void decrefp(json_t **j)
{
    json_decref(*j);
}

static ds_status not_json(ds_arena *a, const json_error_t *e, ds_err *err)
{
    /* "unexpected token near 'x'": the parser may quote the input, so bad bytes and long runs are cut. */
    ds_str said = ds_str_of(e->text);
    size_t bad = 0;
    if (ds_utf8_check(said, &bad) != DS_OK)
        said = ds_str_cut(said, 0, bad);
    ds_str what = ds_arena_printf(a, "not JSON: %.*s", DS_FMT(said));
    size_t at = e->position > 0 ? (size_t)e->position : 0;
    return ds_fail(err, DS_BAD, what.at ? what.at : "not JSON", at);
}

/* The string of a member, copied; absent when it is missing, null or no string. */
static ds_status member(ds_arena *a, const json_t *o, const char *key, ds_str *out)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_string(v))
        return DS_OK;
    ds_str s = ds_arena_str(a, (ds_str){json_string_value(v), json_string_length(v)});
    if (!s.at)
        return DS_NOMEM;
    *out = s;
    return DS_OK;
}

/* An id may be a number: its digits are the name. */
static ds_status member_id(ds_arena *a, const json_t *o, const char *key, ds_str *out)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_integer(v))
        return member(a, o, key, out);
    *out = ds_arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    return out->at ? DS_OK : DS_NOMEM;
}

/* 20250207 as a number is a day too. A day that cannot be read counts as not given: extraction may still find it. */
static ds_status member_day(ds_arena *a, const json_t *o, ds_day *out)
{
    static const char *const keys[] = {"published", "dct", "date", "pub_date"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ds_str s = {NULL, 0};
        ds_day day = DS_DAY_NONE;
        DS_TRY(member_id(a, o, keys[i], &s));
        if (s.at && ds_day_parse(ds_str_trim(s), &day) == DS_OK) {
            *out = day;
            return DS_OK;
        }
    }
    return DS_OK;
}

static ds_status fill(ds_arena *a, const json_t *o, ds_page *page)
{
    DS_TRY(member(a, o, "text", &page->bytes));
    DS_TRY(member(a, o, "title", &page->title));
    DS_TRY(member(a, o, "source", &page->publisher));
    DS_TRY(member(a, o, "url", &page->url));
    DS_TRY(member_id(a, o, "id", &page->name));
    if (!page->name.at || !page->name.len)
        DS_TRY(member_id(a, o, "doc_id", &page->name));
    return member_day(a, o, &page->published);
}

static void drop_empty(ds_str *s)
{
    if (s->at && !ds_str_trim(*s).len)
        *s = (ds_str){NULL, 0};
}

ds_status ds_intake_check_values(ds_str json, ds_err *why)
{
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.at[i];
        i += quoted && c == '\\';
        quoted ^= c == '"';
        n += !quoted && (c == ',' || c == '[' || c == '{');
    }
    return n > DS_INTAKE_MAX_VALUES ? ds_fail(why, DS_LIMIT, "more than 100,000 values in it", 0)
                                    : DS_OK;
}

ds_status ds_line_parse(ds_arena *a, ds_str line, ds_page *out, ds_err *err)
{
    json_error_t e;
    DS_TRY(ds_intake_check_values(line, err));
    DS_AUTO(decrefp) json_t *o = json_loadb(line.at, line.len, JSON_ALLOW_NUL, &e);
    if (!o)
        return not_json(a, &e, err);
    if (!json_is_object(o))
        return ds_fail(err, DS_BAD, "not a JSON object", 0);
    if (!json_object_get(o, "text"))
        return ds_fail(err, DS_BAD, "no “text” in it", 0);
    if (!json_is_string(json_object_get(o, "text")))
        return ds_fail(err, DS_BAD, "its “text” is not a string", 0);
    ds_page page = {.came = DS_CAME_JSON_LINE, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
    if (fill(a, o, &page) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    drop_empty(&page.name);
    drop_empty(&page.url);
    drop_empty(&page.title);
    drop_empty(&page.publisher);
    if (!page.bytes.len)
        return ds_fail(err, DS_BAD, "empty", 0);
    *out = page;
    return DS_OK;
}
