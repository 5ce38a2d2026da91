/* SPDX-License-Identifier: Apache-2.0 */
/* write.h - a net that has learned, as bytes that the reader takes (src/language/net.h).
 *
 * Method   weights to within +-63 (or +-127, where inputs are never negative) by one scale for each matrix, after columns
 *          between layers were equalized (Nagel and others 2019); what flows between by how far it goes on sentences of gold.
 *          Rows of a form's word, pieces and class become one
 */
#ifndef DS_TRAIN_WRITE_H
#define DS_TRAIN_WRITE_H

#include "bank.h"
#include "net.h"

/* The section; absent: said on stderr. `sample`: sentences, laid for the net. */
ds_str net_write(ds_arena *a, const net *n, const bank_rows *rows, const bank_names *tags,
                 const bank_names *rels, const net_sentence *sample, size_t sample_len);
/* Scores of the section on a treebank with given words, with every kernel that fits; false: two kernels differ. */
bool net_check(ds_str section, const bank *b, const bank_names *tags, const bank_names *rels,
               const char *name);

#endif
