/* SPDX-License-Identifier: Apache-2.0 */
/* model.h - weights of named features, read from a table; the threshold of a page.
 *
 * Method   every feature is put into bins. An additive logistic model over the bins and, where the table has them, boosted
 *          trees over the same bins each give a probability; their mean is the answer. The threshold is the one that
 *          maximizes the expected F1 of the page, after Lewis, "Evaluating and optimizing autonomous text classification
 *          systems", SIGIR 1995
 * Input    a lexicon table of the columns part, name, values (models/en, docs/adr/0006)
 * Cost     linear in features and trees; integers only: the same result on every machine
 */
#ifndef DS_EXTRACT_MODEL_H
#define DS_EXTRACT_MODEL_H

#include "extract/internal.h"

#define EXT_FEATURES_MAX 160 /* of one model */
#define EXT_P_ONE 1024       /* probability 1 */

typedef struct ext_model ext_model;

typedef struct ext_features { /* the table of a model, and what its features are called */
    const char *table;        /* "blocks" */
    const char *const *names;
    int len; /* at most EXT_FEATURES_MAX */
} ext_features;

/* Keeps `of`. DS_BAD: the table is missing or names an unknown feature, or a tree leads nowhere. */
ds_status ext_model_open(ds_arena *a, const ds_lexicon *lex, const ext_features *of,
                         const ext_model **out, ds_err *err);
/* In units of EXT_P_ONE; one value a feature. */
uint16_t ext_model_p(const ext_model *m, const int16_t *values);
/* The threshold in units of EXT_P_ONE that promises the best F1; p and words of n blocks. */
uint16_t ext_threshold(const uint16_t *p, const uint32_t *words, size_t n);

#endif
