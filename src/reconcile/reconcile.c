/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

const char *ds_verdict_name(ds_verdict v)
{
    static const char *const names[] = {"same",    "overlap", "refines",
                                        "updates", "drift",   "conflicts"};
    return (unsigned)v < sizeof names / sizeof *names ? names[v] : "?";
}

const char *ds_state_name(ds_state s)
{
    static const char *const names[] = {"conflict", "apart", "agree", "one origin", "one page"};
    return (unsigned)s < sizeof names / sizeof *names ? names[s] : "?";
}

const char *ds_scope_name(ds_scope s)
{
    static const char *const names[] = {
        "whole",       "part",        "other years",   "several events",
        "longer time", "other event", "earlier event", "one of several events"};
    return (unsigned)s < sizeof names / sizeof *names ? names[s] : "?";
}

bool ds_scope_is_aside(ds_scope s)
{
    return s == DS_SCOPE_YEARS || s == DS_SCOPE_EARLIER || s == DS_SCOPE_TURN;
}

const char *ds_flag_kind_name(ds_flag_kind k)
{
    static const char *const names[] = {"share", "sum",   "contain", "rate",
                                        "drift", "delta", "flow"};
    return (unsigned)k < sizeof names / sizeof *names ? names[k] : "?";
}

/* ---- helpers ----------------------------------------------------------------------------------------------------- */

ds_str rc_letter(const rc *r, uint32_t member)
{
    return r->story->members[member].letter;
}

ds_cite rc_cite(const rc *r, uint32_t row)
{
    return (ds_cite){r->rows[row].member, r->rows[row].c->number};
}

void rc_put_count(ds_buf *b, size_t n)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    if (n < sizeof words / sizeof *words)
        ds_buf_puts(b, words[n]);
    else
        ds_buf_printf(b, "%zu", n);
}

int rc_last_year(const rc *r)
{
    int year = 0, month, day;
    if (r->last != DS_DAY_NONE)
        ds_day_split(r->last, &year, &month, &day);
    return year;
}

/* ---- order ------------------------------------------------------------------------------------------------------- */

typedef struct ranked {
    ds_question q;
    int state, weight;
    bool aside; /* of another time, or of one event among others */
    size_t rows;
    ds_frac high;
    uint32_t first, group;
} ranked;

static int state_rank(ds_state s)
{
    return s <= DS_S_APART ? 0 : (int)s;
}

/* W5: disagreements first, then by weight of the measure, the story's own event before others, then by size. */
static int by_importance(const void *pa, const void *pb)
{
    const ranked *a = pa, *b = pb;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight < b->weight ? -1 : 1;
    if (a->aside != b->aside)
        return a->aside ? 1 : -1;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    int c = ds_frac_cmp(b->high, a->high);
    return c ? c : (a->first > b->first) - (a->first < b->first);
}

static ranked rank(const rc *r, const ds_question *q, uint32_t group)
{
    ranked x = {.q = *q,
                .state = state_rank(q->state),
                .group = group,
                .first = RC_NONE,
                .high = DS_FRAC(0)};
    x.aside = ds_scope_is_aside(q->scope);
    x.weight = rc_measure_of(r->words, q->measure).weight;
    for (size_t i = 0; i < q->answers_len; i++) {
        ds_frac s = rc_stated(&q->answers[i].value);
        if (ds_frac_cmp(s, x.high) > 0)
            x.high = s;
        x.rows += q->answers[i].rows_len;
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            if (q->answers[i].rows[k] < x.first)
                x.first = q->answers[i].rows[k];
    }
    return x;
}

/* ---- one question -------------------------------------------------------------------------------------------------- */

typedef DS_VEC(uint32_t) flag_list;

/* Flags by the question that they touch: each once, in order. The base of a share is not what is flagged. */
static ds_status list_flags(rc *r, flag_list **out)
{
    flag_list *v = ds_arena_calloc(r->a, r->groups_len, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (uint32_t f = 0; f < r->flags.len; f++) {
        const ds_flag *x = &r->flags.at[f];
        for (uint32_t k = 0; k < x->rows_len; k++) {
            flag_list *to = &v[r->rows[x->rows[k]].question];
            bool base = x->kind == DS_FLAG_SHARE && k == 1 && x->rows[0] != x->rows[1];
            if (!base && (to->len == 0 || to->at[to->len - 1] != f))
                DS_TRY(DS_PUSH(r->a, to, f));
        }
    }
    *out = v;
    return DS_OK;
}

static ds_status take_ties(rc *r, const rc_question *g, ds_question *q)
{
    ds_tie *at = ds_arena_calloc(r->a, g->ties.len + g->apart.len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i < g->ties.len + g->apart.len; i++) {
        bool apart = i >= g->ties.len;
        const rc_tie *t = apart ? &g->apart.at[i - g->ties.len] : &g->ties.at[i];
        at[i] = (ds_tie){t->row, t->with, apart, ds_str_of(t->why)};
    }
    q->ties = at;
    q->ties_len = g->ties.len + g->apart.len;
    return DS_OK;
}

static ds_status make_question(rc *r, const rc_question *g, const flag_list *flags, ds_question *q)
{
    rc_standing *st;
    ds_answer *answers;
    DS_TRY(rc_answers(r, g, q, &answers));
    DS_TRY(rc_word(r, g, q));
    q->scope = g->scope;
    DS_TRY(take_ties(r, g, q));
    DS_TRY(rc_standings(r, q, &st));
    DS_TRY(rc_pairs(r, q, st));
    DS_TRY(rc_estimate(r, q, st));
    rc_state(r, st, q);
    for (size_t i = 0; i < q->answers_len; i++)
        answers[i].superseded = st[i].old;
    q->flags = flags->at;
    q->flags_len = flags->len;
    return DS_OK;
}

/* ids[i]: id of the question of row i. */
static ds_status make_questions(rc *r, ds_ledger *out, ds_str **ids)
{
    ranked *order = ds_arena_calloc(r->a, r->groups_len, sizeof *order);
    ds_question *q = ds_arena_calloc(r->a, r->groups_len, sizeof *q);
    *ids = ds_arena_calloc(r->a, r->rows_len, sizeof **ids);
    r->spare = ds_arena_calloc(r->a, r->origins.len, sizeof *r->spare);
    flag_list *flags;
    if (!order || !q || !*ids || !r->spare)
        return DS_NOMEM;
    DS_TRY(rc_extents(r));
    DS_TRY(list_flags(r, &flags));
    for (uint32_t i = 0; i < r->groups_len; i++) {
        DS_TRY(make_question(r, &r->groups[i], &flags[i], &q[i]));
        order[i] = rank(r, &q[i], i);
    }
    if (r->groups_len)
        qsort(order, r->groups_len, sizeof *order, by_importance);
    for (size_t i = 0; i < r->groups_len; i++)
        q[i] = order[i].q;
    DS_TRY(rc_word_apart(r, q, r->groups_len));
    for (size_t i = 0; i < r->groups_len; i++)
        for (size_t k = 0; k < r->groups[order[i].group].len; k++)
            (*ids)[r->groups[order[i].group].rows[k]] = q[i].id;
    out->questions = q;
    out->questions_len = r->groups_len;
    return DS_OK;
}

/* ---- the story ------------------------------------------------------------------------------------------------------ */

/* Origins that count somewhere: a page in its own voice that only repeats a named holder counts nowhere. */
static ds_status count_origins(const rc *r, const ds_ledger *l, uint32_t *out)
{
    bool *speaks = ds_arena_calloc(r->a, r->story->members_len, sizeof *speaks);
    if (!speaks)
        return DS_NOMEM;
    for (size_t i = 0; i < l->questions_len; i++)
        for (size_t k = 0; k < l->questions[i].origins_len; k++)
            if (l->questions[i].origins[k].kind == DS_HOLDER_NONE)
                speaks[l->questions[i].origins[k].member] = true;
    *out = 0;
    for (size_t o = 0; o < r->origins.len; o++)
        *out += r->origins.at[o].kind != DS_HOLDER_NONE || speaks[r->origins.at[o].member];
    return DS_OK;
}

/* Writes what was found into the story's rows: the last step, and one that cannot fail. */
static void fill_rows(const rc *r, const ds_str *origins, const ds_str *questions)
{
    for (size_t i = 0; i < r->rows_len; i++) {
        ds_row *row = &r->story->rows[i];
        row->question = questions[i];
        row->origin = origins[r->rows[i].origin];
        row->flag = r->marks[i];
    }
}

static ds_status name_origins(rc *r, ds_str **out)
{
    ds_str *names = ds_arena_calloc(r->a, r->origins.len, sizeof *names);
    if (!names)
        return DS_NOMEM;
    for (size_t o = 0; o < r->origins.len; o++)
        if (!(names[o] = ds_arena_printf(r->a, "o%zu", o + 1)).at)
            return DS_NOMEM;
    *out = names;
    return DS_OK;
}

static ds_status run(rc *r, ds_ledger *out)
{
    ds_str *origins, *questions;
    DS_TRY(rc_words_new(r->a, r->lex, &r->words));
    DS_TRY(rc_rows_read(r));
    r->summed = ds_arena_calloc(r->a, r->rows_len, sizeof *r->summed);
    r->marks = ds_arena_calloc(r->a, r->rows_len, sizeof *r->marks);
    r->flagged = ds_map_new(r->a, 0);
    if (!r->summed || !r->marks || !r->flagged)
        return DS_NOMEM;
    DS_TRY(rc_group(r));
    DS_TRY(rc_origins_find(r));
    DS_TRY(rc_denials_read(r));
    DS_TRY(name_origins(r, &origins));
    DS_TRY(rc_check_sums(r));
    DS_TRY(rc_check_drift(r));
    DS_TRY(make_questions(r, out, &questions));
    DS_TRY(rc_forces(r, out));
    DS_TRY(rc_opposites(r, out));
    out->flags = r->flags.at;
    out->flags_len = r->flags.len;
    out->sums_checked = r->sums;
    DS_TRY(count_origins(r, out, &out->origins));
    fill_rows(r, origins, questions);
    return DS_OK;
}

ds_status ds_reconcile(ds_arena *a, const ds_reading *readings, ds_story *story,
                       const ds_lexicon *lex, ds_str rule, ds_ledger *out, ds_err *err)
{
    if (!rc_rule_named(rule))
        return rc_no_rule(a, err);
    rc r = {.a = a, .lex = lex, .readings = readings, .story = story, .rule = rule};
    ds_ledger ledger = {0};
    ds_status st = run(&r, &ledger);
    if (st < 0)
        return ds_fail(err, st, st == DS_LIMIT ? "a sum is too large" : "out of memory", 0);
    *out = ledger;
    return DS_OK;
}
