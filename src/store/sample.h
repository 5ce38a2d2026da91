/* SPDX-License-Identifier: Apache-2.0 */
/* sample.h - structs filled from their descriptors, for tests: every field has a value of its own. */
#ifndef DS_STORE_SAMPLE_H
#define DS_STORE_SAMPLE_H

#include "store/internal.h"

/* seed: other seeds, other values. small: numbers are 0 or 1, so that they can serve as indices. */
typedef struct ds_sample {
    ds_arena *a;
    unsigned seed;
    bool small;
} ds_sample;

void ds_sample_fill(ds_sample *s, const ds_shape *sh, void *obj);
/* NULL, or the name of the first field that differs. */
const char *ds_sample_differs(const ds_shape *sh, const void *x, const void *y);

/* A reading with two blocks, sentences, claims...; and a story of two of everything, sound in all its indices. */
ds_reading ds_sample_reading(ds_sample *s, ds_str doc);
ds_page ds_sample_page(ds_sample *s, const char *name, const char *bytes);
ds_dossier ds_sample_dossier(ds_sample *s, const char *const docs[2]);
void ds_sample_check_dossier(const ds_dossier *x, const ds_dossier *y); /* cmocka assertions */

/* A new folder and the path of a store in it. */
int ds_sample_enter(void **state); /* *state: an arena */
int ds_sample_leave(void **state);
ds_store *ds_sample_open(ds_arena *a, ds_store_mode mode); /* asserts that it opens */
#define SAMPLE_DB "news.db"
int64_t
ds_sample_ask(ds_store *s,
              const char *sql); /* the number that a query gives; asserts that it gives one */

/* Two pages a.html, b.html of two readings and one story over them, committed. */
void ds_sample_story(ds_store *s, ds_arena *a, ds_dossier *out);

#endif
