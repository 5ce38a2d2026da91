/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of language/ share; never leaves the folder. */
#ifndef DS_LANGUAGE_INTERNAL_H
#define DS_LANGUAGE_INTERNAL_H

#include "language/language.h"

/* Nodes and lemmas of words from the tags and lemmas of their tokens: io->upos and io->lemmas in, io->nodes and
 * io->lemma_of out. */
ds_status ds_nodes_of_tags(ds_arena *a, const ds_doc *doc, ds_parse *io);

#endif
