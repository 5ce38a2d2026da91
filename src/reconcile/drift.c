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

ds_status rc_check_drift(rc *r)
{
    for (uint32_t i = 0; i < r->rows_len; i++)
        for (uint32_t j = 0; j < r->rows_len; j++)
            if (i != j && drifts(r, &r->rows[i], &r->rows[j]))
                DS_TRY(flag_drift(r, i, j));
    return DS_OK;
}
