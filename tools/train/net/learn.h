/* SPDX-License-Identifier: Apache-2.0 */
/* learn.h - teaching a net: batches, Adam, two threads.
 *
 * Method   Adam (Kingma and Ba 2015) with a rate that rises for some steps, then falls to zero on a line; a batch is cut in
 *          SHARDS shards of fixed sentences whose gradients are added in order, so that threads never show in the result
 */
#ifndef DS_TRAIN_LEARN_H
#define DS_TRAIN_LEARN_H

#include "net.h"

typedef struct learn_set {
    net_sentence *all;
    size_t len;
    double passes; /* how often each sentence is seen in the whole run */
} learn_set;

typedef struct learn_plan {
    net_rates rates;
    float rate;
    uint32_t batch, warm; /* sentences a step; steps until the full rate */
    uint32_t unknown;     /* row that stands in for a word's own, at times */
    const uint32_t *seen; /* how often the word of a row was seen in training */
    uint64_t seed;
    const char *name;                       /* in progress lines */
    void (*report)(void *ctx, double done); /* after each tenth; may be NULL */
    void *ctx;
} learn_plan;

void learn(net *n, const learn_set *sets, size_t sets_len, const learn_plan *plan);

#endif
