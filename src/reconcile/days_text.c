/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/reconcile.h"

typedef struct date {
    int y, m, d;
} date;

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static date date_of(ds_day day)
{
    date t;
    ds_day_split(day, &t.y, &t.m, &t.d);
    return t;
}

static void put_year(ds_buf *b, int year, int left_out, const char *before)
{
    if (year != left_out)
        ds_buf_printf(b, "%s%d", before, year);
}

/* A month and day whose year may go without saying. */
static void put_day(ds_buf *b, date t, int left_out)
{
    ds_buf_printf(b, "%d %s", t.d, months[t.m - 1]);
    put_year(b, t.y, left_out, " ");
}

static void put_month(ds_buf *b, date t, int left_out)
{
    ds_buf_puts(b, months[t.m - 1]);
    put_year(b, t.y, left_out, " ");
}

/* ---- stretches that have a name ------------------------------------------------------------------ */

typedef struct stretch {
    int m1, d1, m2, d2; /* d2 0: last day of the month */
    const char *word;
    const char *glue; /* between the word and the year */
} stretch;

/* As the reader of times resolves seasons and parts of a year. */
static const stretch stretches[] = {
    {3, 1, 5, 0, "spring", " "}, {6, 1, 8, 0, "summer", " "}, {9, 1, 11, 0, "fall", " "},
    {1, 1, 3, 0, "early", " "},  {1, 1, 4, 0, "early", " "},  {5, 1, 8, 0, "mid", "-"},
    {4, 1, 9, 0, "mid", "-"},    {10, 1, 12, 0, "late", " "}, {9, 1, 12, 0, "late", " "},
};

/* "late 2024", or "late" where the year goes without saying. */
static bool put_stretch(ds_buf *b, date lo, date hi, int left_out)
{
    if (lo.y != hi.y)
        return false;
    for (size_t i = 0; i < sizeof stretches / sizeof *stretches; i++) {
        const stretch *s = &stretches[i];
        int last = s->d2 ? s->d2 : ds_month_days(hi.y, s->m2);
        if (lo.m != s->m1 || lo.d != s->d1 || hi.m != s->m2 || hi.d != last)
            continue;
        ds_buf_puts(b, s->word);
        put_year(b, lo.y, left_out, s->glue);
        return true;
    }
    return false;
}

static bool put_winter(ds_buf *b, date lo, date hi)
{
    if (lo.m != 12 || lo.d != 1 || hi.m != 2 || hi.y != lo.y + 1 || hi.d != ds_month_days(hi.y, 2))
        return false;
    ds_buf_printf(b, "winter %d/%02d", lo.y, hi.y % 100);
    return true;
}

/* Whole months, thirds of a month. */
static bool put_in_month(ds_buf *b, date lo, date hi, int left_out)
{
    if (lo.y != hi.y || lo.m != hi.m)
        return false;
    int last = ds_month_days(lo.y, lo.m);
    if (lo.d == 1 && hi.d == last)
        ;
    else if (lo.d == 1 && hi.d == 10)
        ds_buf_puts(b, "early ");
    else if (lo.d == 11 && hi.d == 20)
        ds_buf_puts(b, "mid-");
    else if (lo.d == 21 && hi.d == last)
        ds_buf_puts(b, "late ");
    else
        return false;
    put_month(b, lo, left_out);
    return true;
}

/* ---- the rest -------------------------------------------------------------------------------------- */

static void put_range(ds_buf *b, date lo, date hi, int left_out)
{
    bool whole = lo.d == 1 && hi.d == ds_month_days(hi.y, hi.m);
    int shared = lo.y == hi.y ? lo.y : left_out;
    if (whole && lo.m == 1 && hi.m == 12) {
        ds_buf_printf(b, "%d–%d", lo.y, hi.y);
    } else if (whole) {
        put_month(b, lo, shared);
        ds_buf_puts(b, "–");
        put_month(b, hi, left_out);
    } else if (lo.y == hi.y && lo.m == hi.m) {
        ds_buf_printf(b, "%d–", lo.d);
        put_day(b, hi, left_out);
    } else {
        put_day(b, lo, shared);
        ds_buf_puts(b, " – ");
        put_day(b, hi, left_out);
    }
}

/* An end of an open stretch: the month alone where the day is the month's first (last), for that is how months resolve. */
static void put_end(ds_buf *b, ds_day day, bool first, int left_out)
{
    date t = date_of(day);
    if (first ? t.d == 1 : t.d == ds_month_days(t.y, t.m))
        put_month(b, t, left_out);
    else
        put_day(b, t, left_out);
}

void ds_days_text(ds_buf *b, ds_days days, int year_left_out)
{
    bool from = days.lo != DS_DAY_NONE, to = days.hi != DS_DAY_NONE;
    if (from != to) {
        ds_buf_puts(b, from ? "from " : "until ");
        put_end(b, from ? days.lo : days.hi, from, year_left_out);
        return;
    }
    if (!from)
        return;
    date lo = date_of(days.lo), hi = date_of(days.hi);
    if (days.lo == days.hi)
        put_day(b, lo, year_left_out);
    else if (lo.y == hi.y && lo.m == 1 && lo.d == 1 && hi.m == 12 && hi.d == 31)
        ds_buf_printf(b, "%d", lo.y);
    else if (!put_in_month(b, lo, hi, year_left_out) && !put_stretch(b, lo, hi, year_left_out) &&
             !put_winter(b, lo, hi))
        put_range(b, lo, hi, year_left_out);
}
