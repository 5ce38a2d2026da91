/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.h - the inner loops of the net, in integers, once for each kind of processor.
 *
 * Layer    language; uses base
 * Method   bytes times bytes into 32-bit sums, four at a time; weights lie as [k / 4][n][4], within +-63, so that a sum of two
 *          products of an unsigned and a signed byte never leaves 16 bits
 * Output   the same bits from every kernel: sums are exact, shifts round down, packing saturates
 * Input    n and all other widths are multiples of 16, k of 4; strides in elements
 * Threads  safe
 */
#ifndef DS_LANGUAGE_KERNEL_H
#define DS_LANGUAGE_KERNEL_H

#include "base/base.h"

enum { DS_NET_IN_MOST = 256 }; /* bytes of a word's input */

typedef struct ds_matrix { /* of a trained net: y = (x w + bias) << left >> right */
    const int8_t *w;       /* [k / 4][n][4] */
    const int32_t *bias;   /* [n]; takes back what unsigned inputs add */
    uint32_t n, k;
    uint8_t left, right;
} ds_matrix;

/* Gates of a word lie as [in | forget | out | new], h each, in 1/4096; cells in 1/4096; out: 128 + 128 times the output. */
typedef struct ds_kernel {
    const char *name;   /* "avx2" */
    bool (*fits)(void); /* can this processor run it? */
    void (*to32)(const ds_matrix *m, size_t rows, const uint8_t *x, size_t x_row, int32_t *y,
                 size_t y_row);
    /* Saturated; with `add` added to what is there, saturated again. */
    void (*to16)(const ds_matrix *m, size_t rows, const uint8_t *x, size_t x_row, bool add,
                 int16_t *y, size_t y_row);
    /* Cut to [least, 127]; least is 0 or -128. */
    void (*to8)(const ds_matrix *m, size_t rows, const uint8_t *x, size_t x_row, int least,
                int8_t *y, size_t y_row);
    /* One step of an LSTM; `before` NULL: nothing before. cell may be `before`. */
    void (*cell)(size_t h, const int16_t *gates, const int16_t *before, int16_t *cell,
                 uint8_t *out);
    /* sum of int8 rows of `in` bytes, cut to bytes, plus 128 */
    void (*add_rows)(size_t in, const int8_t *const *rows, size_t n, uint8_t *out);
    /* best[i] = max over rows j of score[j][i] + distance[i - j], for row != column; arg[i] = its first j. distance points to
     * the entry of 0. */
    void (*best_heads)(size_t n, const int32_t *score, size_t score_row, const int32_t *distance,
                       int32_t *best, int32_t *arg);
    size_t (*best_of)(const int32_t *x, size_t n); /* first index of the largest */
    /* out[j] = (x[j] + y[j]) >> shift, cut to [0, 127] */
    void (*add_sides)(size_t n, const int16_t *x, const int16_t *y, unsigned shift, uint8_t *out);
} ds_kernel;

/* Fastest first; the last one fits everywhere. */
extern const ds_kernel *const ds_kernels[];
extern const size_t ds_kernels_len;
/* The fastest that fits; with a name that one, NULL when it does not fit or is unknown. */
const ds_kernel *ds_kernel_named(ds_str name);

#endif
