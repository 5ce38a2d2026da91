/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/blocks.h"

#include <stdlib.h>

#define WORD_SLOTS 512     /* for half as many single words */
#define SMALL_LEAST (-128) /* most values are this small: their bins are looked up */
#define SMALL_VALUES 256
#define BINS_MAX 31 /* thresholds of a feature: five steps find the bin */
#define TREE_NODES_MAX 255
#define TREES_MAX 1024
#define NODES_MAX 32768
#define LANES 4          /* trees that are read side by side */
#define CURVE_POINTS 257 /* the logistic function from -8 to 8 */
#define LOGIT_ONE 1024   /* a logit of 1 */
#define CURVE_STEP ((int64_t)16 * LOGIT_ONE / (CURVE_POINTS - 1))
#define THRESHOLD_LOW 205  /* of BLOCK_P_ONE: .2 */
#define THRESHOLD_HIGH 614 /* .6 */

typedef struct feature_bins {
    int16_t at
        [BINS_MAX]; /* thresholds, ascending; INT16_MAX from the last one on, which no feature reaches */
    int16_t weight[BINS_MAX + 1];
    uint8_t of_small[SMALL_VALUES]; /* bins of the values from SMALL_LEAST on */
} feature_bins;

/* Goes on to the node `next` behind this one if the feature's bin is lower than `bin`, else to the one behind that. A leaf
 * goes on to itself. */
typedef struct tree_node {
    uint8_t feature, bin;
    uint8_t next; /* as it is read: from the tree's first node */
    bool leaf;
    int16_t value; /* leaf: logit */
} tree_node;

typedef struct tree {
    uint32_t root, depth; /* depth: steps that reach every leaf */
} tree;

struct block_model {
    struct {
        uint64_t hash;
        uint8_t cls;    /* ext_class */
    } word[WORD_SLOTS]; /* open addressing */
    feature_bins f[BF_COUNT];
    int32_t bias_additive, bias_trees;
    int16_t curve[CURVE_POINTS];
    tree trees
        [TREES_MAX]; /* the flat ones first; behind them, trees of nothing up to a multiple of LANES */
    uint32_t trees_len, nodes_len;
    tree_node nodes[NODES_MAX + 1]; /* the last one: the tree of nothing */
};

/* ---- reading ------------------------------------------------------------------------------------------- */

static ds_str next_token(ds_str *s)
{
    size_t i = 0, beg;
    while (i < s->len && s->at[i] == ' ')
        i++;
    for (beg = i; i < s->len && s->at[i] != ' ';)
        i++;
    ds_str token = ds_str_cut(*s, beg, i);
    *s = ds_str_cut(*s, i, s->len);
    return token;
}

/* A number at the start of *s, which is moved behind it. */
static bool take_number(ds_str *s, int lo, int hi, int *out)
{
    size_t i = s->len && s->at[0] == '-';
    bool minus = i > 0;
    int64_t v = 0;
    size_t from = i;
    for (; i < s->len && ext_is_digit((unsigned char)s->at[i]) && i - from < 9; i++)
        v = v * 10 + (s->at[i] - '0');
    v = minus ? -v : v;
    if (i == from || v < lo || v > hi)
        return false;
    *out = (int)v;
    *s = ds_str_cut(*s, i, s->len);
    return true;
}

/* Numbers separated by blanks; -1: one of them is none, or there are more than `max`. */
static int numbers(ds_str s, int16_t *out, int max)
{
    int n = 0, v;
    for (ds_str token; (token = next_token(&s)).len; n++) {
        if (n == max || !take_number(&token, INT16_MIN, INT16_MAX, &v) || token.len)
            return -1;
        out[n] = (int16_t)v;
    }
    return n;
}

static int feature_of(ds_str name)
{
    for (int i = 0; i < BF_COUNT; i++)
        if (ds_str_eq(name, ds_str_of(block_feature_name((block_feature)i))))
            return i;
    return -1;
}

static bool take_char(ds_str *s, char c)
{
    if (!s->len || s->at[0] != c)
        return false;
    *s = ds_str_cut(*s, 1, s->len);
    return true;
}

/* "=12" is a leaf, "words<3:1" a node: to node 1 of its tree if the bin of words is lower than 3, else to node 2. */
static bool read_node(ds_str s, int at, tree_node *out)
{
    int v, bin, next;
    if (take_char(&s, '=')) {
        *out = (tree_node){.bin = UINT8_MAX, .next = (uint8_t)at, .leaf = true};
        if (!take_number(&s, INT16_MIN, INT16_MAX, &v) || s.len)
            return false;
        out->value = (int16_t)v;
        return true;
    }
    ptrdiff_t lt = ds_str_find(s, DS_STR("<"), 0);
    int f = lt > 0 ? feature_of(ds_str_cut(s, 0, (size_t)lt)) : -1;
    if (f < 0)
        return false;
    s = ds_str_cut(s, (size_t)lt + 1, s.len);
    if (!take_number(&s, 0, BINS_MAX, &bin) || !take_char(&s, ':') ||
        !take_number(&s, at + 1, TREE_NODES_MAX - 2, &next) || s.len)
        return false;
    *out = (tree_node){.feature = (uint8_t)f, .bin = (uint8_t)bin, .next = (uint8_t)next};
    return true;
}

/* Nodes lead forward only, so one pass knows how deep each one lies. */
static bool read_tree(block_model *m, ds_str s)
{
    tree_node *base = &m->nodes[m->nodes_len];
    uint8_t depth[TREE_NODES_MAX] = {0};
    tree x = {.root = m->nodes_len};
    int n = 0;
    if (m->trees_len == TREES_MAX || m->nodes_len + TREE_NODES_MAX > NODES_MAX)
        return false;
    for (ds_str token; (token = next_token(&s)).len; n++)
        if (n == TREE_NODES_MAX || !read_node(token, n, &base[n]))
            return false;
    for (int i = 0; i < n; i++) {
        x.depth = depth[i] > x.depth ? depth[i] : x.depth;
        if (!base[i].leaf && base[i].next + 1 >= n)
            return false;
        for (int k = 0; k < 2 && !base[i].leaf; k++)
            if (depth[base[i].next + k] <= depth[i])
                depth[base[i].next + k] = (uint8_t)(depth[i] + 1);
        base[i].next = (uint8_t)(base[i].next - i);
    }
    m->nodes_len += (uint32_t)n;
    m->trees[m->trees_len++] = x;
    return n > 0;
}

static bool read_row(block_model *m, ds_str part, ds_str name, ds_str values)
{
    int f = feature_of(name), v;
    if (ds_str_eq(part, DS_STR("tree")))
        return read_tree(m, values);
    if (ds_str_eq(part, DS_STR("curve")))
        return numbers(values, m->curve, CURVE_POINTS) == CURVE_POINTS;
    if (ds_str_eq(part, DS_STR("bias"))) {
        if (!take_number(&values, -1000000, 1000000, &v) || values.len)
            return false;
        *(ds_str_eq(name, DS_STR("trees")) ? &m->bias_trees : &m->bias_additive) = v;
        return true;
    }
    if (f < 0)
        return false;
    if (ds_str_eq(part, DS_STR("weights")))
        return numbers(values, m->f[f].weight, BINS_MAX + 1) > 0;
    int n = numbers(values, m->f[f].at, BINS_MAX);
    for (int i = 1; i < n; i++)
        if (m->f[f].at[i] <= m->f[f].at[i - 1])
            return false;
    return n >= 0;
}

static ds_status read_words(block_model *m, const ds_lexicon *lex, ds_err *err)
{
    const ds_table *t = ds_lexicon_table(lex, "furniture");
    int cls = t ? ds_table_column(t, DS_STR("class")) : -1;
    int where = t ? ds_table_column(t, DS_STR("where")) : -1;
    uint32_t n = 0;
    for (uint32_t r = 0; cls >= 0 && where >= 0 && r < t->rows; r++) {
        if (!ds_str_eq(ds_table_cell(t, r, (uint32_t)where), DS_STR("word")))
            continue;
        uint64_t hash = html_word_hash(ds_table_cell(t, r, 0));
        size_t i = hash % WORD_SLOTS;
        while (m->word[i].hash && m->word[i].hash != hash)
            i = (i + 1) % WORD_SLOTS;
        m->word[i].hash = hash;
        m->word[i].cls = (uint8_t)ext_class_of(ds_table_cell(t, r, (uint32_t)cls));
        if (++n > WORD_SLOTS / 2)
            return ds_fail(err, DS_BAD, "furniture.tsv: too many rows with word", 0);
    }
    return DS_OK;
}

ext_class block_word(const block_model *m, uint64_t hash)
{
    size_t i = hash % WORD_SLOTS;
    while (m->word[i].hash && m->word[i].hash != hash)
        i = (i + 1) % WORD_SLOTS;
    return (ext_class)m->word[i].cls;
}

/* How many thresholds are not above the value. */
static uint8_t find_bin(const feature_bins *f, int16_t v)
{
    uint32_t at = 0;
    for (uint32_t step = (BINS_MAX + 1) / 2; step; step /= 2)
        at += f->at[at + step - 1] <= v ? step : 0;
    return (uint8_t)at;
}

static int by_depth(const void *x, const void *y)
{
    const tree *a = x, *b = y;
    return (a->depth > b->depth) - (a->depth < b->depth);
}

static void line_up_trees(block_model *m)
{
    qsort(m->trees, m->trees_len, sizeof *m->trees, by_depth);
    m->nodes[NODES_MAX] = (tree_node){.bin = UINT8_MAX, .leaf = true};
    while (m->trees_len % LANES)
        m->trees[m->trees_len++] = (tree){NODES_MAX, 0};
}

static void look_up_small(block_model *m)
{
    for (int i = 0; i < BF_COUNT; i++)
        for (int v = 0; v < SMALL_VALUES; v++)
            m->f[i].of_small[v] = find_bin(&m->f[i], (int16_t)(v + SMALL_LEAST));
}

ds_status block_model_open(ds_arena *a, const ds_lexicon *lex, const block_model **out, ds_err *err)
{
    const ds_table *t = ds_lexicon_table(lex, "blocks");
    block_model *m = ds_arena_calloc(a, 1, sizeof *m);
    if (!m)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (!t || t->columns != 3)
        return ds_fail(err, DS_BAD, "blocks.tsv: columns part, name and values are needed", 0);
    for (int f = 0; f < BF_COUNT; f++)
        for (int i = 0; i < BINS_MAX; i++)
            m->f[f].at[i] = INT16_MAX;
    for (uint32_t r = 0; r < t->rows; r++) {
        ds_str part = ds_table_cell(t, r, 0), name = ds_table_cell(t, r, 1);
        if (read_row(m, part, name, ds_table_cell(t, r, 2)))
            continue;
        ds_str what =
            ds_arena_printf(a, "blocks.tsv: %.*s %.*s: cannot be read", DS_FMT(part), DS_FMT(name));
        return ds_fail(err, what.at ? DS_BAD : DS_NOMEM, what.at ? what.at : "no memory left", 0);
    }
    look_up_small(m);
    line_up_trees(m);
    DS_TRY(read_words(m, lex, err));
    *out = m;
    return DS_OK;
}

/* ---- using --------------------------------------------------------------------------------------------------- */

static uint16_t logistic(const block_model *m, int64_t logit)
{
    int64_t x = logit + (int64_t)8 * LOGIT_ONE;
    if (x <= 0)
        return (uint16_t)m->curve[0];
    int64_t i = x / CURVE_STEP, rest = x % CURVE_STEP;
    if (i >= CURVE_POINTS - 1)
        return (uint16_t)m->curve[CURVE_POINTS - 1];
    return (uint16_t)(m->curve[i] + (int64_t)(m->curve[i + 1] - m->curve[i]) * rest / CURVE_STEP);
}

/* The sum of LANES trees, side by side: a fixed number of steps without a branch; a leaf is reached early or late, and
 * stays. */
static int32_t trees_value(const block_model *m, const tree *x, const uint8_t bins[BF_COUNT])
{
    const tree_node *at[LANES];
    uint32_t depth = 0;
    int32_t sum = 0;
    for (uint32_t k = 0; k < LANES; k++) {
        at[k] = &m->nodes[x[k].root];
        depth = x[k].depth > depth ? x[k].depth : depth;
    }
    for (uint32_t i = 0; i < depth; i++)
        for (uint32_t k = 0; k < LANES; k++)
            at[k] = &at[k][at[k]->next + (bins[at[k]->feature] >= at[k]->bin)];
    for (uint32_t k = 0; k < LANES; k++)
        sum += at[k]->value;
    return sum;
}

static uint8_t bin_of(const feature_bins *f, int16_t v)
{
    uint32_t small = (uint32_t)(v - SMALL_LEAST);
    return small < SMALL_VALUES ? f->of_small[small] : find_bin(f, v);
}

uint16_t block_model_p(const block_model *m, const block_row *row)
{
    uint8_t bins[BF_COUNT];
    int64_t additive = m->bias_additive, trees = m->bias_trees;
    if (!row->gate)
        return 0;
    for (int i = 0; i < BF_COUNT; i++) {
        bins[i] = bin_of(&m->f[i], row->f[i]);
        additive += m->f[i].weight[bins[i]];
    }
    for (uint32_t i = 0; i < m->trees_len; i += LANES)
        trees += trees_value(m, &m->trees[i], bins);
    return (uint16_t)((logistic(m, additive) + logistic(m, trees)) / 2);
}

typedef struct weighed {
    uint16_t p;
    uint32_t words;
} weighed;

static int by_p(const void *x, const void *y)
{
    const weighed *a = x, *b = y;
    return (a->p < b->p) - (a->p > b->p);
}

/* Expected F1 of "all blocks with p >= t": 2 S(t) / (W(t) + S(0)), S the sum of p * words, W of words. */
uint16_t block_threshold(ds_arena *a, const uint16_t *p, const uint32_t *words, size_t n)
{
    weighed *v = ds_arena_alloc(a, (n + 1) * sizeof *v);
    uint64_t all = 0, hit = 0, taken = 0;
    if (!v)
        return BLOCK_P_ONE / 2;
    for (size_t i = 0; i < n; i++) {
        v[i] = (weighed){p[i], words[i]};
        all += (uint64_t)p[i] * words[i];
    }
    qsort(v, n, sizeof *v, by_p);
    double best = -1;
    uint16_t at = BLOCK_P_ONE / 2;
    for (size_t i = 0; i < n; i++) {
        hit += (uint64_t)v[i].p * v[i].words;
        taken += (uint64_t)BLOCK_P_ONE * v[i].words;
        if (i + 1 < n && v[i + 1].p == v[i].p)
            continue;
        double f1 = taken + all ? 2.0 * (double)hit / (double)(taken + all) : 0;
        if (f1 > best) {
            best = f1;
            at = v[i].p;
        }
    }
    return at < THRESHOLD_LOW ? THRESHOLD_LOW : at > THRESHOLD_HIGH ? THRESHOLD_HIGH : at;
}
