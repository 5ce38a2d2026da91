/* SPDX-License-Identifier: Apache-2.0 */
/* split.h - does a sentence end between two tokens with a blank between them?
 *
 * Layer    text
 * Method   a logistic model over hashed features: what kind of tokens stand around the place, which words, what the rules of
 *          sentences.c say, how others of the text begin. Integers only. Learned from treebanks (tools/train/split.c)
 * Input    a section "split" of a pack (docs/formats/pack.md), read in place
 * Errors   DS_BAD: the section is malformed
 * Cost     some thirty look-ups a place that comes into question, which is one in four
 * Threads  read-only
 */
#ifndef DS_TEXT_SPLIT_H
#define DS_TEXT_SPLIT_H

#include "text/text.h"

enum { DS_SPLIT_FEATURES = 32, DS_SPLIT_BITS = 17, DS_SPLIT_USUAL = 1 << 17 };

/* What the sum of a place must be more than goes by what it lies between. */
typedef enum ds_split_between {
    DS_SPLIT_MARKED, /* a mark on one side at least */
    DS_SPLIT_WORDS,  /* two words without a mark */
    DS_SPLIT_PROSE,  /* the same in a paragraph that ends in a stop */
    DS_SPLIT_BETWEENS
} ds_split_between;

/* Head of a section; `usual` and 1 << DS_SPLIT_BITS weights follow. */
typedef struct ds_split_head {
    uint32_t bits;
    int32_t bias;
    int32_t margin[DS_SPLIT_BETWEENS];
    int32_t against; /* where a sentence ends by the rules, more than minus this is enough */
} ds_split_head;

typedef struct ds_split_model {
    ds_split_head head;
    const int16_t *weights; /* NULL: none, the rules decide */
    const uint8_t *usual;   /* how words are written, two bits for each hash */
} ds_split_model;

ds_status ds_split_open(ds_str section, ds_split_model *out, ds_err *err);

/* A place behind token `tok`, which ends at byte `at`; `rule`: what the rules say. */
typedef struct ds_split_place {
    uint32_t tok, at;
    bool rule;
    ds_split_between between;
    uint32_t n, feature[DS_SPLIT_FEATURES]; /* numbers of weights */
} ds_split_place;

/* Decides in the model's place: for learning. */
typedef struct ds_split_teacher {
    bool (*ends)(void *ctx, const ds_split_place *place);
    void *ctx;
    ds_split_model model; /* weights are not looked at */
} ds_split_teacher;

/* ds_text_read with another opinion on where sentences end. */
ds_status ds_text_read_taught(ds_arena *a, const ds_article *art, const ds_lexicon *lex,
                              const ds_split_teacher *teacher, ds_doc *out, ds_err *err);

#endif
