/* SPDX-License-Identifier: Apache-2.0 */
/* lines.c - a file line by line, whatever its size: a line inside one block is a view, a longer one is gathered. */
#include "intake/internal.h"

#include <stdlib.h>
#include <unistd.h>

ds_status ds_lines_open(ds_lines *l, const char *path, ds_err *err)
{
    *l = (ds_lines){.fd = -1, .size = -1};
    char *block = malloc(DS_INTAKE_BLOCK);
    if (!block)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    l->fd = ds_input_open(path, &l->size, err);
    if (l->fd < 0) {
        free(block);
        return err ? err->code : DS_IO;
    }
    l->block = block;
    return DS_OK;
}

void ds_lines_close(ds_lines *l)
{
    if (l->fd >= 0)
        close(l->fd);
    free(l->block);
    free(l->long_line);
    *l = (ds_lines){.fd = -1, .size = -1};
}

/* Fills the empty block. DS_NONE: the file ends. */
static ds_status refill(ds_lines *l, ds_err *err)
{
    ssize_t n = ds_input_read(l->fd, l->block, DS_INTAKE_BLOCK, err);
    if (n < 0)
        return DS_IO;
    l->beg = 0;
    l->end = (size_t)n;
    l->ended = n == 0;
    return n == 0 ? DS_NONE : DS_OK;
}

static ds_status gather(ds_lines *l, const char *at, size_t len, ds_err *err)
{
    size_t want = l->long_len + len;
    if (want > DS_INTAKE_MAX_BYTES)
        return ds_fail(err, DS_LIMIT, "a line longer than 64 MB; kept out", 0);
    if (want > l->long_cap) {
        size_t cap = want + want / 2;
        char *grown = realloc(l->long_line, cap);
        if (!grown)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        l->long_line = grown;
        l->long_cap = cap;
    }
    memcpy(l->long_line + l->long_len, at, len);
    l->long_len = want;
    return DS_OK;
}

static ds_str without_return(const char *at, size_t len)
{
    return (ds_str){at, len && at[len - 1] == '\r' ? len - 1 : len};
}

ds_status ds_lines_next(ds_lines *l, ds_str *out, ds_err *err)
{
    ds_status kept = DS_OK; /* the first failure; the line is read to its end all the same */
    bool any = false;
    l->long_len = 0;
    l->number++;
    for (;;) {
        if (l->beg == l->end) {
            ds_status got = l->ended ? DS_NONE : refill(l, err);
            if (got < 0)
                return got;
            if (got == DS_NONE)
                break;
        }
        const char *beg = l->block + l->beg;
        size_t room = l->end - l->beg;
        const char *stop = memchr(beg, '\n', room);
        size_t len = stop ? (size_t)(stop - beg) : room;
        l->beg += len + (stop != NULL);
        l->read += (int64_t)(len + (stop != NULL));
        if (stop && !any) {
            *out = without_return(beg, len);
            return DS_OK;
        }
        any = true;
        if (kept == DS_OK)
            kept = gather(l, beg, len, err);
        if (stop)
            break;
    }
    if (!any)
        return DS_NONE;
    if (kept == DS_OK)
        *out = without_return(l->long_line, l->long_len);
    return kept;
}
