/* SPDX-License-Identifier: Apache-2.0 */
/* languages.c - the languages whose folders the build compiled in, and the names of all others. */
#include "text/internal.h"

#include <unicode/uloc.h>

extern const ds_table ds_tables_en[];
extern const size_t ds_tables_en_len;
extern const char ds_pack_en[];
extern const uint64_t ds_pack_en_len;

/* The first is the one that texts of unknown language are read in. */
static const ds_builtin builtins[] = {
    {DS_STR_INIT("en"), ds_tables_en, &ds_tables_en_len, ds_pack_en, &ds_pack_en_len},
};

const ds_builtin *ds_builtin_of(ds_str language)
{
    if (!language.at || ds_str_eq(language, DS_STR("und")))
        return builtins;
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (ds_str_eq(builtins[i].language, language))
            return &builtins[i];
    return NULL;
}

bool ds_language_known(ds_str language)
{
    return ds_builtin_of(language) != NULL;
}

ds_str ds_language_english(ds_arena *a, ds_str language)
{
    char code[32], name[64];
    UChar wide[64];
    UErrorCode status = U_ZERO_ERROR;
    if (!language.at || language.len >= sizeof code)
        return language;
    memcpy(code, language.at, language.len);
    code[language.len] = 0;
    int32_t len = uloc_getDisplayName(code, "en", wide, sizeof wide / sizeof *wide, &status);
    if (U_FAILURE(status) || len <= 0 || (size_t)len >= sizeof name)
        return language;
    for (int32_t i = 0; i < len; i++) {
        if (wide[i] >= 0x80)
            return language;
        name[i] = (char)wide[i];
    }
    return ds_arena_str(a, (ds_str){name, (size_t)len});
}
