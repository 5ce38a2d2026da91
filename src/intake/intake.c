/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

#include <stdlib.h>

struct ds_intake {
    ds_inputs inputs;
    size_t next;
    ds_intake_kind kind;
    ds_lines lines; /* of the input before `next`, while it is open */
    ds_pieces pieces;
    ds_day as_of;
    ds_intake_lines first; /* NULL: none, or no more */
    void *first_ctx;
    size_t first_expected;
};

ds_status ds_intake_open(ds_arena *a, const char *const *paths, size_t n, ds_day as_of,
                         ds_intake **out, ds_err *err)
{
    ds_intake *in = ds_arena_alloc(a, sizeof *in);
    if (!in)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    *in = (ds_intake){.as_of = as_of, .lines = {.fd = -1, .size = -1}, .pieces = {.fd = -1}};
    for (size_t i = 0; i < n; i++) {
        ds_str path = ds_arena_str(a, ds_str_of(paths[i]));
        if (!path.at || ds_walk(a, path, &in->inputs) < 0)
            return ds_fail(err, DS_NOMEM, "no memory left to list the inputs", 0);
    }
    *out = in;
    return DS_OK;
}

void ds_intake_as(ds_intake *in, ds_intake_kind kind)
{
    in->kind = kind;
}

void ds_intake_close(ds_intake *in)
{
    if (!in)
        return;
    ds_lines_close(&in->lines);
    ds_pieces_close(&in->pieces);
}

void ds_intake_first(ds_intake *in, ds_intake_lines next, void *ctx, size_t expected)
{
    in->first = next;
    in->first_ctx = ctx;
    in->first_expected = expected;
}

size_t ds_intake_total(const ds_intake *in)
{
    const ds_lines *l = &in->lines;
    size_t n = in->first_expected + in->inputs.len;
    if (l->fd < 0 || l->read <= 0 || l->size < l->read)
        return n;
    double per_line = (double)l->read / (double)l->number;
    return n - 1 + (size_t)((double)l->size / per_line);
}

/* Media type, digest and fetch day: what every page has. */
static ds_status finish(const ds_intake *in, ds_arena *a, ds_page *page, ds_err *err)
{
    page->media = ds_media_of(page->bytes);
    page->fetched = in->as_of;
    page->sha256 = ds_sha256_hex(a, page->bytes);
    return page->sha256.at ? DS_OK : ds_fail(err, DS_NOMEM, "no memory left", 0);
}

static ds_status next_page(const ds_intake *in, ds_arena *a, const ds_input *input, ds_page *out,
                           ds_err *err)
{
    ds_page page = {.came = DS_CAME_FILE, .published = DS_DAY_NONE};
    DS_TRY(ds_file_read(a, input->path.at, &page.bytes, err));
    if (!page.bytes.len)
        return ds_fail(err, DS_BAD, "empty", 0);
    page.name = ds_arena_str(a, input->path);
    if (!page.name.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(finish(in, a, &page, err));
    if (ds_str_eq(page.media, DS_STR("multipart/related")))
        page.url = ds_media_url(page.bytes);
    *out = page;
    return DS_OK;
}

static ds_status parse_line(const ds_intake *in, ds_arena *a, ds_str line, ds_str where,
                            ds_page *out, ds_err *err)
{
    ds_page page;
    DS_TRY(ds_line_parse(a, line, &page, err));
    if (in->next && ds_str_eq(in->inputs.at[in->next - 1].path, DS_STR("-")))
        page.came = DS_CAME_STDIN;
    if (!page.name.at)
        page.name = page.url.at ? page.url : where;
    DS_TRY(finish(in, a, &page, err));
    *out = page;
    return DS_OK;
}

/* The next line that is not blank. DS_NONE: the file ends. */
static ds_status next_line(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err)
{
    ds_str path = in->inputs.at[in->next - 1].path, line = {NULL, 0};
    ds_status got;
    do
        got = ds_lines_next(&in->lines, &line, err);
    while (got == DS_OK && !ds_str_trim(line).len);
    if (got == DS_NONE)
        return got;
    ds_str where =
        ds_arena_printf(a, "%.*s:%llu", DS_FMT(path), (unsigned long long)in->lines.number);
    *name = where.at ? where : path;
    if (got == DS_IO || got == DS_NOMEM)
        ds_lines_close(&in->lines); /* the rest of this file cannot be had */
    DS_TRY(got);
    return parse_line(in, a, line, *name, out, err);
}

static ds_status next_piece(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err)
{
    ds_page page = {.came = DS_CAME_FILE, .fetched = in->as_of, .published = DS_DAY_NONE};
    *name = in->inputs.at[in->next - 1].path;
    ds_status got = ds_pieces_next(&in->pieces, a, &page.bytes, &page.line, err);
    if (got != DS_OK)
        return got;
    page.name = ds_arena_str(a, *name);
    if (!page.name.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    *out = page;
    return DS_OK;
}

/* The kind of an input under the kind that was asked for. */
static ds_input_kind kind_of(const ds_intake *in, const ds_input *input)
{
    bool standard = ds_str_eq(input->path, DS_STR("-"));
    if (input->kind == DS_INPUT_FAILED || in->kind == DS_INTAKE_PAGES)
        return input->kind;
    if (in->kind == DS_INTAKE_LINES)
        return DS_INPUT_LINES;
    bool lines = in->kind == DS_INTAKE_TEXTS && input->kind == DS_INPUT_LINES && !standard;
    return lines ? DS_INPUT_LINES : DS_INPUT_PIECES;
}

static ds_status open_next(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err)
{
    const ds_input *input = &in->inputs.at[in->next++];
    *name = input->path;
    ds_status got = DS_NONE;
    switch (kind_of(in, input)) {
    case DS_INPUT_FAILED:
        return ds_fail(err, input->code, input->why, 0);
    case DS_INPUT_PAGE:
        return next_page(in, a, input, out, err);
    case DS_INPUT_PIECES:
        DS_TRY(ds_pieces_open(&in->pieces, input->path.at, in->kind == DS_INTAKE_CONLLU, err));
        got = next_piece(in, a, out, name, err);
        break;
    case DS_INPUT_LINES:
        DS_TRY(ds_lines_open(&in->lines, input->path.at, err));
        got = next_line(in, a, out, name, err);
        break;
    }
    return got == DS_NONE ? ds_fail(err, DS_BAD, "empty", 0) : got;
}

static ds_status next_first(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err)
{
    ds_str line = {NULL, 0};
    ds_status got = in->first(in->first_ctx, a, &line, name, err);
    if (got == DS_OK)
        return parse_line(in, a, line, *name, out, err);
    in->first = NULL;
    return got;
}

ds_status ds_intake_check_line(ds_arena *a, ds_str line, ds_err *why)
{
    ds_page page;
    if (line.len > DS_INTAKE_MAX_BYTES)
        return ds_fail(why, DS_LIMIT, "longer than 64 MB", 0);
    DS_TRY(ds_line_parse(a, line, &page, why));
    return page.name.at ? DS_OK : ds_fail(why, DS_BAD, "no “id” in it", 0);
}

ds_status ds_intake_next(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err)
{
    if (in->first) {
        ds_status got = next_first(in, a, out, name, err);
        if (got != DS_NONE)
            return got;
    }
    if (in->lines.fd >= 0) {
        ds_status got = next_line(in, a, out, name, err);
        if (got != DS_NONE)
            return got;
        ds_lines_close(&in->lines);
    }
    if (in->pieces.fd >= 0) {
        ds_status got = next_piece(in, a, out, name, err);
        if (got != DS_NONE)
            return got;
        ds_pieces_close(&in->pieces);
    }
    return in->next < in->inputs.len ? open_next(in, a, out, name, err) : DS_NONE;
}
