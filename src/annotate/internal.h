/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of annotate share. */
#ifndef DS_ANNOTATE_INTERNAL_H
#define DS_ANNOTATE_INTERNAL_H

#include "annotate/annotate.h"

enum { NUMBER_CLASSES = 16 };

/* One document with the tables that its scanners look into. */
typedef struct scan {
    ds_arena *arena;
    const ds_doc *doc;
    const ds_parse *parse;
    const ds_lexicon *lex;
    const ds_marks *marks; /* what earlier scanners found */
    const ds_phrases *numbers, *modifiers, *units, *nouns, *actors, *labels, *cues, *roles, *trends,
        *triggers, *coref;
    const ds_phrases *money; /* currencies.tsv */
    const ds_table *numbers_t, *modifiers_t, *units_t, *nouns_t, *actors_t, *labels_t, *cues_t,
        *roles_t, *trends_t, *triggers_t, *coref_t;
    const ds_table *money_t;
    uint8_t number_class[NUMBER_CLASSES]; /* of number.c, by class code of numbers.tsv */
    const uint8_t *number_codes;          /* by row */
    uint64_t numbers_bit, units_bit, modifiers_bit, trends_bit, labels_bit,
        coref_bit;                                                  /* ds_phrases_bit */
    uint8_t nummod, compound, flat, nsubj, nsubj_pass, conj, xcomp; /* ds_rel_of */
    struct unit_seen *unit_seen; /* of unit.h; NULL: none is kept */
} scan;

/* DS_BAD when the lexicon lacks a table. */
ds_status scan_open(scan *s, ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                    const ds_lexicon *lex, const ds_marks *marks, ds_err *err);

static inline const ds_token *tok_at(const scan *s, uint32_t i)
{
    return &s->doc->toks[i];
}
static inline ds_str norm_at(const scan *s, uint32_t i)
{
    return s->doc->toks[i].norm;
}
static inline bool norm_is(const scan *s, uint32_t i, const char *z)
{
    return ds_str_eq(s->doc->toks[i].norm, ds_str_of(z));
}
static inline ds_upos upos_at(const scan *s, uint32_t i)
{
    return (ds_upos)s->parse->upos[i];
}
static inline ds_form form_at(const scan *s, uint32_t i)
{
    return (ds_form)s->parse->form[i];
}
/* May a numeral begin with the token? Those glued to letters ("USD10m", "sub-500") have a digit near their end. */
static inline bool may_be_numeral(const scan *s, uint32_t i)
{
    const ds_token *t = &s->doc->toks[i];
    if (t->kind == DS_TOK_NUMBER)
        return true;
    if (t->starts & s->numbers_bit) /* an article only before a number word: "a dozen" */
        return t->norm.len > 2 || t->norm.at[0] != 'a' || i + 1 == s->doc->toks_len ||
               (s->doc->toks[i + 1].starts & s->numbers_bit);
    return (t->flags & DS_TF_DIGIT) && t->kind == DS_TOK_WORD &&
           ((t->flags & DS_TF_CAP) || (t->starts & s->modifiers_bit));
}
/* May a phrase of numbers.tsv, units.tsv begin with the token or with a part of it? */
static inline bool begins_number(const scan *s, uint32_t i)
{
    return s->doc->toks[i].starts & s->numbers_bit;
}
static inline bool begins_unit(const scan *s, uint32_t i)
{
    return s->doc->toks[i].starts & s->units_bit;
}
/* Does labels.tsv have the token for that side? */
bool label_at(const scan *s, uint32_t i, const char *side);
bool is_dash(const scan *s, uint32_t i);
static inline bool in_date(const scan *s, uint32_t tok)
{
    return ds_annotate_in_date(s->marks, tok);
}
/* Text from the first byte of token beg to the last byte of token end - 1. */
ds_span toks_span(const scan *s, uint32_t beg, uint32_t end);

/* A numeral, before units and modifiers: "12,000", "two and a half million", "several", "a third", "65-year-old". */
typedef struct numeral {
    uint32_t tok, end; /* tokens that it or what is glued to it has part in */
    ds_span span;      /* digits and number words alone */
    ds_value value;
    ds_frac magnitude; /* what its last word multiplied by, else 1: over a range it spreads back */
    ds_str prefix,
        tail;      /* glued before and behind: "usd" of "USD10m"; "kw", "year-old"; absent: none */
    bool hyphen;   /* the tail hangs by a hyphen */
    bool loose;    /* the tail is the token at `end`: "43.4 percent-owned" */
    bool ratio;    /* a fraction: half, a third, one in five */
    bool in_many;  /* "one in five" */
    bool multiple; /* "sixfold" */
    bool one;      /* the word "one" alone */
    bool digits;   /* not words */
    bool grouped;  /* "12,000" */
    bool fraction; /* "1/16", "2½" */
    bool dashed;   /* a range with a dash and no blanks */
} numeral;
void number_classes_open(scan *s); /* for scan_open */
/* False: none; out->end is behind what belongs together (a time of day, a version) and at least i + 1. */
bool numeral_at(const scan *s, uint32_t i, uint32_t end, numeral *out);
ds_value exact_value(ds_frac f);

/* A noun phrase that begins at token i: [beg, end) without what follows its head; head is a token, or UINT32_MAX. */
typedef struct noun_phrase {
    uint32_t beg, end, head;
} noun_phrase;
noun_phrase noun_phrase_at(const scan *s, uint32_t i, uint32_t end);
/* The noun phrase that ends before token `end`, not before `beg`: for subjects left of a verb. */
noun_phrase noun_phrase_before(const scan *s, uint32_t beg, uint32_t end);
/* The noun phrase of a numeral of tokens [beg, end) by the parse: from `end` to the noun behind it that it modifies. */
bool counted_phrase(const scan *s, uint32_t sent, uint32_t beg, uint32_t end, noun_phrase *np);
/* Class of a phrase by its head (and the word before it: "special forces"); *lemma: the head's lemma. */
ds_noun_class noun_class_of(const scan *s, noun_phrase np, ds_str *lemma);

/* A source phrase as found by the patterns: tokens [beg, end), with its appositive where it has one. */
typedef struct source {
    uint32_t beg, end; /* the phrase with prepositional parts: "Estimates from Ukraine" */
    uint32_t name,
        name_end; /* an appositive that carries the name ("the president, Anna Holm"), or 0, 0 */
} source;
/* Fills kind, name and holder of an attribution from its source phrase; earlier ones resolve pronouns and last names. */
ds_status source_name(const scan *s, source src, const ds_attribution *earlier, size_t n,
                      ds_attribution *out);
/* Persons, bodies, documents and names can say something; "future tactics" cannot. */
bool can_speak(const scan *s, source src);
/* Is the token a word of a name of that type? Where no names are read, none is. */
bool in_name(const scan *s, uint32_t i, ds_name_type type);
/* Is the token a later word of a person's name? */
bool in_person(const scan *s, uint32_t i);
/* "The newspaper", "the magazine": the last one that the page names before byte `at`. Absent: none near by. */
ds_str last_outlet(const scan *s, uint32_t at);

#endif
