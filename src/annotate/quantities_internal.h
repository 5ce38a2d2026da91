/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of quantities share: quantities.c drives, number.c reads the numeral, ranges.c two that are one,
 * bounds.c the words that bound it, counted.c what it counts, trends.c whether it rose or fell, exclude.c what is none, twins.c
 * what it says once more, implicit.c persons without a numeral, one_person.c one of them, plain.c tags where there is no parse. */
#ifndef DS_ANNOTATE_QUANTITIES_INTERNAL_H
#define DS_ANNOTATE_QUANTITIES_INTERNAL_H

#include "annotate/internal.h"
#include "annotate/unit.h"

enum { OPENER_REACH = 3 }; /* tokens back to "between", "from": "between roughly 5 and 10" */

/* Tags where there is no parse (plain.c). */
typedef struct plain {
    const scan *s;
    ds_parse parse;       /* `upos` and `form` alone */
    uint8_t *upos, *form; /* by token */
    const ds_phrases *words;
    const uint8_t *codes; /* of rows of words.tsv */
    uint8_t tags[64];     /* by code: row of a table in plain.c */
    uint64_t words_bit, lemmas_bit;
} plain;

/* Room for the tags; s->parse is p's then. */
ds_status plain_open(plain *p, scan *s);
/* Tags of one sentence: of tokens [beg, end). */
void plain_read(const plain *p, uint32_t beg, uint32_t end);
/* Of a token that is tagged. */
ds_str plain_lemma(const plain *p, uint32_t i);

typedef struct finder {
    scan s;
    DS_VEC(ds_quantity) found;
    uint32_t beg, end; /* tokens of the sentence */
    uint32_t sent;
    uint32_t taken; /* first token that no quantity has yet */
    unit_seen unit;
    const plain *plain; /* NULL: a parse was given */
} finder;

/* Does a blank stand before the token? */
static inline bool spaced(const finder *f, uint32_t i)
{
    return tok_at(&f->s, i)->flags & DS_TF_SPACE;
}

static inline ds_str lemma_at(const finder *f, uint32_t i)
{
    return f->plain ? plain_lemma(f->plain, i) : f->s.parse->lemmas[i].norm;
}

/* ---- implicit.c ------------------------------------------------------------------------------------------ */

/* Adds the persons of one sentence that no numeral counts, and takes figures that are a part of them. Needs a parse. */
ds_status implicit_persons(finder *f);
/* Do the tokens [beg, end) stand right behind a verb that counts persons, or before a word that does? False without a parse. */
bool beside_event(const finder *f, uint32_t beg, uint32_t end);
/* Is the noun at a token a part of words from token i on that say what was done to persons: "shot dead", "fatally shot"? */
bool event_over(const finder *f, uint32_t i, uint32_t noun);
/* "he", "her", "me": a pronoun that stands for one person. */
bool singular_pronoun(const finder *f, uint32_t i);

/* ---- one_person.c ---------------------------------------------------------------------------------------- */

typedef struct one_person {
    uint32_t beg, end;
    bool
        alone; /* says by itself that it is one: "a neighbour", "her sister", "Anna Holm, 52,"; not "the driver" */
    noun_phrase np; /* no head: a name, "a 15-year-old" */
} one_person;
/* "a", "an", "her": a determiner that makes a singular noun somebody new. */
bool says_one(const finder *f, uint32_t i);
bool one_person_at(const finder *f, uint32_t beg, one_person *out);
/* The longest that ends right before token `end`. */
bool one_person_before(const finder *f, uint32_t end, one_person *out);

/* ---- quantities.c --------------------------------------------------------------------------------------- */

/* The unit that a numeral's tail names. out->end is not set. */
bool tail_unit(const finder *f, const numeral *n, unit *out);

/* ---- bounds.c ---------------------------------------------------------------------------------------- */

/* Bounds the value, the last word winning but for "about"; the table of docs/formats/claim.md. Ranges and vague words keep
 * their ends, and are rough after "about" and "almost". */
void apply_bound(ds_quantity *q, ds_bound b);
void apply_modifier(finder *f, ds_quantity *q, uint32_t row);
/* First row of the phrase at `row` that stands on that side, or -1: "additional" stands on both. */
int64_t side_row(const finder *f, uint32_t row, const char *side);
/* Modifiers that end right before token `at`, longest first, several in a row. Returns the new start. */
uint32_t modifiers_before(finder *f, ds_quantity *q, uint32_t at);
/* Modifiers from token `at` on ("or so", "more"). Returns the new end. */
uint32_t modifiers_after(finder *f, ds_quantity *q, uint32_t at);
/* "~500", ">1,000". Returns the new start. */
uint32_t sign_before(finder *f, ds_quantity *q, uint32_t at);
/* "500+". Returns the new end. */
uint32_t plus_after(finder *f, ds_quantity *q, uint32_t at);

/* ---- ranges.c ------------------------------------------------------------------------------------------ */

/* A second numeral that makes a range of n; it may bring the money sign. */
bool range_at(finder *f, numeral *n, uint32_t *symbol);
/* Where a range that begins at token `first` has its "between", "from". */
uint32_t range_start(const finder *f, uint32_t first);

/* ---- exclude.c ------------------------------------------------------------------------------------------- */

/* What is no amount, before (code, mark, label) and after (name, year, score) what it counts is known. */
bool is_code(const finder *f, numeral *n);
bool is_mark(const finder *f, const numeral *n);
bool is_labelled(const finder *f, numeral *n);
bool is_clock(const finder *f, const numeral *n);
bool is_address(const finder *f, const numeral *n);
bool joined_by_dash(const finder *f, const numeral *n);
bool is_name(const finder *f, const numeral *n, const ds_quantity *q, uint32_t start);
bool is_year(const finder *f, const numeral *n, const ds_quantity *q);
bool is_score(const numeral *n, const ds_quantity *q);
/* "aged 22", "2 years old"; *at is moved behind the words that say so. */
bool is_age(const finder *f, const numeral *n, ds_quantity *q, uint32_t *at);

/* A plural noun of persons. */
bool names_persons(const finder *f, uint32_t i);
/* Behind ", ages 3 and 4" from the comma at token i on, and how many ages there are; i: none. */
uint32_t behind_ages(const finder *f, uint32_t i, uint32_t *ages);
/* "was", "been" as an auxiliary. */
bool form_of_be(const finder *f, uint32_t i);

/* ---- trends.c ---------------------------------------------------------------------------------------------- */

/* Sets q's trend from the words around its tokens [start, at). */
void read_trend(const finder *f, ds_quantity *q, uint32_t start, uint32_t at);
/* Does a word of change govern the "from" before token `first`? */
bool governed(const finder *f, uint32_t first);
/* Does a word of change stand right before token `first`, or before its "by"? */
bool changed_before(const finder *f, uint32_t first);
/* "from A to B" under a change: links q to A. */
void link_change(finder *f, ds_quantity *q, uint32_t start);

/* ---- twins.c ------------------------------------------------------------------------------------------- */

/* A figure set beside the one before it by a bracket or a dash, which says the same once more: a share as a count, a measure
 * in another unit, a price in other money. Sets q's `equals`; what a rate behind the bracket says holds for both. */
void link_apposition(finder *f, ds_quantity *q, uint32_t start);

/* ---- counted.c --------------------------------------------------------------------------------------- */

/* The token of a currency sign right before token i, or UINT32_MAX. */
uint32_t money_symbol(const finder *f, uint32_t i);
/* Kind and unit of a unit that was found. False: the value does not fit. */
bool take_unit(ds_quantity *q, const unit *u);
/* Units, money, shares, durations. Returns false when it is no measure. */
bool measured(finder *f, ds_quantity *q, uint32_t symbol, uint32_t *at);
/* "half a year", "half an hour": a duration, no share. */
bool half_a_unit(const finder *f, ds_quantity *q, uint32_t *at);
/* "per soldier per month", "a day", "each". Returns the new end. */
uint32_t per_phrases(finder *f, ds_quantity *q, uint32_t at);
/* "20,000 soldiers monthly": in the same clause, before another number. */
void rate_adverb(finder *f, ds_quantity *q, uint32_t at);
/* The base of a ratio after it. Returns the new end. */
uint32_t ratio_base(finder *f, ds_quantity *q, const numeral *n, uint32_t at);
/* The counted noun phrase after the numeral. Returns the new end. */
uint32_t counted(finder *f, ds_quantity *q, uint32_t at, ds_noun_class *cls);
/* A bare figure that goes on counting what the one before it counted. */
void same_as_before(finder *f, ds_quantity *q, uint32_t start, uint32_t at);
/* Without a noun the words to the left may name what is counted. */
void look_left(finder *f, ds_quantity *q, uint32_t at);

#endif
