/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define LINK_WORDS 25     /* ... unless it is this long and ends like a sentence */
#define TEASER_PERCENT 80 /* a short sentence with more of it in a link is a teaser */
#define LOOSE_WORDS 5     /* a short block in a bare div is text from so many words, with a stop */
#define TAIL_ROOM 8       /* blocks behind the text that may hold notices and keywords */
#define CAPTION_WORDS 4
#define CAPTIONS_MAX 60
#define CUT_PERCENT                                                                                \
    35 /* a "related" heading cuts the rest of its parent if that is less of the text */
#define RAIL_HEADING 8  /* words of a rail's heading at most */
#define REPEAT_BYTES 40 /* a block this long that was there before is a repeat */
#define INDEX_LINKS 8   /* a page with so many links and ... */
#define INDEX_WORDS 40  /* ... less running text than this is an index */
#define OWN_WORDS 60    /* running text of an <article> that stands for itself */
#define OWN_MAX 16      /* articles of one page; more make an index */

typedef struct picker {
    ext_page *p;
    ext_draft *d;
    uint32_t root; /* node that the draft is read from; 0: PART_ROOT */
    uint8_t *keep; /* per block */
} picker;

static const ext_block *block(const picker *k, uint32_t i)
{
    return &k->p->blocks.at[i];
}

/* A sentence with a long link in it, not a link with a stop. */
static bool linked_text(const ext_block *b)
{
    if (!(b->flags & EXT_BF_STOP))
        return false;
    return b->words >= LINK_WORDS ||
           b->link_bytes * 100ull < ds_span_len(b->text) * (uint64_t)TEASER_PERCENT;
}

static bool in_root(const picker *k, const ext_block *b)
{
    if (k->root)
        return html_inside(k->p->html, b->first, k->root);
    return (html_at(k->p->html, b->first)->parts & PART_ROOT) != 0;
}

static bool good(const picker *k, const ext_block *b)
{
    (void)k;
    return (b->label == EXT_PROSE || (b->label == EXT_BULLET && b->flags & EXT_BF_STOP)) &&
           !html_linked(b);
}

/* Paragraphs, list items, quotes, headings, rows: elements that authors write text in. */
static bool text_element(const picker *k, const ext_block *b)
{
    uint8_t tag = html_at(k->p->html, b->node)->tag;
    return tag == HTML_P || tag == HTML_LI || tag == HTML_BLOCKQUOTE || tag == HTML_PRE ||
           tag == HTML_DD || tag == HTML_DT || b->kind == DS_BLOCK_TABLE_ROW ||
           b->kind == DS_BLOCK_QUOTE || b->level >= 2;
}

static bool wanted(const picker *k, uint32_t i)
{
    const ext_block *b = block(k, i);
    const uint16_t out = EXT_BF_PRUNED | EXT_BF_COMMENT | EXT_BF_CAPTION | EXT_BF_RELATED;
    if (!in_root(k, b) || b->flags & out || b->level == 1)
        return false;
    if (b->flags & EXT_BF_AUTHOR && b->words < HTML_BYLINE_WORDS)
        return false;
    if (html_linked(b) && !linked_text(b))
        return false;
    if (k->d->art.title.len && ext_same_fold(ext_text(k->p, b), k->d->art.title))
        return false;
    switch (b->label) {
    case EXT_PROSE:
        return true;
    case EXT_SENTENCE:
    case EXT_BULLET:
    case EXT_HEADLINE:
    case EXT_SHORT:
        return text_element(k, b) || (b->words >= LOOSE_WORDS && b->flags & EXT_BF_STOP);
    case EXT_SECTION:
    case EXT_DATELINE:
        return b->level >= 2 && i > 0 && k->keep[i - 1];
    default:
        return false;
    }
}

/* ---- cleaning ------------------------------------------------------------------------------------------- */

/* Words of the kept blocks before each block. */
static uint32_t *sum_kept(const picker *k)
{
    uint32_t n = k->p->content, *sum = ds_arena_calloc(k->p->arena, (size_t)n + 1, sizeof *sum);
    for (uint32_t i = 0; sum && i < n; i++)
        sum[i + 1] = sum[i] + (k->keep[i] ? block(k, i)->words : 0);
    return sum;
}

static bool rail_heading(const picker *k, const ext_block *b)
{
    bool heading = b->label == EXT_RELATED || b->label == EXT_COMMENTS;
    return heading && b->words <= RAIL_HEADING && in_root(k, b);
}

/* A heading of a rail inside the body takes the rest of its parent with it. */
static ds_status cut_rails(picker *k)
{
    const html_tree *t = k->p->html;
    uint32_t n = k->p->content, *sum = sum_kept(k);
    if (!sum)
        return DS_NOMEM;
    for (size_t i = 0, end; i < n; i = end) {
        const ext_block *b = block(k, (uint32_t)i);
        end = i + 1;
        if (!rail_heading(k, b))
            continue;
        size_t rest = html_block_at(k->p, html_at(t, html_at(t, b->node)->parent)->end);
        if (rest <= i || (sum[rest] - sum[i]) * 100ull >= sum[n] * (uint64_t)CUT_PERCENT)
            continue;
        memset(k->keep + i, 0, rest - i);
        end = rest;
    }
    return DS_OK;
}

/* Keeps what lies between the first and the last good block, and short sentences right behind that. */
static void trim_ends(picker *k)
{
    uint32_t first = 0, last = 0, n = k->p->content;
    bool any = false;
    for (uint32_t i = 0; i < n; i++)
        if (k->keep[i] && good(k, block(k, i))) {
            first = any ? first : i;
            last = i;
            any = true;
        }
    if (!any)
        return;
    memset(k->keep, 0, first);
    while (last + 1 < n && k->keep[last + 1] &&
           (block(k, last + 1)->label == EXT_SENTENCE || block(k, last + 1)->label == EXT_BULLET))
        last++;
    memset(k->keep + last + 1, 0, n - last - 1);
}

static ds_status drop_repeats(picker *k)
{
    ds_map *seen = ds_map_new(k->p->arena, 0);
    uint64_t at;
    if (!seen)
        return DS_NOMEM;
    for (uint32_t i = 0; i < k->p->content; i++) {
        ds_str s = ext_text(k->p, block(k, i));
        if (!k->keep[i] || s.len < REPEAT_BYTES)
            continue;
        if (ds_map_get(seen, s, &at) == DS_OK)
            k->keep[i] = 0;
        else
            DS_TRY(ds_map_put(seen, s, i));
    }
    return DS_OK;
}

/* A heading with nothing under it, or only another heading of its level or above, goes. */
static void drop_bare_headings(picker *k)
{
    uint8_t under = 1; /* level of the next kept heading; 7: text */
    for (uint32_t i = k->p->content; i-- > 0;) {
        if (!k->keep[i])
            continue;
        uint8_t level = block(k, i)->level;
        if (level >= 2 && under <= level)
            k->keep[i] = 0;
        else
            under = level >= 2 ? level : 7;
    }
}

/* ---- the parts -------------------------------------------------------------------------------------------- */

static ds_status take_body(picker *k)
{
    for (uint32_t i = 0; i < k->p->content; i++)
        if (k->keep[i])
            DS_TRY(DS_PUSH(k->p->arena, &k->d->body, i));
    return DS_OK;
}

static ds_status take_captions(picker *k)
{
    for (uint32_t i = 0; i < k->p->content && k->d->captions.len < CAPTIONS_MAX; i++) {
        const ext_block *b = block(k, i);
        bool near = in_root(k, b) || (i < k->d->body.at[0] && (int64_t)i > k->d->title_block);
        if (near && b->flags & EXT_BF_CAPTION &&
            !(b->flags & (EXT_BF_PRUNED | EXT_BF_RELATED | EXT_BF_COMMENT)) &&
            b->words >= CAPTION_WORDS && !html_linked(b) && !k->keep[i])
            DS_TRY(DS_PUSH(k->p->arena, &k->d->captions, i));
    }
    return DS_OK;
}

/* The address of the link around or in a block. */
static ds_str link_of(const html_tree *t, const ext_block *b)
{
    for (uint32_t i = html_at(t, b->first)->parent, n = 0; i && n < 8;
         i = html_at(t, i)->parent, n++)
        if (html_at(t, i)->tag == HTML_A)
            return html_attr(t, i, DS_STR("href"));
    return (ds_str){0};
}

static ds_status take_related(picker *k)
{
    for (uint32_t i = 0; i < k->p->content; i++) {
        const ext_block *b = block(k, i);
        if (!(b->flags & EXT_BF_RELATED) || !html_linked(b) || b->words < CAPTION_WORDS ||
            b->flags & EXT_BF_COMMENT)
            continue;
        if (b->label != EXT_HEADLINE && b->label != EXT_PROSE && b->label != EXT_BULLET)
            continue;
        ds_related r = {.title = ext_text(k->p, b),
                        .url = ext_decoded(k->p->arena, link_of(k->p->html, b))};
        DS_TRY(DS_PUSH(k->p->arena, &k->d->rail, r));
    }
    return DS_OK;
}

/* ---- drafts ------------------------------------------------------------------------------------------------------ */

static ds_status choose_blocks(picker *k)
{
    k->keep = ds_arena_calloc(k->p->arena, (size_t)k->p->content + 1, 1);
    if (!k->keep)
        return DS_NOMEM;
    for (uint32_t i = 0; i < k->p->content; i++)
        k->keep[i] = wanted(k, i);
    DS_TRY(cut_rails(k));
    trim_ends(k);
    drop_bare_headings(k);
    DS_TRY(drop_repeats(k));
    return take_body(k);
}

static void set_range(picker *k)
{
    ext_draft *d = k->d;
    uint32_t first = d->body.at[0], last = d->body.at[d->body.len - 1];
    int64_t top = d->title_block >= 0 && d->title_block < first ? d->title_block : first;
    d->beg = top > HTML_HEAD_ROOM ? (uint32_t)top - HTML_HEAD_ROOM : 0;
    d->body_beg = first;
    d->body_end = last + 1;
    d->end = last + 1 + TAIL_ROOM < k->p->content ? last + 1 + TAIL_ROOM : k->p->content;
    while (k->root && d->beg < first && !html_inside(k->p->html, block(k, d->beg)->first, k->root))
        d->beg++;
    while (k->root && d->end > d->body_end &&
           !html_inside(k->p->html, block(k, d->end - 1)->first, k->root))
        d->end--;
}

/* root 0: the page's one article; else an <article> with its own headline in block `title`. */
static ds_status read_one(ext_page *p, uint32_t root, uint32_t title, ext_drafts *out)
{
    ext_draft d = {.title_block = -1, .art.published = DS_DAY_NONE, .art.modified = DS_DAY_NONE};
    picker k = {.p = p, .d = &d, .root = root};
    bool main = root == 0;
    if (main) {
        html_title(p, &d);
    } else {
        d.title_block = title;
        d.art.title = ext_text(p, &p->blocks.at[title]);
        html_take_shared(p, &d);
    }
    DS_TRY(choose_blocks(&k));
    if (!d.body.len)
        return DS_OK;
    set_range(&k);
    DS_TRY(html_take_head(p, &d));
    DS_TRY(take_captions(&k));
    if (main) {
        DS_TRY(html_take_comments(p, &d));
        DS_TRY(take_related(&k));
        DS_TRY(html_take_stated(p, &d));
    }
    if (!d.authors.len)
        DS_TRY(html_take_people(p, &d));
    return DS_PUSH(p->arena, out, d);
}

/* The only headline (h1 or h2) inside an <article> that stands at its top, or -1. */
static int64_t own_headline(const ext_page *p, uint32_t node)
{
    int64_t found = -1;
    for (uint32_t i = 0; i < p->content; i++) {
        const ext_block *b = &p->blocks.at[i];
        if ((b->level != 1 && b->level != 2) || !html_inside(p->html, b->first, node))
            continue;
        if (found >= 0 && b->level <= p->blocks.at[found].level)
            return -1; /* a digest of several */
        if (found < 0)
            found = i;
    }
    return found;
}

/* <article> elements side by side, each with a headline and a text of its own, on a page whose title names none of them. */
static size_t own_articles(const ext_page *p, uint32_t nodes[OWN_MAX], uint32_t titles[OWN_MAX])
{
    const html_tree *t = p->html;
    size_t n = 0;
    for (uint32_t i = 1; i < t->nodes.len && p->headline < 0; i++) {
        int64_t title = -1;
        if (html_at(t, i)->tag == HTML_ARTICLE && html_prose_words(p, i) >= OWN_WORDS)
            title = own_headline(p, i);
        if (title < 0 || (n && html_at(t, i)->parent != html_at(t, nodes[0])->parent))
            continue;
        if (n == OWN_MAX)
            return 0;
        nodes[n] = i;
        titles[n++] = (uint32_t)title;
        i = html_at(t, i)->end - 1;
    }
    return n;
}

ds_status html_drafts(ext_page *p, ext_drafts *out)
{
    uint32_t words = p->prose[p->content];
    bool says_so = p->meta.article && p->headline >= 0;
    if (p->links >= INDEX_LINKS && words < INDEX_WORDS && !says_so)
        return DS_OK;
    uint32_t nodes[OWN_MAX], titles[OWN_MAX];
    size_t n = own_articles(p, nodes, titles);
    for (size_t i = 0; n > 1 && i < n; i++)
        DS_TRY(read_one(p, nodes[i], titles[i], out));
    return out->len ? DS_OK : read_one(p, 0, 0, out);
}
