/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities: a numeral, the words that bound it, and what it counts. Grammar: docs/formats/quantity.md. */
#include "annotate/quantities_internal.h"

/* ---- what is glued to a numeral --------------------------------------------------------------------------- */

static ds_str first_part(ds_str tail)
{
    const char *hyphen = memchr(tail.at, '-', tail.len);
    return ds_str_cut(tail, 0, hyphen ? (size_t)(hyphen - tail.at) : tail.len);
}

static bool says_old(ds_str word)
{
    return ds_str_eq(word, DS_STR("old")) || ds_str_eq(word, DS_STR("olds"));
}

/* "-year-old", "-year old": the tail names an age. *at is behind it. */
static bool age_tail(const finder *f, const numeral *n, ds_str part, uint32_t *at)
{
    if (part.len < n->tail.len)
        return says_old(ds_str_cut(n->tail, part.len + 1, n->tail.len));
    if (*at >= f->end || !says_old(norm_at(&f->s, *at)))
        return false;
    ++*at;
    return true;
}

/* "sub-" (side `prefix`), "-plus", "-odd", "-strong" (side `glued`). */
static bool side_modifier(finder *f, ds_quantity *q, ds_str word, const char *side)
{
    int64_t row = ds_phrase_find(f->s.modifiers, word);
    row = row < 0 ? row : side_row(f, (uint32_t)row, side);
    if (row < 0)
        return false;
    apply_modifier(f, q, (uint32_t)row);
    return true;
}

bool tail_unit(const finder *f, const numeral *n, unit *out)
{
    ds_str part = n->hyphen ? first_part(n->tail) : n->tail;
    uint32_t beg = n->span.end + (n->hyphen ? 1 : 0);
    if (n->loose)
        beg = tok_at(&f->s, n->end)->span.beg;
    return unit_glued(&f->s, ds_str_at(f->s.doc->text, (ds_span){beg, beg + (uint32_t)part.len}),
                      out);
}

/* Reads the tail: a unit, an age. False: it makes no quantity ("T26", "5G", "a 50-seat plane"). */
static bool tail_read(finder *f, const numeral *n, ds_quantity *q, uint32_t *at)
{
    unit u;
    if (!tail_unit(f, n, &u) || !take_unit(q, &u))
        return false;
    if (u.kind == DS_Q_DURATION && age_tail(f, n, first_part(n->tail), at))
        q->kind = DS_Q_AGE;
    q->attribute = n->hyphen;
    return true;
}

/* "43.4 percent-owned", "18 month-old": a hyphenated word whose first part is a unit. */
static bool loose_tail(const finder *f, numeral *n, uint32_t at)
{
    unit u;
    if (at >= f->end || !begins_unit(&f->s, at) || tok_at(&f->s, at)->kind != DS_TOK_WORD)
        return false;
    ds_str norm = norm_at(&f->s, at), part = first_part(norm);
    if (part.len == norm.len || part.len < 2)
        return false;
    n->tail = norm;
    n->hyphen = n->loose = true;
    n->end = at;
    return tail_unit(f, n, &u);
}

/* ---- letters and signs before a numeral -------------------------------------------------------------------- */

/* "USD" of "USD10m", "US" of "$US5": the letters of a currency between its sign and the digits. */
static bool money_prefix(const finder *f, const numeral *n, uint32_t symbol, unit *out)
{
    enum { CODE_MAX = 3 };
    char key[8];
    ds_str sign = symbol == UINT32_MAX ? DS_STR("") : norm_at(&f->s, symbol);
    size_t len = n->prefix.len + sign.len;
    if (n->prefix.len > CODE_MAX || len > sizeof key)
        return false;
    memcpy(key, n->prefix.at, n->prefix.len);
    memcpy(key + n->prefix.len, sign.at, sign.len);
    return unit_money(&f->s, (ds_str){key, len}, out);
}

/* "PS6m", "Y=590": what is left of the signs of pound and yen where a text went through ASCII. */
static bool lost_sign(const finder *f, const numeral *n, ds_quantity *q, uint32_t *start)
{
    bool amount = n->grouped || n->magnitude.num > 1 || n->value.best.den > 1;
    bool pound = n->prefix.at && ds_str_eq(n->prefix, DS_STR("ps")) && amount;
    bool yen = *start > f->beg + 1 && *start > f->taken + 1 && norm_is(&f->s, *start - 1, "=") &&
               norm_is(&f->s, *start - 2, "y") && !(tok_at(&f->s, *start - 1)->flags & DS_TF_SPACE);
    if (!pound && !yen)
        return false;
    *start -= yen ? 2 : 0;
    q->kind = DS_Q_MONEY;
    q->unit = yen ? DS_STR("JPY") : DS_STR("GBP");
    return true;
}

/* "$US5", "USD10m", "sub-500", "minus-5". False: letters that make a name of it ("T26"). */
static bool prefix_read(finder *f, const numeral *n, uint32_t symbol, ds_quantity *q)
{
    if (!n->prefix.at)
        return true;
    if (side_modifier(f, q, ds_str_cut(n->prefix, 0, n->prefix.len - 1), "prefix"))
        return n->prefix.at[n->prefix.len - 1] == '-';
    unit u;
    return money_prefix(f, n, symbol, &u) && take_unit(q, &u);
}

static bool glued_to_next(const finder *f, uint32_t i)
{
    return i + 1 < f->end && !(tok_at(&f->s, i + 1)->flags & DS_TF_SPACE);
}

/* -1 or 1 for a sign before token `start` (moved onto it), 0 for none. */
static int sign_at(const finder *f, const numeral *n, uint32_t *start)
{
    if (n->prefix.at && ds_str_eq(n->prefix, DS_STR("minus-")))
        return -1;
    if (*start <= f->taken)
        return 0;
    uint32_t i = *start - 1;
    bool opens =
        i == f->beg || (tok_at(&f->s, i)->flags & DS_TF_SPACE) || norm_is(&f->s, i - 1, "(");
    bool minus = norm_is(&f->s, i, "-") || norm_is(&f->s, i, "\xE2\x88\x92");
    bool word = (norm_is(&f->s, i, "minus") || norm_is(&f->s, i, "negative")) &&
                (i == f->beg || upos_at(&f->s, i - 1) != DS_NUM);
    if (!word && !(glued_to_next(f, i) && opens && (minus || norm_is(&f->s, i, "+"))))
        return 0;
    *start = i;
    return word || minus ? -1 : 1;
}

/* A dash before a count of things is a list mark, not a sign. */
static void apply_sign(finder *f, const numeral *n, ds_quantity *q, uint32_t *start)
{
    uint32_t from = *start;
    int sign = sign_at(f, n, &from);
    bool counts = q->kind == DS_Q_COUNT && q->noun.end;
    if (!sign || counts || q->value.bound != DS_BOUND_EXACT || !q->value.best.num)
        return;
    *start = from;
    if (sign < 0)
        q->value = exact_value((ds_frac){-q->value.best.num, q->value.best.den});
    if (q->kind == DS_Q_RATIO)
        q->trend = sign < 0 ? DS_TREND_DOWN : DS_TREND_UP;
}

/* ---- one quantity --------------------------------------------------------------------------------------------- */

/* "cut by a third", "the other two thirds.": a share of something said before. */
static bool stands_alone(const finder *f, const numeral *n, uint32_t at)
{
    bool closed = at == f->end || tok_at(&f->s, at)->kind == DS_TOK_PUNCT ||
                  upos_at(&f->s, at) == DS_CCONJ || upos_at(&f->s, at) == DS_ADP;
    bool many = n->in_many || n->value.best.num > 1 || n->end == n->tok + 1;
    if (closed && many && !(n->value.best.den == 2 && !n->in_many))
        return true;
    return closed && n->tok > f->beg && label_at(&f->s, n->tok - 1, "share");
}

/* A share by its words: "half", "one in five". */
static bool read_share(finder *f, const numeral *n, ds_quantity *q, uint32_t *at)
{
    if (half_a_unit(f, q, at)) {
        q->kind = DS_Q_DURATION;
        return true;
    }
    q->kind = DS_Q_RATIO;
    q->unit = DS_STR("ratio");
    *at = ratio_base(f, q, n, *at);
    bool verb = *at < f->end && (upos_at(&f->s, *at) == DS_AUX || upos_at(&f->s, *at) == DS_VERB);
    return q->base.end || verb || stands_alone(f, n, *at); /* not "the second half", "half time" */
}

static void read_measure(finder *f, const numeral *n, ds_quantity *q, uint32_t *at)
{
    *at = modifiers_after(f, q, *at);
    if (q->attribute)
        return;
    if (q->kind == DS_Q_RATIO)
        *at = ratio_base(f, q, n, *at);
    if (q->kind == DS_Q_MEASURE && *at < f->end && norm_is(&f->s, *at, "of")) {
        uint32_t end = noun_phrase_at(&f->s, *at + 1, f->end).end;
        *at = end > *at + 1 ? end : *at;
    }
}

/* "One day the ice will melt": some day. "Within one day" counts. */
static bool one_day(const finder *f, const numeral *n)
{
    static const char *const parts[] = {"day", "morning", "evening", "night", "afternoon"};
    static const char *const counts[] = {"in", "within", "for", "just", "only", "than", "every"};
    if (!n->one || n->end >= f->end)
        return false;
    for (size_t i = 0; n->tok > f->beg && i < sizeof counts / sizeof *counts; i++)
        if (norm_is(&f->s, n->tok - 1, counts[i]))
            return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (norm_is(&f->s, n->end, parts[i]))
            return true;
    return false;
}

/* "one" counts before persons and things, beside words that count persons ("killed one and", "one dead"), and in "one of". */
static bool one_counts(const finder *f, const numeral *n, ds_noun_class cls)
{
    return !n->one || beside_event(f, n->tok, n->end) || cls == DS_NC_PERSON ||
           cls == DS_NC_SOLDIER || cls == DS_NC_ITEM ||
           (n->end < f->end && norm_is(&f->s, n->end, "of"));
}

static bool read_count(finder *f, const numeral *n, ds_quantity *q, uint32_t start, uint32_t *at)
{
    ds_noun_class cls = DS_NC_NONE;
    q->kind = DS_Q_COUNT;
    *at = counted(f, q, *at, &cls);
    if (!one_counts(f, n, cls) || is_name(f, n, q, start) || is_year(f, n, q) || is_score(n, q))
        return false;
    if (!q->noun.end)
        look_left(f, q, start);
    return true;
}

/* Where a unit may begin: "hundreds of miles", "1/16 of an ounce". */
static uint32_t behind_of(const finder *f, const numeral *n, uint32_t at)
{
    bool vague = n->value.bound == DS_BOUND_VAGUE;
    if (at + 1 >= f->end || !norm_is(&f->s, at, "of") || !(vague || n->fraction))
        return at;
    at++;
    return at + (n->fraction && (norm_is(&f->s, at, "a") || norm_is(&f->s, at, "an")));
}

/* What the numeral measures or counts, from token *at on. */
static bool read_what(finder *f, numeral *n, ds_quantity *q, uint32_t symbol, uint32_t start,
                      uint32_t *at)
{
    if (n->tail.at && side_modifier(f, q, n->tail, "glued"))
        return read_count(f, n, q, start, at);
    if (n->tail.at)
        return tail_read(f, n, q, at);
    if (n->ratio)
        return read_share(f, n, q, at);
    if (n->multiple) {
        q->kind = DS_Q_MULTIPLE;
        q->unit = DS_STR("times");
        return true;
    }
    if (q->unit.at) /* by letters before it: "USD10m" */
        return true;
    if (is_age(f, n, q, at)) {
        q->kind = DS_Q_AGE;
        q->unit = q->unit.at ? q->unit : DS_STR("year");
        return true;
    }
    uint32_t of = behind_of(f, n, *at);
    if (measured(f, q, symbol, &of)) {
        *at = of;
        read_measure(f, n, q, at);
        return true;
    }
    if (loose_tail(f, n, *at)) {
        ++*at;
        return tail_read(f, n, q, at);
    }
    return read_count(f, n, q, start, at);
}

/* Rates behind it, signs and bounds before it: then the tokens of the whole are known. */
static void read_around(finder *f, const numeral *n, ds_quantity *q, uint32_t start, uint32_t at)
{
    if (at < f->end && norm_is(&f->s, at, "than"))
        q->delta = false; /* "400 more jobs than planned" */
    at = per_phrases(f, q, at);
    rate_adverb(f, q, at);
    apply_sign(f, n, q, &start);
    start = sign_before(f, q, start);
    q->tok = modifiers_before(f, q, start);
    same_as_before(f, q, q->tok, at);
    q->tok_end = at;
    q->span = toks_span(&f->s, q->tok, at);
    if (!q->unit.at) /* a bare count: the measure decides in the claim stage whether it stands */
        q->unit = DS_STR("person");
}

static bool is_none(finder *f, numeral *n, uint32_t symbol)
{
    return is_code(f, n) || is_mark(f, n) || is_clock(f, n) || one_day(f, n) ||
           (symbol == UINT32_MAX && is_labelled(f, n));
}

/* Fills q from the numeral on; false: what stands here is no quantity. */
static bool read_quantity(finder *f, numeral *n, ds_quantity *q)
{
    uint32_t symbol = money_symbol(f, n->tok);
    if (is_none(f, n, symbol))
        return false;
    bool range = range_at(f, n, &symbol);
    uint32_t start = symbol < n->tok ? symbol : n->tok, at = n->end;
    q->value = n->value;
    q->number = n->span;
    if (range ? is_address(f, n) : joined_by_dash(f, n))
        return false;
    if (!lost_sign(f, n, q, &start) && !prefix_read(f, n, symbol, q))
        return false;
    if (range)
        start = range_start(f, start);
    at = modifiers_after(f, q, plus_after(f, q, at));
    if (!read_what(f, n, q, symbol, start, &at))
        return false;
    read_around(f, n, q, start, at);
    read_trend(f, q, q->tok, q->tok_end);
    link_apposition(f, q, q->tok);
    link_change(f, q, q->tok);
    return true;
}

static ds_status sentence_quantities(finder *f)
{
    bool tagged = !f->plain;
    for (uint32_t i = f->beg; i < f->end;) {
        numeral n;
        if (!may_be_numeral(&f->s, i)) {
            i++;
            continue;
        }
        if (!tagged) {
            plain_read(f->plain, f->beg, f->end);
            tagged = true;
        }
        if (!numeral_at(&f->s, i, f->end, &n)) {
            i = n.end;
            continue;
        }
        ds_quantity q = {.sent = f->sent, .equals = -1, .was = -1};
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
    return f->plain ? DS_OK : implicit_persons(f);
}

enum { FIGURE_EACH = 32 }; /* tokens: pages of news have no more figures */

ds_status ds_annotate_quantities(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                 const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    finder f = {0};
    plain tags;
    DS_TRY(scan_open(&f.s, a, doc, parse, lex, out, err));
    f.s.unit_seen = &f.unit;
    DS_RESERVE(a, &f.found, doc->toks_len / FIGURE_EACH);
    f.plain = parse ? NULL : &tags;
    if (f.plain && plain_open(&tags, &f.s) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
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
