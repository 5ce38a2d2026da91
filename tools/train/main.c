/* SPDX-License-Identifier: Apache-2.0 */
/* train KIND [--folds N] OUT GOLD.json PAGES... - fits OUT/KIND.tsv, KIND blocks or lines, on all pages; with --folds also
 * OUT/K/KIND.tsv on all but the sites of fold K, for N folds, and OUT/folds.tsv with the fold of every page.
 * train --render OUT GAPS PAGE.html... - writes the pages as text, OUT/PAGE.txt; GAPS 1: with blank lines.
 * train text OUT [WITHOUT...] -- FILE... - gathers paragraphs of news (news.c).
 * train words OUT TEXT [LEXICON] - cuts paragraphs into sentences of words (words.c).
 * train classes OUT WORDS... - learns classes of words (classes.c).
 * train lemmas OUT TREEBANK... - learns lemmas (lemmas.c).
 * train lemmatize SECTION TREEBANK - prints the treebank with the lemmas of a section.
 * train split OUT TREEBANK... [-- TEXT] - learns where sentences end (split.c).
 * train gazetteer OUT LEXICON - the phrases of names, from the tables in the folder (gazetteer.h).
 * train names OUT LEXICON PACK CLASSES NEWS WIKIGOLD UNER GUM - learns names (names.c); PACK: a folder with a language.pack
 *     that cuts the news into words; "-" for the built-in one, no classes, no news.
 * train name-labels LEXICON WIKIGOLD UNER GUM - prints the sentences of these sets with the labels that are learned.
 * train pack OUT NAME=FILE... - puts files of weights into one pack (docs/formats/pack.md).
 * train section OUT PACK NAME - takes one out of a pack.
 * train --show MODELS GOLD.json PAGE.html - prints the page's blocks with their probabilities. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "train.h"

#define SETS_MOST 16
#define PAGE_ARENA ((size_t)1 << 30)

static const train_kind kinds[] = {
    {.of = &block_features,
     .what = "is a block of a page text of its article?",
     .alone = BF_PAGE_ROOT, /* from there on, what all blocks of a page share */
     .trees = 60},
    {.of = &line_features,
     .what = "is a line of a plain page text of its article?",
     .alone = LF_COUNT,
     .trees = 60,
     .lines = true},
};

static bool write_model(const train_kind *kind, const train_rows *rows, int leave_out,
                        const char *dir)
{
    char path[8192];
    snprintf(path, sizeof path, "%s/%s.tsv", dir, kind->of->table);
    FILE *f = fopen(path, "w");
    bool ok = f && train_fit(kind, rows, leave_out, f);
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: cannot be written\n", path);
    return ok;
}

static int show(const char *models, const char *gold, const char *page)
{
    ds_arena *a = ds_arena_new(0, PAGE_ARENA);
    ds_lexicon *lex;
    bool ok = a && ds_lexicon_open(a, ds_str_of(models), &lex, NULL) == DS_OK &&
              train_show(a, lex, gold, page);
    if (!ok)
        fprintf(stderr, "train: %s: cannot be shown\n", page);
    ds_arena_free(a);
    return !ok;
}

static bool render(const char *out, bool gaps, const char *page)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, PAGE_ARENA);
    const char *slash = strrchr(page, '/'), *name = slash ? slash + 1 : page;
    ds_str bytes = train_slurp(a, page), text;
    ds_str to = ds_arena_printf(a, "%s/%.*s.txt", out, (int)strcspn(name, "."), name);
    FILE *f = bytes.at && train_render(a, bytes, gaps, &text) == DS_OK ? fopen(to.at, "w") : NULL;
    bool ok = f && fwrite(text.at, 1, text.len, f) == text.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: cannot be put into text\n", page);
    return ok;
}

/* The model of fold k, written and scored. */
static bool fit_fold(const train_kind *kind, const train_rows *rows, unsigned k, const char *out,
                     double sum[], uint32_t pages[])
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, PAGE_ARENA);
    char path[4096];
    ds_lexicon *lex;
    const ext_model *m;
    snprintf(path, sizeof path, "%s/%u", out, k);
    if (mkdir(path, 0777) < 0 && errno != EEXIST) {
        perror(path);
        return false;
    }
    if (!write_model(kind, rows, (int)k, path) ||
        ds_lexicon_open(a, ds_str_of(path), &lex, NULL) < 0 ||
        ext_model_open(a, lex, kind->of, &m, NULL) < 0)
        return false;
    train_score(a, m, rows, (int)k, sum, pages);
    return true;
}

static int fit_all(const train_kind *kind, unsigned folds_n, bool folds_too, const char *out,
                   char **args, int args_n)
{
    double sum[SETS_MOST] = {0};
    uint32_t pages[SETS_MOST] = {0};
    unsigned set = 0;
    char path[4096];
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    ds_lexicon *lex;
    train_rows rows = {0};
    snprintf(path, sizeof path, "%s/folds.tsv", out);
    FILE *folds = fopen(path, "w");
    if (!a || !folds || ds_lexicon_open(a, (ds_str){0}, &lex, NULL) < 0) {
        fprintf(stderr, "train: %s: cannot be written\n", path);
        return 1;
    }
    for (int at = 0; at + 1 < args_n; at += 2)
        if (!train_read(a, lex, kind, args[at], args[at + 1], folds_n, set++, folds, &rows))
            return 1;
    fclose(folds);
    fprintf(stderr, "train: %zu %s\n", rows.len, kind->of->table);
    if (!write_model(kind, &rows, -1, out))
        return 1;
    for (unsigned k = 0; folds_too && k < folds_n; k++)
        if (!fit_fold(kind, &rows, k, out, sum, pages))
            return 1;
    for (unsigned s = 0; folds_too && s < set; s++)
        fprintf(stderr, "train: set %u: mean F1 of %u pages, in words, by site: %.4f\n", s + 1,
                pages[s], sum[s] / pages[s]);
    return 0;
}

int main(int argc, char **argv)
{
    unsigned folds_n = 5;
    bool folds_too = argc > 3 && strcmp(argv[2], "--folds") == 0, ok = true;
    int at = folds_too ? 4 : 2;
    const train_kind *kind = NULL;
    if (argc == 5 && strcmp(argv[1], "--show") == 0)
        return show(argv[2], argv[3], argv[4]);
    if (argc > 4 && strcmp(argv[1], "--render") == 0) {
        for (int i = 4; i < argc; i++)
            ok = render(argv[2], argv[3][0] == '1', argv[i]) && ok;
        return !ok;
    }
    if (argc > 3 && strcmp(argv[1], "text") == 0)
        return train_news(argv[2], argv + 3, argc - 3);
    if ((argc == 4 || argc == 5) && strcmp(argv[1], "words") == 0)
        return train_words(argv[2], argv[3], argv[4]);
    if (argc > 3 && strcmp(argv[1], "classes") == 0)
        return train_classes(argv[2], argv + 3, argc - 3);
    if (argc > 3 && strcmp(argv[1], "lemmas") == 0)
        return train_lemmas(argv[2], argv + 3, argc - 3);
    if (argc > 3 && strcmp(argv[1], "split") == 0)
        return train_split(argv[2], argv + 3, argc - 3);
    if (argc == 4 && strcmp(argv[1], "lemmatize") == 0)
        return train_lemmatize(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "gazetteer") == 0)
        return train_gazetteer(argv[2], argv[3]);
    if (argc > 3 && strcmp(argv[1], "names") == 0)
        return train_names(argv + 2, argc - 2);
    if (argc > 3 && strcmp(argv[1], "name-labels") == 0)
        return train_name_labels(argv + 2, argc - 2);
    if (argc > 2 && strcmp(argv[1], "pack") == 0)
        return train_pack(argv[2], argv + 3, argc - 3);
    if (argc == 5 && strcmp(argv[1], "section") == 0)
        return train_section(argv[2], argv[3], argv[4]);
    for (size_t i = 0; argc > 1 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(argv[1], kinds[i].of->table) == 0)
            kind = &kinds[i];
    if (folds_too)
        folds_n = (unsigned)strtoul(argv[3], NULL, 10);
    if (!kind || argc < at + 3 || (argc - at) % 2 == 0 || folds_n < 2 || folds_n > 100 ||
        argc - at > 2 * SETS_MOST + 1) {
        fputs("usage: train blocks|lines [--folds N] OUT GOLD.json PAGES [GOLD.json PAGES]...\n",
              stderr);
        return 2;
    }
    return fit_all(kind, folds_n, folds_too, argv[at], argv + at + 1, argc - at - 1);
}
