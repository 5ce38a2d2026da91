/* SPDX-License-Identifier: Apache-2.0 */
/* test_verify.c - what verify finds, and what its digest depends on. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t verify(ds_store *s, ds_arena *a, ds_strs *what, ds_str *digest)
{
    uint32_t problems = 0;
    ds_err err = {0};
    if (ds_store_verify(s, a, &problems, what, digest, &err) != DS_OK)
        fail_msg("%s", err.what);
    return problems;
}

static void a_sound_store_has_no_problems(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_strs what;
    ds_str empty, full;
    assert_int_equal(verify(s, *state, &what, &empty), 0);
    ds_sample_story(s, *state, &d);
    assert_int_equal(verify(s, *state, &what, &full), 0);
    assert_int_equal(full.len, 64);
    assert_string_not_equal(empty.at, full.at);
}

/* Neither row numbers nor the day of fetching count; a word in any table does. */
static void the_digest_is_of_what_the_rows_say(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_strs what;
    ds_str before, after;
    ds_sample_story(s, *state, &d);
    verify(s, *state, &what, &before);
    assert_int_equal(
        ds_sql_exec(
            s,
            "UPDATE page SET fetched = 1; PRAGMA foreign_keys = OFF;"
            "UPDATE article SET id = id + 100; UPDATE claim SET article = article + 100;"
            "UPDATE source SET article = article + 100;"
            "UPDATE member SET article = article + 100; UPDATE search_doc SET article = article + "
            "100; PRAGMA foreign_keys = ON",
            NULL),
        DS_OK);
    assert_int_equal(verify(s, *state, &what, &after), 0);
    assert_string_equal(before.at, after.at);
    static const char *const changes[] = {
        "UPDATE page SET reader = 'other'",
        "UPDATE article SET title = 'other'",
        "UPDATE claim SET measure = 'other'",
        "UPDATE claim SET low_num = 5",
        "UPDATE story SET title = 'other'",
        "UPDATE member SET story = 7 WHERE number = 0",
        "INSERT INTO redirect(story, to_story) VALUES(8, 7)",
        "UPDATE source SET opening = 'other'",
        "UPDATE story_row SET origin = 'other'",
        "UPDATE question SET why = 'other'",
        "UPDATE answer SET wider = 1 - wider",
        "UPDATE origin SET why = NULL",
        "UPDATE pair SET why = ''",
        "UPDATE flag SET finding = 'other'",
        "UPDATE key_point SET text = 'other'",
        "UPDATE event SET text = 'other'",
        "UPDATE copy SET words = words + 1",
    };
    for (size_t i = 0; i < DS_LEN(changes); i++) {
        before = after;
        assert_int_equal(ds_sql_exec(s, changes[i], NULL), DS_OK);
        verify(s, *state, &what, &after);
        assert_string_not_equal(before.at, after.at);
    }
}

static void problems_are_named(void **state)
{
    static const struct {
        const char *damage, *what;
    } rows[] = {
        {"UPDATE page_bytes SET bytes = x'3c703e' WHERE page = 1",
         "a.html: its bytes are not those of its SHA-256"},
        {"DELETE FROM page_bytes WHERE page = 1", "a.html: its bytes are gone"},
        {"UPDATE article SET body_end = 99999 WHERE id = 1",
         "a.html: its body lies outside its text"},
        {"UPDATE article SET sentences = '[[0,99999,0,0,0,0,0]]' WHERE id = 1",
         "a.html: a span of sentences lies outside"},
        {"UPDATE article SET runs = '[[0,1,0,99999]]' WHERE id = 1",
         "a.html: a span of runs lies outside"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM article WHERE id = 2; PRAGMA foreign_keys = ON",
         "a row of claim refers to nothing in article"},
        {"PRAGMA foreign_keys = OFF; UPDATE member SET article = 9 WHERE number = 1; PRAGMA "
         "foreign_keys = ON",
         "a row of member refers to nothing in article"},
        {"UPDATE page SET newest = 0 WHERE id = 1",
         "a.html: of an older version of its page, but in story 1"},
        {"DELETE FROM member WHERE number = 1", "b.html: in no story"},
        {"DELETE FROM member WHERE number = 1", "story 1: b.html is not of it"},
        {"UPDATE member SET story = 5 WHERE number = 1",
         "story 5: has articles, but was never finished"},
        {"DELETE FROM source WHERE i = 1", "b.html: not told in story 1"},
        {"INSERT INTO redirect(story, to_story) VALUES(3, 9)",
         "story 3: leads to story 9, which is not there"},
        {"INSERT INTO redirect(story, to_story) VALUES(1, 1)",
         "story 1: leads to story 1, but is there"},
        {"INSERT INTO similar(story, other, likeness) VALUES(1, 9, 0.5)",
         "story 1: similar to story 9, but one of the two is not there"},
        {"INSERT INTO similar(story, other, likeness) VALUES(9, 1, 0.5)",
         "story 9: similar to story 1, but one of the two is not there"},
        {"UPDATE grouping SET next_story = 1", "story 1: its number is to be given again"},
        {"UPDATE member SET record = x'00' WHERE number = 0",
         "a.html: what grouping keeps of it cannot be read"},
        {"UPDATE member SET record = zeroblob(4096) WHERE number = 0",
         "a.html: what grouping keeps of it cannot be read"},
    };
    for (size_t i = 0; i < DS_LEN(rows); i++) {
        ds_sample_leave(state);
        assert_int_equal(ds_sample_enter(state), 0);
        DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
        ds_dossier d;
        ds_strs what;
        ds_str digest;
        bool found = false;
        ds_sample_story(s, *state, &d);
        assert_int_equal(ds_sql_exec(s, rows[i].damage, NULL), DS_OK);
        assert_true(verify(s, *state, &what, &digest) > 0);
        for (size_t k = 0; k < what.len; k++)
            found = found || ds_str_eq(what.at[k], ds_str_of(rows[i].what));
        if (!found)
            fail_msg("%s: not “%s” but “%s”", rows[i].damage, rows[i].what, what.at[0].at);
    }
}

static void a_row_without_its_claim_is_named(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_strs what;
    ds_str digest;
    ds_sample_story(s, *state, &d);
    assert_int_equal(
        ds_sql_exec(s, "UPDATE story_row SET id = 'ffff', doc = 'a.html' WHERE i = 0", NULL),
        DS_OK);
    assert_int_equal(verify(s, *state, &what, &digest), 1);
    assert_string_equal(what.at[0].at, "story 1: no claim ffff in a.html");
}

/* What is still to be reckoned, or read anew, is no problem. */
static void what_is_under_way_is_sound(void **state)
{
    static const char *const rows[] = {
        "UPDATE member SET story = 5 WHERE number = 1; INSERT INTO dirty VALUES(1), (5)",
        ("INSERT INTO redirect(story, to_story) VALUES(3, 9), (1, 9); "
         "INSERT INTO dirty VALUES(1), (9)"),
        "DELETE FROM member; UPDATE grouping SET reread = 0",
    };
    for (size_t i = 0; i < DS_LEN(rows); i++) {
        ds_sample_leave(state);
        assert_int_equal(ds_sample_enter(state), 0);
        DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
        ds_dossier d;
        ds_strs what;
        ds_str digest;
        ds_sample_story(s, *state, &d);
        assert_int_equal(ds_sql_exec(s, "UPDATE grouping SET next_story = 9", NULL), DS_OK);
        assert_int_equal(ds_sql_exec(s, rows[i], NULL), DS_OK);
        if (verify(s, *state, &what, &digest))
            fail_msg("%s: “%s”", rows[i], what.at[0].at);
    }
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_sound_store_has_no_problems),
        IN_FOLDER(the_digest_is_of_what_the_rows_say),
        IN_FOLDER(problems_are_named),
        IN_FOLDER(a_row_without_its_claim_is_named),
        IN_FOLDER(what_is_under_way_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
