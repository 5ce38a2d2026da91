/* SPDX-License-Identifier: Apache-2.0 */
/* times_clock.c - days of the week, "today" and the like, parts of the day, times by the clock. */
#include "annotate/times_internal.h"

#include <stdio.h>

/* "early", "late", "earlier", "later" before a day; pieces taken. */
static uint32_t part_at(const times *t, uint32_t i, const char **mod)
{
    if (!is(t, i, C_PART) ||
        !(is_word(t, i, "early") || is_word(t, i, "late") || is_word(t, i, "earlier") ||
          is_word(t, i, "later") || is_word(t, i, "mid")))
        return 0;
    ds_str v = value_of(t, i, C_PART);
    *mod = ds_str_eq(v, DS_STR("START")) ? "START" : (ds_str_eq(v, DS_STR("MID")) ? "MID" : "END");
    return 1;
}

/* Appends "TMO" and makes it a time. */
static void add_daypart(const times *t, uint32_t i, found *out)
{
    size_t n = strlen(out->value);
    snprintf(out->value + n, VALUE_MAX - n, "T%.*s", DS_FMT(value_of(t, i, C_DAYPART)));
    out->type = DS_TIME_TIME;
    out->end = i + 1;
}

static void unknown_day(found *out, uint32_t end, const char *value)
{
    found_stretch(out, end, (stretch){G_NONE, 0}, NULL, DS_ANCHOR_NONE);
    snprintf(out->value, VALUE_MAX, "%s", value);
}

/* The weekday (1 Monday .. 7) that is meant: the latest, today included, unless the words or the tense look ahead. */
static ds_day weekday_day(const times *t, int weekday, int which, int tense)
{
    int back = (ds_day_weekday(t->pub) - (weekday - 1) + 7) % 7;
    if (which == -1)
        return t->pub - (back ? back : 7);
    if (which == 1)
        return t->pub + 7 - back;
    if (which == 0 && tense >= 0) /* "this Friday" */
        return t->pub + (back ? 7 - back : 0);
    if (tense > 0 && back)
        return t->pub + 7 - back;
    return t->pub - back;
}

bool match_weekday(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    int which = 2;
    if (is(t, k, C_LAST) || is(t, k, C_PAST) || is_word(t, k, "previous"))
        which = -1;
    else if (is(t, k, C_NEXT))
        which = 1;
    else if (is(t, k, C_THIS))
        which = 0;
    k += which != 2 ? 1 : 0;
    if (is(t, k, C_WEEKDAYS) && t->p.at[k].cap) {
        unknown_day(out, k + 1, "");
        out->type = DS_TIME_SET;
        snprintf(out->value, VALUE_MAX, "XXXX-WXX-%d", number_of(t, k, C_WEEKDAYS));
        return true;
    }
    if (!is(t, k, C_WEEKDAY) || !t->p.at[k].cap)
        return false;
    int weekday = number_of(t, k, C_WEEKDAY);
    if (t->pub == DS_DAY_NONE) {
        unknown_day(out, k + 1, "");
        snprintf(out->value, VALUE_MAX, "XXXX-WXX-%d", weekday);
    } else {
        bool owns =
            (t->doc->toks[t->p.at[k].tok].flags & DS_TF_POSSESSIVE) != 0; /* "Wednesday's ruling" */
        int tense = owns ? 0 : tense_at(t, i, k + 1, false);
        stretch s = {G_DAY, weekday_day(t, weekday, which, tense)};
        found_stretch(out, k + 1, s, mod, DS_ANCHOR_PUBLICATION);
    }
    if (is(t, k + 1, C_DAYPART))
        add_daypart(t, k + 1, out);
    return true;
}

bool match_day_word(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    if (!is(t, k, C_DAY))
        return false;
    bool night = is_word(t, k, "tonight");
    if (t->pub == DS_DAY_NONE) {
        unknown_day(out, k + 1, night ? "XXXX-XX-XXTNI" : "XXXX-XX-XX");
        return true;
    }
    found_stretch(out, k + 1, (stretch){G_DAY, t->pub + number_of(t, k, C_DAY)}, mod,
                  DS_ANCHOR_PUBLICATION);
    if (is(t, k + 1, C_DAYPART))
        add_daypart(t, k + 1, out);
    if (night) {
        out->type = DS_TIME_TIME;
        snprintf(out->value + 10, VALUE_MAX - 10, "TNI");
    }
    return true;
}

/* "this morning", "last night", "that evening", "the next morning". */
bool match_daypart(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += is(t, k, C_DET) ? 1 : 0;
    if (!is(t, k + 1, C_DAYPART))
        return false;
    bool ref = is(t, k, C_SAME) || (is(t, k, C_NEXT) && k > i);
    int shift;
    if (is(t, k, C_LAST))
        shift = -1;
    else if (is(t, k, C_THIS))
        shift = 0;
    else if (is(t, k, C_NEXT))
        shift = 1;
    else if (ref)
        shift = number_of(t, k, C_SAME);
    else
        return false;
    stretch s = base_stretch(t, G_DAY, ref);
    if (s.grain == G_NONE) {
        unknown_day(out, k + 1, "XXXX-XX-XX");
    } else {
        s.n += shift;
        found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    }
    add_daypart(t, k + 1, out);
    return true;
}

/* ---- the clock ------------------------------------------------------------------------------------------------------ */

/* "10:30", "10.30", "7" (then `plain` is set); false: no time of day. */
static bool read_clock(const piece *p, int *hour, int *minute, bool *plain, size_t *used)
{
    size_t i = 0;
    int v[2] = {0, 0}, n = 0, digits = 0;
    for (; i < p->norm.len; i++) {
        char c = p->norm.at[i];
        if (c >= '0' && c <= '9' && digits < 2) {
            v[n] = v[n] * 10 + (c - '0');
            digits++;
        } else if ((c == ':' || c == '.') && n == 0 && digits > 0) {
            n = 1;
            digits = 0;
        } else {
            break;
        }
    }
    *hour = v[0];
    *minute = v[1];
    *plain = n == 0;
    *used = i;
    return i > 0 && digits > 0 && v[0] <= 24 && v[1] < 60 && (n == 0 || digits == 2);
}

/* "am", "p.m.", "o'clock" behind a number, glued to it or as the next piece; pieces taken. */
static uint32_t half_day_at(const times *t, uint32_t i, size_t used, ds_str *half)
{
    const piece *p = &t->p.at[i];
    ds_str tail = ds_str_cut(p->norm, used, p->norm.len);
    if (ds_str_eq(tail, DS_STR("am")) || ds_str_eq(tail, DS_STR("pm"))) {
        *half = tail;
        return 1;
    }
    if (tail.len != 0 || !is(t, i + 1, C_CLOCK))
        return 0;
    *half = value_of(t, i + 1, C_CLOCK);
    return 2;
}

/* The day of a clock time: named behind it ("5 p.m. Friday"), or earlier in the sentence, or publication. */
static uint32_t clock_day(const times *t, uint32_t i, ds_day *day, ds_time_anchor *anchor)
{
    found f = {0};
    uint32_t k = i + (is_word(t, i, "on") || is_punct(t, i, ',') ? 1 : 0);
    *anchor = DS_ANCHOR_PUBLICATION;
    if (k < t->p.len &&
        (match_date(t, k, &f) || match_weekday(t, k, &f) || match_day_word(t, k, &f)) &&
        f.at.grain == G_DAY) {
        *day = f.at.n;
        *anchor = f.anchor;
        return f.end;
    }
    *day = t->pub;
    if (t->ref.grain == G_DAY && t->ref_sent == t->sent) {
        *day = t->ref.n;
        *anchor = DS_ANCHOR_REFERENCE;
    }
    return i;
}

static bool finish_clock(const times *t, uint32_t k, const char *clock, found *out)
{
    ds_day day;
    ds_time_anchor anchor;
    k += is(t, k, C_ZONE) ? 1 : 0;
    uint32_t end = clock_day(t, k, &day, &anchor);
    if (day == DS_DAY_NONE) {
        unknown_day(out, end, "XXXX-XX-XX");
    } else {
        found_stretch(out, end, (stretch){G_DAY, day}, NULL, anchor);
    }
    snprintf(out->value + 10, VALUE_MAX - 10, "%s", clock);
    out->type = DS_TIME_TIME;
    return true;
}

bool match_clock(const times *t, uint32_t i, found *out)
{
    char clock[VALUE_MAX];
    if (is(t, i, C_NOON)) {
        ds_str v = value_of(t, i, C_NOON);
        snprintf(clock, sizeof clock, "%.*s", DS_FMT(v));
        return finish_clock(t, i + 1, clock, out);
    }
    const piece *p = &t->p.at[i];
    int hour = p->number, minute = 0;
    bool plain = true;
    size_t used = p->norm.len;
    if (p->kind == DS_TOK_NUMBER ? !read_clock(p, &hour, &minute, &plain, &used)
                                 : hour < 1 || hour > 12)
        return false;
    ds_str half = {"", 0};
    uint32_t n = half_day_at(t, i, used, &half);
    if (n == 0 && plain && hour >= 1 && hour <= 12 && used == p->norm.len &&
        is_word(t, i + 1, "in") && is(t, i + 2, C_DET) &&
        is(t, i + 3, C_DAYPART)) /* "at 4 in the morning" */
        n = 1;
    if (n == 0) { /* "at 14:30", "0900 GMT" */
        bool at = i > 0 && (is_word(t, i - 1, "at") || is_word(t, i - 1, "by") ||
                            is_word(t, i - 1, "around"));
        bool zone = is(t, i + 1, C_ZONE);
        if (zone && p->digits == 4) {
            hour = p->number / 100;
            minute = p->number % 100;
        } else if (plain || used != p->norm.len || memchr(p->norm.at, ':', p->norm.len) == NULL ||
                   !(at || zone)) {
            return false;
        }
        if (hour > 24 || minute > 59)
            return false;
        n = 1;
    } else if (hour < 1 || hour > 12) {
        return false;
    }
    uint32_t k = i + n;
    bool pm = ds_str_eq(half, DS_STR("pm"));
    if (is_word(t, k, "in") && is(t, k + 1, C_DET) && is(t, k + 2, C_DAYPART)) {
        pm = pm || !is_word(t, k + 2, "morning");
        k += 3;
    }
    if (pm && hour < 12)
        hour += 12;
    else if (!pm && hour == 12 && ds_str_eq(half, DS_STR("am")))
        hour = 0;
    snprintf(clock, sizeof clock, "T%02d:%02d", hour, minute);
    return finish_clock(t, k, clock, out);
}
