/* SPDX-License-Identifier: Apache-2.0 */
/* pack.c - weights in one file, read in place. The layout is in docs/formats/pack.md. */
#include "text/internal.h"

enum { HEAD = 32, ENTRY = 32, NAME = 16, ALIGN = 64 };

static uint64_t number(ds_str bytes, size_t at, size_t width)
{
    uint64_t v = 0;
    for (size_t i = 0; i < width; i++)
        v |= (uint64_t)(unsigned char)bytes.at[at + i] << (8 * i);
    return v;
}

static ds_str name_at(ds_str bytes, size_t entry)
{
    const char *at = bytes.at + entry;
    return (ds_str){at, strnlen(at, NAME)};
}

static bool name_good(ds_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!(name.at[i] >= 'a' && name.at[i] <= 'z') && name.at[i] != '-')
            return false;
    for (size_t i = name.len; i < NAME; i++)
        if (name.at[i])
            return false;
    return name.len > 0;
}

/* Entries stand in the order of their names, sections in the order of their entries: neither twice nor overlapping. */
static ds_status check_entries(const ds_pack *p, ds_err *err)
{
    uint64_t free = HEAD + (uint64_t)p->sections * ENTRY;
    for (size_t i = 0; i < p->sections; i++) {
        size_t at = HEAD + i * ENTRY;
        uint64_t beg = number(p->bytes, at + NAME, 8), len = number(p->bytes, at + NAME + 8, 8);
        if (!name_good(name_at(p->bytes, at)))
            return ds_fail(err, DS_BAD, "a section without a good name", at);
        if (i && ds_str_cmp(name_at(p->bytes, at - ENTRY), name_at(p->bytes, at)) >= 0)
            return ds_fail(err, DS_BAD, "sections are not in the order of their names", at);
        if (beg % ALIGN || beg < free || beg > p->bytes.len || len > p->bytes.len - beg)
            return ds_fail(err, DS_BAD, "a section lies outside its place", at);
        free = beg + len;
    }
    return DS_OK;
}

ds_status ds_pack_read(ds_str bytes, bool trusted, ds_pack *out, ds_err *err)
{
    if (bytes.len < HEAD || memcmp(bytes.at, "DSPACK1\n", 8) != 0)
        return ds_fail(err, DS_BAD, "no pack of weights", 0);
    ds_pack p = {bytes, (uint32_t)number(bytes, 8, 4), number(bytes, 24, 8)};
    if (number(bytes, 16, 8) != bytes.len || number(bytes, 12, 4) != 0)
        return ds_fail(err, DS_BAD, "cut off, or more than a pack", 16);
    if (p.sections > (bytes.len - HEAD) / ENTRY)
        return ds_fail(err, DS_BAD, "more sections than it has room for", 8);
    if (!trusted && ds_hash(ds_str_cut(bytes, HEAD, bytes.len), 0) != p.hash)
        return ds_fail(err, DS_BAD, "damaged: the check sum is another", 24);
    DS_TRY(check_entries(&p, err));
    *out = p;
    return DS_OK;
}

ds_str ds_pack_section(const ds_pack *p, ds_str name)
{
    for (size_t i = 0; i < p->sections; i++) {
        size_t at = HEAD + i * ENTRY;
        if (ds_str_eq(name_at(p->bytes, at), name))
            return (ds_str){p->bytes.at + number(p->bytes, at + NAME, 8),
                            (size_t)number(p->bytes, at + NAME + 8, 8)};
    }
    return (ds_str){0};
}

static void put_number(ds_buf *b, uint64_t v, size_t width)
{
    for (size_t i = 0; i < width; i++)
        ds_buf_putc(b, (char)(v >> (8 * i)));
}

static void put_zeros(ds_buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ds_buf_putc(b, 0);
}

static size_t padding(size_t at)
{
    return (ALIGN - at % ALIGN) % ALIGN;
}

static void put_entries(ds_buf *b, const ds_section *at, size_t n)
{
    uint64_t beg = HEAD + n * ENTRY;
    for (size_t i = 0; i < n; i++) {
        beg += padding(beg);
        ds_buf_put(b, at[i].name);
        put_zeros(b, NAME - at[i].name.len);
        put_number(b, beg, 8);
        put_number(b, at[i].bytes.len, 8);
        beg += at[i].bytes.len;
    }
}

ds_status ds_pack_write(ds_arena *a, const ds_section *at, size_t n, ds_str *out)
{
    ds_buf body = ds_buf_new(a), b = ds_buf_new(a);
    put_entries(&body, at, n);
    for (size_t i = 0; i < n; i++) {
        put_zeros(&body, padding(HEAD + body.len));
        ds_buf_put(&body, at[i].bytes);
    }
    ds_str rest = ds_buf_str(&body);
    if (!rest.at)
        return DS_NOMEM;
    ds_buf_puts(&b, "DSPACK1\n");
    put_number(&b, n, 8);
    put_number(&b, HEAD + rest.len, 8);
    put_number(&b, ds_hash(rest, 0), 8);
    ds_buf_put(&b, rest);
    *out = ds_buf_str(&b);
    return out->at ? DS_OK : DS_NOMEM;
}
