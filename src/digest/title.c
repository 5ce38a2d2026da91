/* SPDX-License-Identifier: Apache-2.0 */
/* title.c - the title of the article whose title shares most words with the other articles; else one that is made. */
#include "internal.h"

#define WORD_MIN 4 /* shorter words are mostly function words */

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

/* "South African soldiers: sent, killed, captured" */
static ds_status made_title(const dg *d, ds_dossier *out)
{
    ds_buf b = ds_buf_new(d->a);
    const ds_ledger *l = d->ledger;
    size_t n = 0;
    if (l->questions_len == 0) {
        const ds_source *s = out->sources_len ? &out->sources[0] : NULL;
        ds_buf_put(&b, s && s->opening.len ? s->opening : DS_STR("(no title)"));
        return dg_take(&b, &out->title);
    }
    dg_put_capital(&b, l->questions[0].subject);
    for (size_t i = 0; i < l->questions_len && n < 3; i++) {
        const ds_question *q = &l->questions[i];
        bool told = !ds_str_eq(q->subject, l->questions[0].subject) || q->per_len;
        for (size_t j = 0; !told && j < i; j++)
            told = ds_str_eq(l->questions[j].measure, q->measure);
        if (told)
            continue;
        ds_buf_puts(&b, n++ ? ", " : ": ");
        ds_buf_put(&b, dg_verb(d, q->measure));
    }
    return dg_take(&b, &out->title);
}

ds_status dg_title(const dg *d, ds_dossier *out)
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
        if (from == out->sources_len || n > best) {
            from = k;
            best = n;
        }
    }
    if (from == out->sources_len)
        return made_title(d, out);
    out->title = out->sources[from].title;
    out->title_from = out->sources[from].letter;
    return DS_OK;
}
