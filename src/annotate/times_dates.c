/* SPDX-License-Identifier: Apache-2.0 */
/* times_dates.c - days, months, years, decades, seasons and holidays that the text names. */
#include "annotate/times_internal.h"

#include <stdio.h>

/* What a date expression says, before the year is settled. */
typedef struct date {
    int year, month, day, last_day, last_month; /* 0: not said */
    int year_shift;                             /* "last year": -1 .. 1; valid when shifted */
    bool shifted;
    const char *mod;
} date;

static bool is_comma(const times *t, uint32_t i)
{
    return is_punct(t, i, ',');
}

/* "early", "mid", "late", "the end of", "the middle of"; pieces taken. */
static uint32_t part_at(const times *t, uint32_t i, const char **mod)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (!is(t, k, C_PART))
        return 0;
    ds_str v = value_of(t, k, C_PART);
    *mod = ds_str_eq(v, DS_STR("START")) ? "START" : (ds_str_eq(v, DS_STR("MID")) ? "MID" : "END");
    k++;
    if (is_word(t, k, "of"))
        return k + 1 - i;
    /* "early May", "mid-May"; but "the end May" is no part */
    return k - i == 1 || is_word(t, k - 1, "early") || is_word(t, k - 1, "late") ||
                   is_word(t, k - 1, "mid")
               ? k - i
               : 0;
}

/* "last year", "of this year" behind a month; pieces taken. */
static uint32_t year_word_at(const times *t, uint32_t i, int *shift)
{
    uint32_t k = i + (is_word(t, i, "of") ? 1 : 0);
    if (!is_word(t, k + 1, "year"))
        return 0;
    if (is(t, k, C_LAST))
        *shift = -1;
    else if (is(t, k, C_NEXT))
        *shift = 1;
    else if (is(t, k, C_THIS))
        *shift = 0;
    else
        return 0;
    return k + 2 - i;
}

/* Behind day and month: ", 2025", "2025", "of last year". */
static uint32_t read_year(const times *t, uint32_t i, date *d)
{
    uint32_t k = i + (is_comma(t, i) || is_word(t, i, "of") || is_word(t, i, "in") ? 1 : 0),
             n = year_at(t, k, &d->year);
    if (n && k < t->p.len && !t->p.at[k].glued)
        return k + n;
    d->year = 0;
    n = year_word_at(t, i, &d->year_shift);
    d->shifted = n > 0;
    return i + n;
}

static bool is_range_word(const times *t, uint32_t i)
{
    return is_word(t, i, "to") || is_word(t, i, "through") || is_word(t, i, "until") ||
           is_punct(t, i, '-') ||
           (i < t->p.len && ds_str_eq(t->p.at[i].norm, DS_STR("\xE2\x80\x93")));
}

/* The second day of "12th to 18th", "12-18"; pieces taken. */
static uint32_t last_day_at(const times *t, uint32_t i, int first, int *last)
{
    uint32_t k = i;
    int day;
    if (k < t->p.len && !t->p.at[k].glued) {
        if (!is_range_word(t, k))
            return 0;
        k++;
    }
    if (!day_at(t, k, &day) || day <= first)
        return 0;
    /* "Feb. 3 to 12 people": a plain number counts what follows */
    if (t->p.at[k].tail.len == 0 && k + 1 < t->p.len && t->p.at[k + 1].kind == DS_TOK_WORD &&
        !is(t, k + 1, C_MONTH) && !is(t, k + 1, C_PREP) && !t->p.at[k].glued)
        return 0;
    *last = day;
    return k + 1 - i;
}

/* A number behind a month that is no day: "March 20 percent", "May 5 million". */
static bool counts_something(const times *t, uint32_t i)
{
    return is_word(t, i, "percent") || is_word(t, i, "%") || is_word(t, i, "million") ||
           is_word(t, i, "billion");
}

/* MONTH DAY[-DAY] [YEAR] */
static uint32_t month_first(const times *t, uint32_t i, date *d)
{
    if (!is(t, i, C_MONTH))
        return 0;
    d->month = number_of(t, i, C_MONTH);
    uint32_t k = i + 1 + (is(t, i + 1, C_DET) ? 1 : 0);
    int day;
    if (!day_at(t, k, &day) || counts_something(t, k + 1))
        return 0;
    d->day = day;
    k++;
    k += last_day_at(t, k, day, &d->last_day);
    return read_year(t, k, d);
}

/* DAY[-DAY] [of] MONTH [YEAR] */
static uint32_t day_first(const times *t, uint32_t i, date *d)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    int day;
    if (!day_at(t, k, &day))
        return 0;
    d->day = day;
    k++;
    k += last_day_at(t, k, day, &d->last_day);
    k += is_word(t, k, "of") ? 1 : 0;
    if (!is(t, k, C_MONTH) || !t->p.at[k].cap)
        return 0;
    d->month = number_of(t, k, C_MONTH);
    return read_year(t, k + 1, d);
}

/* "May", "March" and "August" are months when nothing better explains their capital. */
static bool is_month_name(const times *t, uint32_t i)
{
    if (!is(t, i, C_MONTH) || !t->p.at[i].cap)
        return false;
    int m = number_of(t, i, C_MONTH);
    if (m != 3 && m != 5)
        return t->p.at[i].norm.len > 3 || is(t, i - 1, C_PREP) ||
               i == 0; /* "Jan" may be a first name */
    int year;
    if (year_at(t, i + 1, &year))
        return true;
    return i > 0 && (is(t, i - 1, C_PREP) || is(t, i - 1, C_LAST) || is(t, i - 1, C_NEXT) ||
                     is(t, i - 1, C_THIS) || is(t, i - 1, C_PART) || is_word(t, i - 1, "of") ||
                     is_word(t, i - 1, "to") || is_word(t, i - 1, "and") || is(t, i - 1, C_EACH));
}

static uint32_t month_alone(const times *t, uint32_t i, date *d)
{
    if (!is_month_name(t, i))
        return 0;
    d->month = number_of(t, i, C_MONTH);
    return read_year(t, i + 1, d);
}

/* A named day this close ahead is meant even in a sentence told in the past. */
enum { AHEAD_MAX = 92 };

/* The year that puts `d` where the tense wants it; a day without tense is the nearest, a month the latest that has begun. */
static int settle_year(const date *d, ds_day from, int tense, bool loose)
{
    int y, m, day, best = 0;
    ds_day_split(from, &y, &m, &day);
    bool month = d->day == 0;
    if (month && tense == 0 && !loose)
        tense = -1;
    int32_t best_far = INT32_MAX;
    for (int k = y - 4; k <= y + 4; k++) { /* February 29 comes every fourth year */
        ds_day at = ds_day_of(k, d->month, month ? 15 : d->day);
        if (at == DS_DAY_NONE)
            continue;
        if (!month && tense == 0 && !loose && at - from > AHEAD_MAX)
            continue;
        bool close = month ? k == y && d->month == m : at - from <= AHEAD_MAX;
        if (((tense < 0 && at > from) || (tense > 0 && at < from)) &&
            !(close && (month || tense < 0)))
            continue;
        int32_t far = at > from ? at - from : from - at;
        if (far < best_far) {
            best_far = far;
            best = k;
        }
    }
    return best ? best : y;
}

static bool settle(const times *t, date *d, uint32_t i, uint32_t end, ds_time_anchor *anchor)
{
    *anchor = DS_ANCHOR_ABSOLUTE;
    if (d->year)
        return true;
    *anchor = DS_ANCHOR_PUBLICATION;
    if (t->pub == DS_DAY_NONE)
        return false;
    int y, m, day;
    ds_day_split(t->pub, &y, &m, &day);
    d->year = d->shifted
                  ? y + d->year_shift
                  : settle_year(d, t->pub, t->loose ? 0 : tense_at(t, i, end, true), t->loose);
    return true;
}

static bool finish_date(const times *t, uint32_t i, uint32_t end, date *d, found *out)
{
    ds_time_anchor anchor;
    out->named = true;
    if (!settle(t, d, i, end, &anchor)) {
        found_stretch(out, end, (stretch){G_NONE, 0}, d->mod, DS_ANCHOR_NONE);
        if (d->day)
            snprintf(out->value, VALUE_MAX, "XXXX-%02d-%02d", d->month, d->day);
        else
            snprintf(out->value, VALUE_MAX, "XXXX-%02d", d->month);
        return true;
    }
    if (!d->day) {
        found_stretch(out, end, (stretch){G_MONTH, d->year * 12 + d->month - 1}, d->mod, anchor);
        return true;
    }
    ds_day day = ds_day_of(d->year, d->month, d->day);
    if (day == DS_DAY_NONE)
        return false;
    found_stretch(out, end, (stretch){G_DAY, day}, d->mod, anchor);
    ds_day last = d->last_day ? ds_day_of(d->year, d->month, d->last_day) : DS_DAY_NONE;
    if (last != DS_DAY_NONE) {
        char end_value[VALUE_MAX];
        stretch_value((stretch){G_DAY, last}, end_value);
        size_t n = strlen(out->value);
        snprintf(out->value + n, VALUE_MAX - n, "/%s", end_value); /* an ISO 8601 interval */
        out->days.hi = out->turn = last;
    }
    return true;
}

bool match_date(const times *t, uint32_t i, found *out)
{
    date d = {0};
    uint32_t k = i, end;
    bool weekday = is(t, k, C_WEEKDAY);
    if (weekday) {
        k++;
        k += is_comma(t, k) ? 1 : 0;
    } else {
        k += part_at(t, k, &d.mod);
    }
    date md = d, dm = d, m = d;
    if ((end = month_first(t, k, &md)) != 0)
        return finish_date(t, i, end, &md, out);
    if ((end = day_first(t, k, &dm)) != 0)
        return finish_date(t, i, end, &dm, out);
    if (weekday || (end = month_alone(t, k, &m)) == 0)
        return false;
    return finish_date(t, i, end, &m, out);
}

/* ---- numeric dates -------------------------------------------------------------------------------------------- */

/* "1/28/25", "28/01/2025", "28.01.2025": three numbers in one token; a number over 12 tells day from month. */
static bool slashed(ds_str s, date *d)
{
    int v[3] = {0}, n = 0, digits = 0;
    char mark = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= '0' && c <= '9' && digits < 4) {
            v[n] = v[n] * 10 + (c - '0');
            digits++;
        } else if ((c == '/' || c == '.') && n < 2 && digits > 0 && (mark == 0 || mark == c)) {
            mark = c;
            n++;
            digits = 0;
        } else {
            return false;
        }
    }
    if (n != 2 || (digits != 2 && digits != 4))
        return false;
    d->year = digits == 4 ? v[2] : v[2] + (v[2] < 70 ? 2000 : 1900);
    bool day_first = v[0] > 12 || (mark == '.' && v[1] <= 12);
    d->month = day_first ? v[1] : v[0]; /* month first is the English-language default */
    d->day = day_first ? v[0] : v[1];
    return year_fits(d->year);
}

/* "2025-02-07": three glued numbers. */
static uint32_t iso_at(const times *t, uint32_t i, date *d)
{
    if (i + 2 >= t->p.len || t->p.at[i].digits != 4 || !t->p.at[i + 1].glued ||
        !t->p.at[i + 2].glued || t->p.at[i + 1].digits != 2 || t->p.at[i + 2].digits == 0)
        return 0;
    d->year = t->p.at[i].number;
    d->month = t->p.at[i + 1].number;
    d->day = t->p.at[i + 2].number;
    return year_fits(d->year) ? 3 : 0;
}

bool match_numeric_date(const times *t, uint32_t i, found *out)
{
    date d = {0};
    if (t->p.at[i].kind != DS_TOK_NUMBER)
        return false;
    uint32_t n = iso_at(t, i, &d);
    if (n == 0 && t->p.at[i].number < 0 && slashed(t->p.at[i].norm, &d))
        n = 1;
    if (n == 0 || ds_day_of(d.year, d.month, d.day) == DS_DAY_NONE)
        return false;
    return finish_date(t, i, i + n, &d, out);
}

/* ---- years, decades -------------------------------------------------------------------------------------------- */

/* "2000 soldiers": a plural noun in lower case behind a bare number makes it a count, unless a preposition before it or
 * a later year makes it a date. */
static bool is_count(const times *t, uint32_t i, uint32_t end, int year)
{
    const piece *p = &t->p.at[i];
    if (i > 0) {
        const piece *b = &t->p.at[i - 1];
        if (b->kind == DS_TOK_SYMBOL || b->kind == DS_TOK_NUMBER)
            return true;
        if (is(t, i - 1, C_MOD) && !is_word(t, i - 1, "around") && !is_word(t, i - 1, "about"))
            return true;
    }
    if (p->glued && i > 0 && t->p.at[i - 1].digits == 0 && !is(t, i - 1, C_PART) &&
        t->p.at[i - 1].norm.len < 3)
        return true; /* "M-1978" */
    if (end >= t->p.len)
        return false;
    const piece *n = &t->p.at[end];
    if (n->kind == DS_TOK_SYMBOL || counts_something(t, end))
        return true;
    bool plural = n->kind == DS_TOK_WORD && !n->cap && n->norm.len > 3 &&
                  ds_str_ends(n->norm, DS_STR("s")) && !ds_str_ends(n->norm, DS_STR("ss")) &&
                  !(t->doc->toks[p->tok].flags & DS_TF_POSSESSIVE);
    bool recent = year >= 1900 && year <= 2059;
    bool led = i > 0 && (is(t, i - 1, C_PREP) || is_word(t, i - 1, "of"));
    if (plural || (n->kind == DS_TOK_WORD && is_word(t, end, "people")))
        return !(led && recent) || (is_word(t, end, "people") || n->kind != DS_TOK_WORD);
    return !recent && !led;
}

static uint32_t fiscal_at(const times *t, uint32_t i)
{
    if (!is(t, i, C_FISCAL))
        return is(t, i, C_DET) && is_word(t, i + 1, "year") ? 2 : 0;
    return is_word(t, i + 1, "year") ? 2 : 1;
}

bool match_year(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += fiscal_at(t, k);
    int year;
    uint32_t n = year_at(t, k, &year);
    if (n == 0 || (k == i && is_count(t, i, i + n, year)))
        return false;
    found_stretch(out, k + n, (stretch){G_YEAR, year}, mod, DS_ANCHOR_ABSOLUTE);
    /* "1950-53", "1950-1953", "1950 to 1953" is read as two */
    uint32_t e = k + n;
    if (e < t->p.len && t->p.at[e].glued && (t->p.at[e].digits == 4 || t->p.at[e].digits == 2) &&
        t->p.at[e].tail.len == 0) {
        int last = t->p.at[e].number + (t->p.at[e].digits == 2 ? year - year % 100 : 0);
        if (last <= year || !year_fits(last))
            return true;
        stretch end = {G_YEAR, last};
        snprintf(out->value, VALUE_MAX, "%04d/%04d", year, last);
        out->days.hi = stretch_days(end).hi;
        out->turn = stretch_days(end).lo;
        out->at = end;
        out->end = e + 1;
    }
    return true;
}

bool match_decade(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += is(t, k, C_DET) ? 1 : 0;
    if (k == i + 1 && is(t, i, C_DET) && is(t, k, C_PART)) { /* "the early 1980s" */
        uint32_t n = part_at(t, k, &mod);
        k += n;
    }
    if (k >= t->p.len)
        return false;
    const piece *p = &t->p.at[k];
    int32_t n = -1;
    if (p->kind == DS_TOK_NUMBER && ds_str_eq(p->tail, DS_STR("s")) && p->number % 10 == 0) {
        if (p->digits == 4 && year_fits(p->number))
            n = p->number / 10;
        else if (p->digits == 2 && p->number >= 20 &&
                 (k > i || (k > 0 && is_punct(t, k - 1, '\''))))
            n = 190 + p->number / 10; /* "the 90s", "'90s"; not "in his 30s" */
    } else if (is(t, k, C_DECADE) && k > i) {
        n = 190 + number_of(t, k, C_DECADE);
    } else if ((is(t, k, C_ORDINAL) || ds_str_eq(p->tail, DS_STR("th")) ||
                ds_str_eq(p->tail, DS_STR("st"))) &&
               is_word(t, k + 1, "century")) {
        int32_t c = is(t, k, C_ORDINAL) ? number_of(t, k, C_ORDINAL) : p->number;
        found_stretch(out, k + 2, (stretch){G_CENTURY, c - 1}, mod, DS_ANCHOR_ABSOLUTE);
        return c > 0;
    }
    if (n < 0)
        return false;
    found_stretch(out, k + 1, (stretch){G_DECADE, n}, mod, DS_ANCHOR_ABSOLUTE);
    return true;
}

/* ---- seasons, holidays --------------------------------------------------------------------------------------------- */

bool match_season(const times *t, uint32_t i, found *out)
{
    static const char codes[] = "SPSUFAWI";
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    int shift = 2; /* not said */
    bool led = k > i;
    if (is(t, k, C_LAST) || is(t, k, C_PAST))
        shift = -1;
    else if (is(t, k, C_NEXT))
        shift = 1;
    else if (is(t, k, C_THIS))
        shift = 0;
    if (shift != 2 || is(t, k, C_DET)) {
        k++;
        led = true;
    }
    if (!is(t, k, C_SEASON))
        return false;
    ds_str code = value_of(t, k, C_SEASON);
    int32_t s =
        (int32_t)(strstr(codes,
                         code.at[0] == 'F'
                             ? "FA"
                             : (code.at[0] == 'W' ? "WI" : (code.at[1] == 'P' ? "SP" : "SU"))) -
                  codes) /
        2;
    k++;
    int year;
    uint32_t of = k + (is_word(t, k, "of") || is_comma(t, k) ? 1 : 0), n = year_at(t, of, &year);
    if (n) {
        found_stretch(out, of + n, (stretch){G_SEASON, year * 4 + s}, mod, DS_ANCHOR_ABSOLUTE);
        return true;
    }
    /* without "the", "last", "this" the words are verbs and nouns: "fall", "spring" */
    if (!led && !(i > 0 && is(t, i - 1, C_PREP) && is_word(t, i - 1, "in")))
        return false;
    if (led && is(t, k - 2, C_DET) && !(i > 0 && is(t, i - 1, C_PREP)) && !mod)
        return false; /* "the fall of the city" */
    if (is_word(t, k, "of") || t->pub == DS_DAY_NONE)
        return false;
    stretch now = stretch_at(G_SEASON, t->pub);
    int32_t latest = now.n - ((now.n - s) % 4 + 4) % 4; /* latest one that has begun */
    if (shift == 1 || (shift == 2 && tense_at(t, i, k, false) > 0))
        latest += latest == now.n && shift != 1 ? 0 : 4;
    else if (shift == -1 && latest == now.n)
        latest -= 4;
    else if (shift == 0 && now.n - latest > 1) /* "this summer" in spring is the coming one */
        latest += 4;
    found_stretch(out, k, (stretch){G_SEASON, latest}, mod, DS_ANCHOR_PUBLICATION);
    out->named = true;
    return true;
}

/* "12-25" or "11#4#4" (fourth Thursday of November; fifth: the last) in a year. */
static ds_day holiday_day(ds_str rule, int year)
{
    int month = (rule.at[0] - '0') * 10 + (rule.at[1] - '0');
    if (rule.at[2] == '-')
        return ds_day_of(year, month, (rule.at[3] - '0') * 10 + (rule.at[4] - '0'));
    int nth = rule.at[3] - '0', weekday = rule.at[5] - '1';
    ds_day first = ds_day_of(year, month, 1);
    ds_day d = first + (weekday - ds_day_weekday(first) + 7) % 7 + (nth - 1) * 7;
    return d >= first + ds_month_days(year, month) ? d - 7 : d;
}

bool match_holiday(const times *t, uint32_t i, found *out)
{
    uint32_t k = i;
    int shift = is(t, k, C_LAST) ? -1 : (is(t, k, C_NEXT) ? 1 : (is(t, k, C_THIS) ? 0 : 2));
    k += shift != 2 ? 1 : 0;
    if (!is(t, k, C_HOLIDAY) || !t->p.at[k].cap)
        return false;
    ds_str rule = value_of(t, k, C_HOLIDAY);
    if (rule.len < 5 || (rule.at[2] == '#' && rule.len < 6))
        return false;
    date d = {0};
    uint32_t end = read_year(t, k + 1, &d);
    if (!d.year && t->pub == DS_DAY_NONE)
        return false;
    ds_time_anchor anchor = d.year ? DS_ANCHOR_ABSOLUTE : DS_ANCHOR_PUBLICATION;
    if (!d.year) {
        int y, m, day;
        ds_day_split(t->pub, &y, &m, &day);
        ds_day this_year = holiday_day(rule, y);
        int tense = shift == 2 ? tense_at(t, i, end, true) : shift;
        if (d.shifted)
            y += d.year_shift;
        else if (tense > 0)
            y += this_year < t->pub;
        else if (tense < 0 || this_year - t->pub > 183)
            y -= this_year > t->pub;
        else if (t->pub - this_year > 183)
            y++;
        d.year = y;
    }
    found_stretch(out, end, (stretch){G_DAY, holiday_day(rule, d.year)}, NULL, anchor);
    out->named = true;
    return true;
}
