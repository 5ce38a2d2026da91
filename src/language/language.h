/* SPDX-License-Identifier: Apache-2.0 */
/* language.h - grammar of one document: tags, lemmas, heads.
 *
 * Layer    language; uses base, text
 * Method   a trained net (net.h) and a trained lemmatizer (lemmas.h), both in the language's pack; a view by token for stages
 *          that look at whole tokens (view.c)
 * Input    a doc; a ds_language, opened once from a lexicon whose pack has the sections "net" and "lemma" (and, for names,
 *          "names" and "gazetteer")
 * Output   one node and lemma per word; one tag, form and lemma per token
 * Memory   all results live in `a`
 * Errors   DS_NOMEM; when opening DS_BAD: a section lacks or is malformed; outputs untouched on error
 * Cost     see script/bench; tags alone take a third of the time
 * Threads  safe with one arena per thread; a ds_language is read-only after ds_language_open
 */
#ifndef DS_LANGUAGE_H
#define DS_LANGUAGE_H

#include "text/text.h"

typedef enum ds_depth {
    DS_DEPTH_TAGS,   /* no heads: every node is DS_UNPARSED */
    DS_DEPTH_NEEDED, /* heads of sentences that later stages want them for: ds_language_wants */
    DS_DEPTH_HEADS,  /* all of them */
} ds_depth;

/* The weights and tables of a language, checked and looked up once. Lives in `a`; `lex` must outlive it. */
typedef struct ds_language ds_language;
ds_status ds_language_open(ds_arena *a, const ds_lexicon *lex, ds_language **out, ds_err *err);

ds_status ds_language_read(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_depth depth,
                           ds_parse *out, ds_err *err);
/* Names of persons, organizations, places, groups and other things, with the roles of persons (docs/formats/names.md):
 * io->names, from io->nodes. DS_BAD: the pack lacks "names" or "gazetteer". */
ds_status ds_language_names(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_parse *io,
                            ds_err *err);
/* Whether a sentence can hold a claim or an attribution: a number, a quotation, a name or a word of lexicon/en/cues.tsv. */
bool ds_language_wants(ds_arena *a, const ds_doc *doc, const ds_sentence *s, const ds_language *l);

/* The next letter of s in lower case and without its accent, for look-ups; moves *i past it. Needs *i < s.len. */
uint32_t ds_language_fold(ds_str s, size_t *i);

/* The letters that all spellings of a word of a name share: without case, accents and marks; words of five letters and more also
 * without what transliterations differ in ("Dmitry" is "Dmitriy", "Mohammed" "Mohamed"; docs/formats/holders.md). How many there
 * are in `out`; 0: the word has no letter or digit. */
enum { DS_SPELLING_MOST = 64 };
size_t ds_language_spelling(ds_str word, uint32_t out[DS_SPELLING_MOST]);

/* What the tables of names (countries, places, persons, organizations, namewords) have a phrase as: bits. */
typedef enum ds_listed {
    DS_LISTED_COUNTRY = 1,
    DS_LISTED_WORLD = 2, /* "East Africa" */
    DS_LISTED_NATURE = 4,
    DS_LISTED_REGION = 8,
    DS_LISTED_CITY = 16,
    DS_LISTED_LANDMARK = 32,
    DS_LISTED_PLACES = 63,
    DS_LISTED_GIVEN = 64,
    DS_LISTED_FAMILY = 128,
    DS_LISTED_ORG = 256,     /* organizations, media, companies, teams */
    DS_LISTED_ORGWORD = 512, /* "Ministry", "Inc." */
    DS_LISTED_PLACEWORD = 1024,
    DS_LISTED_TITLE = 2048,    /* titles, roles, honorifics */
    DS_LISTED_PARTICLE = 4096, /* "bin", "van", "of" */
    DS_LISTED_TIME = 8192,     /* days, months */
} ds_listed;
/* Of the whole phrase, as it is written: capitals tell "US" from "us". 0: none, or the lexicon has no such tables. */
uint32_t ds_language_listed(const ds_lexicon *lex, ds_str phrase);

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
