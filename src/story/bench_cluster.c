/* SPDX-License-Identifier: Apache-2.0 */
/* bench_cluster MARKS MODEL [N] - N articles (1,000,000) made of halves of real ones join a cluster; prints a line of JSON.
 *
 * MARKS is what `train-stories read` wrote, MODEL a section "stories". An article takes the terms of one real article whose
 * hash is even, and those of another whose hash is odd; three quarters of names, places and pairs of words get hashes of their
 * own story, so that words go on being new as they do in real news. A story has one to eight articles, spread over some days. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "story/cluster.h"

enum {
    ARTICLES = 1000000,
    PART = 100000,
    DAY_ARTICLES = 5000,
    FIRST_DAY = 16000,
    OPEN_STORIES = 4096
};

typedef struct real {
    ds_story_marks *at;
    size_t len, cap;
} real;

static uint64_t random64(uint64_t *s)
{
    uint64_t z = *s += 0x9E3779B97F4A7C15ull;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

static ds_str slurp(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    ds_buf b = ds_buf_new(a);
    char piece[65536];
    size_t n;
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
        ds_buf_put(&b, (ds_str){piece, n});
    if (f)
        fclose(f);
    return f ? ds_buf_str(&b) : (ds_str){0};
}

/* Six strings a document: set, id, story, group, marks, marks of the title. */
static bool load(ds_arena *a, const char *path, const ds_cluster_model *m, real *out)
{
    ds_str all = slurp(a, path), part = {0};
    unsigned field = 0;
    for (size_t at = 0; at + 4 <= all.len; at += part.len) {
        uint32_t n;
        memcpy(&n, all.at + at, 4);
        at += 4;
        part = ds_str_cut(all, at, at + n);
        ds_story_marks x;
        if (field++ % 6 != 4)
            continue;
        if (ds_story_marks_get(a, part, &x, NULL) < 0 || ds_story_marks_cut(a, m, &x, NULL) < 0 ||
            DS_PUSH(a, out, x) < 0)
            return false;
    }
    return out->len > 1;
}

static int by_hash(const void *pa, const void *pb)
{
    const ds_mark_term *a = pa, *b = pb;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Terms of story `s`; `own` articles of it differ in every eighth. */
static uint32_t mix(const real *r, uint64_t s, uint64_t own, ds_mark_term *out)
{
    uint64_t rng = s;
    const ds_story_marks *half[2] = {&r->at[random64(&rng) % r->len],
                                     &r->at[random64(&rng) % r->len]};
    uint32_t n = 0;
    for (unsigned k = 0; k < 2; k++)
        for (uint32_t i = 0; i < half[k]->len && n < DS_CLUSTER_TERMS; i++) {
            ds_mark_term t = half[k]->terms[i];
            uint32_t dice = t.hash * 2654435761u;
            if ((t.hash & 1) != k || (dice >> 8 ^ own) % 8 == 0)
                continue;
            if (t.flags & (DS_MARK_NAME | DS_MARK_KEY | DS_MARK_BIGRAM | DS_MARK_PLACE) && dice % 4)
                t.hash ^= (uint32_t)(s * 0x9E3779B97F4A7C15ull >> 32);
            out[n++] = t;
        }
    qsort(out, n, sizeof *out, by_hash);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (out[i].hash && (!kept || out[kept - 1].hash != out[i].hash))
            out[kept++] = out[i];
    return kept;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_cluster_model *m;
    ds_cluster *c = NULL;
    real r = {0};
    ds_err err = {0};
    const uint32_t total = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : ARTICLES;
    uint32_t stories = 0;
    if (argc < 3 || !a || !total) {
        fputs("usage: bench_cluster MARKS MODEL [N]\n", stderr);
        return 2;
    }
    ds_str section = slurp(a, argv[2]);
    if (!section.at || ds_cluster_model_open(a, section, &m, &err) < 0 ||
        !load(a, argv[1], m, &r) || ds_cluster_new(m, &c, &err) < 0) {
        fprintf(stderr, "bench_cluster: %s\n", err.what ? err.what : "the marks cannot be read");
        return 1;
    }
    double spent = 0, part = 0, second = 0, last = 0;
    uint64_t rng = 1;
    for (uint32_t i = 0; i < total; i++) {
        ds_mark_term terms[DS_CLUSTER_TERMS];
        uint64_t s =
            i / 3 - (i / 3 ? random64(&rng) % (i / 3 < OPEN_STORIES ? i / 3 : OPEN_STORIES) : 0);
        ds_story_marks x = r.at[s * 7 % r.len];
        x.facts.day = FIRST_DAY + (ds_day)(i / DAY_ARTICLES);
        x.terms = terms;
        x.len = mix(&r, s + 1, random64(&rng), terms);
        ds_joined j;
        double before = seconds();
        if (ds_cluster_add(c, i, &x, &j, &err) < 0) {
            fprintf(stderr, "bench_cluster: %s\n", err.what);
            return 1;
        }
        part += seconds() - before;
        stories += j.opened;
        if ((i + 1) % PART == 0) {
            fprintf(stderr, "%u: %.0f articles/s, %zu bytes an article\n", i + 1, PART / part,
                    ds_cluster_bytes(c) / (i + 1));
            second = i + 1 == 2 * PART ? part : second;
            last = part;
            spent += part;
            part = 0;
        }
    }
    printf("{\"articles\":%u,\"stories\":%u,\"per_second\":%.0f,\"last_to_second\":%.3f,\"bytes_"
           "per_article\":%zu}\n",
           total, stories, total / (spent + part), last > 0 ? second / last : 0,
           ds_cluster_bytes(c) / total);
    ds_cluster_free(c);
    return 0;
}
