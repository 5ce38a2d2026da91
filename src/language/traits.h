/* SPDX-License-Identifier: Apache-2.0 */
/* traits.h - what the sentence reader sees of a word: its normal form, the ends of that, its shape.
 *
 * Layer    language; uses base, ICU's character properties
 * Input    one word of valid UTF-8
 * Output   normal form: lower case, digits as 0, plain quotes, hyphens and dots, at most DS_FEATURE_MOST bytes (a longer word
 *          keeps its beginning and its last bytes); shape: a number below DS_SHAPES
 * Cost     one pass over the word; no allocation
 * Threads  safe
 */
#ifndef DS_LANGUAGE_TRAITS_H
#define DS_LANGUAGE_TRAITS_H

#include "base/base.h"

enum {
    DS_FEATURE_MOST = 48,  /* bytes of a normal form */
    DS_FEATURE_PIECES = 4, /* last 2, 3, 4 and first 3 characters */
    DS_CASE_KINDS = 10,
    DS_SENTENCE_KINDS = 3,
    DS_SHAPES = DS_CASE_KINDS * 2 * DS_SENTENCE_KINDS,
};

typedef enum ds_case { /* letters and digits of one word */
                       DS_CASE_LOWER,
                       DS_CASE_CAP,    /* Seoul */
                       DS_CASE_ONE,    /* one letter: A */
                       DS_CASE_UPPER,  /* NATO, U.S. */
                       DS_CASE_MIXED,  /* McCain, iPhone */
                       DS_CASE_DIGITS, /* 12 */
                       DS_CASE_NUMBER, /* 12,000 */
                       DS_CASE_CODE,   /* T-72, 350K */
                       DS_CASE_MARKS,  /* no letter, no digit */
                       DS_CASE_OTHER,  /* letters without case */
} ds_case;

typedef enum ds_sentence_case {
    DS_SENTENCE_PLAIN,
    DS_SENTENCE_TITLE, /* most longer words have a capital: "Troops Withdrawn From Front" */
    DS_SENTENCE_UPPER, /* nearly all letters are capitals */
} ds_sentence_case;

typedef struct ds_feature {
    uint8_t len;
    uint8_t shape; /* ds_case */
    char norm[DS_FEATURE_MOST];
} ds_feature;

void ds_feature_of(ds_str word, ds_feature *out);
/* Of a sentence of n words; `first` words count like all others. */
ds_sentence_case ds_feature_sentence(const ds_feature *words, size_t n);
/* Piece 0..3 of a normal form: last two, three, four characters, first three; shorter words give all of it. */
ds_str ds_feature_piece(const ds_feature *f, int piece);
static inline uint32_t ds_feature_shape(ds_case c, bool first, ds_sentence_case s)
{
    return ((uint32_t)s * 2 + first) * DS_CASE_KINDS + (uint32_t)c;
}

#endif
