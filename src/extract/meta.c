/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define TAIL_MAX_WORDS 6 /* a site's name behind the title has no more */

/* ---- values ------------------------------------------------------------------------------------------- */

/* A block for text that is no content (a title in the head), so that it leads back to its bytes. -1: empty. */
static ds_status meta_block(ext_page *p, uint32_t node, uint32_t beg, uint32_t end, int64_t *out)
{
    ext_block b = {
        .run = (uint32_t)p->fold.runs.len, .node = node, .first = node, .flags = EXT_BF_PRUNED};
    ext_fold_begin(&p->fold);
    DS_TRY(ext_fold_add(&p->fold, p->src.text, beg, end, true));
    b.text = ext_fold_end(&p->fold);
    if (b.text.end == b.text.beg)
        return DS_OK;
    ext_measure(p, &b);
    DS_TRY(DS_PUSH(p->arena, &p->blocks, b));
    *out = (int64_t)p->blocks.len - 1;
    return DS_OK;
}

static ds_status block_of_value(ext_page *p, uint32_t node, ds_str raw, int64_t *block,
                                ds_str *text)
{
    if (*block >= 0 || !raw.len)
        return DS_OK;
    uint32_t beg = (uint32_t)(raw.at - p->src.text.at);
    DS_TRY(meta_block(p, node, beg, beg + (uint32_t)raw.len, block));
    if (*block >= 0)
        *text = ext_text(p, &p->blocks.at[*block]);
    return DS_OK;
}

static ds_day day_of(ds_str s)
{
    ds_day day = DS_DAY_NONE;
    ext_date d;
    s = ds_str_trim(s);
    if (ds_day_parse(s, &day) == DS_OK)
        return day;
    for (size_t i = 0; ext_date_next(s, &i, &d);)
        if (ext_date_full(&d) != DS_DAY_NONE)
            return ext_date_full(&d);
    return DS_DAY_NONE;
}

static void keep_day(ds_day *into, ds_day day)
{
    if (*into == DS_DAY_NONE)
        *into = day;
}

static void keep_str(ds_str *into, ds_str s)
{
    if (!into->len && s.len)
        *into = s;
}

static ds_status split_names(ext_page *p, ext_strs *into, ds_str s)
{
    ds_status st = DS_OK;
    for (size_t i = 0; i < s.len && st == DS_OK;) {
        size_t end = i;
        while (end < s.len && s.at[end] != ',' && s.at[end] != ';')
            end++;
        ext_strs_add(p->arena, into, ds_str_trim(ds_str_cut(s, i, end)), &st);
        i = end + 1;
    }
    return st;
}

/* ---- <meta> --------------------------------------------------------------------------------------------- */

typedef enum meta_key {
    META_NONE,
    META_TITLE,
    META_SITE,
    META_AUTHOR,
    META_PUBLISHED,
    META_OTHER_DATE,
    META_MODIFIED,
    META_SECTION,
    META_TAG,
    META_KEYWORDS,
    META_DESCRIPTION,
} meta_key;

static meta_key meta_key_of(ds_str name)
{
    static const struct {
        ds_str name;
        meta_key key;
    } keys[] = {
        {DS_STR_INIT("og:title"), META_TITLE},
        {DS_STR_INIT("og:site_name"), META_SITE},
        {DS_STR_INIT("author"), META_AUTHOR},
        {DS_STR_INIT("article:author_name"), META_AUTHOR},
        {DS_STR_INIT("parsely-author"), META_AUTHOR},
        {DS_STR_INIT("sailthru.author"), META_AUTHOR},
        {DS_STR_INIT("dc.creator"), META_AUTHOR},
        {DS_STR_INIT("article:published_time"), META_PUBLISHED},
        {DS_STR_INIT("og:article:published_time"), META_PUBLISHED},
        {DS_STR_INIT("og:published_time"), META_PUBLISHED},
        {DS_STR_INIT("datepublished"), META_PUBLISHED},
        {DS_STR_INIT("parsely-pub-date"), META_OTHER_DATE},
        {DS_STR_INIT("sailthru.date"), META_OTHER_DATE},
        {DS_STR_INIT("pubdate"), META_OTHER_DATE},
        {DS_STR_INIT("publishdate"), META_OTHER_DATE},
        {DS_STR_INIT("publish-date"), META_OTHER_DATE},
        {DS_STR_INIT("date"), META_OTHER_DATE},
        {DS_STR_INIT("dc.date"), META_OTHER_DATE},
        {DS_STR_INIT("dc.date.issued"), META_OTHER_DATE},
        {DS_STR_INIT("dcterms.created"), META_OTHER_DATE},
        {DS_STR_INIT("cxenseparse:recs:publishtime"), META_OTHER_DATE},
        {DS_STR_INIT("article.published"), META_OTHER_DATE},
        {DS_STR_INIT("article:modified_time"), META_MODIFIED},
        {DS_STR_INIT("og:updated_time"), META_MODIFIED},
        {DS_STR_INIT("datemodified"), META_MODIFIED},
        {DS_STR_INIT("article:section"), META_SECTION},
        {DS_STR_INIT("parsely-section"), META_SECTION},
        {DS_STR_INIT("article:tag"), META_TAG},
        {DS_STR_INIT("news_keywords"), META_KEYWORDS},
        {DS_STR_INIT("keywords"), META_KEYWORDS},
        {DS_STR_INIT("og:description"), META_DESCRIPTION},
        {DS_STR_INIT("description"), META_DESCRIPTION},
    };
    for (size_t i = 0; name.len && i < sizeof keys / sizeof *keys; i++)
        if (ext_same_fold(name, keys[i].name))
            return keys[i].key;
    return META_NONE;
}

typedef struct head {
    ext_page *p;
    ds_day other, time; /* weaker evidence: other meta names, the first <time> */
} head;

static ds_status take_meta(head *h, uint32_t i)
{
    ext_page *p = h->p;
    ext_meta *m = &p->meta;
    ds_str name = html_attr(p->html, i, DS_STR("property"));
    if (!name.len)
        name = html_attr(p->html, i, DS_STR("name"));
    if (!name.len)
        name = html_attr(p->html, i, DS_STR("itemprop"));
    meta_key key = meta_key_of(name);
    ds_str raw = key ? html_attr(p->html, i, DS_STR("content")) : (ds_str){0};
    if (!raw.len)
        return DS_OK;
    if (key == META_TITLE)
        return block_of_value(p, i, raw, &m->og_block, &m->og_title);
    ds_status st = DS_OK;
    ds_str v = ext_decoded(p->arena, raw);
    if (!v.at)
        return DS_NOMEM;
    switch (key) {
    case META_SITE:
        keep_str(&m->publisher, v);
        break;
    case META_AUTHOR:
        return split_names(p, &m->authors, v);
    case META_PUBLISHED:
        keep_day(&m->published, day_of(v));
        break;
    case META_OTHER_DATE:
        keep_day(&h->other, day_of(v));
        break;
    case META_MODIFIED:
        keep_day(&m->modified, day_of(v));
        break;
    case META_SECTION:
        keep_str(&m->section, v);
        break;
    case META_TAG:
        ext_strs_add(p->arena, &m->keywords, v, &st);
        break;
    case META_KEYWORDS:
        return split_names(p, &m->keywords, v);
    case META_DESCRIPTION:
        keep_str(&m->description, v);
        break;
    default:
        break;
    }
    return st;
}

/* itemprop="datePublished" on any element: its content or datetime. */
static void take_itemprop(head *h, uint32_t i)
{
    ds_str prop = html_attr(h->p->html, i, DS_STR("itemprop"));
    bool published = ext_same_fold(prop, DS_STR("datepublished"));
    if (!published && !ext_same_fold(prop, DS_STR("datemodified")))
        return;
    ds_str v = html_attr(h->p->html, i, DS_STR("content"));
    if (!v.len)
        v = html_attr(h->p->html, i, DS_STR("datetime"));
    keep_day(published ? &h->p->meta.ld_published : &h->p->meta.modified, day_of(v));
}

static ds_status take_title(head *h, uint32_t i)
{
    const html_node *n = html_at(h->p->html, i);
    const html_node *text = i + 1 < n->end ? html_at(h->p->html, i + 1) : NULL;
    if (!text || text->tag != HTML_TEXT)
        return DS_OK;
    ds_str raw = ds_str_cut(h->p->src.text, text->at, (size_t)text->at + text->len);
    return block_of_value(h->p, i, raw, &h->p->meta.title_block, &h->p->meta.title);
}

static ds_status take_node(head *h, uint32_t i)
{
    ext_page *p = h->p;
    const html_node *n = html_at(p->html, i);
    switch (n->tag) {
    case HTML_META:
        return take_meta(h, i);
    case HTML_TITLE:
        return take_title(h, i);
    case HTML_SCRIPT:
        return html_jsonld(p, i);
    case HTML_TIME:
        if (!(n->parts & (PART_COMMENTS | PART_RELATED | PART_CUT)))
            keep_day(&h->time, day_of(html_attr(p->html, i, DS_STR("datetime"))));
        take_itemprop(h, i);
        break;
    case HTML_LINK:
        if (ext_same_fold(html_attr(p->html, i, DS_STR("rel")), DS_STR("canonical")))
            keep_str(&p->meta.canonical, html_attr(p->html, i, DS_STR("href")));
        break;
    case HTML_SPAN:
    case HTML_DIV:
    case HTML_P:
        take_itemprop(h, i);
        break;
    default:
        break;
    }
    return DS_OK;
}

/* The best of what the page states; which one it was. */
static void settle_day(head *h)
{
    ext_meta *m = &h->p->meta;
    const struct {
        ds_day day;
        const char *from;
    } order[] = {{m->published, "meta"},
                 {m->ld_published, "json-ld"},
                 {h->other, "meta"},
                 {h->time, "time"}};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i].day != DS_DAY_NONE) {
            m->published = order[i].day;
            m->published_from = ds_str_of(order[i].from);
            return;
        }
}

ds_status html_meta(ext_page *p)
{
    head h = {p, DS_DAY_NONE, DS_DAY_NONE};
    ext_meta *m = &p->meta;
    m->title_block = m->og_block = -1;
    m->published = m->ld_published = m->modified = DS_DAY_NONE;
    for (uint32_t i = 1; i < p->html->nodes.len; i++)
        if (html_at(p->html, i)->tag != HTML_TEXT)
            DS_TRY(take_node(&h, i));
    settle_day(&h);
    return DS_OK;
}

/* A title without " - Site" or " | Site": always where the tail is the publisher, else only behind a bar or where
 * the tail is short. */
ds_str html_without_tail(ds_str title, ds_str publisher)
{
    ds_str tail = {0};
    size_t n = ext_title_tail(title, &tail);
    if (!n)
        return title;
    size_t words = 1;
    for (size_t i = 0; i < tail.len; i++)
        words += tail.at[i] == ' ';
    bool bar = ds_str_find(title, DS_STR(" | "), 0) >= 0;
    if (ext_same_fold(tail, publisher) || bar || words <= TAIL_MAX_WORDS)
        return ds_str_trim(ds_str_cut(title, 0, n));
    return title;
}
