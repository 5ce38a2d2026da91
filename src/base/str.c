/* SPDX-License-Identifier: Apache-2.0 */
/* Views of bytes. */
#include "base/base.h"

int ds_str_cmp(ds_str a, ds_str b)
{
    if (!a.at || !b.at)
        return (a.at != NULL) - (b.at != NULL);
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    if (c)
        return c < 0 ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

static size_t blank_at(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return c == 0xC2 && i + 1 < s.len && (unsigned char)s.at[i + 1] == 0xA0 ? 2 : 0;
}

static size_t blank_before(ds_str s)
{
    if (s.len >= 2 && blank_at(s, s.len - 2) == 2)
        return 2;
    return s.len && blank_at(s, s.len - 1) == 1;
}

ds_str ds_str_trim(ds_str s)
{
    size_t n;
    while (s.len && (n = blank_at(s, 0))) {
        s.at += n;
        s.len -= n;
    }
    while (s.len && (n = blank_before(s)))
        s.len -= n;
    return s;
}

ptrdiff_t ds_str_find(ds_str hay, ds_str needle, size_t from)
{
    if (!hay.at || !needle.at || from > hay.len)
        return -1;
    if (!needle.len)
        return (ptrdiff_t)from;
    const char *p = memmem(hay.at + from, hay.len - from, needle.at, needle.len);
    return p ? p - hay.at : -1;
}
