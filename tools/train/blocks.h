/* SPDX-License-Identifier: Apache-2.0 */
/* blocks.h - the two halves of the trainer of models/en/blocks.tsv: rows from pages (rows.c), weights from rows (fit.c). */
#ifndef DS_TRAIN_BLOCKS_H
#define DS_TRAIN_BLOCKS_H

#include <stdio.h>

#include "extract/blocks.h"

typedef struct train_row {
    int16_t f[BF_COUNT];
    uint32_t page, words; /* page: counted over all sets */
    uint8_t fold, set;
    bool text; /* at least half of it is in the gold text */
    double
        weight; /* square root of its words as a share of the gold's: between counting blocks and counting words */
} train_row;

typedef DS_VEC(train_row) train_rows;

/* Reads GOLD ({id: {articleBody, url}}) and the pages DIR/ID.html; appends a row for each block behind the gate and prints
 * "id<TAB>fold" lines to `folds`. The fold of a page is that of its site. False: said on stderr. */
bool train_read(ds_arena *a, const ds_lexicon *lex, const char *gold, const char *dir,
                unsigned folds_n, unsigned set, FILE *folds, train_rows *out);

/* Mean F1 of the pages of each set, in words, of the blocks of fold `fold` by the model in `lex`: sum and pages, added to. */
void train_score(ds_arena *a, const block_model *m, const train_rows *rows, int fold, double sum[],
                 uint32_t pages[]);

/* Prints the blocks of a page with what the model in `lex` says of them and what the gold does. */
bool train_show(ds_arena *a, const ds_lexicon *lex, const char *gold, const char *page);

/* Fits the rows whose fold is not `leave_out` (-1: all) and writes the table. */
bool train_fit(const train_rows *rows, int leave_out, FILE *out);

#endif
