/* SPDX-License-Identifier: Apache-2.0 */
/* digits.h - the value of a run of digits, by bytes: groups, decimals, fractions, powers of ten. Private to annotate. */
#ifndef DS_ANNOTATE_DIGITS_H
#define DS_ANNOTATE_DIGITS_H

#include "base/base.h"

typedef struct digits {
    ds_frac value;
    size_t end;    /* byte behind it, also where digits_scan says false */
    bool grouped;  /* "12,000": surely no year and no label */
    bool fraction; /* "1/16", "1 1/2", "2½" */
    bool mixed;    /* a decimal or fraction: no whole number as written */
} digits;

/* Digits from byte i on, not beyond `stop`. False: none, or no amount (1.2.3, 10:30, 9/11, 007, more than int64 holds);
 * then out->end is behind all that belongs together. */
bool digits_scan(ds_str text, size_t i, size_t stop, digits *out);

#endif
