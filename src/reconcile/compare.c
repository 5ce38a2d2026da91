/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

ds_frac rc_scale(ds_frac x, ds_frac by)
{
    ds_frac out;
    return ds_frac_mul(x, by, &out) == DS_OK ? out : x;
}

ds_frac rc_longer(ds_frac x, ds_frac by)
{
    ds_frac out, part = rc_scale(x, by);
    return ds_frac_add(x, part, &out) == DS_OK ? out : x;
}

ds_frac rc_shorter(ds_frac x, ds_frac by)
{
    ds_frac out, part = rc_scale(x, by);
    return ds_frac_sub(x, part, &out) == DS_OK ? out : x;
}

ds_frac rc_factor(ds_frac x, ds_frac y)
{
    ds_frac low = ds_frac_cmp(x, y) < 0 ? x : y, high = ds_frac_cmp(x, y) < 0 ? y : x, out;
    if (low.num <= 0 || ds_frac_div(high, low, &out) != DS_OK)
        return DS_FRAC(0);
    return out;
}

/* V1. */
rc_ends rc_ends_of(const ds_value *v)
{
    rc_ends e = {v->has_low, v->has_high, v->low, v->high};
    if (!v->has_best)
        return e;
    if (v->bound == DS_BOUND_ABOUT) {
        e = (rc_ends){true, true, rc_shorter(v->best, RC_ABOUT), rc_longer(v->best, RC_ABOUT)};
    } else if (v->bound == DS_BOUND_ALMOST) {
        e = (rc_ends){true, true, rc_shorter(v->best, RC_ABOUT), v->best};
    } else if (v->bound == DS_BOUND_EXACT) {
        e = (rc_ends){true, true, v->best, v->best};
    }
    return e;
}

bool rc_meet(const ds_value *x, const ds_value *y)
{
    rc_ends a = rc_ends_of(x), b = rc_ends_of(y);
    if (a.has_hi && b.has_lo && ds_frac_cmp(a.hi, b.lo) < 0)
        return false;
    return !(b.has_hi && a.has_lo && ds_frac_cmp(b.hi, a.lo) < 0);
}

bool rc_exclude(const ds_value *x, const ds_value *y)
{
    return x->bound != DS_BOUND_VAGUE && y->bound != DS_BOUND_VAGUE && !rc_meet(x, y);
}

bool rc_limit_above(const ds_value *v)
{
    return v->bound == DS_BOUND_AT_MOST || v->bound == DS_BOUND_LESS_THAN;
}

bool rc_limit_below(const ds_value *v)
{
    return v->bound == DS_BOUND_AT_LEAST || v->bound == DS_BOUND_MORE_THAN;
}

bool rc_within(const ds_value *in, const ds_value *out)
{
    rc_ends a = rc_ends_of(in), b = rc_ends_of(out);
    if (b.has_lo && (!a.has_lo || ds_frac_cmp(a.lo, b.lo) < 0))
        return false;
    return !(b.has_hi && (!a.has_hi || ds_frac_cmp(a.hi, b.hi) > 0));
}

ds_frac rc_stated(const ds_value *v)
{
    return v->has_best ? v->best : v->has_low ? v->low : v->has_high ? v->high : DS_FRAC(0);
}

bool rc_is_point(const ds_value *v)
{
    return v->has_best && (v->bound == DS_BOUND_EXACT || v->bound == DS_BOUND_ABOUT);
}

static int end_cmp(bool has_x, ds_frac x, bool has_y, ds_frac y)
{
    if (has_x != has_y)
        return has_x ? 1 : -1;
    return has_x ? ds_frac_cmp(x, y) : 0;
}

int rc_value_cmp(const ds_value *x, const ds_value *y)
{
    int c = ds_frac_cmp(rc_stated(x), rc_stated(y));
    if (c == 0)
        c = end_cmp(x->has_low, x->low, y->has_low, y->low);
    if (c == 0)
        c = end_cmp(x->has_high, x->high, y->has_high, y->high);
    return c ? c : (x->bound > y->bound) - (x->bound < y->bound);
}

bool rc_value_eq(const ds_value *x, const ds_value *y)
{
    return rc_value_cmp(x, y) == 0;
}

/* ---- products ------------------------------------------------------------------------------------------- */

/* The looser of two bounds of factors: a one-sided one decides, then "about". Q6. */
static ds_bound product_bound(ds_bound share, ds_bound base)
{
    if (share != DS_BOUND_EXACT && share != DS_BOUND_ABOUT)
        return share;
    if (base == DS_BOUND_EXACT)
        return share;
    return base == DS_BOUND_RANGE || base == DS_BOUND_VAGUE ? DS_BOUND_ABOUT : base;
}

/* share x the base's stated figure, with the ends that the bound leaves. */
ds_status rc_product(const ds_value *share, const ds_value *base, ds_value *out)
{
    ds_frac by = rc_stated(base);
    ds_value v = {.bound = product_bound(share->bound, base->bound)};
    if (share->has_best) {
        DS_TRY(ds_frac_mul(share->best, by, &v.best));
        v.has_best = true;
        bool low = v.bound != DS_BOUND_AT_MOST && v.bound != DS_BOUND_LESS_THAN &&
                   v.bound != DS_BOUND_ALMOST;
        bool high = v.bound != DS_BOUND_AT_LEAST && v.bound != DS_BOUND_MORE_THAN;
        v.has_low = low;
        v.has_high = high;
        v.low = low ? v.best : DS_FRAC(0);
        v.high = high ? v.best : DS_FRAC(0);
    } else {
        v.has_low = share->has_low;
        v.has_high = share->has_high;
        if (v.has_low)
            DS_TRY(ds_frac_mul(share->low, by, &v.low));
        if (v.has_high)
            DS_TRY(ds_frac_mul(share->high, by, &v.high));
    }
    *out = v;
    return DS_OK;
}
