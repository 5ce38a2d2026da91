/* SPDX-License-Identifier: Apache-2.0 */
/* figure_rows.c - one row per answer and origin: value, citations, holder, certainty, date, base. */
#include "export/figures.h"

/* ---- bases ---------------------------------------------------------------------------------------------- */

static ds_frac stated(const ds_value *v)
{
    return v->has_best ? v->best : v->has_high ? v->high : v->low;
}

/* The base in its own words: "about 12,000"; the total where the base adds to another figure. */
static void put_base(ex_page *p, ds_buf *b, const ds_claim *c)
{
    if (c->of < 0 || (size_t)c->of >= p->d->rows_len) {
        ex_put(b, c->of_words);
        return;
    }
    const ds_claim *base = &p->d->rows[c->of].claim;
    if (base->delta && base->has_derived)
        ds_buf_put(b, ex_number(p, base->derived, base->unit));
    else
        ds_buf_put(b, ex_value(p, &base->value, base->unit, NULL, 0));
}

static bool has_base(const ds_claim *c)
{
    return ds_str_eq(c->unit, DS_STR("ratio")) && (c->of >= 0 || c->of_words.at);
}

static void put_share(ex_page *p, ds_buf *b, const ds_claim *c, bool product)
{
    if (product)
        ds_buf_put(b, ex_number(p, stated(&c->value), c->unit));
    ds_buf_puts(b, product ? " of " : "of ");
    put_base(p, b, c);
}

static bool has_total(const ex_page *p, const ds_claim *c)
{
    return c->delta && c->has_derived && c->delta_of >= 0 && (size_t)c->delta_of < p->d->rows_len;
}

/* "1,500 + “another 10,000 or so”": what was added to what. */
static void put_sum(ex_page *p, ds_buf *b, const ds_claim *c)
{
    const ds_claim *to = &p->d->rows[c->delta_of].claim;
    ds_buf_put(b, ex_number(p, stated(&to->value), to->unit));
    ds_buf_puts(b, " + “");
    ex_put(b, ds_str_at(c->sentence, c->figure));
    ds_buf_puts(b, "”");
}

ds_str ex_fig_note(ex_page *p, const ds_question *q, const ds_answer *ans, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    if (has_base(c))
        put_share(p, &b, c, !ds_str_eq(q->unit, DS_STR("ratio")));
    else if (has_total(p, c))
        put_sum(p, &b, c);
    if (ans->wider)
        ds_buf_puts(&b, b.len ? "; a wider count" : "a wider count");
    return ex_take(p, &b);
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

typedef DS_VEC(uint32_t) indices;
typedef DS_VEC(ex_fig_row) fig_rows;

static bool listed(const ds_answer *ans, const ds_str *ids, ds_str id)
{
    for (size_t i = 0; i < ans->origins_len; i++)
        if (ids[ans->origins[i]].at && ds_str_eq(ids[ans->origins[i]], id))
            return true;
    return false;
}

/* The answer's claims of one origin; with the first origin go those whose origin no list names. */
static ex_idx rows_of(ex_page *p, const ds_answer *ans, const ds_str *ids, size_t nth)
{
    indices v = {0};
    ds_str id = nth < ans->origins_len ? ids[ans->origins[nth]] : (ds_str){0};
    for (size_t i = 0; i < ans->rows_len; i++) {
        ds_str at = p->d->rows[ans->rows[i]].origin;
        bool mine = id.at && ds_str_eq(at, id);
        if ((mine || (nth == 0 && !listed(ans, ids, at))) &&
            DS_PUSH(p->a, &v, ans->rows[i]) != DS_OK)
            p->status = DS_NOMEM;
    }
    return (ex_idx){v.at, v.len};
}

/* The claim that speaks for the row: the first that says when, else the first. */
static const ds_row *speaker(const ex_page *p, ex_idx rows)
{
    for (size_t i = 0; i < rows.len; i++)
        if (p->d->rows[rows.at[i]].claim.has_when)
            return &p->d->rows[rows.at[i]];
    return &p->d->rows[rows.at[0]];
}

/* The first note that any of the row's claims gives: a sum stands in the claim that adds. */
static ds_str note_of(ex_page *p, const ds_question *q, const ds_answer *ans, ex_idx rows)
{
    for (size_t i = 0; i < rows.len; i++) {
        const ds_claim *c = &p->d->rows[rows.at[i]].claim;
        if (has_base(c) || has_total(p, c))
            return ex_fig_note(p, q, ans, c);
    }
    return ex_fig_note(p, q, ans, &p->d->rows[rows.at[0]].claim);
}

static ex_fig_row row_of(ex_page *p, const ds_question *q, const ds_answer *ans, size_t nth,
                         ex_idx rows)
{
    const ds_row *first = speaker(p, rows);
    ex_fig_row r = {.answer = ans, .first = first, .first_of_answer = nth == 0};
    const ds_origin *o = nth < ans->origins_len ? &q->origins[ans->origins[nth]] : NULL;
    r.named = o ? o->kind == DS_HOLDER_NAMED : ex_named(&first->claim);
    r.holder = o ? ex_origin_name(p, o) : ex_holder(p, first);
    r.value = nth == 0 ? ex_value(p, &ans->value, q->unit, q->per, q->per_len) : DS_STR("");
    r.cites = ex_row_cites(p, rows, " ");
    r.sure = ex_sure(first->claim.certainty, ex_wide(p));
    r.when = ex_when(p, first);
    r.note = note_of(p, q, ans, rows);
    return r;
}

static void answer_rows(ex_page *p, const ds_question *q, const ds_answer *ans, const ds_str *ids,
                        fig_rows *out)
{
    size_t groups = ans->origins_len ? ans->origins_len : 1, first = out->len;
    for (size_t nth = 0; nth < groups; nth++) {
        ex_idx rows = rows_of(p, ans, ids, nth);
        if (rows.len == 0 || p->status != DS_OK)
            continue;
        ex_fig_row r = row_of(p, q, ans, nth, rows);
        r.first_of_answer = out->len == first;
        if (r.first_of_answer && r.value.len == 0)
            r.value = ex_value(p, &ans->value, q->unit, q->per, q->per_len);
        if (DS_PUSH(p->a, out, r) != DS_OK)
            p->status = DS_NOMEM;
    }
}

ex_fig ex_fig_of(ex_page *p, const ds_question *q)
{
    fig_rows rows = {0};
    const ds_str *ids = ex_origin_ids(p->a, p->d, q);
    if (!ids)
        p->status = DS_NOMEM;
    for (size_t i = 0; i < q->answers_len && p->status == DS_OK; i++)
        answer_rows(p, q, &q->answers[i], ids, &rows);
    return (ex_fig){.q = q, .rows = rows.at, .rows_len = rows.len};
}

/* ---- the estimate ---------------------------------------------------------------------------------------------- */

/* Whether the figure at this end comes from flagged answers alone. */
static bool only_flagged(const ds_question *q, ds_frac end, bool low)
{
    bool any = false;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        bool has = low ? v->has_low : v->has_high;
        if (!has || ds_frac_cmp(low ? v->low : v->high, end) != 0)
            continue;
        if (!q->answers[i].flagged)
            return false;
        any = true;
    }
    return any;
}

static bool verified(const ex_page *p, const ds_answer *ans)
{
    for (size_t i = 0; i < ans->rows_len; i++)
        if (p->d->rows[ans->rows[i]].claim.certainty < DS_CERT_UNVERIFIED)
            return true;
    return false;
}

#define UNVERIFIED_MATTERS                                                                         \
    DS_FRAC(2) /* from twice the highest verified figure on, the estimate says both */

/* " (12,000 without the unverified)", where that makes a difference. */
static void put_without_unverified(ex_page *p, ds_buf *b, const ds_question *q)
{
    bool any = false;
    ds_frac top = DS_FRAC(0), twice;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *ans = &q->answers[i];
        if (ans->wider || !ans->value.has_high || !verified(p, ans))
            continue;
        if (!any || ds_frac_cmp(ans->value.high, top) > 0)
            top = ans->value.high;
        any = true;
    }
    if (!any || ds_frac_mul(top, UNVERIFIED_MATTERS, &twice) != DS_OK ||
        ds_frac_cmp(twice, q->estimate.high) > 0)
        return;
    ds_buf_puts(b, " (");
    ds_buf_put(b, ex_number(p, top, q->unit));
    ds_buf_puts(b, " without the unverified)");
}

static void put_end(ex_page *p, ds_buf *b, const char *name, bool has, ds_frac v, ds_str unit)
{
    ds_buf_puts(b, has ? name : "no ");
    ds_buf_puts(b, has ? EX_GLUE : name);
    if (has)
        ds_buf_put(b, ex_number(p, v, unit));
}

ds_str ex_estimate(ex_page *p, const ds_question *q)
{
    const ds_estimate *e = &q->estimate;
    ds_buf b = ex_words(p);
    put_end(p, &b, "low", e->has_low, e->low, q->unit);
    if (e->has_low && only_flagged(q, e->low, true))
        ds_buf_puts(&b, " (flagged)");
    ds_buf_puts(&b, "   ");
    put_end(p, &b, "best", e->has_best, e->best, q->unit);
    ds_buf_puts(&b, "   ");
    put_end(p, &b, "high", e->has_high, e->high, q->unit);
    if (e->has_high)
        put_without_unverified(p, &b, q);
    return ex_take(p, &b);
}
