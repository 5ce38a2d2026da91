/* SPDX-License-Identifier: Apache-2.0 */
/* constraints.c - linear constraints over intervals, with products: which of them cannot hold, alone or together.
 *
 * Each constraint says of a sum of terms that it is zero, or at most zero. First each is tried by itself; those that can hold
 * then narrow the ends of their amounts in turn (bounds propagation), and an amount that has no room left is a clash of all
 * constraints that narrowed it. Exact fractions; what overflows is taken as an open end. */
#include "internal.h"

#define ROUNDS_MAX                                                                                 \
    8 /* chains of figures in news are short; each round carries a bound one link further */

static bool add_end(bool has, ds_frac x, ds_frac *sum)
{
    return has && ds_frac_add(*sum, x, sum) == DS_OK;
}

static void swap_ends(rc_ends *e)
{
    *e = (rc_ends){e->has_hi, e->has_lo, e->hi, e->lo};
}

/* Amounts are never negative: a product of open low ends begins at nothing. */
static rc_ends product(rc_ends x, rc_ends y)
{
    rc_ends e = {.has_lo = true, .has_hi = x.has_hi && y.has_hi, .lo = DS_FRAC(0)};
    if (x.has_lo && y.has_lo && ds_frac_mul(x.lo, y.lo, &e.lo) != DS_OK)
        e.lo = DS_FRAC(0);
    e.has_hi = e.has_hi && ds_frac_mul(x.hi, y.hi, &e.hi) == DS_OK;
    return e;
}

static rc_ends times(rc_ends e, ds_frac by)
{
    e.has_lo = e.has_lo && ds_frac_mul(e.lo, by, &e.lo) == DS_OK;
    e.has_hi = e.has_hi && ds_frac_mul(e.hi, by, &e.hi) == DS_OK;
    if (by.num < 0)
        swap_ends(&e);
    return e;
}

static rc_ends term_ends(const rc_system *s, const rc_term *t)
{
    rc_ends e = s->amounts.at[t->x].now;
    if (t->times != RC_NONE)
        e = product(e, s->amounts.at[t->times].now);
    else if (!e.has_lo)
        e = (rc_ends){true, e.has_hi, DS_FRAC(0), e.hi};
    return times(e, t->by);
}

/* The ends of all terms but one. */
static rc_ends rest_ends(const rc_system *s, const rc_constraint *c, uint32_t without)
{
    rc_ends sum = {true, true, DS_FRAC(0), DS_FRAC(0)};
    for (uint32_t i = 0; i < c->len; i++) {
        if (i == without)
            continue;
        rc_ends e = term_ends(s, &c->terms[i]);
        sum.has_lo = sum.has_lo && add_end(e.has_lo, e.lo, &sum.lo);
        sum.has_hi = sum.has_hi && add_end(e.has_hi, e.hi, &sum.hi);
    }
    return sum;
}

static bool can_hold(const rc_system *s, const rc_constraint *c)
{
    rc_ends e = rest_ends(s, c, RC_NONE);
    if (e.has_lo && e.lo.num > 0)
        return false;
    return c->relation == RC_AT_MOST || !(e.has_hi && e.hi.num < 0);
}

/* ---- clashes ------------------------------------------------------------------------------------------------------- */

static ds_status clash_alone(rc_system *s, uint32_t constraint)
{
    rc_clash x = {.causes = {constraint}, .causes_len = 1};
    return DS_PUSH(s->a, &s->clashes, x);
}

static bool push_cause(rc_clash *x, uint32_t constraint)
{
    for (uint32_t i = 0; i < x->causes_len; i++)
        if (x->causes[i] == constraint)
            return true;
    if (constraint == RC_NONE || x->causes_len == RC_CAUSES)
        return constraint == RC_NONE;
    x->causes[x->causes_len++] = constraint;
    return true;
}

/* What moved the ends of an amount; RC_NONE: nothing. */
static bool push_causes(const rc_system *s, rc_clash *x, uint32_t amount)
{
    if (amount == RC_NONE)
        return true;
    const rc_amount *m = &s->amounts.at[amount];
    return push_cause(x, m->low_from) && push_cause(x, m->high_from);
}

/* All constraints that had a part in the ends of the amounts of those before them. False: more than are told. */
static bool follow_causes(const rc_system *s, rc_clash *x)
{
    for (uint32_t i = 0; i < x->causes_len; i++) {
        const rc_constraint *c = &s->constraints.at[x->causes[i]];
        for (uint32_t k = 0; k < c->len; k++)
            if (!push_causes(s, x, c->terms[k].x) || !push_causes(s, x, c->terms[k].times))
                return false;
    }
    return true;
}

/* ---- narrowing ------------------------------------------------------------------------------------------------------ */

static bool raise_low(rc_amount *m, ds_frac x, uint32_t from)
{
    if (m->now.has_lo ? ds_frac_cmp(x, m->now.lo) <= 0 : x.num <= 0)
        return false;
    m->now.has_lo = true;
    m->now.lo = x;
    m->low_from = from;
    return true;
}

static bool lower_high(rc_amount *m, ds_frac x, uint32_t from)
{
    if (m->now.has_hi && ds_frac_cmp(x, m->now.hi) >= 0)
        return false;
    m->now.has_hi = true;
    m->now.hi = x;
    m->high_from = from;
    return true;
}

/* by * x = -rest, or by * x <= -rest: what that leaves of x. */
static bool narrow_term(rc_system *s, uint32_t constraint, uint32_t term)
{
    const rc_constraint *c = &s->constraints.at[constraint];
    const rc_term *t = &c->terms[term];
    ds_frac by;
    if (t->times != RC_NONE || t->by.num == 0 || ds_frac_div(DS_FRAC(-1), t->by, &by) != DS_OK)
        return false;
    rc_ends room = rest_ends(s, c, term);
    if (c->relation == RC_AT_MOST)
        room.has_hi = false;
    room = times(room, by);
    bool moved = room.has_lo && raise_low(&s->amounts.at[t->x], room.lo, constraint);
    return (room.has_hi && lower_high(&s->amounts.at[t->x], room.hi, constraint)) || moved;
}

static bool is_empty(const rc_amount *m)
{
    return m->now.has_lo && m->now.has_hi && ds_frac_cmp(m->now.lo, m->now.hi) > 0;
}

/* Where an amount has no room left, all behind it are told and none of them narrows any further. */
static ds_status narrow(rc_system *s, uint32_t constraint, bool *moved)
{
    rc_constraint *c = &s->constraints.at[constraint];
    for (uint32_t i = 0; i < c->len && !c->broken; i++) {
        rc_amount before = s->amounts.at[c->terms[i].x];
        if (!narrow_term(s, constraint, i))
            continue;
        *moved = true;
        if (!is_empty(&s->amounts.at[c->terms[i].x]))
            continue;
        rc_clash x = {.causes = {constraint}, .causes_len = 1};
        bool whole = push_cause(&x, before.low_from) && push_cause(&x, before.high_from) &&
                     follow_causes(s, &x);
        if (whole)
            DS_TRY(DS_PUSH(s->a, &s->clashes, x));
        s->amounts.at[c->terms[i].x] = before;
        for (uint32_t k = 0; k < x.causes_len; k++)
            s->constraints.at[x.causes[k]].broken = true;
    }
    return DS_OK;
}

ds_status rc_system_solve(rc_system *s)
{
    bool moved = true;
    for (uint32_t i = 0; i < s->constraints.len; i++) {
        rc_constraint *c = &s->constraints.at[i];
        bool holds = can_hold(s, c);
        c->broken = c->alone || !holds;
        c->held = holds;
        if (!holds && !c->quiet)
            DS_TRY(clash_alone(s, i));
    }
    for (int round = 0; moved && round < ROUNDS_MAX; round++) {
        moved = false;
        for (uint32_t i = 0; i < s->constraints.len; i++)
            DS_TRY(narrow(s, i, &moved));
    }
    return DS_OK;
}

ds_status rc_system_amount(rc_system *s, rc_ends ends, uint32_t row, uint32_t *out)
{
    rc_amount m = {.now = ends, .row = row, .low_from = RC_NONE, .high_from = RC_NONE};
    *out = (uint32_t)s->amounts.len;
    return DS_PUSH(s->a, &s->amounts, m);
}
