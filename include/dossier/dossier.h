/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.h - the public API of libdossier: add pages to a store, get finished stories back.
 *
 * Input    files, folders, JSON lines: any bytes
 * Output   text, JSON, JSON lines, CSV, TSV: UTF-8, in a dossier_text that the caller frees
 * Memory   objects are opaque and freed by the function of the same noun; NULL is fine there
 * Errors   negative dossier_status; the reason in dossier_error(), valid until the next call on that object. The library
 *          never prints, exits or reads the clock
 * Threads  one dossier object per thread; many processes may read one store while one writes
 *
 * Example
 *     dossier_options o = {.db = "news.db"};
 *     dossier *d;
 *     if (dossier_open(&o, DOSSIER_WRITE, &d) < 0) ...
 *     const char *paths[] = {"pages"};
 *     dossier_report r;
 *     dossier_add(d, paths, 1, NULL, NULL, &r);
 *     dossier_text t;
 *     dossier_show(d, 1, &(dossier_view){.format = DOSSIER_JSON}, &t);
 *     fwrite(t.at, 1, t.len, stdout);
 *     dossier_text_free(&t);
 *     dossier_close(d);
 */
#ifndef DOSSIER_H
#define DOSSIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DS_API __attribute__((visibility("default")))

typedef enum dossier_status {
    DOSSIER_NOTHING = 1, /* nothing found */
    DOSSIER_OK = 0,
    DOSSIER_NOMEM = -1,
    DOSSIER_BAD = -2,   /* bad argument or input */
    DOSSIER_LIMIT = -3, /* a documented bound was exceeded */
    DOSSIER_IO = -4,    /* the store or a file failed */
} dossier_status;

typedef struct dossier dossier;

typedef struct dossier_options {
    const char *db;      /* path of the store; NULL for commands that need none */
    const char *lexicon; /* folder whose *.tsv replace the built-in ones, or NULL */
    const char *profile; /* file that dossier_profile made, or NULL */
    const char *as_of;   /* "YYYY-MM-DD": fetch day of files, or NULL */
    unsigned jobs;       /* reader threads; 0: one per core */
} dossier_options;

typedef enum dossier_mode { DOSSIER_NO_STORE, DOSSIER_READ, DOSSIER_WRITE } dossier_mode;
typedef enum dossier_format {
    DOSSIER_TEXT,
    DOSSIER_JSON,
    DOSSIER_JSONL,
    DOSSIER_CSV,
    DOSSIER_TSV
} dossier_format;

typedef struct dossier_text {
    char *at; /* NUL-terminated */
    size_t len;
} dossier_text;

typedef struct dossier_view {
    dossier_format format;
    unsigned width; /* text: columns, 60 .. 140; 0: 80 */
    bool colour, ascii;
    const char *measure, *holder, *page; /* filters of claims and questions, or NULL */
    bool flagged;                        /* claims: only flagged ones */
    bool figures;                        /* article: only sentences with figures */
    bool versions; /* article: what changed from version to version of its page */
    const char *
        rule; /* show, questions, export: of DOSSIER_RULES; NULL: "range". Key points stay those that were stored */
} dossier_view;

/* What dossier_add tells while it works. `name` fails or deserves a word: `what` says why; else both are NULL and it is
 * progress. Return nonzero to stop after the current batch. */
typedef struct dossier_progress {
    size_t done, total;
    const char *name, *what;
    bool failed;
} dossier_progress;
typedef int (*dossier_on_progress)(const dossier_progress *p, void *ctx);

typedef struct dossier_report {
    size_t pages, articles, figures, stories_new, known, failed, no_article;
    size_t stories;  /* in the store, new ones included */
    size_t no_pages; /* of the failed inputs: folders without pages */
    bool stopped;
} dossier_report;

DS_API const char *dossier_version(void);
DS_API dossier_status dossier_open(const dossier_options *o, dossier_mode mode, dossier **out);
/* *out is set on failure too (unless memory ran out), so that the reason can be asked for. */
DS_API void dossier_close(dossier *d);
DS_API const char *dossier_error(const dossier *d);
DS_API void dossier_text_free(dossier_text *t);

DS_API dossier_status dossier_add(dossier *d, const char *const *paths, size_t n,
                                  dossier_on_progress cb, void *ctx, dossier_report *out);
DS_API dossier_status dossier_remove(dossier *d, const char *name);
/* problems found are in *out, one a line; digest (65 bytes) gets the hex digest when it is not NULL. */
DS_API dossier_status dossier_verify(dossier *d, char *digest, dossier_text *out);

/* Views: what is printed is a text of its own, good until dossier_text_free(out); *out is untouched unless DOSSIER_OK is given.
 * story 0: the only one there is. DOSSIER_NOTHING: no such story, or nothing in it to print. DOSSIER_BAD: which story is open, a
 * format that the view has not, or a rule that there is not. Formats: stories, timeline, sources and claims all; show, questions
 * and article DOSSIER_TEXT and DOSSIER_JSON. */
DS_API dossier_status dossier_stories(dossier *d, const dossier_view *v, dossier_text *out);
DS_API dossier_status dossier_show(dossier *d, int64_t story, const dossier_view *v,
                                   dossier_text *out);
/* One list of the finished story. DOSSIER_NOTHING: it is empty. */
DS_API dossier_status dossier_timeline(dossier *d, int64_t story, const dossier_view *v,
                                       dossier_text *out);
DS_API dossier_status dossier_sources(dossier *d, int64_t story, const dossier_view *v,
                                      dossier_text *out);
/* All of a story: DOSSIER_JSON as one object, named "story"; DOSSIER_CSV and DOSSIER_TSV as tables ("claims", "questions", ...;
 * docs/formats/export.md), handed on one after the other, empty ones too; other formats: DOSSIER_BAD. `name` and the `len`
 * bytes at `at` are good until the callback returns. Return nonzero to stop: DOSSIER_IO. Where the story is not there the callback is
 * not called. */
typedef int (*dossier_on_table)(const char *name, const char *at, size_t len, void *ctx);
DS_API dossier_status dossier_export(dossier *d, int64_t story, const dossier_view *v,
                                     dossier_on_table put, void *ctx);
/* Rules of low, best and high that dossier_view.rule may name (docs/formats/questions.md). Stories are stored by the first. */
#define DOSSIER_RULES "range, median-origin, latest, conservative, ucdp"
DS_API bool dossier_knows_rule(const char *name);
/* story 0: all stories. */
DS_API dossier_status dossier_claims(dossier *d, int64_t story, const dossier_view *v,
                                     dossier_text *out);
DS_API dossier_status dossier_questions(dossier *d, int64_t story, const dossier_view *v,
                                        dossier_text *out);
/* ref: "1:B" a page of a story, "1:B9" a sentence, or a document's name. Its text is read once more for who says what, by the
 * word lists of the options; DOSSIER_BAD: they cannot be read. */
DS_API dossier_status dossier_article(dossier *d, const char *ref, const dossier_view *v,
                                      dossier_text *out);

/* Without a store: each article (JSON line or text) goes to `sink` as it is read. */
typedef int (*dossier_sink)(const char *at, size_t len, void *ctx);
DS_API dossier_status dossier_read(dossier *d, const char *const *paths, size_t n,
                                   const dossier_view *v, dossier_sink sink, dossier_on_progress cb,
                                   void *ctx, dossier_report *out);
/* What the pages of each site repeat, as text for a file that dossier_options.profile names: pages that are read with it
 * lose those blocks. */
DS_API dossier_status dossier_profile(dossier *d, const char *const *paths, size_t n,
                                      dossier_on_progress cb, void *ctx, dossier_report *out,
                                      dossier_text *text);
/* JSON lines in, JSON lines out. layers: bits 1 times, 2 quantities, 4 attributions, 8 entities, 16 coref. chars: offsets in code points. */
#define DOSSIER_LAYERS_ALL 31u
DS_API dossier_status dossier_annotate(dossier *d, const char *const *paths, size_t n,
                                       unsigned layers, bool chars, dossier_sink sink,
                                       dossier_on_progress cb, void *ctx, dossier_report *out);
/* Sentences with their words, tags, lemmas and heads, in CoNLL-U, as they are read. */
typedef enum dossier_input {
    DOSSIER_FROM_TEXT,  /* plain text; a file whose name ends in .jsonl has JSON lines */
    DOSSIER_FROM_JSONL, /* JSON lines */
    DOSSIER_FROM_CONLLU /* words and sentences are given */
} dossier_input;
typedef struct dossier_parsing {
    dossier_input input;
    bool tags_only; /* no heads: faster */
} dossier_parsing;
DS_API dossier_status dossier_parse(dossier *d, const char *const *paths, size_t n,
                                    const dossier_parsing *how, dossier_sink sink,
                                    dossier_on_progress cb, void *ctx, dossier_report *out);

#ifdef __cplusplus
}
#endif
#endif
