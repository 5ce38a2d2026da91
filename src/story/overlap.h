/* SPDX-License-Identifier: Apache-2.0 */
/* overlap.h - which texts share words in a row, how much of each, where, and who was first.
 *
 * Layer    story; uses base, text
 * Method   runs of DS_OVERLAP_RUN words, as hashes; of these each text keeps a few (winnowing, after Schleimer, Wilkerson and Aiken
 *          2003: the least of every DS_OVERLAP_WINDOW runs in a row), and an index of fixed size says which texts kept the same.
 *          What two texts share is then counted exactly, in all their runs; docs/copies.md has the figures
 * Input    any UTF-8; a word is what story/words.c takes for one: case, commas in numbers and possessive endings do not count
 * Output   spans are bytes of the texts that the wordings were read from; all lists in an order that the texts alone decide
 * Memory   all results live in `a`; the index in the arena that it was opened with, DS_OVERLAP_BYTES for each mark of room
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 * Cost     reading and measuring: linear in the words, whatever they are (one word a thousand times over is one run); finding:
 *          m log m in the marks of the text, whatever the index holds: at most DS_OVERLAP_SAME texts for a mark, DS_OVERLAP_NEAR in all
 * Threads  an index belongs to one thread at a time
 */
#ifndef DS_STORY_OVERLAP_H
#define DS_STORY_OVERLAP_H

#include "text/text.h"

enum {
    DS_OVERLAP_RUN =
        5, /* words in a row that two writers seldom choose alike; names of offices are as long now and then */
    DS_OVERLAP_WINDOW = 8, /* every shared stretch of 5 + 8 - 1 words has a mark that both keep */
    DS_OVERLAP_MARKS =
        2048, /* that a text keeps at most: the least ones, so that two long copies keep the same */
    DS_OVERLAP_SAME = 12, /* texts that the index keeps for one mark */
    DS_OVERLAP_FIRST =
        4, /* of these, the first that had it: so the origin of what is copied for days is known */
    DS_OVERLAP_SHORT =
        8, /* marks: a text of so many and more shares two at least, or nothing to tell */
    DS_OVERLAP_NEAR = 32, /* candidates for one text */
    DS_OVERLAP_GAP = 4,   /* words that an editor changed inside of a passage, at most */
    DS_OVERLAP_PASSAGE =
        20, /* words of a passage that is told by itself: a quotation of two sentences */
    DS_OVERLAP_BYTES = 16,
};

/* ---- a text as words ------------------------------------------------------------------------------------------------- */

typedef struct ds_worded {
    uint64_t hash;
    ds_span at;
} ds_worded;

typedef struct ds_wording {
    const ds_worded *at;
    size_t len;
    uint64_t
        whole; /* of all words: equal where the texts are word for word the same; 0: there are none */
} ds_wording;

/* The words of text[part.beg, part.end). */
ds_status ds_wording_read(ds_arena *a, ds_str text, ds_span part, ds_wording *out);

typedef struct ds_overlap_marks { /* ascending, each once */
    const uint64_t *at;
    size_t len; /* 0 only where there are no words */
} ds_overlap_marks;

ds_status ds_overlap_mark(ds_arena *a, const ds_wording *w, ds_overlap_marks *out);

/* ---- the index: which earlier texts may share something ---------------------------------------------------------------- */

typedef struct ds_overlap_index ds_overlap_index;

/* Room for `marks` of all texts that are live at a time (about a fifth of their words); when it is full, the oldest go first. */
ds_status ds_overlap_open(ds_arena *a, size_t marks, ds_overlap_index **out);
/* `text` is the caller's number of the text, not smaller than those before: its age. */
void ds_overlap_add(ds_overlap_index *x, const ds_overlap_marks *m, uint32_t text);

typedef struct ds_overlap_near {
    uint32_t text;
    uint32_t marks; /* that it shares */
} ds_overlap_near;

/* Texts that share a mark, those with most first, the earlier first among equals. */
ds_status ds_overlap_find(ds_arena *a, const ds_overlap_index *x, const ds_overlap_marks *m,
                          const ds_overlap_near **out, size_t *len);

/* ---- two texts ----------------------------------------------------------------------------------------------------------- */

typedef enum ds_overlap_kind {
    DS_OVERLAP_NONE,
    DS_OVERLAP_PART, /* a passage of DS_OVERLAP_PASSAGE words or more: a quoted paragraph, a shared background */
    DS_OVERLAP_INSIDE, /* half of one or more stands in the other: an agency's text in a longer article */
    DS_OVERLAP_CLOSE, /* four fifths of both: the same text, edited */
    DS_OVERLAP_EXACT, /* word for word */
} ds_overlap_kind;
const char *
ds_overlap_kind_name(ds_overlap_kind k); /* "none", "part", "inside", "close", "exact" */

typedef struct ds_passage { /* words that go on alike, but for up to DS_OVERLAP_GAP at a time */
    ds_span at[2];          /* bytes in the first text and in the second */
    uint32_t words;         /* that are the same */
} ds_passage;

typedef struct ds_shared {
    ds_overlap_kind kind;
    uint32_t words[2];          /* of each text that stand in runs which the other has */
    uint32_t of[2];             /* all words of each */
    const ds_passage *passages; /* of two runs or more, in order of the second text */
    size_t passages_len;
    uint32_t longest; /* words of the longest passage */
} ds_shared;

/* The greater of both shares, in [0, 1]: 1 where one text stands in the other from first to last. */
double ds_shared_containment(const ds_shared *s);
ds_status ds_overlap_measure(ds_arena *a, const ds_wording *first, const ds_wording *second,
                             ds_shared *out);

/* Who was first, as far as the pages tell: the day of publication, else whom one names as the original publisher. -1: x,
 * 1: y, 0: nothing tells. */
int ds_overlap_first(const ds_article *x, const ds_article *y);

#endif
