/* SPDX-License-Identifier: Apache-2.0 */
/* What tags do to the tree: the insertion modes of section 13.2.6 of the HTML standard, as far as docs/html-tree.md
 * says. */
#include "extract/html_build.h"

static uint32_t flags_of(html_tag tag)
{
    return html_tag_flags(tag);
}

static uint16_t higher(uint16_t x, uint16_t y)
{
    return x > y ? x : y;
}

static void close_tag(builder *b, html_tag tag, uint16_t fence)
{
    if (b->last[tag] > fence)
        html_pop_to(b, b->last[tag]);
}

static void close_p(builder *b)
{
    html_pop_to(b, html_in_button_scope(b, HTML_P));
}

/* An element without content that is not opened. */
static ds_status leaf(builder *b, const html_token *tok)
{
    uint32_t i;
    return html_add(b, html_node_of(tok), &i);
}

/* ---- SVG and MathML ----------------------------------------------------------------------------------------- */

static ds_str token_name(const builder *b, const html_token *tok)
{
    size_t beg = tok->beg;
    while (beg > 0 && b->t->s.at[beg - 1] != '<' && b->t->s.at[beg - 1] != '/')
        beg--;
    return ds_str_cut(b->t->s, beg, tok->beg);
}

/* Does HTML begin again inside this element? */
static bool point(ds_str name)
{
    static const ds_str points[] = {DS_STR_INIT("foreignObject"),
                                    DS_STR_INIT("desc"),
                                    DS_STR_INIT("title"),
                                    DS_STR_INIT("mi"),
                                    DS_STR_INIT("mo"),
                                    DS_STR_INIT("mn"),
                                    DS_STR_INIT("ms"),
                                    DS_STR_INIT("mtext")};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (ext_same_fold(name, points[i]))
            return true;
    return false;
}

static bool html_annotation(const builder *b, ds_str name, uint32_t i)
{
    if (!ext_same_fold(name, DS_STR("annotation-xml")))
        return false;
    ds_str encoding = html_attr(b->t, i, DS_STR("encoding"));
    return ext_same_fold(encoding, DS_STR("text/html")) ||
           ext_same_fold(encoding, DS_STR("application/xhtml+xml"));
}

static ds_status foreign_element(builder *b, const html_token *tok)
{
    html_token t = *tok;
    uint32_t i = (uint32_t)b->t->nodes.len;
    if (!(flags_of(t.tag) & TAG_FOREIGN))
        t.tag = HTML_OTHER;
    DS_TRY(leaf(b, &t));
    if (t.shut)
        return DS_OK;
    ds_str name = token_name(b, tok);
    bool html = t.tag == HTML_OTHER && (point(name) || html_annotation(b, name, i));
    return html_push(b, i, t.tag, t.name, html ? SPACE_POINT : SPACE_FOREIGN);
}

/* Closes SVG and MathML up to HTML or a part that holds HTML. */
static void leave_foreign(builder *b)
{
    while (b->top && top_of(b)->space == SPACE_FOREIGN)
        html_pop_to(b, b->top);
}

static bool breaks_out(const builder *b, const html_token *tok)
{
    if (tok->tag != HTML_FONT)
        return (flags_of(tok->tag) & TAG_BREAKS) != 0;
    static const ds_str looks[] = {DS_STR_INIT("color"), DS_STR_INIT("face"), DS_STR_INIT("size")};
    html_tree t = *b->t; /* the attributes of a tag that is no node yet */
    html_node n = {.tag = HTML_FONT, .at = tok->beg, .len = tok->end - tok->beg};
    html_node two[2] = {{0}, n};
    t.nodes.at = two;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (html_attr(&t, 1, looks[i]).at)
            return true;
    return false;
}

/* End tag inside SVG or MathML; false: HTML's rules hold. */
static bool foreign_end(builder *b, const html_token *tok)
{
    if (tok->tag == HTML_P || tok->tag == HTML_BR) {
        leave_foreign(b);
        return false;
    }
    for (uint16_t i = b->top, n = 0; i && n < HTML_LOOK; i--, n++) {
        if (b->stack[i].space == SPACE_HTML)
            return false;
        if (b->stack[i].name == tok->name) {
            html_pop_to(b, i);
            return true;
        }
    }
    return true;
}

/* ---- head ----------------------------------------------------------------------------------------------------- */

/* What stands in head does not end it; anything else does. */
static void leave_head(builder *b, html_tag tag)
{
    if (flags_of(tag) & TAG_HEAD || b->last[HTML_TEMPLATE])
        return;
    html_pop_to(b, b->last[HTML_HEAD]);
    b->had_body |= tag != HTML_BODY;
}

/* ---- start tags in tables ---------------------------------------------------------------------------------------- */

static ds_status open_marked(builder *b, const html_token *tok)
{
    DS_TRY(html_insert(b, tok));
    if (top_of(b)->tag == tok->tag && !b->over)
        html_format_mark(b);
    return DS_OK;
}

/* The part of a table that must be open for `tag` to stand in it directly. */
static html_tag holder_of(html_tag tag)
{
    switch (tag) {
    case HTML_TD:
    case HTML_TH:
        return HTML_TR;
    case HTML_TR:
        return HTML_TBODY;
    case HTML_COL:
        return HTML_COLGROUP;
    default:
        return HTML_TABLE;
    }
}

static bool body_part(html_tag tag)
{
    return tag == HTML_TBODY || tag == HTML_THEAD || tag == HTML_TFOOT;
}

/* Is the innermost part of a table the right place? */
static bool right_place(html_tag mode, html_tag tag)
{
    html_tag want = holder_of(tag);
    return mode == HTML_TEMPLATE || mode == want || (want == HTML_TBODY && body_part(mode));
}

/* Must the innermost part be closed before `tag` can stand? Else one between is implied. */
static bool must_close(html_tag mode, html_tag tag)
{
    if (mode == HTML_TABLE)
        return false;
    if (body_part(mode))
        return tag != HTML_TD && tag != HTML_TH;
    return true;
}

/* caption, colgroup, col, tbody, tr, td and the like: closes and implies what it takes. */
static ds_status row_start(builder *b, const html_token *tok)
{
    if (!b->mode)
        return DS_OK; /* no table: the tag says nothing */
    while (b->mode && !right_place(mode_of(b), tok->tag)) {
        html_tag mode = mode_of(b);
        if (must_close(mode, tok->tag)) {
            html_pop_to(b, b->mode);
        } else {
            html_pop_to(b, b->mode + 1 <= b->top ? b->mode + 1 : 0);
            DS_TRY(html_imply(b, mode == HTML_TABLE && tok->tag == HTML_COL ? HTML_COLGROUP
                                 : mode == HTML_TABLE                       ? HTML_TBODY
                                                                            : HTML_TR));
        }
    }
    if (b->top > b->mode)
        html_pop_to(b, b->mode + 1);
    b->after_block = true;
    return flags_of(tok->tag) & TAG_MARK ? open_marked(b, tok) : html_insert(b, tok);
}

static ds_status body_start(builder *b, const html_token *tok);

static bool is_hidden_input(const builder *b, const html_token *tok)
{
    if (tok->tag != HTML_INPUT || !(tok->has >> HTML_KEY_TYPE & 1))
        return false;
    const html_note *a = &b->t->attrs.at[tok->attrs];
    while (a->key != HTML_KEY_TYPE)
        a++;
    return ext_same_fold((ds_str){b->t->s.at + a->at, a->len}, DS_STR("hidden"));
}

/* What stands between the parts of a table. */
static ds_status table_start(builder *b, const html_token *tok)
{
    switch (tok->tag) {
    case HTML_TABLE:
        if (!html_in_table_scope(b, HTML_TABLE))
            return DS_OK; /* rows of a template */
        html_pop_to(b, html_in_table_scope(b, HTML_TABLE));
        return html_start_tag(b, tok);
    case HTML_STYLE:
    case HTML_SCRIPT:
    case HTML_TEMPLATE:
        return body_start(b, tok);
    case HTML_FORM:
        if (b->form)
            return DS_OK;
        b->form = (uint32_t)b->t->nodes.len;
        return leaf(b, tok);
    default:
        break;
    }
    if (is_hidden_input(b, tok))
        return leaf(b, tok);
    b->foster = true;
    ds_status st = body_start(b, tok);
    b->foster = false;
    return st;
}

/* ---- start tags in body ------------------------------------------------------------------------------------------ */

/* Closes what needs no end tag, but for `except`. */
static void implied_ends(builder *b, html_tag except)
{
    for (;;) {
        html_tag tag = (html_tag)top_of(b)->tag;
        bool implied = tag == HTML_DD || tag == HTML_DT || tag == HTML_LI || tag == HTML_OPTGROUP ||
                       tag == HTML_OPTION || tag == HTML_P || tag == HTML_RB || tag == HTML_RP ||
                       tag == HTML_RT || tag == HTML_RTC;
        if (!implied || tag == except)
            return;
        html_pop_to(b, b->top);
    }
}

static void close_select(builder *b)
{
    html_pop_to(b, html_in_scope(b, HTML_SELECT));
}

/* Ends what the start of the element implies the end of. */
static ds_status imply_ends(builder *b, html_tag tag)
{
    uint32_t flags = flags_of(tag);
    switch (tag) {
    case HTML_LI:
        close_tag(b, HTML_LI, higher(b->wall, higher(b->last[HTML_DD], b->last[HTML_DT])));
        break;
    case HTML_DD:
    case HTML_DT:
        close_tag(b, b->last[HTML_DD] > b->last[HTML_DT] ? HTML_DD : HTML_DT,
                  higher(b->wall, b->last[HTML_LI]));
        break;
    case HTML_OPTION:
    case HTML_OPTGROUP:
    case HTML_HR:
        if (b->last[HTML_SELECT] && b->last[HTML_SELECT] >= b->scope)
            implied_ends(b, tag == HTML_OPTION ? HTML_OPTGROUP : HTML_OTHER);
        else if (tag != HTML_HR && top_of(b)->tag == HTML_OPTION)
            html_pop_to(b, b->top);
        break;
    case HTML_INPUT:
        close_select(b);
        break;
    case HTML_RB:
    case HTML_RTC:
    case HTML_RP:
    case HTML_RT:
        if (html_in_scope(b, HTML_RUBY))
            implied_ends(b, tag == HTML_RP || tag == HTML_RT ? HTML_RTC : HTML_OTHER);
        break;
    case HTML_BUTTON:
        html_pop_to(b, html_in_scope(b, HTML_BUTTON));
        break;
    case HTML_A:
        if (html_format_open(b, HTML_A)) {
            uint16_t open = b->last[HTML_A];
            uint32_t i = open ? b->stack[open].node : 0;
            DS_TRY(html_format_end(b, HTML_A));
            if (i)
                html_format_forget(b, i);
            if (i && b->last[HTML_A] == open && open && b->stack[open].node == i)
                html_drop(b, open);
        }
        break;
    case HTML_NOBR:
        if (html_in_scope(b, HTML_NOBR))
            DS_TRY(html_format_end(b, HTML_NOBR));
        break;
    default:
        break;
    }
    if (flags & TAG_SHUTS_P && !(tag == HTML_TABLE && !b->lx.doctype))
        close_p(b);
    if (flags & TAG_HEADING && flags_of((html_tag)top_of(b)->tag) & TAG_HEADING)
        html_pop_to(b, b->top);
    return DS_OK;
}

/* html, head and body are there once. */
static ds_status frame_start(builder *b, const html_token *tok)
{
    bool first = b->t->nodes.len == 1;
    if (tok->tag == HTML_HTML)
        return first ? html_insert(b, tok) : DS_OK;
    if (b->had_body || (tok->tag == HTML_HEAD && b->had_head))
        return DS_OK;
    b->had_head = true;
    b->had_body = tok->tag == HTML_BODY;
    return html_insert(b, tok);
}

static ds_status ordinary_start(builder *b, const html_token *tok)
{
    uint32_t flags = flags_of(tok->tag);
    DS_TRY(imply_ends(b, tok->tag));
    if (!(flags & (TAG_BARE | TAG_SHUTS_P)))
        DS_TRY(html_format_again(b));
    if (flags & TAG_FOREIGN)
        return foreign_element(b, tok);
    if (flags & TAG_MARK)
        return open_marked(b, tok);
    uint32_t i = (uint32_t)b->t->nodes.len;
    DS_TRY(html_insert(b, tok));
    if (flags & TAG_FORMAT)
        return html_format_push(b, i, tok->tag);
    if (flags & (TAG_RAW | TAG_PLAIN) || tok->tag == HTML_PLAINTEXT)
        b->lx.raw = tok->tag;
    return DS_OK;
}

static ds_status body_start(builder *b, const html_token *tok)
{
    html_token t = *tok;
    switch (tok->tag) {
    case HTML_HTML:
    case HTML_HEAD:
    case HTML_BODY:
        return frame_start(b, tok);
    case HTML_FRAME:
        return DS_OK;
    case HTML_FORM:
        if (b->form && !b->last[HTML_TEMPLATE])
            return DS_OK;
        close_p(b);
        if (!b->last[HTML_TEMPLATE])
            b->form = (uint32_t)b->t->nodes.len;
        return html_insert(b, tok);
    case HTML_XMP:
        close_p(b);
        return ordinary_start(b, tok);
    case HTML_SELECT:
        if (html_in_scope(b, HTML_SELECT)) {
            close_select(b);
            return DS_OK;
        }
        return ordinary_start(b, tok);
    case HTML_IMAGE:
        t.tag = HTML_IMG;
        return ordinary_start(b, &t);
    default:
        return ordinary_start(b, tok);
    }
}

ds_status html_start_tag(builder *b, const html_token *tok)
{
    uint32_t flags = flags_of(tok->tag);
    if (top_of(b)->space == SPACE_FOREIGN) {
        if (!breaks_out(b, tok))
            return foreign_element(b, tok);
        leave_foreign(b);
    }
    if (flags & TAG_BLOCK)
        b->after_block = true;
    if (tok->tag == HTML_FRAMESET) {
        b->frames |= !b->had_body;
        return DS_OK;
    }
    if (b->frames && tok->tag != HTML_NOFRAMES)
        return DS_OK;
    leave_head(b, tok->tag);
    if (flags & TAG_ROWS)
        return row_start(b, tok);
    if (b->mode && mode_of(b) == HTML_COLGROUP && tok->tag != HTML_TEMPLATE)
        html_pop_to(b, b->mode);
    switch (b->mode ? mode_of(b) : HTML_OTHER) {
    case HTML_TABLE:
    case HTML_TBODY:
    case HTML_THEAD:
    case HTML_TFOOT:
    case HTML_TR:
        return table_start(b, tok);
    default:
        return body_start(b, tok);
    }
}

/* ---- end tags ------------------------------------------------------------------------------------------------------ */

ds_status html_other_end(builder *b, html_tag tag, uint32_t name)
{
    uint16_t at = b->last[tag];
    for (uint16_t n = 0; tag == HTML_OTHER && at && b->stack[at].name != name; n++)
        at = n < HTML_LOOK ? b->stack[at].below : 0;
    if (at && at >= b->special)
        html_pop_to(b, at);
    return DS_OK;
}

static void end_form(builder *b)
{
    uint16_t at = html_in_scope(b, HTML_FORM);
    uint32_t form = b->form;
    if (b->last[HTML_TEMPLATE]) {
        html_pop_to(b, at);
        return;
    }
    b->form = 0;
    if (at && b->stack[at].node == form) {
        implied_ends(b, HTML_OTHER);
        html_drop(b, at);
    }
}

static void end_heading(builder *b)
{
    uint16_t at = 0;
    for (html_tag h = HTML_H1; h <= HTML_H6; h++)
        at = higher(at, html_in_scope(b, h));
    html_pop_to(b, at);
}

static ds_status body_end(builder *b, const html_token *tok)
{
    html_tag tag = tok->tag;
    html_token br = {.kind = HTML_OPEN, .tag = HTML_BR, .beg = tok->beg, .end = tok->beg};
    switch (tag) {
    case HTML_HTML: /* more may follow: it belongs to the body */
    case HTML_BODY:
    case HTML_FRAMESET:
        return DS_OK;
    case HTML_HEAD:
        html_pop_to(b, b->last[HTML_HEAD]);
        return DS_OK;
    case HTML_BR:
        return body_start(b, &br);
    case HTML_P:
        if (!html_in_button_scope(b, HTML_P))
            DS_TRY(html_imply(b, HTML_P));
        close_p(b);
        return DS_OK;
    case HTML_LI:
        html_pop_to(b, b->last[HTML_LI] > higher(b->last[HTML_UL], b->last[HTML_OL])
                           ? html_in_scope(b, HTML_LI)
                           : 0);
        return DS_OK;
    case HTML_FORM:
        end_form(b);
        return DS_OK;
    case HTML_TEMPLATE:
        html_pop_to(b, b->last[HTML_TEMPLATE]);
        return DS_OK;
    default:
        break;
    }
    uint32_t flags = flags_of(tag);
    if (flags & TAG_HEADING)
        end_heading(b);
    else if (flags & TAG_FORMAT)
        return html_format_end(b, tag);
    else if (flags & (TAG_SHUTS_P | TAG_MARK) || tag == HTML_BUTTON || tag == HTML_SELECT)
        html_pop_to(b, html_in_scope(b, tag));
    else if (!(flags & TAG_VOID))
        return html_other_end(b, tag, tok->name);
    return DS_OK;
}

/* Parts of a table: closed when they are open in the innermost table. */
static void mode_end(builder *b, html_tag tag)
{
    html_pop_to(b, html_in_table_scope(b, tag));
}

ds_status html_end_tag(builder *b, const html_token *tok)
{
    uint32_t flags = flags_of(tok->tag);
    if (flags & TAG_BLOCK)
        b->after_block = true;
    if (b->over) { /* read flat */
        b->over -= !(flags & TAG_VOID);
        return DS_OK;
    }
    if (top_of(b)->space != SPACE_HTML && foreign_end(b, tok))
        return DS_OK;
    if (b->frames || (tok->tag == HTML_P && !b->had_body && !b->last[HTML_TEMPLATE]))
        return html_other_end(b, tok->tag, tok->name);
    if (tok->tag == HTML_BR)
        leave_head(b, HTML_BR);
    if (flags & TAG_MODE && tok->tag != HTML_TEMPLATE) {
        mode_end(b, tok->tag);
        return DS_OK;
    }
    html_tag mode = b->mode ? mode_of(b) : HTML_OTHER;
    b->foster = mode == HTML_TABLE || mode == HTML_TR || body_part(mode);
    ds_status st = body_end(b, tok);
    b->foster = false;
    return st;
}

/* ---- text ------------------------------------------------------------------------------------------------------------ */

static bool all_white(ds_str s, uint32_t beg, uint32_t end)
{
    const uint64_t low = 0x1F1F1F1F1F1F1F1Fu;
    for (; beg + 8 <= end; beg += 8) { /* eight bytes of indentation at a time */
        uint64_t v;
        memcpy(&v, s.at + beg, sizeof v);
        if (v & 0xC0C0C0C0C0C0C0C0u || ((v & low) + low) & v & 0x2020202020202020u)
            break;
    }
    for (; beg < end; beg++)
        if ((unsigned char)s.at[beg] > 0x20)
            return false;
    return true;
}

/* Content of raw elements: of no use but for scripts, which may hold JSON-LD, and those that hold text. */
static ds_status raw_content(builder *b, const html_token *tok)
{
    uint32_t i;
    b->after_block = false;
    if (tok->end == tok->beg || (flags_of(tok->tag) & TAG_RAW && tok->tag != HTML_SCRIPT))
        return DS_OK;
    return html_add(b, (html_node){.tag = HTML_TEXT, .at = tok->beg, .len = tok->end - tok->beg},
                    &i);
}

ds_status html_text(builder *b, const html_token *tok)
{
    if (tok->tag != HTML_TEXT && tok->tag != HTML_PLAINTEXT)
        return raw_content(b, tok);
    bool white = all_white(b->t->s, tok->beg, tok->end);
    if (tok->end == tok->beg || b->frames)
        return DS_OK;
    if (b->after_block && white)
        return b->had_body && b->formats_len && !b->mode ? html_format_again(b) : DS_OK;
    b->after_block = false;
    html_tag mode = b->mode ? mode_of(b) : HTML_OTHER;
    bool foreign = top_of(b)->space == SPACE_FOREIGN;
    if (!white)
        leave_head(b, HTML_TEXT);
    if (!white && mode == HTML_COLGROUP)
        html_pop_to(b, b->mode);
    b->foster = !white &&
                (mode == HTML_TABLE || mode == HTML_TR || mode == HTML_COLGROUP || body_part(mode));
    ds_status st = foreign ? DS_OK : html_format_again(b);
    uint32_t i;
    if (st == DS_OK)
        st = html_add(b, (html_node){.tag = HTML_TEXT, .at = tok->beg, .len = tok->end - tok->beg},
                      &i);
    b->foster = false;
    return st;
}
