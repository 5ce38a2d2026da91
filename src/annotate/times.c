/* SPDX-License-Identifier: Apache-2.0 */
/* times.c - finds time expressions and resolves them: the loop over sentences, pages without a date. */
#include "annotate/times_internal.h"

/* A page without a date is read once for each end of its window. Wider than a third of a year it says no more than "not
 * before its start": months would be resolved to two years. */
enum { WINDOW_MAX_DAYS = 122 };
typedef DS_VEC(ds_time) ds_times;

/* ---- sentences --------------------------------------------------------------------------------------------------- */

/* A dateline stands in one of the first sentences of the body. */
enum { DATELINE_SENTS = 3, DATELINE_DAYS = 7, SAID_DAYS = 6 };

static bool rests_on_publication(ds_time_anchor a)
{
    return a == DS_ANCHOR_PUBLICATION || a == DS_ANCHOR_REFERENCE;
}

static bool is_firm(const times *t, const found *f)
{
    return f->anchor == DS_ANCHOR_ABSOLUTE ||
           (f->anchor == DS_ANCHOR_REFERENCE && t->ref.grain != G_NONE && t->ref_firm);
}

static ds_status keep(times *t, const found *f, ds_times *out)
{
    const piece *first = &t->p.at[f->beg], *last = &t->p.at[f->end - 1];
    ds_str value = ds_arena_str(t->arena, ds_str_of(f->value));
    if (!value.at)
        return DS_NOMEM;
    ds_time one = {
        .span = {first->span.beg, piece_end(t, f->end - 1)},
        .sent = t->sent,
        .tok = first->tok,
        .tok_end = last->tok_end,
        .type = f->type,
        .value = value,
        .mod = ds_str_of(f->mod),
        .days = f->days,
        .anchor = f->anchor,
        .grain = f->grain,
        .zone = f->zone,
        .inferred = t->undated && rests_on_publication(f->anchor) && !is_firm(t, f),
        .vague = f->vague,
    };
    if (f->event_end > f->event) {
        one.event = (ds_span){t->p.at[f->event].span.beg, piece_end(t, f->event_end - 1)};
        one.offset = f->offset;
    }
    if (t->loose && f->anchor == DS_ANCHOR_PUBLICATION && !f->named)
        one.days.hi = DS_DAY_NONE; /* "Friday" of a week that is not known: then or later */
    role_apply(t, f, &one);
    return DS_PUSH(t->arena, out, one);
}

/* A dateline, or a day on which something was said, is what the rest counts from. */
static void move_anchor(times *t, const found *f, bool first)
{
    if (first && t->doc->sents[t->sent].part == DS_PART_BODY && t->body_sents <= DATELINE_SENTS &&
        is_dateline(t, f)) {
        bool near =
            t->pub == DS_DAY_NONE || (f->at.n <= t->pub && t->pub - f->at.n <= DATELINE_DAYS);
        if (near || t->undated)
            t->dated = t->pub = f->at.n;
        return;
    }
    if (t->pub != DS_DAY_NONE && is_said_then(t, f) && f->days.hi < t->pub - SAID_DAYS)
        t->pub = f->days.lo;
}

static ds_status read_sentence(times *t, ds_times *out)
{
    const ds_sentence *s = &t->doc->sents[t->sent];
    DS_TRY(pieces_read(t, s));
    t->word_from = s->word;
    found before = FOUND_NONE, f;
    for (uint32_t i = 0; i < t->p.len; i = f.end) {
        bool more = before.end == i && i > 0 && next_day_at(t, i, &before, &f);
        if (!more && !(may_start(t, i) && time_at(t, i, &f))) {
            f.end = i + 1;
            continue;
        }
        if (t->pub != t->dated && f.anchor == DS_ANCHOR_PUBLICATION)
            f.anchor = DS_ANCHOR_REFERENCE;
        DS_TRY(keep(t, &f, out));
        if (before.end > 0)
            DS_TRY(range_join(t, &before, &f, &out->at[out->len - 2], &out->at[out->len - 1]));
        move_anchor(t, &f, before.end == 0);
        if (f.at.grain != G_NONE) {
            t->ref_firm = is_firm(t, &f);
            t->ref = f.at;
            t->ref_sent = t->sent;
        }
        if (f.at.grain == G_QUARTER) {
            t->quarter = f.at;
            t->quarter_sent = t->sent;
        }
        t->prev = before = f;
        t->prev_sent = t->sent;
    }
    t->pub = t->dated;
    return DS_OK;
}

static ds_status read_all(times *t, ds_day pub, ds_times *out)
{
    t->pub = t->dated = pub;
    t->ref = t->quarter = (stretch){G_NONE, 0};
    t->ref_firm = false;
    t->prev.end = 0;
    t->body_sents = 0;
    for (size_t s = 0; s < t->doc->sents_len; s++) {
        t->sent = (uint32_t)s;
        t->body_sents += t->doc->sents[s].part == DS_PART_BODY;
        if (pieces_wanted(t, &t->doc->sents[s]))
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

/* Resolves against both ends of the window: the days hold every reading, the value is the later end's. */
static ds_status read_window(times *t, ds_days window, ds_times *out)
{
    ds_times lo = {0};
    DS_TRY(read_all(t, window.hi, out));
    if (window.lo != window.hi)
        DS_TRY(read_all(t, window.lo, &lo));
    for (size_t i = 0, k = 0; i < out->len; i++) { /* both are in text order */
        ds_time *m = &out->at[i];
        while (k < lo.len && lo.at[k].span.beg < m->span.beg)
            k++;
        if (m->inferred && k < lo.len && lo.at[k].span.beg == m->span.beg)
            m->days = hull(m->days, lo.at[k].days);
    }
    return DS_OK;
}

/* Days of a value that names a day, a month or, where `years` count, a year; false for others. */
static bool value_days(ds_str value, bool years, ds_days *out)
{
    enum { YEAR_LEN = 4, MONTH_LEN = 7, DAY_LEN = 10 };
    ds_day d;
    char first[DAY_LEN] = "YYYY-01-01"; /* no terminator: a view */
    if (value.len < DAY_LEN && value.len != MONTH_LEN && !(years && value.len == YEAR_LEN))
        return false;
    memcpy(first, value.at, value.len < DAY_LEN ? value.len : DAY_LEN);
    if (ds_day_parse((ds_str){first, DAY_LEN}, &d) < 0)
        return false;
    *out = value.len == YEAR_LEN    ? stretch_days(stretch_at(G_YEAR, d))
           : value.len == MONTH_LEN ? stretch_days(stretch_at(G_MONTH, d))
                                    : (ds_days){d, d};
    return true;
}

/* The latest day, month or, where `years` count, year among dates; `named`: only those that name their year, for years
 * always. DS_DAYS_NONE: none. */
static ds_days latest(const ds_times *all, bool named, bool years)
{
    ds_days best = DS_DAYS_NONE, d;
    for (size_t i = 0; i < all->len; i++) {
        const ds_time *m = &all->at[i];
        if (m->type != DS_TIME_DATE || m->vague || m->anchor == DS_ANCHOR_NONE ||
            (named && m->anchor != DS_ANCHOR_ABSOLUTE) || !value_days(m->value, years, &d))
            continue;
        if (best.lo == DS_DAY_NONE || d.lo > best.lo)
            best = d;
    }
    return best;
}

/* Only "not before `from`" is known: months and days without a year are the nearest to it, whatever the tense, and the
 * first day of the latest of them is what the rest counts from. */
static ds_status read_loose(times *t, ds_day from, ds_times *out)
{
    ds_times first = {0};
    t->loose = true;
    DS_TRY(read_all(t, from, &first));
    ds_days d = latest(&first, false, false);
    if (d.lo != DS_DAY_NONE && d.lo > from)
        from = d.lo;
    return read_window(t, (ds_days){from, from}, out);
}

static ds_status read_undated(times *t, ds_times *out)
{
    ds_days w = t->doc->article->window;
    bool open = w.lo == DS_DAY_NONE;
    if (!open && w.hi != DS_DAY_NONE && w.hi >= w.lo && w.hi - w.lo <= WINDOW_MAX_DAYS)
        return read_window(t, w, out);
    ds_day from = w.lo;
    if (open) { /* nothing, or only "not after": what the page itself names */
        ds_times all = {0};
        DS_TRY(read_all(t, DS_DAY_NONE, &all));
        from = latest(&all, true, w.hi != DS_DAY_NONE).lo;
        if (w.hi != DS_DAY_NONE && (from == DS_DAY_NONE || from > w.hi))
            return read_window(t, (ds_days){w.hi, w.hi}, out);
        if (from == DS_DAY_NONE) {
            *out = all;
            return DS_OK;
        }
    }
    return read_loose(t, from, out);
}

ds_status ds_annotate_times(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                            const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    times t = {.arena = a, .doc = doc, .parse = parse};
    DS_TRY(pieces_open(&t, lex, err));
    ds_times all = {0};
    ds_day pub = doc->article->published;
    t.undated = pub == DS_DAY_NONE;
    ds_status st = t.undated ? read_undated(&t, &all) : read_all(&t, pub, &all);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    out->times = all.at;
    out->times_len = all.len;
    return DS_OK;
}
