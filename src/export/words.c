/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - citations, counts, values, holders, dates, chips. */
#include "export/words.h"

/* ---- who and where ------------------------------------------------------------------------------------ */

ds_str ex_letter(const ex_page *p, uint32_t member)
{
    ds_str letter = ex_letter_of(p->d, member);
    return letter.at ? letter : DS_STR("?");
}

void ex_put_cite(const ex_page *p, ds_buf *b, ds_cite cite)
{
    ex_put(b, ex_letter(p, cite.member));
    ds_buf_printf(b, "%u", cite.sentence);
}

ds_str ex_cites(ex_page *p, const ds_cite *at, size_t n, const char *gap)
{
    ds_buf b = ex_words(p);
    for (size_t i = 0; i < n; i++) {
        ds_buf_puts(&b, i ? gap : "");
        ex_put_cite(p, &b, at[i]);
    }
    return ex_take(p, &b);
}

static bool before(ds_cite a, ds_cite b)
{
    return a.member != b.member ? a.member < b.member : a.sentence < b.sentence;
}

/* Keeps `at` sorted and without repeats; n is small. */
static size_t insert_cite(ds_cite *at, size_t n, ds_cite c)
{
    size_t i = n;
    while (i > 0 && before(c, at[i - 1]))
        i--;
    if (i > 0 && !before(at[i - 1], c))
        return n;
    memmove(at + i + 1, at + i, (n - i) * sizeof *at);
    at[i] = c;
    return n + 1;
}

ds_str ex_row_cites(ex_page *p, ex_idx rows, const char *gap)
{
    ds_cite *at = ds_arena_calloc(p->a, rows.len, sizeof *at);
    size_t n = 0;
    if (!at) {
        p->status = DS_NOMEM;
        return (ds_str){0};
    }
    for (size_t i = 0; i < rows.len; i++) {
        const ds_row *row = &p->d->rows[rows.at[i]];
        n = insert_cite(at, n, (ds_cite){row->member, row->claim.number});
    }
    return ex_cites(p, at, n, gap);
}

bool ex_named(const ds_claim *c)
{
    for (size_t i = 0; i < c->said_by_len; i++)
        if (c->said_by[i].kind == DS_HOLDER_NAMED || c->said_by[i].holder.len)
            return true;
    return false;
}

/* The link nearest to the fact; behind an unnamed one the name that follows it. */
static const ds_link *holding(const ds_claim *c)
{
    for (size_t i = 0; i < c->said_by_len; i++)
        if (c->said_by[i].kind == DS_HOLDER_NAMED || c->said_by[0].kind != DS_HOLDER_ANONYMOUS)
            return &c->said_by[i];
    return &c->said_by[0];
}

ds_str ex_holder(ex_page *p, const ds_row *row)
{
    const ds_claim *c = &row->claim;
    size_t i = c->said_by_len ? (size_t)(holding(c) - c->said_by) : 0;
    if (i >= row->holders_len || row->holders[i] >= p->d->who.holders_len)
        return ex_said_by(p, c);
    return ex_own(p, p->d->who.holders[row->holders[i]].name);
}

ds_str ex_said_by(ex_page *p, const ds_claim *c)
{
    return c->said_by_len ? ex_link_name(p, holding(c)) : DS_STR("own voice");
}

ds_str ex_link_name(ex_page *p, const ds_link *link)
{
    ds_str name = link->holder.len ? link->holder : link->name.len ? link->name : link->cue;
    return name.len ? ex_own(p, name) : DS_STR("unnamed");
}

ds_str ex_origin_name(ex_page *p, const ds_origin *o)
{
    return o->name.at ? ex_own(p, o->name) : DS_STR("own voice");
}

/* ---- how much ------------------------------------------------------------------------------------------ */

void ex_put_grouped(ds_buf *b, uint64_t n)
{
    if (n >= 1000) {
        ex_put_grouped(b, n / 1000);
        ds_buf_printf(b, ",%03u", (unsigned)(n % 1000));
    } else {
        ds_buf_printf(b, "%u", (unsigned)n);
    }
}

void ex_put_count(ds_buf *b, size_t n, const char *one, const char *many)
{
    ex_put_grouped(b, n);
    ds_buf_puts(b, EX_GLUE);
    ds_buf_puts(b, n == 1 ? one : many);
}

void ex_put_days(ds_buf *b, ds_days days, int year_left_out)
{
    ds_buf t = ds_buf_new(b->arena);
    ds_days_text(&t, days, year_left_out);
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == ' ')
            ds_buf_puts(b, EX_GLUE);
        else
            ds_buf_putc(b, t.at[i]);
    }
    if (t.status != DS_OK)
        b->status = t.status;
}

/* "43 killed", "2 missing", "160 casualties" read well; "3,000 reinforcement" does not. */
static bool counts_well(ds_str measure)
{
    return ds_str_ends(measure, DS_STR("ed")) || ds_str_ends(measure, DS_STR("ing")) ||
           ds_str_ends(measure, DS_STR("s")) || ds_str_eq(measure, DS_STR("aboard"));
}

ds_str ex_counted(ex_page *p, const ds_value *v, ds_str unit, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    ds_buf_put(&b, ex_value(p, v, unit, c->per, c->per_len));
    if (ds_str_eq(unit, DS_STR("person")) && counts_well(c->measure)) {
        ds_buf_putc(&b, ' ');
        ex_put(&b, c->measure);
    }
    return ex_take(p, &b);
}

/* "a month", "an hour"; of two: "per soldier and month". */
static void put_per(ds_buf *b, const ds_str *per, uint32_t n)
{
    static const ds_str an = DS_STR_INIT("aeio");
    if (n == 0)
        return;
    bool hour = ds_str_eq(per[0], DS_STR("hour"));
    bool vowel = hour || (per[0].len && ds_str_find(an, ds_str_cut(per[0], 0, 1), 0) >= 0);
    ds_buf_puts(b, n > 1 ? " per " : vowel ? " an " : " a ");
    ex_put(b, per[0]);
    if (n > 1) {
        ds_buf_puts(b, " and ");
        ex_put(b, per[1]);
    }
}

ds_str ex_value(ex_page *p, const ds_value *v, ds_str unit, const ds_str *per, uint32_t per_len)
{
    ds_buf raw = ex_words(p), b = ex_words(p);
    ds_value_prose(&raw, v, unit);
    put_per(&raw, per, per_len);
    ex_put(&b, ex_take(p, &raw));
    return ex_take(p, &b);
}

ds_str ex_number(ex_page *p, ds_frac v, ds_str unit)
{
    ds_buf b = ex_words(p);
    ds_number_prose(&b, v, unit);
    return ex_take(p, &b);
}

ds_str ex_chip(ex_page *p, const ds_question *q)
{
    ds_buf b = ex_words(p);
    bool flag = q->state == DS_S_CONFLICT;
    ds_buf_puts(&b, flag ? EX_RED : "");
    ds_buf_puts(&b, ds_state_name(q->state));
    if (q->has_factor && (flag || q->state == DS_S_APART)) {
        ds_buf_putc(&b, ' ');
        ds_factor_text(&b, q->factor);
    }
    ds_buf_puts(&b, EX_PLAIN);
    return ex_take(p, &b);
}

/* ---- how sure, when ------------------------------------------------------------------------------------ */

ds_str ex_sure(ds_certainty c, bool wide)
{
    static const ds_str brief[] = {
        [DS_CERT_ASSERTED] = DS_STR_INIT(""),        [DS_CERT_REPORTED] = DS_STR_INIT(""),
        [DS_CERT_ESTIMATED] = DS_STR_INIT("estim."), [DS_CERT_PLANNED] = DS_STR_INIT("plan"),
        [DS_CERT_POSSIBLE] = DS_STR_INIT("may"),     [DS_CERT_UNVERIFIED] = DS_STR_INIT("unver."),
        [DS_CERT_DENIED] = DS_STR_INIT("denied"),
    };
    return wide ? ds_str_of(ds_certainty_name(c)) : brief[c];
}

ds_str ex_page_day(ex_page *p, const ds_source *s, bool with_year)
{
    ds_buf b = ex_words(p);
    if (s->published == DS_DAY_NONE)
        return (ds_str){0};
    ex_put_days(&b, (ds_days){s->published, s->published}, with_year ? 0 : p->last_year);
    return ex_take(p, &b);
}

static bool known(ds_days days)
{
    return days.lo != DS_DAY_NONE || days.hi != DS_DAY_NONE;
}

ds_str ex_when(ex_page *p, const ds_row *row)
{
    ds_buf b = ex_words(p);
    const ds_claim *c = &row->claim;
    if (c->has_when && known(c->when)) {
        ds_days_text(&b, c->when, p->last_year);
        return ex_take(p, &b);
    }
    if (c->when_words.at)
        return ex_own(p, c->when_words);
    ds_str day = row->member < p->d->sources_len
                     ? ex_page_day(p, &p->d->sources[row->member], false)
                     : (ds_str){0};
    if (!day.at)
        return DS_STR("undated");
    ds_buf_putc(&b, '(');
    ds_buf_put(&b, day);
    ds_buf_putc(&b, ')');
    return ex_take(p, &b);
}

void ex_put_list(ds_buf *b, const ds_str *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ds_buf_puts(b, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        ex_put(b, at[i]);
    }
}

bool ex_put_unread(ex_page *p, ds_buf *b, ds_str language)
{
    if (ds_language_known(language))
        return false;
    ds_str name = ds_language_english(p->a, language);
    ds_buf_puts(b, "in ");
    ex_put(b, name);
    ds_buf_puts(b, ", which is not read for figures");
    return true;
}
