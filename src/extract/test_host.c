/* SPDX-License-Identifier: Apache-2.0 */
/* test_host.c - what a site repeats is left out, and never most of a text. The pages are made up. */
#include "extract/test_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define APPEAL                                                                                     \
    "The Harbour Post is written by three people in a boat shed, and what they write is free to "  \
    "read for all who live on the coast, in winter too."
#define STORY                                                                                      \
    "<p>The ferry from Calder to Innisport was late on Monday, the third time in a week.</p>"      \
    "<p>Its captain, Ida Moor, said that the tide had turned before the freight was on "           \
    "board.</p>"                                                                                   \
    "<p>About 120 passengers waited in the rain until half past nine, and 14 went home.</p>"

static ds_page html_page(ds_arena *a, const char *host, const char *title, const char *body)
{
    ds_str s = ds_arena_printf(a,
                               "<html><head><title>%s</title><meta property=og:url "
                               "content=\"https://%s/%s\"></head><body><article><h1>%s</h1>"
                               "<div class=article-body>%s</div></article></body></html>",
                               title, host, title, title, body);
    ds_page page = page_of(s);
    page.media = DS_STR("text/html");
    return page;
}

static ds_host_profile profile_of(ds_arena *a, const ds_page *pages, size_t n)
{
    ds_host_block *all = ds_arena_alloc(a, 1000 * sizeof *all);
    size_t len = 0;
    ds_host_profile x;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(ds_extract_host(a, &pages[i], extractor(), &x, NULL), DS_OK);
        for (size_t k = 0; k < x.len; k++)
            all[len++] = x.blocks[k];
    }
    ds_host_profile_make(all, len, &x);
    return x;
}

static ds_str body_with(ds_arena *a, const ds_page *page, const ds_host_profile *x)
{
    ds_articles arts = {0};
    assert_int_equal(ds_extract(a, page, extractor(), x, &arts, NULL, NULL), DS_OK);
    assert_int_equal(arts.len, 1);
    return ds_str_at(arts.at[0].text, arts.at[0].body);
}

static bool holds(ds_str s, const char *part)
{
    return ds_str_find(s, ds_str_of(part), 0) >= 0;
}

static void a_repeated_appeal_goes(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_page pages[] = {
        html_page(a, "post.example", "Ferry late again", STORY "<p>" APPEAL "</p>"),
        html_page(a, "www.post.example", "Market opens",
                  "<p>The new market hall opened on Tuesday with 40 stalls.</p><p>" APPEAL "</p>"),
        html_page(a, "post.example", "Regatta called off",
                  "<p>The regatta of this year was called off after two boats sank.</p><p>" APPEAL
                  "</p>"),
        html_page(a, "other.example", "Appeal", "<p>" APPEAL "</p>" STORY)};
    ds_host_profile x = profile_of(a, pages, 4);
    assert_int_equal(x.len, 1);
    assert_int_equal(x.blocks[0].pages, 3);
    assert_true(holds(body_with(a, &pages[0], NULL), APPEAL));
    ds_str body = body_with(a, &pages[0], &x);
    assert_false(holds(body, APPEAL));
    assert_true(holds(body, "14 went home."));
    assert_true(holds(body_with(a, &pages[3], &x), APPEAL)); /* another site's */
}

static void never_most_of_a_text(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_page pages[] = {html_page(a, "post.example", "Ferry late again", STORY),
                       html_page(a, "post.example", "Ferry late again", STORY),
                       html_page(a, "post.example", "Ferry late once more", STORY)};
    ds_host_profile x = profile_of(a, pages, 3);
    assert_int_equal(x.len, 3);
    ds_str body = body_with(a, &pages[0], &x);
    assert_true(holds(body, "third time in a week"));
    assert_true(holds(body, "14 went home."));
}

static void as_a_table_and_back(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    const ds_host_block blocks[] = {{1, 2}, {0xFEDCBA9876543210u, 99}};
    const ds_host_profile x = {blocks, 2};
    ds_host_profile y;
    ds_buf b = ds_buf_new(a);
    assert_int_equal(ds_host_profile_print(&x, &b), DS_OK);
    assert_int_equal(ds_host_profile_read(a, ds_buf_str(&b), &y, NULL), DS_OK);
    assert_int_equal(y.len, 2);
    assert_true(y.blocks[0].hash == 1 && y.blocks[0].pages == 2);
    assert_true(y.blocks[1].hash == blocks[1].hash && y.blocks[1].pages == 99);
    static const char *const bad[] = {"#: block pages\n12\t3\n",
                                      "#: block pages\n000000000000000g\t3\n",
                                      "#: block pages\n0000000000000001\t300\n",
                                      "#: pages block\n3\t0000000000000001\n", "no table"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ds_err err = {0};
        assert_int_equal(ds_host_profile_read(a, ds_str_of(bad[i]), &y, &err), DS_BAD);
        assert_non_null(err.what);
    }
}

static void plain_text_names_no_site(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_page page = page_of(DS_STR("The ferry was late on Monday. It was late on Tuesday too."));
    ds_host_profile x;
    assert_int_equal(ds_extract_host(a, &page, extractor(), &x, NULL), DS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repeated_appeal_goes), cmocka_unit_test(never_most_of_a_text),
        cmocka_unit_test(as_a_table_and_back), cmocka_unit_test(plain_text_names_no_site)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
