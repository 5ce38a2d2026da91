/* SPDX-License-Identifier: Apache-2.0 */
/* answers.c - claims with one value are one answer; whose origins count (Q7 to Q10, O6). */
#include "internal.h"

#include <stdlib.h>

typedef struct slot { /* a row that answers */
    const rc_row *row;
    uint32_t index;
    bool adds; /* its origin counts */
} slot;

static int flag_cmp(bool x, bool y)
{
    return (x > y) - (x < y);
}

static int same_answer_cmp(const rc_row *x, const rc_row *y)
{
    int c = rc_value_cmp(&x->value, &y->value);
    if (c == 0)
        c = flag_cmp(x->planned, y->planned);
    return c ? c : flag_cmp(x->wider, y->wider);
}

static int by_answer(const void *pa, const void *pb)
{
    const slot *a = pa, *b = pb;
    int c = same_answer_cmp(a->row, b->row);
    return c ? c : (a->index > b->index) - (a->index < b->index);
}

static size_t answering(const rc *r, const rc_question *g, bool all, slot *out)
{
    size_t n = 0;
    for (size_t i = 0; i < g->len; i++) {
        const rc_row *row = &r->rows[g->rows[i]];
        if (all || (!row->denied && !row->stale))
            out[n++] = (slot){row, g->rows[i], true};
    }
    return n;
}

static bool is_named(const rc *r, uint32_t origin)
{
    return r->origins.at[origin].kind == DS_HOLDER_NAMED;
}

/* Slots [beg, end) have one stated figure; those with one value stand together. */
static void mark_figure(const rc *r, slot *s, size_t beg, size_t end)
{
    bool point[2] = {false, false}; /* a named holder gives the figure as such: done, planned */
    for (size_t i = beg; i < end; i++)
        point[s[i].row->planned] |= is_named(r, s[i].row->origin) && rc_is_point(&s[i].row->value);
    for (size_t i = beg, j; i < end; i = j) {
        bool named[2] = {false, false};
        for (j = i; j < end && rc_value_eq(&s[i].row->value, &s[j].row->value); j++)
            named[s[j].row->planned] |= is_named(r, s[j].row->origin);
        for (size_t k = i; k < j; k++) {
            bool planned = s[k].row->planned;
            bool given = named[planned] || (rc_is_point(&s[k].row->value) && point[planned]);
            s[k].adds = r->origins.at[s[k].row->origin].kind != DS_HOLDER_NONE || !given;
        }
    }
}

/* O6: a page in its own voice adds nothing to a figure that a named holder gives. Slots stand in order of answer. */
static void mark_adding(const rc *r, slot *s, size_t len)
{
    for (size_t i = 0, j; i < len; i = j) {
        ds_frac stated = rc_stated(&s[i].row->value);
        for (j = i; j < len && ds_frac_cmp(stated, rc_stated(&s[j].row->value)) == 0; j++)
            ;
        mark_figure(r, s, i, j);
    }
}

typedef DS_VEC(uint32_t) indices;

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

/* The origins of the question, in order of row: story origins. */
static ds_status question_origins(rc *r, const slot *s, size_t len, indices *story, ds_question *q)
{
    uint32_t *first = r->spare; /* by origin: its first row here, plus 1 */
    for (size_t i = 0; i < len; i++) {
        uint32_t o = s[i].row->origin;
        if (!s[i].adds)
            continue;
        if (first[o] == 0)
            DS_TRY(DS_PUSH(r->a, story, o));
        if (first[o] == 0 || first[o] > s[i].index + 1)
            first[o] = s[i].index + 1;
    }
    if (story->len) /* story origins are numbered by first row already */
        qsort(story->at, story->len, sizeof *story->at, by_number);
    ds_origin *at = ds_arena_calloc(r->a, story->len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < story->len; i++) {
        at[i] = r->origins.at[story->at[i]];
        at[i].member = r->rows[first[story->at[i]] - 1].member;
        first[story->at[i]] = 0;
    }
    q->origins = at;
    q->origins_len = story->len;
    return DS_OK;
}

/* Where in the question's origins a story origin is. */
static uint32_t place_of(const indices *story, uint32_t origin)
{
    const uint32_t *at =
        story->len ? bsearch(&origin, story->at, story->len, sizeof *story->at, by_number) : NULL;
    return at ? (uint32_t)(at - story->at) : RC_NONE;
}

/* The origins of slots [beg, end), each once, in order of slot. */
static ds_status answer_origins(rc *r, const slot *s, size_t beg, size_t end, const indices *story,
                                indices *out)
{
    for (size_t i = beg; i < end; i++) {
        uint32_t o = s[i].row->origin;
        if (!s[i].adds || r->spare[o])
            continue;
        r->spare[o] = 1;
        DS_TRY(DS_PUSH(r->a, out, place_of(story, o)));
    }
    for (size_t i = beg; i < end; i++)
        r->spare[s[i].row->origin] = 0;
    return DS_OK;
}

/* One answer: slots [beg, end). */
static ds_status make_answer(rc *r, const slot *s, size_t beg, size_t end, const indices *story,
                             ds_answer *out)
{
    indices rows = {0}, origins = {0};
    ds_answer x = {
        .value = s[beg].row->value, .wider = s[beg].row->wider, .planned = s[beg].row->planned};
    for (size_t i = beg; i < end; i++) {
        DS_TRY(DS_PUSH(r->a, &rows, s[i].index));
        x.flagged |= r->summed[s[i].index];
    }
    DS_TRY(answer_origins(r, s, beg, end, story, &origins));
    x.rows = rows.at;
    x.rows_len = rows.len;
    x.origins = origins.at;
    x.origins_len = origins.len;
    *out = x;
    return DS_OK;
}

/* Q4: where only the wider measure is counted the question is about that. */
static ds_str question_measure(const slot *s, size_t len, bool *only_wider)
{
    *only_wider = true;
    for (size_t i = 0; i < len; i++)
        *only_wider &= s[i].row->wider;
    return *only_wider ? s[0].row->measure.name : s[0].row->measure.asks;
}

ds_status rc_answers(rc *r, const rc_question *g, ds_question *q, ds_answer **out)
{
    slot *s = ds_arena_calloc(r->a, g->len, sizeof *s);
    ds_answer *at = ds_arena_calloc(r->a, g->len, sizeof *at);
    if (!s || !at)
        return DS_NOMEM;
    bool only_wider;
    size_t len = answering(r, g, false, s);
    if (len == 0)
        len = answering(r, g, true, s);
    q->measure = question_measure(s, len, &only_wider);
    qsort(s, len, sizeof *s, by_answer);
    mark_adding(r, s, len);
    indices story = {0};
    DS_TRY(question_origins(r, s, len, &story, q));
    size_t n = 0;
    for (size_t i = 0, j; i < len; i = j) {
        for (j = i; j < len && same_answer_cmp(s[i].row, s[j].row) == 0; j++)
            ;
        DS_TRY(make_answer(r, s, i, j, &story, &at[n]));
        at[n++].wider &= !only_wider;
    }
    q->answers = *out = at;
    q->answers_len = n;
    return DS_OK;
}

/* ---- standing ------------------------------------------------------------------------------------------------ */

ds_status rc_standings(rc *r, const ds_question *q, rc_standing **out)
{
    rc_standing *st = ds_arena_calloc(r->a, q->answers_len, sizeof *st);
    if (!st)
        return DS_NOMEM;
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            const rc_row *row = &r->rows[q->answers[i].rows[k]];
            if (!row->dated)
                continue;
            if (!st[i].dated || row->day < st[i].first)
                st[i].first = row->day;
            if (!st[i].dated || row->day > st[i].last)
                st[i].last = row->day;
            st[i].dated = true;
        }
    for (size_t i = 0; i < q->answers_len; i++) {
        bool taken =
            true; /* where nothing else is there, what is denied is shown, and counts for nothing */
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            taken &= r->rows[q->answers[i].rows[k]].denied;
        st[i].old = taken;
    }
    *out = st;
    return DS_OK;
}
