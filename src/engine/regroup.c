/* SPDX-License-Identifier: Apache-2.0 */
/* regroup.c - from all newest readings to finished stories, inside the batch that is open. A story is reckoned where something that
 * it is made of has changed, and left as it stands in the store where nothing has. */
#include "engine/internal.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct grouping {
    ds_stored stored;
    ds_stories stories;
    DS_VEC(ds_dossier) done; /* reckoned: these three go side by side */
    DS_VEC(const int64_t *) article_ids;
    DS_VEC(ds_str) stamps;
    DS_VEC(int64_t) kept;
} grouping;

typedef struct arrival { /* a member in the order of the finished story */
    const ds_member *member;
    const ds_reading *reading;
} arrival;

static int by_arrival(const void *pa, const void *pb)
{
    const arrival *a = pa, *b = pb;
    return (a->reading > b->reading) - (a->reading < b->reading);
}

static ds_status order_members(ds_arena *a, const grouping *g, const ds_story *story, arrival **out)
{
    arrival *v = ds_arena_calloc(a, story->members_len, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (size_t k = 0; k < story->members_len; k++)
        v[k] = (arrival){&story->members[k], &g->stored.at[story->members[k].reading]};
    if (story->members_len)
        qsort(v, story->members_len, sizeof *v, by_arrival);
    *out = v;
    return DS_OK;
}

/* ---- what a story is made of ------------------------------------------------------------------------------ */

/* The length before it, so that no two texts run together; absent is not empty. */
static void put_str(ds_buf *b, ds_str s)
{
    ds_buf_printf(b, "%zd:", s.at ? (ssize_t)s.len : (ssize_t)-1);
    ds_buf_put(b, s);
}

/* A reading follows from the page, as it came, and its reader; the letter is the place among the members. */
static void put_member(ds_buf *b, const arrival *m)
{
    const ds_page *p = m->reading->page;
    const ds_str texts[] = {m->member->letter,
                            m->reading->article->doc,
                            m->reading->reader,
                            p->name,
                            p->url,
                            p->sha256,
                            p->media,
                            p->title,
                            p->publisher};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_str(b, texts[i]);
    ds_buf_printf(b, "%d %d %d %u %u;", (int)p->came, (int)p->published, (int)p->fetched, p->line,
                  m->reading->article->n);
}

/* 128 bits: of as many stories as a store may have no two share them. */
static ds_status stamp_of(const dossier *d, ds_arena *a, const arrival *members, size_t n,
                          ds_str *out)
{
    ds_buf b = ds_buf_new(a);
    put_str(&b, d->reckoner);
    for (size_t k = 0; k < n; k++)
        put_member(&b, &members[k]);
    ds_str all = ds_buf_str(&b);
    if (!all.at)
        return DS_NOMEM;
    *out = ds_arena_printf(a, "%016" PRIx64 "%016" PRIx64, ds_hash(all, 0), ds_hash(all, 1));
    return out->at ? DS_OK : DS_NOMEM;
}

static const int64_t *ids_of(ds_arena *a, const grouping *g, const arrival *members, size_t n)
{
    int64_t *ids = ds_arena_calloc(a, n, sizeof *ids);
    for (size_t k = 0; ids && k < n; k++)
        ids[k] = g->stored.ids[members[k].member->reading];
    return ids;
}

/* ---- stories ------------------------------------------------------------------------------------------------ */

static ds_status reckon(const dossier *d, ds_arena *a, const grouping *g, ds_story story,
                        ds_dossier *out, ds_err *err)
{
    ds_ledger ledger = {0};
    DS_TRY(ds_story_who(a, g->stored.at, d->lexicon, &story, err));
    DS_TRY(ds_reconcile(a, g->stored.at, &story, d->lexicon, ds_rule_at(0)->name, &ledger, err));
    return ds_digest(a, g->stored.at, &story, &ledger, d->lexicon, out, err);
}

static ds_status finish_story(const dossier *d, ds_arena *a, grouping *g, const ds_story *story,
                              ds_err *err)
{
    arrival *members;
    ds_str stamp;
    int64_t id;
    ds_dossier done = {0};
    if (order_members(a, g, story, &members) < 0 ||
        stamp_of(d, a, members, story->members_len, &stamp) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    const int64_t *ids = ids_of(a, g, members, story->members_len);
    if (!ids)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    ds_status got = ds_store_story_kept(d->store, stamp, ids, story->members_len, &id, err);
    DS_TRY(got);
    if (got == DS_OK)
        return DS_PUSH(a, &g->kept, id);
    DS_TRY(reckon(d, a, g, *story, &done, err));
    DS_TRY(DS_PUSH(a, &g->done, done));
    DS_TRY(DS_PUSH(a, &g->article_ids, ids));
    return DS_PUSH(a, &g->stamps, stamp);
}

ds_status ds_regroup(dossier *d, ds_arena *a, size_t *stories, ds_err *err)
{
    grouping g = {0};
    DS_TRY(ds_store_readings(d->store, a, &g.stored, err));
    if (g.stored.len)
        DS_TRY(ds_story_group(a, g.stored.at, g.stored.len, &g.stories, err));
    for (size_t i = 0; i < g.stories.len; i++)
        DS_TRY(finish_story(d, a, &g, &g.stories.at[i], err));
    ds_batch batch = {.stories = g.done.at,
                      .article_ids = g.article_ids.at,
                      .stamps = g.stamps.at,
                      .len = g.done.len,
                      .kept = g.kept.at,
                      .kept_len = g.kept.len};
    DS_TRY(ds_store_put_stories(d->store, a, &batch, err));
    *stories = g.stories.len;
    return DS_OK;
}
