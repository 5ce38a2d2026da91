/* SPDX-License-Identifier: Apache-2.0 */
/* The words beside a numeral that bound it, and two numerals that are one range. */
#include "annotate/quantities_internal.h"

#define RANGE_MAX_RATIO 1000 /* "2-0", "5 to 5,000": wider pairs are two numbers, not a range */
#define MODIFIERS_MAX 4      /* "perhaps as many as another 300": no real phrase has more */

static const struct {
    const char *name;
    ds_bound bound;
} bound_names[] = {{"about", DS_BOUND_ABOUT},         {"at_least", DS_BOUND_AT_LEAST},
                   {"at_most", DS_BOUND_AT_MOST},     {"more_than", DS_BOUND_MORE_THAN},
                   {"less_than", DS_BOUND_LESS_THAN}, {"almost", DS_BOUND_ALMOST}};

/* Applies a bound to an exact value; the table of docs/formats/claim.md. Ranges and vague words keep their ends. */
static void apply_bound(ds_value *v, ds_bound b)
{
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

static void apply_modifier(finder *f, ds_quantity *q, uint32_t row)
{
    ds_str bound = ds_table_cell(f->s.modifiers_t, row, 2),
           mark = ds_table_cell(f->s.modifiers_t, row, 3);
    for (size_t i = 0; i < sizeof bound_names / sizeof *bound_names; i++)
        if (ds_str_eq(bound, ds_str_of(bound_names[i].name)))
            apply_bound(&q->value, bound_names[i].bound);
    q->estimated |= ds_str_eq(mark, DS_STR("estimated"));
    q->delta |= ds_str_eq(mark, DS_STR("delta"));
}

static bool modifier_side(const finder *f, uint32_t row, const char *side)
{
    return ds_str_eq(ds_table_cell(f->s.modifiers_t, row, 1), ds_str_of(side));
}

/* First row of the phrase at `row` that stands on that side, or -1: "additional" stands on both. */
static int64_t side_row(const finder *f, uint32_t row, const char *side)
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
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (ds_str_eq(f->s.parse->lemmas[i - 1].norm, ds_str_of(verbs[k])))
            return true;
    return false;
}

/* Modifiers that end right before token `at`, longest first, several in a row. Returns the new start. */
uint32_t modifiers_before(finder *f, ds_quantity *q, uint32_t at)
{
    for (int n = 0; n < MODIFIERS_MAX && at > f->taken; n++) {
        uint32_t best = at;
        int64_t best_row = -1;
        uint32_t from = at > f->taken + 5 ? at - 5 : f->taken;
        for (uint32_t i = from; i < at && best_row < 0; i++) {
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
    }
    return at;
}

uint32_t modifiers_after(finder *f, ds_quantity *q, uint32_t at)
{
    for (int n = 0; n < 2 && at < f->end; n++) {
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

/* A second numeral after "to", "or", a dash, or "and" after "between": a range. Returns its end, or n->end. */
uint32_t range_end(finder *f, numeral *n)
{
    uint32_t k = n->end;
    if (k + 1 >= f->end || n->value.bound == DS_BOUND_VAGUE)
        return n->end;
    uint32_t first = money_symbol(f, n->tok) != UINT32_MAX ? n->tok - 1 : n->tok;
    bool between = first > f->beg && norm_is(&f->s, first - 1, "between");
    uint32_t second = k + 1; /* "$150 million to $200 million" */
    if (first < n->tok && second + 1 < f->end && money_symbol(f, second + 1) != UINT32_MAX)
        second++;
    bool link = norm_is(&f->s, k, "to") || norm_is(&f->s, k, "or") || is_dash(&f->s, k) ||
                (between && norm_is(&f->s, k, "and"));
    numeral b;
    if (!link || !numeral_at(&f->s, second, f->end, &b) || b.value.bound != DS_BOUND_EXACT ||
        b.ratio != n->ratio)
        return n->end;
    if (is_dash(&f->s, k) && (tok_at(&f->s, k)->flags & DS_TF_SPACE))
        return n->end; /* a dash with space before it is an aside */
    ds_frac low = n->value.best, high = b.value.best, ratio, spread;
    /* "two to three million": the magnitude spreads back */
    if (ds_frac_cmp(low, DS_FRAC(1000)) < 0 && ds_frac_cmp(high, DS_FRAC(1000)) >= 0 &&
        n->end == n->tok + 1 && b.end > b.tok + 1) {
        for (int64_t m = 1000; m <= 1000000000000; m *= 1000)
            if (ds_frac_mul(low, DS_FRAC(m), &spread) == DS_OK && ds_frac_cmp(spread, high) < 0 &&
                ds_frac_mul(spread, DS_FRAC(1000), &ratio) == DS_OK && ds_frac_cmp(ratio, high) > 0)
                low = spread;
    }
    if (low.num <= 0 || ds_frac_cmp(low, high) >= 0 || ds_frac_div(high, low, &ratio) < 0 ||
        ds_frac_cmp(ratio, DS_FRAC(RANGE_MAX_RATIO)) > 0)
        return n->end;
    n->value = (ds_value){
        .low = low, .high = high, .has_low = true, .has_high = true, .bound = DS_BOUND_RANGE};
    return b.end;
}
