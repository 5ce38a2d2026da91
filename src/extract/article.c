/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define KEEP_RUNS (1u << 20) /* beyond so many runs a block has one run: only its ends correspond */

typedef struct paper { /* the article text as it is put together */
    ext_page *p;
    char *at;
    uint32_t len;
    DS_VEC(ds_block) blocks;
    ext_runs runs;
} paper;

static uint32_t runs_end(const ext_page *p, uint32_t i)
{
    return i + 1 < p->blocks.len ? p->blocks.at[i + 1].run : (uint32_t)p->fold.runs.len;
}

/* A run of source text, its page bytes still to be found. Characters that the page has in other bytes (converted, or in
 * a transfer encoding) get one run each. */
static ds_status put_run(paper *w, ds_run r)
{
    const ext_source *src = &w->p->src;
    ds_span from = r.page;
    bool same = ds_span_len(r.text) == ds_span_len(from);
    if ((!src->width && !src->part) || !same) {
        r.page = ext_source_span(src, from);
        return DS_PUSH(w->p->arena, &w->runs, r);
    }
    for (uint32_t i = from.beg, end; i < from.end; i = end) {
        ds_run one;
        if (w->runs.len < KEEP_RUNS) {
            end = ext_source_step(src, (ds_span){i, from.end}, &one.page);
        } else { /* the rest in one: only its ends correspond */
            end = from.end;
            one.page = ext_source_span(src, (ds_span){i, end});
        }
        one.text = (ds_span){r.text.beg + i - from.beg, r.text.beg + end - from.beg};
        DS_TRY(DS_PUSH(w->p->arena, &w->runs, one));
    }
    return DS_OK;
}

/* Copies text [span) of the folded page with the runs of block i that lie in it. */
static ds_status put_block(paper *w, uint32_t i, ds_span span, ds_part part, ds_block_kind kind)
{
    const ext_page *p = w->p;
    if (w->len)
        w->at[w->len++] = '\n';
    ds_block b = {part, kind, {w->len, w->len + ds_span_len(span)}};
    memcpy(w->at + w->len, p->fold.at + span.beg, ds_span_len(span));
    for (uint32_t k = p->blocks.at[i].run, end = runs_end(p, i); k < end; k++) {
        ds_run r = p->fold.runs.at[k];
        if (!ds_span_meets(r.text, span))
            continue;
        bool same = ds_span_len(r.text) == ds_span_len(r.page);
        uint32_t before = r.text.beg < span.beg ? span.beg - r.text.beg : 0;
        uint32_t after = r.text.end > span.end ? r.text.end - span.end : 0;
        r.text = (ds_span){r.text.beg + before, r.text.end - after};
        r.page = same ? (ds_span){r.page.beg + before, r.page.end - after} : r.page;
        r.text = (ds_span){r.text.beg - span.beg + w->len, r.text.end - span.beg + w->len};
        DS_TRY(put_run(w, r));
    }
    w->len += ds_span_len(span);
    return DS_PUSH(w->p->arena, &w->blocks, b);
}

/* A title that the input states has no bytes in the page: text without runs. */
static ds_status put_stated(paper *w, ds_str s)
{
    ds_block b = {DS_PART_TITLE, DS_BLOCK_PARAGRAPH, {0, (uint32_t)s.len}};
    memcpy(w->at, s.at, s.len);
    w->len = (uint32_t)s.len;
    return DS_PUSH(w->p->arena, &w->blocks, b);
}

static ds_status put_list(paper *w, const ext_ids *ids, ds_part part)
{
    for (size_t k = 0; k < ids->len; k++) {
        const ext_block *b = &w->p->blocks.at[ids->at[k]];
        DS_TRY(put_block(w, ids->at[k], b->text, part,
                         part == DS_PART_BODY ? (ds_block_kind)b->kind : DS_BLOCK_PARAGRAPH));
    }
    return DS_OK;
}

/* Upper bound of the text's length. */
static size_t text_room(const ext_page *p, const ext_draft *d)
{
    const ext_ids *lists[] = {&d->standfirst, &d->points, &d->body, &d->captions};
    size_t n = d->art.title.len + 2;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i]->len; k++)
            n += ds_span_len(p->blocks.at[lists[i]->at[k]].text) + 1;
    return n;
}

/* The part of title_block that is the title (its tail is cut), or the stated title. */
static ds_status put_title(paper *w, const ext_draft *d)
{
    ds_str t = d->art.title;
    if (!t.len)
        return DS_OK;
    if (d->title_block < 0)
        return put_stated(w, t);
    const ext_page *p = w->p;
    ds_span span = p->blocks.at[d->title_block].text;
    if (t.at >= p->fold.at && t.at + t.len <= p->fold.at + p->fold.len) {
        span.beg = (uint32_t)(t.at - p->fold.at);
        span.end = span.beg + (uint32_t)t.len;
        return put_block(w, (uint32_t)d->title_block, span, DS_PART_TITLE, DS_BLOCK_PARAGRAPH);
    }
    return put_stated(w, t);
}

static ds_status put_text(paper *w, const ext_draft *d, ds_article *art)
{
    DS_TRY(put_title(w, d));
    DS_TRY(put_list(w, &d->standfirst, DS_PART_STANDFIRST));
    DS_TRY(put_list(w, &d->points, DS_PART_KEY_POINT));
    size_t first = w->blocks.len;
    DS_TRY(put_list(w, &d->body, DS_PART_BODY));
    if (w->blocks.len > first)
        art->body = (ds_span){w->blocks.at[first].span.beg, w->len};
    return put_list(w, &d->captions, DS_PART_CAPTION);
}

static ds_str joined(const ext_page *p, const ext_ids *ids)
{
    ds_buf b = ds_buf_new(p->arena);
    if (ids->len == 1)
        return ext_text(p, &p->blocks.at[ids->at[0]]);
    for (size_t i = 0; i < ids->len; i++) {
        if (i)
            ds_buf_putc(&b, '\n');
        ds_buf_put(&b, ext_text(p, &p->blocks.at[ids->at[i]]));
    }
    return ids->len ? ds_buf_str(&b) : (ds_str){0};
}

static void hand_over(ext_draft *d, const paper *w, ds_article *art)
{
    art->text = (ds_str){w->at, w->len};
    art->blocks = w->blocks.at;
    art->blocks_len = w->blocks.len;
    art->runs = w->runs.at;
    art->runs_len = w->runs.len;
    art->authors = (ds_strs){d->authors.at, d->authors.len};
    art->keywords = (ds_strs){d->keywords.at, d->keywords.len};
    art->credited = (ds_strs){d->credited.at, d->credited.len};
    art->comments = d->said.at;
    art->comments_len = d->said.len;
    art->related = d->rail.at;
    art->related_len = d->rail.len;
}

/* Where things were found that only the text can give. */
static ds_status hand_extra(const ext_page *p, ext_draft *d, ds_article *art)
{
    ds_extra *extra = ds_arena_alloc(p->arena, sizeof *extra);
    if (!extra)
        return DS_NOMEM;
    if (d->points.len)
        d->extra.from.key_points = DS_STR("text");
    if (d->credited.len)
        d->extra.from.credited = DS_STR("text");
    if (art->kind != DS_KIND_NEWS && !d->extra.from.kind.at)
        d->extra.from.kind = DS_STR("text");
    *extra = d->extra;
    art->extra = extra;
    return DS_OK;
}

ds_status ext_finish(ext_page *p, ext_draft *d, ds_article *out)
{
    paper w = {.p = p, .at = ds_arena_alloc(p->arena, text_room(p, d))};
    if (!w.at)
        return DS_NOMEM;
    ds_article art = d->art;
    DS_TRY(put_text(&w, d, &art));
    hand_over(d, &w, &art);
    if (d->standfirst.len) {
        art.standfirst = joined(p, &d->standfirst);
        d->extra.from.standfirst = DS_STR("text");
        if (!art.standfirst.at)
            return DS_NOMEM;
    }
    DS_TRY(hand_extra(p, d, &art));
    art.language = ds_text_language(ds_str_at(art.text, art.body));
    *out = art;
    return DS_OK;
}
