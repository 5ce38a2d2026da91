/* SPDX-License-Identifier: Apache-2.0 */
/* arrival.c - a story is reckoned in order of its documents' names, so that the order in which they came changes nothing; here the
 * finished story is put in order of letter. */
#include "internal.h"

#include <stdlib.h>

typedef struct order {
    ds_arena *a;
    uint32_t *member; /* old -> new */
    uint32_t *row;
    size_t members, rows;
} order;

/* ---- the order -------------------------------------------------------------------------------------------- */

static int by_reading(const void *pa, const void *pb)
{
    const uint32_t *a = pa, *b = pb;
    return (a[0] > b[0]) - (a[0] < b[0]);
}

static ds_status order_members(order *o, const ds_story *s)
{
    uint32_t(*came)[2] = ds_arena_calloc(o->a, s->members_len, sizeof *came);
    o->member = ds_arena_calloc(o->a, s->members_len, sizeof *o->member);
    if (!came || !o->member)
        return DS_NOMEM;
    for (uint32_t m = 0; m < s->members_len; m++) {
        came[m][0] = s->members[m].reading;
        came[m][1] = m;
    }
    if (s->members_len)
        qsort(came, s->members_len, sizeof *came, by_reading);
    for (uint32_t m = 0; m < s->members_len; m++)
        o->member[came[m][1]] = m;
    o->members = s->members_len;
    return DS_OK;
}

/* Rows stand in order of member, and stay so. */
static ds_status order_rows(order *o, const ds_story *s)
{
    uint32_t *next = ds_arena_calloc(o->a, s->members_len + 1, sizeof *next);
    o->row = ds_arena_calloc(o->a, s->rows_len, sizeof *o->row);
    if (!next || !o->row)
        return DS_NOMEM;
    for (size_t i = 0; i < s->rows_len; i++)
        next[o->member[s->rows[i].member] + 1]++;
    for (size_t m = 0; m < s->members_len; m++)
        next[m + 1] += next[m];
    for (size_t i = 0; i < s->rows_len; i++)
        o->row[i] = next[o->member[s->rows[i].member]]++;
    o->rows = s->rows_len;
    return DS_OK;
}

/* ---- lists ------------------------------------------------------------------------------------------------ */

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

/* New numbers, ascending, of a list that was. */
static ds_status renumber(const order *o, const uint32_t *to, const uint32_t **io, size_t len)
{
    uint32_t *at = ds_arena_calloc(o->a, len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++)
        at[i] = to[(*io)[i]];
    if (len)
        qsort(at, len, sizeof *at, by_number);
    *io = at;
    return DS_OK;
}

static int by_cite(const void *pa, const void *pb)
{
    const ds_cite *a = pa, *b = pb;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    return (a->sentence > b->sentence) - (a->sentence < b->sentence);
}

/* Citations that stood in order stand in order again; those that lead from what says most stay as they are. */
static ds_status cites(const order *o, ds_line_cites *io)
{
    ds_cite *at = ds_arena_calloc(o->a, io->len, sizeof *at);
    bool sorted = true;
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < io->len; i++) {
        sorted &= i == 0 || by_cite(&io->at[i - 1], &io->at[i]) <= 0;
        at[i] = (ds_cite){o->member[io->at[i].member], io->at[i].sentence};
    }
    if (sorted && io->len)
        qsort(at, io->len, sizeof *at, by_cite);
    io->at = at;
    return DS_OK;
}

/* A list of `len` structs, copied so that it may be changed. */
static void *copy(const order *o, const void *at, size_t len, size_t size)
{
    void *out = ds_arena_calloc(o->a, len, size);
    if (out && len)
        memcpy(out, at, len * size);
    return out;
}

/* ---- parts ------------------------------------------------------------------------------------------------- */

static int32_t link_of(const order *o, int32_t row)
{
    return row >= 0 && (size_t)row < o->rows ? (int32_t)o->row[row] : row;
}

static ds_status rows(const order *o, ds_dossier *d)
{
    ds_row *at = ds_arena_calloc(o->a, d->rows_len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < d->rows_len; i++) {
        ds_row *r = &at[o->row[i]];
        *r = d->rows[i];
        r->member = o->member[r->member];
        r->claim.of = link_of(o, r->claim.of);
        r->claim.equals = link_of(o, r->claim.equals);
        r->claim.delta_of = link_of(o, r->claim.delta_of);
    }
    d->rows = at;
    return DS_OK;
}

static ds_status sources(const order *o, ds_dossier *d)
{
    ds_source *at = ds_arena_calloc(o->a, d->sources_len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t m = 0; m < d->sources_len; m++) {
        ds_source *s = &at[o->member[m]];
        *s = d->sources[m];
        ds_first *first = copy(o, s->first, s->first_len, sizeof *first);
        if (!first)
            return DS_NOMEM;
        for (size_t i = 0; i < s->first_len; i++)
            first[i].cite.member = o->member[first[i].cite.member];
        s->first = first;
    }
    d->sources = at;
    return DS_OK;
}

static ds_status question(const order *o, ds_question *q)
{
    ds_answer *answers = copy(o, q->answers, q->answers_len, sizeof *answers);
    ds_origin *origins = copy(o, q->origins, q->origins_len, sizeof *origins);
    ds_tie *ties = copy(o, q->ties, q->ties_len, sizeof *ties);
    if (!answers || !origins || !ties)
        return DS_NOMEM;
    for (size_t i = 0; i < q->answers_len; i++)
        DS_TRY(renumber(o, o->row, &answers[i].rows, answers[i].rows_len));
    for (size_t i = 0; i < q->origins_len; i++)
        origins[i].member = o->member[origins[i].member];
    for (size_t i = 0; i < q->ties_len; i++) {
        ties[i].row = o->row[ties[i].row];
        ties[i].with = o->row[ties[i].with];
    }
    q->answers = answers;
    q->origins = origins;
    q->ties = ties;
    return DS_OK;
}

static ds_status dispute(const order *o, ds_dispute *d)
{
    ds_line_cites more = {d->more, d->more_len};
    for (int k = 0; k < 2; k++)
        d->sides[k].cite.member = o->member[d->sides[k].cite.member];
    DS_TRY(cites(o, &more));
    d->more = more.at;
    return DS_OK;
}

static ds_status ledger(const order *o, ds_ledger *l)
{
    ds_question *questions = copy(o, l->questions, l->questions_len, sizeof *questions);
    ds_flag *flags = copy(o, l->flags, l->flags_len, sizeof *flags);
    ds_force *forces = copy(o, l->forces, l->forces_len, sizeof *forces);
    ds_dispute *disputes = copy(o, l->disputes, l->disputes_len, sizeof *disputes);
    if (!questions || !flags || !forces || !disputes)
        return DS_NOMEM;
    for (size_t i = 0; i < l->questions_len; i++)
        DS_TRY(question(o, &questions[i]));
    for (size_t i = 0; i < l->flags_len; i++) {
        for (uint32_t k = 0; k < flags[i].rows_len; k++)
            flags[i].rows[k] = o->row[flags[i].rows[k]];
        for (int k = 0; k < 2; k++)
            flags[i].cites[k].member = o->member[flags[i].cites[k].member];
    }
    for (size_t i = 0; i < l->forces_len; i++)
        DS_TRY(renumber(o, o->row, &forces[i].rows, forces[i].rows_len));
    for (size_t i = 0; i < l->disputes_len; i++)
        DS_TRY(dispute(o, &disputes[i]));
    l->disputes = disputes;
    l->questions = questions;
    l->flags = flags;
    l->forces = forces;
    return DS_OK;
}

/* Lines of `size` bytes that have their citations `at` bytes from the beginning. */
static ds_status lines(const order *o, const void **io, size_t len, size_t size, size_t at)
{
    char *out = copy(o, *io, len, size);
    if (!out)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++)
        DS_TRY(cites(o, (ds_line_cites *)(void *)(out + i * size + at)));
    *io = out;
    return DS_OK;
}

static ds_status cited(const order *o, ds_dossier *d)
{
    const void *points = d->key_points, *events = d->timeline;
    DS_TRY(
        lines(o, &points, d->key_points_len, sizeof *d->key_points, offsetof(ds_key_point, cites)));
    DS_TRY(lines(o, &events, d->timeline_len, sizeof *d->timeline, offsetof(ds_event, cites)));
    DS_TRY(cites(o, &d->standfirst_cites));
    d->key_points = points;
    d->timeline = events;
    return DS_OK;
}

/* The earlier one is the one that came first. */
static ds_status copies(const order *o, ds_dossier *d)
{
    ds_copy *at = copy(o, d->copies, d->copies_len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < d->copies_len; i++) {
        ds_copy c = at[i];
        c.from_member = o->member[c.from_member];
        c.to_member = o->member[c.to_member];
        at[i] = c.from_member <= c.to_member ? c
                                             : (ds_copy){.from_member = c.to_member,
                                                         .from_sentence = c.to_sentence,
                                                         .to_member = c.from_member,
                                                         .to_sentence = c.from_sentence,
                                                         .words = c.words};
    }
    if (d->copies_len)
        qsort(at, d->copies_len, sizeof *at, ds_copy_cmp);
    d->copies = at;
    return DS_OK;
}

static ds_status overlaps(const order *o, ds_dossier *d)
{
    ds_overlap *at = copy(o, d->overlaps, d->overlaps_len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < d->overlaps_len; i++)
        for (int k = 0; k < 2; k++)
            at[i].members[k] = o->member[at[i].members[k]];
    if (d->overlaps_len)
        qsort(at, d->overlaps_len, sizeof *at, ds_overlap_cmp);
    d->overlaps = at;
    return DS_OK;
}

static void naming(const order *o, ds_naming *n)
{
    if (n->words.at)
        n->member = o->member[n->member];
}

static ds_status who(const order *o, ds_who *w)
{
    ds_holder *holders = copy(o, w->holders, w->holders_len, sizeof *holders);
    ds_join *joins = copy(o, w->joins, w->joins_len, sizeof *joins);
    ds_unsure *unsure = copy(o, w->unsure, w->unsure_len, sizeof *unsure);
    if (!holders || !joins || !unsure)
        return DS_NOMEM;
    for (size_t i = 0; i < w->holders_len; i++)
        DS_TRY(renumber(o, o->member, &holders[i].members, holders[i].members_len));
    for (size_t i = 0; i < w->joins_len; i++) {
        naming(o, &joins[i].form);
        naming(o, &joins[i].with);
        naming(o, &joins[i].proof);
    }
    for (size_t i = 0; i < w->unsure_len; i++) {
        naming(o, &unsure[i].form);
        naming(o, &unsure[i].with);
    }
    w->holders = holders;
    w->joins = joins;
    w->unsure = unsure;
    return DS_OK;
}

static bool in_order(const order *o)
{
    for (uint32_t m = 0; m < o->members; m++)
        if (o->member[m] != m)
            return false;
    return true;
}

/* A sentence that a page says twice leads to who copied it, and is no copy to be shown. */
static ds_status drop_own_copies(const order *o, ds_dossier *d)
{
    ds_copy *at = copy(o, d->copies, d->copies_len, sizeof *at);
    size_t len = 0;
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < d->copies_len; i++)
        if (at[i].from_member != at[i].to_member)
            at[len++] = at[i];
    d->copies = at;
    d->copies_len = len;
    return DS_OK;
}

ds_status dg_by_arrival(const dg *g, ds_dossier *d)
{
    order o = {.a = g->a};
    DS_TRY(drop_own_copies(&o, d));
    DS_TRY(order_members(&o, g->story));
    if (in_order(&o))
        return DS_OK;
    DS_TRY(order_rows(&o, g->story));
    DS_TRY(rows(&o, d));
    DS_TRY(sources(&o, d));
    DS_TRY(ledger(&o, &d->ledger));
    DS_TRY(cited(&o, d));
    DS_TRY(copies(&o, d));
    DS_TRY(overlaps(&o, d));
    return who(&o, &d->who);
}
