/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_intake.c - any bytes are a page, or an error that can be printed. */
#include "intake/internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_page(const ds_page *p)
{
    size_t bad;
    check(p->bytes.len > 0 && ds_utf8_check(p->bytes, &bad) == DS_OK);
    check(!p->name.at || ds_str_trim(p->name).len > 0);
    check(!p->title.at || ds_str_trim(p->title).len > 0);
    check(p->came == DS_CAME_JSON_LINE && p->fetched == DS_DAY_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_str line = {(const char *)at, len};
    ds_page page = {0};
    ds_err err = {0};
    size_t bad;
    if (!a)
        return 0;
    if (ds_line_parse(a, line, &page, &err) == DS_OK)
        check_page(&page);
    else
        check(err.what && ds_utf8_check(ds_str_of(err.what), &bad) == DS_OK);
    ds_str media = ds_media_of(line);
    check(ds_str_eq(media, DS_STR("text/html")) || ds_str_eq(media, DS_STR("text/plain")) ||
          ds_str_eq(media, DS_STR("multipart/related")));
    ds_str url = ds_media_url(line);
    check(ds_utf8_check(url, &bad) == DS_OK && !memchr(url.len ? url.at : "", '\n', url.len));
    ds_arena_free(a);
    return 0;
}
