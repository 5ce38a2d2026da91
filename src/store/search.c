/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - articles by their words: best first, or newest first.
 *
 * Method   BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75), as FTS5's own, with the title counting five times. FTS5's would count
 *          every article that has a word, for each query; here counting ends at DF_MOST, above which a word tells next to nothing.
 *          Where more than `window` articles match, the newest so many are ranked, and the answer says so: scores do not depend on the
 *          window, so that its top ten are those of the full ranking inside it */
#include "store/internal.h"

#include <math.h>

/* Articles that are ranked; some 3 us each. */
#define WINDOW 5000
/* Articles with a word that are counted. */
#define DF_MOST 20000
#define K1 1.2
#define B 0.75
/* Weights of title, text, source, author, place, measure. */
static const double weights[] = {5, 1, 1, 1, 1, 1};
#define PHRASES 64

/* ---- ranking ------------------------------------------------------------------------------------------------ */

typedef struct ranking { /* of one query */
    double mean;         /* words of an article */
    int phrases;
    double idf[PHRASES];
} ranking;

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *n)
{
    (void)api, (void)fts;
    return ++*(int64_t *)n < DF_MOST ? SQLITE_OK : SQLITE_DONE;
}

static int prepare_ranking(const Fts5ExtensionApi *api, Fts5Context *fts, ranking *r)
{
    sqlite3_int64 rows = 0, tokens = 0;
    int rc = api->xRowCount(fts, &rows);
    if (rc == SQLITE_OK)
        rc = api->xColumnTotalSize(fts, -1, &tokens);
    r->mean = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1;
    r->phrases = api->xPhraseCount(fts) < PHRASES ? api->xPhraseCount(fts) : PHRASES;
    for (int i = 0; rc == SQLITE_OK && i < r->phrases; i++) {
        int64_t n = 0;
        rc = api->xQueryPhrase(fts, i, &n, count_row);
        double idf = log(((double)rows - (double)n + 0.5) / ((double)n + 0.5));
        r->idf[i] = idf > 1e-6 ? idf : 1e-6;
    }
    return rc;
}

static const ranking *ranking_of(const Fts5ExtensionApi *api, Fts5Context *fts, int *rc)
{
    ranking *r = api->xGetAuxdata(fts, 0);
    *rc = SQLITE_OK;
    if (r)
        return r;
    r = sqlite3_malloc((int)sizeof *r);
    if (!r) {
        *rc = SQLITE_NOMEM;
        return NULL;
    }
    *r = (ranking){0};
    *rc = prepare_ranking(api, fts, r);
    if (*rc == SQLITE_OK)
        *rc = api->xSetAuxdata(fts, r, sqlite3_free);
    else
        sqlite3_free(r);
    return *rc == SQLITE_OK ? r : NULL;
}

static double score(const ranking *r, const double *tf, int words)
{
    double sum = 0, length = K1 * (1 - B + B * words / r->mean);
    for (int i = 0; i < r->phrases; i++)
        sum += r->idf[i] * tf[i] * (K1 + 1) / (tf[i] + length);
    return sum;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx, int n,
                 sqlite3_value **values)
{
    double tf[PHRASES] = {0};
    int rc, instances = 0, words = 0;
    (void)n, (void)values;
    const ranking *r = ranking_of(api, fts, &rc);
    if (rc == SQLITE_OK)
        rc = api->xInstCount(fts, &instances);
    for (int i = 0; rc == SQLITE_OK && i < instances; i++) {
        int phrase, column, at;
        rc = api->xInst(fts, i, &phrase, &column, &at);
        if (rc == SQLITE_OK && phrase < PHRASES)
            tf[phrase] += weights[column];
    }
    if (rc == SQLITE_OK)
        rc = api->xColumnSize(fts, -1, &words);
    if (rc == SQLITE_OK)
        sqlite3_result_double(ctx, score(r, tf, words));
    else
        sqlite3_result_error_code(ctx, rc);
}

/* The function is of this connection; the index needs it for nothing else. */
static ds_status add_ranking(ds_store *s, ds_err *err)
{
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;
    if (s->ranked)
        return DS_OK;
    if (sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(st);
    }
    sqlite3_finalize(st);
    if (!api || api->xCreateFunction(api, "ds_rank", NULL, rank, NULL) != SQLITE_OK)
        return ds_fail(err, DS_IO, "this SQLite has no FTS5", 0);
    s->ranked = true;
    return DS_OK;
}

/* ---- the rows that match ---------------------------------------------------------------------------------------- */

typedef struct hit_row {
    int64_t doc;
    double score;
} hit_row;
typedef DS_VEC(hit_row) hit_rows;

static ds_status bind_day(ds_store *s, sqlite3_stmt *st, int at, ds_day day, ds_err *err)
{
    bool good = day == DS_DAY_NONE || sqlite3_bind_int64(st, at, day) == SQLITE_OK;
    return good ? DS_OK : ds_store_fail(s, err);
}

static ds_status collect(ds_store *s, ds_arena *a, sqlite3_stmt *st, hit_rows *out, ds_err *err)
{
    ds_status got;
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        hit_row h = {sqlite3_column_int64(st, 0), sqlite3_column_double(st, 1)};
        if (DS_PUSH(a, out, h) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    }
    return got < 0 ? got : DS_OK;
}

/* The number above which the newest `window` matches lie; *out 0: there are no more than that. */
static ds_status find_window(ds_store *s, ds_str match, int64_t window, int64_t *out, ds_err *err)
{
    static const char sql[] =
        "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    *out = 0;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, match) != SQLITE_OK || sqlite3_bind_int64(st, 2, window) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got == DS_OK)
        *out = sqlite3_column_int64(st, 0);
    return got < 0 ? got : DS_OK;
}

static bool is_dated(const ds_query *q)
{
    return q->days.lo != DS_DAY_NONE || q->days.hi != DS_DAY_NONE;
}

#define DATED                                                                                      \
    " AND EXISTS (SELECT 1 FROM search_doc d WHERE d.id = search.rowid AND"                        \
    " (?5 IS NULL OR d.published >= ?5) AND (?6 IS NULL OR d.published <= ?6))"
#define RANKED                                                                                     \
    "SELECT rowid, ds_rank(search) AS score FROM search WHERE search MATCH ?1 AND rowid > ?2"
#define NEWEST_FIRST "SELECT rowid, 0 FROM search WHERE search MATCH ?1 AND rowid < ?2"
#define BY_RANK " ORDER BY score DESC, rowid DESC LIMIT ?3 OFFSET ?4"
#define BY_AGE " ORDER BY rowid DESC LIMIT ?3 OFFSET ?4"

/* bound: rowids above it (ranked) or below it (newest first). */
static ds_status matching(ds_store *s, ds_arena *a, const ds_search *q, ds_str match, int64_t bound,
                          hit_rows *out, ds_err *err)
{
    static const char *const all[2][2] = {{RANKED BY_RANK, RANKED DATED BY_RANK},
                                          {NEWEST_FIRST BY_AGE, NEWEST_FIRST DATED BY_AGE}};
    const char *sql = all[q->newest][is_dated(q->query)];
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (ds_bind_str(st, 1, match) != SQLITE_OK || sqlite3_bind_int64(st, 2, bound) != SQLITE_OK ||
        sqlite3_bind_int64(st, 3, (int64_t)q->limit + 1) != SQLITE_OK ||
        sqlite3_bind_int64(st, 4, q->newest ? 0 : (int64_t)q->skip) != SQLITE_OK)
        return ds_store_fail(s, err);
    if (is_dated(q->query)) {
        DS_TRY(bind_day(s, st, 5, q->query->days.lo, err));
        DS_TRY(bind_day(s, st, 6, q->query->days.hi, err));
    }
    return collect(s, a, st, out, err);
}

/* Only days are asked for. */
static ds_status by_days(ds_store *s, ds_arena *a, const ds_search *q, hit_rows *out, ds_err *err)
{
    static const char sql[] =
        "SELECT id, 0 FROM search_doc WHERE id < ?1 AND (?2 IS NULL OR published >= ?2)"
        " AND (?3 IS NULL OR published <= ?3) ORDER BY id DESC LIMIT ?4";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, q->before ? q->before : INT64_MAX) != SQLITE_OK ||
        sqlite3_bind_int64(st, 4, (int64_t)q->limit + 1) != SQLITE_OK)
        return ds_store_fail(s, err);
    DS_TRY(bind_day(s, st, 2, q->query->days.lo, err));
    DS_TRY(bind_day(s, st, 3, q->query->days.hi, err));
    return collect(s, a, st, out, err);
}

/* ---- the articles of those rows ------------------------------------------------------------------------------------ */

static ds_status fetch_hit(ds_store *s, ds_arena *a, hit_row row, ds_hit *out, ds_err *err)
{
    static const char sql[] = "SELECT a.doc, a.title, a.text, a.publisher, a.published, a.authors, "
                              "a.body_beg, a.body_end, c.story, c.letter "
                              "FROM search_doc d JOIN article a ON a.id = d.article LEFT JOIN "
                              "source c ON c.article = a.id "
                              "WHERE d.id = ?";
    static const ds_field authors = {"authors", DS_F_LIST, offsetof(ds_hit, authors.at),
                                     offsetof(ds_hit, authors.len), &ds_list_strs};
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_hit h = {.score = row.score, .doc_number = row.doc};
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    if (sqlite3_bind_int64(st, 1, row.doc) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got = ds_sql_step(s, st, err);
    if (got != DS_OK)
        return got;
    ds_str *const texts[] = {&h.doc, &h.title, &h.text, &h.publisher};
    for (int i = 0; i < 4; i++)
        if (ds_column_str(st, i, a, texts[i]) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    h.published =
        sqlite3_column_type(st, 4) == SQLITE_NULL ? DS_DAY_NONE : sqlite3_column_int(st, 4);
    got = ds_list_read(a, &authors, ds_column_view(st, 5), (char *)&h);
    if (got < 0)
        return got == DS_BAD ? ds_damaged(s, err, "article", "authors") : got;
    h.text = ds_str_cut(h.text, (size_t)sqlite3_column_int64(st, 6),
                        (size_t)sqlite3_column_int64(st, 7));
    h.story = sqlite3_column_int64(st, 8);
    if (ds_column_str(st, 9, a, &h.letter) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    *out = h;
    return DS_OK;
}

static ds_status fetch_hits(ds_store *s, ds_arena *a, const ds_search *q, const hit_rows *rows,
                            ds_found *out, ds_err *err)
{
    ds_hit *at = ds_arena_calloc(a, rows->len + 1, sizeof *at);
    size_t n = 0;
    if (!at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    for (size_t i = 0; i < rows->len && i < q->limit; i++) {
        ds_status got = fetch_hit(s, a, rows->at[i], &at[n], err);
        DS_TRY(got);
        if (got != DS_OK)
            continue;
        DS_TRY(ds_snippet_make(a, s->words, q->query, at[n].text, &at[n].snippet));
        n++;
    }
    out->at = at;
    out->len = n;
    out->more = rows->len > q->limit;
    out->last = rows->len ? rows->at[(rows->len > q->limit ? q->limit : rows->len) - 1].doc : 0;
    return DS_OK;
}

static ds_status count_docs(ds_store *s, int64_t *out, ds_err *err)
{
    static const char sql[] = "SELECT count(*) FROM search_doc";
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    DS_TRY(ds_sql_step(s, st, err));
    *out = sqlite3_column_int64(st, 0);
    return DS_OK;
}

static ds_status find(ds_store *s, ds_arena *a, const ds_search *q, hit_rows *rows, ds_found *out,
                      ds_err *err)
{
    ds_str match = ds_query_match(a, q->query);
    int64_t window = q->window ? q->window : WINDOW, bound = q->before ? q->before : INT64_MAX;
    if (!q->query->len) {
        out->newest = true;
        return by_days(s, a, q, rows, err);
    }
    if (!match.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    out->newest = q->newest;
    if (!q->newest) {
        DS_TRY(find_window(s, match, window, &bound, err));
        out->window = bound ? window : 0;
    }
    return matching(s, a, q, match, bound, rows, err);
}

ds_status ds_store_parse_query(ds_store *s, ds_arena *a, ds_str text, ds_query *out, ds_err *err)
{
    DS_TRY(ds_search_words(s, err));
    return ds_query_parse(a, s->words, text, out, err);
}

ds_status ds_store_search(ds_store *s, ds_arena *a, const ds_search *q, ds_found *out, ds_err *err)
{
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    hit_rows rows = {0};
    ds_found found = {0};
    DS_TRY(ds_search_words(s, err));
    DS_TRY(add_ranking(s, err));
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(count_docs(s, &found.articles, err));
    DS_TRY(find(s, a, q, &rows, &found, err));
    DS_TRY(fetch_hits(s, a, q, &rows, &found, err));
    *out = found;
    return DS_OK;
}
