/* SPDX-License-Identifier: Apache-2.0 */
/* lemmas.h - from a word and its tags to its lemma: "killed" VERB VBN -> "kill", "TEHRAN" PROPN NNP -> "Tehran".
 *
 * Layer    language; uses base, ICU's case mapping
 * Method   one tree of reversed words a tag, learned from treebanks (tools/train/lemmas.c): the longest ending that it
 *          knows, or the whole word, gives an edit: how many bytes to cut, what to put there, in which case. After the
 *          edit scripts of Chrupała 2006 and the suffix trees of Plisson and others 2004; integers only
 * Input    a word of valid UTF-8; a section "lemma" of a pack (docs/formats/pack.md), read in place
 * Memory   a lemma is a piece of the word, text of the section, or lives in `a`
 * Errors   DS_BAD: the section is malformed; an absent string: no memory
 * Cost     a step a letter
 * Threads  safe with one arena per thread; a ds_lemmas is read-only
 */
#ifndef DS_LANGUAGE_LEMMAS_H
#define DS_LANGUAGE_LEMMAS_H

#include "text/text.h"

enum { DS_LEMMA_XPOS_MOST = 64 };

typedef enum ds_lemma_group { /* which word classes share a tree, by tag */
                              DS_LEMMA_OTHER,
                              DS_LEMMA_NAME, /* PROPN */
                              DS_LEMMA_AUX,  /* AUX */
                              DS_LEMMA_GROUPS,
} ds_lemma_group;

typedef enum ds_lemma_look { /* of a word's letters */
                             DS_LOOK_NONE,
                             DS_LOOK_LOWER,
                             DS_LOOK_CAP,
                             DS_LOOK_ONE, /* "I" */
                             DS_LOOK_UPPER_2,
                             DS_LOOK_UPPER_3,
                             DS_LOOK_UPPER_4,
                             DS_LOOK_UPPER_5,
                             DS_LOOK_UPPER_MORE,
                             DS_LOOK_MIXED,
                             DS_LOOKS,
} ds_lemma_look;

typedef enum ds_lemma_case {
    DS_LEMMA_ASK, /* of a tree: what the ending says */
    DS_LEMMA_LOWER,
    DS_LEMMA_TITLE, /* first letter upper, others lower */
    DS_LEMMA_KEEP,
    DS_LEMMA_UPPER,
    DS_LEMMA_CASES,
} ds_lemma_case;

typedef struct ds_lemma_root {
    char xpos[6]; /* zeros behind it */
    uint8_t group;
    uint8_t
        cases[DS_LOOKS]; /* ds_lemma_case by look: for words that the tree does not know whole */
    uint8_t zero[7];
} ds_lemma_root;

typedef struct ds_lemma_edit {
    uint32_t text; /* what is put behind the cut: offset */
    uint8_t len;
    uint8_t cut;  /* bytes; DS_LEMMA_ALL: the whole word, and the text is the lemma as it stands */
    uint8_t cas;  /* ds_lemma_case */
    uint8_t must; /* the case is not only a guess by the ending */
} ds_lemma_edit;

enum { DS_LEMMA_ALL = 255, DS_LEMMA_NO_EDIT = 0xFFFF, DS_LEMMA_END = '^' };

/* The section: a head, then roots, edits, first, edit_of, byte, text, one behind the other without gaps. The roots are the
 * first nodes; the children of node i are [first[i], first[i + 1]), in the order of their bytes; DS_LEMMA_END is the place
 * before the first letter. Words are in lower case. */
typedef struct ds_lemma_head {
    uint32_t roots, edits, nodes, text;
} ds_lemma_head;

typedef struct ds_lemmas {
    ds_lemma_head head;
    const ds_lemma_root *roots;
    const ds_lemma_edit *edits;
    const uint32_t *first; /* nodes + 1 */
    const uint16_t *edit_of;
    const uint8_t *byte;
    const char *text;
    uint8_t root_of[DS_LEMMA_XPOS_MOST][DS_LEMMA_GROUPS]; /* number + 1; 0: none */
} ds_lemmas;

/* `section` must live as long as *out and lie at a multiple of 4 bytes. */
ds_status ds_lemmas_open(ds_str section, ds_lemmas *out, ds_err *err);
/* shouted: the sentence is all in capitals, so that those of the word say nothing. */
ds_str ds_lemmatize(ds_arena *a, const ds_lemmas *m, ds_str form, uint8_t upos, uint8_t xpos,
                    bool shouted);

/* ---- for the trainer ---------------------------------------------------------------------------- */

/* The lemma that an edit gives in the case `cas`; `text`: what the edit puts. */
ds_str ds_lemma_edited(ds_arena *a, const ds_lemma_edit *e, ds_str text, ds_lemma_case cas,
                       ds_str form);
ds_lemma_group ds_lemma_group_of(uint8_t upos);
ds_lemma_look ds_lemma_look_of(ds_str form);
/* In lower case, at most `room` bytes: their number, or 0 where it does not fit. */
size_t ds_lemma_lower(ds_str form, char *out, size_t room);

#endif
