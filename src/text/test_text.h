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

/* Runs the rows of an examples file (a text, a tab, what it must give): `wrong` prints what differs into `b` and leaves it empty where
 * nothing does. A text behind "! " is a known failure, which must fail. Gives the number of rows that are not as they should be. */
static inline unsigned
run_lines(const char *path,
          void (*wrong)(ds_arena *a, char *text, ds_str want, ds_buf *b, void *ctx), void *ctx)
{
    char line[4096];
    unsigned known = 0, failed = 0, number = 0, texts = 0;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!line[0] || line[0] == '#')
            continue;
        if (!tab)
            fail_msg("%s:%u: no tab", path, number);
        *tab = '\0';
        bool broken = line[0] == '!';
        char *text = line + (broken ? strlen("! ") : 0);
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        ds_buf b = ds_buf_new(a);
        wrong(a, text, ds_str_of(tab + 1), &b, ctx);
        assert_int_equal(b.status, DS_OK); /* an empty text says that all is right */
        if ((b.len == 0) == broken) {
            print_error("%s:%u: %s\n%s", path, number, text,
                        broken ? "  holds: take its ! away\n" : ds_buf_str(&b).at);
            failed++;
        }
        known += broken;
        texts++;
        ds_arena_free(a);
    }
    fclose(f);
    print_message("texts: %u, known failures: %u\n", texts, known);
    assert_true(texts > 0);
    return failed;
}

/* Says a row that differs, so that one run shows them all. */
static inline int differs(const char *text, const char *want, const char *got)
{
    if (strcmp(want, got) == 0)
        return 0;
    print_error("%s\n  want %s\n  got  %s\n", text, want, got);
    return 1;
}

typedef struct test_row {
    const char *text, *want;
} test_row;

/* The number of rows for which `print` prints something else than what they want. */
static inline int run_rows(const test_row *rows, size_t n,
                           void (*print)(ds_arena *a, const char *text, ds_buf *b))
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        ds_buf b = ds_buf_new(a);
        print(a, rows[i].text, &b);
        wrong += differs(rows[i].text, rows[i].want, ds_buf_str(&b).at);
        ds_arena_free(a);
    }
    return wrong;
}

#endif
