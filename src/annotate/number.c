/* SPDX-License-Identifier: Apache-2.0 */
/* Numerals: digits (digits.c), words, magnitudes, fractions, vague words. */
#include "annotate/digits.h"
#include "annotate/internal.h"

enum { VALUE = 2, HIGH = 3 }; /* columns of numbers.tsv */

typedef enum word_number {
    WN_NONE,
    WN_UNIT,
    WN_TEN,
    WN_HUNDRED,
    WN_MAGNITUDE,
    WN_FRACTION,
    WN_DOZEN,
    WN_MULTIPLE,
    WN_VAGUE,
    WN_MOST,
    WN_TOLL
} word_number;

static const struct {
    const char *name;
    word_number cls;
} number_classes[] = {{"unit", WN_UNIT},         {"ten", WN_TEN},
                      {"hundred", WN_HUNDRED},   {"magnitude", WN_MAGNITUDE},
                      {"fraction", WN_FRACTION}, {"dozen", WN_DOZEN},
                      {"multiple", WN_MULTIPLE}, {"vague", WN_VAGUE},
                      {"most", WN_MOST},         {"toll", WN_TOLL}};

ds_value exact_value(ds_frac f)
{
    return (ds_value){
        .low = f, .best = f, .high = f, .has_low = true, .has_best = true, .has_high = true};
}

static bool cell_frac(const scan *s, uint32_t row, uint32_t column, ds_frac *out)
{
    return ds_frac_parse_ratio(ds_table_cell(s->numbers_t, row, column), out) == DS_OK;
}

void number_classes_open(scan *s)
{
    const ds_classes *c = ds_phrase_classes(s->numbers);
    for (uint32_t code = 0; code < c->len && code < NUMBER_CLASSES; code++)
        for (size_t i = 0; i < sizeof number_classes / sizeof *number_classes; i++)
            if (ds_str_eq(c->names[code], ds_str_of(number_classes[i].name)))
                s->number_class[code] = (uint8_t)number_classes[i].cls;
    s->number_codes = c->len ? c->codes : NULL;
}

static word_number row_class(const scan *s, uint32_t row)
{
    uint8_t code = s->number_codes ? s->number_codes[row] : NUMBER_CLASSES;
    return code < NUMBER_CLASSES ? (word_number)s->number_class[code] : WN_NONE;
}

/* Class and value of one number word. */
static word_number word_class(const scan *s, ds_str norm, ds_frac *value)
{
    int64_t row = ds_phrase_find(s->numbers, norm);
    if (row < 0 || !cell_frac(s, (uint32_t)row, VALUE, value))
        return WN_NONE;
    return row_class(s, (uint32_t)row);
}

/* Of a token, but not of one that begins no phrase of numbers.tsv. */
static word_number tok_class(const scan *s, uint32_t i, ds_frac *value)
{
    return begins_number(s, i) ? word_class(s, norm_at(s, i), value) : WN_NONE;
}

/* Is the token a number word of that class? Then its value. */
static bool tok_is(const scan *s, uint32_t i, word_number cls, ds_frac *value)
{
    int64_t row = begins_number(s, i) ? ds_phrase_find(s->numbers, norm_at(s, i)) : -1;
    return row >= 0 && row_class(s, (uint32_t)row) == cls &&
           cell_frac(s, (uint32_t)row, VALUE, value);
}

/* ---- parts of hyphenated words ------------------------------------------------------------------------ */

/* A place in a token's norm: "twenty-five-year-old" is four places. */
typedef struct place {
    uint32_t tok, off;
} place;

static ds_str part_at(const scan *s, place p)
{
    ds_str norm = norm_at(s, p.tok);
    const char *hyphen = memchr(norm.at + p.off, '-', norm.len - p.off);
    return ds_str_cut(norm, p.off, hyphen ? (size_t)(hyphen - norm.at) : norm.len);
}

static place next_place(const scan *s, place p)
{
    uint32_t end = p.off + (uint32_t)part_at(s, p).len;
    return end + 1 < norm_at(s, p.tok).len ? (place){p.tok, end + 1} : (place){p.tok + 1, 0};
}

/* The number ends before p: what is left of its token is its tail. */
static void end_at(const scan *s, numeral *n, place p)
{
    n->end = p.off ? p.tok + 1 : p.tok;
    n->span.end = tok_at(s, n->end - 1)->span.end;
    if (!p.off)
        return;
    n->span.end = tok_at(s, p.tok)->span.beg + p.off - 1;
    n->tail = ds_str_cut(norm_at(s, p.tok), p.off, norm_at(s, p.tok).len);
    n->hyphen = true;
}

/* ---- words ---------------------------------------------------------------------------------------------- */

/* Sum of what words have said so far: "three hundred | and fifty | thousand". */
typedef struct adder {
    ds_frac total, group, magnitude;
    bool any, units, tens; /* a unit or ten stands in the group: no other may follow */
} adder;

static bool add_low(adder *n, ds_frac v, bool *seen)
{
    *seen = true;
    n->any = true;
    n->magnitude = DS_FRAC(1);
    return ds_frac_add(n->group, v, &n->group) == DS_OK;
}

static bool add_high(adder *n, word_number cls, ds_frac v)
{
    if (cls == WN_MAGNITUDE && n->group.num == 0 && n->magnitude.num > 1) {
        n->magnitude = v; /* "three lakh crore" */
        return ds_frac_mul(n->total, v, &n->total) == DS_OK;
    }
    if (!n->any || n->group.num == 0)
        return false;
    n->units = n->tens = false;
    n->magnitude = v;
    if (ds_frac_mul(n->group, v, &n->group) < 0)
        return false;
    if (cls != WN_MAGNITUDE)
        return true;
    if (ds_frac_add(n->total, n->group, &n->total) < 0)
        return false;
    n->group = DS_FRAC(0);
    return true;
}

static bool add_word(adder *n, word_number cls, ds_frac v)
{
    switch (cls) {
    case WN_UNIT:
        return !n->units && add_low(n, v, &n->units);
    case WN_TEN:
        return !n->units && !n->tens && add_low(n, v, &n->tens);
    case WN_HUNDRED:
    case WN_DOZEN:
    case WN_MAGNITUDE:
        return add_high(n, cls, v);
    default:
        return false;
    }
}

/* "a hundred", "a dozen": the article is a one. */
static bool article_opens(const scan *s, uint32_t i, uint32_t end)
{
    ds_frac v;
    if (i + 1 >= end || !(norm_is(s, i, "a") || norm_is(s, i, "an")) || norm_at(s, i + 1).len < 3)
        return false;
    word_number next = word_class(s, part_at(s, (place){i + 1, 0}), &v);
    return next == WN_HUNDRED || next == WN_MAGNITUDE || next == WN_DOZEN;
}

/* "three hundred and fifty": the word at p joins two parts of one number. */
static bool and_joins(const scan *s, const adder *n, place p, uint32_t end)
{
    ds_frac v;
    if (!n->any || p.off || !norm_is(s, p.tok, "and") || p.tok + 1 >= end || n->units || n->tens)
        return false;
    word_number next = word_class(s, part_at(s, (place){p.tok + 1, 0}), &v);
    bool hundreds = n->group.num >= 100 || n->total.num > 0;
    return hundreds && (next == WN_UNIT || next == WN_TEN);
}

/* "two-thirds": the hyphen makes a share of what has been read. */
static bool share_part(adder *n, place p, word_number cls, ds_frac v)
{
    return p.off && cls == WN_FRACTION && n->units && !n->tens && n->total.num == 0 &&
           ds_frac_mul(n->group, v, &n->group) == DS_OK;
}

static bool words_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    adder n = {DS_FRAC(0), DS_FRAC(0), DS_FRAC(1), false, false, false};
    place p = {i, 0}, last = p;
    bool ratio = false;
    if (article_opens(s, i, end)) {
        n.group = DS_FRAC(1);
        n.any = true;
        p.tok++;
    }
    while (p.tok < end && !ratio && tok_at(s, p.tok)->kind == DS_TOK_WORD) {
        ds_frac v;
        if (and_joins(s, &n, p, end)) {
            p.tok++;
            continue;
        }
        ds_str part = part_at(s, p);
        word_number cls = begins_number(s, p.tok) ? word_class(s, part, &v) : WN_NONE;
        if (cls == WN_NONE || (part.len < 3 && cls == WN_MAGNITUDE))
            break;
        ratio = share_part(&n, p, cls, v);
        if (!ratio && !add_word(&n, cls, v))
            break;
        p = last = next_place(s, p);
    }
    if (!n.any || (last.tok == i && !last.off) || ds_frac_add(n.total, n.group, &n.total) < 0)
        return false;
    *out = (numeral){
        .tok = i, .value = exact_value(n.total), .magnitude = n.magnitude, .ratio = ratio};
    out->span.beg = tok_at(s, i)->span.beg;
    end_at(s, out, last);
    out->one = last.tok == i + 1 && !last.off && norm_is(s, i, "one");
    return true;
}

/* ---- vague words and fractions ---------------------------------------------------------------------------- */

static numeral over(const scan *s, uint32_t i, uint32_t end, ds_value v)
{
    return (numeral){
        .tok = i, .end = end, .span = toks_span(s, i, end), .value = v, .magnitude = DS_FRAC(1)};
}

static bool vague(const scan *s, uint32_t row, uint32_t i, uint32_t n, numeral *out)
{
    ds_value v = {.has_low = true, .has_high = true, .bound = DS_BOUND_VAGUE};
    if (!cell_frac(s, row, VALUE, &v.low) || !cell_frac(s, row, HIGH, &v.high))
        return false;
    *out = over(s, i, i + n, v);
    return true;
}

/* "the majority of", "most of": more than half. Of whom "most of them" is hard to tell. */
static bool most(const scan *s, uint32_t row, uint32_t i, uint32_t n, uint32_t end, numeral *out)
{
    ds_frac v;
    if (i + n >= end || upos_at(s, i + n) == DS_PRON || !cell_frac(s, row, VALUE, &v))
        return false;
    ds_value half = exact_value(v);
    half.bound = DS_BOUND_MORE_THAN;
    half.has_high = false;
    uint32_t beg = i - (i > 0 && (norm_is(s, i - 1, "the") || norm_is(s, i - 1, "a")));
    *out = over(s, beg, i + n - 1, half); /* without "of" */
    out->ratio = true;
    return true;
}

/* "a triple murder": the first word says how many died. */
static bool toll(const scan *s, uint32_t row, uint32_t i, numeral *out)
{
    ds_frac v;
    if (!cell_frac(s, row, VALUE, &v))
        return false;
    *out = over(s, i, i + 1, exact_value(v));
    return true;
}

/* What a phrase says as a whole. */
static bool phrase_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    uint32_t row, n = ds_phrase_at(s->numbers, s->doc->toks, i, end, &row);
    word_number cls = n ? row_class(s, row) : WN_NONE;
    return (cls == WN_VAGUE && vague(s, row, i, n, out)) ||
           (cls == WN_MOST && most(s, row, i, n, end, out)) ||
           (cls == WN_TOLL && toll(s, row, i, out));
}

/* "sixfold". */
static bool multiple_at(const scan *s, uint32_t i, numeral *out)
{
    ds_frac v;
    if (!tok_is(s, i, WN_MULTIPLE, &v))
        return false;
    *out = over(s, i, i + 1, exact_value(v));
    out->multiple = true;
    return true;
}

/* Does a fraction word stand for a share (not "a third time", "the fifth")? */
static bool share_follows(const scan *s, uint32_t next, uint32_t end)
{
    if (next >= end)
        return true;
    if (norm_is(s, next, "of") || tok_at(s, next)->kind == DS_TOK_PUNCT)
        return true;
    return upos_at(s, next) == DS_VERB || upos_at(s, next) == DS_AUX || upos_at(s, next) == DS_ADP;
}

/* "half a million", "half a dozen", "a quarter of a million". */
static void half_a_number(const scan *s, uint32_t k, uint32_t end, ds_frac half, numeral *out)
{
    ds_frac big;
    k += k + 2 < end && norm_is(s, k, "of");
    k += k + 1 < end && norm_is(s, k, "a");
    if (k >= end || norm_at(s, k).len < 3)
        return;
    word_number cls = tok_class(s, k, &big);
    if ((cls == WN_HUNDRED || cls == WN_MAGNITUDE || cls == WN_DOZEN) &&
        ds_frac_mul(half, big, &half) == DS_OK)
        *out = over(s, out->tok, k + 1, exact_value(half));
}

/* "the first half", "half-time": a part of a match, no share. */
static bool half_of_play(const scan *s, uint32_t k, uint32_t end)
{
    return (k + 1 < end && norm_is(s, k + 1, "-")) || (k > 0 && label_at(s, k - 1, "half"));
}

static bool fraction_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    ds_frac v, times = DS_FRAC(1);
    uint32_t k = i;
    bool counted = norm_is(s, k, "a") || norm_is(s, k, "an");
    if (!counted && tok_is(s, k, WN_UNIT, &v)) {
        counted = true;
        times = v;
    }
    k += counted;
    if (k >= end || !tok_is(s, k, WN_FRACTION, &v))
        return false;
    bool half = v.den == 2;
    if (!half && (!counted || !share_follows(s, k + 1, end)))
        return false;
    if (half && !counted && half_of_play(s, k, end))
        return false;
    if (ds_frac_mul(times, v, &v) < 0)
        return false;
    *out = over(s, i, k + 1, exact_value(v));
    out->ratio = true;
    return true;
}

static bool small_number(const scan *s, uint32_t i, ds_frac *out)
{
    enum { MOST = 1000 }; /* "one in 1,000" is news; beyond are years and house numbers */
    digits d;
    if (tok_at(s, i)->kind != DS_TOK_NUMBER)
        return tok_is(s, i, WN_UNIT, out);
    ds_span span = tok_at(s, i)->span;
    if (!digits_scan(s->doc->text, span.beg, span.end, &d) || d.end != span.end || d.mixed)
        return false;
    *out = d.value;
    return d.value.den == 1 && d.value.num <= MOST;
}

/* "one in five", "9 out of 10". */
static bool one_in_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    ds_frac a, b, v;
    uint32_t k = i + 1;
    bool out_of = k + 2 < end && norm_is(s, k, "out") && norm_is(s, k + 1, "of");
    if (!out_of && !(k + 1 < end && norm_is(s, k, "in")))
        return false;
    k += out_of ? 2 : 1;
    if (in_date(s, k) || !small_number(s, i, &a) || !small_number(s, k, &b) || a.num <= 0 ||
        ds_frac_cmp(a, b) >= 0 || ds_frac_div(a, b, &v) < 0)
        return false;
    bool of_a_time = k + 1 < end && begins_unit(s, k + 1); /* "two in three days" */
    if (of_a_time && !out_of)
        return false;
    *out = over(s, i, k + 1, exact_value(v));
    out->ratio = out->in_many = true;
    return true;
}

/* "two and a half million", "a million and a half", "two and three quarters". */
static void and_a_half(const scan *s, uint32_t end, numeral *n)
{
    uint32_t k = n->end;
    numeral part;
    ds_frac add;
    if (n->tail.at || k + 1 >= end || !norm_is(s, k, "and") || !fraction_at(s, k + 1, end, &part) ||
        !part.ratio || part.end != k + 3)
        return;
    ds_frac v;
    if (ds_frac_mul(part.value.best, n->magnitude, &add) < 0 ||
        ds_frac_add(n->value.best, add, &v) < 0)
        return;
    n->end = part.end;
    n->span.end = part.span.end;
    ds_frac times;
    if (n->magnitude.num == 1 && n->end < end && tok_is(s, n->end, WN_MAGNITUDE, &times) &&
        ds_frac_mul(v, times, &v) == DS_OK) {
        n->span.end = tok_at(s, n->end++)->span.end;
        n->magnitude = times;
    }
    n->value = exact_value(v);
    n->one = false;
}

/* ---- digits ------------------------------------------------------------------------------------------------- */

static bool multiply(numeral *n, ds_frac times)
{
    ds_frac v, m;
    if (ds_frac_mul(n->value.best, times, &v) < 0 || ds_frac_mul(n->magnitude, times, &m) < 0)
        return false;
    n->value = exact_value(v);
    n->magnitude = m;
    return true;
}

static bool plural_noun(const scan *s, uint32_t i)
{
    ds_str norm = norm_at(s, i);
    return upos_at(s, i) == DS_NOUN &&
           ((norm.len > 2 && norm.at[norm.len - 1] == 's') || norm_is(s, i, "people"));
}

/* Behind digits a small m is a metre, but a million after a currency and before what is counted in millions. */
static bool metre(const scan *s, const numeral *n, uint32_t end)
{
    enum { ADJ_REACH = 3 }; /* tokens to the noun: "5m unpaid council bills" */
    if (s->doc->text.at[n->span.end] != 'm')
        return false;
    bool money = n->prefix.at || (n->tok > 0 && tok_at(s, n->tok - 1)->kind == DS_TOK_SYMBOL);
    for (uint32_t k = n->end; k < end && k < n->end + ADJ_REACH && !money; k++) {
        money = plural_noun(s, k) ||
                (upos_at(s, k) == DS_NOUN && begins_unit(s, k)); /* "5m unpaid bills", "5m yen" */
        if (upos_at(s, k) != DS_ADJ && upos_at(s, k) != DS_NOUN)
            break;
    }
    return !money;
}

/* A letter alone is a magnitude only where it is glued on or a capital: "8 B", "350K". */
static bool letter_magnitude(const scan *s, uint32_t i)
{
    return norm_at(s, i).len > 1 || (tok_at(s, i)->flags & DS_TF_CAP);
}

/* "million", "-million", "hundred" after digits, as many as there are; the rest of a hyphenated word is the tail. */
static void magnitudes_after(const scan *s, uint32_t end, numeral *n)
{
    while (n->end < end && !n->tail.at) {
        bool hyphen = norm_is(s, n->end, "-") && n->end + 1 < end &&
                      !(tok_at(s, n->end)->flags & DS_TF_SPACE) &&
                      !(tok_at(s, n->end + 1)->flags & DS_TF_SPACE);
        place p = {n->end + hyphen, 0};
        ds_frac times;
        if (tok_at(s, p.tok)->kind != DS_TOK_WORD || !begins_number(s, p.tok) ||
            !letter_magnitude(s, p.tok))
            return;
        word_number cls = word_class(s, part_at(s, p), &times);
        if ((cls != WN_MAGNITUDE && cls != WN_HUNDRED && cls != WN_DOZEN) || !multiply(n, times))
            return;
        end_at(s, n, next_place(s, p));
    }
}

/* What is glued on behind the digits: a magnitude ("350K"), else a tail. */
static bool take_tail(const scan *s, uint32_t end, numeral *n)
{
    ds_frac times;
    uint32_t last = n->end - 1;
    ds_str norm = norm_at(s, last);
    size_t off = n->span.end - tok_at(s, last)->span.beg;
    if (off >= norm.len || !norm.at)
        return true;
    ds_str tail = ds_str_cut(norm, off, norm.len);
    if (word_class(s, tail, &times) == WN_MAGNITUDE && !(tail.len == 1 && metre(s, n, end))) {
        n->span.end = tok_at(s, last)->span.end;
        return multiply(n, times);
    }
    n->hyphen = tail.at[0] == '-';
    n->tail = n->hyphen ? ds_str_cut(tail, 1, tail.len) : tail;
    return n->tail.len > 0;
}

/* "65-year-old", "6.1-inch": a hyphen and a word. */
static void hyphen_tail(const scan *s, uint32_t end, numeral *n)
{
    uint32_t k = n->end;
    if (n->tail.at || k + 1 >= end || !norm_is(s, k, "-") || (tok_at(s, k)->flags & DS_TF_SPACE) ||
        (tok_at(s, k + 1)->flags & DS_TF_SPACE) || tok_at(s, k + 1)->kind != DS_TOK_WORD ||
        ds_str_starts(norm_at(s, k + 1), DS_STR("to-")))
        return;
    n->tail = norm_at(s, k + 1);
    n->hyphen = true;
    n->end = k + 2;
}

/* Bytes of a word before its first digit, 0 for none within reach: "USD10m", "sub-500", but not "T26-B". */
static size_t letters_before(ds_str norm)
{
    size_t i = 0;
    while (i < norm.len && (norm.at[i] < '0' || norm.at[i] > '9'))
        i++;
    return i < norm.len ? i : 0;
}

/* "hit.358": a share of three digits, not what a new sentence counts: "The raid ended.300 people fled." */
static bool is_torn(const scan *s, uint32_t i, uint32_t end)
{
    enum { SHARE_DIGITS = 3 }; /* averages have three; fewer or more open a sentence */
    const ds_token *t = tok_at(s, i);
    bool joined = i > 0 && !(t->flags & DS_TF_SPACE) && norm_is(s, i - 1, ".") &&
                  tok_at(s, i - 1)->span.end == t->span.beg;
    if (!joined || t->kind != DS_TOK_NUMBER || t->norm.len != SHARE_DIGITS)
        return false;
    ds_upos next = i + 1 < end ? upos_at(s, i + 1) : DS_PUNCT;
    bool counts = next == DS_NOUN || next == DS_ADJ || next == DS_PROPN || next == DS_SYM;
    return !counts || in_date(s, i + 1); /* "hit.358 last year" */
}

static bool digits_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    const ds_token *t = tok_at(s, i);
    digits d;
    size_t lead = t->kind == DS_TOK_WORD ? letters_before(t->norm) : 0;
    if (t->kind != DS_TOK_NUMBER && !lead)
        return false;
    if (is_torn(s, i, end))
        return false;
    bool right = digits_scan(s->doc->text, t->span.beg + lead, tok_at(s, end - 1)->span.end, &d);
    *out = (numeral){.tok = i, .end = i + 1, .magnitude = DS_FRAC(1), .digits = true};
    while (out->end < end && tok_at(s, out->end - 1)->span.end < d.end)
        out->end++;
    out->span = (ds_span){t->span.beg + (uint32_t)lead, (uint32_t)d.end};
    if (!right)
        return false;
    out->value = exact_value(d.value);
    out->grouped = d.grouped;
    out->fraction = d.fraction;
    if (lead)
        out->prefix = ds_str_cut(t->norm, 0, lead);
    if (!take_tail(s, end, out))
        return false;
    magnitudes_after(s, end, out);
    hyphen_tail(s, end, out);
    return true;
}

/* Signs and letters that make a number word of a token with digits in it. */
static bool may_hold_digits(const ds_token *t)
{
    return t->kind == DS_TOK_NUMBER || ds_str_starts(t->norm, DS_STR("to-")) ||
           ((t->flags & DS_TF_DIGIT) && t->kind == DS_TOK_WORD);
}

bool numeral_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    bool word = begins_number(s, i), digit = may_hold_digits(tok_at(s, i));
    *out = (numeral){.tok = i, .end = i + 1};
    if ((!word && !digit) || in_date(s, i))
        return false;
    if (word && (phrase_at(s, i, end, out) || multiple_at(s, i, out)))
        return true;
    if (one_in_at(s, i, end, out))
        return true;
    if (word && fraction_at(s, i, end, out)) {
        half_a_number(s, out->end, end, out->value.best, out);
        return true;
    }
    if (digit ? !digits_at(s, i, end, out) : !words_at(s, i, end, out))
        return false;
    if (!out->prefix.at)
        and_a_half(s, end, out);
    return true;
}
