/* SPDX-License-Identifier: Apache-2.0 */
/* Steps tile the bytes; decode, encode and step back agree; JSON out is valid UTF-8 without control bytes. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Steps over the whole text; what is well-formed must come back from ds_buf_utf8 as the same bytes. */
static void decode(ds_str s, ds_buf *again, size_t *steps, size_t *first_bad)
{
    for (size_t i = 0; i < s.len; ++*steps) {
        size_t beg = i;
        uint32_t c = ds_utf8_next(s, &i);
        check(i > beg && i <= s.len && i - beg <= 4);
        if (c == DS_UTF8_BAD) {
            check(i == beg + 1);
            if (*first_bad == SIZE_MAX)
                *first_bad = beg;
            ds_buf_putc(again, s.at[beg]);
            continue;
        }
        check(c <= 0x10FFFF && !(c >= 0xD800 && c < 0xE000));
        check(ds_utf8_prev(s, i) == beg);
        ds_buf_utf8(again, c);
    }
}

static void escape(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    ds_json j = ds_json_new(&b);
    ds_json_str(&j, NULL, s);
    ds_str out = ds_buf_str(&b);
    check(out.at && out.len >= s.len + 2 && ds_utf8_check(out, NULL) == DS_OK);
    for (size_t i = 0; i < out.len; i++)
        check((unsigned char)out.at[i] >= 0x20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1u << 16)
        return 0;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4u << 20);
    ds_str s = {size ? (const char *)data : "", size};
    ds_buf again = ds_buf_new(a);
    size_t steps = 0, first_bad = SIZE_MAX, bad = SIZE_MAX;
    decode(s, &again, &steps, &first_bad);
    check(ds_str_eq(ds_buf_str(&again), s));
    check(ds_utf8_length(s) == steps);
    check(ds_utf8_width(s) <= 2 * steps);
    check((ds_utf8_check(s, &bad) == DS_OK) == (first_bad == SIZE_MAX));
    check(bad == first_bad);
    for (size_t i = 1; i <= s.len; i++) {
        size_t k = ds_utf8_prev(s, i);
        check(k < i && i - k <= 4);
    }
    ds_str trimmed = ds_str_trim(s);
    check(trimmed.at >= s.at && trimmed.at + trimmed.len <= s.at + s.len);
    check(ds_str_eq(ds_str_trim(trimmed), trimmed));
    escape(a, s);
    return 0;
}
