/* SPDX-License-Identifier: Apache-2.0 */
/* state.c - the state of a question with its factor (T1 to T5). */
#include "internal.h"

static bool of_one_page(const rc *r, const ds_question *q)
{
    uint32_t member = RC_NONE;
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            uint32_t m = r->rows[q->answers[i].rows[k]].member;
            if (member != RC_NONE && m != member)
                return false;
            member = m;
        }
    return true;
}

/* T4: highest stated figure by the lowest. */
static void find_factor(const ds_question *q, const rc_standing *st, ds_question *out)
{
    bool any_stated = false;
    ds_frac low = DS_FRAC(0), high = DS_FRAC(0);
    for (size_t i = 0; i < q->answers_len; i++) {
        if (!st[i].counts)
            continue;
        const ds_value *v = &q->answers[i].value;
        ds_frac x = v->has_best ? v->best : v->has_low ? v->low : v->high;
        ds_frac y = v->has_best ? v->best : v->has_high ? v->high : v->low;
        if (!any_stated || ds_frac_cmp(x, low) < 0)
            low = x;
        if (!any_stated || ds_frac_cmp(y, high) > 0)
            high = y;
        any_stated = true;
    }
    out->factor = rc_factor(low, high);
    out->has_factor = ds_frac_cmp(out->factor, RC_FACTOR_LEAST) >= 0;
}

void rc_state(const rc *r, const rc_standing *st, ds_question *q)
{
    bool conflict = false;
    for (size_t i = 0; i < q->pairs_len; i++) {
        const ds_pair *p = &q->pairs[i];
        bool stand = st[p->a].counts && st[p->b].counts;
        bool wide =
            (q->answers[p->a].wider || q->answers[p->b].wider) && !st[p->a].old && !st[p->b].old;
        conflict |= p->verdict == DS_V_CONFLICTS && (stand || wide);
    }
    find_factor(q, st, q);
    bool apart = q->has_factor && ds_frac_cmp(q->factor, RC_APART) >= 0;
    if (conflict)
        q->state = DS_S_CONFLICT;
    else if (q->origins_len < 2)
        q->state = of_one_page(r, q) ? DS_S_ONE_PAGE : DS_S_ONE_ORIGIN;
    else
        q->state = apart ? DS_S_APART : DS_S_AGREE;
    if (q->state != DS_S_CONFLICT && q->state != DS_S_APART) {
        q->has_factor = false;
        q->factor = DS_FRAC(0);
    }
}
