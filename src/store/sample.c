/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sample.h"

#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- filling ---------------------------------------------------------------------------------------- */

#define SAMPLE_LIST 2 /* elements of every list */

static uint32_t number(ds_sample *s)
{
    s->seed++;
    return s->small ? s->seed % 2 : s->seed * 7;
}

static ds_str text(ds_sample *s, const char *name)
{
    ds_str t = ds_arena_printf(s->a, "the “%s” of %u, \"quoted\"\n\twith a line", name, ++s->seed);
    assert_non_null(t.at);
    return t;
}

static void fill_fields(ds_sample *s, const ds_field *fields, size_t n, char *obj);

static void fill_list(ds_sample *s, const ds_field *f, char *obj)
{
    const ds_list_shape *sh = f->more;
    size_t len = sh->fixed && f->aux == DS_NO_AUX ? sh->fixed : SAMPLE_LIST;
    char *at = sh->fixed ? obj + f->at : ds_arena_calloc(s->a, len, sh->size);
    assert_non_null(at);
    for (size_t i = 0; i < len; i++)
        fill_fields(s, sh->fields, sh->fields_len, at + i * sh->size);
    if (sh->fixed && f->aux != DS_NO_AUX) {
        uint32_t n = (uint32_t)len;
        memcpy(obj + f->aux, &n, sizeof n);
    } else if (!sh->fixed) {
        memcpy(obj + f->at, &at, sizeof at);
        memcpy(obj + f->aux, &len, sizeof len);
    }
}

static void fill_enum(ds_sample *s, const ds_field *f, char *at)
{
    const char *const *names = f->more;
    unsigned count = 0, v;
    while (names && names[count])
        count++;
    v = ++s->seed % (count ? count : 2);
    memcpy(at, &v, sizeof v);
}

static void fill_frac(ds_sample *s, const ds_field *f, char *obj)
{
    bool has = true;
    ds_frac v = {(int64_t)++s->seed * 1000003, 7};
    memcpy(obj + f->at, &v, sizeof v);
    if (f->aux != DS_NO_AUX)
        memcpy(obj + f->aux, &has, sizeof has);
}

static void fill_field(ds_sample *s, const ds_field *f, char *obj)
{
    ds_str t;
    bool yes;
    uint32_t u;
    ds_span span;
    ds_days days;
    switch (f->type) {
    case DS_F_STR:
        t = text(s, f->name);
        memcpy(obj + f->at, &t, sizeof t);
        return;
    case DS_F_BOOL:
        yes = ++s->seed % 2;
        memcpy(obj + f->at, &yes, sizeof yes);
        return;
    case DS_F_U32:
    case DS_F_INDEX:
        u = number(s);
        memcpy(obj + f->at, &u, sizeof u);
        return;
    case DS_F_DAY: /* before 1970 too */
        u = number(s);
        u = u % 2 ? u : 0u - u;
        memcpy(obj + f->at, &u, sizeof u);
        return;
    case DS_F_SPAN:
        span = (ds_span){++s->seed % 4, 4 + s->seed % 5};
        memcpy(obj + f->at, &span, sizeof span);
        return;
    case DS_F_DAYS:
        days = (ds_days){(int32_t)++s->seed, (int32_t)s->seed + 3};
        memcpy(obj + f->at, &days, sizeof days);
        return;
    case DS_F_ENUM:
        fill_enum(s, f, obj + f->at);
        return;
    case DS_F_FRAC:
        fill_frac(s, f, obj);
        return;
    case DS_F_LIST:
        fill_list(s, f, obj);
        return;
    }
}

static void fill_fields(ds_sample *s, const ds_field *fields, size_t n, char *obj)
{
    for (size_t i = 0; i < n; i++)
        fill_field(s, &fields[i], obj);
}

void ds_sample_fill(ds_sample *s, const ds_shape *sh, void *obj)
{
    memset(obj, 0, sh->size);
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++)
        fill_fields(s, sh->parts[p].fields, sh->parts[p].len, (char *)obj + sh->parts[p].base);
}

/* ---- comparing -------------------------------------------------------------------------------------- */

static bool same_field(const ds_field *f, const char *x, const char *y);

static bool same_list(const ds_field *f, const char *x, const char *y)
{
    const ds_list_shape *sh = f->more;
    size_t x_len = 0, y_len = 0;
    const char *x_at = ds_list_at(f, x, &x_len), *y_at = ds_list_at(f, y, &y_len);
    if (x_len != y_len)
        return false;
    for (size_t i = 0; i < x_len; i++)
        for (size_t k = 0; k < sh->fields_len; k++)
            if (!same_field(&sh->fields[k], x_at + i * sh->size, y_at + i * sh->size))
                return false;
    return true;
}

static bool same_str(const char *x, const char *y)
{
    ds_str a, b;
    memcpy(&a, x, sizeof a);
    memcpy(&b, y, sizeof b);
    return ds_str_eq(a, b);
}

static bool same_flag(const ds_field *f, const char *x, const char *y)
{
    return f->aux == DS_NO_AUX || memcmp(x + f->aux, y + f->aux, sizeof(bool)) == 0;
}

static bool same_field(const ds_field *f, const char *x, const char *y)
{
    static const size_t sizes[] = {
        [DS_F_BOOL] = sizeof(bool),     [DS_F_U32] = sizeof(uint32_t),
        [DS_F_INDEX] = sizeof(int32_t), [DS_F_DAY] = sizeof(ds_day),
        [DS_F_ENUM] = sizeof(unsigned), [DS_F_SPAN] = sizeof(ds_span),
        [DS_F_DAYS] = sizeof(ds_days),  [DS_F_FRAC] = sizeof(ds_frac),
    };
    if (f->type == DS_F_LIST)
        return same_list(f, x, y);
    if (f->type == DS_F_STR)
        return same_str(x + f->at, y + f->at);
    if (f->type == DS_F_FRAC && !same_flag(f, x, y))
        return false;
    return memcmp(x + f->at, y + f->at, sizes[f->type]) == 0;
}

const char *ds_sample_differs(const ds_shape *sh, const void *x, const void *y)
{
    for (size_t p = 0; p < DS_SHAPE_PARTS; p++) {
        const ds_shape_part *part = &sh->parts[p];
        for (size_t i = 0; i < part->len; i++)
            if (!same_field(&part->fields[i], (const char *)x + part->base,
                            (const char *)y + part->base))
                return part->fields[i].name;
    }
    return NULL;
}

static void check_rows(const ds_shape *sh, const void *x, size_t x_len, const void *y, size_t y_len)
{
    assert_int_equal(x_len, y_len);
    for (size_t i = 0; i < x_len; i++) {
        const char *field =
            ds_sample_differs(sh, (const char *)x + i * sh->size, (const char *)y + i * sh->size);
        if (field)
            fail_msg("%s %zu: %s differs", sh->table, i, field);
    }
}

void ds_sample_check_dossier(const ds_dossier *x, const ds_dossier *y)
{
    const ds_ledger *l = &x->ledger, *m = &y->ledger;
    assert_int_equal(x->story, y->story);
    check_rows(&ds_shape_story, x, 1, y, 1);
    check_rows(&ds_shape_source, x->sources, x->sources_len, y->sources, y->sources_len);
    check_rows(&ds_shape_row, x->rows, x->rows_len, y->rows, y->rows_len);
    check_rows(&ds_shape_flag, l->flags, l->flags_len, m->flags, m->flags_len);
    check_rows(&ds_shape_force, l->forces, l->forces_len, m->forces, m->forces_len);
    check_rows(&ds_shape_key_point, x->key_points, x->key_points_len, y->key_points,
               y->key_points_len);
    check_rows(&ds_shape_event, x->timeline, x->timeline_len, y->timeline, y->timeline_len);
    check_rows(&ds_shape_copy, x->copies, x->copies_len, y->copies, y->copies_len);
    check_rows(&ds_shape_overlap, x->overlaps, x->overlaps_len, y->overlaps, y->overlaps_len);
    const ds_who *v = &x->who, *w = &y->who;
    check_rows(&ds_shape_holder, v->holders, v->holders_len, w->holders, w->holders_len);
    check_rows(&ds_shape_join, v->joins, v->joins_len, w->joins, w->joins_len);
    check_rows(&ds_shape_unsure, v->unsure, v->unsure_len, w->unsure, w->unsure_len);
    check_rows(&ds_shape_place, v->places, v->places_len, w->places, w->places_len);
    check_rows(&ds_shape_question, l->questions, l->questions_len, m->questions, m->questions_len);
    for (size_t i = 0; i < l->questions_len; i++) {
        const ds_question *q = &l->questions[i], *r = &m->questions[i];
        check_rows(&ds_shape_answer, q->answers, q->answers_len, r->answers, r->answers_len);
        check_rows(&ds_shape_origin, q->origins, q->origins_len, r->origins, r->origins_len);
        check_rows(&ds_shape_pair, q->pairs, q->pairs_len, r->pairs, r->pairs_len);
        check_rows(&ds_shape_tie, q->ties, q->ties_len, r->ties, r->ties_len);
        check_rows(&ds_shape_step, q->estimate.steps, q->estimate.steps_len, r->estimate.steps,
                   r->estimate.steps_len);
    }
}

/* ---- whole structs ---------------------------------------------------------------------------------- */

static void *fill_rows(ds_sample *s, const ds_shape *sh, size_t *len)
{
    char *at = ds_arena_calloc(s->a, SAMPLE_LIST, sh->size);
    assert_non_null(at);
    for (size_t i = 0; i < SAMPLE_LIST; i++)
        ds_sample_fill(s, sh, at + i * sh->size);
    *len = SAMPLE_LIST;
    return at;
}

ds_page ds_sample_page(ds_sample *s, const char *name, const char *bytes)
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    assert_int_equal(EVP_Digest(bytes, strlen(bytes), raw, &len, EVP_sha256(), NULL), 1);
    return (ds_page){.name = ds_str_of(name),
                     .bytes = ds_str_of(bytes),
                     .sha256 = ds_hex(s->a, raw, len),
                     .media = DS_STR("text/html"),
                     .fetched = ds_day_of(2025, 2, 8),
                     .published = DS_DAY_NONE};
}

ds_reading ds_sample_reading(ds_sample *s, ds_str doc)
{
    ds_article_row *row = ds_arena_alloc(s->a, sizeof *row);
    ds_claim *claims = fill_rows(s, &ds_shape_claim, &(size_t){0});
    assert_non_null(row);
    ds_sample_fill(s, &ds_shape_article, row);
    row->article.doc = doc;
    row->article.n = 1;
    return (ds_reading){.article = &row->article,
                        .sents = row->sents,
                        .sents_len = row->sents_len,
                        .claims = {claims, SAMPLE_LIST},
                        .days = row->days};
}

ds_dossier ds_sample_dossier(ds_sample *s, const char *const docs[2])
{
    ds_dossier d;
    s->small = true;
    ds_sample_fill(s, &ds_shape_story, &d);
    ds_source *sources = fill_rows(s, &ds_shape_source, &d.sources_len);
    for (size_t i = 0; i < SAMPLE_LIST; i++)
        sources[i].doc = ds_str_of(docs[i]);
    ds_question *questions = fill_rows(s, &ds_shape_question, &d.ledger.questions_len);
    for (size_t i = 0; i < SAMPLE_LIST; i++) {
        questions[i].answers = fill_rows(s, &ds_shape_answer, &questions[i].answers_len);
        questions[i].origins = fill_rows(s, &ds_shape_origin, &questions[i].origins_len);
        questions[i].pairs = fill_rows(s, &ds_shape_pair, &questions[i].pairs_len);
        questions[i].ties = fill_rows(s, &ds_shape_tie, &questions[i].ties_len);
        questions[i].estimate.steps =
            fill_rows(s, &ds_shape_step, &questions[i].estimate.steps_len);
    }
    d.sources = sources;
    d.ledger.questions = questions;
    d.rows = fill_rows(s, &ds_shape_row, &d.rows_len);
    d.ledger.flags = fill_rows(s, &ds_shape_flag, &d.ledger.flags_len);
    d.ledger.forces = fill_rows(s, &ds_shape_force, &d.ledger.forces_len);
    d.key_points = fill_rows(s, &ds_shape_key_point, &d.key_points_len);
    d.timeline = fill_rows(s, &ds_shape_event, &d.timeline_len);
    d.copies = fill_rows(s, &ds_shape_copy, &d.copies_len);
    d.overlaps = fill_rows(s, &ds_shape_overlap, &d.overlaps_len);
    d.who.holders = fill_rows(s, &ds_shape_holder, &d.who.holders_len);
    d.who.joins = fill_rows(s, &ds_shape_join, &d.who.joins_len);
    d.who.unsure = fill_rows(s, &ds_shape_unsure, &d.who.unsure_len);
    d.who.places = fill_rows(s, &ds_shape_place, &d.who.places_len);
    s->small = false;
    return d;
}

/* ---- the place -------------------------------------------------------------------------------------- */

#define SAMPLE_BUDGET ((size_t)256 << 20)
static char folder[64];

int ds_sample_enter(void **state)
{
    snprintf(folder, sizeof folder, "/tmp/dossier-store-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    *state = ds_arena_new(0, SAMPLE_BUDGET);
    return *state ? 0 : -1;
}

int ds_sample_leave(void **state)
{
    char command[128];
    ds_arena_free(*state);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

ds_store *ds_sample_open(ds_arena *a, ds_store_mode mode)
{
    ds_store *s = NULL;
    ds_err err = {0};
    if (ds_store_open(a, DS_STR(SAMPLE_DB), mode, &s, &err) != DS_OK)
        fail_msg("%s", err.what ? err.what : "nothing there");
    return s;
}

int64_t ds_sample_ask(ds_store *s, const char *sql)
{
    sqlite3_stmt *st = NULL;
    assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return v;
}

void ds_sample_story(ds_store *s, ds_arena *a, ds_dossier *out)
{
    static const char *const docs[2] = {"a.html", "b.html"};
    ds_sample sample = {.a = a};
    int64_t ids[2], page_id;
    *out = ds_sample_dossier(&sample, docs);
    ds_row *rows = (ds_row *)out->rows; /* ours, from the arena */
    assert_int_equal(ds_store_begin(s, NULL), DS_OK);
    for (size_t i = 0; i < 2; i++) {
        ds_page page = ds_sample_page(
            &sample, docs[i], i ? "<p>bytes of the second page" : "<p>bytes of the first page");
        ds_reading r = ds_sample_reading(&sample, page.name);
        assert_int_equal(ds_store_put_page(s, &page, DS_STR("reader 1"), &page_id, NULL), DS_OK);
        assert_int_equal(ds_store_put_reading(s, page_id, &r, &ids[i], NULL), DS_OK);
        ds_membership m = {
            .number = (int64_t)i, .article = ids[i], .story = 1, .near = DS_NEAR_NONE};
        assert_int_equal(ds_store_put_member(s, &m, NULL), DS_OK);
        rows[i].member = (uint32_t)i;
        rows[i].claim.id = r.claims.at[0].id;
    }
    out->story = 1;
    assert_int_equal(ds_store_put_story(s, out, ids, DS_STR("stamp"), NULL), DS_OK);
    assert_int_equal(ds_store_put_grouping(s, &(ds_grouping){.next_story = 2, .reread = -1}, NULL),
                     DS_OK);
    assert_int_equal(ds_store_commit(s, NULL), DS_OK);
}
