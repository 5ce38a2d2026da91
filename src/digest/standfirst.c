/* SPDX-License-Identifier: Apache-2.0 */
/* standfirst.c - what happened, in the sentence of a page that says most of what the others speak of; and the section. */
#include "internal.h"

#include <stdlib.h>

enum {
    LEAD_SENTENCES = 2, /* of a body, among which it is looked for */
    WORDS_LEAST = 8,
    WORDS_MOST = 45,
    LEADS_MOST = 12, /* that are looked at */
};

/* Not what the title says already. */
static bool repeats_title(const ds_dossier *out, ds_str words)
{
    ds_str t = out->title;
    if (ds_str_ends(t, DS_STR(" …")))
        t = ds_str_cut(t, 0, t.len - DS_STR(" …").len);
    return t.len && ds_str_starts(words, t);
}

static bool may_lead(const ds_dossier *out, const dg_sentence *s)
{
    bool place = s->part == DS_PART_STANDFIRST || (s->body > 0 && s->body <= LEAD_SENTENCES);
    return place && s->length >= WORDS_LEAST && s->length <= WORDS_MOST && s->whole && !s->stale &&
           !(s->first_classes & DG_LEANS) && !(s->classes & DG_READER) &&
           !repeats_title(out, s->words);
}

static int by_score(const void *pa, const void *pb)
{
    const dg_sentence *const *a = pa, *const *b = pb;
    if ((*a)->score != (*b)->score)
        return (*a)->score > (*b)->score ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

/* Of those that say most of what other pages speak of, the one that most pages tell in words of their own. */
static const dg_sentence *find_lead(const dg_sentences *all, const ds_dossier *out)
{
    const dg_sentence *v[LEADS_MOST + 1], *best = NULL;
    uint32_t best_pages = 0;
    size_t n = 0;
    for (size_t i = 0; i < all->len; i++) {
        if (!may_lead(out, &all->at[i]))
            continue;
        v[n++] = &all->at[i];
        qsort(v, n, sizeof *v, by_score);
        n = n < LEADS_MOST ? n : LEADS_MOST;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t pages = dg_pages_telling(all, v[i]);
        if (pages > best_pages) {
            best = v[i];
            best_pages = pages;
        }
    }
    return best;
}

ds_status dg_standfirst(const dg *d, const dg_sentences *all, ds_dossier *out)
{
    const dg_sentence *best = find_lead(all, out);
    if (!best)
        return DS_OK;
    ds_buf b = ds_buf_new(d->a);
    ds_cite *cite = ds_arena_calloc(d->a, 1, sizeof *cite);
    if (!cite)
        return DS_NOMEM;
    dg_put_quote(&b, best->words);
    DS_TRY(ds_buf_take(&b, &out->standfirst));
    *cite = (ds_cite){best->member, best->number};
    out->standfirst_cites = (ds_line_cites){cite, 1};
    return DS_OK;
}

/* ---- section -------------------------------------------------------------------------------------------------- */

static ds_status lower(const dg *d, ds_str s, ds_str *out)
{
    *out = ds_ascii_lower(d->a, s);
    return out->at || !s.len ? DS_OK : DS_NOMEM;
}

ds_status dg_section(const dg *d, ds_dossier *out)
{
    uint64_t best = 0;
    ds_map *m = ds_map_new(d->a, 0);
    if (!m)
        return DS_NOMEM;
    for (size_t i = 0; i < out->sources_len; i++) {
        ds_str low;
        uint64_t n = 0;
        if (out->sources[i].section.len == 0)
            continue;
        DS_TRY(lower(d, out->sources[i].section, &low));
        (void)ds_map_get(m, low, &n);
        DS_TRY(ds_map_put(m, low, n + 1));
    }
    for (size_t i = 0; i < out->sources_len; i++) {
        ds_str low;
        uint64_t n = 0;
        DS_TRY(lower(d, out->sources[i].section, &low));
        if (low.len && ds_map_get(m, low, &n) == DS_OK && n > best) {
            best = n;
            out->section = out->sources[i].section;
        }
    }
    return DS_OK;
}
