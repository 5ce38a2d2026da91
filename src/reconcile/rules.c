/* SPDX-License-Identifier: Apache-2.0 */
/* rules.c - the rules of estimates by name: median-origin, latest, conservative, ucdp; estimate.c has range. What each is
 * for, with worked examples, is in docs/formats/questions.md. */
#include "internal.h"

#include <stdlib.h>

#define MEDIAN_ORIGINS 3 /* fewer have no middle; two that agree have a figure */

static void take_best(ds_estimate *e, ds_frac x)
{
    e->has_best = true;
    e->best = x;
}

static const ds_value *value_of(const rc_look *l, size_t i)
{
    return &l->q->answers[i].value;
}

static bool given_by(const ds_answer *x, uint32_t origin)
{
    for (size_t k = 0; k < x->origins_len; k++)
        if (x->origins[k] == origin)
            return true;
    return false;
}

/* The sureness of the surest claim behind an answer. */
static ds_certainty surest(const rc_look *l, size_t i)
{
    const ds_answer *x = &l->q->answers[i];
    ds_certainty c = DS_CERT_DENIED;
    for (size_t k = 0; k < x->rows_len; k++) {
        ds_certainty y = l->r->rows[x->rows[k]].c->certainty;
        c = y < c ? y : c;
    }
    return c;
}

static bool is_firm(const rc_look *l, size_t i)
{
    return l->in[i] && surest(l, i) <= DS_CERT_REPORTED && value_of(l, i)->bound != DS_BOUND_VAGUE;
}

/* ---- median-origin ------------------------------------------------------------------------------------------- */

static int by_size(const void *pa, const void *pb)
{
    return ds_frac_cmp(*(const ds_frac *)pa, *(const ds_frac *)pb);
}

typedef struct last_figure { /* of an origin */
    ds_frac figure;
    ds_day day; /* DS_DAY_NONE: undated */
    uint32_t origin;
} last_figure;

/* A page in its own voice counts in an answer where such a page is among its origins. */
static bool own_voice_counts(const rc_look *l, const ds_answer *x)
{
    for (size_t k = 0; k < x->origins_len; k++)
        if (l->q->origins[x->origins[k]].kind == DS_HOLDER_NONE)
            return true;
    return false;
}

typedef DS_VEC(last_figure) last_figures;

/* Answers come from the lowest up: of two figures of one day the lower stays. */
static ds_status take_figures(const rc_look *l, const ds_answer *x, last_figures *v)
{
    bool own = own_voice_counts(l, x);
    for (size_t k = 0; k < x->rows_len; k++) {
        const rc_row *row = &l->r->rows[x->rows[k]];
        ds_day day = row->dated ? row->day : DS_DAY_NONE;
        uint32_t *at = &l->r->spare[row->origin]; /* in v, plus 1 */
        if (!own && l->r->origins.at[row->origin].kind == DS_HOLDER_NONE)
            continue;
        if (*at == 0) {
            DS_TRY(DS_PUSH(l->r->a, v, ((last_figure){x->value.best, day, row->origin})));
            *at = (uint32_t)v->len;
        } else if (day > v->at[*at - 1].day) {
            v->at[*at - 1].figure = x->value.best;
            v->at[*at - 1].day = day;
        }
    }
    return DS_OK;
}

/* The figure that each origin gives last, from the lowest up; an origin that gives only limits has none. */
static ds_status last_figures_of(const rc_look *l, ds_frac **out, size_t *n)
{
    last_figures v = {0};
    ds_status st = DS_OK;
    for (size_t i = 0; st == DS_OK && i < l->q->answers_len; i++)
        if (l->in[i] && rc_is_point(value_of(l, i)))
            st = take_figures(l, &l->q->answers[i], &v);
    for (size_t i = 0; i < v.len; i++)
        l->r->spare[v.at[i].origin] = 0;
    DS_TRY(st);
    *n = v.len;
    *out = ds_arena_calloc(l->r->a, v.len, sizeof **out);
    for (size_t i = 0; *out && i < v.len; i++)
        (*out)[i] = v.at[i].figure;
    if (*out && v.len)
        qsort(*out, v.len, sizeof **out, by_size);
    return *out ? DS_OK : DS_NOMEM;
}

/* E7. */
static ds_status median_origin(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    ds_frac *at;
    size_t n;
    DS_TRY(last_figures_of(l, &at, &n));
    rc_find_ends(l, e);
    bool agree = n == 2 && ds_frac_cmp(at[0], at[1]) == 0;
    if (rc_lone_best(l, e)) {
        ds_buf_puts(why, "one origin: its own figure");
    } else if (n >= MEDIAN_ORIGINS || agree) {
        take_best(e, at[(n - 1) / 2]);
        ds_number_prose(why, e->best, l->q->unit);
        ds_buf_puts(why, n % 2 ? " is the middle of the figures of "
                               : " is the lower middle of the figures of ");
        rc_put_count(why, n);
        ds_buf_puts(why, " origins, each counted once");
    } else {
        rc_put_count(why, n);
        ds_buf_puts(why, n == 1 ? " origin gives a figure: no middle"
                                : " origins give figures: no middle");
    }
    return DS_OK;
}

/* ---- latest ---------------------------------------------------------------------------------------------------- */

/* The last day on which an answer that counts was given, at or before `until`; DS_DAY_NONE: none is dated. */
static ds_day last_day(const rc_look *l, const bool *in, ds_day until)
{
    ds_day day = DS_DAY_NONE;
    for (size_t i = 0; i < l->q->answers_len; i++)
        if (in[i] && l->st[i].dated && l->st[i].last > day && l->st[i].last <= until)
            day = l->st[i].last;
    return day;
}

/* Leaves in l->in those of the given day. */
static void keep_day(const rc_look *l, const bool *in, ds_day day)
{
    for (size_t i = 0; i < l->q->answers_len; i++)
        l->in[i] = in[i] && (day == DS_DAY_NONE || (l->st[i].dated && l->st[i].last == day));
}

/* Whether what was said later leaves room for a figure. */
static bool still_fits(const rc_look *l, const bool *in, size_t figure)
{
    for (size_t i = 0; i < l->q->answers_len; i++)
        if (in[i] && l->st[i].dated && l->st[i].last > l->st[figure].last &&
            rc_exclude(value_of(l, i), value_of(l, figure)))
            return false;
    return true;
}

static void put_day(const rc_look *l, ds_buf *why, ds_day day)
{
    ds_buf_puts(why, "of ");
    ds_days_text(why, (ds_days){day, day}, rc_last_year(l->r));
}

static void put_latest(const rc_look *l, ds_buf *why, const rc_winner *w, ds_day day, ds_day newest)
{
    if (w->answer < l->q->answers_len && w->ties == 0) {
        rc_put_stated(why, l->q, w->answer);
        ds_buf_puts(why, day == newest ? " is the latest figure, "
                                       : " is the latest figure that later ones leave room for, ");
    } else {
        ds_buf_puts(why, w->ties ? "the latest figures differ, " : "only a limit is known, ");
    }
    put_day(l, why, w->answer < l->q->answers_len ? day : newest);
}

/* E8: the ends are those of the newest day; the best is the figure of the last day that has one, where nothing that came
 * later excludes it. */
static ds_status latest(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    bool *in = ds_arena_calloc(l->r->a, l->q->answers_len, sizeof *in);
    if (!in)
        return DS_NOMEM;
    memcpy(in, l->in, l->q->answers_len * sizeof *in);
    ds_day newest = last_day(l, in, INT32_MAX), day = newest;
    keep_day(l, in, newest);
    rc_find_ends(l, e);
    if (newest == DS_DAY_NONE) {
        ds_buf_puts(why, "nothing is dated; ");
        return rc_rule_range(l, e, why);
    }
    rc_winner w = rc_find_winner(l);
    while (w.answer == l->q->answers_len && (day = last_day(l, in, day - 1)) != DS_DAY_NONE) {
        keep_day(l, in, day);
        w = rc_find_winner(l);
    }
    bool first = w.ties > 0 && rc_find_first(l, day, &w);
    bool fits = w.answer < l->q->answers_len && w.ties == 0 && still_fits(l, in, w.answer);
    if (fits)
        take_best(e, value_of(l, w.answer)->best);
    else if (w.ties == 0)
        w.answer = l->q->answers_len;
    put_latest(l, why, &w, day, newest);
    if (fits && first)
        ds_buf_puts(why, "; others of that day stand further down");
    return DS_OK;
}

/* ---- conservative ----------------------------------------------------------------------------------------------- */

/* The most that an origin grants: its highest low end. */
static bool granted(const rc_look *l, uint32_t origin, ds_frac *out)
{
    bool any = false;
    for (size_t i = 0; i < l->q->answers_len; i++) {
        const ds_value *v = value_of(l, i);
        if (!l->in[i] || !v->has_low || !given_by(&l->q->answers[i], origin))
            continue;
        if (!any || ds_frac_cmp(v->low, *out) > 0)
            *out = v->low;
        any = true;
    }
    return any;
}

static bool below_a_limit(const rc_look *l, ds_frac x)
{
    for (size_t i = 0; i < l->q->answers_len; i++)
        if (l->in[i] && value_of(l, i)->has_high && ds_frac_cmp(value_of(l, i)->high, x) < 0)
            return false;
    return true;
}

/* E9: what is said for sure, and the number that all who say so grant. */
static ds_status conservative(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    ds_frac least = DS_FRAC(0), x;
    size_t n = 0;
    for (size_t i = 0; i < l->q->answers_len; i++)
        l->in[i] = is_firm(l, i);
    rc_find_ends(l, e);
    for (uint32_t o = 0; o < l->q->origins_len; o++) {
        if (!granted(l, o, &x))
            continue;
        least = n == 0 || ds_frac_cmp(x, least) < 0 ? x : least;
        n++;
    }
    if (rc_lone_best(l, e)) {
        ds_buf_puts(why, "one origin: its own figure");
    } else if (n >= 2 && below_a_limit(l, least)) {
        take_best(e, least);
        ds_buf_puts(why, "at least ");
        ds_number_prose(why, least, l->q->unit);
        ds_buf_puts(why, ", say all ");
        rc_put_count(why, n);
        ds_buf_puts(why, " origins that are sure");
    } else {
        ds_buf_puts(why, n >= 2 ? "a limit lies below what others are sure of"
                                : "fewer than two origins are sure");
    }
    return DS_OK;
}

/* ---- ucdp ------------------------------------------------------------------------------------------------------- */

/* "at least 40" counts as 40, "dozens" as 24; an upper limit is no figure. */
static bool coded(const ds_value *v, ds_frac *out)
{
    if (v->has_low || rc_is_point(v))
        *out = rc_is_point(v) ? v->best : v->low;
    return v->has_low || rc_is_point(v);
}

/* How much trust an origin gets before others: a named holder, an office, a page in its own voice, nobody in particular. */
static int trust(ds_holder_kind kind)
{
    switch (kind) {
    case DS_HOLDER_NAMED:
        return 3;
    case DS_HOLDER_ROLE:
        return 2;
    case DS_HOLDER_NONE:
        return 1;
    default:
        return 0;
    }
}

static int trust_in(const rc_look *l, size_t i)
{
    const ds_answer *x = &l->q->answers[i];
    int best = 0;
    for (size_t k = 0; k < x->origins_len; k++) {
        int t = trust(l->q->origins[x->origins[k]].kind);
        best = t > best ? t : best;
    }
    return best;
}

/* Low for the lowest figure that is coded; high for the highest figure or limit that somebody is not unsure of. */
static void coded_ends(const rc_look *l, ds_estimate *e)
{
    ds_frac x;
    for (size_t i = 0; i < l->q->answers_len; i++) {
        const ds_value *v = value_of(l, i);
        bool is = l->in[i] && coded(v, &x);
        if (is && (!e->has_low || ds_frac_cmp(x, e->low) < 0)) {
            e->has_low = true;
            e->low = x;
        }
        if (!l->in[i] || surest(l, i) >= DS_CERT_UNVERIFIED)
            continue;
        if (v->has_high)
            x = v->high;
        else if (!is)
            continue;
        if (!e->has_high || ds_frac_cmp(x, e->high) > 0) {
            e->has_high = true;
            e->high = x;
        }
    }
}

/* Nobody in particular gives no best beside others. */
static bool is_trusted(const rc_look *l, size_t i)
{
    return surest(l, i) <= DS_CERT_ESTIMATED && (trust_in(l, i) > 0 || l->q->origins_len == 1);
}

/* E10: the lowest figure among the most trusted origins. */
static ds_status ucdp(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    int most = -1;
    ds_frac x;
    coded_ends(l, e);
    for (size_t i = 0; i < l->q->answers_len; i++) {
        if (!l->in[i] || !is_trusted(l, i) || !coded(value_of(l, i), &x) || trust_in(l, i) < most)
            continue;
        if (trust_in(l, i) > most || ds_frac_cmp(x, e->best) < 0)
            take_best(e, x);
        most = trust_in(l, i);
    }
    static const char *const who[] = {"unnamed sources", "pages in their own voice", "offices",
                                      "named sources"};
    if (e->has_best) {
        ds_number_prose(why, e->best, l->q->unit);
        ds_buf_printf(why, " is the lowest figure of %s", who[most]);
    } else {
        ds_buf_puts(why, "nobody who is named is sure of a figure");
    }
    return DS_OK;
}

/* ---- by name ---------------------------------------------------------------------------------------------------- */

// clang-format off
static const rc_rule rules[] = {
    {{DS_STR_INIT("range"), DS_STR_INIT("all figures that count; the one that most origins give")}, rc_rule_range},
    {{DS_STR_INIT("median-origin"), DS_STR_INIT("each origin's last figure once; the middle one")}, median_origin},
    {{DS_STR_INIT("latest"), DS_STR_INIT("the figures of the newest day")}, latest},
    {{DS_STR_INIT("conservative"), DS_STR_INIT("what all origins grant that are sure")}, conservative},
    {{DS_STR_INIT("ucdp"), DS_STR_INIT("the lowest figure of the most trusted origins")}, ucdp},
};
// clang-format on

const ds_rule *ds_rule_at(size_t i)
{
    return i < sizeof rules / sizeof *rules ? &rules[i].is : NULL;
}

const rc_rule *rc_rule_named(ds_str name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (name.len == 0 || ds_str_eq(rules[i].is.name, name))
            return &rules[i];
    return NULL;
}

ds_status rc_no_rule(ds_arena *a, ds_err *err)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_puts(&b, "no such rule (");
    for (size_t i = 0; ds_rule_at(i); i++) {
        ds_buf_puts(&b, i ? ", " : "");
        ds_buf_put(&b, ds_rule_at(i)->name);
    }
    ds_buf_putc(&b, ')');
    ds_str what = ds_buf_str(&b);
    return ds_fail(err, DS_BAD, what.at ? what.at : "no such rule", 0);
}
