/* SPDX-License-Identifier: Apache-2.0 */
/* times_pieces.c - the words of one sentence as the time matchers see them: phrases of times.tsv, numbers, and hyphenated
 * words part by part where a part is one of these. */
#include "annotate/times_internal.h"

static const char *const class_names[C_COUNT] = {
    "ago",   "another", "clock",  "day",  "daypart", "dayparts", "decade",  "defer", "det",
    "each",  "earlier", "fiscal", "half", "holiday", "last",     "later",   "lead",  "mod",
    "month", "next",    "night",  "noon", "number",  "one",      "ordinal", "part",  "past",
    "prep",  "quarter", "recent", "ref",  "same",    "season",   "set",     "this",  "trigger",
    "unit",  "units",   "vague",  "was",  "weekday", "weekdays", "will",    "year",  "zone",
};

enum { COL_VALUE = 2 };

/* Without one of these, or a number that can be a year, a date or a clock time, a sentence has no time. */
static const uint64_t strong_classes =
    CLASS(CLOCK) | CLASS(DAY) | CLASS(DAYPART) | CLASS(DAYPARTS) | CLASS(DECADE) | CLASS(HOLIDAY) |
    CLASS(MONTH) | CLASS(NIGHT) | CLASS(NOON) | CLASS(QUARTER) | CLASS(REF) | CLASS(SEASON) |
    CLASS(SET) | CLASS(TRIGGER) | CLASS(UNIT) | CLASS(UNITS) | CLASS(WEEKDAY) | CLASS(WEEKDAYS) |
    CLASS(YEAR) | CLASS(ZONE);

/* ---- tables ---------------------------------------------------------------------------------------------------- */

static bool same_classes(const ds_classes *c)
{
    if (c->len != C_COUNT)
        return false;
    for (uint32_t i = 0; i < C_COUNT; i++)
        if (!norm_eq(c->names[i], class_names[i]))
            return false;
    return true;
}

/* A table that lacks some of the classes numbers the others differently. */
static ds_status translate(times *t, const ds_classes *c)
{
    uint8_t to[64];
    for (uint32_t i = 0; i < c->len; i++) {
        to[i] = C_COUNT;
        for (uint32_t k = 0; k < C_COUNT; k++)
            if (norm_eq(c->names[i], class_names[k]))
                to[i] = (uint8_t)k;
    }
    uint8_t *codes = ds_arena_calloc(t->arena, t->words_t->rows, sizeof *codes);
    uint64_t *sets = ds_arena_calloc(t->arena, t->words_t->rows, sizeof *sets);
    if (!codes || !sets)
        return DS_NOMEM;
    for (uint32_t r = 0; r < t->words_t->rows; r++) {
        codes[r] = to[c->codes[r]];
        for (uint32_t i = 0; i < c->len; i++)
            if ((c->sets[r] >> i & 1) && to[i] < C_COUNT)
                sets[r] |= UINT64_C(1) << to[i];
    }
    t->codes = codes;
    t->sets = sets;
    return DS_OK;
}

/* The set of classes as the table numbers them. */
static uint64_t set_in(const ds_classes *c, uint64_t set)
{
    uint64_t out = 0;
    for (uint32_t i = 0; i < c->len; i++)
        for (uint32_t k = 0; k < C_COUNT; k++)
            if ((set >> k & 1) && norm_eq(c->names[i], class_names[k]))
                out |= UINT64_C(1) << i;
    return out;
}

ds_status pieces_open(times *t, const ds_lexicon *lex, ds_err *err)
{
    t->words = ds_lexicon_phrases(lex, "times");
    t->words_t = ds_lexicon_table(lex, "times");
    t->lemmas = ds_lexicon_phrases(lex, "lemmas");
    t->lemmas_t = ds_lexicon_table(lex, "lemmas");
    t->labels = ds_lexicon_phrases(lex, "labels");
    t->labels_t = ds_lexicon_table(lex, "labels");
    if (!t->words)
        return ds_fail(err, DS_BAD, "the lexicon has no table times", 0);
    const ds_classes *c = ds_phrase_classes(t->words);
    bool same = same_classes(c);
    t->codes = c->codes;
    t->sets = c->sets;
    if (!same && translate(t, c) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    t->bit = ds_phrases_bit(t->words);
    ds_phrase_starts(t->words, same ? strong_classes : set_in(c, strong_classes), &t->strong);
    return DS_OK;
}

/* ---- which sentences ------------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A year, or digits with something else than group commas and decimals among them. */
static bool strong_number(ds_str norm)
{
    if (norm.len == 4 && (norm.at[0] == '1' || norm.at[0] == '2') && is_digit(norm.at[1]) &&
        is_digit(norm.at[2]) && is_digit(norm.at[3]))
        return true;
    uint32_t stops = 0;
    for (size_t i = 0; i < norm.len; i++) {
        if (norm.at[i] == '.')
            stops++;
        else if (!is_digit(norm.at[i]) && norm.at[i] != ',')
            return true;
    }
    return stops > 1;
}

static bool strong_parts(const times *t, ds_str norm)
{
    for (size_t beg = 0, end; beg < norm.len; beg = end + 1) {
        const char *hyphen = memchr(norm.at + beg, '-', norm.len - beg);
        end = hyphen ? (size_t)(hyphen - norm.at) : norm.len;
        ds_str part = ds_str_cut(norm, beg, end);
        if (part.len > 2 && (ds_starts_may(&t->strong, ds_norm_hash(part)) ||
                             (is_digit(part.at[0]) && strong_number(part))))
            return true;
    }
    return false;
}

/* Words shorter than this have no two parts that could be times; most words of the table are. */
enum { HYPHENATED_MIN = 6 };

static bool has_hyphen(const ds_token *k)
{
    return k->norm.len >= HYPHENATED_MIN && memchr(k->norm.at, '-', k->norm.len) != NULL;
}

/* Can a time hang on the token? */
static bool is_strong(const times *t, const ds_token *k)
{
    if (k->kind == DS_TOK_NUMBER)
        return strong_number(k->norm);
    return k->kind == DS_TOK_WORD &&
           (ds_starts_may(&t->strong, k->hash) || (has_hyphen(k) && strong_parts(t, k->norm)));
}

bool pieces_wanted(const times *t, const ds_sentence *s)
{
    const ds_token *end = t->doc->toks + s->tok_end;
    for (const ds_token *k = t->doc->toks + s->tok; k < end; k++) {
        /* one jump a token, which is rarely taken */
        bool word = ((k->starts & t->bit) != 0) &
                    (ds_starts_may(&t->strong, k->hash) | (k->norm.len >= HYPHENATED_MIN));
        if ((word | (k->kind == DS_TOK_NUMBER)) && is_strong(t, k))
            return true;
    }
    return false;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Digits with group commas and a tail of letters: "1,500", "12th", "1990s", "10am". */
static void read_digits(piece *p)
{
    enum { DIGITS_MAX = 8 }; /* larger is no part of a date or duration */
    int32_t v = 0;
    uint8_t digits = 0;
    bool comma = false;
    size_t i = 0;
    for (; i < p->norm.len && digits <= DIGITS_MAX; i++) {
        char c = p->norm.at[i];
        if (c == ',' && digits > 0) {
            comma = true;
            continue;
        }
        if (!is_digit(c))
            break;
        v = v * 10 + (c - '0');
        digits++;
    }
    p->tail = (uint8_t)(i < UINT8_MAX ? i : UINT8_MAX);
    for (size_t k = i; k < p->norm.len; k++)
        if (p->norm.at[k] < 'a' || p->norm.at[k] > 'z')
            return; /* a decimal, a clock time, a slashed date */
    if (digits == 0 || digits > DIGITS_MAX)
        return;
    p->number = v;
    p->digits = comma ? 0 : digits;
}

static int32_t small_number(ds_str s)
{
    bool minus = s.len > 0 && s.at[0] == '-';
    int32_t v = 0;
    for (size_t i = minus; i < s.len && i < 8; i++) {
        if (!is_digit(s.at[i]))
            return 0;
        v = v * 10 + (s.at[i] - '0');
    }
    return minus ? -v : v;
}

/* What the row of times.tsv says. */
static void take_row(const times *t, uint32_t row, piece *p)
{
    p->row = row;
    p->mask = t->sets[row];
    if (!(p->mask & CLASS(NUMBER)))
        return;
    uint32_t r = row;
    while (t->codes[r] != C_NUMBER)
        r++;
    p->number = small_number(ds_table_cell(t->words_t, r, COL_VALUE));
}

static void take_part(const times *t, piece *p)
{
    int64_t row = ds_phrase_find(t->words, p->norm);
    if (row >= 0)
        take_row(t, (uint32_t)row, p);
    if (is_digit(p->norm.at[0]))
        p->kind = DS_TOK_NUMBER;
    if (p->kind == DS_TOK_NUMBER)
        read_digits(p);
}

/* The expression's last word without its possessive ending. */
static ds_span bare_span(const times *t, uint32_t tok)
{
    const ds_token *k = &t->doc->toks[tok];
    ds_span s = k->span;
    if (!(k->flags & DS_TF_POSSESSIVE) || (k->flags & DS_TF_JOINED) ||
        k->norm.len >= ds_span_len(s) || k->norm.len == 0)
        return s;
    ds_str text = ds_str_at(t->doc->text, s);
    uint32_t end = s.end; /* back over the s and the apostrophe */
    if (ds_str_ends(text, DS_STR("s")) || ds_str_ends(text, DS_STR("S")))
        end--;
    if (end == s.end || ds_utf8_prev(t->doc->text, end) > s.beg)
        end = (uint32_t)ds_utf8_prev(t->doc->text, end);
    return (ds_span){s.beg, end};
}

/* The next piece, to be filled in place; NULL: no memory. */
static inline piece *next_piece(times *t)
{
    if (t->p.len == t->p.cap &&
        ds_vec_room(t->arena, (void **)&t->p.at, t->p.len, &t->p.cap, sizeof *t->p.at) != DS_OK)
        return NULL;
    return &t->p.at[t->p.len++];
}

/* Parts of a hyphenated word, when one of them has a class; *took = false: keep it whole. */
static ds_status push_parts(times *t, uint32_t tok, bool glued, bool *took)
{
    const ds_token *k = &t->doc->toks[tok];
    ds_span span = bare_span(t, tok);
    size_t first = t->p.len;
    *took = false;
    if (k->norm.len != ds_span_len(span)) /* wide letters or hyphens: spans would not fit */
        return DS_OK;
    for (size_t beg = 0, end; beg <= k->norm.len; beg = end + 1) {
        for (end = beg; end < k->norm.len && k->norm.at[end] != '-'; end++)
            ;
        if (end == beg)
            continue;
        piece *p = next_piece(t);
        if (!p)
            return DS_NOMEM;
        *p = (piece){.norm = ds_str_cut(k->norm, beg, end),
                     .span = {span.beg + (uint32_t)beg, span.beg + (uint32_t)end},
                     .tok = tok,
                     .tok_end = tok + 1,
                     .number = -1,
                     .glued = beg > 0 || glued,
                     .kind = k->kind};
        char letter = t->doc->text.at[p->span.beg];
        p->cap = letter >= 'A' && letter <= 'Z';
        take_part(t, p);
        *took = *took || (p->mask != 0 && p->norm.len > 1);
    }
    if (!*took)
        t->p.len = first;
    return DS_OK;
}

/* A hyphen or short dash without blanks around it. */
static bool is_tie(const times *t, uint32_t tok, uint32_t end)
{
    const ds_token *k = &t->doc->toks[tok];
    if ((k->flags & DS_TF_SPACE) || tok + 1 >= end || (t->doc->toks[tok + 1].flags & DS_TF_SPACE) ||
        tok == 0)
        return false;
    return norm_eq(k->norm, "-") || norm_eq(ds_str_at(t->doc->text, k->span), "\xE2\x80\x93");
}

/* The piece of token i, or of the phrase that begins with it; *rest: it is a hyphenated word to be cut. */
static void fill_piece(const times *t, uint32_t i, uint32_t end, piece *p, bool *rest)
{
    const ds_token *k = &t->doc->toks[i];
    uint32_t row = 0, n = 0;
    p->norm = k->norm;
    p->span = k->span;
    p->mask = 0;
    p->tok = i;
    p->tok_end = i + 1;
    p->row = 0;
    p->number = -1;
    p->digits = p->tail = p->glued = 0;
    p->cap = (k->flags & DS_TF_CAP) != 0;
    p->kind = k->kind;
    *rest = false;
    if (k->kind == DS_TOK_NUMBER) {
        read_digits(p);
    } else if (k->starts & t->bit) {
        n = ds_phrase_at(t->words, t->doc->toks, i, end, &row);
        *rest = n == 0 && has_hyphen(k);
    }
    if (n == 0)
        return;
    take_row(t, row, p);
    p->tok_end = i + n;
    p->span.end = t->doc->toks[i + n - 1].span.end;
}

ds_status pieces_read(times *t, const ds_sentence *s)
{
    t->p.len = 0;
    bool glued = false, rest;
    for (uint32_t i = s->tok; i < s->tok_end;) {
        if (t->doc->toks[i].kind == DS_TOK_PUNCT && t->p.len > 0 && is_tie(t, i, s->tok_end)) {
            glued = true;
            i++;
            continue;
        }
        piece *p = next_piece(t);
        if (!p)
            return DS_NOMEM;
        fill_piece(t, i, s->tok_end, p, &rest);
        p->glued = glued;
        uint32_t next = p->tok_end;
        if (rest) {
            bool took;
            piece whole = *p;
            t->p.len--;
            DS_TRY(push_parts(t, i, glued, &took));
            if (!took)
                DS_TRY(DS_PUSH(t->arena, &t->p, whole));
        }
        glued = false;
        i = next;
    }
    return DS_OK;
}

/* ---- looking ------------------------------------------------------------------------------------------------------ */

uint32_t piece_end(const times *t, uint32_t i)
{
    const piece *p = &t->p.at[i];
    bool whole = p->span.end == t->doc->toks[p->tok_end - 1].span.end;
    return whole ? bare_span(t, p->tok_end - 1).end : p->span.end;
}

bool is_owner(const times *t, uint32_t i)
{
    const piece *p = &t->p.at[i];
    return (t->doc->toks[p->tok_end - 1].flags & DS_TF_POSSESSIVE) != 0;
}

ds_str value_of(const times *t, uint32_t i, word_class c)
{
    uint32_t r = t->p.at[i].row;
    while (t->codes[r] != c)
        r++;
    return ds_table_cell(t->words_t, r, COL_VALUE);
}

int32_t number_of(const times *t, uint32_t i, word_class c)
{
    return small_number(value_of(t, i, c));
}

const char *mod_of(const times *t, uint32_t i, word_class c)
{
    static const char *const mods[] = {"START",     "MID",       "END",           "APPROX",
                                       "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"};
    ds_str v = value_of(t, i, c);
    for (size_t m = 0; m < sizeof mods / sizeof *mods; m++)
        if (norm_eq(v, mods[m]))
            return mods[m];
    return NULL;
}

uint32_t whole_at(const times *t, uint32_t i, int32_t *n)
{
    if (i >= t->p.len)
        return 0;
    const piece *p = &t->p.at[i];
    *n = p->number;
    if (*n < 0 || (p->kind == DS_TOK_NUMBER && p->tail < p->norm.len))
        return 0;
    uint32_t took = 1;
    const piece *q = i + 1 < t->p.len ? &t->p.at[i + 1] : NULL;
    if (p->kind == DS_TOK_WORD && q && q->kind == DS_TOK_WORD && q->number > 0) {
        if (q->number == 100 && *n < 10)
            *n *= 100, took++;
        else if (*n >= 20 && *n % 10 == 0 && q->number < 10)
            *n += q->number, took++;
    }
    return took;
}

/* "nineteen ninety-six", "two thousand". */
static uint32_t year_words(const times *t, uint32_t i, int *year)
{
    const piece *p = &t->p.at[i];
    if (p->digits != 0 || p->kind != DS_TOK_WORD || i + 1 >= t->p.len)
        return 0;
    if (p->number == 2 && is_word(t, i + 1, "thousand")) {
        int32_t more;
        uint32_t and_ = is_word(t, i + 2, "and"), n = whole_at(t, i + 2 + and_, &more);
        if (n && more >= 100)
            return 0; /* "two thousand nine hundred" */
        *year = 2000 + (n && more < 100 ? more : 0);
        return 2 + (n && more < 100 ? n + and_ : 0);
    }
    if (p->number < 17 || p->number > 20)
        return 0;
    int32_t two;
    uint32_t n = t->p.at[i + 1].kind == DS_TOK_WORD ? whole_at(t, i + 1, &two) : 0;
    if (n == 0 || two < 10 || two > 99 || is_glued(t, i + 1 + n)) /* "twenty eighty-pound shells" */
        return 0;
    *year = p->number * 100 + two;
    return 1 + n;
}

uint32_t year_at(const times *t, uint32_t i, int *year)
{
    if (i >= t->p.len)
        return 0;
    const piece *p = &t->p.at[i];
    if (p->digits == 4 && p->tail == p->norm.len && year_fits(p->number)) {
        *year = p->number;
        return 1;
    }
    return p->number >= 0 ? year_words(t, i, year) : 0;
}

bool is_nth(const piece *p)
{
    static const char *const tails[] = {"th", "st", "nd", "rd"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (norm_eq(tail_of(p), tails[i]))
            return true;
    return false;
}

uint32_t day_at(const times *t, uint32_t i, int *day)
{
    if (i >= t->p.len)
        return 0;
    const piece *p = &t->p.at[i];
    if (is(t, i, C_ORDINAL)) {
        *day = number_of(t, i, C_ORDINAL);
        return *day >= 1 && *day <= 31;
    }
    if (p->digits == 0 || p->digits > 2 || p->number < 1 || p->number > 31)
        return 0;
    if (!is_plain(p) && !is_nth(p))
        return 0;
    *day = p->number;
    return 1;
}
