/* SPDX-License-Identifier: Apache-2.0 */
/* fold.c - page text made fit for a terminal: no control characters; ASCII where the terminal has no more. */
#include "export/layout.h"

/* ---- cleaning ----------------------------------------------------------------------------------------- */

static bool is_white(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* Controls could repaint the reader's terminal; marks of direction could turn a figure round. */
static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == DS_UTF8_BAD || cp == 0x200E ||
           cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) ||
           cp == 0xFEFF;
}

void ex_put(ds_buf *b, ds_str s)
{
    bool owed = false;
    for (size_t i = 0; i < s.len;) {
        size_t beg = i;
        uint32_t cp = ds_utf8_next(s, &i);
        if (is_white(cp)) {
            owed = true;
            continue;
        }
        if (is_control(cp))
            continue;
        if (owed)
            ds_buf_putc(b, ' ');
        owed = false;
        ds_buf_put(b, ds_str_cut(s, beg, i));
    }
    if (owed)
        ds_buf_putc(b, ' ');
}

/* ---- to ASCII ------------------------------------------------------------------------------------------- */

typedef struct fold {
    uint32_t from;
    const char *to;
} fold;

static const fold folds[] = {
    {0x2018, "'"},    {0x2019, "'"},    {0x201A, "'"},    {0x201C, "\""},   {0x201D, "\""},
    {0x201E, "\""},   {0x00AB, "\""},   {0x00BB, "\""},   {0x2010, "-"},    {0x2011, "-"},
    {0x2012, "-"},    {0x2013, "-"},    {0x2014, "--"},   {0x2015, "-"},    {0x2212, "-"},
    {0x2026, "..."},  {0x00B7, "."},    {0x2022, "*"},    {0x25CF, "*"},    {0x25CB, "o"},
    {0x254C, "-"},    {0x2500, "-"},    {0x2501, "="},    {0x2190, "<"},    {0x2192, ">"},
    {0x251C, "|"},    {0x2524, "|"},    {0x00D7, "x"},    {0x2264, "<="},   {0x2265, ">="},
    {0x20AC, "EUR "}, {0x20B9, "INR "}, {0x20BD, "RUB "}, {0x20A9, "KRW "}, {0x00A3, "GBP "},
    {0x00A5, "JPY "}, {0x00DF, "ss"},   {0x00C6, "AE"},   {0x00E6, "ae"},   {0x0152, "OE"},
    {0x0153, "oe"},   {0x00BD, "1/2"},  {0x00BC, "1/4"},  {0x00BE, "3/4"},  {0x2153, "1/3"},
    {0x2154, "2/3"},  {0x00B2, "2"},    {0x00B3, "3"},    {0x00B0, "deg "}, {0x202F, " "},
    {0x2009, " "},    {0x200A, " "},    {0x2032, "'"},    {0x2033, "\""},   {0x200B, ""},
    {0x00AD, ""},
};

/* Base letters of U+00C0 .. U+017F, one each; `?` where the table above or nothing has it. */
static const char base_letters[] = "AAAAAA?CEEEEIIIIDNOOOOO?OUUUUYT?"
                                   "aaaaaa?ceeeeiiiidnooooo?ouuuuyty"
                                   "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                                   "GgGgHhHhIiIiIiIiIi??JjKkkLlLlLlL"
                                   "lLlNnNnNnnNnOoOoOo??RrRrRrSsSsSs"
                                   "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

#define LETTERS_FIRST 0xC0u
#define NBSP 0xA0u

static const char *known(uint32_t cp)
{
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++)
        if (folds[i].from == cp)
            return folds[i].to;
    return NULL;
}

static void fold_one(ds_buf *b, uint32_t cp, ds_str ch)
{
    const char *to = known(cp);
    if (to)
        ds_buf_puts(b, to);
    else if (cp < 0x80 || cp == NBSP)
        ds_buf_put(b, ch);
    else if (cp >= LETTERS_FIRST && cp < LETTERS_FIRST + sizeof base_letters - 1)
        ds_buf_putc(b, base_letters[cp - LETTERS_FIRST]);
    else if (ds_utf8_width(ch))
        ds_buf_putc(b, '?');
}

static bool is_ascii(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((uint8_t)s.at[i] >= 0x80)
            return false;
    return true;
}

ds_str ex_fold(ds_arena *a, ds_str s)
{
    if (is_ascii(s))
        return s;
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len;) {
        size_t beg = i;
        uint32_t cp = ds_utf8_next(s, &i);
        fold_one(&b, cp, ds_str_cut(s, beg, i));
    }
    return ds_buf_str(&b);
}
