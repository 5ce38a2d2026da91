/* SPDX-License-Identifier: Apache-2.0 */
/* subjects.c - whether two subjects may be one (S1 to S3): an actor or a head that one of them lacks is taken from the other
 * where only one is there to take, and else where the figures speak for it. */
#include "internal.h"

#define PAGE_ROWS 64 /* of one page and key that are held against each other */

/* How many different particulars stand behind one general word. */
static ds_status count_in(rc *r, ds_map *m, ds_str general, ds_str particular, ds_map *seen)
{
    uint64_t n = 0;
    ds_str pair = ds_arena_printf(r->a, "%.*s\t%.*s", DS_FMT(general), DS_FMT(particular));
    if (!pair.at)
        return DS_NOMEM;
    if (general.len == 0 || particular.len == 0 || ds_map_get(seen, pair, &n) == DS_OK)
        return DS_OK;
    DS_TRY(ds_map_put(seen, pair, 1));
    if (ds_map_get(m, general, &n) != DS_OK)
        n = 0;
    return ds_map_put(m, general, n + 1);
}

static uint32_t count_of(const ds_map *m, ds_str general)
{
    uint64_t n;
    return ds_map_get(m, general, &n) == DS_OK ? (uint32_t)n : 0;
}

/* A page that counts people and, apart from them, children: children are not all. */
static void mark_beside(rc *r, const uint32_t *rows, size_t len)
{
    for (size_t beg = 0, end; beg < len; beg = end) {
        for (end = beg; end < len && r->rows[rows[end]].member == r->rows[rows[beg]].member; end++)
            ;
        size_t stop = end - beg > PAGE_ROWS ? beg + PAGE_ROWS : end;
        for (size_t i = beg; i < stop; i++)
            for (size_t j = beg; j < stop; j++) {
                rc_row *x = &r->rows[rows[i]];
                const rc_row *y = &r->rows[rows[j]];
                if (!x->subject.general && y->subject.general && rc_apart(x, y))
                    x->beside = true;
            }
    }
}

/* What one row knows all rows of its head know. */
static ds_status spread_beside(rc *r, const uint32_t *rows, size_t len)
{
    ds_map *m = ds_map_new(r->a, 0);
    uint64_t n;
    if (!m)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++)
        if (r->rows[rows[i]].beside)
            DS_TRY(ds_map_put(m, r->rows[rows[i]].subject.head, 1));
    for (size_t i = 0; i < len; i++)
        r->rows[rows[i]].beside = ds_map_get(m, r->rows[rows[i]].subject.head, &n) == DS_OK;
    return DS_OK;
}

ds_status rc_subjects_count(rc *r, const uint32_t *rows, size_t len)
{
    ds_map *actors = ds_map_new(r->a, 0), *heads = ds_map_new(r->a, 0),
           *seen_a = ds_map_new(r->a, 0), *seen_h = ds_map_new(r->a, 0);
    if (!actors || !heads || !seen_a || !seen_h)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++) {
        const rc_subject *s = &r->rows[rows[i]].subject;
        DS_TRY(count_in(r, actors, s->head, s->actor, seen_a));
        DS_TRY(count_in(r, heads, s->actor, s->head, seen_h));
    }
    for (size_t i = 0; i < len; i++) {
        rc_row *x = &r->rows[rows[i]];
        x->actors = count_of(actors, x->subject.head);
        x->heads = count_of(heads, x->subject.actor);
        x->beside = false;
    }
    mark_beside(r, rows, len);
    return spread_beside(r, rows, len);
}

static bool same_stated(const rc_row *x, const rc_row *y)
{
    return !rc_exclude(&x->value, &y->value) &&
           ds_frac_cmp(rc_stated(&x->value), rc_stated(&y->value)) == 0;
}

/* The figures may be of one thing: they meet, and are of one size unless one is no more than a limit. */
static bool figures_fit(const rc_row *x, const rc_row *y)
{
    if (!rc_meet(&x->value, &y->value))
        return false;
    if (x->value.bound == DS_BOUND_VAGUE || y->value.bound == DS_BOUND_VAGUE ||
        rc_limit_above(&x->value) || rc_limit_above(&y->value))
        return true;
    ds_frac f = rc_factor(rc_stated(&x->value), rc_stated(&y->value));
    return f.num && ds_frac_cmp(f, RC_FITS) <= 0;
}

static bool same_event(const rc_row *x, const rc_row *y)
{
    return same_stated(x, y) &&
           (rc_names_shared(x, y) > 0 || (x->place.len && ds_str_eq(x->place, y->place)));
}

rc_fit rc_subjects_fit(const rc_row *x, const rc_row *y)
{
    const rc_subject *s = &x->subject, *t = &y->subject;
    bool actors = ds_str_eq(s->actor, t->actor), heads = ds_str_eq(s->head, t->head);
    if ((!actors && s->actor.len && t->actor.len) || (!heads && s->head.len && t->head.len))
        return RC_FIT_NOT;
    if (actors && heads)
        return RC_FIT_SAME;
    if (heads && s->head.len) /* "soldiers", "South African soldiers" */
        return x->actors <= 1 || same_stated(x, y) ? RC_FIT_ACTOR : RC_FIT_NOT;
    if (actors && s->actor.len) /* "South Africans", "South African soldiers" */
        return x->heads <= 1 || figures_fit(x, y) ? RC_FIT_HEAD : RC_FIT_NOT;
    const rc_row *particular = s->head.len ? x : y;
    if (particular->subject.head.len == 0) /* "people", "South Africans" */
        return figures_fit(x, y) ? RC_FIT_FIGURE : RC_FIT_NOT;
    if (particular->beside) /* "people", "children" */
        return same_event(x, y) ? RC_FIT_EVENT : RC_FIT_NOT;
    bool force = ds_str_eq(particular->subject.class, DS_STR("soldier"));
    bool fits = force ? same_stated(x, y) : figures_fit(x, y); /* "people", "miners" */
    return fits ? RC_FIT_FIGURE : RC_FIT_NOT;
}
