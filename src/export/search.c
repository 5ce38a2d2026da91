/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - dossier search: as JSON (src/serve/openapi.json, SearchResult), as lines, as text. */
#include "export/words.h"

static void snippet_json(ds_json *j, const ds_hit *h)
{
    ds_json_arr(j, "snippet");
    for (size_t i = 0; i < h->snippet.len; i++) {
        ds_json_obj(j, NULL);
        ds_json_str(j, "text", ds_str_at(h->text, h->snippet.at[i].at));
        ds_json_bool(j, "hit", h->snippet.at[i].hit);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void score_json(ds_json *j, double score)
{
    ds_frac v;
    if (ds_frac_make((int64_t)(score * 10000 + 0.5), 10000, &v) == DS_OK)
        ds_json_frac(j, "score", v);
    else
        ds_json_null(j, "score");
}

static void hit_json(ds_json *j, const ds_hit *h, bool ranked)
{
    ds_json_obj(j, NULL);
    if (h->story)
        ds_json_int(j, "story", h->story);
    else
        ds_json_null(j, "story");
    ds_json_str(j, "page", h->letter);
    ds_json_str(j, "doc", h->doc);
    ds_json_str(j, "title", h->title);
    ex_json_strs(j, "authors", h->authors);
    ds_json_str(j, "publisher", h->publisher);
    ds_json_day(j, "published", h->published);
    snippet_json(j, h);
    if (ranked)
        score_json(j, h->score);
    else
        ds_json_null(j, "score");
    ds_json_end(j, '}');
}

static ds_status json(const ds_found *f, ds_str query, ds_str next, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    ds_json_str(&j, "query", query);
    ds_json_str(&j, "order", f->newest ? DS_STR("newest") : DS_STR("rank"));
    if (f->window)
        ds_json_int(&j, "window", f->window);
    else
        ds_json_null(&j, "window");
    ds_json_int(&j, "articles", f->articles);
    ds_json_arr(&j, "hits");
    for (size_t i = 0; i < f->len; i++)
        hit_json(&j, &f->at[i], !f->newest);
    ds_json_end(&j, ']');
    ds_json_str(&j, "next", next);
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}

static ds_status lines(const ds_found *f, ds_buf *out)
{
    for (size_t i = 0; i < f->len; i++) {
        ds_json j = ds_json_new(out);
        hit_json(&j, &f->at[i], !f->newest);
        ds_buf_putc(out, '\n');
    }
    return out->status;
}

/* ---- text -------------------------------------------------------------------------------------------------- */

/* "1:B  Dam collapse kills 17 (Coastline Daily, 14 Oct 2024)", and the words below it. */
static void put_hit(ex_page *p, const ds_hit *h)
{
    ds_buf head = ex_words(p), said = ex_words(p);
    ds_buf_puts(&head, EX_BOLD);
    if (h->story)
        ds_buf_printf(&head, "%lld:%.*s  ", (long long)h->story, DS_FMT(h->letter));
    ex_put(&head, h->title.at ? h->title : h->doc);
    ds_buf_puts(&head, EX_PLAIN EX_DIM);
    if (h->publisher.at) {
        ds_buf_puts(&head, "  ");
        ex_put(&head, h->publisher);
    }
    if (h->published != DS_DAY_NONE) {
        ds_buf_puts(&head, "  ");
        ds_day_print(&head, h->published);
    }
    ex_prose(p, 0, ex_take(p, &head));
    ds_buf_puts(&said, "… ");
    for (size_t i = 0; i < h->snippet.len; i++) {
        if (h->snippet.at[i].hit)
            ds_buf_puts(&said, EX_BOLD);
        ex_put(&said, ds_str_at(h->text, h->snippet.at[i].at));
        if (h->snippet.at[i].hit)
            ds_buf_puts(&said, EX_PLAIN);
    }
    ds_buf_puts(&said, " …");
    ex_prose(p, 4, ex_take(p, &said));
}

static ds_status text(ds_arena *a, const ds_found *f, ds_style style, ds_buf *out)
{
    ex_page p = ex_page_new(a, NULL, style, out);
    for (size_t i = 0; i < f->len && p.status == DS_OK; i++)
        put_hit(&p, &f->at[i]);
    if (f->window)
        ex_prose(&p, 0,
                 ex_say(&p,
                        EX_DIM "Ranked: the newest %lld that match (--order newest: all of them).",
                        (long long)f->window));
    return ex_page_end(&p);
}

ds_status ds_export_found(ds_arena *a, const ds_found *f, ds_str query, ds_str next, ds_style style,
                          ds_buf *out)
{
    size_t mark = out->len;
    if (style.format == DS_FMT_JSON)
        return ex_done(out, mark, json(f, query, next, out));
    if (!f->len)
        return DS_NONE;
    return ex_done(out, mark,
                   style.format == DS_FMT_JSONL ? lines(f, out) : text(a, f, style, out));
}
