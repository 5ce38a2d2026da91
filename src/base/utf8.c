/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: strict decoding, and how wide code points are on a terminal. */
#include "base/base.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Length of a well-formed sequence at p, 0 for none (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *p, size_t n, uint32_t *out)
{
    unsigned char c = p[0];
    if (c < 0x80) {
        *out = c;
        return 1;
    }
    size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4 || n < len)
        return 0;
    static const uint32_t mask[5] = {0, 0, 0x1F, 0x0F, 0x07},
                          least[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t v = c & mask[len];
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        v = v << 6 | (p[i] & 0x3F);
    }
    if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
        return 0;
    *out = v;
    return len;
}

uint32_t ds_utf8_next(ds_str s, size_t *i)
{
    uint32_t c;
    size_t n = sequence((const unsigned char *)s.at + *i, s.len - *i, &c);
    *i += n ? n : 1;
    return n ? c : DS_UTF8_BAD;
}

size_t ds_utf8_prev(ds_str s, size_t i)
{
    size_t k = i - 1;
    while (k > 0 && i - k < 4 && ((unsigned char)s.at[k] & 0xC0) == 0x80)
        k--;
    size_t end = k;
    return ds_utf8_next(s, &end) != DS_UTF8_BAD && end == i ? k : i - 1;
}

/* Bytes that are asked for before they are needed: texts are checked when they are read for the first time. */
#define AHEAD 2048

/* End of the ASCII bytes from i on. */
static size_t ascii_end(const unsigned char *p, size_t i, size_t len)
{
#ifdef __SSE2__
    for (; i + 64 <= len; i += 64) {
        __builtin_prefetch(p + (len - i > AHEAD ? i + AHEAD : i)); /* the page's first read */
        const __m128i *at = (const __m128i *)(const void *)(p + i);
        __m128i a = _mm_loadu_si128(at), b = _mm_loadu_si128(at + 1), c = _mm_loadu_si128(at + 2),
                d = _mm_loadu_si128(at + 3);
        if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))))
            break;
    }
    for (; i + 16 <= len; i += 16) {
        int high = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
        if (high)
            return i + (size_t)__builtin_ctz((unsigned)high);
    }
#endif
    while (i < len && p[i] < 0x80)
        i++;
    return i;
}

static bool tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

ds_status ds_utf8_check(ds_str s, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)s.at;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = p[i];
        if (c < 0x80) {
            i = ascii_end(p, i, s.len);
        } else if (c >= 0xC2 && c < 0xE0 && i + 1 < s.len && tail(p[i + 1])) {
            i += 2; /* the common lengths, where nothing is overlong or a surrogate */
        } else if (c > 0xE0 && c < 0xF0 && c != 0xED && i + 2 < s.len && tail(p[i + 1]) &&
                   tail(p[i + 2])) {
            i += 3;
        } else {
            size_t at = i;
            if (ds_utf8_next(s, &i) == DS_UTF8_BAD) {
                if (bad)
                    *bad = at;
                return DS_BAD;
            }
        }
    }
    return DS_OK;
}

size_t ds_utf8_length(ds_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; n++)
        ds_utf8_next(s, &i);
    return n;
}

typedef struct range {
    uint32_t lo, hi;
} range;

/* Combining marks and other code points that take no column. */
static const range narrow[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},
    {0x0610, 0x061A}, {0x064B, 0x065F}, {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};
/* East Asian wide and emoji. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},  {0x2E80, 0x303E}, {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},  {0xA960, 0xA97F}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static bool among(uint32_t c, const range *r, size_t n)
{
    size_t lo = 0;
    while (lo < n) {
        size_t mid = (lo + n) / 2;
        if (c > r[mid].hi)
            lo = mid + 1;
        else if (c < r[mid].lo)
            n = mid;
        else
            return true;
    }
    return false;
}

size_t ds_utf8_width(ds_str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t c = ds_utf8_next(s, &i);
        if (c == DS_UTF8_BAD)
            width++;
        else if (!among(c, narrow, sizeof narrow / sizeof *narrow))
            width += among(c, wide, sizeof wide / sizeof *wide) ? 2 : 1;
    }
    return width;
}

ds_str ds_ascii_lower(ds_arena *a, ds_str s)
{
    char *p = s.at ? ds_arena_alloc(a, s.len + 1) : NULL;
    if (!p)
        return (ds_str){0};
    for (size_t i = 0; i < s.len; i++) {
        p[i] = s.at[i];
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] += 'a' - 'A';
    }
    return (ds_str){p, s.len};
}
