/* SPDX-License-Identifier: Apache-2.0 */
/* html_stated.c - what an HTML page states of its article: standfirst, key points, comments, people, metadata. */
#include "extract/html.h"

#define STANDFIRST_WORDS 5 /* a standfirst has at least so many words */
#define COMMENT_WORDS 2

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
        else if (d->standfirst.len < 2 && standfirst(p, d, i))
            DS_TRY(DS_PUSH(p->arena, &d->standfirst, i));
    }
    return DS_OK;
}

ds_status html_take_comments(ext_page *p, ext_draft *d)
{
    for (uint32_t i = 0; i < p->content; i++) {
        const ext_block *b = block(p, i);
        bool text = b->label == EXT_PROSE || b->label == EXT_SENTENCE || b->label == EXT_BULLET;
        if (b->flags & EXT_BF_COMMENT && text && b->words >= COMMENT_WORDS && !html_linked(b)) {
            ds_comment c = {.text = ext_text(p, b)};
            DS_TRY(DS_PUSH(p->arena, &d->said, c));
        }
    }
    return DS_OK;
}

/* ---- what the page states ------------------------------------------------------------------------------------ */

ds_status html_take_people(ext_page *p, ext_draft *d)
{
    for (uint32_t i = d->beg; i < d->end; i++) {
        const ext_block *b = block(p, i);
        if (b->flags & EXT_BF_AUTHOR && !(b->flags & (EXT_BF_COMMENT | EXT_BF_RELATED)) &&
            b->words <= HTML_BYLINE_WORDS)
            DS_TRY(ext_add_people(p, d, ext_text(p, b)));
    }
    return DS_OK;
}

static ds_status stated_people(ext_page *p, ext_draft *d)
{
    const ext_strs *lists[] = {&p->meta.ld_authors, &p->meta.authors};
    for (size_t l = 0; l < 2 && !d->authors.len; l++)
        for (size_t i = 0; i < lists[l]->len; i++)
            if (!ext_same_fold(lists[l]->at[i], p->meta.publisher))
                DS_TRY(ext_add_people(p, d, lists[l]->at[i]));
    return DS_OK;
}

ds_status html_take_stated(ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    ds_status st = DS_OK;
    d->art.publisher = m->publisher;
    d->art.section = m->section;
    d->art.published = m->published;
    d->art.published_from = m->published_from;
    d->art.modified = m->modified;
    if (m->opinion)
        d->art.kind = DS_KIND_OPINION;
    if (m->live)
        d->art.kind = DS_KIND_LIVE;
    for (size_t i = 0; i < m->keywords.len; i++)
        ext_strs_add(p->arena, &d->keywords, m->keywords.at[i], &st);
    DS_TRY(st);
    return stated_people(p, d);
}
