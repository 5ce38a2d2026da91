/* SPDX-License-Identifier: Apache-2.0 */
/* test_open.c - new, newer, foreign, unreadable and half-written stores. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void exec_on(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t ask(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return v;
}

/* Opening fails with these words. */
static void refused(ds_arena *a, const char *path, ds_store_mode mode, const char *what)
{
    ds_store *s = NULL;
    ds_err err = {0};
    assert_int_equal(ds_store_open(a, ds_str_of(path), mode, &s, &err), DS_IO);
    assert_null(s);
    assert_string_equal(err.what, what);
}

static void a_new_store_is_made_with_its_folders(void **state)
{
    ds_store *s = NULL;
    assert_int_equal(ds_store_open(*state, DS_STR("x/y/news.db"), DS_STORE_READ, &s, NULL),
                     DS_NONE);
    assert_int_equal(ds_store_open(*state, DS_STR("x/y/news.db"), DS_STORE_WRITE, &s, NULL), DS_OK);
    ds_store_close(s);
    assert_int_equal(ask("x/y/news.db", "PRAGMA user_version"), DS_STORE_VERSION);
    assert_int_equal(ds_store_open(*state, DS_STR("x/y/news.db"), DS_STORE_READ, &s, NULL), DS_OK);
    ds_store_close(s);
}

static void every_table_is_strict(void **state)
{
    ds_store_close(ds_sample_open(*state, DS_STORE_WRITE));
    assert_int_equal(
        ask(SAMPLE_DB,
            "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict AND"
            " name NOT LIKE 'sqlite_%'"),
        0);
    assert_true(ask(SAMPLE_DB, "SELECT count(*) FROM pragma_table_list WHERE strict") >= 14);
}

static void an_empty_file_holds_nothing_yet(void **state)
{
    ds_store *s = NULL;
    write_file(SAMPLE_DB, "");
    assert_int_equal(ds_store_open(*state, DS_STR(SAMPLE_DB), DS_STORE_READ, &s, NULL), DS_NONE);
    ds_store_close(ds_sample_open(*state, DS_STORE_WRITE));
}

static void a_newer_store_is_refused_and_unchanged(void **state)
{
    static const char what[] =
        "written by a newer dossier (store 99; this one reads up to 10); unchanged";
    ds_store_close(ds_sample_open(*state, DS_STORE_WRITE));
    exec_on(SAMPLE_DB, "PRAGMA user_version = 99");
    refused(*state, SAMPLE_DB, DS_STORE_READ, what);
    refused(*state, SAMPLE_DB, DS_STORE_WRITE, what);
    assert_int_equal(ask(SAMPLE_DB, "PRAGMA user_version"), 99);
}

/* A store of version 2: its stories come back, without holders. */
static void an_older_store_is_brought_up_to_date(void **state)
{
    static const char older[] =
        "ALTER TABLE story DROP COLUMN standfirst; ALTER TABLE story DROP COLUMN standfirst_cites;"
        "ALTER TABLE story DROP COLUMN section; ALTER TABLE story DROP COLUMN keywords;"
        "ALTER TABLE source DROP COLUMN told_first; ALTER TABLE key_point DROP COLUMN questions;"
        "ALTER TABLE answer DROP COLUMN superseded;"
        "DROP TABLE member; DROP TABLE term; DROP TABLE grouping; DROP TABLE dirty; DROP TABLE "
        "former;"
        "DROP TABLE redirect; DROP TABLE bond; DROP TABLE regrouping; DROP TABLE similar;"
        "DROP TABLE search; DROP TABLE search_doc; DROP INDEX story_newest;"
        "ALTER TABLE question DROP COLUMN scope;"
        "DROP TABLE dispute; DROP TABLE deed;"
        "DROP INDEX story_stamp; ALTER TABLE story DROP COLUMN stamp;"
        "DROP TABLE overlap; ALTER TABLE article DROP COLUMN days;"
        "DROP TABLE tie; DROP TABLE step; DROP TABLE force; ALTER TABLE flag DROP COLUMN sum;"
        "DROP TABLE place; DROP TABLE unsure; DROP TABLE holder_join; DROP TABLE holder;"
        "ALTER TABLE origin DROP COLUMN holder;"
        "ALTER TABLE story_row DROP COLUMN place_of; ALTER TABLE story_row DROP COLUMN holders;"
        "PRAGMA user_version = 2";
    ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d, got;
    ds_sample_story(s, *state, &d);
    ds_store_close(s);
    exec_on(SAMPLE_DB, older);
    refused(*state, SAMPLE_DB, DS_STORE_READ,
            "written by an older dossier; add a page to bring it up to date");
    s = ds_sample_open(*state, DS_STORE_WRITE);
    assert_int_equal(ask(SAMPLE_DB, "PRAGMA user_version"), DS_STORE_VERSION);
    assert_int_equal(ds_store_story(s, *state, d.story, &got, NULL), DS_OK);
    assert_int_equal(got.rows_len, d.rows_len);
    assert_int_equal(got.rows[0].holders_len, 0);
    assert_int_equal(got.rows[0].place, -1);
    assert_int_equal(got.who.holders_len, 0);
    assert_int_equal(got.keywords.len, 0);
    assert_int_equal(got.key_points[0].questions_len, 0);
    assert_int_equal(got.ledger.questions[0].origins[0].holder, -1);
    assert_int_equal(ask(SAMPLE_DB, "SELECT count(*) FROM member WHERE story = 1 AND number < 0"),
                     2);
    assert_int_equal(ask(SAMPLE_DB, "SELECT next_story FROM grouping"), 2);
    ds_store_close(s);
}

static void what_is_no_store_is_refused(void **state)
{
    static const char what[] = "not a dossier store; unchanged";
    write_file("page.html", "<html><p>A page of some length, which is no database at all.");
    refused(*state, "page.html", DS_STORE_READ, what);
    refused(*state, "page.html", DS_STORE_WRITE, what);
    exec_on("other.db", "CREATE TABLE t(x)");
    refused(*state, "other.db", DS_STORE_READ, what);
    refused(*state, "other.db", DS_STORE_WRITE, what);
    assert_int_equal(ask("other.db", "SELECT count(*) FROM sqlite_schema"), 1);
    mkdir("folder", 0700);
    refused(*state, "folder", DS_STORE_READ, "a folder, not a store");
    refused(*state, "folder", DS_STORE_WRITE, "a folder, not a store");
    refused(*state, "page.html/news.db", DS_STORE_WRITE,
            "cannot write (a file stands where a folder should)");
}

/* Permissions do not hold for root: it is somebody else meanwhile. */
static void a_closed_folder_is_told(void **state)
{
    const uid_t nobody = 65534, root = 0;
    bool was_root = geteuid() == root;
    if (was_root && (chown(".", nobody, (gid_t)-1) != 0 || setresuid(nobody, nobody, root) != 0))
        skip();
    mkdir("closed", 0500);
    refused(*state, "closed/news.db", DS_STORE_WRITE, "cannot write (permission denied)");
    chmod("closed", 0700);
    ds_store *s = NULL;
    assert_int_equal(ds_store_open(*state, DS_STR("closed/news.db"), DS_STORE_WRITE, &s, NULL),
                     DS_OK);
    ds_store_close(s);
    chmod("closed", 0500);
    assert_int_equal(ds_store_open(*state, DS_STR("closed/news.db"), DS_STORE_READ, &s, NULL),
                     DS_OK);
    ds_store_close(s);
    chmod("closed/news.db", 0400);
    refused(*state, "closed/news.db", DS_STORE_WRITE, "cannot write (permission denied)");
    chmod("closed", 0700);
    if (was_root) {
        assert_int_equal(setresuid(root, root, root), 0);
        prctl(PR_SET_DUMPABLE, 1); /* else the leak checker may not look at us */
    }
}

static void an_aborted_batch_leaves_nothing(void **state)
{
    ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page page = ds_sample_page(&sample, "a.html", "<p>bytes");
    ds_reading r = ds_sample_reading(&sample, page.name);
    int64_t page_id, article_id;
    for (int closed = 0; closed < 2; closed++) {
        assert_int_equal(ds_store_begin(s, NULL), DS_OK);
        assert_int_equal(ds_store_put_page(s, &page, DS_STR("r"), &page_id, NULL), DS_OK);
        assert_int_equal(ds_store_put_reading(s, page_id, &r, &article_id, NULL), DS_OK);
        if (closed)
            ds_store_close(s);
        else
            ds_store_abort(s);
        assert_int_equal(
            ask(SAMPLE_DB, "SELECT (SELECT count(*) FROM page) + (SELECT count(*) FROM claim)"), 0);
    }
}

/* A process that dies inside a batch, as by a power cut. */
static void a_killed_batch_leaves_nothing(void **state)
{
    ds_store_close(ds_sample_open(*state, DS_STORE_WRITE));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
        ds_sample sample = {.a = *state};
        ds_page page = ds_sample_page(&sample, "a.html", "<p>bytes");
        int64_t page_id;
        if (ds_store_begin(s, NULL) != DS_OK ||
            ds_store_put_page(s, &page, DS_STR("r"), &page_id, NULL) != DS_OK)
            _exit(1);
        sqlite3_db_cacheflush(s->db);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(ask(SAMPLE_DB, "SELECT count(*) FROM page"), 0);
}

static void readers_read_while_one_writes(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *w = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d, got;
    ds_sample_story(w, *state, &d);
    assert_int_equal(ds_store_begin(w, NULL), DS_OK);
    assert_int_equal(ds_store_remove(w, DS_STR("a.html"), NULL), DS_OK);
    DS_AUTO(ds_store_closep) ds_store *r = ds_sample_open(*state, DS_STORE_READ);
    assert_int_equal(ds_store_story(r, *state, d.story, &got, NULL), DS_OK);
    int64_t story;
    assert_int_equal(ds_store_dirty(r, &story, NULL), DS_NONE);
    assert_int_equal(ds_store_commit(w, NULL), DS_OK);
    assert_int_equal(ds_store_dirty(r, &story, NULL), DS_OK);
}

static void starved_openings_fail_whole(void **state)
{
    bool done = false;
    ds_store_close(ds_sample_open(*state, DS_STORE_WRITE));
    for (size_t budget = 1; budget < 512; budget++) {
        ds_arena *a = ds_arena_new(budget, budget);
        ds_store *s = NULL;
        ds_status st = ds_store_open(a, DS_STR(SAMPLE_DB), DS_STORE_READ, &s, NULL);
        assert_true(st == DS_OK ? s != NULL : st == DS_NOMEM && !s);
        done = st == DS_OK;
        ds_store_close(s);
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_store_is_made_with_its_folders),
        IN_FOLDER(every_table_is_strict),
        IN_FOLDER(an_empty_file_holds_nothing_yet),
        IN_FOLDER(a_newer_store_is_refused_and_unchanged),
        IN_FOLDER(an_older_store_is_brought_up_to_date),
        IN_FOLDER(what_is_no_store_is_refused),
        IN_FOLDER(a_closed_folder_is_told),
        IN_FOLDER(an_aborted_batch_leaves_nothing),
        IN_FOLDER(a_killed_batch_leaves_nothing),
        IN_FOLDER(readers_read_while_one_writes),
        IN_FOLDER(starved_openings_fail_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
