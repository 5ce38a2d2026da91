/* SPDX-License-Identifier: Apache-2.0 */
/* plain.c - tags without a parse: closed classes (words.tsv), kinds and capitals of tokens, endings. Sentence by sentence,
 * only where a numeral may stand. */
#include "annotate/quantities_internal.h"

static const struct {
    const char *tag;
    uint8_t upos, form;
} tags[] = {{"det", DS_DET, DS_FORM_NONE},    {"poss", DS_DET, DS_FORM_NONE},
            {"pron", DS_PRON, DS_FORM_NONE},  {"rel", DS_PRON, DS_FORM_REL},
            {"prep", DS_ADP, DS_FORM_NONE},   {"conj", DS_CCONJ, DS_FORM_NONE},
            {"sub", DS_SCONJ, DS_FORM_NONE},  {"aux", DS_AUX, DS_FORM_PAST},
            {"modal", DS_AUX, DS_FORM_MODAL}, {"neg", DS_PART, DS_FORM_NONE},
            {"adv", DS_ADV, DS_FORM_NONE},    {"adj", DS_ADJ, DS_FORM_NONE},
            {"to", DS_ADP, DS_FORM_NONE}};

typedef struct view {
    const scan *s;
    uint8_t *upos, *form;
    ds_token *lemmas;
    const ds_phrases *words;
    const ds_table *words_t;
    uint64_t words_bit, lemmas_bit;
} view;

static void set(const view *v, uint32_t i, uint8_t upos, uint8_t form)
{
    v->upos[i] = upos;
    v->form[i] = form;
}

static bool closed_class(const view *v, uint32_t i)
{
    uint32_t row;
    if (!(tok_at(v->s, i)->starts & v->words_bit) ||
        !ds_phrase_at(v->words, v->s->doc->toks, i, i + 1, &row))
        return false;
    ds_str tag = ds_table_cell(v->words_t, row, 1);
    for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
        if (tag.at[0] == tags[k].tag[0] && ds_str_eq(tag, ds_str_of(tags[k].tag))) {
            set(v, i, tags[k].upos, tags[k].form);
            return true;
        }
    return false;
}

static bool noun_expected(const view *v, uint32_t i, uint32_t beg)
{
    return i > beg && (v->upos[i - 1] == DS_DET || v->upos[i - 1] == DS_ADJ);
}

/* The lemma of a form that tells a verb, absent else: an ending, an irregular form, or a word of change. */
static ds_str verb_lemma(const view *v, uint32_t i)
{
    const ds_token *t = tok_at(v->s, i);
    ds_str norm = t->norm;
    uint32_t row;
    if (t->starts & v->s->trends_bit && ds_phrase_at(v->s->trends, tok_at(v->s, i), 0, 1, &row))
        return norm;
    if (norm.len > 4 && norm.at[norm.len - 1] == 's') {
        ds_str base = ds_str_cut(norm, 0, norm.len - 1);
        return ds_phrase_find(v->s->trends, base) >= 0 ? base : (ds_str){0};
    }
    bool past = norm.len > 4 && ds_str_ends(norm, DS_STR("ed"));
    if (!past && !(t->starts & v->lemmas_bit))
        return (ds_str){0};
    ds_str lemma = ds_text_lemma(v->s->arena, v->s->lex, norm, true);
    return past || !ds_str_starts(norm, lemma) ? lemma : (ds_str){0};
}

/* "rose", "were killed", "falls". */
static bool verb_form(const view *v, uint32_t i, uint32_t beg)
{
    ds_str lemma = noun_expected(v, i, beg) ? (ds_str){0} : verb_lemma(v, i);
    if (!lemma.at)
        return false;
    bool after_aux = i > beg && v->upos[i - 1] == DS_AUX;
    set(v, i, DS_VERB, after_aux ? DS_FORM_PART : DS_FORM_PAST);
    v->lemmas[i].norm = lemma;
    v->lemmas[i].hash = ds_norm_hash(lemma);
    v->lemmas[i].starts = ds_norm_starts(v->s->lex, lemma, v->lemmas[i].hash);
    return true;
}

static void noun_lemma(const view *v, uint32_t i)
{
    ds_str norm = tok_at(v->s, i)->norm;
    if (!ds_str_ends(norm, DS_STR("s")))
        return;
    ds_str lemma = ds_text_lemma(v->s->arena, v->s->lex, norm, false);
    if (!lemma.at)
        return;
    v->lemmas[i].norm = lemma;
    v->lemmas[i].hash = ds_norm_hash(lemma);
    v->lemmas[i].starts = ds_norm_starts(v->s->lex, lemma, v->lemmas[i].hash);
}

static void word(const view *v, uint32_t i, uint32_t beg)
{
    const ds_token *t = tok_at(v->s, i);
    numeral n;
    if (closed_class(v, i))
        return;
    if ((t->flags & DS_TF_CAP) && !(t->flags & DS_TF_FIRST)) {
        set(v, i, DS_PROPN, DS_FORM_NONE);
    } else if (begins_number(v->s, i) && numeral_at(v->s, i, i + 1, &n)) {
        set(v, i, DS_NUM, DS_FORM_NONE);
    } else if (ds_str_ends(t->norm, DS_STR("ly"))) {
        set(v, i, DS_ADV, DS_FORM_NONE);
    } else if (!verb_form(v, i, beg)) {
        set(v, i, DS_NOUN, DS_FORM_NONE);
        noun_lemma(v, i);
    }
}

ds_status plain_open(scan *s, ds_parse *out)
{
    size_t n = s->doc->toks_len;
    uint8_t *upos = ds_arena_calloc(s->arena, n + 1, 2);
    ds_token *lemmas = ds_arena_raw(s->arena, (n + 1) * sizeof *lemmas);
    if (!upos || !lemmas)
        return DS_NOMEM;
    *out = (ds_parse){.upos = upos, .form = upos + n + 1, .lemmas = lemmas};
    s->parse = out;
    return DS_OK;
}

void plain_read(const scan *s, uint32_t beg, uint32_t end)
{
    view v = {.s = s,
              .upos = (uint8_t *)s->parse->upos,
              .form = (uint8_t *)s->parse->form,
              .lemmas = (ds_token *)s->parse->lemmas,
              .words = ds_lexicon_phrases(s->lex, "words"),
              .words_t = ds_lexicon_table(s->lex, "words")};
    const ds_phrases *lemmas = ds_lexicon_phrases(s->lex, "lemmas");
    v.words_bit = v.words ? ds_phrases_bit(v.words) : 0;
    v.lemmas_bit = lemmas ? ds_phrases_bit(lemmas) : 0;
    memcpy(&v.lemmas[beg], tok_at(s, beg), (end - beg) * sizeof *v.lemmas);
    for (uint32_t i = beg; i < end; i++) {
        uint8_t kind = tok_at(s, i)->kind;
        if (kind == DS_TOK_WORD)
            word(&v, i, beg);
        else
            set(&v, i,
                kind == DS_TOK_NUMBER  ? DS_NUM
                : kind == DS_TOK_PUNCT ? DS_PUNCT
                                       : DS_SYM,
                DS_FORM_NONE);
    }
}
