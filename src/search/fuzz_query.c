/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes are a query or a clear refusal; the normal form of one is its own normal form and asks FTS5 the same; nothing of what was
 * typed gets out of its quotes; a snippet tiles a stretch of the text. */
#include "search/search.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Quotes come in pairs with only letters, digits, ' and blanks between them. */
static void check_match(ds_str match)
{
    bool inside = false;
    for (size_t i = 0; i < match.len; i++) {
        unsigned char c = (unsigned char)match.at[i];
        inside ^= c == '"';
        bool plain =
            c >= 0x80 || c == '\'' || c == ' ' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        check(!inside || c == '"' || plain);
    }
    check(!inside);
}

static void check_again(ds_arena *a, ds_words *w, const ds_query *q, ds_str match)
{
    ds_buf b = ds_buf_new(a), again = ds_buf_new(a);
    ds_query second;
    ds_err err = {0};
    ds_query_print(q, &b);
    ds_str normal = ds_buf_str(&b);
    if (normal.len > DS_QUERY_BYTES) /* quotes made it longer */
        return;
    check(ds_query_parse(a, w, normal, &second, &err) == DS_OK);
    ds_query_print(&second, &again);
    check(ds_str_eq(ds_buf_str(&again), normal));
    check(ds_str_eq(ds_query_match(a, &second), match));
}

static void check_snippet(ds_arena *a, ds_words *w, const ds_query *q, ds_str text)
{
    ds_snippet s;
    check(ds_snippet_make(a, w, q, text, &s) == DS_OK);
    for (size_t i = 0; i < s.len; i++) {
        check(s.at[i].at.beg < s.at[i].at.end && s.at[i].at.end <= text.len);
        check(!i || s.at[i].at.beg == s.at[i - 1].at.end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ds_words *w;
    ds_str text = {size ? (const char *)data : "", size};
    ds_query q;
    ds_err err = {0};
    if (!w)
        check(ds_words_open(&w) == DS_OK);
    ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_status got = ds_query_parse(a, w, text, &q, &err);
    if (got == DS_OK) {
        ds_str match = ds_query_match(a, &q);
        check_match(match);
        check_again(a, w, &q, match);
        check_snippet(a, w, &q, text);
    } else {
        check((got == DS_BAD || got == DS_LIMIT) && err.what);
    }
    ds_arena_free(a);
    return 0;
}
