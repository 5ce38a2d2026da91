/* SPDX-License-Identifier: Apache-2.0 */
/* times_relative.c - "last week", "early this year", "the previous day", "the past six months", "the third quarter". */
#include "annotate/times_internal.h"

/* Which of the unit: shift from publication or, with *ref, from the time last mentioned. */
static bool which_at(const times *t, uint32_t i, bool det, int *shift, bool *ref, bool *rolling)
{
    *ref = *rolling = false;
    if (is(t, i, C_SAME)) {
        *shift = number_of(t, i, C_SAME);
        *ref = true;
        return det || is_word(t, i, "that");
    }
    if (is(t, i, C_LAST) || is(t, i, C_PAST)) {
        *shift = -1;
        *rolling = is(t, i, C_PAST) || (det && is_word(t, i, "last"));
        return true;
    }
    if (is(t, i, C_NEXT)) {
        *shift = 1;
        *ref = det && is_word(t, i + 1, "day");
        return true;
    }
    *shift = 0;
    return is(t, i, C_THIS);
}

/* "the past six months", "the next few days": from publication back or on. */
static bool rolling_span(const times *t, uint32_t i, uint32_t k, int shift, found *out)
{
    found d = FOUND_NONE;
    if (is(t, k, C_MOD) || !match_duration(t, k, &d) || d.type != DS_TIME_DURATION ||
        !is(t, d.end - 1, C_UNITS))
        return false;
    *out = d;
    out->beg = i;
    out->mod = NULL;
    if (t->pub == DS_DAY_NONE || shift == 0)
        return true;
    enum { SOME = 4 }; /* units: "a few" are three to five */
    int32_t days = d.length;
    if (days == 0) { /* "the past few weeks": some of them */
        int32_t unit = unit_days(value_of(t, d.end - 1, C_UNITS));
        days = unit ? SOME * unit : 1;
        out->vague = true;
    }
    out->days = shift < 0 ? (ds_days){t->pub - days, t->pub} : (ds_days){t->pub, t->pub + days};
    out->anchor = DS_ANCHOR_PUBLICATION;
    return true;
}

/* "last March", "next May": before or after publication's own month; "this June": the nearest. "the previous August": before
 * the time last spoken of. */
static bool month_of(const times *t, uint32_t k, int shift, bool ref, const char *mod, found *out)
{
    stretch base = base_stretch(t, G_MONTH, ref);
    if (base.grain == G_NONE || !t->p.at[k].cap)
        return false;
    int32_t now = base.n, m = number_of(t, k, C_MONTH) - 1;
    int32_t n = now - ((now - m) % 12 + 12) % 12; /* latest, this one included */
    if (shift < 0 && n == now)
        n -= 12;
    enum { HALF = 6 };
    if (shift > 0 || (shift == 0 && now - n > HALF))
        n += 12;
    found_stretch(out, k + 1, (stretch){G_MONTH, n}, mod,
                  ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    return true;
}

static bool weekend(const times *t, uint32_t end, int shift, bool bare, const char *mod, found *out)
{
    if (t->pub == DS_DAY_NONE)
        return false;
    stretch s = stretch_at(G_WEEKEND, t->pub);
    if (bare && ds_day_weekday(t->pub) < 5 && tense_at(t, end - 1, end, false) <= 0)
        shift = -1; /* "over the weekend": the latest that has begun */
    s.n += shift;
    found_stretch(out, end, s, mod, DS_ANCHOR_PUBLICATION);
    return true;
}

/* "the year ended June 30": a year of its own, up to the day that is named. */
static bool own_year(const times *t, uint32_t k, found *out)
{
    found_unknown(out, k, "P1Y", DS_GRAIN_YEAR);
    out->type = DS_TIME_DURATION;
    found d = FOUND_NONE;
    if ((is_word(t, k, "ended") || is_word(t, k, "ending")) && match_date(t, k + 1, &d) &&
        d.at.grain == G_DAY) {
        int y, m, day;
        ds_day_split(d.at.n, &y, &m, &day);
        ds_day from = ds_day_of(y - 1, m, day);
        out->days = (ds_days){from == DS_DAY_NONE ? d.at.n - 364 : from + 1, d.at.n};
        out->anchor = d.anchor;
    }
    return true;
}

/* "the quarter ended July 31": the one that it mostly covers. */
static bool own_quarter(const times *t, uint32_t k, found *out)
{
    enum { HALF_QUARTER = 45 };
    found d = FOUND_NONE;
    if (!match_date(t, k + 1, &d) || d.at.grain != G_DAY)
        return false;
    found_stretch(out, k, stretch_at(G_QUARTER, d.at.n - HALF_QUARTER), NULL, d.anchor);
    return true;
}

/* Does what is before "the week", "the year" make it a time? "for the week", "earlier in the year"; but "the year of change". */
static bool is_led(const times *t, uint32_t i, uint32_t k)
{
    static const char *const led[] = {"for", "of", "in", "during", "by", "throughout"};
    for (size_t w = 0; i > 0 && w < sizeof led / sizeof *led; w++)
        if (is_word(t, i - 1, led[w]))
            return !is_word(t, k + 1, "of") && !is_word(t, k + 1, "that");
    return is_owner(t, k);
}

/* "the quarter", "the month", "the year": the one last spoken of, else publication's own (the quarter that has ended). */
static bool bare_unit(const times *t, uint32_t i, uint32_t k, const char *mod, found *out)
{
    if (is_word(t, k, "weekend"))
        return weekend(t, k + 1, 0, true, mod, out);
    if (k == i || is_word(t, k + 1, "of"))
        return false;
    ds_str unit = value_of(t, k, C_UNIT);
    grain g = grain_of_unit(unit);
    bool fiscal = is(t, k - 1, C_FISCAL),
         ends = is_word(t, k + 1, "ended") || is_word(t, k + 1, "ending");
    if (g == G_YEAR && !mod && (fiscal || ends) && is_led(t, i, k))
        return own_year(t, k + 1, out);
    if (g == G_QUARTER && !mod && ends && own_quarter(t, k + 1, out))
        return true;
    bool plain = g == G_YEAR || g == G_MONTH || g == G_WEEK;
    if (g != G_QUARTER && !(plain && (mod || is_led(t, i, k))))
        return false;
    bool ref =
        t->ref.grain == g && (g == G_QUARTER || (g == G_MONTH && t->sent - t->ref_sent <= 1));
    stretch s = base_stretch(t, g, ref);
    if (s.grain == G_NONE)
        return false;
    s.n -= g == G_QUARTER && !ref;
    found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    return true;
}

/* "earlier in the year", "late in the month". */
static uint32_t part_in_at(const times *t, uint32_t i, const char **mod)
{
    if (!is(t, i, C_PART) || !is_word(t, i + 1, "in") || !is(t, i + 2, C_DET) ||
        !is(t, i + 3, C_UNIT) || is_any(t, i + 3, CLASS(DAY)) || is_word(t, i + 3, "day"))
        return 0;
    *mod = mod_of(t, i, C_PART);
    return 2;
}

/* "the past decade", "the last month": up to publication. */
static bool rolling_unit(const times *t, uint32_t k, ds_str unit, grain g, found *out)
{
    bool month = (g == G_MONTH || g == G_WEEK) && is_word(t, k - 1, "last");
    bool decade = (g == G_DECADE || g == G_CENTURY) && !is_word(t, k - 1, "last");
    if (!month && !decade)
        return false;
    found_unknown(out, k + 1,
                  g == G_DECADE ? "P10Y"
                                : (g == G_CENTURY ? "P100Y" : (g == G_MONTH ? "P1M" : "P1W")),
                  grain_shown(g));
    out->type = DS_TIME_DURATION;
    if (t->pub == DS_DAY_NONE)
        return true;
    int y, m, d;
    ds_day_split(t->pub, &y, &m, &d);
    ds_day from = t->pub - unit_days(unit);
    if (g == G_MONTH) { /* the same day of the month before, or its last */
        m = m == 1 ? 12 : m - 1;
        y -= m == 12;
        from = ds_day_of(y, m, d > ds_month_days(y, m) ? ds_month_days(y, m) : d);
    }
    out->days = (ds_days){from, t->pub};
    out->anchor = DS_ANCHOR_PUBLICATION;
    return true;
}

/* "this period": the time named before it. */
static bool same_period(const times *t, uint32_t k, found *out)
{
    if (!is_word(t, k, "period") || !is(t, k - 1, C_THIS) || t->prev.end == 0 ||
        t->sent - t->prev_sent > 1)
        return false;
    *out = t->prev;
    out->end = k + 1;
    out->at = (stretch){G_NONE, 0};
    out->event = out->event_end = 0; /* words of another sentence */
    if (out->anchor == DS_ANCHOR_EVENT)
        out->anchor = DS_ANCHOR_NONE;
    return true;
}

bool match_relative(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += k == i ? part_in_at(t, i, &mod) : 0;
    bool det = is(t, k, C_DET);
    k += det ? 1 : 0;
    if (det && (is(t, k, C_UNIT) ||
                ((is(t, k, C_FISCAL) || is_word(t, k, "full")) && is(t, k + 1, C_UNIT))))
        return bare_unit(t, i, k + !is(t, k, C_UNIT), mod, out);
    if (det && is_any(t, k, CLASS(LAST) | CLASS(THIS)) && is_word(t, k + 1, "period") &&
        t->ref.grain == G_QUARTER) { /* "the latest period" */
        found_stretch(out, k + 2, t->ref, mod, DS_ANCHOR_REFERENCE);
        return true;
    }
    int shift;
    bool ref, rolling;
    if (!which_at(t, k, det, &shift, &ref, &rolling))
        return false;
    k++;
    if (same_period(t, k, out))
        return true;
    if (shift != 0 && !ref && rolling_span(t, i, k, shift, out))
        return true;
    k += is(t, k, C_FISCAL) ? 1 : 0;
    if (is(t, k, C_MONTH))
        return month_of(t, k, shift, ref, mod, out);
    if (!is(t, k, C_UNIT) || (det && !ref && is_word(t, k + 1, "of")))
        return false;
    ds_str unit = value_of(t, k, C_UNIT);
    grain g = grain_of_unit(unit);
    if (rolling && !mod && rolling_unit(t, k, unit, g, out))
        return true;
    if (g == G_NONE || (g == G_DAY && !ref && shift < 0)) /* "the last day" */
        return false;
    if (g == G_WEEKEND && !ref)
        return weekend(t, k + 1, shift, false, mod, out);
    stretch s = base_stretch(t, g, ref);
    if (s.grain == G_NONE) {
        found_open(out, k + 1, g);
        return true;
    }
    s.n += shift;
    found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    if (rolling && !ref) /* "over the past year" runs up to publication */
        out->days = (ds_days){t->pub - unit_days(unit), t->pub};
    return true;
}

/* ---- parts of what is named ----------------------------------------------------------------------------------------------- */

/* "the week of March 6", "the weekend of April 24", "the month of May". */
static bool unit_of(const times *t, uint32_t k, found *out)
{
    found d = FOUND_NONE;
    if (!is(t, k, C_UNIT) || !is_word(t, k + 1, "of") || !match_date(t, k + 2, &d) ||
        d.at.grain == G_NONE)
        return false;
    grain g = grain_of_unit(value_of(t, k, C_UNIT));
    bool month = g == G_MONTH && d.at.grain == G_MONTH;
    if (!month && !((g == G_WEEK || g == G_WEEKEND) && d.at.grain == G_DAY))
        return false;
    found_stretch(out, d.end, stretch_at(g, stretch_days(d.at).lo), d.mod, d.anchor);
    out->named = true;
    return true;
}

/* "the night of February 3", "the morning after Christmas"; pieces [k, k + 2) are the part and its preposition. */
static bool daypart_of(const times *t, uint32_t k, found *out)
{
    found d = FOUND_NONE;
    bool of = is_word(t, k + 1, "of") || is_word(t, k + 1, "on");
    int32_t shift = is_word(t, k + 1, "before") ? -1 : (is_word(t, k + 1, "after") ? 1 : 0);
    if (!is(t, k, C_DAYPART) || (!of && shift == 0) || !day_named(t, k + 2, &d) ||
        d.type != DS_TIME_DATE)
        return false;
    found_stretch(out, d.end, (stretch){G_DAY, d.at.n + shift}, NULL, d.anchor);
    found_daypart(out, d.end, value_of(t, k, C_DAYPART));
    return true;
}

/* "the day before Christmas", "the Friday before Easter", "the Monday after May 3". */
static bool day_beside(const times *t, uint32_t i, uint32_t k, found *out)
{
    found d = FOUND_NONE;
    bool before = is_word(t, k + 1, "before"), after = is_word(t, k + 1, "after");
    bool day = is_word(t, k, "day"), weekday = is(t, k, C_WEEKDAY);
    if ((!before && !after) || (!day && !weekday) || k == i || !day_named(t, k + 2, &d))
        return false;
    ds_day at = d.at.n + (before ? -1 : 1);
    if (weekday) {
        int want = number_of(t, k, C_WEEKDAY) - 1, have = ds_day_weekday(at);
        at += before ? -((have - want + 7) % 7) : (want - have + 7) % 7;
    }
    found_stretch(out, d.end, (stretch){G_DAY, at}, NULL, d.anchor);
    out->named = d.named;
    return true;
}

/* 1 .. 5 for "first", "3rd"; 6 for "last". */
static int nth_at(const times *t, uint32_t k)
{
    int nth;
    if (is(t, k, C_LAST))
        return 6;
    return !is_any(t, k, CLASS(NUMBER)) && day_at(t, k, &nth) &&
                   (is(t, k, C_ORDINAL) || t->p.at[k].tail < t->p.at[k].norm.len) && nth <= 5
               ? nth
               : 0;
}

/* "the month", "this month", "next month". */
static bool this_month(const times *t, uint32_t k, found *out)
{
    stretch s = base_stretch(t, G_MONTH, false);
    int shift = is(t, k, C_DET) ? 0 : side_at(t, k);
    if (shift == NO_SIDE || !is_word(t, k + 1, "month") || s.grain == G_NONE)
        return false;
    s.n += shift;
    found_stretch(out, k + 2, s, NULL, DS_ANCHOR_PUBLICATION);
    return true;
}

/* "the first Monday of October", "the last Friday in May 2024", "of the month". */
static bool nth_weekday(const times *t, uint32_t k, found *out)
{
    found d = FOUND_NONE;
    int nth = nth_at(t, k);
    if (nth == 0 || !is(t, k + 1, C_WEEKDAY) ||
        !(is_word(t, k + 2, "of") || is_word(t, k + 2, "in")) ||
        !(match_date(t, k + 3, &d) || this_month(t, k + 3, &d)) || d.at.grain != G_MONTH)
        return false;
    ds_days m = stretch_days(d.at);
    int want = number_of(t, k + 1, C_WEEKDAY) - 1;
    ds_day first = m.lo + (want - ds_day_weekday(m.lo) + 7) % 7, at = first + 7 * (nth - 1);
    while (nth == 6 && at > m.hi)
        at -= 7;
    if (at > m.hi)
        return false;
    found_stretch(out, d.end, (stretch){G_DAY, at}, NULL, d.anchor);
    out->named = true;
    return true;
}

/* Days of the first or last `n` units of a stretch. */
static ds_days some_of(stretch s, int32_t n, ds_str unit, bool last)
{
    ds_days d = stretch_days(s);
    int32_t days = units_in_days(n, unit);
    if (norm_eq(unit, "M")) {
        int32_t first = stretch_at(G_MONTH, d.lo).n, end = stretch_at(G_MONTH, d.hi).n;
        n = n < end - first + 1 ? n : end - first + 1;
        ds_days m = stretch_days((stretch){G_MONTH, last ? end - n + 1 : first + n - 1});
        return last ? (ds_days){m.lo, d.hi} : (ds_days){d.lo, m.hi};
    }
    if (days == 0 || days > d.hi - d.lo + 1)
        return d;
    return last ? (ds_days){d.hi - days + 1, d.hi} : (ds_days){d.lo, d.lo + days - 1};
}

/* "first", "last three", "first few" before a unit or half. */
typedef struct some {
    bool last, counted, vague, half, plural;
    int32_t n;
    ds_str unit;
    uint32_t end; /* behind the unit */
} some;

static bool some_at(const times *t, uint32_t k, some *out)
{
    *out = (some){.n = 1, .unit = {"", 0}};
    out->last = is(t, k, C_LAST) || is_word(t, k, "final") || is_word(t, k, "closing");
    bool first =
        (is(t, k, C_ORDINAL) && number_of(t, k, C_ORDINAL) == 1) || is_word(t, k, "opening");
    uint32_t u = k + 1, took = whole_at(t, u, &out->n);
    out->counted = took > 0 && out->n > 0;
    out->n = out->counted ? out->n : 1;
    out->vague = !took && is(t, u, C_VAGUE);
    u += took + out->vague;
    out->half = is(t, u, C_HALF);
    out->plural = is(t, u, C_UNITS);
    out->end = u + 1;
    if ((!first && !out->last) || (!out->half && !out->plural && !is(t, u, C_UNIT)))
        return false;
    if (!out->half)
        out->unit = value_of(t, u, out->plural ? C_UNITS : C_UNIT);
    if (norm_eq(out->unit, "Q")) {
        out->unit = DS_STR("M");
        out->n *= 3;
    }
    return true;
}

/* "the first nine months of 1998": a length of time, with its days. */
static bool counted_of(const some *s, const found *d, found *out)
{
    found_unknown(out, s->end, "", grain_shown(grain_of_unit(s->unit)));
    period_value(s->n, s->unit, out->value);
    out->type = DS_TIME_DURATION;
    out->days = some_of(d->at, s->n, s->unit, s->last);
    out->anchor = d->anchor;
    return true;
}

/* "the last week of May", "the first few weeks of January", "the first half of 1998": the month or year, and which of it. */
static bool first_of(const times *t, uint32_t k, found *out)
{
    some s;
    found d = FOUND_NONE;
    if (!some_at(t, k, &s) || !is_word(t, s.end, "of") ||
        !(match_date(t, s.end + 1, &d) || match_year(t, s.end + 1, &d) ||
          match_decade(t, s.end + 1, &d)) ||
        d.at.grain == G_NONE || d.turn != DS_DAY_NONE || d.mod || d.at.grain == G_DAY)
        return false;
    bool quarters =
        is_any(t, s.end - 1, CLASS(UNIT) | CLASS(UNITS)) && is_word(t, s.end - 1, "quarters");
    if (is_word(t, s.end - 1, "quarter") || (quarters && d.at.grain != G_YEAR))
        return false; /* match_ordinal_unit */
    if (d.at.grain == G_YEAR && (s.half || (quarters && s.n == 6))) {
        found_stretch(out, d.end, (stretch){G_HALF, d.at.n * 2 + s.last}, NULL, d.anchor);
        return true;
    }
    if (s.counted && s.plural)
        return grain_of_unit(s.unit) != G_NONE && counted_of(&s, &d, out);
    found_stretch(out, d.end, d.at, s.last ? "END" : "START", d.anchor);
    out->named = true;
    ds_days all = stretch_days(d.at);
    int32_t mid = (all.hi - all.lo + 1) / 2;
    if (s.half)
        out->days = s.last ? (ds_days){all.lo + mid, all.hi} : (ds_days){all.lo, all.lo + mid - 1};
    else if (!s.plural)
        out->days = some_of(d.at, s.n, s.unit, s.last);
    return true;
}

bool match_unit_of(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    return unit_of(t, k, out) || daypart_of(t, k, out) || day_beside(t, i, k, out) ||
           nth_weekday(t, k, out) || first_of(t, k, out);
}

/* ---- quarters and halves ------------------------------------------------------------------------------------------------ */

/* Year of a quarter: behind it ("of 1998", "of last year") or before it ("last year's"). 0: not said. */
static uint32_t quarter_year(const times *t, uint32_t i, int *year)
{
    uint32_t k = i + (is_word(t, i, "of") || is_punct(t, i, ',') ? 1 : 0);
    k += k > i && is(t, k, C_FISCAL) ? 1 : 0;
    uint32_t n = year_at(t, k, year);
    if (n)
        return k + n;
    int shift = 0;
    n = k > i && is(t, k, C_DET) && is_word(t, k + 1, "year") ? 2 : year_word_at(t, k, &shift);
    bool said = n && t->pub != DS_DAY_NONE;
    *year = said ? stretch_at(G_YEAR, t->pub).n + shift : 0;
    return said ? k + n : i;
}

/* "year-earlier", "the year-ago quarter", "the year-ago third quarter": a year before the quarter or year last spoken of. */
static bool year_before(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    k += is_word(t, k, "comparable") || is_word(t, k, "corresponding") ? 1 : 0;
    if (!is_word(t, k, "year") || !is_glued(t, k + 1) ||
        !(is_word(t, k + 1, "earlier") || is_word(t, k + 1, "ago")))
        return false;
    enum { QUARTER_SENTS = 3 }; /* how long a quarter is what is compared with */
    bool quarter = t->quarter.grain != G_NONE &&
                   (t->ref.grain == G_QUARTER || t->sent - t->quarter_sent <= QUARTER_SENTS);
    stretch s = quarter ? t->quarter : base_stretch(t, G_YEAR, false);
    if (s.grain == G_NONE)
        return false;
    s.n -= quarter ? 4 : 1;
    k += 2;
    int nth = is(t, k, C_ORDINAL) && is_word(t, k + 1, "quarter") ? number_of(t, k, C_ORDINAL) : 0;
    if (nth >= 1 && nth <= 4) {
        int year = quarter ? (s.n - (s.n % 4)) / 4 : s.n;
        s = (stretch){G_QUARTER, year * 4 + nth - 1};
        k += 2;
    } else if (is_word(t, k, "quarter") && !quarter) {
        s = base_stretch(t, G_QUARTER, false);
        s.n -= 5; /* of the quarter that has ended */
        k++;
    } else {
        k += is_word(t, k, "quarter") || is_word(t, k, "period") ? 1 : 0;
    }
    found_stretch(out, k, s, NULL, quarter ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    out->at = (stretch){G_NONE, 0}; /* the quarter spoken of stays the reference */
    return true;
}

/* "year-end", "year end": publication's own year. */
static bool year_end(const times *t, uint32_t i, found *out)
{
    if (!is_word(t, i, "year") || !is_word(t, i + 1, "end") || t->pub == DS_DAY_NONE)
        return false;
    stretch year = stretch_at(G_YEAR, t->pub); /* "by year end", "year's end" */
    found_stretch(out, i + 2, (stretch){G_DAY, stretch_days(year).hi}, NULL, DS_ANCHOR_PUBLICATION);
    return true;
}

bool match_ordinal_unit(const times *t, uint32_t i, found *out)
{
    if (year_before(t, i, out) || year_end(t, i, out))
        return true;
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += is(t, k, C_DET) ? 1 : 0;
    int year = 0;
    if (nth_at(t, k) == 0) {
        uint32_t e = quarter_year(t, k, &year);
        if (e != k && !is_word(t, k, "of"))
            k = e;
    }
    k += is(t, k, C_FISCAL) ? 1 : 0;
    int n = 0;
    bool half = false;
    int nth = nth_at(t, k);
    if (nth > 0 && nth < 6 && (is_word(t, k + 1, "quarter") || is_word(t, k + 1, "half"))) {
        n = nth;
        half = is_word(t, k + 1, "half");
        k += 2;
    } else if (is(t, k, C_QUARTER) && t->p.at[k].cap) {
        n = number_of(t, k, C_QUARTER);
        k++;
    }
    if (n < 1 || n > (half ? 2 : 4))
        return false;
    ds_time_anchor anchor = DS_ANCHOR_PUBLICATION;
    if (year == 0) {
        uint32_t e = quarter_year(t, k, &year);
        k = year ? e : k;
        int explicit_year;
        if (year && year_at(t, e - 1, &explicit_year))
            anchor = DS_ANCHOR_ABSOLUTE;
    }
    if (year == 0 && (half || t->pub == DS_DAY_NONE)) /* halves of matches, too */
        return false;
    if (year == 0) {
        year = stretch_at(G_YEAR, t->pub).n;
        stretch s = {G_QUARTER, year * 4 + n - 1};
        if (stretch_days(s).lo > t->pub && tense_at(t, i, k, true) <= 0)
            year--;
    }
    found_stretch(out, k, (stretch){half ? G_HALF : G_QUARTER, year * (half ? 2 : 4) + n - 1}, mod,
                  anchor);
    return true;
}
