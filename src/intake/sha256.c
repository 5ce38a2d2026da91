/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

#include <openssl/evp.h>

ds_str ds_sha256_hex(ds_arena *a, ds_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    const char *at = bytes.at ? bytes.at : "";
    if (EVP_Digest(at, bytes.len, raw, &len, EVP_sha256(), NULL) != 1)
        return (ds_str){NULL, 0};
    char hex[2 * EVP_MAX_MD_SIZE];
    for (unsigned i = 0; i < len; i++) {
        hex[2 * (size_t)i] = digits[raw[i] >> 4];
        hex[2 * (size_t)i + 1] = digits[raw[i] & 15];
    }
    return ds_arena_str(a, (ds_str){hex, (size_t)2 * len});
}
