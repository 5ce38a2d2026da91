/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_pieces.c - any bytes: every piece has some, CoNLL-U is cut behind line ends only, a text inside no code point. */
#include "intake/internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *at = (const char *)bytes;
    size_t bad;
    bool valid = ds_utf8_check((ds_str){at, len}, &bad) == DS_OK;
    for (size_t i = 0; i < len;) {
        size_t n = ds_piece_end(at + i, len - i, false);
        check(n > 0 && n <= len - i);
        check(!valid || ds_utf8_check((ds_str){at + i, n}, &bad) == DS_OK);
        i += n;
    }
    size_t n = ds_piece_end(at, len, true);
    check(n <= len && (n == 0 || at[n - 1] == '\n'));
    return 0;
}
