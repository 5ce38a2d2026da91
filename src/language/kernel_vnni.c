/* SPDX-License-Identifier: Apache-2.0 */
#define DS_VNNI 1
#include "language/kernel_avx2.c"
