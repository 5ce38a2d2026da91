/* SPDX-License-Identifier: Apache-2.0 */
/* pieces.c - a file of any size piece by piece: cut behind a blank line, where a paragraph of text and a sentence of
 * CoNLL-U end. */
#include "intake/internal.h"

#include <stdlib.h>
#include <unistd.h>

/* A piece of text is at least this share of what is at hand: before it, a lesser place to cut will do. */
#define LEAST_SHARE 4

ds_status ds_pieces_open(ds_pieces *p, const char *path, bool conllu, ds_err *err)
{
    int64_t size;
    size_t cap = conllu ? DS_PIECE_CONLLU : DS_PIECE_TEXT;
    char *at = malloc(cap);
    if (!at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    int fd = ds_input_open(path, &size, err);
    if (fd < 0) {
        free(at);
        return err ? err->code : DS_IO;
    }
    *p = (ds_pieces){.fd = fd, .at = at, .cap = cap, .line = 1, .conllu = conllu};
    return DS_OK;
}

void ds_pieces_close(ds_pieces *p)
{
    if (p->fd >= 0)
        close(p->fd);
    free(p->at);
    *p = (ds_pieces){.fd = -1};
}

/* ---- where to cut ---------------------------------------------------------------------------------------- */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Does at[i], a line end, end a blank line too? */
static bool ends_blank_line(const char *at, size_t i)
{
    while (i > 0 && blank(at[i - 1]))
        i--;
    return i > 0 && at[i - 1] == '\n';
}

static bool ends_line(const char *at, size_t i)
{
    (void)at;
    (void)i;
    return true;
}

/* Behind the last line end from `least` on of which `fits` holds; 0: there is none. */
static size_t after_line(const char *at, size_t least, size_t len,
                         bool (*fits)(const char *at, size_t i))
{
    for (size_t i = len; i-- > least;)
        if (at[i] == '\n' && fits(at, i))
            return i + 1;
    return 0;
}

static bool stop(char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* Behind the last blank from `least` on, if stops are wanted one behind a stop and before a capital. */
static size_t after_blank(const char *at, size_t least, size_t len, bool stops)
{
    for (size_t i = len; i-- > least + 1;) {
        bool capital = i + 1 < len && at[i + 1] >= 'A' && at[i + 1] <= 'Z';
        if (at[i] == ' ' && (!stops || (capital && stop(at[i - 1]))))
            return i + 1;
    }
    return 0;
}

static size_t after_code_point(const char *at, size_t len)
{
    size_t end = len;
    while (end > 0 && len - end < 4 && ((unsigned char)at[end - 1] & 0xC0) == 0x80)
        end--;
    bool lead = end > 0 && (unsigned char)at[end - 1] >= 0xC0;
    return lead && end > 1 ? end - 1 : len;
}

size_t ds_piece_end(const char *at, size_t len, bool conllu)
{
    if (conllu)
        return after_line(at, 0, len, ends_blank_line);
    size_t least = len / LEAST_SHARE;
    size_t end = after_line(at, least, len, ends_blank_line);
    end = end ? end : after_line(at, least, len, ends_line);
    end = end ? end : after_blank(at, least, len, true);
    end = end ? end : after_blank(at, least, len, false);
    return end ? end : after_code_point(at, len);
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static ds_status fill(ds_pieces *p, ds_err *err)
{
    while (!p->ended && p->len < p->cap) {
        ssize_t n = ds_input_read(p->fd, p->at + p->len, p->cap - p->len, err);
        if (n < 0)
            return DS_IO;
        p->len += (size_t)n;
        p->ended = n == 0;
    }
    return DS_OK;
}

/* The first bytes of a file may be a byte order mark. */
static void drop_mark(ds_pieces *p)
{
    if (p->line != 1 || p->len < 3 || memcmp(p->at, "\xEF\xBB\xBF", 3) != 0)
        return;
    p->len -= 3;
    memmove(p->at, p->at + 3, p->len);
}

static uint32_t lines_in(const char *at, size_t len)
{
    uint32_t n = 0;
    for (const char *end = at + len; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        n++;
    return n;
}

static ds_status give(ds_pieces *p, ds_arena *a, size_t end, ds_str *out, uint32_t *line)
{
    ds_str copy = ds_arena_str(a, (ds_str){p->at, end});
    if (!copy.at)
        return DS_NOMEM;
    *out = copy;
    *line = p->line;
    p->line += lines_in(p->at, end);
    p->line += p->line == 1; /* a first line in two pieces: only the first is the file's start */
    p->len -= end;
    memmove(p->at, p->at + end, p->len);
    return DS_OK;
}

ds_status ds_pieces_next(ds_pieces *p, ds_arena *a, ds_str *out, uint32_t *line, ds_err *err)
{
    ds_status got = fill(p, err);
    drop_mark(p);
    size_t end = p->ended ? p->len : ds_piece_end(p->at, p->len, p->conllu);
    if (got == DS_OK && p->len == 0)
        return DS_NONE;
    if (got == DS_OK && end == 0)
        got =
            ds_fail(err, DS_LIMIT, "a sentence longer than 512 KB; left out with what follows", 0);
    if (got == DS_OK && give(p, a, end, out, line) < 0)
        got = ds_fail(err, DS_NOMEM, "no memory left", 0);
    if (got < 0) {
        p->len = 0;
        p->ended = true;
    }
    return got;
}
