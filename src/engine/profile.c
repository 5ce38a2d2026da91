/* SPDX-License-Identifier: Apache-2.0 */
/* profile.c - the host profile that --profile names. */
#include "engine/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PROFILE_MAX ((size_t)256 << 20) /* bytes of a profile's file */

static void close_file(FILE **f)
{
    if (*f)
        fclose(*f);
}

dossier_status ds_open_profile(dossier *d, const char *path)
{
    if (!path)
        return DOSSIER_OK;
    DS_AUTO(close_file) FILE *f = fopen(path, "rb");
    if (!f)
        return ds_say(d, DOSSIER_BAD, "%s: %s", path, strerror(errno));
    ds_buf text = ds_buf_new(d->arena);
    char chunk[65536];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0 && text.len <= PROFILE_MAX;)
        ds_buf_put(&text, (ds_str){chunk, n});
    if (ferror(f))
        return ds_say(d, DOSSIER_BAD, "%s: %s", path, strerror(errno));
    if (text.len > PROFILE_MAX)
        return ds_say(d, DOSSIER_BAD, "%s: larger than 256 MB", path);
    ds_host_profile *x = ds_arena_calloc(d->arena, 1, sizeof *x);
    ds_err err = {0};
    if (text.status != DS_OK || !x)
        return ds_say_nomem(d);
    ds_status st = ds_host_profile_read(d->arena, ds_buf_str(&text), x, &err);
    if (st == DS_NOMEM)
        return ds_say_nomem(d);
    if (st < 0)
        return ds_say(d, DOSSIER_BAD, "%s:%zu: %s", path, err.at, err.what);
    d->profile = x;
    d->reader = ds_arena_printf(d->arena, "%.*s+%016llx", DS_FMT(d->reader),
                                (unsigned long long)ds_hash(ds_buf_str(&text), 0));
    return d->reader.at ? DOSSIER_OK : ds_say_nomem(d);
}
