/* SPDX-License-Identifier: Apache-2.0 */
/* What a numeral counts: units, money, shares and their bases, counted nouns, rates. */
#include "annotate/quantities_internal.h"
#include "annotate/unit.h"

#define LEFT_REACH                                                                                 \
    14 /* tokens: "the number of those who fled could by then be as high as 100,000" */
#define PER_REACH 12 /* tokens after the phrase within which "daily" still belongs to it */

static bool scale_value(ds_value *v, ds_frac times)
{
    return (!v->has_low || ds_frac_mul(v->low, times, &v->low) == DS_OK) &&
           (!v->has_best || ds_frac_mul(v->best, times, &v->best) == DS_OK) &&
           (!v->has_high || ds_frac_mul(v->high, times, &v->high) == DS_OK);
}

uint32_t money_symbol(const finder *f, uint32_t i)
{
    unit u;
    uint32_t first;
    return unit_money_before(&f->s, i, f->taken, &u, &first) ? first : UINT32_MAX;
}

static bool add_per(ds_quantity *q, ds_str word)
{
    if (q->per_len == 2 || (q->per_len && ds_str_eq(q->per[0], word)))
        return false;
    q->per[q->per_len++] = word;
    return true;
}

bool take_unit(ds_quantity *q, const unit *u)
{
    static const ds_frac hundredth = {1, 100};
    q->kind = u->kind;
    q->unit = u->code;
    q->percent = u->kind == DS_Q_RATIO;
    for (uint32_t i = 0; i < u->per_len; i++)
        add_per(q, u->per[i]);
    return q->kind != DS_Q_RATIO || scale_value(&q->value, hundredth);
}

/* "58 times" counts; "three times the area", "ten times more" compares. */
static bool compares(const finder *f, uint32_t at)
{
    static const char *const more[] = {"as",   "more", "less",  "the", "that",
                                       "what", "its",  "their", "his", "her"};
    if (at >= f->end || tok_at(&f->s, at)->kind != DS_TOK_WORD)
        return false;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (norm_is(&f->s, at, more[i]))
            return true;
    return ds_str_ends(norm_at(&f->s, at), DS_STR("er"));
}

/* Units, money, shares, durations. Returns false when it is no measure. */
bool measured(finder *f, ds_quantity *q, uint32_t symbol, uint32_t *at)
{
    unit u;
    uint32_t first;
    if (symbol != UINT32_MAX) {
        uint32_t number = symbol + 1;
        while (number < *at && tok_at(&f->s, number)->kind != DS_TOK_NUMBER)
            number++;
        return unit_money_before(&f->s, number, symbol, &u, &first) && take_unit(q, &u);
    }
    if (!unit_at(&f->s, *at, f->end, &u))
        return false;
    uint32_t beg = *at;
    *at = u.end;
    if (!take_unit(q, &u))
        return false;
    if (q->kind == DS_Q_MULTIPLE && !compares(f, u.end)) {
        q->kind = DS_Q_COUNT;
        q->noun = toks_span(&f->s, beg, u.end);
        q->head = DS_STR("time");
    }
    return true;
}

/* "half a year", "half an hour": a duration, no share. */
bool half_a_unit(const finder *f, ds_quantity *q, uint32_t *at)
{
    unit u;
    bool article = *at + 1 < f->end && (norm_is(&f->s, *at, "a") || norm_is(&f->s, *at, "an"));
    if (!article || !unit_at(&f->s, *at + 1, f->end, &u) || u.kind != DS_Q_DURATION)
        return false;
    q->unit = u.code;
    *at = u.end;
    return true;
}

/* "per soldier per month", "a day", "each". Returns the new end. */
uint32_t per_phrases(finder *f, ds_quantity *q, uint32_t at)
{
    while (at + 1 < f->end) {
        bool per = norm_is(&f->s, at, "per") ||
                   (norm_is(&f->s, at, "/") && !(tok_at(&f->s, at)->flags & DS_TF_SPACE));
        bool each = norm_is(&f->s, at, "a") || norm_is(&f->s, at, "an") ||
                    norm_is(&f->s, at, "each") || norm_is(&f->s, at, "every");
        if (!per && !each)
            break;
        unit u;
        if (unit_at(&f->s, at + 1, f->end, &u)) {
            if (!add_per(q, u.code))
                break;
            at = u.end;
            continue;
        }
        if (upos_at(&f->s, at + 1) != DS_NOUN || (each && q->kind != DS_Q_MONEY))
            break;
        if (!add_per(q, lemma_at(f, at + 1)))
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

/* "20,000 soldiers monthly", "300 sailors reported lost daily": in the same clause, before another number. */
void rate_adverb(finder *f, ds_quantity *q, uint32_t at)
{
    for (uint32_t i = at; i < f->end && i < at + PER_REACH; i++) {
        if (tok_at(&f->s, i)->kind == DS_TOK_PUNCT || upos_at(&f->s, i) == DS_NUM)
            return;
        bool last = i + 1 == f->end || tok_at(&f->s, i + 1)->kind == DS_TOK_PUNCT ||
                    upos_at(&f->s, i + 1) == DS_ADP || upos_at(&f->s, i + 1) == DS_CCONJ;
        last = last && ds_str_ends(norm_at(&f->s, i), DS_STR("ly"));
        for (size_t k = 0; last && k < sizeof rate_adverbs / sizeof *rate_adverbs; k++)
            if (norm_is(&f->s, i, rate_adverbs[k].word))
                add_per(q, ds_str_of(rate_adverbs[k].unit));
        bool per_unit = i + 1 < f->end && (norm_is(&f->s, i, "per") || norm_is(&f->s, i, "every") ||
                                           norm_is(&f->s, i, "each"));
        unit u;
        if (per_unit && unit_at(&f->s, i + 1, f->end, &u) && u.kind == DS_Q_DURATION)
            add_per(q, u.code);
    }
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
uint32_t ratio_base(finder *f, ds_quantity *q, const numeral *n, uint32_t at)
{
    uint32_t k = at;
    while (k < f->end && is_dash(&f->s, k) && k + 1 < f->end && norm_is(&f->s, k + 1, "of"))
        k++; /* "more than 60% - of the area" */
    bool of = k < f->end && norm_is(&f->s, k, "of");
    if (of)
        k++;
    bool glued = k < f->end && q->percent && !(tok_at(&f->s, k)->flags & DS_TF_SPACE) &&
                 tok_at(&f->s, k)->kind == DS_TOK_WORD; /* "1.5%GDP" */
    if (k >= f->end || (!of && !glued && !n->in_many && /* "one in five workers" */
                        upos_at(&f->s, k) != DS_DET && upos_at(&f->s, k) != DS_PRON))
        return at;
    unit u;
    if (!of && unit_at(&f->s, k + 1, f->end, &u))
        return at; /* "five per cent a year" */
    uint32_t base = k;
    k = counted_base(f, q, k);
    noun_phrase np = noun_phrase_at(&f->s, k, f->end);
    if (np.head == UINT32_MAX) {
        bool pronoun = of && k < f->end && upos_at(&f->s, k) == DS_PRON; /* "half of them" */
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

/* "a 100k army": a figure before one body counts its members; "a 30 company battalion" has them counted by another noun. */
static bool counts_members(const finder *f, const ds_quantity *q, uint32_t at, ds_noun_class cls,
                           ds_str lemma, uint32_t head)
{
    enum {
        MEMBERS_LEAST = 20
    }; /* of a platoon; fewer is the number that a body bears: "a 5 group" */
    for (uint32_t i = at; i < head; i++)
        if (upos_at(&f->s, i) != DS_ADJ)
            return false;
    uint32_t beg = at;
    while (beg > f->beg && tok_at(&f->s, beg - 1)->span.beg >= q->number.beg)
        beg--;
    bool one = beg > f->beg && (norm_is(&f->s, beg - 1, "a") || norm_is(&f->s, beg - 1, "an"));
    return one && (cls == DS_NC_BODY || cls == DS_NC_GROUP) &&
           ds_str_eq(lemma, norm_at(&f->s, head)) && q->value.has_best &&
           ds_frac_cmp(q->value.best, DS_FRAC(MEMBERS_LEAST)) >= 0;
}

/* The counted noun phrase after the numeral. Returns the new end. */
uint32_t counted(finder *f, ds_quantity *q, uint32_t at, ds_noun_class *cls)
{
    uint32_t k = at;
    bool of = k < f->end && norm_is(&f->s, k, "of");
    if (of)
        k++;
    if (k < f->end && norm_is(&f->s, k, "-"))
        return at;
    noun_phrase np;
    if (of || !counted_phrase(&f->s, f->sent, at - 1, at, &np))
        np = noun_phrase_at(&f->s, k, f->end);
    if (np.head == k && ds_str_ends(norm_at(&f->s, k), DS_STR("able")) && np.end == k + 1)
        return at; /* "10 available" */
    if (np.head == UINT32_MAX) {
        q->anaphor |=
            of && k < f->end && upos_at(&f->s, k) == DS_PRON; /* "10 of whom", "four of them" */
        return q->anaphor ? k + 1 : at;
    }
    if (!of && event_over(f, k, np.head))
        return at; /* "3 shot dead" */
    if (of && q->value.bound != DS_BOUND_VAGUE && upos_at(&f->s, k) == DS_PROPN && np.end == k + 1)
        return at; /* "12 of Ukraine" */
    ds_str lemma = {0};
    *cls = noun_class_of(&f->s, np, &lemma);
    q->noun = toks_span(&f->s, np.beg, np.end);
    q->head = lemma;
    q->cls = *cls;
    q->unit = counts_members(f, q, at, *cls, lemma, np.head) ? DS_STR("person")
                                                             : unit_of_class(*cls, lemma);
    return np.end;
}

/* "16 tugs, so fewer than 10 are free", "435 homes by sale and 187 by tender": what was counted last is meant where a word
 * that goes on stands before the figure and no noun behind it. Verbs are not looked at: "..., killing 12" has no such word. */
void same_as_before(finder *f, ds_quantity *q, uint32_t start, uint32_t at)
{
    if (q->kind != DS_Q_COUNT || q->noun.end || q->anaphor || !f->found.len || start == f->beg)
        return;
    const ds_quantity *last = &f->found.at[f->found.len - 1];
    ds_upos before = upos_at(&f->s, start - 1);
    bool goes_on = at < f->end && (upos_at(&f->s, at) == DS_AUX || upos_at(&f->s, at) == DS_ADJ ||
                                   upos_at(&f->s, at) == DS_ADP ||
                                   ds_str_ends(norm_at(&f->s, at), DS_STR("able")));
    bool opens = before == DS_CCONJ || before == DS_ADV || before == DS_SCONJ ||
                 norm_is(&f->s, start - 1, ",") || norm_is(&f->s, start - 1, "so");
    if (last->sent != f->sent || last->kind != DS_Q_COUNT || !last->noun.end || !goes_on || !opens)
        return;
    q->unit = last->unit;
    q->head = last->head;
    q->cls = last->cls;
}

/* Without a noun the words to the left may name what is counted: "the total may be as high as 900". */
void look_left(finder *f, ds_quantity *q, uint32_t at)
{
    for (uint32_t i = at; i > f->beg && i + LEFT_REACH > at; i--) {
        if (upos_at(&f->s, i - 1) == DS_NUM || norm_is(&f->s, i - 1, ";"))
            return;
        bool noun = upos_at(&f->s, i - 1) == DS_NOUN;
        int64_t row = noun ? ds_phrase_find(f->s.nouns, lemma_at(f, i - 1)) : -1;
        if (row >= 0 &&
            ds_str_eq(ds_table_cell(f->s.nouns_t, (uint32_t)row, 1), DS_STR("number"))) {
            q->anaphor = true;
            return;
        }
    }
}
