/* SPDX-License-Identifier: Apache-2.0 */
/* cross.c - scores: no pair is judged by weights that were learned from a story of either article's. */
#include "stories.h"

enum { KINDS = 3 };
static const char kinds[KINDS][8] = {"ecbplus", "basil", "gva"};

typedef struct trial {
    ds_arena *a;
    ds_cluster_model *m;
    st_docs docs;
    st_pairs bodies, titles;
    uint8_t *fold, *use;
    float *odds;
    uint32_t *story_of;
} trial;

static void judge(trial *t, const cl_weights *w, int a, int b)
{
    for (size_t i = 0; i < t->bodies.len; i++) {
        const st_pair *p = &t->bodies.at[i];
        int x = t->fold[p->later], y = t->fold[p->earlier];
        if ((x == a && y == b) || (x == b && y == a))
            t->odds[i] = cl_odds(w, p->f);
    }
}

void st_print(const char *what, const char *name, st_score x)
{
    printf("%s\t%s\t%.4f\t%.4f\n", what, name, x.b3, x.pair);
    fflush(stdout);
}

static void join(trial *t)
{
    st_join(&t->docs, &t->bodies, t->odds, ST_JOIN, t->story_of);
}

/* Judges every pair by weights learned without the folds of its two articles. */
static void judge_all(trial *t, uint64_t seed, cl_weights keep[ST_FOLDS][ST_FOLDS])
{
    for (size_t i = 0; i < t->docs.len; i++)
        t->fold[i] = (uint8_t)(ds_hash(t->docs.at[i].group, seed) % ST_FOLDS);
    for (int a = 0; a < ST_FOLDS; a++)
        for (int b = a; b < ST_FOLDS; b++) {
            for (size_t i = 0; i < t->docs.len; i++)
                t->use[i] = t->fold[i] != a && t->fold[i] != b;
            st_fit(&t->bodies, &t->titles, &(st_learn){t->use, seed}, &keep[a][b]);
            judge(t, &keep[a][b], a, b);
        }
}

/* The same articles in another order within their days, judged by the same weights. */
static void shuffled(const trial *t, uint64_t seed, cl_weights keep[ST_FOLDS][ST_FOLDS], double was)
{
    trial o = {.a = t->a, .m = t->m, .docs = t->docs};
    o.docs.at = ds_arena_calloc(t->a, t->docs.len, sizeof *o.docs.at);
    o.fold = ds_arena_calloc(t->a, t->docs.len, 1);
    o.story_of = ds_arena_calloc(t->a, t->docs.len, sizeof *o.story_of);
    st_must(o.docs.at && o.fold && o.story_of);
    memcpy(o.docs.at, t->docs.at, t->docs.len * sizeof *o.docs.at);
    for (uint64_t order = 1; order <= 2; order++) {
        st_order(&o.docs, 0, order);
        o.bodies = (st_pairs){0};
        st_pairs_of(t->a, t->m, &o.docs, 0, false, &o.bodies);
        o.odds = ds_arena_calloc(t->a, o.bodies.len, sizeof *o.odds);
        st_must(o.odds != NULL);
        for (size_t i = 0; i < o.docs.len; i++)
            o.fold[i] = (uint8_t)(ds_hash(o.docs.at[i].group, seed) % ST_FOLDS);
        for (int a = 0; a < ST_FOLDS; a++)
            for (int b = a; b < ST_FOLDS; b++)
                judge(&o, &keep[a][b], a, b);
        join(&o);
        st_score x = st_measure(t->a, &o.docs, o.story_of, (ds_str){0}, 1);
        st_print("shuffled", "all", (st_score){x.b3 > was ? x.b3 - was : was - x.b3, x.pair});
    }
}

static void split(trial *t, uint64_t seed)
{
    static cl_weights keep[ST_FOLDS][ST_FOLDS];
    judge_all(t, seed, keep);
    join(t);
    st_score all = st_measure(t->a, &t->docs, t->story_of, (ds_str){0}, 1);
    st_print("crossed", "all", all);
    for (int s = 0; s < KINDS; s++)
        st_print("crossed", kinds[s],
                 st_measure(t->a, &t->docs, t->story_of, ds_str_of(kinds[s]), 1));
    st_print("crossed", "gva2", st_measure(t->a, &t->docs, t->story_of, DS_STR("gva"), 2));
    if (seed == 1)
        shuffled(t, seed, keep, all.b3);
}

/* A kind of news by weights that were learned without it. */
static void without(trial *t, int kind)
{
    cl_weights w;
    for (size_t i = 0; i < t->docs.len; i++)
        t->use[i] = !ds_str_eq(t->docs.at[i].set, ds_str_of(kinds[kind]));
    st_fit(&t->bodies, &t->titles, &(st_learn){t->use, 1}, &w);
    for (size_t i = 0; i < t->bodies.len; i++)
        t->odds[i] = cl_odds(&w, t->bodies.at[i].f);
    join(t);
    st_print("without", kinds[kind],
             st_measure(t->a, &t->docs, t->story_of, ds_str_of(kinds[kind]), 1));
}

static void other_part(ds_arena *a, const ds_cluster_model *m, const st_docs *all, bool uci,
                       const char *what, const cl_weights *w)
{
    trial o = {.a = a};
    for (size_t i = 0; i < all->len; i++)
        if (ds_str_eq(all->at[i].set, DS_STR("uci")) == uci)
            st_must(DS_PUSH(a, &o.docs, all->at[i]) == DS_OK);
    st_order(&o.docs, 0, 0);
    st_pairs_of(a, m, &o.docs, 0, false, &o.bodies);
    o.odds = ds_arena_calloc(a, o.bodies.len, sizeof *o.odds);
    o.story_of = ds_arena_calloc(a, o.docs.len, sizeof *o.story_of);
    st_must(o.odds && o.story_of);
    for (size_t i = 0; i < o.bodies.len; i++)
        o.odds[i] = cl_odds(w, o.bodies.at[i].f);
    join(&o);
    st_print(what, uci ? "uci" : "newscluster+newswcl50",
             st_measure(a, &o.docs, o.story_of, (ds_str){0}, 1));
}

bool st_other(ds_arena *a, const ds_cluster_model *m, const char *path, const char *what,
              const cl_weights *w)
{
    st_docs docs = {0};
    if (!st_load(a, path, &docs))
        return false;
    st_cut(a, m, &docs, 0);
    other_part(a, m, &docs, false, what, w);
    other_part(a, m, &docs, true, what, w);
    return true;
}

static bool other(trial *t, const char *path)
{
    cl_weights w;
    memset(t->use, 1, t->docs.len);
    st_fit(&t->bodies, &t->titles, &(st_learn){t->use, 1}, &w);
    return st_other(t->a, t->m, path, "other", &w);
}

ds_cluster_model *st_counts_of(ds_arena *a, const char *background)
{
    ds_err err = {0};
    st_docs docs = {0};
    ds_cluster_model *m = NULL;
    if (!st_load(a, background, &docs))
        return NULL;
    if (ds_cluster_model_open(a, st_count(a, &docs, NULL), &m, &err) < 0)
        fprintf(stderr, "train-stories: %s\n", err.what);
    return m;
}

/* Marks of other news and of the documents to learn from, cut, in order, with their pairs. */
static bool open_trial(trial *t, const char *other_news, const char *documents)
{
    t->m = st_counts_of(t->a, other_news);
    if (!t->m || !st_load(t->a, documents, &t->docs))
        return false;
    st_cut(t->a, t->m, &t->docs, 0);
    st_order(&t->docs, 0, 0);
    st_pairs_of(t->a, t->m, &t->docs, 0, false, &t->bodies);
    st_pairs_of(t->a, t->m, &t->docs, 0, true, &t->titles);
    t->fold = ds_arena_calloc(t->a, t->docs.len, 1);
    t->use = ds_arena_calloc(t->a, t->docs.len, 1);
    t->odds = ds_arena_calloc(t->a, t->bodies.len, sizeof *t->odds);
    t->story_of = ds_arena_calloc(t->a, t->docs.len, sizeof *t->story_of);
    st_must(t->fold && t->use && t->odds && t->story_of);
    return true;
}

int st_cross(char **args, int n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    trial t = {.a = a};
    st_must(a != NULL);
    if (!open_trial(&t, args[0], args[1]))
        return 1;
    for (int i = 2; i < n; i++) {
        if (args[i][0] >= '1' && args[i][0] <= '9')
            split(&t, strtoull(args[i], NULL, 10));
        else if (strcmp(args[i], "kinds") == 0)
            for (int k = 0; k < KINDS; k++)
                without(&t, k);
        else if (!other(&t, args[i]))
            return 1;
    }
    return 0;
}
