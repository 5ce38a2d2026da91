/* SPDX-License-Identifier: Apache-2.0 */
/* html_stated.c - what an HTML page states of its article: standfirst, key points, comments, people, metadata. */
#include "extract/html.h"

#define STANDFIRST_WORDS 5 /* a standfirst has at least so many words */
#define STANDFIRST_MOST 2  /* blocks of a standfirst */
#define COMMENT_WORDS 2
#define COMMENTER_WORDS 9    /* of the name above a comment, with a date */
#define COMMENTER_BYTES 3    /* shorter are words of the layout: "at" */
#define FORM_LEVELS 12       /* ancestors among which a form is looked for */
#define DESCRIPTION_BYTES 30 /* of a description that is a standfirst */
#define DESCRIPTION_LOOK 3   /* blocks of the text that may begin with it */

static const ext_block *block(const ext_page *p, uint32_t i)
{
    return &p->blocks.at[i];
}

/* ---- around the text ------------------------------------------------------------------------------------------ */

static bool standfirst(const ext_page *p, const ext_draft *d, uint32_t i)
{
    const ext_block *b = block(p, i);
    if (b->flags & (EXT_BF_PRUNED | EXT_BF_COMMENT | EXT_BF_RELATED | EXT_BF_CAPTION) ||
        b->words < STANDFIRST_WORDS || html_linked(b))
        return false;
    if (b->label != EXT_PROSE && b->label != EXT_SENTENCE && b->label != EXT_HEADLINE)
        return false;
    return b->flags & EXT_BF_STANDFIRST || (b->level == 2 && i == d->title_block + 1);
}

/* Between title and text: standfirst and key points. */
ds_status html_take_head(ext_page *p, ext_draft *d)
{
    int64_t from = d->title_block >= 0 && d->title_block < d->body.at[0]
                       ? d->title_block + 1
                       : (int64_t)d->body.at[0] - HTML_HEAD_ROOM;
    for (uint32_t i = from > 0 ? (uint32_t)from : 0; i < d->body.at[0]; i++) {
        if (block(p, i)->flags & EXT_BF_POINTS && block(p, i)->kind == DS_BLOCK_LIST_ITEM)
            DS_TRY(DS_PUSH(p->arena, &d->points, i));
        else if (d->standfirst.len < STANDFIRST_MOST && standfirst(p, d, i))
            DS_TRY(DS_PUSH(p->arena, &d->standfirst, i));
    }
    return DS_OK;
}

/* The form in which readers write is no comment. */
static bool in_form(const ext_page *p, uint32_t node)
{
    for (uint32_t i = node, n = 0; i && n < FORM_LEVELS; i = html_at(p->html, i)->parent, n++)
        if (html_at(p->html, i)->tag == HTML_FORM)
            return true;
    return false;
}

/* "Ann Lee 3 May 2024 at 5:42 pm", "Ann Lee says:": the name; empty: none. */
static ds_str commenter(ds_str s)
{
    static const ds_str tails[] = {DS_STR_INIT(" says"), DS_STR_INIT(" said"),
                                   DS_STR_INIT(" wrote")};
    ext_date d;
    size_t i = 0;
    if (ext_date_next(s, &i, &d))
        s = ds_str_cut(s, 0, d.at.beg);
    s = ext_trim_punct(s);
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
        if (ds_str_ends(s, tails[k]))
            s = ds_str_cut(s, 0, s.len - tails[k].len);
    return s;
}

/* A comment's author stands before it, in an element whose class says so. */
ds_status html_take_comments(ext_page *p, ext_draft *d)
{
    ds_str author = {0};
    for (uint32_t i = 0; i < p->content; i++) {
        const ext_block *b = block(p, i);
        bool text = b->label == EXT_PROSE || b->label == EXT_SENTENCE || b->label == EXT_BULLET;
        bool name = b->flags & EXT_BF_AUTHOR && b->words && b->words <= COMMENTER_WORDS &&
                    b->label != EXT_FURNITURE;
        if (!(b->flags & EXT_BF_COMMENT) || in_form(p, b->node))
            continue;
        ds_str said_by = name ? commenter(ext_text(p, b)) : (ds_str){0};
        if (said_by.len >= COMMENTER_BYTES) {
            author = said_by;
        } else if (text && b->words >= COMMENT_WORDS && !html_linked(b)) {
            ds_comment c = {.author = author, .text = ext_text(p, b)};
            DS_TRY(DS_PUSH(p->arena, &d->said, c));
        }
    }
    return DS_OK;
}

/* ---- what the page states ------------------------------------------------------------------------------------ */

ds_status html_take_people(ext_page *p, ext_draft *d)
{
    for (uint32_t i = d->beg; i < d->end && !d->settled; i++) {
        const ext_block *b = block(p, i);
        if (b->flags & EXT_BF_AUTHOR && !(b->flags & (EXT_BF_COMMENT | EXT_BF_RELATED)) &&
            b->words <= HTML_BYLINE_WORDS)
            DS_TRY(ext_add_people(p, d, ext_text(p, b)));
    }
    return DS_OK;
}

/* What a page of several articles says of all of them. */
void html_take_shared(const ext_page *p, ext_draft *d)
{
    html_publisher(p, d);
    html_page_day(p, d);
}

static ds_status add_keywords(ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    const ext_strs *v = m->keywords.len ? &m->keywords : &m->ld_keywords;
    ds_status st = DS_OK;
    for (size_t i = 0; i < v->len; i++)
        ext_strs_add(p->arena, &d->keywords, v->at[i], &st);
    if (d->keywords.len)
        d->extra.from.keywords = m->keywords.len ? DS_STR("meta") : DS_STR("json-ld");
    return st;
}

/* "Text that goes on ..." without its dots. */
static ds_str without_dots(ds_str s)
{
    static const ds_str tails[] = {DS_STR_INIT("..."), DS_STR_INIT("\xE2\x80\xA6"),
                                   DS_STR_INIT("[...]"), DS_STR_INIT("[\xE2\x80\xA6]")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (s.len > tails[i].len && ds_str_ends(s, tails[i]))
            return ds_str_trim(ds_str_cut(s, 0, s.len - tails[i].len));
    return s;
}

/* Does the text begin with what the page says of itself? Such descriptions are cut from the text by a machine. */
static bool begins_text(const ext_page *p, const ext_draft *d, ds_str s)
{
    s = without_dots(s);
    for (size_t k = 0; k < d->body.len && k < DESCRIPTION_LOOK; k++) {
        ds_str t = ext_text(p, block(p, d->body.at[k]));
        size_t n = s.len < t.len ? s.len : t.len;
        if (n >= DESCRIPTION_BYTES && ext_same_fold(ds_str_cut(s, 0, n), ds_str_cut(t, 0, n)))
            return true;
    }
    return ext_same_fold(s, d->art.title);
}

/* Where readers see no standfirst: the block above the text that says the description, else the description itself. */
static ds_status take_description(ext_page *p, ext_draft *d)
{
    ext_said said = p->meta.description;
    const ext_block *first = d->body.len ? block(p, d->body.at[0]) : NULL;
    if (!d->standfirst.len && first && first->flags & EXT_BF_STANDFIRST &&
        standfirst(p, d, d->body.at[0])) {
        ext_set(&d->art.standfirst, &d->extra.from.standfirst, ext_text(p, first), "text");
        return DS_OK; /* it stays in the body, where the model sees it */
    }
    if (d->standfirst.len || said.text.len < DESCRIPTION_BYTES || !d->body.len ||
        begins_text(p, d, said.text))
        return DS_OK;
    for (uint32_t i = d->title_block >= 0 ? (uint32_t)d->title_block + 1 : 0; i < d->body.at[0];
         i++)
        if (ext_same_fold(ext_text(p, block(p, i)), said.text))
            return DS_PUSH(p->arena, &d->standfirst, i);
    ext_set(&d->art.standfirst, &d->extra.from.standfirst, said.text, said.from.at);
    return DS_OK;
}

static bool opinion_section(ds_str s)
{
    static const ds_str names[] = {DS_STR_INIT("opinion"),   DS_STR_INIT("opinions"),
                                   DS_STR_INIT("op-ed"),     DS_STR_INIT("commentary"),
                                   DS_STR_INIT("editorial"), DS_STR_INIT("editorials"),
                                   DS_STR_INIT("columns"),   DS_STR_INIT("columnists")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ext_same_fold(s, names[i]))
            return true;
    return false;
}

static void take_kind(const ext_meta *m, ext_draft *d)
{
    if (!m->opinion && !m->live && !opinion_section(m->section.text))
        return;
    d->art.kind = m->live ? DS_KIND_LIVE : DS_KIND_OPINION;
    d->extra.from.kind = m->opinion || m->live ? DS_STR("json-ld") : m->section.from;
}

ds_status html_take_stated(ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    html_publisher(p, d);
    d->art.section = m->section.text;
    d->extra.from.section = m->section.from;
    d->art.affiliation = m->affiliation.text;
    d->extra.from.affiliation = m->affiliation.from;
    d->extra.access = m->access;
    d->extra.from.access = m->access_from;
    take_kind(m, d);
    DS_TRY(take_description(p, d));
    DS_TRY(html_addresses(p, d));
    DS_TRY(html_licence(p, d));
    DS_TRY(add_keywords(p, d));
    DS_TRY(html_days(p, d));
    return html_people(p, d);
}
