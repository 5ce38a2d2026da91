/* SPDX-License-Identifier: Apache-2.0 */
/* pack.c - several files of weights become one pack, and one becomes a file again. */
#include <stdlib.h>

#include "train.h"

enum { SECTIONS_MOST = 64 };

static int by_name(const void *a, const void *b)
{
    return ds_str_cmp(((const ds_section *)a)->name, ((const ds_section *)b)->name);
}

static bool section_of(ds_arena *a, const char *arg, ds_section *out)
{
    const char *eq = strchr(arg, '=');
    *out = (ds_section){{arg, eq ? (size_t)(eq - arg) : 0}, {0}};
    if (eq)
        out->bytes = train_slurp(a, eq + 1);
    if (!out->bytes.at)
        fprintf(stderr, "train: %s: NAME=FILE is expected, of a file that can be read\n", arg);
    return out->bytes.at;
}

int train_pack(const char *out, char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_section sections[SECTIONS_MOST];
    ds_pack pack;
    ds_str bytes = {0};
    ds_err err = {0};
    if (!a || args_n > SECTIONS_MOST)
        return 1;
    for (int i = 0; i < args_n; i++)
        if (!section_of(a, args[i], &sections[i]))
            return 1;
    qsort(sections, (size_t)args_n, sizeof *sections, by_name);
    ds_status st = ds_pack_write(a, sections, (size_t)args_n, &bytes);
    if (st == DS_OK)
        st = ds_pack_read(bytes, false, &pack, &err); /* a bad name, or one twice */
    FILE *f = st == DS_OK ? fopen(out, "wb") : NULL;
    bool ok = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: %s\n", out, err.what ? err.what : "cannot be written");
    return !ok;
}

int train_section(const char *out, const char *path, const char *name)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_pack pack;
    ds_str bytes = a ? train_slurp(a, path) : (ds_str){0}, section = {0};
    if (bytes.at && ds_pack_read(bytes, false, &pack, NULL) == DS_OK)
        section = ds_pack_section(&pack, ds_str_of(name));
    FILE *f = section.at ? fopen(out, "wb") : NULL;
    bool ok = f && fwrite(section.at, 1, section.len, f) == section.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: no section %s that could be written to %s\n", path, name, out);
    return !ok;
}
