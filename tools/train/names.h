/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - the trainer of names: documents with labels (names_sets.c, names_gum.c, names_news.c), weights from them
 * (names_fit.c), and the order of both (names.c). */
#ifndef DS_TRAIN_NAMES_H
#define DS_TRAIN_NAMES_H

#include "language/names_model.h"
#include "train.h"

typedef enum names_set { NAMES_WIKIGOLD, NAMES_UNER, NAMES_GUM, NAMES_NEWS } names_set;

typedef struct names_doc {
    nm_text text;
    uint16_t *allowed; /* of each word: the labels that its set allows, a bit for each */
    uint8_t
        *first; /* labels of a reading by weights that did not see the document; NULL: none yet */
    names_set set;
    float weight;
} names_doc;

typedef DS_VEC(names_doc) names_docs;

static inline uint16_t names_bit(uint8_t label)
{
    return (uint16_t)(1u << label);
}
#define NAMES_ALL ((uint16_t)((1u << NM_LABELS) - 1))

typedef struct names_source { /* what all readers of sets share */
    ds_arena *a;
    const ds_gazetteer *g;
    const nm_classes *classes;
    names_docs *out;
} names_source;

/* ---- a document word by word ----------------------------------------------------------------------------- */

typedef struct names_builder {
    names_source *s;
    names_set set;
    DS_VEC(nm_word) words;
    DS_VEC(nm_range) sents;
    DS_VEC(uint16_t) allowed;
} names_builder;

void names_add(names_builder *b, ds_str word, bool space, uint16_t allowed);
void names_end_sentence(names_builder *b);
/* Looks at the words, mends labels (titles are no part of names, nationalities are groups), gives the document out. */
void names_end_doc(names_builder *b);

/* ---- sets: false: said on stderr -------------------------------------------------------------------------- */

/* Two columns, word and IOB label; a blank line ends a sentence. */
bool names_read_columns(names_source *s, const char *path, names_set set);
/* CoNLL-U with an Entity= column. */
bool names_read_gum(names_source *s, const char *path);
/* Paragraphs, one a line, of which a share is labelled: sentences that all models read alike. */
bool names_read_news(names_source *s, const ds_lexicon *lex, const char *path,
                     const nm_model *models, size_t models_n);

/* ---- fitting ---------------------------------------------------------------------------------------------- */

typedef struct names_options {
    unsigned epochs, rows_log2;
    float rate; /* of AdaGrad */
    float decay;
    float drop; /* chance of a feature to be left out */
    uint64_t seed;
} names_options;

/* A section of weights from the documents whose number modulo `folds` is not `leave_out` (-1: all). */
bool names_fit(ds_arena *a, const names_docs *docs, unsigned folds, int leave_out,
               const names_options *o, ds_str classes, ds_str *out);

#endif
