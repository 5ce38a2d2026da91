/* SPDX-License-Identifier: Apache-2.0 */
/* origins.c - which rows of an answer come from which of the question's origins. */
#include "export/internal.h"

static bool names_it(const ds_link *link, ds_str name)
{
    return ds_str_eq(link->holder, name) || ds_str_eq(link->name, name);
}

static bool held_by(const ds_row *row, uint32_t holder)
{
    for (size_t i = 0; i < row->holders_len; i++)
        if (row->holders[i] == holder)
            return true;
    return false;
}

/* By holder; in stores of before there were any by name, which is the same wherever it stands, of unnamed ones on one page. A page's
 * own voice is on its page. */
static bool fits(const ds_origin *o, const ds_row *row)
{
    if (o->kind == DS_HOLDER_NONE)
        return row->claim.said_by_len == 0 && row->member == o->member;
    if (o->holder >= 0)
        return held_by(row, (uint32_t)o->holder);
    if (o->kind == DS_HOLDER_ANONYMOUS && row->member != o->member)
        return false;
    for (size_t i = 0; i < row->claim.said_by_len; i++)
        if (names_it(&row->claim.said_by[i], o->name))
            return true;
    return false;
}

static bool taken(const ds_str *ids, size_t n, ds_str id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i].at && ds_str_eq(ids[i], id))
            return true;
    return false;
}

static void name_by_holder(const ds_dossier *d, const ds_question *q, const ds_answer *ans,
                           ds_str *ids)
{
    for (size_t i = 0; i < ans->origins_len; i++) {
        uint32_t k = ans->origins[i];
        for (size_t r = 0; r < ans->rows_len && !ids[k].at; r++)
            if (fits(&q->origins[k], &d->rows[ans->rows[r]]))
                ids[k] = d->rows[ans->rows[r]].origin;
    }
}

/* What was joined by a copy or a credit has another name in its own sentence: the ids left over, in order. */
static void name_by_order(const ds_dossier *d, const ds_question *q, const ds_answer *ans,
                          ds_str *ids)
{
    for (size_t i = 0; i < ans->origins_len; i++) {
        uint32_t k = ans->origins[i];
        for (size_t r = 0; r < ans->rows_len && !ids[k].at; r++)
            if (!taken(ids, q->origins_len, d->rows[ans->rows[r]].origin))
                ids[k] = d->rows[ans->rows[r]].origin;
    }
}

const ds_str *ex_origin_ids(ds_arena *a, const ds_dossier *d, const ds_question *q)
{
    ds_str *ids = ds_arena_calloc(a, q->origins_len, sizeof *ids);
    if (!ids)
        return NULL;
    for (size_t i = 0; i < q->answers_len; i++)
        name_by_holder(d, q, &q->answers[i], ids);
    for (size_t i = 0; i < q->answers_len; i++)
        name_by_order(d, q, &q->answers[i], ids);
    return ids;
}

ds_str ex_sentence(const ds_dossier *d, ds_cite cite)
{
    for (size_t i = 0; i < d->rows_len; i++)
        if (d->rows[i].member == cite.member && d->rows[i].claim.number == cite.sentence)
            return d->rows[i].claim.sentence;
    return (ds_str){0};
}
