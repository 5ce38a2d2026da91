/* SPDX-License-Identifier: Apache-2.0 */
/* conllu.h - treebanks in CoNLL-U, line by line. */
#ifndef DS_TRAIN_CONLLU_H
#define DS_TRAIN_CONLLU_H

#include "base/base.h"

typedef enum conllu_kind {
    CONLLU_OTHER, /* comments, ranges of multiword tokens, empty nodes */
    CONLLU_WORD,
    CONLLU_END, /* of a sentence */
} conllu_kind;

enum {
    CONLLU_FORM = 1,
    CONLLU_LEMMA,
    CONLLU_UPOS,
    CONLLU_XPOS,
    CONLLU_HEAD = 6,
    CONLLU_REL,
    CONLLU_COLUMNS = 10,
};

typedef struct conllu_row {
    conllu_kind kind;
    ds_str line;
    ds_str column[CONLLU_COLUMNS]; /* of a word */
} conllu_row;

/* The line at *at, which moves behind it; false at the end. */
bool conllu_next(ds_str text, size_t *at, conllu_row *out);

#endif
