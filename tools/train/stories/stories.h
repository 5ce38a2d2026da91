/* SPDX-License-Identifier: Apache-2.0 */
/* stories.h - learns which articles tell one story, and scores it (docs/clustering.md). */
#ifndef DS_TRAIN_STORIES_H
#define DS_TRAIN_STORIES_H

#include <stdio.h>

#include "story/marks.h"

typedef struct st_doc { /* an article of known story, with no text */
    ds_str set, id, story, group;
    ds_story_marks marks, title; /* title: of its headline alone */
} st_doc;

typedef struct st_docs {
    st_doc *at;
    size_t len, cap;
} st_docs;

/* Reads JSON lines with the program's reader and writes marks to `out`. Exit status. */
int st_read(const char *out, char **args, int n);
/* What st_read wrote, in its order. False: said on stderr. */
bool st_load(ds_arena *a, const char *path, st_docs *out);

#endif
