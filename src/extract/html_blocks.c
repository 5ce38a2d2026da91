/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

/* Blocks are runs of inline text between block elements. Two <br> cut a block; a table row of plain cells is one. */
typedef struct gather {
    ext_page *p;
    const html_tree *t;
    uint32_t *box;   /* per node: the innermost element that makes a block of its own */
    ext_block b;     /* being read */
    uint32_t breaks; /* <br> since the last text */
    bool open, cut;  /* cut: a block began or ended since the last text */
} gather;

/* A row whose cells hold no block elements. */
static bool plain_row(const html_tree *t, uint32_t row)
{
    for (uint32_t i = row + 1; i < html_at(t, row)->end; i++) {
        uint8_t tag = html_at(t, i)->tag;
        if (html_tag_flags((html_tag)tag) & TAG_BLOCK && tag != HTML_TD && tag != HTML_TH)
            return false;
    }
    return true;
}

static void find_boxes(gather *g)
{
    const html_tree *t = g->t;
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        const html_node *n = html_at(t, i);
        bool block = (html_tag_flags((html_tag)n->tag) & TAG_BLOCK) != 0;
        uint32_t outer = g->box[n->parent];
        if (n->tag == HTML_TR) /* asked once a row: PART_LIST stands for "plain" until html_parts */
            g->p->html->nodes.at[i].parts = plain_row(t, i) ? PART_LIST : 0;
        if ((n->tag == HTML_TD || n->tag == HTML_TH) && html_at(t, outer)->tag == HTML_TR)
            block = !(html_at(t, outer)->parts & PART_LIST);
        g->box[i] = block ? i : g->box[n->parent];
    }
}

static uint8_t kind_of(const html_tree *t, uint32_t box)
{
    for (uint32_t i = box, n = 0; i && n < 3; i = html_at(t, i)->parent, n++)
        switch (html_at(t, i)->tag) {
        case HTML_H1:
        case HTML_H2:
        case HTML_H3:
        case HTML_H4:
        case HTML_H5:
        case HTML_H6:
            return DS_BLOCK_HEADING;
        case HTML_LI:
            return DS_BLOCK_LIST_ITEM;
        case HTML_BLOCKQUOTE:
            return DS_BLOCK_QUOTE;
        case HTML_TR:
            return DS_BLOCK_TABLE_ROW;
        default:
            break;
        }
    return DS_BLOCK_PARAGRAPH;
}

static ds_status close_block(gather *g)
{
    ext_page *p = g->p;
    if (!g->open)
        return DS_OK;
    g->open = false;
    g->b.text = ext_fold_end(&p->fold);
    if (g->b.text.end == g->b.text.beg)
        return DS_OK;
    g->b.kind = kind_of(g->t, g->b.node);
    uint8_t tag = html_at(g->t, g->b.node)->tag;
    g->b.level = tag >= HTML_H1 && tag <= HTML_H6 ? (uint8_t)(tag - HTML_H1 + 1) : 0;
    return DS_PUSH(p->arena, &p->blocks, g->b);
}

static void open_block(gather *g, uint32_t node)
{
    ext_fold_begin(&g->p->fold);
    g->b = (ext_block){.run = (uint32_t)g->p->fold.runs.len, .node = g->box[node], .first = node};
    g->open = true;
}

static bool in_link(const html_tree *t, uint32_t node, uint32_t box)
{
    for (uint32_t i = html_at(t, node)->parent; i && i >= box; i = html_at(t, i)->parent)
        if (html_at(t, i)->tag == HTML_A)
            return true;
    for (uint32_t i = box, n = 0; i && n < 4;
         i = html_at(t, i)->parent, n++) /* <a><h3>..</h3></a> */
        if (html_at(t, i)->tag == HTML_A)
            return true;
    return false;
}

static ds_status add_text(gather *g, uint32_t i)
{
    const html_node *n = html_at(g->t, i);
    uint8_t holder = html_at(g->t, n->parent)->tag;
    if (holder == HTML_SCRIPT || holder == HTML_TITLE || holder == HTML_TEXTAREA)
        return DS_OK;
    if (g->open && (g->cut || g->breaks > 1 || g->b.node != g->box[i]))
        DS_TRY(close_block(g));
    if (!g->open)
        open_block(g, i);
    else if (g->breaks)
        ext_fold_gap(&g->p->fold);
    uint32_t before = g->p->fold.len;
    DS_TRY(ext_fold_add(&g->p->fold, g->t->s, n->at, n->at + n->len, true));
    uint32_t grown = g->p->fold.len - before;
    if (grown) {
        g->cut = false;
        g->breaks = 0;
        if (in_link(g->t, i, g->b.node))
            g->b.link_bytes += grown;
    }
    return DS_OK;
}

/* Bytes that the page's text can take: every piece, what parts it from the one before, and titles in <meta>. */
static size_t text_room(const ext_page *p)
{
    const html_tree *t = p->html;
    size_t room = 1;
    for (size_t i = 1; i < t->nodes.len; i++) {
        const html_node *n = &t->nodes.at[i];
        if (n->tag == HTML_TEXT && t->nodes.at[n->parent].tag != HTML_SCRIPT)
            room += n->len + 2;
    }
    for (size_t i = 0; i < t->attrs.len; i++)
        if (t->attrs.at[i].key == HTML_KEY_CONTENT)
            room += t->attrs.at[i].len + 2;
    return room;
}

/* For every node, and the end: the first block whose text begins at or behind it. */
static ds_status index_blocks(ext_page *p)
{
    size_t n = p->html->nodes.len;
    uint32_t *at = ds_arena_raw(p->arena, (n + 1) * sizeof *at), k = 0;
    if (!at)
        return DS_NOMEM;
    for (size_t i = 0; i <= n; i++) {
        while (k < p->content && p->blocks.at[k].first < i)
            k++;
        at[i] = k;
    }
    p->block_at = at;
    return DS_OK;
}

ds_status html_blocks(ext_page *p)
{
    gather g = {.p = p, .t = p->html};
    g.box = ds_arena_calloc(p->arena, g.t->nodes.len, sizeof *g.box);
    if (!g.box)
        return DS_NOMEM;
    DS_TRY(ext_fold_new(p->arena, text_room(p), &p->fold));
    find_boxes(&g);
    for (uint32_t i = 1; i < g.t->nodes.len; i++) {
        const html_node *n = html_at(g.t, i);
        if (n->tag == HTML_TEXT)
            DS_TRY(add_text(&g, i));
        else if (n->tag == HTML_SVG || n->tag == HTML_MATH) /* no text of the article */
            i = n->end - 1;
        else if (n->tag == HTML_BR)
            g.breaks++;
        else if (g.box[i] == i)
            g.cut = true;
        else if ((n->tag == HTML_TD || n->tag == HTML_TH) && g.open)
            ext_fold_gap(&p->fold);
    }
    DS_TRY(close_block(&g));
    p->content = (uint32_t)p->blocks.len;
    return index_blocks(p);
}

uint32_t html_prose_words(const ext_page *p, uint32_t node)
{
    return p->prose[html_block_at(p, html_at(p->html, node)->end)] -
           p->prose[html_block_at(p, node)];
}
