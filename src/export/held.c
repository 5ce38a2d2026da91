/* SPDX-License-Identifier: Apache-2.0 */
/* held.c - which rows each holder stands behind, and the letters of pages. */
#include "export/internal.h"

ds_str ex_letter_of(const ds_dossier *d, uint32_t member)
{
    return member < d->sources_len ? d->sources[member].letter : (ds_str){0};
}

/* A chain may name a holder twice. */
static bool again(const ds_row *row, size_t link)
{
    for (size_t i = 0; i < link; i++)
        if (row->holders[i] == row->holders[link])
            return true;
    return false;
}

/* Counts into counts[h] the rows of each holder. */
static void count(const ds_dossier *d, uint32_t *counts)
{
    for (size_t i = 0; i < d->rows_len; i++)
        for (size_t k = 0; k < d->rows[i].holders_len; k++)
            counts[d->rows[i].holders[k]] += !again(&d->rows[i], k);
}

/* A row after the other behind those of its holder: ends[h] moves from where the holder's rows begin to where they end. */
static void deal(const ds_dossier *d, uint32_t *ends, uint32_t *rows)
{
    for (uint32_t i = 0; i < d->rows_len; i++)
        for (size_t k = 0; k < d->rows[i].holders_len; k++)
            if (!again(&d->rows[i], k))
                rows[ends[d->rows[i].holders[k]]++] = i;
}

ex_held ex_held_rows(ds_arena *a, const ds_dossier *d)
{
    size_t n = d->who.holders_len;
    uint32_t *at =
        ds_arena_calloc(a, n + 2, sizeof *at); /* one more: deal() turns begins into ends */
    if (!at)
        return (ex_held){NULL, NULL};
    count(d, at + 2);
    for (size_t h = 2; h < n + 2; h++)
        at[h] += at[h - 1];
    uint32_t *rows = ds_arena_calloc(a, (size_t)at[n + 1] + 1, sizeof *rows);
    if (!rows)
        return (ex_held){NULL, NULL};
    deal(d, at + 1, rows);
    return (ex_held){at, rows};
}
