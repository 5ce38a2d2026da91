/* SPDX-License-Identifier: Apache-2.0 */
/* Room for one more element of a vector. */
#include "base/base.h"

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
