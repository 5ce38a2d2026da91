/* SPDX-License-Identifier: Apache-2.0 */
/* estimate.c - who counts (E1), the ends (E2, E3), rule "range", and the estimate of each day. rules.c has the other rules. */
#include "internal.h"

#include <stdlib.h>

#define STEPS_MAX                                                                                  \
    64 /* days of one question that get an estimate of their own: two months of a daily count, and an
          end to the work where every claim has another day */

/* ---- who counts ------------------------------------------------------------------------------------------------ */

static bool any(const ds_question *q, const rc_standing *st, bool planned, bool vague)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (!x->wider && !st[i].old && x->planned == planned &&
            (x->value.bound == DS_BOUND_VAGUE) == vague)
            return true;
    }
    return false;
}

/* E1: wider and superseded answers do not count; planned ones only where nothing was done; vague ones only alone. */
void rc_mark_counting(const ds_question *q, rc_standing *st)
{
    bool wide = true;
    for (size_t i = 0; i < q->answers_len; i++)
        wide &= q->answers[i].wider;
    bool done = any(q, st, false, false) || any(q, st, false, true);
    bool firm = any(q, st, !done, false);
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        st[i].counts = !st[i].old && (wide || (!x->wider && x->planned == !done &&
                                               (x->value.bound == DS_BOUND_VAGUE) == !firm));
    }
}

/* ---- ends ------------------------------------------------------------------------------------------------------ */

static void lower(ds_estimate *e, ds_frac x)
{
    if (!e->has_low || ds_frac_cmp(x, e->low) < 0)
        e->low = x;
    e->has_low = true;
}

static void raise(ds_estimate *e, ds_frac x)
{
    if (!e->has_high || ds_frac_cmp(x, e->high) > 0)
        e->high = x;
    e->has_high = true;
}

/* E2, E3: the lowest low end and the highest high end; an "at least" above every high end leaves it open. */
void rc_find_ends(const rc_look *l, ds_estimate *e)
{
    const ds_question *q = l->q;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (!l->in[i])
            continue;
        if (v->has_low)
            lower(e, v->low);
        if (v->has_high)
            raise(e, v->high);
    }
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (l->in[i] && v->has_low && !v->has_high && e->has_high &&
            ds_frac_cmp(v->low, e->high) > 0)
            e->has_high = false;
    }
}

/* ---- best ------------------------------------------------------------------------------------------------------ */

/* Distinct origins of answers [beg, end) that give their figure as such (not only as a limit); the first such answer. */
static size_t support(const rc_look *l, size_t beg, size_t end, size_t *first)
{
    size_t n = 0;
    *first = end;
    for (size_t i = beg; i < end; i++) {
        const ds_answer *x = &l->q->answers[i];
        if (!l->in[i] || !rc_is_point(&x->value))
            continue;
        *first = *first == end ? i : *first;
        for (size_t k = 0; k < x->origins_len; k++) {
            n += l->seen[x->origins[k]] != beg + 1;
            l->seen[x->origins[k]] = beg + 1;
        }
    }
    return n;
}

/* Behind the answers with the figure of answer i: they stand in order of their figures, 44 and about 44 are one. */
static size_t figure_end(const ds_question *q, size_t i)
{
    ds_frac figure = rc_stated(&q->answers[i].value);
    size_t end = i + 1;
    while (end < q->answers_len && ds_frac_cmp(rc_stated(&q->answers[end].value), figure) == 0)
        end++;
    return end;
}

rc_winner rc_find_winner(const rc_look *l)
{
    const ds_question *q = l->q;
    rc_winner w = {.answer = q->answers_len};
    memset(l->seen, 0, q->origins_len * sizeof *l->seen);
    for (size_t i = 0, end, first; i < q->answers_len; i = end) {
        end = figure_end(q, i);
        size_t n = support(l, i, end, &first);
        if (n > w.origins) {
            w = (rc_winner){.answer = first, .origins = n};
        } else if (n == w.origins && n > 0) {
            w.ties++;
            w.with = first;
        }
    }
    return w;
}

/* The first sentence of any page that states one of answers [beg, end) on a day. */
static uint32_t first_sentence(const rc_look *l, size_t beg, size_t end, ds_day day)
{
    uint32_t first = UINT32_MAX;
    for (size_t i = beg; i < end; i++)
        for (size_t k = 0; l->in[i] && k < l->q->answers[i].rows_len; k++) {
            const rc_row *row = &l->r->rows[l->q->answers[i].rows[k]];
            if (row->dated && row->day == day && row->c->number < first)
                first = row->c->number;
        }
    return first;
}

bool rc_find_first(const rc_look *l, ds_day day, rc_winner *w)
{
    const ds_question *q = l->q;
    rc_winner best = {.origins = w->origins};
    uint32_t first = UINT32_MAX;
    bool found = false;
    memset(l->seen, 0, q->origins_len * sizeof *l->seen);
    for (size_t i = 0, end, answer; i < q->answers_len; i = end) {
        end = figure_end(q, i);
        uint32_t at = first_sentence(l, i, end, day);
        if (at > first || support(l, i, end, &answer) != w->origins)
            continue;
        found = at < first;
        first = at;
        best.answer = answer;
    }
    if (found)
        *w = best;
    return found;
}

/* The answer that alone counts, or answers_len. */
static size_t the_only(const rc_look *l)
{
    size_t only = l->q->answers_len, n = 0;
    for (size_t i = 0; i < l->q->answers_len; i++)
        if (l->in[i]) {
            only = i;
            n++;
        }
    return n == 1 ? only : l->q->answers_len;
}

/* E4: a question of one origin shows that origin's figure, if it gives one. */
bool rc_lone_best(const rc_look *l, ds_estimate *e)
{
    size_t only = l->q->origins_len < 2 ? the_only(l) : l->q->answers_len;
    if (only == l->q->answers_len)
        return false;
    const ds_value *v = &l->q->answers[only].value;
    e->has_best = v->has_best && (rc_is_point(v) || v->bound == DS_BOUND_ALMOST);
    e->best = v->best;
    return true;
}

/* ---- why ------------------------------------------------------------------------------------------------------- */

void rc_put_stated(ds_buf *b, const ds_question *q, size_t answer)
{
    ds_number_prose(b, rc_stated(&q->answers[answer].value), q->unit);
}

void rc_semicolon(ds_buf *b)
{
    if (b->len)
        ds_buf_puts(b, "; ");
}

static bool some_bound(const ds_question *q, const rc_standing *st, ds_bound x, ds_bound y)
{
    for (size_t i = 0; i < q->answers_len; i++)
        if (st[i].counts && (q->answers[i].value.bound == x || q->answers[i].value.bound == y))
            return true;
    return false;
}

/* All others are superseded, wider or planned. */
static bool one_is_left(const ds_question *q, const rc_standing *st)
{
    size_t left = 0;
    for (size_t i = 0; i < q->answers_len; i++)
        left += st[i].counts;
    return left == 1 && q->answers_len > 1;
}

static void why_best(ds_buf *b, const ds_question *q, const rc_standing *st, const rc_winner *w,
                     bool has_best)
{
    bool none = w->answer == q->answers_len;
    if (q->origins_len < 2) {
        ds_buf_puts(b, has_best ? "one origin: its own figure" : "one origin");
    } else if (has_best) {
        rc_put_stated(b, q, w->answer);
        ds_buf_puts(b, " has ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins, more than any other figure");
    } else if (!none && w->origins >= 2 && w->ties == 1) {
        rc_put_stated(b, q, w->answer);
        ds_buf_puts(b, " and ");
        rc_put_stated(b, q, w->with);
        ds_buf_puts(b, " have ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins each");
    } else if (!none && w->origins >= 2) {
        ds_buf_puts(b, "several figures have ");
        rc_put_count(b, w->origins);
        ds_buf_puts(b, " origins each");
    } else {
        ds_buf_puts(b, none                 ? "all that is known is a limit"
                       : one_is_left(q, st) ? "the one figure that is left has one origin"
                                            : "no two origins agree");
        if (some_bound(q, st, DS_BOUND_AT_MOST, DS_BOUND_LESS_THAN))
            ds_buf_puts(b, "; each “up to” leaves room for the others");
    }
}

/* "C counts more, so it is left out" and the like. */
static void why_left_out(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st)
{
    bool wide = false, planned = false, old = false;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (st[i].counts)
            continue;
        bool *told = st[i].old ? &old : x->wider ? &wide : x->planned ? &planned : NULL;
        if (!told || *told)
            continue;
        *told = true;
        rc_semicolon(b);
        if (told == &wide) {
            ds_buf_put(b, rc_letter(r, r->rows[x->rows[0]].member));
            ds_buf_puts(b, " counts more, so it is left out");
        } else {
            ds_buf_puts(b, told == &old ? "superseded figures are left out"
                                        : "planned and possible figures are left out");
        }
    }
}

/* The high end without what nobody could confirm: "12,000 without the unverified". */
static void why_unverified(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st,
                           const ds_estimate *e)
{
    bool has = false, drop = false;
    ds_frac rest = DS_FRAC(0);
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        if (!st[i].counts || !x->value.has_high)
            continue;
        bool firm = false;
        for (size_t k = 0; k < x->rows_len; k++)
            firm |= r->rows[x->rows[k]].c->certainty != DS_CERT_UNVERIFIED;
        if (!firm) {
            drop = true;
            continue;
        }
        if (!has || ds_frac_cmp(x->value.high, rest) > 0)
            rest = x->value.high;
        has = true;
    }
    if (!e->has_high || !has || !drop || ds_frac_cmp(rest, e->high) >= 0)
        return;
    rc_semicolon(b);
    ds_buf_puts(b, "high ");
    ds_number_prose(b, rest, q->unit);
    ds_buf_puts(b, " without the unverified");
}

static void why_flagged(const rc *r, ds_buf *b, const ds_question *q, const rc_standing *st)
{
    (void)r;
    for (size_t i = 0; i < q->answers_len; i++) {
        if (!st[i].counts || !q->answers[i].flagged)
            continue;
        rc_semicolon(b);
        rc_put_stated(b, q, i);
        ds_buf_puts(b, " is flagged");
        return;
    }
}

/* E2 to E5: all figures that count, and the one that most origins give. */
ds_status rc_rule_range(const rc_look *l, ds_estimate *e, ds_buf *why)
{
    const ds_question *q = l->q;
    rc_find_ends(l, e);
    rc_winner w = rc_find_winner(l);
    if (!rc_lone_best(l, e) && w.answer < q->answers_len && w.origins >= 2 && w.ties == 0) {
        e->has_best = true;
        e->best = q->answers[w.answer].value.best;
    }
    why_best(why, q, l->st, &w, e->has_best);
    why_left_out(l->r, why, q, l->st);
    why_flagged(l->r, why, q, l->st);
    why_unverified(l->r, why, q, l->st, e);
    return DS_OK;
}

/* ---- one question --------------------------------------------------------------------------------------------- */

/* Low, best and high of the answers that stand, by the rule of `r`. st: marked here. */
static ds_status estimate(rc *r, const ds_question *q, rc_standing *st, ds_estimate *e)
{
    const rc_rule *rule = rc_rule_named(r->rule);
    rc_look l = {r, q, st, ds_arena_calloc(r->a, q->answers_len, sizeof *l.in),
                 ds_arena_calloc(r->a, q->origins_len, sizeof *l.seen)};
    ds_buf b = ds_buf_new(r->a);
    if (!rule || !l.in || !l.seen)
        return rule ? DS_NOMEM : DS_BAD;
    rc_mark_counting(q, st);
    for (size_t i = 0; i < q->answers_len; i++)
        l.in[i] = st[i].counts;
    *e = (ds_estimate){.rule = rule->is.name};
    DS_TRY(rule->estimate(&l, e, &b));
    return ds_buf_take(&b, &e->why);
}

/* ---- by date ---------------------------------------------------------------------------------------------------- */

static int by_day(const void *pa, const void *pb)
{
    const ds_day *a = pa, *b = pb;
    return (*a > *b) - (*a < *b);
}

typedef DS_VEC(ds_day) days_list;

/* The days on which the question's figures were so, or were said, in order and each once. */
static ds_status days_of(rc *r, const ds_question *q, days_list *out)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++) {
            const rc_row *row = &r->rows[q->answers[i].rows[k]];
            if (row->dated)
                DS_TRY(DS_PUSH(r->a, out, row->day));
        }
    if (out->len)
        qsort(out->at, out->len, sizeof *out->at, by_day);
    size_t n = 0;
    for (size_t i = 0; i < out->len; i++)
        if (n == 0 || out->at[i] != out->at[n - 1])
            out->at[n++] = out->at[i];
    out->len = n;
    return DS_OK;
}

/* The question as it stood on a day: of its rows, `all`, those dated by then, with the answers and the origins of these alone.
 * day: one of them, or later. */
static ds_status known_by(rc *r, const ds_question *q, const rc_question *all, ds_day day,
                          ds_question *out)
{
    rc_question known = {.rows = ds_arena_calloc(r->a, all->len, sizeof *known.rows)};
    ds_answer *answers;
    if (!known.rows)
        return DS_NOMEM;
    for (size_t i = 0; i < all->len; i++)
        if (r->rows[all->rows[i]].dated && r->rows[all->rows[i]].day <= day)
            known.rows[known.len++] = all->rows[i];
    *out = (ds_question){.unit = q->unit};
    return rc_answers(r, &known, out, &answers);
}

/* Which answer of q each of those known by a day is: both are in one order, and the known ones are some of q's. */
static void find_answers(const ds_question *q, const ds_question *known, uint32_t *place)
{
    for (size_t i = 0, k = 0; i < q->answers_len; i++) {
        place[i] = RC_NONE;
        const ds_answer *x = &q->answers[i];
        bool same = k < known->answers_len && x->planned == known->answers[k].planned &&
                    rc_value_eq(&x->value, &known->answers[k].value);
        for (size_t n = 0; same && n < x->rows_len; n++)
            if (x->rows[n] == known->answers[k].rows[0]) {
                place[i] = (uint32_t)k++;
                break;
            }
    }
}

/* The older answer of each pair of which one updates the other, where both are known. place: of q's answers among those of
 * `st`, RC_NONE: not known; NULL: they are the same. */
static void mark_old(const ds_question *q, const uint32_t *place, rc_standing *st)
{
    for (size_t i = 0; i < q->pairs_len; i++) {
        const ds_pair *p = &q->pairs[i];
        uint32_t a = place ? place[p->a] : p->a, b = place ? place[p->b] : p->b;
        if (p->verdict != DS_V_UPDATES || a == RC_NONE || b == RC_NONE || !st[a].dated ||
            !st[b].dated)
            continue;
        st[st[a].first < st[b].first ? a : b].old = true;
    }
}

static bool same_end(bool has_x, ds_frac x, bool has_y, ds_frac y)
{
    return has_x == has_y && (!has_x || ds_frac_cmp(x, y) == 0);
}

static bool same_step(const ds_step *x, const ds_step *y)
{
    return same_end(x->has_low, x->low, y->has_low, y->low) &&
           same_end(x->has_best, x->best, y->has_best, y->best) &&
           same_end(x->has_high, x->high, y->has_high, y->high);
}

static ds_status estimate_on(rc *r, const ds_question *q, const rc_question *all, ds_day day,
                             ds_estimate *out)
{
    ds_question known;
    rc_standing *st;
    uint32_t *place = ds_arena_calloc(r->a, q->answers_len, sizeof *place);
    if (!place)
        return DS_NOMEM;
    DS_TRY(known_by(r, q, all, day, &known));
    DS_TRY(rc_standings(r, &known, &st));
    find_answers(q, &known, place);
    mark_old(q, place, st);
    return estimate(r, &known, st, out);
}

static ds_status rows_of(rc *r, const ds_question *q, rc_question *out)
{
    size_t n = 0;
    for (size_t i = 0; i < q->answers_len; i++)
        n += q->answers[i].rows_len;
    *out = (rc_question){.rows = ds_arena_calloc(r->a, n, sizeof *out->rows)};
    for (size_t i = 0; out->rows && i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            out->rows[out->len++] = q->answers[i].rows[k];
    return out->rows ? DS_OK : DS_NOMEM;
}

/* E6: the estimate as it stood on each day on which it moved, by the same rule. */
static ds_status by_date(rc *r, ds_question *q)
{
    days_list days = {0};
    DS_VEC(ds_step) steps = {0};
    rc_question all;
    DS_TRY(days_of(r, q, &days));
    DS_TRY(rows_of(r, q, &all));
    for (size_t d = days.len > STEPS_MAX ? days.len - STEPS_MAX : 0; d < days.len; d++) {
        ds_estimate e;
        DS_TRY(estimate_on(r, q, &all, days.at[d], &e));
        ds_step s = {days.at[d], e.has_low, e.has_best, e.has_high, e.low, e.best, e.high};
        if (!steps.len || !same_step(&steps.at[steps.len - 1], &s))
            DS_TRY(DS_PUSH(r->a, &steps, s));
    }
    q->estimate.steps = steps.at;
    q->estimate.steps_len = steps.len;
    return DS_OK;
}

ds_status rc_estimate(rc *r, ds_question *q, rc_standing *st)
{
    ds_estimate e;
    DS_TRY(estimate(r, q, st, &e));
    q->estimate = e;
    return by_date(r, q);
}

/* ---- a finished story by another rule ------------------------------------------------------------------------ */

static ds_status estimate_again(rc *r, ds_question *q)
{
    rc_standing *st;
    DS_TRY(rc_standings(r, q, &st));
    mark_old(q, NULL, st);
    return rc_estimate(r, q, st);
}

/* The rows of a finished story, as far as estimates look at them. */
static void read_again(rc *r, const ds_ledger *l)
{
    for (size_t i = 0; i < r->rows_len; i++) {
        r->rows[i].c = &r->story->rows[i].claim;
        r->rows[i].member = r->story->rows[i].member;
        rc_read_day(&r->rows[i]);
    }
    for (size_t i = 0; i < l->questions_len; i++)
        for (size_t k = 0; k < l->questions[i].answers_len; k++) {
            const ds_answer *x = &l->questions[i].answers[k];
            for (size_t n = 0; n < x->rows_len; n++) {
                rc_row *row = &r->rows[x->rows[n]];
                row->value = x->value;
                row->planned = x->planned;
                row->wider = x->wider;
                row->denied =
                    row->c->certainty == DS_CERT_DENIED && rc_stated(&row->value).num != 0;
            }
        }
}

/* An origin is what its first row says, or a named holder where one of its rows has one. */
static ds_status origins_again(rc *r)
{
    ds_map *number = ds_map_new(r->a, 0);
    uint32_t *first = ds_arena_calloc(r->a, r->rows_len, sizeof *first);
    r->origins.at = ds_arena_calloc(r->a, r->rows_len, sizeof *r->origins.at);
    r->spare = ds_arena_calloc(r->a, r->rows_len, sizeof *r->spare);
    if (!number || !first || !r->origins.at || !r->spare)
        return DS_NOMEM;
    DS_TRY(rc_rank_rows(r));
    for (size_t i = 0; i < r->rows_len; i++) {
        rc_row *row = &r->rows[i];
        uint64_t n = r->origins.len;
        if (ds_map_get(number, r->story->rows[i].origin, &n) == DS_NONE) {
            DS_TRY(ds_map_put(number, r->story->rows[i].origin, n));
            first[r->origins.len++] = RC_NONE;
        }
        row->origin = (uint32_t)n;
        ds_origin *o = &r->origins.at[n];
        ds_holder_kind kind =
            row->c->said_by_len ? row->c->said_by[ds_holding_link(row->c)].kind : DS_HOLDER_NONE;
        if (kind == DS_HOLDER_NAMED || (o->kind != DS_HOLDER_NAMED && row->rank < first[n]))
            o->kind = kind;
        first[n] = row->rank < first[n] ? row->rank : first[n];
    }
    return DS_OK;
}

static ds_status reckon_again(rc *r, ds_day last, ds_ledger *l)
{
    ds_question *q = ds_arena_calloc(r->a, l->questions_len, sizeof *q);
    r->rows = ds_arena_calloc(r->a, r->rows_len, sizeof *r->rows);
    r->summed = ds_arena_calloc(r->a, r->rows_len, sizeof *r->summed);
    if (!q || !r->rows || !r->summed)
        return DS_NOMEM;
    read_again(r, l);
    DS_TRY(origins_again(r));
    r->last = last != DS_DAY_NONE ? last : rc_last_told(r);
    for (size_t i = 0; i < l->questions_len; i++) {
        q[i] = l->questions[i];
        DS_TRY(estimate_again(r, &q[i]));
    }
    l->questions = q;
    return rc_forces_again(r, l);
}

ds_status ds_reconcile_by(ds_arena *a, ds_story *story, ds_day last, ds_str rule, ds_ledger *io,
                          ds_err *err)
{
    rc r = {.a = a, .story = story, .rule = rule, .rows_len = story->rows_len};
    ds_ledger l = *io;
    if (!rc_rule_named(rule))
        return rc_no_rule(a, err);
    ds_status st = reckon_again(&r, last, &l);
    if (st < 0)
        return ds_fail(err, st, st == DS_LIMIT ? "a sum is too large" : "out of memory", 0);
    *io = l;
    return DS_OK;
}
