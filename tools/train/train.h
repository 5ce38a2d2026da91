/* SPDX-License-Identifier: Apache-2.0 */
/* train.h - the trainer of models/en: rows from pages (rows.c, render.c), weights from rows (fit.c). */
#ifndef DS_TRAIN_H
#define DS_TRAIN_H

#include <stdio.h>
#include <stdlib.h>

#include "extract/blocks.h"
#include "extract/lines.h"
#include "files.h"

typedef struct train_row {
    int16_t f[EXT_FEATURES_MAX];
    uint32_t page, words; /* page: counted over all sets */
    uint8_t fold, set;
    bool text; /* at least half of it is in the gold text */
    double
        weight; /* square root of its words as a share of the gold's: between counting blocks and counting words */
} train_row;

typedef DS_VEC(train_row) train_rows;

typedef struct train_kind {
    const ext_features *of;
    const char *what; /* the question that its table answers */
    int alone; /* features from here on say nothing alone: trees look at them, the additive model does not */
    int trees;  /* how many */
    bool lines; /* pages are put into text first */
} train_kind;

/* Reads GOLD ({id: {articleBody, url}}) and the pages DIR/ID.html; appends a row for each block behind the gate (each line of
 * the page's text) and prints "id<TAB>fold" lines to `folds`. The fold of a page is that of its site. False: said on stderr. */
bool train_read(ds_arena *a, const ds_lexicon *lex, const train_kind *kind, const char *gold,
                const char *dir, unsigned folds_n, unsigned set, FILE *folds, train_rows *out);

/* Mean F1 of the pages of each set, in words, of the blocks of fold `fold` by the model `m`: sum and pages, added to. */
void train_score(ds_arena *a, const ext_model *m, const train_rows *rows, int fold, double sum[],
                 uint32_t pages[]);

/* Prints the blocks of a page with what the model in `lex` says of them and what the gold does. */
bool train_show(ds_arena *a, const ds_lexicon *lex, const char *gold, const char *page);

/* Fits the rows whose fold is not `leave_out` (-1: all) and writes the table. */
bool train_fit(const train_kind *kind, const train_rows *rows, int leave_out, FILE *out);

/* An HTML page as text, the way it is copied from a browser: every run of inline text a line, <br> ends one, cells of a row
 * are parted by white space. With `gaps`, a blank line between two lines, and bullets before the items of lists. */
ds_status train_render(ds_arena *a, ds_str html, bool gaps, ds_str *out);

/* Writes plain paragraphs of English news, one a line, to `out`: those of the files behind "--" in `args` that share no run of
 * words with the files before it. *.jsonl: an article a line, *.json: {id: article}, with title, text or articleBody; *.conllu;
 * others: plain lines. Exit status. */
int train_news(const char *out, char **args, int args_n);

/* Writes the paragraphs of the file `from`, one a line, as sentences, one a line, of words parted by spaces. `lexicon`: a folder
 * whose word lists and pack replace those built in, or NULL. Exit status. */
int train_words(const char *to, const char *from, const char *lexicon);

/* Writes "word<TAB>class" lines, learned from files of words (*.conllu; else as train_words writes them); words are in the
 * normal form of language/traits.h. Exit status. */
int train_classes(const char *to, char **args, int args_n);

/* Writes the section "lemma" of a pack, learned from treebanks. Exit status. */
int train_lemmas(const char *to, char **args, int args_n);
/* Prints a treebank with the lemmas of a section. Exit status. */
int train_lemmatize(const char *section, const char *conllu);

/* Learns where sentences end, from treebanks and, behind "--", plain paragraphs in which the rules are right. Exit status. */
int train_split(const char *out, char **args, int args_n);

/* Writes a pack of the sections "NAME=FILE" to `out`. Exit status. */
int train_pack(const char *out, char **args, int args_n);
/* Writes the section `name` of the pack `path` to `out`. Exit status. */
int train_section(const char *out, const char *path, const char *name);

/* Ends the program where memory ran out. */
static inline void train_must(bool ok)
{
    if (ok)
        return;
    fputs("train: no memory left\n", stderr);
    exit(1);
}

/* Writes the gazetteer of the tables in `dir` to `out`. Exit status. */
int train_gazetteer(const char *out, const char *dir);
/* OUT LEXICON PACK CLASSES NEWS WIKIGOLD UNER GUM: writes the weights of names; "-" for the built-in pack, no
 * classes, no news. Exit status. */
int train_names(char **args, int args_n);
/* LEXICON WIKIGOLD UNER GUM: prints their sentences with the labels that are learned. Exit status. */
int train_name_labels(char **args, int args_n);

#endif
