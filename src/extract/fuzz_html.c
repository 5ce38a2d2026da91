/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_html.c - any UTF-8 is a tree whose nodes nest and lead back to the source, and blocks in document order. */
#include "extract/html.h"
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define BUDGET ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static const ext_words *words(void)
{
    static ext_words w;
    static ds_arena *kept;
    ds_lexicon *lex;
    if (!kept) {
        kept = ds_arena_new(0, (size_t)64 << 20);
        if (!kept || ds_lexicon_open(kept, (ds_str){0}, &lex, NULL) != DS_OK ||
            ext_words_open(kept, lex, &w, NULL) != DS_OK)
            abort();
    }
    return &w;
}

static void check_attributes(const html_tree *t, uint32_t i)
{
    const html_node *n = html_at(t, i);
    require(n->attrs <= t->attrs.len, "a node's attributes begin behind the last");
    for (unsigned key = 0; key < HTML_KEY_OTHER; key++) {
        ds_str v = html_noted(t, i, (html_key)key);
        require(v.at ? (n->has >> key & 1) != 0 : !(n->has >> key & 1), "has does not say it");
        require(!v.at || (v.at >= t->s.at && v.at + v.len <= t->s.at + t->s.len),
                "a value lies outside the source");
        require(!v.at || (v.at >= t->s.at + n->at && v.at + v.len <= t->s.at + n->at + n->len),
                "a value lies outside its tag");
    }
    require(html_attr(t, i, DS_STR("data-none")).len <= n->len, "a value is longer than its tag");
}

static void check_tree(const html_tree *t)
{
    size_t n = t->nodes.len;
    require(n > 0 && t->nodes.at[0].end == n, "the page does not hold all nodes");
    for (uint32_t i = 1; i < n; i++) {
        const html_node *me = html_at(t, i), *parent = html_at(t, me->parent);
        require(me->parent < i, "a parent stands behind its child");
        require(me->end > i && me->end <= parent->end, "a node ends outside its parent");
        require(i < parent->end, "a node stands outside its parent");
        require((size_t)me->at + me->len <= t->s.len, "a node leaves the source");
        require(me->tag < HTML_TAG_COUNT, "no such tag");
        require(me->tag != HTML_TEXT || me->end == i + 1, "text holds nodes");
        require(parent->tag != HTML_TEXT, "text is a parent");
        if (me->tag != HTML_TEXT)
            check_attributes(t, i);
    }
}

static void check_blocks(const ext_page *p)
{
    uint32_t last = 0, node = 0;
    for (size_t i = 0; i < p->blocks.len; i++) {
        const ext_block *b = &p->blocks.at[i];
        require(b->text.beg >= last && b->text.end > b->text.beg && b->text.end <= p->fold.len,
                "blocks are not in the order of the text");
        require(b->first > node && b->first < p->html->nodes.len, "blocks are not in page order");
        require(b->run < p->fold.runs.len, "a block has no run");
        require(html_at(p->html, b->first)->tag == HTML_TEXT, "a block does not begin with text");
        require(html_inside(p->html, b->first, b->node), "a block begins outside its element");
        require(b->link_bytes <= ds_span_len(b->text), "more text in links than text");
        last = b->text.end;
        node = b->first;
    }
    uint32_t at = 0;
    for (size_t i = 0; i < p->fold.runs.len; i++) {
        const ds_run *r = &p->fold.runs.at[i];
        require(r->text.beg >= at && r->text.end > r->text.beg && r->text.end <= p->fold.len,
                "runs are not in text order");
        require(r->page.end > r->page.beg && r->page.end <= p->src.text.len,
                "a run leaves the page");
        at = r->text.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str s = {(const char *)at, len};
    html_tree t = {0};
    ext_page p = {.arena = a, .html = &t, .words = *words()};
    if (a && ds_utf8_check(s, NULL) == DS_OK && html_parse(a, s, &t) == DS_OK) {
        check_tree(&t);
        p.src.text = s;
        if (html_blocks(&p) == DS_OK) {
            ext_label_blocks(&p);
            check_blocks(&p);
            if (html_parts(&p) == DS_OK)
                check_tree(&t);
        }
    }
    ds_arena_free(a);
    return 0;
}
