/* SPDX-License-Identifier: Apache-2.0 */
/* Room for one more element of a vector; numbers in order. */
#include "base/base.h"

#include <stdlib.h>

#define FIRST_CAP 8 /* elements: most lists of one sentence fit */

ds_status ds_vec_room(ds_arena *a, void **at, size_t len, size_t *cap, size_t size)
{
    if (len < *cap)
        return DS_OK;
    size_t want = *cap ? *cap * 2 : FIRST_CAP, bytes;
    if (want < *cap || __builtin_mul_overflow(want, size, &bytes))
        return DS_NOMEM;
    void *p = ds_arena_grow(a, *at, *cap * size, bytes);
    if (!p)
        return DS_NOMEM;
    *at = p;
    *cap = want;
    return DS_OK;
}

void ds_vec_reserve(ds_arena *a, void **at, size_t *cap, size_t size, size_t want)
{
    size_t bytes;
    if (*at || !want || __builtin_mul_overflow(want, size, &bytes))
        return;
    void *p = ds_arena_raw(a, bytes);
    if (!p)
        return;
    *at = p;
    *cap = want;
}

static int by_value(const void *pa, const void *pb)
{
    uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;
    return (a > b) - (a < b);
}

void ds_sort_u64(uint64_t *at, size_t len)
{
    if (len)
        qsort(at, len, sizeof *at, by_value);
}

size_t ds_unique_u64(uint64_t *at, size_t len)
{
    size_t n = 0;
    ds_sort_u64(at, len);
    for (size_t i = 0; i < len; i++)
        if (n == 0 || at[n - 1] != at[i])
            at[n++] = at[i];
    return n;
}
