/* SPDX-License-Identifier: Apache-2.0 */
/* times_holiday.c - holidays by the rules of times.tsv: "Easter Monday", "Thanksgiving", "Christmas of last year". */
#include "annotate/times_internal.h"

static int two_digits(ds_str s, size_t i)
{
    return i + 1 < s.len ? (s.at[i] - '0') * 10 + (s.at[i + 1] - '0') : 0;
}

/* "+1", "-46" at the end of a rule. */
static int32_t days_off(ds_str rule, size_t i)
{
    int32_t v = 0;
    for (size_t k = i + 1; k < rule.len && rule.at[k] >= '0' && rule.at[k] <= '9' && v < 400; k++)
        v = v * 10 + (rule.at[k] - '0');
    return i < rule.len && rule.at[i] == '-' ? -v : v;
}

/* MM-DD, MM#nth#weekday (5: the last), E (Easter), O (Orthodox Easter); all but the first with days added or taken. */
static ds_day holiday_day(ds_str rule, int year)
{
    if (rule.len == 0)
        return DS_DAY_NONE;
    if (rule.at[0] == 'E' || rule.at[0] == 'O')
        return easter_day(year, rule.at[0] == 'O') + days_off(rule, 1);
    int month = two_digits(rule, 0);
    if (rule.len < 5 || month < 1 || month > 12)
        return DS_DAY_NONE;
    if (rule.at[2] == '-')
        return ds_day_of(year, month, two_digits(rule, 3));
    if (rule.len < 6)
        return DS_DAY_NONE;
    int nth = rule.at[3] - '0', weekday = rule.at[5] - '1';
    ds_day first = ds_day_of(year, month, 1);
    ds_day d = first + (weekday - ds_day_weekday(first) + 7) % 7 + (nth - 1) * 7;
    if (d >= first + ds_month_days(year, month))
        d -= 7;
    return d + days_off(rule, 6);
}

/* The year whose holiday is meant: as days without a year, the nearest unless words or tense say otherwise. */
static int holiday_year(const times *t, ds_str rule, int which, int tense)
{
    enum { SOON = 21 }; /* days: what is told three weeks ahead is planned, not past */
    int y, m, day;
    ds_day_split(t->pub, &y, &m, &day);
    ds_day at = holiday_day(rule, y);
    int side = which == NO_SIDE ? tense : which;
    if (side > 0)
        return y + (which == 1 ? at <= t->pub : at < t->pub);
    if (side < 0) /* "as Easter week began" may stand in the week before */
        return y - (which == -1 ? at >= t->pub : at > t->pub + SOON);
    if (at - t->pub > HALF_YEAR)
        return y - 1;
    return y + (t->pub - at > HALF_YEAR);
}

/* ", 2025", "of 2025", "of last year" behind it; pieces taken. */
static uint32_t year_behind(const times *t, uint32_t i, int *year)
{
    uint32_t k = i + (is_word(t, i, "of") || is_word(t, i, "in") || is_punct(t, i, ',') ? 1 : 0);
    uint32_t n = is_glued(t, k) ? 0 : year_at(t, k, year);
    if (n)
        return k + n - i;
    int shift;
    n = t->pub == DS_DAY_NONE ? 0 : year_word_at(t, i, &shift);
    if (n)
        *year = stretch_at(G_YEAR, t->pub).n + shift;
    return n;
}

bool match_holiday(const times *t, uint32_t i, found *out)
{
    uint32_t k = i;
    int which = side_at(t, k);
    k += which != NO_SIDE ? 1 : 0;
    if (!is(t, k, C_HOLIDAY))
        return false;
    ds_str rule = value_of(t, k, C_HOLIDAY);
    int year = 0;
    uint32_t n = year_behind(t, k + 1, &year), end = k + 1 + n;
    if (!t->p.at[k].cap && !n && which == NO_SIDE)
        return false;
    ds_time_anchor anchor = DS_ANCHOR_ABSOLUTE;
    if (!n || side_at(t, end - 2) != NO_SIDE)
        anchor = DS_ANCHOR_PUBLICATION;
    if (!n) {
        if (t->pub == DS_DAY_NONE)
            return false;
        year = holiday_year(t, rule, which, which == NO_SIDE ? tense_at(t, i, end, true) : 0);
    }
    ds_day day = year_fits(year) ? holiday_day(rule, year) : DS_DAY_NONE;
    if (day == DS_DAY_NONE)
        return false;
    bool week = !n && is_word(t, end, "week");
    stretch s = week ? stretch_at(G_WEEK, day) : (stretch){G_DAY, day};
    found_stretch(out, end + week, s, NULL, anchor);
    out->named = true;
    if (!week && is(t, end, C_DAYPART)) /* "Christmas morning" */
        found_daypart(out, end + 1, value_of(t, end, C_DAYPART));
    return true;
}
