/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - tags by token, for stages that look at whole tokens: "don't" is AUX, "pro-war" what "war" is.
 *
 * Coarser than the nodes: possessive pronouns are DET, participles before a noun ADJ, number words NUM, relative and
 * wh-words PRON with DS_FORM_REL, adjectives that head a noun phrase ("94 dead") NOUN,
 * verbs of headlines ("Kills 3") VERB, what marks a noun phrase ("as many as 40") ADP, "be", "have" and "do" always AUX, words without a capital never PROPN. */
#include "language/internal.h"

/* Conjoined verbs share their auxiliary: so many are followed back to the first, which is more than sentences have. */
enum { CONJUNCTS_MOST = 8 };

static const struct {
    const char *xpos;
    uint8_t form;
} forms[] = {
    {"VB", DS_FORM_INF},   {"VBP", DS_FORM_PRES}, {"VBZ", DS_FORM_PRES},
    {"VBD", DS_FORM_PAST}, {"VBN", DS_FORM_PAST}, /* DS_FORM_PART with an auxiliary */
    {"VBG", DS_FORM_GER},  {"MD", DS_FORM_MODAL}, {"WDT", DS_FORM_REL},
    {"WP", DS_FORM_REL},   {"WP$", DS_FORM_REL},  {"WRB", DS_FORM_REL},
};
static const char *const nominals[] = {"nsubj", "nsubj:pass", "obj",  "iobj",
                                       "obl",   "nmod",       "appos"};

ds_view ds_view_open(void)
{
    ds_view v = {.participle = ds_xpos_of(DS_STR("VBN")),
                 .possessive = ds_xpos_of(DS_STR("PRP$")),
                 .amod = ds_rel_of(DS_STR("amod")),
                 .aux = ds_rel_of(DS_STR("aux")),
                 .aux_pass = ds_rel_of(DS_STR("aux:pass")),
                 .conj = ds_rel_of(DS_STR("conj")),
                 .mark_case = ds_rel_of(DS_STR("case"))};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        v.form[ds_xpos_of(ds_str_of(forms[i].xpos))] = forms[i].form;
    for (size_t i = 0; i < sizeof nominals / sizeof *nominals; i++)
        v.nominal[ds_rel_of(ds_str_of(nominals[i]))] = true;
    return v;
}

typedef struct viewer {
    const ds_language *l;
    const ds_doc *doc;
    const ds_node *nodes;
    uint8_t *upos, *form;
    ds_token *lemmas;
} viewer;

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
    for (uint32_t far = 0; v->nodes[word].rel == v->l->view.conj &&
                           v->nodes[word].head < DS_UNPARSED && far < CONJUNCTS_MOST;
         far++)
        word = v->nodes[word].head;
    if (v->nodes[word].head == DS_UNPARSED) {
        while (word > s->word &&
               (v->nodes[word - 1].upos == DS_ADV || v->nodes[word - 1].upos == DS_PART))
            word--;
        return word > s->word && v->nodes[word - 1].upos == DS_AUX;
    }
    for (uint32_t i = s->word; i < word; i++)
        if (v->nodes[i].head == word &&
            (v->nodes[i].rel == v->l->view.aux || v->nodes[i].rel == v->l->view.aux_pass))
            return true;
    return false;
}

static uint8_t form_of(const viewer *v, const ds_sentence *s, uint32_t word)
{
    uint8_t xpos = v->nodes[word].xpos;
    bool part = xpos == v->l->view.participle && has_aux(v, s, word);
    return part ? DS_FORM_PART : v->l->view.form[xpos];
}

/* "94 dead": said of a number alone. */
static bool counted(const viewer *v, const ds_sentence *s, uint32_t word)
{
    const ds_node *n = &v->nodes[word];
    return n->rel == v->l->view.amod && word > s->word && v->nodes[word - 1].upos == DS_NUM &&
           n->head < word;
}

static bool auxiliary(const viewer *v, ds_str norm)
{
    int64_t row = v->l->words ? ds_phrase_find(v->l->words, norm) : -1;
    return row >= 0 && ds_str_eq(ds_table_cell(v->l->classes, (uint32_t)row, 1), DS_STR("aux"));
}

/* "Fire Kills 3, Injures 25": in a headline a verb before a figure is often taken for a name. */
static bool headline_verb(const viewer *v, const ds_sentence *s, uint32_t tok)
{
    const ds_token *t = &v->doc->toks[tok];
    if (s->part != DS_PART_TITLE || tok == s->tok || tok + 1 >= s->tok_end || !v->l->verbs ||
        v->doc->toks[tok + 1].kind != DS_TOK_NUMBER || t->norm.at[t->norm.len - 1] != 's')
        return false;
    return ds_phrase_find(v->l->verbs, ds_str_cut(t->norm, 0, t->norm.len - 1)) >= 0;
}

static void view_token(viewer *v, const ds_sentence *s, uint32_t tok, uint32_t word)
{
    static const uint8_t by_kind[] = {
        [DS_TOK_NUMBER] = DS_NUM, [DS_TOK_SYMBOL] = DS_SYM, [DS_TOK_PUNCT] = DS_PUNCT};
    const ds_token *t = &v->doc->toks[tok];
    uint8_t upos = v->nodes[word].upos, form = form_of(v, s, word);
    if (t->kind != DS_TOK_WORD) {
        v->upos[tok] = by_kind[t->kind];
        return;
    }
    if (v->nodes[word].xpos == v->l->view.possessive)
        upos = DS_DET;
    else if (form == DS_FORM_REL)
        upos = DS_PRON;
    else if (v->l->numbers && t->norm.len > 1 && ds_phrase_find(v->l->numbers, t->norm) >= 0)
        upos = DS_NUM;
    else if (upos == DS_VERB && auxiliary(v, t->norm))
        upos = DS_AUX;
    else if (upos == DS_SCONJ && v->nodes[word].rel == v->l->view.mark_case)
        upos = DS_ADP;
    else if ((upos == DS_ADJ && (v->l->view.nominal[v->nodes[word].rel] || counted(v, s, word))) ||
             (upos == DS_PROPN && !(t->flags & (DS_TF_CAP | DS_TF_ALLCAP))))
        upos = DS_NOUN;
    if ((upos == DS_PROPN || upos == DS_NOUN) && headline_verb(v, s, tok)) {
        upos = DS_VERB;
        form = DS_FORM_PRES;
    }
    if (upos == DS_VERB && v->nodes[word].rel == v->l->view.amod) {
        upos = DS_ADJ;
        form = DS_FORM_NONE;
    }
    v->upos[tok] = upos;
    v->form[tok] = upos == DS_VERB || upos == DS_AUX || form == DS_FORM_REL ? form : DS_FORM_NONE;
}

static ds_status lemma_of(ds_arena *a, viewer *v, uint32_t tok)
{
    if (v->upos[tok] != DS_VERB && v->upos[tok] != DS_NOUN)
        return DS_OK;
    ds_str lemma = ds_text_lemma(a, v->l->lex, v->lemmas[tok].norm, v->upos[tok] == DS_VERB);
    if (!lemma.at)
        return DS_NOMEM;
    v->lemmas[tok].norm = lemma;
    v->lemmas[tok].hash = ds_norm_hash(lemma);
    v->lemmas[tok].starts = ds_norm_starts(v->l->lex, lemma, v->lemmas[tok].hash);
    return DS_OK;
}

/* What may begin with the token: of verbs by the lemma, of all but names as it is written. */
static uint64_t event_bits(const viewer *v, uint32_t tok)
{
    switch ((ds_upos)v->upos[tok]) {
    case DS_VERB:
    case DS_ADV:
        return v->lemmas[tok].starts | v->doc->toks[tok].starts;
    case DS_ADJ:
    case DS_NOUN:
        return v->doc->toks[tok].starts;
    default:
        return 0;
    }
}

static ds_status view_sentence(ds_arena *a, viewer *v, const ds_sentence *s, uint64_t *event_starts)
{
    for (uint32_t beg = s->word, end; beg < s->word_end; beg = end) {
        uint32_t tok = v->doc->words[beg].tok;
        for (end = beg + 1; end < s->word_end && v->doc->words[end].tok == tok; end++)
            ;
        while (beg + 1 < end && v->doc->words[beg].span.end <= v->doc->toks[tok].span.beg)
            beg++; /* bullets, which are no tokens */
        view_token(v, s, tok, main_word(v, beg, end));
        DS_TRY(lemma_of(a, v, tok));
        *event_starts |= event_bits(v, tok);
    }
    return DS_OK;
}

ds_status ds_view_tokens(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_parse *io)
{
    viewer v = {.l = l, .doc = doc, .nodes = io->nodes};
    v.upos = ds_arena_calloc(a, doc->toks_len, 1);
    v.form = ds_arena_calloc(a, doc->toks_len, 1);
    v.lemmas = ds_arena_calloc(a, doc->toks_len, sizeof *v.lemmas);
    uint64_t *event_starts = ds_arena_calloc(a, doc->sents_len, sizeof *event_starts);
    if (!v.upos || !v.form || !v.lemmas || !event_starts)
        return DS_NOMEM;
    if (doc->toks_len)
        memcpy(v.lemmas, doc->toks, doc->toks_len * sizeof *v.lemmas);
    for (size_t i = 0; i < doc->sents_len; i++)
        DS_TRY(view_sentence(a, &v, &doc->sents[i], &event_starts[i]));
    io->upos = v.upos;
    io->form = v.form;
    io->lemmas = v.lemmas;
    io->event_starts = event_starts;
    return DS_OK;
}
