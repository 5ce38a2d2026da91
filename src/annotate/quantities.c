/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities: a numeral, the words that bound it, and what it counts. Grammar: docs/formats/quantity.md. */
#include "annotate/internal.h"

#define RANGE_MAX_RATIO 1000 /* "2-0", "5 to 5,000": wider pairs are two numbers, not a range */
#define MODIFIERS_MAX 4      /* "perhaps as many as another 300": no real phrase has more */
#define PER_REACH 12         /* tokens after the phrase within which "daily" still belongs to it */

typedef struct finder {
    scan s;
    DS_VEC(ds_quantity) found;
    uint32_t beg, end; /* tokens of the sentence */
    uint32_t sent;
    uint32_t taken; /* first token that no quantity has yet */
} finder;

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
static uint32_t modifiers_before(finder *f, ds_quantity *q, uint32_t at)
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

static uint32_t modifiers_after(finder *f, ds_quantity *q, uint32_t at)
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

static bool unit_row(const finder *f, uint32_t i, uint32_t *len, uint32_t *row)
{
    *len = i < f->end ? ds_phrase_at(f->s.units, f->s.doc->toks, i, f->end, row) : 0;
    return *len > 0;
}

static ds_quantity_kind kind_of_dimension(ds_str dimension)
{
    if (ds_str_eq(dimension, DS_STR("ratio")))
        return DS_Q_RATIO;
    if (ds_str_eq(dimension, DS_STR("money")))
        return DS_Q_MONEY;
    if (ds_str_eq(dimension, DS_STR("time")))
        return DS_Q_DURATION;
    return DS_Q_MEASURE;
}

static bool scale_value(ds_value *v, ds_frac times)
{
    return ds_frac_mul(v->low, times, &v->low) == DS_OK &&
           ds_frac_mul(v->best, times, &v->best) == DS_OK &&
           ds_frac_mul(v->high, times, &v->high) == DS_OK;
}

static uint32_t money_symbol(const finder *f, uint32_t i)
{
    if (i <= f->taken || tok_at(&f->s, i - 1)->kind != DS_TOK_SYMBOL) /* nobody has it yet */
        return UINT32_MAX;
    int64_t row = ds_phrase_find(f->s.units, norm_at(&f->s, i - 1));
    if (row < 0 || !ds_str_eq(ds_table_cell(f->s.units_t, (uint32_t)row, 2), DS_STR("money")))
        return UINT32_MAX;
    return i - 1;
}

/* A second numeral after "to", "or", a dash, or "and" after "between": a range. Returns its end, or n->end. */
static uint32_t range_end(finder *f, numeral *n)
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

static bool add_per(ds_quantity *q, ds_str word)
{
    if (q->per_len == 2 || (q->per_len && ds_str_eq(q->per[0], word)))
        return false;
    q->per[q->per_len++] = word;
    return true;
}

/* "per soldier per month", "a day", "each". Returns the new end. */
static uint32_t per_phrases(finder *f, ds_quantity *q, uint32_t at)
{
    while (at + 1 < f->end) {
        bool per = norm_is(&f->s, at, "per");
        bool each = norm_is(&f->s, at, "a") || norm_is(&f->s, at, "an") ||
                    norm_is(&f->s, at, "each") || norm_is(&f->s, at, "every");
        if (!per && !each)
            break;
        uint32_t row, len;
        if (unit_row(f, at + 1, &len, &row)) {
            if (!add_per(q, ds_table_cell(f->s.units_t, row, 1)))
                break;
            at += 1 + len;
            continue;
        }
        if (upos_at(&f->s, at + 1) != DS_NOUN || (each && q->kind != DS_Q_MONEY))
            break;
        if (!add_per(q, f->s.parse->lemmas[at + 1].norm))
            break;
        at += 2;
    }
    return at;
}

static const struct {
    const char *word, *unit;
} rate_adverbs[] = {{"daily", "day"},     {"hourly", "hour"}, {"weekly", "week"},
                    {"monthly", "month"}, {"yearly", "year"}, {"annually", "year"},
                    {"nightly", "day"}};

/* "20,000 soldiers monthly", "1,000 soldiers reported dead or wounded daily": in the same clause, before another number. */
static void rate_adverb(finder *f, ds_quantity *q, uint32_t at)
{
    for (uint32_t i = at; i < f->end && i < at + PER_REACH; i++) {
        if (tok_at(&f->s, i)->kind == DS_TOK_PUNCT || upos_at(&f->s, i) == DS_NUM)
            return;
        bool last = i + 1 == f->end || tok_at(&f->s, i + 1)->kind == DS_TOK_PUNCT ||
                    upos_at(&f->s, i + 1) == DS_ADP || upos_at(&f->s, i + 1) == DS_CCONJ;
        for (size_t k = 0; last && k < sizeof rate_adverbs / sizeof *rate_adverbs; k++)
            if (norm_is(&f->s, i, rate_adverbs[k].word))
                add_per(q, ds_str_of(rate_adverbs[k].unit));
        bool per_unit = i + 1 < f->end && (norm_is(&f->s, i, "per") || norm_is(&f->s, i, "every") ||
                                           norm_is(&f->s, i, "each"));
        uint32_t row, len;
        if (per_unit && unit_row(f, i + 1, &len, &row) &&
            ds_str_eq(ds_table_cell(f->s.units_t, row, 2), DS_STR("time")))
            add_per(q, ds_table_cell(f->s.units_t, row, 1));
    }
}

/* Numbers that name things: "Section 427", "Boeing 737", "No. 5", "World War 2". */
static bool is_label(finder *f, uint32_t at, ds_noun_class cls)
{
    if (at == f->beg)
        return false;
    if (ds_phrase_find(f->s.labels, norm_at(&f->s, at - 1)) >= 0)
        return true;
    bool name = upos_at(&f->s, at - 1) == DS_PROPN && !in_date(&f->s, at - 1) &&
                !(tok_at(&f->s, at - 1)->flags & DS_TF_FIRST);
    return name && cls == DS_NC_NONE;
}

/* "6-3", "26-inch-wide", "2 million-barrel": a score, or a measure that describes what follows. */
static bool hyphenated(const finder *f, uint32_t at)
{
    if (at >= f->end || (tok_at(&f->s, at)->flags & DS_TF_SPACE))
        return false;
    ds_str text = ds_str_at(f->s.doc->text, tok_at(&f->s, at)->span);
    bool hyphen = text.len && text.at[0] == '-';
    return hyphen &&
           (text.len > 1 || (at + 1 < f->end && !(tok_at(&f->s, at + 1)->flags & DS_TF_SPACE)));
}

/* "aged 22", ", 20, a student", "2 years old". */
static bool is_age(finder *f, const numeral *n, uint32_t after)
{
    bool years =
        after + 1 < f->end && (norm_is(&f->s, after, "years") || norm_is(&f->s, after, "year") ||
                               norm_is(&f->s, after, "months"));
    if (years && norm_is(&f->s, after + 1, "old"))
        return true;
    if (n->tok > f->beg &&
        (norm_is(&f->s, n->tok - 1, "aged") || norm_is(&f->s, n->tok - 1, "age")))
        return true;
    bool commas = n->tok > f->beg + 1 && norm_is(&f->s, n->tok - 1, ",") && after < f->end &&
                  norm_is(&f->s, after, ",");
    return commas && upos_at(&f->s, n->tok - 2) == DS_PROPN &&
           ds_frac_cmp(n->value.best, DS_FRAC(120)) < 0;
}

static bool finite_verb_in(const finder *f, uint32_t i)
{
    for (; i < f->end; i++)
        if (upos_at(&f->s, i) == DS_AUX || form_at(&f->s, i) == DS_FORM_PRES ||
            form_at(&f->s, i) == DS_FORM_PAST)
            return true;
    return false;
}

/* A reduced relative belongs to the base: "the area seized by Ukraine", "the troops deployed". Its end, or `end`. */
static uint32_t reduced_relative(finder *f, uint32_t end)
{
    if (end + 1 >= f->end || upos_at(&f->s, end) != DS_VERB || form_at(&f->s, end) != DS_FORM_PAST)
        return end;
    if (norm_is(&f->s, end + 1, "by"))
        return noun_phrase_at(&f->s, end + 2, f->end).end;
    bool closed = tok_at(&f->s, end + 1)->kind == DS_TOK_PUNCT || upos_at(&f->s, end + 1) == DS_AUX;
    return closed && finite_verb_in(f, end + 1) ? end + 1 : end;
}

/* "the 600 soldiers", "its 4,200 residents": the count inside a base. Returns the token after it. */
static uint32_t counted_base(finder *f, ds_quantity *q, uint32_t k)
{
    uint32_t i = k;
    numeral n;
    if (i < f->end && upos_at(&f->s, i) == DS_DET)
        i++;
    if (i >= f->end || !numeral_at(&f->s, i, f->end, &n) || n.ratio || n.one ||
        n.value.bound != DS_BOUND_EXACT)
        return k;
    q->has_of_count = true;
    q->of_count = n.value.best;
    return n.end;
}

/* The base of a ratio after it: "of the South African troops", "that number", "the population". Returns the new end. */
static uint32_t ratio_base(finder *f, ds_quantity *q, const numeral *n, uint32_t at)
{
    uint32_t k = at;
    while (k < f->end && is_dash(&f->s, k) && k + 1 < f->end && norm_is(&f->s, k + 1, "of"))
        k++; /* "more than 60% - of the area" */
    bool of = k < f->end && norm_is(&f->s, k, "of");
    if (of)
        k++;
    bool bare =
        n->end == n->tok + 3 && norm_is(&f->s, n->tok + 1, "in"); /* "one in five workers" */
    if (k >= f->end ||
        (!of && !bare && upos_at(&f->s, k) != DS_DET && upos_at(&f->s, k) != DS_PRON))
        return at;
    uint32_t base = k;
    k = counted_base(f, q, k);
    noun_phrase np = noun_phrase_at(&f->s, k, f->end);
    if (np.head == UINT32_MAX) {
        bool pronoun = of && upos_at(&f->s, k) == DS_PRON; /* "half of them" */
        if (!pronoun)
            return at;
        q->base = tok_at(&f->s, k)->span;
        q->anaphor = true;
        return k + 1;
    }
    uint32_t end = reduced_relative(f, np.end);
    q->base = toks_span(&f->s, base, end);
    ds_str lemma = {0};
    ds_noun_class cls = noun_class_of(&f->s, np, &lemma);
    q->head = lemma;
    q->cls = cls;
    q->noun = toks_span(&f->s, np.beg, np.end);
    q->anaphor = cls == DS_NC_NUMBER || norm_is(&f->s, np.beg, "that");
    return end;
}

static ds_str unit_of_class(ds_noun_class cls, ds_str lemma)
{
    if (cls == DS_NC_PERSON || cls == DS_NC_SOLDIER)
        return DS_STR("person");
    return lemma;
}

/* The counted noun phrase after the numeral. Returns the new end. */
static uint32_t counted(finder *f, ds_quantity *q, uint32_t at, ds_noun_class *cls)
{
    uint32_t k = at;
    bool of = k < f->end && norm_is(&f->s, k, "of");
    if (of)
        k++;
    if (k < f->end && norm_is(&f->s, k, "-"))
        return at;
    noun_phrase np = noun_phrase_at(&f->s, k, f->end);
    if (np.head == UINT32_MAX) {
        q->anaphor |=
            of && k < f->end && upos_at(&f->s, k) == DS_PRON; /* "10 of whom", "four of them" */
        return q->anaphor ? k + 1 : at;
    }
    if (of && q->value.bound != DS_BOUND_VAGUE && upos_at(&f->s, k) == DS_PROPN && np.end == k + 1)
        return at; /* "12 of Ukraine" */
    ds_str lemma = {0};
    *cls = noun_class_of(&f->s, np, &lemma);
    q->noun = toks_span(&f->s, np.beg, np.end);
    q->head = lemma;
    q->cls = *cls;
    q->unit = unit_of_class(*cls, lemma);
    return np.end;
}

/* Without a noun the words to the left may name what is counted: "the number could be as high as 100,000". */
static void look_left(finder *f, ds_quantity *q, uint32_t at)
{
    for (uint32_t i = at; i > f->beg && i + 14 > at; i--) {
        ds_str lemma = f->s.parse->lemmas[i - 1].norm;
        if (upos_at(&f->s, i - 1) == DS_NUM || norm_is(&f->s, i - 1, ";"))
            return;
        int64_t row = upos_at(&f->s, i - 1) == DS_NOUN ? ds_phrase_find(f->s.nouns, lemma) : -1;
        if (row >= 0 &&
            ds_str_eq(ds_table_cell(f->s.nouns_t, (uint32_t)row, 1), DS_STR("number"))) {
            q->anaphor = true;
            return;
        }
    }
}

/* "half of the troops deployed - around 300 soldiers -": only a dash, a comma or a bracket stands between. */
static void link_apposition(finder *f, ds_quantity *q, uint32_t start)
{
    if (!f->found.len || start == f->beg)
        return;
    const ds_quantity *prev = &f->found.at[f->found.len - 1];
    if (prev->sent != f->sent || prev->tok_end + 1 != start)
        return;
    bool opens = is_dash(&f->s, start - 1) || norm_is(&f->s, start - 1, "(");
    bool comparable =
        prev->kind == DS_Q_RATIO || (prev->kind == DS_Q_MEASURE && q->kind == DS_Q_MEASURE);
    if (opens && comparable && (q->kind == DS_Q_COUNT || q->kind == DS_Q_MEASURE))
        q->equals = (int32_t)f->found.len - 1;
}

/* Units, money, shares, durations. Returns false when it is no measure. */
static bool measured(finder *f, ds_quantity *q, uint32_t symbol, uint32_t *at)
{
    uint32_t row, len;
    if (symbol != UINT32_MAX) {
        int64_t r = ds_phrase_find(f->s.units, norm_at(&f->s, symbol));
        q->kind = DS_Q_MONEY;
        q->unit = ds_table_cell(f->s.units_t, (uint32_t)r, 1);
        return true;
    }
    if (!unit_row(f, *at, &len, &row))
        return false;
    ds_str dimension = ds_table_cell(f->s.units_t, row, 2);
    if (norm_at(&f->s, *at).len == 1 && tok_at(&f->s, *at)->kind == DS_TOK_WORD)
        return false;
    q->kind = kind_of_dimension(dimension);
    q->unit = ds_table_cell(f->s.units_t, row, 1);
    if (q->kind == DS_Q_RATIO) {
        ds_frac hundredth = {1, 100};
        if (!scale_value(&q->value, hundredth))
            return false;
    }
    *at += len;
    return true;
}

/* "half a year", "half an hour": a duration, no share. */
static bool half_a_unit(const finder *f, ds_quantity *q, uint32_t *at)
{
    uint32_t row, len;
    bool article = *at + 1 < f->end && (norm_is(&f->s, *at, "a") || norm_is(&f->s, *at, "an"));
    if (!article || !unit_row(f, *at + 1, &len, &row) ||
        !ds_str_eq(ds_table_cell(f->s.units_t, row, 2), DS_STR("time")))
        return false;
    q->unit = ds_table_cell(f->s.units_t, row, 1);
    *at += 1 + len;
    return true;
}

/* Fills q from the numeral on; false: what stands here is no quantity. */
static bool read_quantity(finder *f, numeral *n, ds_quantity *q)
{
    uint32_t at = range_end(f, n), symbol = money_symbol(f, n->tok);
    uint32_t start = symbol != UINT32_MAX ? symbol : n->tok;
    ds_noun_class cls = DS_NC_NONE;
    q->value = n->value;
    q->number = toks_span(&f->s, n->tok, at);
    bool tail = n->tok > f->beg && is_dash(&f->s, n->tok - 1) &&
                !(tok_at(&f->s, n->tok)->flags & DS_TF_SPACE) &&
                !(tok_at(&f->s, n->tok - 1)->flags & DS_TF_SPACE) && n->tok > f->beg + 1 &&
                upos_at(&f->s, n->tok - 2) == DS_NUM;
    if (hyphenated(f, at) || tail)
        return false;
    if (q->value.bound == DS_BOUND_RANGE && start > f->beg &&
        (norm_is(&f->s, start - 1, "between") || norm_is(&f->s, start - 1, "from")))
        start--;
    at = modifiers_after(f, q, at);
    if (n->ratio && half_a_unit(f, q, &at)) {
        q->kind = DS_Q_DURATION;
    } else if (n->ratio) {
        q->kind = DS_Q_RATIO;
        q->unit = DS_STR("ratio");
        at = ratio_base(f, q, n, at);
        if (!q->base.end &&
            !(at < f->end && (upos_at(&f->s, at) == DS_AUX || upos_at(&f->s, at) == DS_VERB)))
            return false; /* "the second half", "half time" */
    } else if (is_age(f, n, at)) {
        q->kind = DS_Q_AGE;
        q->unit = DS_STR("year");
    } else if (measured(f, q, symbol, &at)) {
        at = modifiers_after(f, q, at);
        if (q->kind == DS_Q_RATIO)
            at = ratio_base(f, q, n, at);
        if (q->kind == DS_Q_MEASURE && at < f->end && norm_is(&f->s, at, "of"))
            at = noun_phrase_at(&f->s, at + 1, f->end).end > at + 1
                     ? noun_phrase_at(&f->s, at + 1, f->end).end
                     : at;
    } else {
        q->kind = DS_Q_COUNT;
        at = counted(f, q, at, &cls);
        if (n->one && cls != DS_NC_PERSON && cls != DS_NC_SOLDIER && cls != DS_NC_ITEM)
            return false;
        if (!q->noun.end)
            look_left(f, q, start);
    }
    if (symbol == UINT32_MAX && is_label(f, n->tok, cls))
        return false;
    at = per_phrases(f, q, at);
    rate_adverb(f, q, at);
    start = modifiers_before(f, q, start);
    if (!q->unit.at)
        q->unit = DS_STR(
            "person"); /* a bare count: the measure decides in the claim stage whether it stands */
    q->tok = start;
    q->tok_end = at;
    q->span = toks_span(&f->s, start, at);
    link_apposition(f, q, start);
    return true;
}

static ds_status sentence_quantities(finder *f)
{
    for (uint32_t i = f->beg; i < f->end;) {
        numeral n;
        ds_quantity q = {.sent = f->sent, .equals = -1};
        if (in_date(&f->s, i) || !numeral_at(&f->s, i, f->end, &n)) {
            i++;
            continue;
        }
        if (read_quantity(f, &n, &q)) {
            DS_TRY(DS_PUSH(f->s.arena, &f->found, q));
            f->taken = q.tok_end;
            i = q.tok_end > n.end ? q.tok_end : n.end;
        } else {
            i = n.end;
        }
        if (f->taken < i)
            f->taken = i;
    }
    return DS_OK;
}

ds_status ds_annotate_quantities(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                 const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    finder f = {0};
    DS_TRY(scan_open(&f.s, a, doc, parse, lex, out, err));
    for (uint32_t i = 0; i < doc->sents_len; i++) {
        f.sent = i;
        f.beg = f.taken = doc->sents[i].tok;
        f.end = doc->sents[i].tok_end;
        if (sentence_quantities(&f) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    }
    out->quantities = f.found.at;
    out->quantities_len = f.found.len;
    return DS_OK;
}
