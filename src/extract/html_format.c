/* SPDX-License-Identifier: Apache-2.0 */
/* Formatting elements that were not closed before their block was (sections 13.2.4.3 and 13.2.6.4.7, "adoption agency
 * algorithm", of the HTML standard). */
#include "extract/html_build.h"

#define OUTER_LOOPS 8
#define INNER_KEPT 3 /* formatting elements between block and element that are made anew */
#define SAME_KEPT 3  /* equal elements in the list at most */

static const html_node *node(const builder *b, uint32_t i)
{
    return &b->t->nodes.at[i];
}

static bool marker(const format_el *f)
{
    return f->node == 0;
}

static void remove_at(builder *b, uint32_t i)
{
    b->formats_len--;
    memmove(b->formats + i, b->formats + i + 1, (b->formats_len - i) * sizeof *b->formats);
}

static void insert_at(builder *b, uint32_t i, format_el f)
{
    if (b->formats_len == HTML_FORMATS) {
        remove_at(b, 0);
        i -= i > 0;
    }
    memmove(b->formats + i + 1, b->formats + i, (b->formats_len - i) * sizeof *b->formats);
    b->formats[i] = f;
    b->formats_len++;
}

static bool same_element(const builder *b, uint32_t x, uint32_t y)
{
    const html_node *p = node(b, x), *q = node(b, y);
    return p->tag == q->tag && p->len == q->len &&
           memcmp(b->t->s.at + p->at, b->t->s.at + q->at, p->len) == 0;
}

ds_status html_format_push(builder *b, uint32_t i, html_tag tag)
{
    uint32_t same = 0, first = 0;
    if (b->over || top_of(b)->node != i)
        return DS_OK; /* too deep: it is not on the stack */
    for (uint32_t k = b->formats_len; k-- > 0 && !marker(&b->formats[k]);)
        if (b->formats[k].tag == tag && same_element(b, b->formats[k].node, i)) {
            same++;
            first = k;
        }
    if (same >= SAME_KEPT)
        remove_at(b, first);
    insert_at(b, b->formats_len, (format_el){i, (uint8_t)tag});
    return DS_OK;
}

void html_format_mark(builder *b)
{
    insert_at(b, b->formats_len, (format_el){0});
}

void html_format_clear(builder *b)
{
    while (b->formats_len && !marker(&b->formats[b->formats_len - 1]))
        b->formats_len--;
    b->formats_len -= b->formats_len > 0;
}

/* Position in the stack of an element of the list, 0: it was closed. */
static uint32_t position_of(const builder *b, const format_el *f)
{
    for (uint32_t i = b->last[f->tag], n = 0; i && n < HTML_LOOK; i = b->stack[i].below, n++)
        if (b->stack[i].node == f->node)
            return i;
    return 0;
}

void html_format_forget(builder *b, uint32_t i)
{
    for (uint32_t k = b->formats_len; k-- > 0;)
        if (b->formats[k].node == i) {
            remove_at(b, k);
            return;
        }
}

bool html_format_open(const builder *b, html_tag tag)
{
    for (uint32_t k = b->formats_len; k-- > 0 && !marker(&b->formats[k]);)
        if (b->formats[k].tag == tag)
            return true;
    return false;
}

static html_node copy_of(const builder *b, uint32_t i)
{
    const html_node *n = node(b, i);
    return (html_node){.tag = n->tag, .at = n->at, .len = n->len, .attrs = n->attrs, .has = n->has};
}

ds_status html_format_again(builder *b)
{
    uint32_t k = b->formats_len;
    if (!k || marker(&b->formats[k - 1]) || position_of(b, &b->formats[k - 1]))
        return DS_OK;
    while (k > 0 && !marker(&b->formats[k - 1]) && !position_of(b, &b->formats[k - 1]))
        k--;
    for (; k < b->formats_len; k++) {
        format_el *f = &b->formats[k];
        if (b->clones >= HTML_CLONES || b->top >= DS_EXTRACT_DEPTH) {
            b->formats_len = k;
            return DS_OK;
        }
        b->clones++;
        uint32_t i;
        DS_TRY(html_add(b, copy_of(b, f->node), &i));
        DS_TRY(html_push(b, i, (html_tag)f->tag, 0, SPACE_HTML));
        f->node = i;
    }
    return DS_OK;
}

/* ---- end tags across blocks ---------------------------------------------------------------------------------- */

/* The outermost special element above a position, 0: none. */
static uint32_t block_above(const builder *b, uint32_t position)
{
    for (uint32_t i = position + 1; i <= b->top; i++)
        if (!b->stack[i].gone && (html_tag_flags((html_tag)b->stack[i].tag) & TAG_SPECIAL ||
                                  b->stack[i].space == SPACE_POINT))
            return i;
    return 0;
}

static int32_t list_place(const builder *b, uint32_t i)
{
    for (uint32_t k = b->formats_len; k-- > 0;)
        if (b->formats[k].node == i)
            return k;
    return -1;
}

/* A copy of element i that is in the tree nowhere yet. */
static ds_status loose_copy(builder *b, uint32_t i, uint32_t *out)
{
    *out = (uint32_t)b->t->nodes.len;
    html_node n = copy_of(b, i);
    n.parent = HTML_LOOSE;
    n.end = *out + 1;
    DS_TRY(DS_PUSH(b->arena, &b->t->nodes, n));
    return DS_PUSH(b->arena, &b->links, (html_link){0});
}

static void place(builder *b, uint32_t parent, uint32_t i)
{
    uint32_t before = html_foster_before(b, parent);
    if (before)
        html_insert_before(b, before, i);
    else
        html_append(b, parent, i);
}

static void move_children(builder *b, uint32_t from, uint32_t to)
{
    for (uint32_t i; (i = b->links.at[from].first) != 0;) {
        html_detach(b, i);
        html_append(b, to, i);
    }
}

/* Opens the elements again that stood above a position. */
static ds_status push_again(builder *b, const open_el *els, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!els[i].gone)
            DS_TRY(html_push(b, els[i].node, (html_tag)els[i].tag, els[i].name,
                             (html_space)els[i].space));
    return DS_OK;
}

/* Takes all above `position` (it too) off the stack without closing anything. */
static void unwind(builder *b, uint32_t position)
{
    while (b->top >= position)
        (void)html_take_off(b);
}

/* The elements between formatting element and block: copies of the formatting ones take the block in. Leaves in `els`
 * those that stay open; *last: the outermost. */
static ds_status wrap_block(builder *b, open_el *els, uint32_t n, uint32_t *last, int32_t *mark)
{
    /* els[0 .. n) lie between, els[n] is the block */
    for (uint32_t k = n, count = 1; k-- > 0; count++) {
        int32_t at = list_place(b, els[k].node);
        if (count > INNER_KEPT && at >= 0) {
            remove_at(b, (uint32_t)at);
            *mark -= at < *mark;
            at = -1;
        }
        if (at < 0) { /* off the stack */
            els[k].gone = true;
            continue;
        }
        uint32_t copy;
        DS_TRY(loose_copy(b, els[k].node, &copy));
        els[k].node = b->formats[at].node = copy;
        if (*last == els[n].node)
            *mark = at + 1;
        html_detach(b, *last);
        html_append(b, copy, *last);
        *last = copy;
    }
    return DS_OK;
}

/* One round of the algorithm: `f` is the place of the formatting element in the list, `at` in the stack, `block` the
 * furthest block in the stack. */
static ds_status adopt(builder *b, uint32_t f, uint32_t at, uint32_t block)
{
    open_el above[HTML_LOOK];
    uint32_t n = b->top - at, between = block - at - 1;
    uint32_t element = b->stack[at].node, last = b->stack[block].node, furthest = last, copy;
    uint32_t ancestor = at - 1;
    while (ancestor && b->stack[ancestor].gone)
        ancestor--;
    int32_t mark = f;
    memcpy(above, b->stack + at + 1, n * sizeof *above);
    if (!b->linked)
        DS_TRY(html_link_up(b));
    DS_TRY(wrap_block(b, above, between, &last, &mark));
    html_detach(b, last);
    place(b, b->stack[ancestor].node, last);
    DS_TRY(loose_copy(b, element, &copy));
    move_children(b, furthest, copy);
    html_append(b, furthest, copy);
    int32_t old = list_place(b, element);
    html_tag tag = (html_tag)b->stack[at].tag;
    if (old >= 0) {
        remove_at(b, (uint32_t)old);
        mark -= old < mark;
    }
    insert_at(b, (uint32_t)mark, (format_el){copy, (uint8_t)tag});
    unwind(b, at);
    DS_TRY(push_again(b, above, between + 1));
    DS_TRY(html_push(b, copy, tag, 0, SPACE_HTML));
    return push_again(b, above + between + 1, n - between - 1);
}

static int32_t in_list(const builder *b, html_tag tag)
{
    for (uint32_t k = b->formats_len; k-- > 0 && !marker(&b->formats[k]);)
        if (b->formats[k].tag == tag)
            return k;
    return -1;
}

ds_status html_format_end(builder *b, html_tag tag)
{
    if (top_of(b)->tag == tag && list_place(b, top_of(b)->node) < 0) {
        html_pop_to(b, b->top);
        return DS_OK;
    }
    for (int round = 0; round < OUTER_LOOPS; round++) {
        int32_t f = in_list(b, tag);
        if (f < 0)
            return round ? DS_OK : html_other_end(b, tag, 0);
        uint32_t at = position_of(b, &b->formats[f]);
        if (!at) {
            remove_at(b, (uint32_t)f);
            return DS_OK;
        }
        if (at < b->scope)
            return DS_OK;
        uint32_t block = block_above(b, at);
        if (!block) {
            html_pop_to(b, at);
            remove_at(b, (uint32_t)f);
            return DS_OK;
        }
        if (b->top - at >= HTML_LOOK || b->over || b->clones >= HTML_CLONES) {
            remove_at(b, (uint32_t)f); /* too much to move: it ends where its block does */
            return DS_OK;
        }
        b->clones++;
        DS_TRY(adopt(b, (uint32_t)f, at, block));
    }
    return DS_OK;
}
