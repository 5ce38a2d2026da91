/* SPDX-License-Identifier: Apache-2.0 */
/* html.h - tags, tokens and the light tree of an HTML page.
 *
 * Method   one pass: tokens by the rules of the HTML standard that matter for saved pages (a quote begins a value only
 *          after `=`, raw text elements, comments, declarations), implied end tags by the innermost open element of a
 *          tag; no adoption agency, no foster parents
 * Input    any UTF-8 text
 * Output   nodes in document order in one array; the subtree of node i is [i, node[i].end); attributes stay bytes of
 *          the source and are read on demand
 * Cost     linear: every search for an open element is one look into a table
 */
#ifndef DS_EXTRACT_HTML_H
#define DS_EXTRACT_HTML_H

#include "extract/internal.h"

enum html_tag_flag {
    TAG_VOID = 1,    /* has no end tag and no content */
    TAG_BLOCK = 2,   /* begins and ends a block of text */
    TAG_SHUTS_P = 4, /* its start ends an open p */
    TAG_RAW = 8,     /* content is no markup and no text: script, style */
    TAG_PLAIN = 16,  /* content is text without tags: title, textarea */
    TAG_SCOPE = 32,  /* an end tag does not reach through it */
    TAG_CUT = 64,    /* holds no article text */
    TAG_HEADING = 128,
};

// clang-format off
#define HTML_TAGS(X)                                                                                                   \
    X(A, "a", 0) X(ABBR, "abbr", 0) X(ADDRESS, "address", TAG_BLOCK | TAG_SHUTS_P) X(AREA, "area", TAG_VOID)           \
    X(ARTICLE, "article", TAG_BLOCK | TAG_SHUTS_P) X(ASIDE, "aside", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT)                \
    X(AUDIO, "audio", TAG_BLOCK | TAG_CUT) X(B, "b", 0) X(BASE, "base", TAG_VOID)                                      \
    X(BLOCKQUOTE, "blockquote", TAG_BLOCK | TAG_SHUTS_P) X(BODY, "body", TAG_BLOCK) X(BR, "br", TAG_VOID)              \
    X(BUTTON, "button", TAG_BLOCK | TAG_CUT) X(CANVAS, "canvas", TAG_BLOCK | TAG_CUT) X(CAPTION, "caption", TAG_BLOCK) \
    X(CENTER, "center", TAG_BLOCK | TAG_SHUTS_P) X(CITE, "cite", 0) X(CODE, "code", 0) X(COL, "col", TAG_VOID)         \
    X(DD, "dd", TAG_BLOCK | TAG_SHUTS_P) X(DETAILS, "details", TAG_BLOCK | TAG_SHUTS_P)                                \
    X(DIALOG, "dialog", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT) X(DIV, "div", TAG_BLOCK | TAG_SHUTS_P)                      \
    X(DL, "dl", TAG_BLOCK | TAG_SHUTS_P) X(DT, "dt", TAG_BLOCK | TAG_SHUTS_P) X(EM, "em", 0)                           \
    X(EMBED, "embed", TAG_VOID) X(FIELDSET, "fieldset", TAG_BLOCK | TAG_SHUTS_P)                                       \
    X(FIGCAPTION, "figcaption", TAG_BLOCK | TAG_SHUTS_P) X(FIGURE, "figure", TAG_BLOCK | TAG_SHUTS_P)                  \
    X(FONT, "font", 0) X(FOOTER, "footer", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT)                                          \
    X(FORM, "form", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT) X(H1, "h1", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING)              \
    X(H2, "h2", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING) X(H3, "h3", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING)              \
    X(H4, "h4", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING) X(H5, "h5", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING)              \
    X(H6, "h6", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING) X(HEAD, "head", TAG_BLOCK)                                      \
    X(HEADER, "header", TAG_BLOCK | TAG_SHUTS_P) X(HR, "hr", TAG_VOID | TAG_BLOCK | TAG_SHUTS_P)                       \
    X(HTML, "html", TAG_BLOCK) X(I, "i", 0) X(IFRAME, "iframe", TAG_RAW | TAG_BLOCK) X(IMG, "img", TAG_VOID)           \
    X(INPUT, "input", TAG_VOID) X(LABEL, "label", 0) X(LEGEND, "legend", TAG_BLOCK) X(LI, "li", TAG_BLOCK)             \
    X(LINK, "link", TAG_VOID) X(MAIN, "main", TAG_BLOCK | TAG_SHUTS_P) X(MATH, "math", TAG_RAW)                        \
    X(MENU, "menu", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT) X(META, "meta", TAG_VOID)                                       \
    X(NAV, "nav", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT) X(NOEMBED, "noembed", TAG_RAW) X(NOFRAMES, "noframes", TAG_RAW)   \
    X(NOSCRIPT, "noscript", TAG_BLOCK | TAG_CUT) X(OBJECT, "object", TAG_BLOCK | TAG_CUT)                              \
    X(OL, "ol", TAG_BLOCK | TAG_SHUTS_P) X(OPTGROUP, "optgroup", TAG_BLOCK) X(OPTION, "option", TAG_BLOCK)             \
    X(P, "p", TAG_BLOCK | TAG_SHUTS_P) X(PARAM, "param", TAG_VOID) X(PICTURE, "picture", 0)                            \
    X(PRE, "pre", TAG_BLOCK | TAG_SHUTS_P) X(Q, "q", 0) X(S, "s", 0) X(SCRIPT, "script", TAG_RAW)                      \
    X(SECTION, "section", TAG_BLOCK | TAG_SHUTS_P) X(SELECT, "select", TAG_BLOCK | TAG_CUT) X(SMALL, "small", 0)       \
    X(SOURCE, "source", TAG_VOID) X(SPAN, "span", 0) X(STRONG, "strong", 0) X(STYLE, "style", TAG_RAW)                 \
    X(SUB, "sub", 0) X(SUMMARY, "summary", TAG_BLOCK | TAG_SHUTS_P) X(SUP, "sup", 0) X(SVG, "svg", TAG_RAW)            \
    X(TABLE, "table", TAG_BLOCK | TAG_SHUTS_P | TAG_SCOPE) X(TBODY, "tbody", TAG_BLOCK)                                \
    X(TD, "td", TAG_BLOCK | TAG_SCOPE) X(TEMPLATE, "template", TAG_BLOCK | TAG_CUT)                                    \
    X(TEXTAREA, "textarea", TAG_PLAIN | TAG_BLOCK | TAG_CUT) X(TFOOT, "tfoot", TAG_BLOCK)                              \
    X(TH, "th", TAG_BLOCK | TAG_SCOPE) X(THEAD, "thead", TAG_BLOCK) X(TIME, "time", 0)                                 \
    X(TITLE, "title", TAG_PLAIN | TAG_BLOCK) X(TR, "tr", TAG_BLOCK) X(TRACK, "track", TAG_VOID) X(U, "u", 0)           \
    X(UL, "ul", TAG_BLOCK | TAG_SHUTS_P) X(VIDEO, "video", TAG_BLOCK | TAG_CUT) X(WBR, "wbr", TAG_VOID)                \
    X(XMP, "xmp", TAG_RAW)
// clang-format on

typedef enum html_tag {
    HTML_OTHER, /* an element of a tag that is not listed */
    HTML_TEXT,
#define X(id, name, flags) HTML_##id,
    HTML_TAGS(X)
#undef X
        HTML_TAG_COUNT
} html_tag;

html_tag html_tag_of(ds_str name); /* any case */
uint8_t html_tag_flags(html_tag t);

/* ---- tokens (html_token.c) ---------------------------------------------------------------------------- */

typedef enum html_kind { HTML_END, HTML_CHARS, HTML_OPEN, HTML_CLOSE } html_kind;

typedef struct html_lexer {
    ds_str s;
    size_t at;
    html_tag raw;       /* inside raw text of this element: its end tag comes next */
    uint32_t no_end[4]; /* bit per tag: a search for its end tag came to the end of the page */
    bool no_comment_end;
} html_lexer;

typedef struct html_token {
    html_kind kind;
    html_tag tag;
    uint32_t beg, end; /* HTML_CHARS: the text; HTML_OPEN: the attributes */
    bool shut;         /* HTML_OPEN: an element outside HTML that is closed at once: <path/> */
} html_token;

html_kind html_next(html_lexer *lx, html_token *out);

/* ---- tree (html_tree.c) --------------------------------------------------------------------------------- */

enum html_part { /* what a node lies in; set by html_parts.c, inherited downwards */
                 PART_LINK = 1,
                 PART_CUT = 2,
                 PART_COMMENTS = 4,
                 PART_CAPTION = 8,
                 PART_RELATED = 16,
                 PART_QUOTE = 32,
                 PART_POINTS = 64,
                 PART_STANDFIRST = 128,
                 PART_AUTHOR = 256,
                 PART_LIST = 512,
                 PART_HEAD = 1024, /* <head> */
                 PART_TAGS = 2048,
                 PART_ROOT = 4096, /* inside the container that was chosen for the article */
                 PART_HEADER = 8192,
                 PART_BODY = 16384, /* the element itself is announced as the body; not inherited */
};

typedef struct html_node {
    uint8_t tag;
    uint8_t level; /* nesting, saturated: for scoring */
    uint16_t parts;
    uint32_t parent;
    uint32_t end;     /* first node after the subtree */
    uint32_t at, len; /* text, or attributes, in the source */
} html_node;

typedef struct html_tree {
    ds_str s;
    DS_VEC(html_node) nodes; /* nodes.at[0] is the page */
    uint32_t links;
    uint32_t deepest; /* nesting that the page has, beyond DS_EXTRACT_DEPTH too */
} html_tree;

ds_status html_parse(ds_arena *a, ds_str s, html_tree *out);
/* Raw value of an attribute; absent if it is not there, empty (at != NULL) without a value. */
ds_str html_attr(const html_tree *t, uint32_t i, ds_str name);

static inline const html_node *html_at(const html_tree *t, uint32_t i)
{
    return &t->nodes.at[i];
}
static inline bool html_inside(const html_tree *t, uint32_t node, uint32_t root)
{
    return node >= root && node < t->nodes.at[root].end;
}

/* ---- parts, blocks, root -------------------------------------------------------------------------------- */

#define HTML_TOKENS 24 /* class and id tokens of one element that are looked at */

/* The classes that the words of class, id, role and itemprop announce, as bits 1 << ext_class. (html_parts.c) */
uint64_t html_classes(const ext_page *p, uint32_t node);
/* Text nodes -> p->blocks. (html_blocks.c) */
ds_status html_blocks(ext_page *p);
/* Sets html_node.parts and the flags of blocks. Needs labelled blocks. (html_parts.c) */
ds_status html_parts(ext_page *p);
/* Chooses the article's container(s): sets PART_ROOT. (html_root.c) */
ds_status html_root(ext_page *p);
int64_t html_headline(const ext_page *p);         /* block of the title's h1, -1: none */
void html_title(const ext_page *p, ext_draft *d); /* (html_title.c) */
#define HTML_LIKE 30                              /* percent from which two titles say the same */
uint32_t html_likeness(ds_str a, ds_str b);       /* of two titles, in percent */
#define HTML_HEAD_ROOM 8     /* blocks before the title that may hold section, byline and date */
#define HTML_BYLINE_WORDS 14 /* a byline has no more words */
#define HTML_LINK_PERCENT 50 /* a block with more of its text in links is a menu or a rail */
static inline bool html_linked(const ext_block *b)
{
    return b->link_bytes * 100ull > ds_span_len(b->text) * (uint64_t)HTML_LINK_PERCENT;
}
/* What the page states of its article; the draft has its title and body. (html_stated.c) */
ds_status html_take_head(ext_page *p, ext_draft *d); /* standfirst, key points */
ds_status html_take_comments(ext_page *p, ext_draft *d);
ds_status html_take_stated(ext_page *p, ext_draft *d);  /* what html_meta found */
ds_status html_take_people(ext_page *p, ext_draft *d);  /* names in byline elements */
void html_take_shared(const ext_page *p, ext_draft *d); /* of all articles of the page */
/* Blocks around the headline in whose midst byline and date stand. (html_people.c) */
void html_near_title(const ext_page *p, const ext_draft *d, uint32_t *beg, uint32_t *end);
ds_status html_people(ext_page *p, ext_draft *d);    /* authors: every source has a vote */
/* The text of a block with `between` where its inline elements meet. (html_people.c) */
ds_status html_line(ext_page *p, uint32_t block, ds_str between, ds_str *out);
ds_status html_days(ext_page *p, ext_draft *d); /* published, modified (html_days.c) */
void html_page_day(const ext_page *p, ext_draft *d); /* ... by what the page states alone */
/* Publisher, canonical address, original publisher, licence. (html_house.c) */
void html_publisher(const ext_page *p, ext_draft *d);
ds_status html_addresses(const ext_page *p, ext_draft *d);
ds_status html_licence(ext_page *p, ext_draft *d);
ds_str html_host(ds_str url);
uint32_t html_node_at(const html_tree *t,
                      uint32_t at); /* the node whose attributes hold source offset `at`, or 0 */
ds_day html_day_in_url(ds_str url, bool stamp);
ds_status html_text_of(const ext_page *p, uint32_t node,
                       ds_str *out); /* the text inside, decoded */
/* Blocks of the container -> drafts. (html_article.c) */
ds_status html_drafts(ext_page *p, ext_drafts *out);
/* <head>, JSON-LD, <time>: what the page says of itself. (meta.c, jsonld.c) */
ds_status html_meta(ext_page *p);
ds_status html_jsonld(ext_page *p, const ds_str *scripts, size_t n); /* texts of its scripts */
ds_str html_json_mended(ds_arena *a, ds_str s); /* (json_mend.c); absent: no memory */
/* Notes a person, a day of publication or change, as `by` states it; the first day counts. */
ds_status html_add_person(ext_page *p, ext_by by, ext_who who, ds_str name);
void html_say_day(ext_page *p, ext_by by, bool modified, ds_str s);
ext_when html_when(const ext_page *p, ds_str s); /* a stated day or moment in any spelling */
const char *html_by_name(ext_by by); /* "meta", "json-ld", ... */
#define HTML_TAIL_WORDS 6            /* a site's name behind the title has no more */
ds_str html_without_tail(ds_str title, ds_str publisher);
/* First block whose text begins at or behind node i. */
size_t html_block_at(const ext_page *p, uint32_t node);
uint32_t html_prose_words(const ext_page *p, uint32_t node); /* words of running text inside */

#endif
