/* SPDX-License-Identifier: Apache-2.0 */
/* records.c - the end of every view, cells of CSV and TSV. */
#include "export/internal.h"

ds_status ex_done(ds_buf *out, size_t mark, ds_status st)
{
    if (st == DS_OK)
        st = out->status;
    if (st != DS_OK && out->len > mark)
        out->len = mark;
    return st;
}

static bool needs_quotes(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == ',' || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r')
            return true;
    return false;
}

static void csv_text(ds_buf *out, ds_str s)
{
    if (!needs_quotes(s)) {
        ds_buf_put(out, s);
        return;
    }
    ds_buf_putc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            ds_buf_putc(out, '"');
        ds_buf_putc(out, s.at[i]);
    }
    ds_buf_putc(out, '"');
}

static void tsv_text(ds_buf *out, ds_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r';
        ds_buf_putc(out, blank ? ' ' : s.at[i]);
    }
}

void ex_cell(ds_buf *out, ds_format format, bool first, ds_str text)
{
    if (!first)
        ds_buf_putc(out, format == DS_FMT_CSV ? ',' : '\t');
    if (format == DS_FMT_CSV)
        csv_text(out, text);
    else
        tsv_text(out, text);
}
