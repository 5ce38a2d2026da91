/* SPDX-License-Identifier: Apache-2.0 */
/* language.c - which language a text is in. */
#include "text/internal.h"

/* cld2 reads at most this much: the start of an article says enough, and the rest costs time. */
enum { LANGUAGE_BYTES = 2048 };

ds_str ds_text_language(ds_str text)
{
    // clang-format off
    static const struct { const char *cld2, *bcp47; } renamed[] = {{"iw", "he"}, {"jw", "jv"}, {"sh", "sr-Latn"}};
    // clang-format on
    size_t len = text.len < LANGUAGE_BYTES ? text.len : LANGUAGE_BYTES;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len--; /* cld2 wants whole code points */
    bool valid = text.at && len &&
                 ds_utf8_check((ds_str){text.at, len}, NULL) == DS_OK; /* cld2 wants that too */
    const char *code = valid ? ds_cld2_language(text.at, (int)len) : NULL;
    if (!code)
        return DS_STR("und");
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (strcmp(code, renamed[i].cld2) == 0)
            return ds_str_of(renamed[i].bcp47);
    return ds_str_of(code);
}
