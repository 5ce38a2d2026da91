/* SPDX-License-Identifier: Apache-2.0 */
/* sums.c - arithmetic inside one page: shares, parts, containment, rates (A1 to A6). */
#include "internal.h"

bool rc_same_subject(const rc_row *x, const rc_row *y)
{
    const rc_subject *a = &x->subject, *b = &y->subject;
    return (a->actor.len == 0 || b->actor.len == 0 || ds_str_eq(a->actor, b->actor)) &&
           (a->general || b->general || ds_str_eq(a->head, b->head));
}

/* What is flagged once: two figures of one page and question. Fractions are in lowest terms. */
static ds_status flag_key(rc *r, const ds_flag *f, ds_str *out)
{
    const rc_row *x = &r->rows[f->rows[0]];
    *out = ds_arena_printf(r->a, "%d %lld/%lld %lld/%lld %u %u", (int)f->kind,
                           (long long)f->stated.num, (long long)f->stated.den,
                           (long long)f->expected.num, (long long)f->expected.den, x->member,
                           x->question);
    return out->at ? DS_OK : DS_NOMEM;
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
    DS_TRY(rc_buf_take(finding, &f->finding));
    DS_TRY(DS_PUSH(r->a, &r->flags, *f));
    if (f->kind == DS_FLAG_DRIFT) {
        DS_TRY(mark_row(r, f->rows[1], word, f->rows[0]));
        return mark_row(r, f->rows[0], word, f->rows[1]);
    }
    uint32_t last = f->rows[f->rows_len - 1];
    r->summed[f->rows[0]] = r->summed[last] = true;
    DS_TRY(mark_row(r, f->rows[0], word, last));
    return mark_row(r, last, word, last);
}

static ds_buf against_itself(rc *r, uint32_t row)
{
    ds_buf b = ds_buf_new(r->a);
    ds_buf_put(&b, rc_letter(r, r->rows[row].member));
    ds_buf_puts(&b, " against itself: ");
    return b;
}

static void put_row(ds_buf *b, const rc_row *row)
{
    ds_value_prose(b, &row->value, row->unit);
    ds_buf_putc(b, ' ');
    ds_buf_put(b, row->measure.verb);
}

/* ---- shares ---------------------------------------------------------------------------------------------------- */

/* A1: a sentence that equates a share with a count: both sides may be rough; a bound may miss by RC_EQUATED. */
static bool equated_fits(const ds_value *product, const ds_value *count)
{
    ds_frac p = rc_stated(product), c = rc_stated(count), f = rc_factor(p, c);
    ds_value x = {.best = p, .has_best = true, .bound = DS_BOUND_ABOUT}, y = x;
    y.best = c;
    bool near = rc_meet(&x, &y), off = f.num == 0 || ds_frac_cmp(f, RC_EQUATED) > 0;
    switch (product->bound) {
    case DS_BOUND_AT_MOST:
    case DS_BOUND_LESS_THAN:
    case DS_BOUND_ALMOST:
        return near || (!off && ds_frac_cmp(c, p) <= 0);
    case DS_BOUND_AT_LEAST:
    case DS_BOUND_MORE_THAN:
        return near || (!off && ds_frac_cmp(c, p) >= 0);
    default:
        return near;
    }
}

static ds_status check_share(rc *r, uint32_t share, uint32_t count)
{
    const rc_row *s = &r->rows[share], *n = &r->rows[count];
    bool equated = s->c->equals == (int32_t)count || n->c->equals == (int32_t)share;
    bool told = !equated && s->question == n->question && s->origin == n->origin &&
                s->planned == n->planned;
    if (s->member != n->member || n->derived || !ds_str_eq(s->unit, n->unit) || !(equated || told))
        return DS_OK;
    r->sums++;
    if (equated ? equated_fits(&s->value, &n->value) : !rc_exclude(&s->value, &n->value))
        return DS_OK;
    ds_flag f = {
        .kind = DS_FLAG_SHARE, .share = rc_stated(&s->c->value), .stated = rc_stated(&n->value)};
    f.expected = rc_stated(&s->value);
    if (ds_frac_div(f.expected, f.share, &f.base) != DS_OK)
        return DS_OK;
    uint32_t base = s->c->of >= 0 ? (uint32_t)s->c->of : share;
    f.rows[0] = share;
    f.rows[1] = base;
    f.rows[2] = count;
    f.rows_len = 3;
    f.cites[0] = rc_cite(r, base);
    f.cites[1] = rc_cite(r, count);
    ds_buf b = against_itself(r, count);
    ds_number_prose(&b, f.stated, n->unit);
    ds_buf_puts(&b, " is not ");
    ds_number_prose(&b, f.share, DS_STR("ratio"));
    ds_buf_puts(&b, " of ");
    ds_number_prose(&b, f.base, n->unit);
    return rc_flag(r, &f, &b, "sum");
}

/* ---- two rows that bound each other ------------------------------------------------------------------------------ */

static bool near_by(const rc_row *x, const rc_row *y)
{
    uint32_t a = x->c->number, b = y->c->number;
    return x->member == y->member && (a > b ? a - b : b - a) <= 1;
}

static bool comparable(const rc_row *x, const rc_row *y)
{
    return x->member == y->member && x->origin == y->origin && x->planned == y->planned &&
           !x->denied && !y->denied && ds_str_eq(x->unit, y->unit) && ds_str_eq(x->per, y->per) &&
           rc_same_subject(x, y);
}

static bool is_part(const rc_row *x)
{
    return ds_str_starts(x->scope, DS_STR("part"));
}

static bool above(const ds_value *x, const ds_value *y)
{
    rc_ends a = rc_ends_of(x), b = rc_ends_of(y);
    return a.has_lo && b.has_hi && ds_frac_cmp(a.lo, b.hi) > 0;
}

static ds_status flag_pair(rc *r, ds_flag_kind kind, uint32_t small, uint32_t large,
                           const char *than)
{
    ds_flag f = {.kind = kind,
                 .stated = rc_stated(&r->rows[small].value),
                 .expected = rc_stated(&r->rows[large].value)};
    f.rows[0] = large;
    f.rows[1] = small;
    f.rows_len = 2;
    f.cites[0] = rc_cite(r, large);
    f.cites[1] = rc_cite(r, small);
    ds_buf b = against_itself(r, small);
    put_row(&b, &r->rows[small]);
    ds_buf_puts(&b, than);
    put_row(&b, &r->rows[large]);
    return rc_flag(r, &f, &b, "sum");
}

/* A2: a part is no more than its whole, where both stand side by side. */
static ds_status check_part(rc *r, uint32_t part, uint32_t whole)
{
    const rc_row *p = &r->rows[part], *w = &r->rows[whole];
    if (!is_part(p) || is_part(w) || !near_by(p, w) || !comparable(p, w) ||
        !ds_str_eq(p->measure.name, w->measure.name) || w->c->delta)
        return DS_OK;
    r->sums++;
    if (p->value.bound == DS_BOUND_VAGUE || w->value.bound == DS_BOUND_VAGUE ||
        !above(&p->value, &w->value))
        return DS_OK;
    return flag_pair(r, DS_FLAG_SUM, part, whole, " in a part, more than the whole: ");
}

/* A3: killed within casualties within losses. */
static ds_status check_contain(rc *r, uint32_t narrow, uint32_t wide)
{
    const rc_row *n = &r->rows[narrow], *w = &r->rows[wide];
    if (n->measure.family.len == 0 || !ds_str_eq(n->measure.family, w->measure.family) ||
        n->measure.rank >= w->measure.rank || n->scope.len || w->scope.len || !comparable(n, w))
        return DS_OK;
    r->sums++;
    if (n->value.bound == DS_BOUND_VAGUE || w->value.bound == DS_BOUND_VAGUE ||
        !above(&n->value, &w->value))
        return DS_OK;
    return flag_pair(r, DS_FLAG_CONTAIN, narrow, wide, " is more than ");
}

/* ---- sums ------------------------------------------------------------------------------------------------------- */

/* A4: parts in one sentence against the whole beside them: they may leave some out, but not come to more. */
static ds_status check_parts_sum(rc *r, uint32_t whole, uint32_t beg, uint32_t end)
{
    const rc_row *w = &r->rows[whole];
    ds_frac sum = DS_FRAC(0);
    uint32_t n = 0, last = 0;
    if (is_part(w) || !w->value.has_best)
        return DS_OK;
    for (uint32_t i = beg; i < end; i++) {
        const rc_row *p = &r->rows[i];
        if (!is_part(p) || p->member != w->member || p->c->number != w->c->number ||
            !comparable(p, w) || !ds_str_eq(p->measure.name, w->measure.name) ||
            !p->value.has_best || p->value.bound == DS_BOUND_AT_MOST)
            continue;
        DS_TRY(ds_frac_add(sum, p->value.best, &sum) == DS_OK ? DS_OK : DS_LIMIT);
        last = i;
        n++;
    }
    if (n < 2)
        return DS_OK;
    r->sums++;
    ds_value total = {.best = sum, .has_best = true, .bound = DS_BOUND_ABOUT};
    if (!above(&total, &w->value))
        return DS_OK;
    ds_flag f = {.kind = DS_FLAG_SUM, .stated = rc_stated(&w->value), .expected = sum};
    f.rows[0] = last;
    f.rows[1] = whole;
    f.rows_len = 2;
    f.cites[0] = rc_cite(r, last);
    f.cites[1] = rc_cite(r, whole);
    ds_buf b = against_itself(r, whole);
    ds_buf_puts(&b, "the parts make ");
    ds_number_prose(&b, sum, w->unit);
    ds_buf_puts(&b, ", the whole is ");
    ds_value_prose(&b, &w->value, w->unit);
    return rc_flag(r, &f, &b, "sum");
}

/* A5: in one sentence, three counts or more of one measure of which the largest is the sum of the others: a sum that
 * holds. (One that does not hold looks like counts that have nothing to do with each other.) */
static void count_sum(rc *r, uint32_t whole, uint32_t beg, uint32_t end)
{
    const rc_row *w = &r->rows[whole];
    ds_frac sum = DS_FRAC(0);
    uint32_t n = 0;
    for (uint32_t i = beg; i < end && rc_is_point(&w->value); i++) {
        const rc_row *p = &r->rows[i];
        if (i == whole || p->member != w->member || p->c->number != w->c->number ||
            !rc_is_point(&p->value) || !ds_str_eq(p->measure.name, w->measure.name) ||
            !ds_str_eq(p->unit, w->unit) || p->derived)
            continue;
        if (ds_frac_add(sum, p->value.best, &sum) != DS_OK)
            return;
        n++;
    }
    r->sums += n >= 2 && ds_frac_cmp(sum, w->value.best) == 0;
}

/* ---- rates ------------------------------------------------------------------------------------------------------ */

/* Days in a unit of time; 0: none. */
static int days_in(ds_str unit)
{
    static const struct {
        ds_str unit;
        int days;
    } table[] = {{DS_STR_INIT("day"), 1},
                 {DS_STR_INIT("week"), 7},
                 {DS_STR_INIT("month"), 30},
                 {DS_STR_INIT("year"), 365}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ds_str_eq(table[i].unit, unit))
            return table[i].days;
    return 0;
}

static bool rate_product(const rc_row *rate, const rc_row *time, ds_frac *out)
{
    int per = days_in(rate->per), span = days_in(time->unit);
    ds_frac days, times;
    return per && span && rate->value.has_best && time->value.has_best &&
           ds_frac_mul(time->value.best, DS_FRAC(span), &days) == DS_OK &&
           ds_frac_div(days, DS_FRAC(per), &times) == DS_OK &&
           ds_frac_mul(rate->value.best, times, out) == DS_OK;
}

/* A6: a rate, a time and a sum in one sentence. */
static ds_status check_rate(rc *r, uint32_t rate, uint32_t time, uint32_t beg, uint32_t end)
{
    const rc_row *x = &r->rows[rate], *t = &r->rows[time];
    ds_frac product;
    if (x->member != t->member || x->c->number != t->c->number || !rate_product(x, t, &product))
        return DS_OK;
    for (uint32_t i = beg; i < end; i++) {
        const rc_row *y = &r->rows[i];
        if (y->member != x->member || y->c->number != x->c->number || y->per.len ||
            !y->value.has_best || !ds_str_eq(y->unit, x->unit) ||
            !ds_str_eq(y->measure.name, x->measure.name) || y->planned != x->planned)
            continue;
        r->sums++;
        ds_frac f = rc_factor(product, y->value.best);
        if (f.num && ds_frac_cmp(f, rc_longer(DS_FRAC(1), RC_RATE)) <= 0)
            continue;
        ds_flag flag = {.kind = DS_FLAG_RATE, .stated = y->value.best, .expected = product};
        flag.rows[0] = rate;
        flag.rows[1] = time;
        flag.rows[2] = i;
        flag.rows_len = 3;
        flag.cites[0] = rc_cite(r, rate);
        flag.cites[1] = rc_cite(r, i);
        ds_buf b = against_itself(r, i);
        ds_value_prose(&b, &x->value, x->unit);
        ds_buf_printf(&b, " a %.*s for ", DS_FMT(x->per));
        ds_value_prose(&b, &t->value, t->unit);
        ds_buf_puts(&b, " makes ");
        ds_number_prose(&b, product, x->unit);
        ds_buf_puts(&b, ", not ");
        ds_number_prose(&b, y->value.best, y->unit);
        DS_TRY(rc_flag(r, &flag, &b, "sum"));
    }
    return DS_OK;
}

/* Rows of one page: [beg, end). Rows are in order of page. */
static ds_status check_page(rc *r, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) {
        const rc_row *x = &r->rows[i];
        bool share = x->derived && ds_str_eq(x->c->unit, DS_STR("ratio"));
        DS_TRY(check_parts_sum(r, i, beg, end));
        count_sum(r, i, beg, end);
        for (uint32_t j = beg; j < end; j++) {
            if (i == j)
                continue;
            if (share)
                DS_TRY(check_share(r, i, j));
            DS_TRY(check_part(r, i, j));
            DS_TRY(check_contain(r, i, j));
            if (x->per.len)
                DS_TRY(check_rate(r, i, j, beg, end));
        }
    }
    return DS_OK;
}

ds_status rc_check_sums(rc *r)
{
    for (uint32_t i = 0, j; i < r->rows_len; i = j) {
        for (j = i; j < r->rows_len && r->rows[j].member == r->rows[i].member; j++)
            ;
        DS_TRY(check_page(r, i, j));
    }
    return DS_OK;
}
