/* SPDX-License-Identifier: Apache-2.0 */
/* story.h - which articles tell one story, who repeats whom, holders across pages.
 *
 * Layer    story; uses base, text, annotate, claim
 * Method   one story per run for the articles that share its names and figures; an article of a page that shares
 *          too little (cosine of idf-weighted names and title words under DS_STORY_JOIN) is a story of its own;
 *          near-copies by shared runs of words (shingles of DS_STORY_SHINGLE words) per sentence
 * Output   stories in order of their first article; pages lettered A, B, ... in order of arrival
 * Memory   all results live in `a`
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 */
#ifndef DS_STORY_H
#define DS_STORY_H

#include "claim/claim.h"

typedef struct ds_member {
    uint32_t reading; /* index into the readings given */
    ds_str letter;    /* "A" .. "Z", "AA" */
} ds_member;

typedef struct ds_copy { /* a sentence that stands (nearly) word for word in an earlier article */
    uint32_t from_member,
        from_sentence; /* the earlier one: index into members; sentence number (title 0) */
    uint32_t to_member, to_sentence;
    uint32_t words; /* longest shared run of words */
} ds_copy;

/* A claim of the story. From here on claims are known by their index in `rows`. */
typedef struct ds_row {
    ds_claim claim;  /* of, equals, delta_of: indices into rows */
    uint32_t member; /* index into members */
    /* Filled by reconcile, empty before: */
    ds_str question; /* id, absent if none */
    ds_str origin;   /* "o1", ...: one per origin of the story */
    ds_str flag;     /* "drift B9", "sum B9", absent if none */
} ds_row;

typedef struct ds_story {
    const ds_member *members;
    size_t members_len;
    ds_row *rows; /* in order of member, then of text */
    size_t rows_len;
    const ds_copy *copies;
    size_t copies_len;
} ds_story;

typedef struct ds_stories {
    const ds_story *at;
    size_t len;
} ds_stories;

ds_status ds_story_group(ds_arena *a, const ds_reading *readings, size_t n, ds_stories *out,
                         ds_err *err);

#endif
