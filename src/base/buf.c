/* SPDX-License-Identifier: Apache-2.0 */
/* String builder: an error sticks until the end. */
#include "base/base.h"

#include <stdio.h>

#define FIRST_CAP 256 /* bytes: a line of output */

ds_buf ds_buf_new(ds_arena *a)
{
    return (ds_buf){.arena = a};
}

void ds_buf_reserve(ds_buf *b, size_t bytes)
{
    ds_vec_reserve(b->arena, (void **)&b->at, &b->cap, 1, bytes);
}

/* Room for n more bytes and a NUL. */
static bool room(ds_buf *b, size_t n)
{
    if (b->status < 0)
        return false;
    size_t need;
    if (__builtin_add_overflow(b->len, n, &need) || need >= SIZE_MAX / 4) {
        b->status = DS_NOMEM;
        return false;
    }
    if (need < b->cap)
        return true;
    size_t cap = b->cap ? b->cap : FIRST_CAP;
    while (cap <= need)
        cap *= 2;
    char *p = ds_arena_grow(b->arena, b->at, b->cap, cap);
    if (!p) {
        b->status = DS_NOMEM;
        return false;
    }
    b->at = p;
    b->cap = cap;
    return true;
}

void ds_buf_put(ds_buf *b, ds_str s)
{
    if (!s.at || !s.len || !room(b, s.len))
        return;
    memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
}

void ds_buf_putc(ds_buf *b, char c)
{
    ds_buf_put(b, (ds_str){&c, 1});
}

void ds_buf_puts(ds_buf *b, const char *z)
{
    ds_buf_put(b, ds_str_of(z));
}

void ds_buf_rep(ds_buf *b, const char *z, size_t times)
{
    for (size_t i = 0; i < times && b->status == DS_OK; i++)
        ds_buf_puts(b, z);
}

void ds_buf_printf(ds_buf *b, const char *fmt, ...)
{
    char most[128]; /* what nearly all that is printed fits into: printed once */
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(most, sizeof most, fmt, ap);
    va_end(ap);
    if (n < 0 && b->status == DS_OK)
        b->status = DS_NOMEM; /* longer than an int, or not text */
    if (n > 0 && (size_t)n < sizeof most) {
        ds_buf_put(b, (ds_str){most, (size_t)n});
        return;
    }
    if (n <= 0 || !room(b, (size_t)n))
        return;
    va_start(ap, fmt);
    vsnprintf(b->at + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

size_t ds_utf8_put(char out[4], uint32_t c)
{
    size_t n = 0;
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xC0 | c >> 6);
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out[n++] = (char)(0xE0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        out[n++] = (char)(0xF0 | c >> 18);
        out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    }
    return n;
}

void ds_buf_utf8(ds_buf *b, uint32_t c)
{
    char s[4];
    ds_buf_put(b, (ds_str){s, ds_utf8_put(s, c)});
}

ds_str ds_buf_str(ds_buf *b)
{
    if (!room(b, 0))
        return (ds_str){0};
    b->at[b->len] = '\0';
    return (ds_str){b->at, b->len};
}

ds_status ds_buf_take(ds_buf *b, ds_str *out)
{
    ds_str s = ds_buf_str(b);
    if (!s.at)
        return b->status < 0 ? b->status : DS_NOMEM;
    *out = s;
    return DS_OK;
}
