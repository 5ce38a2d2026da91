/* SPDX-License-Identifier: Apache-2.0 */
/* Noun phrases by tags, and the class of their heads. */
#include "annotate/internal.h"

#define NP_MAX_TOKENS 16 /* a counted phrase longer than this is a misread sentence */

static bool nominal(const scan *s, uint32_t i)
{
    ds_upos u = upos_at(s, i);
    return u == DS_NOUN || u == DS_PROPN || u == DS_ADJ;
}

static bool plural_end(ds_str norm)
{
    return norm.len > 3 && norm.at[norm.len - 1] == 's' && norm.at[norm.len - 2] != 's';
}

/* After a plural common noun a capitalised word opens something else: "300 soldiers Monday". */
static bool closed_by(const scan *s, uint32_t head, uint32_t i)
{
    return head != UINT32_MAX && upos_at(s, head) == DS_NOUN && plural_end(tok_at(s, head)->norm) &&
           upos_at(s, i) == DS_PROPN;
}

static bool adverb_inside(const scan *s, uint32_t i, uint32_t end)
{
    return upos_at(s, i) == DS_ADV && i + 1 < end &&
           (upos_at(s, i + 1) == DS_ADJ || upos_at(s, i + 1) == DS_NOUN);
}

noun_phrase noun_phrase_at(const scan *s, uint32_t i, uint32_t end)
{
    noun_phrase np = {i, i, UINT32_MAX};
    if (end > i + NP_MAX_TOKENS)
        end = i + NP_MAX_TOKENS;
    uint32_t k = i;
    for (; k < end; k++) {
        if (in_date(s, k) || closed_by(s, np.head, k))
            break;
        if (nominal(s, k)) {
            if (upos_at(s, k) != DS_ADJ)
                np.head = k;
            np.end = k + 1;
            if (tok_at(s, k)->flags & DS_TF_POSSESSIVE)
                np.head = UINT32_MAX; /* "Russia's troops": the head is still to come */
            continue;
        }
        bool opener = k == i && upos_at(s, k) == DS_DET;
        bool joined = upos_at(s, k) == DS_CCONJ && norm_is(s, k, "and") && k > i && k + 1 < end &&
                      np.head == UINT32_MAX && upos_at(s, k - 1) == DS_ADJ &&
                      nominal(s, k + 1); /* "armed and trained men" */
        bool premodifier = upos_at(s, k) == DS_VERB && np.head == UINT32_MAX &&
                           form_at(s, k) == DS_FORM_PAST && k + 1 < end && nominal(s, k + 1);
        if (!opener && !joined && !premodifier &&
            !(np.head == UINT32_MAX && adverb_inside(s, k, end)))
            break;
    }
    return np;
}

static bool inside_numeral(const scan *s, const ds_node *n)
{
    return n->head < DS_UNPARSED &&
           (n->rel == s->nummod || n->rel == s->compound || n->rel == s->flat);
}

/* "102,000 + 40,000 reservists": nothing reaches over another figure; "155mm" is none. */
static bool figure_between(const scan *s, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++) {
        const ds_token *t = tok_at(s, i);
        bool digits = t->kind == DS_TOK_NUMBER && t->norm.at[t->norm.len - 1] <= '9';
        if (digits || t->kind == DS_TOK_SYMBOL)
            return true;
    }
    return false;
}

bool counted_phrase(const scan *s, uint32_t sent, uint32_t beg, uint32_t end, noun_phrase *np)
{
    if (!s->parse || !s->parse->nodes)
        return false;
    const ds_sentence *in = &s->doc->sents[sent];
    const ds_node *nodes = s->parse->nodes;
    uint32_t w = ds_doc_word_at(s->doc, in, tok_at(s, end - 1)->span.beg),
             first = ds_doc_word_at(s->doc, in, tok_at(s, beg)->span.beg);
    for (uint32_t i = beg;
         i < end && w >= first && w < in->word_end && inside_numeral(s, &nodes[w]); i++) {
        w = nodes[w].head;
        uint32_t tok = s->doc->words[w].tok;
        if (tok < end)
            continue; /* "2 million": the parts of a numeral hang on each other */
        *np = (noun_phrase){end, tok + 1, tok};
        return tok < end + NP_MAX_TOKENS && !figure_between(s, end, tok) &&
               (nodes[w].upos == DS_NOUN || nodes[w].upos == DS_PROPN);
    }
    return false;
}

noun_phrase noun_phrase_before(const scan *s, uint32_t beg, uint32_t end)
{
    noun_phrase np = {end, end, UINT32_MAX};
    uint32_t floor = end > beg + NP_MAX_TOKENS ? end - NP_MAX_TOKENS : beg;
    uint32_t k = end;
    while (k > floor && nominal(s, k - 1)) {
        k--;
        if (np.head == UINT32_MAX && upos_at(s, k) != DS_ADJ)
            np.head = k;
    }
    while (k > floor && (upos_at(s, k - 1) == DS_DET || upos_at(s, k - 1) == DS_NUM) &&
           np.head != UINT32_MAX)
        k--;
    np.beg = k;
    return np;
}

static const struct {
    const char *name;
    ds_noun_class cls;
} noun_classes[] = {{"person", DS_NC_PERSON}, {"soldier", DS_NC_SOLDIER}, {"event", DS_NC_EVENT},
                    {"item", DS_NC_ITEM},     {"place", DS_NC_PLACE},     {"animal", DS_NC_ANIMAL},
                    {"body", DS_NC_BODY},     {"number", DS_NC_NUMBER},   {"group", DS_NC_GROUP}};

static ds_noun_class class_of_row(const scan *s, int64_t row)
{
    ds_str cls = ds_table_cell(s->nouns_t, (uint32_t)row, 1);
    for (size_t i = 0; i < sizeof noun_classes / sizeof *noun_classes; i++)
        if (ds_str_eq(cls, ds_str_of(noun_classes[i].name)))
            return noun_classes[i].cls;
    return DS_NC_NONE;
}

/* "South Africans", "Palestinians": a demonym that ends the phrase. */
static bool ends_in_demonym(const scan *s, noun_phrase np)
{
    uint32_t from = np.head >= np.beg + 2 ? np.head - 2 : np.beg;
    for (uint32_t i = from; i <= np.head; i++) {
        uint32_t row;
        if (ds_phrase_at(s->actors, s->doc->toks, i, np.head + 1, &row) == np.head + 1 - i &&
            ds_str_eq(ds_table_cell(s->actors_t, row, 2), DS_STR("demonym")))
            return true;
    }
    return false;
}

/* Endings that nearly always make persons of plural nouns the lexicon does not know. */
static bool person_ending(ds_str norm)
{
    static const char *const endings[] = {"ists",    "ians",  "men",     "women",   "ees",
                                          "keepers", "goers", "leaders", "workers", "holders"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (norm.len > 5 && ds_str_ends(norm, ds_str_of(endings[i])))
            return true;
    return false;
}

ds_noun_class noun_class_of(const scan *s, noun_phrase np, ds_str *lemma)
{
    if (np.head == UINT32_MAX)
        return DS_NC_NONE;
    ds_str norm = norm_at(s, np.head);
    ds_str single = ds_text_lemma(s->arena, s->lex, norm, false);
    *lemma = single.at ? single : norm;
    if (np.head > np.beg && tok_at(s, np.head - 1)->starts & ds_phrases_bit(s->nouns)) {
        ds_str two =
            ds_arena_printf(s->arena, "%.*s %.*s", DS_FMT(norm_at(s, np.head - 1)), DS_FMT(*lemma));
        int64_t row = two.at ? ds_phrase_find(s->nouns, two) : -1;
        if (row >= 0) {
            *lemma = two;
            return class_of_row(s, row);
        }
    }
    int64_t row = ds_phrase_find(s->nouns, *lemma);
    if (row < 0)
        row = ds_phrase_find(s->nouns, norm);
    if (row >= 0)
        return class_of_row(s, row);
    if (ends_in_demonym(s, np) || person_ending(norm))
        return DS_NC_PERSON;
    return DS_NC_NONE;
}
