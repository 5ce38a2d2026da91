/* SPDX-License-Identifier: Apache-2.0 */
/* test_language.h - what the tests of language/ and of later stages share: the built-in language. */
#ifndef DS_TEST_LANGUAGE_H
#define DS_TEST_LANGUAGE_H

#include "language/language.h"
#include "text/test_text.h"

static ds_language *grammar;

/* With `words`; close_words closes both. */
static int open_grammar(void **state)
{
    return open_words(state) || ds_language_open(words_arena, words, &grammar, NULL) != DS_OK;
}

#endif
