/* SPDX-License-Identifier: Apache-2.0 */
/* sum_text.c - flags: a clash as a finding of one sentence, with the sum and the claims behind it. */
#include "internal.h"

/* What is flagged once: two figures of one page and question. Fractions are in lowest terms. A clash of several sums has no one
 * figure that follows (0/0): it is known by its claims. */
static ds_status flag_key(rc *r, const ds_flag *f, ds_str *out)
{
    const rc_row *x = &r->rows[f->rows[0]];
    ds_buf b = ds_buf_new(r->a);
    ds_buf_printf(&b, "%d %lld/%lld %lld/%lld %u %u", (int)f->kind, (long long)f->stated.num,
                  (long long)f->stated.den, (long long)f->expected.num, (long long)f->expected.den,
                  x->member, x->question);
    for (uint32_t i = 0; f->expected.den == 0 && i < f->rows_len; i++)
        ds_buf_printf(&b, " %u", f->rows[i]);
    return ds_buf_take(&b, out);
}

static ds_status mark_row(rc *r, uint32_t row, const char *word, uint32_t at)
{
    ds_str *flag = &r->marks[row];
    if (flag->at)
        return DS_OK;
    *flag = ds_arena_printf(r->a, "%s %.*s%u", word, DS_FMT(rc_letter(r, r->rows[at].member)),
                            r->rows[at].c->number);
    return flag->at ? DS_OK : DS_NOMEM;
}

ds_status rc_flag(rc *r, ds_flag *f, ds_buf *finding, const char *word)
{
    ds_str key;
    uint64_t at;
    DS_TRY(flag_key(r, f, &key));
    if (ds_map_get(r->flagged, key, &at) == DS_OK)
        return DS_OK;
    DS_TRY(ds_map_put(r->flagged, key, 1));
    DS_TRY(ds_buf_take(finding, &f->finding));
    DS_TRY(DS_PUSH(r->a, &r->flags, *f));
    if (f->kind == DS_FLAG_DRIFT) {
        DS_TRY(mark_row(r, f->rows[1], word, f->rows[0]));
        return mark_row(r, f->rows[0], word, f->rows[1]);
    }
    uint32_t last = f->rows[f->rows_len - 1];
    for (uint32_t i = 0; i < f->rows_len; i++) {
        bool base = f->kind == DS_FLAG_SHARE && i == 1;
        bool time = f->kind == DS_FLAG_RATE && i == 1;
        if (base || time)
            continue; /* it is not they that are in doubt */
        r->summed[f->rows[i]] = true;
        DS_TRY(mark_row(r, f->rows[i], word, last));
    }
    return DS_OK;
}

/* ---- words ---------------------------------------------------------------------------------------------------------- */

static void put_own(const rc *r, ds_buf *b, uint32_t row)
{
    ds_value_prose(b, &r->rows[row].c->value, r->rows[row].c->unit);
}

/* "90 killed" */
static void put_row(const rc *r, ds_buf *b, uint32_t row)
{
    const rc_row *x = &r->rows[row];
    ds_value_prose(b, &x->value, x->unit);
    ds_buf_putc(b, ' ');
    ds_buf_put(b, x->measure.verb);
}

static void put_figure(const rc *r, ds_buf *b, ds_frac n, uint32_t row)
{
    ds_number_prose(b, n, r->rows[row].unit);
}

/* "46, 7 and 5" */
static void put_list(const rc *r, ds_buf *b, const rc_constraint *c, uint32_t n,
                     void (*put)(const rc *, ds_buf *, uint32_t))
{
    for (uint32_t i = 0; i < n; i++) {
        ds_buf_puts(b, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        put(r, b, c->rows[i]);
    }
}

/* What the terms before the last one come to, of the figures as stated. DS_LIMIT: too large. */
static ds_status stated_sum(const rc *r, const rc_system *s, const rc_constraint *c, ds_frac *out)
{
    *out = DS_FRAC(0);
    for (uint32_t i = 0; i + 1 < c->len; i++) {
        const rc_term *t = &c->terms[i];
        const rc_amount *m = &s->amounts.at[t->x];
        ds_frac x =
            rc_stated(t->x < r->rows_len ? &r->rows[m->row].value : &r->rows[m->row].c->value);
        if (t->times != RC_NONE) {
            const rc_amount *n = &s->amounts.at[t->times];
            DS_TRY(ds_frac_mul(x, n->row == RC_NONE ? n->now.lo : rc_stated(&r->rows[n->row].value),
                               &x));
        }
        DS_TRY(ds_frac_mul(x, t->by, &x));
        DS_TRY(ds_frac_add(*out, x, out));
    }
    return DS_OK;
}

/* "half × about 120 = 60 ≠ about 40", "7 + 9 = 16 > 12". */
static void put_sum(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    uint32_t last = c->rows[c->rows_len - 1];
    bool times = c->kind == DS_FLAG_SHARE || c->kind == DS_FLAG_RATE;
    if (c->rows_len == 2) { /* a pair is told as small and large */
        ds_value_prose(b, &r->rows[last].value, r->rows[last].unit);
        ds_buf_puts(b, " > ");
        ds_value_prose(b, &r->rows[c->rows[0]].value, r->rows[c->rows[0]].unit);
        return;
    }
    for (uint32_t i = 0; i + 1 < c->rows_len; i++) {
        ds_buf_puts(b, i == 0 ? "" : times ? " × " : " + ");
        if (c->kind == DS_FLAG_SHARE && i == 1)
            put_figure(r, b, f->base, last);
        else
            put_own(r, b, c->rows[i]);
    }
    ds_buf_puts(b, " = ");
    put_figure(r, b, f->expected, last);
    ds_buf_puts(b, c->relation == RC_EQUAL ? " ≠ " : " > ");
    ds_value_prose(b, &r->rows[last].value, r->rows[last].unit);
}

/* ---- one finding for each kind --------------------------------------------------------------------------------------- */

static void put_share(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    put_figure(r, b, f->stated, c->rows[2]);
    ds_buf_puts(b, " is not ");
    ds_number_prose(b, f->share, DS_STR("ratio"));
    ds_buf_puts(b, " of ");
    put_figure(r, b, f->base, c->rows[2]);
}

static void put_rate(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    const rc_row *rate = &r->rows[c->rows[0]], *time = &r->rows[c->rows[1]];
    ds_value_prose(b, &rate->value, rate->unit);
    ds_buf_printf(b, " a %.*s for ", DS_FMT(rate->per));
    ds_value_prose(b, &time->value, time->unit);
    ds_buf_puts(b, " makes ");
    put_figure(r, b, f->expected, c->rows[2]);
    ds_buf_puts(b, ", not ");
    put_figure(r, b, f->stated, c->rows[2]);
}

static void put_delta(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    put_own(r, b, c->rows[0]);
    ds_buf_puts(b, " and another ");
    put_own(r, b, c->rows[1]);
    ds_buf_puts(b, " make ");
    put_figure(r, b, f->expected, c->rows[2]);
    ds_buf_puts(b, ", not ");
    put_figure(r, b, f->stated, c->rows[2]);
}

static void put_pair(const rc *r, ds_buf *b, const rc_constraint *c)
{
    put_row(r, b, c->rows[1]);
    ds_buf_puts(b, c->part ? " in a part, more than the whole: " : " is more than ");
    put_row(r, b, c->rows[0]);
}

static void put_parts(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    uint32_t whole = c->rows[c->rows_len - 1];
    bool same = ds_str_eq(r->rows[c->rows[0]].measure.name, r->rows[whole].measure.name);
    if (same) {
        ds_buf_puts(b, "the parts make ");
        put_figure(r, b, f->expected, whole);
        ds_buf_puts(b, ", the whole is ");
        ds_value_prose(b, &r->rows[whole].value, r->rows[whole].unit);
        return;
    }
    put_list(r, b, c, c->rows_len - 1, put_row);
    ds_buf_puts(b, " make ");
    put_figure(r, b, f->expected, whole);
    ds_buf_puts(b, ", more than ");
    put_row(r, b, whole);
}

static void put_finding(const rc *r, ds_buf *b, const rc_constraint *c, const ds_flag *f)
{
    ds_buf_put(b, rc_letter(r, r->rows[c->rows[0]].member));
    ds_buf_puts(b, " against itself: ");
    if (c->kind == DS_FLAG_SHARE)
        put_share(r, b, c, f);
    else if (c->kind == DS_FLAG_RATE)
        put_rate(r, b, c, f);
    else if (c->kind == DS_FLAG_DELTA)
        put_delta(r, b, c, f);
    else if (c->rows_len == 2)
        put_pair(r, b, c);
    else
        put_parts(r, b, c, f);
}

/* ---- flags ------------------------------------------------------------------------------------------------------------ */

static ds_status fill(const rc *r, const rc_system *s, const rc_constraint *c, ds_flag *f)
{
    uint32_t last = c->rows[c->rows_len - 1];
    f->kind = c->kind;
    f->rows_len = c->rows_len;
    memcpy(f->rows, c->rows, sizeof f->rows);
    f->stated = rc_stated(&r->rows[last].value);
    bool pair = c->rows_len == 2;
    if (pair)
        f->expected = rc_stated(&r->rows[c->rows[0]].value);
    else
        DS_TRY(stated_sum(r, s, c, &f->expected));
    if (c->kind == DS_FLAG_SHARE) {
        f->share = rc_stated(&r->rows[c->rows[0]].c->value);
        DS_TRY(ds_frac_div(f->expected, f->share, &f->base));
    }
    f->cites[0] = rc_cite(r, c->rows[c->kind == DS_FLAG_SHARE]);
    f->cites[1] = rc_cite(r, last);
    return DS_OK;
}

static ds_status flag_one(rc *r, const rc_system *s, const rc_constraint *c)
{
    ds_flag f = {0};
    ds_buf finding = ds_buf_new(r->a), sum = ds_buf_new(r->a);
    if (fill(r, s, c, &f) < 0)
        return DS_OK; /* figures too large to be told */
    put_finding(r, &finding, c, &f);
    put_sum(r, &sum, c, &f);
    DS_TRY(ds_buf_take(&sum, &f.sum));
    return rc_flag(r, &f, &finding, "sum");
}

static void add_once(ds_flag *f, uint32_t row)
{
    for (uint32_t i = 0; i < f->rows_len; i++)
        if (f->rows[i] == row)
            return;
    if (f->rows_len < DS_FLAG_ROWS)
        f->rows[f->rows_len++] = row;
}

/* "90 ≤ 120; half × 100 = 50": what each says that all together cannot be. */
static void put_chain(const rc *r, ds_buf *b, const rc_constraint *c)
{
    uint32_t n = c->rows_len, last = c->rows[n - 1];
    bool times = c->kind == DS_FLAG_SHARE || c->kind == DS_FLAG_RATE;
    ds_buf_puts(b, b->len ? "; " : "");
    for (uint32_t i = 0; i + 1 < n; i++) {
        ds_buf_puts(b, i == 0 ? "" : times ? " × " : " + ");
        if (c->kind == DS_FLAG_SHARE && i == 0)
            put_own(r, b, c->rows[i]);
        else
            put_row(r, b, n == 2 ? last : c->rows[i]);
    }
    ds_buf_puts(b, c->relation == RC_EQUAL ? " = " : " ≤ ");
    put_row(r, b, n == 2 ? c->rows[0] : last);
}

/* Constraints each of which can hold, but not all of them. */
static ds_status flag_chain(rc *r, const rc_system *s, const rc_clash *x)
{
    ds_buf finding = ds_buf_new(r->a), sum = ds_buf_new(r->a);
    ds_flag f = {.kind = s->constraints.at[x->causes[0]].kind};
    if (f.kind == DS_FLAG_SHARE || f.kind == DS_FLAG_RATE)
        f.kind = DS_FLAG_SUM; /* share and base of one claim would not tell the whole */
    for (uint32_t i = x->causes_len; i-- > 0;) {
        const rc_constraint *c = &s->constraints.at[x->causes[i]];
        put_chain(r, &sum, c);
        for (uint32_t k = 0; k < c->rows_len; k++)
            add_once(&f, c->rows[k]);
    }
    uint32_t last = f.rows[f.rows_len - 1];
    f.stated = rc_stated(&r->rows[last].value);
    f.cites[0] = rc_cite(r, f.rows[0]);
    f.cites[1] = rc_cite(r, last);
    ds_buf_put(&finding, rc_letter(r, r->rows[last].member));
    ds_buf_puts(&finding, " against itself: ");
    rc_put_count(&finding, x->causes_len);
    ds_buf_puts(&finding, x->causes_len == 2 ? " sums cannot both hold" : " sums cannot all hold");
    DS_TRY(ds_buf_take(&sum, &f.sum));
    return rc_flag(r, &f, &finding, "sum");
}

ds_status rc_flag_clash(rc *r, const rc_system *s, const rc_clash *x)
{
    return x->causes_len == 1 ? flag_one(r, s, &s->constraints.at[x->causes[0]])
                              : flag_chain(r, s, x);
}
