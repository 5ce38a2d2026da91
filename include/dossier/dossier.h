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
    bool articles;                       /* stories: a line an article, with its story */
    bool figures;                        /* article: only sentences with figures */
    bool versions; /* article: what changed from version to version of its page */
    const char *
        parts; /* show as JSON: the lists wanted, with commas (key_points, claims, ...); NULL: all */
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

/* Reads what waits in the inbox, then the paths; n may be 0. */
DS_API dossier_status dossier_add(dossier *d, const char *const *paths, size_t n,
                                  dossier_on_progress cb, void *ctx, dossier_report *out);
DS_API dossier_status dossier_remove(dossier *d, const char *name);
/* Reads all pages of the store anew with the present program and word lists, and groups them anew; ids of stories stay where most of
 * their pages do, others lead on. Stopped, it goes on with the next call; dossier_add and dossier_remove do that first. */
DS_API dossier_status dossier_reread(dossier *d, dossier_on_progress cb, void *ctx,
                                     dossier_report *out);
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
/* Other stories about much the same. */
DS_API dossier_status dossier_similar(dossier *d, int64_t story, const dossier_view *v,
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
/* Articles by their words; the language of `query` is in docs/serve.md. Formats: DOSSIER_TEXT, DOSSIER_JSON (also without hits),
 * DOSSIER_JSONL. DOSSIER_NOTHING: no hits. DOSSIER_BAD: nothing is asked for, a day or a cursor cannot be read. */
typedef struct dossier_query {
    const char *query;
    const char *cursor; /* "next" of the page before, or NULL */
    bool newest;        /* last arrived first; else best first */
    unsigned limit;     /* hits; 0: 20; at most 100 */
} dossier_query;
DS_API dossier_status dossier_search(dossier *d, const dossier_query *q, const dossier_view *v,
                                     dossier_text *out);
/* story 0: all stories. */
DS_API dossier_status dossier_claims(dossier *d, int64_t story, const dossier_view *v,
                                     dossier_text *out);
DS_API dossier_status dossier_questions(dossier *d, int64_t story, const dossier_view *v,
                                        dossier_text *out);
/* ref: "1:B" a page of a story, "1:B9" a sentence, or a document's name. Its text is read once more for who says what, by the
 * word lists of the options; DOSSIER_BAD: they cannot be read. */
DS_API dossier_status dossier_article(dossier *d, const char *ref, const dossier_view *v,
                                      dossier_text *out);

/* ---- the inbox: articles that wait beside the store until somebody adds (docs/serve.md) ------------------------------------- */

typedef struct dossier_inbox dossier_inbox;
typedef struct dossier_accepted {
    size_t accepted; /* articles that wait now, or did already */
    size_t known;    /* of them, those that did, byte for byte */
    int64_t waiting; /* in all */
} dossier_accepted;
/* db: path of the store, which need not be there yet. DOSSIER_NOTHING (only without `create`): there is no inbox. *out is set on
 * failure too (unless memory ran out). */
DS_API dossier_status dossier_inbox_open(const char *db, bool create, dossier_inbox **out);
DS_API void dossier_inbox_close(dossier_inbox *i);
DS_API const char *dossier_inbox_error(const dossier_inbox *i);
/* `lines`: JSON lines as dossier_add takes them, each with an id; else one JSON object, or an array of them. All or none are put in,
 * on disk when it returns. DOSSIER_BAD: which is not one, and why; DOSSIER_LIMIT: too many. */
#define DOSSIER_INBOX_MOST 1000
DS_API dossier_status dossier_inbox_put(dossier_inbox *i, const char *at, size_t len, bool lines,
                                        dossier_accepted *out);
DS_API dossier_status dossier_inbox_waiting(dossier_inbox *i, int64_t *out);

/* ---- for servers (src/serve): JSON in the shapes of src/serve/openapi.json ------------------------------------------ */

/* Another number after every commit of another process. */
DS_API dossier_status dossier_revision(dossier *d, int64_t *out);
/* Names what a finished story was reckoned from: while it is the same, so is every view of the story. Empty: not known.
 * DOSSIER_NOTHING: no such story. */
#define DOSSIER_STAMP 65
DS_API dossier_status dossier_stamp(dossier *d, int64_t story, char stamp[DOSSIER_STAMP]);
/* The story that a retired id went to. DOSSIER_NOTHING: never given, or still there. */
DS_API dossier_status dossier_moved(dossier *d, int64_t story, int64_t *to);
typedef struct dossier_sizes {
    int64_t articles, stories;
    int64_t last_article; /* number given last: counts up */
} dossier_sizes;
DS_API dossier_status dossier_sizes_of(dossier *d, dossier_sizes *out);
typedef struct dossier_listing { /* NULL, false and 0 let everything pass */
    const char *from, *to;       /* YYYY-MM-DD: stories with a page published then */
    const char *measure;         /* with a question on it */
    const char *state;   /* with a question in it: conflict, apart, disagree (either), agree */
    const char *cursor;  /* "next" of the page before */
    bool flagged, by_id; /* by_id: newest number first; else newest day of publication first */
    unsigned min_pages, limit; /* limit 0: 50; at most 200 */
} dossier_listing;
DS_API dossier_status dossier_list(dossier *d, const dossier_listing *l, dossier_text *out);
/* The newest 50 stories, or (story not 0) the questions of one, as Atom 1.0 or JSON Feed 1.1. base: what links begin with. */
DS_API dossier_status dossier_feed(dossier *d, int64_t story, const char *base, bool json,
                                   dossier_text *out);
DS_API dossier_status dossier_similar_page(dossier *d, int64_t story, dossier_text *out);
/* An article with its page and its sentences; ref as of dossier_article, without a sentence. */
DS_API dossier_status dossier_article_page(dossier *d, const char *ref, dossier_text *out);

/* All stories by number, each with its stamp; all questions, each by a number of its own with one that differs when its state, low, best
 * or high does. Return nonzero to stop. */
typedef int (*dossier_on_story)(int64_t story, const char *stamp, void *ctx);
typedef int (*dossier_on_figure)(int64_t story, uint64_t question, uint64_t value, void *ctx);
DS_API dossier_status dossier_each_story(dossier *d, dossier_on_story cb, void *ctx);
DS_API dossier_status dossier_each_figure(dossier *d, dossier_on_figure cb, void *ctx);
/* One story as events "story" (with `change`), "article" (of articles with a number above `after`), "figure" (all of its questions; name
 * and value as above), each with its JSON. */
typedef int (*dossier_on_news)(const char *event, int64_t story, uint64_t name, uint64_t value,
                               const char *json, void *ctx);
DS_API dossier_status dossier_story_news(dossier *d, int64_t story, const char *change,
                                         int64_t after, dossier_on_news cb, void *ctx);

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
