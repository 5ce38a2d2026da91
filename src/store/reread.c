/* SPDX-License-Identifier: Apache-2.0 */
/* reread.c - all pages read anew, in order of arrival: where it stands, and which story goes on as which. */
#include "store/internal.h"

#include <stdlib.h>

static ds_status no_memory(ds_err *err)
{
    return ds_fail(err, DS_NOMEM, "no memory left", 0);
}

#define ALL_LEAVE                                                                                  \
    "INSERT OR REPLACE INTO former(key, n, story, number) SELECT p.key, a.n, m.story, m.number"    \
    " FROM member m JOIN article a ON a.id = m.article JOIN page p ON p.id = a.page"

/* Ids that were given, though their stories may never have been finished: those of the rereading come after them. */
#define NEVER_AGAIN_ROW                                                                            \
    "INSERT INTO sqlite_sequence(name, seq) SELECT 'story', 0 WHERE NOT EXISTS"                    \
    " (SELECT 1 FROM sqlite_sequence WHERE name = 'story')"
#define NEVER_AGAIN                                                                                \
    "UPDATE sqlite_sequence SET seq = max(seq, (SELECT next_story - 1 FROM grouping)) WHERE name " \
    "= 'story'"

ds_status ds_store_reread_begin(ds_store *s, ds_err *err)
{
    static const char *const sqls[] = {
        ALL_LEAVE,
        "DELETE FROM member",
        "DELETE FROM term",
        "DELETE FROM bond",
        "INSERT OR IGNORE INTO grouping(id, next_story) VALUES(1, 1)",
        NEVER_AGAIN_ROW,
        NEVER_AGAIN,
        "UPDATE grouping SET state = NULL, reread = 0",
    };
    for (size_t i = 0; i < DS_LEN(sqls); i++)
        DS_TRY(ds_sql_run(s, sqls[i], NULL, 0, err));
    return DS_OK;
}

ds_status ds_store_count_pages(ds_store *s, int64_t after, int64_t *out, ds_err *err)
{
    static const char sql[] = "SELECT count(*) FROM page WHERE id > ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, after) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    *out = sqlite3_column_int64(st, 0);
    return DS_OK;
}

ds_status ds_store_next_page(ds_store *s, ds_arena *a, int64_t after, ds_stored_page *out,
                             ds_err *err)
{
    static const char key = 0;
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = ds_statement_kept(s, &key);
    ds_stored_page got = {0};
    if (!st) {
        ds_buf b = ds_buf_new(s->scratch);
        ds_buf_puts(&b, "SELECT p.id, p.newest, b.bytes, ");
        ds_shape_columns(&b, &ds_shape_page, "p.", NULL);
        ds_buf_puts(
            &b,
            " FROM page p JOIN page_bytes b ON b.page = p.id WHERE p.id > ? ORDER BY p.id LIMIT 1");
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return no_memory(err);
        DS_TRY(ds_statement(s, &key, sql.at, &st, err));
    }
    if (sqlite3_bind_int64(st, 1, after) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status status = ds_sql_step(s, st, err);
    if (status != DS_OK)
        return status;
    got.id = sqlite3_column_int64(st, 0);
    got.newest = sqlite3_column_int(st, 1) != 0;
    DS_TRY(ds_fetch_object(s, st, 3, &ds_shape_page, a, &got.page, err));
    const char *bytes = sqlite3_column_blob(st, 2);
    got.page.bytes =
        ds_arena_str(a, (ds_str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(st, 2)});
    if (!got.page.bytes.at)
        return no_memory(err);
    *out = got;
    return DS_OK;
}

ds_status ds_store_forget_articles(ds_store *s, int64_t page, ds_str reader, ds_err *err)
{
    static const char sql[] = "UPDATE page SET reader = ?1 WHERE id = ?2";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_search_drop(s, page, err));
    DS_TRY(ds_sql_run(s, "DELETE FROM article WHERE page = ?1", &page, 1, err));
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, reader) != SQLITE_OK || sqlite3_bind_int64(st, 2, page) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

ds_status ds_store_hide_page(ds_store *s, int64_t page, ds_err *err)
{
    return ds_search_drop(s, page, err);
}

/* ---- which story goes on as which ------------------------------------------------------------------------------ */

typedef struct overlap {
    int64_t story, old; /* as found now, as it was */
    int64_t shared;     /* articles */
} overlap;

typedef struct mapping {
    DS_VEC(overlap) all;
    ds_map *as;    /* story -> its id from now on */
    ds_map *taken; /* old ids that go on */
} mapping;

static ds_str key_of(const int64_t *id)
{
    return (ds_str){(const char *)id, sizeof *id};
}

/* The most in common first; then the older id. */
static ds_status find_overlaps(ds_store *s, ds_arena *a, mapping *m, ds_err *err)
{
    static const char sql[] =
        "SELECT m.story, f.story, count(*) AS shared FROM member m JOIN article a ON a.id = "
        "m.article"
        " JOIN page p ON p.id = a.page JOIN former f ON f.key = p.key AND f.n = a.n"
        " GROUP BY m.story, f.story ORDER BY shared DESC, f.story, m.story";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        overlap o = {sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                     sqlite3_column_int64(st, 2)};
        if (DS_PUSH(a, &m->all, o) < 0)
            return no_memory(err);
    }
    return got < 0 ? got : DS_OK;
}

static ds_status match(mapping *m, ds_err *err)
{
    uint64_t v;
    for (size_t i = 0; i < m->all.len; i++) {
        const overlap *o = &m->all.at[i];
        if (ds_map_get(m->as, key_of(&o->story), &v) == DS_OK ||
            ds_map_get(m->taken, key_of(&o->old), &v) == DS_OK)
            continue;
        if (ds_map_put(m->as, key_of(&o->story), (uint64_t)o->old) < 0 ||
            ds_map_put(m->taken, key_of(&o->old), 1) < 0)
            return no_memory(err);
    }
    return DS_OK;
}

/* Stories that are new get the least ids that were never given. */
static ds_status rename_all(ds_store *s, ds_arena *a, mapping *m, int64_t *next, ds_err *err)
{
    static const char sql[] = "SELECT DISTINCT story FROM member ORDER BY story";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(int64_t) stories = {0};
    ds_status got;
    uint64_t v;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (DS_PUSH(a, &stories, sqlite3_column_int64(st, 0)) < 0)
            return no_memory(err);
    DS_TRY(got);
    for (size_t i = 0; i < stories.len; i++) {
        const bool old = ds_map_get(m->as, key_of(&stories.at[i]), &v) == DS_OK;
        const int64_t id = old ? (int64_t)v : (*next)++;
        if (!old && ds_map_put(m->as, key_of(&stories.at[i]), (uint64_t)id) < 0)
            return no_memory(err);
        DS_TRY(ds_store_rename(s, stories.at[i], id, err));
    }
    return DS_OK;
}

/* Ids that do not go on lead to the story that has most of their articles. */
static ds_status lead_on(ds_store *s, mapping *m, ds_err *err)
{
    uint64_t v;
    for (size_t i = 0; i < m->all.len; i++) {
        const overlap *o = &m->all.at[i];
        if (ds_map_get(m->taken, key_of(&o->old), &v) == DS_OK)
            continue;
        DS_TRY(ds_map_get(m->as, key_of(&o->story), &v));
        DS_TRY(ds_store_merge(s, o->old, (int64_t)v, err));
        if (ds_map_put(m->taken, key_of(&o->old), 1) < 0)
            return no_memory(err);
    }
    return DS_OK;
}

ds_status ds_store_reread_end(ds_store *s, ds_arena *a, ds_err *err)
{
    mapping m = {.as = ds_map_new(a, 0), .taken = ds_map_new(a, 0)};
    ds_grouping head;
    static const char first_free[] =
        "SELECT 1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'story'), 0),"
        " coalesce((SELECT max(story) FROM former), 0), coalesce((SELECT max(story) FROM "
        "redirect), 0))";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    if (!m.as || !m.taken)
        return no_memory(err);
    DS_TRY(ds_statement(s, first_free, first_free, &st, err));
    DS_TRY(ds_sql_step(s, st, err));
    int64_t next = sqlite3_column_int64(st, 0);
    DS_TRY(find_overlaps(s, a, &m, err));
    DS_TRY(match(&m, err));
    DS_TRY(ds_sql_run(s, "DELETE FROM bond", NULL, 0, err)); /* of ids that nobody has */
    DS_TRY(rename_all(s, a, &m, &next, err));
    DS_TRY(lead_on(s, &m, err));
    DS_TRY(ds_store_grouping(s, a, &head, err));
    head.next_story = next;
    head.reread = -1;
    DS_TRY(ds_store_put_grouping(s, &head, err));
    DS_TRY(ds_store_forget_former(s, err));
    DS_TRY(ds_store_touch_all(s, err));
    return ds_sql_run(s, "INSERT OR IGNORE INTO dirty SELECT id FROM story", NULL, 0, err);
}
