/* SPDX-License-Identifier: Apache-2.0 */
/* language.cc - the one C++ file: a C door to cld2, whose header wants <cstdio> before it. */
#include <cstdio>

#include <cld2/public/compact_lang_det.h>

extern "C" const char *ds_cld2_language(const char *text, int len);

extern "C" const char *ds_cld2_language(const char *text, int len)
{
    bool sure = false;
    CLD2::Language l = CLD2::DetectLanguage(text, len, true, &sure);
    return sure && l != CLD2::UNKNOWN_LANGUAGE ? CLD2::LanguageCode(l) : nullptr;
}
