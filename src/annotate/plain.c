/* SPDX-License-Identifier: Apache-2.0 */
/* plain.c - tags without a parse: closed classes (words.tsv), kinds and capitals of tokens, endings. Sentence by sentence,
 * only where a numeral may stand. */
#include "annotate/quantities_internal.h"

static const struct {
    ds_str tag;
    uint8_t upos, form;
} tags[] = {
    {DS_STR_INIT("det"), DS_DET, DS_FORM_NONE},    {DS_STR_INIT("poss"), DS_DET, DS_FORM_NONE},
    {DS_STR_INIT("pron"), DS_PRON, DS_FORM_NONE},  {DS_STR_INIT("rel"), DS_PRON, DS_FORM_REL},
    {DS_STR_INIT("prep"), DS_ADP, DS_FORM_NONE},   {DS_STR_INIT("conj"), DS_CCONJ, DS_FORM_NONE},
    {DS_STR_INIT("sub"), DS_SCONJ, DS_FORM_NONE},  {DS_STR_INIT("aux"), DS_AUX, DS_FORM_PAST},
    {DS_STR_INIT("modal"), DS_AUX, DS_FORM_MODAL}, {DS_STR_INIT("neg"), DS_PART, DS_FORM_NONE},
    {DS_STR_INIT("adv"), DS_ADV, DS_FORM_NONE},    {DS_STR_INIT("adj"), DS_ADJ, DS_FORM_NONE},
    {DS_STR_INIT("to"), DS_ADP, DS_FORM_NONE}};

enum { NO_TAG = sizeof tags / sizeof *tags };

ds_status plain_open(plain *p, scan *s)
{
    size_t n = s->doc->toks_len;
    *p = (plain){.s = s, .words = ds_lexicon_phrases(s->lex, "words")};
    p->upos = ds_arena_calloc(s->arena, n + 1, 2);
    if (!p->upos)
        return DS_NOMEM;
    p->form = p->upos + n + 1;
    p->parse = (ds_parse){.upos = p->upos, .form = p->form};
    s->parse = &p->parse;
    const ds_phrases *lemmas = ds_lexicon_phrases(s->lex, "lemmas");
    p->lemmas_bit = lemmas ? ds_phrases_bit(lemmas) : 0;
    if (!p->words)
        return DS_OK;
    p->words_bit = ds_phrases_bit(p->words);
    const ds_classes *c = ds_phrase_classes(p->words);
    for (uint32_t code = 0; code < c->len; code++)
        for (p->tags[code] = 0; p->tags[code] < NO_TAG; p->tags[code]++)
            if (ds_str_eq(c->names[code], tags[p->tags[code]].tag))
                break;
    p->codes = c->codes;
    return DS_OK;
}

static void set(const plain *p, uint32_t i, uint8_t upos, uint8_t form)
{
    p->upos[i] = upos;
    p->form[i] = form;
}

static bool closed_class(const plain *p, uint32_t i)
{
    uint32_t row;
    if (!(tok_at(p->s, i)->starts & p->words_bit) || !p->codes ||
        !ds_phrase_at(p->words, p->s->doc->toks, i, i + 1, &row))
        return false;
    uint8_t tag = p->tags[p->codes[row]];
    if (tag < NO_TAG)
        set(p, i, tags[tag].upos, tags[tag].form);
    return tag < NO_TAG;
}

static bool noun_expected(const plain *p, uint32_t i, uint32_t beg)
{
    return i > beg && (p->upos[i - 1] == DS_DET || p->upos[i - 1] == DS_ADJ);
}

/* The word of change that the token is a form of: "falls" of "fall"; absent: none. */
static ds_str change(const scan *s, uint32_t i)
{
    const ds_token *t = tok_at(s, i);
    uint32_t row;
    if (t->starts & s->trends_bit && ds_phrase_at(s->trends, t, 0, 1, &row))
        return t->norm;
    if (t->norm.len <= 4 || t->norm.at[t->norm.len - 1] != 's')
        return (ds_str){0};
    ds_str base = ds_str_cut(t->norm, 0, t->norm.len - 1);
    return ds_phrase_find(s->trends, base) >= 0 ? base : (ds_str){0};
}

/* Does its form tell a verb: an ending, an irregular form, or a word of change? */
static bool verb_form(const plain *p, uint32_t i)
{
    ds_str norm = norm_at(p->s, i);
    if (change(p->s, i).at)
        return true;
    if (norm.len > 4 && norm.at[norm.len - 1] == 's')
        return false;
    if (norm.len > 4 && ds_str_ends(norm, DS_STR("ed")))
        return true;
    if (!(tok_at(p->s, i)->starts & p->lemmas_bit))
        return false;
    ds_str lemma = ds_text_lemma(p->s->arena, p->s->lex, norm, true);
    return lemma.at && !ds_str_starts(norm, lemma); /* absent where memory ran out */
}

static void word(const plain *p, uint32_t i, uint32_t beg)
{
    const ds_token *t = tok_at(p->s, i);
    numeral n;
    if (closed_class(p, i))
        return;
    if ((t->flags & DS_TF_CAP) && !(t->flags & DS_TF_FIRST))
        set(p, i, DS_PROPN, DS_FORM_NONE);
    else if (begins_number(p->s, i) && numeral_at(p->s, i, i + 1, &n))
        set(p, i, DS_NUM, DS_FORM_NONE);
    else if (ds_str_ends(t->norm, DS_STR("ly")))
        set(p, i, DS_ADV, DS_FORM_NONE);
    else if (noun_expected(p, i, beg) || !verb_form(p, i))
        set(p, i, DS_NOUN, DS_FORM_NONE);
    else /* "rose", "were killed", "falls" */
        set(p, i, DS_VERB, i > beg && p->upos[i - 1] == DS_AUX ? DS_FORM_PART : DS_FORM_PAST);
}

void plain_read(const plain *p, uint32_t beg, uint32_t end)
{
    static const uint8_t by_kind[] = {
        [DS_TOK_NUMBER] = DS_NUM, [DS_TOK_SYMBOL] = DS_SYM, [DS_TOK_PUNCT] = DS_PUNCT};
    for (uint32_t i = beg; i < end; i++) {
        uint8_t kind = tok_at(p->s, i)->kind;
        if (kind == DS_TOK_WORD)
            word(p, i, beg);
        else
            set(p, i, by_kind[kind], DS_FORM_NONE);
    }
}

ds_str plain_lemma(const plain *p, uint32_t i)
{
    ds_str norm = norm_at(p->s, i), lemma = {0};
    bool verb = p->upos[i] == DS_VERB;
    if (verb)
        lemma = change(p->s, i);
    if (!lemma.at && (verb || (p->upos[i] == DS_NOUN && ds_str_ends(norm, DS_STR("s")))))
        lemma = ds_text_lemma(p->s->arena, p->s->lex, norm, verb);
    return lemma.at ? lemma : norm;
}
