/* SPDX-License-Identifier: Apache-2.0 */
#include "train.h"

typedef struct render {
    const html_tree *t;
    ext_fold fold;
    ds_buf out;
    bool gaps, open, item; /* item: the next line is the first one of a list's item */
} render;

/* What nobody copies: scripts, pictures, controls. */
static bool unseen(const html_tree *t, uint32_t i)
{
    switch (html_at(t, i)->tag) {
    case HTML_HEAD:
    case HTML_TITLE:
    case HTML_SCRIPT:
    case HTML_STYLE:
    case HTML_NOSCRIPT:
    case HTML_TEMPLATE:
    case HTML_SVG:
    case HTML_MATH:
    case HTML_IFRAME:
    case HTML_TEXTAREA:
    case HTML_OBJECT:
    case HTML_CANVAS:
    case HTML_SELECT:
    case HTML_AUDIO:
    case HTML_VIDEO:
        return true;
    default:
        return false; /* what is hidden too: scripts may show it */
    }
}

static void end_line(render *r)
{
    ds_span s = r->open ? ext_fold_end(&r->fold) : (ds_span){0};
    r->open = false;
    if (s.end == s.beg)
        return;
    if (r->gaps && r->out.len)
        ds_buf_putc(&r->out, '\n');
    if (r->gaps && r->item)
        ds_buf_put(&r->out, DS_STR("\xE2\x80\xA2 "));
    ds_buf_put(&r->out, (ds_str){r->fold.at + s.beg, s.end - s.beg});
    ds_buf_putc(&r->out, '\n');
    r->item = false;
}

static ds_status add_text(render *r, const html_node *n)
{
    if (!r->open)
        ext_fold_begin(&r->fold);
    r->open = true;
    return ext_fold_add(&r->fold, r->t->s, n->at, n->at + n->len, true);
}

/* An element begins or ends here. */
static void meet(render *r, uint8_t tag)
{
    if (tag == HTML_TD || tag == HTML_TH)
        ext_fold_gap(&r->fold);
    else if (tag == HTML_BR || html_tag_flags((html_tag)tag) & TAG_BLOCK)
        end_line(r);
}

ds_status train_render(ds_arena *a, ds_str html, bool gaps, ds_str *out)
{
    ext_page p = {.arena = a};
    ds_page in = {.bytes = html, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
    ds_str note = {0};
    bool is_html = true;
    html_tree t;
    p.in = &in;
    DS_TRY(ext_open(&p, &is_html, &note, NULL));
    DS_TRY(html_parse(a, p.src.text, &t));
    render r = {.t = &t, .out = ds_buf_new(a), .gaps = gaps};
    DS_TRY(ext_fold_new(a, p.src.text.len + 2 * t.nodes.len + 1, &r.fold));
    for (uint32_t i = 1, up = 0; i < t.nodes.len; i++) {
        const html_node *n = html_at(&t, i);
        for (; up != n->parent; up = html_at(&t, up)->parent) /* those that end before this node */
            meet(&r, html_at(&t, up)->tag);
        if (n->tag == HTML_TEXT) {
            DS_TRY(add_text(&r, n));
            continue;
        }
        meet(&r, n->tag);
        r.item = r.item || n->tag == HTML_LI;
        up = i;
        if (unseen(&t, i))
            i = n->end - 1;
    }
    end_line(&r);
    *out = ds_buf_str(&r.out);
    return DS_OK;
}
