/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that are no amounts: codes, phones, labels, addresses, models, years, scores, list marks, counters of photos;
 * and ages, which are a kind of their own. */
#include "annotate/quantities_internal.h"

#define ADDRESS_REACH 4 /* capitalised words between a house number and "Street" */
#define AGE_MAX 120     /* years: no person has been older than 122 */
#define YEAR_FIRST 1900 /* numbers of four digits that pages of news mean as years */
#define YEAR_LAST 2199

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

/* Approximate and whole amounts are no labels: "sector 0.68 percent", "route 12 km long". */
static bool may_be_label(const finder *f, const numeral *n)
{
    unit u;
    bool whole = n->value.bound == DS_BOUND_EXACT && n->value.best.den == 1 && !n->fraction;
    return whole && !n->grouped && !n->tail.at && n->magnitude.num == 1 &&
           !unit_at(&f->s, n->end, f->end, &u);
}

/* "Three were dead", "Twelve sailors died": is what ends before token `end` said of several? */
static bool of_several(const finder *f, uint32_t end)
{
    if (end > f->beg && (norm_is(&f->s, end - 1, "were") || norm_is(&f->s, end - 1, "are")))
        return true;
    while (end > f->beg && (upos_at(&f->s, end - 1) == DS_AUX || upos_at(&f->s, end - 1) == DS_ADV))
        end--;
    const ds_quantity *q = f->found.len ? &f->found.at[f->found.len - 1] : NULL;
    return q && q->sent == f->sent && q->kind == DS_Q_COUNT && q->tok_end == end;
}

/* "Three were dead at 6.": several reach no age, but an hour. */
static bool hour_of_death(const finder *f, const numeral *n)
{
    enum { HOURS = 24 };
    return n->digits && n->tok > f->beg + 1 && label_at(&f->s, n->tok - 2, "end") &&
           of_several(f, n->tok - 2) && n->value.best.den == 1 &&
           ds_frac_cmp(n->value.best, DS_FRAC(HOURS)) <= 0 &&
           (n->end == f->end || tok_at(&f->s, n->end)->kind == DS_TOK_PUNCT);
}

/* "at 10.45": a time of day with a stop. */
bool is_clock(const finder *f, const numeral *n)
{
    unit u;
    ds_frac v = n->value.best;
    if (!n->digits || n->tok == f->beg || !norm_is(&f->s, n->tok - 1, "at") || n->tail.at)
        return false;
    if (hour_of_death(f, n))
        return true;
    if (n->span.end - n->span.beg < 4 || n->span.end - n->span.beg > 5 ||
        f->s.doc->text.at[n->span.end - 3] != '.')
        return false;
    return ds_frac_cmp(v, DS_FRAC(24)) < 0 && n->end < f->end &&
           !unit_at(&f->s, n->end, f->end, &u) &&
           (upos_at(&f->s, n->end) == DS_ADP || norm_is(&f->s, n->end, "."));
}

/* "575 Harbour View Road": capitalised words that end in one of a street. */
bool is_address(const finder *f, const numeral *n)
{
    if (!n->digits || n->grouped || n->tail.at)
        return false;
    if (n->end < f->end && norm_is(&f->s, n->end, "block"))
        return true; /* "the 800 block of Mill Street": two or more were blocks */
    for (uint32_t i = n->end; i < f->end && i < n->end + ADDRESS_REACH; i++) {
        if (i > n->end && label_at(&f->s, i, "after") && (tok_at(&f->s, i)->flags & DS_TF_CAP))
            return true;
        if (!(tok_at(&f->s, i)->flags & DS_TF_CAP) && !number_tok(f, i))
            return false;
    }
    return false;
}

/* "called 911 and", but "called 300 pilots". */
static bool is_phone(const finder *f, const numeral *n)
{
    enum { DIGITS = 3 }; /* of emergency numbers */
    return n->digits && n->span.end - n->span.beg == DIGITS && n->tok > f->beg &&
           label_at(&f->s, n->tok - 1, "phone") &&
           noun_phrase_at(&f->s, n->end, f->end).head == UINT32_MAX;
}

bool is_labelled(const finder *f, numeral *n)
{
    if (is_address(f, n) || is_phone(f, n))
        return true;
    if (n->tok == f->beg || !may_be_label(f, n))
        return false;
    uint32_t i = n->tok - 1;
    if (!label_at(&f->s, i, "before"))
        return false;
    if (n->end + 1 < f->end && norm_is(&f->s, n->end, "of") && number_tok(f, n->end + 1))
        n->end += 2;                                                           /* "photo 3 of 30" */
    return n->digits || n->end == f->end || upos_at(&f->s, n->end) != DS_NOUN; /* "top three" */
}

static bool ends_plural(ds_str norm)
{
    return norm.len > 2 && norm.at[norm.len - 1] == 's' && norm.at[norm.len - 2] != 's';
}

/* "460 Kia and Volvo cars": the name is not all that is counted. */
static bool joins_more(const finder *f, uint32_t i)
{
    return i < f->end && (upos_at(&f->s, i) == DS_CCONJ || norm_is(&f->s, i, ","));
}

/* A name before a number that nothing follows: "Row 21", "Harbour 12 opened"; in "in Gaza 300 died" the number is a subject. */
static bool named(const finder *f, const numeral *n, uint32_t i)
{
    bool capital =
        n->digits && !n->grouped && n->magnitude.num == 1 && (tok_at(&f->s, i)->flags & DS_TF_CAP);
    if (upos_at(&f->s, i) == DS_VERB || (upos_at(&f->s, i) != DS_PROPN && !capital))
        return false;
    return n->end == f->end || !(norm_is(&f->s, n->end, "were") || norm_is(&f->s, n->end, "are") ||
                                 norm_is(&f->s, n->end, "have"));
}

/* "5 gen aircraft", of the fifth generation; but "400 generation units", "3 generation plants" are counted. */
static bool says_series(const finder *f, const numeral *n, const ds_quantity *q)
{
    enum { SERIES_MAX = 9 }; /* no machine of the news is of a tenth generation */
    return n->digits && !n->tail.at && n->magnitude.num == 1 && !n->fraction && n->end < f->end &&
           ds_frac_cmp(n->value.best, DS_FRAC(SERIES_MAX)) <= 0 &&
           label_at(&f->s, n->end, "series") && q->noun.end &&
           !ends_plural(ds_str_at(f->s.doc->text, q->noun));
}

/* "Boeing 737", "World War 2", "Harbour 12 opened"; "787 Seaplane": a name before, or a model's behind. */
bool is_name(const finder *f, const numeral *n, const ds_quantity *q, uint32_t start)
{
    if (says_series(f, n, q))
        return true;
    if (q->cls != DS_NC_NONE)
        return false;
    bool before = start > f->beg && named(f, n, start - 1) && !in_date(&f->s, start - 1) &&
                  !(tok_at(&f->s, start - 1)->flags & DS_TF_FIRST);
    bool model = n->digits && !n->grouped && n->magnitude.num == 1 && n->end < f->end &&
                 upos_at(&f->s, n->end) == DS_PROPN && q->head.at && q->noun.end &&
                 !joins_more(f, n->end + 1) && !ends_plural(ds_str_at(f->s.doc->text, q->noun));
    return before || model;
}

/* A year that no time has claimed: "by 2120", "the 2014 plan"; "2000 soldiers" is a count. */
bool is_year(const finder *f, const numeral *n, const ds_quantity *q)
{
    ds_frac v = n->value.best;
    bool four = n->digits && !n->grouped && n->end == n->tok + 1 && v.den == 1 &&
                v.num >= YEAR_FIRST && v.num <= YEAR_LAST && n->value.bound == DS_BOUND_EXACT;
    return four && !ends_plural(ds_str_at(f->s.doc->text, q->noun)) &&
           (q->cls == DS_NC_NONE || !q->noun.end);
}

/* "won 2-4": two small numbers with a dash and nothing that they count. */
bool is_score(const numeral *n, const ds_quantity *q)
{
    enum { SCORE_MAX = 30 }; /* goals, sets, runs; "40-60" is a range */
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

static bool after_age_word(const finder *f, uint32_t i, uint32_t end)
{
    if (i > f->beg && norm_is(&f->s, i - 1, "between"))
        i--;
    if (i > f->beg + 1 && norm_is(&f->s, i - 1, "of") && norm_is(&f->s, i - 2, "age"))
        return true;
    if (i > f->beg && label_at(&f->s, i - 1, "age"))
        return noun_phrase_at(&f->s, end, f->end).head == UINT32_MAX; /* "turn 30 boats away" */
    bool likewise = i > f->beg + 1 && norm_is(&f->s, i - 2, ",") &&
                    (norm_is(&f->s, i - 1, "both") || norm_is(&f->s, i - 1, "also"));
    return likewise && end < f->end && /* "Holm and Lund, both 51," */
           tok_at(&f->s, end)->kind == DS_TOK_PUNCT;
}

static bool names_person(const finder *f, uint32_t i)
{
    if (upos_at(&f->s, i) != DS_NOUN)
        return false;
    ds_str lemma = {0};
    ds_noun_class cls = noun_class_of(&f->s, (noun_phrase){i, i + 1, i}, &lemma);
    return cls == DS_NC_PERSON || cls == DS_NC_SOLDIER;
}

bool names_persons(const finder *f, uint32_t i)
{
    return names_person(f, i) && !ds_str_ends(lemma_at(f, i), norm_at(&f->s, i));
}

uint32_t behind_ages(const finder *f, uint32_t i, uint32_t *ages)
{
    uint32_t k = i, n = 0;
    while (k + 1 < f->end && (norm_is(&f->s, k, ",") || (n > 0 && norm_is(&f->s, k, "and")))) {
        uint32_t number = k + 1 + (n == 0 && label_at(&f->s, k + 1, "age"));
        if (!number_tok(f, number))
            break;
        k = number + 1;
        n++;
    }
    bool closed = k >= f->end || tok_at(&f->s, k)->kind == DS_TOK_PUNCT;
    *ages = closed ? n : 0;
    return closed ? k : i;
}

/* "his sons, 10 and 12,": the first of them. */
static bool opens_ages(const finder *f, const numeral *n)
{
    uint32_t ages = 0;
    if (n->tok < f->beg + 2 || !norm_is(&f->s, n->tok - 1, ",") || !names_persons(f, n->tok - 2))
        return false;
    behind_ages(f, n->tok - 1, &ages);
    return ages > 1;
}

/* "aged 19 and 23": the last figure was an age, and nothing else stands between. */
static bool goes_on(const finder *f, const numeral *n)
{
    if (n->end < f->end && upos_at(&f->s, n->end) == DS_NOUN)
        return false;
    const ds_quantity *p = f->found.len ? &f->found.at[f->found.len - 1] : NULL;
    bool joined =
        n->tok > f->beg && (norm_is(&f->s, n->tok - 1, "and") || norm_is(&f->s, n->tok - 1, "or") ||
                            norm_is(&f->s, n->tok - 1, ","));
    return p && joined && p->sent == f->sent && p->kind == DS_Q_AGE && !p->attribute &&
           p->tok_end + 1 == n->tok;
}

/* A capitalised word that may be a person's name: no country, town or body. */
static bool may_name_person(const finder *f, uint32_t i)
{
    const ds_token *t = tok_at(&f->s, i);
    if (in_name(&f->s, i, DS_NAME_PERSON))
        return true; /* "Paris Holm" */
    return t->kind == DS_TOK_WORD && (t->flags & DS_TF_CAP) && upos_at(&f->s, i) != DS_ADP &&
           upos_at(&f->s, i) != DS_DET && ds_phrase_find(f->s.actors, t->norm) < 0 &&
           !in_name(&f->s, i, DS_NAME_PLACE) && !in_name(&f->s, i, DS_NAME_ORG);
}

/* "Anna Holm", "the driver" before token `end`; not "Lund" alone, nor "sailors". */
static bool one_named(const finder *f, uint32_t end)
{
    uint32_t i = end - 1;
    if (names_person(f, i))
        return ds_str_ends(lemma_at(f, i), norm_at(&f->s, i));
    return i > f->beg && may_name_person(f, i) && may_name_person(f, i - 1);
}

/* "Anna Holm, 52," "Holm, 52, said": a name, and commas around; or a whole one and the end behind: "He named her as Anna Holm,
 * 52." In "Norway, 12; Varn, 7." nobody is so old. */
static bool between_commas(const finder *f, const numeral *n)
{
    uint32_t i = n->tok - 2;
    if (n->tok < f->beg + 2 || !norm_is(&f->s, n->tok - 1, ",") ||
        tok_at(&f->s, i)->kind != DS_TOK_WORD || in_date(&f->s, i))
        return false;
    bool ends = n->end >= f->end || norm_is(&f->s, n->end, ".") || norm_is(&f->s, n->end, ";") ||
                norm_is(&f->s, n->end, ")");
    if (ends)
        return one_named(f, i + 1);
    return norm_is(&f->s, n->end, ",") && (may_name_person(f, i) || names_person(f, i));
}

/* "died at 96", "dead at 34": a figure that one reaches; several may have died at 6 o'clock. */
static bool died_at(const finder *f, const numeral *n)
{
    if (n->tok < f->beg + 2 || !norm_is(&f->s, n->tok - 1, "at") ||
        (n->end < f->end && tok_at(&f->s, n->end)->kind != DS_TOK_PUNCT))
        return false;
    return label_at(&f->s, n->tok - 2, "end") && !of_several(f, n->tok - 2);
}

bool form_of_be(const finder *f, uint32_t i)
{
    static const char *const forms[] = {"was", "were", "is", "are", "been", "be", "being", "'s"};
    for (size_t k = 0; upos_at(&f->s, i) == DS_AUX && k < sizeof forms / sizeof *forms; k++)
        if (norm_is(&f->s, i, forms[k]))
            return true;
    return false;
}

/* "both teens were 16 when", not "the number of victims was 16,": whoever ends before token i. */
static bool persons_are(const finder *f, uint32_t i)
{
    if (i == f->beg || upos_at(&f->s, i - 1) != DS_NOUN || !names_persons(f, i - 1))
        return false;
    for (i--; i > f->beg && (upos_at(&f->s, i - 1) == DS_ADJ || upos_at(&f->s, i - 1) == DS_NOUN ||
                             upos_at(&f->s, i - 1) == DS_DET || upos_at(&f->s, i - 1) == DS_NUM);)
        i--;
    return i == f->beg || upos_at(&f->s, i - 1) != DS_ADP;
}

/* "She is 35.", "he will be 40 in May": of a person, with nothing counted behind. */
static bool person_is(const finder *f, const numeral *n)
{
    uint32_t i = n->tok;
    if (i == f->beg || !form_of_be(f, i - 1))
        return false;
    while (i > f->beg && upos_at(&f->s, i - 1) == DS_AUX)
        i--;
    bool pronoun = i > f->beg && singular_pronoun(f, i - 1);
    bool name = i > f->beg && !pronoun && upos_at(&f->s, i - 1) == DS_PROPN &&
                may_name_person(f, i - 1) && !norm_is(&f->s, i, "were") &&
                !norm_is(&f->s, i, "are");
    if (n->end == f->end || tok_at(&f->s, n->end)->kind == DS_TOK_PUNCT ||
        upos_at(&f->s, n->end) == DS_CCONJ || upos_at(&f->s, n->end) == DS_SCONJ ||
        norm_is(&f->s, n->end, "when"))
        return pronoun || name || persons_are(f, i);
    bool dated = n->end + 1 < f->end && in_date(&f->s, n->end + 1);
    bool said = pronoun || (name && (dated || one_named(f, i)));
    return said && upos_at(&f->s, n->end) == DS_ADP; /* not "Varn was 30 in the table" */
}

/* "2 years old", "18 months of age", "aged 18 months", of a numeral from token `first` on with a unit at `after`: fills the unit. Tokens
 * of these words, 0 for none. */
static uint32_t years_old(const finder *f, uint32_t first, uint32_t after, ds_str *code)
{
    unit u;
    if (after >= f->end || !begins_unit(&f->s, after) || !unit_at(&f->s, after, f->end, &u) ||
        u.kind != DS_Q_DURATION)
        return 0;
    *code = u.code;
    if (first > f->beg && norm_is(&f->s, first - 1, "aged"))
        return u.end - after;
    if (u.end >= f->end)
        return 0;
    if (norm_is(&f->s, u.end, "old") || norm_is(&f->s, u.end, "olds"))
        return u.end + 1 - after;
    bool of_age =
        u.end + 1 < f->end && norm_is(&f->s, u.end, "of") && norm_is(&f->s, u.end + 1, "age");
    return of_age ? u.end + 2 - after : 0;
}

/* "13 and 15 years old": the words that say so stand behind the last. */
static bool before_age(const finder *f, const numeral *n)
{
    ds_str code;
    uint32_t i = n->end;
    bool joined = i + 1 < f->end &&
                  (norm_is(&f->s, i, "and") || norm_is(&f->s, i, "or") || norm_is(&f->s, i, ","));
    return joined && number_tok(f, i + 1) && years_old(f, i + 1, i + 2, &code) > 0;
}

/* "aged 22", "Holm, 20, a student", "2 years old"; *at is moved behind the words that say so. */
bool is_age(const finder *f, const numeral *n, ds_quantity *q, uint32_t *at)
{
    ds_str code = DS_STR("year");
    uint32_t words = years_old(f, n->tok, *at, &code);
    *at += words;
    q->unit = words ? code : DS_STR("year");
    if (words)
        return true;
    q->unit = (ds_str){0};
    ds_frac top = n->value.has_high ? n->value.high : n->value.best;
    if (n->value.bound == DS_BOUND_VAGUE || ds_frac_cmp(top, DS_FRAC(AGE_MAX)) >= 0 || top.den != 1)
        return false;
    return after_age_word(f, n->tok, n->end) || between_commas(f, n) || opens_ages(f, n) ||
           person_is(f, n) || goes_on(f, n) || died_at(f, n) || before_age(f, n);
}
