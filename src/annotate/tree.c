/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/tree.h"

#include "language/language.h"

static const struct {
    const char *name;
    rel rel;
} relations[] = {
    {"nsubj", R_NSUBJ},
    {"nsubj:outer", R_NSUBJ},
    {"csubj", R_NSUBJ},
    {"nsubj:pass", R_NSUBJ_PASS},
    {"csubj:pass", R_NSUBJ_PASS},
    {"obj", R_OBJ},
    {"iobj", R_IOBJ},
    {"ccomp", R_CCOMP},
    {"xcomp", R_XCOMP},
    {"obl", R_OBL},
    {"obl:unmarked", R_OBL},
    {"obl:tmod", R_OBL},
    {"obl:npmod", R_OBL},
    {"obl:agent", R_OBL_AGENT},
    {"advcl", R_ADVCL},
    {"advcl:relcl", R_ADVCL},
    {"acl", R_ACL},
    {"acl:relcl", R_RELCL},
    {"nmod", R_NMOD},
    {"nmod:poss", R_NMOD_POSS},
    {"appos", R_APPOS},
    {"parataxis", R_PARATAXIS},
    {"conj", R_CONJ},
    {"cc", R_CC},
    {"mark", R_MARK},
    {"case", R_CASE},
    {"aux", R_AUX},
    {"aux:pass", R_AUX_PASS},
    {"cop", R_COP},
    {"advmod", R_ADVMOD},
    {"det", R_DET},
    {"amod", R_AMOD},
    {"compound", R_COMPOUND},
    {"flat", R_FLAT},
    {"punct", R_PUNCT},
    {"root", R_ROOT},
    {"list", R_PARATAXIS},
};

void tree_open(tree *t, const scan *s)
{
    *t = (tree){.s = s};
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        t->names[ds_rel_of(ds_str_of(relations[i].name))] = (uint8_t)relations[i].rel;
    t->names[0] = R_OTHER; /* a label that the language lacks */
}

static ds_status make_room(tree *t, uint32_t n)
{
    if (n <= t->room)
        return DS_OK;
    uint32_t **arrays[] = {&t->lo, &t->hi, &t->child, &t->next};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (!(*arrays[i] = ds_arena_raw(t->s->arena, n * sizeof **arrays[i])))
            return DS_NOMEM;
    if (!(t->rel = ds_arena_raw(t->s->arena, n)))
        return DS_NOMEM;
    t->room = n;
    return DS_OK;
}

static void link_children(tree *t)
{
    const ds_node *nodes = t->s->parse->nodes;
    for (uint32_t w = t->beg; w < t->end; w++) {
        uint32_t i = w - t->beg;
        t->lo[i] = w;
        t->hi[i] = w + 1;
        t->child[i] = t->next[i] = t->end;
        t->rel[i] = nodes[w].head == DS_NO_HEAD ? R_ROOT : t->names[nodes[w].rel];
    }
    for (uint32_t w = t->end; w-- > t->beg;) { /* from the right, so that lists run left to right */
        uint32_t h = nodes[w].head;
        if (h == DS_NO_HEAD)
            continue;
        t->next[w - t->beg] = t->child[h - t->beg];
        t->child[h - t->beg] = w;
    }
}

/* Extents, leaves first: a walk over the tree that goes up when no child is left. */
static void fill_extents(tree *t, uint32_t root)
{
    uint32_t w = root;
    while (t->child[w - t->beg] != t->end)
        w = t->child[w - t->beg];
    while (w != root) {
        uint32_t h = t->s->parse->nodes[w].head, i = w - t->beg, k = h - t->beg;
        t->lo[k] = t->lo[i] < t->lo[k] ? t->lo[i] : t->lo[k];
        t->hi[k] = t->hi[i] > t->hi[k] ? t->hi[i] : t->hi[k];
        w = t->next[i];
        if (w == t->end)
            w = h;
        else
            while (t->child[w - t->beg] != t->end)
                w = t->child[w - t->beg];
    }
}

ds_status tree_read(tree *t, uint32_t sent)
{
    const ds_sentence *in = &t->s->doc->sents[sent];
    const ds_node *nodes = t->s->parse ? t->s->parse->nodes : NULL;
    t->sent = sent;
    t->beg = in->word;
    t->end = in->word_end;
    if (!nodes || t->beg == t->end || nodes[t->beg].head == DS_UNPARSED)
        return DS_NONE;
    DS_TRY(make_room(t, t->end - t->beg));
    link_children(t);
    for (uint32_t w = t->beg; w < t->end; w++)
        if (nodes[w].head == DS_NO_HEAD)
            fill_extents(t, w);
    return DS_OK;
}

uint32_t child_with(const tree *t, uint32_t w, rel r)
{
    uint32_t c = first_child(t, w);
    while (c < t->end && rel_at(t, c) != r)
        c = next_child(t, c);
    return c;
}

ds_upos word_upos(const tree *t, uint32_t w)
{
    return (ds_upos)t->s->parse->nodes[w].upos;
}

ds_str word_text(const tree *t, uint32_t w)
{
    return ds_str_at(t->s->doc->text, t->s->doc->words[w].span);
}

ds_str word_lemma(const tree *t, uint32_t w)
{
    return t->s->parse->lemma_of[w];
}

bool word_is(const tree *t, uint32_t w, const char *z)
{
    ds_str text = word_text(t, w), want = ds_str_of(z);
    for (size_t i = 0; text.len == want.len && i < text.len; i++)
        if ((text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] + 32 : text.at[i]) != want.at[i])
            return false;
    return text.len == want.len;
}
