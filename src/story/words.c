/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"
#include "story/who.h"

#define WORD_MAX 64  /* bytes that count of a word; longer ones are addresses and the like */
#define LONG_BYTES 5 /* shorter lower-case words are mostly function words */

bool story_is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
           (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F);
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000) ||
           (c >= 0x2C00 && c < 0x3000) || (c >= 0x3041 && c != DS_UTF8_BAD && c < 0xE000);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_joiner(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == '-' || c == 0x2010 || c == 0x2011;
}

/* One word from *i on: letters and digits, with apostrophes, hyphens and (in numbers) points and commas inside. */
bool story_word_next(ds_str s, size_t *i, ds_str *out, uint32_t *first)
{
    uint32_t c = 0;
    size_t beg = *i;
    while (*i < s.len) {
        beg = *i;
        c = ds_utf8_next(s, i);
        if (is_letter(c) || is_digit(c))
            break;
        beg = s.len;
    }
    if (beg >= s.len)
        return false;
    *first = c;
    size_t end = *i;
    uint32_t before = c;
    while (*i < s.len) {
        size_t at = *i;
        c = ds_utf8_next(s, i);
        if (is_letter(c) || is_digit(c)) {
            end = *i;
        } else if (!is_joiner(c) && !(is_digit(before) && (c == ',' || c == '.'))) {
            *i = at;
            break;
        } else if (is_joiner(before)) {
            break; /* a dash made of hyphens ends the word */
        }
        before = c;
    }
    *out = ds_str_cut(s, beg, end);
    return true;
}

uint64_t story_word_hash(ds_str w)
{
    char low[WORD_MAX];
    size_t n = 0;
    for (size_t i = 0; i < w.len && n < sizeof low; i++) {
        char c = w.at[i];
        if (c == ',')
            continue;
        low[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    ds_str s = {low, n};
    if (ds_str_ends(s, DS_STR("'s")))
        s.len -= 2;
    else if (ds_str_ends(s, DS_STR("\xe2\x80\x99s")))
        s.len -= 4;
    return ds_hash(s, 0);
}

typedef DS_VEC(word) word_vec;

static ds_status sentence_words(ds_arena *a, const ds_reading *r, uint32_t doc, uint32_t sent,
                                word_vec *v)
{
    const ds_sentence *s = &r->sents[sent];
    ds_str text = ds_str_at(r->article->text, s->span), w;
    uint32_t first;
    bool begun = false;
    for (size_t i = 0; story_word_next(text, &i, &w, &first); begun = true) {
        unsigned flags = story_is_upper(first) ? WORD_CAP : is_digit(first) ? WORD_NUMBER : 0;
        if (!begun)
            flags |= WORD_FIRST;
        if (s->part == DS_PART_TITLE)
            flags |= WORD_TITLE;
        if (w.len >= LONG_BYTES)
            flags |= WORD_LONG;
        DS_TRY(DS_PUSH(a, v, ((word){story_word_hash(w), doc, sent, (uint8_t)flags})));
    }
    return DS_OK;
}

ds_status story_words(ds_arena *a, const ds_reading *readings, size_t n, words *out)
{
    word_vec v = {0};
    uint32_t *first = ds_arena_calloc(a, n + 1, sizeof *first);
    if (!first)
        return DS_NOMEM;
    for (size_t d = 0; d < n; d++) {
        for (size_t s = 0; s < readings[d].sents_len; s++)
            DS_TRY(sentence_words(a, &readings[d], (uint32_t)d, (uint32_t)s, &v));
        if (v.len > UINT32_MAX / 2)
            return DS_LIMIT;
        first[d + 1] = (uint32_t)v.len;
    }
    *out = (words){v.at, v.len, first};
    return DS_OK;
}
