/* SPDX-License-Identifier: Apache-2.0 */
#if (defined __AMX_INT8__ || defined __AMXINT8__) && defined __AVX512BW__ /* gcc, clang */
#define DS_VNNI 1
#define DS_512 1
#define DS_TILES 1
#include "language/kernel_256.inc"
#endif
