/* SPDX-License-Identifier: Apache-2.0 */
/* stories.h - learns which articles tell one story, and scores it (docs/clustering.md). */
#ifndef DS_TRAIN_STORIES_H
#define DS_TRAIN_STORIES_H

#include <stdio.h>
#include <stdlib.h>

#include "story/cluster_internal.h"

/* Ends the program where memory ran out. */
static inline void st_must(bool ok)
{
    if (ok)
        return;
    fputs("train-stories: no memory left\n", stderr);
    exit(1);
}

uint64_t st_random(uint64_t *state);

/* ---- read.c ------------------------------------------------------------------------------------------------- */

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
/* What st_read wrote, appended. False: said on stderr. */
bool st_load(ds_arena *a, const char *path, st_docs *out);

/* ---- stream.c ------------------------------------------------------------------------------------------------ */

typedef struct st_pair {     /* an article and one that was near when it came */
    uint32_t later, earlier; /* indices into the documents */
    bool same;
    float f[CL_FEATURES], undated[CL_FEATURES]; /* undated: with day and source of both hidden */
} st_pair;

typedef struct st_pairs {
    st_pair *at;
    size_t len, cap;
} st_pairs;

/* A section with the counts of these articles and weights; NULL: none. */
ds_str st_count(ds_arena *a, const st_docs *background, const cl_weights *w);
/* By date, those without first; within a day by a hash of id and seed. Documents from `first` on. */
void st_order(st_docs *io, size_t first, uint64_t seed);
/* Cuts all marks. */
void st_cut(ds_arena *a, const ds_cluster_model *m, st_docs *io, size_t first);
/* All pairs that come up when the documents from `first` on arrive in their order; titles: as headlines alone. Appends. */
void st_pairs_of(ds_arena *a, const ds_cluster_model *m, const st_docs *docs, uint32_t first,
                 bool titles, st_pairs *out);

/* ---- learn.c -------------------------------------------------------------------------------------------------- */

/* Log odds from which on an article joins; a little more or less changes little (docs/clustering.md). */
#define ST_JOIN 1.0f

enum { ST_NOT, ST_REAL, ST_MADE };

typedef struct st_learn {
    const uint8_t *use; /* [documents]: ST_NOT: must not be learned from */
    uint64_t seed;
} st_learn;
void st_fit(const st_pairs *bodies, const st_pairs *titles, const st_learn *how, cl_weights *out);

/* ---- score.c -------------------------------------------------------------------------------------------------- */

typedef struct st_score {
    double b3, pair; /* F1 */
} st_score;
/* odds: of each pair; pairs in order of arrival. story_of: the document that opened its story. */
void st_join(const st_docs *docs, const st_pairs *pairs, const float *odds, float join,
             uint32_t *story_of);
/* set: absent: all; least: documents that a story has at least. */
st_score st_measure(ds_arena *a, const st_docs *docs, const uint32_t *story_of, ds_str set,
                    uint32_t least);

/* ---- cross.c -------------------------------------------------------------------------------------------------- */

/* Writes a section: args are BACKGROUND LEARNED...; each file is a stream of its own. Exit status. */
int st_make(const char *out, char **args, int n);
/* BACKGROUND DOCUMENTS OTHERS LEARNED...: prints scores. `what`: "crossed", which also leaves out kinds and changes the order,
 * or another name. Exit status. */
int st_cross(const char *what, char **args, int n);

#endif
