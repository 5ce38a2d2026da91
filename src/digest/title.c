/* SPDX-License-Identifier: Apache-2.0 */
/* title.c - the title of the article whose title shares most words with the other articles; where none has one, the first sentence of a
 * page. */
#include "internal.h"

#define WORD_MIN 4 /* shorter words are mostly function words */

enum { TITLE_LEAST = 3, TITLE_BYTES = 96 }; /* words; bytes */

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool next_word(ds_str s, size_t *i, ds_str *out)
{
    while (*i < s.len && !is_word_byte(s.at[*i]))
        ++*i;
    size_t beg = *i;
    while (*i < s.len && is_word_byte(s.at[*i]))
        ++*i;
    *out = ds_str_cut(s, beg, *i);
    return *i > beg;
}

/* Word -> articles that have it in the low half, the last of them (from 1) in the high half. */
static ds_status count_words(const dg *d, ds_map *m)
{
    for (uint32_t k = 0; k < d->story->members_len; k++) {
        ds_str low = ds_ascii_lower(d->a, dg_article(d, k)->text), w;
        if (dg_article(d, k)->text.len && !low.at)
            return DS_NOMEM;
        for (size_t i = 0; next_word(low, &i, &w);) {
            uint64_t v = 0;
            if (w.len < WORD_MIN)
                continue;
            ds_map_get(m, w, &v);
            if (v >> 32 != k + 1)
                DS_TRY(ds_map_put(m, w, ((uint64_t)(k + 1) << 32) | ((v & UINT32_MAX) + 1)));
        }
    }
    return DS_OK;
}

/* Sum over the title's words of the other articles that have them, for its length: per hundred. */
static ds_status score(const dg *d, const ds_map *m, ds_str title, uint64_t *out)
{
    ds_str low = ds_ascii_lower(d->a, title), w;
    uint64_t sum = 0, words = 0, v;
    if (!low.at)
        return DS_NOMEM;
    for (size_t i = 0; next_word(low, &i, &w);) {
        if (w.len < WORD_MIN)
            continue;
        words++;
        if (ds_map_get(m, w, &v) == DS_OK)
            sum += (v & UINT32_MAX) - 1;
    }
    *out = words ? sum * 100 / (words + 2)
                 : 0; /* + 2: a title of one common word says less than one of five */
    return DS_OK;
}

/* ---- without a title -------------------------------------------------------------------------------------- */

/* The first sentence of a page that says most of what the others speak of, or NULL. */
static const dg_sentence *best_first(const dg_sentences *all)
{
    const dg_sentence *best = NULL;
    for (size_t i = 0; i < all->len; i++) {
        const dg_sentence *s = &all->at[i];
        if (s->body == 1 && s->length >= TITLE_LEAST && (!best || s->score > best->score))
            best = s;
    }
    return best;
}

/* Words of a page, cut where a line of a terminal ends. */
static ds_status as_title(const dg *d, ds_str s, ds_str *out)
{
    size_t end = s.len;
    if (end <= TITLE_BYTES) {
        end -= ds_str_ends(s, DS_STR(".")) && !ds_str_ends(s, DS_STR(".."));
        *out = ds_str_cut(s, 0, end);
        return DS_OK;
    }
    for (end = TITLE_BYTES; end > 0 && s.at[end] != ' '; end--)
        ;
    while (end == 0 || (end < s.len && ((unsigned char)s.at[end] & 0xC0) == 0x80))
        end++; /* one long word */
    *out = ds_arena_printf(d->a, "%.*s …", DS_FMT(ds_str_cut(s, 0, end)));
    return out->at ? DS_OK : DS_NOMEM;
}

static ds_status made_title(const dg *d, const dg_sentences *all, ds_dossier *out)
{
    const dg_sentence *s = best_first(all);
    if (s) {
        out->title_from = d->story->members[s->member].letter;
        return as_title(d, s->words, &out->title);
    }
    const ds_source *x = out->sources_len ? &out->sources[0] : NULL;
    out->title = x && x->opening.len ? x->opening : DS_STR("(no title)");
    return DS_OK;
}

/* The title has a figure that an update took the place of. */
static bool is_stale(const dg_sentences *all, uint32_t member)
{
    const dg_sentence *s = dg_sentence_at(all, member, 0);
    return s && s->stale;
}

ds_status dg_title(const dg *d, const dg_sentences *all, ds_dossier *out)
{
    ds_map *m = ds_map_new(d->a, 0);
    if (!m)
        return DS_NOMEM;
    DS_TRY(count_words(d, m));
    uint64_t best = 0;
    size_t from = out->sources_len;
    for (size_t k = 0; k < out->sources_len; k++) {
        uint64_t n;
        if (out->sources[k].title.len == 0)
            continue;
        DS_TRY(score(d, m, out->sources[k].title, &n));
        n = is_stale(all, (uint32_t)k) ? 0 : n + 1;
        if (from == out->sources_len || n > best) {
            from = k;
            best = n;
        }
    }
    if (from == out->sources_len)
        return made_title(d, all, out);
    out->title = out->sources[from].title;
    out->title_from = out->sources[from].letter;
    return DS_OK;
}
