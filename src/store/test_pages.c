/* SPDX-License-Identifier: Apache-2.0 */
/* test_pages.c - pages, their versions, and their readings. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static ds_status put(ds_store *s, ds_sample *sample, const ds_page *page, const char *reader,
                     int64_t *id)
{
    ds_reading r = ds_sample_reading(sample, page->name);
    int64_t article;
    assert_int_equal(ds_store_begin(s, NULL), DS_OK);
    ds_status st = ds_store_put_page(s, page, ds_str_of(reader), id, NULL);
    if (st == DS_OK)
        assert_int_equal(ds_store_put_reading(s, *id, &r, &article, NULL), DS_OK);
    assert_int_equal(ds_store_commit(s, NULL), DS_OK);
    return st;
}

static void a_page_goes_in_once(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page page = ds_sample_page(&sample, "a.html", "<p>one");
    int64_t first = 0, again = 0;
    assert_int_equal(ds_store_known(s, &page, DS_STR("r1"), NULL), DS_NONE);
    assert_int_equal(put(s, &sample, &page, "r1", &first), DS_OK);
    assert_int_equal(ds_store_known(s, &page, DS_STR("r1"), NULL), DS_OK);
    assert_int_equal(put(s, &sample, &page, "r1", &again), DS_NONE);
    assert_int_equal(first, again);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM article"), 1);
}

static void other_bytes_are_a_newer_version(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page one = ds_sample_page(&sample, "a.html", "<p>one"),
            two = ds_sample_page(&sample, "a.html", "<p>two");
    int64_t first, second, back;
    ds_stored stored;
    assert_int_equal(put(s, &sample, &one, "r1", &first), DS_OK);
    assert_int_equal(put(s, &sample, &two, "r1", &second), DS_OK);
    assert_int_not_equal(first, second);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM page"), 2);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM page WHERE newest"), 1);
    assert_int_equal(ds_sample_ask(s, "SELECT id FROM page WHERE newest"), second);
    assert_int_equal(ds_store_page_readings(s, *state, second, &stored, NULL), DS_OK);
    assert_int_equal(stored.len, 1);
    assert_true(ds_str_eq(stored.at[0].page->sha256, two.sha256));
    /* Both are there, the newest last. */
    assert_int_equal(ds_store_versions(s, *state, &stored.at[0], &stored, NULL), DS_OK);
    assert_int_equal(stored.len, 2);
    assert_true(ds_str_eq(stored.at[0].page->sha256, one.sha256));
    assert_true(ds_str_eq(stored.at[1].page->sha256, two.sha256));
    /* The older bytes come back: newest again, under their old id. */
    assert_int_equal(ds_store_known(s, &one, DS_STR("r1"), NULL), DS_NONE);
    assert_int_equal(put(s, &sample, &one, "r1", &back), DS_OK);
    assert_int_equal(back, first);
    assert_int_equal(ds_sample_ask(s, "SELECT id FROM page WHERE newest"), first);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM page_bytes"), 2);
}

static void another_reader_reads_anew(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page page = ds_sample_page(&sample, "a.html", "<p>one");
    int64_t first, again;
    assert_int_equal(put(s, &sample, &page, "r1", &first), DS_OK);
    assert_int_equal(put(s, &sample, &page, "r2", &again), DS_OK);
    assert_int_equal(first, again);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM article"), 1);
    page.published = ds_day_of(2025, 2, 7); /* a stated fact that is new counts as new */
    assert_int_equal(put(s, &sample, &page, "r2", &again), DS_OK);
    assert_int_equal(ds_sample_ask(s, "SELECT published FROM page"), page.published);
}

static void a_url_stands_for_a_page(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page page = ds_sample_page(&sample, "1", "<p>one"),
            other = ds_sample_page(&sample, "2", "<p>two");
    int64_t id;
    page.url = other.url = DS_STR("https://example.org/a");
    assert_int_equal(put(s, &sample, &page, "r", &id), DS_OK);
    assert_int_equal(put(s, &sample, &other, "r", &id), DS_OK);
    assert_int_equal(ds_sample_ask(s, "SELECT count(*) FROM page WHERE newest"), 1);
    assert_int_equal(ds_store_remove(s, DS_STR("https://example.org/b"), NULL), DS_NONE);
    assert_int_equal(ds_store_remove(s, DS_STR("https://example.org/a"), NULL), DS_OK);
    assert_int_equal(
        ds_sample_ask(s, "SELECT (SELECT count(*) FROM page) + (SELECT count(*) FROM claim)"), 0);
}

static void readings_come_back_in_order(void **state)
{
    DS_AUTO(ds_store_closep) ds_store *s = ds_sample_open(*state, DS_STORE_WRITE);
    ds_sample sample = {.a = *state};
    ds_page page = ds_sample_page(&sample, "z.html", "<p>one"),
            other = ds_sample_page(&sample, "a.html", "<p>two");
    ds_reading r = ds_sample_reading(&sample, DS_STR("z.html"));
    ds_stored stored;
    int64_t id, article;
    page.url = DS_STR("https://example.org/z");
    page.title = DS_STR("A title");
    page.came = DS_CAME_JSON_LINE;
    assert_int_equal(ds_store_put_page(s, &page, DS_STR("r"), &id, NULL), DS_OK);
    assert_int_equal(ds_store_put_reading(s, id, &r, &article, NULL), DS_OK);
    assert_int_equal(put(s, &sample, &other, "r", &id), DS_OK);
    for (int64_t i = 0; i < 2; i++) { /* the one that came last is put into the story first */
        ds_membership m = {.number = i,
                           .article = i ? article : ds_sample_ask(s, "SELECT max(id) FROM article"),
                           .story = 1,
                           .near = DS_NEAR_NONE};
        assert_int_equal(ds_store_put_member(s, &m, NULL), DS_OK);
    }
    assert_int_equal(ds_store_story_readings(s, *state, 1, &stored, NULL), DS_OK);
    assert_int_equal(stored.len, 2);
    assert_int_equal(stored.ids[0], article);
    const ds_reading *got = &stored.at[0];
    ds_article_row in = {*r.article, r.sents, r.sents_len, r.days},
                   out = {*got->article, got->sents, got->sents_len, got->days};
    assert_null(ds_sample_differs(&ds_shape_article, &in, &out));
    assert_null(ds_sample_differs(&ds_shape_page, &page, got->page));
    assert_int_equal(got->claims.len, r.claims.len);
    for (size_t i = 0; i < r.claims.len; i++)
        assert_null(ds_sample_differs(&ds_shape_claim, &r.claims.at[i], &got->claims.at[i]));
    assert_null(got->page->bytes.at);
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, ds_sample_enter, ds_sample_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_page_goes_in_once),         IN_FOLDER(other_bytes_are_a_newer_version),
        IN_FOLDER(another_reader_reads_anew),   IN_FOLDER(a_url_stands_for_a_page),
        IN_FOLDER(readings_come_back_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
