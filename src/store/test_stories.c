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

static ds_status put(ds_store *s, ds_arena *a, ds_dossier *stories, const int64_t *const *ids,
                     size_t n)
{
    ds_batch b = {.stories = stories, .article_ids = ids, .len = n};
    return ds_store_put_stories(s, a, &b, NULL);
}

/* One story of two documents; then it splits, and merges again. */
static void stories_keep_their_ids(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state, .seed = 5};
    ds_dossier d, parts[2], whole;
    ds_sample_story(s, *state, &d);
    const int64_t ids[] = {1, 2};
    const int64_t *const one[] = {ids};
    parts[0] = ds_sample_dossier(&sample, (const char *const[]){"x.html", "y.html"});
    parts[1] = ds_sample_dossier(&sample, (const char *const[]){"b.html", "z.html"});
    whole = ds_sample_dossier(&sample, (const char *const[]){"x.html", "b.html"});
    const int64_t *const pairs[] = {ids, ids};
    assert_int_equal(put(s, *state, parts, pairs, 2), DS_OK);
    assert_int_equal(parts[1].story, 1); /* shares b.html with the old one */
    assert_int_equal(parts[0].story, 2);
    assert_int_equal(put(s, *state, &whole, one, 1), DS_OK);
    assert_int_equal(whole.story, 1); /* as much in common with both: the older id */
    assert_int_equal(put(s, *state, parts, pairs, 2), DS_OK);
    assert_int_equal(parts[0].story, 1); /* a tie goes to the earlier story */
    assert_int_equal(parts[1].story, 3); /* 2 went, and is never given again */
    assert_int_equal(put(s, *state, NULL, NULL, 0), DS_OK);
    ds_story_list list;
    assert_int_equal(ds_store_stories(s, *state, &list, NULL), DS_OK);
    assert_int_equal(list.len, 0);
}

static ds_status kept(ds_store *s, const char *stamp, int64_t first, int64_t second, size_t n)
{
    const int64_t ids[] = {first, second};
    int64_t id = 0;
    ds_status got = ds_store_story_kept(s, ds_str_of(stamp), ids, n, &id, NULL);
    assert_int_equal(id, got == DS_OK ? 1 : 0);
    return got;
}

/* A story that is kept keeps its id and all its rows; nobody else is given the id. */
static void a_kept_story_stays(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state, .seed = 5};
    ds_dossier d, out, other;
    ds_sample_story(s, *state, &d);
    assert_int_equal(kept(s, "stamp", 1, 2, 2), DS_OK);
    assert_int_equal(kept(s, "other", 1, 2, 2), DS_NONE);
    assert_int_equal(kept(s, "stamp", 2, 1, 2), DS_NONE);
    assert_int_equal(kept(s, "stamp", 1, 2, 1), DS_NONE);
    other = ds_sample_dossier(&sample, (const char *const[]){"a.html", "b.html"});
    const int64_t ids[] = {1, 2}, stays[] = {1};
    ds_batch b = {.stories = &other,
                  .article_ids = (const int64_t *const[]){ids},
                  .len = 1,
                  .kept = stays,
                  .kept_len = 1};
    assert_int_equal(ds_store_put_stories(s, *state, &b, NULL), DS_OK);
    assert_int_equal(other.story, 2);
    assert_int_equal(ds_store_story(s, *state, 1, &out, NULL), DS_OK);
    ds_sample_check_dossier(&d, &out);
    assert_int_equal(ds_store_remove(s, DS_STR("a.html"), NULL), DS_OK);
    assert_int_equal(kept(s, "stamp", 1, 2, 2), DS_NONE);
}

static void staleness_is_seen(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state, .seed = 5};
    ds_dossier d;
    int64_t id, article;
    assert_int_equal(ds_store_stale(s, NULL), DS_NONE);
    ds_sample_story(s, *state, &d);
    assert_int_equal(ds_store_stale(s, NULL), DS_NONE);
    ds_page page = ds_sample_page(&sample, "c.html", "<p>third");
    ds_reading r = ds_sample_reading(&sample, page.name);
    assert_int_equal(ds_store_begin(s, NULL), DS_OK);
    assert_int_equal(ds_store_put_page(s, &page, DS_STR("r"), &id, NULL), DS_OK);
    assert_int_equal(ds_store_put_reading(s, id, &r, &article, NULL), DS_OK);
    assert_int_equal(ds_store_stale(s, NULL), DS_OK);
    ds_store_abort(s);
    assert_int_equal(ds_store_stale(s, NULL), DS_NONE);
    assert_int_equal(ds_store_remove(s, DS_STR("a.html"), NULL), DS_OK);
    assert_int_equal(ds_store_stale(s, NULL), DS_OK);
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
        IN_FOLDER(stories_keep_their_ids),
        IN_FOLDER(a_kept_story_stays),
        IN_FOLDER(staleness_is_seen),
        IN_FOLDER(unsound_stories_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
