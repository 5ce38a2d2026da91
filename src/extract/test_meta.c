/* SPDX-License-Identifier: Apache-2.0 */
/* test_meta.c - metadata of HTML pages, each with where it was found. All pages are invented. */
#include "extract/html.h"
#include "extract/test_help.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define BODY                                                                                       \
    "<p>The bridge over the Tarn at Skerrow has been closed to lorries since the flood, the "      \
    "county said, and the detour through the hills takes two hours.</p><p>Engineers want to "      \
    "look at the second pier, which moved by four centimetres when the water was high.</p>"
#define PAGE(head, above)                                                                          \
    "<html lang=\"en\"><head>" head                                                                \
    "</head><body><h1>Bridge at Skerrow closed to lorries</h1>" above BODY "</body></html>"

static const ds_article *read(ds_arena *a, const char *html)
{
    ds_page *page = ds_arena_alloc(a, sizeof *page);
    ds_articles arts = {0};
    ds_err err = {0};
    *page = page_of(ds_str_of(html));
    assert_int_equal(ds_extract(a, page, extractor(), NULL, &arts, NULL, &err), DS_OK);
    assert_null(wrong_article(page, &arts.at[0]));
    return &arts.at[0];
}

static ds_str listed(ds_arena *a, ds_strs list)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < list.len; i++) {
        ds_buf_puts(&b, i ? "; " : "");
        ds_buf_put(&b, list.at[i]);
    }
    return ds_buf_str(&b);
}

static void same(const char *html, const char *what, ds_str got, const char *want)
{
    if (!ds_str_eq(got.len ? got : (ds_str){0}, ds_str_of(want)))
        fail_msg("%s: got \"%.*s\", expected \"%s\" of %s", what, DS_FMT(got),
                 want ? want : "(none)", html);
}

static ds_str day_text(ds_arena *a, ds_day d)
{
    ds_buf b = ds_buf_new(a);
    if (d != DS_DAY_NONE)
        ds_day_print(&b, d);
    return ds_buf_str(&b);
}

/* ---- days ------------------------------------------------------------------------------------------------------ */

#define LD(members)                                                                                \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"," members "}</script>"

static void days_of_pages(void **state)
{
    static const struct {
        const char *html, *published, *from, *modified;
    } rows[] = {
        {PAGE("<meta property=\"article:published_time\" content=\"2024-05-03T21:10:00+02:00\">",
              ""),
         "2024-05-03", "meta", NULL},
        {PAGE(LD("\"datePublished\":\"2024-05-03\",\"dateModified\":\"2024-05-06\""), ""),
         "2024-05-03", "json-ld", "2024-05-06"},
        /* a day of change is never one of publication */
        {PAGE(LD("\"dateModified\":\"2024-05-06\""), ""), NULL, NULL, "2024-05-06"},
        {PAGE("<meta property=\"og:updated_time\" content=\"2024-05-06\">", ""), NULL, NULL,
         "2024-05-06"},
        {PAGE("", "<p>Last updated: 6 May 2024</p>"), NULL, NULL, "2024-05-06"},
        {PAGE("", "<p>Updated</p><p>6 May 2024</p>"), NULL, NULL, "2024-05-06"},
        {PAGE("", "<p>Published 3 May 2024 | Updated 6 May 2024</p>"), "2024-05-03", "byline date",
         "2024-05-06"},
        {PAGE("", "<time class=\"updated\" datetime=\"2024-05-06\">6 May</time>"), NULL, NULL,
         "2024-05-06"},
        /* Greenwich says the 4th, readers the 3rd */
        {PAGE("<meta property=\"article:published_time\" content=\"2024-05-04T01:10:00Z\">",
              "<p>May 3, 2024 9:10 pm EDT</p>"),
         "2024-05-03", "byline date", NULL},
        /* days apart: what is stated stands */
        {PAGE("<meta property=\"article:published_time\" content=\"2024-05-03T08:00:00Z\">",
              "<p>12 May 2024</p>"),
         "2024-05-03", "meta", NULL},
        /* the address */
        {PAGE("<link rel=\"canonical\" href=\"https://planet.example/2024/05/03/bridge\">", ""),
         "2024-05-03", "url", NULL},
        {PAGE("<link rel=\"canonical\" href=\"https://planet.example/news/2024-5-3-bridge\">", ""),
         "2024-05-03", "url", NULL},
        {PAGE("<link rel=\"canonical\" href=\"https://planet.example/2024/may/03/bridge\">", ""),
         "2024-05-03", "url", NULL},
        {PAGE("<link rel=\"canonical\" href=\"https://planet.example/20240503/bridge\">", ""),
         "2024-05-03", "url", NULL},
        {PAGE("<link rel=\"canonical\" href=\"https://planet.example/id/1920240503/bridge\">", ""),
         NULL, NULL, NULL},
        {PAGE("<meta property=\"og:url\" content=\"https://planet.example/a/2024/05/03/\">", ""),
         "2024-05-03", "url", NULL},
        /* other vocabularies, other spellings */
        {PAGE("<meta name=\"DC.date.issued\" content=\"2024-05-03\">", ""), "2024-05-03", "meta",
         NULL},
        {PAGE("<meta name=\"parsely-pub-date\" content=\"2024-05-03T10:00:00Z\">", ""),
         "2024-05-03", "meta", NULL},
        {PAGE("<meta name=\"citation_publication_date\" content=\"2024/05/03\">", ""), "2024-05-03",
         "meta", NULL},
        {PAGE("<meta name=\"pubdate\" content=\"20240503\">", ""), "2024-05-03", "meta", NULL},
        {PAGE("<meta name=\"pubdate\" content=\"1714730400\">", ""), "2024-05-03", "meta", NULL},
        {PAGE("<meta name=\"date\" content=\"Fri, 03 May 2024 10:00:00 GMT\">", ""), "2024-05-03",
         "meta", NULL},
        {PAGE("<meta name=\"date\" content=\"1970-01-01\">", ""), NULL, NULL, NULL},
        {PAGE("", "<span itemprop=\"datePublished\" content=\"2024-05-03\">three days ago</span>"),
         "2024-05-03", "microdata", NULL},
        {PAGE("", "<b itemprop=\"datePublished\">3 May 2024</b>"), "2024-05-03", "byline date",
         NULL},
        {PAGE("", "<time datetime=\"2024-05-03T10:00\">Friday</time>"), "2024-05-03", "time", NULL},
        /* inline elements without a blank between them */
        {PAGE("", "<p><span>By Nell Garrow</span><span>May 3, 2024</span><i>57 shares</i></p>"),
         "2024-05-03", "byline date", NULL},
        /* the frame's only date */
        {PAGE("", "") "<div>Monday, 6 May 2024</div>", "2024-05-06", "text", NULL},
        {PAGE("", "") "<div>6 May 2024</div><div>7 May 2024</div>", NULL, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        const ds_article *art = read(a, rows[i].html);
        same(rows[i].html, "published", day_text(a, art->published), rows[i].published);
        same(rows[i].html, "published_from", art->published_from, rows[i].from);
        same(rows[i].html, "modified", day_text(a, art->modified), rows[i].modified);
    }
}

static void keeps_the_moment(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    const ds_article *art =
        read(a, PAGE(LD("\"datePublished\":\"2024-05-03T21:10:00-04:00\""), ""));
    same("moment", "published_time", art->extra->published_time, "2024-05-03T21:10:00-04:00");
}

static void undated_pages_have_a_window(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    const ds_article *art = read(a, PAGE(LD("\"dateModified\":\"2024-05-06\""), ""));
    assert_int_equal(art->window.lo, DS_DAY_NONE);
    assert_int_equal(art->window.hi, ds_day_of(2024, 5, 6));
    same("window", "window_from", art->window_from, "modified");
    art = read(a, PAGE("", "<p>The first pier was built in May 1998, the town's archive says, and "
                           "has stood since.</p>"));
    assert_int_equal(art->window.lo, ds_day_of(1998, 5, 1));
    same("window", "window_from", art->window_from, "May 1998");
}

static void days_in_any_language(void **state)
{
    static const struct {
        const char *text, *day;
        bool month_first;
    } rows[] = {
        {"3 May 2024", "2024-05-03", false},
        {"May 3rd, 2024", "2024-05-03", false},
        {"Sept. 9, 2024", "2024-09-09", false},
        {"2 de abril de 2020", "2020-04-02", false},
        {"11. November 2021", "2021-11-11", false},
        {"1er août 2020", "2020-08-01", false},
        {"19 sierpnia 2020", "2020-08-19", false},
        {"Пятница, 3 мая 2024 г.", "2024-05-03", false},
        {"2020. június 4.", "2020-06-04", false},
        {"2020. 06. 04.", "2020-06-04", false},
        {"2024年5月3日", "2024-05-03", false},
        {"2024년 5월 3일", "2024-05-03", false},
        {"4 tháng 10, 2020", "2020-10-04", false},
        {"24 نيسان / أبريل 2020", "2020-04-24", false},
        {"١ / ١٢ / ٢٠٢٠", "2020-12-01", false},
        {"12 تیر 1399", "2020-07-02", false},
        {"3 พฤษภาคม 2567", "2024-05-03", false},
        {"04-ago-2021", "2021-08-04", false},
        {"03.05.2024", "2024-05-03", true},
        {"5/3/2024", "2024-05-03", true},
        {"5/3/2024", "2024-03-05", false},
        {"25/3/2024", "2024-03-25", true},
        {"3/25/24", "2024-03-25", false},
        {"2024-05-03T10:00:00Z", "2024-05-03", false},
        {"ByAnn LeeMay 3, 2024", NULL, false},
        {"call 555 03 05", NULL, false},
        {"31/02/2024", NULL, false},
        {"", NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        ext_locale loc = {.month_first = rows[i].month_first};
        ext_day d = {.day = DS_DAY_NONE};
        size_t n = ext_days(ds_str_of(rows[i].text), &loc, &d, 1);
        same(rows[i].text, "day", day_text(a, n ? d.day : DS_DAY_NONE), rows[i].day);
    }
    ext_locale croatian = {.croatian = true}, other = {0};
    assert_int_equal(ext_month(DS_STR("listopada"), croatian.croatian), 10);
    assert_int_equal(ext_month(DS_STR("listopada"), other.croatian), 11);
}

/* The other reading of a date in numbers wins where another statement bears it out. */
static void numbers_follow_the_page(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    static const char *const rows[][2] = {
        {"<html lang=\"en-GB\"><h1>Bridge at Skerrow closed to lorries</h1><p>02/10/2020</p>" BODY,
         "2020-10-02"},
        {"<html lang=\"en\"><h1>Bridge at Skerrow closed to lorries</h1><p>02/10/2020</p>" BODY,
         "2020-02-10"},
        {"<html lang=\"en\"><link rel=canonical href=\"https://planet.co.nz/a\"><h1>Bridge at "
         "Skerrow closed to lorries</h1><p>02/10/2020</p>" BODY,
         "2020-10-02"},
        {"<html lang=\"en\"><meta property=\"article:modified_time\" "
         "content=\"2020-10-02\"><h1>Bridge at Skerrow closed to "
         "lorries</h1><p>02/10/2020</p>" BODY,
         "2020-10-02"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        same(rows[i][0], "published", day_text(a, read(a, rows[i][0])->published), rows[i][1]);
}

/* ---- people ------------------------------------------------------------------------------------------------------- */

#define SITE "<meta property=\"og:site_name\" content=\"The Daily Planet\">"

static void authors_of_pages(void **state)
{
    static const struct {
        const char *html, *authors, *from;
    } rows[] = {
        {PAGE(LD("\"author\":{\"@type\":\"Person\",\"name\":\"Nell Garrow\"}"), ""), "Nell Garrow",
         "json-ld"},
        {PAGE(LD("\"author\":[{\"name\":\"Nell Garrow\"},{\"name\":\"Tam Ishby\"}]"), ""),
         "Nell Garrow; Tam Ishby", "json-ld"},
        {PAGE(LD("\"author\":[\"Nell Garrow\",\"Tam Ishby\"]"), ""), "Nell Garrow; Tam Ishby",
         "json-ld"},
        {PAGE(LD("\"author\":{\"@type\":\"Person\",\"name\":\"nell\"}"), ""), "nell", "json-ld"},
        {PAGE("<script "
              "type=\"application/"
              "ld+json\">{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#n\"}},"
              "{\"@type\":\"Person\",\"@id\":\"#n\",\"name\":\"Nell Garrow\"}]}</script>",
              ""),
         "Nell Garrow", "json-ld"},
        {PAGE("<meta name=author content=\"Nell Garrow\">", ""), "Nell Garrow", "meta"},
        {PAGE("<meta name=author content=\"Garrow, Nell\">", ""), "Nell Garrow", "meta"},
        {PAGE("<meta name=author content=\"Nell (Nan) Garrow\">", ""), "Nell Garrow", "meta"},
        {PAGE("<meta name=author content=\"https://planet.example/by/nell\">", ""), NULL, NULL},
        {PAGE("<meta name=author content=\"nell@planet.example\">", ""), NULL, NULL},
        {PAGE("<meta name=author content=\"admin\">", ""), NULL, NULL},
        {PAGE(SITE "<meta name=author content=\"The Daily Planet\">", ""), NULL, NULL},
        {PAGE(SITE LD("\"author\":{\"@type\":\"Organization\",\"name\":\"The Daily Planet\"}"), ""),
         NULL, NULL},
        {PAGE(
             LD("\"author\":{\"@type\":\"Organization\",\"name\":\"Tarn Institute of Hydrology\"}"),
             ""),
         "Tarn Institute of Hydrology", "json-ld"},
        {PAGE("<meta name=author content=\"Planet Staff\">", ""), NULL, NULL},
        {PAGE("<meta name=author content=\"Sports Desk\">", ""), NULL, NULL},
        {PAGE("<meta name=\"twitter:label1\" content=\"Written by\"><meta name=\"twitter:data1\" "
              "content=\"Nell Garrow\">",
              ""),
         "Nell Garrow", "meta"},
        {PAGE("", "<p>By Nell Garrow and Tam Ishby</p>"), "Nell Garrow; Tam Ishby", "byline"},
        {PAGE("", "<p>By Nell Garrow, Tam Ishby and Oswin Peal</p>"),
         "Nell Garrow; Tam Ishby; Oswin Peal", "byline"},
        {PAGE("", "<p>By Nell Garrow, Institute of Tides and Harbours</p>"), "Nell Garrow",
         "byline"},
        {PAGE("", "<p>By Nell Garrow May 3, 2024</p>"), "Nell Garrow", "byline"},
        {PAGE("", "<p>By</p><p>Nell Garrow</p>"), "Nell Garrow", "byline"},
        {PAGE("", "<p>by Kirsa</p>"), "Kirsa", "byline"},
        {PAGE("", "<p><span>By</span><a href=\"/x\">Nell Garrow</a></p>"), "Nell Garrow", "byline"},
        {PAGE("", "<div class=\"byline\"><b>Nell Garrow</b><i>Senior Harbour Editor</i></div>"),
         "Nell Garrow", "byline"},
        {PAGE("", "<div class=\"author\">Por Nell Garrow</div>"), "Nell Garrow", "byline"},
        {PAGE("", "<p><a rel=author href=\"/nell\">Nell Garrow</a></p>"), "Nell Garrow", "rel"},
        {PAGE("", "<p><a href=\"/author/nell\">Nell Garrow</a></p>"), "Nell Garrow", "rel"},
        {PAGE("", "<p itemprop=author itemscope><span itemprop=name>Nell Garrow</span></p>"),
         "Nell Garrow", "microdata"},
        /* the majority, then the more trusted; a byline in words has the last word */
        {PAGE("<meta name=author content=\"Oswin Peal\">" LD("\"author\":\"Nell Garrow\""),
              "<p>By Nell Garrow</p>"),
         "Nell Garrow", "json-ld"},
        {PAGE("<meta name=author content=\"Oswin Peal\">" LD("\"author\":\"Nell Garrow\""), ""),
         "Nell Garrow", "json-ld"},
        {PAGE(LD("\"author\":\"Nell Garrow\""), "<p>By Nell Garrow and Tam Ishby</p>"),
         "Nell Garrow; Tam Ishby", "byline"},
        {PAGE(LD("\"author\":[\"Nell Garrow\",\"Tam Ishby\"]"), "<p>By Nell Garrow</p>"),
         "Nell Garrow", "byline"},
        /* readers are no authors */
        {PAGE("", "") "<div class=\"comments\"><p class=\"author\">Oswin Peal</p><p>I do not "
                      "believe a word of it.</p></div>",
         NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        const ds_article *art = read(a, rows[i].html);
        same(rows[i].html, "authors", listed(a, art->authors), rows[i].authors);
        same(rows[i].html, "authors_from", art->extra->from.authors, rows[i].from);
    }
}

static void agencies_are_origins(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    const ds_article *art = read(a, PAGE(SITE "<meta name=author content=\"Reuters\">", ""));
    assert_int_equal(art->authors.len, 0);
    same("agency", "original_publisher", art->original_publisher, "Reuters");
    same("agency", "original_publisher_from", art->extra->from.original_publisher, "meta");
}

/* ---- the rest --------------------------------------------------------------------------------------------------------- */

static void houses_and_addresses(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    const ds_article *art = read(
        a, PAGE(SITE "<meta property=\"og:url\" content=\"https://www.planet.example/a\"><link "
                     "rel=canonical href=\"https://gazette.example/b\">",
                ""));
    same("site", "publisher", art->publisher, "The Daily Planet");
    same("site", "publisher_from", art->extra->from.publisher, "meta");
    same("canonical", "canonical", art->extra->canonical, "https://gazette.example/b");
    same("canonical", "original_publisher", art->original_publisher, "gazette.example");
    same("canonical", "from", art->extra->from.original_publisher, "canonical");
    art = read(a, PAGE("<meta property=\"og:url\" content=\"https://m.planet.example/a\"><link "
                       "rel=canonical href=\"/b\">",
                       ""));
    same("relative", "canonical", art->extra->canonical, "https://m.planet.example/b");
    assert_null(art->original_publisher.at);
    art = read(a, PAGE(LD("\"publisher\":{\"name\":\"Island "
                          "Post\"},\"sourceOrganization\":{\"name\":\"Tarn Gazette\"}"),
                       ""));
    same("ld", "publisher", art->publisher, "Island Post");
    same("ld", "original_publisher", art->original_publisher, "Tarn Gazette");
    art = read(a, PAGE("", "") "<p>This article was originally published on The Seaboard.</p>");
    same("notice", "original_publisher", art->original_publisher, "The Seaboard");
}

static void licences(void **state)
{
    static const char *const rows[][3] = {
        {PAGE("<link rel=license href=\"https://creativecommons.org/licenses/by-nc-nd/4.0/\">", ""),
         "CC BY-NC-ND 4.0", "rel"},
        {PAGE("", "") "<p>Text: <a rel=\"license\" "
                      "href=\"https://creativecommons.org/licenses/by/3.0/\">open</a></p>",
         "CC BY 3.0", "rel"},
        {PAGE(LD("\"license\":\"http://creativecommons.org/publicdomain/zero/1.0/\""), ""),
         "CC ZERO 1.0", "json-ld"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        const ds_article *art = read(a, rows[i][0]);
        same(rows[i][0], "licence", art->licence, rows[i][1]);
        same(rows[i][0], "licence_from", art->extra->from.licence, rows[i][2]);
    }
}

static void walls(void **state)
{
    static const struct {
        const char *html;
        ds_access access;
    } rows[] = {
        {PAGE("", ""), DS_ACCESS_UNKNOWN},
        {PAGE(LD("\"isAccessibleForFree\":false"), ""), DS_ACCESS_PAID},
        {PAGE(LD("\"isAccessibleForFree\":\"False\""), ""), DS_ACCESS_PAID},
        {PAGE(LD("\"isAccessibleForFree\":true"), ""), DS_ACCESS_FREE},
        {PAGE(LD("\"hasPart\":[{\"isAccessibleForFree\":\"false\"}]"), ""), DS_ACCESS_PAID},
        {PAGE("<meta property=\"article:content_tier\" content=\"metered\">", ""), DS_ACCESS_PAID},
        {PAGE("<meta property=\"article:content_tier\" content=\"free\">", ""), DS_ACCESS_FREE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        assert_int_equal(read(a, rows[i].html)->extra->access, rows[i].access);
    }
}

static void standfirsts(void **state)
{
    static const char *const rows[][3] = {
        {PAGE("<meta name=description content=\"Two hours more for every lorry on the way to the "
              "coast\">",
              ""),
         "Two hours more for every lorry on the way to the coast", "meta"},
        /* cut from the text by a machine */
        {PAGE("<meta name=description content=\"The bridge over the Tarn at Skerrow has been "
              "closed to lorries since ...\">",
              ""),
         NULL, NULL},
        {PAGE("<meta name=description content=\"Something else that nobody reads on the page "
              "itself\">",
              "<p class=\"standfirst\">Two hours more for every lorry on the way to the coast</p>"),
         "Two hours more for every lorry on the way to the coast", "text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        const ds_article *art = read(a, rows[i][0]);
        same(rows[i][0], "standfirst", art->standfirst, rows[i][1]);
        same(rows[i][0], "standfirst_from", art->extra->from.standfirst, rows[i][2]);
    }
}

static void kinds(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    assert_int_equal(
        read(a, PAGE("<meta property=\"article:section\" content=\"Opinion\">", ""))->kind,
        DS_KIND_OPINION);
    assert_int_equal(
        read(a,
             PAGE("<script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\"}</script>",
                  ""))
            ->kind,
        DS_KIND_LIVE);
    assert_int_equal(read(a, PAGE("", "") "<ul><li><a href=\"/o\">Opinion</a></li></ul>")->kind,
                     DS_KIND_NEWS);
    assert_int_equal(
        read(
            a,
            PAGE("",
                 "<figure><figcaption>Source: County of Tarn, Bridge Office</figcaption></figure>"))
            ->kind,
        DS_KIND_NEWS);
    const ds_article *art = read(
        a, PAGE(LD("\"keywords\":\"bridge, Tarn\",\"articleSection\":[\"Roads\",\"News\"]"), ""));
    same("ld", "keywords", listed(a, art->keywords), "bridge; Tarn");
    same("ld", "section", art->section, "Roads");
    same("ld", "section_from", art->extra->from.section, "json-ld");
}

static void titles(void **state)
{
    static const char *const rows[][3] = {
        {PAGE("<title>Bridge at Skerrow closed to lorries | Planet</title>", ""),
         "Bridge at Skerrow closed to lorries", "h1"},
        {"<title>Bridge at Skerrow closed | Planet</title>" BODY, "Bridge at Skerrow closed",
         "title"},
        {"<meta property=\"og:title\" content=\"Bridge at Skerrow closed\"><title>x</title>" BODY,
         "Bridge at Skerrow closed", "meta"},
        {"<meta property=\"og:title\" content=\"Bridge at Skerrow "
         "closed\"><h1>Planet</h1><h2>Bridge at Skerrow closed</h2>" BODY,
         "Bridge at Skerrow closed", "heading"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        const ds_article *art = read(a, rows[i][0]);
        same(rows[i][0], "title", art->title, rows[i][1]);
        same(rows[i][0], "title_from", art->extra->from.title, rows[i][2]);
    }
}

/* ---- JSON-LD as pages have it ------------------------------------------------------------------------------------------- */

#define SCRIPT(text) PAGE("<script type='application/ld+json'>" text "</script>", "")

static void mends_json(void **state)
{
    static const char *const pages[] = {
        SCRIPT("{\"@type\":\"Article\",\"author\":\"Nell Garrow\"}"),
        SCRIPT("\n  [{\"@type\":\"WebSite\"},{\"@type\":[\"Thing\",\"Article\"],\"author\":\"Nell "
               "Garrow\"}]  "),
        SCRIPT("{\"@type\":\"Article\",\"headline\":\"two\nlines\",\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"author\":\"Nell Garrow\",}"),
        SCRIPT("{\"@type\":\"Article\",\"keywords\":[\"a\",\"b\",],\"author\":\"Nell Garrow\"}"),
        SCRIPT("<!-- {\"@type\":\"Article\",\"author\":\"Nell Garrow\"} -->"),
        SCRIPT("//<![CDATA[\n{\"@type\":\"Article\",\"author\":\"Nell Garrow\"}\n//]]>"),
        SCRIPT("/* x */{\"@type\":\"Article\", // y\n\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"WebSite\"}{\"@type\":\"Article\",\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"WebSite\"},{\"@type\":\"Article\",\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"headline\":\"He said \"no\", and left\",\"author\":\"Nell "
               "Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"headline\":\"it\\'s\",\"author\":\"Nell Garrow\"}"),
        SCRIPT(
            "{\"@type\":\"Article\",\"headline\":\"\\ud83d broken\",\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"headline\":undefined,\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"headline\":,\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"x\":[{\"a\":1}{\"a\":2}],\"author\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"author\":{\"name\":\"Nell Garrow\"}"),
        SCRIPT("{\"@type\":\"Article\",\"author\":\"Nell Garrow"),
        SCRIPT("{\"@type\":\"Article\",\"author\":\"Nell Garrow\"};"),
        SCRIPT("{\"@type\":\"Article\",\"author\":\"Nell&nbsp;Garrow\"}"),
        SCRIPT(
            "{&quot;@type&quot;:&quot;Article&quot;,&quot;author&quot;:&quot;Nell Garrow&quot;}"),
        SCRIPT("{\"@graph\":[{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\","
               "\"author\":\"Nell Garrow\"}}]}"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        same(pages[i], "authors", listed(a, read(a, pages[i])->authors), "Nell Garrow");
    }
}

/* Of several articles the one that is named like the page counts. */
static void picks_the_page_s_article(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
    const ds_article *art = read(
        a,
        PAGE("<title>Bridge at Skerrow closed to lorries</title>"
             "<script type=\"application/ld+json\">[{\"@type\":\"Article\",\"headline\":\"Cheese "
             "fair opens\",\"author\":\"Tam Ishby\"},"
             "{\"@type\":\"Article\",\"headline\":\"Bridge at Skerrow closed to "
             "lorries\",\"author\":\"Nell Garrow\"}]</script>",
             ""));
    same("two", "authors", listed(a, art->authors), "Nell Garrow");
}

/* ---- memory ------------------------------------------------------------------------------------------------------------- */

/* All that was read, in words. */
static ds_str print(ds_arena *a, const ds_article *art)
{
    const ds_extra *x = art->extra;
    const ds_str fields[] = {art->title,
                             art->publisher,
                             art->original_publisher,
                             art->affiliation,
                             art->licence,
                             art->section,
                             art->standfirst,
                             art->published_from,
                             art->window_from,
                             x->published_time,
                             x->modified_time,
                             x->canonical,
                             x->from.title,
                             x->from.authors,
                             x->from.publisher,
                             x->from.licence,
                             x->from.keywords,
                             x->from.original_publisher,
                             x->from.access,
                             listed(a, art->authors),
                             listed(a, art->keywords),
                             day_text(a, art->published),
                             day_text(a, art->modified)};
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        ds_buf_put(&b, fields[i]);
        ds_buf_putc(&b, '|');
    }
    return ds_buf_str(&b);
}

/* With too little memory there is no article; never another one. */
static void starves(void **state)
{
    static const char html[] = PAGE(
        SITE
        "<link rel=canonical href=\"/2024/05/03/bridge\"><meta property=\"og:url\" "
        "content=\"https://planet.example/a\">"
        "<meta name=author content=\"Garrow, Nell\"><meta name=\"dc.creator\" content=\"Nell (Nan) "
        "Garrow\">"
        "<meta name=keywords content=\"bridge, Tarn; lorries\"><link rel=license "
        "href=\"https://creativecommons.org/licenses/by/4.0/\">"
        "<meta name=description content=\"Two hours more for every lorry on the way to the coast\">"
        "<script "
        "type=\"application/"
        "ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#n\"},\"datePublished\":\"2024-"
        "05-04T01:00:00Z\","
        "\"dateModified\":\"2024-05-06\",\"isAccessibleForFree\":false,\"sourceOrganization\":"
        "\"Tarn Gazette\",}{\"@id\":\"#n\",\"name\":\"Nell Garrow\","
        "\"affiliation\":{\"name\":\"Tarn Institute\"}}</script>",
        "<p><span>By <b>Nell</b> Garrow</span> <time datetime=\"2024-05-03\">3 May "
        "2024</time></p>");
    (void)state;
    DS_AUTO(ds_arena_freep)
    ds_arena *rich = ds_arena_new(0, 1u << 24), *words = ds_arena_new(0, 1u << 24);
    const ds_article *want = read(rich, html);
    ds_str all = print(words, want);
    ds_page page = page_of(ds_str_of(html));
    size_t need = ds_arena_used(rich), fed = 0, starved = 0;
    for (size_t budget = 1; budget < need + 4096; budget += budget < 256 ? 1 : 61) {
        ds_arena *a = ds_arena_new(1, budget);
        ds_articles arts = {0};
        ds_status st = a ? ds_extract(a, &page, extractor(), NULL, &arts, NULL, NULL) : DS_NOMEM;
        assert_true(st == DS_OK || st == DS_NOMEM);
        starved += st == DS_NOMEM;
        if (st == DS_OK) {
            ds_str got = print(words, &arts.at[0]);
            assert_true(ds_str_eq(got, all));
            fed++;
        }
        ds_arena_free(a);
    }
    assert_true(fed > 0 && starved > 0);
}

/* A moment in Greenwich time is a day by the clocks of the page's country, where they all agree. */
static void days_are_local(void **state)
{
    (void)state;
    static const struct {
        const char *host, *stated, *other;
        ds_day want;
    } rows[] = {
        {"post.example.ca", "2024-05-04T01:30:00Z", "", 3},
        {"post.example.ca", "2024-05-04T05:00:00Z", "",
         4}, /* the third in the west, the fourth in the east */
        {"post.example.au", "2024-05-03T17:00:00+00:00", "", 4},
        {"post.example.au", "2024-05-04T17:00:00+10:00", "", 4},
        {"post.example.jp", "2024-05-03T14:59:00Z", "", 3},
        {"post.example.com", "2024-05-04T01:30:00Z", "", 4},
        {"post.example.ca", "2024-05-04T01:30:00Z",
         "<meta itemprop=\"datePublished\" content=\"2024-05-05\">", 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
        ds_str html = ds_arena_printf(
            a,
            "<html><head><meta property=\"og:url\" content=\"https://%s/a\">%s<meta "
            "property=\"article:published_time\" content=\"%s\"></head><body><h1>Bridge at "
            "Skerrow closed to lorries</h1>" BODY "</body></html>",
            rows[i].host, rows[i].other, rows[i].stated);
        const ds_article *art = read(a, html.at);
        assert_int_equal(art->published, ds_day_of(2024, 5, (int)rows[i].want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_local),
        cmocka_unit_test(days_of_pages),
        cmocka_unit_test(keeps_the_moment),
        cmocka_unit_test(undated_pages_have_a_window),
        cmocka_unit_test(days_in_any_language),
        cmocka_unit_test(numbers_follow_the_page),
        cmocka_unit_test(authors_of_pages),
        cmocka_unit_test(agencies_are_origins),
        cmocka_unit_test(houses_and_addresses),
        cmocka_unit_test(licences),
        cmocka_unit_test(walls),
        cmocka_unit_test(standfirsts),
        cmocka_unit_test(kinds),
        cmocka_unit_test(titles),
        cmocka_unit_test(mends_json),
        cmocka_unit_test(picks_the_page_s_article),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
