/* SPDX-License-Identifier: Apache-2.0 */
/* Two numerals that are one range: "A to B", "A-B", "between A and B". Rules: docs/formats/quantity.md. */
#include "annotate/quantities_internal.h"

#define MAX_RATIO                                                                                  \
    1000 /* "2-0", "5 to 5,000": wider pairs are two numbers, unless "between" or "from" says so */
#define MAX_RATIO_ASIDE                                                                            \
    10 /* "2000 - 2500": a dash between blanks is an aside where they are further apart */

typedef struct pair {
    numeral a, b;
    uint32_t symbol_b;  /* the money sign of b, or UINT32_MAX */
    uint32_t first;     /* token where a begins with its sign */
    bool linked;        /* "to-60" */
    bool between, from; /* the word before */
    bool aside;         /* a dash between blanks */
    bool tight;         /* a dash without blanks */
    bool unit_b;        /* a unit behind b */
    bool share;         /* in per cent */
    bool whole;         /* a has all that b has: "$4 to $5", "5% to 10%" */
} pair;

/* The unit behind a numeral or glued to it; out->end is behind it, or behind the numeral where there is none. */
static bool unit_behind(const finder *f, const numeral *n, unit *out)
{
    bool found = n->tail.at ? tail_unit(f, n, out) : unit_at(&f->s, n->end, f->end, out);
    if (!found || n->tail.at)
        out->end = n->end;
    return found;
}

/* "between", "from" before token i, adverbs passed over. */
static bool opened_by(const finder *f, uint32_t i, const char *word)
{
    for (uint32_t n = 0; n < OPENER_REACH && i > f->beg; n++, i--) {
        if (norm_is(&f->s, i - 1, word))
            return true;
        if (upos_at(&f->s, i - 1) != DS_ADV && !norm_is(&f->s, i - 1, "about"))
            break;
    }
    return false;
}

/* Tokens of the words that link two numerals, from token k on; 0: none. */
static uint32_t link_at(const finder *f, pair *p, uint32_t k)
{
    p->linked = k < f->end && ds_str_starts(norm_at(&f->s, k), DS_STR("to-"));
    if (p->linked || k + 1 >= f->end)
        return 0;
    if (norm_is(&f->s, k, "to") || norm_is(&f->s, k, "or") ||
        (p->between && norm_is(&f->s, k, "and")))
        return 1;
    if (norm_is(&f->s, k, "~")) /* "20~100" */
        return !spaced(f, k) && !spaced(f, k + 1);
    if (!is_dash(&f->s, k))
        return 0;
    if (ds_str_starts(norm_at(&f->s, k + 1), DS_STR("to-")))
        return 1; /* "0-to-60" */
    if (norm_is(&f->s, k + 1, "to") && spaced(f, k + 1) && !spaced(f, k))
        return 2; /* "40- to 50-year-olds" */
    p->tight = !spaced(f, k) && !spaced(f, k + 1);
    p->aside = spaced(f, k) && spaced(f, k + 1) && p->a.digits;
    return p->tight || p->aside;
}

/* The second numeral at token k or behind a money sign there. */
static bool second_at(const finder *f, pair *p, uint32_t k)
{
    p->symbol_b = UINT32_MAX;
    if (k + 1 < f->end && money_symbol(f, k + 1) != UINT32_MAX)
        p->symbol_b = k++;
    return numeral_at(&f->s, k, f->end, &p->b) && p->b.value.bound == DS_BOUND_EXACT &&
           p->b.ratio == p->a.ratio && !p->b.one;
}

/* "5-10-15", "555-123-4567": no range but a code. */
static bool chained(const finder *f, const pair *p)
{
    uint32_t k = p->b.end;
    bool after = k + 1 < f->end && is_dash(&f->s, k) && !spaced(f, k) && !spaced(f, k + 1) &&
                 tok_at(&f->s, k + 1)->kind == DS_TOK_NUMBER;
    uint32_t i = p->first;
    bool before = i > f->beg + 1 && is_dash(&f->s, i - 1) && !spaced(f, i) && !spaced(f, i - 1) &&
                  tok_at(&f->s, i - 2)->kind == DS_TOK_NUMBER;
    return p->tight && (after || before);
}

/* Units and signs of the two go together: "5% to 10%", "$2 to $4", "eight or $9"; not "$5 to 10 people". */
static bool units_agree(const finder *f, pair *p, uint32_t symbol_a)
{
    unit ua, ub;
    bool a = unit_behind(f, &p->a, &ua), b = unit_behind(f, &p->b, &ub);
    bool counts = !b && ub.end < f->end && upos_at(&f->s, ub.end) == DS_NOUN;
    p->unit_b = b;
    p->share = b && ub.kind == DS_Q_RATIO;
    p->whole = a || (symbol_a != UINT32_MAX && p->symbol_b != UINT32_MAX);
    if (symbol_a != UINT32_MAX && p->symbol_b == UINT32_MAX)
        return !b && (!counts || p->tight);
    if (p->symbol_b != UINT32_MAX)
        return !a;
    if (p->aside && !a && !b)
        return counts;
    return a ? b && ds_str_eq(ua.code, ub.code) : !p->a.tail.at;
}

/* "two to three million": the magnitude of b is that of a too, where a is still the lower then. */
static ds_frac spread_back(const pair *p)
{
    ds_frac low = p->a.value.best, wide;
    if (p->a.magnitude.num == 1 && !p->a.grouped && p->b.magnitude.num > 1 &&
        ds_frac_mul(low, p->b.magnitude, &wide) == DS_OK && ds_frac_cmp(wide, p->b.value.best) < 0)
        return wide;
    return low;
}

static bool ends_fit(const pair *p, ds_frac low)
{
    ds_frac high = p->b.value.best, ratio;
    bool said = p->between || p->from;
    bool measured = p->b.tail.at || p->unit_b;
    if (ds_frac_cmp(low, high) >= 0 || low.num < 0 || (low.num == 0 && !said && !measured))
        return false;
    if (said || low.num == 0)
        return true;
    int64_t most = p->aside ? MAX_RATIO_ASIDE : MAX_RATIO;
    return ds_frac_div(high, low, &ratio) == DS_OK && ds_frac_cmp(ratio, DS_FRAC(most)) <= 0;
}

/* "from 6 to 8 per cent to 2 to 4 per cent": what it was is a range itself. */
static bool more_follows(const finder *f, const pair *p)
{
    unit u;
    (void)unit_behind(f, &p->b, &u);
    return u.end + 1 < f->end && norm_is(&f->s, u.end, "to") &&
           tok_at(&f->s, u.end + 1)->kind == DS_TOK_NUMBER;
}

static void merge(numeral *n, const pair *p, ds_frac low)
{
    n->end = p->b.end;
    n->span.end = p->b.span.end;
    n->tail = p->b.tail;
    n->hyphen = p->b.hyphen;
    n->grouped |= p->b.grouped;
    n->magnitude = p->b.magnitude;
    n->value = (ds_value){.low = low,
                          .high = p->b.value.best,
                          .has_low = true,
                          .has_high = true,
                          .bound = DS_BOUND_RANGE};
    n->dashed = p->tight;
}

bool range_at(finder *f, numeral *n, uint32_t *symbol)
{
    pair p = {.a = *n, .first = *symbol != UINT32_MAX ? *symbol : n->tok};
    uint32_t k;
    if (n->value.bound == DS_BOUND_VAGUE || n->in_many)
        return false;
    p.between = opened_by(f, p.first, "between");
    p.from = opened_by(f, p.first, "from");
    unit u;
    (void)unit_behind(f, n, &u);
    k = u.end;
    uint32_t len = link_at(f, &p, k);
    if ((!len && !p.linked) || !second_at(f, &p, k + len) || chained(f, &p) ||
        !units_agree(f, &p, *symbol))
        return false;
    ds_frac low = spread_back(&p);
    if (!ends_fit(&p, low) || (p.from && governed(f, p.first) && !more_follows(f, &p)))
        return false;
    if (p.whole && !p.share && !p.between && !p.from && changed_before(f, p.first) &&
        norm_is(&f->s, k, "to"))
        return false; /* "rose by $4 to $10": by how much, to what */
    if (*symbol == UINT32_MAX)
        *symbol = p.symbol_b;
    merge(n, &p, low);
    return true;
}

uint32_t range_start(const finder *f, uint32_t first)
{
    for (uint32_t i = first; i > f->beg && i > f->taken && first - i < OPENER_REACH; i--) {
        if (norm_is(&f->s, i - 1, "between") || norm_is(&f->s, i - 1, "from"))
            return i - 1;
        if (upos_at(&f->s, i - 1) != DS_ADV)
            break;
    }
    return first;
}
