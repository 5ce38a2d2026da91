/* SPDX-License-Identifier: Apache-2.0 */
/* score.c - BCubed and pairwise F1, as ../shared/bench/clustering_score.py has them. */
#include "stories.h"

/* The older story stays, as in a store. */
static void merge(uint32_t *story_of, uint32_t len, uint32_t one, uint32_t other)
{
    const uint32_t from = one > other ? one : other, into = one + other - from;
    for (uint32_t i = 0; i < len; i++)
        story_of[i] = story_of[i] == from ? into : story_of[i];
}

typedef struct bond { /* of two stories: how many articles speak for both */
    uint32_t one, other, n;
} bond;

/* Is this the one that makes them one? v: room for one more. */
static bool bound(bond *v, size_t *len, const cl_choice *to)
{
    const uint32_t one = to->story < to->also ? to->story : to->also,
                   other = to->story + to->also - one;
    size_t k = 0;
    while (k < *len && (v[k].one != one || v[k].other != other))
        k++;
    if (k == *len)
        v[(*len)++] = (bond){one, other, 0};
    return to->one || ++v[k].n >= DS_CLUSTER_BONDS;
}

void st_join(const st_docs *docs, const st_pairs *pairs, const float *odds, float join,
             uint32_t *story_of)
{
    uint32_t story[DS_CLUSTER_NEAR];
    size_t i = 0, bonds = 0;
    bond *v = calloc(docs->len, sizeof *v);
    st_must(v != NULL);
    for (uint32_t d = 0; d < docs->len; d++) {
        uint32_t n = 0;
        for (; i < pairs->len && pairs->at[i].later == d; i++)
            story[n++] = story_of[pairs->at[i].earlier];
        const cl_choice to =
            cl_choose(odds + i - n, story, n, join, docs->at[d].marks.facts.words > 0);
        story_of[d] = to.opened ? d : to.story;
        if (!to.opened && to.also != to.story && bound(v, &bonds, &to))
            merge(story_of, d + 1, to.story, to.also);
    }
    free(v);
}

typedef struct cell {
    uint32_t found, gold;
} cell;

static int by_found(const void *pa, const void *pb)
{
    const cell *a = pa, *b = pb;
    if (a->found != b->found)
        return a->found < b->found ? -1 : 1;
    return (a->gold > b->gold) - (a->gold < b->gold);
}

static double both(double p, double r)
{
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

static double couples(double n)
{
    return n * (n - 1) / 2;
}

st_score st_measure(ds_arena *a, const st_docs *docs, const uint32_t *story_of, ds_str set,
                    uint32_t least)
{
    ds_map *names = ds_map_new(a, 0);
    cell *v = calloc(docs->len, sizeof *v);
    uint32_t *golds = calloc(docs->len, sizeof *golds);
    size_t n = 0;
    double p = 0, r = 0, all = 0, right = 0, found = 0, wanted = 0;
    st_must(names && v && golds);
    for (size_t i = 0; i < docs->len; i++) {
        uint64_t k;
        if (set.at && !ds_str_eq(docs->at[i].set, set))
            continue;
        if (ds_map_get(names, docs->at[i].story, &k) != DS_OK) {
            k = ds_map_len(names);
            st_must(ds_map_put(names, docs->at[i].story, k) == DS_OK);
        }
        golds[k]++;
        v[n++] = (cell){story_of[i], (uint32_t)k};
    }
    qsort(v, n, sizeof *v, by_found);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && v[end].found == v[i].found; end++)
            ;
        found += couples((double)(end - i));
        for (size_t k = i, m; k < end; k = m) {
            for (m = k; m < end && v[m].gold == v[k].gold; m++)
                ;
            double same = (double)(m - k);
            right += couples(same);
            if (golds[v[k].gold] < least)
                continue;
            all += same;
            p += same * same / (double)(end - i);
            r += same * same / golds[v[k].gold];
        }
    }
    for (size_t k = 0; k < ds_map_len(names); k++)
        wanted += couples(golds[k]);
    free(v);
    free(golds);
    return (st_score){all > 0 ? both(p / all, r / all) : 0,
                      both(found > 0 ? right / found : 1, wanted > 0 ? right / wanted : 1)};
}
