/* SPDX-License-Identifier: Apache-2.0 */
/* html.h - tags, tokens and the light tree of an HTML page.
 *
 * Method   one pass after the HTML standard (WHATWG, section 13.2): tokens with raw text and script escapes, implied
 *          ends, table rules with foster parents, formatting elements that reach over blocks, SVG and MathML; which
 *          of its rules are left out, and why, is in docs/html-tree.md
 * Input    any UTF-8 text
 * Output   nodes in document order in one array; the subtree of node i is [i, node[i].end); attributes stay bytes of
 *          the source, where the commoner ones stand is noted
 * Cost     linear: a search for an open element is one look into a table, or has a bound
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
    TAG_SPECIAL = 256,   /* "special" in the standard: stops the search for an inline element */
    TAG_MARK = 512,      /* formatting elements do not reach out of it */
    TAG_MODE = 1024,     /* has rules of its own for what stands directly inside */
    TAG_ROWS = 2048,     /* parts of a table */
    TAG_FORMAT = 4096,   /* formatting element: goes on in the next block when it was not closed */
    TAG_BARE = 8192,     /* does not make formatting elements go on, nor do those that end a p */
    TAG_HEAD = 16384,    /* may stand in head */
    TAG_BREAKS = 32768,  /* ends SVG and MathML around it */
    TAG_FOREIGN = 65536, /* begins SVG or MathML */
};

// clang-format off
#define HTML_TAGS(X) \
    X(A, "a", TAG_FORMAT) \
    X(ABBR, "abbr", 0) \
    X(ADDRESS, "address", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(APPLET, "applet", TAG_BLOCK | TAG_SCOPE | TAG_CUT | TAG_SPECIAL | TAG_MARK) \
    X(AREA, "area", TAG_VOID | TAG_SPECIAL) \
    X(ARTICLE, "article", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(ASIDE, "aside", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT | TAG_SPECIAL) \
    X(AUDIO, "audio", TAG_BLOCK | TAG_CUT) \
    X(B, "b", TAG_FORMAT | TAG_BREAKS) \
    X(BASE, "base", TAG_VOID | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(BASEFONT, "basefont", TAG_VOID | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(BGSOUND, "bgsound", TAG_VOID | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(BIG, "big", TAG_FORMAT | TAG_BREAKS) \
    X(BLOCKQUOTE, "blockquote", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(BODY, "body", TAG_BLOCK | TAG_SPECIAL | TAG_BREAKS) \
    X(BR, "br", TAG_VOID | TAG_SPECIAL | TAG_BREAKS) \
    X(BUTTON, "button", TAG_BLOCK | TAG_SPECIAL) \
    X(CANVAS, "canvas", TAG_BLOCK | TAG_CUT) \
    X(CAPTION, "caption", TAG_BLOCK | TAG_SCOPE | TAG_SPECIAL | TAG_MARK | TAG_MODE | TAG_ROWS) \
    X(CENTER, "center", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(CITE, "cite", 0) \
    X(CODE, "code", TAG_FORMAT | TAG_BREAKS) \
    X(COL, "col", TAG_VOID | TAG_SPECIAL | TAG_ROWS) \
    X(COLGROUP, "colgroup", TAG_BLOCK | TAG_SPECIAL | TAG_MODE | TAG_ROWS) \
    X(DD, "dd", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(DETAILS, "details", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(DIALOG, "dialog", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT) \
    X(DIR, "dir", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(DIV, "div", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(DL, "dl", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(DT, "dt", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(EM, "em", TAG_FORMAT | TAG_BREAKS) \
    X(EMBED, "embed", TAG_VOID | TAG_SPECIAL | TAG_BREAKS) \
    X(FIELDSET, "fieldset", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(FIGCAPTION, "figcaption", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(FIGURE, "figure", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(FONT, "font", TAG_FORMAT) \
    X(FOOTER, "footer", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT | TAG_SPECIAL) \
    X(FORM, "form", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT | TAG_SPECIAL) \
    X(FRAME, "frame", TAG_VOID | TAG_SPECIAL) \
    X(FRAMESET, "frameset", TAG_BLOCK | TAG_SPECIAL) \
    X(H1, "h1", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(H2, "h2", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(H3, "h3", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(H4, "h4", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(H5, "h5", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(H6, "h6", TAG_BLOCK | TAG_SHUTS_P | TAG_HEADING | TAG_SPECIAL | TAG_BREAKS) \
    X(HEAD, "head", TAG_BLOCK | TAG_SPECIAL | TAG_BARE | TAG_HEAD | TAG_BREAKS) \
    X(HEADER, "header", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(HGROUP, "hgroup", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(HR, "hr", TAG_VOID | TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(HTML, "html", TAG_BLOCK | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(I, "i", TAG_FORMAT | TAG_BREAKS) \
    X(IFRAME, "iframe", TAG_BLOCK | TAG_RAW | TAG_SPECIAL | TAG_BARE) \
    X(IMAGE, "image", TAG_VOID) \
    X(IMG, "img", TAG_VOID | TAG_SPECIAL | TAG_BREAKS) \
    X(INPUT, "input", TAG_VOID | TAG_SPECIAL) \
    X(KEYGEN, "keygen", TAG_VOID | TAG_SPECIAL) \
    X(LABEL, "label", 0) \
    X(LEGEND, "legend", TAG_BLOCK) \
    X(LI, "li", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(LINK, "link", TAG_VOID | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(LISTING, "listing", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(MAIN, "main", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(MARQUEE, "marquee", TAG_BLOCK | TAG_SCOPE | TAG_SPECIAL | TAG_MARK) \
    X(MATH, "math", TAG_FOREIGN) \
    X(MENU, "menu", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT | TAG_SPECIAL | TAG_BREAKS) \
    X(META, "meta", TAG_VOID | TAG_SPECIAL | TAG_BARE | TAG_HEAD | TAG_BREAKS) \
    X(NAV, "nav", TAG_BLOCK | TAG_SHUTS_P | TAG_CUT | TAG_SPECIAL) \
    X(NOBR, "nobr", TAG_FORMAT | TAG_BREAKS) \
    X(NOEMBED, "noembed", TAG_RAW | TAG_SPECIAL | TAG_BARE) \
    X(NOFRAMES, "noframes", TAG_RAW | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(NOSCRIPT, "noscript", TAG_BLOCK | TAG_CUT | TAG_SPECIAL | TAG_HEAD) \
    X(OBJECT, "object", TAG_BLOCK | TAG_SCOPE | TAG_CUT | TAG_SPECIAL | TAG_MARK) \
    X(OL, "ol", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(OPTGROUP, "optgroup", TAG_BLOCK) \
    X(OPTION, "option", TAG_BLOCK) \
    X(P, "p", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(PARAM, "param", TAG_VOID | TAG_SPECIAL | TAG_BARE) \
    X(PICTURE, "picture", 0) \
    X(PLAINTEXT, "plaintext", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BARE) \
    X(PRE, "pre", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(Q, "q", 0) \
    X(RB, "rb", TAG_BARE) \
    X(RP, "rp", TAG_BARE) \
    X(RT, "rt", TAG_BARE) \
    X(RTC, "rtc", TAG_BARE) \
    X(RUBY, "ruby", TAG_BREAKS) \
    X(S, "s", TAG_FORMAT | TAG_BREAKS) \
    X(SCRIPT, "script", TAG_RAW | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(SEARCH, "search", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(SECTION, "section", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(SELECT, "select", TAG_BLOCK | TAG_SCOPE | TAG_CUT | TAG_SPECIAL) \
    X(SMALL, "small", TAG_FORMAT | TAG_BREAKS) \
    X(SOURCE, "source", TAG_VOID | TAG_SPECIAL | TAG_BARE) \
    X(SPAN, "span", TAG_BREAKS) \
    X(STRIKE, "strike", TAG_FORMAT | TAG_BREAKS) \
    X(STRONG, "strong", TAG_FORMAT | TAG_BREAKS) \
    X(STYLE, "style", TAG_RAW | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(SUB, "sub", TAG_BREAKS) \
    X(SUMMARY, "summary", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL) \
    X(SUP, "sup", TAG_BREAKS) \
    X(SVG, "svg", TAG_FOREIGN) \
    X(TABLE, "table", TAG_BLOCK | TAG_SHUTS_P | TAG_SCOPE | TAG_SPECIAL | TAG_MODE | TAG_BREAKS) \
    X(TBODY, "tbody", TAG_BLOCK | TAG_SPECIAL | TAG_MODE | TAG_ROWS) \
    X(TD, "td", TAG_BLOCK | TAG_SCOPE | TAG_SPECIAL | TAG_MARK | TAG_MODE | TAG_ROWS) \
    X(TEMPLATE, "template", TAG_BLOCK | TAG_SCOPE | TAG_CUT | TAG_SPECIAL | TAG_MARK | TAG_MODE | TAG_BARE | TAG_HEAD) \
    X(TEXTAREA, "textarea", TAG_BLOCK | TAG_PLAIN | TAG_CUT | TAG_SPECIAL | TAG_BARE) \
    X(TFOOT, "tfoot", TAG_BLOCK | TAG_SPECIAL | TAG_MODE | TAG_ROWS) \
    X(TH, "th", TAG_BLOCK | TAG_SCOPE | TAG_SPECIAL | TAG_MARK | TAG_MODE | TAG_ROWS) \
    X(THEAD, "thead", TAG_BLOCK | TAG_SPECIAL | TAG_MODE | TAG_ROWS) \
    X(TIME, "time", 0) \
    X(TITLE, "title", TAG_BLOCK | TAG_PLAIN | TAG_SPECIAL | TAG_BARE | TAG_HEAD) \
    X(TR, "tr", TAG_BLOCK | TAG_SPECIAL | TAG_MODE | TAG_ROWS) \
    X(TRACK, "track", TAG_VOID | TAG_SPECIAL | TAG_BARE) \
    X(TT, "tt", TAG_FORMAT | TAG_BREAKS) \
    X(U, "u", TAG_FORMAT | TAG_BREAKS) \
    X(UL, "ul", TAG_BLOCK | TAG_SHUTS_P | TAG_SPECIAL | TAG_BREAKS) \
    X(VAR, "var", TAG_BREAKS) \
    X(VIDEO, "video", TAG_BLOCK | TAG_CUT) \
    X(WBR, "wbr", TAG_VOID | TAG_SPECIAL) \
    X(XMP, "xmp", TAG_BLOCK | TAG_PLAIN | TAG_SPECIAL)
// clang-format on

typedef enum html_tag {
    HTML_OTHER, /* an element of a tag that is not listed */
    HTML_TEXT,
#define X(id, name, flags) HTML_##id,
    HTML_TAGS(X)
#undef X
        HTML_TAG_COUNT
} html_tag;

html_tag html_tag_of(ds_str name);                /* any case */
extern const uint32_t html_flags[HTML_TAG_COUNT]; /* html_tag_flag bits */
static inline uint32_t html_tag_flags(html_tag t)
{
    return html_flags[t];
}
ds_str html_tag_name(html_tag t);

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

/* Attributes that are noted as the page is read. */
#define HTML_KEYS(X)                                                                               \
    X(CLASS)                                                                                       \
    X(ID)                                                                                          \
    X(ROLE)                                                                                        \
    X(HIDDEN)                                                                                      \
    X(STYLE)                                                                                       \
    X(ARIA_HIDDEN)                                                                                 \
    X(ITEMPROP)                                                                                    \
    X(REL) X(HREF) X(DATETIME) X(CONTENT) X(PROPERTY) X(NAME) X(TYPE) X(ITEMTYPE) X(OTHER)
typedef enum html_key {
#define X(id) HTML_KEY_##id,
    HTML_KEYS(X)
#undef X
} html_key;

typedef struct html_note { /* the value of an attribute, in the source */
    uint32_t at, len;
    uint32_t key; /* html_key */
} html_note;

typedef struct html_node {
    uint8_t tag;
    uint8_t level; /* nesting, saturated: for scoring */
    uint16_t parts;
    uint32_t parent;
    uint32_t end;     /* first node after the subtree */
    uint32_t at, len; /* text, or attributes, in the source */
    uint32_t attrs;   /* first of its attributes in html_tree.attrs */
    uint16_t has;     /* bit per html_key */
} html_node;

typedef struct html_tree {
    ds_str s;
    DS_VEC(html_node) nodes; /* nodes.at[0] is the page */
    DS_VEC(html_note) attrs;
    uint32_t links;
    uint32_t has;     /* html_node.has of all nodes */
    uint32_t deepest; /* nesting that the page has, beyond DS_EXTRACT_DEPTH too */
} html_tree;

/* ---- tokens (html_token.c) ---------------------------------------------------------------------------- */

typedef enum html_kind { HTML_END, HTML_CHARS, HTML_OPEN, HTML_CLOSE } html_kind;

typedef struct html_lexer {
    ds_arena *arena;
    html_tree *tree; /* attributes are noted here */
    ds_str s;
    size_t at;
    html_tag raw;       /* inside raw text of this element: its end tag comes next */
    bool foreign;       /* inside SVG or MathML: CDATA sections are text */
    bool doctype;       /* the page has one */
    uint64_t no_end[3]; /* bit per tag: a search for its end tag came to the end of the page */
    size_t dash_from,
        dash_at;        /* from the one offset on, the first end of a comment is at the other */
    uint8_t slots[512]; /* tags by a hash of their name */
    uint64_t keys[HTML_TAG_COUNT];
} html_lexer;

typedef struct html_token {
    html_kind kind;
    html_tag tag;
    uint32_t name;     /* hash of the tag's name, for those not listed */
    uint32_t beg, end; /* HTML_CHARS: the text; HTML_OPEN: the attributes */
    uint32_t attrs;    /* HTML_OPEN: first of those noted */
    uint16_t has;      /* bit per html_key */
    bool shut;         /* HTML_OPEN: <path/> */
} html_token;

void html_lexer_open(html_lexer *lx, ds_arena *a, html_tree *t);
ds_status html_next(html_lexer *lx, html_token *out); /* kind HTML_END at the end */

/* ---- reading the tree (html_tree.c) ---------------------------------------------------------------------- */

ds_status html_parse(ds_arena *a, ds_str s, html_tree *out);
/* Raw value of an attribute; absent if it is not there, empty (at != NULL) without a value. */
ds_str html_attr(const html_tree *t, uint32_t i, ds_str name);
/* The same for a noted one: no bytes are read. */
ds_str html_noted(const html_tree *t, uint32_t i, html_key key);
/* The first node behind i that has the attribute; 0: none. */
uint32_t html_next_with(const html_tree *t, uint32_t i, html_key key);

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
/* Tree, blocks, labels, parts, metadata, headline, roots: all that is known before blocks are chosen. (extract.c) */
ds_status html_prepare(ext_page *p, ds_str *note);
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
ds_status html_people(ext_page *p, ext_draft *d); /* authors: every source has a vote */
/* The text of a block with `between` where its inline elements meet. (html_people.c) */
ds_status html_line(ext_page *p, uint32_t block, ds_str between, ds_str *out);
ds_status html_days(ext_page *p, ext_draft *d);      /* published, modified (html_days.c) */
void html_page_day(const ext_page *p, ext_draft *d); /* ... by what the page states alone */
/* Publisher, canonical address, original publisher, licence. (html_house.c) */
void html_publisher(const ext_page *p, ext_draft *d);
ds_status html_addresses(const ext_page *p, ext_draft *d);
ds_status html_licence(ext_page *p, ext_draft *d);
ds_str html_host(ds_str url);
ds_str html_own_host(const ext_page *p); /* of the page: its address as given, canonical, og:url */
/* The day of a stated moment where the page's readers are; as stated where that is not sure. (html_zone.c) */
ds_day html_local_day(const ext_page *p, const ext_when *when);
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
const char *html_by_name(ext_by by);             /* "meta", "json-ld", ... */
#define HTML_TAIL_WORDS 6                        /* a site's name behind the title has no more */
ds_str html_without_tail(ds_str title, ds_str publisher);
/* First block whose text begins at or behind node i. */
static inline size_t html_block_at(const ext_page *p, uint32_t node)
{
    return p->block_at[node];
}
uint32_t html_prose_words(const ext_page *p, uint32_t node); /* words of running text inside */

#endif
