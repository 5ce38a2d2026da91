/* SPDX-License-Identifier: Apache-2.0 */
/* lemmas.c - learns the trees of language/lemmas.h from treebanks.
 *
 * All words of one tag in lower case form a tree by their last letters. Every word votes, at each ending of its own, for
 * the edit that leads to its lemma; a node takes the edit with most votes, VOTES_LEAST at least, if it says something
 * else than the ending before it. The leaf of a word that is known whole says what is right for that word. */
#include <stdlib.h>

#include "conllu.h"
#include "language/language.h"
#include "language/lemmas.h"
#include "train.h"

enum {
    VOTES_LEAST = 2,
    RARE_MOST = 2,     /* tokens of a word that tells how unknown words are written */
    SURE_PERCENT = 80, /* of rare words must agree, or the ending decides on the case */
    FEW = 5,           /* rare words tell nothing */
    NAME_LEAST = 2,    /* tokens of a name that is capitalized whatever it looks like */
    LEXICON_MOST = 5,  /* tokens of a word whose lemma the lexicon may mend */
    STORED_LEAST = 3,  /* tokens of a word whose lemma is stored as it stands */
};

typedef struct seen {
    ds_str form, lemma;
    uint32_t count;
} seen;

typedef struct type { /* a word in lower case with a tag */
    ds_str low;
    uint32_t count, root;
    DS_VEC(seen) all;
} type;

typedef struct vote {
    uint32_t edit, count;
} vote;

typedef struct node {
    uint8_t byte;
    uint32_t depth;
    DS_VEC(uint32_t) children; /* in the order of their bytes */
    DS_VEC(vote) votes;
    uint16_t edit;
    bool kept;
} node;

typedef struct learner {
    ds_arena *arena;
    ds_map *type_ids, *edit_ids;
    DS_VEC(type) types;
    DS_VEC(ds_lemma_root) roots;
    DS_VEC(ds_lemma_edit) edits;
    DS_VEC(node) nodes; /* the roots first */
    ds_buf text;
} learner;

/* ---- words ------------------------------------------------------------------------------------- */

static uint32_t root_of(learner *l, ds_str xpos, uint8_t group)
{
    ds_lemma_root r = {.group = group};
    train_must(xpos.len < sizeof r.xpos);
    memcpy(r.xpos, xpos.at, xpos.len);
    for (uint32_t i = 0; i < l->roots.len; i++)
        if (memcmp(l->roots.at[i].xpos, r.xpos, sizeof r.xpos) == 0 &&
            l->roots.at[i].group == group)
            return i;
    train_must(DS_PUSH(l->arena, &l->roots, r) == DS_OK);
    return (uint32_t)l->roots.len - 1;
}

static ds_str type_key(learner *l, ds_str low, uint32_t root)
{
    ds_str key = ds_arena_printf(l->arena, "%u %.*s", root, DS_FMT(low));
    train_must(key.at);
    return key;
}

static bool has_type(learner *l, ds_str low, uint32_t root)
{
    uint64_t id;
    return ds_map_get(l->type_ids, type_key(l, low, root), &id) == DS_OK;
}

static type *type_of(learner *l, ds_str low, uint32_t root)
{
    ds_str key = type_key(l, low, root);
    uint64_t id;
    if (ds_map_get(l->type_ids, key, &id) == DS_OK)
        return &l->types.at[id];
    type t = {.low = ds_arena_str(l->arena, low), .root = root};
    train_must(ds_map_put(l->type_ids, key, l->types.len) == DS_OK &&
               DS_PUSH(l->arena, &l->types, t) == DS_OK);
    return &l->types.at[l->types.len - 1];
}

static void see(learner *l, type *t, ds_str form, ds_str lemma)
{
    t->count++;
    for (size_t i = 0; i < t->all.len; i++)
        if (ds_str_eq(t->all.at[i].form, form) && ds_str_eq(t->all.at[i].lemma, lemma)) {
            t->all.at[i].count++;
            return;
        }
    train_must(DS_PUSH(l->arena, &t->all, ((seen){form, lemma, 1})) == DS_OK);
}

static void take_row(learner *l, const ds_str column[])
{
    char low[256];
    ds_str form = column[CONLLU_FORM], lemma = column[CONLLU_LEMMA], xpos = column[CONLLU_XPOS];
    size_t n = ds_lemma_lower(form, low, sizeof low);
    uint8_t upos = ds_upos_of(column[CONLLU_UPOS]);
    if (!n || ds_str_eq(lemma, DS_STR("_")) != ds_str_eq(form, DS_STR("_")))
        return;
    uint32_t root = root_of(l, xpos, (uint8_t)ds_lemma_group_of(upos));
    see(l, type_of(l, (ds_str){low, n}, root), form, lemma);
}

static void take_rows(learner *l, ds_str text)
{
    conllu_row row;
    for (size_t at = 0; conllu_next(text, &at, &row);)
        if (row.kind == CONLLU_WORD)
            take_row(l, row.column);
}

/* ---- edits --------------------------------------------------------------------------------------- */

static uint32_t edit_id(learner *l, uint8_t cut, ds_str text, uint8_t cas, bool binding)
{
    ds_str key = ds_arena_printf(l->arena, "%u %u %u %.*s", cut, cas, binding, DS_FMT(text));
    uint64_t id;
    train_must(key.at && text.len <= UINT8_MAX);
    if (ds_map_get(l->edit_ids, key, &id) == DS_OK)
        return (uint32_t)id;
    ds_lemma_edit e = {(uint32_t)l->text.len, (uint8_t)text.len, cut, cas, binding};
    ds_buf_put(&l->text, text);
    train_must(ds_map_put(l->edit_ids, key, l->edits.len) == DS_OK &&
               DS_PUSH(l->arena, &l->edits, e) == DS_OK && l->edits.len < DS_LEMMA_NO_EDIT);
    return (uint32_t)l->edits.len - 1;
}

static ds_str text_of(const learner *l, const ds_lemma_edit *e)
{
    return (ds_str){l->text.at + e->text, e->len};
}

static ds_str lower(learner *l, ds_str s)
{
    char *at = ds_arena_raw(l->arena, s.len * 2 + 8);
    train_must(at);
    return (ds_str){at, ds_lemma_lower(s, at, s.len * 2 + 8)};
}

/* From a word to its lemma, both in lower case: bytes to cut, text to put. */
static size_t cut_of(ds_str low, ds_str lemma)
{
    size_t n = 0;
    while (n < low.len && n < lemma.len && low.at[n] == lemma.at[n])
        n++;
    while (n && n < low.len && ((unsigned char)low.at[n] & 0xC0) == 0x80)
        n--;
    return low.len - n;
}

static const seen *commonest(const type *t)
{
    const seen *best = t->all.at;
    for (size_t i = 1; i < t->all.len; i++)
        best = t->all.at[i].count > best->count ? &t->all.at[i] : best;
    return best;
}

static bool writes(learner *l, const ds_lemma_edit *e, ds_lemma_case cas, const seen *s)
{
    return ds_str_eq(ds_lemma_edited(l->arena, e, text_of(l, e), cas, s->form), s->lemma);
}

/* ---- the case of words that are not known whole ------------------------------------------------------ */

typedef struct tally {
    uint32_t right[DS_LEMMA_CASES], all;
} tally;

static void count_cases(learner *l, const type *t, tally of[DS_LOOKS])
{
    const seen *s = commonest(t);
    tally *y = &of[ds_lemma_look_of(s->form)];
    ds_str lemma = lower(l, s->lemma);
    size_t cut = cut_of(t->low, lemma);
    ds_lemma_edit e = {.cut = (uint8_t)cut};
    ds_str text = ds_str_cut(lemma, t->low.len - cut, lemma.len);
    if (cut >= t->low.len)
        return;
    y->all++;
    for (int c = DS_LEMMA_LOWER; c <= DS_LEMMA_KEEP; c++)
        y->right[c] +=
            ds_str_eq(ds_lemma_edited(l->arena, &e, text, (ds_lemma_case)c, s->form), s->lemma);
}

static ds_lemma_case case_by(const tally *y, bool name)
{
    ds_lemma_case best = name ? DS_LEMMA_KEEP : DS_LEMMA_LOWER;
    if (y->all < FEW)
        return best;
    for (int c = DS_LEMMA_LOWER; c <= DS_LEMMA_KEEP; c++)
        if (y->right[c] > y->right[best])
            best = (ds_lemma_case)c;
    return y->right[best] * 100 >= y->all * SURE_PERCENT ? best : DS_LEMMA_ASK;
}

static void learn_cases(learner *l)
{
    tally(*of)[DS_LOOKS] = ds_arena_calloc(l->arena, l->roots.len, sizeof *of);
    train_must(of);
    for (size_t i = 0; i < l->types.len; i++)
        if (l->types.at[i].count <= RARE_MOST)
            count_cases(l, &l->types.at[i], of[l->types.at[i].root]);
    for (size_t r = 0; r < l->roots.len; r++)
        for (int k = 0; k < DS_LOOKS; k++)
            l->roots.at[r].cases[k] =
                (uint8_t)case_by(&of[r][k], l->roots.at[r].group == DS_LEMMA_NAME);
}

/* ---- trees --------------------------------------------------------------------------------------- */

static uint32_t new_node(learner *l, uint8_t byte, uint32_t depth)
{
    node n = {.byte = byte, .depth = depth, .edit = DS_LEMMA_NO_EDIT};
    train_must(DS_PUSH(l->arena, &l->nodes, n) == DS_OK);
    return (uint32_t)l->nodes.len - 1;
}

/* Where the child of a byte is among the children, or would be. */
static size_t child_place(const learner *l, uint32_t parent, uint8_t byte)
{
    const node *p = &l->nodes.at[parent];
    size_t i = 0;
    while (i < p->children.len && l->nodes.at[p->children.at[i]].byte < byte)
        i++;
    return i;
}

static uint32_t find_child(const learner *l, uint32_t parent, uint8_t byte) /* 0: there is none */
{
    const node *p = &l->nodes.at[parent];
    size_t i = child_place(l, parent, byte);
    return i < p->children.len && l->nodes.at[p->children.at[i]].byte == byte ? p->children.at[i]
                                                                              : 0;
}

static uint32_t child_of(learner *l, uint32_t parent, uint8_t byte)
{
    size_t i = child_place(l, parent, byte);
    node *p = &l->nodes.at[parent];
    if (i < p->children.len && l->nodes.at[p->children.at[i]].byte == byte)
        return p->children.at[i];
    uint32_t id = new_node(l, byte, p->depth + 1);
    p = &l->nodes.at[parent];
    train_must(DS_PUSH(l->arena, &p->children, id) == DS_OK);
    memmove(p->children.at + i + 1, p->children.at + i,
            (p->children.len - 1 - i) * sizeof *p->children.at);
    p->children.at[i] = id;
    return id;
}

static void cast(learner *l, uint32_t at, uint32_t edit)
{
    node *n = &l->nodes.at[at];
    for (size_t i = 0; i < n->votes.len; i++)
        if (n->votes.at[i].edit == edit) {
            n->votes.at[i].count++;
            return;
        }
    train_must(DS_PUSH(l->arena, &n->votes, ((vote){edit, 1})) == DS_OK);
}

static uint16_t elected(const node *n)
{
    vote best = {DS_LEMMA_NO_EDIT, VOTES_LEAST - 1};
    for (size_t i = 0; i < n->votes.len; i++)
        if (n->votes.at[i].count > best.count)
            best = n->votes.at[i];
    return (uint16_t)best.edit;
}

/* What the leaf of a word says: the way of writing that is right most often. */
static uint32_t leaf_edit(learner *l, const type *t, uint8_t cut, ds_str text, ds_lemma_case guess)
{
    const ds_lemma_root *r = &l->roots.at[t->root];
    ds_lemma_edit e = l->edits.at[edit_id(l, cut, text, (uint8_t)guess, false)];
    uint32_t right[DS_LEMMA_CASES] = {0}, top = commonest(t)->count, best = DS_LEMMA_ASK;
    for (size_t i = 0; i < t->all.len; i++) {
        const seen *s = &t->all.at[i];
        ds_lemma_case by_look = (ds_lemma_case)r->cases[ds_lemma_look_of(s->form)];
        for (int c = 0; c < DS_LEMMA_CASES; c++) {
            ds_lemma_case as = c != DS_LEMMA_ASK         ? (ds_lemma_case)c
                               : by_look != DS_LEMMA_ASK ? by_look
                                                         : guess;
            right[c] += writes(l, &e, as, s) ? s->count : 0;
        }
    }
    for (uint32_t c = 1; c < DS_LEMMA_CASES; c++)
        best = right[c] > right[best] ? c : best;
    if (guess == DS_LEMMA_TITLE && best == DS_LEMMA_ASK && t->count >= NAME_LEAST &&
        right[DS_LEMMA_TITLE] == right[best])
        best = DS_LEMMA_TITLE; /* "mexico" and "MEXICO" too */
    uint32_t one = 0;
    for (size_t i = 0; i < t->all.len; i++)
        one += ds_str_eq(t->all.at[i].lemma, commonest(t)->lemma) ? t->all.at[i].count : 0;
    bool built = t->all.len > 1 || text.len;
    if (one > right[best] || (one == t->count && one >= STORED_LEAST && built) ||
        (cut >= t->low.len && top >= right[best]))
        return edit_id(l, DS_LEMMA_ALL, commonest(t)->lemma, DS_LEMMA_LOWER, true);
    return best == DS_LEMMA_ASK ? edit_id(l, cut, text, (uint8_t)guess, false)
                                : edit_id(l, cut, text, (uint8_t)best, true);
}

static void plant(learner *l, const type *t)
{
    const seen *s = commonest(t);
    ds_str lemma = lower(l, s->lemma);
    size_t cut = cut_of(t->low, lemma);
    ds_str text = ds_str_cut(lemma, t->low.len - cut, lemma.len);
    ds_lemma_case guess = ds_str_eq(lemma, s->lemma) ? DS_LEMMA_LOWER : DS_LEMMA_TITLE;
    uint32_t at = t->root;
    if (t->low.len >= DS_LEMMA_ALL || text.len > UINT8_MAX)
        return;
    uint32_t edit = edit_id(l, (uint8_t)cut, text, (uint8_t)guess, false);
    for (size_t i = t->low.len; i-- > 0;) {
        if (cut <= l->nodes.at[at].depth && cut < t->low.len)
            cast(l, at, edit);
        at = child_of(l, at, (uint8_t)t->low.at[i]);
    }
    if (cut < t->low.len)
        cast(l, at, edit);
    at = child_of(l, at, DS_LEMMA_END);
    l->nodes.at[at].edit = (uint16_t)leaf_edit(l, t, (uint8_t)cut, text, guess);
}

static bool same_edit(const learner *l, uint16_t a, uint16_t b)
{
    if (a == b || a == DS_LEMMA_NO_EDIT || b == DS_LEMMA_NO_EDIT)
        return a == b;
    const ds_lemma_edit *x = &l->edits.at[a], *y = &l->edits.at[b];
    return x->cut == y->cut && x->cas == y->cas && x->must == y->must &&
           ds_str_eq(text_of(l, x), text_of(l, y));
}

/* Drops what says no more than the ending before it. */
static bool prune(learner *l, uint32_t at, uint16_t before)
{
    node *n = &l->nodes.at[at];
    if (n->byte != DS_LEMMA_END || n->children.len)
        n->edit = elected(n);
    if (n->edit != DS_LEMMA_NO_EDIT && same_edit(l, n->edit, before))
        n->edit = DS_LEMMA_NO_EDIT;
    n->kept = n->edit != DS_LEMMA_NO_EDIT;
    uint16_t now = n->kept ? n->edit : before;
    for (size_t i = 0; i < n->children.len; i++)
        if (prune(l, n->children.at[i], now))
            n->kept = true;
    return n->kept;
}

/* ---- words of plain text -------------------------------------------------------------------------- */

/* What a treebank lacks, plain text has: of the edits that words of like endings have, the one is right that leads to a
 * word that is known to be a lemma ("provoked": provoke, not provok), or else to a common one. */
typedef struct attested {
    ds_map *counts; /* of words, in lower case */
    ds_map *lemmas; /* "V provoke" */
} attested;

enum {
    WORD_LEAST = 3,      /* letters */
    KNOWN_LEAST = 3,     /* letters of a lemma; shorter ones are often slips */
    TIMES_LEAST = 2,     /* that a word is seen */
    COMMON_LEAST = 10,   /* times that a lemma is seen which no treebank knows ... */
    COMMON_FACTOR = 5,   /* ... and so many times as often as any other */
    LIVELY_PERCENT = 30, /* words of a tag whose lemmas are not the words: others need no help */
};

typedef struct choice {
    uint32_t edit;
    ds_str lemma;
    uint64_t times;
    bool known;
} choice;

static uint64_t times_of(ds_map *m, ds_str key)
{
    uint64_t n = 0;
    return ds_map_get(m, key, &n) == DS_OK ? n : 0;
}

static void count(ds_map *m, ds_str key)
{
    train_must(ds_map_put(m, key, times_of(m, key) + 1) == DS_OK);
}

static ds_str lemma_key(learner *l, uint32_t root, ds_str lemma)
{
    ds_str key = ds_arena_printf(l->arena, "%c %.*s", *l->roots.at[root].xpos, DS_FMT(lemma));
    train_must(key.at);
    return key;
}

static bool known(learner *l, const attested *w, uint32_t root, ds_str lemma)
{
    return lemma.len >= KNOWN_LEAST && times_of(w->lemmas, lemma_key(l, root, lemma)) > 0;
}

static choice weigh(learner *l, const attested *w, const type *t, uint32_t edit)
{
    const ds_lemma_edit *e = &l->edits.at[edit];
    ds_str lemma = ds_lemma_edited(l->arena, e, text_of(l, e), DS_LEMMA_LOWER, t->low);
    return (choice){edit, lemma, lemma.len >= KNOWN_LEAST ? times_of(w->counts, lemma) : 0,
                    known(l, w, t->root, lemma)};
}

static bool better(choice a, choice b)
{
    return a.known != b.known ? a.known : a.times > b.times;
}

/* The word itself is no choice: it is attested as often as seen. */
static void compare(choice c, ds_str word, choice two[2])
{
    if (ds_str_eq(c.lemma, two[0].lemma) || ds_str_eq(c.lemma, word))
        return;
    if (better(c, two[0])) {
        two[1] = two[0];
        two[0] = c;
    } else if (better(c, two[1])) {
        two[1] = c;
    }
}

/* Of the edits that words vote for whose ends are those of t, the best; false: none is clearly that. */
static bool choose(learner *l, const attested *w, const type *t, ds_str *lemma)
{
    choice two[2] = {0};
    uint32_t at = t->root;
    uint16_t likely = DS_LEMMA_NO_EDIT;
    for (size_t i = t->low.len; i > 0; i--) {
        uint16_t here = elected(&l->nodes.at[at]);
        likely = here != DS_LEMMA_NO_EDIT ? here : likely;
        for (size_t v = 0; v < l->nodes.at[at].votes.len; v++)
            compare(weigh(l, w, t, l->nodes.at[at].votes.at[v].edit), t->low, two);
        uint32_t next = find_child(l, at, (uint8_t)t->low.at[i - 1]);
        if (!next)
            break;
        at = next;
    }
    *lemma = two[0].lemma;
    if (likely == DS_LEMMA_NO_EDIT || !l->edits.at[likely].cut)
        return false;
    if (two[0].known)
        return !two[1].known;
    if (known(l, w, t->root, t->low)) { /* "bid", VBD */
        *lemma = t->low;
        return true;
    }
    return two[0].times >= COMMON_LEAST && two[0].times >= COMMON_FACTOR * two[1].times;
}

static void count_words(learner *l, attested *w, ds_str text)
{
    for (size_t i = 0, beg = 0; i < text.len; i++)
        if (text.at[i] == ' ' || text.at[i] == '\n') {
            if (i > beg)
                count(w->counts, lower(l, ds_str_cut(text, beg, i)));
            beg = i + 1;
        }
}

static void know_lemmas(learner *l, attested *w, const ds_lexicon *lex)
{
    const ds_table *verbs = ds_lexicon_table(lex, "verbs");
    for (uint32_t i = 0; verbs && i < verbs->rows; i++)
        count(w->lemmas, ds_arena_printf(l->arena, "V %.*s", DS_FMT(ds_table_cell(verbs, i, 0))));
    for (size_t i = 0; i < l->types.len; i++)
        for (size_t k = 0; k < l->types.at[i].all.len; k++)
            count(w->lemmas,
                  lemma_key(l, l->types.at[i].root, lower(l, l->types.at[i].all.at[k].lemma)));
}

static bool plain_word(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'a' || s.at[i] > 'z')
            return false;
    return s.len >= WORD_LEAST;
}

static bool *lively(learner *l)
{
    uint32_t *all = ds_arena_calloc(l->arena, l->roots.len, sizeof *all);
    uint32_t *edited = ds_arena_calloc(l->arena, l->roots.len, sizeof *edited);
    bool *out = ds_arena_calloc(l->arena, l->roots.len, sizeof *out);
    train_must(all && edited && out);
    for (size_t i = 0; i < l->types.len; i++) {
        const type *t = &l->types.at[i];
        all[t->root]++;
        edited[t->root] += !ds_str_eq(lower(l, commonest(t)->lemma), t->low);
    }
    for (size_t r = 0; r < l->roots.len; r++)
        out[r] = l->roots.at[r].group == DS_LEMMA_OTHER && all[r] >= 30 &&
                 edited[r] * 100 >= all[r] * LIVELY_PERCENT;
    return out;
}

static void learn_words(learner *l, const ds_lexicon *lex, ds_str text)
{
    attested w = {ds_map_new(l->arena, 0), ds_map_new(l->arena, 0)};
    bool *of = lively(l);
    size_t taken = 0;
    train_must(w.counts && w.lemmas);
    count_words(l, &w, text);
    know_lemmas(l, &w, lex);
    const ds_map_slot *slots = ds_map_slots(w.counts);
    for (size_t i = 0; i < ds_map_len(w.counts); i++)
        for (uint32_t r = 0; r < l->roots.len; r++) {
            ds_str word = slots[i].key, lemma;
            if (!of[r] || slots[i].value < TIMES_LEAST || !plain_word(word))
                continue;
            type t = {.low = word, .root = r};
            if (has_type(l, word, r) || !choose(l, &w, &t, &lemma))
                continue;
            see(l, &t, word, lemma);
            plant(l, &t);
            taken++;
        }
    fprintf(stderr, "train: lemmas: %zu words of plain text\n", taken);
}

/* ---- the section ----------------------------------------------------------------------------------- */

typedef struct rows { /* nodes in the order of the section */
    DS_VEC(uint32_t) order;
    uint32_t *first;
} rows;

static rows lay(learner *l)
{
    rows r = {.first = ds_arena_calloc(l->arena, l->nodes.len + 1, sizeof *r.first)};
    train_must(r.first);
    for (uint32_t i = 0; i < l->roots.len; i++)
        train_must(DS_PUSH(l->arena, &r.order, i) == DS_OK);
    for (size_t i = 0; i < r.order.len; i++) {
        const node *n = &l->nodes.at[r.order.at[i]];
        r.first[i] = (uint32_t)r.order.len;
        for (size_t k = 0; k < n->children.len; k++)
            if (l->nodes.at[n->children.at[k]].kept)
                train_must(DS_PUSH(l->arena, &r.order, n->children.at[k]) == DS_OK);
    }
    r.first[r.order.len] = (uint32_t)r.order.len;
    return r;
}

static void put(ds_buf *b, const void *at, size_t len)
{
    ds_buf_put(b, (ds_str){at, len});
}

static ds_str section_of(learner *l)
{
    rows r = lay(l);
    ds_buf b = ds_buf_new(l->arena);
    ds_lemma_head head = {(uint32_t)l->roots.len, (uint32_t)l->edits.len, (uint32_t)r.order.len,
                          (uint32_t)l->text.len};
    put(&b, &head, sizeof head);
    put(&b, l->roots.at, l->roots.len * sizeof *l->roots.at);
    put(&b, l->edits.at, l->edits.len * sizeof *l->edits.at);
    put(&b, r.first, (r.order.len + 1) * sizeof *r.first);
    for (size_t i = 0; i < r.order.len; i++)
        put(&b, &l->nodes.at[r.order.at[i]].edit, 2);
    for (size_t i = 0; i < r.order.len; i++)
        put(&b, &l->nodes.at[r.order.at[i]].byte, 1);
    put(&b, l->text.at, l->text.len);
    fprintf(stderr, "train: lemmas: %zu words, %u edits, %u nodes, %zu bytes\n", l->types.len,
            head.edits, head.nodes, b.len);
    return ds_buf_str(&b);
}

/* ---- the word lists ------------------------------------------------------------------------------ */

/* The forms that a row of lexicon/en/lemmas.tsv may be, by its class and its end. */
static bool form_fits(ds_str form, bool verb, ds_str xpos)
{
    bool ing = ds_str_ends(form, DS_STR("ing")), s = ds_str_ends(form, DS_STR("s")) && !ing;
    if (!verb)
        return ds_str_eq(xpos, DS_STR("NNS"));
    return ds_str_eq(xpos, DS_STR("VBG"))   ? ing
           : ds_str_eq(xpos, DS_STR("VBZ")) ? s
                                            : !ing && !s && ds_str_starts(xpos, DS_STR("VB"));
}

/* A form that the treebanks lack, or have seldom: there a slip of the annotators counts. */
static size_t teach(learner *l, const char *xpos, ds_str form, ds_str lemma)
{
    type *t = type_of(l, lower(l, form), root_of(l, ds_str_of(xpos), DS_LEMMA_OTHER));
    if (t->count >= LEXICON_MOST)
        return 0;
    t->count = 0;
    t->all.len = 0;
    see(l, t, form, lemma);
    t->count = LEXICON_MOST;
    return 1;
}

static size_t teach_irregular(learner *l, const ds_table *t)
{
    static const char *const tags[] = {"NNS", "VBD", "VBN", "VBG", "VBZ"};
    size_t taken = 0;
    for (uint32_t i = 0; t && i < t->rows; i++)
        for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
            if (form_fits(ds_table_cell(t, i, 0), ds_str_eq(ds_table_cell(t, i, 1), DS_STR("verb")),
                          ds_str_of(tags[k])))
                taken += teach(l, tags[k], ds_table_cell(t, i, 0), ds_table_cell(t, i, 2));
    return taken;
}

/* "dutch" of lexicon/en/actors.tsv is an adjective that is capitalized. */
static size_t teach_adjectives(learner *l, const ds_table *t)
{
    size_t taken = 0;
    for (uint32_t i = 0; t && i < t->rows; i++) {
        ds_str word = ds_table_cell(t, i, 0);
        if (!ds_str_eq(ds_table_cell(t, i, 2), DS_STR("adjective")) || !plain_word(word))
            continue;
        word = ds_arena_printf(l->arena, "%c%.*s", word.at[0] - 32,
                               DS_FMT(ds_str_cut(word, 1, word.len)));
        train_must(word.at);
        taken += teach(l, "JJ", word, word);
    }
    return taken;
}

static void learn_lexicon(learner *l, const ds_lexicon *lex)
{
    size_t irregular = teach_irregular(l, ds_lexicon_table(lex, "lemmas"));
    size_t adjectives = teach_adjectives(l, ds_lexicon_table(lex, "actors"));
    fprintf(stderr, "train: lemmas: %zu irregular forms, %zu adjectives of the lexicon\n",
            irregular, adjectives);
}

static void learn(learner *l, const ds_lexicon *lex, ds_str words)
{
    learn_cases(l);
    for (size_t i = 0; i < l->roots.len; i++)
        new_node(l, 0, 0);
    for (size_t i = 0; i < l->types.len; i++)
        plant(l, &l->types.at[i]);
    if (words.at)
        learn_words(l, lex, words);
    for (uint32_t i = 0; i < l->roots.len; i++)
        prune(l, i, DS_LEMMA_NO_EDIT);
}

int train_lemmas(const char *to, char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)4 << 30);
    learner l = {.arena = a};
    train_must(a);
    l.type_ids = ds_map_new(a, 0);
    l.edit_ids = ds_map_new(a, 0);
    l.text = ds_buf_new(a);
    train_must(l.type_ids && l.edit_ids);
    ds_str words = {0};
    for (int i = 0; i < args_n; i++) {
        ds_str text = train_slurp(a, args[i]);
        if (!text.at) {
            fprintf(stderr, "train: %s: cannot be read\n", args[i]);
            return 1;
        }
        if (ds_str_ends(ds_str_of(args[i]), DS_STR(".conllu")))
            take_rows(&l, text);
        else
            words = text;
    }
    ds_lexicon *lex;
    train_must(ds_lexicon_open(a, (ds_str){0}, &lex, NULL) == DS_OK);
    learn_lexicon(&l, lex);
    learn(&l, lex, words);
    ds_str section = section_of(&l);
    FILE *f = section.at ? fopen(to, "wb") : NULL;
    bool ok = f && fwrite(section.at, 1, section.len, f) == section.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: cannot be written\n", to);
    return !ok;
}

/* ---- trying it ------------------------------------------------------------------------------------ */

int train_lemmatize(const char *section, const char *conllu)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_lemmas m;
    ds_err err = {0};
    ds_str text = a ? train_slurp(a, conllu) : (ds_str){0};
    conllu_row row;
    if (!text.at || ds_lemmas_open(train_slurp(a, section), &m, &err) < 0) {
        fprintf(stderr, "train: %s: %s\n", text.at ? section : conllu,
                err.what ? err.what : "cannot be read");
        return 1;
    }
    for (size_t at = 0; conllu_next(text, &at, &row);) {
        const ds_str *c = row.column;
        if (row.kind != CONLLU_WORD) {
            printf("%.*s\n", DS_FMT(row.line));
            continue;
        }
        ds_str lemma = ds_lemmatize(a, &m, c[CONLLU_FORM], ds_upos_of(c[CONLLU_UPOS]),
                                    ds_xpos_of(c[CONLLU_XPOS]), false);
        for (int i = 0; i < CONLLU_COLUMNS; i++)
            printf("%.*s%c", DS_FMT(i == CONLLU_LEMMA ? lemma : c[i]),
                   i + 1 < CONLLU_COLUMNS ? '\t' : '\n');
    }
    return 0;
}
