/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_lemmas.c - a section of any bytes is refused, or gives every word a lemma of valid UTF-8, twice the same.
 *
 * Input: UPOS, XPOS, length of the word, the word, the section. */
#include "language/lemmas.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check(ds_arena *a, ds_str section, ds_str word, uint8_t upos, uint8_t xpos)
{
    ds_lemmas m;
    if (ds_lemmas_open(section, &m, NULL) < 0)
        return;
    ds_str one = ds_lemmatize(a, &m, word, upos, xpos, upos & 32);
    ds_str two = ds_lemmatize(a, &m, word, upos, xpos, upos & 32);
    require(one.at && (one.len || !word.len) && ds_utf8_check(one, NULL) == DS_OK);
    require(ds_str_eq(one, two));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    if (len < 3 || len - 3 < at[2])
        return 0;
    ds_arena *a = ds_arena_new(0, (size_t)16 << 20);
    ds_str word = {(const char *)at + 3, at[2]};
    ds_str section = ds_arena_str(a, (ds_str){word.at + word.len, len - 3 - word.len});
    if (section.at && ds_utf8_check(word, NULL) == DS_OK)
        check(a, section, word, at[0], at[1]);
    ds_arena_free(a);
    return 0;
}
