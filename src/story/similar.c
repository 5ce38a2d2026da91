/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* Measured on articles of known stories: see docs/formats/questions.md, "Stories". */
#define DS_STORY_JOIN                                                                              \
    0.20 /* least cosine between an article and the middle of a story that it joins */
#define DS_STORY_PRIOR                                                                             \
    20.0 /* articles that idf takes for granted: with two pages every name would weigh nothing */
#define DS_STORY_POSTINGS                                                                          \
    2000 /* words in more articles than this tell stories apart no more, and cost time */
#define NAME_WEIGHT 1.0
#define TITLE_WEIGHT 2.0 /* a title says what the article is about */
#define PLAIN_WEIGHT 0.4 /* lower-case words are shared by stories of one kind */
#define YEAR_LOW 1900    /* years are in every story */

typedef struct term {
    uint64_t hash;
    uint32_t doc;
    float weight; /* of its class, times count, then idf; last: of the unit vector */
} term;

typedef DS_VEC(term) term_vec;

static int by_doc_hash(const void *pa, const void *pb)
{
    const term *a = pa, *b = pb;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->weight > b->weight) - (a->weight < b->weight);
}

static int by_hash_doc(const void *pa, const void *pb)
{
    const term *a = pa, *b = pb;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->doc > b->doc) - (a->doc < b->doc);
}

static int by_hash(const void *pa, const void *pb)
{
    uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;
    return (a > b) - (a < b);
}

/* Hashes of words that stand with a capital inside a sentence somewhere: at the start of a sentence or in a title
 * only these are taken for names. */
static ds_status known_names(ds_arena *a, const words *ws, uint64_t **out, size_t *len)
{
    uint64_t *names = ds_arena_calloc(a, ws->len, sizeof *names);
    if (!names)
        return DS_NOMEM;
    size_t n = 0;
    for (size_t i = 0; i < ws->len; i++)
        if ((ws->at[i].flags & (WORD_CAP | WORD_FIRST | WORD_TITLE)) == WORD_CAP)
            names[n++] = ws->at[i].hash;
    if (n)
        qsort(names, n, sizeof *names, by_hash);
    *out = names;
    *len = n;
    return DS_OK;
}

static float class_weight(const word *w, const uint64_t *names, size_t names_len)
{
    bool name = w->flags & WORD_NUMBER;
    if (w->flags & WORD_CAP)
        name = names_len && bsearch(&w->hash, names, names_len, sizeof *names, by_hash);
    if (!name && !(w->flags & WORD_LONG))
        return 0;
    double weight = name ? NAME_WEIGHT : PLAIN_WEIGHT;
    return (float)(w->flags & WORD_TITLE ? weight * TITLE_WEIGHT : weight);
}

/* Sums terms of one article that are the same word: strongest class times damped count. */
static void fold_counts(term_vec *v)
{
    size_t out = 0;
    for (size_t i = 0; i < v->len;) {
        size_t j = i;
        float best = 0;
        while (j < v->len && v->at[j].doc == v->at[i].doc && v->at[j].hash == v->at[i].hash) {
            if (v->at[j].weight > best)
                best = v->at[j].weight;
            j++;
        }
        term t = v->at[i];
        t.weight = best * (float)(1.0 + log((double)(j - i)));
        v->at[out++] = t;
        i = j;
    }
    v->len = out;
}

/* Terms must be sorted by hash. */
static void weigh_by_rarity(term_vec *v, size_t docs)
{
    for (size_t i = 0, j; i < v->len; i = j) {
        for (j = i; j < v->len && v->at[j].hash == v->at[i].hash; j++)
            ;
        double idf = log(((double)docs + DS_STORY_PRIOR) / ((double)(j - i) + 1.0));
        if (j - i > DS_STORY_POSTINGS || idf < 0)
            idf = 0;
        for (size_t k = i; k < j; k++)
            v->at[k].weight *= (float)idf;
    }
}

static ds_status to_unit_length(ds_arena *a, term_vec *v, size_t docs)
{
    double *norm = ds_arena_calloc(a, docs, sizeof *norm);
    if (!norm)
        return DS_NOMEM;
    for (size_t i = 0; i < v->len; i++)
        norm[v->at[i].doc] += (double)v->at[i].weight * v->at[i].weight;
    for (size_t i = 0; i < v->len; i++)
        if (norm[v->at[i].doc] > 0)
            v->at[i].weight /= (float)sqrt(norm[v->at[i].doc]);
    return DS_OK;
}

static ds_status make_terms(ds_arena *a, size_t docs, const words *ws, term_vec *v)
{
    uint64_t *names;
    size_t names_len;
    DS_TRY(known_names(a, ws, &names, &names_len));
    for (size_t i = 0; i < ws->len; i++) {
        float weight = class_weight(&ws->at[i], names, names_len);
        if (weight > 0)
            DS_TRY(DS_PUSH(a, v, ((term){ws->at[i].hash, ws->at[i].doc, weight})));
    }
    if (v->len == 0)
        return DS_OK;
    qsort(v->at, v->len, sizeof *v->at, by_doc_hash);
    fold_counts(v);
    qsort(v->at, v->len, sizeof *v->at, by_hash_doc);
    weigh_by_rarity(v, docs);
    return to_unit_length(a, v, docs);
}

/* ---- grouping ------------------------------------------------------------------------------------------ */

typedef struct group {
    double square; /* squared length of the sum of its articles' unit vectors */
    double dot;    /* with the article at hand */
    uint32_t size;
} group;

typedef struct grouping {
    const term *by_hash; /* postings */
    size_t len;
    const uint32_t *first,
        *at; /* terms of article d: at[first[d]] .. at[first[d + 1]) index by_hash */
    uint32_t *of;
    group *groups;
    uint32_t groups_len;
} grouping;

/* For every article the places of its terms in the postings. */
static ds_status index_docs(ds_arena *a, const term_vec *v, size_t docs, grouping *g)
{
    uint32_t *first = ds_arena_calloc(a, docs + 2, sizeof *first);
    uint32_t *at = ds_arena_calloc(a, v->len, sizeof *at);
    if (!first || !at)
        return DS_NOMEM;
    for (size_t i = 0; i < v->len; i++)
        first[v->at[i].doc + 2]++;
    for (size_t d = 2; d < docs + 2; d++)
        first[d] += first[d - 1];
    for (size_t i = 0; i < v->len; i++)
        at[first[v->at[i].doc + 1]++] = (uint32_t)i;
    g->first = first;
    g->at = at;
    return DS_OK;
}

/* Dot products of article d with the groups of the articles before it. */
static void touch_groups(grouping *g, uint32_t d)
{
    for (uint32_t i = g->first[d]; i < g->first[d + 1]; i++) {
        const term *t = &g->by_hash[g->at[i]];
        if (t->weight <= 0)
            continue;
        for (const term *p = t; p-- > g->by_hash && p->hash == t->hash;)
            g->groups[g->of[p->doc]].dot += (double)p->weight * t->weight;
    }
}

static void place(grouping *g, uint32_t d)
{
    touch_groups(g, d);
    uint32_t best = UINT32_MAX;
    double best_cos = DS_STORY_JOIN;
    for (uint32_t k = 0; k < g->groups_len; k++) {
        double cos = g->groups[k].square > 0 ? g->groups[k].dot / sqrt(g->groups[k].square) : 0;
        if (cos >= best_cos && (best == UINT32_MAX || cos > best_cos)) {
            best = k;
            best_cos = cos;
        }
    }
    if (best == UINT32_MAX)
        best = g->groups_len++;
    group *to = &g->groups[best];
    to->square += 2 * to->dot + 1;
    to->size++;
    g->of[d] = best;
    for (uint32_t k = 0; k < g->groups_len; k++)
        g->groups[k].dot = 0;
}

// NOLINTNEXTLINE(readability-non-const-parameter): `of` is written through g.of
ds_status story_similar(ds_arena *a, size_t n, const words *ws, uint32_t *of, uint32_t *stories)
{
    term_vec v = {0};
    DS_TRY(make_terms(a, n, ws, &v));
    grouping g = {.by_hash = v.at, .len = v.len, .of = of};
    g.groups = ds_arena_calloc(a, n, sizeof *g.groups);
    if (!g.groups)
        return DS_NOMEM;
    DS_TRY(index_docs(a, &v, n, &g));
    for (size_t d = 0; d < n; d++)
        place(&g, (uint32_t)d);
    *stories = g.groups_len;
    return DS_OK;
}
