/* SPDX-License-Identifier: Apache-2.0 */
/* Lexicon files: tab separated, columns named and checked by the "#: " line. */
#include "base/base.h"

#include <stdlib.h>

#define MAX_COLUMNS 16      /* a lexicon with more wants to be two */
#define MAX_ROWS (1u << 20) /* rows of one table */

typedef struct column {
    ds_str name, values; /* values: "a|b|c", absent: anything */
    bool optional;
} column;

typedef struct reader {
    ds_arena *arena;
    ds_err *err;
    column columns[MAX_COLUMNS];
    uint32_t columns_len;
    DS_VEC(ds_str) cells; /* row after row */
    DS_VEC(uint32_t) lines;
} reader;

static ds_status bad(reader *r, size_t line, const char *what)
{
    return ds_fail(r->err, DS_BAD, what, line);
}

/* The next piece of *rest up to `stop`; false when nothing is left. */
static bool piece(ds_str *rest, char stop, ds_str *out)
{
    if (!rest->at)
        return false;
    const char *p = memchr(rest->at, stop, rest->len);
    if (!p) {
        *out = *rest;
        *rest = (ds_str){0};
        return true;
    }
    size_t n = (size_t)(p - rest->at);
    *out = (ds_str){rest->at, n};
    *rest = (ds_str){p + 1, rest->len - n - 1};
    return true;
}

static ds_status read_columns(reader *r, ds_str spec, size_t line)
{
    ds_str word;
    while (piece(&spec, ' ', &word)) {
        if (!word.len)
            continue;
        if (r->columns_len == MAX_COLUMNS)
            return bad(r, line, "too many columns");
        column c = {.name = word};
        if (c.name.at[c.name.len - 1] == '?') {
            c.optional = true;
            c.name.len--;
        }
        ptrdiff_t colon = ds_str_find(c.name, DS_STR(":"), 0);
        if (colon >= 0) {
            c.values = ds_str_cut(c.name, (size_t)colon + 1, c.name.len);
            c.name.len = (size_t)colon;
        }
        if (!c.name.len)
            return bad(r, line, "a column without a name");
        for (uint32_t i = 0; i < r->columns_len; i++)
            if (ds_str_eq(r->columns[i].name, c.name))
                return bad(r, line, "two columns have the same name");
        r->columns[r->columns_len++] = c;
    }
    return r->columns_len ? DS_OK : bad(r, line, "no columns are named");
}

static bool allowed(ds_str values, ds_str cell)
{
    ds_str v;
    if (!values.at)
        return true;
    while (piece(&values, '|', &v))
        if (ds_str_eq(v, cell))
            return true;
    return false;
}

static ds_status read_row(reader *r, ds_str text, size_t line)
{
    ds_str cell;
    uint32_t n = 0;
    if (!r->columns_len)
        return bad(r, line, "a row before the \"#: \" line that names the columns");
    if (r->lines.len == MAX_ROWS)
        return ds_fail(r->err, DS_LIMIT, "too many rows", line);
    for (; piece(&text, '\t', &cell); n++) {
        if (n == r->columns_len)
            return bad(r, line, "more cells than columns");
        const column *c = &r->columns[n];
        if (!cell.len && !c->optional)
            return bad(r, line, "an empty cell where the column wants a value");
        if (cell.len && !allowed(c->values, cell))
            return bad(r, line, "a value that its column does not allow");
        DS_TRY(DS_PUSH(r->arena, &r->cells, cell));
    }
    for (; n < r->columns_len; n++) {
        if (!r->columns[n].optional)
            return bad(r, line, "too few cells");
        DS_TRY(DS_PUSH(r->arena, &r->cells, DS_STR("")));
    }
    return DS_PUSH(r->arena, &r->lines, (uint32_t)line);
}

typedef struct sort_key {
    const ds_str *row;
    uint32_t columns, line;
} sort_key;

static int row_cmp(const sort_key *x, const sort_key *y)
{
    int c = 0;
    for (uint32_t i = 0; i < x->columns && !c; i++)
        c = ds_str_cmp(x->row[i], y->row[i]);
    return c;
}

static int sort_cmp(const void *a, const void *b)
{
    const sort_key *x = a, *y = b;
    int c = row_cmp(x, y);
    return c ? c : (x->line > y->line) - (x->line < y->line);
}

static ds_status finish(reader *r, ds_str name, ds_table *out)
{
    size_t rows = r->lines.len, columns = r->columns_len;
    sort_key *keys = ds_arena_calloc(r->arena, rows, sizeof *keys);
    ds_str *cells = ds_arena_calloc(r->arena, rows * columns, sizeof *cells);
    ds_str *names = ds_arena_calloc(r->arena, columns, sizeof *names);
    if (!keys || !cells || !names)
        return DS_NOMEM;
    for (size_t i = 0; i < rows; i++)
        keys[i] = (sort_key){r->cells.at + i * columns, (uint32_t)columns, r->lines.at[i]};
    if (rows)
        qsort(keys, rows, sizeof *keys, sort_cmp);
    for (size_t i = 1; i < rows; i++)
        if (row_cmp(&keys[i - 1], &keys[i]) == 0)
            return bad(r, keys[i].line, "the same row stands above");
    for (size_t i = 0; i < rows; i++)
        memcpy(cells + i * columns, keys[i].row, columns * sizeof *cells);
    for (size_t i = 0; i < columns; i++)
        names[i] = r->columns[i].name;
    *out = (ds_table){name, (uint32_t)rows, (uint32_t)columns, names, cells};
    return DS_OK;
}

static ds_status read_lines(reader *r, ds_str text)
{
    ds_str line;
    for (size_t n = 1; piece(&text, '\n', &line); n++) {
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
        if (ds_str_starts(line, DS_STR("#: "))) {
            if (r->columns_len)
                return bad(r, n, "the columns are named twice");
            DS_TRY(read_columns(r, ds_str_cut(line, 3, line.len), n));
        } else if (line.len && !(line.at[0] == '#' && (line.len == 1 || line.at[1] == ' '))) {
            DS_TRY(read_row(r, line, n));
        }
    }
    return r->columns_len ? DS_OK : bad(r, 1, "no \"#: \" line names the columns");
}

ds_status ds_table_read(ds_arena *a, ds_str name, ds_str text, ds_table *out, ds_err *err)
{
    reader r = {.arena = a, .err = err};
    size_t at = 0;
    if (ds_utf8_check(text, &at) < 0) {
        size_t line = 1;
        for (size_t i = 0; i < at; i++)
            line += text.at[i] == '\n';
        return ds_fail(err, DS_BAD, "not valid UTF-8", line);
    }
    ds_status st = read_lines(&r, text);
    if (st == DS_OK)
        st = finish(&r, name, out);
    return st == DS_NOMEM ? ds_fail(err, DS_NOMEM, "out of memory", 0) : st;
}

int ds_table_column(const ds_table *t, ds_str name)
{
    for (uint32_t i = 0; i < t->columns; i++)
        if (ds_str_eq(t->names[i], name))
            return (int)i;
    return -1;
}
