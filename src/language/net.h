/* SPDX-License-Identifier: Apache-2.0 */
/* net.h - tags, heads and relations of sentences by a small trained net, in integers.
 *
 * Layer    language; uses base, text
 * Method   sum of rows for a word's form (or for its pieces, if the form is unknown) and its shape; two layers of bidirectional
 *          LSTM (Hochreiter and Schmidhuber 1997) with piecewise quadratic gates; tags from the first layer, heads by biaffine
 *          scores and relations from the second (Dozat and Manning 2017); a tree by Chu-Liu/Edmonds (1965/1967) where the best
 *          heads are none. Sentences of like length go through the recurrence in step. Sentences of more than DS_NET_PIECE
 *          words are read in pieces whose roots hang on the first one's
 * Input    a doc's words and sentences; weights made by tools/train/net, section "net" of the language's pack
 * Output   upos, xpos, head and rel of each word; one root for each sentence
 * Memory   scratch and results live in `a`; the weights are read in place
 * Errors   DS_NOMEM; ds_net_open DS_BAD for a section that is none, or made for other labels
 * Cost     linear in words for sentences of bounded length; see script/bench
 * Threads  safe with one arena per thread
 */
#ifndef DS_LANGUAGE_NET_H
#define DS_LANGUAGE_NET_H

#include "language/kernel.h"
#include "language/traits.h"
#include "text/text.h"

enum {
    DS_NET_PIECE = 200, /* words that are read at once, at most */
    DS_NET_WIDTH_MOST = 256,
    DS_NET_UNKNOWN = 1, /* rows of pieces: none, a word without a row, shapes, pieces */
    DS_NET_SHAPES = 2,
    DS_NET_PIECES = DS_NET_SHAPES + DS_SHAPES,
};

typedef enum ds_net_part {
    DS_NET_IN1,
    DS_NET_ON1,   /* recurrence, from left to right */
    DS_NET_BACK1, /* from right to left */
    DS_NET_TAG,
    DS_NET_IN2,
    DS_NET_ON2,
    DS_NET_BACK2,
    DS_NET_SIDES, /* a word as dependent, as head: for arcs */
    DS_NET_RELS,  /* the same for relations */
    DS_NET_ARC,
    DS_NET_LABEL,
    DS_NET_PARTS,
} ds_net_part;

/* What a section begins with. All numbers are little-endian; everything behind lies at multiples of 64. */
typedef struct ds_net_head {
    char magic[8];
    uint32_t in, h1, h2, arc, rel, tags, rels;               /* widths: multiples of 16 */
    uint32_t word_slots, word_rows, piece_slots, piece_rows; /* slots: powers of two */
    uint32_t labels;                                         /* ds_net_labels */
    uint8_t shift[DS_NET_PARTS][2];                          /* left, right */
    uint8_t rel_shift;                                       /* from a pair's sum to a byte */
} ds_net_head;

typedef struct ds_net_slot {
    uint32_t check; /* upper half of the hash */
    uint32_t row;   /* 0: free */
} ds_net_slot;

typedef struct ds_net_layout {
    size_t weight[DS_NET_PARTS], bias[DS_NET_PARTS];
    size_t tag_of, rel_of;           /* [tags][2]: upos, xpos; [rels] */
    size_t distance, root, root_rel; /* [2 DS_NET_PIECE + 1] int32; [arc], [rel] int16 */
    size_t word_slot, word_row, piece_slot, piece_row;
    size_t len;
} ds_net_layout;

typedef struct ds_net {
    ds_net_head head;
    ds_net_layout at;
    const char *bytes;
    ds_matrix part[DS_NET_PARTS];
} ds_net;

extern const char ds_net_magic[8];
uint32_t ds_net_labels(void); /* a sum over the names of tags and relations, in order */
void ds_net_widths(const ds_net_head *h, ds_net_part p, uint32_t *k, uint32_t *n);
ds_net_layout ds_net_layout_of(const ds_net_head *h);
/* Kinds: 'w' a whole form, 'a' to 'd' its pieces 0 to 3. */
uint64_t ds_net_hash(char kind, ds_str s);

ds_status ds_net_open(ds_str section, ds_net *out, ds_err *err);
/* Fills nodes[0 .. doc->words_len). wanted: for each sentence, whether heads are; NULL: all. */
ds_status ds_net_read(ds_arena *a, const ds_net *n, const ds_kernel *k, const ds_doc *doc,
                      const uint8_t *wanted, ds_node *nodes);

#endif
