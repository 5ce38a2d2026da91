/* SPDX-License-Identifier: Apache-2.0 */
/* save.h - nets and targets in files, for experiments: raw floats of this machine. */
#ifndef DS_TRAIN_SAVE_H
#define DS_TRAIN_SAVE_H

#include "net.h"

/* DIR/NAME.net. net_load wants n->size and allocates; false where there is none of that size. */
void net_save(const net *n, const char *dir, const char *name);
bool net_load(net *n, const char *dir, const char *name);
void targets_save(const char *dir, const net_sentence *s, size_t n);
bool targets_load(const char *dir, net_sentence *s, size_t n);

#endif
