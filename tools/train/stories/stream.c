/* SPDX-License-Identifier: Apache-2.0 */
#include "stories.h"

uint64_t st_random(uint64_t *s)
{
    uint64_t z = *s += 0x9E3779B97F4A7C15ull;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

/* Terms of fewer documents count as new to the program: they are most of all, and tell no more. */
enum { LEAST_DOCS = 3 };

ds_str st_count(ds_arena *a, const st_docs *background, const cl_weights *w)
{
    size_t n = 0, out = 0;
    for (size_t d = 0; d < background->len; d++)
        n += background->at[d].marks.len;
    uint32_t *all = ds_arena_calloc(a, n, sizeof *all);
    uint16_t *docs_of = ds_arena_calloc(a, n, sizeof *docs_of);
    static const cl_weights none;
    ds_buf b = ds_buf_new(a);
    st_must(all && docs_of);
    n = 0;
    for (size_t d = 0; d < background->len; d++)
        for (uint32_t i = 0; i < background->at[d].marks.len; i++)
            all[n++] = background->at[d].marks.terms[i].hash;
    qsort(all, n, sizeof *all, by_number);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && all[j] == all[i]; j++)
            ;
        if (j - i < LEAST_DOCS)
            continue;
        docs_of[out] = (uint16_t)(j - i > UINT16_MAX ? UINT16_MAX : j - i);
        all[out++] = all[i];
    }
    cl_section_put(&b, (uint32_t)background->len, all, docs_of, (uint32_t)out, w ? w : &none);
    ds_str s = ds_buf_str(&b);
    st_must(s.at != NULL);
    return s;
}

typedef struct placed {
    ds_day day;
    uint64_t chance;
    st_doc doc;
} placed;

static int by_day(const void *pa, const void *pb)
{
    const placed *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->chance < b->chance ? -1 : a->chance > b->chance;
}

void st_order(st_docs *io, size_t first, uint64_t seed)
{
    size_t n = io->len - first;
    st_doc *docs = io->at + first;
    placed *v = calloc(n, sizeof *v);
    st_must(v != NULL);
    for (size_t i = 0; i < n; i++)
        v[i] = (placed){docs[i].marks.facts.day, ds_hash(docs[i].id, seed), docs[i]};
    qsort(v, n, sizeof *v, by_day);
    for (size_t i = 0; i < n; i++)
        docs[i] = v[i].doc;
    free(v);
}

void st_cut(ds_arena *a, const ds_cluster_model *m, st_docs *io, size_t first)
{
    for (size_t i = first; i < io->len; i++) {
        st_must(ds_story_marks_cut(a, m, &io->at[i].marks, NULL) == DS_OK);
        st_must(ds_story_marks_cut(a, m, &io->at[i].title, NULL) == DS_OK);
    }
}

typedef struct watcher {
    ds_arena *a;
    const st_docs *docs;
    st_pairs *out;
    cl_query *q;
    uint32_t first; /* document that is the cluster's article 0 */
} watcher;

/* As if no day of publication and no source were known: then words like "on Friday" name no day either. */
static void hide_date(ds_mark_facts *f)
{
    ds_mark_facts from = *f;
    f->day = DS_DAY_NONE;
    f->source = 0;
    f->absolute = 0;
    for (int i = 0, n = 0; i < DS_MARK_DAYS; i++) {
        f->days[i] = DS_DAY_NONE;
        if (from.days[i] == DS_DAY_NONE || !(from.absolute >> i & 1))
            continue;
        f->days[n] = from.days[i];
        f->absolute = (uint8_t)(f->absolute | 1 << n++);
    }
}

static void take(void *ctx, const cl_query *q, const cl_record *near, const cl_rank *k,
                 const float f[CL_FEATURES])
{
    watcher *w = ctx;
    uint32_t why, later = w->first + q->r.article, earlier = w->first + near->article;
    bool same = ds_str_eq(w->docs->at[later].story, w->docs->at[earlier].story);
    st_pair p = {later, earlier, same, {0}, {0}};
    memcpy(p.f, f, sizeof p.f);
    *w->q = *q;
    cl_record c = *near;
    hide_date(&w->q->r.facts);
    hide_date(&c.facts);
    cl_pair(w->q, &c, k, p.undated, &why);
    st_must(DS_PUSH(w->a, w->out, p) == DS_OK);
}

void st_pairs_of(ds_arena *a, const ds_cluster_model *m, const st_docs *docs, uint32_t first,
                 bool titles, st_pairs *out)
{
    ds_cluster *c = NULL;
    watcher w = {a, docs, out, calloc(1, sizeof *w.q), first};
    st_must(w.q != NULL);
    st_must(ds_cluster_new(m, &c, NULL) == DS_OK);
    cl_watch_pairs(c, take, &w);
    for (size_t i = first; i < docs->len; i++) {
        ds_joined j;
        st_must(ds_cluster_add(c, (uint32_t)i - first,
                               titles ? &docs->at[i].title : &docs->at[i].marks, &j,
                               NULL) == DS_OK);
    }
    ds_cluster_free(c);
    free(w.q);
}
