/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - the dependency tree of one sentence, from heads to children and extents.
 *
 * Layer    annotate
 * Input    ds_parse.nodes of a parsed sentence (Universal Dependencies 2); words are indices into doc->words
 * Memory   in the scan's arena; room is kept from sentence to sentence
 * Cost     O(words)
 */
#ifndef DS_ANNOTATE_TREE_H
#define DS_ANNOTATE_TREE_H

#include "annotate/internal.h"

typedef enum rel { /* relations that rules name; subtypes fold into these */
                   R_OTHER,
                   R_NSUBJ,
                   R_NSUBJ_PASS,
                   R_OBJ,
                   R_IOBJ,
                   R_CCOMP,
                   R_XCOMP,
                   R_OBL,
                   R_OBL_AGENT,
                   R_ADVCL,
                   R_ACL,
                   R_RELCL,
                   R_NMOD,
                   R_NMOD_POSS,
                   R_APPOS,
                   R_PARATAXIS,
                   R_CONJ,
                   R_CC,
                   R_MARK,
                   R_CASE,
                   R_AUX,
                   R_AUX_PASS,
                   R_COP,
                   R_ADVMOD,
                   R_DET,
                   R_AMOD,
                   R_COMPOUND,
                   R_FLAT,
                   R_PUNCT,
                   R_ROOT,
} rel;

typedef struct tree {
    const scan *s;
    uint32_t sent, beg, end; /* words [beg, end) */
    /* Parallel to the words, from beg on. */
    uint32_t *lo, *hi;      /* the words that hang on it, and itself: [lo, hi) */
    uint32_t *child, *next; /* first child, next child of the same head, in text order; end: none */
    uint8_t *rel;           /* enum rel */
    uint32_t room;
    uint8_t names[256]; /* of labels: enum rel */
} tree;

void tree_open(tree *t, const scan *s);
/* DS_NONE: the sentence has no heads. */
ds_status tree_read(tree *t, uint32_t sent);

static inline rel rel_at(const tree *t, uint32_t w)
{
    return (rel)t->rel[w - t->beg];
}
static inline uint32_t head_at(const tree *t, uint32_t w) /* t->end: the root */
{
    uint32_t h = t->s->parse->nodes[w].head;
    return h == DS_NO_HEAD ? t->end : h;
}
static inline uint32_t first_child(const tree *t, uint32_t w)
{
    return t->child[w - t->beg];
}
static inline uint32_t next_child(const tree *t, uint32_t w)
{
    return t->next[w - t->beg];
}
static inline uint32_t low(const tree *t, uint32_t w)
{
    return t->lo[w - t->beg];
}
static inline uint32_t high(const tree *t, uint32_t w)
{
    return t->hi[w - t->beg];
}
/* The first child with the relation, or t->end. */
uint32_t child_with(const tree *t, uint32_t w, rel r);
ds_upos word_upos(const tree *t, uint32_t w);
ds_str word_text(const tree *t, uint32_t w);
ds_str word_lemma(const tree *t, uint32_t w);
bool word_is(const tree *t, uint32_t w, const char *z); /* by lower case */

#endif
