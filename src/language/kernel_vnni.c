/* SPDX-License-Identifier: Apache-2.0 */
#if defined __AVX512VNNI__
#define DS_VNNI 1
#include "language/kernel_256.inc"
#endif
