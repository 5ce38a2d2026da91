/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - one article as a JSON object (docs/formats/article.md). */
#include "export/internal.h"

void ex_json_strs(ds_json *j, const char *key, ds_strs list)
{
    ds_json_arr(j, key);
    for (size_t i = 0; i < list.len; i++)
        ds_json_str(j, NULL, list.at[i]);
    ds_json_end(j, ']');
}

static void parts(ds_json *j, const char *key, const ds_article *art, ds_part part)
{
    ds_json_arr(j, key);
    for (size_t i = 0; i < art->blocks_len; i++)
        if (art->blocks[i].part == part)
            ds_json_str(j, NULL, ds_str_at(art->text, art->blocks[i].span));
    ds_json_end(j, ']');
}

static void comments(ds_json *j, const ds_article *art)
{
    ds_json_arr(j, "comments");
    for (size_t i = 0; i < art->comments_len; i++) {
        ds_json_obj(j, NULL);
        ds_json_str(j, "author", art->comments[i].author);
        ds_json_str(j, "text", art->comments[i].text);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void related(ds_json *j, const ds_article *art)
{
    ds_json_arr(j, "related");
    for (size_t i = 0; i < art->related_len; i++) {
        ds_json_obj(j, NULL);
        ds_json_str(j, "title", art->related[i].title);
        ds_json_str(j, "blurb", art->related[i].blurb);
        ds_json_str(j, "url", art->related[i].url);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static const ds_extra no_extra;

static const ds_extra *extra_of(const ds_article *art)
{
    return art->extra ? art->extra : &no_extra;
}

static void days(ds_json *j, const ds_article *art)
{
    const ds_extra *x = extra_of(art);
    bool bounded = art->window.lo != DS_DAY_NONE || art->window.hi != DS_DAY_NONE;
    ds_json_day(j, "published", art->published);
    ds_json_str(j, "published_from", art->published_from);
    ds_json_str(j, "published_time", x->published_time);
    ds_json_days(j, "published_window", bounded, art->window);
    ds_json_str(j, "published_window_from", art->window_from);
    ds_json_day(j, "modified", art->modified);
    ds_json_str(j, "modified_from", x->from.modified);
    ds_json_str(j, "modified_time", x->modified_time);
}

static void said(ds_json *j, const char *key, ds_str value, const char *from_key, ds_str from)
{
    ds_json_str(j, key, value);
    ds_json_str(j, from_key, from);
}

static void said_list(ds_json *j, const char *key, ds_strs list, const char *from_key, ds_str from)
{
    ex_json_strs(j, key, list);
    ds_json_str(j, from_key, from);
}

static void names(ds_json *j, const ds_article *art)
{
    const ds_extra *x = extra_of(art);
    ds_json_str(j, "doc", art->doc);
    ds_json_bool(j, "main", art->main);
    said(j, "title", art->title, "title_from", x->from.title);
    said_list(j, "authors", art->authors, "authors_from", x->from.authors);
    said(j, "publisher", art->publisher, "publisher_from", x->from.publisher);
    said(j, "original_publisher", art->original_publisher, "original_publisher_from",
         x->from.original_publisher);
    said(j, "affiliation", art->affiliation, "affiliation_from", x->from.affiliation);
    said(j, "licence", art->licence, "licence_from", x->from.licence);
    said(j, "canonical", x->canonical, "canonical_from", x->from.canonical);
    if (x->access == DS_ACCESS_UNKNOWN)
        ds_json_null(j, "paywall");
    else
        ds_json_bool(j, "paywall", x->access == DS_ACCESS_PAID);
    ds_json_str(j, "paywall_from", x->from.access);
}

static void texts(ds_json *j, const ds_article *art)
{
    const ds_extra *x = extra_of(art);
    said(j, "standfirst", art->standfirst, "standfirst_from", x->from.standfirst);
    said_list(j, "credited", art->credited, "credited_from", x->from.credited);
    parts(j, "key_points", art, DS_PART_KEY_POINT);
    ds_json_str(j, "key_points_from", x->from.key_points);
    ds_json_str(j, "text", ds_str_at(art->text, art->body));
    parts(j, "captions", art, DS_PART_CAPTION);
    comments(j, art);
    related(j, art);
    ds_json_int(j, "body_offset", art->body.beg);
}

void ex_article_json(ds_buf *out, const ds_article *art, const ds_reading *r, const ds_voices *v)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    names(&j, art);
    days(&j, art);
    const ds_extra *x = extra_of(art);
    said(&j, "kind", ds_str_of(ds_kind_name(art->kind)), "kind_from", x->from.kind);
    ds_json_str(&j, "language", art->language);
    said(&j, "section", art->section, "section_from", x->from.section);
    said_list(&j, "keywords", art->keywords, "keywords_from", x->from.keywords);
    texts(&j, art);
    if (r)
        ex_json_voices(&j, r, v);
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
}

ds_status ds_export_read(ds_arena *a, const ds_article *art, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    if (style.format == DS_FMT_TEXT)
        return ex_done(out, mark, ex_article_text(a, art, style, out));
    ex_article_json(out, art, NULL, NULL);
    return ex_done(out, mark, DS_OK);
}
