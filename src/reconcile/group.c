/* SPDX-License-Identifier: Apache-2.0 */
/* group.c - rows of one kind, which may answer one question: same measure, unit, per and part (Q1, S4 to S6). */
#include "internal.h"

static ds_status row_key(rc *r, const rc_row *row, ds_str *out)
{
    *out = ds_arena_printf(r->a, "%.*s\t%.*s\t%.*s\t%.*s", DS_FMT(row->measure.asks),
                           DS_FMT(row->unit), DS_FMT(row->per), DS_FMT(row->scope));
    return out->at ? DS_OK : DS_NOMEM;
}

typedef DS_VEC(uint32_t) row_list;
typedef DS_VEC(row_list) row_lists;

/* Lists of rows by kind, in order of row; lists in order of their first row. */
static ds_status list_kinds(rc *r, row_lists *out)
{
    ds_map *m = ds_map_new(r->a, 0);
    if (!m)
        return DS_NOMEM;
    for (uint32_t i = 0; i < r->rows_len; i++) {
        ds_str key;
        uint64_t n = out->len;
        DS_TRY(row_key(r, &r->rows[i], &key));
        if (ds_map_get(m, key, &n) != DS_OK) {
            DS_TRY(ds_map_put(m, key, n));
            DS_TRY(DS_PUSH(r->a, out, ((row_list){0})));
        }
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the map only knows what was pushed
        DS_TRY(DS_PUSH(r->a, &out->at[n], i));
    }
    return DS_OK;
}

/* Q9: a caption may be left from an earlier hour; the text beside it wins. */
static void mark_stale(rc *r, const rc_question *q)
{
    for (size_t i = 0, j; i < q->len; i = j) {
        bool text = false;
        for (j = i; j < q->len && r->rows[q->rows[j]].member == r->rows[q->rows[i]].member; j++)
            text |= r->rows[q->rows[j]].c->part != DS_PART_CAPTION;
        for (size_t k = i; k < j; k++)
            r->rows[q->rows[k]].stale = text && r->rows[q->rows[k]].c->part == DS_PART_CAPTION;
    }
}

ds_status rc_group(rc *r)
{
    row_lists kinds = {0};
    rc_questions found = {0};
    DS_TRY(list_kinds(r, &kinds));
    for (size_t k = 0; k < kinds.len; k++)
        DS_TRY(rc_scopes(r, kinds.at[k].at, kinds.at[k].len, &found));
    r->groups = found.at;
    r->groups_len = found.len;
    for (uint32_t q = 0; q < found.len; q++) {
        mark_stale(r, &found.at[q]);
        for (size_t i = 0; i < found.at[q].len; i++)
            r->rows[found.at[q].rows[i]].question = q;
    }
    return DS_OK;
}
