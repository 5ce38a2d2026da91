/* SPDX-License-Identifier: Apache-2.0 */
/* times_duration.c - "nearly six months", "two weeks ago", "a year later", "daily", "every Friday", "recently". */
#include "annotate/times_internal.h"

#include <stdio.h>

enum { DECIMAL_MAX = 7 }; /* bytes of "1.5": longer ones count no units of time */

typedef struct amount {
    int32_t n;      /* whole part; -1: vague */
    bool half;      /* and a half */
    bool one;       /* written "a" or "an" */
    bool plural;    /* an X without a number: "years" */
    ds_str decimal; /* "1.5"; empty otherwise */
    ds_str unit;
    uint32_t unit_at;
} amount;

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

/* "to three", "or two", "-18" behind a number: the value keeps the lower one. Pieces taken. */
static uint32_t higher_at(const times *t, uint32_t i, int32_t low)
{
    uint32_t k = i + (is_word(t, i, "to") || is_word(t, i, "or") ? 1 : 0);
    int32_t high;
    if (k == i && !is_glued(t, k))
        return 0;
    uint32_t n = whole_at(t, k, &high);
    return n && high > low ? k + n - i : 0;
}

/* "a", "a couple of", "a dozen"; pieces taken. */
static uint32_t one_at(const times *t, uint32_t i, amount *a)
{
    uint32_t k = i + 1;
    a->n = 1;
    a->one = true;
    if (is_word(t, k, "couple")) {
        a->n = 2;
        k += is_word(t, k + 1, "of") ? 2 : 1;
    } else if (is_word(t, k, "dozen")) {
        a->n = 12;
        k++;
    } else if (is(t, k, C_NUMBER) && number_of(t, k, C_NUMBER) == 100) {
        a->n = 100; /* "a hundred years" */
        k++;
    }
    return k - i;
}

/* The digits before the tail; false: none, others among them ("1,000½"), or more than lengths of time have. */
static bool whole_digits(const piece *p, int32_t *out)
{
    enum { DIGITS_MAX = 4 };
    int32_t n = 0;
    for (size_t i = 0; i < p->tail; i++) {
        if (p->norm.at[i] < '0' || p->norm.at[i] > '9')
            return false;
        n = n * 10 + (p->norm.at[i] - '0');
        if (i >= DIGITS_MAX)
            return false;
    }
    *out = n;
    return p->tail > 0;
}

/* What comes before the unit: a number in some form; pieces taken, UINT32_MAX: none. */
static uint32_t count_at(const times *t, uint32_t i, bool led, amount *a)
{
    uint32_t k = i, n;
    const piece *p = k < t->p.len ? &t->p.at[k] : NULL;
    if (is(t, k, C_HALF) && (is(t, k + 1, C_ONE) || is_glued(t, k + 1))) {
        a->n = 0;
        a->half = true;
        return is(t, k + 1, C_ONE) ? 2 : 1;
    }
    if ((n = whole_at(t, k, &a->n)) != 0) {
        k += n;
        k += higher_at(t, k, a->n);
        if (is_word(t, k, "1/2") || is_word(t, k, "\xC2\xBD")) {
            a->half = true;
            k++;
        }
        return k - i;
    }
    if (p && p->kind == DS_TOK_NUMBER && norm_eq(tail_of(p), "\xC2\xBD"))
        return (a->half = whole_digits(p, &a->n)) ? 1 : UINT32_MAX; /* "6½ hours" */
    if (is(t, k, C_VAGUE))
        return 1;
    if (is(t, k, C_ONE))
        return one_at(t, k, a);
    if (p && p->kind == DS_TOK_NUMBER && p->tail < p->norm.len && p->norm.at[p->tail] == '.' &&
        p->norm.len > (size_t)p->tail + 1 && p->norm.len <= DECIMAL_MAX) {
        a->n = 0;
        a->decimal = p->norm;
        return 1;
    }
    if (is_word(t, k, "couple") && is_word(t, k + 1, "of")) {
        a->n = 2;
        return 2;
    }
    if (is(t, k, C_UNITS)) {
        a->plural = !led;
        return 0;
    }
    if (!led)
        return UINT32_MAX;
    a->n = 1; /* "another week"; "the first days" stay vague */
    return 0;
}

/* [another] NUMBER [and a half] [more|full|straight|...] UNIT [and a half]; pieces taken, 0: none. */
static uint32_t amount_at(const times *t, uint32_t i, amount *a)
{
    static const char *const between[] = {"more",       "full", "straight", "consecutive",
                                          "additional", "long", "whole",    "trading"};
    uint32_t k = i + (is(t, i, C_ANOTHER) || is_word(t, i, "first") ? 1 : 0);
    *a = (amount){.n = -1, .decimal = {"", 0}};
    uint32_t n = count_at(t, k, k > i, a);
    if (n == UINT32_MAX)
        return 0;
    k += n;
    if (is_half(t, k)) {
        a->half = true;
        k += 3;
    }
    if (is_any(t, k, CLASS(UNIT) | CLASS(UNITS)) == false)
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

/* TIMEX3 period: decades and centuries in years, halves in the next smaller unit. */
static void period(const amount *a, char out[VALUE_MAX])
{
    static const struct {
        const char *unit, *as;
        int32_t times, half_n;
        const char *half;
    } rows[] = {{"TS", "S", 1, 0, ""}, {"TM", "M", 1, 30, "S"}, {"TH", "H", 1, 30, "M"},
                {"D", "D", 1, 0, ""},  {"W", "W", 1, 0, ""},    {"WE", "WE", 1, 0, ""},
                {"F", "W", 2, 1, ""},  {"M", "M", 1, 0, ""},    {"Q", "Q", 1, 0, ""},
                {"Y", "Y", 1, 6, "M"}, {"DE", "Y", 10, 5, ""},  {"CE", "Y", 100, 50, ""}};
    size_t r = 0;
    while (r + 1 < sizeof rows / sizeof *rows && !norm_eq(a->unit, rows[r].unit))
        r++;
    bool clock = ds_str_starts(a->unit, DS_STR("T"));
    const char *t = clock ? "PT" : "P", *as = rows[r].as;
    long long n = (long long)a->n * rows[r].times;
    bool tens = norm_eq(a->unit, "DE") || norm_eq(a->unit, "CE");
    if (a->decimal.len)
        snprintf(out, VALUE_MAX, "%s%.*s%s", t, DS_FMT(a->decimal), as);
    else if (a->n < 0)
        snprintf(out, VALUE_MAX, "%sX%s", t, tens ? rows[r].unit : as);
    else if (a->half && rows[r].half[0])
        n ? snprintf(out, VALUE_MAX, "%s%lld%s%d%s", t, n, as, rows[r].half_n, rows[r].half)
          : snprintf(out, VALUE_MAX, "%s%d%s", t, rows[r].half_n, rows[r].half);
    else if (a->half && !rows[r].half_n)
        snprintf(out, VALUE_MAX, "%s%lld.5%s", t, n, as);
    else
        snprintf(out, VALUE_MAX, "%s%lld%s", t, n + (a->half ? rows[r].half_n : 0), as);
}

void period_value(int32_t n, ds_str unit, char out[VALUE_MAX])
{
    period(&(amount){.n = n, .decimal = {"", 0}, .unit = unit}, out);
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
    *out = FOUND_NONE;
    out->end = end;
    out->type = DS_TIME_SET;
    period(a, out->value);
}

/* An offset that leads to no stretch of the calendar is a length of time. */
static bool offset_length(const amount *a, uint32_t end, found *out)
{
    const char *mod = out->mod;
    found_unknown(out, end, "", grain_shown(grain_of_unit(a->unit)));
    period(a, out->value);
    out->type = DS_TIME_DURATION;
    out->mod = mod;
    return true;
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
    out->mod = mod;
    out->days = DS_DAYS_NONE;
    if (a->n < 0) {
        found_unknown(out, end, sign < 0 ? "PAST_REF" : "FUTURE_REF", grain_shown(g));
        out->vague = true;
        return true;
    }
    if (a->half || a->decimal.len || g == G_NONE)
        return offset_length(a, end, out);
    bool quarter =
        g == G_YEAR && n == 1 && t->ref.grain == G_QUARTER; /* beside quarterly results */
    enum { YEARS_MAX = 1000 };
    stretch s = base_stretch(t, quarter ? G_QUARTER : g, ref || quarter);
    if (s.grain == G_NONE || units_in_days(n, a->unit) > YEARS_MAX * 365)
        return offset_length(a, end, out);
    if (g == G_DECADE || g == G_CENTURY) { /* "four decades ago" names a year */
        n *= g == G_DECADE ? 10 : 100;
        g = G_YEAR;
        s = base_stretch(t, g, ref);
    }
    s.n += sign * n * (quarter ? 4 : 1);
    if (!year_fits(stretch_at(G_YEAR, stretch_days(s).lo).n)) /* "999 years later" */
        return offset_length(a, end, out);
    bool from_ref = (ref && t->ref.grain != G_NONE) || quarter;
    found_stretch(out, end, s, mod, from_ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    bool more = mod && strcmp(mod, "MORE_THAN") == 0, less = mod && strcmp(mod, "LESS_THAN") == 0;
    if (more || less) { /* "more than a year ago" */
        out->mod = more == (sign < 0) ? "BEFORE" : "AFTER";
        out->days = DS_DAYS_NONE;
        return true;
    }
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
    static const char *const led[] = {"for",     "in",   "within", "over",  "after",  "during",
                                      "through", "took", "take",   "takes", "taking", "taken",
                                      "lasted",  "last", "lasts",  "spent", "spend",  "spending"};
    if (is_any(t, end, CLASS(AGO) | CLASS(LATER) | CLASS(EARLIER)) || is_word(t, end, "after"))
        return true;
    for (size_t w = 0; i > 0 && w < sizeof led / sizeof *led; w++)
        if (is_word(t, i - 1, led[w]))
            return true;
    return false;
}

/* "a second man", "a quarter of", "first day", "three-quarters", "14 years old": the words count something else. */
static bool is_no_duration(const times *t, uint32_t i, uint32_t end, const amount *a)
{
    uint32_t u = a->unit_at;
    bool single = is(t, u, C_UNIT);
    int year;
    if (single && (a->one || a->n == 1 || is(t, i, C_ORDINAL)) &&
        (is_word(t, u, "second") || is_word(t, u, "quarter")))
        return true;
    if (single && (is_word(t, i, "first") || year_at(t, i, &year)))
        return true;
    if (is_glued(t, u) && is_word(t, u, "quarters"))
        return true;
    return is_word(t, end, "old") || is_word(t, end, "olds");
}

/* ---- hanging on an event -------------------------------------------------------------------------------------------- */

/* Does a new noun phrase begin here? "weeks after the raid on Varn the port was open". */
static bool begins_subject(const times *t, uint32_t i)
{
    static const char *const pronouns[] = {"it", "he", "she", "they", "we", "i", "you", "there"};
    for (size_t w = 0; w < sizeof pronouns / sizeof *pronouns; w++)
        if (is_word(t, i, pronouns[w]))
            return true;
    return is_any(t, i, CLASS(DET) | CLASS(ONE)) && !is(t, i - 1, C_PREP) &&
           !is_word(t, i - 1, "of") && !is_word(t, i - 1, "and") && !is_word(t, i - 1, "to");
}

/* Where the words for an event end: at a stop, a verb cue, another time or the next noun phrase. */
static uint32_t event_end(const times *t, uint32_t i)
{
    enum { EVENT_MAX = 8 };
    static const uint64_t ends =
        CLASS(WILL) | CLASS(WAS) | CLASS(WEEKDAY) | CLASS(MONTH) | CLASS(DAY);
    uint32_t k = i;
    while (k < t->p.len && k - i < EVENT_MAX && t->p.at[k].kind != DS_TOK_PUNCT &&
           !is_any(t, k, ends) && !(k > i && begins_subject(t, k)))
        k++;
    return k;
}

/* Days from the event: a few of the unit where the number is vague, half a unit around where it is not. */
static ds_days event_offset(const amount *a, int sign)
{
    enum { FEW = 8 };
    int32_t unit = unit_days(a->unit), lo, hi;
    if (unit == 0)
        return (ds_days){0, 0};
    if (a->n < 0) {
        lo = unit;
        hi = unit * FEW;
    } else {
        int32_t slack = unit == 1 ? 0 : (unit == 7 ? 3 : unit / 2),
                all = units_in_days(a->n, a->unit) + (a->half ? unit / 2 : 0);
        lo = all - slack;
        hi = all + slack;
    }
    return sign > 0 ? (ds_days){lo, hi} : (ds_days){-hi, -lo};
}

/* "1.5" is 15 of 10 parts. */
static int64_t decimal_parts(ds_str s, int64_t *parts)
{
    int64_t n = 0;
    bool point = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9') {
            n = n * 10 + (s.at[i] - '0');
            *parts *= point ? 10 : 1;
        }
        point = point || s.at[i] == '.';
    }
    return n;
}

/* Days that it takes, the last one begun; 0: vague. */
static int32_t days_taken(const amount *a)
{
    if (a->n < 0)
        return 0;
    int64_t parts = a->decimal.len ? 1 : 2, unit = unit_days(a->unit);
    int64_t n = a->decimal.len ? decimal_parts(a->decimal, &parts) : 2 * (int64_t)a->n + a->half;
    parts *= units_in_day(a->unit);
    int64_t days = (n * (unit ? unit : 1) + parts - 1) / parts;
    return days < SPAN_MAX ? (int32_t)days : SPAN_MAX;
}

/* "weeks after the raid", "two days before Christmas": days where the event is a day. */
static void hang_on_event(const times *t, uint32_t k, const amount *a, found *out)
{
    bool before = is_word(t, k, "before") || is_word(t, k, "ahead of") || is_word(t, k, "prior to");
    bool after = is_word(t, k, "after") || is_word(t, k, "following") || is_word(t, k, "since");
    if (!before && !after)
        return;
    found d = FOUND_NONE;
    out->anchor = DS_ANCHOR_EVENT;
    out->offset = event_offset(a, before ? -1 : 1);
    out->event = k + 1;
    if (day_named(t, k + 1, &d) && units_in_days(a->n, a->unit) < SPAN_MAX) {
        out->event_end = d.end;
        out->days = (ds_days){d.at.n + out->offset.lo, d.at.n + out->offset.hi};
        return;
    }
    out->event_end = event_end(t, k + 1);
}

/* "one day" in a sentence about what may come. */
static bool some_day(const times *t, uint32_t i, uint32_t end, const amount *a, found *out)
{
    if (a->n != 1 || a->one || end != i + 2 || !is_word(t, i, "one") || !is_word(t, i + 1, "day") ||
        is_glued(t, i + 1) || (i > 0 && is_any(t, i - 1, CLASS(PREP) | CLASS(MOD))) ||
        tense_at(t, i, end, true) <= 0)
        return false;
    found_unknown(out, end, "FUTURE_REF", DS_GRAIN_NONE);
    out->vague = true;
    return true;
}

bool match_duration(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is(t, i, C_MOD) ? 1 : 0);
    const char *mod = k > i ? mod_of(t, i, C_MOD) : NULL;
    bool det = k == i && is(t, k, C_DET);
    if (det && !(k + 1 < t->p.len && (t->p.at[k + 1].number >= 0 || is_word(t, k + 1, "first"))))
        return false;
    k += det;
    amount a;
    uint32_t n = amount_at(t, k, &a), end = k + n;
    if (n == 0 || (det && is_glued(t, a.unit_at)) || is_no_duration(t, k, end, &a))
        return false; /* "the two-week talks": the article is not the number's */
    bool glued_long = is_glued(t, end) && is_word(t, end, "long");
    if (a.plural && !glued_long && !plural_counts(t, k, end))
        return false;
    if (is_word(t, end, "or") && (is_word(t, end + 1, "so") || is_word(t, end + 1, "more"))) {
        mod = is_word(t, end + 1, "so") ? "APPROX" : "EQUAL_OR_MORE";
        end += 2;
    }
    if (offset_at(t, end, &a, mod, out) || some_day(t, k, end, &a, out))
        return true;
    if (a.one && is(t, a.unit_at, C_UNIT) && is_rate(t, i)) {
        set_of(out, end, &a);
        return true;
    }
    end += glued_long ? 1 : 0;
    found_unknown(out, end, "", grain_shown(grain_of_unit(a.unit)));
    period(&a, out->value);
    out->type = DS_TIME_DURATION;
    out->mod = mod;
    out->vague = a.n < 0;
    out->length = days_taken(&a);
    hang_on_event(t, end, &a, out);
    return true;
}

/* "daily", "every two weeks", "each Friday", "per month". */
bool match_set(const times *t, uint32_t i, found *out)
{
    amount a;
    out->days = DS_DAYS_NONE;
    out->type = DS_TIME_SET;
    if (is(t, i, C_SET)) {
        bool named = i > 0 && (t->p.at[i - 1].cap || is_word(t, i - 1, "the"));
        if (named && t->p.at[i].cap && i + 1 < t->p.len && t->p.at[i + 1].cap &&
            !is_glued(t, i + 1))
            return false; /* the Mirefold Daily News; not "Daily Flights To Resume" */
        ds_str v = value_of(t, i, C_SET);
        put_value(v, out->value);
        out->end = i + 1;
        return true;
    }
    bool per = is_word(t, i, "per");
    if (!is(t, i, C_EACH))
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
        weekday_value(number_of(t, k, C_WEEKDAY), out->value);
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

static bool take_reference(const times *t, uint32_t end, ds_str value, int32_t back, found *out)
{
    put_value(value, out->value);
    out->end = end;
    vague_days(t, back, out);
    return true;
}

/* Ends a noun phrase: "the past", "the future". */
static bool ends_noun(const times *t, uint32_t i)
{
    return i >= t->p.len || t->p.at[i].kind == DS_TOK_PUNCT || is(t, i, C_PREP);
}

bool match_reference(const times *t, uint32_t i, found *out)
{
    uint32_t k = i + (is_any(t, i, CLASS(DET) | CLASS(ONE)) ? 1 : 0);
    bool one = k > i && is(t, i, C_ONE);
    if (is(t, k, C_RECENT) && is(t, k + 1, C_UNITS) && !one)
        return take_reference(t, k + 2, value_of(t, k, C_RECENT),
                              recent_days(value_of(t, k + 1, C_UNITS)), out);
    if (k > i && !one && is_word(t, k, "past") && ends_noun(t, k + 1))
        return take_reference(t, k + 1, DS_STR("PAST_REF"), RECENTLY, out);
    k += (is(t, k, C_LEAD) || is_word(t, k, "in")) && is_word(t, k + 1, "future") ? 1 : 0;
    bool future =
        is_word(t, k, "future"); /* "the future"; "future talks" and "a future" name no time */
    if (!is(t, k, C_REF) || (k > i) != future || one)
        return false;
    if (is_word(t, k, "soon") && ((i > 0 && is_word(t, i - 1, "as")) || is_word(t, k + 1, "after")))
        return false;
    return take_reference(t, k + 1, value_of(t, k, C_REF), RECENTLY, out);
}
