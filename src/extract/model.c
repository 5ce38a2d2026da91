/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/model.h"

#include <stdlib.h>

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
#define THRESHOLD_LOW 205  /* of EXT_P_ONE: .2 */
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

struct ext_model {
    const ext_features *of;
    feature_bins *f; /* [of->len] */
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

static int feature_of(const ext_model *m, ds_str name)
{
    for (int i = 0; i < m->of->len; i++)
        if (ds_str_eq(name, ds_str_of(m->of->names[i])))
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
static bool read_node(const ext_model *m, ds_str s, int at, tree_node *out)
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
    int f = lt > 0 ? feature_of(m, ds_str_cut(s, 0, (size_t)lt)) : -1;
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
static bool read_tree(ext_model *m, ds_str s)
{
    tree_node *base = &m->nodes[m->nodes_len];
    uint8_t depth[TREE_NODES_MAX] = {0};
    tree x = {.root = m->nodes_len};
    int n = 0;
    if (m->trees_len == TREES_MAX || m->nodes_len + TREE_NODES_MAX > NODES_MAX)
        return false;
    for (ds_str token; (token = next_token(&s)).len; n++)
        if (n == TREE_NODES_MAX || !read_node(m, token, n, &base[n]))
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

static bool read_curve(ext_model *m, ds_str values)
{
    int n = numbers(values, m->curve, CURVE_POINTS);
    for (int i = 0; i < n; i++)
        if (m->curve[i] < 0 || m->curve[i] > EXT_P_ONE)
            return false;
    return n == CURVE_POINTS;
}

static bool read_row(ext_model *m, ds_str part, ds_str name, ds_str values)
{
    int f = feature_of(m, name), v;
    if (ds_str_eq(part, DS_STR("tree")))
        return read_tree(m, values);
    if (ds_str_eq(part, DS_STR("curve")))
        return read_curve(m, values);
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

static void line_up_trees(ext_model *m)
{
    qsort(m->trees, m->trees_len, sizeof *m->trees, by_depth);
    m->nodes[NODES_MAX] = (tree_node){.bin = UINT8_MAX, .leaf = true};
    while (m->trees_len % LANES)
        m->trees[m->trees_len++] = (tree){NODES_MAX, 0};
}

static void look_up_small(ext_model *m)
{
    for (int i = 0; i < m->of->len; i++)
        for (int v = 0; v < SMALL_VALUES; v++)
            m->f[i].of_small[v] = find_bin(&m->f[i], (int16_t)(v + SMALL_LEAST));
}

ds_status ext_model_open(ds_arena *a, const ds_lexicon *lex, const ext_features *of,
                         const ext_model **out, ds_err *err)
{
    const ds_table *t = ds_lexicon_table(lex, of->table);
    ext_model *m = ds_arena_calloc(a, 1, sizeof *m);
    feature_bins *f = ds_arena_calloc(a, (size_t)of->len, sizeof *f);
    ds_str what = {0};
    if (!m || !f)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    m->of = of;
    m->f = f;
    for (int k = 0; k < of->len; k++)
        for (int i = 0; i < BINS_MAX; i++)
            f[k].at[i] = INT16_MAX;
    bool shaped = t && t->columns == 3;
    if (!shaped)
        what = ds_arena_printf(a, "%s.tsv: columns part, name and values are needed", of->table);
    for (uint32_t r = 0; shaped && r < t->rows; r++) {
        ds_str part = ds_table_cell(t, r, 0), name = ds_table_cell(t, r, 1);
        if (read_row(m, part, name, ds_table_cell(t, r, 2)))
            continue;
        shaped = false;
        what = ds_arena_printf(a, "%s.tsv: %.*s %.*s: cannot be read", of->table, DS_FMT(part),
                               DS_FMT(name));
    }
    if (!shaped)
        return ds_fail(err, what.at ? DS_BAD : DS_NOMEM, what.at ? what.at : "no memory left", 0);
    look_up_small(m);
    line_up_trees(m);
    *out = m;
    return DS_OK;
}

/* ---- using --------------------------------------------------------------------------------------------------- */

static uint16_t logistic(const ext_model *m, int64_t logit)
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
static int32_t trees_value(const ext_model *m, const tree *x, const uint8_t *bins)
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

uint16_t ext_model_p(const ext_model *m, const int16_t *values)
{
    uint8_t bins[EXT_FEATURES_MAX];
    int64_t additive = m->bias_additive, trees = m->bias_trees;
    for (int i = 0; i < m->of->len; i++) {
        bins[i] = bin_of(&m->f[i], values[i]);
        additive += m->f[i].weight[bins[i]];
    }
    if (!m->trees_len)
        return logistic(m, additive);
    for (uint32_t i = 0; i < m->trees_len; i += LANES)
        trees += trees_value(m, &m->trees[i], bins);
    return (uint16_t)((logistic(m, additive) + logistic(m, trees)) / 2);
}

/* Expected F1 of "all blocks with p >= t": 2 S(t) / (W(t) + S(0)), S the sum of p * words, W of words. */
uint16_t ext_threshold(const uint16_t *p, const uint32_t *words, size_t n)
{
    struct {
        uint64_t words;
        bool any;
    } with[EXT_P_ONE + 1] = {0}; /* blocks of each probability */
    uint64_t all = 0, hit = 0, taken = 0;
    for (size_t i = 0; i < n; i++) {
        with[p[i]].words += words[i];
        with[p[i]].any = true;
        all += (uint64_t)p[i] * words[i];
    }
    double best = -1;
    uint16_t best_at = EXT_P_ONE / 2;
    for (uint16_t at = EXT_P_ONE + 1; at-- > 0;) {
        hit += at * with[at].words;
        taken += EXT_P_ONE * with[at].words;
        double f1 = taken + all ? 2.0 * (double)hit / (double)(taken + all) : 0;
        if (with[at].any && f1 > best) {
            best = f1;
            best_at = at;
        }
    }
    return best_at < THRESHOLD_LOW    ? THRESHOLD_LOW
           : best_at > THRESHOLD_HIGH ? THRESHOLD_HIGH
                                      : best_at;
}
