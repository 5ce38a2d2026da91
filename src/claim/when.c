/* SPDX-License-Identifier: Apache-2.0 */
/* When a figure held, when it was said, and where. */
#include "claim/internal.h"

#define PLACE_REACH 14 /* tokens after the figure within which "to Kirvan" still belongs to it */

/* A weekday or a month is among the words: "3 p.m. Monday", not "3 PM". */
static bool has_name(const claimer *c, const ds_time *t)
{
    ds_str words = ds_str_at(c->doc->text, t->span);
    for (size_t i = 0; i + 1 < words.len; i++)
        if (words.at[i] >= 'A' && words.at[i] <= 'Z' && words.at[i + 1] >= 'a' &&
            words.at[i + 1] <= 'z')
            return true;
    return false;
}

/* "the night of 12 October 2024", "Friday night", "this morning", "3 p.m. Monday": as good as a date. An hour that names no day lies
 * on that of publication for want of another. */
static bool names_day(const claimer *c, const ds_time *t)
{
    ds_day said = c->doc->article->published;
    if (t->anchor != DS_ANCHOR_PUBLICATION || said == DS_DAY_NONE)
        return t->anchor == DS_ANCHOR_ABSOLUTE;
    return t->grain == DS_GRAIN_DAYPART || t->days.hi != said || has_name(c, t);
}

static bool resolved(const claimer *c, const ds_time *t)
{
    bool day = t->type == DS_TIME_DATE || (t->type == DS_TIME_TIME && names_day(c, t));
    return day && !t->vague && (t->days.lo != DS_DAY_NONE || t->days.hi != DS_DAY_NONE);
}

/* Distance from the figure; times that open the sentence reach every figure in it. */
static uint32_t distance(const claimer *c, const ds_time *t, const ds_quantity *q)
{
    if (t->tok <= c->sent->tok + 1)
        return 3;
    return t->tok < q->tok ? q->tok - t->tok_end : t->tok - q->tok_end;
}

/* "since October 2024, when 1,500 soldiers arrived": the clause with the figure happened in that month. */
static bool opens_when(const claimer *c, const ds_time *t, const ds_quantity *q)
{
    for (uint32_t i = t->tok_end; i < q->tok && i < t->tok_end + 3; i++)
        if (norm_is(c, i, "when"))
            return true;
    return false;
}

/* "46 have died since the dam broke on Saturday": the day is where the count begins. */
static bool since_clause(const claimer *c, const ds_time *t, const ds_quantity *q)
{
    for (uint32_t i = t->tok; i > q->tok_end; i--)
        if (upos_at(c, i - 1) == DS_PUNCT || norm_is(c, i - 1, "since"))
            return upos_at(c, i - 1) != DS_PUNCT;
    return false;
}

static void take_time(claimer *c, const ds_quantity *q, const ds_time *t, ds_claim *out)
{
    out->has_when = true;
    out->when = t->days;
    out->inferred = t->inferred;
    bool at = t->role == DS_WHEN_AT || t->role == DS_WHEN_BY || opens_when(c, t, q);
    if (at && t->role == DS_WHEN_SINCE && out->when.hi == DS_DAY_NONE && t->value.len == 7) {
        int y, m, d; /* a month named after "since": the when-clause falls inside it */
        ds_day_split(t->days.lo, &y, &m, &d);
        out->when.hi = ds_day_of(y, m, ds_month_days(y, m));
    }
    if (t->role == DS_WHEN_AT && since_clause(c, t, q))
        out->when.hi = DS_DAY_NONE;
    out->when_words = ds_arena_str(c->arena, ds_str_at(c->doc->text, t->span));
}

/* The first time of a sentence, or behind it. */
static size_t time_from(const ds_marks *marks, uint32_t sent)
{
    size_t lo = 0, hi = marks->times_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (marks->times[mid].sent < sent)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void find_time(claimer *c, const ds_quantity *q, ds_claim *out)
{
    const ds_time *best = NULL, *all_end = c->marks->times + c->marks->times_len;
    uint32_t nearest = UINT32_MAX;
    for (const ds_time *t = c->marks->times + time_from(c->marks, q->sent);
         t < all_end && t->sent == q->sent; t++) {
        if (!resolved(c, t))
            continue;
        uint32_t d = distance(c, t, q);
        if (d < nearest) {
            nearest = d;
            best = t;
        }
    }
    if (best)
        take_time(c, q, best, out);
}

static bool place_word(const claimer *c, uint32_t i)
{
    static const char *const preps[] = {"to",     "in",     "into",    "at",   "near",
                                        "across", "inside", "towards", "from", "around"};
    for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
        if (norm_is(c, i, preps[k]))
            return true;
    static const char *const kinds[] = {"city",   "town",     "village",  "port",
                                        "region", "province", "district", "island"};
    for (size_t k = 0; norm_is(c, i, "of") && i > c->sent->tok && k < sizeof kinds / sizeof *kinds;
         k++)
        if (norm_is(c, i - 1, kinds[k]))
            return true;
    return false;
}

/* An adjective of an actor before a name is no part of it: "the Danish Vask region". */
static bool actor_word(const claimer *c, uint32_t i)
{
    int64_t row = ds_phrase_find(c->actors_p, norm_at(c, i));
    return row >= 0 && ds_str_eq(ds_table_cell(c->actors_t, (uint32_t)row, 2), DS_STR("adjective"));
}

/* Name after a preposition of place: "to the Kirvan region", "in Vask", "the city of Vask". An owner is none: "in
 * Norland's second city". */
static ds_str place_after(claimer *c, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i + 1 < to; i++) {
        uint32_t n = i + 1;
        if (!place_word(c, i))
            continue;
        while (n < to && (upos_at(c, n) == DS_DET || actor_word(c, n)))
            n++;
        uint32_t e = n;
        while (e < to && upos_at(c, e) == DS_PROPN && !in_date(c, e))
            e++;
        if (e > n && !(c->doc->toks[e - 1].flags & DS_TF_POSSESSIVE))
            return ds_arena_str(c->arena, ds_str_cut(c->doc->text, c->doc->toks[n].span.beg,
                                                     c->doc->toks[e - 1].span.end));
    }
    return (ds_str){0};
}

ds_status time_and_place(claimer *c, const ds_quantity *q, const trigger *t, ds_claim *out)
{
    find_time(c, q, out);
    const ds_article *art = c->doc->article;
    if (art->published != DS_DAY_NONE) {
        out->has_as_of = true;
        out->as_of = (ds_days){art->published, art->published};
    } else if (art->window.lo != DS_DAY_NONE || art->window.hi != DS_DAY_NONE) {
        out->has_as_of = true;
        out->inferred = true;
        out->as_of = art->window;
    }
    uint32_t from = q->tok_end, to = from + PLACE_REACH;
    if (t->tok != UINT32_MAX && t->end > from && t->end < from + PLACE_REACH)
        from = t->end;
    if (to > c->sent->tok_end)
        to = c->sent->tok_end;
    out->where_words = from < to ? place_after(c, from, to) : (ds_str){0};
    out->where = out->where_words;
    return DS_OK;
}
