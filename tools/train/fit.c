/* SPDX-License-Identifier: Apache-2.0 */
/* fit.c - weights from rows.
 *
 * Method   bins by quantiles; an additive logistic model over the bins (cyclic Newton steps, one feature at a time, with
 *          an L2 penalty); gradient boosted trees of few leaves on the same bins, grown leaf by leaf (Friedman 2001, with
 *          the second-order gain of Chen and Guestrin 2016). No chance anywhere: the same rows give the same bytes
 */
#include <math.h>
#include <stdlib.h>

#include "train.h"

#define BINS 32 /* per feature, at most; model.c takes no more */
#define SWEEPS 40
#define ADDITIVE_L2 100.0
#define LEAVES 8
#define RATE 0.15
#define TREE_L2 1.0
#define LEAF_MIN 0.3 /* hessian mass of a leaf */
#define LOGIT_ONE 1024.0
#define CURVE_POINTS 257

typedef struct fit {
    ds_arena *arena;
    const train_kind *kind;
    int features;
    uint32_t n;
    const train_row **rows;
    uint8_t *bins; /* [n][features] */
    int16_t at[EXT_FEATURES_MAX][BINS];
    int cuts[EXT_FEATURES_MAX];
    double *margin, *weight;
} fit;

static int by_value(const void *x, const void *y)
{
    return *(const int16_t *)x - *(const int16_t *)y;
}

static void cut_feature(fit *m, int f, int16_t *sorted)
{
    uint32_t kinds = 1;
    for (uint32_t i = 0; i < m->n; i++)
        sorted[i] = m->rows[i]->f[f];
    qsort(sorted, m->n, sizeof *sorted, by_value);
    for (uint32_t i = 1; i < m->n; i++)
        kinds += sorted[i] != sorted[i - 1];
    int n = 0;
    int16_t last = sorted[0];
    uint32_t since = 0, step = m->n / BINS;
    for (uint32_t i = 1; i < m->n && n < BINS - 1; i++) {
        since++;
        if (sorted[i] == last || sorted[i] == sorted[i - 1])
            continue;
        if (kinds <= BINS || since >= step) {
            m->at[f][n++] = last = sorted[i];
            since = 0;
        }
    }
    m->cuts[f] = n;
}

static bool start(fit *m, const train_rows *rows, int leave_out)
{
    m->rows = ds_arena_alloc(m->arena, rows->len * sizeof *m->rows);
    int16_t *sorted = ds_arena_alloc(m->arena, rows->len * sizeof *sorted);
    m->bins = ds_arena_alloc(m->arena, rows->len * (size_t)m->features);
    m->margin = ds_arena_calloc(m->arena, rows->len, sizeof *m->margin);
    m->weight = ds_arena_alloc(m->arena, rows->len * sizeof *m->weight);
    if (!m->rows || !sorted || !m->bins || !m->margin || !m->weight)
        return false;
    double total = 0;
    for (size_t i = 0; i < rows->len; i++)
        if (rows->at[i].fold != leave_out)
            m->rows[m->n++] = &rows->at[i];
    for (uint32_t i = 0; i < m->n; i++)
        total += m->rows[i]->weight;
    for (uint32_t i = 0; i < m->n; i++)
        m->weight[i] = m->rows[i]->weight * m->n / total;
    for (int f = 0; f < m->features; f++) {
        cut_feature(m, f, sorted);
        for (uint32_t i = 0; i < m->n; i++) {
            int b = 0;
            while (b < m->cuts[f] && m->at[f][b] <= m->rows[i]->f[f])
                b++;
            m->bins[(size_t)i * m->features + f] = (uint8_t)b;
        }
    }
    return m->n > 0;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static double bias(const fit *m)
{
    double text = 0, all = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        all += m->weight[i];
        text += m->rows[i]->text ? m->weight[i] : 0;
    }
    return log((text + 1) / (all - text + 1));
}

static void set_margin(fit *m, double v)
{
    for (uint32_t i = 0; i < m->n; i++)
        m->margin[i] = v;
}

/* ---- additive ------------------------------------------------------------------------------------------ */

static double fit_additive(fit *m, double w[EXT_FEATURES_MAX][BINS])
{
    double b0 = bias(m);
    set_margin(m, b0);
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int f = 0; f < m->kind->alone; f++) {
            double g[BINS] = {0}, h[BINS] = {0}, step[BINS];
            for (uint32_t i = 0; i < m->n; i++) {
                double p = logistic(m->margin[i]);
                int b = m->bins[(size_t)i * m->features + f];
                g[b] += m->weight[i] * (m->rows[i]->text - p);
                h[b] += m->weight[i] * p * (1 - p);
            }
            for (int b = 0; b <= m->cuts[f]; b++) {
                step[b] = 0.7 * (g[b] - ADDITIVE_L2 * w[f][b]) / (h[b] + ADDITIVE_L2);
                w[f][b] += step[b];
            }
            for (uint32_t i = 0; i < m->n; i++)
                m->margin[i] += step[m->bins[(size_t)i * m->features + f]];
        }
    return b0;
}

/* ---- trees --------------------------------------------------------------------------------------------------- */

typedef struct split {
    double gain;
    int feature, bin;
} split;

typedef struct leaf {
    uint32_t *rows;
    double g, h;
    split best;
    uint32_t n;
    int node;
} leaf;

typedef struct node {
    int feature, bin, left, right; /* feature -1: a leaf */
    double value;
} node;

static void find_split(const fit *m, const double *g, const double *h, leaf *l)
{
    static double sum_g[EXT_FEATURES_MAX][BINS], sum_h[EXT_FEATURES_MAX][BINS];
    memset(sum_g, 0, sizeof sum_g);
    memset(sum_h, 0, sizeof sum_h);
    l->g = l->h = 0;
    for (uint32_t k = 0; k < l->n; k++) {
        uint32_t i = l->rows[k];
        const uint8_t *bins = &m->bins[(size_t)i * m->features];
        l->g += g[i];
        l->h += h[i];
        for (int f = 0; f < m->features; f++) {
            sum_g[f][bins[f]] += g[i];
            sum_h[f][bins[f]] += h[i];
        }
    }
    l->best = (split){0, -1, 0};
    double whole = l->g * l->g / (l->h + TREE_L2);
    for (int f = 0; f < m->features; f++) {
        double lg = 0, lh = 0;
        for (int b = 1; b <= m->cuts[f]; b++) {
            lg += sum_g[f][b - 1];
            lh += sum_h[f][b - 1];
            double rg = l->g - lg, rh = l->h - lh;
            if (lh < LEAF_MIN || rh < LEAF_MIN)
                continue;
            double gain = lg * lg / (lh + TREE_L2) + rg * rg / (rh + TREE_L2) - whole;
            if (gain > l->best.gain + 1e-9)
                l->best = (split){gain, f, b};
        }
    }
}

static int grow(fit *m, const double *g, const double *h, uint32_t *order, uint32_t *spare,
                node *nodes)
{
    leaf leaves[LEAVES];
    int n = 1, used = 1;
    for (uint32_t i = 0; i < m->n; i++)
        order[i] = i;
    leaves[0] = (leaf){.rows = order, .n = m->n, .node = 0};
    find_split(m, g, h, &leaves[0]);
    while (n < LEAVES) {
        int pick = 0;
        for (int k = 1; k < n; k++)
            if (leaves[k].best.gain > leaves[pick].best.gain)
                pick = k;
        leaf *l = &leaves[pick];
        if (l->best.feature < 0)
            break;
        uint32_t left = 0, right = 0;
        for (uint32_t k = 0; k < l->n; k++) {
            uint32_t i = l->rows[k];
            if (m->bins[(size_t)i * m->features + l->best.feature] < l->best.bin)
                l->rows[left++] = i;
            else
                spare[right++] = i;
        }
        memcpy(l->rows + left, spare, right * sizeof *spare);
        nodes[l->node] = (node){l->best.feature, l->best.bin, used, used + 1, 0};
        leaves[n] = (leaf){.rows = l->rows + left, .n = right, .node = used + 1};
        *l = (leaf){.rows = l->rows, .n = left, .node = used};
        used += 2;
        find_split(m, g, h, l);
        find_split(m, g, h, &leaves[n++]);
    }
    for (int k = 0; k < n; k++) {
        double v = RATE * leaves[k].g / (leaves[k].h + TREE_L2);
        nodes[leaves[k].node] = (node){.feature = -1, .value = v};
        for (uint32_t i = 0; i < leaves[k].n; i++)
            m->margin[leaves[k].rows[i]] += v;
    }
    return used;
}

static bool write_trees(fit *m, FILE *out)
{
    ds_arena *a = m->arena;
    double *g = ds_arena_alloc(a, m->n * sizeof *g), *h = ds_arena_alloc(a, m->n * sizeof *h),
           b0 = bias(m);
    uint32_t *order = ds_arena_alloc(a, m->n * sizeof *order),
             *spare = ds_arena_alloc(a, m->n * sizeof *spare);
    if (!g || !h || !order || !spare)
        return false;
    fprintf(out, "bias\ttrees\t%.0f\n", b0 * LOGIT_ONE);
    set_margin(m, b0);
    for (int t = 0; t < m->kind->trees; t++) {
        node nodes[2 * LEAVES];
        for (uint32_t i = 0; i < m->n; i++) {
            double p = logistic(m->margin[i]);
            g[i] = m->weight[i] * (m->rows[i]->text - p);
            h[i] = m->weight[i] * p * (1 - p);
        }
        int n = grow(m, g, h, order, spare, nodes);
        fprintf(out, "tree\t%03d\t", t + 1);
        for (int k = 0; k < n; k++)
            if (nodes[k].feature < 0)
                fprintf(out, "%s=%.0f", k ? " " : "", nodes[k].value * LOGIT_ONE);
            else
                fprintf(out, "%s%s<%d:%d", k ? " " : "", m->kind->of->names[nodes[k].feature],
                        nodes[k].bin, nodes[k].left);
        fputc('\n', out);
    }
    return true;
}

bool train_fit(const train_kind *kind, const train_rows *rows, int leave_out, FILE *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)2 << 30);
    static fit m;
    static double w[EXT_FEATURES_MAX][BINS];
    m = (fit){.arena = a, .kind = kind, .features = kind->of->len};
    memset(w, 0, sizeof w);
    if (!a || !start(&m, rows, leave_out))
        return false;
    fprintf(out,
            "# %s.tsv: %s  Columns: part, name, values; made by tools/train/%s\n"
            "# part: bins (thresholds of a feature), weights (logit of each bin, in 1/1024), bias, "
            "tree, curve (logistic function)\n"
            "#: part:bias|bins|weights|tree|curve name values\n",
            kind->of->table, kind->what, kind->of->table);
    double b0 = fit_additive(&m, w);
    fprintf(out, "bias\tadditive\t%.0f\n", b0 * LOGIT_ONE);
    for (int f = 0; f < m.features; f++) {
        const char *name = kind->of->names[f];
        if (!m.cuts[f])
            continue;
        fprintf(out, "bins\t%s\t", name);
        for (int b = 0; b < m.cuts[f]; b++)
            fprintf(out, "%s%d", b ? " " : "", m.at[f][b]);
        fprintf(out, "\nweights\t%s\t", name);
        for (int b = 0; b <= m.cuts[f]; b++)
            fprintf(out, "%s%.0f", b ? " " : "", w[f][b] * LOGIT_ONE);
        fputc('\n', out);
    }
    if (kind->trees && !write_trees(&m, out))
        return false;
    fputs("curve\tlogistic\t", out);
    for (int i = 0; i < CURVE_POINTS; i++)
        fprintf(out, "%s%.0f", i ? " " : "", EXT_P_ONE * logistic(-8 + i / 16.0));
    fputc('\n', out);
    return !ferror(out);
}

void train_score(ds_arena *a, const ext_model *m, const train_rows *rows, int fold, double sum[],
                 uint32_t pages[])
{
    uint16_t *p = ds_arena_alloc(a, rows->len * sizeof *p);
    uint32_t *words = ds_arena_alloc(a, rows->len * sizeof *words);
    for (size_t i = 0, end; i < rows->len; i = end) {
        uint32_t hit = 0, taken = 0, all = 0;
        for (end = i; end < rows->len && rows->at[end].page == rows->at[i].page; end++) {
            p[end] = ext_model_p(m, rows->at[end].f);
            words[end] = rows->at[end].words;
        }
        if (rows->at[i].fold != fold)
            continue;
        uint16_t least = ext_threshold(p + i, words + i, end - i);
        for (size_t k = i; k < end; k++) {
            bool text = rows->at[k].text, take = p[k] >= least;
            hit += text && take ? words[k] : 0;
            taken += take ? words[k] : 0;
            all += text ? words[k] : 0;
        }
        sum[rows->at[i].set] += taken + all ? 2.0 * hit / (taken + all) : 0;
        pages[rows->at[i].set]++;
    }
}
