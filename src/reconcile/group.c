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

typedef DS_VEC(uint32_t) row_list;

/* The subjects of one key, and who may be joined with whom. */
typedef struct subject_index {
    subjects v;
    ds_map *known;              /* actor and head -> subject */
    ds_map *by_head, *by_actor; /* -> list of subjects */
    DS_VEC(row_list) lists;
    row_list *rows; /* by subject, in order */
} subject_index;

static ds_status list_under(rc *r, subject_index *x, ds_map *m, ds_str key, uint32_t i)
{
    uint64_t at = x->lists.len;
    if (ds_map_get(m, key, &at) != DS_OK) {
        DS_TRY(DS_PUSH(r->a, &x->lists, ((row_list){0})));
        DS_TRY(ds_map_put(m, key, at));
    }
    return DS_PUSH(r->a, &x->lists.at[at], i);
}

static ds_status find_subject(rc *r, subject_index *x, const rc_subject *s, uint32_t *out)
{
    uint64_t at = x->v.len;
    ds_str key = ds_arena_printf(r->a, "%.*s\t%.*s", DS_FMT(s->actor), DS_FMT(s->head));
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(x->known, key, &at) != DS_OK) {
        DS_TRY(ds_map_put(x->known, key, at));
        DS_TRY(list_under(r, x, x->by_head, s->head, (uint32_t)at));
        DS_TRY(list_under(r, x, x->by_actor, s->actor, (uint32_t)at));
        subject new = {s->actor, s->head, s->general, (uint32_t)at};
        DS_TRY(DS_PUSH(r->a, &x->v, new));
    }
    *out = (uint32_t)at;
    return DS_OK;
}

/* Rows of two subjects speak of other things when one page gives both and the figures exclude each other. */
static bool told_apart(const rc *r, const row_list *x, const row_list *y)
{
    for (size_t i = 0, from = 0; i < x->len; i++) {
        const rc_row *a = &r->rows[x->at[i]];
        while (from < y->len && r->rows[y->at[from]].member < a->member)
            from++;
        for (size_t j = from; j < y->len && r->rows[y->at[j]].member == a->member; j++)
            if (rc_exclude(&a->value, &r->rows[y->at[j]].value))
                return true;
    }
    return false;
}

/* S3: at least one figure of the general subject must fit one of the particular subject. */
static bool figures_fit(const rc *r, const row_list *x, const row_list *y)
{
    size_t tries = 0;
    for (size_t i = 0; i < x->len; i++)
        for (size_t j = 0; j < y->len && tries < RC_TRIES_MOST; j++, tries++)
            if (!rc_exclude(&r->rows[x->at[i]].value, &r->rows[y->at[j]].value))
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

/* The one subject among `list` (NULL: all) that i may join; RC_NONE: none, or several. */
static uint32_t only_one(const subject_index *x, uint32_t i, const row_list *list, may_join may)
{
    uint32_t found = RC_NONE;
    size_t len = list ? list->len : x->v.len;
    for (uint32_t k = 0; k < len; k++) {
        uint32_t root = root_of(&x->v, list ? list->at[k] : k);
        if (root_of(&x->v, i) == root || root == found || !may(&x->v.at[i], &x->v.at[root]))
            continue;
        if (found != RC_NONE)
            return RC_NONE;
        found = root;
    }
    return found;
}

/* Joins each subject that lacks something to the one that has it, where just one does. `by` lists those that share the rest. */
static void join_where_clear(const rc *r, subject_index *x, const ds_map *by, may_join may)
{
    for (uint32_t i = 0; i < x->v.len; i++) {
        uint64_t at;
        subject *s = &x->v.at[i];
        bool actor = by == x->by_actor, figures = may == lacks_both;
        if (s->joins != i || (actor ? !s->general : figures && (!s->general || s->actor.len)))
            continue;
        if (by && ds_map_get(by, actor ? s->actor : s->head, &at) != DS_OK)
            continue;
        uint32_t found = only_one(x, i, by ? &x->lists.at[at] : NULL, may);
        if (found == RC_NONE || (figures && (told_apart(r, &x->rows[i], &x->rows[found]) ||
                                             !figures_fit(r, &x->rows[i], &x->rows[found]))))
            continue;
        s->joins = found;
    }
}

/* Rows of one key -> bucket numbers, one per subject that stays. */
static ds_status join_subjects(rc *r, const uint32_t *rows, size_t len, uint32_t *buckets)
{
    uint32_t *of = ds_arena_calloc(r->a, len, sizeof *of);
    subject_index x = {.known = ds_map_new(r->a, 0),
                       .by_head = ds_map_new(r->a, 0),
                       .by_actor = ds_map_new(r->a, 0)};
    if (!of || !x.known || !x.by_head || !x.by_actor)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++)
        DS_TRY(find_subject(r, &x, &r->rows[rows[i]].subject, &of[i]));
    x.rows = ds_arena_calloc(r->a, x.v.len, sizeof *x.rows);
    uint32_t *bucket = ds_arena_calloc(r->a, x.v.len, sizeof *bucket);
    if (!x.rows || !bucket)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++)
        DS_TRY(DS_PUSH(r->a, &x.rows[of[i]], rows[i]));
    join_where_clear(r, &x, x.by_head, lacks_actor);
    join_where_clear(r, &x, x.by_actor, lacks_head);
    join_where_clear(r, &x, NULL, lacks_both);
    for (uint32_t i = 0; i < x.v.len; i++)
        bucket[i] = RC_NONE;
    for (size_t i = 0; i < len; i++) {
        uint32_t root = root_of(&x.v, of[i]);
        if (bucket[root] == RC_NONE)
            bucket[root] = (*buckets)++;
        r->rows[rows[i]].bucket = bucket[root];
    }
    return DS_OK;
}

/* Q9: a caption may be left from an earlier hour; the text beside it wins. */
static void mark_stale_page(rc *r, size_t beg, size_t end, const uint32_t *last)
{
    for (size_t i = beg; i < end; i++) {
        rc_row *row = &r->rows[i];
        row->stale = row->c->part == DS_PART_CAPTION && last[row->bucket] == row->member + 1;
    }
}

/* Rows stand in order of page: a page at a time. */
static ds_status mark_stale(rc *r, uint32_t buckets)
{
    uint32_t *last =
        ds_arena_calloc(r->a, buckets, sizeof *last); /* page with a text row, plus 1 */
    if (!last)
        return DS_NOMEM;
    for (size_t i = 0, j; i < r->rows_len; i = j) {
        for (j = i; j < r->rows_len && r->rows[j].member == r->rows[i].member; j++)
            if (r->rows[j].c->part != DS_PART_CAPTION)
                last[r->rows[j].bucket] = r->rows[j].member + 1;
        mark_stale_page(r, i, j, last);
    }
    return DS_OK;
}

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
    DS_TRY(mark_stale(r, buckets));
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
