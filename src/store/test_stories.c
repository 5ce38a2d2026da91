/* SPDX-License-Identifier: Apache-2.0 */
/* test_stories.c - finished stories, their ids, and what reads them. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void a_story_comes_back_whole(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier in, out;
    ds_sample_story(s, *state, &in);
    assert_int_equal(in.story, 1);
    assert_int_equal(ds_store_story(s, *state, in.story, &out, NULL), DS_OK);
    ds_sample_check_dossier(&in, &out);
    assert_int_equal(ds_store_story(s, *state, 7, &out, NULL), DS_NONE);
}

static void the_list_has_the_counts(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_story_list list;
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_stories(s, *state, &list, NULL), DS_OK);
    assert_int_equal(list.len, 1);
    assert_int_equal(list.at[0].id, d.story);
    assert_true(ds_str_eq(list.at[0].title, d.title));
    assert_int_equal(list.at[0].pages, 2);
    assert_int_equal(list.at[0].figures, d.rows_len);
    assert_int_equal(list.at[0].questions, d.ledger.questions_len);
    assert_int_equal(list.at[0].flags, d.ledger.flags_len);
    ds_day first = d.sources[0].published, second = d.sources[1].published;
    assert_int_equal(list.at[0].days.lo, first < second ? first : second);
    assert_int_equal(list.at[0].days.hi, first < second ? second : first);
}

static void an_article_is_found_by_letter_and_name(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_reading r;
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_article(s, *state, d.story, d.sources[1].letter, &r, NULL), DS_OK);
    assert_string_equal(r.article->doc.at, "b.html");
    assert_int_equal(ds_store_article(s, *state, d.story, DS_STR("Z"), &r, NULL), DS_NONE);
    assert_int_equal(ds_store_article_of(s, *state, DS_STR("a.html"), &r, NULL), DS_OK);
    assert_string_equal(r.article->doc.at, "a.html");
    assert_int_equal(ds_store_article_of(s, *state, DS_STR("c.html"), &r, NULL), DS_NONE);
}

/* What is to be reckoned: the story that lost a page; of what is finished, nothing. */
static void changes_are_seen(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_memberships lost, left;
    int64_t story = 0;
    assert_int_equal(ds_store_dirty(s, &story, NULL), DS_NONE);
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_dirty(s, &story, NULL), DS_NONE);
    assert_int_equal(ds_store_remove(s, DS_STR("a.html"), NULL), DS_OK);
    assert_int_equal(ds_store_dirty(s, &story, NULL), DS_OK);
    assert_int_equal(story, 1);
    assert_int_equal(ds_store_lost(s, *state, 1, &lost, NULL), DS_OK);
    assert_int_equal(lost.len, 1);
    assert_int_equal(lost.at[0].number, 0);
    assert_int_equal(ds_store_members(s, *state, 1, &left, NULL), DS_OK);
    assert_int_equal(left.len, 1);
    assert_int_equal(left.at[0].number, 1);
    assert_int_equal(ds_store_drop_story(s, 1, NULL), DS_OK);
    assert_int_equal(ds_store_dirty(s, &story, NULL), DS_NONE);
    assert_int_equal(ds_store_story(s, *state, 1, &d, NULL), DS_NONE);
    assert_int_equal(ds_store_touch_all(s, NULL), DS_OK);
    assert_int_equal(ds_store_dirty(s, &story, NULL), DS_OK);
}

static void members_come_back_whole(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_membership in = {.number = 1,
                        .article = 2,
                        .story = 1,
                        .near = 0,
                        .odds = 2.5,
                        .why = DS_SAME_DAY | DS_OTHER_AGE,
                        .days = 3,
                        .record = DS_STR("\0bytes")},
                  out;
    ds_str doc;
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_put_member(s, &in, NULL), DS_OK);
    assert_int_equal(ds_store_member(s, *state, 1, &out, NULL), DS_OK);
    assert_int_equal(out.article, 2);
    assert_int_equal(out.story, 1);
    assert_int_equal(out.near, 0);
    assert_true(out.odds == in.odds);
    assert_int_equal(out.why, in.why);
    assert_int_equal(out.days, 3);
    assert_true(ds_str_eq(out.record, in.record));
    assert_int_equal(ds_store_doc_of(s, *state, 1, &doc, NULL), DS_OK);
    assert_true(ds_str_eq(doc, DS_STR("b.html")));
    assert_int_equal(ds_store_member(s, *state, 2, &out, NULL), DS_NONE);
    assert_int_equal(ds_store_doc_of(s, *state, 2, &doc, NULL), DS_NONE);
}

/* Articles that speak for two stories are counted, whichever is named first, until one of the two goes. */
static void bonds_are_counted(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    int64_t n = 0;
    assert_int_equal(ds_store_put_bond(s, 2, 3, &n, NULL), DS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ds_store_put_bond(s, 3, 2, &n, NULL), DS_OK);
    assert_int_equal(n, 2);
    assert_int_equal(ds_store_put_bond(s, 3, 4, &n, NULL), DS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ds_store_merge(s, 3, 1, NULL), DS_OK);
    assert_int_equal(ds_store_put_bond(s, 2, 3, &n, NULL), DS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ds_store_drop_story(s, 2, NULL), DS_OK);
    assert_int_equal(ds_store_put_bond(s, 2, 3, &n, NULL), DS_OK);
    assert_int_equal(n, 1);
}

/* An id that went leads on, also where it led to one that went later. */
static void merged_ids_lead_on(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    int64_t to = 0;
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_merge(s, 3, 2, NULL), DS_OK);
    assert_int_equal(ds_store_merge(s, 2, 1, NULL), DS_OK);
    assert_int_equal(ds_store_moved_to(s, 3, &to, NULL), DS_OK);
    assert_int_equal(to, 1);
    assert_int_equal(ds_store_moved_to(s, 2, &to, NULL), DS_OK);
    assert_int_equal(to, 1);
    assert_int_equal(ds_store_moved_to(s, 1, &to, NULL), DS_NONE);
    assert_int_equal(ds_store_drop_story(s, 1, NULL), DS_OK);
    assert_int_equal(ds_store_moved_to(s, 3, &to, NULL), DS_NONE);
    assert_int_equal(ds_store_moved_to(s, 2, &to, NULL), DS_NONE);
}

/* By a rereading: not even those of stories that nobody finished. */
static void ids_are_not_given_again(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_grouping g = {.next_story = 20, .reread = -1};
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_put_grouping(s, &g, NULL), DS_OK);
    assert_int_equal(ds_store_reread_begin(s, NULL), DS_OK);
    assert_int_equal(ds_store_grouping(s, *state, &g, NULL), DS_OK);
    assert_int_equal(g.reread, 0);
    assert_int_equal(ds_store_reread_end(s, *state, NULL), DS_OK);
    assert_int_equal(ds_store_grouping(s, *state, &g, NULL), DS_OK);
    assert_int_equal(g.next_story, 20);
    assert_int_equal(g.reread, -1);
}

/* Who opened a story that became one with another stands beside who bound them; nobody else moves. */
static void openers_are_bound(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_dossier d;
    ds_membership m = {.number = 1, .article = 2, .story = 2, .near = DS_NEAR_NONE, .days = -1};
    const ds_membership by = {.story = 2, .near = 7, .odds = 3.5, .why = DS_SAME_DAY, .days = 1};
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_put_member(s, &m, NULL), DS_OK);
    assert_int_equal(ds_store_bind_openers(s, &by, NULL), DS_OK);
    assert_int_equal(ds_store_member(s, *state, 1, &m, NULL), DS_OK);
    assert_int_equal(m.near, 7);
    assert_true(m.odds == by.odds);
    assert_int_equal(m.why, by.why);
    assert_int_equal(m.days, 1);
    assert_int_equal(ds_store_member(s, *state, 0, &m, NULL), DS_OK);
    assert_true(m.near == DS_NEAR_NONE);
}

/* A story that is put again replaces what was there, and leaves the others alone. */
static void a_story_is_replaced(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state, .seed = 5};
    ds_dossier d, other, out;
    ds_story_count n;
    const int64_t ids[] = {1, 2};
    ds_sample_story(s, *state, &d);
    other = ds_sample_dossier(&sample, (const char *const[]){"a.html", "b.html"});
    other.story = 4;
    assert_int_equal(ds_store_put_story(s, &other, ids, DS_STR("stamp"), NULL), DS_OK);
    assert_int_equal(ds_store_story(s, *state, 1, &out, NULL), DS_OK);
    ds_sample_check_dossier(&d, &out);
    other.story = 1;
    assert_int_equal(ds_store_put_story(s, &other, ids, DS_STR("stamp"), NULL), DS_OK);
    assert_int_equal(ds_store_story(s, *state, 1, &out, NULL), DS_OK);
    ds_sample_check_dossier(&other, &out);
    assert_int_equal(ds_store_count_stories(s, 0, &n, NULL), DS_OK);
    assert_int_equal(n.stories, 2);
    assert_int_equal(n.last, 4);
    assert_int_equal(ds_store_count_stories(s, 1, &n, NULL), DS_OK);
    assert_int_equal(n.stories, 1);
}

/* The newer version of a page goes on where the older one was alone. */
static void a_newer_version_knows_its_story(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state, .seed = 5};
    ds_dossier d;
    int64_t page_id, story = 0;
    ds_sample_story(s, *state, &d);
    ds_page newer = ds_sample_page(&sample, "a.html", "<p>in other words");
    assert_int_equal(ds_store_put_page(s, &newer, DS_STR("r"), &page_id, NULL), DS_OK);
    assert_int_equal(ds_store_former(s, page_id, 1, &story, NULL), DS_NONE); /* b.html is there */
    assert_int_equal(ds_store_remove(s, DS_STR("b.html"), NULL), DS_OK);
    assert_int_equal(ds_sql_exec(s, "UPDATE former SET n = 1", NULL), DS_OK);
    assert_int_equal(ds_store_former(s, page_id, 1, &story, NULL), DS_OK);
    assert_int_equal(story, 1);
    assert_int_equal(ds_store_forget_former(s, NULL), DS_OK);
    assert_int_equal(ds_store_former(s, page_id, 1, &story, NULL), DS_NONE);
}

/* A story whose indices lead nowhere is not handed out. */
static void unsound_stories_are_refused(void **state)
{
    static const char *const damages[] = {
        "UPDATE story_row SET member = 2",
        "UPDATE story_row SET of_claim = 2",
        "UPDATE story_row SET figure_end = 9999",
        "UPDATE answer SET claims = '[2]'",
        "UPDATE answer SET origins = '[5]'",
        "UPDATE origin SET member = 2",
        "UPDATE pair SET b = 2",
        "UPDATE question SET flags = '[2]'",
        "UPDATE flag SET claims = '[2]'",
        "UPDATE force SET claims = '[2]'",
        "UPDATE flag SET cites = '[[2,0],[0,0]]'",
        "UPDATE key_point SET cites = '[[2,0]]'",
        "UPDATE event SET cites = '[[2,0]]'",
        "UPDATE copy SET to_member = 2",
        "UPDATE overlap SET second_member = 2",
        "UPDATE story_row SET holders = '[2,0]'",
        "UPDATE story_row SET holders = '[0]'",
        "UPDATE story_row SET place_of = 2",
        "UPDATE origin SET holder = 2",
        "UPDATE holder SET members = '[2]'",
        "UPDATE holder_join SET holder = 2",
        "UPDATE holder_join SET form_member = 2",
        "UPDATE holder_join SET proof_member = 2",
        "UPDATE unsure SET other_holder = 2",
        "UPDATE unsure SET other_member = 2",
    };
    for (size_t i = 0; i < DS_LEN(damages); i++) {
        ds_sample_leave(state);
        assert_int_equal(ds_sample_enter(state), 0);
        DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
        ds_dossier d, out = {.story = -1};
        ds_err err = {0};
        ds_sample_story(s, *state, &d);
        assert_int_equal(ds_sql_exec(s, damages[i], NULL), DS_OK);
        assert_int_equal(ds_store_story(s, *state, d.story, &out, &err), DS_IO);
        assert_int_equal(out.story, -1);
        assert_true(ds_str_starts(ds_str_of(err.what), DS_STR("damaged: bad index")));
    }
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_story_comes_back_whole),
        IN_FOLDER(the_list_has_the_counts),
        IN_FOLDER(an_article_is_found_by_letter_and_name),
        IN_FOLDER(changes_are_seen),
        IN_FOLDER(members_come_back_whole),
        IN_FOLDER(bonds_are_counted),
        IN_FOLDER(merged_ids_lead_on),
        IN_FOLDER(ids_are_not_given_again),
        IN_FOLDER(openers_are_bound),
        IN_FOLDER(a_story_is_replaced),
        IN_FOLDER(a_newer_version_knows_its_story),
        IN_FOLDER(unsound_stories_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
