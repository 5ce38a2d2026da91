/* SPDX-License-Identifier: Apache-2.0 */
/* grouping.c - what story/cluster.h keeps, which article is in which story, and which stories are to be reckoned. */
#include "store/internal.h"

static int bind_blob(sqlite3_stmt *st, int column, ds_str s)
{
    return s.at ? sqlite3_bind_blob64(st, column, s.at, s.len, SQLITE_STATIC)
                : sqlite3_bind_null(st, column);
}

static ds_status column_blob(sqlite3_stmt *st, int column, ds_arena *a, ds_str *out)
{
    *out = (ds_str){0};
    if (sqlite3_column_type(st, column) == SQLITE_NULL)
        return DS_OK;
    const char *at = sqlite3_column_blob(st, column);
    *out = ds_arena_str(a, (ds_str){at ? at : "", (size_t)sqlite3_column_bytes(st, column)});
    return out->at ? DS_OK : DS_NOMEM;
}

static ds_status no_memory(ds_err *err)
{
    return ds_fail(err, DS_NOMEM, "no memory left", 0);
}

/* ---- the head -------------------------------------------------------------------------------------------- */

ds_status ds_store_grouping(ds_store *s, ds_arena *a, ds_grouping *out, ds_err *err)
{
    static const char sql[] = "SELECT state, next_story, reckoner, reread FROM grouping";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    *out = (ds_grouping){.next_story = 1, .reread = -1};
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    if (column_blob(st, 0, a, &out->state) < 0 || ds_column_str(st, 2, a, &out->reckoner) < 0)
        return no_memory(err);
    out->next_story = sqlite3_column_int64(st, 1);
    out->reread = sqlite3_column_type(st, 3) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, 3);
    return DS_OK;
}

ds_status ds_store_put_grouping(ds_store *s, const ds_grouping *g, ds_err *err)
{
    static const char sql[] =
        "INSERT INTO grouping(id, state, next_story, reckoner, reread) VALUES(1, ?1, ?2, ?3, ?4)"
        " ON CONFLICT(id) DO UPDATE SET state = ?1, next_story = ?2, reckoner = ?3, reread = ?4";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (bind_blob(st, 1, g->state) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, g->next_story) != SQLITE_OK ||
        ds_bind_str(st, 3, g->reckoner) != SQLITE_OK ||
        (g->reread >= 0 && sqlite3_bind_int64(st, 4, g->reread) != SQLITE_OK))
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

/* ---- terms ------------------------------------------------------------------------------------------------- */

ds_status ds_store_term(ds_store *s, ds_arena *a, uint32_t hash, ds_str *out, ds_err *err)
{
    static const char sql[] = "SELECT row FROM term WHERE hash = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, hash) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK && column_blob(st, 0, a, out) < 0)
        return no_memory(err);
    return got;
}

ds_status ds_store_put_term(ds_store *s, uint32_t hash, ds_str row, ds_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO term(hash, row) VALUES(?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, hash) != SQLITE_OK || bind_blob(st, 2, row) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

/* ---- members ----------------------------------------------------------------------------------------------- */

#define MEMBER "number, article, story, near, odds, why, days, record"

static ds_status take_member(sqlite3_stmt *st, ds_arena *a, ds_membership *out)
{
    *out = (ds_membership){.number = sqlite3_column_int64(st, 0),
                           .article = sqlite3_column_int64(st, 1),
                           .story = sqlite3_column_int64(st, 2),
                           .near = sqlite3_column_type(st, 3) == SQLITE_NULL
                                       ? DS_NEAR_NONE
                                       : sqlite3_column_int64(st, 3),
                           .odds = sqlite3_column_double(st, 4),
                           .why = (uint32_t)sqlite3_column_int64(st, 5),
                           .days = (int32_t)sqlite3_column_int64(st, 6)};
    return column_blob(st, 7, a, &out->record);
}

ds_status ds_store_member(ds_store *s, ds_arena *a, int64_t number, ds_membership *out, ds_err *err)
{
    static const char sql[] = "SELECT " MEMBER " FROM member WHERE number = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, number) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK && take_member(st, a, out) < 0)
        return no_memory(err);
    return got;
}

ds_status ds_store_members(ds_store *s, ds_arena *a, int64_t story, ds_memberships *out,
                           ds_err *err)
{
    static const char sql[] = "SELECT " MEMBER " FROM member WHERE story = ? ORDER BY number";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_membership) v = {0};
    ds_membership m;
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (take_member(st, a, &m) < 0 || DS_PUSH(a, &v, m) < 0)
            return no_memory(err);
    *out = (ds_memberships){v.at, v.len};
    return got < 0 ? got : DS_OK;
}

ds_status ds_store_doc_of(ds_store *s, ds_arena *a, int64_t number, ds_str *out, ds_err *err)
{
    static const char sql[] =
        "SELECT a.doc FROM member m JOIN article a ON a.id = m.article WHERE m.number = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, number) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got == DS_OK && ds_column_str(st, 0, a, out) < 0 ? no_memory(err) : got;
}

ds_status ds_store_count_members(ds_store *s, int64_t story, int64_t most, int64_t *out,
                                 ds_err *err)
{
    static const char sql[] = "SELECT count(*) FROM (SELECT 1 FROM member WHERE story = ? LIMIT ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, most) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    *out = sqlite3_column_int64(st, 0);
    return DS_OK;
}

ds_status ds_store_put_member(ds_store *s, const ds_membership *m, ds_err *err)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO member(" MEMBER ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    const int64_t numbers[] = {m->number, m->article, m->story, m->near};
    for (int i = 0; i < 4; i++)
        if ((i < 3 || m->near != DS_NEAR_NONE) &&
            sqlite3_bind_int64(st, i + 1, numbers[i]) != SQLITE_OK)
            return ds_store_fail(s, err);
    if (sqlite3_bind_double(st, 5, m->odds) != SQLITE_OK ||
        sqlite3_bind_int64(st, 6, m->why) != SQLITE_OK ||
        sqlite3_bind_int64(st, 7, m->days) != SQLITE_OK || bind_blob(st, 8, m->record) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : ds_store_touch(s, m->story, err);
}

/* ---- stories that come together, part and go ----------------------------------------------------------------- */

ds_status ds_store_touch(ds_store *s, int64_t story, ds_err *err)
{
    return ds_sql_run(s, "INSERT OR IGNORE INTO dirty(story) VALUES(?1)", &story, 1, err);
}

ds_status ds_store_touch_all(ds_store *s, ds_err *err)
{
    return ds_sql_run(s, "INSERT OR IGNORE INTO dirty SELECT DISTINCT story FROM member", NULL, 0,
                      err);
}

ds_status ds_store_put_bond(ds_store *s, int64_t story, int64_t other, int64_t *n, ds_err *err)
{
    static const char sql[] =
        "INSERT INTO bond(story, other, articles) VALUES(min(?1, ?2), max(?1, ?2), 1)"
        " ON CONFLICT DO UPDATE SET articles = articles + 1 RETURNING articles";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, other) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(ds_sql_step(s, st, err));
    *n = sqlite3_column_int64(st, 0);
    return DS_OK;
}

ds_status ds_forget_bonds(ds_store *s, int64_t story, ds_err *err)
{
    DS_TRY(ds_sql_run(s, "DELETE FROM bond WHERE story = ?1", &story, 1, err));
    return ds_sql_run(s, "DELETE FROM bond WHERE other = ?1", &story, 1, err);
}

ds_status ds_store_rename(ds_store *s, int64_t from, int64_t to, ds_err *err)
{
    const int64_t args[] = {from, to};
    DS_TRY(ds_forget_bonds(s, from, err));
    return ds_sql_run(s, "UPDATE member SET story = ?2 WHERE story = ?1", args, 2, err);
}

ds_status ds_store_merge(ds_store *s, int64_t from, int64_t into, ds_err *err)
{
    const int64_t args[] = {from, into};
    DS_TRY(ds_store_rename(s, from, into, err));
    DS_TRY(ds_sql_run(s, "UPDATE former SET story = ?2 WHERE story = ?1", args, 2, err));
    DS_TRY(ds_sql_run(s, "UPDATE redirect SET to_story = ?2 WHERE to_story = ?1", args, 2, err));
    DS_TRY(ds_sql_run(s, "INSERT OR REPLACE INTO redirect(story, to_story) VALUES(?1, ?2)", args, 2,
                      err));
    DS_TRY(ds_store_touch(s, from, err));
    return ds_store_touch(s, into, err);
}

ds_status ds_store_bind_openers(ds_store *s, const ds_membership *m, ds_err *err)
{
    static const char sql[] = "UPDATE member SET near = ?2, odds = ?3, why = ?4, days = ?5"
                              " WHERE story = ?1 AND near IS NULL";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, m->story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, m->near) != SQLITE_OK ||
        sqlite3_bind_double(st, 3, m->odds) != SQLITE_OK ||
        sqlite3_bind_int64(st, 4, m->why) != SQLITE_OK ||
        sqlite3_bind_int64(st, 5, m->days) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

ds_status ds_store_moved_to(ds_store *s, int64_t story, int64_t *to, ds_err *err)
{
    static const char sql[] = "SELECT to_story FROM redirect WHERE story = ?";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *to = sqlite3_column_int64(st, 0);
    return got;
}

ds_status ds_store_put_regrouping(ds_store *s, const ds_regrouping *r, ds_err *err)
{
    static const char sql[] = "INSERT INTO regrouping(kind, story, other, article, near, odds, why)"
                              " VALUES(?, ?, ?, ?, ?, ?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, r->kind) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, r->story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 3, r->other) != SQLITE_OK ||
        ds_bind_str(st, 4, r->article) != SQLITE_OK || ds_bind_str(st, 5, r->near) != SQLITE_OK ||
        sqlite3_bind_double(st, 6, r->odds) != SQLITE_OK ||
        sqlite3_bind_int64(st, 7, r->why) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

/* ---- what is to be reckoned ------------------------------------------------------------------------------------ */

ds_status ds_store_dirty(ds_store *s, int64_t *story, ds_err *err)
{
    static const char sql[] = "SELECT story FROM dirty ORDER BY story LIMIT 1";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *story = sqlite3_column_int64(st, 0);
    return got;
}

/* Articles that a story lost, as former members. */
ds_status ds_store_lost(ds_store *s, ds_arena *a, int64_t story, ds_memberships *out, ds_err *err)
{
    static const char sql[] = "SELECT number FROM former WHERE story = ? ORDER BY number";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_membership) v = {0};
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (DS_PUSH(a, &v,
                    ((ds_membership){.number = sqlite3_column_int64(st, 0), .story = story})) < 0)
            return no_memory(err);
    *out = (ds_memberships){v.at, v.len};
    return got < 0 ? got : DS_OK;
}

ds_status ds_store_former(ds_store *s, int64_t page_id, uint32_t n, int64_t *story, ds_err *err)
{
    /* Only a story that nobody else is in: else the article goes where its text says. */
    static const char sql[] =
        "SELECT f.story FROM former f JOIN page p ON p.key = f.key WHERE p.id = ?1 AND f.n = ?2"
        " AND NOT EXISTS (SELECT 1 FROM member m WHERE m.story = f.story)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, page_id) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, n) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *story = sqlite3_column_int64(st, 0);
    return got;
}

#define OF_KEY                                                                                     \
    "FROM member m JOIN article a ON a.id = m.article JOIN page p ON p.id = a.page WHERE p.key = " \
    "?1"

ds_status ds_leave_stories(ds_store *s, ds_str key, ds_err *err)
{
    static const char *const sqls[] = {
        "INSERT OR IGNORE INTO dirty SELECT m.story " OF_KEY,
        "INSERT OR REPLACE INTO former(key, n, story, number) SELECT p.key, a.n, m.story, "
        "m.number " OF_KEY,
        "DELETE FROM member WHERE number IN (SELECT m.number " OF_KEY ")",
    };
    for (size_t i = 0; i < DS_LEN(sqls); i++) {
        DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
        DS_TRY(ds_statement(s, sqls[i], sqls[i], &st, err));
        if (ds_bind_str(st, 1, key) != SQLITE_OK)
            return ds_store_fail(s, err);
        ds_status got = ds_sql_step(s, st, err);
        if (got < 0)
            return got;
    }
    return DS_OK;
}

ds_status ds_store_forget_former(ds_store *s, ds_err *err)
{
    return ds_sql_run(s, "DELETE FROM former", NULL, 0, err);
}

/* ---- stories about much the same ---------------------------------------------------------------------------------- */

static ds_status put_similar(ds_store *s, int64_t story, int64_t other, double likeness,
                             ds_err *err)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO similar(story, other, likeness) VALUES(?, ?, ?)";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK ||
        sqlite3_bind_int64(st, 2, other) != SQLITE_OK ||
        sqlite3_bind_double(st, 3, likeness) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    return got < 0 ? got : DS_OK;
}

/* The list of the other story too, whose own pages came when this one was not there. */
static ds_status put_both(ds_store *s, int64_t story, const ds_similar *o, ds_err *err)
{
    static const char prune[] = "DELETE FROM similar WHERE story = ?1 AND other NOT IN (SELECT "
                                "other FROM similar WHERE story = ?1"
                                " ORDER BY likeness DESC, other LIMIT ?2)";
    const int64_t args[] = {o->story, DS_SIMILAR_MOST};
    DS_TRY(put_similar(s, story, o->story, o->likeness, err));
    DS_TRY(put_similar(s, o->story, story, o->likeness, err));
    return ds_sql_run(s, prune, args, 2, err);
}

ds_status ds_store_put_similar(ds_store *s, int64_t story, const ds_similar *at, size_t n,
                               ds_err *err)
{
    DS_TRY(ds_sql_run(s, "DELETE FROM similar WHERE story = ?1", &story, 1, err));
    for (size_t i = 0; i < n; i++)
        DS_TRY(put_both(s, story, &at[i], err));
    return DS_OK;
}

ds_status ds_load_similar(ds_store *s, ds_arena *a, int64_t story, const ds_similar **out,
                          size_t *len, ds_err *err)
{
    static const char sql[] =
        "SELECT s.other, s.likeness, t.title, t.days_lo, t.days_hi,"
        " CAST((SELECT substr(CAST(a.text AS BLOB), 1 + (j.value ->> 0), (j.value ->> 1) - "
        "(j.value ->> 0))"
        "  FROM article a, json_each(a.sentences) j WHERE a.id = c.article AND j.value ->> 6 = 3 "
        "LIMIT 1) AS TEXT),"
        " c.publisher FROM similar s"
        " JOIN story t ON t.id = s.other LEFT JOIN source c ON c.story = s.other AND c.i = 0"
        " WHERE s.story = ? ORDER BY s.likeness DESC, s.other";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_similar) v = {0};
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_similar x = {.story = sqlite3_column_int64(st, 0),
                        .likeness = sqlite3_column_double(st, 1),
                        .days = DS_DAYS_NONE};
        ds_str *const texts[] = {&x.title, &x.blurb, &x.publisher};
        static const int columns[] = {2, 5, 6};
        for (size_t i = 0; i < 3; i++)
            if (ds_column_str(st, columns[i], a, texts[i]) < 0)
                return no_memory(err);
        if (sqlite3_column_type(st, 3) != SQLITE_NULL)
            x.days.lo = (ds_day)sqlite3_column_int64(st, 3);
        if (sqlite3_column_type(st, 4) != SQLITE_NULL)
            x.days.hi = (ds_day)sqlite3_column_int64(st, 4);
        if (DS_PUSH(a, &v, x) < 0)
            return no_memory(err);
    }
    *out = v.at;
    *len = v.len;
    return got < 0 ? got : DS_OK;
}

/* ---- articles ------------------------------------------------------------------------------------------------------ */

ds_status ds_store_articles(ds_store *s, ds_arena *a, ds_article_list *out, ds_err *err)
{
    static const char sql[] =
        "SELECT a.doc, m.story, a.title, a.published, n.doc, m.odds, m.why, m.days FROM member m"
        " JOIN article a ON a.id = m.article LEFT JOIN member k ON k.number = m.near"
        " LEFT JOIN article n ON n.id = k.article ORDER BY a.page, a.n";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_article_line) v = {0};
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_article_line x = {.story = sqlite3_column_int64(st, 1),
                             .published = sqlite3_column_type(st, 3) == SQLITE_NULL
                                              ? DS_DAY_NONE
                                              : (ds_day)sqlite3_column_int64(st, 3),
                             .odds = sqlite3_column_double(st, 5),
                             .why = (uint32_t)sqlite3_column_int64(st, 6),
                             .days = (int32_t)sqlite3_column_int64(st, 7)};
        if (ds_column_str(st, 0, a, &x.doc) < 0 || ds_column_str(st, 2, a, &x.title) < 0 ||
            ds_column_str(st, 4, a, &x.near) < 0 || DS_PUSH(a, &v, x) < 0)
            return no_memory(err);
    }
    *out = (ds_article_list){v.at, v.len};
    return got < 0 ? got : DS_OK;
}

/* ---- what became of stories ---------------------------------------------------------------------------------------- */

ds_status ds_load_regroupings(ds_store *s, ds_arena *a, int64_t story, const ds_regrouping **out,
                              size_t *len, ds_err *err)
{
    static const char sql[] =
        "SELECT kind, other, article, near, odds, why FROM regrouping WHERE story = ? ORDER BY i";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_VEC(ds_regrouping) v = {0};
    ds_status got;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, story) != SQLITE_OK)
        return ds_store_fail(s, err);
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        ds_regrouping r = {.story = story,
                           .other = sqlite3_column_int64(st, 1),
                           .odds = sqlite3_column_double(st, 4),
                           .why = (uint32_t)sqlite3_column_int64(st, 5)};
        if (ds_column_str(st, 0, a, &r.kind) < 0 || ds_column_str(st, 2, a, &r.article) < 0 ||
            ds_column_str(st, 3, a, &r.near) < 0 || DS_PUSH(a, &v, r) < 0)
            return no_memory(err);
    }
    *out = v.at;
    *len = v.len;
    return got < 0 ? got : DS_OK;
}
