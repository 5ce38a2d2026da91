/* SPDX-License-Identifier: Apache-2.0 */
/* sides.c - what each cluster of rows has on each page, as far as it can tell rows apart: of rows that are alike in all that
 * rc_other_thing looks at one stands for all. So a page of thousands of figures does not cost their square. */
#include "internal.h"

#include <stdlib.h>

typedef struct seat { /* rows of a cluster on a page that are alike */
    uint32_t like;    /* the first such row of the list, whatever its cluster */
    uint32_t first;   /* the first of the cluster */
} seat;

typedef DS_VEC(seat) side; /* of a cluster on a page, by size */

struct rc_sides {
    rc *r;
    const uint32_t *rows;
    size_t len;
    uint32_t *
        like; /* by row of the list: the first that is like it; RC_NONE: nothing tells it from others */
    uint32_t *looked; /* by row of the list: the look in which it stood for its like */
    uint32_t looks;
    ds_map *of;    /* cluster and member: number in `sides` */
    ds_map *apart; /* pairs of clusters that are apart, for good */
    DS_VEC(side) sides;
    DS_VEC(uint32_t) * others; /* by cluster: those that it is apart from, by a row of theirs */
};

static const rc_row *row_of(const rc_sides *s, uint32_t i)
{
    return &s->r->rows[s->rows[i]];
}

/* ---- rows that are alike ------------------------------------------------------------------------------------- */

typedef struct
    traits { /* all that rc_other_thing looks at: numbers only, so that equal ones are equal bytes */
    int64_t ends[6], when[2];
    int64_t member, place, words, voice, self, bound, marks;
} traits;

static int by_index(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

/* Rows of the list that another row of it is equated with or is a share of: such a pair is never told apart, so neither stands for
 * others. */
static void mark_linked(const rc_sides *s, bool *linked)
{
    for (size_t i = 0; i < s->len; i++) {
        const ds_claim *c = s->r->rows[s->rows[i]].c;
        const int32_t ends[] = {c->equals, c->of};
        for (size_t k = 0; k < 2; k++) {
            const uint32_t to = (uint32_t)ends[k];
            const uint32_t *at =
                ends[k] < 0 ? NULL : bsearch(&to, s->rows, s->len, sizeof *s->rows, by_index);
            if (at)
                linked[i] = linked[at - s->rows] = true;
        }
    }
}

/* Equal strings have one number; empty ones -1. */
static ds_status number_of(ds_map *m, ds_str z, int64_t *out)
{
    uint64_t n = ds_map_len(m);
    *out = -1;
    if (!z.len)
        return DS_OK;
    if (ds_map_get(m, z, &n) != DS_OK)
        DS_TRY(ds_map_put(m, z, n));
    *out = (int64_t)n;
    return DS_OK;
}

static void put_end(int64_t *to, bool has, ds_frac v)
{
    to[0] = has ? v.num : 0;
    to[1] = has ? v.den : 0;
}

static ds_status read_traits(const rc_sides *s, uint32_t i, bool linked, ds_map *strings,
                             traits *out)
{
    const rc_row *x = row_of(s, i);
    const ds_row *row = &s->r->story->rows[s->rows[i]];
    const bool marks[] = {x->planned,
                          x->running,
                          x->other,
                          x->several,
                          x->measure.rising,
                          x->c->has_when,
                          x->c->part == DS_PART_CAPTION,
                          x->value.has_low,
                          x->value.has_best,
                          x->value.has_high};
    traits t = {.member = x->member, .bound = x->value.bound, .self = linked ? (int64_t)i : -1};
    put_end(&t.ends[0], x->value.has_low, x->value.low);
    put_end(&t.ends[2], x->value.has_best, x->value.best);
    put_end(&t.ends[4], x->value.has_high, x->value.high);
    t.when[0] = x->c->has_when ? x->c->when.lo : 0;
    t.when[1] = x->c->has_when ? x->c->when.hi : 0;
    t.voice = row->holders_len ? (int64_t)row->holders[0] : -1;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        t.marks |= (int64_t)marks[k] << k;
    DS_TRY(number_of(strings, x->place, &t.place));
    DS_TRY(number_of(strings, x->subject.phrase, &t.words));
    *out = t;
    return DS_OK;
}

static ds_status find_like(rc_sides *s)
{
    ds_arena *a = s->r->a;
    ds_map *strings = ds_map_new(a, 0), *seen = ds_map_new(a, 0);
    traits *t = ds_arena_calloc(a, s->len, sizeof *t);
    bool *linked = ds_arena_calloc(a, s->len, sizeof *linked);
    if (!strings || !seen || !t || !linked)
        return DS_NOMEM;
    mark_linked(s, linked);
    for (uint32_t i = 0; i < s->len; i++) {
        uint64_t first = i;
        ds_str key = {(const char *)&t[i], sizeof t[i]};
        DS_TRY(read_traits(s, i, linked[i], strings, &t[i]));
        if (ds_map_get(seen, key, &first) != DS_OK)
            DS_TRY(ds_map_put(seen, key, i));
        s->like[i] = row_of(s, i)->derived || row_of(s, i)->denied ? RC_NONE : (uint32_t)first;
    }
    return DS_OK;
}

/* ---- sides --------------------------------------------------------------------------------------------------- */

static ds_status put_pair(rc_sides *s, ds_map *m, uint32_t x, uint32_t y, uint64_t value)
{
    uint32_t *key = ds_arena_calloc(s->r->a, 2, sizeof *key);
    if (!key)
        return DS_NOMEM;
    key[0] = x;
    key[1] = y;
    return ds_map_put(m, (ds_str){(const char *)key, 2 * sizeof *key}, value);
}

static ds_status get_pair(const ds_map *m, uint32_t x, uint32_t y, uint64_t *value)
{
    const uint32_t key[] = {x, y};
    return ds_map_get(m, (ds_str){(const char *)key, sizeof key}, value);
}

static side *side_of(const rc_sides *s, uint32_t root, uint32_t member)
{
    uint64_t n;
    return get_pair(s->of, root, member, &n) == DS_OK ? &s->sides.at[n] : NULL;
}

static int by_size(const rc_row *x, const rc_row *y)
{
    int c = rc_value_cmp(&x->value, &y->value);
    if (c == 0)
        c = (x->rank > y->rank) - (x->rank < y->rank);
    return c ? c : (x > y) - (x < y);
}

/* Where those like row i stand or would. */
static size_t place_in(const rc_sides *s, const side *v, uint32_t i)
{
    size_t lo = 0, hi = v->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (by_size(row_of(s, v->at[mid].like), row_of(s, i)) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Of too many the one in the middle is left out. */
static ds_status add_to_side(const rc_sides *s, side *v, seat x)
{
    size_t at = place_in(s, v, x.like);
    if (at < v->len && v->at[at].like == x.like) {
        v->at[at].first = x.first < v->at[at].first ? x.first : v->at[at].first;
        return DS_OK;
    }
    DS_TRY(DS_PUSH(s->r->a, v, x));
    memmove(&v->at[at + 1], &v->at[at], (v->len - 1 - at) * sizeof *v->at);
    v->at[at] = x;
    if (v->len <= RC_SIDE)
        return DS_OK;
    memmove(&v->at[RC_SIDE / 2], &v->at[RC_SIDE / 2 + 1],
            (v->len - 1 - RC_SIDE / 2) * sizeof *v->at);
    v->len--;
    return DS_OK;
}

/* Puts row i on the side of cluster `root` in its page. */
static ds_status seat_row(rc_sides *s, uint32_t root, uint32_t i)
{
    if (s->like[i] == RC_NONE)
        return DS_OK;
    side *v = side_of(s, root, row_of(s, i)->member);
    if (!v) {
        DS_TRY(put_pair(s, s->of, root, row_of(s, i)->member, s->sides.len));
        DS_TRY(DS_PUSH(s->r->a, &s->sides, ((side){0})));
        v = &s->sides.at[s->sides.len - 1];
    }
    return add_to_side(s, v, (seat){s->like[i], i});
}

ds_status rc_sides_new(rc *r, const uint32_t *rows, size_t len, rc_sides **out)
{
    rc_sides *s = ds_arena_calloc(r->a, 1, sizeof *s);
    if (!s)
        return DS_NOMEM;
    *s = (rc_sides){.r = r, .rows = rows, .len = len};
    s->like = ds_arena_calloc(r->a, len, sizeof *s->like);
    s->looked = ds_arena_calloc(r->a, len, sizeof *s->looked);
    s->others = ds_arena_calloc(r->a, len, sizeof *s->others);
    s->of = ds_map_new(r->a, 0);
    s->apart = ds_map_new(r->a, 0);
    if (!s->like || !s->looked || !s->others || !s->of || !s->apart)
        return DS_NOMEM;
    DS_TRY(find_like(s));
    for (uint32_t i = 0; i < len; i++)
        DS_TRY(seat_row(s, i, i));
    *out = s;
    return DS_OK;
}

/* ---- looking --------------------------------------------------------------------------------------------------- */

/* Of the side the first row of the list that row i is told apart from; RC_NONE: none. */
static uint32_t first_apart(const rc_sides *s, const side *v, uint32_t i, const char **why)
{
    uint32_t first = RC_NONE;
    for (size_t k = 0; v && k < v->len; k++) {
        uint32_t j = v->at[k].first;
        const char *w = j < first ? rc_other_thing(s->r, row_of(s, i), row_of(s, j)) : NULL;
        if (w) {
            first = j;
            *why = w;
        }
    }
    return first;
}

const char *rc_sides_apart(rc_sides *s, uint32_t x, const uint32_t *next, uint32_t y, rc_tie *where)
{
    const char *why = NULL;
    s->looks++;
    for (uint32_t i = x; i != UINT32_MAX; i = next[i]) {
        if (s->like[i] == RC_NONE || s->looked[s->like[i]] == s->looks)
            continue;
        s->looked[s->like[i]] = s->looks;
        uint32_t j = first_apart(s, side_of(s, y, row_of(s, i)->member), i, &why);
        if (j == RC_NONE)
            continue;
        *where = (rc_tie){s->rows[i], s->rows[j], why};
        return why;
    }
    return NULL;
}

bool rc_sides_known_apart(const rc_sides *s, uint32_t x, uint32_t y)
{
    uint64_t n;
    return get_pair(s->apart, x < y ? x : y, x < y ? y : x, &n) == DS_OK;
}

ds_status rc_sides_keep_apart(rc_sides *s, uint32_t x, uint32_t y)
{
    DS_TRY(put_pair(s, s->apart, x < y ? x : y, x < y ? y : x, 1));
    DS_TRY(DS_PUSH(s->r->a, &s->others[x], y));
    return DS_PUSH(s->r->a, &s->others[y], x);
}

ds_status rc_sides_merge(rc_sides *s, uint32_t x, uint32_t y, const uint32_t *root,
                         const uint32_t *next)
{
    for (uint32_t i = y; i != UINT32_MAX; i = next[i])
        DS_TRY(seat_row(s, x, i));
    for (size_t k = 0; k < s->others[y].len; k++) {
        uint32_t other = root[s->others[y].at[k]];
        if (!rc_sides_known_apart(s, x, other))
            DS_TRY(rc_sides_keep_apart(s, x, other));
    }
    return DS_OK;
}
