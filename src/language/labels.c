/* SPDX-License-Identifier: Apache-2.0 */
/* labels.c - the names of tags and relations, as CoNLL-U writes them. */
#include "language/language.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

// clang-format off
static const char *const uposes[] = { /* in the order of ds_upos */
    "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "INTJ",
};
static const char *const xposes[] = {
    "_", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN",
    "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS",
    "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``",
};
static const char *const rels[] = {
    "_", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
    "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "dep", "det",
    "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent",
    "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
};
// clang-format on

static const char *name_of(const char *const *names, size_t len, unsigned i)
{
    return i < len ? names[i] : "_";
}

static uint8_t number_of(const char *const *names, size_t len, ds_str name)
{
    for (size_t i = 1; i < len; i++)
        if (name.len && names[i][0] == name.at[0] && ds_str_eq(name, ds_str_of(names[i])))
            return (uint8_t)i;
    return 0;
}

const char *ds_upos_name(unsigned upos)
{
    return name_of(uposes, COUNT(uposes), upos);
}

const char *ds_xpos_name(unsigned xpos)
{
    return name_of(xposes, COUNT(xposes), xpos);
}

const char *ds_rel_name(unsigned rel)
{
    return name_of(rels, COUNT(rels), rel);
}

uint8_t ds_upos_of(ds_str name)
{
    return number_of(uposes, COUNT(uposes), name);
}

uint8_t ds_xpos_of(ds_str name)
{
    return number_of(xposes, COUNT(xposes), name);
}

uint8_t ds_rel_of(ds_str name)
{
    return number_of(rels, COUNT(rels), name);
}
