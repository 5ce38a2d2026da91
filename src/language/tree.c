/* SPDX-License-Identifier: Apache-2.0 */
#include "language/tree.h"

static int32_t score_of(const ds_arcs *arcs, size_t head, size_t word)
{
    return arcs->score[head * arcs->row + word] + arcs->distance[(ptrdiff_t)word - (ptrdiff_t)head];
}

/* A word on a circle, or -1. mark: n entries. */
static int32_t circle(size_t n, const int32_t *head, int32_t *mark)
{
    for (size_t i = 0; i < n; i++)
        mark[i] = -1;
    for (size_t i = 0; i < n; i++) {
        int32_t at = (int32_t)i;
        while (at >= 0 && mark[at] < 0) {
            mark[at] = (int32_t)i;
            at = head[at];
        }
        if (at >= 0 && mark[at] == (int32_t)i)
            return at;
    }
    return -1;
}

/* The word that loses least by hanging on the root: the only one that will. */
static size_t root_of(const ds_arcs *arcs, const int32_t *head)
{
    size_t best = 0;
    int64_t most = INT64_MIN;
    bool any = false;
    for (size_t i = 0; i < arcs->n; i++)
        any = any || head[i] < 0;
    for (size_t i = 0; i < arcs->n; i++) {
        int64_t other = INT32_MIN;
        if (any && head[i] >= 0)
            continue; /* among those that want it */
        for (size_t j = 0; j < arcs->n; j++)
            if (j != i && score_of(arcs, j, i) > other)
                other = score_of(arcs, j, i);
        if ((int64_t)arcs->root[i] - other > most) {
            most = (int64_t)arcs->root[i] - other;
            best = i;
        }
    }
    return best;
}

/* Chu-Liu/Edmonds over a matrix of nodes: words, then circles, each of which stands for its nodes from then on. */
typedef struct arc {
    int64_t score;    /* NO_ARC: none */
    int16_t from, to; /* the words that it joins */
} arc;

typedef struct shrink {
    size_t n, nodes; /* words; nodes so far, below 2 n */
    arc *arcs;       /* [2 n][2 n]: head, word */
    arc *in;         /* of each node: the arc to it that was chosen */
    int32_t *head;   /* where that arc comes from, as a node; -1: none */
    int32_t *up;     /* the circle that a node went into; -1: none */
    int32_t *mark;
} shrink;

#define NO_ARC INT64_MIN

static arc *between(const shrink *s, size_t head, size_t word)
{
    return &s->arcs[head * 2 * s->n + word];
}

static void choose(shrink *s, size_t word)
{
    s->head[word] = -1;
    s->in[word].score = NO_ARC;
    for (size_t j = 0; j < s->nodes; j++)
        if (s->up[j] < 0 && j != word && between(s, j, word)->score > s->in[word].score) {
            s->in[word] = *between(s, j, word);
            s->head[word] = (int32_t)j;
        }
}

/* The best arcs between an outer node and the circle; one into it costs what it takes the place of. */
static void join(shrink *s, size_t outer, size_t node)
{
    arc *into = between(s, outer, node), *out = between(s, node, outer);
    into->score = out->score = NO_ARC;
    for (size_t c = 0; c < node; c++) {
        if (s->up[c] != (int32_t)node)
            continue;
        const arc *there = between(s, outer, c), *back = between(s, c, outer);
        if (there->score != NO_ARC && there->score - s->in[c].score > into->score) {
            *into = *there;
            into->score -= s->in[c].score;
        }
        if (back->score > out->score)
            *out = *back;
    }
}

/* The circle through `on` becomes one node. */
static void merge(shrink *s, int32_t on)
{
    size_t node = s->nodes++;
    int32_t j = on;
    do {
        s->up[j] = (int32_t)node;
        j = s->head[j];
    } while (j != on);
    s->up[node] = -1;
    for (size_t o = 0; o < node; o++)
        if (s->up[o] < 0)
            join(s, o, node);
    for (size_t o = 0; o <= node; o++)
        if (s->up[o] < 0)
            choose(s, o);
}

/* From the last circle to the first: the arc into it takes the place of the one that it enters at. */
static void unfold(shrink *s)
{
    for (size_t node = s->nodes; node-- > s->n;) {
        size_t c = (size_t)s->in[node].to;
        while (s->up[c] != (int32_t)node)
            c = (size_t)s->up[c];
        s->in[c] = s->in[node];
    }
}

static int32_t loose_circle(shrink *s)
{
    for (size_t i = 0; i < s->nodes; i++)
        s->mark[i] = -1;
    for (size_t i = 0; i < s->nodes; i++) {
        int32_t j = s->up[i] < 0 ? (int32_t)i : -1;
        while (j >= 0 && s->mark[j] < 0) {
            s->mark[j] = (int32_t)i;
            j = s->head[j];
        }
        if (j >= 0 && s->mark[j] == (int32_t)i)
            return j;
    }
    return -1;
}

static void *carve(char **at, size_t bytes)
{
    void *here = *at;
    *at += (bytes + 15) / 16 * 16;
    return here;
}

static ds_status open_shrink(ds_arena *a, ds_tree_room *room, size_t n, shrink *s)
{
    size_t need = 4 * n * n * sizeof *s->arcs + 2 * n * (sizeof *s->in + 3 * sizeof *s->head) +
                  (size_t)5 * 16;
    if (need > room->bytes) {
        void *fresh = ds_arena_raw(a, 2 * need);
        if (!fresh)
            return DS_NOMEM;
        *room = (ds_tree_room){fresh, 2 * need};
    }
    char *at = room->at;
    *s = (shrink){.n = n, .nodes = n};
    s->arcs = carve(&at, 4 * n * n * sizeof *s->arcs);
    s->in = carve(&at, 2 * n * sizeof *s->in);
    s->head = carve(&at, 2 * n * sizeof *s->head);
    s->up = carve(&at, 2 * n * sizeof *s->up);
    s->mark = carve(&at, 2 * n * sizeof *s->mark);
    return DS_OK;
}

static ds_status edmonds(ds_arena *a, ds_tree_room *room, const ds_arcs *arcs, size_t root,
                         int32_t *head)
{
    shrink s;
    size_t n = arcs->n;
    DS_TRY(open_shrink(a, room, n, &s));
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++)
            *between(&s, j, i) =
                (arc){i == j || i == root ? NO_ARC : score_of(arcs, j, i), (int16_t)j, (int16_t)i};
    for (size_t i = 0; i < n; i++)
        s.up[i] = -1;
    for (size_t i = 0; i < n; i++)
        choose(&s, i);
    for (int32_t on; (on = loose_circle(&s)) >= 0;)
        merge(&s, on);
    unfold(&s);
    for (size_t i = 0; i < n; i++)
        head[i] = i == root ? -1 : s.in[i].from;
    return DS_OK;
}

ds_status ds_tree(ds_arena *a, ds_tree_room *room, const ds_arcs *arcs, int32_t *head)
{
    int32_t mark[DS_TREE_MOST];
    size_t roots = 0;
    if (arcs->n > DS_TREE_MOST)
        return DS_LIMIT;
    for (size_t i = 0; i < arcs->n; i++)
        roots += head[i] < 0;
    if (roots == 1 && circle(arcs->n, head, mark) < 0)
        return DS_OK;
    return edmonds(a, room, arcs, root_of(arcs, head), head);
}
