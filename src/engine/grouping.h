/* SPDX-License-Identifier: Apache-2.0 */
/* grouping.h - each article into its story as it comes, with a cluster that lives in the store.
 *
 * Method   story/cluster.h; what one article needs of the index is loaded when it is needed and given back before a commit,
 *          so that cost and memory do not grow with the store
 * Output   story ids are handed out in order of arrival; the older id survives where two stories become one, the larger part keeps it
 *          where one becomes two
 * Errors   those of store and cluster; after one the batch must be given up, and the grouper closed
 * Threads  the writer's alone
 */
#ifndef DS_ENGINE_GROUPING_H
#define DS_ENGINE_GROUPING_H

#include "store/store.h"
#include "story/story.h"

typedef struct ds_grouper ds_grouper;

/* Model and store must outlive it. */
ds_status ds_grouper_open(ds_store *store, const ds_cluster_model *model, ds_grouper **out,
                          ds_err *err);
void ds_grouper_close(ds_grouper *g); /* NULL is fine */
/* An article that was just stored, of this page. Articles come in order of arrival. */
ds_status ds_grouper_put(ds_grouper *g, int64_t page, int64_t article, const ds_reading *r,
                         ds_err *err);
/* Before each commit. */
ds_status ds_grouper_flush(ds_grouper *g, ds_err *err);
/* ds_grouping.reread; the page up to which pages were read anew. */
int64_t ds_grouper_reread(const ds_grouper *g);
void ds_grouper_reread_to(ds_grouper *g, int64_t page);
/* Who finishes stories now: where it is another than before, all are to be reckoned. */
ds_status ds_grouper_reckoned_by(ds_grouper *g, ds_str reckoner, ds_err *err);
/* Does a story that lost articles still hold together? Parts that nothing binds to the largest become stories. */
ds_status ds_grouper_settle(ds_grouper *g, ds_arena *a, int64_t story, ds_err *err);
/* Which other stories are about much the same: stored for it and for them. */
ds_status ds_grouper_similar(ds_grouper *g, ds_arena *a, int64_t story, ds_err *err);

#endif
