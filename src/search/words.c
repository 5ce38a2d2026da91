/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - from running text to the words that the index holds. */
#include "search/internal.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Words met; beyond it all are forgotten: a stream of hostile words must not fill the memory. */
#define WORDS_KEPT 200000
/* Bytes of a word; what is longer is no word, and is cut. */
#define WORD_MAX 64

struct ds_words {
    struct sb_stemmer *stemmer;
    const UNormalizer2 *nfd;
    ds_arena *arena;
    ds_map *met; /* folded word -> place of its stem */
    DS_VEC(ds_str) stems;
};

ds_status ds_words_open(ds_words **out)
{
    ds_words *w = calloc(1, sizeof *w);
    UErrorCode code = U_ZERO_ERROR;
    if (!w)
        return DS_NOMEM;
    w->stemmer = sb_stemmer_new("english", "UTF_8");
    w->nfd = unorm2_getNFDInstance(&code);
    w->arena = ds_arena_new((size_t)1 << 20, (size_t)256 << 20);
    w->met = w->arena ? ds_map_new(w->arena, 0) : NULL;
    if (w->stemmer && U_SUCCESS(code) && w->met) {
        *out = w;
        return DS_OK;
    }
    ds_words_close(w);
    return DS_NOMEM;
}

void ds_words_close(ds_words *w)
{
    if (!w)
        return;
    if (w->stemmer)
        sb_stemmer_delete(w->stemmer);
    ds_arena_free(w->arena);
    free(w);
}

/* ---- where words are ----------------------------------------------------------------------------------------- */

static bool is_ascii_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_word((unsigned char)c);
    return c != DS_UTF8_BAD &&
           (u_isalnum((UChar32)c) || u_charType((UChar32)c) == U_NON_SPACING_MARK);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Does a word go on at i? *next: behind the code point. */
static bool goes_on(ds_str text, size_t i, size_t *next)
{
    *next = i;
    if (i >= text.len)
        return false;
    uint32_t c = ds_utf8_next(text, next);
    return is_word(c);
}

/* An apostrophe, or the comma of 1,200, between two characters of a word. */
static bool is_inner(ds_str text, size_t beg, size_t i, size_t *next)
{
    size_t behind;
    *next = i;
    uint32_t c = ds_utf8_next(text, next);
    if (is_apostrophe(c))
        return goes_on(text, *next, &behind);
    return c == ',' && i > beg && is_digit((unsigned char)text.at[i - 1]) && i + 3 < text.len &&
           is_digit((unsigned char)text.at[i + 1]) && is_digit((unsigned char)text.at[i + 2]) &&
           is_digit((unsigned char)text.at[i + 3]);
}

static bool find_word(ds_str text, size_t *i, ds_span *out)
{
    size_t next = *i;
    while (*i < text.len && !goes_on(text, *i, &next))
        *i = next > *i ? next : *i + 1;
    if (*i >= text.len)
        return false;
    size_t beg = *i;
    while (*i < text.len && (goes_on(text, *i, &next) || is_inner(text, beg, *i, &next)))
        *i = next;
    *out = (ds_span){(uint32_t)beg, (uint32_t)*i};
    return true;
}

/* ---- what they are in the index --------------------------------------------------------------------------------- */

/* "é" is "e" and an accent: the letter alone. What falls apart into letters (Hangul) stays. */
static uint32_t without_accents(const ds_words *w, uint32_t c)
{
    UChar apart[16];
    UErrorCode code = U_ZERO_ERROR;
    int32_t len = unorm2_getDecomposition(w->nfd, (UChar32)c, apart, 16, &code), i = 0;
    UChar32 first, mark;
    if (len <= 0 || U_FAILURE(code))
        return c;
    U16_NEXT(apart, i, len, first);
    while (i < len) {
        U16_NEXT(apart, i, len, mark);
        if (u_charType(mark) != U_NON_SPACING_MARK)
            return c;
    }
    return (uint32_t)first;
}

/* Lower case, without accents and the commas of numbers, ' for every apostrophe. Bytes put, at most WORD_MAX. */
static size_t fold(const ds_words *w, ds_str word, char out[WORD_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < word.len;) {
        uint32_t c = ds_utf8_next(word, &i);
        char bytes[4];
        if (is_apostrophe(c)) {
            if (!n || out[n - 1] == '\'') /* behind a mark that is gone */
                continue;
            c = '\'';
        } else if (c >= 0x80) {
            if (u_charType((UChar32)c) == U_NON_SPACING_MARK)
                continue;
            c = (uint32_t)u_tolower((UChar32)without_accents(w, c));
        } else if (c == ',') {
            continue;
        } else if (c >= 'A' && c <= 'Z') {
            c |= 0x20;
        }
        size_t len = ds_utf8_put(bytes, c);
        if (n + len > WORD_MAX)
            break;
        memcpy(out + n, bytes, len);
        n += len;
    }
    while (n && out[n - 1] == '\'') /* of a word that was cut */
        n--;
    return n;
}

static ds_status stem(ds_words *w, ds_str folded, ds_str *out)
{
    uint64_t at;
    if (ds_map_get(w->met, folded, &at) == DS_OK) {
        *out = w->stems.at[at];
        return DS_OK;
    }
    if (ds_map_len(w->met) >= WORDS_KEPT) {
        ds_arena_reset(w->arena);
        w->met = ds_map_new(w->arena, 0);
        w->stems.at = NULL;
        w->stems.len = w->stems.cap = 0;
    }
    const sb_symbol *said =
        w->met ? sb_stemmer_stem(w->stemmer, (const sb_symbol *)folded.at, (int)folded.len) : NULL;
    ds_str key = said ? ds_arena_str(w->arena, folded) : (ds_str){NULL, 0};
    ds_str kept = key.at ? ds_arena_str(w->arena, (ds_str){(const char *)said,
                                                           (size_t)sb_stemmer_length(w->stemmer)})
                         : (ds_str){NULL, 0};
    if (!kept.at || DS_PUSH(w->arena, &w->stems, kept) < 0 ||
        ds_map_put(w->met, key, w->stems.len - 1) < 0)
        return DS_NOMEM;
    *out = kept;
    return DS_OK;
}

ds_status ds_words_next(ds_words *w, ds_str text, size_t *i, ds_stemmed *out)
{
    char folded[WORD_MAX];
    while (find_word(text, i, &out->at)) {
        size_t n = fold(w, ds_str_at(text, out->at), folded);
        if (!n)
            continue;
        DS_TRY(stem(w, (ds_str){folded, n}, &out->stem));
        if (out->stem.len)
            return DS_OK;
    }
    return DS_NONE;
}

ds_status ds_words_put(ds_words *w, ds_str text, ds_buf *out)
{
    ds_stemmed word;
    ds_status got;
    for (size_t i = 0; (got = ds_words_next(w, text, &i, &word)) == DS_OK;) {
        ds_buf_put(out, word.stem);
        ds_buf_putc(out, ' ');
    }
    return got < 0 ? got : out->status;
}

ds_status ds_words_put_name(ds_words *w, ds_str name, ds_buf *out)
{
    ds_span at;
    for (size_t i = 0; find_word(name, &i, &at);) {
        char folded[WORD_MAX];
        size_t n = fold(w, ds_str_at(name, at), folded);
        for (size_t k = 0; k < n; k++)
            if (folded[k] != '\'')
                ds_buf_putc(out, folded[k]);
    }
    ds_buf_putc(out, ' ');
    return out->status;
}

/* For queries: folded, not stemmed. */
ds_status ds_words_fold(ds_words *w, ds_str text, ds_buf *folded, ds_buf *stems)
{
    ds_stemmed word;
    ds_status got;
    for (size_t i = 0; (got = ds_words_next(w, text, &i, &word)) == DS_OK;) {
        char at[WORD_MAX];
        size_t n = fold(w, ds_str_at(text, word.at), at);
        if (folded->len)
            ds_buf_putc(folded, ' ');
        if (stems->len)
            ds_buf_putc(stems, ' ');
        ds_buf_put(folded, (ds_str){at, n});
        ds_buf_put(stems, word.stem);
    }
    return got < 0 ? got : folded->status < 0 ? folded->status : stems->status;
}
