/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_mhtml.c - any bytes behind header fields are a part whose bytes lead back into the file, or a clear error. */
#include "extract/test_help.h"

#include "extract/internal.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* Spans of single bytes are ordered and inside the file; stretches of the same bytes are the same. */
static void check_way_back(ds_str file, const ext_part *part)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < part->bytes.len; i++) {
        ds_span one = ext_part_span(part, (ds_span){i, i + 1});
        require(one.beg < one.end && one.end <= file.len, "a byte leads out of the file");
        require(one.beg >= last, "bytes lead back out of order");
        last = one.beg;
        uint32_t same = ext_part_same(part, i);
        require(same <= part->bytes.len - i, "a stretch leaves the part");
        require(!same || file.at[one.beg] == part->bytes.at[i], "a stretch has other bytes");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str file = {(const char *)at, len}, note = {0};
    ext_part part = {0};
    ds_err err = {0};
    if (!a || !ext_is_mhtml(file)) {
        ds_arena_free(a);
        return 0;
    }
    ds_status st = ext_mhtml_open(a, file, &part, &note, &err);
    if (st == DS_OK)
        check_way_back(file, &part);
    else
        require(st == DS_NOMEM || err.what, "an error without its reason");
    ds_arena_free(a);
    return 0;
}
