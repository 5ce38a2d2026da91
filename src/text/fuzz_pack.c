/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_pack.c - in any bytes that pass for a pack, every section lies inside and is found by its name. */
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* Names stand at 32, 64, ...; what is found by a name is written again, and read again the same. */
static void check(const ds_pack *p)
{
    enum { MOST = 32 };
    ds_arena *a = ds_arena_new(0, (size_t)16 << 20);
    ds_section found[MOST];
    size_t n = p->sections < MOST ? p->sections : MOST;
    ds_str again;
    ds_pack q;
    require(a);
    for (size_t i = 0; i < n; i++) {
        const char *name = p->bytes.at + 32 + 32 * i;
        found[i].name = (ds_str){name, strnlen(name, 16)};
        found[i].bytes = ds_pack_section(p, found[i].name);
        require(found[i].bytes.at >= name &&
                found[i].bytes.at + found[i].bytes.len <= p->bytes.at + p->bytes.len);
    }
    require(ds_pack_write(a, found, n, &again) == DS_OK);
    require(ds_pack_read(again, false, &q, NULL) == DS_OK);
    for (size_t i = 0; i < n; i++)
        require(ds_str_eq(ds_pack_section(&q, found[i].name), found[i].bytes));
    ds_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_pack p, q;
    ds_str bytes = {(const char *)at, len};
    ds_status trusted = ds_pack_read(bytes, true, &p, NULL);
    require(trusted == DS_OK || trusted == DS_BAD);
    require(ds_pack_read(bytes, false, &q, NULL) >= trusted || trusted == DS_OK);
    if (trusted == DS_OK)
        check(&p);
    return 0;
}
