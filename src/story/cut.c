/* SPDX-License-Identifier: Apache-2.0 */
/* cut.c - which terms of an article are kept. */
#include <stdlib.h>

#include "cluster_internal.h"

typedef struct weighed {
    float weight;
    ds_mark_term t;
} weighed;

static int heavier_first(const void *pa, const void *pb)
{
    const weighed *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->t.hash > b->t.hash) - (a->t.hash < b->t.hash);
}

static int by_hash(const void *pa, const void *pb)
{
    const ds_mark_term *a = pa, *b = pb;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static float weight_of(const ds_cluster_model *m, const ds_mark_term *t)
{
    float idf = cl_log2(((float)m->docs + 1) / ((float)cl_known_docs(m, t->hash) + 1));
    float w = idf * (1 + cl_log2((float)t->body + 1));
    if (t->flags & DS_MARK_TITLE)
        w *= 3;
    if (t->flags & (DS_MARK_NAME | DS_MARK_PLACE))
        w *= 1.5f;
    else if (t->flags & (DS_MARK_CAP | DS_MARK_LEAD))
        w *= 1.25f;
    return idf > 1 ? w : 0; /* half of all articles have it */
}

/* The heaviest `most` of the terms whose flags under `mask` are `want`, appended. */
static size_t keep(const ds_cluster_model *m, const ds_story_marks *from, unsigned mask,
                   unsigned want, size_t most, weighed *room, ds_mark_term *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < from->len; i++)
        if ((from->terms[i].flags & mask) == want) {
            float w = weight_of(m, &from->terms[i]);
            if (w > 0)
                room[n++] = (weighed){w, from->terms[i]};
        }
    if (n)
        qsort(room, n, sizeof *room, heavier_first);
    n = n < most ? n : most;
    for (size_t i = 0; i < n; i++)
        out[i] = room[i].t;
    return n;
}

ds_status ds_story_marks_cut(ds_arena *a, const ds_cluster_model *m, ds_story_marks *io,
                             ds_err *err)
{
    weighed *room = ds_arena_calloc(a, io->len, sizeof *room);
    ds_mark_term *out = ds_arena_calloc(a, DS_CLUSTER_TERMS, sizeof *out);
    if (!room || !out)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    size_t n = keep(m, io, DS_MARK_KEY | DS_MARK_BIGRAM, 0, DS_CLUSTER_WORDS, room, out);
    n += keep(m, io, DS_MARK_KEY, DS_MARK_KEY, DS_CLUSTER_KEYS, room, out + n);
    n += keep(m, io, DS_MARK_BIGRAM, DS_MARK_BIGRAM, DS_CLUSTER_BIGRAMS, room, out + n);
    if (n)
        qsort(out, n, sizeof *out, by_hash);
    io->terms = out;
    io->len = (uint32_t)n;
    return DS_OK;
}
