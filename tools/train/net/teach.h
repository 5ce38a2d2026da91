/* SPDX-License-Identifier: Apache-2.0 */
/* teach.h - what large nets think of sentences without gold, as targets for a small one.
 *
 * Method   the chances of several nets are averaged; the likeliest tags, heads and relations become weighted targets
 *          (Hinton, Vinyals and Dean 2015; word-level, after Kuncoro et al. 2016)
 */
#ifndef DS_TRAIN_TEACH_H
#define DS_TRAIN_TEACH_H

#include "net.h"

/* Fills the targets of `student` (same sentences, laid for the student) from the teachers' view of `seen` (laid for them). */
void teach(const net *teachers, size_t teachers_len, const net_sentence *seen,
           net_sentence *student, size_t len);

#endif
