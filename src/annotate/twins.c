/* SPDX-License-Identifier: Apache-2.0 */
/* twins.c - one figure said twice: "half of them - around 300 -", "8 miles (13 km)", "HK$7.8 billion (US$1 billion) a year". */
#include "annotate/quantities_internal.h"

/* Conversions are rounded: "8 miles (13 km)" is 1 per cent off, "1 mile (1.5 km)" 7. */
#define ROUNDED ((ds_frac){1, 10})

static bool close_to(ds_frac a, ds_frac b)
{
    ds_frac ratio, off;
    if (a.num <= 0 || b.num <= 0 || ds_frac_div(a, b, &ratio) < 0 ||
        ds_frac_sub(ratio, DS_FRAC(1), &off) < 0)
        return false;
    if (off.num < 0)
        off.num = -off.num;
    return ds_frac_cmp(off, ROUNDED) <= 0;
}

static ds_frac figure_of(const ds_quantity *q)
{
    return q->value.has_best ? q->value.best : q->value.has_high ? q->value.high : q->value.low;
}

/* "20 degrees Celsius (68 Fahrenheit)": within a degree. */
static bool same_heat(const ds_quantity *c, const ds_quantity *f)
{
    ds_frac v, wide = {9, 5};
    if (!ds_str_eq(c->unit, DS_STR("degC")) || !ds_str_eq(f->unit, DS_STR("degF")) ||
        ds_frac_mul(figure_of(c), wide, &v) < 0 || ds_frac_add(v, DS_FRAC(32), &v) < 0 ||
        ds_frac_sub(v, figure_of(f), &v) < 0)
        return false;
    return ds_frac_cmp(v, DS_FRAC(-1)) >= 0 && ds_frac_cmp(v, DS_FRAC(1)) <= 0;
}

/* Two measures of one dimension that come to the same. */
static bool converted(const finder *f, const ds_quantity *a, const ds_quantity *b)
{
    ds_unit ua, ub;
    ds_frac va, vb;
    if (same_heat(a, b) || same_heat(b, a))
        return true;
    if (!ds_unit_of(f->s.arena, f->s.lex, a->unit, &ua) ||
        !ds_unit_of(f->s.arena, f->s.lex, b->unit, &ub) || !ua.has_factor || !ub.has_factor ||
        !ds_str_eq(ua.dimension, ub.dimension) || ds_str_eq(a->unit, b->unit))
        return false;
    return ds_frac_mul(figure_of(a), ua.factor, &va) == DS_OK &&
           ds_frac_mul(figure_of(b), ub.factor, &vb) == DS_OK && close_to(va, vb);
}

static bool twins(const finder *f, const ds_quantity *a, const ds_quantity *b)
{
    if (a->kind == DS_Q_RATIO)
        return b->kind == DS_Q_COUNT || b->kind == DS_Q_MEASURE;
    if (a->kind == DS_Q_MONEY)
        return b->kind == DS_Q_MONEY && !ds_str_eq(a->unit, b->unit);
    return a->kind == b->kind && (a->kind == DS_Q_MEASURE || a->kind == DS_Q_DURATION) &&
           converted(f, a, b);
}

/* "C$4 (US$3) per share", "50 mph (80 km/h)": either says the rate of both. */
static void share_rate(finder *f, ds_quantity *a, ds_quantity *b)
{
    if (b->tok_end < f->end && norm_is(&f->s, b->tok_end, ")") && !b->per_len) {
        uint32_t end = per_phrases(f, b, b->tok_end + 1);
        if (b->per_len)
            b->tok_end = end;
    }
    for (uint32_t i = 0; !a->per_len && i < b->per_len; i++)
        a->per[i] = b->per[i];
    a->per_len = a->per_len ? a->per_len : b->per_len;
}

void link_apposition(finder *f, ds_quantity *q, uint32_t start)
{
    if (!f->found.len || start == f->beg)
        return;
    ds_quantity *before = &f->found.at[f->found.len - 1];
    bool opens = is_dash(&f->s, start - 1) || norm_is(&f->s, start - 1, "(");
    if (!opens || before->sent != f->sent || before->tok_end + 1 != start || !twins(f, before, q))
        return;
    q->equals = (int32_t)f->found.len - 1;
    if (before->kind == DS_Q_MONEY || before->kind == DS_Q_MEASURE)
        share_rate(f, before, q);
}
