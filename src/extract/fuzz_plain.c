/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_plain.c - any bytes without a tag are articles of plain text that keep the contract, no article, or a clear error. */
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* No line of the page stands twice in the body. */
static bool wrong_order(const ds_article *art)
{
    uint32_t last = 0;
    for (size_t i = 0; i < art->blocks_len; i++) {
        const ds_block *b = &art->blocks[i];
        ds_span from = ds_article_source(art, b->span);
        if (b->part != DS_PART_BODY || from.end == 0)
            continue;
        if (from.beg < last)
            return true;
        last = from.end;
    }
    return false;
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
    require_result(&page, st, &arts, &err);
    for (size_t i = 0; i < arts.len; i++)
        require(!wrong_order(&arts.at[i]), "lines of the body are out of order");
    ds_arena_free(a);
    return 0;
}
