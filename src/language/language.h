/* SPDX-License-Identifier: Apache-2.0 */
/* language.h - coarse grammar of one document: UPOS, verb forms, lemmas.
 *
 * Layer    language; uses base, text
 * Method   closed word classes (lexicon/en/words.tsv), verbs by lemma (verbs.tsv, lemmas.tsv), numbers, suffixes, and
 *          about twenty rules on the neighbours; a stand-in for a trained tagger, with the same output
 * Output   one tag, form and lemma per token
 * Memory   all results live in `a`
 * Errors   DS_NOMEM; *out untouched on error
 * Cost     one pass, a few look-ups per token
 * Threads  safe with one arena per thread
 */
#ifndef DS_LANGUAGE_H
#define DS_LANGUAGE_H

#include "text/text.h"

ds_status ds_language_read(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *out,
                           ds_err *err);

#endif
