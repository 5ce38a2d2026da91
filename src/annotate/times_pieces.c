/* SPDX-License-Identifier: Apache-2.0 */
/* times_pieces.c - the words of one sentence as the time matchers see them: phrases of times.tsv, numbers, and hyphenated
 * words part by part where a part is one of these. */
#include "annotate/times_internal.h"

/* In the order of word_class. */
static const char *const class_names[C_COUNT] = {
    "month", "weekday", "weekdays", "unit",    "units",   "season", "daypart", "day",    "ref",
    "set",   "part",    "last",     "past",    "next",    "this",   "same",    "mod",    "ago",
    "later", "earlier", "each",     "ordinal", "holiday", "prep",   "will",    "was",    "clock",
    "zone",  "noon",    "decade",   "det",     "one",     "vague",  "recent",  "fiscal",
};

enum { COL_CLASS = 1, COL_VALUE = 2 };
/* A verb cue further off than this belongs to another clause more often than not. */
enum { TENSE_REACH = 14 };

static uint64_t mask_of(const times *t, uint32_t row)
{
    ds_str key = ds_table_cell(t->words_t, row, 0);
    uint64_t mask = 0;
    for (uint32_t r = row; r < t->words_t->rows && ds_str_eq(ds_table_cell(t->words_t, r, 0), key);
         r++)
        for (uint32_t c = 0; c < C_COUNT; c++)
            if (ds_str_eq(ds_table_cell(t->words_t, r, COL_CLASS), ds_str_of(class_names[c])))
                mask |= UINT64_C(1) << c;
    return mask;
}

/* A whole number in words up to nineteen, a ten or "hundred", or -1. */
static int32_t number_word(const times *t, ds_str norm)
{
    int64_t row = t->numbers ? ds_phrase_find(t->numbers, norm) : -1;
    if (row < 0)
        return -1;
    ds_str cls = ds_table_cell(t->numbers_t, (uint32_t)row, COL_CLASS);
    ds_frac v;
    if (!ds_str_eq(cls, DS_STR("unit")) && !ds_str_eq(cls, DS_STR("ten")) &&
        !ds_str_eq(cls, DS_STR("hundred")))
        return -1;
    if (ds_frac_parse(ds_table_cell(t->numbers_t, (uint32_t)row, COL_VALUE), &v) != DS_OK ||
        v.den != 1 || v.num > 100)
        return -1;
    return (int32_t)v.num;
}

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
        if (c < '0' || c > '9')
            break;
        v = v * 10 + (c - '0');
        digits++;
    }
    p->tail = ds_str_cut(p->norm, i, p->norm.len);
    for (size_t k = i; k < p->norm.len; k++)
        if (p->norm.at[k] < 'a' || p->norm.at[k] > 'z')
            return; /* a decimal, a clock time, a slashed date */
    if (digits == 0 || digits > DIGITS_MAX)
        return;
    p->number = v;
    p->digits = comma ? 0 : digits;
}

static ds_span bare_span(const times *t, uint32_t tok)
{
    const ds_token *k = &t->doc->toks[tok];
    ds_span s = k->span;
    if ((k->flags & DS_TF_POSSESSIVE) && !(k->flags & DS_TF_JOINED) &&
        k->norm.len < ds_span_len(s) && k->norm.len > 0) {
        ds_str text = ds_str_at(t->doc->text, s);
        uint32_t end = s.end; /* back over the s and the apostrophe */
        if (ds_str_ends(text, DS_STR("s")) || ds_str_ends(text, DS_STR("S")))
            end--;
        if (end == s.end || ds_utf8_prev(t->doc->text, end) > s.beg)
            end = (uint32_t)ds_utf8_prev(t->doc->text, end);
        s.end = end;
    }
    return s;
}

static ds_status push(times *t, piece p)
{
    if (p.kind == DS_TOK_NUMBER)
        read_digits(&p);
    else if (!p.mask)
        p.number = number_word(t, p.norm);
    return DS_PUSH(t->arena, &t->p, p);
}

static piece part_of(const times *t, const ds_token *k, uint32_t tok, size_t beg, size_t end)
{
    piece p = {.norm = ds_str_cut(k->norm, beg, end), .tok = tok, .tok_end = tok + 1, .number = -1};
    p.kind = k->kind;
    p.glued = beg > 0;
    int64_t row = ds_phrase_find(t->words, p.norm);
    if (row >= 0) {
        p.row = (uint32_t)row;
        p.mask = mask_of(t, p.row);
    }
    if (p.norm.len > 0 && p.norm.at[0] >= '0' && p.norm.at[0] <= '9')
        p.kind = DS_TOK_NUMBER;
    return p;
}

/* Parts of a hyphenated word, when one of them has a class or is a number; *took = false: keep it whole. */
static ds_status push_parts(times *t, uint32_t tok, bool glued, bool *took)
{
    const ds_token *k = &t->doc->toks[tok];
    ds_span span = bare_span(t, tok);
    *took = false;
    if (k->norm.len != ds_span_len(span)) /* wide letters or hyphens: spans would not fit */
        return DS_OK;
    bool wanted = false;
    for (size_t beg = 0, end; beg <= k->norm.len && !wanted; beg = end + 1) {
        for (end = beg; end < k->norm.len && k->norm.at[end] != '-'; end++)
            ;
        ds_str part = ds_str_cut(k->norm, beg, end);
        wanted = part.len > 1 && (ds_phrase_find(t->words, part) >= 0 || number_word(t, part) >= 0);
    }
    if (!wanted)
        return DS_OK;
    for (size_t beg = 0, end; beg <= k->norm.len; beg = end + 1) {
        for (end = beg; end < k->norm.len && k->norm.at[end] != '-'; end++)
            ;
        piece p = part_of(t, k, tok, beg, end);
        p.span = (ds_span){span.beg + (uint32_t)beg, span.beg + (uint32_t)end};
        if (p.norm.len == 0)
            continue;
        char first = t->doc->text.at[p.span.beg];
        p.cap = first >= 'A' && first <= 'Z';
        p.glued = p.glued || glued;
        DS_TRY(push(t, p));
    }
    *took = true;
    return DS_OK;
}

/* A hyphen or short dash without blanks around it. */
static bool is_tie(const times *t, uint32_t tok, uint32_t end)
{
    const ds_token *k = &t->doc->toks[tok];
    if (k->kind != DS_TOK_PUNCT || (k->flags & DS_TF_SPACE) || tok + 1 >= end ||
        (t->doc->toks[tok + 1].flags & DS_TF_SPACE) || tok == 0)
        return false;
    ds_str w = ds_str_at(t->doc->text, k->span);
    return ds_str_eq(k->norm, DS_STR("-")) || ds_str_eq(w, DS_STR("\xE2\x80\x93"));
}

ds_status pieces_read(times *t, const ds_sentence *s)
{
    t->p.len = 0;
    bool glued = false;
    for (uint32_t i = s->tok; i < s->tok_end;) {
        const ds_token *k = &t->doc->toks[i];
        if (is_tie(t, i, s->tok_end) && t->p.len > 0) {
            glued = true;
            i++;
            continue;
        }
        piece p = {.norm = k->norm, .tok = i, .number = -1, .kind = k->kind, .glued = glued};
        uint32_t row, n = ds_phrase_at(t->words, t->doc->toks, i, s->tok_end, &row);
        bool took = false;
        if (n == 0 && k->kind == DS_TOK_WORD && memchr(k->norm.at, '-', k->norm.len))
            DS_TRY(push_parts(t, i, glued, &took));
        if (!took) {
            if (n > 0) {
                p.row = row;
                p.mask = mask_of(t, row);
            }
            n = n ? n : 1;
            p.tok_end = i + n;
            p.span = (ds_span){k->span.beg, bare_span(t, i + n - 1).end};
            p.cap = (k->flags & DS_TF_CAP) != 0;
            DS_TRY(push(t, p));
        }
        i += took ? 1 : n;
        glued = false;
    }
    return DS_OK;
}

bool is(const times *t, uint32_t i, word_class c)
{
    return i < t->p.len && (t->p.at[i].mask >> c & 1);
}

bool is_word(const times *t, uint32_t i, const char *z)
{
    return i < t->p.len && ds_str_eq(t->p.at[i].norm, ds_str_of(z));
}

bool is_punct(const times *t, uint32_t i, char c)
{
    return i < t->p.len && t->p.at[i].kind == DS_TOK_PUNCT && t->p.at[i].norm.len == 1 &&
           t->p.at[i].norm.at[0] == c;
}

ds_str value_of(const times *t, uint32_t i, word_class c)
{
    uint32_t row = t->p.at[i].row;
    ds_str key = ds_table_cell(t->words_t, row, 0), cls = ds_str_of(class_names[c]);
    for (uint32_t r = row; r < t->words_t->rows && ds_str_eq(ds_table_cell(t->words_t, r, 0), key);
         r++)
        if (ds_str_eq(ds_table_cell(t->words_t, r, COL_CLASS), cls))
            return ds_table_cell(t->words_t, r, COL_VALUE);
    return (ds_str){"", 0};
}

int32_t number_of(const times *t, uint32_t i, word_class c)
{
    ds_frac v;
    return ds_frac_parse(value_of(t, i, c), &v) == DS_OK && v.den == 1 ? (int32_t)v.num : 0;
}

uint32_t year_at(const times *t, uint32_t i, int *year)
{
    if (i >= t->p.len)
        return 0;
    const piece *p = &t->p.at[i];
    if (p->digits == 4 && p->tail.len == 0 && year_fits(p->number)) {
        *year = p->number;
        return 1;
    }
    /* "nineteen ninety-six" */
    if (p->digits == 0 && p->kind == DS_TOK_WORD && p->number >= 17 && p->number <= 20 &&
        i + 1 < t->p.len) {
        const piece *q = &t->p.at[i + 1];
        if (q->digits != 0 || q->number < 10 || q->number > 99)
            return 0;
        *year = p->number * 100 + q->number;
        uint32_t n = 2;
        if (q->number >= 20 && i + 2 < t->p.len && t->p.at[i + 2].digits == 0 &&
            t->p.at[i + 2].number >= 1 && t->p.at[i + 2].number <= 9)
            *year += t->p.at[i + n++].number;
        return n;
    }
    return 0;
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
    bool tail = p->tail.len == 0 || ds_str_eq(p->tail, DS_STR("th")) ||
                ds_str_eq(p->tail, DS_STR("st")) || ds_str_eq(p->tail, DS_STR("nd")) ||
                ds_str_eq(p->tail, DS_STR("rd"));
    if (p->digits == 0 || p->digits > 2 || !tail || p->number < 1 || p->number > 31)
        return 0;
    *day = p->number;
    return 1;
}

static bool ends_clause(const times *t, uint32_t i)
{
    const piece *p = &t->p.at[i];
    return p->kind == DS_TOK_PUNCT &&
           (p->norm.at[0] == ',' || p->norm.at[0] == ';' || p->norm.at[0] == ':');
}

/* Irregular forms that lemmas.tsv knows as verbs and that end in no -ing or -s are past forms. */
static bool is_irregular_past(const times *t, ds_str norm)
{
    enum { LEMMA_CLASS = 1, LEMMA = 2 };
    int64_t row = t->lemmas && norm.len > 2 ? ds_phrase_find(t->lemmas, norm) : -1;
    if (row < 0 || ds_str_ends(norm, DS_STR("ing")) || ds_str_ends(norm, DS_STR("s")))
        return false;
    return ds_str_eq(ds_table_cell(t->lemmas_t, (uint32_t)row, LEMMA_CLASS), DS_STR("verb")) &&
           !ds_str_eq(ds_table_cell(t->lemmas_t, (uint32_t)row, LEMMA), norm);
}

static int cue(const times *t, uint32_t i)
{
    if (is(t, i, C_WILL))
        return 1;
    if (is(t, i, C_WAS))
        return -1;
    const piece *p = &t->p.at[i];
    if (p->kind != DS_TOK_WORD || p->cap)
        return 0;
    bool regular = p->norm.len > 4 && ds_str_ends(p->norm, DS_STR("ed"));
    return regular || is_irregular_past(t, p->norm) ? -1 : 0;
}

int tense_at(const times *t, uint32_t i, uint32_t end, bool after)
{
    for (uint32_t k = i; k > 0 && i - k < TENSE_REACH && !ends_clause(t, k - 1); k--) {
        int c = cue(t, k - 1);
        if (c < 0 && k >= 2 &&
            is(t, k - 2, C_WILL)) /* "is expected to have moved", "to be moved" */
            continue;
        if (c)
            return c;
    }
    for (uint32_t k = end; after && k < t->p.len && k - end < TENSE_REACH; k++) {
        int c = cue(t, k);
        if (c)
            return c;
    }
    return 0;
}
