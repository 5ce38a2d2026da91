/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of language/ share; never leaves the folder. */
#ifndef DS_LANGUAGE_INTERNAL_H
#define DS_LANGUAGE_INTERNAL_H

#include "language/language.h"

/* The view by token: io->nodes in; io->upos, io->form and io->lemmas out. */
ds_status ds_view_tokens(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *io);

#endif
