/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_cluster.c - marks, rows, records and states from any bytes: refused, or printed as they were read; then articles join. */
#include <stdlib.h>

#include "cluster_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Two of the input's bytes say how long the next piece is. */
static ds_str piece(ds_str *rest)
{
    if (rest->len < 2)
        return (ds_str){0};
    size_t n = (unsigned char)rest->at[0] | (size_t)(unsigned char)rest->at[1] << 8;
    ds_str p = ds_str_cut(*rest, 2, 2 + n);
    *rest = ds_str_cut(*rest, 2 + p.len, rest->len);
    return p;
}

static ds_cluster_model *model(ds_arena *a)
{
    static const cl_weights none;
    ds_buf b = ds_buf_new(a);
    ds_cluster_model *m = NULL;
    cl_section_put(&b, 100, NULL, NULL, 0, &none);
    check(ds_cluster_model_open(a, ds_buf_str(&b), &m, NULL) == DS_OK);
    return m;
}

static void same(ds_arena *a, ds_str bytes, ds_status st, ds_buf *b)
{
    (void)a;
    check(st == DS_OK && ds_str_eq(bytes, ds_buf_str(b)));
}

static void take(ds_arena *a, ds_cluster *c, ds_str p, unsigned kind)
{
    ds_buf b = ds_buf_new(a);
    uint32_t key = p.len > 4 ? (unsigned char)p.at[4] + 1u : 1;
    if (kind == 0 && ds_cluster_state_get(c, p, NULL) == DS_OK) {
        ds_cluster_state_put(c, &b);
        same(a, p, DS_OK, &b);
    }
    if (kind == 1 && ds_cluster_term_get(c, key, p, NULL) == DS_OK)
        same(a, p, ds_cluster_term_put(c, key, &b), &b);
    if (kind == 2 && ds_cluster_record_get(c, key, p, NULL) == DS_OK)
        same(a, p, ds_cluster_record_put(c, key, &b), &b);
}

static void join(ds_arena *a, ds_cluster *c, const ds_cluster_model *m, ds_str p, uint32_t article)
{
    ds_story_marks marks;
    ds_joined j;
    ds_buf b = ds_buf_new(a);
    if (ds_story_marks_get(a, p, &marks, NULL) < 0)
        return;
    ds_story_marks_put(&b, &marks);
    same(a, p, DS_OK, &b);
    check(ds_story_marks_cut(a, m, &marks, NULL) == DS_OK && marks.len <= DS_CLUSTER_TERMS);
    if (ds_cluster_add(c, article, &marks, &j, NULL) < 0)
        return;
    check(j.near_len <= DS_CLUSTER_NEAR && (!j.opened || j.story == article));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_str rest = {(const char *)bytes, len};
    ds_cluster *c = NULL;
    if (!a)
        return 0;
    const ds_cluster_model *m = model(a);
    check(ds_cluster_new(m, &c, NULL) == DS_OK);
    ds_cluster_model *any;
    ds_cluster_model_open(a, rest, &any, NULL);
    for (uint32_t i = 0; rest.len > 2 && i < 64; i++) {
        unsigned kind = (unsigned char)rest.at[0] % 4;
        rest = ds_str_cut(rest, 1, rest.len);
        ds_str p = piece(&rest);
        if (kind < 3)
            take(a, c, p, kind);
        else
            join(a, c, m, p, i);
    }
    ds_cluster_free(c);
    ds_arena_free(a);
    return 0;
}
