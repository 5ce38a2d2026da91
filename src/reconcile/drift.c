/* SPDX-License-Identifier: Apache-2.0 */
/* drift.c - the same number from the same page or holder, once as one measure and once as a wider one (D1, D2). */
#include "internal.h"

static bool drifts(const rc *r, const rc_row *wide, const rc_row *narrow)
{
    if (narrow->measure.family.len == 0 ||
        !ds_str_eq(wide->measure.family, narrow->measure.family) ||
        narrow->measure.rank >= wide->measure.rank || !ds_str_eq(wide->unit, narrow->unit) ||
        !ds_str_eq(wide->per, narrow->per) || wide->scope.len || narrow->scope.len ||
        !rc_same_subject(wide, narrow))
        return false;
    bool named = r->origins.at[wide->origin].kind == DS_HOLDER_NAMED;
    if (wide->member != narrow->member && !(named && wide->origin == narrow->origin))
        return false;
    if (wide->member == narrow->member && wide->c->number == narrow->c->number)
        return false; /* one sentence knows what it says */
    ds_frac x = rc_stated(&wide->value), y = rc_stated(&narrow->value);
    return ds_frac_cmp(x, y) == 0 && ds_frac_cmp(x, DS_FRAC(RC_DRIFT_MIN)) >= 0;
}

static ds_status flag_drift(rc *r, uint32_t wide, uint32_t narrow)
{
    const rc_row *w = &r->rows[wide], *n = &r->rows[narrow];
    ds_flag f = {
        .kind = DS_FLAG_DRIFT, .stated = rc_stated(&n->value), .expected = rc_stated(&w->value)};
    f.rows[0] = wide;
    f.rows[1] = narrow;
    f.rows_len = 2;
    f.cites[0] = rc_cite(r, wide);
    f.cites[1] = rc_cite(r, narrow);
    ds_buf b = ds_buf_new(r->a);
    ds_str from = rc_letter(r, w->member), to = rc_letter(r, n->member);
    ds_buf_put(&b, from);
    if (w->member != n->member) {
        ds_buf_puts(&b, " and ");
        ds_buf_put(&b, to);
    }
    ds_buf_puts(&b, ": the same number, ");
    ds_number_prose(&b, f.stated, n->unit);
    ds_buf_puts(&b, ", as ");
    ds_buf_put(&b, w->measure.verb);
    ds_buf_puts(&b, " and as ");
    ds_buf_put(&b, n->measure.verb);
    return rc_flag(r, &f, &b, "drift");
}

/* ---- rows with one number, of one page or one origin ---------------------------------------------------------- */

typedef DS_VEC(uint32_t) row_list;

typedef struct alike {
    ds_map *at; /* -> lists */
    DS_VEC(row_list) lists;
} alike;

/* "p": rows of a page, "o": of an origin. */
static ds_str alike_key(rc *r, const rc_row *x, char by)
{
    ds_frac n = rc_stated(&x->value);
    return ds_arena_printf(r->a, "%c%u %lld/%lld %.*s\t%.*s\t%.*s", by,
                           by == 'p' ? x->member : x->origin, (long long)n.num, (long long)n.den,
                           DS_FMT(x->measure.family), DS_FMT(x->unit), DS_FMT(x->per));
}

static bool may_drift(const rc_row *x)
{
    return x->measure.family.len && !x->scope.len && x->value.bound != DS_BOUND_VAGUE &&
           ds_frac_cmp(rc_stated(&x->value), DS_FRAC(RC_DRIFT_MIN)) >= 0;
}

static ds_status put_alike(rc *r, alike *v, uint32_t i, char by)
{
    uint64_t at = v->lists.len;
    ds_str key = alike_key(r, &r->rows[i], by);
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(v->at, key, &at) == DS_NONE) {
        DS_TRY(DS_PUSH(r->a, &v->lists, ((row_list){0})));
        DS_TRY(ds_map_put(v->at, key, at));
    }
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the map only knows what was pushed
    return DS_PUSH(r->a, &v->lists.at[at], i);
}

/* The first row that row i drifts to, if it is before *first. Those after it would be the same flag. */
static ds_status first_drift(rc *r, const alike *v, uint32_t i, char by, uint32_t *first)
{
    uint64_t at;
    ds_str key = alike_key(r, &r->rows[i], by);
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(v->at, key, &at) == DS_NONE)
        return DS_OK;
    const row_list *l = &v->lists.at[at];
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the map only knows what was pushed
    for (size_t k = 0; k < l->len && k < RC_DRIFT_TRIES && l->at[k] < *first; k++)
        if (l->at[k] != i && drifts(r, &r->rows[i], &r->rows[l->at[k]]))
            *first = l->at[k];
    return DS_OK;
}

ds_status rc_check_drift(rc *r)
{
    alike v = {.at = ds_map_new(r->a, 0)};
    if (!v.at)
        return DS_NOMEM;
    for (uint32_t i = 0; i < r->rows_len; i++)
        if (may_drift(&r->rows[i])) {
            DS_TRY(put_alike(r, &v, i, 'p'));
            DS_TRY(put_alike(r, &v, i, 'o'));
        }
    for (uint32_t i = 0; i < r->rows_len; i++) {
        uint32_t first = RC_NONE;
        if (!may_drift(&r->rows[i]))
            continue;
        DS_TRY(first_drift(r, &v, i, 'p', &first));
        DS_TRY(first_drift(r, &v, i, 'o', &first));
        if (first != RC_NONE)
            DS_TRY(flag_drift(r, i, first));
    }
    return DS_OK;
}
