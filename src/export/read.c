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

static void days(ds_json *j, const ds_article *art)
{
    bool bounded = art->window.lo != DS_DAY_NONE || art->window.hi != DS_DAY_NONE;
    ds_json_day(j, "published", art->published);
    ds_json_str(j, "published_from", art->published_from);
    ds_json_days(j, "published_window", bounded, art->window);
    ds_json_day(j, "modified", art->modified);
}

static void names(ds_json *j, const ds_article *art)
{
    ds_json_str(j, "doc", art->doc);
    ds_json_bool(j, "main", art->main);
    ds_json_str(j, "title", art->title);
    ex_json_strs(j, "authors", art->authors);
    ds_json_str(j, "publisher", art->publisher);
    ds_json_str(j, "original_publisher", art->original_publisher);
    ds_json_str(j, "affiliation", art->affiliation);
    ds_json_str(j, "licence", art->licence);
}

static void texts(ds_json *j, const ds_article *art)
{
    ds_json_str(j, "standfirst", art->standfirst);
    ex_json_strs(j, "credited", art->credited);
    parts(j, "key_points", art, DS_PART_KEY_POINT);
    ds_json_str(j, "text", ds_str_at(art->text, art->body));
    parts(j, "captions", art, DS_PART_CAPTION);
    comments(j, art);
    related(j, art);
    ds_json_int(j, "body_offset", art->body.beg);
}

static void article_json(ds_buf *out, const ds_article *art)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    names(&j, art);
    days(&j, art);
    ds_json_str(&j, "kind", ds_str_of(ds_kind_name(art->kind)));
    ds_json_str(&j, "section", art->section);
    ex_json_strs(&j, "keywords", art->keywords);
    texts(&j, art);
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
}

ds_status ds_export_read(ds_arena *a, const ds_article *art, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    if (style.format == DS_FMT_TEXT)
        return ex_done(out, mark, ex_article_text(a, art, style, out));
    article_json(out, art);
    return ex_done(out, mark, DS_OK);
}
