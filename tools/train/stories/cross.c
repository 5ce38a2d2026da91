/* SPDX-License-Identifier: Apache-2.0 */
/* cross.c - learns from streams, and scores: no pair is judged by weights that were learned from the group of either article. */
#include "stories.h"

enum { FOLDS = 4, WAYS = 3, KINDS = 3 };
static const char kinds[KINDS][8] = {"ecbplus", "basil", "gva"};

typedef struct lesson { /* what is learned from */
    ds_arena *a;
    const ds_cluster_model *m;
    st_docs docs;
    st_pairs bodies, titles;
    uint8_t *use;
    ds_map *groups; /* of its documents */
} lesson;

typedef struct test { /* one stream */
    st_docs docs;
    st_pairs pairs;
    float *odds;
    uint32_t *story_of;
} test;

static bool open_counts(lesson *l, const char *background)
{
    ds_err err = {0};
    st_docs docs = {0};
    ds_cluster_model *m;
    l->groups = ds_map_new(l->a, 0);
    st_must(l->groups != NULL);
    if (!st_load(l->a, background, &docs))
        return false;
    if (ds_cluster_model_open(l->a, st_count(l->a, &docs, NULL), &m, &err) < 0) {
        fprintf(stderr, "train-stories: %s\n", err.what);
        return false;
    }
    l->m = m;
    return true;
}

/* Each file is a stream of its own. */
static bool open_lesson(lesson *l, char **files, int n)
{
    for (int i = 0; i < n; i++) {
        size_t first = l->docs.len;
        if (!st_load(l->a, files[i], &l->docs))
            return false;
        st_cut(l->a, l->m, &l->docs, first);
        st_order(&l->docs, first, 0);
        st_pairs_of(l->a, l->m, &l->docs, (uint32_t)first, false, &l->bodies);
        st_pairs_of(l->a, l->m, &l->docs, (uint32_t)first, true, &l->titles);
    }
    for (size_t i = 0; i < l->docs.len; i++)
        st_must(ds_map_put(l->groups, l->docs.at[i].group, 1) >= 0);
    l->use = ds_arena_calloc(l->a, l->docs.len, 1);
    st_must(l->use != NULL);
    return true;
}

/* The fold of a document; FOLDS: nothing is learned from its group. */
static int fold_of(const lesson *l, const st_doc *d, uint64_t seed)
{
    uint64_t found;
    return ds_map_get(l->groups, d->group, &found) == DS_OK ? (int)(ds_hash(d->group, seed) % FOLDS)
                                                            : FOLDS;
}

static uint8_t use_of(const st_doc *d)
{
    return ds_str_eq(d->set, DS_STR("made")) ? ST_MADE : ST_REAL;
}

/* Learns from all but two folds. */
static void fit_without(lesson *l, uint64_t seed, int a, int b, cl_weights *out)
{
    for (size_t i = 0; i < l->docs.len; i++) {
        int fold = fold_of(l, &l->docs.at[i], seed);
        l->use[i] = fold != a && fold != b ? use_of(&l->docs.at[i]) : ST_NOT;
    }
    st_fit(&l->bodies, &l->titles, &(st_learn){l->use, seed}, out);
}

int st_make(const char *out, char **args, int n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    st_docs background = {0};
    lesson l = {.a = a};
    cl_weights w;
    st_must(a != NULL);
    if (!open_counts(&l, args[0]) || !open_lesson(&l, args + 1, n - 1) ||
        !st_load(a, args[0], &background))
        return 1;
    fit_without(&l, 1, -1, -1, &w);
    ds_str s = st_count(a, &background, &w);
    FILE *f = fopen(out, "wb");
    bool ok = f && fwrite(s.at, 1, s.len, f) == s.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train-stories: %s: cannot be written\n", out);
    return !ok;
}

/* ---- tests -------------------------------------------------------------------------------------------------------- */

static void print(const char *what, const char *name, st_score x)
{
    printf("%s\t%s\t%.4f\t%.4f\n", what, name, x.b3, x.pair);
    fflush(stdout);
}

static void run(const lesson *l, test *t, uint64_t order)
{
    st_order(&t->docs, 0, order);
    t->pairs = (st_pairs){0};
    st_pairs_of(l->a, l->m, &t->docs, 0, false, &t->pairs);
    t->odds = ds_arena_calloc(l->a, t->pairs.len, sizeof *t->odds);
    t->story_of = ds_arena_calloc(l->a, t->docs.len, sizeof *t->story_of);
    st_must(t->odds && t->story_of);
}

static st_score measured(const lesson *l, test *t, ds_str set, uint32_t least)
{
    st_join(&t->docs, &t->pairs, t->odds, ST_JOIN, t->story_of);
    return st_measure(l->a, &t->docs, t->story_of, set, least);
}

static void judge(test *t, const cl_weights *w)
{
    for (size_t i = 0; i < t->pairs.len; i++)
        t->odds[i] = cl_odds(w, t->pairs.at[i].f);
}

/* Pairs with an article of each of the two folds; how many. w: NULL: counts them. */
static size_t judge_folds(const lesson *l, test *t, const cl_weights *w, uint64_t seed, int a,
                          int b)
{
    size_t n = 0;
    for (size_t i = 0; i < t->pairs.len; i++) {
        const st_pair *p = &t->pairs.at[i];
        int x = fold_of(l, &t->docs.at[p->later], seed),
            y = fold_of(l, &t->docs.at[p->earlier], seed);
        if ((x != a || y != b) && (x != b || y != a))
            continue;
        n++;
        if (w)
            t->odds[i] = cl_odds(w, p->f);
    }
    return n;
}

typedef cl_weights folds[FOLDS + 1][FOLDS + 1];

static double crossed(lesson *l, test *t, const char *what, uint64_t seed, folds keep)
{
    for (int a = 0; a <= FOLDS; a++)
        for (int b = a; b <= FOLDS; b++) {
            if (!judge_folds(l, t, NULL, seed, a, b))
                continue;
            fit_without(l, seed, a, b, &keep[a][b]);
            judge_folds(l, t, &keep[a][b], seed, a, b);
        }
    st_score all = measured(l, t, (ds_str){0}, 1);
    print(what, "all", all);
    for (int k = 0; k < KINDS; k++)
        print(what, kinds[k], measured(l, t, ds_str_of(kinds[k]), 1));
    print(what, "gva2", measured(l, t, DS_STR("gva"), 2));
    return all.b3;
}

/* The same articles in another order within their days, judged by the same weights. */
static void shuffled(const lesson *l, const test *t, uint64_t seed, folds keep, double was)
{
    for (uint64_t order = 1; order <= 2; order++) {
        test o = {0};
        for (size_t i = 0; i < t->docs.len; i++)
            st_must(DS_PUSH(l->a, &o.docs, t->docs.at[i]) == DS_OK);
        run(l, &o, order);
        for (int a = 0; a <= FOLDS; a++)
            for (int b = a; b <= FOLDS; b++)
                judge_folds(l, &o, &keep[a][b], seed, a, b);
        st_score x = measured(l, &o, (ds_str){0}, 1);
        print("shuffled", "all", (st_score){x.b3 > was ? x.b3 - was : was - x.b3, x.pair});
    }
}

/* A kind of news by weights that were learned without it, and without what was made of it. */
static void without(lesson *l, test *t, const char *kind)
{
    cl_weights w;
    for (size_t i = 0; i < l->docs.len; i++)
        l->use[i] =
            ds_str_starts(l->docs.at[i].group, ds_str_of(kind)) ? ST_NOT : use_of(&l->docs.at[i]);
    st_fit(&l->bodies, &l->titles, &(st_learn){l->use, 1}, &w);
    judge(t, &w);
    print("without", kind, measured(l, t, ds_str_of(kind), 1));
}

static void other_part(const lesson *l, const st_docs *all, bool uci, const char *what,
                       const cl_weights *w)
{
    test o = {0};
    for (size_t i = 0; i < all->len; i++)
        if (ds_str_eq(all->at[i].set, DS_STR("uci")) == uci)
            st_must(DS_PUSH(l->a, &o.docs, all->at[i]) == DS_OK);
    run(l, &o, 0);
    judge(&o, w);
    print(what, uci ? "uci" : "newscluster+newswcl50", measured(l, &o, (ds_str){0}, 1));
}

/* Kinds that are never learned from. */
static bool other(lesson *l, const char *what, const char *path)
{
    st_docs docs = {0};
    cl_weights w;
    if (!st_load(l->a, path, &docs))
        return false;
    st_cut(l->a, l->m, &docs, 0);
    fit_without(l, 1, -1, -1, &w);
    other_part(l, &docs, false, what, &w);
    other_part(l, &docs, true, what, &w);
    return true;
}

int st_cross(const char *what, char **args, int n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    static folds keep;
    lesson l = {.a = a};
    test t = {0};
    bool all_kinds = strcmp(what, "crossed") == 0;
    st_must(a != NULL);
    if (!open_counts(&l, args[0]) || !open_lesson(&l, args + 3, n - 3) ||
        !st_load(a, args[1], &t.docs))
        return 1;
    st_cut(a, l.m, &t.docs, 0);
    run(&l, &t, 0);
    for (uint64_t seed = 1; seed <= WAYS; seed++) {
        double found = crossed(&l, &t, what, seed, keep);
        if (all_kinds && seed == 1)
            shuffled(&l, &t, seed, keep, found);
    }
    for (int k = 0; all_kinds && k < KINDS; k++)
        without(&l, &t, kinds[k]);
    return !other(&l, what, args[2]);
}
