/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

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

typedef struct scan {
    const ds_reading *readings;
    const words *ws;
    const uint32_t *member_of; /* by reading */
    shingles table;
    DS_VEC(ds_copy) found;
} scan;

static ds_copy make_copy(const scan *s, const word *from, const word *to, uint32_t run)
{
    return (ds_copy){
        .from_member = s->member_of[from->doc],
        .from_sentence = s->readings[from->doc].sents[from->sent].number,
        .to_member = s->member_of[to->doc],
        .to_sentence = s->readings[to->doc].sents[to->sent].number,
        .words = run,
    };
}

/* One sentence, words [beg, end): keeps its longest run, and of equal ones the first. */
static ds_status scan_sentence(ds_arena *a, scan *s, uint32_t beg, uint32_t end)
{
    ds_copy best = {0};
    uint32_t done = 0; /* runs that begin before this word were measured */
    for (uint32_t i = beg; i + DS_STORY_SHINGLE <= end; i++) {
        uint32_t at = first_place(&s->table, s->ws, i);
        const word *from = &s->ws->at[at], *to = &s->ws->at[i];
        if (from->doc == to->doc || i < done)
            continue;
        uint32_t run = run_length(s->ws, at, i);
        done = i + run - DS_STORY_SHINGLE + 1;
        if (run > best.words)
            best = make_copy(s, from, to, run);
    }
    return best.words ? DS_PUSH(a, &s->found, best) : DS_OK;
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
    story->copies = s.found.at;
    story->copies_len = s.found.len;
    return DS_OK;
}
