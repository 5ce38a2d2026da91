/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_sse.c - 128 bits, SSSE3. */
#include "language/kernel.h"

#if defined __SSSE3__
#include <tmmintrin.h>

#define LANES 8
#define ROWS 2
typedef __m128i V;

#define OP static inline __attribute__((always_inline))

OP V v_load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}
OP void v_store(void *p, V x)
{
    _mm_storeu_si128((__m128i *)p, x);
}
OP V v_all(int16_t x)
{
    return _mm_set1_epi16(x);
}
OP V v_all32(int32_t x)
{
    return _mm_set1_epi32(x);
}
OP V v_add32(V x, V y)
{
    return _mm_add_epi32(x, y);
}
OP V v_sll32(V x, unsigned n)
{
    return _mm_sll_epi32(x, _mm_cvtsi32_si128((int)n));
}
OP V v_sra32(V x, unsigned n)
{
    return _mm_sra_epi32(x, _mm_cvtsi32_si128((int)n));
}
OP V v_sra16(V x, unsigned n)
{
    return _mm_sra_epi16(x, _mm_cvtsi32_si128((int)n));
}
OP V v_adds(V x, V y)
{
    return _mm_adds_epi16(x, y);
}
OP V v_subs(V x, V y)
{
    return _mm_subs_epi16(x, y);
}
OP V v_max(V x, V y)
{
    return _mm_max_epi16(x, y);
}
OP V v_mulhi(V x, V y)
{
    return _mm_mulhi_epi16(x, y);
}
OP V v_mulhrs(V x, V y)
{
    return _mm_mulhrs_epi16(x, y);
}
OP V v_positive(V x)
{
    return _mm_cmpgt_epi16(x, _mm_setzero_si128());
}
OP V v_pick(V mask, V x, V y)
{
    return _mm_or_si128(_mm_and_si128(mask, x), _mm_andnot_si128(mask, y));
}
OP V v_pack32(V low, V high)
{
    return _mm_packs_epi32(low, high);
}
OP void v_store_bytes(int8_t *p, const V half[2])
{
    v_store(p, _mm_packs_epi16(half[0], half[1]));
}
OP void v_store_offset(uint8_t *p, V x)
{
    V packed = _mm_xor_si128(_mm_packs_epi16(x, x), _mm_set1_epi8((char)0x80));
    _mm_storel_epi64((__m128i *)p, packed);
}
OP V v_dot(V sum, V bytes, V weights)
{
    return _mm_add_epi32(sum, _mm_madd_epi16(_mm_maddubs_epi16(bytes, weights), _mm_set1_epi16(1)));
}

#define KERNEL ds_kernel_sse
#define NAME "sse"
static bool fits(void)
{
    return __builtin_cpu_supports("ssse3");
}

#include "language/kernel.inc"
#endif
