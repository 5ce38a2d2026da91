/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_plain.c - any bytes without a tag are articles of plain text that keep the contract, no article, or a clear error. */
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static const ds_extractor *extractor(void)
{
    static ds_extractor *x;
    static ds_arena *kept;
    ds_lexicon *lex;
    if (!x) {
        kept = ds_arena_new(0, (size_t)64 << 20);
        if (!kept || ds_lexicon_open(kept, (ds_str){0}, &lex, NULL) != DS_OK ||
            ds_extractor_open(kept, lex, &x, NULL) != DS_OK)
            abort();
    }
    return x;
}

static void require(const char *wrong)
{
    if (!wrong)
        return;
    fprintf(stderr, "%s\n", wrong);
    abort();
}

/* No line of the page stands twice in the body. */
static const char *wrong_order(const ds_article *art)
{
    uint32_t last = 0;
    for (size_t i = 0; i < art->blocks_len; i++) {
        const ds_block *b = &art->blocks[i];
        ds_span from = ds_article_source(art, b->span);
        if (b->part != DS_PART_BODY || from.end == 0)
            continue;
        if (from.beg < last)
            return "lines of the body are out of order";
        last = from.end;
    }
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, BUDGET);
    char *text = a ? ds_arena_alloc(a, len + 1) : NULL;
    if (!text) {
        ds_arena_free(a);
        return 0;
    }
    for (size_t i = 0; i < len; i++)
        text[i] = (char)(at[i] == '<' ? '(' : at[i]);
    ds_page page = page_of((ds_str){text, len});
    ds_articles arts = {0};
    ds_err err = {0};
    page.media = DS_STR("text/plain");
    ds_status st = ds_extract(a, &page, extractor(), NULL, &arts, NULL, &err);
    if (st == DS_OK && !arts.len)
        require("no article, but no word of it");
    if (st != DS_OK && (arts.len || (st != DS_NOMEM && !err.what)))
        require("an error without its reason");
    for (size_t i = 0; i < arts.len; i++) {
        require(wrong_article(&page, &arts.at[i]));
        require(wrong_order(&arts.at[i]));
    }
    ds_arena_free(a);
    return 0;
}
