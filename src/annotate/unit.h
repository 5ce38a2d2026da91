/* SPDX-License-Identifier: Apache-2.0 */
/* unit.h - units of measure and of money beside a numeral.
 *
 * Layer    annotate
 * Method   longest phrase of units.tsv; decimal prefixes are taken off words and symbols (SI brochure, 9th edition, table 7); money by
 *          sign, code of ISO 4217 (currencies.tsv) or word, a shared word ("dollars") by the country's adjective before it, else by
 *          the last full mention in 400 tokens, else, but for dollars and pounds, by the country named last, else by units.tsv
 * Output   codes of units.codes.tsv with a decimal prefix ("GW"), or of ISO 4217
 * Cost     constant; for a bare shared word of money 400 tokens and, for each country named there, the currencies of that word
 * Memory   strings in the scan's arena, in the lexicon or static
 */
#ifndef DS_ANNOTATE_UNIT_H
#define DS_ANNOTATE_UNIT_H

#include "annotate/internal.h"

enum { UNIT_PER = 2 };

typedef struct unit {
    ds_str code;
    ds_str per[UNIT_PER]; /* "mph": "mile" per "hour" */
    uint32_t per_len;
    ds_quantity_kind
        kind;     /* RATIO of %, DURATION of time, MONEY, MULTIPLE of "times", else MEASURE */
    uint32_t end; /* token behind it */
} unit;

/* What unit_at found last: several rules ask for the unit behind one numeral. */
typedef struct unit_seen {
    uint32_t beg, end; /* asked for; 0, 0: nothing yet */
    bool found;
    unit unit;
} unit_seen;

/* A unit that begins at token i and ends at `end` at most; behind a numeral. Kept in s->unit_seen, where there is one: tags must
 * not change between. */
bool unit_at(const scan *s, uint32_t i, uint32_t end, unit *out);
/* The letters glued to digits ("kW" of "5kW"), as written. out->end is not set. */
bool unit_glued(const scan *s, ds_str text, unit *out);
/* A sign or code of money right before the numeral at token i, not before `from`: "$", "US $", "HK$", "EUR", "Rs". *first: its token. */
bool unit_money_before(const scan *s, uint32_t i, uint32_t from, unit *out, uint32_t *first);
/* Letters of money without a token of their own, in lower case: "usd", "us$". */
bool unit_money(const scan *s, ds_str letters, unit *out);

#endif
