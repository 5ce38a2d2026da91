/* SPDX-License-Identifier: Apache-2.0 */
/* overlap.c - the marks that a text keeps, and the index of them. */
#include "story/overlap.h"

#include "internal.h"

#include <stdlib.h>

/* ---- words ---------------------------------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}

uint64_t story_run_hash(const ds_worded *w)
{
    uint64_t h = 0;
    for (int i = 0; i < DS_OVERLAP_RUN; i++)
        h = mix(h, w[i].hash);
    return h;
}

ds_status ds_wording_read(ds_arena *a, ds_str text, ds_span part, ds_wording *out)
{
    DS_VEC(ds_worded) v = {0};
    ds_str in = ds_str_at(text, part), w;
    uint32_t letter;
    uint64_t whole = 0;
    if (in.len > UINT32_MAX)
        return DS_LIMIT;
    for (size_t i = 0; story_word_next(in, &i, &w, &letter);) {
        uint32_t beg = part.beg + (uint32_t)(w.at - in.at);
        ds_worded x = {story_word_hash(w), {beg, beg + (uint32_t)w.len}};
        whole = mix(whole, x.hash);
        DS_TRY(DS_PUSH(a, &v, x));
    }
    *out = (ds_wording){v.at, v.len, v.len && !whole ? 1 : whole};
    return DS_OK;
}

/* ---- marks ---------------------------------------------------------------------------------------------------------------- */

/* The last of the least in [beg, end). */
static size_t least(const uint64_t *run, size_t beg, size_t end)
{
    size_t at = beg;
    for (size_t i = beg + 1; i < end; i++)
        if (run[i] <= run[at])
            at = i;
    return at;
}

/* Keeps of every window the least run, the one kept before where it is still as good. Overwrites run[] from its start. */
static size_t winnow(uint64_t *run, size_t runs)
{
    size_t kept = 0, at = SIZE_MAX;
    uint64_t value = 0;
    size_t last = runs < DS_OVERLAP_WINDOW ? runs : DS_OVERLAP_WINDOW;
    for (size_t end = last; end <= runs; end++) {
        size_t beg = end - last, newest = end - 1;
        if (at != SIZE_MAX && at >= beg && value <= run[newest])
            continue;
        at = at == SIZE_MAX || at < beg ? least(run, beg, end) : newest;
        value = run[at];
        run[kept++] = value; /* kept <= beg: windows to come do not read it */
    }
    return kept;
}

ds_status ds_overlap_mark(ds_arena *a, const ds_wording *w, ds_overlap_marks *out)
{
    size_t runs = w->len < DS_OVERLAP_RUN ? 0 : w->len - DS_OVERLAP_RUN + 1;
    uint64_t *run = ds_arena_calloc(a, runs + 1, sizeof *run);
    if (!run)
        return DS_NOMEM;
    for (size_t i = 0; i < runs; i++)
        run[i] = story_run_hash(&w->at[i]);
    size_t kept = runs ? ds_unique_u64(run, winnow(run, runs)) : 0;
    if (runs == 0 && w->len)
        run[kept++] = w->whole; /* too short for a run: it has itself */
    *out = (ds_overlap_marks){run, kept < DS_OVERLAP_MARKS ? kept : DS_OVERLAP_MARKS};
    return DS_OK;
}

/* ---- index ---------------------------------------------------------------------------------------------------------------- */

/* Marks lie in buckets of few places, and each bucket forgets by itself: so the index never grows and is never moved. */
enum {
    PLACES = 16,
    FILLED =
        10, /* places of a bucket in use at full room: then about one bucket in forty is short of a place */
};

typedef struct place {
    uint32_t mark; /* the half of its hash that does not choose the bucket */
    uint32_t text; /* plus 1; 0: free */
} place;

struct ds_overlap_index {
    place *at;
    size_t buckets;
};

_Static_assert(sizeof(place) * PLACES <= (size_t)DS_OVERLAP_BYTES * FILLED, "as the header says");

ds_status ds_overlap_open(ds_arena *a, size_t marks, ds_overlap_index **out)
{
    ds_overlap_index *x = ds_arena_alloc(a, sizeof *x);
    size_t buckets = marks / FILLED + 1;
    if (buckets > UINT32_MAX)
        return DS_LIMIT;
    place *at = ds_arena_calloc(a, buckets, PLACES * sizeof *at);
    if (!x || !at)
        return DS_NOMEM;
    *x = (ds_overlap_index){at, buckets};
    *out = x;
    return DS_OK;
}

/* The low half chooses the bucket: marks are the least of many, so that few have a high half that is not small. */
static place *bucket(const ds_overlap_index *x, uint64_t mark)
{
    return &x->at[((mark & UINT32_MAX) * x->buckets >> 32) * PLACES];
}

static uint32_t rest_of(uint64_t mark)
{
    return (uint32_t)(mark >> 32);
}

/* Of the places that hold this mark, the oldest behind the first DS_OVERLAP_FIRST: those stand in order of age. */
static place *least_missed(place *b, uint32_t mark)
{
    uint32_t seen = 0;
    for (int i = 0; i < PLACES; i++)
        if (b[i].text && b[i].mark == mark && seen++ == DS_OVERLAP_FIRST)
            return &b[i];
    return NULL;
}

/* Where the mark goes, at the end of those in use, which stand in order of age: a free place, else the mark's own or the oldest. */
static place *make_room(place *b, uint32_t mark)
{
    int used = 0, same = 0;
    for (; used < PLACES && b[used].text; used++)
        same += b[used].mark == mark;
    if (same < DS_OVERLAP_SAME && used < PLACES)
        return &b[used];
    place *gone = same < DS_OVERLAP_SAME ? b : least_missed(b, mark);
    for (; gone + 1 < b + used; gone++)
        gone[0] = gone[1];
    return gone;
}

void ds_overlap_add(ds_overlap_index *x, const ds_overlap_marks *m, uint32_t text)
{
    for (size_t i = 0; i < m->len; i++) {
        uint32_t mark = rest_of(m->at[i]);
        *make_room(bucket(x, m->at[i]), mark) = (place){mark, text + 1};
    }
}

static int by_text(const void *pa, const void *pb)
{
    const ds_overlap_near *a = pa, *b = pb;
    return (a->text > b->text) - (a->text < b->text);
}

static int by_marks(const void *pa, const void *pb)
{
    const ds_overlap_near *a = pa, *b = pb;
    if (a->marks != b->marks)
        return a->marks > b->marks ? -1 : 1;
    return by_text(pa, pb);
}

/* Each text once, with how often it stands there. */
static size_t count_texts(ds_overlap_near *at, size_t len)
{
    size_t n = 0;
    if (len)
        qsort(at, len, sizeof *at, by_text);
    for (size_t i = 0; i < len; i++)
        if (n && at[n - 1].text == at[i].text)
            at[n - 1].marks++;
        else
            at[n++] = at[i];
    return n;
}

ds_status ds_overlap_find(ds_arena *a, const ds_overlap_index *x, const ds_overlap_marks *m,
                          const ds_overlap_near **out, size_t *len)
{
    DS_VEC(ds_overlap_near) v = {0};
    for (size_t i = 0; i < m->len; i++) {
        const place *b = bucket(x, m->at[i]);
        for (int k = 0; k < PLACES && b[k].text; k++)
            if (b[k].mark == rest_of(m->at[i]))
                DS_TRY(DS_PUSH(a, &v, ((ds_overlap_near){b[k].text - 1, 1})));
    }
    size_t n = v.at ? count_texts(v.at, v.len) : 0;
    if (v.at)
        qsort(v.at, n, sizeof *v.at, by_marks);
    while (m->len >= DS_OVERLAP_SHORT && n && v.at[n - 1].marks == 1)
        n--; /* one run in common is a phrase */
    *out = v.at;
    *len = n < DS_OVERLAP_NEAR ? n : DS_OVERLAP_NEAR;
    return DS_OK;
}
