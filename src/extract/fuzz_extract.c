/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_extract.c - any bytes are articles that keep the contract, no article, or a clear error. */
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static const ds_extractor *extractor(void)
{
    static ds_extractor *x;
    ds_lexicon *lex;
    static ds_arena *kept;
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

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_page page = page_of((ds_str){(const char *)at, len});
    ds_articles arts = {0};
    ds_extract_notes notes = {0};
    ds_err err = {0};
    if (!a)
        return 0;
    ds_status st = ds_extract(a, &page, extractor(), NULL, &arts, &notes, &err);
    if (st == DS_OK && !arts.len)
        require("no article, but no word of it");
    if (st != DS_OK && (arts.len || (st != DS_NOMEM && !err.what)))
        require("an error without its reason");
    for (size_t i = 0; i < arts.len; i++)
        require(wrong_article(&page, &arts.at[i]));
    ds_arena_free(a);
    return 0;
}
