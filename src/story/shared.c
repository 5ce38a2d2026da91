/* SPDX-License-Identifier: Apache-2.0 */
/* shared.c - what two texts share: every run of DS_OVERLAP_RUN words that stands in both. */
#include "internal.h"
#include "story/overlap.h"

/* Shares from which two texts are one, and one stands in the other. */
static const double close_share = .8, inside_share = .5;

/* Where each run of a text stands first: open addressing over a power of two. */
typedef struct runs {
    const ds_wording *w;
    uint32_t *first; /* index of its first word plus 1; 0: free */
    size_t mask;
} runs;

static bool same_run(const ds_worded *x, const ds_worded *y)
{
    for (int i = 0; i < DS_OVERLAP_RUN; i++)
        if (x[i].hash != y[i].hash)
            return false;
    return true;
}

/* The place of the run at `w`: its own, or a free one. */
static uint32_t *place_of(const runs *t, const ds_worded *w)
{
    for (uint64_t h = story_run_hash(w), i = h ^ h >> 32;; i++) {
        uint32_t *p = &t->first[i & t->mask];
        if (*p == 0 || same_run(&t->w->at[*p - 1], w))
            return p;
    }
}

static ds_status list_runs(ds_arena *a, const ds_wording *w, runs *out)
{
    size_t cap = 16;
    while (cap < w->len * 2)
        cap *= 2;
    *out = (runs){w, ds_arena_calloc(a, cap, sizeof *out->first), cap - 1};
    if (!out->first)
        return DS_NOMEM;
    for (uint32_t i = 0; i + DS_OVERLAP_RUN <= w->len; i++) {
        uint32_t *p = place_of(out, &w->at[i]);
        if (*p == 0)
            *p = i + 1;
    }
    return DS_OK;
}

/* Words [at[0], at[0] + len) of one text and [at[1], at[1] + len) of the other. */
typedef struct stretch {
    uint32_t at[2], len;
} stretch;

/* The first stretch from word i of y on. False: there is none. */
static bool next_stretch(const runs *x, const ds_wording *y, uint32_t i, stretch *out)
{
    for (; i + DS_OVERLAP_RUN <= y->len; i++) {
        uint32_t at = *place_of(x, &y->at[i]), len = DS_OVERLAP_RUN;
        if (at-- == 0)
            continue;
        while (at + len < x->w->len && i + len < y->len &&
               x->w->at[at + len].hash == y->at[i + len].hash)
            len++;
        *out = (stretch){{at, i}, len};
        return true;
    }
    return false;
}

/* Words of y in runs that x has. A stretch may end where the run that stands first in x ends, and the words go on elsewhere in
 * it: so the next is looked for among its last words. */
static uint32_t count_words(const runs *x, const ds_wording *y)
{
    uint32_t count = 0, done = 0;
    stretch s;
    for (uint32_t i = 0; next_stretch(x, y, i, &s); i = done - DS_OVERLAP_RUN + 1) {
        uint32_t beg = s.at[1] > done ? s.at[1] : done;
        done = s.at[1] + s.len;
        count += done - beg;
    }
    return count;
}

/* ---- passages ------------------------------------------------------------------------------------------------------------ */

static ds_passage passage_of(const ds_wording *x, const ds_wording *y, const stretch *s)
{
    const ds_worded *p = &x->at[s->at[0]], *q = &y->at[s->at[1]];
    return (ds_passage){{{p[0].at.beg, p[s->len - 1].at.end}, {q[0].at.beg, q[s->len - 1].at.end}},
                        s->len};
}

/* s goes on where the stretch before it ended, in both texts, but for what an editor changed. */
static bool goes_on(const stretch *before, const stretch *s)
{
    for (int k = 0; k < 2; k++) {
        uint32_t end = before->at[k] + before->len;
        if (s->at[k] < end || s->at[k] - end > DS_OVERLAP_GAP)
            return false;
    }
    return true;
}

typedef DS_VEC(ds_passage) passages;

static void end_passage(passages *v, uint32_t *longest)
{
    if (v->len == 0)
        return;
    const ds_passage *p = &v->at[v->len - 1];
    if (p->words > *longest)
        *longest = p->words;
    if (p->words < 2 * DS_OVERLAP_RUN)
        v->len--;
}

static ds_status list_passages(ds_arena *a, const runs *x, const ds_wording *y, passages *v,
                               uint32_t *longest)
{
    stretch s, before = {{0, 0}, 0};
    for (uint32_t i = 0; next_stretch(x, y, i, &s); i = s.at[1] + s.len) {
        ds_passage p = passage_of(x->w, y, &s);
        if (before.len && v->len && goes_on(&before, &s)) {
            ds_passage *last = &v->at[v->len - 1];
            last->at[0].end = p.at[0].end;
            last->at[1].end = p.at[1].end;
            last->words += p.words;
        } else {
            end_passage(v, longest);
            DS_TRY(DS_PUSH(a, v, p));
        }
        before = s;
    }
    end_passage(v, longest);
    return DS_OK;
}

/* ---- kinds --------------------------------------------------------------------------------------------------------------- */

static double share(const ds_shared *s, int k)
{
    return s->of[k] ? (double)s->words[k] / s->of[k] : 0;
}

double ds_shared_containment(const ds_shared *s)
{
    double x = share(s, 0), y = share(s, 1);
    return x > y ? x : y;
}

static ds_overlap_kind kind_of(const ds_shared *s)
{
    if (share(s, 0) >= close_share && share(s, 1) >= close_share)
        return DS_OVERLAP_CLOSE;
    if (ds_shared_containment(s) >= inside_share)
        return DS_OVERLAP_INSIDE;
    return s->longest >= DS_OVERLAP_PASSAGE ? DS_OVERLAP_PART : DS_OVERLAP_NONE;
}

const char *ds_overlap_kind_name(ds_overlap_kind k)
{
    static const char *const names[] = {"none", "part", "inside", "close", "exact"};
    return names[k];
}

static bool same_words(const ds_wording *x, const ds_wording *y)
{
    if (x->whole != y->whole || x->len != y->len)
        return false;
    for (size_t i = 0; i < x->len; i++)
        if (x->at[i].hash != y->at[i].hash)
            return false;
    return x->len > 0;
}

static ds_status one_passage(ds_arena *a, const ds_wording *x, const ds_wording *y, ds_shared *out)
{
    ds_passage *p = ds_arena_alloc(a, sizeof *p);
    if (!p)
        return DS_NOMEM;
    uint32_t n = (uint32_t)x->len;
    *p = passage_of(x, y, &(stretch){{0, 0}, n});
    *out = (ds_shared){DS_OVERLAP_EXACT, {n, n}, {n, n}, p, 1, n};
    return DS_OK;
}

ds_status ds_overlap_measure(ds_arena *a, const ds_wording *first, const ds_wording *second,
                             ds_shared *out)
{
    runs x, y;
    passages v = {0};
    ds_shared s = {.of = {(uint32_t)first->len, (uint32_t)second->len}};
    if (same_words(first, second))
        return one_passage(a, first, second, out);
    DS_TRY(list_runs(a, first, &x));
    DS_TRY(list_runs(a, second, &y));
    s.words[0] = count_words(&y, first);
    s.words[1] = count_words(&x, second);
    DS_TRY(list_passages(a, &x, second, &v, &s.longest));
    s.passages = v.at;
    s.passages_len = v.len;
    s.kind = kind_of(&s);
    *out = s;
    return DS_OK;
}

int ds_overlap_first(const ds_article *x, const ds_article *y)
{
    if (x->published != DS_DAY_NONE && y->published != DS_DAY_NONE && x->published != y->published)
        return x->published < y->published ? -1 : 1;
    bool of_x = y->original_publisher.len && ds_str_eq(y->original_publisher, x->publisher);
    bool of_y = x->original_publisher.len && ds_str_eq(x->original_publisher, y->publisher);
    return of_y - of_x;
}
