/* SPDX-License-Identifier: Apache-2.0 */
/* test_lines.c - pages of plain text, as people paste them: which lines are the article. Its argument: corpus/plain. */
#include "extract/test_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define PAGE_BYTES 65536

static const char *folder;
static ds_status read_file(ds_arena *a, const char *name, ds_articles *out)
{
    ds_str path = ds_arena_printf(a, "%s/%s", folder, name);
    char *at = ds_arena_alloc(a, PAGE_BYTES);
    FILE *f = fopen(path.at, "rb");
    assert_non_null(f);
    ds_page page = page_of((ds_str){at, fread(at, 1, PAGE_BYTES, f)});
    fclose(f);
    ds_err err = {0};
    ds_status st = ds_extract(a, &page, extractor(), NULL, out, NULL, &err);
    for (size_t i = 0; st == DS_OK && i < out->len; i++)
        assert_null(wrong_article(&page, &out->at[i]));
    return st;
}

static bool holds(ds_str s, const char *what)
{
    return ds_str_find(s, ds_str_of(what), 0) >= 0;
}

static void takes_the_text_alone(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    static const char *const in[] = {
        "dark since the storm", "lens of 1891",         "212 steps",
        "61,000 crowns",        "nine people on board", "four years to find"};
    static const char *const out[] = {"newsletter", "Photograph", "Read more",
                                      "who covers", "Regatta",    "cookies",
                                      "Log in",     "Nell Arden", "rights reserved"};
    ds_articles arts;
    assert_int_equal(read_file(a, "noise.txt", &arts), DS_OK);
    assert_int_equal(arts.len, 1);
    ds_str body = ds_str_at(arts.at[0].text, arts.at[0].body);
    assert_true(ds_str_eq(arts.at[0].title,
                          DS_STR("Lighthouse at Marrow Point to be lit again after eleven years")));
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        if (!holds(body, in[i]))
            fail_msg("the body lacks \"%s\"", in[i]);
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        if (holds(body, out[i]))
            fail_msg("the body holds \"%s\"", out[i]);
}

#define TEXT                                                                                       \
    "The harbour office at Calder said on Monday that the old pier will be closed for two "        \
    "years.\n"                                                                                     \
    "Divers had found that eleven of the thirty piles below the ferry landing were broken.\n"      \
    "The ferry will leave from the fish market instead, every hour until nine in the evening.\n"   \
    "Repairs of the pier cost 12 million crowns, of which the island pays a third.\n"

#define TEXT3                                                                                      \
    "Fares rise by a tenth in June, the first time in four years, the ferry company said.\n"
#define TEXT2                                                                                      \
    "The council wants to know by the end of the month what a second landing would cost.\n"        \
    "Its last plan of that kind, in 2019, was given up when the fish market moved.\n"

static void finds_the_title(void **state)
{
    (void)state;
    static const struct {
        const char *page, *title;
    } rows[] = {
        {"Home\nNews\nHome / News / Old pier at Calder closed for two years\n"
         "Old pier at Calder closed for two years\nBy Ann Lee\n3 May 2031\n" TEXT,
         "Old pier at Calder closed for two years"},
        {"Regatta draws record crowd despite the rain\nOld pier at Calder closed for two years\n"
         "The ferry landing is broken, divers of the harbour office found.\nBy\nAnn Lee\n" TEXT,
         "Old pier at Calder closed for two years"},
        {"Old pier at Calder closed for two years\nBy Ann Lee\n3 May 2031\n"
         "The pier and the ferry landing at Calder\n" TEXT,
         "Old pier at Calder closed for two years"},
        {"Sign up for our newsletter about the ferry and the pier\n"
         "Why is the old pier at Calder closed?\nPhoto by Raj Patel/Island Archive\n" TEXT,
         "Why is the old pier at Calder closed?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
        ds_page page = page_of(ds_str_of(rows[i].page));
        ds_articles arts;
        assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
        if (!ds_str_eq(arts.at[0].title, ds_str_of(rows[i].title)))
            fail_msg("row %zu: %.*s", i, DS_FMT(arts.at[0].title));
    }
}

/* A lone "By" announces the name on the next line. */
static void joins_what_belongs_together(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_page page =
        page_of(DS_STR("Old pier at Calder closed for two years\nBy\n\nAnn Lee\n\n" TEXT));
    ds_articles arts;
    assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
    assert_int_equal(arts.at[0].authors.len, 1);
    assert_true(ds_str_eq(arts.at[0].authors.at[0], DS_STR("Ann Lee")));
}

/* Of a page that is nothing but its text no sentence is lost, however short. */
static void a_bare_text_stays_whole(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    static const char *const in[] = {"Two were hurt.", "Who pays?", "Work begins on Monday.",
                                     "It ends in May."};
    ds_page page = page_of(DS_STR(TEXT "Two were hurt.\n" TEXT2 "Who pays?\n" TEXT3
                                       "Work begins on Monday.\nIt ends in May.\n"));
    ds_articles arts;
    assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
    ds_str body = ds_str_at(arts.at[0].text, arts.at[0].body);
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        if (!holds(body, in[i]))
            fail_msg("the body lacks \"%s\"", in[i]);
}

/* Lists lose their bullets on the way; their lines begin alike. */
static void lists_belong_to_the_text(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_page page = page_of(
        DS_STR("Old pier at Calder closed for two years\n" TEXT "Ferries that still call\n"
               "May 3 - Lindo, one boat\nMay 4 - Skerrow, two boats\nMay 6 - Lindo, one boat\n"
               "May 9 - Innisport, three boats\nMay 10 - Lindo, one boat\n" TEXT2));
    ds_articles arts;
    assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
    ds_str body = ds_str_at(arts.at[0].text, arts.at[0].body);
    assert_true(holds(body, "Ferries that still call") && holds(body, "May 9 - Innisport"));
}

/* Tags in UTF-16 are tags, whoever says what the bytes are. */
static void wide_tags_are_tags(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    static const char html[] = "<!DOCTYPE html><h1>Old pier at Calder closed</h1><p>" TEXT "</p>";
    char bytes[2 * sizeof html] = "\xFF\xFE";
    for (size_t i = 0; i < sizeof html - 1; i++)
        bytes[2 + 2 * i] = html[i];
    ds_page page = page_of((ds_str){bytes, 2 * sizeof html});
    ds_articles arts;
    assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
    assert_true(holds(arts.at[0].text, "12 million crowns") && !holds(arts.at[0].text, "<p>"));
}

/* The text of a JSON line is an article already, whichever way the line came. */
static void given_text_stays_whole(void **state)
{
    (void)state;
    static const ds_page_came ways[] = {DS_CAME_JSON_LINE, DS_CAME_STDIN};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
        ds_page page = page_of(DS_STR("Related stories\n" TEXT "Share\n"));
        ds_articles arts;
        page.came = ways[i];
        assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL), DS_OK);
        ds_str body = ds_str_at(arts.at[0].text, arts.at[0].body);
        assert_true(holds(body, "Related stories") && holds(body, "Share"));
    }
}

static void an_index_is_no_article(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    ds_articles arts;
    assert_int_equal(read_file(a, "index.txt", &arts), DS_NONE);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_text_alone),        cmocka_unit_test(a_bare_text_stays_whole),
        cmocka_unit_test(lists_belong_to_the_text),    cmocka_unit_test(finds_the_title),
        cmocka_unit_test(joins_what_belongs_together), cmocka_unit_test(given_text_stays_whole),
        cmocka_unit_test(wide_tags_are_tags),          cmocka_unit_test(an_index_is_no_article),
    };
    if (argc != 2)
        return 2;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
