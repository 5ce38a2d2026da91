/* SPDX-License-Identifier: Apache-2.0 */
/* timeline.c - claims that say when: one line each, those that say the same together. */
#include "internal.h"

#include <stdlib.h>

typedef struct dated {
    uint32_t row;
    ds_days when;
    const ds_row *r;
} dated;

static ds_day start_of(const dated *x)
{
    return x->when.lo != DS_DAY_NONE ? x->when.lo : x->when.hi;
}

static int by_day(const void *pa, const void *pb)
{
    const dated *a = pa, *b = pb;
    ds_day x = start_of(a), y = start_of(b);
    if (x != y)
        return x < y ? -1 : 1;
    x = a->when.hi == DS_DAY_NONE ? INT32_MAX : a->when.hi;
    y = b->when.hi == DS_DAY_NONE ? INT32_MAX : b->when.hi;
    if (x != y)
        return x < y ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool same_number(ds_frac x, bool has_x, ds_frac y, bool has_y)
{
    return has_x == has_y && (!has_x || ds_frac_cmp(x, y) == 0);
}

static bool same_event(const dated *x, const dated *y)
{
    const ds_claim *a = &x->r->claim, *b = &y->r->claim;
    return x->when.lo == y->when.lo && x->when.hi == y->when.hi &&
           ds_str_eq(a->measure, b->measure) && ds_str_eq(a->unit, b->unit) &&
           ds_str_eq(x->r->question, y->r->question) &&
           same_number(a->value.low, a->value.has_low, b->value.low, b->value.has_low) &&
           same_number(a->value.best, a->value.has_best, b->value.best, b->value.has_best) &&
           same_number(a->value.high, a->value.has_high, b->value.high, b->value.has_high);
}

/* "another about 10,000 South African soldiers sent, Vask (the ministry)" */
static ds_status event_text(const dg *d, const ds_row *r, ds_str *out)
{
    const ds_claim *c = &r->claim;
    ds_buf b = ds_buf_new(d->a);
    bool share = ds_str_eq(c->unit, DS_STR("ratio"));
    if (c->delta && c->delta_of >= 0)
        ds_buf_puts(&b, "another ");
    ds_value_prose(&b, &c->value, c->unit);
    if (share)
        ds_buf_puts(&b, " of");
    ds_str counted = share && c->of_words.len && c->of < 0 ? c->of_words : c->subject;
    if (counted.len) {
        ds_buf_putc(&b, ' ');
        ds_buf_put(&b, counted);
    }
    ds_buf_putc(&b, ' ');
    ds_buf_put(&b, dg_verb(d, c->measure));
    for (uint32_t i = 0; i < c->per_len; i++) {
        ds_buf_puts(&b, i ? " and " : " per ");
        ds_buf_put(&b, c->per[i]);
    }
    if (c->where.len) {
        ds_buf_puts(&b, ", ");
        ds_buf_put(&b, c->where);
    }
    ds_str holder = dg_holder_name(d, r);
    if (holder.len) {
        ds_buf_puts(&b, " (");
        ds_buf_put(&b, holder);
        ds_buf_putc(&b, ')');
    }
    return dg_take(&b, out);
}

/* The year that the days begin in stands beside the line. */
static ds_status when_text(const dg *d, const dated *x, ds_str *out)
{
    int year, month, day;
    ds_day_split(start_of(x), &year, &month, &day);
    ds_buf b = ds_buf_new(d->a);
    ds_days_text(&b, x->when, year);
    return dg_take(&b, out);
}

static ds_status make_event(const dg *d, const dated *v, size_t len, size_t i, bool *used,
                            ds_event *out)
{
    ds_event e = {.has_when = true, .when = v[i].when, .certainty = v[i].r->claim.certainty};
    dg_cites cites = {0};
    DS_TRY(event_text(d, v[i].r, &e.text));
    DS_TRY(when_text(d, &v[i], &e.when_words));
    for (size_t j = i; j < len && start_of(&v[j]) == start_of(&v[i]); j++) {
        if (used[j] || !same_event(&v[i], &v[j]))
            continue;
        used[j] = true;
        DS_TRY(dg_cite(d->a, &cites, d, v[j].row));
        if (v[j].r->claim.certainty < e.certainty)
            e.certainty = v[j].r->claim.certainty;
    }
    e.cites = (ds_line_cites){cites.at, cites.len};
    *out = e;
    return DS_OK;
}

/* Does the claim tell of something that happened or stood: a count of a flow or a stock, or people counted by an open word?
 * Durations, distances, prices and bare shares tell of nothing by themselves. */
static bool happens(const dg *d, const ds_claim *c)
{
    if (ds_str_eq(c->unit, DS_STR("ratio")) && c->of < 0)
        return false;
    int kind = d->measures ? ds_table_column(d->measures, DS_STR("kind")) : -1;
    for (uint32_t i = 0; kind >= 0 && i < d->measures->rows; i++)
        if (ds_str_eq(ds_table_cell(d->measures, i, 0), c->measure)) {
            ds_str k = ds_table_cell(d->measures, i, (uint32_t)kind);
            return ds_str_eq(k, DS_STR("flow")) || ds_str_eq(k, DS_STR("stock")) ||
                   ds_str_eq(k, DS_STR("planned"));
        }
    return ds_str_eq(c->unit, DS_STR("person"));
}

/* Days that rest on a guessed page date and have an open end say too little for a line. */
static bool placed(const ds_claim *c)
{
    bool lo = c->when.lo != DS_DAY_NONE, hi = c->when.hi != DS_DAY_NONE;
    return c->has_when && (lo || hi) && (!c->inferred || (lo && hi));
}

ds_status dg_timeline(const dg *d, ds_dossier *out)
{
    size_t n = d->story->rows_len, len = 0, events = 0;
    dated *v = ds_arena_calloc(d->a, n, sizeof *v);
    bool *used = ds_arena_calloc(d->a, n, sizeof *used);
    ds_event *at = ds_arena_calloc(d->a, n, sizeof *at);
    if (!v || !used || !at)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        const ds_claim *c = &d->story->rows[i].claim;
        if (placed(c) && happens(d, c))
            v[len++] = (dated){i, c->when, &d->story->rows[i]};
    }
    if (len)
        qsort(v, len, sizeof *v, by_day);
    for (size_t i = 0; i < len; i++)
        if (!used[i])
            DS_TRY(make_event(d, v, len, i, used, &at[events++]));
    out->timeline = at;
    out->timeline_len = events;
    return DS_OK;
}
