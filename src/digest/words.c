/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

static const int weight_unknown = 80; /* as the row `*` of lexicon/en/questions.tsv */

/* Cell of the row of a measure; empty where there is none. */
static ds_str cell(const dg *d, ds_str measure, const char *column)
{
    int col = d->questions ? ds_table_column(d->questions, ds_str_of(column)) : -1;
    for (uint32_t i = 0; col >= 0 && i < d->questions->rows; i++)
        if (ds_str_eq(ds_table_cell(d->questions, i, 0), measure))
            return ds_table_cell(d->questions, i, (uint32_t)col);
    return DS_STR("");
}

ds_status dg_read_classes(dg *d, const ds_table *t)
{
    static const struct {
        const char *name;
        unsigned bit;
    } classes[] = {
        {"leans", DG_LEANS}, {"reader", DG_READER}, {"common", DG_COMMON}, {"deed", DG_DEED}};
    ds_map *m = ds_map_new(d->scratch, 0);
    if (!m)
        return DS_NOMEM;
    for (uint32_t i = 0; t && i < t->rows; i++) {
        ds_str word = ds_table_cell(t, i, 0);
        uint64_t v = 0;
        (void)ds_map_get(m, word, &v);
        for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
            if (ds_str_eq(ds_table_cell(t, i, 1), ds_str_of(classes[k].name)))
                v |= classes[k].bit;
        DS_TRY(ds_map_put(m, word, v));
    }
    d->words = m;
    return DS_OK;
}

unsigned dg_word_classes(const dg *d, ds_str low)
{
    uint64_t v = 0;
    (void)ds_map_get(d->words, low, &v);
    return (unsigned)v;
}

int dg_last_year(const dg *d)
{
    ds_day last = DS_DAY_NONE;
    int year = 0, month, day;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        ds_day p = dg_article(d, m)->published;
        last = p != DS_DAY_NONE && (last == DS_DAY_NONE || p > last) ? p : last;
    }
    if (last != DS_DAY_NONE)
        ds_day_split(last, &year, &month, &day);
    return year;
}

const char *dg_before_counted(const ds_value *v)
{
    bool few = !v->has_low || ds_frac_cmp(v->low, DS_FRAC(20)) < 0; /* "several", "a few" */
    return v->bound == DS_BOUND_VAGUE && !few ? " of " : " ";
}

ds_str dg_verb(const dg *d, ds_str measure)
{
    ds_str verb = cell(d, measure, "verb");
    return verb.len ? verb : measure;
}

int dg_weight(const dg *d, ds_str measure)
{
    ds_frac n;
    ds_str s = cell(d, measure, "weight");
    return s.len && ds_frac_parse(s, &n) == DS_OK && n.num >= 0 && n.num < 1000
               ? (int)(n.num / n.den)
               : weight_unknown;
}

const ds_article *dg_article(const dg *d, uint32_t member)
{
    return d->readings[d->story->members[member].reading].article;
}

void dg_put_count(ds_buf *b, size_t n)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    if (n < sizeof words / sizeof *words)
        ds_buf_puts(b, words[n]);
    else
        ds_buf_printf(b, "%zu", n);
}

void dg_put_capital(ds_buf *b, ds_str s)
{
    if (s.len && s.at[0] >= 'a' && s.at[0] <= 'z') {
        ds_buf_putc(b, (char)(s.at[0] - 'a' + 'A'));
        s = ds_str_cut(s, 1, s.len);
    }
    ds_buf_put(b, s);
}

ds_status dg_cite(ds_arena *a, dg_cites *v, const dg *d, uint32_t row)
{
    const ds_row *r = &d->story->rows[row];
    ds_cite c = {r->member, r->claim.number};
    size_t i = 0;
    while (i < v->len && (v->at[i].member < c.member ||
                          (v->at[i].member == c.member && v->at[i].sentence < c.sentence)))
        i++;
    if (i < v->len && v->at[i].member == c.member && v->at[i].sentence == c.sentence)
        return DS_OK;
    DS_TRY(DS_PUSH(a, v, c));
    for (size_t k = v->len - 1; k > i; k--)
        v->at[k] = v->at[k - 1];
    v->at[i] = c;
    return DS_OK;
}

ds_str dg_holder_name(const dg *d, const ds_row *row)
{
    const ds_link *l = row->claim.said_by_len ? &row->claim.said_by[0] : NULL;
    if (!l || (l->holder.len == 0 && l->name.len == 0) || row->holders_len == 0)
        return (ds_str){0};
    return d->story->who.holders[row->holders[0]].name;
}

void dg_put_holder(ds_buf *b, const dg *d, const ds_row *row)
{
    ds_str letter = d->story->members[row->member].letter;
    const ds_link *l = row->claim.said_by_len ? &row->claim.said_by[0] : NULL;
    ds_str name = dg_holder_name(d, row);
    if (!l || name.len == 0) {
        ds_buf_put(b, letter);
        ds_buf_puts(b, l ? ", unnamed" : " in its own voice");
        return;
    }
    ds_buf_put(b, name);
    if (l->kind == DS_HOLDER_ANONYMOUS) {
        ds_buf_puts(b, " in ");
        ds_buf_put(b, letter);
    }
}
