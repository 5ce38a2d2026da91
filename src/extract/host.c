/* SPDX-License-Identifier: Apache-2.0 */
/* host.c - what the pages of a site repeat: menus, cookie texts, appeals, teasers. */
#include "extract/blocks.h"

#include <stdlib.h>

#define HOST_WORDS 4 /* shorter blocks are not kept: they repeat by chance */
#define PAGES_MAX 99 /* counted no further */

/* The hash of the page's site; 0: it names none. */
static uint64_t host_of(const ext_page *p)
{
    ds_str host = html_own_host(p);
    if (ext_same_fold(ds_str_cut(host, 0, 4), DS_STR("www.")))
        host = ds_str_cut(host, 4, host.len);
    return host.len ? html_text_hash(host) : 0;
}

static uint64_t on_host(uint64_t host, ds_str text)
{
    return (html_text_hash(text) ^ host) * 0x9E3779B97F4A7C15ull;
}

static int by_hash(const void *x, const void *y)
{
    const ds_host_block *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->pages > b->pages) - (a->pages < b->pages);
}

ds_status ds_extract_host(ds_arena *a, const ds_page *page, const ds_extractor *x,
                          ds_host_profile *out, ds_err *err)
{
    ext_page p = {.arena = a, .in = page, .words = x->words, .model = x->model};
    ds_str note = {0};
    bool html = ext_same_fold(page->media, DS_STR("text/html"));
    DS_TRY(ext_check(&p, err));
    DS_TRY(ext_open(&p, &html, &note, err));
    if (!html)
        return DS_NONE;
    DS_TRY(html_prepare(&p, &note));
    uint64_t host = host_of(&p);
    ds_host_block *at = host ? ds_arena_alloc(a, ((size_t)p.content + 1) * sizeof *at) : NULL;
    size_t n = 0, m = 0;
    if (!host)
        return DS_NONE;
    if (!at)
        return DS_NOMEM;
    for (uint32_t i = 0; i < p.content; i++)
        if (p.blocks.at[i].words >= HOST_WORDS)
            at[n++] = (ds_host_block){on_host(host, ext_text(&p, &p.blocks.at[i])), 1};
    qsort(at, n, sizeof *at, by_hash);
    for (size_t i = 0; i < n; i++)
        if (!m || at[m - 1].hash != at[i].hash)
            at[m++] = at[i];
    *out = (ds_host_profile){at, m};
    return DS_OK;
}

void ds_host_profile_make(ds_host_block *all, size_t len, ds_host_profile *out)
{
    size_t n = 0;
    qsort(all, len, sizeof *all, by_hash);
    for (size_t i = 0, end; i < len; i = end) {
        uint32_t pages = 0;
        for (end = i; end < len && all[end].hash == all[i].hash; end++)
            pages += pages < PAGES_MAX;
        if (pages > 1)
            all[n++] = (ds_host_block){all[i].hash, pages};
    }
    *out = (ds_host_profile){all, n};
}

/* ---- as a table ------------------------------------------------------------------------------------------- */

ds_status ds_host_profile_print(const ds_host_profile *x, ds_buf *out)
{
    ds_buf_put(out, DS_STR("# blocks of text that stand on several pages of a site\n"
                           "#: block pages\n"));
    for (size_t i = 0; i < x->len; i++)
        ds_buf_printf(out, "%016llx\t%u\n", (unsigned long long)x->blocks[i].hash,
                      x->blocks[i].pages);
    return out->status;
}

static bool number(ds_str s, unsigned base, uint64_t *out)
{
    static const char digits[] = "0123456789abcdef";
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *d = memchr(digits, s.at[i], base);
        if (!d)
            return false;
        *out = *out * base + (uint64_t)(d - digits);
    }
    return s.len > 0;
}

ds_status ds_host_profile_read(ds_arena *a, ds_str text, ds_host_profile *out, ds_err *err)
{
    ds_table t;
    DS_TRY(ds_table_read(a, DS_STR("profile"), text, &t, err));
    ds_host_block *at = ds_arena_alloc(a, ((size_t)t.rows + 1) * sizeof *at);
    if (!at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (ds_table_column(&t, DS_STR("block")) != 0 || ds_table_column(&t, DS_STR("pages")) != 1)
        return ds_fail(err, DS_BAD, "columns block and pages are needed", 1);
    for (uint32_t r = 0; r < t.rows; r++) {
        uint64_t hash, pages;
        ds_str block = ds_table_cell(&t, r, 0), count = ds_table_cell(&t, r, 1);
        if (block.len != 16 || !number(block, 16, &hash) || count.len > 2 ||
            !number(count, 10, &pages))
            return ds_fail(err, DS_BAD, "a block is 16 hexadecimal digits, pages a number up to 99",
                           0);
        at[r] = (ds_host_block){hash, (uint32_t)pages};
    }
    *out = (ds_host_profile){at, t.rows}; /* a table is sorted, and so are hexadecimal digits */
    return DS_OK;
}

/* ---- use ---------------------------------------------------------------------------------------------------- */

uint32_t html_host_pages(const ext_page *p, ds_str text)
{
    const ds_host_profile *x = p->host;
    uint64_t host = x && x->len ? host_of(p) : 0;
    if (!host)
        return 0;
    uint64_t hash = on_host(host, text);
    size_t lo = 0, hi = x->len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->blocks[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < x->len && x->blocks[lo].hash == hash ? x->blocks[lo].pages : 0;
}
