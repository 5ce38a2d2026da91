/* SPDX-License-Identifier: Apache-2.0 */
/* Marks as the examples write them. */
#include "annotate/annotate.h"

#define DECIMALS_MAX 6 /* "0.015"; a longer one is printed as a fraction */

const char *ds_quantity_kind_name(ds_quantity_kind k)
{
    static const char *const names[] = {"count",    "measure",  "money", "ratio",
                                        "duration", "multiple", "age"};
    return (unsigned)k < sizeof names / sizeof *names ? names[k] : "?";
}

/* Exact: as a decimal where a short one says all. */
static void put_exact(ds_buf *b, ds_frac f)
{
    int64_t scale = 1;
    for (int places = 0; places < DECIMALS_MAX && scale % f.den; places++)
        scale *= 10;
    if (scale % f.den)
        ds_buf_printf(b, "%lld/%lld", (long long)f.num, (long long)f.den);
    else
        ds_frac_print(b, f, DECIMALS_MAX);
}

void ds_value_print(ds_buf *b, const ds_value *v)
{
    static const char *const before[] = {
        [DS_BOUND_EXACT] = "",     [DS_BOUND_ABOUT] = "~",     [DS_BOUND_AT_LEAST] = ">=",
        [DS_BOUND_AT_MOST] = "<=", [DS_BOUND_MORE_THAN] = ">", [DS_BOUND_LESS_THAN] = "<",
        [DS_BOUND_ALMOST] = "~<",
    };
    if (v->bound == DS_BOUND_RANGE || v->bound == DS_BOUND_VAGUE) {
        if (v->has_low)
            put_exact(b, v->low);
        ds_buf_puts(b, v->bound == DS_BOUND_RANGE ? ".." : "~");
        if (v->has_high)
            put_exact(b, v->high);
        return;
    }
    ds_buf_puts(b, before[v->bound]);
    put_exact(b, v->best);
}

void ds_quantity_print(ds_buf *b, ds_str text, const ds_quantity *q)
{
    ds_value_print(b, &q->value);
    ds_buf_putc(b, ' ');
    ds_buf_put(b, q->unit);
    for (uint32_t i = 0; i < q->per_len; i++) {
        ds_buf_putc(b, '/');
        ds_buf_put(b, q->per[i]);
    }
    ds_span of = ds_span_len(q->base) ? q->base : q->noun;
    if (ds_span_len(of)) {
        ds_buf_puts(b, " [");
        ds_buf_put(b, ds_str_at(text, of));
        ds_buf_putc(b, ']');
    }
    static const char *const trends[] = {"", " up", " down"};
    ds_buf_puts(b, trends[q->trend]);
    ds_buf_puts(b, q->delta ? " delta" : "");
    ds_buf_puts(b, q->estimated ? " estimated" : "");
    ds_buf_puts(b, q->kind == DS_Q_AGE ? " age" : "");
    ds_buf_puts(b, q->equals >= 0 ? " equals" : "");
}

static void put_days(ds_buf *b, ds_days d)
{
    if (d.lo == DS_DAY_NONE && d.hi == DS_DAY_NONE)
        return;
    ds_buf_putc(b, ' ');
    if (d.lo != DS_DAY_NONE)
        ds_day_print(b, d.lo);
    ds_buf_puts(b, "..");
    if (d.hi != DS_DAY_NONE)
        ds_day_print(b, d.hi);
}

void ds_time_print(ds_buf *b, const ds_time *m)
{
    static const char *const roles[] = {[DS_WHEN_AT] = "",
                                        [DS_WHEN_SINCE] = " since",
                                        [DS_WHEN_UNTIL] = " until",
                                        [DS_WHEN_BY] = " by"};
    ds_buf_puts(b, ds_time_type_name(m->type));
    ds_buf_putc(b, ' ');
    ds_buf_put(b, m->value);
    if (m->mod.len) {
        ds_buf_putc(b, ' ');
        ds_buf_put(b, m->mod);
    }
    if (ds_str_ends(m->value, DS_STR("_REF"))) /* the value says it all */
        return;
    put_days(b, m->days);
    ds_buf_puts(b, roles[m->role]);
    ds_buf_puts(b, m->inferred ? " inferred" : "");
    ds_buf_puts(b, m->anchor == DS_ANCHOR_EVENT ? " event" : "");
    ds_buf_puts(b, m->vague ? " vague" : "");
}
