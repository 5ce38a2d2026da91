/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define YEAR_MIN 1900 /* four digits outside this range are no year */
#define YEAR_MAX 2099
#define YEAR_PIVOT 70 /* "1/28/25" is 2025, "1/28/85" is 1985 */

static const char *const months[12] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
static const char *const weekdays[7] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};

typedef struct piece {
    enum { PIECE_NONE, PIECE_WORD, PIECE_NUMBER, PIECE_MARK } kind;
    size_t beg, end;
    int value; /* of a number */
} piece;

/* The next word, number or mark at or after i; white space is passed over. */
static piece next_piece(ds_str s, size_t i)
{
    while (i < s.len && (s.at[i] == ' ' || s.at[i] == '\n' || s.at[i] == '\t'))
        i++;
    piece p = {PIECE_NONE, i, i, 0};
    if (i >= s.len)
        return p;
    unsigned char c = (unsigned char)s.at[i];
    if (ext_is_digit(c)) {
        p.kind = PIECE_NUMBER;
        for (; p.end < s.len && ext_is_digit((unsigned char)s.at[p.end]); p.end++)
            p.value = p.end - i < 8 ? p.value * 10 + (s.at[p.end] - '0') : 99999999;
    } else if (ext_is_lower(c) || ext_is_upper(c)) {
        p.kind = PIECE_WORD;
        p.end++; /* "iconFriday" is two words */
        while (p.end < s.len && (ext_is_lower((unsigned char)s.at[p.end]) ||
                                 (ext_is_upper((unsigned char)s.at[p.end]) &&
                                  ext_is_upper((unsigned char)s.at[p.end - 1]))))
            p.end++;
    } else {
        p.kind = PIECE_MARK;
        p.end++;
    }
    return p;
}

static size_t piece_len(piece p)
{
    return p.end - p.beg;
}

static bool word_is(ds_str s, piece p, const char *full, size_t least)
{
    size_t n = piece_len(p);
    if (p.kind != PIECE_WORD || n < least || n > strlen(full))
        return false;
    for (size_t i = 0; i < n; i++)
        if (ext_lower(s.at[p.beg + i]) != full[i])
            return false;
    return true;
}

/* 1..12; three letters or "Sept", or the whole name; with a capital letter. */
static int month_of(ds_str s, piece p)
{
    if (p.kind != PIECE_WORD || !ext_is_upper((unsigned char)s.at[p.beg]))
        return 0;
    for (int m = 0; m < 12; m++) {
        size_t n = piece_len(p);
        if (word_is(s, p, months[m], 3) && (n == 3 || n == strlen(months[m]) || (m == 8 && n == 4)))
            return m + 1;
    }
    return 0;
}

static int weekday_of(ds_str s, piece p)
{
    if (p.kind != PIECE_WORD || !ext_is_upper((unsigned char)s.at[p.beg]))
        return -1;
    for (int d = 0; d < 7; d++) {
        size_t n = piece_len(p);
        if (word_is(s, p, weekdays[d], 3) && (n <= 5 || n == strlen(weekdays[d])))
            return d;
    }
    return -1;
}

static bool is_year(piece p)
{
    return p.kind == PIECE_NUMBER && piece_len(p) == 4 && p.value >= YEAR_MIN &&
           p.value <= YEAR_MAX;
}

static bool is_day(piece p)
{
    return p.kind == PIECE_NUMBER && piece_len(p) <= 2 && p.value >= 1 && p.value <= 31;
}

static bool is_mark(ds_str s, piece p, char c)
{
    return p.kind == PIECE_MARK && s.at[p.beg] == c;
}

/* Steps over one optional comma, stop or "of". */
static piece past(ds_str s, piece p)
{
    if (is_mark(s, p, ',') || is_mark(s, p, '.') || word_is(s, p, "of", 2))
        return next_piece(s, p.end);
    return p;
}

/* Steps over "st", "nd", "rd", "th" right after a number. */
static size_t past_ordinal(ds_str s, size_t end)
{
    piece p = next_piece(s, end);
    bool tail = p.beg == end && (word_is(s, p, "st", 2) || word_is(s, p, "nd", 2) ||
                                 word_is(s, p, "rd", 2) || word_is(s, p, "th", 2));
    return tail ? p.end : end;
}

static void take_year(ds_str s, size_t after, ext_date *out)
{
    piece p = past(s, next_piece(s, after));
    if (is_year(p)) {
        out->year = p.value;
        out->at.end = (uint32_t)p.end;
    }
}

/* "February 7, 2025", "Feb. 7", "March 2024" */
static bool month_first(ds_str s, piece p, ext_date *out)
{
    out->month = month_of(s, p);
    if (!out->month)
        return false;
    piece q = next_piece(s, p.end);
    if (is_mark(s, q, '.') || is_mark(s, q, ','))
        q = next_piece(s, q.end);
    out->at = (ds_span){(uint32_t)p.beg, (uint32_t)q.end};
    if (is_year(q)) {
        out->year = q.value;
        return true;
    }
    if (!is_day(q))
        return false;
    out->day = q.value;
    out->at.end = (uint32_t)past_ordinal(s, q.end);
    take_year(s, out->at.end, out);
    return true;
}

/* "7 February 2025", "7th of February" */
static bool day_first(ds_str s, piece p, ext_date *out)
{
    if (!is_day(p))
        return false;
    size_t after = past_ordinal(s, p.end);
    piece q = next_piece(s, after);
    if (is_mark(s, q, '-') || word_is(s, q, "of", 2))
        q = next_piece(s, q.end);
    out->month = month_of(s, q);
    if (!out->month)
        return false;
    out->day = p.value;
    out->at = (ds_span){(uint32_t)p.beg, (uint32_t)q.end};
    piece y = next_piece(s, q.end);
    take_year(s, is_mark(s, y, '-') ? y.end : q.end, out);
    return true;
}

/* "2025-02-07", "1/28/25", "28.01.2025" */
static bool all_numbers(ds_str s, piece a, ext_date *out)
{
    if (a.kind != PIECE_NUMBER || a.end + 3 >= s.len)
        return false;
    char sep = s.at[a.end];
    if (sep != '-' && sep != '/' && sep != '.')
        return false;
    piece b = next_piece(s, a.end + 1);
    if (b.beg != a.end + 1 || b.kind != PIECE_NUMBER || b.end + 1 >= s.len || s.at[b.end] != sep)
        return false;
    piece c = next_piece(s, b.end + 1);
    if (c.beg != b.end + 1 || c.kind != PIECE_NUMBER)
        return false;
    out->at = (ds_span){(uint32_t)a.beg, (uint32_t)c.end};
    if (is_year(a)) {
        *out = (ext_date){a.value, b.value, c.value, -1, out->at};
        return ds_day_of(a.value, b.value, c.value) != DS_DAY_NONE;
    }
    int year = is_year(c)          ? c.value
               : piece_len(c) == 2 ? c.value + (c.value < YEAR_PIVOT ? 2000 : 1900)
                                   : 0;
    bool month_leads = b.value > 12 || (sep == '/' && a.value <= 12);
    int month = month_leads ? a.value : b.value, day = month_leads ? b.value : a.value;
    *out = (ext_date){year, month, day, -1, out->at};
    return year && ds_day_of(year, month, day) != DS_DAY_NONE;
}

static bool date_at(ds_str s, piece p, ext_date *out)
{
    *out = (ext_date){.weekday = -1};
    int weekday = weekday_of(s, p);
    piece q = p;
    if (weekday >= 0) {
        q = next_piece(s, p.end);
        while (is_mark(s, q, ',') || is_mark(s, q, '.') || word_is(s, q, "the", 3))
            q = next_piece(s, q.end);
    }
    bool got = month_first(s, q, out) || (*out = (ext_date){.weekday = -1}, day_first(s, q, out)) ||
               (*out = (ext_date){.weekday = -1}, all_numbers(s, q, out));
    if (!got && is_year(p)) {
        *out = (ext_date){.year = p.value, .weekday = -1, .at = {(uint32_t)p.beg, (uint32_t)p.end}};
        return true;
    }
    if (!got)
        return false;
    out->weekday = weekday;
    out->at.beg = (uint32_t)p.beg;
    return true;
}

/* The next place at or behind i where a piece begins that a date can begin with: a number, or the initial of a month
 * or weekday. */
static size_t date_start(ds_str s, size_t i)
{
    // clang-format off
    static const uint8_t starts[256] = {
        ['0' ... '9'] = 1, ['A'] = 2, ['D'] = 2, ['F'] = 2, ['J'] = 2, ['M'] = 2, ['N'] = 2, ['O'] = 2, ['S'] = 2,
        ['T'] = 2, ['W'] = 2,
    };
    // clang-format on
    for (size_t from = i; i < s.len; i++) {
        uint8_t kind = starts[(unsigned char)s.at[i]];
        if (kind && (i == from || (kind == 1 ? !ext_is_digit((unsigned char)s.at[i - 1])
                                             : !ext_is_upper((unsigned char)s.at[i - 1]))))
            return i;
    }
    return i;
}

bool ext_date_next(ds_str s, size_t *i, ext_date *out)
{
    for (;;) {
        piece p = next_piece(s, date_start(s, *i));
        if (p.kind == PIECE_NONE) {
            *i = s.len;
            return false;
        }
        bool glued = p.kind == PIECE_NUMBER && p.beg > 0 &&
                     (ext_is_alnum((unsigned char)s.at[p.beg - 1]) || s.at[p.beg - 1] == ',' ||
                      s.at[p.beg - 1] == '.');
        *i = p.end;
        if (!glued && date_at(s, p, out)) {
            *i = out->at.end;
            return true;
        }
    }
}

ds_day ext_date_first(const ext_date *d)
{
    if (!d->year)
        return DS_DAY_NONE;
    return ds_day_of(d->year, d->month ? d->month : 1, d->day ? d->day : 1);
}

ds_day ext_date_full(const ext_date *d)
{
    return d->year && d->month && d->day ? ds_day_of(d->year, d->month, d->day) : DS_DAY_NONE;
}
