/* SPDX-License-Identifier: Apache-2.0 */
#include "learn.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHARDS = 2, LINES = 10 };

/* A word seen n times in training is taken for an unknown one with chance RARE / (RARE + n) + ANY: the usual 1/4 of word dropout
 * by frequency (Kiperwasser and Goldberg 2016), and a little for the commonest, so that the unknown row learns all tags. */
static const float UNKNOWN_RARE = 0.25f, UNKNOWN_ANY = 0.02f;

typedef struct moments {
    float *first, *second;
} moments;

typedef struct learner {
    net *n;
    const learn_plan *plan;
    moments dense, rows;
    float *row_grad;   /* [rows][in] */
    uint32_t *touched; /* rows with a gradient in this step */
    uint8_t *is_touched;
    size_t touched_len;
    net_sentence **order; /* what to see, in order */
    size_t order_len, at; /* at: first of the step */
    struct shard {
        net_work *work;
        net_grad grad;
        net_loss loss;
        const net_sentence **list;
        net_sentence *own; /* copies, with words made unknown */
        net_word *words;
        size_t len;
    } shard[SHARDS];
    uint64_t step, steps;
    float norm; /* of the gradient, of this step */
    pthread_barrier_t gate;
} learner;

static void *zeros(size_t n, size_t size)
{
    size_t bytes = (n * size + 127) / 64 * 64;
    void *p = aligned_alloc(64, bytes);
    if (!p)
        abort();
    return memset(p, 0, bytes);
}

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

/* ---- what to see ------------------------------------------------------------------------------------- */

/* Every sentence of every set as often as its passes say, shuffled; a fraction of a pass takes the first ones of a shuffle. */
static void make_order(learner *l, const learn_set *sets, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += (size_t)((double)sets[i].len * sets[i].passes);
    l->order = zeros(total + 1, sizeof *l->order);
    /* passes one after the other, each mixed over all sets in proportion: slot k of a set lies at k / its length */
    typedef struct slot {
        double at;
        net_sentence *s;
    } slot;
    slot *slots = zeros(total + 1, sizeof *slots);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        size_t want = (size_t)((double)sets[i].len * sets[i].passes);
        size_t *perm = zeros(sets[i].len + 1, sizeof *perm);
        for (size_t k = 0; k < want; k++) {
            size_t in = k % sets[i].len;
            if (in == 0) {
                for (size_t j = 0; j < sets[i].len; j++)
                    perm[j] = j;
                for (size_t j = sets[i].len; j-- > 1;) {
                    size_t o = mix(l->plan->seed + k * 31 + i * 7919 + j * 0x9E3779B97F4A7C15ull) %
                               (j + 1),
                           t = perm[j];
                    perm[j] = perm[o];
                    perm[o] = t;
                }
            }
            slots[len++] = (slot){((double)k + 0.5) / (double)want, &sets[i].all[perm[in]]};
        }
        free(perm);
    }
    /* merge: each set's slots are in order, so an insertion by the smallest head suffices */
    size_t *head = zeros(n + 1, sizeof *head), *end = zeros(n + 1, sizeof *end);
    for (size_t i = 0, at = 0; i < n; i++) {
        head[i] = at;
        at += (size_t)((double)sets[i].len * sets[i].passes);
        end[i] = at;
    }
    for (size_t k = 0; k < len; k++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++)
            if (head[i] < end[i] && (best == n || slots[head[i]].at < slots[head[best]].at))
                best = i;
        l->order[k] = slots[head[best]++].s;
    }
    l->order_len = len;
    free(head);
    free(end);
    free(slots);
}

static int longer(const void *a, const void *b)
{
    const net_sentence *x = *(const net_sentence *const *)a, *y = *(const net_sentence *const *)b;
    return x->len != y->len ? (x->len < y->len ? 1 : -1) : x < y ? -1 : x > y;
}

/* Copies the shard's sentences, some words of them made unknown. */
static void take_shard(learner *l, size_t k)
{
    struct shard *s = &l->shard[k];
    size_t end = l->at + l->plan->batch < l->order_len ? l->at + l->plan->batch : l->order_len,
           words = 0;
    s->len = 0;
    for (size_t i = l->at + k; i < end; i += SHARDS) {
        net_sentence *copy = &s->own[s->len];
        *copy = (net_sentence){s->words + words, l->order[i]->len};
        memcpy(copy->words, l->order[i]->words, copy->len * sizeof *copy->words);
        for (uint32_t j = 0; j < copy->len; j++) {
            uint64_t r = mix(l->plan->seed ^ mix(i * 251 + j));
            float seen = (float)l->plan->seen[copy->words[j].row[0]];
            if ((float)(r >> 40) * 0x1p-24f < UNKNOWN_RARE / (UNKNOWN_RARE + seen) + UNKNOWN_ANY)
                copy->words[j].row[0] = l->plan->unknown;
        }
        words += copy->len;
        s->list[s->len++] = copy;
    }
    qsort(s->list, s->len, sizeof *s->list, longer);
}

/* ---- Adam ---------------------------------------------------------------------------------------------- */

static float rate_of(const learner *l)
{
    float s = (float)l->step, warm = (float)l->plan->warm, all = (float)l->steps;
    return l->plan->rate * (s < warm ? (s + 1) / warm : 1) * (1 - s / all);
}

static void adam(float *w, const float *g, moments m, size_t at, size_t n, float rate, float fix1,
                 float fix2)
{
    for (size_t i = at; i < at + n; i++) {
        float d = g[i];
        m.first[i] = 0.9f * m.first[i] + 0.1f * d;
        m.second[i] = 0.98f * m.second[i] + 0.02f * d * d;
        w[i] -= rate * m.first[i] * fix1 / (sqrtf(m.second[i] * fix2) + 1e-8f);
    }
}

static void fixes(const learner *l, float *fix1, float *fix2)
{
    double t = (double)(l->step + 1);
    *fix1 = (float)(1 / (1 - pow(0.9, t)));
    *fix2 = (float)(1 / (1 - pow(0.98, t)));
}

static void update_dense(learner *l)
{
    net *n = l->n;
    float *g = l->shard[0].grad.dense, fix1, fix2;
    double sum = 0;
    for (size_t k = 1; k < SHARDS; k++) {
        const float *more = l->shard[k].grad.dense;
        for (size_t i = 0; i < n->at.len; i++)
            g[i] += more[i];
    }
    for (size_t i = 0; i < n->at.len; i += 16) {
        float part = 0;
        for (size_t k = i; k < i + 16; k++)
            part += g[k] * g[k];
        sum += (double)part;
    }
    float norm = (float)sqrt(sum), most = 5.0f * (float)l->plan->batch;
    if (norm > most)
        for (size_t i = 0; i < n->at.len; i++)
            g[i] *= most / norm;
    fixes(l, &fix1, &fix2);
    adam(n->dense, g, l->dense, 0, n->at.len, rate_of(l), fix1, fix2);
    net_flip(n);
    for (size_t k = 0; k < SHARDS; k++)
        memset(l->shard[k].grad.dense, 0, n->at.len * sizeof(float));
}

static void gather_rows(learner *l)
{
    size_t in = l->n->size.in;
    l->touched_len = 0;
    for (size_t k = 0; k < SHARDS; k++) {
        const net_word *const *words;
        const float *grad;
        if (!l->shard[k].len)
            continue;
        size_t n = net_work_input(l->shard[k].work, &words, &grad);
        for (size_t t = 0; t < n; t++)
            for (int f = 0; f < FEATURES; f++) {
                uint32_t row = words[t]->row[f];
                if (!row)
                    continue;
                if (!l->is_touched[row]) {
                    l->is_touched[row] = 1;
                    l->touched[l->touched_len++] = row;
                }
                float *to = l->row_grad + row * in;
                const float *from = grad + t * in;
                for (size_t j = 0; j < in; j++)
                    to[j] += from[j];
            }
    }
}

static void update_rows(learner *l)
{
    size_t in = l->n->size.in;
    float fix1, fix2;
    gather_rows(l);
    fixes(l, &fix1, &fix2);
    for (size_t i = 0; i < l->touched_len; i++) {
        uint32_t row = l->touched[i];
        adam(l->n->rows, l->row_grad, l->rows, row * in, in, rate_of(l), fix1, fix2);
        memset(l->row_grad + row * in, 0, in * sizeof(float));
        l->is_touched[row] = 0;
    }
}

/* ---- steps ------------------------------------------------------------------------------------------------ */

typedef struct hand {
    learner *l;
    size_t number;
} hand;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void say(learner *l, double start)
{
    net_loss a = l->shard[0].loss;
    for (size_t k = 1; k < SHARDS; k++) {
        const net_loss *b = &l->shard[k].loss;
        a.tag += b->tag, a.head += b->head, a.rel += b->rel, a.words += b->words;
        a.tag_right += b->tag_right, a.head_right += b->head_right, a.rel_right += b->rel_right;
    }
    double w = a.words ? (double)a.words : 1, took = seconds() - start;
    double left = took / (double)(l->step + 1) * (double)(l->steps - l->step - 1);
    fprintf(stderr,
            "%s: %3.0f %%, loss %.3f, tags %.2f, heads %.2f, relations %.2f, %.0f s, %.0f s left\n",
            l->plan->name, 100.0 * (double)(l->step + 1) / (double)l->steps,
            (a.tag + a.head + a.rel) / w, 100 * (double)a.tag_right / w,
            100 * (double)a.head_right / w, 100 * (double)a.rel_right / w, took, left);
    for (size_t k = 0; k < SHARDS; k++)
        l->shard[k].loss = (net_loss){0};
}

static void *work(void *arg)
{
    hand *h = arg;
    learner *l = h->l;
    struct shard *s = &l->shard[h->number];
    double start = seconds();
    for (uint64_t step = 0; step < l->steps; step++) {
        take_shard(l, h->number);
        if (s->len)
            net_learn(l->n, s->work, s->list, s->len, &l->plan->rates,
                      mix(l->plan->seed + step * SHARDS + h->number), &s->grad, &s->loss);
        pthread_barrier_wait(&l->gate);
        if (h->number == 0)
            update_dense(l);
        else
            update_rows(l);
        pthread_barrier_wait(&l->gate);
        if (h->number == 0) {
            if ((step + 1) * LINES / l->steps != step * LINES / l->steps) {
                say(l, start);
                if (l->plan->report)
                    l->plan->report(l->plan->ctx, (double)(step + 1) / (double)l->steps);
            }
            l->step++;
            l->at += l->plan->batch;
        }
        pthread_barrier_wait(&l->gate);
    }
    return NULL;
}

void learn(net *n, const learn_set *sets, size_t sets_len, const learn_plan *plan)
{
    learner l = {.n = n, .plan = plan};
    size_t rows = n->size.rows, in = n->size.in, lanes = plan->batch / SHARDS + 1;
    pthread_t thread[SHARDS];
    hand hands[SHARDS];
    make_order(&l, sets, sets_len);
    l.steps = (l.order_len + plan->batch - 1) / plan->batch;
    l.dense = (moments){zeros(n->at.len, sizeof(float)), zeros(n->at.len, sizeof(float))};
    l.rows = (moments){zeros(rows * in, sizeof(float)), zeros(rows * in, sizeof(float))};
    l.row_grad = zeros(rows * in, sizeof(float));
    l.touched = zeros(rows, sizeof *l.touched);
    l.is_touched = zeros(rows, 1);
    for (size_t k = 0; k < SHARDS; k++) {
        struct shard *s = &l.shard[k];
        s->work = net_work_new();
        s->grad.dense = zeros(n->at.len, sizeof(float));
        s->list = zeros(lanes, sizeof *s->list);
        s->own = zeros(lanes, sizeof *s->own);
        s->words = zeros(lanes * SENTENCE_MOST, sizeof *s->words);
    }
    pthread_barrier_init(&l.gate, NULL, SHARDS);
    for (size_t k = 0; k < SHARDS; k++) {
        hands[k] = (hand){&l, k};
        if (pthread_create(&thread[k], NULL, work, &hands[k]))
            abort();
    }
    for (size_t k = 0; k < SHARDS; k++)
        pthread_join(thread[k], NULL);
    pthread_barrier_destroy(&l.gate);
    for (size_t k = 0; k < SHARDS; k++) {
        struct shard *s = &l.shard[k];
        net_work_free(s->work);
        free(s->grad.dense);
        free(s->list);
        free(s->own);
        free(s->words);
    }
    free(l.dense.first), free(l.dense.second), free(l.rows.first), free(l.rows.second);
    free(l.row_grad), free(l.touched), free(l.is_touched), free(l.order);
}
