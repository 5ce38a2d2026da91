/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/reconcile.h"

#define MILLION INT64_C(1000000)
#define BILLION INT64_C(1000000000)
#define NUMBER_PLACES 4 /* decimals printed of a number: as many as exports print */
#define PERCENT_PLACES 2
#define MILLION_PLACES 3 /* "1.285 million" still reads; what needs more is printed in full */

/* ---- units ------------------------------------------------------------------------------------- */

typedef struct unit_word {
    ds_str unit, one, many;
    bool before; /* a currency sign */
} unit_word;

/* Units of measure, time and money. What is not here is a counted thing: the question names it. */
// clang-format off
static const unit_word unit_words[] = {
    {DS_STR_INIT("USD"), DS_STR_INIT("$"), DS_STR_INIT("$"), true},
    {DS_STR_INIT("EUR"), DS_STR_INIT("€"), DS_STR_INIT("€"), true},
    {DS_STR_INIT("GBP"), DS_STR_INIT("£"), DS_STR_INIT("£"), true},
    {DS_STR_INIT("JPY"), DS_STR_INIT("¥"), DS_STR_INIT("¥"), true},
    {DS_STR_INIT("INR"), DS_STR_INIT("₹"), DS_STR_INIT("₹"), true},
    {DS_STR_INIT("AUD"), DS_STR_INIT("A$"), DS_STR_INIT("A$"), true},
    {DS_STR_INIT("CAD"), DS_STR_INIT("C$"), DS_STR_INIT("C$"), true},
    {DS_STR_INIT("USD-cent"), DS_STR_INIT("US cent"), DS_STR_INIT("US cents"), false},
    {DS_STR_INIT("crown"), DS_STR_INIT("crown"), DS_STR_INIT("crowns"), false},
    {DS_STR_INIT("pp"), DS_STR_INIT("percentage point"), DS_STR_INIT("percentage points"), false},
    {DS_STR_INIT("second"), DS_STR_INIT("second"), DS_STR_INIT("seconds"), false},
    {DS_STR_INIT("minute"), DS_STR_INIT("minute"), DS_STR_INIT("minutes"), false},
    {DS_STR_INIT("hour"), DS_STR_INIT("hour"), DS_STR_INIT("hours"), false},
    {DS_STR_INIT("day"), DS_STR_INIT("day"), DS_STR_INIT("days"), false},
    {DS_STR_INIT("week"), DS_STR_INIT("week"), DS_STR_INIT("weeks"), false},
    {DS_STR_INIT("month"), DS_STR_INIT("month"), DS_STR_INIT("months"), false},
    {DS_STR_INIT("quarter"), DS_STR_INIT("quarter"), DS_STR_INIT("quarters"), false},
    {DS_STR_INIT("year"), DS_STR_INIT("year"), DS_STR_INIT("years"), false},
    {DS_STR_INIT("decade"), DS_STR_INIT("decade"), DS_STR_INIT("decades"), false},
    {DS_STR_INIT("century"), DS_STR_INIT("century"), DS_STR_INIT("centuries"), false},
    {DS_STR_INIT("mile"), DS_STR_INIT("mile"), DS_STR_INIT("miles"), false},
    {DS_STR_INIT("foot"), DS_STR_INIT("foot"), DS_STR_INIT("feet"), false},
    {DS_STR_INIT("yard"), DS_STR_INIT("yard"), DS_STR_INIT("yards"), false},
    {DS_STR_INIT("inch"), DS_STR_INIT("inch"), DS_STR_INIT("inches"), false},
    {DS_STR_INIT("acre"), DS_STR_INIT("acre"), DS_STR_INIT("acres"), false},
    {DS_STR_INIT("gallon"), DS_STR_INIT("gallon"), DS_STR_INIT("gallons"), false},
    {DS_STR_INIT("barrel"), DS_STR_INIT("barrel"), DS_STR_INIT("barrels"), false},
    {DS_STR_INIT("knot"), DS_STR_INIT("knot"), DS_STR_INIT("knots"), false},
    {DS_STR_INIT("mm"), DS_STR_INIT("mm"), DS_STR_INIT("mm"), false},
    {DS_STR_INIT("cm"), DS_STR_INIT("cm"), DS_STR_INIT("cm"), false},
    {DS_STR_INIT("m"), DS_STR_INIT("m"), DS_STR_INIT("m"), false},
    {DS_STR_INIT("km"), DS_STR_INIT("km"), DS_STR_INIT("km"), false},
    {DS_STR_INIT("m2"), DS_STR_INIT("m²"), DS_STR_INIT("m²"), false},
    {DS_STR_INIT("km2"), DS_STR_INIT("km²"), DS_STR_INIT("km²"), false},
    {DS_STR_INIT("foot2"), DS_STR_INIT("square foot"), DS_STR_INIT("square feet"), false},
    {DS_STR_INIT("mile2"), DS_STR_INIT("square mile"), DS_STR_INIT("square miles"), false},
    {DS_STR_INIT("m3"), DS_STR_INIT("m³"), DS_STR_INIT("m³"), false},
    {DS_STR_INIT("ha"), DS_STR_INIT("ha"), DS_STR_INIT("ha"), false},
    {DS_STR_INIT("g"), DS_STR_INIT("g"), DS_STR_INIT("g"), false},
    {DS_STR_INIT("kg"), DS_STR_INIT("kg"), DS_STR_INIT("kg"), false},
    {DS_STR_INIT("t"), DS_STR_INIT("t"), DS_STR_INIT("t"), false},
    {DS_STR_INIT("lb"), DS_STR_INIT("lb"), DS_STR_INIT("lb"), false},
    {DS_STR_INIT("l"), DS_STR_INIT("l"), DS_STR_INIT("l"), false},
    {DS_STR_INIT("km/h"), DS_STR_INIT("km/h"), DS_STR_INIT("km/h"), false},
    {DS_STR_INIT("mph"), DS_STR_INIT("mph"), DS_STR_INIT("mph"), false},
    {DS_STR_INIT("kW"), DS_STR_INIT("kW"), DS_STR_INIT("kW"), false},
    {DS_STR_INIT("MW"), DS_STR_INIT("MW"), DS_STR_INIT("MW"), false},
    {DS_STR_INIT("GW"), DS_STR_INIT("GW"), DS_STR_INIT("GW"), false},
    {DS_STR_INIT("hp"), DS_STR_INIT("hp"), DS_STR_INIT("hp"), false},
    {DS_STR_INIT("degC"), DS_STR_INIT("°C"), DS_STR_INIT("°C"), false},
    {DS_STR_INIT("degF"), DS_STR_INIT("°F"), DS_STR_INIT("°F"), false},
    {DS_STR_INIT("B"), DS_STR_INIT("bytes"), DS_STR_INIT("bytes"), false},
    {DS_STR_INIT("MB"), DS_STR_INIT("MB"), DS_STR_INIT("MB"), false},
    {DS_STR_INIT("GB"), DS_STR_INIT("GB"), DS_STR_INIT("GB"), false},
};
// clang-format on

static const unit_word *unit_find(ds_str unit)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (ds_str_eq(unit_words[i].unit, unit))
            return &unit_words[i];
    return NULL;
}

/* ISO 4217: three capitals. Currencies without a sign of their own are written after the amount. */
static bool is_currency(ds_str unit)
{
    if (unit.len != 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (unit.at[i] < 'A' || unit.at[i] > 'Z')
            return false;
    return true;
}

static bool is_ratio(ds_str unit)
{
    return ds_str_eq(unit, DS_STR("ratio"));
}

/* ---- numbers ------------------------------------------------------------------------------------ */

static void put_grouped(ds_buf *b, uint64_t n)
{
    char digits[32];
    size_t at = sizeof digits;
    int count = 0;
    do {
        if (count && count % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
        count++;
    } while (n);
    ds_buf_put(b, (ds_str){digits + at, sizeof digits - at});
}

/* 12000.5 -> "12,000.5" */
static void put_decimal(ds_buf *b, ds_frac n, int places)
{
    uint64_t whole = n.num < 0 ? UINT64_C(0) - (uint64_t)n.num : (uint64_t)n.num;
    uint64_t den = (uint64_t)n.den, scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    uint64_t rest = whole % den;
    whole /= den;
    uint64_t part =
        (uint64_t)(((unsigned __int128)rest * scale * 2 + den) / ((unsigned __int128)den * 2));
    if (part == scale) {
        whole++;
        part = 0;
    }
    if (n.num < 0)
        ds_buf_puts(b, "−");
    put_grouped(b, whole);
    if (part == 0)
        return;
    char digits[24];
    int len = places;
    for (int i = places - 1; i >= 0; i--, part /= 10)
        digits[i] = (char)('0' + part % 10);
    while (len > 0 && digits[len - 1] == '0')
        len--;
    ds_buf_putc(b, '.');
    ds_buf_put(b, (ds_str){digits, (size_t)len});
}

/* True when n has at most `places` decimals. */
static bool is_short(ds_frac n, int places)
{
    int64_t scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    return scale % n.den == 0;
}

static bool put_scaled(ds_buf *b, ds_frac n, int64_t scale, const char *word)
{
    ds_frac part;
    if (n.num / n.den < scale || ds_frac_div(n, DS_FRAC(scale), &part) != DS_OK ||
        !is_short(part, MILLION_PLACES))
        return false;
    put_decimal(b, part, MILLION_PLACES);
    ds_buf_puts(b, word);
    return true;
}

typedef struct share_word {
    int64_t num, den;
    const char *prose;
} share_word;

/* Shares that pages write as words and that percent would round or blur. */
static const share_word share_words[] = {
    {1, 2, "half"},        {1, 3, "a third"},        {2, 3, "two thirds"},
    {1, 4, "a quarter"},   {3, 4, "three quarters"}, {1, 6, "a sixth"},
    {5, 6, "five sixths"}, {1, 7, "a seventh"},      {1, 9, "a ninth"},
};

static void put_share(ds_buf *b, ds_frac n, bool prose)
{
    for (size_t i = 0; prose && i < sizeof share_words / sizeof *share_words; i++)
        if (n.num == share_words[i].num && n.den == share_words[i].den) {
            ds_buf_puts(b, share_words[i].prose);
            return;
        }
    ds_frac percent;
    if (ds_frac_mul(n, DS_FRAC(100), &percent) != DS_OK) {
        ds_frac_print(b, n, NUMBER_PLACES);
        return;
    }
    if (!is_short(percent, PERCENT_PLACES) && n.den < 100) {
        put_decimal(b, DS_FRAC(n.num), 0);
        ds_buf_putc(b, '/');
        put_grouped(b, (uint64_t)n.den);
        return;
    }
    put_decimal(b, percent, PERCENT_PLACES);
    ds_buf_putc(b, '%');
}

static void put_number(ds_buf *b, ds_frac n, bool prose)
{
    if (prose && (put_scaled(b, n, BILLION, " billion") || put_scaled(b, n, MILLION, " million")))
        return;
    put_decimal(b, n, NUMBER_PLACES);
}

/* The unit's sign before the number, or its word after it (`one` where the last number put is 1). */
static void put_unit(ds_buf *b, ds_str unit, bool before, bool one)
{
    const unit_word *u = unit_find(unit);
    if (u && u->before == before) {
        if (!before)
            ds_buf_putc(b, ' ');
        ds_buf_put(b, one ? u->one : u->many);
    } else if (!u && !before && is_currency(unit)) {
        ds_buf_putc(b, ' ');
        ds_buf_put(b, unit);
    }
}

/* A third of 1,000 people is 333 people: what a share comes to is shown in whole ones, and kept exact. */
static ds_frac in_whole_people(ds_frac n, ds_str unit)
{
    if (n.den == 1 || n.num < 0 || !ds_str_eq(unit, DS_STR("person")))
        return n;
    return DS_FRAC((n.num / n.den) + (n.num % n.den >= n.den - n.num % n.den));
}

/* "$1,000", "$1,000 to $1,500", "6 months": one number, or two with `between`. */
static void put_amount(ds_buf *b, ds_frac n, const ds_frac *to, ds_str unit, bool prose)
{
    if (is_ratio(unit)) {
        put_share(b, n, prose);
        if (to) {
            ds_buf_puts(b, prose ? " to " : "–");
            put_share(b, *to, prose);
        }
        return;
    }
    put_unit(b, unit, true, false);
    put_number(b, in_whole_people(n, unit), prose);
    if (to) {
        ds_buf_puts(b, prose ? " to " : "–");
        put_unit(b, unit, true, false);
        put_number(b, in_whole_people(*to, unit), prose);
    }
    ds_frac last = to ? *to : n;
    put_unit(b, unit, false, last.num == 1 && last.den == 1);
}

/* ---- bounds --------------------------------------------------------------------------------------- */

static const char *const prose_words[] = {
    [DS_BOUND_EXACT] = "",
    [DS_BOUND_ABOUT] = "about ",
    [DS_BOUND_AT_LEAST] = "at least ",
    [DS_BOUND_AT_MOST] = "up to ",
    [DS_BOUND_MORE_THAN] = "over ",
    [DS_BOUND_LESS_THAN] = "under ",
    [DS_BOUND_ALMOST] = "nearly ",
    [DS_BOUND_RANGE] = "",
    [DS_BOUND_VAGUE] = "",
};
static const char *const table_words[] = {
    [DS_BOUND_EXACT] = "",         [DS_BOUND_ABOUT] = "~",     [DS_BOUND_AT_LEAST] = "≥",
    [DS_BOUND_AT_MOST] = "≤",      [DS_BOUND_MORE_THAN] = ">", [DS_BOUND_LESS_THAN] = "<",
    [DS_BOUND_ALMOST] = "nearly ", [DS_BOUND_RANGE] = "",      [DS_BOUND_VAGUE] = "",
};

typedef struct vague_word {
    int64_t low, high;
    const char *word;
} vague_word;

/* The values of vague words (docs/formats/claim.md). */
static const vague_word vague_words[] = {
    {2, 2, "a couple"},
    {3, 5, "a few"},
    {3, 9, "several"},
    {24, 99, "dozens"},
    {200, 999, "hundreds"},
    {2000, 9999, "thousands"},
    {20000, 99999, "tens of thousands"},
    {200000, 999999, "hundreds of thousands"},
    {2000000, 9999999, "millions"},
    {20000000, 99999999, "tens of millions"},
    {200000000, 999999999, "hundreds of millions"},
    {2000000000, 9999999999, "billions"},
    {20000000000, 99999999999, "tens of billions"},
    {200000000000, 999999999999, "hundreds of billions"},
    {2000000000000, 9999999999999, "trillions"},
};

static bool put_vague(ds_buf *b, const ds_value *v, ds_str unit)
{
    if (v->bound != DS_BOUND_VAGUE || !v->has_low || v->low.den != 1)
        return false;
    for (size_t i = 0; i < sizeof vague_words / sizeof *vague_words; i++) {
        const vague_word *w = &vague_words[i];
        if (v->low.num != w->low || (v->has_high && (v->high.den != 1 || v->high.num != w->high)))
            continue;
        ds_buf_puts(b, w->word);
        if (unit_find(unit) || is_currency(unit)) {
            ds_buf_puts(b, w->low < 20 ? "" : " of");
            const unit_word *u = unit_find(unit);
            ds_buf_putc(b, ' ');
            ds_buf_put(b, u ? u->many : unit);
        }
        return true;
    }
    return false;
}

static void put_value(ds_buf *b, const ds_value *v, ds_str unit, bool prose)
{
    if (put_vague(b, v, unit))
        return;
    bool two = v->has_low && v->has_high && ds_frac_cmp(v->low, v->high) < 0 && !v->has_best;
    if (two) {
        put_amount(b, v->low, &v->high, unit, prose);
        return;
    }
    ds_frac n = v->has_best ? v->best : v->has_low ? v->low : v->has_high ? v->high : DS_FRAC(0);
    if ((unsigned)v->bound < sizeof prose_words / sizeof *prose_words)
        ds_buf_puts(b, prose ? prose_words[v->bound] : table_words[v->bound]);
    put_amount(b, n, NULL, unit, prose);
}

void ds_value_prose(ds_buf *b, const ds_value *v, ds_str unit)
{
    put_value(b, v, unit, true);
}

void ds_value_table(ds_buf *b, const ds_value *v, ds_str unit)
{
    put_value(b, v, unit, false);
}

void ds_number_prose(ds_buf *b, ds_frac n, ds_str unit)
{
    put_amount(b, n, NULL, unit, true);
}

void ds_factor_text(ds_buf *b, ds_frac factor)
{
    ds_buf_puts(b, "×");
    put_decimal(b, factor, ds_frac_cmp(factor, DS_FRAC(10)) < 0 ? 1 : 0);
}
