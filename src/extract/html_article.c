/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/blocks.h"

#define TAIL_ROOM 8 /* blocks behind the text that may hold notices and keywords */
#define CAPTION_WORDS 4
#define CAPTIONS_MAX 60
#define CUT_PERCENT                                                                                \
    35 /* a "related" heading cuts the rest of its parent if that is less of the text */
#define COLLECTION_LEVELS 8 /* ancestors among which a block's table or list is looked for */
#define HOST_MANY 3         /* pages of a site with the same block: no text ... */
#define HOST_SURE 950       /* ... and on fewer, if the model gives it less than this (of 1024) */
#define POINTER_LINK 30     /* percent of a line in links ... */
#define POINTER_WORDS 30    /* of a line that leads elsewhere */
#define LEAD_LIKELY                                                                                \
    700 /* of EXT_P_ONE: such paragraphs between headline and container are text ... */
#define LEAD_SURE 900 /* ... up to the last one that is as sure as this */
#define ROOT_PERCENT                                                                               \
    30 /* share of the likely text in the containers that makes them the only place */
#define GROW_PERCENT 80 /* a container grows by neighbours of which so much is running text ... */
#define GROW_LEAST_PERCENT 60 /* ... that adds so much to its own */
#define RAIL_HEADING 8        /* words of a rail's heading at most */
#define REPEAT_BYTES 40       /* a block this long that was there before is a repeat */
#define INDEX_LINKS 8         /* a page with so many links and ... */
#define INDEX_WORDS 40        /* ... fewer words of text is an index */
#define LONG_WORDS 60         /* a paragraph that makes an article alone */
#define OWN_WORDS 60          /* running text of an <article> that stands for itself */
#define OWN_MAX 16            /* articles of one page; more make an index */

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

static bool in_root(const picker *k, const ext_block *b)
{
    if (k->root)
        return html_inside(k->p->html, b->first, k->root);
    return (html_at(k->p->html, b->first)->parts & PART_ROOT) != 0;
}

static bool inside(const picker *k, uint32_t i)
{
    return !k->root || html_inside(k->p->html, block(k, i)->first, k->root);
}

/* "Read more: ..." leads elsewhere. */
static bool pointer(const ext_block *b)
{
    return (b->label == EXT_RELATED || b->cls == EXT_C_MORE) && b->words <= POINTER_WORDS &&
           !b->level && b->link_bytes * 100ull >= ds_span_len(b->text) * (uint64_t)POINTER_LINK;
}

/* What is no text whatever the model says: the readers' part, the headline. */
static bool barred(const picker *k, uint32_t i)
{
    const ext_block *b = block(k, i);
    if (!inside(k, i) || b->flags & EXT_BF_COMMENT || b->level == 1)
        return true;
    if (pointer(b))
        return true;
    return k->d->art.title.len && ext_same_fold(ext_text(k->p, b), k->d->art.title);
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

/* Other articles of the page: <article> elements beside the one that holds the headline. Not if they hold most of the
 * text: then the headline stands in a card of its own. */
static ds_status drop_other_articles(picker *k)
{
    const ext_page *p = k->p;
    const html_tree *t = p->html;
    uint32_t home = p->headline < 0 ? 0 : p->blocks.at[p->headline].node, *sum = sum_kept(k);
    if (!sum)
        return DS_NOMEM;
    while (home && html_at(t, home)->tag != HTML_ARTICLE)
        home = html_at(t, home)->parent;
    uint32_t others = 0;
    for (int pass = 0; home && pass < 2; pass++)
        for (uint32_t i = 1; i < t->nodes.len; i++) {
            if (html_at(t, i)->tag != HTML_ARTICLE || html_inside(t, i, home) ||
                html_inside(t, home, i))
                continue;
            size_t beg = html_block_at(p, i), end = html_block_at(p, html_at(t, i)->end);
            others += pass ? 0 : sum[end] - sum[beg];
            if (pass && others * 2 < sum[p->content])
                memset(k->keep + beg, 0, end - beg);
            i = html_at(t, i)->end - 1;
        }
    return DS_OK;
}

/* Headings before the first paragraph are title or standfirst. */
static void drop_first_headings(picker *k)
{
    for (uint32_t i = 0; i < k->p->content; i++) {
        if (!k->keep[i])
            continue;
        if (block(k, i)->level == 0 || block(k, i)->level > 2)
            return;
        k->keep[i] = 0;
    }
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

/* The innermost table or list around a node, 0: none. */
static uint32_t collection(const html_tree *t, uint32_t node)
{
    for (uint32_t i = node, n = 0; i && n < COLLECTION_LEVELS; i = html_at(t, i)->parent, n++) {
        uint8_t tag = html_at(t, i)->tag;
        if (tag == HTML_TABLE || tag == HTML_UL || tag == HTML_OL)
            return i;
    }
    return 0;
}

/* The rows of a table, and the items of a list, are text together or not at all. */
static void level_out(ext_page *p)
{
    const html_tree *t = p->html;
    for (uint32_t i = 0, end; i < p->content; i = end) {
        uint32_t holder = collection(t, p->blocks.at[i].node);
        uint64_t sum = 0, words = 0;
        for (end = i; end < p->content &&
                      (end == i || (holder && html_inside(t, p->blocks.at[end].first, holder)));
             end++) {
            uint32_t w = p->blocks.at[end].words + 1;
            sum += (uint64_t)p->chance[end] * w;
            words += w;
        }
        for (uint32_t k = i; k < end && holder; k++)
            p->chance[k] = (uint16_t)(sum / words);
    }
}

/* P(block is text) of every block, in p->chance. */
static ds_status weigh(ext_page *p)
{
    block_row *rows;
    DS_TRY(html_features(p, &rows));
    p->chance = ds_arena_alloc(p->arena, ((size_t)p->content + 1) * sizeof *p->chance);
    if (!p->chance)
        return DS_NOMEM;
    for (uint32_t i = 0; i < p->content; i++)
        p->chance[i] = block_model_p(p->model, &rows[i]);
    level_out(p);
    return DS_OK;
}

static ds_status keep_likely(picker *k)
{
    uint32_t n = k->p->content,
             *words = ds_arena_alloc(k->p->arena, ((size_t)n + 1) * sizeof *words);
    if (!words)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++)
        words[i] = inside(k, i) ? block(k, i)->words : 0;
    uint16_t least = ext_threshold(k->p->chance, words, n);
    for (uint32_t i = 0; i < n; i++)
        k->keep[i] = k->p->chance[i] >= least && !barred(k, i);
    return DS_OK;
}

static bool long_text(const picker *k, uint32_t i, bool anywhere)
{
    const ext_block *b = block(k, i);
    return b->label == EXT_PROSE && b->words >= LONG_WORDS && !html_linked(b) &&
           !(b->flags & (EXT_BF_PRUNED | EXT_BF_CAPTION | EXT_BF_RELATED)) &&
           (anywhere || in_root(k, b)) && !barred(k, i);
}

/* A page of one long paragraph or a few, often in no paragraph element: the model expects more of a text. In the
 * container, else anywhere; what little the model took in its place goes. */
static void keep_long(picker *k)
{
    for (int anywhere = 0; anywhere < 2; anywhere++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < k->p->content; i++)
            n += long_text(k, i, anywhere);
        for (uint32_t i = 0; n && i < k->p->content; i++)
            k->keep[i] = long_text(k, i, anywhere);
        if (n)
            return;
    }
}

static uint32_t kept_words(const picker *k)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < k->p->content; i++)
        words += k->keep[i] ? block(k, i)->words : 0;
    return words;
}

/* Many links, hardly a text, and no word of an article. */
static bool likely_index(const picker *k)
{
    bool says_so = k->p->meta.article && k->p->headline >= 0;
    return k->p->links >= INDEX_LINKS && kept_words(k) < INDEX_WORDS && !says_so;
}

/* Words of blocks: all, and the kept ones, before each block. */
typedef struct sums {
    uint32_t *all, *kept;
} sums;

static ds_status sum_words(const picker *k, sums *out)
{
    out->kept = sum_kept(k);
    out->all = ds_arena_calloc(k->p->arena, (size_t)k->p->content + 1, sizeof *out->all);
    if (!out->kept || !out->all)
        return DS_NOMEM;
    for (uint32_t i = 0; i < k->p->content; i++)
        out->all[i + 1] = out->all[i] + block(k, i)->words;
    return DS_OK;
}

static uint32_t words_in(const ext_page *p, const uint32_t *sum, uint32_t node)
{
    return sum[html_block_at(p, html_at(p->html, node)->end)] - sum[html_block_at(p, node)];
}

/* The body may stand in several containers: the largest element around the root in which the rest is running text that
 * was kept, and much of it. */
static uint32_t grown(const picker *k, uint32_t root, const sums *s)
{
    const ext_page *p = k->p;
    uint32_t zone = root, all = words_in(p, s->all, root), kept = words_in(p, s->kept, root);
    uint32_t prose = html_prose_words(p, root);
    for (uint32_t i = root; root && i; i = html_at(p->html, i)->parent) {
        uint64_t more = words_in(p, s->kept, i) - kept, running = html_prose_words(p, i) - prose;
        if (running < more)
            more = running;
        if (more * 100 >= (words_in(p, s->all, i) - all) * (uint64_t)GROW_PERCENT &&
            more * 100 >= kept * (uint64_t)GROW_LEAST_PERCENT)
            zone = i;
    }
    return zone;
}

static bool within(const ext_page *p, uint32_t node, const ext_block *b)
{
    return node && html_inside(p->html, b->first, node);
}

/* Paragraphs between headline and container: if one is surely text, so are the likely ones before it. Words added. */
static uint32_t keep_lead(const picker *k, uint8_t *in)
{
    const ext_page *p = k->p;
    uint32_t from = p->headline < 0 ? p->content : (uint32_t)p->headline + 1, end = from, words = 0;
    for (uint32_t i = from; i < p->content && !in[i]; i++)
        end = p->chance[i] >= LEAD_SURE ? i + 1 : end;
    for (uint32_t i = from; i < end; i++) {
        in[i] = p->chance[i] >= LEAD_LIKELY;
        words += in[i] && k->keep[i] ? block(k, i)->words : 0;
    }
    return words;
}

/* Where the containers hold a good part of the text, what lies outside is none. */
static ds_status drop_outside(picker *k)
{
    const ext_page *p = k->p;
    uint32_t scored = p->root_scored;
    sums s;
    DS_TRY(sum_words(k, &s));
    if (scored && !(html_at(p->html, scored)->parts & PART_ROOT))
        scored = 0; /* it lost against the named one */
    uint32_t named_zone = grown(k, p->root_named, &s), scored_zone = grown(k, scored, &s);
    uint8_t *in = ds_arena_calloc(p->arena, (size_t)p->content + 1, 1);
    uint64_t words = 0;
    if (!in)
        return DS_NOMEM;
    for (uint32_t i = 0; i < p->content; i++) {
        const ext_block *b = block(k, i);
        in[i] = in_root(k, b) || within(p, named_zone, b) || within(p, scored_zone, b);
        words += in[i] && k->keep[i] ? b->words : 0;
    }
    words += keep_lead(k, in);
    for (uint32_t i = 0;
         i < p->content && words * 100 >= s.kept[p->content] * (uint64_t)ROOT_PERCENT; i++)
        k->keep[i] &= in[i];
    return DS_OK;
}

/* What the site repeats is none of its articles: where the model is not sure, or many pages have it. Not if that would
 * take over half of the text: then two captures of one page are in the profile. */
static void drop_known(picker *k)
{
    uint64_t all = kept_words(k), known = 0;
    for (int pass = 0; k->p->host && pass < 2; pass++)
        for (uint32_t i = 0; i < k->p->content; i++) {
            uint32_t pages = k->keep[i] ? html_host_pages(k->p, ext_text(k->p, block(k, i))) : 0;
            if (pages < HOST_MANY && (!pages || k->p->chance[i] >= HOST_SURE))
                continue;
            if (!pass)
                known += block(k, i)->words;
            else if (known * 2 <= all)
                k->keep[i] = 0;
        }
}

static ds_status choose_blocks(picker *k)
{
    k->keep = ds_arena_calloc(k->p->arena, (size_t)k->p->content + 1, 1);
    if (!k->keep)
        return DS_NOMEM;
    DS_TRY(keep_likely(k));
    DS_TRY(drop_outside(k));
    DS_TRY(drop_other_articles(k));
    DS_TRY(cut_rails(k));
    drop_known(k);
    drop_first_headings(k);
    DS_TRY(drop_repeats(k));
    if (kept_words(k) < INDEX_WORDS)
        keep_long(k);
    return likely_index(k) ? DS_OK : take_body(k);
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
    size_t end = html_block_at(p, html_at(p->html, node)->end);
    for (size_t i = html_block_at(p, node); i < end; i++) {
        const ext_block *b = &p->blocks.at[i];
        if (b->level != 1 && b->level != 2)
            continue;
        if (found >= 0 && b->level <= p->blocks.at[found].level)
            return -1; /* a digest of several */
        if (found < 0)
            found = (int64_t)i;
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
    DS_TRY(weigh(p));
    uint32_t nodes[OWN_MAX], titles[OWN_MAX];
    size_t n = own_articles(p, nodes, titles);
    for (size_t i = 0; n > 1 && i < n; i++)
        DS_TRY(read_one(p, nodes[i], titles[i], out));
    return out->len ? DS_OK : read_one(p, 0, 0, out);
}
