/* SPDX-License-Identifier: Apache-2.0 */
/* test_article.c - which blocks of an HTML page are the article. The pages are made up. */
#include "extract/test_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define P1                                                                                         \
    "<p>The ferry from Calder to Innisport was late on Monday, the third time in a week, because " \
    "its engine would not start.</p>"
#define P2                                                                                         \
    "<p>Its captain, Ida Moor, said that the tide had turned before the freight was on board, "    \
    "and "                                                                                         \
    "that she would not sail against it.</p>"
#define P3                                                                                         \
    "<p>About 120 passengers waited in the rain until half past nine; 14 of them went home, and "  \
    "two took the bus.</p>"
#define P4                                                                                         \
    "<p>The council wants to buy a second ship next year, for which it has put aside 4 million "   \
    "crowns since 2021.</p>"
#define P5                                                                                         \
    "<p>The Tern is the oldest ship on the coast; she was built in 1971, and her engine has been " \
    "mended nine times.</p>"
#define P6                                                                                         \
    "<p>Her sister, the Gull, lies in the yard at Mirefold, where nobody has worked on her since " \
    "the winter.</p>"
#define P7                                                                                         \
    "<p>Tom Reyes, who sells tickets at the pier, says that half of his customers now take the "   \
    "bus, although it needs two hours.</p>"
#define P8                                                                                         \
    "<p>The harbour office did not want to say when the next ship would sail, or whether there "   \
    "would be one at all.</p>"
#define STORY P1 P2 P3 P4
#define NAV                                                                                        \
    "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a></ul></nav>"
#define FOOT "<footer><p>&copy; Harbour Post. All rights reserved.</p></footer>"
#define PAGE(main)                                                                                 \
    "<html><head><title>Ferry late again</title></head><body>" NAV main FOOT "</body></html>"
#define H1 "<h1>Ferry late again</h1>"

static ds_articles read_html(ds_arena *a, const char *html)
{
    ds_page page = page_of(ds_str_of(html));
    page.media = DS_STR("text/html");
    ds_articles arts = {0};
    ds_err err = {0};
    assert_true(ds_extract(a, &page, extractor(), NULL, &arts, NULL, &err) >= 0);
    for (size_t i = 0; i < arts.len; i++)
        assert_null(wrong_article(&page, &arts.at[i]));
    return arts;
}

static bool holds(ds_str s, const char *part)
{
    return ds_str_find(s, ds_str_of(part), 0) >= 0;
}

/* Page, words that the body must hold and words that it must not; NULL: none. */
static const struct row {
    const char *name, *html, *with[3], *without[3];
} rows[] = {
    {"plain",
     PAGE("<main><article>" H1 STORY "</article></main>"),
     {"third time", "since 2021."},
     {"Sport", "rights", "late again"}},
    {"cards of other stories",
     PAGE("<main><article>" H1 STORY
          "</article><section><article><h3><a href=/b>Market opens</a></h3><p>The new hall has "
          "40 stalls and a roof of glass.</p></article><article><h3><a href=/c>Regatta "
          "off</a></h3><p>Two boats sank in the "
          "bay before the start.</p></article></section></main>"),
     {"third time", "since 2021."},
     {"40 stalls", "Two boats"}},
    {"a related list inside the text",
     PAGE("<main><article>" H1 "<div class=article-body>" STORY
          "<h3>Related stories</h3><ul><li><a href=/b>Market opens in "
          "the old harbour hall</a><li><a href=/c>Regatta off after two boats "
          "sank</a></ul></div></article></main>"),
     {"since 2021."},
     {"Market opens", "Regatta"}},
    {"a line that leads elsewhere",
     PAGE("<main><article>" H1 P1 P2
          "<p>Read more: <a href=/b>Market opens in the old harbour hall</a></p>" P3 P4
          "</article></main>"),
     {"half past nine", "since 2021."},
     {"Market opens"}},
    {"the readers' part",
     PAGE(
         "<main><article>" H1 STORY
         "</article><section id=comments><h2>2 comments</h2><div class=comment><p>I waited for 118 "
         "minutes in the rain, and nobody came to tell us anything at "
         "all.</p></div></section></main>"),
     {"since 2021."},
     {"118"}},
    {"an article in a button",
     PAGE("<main>" H1 "<button class=reader>" STORY "</button></main>"),
     {"third time", "since 2021."},
     {"Sport"}},
    {"first paragraphs outside the container",
     PAGE("<main><article>" H1 P2 P5 P6 "<div class=article-body>" P1 P3 P4 P7 P8
          "</div></article></main>"),
     {"Ida Moor", "oldest ship", "since 2021."},
     {"Sport"}},
    {"one long paragraph in a bare div",
     PAGE("<div><div>The ferry from Calder to Innisport was late on Monday, the third time in a "
          "week, because its engine would "
          "not start. Its captain, Ida Moor, said that the tide had turned before the freight was "
          "on board, and that she "
          "would not sail against it. About 120 passengers waited in the rain until half past "
          "nine; 14 of them went home, "
          "and two took the bus to the other harbour, where the boats are newer.</div></div>"),
     {"third time", "boats are newer."},
     {"Sport"}},
    {"a table in the text",
     PAGE("<main><article>" H1 P1 P2
          "<table><tr><td>Monday</td><td>40 minutes late</td></tr><tr><td>Tuesday</td><td>on "
          "time</td></tr><tr><td>Friday</td><td>12 minutes late</td></tr></table>" P3 P4
          "</article></main>"),
     {"40 minutes late", "on time", "12 minutes late"},
     {"Sport"}},
    {"a cookie text",
     PAGE("<main><article>" H1 STORY STORY
          "</article></main><div id=consent><p>We and our partners use cookies to improve your "
          "experience, to show advertisements and to measure visits. You can change your "
          "preferences at any time.</p></div>"),
     {"since 2021."},
     {"partners use cookies"}},
};

static void the_text_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
        ds_articles arts = read_html(a, rows[i].html);
        assert_int_equal(arts.len, 1);
        ds_str body = ds_str_at(arts.at[0].text, arts.at[0].body);
        for (size_t k = 0; k < 3; k++) {
            bool lost = rows[i].with[k] && !holds(body, rows[i].with[k]);
            bool extra = rows[i].without[k] && holds(body, rows[i].without[k]);
            if (lost || extra)
                print_error("%s: %s: %s\n%.*s\n", rows[i].name, lost ? "lost" : "extra",
                            lost ? rows[i].with[k] : rows[i].without[k], DS_FMT(body));
            assert_false(lost || extra);
        }
    }
}

static void kinds_of_blocks(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_articles arts =
        read_html(a, PAGE("<main><article>" H1 P1 "<h2>The ships</h2>" P2
                          "<ul><li>The Tern, built in 1971, for 140 passengers.<li>The "
                          "Gull, built in 1988, for 90 passengers.</ul>" P3
                          "<blockquote><p>We have waited long enough for a ship that "
                          "starts, said the mayor.</p></blockquote>" P4
                          "<table><tr><td>Tern</td><td>40 minutes late</td></tr></table>" P1
                          "</article></main>"));
    assert_int_equal(arts.len, 1);
    static const struct {
        const char *text;
        ds_block_kind kind;
    } want[] = {{"The ships", DS_BLOCK_HEADING},
                {"The Tern, built", DS_BLOCK_LIST_ITEM},
                {"We have waited", DS_BLOCK_QUOTE},
                {"Tern 40 minutes", DS_BLOCK_TABLE_ROW},
                {"About 120 passengers", DS_BLOCK_PARAGRAPH}};
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        bool found = false;
        for (size_t i = 0; i < arts.at[0].blocks_len; i++) {
            const ds_block *b = &arts.at[0].blocks[i];
            if (!ds_str_starts(ds_str_at(arts.at[0].text, b->span), ds_str_of(want[k].text)))
                continue;
            found = true;
            assert_int_equal(b->kind, want[k].kind);
        }
        if (!found)
            print_error("no block begins with %s\n", want[k].text);
        assert_true(found);
    }
}

static void comments_name_their_authors(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_articles arts = read_html(
        a, PAGE("<main><article>" H1 STORY
                "</article><section id=comments><h2>2 comments</h2><div class=comment><span "
                "class=comment-author>Raj Patel 3 May 2024</span><p>I waited for 118 minutes in "
                "the rain.</p></div><div "
                "class=comment><span class=comment-author>Sea Dog</span><p>You did not.</p><p>I "
                "was there.</p></div><form><p>Save "
                "my name and address in this browser.</p></form></section></main>"));
    assert_int_equal(arts.len, 1);
    const ds_article *art = &arts.at[0];
    assert_int_equal(art->comments_len, 3);
    assert_true(ds_str_eq(art->comments[0].author, DS_STR("Raj Patel")));
    assert_true(ds_str_eq(art->comments[1].author, DS_STR("Sea Dog")));
    assert_true(ds_str_eq(art->comments[2].text, DS_STR("I was there.")));
    assert_int_equal(art->authors.len, 0);
}

static void an_index_has_no_article(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_buf b = ds_buf_new(a);
    ds_buf_put(&b, DS_STR("<html><head><title>Harbour Post</title></head><body>" NAV "<main>"));
    for (int i = 0; i < 40; i++)
        ds_buf_printf(&b,
                      "<div class=teaser><h3><a href=/%d>Headline number %d of the day</a></h3>"
                      "<a href=/%d>More</a></div>",
                      i, i, i);
    ds_buf_put(&b, DS_STR("</main>" FOOT "</body></html>"));
    ds_buf_putc(&b, 0);
    assert_int_equal(read_html(a, ds_buf_str(&b).at).len, 0);
}

static void several_articles_side_by_side(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_articles arts =
        read_html(a, "<html><head><title>Harbour Post: the week</title></head><body>" NAV
                     "<main><article><h2>Ferry late again</h2>" STORY
                     "</article><article><h2>Market opens</h2><p>The new market hall opened on "
                     "Tuesday with 40 stalls and a roof of glass, "
                     "after nine years of work.</p><p>Its builder, Tom Reyes, said that rain had "
                     "cost him two summers and a third of the "
                     "money.</p><p>About 900 people came to see it on the first day, and most of "
                     "them bought bread, since little else "
                     "was there.</p></article></main>" FOOT "</body></html>");
    assert_int_equal(arts.len, 2);
    assert_true(ds_str_eq(arts.at[0].title, DS_STR("Ferry late again")));
    assert_true(ds_str_eq(arts.at[1].title, DS_STR("Market opens")));
    assert_false(holds(ds_str_at(arts.at[0].text, arts.at[0].body), "40 stalls"));
    assert_true(holds(ds_str_at(arts.at[1].text, arts.at[1].body), "bought bread"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_and_nothing_else), cmocka_unit_test(kinds_of_blocks),
        cmocka_unit_test(comments_name_their_authors), cmocka_unit_test(an_index_has_no_article),
        cmocka_unit_test(several_articles_side_by_side)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
