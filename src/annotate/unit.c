/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/unit.h"

enum { UNIT_CODE = 1, UNIT_WHEN = 2 };    /* columns of units.tsv */
enum { MONEY_ACTOR = 1, MONEY_WORD = 2 }; /* of currencies.tsv */
enum { ACTOR_NAME = 1 };                  /* of actors.tsv */
enum { MONEY_REACH = 400 };  /* tokens that a bare word of money looks back: a page of news */
enum { NAMESAKES_MAX = 32 }; /* currencies with one everyday word: 12 dollars are the most */

static ds_quantity_kind kind_of(const scan *s, ds_str code)
{
    static const struct {
        const char *dimension;
        ds_quantity_kind kind;
    } kinds[] = {{"ratio", DS_Q_RATIO},
                 {"time", DS_Q_DURATION},
                 {"money", DS_Q_MONEY},
                 {"multiple", DS_Q_MULTIPLE}};
    ds_unit u;
    if (!ds_unit_of(s->arena, s->lex, code, &u))
        return DS_Q_MEASURE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ds_str_eq(u.dimension, ds_str_of(kinds[i].dimension)))
            return kinds[i].kind;
    return DS_Q_MEASURE;
}

/* ---- units ------------------------------------------------------------------------------------------------ */

static size_t slash_in(ds_str cell, size_t beg)
{
    const char *slash = cell.at ? memchr(cell.at + beg, '/', cell.len - beg) : NULL;
    return slash ? (size_t)(slash - cell.at) : cell.len;
}

/* "km/hour": the unit and what it is per. */
static void fill(const scan *s, ds_str cell, unit *out)
{
    size_t slash = slash_in(cell, 0);
    out->per_len = 0;
    out->code = ds_str_cut(cell, 0, slash);
    while (slash < cell.len && out->per_len < UNIT_PER) {
        size_t beg = slash + 1;
        slash = slash_in(cell, beg);
        out->per[out->per_len++] = ds_str_cut(cell, beg, slash);
    }
    out->kind = kind_of(s, out->code);
}

static bool when_is(const scan *s, uint32_t row, const char *when)
{
    return ds_str_eq(ds_table_cell(s->units_t, row, UNIT_WHEN), ds_str_of(when));
}

/* Is the row's phrase, which stands here as `text`, a unit here? */
static bool row_holds(const scan *s, uint32_t row, ds_str text, bool glued)
{
    if (when_is(s, row, "any"))
        return true;
    if (when_is(s, row, "weight") || (when_is(s, row, "glued") && !glued))
        return false;
    if (when_is(s, row, "capital"))
        return glued && text.len == 1 && text.at[0] >= 'A' && text.at[0] <= 'Z';
    ds_str phrase = ds_table_cell(s->units_t, row, 0),
           code = ds_table_cell(s->units_t, row, UNIT_CODE);
    bool own = code.len == phrase.len; /* "W" is written as its code; "sec" is not */
    return ds_str_eq(text, own ? code : phrase);
}

/* The first row of the phrase at `row` that holds here, or -1. */
static int64_t row_here(const scan *s, uint32_t row, ds_str text, bool glued)
{
    ds_str phrase = ds_table_cell(s->units_t, row, 0);
    for (; row < s->units_t->rows && ds_str_eq(ds_table_cell(s->units_t, row, 0), phrase); row++)
        if (row_holds(s, row, text, glued))
            return row;
    return -1;
}

/* "the fish weighed 30 pounds": does the sentence around token i speak of weight? */
static bool speaks_of_weight(const scan *s, uint32_t i)
{
    enum { REACH = 30 }; /* tokens: a sentence */
    uint32_t beg = i > REACH ? i - REACH : 0, end = i + REACH;
    for (uint32_t k = beg; k < end && k < s->doc->toks_len; k++)
        if (label_at(s, k, "weight"))
            return true;
    return false;
}

/* The row for weight beside the row at `row`, where the sentence speaks of it. */
static uint32_t weigh(const scan *s, uint32_t i, uint32_t row)
{
    ds_str phrase = ds_table_cell(s->units_t, row, 0);
    for (uint32_t r = row;
         r < s->units_t->rows && ds_str_eq(ds_table_cell(s->units_t, r, 0), phrase); r++)
        if (when_is(s, r, "weight"))
            return speaks_of_weight(s, i) ? r : row;
    return row;
}

static bool prefixable(const scan *s, ds_str code)
{
    ds_unit u;
    return ds_unit_of(s->arena, s->lex, code, &u) && u.prefixable;
}

/* "kilojoules": a decimal prefix before a unit that takes one. */
static bool prefixed_word(const scan *s, ds_str norm, unit *out)
{
    for (const ds_unit_prefix *p = ds_unit_prefixes; p->name; p++) {
        if (!norm.len || p->name[0] != norm.at[0])
            continue;
        ds_str name = ds_str_of(p->name);
        if (norm.len < name.len + 3 || !ds_str_starts(norm, name))
            continue;
        int64_t row = ds_phrase_find(s->units, ds_str_cut(norm, name.len, norm.len));
        ds_str code = row < 0 ? (ds_str){0} : ds_table_cell(s->units_t, (uint32_t)row, UNIT_CODE);
        if (!prefixable(s, code))
            continue;
        fill(s, ds_arena_printf(s->arena, "%s%.*s", p->symbol, DS_FMT(code)), out);
        return out->code.at;
    }
    return false;
}

/* "MPa", "GWh": a code that units.tsv does not write out; "TV" stands for volts only where it is glued to digits. */
static bool prefixed_symbol(const scan *s, ds_str text, bool glued, unit *out)
{
    enum { CODE_MAX = 6 }; /* bytes: a prefix of two ("µ") and a code of four */
    ds_unit u;
    if (text.len < 2 || text.len > CODE_MAX || !ds_unit_of(s->arena, s->lex, text, &u) ||
        ds_str_eq(u.dimension, DS_STR("money")) || (u.wordlike && !glued))
        return false;
    fill(s, u.code, out);
    return true;
}

static ds_str text_of(const scan *s, uint32_t beg, uint32_t end)
{
    return ds_str_at(s->doc->text, toks_span(s, beg, end));
}

bool unit_glued(const scan *s, ds_str text, unit *out)
{
    ds_str norm = ds_text_norm(s->arena, text);
    int64_t row = norm.at ? ds_phrase_find(s->units, norm) : -1;
    row = row < 0 ? row : row_here(s, (uint32_t)row, text, true);
    if (row >= 0) {
        fill(s, ds_table_cell(s->units_t, (uint32_t)row, UNIT_CODE), out);
        return true;
    }
    return norm.at && (prefixed_symbol(s, text, true, out) || prefixed_word(s, norm, out));
}

/* ---- money ------------------------------------------------------------------------------------------------ */

/* Row of currencies.tsv of a code in capitals, or -1. */
static int64_t iso_row(const scan *s, uint32_t i)
{
    const ds_token *t = tok_at(s, i);
    if (t->norm.len != 3 || !(t->flags & DS_TF_ALLCAP))
        return -1;
    return ds_phrase_find(s->money, t->norm);
}

static ds_str upper(const scan *s, ds_str code)
{
    char *at = ds_arena_alloc(s->arena, code.len);
    for (size_t i = 0; at && i < code.len; i++)
        at[i] = (char)(code.at[i] >= 'a' && code.at[i] <= 'z' ? code.at[i] - 32 : code.at[i]);
    return (ds_str){at, at ? code.len : 0};
}

static bool is_money(const scan *s, uint32_t row, unit *out, uint32_t end)
{
    out->code = upper(s, ds_table_cell(s->money_t, row, 0));
    out->per_len = 0;
    out->kind = DS_Q_MONEY;
    out->end = end;
    return out->code.at;
}

/* Rows of currencies.tsv with one everyday word: "rupees", "pesos". */
typedef struct namesakes {
    uint32_t rows[NAMESAKES_MAX], len;
} namesakes;

static namesakes namesakes_of(const scan *s, ds_str word)
{
    namesakes n = {.len = 0};
    for (uint32_t r = 0; r < s->money_t->rows && n.len < NAMESAKES_MAX; r++) {
        ds_str own = ds_table_cell(s->money_t, r, MONEY_WORD);
        if (ds_str_starts(word, own) && word.len <= own.len + 2)
            n.rows[n.len++] = r;
    }
    return n;
}

/* The row of the country whose name or adjective begins at token i, or -1. *behind: the token behind that. */
static int64_t money_of_actor(const scan *s, const namesakes *n, uint32_t i, uint32_t end,
                              uint32_t *behind)
{
    uint32_t row, len = ds_phrase_at(s->actors, s->doc->toks, i, end, &row);
    *behind = i + len;
    for (uint32_t k = 0; len && k < n->len; k++)
        if (ds_str_eq(ds_table_cell(s->money_t, n->rows[k], MONEY_ACTOR),
                      ds_table_cell(s->actors_t, row, ACTOR_NAME)))
            return n->rows[k];
    return -1;
}

/* "Canadian dollars", "Sri Lankan rupees": the country's own. */
static bool national_money(const scan *s, uint32_t i, uint32_t end, unit *out)
{
    uint32_t row, len = ds_phrase_at(s->actors, s->doc->toks, i, end, &row), word = i + len;
    if (!len || word >= end || tok_at(s, word)->kind != DS_TOK_WORD)
        return false;
    namesakes same = namesakes_of(s, norm_at(s, word));
    int64_t money = money_of_actor(s, &same, i, end, &word);
    return money >= 0 && is_money(s, (uint32_t)money, out, word + 1);
}

/* The row that the page's words before token i mean: the money last named in full, else, where `place` says so, that of the
 * country named last ("Pakistan ... 900 rupees"). */
static int64_t money_before(const scan *s, uint32_t i, const namesakes *same, bool place)
{
    uint64_t bit = ds_phrases_bit(s->actors);
    ds_str word = norm_at(s, i);
    int64_t last = -1;
    for (uint32_t k = i; k > 0 && i - k < MONEY_REACH; k--) {
        uint32_t behind;
        const ds_token *t = tok_at(s, k - 1);
        if (!(t->starts & bit) || !(t->flags & DS_TF_CAP))
            continue;
        int64_t row = money_of_actor(s, same, k - 1, i, &behind);
        if (row >= 0 && behind < i && ds_str_eq(norm_at(s, behind), word))
            return row;
        last = last < 0 ? row : last;
    }
    return place ? last : -1;
}

/* What a bare word that several countries share means here. The dollar and the pound are quoted the world over: the name of a
 * country does not make them its own. */
static ds_str money_meant(const scan *s, uint32_t i, ds_str code)
{
    bool world = ds_str_eq(code, DS_STR("USD")) || ds_str_eq(code, DS_STR("GBP"));
    if (tok_at(s, i)->kind != DS_TOK_WORD)
        return code;
    namesakes same = namesakes_of(s, norm_at(s, i));
    int64_t row = same.len > 1 ? money_before(s, i, &same, !world) : -1;
    return row < 0 ? code : upper(s, ds_table_cell(s->money_t, (uint32_t)row, 0));
}

static bool unit_phrase(const scan *s, uint32_t i, uint32_t end, unit *out)
{
    uint32_t row, n = ds_phrase_at(s->units, s->doc->toks, i, end, &row);
    bool glued = !(tok_at(s, i)->flags & DS_TF_SPACE);
    int64_t here = n ? row_here(s, row, text_of(s, i, i + n), glued) : -1;
    if (here < 0)
        return false;
    row = weigh(s, i, (uint32_t)here);
    if (s->parse && n == 1 && upos_at(s, i) == DS_VERB && tok_at(s, i)->kind == DS_TOK_WORD)
        return false; /* "3 won" */
    fill(s, ds_table_cell(s->units_t, row, UNIT_CODE), out);
    out->end = i + n;
    if (out->kind == DS_Q_MONEY && n == 1)
        out->code = money_meant(s, i, out->code);
    return true;
}

static bool read_unit(const scan *s, uint32_t i, uint32_t end, unit *out)
{
    const ds_token *t = tok_at(s, i);
    if (t->flags & DS_TF_CAP) {
        int64_t iso = iso_row(s, i);
        if (iso >= 0)
            return is_money(s, (uint32_t)iso, out, i + 1);
        if (national_money(s, i, end, out))
            return true;
    }
    if (unit_phrase(s, i, end, out))
        return true;
    if (t->kind != DS_TOK_WORD ||
        !(prefixed_symbol(s, text_of(s, i, i + 1), false, out) || prefixed_word(s, t->norm, out)))
        return false;
    out->end = i + 1;
    return true;
}

bool unit_at(const scan *s, uint32_t i, uint32_t end, unit *out)
{
    unit_seen none = {0}, *seen = s->unit_seen ? s->unit_seen : &none;
    if (i >= end)
        return false;
    if (seen->beg != i || seen->end != end) {
        *seen = (unit_seen){.beg = i, .end = end};
        seen->found = read_unit(s, i, end, &seen->unit);
    }
    *out = seen->unit;
    return seen->found;
}

/* "HK" of "HK $3.7": the letters of a sign that stand as a word of their own. */
static bool sign_with_letters(const scan *s, uint32_t letters, unit *out)
{
    enum { KEY_MAX = 16 }; /* bytes: no sign with its letters is longer */
    char key[KEY_MAX];
    ds_str word = norm_at(s, letters), sign = norm_at(s, letters + 1);
    size_t len = word.len + sign.len;
    if (tok_at(s, letters)->kind != DS_TOK_WORD || !(tok_at(s, letters)->flags & DS_TF_CAP) ||
        len > KEY_MAX)
        return false;
    memcpy(key, word.at, word.len);
    memcpy(key + word.len, sign.at, sign.len);
    int64_t row = ds_phrase_find(s->units, (ds_str){key, len});
    if (row >= 0)
        fill(s, ds_table_cell(s->units_t, (uint32_t)row, UNIT_CODE), out);
    return row >= 0;
}

bool unit_money_before(const scan *s, uint32_t i, uint32_t from, unit *out, uint32_t *first)
{
    enum { SIGN_MAX = 4 }; /* bytes: "Rs", "RM", "Tk"; longer ones are words */
    if (i <= from)
        return false;
    uint32_t at = i - 1;
    if (tok_at(s, at)->kind != DS_TOK_SYMBOL && !(tok_at(s, at)->flags & DS_TF_CAP))
        return false;
    int64_t iso = iso_row(s, at);
    *first = at;
    if (iso >= 0)
        return is_money(s, (uint32_t)iso, out, i);
    int64_t row = ds_phrase_find(s->units, norm_at(s, at));
    if (row < 0)
        return false;
    bool sign = tok_at(s, at)->kind == DS_TOK_SYMBOL;
    bool letters =
        tok_at(s, at)->flags & DS_TF_CAP && norm_at(s, at).len <= SIGN_MAX; /* "Rs", "RM", "Tk" */
    if (!sign && !letters)
        return false;
    fill(s, ds_table_cell(s->units_t, (uint32_t)row, UNIT_CODE), out);
    out->end = i;
    if (sign && at > from && sign_with_letters(s, at - 1, out))
        *first = at - 1;
    return out->kind == DS_Q_MONEY;
}

bool unit_money(const scan *s, ds_str letters, unit *out)
{
    int64_t iso = letters.len == 3 ? ds_phrase_find(s->money, letters) : -1;
    if (iso >= 0)
        return is_money(s, (uint32_t)iso, out, 0);
    int64_t row = ds_phrase_find(s->units, letters);
    if (row < 0)
        return false;
    fill(s, ds_table_cell(s->units_t, (uint32_t)row, UNIT_CODE), out);
    return out->kind == DS_Q_MONEY;
}
