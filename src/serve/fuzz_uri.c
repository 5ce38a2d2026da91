/* SPDX-License-Identifier: Apache-2.0 */
/* Any target is decoded or refused; what comes out has no control characters; a route's key is that of the same question asked again. */
#include "serve/uri.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(ds_str s)
{
    size_t bad;
    check(s.at && ds_utf8_check(s, &bad) == DS_OK && s.at[s.len] == 0);
    for (size_t i = 0; i < s.len; i++)
        check((unsigned char)s.at[i] >= 0x20 && s.at[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const methods[] = {"GET", "HEAD", "POST"};
    ds_arena *a = ds_arena_new(0, (size_t)16 << 20);
    ds_str target = {size ? (const char *)data : "", size};
    sv_uri uri;
    const char *why = sv_uri_parse(a, target, &uri);
    for (size_t i = 0; !why && i < 3; i++) {
        sv_request r, again;
        sv_refusal no, no_again;
        bool found = sv_route_find(a, methods[i], &uri, &r, &no);
        check(found == sv_route_find(a, methods[i], &uri, &again, &no_again));
        check(found ? ds_str_eq(r.key, again.key) : no.status >= 400 && no.code);
        check(!found || sv_is_api(uri.path));
    }
    if (!why) {
        check_text(uri.path);
        check(uri.path.at[0] == '/' && uri.len <= SV_PARAMS_MAX);
        for (size_t i = 0; i < uri.len; i++) {
            check_text(uri.at[i].name);
            check_text(uri.at[i].value);
        }
    }
    ds_arena_free(a);
    return 0;
}
