/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define ROOT_WORDS                                                                                 \
    60 /* a container that its class announces counts from so many words of running text */
#define INNER_PERCENT                                                                              \
    85 /* an inner container that keeps so much of the outer one's text is taken */
#define ARTICLE_PERCENT                                                                            \
    40 /* share of the page's running text that makes <article> or <main> the container */
#define SPLIT_PERCENT 70 /* a container with less of the page's text may be one of several pieces */
#define RIVAL_PERCENT                                                                              \
    45 /* a container with less than this of the scored one's text loses against it */
#define SCORE_LEVELS 5 /* ancestors that a paragraph gives points to */
#define SIBLING_WORDS                                                                              \
    25 /* running text that makes a neighbour of the scored container part of the article */

typedef struct choice {
    ext_page *p;
    uint32_t all; /* words of running text on the page */
    uint32_t best, best_words;
} choice;

static void offer(choice *c, uint32_t node)
{
    uint32_t words = html_prose_words(c->p, node);
    bool inside = c->best && html_inside(c->p->html, node, c->best);
    if (inside ? words * 100ull >= c->best_words * (uint64_t)INNER_PERCENT
               : words > c->best_words) {
        c->best = node;
        c->best_words = words;
    }
}

static bool cut(const ext_page *p, uint32_t i)
{
    return (html_at(p->html, i)->parts & (PART_CUT | PART_COMMENTS | PART_RELATED | PART_HEAD)) !=
           0;
}

/* Announced by class, id or itemprop. */
static void announced(choice *c)
{
    const html_tree *t = c->p->html;
    for (uint32_t i = 1; i < t->nodes.len; i++)
        if (html_at(t, i)->parts & PART_BODY && !cut(c->p, i))
            offer(c, i);
    if (c->best_words < ROOT_WORDS)
        c->best = c->best_words = 0;
}

static void by_tag(choice *c, html_tag tag)
{
    const html_tree *t = c->p->html;
    if (c->best)
        return;
    for (uint32_t i = 1; i < t->nodes.len;
         i++) { /* the article with the headline goes before all others */
        int64_t h = c->p->headline;
        bool titled = tag == HTML_ARTICLE && h >= 0 && html_inside(t, c->p->blocks.at[h].first, i);
        if (html_at(t, i)->tag != tag || cut(c->p, i))
            continue;
        if (titled && html_prose_words(c->p, i) >= ROOT_WORDS) {
            c->best = i;
            c->best_words = html_prose_words(c->p, i);
            return;
        }
        offer(c, i);
    }
    if (c->best_words * 100ull < c->all * (uint64_t)ARTICLE_PERCENT)
        c->best = c->best_words = 0;
}

static uint32_t commas(ds_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] == ',';
    return n;
}

/* After Readability (mozilla/readability, Readability.js): a paragraph gives points to its ancestors, fewer the higher
 * they are; here in hundredths, without class weights. */
static ds_status by_score(choice *c)
{
    ext_page *p = c->p;
    const html_tree *t = p->html;
    uint32_t *score = ds_arena_calloc(p->arena, t->nodes.len, sizeof *score), best = 0;
    if (!score)
        return DS_NOMEM;
    for (uint32_t k = 0; k < p->content; k++) {
        const ext_block *b = &p->blocks.at[k];
        if (p->prose[k + 1] == p->prose[k])
            continue;
        uint32_t len = ds_span_len(b->text) / 100,
                 points = 100 * (1 + commas(ext_text(p, b)) + (len < 3 ? len : 3));
        uint64_t bytes = (uint64_t)ds_span_len(b->text) + 1;
        // NOLINTNEXTLINE(clang-analyzer-core.DivideZero): one more than 32 bits hold is not zero
        points -= (uint32_t)(points * (uint64_t)b->link_bytes / bytes);
        uint32_t i = html_at(t, b->node)->parent;
        for (uint32_t level = 0; i && level < SCORE_LEVELS; level++, i = html_at(t, i)->parent) {
            score[i] += level == 0 ? points : level == 1 ? points / 2 : points / (3 * level);
            best = score[i] > score[best] ? i : best;
        }
    }
    c->best = best;
    c->best_words = best ? html_prose_words(p, best) : 0;
    return DS_OK;
}

static void mark(ext_page *p, uint32_t root)
{
    for (uint32_t i = root; i < html_at(p->html, root)->end; i++)
        p->html->nodes.at[i].parts |= PART_ROOT;
}

/* The other pieces of a body that stands in several containers of one kind. */
static void mark_pieces(ext_page *p, uint32_t root)
{
    const html_tree *t = p->html;
    ds_str cls = html_attr(t, root, DS_STR("class"));
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        bool same = cls.len && html_at(t, i)->tag == html_at(t, root)->tag &&
                    ds_str_eq(html_attr(t, i, DS_STR("class")), cls);
        if (same && !(html_at(t, i)->parts & PART_ROOT) && !cut(p, i) && !html_inside(t, root, i))
            mark(p, i);
    }
}

/* Neighbours of a scored container that hold running text too. */
static void mark_neighbours(ext_page *p, uint32_t root)
{
    const html_tree *t = p->html;
    uint32_t parent = html_at(t, root)->parent;
    for (uint32_t i = parent + 1; parent && i < html_at(t, parent)->end; i = html_at(t, i)->end)
        if (i != root && html_at(t, i)->tag != HTML_TEXT && !cut(p, i) &&
            html_prose_words(p, i) >= SIBLING_WORDS)
            mark(p, i);
}

ds_status html_root(ext_page *p)
{
    choice named = {.p = p, .all = p->prose[p->content]}, scored = named;
    announced(&named);
    bool pieces = named.best != 0;
    by_tag(&named, HTML_ARTICLE);
    by_tag(&named, HTML_MAIN);
    DS_TRY(by_score(&scored));
    p->root_named = named.best;
    p->root_scored = scored.best;
    if (named.best && named.best_words * 100ull >= scored.best_words * (uint64_t)RIVAL_PERCENT) {
        mark(p, named.best);
        if (pieces && named.best_words * 100ull < named.all * (uint64_t)SPLIT_PERCENT)
            mark_pieces(p, named.best);
        return DS_OK;
    }
    mark(p, scored.best);
    mark_neighbours(p, scored.best);
    return DS_OK;
}
