/* SPDX-License-Identifier: Apache-2.0 */
/* learn.c - weights of the nets: cross entropy by Adam (Kingma and Ba 2015). Pairs come once more without dates, once without
 * titles, and as headlines alone, so that news that lacks them is judged too. */
#include <math.h>

#include "stories.h"

enum { BATCH = 64, EPOCHS = 8 };
#define RATE 0.003f
#define DECAY 3e-4f
#define DROP 38          /* of 256 features, in each step: none is leaned on alone */
#define HIDE_DATE 0.30f  /* of the pairs once more with dates and source hidden */
#define HIDE_MADE 0.10f  /* the same, of made stories */
#define HIDE_TITLE 0.15f /* with what the title tells */
#define EARLY 0.9f
#define LATE 0.999f

typedef struct row {
    float y, weight;
    float x[CL_FEATURES];
} row;

typedef struct rows {
    row *at;
    size_t len;
} rows;

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static void hide(float *f, const uint8_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        f[list[i]] = 0;
}

static float chance(uint64_t *rng)
{
    return (float)(st_random(rng) >> 40) / (float)(1 << 24);
}

static void add(rows *r, const st_pair *p, float weight)
{
    row *to = &r->at[r->len++];
    to->y = p->same;
    to->weight = weight;
    memcpy(to->x, p->f, sizeof to->x);
}

static void gather(rows *r, const st_pairs *pairs, const uint8_t *use, bool titles, uint64_t *rng)
{
    for (size_t i = 0; i < pairs->len; i++) {
        const st_pair *p = &pairs->at[i];
        if (!use[p->later] || !use[p->earlier])
            continue;
        add(r, p, 1);
        if (titles)
            continue;
        if (chance(rng) < (use[p->later] == ST_MADE ? HIDE_MADE : HIDE_DATE)) {
            add(r, p, 1);
            memcpy(r->at[r->len - 1].x, p->undated, sizeof p->undated);
        }
        if (chance(rng) < HIDE_TITLE) {
            add(r, p, 1);
            hide(r->at[r->len - 1].x, cl_of_title, cl_of_title_len);
            r->at[r->len - 1].x[cl_no_title] = 1;
        }
    }
}

static void standardize(rows *r, cl_weights *w)
{
    double sum[CL_FEATURES] = {0}, square[CL_FEATURES] = {0};
    for (size_t i = 0; i < r->len; i++)
        for (int k = 0; k < CL_FEATURES; k++) {
            sum[k] += (double)r->at[i].x[k];
            square[k] += (double)r->at[i].x[k] * (double)r->at[i].x[k];
        }
    for (int k = 0; k < CL_FEATURES; k++) {
        double mean = sum[k] / (double)r->len, var = square[k] / (double)r->len - mean * mean;
        w->mean[k] = (float)mean;
        w->scale[k] = var > 1e-8 ? (float)(1 / sqrt(var)) : 0;
    }
    for (size_t i = 0; i < r->len; i++)
        for (int k = 0; k < CL_FEATURES; k++) {
            float x = (r->at[i].x[k] - w->mean[k]) * w->scale[k];
            r->at[i].x[k] = x > 5 ? 5 : x < -5 ? -5 : x;
        }
}

/* ---- steps -------------------------------------------------------------------------------------------------------- */

enum { WEIGHTS = sizeof(cl_net) / sizeof(float) };

typedef struct learner {
    cl_net net;
    float grad[WEIGHTS], first[WEIGHTS], second[WEIGHTS];
    float early, late; /* powers of EARLY and LATE */
} learner;

static void begin(learner *l, uint64_t *rng)
{
    memset(l, 0, sizeof *l);
    l->early = l->late = 1;
    for (int i = 0; i < CL_FEATURES; i++)
        for (int k = 0; k < CL_HIDDEN; k++)
            l->net.in[i][k] = (chance(rng) - 0.5f) * 2 * 0.15f;
    for (int k = 0; k < CL_HIDDEN; k++)
        l->net.out[k] = (chance(rng) - 0.5f) * 2 * 0.3f;
}

static float forward(const cl_net *n, const float *x, float *h)
{
    float y = n->out_bias;
    memcpy(h, n->bias, sizeof n->bias);
    for (int i = 0; i < CL_FEATURES; i++)
        for (int k = 0; k < CL_HIDDEN; k++)
            h[k] += x[i] * n->in[i][k];
    for (int k = 0; k < CL_HIDDEN; k++) {
        h[k] = cl_tanh(h[k]);
        y += h[k] * n->out[k];
    }
    return y;
}

static void learn(learner *l, const row *from, uint64_t *rng)
{
    row dropped = *from, *r = &dropped;
    uint64_t bits = 0;
    for (int i = 0; i < CL_FEATURES; i++, bits >>= 8) {
        bits = i % 8 ? bits : st_random(rng);
        r->x[i] = (bits & 255) < DROP ? 0 : r->x[i];
    }
    cl_net *g = (cl_net *)(void *)l->grad;
    float h[CL_HIDDEN], back[CL_HIDDEN], y = forward(&l->net, r->x, h);
    float p = 0.5f * (1 + cl_tanh(y / 2)), e = (p - r->y) * r->weight;
    g->out_bias += e;
    for (int k = 0; k < CL_HIDDEN; k++) {
        g->out[k] += e * h[k];
        back[k] = e * l->net.out[k] * (1 - h[k] * h[k]);
        g->bias[k] += back[k];
    }
    for (int i = 0; i < CL_FEATURES; i++)
        for (int k = 0; k < CL_HIDDEN; k++)
            g->in[i][k] += r->x[i] * back[k];
}

static void step(learner *l, float rate)
{
    float *w = (float *)(void *)&l->net;
    l->early *= EARLY;
    l->late *= LATE;
    float a = 1 / (1 - l->early), b = 1 / (1 - l->late);
    for (int i = 0; i < WEIGHTS; i++) {
        float g = l->grad[i] / BATCH + DECAY * w[i];
        l->first[i] = EARLY * l->first[i] + (1 - EARLY) * g;
        l->second[i] = LATE * l->second[i] + (1 - LATE) * g * g;
        w[i] -= rate * (l->first[i] * a) / (sqrtf(l->second[i] * b) + 1e-6f);
        l->grad[i] = 0;
    }
}

static void shuffle(uint32_t *v, size_t n, uint64_t *rng)
{
    for (size_t k = n; k-- > 1;) {
        size_t j = st_random(rng) % (k + 1);
        uint32_t x = v[k];
        v[k] = v[j];
        v[j] = x;
    }
}

static void fit_net(const rows *r, uint64_t seed, cl_net *out)
{
    learner *l = calloc(1, sizeof *l);
    uint32_t *order = calloc(r->len, sizeof *order);
    st_must(l && order);
    begin(l, &seed);
    for (size_t i = 0; i < r->len; i++)
        order[i] = (uint32_t)i;
    for (int e = 0; e < EPOCHS; e++) {
        float rate = RATE * (1 - (float)e / EPOCHS);
        shuffle(order, r->len, &seed);
        for (size_t i = 0; i + BATCH <= r->len; i += BATCH) {
            for (size_t k = 0; k < BATCH; k++)
                learn(l, &r->at[order[i + k]], &seed);
            step(l, rate);
        }
    }
    *out = l->net;
    free(order);
    free(l);
}

void st_fit(const st_pairs *bodies, const st_pairs *titles, const st_learn *how, cl_weights *out)
{
    uint64_t rng = how->seed;
    rows r = {0};
    r.at = calloc(bodies->len * 3 + titles->len, sizeof *r.at);
    st_must(r.at != NULL);
    gather(&r, bodies, how->use, false, &rng);
    gather(&r, titles, how->use, true, &rng);
    memset(out, 0, sizeof *out);
    out->join = ST_JOIN;
    standardize(&r, out);
    for (int n = 0; n < CL_NETS; n++)
        fit_net(&r, how->seed * 100 + (uint64_t)n, &out->nets[n]);
    free(r.at);
}
