/* SPDX-License-Identifier: Apache-2.0 */
/* digits.c - groups of three (comma, blank, apostrophe), India's twos, decimals, fractions, powers of ten. */
#include "annotate/digits.h"

enum { GROUP = 3, DIGITS_MAX = 40 };

typedef struct reader {
    ds_str text;
    size_t stop;
    char kept[DIGITS_MAX]; /* digits and point, without marks */
    size_t kept_len;
} reader;

static bool digit_at(const reader *r, size_t i)
{
    return i < r->stop && r->text.at[i] >= '0' && r->text.at[i] <= '9';
}

static bool byte_is(const reader *r, size_t i, char c)
{
    return i < r->stop && r->text.at[i] == c;
}

/* Length of the text z at i, or 0; its first byte tells nearly always. */
static inline size_t text_is(const reader *r, size_t i, const char *z)
{
    if (!byte_is(r, i, z[0]))
        return 0;
    size_t n = strlen(z);
    return i + n <= r->stop && memcmp(r->text.at + i, z, n) == 0 ? n : 0;
}

static size_t skip(const reader *r, size_t i)
{
    while (digit_at(r, i))
        i++;
    return i;
}

static void keep(reader *r, size_t beg, size_t end)
{
    for (size_t i = beg; i < end && r->kept_len < DIGITS_MAX; i++)
        r->kept[r->kept_len++] = r->text.at[i];
}

/* The mark between groups at i: comma, apostrophe or blank of any width. */
static size_t group_mark(const reader *r, size_t i)
{
    static const char *const marks[] = {
        ",", "'", " ", "\xE2\x80\x99", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x87"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (text_is(r, i, marks[k]))
            return strlen(marks[k]);
    return 0;
}

/* "12,000", "1 000 000": each further group has three digits and the first one's mark. */
static size_t take_groups(reader *r, size_t beg, size_t end)
{
    size_t mark = end - beg <= GROUP && r->text.at[beg] != '0' ? group_mark(r, end) : 0;
    size_t first = end;
    while (mark && skip(r, end + mark) - (end + mark) == GROUP &&
           memcmp(r->text.at + first, r->text.at + end, mark) == 0) {
        keep(r, end + mark, end + mark + GROUP);
        end += mark + GROUP;
        if (group_mark(r, end) != mark)
            break;
    }
    if (end == first && end - beg <= GROUP && text_is(r, end, ", 000") && !digit_at(r, end + 5)) {
        keep(r, end + 2, end + 5); /* "250, 000": a blank slipped in */
        end += 5;
    }
    return end;
}

/* "10,00,000": twos before the last three. */
static size_t take_twos(reader *r, size_t beg, size_t end)
{
    size_t k = end;
    if (end - beg > 2)
        return end;
    while (byte_is(r, k, ',') && skip(r, k + 1) == k + 3)
        k += 3;
    if (k == end || !byte_is(r, k, ',') || skip(r, k + 1) != k + 1 + GROUP)
        return end;
    for (size_t i = end; i < k + 1 + GROUP; i++)
        if (digit_at(r, i))
            keep(r, i, i + 1);
    return k + 1 + GROUP;
}

static bool one_of(uint32_t c, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == c)
            return true;
    return false;
}

/* "½" and its like at i. */
static size_t vulgar_at(const reader *r, size_t i, ds_frac *out)
{
    static const struct {
        const char *sign;
        ds_frac value;
    } signs[] = {
        {"\xC2\xBD", {1, 2}},     {"\xC2\xBC", {1, 4}},     {"\xC2\xBE", {3, 4}},
        {"\xE2\x85\x93", {1, 3}}, {"\xE2\x85\x94", {2, 3}}, {"\xE2\x85\x95", {1, 5}},
        {"\xE2\x85\x96", {2, 5}}, {"\xE2\x85\x97", {3, 5}}, {"\xE2\x85\x98", {4, 5}},
        {"\xE2\x85\x99", {1, 6}}, {"\xE2\x85\x9A", {5, 6}}, {"\xE2\x85\x9B", {1, 8}},
        {"\xE2\x85\x9C", {3, 8}}, {"\xE2\x85\x9D", {5, 8}}, {"\xE2\x85\x9E", {7, 8}},
    };
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (text_is(r, i, signs[k].sign)) {
            *out = signs[k].value;
            return strlen(signs[k].sign);
        }
    return 0;
}

/* Bytes of "/16" or "⁄16" at i, with the denominator; 0: none. */
static size_t slash_at(const reader *r, size_t i, int64_t *den)
{
    size_t n = text_is(r, i, "/") + text_is(r, i, "\xE2\x81\x84") + text_is(r, i, "\xE2\x88\x95");
    size_t end = n ? skip(r, i + n) : i;
    if (end == i + n || end - (i + n) > GROUP)
        return 0;
    *den = 0;
    for (size_t k = i + n; k < end; k++)
        *den = *den * 10 + (r->text.at[k] - '0');
    return end - i;
}

/* Denominators that rulers, recipes and shares have; "9/11" and "24/7" are names. */
static bool common_denominator(int64_t den)
{
    static const uint32_t set[] = {2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100, 128};
    return den > 0 && den <= 128 && one_of((uint32_t)den, set, sizeof set / sizeof *set);
}

/* A fraction below one whose first digit is at i; 0: none. */
static size_t fraction_at(const reader *r, size_t i, ds_frac *out)
{
    size_t k = skip(r, i);
    int64_t num = 0, den = 0;
    if (k == i || k - i > GROUP)
        return 0;
    for (size_t d = i; d < k; d++)
        num = num * 10 + (r->text.at[d] - '0');
    size_t n = slash_at(r, k, &den);
    bool more = n && (byte_is(r, k + n, '/') || (byte_is(r, k + n, '.') && digit_at(r, k + n + 1)));
    if (!n || more || !common_denominator(den) || num <= 0 || num >= den ||
        ds_frac_make(num, den, out) < 0)
        return 0;
    return k + n - i;
}

/* "2½", "2 ½", "1 1/2" behind a whole number. */
static bool add_fraction(const reader *r, digits *out)
{
    ds_frac part;
    size_t blank = byte_is(r, out->end, ' ');
    size_t n = vulgar_at(r, out->end + blank, &part);
    if (!n && blank)
        n = fraction_at(r, out->end + blank, &part);
    if (!n || ds_frac_add(out->value, part, &out->value) < 0)
        return false;
    out->end += blank + n;
    out->fraction = out->mixed = true;
    return true;
}

static size_t exponent_at(const reader *r, size_t i, int *out)
{
    static const char *const minus[] = {"-", "\xE2\x88\x92", "\xE2\x80\x93", "\xE2\x81\xBB"};
    size_t k = i;
    bool negative = false;
    for (size_t m = 0; m < sizeof minus / sizeof *minus && !negative; m++) {
        size_t n = text_is(r, k, minus[m]);
        negative = n > 0;
        k += n;
    }
    size_t end = skip(r, k);
    if (end == k || end - k > 2)
        return 0;
    *out = 0;
    for (; k < end; k++)
        *out = *out * 10 + (r->text.at[k] - '0');
    *out = negative ? -*out : *out;
    return end - i;
}

/* "1.99 x 10^30": scientific notation. False: the value does not fit, or there is no exponent. */
static bool times_power(const reader *r, digits *out)
{
    size_t k = out->end + byte_is(r, out->end, ' ');
    size_t sign = text_is(r, k, "\xC3\x97") + text_is(r, k, "x");
    k += sign;
    k += byte_is(r, k, ' ');
    if (!sign || !text_is(r, k, "10"))
        return true;
    k += 2;
    bool caret = byte_is(r, k, '^');
    int power;
    size_t n = exponent_at(r, k + caret, &power);
    if (!n || (!caret && power >= 0)) /* "3 x 100" */
        return true;
    k += caret;
    out->end = k + n;
    for (; power > 0; power--)
        if (ds_frac_mul(out->value, DS_FRAC(10), &out->value) < 0)
            return false;
    for (; power < 0; power++)
        if (ds_frac_div(out->value, DS_FRAC(10), &out->value) < 0)
            return false;
    return true;
}

/* Digits that go on after a point, colon, slash: 1.2.3, 10:30, 9/11, 1/28/25. Moves *end behind them. */
static bool goes_on(const reader *r, size_t *end)
{
    size_t k = *end;
    for (;;) {
        int64_t den;
        size_t n = slash_at(r, k, &den);
        if (!n && (byte_is(r, k, '.') || byte_is(r, k, ':')) && digit_at(r, k + 1))
            n = skip(r, k + 1) - k;
        if (!n)
            break;
        k += n;
    }
    bool on = k > *end;
    *end = k;
    return on;
}

static bool whole_or_decimal(reader *r, size_t i, digits *out)
{
    size_t end = skip(r, i);
    keep(r, i, end);
    size_t grouped = take_twos(r, i, end);
    if (grouped == end)
        grouped = take_groups(r, i, end);
    out->grouped = grouped > end;
    bool zero = end > i + 1 && r->text.at[i] == '0';
    end = grouped;
    if (byte_is(r, end, '.') && digit_at(r, end + 1)) {
        size_t stop = skip(r, end + 1);
        keep(r, end, stop);
        end = stop;
        out->mixed = true;
        zero = false;
    }
    out->end = end;
    bool on = goes_on(r, &out->end);
    return !on && !zero && r->kept_len < DIGITS_MAX &&
           ds_frac_parse((ds_str){r->kept, r->kept_len}, &out->value) == DS_OK;
}

bool digits_scan(ds_str text, size_t i, size_t stop, digits *out)
{
    reader r = {.text = text, .stop = stop < text.len ? stop : text.len};
    *out = (digits){.end = i};
    size_t n = vulgar_at(&r, i, &out->value);
    if (!n)
        n = fraction_at(&r, i, &out->value);
    if (n) {
        out->end = i + n;
        out->fraction = out->mixed = true;
        return true;
    }
    if (!digit_at(&r, i) && !(byte_is(&r, i, '.') && digit_at(&r, i + 1))) /* ".5" */
        return false;
    if (!whole_or_decimal(&r, i, out))
        return false;
    if (!out->mixed && !out->grouped)
        add_fraction(&r, out);
    return out->fraction || times_power(&r, out);
}
