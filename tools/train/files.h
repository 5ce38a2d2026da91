/* SPDX-License-Identifier: Apache-2.0 */
/* files.h - what the trainers read. */
#ifndef DS_TRAIN_FILES_H
#define DS_TRAIN_FILES_H

#include "base/base.h"

/* All of a file; absent: it cannot be read. */
ds_str train_slurp(ds_arena *a, const char *path);

#endif
