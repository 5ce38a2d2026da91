/* SPDX-License-Identifier: Apache-2.0 */
/* test_text.h - what the tests of text/ share: a doc of one paragraph, and a print of its tokens. */
#ifndef DS_TEST_TEXT_H
#define DS_TEST_TEXT_H

#include "text/text.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

enum { TEST_BUDGET = 64 << 20 };

static ds_arena *words_arena;
static ds_lexicon *words;

static int open_words(void **state)
{
    (void)state;
    words_arena = ds_arena_new(0, TEST_BUDGET);
    return words_arena && ds_lexicon_open(words_arena, (ds_str){0}, &words, NULL) == DS_OK ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    ds_arena_free(words_arena);
    return 0;
}

/* A body of paragraphs, one a line. */
static inline ds_status read_text(ds_arena *a, const char *text, ds_part part, ds_doc *out,
                                  ds_err *err)
{
    ds_str s = ds_str_of(text);
    DS_VEC(ds_block) blocks = {0};
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    if (!art)
        return DS_NOMEM;
    for (size_t beg = 0; beg <= s.len;) {
        ptrdiff_t nl = ds_str_find(s, DS_STR("\n"), beg);
        size_t end = nl < 0 ? s.len : (size_t)nl;
        ds_block b = {part, DS_BLOCK_PARAGRAPH, {(uint32_t)beg, (uint32_t)end}};
        DS_TRY(DS_PUSH(a, &blocks, b));
        beg = end + 1;
    }
    art->text = s;
    art->blocks = blocks.at;
    art->blocks_len = blocks.len;
    return ds_text_read(a, art, words, out, err);
}

#endif
