/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define TOKEN_BYTES 64        /* longer class tokens are hashes */
#define KEEP_PERCENT 40       /* a part that holds more of the page's running text is not cut */
#define QUOTE_LOOK 12         /* nodes in which an embedded post's blockquote comes */
#define SHORT_PART_WORDS 90   /* standfirst and byline containers hold no more */
#define PROSE_LINK_PERCENT 50 /* a block with more of its text in links is no running text */

/* ---- class tokens -------------------------------------------------------------------------------------- */

/* A token in lower case, camel case and underscores as hyphens: "articleBody", "article__body" -> "article-body". */
static ds_str token_key(ds_str raw, char buf[TOKEN_BYTES])
{
    size_t n = 0;
    bool lower = false; /* the byte before is a small letter */
    for (size_t i = 0; i < raw.len && n + 2 < TOKEN_BYTES; i++) {
        char c = raw.at[i];
        if (ext_is_lower((unsigned char)c)) {
            buf[n++] = c;
            lower = true;
            continue;
        }
        bool joint = c == '_' || c == '-' || c == ':';
        if (joint ? n && buf[n - 1] != '-' : lower && ext_is_upper((unsigned char)c))
            buf[n++] = '-';
        if (!joint)
            buf[n++] = ext_lower(c);
        lower = false;
    }
    return (ds_str){buf, n};
}

static uint64_t token_classes(const ext_page *p, ds_str raw)
{
    const ext_words *w = &p->words;
    char buf[TOKEN_BYTES];
    if (raw.len >= TOKEN_BYTES - 2)
        return 0;
    ds_str key = token_key(raw, buf);
    ext_class whole = ext_words_find(w, key, EXT_W_CLASS);
    if (whole == EXT_C_PLAIN)
        return 0;
    uint64_t bits = whole ? 1ull << whole : 0;
    for (size_t i = 0; i < key.len;) {
        size_t end = i;
        while (end < key.len && key.at[end] != '-')
            end++;
        ext_class part = ext_words_find(w, ds_str_cut(key, i, end), EXT_W_PART);
        bits |= part ? 1ull << part : 0;
        i = end + 1;
    }
    return bits;
}

/* The same class attributes come again and again on a page: what they mean is kept where their hash points. */
#define MEMO_SLOTS 1024

typedef struct class_memo {
    struct {
        ds_str value;
        uint64_t bits;
    } slots[MEMO_SLOTS];
} class_memo;

static uint64_t value_classes(const ext_page *p, ds_str v);

/* `look` reads a value that is not kept yet. */
static uint64_t kept(const ext_page *p, ds_str v, uint64_t (*look)(const ext_page *p, ds_str v))
{
    if (!v.len)
        return 0;
    if (!p->classes)
        return look(p, v);
    uint32_t slot = ext_word_hash(v) % MEMO_SLOTS;
    if (!ds_str_eq(p->classes->slots[slot].value, v)) {
        uint64_t bits = look(p, v);
        p->classes->slots[slot].value = v;
        p->classes->slots[slot].bits = bits;
    }
    return p->classes->slots[slot].bits;
}

static uint64_t value_classes(const ext_page *p, ds_str v)
{
    uint64_t bits = 0;
    for (size_t i = 0, n = 0; i < v.len && n < HTML_TOKENS; n++) {
        size_t end = i;
        while (end < v.len && (unsigned char)v.at[end] > 0x20)
            end++;
        ds_str token = {v.at + i, end - i};
        bits |= token.len == v.len ? token_classes(p, token) : kept(p, token, token_classes);
        while (end < v.len && (unsigned char)v.at[end] <= 0x20)
            end++;
        i = end;
    }
    return bits;
}

uint64_t html_classes(const ext_page *p, uint32_t node)
{
    return kept(p, html_noted(p->html, node, HTML_KEY_CLASS), value_classes) |
           kept(p, html_noted(p->html, node, HTML_KEY_ID), value_classes);
}

/* ---- parts ------------------------------------------------------------------------------------------------- */

static bool cut_role(const html_tree *t, uint32_t i)
{
    static const ds_str roles[] = {
        DS_STR_INIT("navigation"),    DS_STR_INIT("banner"),  DS_STR_INIT("contentinfo"),
        DS_STR_INIT("complementary"), DS_STR_INIT("search"),  DS_STR_INIT("dialog"),
        DS_STR_INIT("alertdialog"),   DS_STR_INIT("menu"),    DS_STR_INIT("menubar"),
        DS_STR_INIT("toolbar"),       DS_STR_INIT("tooltip"), DS_STR_INIT("alert")};
    ds_str role = html_noted(t, i, HTML_KEY_ROLE);
    for (size_t k = 0; role.len && k < sizeof roles / sizeof *roles; k++)
        if (ext_same_fold(role, roles[k]))
            return true;
    return false;
}

static bool hidden(const html_tree *t, uint32_t i)
{
    static const ds_str ways[] = {DS_STR_INIT("display:none"), DS_STR_INIT("display: none"),
                                  DS_STR_INIT("visibility:hidden")};
    ds_str style = html_noted(t, i, HTML_KEY_STYLE);
    if (html_noted(t, i, HTML_KEY_HIDDEN).at ||
        ext_same_fold(html_noted(t, i, HTML_KEY_ARIA_HIDDEN), DS_STR("true")))
        return true;
    for (size_t k = 0; style.len && k < sizeof ways / sizeof *ways; k++)
        if (ds_str_find(style, ways[k], 0) >= 0)
            return true;
    return false;
}

#define BIT(cls) (1ull << (cls))
#define CUT_BITS                                                                                   \
    (BIT(EXT_C_SHARE) | BIT(EXT_C_NAV) | BIT(EXT_C_FURNITURE) | BIT(EXT_C_SUBSCRIBE) |             \
     BIT(EXT_C_AD) | BIT(EXT_C_COOKIE) | BIT(EXT_C_BIO) | BIT(EXT_C_HIDDEN) | BIT(EXT_C_RELATED) | \
     BIT(EXT_C_COMMENTS) | BIT(EXT_C_TAGS))

/* A quoted post in a share widget's clothes. */
static bool holds_quote(const html_tree *t, uint32_t i)
{
    for (uint32_t k = i + 1; k < html_at(t, i)->end && k < i + QUOTE_LOOK; k++)
        if (html_at(t, k)->tag == HTML_BLOCKQUOTE)
            return true;
    return false;
}

/* What the element itself says, as html_part bits. */
static uint16_t own_parts(const ext_page *p, uint32_t i, uint64_t bits)
{
    const html_tree *t = p->html;
    html_tag tag = (html_tag)html_at(t, i)->tag;
    uint16_t parts = 0;
    if (bits & BIT(EXT_C_SHARE) && holds_quote(t, i))
        bits &= ~BIT(EXT_C_SHARE);
    if (bits & CUT_BITS || html_tag_flags(tag) & TAG_CUT || cut_role(t, i) || hidden(t, i))
        parts |= PART_CUT;
    if (bits & BIT(EXT_C_COMMENTS))
        parts |= PART_COMMENTS;
    if (bits & BIT(EXT_C_BODY) ||
        ds_str_find(html_noted(t, i, HTML_KEY_ITEMPROP), DS_STR("articleBody"), 0) >= 0)
        parts |= PART_BODY;
    if (bits & BIT(EXT_C_RELATED))
        parts |= PART_RELATED;
    if (bits & BIT(EXT_C_TAGS))
        parts |= PART_TAGS;
    if (tag == HTML_FIGCAPTION || tag == HTML_CAPTION || bits & BIT(EXT_C_CAPTION))
        parts |= PART_CAPTION;
    if (bits & BIT(EXT_C_STANDFIRST))
        parts |= PART_STANDFIRST;
    if (bits & BIT(EXT_C_KEYPOINTS))
        parts |= PART_POINTS;
    if (bits & BIT(EXT_C_BYLINE))
        parts |= PART_AUTHOR;
    return parts;
}

static bool never_cut(html_tag tag)
{
    return tag == HTML_BODY || tag == HTML_HTML || tag == HTML_MAIN;
}

/* The headline is inside: no part of the page's frame, whatever its classes say. */
static bool holds_h1(const ext_page *p, uint32_t i)
{
    size_t end = html_block_at(p, html_at(p->html, i)->end);
    for (size_t k = html_block_at(p, i); k < end; k++)
        if (p->blocks.at[k].level == 1)
            return true;
    return false;
}

/* Takes back what would cut most of the text, or calls a long part a byline. */
static uint16_t guarded(const ext_page *p, uint32_t i, uint16_t parts, uint32_t all)
{
    uint32_t words = html_prose_words(p, i);
    if (words * 100ull > (uint64_t)all * KEEP_PERCENT &&
        (!(parts & PART_COMMENTS) || holds_h1(p, i)))
        parts &= (uint16_t) ~(PART_CUT | PART_RELATED | PART_TAGS | PART_COMMENTS | PART_CAPTION);
    if (words > SHORT_PART_WORDS)
        parts &= (uint16_t) ~(PART_STANDFIRST | PART_AUTHOR | PART_CAPTION | PART_POINTS);
    return parts;
}

static void node_parts(ext_page *p, uint32_t i, uint32_t all)
{
    html_tree *t = p->html;
    html_node *n = &t->nodes.at[i];
    html_tag tag = (html_tag)n->tag;
    uint16_t parts = t->nodes.at[n->parent].parts & (uint16_t)~PART_BODY;
    if (tag == HTML_HEAD)
        parts |= PART_HEAD;
    if (tag == HTML_A)
        parts |= PART_LINK;
    if (tag == HTML_BLOCKQUOTE)
        parts |= PART_QUOTE;
    if (tag == HTML_HEADER)
        parts |= PART_HEADER;
    if (tag == HTML_UL || tag == HTML_OL)
        parts |= PART_LIST;
    if (n->has || html_tag_flags(tag) & TAG_CUT || tag == HTML_FIGCAPTION || tag == HTML_CAPTION) {
        uint16_t own = never_cut(tag) ? 0 : own_parts(p, i, html_classes(p, i));
        parts |= own ? guarded(p, i, own, all) : 0;
    }
    n->parts = parts;
}

static bool running_text(const ext_block *b)
{
    return b->label == EXT_PROSE &&
           !(b->flags & (EXT_BF_PRUNED | EXT_BF_COMMENT | EXT_BF_CAPTION)) &&
           b->link_bytes * 100ull < ds_span_len(b->text) * (uint64_t)PROSE_LINK_PERCENT;
}

/* Words of running text before each block. */
static ds_status sum_prose(ext_page *p)
{
    if (!p->prose)
        p->prose = ds_arena_calloc(p->arena, (size_t)p->content + 1, sizeof *p->prose);
    if (!p->prose)
        return DS_NOMEM;
    for (uint32_t i = 0; i < p->content; i++)
        p->prose[i + 1] =
            p->prose[i] + (running_text(&p->blocks.at[i]) ? p->blocks.at[i].words : 0);
    return DS_OK;
}

static uint16_t block_flags(uint16_t parts)
{
    static const struct {
        uint16_t part, flag;
    } map[] = {{PART_CUT, EXT_BF_PRUNED},
               {PART_COMMENTS, EXT_BF_COMMENT},
               {PART_CAPTION, EXT_BF_CAPTION},
               {PART_RELATED, EXT_BF_RELATED},
               {PART_STANDFIRST, EXT_BF_STANDFIRST},
               {PART_AUTHOR, EXT_BF_AUTHOR},
               {PART_QUOTE, EXT_BF_QUOTE},
               {PART_POINTS, EXT_BF_POINTS},
               {PART_HEAD, EXT_BF_PRUNED}};
    uint16_t flags = 0;
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        flags |= parts & map[i].part ? map[i].flag : 0;
    return flags;
}

ds_status html_parts(ext_page *p)
{
    DS_TRY(sum_prose(p));
    p->classes = ds_arena_alloc(p->arena, sizeof *p->classes);
    if (!p->classes)
        return DS_NOMEM;
    uint32_t all = p->prose[p->content];
    for (uint32_t i = 1; i < p->html->nodes.len; i++)
        if (p->html->nodes.at[i].tag != HTML_TEXT)
            node_parts(p, i, all);
    for (uint32_t i = 0; i < p->content; i++) {
        ext_block *b = &p->blocks.at[i];
        uint32_t inner =
            html_at(p->html, b->first)->parent; /* the class may sit on an inline element */
        uint16_t parts = html_at(p->html, b->node)->parts;
        parts |= html_at(p->html, inner)->parts & PART_AUTHOR;
        b->flags |= block_flags(parts);
    }
    return sum_prose(p);
}
