/* SPDX-License-Identifier: Apache-2.0 */
/* regroup.c - stories whose members changed are reckoned and stored, one after the other, inside the batch that is open. */
#include "engine/internal.h"

#include <inttypes.h>

/* The ids of the articles, in the order of the finished story: that of arrival. */
static ds_status reckon(const dossier *d, ds_arena *a, const ds_stored *members, ds_dossier *out,
                        ds_err *err)
{
    ds_story story;
    ds_ledger ledger = {0};
    DS_TRY(ds_story_given(a, members->at, members->len, &story, err));
    DS_TRY(ds_story_who(a, members->at, d->lexicon, &story, err));
    DS_TRY(ds_reconcile(a, members->at, &story, d->lexicon, ds_rule_at(0)->name, &ledger, err));
    return ds_digest(a, members->at, &story, &ledger, d->lexicon, out, err);
}

/* ---- what a story is made of ------------------------------------------------------------------------------ */

/* The length before it, so that no two texts run together; absent is not empty. */
static void put_str(ds_buf *b, ds_str s)
{
    ds_buf_printf(b, s.at ? "%zu:" : "-:", s.len);
    ds_buf_put(b, s);
}

/* A reading follows from the page, as it came, and its reader; the letter is the place among the members. */
static void put_member(ds_buf *b, const ds_reading *r)
{
    const ds_page *p = r->page;
    const ds_str texts[] = {r->article->doc, r->reader, p->name,  p->url,
                            p->sha256,       p->media,  p->title, p->publisher};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_str(b, texts[i]);
    ds_buf_printf(b, "%d %d %d %u;", (int)p->came, (int)p->published, (int)p->fetched,
                  r->article->n);
}

/* 128 bits: of as many stories as a store may have no two share them. */
static ds_status stamp_of(const dossier *d, ds_arena *a, const ds_stored *members, ds_str *out)
{
    ds_buf b = ds_buf_new(a);
    put_str(&b, d->reckoner);
    for (size_t k = 0; k < members->len; k++)
        put_member(&b, &members->at[k]);
    ds_str all = ds_buf_str(&b);
    if (!all.at)
        return DS_NOMEM;
    *out = ds_arena_printf(a, "%016" PRIx64 "%016" PRIx64, ds_hash(all, 0), ds_hash(all, 1));
    return out->at ? DS_OK : DS_NOMEM;
}

/* ---- stories ------------------------------------------------------------------------------------------------ */

static ds_status finish(dossier *d, ds_grouper *g, ds_arena *a, int64_t story, ds_err *err)
{
    ds_stored members;
    ds_dossier done = {0};
    ds_str stamp;
    DS_TRY(ds_grouper_settle(g, a, story, err));
    DS_TRY(ds_store_story_readings(d->store, a, story, &members, err));
    if (!members.len)
        return ds_store_drop_story(d->store, story, err);
    DS_TRY(reckon(d, a, &members, &done, err));
    done.story = story;
    if (stamp_of(d, a, &members, &stamp) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_store_put_story(d->store, &done, members.ids, stamp, err));
    return ds_grouper_similar(g, a, story, err);
}

static ds_status commit(dossier *d, ds_grouper *g, ds_err *err)
{
    DS_TRY(ds_grouper_flush(g, err));
    DS_TRY(ds_store_commit(d->store, err));
    return ds_store_begin(d->store, err);
}

static ds_status finish_all(dossier *d, ds_grouper *g, ds_arena *a, ds_err *err)
{
    int64_t story;
    ds_status got;
    size_t done = 0;
    while ((got = ds_store_dirty(d->store, &story, err)) == DS_OK) {
        ds_arena_reset(a);
        DS_TRY(finish(d, g, a, story, err));
        if (++done % DS_COMMIT_STORIES == 0)
            DS_TRY(commit(d, g, err));
    }
    return got < 0 ? got : DS_OK;
}

ds_status ds_regroup(dossier *d, ds_grouper *g, ds_err *err)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(DS_PAGE_BLOCK, DS_BATCH_BUDGET);
    if (!a)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_grouper_reckoned_by(g, d->reckoner, err));
    DS_TRY(finish_all(d, g, a, err));
    DS_TRY(ds_store_forget_former(d->store, err));
    return ds_grouper_flush(g, err);
}
