/* SPDX-License-Identifier: Apache-2.0 */
/* times_clock.c - days of the week, "today" and the like, parts of the day, times by the clock. */
#include "annotate/times_internal.h"

#include <stdio.h>

/* "early Monday", "late Friday"; "earlier Monday" is Monday. Pieces taken. */
static uint32_t day_part_at(const times *t, uint32_t i, const char **mod)
{
    static const char *const words[] = {"early", "late", "mid"};
    for (size_t w = 0; is(t, i, C_PART) && w < sizeof words / sizeof *words; w++)
        if (is_word(t, i, words[w])) {
            *mod = mod_of(t, i, C_PART);
            return 1;
        }
    return 0;
}

static void add_daypart(const times *t, uint32_t i, found *out)
{
    found_daypart(out, i + 1, value_of(t, i, C_DAYPART));
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
    if (tense >= TENSE_TO && back)
        return t->pub + 7 - back;
    return t->pub - back;
}

/* "Tuesday the 19th": the nearest day of both kinds; DS_DAY_NONE: it is none of them. */
static ds_day weekday_of_month(const times *t, uint32_t i, int weekday, uint32_t *end)
{
    enum { REACH = 190 };
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    int day, y, m, d;
    if (k >= t->p.len || is_glued(t, k) || !day_at(t, k, &day) ||
        (k == i && tail_of(&t->p.at[k]).len == 0) || is_any(t, k + 1, CLASS(UNIT) | CLASS(MONTH)))
        return DS_DAY_NONE;
    ds_day first = t->pub + (weekday - 1 - ds_day_weekday(t->pub) - 7) % 7;
    for (ds_day off = 0; off < REACH; off += 7)
        for (int side = 0; side < 2; side++) {
            ds_day at = side ? first + 7 + off : first - off;
            ds_day_split(at, &y, &m, &d);
            if (d == day) {
                *end = k + 1;
                return at;
            }
        }
    return DS_DAY_NONE;
}

/* "Monday of next week", "Wednesday last week"; pieces taken behind the weekday. */
static uint32_t weekday_of_week(const times *t, uint32_t i, int weekday, ds_day *out)
{
    uint32_t k = i + (is_word(t, i, "of") || is_word(t, i, "from") ? 1 : 0);
    int shift = side_at(t, k);
    if (shift == NO_SIDE || !is_word(t, k + 1, "week"))
        return 0;
    *out = stretch_days(stretch_at(G_WEEK, t->pub)).lo + 7 * shift + weekday - 1;
    return k + 2 - i;
}

/* "Fridays", "Tuesday nights". */
static bool weekday_set(const times *t, uint32_t k, found *out)
{
    bool nights = is(t, k, C_WEEKDAY) && is(t, k + 1, C_DAYPARTS);
    if (!nights && !is(t, k, C_WEEKDAYS))
        return false;
    int weekday = number_of(t, k, nights ? C_WEEKDAY : C_WEEKDAYS);
    found_unknown(out, k + 1 + nights, "", DS_GRAIN_DAY);
    out->type = DS_TIME_SET;
    int n = weekday_value(weekday, out->value);
    if (nights)
        snprintf(out->value + n, VALUE_MAX - (size_t)n, "T%.*s",
                 DS_FMT(value_of(t, k + 1, C_DAYPARTS)));
    return true;
}

/* "last", "this coming", as side_at says; pieces taken. */
static uint32_t which_weekday(const times *t, uint32_t i, int *which)
{
    *which = is(t, i, C_PAST) || is_word(t, i, "previous") ? -1 : side_at(t, i);
    if (*which == NO_SIDE)
        return 0;
    return *which == 0 && is_word(t, i + 1, "coming") ? 2 : 1; /* "this coming Sunday" */
}

bool match_weekday(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    int which;
    uint32_t k = i + day_part_at(t, i, &mod);
    k += is(t, k, C_DET) && is_word(t, k + 1, "previous") ? 1 : 0;
    k += which_weekday(t, k, &which);
    enum { SURE = 6 }; /* "monday" is no other word, "sun" is */
    if (k >= t->p.len || (!t->p.at[k].cap && t->p.at[k].norm.len < SURE))
        return false;
    if (weekday_set(t, k, out))
        return true;
    if (!is(t, k, C_WEEKDAY))
        return false;
    int weekday = number_of(t, k, C_WEEKDAY);
    if (t->pub == DS_DAY_NONE) {
        found_unknown(out, k + 1, "", DS_GRAIN_DAY);
        weekday_value(weekday, out->value);
    } else {
        int tense = is_owner(t, k) ? 0 : tense_at(t, i, k + 1, false); /* "Wednesday's ruling" */
        uint32_t end = k + 1;
        ds_day day = which == NO_SIDE ? weekday_of_month(t, k + 1, weekday, &end) : DS_DAY_NONE;
        uint32_t week =
            which == NO_SIDE && end == k + 1 ? weekday_of_week(t, k + 1, weekday, &day) : 0;
        end += week;
        if (day == DS_DAY_NONE)
            day = weekday_day(t, weekday, which, tense);
        found_stretch(out, end, (stretch){G_DAY, day}, mod, DS_ANCHOR_PUBLICATION);
        if (t->loose && end == k + 1) /* of a week that is not known */
            weekday_value(weekday, out->value);
    }
    if (is(t, out->end, C_DAYPART) && !is_owner(t, out->end - 1))
        add_daypart(t, out->end, out);
    return true;
}

bool match_day_word(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + day_part_at(t, i, &mod);
    if (k == i && is_any(t, k, CLASS(EARLIER) | CLASS(LATER)) && is(t, k, C_PART)) {
        mod = mod_of(t, k, C_PART); /* "earlier today" */
        k++;
    }
    if (!is(t, k, C_DAY))
        return false;
    bool night = is_word(t, k, "tonight");
    if (t->pub == DS_DAY_NONE)
        found_open(out, k + 1, G_DAY);
    else
        found_stretch(out, k + 1, (stretch){G_DAY, t->pub + number_of(t, k, C_DAY)}, mod,
                      DS_ANCHOR_PUBLICATION);
    if (night)
        found_daypart(out, k + 1, DS_STR("NI"));
    else if (is(t, k + 1, C_DAYPART) && !is_owner(t, k))
        add_daypart(t, k + 1, out);
    return true;
}

/* The day last spoken of in this sentence or the one before, else publication's. */
static stretch day_spoken_of(const times *t, bool *ref)
{
    *ref = t->ref.grain == G_DAY && t->sent - t->ref_sent <= 1;
    return *ref ? t->ref : base_stretch(t, G_DAY, false);
}

/* "in the morning", "in the early evening": of the day spoken of. */
static bool part_of_day(const times *t, uint32_t i, const char *mod, found *out)
{
    uint32_t k = i + 1;
    if (!is(t, i, C_DET) || i == 0 || !is_word(t, i - 1, "in"))
        return false;
    k += day_part_at(t, k, &mod);
    bool ref;
    stretch s = day_spoken_of(t, &ref);
    if (!is(t, k, C_DAYPART) || is_word(t, k, "night") || is_word(t, k + 1, "of") ||
        is_word(t, k + 1, "after") || is_word(t, k + 1, "before") || s.grain == G_NONE)
        return false;
    found_stretch(out, k, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    add_daypart(t, k, out);
    out->at = (stretch){G_NONE, 0};
    return true;
}

/* "this morning", "last night", "that evening", "the next morning". */
bool match_daypart(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + day_part_at(t, i, &mod);
    if (part_of_day(t, k, mod, out))
        return true;
    k += is(t, k, C_DET) ? 1 : 0;
    if (!is(t, k + 1, C_DAYPART))
        return false;
    bool ref = is(t, k, C_SAME) || (is(t, k, C_NEXT) && k > i);
    int shift = side_at(t, k);
    if (shift == NO_SIDE && !ref)
        return false;
    if (shift == NO_SIDE)
        shift = number_of(t, k, C_SAME);
    stretch s = base_stretch(t, G_DAY, ref);
    if (s.grain == G_NONE) {
        found_open(out, k + 1, G_DAY);
    } else {
        s.n += shift;
        found_stretch(out, k + 1, s, mod, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
    }
    add_daypart(t, k + 1, out);
    return true;
}

/* "overnight": the night that ends on the day spoken of. */
bool match_overnight(const times *t, uint32_t i, found *out)
{
    if (!is(t, i, C_NIGHT) || (i > 0 && is_any(t, i - 1, CLASS(DET) | CLASS(ONE))))
        return false; /* "an overnight train" */
    bool ref;
    stretch s = day_spoken_of(t, &ref);
    if (s.grain == G_NONE) {
        found_open(out, i + 1, G_DAY);
    } else {
        s.n--;
        found_stretch(out, i + 1, s, NULL, ref ? DS_ANCHOR_REFERENCE : DS_ANCHOR_PUBLICATION);
        out->days.hi++;
    }
    found_daypart(out, i + 1, DS_STR("NI"));
    out->at = (stretch){G_NONE, 0};
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

/* "(0735 GMT)", "(2 p.m. in London)" behind a clock time: its twin elsewhere; pieces taken. */
static uint32_t twin_at(const times *t, uint32_t i)
{
    enum { TWIN_MAX = 7 };
    if (!is_punct(t, i, '('))
        return 0;
    for (uint32_t k = i + 1; k < t->p.len && k - i < TWIN_MAX; k++)
        if (is_punct(t, k, ')'))
            return k + 1 - i;
    return 0;
}

/* The day of a clock time: named behind it ("5 p.m. Friday"), or earlier in the sentence, or publication. */
static uint32_t clock_day(const times *t, uint32_t i, ds_day *day, ds_time_anchor *anchor)
{
    found f = FOUND_NONE;
    uint32_t k = i + twin_at(t, i);
    bool twin = k > i;
    k += is_word(t, k, "on") || is_punct(t, k, ',') ? 1 : 0;
    *anchor = DS_ANCHOR_PUBLICATION;
    if (k < t->p.len &&
        (match_date(t, k, &f) || match_weekday(t, k, &f) || match_day_word(t, k, &f)) &&
        f.at.grain == G_DAY) {
        *day = f.at.n;
        *anchor = f.anchor;
        return twin ? i : f.end;
    }
    *day = t->pub;
    if (t->prev.end > 0 && t->prev_sent == t->sent && t->prev.grain == DS_GRAIN_DAYPART &&
        t->prev.at.grain == G_DAY && t->prev.anchor != DS_ANCHOR_NONE && !twin) {
        *day = t->prev.at.n; /* "Friday night at 9" */
        *anchor = t->prev.anchor;
        return i;
    }
    for (uint32_t in = i + 1; twin && in < k; in++) /* "4 in the morning (5 a.m. EST Friday)" */
        if (is(t, in, C_WEEKDAY) && match_weekday(t, in, &f) && f.at.grain == G_DAY) {
            *day = f.at.n;
            return i;
        }
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
    ds_str zone = {0};
    if (is(t, k, C_ZONE))
        zone = value_of(t, k++, C_ZONE);
    uint32_t end = clock_day(t, k, &day, &anchor);
    if (day == DS_DAY_NONE) {
        found_open(out, end, G_DAY);
    } else {
        found_stretch(out, end, (stretch){G_DAY, day}, NULL, anchor);
    }
    snprintf(out->value + 10, VALUE_MAX - 10, "%s", clock);
    out->type = DS_TIME_TIME;
    out->grain = DS_GRAIN_MINUTE;
    out->zone = zone;
    return true;
}

typedef enum half { NO_HALF, AM, PM, O_CLOCK } half;

/* A time of day as it is written. */
typedef struct hands {
    int hour, minute;
    half half;
    bool plain;   /* an hour without minutes */
    bool whole;   /* nothing is glued to the digits */
    uint32_t end; /* pieces */
} hands;

/* "7", "seven", "10:30", "5 p.m.", "7am"; false: no time of day could be written so. */
static bool hands_at(const times *t, uint32_t i, hands *out)
{
    if (i >= t->p.len)
        return false;
    const piece *p = &t->p.at[i];
    size_t used = p->norm.len;
    *out = (hands){.hour = p->number, .plain = true, .end = i + 1};
    if (p->kind == DS_TOK_NUMBER ? !read_clock(p, &out->hour, &out->minute, &out->plain, &used)
                                 : p->number < 1 || p->number > 12)
        return false;
    ds_str words = {"", 0};
    uint32_t n = half_day_at(t, i, used, &words);
    out->whole = used == p->norm.len;
    out->half =
        n == 0 ? NO_HALF : (norm_eq(words, "pm") ? PM : (norm_eq(words, "am") ? AM : O_CLOCK));
    out->end = i + (n ? n : 1);
    return true;
}

/* "in the afternoon", "in the early morning" behind it; pieces taken. */
static uint32_t half_behind(const times *t, uint32_t i, half *out)
{
    if (!is_word(t, i, "in") || !is(t, i + 1, C_DET) || !is(t, i + 2, C_DAYPART))
        return 0;
    *out = is_word(t, i + 2, "morning") ? AM : PM;
    return 3;
}

/* "3 to 6 p.m.", "3:30-6 p.m.": the half that the second time names holds for the first. */
static bool half_of_end(const times *t, uint32_t i, half *out)
{
    hands b;
    bool led = i > 1 && (is_word(t, i - 2, "from") || is_word(t, i - 2, "between"));
    uint32_t k = i + (is_glued(t, i) ? 0 : 1);
    if (k > i &&
        !(is_word(t, i, "to") || ((is_word(t, i, "until") || is_word(t, i, "and")) && led)))
        return false;
    if (!hands_at(t, k, &b) || (b.half != AM && b.half != PM))
        return false;
    *out = b.half;
    return true;
}

/* "this afternoon at 2", "Friday night at 9": the part of the day that was named right before. */
static bool half_before(const times *t, uint32_t i, half *out)
{
    size_t n = strlen(t->prev.value);
    if (t->prev.end == 0 || t->prev_sent != t->sent || t->prev.end + 1 != i ||
        !is_word(t, i - 1, "at") || t->prev.grain != DS_GRAIN_DAYPART || n < 3)
        return false;
    *out = memcmp(t->prev.value + n - 2, "MO", 2) == 0 ? AM : PM;
    return true;
}

/* "at 14:30", "0900 GMT". */
static bool is_24_hours(const times *t, uint32_t i, hands *h)
{
    const piece *p = &t->p.at[i];
    bool zone = is(t, i + 1, C_ZONE);
    bool at = i > 0 &&
              (is_word(t, i - 1, "at") || is_word(t, i - 1, "by") || is_word(t, i - 1, "around"));
    if (zone && p->digits == 4) {
        h->hour = p->number / 100;
        h->minute = p->number % 100;
    } else if (h->plain || !h->whole || !memchr(p->norm.at, ':', p->norm.len) || !(at || zone)) {
        return false;
    }
    return h->hour < 24 ? h->minute < 60 : h->hour == 24 && h->minute == 0;
}

/* Settles the half of the day; false: the digits are no time of day. */
static bool clock_at(const times *t, uint32_t i, hands *h)
{
    bool read = hands_at(t, i, h);
    if (!read && !(is(t, i + 1, C_ZONE) && t->p.at[i].digits == 4))
        return false;
    if (!read)
        *h = (hands){.end = i + 1};
    bool hour12 = h->hour >= 1 && h->hour <= 12;
    half more = h->half;
    uint32_t behind =
        hour12 && (h->whole || h->half != NO_HALF) ? half_behind(t, h->end, &more) : 0;
    h->end += behind;
    if (h->half == NO_HALF && !behind && hour12 && h->whole &&
        (half_of_end(t, h->end, &more) || half_before(t, i, &more)))
        behind = 1;
    if (h->half == NO_HALF && !behind)
        return is_24_hours(t, i, h);
    if (h->half == O_CLOCK && !behind)
        half_before(t, i, &more);
    h->half = h->half == AM || h->half == PM ? h->half : more;
    if (h->half == PM && h->hour < 12)
        h->hour += 12;
    else if (h->half == AM && h->hour == 12)
        h->hour = 0;
    return hour12;
}

bool match_clock(const times *t, uint32_t i, found *out)
{
    char clock[VALUE_MAX];
    if (is(t, i, C_NOON)) {
        snprintf(clock, sizeof clock, "%.*s", DS_FMT(value_of(t, i, C_NOON)));
        return finish_clock(t, i + 1, clock, out);
    }
    hands h;
    if (!clock_at(t, i, &h))
        return false;
    snprintf(clock, sizeof clock, "T%02d:%02d", h.hour, h.minute);
    return finish_clock(t, h.end, clock, out);
}
