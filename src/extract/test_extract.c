/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/test_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define CORPUS_BYTES 65536

/* A page of the corpus folder, whose path is the first argument of the program. */
static const char *folder;

static ds_str corpus(ds_arena *a, const char *name)
{
    ds_str path = ds_arena_printf(a, "%s/%s", folder, name);
    char *at = ds_arena_alloc(a, CORPUS_BYTES);
    FILE *f = fopen(path.at, "rb");
    assert_non_null(f);
    assert_non_null(at);
    size_t len = fread(at, 1, CORPUS_BYTES, f);
    fclose(f);
    return (ds_str){at, len};
}

static ds_articles read_page(ds_arena *a, const ds_page *page, ds_status want)
{
    ds_articles arts = {0};
    ds_err err = {0};
    assert_int_equal(ds_extract(a, page, extractor(), NULL, &arts, NULL, &err), want);
    for (size_t i = 0; i < arts.len; i++) {
        const char *wrong = wrong_article(page, &arts.at[i]);
        if (wrong)
            fail_msg("%s", wrong);
    }
    return arts;
}

static void is_str(ds_str got, const char *want)
{
    if (!ds_str_eq(got, ds_str_of(want)))
        fail_msg("got \"%.*s\", expected \"%s\"", DS_FMT(got), want ? want : "(none)");
}

static bool holds(ds_str s, const char *part)
{
    return ds_str_find(s, ds_str_of(part), 0) >= 0;
}

static ds_str body_of(const ds_article *art)
{
    return ds_str_at(art->text, art->body);
}

static void is_list(ds_strs got, const char *want)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < got.len; i++) {
        ds_buf_puts(&b, i ? "; " : "");
        ds_buf_put(&b, got.at[i]);
    }
    is_str(ds_buf_str(&b), want);
}

static void two_articles_on_a_page(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "two-articles.txt"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 2);
    const ds_article *one = &arts.at[0], *two = &arts.at[1];
    is_str(one->doc, "page#1");
    assert_true(one->main && !two->main);
    is_str(one->title, "Calder Ferry Service Halted After Pier Collapse");
    is_list(one->authors, "Ann Lee; Raj Patel");
    assert_int_equal(one->published, ds_day_of(2024, 5, 3));
    assert_true(holds(body_of(one), "eleven years ago.\nWhat happens now?\nBuses will run"));
    assert_false(holds(body_of(one), "SHARE"));
    is_str(two->title, "Innisport Council Votes to Close the Old Fish Market by Autumn");
    is_str(two->section, "News");
    assert_true(ds_str_ends(body_of(two), DS_STR("but the mayor refused.")));
    assert_int_equal(two->published, DS_DAY_NONE);
    assert_int_equal(two->teasers, 3);
}

static void digest_with_sources(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "digest.txt"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 1);
    const ds_article *art = &arts.at[0];
    is_str(art->title, "Pier Collapse Halts Calder Ferry for Weeks");
    is_str(art->publisher, "HARBOUR DIGEST");
    is_str(art->section, "Regional News");
    assert_int_equal(art->kind, DS_KIND_DIGEST);
    assert_int_equal(art->published, ds_day_of(2024, 5, 3));
    is_str(art->published_from, "byline weekday");
    is_list(art->credited, "Calder Post; The Island Times; Innis Weekly Record");
    assert_int_equal(art->blocks_len, 4);
    assert_int_equal(art->blocks[1].part, DS_PART_KEY_POINT);
    is_str(ds_str_at(art->text, art->blocks[2].span),
           "The council has hired two smaller boats for the summer.");
    assert_true(ds_str_starts(body_of(art), DS_STR("The ferry between")));
}

static void opinion_with_readers(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "opinion.txt"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 1);
    const ds_article *art = &arts.at[0];
    assert_null(art->title.at);
    assert_int_equal(art->kind, DS_KIND_OPINION);
    is_list(art->authors, "Maria Stone");
    is_str(art->affiliation, "Innis College");
    is_str(art->publisher, "Island Times");
    is_str(art->original_publisher, "The Seaboard");
    is_str(art->licence, "Creative Commons");
    assert_int_equal(art->published, DS_DAY_NONE);
    assert_int_equal(art->window.lo, ds_day_of(2019, 1, 1));
    assert_int_equal(art->window.hi, DS_DAY_NONE);
    assert_true(ds_str_ends(body_of(art), DS_STR("are still not back.")));
    assert_false(holds(body_of(art), "guidelines"));
    assert_int_equal(art->comments_len, 5);
    is_str(art->comments[4].text, "Do you really think that 4,000 people can pay for this?");
}

static void rail_and_keywords(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "rail.txt"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 1);
    const ds_article *art = &arts.at[0];
    assert_null(art->title.at);
    assert_null(art->publisher.at);
    is_str(art->original_publisher, "Coastwatch");
    is_str(art->section, "Coast Latest News, Coast Headlines");
    is_list(art->keywords, "Calder; Ferry Pier; Collapse Sea Transport; Ida Moor");
    assert_int_equal(art->related_len, 2);
    is_str(art->related[0].title, "Divers Find Cracks in Jetty at Calder");
    is_str(art->related[1].blurb, "A hall without windows is the new home of the market.");
    assert_int_equal(art->window.lo, ds_day_of(2024, 5, 12));
    is_str(art->window_from, "5/12/24");
}

static void blog_names_its_host(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "blog.txt"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 1);
    is_str(arts.at[0].publisher, "PlainPress.com");
    is_list(arts.at[0].authors, "Tom Reyes");
    assert_int_equal(arts.at[0].comments_len, 0);
}

/* The owner stands behind signs, years and "Copyright"; an entry of a menu and a claim alone name nobody. */
static void copyright_names_its_owner(void **state)
{
    (void)state;
    static const struct {
        const char *line, *want; /* NULL: nobody */
    } rows[] = {
        {"\xC2\xA9 2031 Harbour Digest. All rights reserved.", "Harbour Digest"},
        {"\xC2\xA9 Copyright Tarnpress 2031", "Tarnpress"},
        {"Copyright \xC2\xA9 2029-2031 by The Daily Planet", "The Daily Planet"},
        {"Copyright (C) 2031 Island Times", "Island Times"},
        {"(c) 2031 Tarnpress all rights reserved", "Tarnpress"},
        {"Copyright Island Times. All rights reserved.", "Island Times"},
        {"Copyright", NULL},
        {"Copyright Notice", NULL},
        {"\xC2\xA9 2031 Copyright", NULL},
        {"\xC2\xA9 2031 All rights reserved", NULL},
        {"Copyright 2031. Reproduction in whole or in part is prohibited.", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        ds_page page = page_of(ds_arena_printf(
            a,
            "Old Pier at Calder Closed for Two Years\nBy Ann Lee\n3 May 2031\n"
            "The harbour office said on Monday that the old pier will be closed for two years.\n"
            "Divers had found that eleven of the piles below the ferry landing were broken.\n"
            "The ferry will leave from the fish market instead, every hour until nine.\n%s\n",
            rows[i].line));
        ds_articles arts = read_page(a, &page, DS_OK);
        ds_str got = arts.at[0].publisher;
        if (rows[i].want ? !ds_str_eq(got, ds_str_of(rows[i].want)) : got.len > 0)
            fail_msg("%s: %.*s", rows[i].line, DS_FMT(got));
    }
}

static void news_page_in_html(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(corpus(a, "news.html"));
    ds_articles arts = read_page(a, &page, DS_OK);
    assert_int_equal(arts.len, 1);
    const ds_article *art = &arts.at[0];
    is_str(art->title, "Pier at Calder falls into the sea");
    is_str(art->publisher, "Island Times");
    is_list(art->authors, "Ann Lee; Raj Patel");
    is_list(art->keywords, "Calder; ferry; pier");
    is_str(art->section, "Coast");
    assert_int_equal(art->published, ds_day_of(2024, 5, 3));
    is_str(art->published_from, "meta");
    assert_int_equal(art->modified, ds_day_of(2024, 5, 4));
    is_str(art->standfirst, "Nobody was hurt, but the ferry will not sail for weeks.");
    is_str(body_of(art), "Part of the old pier at Calder fell into the sea on Thursday, minutes "
                         "after 40 passengers had left the "
                         "ferry \xE2\x80\x94 nobody was hurt.\n"
                         "The harbour office said that eleven of the thirty piles had broken. "
                         "Divers will look at the others next "
                         "week.\n"
                         "Buses instead\n"
                         "Buses will run every hour until the pier is safe, the council said.\n"
                         "Calder 07:00\nInnisport 08:00\n"
                         "\xE2\x80\x9CWe heard a crack & then it was gone,\xE2\x80\x9D said Tom "
                         "Reyes, who sells tickets there.\n"
                         "The council meets on Tuesday to say who will pay for the work.");
    is_str(ds_str_at(art->text, art->blocks[art->blocks_len - 1].span),
           "The pier in 1931, when it was new. Photo: Island Archive");
    assert_int_equal(art->blocks[art->blocks_len - 1].part, DS_PART_CAPTION);
    assert_int_equal(art->comments_len, 2);
}

/* A sentence leads back to the bytes that it was read from. */
static void text_leads_back_to_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *bytes;
    } rows[] = {
        {"news.html", "left the ferry \xE2\x80\x94 nobody", "left the ferry&nbsp;&mdash; nobody"},
        {"news.html", "crack & then it was gone,\xE2\x80\x9D",
         "crack &amp; then it was gone,&#8221;"},
        {"news.html", "that eleven of", "that <b>eleven</b> of"},
        {"news.html", "Pier at Calder falls", "Pier at Calder falls"},
        {"opinion.txt", "the council hoped", "the council hoped"},
        {"latin.html", "The caf\xC3\xA9 at", "The caf\xE9 at"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        ds_page page = page_of(corpus(a, rows[i].file));
        ds_articles arts = read_page(a, &page, DS_OK);
        ds_str text = arts.at[0].text;
        ptrdiff_t at = ds_str_find(text, ds_str_of(rows[i].text), 0);
        assert_true(at >= 0);
        ds_span span = {(uint32_t)at, (uint32_t)(at + (ptrdiff_t)strlen(rows[i].text))};
        is_str(ds_str_at(page.bytes, ds_article_source(&arts.at[0], span)), rows[i].bytes);
    }
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        ds_str bytes;
        ds_status want;
        const char *what;
    } rows[] = {
        {DS_STR_INIT(""), DS_BAD, "empty"},
        {DS_STR_INIT(" \n\t"), DS_BAD, "empty"},
        {DS_STR_INIT("\xFF\xD8\xFF\xE0...."), DS_BAD, "not text (JPEG); kept out"},
        {DS_STR_INIT("\x01\x02\x03\x04"), DS_BAD, "not text (binary data); kept out"},
        {DS_STR_INIT("Home\nNews\nSport\n"), DS_NONE, "no article (3 words of text)"},
        {DS_STR_INIT("<html><a>One</a> <a>Two three</a></html>"), DS_NONE,
         "no article (2 links, 3 words of text)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        ds_page page = page_of(rows[i].bytes);
        ds_articles arts = {0};
        ds_err err = {0};
        assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, NULL, &err), rows[i].want);
        assert_string_equal(err.what, rows[i].what);
        assert_int_equal(arts.len, 0);
    }
}

static void notes_what_a_person_should_hear(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"latin.html", "byte 0xE9 at 22 is not UTF-8; read as windows-1252"},
        {"deep.html", "701 nested tags; read flat"},
        {"news.html", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        ds_page page = page_of(corpus(a, rows[i][0]));
        ds_articles arts = {0};
        ds_extract_notes notes = {0};
        assert_int_equal(ds_extract(a, &page, extractor(), NULL, &arts, &notes, NULL), DS_OK);
        is_str(notes.text, rows[i][1]);
    }
}

static void what_the_input_states_wins(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    ds_page page = page_of(DS_STR("The boats are back, said the harbour office on Monday."));
    page.title = DS_STR("Boats back");
    page.publisher = DS_STR("Island Times");
    page.published = ds_day_of(2024, 6, 3);
    ds_articles arts = read_page(a, &page, DS_OK);
    is_str(arts.at[0].text, "Boats back\nThe boats are back, said the harbour office on Monday.");
    is_str(arts.at[0].publisher, "Island Times");
    assert_int_equal(arts.at[0].published, ds_day_of(2024, 6, 3));
    is_str(arts.at[0].published_from, "input");
}

/* Every budget gives the right answer or DS_NOMEM with the output untouched. */
static void starves(void **state)
{
    (void)state;
    static const char *const files[] = {"news.html", "opinion.txt", "latin.html", "digest.txt"};
    DS_AUTO(ds_arena_freep) ds_arena *pages = ds_arena_new(0, 1u << 24);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ds_page page = page_of(corpus(pages, files[i]));
        ds_arena *rich = ds_arena_new(0, 1u << 24);
        ds_articles want = read_page(rich, &page, DS_OK);
        size_t need = ds_arena_used(rich), fed = 0;
        for (size_t budget = 1; budget < need + 4096; budget += budget < 256 ? 1 : budget / 24) {
            ds_arena *a = ds_arena_new(1, budget);
            ds_articles arts = {0};
            ds_status st =
                a ? ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL) : DS_NOMEM;
            assert_true(st == DS_OK || st == DS_NOMEM);
            assert_int_equal(arts.len, st == DS_OK ? want.len : 0);
            if (st == DS_OK)
                assert_true(ds_str_eq(arts.at[0].text, want.at[0].text));
            fed += st == DS_OK;
            ds_arena_free(a);
        }
        (void)fed;
        ds_arena_free(rich);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_articles_on_a_page),
        cmocka_unit_test(digest_with_sources),
        cmocka_unit_test(opinion_with_readers),
        cmocka_unit_test(rail_and_keywords),
        cmocka_unit_test(blog_names_its_host),
        cmocka_unit_test(copyright_names_its_owner),
        cmocka_unit_test(news_page_in_html),
        cmocka_unit_test(text_leads_back_to_bytes),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(notes_what_a_person_should_hear),
        cmocka_unit_test(what_the_input_states_wins),
        cmocka_unit_test(starves),
    };
    if (argc != 2)
        return 2;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
