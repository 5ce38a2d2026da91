/* SPDX-License-Identifier: Apache-2.0 */
/* test_spoken.h - values and times as an English sentence that must be read back as the same, for tests and fuzz targets. */
#ifndef DS_TEST_SPOKEN_H
#define DS_TEST_SPOKEN_H

#include "annotate/annotate.h"
#include "language/language.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- numbers -------------------------------------------------------------------------------------------- */

typedef enum spoken_form {
    SPOKEN_GROUPS,
    SPOKEN_DIGITS,
    SPOKEN_WORDS,
    SPOKEN_MAGNITUDE
} spoken_form;
enum { SPOKEN_FORMS = SPOKEN_MAGNITUDE + 1 };
#define SPOKEN_MAX INT64_C(1000000000000000) /* larger ones are in no news */
#define SPOKEN_WORDS_MAX INT64_C(1000000000000)

static const struct {
    int64_t n;
    const char *word;
} spoken_magnitudes[] = {{INT64_C(1000000000000), "trillion"},
                         {1000000000, "billion"},
                         {1000000, "million"},
                         {1000, "thousand"}};
enum { SPOKEN_MAGNITUDES = sizeof spoken_magnitudes / sizeof *spoken_magnitudes };

static inline void say_below_thousand(ds_buf *b, int64_t n)
{
    static const char *const small[] = {"zero",    "one",     "two",       "three",    "four",
                                        "five",    "six",     "seven",     "eight",    "nine",
                                        "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"twenty", "thirty",  "forty",  "fifty",
                                       "sixty",  "seventy", "eighty", "ninety"};
    if (n >= 100) {
        ds_buf_printf(b, "%s hundred", small[n / 100]);
        n %= 100;
        ds_buf_puts(b, n ? " and " : "");
        if (!n)
            return;
    }
    if (n < 20)
        ds_buf_puts(b, small[n]);
    else
        ds_buf_printf(b, "%s%s%s", tens[n / 10 - 2], n % 10 ? "-" : "",
                      n % 10 ? small[n % 10] : "");
}

/* "twelve million three hundred thousand and five" */
static inline void say_in_words(ds_buf *b, int64_t n)
{
    bool any = false;
    for (size_t i = 0; i < SPOKEN_MAGNITUDES; i++) {
        int64_t size = spoken_magnitudes[i].n;
        if (n < size)
            continue;
        ds_buf_puts(b, any ? " " : "");
        say_below_thousand(b, n / size);
        ds_buf_printf(b, " %s", spoken_magnitudes[i].word);
        n %= size;
        any = true;
    }
    if (n && any)
        ds_buf_puts(b, n < 100 ? " and " : " ");
    if (n || !any)
        say_below_thousand(b, n);
}

/* "12,000" */
static inline void say_in_groups(ds_buf *b, int64_t n)
{
    if (n >= 1000) {
        say_in_groups(b, n / 1000);
        ds_buf_printf(b, ",%03d", (int)(n % 1000));
    } else {
        ds_buf_printf(b, "%d", (int)n);
    }
}

/* "1.28 million" where three decimals are enough. */
static inline bool say_magnitude(ds_buf *b, int64_t n)
{
    for (size_t i = 0; i < SPOKEN_MAGNITUDES; i++) {
        int64_t size = spoken_magnitudes[i].n;
        if (n < size || n % (size / 1000))
            continue;
        ds_frac_print(b, (ds_frac){n / (size / 1000), 1000}, 3);
        ds_buf_printf(b, " %s", spoken_magnitudes[i].word);
        return true;
    }
    return false;
}

/* A number that is not negative; false: this form cannot say it. */
static inline bool say_number(ds_buf *b, ds_frac f, spoken_form form)
{
    if (f.num < 0 || f.num / f.den >= SPOKEN_MAX)
        return false;
    if (f.den != 1) { /* only as a decimal, and a short one */
        if (form != SPOKEN_DIGITS || 1000000 % f.den)
            return false;
        ds_frac_print(b, f, 6);
        return true;
    }
    if (form == SPOKEN_WORDS && f.num < SPOKEN_WORDS_MAX)
        say_in_words(b, f.num);
    else if (form == SPOKEN_DIGITS)
        ds_buf_printf(b, "%lld", (long long)f.num);
    else if (form == SPOKEN_GROUPS)
        say_in_groups(b, f.num);
    else
        return form == SPOKEN_MAGNITUDE && say_magnitude(b, f.num);
    return true;
}

/* ---- values --------------------------------------------------------------------------------------------- */

static const struct {
    int64_t low, high;
    const char *words;
} spoken_vague[] = {{2, 2, "a couple of"},
                    {3, 9, "several"},
                    {3, 5, "a few"},
                    {24, 99, "dozens of"},
                    {40, 99, "scores of"},
                    {200, 999, "hundreds of"},
                    {2000, 9999, "thousands of"},
                    {20000, 99999, "tens of thousands of"},
                    {200000, 999999, "hundreds of thousands of"},
                    {2000000, 9999999, "millions of"}};

static inline bool say_vague(ds_buf *b, const ds_value *v)
{
    for (size_t i = 0; i < sizeof spoken_vague / sizeof *spoken_vague; i++)
        if (!ds_frac_cmp(v->low, DS_FRAC(spoken_vague[i].low)) &&
            !ds_frac_cmp(v->high, DS_FRAC(spoken_vague[i].high))) {
            ds_buf_puts(b, spoken_vague[i].words);
            return true;
        }
    return false;
}

/* Two ends that are far enough apart, and not too far, to be one range. Not "1900 to 2025": those are years. */
static inline bool say_range(ds_buf *b, const ds_value *v, spoken_form form)
{
    ds_frac most;
    if (v->low.num <= 0 || ds_frac_mul(v->low, DS_FRAC(1000), &most) < 0 ||
        ds_frac_cmp(v->high, most) >= 0 || ds_frac_cmp(v->low, v->high) >= 0)
        return false;
    bool year = v->low.den == 1 && v->low.num > 999 && v->low.num < 3000;
    if ((form == SPOKEN_DIGITS && year) || !say_number(b, v->low, form))
        return false;
    ds_buf_puts(b, " to ");
    return say_number(b, v->high, form);
}

/* "at least 1,000"; false: there is no phrase for it in this form. */
static inline bool say_value(ds_buf *b, const ds_value *v, spoken_form form)
{
    static const char *const before[] = {
        [DS_BOUND_EXACT] = "",
        [DS_BOUND_ABOUT] = "about ",
        [DS_BOUND_AT_LEAST] = "at least ",
        [DS_BOUND_AT_MOST] = "up to ",
        [DS_BOUND_MORE_THAN] = "more than ",
        [DS_BOUND_LESS_THAN] = "fewer than ",
        [DS_BOUND_ALMOST] = "nearly ",
    };
    if (v->bound == DS_BOUND_VAGUE)
        return say_vague(b, v);
    if (v->bound == DS_BOUND_RANGE)
        return say_range(b, v, form);
    ds_buf_puts(b, before[v->bound]);
    return say_number(b, v->best, form);
}

/* A sentence in which soldiers have this value, or a share of them: "They saw at least 1,000 soldiers." Absent: there is
 * none. */
static inline ds_str say_quantity(ds_arena *a, const ds_value *v, bool ratio, spoken_form form)
{
    ds_buf b = ds_buf_new(a);
    ds_value shown = *v;
    ds_frac hundred = DS_FRAC(100);
    if (ratio && (ds_frac_mul(v->low, hundred, &shown.low) < 0 ||
                  ds_frac_mul(v->best, hundred, &shown.best) < 0 ||
                  ds_frac_mul(v->high, hundred, &shown.high) < 0))
        return (ds_str){NULL, 0};
    ds_buf_puts(&b, "They saw ");
    if ((ratio && v->bound == DS_BOUND_VAGUE) || !say_value(&b, &shown, form))
        return (ds_str){NULL, 0};
    ds_buf_puts(&b, ratio ? " per cent of the soldiers." : " soldiers.");
    return ds_buf_str(&b);
}

static inline bool same_end(bool has_a, ds_frac a, bool has_b, ds_frac b)
{
    return has_a == has_b && (!has_a || ds_frac_cmp(a, b) == 0);
}

static inline bool same_value(const ds_value *a, const ds_value *b)
{
    return a->bound == b->bound && same_end(a->has_low, a->low, b->has_low, b->low) &&
           same_end(a->has_best, a->best, b->has_best, b->best) &&
           same_end(a->has_high, a->high, b->has_high, b->high);
}

/* low <= best <= high, as far as they are known. */
static inline bool ordered_value(const ds_value *v)
{
    return (!v->has_low || !v->has_best || ds_frac_cmp(v->low, v->best) <= 0) &&
           (!v->has_best || !v->has_high || ds_frac_cmp(v->best, v->high) <= 0) &&
           (!v->has_low || !v->has_high || ds_frac_cmp(v->low, v->high) <= 0);
}

/* ---- times ---------------------------------------------------------------------------------------------- */

static const char *const spoken_months[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
enum { SPOKEN_DAY_FIRST, SPOKEN_MONTH_FIRST, SPOKEN_ISO, SPOKEN_DAY_FORMS };

static inline void say_day(ds_buf *b, ds_day d, int form)
{
    int y, m, day;
    ds_day_split(d, &y, &m, &day);
    if (form == SPOKEN_ISO)
        ds_buf_printf(b, "%04d-%02d-%02d", y, m, day);
    else if (form == SPOKEN_MONTH_FIRST)
        ds_buf_printf(b, "%s %d, %d", spoken_months[m - 1], day, y);
    else
        ds_buf_printf(b, "%d %s %d", day, spoken_months[m - 1], y);
}

static inline bool say_date(ds_buf *b, ds_str value, ds_str mod)
{
    static const struct {
        const char *mod, *words;
    } parts[] = {{"START", "early "}, {"MID", "mid-"}, {"END", "late "}};
    char first[] = "YYYY-01-01";
    ds_day d;
    if (value.len != 4 && value.len != 7 && value.len != 10)
        return false;
    memcpy(first, value.at, value.len);
    if (ds_day_parse(ds_str_of(first), &d) < 0 || (value.len == 10 && mod.len))
        return false;
    ds_buf_puts(b, value.len == 10 ? "on " : "in ");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (ds_str_eq(mod, ds_str_of(parts[i].mod)))
            ds_buf_puts(b, parts[i].words);
    if (value.len == 10) {
        say_day(b, d, SPOKEN_DAY_FIRST);
        return true;
    }
    if (value.len == 7)
        ds_buf_printf(b, "%s ", spoken_months[(first[5] - '0') * 10 + first[6] - '0' - 1]);
    ds_buf_put(b, ds_str_cut(value, 0, 4));
    return !mod.len || ds_str_eq(mod, DS_STR("START")) || ds_str_eq(mod, DS_STR("MID")) ||
           ds_str_eq(mod, DS_STR("END"));
}

/* "P6M", "PT30M", "PXW" */
static inline bool say_period(ds_buf *b, ds_str value, ds_str mod)
{
    static const struct {
        const char *end, *unit;
        bool clock;
    } units[] = {{"Y", "years", false}, {"M", "months", false}, {"W", "weeks", false},
                 {"D", "days", false},  {"H", "hours", true},   {"M", "minutes", true},
                 {"S", "seconds", true}};
    static const struct {
        const char *mod, *words;
    } mods[] = {{"", ""},
                {"APPROX", "about "},
                {"MORE_THAN", "more than "},
                {"LESS_THAN", "less than "},
                {"EQUAL_OR_MORE", "at least "}};
    bool clock = ds_str_starts(value, DS_STR("PT"));
    ds_str n = ds_str_cut(value, clock ? 2 : 1, value.len ? value.len - 1 : 0);
    ds_frac f;
    size_t m = 0;
    while (m < sizeof mods / sizeof *mods && !ds_str_eq(mod, ds_str_of(mods[m].mod)) &&
           (m || mod.len))
        m++;
    bool vague = ds_str_eq(n, DS_STR("X")); /* "2024 years" could be a year */
    if (m == sizeof mods / sizeof *mods || !ds_str_starts(value, DS_STR("P")) ||
        (vague ? mod.len != 0
               : ds_frac_parse(n, &f) != DS_OK || f.den != 1 || f.num < 1 || f.num > 999))
        return false;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (units[u].clock == clock && ds_str_ends(value, ds_str_of(units[u].end))) {
            ds_buf_printf(b, "for %s%.*s %s", mods[m].words, vague ? 7 : (int)n.len,
                          vague ? "several" : n.at, units[u].unit);
            return true;
        }
    return false;
}

/* "It rained on 7 February 2025." Absent: there is no sentence for such a time. */
static inline ds_str say_time(ds_arena *a, const ds_time *m)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_puts(&b, "It rained ");
    bool said = m->type == DS_TIME_DATE       ? say_date(&b, m->value, m->mod)
                : m->type == DS_TIME_DURATION ? say_period(&b, m->value, m->mod)
                                              : false;
    ds_buf_putc(&b, '.');
    return said ? ds_buf_str(&b) : (ds_str){NULL, 0};
}

/* ---- reading back ------------------------------------------------------------------------------------------- */

/* A text of one paragraph as an article of a day. */
static inline void spoken_article(ds_str text, ds_day day, ds_block *block, ds_article *out)
{
    *block = (ds_block){DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)text.len}};
    *out = (ds_article){.doc = DS_STR("spoken"),
                        .n = 1,
                        .text = text,
                        .body = block->span,
                        .blocks = block,
                        .blocks_len = 1,
                        .published = day,
                        .window = {day, day},
                        .modified = DS_DAY_NONE};
}

/* The doc of a sentence that was said on a day of October 2024; its article lives in `a`. */
static inline bool spoken_doc(ds_arena *a, const ds_lexicon *lex, ds_str said, ds_doc *out)
{
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    ds_block *block = ds_arena_alloc(a, sizeof *block);
    if (!art || !block)
        return false;
    spoken_article(said, 20000, block, art);
    return ds_text_read(a, art, lex, out, NULL) == DS_OK;
}

/* Does the sentence give one figure, with this value? */
static inline bool quantity_reads_back(ds_arena *a, const ds_lexicon *lex, const ds_language *l,
                                       ds_str said, const ds_value *v)
{
    ds_doc doc;
    ds_parse parse;
    ds_marks m = {0};
    return spoken_doc(a, lex, said, &doc) &&
           ds_language_read(a, &doc, l, DS_DEPTH_NEEDED, &parse, NULL) == DS_OK &&
           ds_annotate(a, &doc, &parse, lex, &m, NULL) == DS_OK && m.quantities_len == 1 &&
           same_value(&m.quantities[0].value, v);
}

/* Does it give one time, of this type, value and mod? */
static inline bool time_reads_back(ds_arena *a, const ds_lexicon *lex, ds_str said,
                                   const ds_time *t)
{
    ds_doc doc;
    ds_marks m = {0};
    return spoken_doc(a, lex, said, &doc) &&
           ds_annotate_times(a, &doc, NULL, lex, &m, NULL) == DS_OK && m.times_len == 1 &&
           m.times[0].type == t->type && ds_str_eq(m.times[0].value, t->value) &&
           m.times[0].mod.len == t->mod.len && (!t->mod.len || ds_str_eq(m.times[0].mod, t->mod));
}

#endif
