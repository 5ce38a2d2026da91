/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - the words that several text views share: citations, counts, values, holders, dates, chips.
 *
 * Layer    export; never leaves this folder
 * Method   each composes a string on the page's arena; the wording is docs/formats/show.md
 */
#ifndef DS_EXPORT_WORDS_H
#define DS_EXPORT_WORDS_H

#include "export/layout.h"

typedef struct ex_idx { /* list of indices: rows, answers, sources */
    const uint32_t *at;
    size_t len;
} ex_idx;

/* ---- who and where ------------------------------------------------------------------------------------ */

ds_str ex_letter(const ex_page *p, uint32_t member);
void ex_put_cite(const ex_page *p, ds_buf *b, ds_cite cite);
ds_str ex_cites(ex_page *p, const ds_cite *at, size_t n, const char *gap); /* "A12 B7" */
ds_str ex_row_cites(ex_page *p, ex_idx rows,
                    const char *gap);                 /* each sentence once, in page order */
bool ex_named(const ds_claim *c);                     /* some holder in the chain has a name */
ds_str ex_link_name(ex_page *p, const ds_link *link); /* its normal name, else as written */
/* Nearest holder as its page names it, or "own voice". */
ds_str ex_said_by(ex_page *p, const ds_claim *c);
ds_str ex_holder(ex_page *p, const ds_row *row); /* the same as the story names it */
ds_str ex_origin_name(ex_page *p, const ds_origin *o);

/* ---- how much ------------------------------------------------------------------------------------------ */

void ex_put_count(ds_buf *b, size_t n, const char *one,
                  const char *many); /* "1 page", "1,204 pages" */
void ex_put_grouped(ds_buf *b, uint64_t n);
/* "up to 20,000 a month": value, unit, rate. */
ds_str ex_value(ex_page *p, const ds_value *v, ds_str unit, const ds_str *per, uint32_t per_len);
/* The same with what was counted, where that reads well: "43 killed". The rate and the measure are the claim's. */
ds_str ex_counted(ex_page *p, const ds_value *v, ds_str unit, const ds_claim *c);
ds_str ex_number(ex_page *p, ds_frac v, ds_str unit); /* "11,500", "half": without a bound */
ds_str ex_chip(ex_page *p, const ds_question *q);     /* "apart ×13" */

/* ---- how sure, when ------------------------------------------------------------------------------------ */

ds_str ex_sure(ds_certainty c,
               bool wide); /* "estimated"; "estim." and blank for what is stated or reported */
/* When the claim held; else the day of its page in brackets; else "undated". */
ds_str ex_when(ex_page *p, const ds_row *row);
void ex_put_days(ds_buf *b, ds_days days, int year_left_out); /* ds_days_text in one piece */
ds_str ex_page_day(ex_page *p, const ds_source *s,
                   bool with_year); /* absent where the page has none */

/* "in German, which is not read for figures", where it is not; says whether it is not. */
bool ex_put_unread(ex_page *p, ds_buf *b, ds_str language);

/* "A", "A and B", "A, B and C". */
void ex_put_list(ds_buf *b, const ds_str *at, size_t n);

#endif
