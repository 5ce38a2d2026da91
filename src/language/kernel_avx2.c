/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_avx2.c - 256 bits; compiled twice, the second time (DS_VNNI) with the instruction that multiplies and adds four bytes
 * at once. */
#include "language/kernel.h"

#if defined __AVX2__
#include <immintrin.h>

#define LANES 16
#if defined DS_VNNI
#define ROWS 6
#else
#define ROWS 4
#endif
typedef __m256i V;

#define OP static inline __attribute__((always_inline))

OP V v_load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}
OP void v_store(void *p, V x)
{
    _mm256_storeu_si256((__m256i *)p, x);
}
OP V v_all(int16_t x)
{
    return _mm256_set1_epi16(x);
}
OP V v_all32(int32_t x)
{
    return _mm256_set1_epi32(x);
}
OP V v_add32(V x, V y)
{
    return _mm256_add_epi32(x, y);
}
OP V v_sll32(V x, unsigned n)
{
    return _mm256_sll_epi32(x, _mm_cvtsi32_si128((int)n));
}
OP V v_sra32(V x, unsigned n)
{
    return _mm256_sra_epi32(x, _mm_cvtsi32_si128((int)n));
}
OP V v_sra16(V x, unsigned n)
{
    return _mm256_sra_epi16(x, _mm_cvtsi32_si128((int)n));
}
OP V v_adds(V x, V y)
{
    return _mm256_adds_epi16(x, y);
}
OP V v_subs(V x, V y)
{
    return _mm256_subs_epi16(x, y);
}
OP V v_max(V x, V y)
{
    return _mm256_max_epi16(x, y);
}
OP V v_mulhi(V x, V y) /* x y >> 16 */
{
    return _mm256_mulhi_epi16(x, y);
}
OP V v_mulhrs(V x, V y) /* (x y + 2^14) >> 15 */
{
    return _mm256_mulhrs_epi16(x, y);
}
OP V v_positive(V x) /* all ones where x > 0 */
{
    return _mm256_cmpgt_epi16(x, _mm256_setzero_si256());
}
OP V v_pick(V mask, V x, V y)
{
    return _mm256_blendv_epi8(y, x, mask);
}
OP V v_pack32(V low, V high) /* in order, saturated */
{
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xD8);
}
OP void v_store_bytes(int8_t *p, const V half[1]) /* 16 bytes, saturated */
{
    V packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(half[0], half[0]), 0xD8);
    _mm_storeu_si128((__m128i *)p, _mm256_castsi256_si128(packed));
}
OP void v_store_offset(uint8_t *p, V x) /* 128 + x */
{
    V packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(x, x), 0xD8);
    _mm_storeu_si128((__m128i *)p,
                     _mm_xor_si128(_mm256_castsi256_si128(packed), _mm_set1_epi8((char)0x80)));
}
OP V v_dot(V sum, V bytes, V weights)
{
#if defined DS_VNNI
    return _mm256_dpbusd_epi32(sum, bytes, weights);
#else
    return _mm256_add_epi32(
        sum, _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, weights), _mm256_set1_epi16(1)));
#endif
}

#if defined DS_VNNI
#define KERNEL ds_kernel_vnni
#define NAME "vnni"
static bool fits(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512vnni") &&
           __builtin_cpu_supports("avx512vl");
}
#else
#define KERNEL ds_kernel_avx2
#define NAME "avx2"
static bool fits(void)
{
    return __builtin_cpu_supports("avx2");
}
#endif

#include "language/kernel.inc"
#endif
