/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of attributions share: attributions.c drives and emits, cues.c finds cues, speakers.c who speaks, contents.c
 * and direct.c what was said. */
#ifndef DS_ANNOTATE_ATTRIBUTIONS_INTERNAL_H
#define DS_ANNOTATE_ATTRIBUTIONS_INTERNAL_H

#include "annotate/tree.h"

enum { CUE_POS = 1, CUE_CLASS = 2, CUE_CERTAINTY = 3, CUE_SHARE = 4 }; /* columns of cues.tsv */

/* Classes of cues.tsv; those that no rule asks for have no bit. */
enum {
    C_SPEECH = 1,
    C_REPORT = 2,
    C_EVIDENCE = 4,
    C_FACTIVE = 8,
    C_HEDGE = 16,
    C_DENIAL = 32,
    C_ACCUSE = 64,
    C_WARN = 128,
    C_QUESTION = 256,
    C_OTHER = 512,
    /* Say that something is so. */
    REPORTIVE =
        C_SPEECH | C_REPORT | C_EVIDENCE | C_FACTIVE | C_HEDGE | C_DENIAL | C_ACCUSE | C_WARN,
    /* What stands in marks beside the verb is what was said; "he called it \"a mess\"" is another matter. */
    QUOTING = C_SPEECH | C_QUESTION | C_REPORT | C_WARN | C_HEDGE | C_OTHER,
    /* Documents can be what speaks. */
    SHOWING = C_REPORT | C_EVIDENCE,
};

/* Least share (in a hundred) of verbs that say so much that a clause behind them is what was said, though the parse shows none, and that
 * whatever is their subject can speak. Chosen as those in cues.c. */
enum { SAYING = 80 };

typedef struct words_range {
    uint32_t beg, end;
} words_range;

typedef struct cue {
    uint32_t word;  /* the word that the cue hangs on */
    words_range at; /* all of it: "have not confirmed" */
    uint32_t row;   /* in cues.tsv */
    ds_str cls;
    unsigned is;    /* C_* */
    uint32_t share; /* in a hundred */
    bool negated, told, passive;
} cue;

typedef struct said {
    words_range source; /* as marked: "the ministry, which"; empty: none */
    words_range name;   /* the part of it that names */
    words_range content[2];
    uint32_t parts;
    bool strong; /* a clause or a quotation, not just a noun */
    ds_str outlet;
} said;

typedef struct speaker {
    scan s;
    tree t;
    unsigned class_bits[64]; /* C_* by class code of cues.tsv */
    DS_VEC(ds_attribution) found;
} speaker;

bool word_quoted(const speaker *k, uint32_t w);
ds_span words_span(const speaker *k, words_range r);
ds_status emit(speaker *k, const cue *c, const said *x);
/* The same with a content that words of other sentences make up. */
ds_status emit_span(speaker *k, const cue *c, const said *x, ds_span content);

bool relative_pronoun(const tree *t, uint32_t w);
/* Has cues.tsv the phrase with this part of speech? */
bool cue_has(const speaker *k, ds_str phrase, const char *pos);
/* A form of "quote" or "cite": what it says is another's. */
bool quotes_somebody(const tree *t, uint32_t w);
/* All cues of the sentence in k->t. */
ds_status read_cues(speaker *k);
/* The subject of a verb, or t->end. */
uint32_t subject_word(const tree *t, uint32_t w);
/* Makes the phrase of a noun the source; what stands behind word `stop` is none of it. */
void source_is(const speaker *k, uint32_t noun, uint32_t stop, said *x);
/* The same for "by police": without the preposition, and without a clause that parsers hang on it. */
void agent_is(const speaker *k, uint32_t noun, said *x);
/* Who does what the cue says: its subject, else that of the verb that it hangs on; x->source stays empty where there is none. */
void find_source(const speaker *k, const cue *c, said *x);
/* "was told by X": the agent becomes the source. */
void find_agent(const speaker *k, const cue *c, said *x);
/* "X was quoted by The Courier": X is the source, the paper the outlet. */
bool quoted_by(const speaker *k, const cue *c, said *x);
/* "said X, quoted by The Courier": the outlet, by what stands behind the source. */
void quoted_there(const speaker *k, said *x);
/* Outlets: of "told", of "in an interview with", a name by itself. */
void addressee(const speaker *k, const cue *c, said *x);
void spoken_to(const speaker *k, const cue *c, said *x);
ds_str outlet_name(const speaker *k, words_range r);
/* "confirmed that 58 people had died and said 49 were missing": the verb that a second cue stands beside, though the parse hangs it
 * into the first one's content; t.end: it does not. */
uint32_t lifted(const speaker *k, uint32_t w);
/* The phrase of a noun without what stands before it and the clauses and appositions behind it. */
words_range name_of(const speaker *k, uint32_t noun);
/* The word of [beg, end) that hangs outside, when somebody can be meant by it; t.end: none. */
uint32_t head_in(const speaker *k, uint32_t beg, uint32_t end);
bool any_verb_in(const speaker *k, uint32_t beg, uint32_t end);
/* A quotation beside the cue; sets the source where the tree's is not beside it. False: none. */
bool direct_speech(const speaker *k, const cue *c, said *x);
/* A whole quoted clause right before the cue and its source, as direct_speech. */
bool quoted_clause_before(const speaker *k, const cue *c, said *x);
/* "K, X said." "K1, X said, K2." - the same without quotation marks. */
bool clause_before(const speaker *k, const cue *c, said *x);
/* The sentence's last cue of speech that has a subject introduces `content`, which stands behind the sentence. */
ds_status announced(speaker *k, ds_span content);
/* "told The Courier that 300 had left", "confirmed by police that 300 had left": parsers hang the clause on the noun. t.end: none. */
uint32_t that_clause(const tree *t, uint32_t noun);
/* Is the word behind the cue "that"? */
bool that_follows(const speaker *k, const cue *c);
/* What is said, by the tree around a verb, noun or adjective. False: nothing. */
bool verb_content(const speaker *k, const cue *c, said *x);
/* The rest of the sentence, where a clause stands right behind the cue, or behind "that" and who was told: parsers lose the heads of
 * long ones. */
bool rest_said(const speaker *k, const cue *c, said *x);
bool noun_content(const speaker *k, const cue *c, said *x);

#endif
