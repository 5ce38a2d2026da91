/* SPDX-License-Identifier: Apache-2.0 */
/* lexgen OUT.c NAME FILE.tsv... - checks lexicon files and writes them as const tables, `NAME` and `NAME_len`.
 *
 * Stops with "lexicon/en/cues.tsv:41: reason", exit 1. The parser is ds_table_read, the one that --lexicon uses. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_BYTES (64u << 20) /* of one lexicon file and of its table */

static ds_str slurp(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (ds_str){0};
    ds_buf b = ds_buf_new(a);
    char chunk[65536];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        ds_buf_put(&b, (ds_str){chunk, n});
    bool bad = ferror(f);
    fclose(f);
    return bad ? (ds_str){0} : ds_buf_str(&b);
}

/* "path/cues.tsv" -> "cues" */
static ds_str table_name(ds_str path)
{
    size_t beg = path.len;
    while (beg > 0 && path.at[beg - 1] != '/')
        beg--;
    return ds_str_cut(path, beg, path.len - (ds_str_ends(path, DS_STR(".tsv")) ? 4 : 0));
}

/* A string literal; every byte that is not plain ASCII as three octal digits, which nothing can run into. */
static void put_literal(FILE *out, ds_str s)
{
    fputs("DS_STR_INIT(\"", out);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%03o", (unsigned)c);
        else
            fputc(c, out);
    }
    fputs("\")", out);
}

static void put_strings(FILE *out, const char *what, size_t number, const ds_str *s, size_t n)
{
    fprintf(out, "static const ds_str %s%zu[] = {\n", what, number);
    for (size_t i = 0; i < n; i++) {
        put_literal(out, s[i]);
        fputs(",\n", out);
    }
    if (!n)
        fputs("{0}\n", out);
    fputs("};\n", out);
}

static bool put_tables(FILE *out, const char *name, const ds_table *tables, size_t n)
{
    fprintf(out,
            "/* Generated from the lexicon; edit the .tsv files. */\n#include \"base/base.h\"\n\n"
            "extern const ds_table %s[];\nextern const size_t %s_len;\n",
            name, name);
    for (size_t i = 0; i < n; i++) {
        put_strings(out, "names", i, tables[i].names, tables[i].columns);
        put_strings(out, "cells", i, tables[i].cells, (size_t)tables[i].rows * tables[i].columns);
    }
    fprintf(out, "const ds_table %s[] = {\n", name);
    for (size_t i = 0; i < n; i++) {
        fputs("{", out);
        put_literal(out, tables[i].name);
        fprintf(out, ", %u, %u, names%zu, cells%zu},\n", tables[i].rows, tables[i].columns, i, i);
    }
    if (!n)
        fputs("{{0}, 0, 0, NULL, NULL}\n", out);
    fprintf(out, "};\nconst size_t %s_len = %zu;\n", name, n);
    return !ferror(out);
}

static bool read_table(ds_arena *a, const char *path, ds_table *out)
{
    ds_str text = slurp(a, path);
    if (!text.at) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    ds_err err = {0};
    if (ds_table_read(a, table_name(ds_str_of(path)), text, out, &err) < 0) {
        fprintf(stderr, "%s:%zu: %s\n", path, err.at, err.what ? err.what : "out of memory");
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: lexgen OUT.c NAME FILE.tsv...\n", stderr);
        return 2;
    }
    ds_arena *a = ds_arena_new(0, MAX_BYTES);
    size_t n = (size_t)argc - 3;
    ds_table *tables = a ? ds_arena_calloc(a, n, sizeof *tables) : NULL;
    bool ok = tables != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = read_table(a, argv[i + 3], &tables[i]);
    FILE *out = ok ? fopen(argv[1], "wb") : NULL;
    if (ok && !out)
        fprintf(stderr, "%s: cannot be written\n", argv[1]);
    ok = out && put_tables(out, argv[2], tables, n);
    if (out && fclose(out) != 0)
        ok = false;
    ds_arena_free(a);
    return ok ? 0 : 1;
}
