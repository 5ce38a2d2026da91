/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - train gazetteer and train names.
 *
 * Names are learned in three rounds. (1) Weights for each fourth of the sets from the other three: what they call the words of
 * that fourth is what a second reading will see, so each document is taken twice, without votes and with them. (2) Three sets of
 * weights that differ by chance read news. (3) The weights proper, from the sets and the news that the three read alike. */
#include <stdlib.h>

#include "files.h"
#include "names.h"

enum { FOLDS = 4, TEACHERS = 3, CLASS_MOST = 255 };

static const names_options options = {
    .epochs = 12, .rows_log2 = 17, .rate = 0.03f, .decay = 1e-3f, .drop = 0.5f};
#define NEWS_WEIGHT 0.3f

static bool write_file(const char *path, ds_str bytes)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: cannot be written\n", path);
    return ok;
}

/* ---- gazetteer ------------------------------------------------------------------------------------------------ */

static bool make_gazetteer(ds_arena *a, const char *dir, ds_str *out)
{
    ds_table tables[8];
    size_t n = 0;
    ds_err err = {0};
    for (; gz_tables[n]; n++) {
        ds_str path = ds_arena_printf(a, "%s/%s.tsv", dir, gz_tables[n]),
               text = train_slurp(a, path.at);
        if (!text.at || ds_table_read(a, ds_str_of(gz_tables[n]), text, &tables[n], &err) < 0) {
            fprintf(stderr, "train: %s:%zu: %s\n", path.at, err.at,
                    text.at ? err.what : "cannot be read");
            return false;
        }
    }
    bool ok = ds_gazetteer_make(a, tables, n, out, &err) == DS_OK;
    if (!ok)
        fprintf(stderr, "train: %s: %s\n", dir, err.what);
    return ok;
}

int train_gazetteer(const char *out, const char *dir)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_str bytes;
    return !(a && make_gazetteer(a, dir, &bytes) && write_file(out, bytes));
}

/* ---- classes: "word TAB number" ----------------------------------------------------------------------------- */

static void put_class(uint32_t *slots, uint32_t mask, uint32_t low, uint32_t cls)
{
    uint32_t i = (low * 0x9E3779B1u >> 8) & mask;
    while (slots[i] && (slots[i] ^ low) >> 8)
        i = (i + 1) & mask;
    if (!slots[i]) /* the first of two spellings with one look wins */
        slots[i] = (low & ~(uint32_t)CLASS_MOST) | cls;
}

static bool read_classes(ds_arena *a, const char *path, ds_str *out)
{
    ds_str text = train_slurp(a, path);
    size_t lines = 0, len = 64;
    for (size_t i = 0; i < text.len; i++)
        lines += text.at[i] == '\n';
    while (len < 2 * lines)
        len *= 2;
    uint32_t *slots = ds_arena_calloc(a, len, sizeof *slots);
    for (size_t beg = 0, end, tab; slots && beg < text.len; beg = end + 1) {
        for (end = tab = beg; end < text.len && text.at[end] != '\n'; end++)
            tab = text.at[end] == '\t' ? end : tab;
        unsigned long cls = tab > beg ? strtoul(text.at + tab + 1, NULL, 10) : 0;
        if (cls && cls <= CLASS_MOST)
            put_class(slots, (uint32_t)len - 1, nm_low(ds_str_cut(text, beg, tab)), (uint32_t)cls);
    }
    if (!text.at || !slots)
        return fprintf(stderr, "train: %s: cannot be read\n", path), false;
    *out = (ds_str){(const char *)slots, len * sizeof *slots};
    return true;
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

typedef struct job {
    ds_arena *a;
    const char *lexicon, *pack, *class_file, *news, *const *sets; /* as given; NULL: none */
    ds_str classes;                                               /* bytes of their slots */
    names_docs docs;
    uint64_t seed;
} job;

static bool fit(job *j, int leave_out, unsigned epochs, uint64_t seed, ds_str *bytes, nm_model *out)
{
    names_options o = options;
    o.epochs = epochs;
    o.seed = seed;
    return names_fit(j->a, &j->docs, FOLDS, leave_out, &o, j->classes, bytes) &&
           nm_model_open(*bytes, out, NULL) == DS_OK;
}

static bool read_fold(job *j, unsigned fold)
{
    nm_model m;
    ds_str bytes;
    if (!fit(j, (int)fold, options.epochs * 2 / 3, j->seed, &bytes, &m))
        return false;
    for (size_t d = fold; d < j->docs.len; d += FOLDS) {
        names_doc *doc = &j->docs.at[d];
        doc->first = ds_arena_calloc(j->a, doc->text.len, 1);
        if (!doc->first || nm_decode(j->a, &m, &doc->text, false, doc->first) < 0)
            return false;
    }
    return true;
}

/* The document once more, as a second reading sees it. */
static bool add_voted(job *j, size_t d)
{
    names_doc again = j->docs.at[d];
    again.text.words = ds_arena_calloc(j->a, again.text.len, sizeof *again.text.words);
    if (!again.text.words)
        return false;
    memcpy(again.text.words, j->docs.at[d].text.words, again.text.len * sizeof *again.text.words);
    return nm_vote(j->a, &again.text, again.first) == DS_OK &&
           DS_PUSH(j->a, &j->docs, again) == DS_OK;
}

static bool read_news(job *j, names_source *s)
{
    nm_model teachers[TEACHERS];
    ds_str bytes;
    ds_lexicon *lex;
    size_t from = j->docs.len;
    for (unsigned k = 0; k < TEACHERS; k++)
        if (!fit(j, -1, options.epochs, j->seed + 1 + k, &bytes, &teachers[k]))
            return false;
    if (ds_lexicon_open(j->a, ds_str_of(j->pack), &lex, NULL) < 0)
        return fprintf(stderr, "train: %s: no pack\n", j->pack), false;
    bool read = names_read_news(s, lex, j->news, teachers, TEACHERS);
    ds_lexicon_close(lex);
    if (!read)
        return false;
    for (size_t d = from; d < j->docs.len; d++) { /* half of them with votes */
        names_doc *doc = &j->docs.at[d];
        doc->weight = NEWS_WEIGHT;
        for (size_t i = 0; d % 2 && i < doc->text.len; i++)
            doc->text.words[i].vote[0] = doc->text.words[i].vote[1] = 0;
        if (d % 2 == 0 && nm_vote(j->a, &doc->text, doc->first) < 0)
            return false;
    }
    return true;
}

static bool read_sets(names_source *s, const char *const *sets)
{
    return names_read_columns(s, sets[0], NAMES_WIKIGOLD) &&
           names_read_columns(s, sets[1], NAMES_UNER) && names_read_gum(s, sets[2]);
}

static bool learn(job *j, ds_str *out)
{
    ds_str section;
    ds_gazetteer g;
    nm_model m;
    nm_classes c = {0};
    if (!make_gazetteer(j->a, j->lexicon, &section) || ds_gazetteer_open(section, &g, NULL) < 0 ||
        (j->class_file && !read_classes(j->a, j->class_file, &j->classes)))
        return false;
    if (j->classes.len)
        c = (nm_classes){(const void *)j->classes.at,
                         (uint32_t)(j->classes.len / sizeof(uint32_t)) - 1};
    names_source s = {.a = j->a, .g = &g, .classes = &c, .out = &j->docs};
    if (!read_sets(&s, j->sets))
        return false;
    for (unsigned k = 0; k < FOLDS; k++)
        if (!read_fold(j, k))
            return false;
    for (size_t d = 0, n = j->docs.len; d < n; d++)
        if (!add_voted(j, d))
            return false;
    return (!j->news || read_news(j, &s)) && fit(j, -1, options.epochs, j->seed, out, &m);
}

static const char *or_none(const char *arg)
{
    return strcmp(arg, "-") == 0 ? NULL : arg;
}

int train_names(char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)4 << 30);
    ds_str out;
    if (!a || args_n != 8) {
        fputs("usage: train names OUT LEXICON PACK|- CLASSES|- NEWS|- WIKIGOLD UNER GUM\n", stderr);
        return 2;
    }
    job j = {.a = a,
             .seed = 1,
             .lexicon = args[1],
             .pack = or_none(args[2]),
             .class_file = or_none(args[3]),
             .news = or_none(args[4]),
             .sets = (const char *const *)args + 5};
    return !(learn(&j, &out) && write_file(args[0], out));
}

/* ---- what the sets say, to look at ------------------------------------------------------------------------------ */

static const char *letters_of(uint16_t allowed)
{
    static const char *const letters[NM_LABELS] = {"",   "/P", "/p", "/O", "/o", "/L",
                                                   "/l", "/G", "/g", "/M", "/m"};
    for (unsigned l = 0; l < NM_LABELS; l++)
        if (allowed == names_bit((uint8_t)l))
            return letters[l];
    return "/?";
}

int train_name_labels(char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_str section;
    ds_gazetteer g;
    names_docs docs = {0};
    names_source s = {.a = a, .g = &g, .classes = &(nm_classes){0}, .out = &docs};
    if (!a || args_n != 4 || !make_gazetteer(a, args[0], &section) ||
        ds_gazetteer_open(section, &g, NULL) < 0 || !read_sets(&s, (const char *const *)args + 1))
        return 1;
    for (size_t d = 0; d < docs.len; d++)
        for (size_t n = 0; n < docs.at[d].text.sents_len; n++) {
            nm_range r = docs.at[d].text.sents[n];
            for (uint32_t i = r.beg; i < r.end; i++)
                printf("%s%.*s%s", i > r.beg ? " " : "", DS_FMT(docs.at[d].text.words[i].text),
                       letters_of(docs.at[d].allowed[i]));
            putchar('\n');
        }
    return 0;
}
