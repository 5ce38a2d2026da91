/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

/* An open element. `below` leads to the next outer open element of the same tag, as a stack position. */
typedef struct open_el {
    uint32_t node;
    uint16_t below;
    uint8_t tag;
} open_el;

typedef struct builder {
    ds_arena *arena;
    html_tree *t;
    open_el stack[DS_EXTRACT_DEPTH + 1]; /* position 0 is the page itself */
    uint16_t top;
    uint16_t last[HTML_TAG_COUNT]; /* innermost open element of a tag: stack position, 0: none */
    uint16_t last_scope;           /* innermost of TAG_SCOPE, found again when it closes */
    uint32_t over;                 /* elements open beyond the cap */
    bool after_block; /* the last tag began or ended a block: white space behind it says nothing */
} builder;

static html_node *node(builder *b, uint32_t i)
{
    return &b->t->nodes.at[i];
}

static ds_status add_node(builder *b, html_tag tag, uint32_t at, uint32_t len)
{
    uint32_t i = (uint32_t)b->t->nodes.len;
    html_node n = {.tag = (uint8_t)tag,
                   .level = (uint8_t)(b->top < 255 ? b->top : 255),
                   .parent = b->stack[b->top].node,
                   .end = i + 1,
                   .at = at,
                   .len = len};
    return DS_PUSH(b->arena, &b->t->nodes, n);
}

static void find_scope(builder *b)
{
    static const html_tag scopes[] = {HTML_TABLE, HTML_TD, HTML_TH};
    b->last_scope = 0;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (b->last[scopes[i]] > b->last_scope)
            b->last_scope = b->last[scopes[i]];
}

static void pop_to(builder *b, uint16_t position)
{
    uint32_t end = (uint32_t)b->t->nodes.len;
    bool scope = false;
    b->over = 0;
    while (b->top >= position && b->top > 0) {
        open_el *e = &b->stack[b->top--];
        node(b, e->node)->end = end;
        b->last[e->tag] = e->below;
        scope |= (html_tag_flags((html_tag)e->tag) & TAG_SCOPE) != 0;
    }
    if (scope)
        find_scope(b);
}

/* Closes the innermost open `tag` if no `fence` was opened inside it. */
static void close_inside(builder *b, html_tag tag, uint16_t fence)
{
    if (b->last[tag] > fence)
        pop_to(b, b->last[tag]);
}

static uint16_t innermost(const builder *b, html_tag x, html_tag y)
{
    return b->last[x] > b->last[y] ? b->last[x] : b->last[y];
}

static void imply_ends(builder *b, html_tag tag)
{
    if (html_tag_flags(tag) & TAG_SHUTS_P)
        close_inside(b, HTML_P,
                     b->last_scope > b->last[HTML_BUTTON] ? b->last_scope : b->last[HTML_BUTTON]);
    switch (tag) {
    case HTML_LI:
        close_inside(b, HTML_LI, innermost(b, HTML_UL, HTML_OL));
        break;
    case HTML_DT:
    case HTML_DD:
        close_inside(b, HTML_DT, b->last[HTML_DL]);
        close_inside(b, HTML_DD, b->last[HTML_DL]);
        break;
    case HTML_TD:
    case HTML_TH:
        close_inside(b, HTML_TD, b->last[HTML_TABLE]);
        close_inside(b, HTML_TH, b->last[HTML_TABLE]);
        break;
    case HTML_TR:
    case HTML_TBODY:
    case HTML_THEAD:
    case HTML_TFOOT:
        close_inside(b, HTML_TR, b->last[HTML_TABLE]);
        break;
    case HTML_OPTION:
        close_inside(b, HTML_OPTION, b->last[HTML_SELECT]);
        break;
    case HTML_A:
        close_inside(b, HTML_A, b->last_scope);
        break;
    case HTML_BODY:
        close_inside(b, HTML_HEAD, 0);
        break;
    default:
        break;
    }
}

static ds_status open_element(builder *b, const html_token *tok)
{
    uint8_t flags = html_tag_flags(tok->tag);
    imply_ends(b, tok->tag);
    b->after_block = (flags & TAG_BLOCK) != 0;
    uint32_t i = (uint32_t)b->t->nodes.len;
    DS_TRY(add_node(b, tok->tag, tok->beg, tok->end - tok->beg));
    b->t->links += tok->tag == HTML_A;
    if (flags & TAG_VOID || tok->shut)
        return DS_OK;
    uint32_t depth = b->top + b->over + 1u;
    b->t->deepest = depth > b->t->deepest ? depth : b->t->deepest;
    if (b->top >= DS_EXTRACT_DEPTH) {
        b->over++;
        return DS_OK;
    }
    b->stack[++b->top] = (open_el){i, b->last[tok->tag], (uint8_t)tok->tag};
    b->last[tok->tag] = b->top;
    if (flags & TAG_SCOPE)
        b->last_scope = b->top;
    return DS_OK;
}

/* Innermost open block element: an inline end tag does not reach through it. Inline elements lie on top of it. */
static bool reaches(const builder *b, html_tag tag)
{
    enum { INLINE_LOOK = 16 }; /* inline elements that an inline end tag looks through */
    if (html_tag_flags(tag) & TAG_BLOCK)
        return b->last[tag] > b->last_scope || tag == HTML_TABLE || tag == HTML_TR ||
               tag == HTML_TBODY || tag == HTML_BODY || html_tag_flags(tag) & TAG_SCOPE;
    for (uint16_t i = b->top, n = 0; i > 0 && n < INLINE_LOOK; i--, n++) {
        if (b->stack[i].tag == tag)
            return true;
        if (html_tag_flags((html_tag)b->stack[i].tag) & TAG_BLOCK)
            return false;
    }
    return false;
}

static void close_element(builder *b, html_tag tag)
{
    if (html_tag_flags(tag) & TAG_BLOCK)
        b->after_block = true;
    if (b->over) {
        b->over -= !(html_tag_flags(tag) & TAG_VOID);
        return;
    }
    if (b->last[tag] && reaches(b, tag))
        pop_to(b, b->last[tag]);
}

static bool all_white(ds_str s, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if ((unsigned char)s.at[i] > 0x20)
            return false;
    return true;
}

static ds_status add_chars(builder *b, const html_token *tok)
{
    if (tok->end == tok->beg || (b->after_block && all_white(b->t->s, tok->beg, tok->end)))
        return DS_OK;
    b->after_block = false;
    if (html_tag_flags(tok->tag) & TAG_RAW &&
        tok->tag != HTML_SCRIPT) /* scripts may hold JSON-LD */
        return DS_OK;
    return add_node(b, HTML_TEXT, tok->beg, tok->end - tok->beg);
}

ds_status html_parse(ds_arena *a, ds_str s, html_tree *out)
{
    html_tree t = {.s = s};
    builder b = {.arena = a, .t = &t, .after_block = true};
    html_lexer lx = {.s = s};
    html_token tok;
    html_node page = {.tag = HTML_OTHER};
    DS_TRY(DS_PUSH(a, &t.nodes, page));
    while (html_next(&lx, &tok) != HTML_END) {
        if (tok.kind == HTML_CHARS)
            DS_TRY(add_chars(&b, &tok));
        else if (tok.kind == HTML_OPEN)
            DS_TRY(open_element(&b, &tok));
        else
            close_element(&b, tok.tag);
    }
    pop_to(&b, 1);
    t.nodes.at[0].end = (uint32_t)t.nodes.len;
    *out = t;
    return DS_OK;
}

/* ---- attributes -------------------------------------------------------------------------------------------- */

static bool white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '/';
}

/* Reads one attribute at *i; false at the end of the tag. */
static bool next_attr(ds_str s, size_t *i, ds_str *name, ds_str *value)
{
    while (*i < s.len && white(s.at[*i]))
        ++*i;
    size_t beg = *i;
    while (*i < s.len && !white(s.at[*i]) && (s.at[*i] != '=' || *i == beg))
        ++*i;
    if (*i == beg)
        return false;
    *name = ds_str_cut(s, beg, *i);
    *value = ds_str_cut(s, *i, *i);
    size_t j = *i;
    while (j < s.len && white(s.at[j]) && s.at[j] != '/')
        j++;
    if (j >= s.len || s.at[j] != '=')
        return true;
    for (j++; j < s.len && white(s.at[j]) && s.at[j] != '/';)
        j++;
    if (j < s.len && (s.at[j] == '"' || s.at[j] == '\'')) {
        const char *q = memchr(s.at + j + 1, s.at[j], s.len - j - 1);
        size_t end = q ? (size_t)(q - s.at) : s.len;
        *value = ds_str_cut(s, j + 1, end);
        *i = end + 1 < s.len ? end + 1 : s.len;
        return true;
    }
    beg = j;
    while (j < s.len && (!white(s.at[j]) || s.at[j] == '/'))
        j++;
    *value = ds_str_cut(s, beg, j);
    *i = j;
    return true;
}

ds_str html_attr(const html_tree *t, uint32_t i, ds_str name)
{
    const html_node *n = &t->nodes.at[i];
    ds_str s = ds_str_cut(t->s, n->at, (size_t)n->at + n->len), key, value;
    if (n->tag == HTML_TEXT || i == 0)
        return (ds_str){0};
    for (size_t at = 0; next_attr(s, &at, &key, &value);)
        if (key.len == name.len && ext_same_fold(key, name))
            return value;
    return (ds_str){0};
}
