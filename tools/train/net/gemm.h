/* SPDX-License-Identifier: Apache-2.0 */
/* gemm.h - products of matrices of floats, the same bits on every processor.
 *
 * Method   blocks of rows by 16-wide columns; each element of C is a chain of fused multiply-adds over k, in order, so
 *          that blocking, vector width and the number of threads never show in the result
 * Input    row-major; N a multiple of 16, B and C aligned to 64 bytes with strides of a multiple of 16
 * Cost     2 M N K operations; without AVX2 and FMA the chain is computed by fmaf, slowly, with the same bits
 */
#ifndef DS_TRAIN_GEMM_H
#define DS_TRAIN_GEMM_H

#include <stddef.h>

/* C[m, n] += A[m, k] B[k, n]; A[i, l] is a[i * a_row + l * a_col]. */
void gemm(size_t m, size_t n, size_t k, const float *a, size_t a_row, size_t a_col, const float *b,
          size_t b_row, float *c, size_t c_row);

#endif
