/* SPDX-License-Identifier: Apache-2.0 */
/* estimate.c - who counts (E1), the ends (E2, E3), rule "range", and the estimate of each day. rules.c has the other rules. */
#include "internal.h"

#include <stdlib.h>

#define STEPS_MAX 64 /* days of one question that get an estimate of their own: the last ones */

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
void rc_mark_counting(const ds_question *q, rc_standing *st)
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
void rc_find_ends(const rc_look *l, ds_estimate *e)
{
    const ds_question *q = l->q;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (!l->in[i])
            continue;
        if (v->has_low)
            lower(e, v->low);
        if (v->has_high)
            raise(e, v->high);
    }
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (l->in[i] && v->has_low && !v->has_high && e->has_high &&
            ds_frac_cmp(v->low, e->high) > 0)
            e->has_high = false;
    }
}

/* ---- best ------------------------------------------------------------------------------------------------------ */

/* Distinct origins of answers [beg, end) that give their figure as such (not only as a limit); the first such answer. */
static size_t support(const rc_look *l, size_t beg, size_t end, size_t *first)
{
    size_t n = 0;
    *first = end;
    for (size_t i = beg; i < end; i++) {
        const ds_answer *x = &l->q->answers[i];
        if (!l->in[i] || !rc_is_point(&x->value))
            continue;
        *first = *first == end ? i : *first;
        for (size_t k = 0; k < x->origins_len; k++) {
            n += l->seen[x->origins[k]] != beg + 1;
            l->seen[x->origins[k]] = beg + 1;
        }
    }
    return n;
}

/* Answers stand in order of their figures: 44 and about 44 are neighbours, and one figure. */
rc_winner rc_find_winner(const rc_look *l)
{
    const ds_question *q = l->q;
    rc_winner w = {.answer = q->answers_len};
    memset(l->seen, 0, q->origins_len * sizeof *l->seen);
    for (size_t i = 0, end, first; i < q->answers_len; i = end) {
        ds_frac figure = rc_stated(&q->answers[i].value);
        for (end = i + 1; end < q->answers_len; end++)
            if (ds_frac_cmp(rc_stated(&q->answers[end].value), figure) != 0)
                break;
        size_t n = support(l, i, end, &first);
        if (n > w.origins) {
            w = (rc_winner){.answer = first, .origins = n};
        } else if (n == w.origins && n > 0) {
            w.ties++;
            w.with = first;
        }
    }
    return w;
}

/* The answer that alone counts, or answers_len. */
static size_t the_only(const rc_look *l)
{
    size_t only = l->q->answers_len, n = 0;
    for (size_t i = 0; i < l->q->answers_len; i++)
        if (l->in[i]) {
            only = i;
            n++;
        }
    return n == 1 ? only : l->q->answers_len;
}

/* E4: a question of one origin shows that origin's figure, if it gives one. */
bool rc_lone_best(const rc_look *l, ds_estimate *e)
{
    size_t only = l->q->origins_len < 2 ? the_only(l) : l->q->answers_len;
    if (only == l->q->answers_len)
        return false;
    const ds_value *v = &l->q->answers[only].value;
    e->has_best = v->has_best && (rc_is_point(v) || v->bound == DS_BOUND_ALMOST);
    e->best = v->best;
    return true;
}

/* ---- why ------------------------------------------------------------------------------------------------------- */

void rc_put_stated(ds_buf *b, const ds_question *q, size_t answer)
{
    ds_number_prose(b, rc_stated(&q->answers[answer].value), q->unit);
}

void rc_semicolon(ds_buf *b)
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

static void why_best(ds_buf *b, const ds_question *q, const rc_standing *st, const rc_winner *w,
                     bool has_best)
{
    bool none = w->answer == q->answers_len;
    if (q->origins_len < 2) {
        ds_buf_puts(b, has_best ? "one origin: its own figure" : "one origin");
    } else if (has_best) {
        rc_put_stated(b, q, w->answer);
        ds_buf_puts(b, " has ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins, more than any other figure");
    } else if (!none && w->origins >= 2 && w->ties == 1) {
        rc_put_stated(b, q, w->answer);
        ds_buf_puts(b, " and ");
        rc_put_stated(b, q, w->with);
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
        rc_semicolon(b);
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
    rc_semicolon(b);
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
        rc_semicolon(b);
        rc_put_stated(b, q, i);
        ds_buf_puts(b, " is flagged");
        return;
    }
}

/* E2 to E5: all figures that count, and the one that most origins give. */
ds_status rc_rule_range(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    const ds_question *q = l->q;
    rc_find_ends(l, e);
    rc_winner w = rc_find_winner(l);
    if (!rc_lone_best(l, e) && w.answer < q->answers_len && w.origins >= 2 && w.ties == 0) {
        e->has_best = true;
        e->best = q->answers[w.answer].value.best;
    }
    why_best(why, q, l->st, &w, e->has_best);
    why_left_out(l->r, why, q, l->st);
    why_flagged(l->r, why, q, l->st);
    why_unverified(l->r, why, q, l->st, e);
    return DS_OK;
}

/* ---- one question --------------------------------------------------------------------------------------------- */

/* Low, best and high of the answers that stand, by the rule of `r`. st: marked here. */
static ds_status estimate(rc *r, const ds_question *q, rc_standing *st, ds_estimate *e)
{
    const rc_rule *rule = rc_rule_named(r->rule);
    rc_look l = {r, q, st, ds_arena_calloc(r->a, q->answers_len, sizeof *l.in),
                 ds_arena_calloc(r->a, q->origins_len, sizeof *l.seen)};
    ds_buf b = ds_buf_new(r->a);
    if (!rule || !l.in || !l.seen)
        return rule ? DS_NOMEM : DS_BAD;
    rc_mark_counting(q, st);
    for (size_t i = 0; i < q->answers_len; i++)
        l.in[i] = st[i].counts;
    *e = (ds_estimate){.rule = rule->is.name};
    DS_TRY(rule->estimate(&l, e, &b));
    return rc_buf_take(&b, &e->why);
}

/* ---- by date ---------------------------------------------------------------------------------------------------- */

static int by_day(const void *pa, const void *pb)
{
    const ds_day *a = pa, *b = pb;
    return (*a > *b) - (*a < *b);
}

typedef DS_VEC(ds_day) days_list;

/* The days on which the question's figures were so, or were said, in order and each once. */
static ds_status days_of(rc *r, const ds_question *q, days_list *out)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            const rc_row *row = &r->rows[q->answers[i].rows[k]];
            if (row->dated)
                DS_TRY(DS_PUSH(r->a, out, row->day));
        }
    if (out->len)
        qsort(out->at, out->len, sizeof *out->at, by_day);
    size_t n = 0;
    for (size_t i = 0; i < out->len; i++)
        if (n == 0 || out->at[i] != out->at[n - 1])
            out->at[n++] = out->at[i];
    out->len = n;
    return DS_OK;
}

/* What was known of an answer by that day; an answer that came later or has no day is out. */
static rc_standing known_by(const rc *r, const ds_answer *x, ds_day day)
{
    rc_standing s = {.old = true};
    for (size_t k = 0; k < x->rows_len; k++) {
        const rc_row *row = &r->rows[x->rows[k]];
        if (!row->dated || row->day > day)
            continue;
        s.first = !s.dated || row->day < s.first ? row->day : s.first;
        s.last = !s.dated || row->day > s.last ? row->day : s.last;
        s.dated = true;
        s.old = false;
    }
    return s;
}

/* The older answer of each pair of which one updates the other, where both are known. */
static void mark_old(const ds_question *q, rc_standing *st)
{
    for (size_t i = 0; i < q->pairs_len; i++) {
        const ds_pair *p = &q->pairs[i];
        if (p->verdict != DS_V_UPDATES || !st[p->a].dated || !st[p->b].dated)
            continue;
        st[st[p->a].first < st[p->b].first ? p->a : p->b].old = true;
    }
}

static bool same_end(bool has_x, ds_frac x, bool has_y, ds_frac y)
{
    return has_x == has_y && (!has_x || ds_frac_cmp(x, y) == 0);
}

static bool same_step(const ds_step *x, const ds_step *y)
{
    return same_end(x->has_low, x->low, y->has_low, y->low) &&
           same_end(x->has_best, x->best, y->has_best, y->best) &&
           same_end(x->has_high, x->high, y->has_high, y->high);
}

/* E6: the estimate as it stood on each day on which it moved, by the same rule. */
static ds_status by_date(rc *r, ds_question *q)
{
    days_list days = {0};
    DS_VEC(ds_step) steps = {0};
    DS_TRY(days_of(r, q, &days));
    rc_standing *st = ds_arena_calloc(r->a, q->answers_len, sizeof *st);
    if (!st)
        return DS_NOMEM;
    for (size_t d = days.len > STEPS_MAX ? days.len - STEPS_MAX : 0; d < days.len; d++) {
        ds_estimate e;
        for (size_t i = 0; i < q->answers_len; i++)
            st[i] = known_by(r, &q->answers[i], days.at[d]);
        mark_old(q, st);
        DS_TRY(estimate(r, q, st, &e));
        ds_step s = {days.at[d], e.has_low, e.has_best, e.has_high, e.low, e.best, e.high};
        if (!steps.len || !same_step(&steps.at[steps.len - 1], &s))
            DS_TRY(DS_PUSH(r->a, &steps, s));
    }
    q->estimate.steps = steps.at;
    q->estimate.steps_len = steps.len;
    return DS_OK;
}

ds_status rc_estimate(rc *r, ds_question *q, rc_standing *st)
{
    ds_estimate e;
    DS_TRY(estimate(r, q, st, &e));
    q->estimate = e;
    return by_date(r, q);
}

/* ---- a finished story by another rule ------------------------------------------------------------------------ */

static ds_status estimate_again(rc *r, ds_question *q)
{
    rc_standing *st;
    DS_TRY(rc_standings(r, q, &st));
    mark_old(q, st);
    return rc_estimate(r, q, st);
}

ds_status ds_reconcile_by(ds_arena *a, ds_story *story, ds_day last, ds_str rule, ds_ledger *io,
                          ds_err *err)
{
    rc r = {.a = a, .story = story, .rule = rule, .rows_len = story->rows_len};
    ds_question *q = ds_arena_calloc(a, io->questions_len, sizeof *q);
    r.rows = ds_arena_calloc(a, r.rows_len, sizeof *r.rows);
    if (!rc_rule_named(rule))
        return ds_fail(err, DS_BAD, "no such rule", 0);
    if (!q || !r.rows)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    for (size_t i = 0; i < r.rows_len; i++) {
        r.rows[i].c = &story->rows[i].claim;
        r.rows[i].member = story->rows[i].member;
        rc_read_day(&r.rows[i]);
    }
    r.last = last != DS_DAY_NONE ? last : rc_last_told(&r);
    for (size_t i = 0; i < io->questions_len; i++) {
        q[i] = io->questions[i];
        if (estimate_again(&r, &q[i]) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    }
    ds_ledger l = *io;
    l.questions = q;
    if (rc_forces_again(&r, &l) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *io = l;
    return DS_OK;
}
