/* SPDX-License-Identifier: Apache-2.0 */
/* tokens.c - one pass over a block: words, numbers, symbols, punctuation.
 *
 * After UAX #29 word boundaries; differs in: inner hyphens hold a word together, numbers keep their group commas, times
 * and slashed dates ("12,000", "10:30", "1/28/25"), stops belong to abbreviations and acronyms, and words that a scraper
 * tore ("South Africa n", "Russia 's") are mended. */
#include "text/internal.h"

/* Letters behind digits that still belong to the number: "40th", "350K", "170mm". More is a word glued on. */
enum { TAIL_MAX = 3 };
/* Letters of the word behind a prefix that was torn off. */
enum { PREFIXED_MIN = 5 };

static size_t block_end(const ds_scan *s)
{
    return s->block.end;
}

/* Code point at i inside the block, 0 behind it. */
static uint32_t at(const ds_scan *s, size_t i, size_t *next)
{
    ds_str cut = {s->text.at, block_end(s)};
    return ds_cp_at(cut, i, next);
}

static uint32_t before(const ds_scan *s, size_t i)
{
    return i <= s->block.beg ? 0 : ds_cp_before(s->text, i);
}

static bool is_letter(uint32_t c)
{
    return c != 0 && ds_cp_classify(c) == DS_CP_LETTER;
}

static bool is_digit(uint32_t c)
{
    return c != 0 && ds_cp_classify(c) == DS_CP_DIGIT;
}

static bool is_alnum(uint32_t c)
{
    return c != 0 && ds_cp_alnum(c);
}

/* Moves the pointer past quotations that end at or before i; the one that holds i, or NULL. */
static const ds_quotation *quotation_at(ds_scan *s, size_t i)
{
    while (s->quote < s->quotes->len) {
        const ds_quotation *q = &s->quotes->at[s->quote];
        if (i < q->close.end || (q->close.end == q->close.beg && i < q->close.beg))
            return i >= q->open.beg ? q : NULL;
        s->quote++;
    }
    return NULL;
}

/* The apostrophe at i closes a quotation. */
static bool closes_quotation(ds_scan *s, size_t i)
{
    const ds_quotation *q = quotation_at(s, i);
    return q && q->close.beg == i && q->close.end > i;
}

/* ---- words ----------------------------------------------------------------------------------------------- */

static size_t skip_alnum(const ds_scan *s, size_t i)
{
    size_t next;
    for (;;) {
        uint32_t c = at(s, i, &next);
        if (!is_alnum(c) && !(c == 0x00AD && is_letter(at(s, next, NULL))))
            return i;
        i = next;
    }
}

static size_t points_between(const ds_scan *s, size_t beg, size_t end)
{
    return ds_utf8_length(ds_str_cut(s->text, beg, end));
}

/* "kim.smith@harbour.example", from its first piece on: an at sign comes before anything that no mailbox has. */
static bool in_mailbox(const ds_scan *s, size_t i)
{
    size_t end = i;
    while (is_alnum(at(s, end, NULL)) || at(s, end, NULL) == '.' || at(s, end, NULL) == '_' ||
           at(s, end, NULL) == '-')
        at(s, end, &end);
    return at(s, end, NULL) == '@' && is_alnum(at(s, end + 1, NULL));
}

/* "HARBOUR.ORG", "PLAN.DOC": the ending of a host's or a file's name in capitals throughout. */
static bool ends_name(const ds_scan *s, size_t beg, size_t end)
{
    return end - beg > 1 && ds_cp_upper(before(s, end)) &&
           (ds_cut_is(s->lex, ds_str_cut(s->text, beg, end), DS_STR("site")) ||
            ds_cut_is(s->lex, ds_str_cut(s->text, beg, end), DS_STR("file")));
}

/* A stop between two letters: "U.S", "Ph.D", "E.g.", "example.com" hold together, "troops.Continued" does not. */
static bool stop_joins(const ds_scan *s, size_t piece, size_t dot)
{
    size_t beg = dot + 1, end = skip_alnum(s, beg);
    uint32_t first = at(s, beg, NULL);
    if (!is_letter(first))
        return false;
    size_t len = points_between(s, piece, dot), next_len = points_between(s, beg, end);
    uint32_t lead = at(s, piece, NULL);
    bool stop_after = at(s, end, NULL) == '.';
    if (len == 1 && next_len == 1)
        return ds_cp_upper(lead) == ds_cp_upper(first) || (ds_cp_upper(lead) && stop_after);
    if (ends_name(s, beg, end) || in_mailbox(s, beg))
        return true;
    if (len <= 2 && next_len <= 2 && stop_after)
        return ds_cp_upper(lead) || len == 1;
    return ds_cp_lower(first) && next_len >= 2 && !ds_cp_upper(before(s, dot));
}

/* First code point behind white space at i. */
static uint32_t after_space(const ds_scan *s, size_t i)
{
    size_t next;
    uint32_t c = at(s, i, &next);
    while (c != 0 && ds_cp_space(c)) {
        i = next;
        c = at(s, i, &next);
    }
    return c;
}

static bool stop_in_abbreviation(const ds_scan *s, size_t beg, size_t dot)
{
    ds_str word = ds_str_cut(s->text, beg, dot);
    int64_t row = ds_abbreviation(s->lex, word);
    if (row < 0)
        return false;
    ds_str next = ds_abbreviation_cell(s->lex, row, DS_ABBR_NEXT);
    ds_str letters = ds_abbreviation_cell(s->lex, row, DS_ABBR_CASE);
    bool upper = ds_cp_upper(at(s, beg, NULL));
    if (ds_str_eq(letters, upper ? DS_STR("low") : DS_STR("cap")))
        return false;
    uint32_t n = after_space(s, dot + 1);
    if (ds_str_eq(next, DS_STR("name")))
        return ds_cp_upper(n);
    if (ds_str_eq(next, DS_STR("number")))
        return is_digit(n);
    return true;
}

/* A single capital before a name: "J. Smith", "George W. Bush"; not "Plan B. The", which the starters tell. */
static bool stop_in_initial(const ds_scan *s, size_t beg, size_t dot)
{
    if (points_between(s, beg, dot) != 1 || !ds_cp_upper(at(s, beg, NULL)) ||
        at(s, beg, NULL) == 'I')
        return false;
    size_t i = dot + 1, next;
    while (at(s, i, &next) != 0 && ds_cp_space(at(s, i, NULL)))
        i = next;
    if (!ds_cp_upper(at(s, i, NULL)))
        return false;
    ds_str word = ds_str_cut(s->text, i, skip_alnum(s, i));
    return !ds_edge_is(s->lex, word, DS_STR("starter"));
}

/* The inner marks of a word: true and *i moved behind the mark where the word goes on. */
static bool word_goes_on(ds_scan *s, uint32_t c, size_t *i, size_t next, size_t *piece,
                         bool *dotted)
{
    uint32_t n = at(s, next, NULL), p = before(s, *i);
    if (ds_cp_apostrophe(c)) {
        if (!is_letter(n) || closes_quotation(s, *i))
            return false;
    } else if (ds_cp_hyphen(c) || c == '_' || c == '@') {
        if (!is_alnum(n))
            return false;
        *piece = next;
    } else if (c == '.') {
        if (!stop_joins(s, *piece, *i))
            return false;
        *piece = next;
        *dotted = true;
    } else if (c == '&') {
        if (!ds_cp_upper(p) || !ds_cp_upper(n))
            return false;
        *piece = next;
    } else {
        return false;
    }
    *i = next;
    return true;
}

static size_t scan_url(const ds_scan *s, size_t i)
{
    size_t next;
    for (;;) {
        uint32_t c = at(s, i, &next);
        if (c == 0 || ds_cp_space(c) || c == '"' || c == '<' || c == '>' || c == ')' || c > 0x2000)
            break;
        i = next;
    }
    while (ds_cp_classify(before(s, i)) == DS_CP_PUNCT && before(s, i) != '/')
        i = ds_utf8_prev(s->text, i); /* the sentence's own stop */
    return i;
}

/* An apostrophe behind a final s, or "'s" after a blank (damage). Returns the end with it, or i. */
static size_t scan_possessive(ds_scan *s, size_t i, uint8_t *flags)
{
    size_t next, after;
    uint32_t c = at(s, i, &next);
    uint32_t p = before(s, i);
    if (ds_cp_apostrophe(c) && (p == 's' || p == 'S') && !is_alnum(at(s, next, NULL)) &&
        at(s, next, NULL) != '\'' && !closes_quotation(s, i))
        return next;
    if (c == 0 || !ds_cp_space(c) || c == '\n')
        return i;
    c = at(s, next, &after);
    if (!ds_cp_apostrophe(c) || closes_quotation(s, next))
        return i;
    c = at(s, after, &next);
    if ((c != 's' && c != 'S') || is_alnum(at(s, next, NULL)))
        return i;
    *flags |= DS_TF_JOINED;
    return next;
}

/* Endings of names of peoples that link markup tears off: "South Africa n", "Israel i", "Ukraine an". */
static const struct torn {
    const char *ending, *behind; /* last letters of the word before it */
} torn[] = {
    {"n", "a"},         {"ns", "a"},         {"i", "lnqth"},
    {"ian", "nltdrgb"}, {"ians", "nltdrgb"}, {"ese", "nlm"},
};

static size_t scan_torn(const ds_scan *s, size_t beg, size_t i)
{
    size_t next;
    uint32_t c = at(s, i, &next), last = before(s, i);
    if (c != ' ' || !ds_cp_upper(at(s, beg, NULL)) ||
        i - beg < 4) /* shorter than any country's name */
        return i;
    size_t end = skip_alnum(s, next);
    ds_str word = ds_str_cut(s->text, next, end);
    uint32_t after = after_space(s, end);
    if (ds_cp_apostrophe(at(s, end, NULL)) || at(s, end, NULL) == '.' || word.len == 0)
        return i;
    for (size_t k = 0; k < sizeof torn / sizeof *torn; k++)
        if (ds_str_eq(word, ds_str_of(torn[k].ending)) && last < 0x80 &&
            strchr(torn[k].behind, (int)last) &&
            (word.at[0] != 'i' || word.len > 1 || ds_cp_lower(after)))
            return end;
    return i;
}

/* Prefixes whose hyphen was lost before their own vowel: "re enforcements", "co operation", "pre emptive". */
static const char *const prefixes[] = {"re", "co", "pre"};

static size_t scan_prefix(const ds_scan *s, size_t beg, size_t i)
{
    size_t next;
    ds_str word = ds_str_cut(s->text, beg, i);
    if (at(s, i, &next) != ' ' || ds_cp_apostrophe(before(s, beg)))
        return i;
    for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++)
        if (word.len && ds_str_eq(word, ds_str_of(prefixes[k])) &&
            at(s, next, NULL) == (uint32_t)(unsigned char)word.at[word.len - 1]) {
            size_t end = skip_alnum(s, next);
            return end - next >= PREFIXED_MIN ? end : i;
        }
    return i;
}

static size_t scan_word(ds_scan *s, size_t beg, uint8_t *flags)
{
    size_t i = beg, piece = beg, next;
    bool dotted = false;
    for (;;) {
        i = skip_alnum(s, i);
        uint32_t c = at(s, i, &next);
        if (c == 0 || !word_goes_on(s, c, &i, next, &piece, &dotted))
            break;
    }
    ds_str w = ds_str_cut(s->text, beg, i);
    if (at(s, i, &next) == ':' && (ds_str_eq(w, DS_STR("http")) || ds_str_eq(w, DS_STR("https"))))
        return scan_url(s, i);
    if (at(s, i, &next) == '.') {
        bool acronym = dotted && points_between(s, piece, i) <= 2;
        if (acronym || stop_in_abbreviation(s, beg, i) || stop_in_initial(s, beg, i)) {
            i = next;
            uint32_t c = at(s, i, NULL); /* "U.S.'s", "U.S.-led" */
            if ((ds_cp_apostrophe(c) || ds_cp_hyphen(c)) && !closes_quotation(s, i)) {
                size_t more = i;
                at(s, i, &more);
                if (is_letter(at(s, more, NULL)))
                    return scan_word(s, more, flags);
            }
            return i;
        }
    }
    size_t whole = scan_torn(s, beg, i);
    if (whole == i)
        whole = scan_prefix(s, beg, i);
    if (whole > i) {
        *flags |= DS_TF_JOINED;
        i = whole;
    }
    return scan_possessive(s, i, flags);
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

static size_t skip_digits(const ds_scan *s, size_t i)
{
    size_t next;
    while (is_digit(at(s, i, &next)))
        i = next;
    return i;
}

/* Groups of exactly three digits behind commas ("12,000"), or India's twos before a three ("1,00,000"). */
static size_t scan_groups(const ds_scan *s, size_t beg, size_t i)
{
    size_t first = points_between(s, beg, i), end = i;
    if (first > 3)
        return i;
    for (bool twos = false;;) {
        if (at(s, i, NULL) != ',')
            return end;
        size_t stop = skip_digits(s, i + 1), n = points_between(s, i + 1, stop);
        if (n == 3) {
            end = stop;
            if (twos)
                return end;
        } else if (n == 2 && first <= 2 && (twos || end == skip_digits(s, beg))) {
            twos = true;
        } else {
            return end;
        }
        i = stop;
    }
}

static size_t scan_number(ds_scan *s, size_t beg, uint8_t *flags)
{
    size_t i = skip_digits(s, beg), next;
    i = scan_groups(s, beg, i);
    for (;;) {
        uint32_t c = at(s, i, &next);
        if ((c != '.' && c != ':' && c != '/') || !is_digit(at(s, next, NULL)))
            break;
        i = skip_digits(s, next);
    }
    size_t tail = i;
    while (is_alnum(at(s, i, &next)))
        i = next;
    if (i > tail && points_between(s, tail, i) > TAIL_MAX && is_letter(at(s, tail, NULL)))
        return tail;
    if (ds_cp_apostrophe(at(s, i, &next)) && at(s, next, NULL) == 's' &&
        !is_alnum(at(s, next + 1, NULL)) && !closes_quotation(s, i))
        return next + 1; /* "2025's", "the 1990's" */
    return scan_possessive(s, i, flags);
}

/* ---- the rest ---------------------------------------------------------------------------------------------------- */

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2012 && c <= 0x2015);
}

static size_t scan_punct(const ds_scan *s, uint32_t c, size_t beg)
{
    size_t i, next;
    at(s, beg, &i);
    uint32_t n = at(s, i, &next);
    if (c == '.' && n == '.') {
        while (at(s, i, &next) == '.')
            i = next;
    } else if (is_dash(c)) {
        while (is_dash(at(s, i, &next)))
            i = next;
    } else if ((c == '`' && n == '`') || (c == '\'' && n == '\'')) {
        i = next;
    }
    return i;
}

/* A list mark at the block's start or between blanks: no token, and it ends the sentence before it. */
static bool is_bullet(const ds_scan *s, uint32_t c, size_t beg, size_t next)
{
    if (c != 0x2022 && c != 0x2023 && c != 0x25AA && c != 0x25CF && c != 0x25E6 && c != 0x25A0 &&
        c != 0x2219)
        return false;
    uint32_t p = before(s, beg), n = at(s, next, NULL);
    return (p == 0 || ds_cp_space(p)) && (n == 0 || ds_cp_space(n) || p == 0 || ds_cp_space(p));
}

static size_t scan_one(ds_scan *s, size_t beg, ds_token *t)
{
    size_t next;
    uint32_t c = at(s, beg, &next);
    switch (ds_cp_classify(c)) {
    case DS_CP_LETTER:
        t->kind = DS_TOK_WORD;
        return scan_word(s, beg, &t->flags);
    case DS_CP_DIGIT:
        t->kind = DS_TOK_NUMBER;
        return scan_number(s, beg, &t->flags);
    case DS_CP_NUMBER:
        t->kind = DS_TOK_NUMBER;
        return next;
    case DS_CP_PUNCT:
        if (c == '.' && is_digit(at(s, next, NULL)) && !is_alnum(before(s, beg))) {
            t->kind = DS_TOK_NUMBER; /* ".5 percent" */
            return scan_number(s, next, &t->flags);
        }
        t->kind = DS_TOK_PUNCT;
        return scan_punct(s, c, beg);
    default:
        t->kind = DS_TOK_SYMBOL;
        return next;
    }
}

static uint16_t quote_number(ds_scan *s, size_t beg)
{
    const ds_quotation *q = quotation_at(s, beg);
    size_t n = s->quote + 1;
    return q && n <= UINT16_MAX ? (uint16_t)n : 0;
}

ds_status ds_tokens_scan(ds_scan *s)
{
    s->norms = ds_arena_alloc(s->arena, ds_span_len(s->block));
    s->norms_len = 0;
    if (!s->norms)
        return DS_NOMEM;
    bool space = true;
    size_t i = s->block.beg, next;
    while (i < block_end(s)) {
        uint32_t c = at(s, i, &next);
        ds_cp_class k = ds_cp_classify(c);
        if (k == DS_CP_SPACE || k == DS_CP_IGNORE || is_bullet(s, c, i, next)) {
            space = space || k != DS_CP_IGNORE;
            i = next;
            continue;
        }
        ds_token t = {.flags = space ? DS_TF_SPACE : 0};
        t.quote = quote_number(s, i);
        size_t end = scan_one(s, i, &t);
        t.span = (ds_span){(uint32_t)i, (uint32_t)end};
        DS_TRY(ds_token_norm(s, &t));
        DS_TRY(DS_PUSH(s->arena, s->out, t));
        space = false;
        i = end;
    }
    return DS_OK;
}
