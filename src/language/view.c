/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - tags by token, for stages that look at whole tokens: "don't" is AUX, "pro-war" what "war" is.
 *
 * Coarser than the nodes: possessive pronouns are DET, participles before a noun ADJ, number words NUM, relative and
 * wh-words PRON with DS_FORM_REL, adjectives that head a noun phrase ("94 dead") NOUN,
 * what marks a noun phrase ("as many as 40") ADP, "be", "have" and "do" always AUX, words without a capital never PROPN. */
#include "language/internal.h"

enum { NOMINALS = 7 };
static const char *const nominals[NOMINALS] = {"nsubj", "nsubj:pass", "obj",  "iobj",
                                               "obl",   "nmod",       "appos"};

typedef struct viewer {
    const ds_doc *doc;
    const ds_node *nodes;
    const ds_phrases *numbers, *words;
    const ds_table *classes; /* of words */
    uint8_t xpos[16];        /* numbers of the tags below */
    uint8_t amod, aux, aux_pass, conj, mark_case;
    uint8_t nominal[NOMINALS]; /* relations of heads of noun phrases */
    uint8_t *upos, *form;
    ds_token *lemmas;
} viewer;

enum { VB, VBD, VBG, VBN, VBP, VBZ, MD, WDT, WP, WPS, WRB, PRPS, TAGS };
static const char *const tags[TAGS] = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ",
                                       "MD", "WDT", "WP",  "WP$", "WRB", "PRP$"};

static int tag_of(const viewer *v, uint32_t word)
{
    for (int t = 0; t < TAGS; t++)
        if (v->nodes[word].xpos == v->xpos[t])
            return t;
    return TAGS;
}

/* The word of [beg, end) that stands for all: the one that hangs outside, or on no head. */
static uint32_t main_word(const viewer *v, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end && end - beg > 1; i++) {
        uint32_t head = v->nodes[i].head;
        if (head == DS_UNPARSED)
            return v->doc->words[end - 1].flags & DS_WF_SAME ? beg : end - 1;
        if (head == DS_NO_HEAD || head < beg || head >= end)
            return v->nodes[i].upos == DS_PUNCT || v->nodes[i].upos == DS_PART ? beg : i;
    }
    return beg;
}

/* Does an auxiliary hang on the word (or, of conjoined ones, on the first)? Unparsed: does one stand before it? */
static bool has_aux(const viewer *v, const ds_sentence *s, uint32_t word)
{
    for (uint32_t far = 0;
         v->nodes[word].rel == v->conj && v->nodes[word].head < DS_UNPARSED && far < 8; far++)
        word = v->nodes[word].head;
    if (v->nodes[word].head == DS_UNPARSED) {
        while (word > s->word &&
               (v->nodes[word - 1].upos == DS_ADV || v->nodes[word - 1].upos == DS_PART))
            word--;
        return word > s->word && v->nodes[word - 1].upos == DS_AUX;
    }
    for (uint32_t i = s->word; i < word; i++)
        if (v->nodes[i].head == word &&
            (v->nodes[i].rel == v->aux || v->nodes[i].rel == v->aux_pass))
            return true;
    return false;
}

static uint8_t form_of(const viewer *v, const ds_sentence *s, uint32_t word, int tag)
{
    switch (tag) {
    case VB:
        return DS_FORM_INF;
    case VBP:
    case VBZ:
        return DS_FORM_PRES;
    case VBD:
        return DS_FORM_PAST;
    case VBN:
        return has_aux(v, s, word) ? DS_FORM_PART : DS_FORM_PAST;
    case VBG:
        return DS_FORM_GER;
    case MD:
        return DS_FORM_MODAL;
    case WDT:
    case WP:
    case WPS:
    case WRB:
        return DS_FORM_REL;
    default:
        return DS_FORM_NONE;
    }
}

static bool nominal(const viewer *v, uint8_t rel)
{
    for (int i = 0; i < NOMINALS; i++)
        if (rel == v->nominal[i])
            return true;
    return false;
}

/* "94 dead": said of a number alone. */
static bool counted(const viewer *v, const ds_sentence *s, uint32_t word)
{
    const ds_node *n = &v->nodes[word];
    return n->rel == v->amod && word > s->word && v->nodes[word - 1].upos == DS_NUM &&
           n->head < word;
}

static bool auxiliary(const viewer *v, ds_str norm)
{
    int64_t row = v->words ? ds_phrase_find(v->words, norm) : -1;
    return row >= 0 && ds_str_eq(ds_table_cell(v->classes, (uint32_t)row, 1), DS_STR("aux"));
}

static void view_token(viewer *v, const ds_sentence *s, uint32_t tok, uint32_t word)
{
    static const uint8_t by_kind[] = {
        [DS_TOK_NUMBER] = DS_NUM, [DS_TOK_SYMBOL] = DS_SYM, [DS_TOK_PUNCT] = DS_PUNCT};
    const ds_token *t = &v->doc->toks[tok];
    int tag = tag_of(v, word);
    uint8_t upos = v->nodes[word].upos, form = form_of(v, s, word, tag);
    if (t->kind != DS_TOK_WORD) {
        v->upos[tok] = by_kind[t->kind];
        return;
    }
    if (tag == PRPS)
        upos = DS_DET;
    else if (form == DS_FORM_REL)
        upos = DS_PRON;
    else if (v->numbers && t->norm.len > 1 && ds_phrase_find(v->numbers, t->norm) >= 0)
        upos = DS_NUM;
    else if (upos == DS_VERB && auxiliary(v, t->norm))
        upos = DS_AUX;
    else if (upos == DS_SCONJ && v->nodes[word].rel == v->mark_case)
        upos = DS_ADP;
    else if (upos == DS_ADJ && (nominal(v, v->nodes[word].rel) || counted(v, s, word)))
        upos = DS_NOUN;
    else if (upos == DS_PROPN && !(t->flags & (DS_TF_CAP | DS_TF_ALLCAP)))
        upos = DS_NOUN;
    if (upos == DS_VERB && v->nodes[word].rel == v->amod) {
        upos = DS_ADJ;
        form = DS_FORM_NONE;
    }
    v->upos[tok] = upos;
    v->form[tok] = upos == DS_VERB || upos == DS_AUX || form == DS_FORM_REL ? form : DS_FORM_NONE;
}

static ds_status lemma_of(ds_arena *a, const ds_lexicon *lex, viewer *v, uint32_t tok)
{
    if (v->upos[tok] != DS_VERB && v->upos[tok] != DS_NOUN)
        return DS_OK;
    ds_str lemma = ds_text_lemma(a, lex, v->lemmas[tok].norm, v->upos[tok] == DS_VERB);
    if (!lemma.at)
        return DS_NOMEM;
    v->lemmas[tok].norm = lemma;
    v->lemmas[tok].hash = 0;
    return DS_OK;
}

static ds_status view_sentence(ds_arena *a, const ds_lexicon *lex, viewer *v, const ds_sentence *s)
{
    for (uint32_t beg = s->word, end; beg < s->word_end; beg = end) {
        uint32_t tok = v->doc->words[beg].tok;
        for (end = beg + 1; end < s->word_end && v->doc->words[end].tok == tok; end++)
            ;
        while (beg + 1 < end && v->doc->words[beg].span.end <= v->doc->toks[tok].span.beg)
            beg++; /* bullets, which are no tokens */
        view_token(v, s, tok, main_word(v, beg, end));
        DS_TRY(lemma_of(a, lex, v, tok));
    }
    return DS_OK;
}

ds_status ds_view_tokens(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *io)
{
    viewer v = {.doc = doc,
                .nodes = io->nodes,
                .numbers = ds_lexicon_phrases(lex, "numbers"),
                .words = ds_lexicon_phrases(lex, "words"),
                .classes = ds_lexicon_table(lex, "words")};
    for (int t = 0; t < TAGS; t++)
        v.xpos[t] = ds_xpos_of(ds_str_of(tags[t]));
    for (int i = 0; i < NOMINALS; i++)
        v.nominal[i] = ds_rel_of(ds_str_of(nominals[i]));
    v.amod = ds_rel_of(DS_STR("amod"));
    v.aux = ds_rel_of(DS_STR("aux"));
    v.aux_pass = ds_rel_of(DS_STR("aux:pass"));
    v.conj = ds_rel_of(DS_STR("conj"));
    v.mark_case = ds_rel_of(DS_STR("case"));
    v.upos = ds_arena_calloc(a, doc->toks_len, 1);
    v.form = ds_arena_calloc(a, doc->toks_len, 1);
    v.lemmas = ds_arena_calloc(a, doc->toks_len, sizeof *v.lemmas);
    if (!v.upos || !v.form || !v.lemmas)
        return DS_NOMEM;
    if (doc->toks_len)
        memcpy(v.lemmas, doc->toks, doc->toks_len * sizeof *v.lemmas);
    for (size_t i = 0; i < doc->sents_len; i++)
        DS_TRY(view_sentence(a, lex, &v, &doc->sents[i]));
    io->upos = v.upos;
    io->form = v.form;
    io->lemmas = v.lemmas;
    return DS_OK;
}
