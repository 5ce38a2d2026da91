/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that are no amounts: codes, phones, labels, addresses, models, years, scores, list marks, counters of photos;
 * and ages, which are a kind of their own. */
#include "annotate/quantities_internal.h"

#define ADDRESS_REACH 4 /* capitalised words between a house number and "Street" */
#define AGE_MAX 120

static bool spaced(const finder *f, uint32_t i)
{
    return tok_at(&f->s, i)->flags & DS_TF_SPACE;
}

static bool number_tok(const finder *f, uint32_t i)
{
    return i < f->end && tok_at(&f->s, i)->kind == DS_TOK_NUMBER;
}

/* "+44 20 7946 0958", "020 7946 0958": three numbers and more with nothing but blanks between them. */
bool is_code(const finder *f, numeral *n)
{
    if (!n->digits || n->tail.at || n->prefix.at || n->magnitude.num != 1)
        return false;
    uint32_t k = n->end;
    while (number_tok(f, k))
        k++;
    bool plus = n->tok > f->beg && norm_is(&f->s, n->tok - 1, "+") && !spaced(f, n->tok);
    uint32_t numbers = k - n->tok;
    if (k == n->end || numbers < (plus ? 2 : 3) || n->fraction)
        return false;
    n->end = k;
    return true;
}

/* "1. First", "2) then", and "3 of 10", "1/12" under a picture. */
bool is_mark(const finder *f, const numeral *n)
{
    bool first = n->tok == f->beg || (n->tok == f->beg + 1 && norm_is(&f->s, f->beg, "("));
    if (!first || !n->digits || n->tail.at)
        return false;
    uint32_t k = n->end;
    bool alone = k == f->end;
    bool stop = k < f->end && !spaced(f, k) &&
                (norm_is(&f->s, k, ")") || (norm_is(&f->s, k, ".") && k + 1 < f->end));
    bool counter = k + 1 < f->end && norm_is(&f->s, k, "of") && number_tok(f, k + 1) &&
                   (f->s.doc->sents[f->sent].part == DS_PART_CAPTION || k + 2 == f->end);
    return (stop && !n->grouped) || counter ||
           (n->fraction && (alone || f->s.doc->sents[f->sent].part == DS_PART_CAPTION));
}

static bool label_at(const finder *f, uint32_t i, const char *side)
{
    int64_t row = ds_phrase_find(f->s.labels, norm_at(&f->s, i));
    return row >= 0 && ds_str_eq(ds_table_cell(f->s.labels_t, (uint32_t)row, 1), ds_str_of(side));
}

/* "575 Harbour View Road": capitalised words that end in one of a street. */
static bool is_address(const finder *f, const numeral *n)
{
    if (!n->digits || n->grouped || n->tail.at)
        return false;
    for (uint32_t i = n->end; i < f->end && i < n->end + ADDRESS_REACH; i++) {
        if (i > n->end && label_at(f, i, "after") && (tok_at(&f->s, i)->flags & DS_TF_CAP))
            return true;
        if (!(tok_at(&f->s, i)->flags & DS_TF_CAP) && !number_tok(f, i))
            return false;
    }
    return false;
}

bool is_labelled(const finder *f, const numeral *n)
{
    if (is_address(f, n))
        return true;
    if (n->tok == f->beg || n->grouped || n->magnitude.num != 1 || n->value.bound == DS_BOUND_VAGUE)
        return false;
    uint32_t i = n->tok - 1;
    if (!label_at(f, i, "before"))
        return false;
    return n->digits || n->end == f->end || upos_at(&f->s, n->end) != DS_NOUN; /* "top three" */
}

static bool ends_plural(ds_str norm)
{
    return norm.len > 2 && norm.at[norm.len - 1] == 's' && norm.at[norm.len - 2] != 's';
}

/* "Boeing 737", "World War 2", "Harbour 12 opened"; "787 Seaplane": a name before, or a model's behind. */
bool is_name(const finder *f, const numeral *n, const ds_quantity *q, uint32_t start)
{
    if (q->cls != DS_NC_NONE)
        return false;
    bool before = start > f->beg && upos_at(&f->s, start - 1) == DS_PROPN &&
                  !in_date(&f->s, start - 1) && !(tok_at(&f->s, start - 1)->flags & DS_TF_FIRST);
    bool model = n->digits && !n->grouped && n->magnitude.num == 1 && n->end < f->end &&
                 upos_at(&f->s, n->end) == DS_PROPN && q->head.at && q->noun.end &&
                 !ends_plural(ds_str_at(f->s.doc->text, q->noun));
    return before || model;
}

/* A year that no time has claimed: "by 2120", "the 2014 plan"; "2000 soldiers" is a count. */
bool is_year(const finder *f, const numeral *n, const ds_quantity *q)
{
    ds_frac v = n->value.best;
    bool four = n->digits && !n->grouped && n->end == n->tok + 1 && v.den == 1 && v.num >= 1900 &&
                v.num < 2200 && n->value.bound == DS_BOUND_EXACT;
    return four && !ends_plural(ds_str_at(f->s.doc->text, q->noun)) &&
           (q->cls == DS_NC_NONE || !q->noun.end);
}

/* "won 2-4": two small numbers with a dash and nothing that they count. */
bool is_score(const finder *f, const numeral *n, const ds_quantity *q, uint32_t at)
{
    enum { SCORE_MAX = 30 };
    (void)f;
    (void)at;
    return n->dashed && !q->noun.end && ds_frac_cmp(n->value.high, DS_FRAC(SCORE_MAX)) <= 0;
}

/* A number that hangs by a dash and is no range: "2-0", "555-1234", "2014-15". */
bool joined_by_dash(const finder *f, const numeral *n)
{
    uint32_t k = n->end, i = n->tok;
    bool after = k + 1 < f->end && is_dash(&f->s, k) && !spaced(f, k) && !spaced(f, k + 1) &&
                 !n->tail.at && number_tok(f, k + 1);
    bool before = i > f->beg + 1 && is_dash(&f->s, i - 1) && !spaced(f, i) && !spaced(f, i - 1) &&
                  tok_at(&f->s, i - 2)->kind == DS_TOK_NUMBER;
    return after || before;
}

/* ---- ages --------------------------------------------------------------------------------------------------- */

static bool after_age_word(const finder *f, uint32_t i)
{
    static const char *const words[] = {"aged", "age", "ages", "turned", "turns", "turning"};
    if (i > f->beg && norm_is(&f->s, i - 1, "between"))
        i--;
    if (i > f->beg + 1 && norm_is(&f->s, i - 1, "of") && norm_is(&f->s, i - 2, "age"))
        return true;
    for (size_t k = 0; i > f->beg && k < sizeof words / sizeof *words; k++)
        if (norm_is(&f->s, i - 1, words[k]))
            return true;
    return false;
}

/* "Anna Holm, 52," "Holm, 52, said": a name, and commas around. */
static bool between_commas(const finder *f, const numeral *n)
{
    return n->tok > f->beg + 1 && norm_is(&f->s, n->tok - 1, ",") && n->end < f->end &&
           norm_is(&f->s, n->end, ",") && (tok_at(&f->s, n->tok - 2)->flags & DS_TF_CAP) &&
           tok_at(&f->s, n->tok - 2)->kind == DS_TOK_WORD && !in_date(&f->s, n->tok - 2);
}

/* "She is 35.", "he will be 40 in May": of a person, with nothing counted behind. */
static bool person_is(const finder *f, const numeral *n)
{
    uint32_t i = n->tok;
    if (i == f->beg || upos_at(&f->s, i - 1) != DS_AUX ||
        !ds_str_eq(f->s.parse->lemmas[i - 1].norm, DS_STR("be")))
        return false;
    while (i > f->beg && upos_at(&f->s, i - 1) == DS_AUX)
        i--;
    bool person = i > f->beg && (norm_is(&f->s, i - 1, "he") || norm_is(&f->s, i - 1, "she"));
    return person && (n->end == f->end || tok_at(&f->s, n->end)->kind == DS_TOK_PUNCT ||
                      upos_at(&f->s, n->end) == DS_ADP || upos_at(&f->s, n->end) == DS_CCONJ);
}

static bool years_old(const finder *f, uint32_t after)
{
    static const char *const units[] = {"years", "year", "months", "month", "weeks", "days"};
    for (size_t k = 0; after + 1 < f->end && k < sizeof units / sizeof *units; k++)
        if (norm_is(&f->s, after, units[k]))
            return norm_is(&f->s, after + 1, "old") || norm_is(&f->s, after + 1, "olds") ||
                   (after + 2 < f->end && norm_is(&f->s, after + 1, "of") &&
                    norm_is(&f->s, after + 2, "age"));
    return false;
}

/* "aged 22", "Holm, 20, a student", "2 years old"; *at is moved behind the words that say so. */
bool is_age(const finder *f, const numeral *n, uint32_t *at)
{
    if (years_old(f, *at)) {
        *at += norm_is(&f->s, *at + 1, "of") ? 3 : 2;
        return true;
    }
    ds_frac top = n->value.has_high ? n->value.high : n->value.best;
    if (n->value.bound == DS_BOUND_VAGUE || ds_frac_cmp(top, DS_FRAC(AGE_MAX)) >= 0 || top.den != 1)
        return false;
    return after_age_word(f, n->tok) || between_commas(f, n) || person_is(f, n);
}
