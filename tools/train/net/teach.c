/* SPDX-License-Identifier: Apache-2.0 */
#include "teach.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOT = 64, THREADS = 2, OUTPUTS_MOST = 256 };
#define LEAST_SHARE 0.02f

/* The TARGETS likeliest of n; what is too unlikely is left out. p is changed. */
static void likeliest(float *p, size_t n, uint16_t last, net_target *out)
{
    float sum = 0;
    int k = 0;
    for (; k < TARGETS; k++) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++)
            best = p[i] > p[best] ? i : best;
        if (k && p[best] < LEAST_SHARE)
            break;
        out->what[k] = last && best == n - 1 ? last : (uint16_t)best;
        out->share[k] = p[best];
        sum += p[best];
        p[best] = -1;
    }
    for (int i = 0; i < k; i++)
        out->share[i] /= sum;
    for (; k < TARGETS; k++) {
        out->what[k] = NOTHING;
        out->share[k] = 0;
    }
}

static void add(float *to, const float *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

typedef struct job {
    const net *teachers;
    size_t teachers_len, len;
    const net_sentence *seen;
    net_sentence *student;
    const uint32_t *order;
    atomic_size_t next;
} job;

static void teach_word(const job *j, net_work *const *w, size_t k, uint32_t i,
                       const net_sentence *seen, net_word *out)
{
    float p[OUTPUTS_MOST] __attribute__((aligned(64))) = {0},
                          q[OUTPUTS_MOST] __attribute__((aligned(64)));
    const net_size *z = &j->teachers[0].size;
    for (size_t t = 0; t < j->teachers_len; t++)
        add(p, net_tags(&j->teachers[t], w[t], k, i), z->tags);
    for (size_t o = 0; o < z->tags; o++)
        p[o] /= (float)j->teachers_len;
    likeliest(p, z->tags, 0, &out->tag);
    memset(p, 0, sizeof p);
    for (size_t t = 0; t < j->teachers_len; t++)
        add(p, net_heads(&j->teachers[t], w[t], k, i), seen->len + 1);
    for (size_t o = 0; o <= seen->len; o++)
        p[o] /= (float)j->teachers_len;
    likeliest(p, seen->len + 1, ROOT, &out->head);
    out->rel_head = out->head.what[0];
    memset(p, 0, sizeof p);
    for (size_t t = 0; t < j->teachers_len; t++) {
        net_rels(&j->teachers[t], w[t], k, i, out->rel_head, q);
        add(p, q, z->rels);
    }
    for (size_t o = 0; o < z->rels; o++)
        p[o] /= (float)j->teachers_len;
    likeliest(p, z->rels, 0, &out->rel);
}

static void *work(void *arg)
{
    job *j = arg;
    net_work **w = calloc(j->teachers_len, sizeof *w);
    if (!w)
        abort();
    for (size_t t = 0; t < j->teachers_len; t++)
        w[t] = net_work_new();
    for (size_t at; (at = atomic_fetch_add(&j->next, LOT)) < j->len;) {
        const net_sentence *lot[LOT];
        size_t n = at + LOT < j->len ? LOT : j->len - at;
        for (size_t k = 0; k < n; k++)
            lot[k] = &j->seen[j->order[at + k]];
        for (size_t t = 0; t < j->teachers_len; t++)
            net_think(&j->teachers[t], w[t], lot, n);
        for (size_t k = 0; k < n; k++)
            for (uint32_t i = 0; i < lot[k]->len; i++)
                teach_word(j, w, k, i, lot[k], &j->student[j->order[at + k]].words[i]);
        if (at * 10 / j->len != (at + n) * 10 / j->len)
            fprintf(stderr, "teachers: %zu %% of the news text\n", (at + n) * 100 / j->len);
    }
    for (size_t t = 0; t < j->teachers_len; t++)
        net_work_free(w[t]);
    free(w);
    return NULL;
}

void teach(const net *teachers, size_t teachers_len, const net_sentence *seen,
           net_sentence *student, size_t len)
{
    pthread_t thread[THREADS];
    uint32_t *order = calloc(len + 1, sizeof *order);
    uint32_t count[SENTENCE_MOST + 2] = {0};
    if (!order)
        abort();
    for (size_t i = 0; i < len; i++) /* longest first, by counting */
        count[SENTENCE_MOST - seen[i].len + 1]++;
    for (size_t l = 1; l < SENTENCE_MOST + 2; l++)
        count[l] += count[l - 1];
    for (size_t i = 0; i < len; i++)
        order[count[SENTENCE_MOST - seen[i].len]++] = (uint32_t)i;
    job j = {teachers, teachers_len, len, seen, student, order, 0};
    for (size_t k = 0; k < THREADS; k++)
        if (pthread_create(&thread[k], NULL, work, &j))
            abort();
    for (size_t k = 0; k < THREADS; k++)
        pthread_join(thread[k], NULL);
    free(order);
}
