/* SPDX-License-Identifier: Apache-2.0 */
/* sound.c - a story from a file is only handed out when every index in it points at something. */
#include "store/internal.h"

static bool all_below(const uint32_t *at, size_t len, size_t bound)
{
    for (size_t i = 0; i < len; i++)
        if (at[i] >= bound)
            return false;
    return true;
}

static bool cites_sound(const ds_dossier *d, const ds_cite *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (at[i].member >= d->sources_len)
            return false;
    return true;
}

static bool index_sound(const ds_dossier *d, int32_t row)
{
    return row < 0 || (size_t)row < d->rows_len;
}

static bool rows_sound(const ds_dossier *d)
{
    for (size_t i = 0; i < d->rows_len; i++) {
        const ds_row *r = &d->rows[i];
        if (r->member >= d->sources_len || !index_sound(d, r->claim.of) ||
            !index_sound(d, r->claim.delta_of) || !index_sound(d, r->claim.equals) ||
            r->claim.figure.end > r->claim.sentence.len)
            return false;
    }
    return true;
}

static bool naming_sound(const ds_dossier *d, const ds_naming *n)
{
    return !n->words.at || n->member < d->sources_len;
}

/* Rows of a store that an older version wrote have no holders. */
static bool row_holders_sound(const ds_dossier *d, const ds_row *r)
{
    bool len = r->holders_len == 0 || r->holders_len == r->claim.said_by_len;
    return len && all_below(r->holders, r->holders_len, d->who.holders_len) &&
           (r->place < 0 || (size_t)r->place < d->who.places_len);
}

static bool who_sound(const ds_dossier *d)
{
    const ds_who *w = &d->who;
    for (size_t i = 0; i < d->rows_len; i++)
        if (!row_holders_sound(d, &d->rows[i]))
            return false;
    for (size_t i = 0; i < w->holders_len; i++)
        if (!all_below(w->holders[i].members, w->holders[i].members_len, d->sources_len))
            return false;
    for (size_t i = 0; i < w->joins_len; i++) {
        const ds_join *j = &w->joins[i];
        if (j->holder >= w->holders_len || !naming_sound(d, &j->form) ||
            !naming_sound(d, &j->with) || !naming_sound(d, &j->proof))
            return false;
    }
    for (size_t i = 0; i < w->unsure_len; i++) {
        const ds_unsure *u = &w->unsure[i];
        if (!all_below(u->holders, 2, w->holders_len) || !naming_sound(d, &u->form) ||
            !naming_sound(d, &u->with))
            return false;
    }
    return true;
}

static bool question_sound(const ds_dossier *d, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *a = &q->answers[i];
        if (!all_below(a->rows, a->rows_len, d->rows_len) ||
            !all_below(a->origins, a->origins_len, q->origins_len))
            return false;
    }
    for (size_t i = 0; i < q->origins_len; i++)
        if (q->origins[i].member >= d->sources_len ||
            (q->origins[i].holder >= 0 && (size_t)q->origins[i].holder >= d->who.holders_len))
            return false;
    for (size_t i = 0; i < q->pairs_len; i++)
        if (q->pairs[i].a >= q->answers_len || q->pairs[i].b >= q->answers_len)
            return false;
    for (size_t i = 0; i < q->ties_len; i++)
        if (q->ties[i].row >= d->rows_len || q->ties[i].with >= d->rows_len)
            return false;
    return all_below(q->flags, q->flags_len, d->ledger.flags_len);
}

static bool flags_sound(const ds_dossier *d)
{
    for (size_t i = 0; i < d->ledger.flags_len; i++) {
        const ds_flag *f = &d->ledger.flags[i];
        if (!all_below(f->rows, f->rows_len, d->rows_len) || !cites_sound(d, f->cites, 2))
            return false;
    }
    for (size_t i = 0; i < d->ledger.forces_len; i++)
        if (!all_below(d->ledger.forces[i].rows, d->ledger.forces[i].rows_len, d->rows_len))
            return false;
    return true;
}

static bool disputes_sound(const ds_dossier *d)
{
    for (size_t i = 0; i < d->ledger.disputes_len; i++) {
        const ds_dispute *x = &d->ledger.disputes[i];
        for (int k = 0; k < 2; k++)
            if (!cites_sound(d, &x->sides[k].cite, 1) ||
                x->sides[k].words.beg > x->sides[k].words.end ||
                x->sides[k].words.end > x->sides[k].sentence.len)
                return false;
        if (!cites_sound(d, x->more, x->more_len))
            return false;
    }
    return true;
}

static bool lines_sound(const ds_dossier *d)
{
    if (!cites_sound(d, d->standfirst_cites.at, d->standfirst_cites.len))
        return false;
    for (size_t i = 0; i < d->sources_len; i++)
        for (size_t k = 0; k < d->sources[i].first_len; k++)
            if (!cites_sound(d, &d->sources[i].first[k].cite, 1))
                return false;
    for (size_t i = 0; i < d->key_points_len; i++)
        if (!cites_sound(d, d->key_points[i].cites.at, d->key_points[i].cites.len) ||
            !all_below(d->key_points[i].questions, d->key_points[i].questions_len,
                       d->ledger.questions_len))
            return false;
    for (size_t i = 0; i < d->timeline_len; i++)
        if (!cites_sound(d, d->timeline[i].cites.at, d->timeline[i].cites.len))
            return false;
    for (size_t i = 0; i < d->copies_len; i++)
        if (d->copies[i].from_member >= d->sources_len || d->copies[i].to_member >= d->sources_len)
            return false;
    for (size_t i = 0; i < d->overlaps_len; i++)
        if (!all_below(d->overlaps[i].members, 2, d->sources_len))
            return false;
    return true;
}

ds_status ds_story_sound(ds_store *s, const ds_dossier *d, ds_err *err)
{
    if (!rows_sound(d))
        return ds_damaged(s, err, "story_row", "index");
    if (!who_sound(d))
        return ds_damaged(s, err, "holder, place or who says what", "index");
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        if (!question_sound(d, &d->ledger.questions[i]))
            return ds_damaged(s, err, "question", "index");
    if (!flags_sound(d))
        return ds_damaged(s, err, "flag or force", "index");
    if (!disputes_sound(d))
        return ds_damaged(s, err, "dispute", "index");
    return lines_sound(d) ? DS_OK
                          : ds_damaged(s, err, "key_point, event, copy or overlap", "index");
}
