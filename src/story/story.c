/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

/* "A" .. "Z", "AA", "AB", ... */
static ds_str letter_of(ds_arena *a, size_t index)
{
    char z[16];
    size_t at = sizeof z;
    for (size_t n = index + 1; n > 0; n = (n - 1) / 26)
        z[--at] = (char)('A' + (n - 1) % 26);
    return ds_arena_str(a, (ds_str){z + at, sizeof z - at});
}

typedef struct named_member {
    ds_str doc, sha256;
    ds_member m;
} named_member;

static int by_doc(const void *pa, const void *pb)
{
    const named_member *a = pa, *b = pb;
    int c = ds_str_cmp(a->doc, b->doc);
    if (c == 0)
        c = ds_str_cmp(a->sha256, b->sha256);
    return c ? c : (a->m.reading > b->m.reading) - (a->m.reading < b->m.reading);
}

/* Names first, then what the pages hold; of two that are the same in both nothing tells which came first. */
static ds_status by_name(ds_arena *a, const ds_reading *readings, ds_member *at, size_t len)
{
    named_member *v = ds_arena_calloc(a, len, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++) {
        const ds_reading *r = &readings[at[i].reading];
        v[i] = (named_member){r->article->doc, r->page ? r->page->sha256 : (ds_str){0}, at[i]};
    }
    if (len)
        qsort(v, len, sizeof *v, by_doc);
    for (size_t i = 0; i < len; i++)
        at[i] = v[i].m;
    return DS_OK;
}

/* member_of[d] becomes the place of reading d. */
static ds_status make_members(ds_arena *a, const ds_reading *readings, size_t n, ds_story *out,
                              uint32_t *member_of)
{
    ds_member *v = ds_arena_calloc(a, n, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (size_t d = 0; d < n; d++) {
        v[d] = (ds_member){(uint32_t)d, letter_of(a, d)};
        if (!v[d].letter.at)
            return DS_NOMEM;
    }
    DS_TRY(by_name(a, readings, v, n));
    for (size_t m = 0; m < n; m++)
        member_of[v[m].reading] = (uint32_t)m;
    out->members = v;
    out->members_len = n;
    return DS_OK;
}

static int32_t shifted(int32_t index, size_t base, size_t len)
{
    return index >= 0 && (size_t)index < len ? (int32_t)((size_t)index + base) : -1;
}

/* Claims of all members in one list; their links become links into it. */
static ds_status make_rows(ds_arena *a, const ds_reading *readings, ds_story *out)
{
    size_t total = 0, base = 0;
    for (size_t m = 0; m < out->members_len; m++)
        total += readings[out->members[m].reading].claims.len;
    if (total > INT32_MAX)
        return DS_LIMIT;
    ds_row *rows = ds_arena_calloc(a, total, sizeof *rows);
    if (!rows)
        return DS_NOMEM;
    for (size_t m = 0; m < out->members_len; m++) {
        ds_claims claims = readings[out->members[m].reading].claims;
        for (size_t i = 0; i < claims.len; i++) {
            ds_row *r = &rows[base + i];
            *r = (ds_row){.claim = claims.at[i], .member = (uint32_t)m, .place = -1};
            r->claim.of = shifted(r->claim.of, base, claims.len);
            r->claim.equals = shifted(r->claim.equals, base, claims.len);
            r->claim.delta_of = shifted(r->claim.delta_of, base, claims.len);
        }
        base += claims.len;
    }
    out->rows = rows;
    out->rows_len = total;
    return DS_OK;
}

static ds_status make_story(ds_arena *a, const ds_reading *readings, size_t n, ds_story *out)
{
    words ws;
    uint32_t *member_of = ds_arena_calloc(a, n, sizeof *member_of);
    if (!member_of)
        return DS_NOMEM;
    DS_TRY(story_words(a, readings, n, &ws));
    DS_TRY(make_members(a, readings, n, out, member_of));
    DS_TRY(make_rows(a, readings, out));
    DS_TRY(story_copies(a, readings, &ws, member_of, out));
    return story_overlaps(a, readings, out);
}

ds_status ds_story_given(ds_arena *a, const ds_reading *readings, size_t n, ds_story *out,
                         ds_err *err)
{
    ds_story story = {0};
    if (n > INT32_MAX)
        return ds_fail(err, DS_LIMIT, "too many articles in one story", n);
    ds_status st = make_story(a, readings, n, &story);
    if (st < 0)
        return ds_fail(err, st,
                       st == DS_LIMIT ? "the articles of one story are too long" : "out of memory",
                       0);
    *out = story;
    return DS_OK;
}
