/* SPDX-License-Identifier: Apache-2.0 */
/* denials.c - a figure that is taken back: by a note of the page that printed it, or by the holder who gave it (Q10). It answers
 * nothing any more, and is linked to what took it back. */
#include "internal.h"

/* Nobody in particular says it: "an earlier version said 70". */
static bool page_says(const rc *r, uint32_t row)
{
    const ds_row *x = &r->story->rows[row];
    for (size_t i = 0; i < x->holders_len; i++)
        if (r->story->who.holders[x->holders[i]].kind == DS_HOLDER_NAMED)
            return false;
    return x->holders_len == 0 || x->claim.said_by[0].kind == DS_HOLDER_ANONYMOUS;
}

static bool takes_back(const rc *r, uint32_t denial, uint32_t row)
{
    const rc_row *d = &r->rows[denial], *x = &r->rows[row];
    if (x->denied || (d->member == x->member && d->c->number <= x->c->number))
        return false;
    if (d->member == x->member && page_says(r, denial))
        return true;
    return d->origin == x->origin && (!d->dated || !x->dated || x->day <= d->day);
}

static ds_status take_back(rc *r, rc_question *q, uint32_t denial, uint32_t row)
{
    ds_cite c = rc_cite(r, denial);
    ds_str letter = rc_letter(r, c.member);
    r->rows[row].denied = true;
    if (r->marks[row].len == 0) {
        r->marks[row] = ds_arena_printf(r->a, "withdrawn %.*s%u", DS_FMT(letter), c.sentence);
        if (!r->marks[row].at)
            return DS_NOMEM;
    }
    return DS_PUSH(r->a, &q->ties, ((rc_tie){row, denial, "taken back"}));
}

/* Claims that give one figure. */
static ds_status read_figure(rc *r, void *question, const rc_slot *s, size_t len)
{
    DS_VEC(uint32_t) denials = {0};
    for (size_t i = 0; i < len; i++)
        if (s[i].row->denied)
            DS_TRY(DS_PUSH(r->a, &denials, s[i].index));
    for (size_t i = 0; i < len; i++)
        for (size_t k = 0; k < denials.len; k++)
            if (takes_back(r, denials.at[k], s[i].index)) {
                DS_TRY(take_back(r, question, denials.at[k], s[i].index));
                break;
            }
    return DS_OK;
}

ds_status rc_denials_read(rc *r)
{
    for (size_t k = 0; k < r->groups_len; k++) {
        bool denied = false;
        for (size_t i = 0; i < r->groups[k].len; i++)
            denied |= r->rows[r->groups[k].rows[i]].denied;
        if (denied)
            DS_TRY(rc_by_figure(r, &r->groups[k], read_figure, &r->groups[k]));
    }
    return DS_OK;
}
