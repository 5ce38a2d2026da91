/* SPDX-License-Identifier: Apache-2.0 */
#include "conllu.h"

static bool split(ds_str line, ds_str column[CONLLU_COLUMNS])
{
    size_t n = 0;
    for (size_t beg = 0, i = 0; i <= line.len; i++)
        if (i == line.len || line.at[i] == '\t') {
            if (n == CONLLU_COLUMNS)
                return false;
            column[n++] = ds_str_cut(line, beg, i);
            beg = i + 1;
        }
    return n == CONLLU_COLUMNS;
}

static bool plain_number(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len;
}

bool conllu_next(ds_str text, size_t *at, conllu_row *out)
{
    size_t end = *at;
    if (end >= text.len)
        return false;
    while (end < text.len && text.at[end] != '\n')
        end++;
    out->line = ds_str_cut(text, *at, end);
    *at = end + 1;
    out->kind = CONLLU_OTHER;
    if (!out->line.len)
        out->kind = CONLLU_END;
    else if (split(out->line, out->column) && plain_number(out->column[0]))
        out->kind = CONLLU_WORD;
    return true;
}
