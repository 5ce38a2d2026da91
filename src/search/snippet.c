/* SPDX-License-Identifier: Apache-2.0 */
/* snippet.c - the stretch of an article that answers best. */
#include "search/internal.h"

#define SNIPPET_WORDS 32 /* of a stretch: two lines on a screen */
#define SNIPPET_BEFORE 8 /* words before its first hit */
#define SNIPPET_LOOK                                                                               \
    4000 /* words of an article that are looked at: what stands further down tells least */

typedef struct spot {
    ds_span at;
    uint32_t term; /* 0: none; else from 1 */
} spot;

static ds_status find_wanted(ds_arena *a, const ds_query *q, ds_map **out)
{
    ds_map *m = ds_map_new(a, 0);
    uint64_t n = 0, there;
    if (!m)
        return DS_NOMEM;
    for (size_t i = 0; i < q->len; i++)
        for (size_t k = 0; !q->at[i].excluded && k < q->at[i].len; k++) {
            ds_str stems = q->at[i].at[k].stems;
            if (q->at[i].at[k].field != DS_SEARCH_TEXT)
                continue;
            for (size_t beg = 0; beg < stems.len;) {
                ptrdiff_t found = ds_str_find(stems, DS_STR(" "), beg);
                size_t end = found < 0 ? stems.len : (size_t)found;
                ds_str stem = ds_str_cut(stems, beg, end);
                if (ds_map_get(m, stem, &there) != DS_OK)
                    DS_TRY(ds_map_put(m, stem, ++n));
                beg = end + 1;
            }
        }
    *out = m;
    return DS_OK;
}

typedef DS_VEC(spot) spots;

static ds_status read_spots(ds_arena *a, ds_words *w, const ds_map *stems, ds_str text, spots *out)
{
    ds_stemmed word;
    ds_status got = DS_NONE;
    for (size_t i = 0;
         out->len < SNIPPET_LOOK && (got = ds_words_next(w, text, &i, &word)) == DS_OK;) {
        uint64_t term = 0;
        if (ds_map_get(stems, word.stem, &term) != DS_OK)
            term = 0;
        spot s = {word.at, (uint32_t)term};
        DS_TRY(DS_PUSH(a, out, s));
    }
    return got < 0 ? got : DS_OK;
}

/* Different words asked for, then all of them, in the stretch that begins at spot i. */
static uint32_t worth(const spots *s, size_t i)
{
    uint32_t all = 0, different = 0;
    uint64_t seen = 0;
    for (size_t k = i; k < s->len && k < i + SNIPPET_WORDS; k++) {
        if (!s->at[k].term)
            continue;
        uint64_t bit = (uint64_t)1 << (s->at[k].term & 63);
        different += !(seen & bit);
        seen |= bit;
        all++;
    }
    return different * 64 + all;
}

static size_t best_stretch(const spots *s)
{
    size_t best = 0;
    uint32_t most = 0;
    for (size_t i = 0; i < s->len; i++) {
        size_t from = i > SNIPPET_BEFORE ? i - SNIPPET_BEFORE : 0;
        if (!s->at[i].term)
            continue;
        uint32_t here = worth(s, from);
        if (here > most) {
            most = here;
            best = from;
        }
    }
    return best;
}

typedef DS_VEC(ds_snippet_part) parts;

static ds_status put_part(ds_arena *a, parts *v, uint32_t beg, uint32_t end, bool hit)
{
    ds_snippet_part p = {{beg, end}, hit};
    return beg < end ? DS_PUSH(a, v, p) : DS_OK;
}

/* Short of text that breaks amid a code point: spots begin and end at words. */
static ds_status cut(ds_arena *a, const spots *s, size_t from, ds_snippet *out)
{
    parts v = {0};
    size_t end = from + SNIPPET_WORDS < s->len ? from + SNIPPET_WORDS : s->len;
    uint32_t at = s->len ? s->at[from].at.beg : 0;
    for (size_t i = from; i < end; i++) {
        if (!s->at[i].term)
            continue;
        DS_TRY(put_part(a, &v, at, s->at[i].at.beg, false));
        DS_TRY(put_part(a, &v, s->at[i].at.beg, s->at[i].at.end, true));
        at = s->at[i].at.end;
    }
    if (end > from)
        DS_TRY(put_part(a, &v, at, s->at[end - 1].at.end, false));
    *out = (ds_snippet){v.at, v.len};
    return DS_OK;
}

ds_status ds_snippet_make(ds_arena *a, ds_words *w, const ds_query *q, ds_str text, ds_snippet *out)
{
    ds_map *stems;
    spots s = {0};
    DS_TRY(find_wanted(a, q, &stems));
    DS_TRY(read_spots(a, w, stems, text, &s));
    return cut(a, &s, best_stretch(&s), out);
}
