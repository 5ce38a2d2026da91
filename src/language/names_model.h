/* SPDX-License-Identifier: Apache-2.0 */
/* names_model.h - the weights of names, read in place, and the best labels by them.
 *
 * Layer    language; uses base, text
 * Method   linear conditional random field, after Lafferty, McCallum, Pereira 2001, in small integers: open addressing by the
 *          feature's hash, 16 bits of it kept to tell features apart; Viterbi over stretches of words near capitals.
 *          The section's layout is in docs/formats/names.md
 * Input    a section that outlives the model; a text that nm_look has seen
 * Output   one label a word
 * Memory   labels are the caller's; what decoding needs lives in `a`
 * Errors   DS_BAD: not such a section; DS_NOMEM
 * Cost     a random read for each feature; integers only, so the same labels on every machine
 * Threads  read-only after open
 */
#ifndef DS_LANGUAGE_NAMES_MODEL_H
#define DS_LANGUAGE_NAMES_MODEL_H

#include "language/names.h"

#define NM_MAGIC "NAMES1\n"

enum {
    NM_FROM = NM_LABELS, /* row of `trans`: from the start of a stretch */
    NM_PROBES = 16,      /* slots that may hold a feature, from its own on */
};

typedef struct nm_row {
    uint16_t check; /* nm_check of the feature; 0: free */
    int8_t w[NM_LABELS];
    int8_t zero[3];
} nm_row;

typedef struct nm_head { /* the section begins with it; slots of classes follow, then rows */
    char magic[8];
    uint32_t labels, rows_log2, classes_log2, zero;
    int16_t trans[NM_LABELS + 1]
                 [NM_LABELS]; /* of a label behind a label; NM_FROM: at the start of a stretch */
    char pad[32];             /* zeros */
} nm_head;

typedef struct nm_model {
    const nm_head *head;
    const nm_row *rows;
    nm_classes classes;
    const uint16_t *checks; /* those of the rows, the first ones again behind the last; or NULL */
} nm_model;

/* `section` lies at a multiple of 4. */
ds_status nm_model_open(ds_str section, nm_model *out, ds_err *err);
/* The checks of the rows beside each other: an eighth of the bytes to look for features in. Lives in `a`. */
ds_status nm_model_index(ds_arena *a, nm_model *m);
/* Rows of the features that have one, in order; `rows` has room for all. Their number. */
size_t nm_find(const nm_model *m, const uint32_t *features, size_t n, uint32_t *rows);
static inline uint16_t nm_check(uint32_t feature)
{
    return (uint16_t)feature ? (uint16_t)feature : 1;
}
/* Best labels of all words, 0 where no name is near. `again`: `labels` holds a first reading, and only stretches with a word
 * whose votes differ from it are read again. */
ds_status nm_decode(ds_arena *a, const nm_model *m, const nm_text *t, bool again, uint8_t *labels);
/* Both readings. */
ds_status nm_label_words(ds_arena *a, const nm_model *m, nm_text *t, uint8_t *labels);

#endif
