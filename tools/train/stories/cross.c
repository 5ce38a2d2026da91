/* SPDX-License-Identifier: Apache-2.0 */
/* cross.c - scores: no pair is judged by weights that were learned from a story of either article's. */
#include "stories.h"

enum { FOLDS = 4 };

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

static void report(trial *t, const char *what)
{
    static const float joins[] = {1.0f, 1.5f, 2.0f};
    for (size_t k = 0; k < sizeof joins / sizeof *joins; k++) {
        st_join(&t->docs, &t->bodies, t->odds, joins[k], t->story_of);
        st_score all = st_measure(t->a, &t->docs, t->story_of, (ds_str){0}, 1);
        st_score gva2 = st_measure(t->a, &t->docs, t->story_of, DS_STR("gva"), 2);
        printf("%-10s t %.1f  all %.4f pair %.4f ", what, (double)joins[k], all.b3, all.pair);
        for (int s = 0; s < KINDS; s++) {
            st_score x = st_measure(t->a, &t->docs, t->story_of, ds_str_of(kinds[s]), 1);
            printf(" %s %.4f/%.4f", kinds[s], x.b3, x.pair);
        }
        printf(" gva2 %.4f\n", gva2.b3);
    }
    fflush(stdout);
}

static void split(trial *t, uint64_t seed)
{
    char name[32];
    for (size_t i = 0; i < t->docs.len; i++)
        t->fold[i] = (uint8_t)(ds_hash(t->docs.at[i].group, seed) % FOLDS);
    for (int a = 0; a < FOLDS; a++)
        for (int b = a; b < FOLDS; b++) {
            cl_weights w;
            for (size_t i = 0; i < t->docs.len; i++)
                t->use[i] = t->fold[i] != a && t->fold[i] != b;
            st_fit(&t->bodies, &t->titles, &(st_learn){t->use, seed}, &w);
            judge(t, &w, a, b);
        }
    snprintf(name, sizeof name, "split %d", (int)seed);
    report(t, name);
}

/* Pairs with an article of a kind, by weights that were learned without it. */
static void without(trial *t, int kind)
{
    char name[32];
    cl_weights w;
    for (size_t i = 0; i < t->docs.len; i++)
        t->use[i] = !ds_str_eq(t->docs.at[i].set, ds_str_of(kinds[kind]));
    st_fit(&t->bodies, &t->titles, &(st_learn){t->use, 1}, &w);
    for (size_t i = 0; i < t->bodies.len; i++)
        t->odds[i] = cl_odds(&w, t->bodies.at[i].f);
    snprintf(name, sizeof name, "no %s", kinds[kind]);
    report(t, name);
}

/* Kinds that are never learned from. */
static void other(trial *t, const char *path)
{
    static const float joins[] = {1.0f, 1.5f, 2.0f};
    trial o = {.a = t->a, .m = t->m};
    cl_weights w;
    if (!st_load(t->a, path, &o.docs))
        return;
    memset(t->use, 1, t->docs.len);
    st_fit(&t->bodies, &t->titles, &(st_learn){t->use, 1}, &w);
    st_cut(t->a, t->m, &o.docs);
    for (int uci = 0; uci < 2; uci++) {
        st_docs part = {0};
        st_pairs pairs = {0};
        for (size_t i = 0; i < o.docs.len; i++)
            if (ds_str_eq(o.docs.at[i].set, DS_STR("uci")) == uci)
                st_must(DS_PUSH(t->a, &part, o.docs.at[i]) == DS_OK);
        st_order(&part, 0);
        st_pairs_of(t->a, t->m, &part, false, &pairs);
        float *odds = ds_arena_calloc(t->a, pairs.len, sizeof *odds);
        uint32_t *of = ds_arena_calloc(t->a, part.len, sizeof *of);
        st_must(odds && of);
        for (size_t i = 0; i < pairs.len; i++)
            odds[i] = cl_odds(&w, pairs.at[i].f);
        for (size_t k = 0; k < sizeof joins / sizeof *joins; k++) {
            st_join(&part, &pairs, odds, joins[k], of);
            st_score x = st_measure(t->a, &part, of, (ds_str){0}, 1);
            printf("%s t %.1f  %.4f pair %.4f\n", uci ? "uci" : "newscluster+newswcl50",
                   (double)joins[k], x.b3, x.pair);
        }
    }
}

/* Marks of other news and of the documents to learn from, cut, in order, with their pairs. */
static bool open_trial(trial *t, const char *other_news, const char *documents)
{
    ds_err err = {0};
    st_docs background = {0};
    if (!st_load(t->a, other_news, &background) || !st_load(t->a, documents, &t->docs))
        return false;
    if (ds_cluster_model_open(t->a, st_count(t->a, &background, NULL), &t->m, &err) < 0) {
        fprintf(stderr, "train-stories: %s\n", err.what);
        return false;
    }
    st_cut(t->a, t->m, &t->docs);
    st_order(&t->docs, 0);
    st_pairs_of(t->a, t->m, &t->docs, false, &t->bodies);
    st_pairs_of(t->a, t->m, &t->docs, true, &t->titles);
    t->fold = ds_arena_calloc(t->a, t->docs.len, 1);
    t->use = ds_arena_calloc(t->a, t->docs.len, 1);
    t->odds = ds_arena_calloc(t->a, t->bodies.len, sizeof *t->odds);
    t->story_of = ds_arena_calloc(t->a, t->docs.len, sizeof *t->story_of);
    st_must(t->fold && t->use && t->odds && t->story_of);
    return true;
}

int st_make(const char *out, char **args, int n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    trial t = {.a = a};
    st_docs background = {0};
    cl_weights w;
    st_must(a != NULL);
    if (n != 2 || !open_trial(&t, args[0], args[1]) || !st_load(a, args[0], &background))
        return 1;
    memset(t.use, 1, t.docs.len);
    st_fit(&t.bodies, &t.titles, &(st_learn){t.use, 1}, &w);
    ds_str s = st_count(a, &background, &w);
    FILE *f = fopen(out, "wb");
    bool ok = f && fwrite(s.at, 1, s.len, f) == s.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train-stories: %s: cannot be written\n", out);
    return !ok;
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
        else
            other(&t, args[i]);
    }
    return 0;
}
