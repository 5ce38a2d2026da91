/* SPDX-License-Identifier: Apache-2.0 */
/* scope.c - rows of one kind become questions. One page is taken to agree with itself: its figures that cannot be of one thing
 * are told apart by place, event, time or size (S7, S9, S10); all other rows join whom they fit best, surest pair first, as long
 * as nothing tells the two sides apart (S12). The order of pages plays no part. */
#include "internal.h"

#include <stdlib.h>

/* ---- what tells two rows apart -------------------------------------------------------------------------------- */

static bool other_place(const rc_row *x, const rc_row *y)
{
    return x->place.len && y->place.len && !rc_words_hold(x->place, y->place) &&
           !rc_words_hold(y->place, x->place);
}

/* The time of each is given: -1 x is before y, 1 after, 0 they meet or one is open. */
static int time_order(const rc_row *x, const rc_row *y)
{
    const ds_claim *a = x->c, *b = y->c;
    if (!a->has_when || !b->has_when)
        return 0;
    if (a->when.hi != DS_DAY_NONE && b->when.lo != DS_DAY_NONE && a->when.hi < b->when.lo)
        return -1;
    return b->when.hi != DS_DAY_NONE && a->when.lo != DS_DAY_NONE && b->when.hi < a->when.lo;
}

/* A count that rises between the days is one count. */
static bool rises(const rc_row *x, const rc_row *y)
{
    int order = time_order(x, y);
    int more = ds_frac_cmp(rc_stated(&x->value), rc_stated(&y->value));
    return x->measure.rising && order != 0 && order * more > 0;
}

static bool factor_from(const rc_row *x, const rc_row *y, ds_frac least)
{
    ds_frac f = rc_factor(rc_stated(&x->value), rc_stated(&y->value));
    return f.num == 0 || ds_frac_cmp(f, least) >= 0;
}

static bool wide(const rc_row *x, const rc_row *y)
{
    bool vague = x->value.bound == DS_BOUND_VAGUE || y->value.bound == DS_BOUND_VAGUE;
    bool limit = rc_limit_above(&x->value) || rc_limit_above(&y->value);
    return !vague && (!limit || rc_exclude(&x->value, &y->value)) &&
           factor_from(x, y, RC_OTHER_THING);
}

bool rc_apart(const rc_row *x, const rc_row *y)
{
    return rc_exclude(&x->value, &y->value) || wide(x, y);
}

static bool linked(const rc *r, const rc_row *x, const rc_row *y)
{
    int32_t ix = (int32_t)(x - r->rows), iy = (int32_t)(y - r->rows);
    return x->c->equals == iy || y->c->equals == ix || x->c->of == iy || y->c->of == ix;
}

/* The same source says both, or the page itself: nobody contradicts anybody. */
static bool one_voice(const rc *r, const rc_row *x, const rc_row *y)
{
    const ds_row *a = &r->story->rows[x - r->rows], *b = &r->story->rows[y - r->rows];
    if (a->holders_len == 0 || b->holders_len == 0)
        return a->holders_len == b->holders_len;
    return a->holders[0] == b->holders[0];
}

const char *rc_other_thing(const rc *r, const rc_row *x, const rc_row *y)
{
    if (x->member != y->member || x->planned != y->planned || x->derived || y->derived ||
        x->denied || y->denied || linked(r, x, y) || !rc_apart(x, y) ||
        (x->c->part == DS_PART_CAPTION) != (y->c->part == DS_PART_CAPTION))
        return NULL;
    if (other_place(x, y))
        return "one page gives both, of two places";
    if (x->running != y->running)
        return "one page gives both, one of them a total over a longer time";
    if (x->several != y->several)
        return "one page gives both, one of them over several events";
    if (x->other != y->other)
        return "one page gives both, and calls one of them another event";
    if (time_order(x, y) && !rises(x, y) && factor_from(x, y, RC_OTHER_TIME))
        return "one page gives both, of two times";
    bool other_words = !rc_same_words(x->subject.phrase, y->subject.phrase);
    if (!wide(x, y) || rises(x, y) || (!other_words && !one_voice(r, x, y)))
        return NULL;
    return "one page gives both, and one is three times the other";
}

/* ---- how well two rows go together ------------------------------------------------------------------------------ */

/* Points for figures: from nearly certain to nearly impossible. */
static int figure_points(const ds_value *v, const ds_value *w, const rc_row *x, const rc_row *y)
{
    bool vague = v->bound == DS_BOUND_VAGUE || w->bound == DS_BOUND_VAGUE;
    if (vague)
        return rc_meet(v, w) ? 1 : -3;
    bool meet = rc_meet(v, w);
    if (meet && ds_frac_cmp(rc_stated(v), rc_stated(w)) == 0)
        return rc_is_point(v) && rc_is_point(w) ? 6 : 5;
    if (!factor_from(x, y, RC_NEAR))
        return meet ? 3 : 2;
    if (!factor_from(x, y, RC_FITS))
        return meet ? 2 : 1;
    if (!factor_from(x, y, RC_OTHER_THING))
        return meet ? 1 : -1;
    return meet ? -2 : -4;
}

static int place_points(const rc_row *x, const rc_row *y)
{
    if (x->place.len == 0 || y->place.len == 0)
        return 0;
    return ds_str_eq(x->place, y->place) ? 3 : other_place(x, y) ? -3 : 1;
}

static int points(const rc_row *x, const rc_row *y, rc_fit fit)
{
    static const int by_fit[] = {[RC_FIT_SAME] = 1,
                                 [RC_FIT_ACTOR] = 0,
                                 [RC_FIT_HEAD] = 0,
                                 [RC_FIT_FIGURE] = -1,
                                 [RC_FIT_EVENT] = -1};
    size_t names = rc_names_shared(x, y);
    int n = figure_points(&x->value, &y->value, x, y) + place_points(x, y) + by_fit[fit];
    n += names > 3 ? 3 : (int)names;
    n += x->running != y->running ? -4 : x->running ? 3 : 0;
    n += x->other != y->other ? -2 : x->other ? 2 : 0;
    n += x->several != y->several ? -2 : x->several ? 2 : 0;
    return n;
}

/* ---- pairs -------------------------------------------------------------------------------------------------------- */

typedef struct edge { /* rows of the list that may be joined */
    uint32_t i, j;
    int16_t points;
    uint8_t fit;
    uint32_t support;     /* rows with the figures of the two */
    uint32_t first, last; /* ranks, for ties */
} edge;

typedef struct clusters {
    rc *r;
    const uint32_t *rows;
    size_t len;
    uint32_t *root, *next, *last; /* union by list: next row of a cluster, its last row */
    uint32_t *size;
    ds_str *actor, *head; /* of the cluster, by root */
    uint32_t *support;
    rc_sides *sides;
    DS_VEC(edge) edges;
    DS_VEC(rc_tie) ties;
} clusters;

static const rc_row *row_of(const clusters *c, uint32_t i)
{
    return &c->r->rows[c->rows[i]];
}

static int by_value(const void *pa, const void *pb)
{
    const rc_slot *a = pa, *b = pb;
    int c = rc_value_cmp(&a->row->value, &b->row->value);
    return c ? c : (a->row->rank > b->row->rank) - (a->row->rank < b->row->rank);
}

static int by_points(const void *pa, const void *pb)
{
    const edge *a = pa, *b = pb;
    if (a->points != b->points)
        return a->points > b->points ? -1 : 1;
    if (a->support != b->support)
        return a->support > b->support ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* A total over a longer time or over several events, and what is not: of one size they may be one count in other words. */
static bool other_span(const rc_row *x, const rc_row *y)
{
    return x->running != y->running || x->several != y->several;
}

static ds_status add_edge(clusters *c, uint32_t i, uint32_t j)
{
    const rc_row *x = row_of(c, i), *y = row_of(c, j);
    rc_fit fit = rc_subjects_fit(x, y);
    if (fit == RC_FIT_NOT || rc_other_thing(c->r, x, y) || (other_span(x, y) && wide(x, y)))
        return DS_OK;
    edge e = {.i = i, .j = j, .fit = (uint8_t)fit, .support = c->support[i] + c->support[j]};
    e.points = (int16_t)points(x, y, fit);
    e.first = x->rank < y->rank ? x->rank : y->rank;
    e.last = x->rank < y->rank ? y->rank : x->rank;
    return DS_PUSH(c->r->a, &c->edges, e);
}

/* All pairs of few rows; of many, each with those of its size. */
static ds_status list_edges(clusters *c)
{
    rc_slot *s = ds_arena_calloc(c->r->a, c->len, sizeof *s);
    if (!s)
        return DS_NOMEM;
    for (uint32_t i = 0; i < c->len; i++)
        s[i] = (rc_slot){row_of(c, i), i};
    qsort(s, c->len, sizeof *s, by_value);
    for (size_t i = 0, j; i < c->len; i = j) {
        for (j = i; j < c->len &&
                    ds_frac_cmp(rc_stated(&s[i].row->value), rc_stated(&s[j].row->value)) == 0;
             j++)
            ;
        for (size_t k = i; k < j; k++)
            c->support[s[k].index] = (uint32_t)(j - i);
    }
    size_t window = c->len <= RC_ALL_PAIRS ? c->len : RC_WINDOW;
    for (size_t i = 0; i < c->len; i++)
        for (size_t j = i + 1; j < c->len && j <= i + window; j++)
            DS_TRY(add_edge(c, s[i].index, s[j].index));
    if (c->edges.len)
        qsort(c->edges.at, c->edges.len, sizeof *c->edges.at, by_points);
    return DS_OK;
}

/* ---- joining -------------------------------------------------------------------------------------------------------- */

static bool clash(ds_str x, ds_str y)
{
    return x.len && y.len && !ds_str_eq(x, y);
}

/* y, the smaller, becomes part of x. */
static ds_status merge(clusters *c, uint32_t x, uint32_t y)
{
    DS_TRY(rc_sides_merge(c->sides, x, y, c->root, c->next));
    for (uint32_t i = y; i != UINT32_MAX; i = c->next[i])
        c->root[i] = x;
    c->next[c->last[x]] = y;
    c->last[x] = c->last[y];
    c->size[x] += c->size[y];
    c->actor[x] = c->actor[x].len ? c->actor[x] : c->actor[y];
    c->head[x] = c->head[x].len ? c->head[x] : c->head[y];
    return DS_OK;
}

/* Why the pair was joined, in words. */
static const char *why_joined(const clusters *c, const edge *e)
{
    static const char *const by_fit[] = {[RC_FIT_SAME] = "the same is counted",
                                         [RC_FIT_ACTOR] = "the same, and one does not say whose",
                                         [RC_FIT_HEAD] =
                                             "the same people, and one says what they are",
                                         [RC_FIT_FIGURE] = "people in general, and the figures fit",
                                         [RC_FIT_EVENT] = "one figure of one event"};
    static const char *const same_figure[] = {
        [RC_FIT_SAME] = "the same is counted, with the same figure",
        [RC_FIT_ACTOR] = "the same figure, and one does not say whose",
        [RC_FIT_HEAD] = "the same figure, and one says what they are",
        [RC_FIT_FIGURE] = "people in general, and the figure is the same",
        [RC_FIT_EVENT] = "one figure of one event"};
    const rc_row *x = row_of(c, e->i), *y = row_of(c, e->j);
    if (x->running && y->running)
        return "both are totals over a longer time";
    if (ds_frac_cmp(rc_stated(&x->value), rc_stated(&y->value)) == 0)
        return same_figure[e->fit];
    if (x->place.len && ds_str_eq(x->place, y->place))
        return "the same is counted in one place";
    return by_fit[e->fit];
}

static ds_status join_all(clusters *c)
{
    for (size_t k = 0; k < c->edges.len; k++) {
        const edge *e = &c->edges.at[k];
        uint32_t x = c->root[e->i], y = c->root[e->j];
        rc_tie where;
        bool swap = c->size[x] > c->size[y];
        if (x == y || clash(c->actor[x], c->actor[y]) || clash(c->head[x], c->head[y]) ||
            rc_sides_known_apart(c->sides, x, y))
            continue;
        if (rc_sides_apart(c->sides, swap ? y : x, c->next, swap ? x : y, &where)) {
            DS_TRY(rc_sides_keep_apart(c->sides, x, y));
            continue;
        }
        DS_TRY(c->size[x] < c->size[y] ? merge(c, y, x) : merge(c, x, y));
        DS_TRY(DS_PUSH(c->r->a, &c->ties, ((rc_tie){e->i, e->j, why_joined(c, e)})));
    }
    return DS_OK;
}

/* ---- questions ------------------------------------------------------------------------------------------------------- */

static ds_status new_clusters(rc *r, const uint32_t *rows, size_t len, clusters *c)
{
    *c = (clusters){.r = r, .rows = rows, .len = len};
    uint32_t *n = ds_arena_calloc(r->a, len, 5 * sizeof *n);
    c->actor = ds_arena_calloc(r->a, len, sizeof *c->actor);
    c->head = ds_arena_calloc(r->a, len, sizeof *c->head);
    if (!n || !c->actor || !c->head)
        return DS_NOMEM;
    c->root = n;
    c->next = n + len;
    c->last = n + 2 * len;
    c->size = n + 3 * len;
    c->support = n + 4 * len;
    for (uint32_t i = 0; i < len; i++) {
        const rc_subject *s = &row_of(c, i)->subject;
        c->root[i] = c->last[i] = i;
        c->next[i] = UINT32_MAX;
        c->size[i] = 1;
        c->actor[i] = s->actor;
        c->head[i] = s->head;
    }
    return rc_sides_new(r, rows, len, &c->sides);
}

/* Rows of each cluster, clusters in order of their first row. */
static ds_status list_questions(clusters *c, rc_questions *out, uint32_t **at)
{
    uint32_t *number = ds_arena_calloc(c->r->a, c->len, sizeof *number);
    if (!number)
        return DS_NOMEM;
    for (size_t i = 0; i < c->len; i++) {
        uint32_t root = c->root[i];
        if (number[root] == 0) {
            rc_question q = {.rows = ds_arena_calloc(c->r->a, c->size[root], sizeof *q.rows)};
            if (!q.rows)
                return DS_NOMEM;
            DS_TRY(DS_PUSH(c->r->a, out, q));
            number[root] = (uint32_t)out->len;
        }
        rc_question *q = &out->at[number[root] - 1];
        q->rows[q->len++] = c->rows[i];
    }
    for (size_t k = 0; k < c->ties.len; k++) {
        rc_tie t = c->ties.at[k];
        rc_question *q = &out->at[number[c->root[t.row]] - 1];
        t.row = c->rows[t.row];
        t.with = c->rows[t.with];
        DS_TRY(DS_PUSH(c->r->a, &q->ties, t));
    }
    *at = number;
    return DS_OK;
}

static uint32_t first_rank(const rc *r, const rc_question *q)
{
    uint32_t n = UINT32_MAX;
    for (size_t i = 0; i < q->len; i++)
        n = r->rows[q->rows[i]].rank < n ? r->rows[q->rows[i]].rank : n;
    return n;
}

/* The one with most rows is the question itself; the others are named by what sets them apart. */
static size_t main_question(const rc *r, const rc_questions *v)
{
    size_t main = 0;
    for (size_t k = 1; k < v->len; k++)
        if (v->at[k].len > v->at[main].len ||
            (v->at[k].len == v->at[main].len &&
             first_rank(r, &v->at[k]) < first_rank(r, &v->at[main])))
            main = k;
    return main;
}

/* Why each is not the main one, kept with both. */
static ds_status tell_splits(clusters *c, rc_questions *v, const uint32_t *number, size_t main)
{
    uint32_t *root = ds_arena_calloc(c->r->a, v->len, sizeof *root);
    if (!root)
        return DS_NOMEM;
    for (uint32_t i = 0; i < c->len; i++)
        if (c->root[i] == i)
            root[number[i] - 1] = i;
    for (size_t k = 0; k < v->len; k++) {
        uint32_t x = root[k], y = root[main];
        if (k == main)
            continue;
        rc_tie t = {v->at[k].rows[0], v->at[main].rows[0], "the figures do not fit one subject"};
        bool sides = clash(c->actor[x], c->actor[y]), heads = clash(c->head[x], c->head[y]);
        if (sides || heads)
            t.why = sides ? "those of another side" : "others are counted";
        else
            (void)rc_sides_apart(c->sides, x, c->next, y, &t);
        DS_TRY(DS_PUSH(c->r->a, &v->at[k].apart, t));
        DS_TRY(DS_PUSH(c->r->a, &v->at[main].apart, ((rc_tie){t.with, t.row, t.why})));
        v->at[k].split = !sides && !heads;
    }
    return DS_OK;
}

ds_status rc_scopes(rc *r, const uint32_t *rows, size_t len, rc_questions *out)
{
    clusters c;
    rc_questions found = {0};
    uint32_t *number;
    DS_TRY(rc_subjects_count(r, rows, len));
    DS_TRY(new_clusters(r, rows, len, &c));
    DS_TRY(list_edges(&c));
    DS_TRY(join_all(&c));
    DS_TRY(list_questions(&c, &found, &number));
    if (!found.at)
        return DS_OK; /* no rows, no question */
    size_t main = main_question(r, &found);
    DS_TRY(tell_splits(&c, &found, number, main));
    DS_TRY(DS_PUSH(r->a, out, found.at[main]));
    for (size_t k = 0; k < found.len; k++)
        if (k != main)
            DS_TRY(DS_PUSH(r->a, out, found.at[k]));
    return DS_OK;
}
