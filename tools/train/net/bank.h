/* SPDX-License-Identifier: Apache-2.0 */
/* bank.h - sentences to learn from: treebanks in CoNLL-U, their words as rows of features. */
#ifndef DS_TRAIN_BANK_H
#define DS_TRAIN_BANK_H

#include <stdio.h>

#include "base/base.h"
#include "language/traits.h"
#include "net.h"
#include "text/text.h"

typedef struct bank_word {
    ds_feature look;
    ds_str form;
    uint16_t tag, rel; /* of bank_names; NOTHING: unknown to it */
    uint16_t head;     /* index in the sentence, ROOT */
} bank_word;

typedef struct bank_sentence {
    bank_word *words;
    uint32_t len;
} bank_sentence;

typedef struct bank {
    DS_VEC(bank_sentence) all;
    size_t words;
} bank;

typedef struct bank_names { /* what the outputs stand for, in order of first sight */
    ds_map *ids;
    DS_VEC(ds_str) all;
} bank_names;

/* "UPOS XPOS" and relations. `grow`: names that are not there are added. */
bool bank_read(ds_arena *a, const char *path, bool grow, bank_names *tags, bank_names *rels,
               bank *out);
/* Plain text, a paragraph a line, cut into sentences and words as the reader does: no tags, no heads. Sentences of fewer than
 * `least` or more than `most` words are left out. */
bool bank_read_plain(ds_arena *a, const ds_lexicon *lex, const char *path, uint32_t least,
                     uint32_t most, bank *out);

/* Which rows a word has. */
typedef struct bank_rows {
    ds_arena *arena;
    ds_map *ids;      /* "w:dam" -> row */
    ds_map *classes;  /* "dam" -> class + 1 */
    uint32_t len;     /* rows, with row 0 */
    uint32_t unknown; /* row of words that have none of their own */
} bank_rows;

typedef struct bank_source {
    const bank *bank;
    uint32_t least_word, least_piece; /* seen so often, at least, to get a row */
} bank_source;

/* classes: TSV file of word and class, NULL for none. */
bool bank_rows_make(ds_arena *a, const bank_source *sources, size_t n, const char *classes,
                    bank_rows *out);
/* The sentence for the net: rows and gold targets. A word's own row is row[0]. */
void bank_lay(ds_arena *a, const bank_rows *r, const bank_sentence *s, net_sentence *out);
/* The rows of a normal form alone (word or unknown, pieces, class), and how many of them there are; row[0] is the word's. */
int bank_form_rows(const bank_rows *r, const ds_feature *f, uint32_t row[FEATURES]);

#endif
