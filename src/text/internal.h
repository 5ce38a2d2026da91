/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of text/ share; never leaves the folder. */
#ifndef DS_TEXT_INTERNAL_H
#define DS_TEXT_INTERNAL_H

#include "text/split.h"

/* ---- lexicon ----------------------------------------------------------------------------------- */

typedef struct ds_builtin { /* a language that the build compiled in */
    ds_str language;
    const ds_table *tables; /* sorted by name (lexgen writes them) */
    const size_t *tables_len;
    const char *pack; /* models/LANGUAGE/language.pack, at a multiple of 64 bytes (tools/embed) */
    const uint64_t *pack_len;
} ds_builtin;

/* "und" and absent give the first; NULL: none. */
const ds_builtin *ds_builtin_of(ds_str language);

enum { DS_CUT_BITS = 8192, DS_STARTS = 16384 };

struct ds_lexicon {
    const ds_builtin *builtin;
    const ds_table *const *tables;
    ds_phrases *const *phrases; /* beside tables */
    size_t len;
    const ds_phrases *unit_codes, *currencies;
    const ds_table *unit_codes_t, *currencies_t;
    const ds_phrases *abbreviations, *cuts, *edges, *lemmas,
        *verbs; /* what text/ itself uses; NULL: no such table */
    ds_pack pack;
    ds_split_model split;
    void *mapped; /* the pack's file, NULL: it is the compiled-in one */
    size_t mapped_len;
    uint64_t cut_bits[DS_CUT_BITS / 64]; /* which hashes phrases of cuts.tsv may have */
    uint64_t *starts; /* by hash: ds_phrases_bit of the tables with such a first word */
    ds_str hash;
};

/* bit: ds_phrases_bit; ORed into starts[DS_STARTS] for each first word. */
ds_status ds_phrases_make(ds_arena *a, const ds_table *table, uint64_t bit, uint64_t *starts,
                          ds_phrases **out);

/* ---- code points --------------------------------------------------------------------------------- */

typedef enum ds_cp_class {
    DS_CP_SPACE,  /* white space and controls */
    DS_CP_IGNORE, /* zero width: no token, no gap */
    DS_CP_LETTER, /* letters and marks */
    DS_CP_DIGIT,  /* decimal digits */
    DS_CP_NUMBER, /* other numbers: vulgar fractions, superscripts */
    DS_CP_PUNCT,
    DS_CP_SYMBOL,
} ds_cp_class;

extern const uint8_t ds_ascii_class[128];
ds_cp_class ds_cp_classify_wide(uint32_t c); /* of what is not ASCII */
bool ds_cp_upper_wide(uint32_t c);
bool ds_cp_lower_wide(uint32_t c);

/* Code point at i, 0 at the end; *next (may be NULL) = offset behind it. */
static inline uint32_t ds_cp_at(ds_str s, size_t i, size_t *next)
{
    uint32_t c = 0;
    if (s.at && i < s.len) {
        c = (unsigned char)s.at[i];
        if (c < 0x80)
            i++;
        else
            c = ds_utf8_next(s, &i);
    }
    if (next)
        *next = i;
    return c;
}
static inline uint32_t ds_cp_before(ds_str s, size_t i) /* 0 at the start */
{
    if (i == 0)
        return 0;
    uint32_t c = (unsigned char)s.at[i - 1];
    return c < 0x80 ? c : ds_cp_at(s, ds_utf8_prev(s, i), NULL);
}
static inline ds_cp_class ds_cp_classify(uint32_t c)
{
    return c < 128 ? (ds_cp_class)ds_ascii_class[c] : ds_cp_classify_wide(c);
}
static inline bool ds_cp_alnum(uint32_t c)
{
    ds_cp_class k = ds_cp_classify(c);
    return k == DS_CP_LETTER || k == DS_CP_DIGIT || k == DS_CP_NUMBER;
}
static inline bool ds_cp_upper(uint32_t c) /* upper or title case */
{
    return c < 128 ? c >= 'A' && c <= 'Z' : ds_cp_upper_wide(c);
}
static inline bool ds_cp_lower(uint32_t c)
{
    return c < 128 ? c >= 'a' && c <= 'z' : ds_cp_lower_wide(c);
}
static inline bool ds_cp_space(uint32_t c)
{
    return ds_cp_classify(c) == DS_CP_SPACE;
}
static inline bool ds_cp_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}
static inline bool ds_cp_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* ---- quotations ------------------------------------------------------------------------------------ */

typedef struct ds_quotation {
    ds_span open,
        close; /* the marks; close is empty where the quotation runs to its paragraph's end */
} ds_quotation;
typedef DS_VEC(ds_quotation) ds_quotations;

/* Appends the outermost quotations of one block to `out`, in text order; the last one of the block before may go on. */
ds_status ds_quotes_find(ds_arena *a, ds_str text, ds_span block, ds_quotations *out);

/* ---- tokens ------------------------------------------------------------------------------------------ */

typedef DS_VEC(ds_token) ds_tokens;

typedef struct ds_scan {
    ds_arena *arena;
    const ds_lexicon *lex; /* may be NULL */
    ds_str text;
    ds_span block;
    const ds_quotations *quotes;
    size_t quote; /* first quotation that does not end before the current place */
    char *norms;  /* room for the norms of the block's ASCII tokens */
    size_t norms_len;
    ds_tokens *out;
    ds_status status;
} ds_scan;

/* Appends the tokens of one block. */
ds_status ds_tokens_scan(ds_scan *s);
/* Fills norm, hash and the case flags of a token whose span and kind are set. `joined`: suffix that a damaged word
 * gets ("n"), absent for none. */
ds_status ds_token_norm(ds_scan *s, ds_token *t);

/* Abbreviation row behind a word ("gen", without the stop), or -1. Only ASCII words of up to 15 letters. */
int64_t ds_abbreviation(const ds_lexicon *lex, ds_str word);
ds_str ds_abbreviation_cell(const ds_lexicon *lex, int64_t row, int column);
/* Columns of abbreviations.tsv. */
enum { DS_ABBR_CLASS = 1, DS_ABBR_NEXT = 2, DS_ABBR_CASE = 3 };
/* Is the word of this class in edges.tsv? */
bool ds_edge_is(const ds_lexicon *lex, ds_str word, ds_str cls);
/* The first row of cuts.tsv behind a short word, in any case, or -1; and whether one of its rows has this class. A word
 * whose hash may not be has none. */
int64_t ds_cut_row(const ds_lexicon *lex, ds_str word);
static inline bool ds_cut_may_be(const ds_lexicon *lex, uint32_t hash)
{
    return lex && (lex->cut_bits[hash % DS_CUT_BITS / 64] >> (hash % 64) & 1);
}
bool ds_cut_is(const ds_lexicon *lex, ds_str word, ds_str cls);
ds_str ds_cut_cell(const ds_lexicon *lex, int64_t row, int column);
enum { DS_CUT_CLASS = 1, DS_CUT_WORDS = 2 };

/* ---- sentences ---------------------------------------------------------------------------------------- */

typedef DS_VEC(ds_sentence) ds_sentences;

typedef struct ds_around { /* a token, as places near it see it (split.c) */
    uint8_t kind;
    uint8_t to_stop; /* tokens up to the next stop */
    uint32_t lower,
        upper; /* of the block's words up to here that follow a stop: so many began so */
} ds_around;

typedef struct ds_splitter {
    ds_arena *arena;
    const ds_lexicon *lex;
    ds_str text;
    const ds_quotations *quotes;
    ds_tokens *toks;
    ds_sentences *out;
    uint32_t number; /* of the next sentence */
    const ds_split_model *model;
    const ds_split_teacher *teacher; /* NULL: the model decides, or the rules where there is none */
    ds_around *around;               /* of tokens [first, last), the block's */
    uint32_t around_cap, first, last;
    uint32_t before; /* first token of the sentence before this one in the block, or last */
} ds_splitter;

/* split.c: looks at a block; may a sentence that began at beg end behind token i; features of that place; what the model says. */
ds_status ds_split_block(ds_splitter *s, uint32_t tok, uint32_t tok_end);
bool ds_split_candidate(const ds_splitter *s, uint32_t beg, uint32_t i);
void ds_split_describe(const ds_splitter *s, uint32_t beg, uint32_t i, ds_split_place *p);
bool ds_split_ends(const ds_split_model *m, const ds_split_place *p);

/* Splits tokens [tok, tok_end), all of block `block`, into sentences. whole: one sentence (a title). */
ds_status ds_sentences_split(ds_splitter *s, uint32_t block, ds_part part, uint32_t tok,
                             uint32_t tok_end);

/* dateline.c: tokens of the dateline, its dash included, that tokens [beg, end) begin with; 0: none. */
uint32_t ds_dateline(const ds_token *toks, uint32_t beg, uint32_t end);

/* ---- words ------------------------------------------------------------------------------------------------ */

/* Cuts the sentences of doc into words: fills doc->words and, in sents (doc->sents), the words of each. */
ds_status ds_words_cut(ds_arena *a, const ds_lexicon *lex, ds_doc *doc, ds_sentence *sents);

/* ---- language.cc ---------------------------------------------------------------------------------------- */

/* cld2's code for a plain text, or NULL when it is not sure. */
const char *ds_cld2_language(const char *text, int len);

#endif
