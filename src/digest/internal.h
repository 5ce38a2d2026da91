/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of digest/ share. */
#ifndef DS_DIGEST_INTERNAL_H
#define DS_DIGEST_INTERNAL_H

#include "digest/digest.h"

typedef struct dg {
    ds_arena *a;
    const ds_reading *readings;
    const ds_story *story;
    const ds_ledger *ledger;
    const ds_table *questions, *measures; /* lexicon; NULL where it is missing */
} dg;

typedef DS_VEC(ds_cite) dg_cites;

/* words.c */
ds_str dg_verb(const dg *d,
               ds_str measure); /* "killed or injured"; the measure itself where no row has one */
int dg_weight(const dg *d, ds_str measure);
const ds_article *dg_article(const dg *d, uint32_t member);
void dg_put_count(ds_buf *b, size_t n);   /* "one" .. "ten", digits above */
void dg_put_capital(ds_buf *b, ds_str s); /* with its first letter (a-z) as a capital */
ds_status dg_take(ds_buf *b, ds_str *out);
ds_status dg_cite(ds_arena *a, dg_cites *v, const dg *d,
                  uint32_t row); /* once, kept in order of member and sentence */
/* "Pentagon", "estimates (B)", "C in its own voice" */
/* The nearest to the fact, as the story names it; absent: unnamed. */
ds_str dg_holder_name(const dg *d, const ds_row *row);
void dg_put_holder(ds_buf *b, const dg *d, const ds_row *row);

ds_status dg_key_points(const dg *d, ds_dossier *out);
ds_status dg_timeline(const dg *d, ds_dossier *out);
ds_status dg_sources(const dg *d, ds_dossier *out);
ds_status dg_title(const dg *d, ds_dossier *out); /* after sources */

/* arrival.c: members and rows of the story, which stand in order of name, in order of letter. */
ds_status dg_by_arrival(const dg *d, ds_dossier *out);

#endif
