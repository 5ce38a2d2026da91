/* SPDX-License-Identifier: Apache-2.0 */
/* ship.c - the weights that ship: learned from sets whose licence lets them, each of which is a stream of its own. */
#include "stories.h"

/* Of what is learned from the groups of this set are scored as well, crossed; stories made of one bear its group. */
#define CROSSED DS_STR("ecbplus/")

typedef struct lesson {
    ds_arena *a;
    const ds_cluster_model *m;
    st_docs docs;
    st_pairs bodies, titles;
    uint8_t *use;
} lesson;

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
    l->use = ds_arena_calloc(l->a, l->docs.len, 1);
    st_must(l->use != NULL);
    return true;
}

/* The fold of a document; ST_FOLDS: of none. */
static int fold_of(const st_doc *d, uint64_t seed)
{
    return ds_str_starts(d->group, CROSSED) ? (int)(ds_hash(d->group, seed) % ST_FOLDS) : ST_FOLDS;
}

/* Learns from all but two folds. */
static void fit_without(lesson *l, uint64_t seed, int a, int b, cl_weights *out)
{
    for (size_t i = 0; i < l->docs.len; i++) {
        int fold = fold_of(&l->docs.at[i], seed);
        l->use[i] = fold == ST_FOLDS || (fold != a && fold != b);
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
    l.m = st_counts_of(a, args[0]);
    if (!l.m || !open_lesson(&l, args + 1, n - 1) || !st_load(a, args[0], &background))
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

/* ---- scores ------------------------------------------------------------------------------------------------------ */

typedef struct test {
    st_docs docs;
    st_pairs pairs;
    float *odds;
    uint32_t *story_of;
} test;

static bool open_test(lesson *l, test *t, const char *path)
{
    if (!st_load(l->a, path, &t->docs))
        return false;
    st_cut(l->a, l->m, &t->docs, 0);
    st_order(&t->docs, 0, 0);
    st_pairs_of(l->a, l->m, &t->docs, 0, false, &t->pairs);
    t->odds = ds_arena_calloc(l->a, t->pairs.len, sizeof *t->odds);
    t->story_of = ds_arena_calloc(l->a, t->docs.len, sizeof *t->story_of);
    st_must(t->odds && t->story_of);
    return true;
}

/* Pairs with an article of each of the two folds. */
static void judge(test *t, const cl_weights *w, uint64_t seed, int a, int b)
{
    for (size_t i = 0; i < t->pairs.len; i++) {
        const st_pair *p = &t->pairs.at[i];
        int x = fold_of(&t->docs.at[p->later], seed), y = fold_of(&t->docs.at[p->earlier], seed);
        if ((x == a && y == b) || (x == b && y == a))
            t->odds[i] = cl_odds(w, p->f);
    }
}

static void score(lesson *l, test *t, uint64_t seed)
{
    static const char kinds[][8] = {"ecbplus", "basil", "gva"};
    cl_weights w;
    for (int a = 0; a <= ST_FOLDS; a++)
        for (int b = a; b <= ST_FOLDS; b++) {
            fit_without(l, seed, a, b, &w);
            judge(t, &w, seed, a, b);
        }
    st_join(&t->docs, &t->pairs, t->odds, ST_JOIN, t->story_of);
    st_print("shipped", "all", st_measure(l->a, &t->docs, t->story_of, (ds_str){0}, 1));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        st_print("shipped", kinds[k],
                 st_measure(l->a, &t->docs, t->story_of, ds_str_of(kinds[k]), 1));
    st_print("shipped", "gva2", st_measure(l->a, &t->docs, t->story_of, DS_STR("gva"), 2));
}

int st_ship(char **args, int n)
{
    enum { WAYS = 3 };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    lesson l = {.a = a};
    test t = {0};
    cl_weights w;
    st_must(a != NULL);
    l.m = st_counts_of(a, args[0]);
    if (!l.m || !open_lesson(&l, args + 3, n - 3) || !open_test(&l, &t, args[1]))
        return 1;
    for (uint64_t seed = 1; seed <= WAYS; seed++)
        score(&l, &t, seed);
    fit_without(&l, 1, -1, -1, &w);
    return !st_other(a, l.m, args[2], "shipped", &w);
}
