/* SPDX-License-Identifier: Apache-2.0 */
/* pairs.c - which articles of a story share words. */
#include "internal.h"

#include <stdlib.h>

/* Words and tables are needed here alone; they are linear in the text, whose size the reader bounds. */
#define SCRATCH_MOST ((size_t)4 << 30)

typedef struct body { /* of an article */
    ds_day published;
    uint32_t member;
    const ds_article *article;
    ds_wording words;
    ds_overlap_marks marks;
} body;

/* By day, those without one last: so that the first marks that the index keeps are the origin's. */
static int by_day(const void *pa, const void *pb)
{
    const body *a = pa, *b = pb;
    if (a->published != b->published) {
        if (a->published == DS_DAY_NONE || b->published == DS_DAY_NONE)
            return a->published == DS_DAY_NONE ? 1 : -1;
        return a->published < b->published ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

int ds_overlap_cmp(const void *pa, const void *pb)
{
    const ds_overlap *a = pa, *b = pb;
    for (int k = 1; k >= 0; k--)
        if (a->members[k] != b->members[k])
            return a->members[k] < b->members[k] ? -1 : 1;
    return 0;
}

static ds_status read_bodies(ds_arena *scratch, const ds_reading *readings, const ds_story *story,
                             body **out, size_t *marks)
{
    body *v = ds_arena_calloc(scratch, story->members_len, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (uint32_t m = 0; m < story->members_len; m++) {
        const ds_article *art = readings[story->members[m].reading].article;
        v[m] = (body){.published = art->published, .member = m, .article = art};
        DS_TRY(ds_wording_read(scratch, art->text, art->body, &v[m].words));
        DS_TRY(ds_overlap_mark(scratch, &v[m].words, &v[m].marks));
        *marks += v[m].marks.len;
    }
    qsort(v, story->members_len, sizeof *v, by_day);
    *out = v;
    return DS_OK;
}

typedef DS_VEC(ds_overlap) overlaps;

typedef struct pairing {
    ds_arena *a, *kept, *pair; /* of the result, of all articles, of two */
    overlaps found;
} pairing;

static ds_status add_pair(pairing *p, const body *x, const body *y)
{
    int first = ds_overlap_first(x->article, y->article);
    if (first > 0) {
        const body *z = x;
        x = y;
        y = z;
    }
    ds_overlap o = {.members = {x->member, y->member}, .known = first != 0};
    ds_arena_reset(p->pair);
    DS_TRY(ds_overlap_measure(p->pair, &x->words, &y->words, &o.shared));
    if (o.shared.kind == DS_OVERLAP_NONE)
        return DS_OK;
    size_t len = o.shared.passages_len;
    ds_passage *passages = ds_arena_calloc(p->a, len, sizeof *passages);
    if (!passages)
        return DS_NOMEM;
    if (len)
        memcpy(passages, o.shared.passages, len * sizeof *passages);
    o.shared.passages = passages;
    return DS_PUSH(p->a, &p->found, o);
}

static ds_status list_pairs(pairing *p, const body *v, size_t n, ds_overlap_index *index)
{
    for (uint32_t i = 0; i < n; i++) {
        const ds_overlap_near *near;
        size_t len;
        DS_TRY(ds_overlap_find(p->kept, index, &v[i].marks, &near, &len));
        for (size_t k = 0; k < len; k++)
            DS_TRY(add_pair(p, &v[near[k].text], &v[i]));
        ds_overlap_add(index, &v[i].marks, i);
    }
    return DS_OK;
}

ds_status story_overlaps(ds_arena *a, const ds_reading *readings, ds_story *story)
{
    size_t n = story->members_len, marks = 0;
    body *v;
    ds_overlap_index *index;
    if (n < 2)
        return DS_OK;
    DS_AUTO(ds_arena_freep) ds_arena *kept = ds_arena_new(0, SCRATCH_MOST);
    DS_AUTO(ds_arena_freep) ds_arena *pair = ds_arena_new(0, SCRATCH_MOST);
    pairing p = {.a = a, .kept = kept, .pair = pair};
    if (!kept || !pair)
        return DS_NOMEM;
    DS_TRY(read_bodies(kept, readings, story, &v, &marks));
    DS_TRY(ds_overlap_open(kept, marks, &index));
    DS_TRY(list_pairs(&p, v, n, index));
    if (p.found.len)
        qsort(p.found.at, p.found.len, sizeof *p.found.at, ds_overlap_cmp);
    story->overlaps = p.found.at;
    story->overlaps_len = p.found.len;
    return DS_OK;
}
