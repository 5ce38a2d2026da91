/* SPDX-License-Identifier: Apache-2.0 */
/* estimate.c - low, best, high by rule "range" (E1 to E7), and the state of a question with its factor (T1 to T5). */
#include "internal.h"

/* ---- who counts ------------------------------------------------------------------------------------------------ */

static bool any(const ds_question *q, const rc_standing *st, bool planned, bool vague)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (!x->wider && !st[i].old && x->planned == planned &&
            (x->value.bound == DS_BOUND_VAGUE) == vague)
            return true;
    }
    return false;
}

/* E1: wider and superseded answers do not count; planned ones only where nothing was done; vague ones only alone. */
static void mark_counting(const ds_question *q, rc_standing *st)
{
    bool wide = true;
    for (size_t i = 0; i < q->answers_len; i++)
        wide &= q->answers[i].wider;
    bool done = any(q, st, false, false) || any(q, st, false, true);
    bool firm = any(q, st, !done, false);
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        st[i].counts = !st[i].old && (wide || (!x->wider && x->planned == !done &&
                                               (x->value.bound == DS_BOUND_VAGUE) == !firm));
    }
}

/* ---- ends ------------------------------------------------------------------------------------------------------ */

static void lower(ds_estimate *e, ds_frac x)
{
    if (!e->has_low || ds_frac_cmp(x, e->low) < 0)
        e->low = x;
    e->has_low = true;
}

static void raise(ds_estimate *e, ds_frac x)
{
    if (!e->has_high || ds_frac_cmp(x, e->high) > 0)
        e->high = x;
    e->has_high = true;
}

/* E2, E3: the lowest low end and the highest high end; an "at least" above every high end leaves it open. */
static void find_ends(const ds_question *q, const rc_standing *st, ds_estimate *e)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (!st[i].counts)
            continue;
        if (v->has_low)
            lower(e, v->low);
        if (v->has_high)
            raise(e, v->high);
    }
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (st[i].counts && v->has_low && !v->has_high && e->has_high &&
            ds_frac_cmp(v->low, e->high) > 0)
            e->has_high = false;
    }
}

/* ---- best ------------------------------------------------------------------------------------------------------ */

/* Distinct origins that give the figure of answer i as such (not only as a limit). */
static size_t support(const ds_question *q, const rc_standing *st, size_t i)
{
    size_t n = 0;
    for (uint32_t o = 0; o < q->origins_len; o++) {
        bool gives = false;
        for (size_t j = 0; !gives && j < q->answers_len; j++) {
            const ds_answer *x = &q->answers[j];
            if (!st[j].counts || !rc_is_point(&x->value) ||
                ds_frac_cmp(x->value.best, q->answers[i].value.best) != 0)
                continue;
            for (size_t k = 0; k < x->origins_len; k++)
                gives |= x->origins[k] == o;
        }
        n += gives;
    }
    return n;
}

typedef struct winner {
    size_t answer, origins, ties; /* ties: other figures with as many origins */
    size_t with;                  /* one of them */
} winner;

static winner find_winner(const ds_question *q, const rc_standing *st)
{
    winner w = {.answer = q->answers_len};
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (!st[i].counts || !rc_is_point(v))
            continue;
        if (w.answer < q->answers_len && ds_frac_cmp(v->best, q->answers[w.answer].value.best) == 0)
            continue;
        if (w.ties && ds_frac_cmp(v->best, q->answers[w.with].value.best) == 0)
            continue; /* 44 and about 44 are one figure */
        size_t n = support(q, st, i);
        if (n > w.origins) {
            w = (winner){.answer = i, .origins = n};
        } else if (n == w.origins && n > 0) {
            w.ties++;
            w.with = i;
        }
    }
    return w;
}

static size_t count_counting(const ds_question *q, const rc_standing *st, size_t *only)
{
    size_t n = 0;
    for (size_t i = 0; i < q->answers_len; i++)
        if (st[i].counts) {
            *only = i;
            n++;
        }
    return n;
}

/* ---- why ------------------------------------------------------------------------------------------------------- */

static void put_stated(ds_buf *b, const ds_question *q, size_t answer)
{
    ds_number_prose(b, rc_stated(&q->answers[answer].value), q->unit);
}

static void semicolon(ds_buf *b)
{
    if (b->len)
        ds_buf_puts(b, "; ");
}

static bool some_bound(const ds_question *q, const rc_standing *st, ds_bound x, ds_bound y)
{
    for (size_t i = 0; i < q->answers_len; i++)
        if (st[i].counts && (q->answers[i].value.bound == x || q->answers[i].value.bound == y))
            return true;
    return false;
}

static void why_best(ds_buf *b, const ds_question *q, const rc_standing *st, const winner *w,
                     bool has_best)
{
    bool none = w->answer == q->answers_len;
    if (q->origins_len < 2) {
        ds_buf_puts(b, has_best ? "one origin: its own figure" : "one origin");
    } else if (has_best) {
        put_stated(b, q, w->answer);
        ds_buf_puts(b, " has ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins, more than any other figure");
    } else if (!none && w->origins >= 2 && w->ties == 1) {
        put_stated(b, q, w->answer);
        ds_buf_puts(b, " and ");
        put_stated(b, q, w->with);
        ds_buf_puts(b, " have ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins each");
    } else if (!none && w->origins >= 2) {
        ds_buf_puts(b, "several figures have ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins each");
    } else {
        ds_buf_puts(b, none ? "all that is known is a limit" : "no two origins agree");
        if (some_bound(q, st, DS_BOUND_AT_MOST, DS_BOUND_LESS_THAN))
            ds_buf_puts(b, "; each “up to” leaves room for the others");
    }
}

/* "C counts more, so it is left out" and the like. */
static void why_left_out(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st)
{
    bool wide = false, planned = false, old = false;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (st[i].counts)
            continue;
        bool *told = st[i].old ? &old : x->wider ? &wide : x->planned ? &planned : NULL;
        if (!told || *told)
            continue;
        *told = true;
        semicolon(b);
        if (told == &wide) {
            ds_buf_put(b, rc_letter(r, r->rows[x->rows[0]].member));
            ds_buf_puts(b, " counts more, so it is left out");
        } else {
            ds_buf_puts(b, told == &old ? "superseded figures are left out"
                                        : "planned and possible figures are left out");
        }
    }
}

/* The high end without what nobody could confirm: "12,000 without the unverified". */
static void why_unverified(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st,
                           const ds_estimate *e)
{
    bool has = false, drop = false;
    ds_frac rest = DS_FRAC(0);
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (!st[i].counts || !x->value.has_high)
            continue;
        bool firm = false;
        for (size_t k = 0; k < x->rows_len; k++)
            firm |= r->rows[x->rows[k]].c->certainty != DS_CERT_UNVERIFIED;
        if (!firm) {
            drop = true;
            continue;
        }
        if (!has || ds_frac_cmp(x->value.high, rest) > 0)
            rest = x->value.high;
        has = true;
    }
    if (!e->has_high || !has || !drop || ds_frac_cmp(rest, e->high) >= 0)
        return;
    semicolon(b);
    ds_buf_puts(b, "high ");
    ds_number_prose(b, rest, q->unit);
    ds_buf_puts(b, " without the unverified");
}

static void why_flagged(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st)
{
    (void)r;
    for (size_t i = 0; i < q->answers_len; i++) {
        if (!st[i].counts || !q->answers[i].flagged)
            continue;
        semicolon(b);
        put_stated(b, q, i);
        ds_buf_puts(b, " is flagged");
        return;
    }
}

/* ---- state ------------------------------------------------------------------------------------------------------ */

static size_t count_pages(const rc *r, const ds_question *q)
{
    size_t n = 0;
    uint32_t seen = RC_NONE;
    for (uint32_t m = 0; m < r->story->members_len; m++)
        for (size_t i = 0; i < q->answers_len; i++)
            for (size_t k = 0; k < q->answers[i].rows_len; k++)
                if (r->rows[q->answers[i].rows[k]].member == m && seen != m) {
                    seen = m;
                    n++;
                }
    return n;
}

/* T4: highest stated figure by the lowest. */
static void find_factor(const ds_question *q, const rc_standing *st, ds_question *out)
{
    bool any_stated = false;
    ds_frac low = DS_FRAC(0), high = DS_FRAC(0);
    for (size_t i = 0; i < q->answers_len; i++) {
        if (!st[i].counts)
            continue;
        const ds_value *v = &q->answers[i].value;
        ds_frac x = v->has_best ? v->best : v->has_low ? v->low : v->high;
        ds_frac y = v->has_best ? v->best : v->has_high ? v->high : v->low;
        if (!any_stated || ds_frac_cmp(x, low) < 0)
            low = x;
        if (!any_stated || ds_frac_cmp(y, high) > 0)
            high = y;
        any_stated = true;
    }
    out->factor = rc_factor(low, high);
    out->has_factor = out->factor.num > out->factor.den; /* equal figures have no factor */
}

static void find_state(const rc *r, const rc_standing *st, ds_question *q)
{
    bool conflict = false;
    for (size_t i = 0; i < q->pairs_len; i++) {
        const ds_pair *p = &q->pairs[i];
        bool stand = st[p->a].counts && st[p->b].counts;
        bool wide =
            (q->answers[p->a].wider || q->answers[p->b].wider) && !st[p->a].old && !st[p->b].old;
        conflict |= p->verdict == DS_V_CONFLICTS && (stand || wide);
    }
    find_factor(q, st, q);
    bool apart = q->has_factor && ds_frac_cmp(q->factor, RC_APART) >= 0;
    if (conflict)
        q->state = DS_S_CONFLICT;
    else if (q->origins_len < 2)
        q->state = count_pages(r, q) < 2 ? DS_S_ONE_PAGE : DS_S_ONE_ORIGIN;
    else
        q->state = apart ? DS_S_APART : DS_S_AGREE;
    if (q->state != DS_S_CONFLICT && q->state != DS_S_APART) {
        q->has_factor = false;
        q->factor = DS_FRAC(0);
    }
}

ds_status rc_estimate(rc *r, ds_question *q, rc_standing *st)
{
    ds_estimate e = {.rule = DS_STR("range")};
    mark_counting(q, st);
    find_ends(q, st, &e);
    winner w = find_winner(q, st);
    size_t only = 0;
    if (q->origins_len < 2 && count_counting(q, st, &only) == 1) {
        const ds_value *v = &q->answers[only].value;
        e.has_best = v->has_best && (rc_is_point(v) || v->bound == DS_BOUND_ALMOST);
        e.best = v->best;
    } else if (w.answer < q->answers_len && w.origins >= 2 && w.ties == 0) {
        e.has_best = true;
        e.best = q->answers[w.answer].value.best;
    }
    ds_buf b = ds_buf_new(r->a);
    why_best(&b, q, st, &w, e.has_best);
    why_left_out(r, &b, q, st);
    why_flagged(r, &b, q, st);
    why_unverified(r, &b, q, st, &e);
    DS_TRY(rc_buf_take(&b, &e.why));
    q->estimate = e;
    find_state(r, st, q);
    return DS_OK;
}
