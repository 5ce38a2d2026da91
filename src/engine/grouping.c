/* SPDX-License-Identifier: Apache-2.0 */
/* grouping.c - each article into its story as it comes: the cluster holds what it needs of the store, and gives back what changed. */
#include "engine/grouping.h"

#include "engine/defaults.h"

#include <stdlib.h>

struct ds_grouper {
    const ds_cluster_model *model;
    ds_store *store;
    ds_cluster *cluster;
    ds_arena *a; /* of one article; reset before the next */
    int64_t next_story, reread;
    ds_str reckoner; /* of the finished stories; lives in `kept` */
    ds_arena *kept;
};

static ds_status no_memory(ds_err *err)
{
    return ds_fail(err, DS_NOMEM, "no memory left", 0);
}

/* Bytes of the store that are not what was put there. */
static ds_status sound(ds_status got, const char *what, ds_err *err)
{
    return got == DS_BAD || got == DS_LIMIT ? ds_fail(err, DS_IO, what, 0) : got;
}

#define BAD_STATE "damaged: bad state in grouping (see: dossier verify)"
#define BAD_TERM "damaged: bad row in term (see: dossier verify)"
#define BAD_RECORD "damaged: bad record in member (see: dossier verify)"

/* An empty cluster that knows what the store's knows of numbers and counts. */
static ds_status begin(ds_grouper *g, ds_str state, ds_err *err)
{
    ds_cluster *c;
    DS_TRY(ds_cluster_new(g->model, &c, err));
    ds_cluster_free(g->cluster);
    g->cluster = c;
    return state.at ? sound(ds_cluster_state_get(c, state, err), BAD_STATE, err) : DS_OK;
}

static ds_status go_on(ds_grouper *g, ds_err *err)
{
    ds_grouping head;
    if (!g->a || !g->kept)
        return no_memory(err);
    DS_TRY(ds_store_grouping(g->store, g->kept, &head, err));
    g->next_story = head.next_story;
    g->reread = head.reread;
    g->reckoner = head.reckoner;
    return begin(g, head.state, err);
}

ds_status ds_grouper_open(ds_store *store, const ds_cluster_model *model, ds_grouper **out,
                          ds_err *err)
{
    ds_grouper *g = calloc(1, sizeof *g);
    if (!g)
        return no_memory(err);
    *g = (ds_grouper){.model = model, .store = store};
    g->a = ds_arena_new(DS_GROUPING_BLOCK, DS_GROUPING_BUDGET);
    g->kept = ds_arena_new(0, DS_GROUPING_BUDGET);
    const ds_status st = go_on(g, err);
    if (st < 0) {
        ds_grouper_close(g);
        return st;
    }
    *out = g;
    return DS_OK;
}

void ds_grouper_close(ds_grouper *g)
{
    if (!g)
        return;
    ds_cluster_free(g->cluster);
    ds_arena_free(g->a);
    ds_arena_free(g->kept);
    free(g);
}

/* ---- what one article needs --------------------------------------------------------------------------------- */

static ds_status need_terms(ds_grouper *g, const ds_story_marks *m, ds_err *err)
{
    for (uint32_t i = 0; i < m->len; i++) {
        ds_str row;
        if (ds_cluster_has_term(g->cluster, m->terms[i].hash))
            continue;
        ds_status got = ds_store_term(g->store, g->a, m->terms[i].hash, &row, err);
        if (got == DS_OK)
            got = sound(ds_cluster_term_get(g->cluster, m->terms[i].hash, row, err), BAD_TERM, err);
        if (got < 0)
            return got;
    }
    return DS_OK;
}

/* The store knows who went and who is where; the cluster may hold what was so when it last asked. */
static ds_status need_record(ds_grouper *g, uint32_t number, ds_err *err)
{
    ds_membership m;
    ds_status got = ds_store_member(g->store, g->a, number, &m, err);
    if (got < 0)
        return got;
    if (got != DS_OK || !m.record.at) {
        ds_cluster_forget(g->cluster, number);
        return DS_OK;
    }
    if (!ds_cluster_has_record(g->cluster, number))
        DS_TRY(sound(ds_cluster_record_get(g->cluster, number, m.record, err), BAD_RECORD, err));
    ds_cluster_assign(g->cluster, number, (uint32_t)m.story);
    return DS_OK;
}

static ds_status need(ds_grouper *g, uint32_t number, const ds_story_marks *m, ds_err *err)
{
    uint32_t near[DS_CLUSTER_NEAR], n;
    DS_TRY(need_terms(g, m, err));
    DS_TRY(ds_cluster_wants(g->cluster, number, m, near, &n, err));
    for (uint32_t i = 0; i < n; i++)
        DS_TRY(need_record(g, near[i], err));
    return DS_OK;
}

/* ---- one article ---------------------------------------------------------------------------------------------- */

static ds_status name_of(ds_grouper *g, int64_t number, ds_str *out, ds_err *err)
{
    ds_status got = ds_store_doc_of(g->store, g->a, number, out, err);
    if (got == DS_NONE)
        *out = (ds_str){0};
    return got < 0 ? got : DS_OK;
}

static ds_status tell(ds_grouper *g, const char *kind, int64_t story, int64_t other,
                      int64_t article, int64_t near, double odds, uint32_t why, ds_err *err)
{
    ds_regrouping r = {ds_str_of(kind), story, other, {0}, {0}, odds, why};
    DS_TRY(name_of(g, article, &r.article, err));
    DS_TRY(name_of(g, near, &r.near, err));
    return ds_store_put_regrouping(g->store, &r, err);
}

static ds_status is_full(ds_grouper *g, int64_t story, bool *out, ds_err *err)
{
    int64_t n;
    DS_TRY(ds_store_count_members(g->store, story, DS_STORY_MOST, &n, err));
    *out = n >= DS_STORY_MOST;
    return DS_OK;
}

/* Is it the last of as many articles as make two stories one? */
static ds_status is_bound(ds_grouper *g, const ds_joined *j, bool *out, ds_err *err)
{
    int64_t n;
    DS_TRY(ds_store_put_bond(g->store, j->story, j->also, &n, err));
    *out = n >= DS_CLUSTER_BONDS;
    return DS_OK;
}

/* The older id stays. */
static ds_status merge(ds_grouper *g, uint32_t number, const ds_joined *j, ds_err *err)
{
    const uint32_t into = j->story < j->also ? j->story : j->also, from = j->story + j->also - into;
    const ds_near *near = NULL;
    for (uint32_t i = 0; i < j->near_len && !near; i++)
        near = j->near[i].story == j->also ? &j->near[i] : NULL;
    int64_t n, m;
    bool one = j->one;
    if (near && !one)
        DS_TRY(is_bound(g, j, &one, err));
    if (!near || !one)
        return DS_OK;
    DS_TRY(ds_store_count_members(g->store, into, DS_STORY_MOST, &n, err));
    DS_TRY(ds_store_count_members(g->store, from, DS_STORY_MOST, &m, err));
    if (n + m > DS_STORY_MOST)
        return DS_OK;
    const ds_membership binds = {.story = j->also,
                                 .near = number,
                                 .odds = (double)near->odds,
                                 .why = near->why,
                                 .days = near->days};
    DS_TRY(ds_store_bind_openers(g->store, &binds, err));
    ds_cluster_rename(g->cluster, from, into);
    if (g->reread >= 0) /* these ids are nobody's yet */
        return ds_store_rename(g->store, from, into, err);
    DS_TRY(ds_store_merge(g->store, from, into, err));
    return tell(g, "merge", into, from, number, near->article, (double)near->odds, near->why, err);
}

/* In a rereading ids are given at its end. */
static ds_status former_of(ds_grouper *g, int64_t page, uint32_t n, int64_t *id, ds_err *err)
{
    return g->reread >= 0 ? DS_NONE : ds_store_former(g->store, page, n, id, err);
}

static ds_status fresh_id(ds_grouper *g, int64_t *id, ds_err *err)
{
    *id = g->next_story++;
    return *id > 0 && *id <= INT32_MAX
               ? DS_OK
               : ds_fail(err, DS_LIMIT, "more stories than a store may have", 0);
}

/* Of an article that opens a story: the one that its page's version before was alone in, else a new one. */
static ds_status open_story(ds_grouper *g, int64_t page, uint32_t n, uint32_t *story, ds_err *err)
{
    int64_t id;
    ds_status got = former_of(g, page, n, &id, err);
    if (got < 0)
        return got;
    if (got == DS_NONE)
        DS_TRY(fresh_id(g, &id, err));
    *story = (uint32_t)id;
    return DS_OK;
}

/* A version that joins others leaves behind the story that the version before was alone in. */
static ds_status leave_former(ds_grouper *g, int64_t page, uint32_t n, uint32_t story, ds_err *err)
{
    int64_t id;
    ds_status got = former_of(g, page, n, &id, err);
    return got == DS_OK && id != story ? ds_store_merge(g->store, id, story, err)
           : got < 0                   ? got
                                       : DS_OK;
}

static ds_status put_member(ds_grouper *g, uint32_t number, int64_t article, const ds_joined *j,
                            uint32_t story, ds_err *err)
{
    ds_membership m = {
        .number = number, .article = article, .story = story, .near = DS_NEAR_NONE, .days = -1};
    for (uint32_t i = 0; i < j->near_len && !j->opened; i++)
        if (j->near[i].story == j->story) {
            m.near = j->near[i].article;
            m.odds = (double)j->odds;
            m.why = j->near[i].why;
            m.days = j->near[i].days;
            break;
        }
    ds_buf b = ds_buf_new(g->a);
    if (ds_cluster_record_put(g->cluster, number, &b) < 0)
        return no_memory(err);
    m.record = ds_buf_str(&b);
    return m.record.at ? ds_store_put_member(g->store, &m, err) : no_memory(err);
}

/* A full story takes nobody: the article goes to the surest other one that it is sure of, or opens one. */
static ds_status pass_over_full(ds_grouper *g, ds_joined *j, ds_err *err)
{
    bool full = false;
    if (j->opened)
        return DS_OK;
    DS_TRY(is_full(g, j->story, &full, err));
    if (!full)
        return DS_OK;
    const uint32_t first = j->story;
    j->opened = true;
    for (uint32_t i = 0; i < j->near_len && j->opened && j->near[i].odds >= j->least; i++) {
        DS_TRY(is_full(g, j->near[i].story, &full, err));
        if (full || j->near[i].story == first)
            continue;
        j->opened = false;
        j->story = j->also = j->near[i].story;
        j->odds = j->near[i].odds;
    }
    return DS_OK;
}

ds_status ds_grouper_put(ds_grouper *g, int64_t page, int64_t article, const ds_reading *r,
                         ds_err *err)
{
    const uint32_t number = ds_cluster_next(g->cluster);
    ds_story_marks m;
    ds_joined j;
    uint32_t story;
    ds_arena_reset(g->a);
    DS_TRY(ds_story_marks_get(g->a, r->marks, &m, err));
    DS_TRY(ds_story_marks_cut(g->a, g->model, &m, err));
    DS_TRY(need(g, number, &m, err));
    DS_TRY(ds_cluster_add(g->cluster, number, &m, &j, err));
    DS_TRY(pass_over_full(g, &j, err));
    story = j.story;
    DS_TRY(j.opened ? open_story(g, page, r->article->n, &story, err)
                    : leave_former(g, page, r->article->n, story, err));
    ds_cluster_assign(g->cluster, number, story);
    DS_TRY(put_member(g, number, article, &j, story, err));
    return !j.opened && j.also != j.story ? merge(g, number, &j, err) : DS_OK;
}

/* ---- before a commit ---------------------------------------------------------------------------------------------- */

typedef struct flushing {
    ds_grouper *g;
    ds_err *err;
} flushing;

static ds_status flush_term(void *ctx, uint32_t hash)
{
    flushing *f = ctx;
    ds_arena_reset(f->g->a);
    ds_buf b = ds_buf_new(f->g->a);
    ds_status got = ds_cluster_term_put(f->g->cluster, hash, &b);
    ds_str row = ds_buf_str(&b);
    if (got < 0 || !row.at)
        return no_memory(f->err);
    return ds_store_put_term(f->g->store, hash, row, f->err);
}

ds_status ds_grouper_flush(ds_grouper *g, ds_err *err)
{
    flushing f = {g, err};
    DS_TRY(ds_cluster_changed(g->cluster, flush_term, &f));
    ds_arena_reset(g->a);
    ds_buf b = ds_buf_new(g->a);
    ds_cluster_state_put(g->cluster, &b);
    ds_grouping head = {ds_buf_str(&b), g->next_story, g->reckoner, g->reread};
    if (!head.state.at)
        return no_memory(err);
    DS_TRY(ds_store_put_grouping(g->store, &head, err));
    return ds_cluster_bytes(g->cluster) > DS_CLUSTER_BUDGET ? begin(g, head.state, err) : DS_OK;
}

int64_t ds_grouper_reread(const ds_grouper *g)
{
    return g->reread;
}

void ds_grouper_reread_to(ds_grouper *g, int64_t page)
{
    g->reread = page;
}

ds_status ds_grouper_reckoned_by(ds_grouper *g, ds_str reckoner, ds_err *err)
{
    if (ds_str_eq(g->reckoner, reckoner))
        return DS_OK;
    g->reckoner = ds_arena_str(g->kept, reckoner);
    return g->reckoner.at ? ds_store_touch_all(g->store, err) : no_memory(err);
}

/* ---- a story that lost articles ------------------------------------------------------------------------------------ */

typedef struct parts {
    ds_memberships all;
    ds_memberships lost;
    ds_membership *at; /* of `all`, ours to change */
    size_t *of;        /* for each the member that stands for its part */
} parts;

static size_t part_of(const parts *p, size_t i)
{
    while (p->of[i] != i)
        i = p->of[i];
    return i;
}

static void bind(parts *p, size_t a, size_t b)
{
    a = part_of(p, a);
    b = part_of(p, b);
    p->of[a > b ? a : b] = a < b ? a : b;
}

static int by_number(const void *pa, const void *pb)
{
    const ds_membership *a = pa, *b = pb;
    return (a->number > b->number) - (a->number < b->number);
}

/* Place of a number among the members, or their count. */
static size_t place_of(const ds_memberships *v, int64_t number)
{
    const ds_membership key = {.number = number};
    const ds_membership *at = v->len ? bsearch(&key, v->at, v->len, sizeof key, by_number) : NULL;
    return at ? (size_t)(at - v->at) : v->len;
}

/* An article that stood beside one that went: with whom of its story would it be put now? */
static ds_status look_again(ds_grouper *g, ds_membership *m, ds_joined *j, ds_err *err)
{
    const uint32_t self = (uint32_t)m->number, number = ds_cluster_next(g->cluster);
    ds_story_marks marks;
    ds_arena_reset(g->a);
    DS_TRY(sound(ds_cluster_record_marks(g->a, m->record, &marks, err), BAD_RECORD, err));
    ds_cluster_leave_out(g->cluster, &self, 1);
    ds_status got = need(g, number, &marks, err);
    if (got >= 0)
        got = ds_cluster_find(g->cluster, number, &marks, j, err);
    ds_cluster_leave_out(g->cluster, NULL, 0);
    return got;
}

static ds_status bind_again(ds_grouper *g, parts *p, size_t i, ds_err *err)
{
    ds_membership *m = &p->at[i];
    ds_joined j;
    DS_TRY(look_again(g, m, &j, err));
    m->near = DS_NEAR_NONE;
    m->odds = 0;
    m->why = 0;
    m->days = -1;
    for (uint32_t k = 0; k < j.near_len; k++) {
        const size_t near = place_of(&p->all, j.near[k].article);
        if (near == p->all.len || j.near[k].odds <= 0)
            continue;
        bind(p, i, near);
        if (m->near != DS_NEAR_NONE)
            continue;
        m->near = j.near[k].article;
        m->odds = (double)j.near[k].odds;
        m->why = j.near[k].why;
        m->days = j.near[k].days;
    }
    return DS_OK;
}

/* Members of an older version have no record, and stay together. */
static ds_status bind_members(ds_grouper *g, parts *p, ds_err *err)
{
    size_t unknown = p->all.len;
    for (size_t i = 0; i < p->all.len; i++) {
        const ds_membership *m = &p->at[i];
        const size_t near = m->near == DS_NEAR_NONE ? p->all.len : place_of(&p->all, m->near);
        if (near < p->all.len)
            bind(p, i, near);
        else if (m->record.at && place_of(&p->lost, m->near) < p->lost.len)
            DS_TRY(bind_again(g, p, i, err));
        if (!m->record.at && unknown < p->all.len)
            bind(p, i, unknown);
        unknown = m->record.at ? unknown : i;
    }
    return DS_OK;
}

/* The largest part; of equals the oldest. */
static size_t main_part(const parts *p, size_t *sizes)
{
    size_t most = 0;
    for (size_t i = 0; i < p->all.len; i++)
        sizes[part_of(p, i)]++;
    for (size_t i = 0; i < p->all.len; i++)
        most = sizes[i] > sizes[most] ? i : most;
    return most;
}

static ds_status part(ds_grouper *g, ds_arena *a, const parts *p, ds_err *err)
{
    size_t *sizes = ds_arena_calloc(a, p->all.len, sizeof *sizes);
    int64_t *ids = ds_arena_calloc(a, p->all.len, sizeof *ids);
    if (!sizes || !ids)
        return no_memory(err);
    const size_t stays = main_part(p, sizes);
    ids[stays] = p->at[0].story;
    for (size_t i = 0; i < p->all.len; i++) {
        const size_t k = part_of(p, i);
        ds_membership m = p->at[i];
        if (!ids[k]) {
            DS_TRY(fresh_id(g, &ids[k], err));
            DS_TRY(tell(g, "split", ids[stays], ids[k], m.number, p->at[stays].number, m.odds,
                        m.why, err));
        }
        m.story = ids[k];
        DS_TRY(ds_store_put_member(g->store, &m, err));
        if (m.number >= 0)
            ds_cluster_assign(g->cluster, (uint32_t)m.number, (uint32_t)m.story);
    }
    return DS_OK;
}

ds_status ds_grouper_settle(ds_grouper *g, ds_arena *a, int64_t story, ds_err *err)
{
    parts p = {0};
    DS_TRY(ds_store_lost(g->store, a, story, &p.lost, err));
    if (!p.lost.len)
        return DS_OK;
    DS_TRY(ds_store_members(g->store, a, story, &p.all, err));
    p.of = ds_arena_calloc(a, p.all.len, sizeof *p.of);
    p.at = ds_arena_calloc(a, p.all.len, sizeof *p.at);
    if (!p.of || !p.at)
        return no_memory(err);
    for (size_t i = 0; i < p.all.len; i++) {
        p.of[i] = i;
        p.at[i] = p.all.at[i];
    }
    DS_TRY(bind_members(g, &p, err));
    return p.all.len ? part(g, a, &p, err) : DS_OK;
}

/* ---- stories about much the same ------------------------------------------------------------------------------------ */

static void keep_likest(const ds_joined *j, ds_similar *best, size_t *n)
{
    for (uint32_t i = 0; i < j->near_len; i++) {
        const double like = (double)j->near[i].like;
        size_t k = 0;
        while (k < *n && best[k].story != j->near[i].story)
            k++;
        if (like < DS_SIMILAR_LEAST)
            continue;
        if (k == *n)
            best[(*n)++] = (ds_similar){.story = j->near[i].story, .likeness = like};
        else if (like > best[k].likeness)
            best[k].likeness = like;
    }
}

static int likest_first(const void *pa, const void *pb)
{
    const ds_similar *a = pa, *b = pb;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness ? -1 : 1;
    return (a->story > b->story) - (a->story < b->story);
}

static ds_status probe(ds_grouper *g, const ds_membership *m, ds_joined *j, ds_err *err)
{
    const uint32_t number = ds_cluster_next(g->cluster);
    ds_story_marks marks;
    ds_arena_reset(g->a);
    DS_TRY(sound(ds_cluster_record_marks(g->a, m->record, &marks, err), BAD_RECORD, err));
    DS_TRY(need(g, number, &marks, err));
    return ds_cluster_find(g->cluster, number, &marks, j, err);
}

static ds_status probe_all(ds_grouper *g, const ds_memberships *v, ds_similar *best, size_t *n,
                           ds_err *err)
{
    for (size_t i = 0; i < DS_SIMILAR_PROBES; i++) {
        const size_t at = i * (v->len - 1) / (DS_SIMILAR_PROBES - 1);
        ds_joined j;
        if ((i && at == (i - 1) * (v->len - 1) / (DS_SIMILAR_PROBES - 1)) || !v->at[at].record.at)
            continue;
        DS_TRY(probe(g, &v->at[at], &j, err));
        keep_likest(&j, best, n);
    }
    return DS_OK;
}

ds_status ds_grouper_similar(ds_grouper *g, ds_arena *a, int64_t story, ds_err *err)
{
    ds_memberships v;
    ds_similar best[DS_SIMILAR_PROBES * DS_CLUSTER_NEAR];
    size_t n = 0, own = 0;
    DS_TRY(ds_store_members(g->store, a, story, &v, err));
    if (!v.len)
        return DS_OK;
    uint32_t *numbers = ds_arena_calloc(a, v.len, sizeof *numbers);
    if (!numbers)
        return no_memory(err);
    for (size_t i = 0; i < v.len; i++)
        if (v.at[i].number >= 0)
            numbers[own++] = (uint32_t)v.at[i].number;
    ds_cluster_leave_out(g->cluster, numbers, own);
    ds_status got = probe_all(g, &v, best, &n, err);
    ds_cluster_leave_out(g->cluster, NULL, 0);
    DS_TRY(got);
    if (n)
        qsort(best, n, sizeof *best, likest_first);
    n = n < DS_SIMILAR_MOST ? n : DS_SIMILAR_MOST;
    return ds_store_put_similar(g->store, story, best, n, err);
}
