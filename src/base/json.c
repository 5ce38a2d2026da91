/* SPDX-License-Identifier: Apache-2.0 */
/* Compact JSON out. */
#include "base/base.h"

#include <inttypes.h>

ds_json ds_json_new(ds_buf *b)
{
    return (ds_json){.buf = b};
}

static bool plain_ascii(char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void escaped(ds_buf *b, ds_str s)
{
    ds_buf_putc(b, '"');
    for (size_t i = 0, plain = 0; i <= s.len;) {
        while (i < s.len && plain_ascii(s.at[i]))
            i++;
        size_t at = i;
        uint32_t c = i < s.len ? ds_utf8_next(s, &i) : 0;
        bool end = at == s.len;
        if (!end && c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != DS_UTF8_BAD)
            continue;
        ds_buf_put(b, ds_str_cut(s, plain, at));
        plain = i;
        if (end)
            break;
        if (c == DS_UTF8_BAD)
            ds_buf_utf8(b, 0xFFFD);
        else if (c == '"' || c == '\\')
            ds_buf_printf(b, "\\%c", (char)c);
        else if (c == '\n')
            ds_buf_puts(b, "\\n");
        else if (c == '\t')
            ds_buf_puts(b, "\\t");
        else
            ds_buf_printf(b, "\\u%04" PRIx32, c);
    }
    ds_buf_putc(b, '"');
}

/* Comma and key of the next member. */
static void member(ds_json *j, const char *key)
{
    uint64_t bit = (uint64_t)1 << (j->depth & 63);
    if (j->has & bit)
        ds_buf_putc(j->buf, ',');
    j->has |= bit;
    if (key) {
        escaped(j->buf, ds_str_of(key));
        ds_buf_putc(j->buf, ':');
    }
}

static void opened(ds_json *j, const char *key, char c)
{
    member(j, key);
    ds_buf_putc(j->buf, c);
    j->depth++;
    j->has &= ~((uint64_t)1 << (j->depth & 63));
}

void ds_json_obj(ds_json *j, const char *key)
{
    opened(j, key, '{');
}

void ds_json_arr(ds_json *j, const char *key)
{
    opened(j, key, '[');
}

void ds_json_end(ds_json *j, char closer)
{
    ds_buf_putc(j->buf, closer);
    j->depth--;
}

void ds_json_str(ds_json *j, const char *key, ds_str s)
{
    if (!s.at) {
        ds_json_null(j, key);
        return;
    }
    member(j, key);
    escaped(j->buf, s);
}

void ds_json_int(ds_json *j, const char *key, int64_t v)
{
    char digits[20]; /* of the largest, and a sign */
    size_t at = sizeof digits;
    uint64_t rest = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (v < 0)
        digits[--at] = '-';
    member(j, key);
    ds_buf_put(j->buf, (ds_str){digits + at, sizeof digits - at});
}

void ds_json_bool(ds_json *j, const char *key, bool v)
{
    member(j, key);
    ds_buf_puts(j->buf, v ? "true" : "false");
}

void ds_json_null(ds_json *j, const char *key)
{
    member(j, key);
    ds_buf_puts(j->buf, "null");
}

void ds_json_places(ds_json *j, const char *key, ds_frac v, int places)
{
    member(j, key);
    ds_frac_print(j->buf, v, places);
}

void ds_json_frac(ds_json *j, const char *key, ds_frac v)
{
    ds_json_places(j, key, v, 4);
}

void ds_json_day(ds_json *j, const char *key, ds_day d)
{
    if (d == DS_DAY_NONE) {
        ds_json_null(j, key);
        return;
    }
    member(j, key);
    ds_buf_putc(j->buf, '"');
    ds_day_print(j->buf, d);
    ds_buf_putc(j->buf, '"');
}

void ds_json_days(ds_json *j, const char *key, bool has, ds_days d)
{
    if (!has) {
        ds_json_null(j, key);
        return;
    }
    ds_json_arr(j, key);
    ds_json_day(j, NULL, d.lo);
    ds_json_day(j, NULL, d.hi);
    ds_json_end(j, ']');
}

void ds_json_span(ds_json *j, const char *key, ds_span s)
{
    ds_json_arr(j, key);
    ds_json_int(j, NULL, s.beg);
    ds_json_int(j, NULL, s.end);
    ds_json_end(j, ']');
}
