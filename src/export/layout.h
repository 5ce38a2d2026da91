/* SPDX-License-Identifier: Apache-2.0 */
/* layout.h - lines, columns, wrapping and ink: what the text views are built from.
 *
 * Layer    export; never leaves this folder
 * Method   a view composes strings (ex_words, ex_put, ex_take) and hands rows of boxes to ex_row; each box wraps its text
 *          to its own columns, all by display width. Ink is switched by marks inside the strings, so that a word carries
 *          its weight through the wrapping; marks print nothing unless style.colour
 * Output   no blank at a line's end; no line wider than the style; ASCII where style.utf8 is false
 * Errors   kept in ex_page.status: look once at the end
 */
#ifndef DS_EXPORT_LAYOUT_H
#define DS_EXPORT_LAYOUT_H

#include "export/internal.h"

/* Ink: bytes that no page text can carry, since ex_put drops control characters. */
#define EX_PLAIN "\001"
#define EX_BOLD "\002"
#define EX_DIM "\003"
#define EX_RED "\004"
#define EX_BEG "\005" /* around a stretch whose columns are asked for (ex_marked); never printed */
#define EX_END "\006"
#define EX_GLUE "\xC2\xA0" /* a blank that does not break; printed as a blank */

#define EX_NARROWEST 60
#define EX_WIDEST 140
#define EX_WIDE 120  /* from here on cites, notes and certainty have columns of their own */
#define EX_PROSE 100 /* prose is no wider */

typedef struct ex_page {
    ds_arena *a;
    ds_buf *out;
    ds_style style;
    const ds_dossier *d; /* NULL in views without a story */
    int last_year;       /* of the story; left out of dates */
    ds_status status;
    size_t col;    /* columns of the line so far, owed blanks included */
    size_t owed;   /* blanks to write before the next character */
    char ink, now; /* wanted, and as the terminal has it */
} ex_page;

typedef struct ex_box {
    size_t col, width;
    ds_str text;
    bool right; /* against the right edge */
} ex_box;

ex_page ex_page_new(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out);
ds_status ex_page_end(const ex_page *p);
bool ex_wide(const ex_page *p);
size_t ex_prose_width(const ex_page *p);

/* ---- strings ---------------------------------------------------------------------------------------- */

ds_buf ex_words(ex_page *p);
void ex_put(ds_buf *b, ds_str s);      /* without control characters; white space is one blank */
ds_str ex_take(ex_page *p, ds_buf *b); /* in ASCII where asked for; absent after an error */
ds_str ex_say(ex_page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
ds_str ex_own(ex_page *p, ds_str from_page); /* ex_put as a string of its own */
ds_str ex_fold(ds_arena *a, ds_str s);       /* to ASCII; ink and glue stay */
size_t ex_width(ds_str s);                   /* display columns; ink has none */

/* ---- lines -------------------------------------------------------------------------------------------- */

void ex_row(ex_page *p, const ex_box *boxes, size_t n);
void ex_line(ex_page *p, size_t col, ds_str text);  /* one box up to the edge */
void ex_lit(ex_page *p, size_t col, const char *z); /* the same for our own words */
void ex_prose(ex_page *p, size_t col, ds_str text); /* one box no wider than prose */
void ex_blank(ex_page *p);
void ex_heading(ex_page *p, const char *z); /* blank line, bold */
/* `left` wrapped at col; `right` ends the last line at the edge, on a line of its own where it does not fit. */
void ex_between(ex_page *p, size_t col, ds_str left, ds_str right);

/* Takes the next line of at most `width` columns off s from *at on; DS_NONE when nothing is left. */
ds_status ex_wrap(ds_str s, size_t *at, size_t width, ds_str *line);

#endif
