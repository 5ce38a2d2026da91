/* SPDX-License-Identifier: Apache-2.0 */
/* verify.c - is all that the store promises true of this file? */
#include "store/internal.h"

#include <openssl/evp.h>

/* A damaged file may hold a million faults; so many are spelled out. */
#define VERIFY_TEXTS 100

/* Marks of one article take a few KB: what takes more is none. */
#define RECORD_BUDGET ((size_t)1 << 20)

typedef struct report {
    ds_arena *a;
    uint32_t problems;
    DS_VEC(ds_str) texts;
} report;

static ds_status note(report *r, ds_str text)
{
    r->problems++;
    if (!text.at)
        return DS_NOMEM;
    return r->texts.len < VERIFY_TEXTS ? DS_PUSH(r->a, &r->texts, text) : DS_OK;
}

/* Every row of `sql` is a problem: its first column says which. */
static ds_status note_rows(ds_store *s, report *r, const char *sql, ds_err *err)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got;
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        got = note(r, ds_arena_str(r->a, ds_column_view(st, 0)));
        if (got < 0)
            break;
    }
    sqlite3_finalize(st);
    return got;
}

/* Every pair that json_each finds in a list of spans must lie inside a text: %s are the list, first value, text. */
#define SPAN_CHECK(column, beg, end, bound)                                                        \
    "SELECT a.doc || ': a span of ' || '" column                                                   \
    "' || ' lies outside' FROM article a JOIN page p ON p.id = a.page,"                            \
    " json_each(a." column ") j WHERE j.value ->> " beg " > j.value ->> " end                      \
    " OR j.value ->> " end " > " bound

#define TEXT_BYTES "length(CAST(a.text AS BLOB))"
#define PAGE_BYTES "(SELECT length(b.bytes) FROM page_bytes b WHERE b.page = a.page)"

#define UNINDEXED                                                                                  \
    "SELECT a.doc || ': not in the search index' FROM article a JOIN page p ON p.id = a.page "     \
    "WHERE "                                                                                       \
    "p.newest AND NOT EXISTS (SELECT 1 FROM search_doc d WHERE d.article = a.id)"

/* ---- grouping: who is in which story, and where ids lead ------------------------------------------------ */

#define FINISHED(id) "(" id " IN (SELECT id FROM story) OR " id " IN (SELECT story FROM dirty))"
#define CLEAN(id) id " NOT IN (SELECT story FROM dirty)"
#define NO_REREADING "NOT EXISTS (SELECT 1 FROM grouping WHERE reread IS NOT NULL)"

static const char *const grouping_checks[] = {
    "SELECT a.doc || ': of an older version of its page, but in story ' || m.story FROM member m"
    " JOIN article a ON a.id = m.article JOIN page p ON p.id = a.page WHERE NOT p.newest",
    "SELECT a.doc || ': in no story' FROM article a JOIN page p ON p.id = a.page WHERE p.newest"
    " AND a.id NOT IN (SELECT article FROM member) AND " NO_REREADING,
    "SELECT DISTINCT 'story ' || story || ': has articles, but was never finished' FROM member"
    " WHERE NOT " FINISHED("story"),
    "SELECT 'story ' || c.story || ': ' || coalesce(c.doc, '?') || ' is not of it' FROM source c"
    " LEFT JOIN member m ON m.article = c.article"
    " WHERE m.story IS NOT c.story AND " CLEAN("c.story") " AND " NO_REREADING,
    "SELECT a.doc || ': not told in story ' || m.story FROM member m JOIN article a ON a.id = "
    "m.article"
    " WHERE NOT EXISTS (SELECT 1 FROM source c WHERE c.article = m.article AND c.story = m.story)"
    " AND m.story IN (SELECT id FROM story) AND " CLEAN("m.story"),
    "SELECT 'story ' || story || ': leads to story ' || to_story || ', which is not there' FROM "
    "redirect"
    " WHERE NOT " FINISHED("to_story"),
    "SELECT 'story ' || story || ': leads to story ' || to_story || ', but is there' FROM redirect"
    " WHERE story IN (SELECT id FROM story) AND " CLEAN("story"),
    "SELECT 'story ' || story || ': similar to story ' || other || ', but one of the two is not "
    "there'"
    " FROM similar WHERE NOT (" FINISHED("story") " AND " FINISHED("other") ")",
    "SELECT 'story ' || max(m.story) || ': its number is to be given again' FROM member m, "
    "grouping g"
    " HAVING max(m.story) >= min(g.next_story)",
};

static ds_status check_record(sqlite3_stmt *st, ds_arena *a, report *r)
{
    const char *at = sqlite3_column_blob(st, 1);
    const ds_str bytes = {at ? at : "", (size_t)sqlite3_column_bytes(st, 1)};
    ds_story_marks m;
    ds_arena_reset(a);
    ds_status got = ds_cluster_record_marks(a, bytes, &m, NULL);
    if (got >= 0)
        return DS_OK;
    const ds_str doc = ds_column_view(st, 0);
    return note(
        r, ds_arena_printf(r->a, "%.*s: what grouping keeps of it cannot be read", DS_FMT(doc)));
}

static ds_status check_records(ds_store *s, report *r, ds_err *err)
{
    static const char sql[] =
        "SELECT a.doc, m.record FROM member m JOIN article a ON a.id = m.article"
        " WHERE m.record IS NOT NULL ORDER BY m.number";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, RECORD_BUDGET);
    DS_AUTO(ds_statement_donep) sqlite3_stmt *st = NULL;
    ds_status got;
    if (!a)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ds_statement(s, sql, sql, &st, err));
    while ((got = ds_sql_step(s, st, err)) == DS_OK)
        if (check_record(st, a, r) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
    return got;
}

static ds_status check_grouping(ds_store *s, report *r, ds_err *err)
{
    for (size_t i = 0; i < DS_LEN(grouping_checks); i++)
        DS_TRY(note_rows(s, r, grouping_checks[i], err));
    return check_records(s, r, err);
}

/* ---- texts, spans and claims ------------------------------------------------------------------------------ */

static const char *const checks[] = {
    "SELECT 'a row of ' || \"table\" || ' refers to nothing in ' || parent FROM "
    "pragma_foreign_key_check",
    "SELECT name || ': its bytes are gone' FROM page WHERE id NOT IN (SELECT page FROM page_bytes)",
    "SELECT doc || ': its body lies outside its text' FROM article a WHERE body_beg > body_end OR "
    "body_end > " TEXT_BYTES,
    SPAN_CHECK("blocks", "2", "3", TEXT_BYTES),
    SPAN_CHECK("sentences", "0", "1", TEXT_BYTES),
    SPAN_CHECK("runs", "0", "1", TEXT_BYTES),
    SPAN_CHECK("runs", "2", "3", PAGE_BYTES),
    "SELECT a.doc || ': claim ' || c.id || ' lies outside the text' FROM claim c JOIN article a ON "
    "a.id = c.article"
    " WHERE c.span_beg > c.span_end OR c.span_end > " TEXT_BYTES,
    "SELECT a.doc || ': claim ' || c.id || ' lies outside the page' FROM claim c JOIN article a ON "
    "a.id = c.article"
    " WHERE c.source_beg > c.source_end OR c.source_end > " PAGE_BYTES,
    "SELECT c.doc || ': the figure of claim ' || c.id || ' lies outside its sentence' FROM claim c"
    " WHERE c.figure_beg > c.figure_end OR c.figure_end > length(CAST(c.sentence AS BLOB))",
    UNINDEXED,
    "SELECT 'story ' || r.story || ': no claim ' || r.id || ' in ' || coalesce(r.doc, '?') FROM "
    "story_row r"
    " LEFT JOIN source c ON c.story = r.story AND c.i = r.member"
    " WHERE (c.article IS NULL OR (c.article, r.id) NOT IN (SELECT article, id FROM claim))"
    " AND " CLEAN("r.story") " AND " NO_REREADING,
};

static ds_status check_sqlite(ds_store *s, report *r, ds_err *err)
{
    return note_rows(
        s, r, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        err);
}

/* ---- page bytes against their digest ------------------------------------------------------------------ */

static ds_status check_page(sqlite3_stmt *st, report *r, ds_err *err)
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    const void *at = sqlite3_column_blob(st, 2);
    size_t bytes = (size_t)sqlite3_column_bytes(st, 2);
    if (EVP_Digest(at ? at : "", bytes, raw, &len, EVP_sha256(), NULL) != 1)
        return ds_fail(err, DS_IO, "SHA-256 failed", 0);
    ds_str hex = ds_hex(r->a, raw, len);
    if (ds_str_eq(hex, ds_column_view(st, 1)))
        return DS_OK;
    ds_str name = ds_column_view(st, 0);
    return note(
        r, ds_arena_printf(r->a, "%.*s: its bytes are not those of its SHA-256", DS_FMT(name)));
}

static ds_status check_pages(ds_store *s, report *r, ds_err *err)
{
    sqlite3_stmt *st = NULL;
    static const char sql[] =
        "SELECT name, sha256, bytes FROM page JOIN page_bytes ON page = id ORDER BY id";
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        return ds_store_fail(s, err);
    ds_status got;
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        got = check_page(st, r, err);
        if (got < 0)
            break;
    }
    sqlite3_finalize(st);
    return got;
}

/* ---- stories load ------------------------------------------------------------------------------------- */

static ds_status check_stories(ds_store *s, report *r, ds_err *err)
{
    ds_story_list list = {0};
    DS_TRY(ds_store_stories(s, r->a, &list, err));
    for (size_t i = 0; i < list.len; i++) {
        ds_dossier d;
        ds_err inner = {0};
        ds_status got = ds_store_story(s, r->a, list.at[i].id, &d, &inner);
        if (got == DS_NOMEM)
            return ds_fail(err, got, inner.what, 0);
        if (got < 0)
            DS_TRY(note(
                r, ds_arena_printf(r->a, "story %lld: %s", (long long)list.at[i].id, inner.what)));
    }
    return DS_OK;
}

static ds_status check_all(ds_store *s, report *r, ds_err *err)
{
    DS_TRY(check_sqlite(s, r, err));
    if (r->problems)
        return DS_OK; /* the rest would only say so again */
    for (size_t i = 0; i < DS_LEN(checks); i++)
        DS_TRY(note_rows(s, r, checks[i], err));
    DS_TRY(check_grouping(s, r, err));
    DS_TRY(check_pages(s, r, err));
    return check_stories(s, r, err);
}

ds_status ds_store_verify(ds_store *s, ds_arena *a, uint32_t *problems, ds_strs *what,
                          ds_str *digest, ds_err *err)
{
    DS_AUTO(ds_snapshot_endp) ds_snapshot snap = {NULL};
    report r = {.a = a};
    ds_str hex = {NULL, 0};
    DS_TRY(ds_snapshot_begin(s, &snap, err));
    DS_TRY(check_all(s, &r, err));
    DS_TRY(ds_store_digest(s, a, &hex, err));
    *problems = r.problems;
    *what = (ds_strs){r.texts.at, r.texts.len};
    *digest = hex;
    return DS_OK;
}
