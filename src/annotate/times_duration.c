/* SPDX-License-Identifier: Apache-2.0 */
/* times_duration.c - "nearly six months", "two weeks ago", "a year later", "daily", "every Friday", "recently". */
#include "annotate/times_internal.h"

#include <stdio.h>

typedef struct amount {
    int32_t n;      /* whole part; -1: vague */
    bool half;      /* and a half */
    bool one;       /* written "a" or "an" */
    bool plural;    /* an X without a number: "years" */
    ds_str decimal; /* "1.5"; empty otherwise */
    ds_str unit;
    uint32_t unit_at;
} amount;

/* A whole number in digits or words: "90", "twenty-five", "two hundred"; pieces taken. */
static uint32_t whole_at(const times *t, uint32_t i, int32_t *n)
{
    if (i >= t->p.len)
        return 0;
    const piece *p = &t->p.at[i];
    *n = p->number;
    if (*n < 0 || p->tail.len != 0)
        return 0;
    uint32_t took = 1;
    const piece *q = i + 1 < t->p.len ? &t->p.at[i + 1] : NULL;
    if (p->kind == DS_TOK_WORD && q && q->kind == DS_TOK_WORD && q->number > 0) {
        if (q->number == 100 && *n < 10)
            *n *= 100, took++;
        else if (*n >= 20 && *n % 10 == 0 && q->number < 10)
            *n += q->number, took++;
    }
    return took;
}

static bool is_half(const times *t, uint32_t i)
{
    return is_word(t, i, "and") && is(t, i + 1, C_ONE) && is_word(t, i + 2, "half");
}

static bool is_unit(const times *t, uint32_t i, ds_str *unit)
{
    if (is(t, i, C_UNITS))
        *unit = value_of(t, i, C_UNITS);
    else if (is(t, i, C_UNIT))
        *unit = value_of(t, i, C_UNIT);
    else
        return false;
    return true;
}

/* [another] NUMBER [and a half] [more|full|straight|...] UNIT [and a half]; pieces taken, 0: none. */
static uint32_t amount_at(const times *t, uint32_t i, amount *a)
{
    static const char *const between[] = {"more",       "full", "straight", "consecutive",
                                          "additional", "long", "whole"};
    uint32_t k = i + (is_word(t, i, "another") || is_word(t, i, "first") ? 1 : 0), n;
    *a = (amount){.n = -1, .decimal = {"", 0}};
    if (is_word(t, k, "half") &&
        (is(t, k + 1, C_ONE) || (k + 1 < t->p.len && t->p.at[k + 1].glued))) {
        a->n = 0;
        a->half = true;
        k += is(t, k + 1, C_ONE) ? 2 : 1;
    } else if ((n = whole_at(t, k, &a->n)) != 0) {
        k += n;
        int32_t high;
        uint32_t to = is_word(t, k, "to") || is_word(t, k, "or") ||
                      (k < t->p.len && t->p.at[k].glued),
                 m;
        bool tied = to && t->p.at[k].glued;
        m = to ? whole_at(t, k + !tied, &high) : 0;
        if (m && high > a->n) /* "two to three weeks": the value keeps the lower number */
            k += m + !tied;
        if (k < t->p.len && (is_word(t, k, "1/2") || is_word(t, k, "\xC2\xBD"))) {
            a->half = true;
            k++;
        }
    } else if (is(t, k, C_VAGUE)) {
        k++;
    } else if (is(t, k, C_ONE)) {
        a->n = 1;
        a->one = true;
        k++;
        if (is_word(t, k, "couple")) {
            a->n = 2;
            k += is_word(t, k + 1, "of") ? 2 : 1;
        } else if (is_word(t, k, "dozen")) {
            a->n = 12;
            k++;
        }
    } else if (k < t->p.len && t->p.at[k].kind == DS_TOK_NUMBER && t->p.at[k].tail.len > 1 &&
               t->p.at[k].tail.at[0] == '.' && t->p.at[k].norm.len < 8) {
        a->n = 0;
        a->decimal = t->p.at[k].norm;
        k++;
    } else if (is_word(t, k, "couple") && is_word(t, k + 1, "of")) {
        a->n = 2;
        k += 2;
    } else if (k == i && is(t, k, C_UNITS)) {
        a->plural = true;
    } else if (k == i) {
        return 0;
    } else if (!is(t, k, C_UNITS)) {
        a->n = 1; /* "another week"; "the first days" stay vague */
    }
    if (is_half(t, k)) {
        a->half = true;
        k += 3;
    }
    for (size_t w = 0; w < sizeof between / sizeof *between; w++)
        if (is_word(t, k, between[w])) {
            k++;
            break;
        }
    if (!is_unit(t, k, &a->unit))
        return 0;
    a->unit_at = k++;
    if (is_half(t, k)) {
        a->half = true;
        k += 3;
    }
    return k - i;
}

/* TIMEX3 period: decades and centuries in years, quarters in months, halves in the next smaller unit. */
static void period(const amount *a, char out[VALUE_MAX])
{
    static const struct {
        const char *unit, *as;
        int32_t times, half_n;
        const char *half;
    } rows[] = {{"TS", "S", 1, 0, ""}, {"TM", "M", 1, 30, "S"}, {"TH", "H", 1, 30, "M"},
                {"D", "D", 1, 0, ""},  {"W", "W", 1, 0, ""},    {"WE", "WE", 1, 0, ""},
                {"F", "W", 2, 0, ""},  {"M", "M", 1, 0, ""},    {"Q", "Q", 1, 0, ""},
                {"Y", "Y", 1, 6, "M"}, {"DE", "Y", 10, 5, ""},  {"CE", "Y", 100, 50, ""}};
    size_t r = 0;
    while (r + 1 < sizeof rows / sizeof *rows && !ds_str_eq(a->unit, ds_str_of(rows[r].unit)))
        r++;
    bool clock = ds_str_starts(a->unit, DS_STR("T"));
    const char *t = clock ? "PT" : "P";
    if (a->decimal.len)
        snprintf(out, VALUE_MAX, "%s%.*s%s", t, DS_FMT(a->decimal), rows[r].as);
    else if (a->n < 0)
        snprintf(out, VALUE_MAX, "%sX%s", t,
                 ds_str_eq(a->unit, DS_STR("F")) ? "W" : (clock ? rows[r].as : a->unit.at));
    else if (a->half && rows[r].half[0])
        a->n ? snprintf(out, VALUE_MAX, "%s%d%s%d%s", t, a->n, rows[r].as, rows[r].half_n,
                        rows[r].half)
             : snprintf(out, VALUE_MAX, "%s%d%s", t, rows[r].half_n, rows[r].half);
    else if (a->half && rows[r].half_n)
        snprintf(out, VALUE_MAX, "%s%d%s", t, a->n * rows[r].times + rows[r].half_n, rows[r].as);
    else if (a->half)
        snprintf(out, VALUE_MAX, "%s%d.5%s", t, a->n, rows[r].as);
    else
        snprintf(out, VALUE_MAX, "%s%d%s", t, a->n * rows[r].times, rows[r].as);
}

/* "$2,000 a month", "once a week", "20 flights a day": a rate, not a length of time. */
static bool is_rate(const times *t, uint32_t i)
{
    if (i == 0)
        return false;
    const piece *p = &t->p.at[i - 1];
    if (p->kind == DS_TOK_NUMBER || p->kind == DS_TOK_SYMBOL || is_word(t, i - 1, "once") ||
        is_word(t, i - 1, "twice") || is_word(t, i - 1, "times") || is_word(t, i - 1, "percent") ||
        is_word(t, i - 1, "million") || is_word(t, i - 1, "billion"))
        return true;
    if (is(t, i - 1, C_PREP) || is(t, i - 1, C_MOD) || p->kind != DS_TOK_WORD || p->norm.len < 4 ||
        !ds_str_ends(p->norm, DS_STR("s")))
        return false;
    for (uint32_t k = i - 1; k > 0 && i - k < 4; k--) /* the counted noun's number */
        if (t->p.at[k - 1].number >= 0 || t->p.at[k - 1].kind == DS_TOK_NUMBER)
            return true;
    return false;
}

static void set_of(found *out, uint32_t end, const amount *a)
{
    *out = (found){.beg = out->beg, .end = end, .type = DS_TIME_SET, .days = DS_DAYS_NONE};
    period(a, out->value);
}

/* DURATION ago | later | earlier: a stretch of the unit's grain, counted from publication or the last mention. */
static bool offset(const times *t, uint32_t end, const amount *a, const char *mod, int sign,
                   bool ref, found *out)
{
    grain g = grain_of_unit(a->unit);
    int32_t n = a->n;
    if (ds_str_eq(a->unit, DS_STR("F"))) {
        g = G_WEEK;
        n *= 2;
    }
    if (a->n < 0 || a->half || a->decimal.len || g == G_NONE) {
        bool vague = a->n < 0;
        period(a, out->value);
        if (vague)
            snprintf(out->value, VALUE_MAX, sign < 0 ? "PAST_REF" : "FUTURE_REF");
        out->type = vague ? DS_TIME_DATE : DS_TIME_DURATION;
        out->vague = vague;
        out->mod = mod;
        out->end = end;
        out->days = DS_DAYS_NONE;
        return true;
    }
    bool quarter =
        g == G_YEAR && n == 1 && t->ref.grain == G_QUARTER; /* beside quarterly results */
    stretch s = base_stretch(t, quarter ? G_QUARTER : g, ref || quarter);
    if (s.grain == G_NONE) {
        period(a, out->value);
        out->type = DS_TIME_DURATION;
        out->end = end;
        out->days = DS_DAYS_NONE;
        return true;
    }
    if (g == G_DECADE || g == G_CENTURY) { /* "four decades ago" names a year */
        n *= g == G_DECADE ? 10 : 100;
        g = G_YEAR;
        s = base_stretch(t, g, ref);
    }
    s.n += sign * n * (quarter ? 4 : 1);
    bool from_ref = (ref && t->ref.grain != G_NONE) || quarter;
    found_stretch(out, end, s, mod, from_ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    if (g == G_YEAR) /* comparisons with "a year ago" do not move the story */
        out->at = (stretch){G_NONE, 0};
    if (g == G_WEEK) { /* a week to either side of the middle day is meant, not Monday to Sunday */
        ds_day from = ref && t->ref.grain != G_NONE ? stretch_days(t->ref).lo : t->pub;
        ds_day mid = from + sign * n * 7;
        out->days = (ds_days){mid - 3, mid + 3};
    }
    return true;
}

static bool ends_phrase(const times *t, uint32_t i)
{
    return i >= t->p.len || t->p.at[i].kind == DS_TOK_PUNCT || is(t, i, C_PREP) ||
           is_word(t, i, "and");
}

/* What follows the amount makes it an offset, or ties it to an event; false: neither. */
static bool offset_at(const times *t, uint32_t k, const amount *a, const char *mod, found *out)
{
    if (is(t, k, C_AGO))
        return offset(t, k + 1, a, mod, -1, false, out);
    if (is_word(t, k, "after") || is_word(t, k, "before")) {
        if (!ends_phrase(t, k + 1))
            return false;
        return offset(t, k + 1, a, mod, is_word(t, k, "after") ? 1 : -1, true, out);
    }
    if (is(t, k, C_LATER))
        return offset(t, k + 1, a, mod, 1, !is_word(t, k, "from now") && !is_word(t, k, "hence"),
                      out);
    if (is(t, k, C_EARLIER) && !is_word(t, k + 1, "than"))
        return offset(t, k + 1, a, mod, -1, true, out);
    return false;
}

/* Bare plurals are times only in some company: "for years", "weeks after the raid". */
static bool plural_counts(const times *t, uint32_t i, uint32_t end)
{
    static const char *const led[] = {"for",   "in",     "within",  "over",
                                      "after", "during", "through", "took"};
    if (is(t, end, C_AGO) || is(t, end, C_LATER) || is(t, end, C_EARLIER) ||
        is_word(t, end, "after"))
        return true;
    for (size_t w = 0; i > 0 && w < sizeof led / sizeof *led; w++)
        if (is_word(t, i - 1, led[w]))
            return true;
    return false;
}

bool match_duration(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i;
    static const char *const mods[] = {"APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE",
                                       "EQUAL_OR_LESS"};
    if (is(t, k, C_MOD)) {
        ds_str v = value_of(t, k, C_MOD);
        for (size_t m = 0; m < sizeof mods / sizeof *mods; m++)
            if (ds_str_eq(v, ds_str_of(mods[m])))
                mod = mods[m];
        k++;
    }
    k += k == i && is(t, k, C_DET) && k + 1 < t->p.len &&
         (t->p.at[k + 1].number >= 0 || is_word(t, k + 1, "first"));
    amount a;
    uint32_t n = amount_at(t, k, &a);
    if (n == 0)
        return false;
    uint32_t end = k + n;
    /* "a second man", "a quarter of": the unit is something else */
    bool single = is(t, a.unit_at, C_UNIT);
    if (single && (a.one || a.n == 1 || is(t, k, C_ORDINAL)) &&
        (is_word(t, a.unit_at, "second") || is_word(t, a.unit_at, "quarter")))
        return false;
    if (single && is_word(t, k, "first")) /* "first day" */
        return false;
    if (t->p.at[a.unit_at].glued && is_word(t, a.unit_at, "quarters")) /* "three-quarters" */
        return false;
    int year;
    if (single && year_at(t, k, &year)) /* "the 1988 quarter" */
        return false;
    if (is_word(t, end, "old") || is_word(t, end, "olds"))
        return false; /* an age */
    bool glued_long = end < t->p.len && t->p.at[end].glued && is_word(t, end, "long");
    if (a.plural && !glued_long && !plural_counts(t, k, end))
        return false;
    if (is_word(t, end, "or") && (is_word(t, end + 1, "so") || is_word(t, end + 1, "more"))) {
        mod = is_word(t, end + 1, "so") ? "APPROX" : "EQUAL_OR_MORE";
        end += 2;
    }
    out->days = DS_DAYS_NONE;
    if (offset_at(t, end, &a, mod, out))
        return true;
    if (a.one && single && is_rate(t, i)) {
        set_of(out, end, &a);
        return true;
    }
    end += glued_long ? 1 : 0;
    period(&a, out->value);
    out->type = DS_TIME_DURATION;
    out->mod = mod;
    out->vague = a.n < 0;
    out->end = end;
    if (is_word(t, end, "after") || is_word(t, end, "before") || is_word(t, end, "since"))
        out->anchor = DS_ANCHOR_EVENT;
    return true;
}

/* "daily", "every two weeks", "each Friday", "per month". */
bool match_set(const times *t, uint32_t i, found *out)
{
    amount a;
    out->days = DS_DAYS_NONE;
    out->type = DS_TIME_SET;
    if (is(t, i, C_SET)) {
        ds_str v = value_of(t, i, C_SET);
        snprintf(out->value, VALUE_MAX, "%.*s", DS_FMT(v));
        out->end = i + 1;
        return true;
    }
    bool per = is_word(t, i, "per");
    if (!per && !is(t, i, C_EACH))
        return false;
    uint32_t k = i + 1;
    bool other = is_word(t, k, "other");
    k += other ? 1 : 0;
    if (is(t, k, C_UNIT)) {
        a = (amount){.n = other ? 2 : 1, .decimal = {"", 0}, .unit = value_of(t, k, C_UNIT)};
        if (is_word(t, k, "second") || (per && is_word(t, k, "quarter") && is_word(t, k + 1, "of")))
            return false;
        set_of(out, k + 1, &a);
        return true;
    }
    if (per)
        return false;
    if (is(t, k, C_WEEKDAY)) {
        snprintf(out->value, VALUE_MAX, "XXXX-WXX-%d", number_of(t, k, C_WEEKDAY));
    } else if (is(t, k, C_MONTH)) {
        snprintf(out->value, VALUE_MAX, "XXXX-%02d", number_of(t, k, C_MONTH));
    } else if (is(t, k, C_SEASON)) {
        ds_str v = value_of(t, k, C_SEASON);
        snprintf(out->value, VALUE_MAX, "XXXX-%.*s", DS_FMT(v));
    } else if (is(t, k, C_DAYPART)) {
        ds_str v = value_of(t, k, C_DAYPART);
        snprintf(out->value, VALUE_MAX, "XXXX-XX-XXT%.*s", DS_FMT(v));
    } else {
        uint32_t n = amount_at(t, k, &a);
        if (n == 0 || a.plural || a.one)
            return false;
        set_of(out, k + n, &a);
        return true;
    }
    out->end = k + 1;
    return true;
}

/* How far back "recent days", "recent years" reach. */
static int32_t recent_days(ds_str unit)
{
    enum { DAYS = 7, WEEKS = 42, MONTHS = 180, YEARS = 1826, LONG = 10957 };
    switch (unit.at[0]) {
    case 'D':
        return unit.len > 1 ? LONG : DAYS;
    case 'W':
        return WEEKS;
    case 'M':
    case 'Q':
        return MONTHS;
    case 'Y':
        return YEARS;
    default:
        return LONG;
    }
}

enum { RECENTLY = 30 }; /* days that "recently" reaches back */

static void vague_days(const times *t, int32_t back, found *out)
{
    out->type = DS_TIME_DATE;
    out->days = DS_DAYS_NONE;
    out->vague = true;
    if (t->pub == DS_DAY_NONE)
        return;
    out->anchor = DS_ANCHOR_PUBLICATION;
    if (out->value[1] == 'R') { /* PRESENT_REF */
        out->days = (ds_days){t->pub, t->pub};
        out->vague = false;
    } else if (out->value[0] == 'F') {
        out->days = (ds_days){t->pub, DS_DAY_NONE};
    } else {
        out->days = (ds_days){t->pub - back, t->pub};
    }
}

bool match_reference(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (is(t, k, C_RECENT) && is(t, k + 1, C_UNITS)) {
        ds_str v = value_of(t, k, C_RECENT);
        snprintf(out->value, VALUE_MAX, "%.*s", DS_FMT(v));
        out->end = k + 2;
        vague_days(t, recent_days(value_of(t, k + 1, C_UNITS)), out);
        return true;
    }
    if (k > i && is_word(t, k, "past") &&
        (k + 1 >= t->p.len || t->p.at[k + 1].kind == DS_TOK_PUNCT || is(t, k + 1, C_PREP))) {
        snprintf(out->value, VALUE_MAX, "PAST_REF");
        out->end = k + 1;
        vague_days(t, RECENTLY, out);
        return true;
    }
    k += (is_word(t, k, "near") || is_word(t, k, "in")) && is_word(t, k + 1, "future") ? 1 : 0;
    bool future = is_word(t, k, "future"); /* as an adjective it names no time: "future talks" */
    if (!is(t, k, C_REF) || (k > i) != future)
        return false;
    if (is_word(t, k, "soon") && ((i > 0 && is_word(t, i - 1, "as")) || is_word(t, k + 1, "after")))
        return false;
    ds_str v = value_of(t, k, C_REF);
    snprintf(out->value, VALUE_MAX, "%.*s", DS_FMT(v));
    out->end = k + 1;
    vague_days(t, RECENTLY, out);
    return true;
}
