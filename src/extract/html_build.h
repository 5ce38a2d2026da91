/* SPDX-License-Identifier: Apache-2.0 */
/* html_build.h - the builder of the light tree: open elements, formatting elements, links between moved nodes.
 *
 * Method   the stack of open elements and the list of active formatting elements of the HTML standard. The insertion
 *          mode is not kept: the innermost open element that has rules of its own (TAG_MODE) stands for it. Nodes are
 *          appended in document order; only when one has to go elsewhere (a foster parent, a formatting element over
 *          blocks) are links built, and the array is put in order at the end.
 */
#ifndef DS_EXTRACT_HTML_BUILD_H
#define DS_EXTRACT_HTML_BUILD_H

#include "extract/html.h"

#define HTML_FORMATS 24 /* formatting elements that go on; older ones are forgotten */
#define HTML_CLONES                                                                                \
    (1u << 16)       /* elements made to let formatting go on; then none is made any more */
#define HTML_LOOK 48 /* open elements that a search which no table answers goes through */

typedef enum html_space { /* of an open element */
                          SPACE_HTML,
                          SPACE_FOREIGN, /* SVG, MathML */
                          SPACE_POINT,   /* SVG or MathML whose content is HTML again */
} html_space;

/* An open element. Positions are places in the stack, 0 is the page itself. */
typedef struct open_el {
    uint32_t node, name;                 /* name: hash, for tags that are not listed */
    uint16_t below;                      /* next outer open element of the same tag */
    uint16_t scope, mode, special, wall; /* the builder's before this one was opened */
    uint8_t tag, space;
    bool gone; /* removed from the stack, but others lie on it */
} open_el;

typedef struct format_el { /* node 0: a marker */
    uint32_t node;
    uint8_t tag;
} format_el;

typedef struct html_link { /* node numbers, 0: none */
    uint32_t first, last, next, prev;
} html_link;

typedef struct builder {
    ds_arena *arena;
    html_tree *t;
    html_lexer lx;
    open_el stack[DS_EXTRACT_DEPTH + 1];
    uint16_t top;
    uint16_t last[HTML_TAG_COUNT]; /* innermost open element of a tag, 0: none */
    uint16_t scope, mode, special; /* innermost of TAG_SCOPE, TAG_MODE, TAG_SPECIAL */
    uint16_t wall; /* innermost of TAG_SPECIAL other than address, div, p, li, dd and dt */
    uint32_t over; /* elements open beyond the cap */
    uint32_t form; /* node of the open form */
    uint32_t clones;
    format_el formats[HTML_FORMATS];
    uint32_t formats_len;
    DS_VEC(html_link) links; /* per node, once a node was moved */
    bool linked;
    bool foster;      /* what stands directly in a table goes before it */
    bool after_block; /* the last tag began or ended a block: white space behind it says nothing */
    bool had_head, had_body;
    bool frames; /* a page of frames has no body */
} builder;

static inline const open_el *top_of(const builder *b)
{
    return &b->stack[b->top];
}

static inline html_tag mode_of(const builder *b)
{
    return (html_tag)b->stack[b->mode].tag;
}

/* ---- the stack (html_tree.c) ------------------------------------------------------------------------- */

/* The element that a tag begins, nowhere yet. */
static inline html_node html_node_of(const html_token *tok)
{
    return (html_node){.tag = (uint8_t)tok->tag,
                       .at = tok->beg,
                       .len = tok->end - tok->beg,
                       .attrs = tok->attrs,
                       .has = tok->has};
}

/* Appends a node where the rules want it; *out: its number. */
ds_status html_add(builder *b, html_node n, uint32_t *out);
ds_status html_push(builder *b, uint32_t i, html_tag tag, uint32_t name, html_space space);
/* An element of the token, opened unless it is void. */
ds_status html_insert(builder *b, const html_token *tok);
ds_status html_imply(builder *b, html_tag tag);  /* an element that the page leaves out */
void html_pop_to(builder *b, uint32_t position); /* closes all from `position` upwards */
/* The innermost open `tag`, if it is in scope. Returns its position, 0: none. */
uint16_t html_in_scope(const builder *b, html_tag tag);
uint16_t html_in_button_scope(const builder *b, html_tag tag);
uint16_t html_in_table_scope(const builder *b, html_tag tag);
/* Takes the topmost element off the stack; it stays open in the tree. */
static inline const open_el *html_take_off(builder *b)
{
    const open_el *e = &b->stack[b->top--];
    b->scope = e->scope;
    b->mode = e->mode;
    b->special = e->special;
    b->wall = e->wall;
    if (!e->gone)
        b->last[e->tag] = e->below;
    return e;
}
/* Takes the element at a position off the stack, though others lie on it. */
void html_drop(builder *b, uint32_t position);

/* ---- moves (html_tree.c) ------------------------------------------------------------------------------ */

#define HTML_LOOSE UINT32_MAX /* parent of a node that is nowhere yet */
ds_status html_link_up(builder *b);
void html_detach(builder *b, uint32_t i);
void html_append(builder *b, uint32_t parent, uint32_t i);
void html_insert_before(builder *b, uint32_t before, uint32_t i);
/* Where a child of `parent` goes when that is a part of a table: before the table. */
uint32_t html_foster_before(const builder *b, uint32_t parent);

/* ---- formatting elements (html_format.c) -------------------------------------------------------------- */

ds_status html_format_push(builder *b, uint32_t i, html_tag tag);
void html_format_mark(builder *b);
void html_format_clear(builder *b);                  /* back to the last marker */
ds_status html_format_again(builder *b);             /* opens anew those that a block has closed */
ds_status html_format_end(builder *b, html_tag tag); /* end tag of a formatting element */
bool html_format_open(const builder *b,
                      html_tag tag); /* is one in the list, behind the last marker? */
void html_format_forget(builder *b, uint32_t i);

/* ---- rules (html_rules.c) --------------------------------------------------------------------------------- */

ds_status html_start_tag(builder *b, const html_token *tok);
ds_status html_end_tag(builder *b, const html_token *tok);
ds_status html_other_end(builder *b, html_tag tag, uint32_t name); /* "any other end tag" */
ds_status html_text(builder *b, const html_token *tok);

#endif
