/* SPDX-License-Identifier: Apache-2.0 */
/* buckets.c - forms of names by some key, so that only those with the same one are compared. */
#include "story/who.h"

ds_status buckets_put(ds_arena *a, buckets *b, ds_str key, uint32_t i)
{
    uint64_t at;
    if (!key.at)
        return DS_NOMEM;
    if (key.len == 0)
        return DS_OK;
    if (!b->of && !(b->of = ds_map_new(a, 0)))
        return DS_NOMEM;
    if (ds_map_get(b->of, key, &at) == DS_NONE) {
        at = b->all.len;
        DS_TRY(DS_PUSH(a, &b->all, ((bucket){0})));
        DS_TRY(ds_map_put(b->of, key, at));
    }
    return DS_PUSH(a, &b->all.at[at].v, i);
}

const bucket *buckets_get(const buckets *b, ds_str key)
{
    uint64_t at;
    return b->of && ds_map_get(b->of, key, &at) == DS_OK ? &b->all.at[at] : NULL;
}

bucket_roots bucket_holders(const who *w, const bucket *b)
{
    bucket_roots out = {.len = 0};
    for (size_t i = 0; b && i < b->v.len; i++) {
        uint32_t k = 0;
        while (k < out.len && who_root(w, out.form[k]) != who_root(w, b->v.at[i]))
            k++;
        if (k == BUCKET_MOST) {
            out.too_many = true;
            return out;
        }
        if (k == out.len)
            out.form[out.len++] = b->v.at[i];
    }
    return out;
}
