/* SPDX-License-Identifier: Apache-2.0 */
/* marks.h - what grouping keeps of an article: hashed words, names, places, days, figures; no text.
 *
 * Layer    story; uses base, text, language, annotate, claim
 * Method   words by light stems, with where they stand and what they are; runs of two words; the first and last word of each name;
 *          regions and streets (lexicon/en/regions.tsv, labels.tsv), ages, dead and injured, clock times, resolved days
 * Input    what the reader has of one article
 * Output   a pure function of page, word lists and program; equal marks give equal bytes
 * Memory   all results live in `a`
 * Errors   DS_NOMEM; reading bytes: DS_BAD; *out untouched on error
 * Threads  safe with one arena per thread
 */
#ifndef DS_STORY_MARKS_H
#define DS_STORY_MARKS_H

#include "claim/claim.h"

enum {
    DS_MARK_TITLE = 1,  /* stands in the title */
    DS_MARK_LEAD = 2,   /* in the title or the first words of the text */
    DS_MARK_CAP = 4,    /* with a capital inside a sentence */
    DS_MARK_NAME = 8,   /* in a person's name */
    DS_MARK_PLACE = 16, /* in a place's name, or all of it */
    DS_MARK_NUMBER = 32,
    DS_MARK_KEY = 64,     /* first and last word of a name of several */
    DS_MARK_BIGRAM = 128, /* two words that stand side by side */
};

typedef struct ds_mark_term {
    uint32_t hash;
    uint8_t body, flags; /* how often in the text, at most 255; 0: only in the title */
} ds_mark_term;

enum { /* values of each kind that are kept: the first ones of the text */
       DS_MARK_REGIONS = 4,
       DS_MARK_COUNTRIES = 4,
       DS_MARK_STREETS = 4,
       DS_MARK_AGES = 8,
       DS_MARK_COUNTS = 3,
       DS_MARK_CLOCKS = 4,
       DS_MARK_DAYS = 8,
       DS_MARK_YEARS = 6,
       DS_MARK_LEAD_WORDS = 70,
};

/* 0 (of days DS_DAY_NONE) behind the last value of a list. */
typedef struct ds_mark_facts {
    ds_day day;      /* of publication; DS_DAY_NONE: not known */
    uint32_t source; /* hash of the publisher; 0: not known */
    ds_day latest;   /* day that the text names with its year */
    ds_day days[DS_MARK_DAYS];
    uint16_t regions[DS_MARK_REGIONS], countries[DS_MARK_COUNTRIES], streets[DS_MARK_STREETS];
    uint16_t clocks[DS_MARK_CLOCKS]; /* minutes after midnight, plus 1 */
    uint16_t years[DS_MARK_YEARS];
    uint16_t words;                                          /* of the text, at most 65535 */
    uint8_t killed[DS_MARK_COUNTS], injured[DS_MARK_COUNTS]; /* at most 255 */
    uint8_t ages[DS_MARK_AGES];
    uint8_t absolute; /* bit i: days[i] needs no day of publication to be known */
} ds_mark_facts;

typedef struct ds_story_marks {
    ds_mark_facts facts;
    const ds_mark_term *terms; /* by hash, each once */
    uint32_t len;
} ds_story_marks;

/* What the reader has of an article. parse, marks and claims may be empty: then there are words alone. lex: of the article's
 * language, or NULL. */
typedef struct ds_marks_from {
    const ds_doc *doc;
    const ds_parse *parse; /* NULL: none */
    const ds_marks *marks; /* NULL: none */
    ds_claims claims;
    ds_str publisher;
} ds_marks_from;
ds_status ds_story_marks_make(ds_arena *a, const ds_marks_from *from, const ds_lexicon *lex,
                              ds_story_marks *out, ds_err *err);

/* Little-endian bytes and back. DS_BAD: not what ds_story_marks_put wrote. */
void ds_story_marks_put(ds_buf *b, const ds_story_marks *m);
ds_status ds_story_marks_get(ds_arena *a, ds_str bytes, ds_story_marks *out, ds_err *err);

#endif
