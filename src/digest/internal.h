/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of digest/ share. */
#ifndef DS_DIGEST_INTERNAL_H
#define DS_DIGEST_INTERNAL_H

#include "digest/digest.h"

typedef struct dg {
    ds_arena *a;
    ds_arena *scratch; /* for what does not outlive the digest */
    const ds_reading *readings;
    const ds_story *story;
    const ds_ledger *ledger;
    const ds_table *questions, *measures; /* lexicon; NULL where it is missing */
    const ds_map *words;                  /* of lexicon/en/digest.tsv: their classes */
} dg;

typedef DS_VEC(ds_cite) dg_cites;

/* Classes of lexicon/en/digest.tsv. */
enum { DG_LEANS = 1, DG_READER = 2, DG_COMMON = 4, DG_DEED = 8 };

/* words.c */
ds_status dg_read_classes(dg *d, const ds_table *t); /* t: NULL gives none */
unsigned dg_word_classes(const dg *d, ds_str low);
int dg_last_year(const dg *d); /* that goes without saying; 0: no page is dated */
/* What stands between a figure and what it counts: "12 people", "several people", "dozens of people". */
const char *dg_before_counted(const ds_value *v);
ds_str dg_verb(const dg *d,
               ds_str measure); /* "killed or injured"; the measure itself where no row has one */
int dg_weight(const dg *d, ds_str measure);
const ds_article *dg_article(const dg *d, uint32_t member);
void dg_put_count(ds_buf *b, size_t n);   /* "one" .. "ten", digits above */
void dg_put_capital(ds_buf *b, ds_str s); /* with its first letter (a-z) as a capital */
ds_status dg_cite(ds_arena *a, dg_cites *v, const dg *d,
                  uint32_t row); /* once, kept in order of member and sentence */
/* "Pentagon", "estimates (B)", "C in its own voice" */
/* The nearest to the fact, as the story names it; absent: unnamed. */
ds_str dg_holder_name(const dg *d, const ds_row *row);
void dg_put_holder(ds_buf *b, const dg *d, const ds_row *row);

/* ---- sentences -------------------------------------------------------------------------------------------- */

typedef struct dg_sentence {
    uint32_t member, number;
    ds_part part;
    ds_str words;
    uint32_t body;                   /* its place in the body, from 1; 0: it stands elsewhere */
    uint32_t length;                 /* in words */
    bool whole;                      /* it begins and ends as sentences do */
    bool alone;                      /* and can be read without what stands before it */
    bool copied;                     /* from another page of the story */
    bool stale;                      /* it has a figure that an update took the place of */
    bool told;                       /* it has a figure that a key point tells */
    unsigned classes, first_classes; /* of its words; of the first of them */
    const uint64_t *hash;            /* of words that are not common; ascending, each once */
    uint32_t hashes;
    uint32_t score; /* how much of what other pages speak of */
} dg_sentence;

typedef struct dg_sentences { /* in order of member and number */
    dg_sentence *at;
    size_t len;
} dg_sentences;

enum {
    DG_PAGE_SENTENCES = 1000, /* of a page that are looked at: a longer one is a list or a forum */
    DG_STORY_SENTENCES = 1 << 20, /* of all pages */
    DG_SENTENCE_BYTES = 2000,     /* a longer one is no sentence */
};

/* sentences.c */
ds_status dg_read_sentences(const dg *d, dg_sentences *out);
dg_sentence *dg_sentence_at(const dg_sentences *all, uint32_t member, uint32_t number);
uint32_t dg_shared_words(const dg_sentence *a, const dg_sentence *b);
uint32_t dg_pages_telling(const dg_sentences *all, const dg_sentence *s); /* its own among them */
bool dg_same_told(const dg_sentence *a, const dg_sentence *b);
void dg_put_quote(ds_buf *b, ds_str s); /* marks inside of it become single ones */

/* ---- figures ---------------------------------------------------------------------------------------------- */

/* figures.c */
/* after: the subject goes without saying where it is that of this question; NULL: it does not.
 * "Killed: about 300 (A in its own voice) or up to 1,000 (B in its own voice); no two origins agree." */
ds_status dg_put_figures(ds_buf *b, const dg *d, const ds_question *q, const ds_question *after);
/* "people killed: 2 (three origins)", without a stop. */
ds_status dg_put_short(ds_buf *b, const dg *d, const ds_question *q, const ds_question *after);
/* Behind a quoted sentence that has `row`: "‘13 homers’: two origins on two pages; another: 15 (A in its own voice)." */
ds_status dg_put_tail(ds_buf *b, const dg *d, const ds_question *q, uint32_t row);
/* The answers that most origins give, else all that count; and all that count: as many flags as answers. */
ds_status dg_common(const dg *d, const ds_question *q, const bool **common, const bool **counts);
/* For each answer a sentence of each page and origin. */
ds_status dg_cite_answers(dg_cites *v, const dg *d, const ds_question *q);

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
bool dg_is_copied(const dg *d, uint32_t member, uint32_t number); /* from another page */
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

ds_status dg_timeline(const dg *d, ds_dossier *out);
ds_status dg_sources(const dg *d, ds_dossier *out);
ds_status dg_firsts(const dg *d, ds_dossier *out);                              /* after sources */
ds_status dg_title(const dg *d, const dg_sentences *all, ds_dossier *out);      /* after sources */
ds_status dg_standfirst(const dg *d, const dg_sentences *all, ds_dossier *out); /* after title */
ds_status dg_key_points(const dg *d, const dg_sentences *all,
                        ds_dossier *out); /* after standfirst */
ds_status dg_keywords(const dg *d, ds_dossier *out);
ds_status dg_section(const dg *d, ds_dossier *out); /* after sources */

/* arrival.c: members and rows of the story, which stand in order of name, in order of letter. */
ds_status dg_by_arrival(const dg *g, ds_dossier *d);

#endif
