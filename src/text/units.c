/* SPDX-License-Identifier: Apache-2.0 */
/* units.c - what the codes of units mean: units.codes.tsv with decimal prefixes, currencies.tsv. */
#include "text/internal.h"

enum { DIMENSION = 1, FACTOR = 2, PREFIX = 3, NAME = 4 }; /* columns of units.codes.tsv */
enum { MONEY_NAME = 3 };                                  /* of currencies.tsv */

enum { KILO = 3, MICRO = -6 }; /* powers of ten */
#define MICRO_SIGN "\xC2\xB5"

/* SI brochure, 9th edition, table 7; the micro sign and the Greek letter both stand for micro. */
const ds_unit_prefix ds_unit_prefixes[] = {
    {"peta", "P", 15},  {"tera", "T", 12},  {"giga", "G", 9},   {"mega", "M", 6},
    {"kilo", "k", 3},   {"hecto", "h", 2},  {"deci", "d", -1},  {"centi", "c", -2},
    {"milli", "m", -3}, {"micro", "µ", -6}, {"micro", "μ", -6}, {"nano", "n", -9},
    {NULL, NULL, 0}};

static bool same_letters(ds_str a, ds_str b)
{
    for (size_t i = 0; a.len == b.len && i < a.len; i++)
        if ((a.at[i] | 32) != (b.at[i] | 32))
            return false;
    return a.len == b.len;
}

/* Codes are told by their case ("mW", "MW"); those that differ in case alone stand next to each other. key: the code in lower
 * case. */
static int64_t code_row(const ds_lexicon *lex, ds_str code, ds_str key)
{
    const ds_table *t = lex->unit_codes_t;
    int64_t row = lex->unit_codes ? ds_phrase_find(lex->unit_codes, key) : -1;
    for (; row >= 0 && row < t->rows; row++) {
        ds_str have = ds_table_cell(t, (uint32_t)row, 0);
        if (ds_str_eq(have, code))
            return row;
        if (!same_letters(have, code))
            break;
    }
    return -1;
}

static ds_unit of_row(const ds_table *t, uint32_t row)
{
    ds_unit u = {.code = ds_table_cell(t, row, 0),
                 .dimension = ds_table_cell(t, row, DIMENSION),
                 .name = ds_table_cell(t, row, NAME),
                 .prefixable = !ds_str_eq(ds_table_cell(t, row, PREFIX), DS_STR("none"))};
    u.has_factor = ds_frac_parse_ratio(ds_table_cell(t, row, FACTOR), &u.factor) == DS_OK;
    return u;
}

static bool scale(ds_unit *u, int power)
{
    int64_t v = 1;
    ds_frac times;
    for (int i = 0; i < (power < 0 ? -power : power); i++)
        v *= 10;
    return ds_frac_make(power < 0 ? 1 : v, power < 0 ? v : 1, &times) == DS_OK &&
           ds_frac_mul(u->factor, times, &u->factor) == DS_OK;
}

static bool prefixed(ds_arena *a, const ds_lexicon *lex, ds_str code, ds_str key, ds_unit *out)
{
    for (const ds_unit_prefix *p = ds_unit_prefixes; p->name; p++) {
        if (p->symbol[0] != code.at[0])
            continue;
        ds_str symbol = ds_str_of(p->symbol);
        if (code.len <= symbol.len || !ds_str_starts(code, symbol))
            continue;
        ds_str bare = ds_str_cut(code, symbol.len, code.len);
        int64_t row = code_row(lex, bare, ds_str_cut(key, symbol.len, key.len));
        ds_unit u = row < 0 ? (ds_unit){0} : of_row(lex->unit_codes_t, (uint32_t)row);
        if (!u.prefixable)
            continue;
        u.prefixable = false;
        u.wordlike =
            p->power > KILO &&
            ds_str_eq(ds_table_cell(lex->unit_codes_t, (uint32_t)row, PREFIX), DS_STR("small"));
        u.code =
            ds_arena_printf(a, "%s%.*s", p->power == MICRO ? MICRO_SIGN : p->symbol, DS_FMT(bare));
        u.name = ds_arena_printf(a, "%s%.*s", p->name, DS_FMT(u.name));
        u.has_factor = u.has_factor && scale(&u, p->power);
        *out = u;
        return u.name.at && u.code.at;
    }
    return false;
}

bool ds_unit_of(ds_arena *a, const ds_lexicon *lex, ds_str code, ds_unit *out)
{
    ds_str key = code.len ? ds_ascii_lower(a, code) : (ds_str){0};
    if (!key.at)
        return false;
    int64_t row = code_row(lex, code, key);
    if (row >= 0) {
        *out = of_row(lex->unit_codes_t, (uint32_t)row);
        return true;
    }
    row = lex->currencies ? ds_phrase_find(lex->currencies, key) : -1;
    if (row < 0)
        return prefixed(a, lex, code, key, out);
    *out = (ds_unit){.code = code,
                     .dimension = DS_STR("money"),
                     .name = ds_table_cell(lex->currencies_t, (uint32_t)row, MONEY_NAME)};
    return true;
}
