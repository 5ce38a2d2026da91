/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include <stdio.h>

ds_str train_slurp(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (ds_str){0};
    ds_buf b = ds_buf_new(a);
    char chunk[65536];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        ds_buf_put(&b, (ds_str){chunk, n});
    fclose(f);
    return ds_buf_str(&b);
}
