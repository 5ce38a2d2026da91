/* SPDX-License-Identifier: Apache-2.0 */
/* What reads is sorted, without duplicates, rows x columns cells inside the text; what does not names a line. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static int row_cmp(const ds_table *t, uint32_t x, uint32_t y)
{
    int c = 0;
    for (uint32_t i = 0; i < t->columns && !c; i++)
        c = ds_str_cmp(ds_table_cell(t, x, i), ds_table_cell(t, y, i));
    return c;
}

static void check_table(const ds_table *t, ds_str text)
{
    check(t->columns >= 1);
    for (uint32_t c = 0; c < t->columns; c++)
        check(ds_table_column(t, t->names[c]) == (int)c);
    for (uint32_t r = 0; r < t->rows; r++) {
        check(r == 0 || row_cmp(t, r - 1, r) < 0);
        for (uint32_t c = 0; c < t->columns; c++) {
            ds_str cell = ds_table_cell(t, r, c);
            check(cell.at);
            check(!cell.len || (cell.at >= text.at && cell.at + cell.len <= text.at + text.len));
            check(!memchr(cell.at, '\t', cell.len) && !memchr(cell.at, '\n', cell.len));
        }
    }
}

/* The table written out, sorted as it is. The names carry no allowed values and everything may be empty. */
static ds_str print(ds_arena *a, const ds_table *t)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_puts(&b, "#: ");
    for (uint32_t c = 0; c < t->columns; c++) {
        ds_buf_put(&b, t->names[c]);
        ds_buf_puts(&b, c + 1 < t->columns ? "? " : "?\n");
    }
    for (uint32_t r = 0; r < t->rows; r++)
        for (uint32_t c = 0; c < t->columns; c++) {
            ds_buf_put(&b, ds_table_cell(t, r, c));
            ds_buf_putc(&b, c + 1 < t->columns ? '\t' : '\n');
        }
    return ds_buf_str(&b);
}

/* A carriage return at the end of a line belongs to the line end, so such a cell cannot be written back. */
static bool printable(const ds_table *t)
{
    for (uint32_t r = 0; r < t->rows; r++)
        if (ds_str_ends(ds_table_cell(t, r, t->columns - 1), DS_STR("\r")))
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1u << 16)
        return 0;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 64u << 20);
    ds_str text = {size ? (const char *)data : "", size};
    ds_table t, again;
    ds_err err = {0};
    ds_status st = ds_table_read(a, DS_STR("fuzz"), text, &t, &err);
    if (st < 0) {
        check(err.code == st && err.what && err.at <= size + 1);
        check(st == DS_NOMEM || err.at >= 1);
        return 0;
    }
    check(st == DS_OK && !err.code);
    check_table(&t, text);
    if (!printable(&t))
        return 0;
    check(ds_table_read(a, t.name, print(a, &t), &again, NULL) == DS_OK);
    check(again.rows == t.rows && again.columns == t.columns);
    for (size_t i = 0; i < (size_t)t.rows * t.columns; i++)
        check(ds_str_eq(t.cells[i], again.cells[i]));
    return 0;
}
