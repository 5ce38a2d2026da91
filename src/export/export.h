/* SPDX-License-Identifier: Apache-2.0 */
/* export.h - articles, marks, claims and finished stories as text for people and as JSON, JSON lines and TSV.
 *
 * Layer    export; uses base, text, language, claim, story, reconcile, digest, store
 * Method   one function per view; the layout and the words are docs/formats/show.md
 * Output   appended to `out`; UTF-8, or ASCII where style.utf8 is false; no line wider than style.width in text views
 *          (but for words that do not fit)
 * Memory   scratch in `a`
 * Errors   DS_NOMEM; DS_NONE where there is nothing to show (an empty list prints nothing)
 */
#ifndef DS_EXPORT_H
#define DS_EXPORT_H

#include "store/store.h"

typedef enum ds_format { DS_FMT_TEXT, DS_FMT_JSON, DS_FMT_JSONL, DS_FMT_CSV, DS_FMT_TSV } ds_format;

typedef struct ds_style {
    uint32_t width; /* columns: 60 .. 140; 80 when piped */
    bool colour;    /* bold, dim, red */
    bool utf8;
    ds_format format;
    const char *parts; /* JSON of a story: the lists wanted, with commas; NULL: all */
} ds_style;

/* dossier show: the whole story (text, JSON). */
ds_status ds_export_show(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out);
/* dossier timeline, sources, similar: one list of it (text, JSON, JSON lines, CSV, TSV). DS_NONE: it is empty. */
ds_status ds_export_timeline(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out);
ds_status ds_export_sources(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out);
ds_status ds_export_similar(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out);
/* dossier export --as csv: a table of the story, header first, empty ones too (CSV, TSV; docs/formats/export.md). DS_BAD: no
 * such table. The names are ds_export_table_name(0), (1), ... up to NULL. */
ds_status ds_export_table(ds_arena *a, const ds_dossier *d, const char *name, ds_format format,
                          ds_buf *out);
const char *ds_export_table_name(size_t i);
/* dossier claims: text table, or JSON lines / CSV / TSV as docs/formats/claim.md. */
typedef struct ds_claim_filter { /* absent fields let everything pass */
    ds_str measure, holder, page;
    bool flagged;
} ds_claim_filter;
ds_status ds_export_claims(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f,
                           ds_style style, ds_buf *out);
/* dossier questions: text table, JSON: [{id, text, measure, subject, answers, origins, verdicts, estimate, rule,
 * arithmetic}]. only: a measure, absent for all (then with the answers and pairs). */
ds_status ds_export_questions(ds_arena *a, const ds_dossier *d, ds_str only, ds_style style,
                              ds_buf *out);
/* dossier stories, and with --articles. */
ds_status ds_export_stories(ds_arena *a, const ds_story_list *list, ds_style style, ds_buf *out);
ds_status ds_export_articles(ds_arena *a, const ds_article_list *list, ds_style style, ds_buf *out);
/* A page of the list of stories as JSON: {stories, next}. next: absent at the end. */
ds_status ds_export_cards(const ds_cards *list, ds_str next, ds_buf *out);
/* The stories, or the questions of one, as a feed: Atom 1.0, or JSON Feed 1.1. base: what links begin with. */
ds_status ds_export_feed(ds_arena *a, const ds_cards *list, const char *base, bool json,
                         ds_buf *out);
ds_status ds_export_story_feed(ds_arena *a, const ds_dossier *d, const char *base, bool json,
                               ds_buf *out);
/* dossier search: JSON {query, order, window, articles, hits, next}, JSON lines (hits), text. DS_NONE: no hits, but as JSON. */
ds_status ds_export_found(ds_arena *a, const ds_found *f, ds_str query, ds_str next, ds_style style,
                          ds_buf *out);
/* {story, similar}: other stories about much the same, and what the pages list as other news. */
ds_status ds_export_similar_page(const ds_dossier *d, ds_buf *out);
/* {story, page, sha256, name, url, fetched, sentences, article}; place->story 0: in none. v as below. */
ds_status ds_export_article_page(const ds_reading *r, const ds_voices *v,
                                 const ds_article_place *place, ds_buf *out);
/* dossier article: the text with numbered sentences, its figures, and who says what how surely (docs/formats/article.md);
 * sentence >= 0: that one with the one before it. v: spans in r's text; NULL: who says what was not read. */
typedef struct ds_article_view {
    bool figures_only; /* leave out sentences without figures ("… 4 sentences without figures") */
    int32_t sentence;  /* -1: all */
    ds_str reader;     /* program and word lists that v is of; absent: those of the reading */
} ds_article_view;
ds_status ds_export_article(ds_arena *a, const ds_reading *r, const ds_voices *v, ds_str letter,
                            ds_article_view view, ds_style style, ds_buf *out);
/* dossier article --versions: the same article in all versions of its page, oldest first (at least one), and what changed from each to the
 * next. */
ds_status ds_export_versions(ds_arena *a, const ds_reading *const *at, size_t len, ds_style style,
                             ds_buf *out);
/* dossier read: one JSON object (a line) per article as docs/formats/article.md, or text. */
ds_status ds_export_read(ds_arena *a, const ds_article *art, ds_style style, ds_buf *out);
/* dossier annotate: one JSON object per document with the layers asked for (bits). Offsets in bytes, or code points. */
enum ds_layer {
    DS_LAYER_TIMES = 1,
    DS_LAYER_QUANTITIES = 2,
    DS_LAYER_ATTRIBUTIONS = 4,
    DS_LAYER_ENTITIES = 8,
    DS_LAYER_COREF = 16,
    DS_LAYER_ALL = 31
};
ds_status ds_export_annotate(ds_arena *a, ds_str id, const ds_doc *doc, const ds_parse *parse,
                             const ds_marks *marks, uint32_t layers, bool chars,
                             const ds_lexicon *lex, ds_buf *out);
/* dossier parse: the sentences in CoNLL-U (docs/formats/conllu.md). given: what was read, where the words came in CoNLL-U
 * already (its doc is `doc`), else NULL. `numbers` gets, for each sentence that has no id yet, the offset in `out` where
 * its number is missing, for the one who counts the sentences. */
typedef DS_VEC(size_t) ds_offsets;
ds_status ds_export_conllu(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                           const ds_conllu *given, bool new_doc, ds_buf *out, ds_offsets *numbers);

#endif
