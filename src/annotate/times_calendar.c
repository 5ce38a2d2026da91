/* SPDX-License-Identifier: Apache-2.0 */
/* times_calendar.c - stretches of the calendar: their days and their TIMEX3 values. */
#include "annotate/times_internal.h"

#include <stdio.h>

/* Numbers of four digits outside are counts or model numbers more often than years. */
enum { YEAR_MIN = 1000, YEAR_MAX = 2100 };

bool year_fits(int y)
{
    return y >= YEAR_MIN && y <= YEAR_MAX;
}

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

stretch stretch_at(grain g, ds_day d)
{
    int y, m, day;
    ds_day_split(d, &y, &m, &day);
    switch (g) {
    case G_DAY:
        return (stretch){g, d};
    case G_WEEK:
    case G_WEEKEND:
        return (stretch){g, floor_div(d + 3, 7)}; /* 1970-01-01 was a Thursday */
    case G_MONTH:
        return (stretch){g, y * 12 + m - 1};
    case G_QUARTER:
        return (stretch){g, y * 4 + (m - 1) / 3};
    case G_SEASON: /* March opens the year's seasons */
        return (stretch){g, floor_div(y * 12 + m - 3, 3)};
    case G_HALF:
        return (stretch){g, y * 2 + (m - 1) / 6};
    case G_YEAR:
        return (stretch){g, y};
    case G_DECADE:
        return (stretch){g, floor_div(y, 10)};
    case G_CENTURY:
        return (stretch){g, floor_div(y, 100)};
    default:
        return (stretch){G_NONE, 0};
    }
}

/* `months` months from month number `first` (12 * year + month - 1). */
static ds_days month_days(int32_t first, int32_t months)
{
    int32_t last = first + months - 1;
    int y = floor_div(first, 12), ly = floor_div(last, 12), lm = last - 12 * ly + 1;
    return (ds_days){ds_day_of(y, first - 12 * y + 1, 1), ds_day_of(ly, lm, ds_month_days(ly, lm))};
}

ds_days stretch_days(stretch s)
{
    switch (s.grain) {
    case G_DAY:
        return (ds_days){s.n, s.n};
    case G_WEEK:
        return (ds_days){s.n * 7 - 3, s.n * 7 + 3};
    case G_WEEKEND:
        return (ds_days){s.n * 7 + 2, s.n * 7 + 3};
    case G_MONTH:
        return month_days(s.n, 1);
    case G_QUARTER:
        return month_days(s.n * 3, 3);
    case G_SEASON:
        return month_days(s.n * 3 + 2, 3);
    case G_HALF:
        return month_days(s.n * 6, 6);
    case G_YEAR:
        return month_days(s.n * 12, 12);
    case G_DECADE:
        return month_days(s.n * 120, 120);
    case G_CENTURY:
        return month_days(s.n * 1200, 1200);
    default:
        return DS_DAYS_NONE;
    }
}

/* `digits` digits of a number that is not negative; the place behind them. */
static char *put_digits(char *at, int32_t n, int digits)
{
    for (int i = digits - 1; i >= 0; i--, n /= 10)
        at[i] = (char)('0' + n % 10);
    return at + digits;
}

static char *put_text(char *at, const char *z)
{
    while (*z)
        *at++ = *z++;
    return at;
}

/* ISO 8601: the year of its Thursday. */
static char *put_week(char *at, stretch s)
{
    int y, m, day;
    ds_day_split(s.n * 7, &y, &m, &day);
    at = put_text(put_digits(at, y, 4), "-W");
    at = put_digits(at, (s.n * 7 - ds_day_of(y, 1, 1)) / 7 + 1, 2);
    return s.grain == G_WEEKEND ? put_text(at, "-WE") : at;
}

void stretch_value(stretch s, char out[VALUE_MAX])
{
    static const char *const seasons[] = {"-SP", "-SU", "-FA", "-WI"};
    ds_days d = stretch_days(s);
    int y = 0, m = 0, day = 0;
    if (d.lo != DS_DAY_NONE)
        ds_day_split(d.lo, &y, &m, &day);
    y = y < 0 ? 0 : y;
    char *at = out;
    switch (s.grain) {
    case G_DAY:
        at = put_digits(put_text(put_digits(at, y, 4), "-"), m, 2);
        at = put_digits(put_text(at, "-"), day, 2);
        break;
    case G_WEEK:
    case G_WEEKEND:
        at = put_week(at, s);
        break;
    case G_MONTH:
        at = put_digits(put_text(put_digits(at, y, 4), "-"), m, 2);
        break;
    case G_QUARTER:
        at = put_digits(put_text(put_digits(at, y, 4), "-Q"), (m - 1) / 3 + 1, 1);
        break;
    case G_SEASON:
        at = put_text(put_digits(at, y, 4), seasons[s.n - 4 * floor_div(s.n, 4)]);
        break;
    case G_HALF:
        at = put_digits(put_text(put_digits(at, y, 4), "-H"), (m - 1) / 6 + 1, 1);
        break;
    case G_YEAR:
        at = put_digits(at, y, 4);
        break;
    case G_DECADE:
        at = put_digits(at, s.n < 0 ? 0 : s.n, 3);
        break;
    case G_CENTURY:
        at = put_digits(at, s.n < 0 ? 0 : s.n, 2);
        break;
    default:
        break;
    }
    *at = '\0';
}

/* Months of a year by its part: early and mid are thirds, late is the last quarter, as news use "late 2024". */
static ds_days year_part(stretch s, char part)
{
    if (part == 'S')
        return month_days(s.n * 12, 4);
    if (part == 'M')
        return month_days(s.n * 12 + 4, 4);
    return month_days(s.n * 12 + 9, 3);
}

ds_days stretch_part(stretch s, const char *mod)
{
    ds_days d = stretch_days(s);
    char part = mod ? mod[0] : '\0';
    bool named =
        mod && (strcmp(mod, "START") == 0 || strcmp(mod, "MID") == 0 || strcmp(mod, "END") == 0);
    if (!named || d.lo == DS_DAY_NONE || s.grain == G_DAY)
        return d;
    if (s.grain == G_YEAR)
        return year_part(s, part);
    if (s.grain == G_MONTH) { /* days 1-10, 11-20, 21-end */
        if (part == 'S')
            return (ds_days){d.lo, d.lo + 9};
        return part == 'M' ? (ds_days){d.lo + 10, d.lo + 19} : (ds_days){d.lo + 20, d.hi};
    }
    int32_t third = (d.hi - d.lo + 1) / 3;
    if (part == 'S')
        return (ds_days){d.lo, d.lo + third};
    return part == 'M' ? (ds_days){d.lo + third, d.hi - third} : (ds_days){d.hi - third, d.hi};
}

ds_day easter_day(int year, bool orthodox)
{
    if (orthodox) { /* Meeus, Julian calendar, then to the Gregorian one */
        int d = (19 * (year % 19) + 15) % 30;
        int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7, n = d + e + 114;
        return ds_day_of(year, n / 31, n % 31 + 1) + year / 100 - year / 400 - 2;
    }
    /* Butcher 1876 */
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    return ds_day_of(year, n / 31, n % 31 + 1);
}

ds_time_grain grain_shown(grain g)
{
    static const ds_time_grain shown[] = {
        [G_NONE] = DS_GRAIN_NONE,       [G_DAY] = DS_GRAIN_DAY,
        [G_WEEK] = DS_GRAIN_WEEK,       [G_WEEKEND] = DS_GRAIN_WEEKEND,
        [G_MONTH] = DS_GRAIN_MONTH,     [G_QUARTER] = DS_GRAIN_QUARTER,
        [G_SEASON] = DS_GRAIN_SEASON,   [G_HALF] = DS_GRAIN_HALF,
        [G_YEAR] = DS_GRAIN_YEAR,       [G_DECADE] = DS_GRAIN_DECADE,
        [G_CENTURY] = DS_GRAIN_CENTURY,
    };
    return shown[g];
}

void found_stretch(found *f, uint32_t end, stretch s, const char *mod, ds_time_anchor anchor)
{
    f->end = end;
    f->type = DS_TIME_DATE;
    f->mod = mod;
    f->at = s;
    f->days = stretch_part(s, mod);
    f->anchor = s.grain == G_NONE ? DS_ANCHOR_NONE : anchor;
    f->grain = grain_shown(s.grain);
    stretch_value(s, f->value);
}

void found_unknown(found *f, uint32_t end, const char *value, ds_time_grain shown)
{
    found_stretch(f, end, (stretch){G_NONE, 0}, NULL, DS_ANCHOR_NONE);
    f->grain = shown;
    put_value(ds_str_of(value), f->value);
}

void found_open(found *f, uint32_t end, grain g)
{
    static const char *const values[] = {
        [G_NONE] = "",          [G_DAY] = "XXXX-XX-XX",
        [G_WEEK] = "XXXX-WXX",  [G_WEEKEND] = "XXXX-WXX-WE",
        [G_MONTH] = "XXXX-XX",  [G_QUARTER] = "XXXX-QX",
        [G_SEASON] = "XXXX-XX", [G_HALF] = "XXXX-HX",
        [G_YEAR] = "XXXX",      [G_DECADE] = "XXX",
        [G_CENTURY] = "XX",
    };
    found_unknown(f, end, values[g], grain_shown(g));
}

int weekday_value(int weekday, char out[VALUE_MAX])
{
    return snprintf(out, VALUE_MAX, "XXXX-WXX-%d", weekday);
}

void found_daypart(found *f, uint32_t end, ds_str code)
{
    size_t n = strlen(f->value);
    snprintf(f->value + n, VALUE_MAX - n, "T%.*s", DS_FMT(code));
    f->type = DS_TIME_TIME;
    f->grain = DS_GRAIN_DAYPART;
    f->end = end;
}

stretch base_stretch(const times *t, grain g, bool from_ref)
{
    if (from_ref && t->ref.grain != G_NONE && g != G_NONE) {
        if (t->ref.grain == g)
            return t->ref;
        return stretch_at(g, stretch_days(t->ref).lo);
    }
    return t->pub == DS_DAY_NONE ? (stretch){G_NONE, 0} : stretch_at(g, t->pub);
}

/* Letters of units in times.tsv; days rounded, for stretches that roll back from publication. */
static const struct {
    char unit[3];
    uint8_t g;
    int32_t days;
} units[] = {{"D", G_DAY, 1},        {"W", G_WEEK, 7},         {"WE", G_WEEKEND, 2},
             {"M", G_MONTH, 30},     {"Q", G_QUARTER, 91},     {"Y", G_YEAR, 365},
             {"DE", G_DECADE, 3652}, {"CE", G_CENTURY, 36524}, {"F", G_NONE, 14}};

grain grain_of_unit(ds_str unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (norm_eq(unit, units[i].unit))
            return (grain)units[i].g;
    return G_NONE;
}

int32_t unit_days(ds_str unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (norm_eq(unit, units[i].unit))
            return units[i].days;
    return 0;
}

int32_t units_in_day(ds_str unit)
{
    if (norm_eq(unit, "TH"))
        return 24;
    return norm_eq(unit, "TM") ? 24 * 60 : norm_eq(unit, "TS") ? 24 * 60 * 60 : 1;
}

int32_t units_in_days(int64_t n, ds_str unit)
{
    int64_t days = n * unit_days(unit);
    return days < SPAN_MAX ? (int32_t)days : SPAN_MAX;
}
