/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm.h"

#include <math.h>

/* VEC: a vector of floats; ROWS and VECS: rows and vectors of a block; ALL(x): a vector of x;
 * FMA(x, y, acc) = x * y + acc, rounded once. */
#if defined __AVX512F__
#include <immintrin.h>
#define VEC __m512
#define ROWS 6
#define VECS 4
#define ALL _mm512_set1_ps
#define FMA _mm512_fmadd_ps
#elif defined __AVX2__ && defined __FMA__
#include <immintrin.h>
#define VEC __m256
#define ROWS 4
#define VECS 2
#define ALL _mm256_set1_ps
#define FMA _mm256_fmadd_ps
#else
#define VEC float
#define ROWS 2
#define VECS 4
#define ALL(x) (x)
#define FMA fmaf
#endif

#define WIDE (sizeof(VEC) / sizeof(float))
#define FLAT static inline __attribute__((always_inline))

FLAT void block(size_t rows, size_t vecs, size_t k, const float *a, size_t a_row, size_t a_col,
                const float *b, size_t b_row, float *c, size_t c_row)
{
    VEC acc[ROWS][VECS];
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < vecs; j++)
            acc[i][j] = *(const VEC *)(c + i * c_row + WIDE * j);
    for (size_t l = 0; l < k; l++)
        for (size_t i = 0; i < rows; i++) {
            VEC x = ALL(a[i * a_row + l * a_col]);
            for (size_t j = 0; j < vecs; j++)
                acc[i][j] = FMA(x, *(const VEC *)(b + l * b_row + WIDE * j), acc[i][j]);
        }
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < vecs; j++)
            *(VEC *)(c + i * c_row + WIDE * j) = acc[i][j];
}

FLAT void rows_of(size_t vecs, size_t m, size_t k, const float *a, size_t a_row, size_t a_col,
                  const float *b, size_t b_row, float *c, size_t c_row)
{
    size_t i = 0;
    for (; i + ROWS <= m; i += ROWS)
        block(ROWS, vecs, k, a + i * a_row, a_row, a_col, b, b_row, c + i * c_row, c_row);
    for (; i + 2 <= m; i += 2)
        block(2, vecs, k, a + i * a_row, a_row, a_col, b, b_row, c + i * c_row, c_row);
    for (; i < m; i++)
        block(1, vecs, k, a + i * a_row, a_row, a_col, b, b_row, c + i * c_row, c_row);
}

void gemm(size_t m, size_t n, size_t k, const float *a, size_t a_row, size_t a_col, const float *b,
          size_t b_row, float *c, size_t c_row)
{
    size_t j = 0;
    for (; j + WIDE * VECS <= n; j += WIDE * VECS)
        rows_of(VECS, m, k, a, a_row, a_col, b + j, b_row, c + j, c_row);
    for (; j < n; j += WIDE)
        rows_of(1, m, k, a, a_row, a_col, b + j, b_row, c + j, c_row);
}
