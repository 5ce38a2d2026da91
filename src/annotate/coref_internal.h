/* SPDX-License-Identifier: Apache-2.0 */
/* coref_internal.h - what the files of resolution share: coref.c drives and hands over, coref_phrases.c finds mentions,
 * coref_names.c joins names, coref_ties.c reads what grammar says to be the same, coref_resolve.c the rest in text order.
 *
 * Method   sieves from the surest to the least sure, entity by entity, after Raghunathan et al. 2010 and Lee et al. 2013;
 *          pronouns by salience that halves from sentence to sentence, after Lappin and Leass 1994; differs in: whoever is
 *          not clearly the better of two is nobody (docs/formats/coref.md)
 * Cost     linear: no mention looks back over more than NEAR_MOST entities
 */
#ifndef DS_ANNOTATE_COREF_INTERNAL_H
#define DS_ANNOTATE_COREF_INTERNAL_H

#include "annotate/tree.h"

#define NONE UINT32_MAX

enum {
    NEAR_MOST = 32,    /* entities that a mention looks back over */
    HEADS_MOST = 6,    /* nouns that the page uses for one entity */
    PARTS_MOST = 16,   /* words of its names and of what stands before its nouns */
    SLOT_ENTITIES = 3, /* that one key may stand for before it stands for nobody */
};

typedef enum word_class { /* of coref.tsv */
                          W_NONE,
                          W_FIRST,
                          W_WE,
                          W_HE,
                          W_IT,
                          W_THEY,
                          W_SELF,
                          W_WHO,
                          W_TITLE,
                          W_SUFFIX, /* of a company's name: "Inc" */
                          W_PERSON,
                          W_ORG,
                          W_ANYORG, /* "the company": says nothing of which */
                          W_COUNTRY,
                          W_PLACE,
} word_class;

typedef enum definiteness { DEF_BARE, DEF_THE, DEF_A, DEF_POSSESSED, DEF_NUMBER } definiteness;

typedef struct phrase { /* a mention on its way */
    ds_mention m;
    ds_name_type type;
    rel rel;           /* of its head; R_OTHER in sentences without heads */
    uint32_t governor; /* the word that its head hangs on, or NONE */
    word_class cls;
    definiteness def;
    uint64_t noun;   /* hash of its head's lemma; of a name: 0 */
    uint32_t name;   /* index in parse->names, or NONE */
    uint32_t same;   /* the phrase that grammar says to be the same, or NONE */
    uint16_t quote;  /* as ds_token.quote */
    bool pleonastic; /* "it is raining" */
} phrase;

typedef struct entity {
    ds_name_type type;
    ds_gender gender;
    ds_number number;
    uint32_t best;   /* the phrase that names it the fullest, or NONE */
    uint32_t first;  /* its first phrase, as far as known */
    uint32_t latest; /* the last phrase passed, or NONE */
    uint32_t weight; /* at its last phrase */
    uint32_t count;
    uint64_t heads[HEADS_MOST];
    uint64_t parts[PARTS_MOST];
    uint8_t heads_len, parts_len;
    bool country;
} entity;

typedef struct slot { /* of names by some key */
    uint64_t key;     /* 0: free */
    uint32_t at[SLOT_ENTITIES];
    uint32_t len; /* SLOT_ENTITIES + 1: too many */
} slot;

typedef struct resolver {
    scan s;
    tree t;
    const ds_phrases *words, *genders;
    const ds_table *words_t, *genders_t;
    uint8_t *classes; /* word_class by row of words_t */
    uint8_t expl, plural, plural_name;
    DS_VEC(phrase) phrases; /* by head word */
    DS_VEC(entity) entities;
    uint32_t *of_word; /* the phrase that the word heads or names, or NONE */
    uint64_t *keys;    /* of words: key_of_word and 1; 0: not yet worked out */
    slot *slots;
    uint32_t slots_mask;
    uint32_t near[NEAR_MOST]; /* entities, the latest first */
    uint32_t near_len;
    uint32_t *speakers; /* phrase by number of quotation, or NONE */
    uint32_t quotes;
} resolver;

static inline phrase *phrase_at(const resolver *r, uint32_t i)
{
    return &r->phrases.at[i];
}
static inline entity *entity_at(const resolver *r, uint32_t i)
{
    return &r->entities.at[i];
}
static inline ds_str text_of_word(const resolver *r, uint32_t w)
{
    return ds_str_at(r->s.doc->text, r->s.doc->words[w].span);
}
static inline const ds_token *token_of_word(const resolver *r, uint32_t w)
{
    return tok_at(&r->s, r->s.doc->words[w].tok);
}

/* ---- words (coref_phrases.c) ------------------------------------------------------------------------- */

/* Class and gender of a lemma or lower-case word. */
word_class class_of(const resolver *r, ds_str word, ds_gender *gender);
/* Of the word in lower case, else of its lemma. `gender` may be NULL. */
word_class word_class_at(const resolver *r, uint32_t w, ds_gender *gender);
/* Hash of what the spellings of a word share (ds_language_spelling). 0: it has no letter or digit. */
uint64_t word_key(ds_str word);
/* The same of the word as it is written; worked out once. */
uint64_t key_of_word(const resolver *r, uint32_t w);
ds_gender given_gender(const resolver *r, ds_str word);
/* All mentions, in the order of their heads. */
ds_status find_phrases(resolver *r);

/* ---- entities (coref_resolve.c) ------------------------------------------------------------------------ */

ds_status new_entity(resolver *r, uint32_t p);
/* The phrase is the entity: what it says of gender, number and heads holds for all. */
void join(resolver *r, uint32_t at, uint32_t to);
void add_head(entity *e, uint64_t noun);
void add_part(entity *e, uint64_t key);
bool has_head(const entity *e, uint64_t noun);
bool has_part(const entity *e, uint64_t key);
ds_status resolve(resolver *r);

/* ---- names (coref_names.c) and grammar (coref_ties.c) ---------------------------------------------------- */

ds_status join_names(resolver *r);
/* Is the word a form of a verb of speech? */
bool speech_lemma(const resolver *r, uint32_t w);
/* Fills `same` and the speakers of quotations, sentence by sentence. */
ds_status read_ties(resolver *r);

#endif
