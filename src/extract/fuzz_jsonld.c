/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_jsonld.c - any text in a JSON-LD script: mended text stays within its room and strings, and reading it ends. */
#include "extract/html.h"
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)
#define GROWTH 6 /* bytes of mended text for one byte, at most */
#define SLACK 264

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* Brackets close in order, strings end, no control character is inside one. */
static void check_mended(ds_str s)
{
    char open[1024];
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (quoted) {
            require((unsigned char)c >= ' ', "a control character in a string");
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            require(depth < sizeof open, "nested too deeply");
            open[depth++] = c == '{' ? '}' : ']';
        } else if (c == '}' || c == ']') {
            require(depth > 0 && open[depth - 1] == c, "brackets do not match");
            depth--;
        }
    }
    require(!quoted && depth == 0, "something is left open");
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_page in = {.name = DS_STR("page"), .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
    ext_page p = {.arena = a, .in = &in};
    ds_str script = {(const char *)at, len};
    size_t bad;
    if (!a || ds_utf8_check(script, &bad) != DS_OK) { /* pages are converted before */
        ds_arena_free(a);
        return 0;
    }
    for (size_t by = 0; by < EXT_BY_COUNT; by++)
        p.meta.published[by].day = p.meta.modified[by].day = DS_DAY_NONE;
    ds_str mended = html_json_mended(a, script);
    require(mended.at && mended.len <= len * GROWTH + SLACK, "mended text is too long");
    check_mended(mended);
    ds_status st = html_jsonld(&p, &script, 1);
    require(st == DS_OK || st == DS_NOMEM, "an unexpected status");
    for (size_t i = 0; i < p.meta.people[EXT_BY_LD].len; i++)
        require(ds_utf8_check(p.meta.people[EXT_BY_LD].at[i].name, &bad) == DS_OK,
                "a name is no UTF-8");
    ds_arena_free(a);
    return 0;
}
