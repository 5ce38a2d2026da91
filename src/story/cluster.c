/* SPDX-License-Identifier: Apache-2.0 */
/* cluster.c - the index: for each term the newest articles that weigh it heavily; for each article its record. */
#include <math.h>
#include <stdlib.h>

#include "cluster_internal.h"

enum {
    WINDOW =
        8192, /* articles after which all counts of articles are halved: what was common once may be rare now */
    CROWD = 20, /* nearest articles whose mean tells how crowded the kind of news is */
    FIRST_NUMBERS = 1 << 12,
    NUMBERS_MOST = 1 << 28, /* articles */
    FIRST_ROWS = 1 << 10,
};
#define WEIGHT_ONE 16384.0f /* of a posting's weight */

typedef struct posting {
    uint32_t article;
    uint16_t weight;
} __attribute__((packed)) posting;

typedef struct row {        /* a term */
    uint32_t hash;          /* 0: free */
    uint32_t docs;          /* that have it, of this stream; halved when read in a later epoch */
    uint16_t known;         /* of other news */
    uint16_t epoch;         /* of `docs`, modulo 65536 */
    uint8_t len, cap, next; /* of the ring; next: where the oldest stands once it is full */
    bool changed;           /* since ds_cluster_changed */
    posting *ring;
} row;

struct ds_cluster {
    const ds_cluster_model *model;
    uint32_t docs, epoch; /* articles counted, halved with each epoch */
    row *rows;
    uint32_t rows_cap, rows_len;
    cl_record **records;        /* by number; NULL: not here */
    uint32_t records_cap, last; /* last: number of the newest, plus 1 */
    float *dot;                 /* by number; 0 between calls */
    uint32_t *touched, touched_len;
    const uint32_t *left_out;
    size_t left_out_len;
    cl_query q;
    size_t bytes;
    cl_watch *watch;
    void *watch_ctx;
};

static void *more(ds_cluster *c, void *old, size_t from, size_t to)
{
    void *at = realloc(old, to);
    if (at)
        c->bytes += to - from;
    return at;
}

ds_status ds_cluster_new(const ds_cluster_model *m, ds_cluster **out, ds_err *err)
{
    ds_cluster *c = calloc(1, sizeof *c);
    row *rows = calloc(FIRST_ROWS, sizeof *rows);
    uint32_t *touched = calloc((size_t)DS_CLUSTER_HEAVY * DS_CLUSTER_RING, sizeof *touched);
    if (!c || !rows || !touched) {
        free(c);
        free(rows);
        free(touched);
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    }
    c->model = m;
    c->rows = rows;
    c->touched = touched;
    c->rows_cap = FIRST_ROWS;
    c->bytes = sizeof *c + FIRST_ROWS * sizeof *rows;
    *out = c;
    return DS_OK;
}

void ds_cluster_free(ds_cluster *c)
{
    if (!c)
        return;
    for (uint32_t i = 0; i < c->rows_cap; i++)
        free(c->rows[i].ring);
    for (uint32_t i = 0; i < c->records_cap; i++)
        free(c->records[i]);
    free(c->rows);
    free(c->records);
    free(c->dot);
    free(c->touched);
    free(c);
}

size_t ds_cluster_bytes(const ds_cluster *c)
{
    return c->bytes;
}

void cl_watch_pairs(ds_cluster *c, cl_watch *fn, void *ctx)
{
    c->watch = fn;
    c->watch_ctx = ctx;
}

/* ---- rows ------------------------------------------------------------------------------------------------------ */

static row *row_find(const ds_cluster *c, uint32_t hash)
{
    uint32_t k = hash & (c->rows_cap - 1);
    while (c->rows[k].hash && c->rows[k].hash != hash)
        k = (k + 1) & (c->rows_cap - 1);
    return &c->rows[k];
}

static ds_status rows_grow(ds_cluster *c)
{
    row *old = c->rows, *rows = calloc((size_t)c->rows_cap * 2, sizeof *rows);
    uint32_t n = c->rows_cap;
    if (!rows)
        return DS_NOMEM;
    c->rows = rows;
    c->rows_cap *= 2;
    c->bytes += (size_t)n * sizeof *rows;
    for (uint32_t i = 0; i < n; i++)
        if (old[i].hash)
            *row_find(c, old[i].hash) = old[i];
    free(old);
    return DS_OK;
}

/* Room for n more rows, so that what follows cannot fail half-way. */
static ds_status rows_room(ds_cluster *c, uint32_t n)
{
    while ((c->rows_len + n) * 4 > c->rows_cap * 3)
        DS_TRY(rows_grow(c));
    return DS_OK;
}

static row *row_make(ds_cluster *c, uint32_t hash)
{
    row *r = row_find(c, hash);
    if (!r->hash) {
        uint32_t known = cl_known_docs(c->model, hash);
        *r = (row){.hash = hash, .known = (uint16_t)known, .epoch = (uint16_t)c->epoch};
        c->rows_len++;
    }
    return r;
}

static uint32_t docs_now(const ds_cluster *c, const row *r)
{
    unsigned ago = (uint16_t)(c->epoch - r->epoch);
    return ago < 32 ? r->docs >> ago : 0;
}

static ds_status ring_room(ds_cluster *c, row *r)
{
    if (r->len < r->cap || r->cap == DS_CLUSTER_RING)
        return DS_OK;
    uint32_t cap = r->cap ? r->cap * 2u : 1;
    cap = cap > DS_CLUSTER_RING ? DS_CLUSTER_RING : cap;
    posting *ring = more(c, r->ring, r->cap * sizeof *ring, cap * sizeof *ring);
    if (!ring)
        return DS_NOMEM;
    r->ring = ring;
    r->cap = (uint8_t)cap;
    return DS_OK;
}

static void ring_put(row *r, posting p)
{
    r->changed = true;
    if (r->len < r->cap) {
        r->ring[r->len++] = p;
        return;
    }
    r->ring[r->next] = p;
    r->next = (uint8_t)((r->next + 1) % DS_CLUSTER_RING);
}

/* Of a record and its terms, which are one piece. */
static size_t record_bytes(const cl_record *r)
{
    return sizeof *r + (size_t)r->len * 6;
}

/* ---- the article at hand --------------------------------------------------------------------------------------- */

static float log_docs(uint32_t n)
{
    return cl_log2((float)n);
}

/* Between 0, in all articles, and 1, in none. all: log2 of how many there are. */
static float idf_of(const ds_cluster *c, const row *r, uint32_t hash, float all)
{
    uint32_t docs = r->hash ? r->known + docs_now(c, r) : cl_known_docs(c->model, hash);
    float idf = 1 - log_docs(docs + 1) / all;
    return idf > 0 ? idf : 0;
}

static ds_status query(ds_cluster *c, uint32_t article, const ds_story_marks *marks)
{
    cl_query *q = &c->q;
    if (marks->len > DS_CLUSTER_TERMS)
        return DS_LIMIT;
    q->r = (cl_record){.facts = marks->facts, .article = article, .len = marks->len};
    q->r.hash = q->hash;
    q->r.body = q->body;
    q->r.flags = q->flags;
    float all = log_docs(c->docs + c->model->docs + 2), other = log_docs(c->model->docs + 2);
    for (uint32_t i = 0; i < marks->len; i++)
        __builtin_prefetch(&c->rows[marks->terms[i].hash & (c->rows_cap - 1)]);
    for (uint32_t i = 0; i < marks->len; i++) {
        const ds_mark_term *t = &marks->terms[i];
        q->hash[i] = t->hash;
        q->body[i] = t->body;
        q->flags[i] = t->flags;
        q->idf[i] = t->flags & DS_MARK_BIGRAM
                        ? 1 - log_docs(cl_known_docs(c->model, t->hash) + 1) / other
                        : idf_of(c, row_find(c, t->hash), t->hash, all);
    }
    cl_query_ready(q);
    return DS_OK;
}

typedef struct heavy {
    float weight;
    uint32_t term;
} heavy;

/* Numbers, the largest first (Shell 1959); there are few. */
static void sort_down(uint64_t *v, size_t n)
{
    static const uint8_t steps[] = {57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof steps; g++)
        for (size_t i = steps[g]; i < n; i++) {
            uint64_t x = v[i];
            size_t k = i;
            for (; k >= steps[g] && v[k - steps[g]] < x; k -= steps[g])
                v[k] = v[k - steps[g]];
            v[k] = x;
        }
}

/* Of equals the one that stands first. A weight above 0 is ordered as its bits are. */
static uint32_t heaviest(const cl_query *q, heavy out[DS_CLUSTER_TERMS])
{
    uint64_t keys[DS_CLUSTER_TERMS];
    uint32_t n = 0, bits;
    for (uint32_t i = 0; i < q->r.len; i++)
        if (q->heavy[i] > 0) {
            memcpy(&bits, &q->heavy[i], sizeof bits);
            keys[n++] = (uint64_t)bits << 32 | (UINT32_MAX - i);
        }
    sort_down(keys, n);
    n = n < DS_CLUSTER_HEAVY ? n : DS_CLUSTER_HEAVY;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t term = UINT32_MAX - (uint32_t)keys[i];
        out[i] = (heavy){q->heavy[term], term};
    }
    return n;
}

/* ---- who is near ------------------------------------------------------------------------------------------------ */

typedef struct ranked {
    float dot;
    uint32_t article;
} ranked;

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

static bool is_left_out(const ds_cluster *c, uint32_t article)
{
    return c->left_out_len &&
           bsearch(&article, c->left_out, c->left_out_len, sizeof article, by_number);
}

static void gather(ds_cluster *c, const heavy *h, uint32_t n)
{
    const row *at[DS_CLUSTER_HEAVY];
    c->touched_len = 0;
    for (uint32_t i = 0; i < n; i++) {
        at[i] = row_find(c, c->q.hash[h[i].term]);
        for (unsigned k = 0; k < at[i]->len * sizeof(posting); k += 64)
            __builtin_prefetch((const char *)at[i]->ring + k);
    }
    for (uint32_t i = 0; i < n; i++)
        for (unsigned k = 0; k < at[i]->len; k++) {
            posting p = at[i]->ring[k];
            if (p.article >= c->q.r.article || is_left_out(c, p.article))
                continue;
            if (c->dot[p.article] == 0) /* weights are never 0 */
                c->touched[c->touched_len++] = p.article;
            c->dot[p.article] += h[i].weight * (float)p.weight;
        }
}

/* The nearest first; of equals the newer. */
static uint32_t rank(ds_cluster *c, ranked out[CROWD])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->touched_len; i++) {
        ranked x = {c->dot[c->touched[i]] / WEIGHT_ONE, c->touched[i]};
        c->dot[x.article] = 0;
        uint32_t k = n < CROWD ? n++ : CROWD;
        if (k == CROWD && (out[CROWD - 1].dot > x.dot ||
                           (out[CROWD - 1].dot == x.dot && out[CROWD - 1].article > x.article)))
            continue;
        k = k == CROWD ? CROWD - 1 : k;
        for (; k > 0 && (out[k - 1].dot < x.dot ||
                         (out[k - 1].dot == x.dot && out[k - 1].article < x.article));
             k--)
            out[k] = out[k - 1];
        out[k] = x;
    }
    return n;
}

static uint32_t nearest(ds_cluster *c, const heavy *h, uint32_t heavies, ranked out[CROWD],
                        float *mean)
{
    gather(c, h, heavies);
    uint32_t n = rank(c, out);
    *mean = 0;
    for (uint32_t i = 0; i < n; i++)
        *mean += out[i].dot;
    *mean /= CROWD;
    return n < DS_CLUSTER_NEAR ? n : DS_CLUSTER_NEAR;
}

/* ---- the decision ------------------------------------------------------------------------------------------------ */

static int surer_first(const void *pa, const void *pb)
{
    const ds_near *a = pa, *b = pb;
    if (a->odds != b->odds)
        return a->odds > b->odds ? -1 : 1;
    return (a->article < b->article) - (a->article > b->article);
}

static void decide(const ds_cluster *c, ds_joined *out)
{
    float odds[DS_CLUSTER_NEAR];
    uint32_t story[DS_CLUSTER_NEAR];
    for (uint32_t i = 0; i < out->near_len; i++) {
        odds[i] = out->near[i].odds;
        story[i] = out->near[i].story;
    }
    const cl_choice to =
        cl_choose(odds, story, out->near_len, c->model->w.join, c->q.r.facts.words > 0);
    out->opened = to.opened;
    out->story = to.opened ? c->q.r.article : to.story;
    out->also = to.opened ? out->story : to.also;
    out->one = !to.opened && to.one;
    out->odds = to.odds;
    out->least = c->model->w.join;
}

static void compare(ds_cluster *c, const ranked *near, uint32_t n, float mean, ds_joined *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const cl_record *r = near[i].article < c->records_cap ? c->records[near[i].article] : NULL;
        for (size_t k = 0; r && k < record_bytes(r); k += 64)
            __builtin_prefetch((const char *)r + k);
    }
    out->near_len = 0;
    for (uint32_t i = 0; i < n; i++) {
        const cl_record *r = near[i].article < c->records_cap ? c->records[near[i].article] : NULL;
        float f[CL_FEATURES];
        uint32_t why;
        if (!r)
            continue; /* it was removed */
        cl_rank k = {near[i].dot, mean, i};
        cl_pair(&c->q, r, &k, f, &why);
        if (c->watch)
            c->watch(c->watch_ctx, &c->q, r, &k, f);
        bool dated = r->facts.day != DS_DAY_NONE && c->q.r.facts.day != DS_DAY_NONE;
        int64_t days = dated ? llabs((int64_t)r->facts.day - c->q.r.facts.day) : -1;
        out->near[out->near_len++] =
            (ds_near){near[i].article, r->story, cl_odds(&c->model->w, f),
                      cl_like(f),      why,      (int32_t)(days > INT32_MAX ? INT32_MAX : days)};
    }
    if (out->near_len)
        qsort(out->near, out->near_len, sizeof *out->near, surer_first);
    decide(c, out);
}

static ds_status find(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                      heavy h[DS_CLUSTER_TERMS], uint32_t *heavies, ds_joined *out)
{
    ranked near[CROWD];
    float mean;
    DS_TRY(query(c, article, marks));
    *heavies = heaviest(&c->q, h);
    uint32_t n = nearest(c, h, *heavies, near, &mean);
    compare(c, near, n, mean, out);
    return DS_OK;
}

/* ---- what is kept ------------------------------------------------------------------------------------------------- */

/* Fresh room with what was in the old; pages that nobody touches take no memory. */
static void *moved(void *old, size_t from, size_t to, size_t size)
{
    void *at = calloc(to, size);
    if (at && from)
        memcpy(at, old, from * size);
    return at;
}

static ds_status numbers_room(ds_cluster *c, uint32_t article)
{
    uint32_t from = c->records_cap, cap = from ? from : FIRST_NUMBERS;
    if (article < from)
        return DS_OK;
    if (article >= NUMBERS_MOST)
        return DS_LIMIT;
    while (cap <= article)
        cap *= 2;
    cl_record **records = moved(c->records, from, cap, sizeof(cl_record *));
    float *dot = moved(c->dot, from, cap, sizeof *dot);
    if (!records || !dot) {
        free(records);
        free(dot);
        return DS_NOMEM;
    }
    free(c->records);
    free(c->dot);
    c->records = records;
    c->dot = dot;
    c->records_cap = cap;
    c->bytes += (size_t)(cap - from) * (sizeof *records + sizeof *dot);
    return DS_OK;
}

static cl_record *record_new(ds_cluster *c, const cl_record *from)
{
    size_t bytes = record_bytes(from);
    char *at = malloc(bytes);
    if (!at)
        return NULL;
    cl_record *r = (cl_record *)(void *)at;
    *r = *from;
    at += sizeof *r;
    r->hash = memcpy(at, from->hash, (size_t)from->len * 4);
    r->body = memcpy(at + (size_t)from->len * 4, from->body, from->len);
    r->flags = memcpy(at + (size_t)from->len * 5, from->flags, from->len);
    c->bytes += bytes;
    return r;
}

static ds_status rings_room(ds_cluster *c, const heavy *h, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        DS_TRY(ring_room(c, row_make(c, c->q.hash[h[i].term])));
    return DS_OK;
}

static void count_terms(ds_cluster *c)
{
    for (uint32_t i = 0; i < c->q.r.len; i++) {
        if (c->q.flags[i] & DS_MARK_BIGRAM)
            continue;
        row *r = row_make(c, c->q.hash[i]);
        r->changed = true;
        r->docs = docs_now(c, r) + 1;
        r->epoch = (uint16_t)c->epoch;
    }
    if (++c->docs >= WINDOW) {
        c->docs /= 2;
        c->epoch++;
    }
}

static ds_status keep(ds_cluster *c, const heavy *h, uint32_t n)
{
    DS_TRY(rows_room(c, c->q.r.len));
    DS_TRY(rings_room(c, h, n));
    cl_record *r = record_new(c, &c->q.r);
    if (!r)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        float w = h[i].weight * WEIGHT_ONE + 0.5f;
        ring_put(row_find(c, c->q.hash[h[i].term]),
                 (posting){r->article, (uint16_t)(w < 1            ? 1
                                                  : w > UINT16_MAX ? UINT16_MAX
                                                                   : w)});
    }
    count_terms(c);
    c->records[r->article] = r;
    c->last = r->article + 1;
    return DS_OK;
}

static ds_status said(ds_err *err, ds_status st)
{
    if (st < 0)
        ds_fail(err, st, st == DS_LIMIT ? "too many terms or articles" : "out of memory", 0);
    return st;
}

ds_status ds_cluster_find(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                          ds_joined *out, ds_err *err)
{
    heavy h[DS_CLUSTER_TERMS];
    uint32_t n;
    DS_TRY(said(err, numbers_room(c, article)));
    return said(err, find(c, article, marks, h, &n, out));
}

ds_status ds_cluster_add(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                         ds_joined *out, ds_err *err)
{
    heavy h[DS_CLUSTER_TERMS];
    uint32_t n = 0;
    ds_joined got;
    if (article < c->last)
        return ds_fail(err, DS_BAD, "articles must come in the order of their numbers", article);
    DS_TRY(said(err, numbers_room(c, article)));
    DS_TRY(said(err, find(c, article, marks, h, &n, &got)));
    c->q.r.story = got.story;
    DS_TRY(said(err, keep(c, h, n)));
    *out = got;
    return DS_OK;
}

/* ---- pieces ---------------------------------------------------------------------------------------------------- */

enum { STATE_BYTES = 12, ROW_HEAD = 8, POSTING_BYTES = 6, RECORD_HEAD = 12 + 4 * CL_PARTS };

static ds_status bad(ds_err *err, const char *what, size_t at)
{
    ds_fail(err, DS_BAD, what, at);
    return DS_BAD;
}

static void put_number(ds_buf *b, uint64_t v, size_t width)
{
    for (size_t i = 0; i < width; i++)
        ds_buf_putc(b, (char)(v >> (8 * i)));
}

/* Bytes [at, at + width), which are there. */
static uint32_t number(ds_str s, size_t at, size_t width)
{
    uint32_t v = 0;
    for (size_t i = 0; i < width; i++)
        v |= (uint32_t)(unsigned char)s.at[at + i] << (8 * i);
    return v;
}

/* The state first: it says which numbers there are. */
void ds_cluster_state_put(const ds_cluster *c, ds_buf *b)
{
    put_number(b, c->docs, 4);
    put_number(b, c->epoch, 4);
    put_number(b, c->last, 4);
}

ds_status ds_cluster_state_get(ds_cluster *c, ds_str bytes, ds_err *err)
{
    if (bytes.len != STATE_BYTES || number(bytes, 0, 4) >= WINDOW ||
        number(bytes, 8, 4) > NUMBERS_MOST)
        return bad(err, "no state of a cluster", 0);
    c->docs = number(bytes, 0, 4);
    c->epoch = number(bytes, 4, 4);
    c->last = number(bytes, 8, 4);
    return DS_OK;
}

ds_status ds_cluster_term_put(const ds_cluster *c, uint32_t hash, ds_buf *b)
{
    const row *r = row_find(c, hash);
    if (!r->hash)
        return DS_NONE;
    put_number(b, r->docs, 4);
    put_number(b, r->epoch, 2);
    put_number(b, r->len, 1);
    put_number(b, r->next, 1);
    for (unsigned i = 0; i < r->len; i++) {
        put_number(b, r->ring[i].article, 4);
        put_number(b, r->ring[i].weight, 2);
    }
    return b->status;
}

ds_status ds_cluster_term_get(ds_cluster *c, uint32_t hash, ds_str bytes, ds_err *err)
{
    if (!hash || bytes.len < ROW_HEAD)
        return bad(err, "no row of a term", 0);
    uint32_t len = number(bytes, 6, 1), next = number(bytes, 7, 1), most = 0;
    if (len > DS_CLUSTER_RING || (next && (len < DS_CLUSTER_RING || next >= len)) ||
        bytes.len != ROW_HEAD + (size_t)len * POSTING_BYTES)
        return bad(err, "the row of a term is cut off, or more than one", 6);
    posting ring[DS_CLUSTER_RING];
    for (uint32_t i = 0; i < len; i++) {
        size_t at = ROW_HEAD + (size_t)i * POSTING_BYTES;
        ring[i] = (posting){number(bytes, at, 4), (uint16_t)number(bytes, at + 4, 2)};
        most = ring[i].article > most ? ring[i].article : most;
        if (!ring[i].weight || ring[i].article >= c->last)
            return bad(err, "the row of a term names no article, or weighs it 0", at);
    }
    DS_TRY(said(err, numbers_room(c, most)));
    DS_TRY(said(err, rows_room(c, 1)));
    posting *to = len ? more(c, NULL, 0, len * sizeof *to) : NULL;
    if (len && !to)
        return said(err, DS_NOMEM);
    if (len)
        memcpy(to, ring, len * sizeof *to);
    row *r = row_make(c, hash);
    free(r->ring);
    r->docs = number(bytes, 0, 4);
    r->epoch = (uint16_t)number(bytes, 4, 2);
    r->ring = to;
    r->len = r->cap = (uint8_t)len;
    r->next = (uint8_t)next;
    r->changed = false;
    return DS_OK;
}

uint32_t ds_cluster_next(const ds_cluster *c)
{
    return c->last;
}

bool ds_cluster_has_term(const ds_cluster *c, uint32_t hash)
{
    return row_find(c, hash)->hash != 0;
}

bool ds_cluster_has_record(const ds_cluster *c, uint32_t article)
{
    return article < c->records_cap && c->records[article];
}

ds_status ds_cluster_changed(ds_cluster *c, ds_cluster_on_term *fn, void *ctx)
{
    for (uint32_t i = 0; i < c->rows_cap; i++) {
        if (!c->rows[i].hash || !c->rows[i].changed)
            continue;
        DS_TRY(fn(ctx, c->rows[i].hash));
        c->rows[i].changed = false;
    }
    return DS_OK;
}

void ds_cluster_assign(ds_cluster *c, uint32_t article, uint32_t story)
{
    if (ds_cluster_has_record(c, article))
        c->records[article]->story = story;
}

void ds_cluster_rename(ds_cluster *c, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < c->records_cap; i++)
        if (c->records[i] && c->records[i]->story == from)
            c->records[i]->story = to;
}

void ds_cluster_forget(ds_cluster *c, uint32_t article)
{
    if (!ds_cluster_has_record(c, article))
        return;
    c->bytes -= record_bytes(c->records[article]);
    free(c->records[article]);
    c->records[article] = NULL;
}

void ds_cluster_leave_out(ds_cluster *c, const uint32_t *numbers, size_t n)
{
    c->left_out = numbers;
    c->left_out_len = n;
}

static void put_float(ds_buf *b, float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    put_number(b, bits, 4);
}

static float get_float(ds_str s, size_t at)
{
    float x;
    uint32_t bits = number(s, at, 4);
    memcpy(&x, &bits, sizeof x);
    return x;
}

ds_status ds_cluster_record_put(const ds_cluster *c, uint32_t article, ds_buf *b)
{
    const cl_record *r = article < c->records_cap ? c->records[article] : NULL;
    ds_mark_term terms[DS_CLUSTER_TERMS];
    if (!r)
        return DS_NONE;
    put_number(b, r->story, 4);
    put_number(b, r->main, 4);
    put_number(b, r->spot, 4);
    for (int p = 0; p < CL_PARTS; p++)
        put_float(b, r->norm[p]);
    for (uint32_t i = 0; i < r->len; i++)
        terms[i] = (ds_mark_term){r->hash[i], r->body[i], r->flags[i]};
    ds_story_marks_put(b, &(ds_story_marks){r->facts, terms, r->len});
    return b->status;
}

ds_status ds_cluster_record_marks(ds_arena *a, ds_str bytes, ds_story_marks *out, ds_err *err)
{
    if (bytes.len < RECORD_HEAD)
        return bad(err, "no record of an article", 0);
    DS_TRY(ds_story_marks_get(a, ds_str_cut(bytes, RECORD_HEAD, bytes.len), out, err));
    return out->len > DS_CLUSTER_TERMS ? bad(err, "the record of an article has too many terms", 0)
                                       : DS_OK;
}

static ds_status read_record(ds_arena *a, ds_str bytes, cl_record *out, ds_err *err)
{
    ds_story_marks m;
    DS_TRY(ds_cluster_record_marks(a, bytes, &m, err));
    uint32_t *hash = ds_arena_calloc(a, m.len, sizeof *hash);
    uint8_t *body = ds_arena_calloc(a, m.len, 1), *flags = ds_arena_calloc(a, m.len, 1);
    if (!hash || !body || !flags)
        return said(err, DS_NOMEM);
    for (uint32_t i = 0; i < m.len; i++) {
        hash[i] = m.terms[i].hash;
        body[i] = m.terms[i].body;
        flags[i] = m.terms[i].flags;
    }
    *out = (cl_record){.facts = m.facts, .len = m.len, .hash = hash, .body = body, .flags = flags};
    out->story = number(bytes, 0, 4);
    out->main = number(bytes, 4, 4);
    out->spot = number(bytes, 8, 4);
    for (size_t p = 0; p < CL_PARTS; p++) {
        out->norm[p] = get_float(bytes, 12 + 4 * p);
        if (!(out->norm[p] >= 0 && out->norm[p] < 1e6f))
            return bad(err, "the record of an article has a length out of range", 12 + 4 * p);
    }
    return DS_OK;
}

ds_status ds_cluster_record_get(ds_cluster *c, uint32_t article, ds_str bytes, ds_err *err)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 20);
    cl_record r, *kept;
    if (!a)
        return said(err, DS_NOMEM);
    DS_TRY(read_record(a, bytes, &r, err));
    if (article >= c->last)
        return bad(err, "the record of an article that the state does not know", article);
    DS_TRY(said(err, numbers_room(c, article)));
    r.article = article;
    kept = record_new(c, &r);
    if (!kept)
        return said(err, DS_NOMEM);
    ds_cluster_forget(c, article);
    c->records[article] = kept;
    return DS_OK;
}

ds_status ds_cluster_wants(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                           uint32_t out[DS_CLUSTER_NEAR], uint32_t *len, ds_err *err)
{
    heavy h[DS_CLUSTER_TERMS];
    ranked near[CROWD];
    float mean;
    DS_TRY(said(err, numbers_room(c, article)));
    DS_TRY(said(err, query(c, article, marks)));
    *len = nearest(c, h, heaviest(&c->q, h), near, &mean);
    for (uint32_t i = 0; i < *len; i++)
        out[i] = near[i].article;
    return DS_OK;
}
