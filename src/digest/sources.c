/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#define OPENING_BYTES                                                                              \
    64 /* first words of an article without a title: one line of 80 columns with its indent */

/* First words of the text, cut between words. */
static ds_status opening(const dg *d, const ds_reading *r, ds_str *out)
{
    for (size_t i = 0; i < r->sents_len; i++) {
        if (r->sents[i].part == DS_PART_TITLE)
            continue;
        ds_str s = ds_str_trim(ds_str_at(r->article->text, r->sents[i].span));
        if (s.len <= OPENING_BYTES) {
            *out = s;
            return DS_OK;
        }
        size_t end = OPENING_BYTES;
        while (end > 0 && s.at[end] != ' ')
            end--;
        while (end == 0 || (end < s.len && ((unsigned char)s.at[end] & 0xC0) == 0x80))
            end++; /* one long word: to the end of a code point */
        *out = ds_arena_printf(d->a, "%.*s …", DS_FMT(ds_str_cut(s, 0, end)));
        return out->at ? DS_OK : DS_NOMEM;
    }
    return DS_OK;
}

static ds_status related(const dg *d, const ds_article *art, ds_strs *out)
{
    ds_str *at = ds_arena_calloc(d->a, art->related_len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < art->related_len; i++)
        at[i] = art->related[i].title;
    *out = (ds_strs){at, art->related_len};
    return DS_OK;
}

static uint32_t figures_of(const dg *d, uint32_t member)
{
    uint32_t n = 0;
    for (size_t i = 0; i < d->story->rows_len; i++)
        n += d->story->rows[i].member == member;
    return n;
}

static uint32_t flags_of(const dg *d, uint32_t member)
{
    uint32_t n = 0;
    for (size_t f = 0; f < d->ledger->flags_len; f++) {
        bool touches = false;
        for (uint32_t k = 0; k < d->ledger->flags[f].rows_len; k++)
            touches |= d->story->rows[d->ledger->flags[f].rows[k]].member == member;
        n += touches;
    }
    return n;
}

static ds_status make_source(const dg *d, uint32_t m, ds_source *out)
{
    const ds_reading *r = &d->readings[d->story->members[m].reading];
    const ds_article *a = r->article;
    ds_source s = {
        .letter = d->story->members[m].letter,
        .doc = a->doc,
        .page_sha256 = r->page ? r->page->sha256 : (ds_str){0},
        .title = a->title,
        .publisher = a->publisher,
        .original_publisher = a->original_publisher,
        .licence = a->licence,
        .affiliation = a->affiliation,
        .section = a->section,
        .authors = a->authors,
        .credited = a->credited,
        .kind = a->kind,
        .language = a->language,
        .published = a->published,
        .published_from = a->published_from,
        .window = a->window,
        .window_from = a->window_from,
        .sentences = (uint32_t)r->sents_len,
        .figures = figures_of(d, m),
        .flags = flags_of(d, m),
        .comments_left_out = (uint32_t)a->comments_len,
        .teasers_left_out = a->teasers,
    };
    DS_TRY(opening(d, r, &s.opening));
    DS_TRY(related(d, a, &s.related));
    *out = s;
    return DS_OK;
}

/* Publishers with a name, each once. */
static uint32_t count_publishers(const ds_source *s, size_t n)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool seen = s[i].publisher.len == 0;
        for (size_t j = 0; !seen && j < i; j++)
            seen = ds_str_eq(s[i].publisher, s[j].publisher);
        count += !seen;
    }
    return count;
}

ds_status dg_sources(const dg *d, ds_dossier *out)
{
    size_t n = d->story->members_len;
    ds_source *at = ds_arena_calloc(d->a, n, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (uint32_t m = 0; m < n; m++)
        DS_TRY(make_source(d, m, &at[m]));
    out->sources = at;
    out->sources_len = n;
    out->publishers = count_publishers(at, n);
    return DS_OK;
}
