/* SPDX-License-Identifier: Apache-2.0 */
/* group.c - which claims may answer one question: same measure, unit, per and scope, subjects that fit (S1 to S3). */
#include "internal.h"

/* One subject among the rows of one key. */
typedef struct subject {
    ds_str actor, head;
    bool general;
    uint32_t joins; /* subject that it joins, or itself */
} subject;

typedef DS_VEC(subject) subjects;

static ds_status row_key(rc *r, const rc_row *row, ds_str *out)
{
    *out = ds_arena_printf(r->a, "%.*s\t%.*s\t%.*s\t%.*s", DS_FMT(row->measure.asks),
                           DS_FMT(row->unit), DS_FMT(row->per), DS_FMT(row->scope));
    return out->at ? DS_OK : DS_NOMEM;
}

static uint32_t find_subject(const subjects *v, const rc_subject *s)
{
    for (uint32_t i = 0; i < v->len; i++)
        if (ds_str_eq(v->at[i].actor, s->actor) && ds_str_eq(v->at[i].head, s->head))
            return i;
    return RC_NONE;
}

/* Rows of two subjects speak of other things when one page gives both and the figures exclude each other. */
static bool told_apart(const rc *r, const uint32_t *rows, size_t len, const uint32_t *of,
                       uint32_t x, uint32_t y)
{
    for (size_t i = 0; i < len; i++)
        for (size_t j = 0; j < len; j++) {
            const rc_row *a = &r->rows[rows[i]], *b = &r->rows[rows[j]];
            if (of[i] == x && of[j] == y && a->member == b->member &&
                rc_exclude(&a->value, &b->value))
                return true;
        }
    return false;
}

/* S3: at least one figure of the general subject must fit one of the particular subject. */
static bool figures_fit(const rc *r, const uint32_t *rows, size_t len, const uint32_t *of,
                        uint32_t x, uint32_t y)
{
    for (size_t i = 0; i < len; i++)
        for (size_t j = 0; j < len; j++)
            if (of[i] == x && of[j] == y &&
                !rc_exclude(&r->rows[rows[i]].value, &r->rows[rows[j]].value))
                return true;
    return false;
}

typedef bool (*may_join)(const subject *from, const subject *to);

/* "soldiers" joins "South African soldiers". */
static bool lacks_actor(const subject *from, const subject *to)
{
    return !from->general && from->actor.len == 0 && to->actor.len &&
           ds_str_eq(from->head, to->head);
}

/* "South Africans" joins "South African soldiers". */
static bool lacks_head(const subject *from, const subject *to)
{
    return from->general && from->actor.len && ds_str_eq(from->actor, to->actor) && !to->general;
}

/* "people" joins whatever is counted. */
static bool lacks_both(const subject *from, const subject *to)
{
    return from->general && from->actor.len == 0 && (to->actor.len || !to->general);
}

static uint32_t root_of(const subjects *v, uint32_t i)
{
    while (v->at[i].joins != i)
        i = v->at[i].joins;
    return i;
}

/* Joins each subject that lacks something to the one that has it, where just one does. */
static void join_where_clear(const rc *r, const uint32_t *rows, size_t len, const uint32_t *of,
                             subjects *v, may_join may, bool by_figures)
{
    for (uint32_t i = 0; i < v->len; i++) {
        uint32_t found = RC_NONE, n = 0;
        for (uint32_t j = 0; j < v->len; j++) {
            uint32_t root = root_of(v, j);
            if (i == j || root_of(v, i) == root || root == found || !may(&v->at[i], &v->at[root]))
                continue;
            found = root;
            n++;
        }
        if (n != 1 || v->at[i].joins != i)
            continue;
        if (by_figures &&
            (told_apart(r, rows, len, of, i, found) || !figures_fit(r, rows, len, of, i, found)))
            continue;
        v->at[i].joins = found;
    }
}

/* Rows of one key -> bucket numbers, one per subject that stays. */
static ds_status join_subjects(rc *r, const uint32_t *rows, size_t len, uint32_t *buckets)
{
    subjects v = {0};
    uint32_t *of = ds_arena_calloc(r->a, len, sizeof *of);
    if (!of)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++) {
        const rc_subject *s = &r->rows[rows[i]].subject;
        of[i] = find_subject(&v, s);
        if (of[i] != RC_NONE)
            continue;
        of[i] = (uint32_t)v.len;
        DS_TRY(DS_PUSH(r->a, &v, ((subject){s->actor, s->head, s->general, of[i]})));
    }
    join_where_clear(r, rows, len, of, &v, lacks_actor, false);
    join_where_clear(r, rows, len, of, &v, lacks_head, false);
    join_where_clear(r, rows, len, of, &v, lacks_both, true);
    uint32_t *bucket = ds_arena_calloc(r->a, v.len, sizeof *bucket);
    if (!bucket)
        return DS_NOMEM;
    for (uint32_t i = 0; i < v.len; i++)
        bucket[i] = RC_NONE;
    for (size_t i = 0; i < len; i++) {
        uint32_t root = root_of(&v, of[i]);
        if (bucket[root] == RC_NONE)
            bucket[root] = (*buckets)++;
        r->rows[rows[i]].bucket = bucket[root];
    }
    return DS_OK;
}

/* Q9: a caption may be left from an earlier hour; the text beside it wins. */
static void mark_stale(rc *r)
{
    for (size_t i = 0; i < r->rows_len; i++) {
        rc_row *row = &r->rows[i];
        for (size_t j = 0; row->c->part == DS_PART_CAPTION && j < r->rows_len; j++)
            if (r->rows[j].member == row->member && r->rows[j].bucket == row->bucket &&
                r->rows[j].c->part != DS_PART_CAPTION)
                row->stale = true;
    }
}

typedef DS_VEC(uint32_t) row_list;

/* Lists of rows by a number that each row has, in order of row. */
static ds_status rows_by(rc *r, const uint32_t *number, size_t lists, row_list **out)
{
    row_list *v = ds_arena_calloc(r->a, lists, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++)
        DS_TRY(DS_PUSH(r->a, &v[number[i]], (uint32_t)i));
    *out = v;
    return DS_OK;
}

static ds_status number_keys(rc *r, uint32_t *key_of, size_t *keys)
{
    ds_map *m = ds_map_new(r->a, 0);
    if (!m)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++) {
        ds_str key;
        uint64_t n = ds_map_len(m);
        DS_TRY(row_key(r, &r->rows[i], &key));
        if (ds_map_get(m, key, &n) != DS_OK)
            DS_TRY(ds_map_put(m, key, n = ds_map_len(m)));
        key_of[i] = (uint32_t)n;
    }
    *keys = ds_map_len(m);
    return DS_OK;
}

ds_status rc_group(rc *r)
{
    uint32_t *number = ds_arena_calloc(r->a, r->rows_len, sizeof *number), buckets = 0;
    size_t keys;
    row_list *lists;
    rc_questions found = {0};
    if (!number)
        return DS_NOMEM;
    DS_TRY(number_keys(r, number, &keys));
    DS_TRY(rows_by(r, number, keys, &lists));
    for (size_t k = 0; k < keys; k++)
        DS_TRY(join_subjects(r, lists[k].at, lists[k].len, &buckets));
    mark_stale(r);
    for (size_t i = 0; i < r->rows_len; i++)
        number[i] = r->rows[i].bucket;
    DS_TRY(rows_by(r, number, buckets, &lists));
    for (size_t k = 0; k < buckets; k++)
        DS_TRY(rc_scopes(r, lists[k].at, lists[k].len, &found));
    r->groups = found.at;
    r->groups_len = found.len;
    for (uint32_t q = 0; q < found.len; q++)
        for (size_t i = 0; i < found.at[q].len; i++)
            r->rows[found.at[q].rows[i]].question = q;
    return DS_OK;
}
