/* SPDX-License-Identifier: Apache-2.0 */
/* scope.c - one page is taken to agree with itself: figures of one page that exclude each other and name another place,
 * other words or another time answer other questions, and the figures of other pages go to the nearest (S7). */
#include "internal.h"

typedef struct scope {
    DS_VEC(uint32_t) rows; /* the one that opened it, then in order */
    DS_VEC(uint32_t) kin;  /* of them one of each value, place and words, at most RC_KIN_MOST */
    ds_map *known;         /* values, places and words of kin */
} scope;

typedef DS_VEC(scope) scopes;

static bool other_place(const rc_row *x, const rc_row *y)
{
    return x->place.len && y->place.len && !rc_words_hold(x->place, y->place) &&
           !rc_words_hold(y->place, x->place);
}

static bool other_time(const rc_row *x, const rc_row *y)
{
    const ds_claim *a = x->c, *b = y->c;
    if (!a->has_when || !b->has_when)
        return false;
    bool before = a->when.hi != DS_DAY_NONE && b->when.lo != DS_DAY_NONE && a->when.hi < b->when.lo;
    bool after = b->when.hi != DS_DAY_NONE && a->when.lo != DS_DAY_NONE && b->when.hi < a->when.lo;
    if (!before && !after)
        return false;
    const rc_row *first = before ? x : y, *second = before ? y : x;
    /* a count that rises between the days is one count */
    return !x->measure.rising ||
           ds_frac_cmp(rc_stated(&first->value), rc_stated(&second->value)) > 0;
}

static bool linked(const rc_row *x, const rc_row *y, uint32_t ix, uint32_t iy)
{
    return x->c->equals == (int32_t)iy || y->c->equals == (int32_t)ix || x->c->of == (int32_t)iy ||
           y->c->of == (int32_t)ix;
}

/* S7. */
static bool other_thing(const rc *r, uint32_t ix, uint32_t iy)
{
    const rc_row *x = &r->rows[ix], *y = &r->rows[iy];
    if (x->member != y->member || x->planned != y->planned || x->derived || y->derived ||
        linked(x, y, ix, iy) || !rc_exclude(&x->value, &y->value))
        return false;
    ds_frac factor = rc_factor(rc_stated(&x->value), rc_stated(&y->value));
    bool wide = factor.num == 0 || ds_frac_cmp(factor, RC_OTHER_THING) >= 0;
    if (other_place(x, y))
        return true;
    if (other_time(x, y))
        return factor.num == 0 || ds_frac_cmp(factor, RC_OTHER_TIME) >= 0;
    return wide && !rc_same_words(x->subject.phrase, y->subject.phrase);
}

/* What affinity() looks at. */
static ds_str kin_key(rc *r, const rc_row *x)
{
    rc_ends e = rc_ends_of(&x->value);
    ds_frac n = rc_stated(&x->value);
    return ds_arena_printf(r->a, "%d %lld/%lld %d %lld/%lld %d %lld/%lld\t%.*s\t%.*s",
                           (int)x->value.bound, (long long)n.num, (long long)n.den, e.has_lo,
                           (long long)e.lo.num, (long long)e.lo.den, e.has_hi, (long long)e.hi.num,
                           (long long)e.hi.den, DS_FMT(x->place), DS_FMT(x->subject.phrase));
}

static ds_status enter(rc *r, scope *s, uint32_t row)
{
    uint64_t at;
    DS_TRY(DS_PUSH(r->a, &s->rows, row));
    if (s->kin.len == RC_KIN_MOST)
        return DS_OK;
    ds_str key = kin_key(r, &r->rows[row]);
    if (!key.at || (!s->known && !(s->known = ds_map_new(r->a, 0))))
        return DS_NOMEM;
    if (ds_map_get(s->known, key, &at) == DS_OK)
        return DS_OK;
    DS_TRY(ds_map_put(s->known, key, 1));
    return DS_PUSH(r->a, &s->kin, row);
}

/* Rows of one page that are all other things to each other: `first`, then greedily in order. */
static ds_status page_scopes(rc *r, const uint32_t *rows, size_t len, size_t first, scopes *out)
{
    for (size_t n = 0; n <= len; n++) {
        size_t i = n == 0 ? first : n - 1;
        bool all = n == 0 || i != first;
        for (size_t k = 0; all && k < out->len; k++)
            all = other_thing(r, rows[i], out->at[k].rows.at[0]);
        if (!all)
            continue;
        scope s = {0};
        DS_TRY(enter(r, &s, rows[i]));
        DS_TRY(DS_PUSH(r->a, out, s));
    }
    return DS_OK;
}

/* How well a row goes with another: figures first, then place and words. */
static int affinity(const rc_row *x, const rc_row *y)
{
    int n = 0;
    if (!rc_exclude(&x->value, &y->value)) {
        n += 3;
    } else {
        ds_frac f = rc_factor(rc_stated(&x->value), rc_stated(&y->value));
        n -= f.num == 0 || ds_frac_cmp(f, RC_OTHER_THING) >= 0 ? 4 : 1;
    }
    if (rc_is_point(&x->value) && rc_is_point(&y->value) &&
        ds_frac_cmp(x->value.best, y->value.best) == 0)
        n += 1;
    if (x->place.len && ds_str_eq(x->place, y->place))
        n += 3;
    else if (other_place(x, y))
        n -= 2;
    if (rc_same_words(x->subject.phrase, y->subject.phrase))
        n += 1;
    return n;
}

static bool may_enter(const rc *r, uint32_t row, const scope *s)
{
    uint32_t member = r->rows[row].member;
    for (size_t i = s->rows.len; i-- > 1 && r->rows[s->rows.at[i]].member == member;)
        if (other_thing(r, row, s->rows.at[i]))
            return false;
    return !s->rows.len || !other_thing(r, row, s->rows.at[0]);
}

static size_t nearest(const rc *r, uint32_t row, const scopes *v)
{
    size_t best = v->len;
    int best_n = 0;
    for (size_t k = 0; k < v->len; k++) {
        if (!may_enter(r, row, &v->at[k]))
            continue;
        if (v->len == 1)
            return k;
        int n = INT32_MIN;
        for (size_t i = 0; i < v->at[k].kin.len; i++) {
            int m = affinity(&r->rows[row], &r->rows[v->at[k].kin.at[i]]);
            n = m > n ? m : n;
        }
        if (best == v->len || n > best_n) {
            best = k;
            best_n = n;
        }
    }
    return best;
}

static bool is_seed(const scopes *v, uint32_t row)
{
    for (size_t k = 0; k < v->len; k++)
        if (v->at[k].rows.at[0] == row)
            return true;
    return false;
}

static void sort_rows(scope *s)
{
    for (size_t i = 1; i < s->rows.len; i++)
        for (size_t j = i; j > 0 && s->rows.at[j] < s->rows.at[j - 1]; j--) {
            uint32_t t = s->rows.at[j];
            s->rows.at[j] = s->rows.at[j - 1];
            s->rows.at[j - 1] = t;
        }
}

static ds_status fill(rc *r, const uint32_t *rows, size_t len, scopes *v)
{
    for (size_t i = 0; i < len; i++) {
        if (is_seed(v, rows[i]))
            continue;
        size_t k = nearest(r, rows[i], v);
        if (k == v->len)
            DS_TRY(DS_PUSH(r->a, v, ((scope){0})));
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): nearest() gives v->len where nothing is there
        DS_TRY(enter(r, &v->at[k], rows[i]));
    }
    for (size_t k = 0; k < v->len; k++)
        sort_rows(&v->at[k]);
    return DS_OK;
}

/* The scope with most rows is the question itself; the others are named by what sets them apart. */
static ds_status put_scopes(rc *r, const scopes *v, rc_questions *out)
{
    size_t main = 0;
    for (size_t k = 1; k < v->len; k++)
        if (v->at[k].rows.len > v->at[main].rows.len)
            main = k;
    for (size_t k = 0; k < v->len; k++) {
        size_t at = k == 0 ? main : k <= main ? k - 1 : k;
        rc_question q = {.rows = v->at[at].rows.at, .len = v->at[at].rows.len, .split = at != main};
        DS_TRY(DS_PUSH(r->a, out, q));
    }
    return DS_OK;
}

/* The most scopes that one page parts into, starting from each of its rows. */
static ds_status widest_page(rc *r, const uint32_t *rows, size_t len, scopes *best)
{
    for (size_t i = 0; i < len && best->len < len; i++) {
        scopes v = {0};
        DS_TRY(page_scopes(r, rows, len, i, &v));
        if (v.len > best->len)
            *best = v;
    }
    return DS_OK;
}

ds_status rc_scopes(rc *r, const uint32_t *rows, size_t len, rc_questions *out)
{
    scopes best = {0};
    for (size_t i = 0, j; i < len; i = j) {
        for (j = i; j < len && r->rows[rows[j]].member == r->rows[rows[i]].member; j++)
            ;
        size_t n = j - i < RC_SEEDS_MOST ? j - i : RC_SEEDS_MOST;
        DS_TRY(widest_page(r, rows + i, n, &best));
    }
    DS_TRY(fill(r, rows, len, &best));
    return put_scopes(r, &best, out);
}
