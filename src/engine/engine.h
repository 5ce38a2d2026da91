/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - chains the stages; include/dossier/dossier.h is its contract.
 *
 * Layer    engine; uses everything below
 * Method   reader threads take pages and make readings, a pure function of page, lexicon and program; an ordered commit
 *          queue hands them to the one writer in input order, so that the thread count never shows in the result; it puts
 *          each article into its story (grouping.h) in the transaction that stores the page. At the end the stories whose
 *          members changed are reconciled, digested and stored (regroup.c)
 */
#ifndef DS_ENGINE_H
#define DS_ENGINE_H

#include "dossier/dossier.h"
#include "export/export.h"
#include "extract/extract.h"
#include "language/language.h"

/* The reader: page -> readings of all its articles. DS_NONE: no article. Notes and errors as in ds_extract. */
typedef struct ds_readings {
    const ds_reading *at;
    size_t len;
} ds_readings;
ds_status ds_read(ds_arena *a, const ds_page *page, const ds_extractor *x,
                  const ds_host_profile *host, const ds_lexicon *lex, const ds_language *l,
                  ds_readings *out, ds_str *note, ds_err *err);
/* Who says what in an article, also in one from a store; results and strings in `a`. DS_NONE: its language is not read;
 * DS_NOMEM, DS_LIMIT, DS_BAD (the lexicon lacks a table): *out untouched. */
ds_status ds_read_voices(ds_arena *a, const ds_article *art, const ds_lexicon *lex,
                         const ds_language *l, ds_voices *out, ds_err *err);

#endif
