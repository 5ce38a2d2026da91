/* SPDX-License-Identifier: Apache-2.0 */
/* net.h - the sentence reader's net while it learns: floats, gradients.
 *
 * Method   sum of rows for a word's features; two layers of bidirectional LSTM (Hochreiter and Schmidhuber 1997) whose gates
 *          are piecewise quadratics, so that integers can compute them exactly; tags from the first layer; heads by biaffine
 *          scores (Dozat and Manning 2017) and relations from the second
 * Input    one shard of sentences at a time, sorted by length, longest first; their words are "packed": all first words,
 *          then all second words, ... so that a step of the recurrence is one product of matrices for all sentences
 * Targets  up to TARGETS weighted outputs a word: one for gold, several for what a teacher thinks
 * Memory   a net_work is as large as the largest shard so far; the caller frees it
 */
#ifndef DS_TRAIN_NET_H
#define DS_TRAIN_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "gemm.h"

enum {
    FEATURES = 8,   /* rows of a word */
    TARGETS = 4,    /* of a word, for each kind of output */
    DISTANCES = 24, /* bins of the distance between a word and its head */
    SENTENCE_MOST = 200,
    ROOT = 0xFFFE, /* a head */
    NOTHING = 0xFFFF,
};

typedef struct net_target {
    uint16_t what[TARGETS]; /* NOTHING: no more */
    float share[TARGETS];
} net_target;

typedef struct net_word {
    uint32_t row[FEATURES]; /* of the table of rows; row 0 is all zeros and never learns */
    net_target tag, head, rel;
    uint16_t rel_head; /* the head that `rel` is given for */
} net_word;

typedef struct net_sentence {
    net_word *words;
    uint32_t len;
} net_sentence;

enum { NET_WIDTH_MOST = 1024 };

typedef struct net_size { /* all multiples of 16, the widths NET_WIDTH_MOST at most */
    uint32_t rows, in, h1, h2, arc, rel, tags, rels;
} net_size;

/* Where each matrix lies in the block of dense weights. */
typedef struct net_layout {
    struct {
        size_t in, bias,
            back[2]; /* [width][8h] both directions; [8h]; [h][4h] for each direction */
    } lstm[2];
    size_t tag, tag_bias;   /* [2 h1][tags] */
    size_t side, side_bias; /* [2 h2][2 arc + 2 rel]: as word, as head, relation as word, as head */
    size_t root, root_rel;  /* [arc], [rel]: the root's side as head */
    size_t arc, head_bias;  /* [arc][arc]; [arc] */
    size_t distance;        /* [DISTANCES + 8] */
    size_t label, label_bias; /* [rel][rels] */
    size_t len;
} net_layout;

typedef struct net {
    net_size size;
    net_layout at;
    float *dense;   /* weights */
    float *flipped; /* the same matrices transposed, for gradients: net_flip */
    float *rows;    /* [rows][in] */
} net;

typedef struct net_grad {
    float *dense; /* as net.dense */
} net_grad;

typedef struct net_work net_work;

typedef struct net_rates {
    float drop_in, drop_h, drop_side; /* chances */
} net_rates;

typedef struct net_loss {
    double tag, head, rel;
    uint64_t words, tag_right, head_right, rel_right;
} net_loss;

net_layout net_layout_of(const net_size *s);
void net_init(net *n, const net_size *s, uint64_t seed); /* allocates */
net net_copy(const net *n);
void net_free(net *n);
void net_flip(net *n);

net_work *net_work_new(void);
void net_work_free(net_work *w);
/* Forward and backward. Adds to g->dense; the gradients of the words' input are left in the work: net_work_input. */
void net_learn(const net *n, net_work *w, const net_sentence *const *s, size_t s_len,
               const net_rates *r, uint64_t seed, net_grad *g, net_loss *loss);
/* Rows and gradients [words][in] of the words that net_learn saw. */
size_t net_work_input(const net_work *w, const net_word *const **words, const float **grad);

/* Forward only. `heads` of sentence k: [len][len + 1] chances, column `len` is the root. */
void net_think(const net *n, net_work *w, const net_sentence *const *s, size_t s_len);
const float *net_tags(const net *n, const net_work *w, size_t k, size_t i);
const float *net_heads(const net *n, const net_work *w, size_t k, size_t i);
/* Chances of the relations of word i to `head` (ROOT: the root), into out[rels]. */
void net_rels(const net *n, net_work *w, size_t k, size_t i, size_t head, float *out);

/* What net_think left, [rows][width]: for the choice of scales. */
typedef enum net_layer { NET_IN, NET_SIDE, NET_ARC } net_layer;
const float *net_peek(const net *n, const net_work *w, net_layer l, size_t *rows, size_t *width);

/* The weight of net_layout.distance for a head so many words behind its word (before it: negative). */
uint32_t net_bin(ptrdiff_t distance);

#endif
