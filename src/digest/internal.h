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

/* ---- timeline -------------------------------------------------------------------------------------------- */

typedef struct dg_mention { /* a sentence that tells of a day */
    ds_day day;
    uint32_t member, number; /* of the sentence in its page */
    ds_str words;
    bool figure; /* a claim of an event stands in it */
    bool heads;  /* it begins with the date */
    bool copied; /* from another page of the story */
    bool told;   /* a line with a figure cites it */
    ds_certainty certainty;
} dg_mention;

typedef struct dg_day {
    ds_day day;
    uint32_t weight;
    size_t beg, end; /* mentions */
    bool chosen;
} dg_day;

typedef struct dg_days {
    dg_mention *mentions; /* in order of day, member, sentence; each sentence once for a day */
    size_t mentions_len;
    const dg_day *at;
    size_t len;
} dg_days;

/* timeline.c */
bool dg_is_event(const dg *d,
                 const ds_claim *c); /* it tells of something that happened, and when */

/* days.c */
ds_status dg_read_days(const dg *d, dg_days *out);
const dg_day *dg_day_of(const dg_days *days, ds_day day); /* NULL: no sentence tells of it */
bool dg_day_counts(const dg_day *day); /* chosen, and by more than a passing mention */

/* sayings.c */
enum { DG_SAYINGS_A_DAY = 2 };
typedef struct dg_word {
    uint64_t hash;
    uint32_t sentences; /* that have it */
} dg_word;
typedef struct dg_sayings { /* the words of all mentions, ascending */
    const dg_word *at;
    size_t len, sentences;
} dg_sayings;
ds_status dg_read_sayings(const dg *d, const dg_days *days, dg_sayings *out);
/* Lines for what happened on a day without a figure. told: the day has lines with figures. */
ds_status dg_tell_day(const dg *d, const dg_days *days, const dg_day *day, const dg_sayings *all,
                      bool told, ds_event out[DG_SAYINGS_A_DAY], size_t *len);

ds_status dg_key_points(const dg *d, ds_dossier *out);
ds_status dg_timeline(const dg *d, ds_dossier *out);
ds_status dg_sources(const dg *d, ds_dossier *out);
ds_status dg_title(const dg *d, ds_dossier *out); /* after sources */

/* arrival.c: members and rows of the story, which stand in order of name, in order of letter. */
ds_status dg_by_arrival(const dg *g, ds_dossier *d);

#endif
