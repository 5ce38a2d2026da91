/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_extract.c - any bytes are articles that keep the contract, no article, or a clear error. */
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

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
    require_result(&page, st, &arts, &err);
    ds_arena_free(a);
    return 0;
}
