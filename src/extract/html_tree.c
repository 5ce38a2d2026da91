/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html_build.h"

#define BYTES_A_NODE 48 /* room that is made at first: the source's bytes for one node ... */
#define BYTES_A_NOTE 64 /* ... and for one attribute that is noted */

static html_node *node(builder *b, uint32_t i)
{
    return &b->t->nodes.at[i];
}

/* ---- the stack ----------------------------------------------------------------------------------------- */

uint16_t html_in_scope(const builder *b, html_tag tag)
{
    return b->last[tag] >= b->scope ? b->last[tag] : 0;
}

uint16_t html_in_button_scope(const builder *b, html_tag tag)
{
    return b->last[tag] >= b->last[HTML_BUTTON] ? html_in_scope(b, tag) : 0;
}

uint16_t html_in_table_scope(const builder *b, html_tag tag)
{
    uint16_t fence =
        b->last[HTML_TABLE] > b->last[HTML_TEMPLATE] ? b->last[HTML_TABLE] : b->last[HTML_TEMPLATE];
    return b->last[tag] >= fence ? b->last[tag] : 0;
}

/* In lists and definitions these do not stop the search for the open item. */
static bool low_wall(html_tag tag)
{
    return tag == HTML_DIV || tag == HTML_P || tag == HTML_ADDRESS || tag == HTML_LI ||
           tag == HTML_DD || tag == HTML_DT;
}

ds_status html_push(builder *b, uint32_t i, html_tag tag, uint32_t name, html_space space)
{
    uint32_t depth = b->top + b->over + 1u, flags = html_tag_flags(tag);
    b->t->deepest = depth > b->t->deepest ? depth : b->t->deepest;
    if (b->top >= DS_EXTRACT_DEPTH) {
        b->over++;
        return DS_OK;
    }
    open_el e = {.node = i,
                 .name = name,
                 .below = b->last[tag],
                 .scope = b->scope,
                 .mode = b->mode,
                 .special = b->special,
                 .wall = b->wall,
                 .tag = (uint8_t)tag,
                 .space = (uint8_t)space};
    b->stack[++b->top] = e;
    b->last[tag] = b->top;
    if (flags & TAG_SCOPE || space == SPACE_POINT)
        b->scope = b->top;
    if (flags & TAG_MODE)
        b->mode = b->top;
    if (flags & TAG_SPECIAL || space == SPACE_POINT) {
        b->special = b->top;
        b->wall = low_wall(tag) ? b->wall : b->top;
    }
    return DS_OK;
}

static void pop(builder *b)
{
    const open_el *e = html_take_off(b);
    node(b, e->node)->end = (uint32_t)b->t->nodes.len;
    if (html_tag_flags((html_tag)e->tag) & TAG_MARK)
        html_format_clear(b);
}

void html_pop_to(builder *b, uint32_t position)
{
    if (!position)
        return;
    b->over = 0;
    while (b->top >= position)
        pop(b);
    while (b->top && b->stack[b->top].gone)
        pop(b);
}

void html_drop(builder *b, uint32_t position)
{
    open_el *e = &b->stack[position];
    if (position == b->top) {
        html_pop_to(b, position);
        return;
    }
    uint16_t above = 0; /* the next inner open element of the tag */
    for (uint16_t i = b->last[e->tag]; i > position; i = b->stack[i].below)
        above = i;
    if (above)
        b->stack[above].below = e->below;
    else
        b->last[e->tag] = e->below;
    e->gone = true;
}

/* ---- nodes ----------------------------------------------------------------------------------------------- */

static bool table_part(html_tag tag)
{
    return tag == HTML_TABLE || tag == HTML_TBODY || tag == HTML_TFOOT || tag == HTML_THEAD ||
           tag == HTML_TR;
}

ds_status html_add(builder *b, html_node n, uint32_t *out)
{
    const open_el *top = top_of(b);
    uint32_t i = (uint32_t)b->t->nodes.len, before = 0;
    if (b->foster && table_part((html_tag)top->tag)) {
        before = html_foster_before(b, top->node);
        if (before && !b->linked)
            DS_TRY(html_link_up(b));
    }
    n.level = (uint8_t)(b->top < 255 ? b->top : 255);
    n.parent = top->node;
    n.end = i + 1;
    DS_TRY(DS_PUSH(b->arena, &b->t->nodes, n));
    if (b->linked) {
        DS_TRY(DS_PUSH(b->arena, &b->links, (html_link){0}));
        if (before)
            html_insert_before(b, before, i);
        else
            html_append(b, top->node, i);
    }
    *out = i;
    return DS_OK;
}

ds_status html_insert(builder *b, const html_token *tok)
{
    uint32_t i;
    DS_TRY(html_add(b, html_node_of(tok), &i));
    b->t->links += tok->tag == HTML_A;
    if (html_tag_flags(tok->tag) & TAG_VOID)
        return DS_OK;
    return html_push(b, i, tok->tag, tok->name, SPACE_HTML);
}

ds_status html_imply(builder *b, html_tag tag)
{
    uint32_t i;
    DS_TRY(html_add(b, (html_node){.tag = (uint8_t)tag}, &i));
    return html_push(b, i, tag, 0, SPACE_HTML);
}

/* ---- moves ------------------------------------------------------------------------------------------------ */

ds_status html_link_up(builder *b)
{
    size_t n = b->t->nodes.len;
    b->links.at = ds_arena_calloc(b->arena, n * 2, sizeof *b->links.at);
    if (!b->links.at)
        return DS_NOMEM;
    b->links.len = n;
    b->links.cap = n * 2;
    b->linked = true;
    for (uint32_t i = 1; i < n; i++)
        html_append(b, node(b, i)->parent, i);
    return DS_OK;
}

void html_detach(builder *b, uint32_t i)
{
    if (node(b, i)->parent == HTML_LOOSE)
        return;
    html_link *l = b->links.at, *me = &l[i], *parent = &l[node(b, i)->parent];
    if (me->prev)
        l[me->prev].next = me->next;
    else
        parent->first = me->next;
    if (me->next)
        l[me->next].prev = me->prev;
    else
        parent->last = me->prev;
    me->next = me->prev = 0;
}

void html_append(builder *b, uint32_t parent, uint32_t i)
{
    html_link *l = b->links.at;
    node(b, i)->parent = parent;
    l[i].prev = l[parent].last;
    l[i].next = 0;
    if (l[parent].last)
        l[l[parent].last].next = i;
    else
        l[parent].first = i;
    l[parent].last = i;
}

void html_insert_before(builder *b, uint32_t before, uint32_t i)
{
    html_link *l = b->links.at;
    uint32_t parent = node(b, before)->parent;
    node(b, i)->parent = parent;
    l[i].prev = l[before].prev;
    l[i].next = before;
    if (l[before].prev)
        l[l[before].prev].next = i;
    else
        l[parent].first = i;
    l[before].prev = i;
}

uint32_t html_foster_before(const builder *b, uint32_t parent)
{
    html_tag tag = (html_tag)b->t->nodes.at[parent].tag;
    uint16_t table = b->last[HTML_TABLE];
    return table_part(tag) && table > b->last[HTML_TEMPLATE] ? b->stack[table].node : 0;
}

typedef DS_VEC(html_node) node_list;

/* Appends node i to the list in order; *to: its new number. */
static ds_status put_in_order(builder *b, node_list *list, uint32_t i, uint32_t parent,
                              uint32_t *to)
{
    html_node n = *node(b, i);
    *to = (uint32_t)list->len;
    n.parent = parent;
    n.level = i == 0 ? 0 : (uint8_t)(list->at[parent].level + (list->at[parent].level < 255));
    if (parent == 0)
        n.level = 0;
    return DS_PUSH(b->arena, list, n);
}

/* The array in document order, after nodes were moved. */
static ds_status reorder(builder *b)
{
    node_list list = {0};
    uint32_t i = 0, at;
    DS_TRY(put_in_order(b, &list, 0, 0, &at));
    for (;;) {
        const html_link *l = &b->links.at[i];
        if (l->first) {
            i = l->first;
        } else {
            while (i && !b->links.at[i].next) {
                list.at[at].end = (uint32_t)list.len;
                at = list.at[at].parent;
                i = node(b, i)->parent;
            }
            if (!i)
                break;
            list.at[at].end = (uint32_t)list.len;
            at = list.at[at].parent;
            i = b->links.at[i].next;
        }
        DS_TRY(put_in_order(b, &list, i, at, &at));
    }
    list.at[0].end = (uint32_t)list.len;
    b->t->nodes.at = list.at;
    b->t->nodes.len = list.len;
    b->t->nodes.cap = list.cap;
    return DS_OK;
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static ds_status make_room(builder *b)
{
    html_tree *t = b->t;
    size_t nodes = t->s.len / BYTES_A_NODE + 16, notes = t->s.len / BYTES_A_NOTE + 16;
    t->nodes.at = ds_arena_raw(b->arena, nodes * sizeof *t->nodes.at);
    t->attrs.at = ds_arena_raw(b->arena, notes * sizeof *t->attrs.at);
    if (!t->nodes.at || !t->attrs.at)
        return DS_NOMEM;
    t->nodes.cap = nodes;
    t->attrs.cap = notes;
    t->nodes.at[0] = (html_node){0};
    t->nodes.len = 1;
    return DS_OK;
}

static ds_status take(builder *b, const html_token *tok)
{
    switch (tok->kind) {
    case HTML_CHARS:
        return html_text(b, tok);
    case HTML_OPEN:
        return html_start_tag(b, tok);
    case HTML_CLOSE:
        return html_end_tag(b, tok);
    default:
        return DS_OK;
    }
}

ds_status html_parse(ds_arena *a, ds_str s, html_tree *out)
{
    html_tree t = {.s = s};
    builder *b = ds_arena_alloc(a, sizeof *b);
    if (!b)
        return DS_NOMEM;
    b->arena = a;
    b->t = &t;
    b->after_block = true;
    DS_TRY(make_room(b));
    html_lexer_open(&b->lx, a, &t);
    html_token tok;
    do {
        DS_TRY(html_next(&b->lx, &tok));
        DS_TRY(take(b, &tok));
        b->lx.foreign = top_of(b)->space == SPACE_FOREIGN;
    } while (tok.kind != HTML_END);
    html_pop_to(b, 1);
    t.nodes.at[0].end = (uint32_t)t.nodes.len;
    if (b->linked)
        DS_TRY(reorder(b));
    *out = t;
    return DS_OK;
}
