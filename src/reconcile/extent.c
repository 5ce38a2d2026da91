/* SPDX-License-Identifier: Apache-2.0 */
/* extent.c - how much of what happened each question counts, its scope: what the sentences of its claims say (events.c), when
 * they were so, and how their pages tell it (S4 to S6, S9, S10, S13 to S15). */
#include "internal.h"

#define EVE 2      /* days: yesterday's or last night's may be the own event of a page */
#define WEEK 7     /* days: even a headline does not tell news of what is longer ago */
#define FEW_DAYS 4 /* a count of so many days, a night or a weekend, is of an event */
#define LEAD 2     /* sentences that say what a page is about */
#define TURNS 2    /* events that a page tells one after the other */

typedef struct extents {
    rc *r;
    ds_day first;  /* of the story's pages; DS_DAY_NONE: none is dated */
    bool since;    /* counts are dated since */
    bool *lead;    /* by member: its first lines count over several events */
    size_t *turns; /* by member: questions that it answers beside that one */
} extents;

/* ---- what sentences say ----------------------------------------------------------------------------------------- */

typedef struct marks {
    size_t several, running, other;
} marks;

static void add_half(size_t *to, size_t of, size_t rows)
{
    *to += 2 * of >= rows;
}

/* S4 to S6 make kinds of their own, so that all rows of a question have one. What sentences say holds for a page where half of
 * them say it, for the question where most pages do. Rows are in order of page. */
static ds_scope as_said(const rc *r, const rc_question *g)
{
    size_t pages = 0;
    marks all = {0};
    ds_str kind = r->rows[g->rows[0]].scope;
    if (kind.len)
        return ds_str_starts(kind, DS_STR("year ")) ? DS_SCOPE_YEARS : DS_SCOPE_PART;
    for (size_t i = 0, j; i < g->len; i = j, pages++) {
        marks m = {0};
        for (j = i; j < g->len && r->rows[g->rows[j]].member == r->rows[g->rows[i]].member; j++) {
            m.several += r->rows[g->rows[j]].several;
            m.running += r->rows[g->rows[j]].running;
            m.other += r->rows[g->rows[j]].other;
        }
        add_half(&all.several, m.several, j - i);
        add_half(&all.running, m.running, j - i);
        add_half(&all.other, m.other, j - i);
    }
    if (2 * all.several > pages)
        return DS_SCOPE_SEVERAL;
    if (2 * all.running > pages)
        return DS_SCOPE_RUNNING;
    return 2 * all.other > pages ? DS_SCOPE_OTHER : DS_SCOPE_WHOLE;
}

/* ---- when it was so ---------------------------------------------------------------------------------------------- */

static bool has_days(const rc_row *x)
{
    return x->c->has_when && x->c->when.lo != DS_DAY_NONE && x->c->when.hi != DS_DAY_NONE;
}

static ds_day first_page(const rc *r)
{
    ds_day first = DS_DAY_NONE;
    for (size_t m = 0; m < r->story->members_len; m++) {
        ds_day d = r->readings[r->story->members[m].reading].article->published;
        if (d != DS_DAY_NONE && (first == DS_DAY_NONE || d < first))
            first = d;
    }
    return first;
}

static bool told_since(const rc *r, ds_day first)
{
    for (size_t i = 0; i < r->rows_len; i++) {
        const ds_days *d = &r->rows[i].c->when;
        if (has_days(&r->rows[i]) && d->hi - d->lo < FEW_DAYS && d->lo > first - EVE)
            return true;
    }
    return false;
}

/* S14: over before the first page came, and in no headline, while other counts are of its days. */
static bool is_recalled(const extents *e, const rc_row *x)
{
    ds_day back = x->c->part == DS_PART_TITLE ? WEEK : EVE;
    return x->c->when.hi <= e->first - back;
}

static ds_scope as_dated(const extents *e, const rc_question *g)
{
    bool running = true, recalled = e->since;
    for (size_t i = 0; i < g->len && (running || recalled); i++) {
        const rc_row *x = &e->r->rows[g->rows[i]];
        running = running && rc_over_weeks(x->c);
        recalled = recalled && has_days(x) && is_recalled(e, x);
    }
    return running ? DS_SCOPE_RUNNING : recalled ? DS_SCOPE_EARLIER : DS_SCOPE_WHOLE;
}

static ds_scope scope_of(const extents *e, const rc_question *g)
{
    ds_scope said = as_said(e->r, g);
    bool may = said == DS_SCOPE_WHOLE || said == DS_SCOPE_OTHER;
    ds_scope dated = may ? as_dated(e, g) : DS_SCOPE_WHOLE;
    return dated != DS_SCOPE_WHOLE ? dated : said;
}

/* ---- how pages tell it ------------------------------------------------------------------------------------------- */

/* S15: groups [beg, end) are of one kind. A page that begins with a count over several events and has two more figures of the kind
 * tells those events in turn. */
static void find_turns(extents *e, size_t beg, size_t end)
{
    const rc *r = e->r;
    for (size_t k = beg; k < end; k++)
        for (size_t i = 0; i < r->groups[k].len; i++) {
            const rc_row *x = &r->rows[r->groups[k].rows[i]];
            bool next = i == 0 || r->rows[r->groups[k].rows[i - 1]].member != x->member;
            if (e->r->groups[k].scope == DS_SCOPE_SEVERAL)
                e->lead[x->member] |= x->c->number <= LEAD;
            else
                e->turns[x->member] += next;
        }
}

static bool all_in_turn(const extents *e, const rc_question *g)
{
    bool all = true;
    for (size_t i = 0; all && i < g->len; i++) {
        uint32_t m = e->r->rows[g->rows[i]].member;
        all = e->lead[m] && e->turns[m] >= TURNS;
    }
    return all;
}

static bool one_kind(const rc *r, size_t a, size_t b)
{
    const rc_row *x = &r->rows[r->groups[a].rows[0]], *y = &r->rows[r->groups[b].rows[0]];
    return ds_str_eq(x->measure.asks, y->measure.asks) && ds_str_eq(x->unit, y->unit) &&
           ds_str_eq(x->per, y->per) && ds_str_eq(x->scope, y->scope);
}

static void mark_turns(extents *e, size_t beg, size_t end)
{
    find_turns(e, beg, end);
    for (size_t k = beg; k < end; k++)
        if (e->r->groups[k].scope == DS_SCOPE_WHOLE && all_in_turn(e, &e->r->groups[k]))
            e->r->groups[k].scope = DS_SCOPE_TURN;
    for (size_t k = beg; k < end; k++)
        for (size_t i = 0; i < e->r->groups[k].len; i++) {
            uint32_t m = e->r->rows[e->r->groups[k].rows[i]].member;
            e->lead[m] = false;
            e->turns[m] = 0;
        }
}

ds_status rc_extents(rc *r)
{
    extents e = {.r = r, .first = first_page(r)};
    e.since = e.first != DS_DAY_NONE && told_since(r, e.first);
    e.lead = ds_arena_calloc(r->a, r->story->members_len, sizeof *e.lead);
    e.turns = ds_arena_calloc(r->a, r->story->members_len, sizeof *e.turns);
    if (!e.lead || !e.turns)
        return DS_NOMEM;
    for (size_t k = 0; k < r->groups_len; k++)
        r->groups[k].scope = scope_of(&e, &r->groups[k]);
    for (size_t beg = 0, end; beg < r->groups_len; beg = end) {
        for (end = beg + 1; end < r->groups_len && one_kind(r, beg, end); end++)
            ;
        mark_turns(&e, beg, end);
    }
    return DS_OK;
}
