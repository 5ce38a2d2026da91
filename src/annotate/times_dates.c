/* SPDX-License-Identifier: Apache-2.0 */
/* times_dates.c - days and months that the text names, in words and in digits. */
#include "annotate/times_internal.h"

#include <stdio.h>

/* What a date expression says, before the year is settled. */
typedef struct date {
    int year, month, day, last_day; /* 0: not said */
    int year_shift;                 /* "last year": -1 .. 1; valid when shifted */
    bool shifted;
    const char *mod;
} date;

uint32_t part_at(const times *t, uint32_t i, const char **mod)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (!is(t, k, C_PART))
        return 0;
    bool of = is_word(t, k + 1, "of"), noun = false;
    static const char *const adjectives[] = {"early", "mid", "late", "earlier", "later"};
    for (size_t w = 0; !of && !noun && w < sizeof adjectives / sizeof *adjectives; w++)
        noun = is_word(t, k, adjectives[w]); /* "early May"; but "the end May" is no part */
    if (!of && !noun)
        return 0;
    *mod = mod_of(t, k, C_PART);
    return k + 1 + of - i;
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
    if (is_plain(&t->p.at[k]) && k + 1 < t->p.len && t->p.at[k + 1].kind == DS_TOK_WORD &&
        !is(t, k + 1, C_MONTH) && !is(t, k + 1, C_PREP) && !t->p.at[k].glued)
        return 0;
    *last = day;
    return k + 1 - i;
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

/* "of this month", "of last month" behind a day; pieces taken. */
static uint32_t month_word_at(const times *t, uint32_t i, date *d)
{
    int side = side_at(t, i + 1);
    if (!is_word(t, i, "of") || side == NO_SIDE || !is_word(t, i + 2, "month") ||
        t->pub == DS_DAY_NONE)
        return 0;
    int32_t n = stretch_at(G_MONTH, t->pub).n + side;
    d->year_shift = n / 12 - stretch_at(G_YEAR, t->pub).n;
    d->shifted = true;
    d->month = n % 12 + 1;
    return 3;
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
    uint32_t n = month_word_at(t, k, d);
    if (n)
        return k + n;
    k += is_word(t, k, "of") ? 1 : 0;
    if (!is(t, k, C_MONTH) || (!t->p.at[k].cap && t->p.at[k].norm.len < 4))
        return 0;
    d->month = number_of(t, k, C_MONTH);
    return read_year(t, k + 1, d);
}

/* "May" and "March" are months when nothing better explains their capital; "Jan" may be a first name. */
static bool is_month_name(const times *t, uint32_t i)
{
    static const uint64_t lead = CLASS(PREP) | CLASS(LAST) | CLASS(NEXT) | CLASS(THIS) |
                                 CLASS(PART) | CLASS(EACH) | CLASS(PAST);
    enum { SURE = 7 }; /* "october" is no other word, "august" is */
    if (!is(t, i, C_MONTH) || (!t->p.at[i].cap && t->p.at[i].norm.len < SURE))
        return false;
    int m = number_of(t, i, C_MONTH), year;
    bool dated = year_at(t, i + 1, &year) || (is_comma(t, i + 1) && year_at(t, i + 2, &year));
    if (m != 3 && m != 5)
        return t->p.at[i].norm.len > 3 || dated || i == 0 || is(t, i - 1, C_PREP);
    if (dated)
        return true;
    return i > 0 && (is_any(t, i - 1, lead) || is_word(t, i - 1, "of") || is_word(t, i - 1, "to") ||
                     is_word(t, i - 1, "and") || is_word(t, i - 1, "between"));
}

static uint32_t month_alone(const times *t, uint32_t i, date *d)
{
    if (!is_month_name(t, i))
        return 0;
    d->month = number_of(t, i, C_MONTH);
    return read_year(t, i + 1, d);
}

/* A named day this close ahead is meant even in a sentence told in the past; one this close behind even in one about the
 * future. */
enum { AHEAD_MAX = 92, BEHIND_MAX = 45, MONTH_AHEAD_MAX = 60 };

/* May the day or month be the one `ahead` days from publication (behind it: negative)? same: publication's own month. */
static bool fits_tense(bool month, int32_t ahead, int tense, bool same)
{
    if (month && same)
        return true;
    if (month && tense == TENSE_WAS)
        return ahead <= 0;
    if (month)
        return tense > 0 ? ahead >= 0 : ahead <= MONTH_AHEAD_MAX;
    if (tense < 0 || tense == 0)
        return ahead <= AHEAD_MAX;
    return ahead >= -BEHIND_MAX;
}

/* The year that puts `d` where the tense wants it: of those that fit the nearest. */
static int settle_year(const date *d, ds_day from, int tense, bool loose)
{
    int y, m, day, best = 0;
    ds_day_split(from, &y, &m, &day);
    bool month = d->day == 0;
    int32_t best_far = INT32_MAX;
    for (int k = y - 4; k <= y + 4; k++) { /* February 29 comes every fourth year */
        ds_day at = ds_day_of(k, d->month, month ? 15 : d->day);
        if (at == DS_DAY_NONE)
            continue;
        if (!loose && !fits_tense(month, at - from, tense, k == y && d->month == m))
            continue;
        int32_t far = at > from ? at - from : from - at;
        if (far < best_far) {
            best_far = far;
            best = k;
        }
    }
    return best ? best : y;
}

/* Does the date belong to a noun behind it: "his Jan. 6 trial", "the port's Nov. 6 vote"? Not in "will open Nov. 6 despite". */
static bool before_noun(const times *t, uint32_t i, uint32_t end)
{
    static const uint64_t verbs = CLASS(PREP) | CLASS(WILL) | CLASS(WAS) | CLASS(DEFER);
    static const char *const owners[] = {"his", "her", "its", "their", "our", "my", "your"};
    bool word = end < t->p.len && t->p.at[end].kind == DS_TOK_WORD && !is_any(t, end, verbs);
    bool led =
        is(t, i, C_DET) ||
        (i > 0 && (is_any(t, i - 1, CLASS(DET) | CLASS(ONE) | CLASS(THIS)) || is_owner(t, i - 1)));
    for (size_t w = 0; i > 0 && w < sizeof owners / sizeof *owners; w++)
        led |= is_word(t, i - 1, owners[w]);
    return word && led;
}

/* "the June agreement", "his Jan. 6 trial": what is said of it, or planned by it, tells little of the date. */
static int date_tense(const times *t, const date *d, uint32_t i, uint32_t end)
{
    if (t->loose)
        return 0;
    int tense = tense_at(t, i, end, true);
    bool adverb = i > 0 && is(t, i - 1, C_PREP);
    if (adverb || tense < 0)
        return tense;
    return d->day ? (before_noun(t, i, end) ? 0 : tense) : (tense < TENSE_WILL ? 0 : tense);
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
    d->year =
        d->shifted ? y + d->year_shift : settle_year(d, t->pub, date_tense(t, d, i, end), t->loose);
    return true;
}

static bool finish_date(const times *t, uint32_t i, uint32_t end, date *d, found *out)
{
    ds_time_anchor anchor;
    out->named = true;
    out->bare = !d->year && !d->shifted;
    if (!settle(t, d, i, end, &anchor)) {
        found_unknown(out, end, "", d->day ? DS_GRAIN_DAY : DS_GRAIN_MONTH);
        out->mod = d->mod;
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

/* "last Oct. 23", "next March 3": before or after publication. */
static bool shifted_day(const times *t, uint32_t i, found *out)
{
    date d = {0};
    uint32_t end = month_first(t, i + 1, &d);
    if (end == 0 || d.year || t->pub == DS_DAY_NONE)
        return false;
    int y, m, day, past = !is(t, i, C_NEXT);
    ds_day_split(t->pub, &y, &m, &day);
    ds_day at = ds_day_of(y, d.month, d.day);
    d.year = past ? y - (at >= t->pub) : y + (at <= t->pub);
    if (!finish_date(t, i, end, &d, out))
        return false;
    out->anchor = DS_ANCHOR_PUBLICATION;
    return true;
}

/* [this] Friday, February 7 · Friday night, Feb. 7; pieces taken before the date itself, 0: no weekday. */
static uint32_t weekday_before(const times *t, uint32_t i, uint32_t *daypart)
{
    uint32_t k = i + (is_any(t, i, CLASS(THIS) | CLASS(LAST) | CLASS(NEXT) | CLASS(PAST)) ? 1 : 0);
    k += k > i && is_word(t, k, "coming") ? 1 : 0;
    if (!is(t, k, C_WEEKDAY))
        return 0;
    k++;
    *daypart = is(t, k, C_DAYPART) && is_comma(t, k + 1) ? k++ : 0;
    return k + (is_comma(t, k) ? 1 : 0) - i;
}

static bool finish_part(const times *t, uint32_t i, uint32_t end, date *d, uint32_t daypart,
                        found *out)
{
    if (!finish_date(t, i, end, d, out))
        return false;
    if (daypart && out->at.grain == G_DAY && out->turn == DS_DAY_NONE)
        found_daypart(out, end, value_of(t, daypart, C_DAYPART));
    return true;
}

bool match_date(const times *t, uint32_t i, found *out)
{
    date d = {0};
    uint32_t k = i, end, daypart = 0;
    if (is_any(t, i, CLASS(LAST) | CLASS(NEXT)) && is(t, i + 1, C_MONTH))
        return shifted_day(t, i, out);
    uint32_t weekday = weekday_before(t, i, &daypart);
    k += weekday ? weekday : part_at(t, k, &d.mod);
    date md = d, dm = d, m = d;
    if ((end = month_first(t, k, &md)) != 0)
        return finish_part(t, i, end, &md, daypart, out);
    if ((end = day_first(t, k, &dm)) != 0)
        return finish_part(t, i, end, &dm, daypart, out);
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
    enum { PIVOT = 70 }; /* of two digits: 1970 to 2069 */
    d->year = digits == 4 ? v[2] : v[2] + (v[2] < PIVOT ? 2000 : 1900);
    bool day_first = v[0] > 12 || (mark == '.' && v[1] <= 12);
    d->month = day_first ? v[1] : v[0]; /* month first is the English-language default */
    d->day = day_first ? v[0] : v[1];
    return year_fits(d->year);
}

/* "2025-02-07": three glued numbers. */
static uint32_t iso_at(const times *t, uint32_t i, date *d)
{
    if (i + 2 >= t->p.len || t->p.at[i].digits != 4 || !t->p.at[i + 1].glued ||
        !t->p.at[i + 2].glued || t->p.at[i + 1].digits == 0 || t->p.at[i + 1].digits > 2 ||
        t->p.at[i + 2].digits == 0 || t->p.at[i + 2].digits > 2)
        return 0;
    d->year = t->p.at[i].number;
    d->month = t->p.at[i + 1].number;
    d->day = t->p.at[i + 2].number;
    return year_fits(d->year) ? 3 : 0;
}

/* Two numbers with a slash: "10/2024" a month, "2015/16" years. */
static bool slashed_pair(const times *t, uint32_t i, found *out)
{
    ds_str s = t->p.at[i].norm;
    const char *slash = memchr(s.at, '/', s.len);
    size_t a = slash ? (size_t)(slash - s.at) : 0, b = slash ? s.len - a - 1 : 0;
    int v[2] = {0, 0};
    if (!slash || a > 4 || b > 4 || a == 0)
        return false;
    for (size_t k = 0; k < s.len; k++) {
        if (k == a)
            continue;
        if (s.at[k] < '0' || s.at[k] > '9')
            return false;
        v[k > a] = v[k > a] * 10 + (s.at[k] - '0');
    }
    if (a <= 2 && b == 4 && v[0] >= 1 && v[0] <= 12 && year_fits(v[1])) {
        found_stretch(out, i + 1, (stretch){G_MONTH, v[1] * 12 + v[0] - 1}, NULL,
                      DS_ANCHOR_ABSOLUTE);
        return true;
    }
    return a == 4 && (b == 2 || b == 4) && year_fits(v[0]) &&
           year_span(v[0], v[1], i + 1, NULL, out);
}

bool match_numeric_date(const times *t, uint32_t i, found *out)
{
    date d = {0};
    if (t->p.at[i].kind != DS_TOK_NUMBER)
        return false;
    if (slashed_pair(t, i, out))
        return true;
    uint32_t n = iso_at(t, i, &d);
    if (n == 0 && t->p.at[i].number < 0 && slashed(t->p.at[i].norm, &d))
        n = 1;
    if (n == 0 || ds_day_of(d.year, d.month, d.day) == DS_DAY_NONE)
        return false;
    return finish_date(t, i, i + n, &d, out);
}
