/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - letters in lower case and without accents, for look-ups that must not fail for a missing accent. */
#ifndef DS_LANGUAGE_FOLD_H
#define DS_LANGUAGE_FOLD_H

#include "base/base.h"

/* Latin letters from U+00C0 to U+024F as the letter that ASCII has for them. 0: none. */
uint8_t fold_latin(uint32_t code_point);

/* Next code point of s, in lower case, Latin letters without accents, apostrophes straight; moves *i past it. */
static inline uint32_t fold_next(ds_str s, size_t *i)
{
    unsigned char c = (unsigned char)s.at[*i];
    if (c < 0x80) {
        ++*i;
        return c >= 'A' && c <= 'Z' ? c + 32u : c;
    }
    uint32_t p = ds_utf8_next(s, i);
    if (p == 0x2019 || p == 0x2018 || p == 0x2BC)
        return '\'';
    if (p == 0x2010 || p == 0x2011)
        return '-';
    uint8_t f = p >= 0xC0 && p < 0x250 ? fold_latin(p) : 0;
    return f ? f : p;
}

#endif
