/* SPDX-License-Identifier: Apache-2.0 */
/* verdicts.c - what two answers are to each other, and why (V1 to V9). */
#include "internal.h"

typedef struct side {
    const ds_answer *x;
    const rc_standing *st;
} side;

static void put_answer(ds_buf *b, const ds_question *q, const ds_answer *x)
{
    ds_value_prose(b, &x->value, q->unit);
}

static bool one_origin(const ds_answer *x, const ds_answer *y)
{
    return x->origins_len == 1 && y->origins_len == 1 && x->origins[0] == y->origins[0];
}

/* V5: a is older than b. */
static bool is_update(bool rising, const side *a, const side *b)
{
    if (!a->st->dated || !b->st->dated || a->st->last >= b->st->first ||
        a->x->planned != b->x->planned)
        return false;
    const ds_value *v = &a->x->value, *w = &b->x->value;
    if (v->bound == DS_BOUND_VAGUE || w->bound == DS_BOUND_VAGUE)
        return false;
    if (one_origin(a->x, b->x))
        return rc_exclude(v, w);
    return rising && !rc_limit_above(v) && !rc_limit_above(w) && a->x->wider == b->x->wider &&
           ds_frac_cmp(rc_stated(w), rc_stated(v)) > 0 && (rc_limit_below(v) || rc_exclude(v, w));
}

static void why_update(const rc *r, ds_buf *b, const ds_question *q, const side *old,
                       const side *new)
{
    int year = rc_last_year(r);
    put_answer(b, q, new->x);
    ds_buf_puts(b, " (");
    ds_days_text(b, (ds_days){new->st->first, new->st->first}, year);
    ds_buf_puts(b, ") is later than ");
    put_answer(b, q, old->x);
    ds_buf_puts(b, " (");
    ds_days_text(b, (ds_days){old->st->last, old->st->last}, year);
    ds_buf_puts(b, one_origin(old->x, new->x) ? "), from the same origin" : ") and higher");
}

static void why_tops(ds_buf *b, const ds_value *x, const ds_value *y, bool low_open)
{
    ds_buf_puts(b, low_open ? "both leave the low end open" : "both leave the high end open");
    ds_frac f = rc_factor(rc_stated(x), rc_stated(y));
    if (f.num == 0 || ds_frac_cmp(f, DS_FRAC(1)) == 0)
        return;
    ds_buf_puts(b, low_open ? "; their tops differ " : "; their starts differ ");
    ds_factor_text(b, f);
}

static ds_verdict overlap(ds_buf *b, const ds_question *q, const ds_answer *x, const ds_answer *y)
{
    const ds_value *v = &x->value, *w = &y->value;
    bool in = rc_within(v, w), out = rc_within(w, v);
    if ((rc_limit_above(v) && rc_limit_above(w)) || (rc_limit_below(v) && rc_limit_below(w))) {
        why_tops(b, v, w, rc_limit_above(v));
        return DS_V_OVERLAP;
    }
    if (in != out) {
        put_answer(b, q, in ? x : y);
        ds_buf_puts(b, " lies within ");
        put_answer(b, q, in ? y : x);
        return DS_V_REFINES;
    }
    bool about = v->bound == DS_BOUND_ABOUT || w->bound == DS_BOUND_ABOUT;
    ds_buf_puts(b, about ? "within “about” they overlap" : "their ranges overlap");
    return DS_V_OVERLAP;
}

/* V4: a count of more than is asked bounds the narrower one from above, never from below. */
static bool wider_excludes(const ds_answer *wide, const ds_answer *narrow)
{
    rc_ends w = rc_ends_of(&wide->value), n = rc_ends_of(&narrow->value);
    return w.has_hi && n.has_lo && ds_frac_cmp(n.lo, w.hi) > 0;
}

static ds_verdict of_wider(ds_buf *b, const ds_question *q, const ds_answer *x, const ds_answer *y)
{
    const ds_answer *wide = x->wider ? x : y, *narrow = x->wider ? y : x;
    if (one_origin(x, y) && ds_frac_cmp(rc_stated(&x->value), rc_stated(&y->value)) == 0) {
        ds_buf_puts(b, "the same number from one origin, as two measures");
        return DS_V_DRIFT;
    }
    put_answer(b, q, wide);
    if (wider_excludes(wide, narrow)) {
        ds_buf_puts(b, " counts more, but is lower than ");
        put_answer(b, q, narrow);
        return DS_V_CONFLICTS;
    }
    ds_buf_puts(b, " counts more than is asked");
    return DS_V_REFINES;
}

static bool same_point(const ds_value *v, const ds_value *w)
{
    return rc_value_eq(v, w) ||
           (rc_is_point(v) && rc_is_point(w) && ds_frac_cmp(v->best, w->best) == 0);
}

static ds_verdict judge(const rc *r, ds_buf *b, const ds_question *q, bool rising, const side *a,
                        const side *c, rc_standing *sa, rc_standing *sc)
{
    const ds_answer *x = a->x, *y = c->x;
    if (x->planned != y->planned) {
        ds_buf_puts(b, "one is planned or possible, the other done");
        return DS_V_OVERLAP;
    }
    if (x->wider != y->wider)
        return of_wider(b, q, x, y);
    if (same_point(&x->value, &y->value)) {
        ds_buf_puts(b, "the same figure");
        return DS_V_SAME;
    }
    if (is_update(rising, a, c) || is_update(rising, c, a)) {
        bool first = a->st->first < c->st->first;
        (first ? sa : sc)->old = true;
        why_update(r, b, q, first ? a : c, first ? c : a);
        return DS_V_UPDATES;
    }
    if (x->value.bound == DS_BOUND_VAGUE || y->value.bound == DS_BOUND_VAGUE) {
        if (rc_meet(&x->value, &y->value))
            return overlap(b, q, x, y);
        put_answer(b, q, x->value.bound == DS_BOUND_VAGUE ? x : y);
        ds_buf_puts(b, " is too vague to conflict");
        return DS_V_OVERLAP;
    }
    if (rc_meet(&x->value, &y->value))
        return overlap(b, q, x, y);
    put_answer(b, q, x);
    ds_buf_puts(b, " and ");
    put_answer(b, q, y);
    ds_buf_puts(b, " exclude each other");
    return DS_V_CONFLICTS;
}

/* V0: all pairs; where there are many answers, those near in value, and each with the lowest and the highest. */
static bool is_compared(size_t n, uint32_t i, uint32_t j)
{
    return n <= RC_PAIRS_ALL || j - i <= RC_PAIRS_NEAR || i == 0 || j == n - 1;
}

/* The answer after j that i is compared with; n: none. */
static uint32_t next_compared(size_t n, uint32_t i, uint32_t j)
{
    if (j + 1 >= n)
        return (uint32_t)n;
    return is_compared(n, i, j + 1) ? j + 1 : (uint32_t)n - 1;
}

ds_status rc_pairs(rc *r, ds_question *q, rc_standing *st)
{
    size_t n = q->answers_len;
    bool rising = rc_measure_of(r->words, q->measure).rising;
    DS_VEC(ds_pair) v = {0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = next_compared(n, i, i); j < n; j = next_compared(n, i, j)) {
            ds_buf b = ds_buf_new(r->a);
            side x = {&q->answers[i], &st[i]}, y = {&q->answers[j], &st[j]};
            ds_pair p = {.a = i, .b = j};
            p.verdict = judge(r, &b, q, rising, &x, &y, &st[i], &st[j]);
            DS_TRY(ds_buf_take(&b, &p.why));
            DS_TRY(DS_PUSH(r->a, &v, p));
        }
    q->pairs = v.at;
    q->pairs_len = v.len;
    return DS_OK;
}
