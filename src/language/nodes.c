/* SPDX-License-Identifier: Apache-2.0 */
/* nodes.c - words get the tag of their token: whole or first ones its own, the endings of multiword tokens ("n't", "'s")
 * one of a table, hyphens and slashes PUNCT. Heads are left open. */
#include "language/internal.h"

static const struct {
    const char *word;
    uint8_t upos;
    const char *lemma;
} endings[] = {
    {"n't", DS_PART, "not"}, {"not", DS_PART, "not"}, {"'s", DS_PART, "'s"},
    {"'", DS_PART, "'s"},    {"'re", DS_AUX, "be"},   {"'m", DS_AUX, "be"},
    {"'ve", DS_AUX, "have"}, {"'ll", DS_AUX, "will"}, {"'d", DS_AUX, "would"},
};

/* "it's" is "it is": the token is no possessive one. */
static void tag_ending(const ds_token *tok, ds_str norm, ds_node *node, ds_str *lemma)
{
    bool possessive = (tok->flags & DS_TF_POSSESSIVE) != 0;
    node->upos = DS_NOUN;
    *lemma = norm;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ds_str_eq(norm, ds_str_of(endings[i].word))) {
            node->upos = endings[i].upos;
            *lemma = ds_str_of(endings[i].lemma);
        }
    if (ds_str_eq(norm, DS_STR("'s")) && !possessive) {
        node->upos = DS_AUX;
        *lemma = DS_STR("be");
    }
}

static ds_status tag_one(ds_arena *a, const ds_doc *doc, const ds_parse *parse, const ds_word *w,
                         ds_node *node, ds_str *lemma)
{
    const ds_token *tok = &doc->toks[w->tok];
    ds_str norm = ds_text_norm(a, ds_str_at(doc->text, w->span));
    if (!norm.at)
        return DS_NOMEM;
    *lemma = norm;
    if (ds_str_eq(norm, DS_STR("-")) || ds_str_eq(norm, DS_STR("/")) ||
        !ds_span_holds(tok->span, w->span)) {
        node->upos = DS_PUNCT;
    } else if (w->flags & DS_WF_SAME) {
        tag_ending(tok, norm, node, lemma);
    } else {
        node->upos = parse->upos[w->tok];
        if (ds_str_eq(norm, tok->norm))
            *lemma = parse->lemmas[w->tok].norm;
    }
    return DS_OK;
}

ds_status ds_nodes_of_tags(ds_arena *a, const ds_doc *doc, ds_parse *io)
{
    ds_node *nodes = ds_arena_calloc(a, doc->words_len, sizeof *nodes);
    ds_str *lemmas = ds_arena_calloc(a, doc->words_len, sizeof *lemmas);
    if (!nodes || !lemmas)
        return DS_NOMEM;
    for (size_t i = 0; i < doc->words_len; i++) {
        nodes[i].head = DS_UNPARSED;
        DS_TRY(tag_one(a, doc, io, &doc->words[i], &nodes[i], &lemmas[i]));
    }
    io->nodes = nodes;
    io->lemma_of = lemmas;
    return DS_OK;
}
