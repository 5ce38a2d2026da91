/* SPDX-License-Identifier: Apache-2.0 */
#if defined __AVX2__
#include "language/kernel_256.inc"
#endif
