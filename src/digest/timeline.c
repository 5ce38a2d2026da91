/* SPDX-License-Identifier: Apache-2.0 */
/* timeline.c - what happened when (docs/timelines.md): claims that say when, those that say the same in one line, and on days that the
 * pages come back to the sentences that tell of them. */
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
        ds_buf_puts(&b, dg_before_counted(&c->value));
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
    return ds_buf_take(&b, out);
}

/* The year that the days begin in stands beside the line. */
static ds_status when_text(const dg *d, ds_days when, ds_str *out)
{
    int year, month, day;
    ds_day_split(when.lo != DS_DAY_NONE ? when.lo : when.hi, &year, &month, &day);
    ds_buf b = ds_buf_new(d->a);
    ds_days_text(&b, when, year);
    return ds_buf_take(&b, out);
}

static ds_status make_event(const dg *d, const dated *v, size_t len, size_t i, bool *used,
                            ds_event *out)
{
    ds_event e = {.has_when = true, .when = v[i].when, .certainty = v[i].r->claim.certainty};
    dg_cites cites = {0};
    DS_TRY(event_text(d, v[i].r, &e.text));
    DS_TRY(when_text(d, v[i].when, &e.when_words));
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

bool dg_is_event(const dg *d, const ds_claim *c)
{
    return placed(c) && happens(d, c);
}

/* ---- which lines ------------------------------------------------------------------------------------------- */

enum {
    PAGES_FEW = 12,    /* a story of no more pages shows every figure that it places */
    DAYS_LONG = 31,    /* else nothing that has no nearer date than a year */
    FIGURES_A_DAY = 3, /* else so many of a day that counts */
};

typedef struct line {
    ds_event e;
    uint32_t at; /* place among those of its day */
    uint32_t pages;
} line;

typedef DS_VEC(line) lines;

static uint32_t pages_of(const ds_event *e)
{
    uint32_t n = 0;
    for (size_t i = 0; i < e->cites.len; i++)
        n += i == 0 || e->cites.at[i].member != e->cites.at[i - 1].member;
    return n;
}

static ds_day begin_of(const ds_event *e)
{
    return e->when.lo != DS_DAY_NONE ? e->when.lo : e->when.hi;
}

static ds_day end_of(const ds_event *e)
{
    return e->when.hi != DS_DAY_NONE ? e->when.hi : INT32_MAX;
}

static int by_when(const void *pa, const void *pb)
{
    const line *a = pa, *b = pb;
    if (begin_of(&a->e) != begin_of(&b->e))
        return begin_of(&a->e) < begin_of(&b->e) ? -1 : 1;
    if (end_of(&a->e) != end_of(&b->e))
        return end_of(&a->e) < end_of(&b->e) ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* The FIGURES_A_DAY lines of one day that most pages tell; of the first ones among equals. */
static bool among_best(const line *v, size_t beg, size_t end, size_t i)
{
    size_t better = 0;
    for (size_t k = beg; k < end && better < FIGURES_A_DAY; k++)
        better += v[k].pages > v[i].pages || (v[k].pages == v[i].pages && k < i);
    return better < FIGURES_A_DAY;
}

/* Shown where a story has many pages: what two pages tell of a day that counts, or of a longer time. */
static bool is_told_widely(const dg_days *days, const line *x)
{
    bool day = x->e.when.lo == x->e.when.hi;
    const dg_day *d = day ? dg_day_of(days, x->e.when.lo) : NULL;
    bool open = x->e.when.lo == DS_DAY_NONE || x->e.when.hi == DS_DAY_NONE;
    bool is_long = !open && (int64_t)x->e.when.hi - x->e.when.lo >= DAYS_LONG;
    return x->pages > 1 && (d ? dg_day_counts(d) : !is_long);
}

/* Of each day the figures that most pages tell. */
static size_t keep_figures(const dg_days *days, line *v, size_t len, line *out)
{
    size_t n = 0;
    for (size_t i = 0, j; i < len; i = j) {
        for (j = i; j < len && begin_of(&v[j].e) == begin_of(&v[i].e) &&
                    end_of(&v[j].e) == end_of(&v[i].e);
             j++)
            ;
        for (size_t k = i; k < j; k++)
            if (is_told_widely(days, &v[k]) && among_best(v, i, j, k))
                out[n++] = v[k];
    }
    return n;
}

static bool has_line(const line *v, size_t len, ds_day day)
{
    size_t lo = 0, hi = len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (begin_of(&v[mid].e) < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < len && begin_of(&v[lo].e) == day && v[lo].e.when.hi == day;
}

static dg_mention *mention_at(const dg_days *days, const dg_day *day, ds_cite c)
{
    size_t lo = day->beg, hi = day->end;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const dg_mention *m = &days->mentions[mid];
        if (m->member < c.member || (m->member == c.member && m->number < c.sentence))
            lo = mid + 1;
        else
            hi = mid;
    }
    dg_mention *m = lo < day->end ? &days->mentions[lo] : NULL;
    return m && m->member == c.member && m->number == c.sentence ? m : NULL;
}

static void mark_told(const dg_days *days, const line *v, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const dg_day *day = dg_day_of(days, v[i].e.when.lo);
        for (size_t k = 0; day && k < v[i].e.cites.len; k++) {
            dg_mention *m = mention_at(days, day, v[i].e.cites.at[k]);
            if (m)
                m->told = true;
        }
    }
}

/* v: lines with figures, in order. */
static ds_status add_sayings(const dg *d, const dg_days *days, lines *v)
{
    dg_sayings all;
    size_t figures = v->len;
    DS_TRY(dg_read_sayings(d, days, &all));
    for (size_t i = 0; i < days->len; i++) {
        ds_event e[DG_SAYINGS_A_DAY];
        size_t len;
        if (!dg_day_counts(&days->at[i]))
            continue;
        bool told = has_line(v->at, figures, days->at[i].day);
        DS_TRY(dg_tell_day(d, days, &days->at[i], &all, told, e, &len));
        for (size_t k = 0; k < len; k++) {
            DS_TRY(when_text(d, e[k].when, &e[k].when_words));
            DS_TRY(
                DS_PUSH(d->a, v, ((line){e[k], UINT32_MAX - DG_SAYINGS_A_DAY + (uint32_t)k, 0})));
        }
    }
    return DS_OK;
}

static ds_status figure_lines(const dg *d, lines *out)
{
    size_t n = d->story->rows_len, len = 0;
    dated *v = ds_arena_calloc(d->a, n, sizeof *v);
    bool *used = ds_arena_calloc(d->a, n, sizeof *used);
    if (!v || !used)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++)
        if (dg_is_event(d, &d->story->rows[i].claim))
            v[len++] = (dated){i, d->story->rows[i].claim.when, &d->story->rows[i]};
    if (len)
        qsort(v, len, sizeof *v, by_day);
    for (size_t i = 0; i < len; i++) {
        line x = {.at = (uint32_t)i};
        if (used[i])
            continue;
        DS_TRY(make_event(d, v, len, i, used, &x.e));
        x.pages = pages_of(&x.e);
        DS_TRY(DS_PUSH(d->a, out, x));
    }
    return DS_OK;
}

ds_status dg_timeline(const dg *d, ds_dossier *out)
{
    dg_days days;
    lines v = {0};
    DS_TRY(dg_read_days(d, &days));
    DS_TRY(figure_lines(d, &v));
    if (d->story->members_len > PAGES_FEW)
        v.len = keep_figures(&days, v.at, v.len, v.at);
    mark_told(&days, v.at, v.len);
    DS_TRY(add_sayings(d, &days, &v));
    if (v.len)
        qsort(v.at, v.len, sizeof *v.at, by_when);
    ds_event *at = ds_arena_calloc(d->a, v.len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < v.len; i++)
        at[i] = v.at[i].e;
    out->timeline = at;
    out->timeline_len = v.len;
    return DS_OK;
}
