/* SPDX-License-Identifier: Apache-2.0 */
#include "digest/versions.h"

#include <stdlib.h>

enum {
    CELLS_MOST =
        1 << 22, /* of the table; beyond it sentences that stand once in both are held on to */
    PAIRS_MOST = 1 << 14, /* sentences of a gap that are compared each with each ... */
    PAIRS_NEAR = 32,      /* ... and how many beyond it */
    WORDS_MOST = 256,     /* of a sentence that are compared */
    PAIR_OF = 2,          /* a pair shares one half of its words */
};

const char *ds_edit_kind_name(ds_edit_kind k)
{
    static const char *const names[] = {"changed", "added", "removed"};
    return names[k];
}

typedef struct line { /* a sentence */
    uint64_t hash;
    const uint64_t *word; /* ascending */
    uint32_t words;
    int32_t other; /* its place in the other version, or -1 */
} line;

typedef struct side {
    const ds_reading *r;
    line *at;
    size_t len;
} side;

typedef DS_VEC(ds_edit) edits;
typedef DS_VEC(ds_figure_edit) figure_edits;

/* ---- sentences ------------------------------------------------------------------------------------------- */

static bool in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static ds_str text_of(const side *s, size_t i)
{
    return ds_str_trim(ds_str_at(s->r->article->text, s->r->sents[i].span));
}

static ds_status read_line(ds_arena *a, ds_str text, line *out)
{
    uint64_t word[WORDS_MOST];
    size_t n = 0;
    for (size_t i = 0, j; i < text.len && n < WORDS_MOST; i = j + 1) {
        for (j = i; j < text.len && in_word((unsigned char)text.at[j]); j++)
            ;
        if (j > i)
            word[n++] = ds_hash(ds_str_cut(text, i, j), 0);
    }
    ds_sort_u64(word, n);
    uint64_t *at = ds_arena_calloc(a, n, sizeof *at);
    if (!at)
        return DS_NOMEM;
    if (n)
        memcpy(at, word, n * sizeof *at);
    *out = (line){.hash = ds_hash(text, 1), .word = at, .words = (uint32_t)n, .other = -1};
    return DS_OK;
}

static ds_status read_side(ds_arena *a, const ds_reading *r, side *out)
{
    side s = {r, ds_arena_calloc(a, r->sents_len, sizeof *s.at), r->sents_len};
    if (!s.at)
        return DS_NOMEM;
    for (size_t i = 0; i < s.len; i++)
        DS_TRY(read_line(a, text_of(&s, i), &s.at[i]));
    *out = s;
    return DS_OK;
}

static void join(side *was, side *is, size_t i, size_t k)
{
    was->at[i].other = (int32_t)k;
    is->at[k].other = (int32_t)i;
}

/* ---- what stands in both ------------------------------------------------------------------------------- */

typedef struct gap { /* [beg, end) of both versions */
    size_t was, was_end, is, is_end;
} gap;

static void trim(side *was, side *is, gap *g)
{
    while (g->was < g->was_end && g->is < g->is_end && was->at[g->was].hash == is->at[g->is].hash)
        join(was, is, g->was++, g->is++);
    while (g->was < g->was_end && g->is < g->is_end &&
           was->at[g->was_end - 1].hash == is->at[g->is_end - 1].hash)
        join(was, is, --g->was_end, --g->is_end);
}

/* Longest common subsequence; table[i][k]: of what lies behind i and k. */
static ds_status find_common(ds_arena *a, side *was, side *is, const gap *g)
{
    size_t n = g->was_end - g->was, m = g->is_end - g->is, wide = m + 1;
    uint16_t *t = ds_arena_calloc(a, (n + 1) * wide, sizeof *t);
    if (!t)
        return DS_NOMEM;
    for (size_t i = n; i-- > 0;)
        for (size_t k = m; k-- > 0;) {
            uint16_t down = t[(i + 1) * wide + k], right = t[i * wide + k + 1];
            bool same = was->at[g->was + i].hash == is->at[g->is + k].hash;
            t[i * wide + k] = same           ? (uint16_t)(t[(i + 1) * wide + k + 1] + 1)
                              : down > right ? down
                                             : right;
        }
    for (size_t i = 0, k = 0; i < n && k < m;) {
        if (was->at[g->was + i].hash == is->at[g->is + k].hash)
            join(was, is, g->was + i++, g->is + k++);
        else if (t[(i + 1) * wide + k] >= t[i * wide + k + 1])
            i++;
        else
            k++;
    }
    return DS_OK;
}

/* Too long for the table: the next place of the same sentence, none behind which is left out. */
static ds_status find_next(ds_arena *a, side *was, side *is, const gap *g)
{
    ds_map *places = ds_map_new(a, 0);
    size_t next = g->is;
    if (!places)
        return DS_NOMEM;
    for (size_t k = g->is_end; k-- > g->is;)
        DS_TRY(
            ds_map_put(places, (ds_str){(const char *)&is->at[k].hash, sizeof is->at[k].hash}, k));
    for (size_t i = g->was; i < g->was_end; i++) {
        uint64_t k;
        ds_str key = {(const char *)&was->at[i].hash, sizeof was->at[i].hash};
        if (ds_map_get(places, key, &k) == DS_OK && k >= next && is->at[k].other < 0) {
            join(was, is, i, k);
            next = k + 1;
        }
    }
    return DS_OK;
}

/* ---- what lies between ---------------------------------------------------------------------------------- */

static bool is_pair(const line *a, const line *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->words && k < b->words;) {
        if (a->word[i] == b->word[k]) {
            n++;
            i++;
            k++;
        } else if (a->word[i] < b->word[k]) {
            i++;
        } else {
            k++;
        }
    }
    return 2 * n * PAIR_OF >= a->words + b->words;
}

/* Each with the first behind the last pair that shares half of its words. */
static void pair_gap(side *was, side *is, const gap *g)
{
    size_t next = g->is, size = (g->was_end - g->was) * (g->is_end - g->is);
    for (size_t i = g->was; i < g->was_end; i++) {
        size_t end = g->is_end;
        if (size > PAIRS_MOST && end > next + PAIRS_NEAR)
            end = next + PAIRS_NEAR;
        for (size_t k = next; k < end; k++)
            if (is_pair(&was->at[i], &is->at[k])) {
                join(was, is, i, k);
                next = k + 1;
                break;
            }
    }
}

static ds_status put_gap(ds_arena *a, const side *was, const gap *g, edits *out)
{
    size_t k = g->is;
    for (size_t i = g->was; i < g->was_end; i++) {
        int32_t to = was->at[i].other;
        for (; to >= 0 && k < (size_t)to; k++)
            DS_TRY(DS_PUSH(a, out, ((ds_edit){DS_EDIT_ADDED, -1, (int32_t)k})));
        ds_edit e = {to < 0 ? DS_EDIT_REMOVED : DS_EDIT_CHANGED, (int32_t)i, to};
        DS_TRY(DS_PUSH(a, out, e));
        k += to >= 0;
    }
    for (; k < g->is_end; k++)
        DS_TRY(DS_PUSH(a, out, ((ds_edit){DS_EDIT_ADDED, -1, (int32_t)k})));
    return DS_OK;
}

/* From one sentence that stands in both to the next. */
static ds_status find_edits(ds_arena *a, side *was, side *is, edits *out)
{
    gap g = {0};
    while (g.was < was->len || g.is < is->len) {
        g.was_end = g.was;
        g.is_end = g.is;
        while (g.was_end < was->len && was->at[g.was_end].other < 0)
            g.was_end++;
        while (g.is_end < is->len && is->at[g.is_end].other < 0)
            g.is_end++;
        size_t was_end = g.was_end, is_end = g.is_end;
        pair_gap(was, is, &g);
        DS_TRY(put_gap(a, was, &g, out));
        g.was = was_end + (was_end < was->len);
        g.is = is_end + (is_end < is->len);
    }
    return DS_OK;
}

/* ---- figures --------------------------------------------------------------------------------------------- */

static bool same_value(const ds_value *x, const ds_value *y)
{
    return x->bound == y->bound && x->has_low == y->has_low && x->has_best == y->has_best &&
           x->has_high == y->has_high && (!x->has_low || ds_frac_cmp(x->low, y->low) == 0) &&
           (!x->has_best || ds_frac_cmp(x->best, y->best) == 0) &&
           (!x->has_high || ds_frac_cmp(x->high, y->high) == 0);
}

static bool same_kind(const ds_claim *x, const ds_claim *y)
{
    return ds_str_eq(x->measure, y->measure) && ds_str_eq(x->unit, y->unit);
}

/* Claims of the sentence with this number begin at the first one. */
static size_t first_claim(const ds_reading *r, uint32_t number)
{
    size_t i = 0;
    while (i < r->claims.len && r->claims.at[i].number != number)
        i++;
    return i;
}

/* The k-th figure of a measure against the k-th. */
static ds_status compare_figures(ds_arena *a, const side *was, const side *is, const ds_edit *e,
                                 uint32_t edit, figure_edits *out)
{
    const ds_reading *r = was->r, *s = is->r;
    uint32_t n = r->sents[e->was].number, m = s->sents[e->is].number;
    size_t beg = first_claim(s, m), first = first_claim(r, n);
    for (size_t i = first; i < r->claims.len && r->claims.at[i].number == n; i++) {
        size_t nth = 0;
        for (size_t k = first; k < i; k++)
            nth += same_kind(&r->claims.at[k], &r->claims.at[i]);
        for (size_t k = beg; k < s->claims.len && s->claims.at[k].number == m; k++) {
            if (!same_kind(&r->claims.at[i], &s->claims.at[k]) || nth-- > 0)
                continue;
            if (!same_value(&r->claims.at[i].value, &s->claims.at[k].value))
                DS_TRY(DS_PUSH(a, out, ((ds_figure_edit){(uint32_t)i, (uint32_t)k, edit})));
            break;
        }
    }
    return DS_OK;
}

static ds_status diff(ds_arena *a, const ds_reading *r, const ds_reading *s, ds_versions_diff *out)
{
    side was, is;
    edits v = {0};
    figure_edits f = {0};
    DS_TRY(read_side(a, r, &was));
    DS_TRY(read_side(a, s, &is));
    gap g = {0, was.len, 0, is.len};
    trim(&was, &is, &g);
    size_t cells = (g.was_end - g.was + 1) * (g.is_end - g.is + 1);
    DS_TRY(cells <= CELLS_MOST && was.len < UINT16_MAX ? find_common(a, &was, &is, &g)
                                                       : find_next(a, &was, &is, &g));
    DS_TRY(find_edits(a, &was, &is, &v));
    for (size_t i = 0; i < v.len; i++)
        if (v.at[i].kind == DS_EDIT_CHANGED)
            DS_TRY(compare_figures(a, &was, &is, &v.at[i], (uint32_t)i, &f));
    *out = (ds_versions_diff){v.at, v.len, f.at, f.len,
                              s->article->modified != DS_DAY_NONE &&
                                  s->article->modified != r->article->modified};
    return DS_OK;
}

ds_status ds_diff_versions(ds_arena *a, const ds_reading *was, const ds_reading *is,
                           ds_versions_diff *out, ds_err *err)
{
    ds_versions_diff d;
    ds_status st = diff(a, was, is, &d);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    *out = d;
    return DS_OK;
}
