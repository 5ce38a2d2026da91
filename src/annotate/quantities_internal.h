/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of quantities share: quantities.c drives, bounds.c reads the words that bound a numeral, counted.c what it
 * counts. */
#ifndef DS_ANNOTATE_QUANTITIES_INTERNAL_H
#define DS_ANNOTATE_QUANTITIES_INTERNAL_H

#include "annotate/internal.h"

typedef struct finder {
    scan s;
    DS_VEC(ds_quantity) found;
    uint32_t beg, end; /* tokens of the sentence */
    uint32_t sent;
    uint32_t taken; /* first token that no quantity has yet */
} finder;

/* ---- bounds.c ---------------------------------------------------------------------------------------- */

/* Modifiers that end right before token `at`, longest first, several in a row. Returns the new start. */
uint32_t modifiers_before(finder *f, ds_quantity *q, uint32_t at);
/* Modifiers from token `at` on ("or so", "more"). Returns the new end. */
uint32_t modifiers_after(finder *f, ds_quantity *q, uint32_t at);
/* A second numeral that makes a range of n. Returns its end, or n->end. */
uint32_t range_end(finder *f, numeral *n);

/* ---- counted.c --------------------------------------------------------------------------------------- */

/* The token of a currency sign right before token i, or UINT32_MAX. */
uint32_t money_symbol(const finder *f, uint32_t i);
/* Units, money, shares, durations. Returns false when it is no measure. */
bool measured(finder *f, ds_quantity *q, uint32_t symbol, uint32_t *at);
/* "half a year", "half an hour": a duration, no share. */
bool half_a_unit(const finder *f, ds_quantity *q, uint32_t *at);
/* "per soldier per month", "a day", "each". Returns the new end. */
uint32_t per_phrases(finder *f, ds_quantity *q, uint32_t at);
/* "20,000 soldiers monthly": in the same clause, before another number. */
void rate_adverb(finder *f, ds_quantity *q, uint32_t at);
/* The base of a ratio after it. Returns the new end. */
uint32_t ratio_base(finder *f, ds_quantity *q, const numeral *n, uint32_t at);
/* The counted noun phrase after the numeral. Returns the new end. */
uint32_t counted(finder *f, ds_quantity *q, uint32_t at, ds_noun_class *cls);
/* Without a noun the words to the left may name what is counted. */
void look_left(finder *f, ds_quantity *q, uint32_t at);

#endif
