/* SPDX-License-Identifier: Apache-2.0 */
/* times_match.c - which matchers a piece may start, by its classes; the longest match wins. */
#include "annotate/times_internal.h"

/* Of two matches that are as long, the earlier row's. */
enum {
    M_DATE,
    M_NUMERIC,
    M_HOLIDAY,
    M_WEEKDAY,
    M_DAY_WORD,
    M_DAYPART,
    M_CLOCK,
    M_UNIT_OF,
    M_RELATIVE,
    M_ORDINAL,
    M_SEASON,
    M_DECADE,
    M_DURATION,
    M_SET,
    M_REFERENCE,
    M_YEAR,
    M_OVERNIGHT,
    M_COUNT
};

static matcher *const matchers[M_COUNT] = {
    [M_DATE] = match_date,           [M_NUMERIC] = match_numeric_date,
    [M_HOLIDAY] = match_holiday,     [M_WEEKDAY] = match_weekday,
    [M_DAY_WORD] = match_day_word,   [M_DAYPART] = match_daypart,
    [M_CLOCK] = match_clock,         [M_UNIT_OF] = match_unit_of,
    [M_RELATIVE] = match_relative,   [M_ORDINAL] = match_ordinal_unit,
    [M_SEASON] = match_season,       [M_DECADE] = match_decade,
    [M_DURATION] = match_duration,   [M_SET] = match_set,
    [M_REFERENCE] = match_reference, [M_YEAR] = match_year,
    [M_OVERNIGHT] = match_overnight,
};

#define M(m) (UINT32_C(1) << M_##m)

static const uint32_t by_class[C_COUNT] = {
    [C_MONTH] = M(DATE),
    [C_WEEKDAY] = M(DATE) | M(WEEKDAY),
    [C_WEEKDAYS] = M(WEEKDAY),
    [C_PART] = M(DATE) | M(WEEKDAY) | M(DAY_WORD) | M(DAYPART) | M(RELATIVE) | M(ORDINAL) |
               M(SEASON) | M(DECADE) | M(YEAR),
    [C_DET] = M(DATE) | M(WEEKDAY) | M(DAYPART) | M(UNIT_OF) | M(RELATIVE) | M(ORDINAL) |
              M(SEASON) | M(DECADE) | M(DURATION) | M(REFERENCE) | M(YEAR),
    [C_ORDINAL] = M(DATE) | M(UNIT_OF) | M(ORDINAL) | M(DECADE) | M(DURATION),
    [C_LAST] = M(DATE) | M(HOLIDAY) | M(WEEKDAY) | M(DAYPART) | M(UNIT_OF) | M(RELATIVE) |
               M(ORDINAL) | M(SEASON),
    [C_NEXT] =
        M(DATE) | M(HOLIDAY) | M(WEEKDAY) | M(DAYPART) | M(RELATIVE) | M(ORDINAL) | M(SEASON),
    [C_THIS] =
        M(DATE) | M(HOLIDAY) | M(WEEKDAY) | M(DAYPART) | M(RELATIVE) | M(ORDINAL) | M(SEASON),
    [C_PAST] = M(DATE) | M(WEEKDAY) | M(RELATIVE) | M(SEASON),
    [C_SAME] = M(WEEKDAY) | M(DAYPART) | M(RELATIVE),
    [C_HOLIDAY] = M(HOLIDAY),
    [C_DAY] = M(DAY_WORD),
    [C_NIGHT] = M(OVERNIGHT),
    [C_NOON] = M(CLOCK),
    [C_NUMBER] = M(CLOCK) | M(DURATION) | M(YEAR),
    [C_UNIT] = M(ORDINAL),
    [C_UNITS] = M(DURATION),
    [C_SEASON] = M(SEASON),
    [C_MOD] = M(DURATION),
    [C_VAGUE] = M(DURATION),
    [C_ONE] = M(DURATION) | M(REFERENCE),
    [C_ANOTHER] = M(DURATION),
    [C_HALF] = M(DURATION),
    [C_EACH] = M(SET),
    [C_SET] = M(SET),
    [C_REF] = M(REFERENCE),
    [C_RECENT] = M(REFERENCE),
    [C_FISCAL] = M(ORDINAL) | M(YEAR),
    [C_QUARTER] = M(ORDINAL),
    [C_DAYPART] = M(UNIT_OF),
    [C_LEAD] = M(UNIT_OF) | M(ORDINAL),
};

/* A number in digits. */
static uint32_t by_digits(const piece *p)
{
    static const uint32_t any = M(CLOCK) | M(DURATION);
    if (p->number < 0) /* "10:30", "1/28/25" */
        return any | M(NUMERIC);
    if (!is_plain(p)) /* "12th", "1990s" */
        return any | M(DATE) | M(NUMERIC) | M(DECADE) | M(ORDINAL) | M(UNIT_OF);
    if (p->digits == 4)
        return any | M(NUMERIC) | M(ORDINAL) | M(YEAR);
    return p->digits == 1 || p->digits == 2 ? any | M(DATE) : any;
}

/* What must follow "the", "a" and "about" for them to begin a time. */
static const uint64_t after_det = CLASS(PART) | CLASS(ORDINAL) | CLASS(LAST) | CLASS(PAST) |
                                  CLASS(NEXT) | CLASS(SAME) | CLASS(THIS) | CLASS(UNIT) |
                                  CLASS(UNITS) | CLASS(SEASON) | CLASS(RECENT) | CLASS(REF) |
                                  CLASS(FISCAL) | CLASS(DECADE) | CLASS(DAYPART) | CLASS(WEEKDAY) |
                                  CLASS(LEAD) | CLASS(NUMBER) | CLASS(QUARTER);
static const uint64_t after_one =
    CLASS(UNIT) | CLASS(VAGUE) | CLASS(NUMBER) | CLASS(REF) | CLASS(HALF) | CLASS(LEAD);
static const uint64_t after_mod = CLASS(ONE) | CLASS(VAGUE) | CLASS(NUMBER) | CLASS(HALF) |
                                  CLASS(ANOTHER) | CLASS(DET) | CLASS(UNITS) | CLASS(LEAD);

/* "the", "a" and words like "about" are too many to try them all. */
static bool leads_on(const times *t, uint32_t i)
{
    static const uint64_t small = CLASS(DET) | CLASS(ONE) | CLASS(MOD);
    uint64_t mask = t->p.at[i].mask, wanted = 0;
    if (!mask || (mask & ~small))
        return true;
    if (i + 1 >= t->p.len)
        return false;
    const piece *next = &t->p.at[i + 1];
    wanted |= mask & CLASS(DET) ? after_det : 0;
    wanted |= mask & CLASS(ONE) ? after_one : 0;
    wanted |= mask & CLASS(MOD) ? after_mod : 0;
    if ((next->mask & wanted) != 0)
        return true;
    if (mask & CLASS(ONE))
        return false;
    return next->kind == DS_TOK_NUMBER || is_punct(t, i + 1, '\''); /* "the '90s" */
}

/* The matchers that may start at piece i. */
static uint32_t starts(const times *t, uint32_t i)
{
    const piece *p = &t->p.at[i];
    uint32_t set = p->kind == DS_TOK_NUMBER ? by_digits(p) : 0;
    for (uint64_t m = p->mask; m; m &= m - 1)
        set |= by_class[__builtin_ctzll(m)];
    return set && leads_on(t, i) ? set : 0;
}

bool time_at(const times *t, uint32_t i, found *best)
{
    best->end = 0;
    for (uint32_t set = starts(t, i); set; set &= set - 1) {
        found f = FOUND_NONE;
        if (matchers[__builtin_ctz(set)](t, i, &f) && f.end > best->end && f.end > i) {
            f.beg = i;
            *best = f;
        }
    }
    return best->end > i;
}

bool day_named(const times *t, uint32_t i, found *out)
{
    static matcher *const days[] = {match_holiday, match_date, match_numeric_date, match_weekday,
                                    match_day_word};
    for (size_t m = 0; i < t->p.len && m < sizeof days / sizeof *days; m++) {
        found f = FOUND_NONE;
        if (days[m](t, i, &f) && f.at.grain == G_DAY && f.turn == DS_DAY_NONE) {
            *out = f;
            return true;
        }
    }
    return false;
}
