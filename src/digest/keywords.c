/* SPDX-License-Identifier: Apache-2.0 */
/* keywords.c - names and words that set the story apart: what most pages speak of, without words that stand in any news. */
#include "internal.h"

#include <assert.h>
#include <stdlib.h>

enum {
    KEYWORDS_MAX = 8,
    NAME_WORDS = 4,    /* of a name */
    INITIALS_MOST = 5, /* letters */
    WORD_BYTES = 5,    /* of a word that is no name */
    NAME_WEIGHT = 3,   /* against a word's 2 */
    WORD_WEIGHT = 2,
    TIMES_CAP = 6, /* a word that a page repeats more often says no more */
    OF_PAGES = 3,  /* a keyword stands on a third of the pages at least */
};

typedef struct term {
    ds_str key, shown; /* in lower case; as written first */
    uint32_t pages, last, here, score;
    uint32_t inside, first; /* with a capital inside a sentence, as its first word */
    uint32_t small;         /* without one */
    bool name;
} term;

typedef struct terms {
    ds_arena *a;
    ds_map *index;
    DS_VEC(term) v;
} terms;

static bool in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '-';
}

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(ds_str w)
{
    return w.len && w.at[0] >= 'A' && w.at[0] <= 'Z';
}

/* As dg_sentence's words, but curly apostrophes end a word: "Lindall’s". */
static bool next_word(ds_str s, size_t *i, ds_str *out)
{
    static const char curly[] = "\xE2\x80";
    while (*i < s.len && (!in_word((unsigned char)s.at[*i]) ||
                          ds_str_starts(ds_str_cut(s, *i, s.len), ds_str_of(curly))))
        *i += ds_str_starts(ds_str_cut(s, *i, s.len), ds_str_of(curly)) ? 3 : 1;
    if (*i >= s.len)
        return false;
    size_t beg = *i;
    while (*i < s.len && in_word((unsigned char)s.at[*i]) &&
           !ds_str_starts(ds_str_cut(s, *i, s.len), ds_str_of(curly)))
        ++*i;
    *out = ds_str_cut(s, beg, *i);
    return true;
}

static ds_status add(terms *t, uint32_t page, ds_str shown, bool name, bool first, term **out)
{
    ds_str key = ds_ascii_lower(t->a, shown);
    uint64_t at;
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(t->index, key, &at) != DS_OK) {
        at = t->v.len;
        DS_TRY(DS_PUSH(t->a, &t->v, ((term){.key = key, .shown = shown, .last = UINT32_MAX})));
        DS_TRY(ds_map_put(t->index, key, at));
    }
    assert(t->v.at);
    term *x = &t->v.at[at];
    x->here = x->last == page ? x->here + 1 : 1;
    x->pages += x->last != page;
    x->last = page;
    if (name && !first && !x->inside)
        x->shown = shown;
    x->inside += name && !first;
    x->first += name && first;
    x->small += !name;
    x->score += x->here <= TIMES_CAP;
    *out = x;
    return DS_OK;
}

static bool is_common(const dg *d, ds_arena *a, ds_str w)
{
    ds_str low = ds_ascii_lower(a, w);
    return (dg_word_classes(d, low) & (DG_COMMON | DG_READER | DG_DEED)) != 0;
}

/* Names: words with capitals in a row. Others: words of letters. */
static ds_status read_sentence(const dg *d, terms *t, uint32_t page, ds_str s)
{
    ds_str w, run = {0};
    size_t words = 0, end = 0;
    bool first = true, run_first = false;
    term *x;
    for (size_t i = 0; next_word(s, &i, &w);) {
        bool cap = is_capital(w),
             glued = run.len && (size_t)(w.at - s.at) == end + 1 && s.at[end] == ' ';
        if (cap && glued && words < NAME_WORDS) {
            run.len = (size_t)(w.at - run.at) + w.len;
            words++;
        } else {
            if (run.len)
                DS_TRY(add(t, page, run, true, run_first, &x));
            run = cap ? w : (ds_str){0};
            words = cap;
            run_first = first;
        }
        end = (size_t)(w.at - s.at) + w.len;
        if (!cap && w.len >= WORD_BYTES && is_letter((unsigned char)w.at[0]) &&
            !is_common(d, d->scratch, w))
            DS_TRY(add(t, page, w, false, false, &x));
        first = false;
    }
    if (run.len)
        DS_TRY(add(t, page, run, true, run_first, &x));
    return DS_OK;
}

static ds_status read_pages(const dg *d, terms *t)
{
    size_t left = DG_STORY_SENTENCES;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        const ds_reading *r = &d->readings[d->story->members[m].reading];
        if (!ds_language_known(r->article->language))
            continue;
        for (size_t i = 0; i < r->sents_len && i < DG_PAGE_SENTENCES && left > 0; i++, left--) {
            const ds_sentence *s = &r->sents[i];
            bool text = s->part == DS_PART_BODY || s->part == DS_PART_STANDFIRST;
            if (text && ds_span_len(s->span) <= DG_SENTENCE_BYTES)
                DS_TRY(read_sentence(d, t, m, ds_str_at(r->article->text, s->span)));
        }
    }
    return DS_OK;
}

/* ---- choice ---------------------------------------------------------------------------------------------------- */

static int by_score(const void *pa, const void *pb)
{
    const term *a = pa, *b = pb;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->shown.len != b->shown.len)
        return a->shown.len > b->shown.len ? -1 : 1; /* the fuller name */
    return ds_str_cmp(a->key, b->key);
}

/* "JUST SITTING", but not "NATO". */
static bool shouts(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] >= 'a' && s.at[i] <= 'z')
            return false;
    return s.len > INITIALS_MOST;
}

static size_t choose(const dg *d, terms *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->v.len; i++) {
        term x = t->v.at[i];
        x.name = x.inside > 0 && x.inside >= x.small;
        bool one = memchr(x.shown.at, ' ', x.shown.len) == NULL;
        bool kept = x.name ? (!one || !is_common(d, d->scratch, x.shown)) && x.shown.len > 2 &&
                                 !shouts(x.shown)
                           : x.small > 0 && x.shown.len >= WORD_BYTES;
        if (!kept || (size_t)x.pages * OF_PAGES < d->story->members_len ||
            (x.pages < 2 && (d->story->members_len > 1 || x.score < 2)))
            continue;
        x.score = x.score * x.pages * (x.name ? NAME_WEIGHT : WORD_WEIGHT);
        if (!x.name)
            x.shown = x.key;
        t->v.at[n++] = x;
    }
    if (n)
        qsort(t->v.at, n, sizeof *t->v.at, by_score);
    return n;
}

/* One is a part of the other, or its plural: "Holm", "Anna Holm"; "bridge", "bridges". */
static bool same(ds_str a, ds_str b)
{
    ds_str l = a.len < b.len ? a : b, m = a.len < b.len ? b : a;
    ptrdiff_t at = ds_str_find(m, l, 0);
    return at == 0 || (at > 0 && m.at[at - 1] == ' ');
}

ds_status dg_keywords(const dg *d, ds_dossier *out)
{
    terms t = {.a = d->scratch, .index = ds_map_new(d->scratch, 0)};
    ds_str *at = ds_arena_calloc(d->a, KEYWORDS_MAX, sizeof *at);
    if (!t.index || !at)
        return DS_NOMEM;
    DS_TRY(read_pages(d, &t));
    size_t n = choose(d, &t), len = 0;
    ds_str keys[KEYWORDS_MAX];
    for (size_t i = 0; i < n && len < KEYWORDS_MAX; i++) {
        bool there = false;
        for (size_t k = 0; k < len && !there; k++) {
            there = same(keys[k], t.v.at[i].key);
            if (there && t.v.at[i].name && t.v.at[i].shown.len > at[k].len &&
                memchr(t.v.at[i].shown.at, ' ', t.v.at[i].shown.len) && t.v.at[i].pages > 1) {
                at[k] = t.v.at[i].shown;
                keys[k] = t.v.at[i].key;
            }
        }
        if (there)
            continue;
        keys[len] = t.v.at[i].key;
        at[len++] = t.v.at[i].shown;
    }
    for (size_t i = 0; i < len; i++) {
        at[i] = ds_arena_str(d->a, at[i]);
        if (!at[i].at)
            return DS_NOMEM;
    }
    out->keywords = (ds_strs){at, len};
    return DS_OK;
}
