/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define TAG_MAX_WORDS 4      /* longest keyword without separators that is looked for */
#define TAG_LINE_MIN_WORDS 5 /* an unmarked line of keywords has at least so many words */
#define TAG_LINE_MAX_WORDS 60
#define TAG_MAX 40  /* keywords kept */
#define TAIL_LOOK 4 /* blocks behind the text that may hold the unmarked line */

typedef struct word {
    uint32_t beg, end;
} word;

/* The first of two bytes at or behind i, s.len if there is none. */
static size_t find_either(ds_str s, size_t i, char x, char y)
{
#ifdef __SSE2__
    const __m128i one = _mm_set1_epi8(x), other = _mm_set1_epi8(y);
    for (; i + 16 <= s.len; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.at + i));
        unsigned hit = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(v, one), _mm_cmpeq_epi8(v, other)));
        if (hit)
            return i + (size_t)__builtin_ctz(hit);
    }
#endif
    while (i < s.len && s.at[i] != x && s.at[i] != y)
        i++;
    return i;
}

/* Is `phrase` in the page's text outside [skip], at word boundaries? `capital`: only as it is written, inside a
 * sentence. */
static bool in_page(const ext_page *p, ds_str phrase, ds_span skip, bool capital)
{
    ds_str all = {p->fold.at, p->fold.len};
    if (!phrase.len)
        return false;
    char low = ext_lower(phrase.at[0]), high = ext_is_lower((unsigned char)low) ? low & 0x5F : low;
    for (size_t i = 0;; i++) {
        i = find_either(all, i, low, high);
        if (i >= skip.beg && i < skip.end)
            i = find_either(all, skip.end, low, high);
        if (i + phrase.len > all.len || i == all.len)
            return false;
        bool edge =
            (i == 0 || !ext_is_alnum((unsigned char)all.at[i - 1])) &&
            (i + phrase.len == all.len || !ext_is_alnum((unsigned char)all.at[i + phrase.len]));
        ds_str here = ds_str_cut(all, i, i + phrase.len);
        bool inside = i > 1 && all.at[i - 1] == ' ' && ext_is_lower((unsigned char)all.at[i - 2]);
        if (edge && (capital ? inside && ds_str_eq(here, phrase) : ext_same_fold(here, phrase)))
            return true;
    }
}

/* Words of the keyword that begins at word i: the longest phrase that the page also says elsewhere; 0: none. */
static size_t known_tag(const ext_page *p, ds_str s, ds_span at, const word *w, size_t n, size_t i)
{
    for (size_t k = TAG_MAX_WORDS; k > 0; k--) {
        if (i + k > n)
            continue;
        if (in_page(p, ds_str_cut(s, w[i].beg, w[i + k - 1].end), at, k == 1))
            return k;
    }
    return 0;
}

/* Words that the page does not say elsewhere: two by two, an odd one with the last pair. */
static ds_status add_unknown(ext_page *p, ext_draft *d, ds_str s, const word *w, size_t beg,
                             size_t end)
{
    ds_status st = DS_OK;
    while (beg < end) {
        size_t n = end - beg <= 3 ? end - beg : 2;
        ext_strs_add(p->arena, &d->keywords, ds_str_cut(s, w[beg].beg, w[beg + n - 1].end), &st);
        beg += n;
    }
    return st;
}

/* A line of keywords set with blanks alone: "Drone Warfare Black Sea Grain". */
static ds_status split_by_text(ext_page *p, ext_draft *d, const ext_block *b)
{
    ds_str s = ext_text(p, b);
    word w[TAG_LINE_MAX_WORDS];
    size_t n = 0, unknown = 0, i = 0;
    ds_status st = DS_OK;
    for (uint32_t at = 0; at < s.len && n < TAG_LINE_MAX_WORDS; at++) {
        uint32_t beg = at;
        while (at < s.len && s.at[at] != ' ')
            at++;
        w[n++] = (word){beg, at};
    }
    while (i < n) {
        size_t k = known_tag(p, s, b->text, w, n, i);
        if (!k) {
            i++;
            continue;
        }
        DS_TRY(add_unknown(p, d, s, w, unknown, i));
        ext_strs_add(p->arena, &d->keywords, ds_str_cut(s, w[i].beg, w[i + k - 1].end), &st);
        DS_TRY(st);
        i += k;
        unknown = i;
    }
    return add_unknown(p, d, s, w, unknown, n);
}

ds_status ext_add_tags(ext_page *p, ext_draft *d, ds_str s)
{
    ds_status st = DS_OK;
    for (size_t i = 0; i < s.len && d->keywords.len < TAG_MAX;) {
        size_t end = i;
        while (end < s.len && s.at[end] != ',' && s.at[end] != ';' && s.at[end] != '|')
            end++;
        ext_strs_add(p->arena, &d->keywords, ext_trim_punct(ds_str_cut(s, i, end)), &st);
        i = end + 1;
    }
    return st;
}

/* "Tags: a, b" on one line. */
static ds_status marked_tags(ext_page *p, ext_draft *d, uint32_t i)
{
    ds_str s = ext_text(p, &p->blocks.at[i]);
    ptrdiff_t colon = ds_str_find(s, DS_STR(":"), 0);
    if (colon >= 0 && (size_t)colon + 1 < s.len)
        return ext_add_tags(p, d, ds_str_cut(s, (size_t)colon + 1, s.len));
    bool list =
        i + 1 < d->end && ds_str_find(ext_text(p, &p->blocks.at[i + 1]), DS_STR(","), 0) > 0;
    return list ? ext_add_tags(p, d, ext_text(p, &p->blocks.at[i + 1])) : DS_OK;
}

/* Title case through and through, no mark of punctuation, right behind the text. */
static bool tag_line(const ext_page *p, const ext_block *b)
{
    ds_str s = ext_text(p, b);
    if (b->words < TAG_LINE_MIN_WORDS || b->words > TAG_LINE_MAX_WORDS || b->caps < b->words)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '.' || s.at[i] == ',' || s.at[i] == '?' || s.at[i] == ':' || s.at[i] == '!')
            return false;
    return true;
}

ds_status ext_tags(ext_page *p, ext_draft *d)
{
    uint32_t last = d->body.at[d->body.len - 1];
    for (uint32_t i = d->beg; i < d->end; i++) {
        const ext_block *b = &p->blocks.at[i];
        bool behind = i > last && i <= last + TAIL_LOOK;
        if (i < d->body.at[0] || behind) {
            if (b->label == EXT_SECTION && !d->art.section.at)
                ext_set(&d->art.section, &d->extra.from.section, ext_trim_punct(ext_text(p, b)),
                        "text");
            if (behind && !d->keywords.len && tag_line(p, b))
                DS_TRY(split_by_text(p, d, b));
        }
        if (b->label == EXT_TAGS && !d->keywords.len)
            DS_TRY(marked_tags(p, d, i));
        if (b->label == EXT_RELATED || b->label == EXT_COMMENTS)
            break;
    }
    if (d->keywords.len && !d->extra.from.keywords.at)
        d->extra.from.keywords = DS_STR("text");
    return DS_OK;
}
