/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

/* Words that two articles must share in a row for the sentence to count as copied: names of offices and places run to
 * six or seven words by themselves. */
#define DS_STORY_SHINGLE 8

/* Where a run of DS_STORY_SHINGLE words stands first: open addressing over a power of two. */
typedef struct shingles {
    uint32_t *first; /* index of its first word plus 1; 0: free */
    size_t mask;
} shingles;

static uint64_t shingle_hash(const word *w)
{
    uint64_t h = 0;
    for (int i = 0; i < DS_STORY_SHINGLE; i++)
        h = (h ^ w[i].hash) * UINT64_C(0x9E3779B97F4A7C15) + (h >> 29);
    return h ^ (h >> 32);
}

static bool same_run(const word *x, const word *y)
{
    for (int i = 0; i < DS_STORY_SHINGLE; i++)
        if (x[i].hash != y[i].hash)
            return false;
    return true;
}

static bool same_sentence(const word *x, const word *y)
{
    return x->doc == y->doc && x->sent == y->sent;
}

/* Index of the first place where the run at `w` stands; puts it there if it is new. */
static uint32_t first_place(shingles *t, const words *ws, uint32_t w)
{
    for (size_t i = shingle_hash(&ws->at[w]) & t->mask;; i = (i + 1) & t->mask) {
        if (t->first[i] == 0) {
            t->first[i] = w + 1;
            return w;
        }
        if (same_run(&ws->at[t->first[i] - 1], &ws->at[w]))
            return t->first[i] - 1;
    }
}

/* Words that run on alike from x and y inside their sentences. */
static uint32_t run_length(const words *ws, uint32_t x, uint32_t y)
{
    uint32_t n = 0;
    while (x + n < ws->len && y + n < ws->len && ws->at[x + n].hash == ws->at[y + n].hash &&
           same_sentence(&ws->at[x], &ws->at[x + n]) && same_sentence(&ws->at[y], &ws->at[y + n]))
        n++;
    return n;
}

/* Two sentences, by the places of their first words, and the longest run that they share. */
typedef struct hit {
    uint32_t from, to, run;
} hit;

typedef struct scan {
    const ds_reading *readings;
    const words *ws;
    const uint32_t *member_of; /* by reading */
    shingles table;
    DS_VEC(hit) found;
} scan;

static uint32_t sentence_beg(const words *ws, uint32_t w)
{
    while (w > 0 && same_sentence(&ws->at[w - 1], &ws->at[w]))
        w--;
    return w;
}

static uint32_t sentence_end(const words *ws, uint32_t w)
{
    uint32_t end = w + 1;
    while (end < ws->len && same_sentence(&ws->at[w], &ws->at[end]))
        end++;
    return end;
}

/* Of the hits of one sentence, found[beg] and later, the longest run with each other sentence. */
static ds_status keep_longest(ds_arena *a, scan *s, size_t beg, hit h)
{
    for (size_t i = beg; i < s->found.len; i++)
        if (s->found.at[i].from == h.from) {
            if (h.run > s->found.at[i].run)
                s->found.at[i].run = h.run;
            return DS_OK;
        }
    return DS_PUSH(a, &s->found, h);
}

/* One sentence, words [beg, end): the sentences that its runs stand in first, of its own page too: what others copied from either
 * leads to both. */
static ds_status scan_sentence(ds_arena *a, scan *s, uint32_t beg, uint32_t end)
{
    size_t found = s->found.len;
    uint32_t
        done = 0,
        last =
            UINT32_MAX; /* what runs on with `last` words between the two before `done` was measured */
    for (uint32_t i = beg; i + DS_STORY_SHINGLE <= end; i++) {
        uint32_t at = first_place(&s->table, s->ws, i), from = sentence_beg(s->ws, at);
        if (from == beg || (i - at == last && i < done))
            continue;
        uint32_t run = run_length(s->ws, at, i);
        last = i - at;
        done = i + run - DS_STORY_SHINGLE + 1;
        DS_TRY(keep_longest(a, s, found, (hit){from, beg, run}));
    }
    return DS_OK;
}

static ds_status scan_reading(ds_arena *a, scan *s, uint32_t doc)
{
    for (uint32_t i = s->ws->first[doc], j; i < s->ws->first[doc + 1]; i = j) {
        for (j = i; j < s->ws->first[doc + 1] && same_sentence(&s->ws->at[i], &s->ws->at[j]); j++)
            ;
        DS_TRY(scan_sentence(a, s, i, j));
    }
    return DS_OK;
}

static ds_status new_table(ds_arena *a, size_t entries, shingles *out)
{
    size_t cap = 16;
    while (cap < entries * 2)
        cap *= 2;
    out->first = ds_arena_calloc(a, cap, sizeof *out->first);
    out->mask = cap - 1;
    return out->first ? DS_OK : DS_NOMEM;
}

/* ---- short sentences -------------------------------------------------------------------------------------- */

/* The sentence before or behind the one at `w`, in its page: its first word. False: there is none. */
static bool next_to(const words *ws, uint32_t w, bool behind, uint32_t *out)
{
    uint32_t end = sentence_end(ws, w);
    if (behind ? end >= ws->len : w == 0)
        return false;
    *out = behind ? end : sentence_beg(ws, w - 1);
    return ws->at[*out].doc == ws->at[w].doc;
}

/* Both are the same words, and fewer than a run has. */
static bool short_twins(const words *ws, uint32_t x, uint32_t y, uint32_t *len)
{
    *len = sentence_end(ws, x) - x;
    if (*len >= DS_STORY_SHINGLE || sentence_end(ws, y) - y != *len)
        return false;
    return run_length(ws, x, y) == *len;
}

/* "Twelve died." is a copy where the sentence beside it is one. */
static ds_status extend(ds_arena *a, scan *s, hit h, bool behind)
{
    uint32_t from, to, len;
    while (next_to(s->ws, h.from, behind, &from) && next_to(s->ws, h.to, behind, &to) &&
           short_twins(s->ws, from, to, &len)) {
        h = (hit){from, to, len};
        DS_TRY(DS_PUSH(a, &s->found, h));
    }
    return DS_OK;
}

/* ---- whole pages ------------------------------------------------------------------------------------------ */

typedef struct whole { /* all words of a page */
    uint64_t hash;
    uint32_t at; /* of the member */
    uint32_t beg, end;
} whole;

static int by_words(const void *pa, const void *pb)
{
    const whole *a = pa, *b = pb;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static ds_status list_pages(ds_arena *a, const scan *s, const ds_story *story, whole **out)
{
    whole *v = ds_arena_calloc(a, story->members_len, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (uint32_t m = 0; m < story->members_len; m++) {
        uint32_t doc = story->members[m].reading;
        v[m] = (whole){.at = m, .beg = s->ws->first[doc], .end = s->ws->first[doc + 1]};
        for (uint32_t w = v[m].beg; w < v[m].end; w++)
            v[m].hash =
                (v[m].hash ^ s->ws->at[w].hash) * UINT64_C(0x9E3779B97F4A7C15) + (v[m].hash >> 29);
    }
    qsort(v, story->members_len, sizeof *v, by_words);
    *out = v;
    return DS_OK;
}

/* Pages x and y are the same words: so are their short sentences. */
static ds_status join_pages(ds_arena *a, scan *s, const whole *x, const whole *y)
{
    uint32_t len;
    for (uint32_t i = x->beg, j = y->beg; i < x->end && j < y->end;
         i = sentence_end(s->ws, i), j = sentence_end(s->ws, j))
        if (short_twins(s->ws, i, j, &len))
            DS_TRY(DS_PUSH(a, &s->found, ((hit){i, j, len})));
    return DS_OK;
}

/* A page of short sentences alone is a copy where it is another's from first to last. */
static ds_status find_twins(ds_arena *a, scan *s, const ds_story *story)
{
    whole *v;
    DS_TRY(list_pages(a, s, story, &v));
    for (size_t i = 1, first = 0; i < story->members_len; i++) {
        bool same =
            v[i].hash == v[first].hash && v[i].end - v[i].beg == v[first].end - v[first].beg;
        if (!same)
            first = i;
        else
            DS_TRY(join_pages(a, s, &v[first], &v[i]));
    }
    return DS_OK;
}

static int by_place(const void *pa, const void *pb)
{
    const hit *a = pa, *b = pb;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

static ds_copy make_copy(const scan *s, const hit *h)
{
    const word *from = &s->ws->at[h->from], *to = &s->ws->at[h->to];
    return (ds_copy){
        .from_member = s->member_of[from->doc],
        .from_sentence = s->readings[from->doc].sents[from->sent].number,
        .to_member = s->member_of[to->doc],
        .to_sentence = s->readings[to->doc].sents[to->sent].number,
        .words = h->run,
    };
}

int ds_copy_cmp(const void *pa, const void *pb)
{
    const ds_copy *a = pa, *b = pb;
    const uint32_t x[] = {a->to_member, a->to_sentence, a->from_member, a->from_sentence};
    const uint32_t y[] = {b->to_member, b->to_sentence, b->from_member, b->from_sentence};
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static ds_status put_copies(ds_arena *a, scan *s, ds_story *story)
{
    for (size_t i = 0, found = s->found.len; i < found; i++) {
        DS_TRY(extend(a, s, s->found.at[i], false));
        DS_TRY(extend(a, s, s->found.at[i], true));
    }
    DS_TRY(find_twins(a, s, story));
    if (s->found.len)
        qsort(s->found.at, s->found.len, sizeof *s->found.at, by_place);
    ds_copy *at = ds_arena_calloc(a, s->found.len, sizeof *at);
    size_t len = 0;
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < s->found.len; i++)
        if (i == 0 || by_place(&s->found.at[i - 1], &s->found.at[i]) != 0)
            at[len++] = make_copy(s, &s->found.at[i]);
    if (len)
        qsort(at, len, sizeof *at, ds_copy_cmp);
    story->copies = at;
    story->copies_len = len;
    return DS_OK;
}

ds_status story_copies(ds_arena *a, const ds_reading *readings, const words *ws,
                       const uint32_t *member_of, ds_story *story)
{
    scan s = {.readings = readings, .ws = ws, .member_of = member_of};
    size_t total = 0;
    for (size_t m = 0; m < story->members_len; m++) {
        uint32_t doc = story->members[m].reading;
        total += ws->first[doc + 1] - ws->first[doc];
    }
    if (story->members_len < 2)
        return DS_OK;
    DS_TRY(new_table(a, total, &s.table));
    for (size_t m = 0; m < story->members_len; m++)
        DS_TRY(scan_reading(a, &s, story->members[m].reading));
    return put_copies(a, &s, story);
}
