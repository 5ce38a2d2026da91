/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - a language opened; from words to nodes, lemmas and the view by token. */
#include "language/internal.h"

static ds_status open_names(ds_arena *a, const ds_lexicon *lex, ds_language *l, ds_err *err)
{
    ds_str names = ds_lexicon_section(lex, "names"), phrases = ds_lexicon_section(lex, "gazetteer");
    l->has_names = names.at && phrases.at;
    if (!l->has_names)
        return DS_OK;
    DS_TRY(ds_gazetteer_open(phrases, &l->gazetteer, err));
    DS_TRY(nm_model_open(names, &l->names, err));
    return nm_model_index(a, &l->names) < 0 ? ds_fail(err, DS_NOMEM, "out of memory", 0) : DS_OK;
}

static ds_status open_reader(const ds_lexicon *lex, ds_language *l, ds_err *err)
{
    ds_str net = ds_lexicon_section(lex, "net"), lemma = ds_lexicon_section(lex, "lemma");
    if (!net.at || !lemma.at)
        return ds_fail(err, DS_BAD, "has no section net or none lemma", 0);
    DS_TRY(ds_net_open(net, &l->net, err));
    return ds_lemmas_open(lemma, &l->lemmas, err);
}

ds_status ds_language_open(ds_arena *a, const ds_lexicon *lex, ds_language **out, ds_err *err)
{
    ds_language *l = ds_arena_calloc(a, 1, sizeof *l);
    if (!l)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    DS_TRY(open_reader(lex, l, err));
    DS_TRY(open_names(a, lex, l, err));
    l->lex = lex;
    l->kernel = ds_kernel_named((ds_str){NULL, 0});
    l->view = ds_view_open();
    l->cues = ds_lexicon_phrases(lex, "cues");
    l->numbers = ds_lexicon_phrases(lex, "numbers");
    l->verbs = ds_lexicon_phrases(lex, "verbs");
    l->words = ds_lexicon_phrases(lex, "words");
    l->classes = ds_lexicon_table(lex, "words");
    *out = l;
    return DS_OK;
}

/* Is a form of a verb of cues.tsv in the sentence? */
static bool has_cue_verb(ds_arena *a, const ds_doc *doc, const ds_sentence *s, const ds_language *l)
{
    for (uint32_t i = s->tok; l->cues && i < s->tok_end; i++) {
        const ds_token *t = &doc->toks[i];
        ds_str lemma = t->kind == DS_TOK_WORD ? ds_text_lemma(a, l->lex, t->norm, true) : t->norm;
        if (!lemma.at || ds_phrase_find(l->cues, lemma) >= 0)
            return true;
    }
    return false;
}

/* A number, a mark of a quotation, a capital inside, or a cue. */
bool ds_language_wants(ds_arena *a, const ds_doc *doc, const ds_sentence *s, const ds_language *l)
{
    uint32_t row;
    for (uint32_t i = s->tok; i < s->tok_end; i++) {
        const ds_token *t = &doc->toks[i];
        bool name = t->flags & DS_TF_CAP && !(t->flags & DS_TF_FIRST);
        if (t->kind == DS_TOK_NUMBER || t->kind == DS_TOK_SYMBOL || t->quote || name)
            return true;
        if ((l->cues && ds_phrase_at(l->cues, doc->toks, i, s->tok_end, &row)) ||
            (l->numbers && ds_phrase_at(l->numbers, doc->toks, i, s->tok_end, &row)))
            return true;
    }
    return has_cue_verb(a, doc, s, l);
}

static const uint8_t *choose(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_depth depth)
{
    uint8_t *wanted = ds_arena_calloc(a, doc->sents_len + 1, 1);
    for (size_t i = 0; wanted && i < doc->sents_len; i++)
        wanted[i] = depth == DS_DEPTH_HEADS ||
                    (depth == DS_DEPTH_NEEDED && ds_language_wants(a, doc, &doc->sents[i], l));
    return wanted;
}

/* Lemmas of one sentence; in one that is all in capitals those of the words say nothing. */
static ds_status lemmatize(ds_arena *a, const ds_lemmas *m, const ds_doc *doc, const ds_sentence *s,
                           const ds_node *nodes, ds_str *out)
{
    bool shouted = true;
    for (uint32_t i = s->tok; i < s->tok_end && shouted; i++)
        shouted = doc->toks[i].kind != DS_TOK_WORD || doc->toks[i].norm.len < 2 ||
                  (doc->toks[i].flags & DS_TF_ALLCAP);
    for (uint32_t i = s->word; i < s->word_end; i++) {
        ds_str form = ds_str_at(doc->text, doc->words[i].span);
        out[i] = ds_lemmatize(a, m, form, nodes[i].upos, nodes[i].xpos, shouted);
        if (!out[i].at)
            return DS_NOMEM;
    }
    return DS_OK;
}

static ds_status read_words(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_depth depth,
                            ds_parse *out)
{
    ds_node *nodes = ds_arena_calloc(a, doc->words_len, sizeof *nodes);
    ds_str *lemmas = ds_arena_calloc(a, doc->words_len, sizeof *lemmas);
    const uint8_t *wanted = choose(a, doc, l, depth);
    if (!nodes || !lemmas || !wanted)
        return DS_NOMEM;
    DS_TRY(ds_net_read(a, &l->net, l->kernel, doc, wanted, nodes));
    for (size_t i = 0; i < doc->sents_len; i++)
        DS_TRY(lemmatize(a, &l->lemmas, doc, &doc->sents[i], nodes, lemmas));
    out->nodes = nodes;
    out->lemma_of = lemmas;
    return ds_view_tokens(a, doc, l, out);
}

ds_status ds_language_read(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_depth depth,
                           ds_parse *out, ds_err *err)
{
    ds_parse parse = {0};
    if (read_words(a, doc, l, depth, &parse) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = parse;
    return DS_OK;
}
