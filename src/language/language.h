/* SPDX-License-Identifier: Apache-2.0 */
/* language.h - coarse grammar of one document: UPOS, verb forms, lemmas.
 *
 * Layer    language; uses base, text
 * Method   closed word classes (lexicon/en/words.tsv), verbs by lemma (verbs.tsv, lemmas.tsv), numbers, suffixes, and
 *          about twenty rules on the neighbours; a stand-in for a trained tagger, with the same output
 * Output   one tag, form and lemma per token, one node and lemma per word; heads and names are not found yet
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
/* The same without heads: every node is DS_UNPARSED. */
ds_status ds_language_tags(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *out,
                           ds_err *err);

/* Names of a node's labels in CoNLL-U, "_" for 0 and what is out of range. Static text. */
const char *ds_upos_name(unsigned upos); /* "NOUN" */
const char *
ds_xpos_name(unsigned xpos); /* "NNS": Penn Treebank tags as the English treebanks have them */
const char *ds_rel_name(unsigned rel); /* "nsubj:pass" */
/* Their numbers; ds_upos_of gives DS_X, the others 0, for a name that is none. */
uint8_t ds_upos_of(ds_str name);
uint8_t ds_xpos_of(ds_str name);
uint8_t ds_rel_of(ds_str name);

#endif
