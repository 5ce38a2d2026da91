/* SPDX-License-Identifier: Apache-2.0 */
/* suggest.c - the command that a mistyped word most likely means. */
#include "cli/internal.h"

#include <string.h>

#define WORD_MAX 16 /* longer words are not mistyped commands */
#define NEAR 2      /* changes: insert, delete, replace, swap of neighbours */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: Damerau and Levenshtein, each place changed once. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), d[WORD_MAX + 1][WORD_MAX + 1];
    for (size_t i = 0; i <= n; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        for (size_t j = 1; j <= m; j++) {
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
                            d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[n][m];
}

const char *cli_nearest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t best_distance = NEAR + 1;
    if (strlen(word) > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (strlen(names[i]) > WORD_MAX)
            continue;
        size_t d = distance(word, names[i]);
        if (d >= best_distance || d >= strlen(names[i]))
            continue;
        best = names[i];
        best_distance = d;
    }
    return best;
}
