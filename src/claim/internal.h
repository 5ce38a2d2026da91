/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of claim share. */
#ifndef DS_CLAIM_INTERNAL_H
#define DS_CLAIM_INTERNAL_H

#include "claim/claim.h"

/* Claims looked back at for what a figure refers to: an article has some tens of figures, and a page that has many thousands
 * must not cost their square. */
#define LOOK_BACK 1000

/* A trigger of triggers.tsv in its place. */
typedef enum trigger_pos { TP_VERB, TP_ACTIVE, TP_NOUN, TP_ADJ, TP_SELF, TP_NEVER } trigger_pos;
typedef struct trigger {
    uint32_t tok, end; /* tokens */
    uint32_t row;      /* in triggers.tsv */
    trigger_pos pos;
} trigger;

typedef struct claimer {
    ds_arena *arena;
    const ds_page *page;
    const ds_doc *doc;
    const ds_parse *parse;
    const ds_marks *marks;
    const ds_lexicon *lex;
    const ds_phrases *triggers_p, *actors_p, *certainty_p, *nouns_p, *measures_p, *unions_p,
        *clauses_p;
    const ds_table *triggers_t, *actors_t, *certainty_t, *nouns_t, *measures_t, *unions_t,
        *clauses_t;
    DS_VEC(ds_claim) claims;
    DS_VEC(uint32_t) quantity_of; /* claim -> quantity */
    /* of the sentence at hand */
    const ds_sentence *sent;
    DS_VEC(trigger) triggers;
    uint32_t longest; /* tokens of the longest of them */
} claimer;

static inline ds_str norm_at(const claimer *c, uint32_t i)
{
    return c->doc->toks[i].norm;
}
static inline bool norm_is(const claimer *c, uint32_t i, const char *z)
{
    return ds_str_eq(c->doc->toks[i].norm, ds_str_of(z));
}
static inline ds_upos upos_at(const claimer *c, uint32_t i)
{
    return (ds_upos)c->parse->upos[i];
}
static inline ds_form form_at(const claimer *c, uint32_t i)
{
    return (ds_form)c->parse->form[i];
}
static inline bool comma_at(const claimer *c, uint32_t i)
{
    return norm_is(c, i, ",");
}
/* The first claim that a look back from claim `i` reaches. */
static inline size_t look_back_to(size_t i)
{
    return i > LOOK_BACK ? i - LOOK_BACK : 0;
}
/* First token at or after byte offset `at` of the text. */
uint32_t token_at_byte(const claimer *c, uint32_t at);
static inline bool in_date(const claimer *c, uint32_t tok)
{
    return ds_annotate_in_date(c->marks, tok);
}

/* The word of a byte of c->sent; its word_end: none. */
uint32_t word_at(const claimer *c, uint32_t byte);

/* Every trigger of the sentence, in token order; what "never" rows cover is left out. */
ds_status find_triggers(claimer *c);
/* What q counts. *best: the trigger that says so, or tok == UINT32_MAX; the measure may then be the lemma of a verb or noun,
 * or absent: no claim. */
ds_status measure_of(claimer *c, const ds_quantity *q, trigger *best, ds_str *measure);
/* Subject and actor of the counted thing. */
ds_status subject_of(claimer *c, const ds_quantity *q, const trigger *t, ds_claim *out);
/* The tables that claims need; DS_BAD: the lexicon lacks one. */
ds_status open_tables(claimer *c, ds_err *err);
/* The sentence that a byte lies in, else the first behind it; doc->sents_len: none. */
uint32_t sentence_at_byte(const claimer *c, uint32_t at);
/* said_by and certainty of any words of c->sent. */
ds_status said_of(claimer *c, ds_span words, ds_said *out);
/* Tokens of the words at token i of c->sent that weaken (*row: of certainty.tsv); 0: none, or a name or a month ("May"), or the
 * word that the row asks for does not stand before. */
uint32_t hedge_at(const claimer *c, uint32_t i, uint32_t *row);
/* said_by and certainty of what stands in q's number and tokens, in c->sent; t: what says that it is so, NULL or tok == UINT32_MAX:
 * nothing known. */
ds_status holders_of(claimer *c, const ds_quantity *q, const trigger *t, ds_said *out);
/* when, as_of, where. */
ds_status time_and_place(claimer *c, const ds_quantity *q, const trigger *t, ds_claim *out);
/* Bases of shares, totals of deltas, appositions: needs all claims of the article. */
ds_status link_claims(claimer *c);

/* ---- deeds.c, deed_who.c: by words of c->sent; UINT32_MAX stands for no word -------------------------- */

#define NO_WORD UINT32_MAX

bool rel_at(const claimer *c, uint32_t w, const char *rel); /* or a subtype of it */
/* The first word behind `from` that hangs on w by the relation. */
uint32_t child_at(const claimer *c, uint32_t w, const char *rel, uint32_t from);
ds_str lemma_at(const claimer *c, uint32_t w);
/* Whom a noun or a pronoun stands for: who, head, person of *out. DS_NONE: nobody with a name, or only some of them. */
ds_status who_of(claimer *c, const ds_phrases *around, uint32_t w, ds_deed *out);
/* Has a lemma this class in opposites.words.tsv? */
bool around_is(const ds_phrases *around, ds_str lemma, const char *class);

#endif
