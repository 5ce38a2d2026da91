/* SPDX-License-Identifier: Apache-2.0 */
/* test_search.c - the index follows the pages; a windowed ranking is the full one inside its window. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* One article of a page of its own. */
static void add(ds_store *s, ds_sample *sample, const char *name, const char *bytes,
                const char *title, const char *text, ds_day day)
{
    ds_page page = ds_sample_page(sample, name, bytes);
    ds_article article = {.doc = page.name,
                          .n = 1,
                          .main = true,
                          .title = ds_str_of(title),
                          .text = ds_str_of(text),
                          .body = {0, (uint32_t)strlen(text)},
                          .publisher = DS_STR("Orpress"),
                          .published = day,
                          .window = DS_DAYS_NONE,
                          .modified = DS_DAY_NONE};
    ds_reading r = {.page = &page, .article = &article};
    int64_t page_id, id;
    assert_int_equal(ds_store_put_page(s, &page, DS_STR("r"), &page_id, NULL), DS_OK);
    assert_int_equal(ds_store_put_reading(s, page_id, &r, &id, NULL), DS_OK);
}

static ds_found find(ds_store *s, ds_arena *a, const char *query, ds_search how)
{
    ds_query q;
    ds_found found = {0};
    ds_err err = {0};
    assert_int_equal(ds_store_parse_query(s, a, ds_str_of(query), &q, &err), DS_OK);
    how.query = &q;
    if (!how.limit)
        how.limit = 10;
    assert_int_equal(ds_store_search(s, a, &how, &found, &err), DS_OK);
    return found;
}

/* Names of the hits, with blanks. */
static const char *names(ds_arena *a, const ds_found *f)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < f->len; i++)
        ds_buf_printf(&b, "%s%.*s", i ? " " : "", DS_FMT(f->at[i].doc));
    return ds_buf_str(&b).at;
}

static void words_find_articles(void **state)
{
    static const struct {
        const char *query, *names;
        bool newest;
    } rows[] = {
        {"dam", "b a", false},
        {"dam", "b a", true},
        {"kills", "a", false},
        {"dam kill", "a", false},
        {"\"dam kills\"", "a", false},
        {"\"kills dam\"", "", false},
        {"dam OR storks", "c b a", true},
        {"dam -kills", "b", false},
        {"source:orpress storks", "c", false},
        {"source:dam", "", false},
        {"from:2024-10-14", "c b", false},
        {"dam from:2024-10-14 to:2024-10-14", "b", false},
        {"dam to:2024-10-01", "", false},
        {"nothing", "", false},
    };
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    add(s, &sample, "a", "1", "Dam kills 17", "The dam of Varn kills seventeen.",
        ds_day_of(2024, 10, 13));
    add(s, &sample, "b", "2", "Dams", "A dam, a dam and one more dam.", ds_day_of(2024, 10, 14));
    add(s, &sample, "c", "3", "Storks stay", "They stay put this autumn.", ds_day_of(2024, 10, 21));
    for (size_t i = 0; i < DS_LEN(rows); i++) {
        ds_found f = find(s, *state, rows[i].query, (ds_search){.newest = rows[i].newest});
        assert_string_equal(names(*state, &f), rows[i].names);
        assert_int_equal(f.articles, 3);
    }
}

/* Words of an older version, and of a page that was removed, are found no more, nor are they in the index. */
static void the_index_follows_the_pages(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_found f;
    add(s, &sample, "a", "1", "One", "The bridge stands.", DS_DAY_NONE);
    add(s, &sample, "b", "2", "Two", "The ferry sails.", DS_DAY_NONE);
    add(s, &sample, "a", "3", "One", "The bridge fell.", DS_DAY_NONE);
    f = find(s, *state, "stands", (ds_search){0});
    assert_int_equal(f.len, 0);
    f = find(s, *state, "fell", (ds_search){0});
    assert_string_equal(names(*state, &f), "a");
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM search WHERE search MATCH 'stand'"), 0);
    assert_int_equal(ds_store_remove(s, DS_STR("b"), NULL), DS_OK);
    f = find(s, *state, "ferry", (ds_search){0});
    assert_int_equal(f.len, 0);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM search WHERE search MATCH 'ferri'"), 0);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM search_doc"), 1);
    /* The number of what went is not given again. */
    add(s, &sample, "c", "4", "Three", "The mill burns.", DS_DAY_NONE);
    assert_int_equal(ds_sample_ask(s, "SELECT max(id) FROM search_doc"), 4);
}

/* Anybody's sqlite3 can open and ask it: nothing of ours is in the schema. */
static void a_store_without_an_index_gets_one(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    add(s, &sample, "a", "1", "One", "The bridge stands.", DS_DAY_NONE);
    assert_int_equal(
        ds_sql_exec(
            s,
            "DROP TABLE bond; ALTER TABLE story DROP COLUMN standfirst; ALTER TABLE story DROP "
            "COLUMN "
            "standfirst_cites;"
            "ALTER TABLE story DROP COLUMN section; ALTER TABLE story DROP COLUMN keywords;"
            "ALTER TABLE source DROP COLUMN told_first; ALTER TABLE key_point DROP COLUMN "
            "questions;"
            "ALTER TABLE answer DROP COLUMN superseded; ALTER TABLE question DROP COLUMN scope;"
            "DROP TABLE search; DROP TABLE search_doc; DROP INDEX story_newest;"
            "PRAGMA user_version = 7",
            NULL),
        DS_OK);
    ds_store_close(s);
    s = NULL;
    s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_found f = find(s, *state, "bridge", (ds_search){0});
    assert_string_equal(names(*state, &f), "a");
}

/* Scores do not depend on the window: the ten best of a window are the ten best of all, less those outside it. */
static void a_window_is_a_part_of_the_whole(void **state)
{
    enum { ARTICLES = 400, WINDOW = 60, TOP = 10 };
    static const char *const queries[] = {"flood", "flood dam", "flood OR rain", "\"flood dam\"",
                                          "flood -rain"};
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    unsigned seed = 1;
    for (int i = 0; i < ARTICLES; i++) {
        ds_buf b = ds_buf_new(*state);
        ds_str name = ds_arena_printf(*state, "n%d", i);
        for (int k = 0; k < 30; k++) {
            static const char *const words[] = {"flood", "dam",   "rain",  "mayor",
                                                "road",  "house", "police"};
            seed = seed * 1103515245 + 12345;
            ds_buf_printf(&b, "%s ", words[(seed >> 16) % 7]);
        }
        add(s, &sample, name.at, name.at, "Title", ds_buf_str(&b).at, DS_DAY_NONE);
    }
    for (size_t q = 0; q < DS_LEN(queries); q++) {
        ds_found whole =
            find(s, *state, queries[q], (ds_search){.limit = ARTICLES, .window = ARTICLES});
        ds_found part = find(s, *state, queries[q], (ds_search){.limit = TOP, .window = WINDOW});
        ds_found newest =
            find(s, *state, queries[q], (ds_search){.limit = WINDOW + 1, .newest = true});
        int64_t bound = newest.len > WINDOW ? newest.at[WINDOW].doc_number : 0;
        assert_int_equal(whole.window, 0);
        assert_int_equal(part.window, newest.len > WINDOW ? WINDOW : 0);
        size_t n = 0;
        for (size_t i = 0; i < whole.len && n < TOP; i++) {
            if (whole.at[i].doc_number <= bound)
                continue;
            assert_true(n < part.len);
            assert_int_equal(part.at[n].doc_number, whole.at[i].doc_number);
            assert_true(part.at[n].score == whole.at[i].score);
            n++;
        }
        assert_int_equal(n, part.len);
    }
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(words_find_articles),
        IN_FOLDER(the_index_follows_the_pages),
        IN_FOLDER(a_store_without_an_index_gets_one),
        IN_FOLDER(a_window_is_a_part_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
