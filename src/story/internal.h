/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of story/ share. */
#ifndef DS_STORY_INTERNAL_H
#define DS_STORY_INTERNAL_H

#include "story/overlap.h"
#include "story/story.h"

/* ---- words.c: the words of all articles, as hashes ------------------------------------------------ */

enum word_flag {
    WORD_CAP = 1,    /* begins with a capital */
    WORD_NUMBER = 2, /* begins with a digit */
    WORD_FIRST = 4,  /* first word of its sentence: a capital there says little */
    WORD_TITLE = 8,  /* in the title */
    WORD_LONG = 16,  /* long enough to be a content word */
};

typedef struct word {
    uint64_t hash;      /* of the lower-case form without a possessive ending */
    uint32_t doc, sent; /* reading; index of the sentence in it */
    uint8_t flags;
} word;

typedef struct words {
    const word *at;
    size_t len;
    const uint32_t *first; /* words of reading d: at[first[d]] .. at[first[d + 1]) */
} words;

/* One word from *i on; *first is its first letter. */
bool story_word_next(ds_str s, size_t *i, ds_str *out, uint32_t *first);
/* Of the lower-case form without a possessive ending. */
uint64_t story_word_hash(ds_str w);

/* In order of reading and text. */
ds_status story_words(ds_arena *a, const ds_reading *readings, size_t n, words *out);

/* ---- overlap.c, shared.c: overlap.h ------------------------------------------------------------------ */

uint64_t story_run_hash(const ds_worded *w); /* of DS_OVERLAP_RUN words */

/* ---- pairs.c: articles that share words -------------------------------------------------------------- */

ds_status story_overlaps(ds_arena *a, const ds_reading *readings, ds_story *story);

/* ---- copies.c: sentences that stand in two articles ------------------------------------------------- */

/* member_of[d]: index of reading d among the members. */
ds_status story_copies(ds_arena *a, const ds_reading *readings, const words *ws,
                       const uint32_t *member_of, ds_story *story);

#endif
