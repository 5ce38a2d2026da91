/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of language/ share; never leaves the folder. */
#ifndef DS_LANGUAGE_INTERNAL_H
#define DS_LANGUAGE_INTERNAL_H

#include "language/language.h"
#include "language/lemmas.h"
#include "language/names_model.h"
#include "language/net.h"

typedef struct ds_view {            /* what view.c makes of labels */
    uint8_t form[UINT8_MAX + 1];    /* by XPOS: ds_form */
    bool nominal[UINT8_MAX + 1];    /* by relation: of the head of a noun phrase */
    uint8_t participle, possessive; /* VBN, PRP$ */
    uint8_t amod, aux, aux_pass, conj, mark_case;
} ds_view;

struct ds_language {
    const ds_lexicon *lex;
    ds_net net;
    const ds_kernel *kernel;
    ds_lemmas lemmas;
    bool has_names;
    nm_model names;
    ds_gazetteer gazetteer;
    ds_view view;
    const ds_phrases *cues, *numbers, *words, *verbs; /* NULL: no such table */
    const ds_table *classes;                          /* of words */
};

ds_view ds_view_open(void);
/* The view by token: io->nodes in; io->upos, io->form and io->lemmas out. */
ds_status ds_view_tokens(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_parse *io);

#endif
