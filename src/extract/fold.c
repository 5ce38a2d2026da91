/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* White-space folds beyond this many runs no longer begin a run of their own: a page of 50 MB made of double blanks
 * would otherwise need five times its size for the way back. */
#define FOLD_EXACT_RUNS (1u << 20)

ds_status ext_fold_new(ds_arena *a, size_t cap, ext_fold *out)
{
    char *at = ds_arena_alloc(a, cap + 1);
    if (!at)
        return DS_NOMEM;
    *out = (ext_fold){.arena = a, .at = at, .cap = (uint32_t)cap, .space_at = UINT32_MAX};
    return DS_OK;
}

void ext_fold_begin(ext_fold *f)
{
    f->open = f->len;
    f->space = false;
    f->space_at = UINT32_MAX;
}

void ext_fold_gap(ext_fold *f)
{
    f->space = true;
    f->space_at = UINT32_MAX;
}

ds_span ext_fold_end(ext_fold *f)
{
    ds_span got = {f->open, f->len};
    if (f->len > f->open && f->len < f->cap)
        f->at[f->len++] = '\n';
    f->space = false;
    return got;
}

/* Bytes of the white space (or control character) at s[i], 0 if there is none. */
static size_t white_at(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c <= 0x20 || c == 0x7F)
        return 1;
    if (c < 0xC2 || i + 1 >= s.len)
        return 0;
    unsigned char d = (unsigned char)s.at[i + 1];
    if (c == 0xC2)
        return d <= 0xA0 ? 2 : 0; /* C1 controls, no-break space */
    if (i + 2 >= s.len)
        return 0;
    unsigned char e = (unsigned char)s.at[i + 2];
    if (c == 0xE2 && d == 0x80)
        return e <= 0x8A || e == 0xA8 || e == 0xA9 || e == 0xAF ? 3 : 0;
    if (c == 0xE2 && d == 0x81)
        return e == 0x9F ? 3 : 0;
    return c == 0xE3 && d == 0x80 && e == 0x80 ? 3 : 0;
}

static bool equal_run(const ds_run *r)
{
    return ds_span_len(r->text) == ds_span_len(r->page);
}

/* Records that the next `text_len` bytes of text stand for source[beg, end). */
static ds_status put_run(ext_fold *f, uint32_t text_len, uint32_t beg, uint32_t end)
{
    ds_run *last = f->runs.len ? &f->runs.at[f->runs.len - 1] : NULL;
    bool same = text_len == end - beg;
    if (last && last->text.end == f->len && last->page.end == beg && same && equal_run(last)) {
        last->text.end += text_len;
        last->page.end = end;
        return DS_OK;
    }
    if (last && last->text.beg >= f->open && f->runs.len >= FOLD_EXACT_RUNS) {
        last->text.end = f->len + text_len;
        last->page.end = end;
        return DS_OK;
    }
    ds_run run = {{f->len, f->len + text_len}, {beg, end}};
    return DS_PUSH(f->arena, &f->runs, run);
}

static ds_status put_bytes(ext_fold *f, const char *at, uint32_t len, uint32_t beg, uint32_t end)
{
    if (f->space && f->len > f->open) {
        if (f->len + len + 1 > f->cap)
            return DS_LIMIT;
        if (f->space_at != UINT32_MAX && f->space_at + 1 == beg)
            DS_TRY(put_run(f, 1, f->space_at, f->space_at + 1));
        f->at[f->len++] = ' ';
    }
    f->space = false;
    if (f->len + len > f->cap)
        return DS_LIMIT;
    DS_TRY(put_run(f, len, beg, end));
    memcpy(f->at + f->len, at, len);
    f->len += len;
    return DS_OK;
}

static void put_white(ext_fold *f, ds_str s, size_t i)
{
    f->space_at = !f->space && s.at[i] == ' ' ? (uint32_t)i : UINT32_MAX;
    f->space = true;
}

static ds_status put_entity(ext_fold *f, uint32_t code, uint32_t beg, uint32_t len)
{
    char out[4];
    uint32_t n = 0;
    if (code <= 0x20 || code == 0x7F || (code >= 0x80 && code <= 0xA0) || code == 0x2028 ||
        code == 0x3000) {
        ext_fold_gap(f);
        return DS_OK;
    }
    if (code < 0x80) {
        out[n++] = (char)code;
    } else if (code < 0x800) {
        out[n++] = (char)(0xC0 | code >> 6);
        out[n++] = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        out[n++] = (char)(0xE0 | code >> 12);
        out[n++] = (char)(0x80 | (code >> 6 & 63));
        out[n++] = (char)(0x80 | (code & 63));
    } else {
        out[n++] = (char)(0xF0 | code >> 18);
        out[n++] = (char)(0x80 | (code >> 12 & 63));
        out[n++] = (char)(0x80 | (code >> 6 & 63));
        out[n++] = (char)(0x80 | (code & 63));
    }
    return put_bytes(f, out, n, beg, beg + len);
}

/* 1: white space can begin with this byte; 2: a reference. */
static const uint8_t fold_class[256] = {
    [0x00 ... 0x20] = 1, [0x7F] = 1, [0xC2] = 1, [0xE2] = 1, [0xE3] = 1, ['&'] = 2,
};

#ifdef __SSE2__
/* Sixteen bytes at p: bits of those that end a run. A blank alone between two others does not; at the edges its
 * neighbours are unseen, and it does. */
static unsigned run_ends(const char *p, bool entities)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x20)), v);
    __m128i sign = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)));
    /* 0xE2 and 0xE3 */
    __m128i wide = _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(1)), _mm_set1_epi8((char)0xE3));
    if (entities)
        sign = _mm_or_si128(sign, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
    unsigned all = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, sign), wide));
    unsigned blank = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    return all & ~(blank & ~(all << 1 | 1) & ~(all >> 1 | 0x8000));
}
#endif

/* End of the bytes from i on that stay as they are, single blanks between words among them. */
static size_t plain_end(ds_str s, size_t i, uint8_t stops)
{
    const unsigned char *at = (const unsigned char *)s.at;
    for (size_t from = i; i < s.len; i++) {
#ifdef __SSE2__
        while (i + 16 <= s.len) {
            unsigned ends = run_ends(s.at + i, stops > 1);
            i += ends ? (size_t)__builtin_ctz(ends) : 16;
            if (ends)
                break;
        }
        if (i >= s.len)
            break;
#endif
        if (!(fold_class[at[i]] & stops))
            continue;
        bool lone = at[i] == ' ' && i > from && !(fold_class[at[i - 1]] & stops) && i + 1 < s.len &&
                    !(fold_class[at[i + 1]] & stops);
        if (!lone)
            break;
    }
    return i;
}

ds_status ext_fold_add(ext_fold *f, ds_str source, uint32_t beg, uint32_t end, bool entities)
{
    ds_str s = {source.at, end};
    uint8_t stops = entities ? 3 : 1;
    size_t i = beg;
    while (i < end) {
        size_t from = i, n = 0;
        i = plain_end(s, i, stops);
        if (i > from)
            DS_TRY(put_bytes(f, s.at + from, (uint32_t)(i - from), (uint32_t)from, (uint32_t)i));
        if (i >= end)
            break;
        if ((n = white_at(s, i)) > 0) {
            put_white(f, s, i);
            i += n;
            continue;
        }
        uint32_t code = s.at[i] == '&' ? ext_entity(s, i, &n) : 0;
        if (code) {
            DS_TRY(put_entity(f, code, (uint32_t)i, (uint32_t)n));
            i += n;
            continue;
        }
        n = 1; /* an ampersand that means itself, or a letter that shares its first byte with a space */
        while (i + n < end && ((unsigned char)s.at[i + n] & 0xC0) == 0x80)
            n++;
        DS_TRY(put_bytes(f, s.at + i, (uint32_t)n, (uint32_t)i, (uint32_t)(i + n)));
        i += n;
    }
    return DS_OK;
}

ds_str ext_decoded(ds_arena *a, ds_str raw)
{
    ext_fold f;
    if (ext_fold_new(a, raw.len + 1, &f) != DS_OK)
        return (ds_str){0};
    ext_fold_begin(&f);
    if (ext_fold_add(&f, raw, 0, (uint32_t)raw.len, true) != DS_OK)
        return (ds_str){0};
    f.at[f.len] = '\0';
    return (ds_str){f.at, f.len};
}
