/* SPDX-License-Identifier: Apache-2.0 */
/* sums.c - which claims of one page are linked by arithmetic, as constraints (A1 to A9). What cannot hold is flagged. */
#include "internal.h"

/* Claims this far apart in a page's list are in no sum: what a text adds up stands in a paragraph or two, and few paragraphs
 * have a dozen figures. It bounds the work. */
#define REACH 64

static bool same_actor_or_none(const rc_subject *a, const rc_subject *b)
{
    return a->actor.len == 0 || b->actor.len == 0 || ds_str_eq(a->actor, b->actor);
}

bool rc_same_subject(const rc_row *x, const rc_row *y)
{
    const rc_subject *a = &x->subject, *b = &y->subject;
    return same_actor_or_none(a, b) && (a->general || b->general || ds_str_eq(a->head, b->head));
}

/* ---- who may be in one sum ------------------------------------------------------------------------------------ */

static bool is_measure(const rc_row *x, ds_str name)
{
    return ds_str_eq(x->measure.name, name);
}

static bool is_vague(const rc_row *x)
{
    return x->value.bound == DS_BOUND_VAGUE;
}

static bool is_part(const rc_row *x)
{
    return ds_str_starts(x->scope, DS_STR("part"));
}

static uint32_t apart(const rc_row *x, const rc_row *y)
{
    uint32_t a = x->c->number, b = y->c->number;
    return a > b ? a - b : b - a;
}

/* Neither ended before the other began. */
static bool times_meet(const rc_row *x, const rc_row *y)
{
    const ds_claim *a = x->c, *b = y->c;
    if (!a->has_when || !b->has_when)
        return true;
    return (a->when.hi == DS_DAY_NONE || b->when.lo == DS_DAY_NONE || a->when.hi >= b->when.lo) &&
           (b->when.hi == DS_DAY_NONE || a->when.lo == DS_DAY_NONE || b->when.hi >= a->when.lo);
}

static bool comparable(const rc_row *x, const rc_row *y)
{
    return x->origin == y->origin && x->planned == y->planned && !x->denied && !y->denied &&
           !x->stale && !y->stale && !is_vague(x) && !is_vague(y) && ds_str_eq(x->unit, y->unit) &&
           ds_str_eq(x->per, y->per) && times_meet(x, y);
}

/* The same people at the same place: what a narrow and a wide count must share to bound each other. */
static bool same_scope(const rc_row *x, const rc_row *y)
{
    const rc_subject *a = &x->subject, *b = &y->subject;
    return comparable(x, y) && x->scope.len == 0 && y->scope.len == 0 &&
           ds_str_eq(a->actor, b->actor) && ds_str_eq(a->head, b->head) &&
           ds_str_eq(x->place, y->place);
}

/* ---- making constraints ------------------------------------------------------------------------------------------ */

typedef struct page { /* rows [beg, end) of the story: one page's, with the system of all */
    rc *r;
    rc_system *s;
    uint32_t beg, end;
} page;

static rc_ends point(ds_frac x)
{
    return (rc_ends){true, true, x, x};
}

/* x from -miss below to +miss above. */
static rc_ends around(ds_frac x, ds_frac miss)
{
    return (rc_ends){true, true, rc_shorter(x, miss), rc_longer(x, miss)};
}

static void add_term(rc_constraint *c, int64_t by, uint32_t x)
{
    c->terms[c->len++] = (rc_term){DS_FRAC(by), x, RC_NONE};
}

static void add_row(rc_constraint *c, uint32_t row)
{
    c->rows[c->rows_len++] = row;
}

static ds_status add(page *p, const rc_constraint *c)
{
    return DS_PUSH(p->s->a, &p->s->constraints, *c);
}

/* Row `small` is no more than row `large`. */
static ds_status add_pair(page *p, ds_flag_kind kind, uint32_t small, uint32_t large)
{
    rc_constraint c = {.kind = kind, .relation = RC_AT_MOST, .part = kind == DS_FLAG_SUM};
    add_term(&c, 1, small);
    add_term(&c, -1, large);
    add_row(&c, large);
    add_row(&c, small);
    return add(p, &c);
}

/* ---- A1: shares -------------------------------------------------------------------------------------------------- */

/* "up to half of the 120 - around 40 -": both sides may be rough, and a bound may miss what it is equated with. */
static rc_ends equated_share(const ds_value *v)
{
    ds_frac x = rc_stated(v), far;
    rc_ends e = around(x, RC_ABOUT);
    switch (v->bound) {
    case DS_BOUND_AT_MOST:
    case DS_BOUND_LESS_THAN:
    case DS_BOUND_ALMOST:
        if (ds_frac_div(x, RC_EQUATED, &far) == DS_OK)
            e.lo = far;
        break;
    case DS_BOUND_AT_LEAST:
    case DS_BOUND_MORE_THAN:
        e.hi = rc_scale(x, RC_EQUATED);
        break;
    default:
        break;
    }
    return e;
}

static bool base_figure(const rc_row *share, ds_frac *out)
{
    return ds_frac_div(rc_stated(&share->value), rc_stated(&share->c->value), out) == DS_OK;
}

static ds_status link_share(page *p, uint32_t share, uint32_t count)
{
    const rc_row *s = &p->r->rows[share], *n = &p->r->rows[count];
    bool equated = s->c->equals == (int32_t)count || n->c->equals == (int32_t)share;
    bool told = !equated && s->question == n->question && s->origin == n->origin &&
                s->planned == n->planned;
    bool is_share = s->derived && ds_str_eq(s->c->unit, DS_STR("ratio"));
    ds_frac base;
    uint32_t x, y, z = count;
    if (!is_share || n->derived || !ds_str_eq(s->unit, n->unit) || !(equated || told) ||
        is_vague(s) || is_vague(n) || !base_figure(s, &base) || s->c->of == (int32_t)count)
        return DS_OK;
    rc_constraint c = {.kind = DS_FLAG_SHARE, .relation = RC_EQUAL, .alone = equated};
    DS_TRY(rc_system_amount(p->s, equated ? equated_share(&s->c->value) : rc_ends_of(&s->c->value),
                            share, &x));
    DS_TRY(rc_system_amount(p->s, point(base), RC_NONE, &y));
    if (equated)
        DS_TRY(rc_system_amount(p->s, around(rc_stated(&n->value), RC_ABOUT), count, &z));
    if (!equated && s->c->of >= 0 && !p->r->rows[s->c->of].derived)
        y = (uint32_t)s->c->of;
    c.terms[c.len++] = (rc_term){DS_FRAC(1), x, y};
    add_term(&c, -1, z);
    add_row(&c, share);
    add_row(&c, s->c->of >= 0 ? (uint32_t)s->c->of : share);
    add_row(&c, count);
    return add(p, &c);
}

/* ---- A2, A3: one bounds the other ---------------------------------------------------------------------------------- */

/* Wholes of one measure with so many different figures near each other are a list of events, and what stands side by side in
 * it counts different ones. An account of one event has its first toll, two or three later ones and that of another. */
#define LISTED 6

static bool is_list(const page *p, uint32_t whole)
{
    const rc_row *w = &p->r->rows[whole];
    ds_frac seen[LISTED];
    size_t n = 0;
    uint32_t beg = whole - p->beg > REACH ? whole - REACH : p->beg;
    for (uint32_t i = beg; i < p->end && i < whole + REACH && n < LISTED; i++) {
        const rc_row *x = &p->r->rows[i];
        ds_frac v = rc_stated(&x->value);
        bool known = is_part(x) || is_vague(x) || !is_measure(x, w->measure.name) ||
                     !ds_str_eq(x->unit, w->unit) || !rc_same_subject(x, w);
        for (size_t k = 0; k < n && !known; k++)
            known = ds_frac_cmp(seen[k], v) == 0;
        if (!known)
            seen[n++] = v;
    }
    return n == LISTED;
}

/* A2: a part is no more than its whole, where both stand side by side. */
static ds_status link_part(page *p, uint32_t part, uint32_t whole)
{
    const rc_row *x = &p->r->rows[part], *w = &p->r->rows[whole];
    if (!is_part(x) || is_part(w) || apart(x, w) > 1 || !comparable(x, w) ||
        !rc_same_subject(x, w) || !is_measure(x, w->measure.name) || w->c->delta ||
        (apart(x, w) && is_list(p, whole)))
        return DS_OK;
    return add_pair(p, DS_FLAG_SUM, part, whole);
}

typedef struct inside { /* whoever is counted as narrow is counted as wide too */
    ds_str wide, narrow;
    ds_flag_kind kind;
} inside;

// clang-format off
static const inside insides[] = { /* beside the families of measures.tsv */
    {DS_STR_INIT("cases"), DS_STR_INIT("killed"), DS_FLAG_CONTAIN},
    {DS_STR_INIT("arrested"), DS_STR_INIT("charged"), DS_FLAG_CONTAIN},
    {DS_STR_INIT("deployed"), DS_STR_INIT("killed"), DS_FLAG_FLOW},
    {DS_STR_INIT("deployed"), DS_STR_INIT("injured"), DS_FLAG_FLOW},
    {DS_STR_INIT("deployed"), DS_STR_INIT("casualties"), DS_FLAG_FLOW},
    {DS_STR_INIT("deployed"), DS_STR_INIT("losses"), DS_FLAG_FLOW},
    {DS_STR_INIT("deployed"), DS_STR_INIT("captured"), DS_FLAG_FLOW},
    {DS_STR_INIT("deployed"), DS_STR_INIT("withdrawn"), DS_FLAG_FLOW},
};
// clang-format on

/* Of two measures: whether one counts within the other, and as what that is flagged. A state may have fallen below what
 * flowed into it: those who were sent are not within those who are there now. */
static bool lies_inside(const rc_row *n, const rc_row *w, ds_flag_kind *kind)
{
    *kind = DS_FLAG_CONTAIN;
    if (n->measure.family.len && ds_str_eq(n->measure.family, w->measure.family))
        return n->measure.rank < w->measure.rank && (w->measure.rising || !n->measure.rising);
    for (size_t i = 0; i < sizeof insides / sizeof *insides; i++)
        if (is_measure(w, insides[i].wide) && is_measure(n, insides[i].narrow)) {
            *kind = insides[i].kind;
            return true;
        }
    return false;
}

/* A3: killed within casualties within losses within those who were sent; a sentence that gives both knows what it says. */
static ds_status link_inside(page *p, uint32_t narrow, uint32_t wide)
{
    const rc_row *n = &p->r->rows[narrow], *w = &p->r->rows[wide];
    ds_flag_kind kind;
    if (apart(n, w) == 0 || !lies_inside(n, w, &kind) || !same_scope(n, w))
        return DS_OK;
    return add_pair(p, kind, narrow, wide);
}

/* ---- A4, A5: parts of one sentence --------------------------------------------------------------------------------- */

static bool is_summand(const rc_row *x, const rc_row *whole)
{
    return is_part(x) && apart(x, whole) == 0 && comparable(x, whole) &&
           rc_same_subject(x, whole) && is_measure(x, whole->measure.name) && x->value.has_best &&
           x->value.bound != DS_BOUND_AT_MOST;
}

/* A4: parts may leave some out, but not come to more than their whole. Only a stated whole is one. */
static ds_status link_parts(page *p, uint32_t whole, uint32_t beg, uint32_t end)
{
    const rc_row *w = &p->r->rows[whole];
    rc_constraint c = {.kind = DS_FLAG_SUM, .relation = RC_AT_MOST};
    if (is_part(w) || !w->value.has_best)
        return DS_OK;
    for (uint32_t i = beg; i < end && c.len + 1 < RC_TERMS; i++) {
        if (i == whole || !is_summand(&p->r->rows[i], w))
            continue;
        add_term(&c, 1, i);
        add_row(&c, i);
    }
    if (c.len < 2)
        return DS_OK;
    add_term(&c, -1, whole);
    add_row(&c, whole);
    return add(p, &c);
}

/* A5: three counts or more of one measure in one sentence of which the largest is the sum of the others: a sum that holds.
 * (One that does not hold looks like counts that have nothing to do with each other.) */
static ds_status link_sum(page *p, uint32_t whole, uint32_t beg, uint32_t end)
{
    const rc_row *w = &p->r->rows[whole];
    rc_constraint c = {.kind = DS_FLAG_SUM, .relation = RC_EQUAL, .alone = true, .quiet = true};
    uint32_t x;
    if (!rc_is_point(&w->value))
        return DS_OK;
    for (uint32_t i = beg; i < end && c.len + 1 < RC_TERMS; i++) {
        const rc_row *y = &p->r->rows[i];
        if (i == whole || apart(y, w) || !rc_is_point(&y->value) || y->derived ||
            !is_measure(y, w->measure.name) || !ds_str_eq(y->unit, w->unit))
            continue;
        DS_TRY(rc_system_amount(p->s, point(y->value.best), i, &x));
        add_term(&c, 1, x);
    }
    if (c.len < 2)
        return DS_OK;
    DS_TRY(rc_system_amount(p->s, point(w->value.best), whole, &x));
    add_term(&c, -1, x);
    return add(p, &c);
}

/* ---- A6: rates ------------------------------------------------------------------------------------------------------ */

/* Days in a unit of time; 0: none. A month has 30: it is 3 in a hundred out at the most, and a rate may miss by RC_RATE. */
static int days_in(ds_str unit)
{
    static const struct {
        ds_str unit;
        int days;
    } table[] = {{DS_STR_INIT("day"), 1},
                 {DS_STR_INIT("week"), 7},
                 {DS_STR_INIT("month"), 30},
                 {DS_STR_INIT("year"), 365}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ds_str_eq(table[i].unit, unit))
            return table[i].days;
    return 0;
}

/* Rates are round, and so is their time: the rate takes what both may miss by. */
static rc_ends rate_ends(ds_frac x)
{
    rc_ends e = around(x, RC_RATE);
    if (ds_frac_div(x, e.hi, &e.lo) != DS_OK || ds_frac_mul(e.lo, x, &e.lo) != DS_OK)
        e.lo = x;
    return e;
}

/* The time that a rate holds for, or what it comes to: in its sentence. */
static bool is_time(const rc_row *y, const rc_row *rate)
{
    return apart(y, rate) == 0 && days_in(y->unit) && y->value.has_best && !is_vague(y);
}

static bool is_total(const rc_row *y, const rc_row *rate)
{
    return apart(y, rate) == 0 && !y->per.len && y->value.has_best && !is_vague(y) &&
           ds_str_eq(y->unit, rate->unit) && is_measure(y, rate->measure.name) &&
           y->planned == rate->planned;
}

static bool time_factor(const rc_row *rate, const rc_row *time, ds_frac *out)
{
    return ds_frac_make(days_in(time->unit), days_in(rate->per), out) == DS_OK;
}

static ds_status link_total(page *p, uint32_t rate, uint32_t time, uint32_t total)
{
    const rc_row *x = &p->r->rows[rate], *t = &p->r->rows[time], *y = &p->r->rows[total];
    rc_constraint c = {.kind = DS_FLAG_RATE, .relation = RC_EQUAL, .alone = true};
    uint32_t a, b, z;
    ds_frac by;
    if (!time_factor(x, t, &by))
        return DS_OK;
    DS_TRY(rc_system_amount(p->s, rate_ends(x->value.best), rate, &a));
    DS_TRY(rc_system_amount(p->s, point(t->value.best), time, &b));
    DS_TRY(rc_system_amount(p->s, point(y->value.best), total, &z));
    c.terms[c.len++] = (rc_term){by, a, b};
    add_term(&c, -1, z);
    add_row(&c, rate);
    add_row(&c, time);
    add_row(&c, total);
    return add(p, &c);
}

typedef struct reckoning { /* the time and the total of a rate; RC_NONE: none yet */
    uint32_t time, total;
    uint32_t width; /* rows from the first of the three to the last */
    ds_frac factor; /* how far the product is from the total */
} reckoning;

static reckoning reckoning_of(const page *p, uint32_t rate, uint32_t time, uint32_t total)
{
    const rc_row *x = &p->r->rows[rate], *t = &p->r->rows[time], *y = &p->r->rows[total];
    uint32_t first = time < total ? time : total, last = time < total ? total : time;
    reckoning k = {time, total, .factor = DS_FRAC(INT32_MAX)};
    ds_frac n;
    k.width = (last > rate ? last : rate) - (first < rate ? first : rate);
    if (time_factor(x, t, &n) && ds_frac_mul(n, x->value.best, &n) == DS_OK &&
        ds_frac_mul(n, t->value.best, &n) == DS_OK)
        k.factor = rc_factor(n, y->value.best);
    return k;
}

/* A rate, a time and a sum in one sentence. Of several times and sums those that stand closest together, and of these the two
 * that fit best: "100 a day for 2 weeks, 1,400 in all, then 1,000 a day for 4 weeks, 30,000 in all" is no more than two sums,
 * and a sentence of n figures has not n^3. */
static ds_status link_rate(page *p, uint32_t rate, uint32_t beg, uint32_t end)
{
    const rc_row *x = &p->r->rows[rate];
    reckoning best = {RC_NONE, RC_NONE, .width = UINT32_MAX, .factor = DS_FRAC(0)};
    if (!days_in(x->per) || !x->value.has_best || is_vague(x))
        return DS_OK;
    for (uint32_t t = beg; t < end; t++)
        for (uint32_t i = beg; i < end && is_time(&p->r->rows[t], x); i++) {
            if (i == rate || !is_total(&p->r->rows[i], x))
                continue;
            reckoning k = reckoning_of(p, rate, t, i);
            if (k.width < best.width ||
                (k.width == best.width && ds_frac_cmp(k.factor, best.factor) < 0))
                best = k;
        }
    return best.time == RC_NONE ? DS_OK : link_total(p, rate, best.time, best.total);
}

/* ---- A7: what is added ------------------------------------------------------------------------------------------- */

/* "46 ... another 12, bringing the toll to 58": the total stands in the sentence of the addition. */
static ds_status link_delta(page *p, uint32_t more, uint32_t total)
{
    const rc_row *d = &p->r->rows[more], *t = &p->r->rows[total];
    int32_t before = d->c->delta_of;
    rc_constraint c = {.kind = DS_FLAG_DELTA, .relation = RC_EQUAL};
    uint32_t x;
    if (!d->c->delta || before < (int32_t)p->beg || before >= (int32_t)p->end ||
        (int32_t)total == before || t->c->delta || t->derived || apart(d, t) || is_part(t) ||
        is_vague(d) || !comparable(d, t) || !rc_same_subject(d, t) ||
        !is_measure(d, t->measure.name))
        return DS_OK;
    const rc_row *b = &p->r->rows[before];
    if (is_vague(b) || b->origin != d->origin ||
        ds_frac_cmp(rc_stated(&t->value), rc_stated(&b->value)) <= 0)
        return DS_OK;
    DS_TRY(rc_system_amount(p->s, rc_ends_of(&d->c->value), more, &x));
    add_term(&c, 1, (uint32_t)before);
    add_term(&c, 1, x);
    add_term(&c, -1, total);
    add_row(&c, (uint32_t)before);
    add_row(&c, more);
    add_row(&c, total);
    return add(p, &c);
}

/* ---- A8, A9: several measures in one ------------------------------------------------------------------------------- */

#define PARTS_MAX 4

typedef struct whole_row { /* nobody is counted in two of the parts, and all of them in the whole */
    ds_flag_kind kind;
    ds_str whole, parts[PARTS_MAX];
} whole_row;

// clang-format off
static const whole_row wholes[] = {
    {DS_FLAG_SUM, DS_STR_INIT("casualties"), {DS_STR_INIT("killed"), DS_STR_INIT("injured")}},
    {DS_FLAG_SUM, DS_STR_INIT("losses"), {DS_STR_INIT("casualties"), DS_STR_INIT("captured"), DS_STR_INIT("missing")}},
    {DS_FLAG_SUM, DS_STR_INIT("losses"), {DS_STR_INIT("killed"), DS_STR_INIT("injured"), DS_STR_INIT("captured"), DS_STR_INIT("missing")}},
    {DS_FLAG_SUM, DS_STR_INIT("launched"), {DS_STR_INIT("intercepted"), DS_STR_INIT("landed")}},
    {DS_FLAG_FLOW, DS_STR_INIT("deployed"), {DS_STR_INIT("losses"), DS_STR_INIT("withdrawn"), DS_STR_INIT("strength")}},
    {DS_FLAG_FLOW, DS_STR_INIT("deployed"), {DS_STR_INIT("casualties"), DS_STR_INIT("captured"), DS_STR_INIT("withdrawn"), DS_STR_INIT("strength")}},
    {DS_FLAG_FLOW, DS_STR_INIT("deployed"), {DS_STR_INIT("killed"), DS_STR_INIT("captured"), DS_STR_INIT("withdrawn"), DS_STR_INIT("strength")}},
};
// clang-format on

/* The nearest row of a measure that may be a part of `whole`, in its sentence or beside it. */
static uint32_t nearest_part(const page *p, uint32_t whole, ds_str measure, uint32_t beg,
                             uint32_t end)
{
    const rc_row *w = &p->r->rows[whole];
    uint32_t best = RC_NONE;
    for (uint32_t i = beg; i < end; i++) {
        const rc_row *x = &p->r->rows[i];
        if (i == whole || !is_measure(x, measure) || apart(x, w) > 1 || !same_scope(x, w))
            continue;
        if (best == RC_NONE || apart(x, w) < apart(&p->r->rows[best], w))
            best = i;
    }
    return best;
}

static ds_status link_whole(page *p, const whole_row *t, uint32_t whole, uint32_t beg, uint32_t end)
{
    rc_constraint c = {.kind = t->kind, .relation = RC_AT_MOST};
    if (!is_measure(&p->r->rows[whole], t->whole))
        return DS_OK;
    for (size_t k = 0; k < PARTS_MAX && t->parts[k].at; k++) {
        uint32_t part = nearest_part(p, whole, t->parts[k], beg, end);
        if (part == RC_NONE)
            continue;
        add_term(&c, 1, part);
        add_row(&c, part);
    }
    if (c.len < 2)
        return DS_OK;
    add_term(&c, -1, whole);
    add_row(&c, whole);
    return add(p, &c);
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static ds_status link_row(page *p, uint32_t i)
{
    uint32_t beg = i - p->beg > REACH ? i - REACH : p->beg;
    uint32_t end = p->end - i > REACH ? i + REACH : p->end;
    DS_TRY(link_parts(p, i, beg, end));
    DS_TRY(link_sum(p, i, beg, end));
    DS_TRY(link_rate(p, i, beg, end));
    for (size_t k = 0; k < sizeof wholes / sizeof *wholes; k++)
        DS_TRY(link_whole(p, &wholes[k], i, beg, end));
    for (uint32_t j = beg; j < end; j++) {
        if (i == j)
            continue;
        DS_TRY(link_share(p, i, j));
        DS_TRY(link_part(p, i, j));
        DS_TRY(link_inside(p, i, j));
        DS_TRY(link_delta(p, i, j));
    }
    return DS_OK;
}

static ds_status link_pages(rc *r, rc_system *s)
{
    for (uint32_t i = 0, end; i < r->rows_len; i = end) {
        for (end = i; end < r->rows_len && r->rows[end].member == r->rows[i].member; end++)
            ;
        page p = {r, s, i, end};
        for (uint32_t k = i; k < end; k++)
            DS_TRY(link_row(&p, k));
    }
    return DS_OK;
}

ds_status rc_check_sums(rc *r)
{
    rc_system s = {.a = r->a};
    uint32_t amount;
    for (uint32_t i = 0; i < r->rows_len; i++) /* the amount of a row has its number */
        DS_TRY(rc_system_amount(&s, rc_ends_of(&r->rows[i].value), i, &amount));
    DS_TRY(link_pages(r, &s));
    DS_TRY(rc_system_solve(&s));
    for (size_t i = 0; i < s.constraints.len; i++)
        r->sums += s.constraints.at[i].held || !s.constraints.at[i].quiet;
    for (size_t i = 0; i < s.clashes.len; i++)
        DS_TRY(rc_flag_clash(r, &s, &s.clashes.at[i]));
    return DS_OK;
}
