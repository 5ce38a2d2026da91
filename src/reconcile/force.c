/* SPDX-License-Identifier: Apache-2.0 */
/* force.c - the force ledger (F1 to F5): what an actor sent, lost and withdrew, and what remains, as intervals over time. It
 * adds up the estimates of the questions about one actor's people; no figure of it is stated by anybody. */
#include "internal.h"

#include <stdlib.h>

#define DAYS_MAX 24 /* states of one actor: the last ones */

/* The questions that a ledger is made of. */
enum { SENT, KILLED, INJURED, CASUALTIES, LOSSES, CAPTURED, MISSING, WITHDRAWN, PARTS };
static const ds_str measures[PARTS] = {
    DS_STR_INIT("deployed"),   DS_STR_INIT("killed"),    DS_STR_INIT("injured"),
    DS_STR_INIT("casualties"), DS_STR_INIT("losses"),    DS_STR_INIT("captured"),
    DS_STR_INIT("missing"),    DS_STR_INIT("withdrawn"),
};

typedef struct muster { /* one actor's questions; NULL: nobody asks that */
    ds_str actor;
    const ds_question *of[PARTS];
} muster;

/* ---- which questions ----------------------------------------------------------------------------------------------- */

static int part_of(const ds_question *q)
{
    if (q->per_len || !ds_str_eq(q->unit, DS_STR("person")))
        return PARTS;
    int i = 0;
    while (i < PARTS && !ds_str_eq(measures[i], q->measure))
        i++;
    return i;
}

/* F1: something done, of which nothing was reckoned yet. */
static bool is_done(const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++)
        if (!q->answers[i].planned)
            return q->estimate.has_low || q->estimate.has_high;
    return false;
}

/* The first row of a question about an actor's people as a whole; NULL: it is about a part, or nobody's. */
static const rc_row *whole_row(const rc *r, const ds_question *q)
{
    const rc_row *found = NULL;
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            const rc_row *x = &r->rows[q->answers[i].rows[k]];
            if (x->scope.len)
                return NULL;
            if (!found && x->subject.actor.len)
                found = x;
        }
    return found;
}

static size_t rows_in(const ds_question *q)
{
    size_t n = 0;
    for (size_t i = 0; q && i < q->answers_len; i++)
        n += q->answers[i].rows_len;
    return n;
}

typedef DS_VEC(muster) musters;

/* F2: an actor's people are those of whom most pages say that they were sent. */
static ds_status find_sent(rc *r, const ds_ledger *l, musters *out)
{
    for (size_t i = 0; i < l->questions_len; i++) {
        const ds_question *q = &l->questions[i];
        const rc_row *row = part_of(q) == SENT && is_done(q) ? whole_row(r, q) : NULL;
        size_t k = 0;
        if (!row)
            continue;
        while (k < out->len && !ds_str_eq(out->at[k].actor, row->c->actor))
            k++;
        if (k == out->len)
            DS_TRY(DS_PUSH(r->a, out, ((muster){.actor = row->c->actor})));
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): pushed where it was not there
        if (rows_in(q) > rows_in(out->at[k].of[SENT]))
            out->at[k].of[SENT] = q;
    }
    return DS_OK;
}

/* Losses are theirs where the same sort of people is counted, or nobody in particular of the actor. */
static void find_others(const rc *r, const ds_ledger *l, muster *m)
{
    const rc_row *sent = whole_row(r, m->of[SENT]);
    for (size_t i = 0; i < l->questions_len; i++) {
        const ds_question *q = &l->questions[i];
        int part = part_of(q);
        const rc_row *row = part < PARTS && part != SENT && is_done(q) ? whole_row(r, q) : NULL;
        if (!row || !ds_str_eq(row->subject.actor, sent->subject.actor) ||
            !(row->subject.general || ds_str_eq(row->subject.head, sent->subject.head)))
            continue;
        if (rows_in(q) > rows_in(m->of[part]))
            m->of[part] = q;
    }
}

static bool has_losses(const muster *m)
{
    for (int i = SENT + 1; i < WITHDRAWN; i++)
        if (m->of[i])
            return m->of[SENT] != NULL;
    return false;
}

/* ---- one state ------------------------------------------------------------------------------------------------------ */

static void add_to(ds_frac *sum, bool *has, bool has_x, ds_frac x)
{
    *has = *has && has_x && ds_frac_add(*sum, x, sum) == DS_OK;
}

/* The estimate of a question as it stood on a day; DS_DAY_NONE: as it stands, undated figures included. */
static ds_amount amount_on(const ds_question *q, ds_day day)
{
    ds_amount a = {0};
    if (!q)
        return a;
    const ds_estimate *e = &q->estimate;
    if (day == DS_DAY_NONE)
        return (ds_amount){e->has_low, e->has_high, e->low, e->high};
    for (size_t i = 0; i < e->steps_len && e->steps[i].day <= day; i++)
        a = (ds_amount){e->steps[i].has_low, e->steps[i].has_high, e->steps[i].low,
                        e->steps[i].high};
    return a;
}

static bool is_known(const ds_amount *a)
{
    return a->has_low || a->has_high;
}

/* Each of the amounts that somebody tells; those that nobody tells count as nothing. */
static ds_amount sum_of(const ds_amount *const *at, size_t n)
{
    ds_amount s = {true, true, DS_FRAC(0), DS_FRAC(0)};
    for (size_t i = 0; i < n; i++) {
        if (!is_known(at[i]))
            continue;
        add_to(&s.low, &s.has_low, true, at[i]->has_low ? at[i]->low : DS_FRAC(0));
        add_to(&s.high, &s.has_high, at[i]->has_high, at[i]->high);
    }
    return s;
}

static void raise_low(ds_amount *a, const ds_amount *by)
{
    if (by->has_low && (!a->has_low || ds_frac_cmp(by->low, a->low) > 0)) {
        a->has_low = true;
        a->low = by->low;
    }
}

static void take_high(ds_amount *a, const ds_amount *from)
{
    a->has_high = from->has_high;
    a->high = from->high;
}

/* F3: low by the way that comes to most; high by the widest count that somebody gives one for, with captured and missing
 * beside it, or by killed and injured together. */
static ds_amount lost(const ds_force *f, const ds_amount *casualties, const ds_amount *losses)
{
    const ds_amount *narrow[] = {&f->killed, &f->injured, &f->captured, &f->missing},
                    *wide[] = {casualties, &f->captured, &f->missing};
    ds_amount a = {0}, n = sum_of(narrow, 4), w = sum_of(wide, 3);
    bool any = is_known(losses) || is_known(casualties);
    for (size_t i = 0; i < 4; i++)
        any |= is_known(narrow[i]);
    if (!any)
        return a;
    raise_low(&a, losses);
    raise_low(&a, &w);
    raise_low(&a, &n);
    if (losses->has_high)
        take_high(&a, losses);
    else if (casualties->has_high)
        take_high(&a, &w);
    else if (f->killed.has_high && f->injured.has_high)
        take_high(&a, &n);
    if (a.has_high && ds_frac_cmp(a.low, a.high) > 0)
        a.high = a.low;
    return a;
}

static bool subtract(ds_frac from, const ds_frac *x, const ds_frac *y, ds_frac *out)
{
    return ds_frac_sub(from, *x, out) == DS_OK && ds_frac_sub(*out, *y, out) == DS_OK;
}

/* F4: low = sent - all that can have gone, high = sent - what has gone for sure; never below nothing. */
static ds_amount remains(const ds_force *f)
{
    const ds_frac none = DS_FRAC(0);
    ds_amount a = {0};
    bool gone = f->lost.has_high && (f->withdrawn.has_high || !is_known(&f->withdrawn));
    a.has_low = f->sent.has_low && gone &&
                subtract(f->sent.low, &f->lost.high,
                         f->withdrawn.has_high ? &f->withdrawn.high : &none, &a.low);
    a.has_high =
        f->sent.has_high && subtract(f->sent.high, f->lost.has_low ? &f->lost.low : &none,
                                     f->withdrawn.has_low ? &f->withdrawn.low : &none, &a.high);
    if (a.has_low && a.low.num < 0)
        a.low = none;
    if (a.has_high && a.high.num < 0)
        a.high = none;
    return a;
}

static ds_force state_on(const muster *m, ds_day day)
{
    ds_force f = {.actor = m->actor, .day = day};
    f.sent = amount_on(m->of[SENT], day);
    f.killed = amount_on(m->of[KILLED], day);
    f.injured = amount_on(m->of[INJURED], day);
    f.captured = amount_on(m->of[CAPTURED], day);
    f.missing = amount_on(m->of[MISSING], day);
    f.withdrawn = amount_on(m->of[WITHDRAWN], day);
    ds_amount casualties = amount_on(m->of[CASUALTIES], day);
    ds_amount losses = amount_on(m->of[LOSSES], day);
    f.lost = lost(&f, &casualties, &losses);
    f.remains = remains(&f);
    return f;
}

/* ---- over time ------------------------------------------------------------------------------------------------------ */

static int by_number(const void *pa, const void *pb)
{
    const int32_t *a = pa, *b = pb;
    return (*a > *b) - (*a < *b);
}

typedef DS_VEC(int32_t) numbers; /* days or rows */

static void sort_once(numbers *v)
{
    size_t n = 0;
    if (v->len)
        qsort(v->at, v->len, sizeof *v->at, by_number);
    for (size_t i = 0; i < v->len; i++)
        if (n == 0 || v->at[i] != v->at[n - 1])
            v->at[n++] = v->at[i];
    v->len = n;
}

static ds_status days_of(rc *r, const muster *m, numbers *out)
{
    for (int k = 0; k < PARTS; k++)
        for (size_t i = 0; m->of[k] && i < m->of[k]->estimate.steps_len; i++)
            DS_TRY(DS_PUSH(r->a, out, m->of[k]->estimate.steps[i].day));
    sort_once(out);
    return DS_OK;
}

static ds_status rows_of_question(rc *r, const ds_question *q, ds_day day, numbers *out)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            const rc_row *x = &r->rows[q->answers[i].rows[k]];
            if (day == DS_DAY_NONE || (x->dated && x->day <= day))
                DS_TRY(DS_PUSH(r->a, out, (int32_t)q->answers[i].rows[k]));
        }
    return DS_OK;
}

/* The claims behind a state. */
static ds_status fill_rows(rc *r, const muster *m, ds_force *f)
{
    numbers v = {0};
    for (int k = 0; k < PARTS; k++)
        if (m->of[k])
            DS_TRY(rows_of_question(r, m->of[k], f->day, &v));
    sort_once(&v);
    uint32_t *rows = ds_arena_calloc(r->a, v.len, sizeof *rows);
    if (!rows)
        return DS_NOMEM;
    for (size_t i = 0; i < v.len; i++)
        rows[i] = (uint32_t)v.at[i];
    f->rows = rows;
    f->rows_len = v.len;
    return DS_OK;
}

static bool same_amount(const ds_amount *x, const ds_amount *y)
{
    return x->has_low == y->has_low && x->has_high == y->has_high &&
           (!x->has_low || ds_frac_cmp(x->low, y->low) == 0) &&
           (!x->has_high || ds_frac_cmp(x->high, y->high) == 0);
}

static bool same_state(const ds_force *x, const ds_force *y)
{
    return same_amount(&x->sent, &y->sent) && same_amount(&x->killed, &y->killed) &&
           same_amount(&x->injured, &y->injured) && same_amount(&x->captured, &y->captured) &&
           same_amount(&x->missing, &y->missing) && same_amount(&x->lost, &y->lost) &&
           same_amount(&x->withdrawn, &y->withdrawn);
}

typedef DS_VEC(ds_force) forces;

/* F5: a state for each day on which something moved; then one of all figures, where undated ones change it. */
static ds_status put_states(rc *r, const muster *m, forces *out)
{
    numbers days = {0};
    size_t first = out->len;
    DS_TRY(days_of(r, m, &days));
    DS_TRY(DS_PUSH(r->a, &days, DS_DAY_NONE));
    for (size_t i = days.len > DAYS_MAX ? days.len - DAYS_MAX : 0; i < days.len; i++) {
        ds_force f = state_on(m, days.at[i]);
        if (!is_known(&f.sent) || !is_known(&f.lost) ||
            (out->len > first && same_state(&out->at[out->len - 1], &f)))
            continue;
        DS_TRY(fill_rows(r, m, &f));
        DS_TRY(DS_PUSH(r->a, out, f));
    }
    return DS_OK;
}

static ds_status put_all(rc *r, const musters *v, ds_ledger *io)
{
    forces out = {0};
    for (size_t i = 0; i < v->len; i++)
        if (has_losses(&v->at[i]))
            DS_TRY(put_states(r, &v->at[i], &out));
    io->forces = out.at;
    io->forces_len = out.len;
    return DS_OK;
}

ds_status rc_forces(rc *r, ds_ledger *io)
{
    musters v = {0};
    DS_TRY(find_sent(r, io, &v));
    for (size_t i = 0; i < v.len; i++)
        find_others(r, io, &v.at[i]);
    return put_all(r, &v, io);
}

/* ---- again, of a finished story ------------------------------------------------------------------------------------- */

static bool rests_on(const ds_question *q, const bool *marked)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            if (marked[q->answers[i].rows[k]])
                return true;
    return false;
}

/* The questions that the stored states [beg, end) of one actor rest on. */
static ds_status muster_again(rc *r, const ds_ledger *l, size_t beg, size_t end, muster *m)
{
    bool *marked = ds_arena_calloc(r->a, r->rows_len, sizeof *marked);
    if (!marked)
        return DS_NOMEM;
    for (size_t i = beg; i < end; i++)
        for (size_t k = 0; k < l->forces[i].rows_len; k++)
            marked[l->forces[i].rows[k]] = true;
    for (size_t i = 0; i < l->questions_len; i++) {
        int part = part_of(&l->questions[i]);
        if (part < PARTS && !m->of[part] && rests_on(&l->questions[i], marked))
            m->of[part] = &l->questions[i];
    }
    return DS_OK;
}

ds_status rc_forces_again(rc *r, ds_ledger *io)
{
    musters v = {0};
    for (size_t i = 0, end; i < io->forces_len; i = end) {
        muster m = {.actor = io->forces[i].actor};
        for (end = i; end < io->forces_len && ds_str_eq(io->forces[end].actor, m.actor); end++)
            ;
        DS_TRY(muster_again(r, io, i, end, &m));
        DS_TRY(DS_PUSH(r->a, &v, m));
    }
    return put_all(r, &v, io);
}
