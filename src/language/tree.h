/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - heads that make a tree.
 *
 * Layer    language; uses base
 * Method   the best head of each word, if that is a tree with one root; else the best tree by Chu-Liu (1965) and Edmonds (1967),
 *          below the word that loses least as root
 * Cost     O(n) where the best heads are a tree; else O(n^2) for each circle, n at most DS_TREE_MOST (more: DS_LIMIT)
 * Threads  safe
 */
#ifndef DS_LANGUAGE_TREE_H
#define DS_LANGUAGE_TREE_H

#include "base/base.h"

enum { DS_TREE_MOST = 512 }; /* words */

typedef struct ds_arcs {
    size_t n;
    const int32_t *score; /* [head][word], rows of `row` */
    size_t row;
    const int32_t *distance; /* added: distance[word - head] */
    const int32_t *root;     /* [word]: score of the root as head */
} ds_arcs;

typedef struct ds_tree_room { /* scratch, kept from sentence to sentence; all zeros at first */
    void *at;
    size_t bytes;
} ds_tree_room;

/* head[i]: on entry the best head of each word, -1 the root; on return a tree with one root. */
ds_status ds_tree(ds_arena *a, ds_tree_room *room, const ds_arcs *arcs, int32_t *head);

#endif
