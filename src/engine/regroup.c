/* SPDX-License-Identifier: Apache-2.0 */
/* regroup.c - from all newest readings to finished stories, inside the batch that is open. */
#include "engine/internal.h"

#include <stdlib.h>

typedef struct grouping {
    ds_stored stored;
    ds_stories stories;
    ds_dossier *dossiers;
    const int64_t **article_ids; /* per story, per source */
} grouping;

static int by_number(const void *pa, const void *pb)
{
    int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
    return (a > b) - (a < b);
}

static ds_status finish_story(dossier *d, ds_arena *a, grouping *g, size_t i, ds_err *err)
{
    ds_story story = g->stories.at[i];
    ds_ledger ledger = {0};
    int64_t *ids = ds_arena_calloc(a, story.members_len, sizeof *ids);
    if (!ids)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    for (size_t k = 0; k < story.members_len; k++)
        ids[k] = story.members[k].reading;
    if (story.members_len)
        qsort(ids, story.members_len, sizeof *ids, by_number); /* as the finished story has them */
    for (size_t k = 0; k < story.members_len; k++)
        ids[k] = g->stored.ids[ids[k]];
    g->article_ids[i] = ids;
    DS_TRY(ds_story_who(a, g->stored.at, d->lexicon, &story, err));
    DS_TRY(ds_reconcile(a, g->stored.at, &story, d->lexicon, ds_rule_at(0)->name, &ledger, err));
    return ds_digest(a, g->stored.at, &story, &ledger, d->lexicon, &g->dossiers[i], err);
}

ds_status ds_regroup(dossier *d, ds_arena *a, size_t *stories, ds_err *err)
{
    grouping g = {0};
    DS_TRY(ds_store_readings(d->store, a, &g.stored, err));
    if (g.stored.len)
        DS_TRY(ds_story_group(a, g.stored.at, g.stored.len, &g.stories, err));
    g.dossiers = ds_arena_calloc(a, g.stories.len, sizeof *g.dossiers);
    g.article_ids = ds_arena_calloc(a, g.stories.len, sizeof *g.article_ids);
    if (!g.dossiers || !g.article_ids)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    for (size_t i = 0; i < g.stories.len; i++)
        DS_TRY(finish_story(d, a, &g, i, err));
    DS_TRY(ds_store_put_stories(d->store, a, g.dossiers, g.article_ids, g.stories.len, err));
    *stories = g.stories.len;
    return DS_OK;
}
