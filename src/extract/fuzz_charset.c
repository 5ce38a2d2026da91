/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_charset.c - any bytes in any charset are UTF-8 whose characters lead back to them, in order. */
#include "extract/test_help.h"

#include "extract/internal.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check_source(ds_str bytes, const ext_source *src)
{
    size_t bad;
    uint32_t last = 0;
    require(ds_utf8_check(src->text, &bad) == DS_OK, "the text is no UTF-8");
    for (uint32_t i = 0; i < src->text.len;) {
        ds_span page;
        uint32_t end = ext_source_step(src, (ds_span){i, (uint32_t)src->text.len}, &page);
        require(end > i && end <= src->text.len, "a step goes nowhere");
        require(page.beg >= last && page.end >= page.beg && page.end <= bytes.len,
                "steps lead back out of order");
        last = page.beg;
        i = end;
    }
}

/* The first byte chooses a name from the list, or none; the rest is the page. */
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static const char *const names[] = {"",       "koi8-r",      "windows-1251", "gb18030",
                                        "big5",   "shift_jis",   "euc-jp",       "euc-kr",
                                        "l9",     "iso-2022-jp", "iso-2022-kr",  "hz-gb-2312",
                                        "latin1", "cp1258",      "iso-2022-cn",  "utf-16"};
    ds_arena *a = ds_arena_new(0, BUDGET);
    if (!a || !len) {
        ds_arena_free(a);
        return 0;
    }
    ds_str bytes = {(const char *)at + 1, len - 1}, note;
    const ext_charset *cs = ext_charset_of(ds_str_of(names[at[0] % 16]));
    ext_source src;
    if (!cs)
        cs = ext_charset_declared(bytes);
    if (ext_source_open(a, bytes, cs, &src, &note) == DS_OK)
        check_source(bytes, &src);
    ds_arena_free(a);
    return 0;
}
