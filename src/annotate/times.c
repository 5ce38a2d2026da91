/* SPDX-License-Identifier: Apache-2.0 */
/* times.c - finds time expressions and resolves them: the loop over sentences, roles, ranges, pages without a date. */
#include "annotate/times_internal.h"

/* A page without a date is read once for each end of its window. Wider than a third of a year it says no more than "not
 * before its start": months would be resolved to two years. */
enum { WINDOW_MAX_DAYS = 122 };
/* "since the end of the long war (1950-53)": how far before the bracket its preposition may stand. */
enum { BRACKET_REACH = 10 };

typedef DS_VEC(ds_time) ds_times;

/* Longest first; of two that are as long, the earlier row. */
static matcher *const matchers[] = {
    match_date,    match_numeric_date, match_holiday,  match_weekday,      match_day_word,
    match_daypart, match_clock,        match_relative, match_ordinal_unit, match_season,
    match_decade,  match_duration,     match_set,      match_reference,    match_year,
};

/* Can an expression begin here? Most words of a text cannot, and cost no more than this. */
static bool may_begin(const piece *p)
{
    return p->mask != 0 || p->number >= 0 || p->kind == DS_TOK_NUMBER ||
           ds_str_eq(p->norm, DS_STR("per")) || ds_str_eq(p->norm, DS_STR("half")) ||
           ds_str_eq(p->norm, DS_STR("another")) || (p->norm.len == 2 && p->norm.at[0] == 'q');
}

static bool longest(const times *t, uint32_t i, found *best)
{
    best->end = 0;
    for (size_t m = 0; m < sizeof matchers / sizeof *matchers; m++) {
        found f = {.beg = i, .days = DS_DAYS_NONE, .turn = DS_DAY_NONE};
        if (matchers[m](t, i, &f) && f.end > best->end && f.end > i) {
            f.beg = i;
            *best = f;
        }
    }
    return best->end > i;
}

/* ---- roles ------------------------------------------------------------------------------------------------------- */

/* The preposition that governs piece i: right before it (over "the", "about", "early"), or, for a bracket, before the
 * phrase that the bracket explains. */
static uint32_t governor(const times *t, uint32_t i)
{
    uint32_t k = i;
    while (k > 0 && (is(t, k - 1, C_DET) || is(t, k - 1, C_MOD) || is(t, k - 1, C_PART)))
        k--;
    if (k > 0 && is_punct(t, k - 1, '(')) {
        for (uint32_t b = k - 1; b > 0 && k - b < BRACKET_REACH; b--) {
            if (is_punct(t, b - 1, ',') || is_punct(t, b - 1, ';'))
                return UINT32_MAX;
            if (is(t, b - 1, C_PREP) && !ds_str_eq(value_of(t, b - 1, C_PREP), DS_STR("at")))
                return b - 1;
        }
        return UINT32_MAX;
    }
    return k > 0 && is(t, k - 1, C_PREP) ? k - 1 : UINT32_MAX;
}

/* Opens or cuts the days as the preposition says. */
static void apply_role(const times *t, const found *f, ds_time *out)
{
    uint32_t g = governor(t, f->beg);
    if (g == UINT32_MAX || f->type == DS_TIME_DURATION || f->type == DS_TIME_SET)
        return;
    ds_str role = value_of(t, g, C_PREP);
    ds_days d = out->days;
    bool bracket = g + 1 < f->beg && f->turn != DS_DAY_NONE;
    if (is_word(t, g, "from") && f->turn != DS_DAY_NONE) /* "from February 12th to 18th" */
        return;
    if (ds_str_eq(role, DS_STR("since")) || ds_str_eq(role, DS_STR("after"))) {
        out->role = DS_WHEN_SINCE;
        if (d.hi == DS_DAY_NONE)
            return;
        if (bracket) /* since the end of what the range spans */
            d.lo = f->turn;
        else if (ds_str_eq(role, DS_STR("after")) && d.lo == d.hi)
            d.lo = d.hi + 1;
        out->days = (ds_days){d.lo, DS_DAY_NONE};
    } else if (ds_str_eq(role, DS_STR("until"))) {
        out->role = DS_WHEN_UNTIL;
        out->days = (ds_days){DS_DAY_NONE, d.hi};
    } else if (ds_str_eq(role, DS_STR("before"))) {
        out->role = DS_WHEN_UNTIL;
        out->days = (ds_days){DS_DAY_NONE, d.lo == DS_DAY_NONE ? d.hi : d.lo - 1};
    } else if (ds_str_eq(role, DS_STR("by"))) {
        out->role = DS_WHEN_BY;
    }
}

/* "from A to B", "between A and B": one interval for both. `gap` is the only piece between them. */
static void join_range(const times *t, const found *a, const found *b, ds_time *ta, ds_time *tb)
{
    if (b->beg != a->end + 1 || a->beg == 0 || a->days.lo == DS_DAY_NONE ||
        b->days.hi == DS_DAY_NONE || a->days.lo > b->days.hi || a->type == DS_TIME_DURATION ||
        b->type == DS_TIME_DURATION)
        return;
    bool from =
        is_word(t, a->beg - 1, "from") &&
        (is_word(t, a->end, "to") || is_word(t, a->end, "until") || is_word(t, a->end, "through"));
    bool between = is_word(t, a->beg - 1, "between") && is_word(t, a->end, "and");
    if (!from && !between)
        return;
    ta->days = tb->days = (ds_days){a->days.lo, b->days.hi};
    ta->role = tb->role = DS_WHEN_AT;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static ds_status keep(times *t, const found *f, ds_times *out)
{
    const piece *first = &t->p.at[f->beg], *last = &t->p.at[f->end - 1];
    ds_str value = ds_arena_str(t->arena, ds_str_of(f->value));
    if (!value.at)
        return DS_NOMEM;
    ds_time one = {
        .span = {first->span.beg, last->span.end},
        .sent = t->sent,
        .tok = first->tok,
        .tok_end = last->tok_end,
        .type = f->type,
        .value = value,
        .mod = ds_str_of(f->mod),
        .days = f->days,
        .anchor = f->anchor,
        .vague = f->vague,
    };
    if (t->loose && f->anchor == DS_ANCHOR_PUBLICATION && !f->named)
        one.days.hi = DS_DAY_NONE; /* "Friday" of a week that is not known: then or later */
    apply_role(t, f, &one);
    return DS_PUSH(t->arena, out, one);
}

static ds_status read_sentence(times *t, ds_times *out)
{
    DS_TRY(pieces_read(t, &t->doc->sents[t->sent]));
    found before = {0};
    for (uint32_t i = 0; i < t->p.len;) {
        found f;
        if (!may_begin(&t->p.at[i]) || !longest(t, i, &f)) {
            i++;
            continue;
        }
        DS_TRY(keep(t, &f, out));
        if (before.end > 0)
            join_range(t, &before, &f, &out->at[out->len - 2], &out->at[out->len - 1]);
        if (f.at.grain != G_NONE) {
            t->ref = f.at;
            t->ref_sent = t->sent;
        }
        before = f;
        i = f.end;
    }
    return DS_OK;
}

static ds_status read_all(times *t, ds_day pub, ds_times *out)
{
    t->pub = pub;
    t->ref = (stretch){G_NONE, 0};
    for (size_t s = 0; s < t->doc->sents_len; s++) {
        t->sent = (uint32_t)s;
        DS_TRY(read_sentence(t, out));
    }
    return DS_OK;
}

/* ---- pages without a date -------------------------------------------------------------------------------------------- */

static ds_days hull(ds_days a, ds_days b)
{
    if (a.lo == DS_DAY_NONE && a.hi == DS_DAY_NONE)
        return b;
    if (a.lo != DS_DAY_NONE)
        a.lo = b.lo == DS_DAY_NONE ? (b.hi == DS_DAY_NONE ? a.lo : DS_DAY_NONE)
                                   : (a.lo < b.lo ? a.lo : b.lo);
    if (a.hi != DS_DAY_NONE)
        a.hi = b.hi == DS_DAY_NONE ? (b.lo == DS_DAY_NONE ? a.hi : DS_DAY_NONE)
                                   : (a.hi > b.hi ? a.hi : b.hi);
    return a;
}

static bool rests_on_publication(const ds_time *m)
{
    return m->anchor == DS_ANCHOR_PUBLICATION || m->anchor == DS_ANCHOR_REFERENCE;
}

/* Resolves against both ends of the window: the days hold every reading, the value is the later end's. */
static ds_status read_window(times *t, ds_days window, ds_times *out)
{
    ds_times lo = {0};
    DS_TRY(read_all(t, window.hi, out));
    if (window.lo != window.hi)
        DS_TRY(read_all(t, window.lo, &lo));
    for (size_t i = 0; i < out->len; i++) {
        ds_time *m = &out->at[i];
        if (!rests_on_publication(m))
            continue;
        m->inferred = true;
        for (size_t k = 0; k < lo.len; k++)
            if (lo.at[k].span.beg == m->span.beg) {
                m->days = hull(m->days, lo.at[k].days);
                break;
            }
    }
    return DS_OK;
}

/* Days of a value that names a month or a day; false for others. */
static bool value_days(ds_str value, ds_days *out)
{
    enum { MONTH_LEN = 7, DAY_LEN = 10 };
    ds_day d;
    char first[DAY_LEN] = "YYYY-MM-01"; /* no terminator: a view */
    if (value.len != MONTH_LEN && value.len < DAY_LEN)
        return false;
    memcpy(first, value.at, value.len < DAY_LEN ? MONTH_LEN : DAY_LEN);
    if (ds_day_parse((ds_str){first, DAY_LEN}, &d) < 0)
        return false;
    *out = value.len == MONTH_LEN ? stretch_days(stretch_at(G_MONTH, d)) : (ds_days){d, d};
    return true;
}

/* The latest month or day among dates; `named`: only those that name their year. DS_DAYS_NONE: none. */
static ds_days latest(const ds_times *all, bool named)
{
    ds_days best = DS_DAYS_NONE, d;
    for (size_t i = 0; i < all->len; i++) {
        const ds_time *m = &all->at[i];
        if (m->type != DS_TIME_DATE || m->vague || m->anchor == DS_ANCHOR_NONE ||
            (named && m->anchor != DS_ANCHOR_ABSOLUTE) || !value_days(m->value, &d))
            continue;
        if (best.lo == DS_DAY_NONE || d.hi > best.hi)
            best = d;
    }
    return best;
}

/* Only "not before `from`" is known: months and days without a year are the nearest to it, whatever the tense, and the
 * latest of them is the day that the rest counts from. */
static ds_status read_loose(times *t, ds_day from, ds_times *out)
{
    ds_times first = {0};
    t->loose = true;
    DS_TRY(read_all(t, from, &first));
    ds_days d = latest(&first, false);
    if (d.hi != DS_DAY_NONE && d.hi > from)
        from = d.hi;
    return read_window(t, (ds_days){from, from}, out);
}

static ds_status read_undated(times *t, ds_times *out)
{
    ds_days w = t->doc->article->window;
    if (w.hi != DS_DAY_NONE &&
        (w.lo == DS_DAY_NONE || (w.hi >= w.lo && w.hi - w.lo <= WINDOW_MAX_DAYS)))
        return read_window(t, (ds_days){w.lo == DS_DAY_NONE ? w.hi : w.lo, w.hi}, out);
    ds_day from = w.lo;
    if (from == DS_DAY_NONE) {
        ds_times all = {0};
        DS_TRY(read_all(t, DS_DAY_NONE, &all));
        from = latest(&all, true).hi;
        if (from == DS_DAY_NONE) {
            *out = all;
            return DS_OK;
        }
    }
    return read_loose(t, from, out);
}

ds_status ds_annotate_times(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_marks *out,
                            ds_err *err)
{
    times t = {.arena = a, .doc = doc};
    t.words = ds_lexicon_phrases(lex, "times");
    t.words_t = ds_lexicon_table(lex, "times");
    t.numbers = ds_lexicon_phrases(lex, "numbers");
    t.numbers_t = ds_lexicon_table(lex, "numbers");
    t.lemmas = ds_lexicon_phrases(lex, "lemmas");
    t.lemmas_t = ds_lexicon_table(lex, "lemmas");
    if (!t.words)
        return ds_fail(err, DS_BAD, "the lexicon has no table times", 0);
    ds_times all = {0};
    ds_day pub = doc->article->published;
    ds_status st = pub != DS_DAY_NONE ? read_all(&t, pub, &all) : read_undated(&t, &all);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    out->times = all.at;
    out->times_len = all.len;
    return DS_OK;
}
