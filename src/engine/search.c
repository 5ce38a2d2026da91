/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - dossier search. */
#include "engine/internal.h"

#include <inttypes.h>
#include <stdlib.h>

#define SEARCH_USUAL 20
#define SEARCH_MOST 100
/* Hits that can be paged through best first: each page ranks anew. */
#define SEARCH_DEEP 1000

/* "r20": ranked, after 20 hits; "n17": newest first, before number 17. */
static bool read_cursor(const char *z, ds_search *q)
{
    char *end;
    if (z[0] != (q->newest ? 'n' : 'r') || z[1] < '0' || z[1] > '9')
        return false;
    long long v = strtoll(z + 1, &end, 10);
    if (*end || v < 1 || (!q->newest && v > SEARCH_DEEP))
        return false;
    if (q->newest)
        q->before = v;
    else
        q->skip = (uint32_t)v;
    return true;
}

static ds_str next_of(ds_arena *a, const ds_search *q, const ds_found *f)
{
    if (!f->more || (!f->newest && q->skip + q->limit > SEARCH_DEEP))
        return (ds_str){NULL, 0};
    return f->newest ? ds_arena_printf(a, "n%" PRId64, f->last)
                     : ds_arena_printf(a, "r%u", q->skip + q->limit);
}

static dossier_status check(dossier *d, const dossier_query *q, const dossier_view *v)
{
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    if (v->format != DOSSIER_TEXT && v->format != DOSSIER_JSON && v->format != DOSSIER_JSONL)
        return ds_say(d, DOSSIER_BAD, "--format: hits are printed as text, json or jsonl");
    if (q->limit > SEARCH_MOST)
        return ds_say(d, DOSSIER_BAD, "limit: at most %d", SEARCH_MOST);
    return DOSSIER_OK;
}

static ds_status find(dossier *d, ds_arena *a, const ds_search *s, const dossier_view *v, ds_buf *b,
                      ds_err *err)
{
    ds_found found;
    ds_buf query = ds_buf_new(a);
    DS_TRY(ds_store_search(d->store, a, s, &found, err));
    ds_query_print(s->query, &query);
    ds_str said = ds_buf_str(&query);
    if (!said.at)
        return DS_NOMEM;
    return ds_export_found(a, &found, said, next_of(a, s, &found), ds_style_of(v), b);
}

dossier_status dossier_search(dossier *d, const dossier_query *q, const dossier_view *v,
                              dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_err err = {0};
    ds_query query;
    ds_search s = {
        .query = &query, .newest = q->newest, .limit = q->limit ? q->limit : SEARCH_USUAL};
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, q, v);
    if (ok != DOSSIER_OK)
        return ok;
    ds_status st = ds_store_parse_query(d->store, a, ds_str_of(q->query), &query, &err);
    if (st == DS_BAD || st == DS_LIMIT)
        return ds_say(d, DOSSIER_BAD, "%s", err.what);
    if (st < 0)
        return ds_say_store(d, st, &err);
    s.newest = s.newest || !query.len; /* only days: nothing to rank by */
    if (q->cursor && !read_cursor(q->cursor, &s))
        return ds_say(d, DOSSIER_BAD, "cursor: not one that was given");
    ds_buf b = ds_buf_new(a);
    st = find(d, a, &s, v, &b, &err);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no article has these words");
    return st < 0 ? ds_say_store(d, st, &err) : ds_hand_out(d, &b, out);
}
