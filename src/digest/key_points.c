/* SPDX-License-Identifier: Apache-2.0 */
/* key_points.c - what to know first: one line per question that pages share, and one per flag. */
#include "internal.h"

#include <stdlib.h>

#define POINTS_MAX 7 /* a reader takes in no more */
#define POINT_WEIGHT                                                                               \
    70 /* distances, durations and open words are no key points, however they differ */
#define DISPUTES_KEPT 1 /* of these, for what is told both ways */
#define SUMS_KEPT 2     /* of these, for sums that do not add up */
#define OTHERS_MAX 4    /* figures outside the common one that a line names */
#define FAR DS_FRAC(2)  /* a figure twice the common one, or half of it, is named */
#define SINGLE_WEIGHT                                                                              \
    40 /* single figures of heavier measures (money, distances) are no key points */

typedef DS_VEC(ds_key_point) points;

/* Answers of a question by their part in its line. */
typedef struct cast {
    const ds_question *q;
    bool *core;   /* share a figure, or figures that overlap */
    bool *counts; /* neither wider nor superseded; planned only where nothing is done */
    size_t core_origins, core_pages;
    bool planned_only;
} cast;

/* ---- who belongs together ---------------------------------------------------------------------------------- */

static bool is_point(const ds_value *v)
{
    return v->bound == DS_BOUND_EXACT || v->bound == DS_BOUND_ABOUT || v->bound == DS_BOUND_RANGE;
}

static ds_frac stated(const ds_value *v)
{
    return v->has_best ? v->best : v->has_low ? v->low : v->high;
}

static int by_answers(const void *pa, const void *pb)
{
    const ds_pair *x = pa, *y = pb;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static bool pair_conflicts(const ds_question *q, uint32_t i, uint32_t j)
{
    const ds_pair key = {.a = i < j ? i : j, .b = i < j ? j : i};
    const ds_pair *p =
        q->pairs_len ? bsearch(&key, q->pairs, q->pairs_len, sizeof key, by_answers) : NULL;
    return p && p->verdict == DS_V_CONFLICTS;
}

static size_t origins_in(const ds_question *q, uint32_t beg, uint32_t end, const bool *in)
{
    size_t n = 0;
    for (uint32_t o = 0; o < q->origins_len; o++) {
        bool gives = false;
        for (uint32_t i = beg; i < end; i++)
            for (size_t k = 0; in[i] && k < q->answers[i].origins_len; k++)
                gives |= q->answers[i].origins[k] == o;
        n += gives;
    }
    return n;
}

static size_t pages_in(const dg *d, const ds_question *q, const bool *in)
{
    size_t n = 0;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        bool there = false;
        for (size_t i = 0; i < q->answers_len; i++)
            for (size_t k = 0; in[i] && k < q->answers[i].rows_len; k++)
                there |= d->story->rows[q->answers[i].rows[k]].member == m;
        n += there;
    }
    return n;
}

static void find_counting(cast *c)
{
    bool done = false;
    for (size_t i = 0; i < c->q->answers_len; i++)
        done |= !c->q->answers[i].planned;
    c->planned_only = !done;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        c->counts[i] = !x->wider && !x->superseded && (c->planned_only || !x->planned);
    }
}

/* The run of neighbouring figures that all overlap and that most origins give, at least two. */
static ds_status find_core(const dg *d, cast *c)
{
    const ds_question *q = c->q;
    if (q->origins_len < 2)
        return DS_OK;
    bool *in = ds_arena_calloc(d->a, q->answers_len, sizeof *in);
    if (!in)
        return DS_NOMEM;
    for (uint32_t i = 0; i < q->answers_len; i++) {
        memset(in, 0, q->answers_len * sizeof *in);
        for (uint32_t j = i; j < q->answers_len; j++) {
            if (!c->counts[j] || !is_point(&q->answers[j].value))
                continue;
            bool fits = true;
            for (uint32_t k = i; fits && k < j; k++)
                fits = !in[k] || !pair_conflicts(q, k, j);
            if (!fits)
                break;
            in[j] = true;
        }
        size_t n = origins_in(q, i, (uint32_t)q->answers_len, in);
        if (n >= 2 && n > c->core_origins) {
            c->core_origins = n;
            memcpy(c->core, in, q->answers_len * sizeof *in);
        }
    }
    c->core_pages = pages_in(d, q, c->core);
    return DS_OK;
}

/* ---- wording ------------------------------------------------------------------------------------------------- */

static void put_answer(ds_buf *b, const ds_question *q, size_t i)
{
    ds_value_prose(b, &q->answers[i].value, q->unit);
}

static const ds_row *row_of(const dg *d, const ds_answer *x, size_t k)
{
    return &d->story->rows[x->rows[k]];
}

static ds_certainty firmest(const dg *d, const ds_answer *x)
{
    ds_certainty c = DS_CERT_DENIED;
    for (size_t k = 0; k < x->rows_len; k++)
        if (row_of(d, x, k)->claim.certainty < c)
            c = row_of(d, x, k)->claim.certainty;
    return c;
}

/* "about 11,000 to 12,000": from the lowest to the highest figure of the core. */
static void put_core(ds_buf *b, const cast *c)
{
    const ds_question *q = c->q;
    ds_value v = {.bound = DS_BOUND_RANGE, .has_low = true, .has_high = true};
    bool about = false, first = true;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *x = &q->answers[i].value;
        if (!c->core[i])
            continue;
        ds_frac low = x->has_best ? x->best : x->low, high = x->has_best ? x->best : x->high;
        v.low = first || ds_frac_cmp(low, v.low) < 0 ? low : v.low;
        v.high = first || ds_frac_cmp(high, v.high) > 0 ? high : v.high;
        about |= x->bound == DS_BOUND_ABOUT;
        first = false;
    }
    ds_buf_puts(b, about ? "about " : "");
    if (ds_frac_cmp(v.low, v.high) == 0)
        ds_number_prose(b, v.low, q->unit);
    else
        ds_value_prose(b, &v, q->unit);
}

/* "up to 100,000 (new reports in D, unverified)" */
static void put_with_holder(ds_buf *b, const dg *d, const ds_question *q, size_t i)
{
    const ds_answer *x = &q->answers[i];
    put_answer(b, q, i);
    ds_buf_puts(b, " (");
    dg_put_holder(b, d, row_of(d, x, 0));
    if (x->origins_len > 1)
        ds_buf_puts(b, " and others");
    ds_certainty c = firmest(d, x);
    if (c >= DS_CERT_PLANNED)
        ds_buf_printf(b, ", %s", ds_certainty_name(c));
    ds_buf_putc(b, ')');
}

/* True when a figure outside the core is worth a word: one that excludes it, or lies far from it. */
static bool stands_out(const cast *c, uint32_t i)
{
    for (uint32_t j = 0; j < c->q->answers_len; j++) {
        if (!c->core[j])
            continue;
        if (pair_conflicts(c->q, i, j))
            return true;
        ds_frac x = stated(&c->q->answers[i].value), y = stated(&c->q->answers[j].value), f;
        bool swap = ds_frac_cmp(x, y) < 0;
        if (c->q->answers[i].value.bound == DS_BOUND_VAGUE ||
            ds_frac_div(swap ? y : x, swap ? x : y, &f) != DS_OK || ds_frac_cmp(f, FAR) < 0)
            return false;
    }
    return true;
}

/* The other figures that count. */
static void put_others(ds_buf *b, const dg *d, const cast *c)
{
    size_t n = 0;
    for (uint32_t i = 0; i < c->q->answers_len && n < OTHERS_MAX; i++) {
        if (!c->counts[i] || c->core[i] || !stands_out(c, i))
            continue;
        ds_buf_puts(b, n++ ? ", " : " Others: ");
        put_with_holder(b, d, c->q, i);
    }
    if (n)
        ds_buf_putc(b, '.');
}

/* "about 300, up to 1,000 or up to 4,000" */
static size_t put_list(ds_buf *b, const cast *c)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < c->q->answers_len; i++)
        total += c->counts[i];
    for (size_t i = 0; i < c->q->answers_len; i++) {
        if (!c->counts[i])
            continue;
        ds_buf_puts(b, n == 0 ? "" : n + 1 == total ? " or " : ", ");
        put_answer(b, c->q, i);
        n++;
    }
    return n;
}

static bool gave_before(const cast *c, size_t answer, uint32_t origin)
{
    for (size_t i = 0; i < answer; i++)
        for (size_t k = 0; c->counts[i] && k < c->q->answers[i].origins_len; k++)
            if (c->q->answers[i].origins[k] == origin)
                return true;
    return false;
}

/* ", and none is named" or "; named: Ukraine (about 6,000)" */
static void put_named(ds_buf *b, const cast *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        for (size_t k = 0; c->counts[i] && k < x->origins_len; k++) {
            const ds_origin *o = &c->q->origins[x->origins[k]];
            if (o->kind != DS_HOLDER_NAMED || n >= OTHERS_MAX || gave_before(c, i, x->origins[k]))
                continue;
            ds_buf_puts(b, n++ ? ", " : "; named: ");
            ds_buf_put(b, o->name);
            ds_buf_puts(b, " (");
            put_answer(b, c->q, i);
            ds_buf_putc(b, ')');
        }
    }
    if (n == 0)
        ds_buf_puts(b, ", and none is named");
}

static bool only_limits(const cast *c)
{
    for (size_t i = 0; i < c->q->answers_len; i++)
        if (c->counts[i] && is_point(&c->q->answers[i].value))
            return false;
    return true;
}

/* Figures that are told but do not count: wider, planned, superseded. */
static void put_aside(ds_buf *b, const dg *d, const cast *c)
{
    bool old = false, planned = false;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        if (c->counts[i])
            continue;
        const ds_row *row = row_of(d, x, 0);
        if (x->superseded) {
            ds_buf_puts(b, old ? ", " : " Earlier: ");
            old = true;
            put_answer(b, c->q, i);
            continue;
        }
        if (old) {
            ds_buf_putc(b, '.');
            old = false;
        }
        if (x->wider) {
            ds_buf_putc(b, ' ');
            ds_buf_put(b, d->story->members[row->member].letter);
            ds_buf_puts(b, " counts more: ");
            put_answer(b, c->q, i);
            ds_buf_putc(b, ' ');
            ds_buf_put(b, dg_verb(d, row->claim.measure));
            ds_buf_putc(b, '.');
        } else if (!planned) {
            planned = true;
            ds_buf_puts(b, " Planned or possible: ");
            put_with_holder(b, d, c->q, i);
            ds_buf_putc(b, '.');
        }
    }
    if (old)
        ds_buf_putc(b, '.');
}

static void put_pages(ds_buf *b, size_t n)
{
    dg_put_count(b, n);
    ds_buf_puts(b, n == 1 ? " page" : " pages");
}

/* A question of one origin: "2, says Anna Holm: three pages, one origin." */
static void put_single(ds_buf *b, const dg *d, const cast *c)
{
    put_list(b, c);
    const ds_row *row = row_of(d, &c->q->answers[0], 0);
    ds_certainty best = DS_CERT_DENIED;
    for (size_t i = 0; i < c->q->answers_len; i++)
        for (size_t k = 0; k < c->q->answers[i].rows_len; k++) {
            const ds_row *x = row_of(d, &c->q->answers[i], k);
            if (x->claim.said_by_len > row->claim.said_by_len)
                row = x;
            if (x->claim.certainty < best)
                best = x->claim.certainty;
        }
    bool says = row->claim.said_by_len > 0 && row->claim.said_by[0].kind != DS_HOLDER_ANONYMOUS;
    ds_buf_puts(b, says ? ", says " : ", according to ");
    dg_put_holder(b, d, row);
    if (best >= DS_CERT_ESTIMATED)
        ds_buf_printf(b, "; %s", ds_certainty_name(best));
    bool *all = c->counts;
    size_t pages = pages_in(d, c->q, all);
    if (pages > 1) {
        ds_buf_puts(b, ": ");
        put_pages(b, pages);
        ds_buf_puts(b, ", one origin");
    }
    ds_buf_putc(b, '.');
}

static void put_lead(ds_buf *b, const dg *d, const ds_question *q)
{
    const ds_question *first = &d->ledger->questions[0];
    bool same = ds_str_eq(q->subject, first->subject) && q->per_len == 0;
    for (const ds_question *p = first; same && p < q;
         p++) /* the same words stand for an earlier question */
        same = !ds_str_eq(p->measure, q->measure) || !ds_str_eq(p->subject, q->subject);
    dg_put_capital(b, same ? dg_verb(d, q->measure) : q->label);
    ds_buf_puts(b, ": ");
}

static ds_status question_text(const dg *d, const ds_question *q, ds_str *out)
{
    cast c = {.q = q};
    c.core = ds_arena_calloc(d->a, q->answers_len, sizeof *c.core);
    c.counts = ds_arena_calloc(d->a, q->answers_len, sizeof *c.counts);
    if (!c.core || !c.counts)
        return DS_NOMEM;
    find_counting(&c);
    DS_TRY(find_core(d, &c));
    ds_buf b = ds_buf_new(d->a);
    put_lead(&b, d, q);
    if (q->origins_len < 2) {
        put_single(&b, d, &c);
    } else if (c.core_origins) {
        put_core(&b, &c);
        ds_buf_puts(&b, ", say ");
        dg_put_count(&b, c.core_origins);
        ds_buf_puts(&b, " origins on ");
        put_pages(&b, c.core_pages);
        ds_buf_putc(&b, '.');
        put_others(&b, d, &c);
    } else if (put_list(&b, &c) > 1) {
        ds_buf_puts(&b, only_limits(&c) ? ". Only limits are known" : ". No two origins agree");
        put_named(&b, &c);
        ds_buf_putc(&b, '.');
    } else {
        ds_buf_puts(&b, ", say ");
        dg_put_count(&b, q->origins_len);
        ds_buf_puts(&b, " origins.");
    }
    put_aside(&b, d, &c);
    return dg_take(&b, out);
}

/* ---- points ---------------------------------------------------------------------------------------------------- */

static ds_status question_point(const dg *d, const ds_question *q, points *out)
{
    ds_key_point p = {0};
    dg_cites cites = {0};
    DS_TRY(question_text(d, q, &p.text));
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            DS_TRY(dg_cite(d->a, &cites, d, q->answers[i].rows[k]));
    p.cites = (ds_line_cites){cites.at, cites.len};
    return DS_PUSH(d->a, out, p);
}

/* "B against itself: half of about 11,000 is up to 5,500, but the same sentence says about 300." */
static void put_share(ds_buf *b, const dg *d, const ds_flag *f)
{
    const ds_row *share = &d->story->rows[f->rows[0]], *base = &d->story->rows[f->rows[1]],
                 *stated = &d->story->rows[f->rows[2]];
    ds_buf_put(b, d->story->members[stated->member].letter);
    ds_buf_puts(b, " against itself: ");
    ds_number_prose(b, f->share, share->claim.unit);
    ds_buf_puts(b, " of ");
    if (f->rows[1] == f->rows[0] || base->claim.delta ||
        !ds_str_eq(base->claim.unit, stated->claim.unit))
        ds_number_prose(b, f->base, stated->claim.unit);
    else
        ds_value_prose(b, &base->claim.value, base->claim.unit);
    ds_buf_puts(b, " is ");
    ds_number_prose(b, f->expected, stated->claim.unit);
    ds_buf_puts(b, share->claim.number == stated->claim.number ? ", but the same sentence says "
                                                               : ", but the same page says ");
    ds_value_prose(b, &stated->claim.value, stated->claim.unit);
    ds_buf_putc(b, '.');
}

static ds_status flag_point(const dg *d, const ds_flag *f, points *out)
{
    ds_key_point p = {.flagged = true};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(d->a);
    if (f->kind == DS_FLAG_SHARE) {
        put_share(&b, d, f);
    } else {
        ds_buf_put(&b, f->finding);
        ds_buf_putc(&b, '.');
    }
    DS_TRY(dg_take(&b, &p.text));
    for (uint32_t k = 0; k < f->rows_len; k++)
        DS_TRY(dg_cite(d->a, &cites, d, f->rows[k]));
    p.cites = (ds_line_cites){cites.at, cites.len};
    return DS_PUSH(d->a, out, p);
}

static ds_status dispute_point(const dg *d, const ds_dispute *x, points *out)
{
    ds_key_point p = {.flagged = true};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(d->a);
    ds_buf_put(&b, x->finding);
    ds_buf_putc(&b, '.');
    DS_TRY(dg_take(&b, &p.text));
    for (int k = 0; k < 2; k++)
        DS_TRY(DS_PUSH(d->a, &cites, x->sides[k].cite));
    p.cites = (ds_line_cites){cites.at, cites.len};
    return DS_PUSH(d->a, out, p);
}

/* Arithmetic that touches the question, each flag once. */
static ds_status flags_of(const dg *d, const ds_question *q, bool *told, points *out)
{
    for (size_t k = 0; k < q->flags_len && out->len < POINTS_MAX; k++) {
        uint32_t f = q->flags[k];
        if (told[f] || d->ledger->flags[f].kind == DS_FLAG_DRIFT)
            continue;
        told[f] = true;
        DS_TRY(flag_point(d, &d->ledger->flags[f], out));
    }
    return DS_OK;
}

/* Places kept for sums that do not add up and that no question has told yet: a reader would get those wrong. */
static size_t kept_for_sums(const dg *d, const bool *told)
{
    size_t n = 0;
    for (size_t f = 0; f < d->ledger->flags_len && n < SUMS_KEPT; f++)
        n += !told[f] && d->ledger->flags[f].kind != DS_FLAG_DRIFT;
    return n;
}

static size_t kept_for_disputes(const dg *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->ledger->disputes_len && n < DISPUTES_KEPT; i++)
        n += d->ledger->disputes[i].verdict == DS_V_CONFLICTS;
    return n;
}

ds_status dg_key_points(const dg *d, ds_dossier *out)
{
    points v = {0};
    bool *told = ds_arena_calloc(d->a, d->ledger->flags_len, sizeof *told);
    if (!told)
        return DS_NOMEM;
    size_t most = POINTS_MAX - kept_for_disputes(d);
    for (size_t i = 0; i < d->ledger->questions_len && v.len + kept_for_sums(d, told) < most; i++) {
        const ds_question *q = &d->ledger->questions[i];
        bool single = q->state == DS_S_ONE_PAGE;
        if (q->answers_len == 0 || dg_weight(d, q->measure) >= POINT_WEIGHT ||
            (single && dg_weight(d, q->measure) >= SINGLE_WEIGHT))
            continue;
        DS_TRY(question_point(d, q, &v));
        DS_TRY(flags_of(d, q, told, &v));
    }
    for (uint32_t f = 0; f < d->ledger->flags_len && v.len < most; f++)
        if (!told[f])
            DS_TRY(flag_point(d, &d->ledger->flags[f], &v));
    for (size_t i = 0; i < d->ledger->disputes_len && v.len < POINTS_MAX; i++)
        if (d->ledger->disputes[i].verdict == DS_V_CONFLICTS)
            DS_TRY(dispute_point(d, &d->ledger->disputes[i], &v));
    out->key_points = v.at;
    out->key_points_len = v.len;
    return DS_OK;
}
