/* SPDX-License-Identifier: Apache-2.0 */
/* train-blocks [--folds N] OUT GOLD.json PAGES... - fits OUT/blocks.tsv on all pages; with --folds also OUT/K/blocks.tsv on
 * all but the sites of fold K, for N folds, and OUT/folds.tsv with the fold of every page.
 * train-blocks --show MODELS GOLD.json PAGE.html - prints the page's blocks with their probabilities. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "blocks.h"

static bool write_model(const train_rows *rows, int leave_out, const char *dir)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/blocks.tsv", dir);
    FILE *f = fopen(path, "w");
    bool ok = f && train_fit(rows, leave_out, f);
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train-blocks: %s: cannot be written\n", path);
    return ok;
}

static int show(const char *models, const char *gold, const char *page)
{
    ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_lexicon *lex;
    bool ok = a && ds_lexicon_open(a, ds_str_of(models), &lex, NULL) == DS_OK &&
              train_show(a, lex, gold, page);
    if (!ok)
        fprintf(stderr, "train-blocks: %s: cannot be shown\n", page);
    ds_arena_free(a);
    return !ok;
}

int main(int argc, char **argv)
{
    unsigned folds_n = 5;
    bool folds_too = false;
    unsigned set = 0;
    int at = 1;
    char path[4096];
    if (argc == 5 && strcmp(argv[1], "--show") == 0)
        return show(argv[2], argv[3], argv[4]);
    if (argc > 2 && strcmp(argv[1], "--folds") == 0) {
        folds_n = (unsigned)strtoul(argv[2], NULL, 10);
        folds_too = true;
        at = 3;
    }
    if (argc < at + 3 || (argc - at) % 2 == 0 || folds_n < 2 || folds_n > 100 || argc - at > 33) {
        fputs("usage: train-blocks [--folds N] OUT GOLD.json PAGES [GOLD.json PAGES]...\n", stderr);
        return 2;
    }
    double sum[16] = {0};
    uint32_t pages[16] = {0};
    const char *out = argv[at++];
    ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    ds_lexicon *lex;
    train_rows rows = {0};
    snprintf(path, sizeof path, "%s/folds.tsv", out);
    FILE *folds = fopen(path, "w");
    if (!a || !folds || ds_lexicon_open(a, (ds_str){0}, &lex, NULL) < 0) {
        fprintf(stderr, "train-blocks: %s: cannot be written\n", path);
        return 1;
    }
    for (; at + 1 < argc; at += 2)
        if (!train_read(a, lex, argv[at], argv[at + 1], folds_n, set++, folds, &rows))
            return 1;
    fclose(folds);
    fprintf(stderr, "train-blocks: %zu blocks\n", rows.len);
    if (!write_model(&rows, -1, out))
        return 1;
    for (unsigned k = 0; folds_too && k < folds_n; k++) {
        snprintf(path, sizeof path, "%s/%u", out, k);
        if (mkdir(path, 0777) < 0 && errno != EEXIST) {
            perror(path);
            return 1;
        }
        if (!write_model(&rows, (int)k, path))
            return 1;
        ds_arena *b = ds_arena_new(0, (size_t)1 << 30);
        const block_model *m;
        if (ds_lexicon_open(b, ds_str_of(path), &lex, NULL) < 0 ||
            block_model_open(b, lex, &m, NULL) < 0)
            return 1;
        train_score(b, m, &rows, (int)k, sum, pages);
        ds_arena_free(b);
    }
    for (unsigned s = 0; folds_too && s < set; s++)
        fprintf(stderr, "train-blocks: set %u: mean F1 of %u pages, in words, by site: %.4f\n",
                s + 1, pages[s], sum[s] / pages[s]);
    ds_arena_free(a);
    return 0;
}
