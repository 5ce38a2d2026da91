/* SPDX-License-Identifier: Apache-2.0 */
/* meta.c - what an HTML page says of itself: <meta>, <link>, <title>, <time>, microdata, JSON-LD.
 *
 * Method   one look at the tag of every node; attributes are read of the few that may say something
 */
#include "extract/html.h"

#define NAMES_MAX 40   /* people of one source */
#define SCRIPTS_MAX 24 /* JSON-LD scripts */
#define KEYWORDS_MAX 64
#define TIMES_MAX 40
#define ITEMPROPS 400     /* elements with itemprop that are looked at */
#define ITEM_NODES 64     /* nodes in which the name of an itemprop is looked for */
#define VALUE_BYTES 400   /* of an element's text as a value */
#define RDF_DATE_BYTES 25 /* "2024-05-03T22:00:00+09:00" */
#define YEAR_LEAST 1900
#define EPOCH_DIGITS 10 /* "1703270000": seconds since 1970; three more: milliseconds */
#define DAY_SECONDS 86400

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

static ds_status split_words(ext_page *p, ext_strs *into, ds_str s)
{
    ds_status st = DS_OK;
    for (size_t i = 0, end; i < s.len && st == DS_OK && into->len < KEYWORDS_MAX; i = end + 1) {
        for (end = i; end < s.len && s.at[end] != ',' && s.at[end] != ';';)
            end++;
        ext_strs_add(p->arena, into, ds_str_trim(ds_str_cut(s, i, end)), &st);
    }
    return st;
}

const char *html_by_name(ext_by by)
{
    static const char *const names[EXT_BY_COUNT] = {"meta", "json-ld", "microdata", "meta",
                                                    "time", "rel",     "byline"};
    return names[by];
}

ds_status html_add_person(ext_page *p, ext_by by, ext_who who, ds_str name)
{
    ext_people *v = &p->meta.people[by];
    name = ds_str_trim(name);
    if (!name.len || v->len >= NAMES_MAX)
        return DS_OK;
    for (size_t i = 0; i < v->len; i++)
        if (ext_same_fold(v->at[i].name, name))
            return DS_OK;
    ext_person one = {name, who};
    return DS_PUSH(p->arena, v, one);
}

/* ---- days --------------------------------------------------------------------------------------------------- */

/* "1703270000", "1703270000000" */
static ds_day day_of_epoch(ds_str s)
{
    int64_t v = 0;
    if (s.len != EPOCH_DIGITS && s.len != EPOCH_DIGITS + 3)
        return DS_DAY_NONE;
    for (size_t i = 0; i < s.len; i++) {
        if (!ext_is_digit((unsigned char)s.at[i]))
            return DS_DAY_NONE;
        v = i < EPOCH_DIGITS ? v * 10 + (s.at[i] - '0') : v;
    }
    return (ds_day)(v / DAY_SECONDS);
}

/* Behind "2024-05-03": a time, and its offset from Greenwich. */
static void read_zone(ext_when *w, ds_str s)
{
    size_t colon = 0, i = 10;
    while (i < s.len && s.at[i] != ':')
        i++;
    colon = i;
    if (s.len < 16 || colon + 2 >= s.len)
        return;
    w->time = s;
    w->utc = true; /* as most that name no offset */
    for (i = colon; i < s.len; i++)
        if (s.at[i] == '+' || s.at[i] == '-') {
            ds_str off = ds_str_cut(s, i + 1, s.len);
            w->utc = ds_str_starts(off, DS_STR("00:00")) || ds_str_starts(off, DS_STR("0000"));
            return;
        }
}

ext_when html_when(const ext_page *p, ds_str s)
{
    ext_when w = {.day = DS_DAY_NONE};
    ext_day d;
    s = ds_str_trim(s);
    if (s.len < 6 || s.len > VALUE_BYTES)
        return w;
    if (ds_day_parse(s, &w.day) == DS_OK)
        read_zone(&w, s);
    else if ((w.day = day_of_epoch(s)) != DS_DAY_NONE)
        w.utc = true;
    else if (ext_days(s, &p->meta.locale, &d, 1))
        w.day = d.day;
    if (w.day == 0 ||
        w.day < ds_day_of(YEAR_LEAST, 1, 1)) /* the first days of calendars stand for none */
        w.day = DS_DAY_NONE;
    return w;
}

void html_say_day(ext_page *p, ext_by by, bool modified, ds_str s)
{
    ext_when *into = modified ? &p->meta.modified[by] : &p->meta.published[by];
    if (into->day == DS_DAY_NONE)
        *into = html_when(p, s);
}

/* ---- <meta> --------------------------------------------------------------------------------------------- */

typedef enum meta_key {
    META_NONE,
    META_TITLE,
    META_TITLE2, /* other vocabularies: where there is no og:title */
    META_SITE,
    META_AUTHOR,
    META_PUBLISHED,
    META_MODIFIED,
    META_SECTION,
    META_TAG,
    META_KEYWORDS,
    META_DESCRIPTION,
    META_URL,
    META_IMAGE,
    META_LOCALE,
    META_SOURCE,
    META_LICENCE,
    META_ACCESS,
    META_LABEL, /* twitter:label1 says what twitter:data1 is */
    META_DATA,
    META_CUE, /* article:opinion */
    META_TYPE,
} meta_key;

static const struct meta_name {
    ds_str name;
    meta_key key;
    ext_by by;
} meta_names[] = {
    {DS_STR_INIT("og:title"), META_TITLE, EXT_BY_META},
    {DS_STR_INIT("twitter:title"), META_TITLE2, EXT_BY_META},
    {DS_STR_INIT("dc.title"), META_TITLE2, EXT_BY_OTHER},
    {DS_STR_INIT("citation_title"), META_TITLE2, EXT_BY_OTHER},
    {DS_STR_INIT("parsely-title"), META_TITLE2, EXT_BY_OTHER},
    {DS_STR_INIT("sailthru.title"), META_TITLE2, EXT_BY_OTHER},
    {DS_STR_INIT("og:site_name"), META_SITE, EXT_BY_META},
    {DS_STR_INIT("author"), META_AUTHOR, EXT_BY_META},
    {DS_STR_INIT("article:author"), META_AUTHOR, EXT_BY_META},
    {DS_STR_INIT("article:author_name"), META_AUTHOR, EXT_BY_META},
    {DS_STR_INIT("parsely-author"), META_AUTHOR, EXT_BY_OTHER},
    {DS_STR_INIT("sailthru.author"), META_AUTHOR, EXT_BY_OTHER},
    {DS_STR_INIT("dc.creator"), META_AUTHOR, EXT_BY_OTHER},
    {DS_STR_INIT("citation_author"), META_AUTHOR, EXT_BY_OTHER},
    {DS_STR_INIT("byl"), META_AUTHOR, EXT_BY_OTHER},
    {DS_STR_INIT("article:published_time"), META_PUBLISHED, EXT_BY_META},
    {DS_STR_INIT("og:published_time"), META_PUBLISHED, EXT_BY_META},
    {DS_STR_INIT("article:published"), META_PUBLISHED, EXT_BY_META},
    {DS_STR_INIT("article:publicationdate"), META_PUBLISHED, EXT_BY_META},
    {DS_STR_INIT("datepublished"), META_PUBLISHED, EXT_BY_MICRO},
    {DS_STR_INIT("parsely-pub-date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("sailthru.date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("pubdate"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("publishdate"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("publish-date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("publish_date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("published_at"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("publication_date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("pdate"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.date.issued"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.date.created"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.issued"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.created"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("citation_publication_date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("citation_date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("citation_online_date"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("prism.publicationdate"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("cxenseparse:recs:publishtime"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("article.published"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("article.created"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("article_date_original"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("datecreated"), META_PUBLISHED, EXT_BY_OTHER},
    {DS_STR_INIT("article:modified_time"), META_MODIFIED, EXT_BY_META},
    {DS_STR_INIT("og:updated_time"), META_MODIFIED, EXT_BY_OTHER},
    {DS_STR_INIT("datemodified"), META_MODIFIED, EXT_BY_MICRO},
    {DS_STR_INIT("dc.modified"), META_MODIFIED, EXT_BY_OTHER},
    {DS_STR_INIT("dc.date.modified"), META_MODIFIED, EXT_BY_OTHER},
    {DS_STR_INIT("last-modified"), META_MODIFIED, EXT_BY_OTHER},
    {DS_STR_INIT("article:section"), META_SECTION, EXT_BY_META},
    {DS_STR_INIT("parsely-section"), META_SECTION, EXT_BY_OTHER},
    {DS_STR_INIT("article:tag"), META_TAG, EXT_BY_META},
    {DS_STR_INIT("parsely-tags"), META_KEYWORDS, EXT_BY_OTHER},
    {DS_STR_INIT("sailthru.tags"), META_KEYWORDS, EXT_BY_OTHER},
    {DS_STR_INIT("news_keywords"), META_KEYWORDS, EXT_BY_META},
    {DS_STR_INIT("keywords"), META_KEYWORDS, EXT_BY_META},
    {DS_STR_INIT("citation_keywords"), META_KEYWORDS, EXT_BY_OTHER},
    {DS_STR_INIT("og:description"), META_DESCRIPTION, EXT_BY_META},
    {DS_STR_INIT("description"), META_DESCRIPTION, EXT_BY_META},
    {DS_STR_INIT("og:url"), META_URL, EXT_BY_META},
    {DS_STR_INIT("og:image"), META_IMAGE, EXT_BY_META},
    {DS_STR_INIT("og:locale"), META_LOCALE, EXT_BY_META},
    {DS_STR_INIT("content-language"), META_LOCALE, EXT_BY_META},
    {DS_STR_INIT("syndication-source"), META_SOURCE, EXT_BY_META},
    {DS_STR_INIT("original-source"), META_SOURCE, EXT_BY_META},
    {DS_STR_INIT("dc.source"), META_SOURCE, EXT_BY_OTHER},
    {DS_STR_INIT("dc.license"), META_LICENCE, EXT_BY_OTHER},
    {DS_STR_INIT("dc.rights.license"), META_LICENCE, EXT_BY_OTHER},
    {DS_STR_INIT("article:content_tier"), META_ACCESS, EXT_BY_META},
    {DS_STR_INIT("article:opinion"), META_CUE, EXT_BY_META},
    {DS_STR_INIT("og:type"), META_TYPE, EXT_BY_META},
    {DS_STR_INIT("twitter:label1"), META_LABEL, EXT_BY_OTHER},
    {DS_STR_INIT("twitter:data1"), META_DATA, EXT_BY_OTHER},
};

/* "dcterms.created", "DC:created" -> "dc.created"; "og:article:x" -> "article:x" */
static ds_str plain_name(ds_str name, char buf[64])
{
    static const ds_str heads[][2] = {{DS_STR_INIT("dcterms."), DS_STR_INIT("dc.")},
                                      {DS_STR_INIT("dcterms:"), DS_STR_INIT("dc.")},
                                      {DS_STR_INIT("dc:"), DS_STR_INIT("dc.")},
                                      {DS_STR_INIT("dcterm."), DS_STR_INIT("dc.")},
                                      {DS_STR_INIT("og:article:"), DS_STR_INIT("article:")}};
    size_t n = 0, from = 0;
    if (name.len >= 60)
        return name;
    for (size_t i = 0; i < sizeof heads / sizeof *heads && !from; i++)
        if (name.len > heads[i][0].len &&
            ext_same_fold(ds_str_cut(name, 0, heads[i][0].len), heads[i][0])) {
            memcpy(buf, heads[i][1].at, n = heads[i][1].len);
            from = heads[i][0].len;
        }
    if (!from)
        return name;
    memcpy(buf + n, name.at + from, name.len - from);
    return (ds_str){buf, n + name.len - from};
}

static const struct meta_name *meta_name_of(ds_str name)
{
    char buf[64];
    name = plain_name(name, buf);
    for (size_t i = 0; name.len && i < sizeof meta_names / sizeof *meta_names; i++)
        if (meta_names[i].name.len == name.len && ext_same_fold(name, meta_names[i].name))
            return &meta_names[i];
    return NULL;
}

typedef struct head {
    ext_page *p;
    ds_str scripts[SCRIPTS_MAX];
    size_t scripts_len;
    ds_str label, title2, description; /* twitter:label1; titles and descriptions of lower rank */
    bool keywords;                     /* "keywords" was read; article:tag adds to nothing else */
} head;

static void read_access(ext_meta *m, ds_str v)
{
    bool free_ = ext_same_fold(v, DS_STR("free")) || ext_same_fold(v, DS_STR("false"));
    bool paid = ext_same_fold(v, DS_STR("locked")) || ext_same_fold(v, DS_STR("metered")) ||
                ext_same_fold(v, DS_STR("paid")) || ext_same_fold(v, DS_STR("premium"));
    if (m->access == DS_ACCESS_UNKNOWN && (free_ || paid)) {
        m->access = paid ? DS_ACCESS_PAID : DS_ACCESS_FREE;
        m->access_from = DS_STR("meta");
    }
}

static bool is_address(ds_str s)
{
    return ds_str_find(s, DS_STR("://"), 0) >= 0 || ds_str_starts(s, DS_STR("www.")) ||
           ds_str_starts(s, DS_STR("/"));
}

static bool label_of_author(ds_str s)
{
    return ext_same_fold(s, DS_STR("written by")) || ext_same_fold(s, DS_STR("author")) ||
           ext_same_fold(s, DS_STR("by"));
}

static ds_status take_value(head *h, const struct meta_name *name, ds_str v)
{
    ext_page *p = h->p;
    ext_meta *m = &p->meta;
    ds_status st = DS_OK;
    const char *from = "meta";
    switch (name->key) {
    case META_TITLE2:
        h->title2 = h->title2.len ? h->title2 : v;
        break;
    case META_SITE:
        ext_say(&m->site, v, from);
        break;
    case META_AUTHOR:
        return is_address(v) ? DS_OK : html_add_person(p, name->by, EXT_WHO_ANY, v);
    case META_PUBLISHED:
    case META_MODIFIED:
        html_say_day(p, name->by, name->key == META_MODIFIED, v);
        break;
    case META_SECTION:
        ext_say(&m->section, v, from);
        break;
    case META_TAG:
        ext_strs_add(p->arena, &m->keywords, v, &st);
        break;
    case META_KEYWORDS:
        return split_words(p, &m->keywords, v);
    case META_DESCRIPTION:
        ext_say(&m->description, v, from);
        break;
    case META_URL:
        m->og_url = m->og_url.len ? m->og_url : v;
        break;
    case META_IMAGE:
        m->image = m->image.len ? m->image : v;
        break;
    case META_LOCALE:
        m->lang = m->lang.len ? m->lang : v;
        break;
    case META_SOURCE:
        ext_say(&m->source, v, from);
        break;
    case META_LICENCE:
        ext_say(&m->licence, v, from);
        break;
    case META_ACCESS:
        read_access(m, v);
        break;
    case META_CUE:
        m->opinion |= ext_same_fold(v, DS_STR("true"));
        break;
    case META_TYPE:
        m->article |= ext_same_fold(v, DS_STR("article"));
        break;
    case META_LABEL:
        h->label = v;
        break;
    case META_DATA:
        return label_of_author(h->label) ? html_add_person(p, name->by, EXT_WHO_ANY, v) : DS_OK;
    default:
        break;
    }
    return st;
}

static ds_status take_meta(head *h, uint32_t i)
{
    static const ds_str attrs[] = {DS_STR_INIT("property"), DS_STR_INIT("name"),
                                   DS_STR_INIT("itemprop"), DS_STR_INIT("http-equiv")};
    ext_page *p = h->p;
    ext_meta *m = &p->meta;
    const struct meta_name *name = NULL;
    for (size_t k = 0; k < sizeof attrs / sizeof *attrs && !name; k++)
        name = meta_name_of(html_attr(p->html, i, attrs[k]));
    ds_str raw = name ? html_attr(p->html, i, DS_STR("content")) : (ds_str){0};
    if (!raw.len)
        return DS_OK;
    if (name->key == META_TITLE)
        return block_of_value(p, i, raw, &m->og_block, &m->og_title);
    ds_str v = ext_decoded(p->arena, raw);
    return v.at ? take_value(h, name, v) : DS_NOMEM;
}

/* ---- other elements ----------------------------------------------------------------------------------------- */

ds_status html_text_of(const ext_page *p, uint32_t node, ds_str *out)
{
    ds_buf b = ds_buf_new(p->arena);
    uint32_t end = html_at(p->html, node)->end;
    for (uint32_t i = node + 1, n = 0; i < end && n < ITEM_NODES && b.len < VALUE_BYTES; i++, n++) {
        const html_node *t = html_at(p->html, i);
        if (t->tag == HTML_SCRIPT || t->tag == HTML_STYLE) {
            i = t->end - 1;
            continue;
        }
        if (t->tag != HTML_TEXT)
            continue;
        ds_buf_puts(&b, b.len ? " " : "");
        ds_buf_put(&b, ds_str_cut(p->src.text, t->at,
                                  (size_t)t->at + (t->len < VALUE_BYTES ? t->len : VALUE_BYTES)));
    }
    ds_str raw = ds_buf_str(&b);
    *out = raw.at ? ext_decoded(p->arena, raw) : (ds_str){0};
    return out->at ? DS_OK : DS_NOMEM;
}

/* content=, datetime=, or the text of an element. */
static ds_status value_of(const ext_page *p, uint32_t i, ds_str *out)
{
    ds_str v = html_attr(p->html, i, DS_STR("content"));
    if (!v.len)
        v = html_attr(p->html, i, DS_STR("datetime"));
    if (!v.len)
        return html_text_of(p, i, out);
    *out = ext_decoded(p->arena, v);
    return out->at ? DS_OK : DS_NOMEM;
}

/* The names inside an author item, else its whole text. */
static ds_status take_author_item(ext_page *p, uint32_t i)
{
    const html_node *n = html_at(p->html, i);
    ds_str v = {0};
    for (uint32_t k = i + 1, seen = 0; k < n->end && seen < ITEM_NODES; k++, seen++)
        if (html_at(p->html, k)->tag != HTML_TEXT && html_at(p->html, k)->len &&
            ext_same_fold(html_attr(p->html, k, DS_STR("itemprop")), DS_STR("name"))) {
            DS_TRY(value_of(p, k, &v));
            return html_add_person(p, EXT_BY_MICRO, EXT_WHO_ANY, v);
        }
    DS_TRY(value_of(p, i, &v));
    return html_add_person(p, EXT_BY_MICRO, EXT_WHO_ANY, v);
}

static ds_status take_itemprop(ext_page *p, uint32_t i)
{
    ds_str prop = html_attr(p->html, i, DS_STR("itemprop")), v = {0};
    uint16_t parts = html_at(p->html, i)->parts;
    if (!prop.len || parts & (PART_COMMENTS | PART_RELATED))
        return DS_OK;
    bool changed = ext_same_fold(prop, DS_STR("datemodified"));
    if (changed || ext_same_fold(prop, DS_STR("datepublished"))) {
        DS_TRY(value_of(p, i, &v));
        html_say_day(p, EXT_BY_MICRO, changed, v);
    } else if (ext_same_fold(prop, DS_STR("author")) || ext_same_fold(prop, DS_STR("creator"))) {
        return take_author_item(p, i);
    } else if (ext_same_fold(prop, DS_STR("articlesection"))) {
        DS_TRY(value_of(p, i, &v));
        ext_say(&p->meta.section, v, "microdata");
    } else if (ext_same_fold(prop, DS_STR("keywords"))) {
        DS_TRY(value_of(p, i, &v));
        return p->meta.keywords.len ? DS_OK : split_words(p, &p->meta.keywords, v);
    }
    return DS_OK;
}

static ds_status take_itemprops(ext_page *p)
{
    uint32_t i = 0;
    for (size_t n = 0; n < ITEMPROPS && (i = html_next_with(p->html, i, HTML_KEY_ITEMPROP)) != 0;
         n++)
        if (html_at(p->html, i)->tag != HTML_META)
            DS_TRY(take_itemprop(p, i));
    return DS_OK;
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

/* <time> outside comments and rails; one of a change by its class. */
static ds_status take_time(ext_page *p, uint32_t i)
{
    static const ds_str changes[] = {DS_STR_INIT("updated"), DS_STR_INIT("modified")};
    if (html_at(p->html, i)->parts & (PART_COMMENTS | PART_RELATED) ||
        p->meta.times.len >= TIMES_MAX)
        return DS_OK;
    ds_str cls = html_attr(p->html, i, DS_STR("class")),
           raw = html_attr(p->html, i, DS_STR("datetime"));
    bool changed = ds_str_find(cls, changes[0], 0) >= 0 || ds_str_find(cls, changes[1], 0) >= 0;
    changed &= ds_str_find(cls, DS_STR("published"), 0) < 0;
    if (!raw.len)
        return DS_OK;
    ds_str v = ext_decoded(p->arena, raw);
    if (!v.at)
        return DS_NOMEM;
    ext_time t = {i, html_when(p, v), changed};
    return t.when.day == DS_DAY_NONE ? DS_OK : DS_PUSH(p->arena, &p->meta.times, t);
}

static void take_script(head *h, uint32_t i)
{
    const html_node *n = html_at(h->p->html, i);
    if (i + 1 >= n->end || h->scripts_len == SCRIPTS_MAX ||
        html_at(h->p->html, i + 1)->tag != HTML_TEXT)
        return;
    ds_str type = ds_str_trim(html_attr(h->p->html, i, DS_STR("type")));
    if (type.len < 19 || !ext_same_fold(ds_str_cut(type, 0, 19), DS_STR("application/ld+json")))
        return;
    const html_node *text = html_at(h->p->html, i + 1);
    h->scripts[h->scripts_len++] =
        ds_str_cut(h->p->src.text, text->at, (size_t)text->at + text->len);
}

/* Reads rel= of a link: canonical, license, author. */
static ds_status take_link(head *h, uint32_t i)
{
    ext_meta *m = &h->p->meta;
    ds_str rel = html_attr(h->p->html, i, DS_STR("rel"));
    bool canonical = ext_same_fold(rel, DS_STR("canonical"));
    if (!canonical && !ext_same_fold(rel, DS_STR("license")))
        return DS_OK;
    ds_str href = ext_decoded(h->p->arena, html_attr(h->p->html, i, DS_STR("href")));
    if (!href.at)
        return html_attr(h->p->html, i, DS_STR("href")).at ? DS_NOMEM : DS_OK;
    if (canonical)
        m->canonical = m->canonical.len || !is_address(href) ? m->canonical : href;
    else
        ext_say(&m->licence, href, "rel");
    return DS_OK;
}

static ds_status take_node(head *h, uint32_t i)
{
    switch (html_at(h->p->html, i)->tag) {
    case HTML_META:
        return take_meta(h, i);
    case HTML_TITLE:
        return take_title(h, i);
    case HTML_SCRIPT:
        take_script(h, i);
        return DS_OK;
    case HTML_TIME:
        return take_time(h->p, i);
    case HTML_LINK:
        return take_link(h, i);
    case HTML_HTML:
        if (!h->p->meta.lang.len)
            h->p->meta.lang = html_attr(h->p->html, i, DS_STR("lang"));
        if (!h->p->meta.lang.len)
            h->p->meta.lang = html_attr(h->p->html, i, DS_STR("xml:lang"));
        return DS_OK;
    default:
        return DS_OK;
    }
}

/* ---- the language of dates ---------------------------------------------------------------------------------- */

ds_str html_host(ds_str url)
{
    ptrdiff_t at = ds_str_find(url, DS_STR("://"), 0);
    if (at < 0)
        return (ds_str){0};
    size_t i = (size_t)at + 3, end = i;
    while (end < url.len && url.at[end] != '/' && url.at[end] != ':' && url.at[end] != '?' &&
           url.at[end] != '#')
        end++;
    return ds_str_cut(url, i, end);
}

ds_str html_own_host(const ext_page *p)
{
    const ds_str urls[] = {p->in->url, p->meta.canonical, p->meta.og_url};
    ds_str host = {0};
    for (size_t i = 0; i < sizeof urls / sizeof *urls && !host.len; i++)
        host = html_host(urls[i]);
    return host;
}

/* English of the United States, and pages that say nothing of where they are from, put the month first. */
static void set_locale(ext_page *p)
{
    static const ds_str american[] = {DS_STR_INIT("com"), DS_STR_INIT("org"), DS_STR_INIT("net"),
                                      DS_STR_INIT("edu"), DS_STR_INIT("gov"), DS_STR_INIT("us"),
                                      DS_STR_INIT("mil"), DS_STR_INIT("ph")};
    ext_meta *m = &p->meta;
    ds_str lang = m->lang, host = html_own_host(p);
    size_t dot = host.len;
    while (dot > 0 && host.at[dot - 1] != '.')
        dot--;
    ds_str top = ds_str_cut(host, dot, host.len);
    bool here = !top.len || top.len > 3;
    for (size_t i = 0; i < sizeof american / sizeof *american; i++)
        here |= ext_same_fold(top, american[i]);
    bool english = !lang.len || ext_same_fold(ds_str_cut(lang, 0, 2), DS_STR("en"));
    bool other = lang.len >= 5 && !ext_same_fold(ds_str_cut(lang, 3, 5), DS_STR("us")) &&
                 !ext_same_fold(ds_str_cut(lang, 3, 5), DS_STR("ph"));
    m->locale.month_first = english && here && !other;
    m->locale.croatian = ext_same_fold(ds_str_cut(lang, 0, 2), DS_STR("hr")) ||
                         ext_same_fold(ds_str_cut(lang, 0, 2), DS_STR("bs"));
}

/* Language and address decide how days are read: they are looked at first. */
static ds_status read_places(head *h)
{
    const html_tree *t = h->p->html;
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        uint8_t tag = html_at(t, i)->tag;
        if (tag == HTML_BODY)
            break;
        if (tag == HTML_HTML || tag == HTML_LINK)
            DS_TRY(take_node(h, i));
    }
    set_locale(h->p);
    return DS_OK;
}

/* The Dublin Core of the RDF that blogs put into a comment for trackbacks: dc:date="2024-05-03T22:00:00+09:00". */
static void take_rdf(ext_page *p)
{
    ds_str cue = DS_STR(" dc:date=\"");
    ptrdiff_t at = ds_str_find(p->src.text, cue, 0);
    if (at >= 0)
        html_say_day(
            p, EXT_BY_OTHER, false,
            ds_str_cut(p->src.text, (size_t)at + cue.len, (size_t)at + cue.len + RDF_DATE_BYTES));
}

static bool says_day(const ext_meta *m)
{
    for (size_t by = 0; by < EXT_BY_COUNT; by++)
        if (m->published[by].day != DS_DAY_NONE)
            return true;
    return false;
}

ds_status html_meta(ext_page *p)
{
    head h = {.p = p};
    ext_meta *m = &p->meta;
    m->title_block = m->og_block = -1;
    for (size_t by = 0; by < EXT_BY_COUNT; by++)
        m->published[by].day = m->modified[by].day = DS_DAY_NONE;
    DS_TRY(read_places(&h));
    for (uint32_t i = 1; i < p->html->nodes.len; i++)
        if (html_at(p->html, i)->tag != HTML_TEXT)
            DS_TRY(take_node(&h, i));
    set_locale(p);
    DS_TRY(take_itemprops(p));
    if (!m->og_title.len)
        m->og_title = h.title2;
    DS_TRY(html_jsonld(p, h.scripts, h.scripts_len));
    if (!says_day(m))
        take_rdf(p);
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
    if (ext_same_fold(tail, publisher) || bar || words <= HTML_TAIL_WORDS)
        return ds_str_trim(ds_str_cut(title, 0, n));
    return title;
}
