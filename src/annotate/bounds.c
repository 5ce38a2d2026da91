/* SPDX-License-Identifier: Apache-2.0 */
/* The words and signs beside a numeral that bound it. */
#include "annotate/quantities_internal.h"

#define MODIFIERS_MAX 4  /* "perhaps as many as another 300": no real phrase has more */
#define MODIFIER_WORDS 5 /* tokens: no row of modifiers.tsv has more */

static const struct {
    const char *name;
    ds_bound bound;
} bound_names[] = {{"about", DS_BOUND_ABOUT},         {"at_least", DS_BOUND_AT_LEAST},
                   {"at_most", DS_BOUND_AT_MOST},     {"more_than", DS_BOUND_MORE_THAN},
                   {"less_than", DS_BOUND_LESS_THAN}, {"almost", DS_BOUND_ALMOST}};

void apply_bound(ds_quantity *q, ds_bound b)
{
    ds_value *v = &q->value;
    if (v->bound == DS_BOUND_RANGE || v->bound == DS_BOUND_VAGUE)
        q->rough |= b == DS_BOUND_ABOUT || b == DS_BOUND_ALMOST;
    if (v->bound == DS_BOUND_RANGE || v->bound == DS_BOUND_VAGUE || b == DS_BOUND_EXACT)
        return;
    if (v->bound != DS_BOUND_EXACT && b == DS_BOUND_ABOUT)
        return;
    v->bound = b;
    v->has_low = v->has_high = true;
    if (b == DS_BOUND_AT_LEAST || b == DS_BOUND_MORE_THAN)
        v->has_high = false;
    if (b == DS_BOUND_AT_MOST || b == DS_BOUND_LESS_THAN || b == DS_BOUND_ALMOST)
        v->has_low = false;
}

void apply_modifier(finder *f, ds_quantity *q, uint32_t row)
{
    ds_str bound = ds_table_cell(f->s.modifiers_t, row, 2),
           mark = ds_table_cell(f->s.modifiers_t, row, 3);
    for (size_t i = 0; i < sizeof bound_names / sizeof *bound_names; i++)
        if (ds_str_eq(bound, ds_str_of(bound_names[i].name)))
            apply_bound(q, bound_names[i].bound);
    q->estimated |= ds_str_eq(mark, DS_STR("estimated"));
    q->delta |= ds_str_eq(mark, DS_STR("delta"));
}

static bool modifier_side(const finder *f, uint32_t row, const char *side)
{
    return ds_str_eq(ds_table_cell(f->s.modifiers_t, row, 1), ds_str_of(side));
}

/* First row of the phrase at `row` that stands on that side, or -1: "additional" stands on both. */
int64_t side_row(const finder *f, uint32_t row, const char *side)
{
    ds_str phrase = ds_table_cell(f->s.modifiers_t, row, 0);
    for (uint32_t r = row;
         r < f->s.modifiers_t->rows && ds_str_eq(ds_table_cell(f->s.modifiers_t, r, 0), phrase);
         r++)
        if (modifier_side(f, r, side))
            return r;
    return -1;
}

/* "handed over 21 people": the word belongs to the verb before it. */
static bool is_particle(const finder *f, uint32_t i)
{
    static const char *const verbs[] = {"hand", "turn", "take", "sign"};
    if (i == f->beg || !norm_is(&f->s, i, "over") || upos_at(&f->s, i - 1) != DS_VERB)
        return false;
    ds_str lemma = lemma_at(f, i - 1);
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (ds_str_eq(lemma, ds_str_of(verbs[k])))
            return true;
    return false;
}

/* "around the 37-metre hull": before a determiner such a word is a preposition. */
static bool determines(const finder *f, uint32_t row)
{
    static const char *const words[] = {"the", "these", "those",     "its",      "their",
                                        "his", "her",   "the other", "the first"};
    ds_str phrase = ds_table_cell(f->s.modifiers_t, row, 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ds_str_eq(phrase, ds_str_of(words[i])))
            return true;
    return false;
}

/* Modifiers that end right before token `at`, longest first, several in a row. Returns the new start. */
uint32_t modifiers_before(finder *f, ds_quantity *q, uint32_t at)
{
    for (int n = 0; n < MODIFIERS_MAX && at > f->taken; n++) {
        uint32_t best = at;
        int64_t best_row = -1;
        uint32_t from = at > f->taken + MODIFIER_WORDS ? at - MODIFIER_WORDS : f->taken;
        for (uint32_t i = from; i < at && best_row < 0; i++) {
            if (!(tok_at(&f->s, i)->starts & f->s.modifiers_bit))
                continue;
            uint32_t row, len = ds_phrase_at(f->s.modifiers, f->s.doc->toks, i, at, &row);
            if (len != at - i || is_particle(f, i))
                continue;
            best_row = side_row(f, row, "before");
            best = i;
        }
        if (best_row < 0)
            break;
        apply_modifier(f, q, (uint32_t)best_row);
        at = best;
        if (determines(f, (uint32_t)best_row))
            break;
    }
    return at;
}

uint32_t modifiers_after(finder *f, ds_quantity *q, uint32_t at)
{
    for (int n = 0; n < 2 && at < f->end && (tok_at(&f->s, at)->starts & f->s.modifiers_bit); n++) {
        uint32_t row, len = ds_phrase_at(f->s.modifiers, f->s.doc->toks, at, f->end, &row);
        int64_t r = len ? side_row(f, row, "after") : -1;
        if (r < 0)
            break;
        if (at + len < f->end && norm_is(&f->s, at + len, "than"))
            break; /* "twice more than" */
        apply_modifier(f, q, (uint32_t)r);
        at += len;
    }
    return at;
}

/* "~500", ">1,000", "500+". */
static const struct {
    const char *sign;
    ds_bound bound;
} signs[] = {{"~", DS_BOUND_ABOUT},
             {"\xE2\x89\x88", DS_BOUND_ABOUT},
             {"\xE2\x88\xBC", DS_BOUND_ABOUT},
             {">", DS_BOUND_MORE_THAN},
             {"<", DS_BOUND_LESS_THAN},
             {"\xE2\x89\xA5", DS_BOUND_AT_LEAST},
             {"\xE2\x89\xA4", DS_BOUND_AT_MOST}};

uint32_t sign_before(finder *f, ds_quantity *q, uint32_t at)
{
    if (at <= f->taken || tok_at(&f->s, at - 1)->kind != DS_TOK_SYMBOL)
        return at;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (norm_is(&f->s, at - 1, signs[i].sign)) {
            apply_bound(q, signs[i].bound);
            return at - 1;
        }
    return at;
}

uint32_t plus_after(finder *f, ds_quantity *q, uint32_t at)
{
    bool plus = at < f->end && norm_is(&f->s, at, "+") &&
                !(tok_at(&f->s, at)->flags & DS_TF_SPACE) &&
                (at + 1 == f->end || tok_at(&f->s, at + 1)->kind != DS_TOK_NUMBER);
    if (!plus)
        return at;
    apply_bound(q, DS_BOUND_AT_LEAST);
    return at + 1;
}
