/* SPDX-License-Identifier: Apache-2.0 */
/* times_relative.c - "last week", "early this year", "the previous day", "the past six months", "the third quarter". */
#include "annotate/times_internal.h"

#include <stdio.h>

/* Days of one unit, for stretches that roll back from publication: "over the past month". */
static int32_t unit_days(ds_str unit)
{
    static const struct {
        const char *unit;
        int32_t days;
    } rows[] = {{"D", 1},  {"W", 7},   {"F", 14},    {"M", 30},
                {"Q", 91}, {"Y", 365}, {"DE", 3652}, {"CE", 36524}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ds_str_eq(unit, ds_str_of(rows[i].unit)))
            return rows[i].days;
    return 0;
}

/* What comes before "last", "this": "early", "later", "the end of"; pieces taken. */
static uint32_t part_at(const times *t, uint32_t i, const char **mod)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (!is(t, k, C_PART))
        return 0;
    bool noun = is_word(t, k + 1, "of");
    if ((k > i && !noun) ||
        (!noun && !(is_word(t, k, "early") || is_word(t, k, "late") || is_word(t, k, "mid") ||
                    is_word(t, k, "earlier") || is_word(t, k, "later"))))
        return 0;
    ds_str v = value_of(t, k, C_PART);
    *mod = ds_str_eq(v, DS_STR("START")) ? "START" : (ds_str_eq(v, DS_STR("MID")) ? "MID" : "END");
    return k + (noun ? 2 : 1) - i;
}

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
    found d = {0};
    if (!match_duration(t, k, &d) || d.type != DS_TIME_DURATION)
        return false;
    *out = d;
    out->beg = i;
    out->mod = NULL;
    int n = 0;
    ds_str unit = value_of(t, d.end - 1, C_UNITS);
    if (d.value[0] == 'P' && d.value[1] >= '0' && d.value[1] <= '9')
        for (const char *c = d.value + 1; *c >= '0' && *c <= '9' && n < 10000; c++)
            n = n * 10 + (*c - '0');
    int32_t days = n * unit_days(unit);
    if (t->pub == DS_DAY_NONE || shift == 0)
        return true;
    if (n == 0) { /* "the past few weeks": some of them */
        enum { SOME = 4 };
        days = SOME * unit_days(unit);
        out->vague = true;
    }
    if (days == 0)
        days = 1; /* hours */
    if (ds_str_eq(unit, DS_STR("DE")) && n)
        days = days / 10; /* the value counts years */
    out->days = shift < 0 ? (ds_days){t->pub - days, t->pub} : (ds_days){t->pub, t->pub + days};
    out->anchor = DS_ANCHOR_PUBLICATION;
    return true;
}

/* "last March", "next May": before or after publication's own month; "this June": the nearest. */
static bool month_of(const times *t, uint32_t k, int shift, const char *mod, found *out)
{
    if (t->pub == DS_DAY_NONE || !t->p.at[k].cap)
        return false;
    int32_t now = stretch_at(G_MONTH, t->pub).n, m = number_of(t, k, C_MONTH) - 1;
    int32_t n = now - ((now - m) % 12 + 12) % 12; /* latest, this one included */
    if (shift < 0 && n == now)
        n -= 12;
    if (shift > 0 || (shift == 0 && now - n > 6))
        n += 12;
    found_stretch(out, k + 1, (stretch){G_MONTH, n}, mod, DS_ANCHOR_PUBLICATION);
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

/* "the quarter", "the year": the one last spoken of, else publication's own (the quarter that has ended). */
static bool bare_unit(const times *t, uint32_t i, uint32_t k, const char *mod, found *out)
{
    if (is_word(t, k, "weekend"))
        return weekend(t, k + 1, 0, true, mod, out);
    if (k == i || is_word(t, k + 1, "of"))
        return false;
    bool quarter = is_word(t, k, "quarter"), year = is_word(t, k, "year");
    bool month = is_word(t, k, "month"), week = is_word(t, k, "week");
    if (!quarter && !(mod && (year || month || week)))
        return false;
    grain g = quarter ? G_QUARTER : (year ? G_YEAR : (month ? G_MONTH : G_WEEK));
    bool ref = quarter && t->ref.grain == G_QUARTER;
    stretch s = base_stretch(t, g, ref);
    if (s.grain == G_NONE)
        return false;
    s.n -= quarter && !ref;
    found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    return true;
}

bool match_relative(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    bool det = is(t, k, C_DET);
    k += det ? 1 : 0;
    if (is(t, k, C_UNIT) && det)
        return bare_unit(t, i, k, mod, out);
    int shift;
    bool ref, rolling;
    if (!which_at(t, k, det, &shift, &ref, &rolling))
        return false;
    k++;
    if (shift != 0 && !ref && rolling_span(t, i, k, shift, out))
        return true;
    k += is(t, k, C_FISCAL) ? 1 : 0;
    if (is(t, k, C_MONTH) && !ref)
        return month_of(t, k, shift, mod, out);
    if (!is(t, k, C_UNIT) || (det && !ref && is_word(t, k + 1, "of")))
        return false;
    ds_str unit = value_of(t, k, C_UNIT);
    grain g = grain_of_unit(unit);
    if (rolling && (g == G_DECADE || g == G_CENTURY) && !is_word(t, k - 1, "last")) {
        found_stretch(out, k + 1, (stretch){G_NONE, 0}, NULL, DS_ANCHOR_NONE);
        snprintf(out->value, VALUE_MAX,
                 g == G_DECADE ? "P10Y" : "P100Y"); /* "over the past decade" */
        out->type = DS_TIME_DURATION;
        if (t->pub != DS_DAY_NONE)
            out->days = (ds_days){t->pub - unit_days(unit), t->pub};
        return true;
    }
    if (g == G_NONE || (g == G_DAY && !ref && shift < 0)) /* "the last day" */
        return false;
    if (g == G_WEEKEND && !ref)
        return weekend(t, k + 1, shift, false, mod, out);
    stretch s = base_stretch(t, g, ref);
    if (s.grain == G_NONE) {
        found_stretch(out, k + 1, s, mod, DS_ANCHOR_NONE);
        snprintf(out->value, VALUE_MAX, "%s",
                 g == G_DAY ? "XXXX-XX-XX"
                            : (g == G_WEEK ? "XXXX-WXX" : (g == G_MONTH ? "XXXX-XX" : "XXXX")));
        return true;
    }
    s.n += shift;
    found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    if (rolling && t->pub != DS_DAY_NONE &&
        !ref) { /* "over the last month" runs up to publication */
        out->days = (ds_days){t->pub - unit_days(unit), t->pub};
    }
    return true;
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
    *year = 0;
    if (k > i && is(t, k, C_DET) && is_word(t, k + 1, "year") && t->pub != DS_DAY_NONE) {
        *year = stretch_at(G_YEAR, t->pub).n;
        return k + 2;
    }
    int shift = is(t, k, C_LAST) ? -1 : (is(t, k, C_NEXT) ? 1 : 0);
    if ((shift != 0 || is(t, k, C_THIS)) && is_word(t, k + 1, "year") && t->pub != DS_DAY_NONE) {
        *year = stretch_at(G_YEAR, t->pub).n + shift;
        return k + 2;
    }
    return i;
}

/* "year-earlier", "the year-ago quarter": a year before the quarter or year last spoken of. */
static bool year_before(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (!is_word(t, k, "year") || k + 1 >= t->p.len || !t->p.at[k + 1].glued ||
        !(is_word(t, k + 1, "earlier") || is_word(t, k + 1, "ago")))
        return false;
    bool quarter = t->ref.grain == G_QUARTER;
    stretch s = base_stretch(t, quarter ? G_QUARTER : G_YEAR, quarter);
    if (s.grain == G_NONE)
        return false;
    s.n -= quarter ? 4 : 1;
    k += 2; /* the quarter spoken of stays the reference */
    k += is_word(t, k, "quarter") || is_word(t, k, "period") ? 1 : 0;
    found_stretch(out, k, s, NULL, quarter ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    out->at = (stretch){G_NONE, 0};
    return true;
}

/* "year-end", "year end": publication's own year. */
static bool year_end(const times *t, uint32_t i, found *out)
{
    if (!is_word(t, i, "year") || !is_word(t, i + 1, "end") || t->pub == DS_DAY_NONE)
        return false;
    stretch year = stretch_at(G_YEAR, t->pub);
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
    if (!is(t, k, C_ORDINAL)) {
        uint32_t e = quarter_year(t, k, &year);
        if (e != k && !is_word(t, k, "of"))
            k = e;
    }
    k += is(t, k, C_FISCAL) ? 1 : 0;
    int n = 0;
    bool half = false;
    if (is(t, k, C_ORDINAL) && (is_word(t, k + 1, "quarter") || is_word(t, k + 1, "half"))) {
        n = number_of(t, k, C_ORDINAL);
        half = is_word(t, k + 1, "half");
        k += 2;
    } else if (k < t->p.len && t->p.at[k].norm.len == 2 && t->p.at[k].norm.at[0] == 'q' &&
               t->p.at[k].cap) {
        n = t->p.at[k].norm.at[1] - '0';
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
