/* SPDX-License-Identifier: Apache-2.0 */
/* Coarse tags by closed classes, verb lemmas and neighbours. */
#include "language/internal.h"

typedef struct tagger {
    ds_arena *arena;
    const ds_lexicon *lex;
    const ds_doc *doc;
    const ds_table *words_table;
    const ds_phrases *words, *verbs, *numbers, *actors;
    const ds_table *verbs_table, *actors_table;
    const ds_phrases *nouns, *roles;
    ds_map *names; /* words that stand capitalised inside sentences of this document */
    uint8_t *upos, *form;
    ds_token *lemmas;
} tagger;

static const struct {
    const char *tag;
    uint8_t upos, form;
} word_classes[] = {
    {"det", DS_DET, DS_FORM_NONE},    {"poss", DS_DET, DS_FORM_NONE},
    {"pron", DS_PRON, DS_FORM_NONE},  {"rel", DS_PRON, DS_FORM_REL},
    {"prep", DS_ADP, DS_FORM_NONE},   {"conj", DS_CCONJ, DS_FORM_NONE},
    {"sub", DS_SCONJ, DS_FORM_NONE},  {"aux", DS_AUX, DS_FORM_PRES},
    {"modal", DS_AUX, DS_FORM_MODAL}, {"neg", DS_PART, DS_FORM_NONE},
    {"adv", DS_ADV, DS_FORM_NONE},    {"to", DS_PART, DS_FORM_NONE},
    {"adj", DS_ADJ, DS_FORM_NONE},
};

static ds_str norm_at(const tagger *t, size_t i)
{
    return i < t->doc->toks_len ? t->doc->toks[i].norm : DS_STR("");
}

/* The closed class of a word, or false. */
static bool closed_class(const tagger *t, ds_str norm, uint8_t *upos, uint8_t *form)
{
    int64_t row = ds_phrase_find(t->words, norm);
    if (row < 0)
        return false;
    ds_str tag = ds_table_cell(t->words_table, (uint32_t)row, 1);
    for (size_t i = 0; i < sizeof word_classes / sizeof *word_classes; i++)
        if (ds_str_eq(tag, ds_str_of(word_classes[i].tag))) {
            *upos = word_classes[i].upos;
            *form = word_classes[i].form;
            return true;
        }
    return false;
}

typedef enum verb_shape { NO_VERB, BASE, THIRD, PAST, GERUND } verb_shape;

/* Unknown words that end like verb forms are taken for them. */
static verb_shape shape_by_ending(ds_str norm)
{
    if (norm.len > 5 && ds_str_ends(norm, DS_STR("ed")))
        return PAST;
    return norm.len > 6 && ds_str_ends(norm, DS_STR("ing")) ? GERUND : NO_VERB;
}

/* Verbs whose past looks like the base form: "estimates put the number at". */
static bool base_is_past(ds_str norm)
{
    static const char *const same[] = {"put",   "cut",    "hit",  "set",  "let",
                                       "cost",  "spread", "read", "hurt", "shut",
                                       "split", "shed",   "quit", "bid",  "beat"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (ds_str_eq(norm, ds_str_of(same[i])))
            return true;
    return false;
}

/* What verb form a word could be, by its lemma; *noun: the base form is as often a noun. */
static verb_shape verb_shape_of(const tagger *t, ds_str norm, ds_str *lemma, bool *noun)
{
    ds_str base = ds_text_lemma(t->arena, t->lex, norm, true);
    int64_t row = base.at ? ds_phrase_find(t->verbs, base) : -1;
    if (row < 0) {
        *lemma = base.at ? base : norm;
        return shape_by_ending(norm);
    }
    *lemma = base;
    *noun = ds_str_eq(ds_table_cell(t->verbs_table, (uint32_t)row, 1), DS_STR("yes"));
    if (ds_str_eq(base, norm))
        return BASE;
    if (ds_str_ends(norm, DS_STR("ing")))
        return GERUND;
    if (ds_str_ends(norm, DS_STR("s")) && base.len < norm.len)
        return THIRD;
    return PAST;
}

/* Is the word at i by its own look the start or inside of a noun phrase (not a verb, preposition, stop)? */
static bool looks_nominal(const tagger *t, size_t i, size_t end)
{
    if (i >= end || t->doc->toks[i].kind != DS_TOK_WORD)
        return false;
    uint8_t upos, form;
    if (closed_class(t, norm_at(t, i), &upos, &form))
        return upos == DS_ADJ;
    if (t->doc->toks[i].flags & DS_TF_CAP)
        return true;
    ds_str lemma;
    bool noun = false;
    verb_shape shape = verb_shape_of(t, norm_at(t, i), &lemma, &noun);
    return shape == NO_VERB || noun;
}

static bool starts_object(const tagger *t, size_t i, size_t end)
{
    if (i >= end)
        return false;
    uint8_t upos, form;
    if (t->doc->toks[i].kind == DS_TOK_NUMBER || t->doc->toks[i].kind == DS_TOK_SYMBOL)
        return true;
    if (!closed_class(t, norm_at(t, i), &upos, &form))
        return ds_phrase_find(t->numbers, norm_at(t, i)) >= 0;
    return upos != DS_AUX && upos != DS_CCONJ && upos != DS_ADP;
}

/* The last token before i that is no adverb or negation, back to beg. */
static size_t before_adverbs(const tagger *t, size_t i, size_t beg)
{
    while (i > beg &&
           (t->upos[i - 1] == DS_ADV || (t->upos[i - 1] == DS_PART && norm_at(t, i - 1).len != 2)))
        i--;
    return i;
}

static bool plural_noun(const tagger *t, size_t i)
{
    ds_str n = norm_at(t, i);
    return (t->upos[i] == DS_NOUN || t->upos[i] == DS_PROPN) && ds_str_ends(n, DS_STR("s")) &&
           !ds_str_ends(n, DS_STR("ss"));
}

/* Does an adjective of an actor end before token p: "Russian forces", "South African troops"? */
static bool actor_adjective(const tagger *t, size_t p, size_t beg)
{
    for (size_t n = 1; n <= 3 && p >= beg + n; n++) {
        uint32_t row;
        if (ds_phrase_at(t->actors, t->doc->toks, (uint32_t)(p - n), (uint32_t)p, &row) == n)
            return ds_str_eq(ds_table_cell(t->actors_table, row, 2), DS_STR("adjective"));
    }
    return false;
}

/* Present forms that may be nouns: "reports suggest", "the report", "troops face". */
static bool present_is_verb(const tagger *t, size_t i, size_t beg, size_t end, verb_shape shape,
                            bool noun)
{
    size_t p = before_adverbs(t, i, beg);
    if (p == beg)
        return !noun && shape == BASE;
    uint8_t prev = t->upos[p - 1];
    if (prev == DS_PART || (prev == DS_AUX && t->form[p - 1] == DS_FORM_MODAL))
        return shape == BASE;
    if (prev == DS_AUX)
        return shape == BASE;
    if (prev == DS_PRON)
        return true;
    if (prev == DS_NUM) /* "61 remain missing" */
        return !noun && shape == BASE && !looks_nominal(t, i + 1, end);
    if (prev == DS_DET || prev == DS_ADJ || prev == DS_ADP || prev == DS_SYM)
        return false;
    if (t->doc->toks[p - 1].flags & DS_TF_POSSESSIVE)
        return false;
    if (prev != DS_NOUN && prev != DS_PROPN)
        return !noun;
    if (noun && prev == DS_PROPN && actor_adjective(t, p, beg))
        return false;
    if (base_is_past(norm_at(t, i)))
        return starts_object(t, i + 1, end);
    bool agrees = shape == BASE ? plural_noun(t, p - 1)
                                : !plural_noun(t, p - 1) || t->upos[p - 1] == DS_PROPN;
    if (!agrees)
        return !noun && shape == THIRD;
    return !noun || starts_object(t, i + 1, end);
}

static void tag_past(tagger *t, size_t i, size_t beg, size_t end)
{
    size_t p = before_adverbs(t, i, beg);
    uint8_t prev = p > beg ? t->upos[p - 1] : (uint8_t)DS_PUNCT;
    bool aux = prev == DS_AUX;
    t->upos[i] = DS_VERB;
    t->form[i] = aux ? DS_FORM_PART : DS_FORM_PAST;
    bool modifier = prev == DS_DET || prev == DS_NUM || prev == DS_ADJ || prev == DS_ADP ||
                    (p > beg && (t->doc->toks[p - 1].flags & DS_TF_POSSESSIVE));
    if (!aux && modifier && looks_nominal(t, i + 1, end)) { /* "two captured soldiers" */
        t->upos[i] = DS_ADJ;
        t->form[i] = DS_FORM_NONE;
    }
}

static void tag_verb(tagger *t, size_t i, size_t beg, size_t end, verb_shape shape, bool noun)
{
    if (shape == PAST) {
        tag_past(t, i, beg, end);
        return;
    }
    size_t p = before_adverbs(t, i, beg);
    uint8_t prev = p > beg ? t->upos[p - 1] : (uint8_t)DS_PUNCT;
    if (shape == GERUND) {
        bool after_det = prev == DS_DET || prev == DS_ADJ;
        t->upos[i] = after_det ? DS_NOUN : DS_VERB;
        t->form[i] = after_det ? DS_FORM_NONE : DS_FORM_GER;
        return;
    }
    if (!present_is_verb(t, i, beg, end, shape, noun)) {
        t->upos[i] = DS_NOUN;
        return;
    }
    bool inf = prev == DS_PART || (prev == DS_AUX && t->form[p - 1] == DS_FORM_MODAL);
    t->upos[i] = DS_VERB;
    t->form[i] = inf ? DS_FORM_INF : DS_FORM_PRES;
    /* "have come", "has become": participles that look like the base form. */
    if (prev == DS_AUX && t->form[p - 1] != DS_FORM_MODAL)
        t->form[i] = DS_FORM_PART;
}

static uint8_t by_suffix(ds_str norm)
{
    static const struct {
        const char *end;
        uint8_t upos;
    } suffixes[] = {{"ly", DS_ADV},   {"ous", DS_ADJ}, {"ful", DS_ADJ},  {"ive", DS_ADJ},
                    {"able", DS_ADJ}, {"al", DS_ADJ},  {"less", DS_ADJ}, {"ic", DS_ADJ},
                    {"ary", DS_ADJ},  {"ible", DS_ADJ}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (norm.len > 4 && ds_str_ends(norm, ds_str_of(suffixes[i].end)))
            return suffixes[i].upos;
    return DS_NOUN;
}

/* A capitalised word that opens a sentence: a name when the document has it as one, or when nothing else knows it and a
 * verb follows ("Holm told"). */
static bool opens_with_name(const tagger *t, size_t i, size_t end)
{
    ds_str norm = norm_at(t, i), lemma;
    uint64_t seen;
    bool noun = false;
    if (ds_phrase_find(t->actors, norm) >= 0 ||
        (i + 1 < end && t->doc->toks[i + 1].flags & DS_TF_CAP))
        return true;
    if (ds_map_get(t->names, norm, &seen) == DS_OK)
        return true;
    ds_str single = ds_text_lemma(t->arena, t->lex, norm, false);
    bool known = verb_shape_of(t, norm, &lemma, &noun) != NO_VERB ||
                 ds_phrase_find(t->roles, norm) >= 0 || !single.at ||
                 ds_phrase_find(t->nouns, single) >= 0 || ds_phrase_find(t->roles, single) >= 0 ||
                 !ds_str_eq(single, norm);
    if (known || i + 1 >= end || by_suffix(norm) != DS_NOUN)
        return false;
    verb_shape next = verb_shape_of(t, norm_at(t, i + 1), &lemma, &noun);
    return next == PAST || (next == THIRD && !noun);
}

static void tag_word(tagger *t, size_t i, size_t beg, size_t end)
{
    const ds_token *tok = &t->doc->toks[i];
    ds_str norm = tok->norm;
    if (closed_class(t, norm, &t->upos[i], &t->form[i]) &&
        !(tok->flags & DS_TF_ALLCAP && norm.len <= 3))
        return;
    int64_t number = ds_phrase_find(t->numbers, norm);
    if (number >= 0 && norm.len > 1) {
        t->upos[i] = DS_NUM;
        return;
    }
    bool name =
        (tok->flags & DS_TF_CAP) && (!(tok->flags & DS_TF_FIRST) || opens_with_name(t, i, end));
    if (name) {
        t->upos[i] = DS_PROPN;
        return;
    }
    bool noun = false;
    ds_str lemma;
    verb_shape shape = verb_shape_of(t, norm, &lemma, &noun);
    if (shape != NO_VERB)
        tag_verb(t, i, beg, end, shape, noun);
    else
        t->upos[i] = by_suffix(norm);
    /* "al" and "ic" words close a phrase as nouns: "the official said" */
    if (t->upos[i] == DS_ADJ && !looks_nominal(t, i + 1, end) && shape == NO_VERB)
        t->upos[i] = (tok->flags & DS_TF_CAP && !(tok->flags & DS_TF_FIRST)) ? DS_PROPN : DS_NOUN;
}

static ds_status tag_sentence(tagger *t, const ds_sentence *s)
{
    for (size_t i = s->tok; i < s->tok_end; i++) {
        switch (t->doc->toks[i].kind) {
        case DS_TOK_NUMBER:
            t->upos[i] = DS_NUM;
            break;
        case DS_TOK_SYMBOL:
            t->upos[i] = DS_SYM;
            break;
        case DS_TOK_PUNCT:
            t->upos[i] = DS_PUNCT;
            break;
        default:
            tag_word(t, i, s->tok, s->tok_end);
        }
        if (t->upos[i] == DS_VERB || t->upos[i] == DS_NOUN) {
            ds_str lemma =
                ds_text_lemma(t->arena, t->lex, t->lemmas[i].norm, t->upos[i] == DS_VERB);
            if (!lemma.at)
                return DS_NOMEM;
            t->lemmas[i].norm = lemma;
            t->lemmas[i].hash = 0;
        }
    }
    return DS_OK;
}

static ds_status collect_names(tagger *t)
{
    t->names = ds_map_new(t->arena, 0);
    if (!t->names)
        return DS_NOMEM;
    for (size_t i = 0; i < t->doc->toks_len; i++) {
        const ds_token *tok = &t->doc->toks[i];
        if (tok->kind == DS_TOK_WORD && (tok->flags & DS_TF_CAP) && !(tok->flags & DS_TF_FIRST))
            DS_TRY(ds_map_put(t->names, tok->norm, 1));
    }
    return DS_OK;
}

ds_status ds_language_tags(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *out,
                           ds_err *err)
{
    tagger t = {.arena = a, .lex = lex, .doc = doc};
    t.words = ds_lexicon_phrases(lex, "words");
    t.words_table = ds_lexicon_table(lex, "words");
    t.verbs = ds_lexicon_phrases(lex, "verbs");
    t.verbs_table = ds_lexicon_table(lex, "verbs");
    t.numbers = ds_lexicon_phrases(lex, "numbers");
    t.actors = ds_lexicon_phrases(lex, "actors");
    t.nouns = ds_lexicon_phrases(lex, "nouns");
    t.roles = ds_lexicon_phrases(lex, "roles");
    t.actors_table = ds_lexicon_table(lex, "actors");
    if (!t.words || !t.verbs || !t.numbers || !t.actors || !t.nouns || !t.roles)
        return ds_fail(err, DS_BAD,
                       "the lexicon lacks words, verbs, numbers, nouns, roles or actors", 0);
    t.upos = ds_arena_alloc(a, doc->toks_len);
    t.form = ds_arena_alloc(a, doc->toks_len);
    t.lemmas = ds_arena_calloc(a, doc->toks_len, sizeof *t.lemmas);
    if (!t.upos || !t.form || !t.lemmas || collect_names(&t) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    if (doc->toks_len)
        memcpy(t.lemmas, doc->toks, doc->toks_len * sizeof *t.lemmas);
    for (size_t i = 0; i < doc->sents_len; i++)
        if (tag_sentence(&t, &doc->sents[i]) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    ds_parse parse = {t.upos, t.form, t.lemmas};
    if (ds_nodes_of_tags(a, doc, &parse) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = parse;
    return DS_OK;
}

ds_status ds_language_read(ds_arena *a, const ds_doc *doc, const ds_lexicon *lex, ds_parse *out,
                           ds_err *err)
{
    return ds_language_tags(a, doc, lex, out, err);
}
