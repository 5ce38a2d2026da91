/* SPDX-License-Identifier: Apache-2.0 */
/* Exact fractions: int64 parts, 128-bit intermediates. */
#include "base/base.h"

__extension__ typedef __int128 wide;

static ds_status reduce(wide num, wide den, ds_frac *out)
{
    if (den == 0)
        return DS_BAD;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    wide a = num < 0 ? -num : num, b = den;
    while (b) {
        wide r = a % b;
        a = b;
        b = r;
    }
    if (a > 1) {
        num /= a;
        den /= a;
    }
    if (num > INT64_MAX || num < -(wide)INT64_MAX || den > INT64_MAX)
        return DS_LIMIT;
    *out = (ds_frac){(int64_t)num, (int64_t)den};
    return DS_OK;
}

ds_status ds_frac_make(int64_t num, int64_t den, ds_frac *out)
{
    return reduce(num, den, out);
}

ds_status ds_frac_add(ds_frac a, ds_frac b, ds_frac *out)
{
    /* each product is at most 2^126, so the sum fits */
    return reduce((wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den, out);
}

ds_status ds_frac_sub(ds_frac a, ds_frac b, ds_frac *out)
{
    return reduce((wide)a.num * b.den - (wide)b.num * a.den, (wide)a.den * b.den, out);
}

ds_status ds_frac_mul(ds_frac a, ds_frac b, ds_frac *out)
{
    return reduce((wide)a.num * b.num, (wide)a.den * b.den, out);
}

ds_status ds_frac_div(ds_frac a, ds_frac b, ds_frac *out)
{
    return reduce((wide)a.num * b.den, (wide)a.den * b.num, out);
}

int ds_frac_cmp(ds_frac a, ds_frac b)
{
    wide x = (wide)a.num * b.den, y = (wide)b.num * a.den;
    return (x > y) - (x < y);
}

double ds_frac_real(ds_frac a)
{
    return (double)a.num / (double)a.den;
}

void ds_frac_print(ds_buf *b, ds_frac a, int places)
{
    wide scale = 1;
    for (int i = 0; i < places && i < 18; i++)
        scale *= 10;
    wide n = a.num < 0 ? -(wide)a.num : a.num;
    wide scaled = (n * scale * 2 + a.den) / ((wide)a.den * 2); /* half up */
    if (a.num < 0 && scaled)
        ds_buf_putc(b, '-');
    char digits[48];
    size_t len = 0;
    wide whole = scaled / scale, rest = scaled % scale;
    do {
        digits[sizeof digits - 1 - len++] = (char)('0' + (int)(whole % 10));
        whole /= 10;
    } while (whole);
    ds_buf_put(b, (ds_str){digits + sizeof digits - len, len});
    if (!rest)
        return;
    ds_buf_putc(b, '.');
    while (rest) {
        rest *= 10;
        ds_buf_putc(b, (char)('0' + (int)(rest / scale)));
        rest %= scale;
    }
}

ds_status ds_frac_parse(ds_str s, ds_frac *out)
{
    size_t i = 0, digits = 0;
    bool minus = s.len && s.at[0] == '-', point = false;
    wide num = 0, den = 1;
    for (i = minus; i < s.len; i++) {
        if (s.at[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9')
            return DS_BAD;
        num = num * 10 + (s.at[i] - '0');
        den = point ? den * 10 : den;
        if (++digits > 18)
            return DS_LIMIT;
    }
    if (!digits || (point && s.at[s.len - 1] == '.'))
        return DS_BAD;
    return reduce(minus ? -num : num, den, out);
}

ds_status ds_frac_parse_ratio(ds_str s, ds_frac *out)
{
    ptrdiff_t slash = ds_str_find(s, DS_STR("/"), 0);
    ds_frac num, den;
    if (slash < 0)
        return ds_frac_parse(s, out);
    DS_TRY(ds_frac_parse(ds_str_cut(s, 0, (size_t)slash), &num));
    DS_TRY(ds_frac_parse(ds_str_cut(s, (size_t)slash + 1, s.len), &den));
    return ds_frac_div(num, den, out);
}
