/* SPDX-License-Identifier: Apache-2.0 */
/* Up and down: by the verb or adverb before a figure, the noun around it, the comparative behind it (trends.tsv). */
#include "annotate/quantities_internal.h"

#define BY_REACH                                                                                   \
    12 /* tokens between a verb and its "by": "raised its forecast for the year by 5%" */
#define FROM_REACH 8 /* tokens between a verb and its "from" */
#define PAIR_REACH                                                                                 \
    10 /* tokens between "from A" and "to B": "from 20 in the spring of last year to 29" */

typedef struct trend_word {
    ds_trend direction;
    ds_str needs;
    bool noun;
} trend_word;

/* The row of a word in that class. */
static bool trend_row(const finder *f, ds_str word, const char *cls, trend_word *out)
{
    const ds_table *t = f->s.trends_t;
    int64_t first = ds_phrase_find(f->s.trends, word);
    for (uint32_t r = (uint32_t)first;
         first >= 0 && r < t->rows && ds_str_eq(ds_table_cell(t, r, 0), word); r++) {
        if (!ds_str_eq(ds_table_cell(t, r, 1), ds_str_of(cls)))
            continue;
        ds_str way = ds_table_cell(t, r, 2);
        out->direction = ds_str_eq(way, DS_STR("up"))     ? DS_TREND_UP
                         : ds_str_eq(way, DS_STR("down")) ? DS_TREND_DOWN
                                                          : DS_TREND_NONE;
        out->needs = ds_table_cell(t, r, 3);
        out->noun = ds_str_eq(ds_table_cell(t, r, 1), DS_STR("noun"));
        return true;
    }
    return false;
}

static bool verb_at(const finder *f, uint32_t i, trend_word *out)
{
    return upos_at(&f->s, i) == DS_VERB && trend_row(f, lemma_at(f, i), "verb", out);
}

static bool noun_at(const finder *f, uint32_t i, trend_word *out)
{
    return upos_at(&f->s, i) == DS_NOUN && trend_row(f, lemma_at(f, i), "noun", out);
}

/* "was up 5%", "profit down 3%": an adverb that is not the particle of a verb ("picked up $5"). */
static bool adverb_at(const finder *f, uint32_t i, trend_word *out)
{
    trend_word w;
    if (!(tok_at(&f->s, i)->starts & f->s.trends_bit) ||
        !trend_row(f, norm_at(&f->s, i), "adverb", out))
        return false;
    if (i == f->beg || upos_at(&f->s, i - 1) != DS_VERB)
        return i == f->beg || upos_at(&f->s, i - 1) != DS_DET; /* "the lower 48" */
    ds_str lemma = lemma_at(f, i - 1);
    return trend_row(f, lemma, "carrier", &w) || trend_row(f, lemma, "verb", &w);
}

static bool clause_ends(const finder *f, uint32_t i)
{
    return tok_at(&f->s, i)->kind == DS_TOK_PUNCT;
}

/* The nearest verb or adverb of change before token `at` in its clause. */
static bool change_before(const finder *f, uint32_t at, uint32_t reach, bool nouns, trend_word *out)
{
    for (uint32_t i = at; i > f->beg && at - i < reach && !clause_ends(f, i - 1); i--)
        if (verb_at(f, i - 1, out) || adverb_at(f, i - 1, out) || (nouns && noun_at(f, i - 1, out)))
            return true;
    return false;
}

static uint32_t from_before(const finder *f, uint32_t first)
{
    for (uint32_t i = first; i > f->beg && first - i < OPENER_REACH; i--)
        if (norm_is(&f->s, i - 1, "from"))
            return i - 1;
    return UINT32_MAX;
}

bool governed(const finder *f, uint32_t first)
{
    trend_word w;
    uint32_t from = from_before(f, first);
    if (from == UINT32_MAX)
        return false;
    if (from > f->beg && norm_is(&f->s, from - 1, ","))
        from--; /* "crept upward, from 20 to 29" */
    return change_before(f, from, FROM_REACH, true, &w);
}

bool changed_before(const finder *f, uint32_t first)
{
    trend_word w;
    bool by = first > f->beg && norm_is(&f->s, first - 1, "by");
    return first > f->beg + by &&
           (verb_at(f, first - 1 - by, &w) || adverb_at(f, first - 1 - by, &w));
}

static bool is_measured(const ds_quantity *q)
{
    return q->kind == DS_Q_MEASURE || q->kind == DS_Q_MONEY || q->kind == DS_Q_RATIO ||
           q->kind == DS_Q_MULTIPLE || (q->kind == DS_Q_COUNT && !q->noun.end);
}

static bool fits(const ds_quantity *q, const trend_word *w, bool by)
{
    if (w->direction == DS_TREND_NONE)
        return false;
    if (ds_str_eq(w->needs, DS_STR("measure")))
        return is_measured(q);
    if (ds_str_eq(w->needs, DS_STR("share")))
        return q->kind == DS_Q_RATIO || q->kind == DS_Q_MEASURE;
    return by || !ds_str_eq(w->needs, DS_STR("by"));
}

static void set(ds_quantity *q, ds_trend direction, bool named)
{
    q->trend = direction;
    q->trend_named = named;
}

/* "rose 5%", "fell sharply to 3", "up 7", "raised the price by 5". */
static bool said_before(const finder *f, ds_quantity *q, uint32_t start)
{
    trend_word w;
    uint32_t i = start;
    bool by = i > f->beg && norm_is(&f->s, i - 1, "by");
    bool to = i > f->beg && norm_is(&f->s, i - 1, "to");
    i -= by || to;
    if (i > f->beg && !by && upos_at(&f->s, i - 1) == DS_ADV && !adverb_at(f, i - 1, &w))
        i--;
    bool found = by ? change_before(f, i, BY_REACH, true, &w)
                    : i > f->beg && (verb_at(f, i - 1, &w) || adverb_at(f, i - 1, &w));
    if (!found || !fits(q, &w, by))
        return false;
    set(q, w.direction, w.noun);
    return true;
}

/* "a drop of 5%", "a 5% rise", "5% higher". */
static void said_around(const finder *f, ds_quantity *q, uint32_t start, uint32_t at)
{
    trend_word w;
    bool of = start > f->beg + 1 && norm_is(&f->s, start - 1, "of") && noun_at(f, start - 2, &w);
    bool behind = !of && at < f->end && q->kind != DS_Q_COUNT && noun_at(f, at, &w);
    bool compared = !of && !behind && at < f->end &&
                    (tok_at(&f->s, at)->starts & f->s.trends_bit) &&
                    trend_row(f, norm_at(&f->s, at), "comparative", &w);
    if ((of || behind || compared) && fits(q, &w, true))
        set(q, w.direction, true);
}

/* "lost 140 points, or 0.4%": the second has the first one's verb. */
static void goes_on(const finder *f, ds_quantity *q, uint32_t start)
{
    if (!f->found.len)
        return;
    const ds_quantity *p = &f->found.at[f->found.len - 1];
    if (p->sent != f->sent || p->trend == DS_TREND_NONE || p->trend_named ||
        start > p->tok_end + 2 || start <= p->tok_end || !is_measured(q))
        return;
    for (uint32_t i = p->tok_end; i < start; i++)
        if (!norm_is(&f->s, i, ",") && !norm_is(&f->s, i, "or") && !norm_is(&f->s, i, "and"))
            return;
    if (norm_is(&f->s, start - 1, "or"))
        set(q, p->trend, false);
}

void read_trend(const finder *f, ds_quantity *q, uint32_t start, uint32_t at)
{
    if (q->kind == DS_Q_AGE || q->kind == DS_Q_DURATION)
        return;
    if (!said_before(f, q, start))
        said_around(f, q, start, at);
    if (q->trend == DS_TREND_NONE)
        goes_on(f, q, start);
}

static bool to_share(ds_value *v)
{
    static const ds_frac hundredth = {1, 100};
    return v->bound == DS_BOUND_EXACT && ds_frac_mul(v->best, hundredth, &v->best) == DS_OK &&
           ds_frac_mul(v->low, hundredth, &v->low) == DS_OK &&
           ds_frac_mul(v->high, hundredth, &v->high) == DS_OK;
}

/* The unit of either end of "from A to B" serves both. */
static bool share_unit(ds_quantity *a, ds_quantity *b)
{
    bool bare_a = a->kind == DS_Q_COUNT && !a->noun.end,
         bare_b = b->kind == DS_Q_COUNT && !b->noun.end;
    if (bare_b || bare_a) {
        ds_quantity *to = bare_b ? b : a;
        const ds_quantity *from = bare_b ? a : b;
        if (from->kind == DS_Q_RATIO && !to_share(&to->value))
            return false;
        to->percent = from->percent;
        to->kind = from->kind;
        to->unit = from->unit;
        to->head = from->head;
        to->cls = from->cls;
        return true;
    }
    return ds_str_eq(a->unit, b->unit);
}

void link_change(finder *f, ds_quantity *q, uint32_t start)
{
    if (!f->found.len || start == f->beg || !norm_is(&f->s, start - 1, "to"))
        return;
    ds_quantity *p = &f->found.at[f->found.len - 1];
    if (p->sent != f->sent || p->tok == f->beg || start - p->tok_end > PAIR_REACH ||
        !norm_is(&f->s, p->tok - 1, "from") || !p->value.has_best)
        return;
    for (uint32_t i = p->tok_end; i < start; i++)
        if (norm_is(&f->s, i, ",") || norm_is(&f->s, i, ";"))
            return;
    if (!share_unit(p, q))
        return;
    q->was = (int32_t)f->found.len - 1;
    ds_frac now = q->value.has_best ? q->value.best : q->value.low;
    int way = ds_frac_cmp(now, p->value.best);
    if (!way)
        return;
    set(q, way > 0 ? DS_TREND_UP : DS_TREND_DOWN, q->trend_named);
    set(p, q->trend, q->trend_named);
}
