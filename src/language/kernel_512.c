/* SPDX-License-Identifier: Apache-2.0 */
#if defined __AVX512VNNI__ && defined __AVX512BW__
#define DS_VNNI 1
#define DS_512 1
#include "language/kernel_256.inc"
#endif
