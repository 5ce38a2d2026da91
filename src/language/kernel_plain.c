/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_plain.c - 128 bits in the compiler's own vectors, for every processor; and the choice between kernels. */
#include "language/kernel.h"

#define LANES 8
#define ROWS 2
typedef int16_t V __attribute__((vector_size(16)));
typedef int32_t V32 __attribute__((vector_size(16)));
typedef int8_t B __attribute__((vector_size(16)));
typedef int8_t B8 __attribute__((vector_size(8)));

#define OP static inline __attribute__((always_inline))

OP V v_load(const void *p)
{
    V x;
    memcpy(&x, p, sizeof x);
    return x;
}
OP void v_store(void *p, V x)
{
    memcpy(p, &x, sizeof x);
}
OP V v_all(int16_t x)
{
    return x - (V){0};
}
OP V v_all32(int32_t x)
{
    return (V)(x - (V32){0});
}
OP V v_add32(V x, V y)
{
    return (V)((V32)x + (V32)y);
}
OP V v_sll32(V x, unsigned n)
{
    return (V)((V32)x << (int)n);
}
OP V v_sra32(V x, unsigned n)
{
    return (V)((V32)x >> (int)n);
}
OP V v_sra16(V x, unsigned n)
{
    return x >> (short)n;
}
OP int16_t cut16(int32_t x)
{
    return (int16_t)(x > INT16_MAX ? INT16_MAX : x < INT16_MIN ? INT16_MIN : x);
}
OP V v_adds(V x, V y)
{
    V z;
    for (int i = 0; i < LANES; i++)
        z[i] = cut16(x[i] + y[i]);
    return z;
}
OP V v_subs(V x, V y)
{
    V z;
    for (int i = 0; i < LANES; i++)
        z[i] = cut16(x[i] - y[i]);
    return z;
}
OP V v_pick(V mask, V x, V y)
{
    return (mask & x) | (~mask & y);
}
OP V v_max(V x, V y)
{
    return v_pick(x > y, x, y);
}
OP V v_mulhi(V x, V y)
{
    V z;
    for (int i = 0; i < LANES; i++)
        z[i] = (int16_t)(x[i] * y[i] >> 16);
    return z;
}
OP V v_mulhrs(V x, V y)
{
    V z;
    for (int i = 0; i < LANES; i++)
        z[i] = (int16_t)((x[i] * y[i] + (1 << 14)) >> 15);
    return z;
}
OP V v_positive(V x)
{
    return x > 0;
}
OP V v_pack32(V low, V high)
{
    V z;
    for (int i = 0; i < LANES / 2; i++) {
        z[i] = cut16(((V32)low)[i]);
        z[LANES / 2 + i] = cut16(((V32)high)[i]);
    }
    return z;
}
OP B8 bytes_of(V x)
{
    x = v_pick(x > 127, v_all(127), x);
    return __builtin_convertvector(v_max(x, v_all(-128)), B8);
}
OP void v_store_bytes(int8_t *p, const V half[2])
{
    B8 low = bytes_of(half[0]), high = bytes_of(half[1]);
    memcpy(p, &low, sizeof low);
    memcpy(p + sizeof low, &high, sizeof high);
}
OP void v_store_offset(uint8_t *p, V x)
{
    B8 b = bytes_of(x) ^ (int8_t)-128;
    memcpy(p, &b, sizeof b);
}
#define LOW_BYTES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH_BYTES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31

/* Sums of two: what each 32 bits hold as two 16-bit numbers. */
OP V32 pair_sums(V x)
{
    return ((V32)x << 16 >> 16) + ((V32)x >> 16);
}
/* Products of bytes fit 16 bits, so do sums of two of them. Bytes become 16 bits beside zeros: first or last of a pair. */
OP V v_dot(V sum, V bytes, V weights)
{
    const B none = {0};
    V in = (V)__builtin_shufflevector((B)bytes, none, LOW_BYTES);
    V low = (V)__builtin_shufflevector(none, (B)weights, LOW_BYTES) >> 8;
    V high = (V)__builtin_shufflevector(none, (B)weights, HIGH_BYTES) >> 8;
    V32 x = pair_sums(in * low), y = pair_sums(in * high);
    V32 even = __builtin_shufflevector(x, y, 0, 2, 4, 6),
        odd = __builtin_shufflevector(x, y, 1, 3, 5, 7);
    return (V)((V32)sum + even + odd);
}

#define KERNEL ds_kernel_plain
#define NAME "plain"
static bool fits(void)
{
    return true;
}

#include "language/kernel.inc"

/* ---- the choice ------------------------------------------------------------------------------------------ */

#if defined __x86_64__
extern const ds_kernel ds_kernel_tiles, ds_kernel_512, ds_kernel_vnni, ds_kernel_avx2,
    ds_kernel_sse;
#endif

const ds_kernel *const ds_kernels[] = {
#if defined __x86_64__
    &ds_kernel_tiles, &ds_kernel_512, &ds_kernel_vnni, &ds_kernel_avx2, &ds_kernel_sse,
#endif
    &ds_kernel_plain,
};
const size_t ds_kernels_len = sizeof ds_kernels / sizeof *ds_kernels;

const ds_kernel *ds_kernel_named(ds_str name)
{
    for (size_t i = 0; i < ds_kernels_len; i++)
        if ((!name.at || ds_str_eq(name, ds_str_of(ds_kernels[i]->name))) && ds_kernels[i]->fits())
            return ds_kernels[i];
    return NULL;
}
