/* SPDX-License-Identifier: Apache-2.0 */
/* search.h - words as the index has them, what a query asks for, and the words of an article that answer it.
 *
 * Layer    search; uses base
 * Method   a word is a run of letters, digits and inner apostrophes, in lower case, without accents, English-stemmed (Snowball); both
 *          the index and queries hold such words, so that SQLite's plain unicode61 tokenizer finds one by the other
 * Input    UTF-8; what is not is passed over
 * Output   docs/serve.md has the language of queries; print(parse(x)) is its normal form, and parses to itself
 * Memory   results live in `a`; the words object keeps stems that it has met
 * Errors   DS_BAD: nothing is asked for, a day cannot be read, only exclusions; DS_LIMIT: too many words; DS_NOMEM
 * Cost     O(text); a word that was met before costs one look-up
 * Threads  one words object per thread
 */
#ifndef DS_SEARCH_H
#define DS_SEARCH_H

#include "base/base.h"

typedef struct ds_words ds_words;
ds_status ds_words_open(ds_words **out); /* DS_NOMEM */
void ds_words_close(ds_words *w);        /* NULL is fine */

typedef struct ds_stemmed {
    ds_span at;  /* bytes of the text */
    ds_str stem; /* good until the next call but one hundred thousand */
} ds_stemmed;
/* The next word at or after *i, which moves behind it. DS_NONE: no more. */
ds_status ds_words_next(ds_words *w, ds_str text, size_t *i, ds_stemmed *out);
/* All of them, with a blank behind each, appended. */
ds_status ds_words_put(ds_words *w, ds_str text, ds_buf *out);
/* "killed or injured" as the one word that stands for a measure: "killedorinjured". */
ds_status ds_words_put_name(ds_words *w, ds_str name, ds_buf *out);

/* ---- queries ------------------------------------------------------------------------------------------- */

typedef enum ds_search_field {
    DS_SEARCH_TEXT, /* title and text */
    DS_SEARCH_SOURCE,
    DS_SEARCH_AUTHOR,
    DS_SEARCH_PLACE,
    DS_SEARCH_MEASURE,
} ds_search_field;

typedef struct ds_term { /* a word or a phrase */
    ds_search_field field;
    ds_str words; /* in lower case, without accents, a blank between two */
    ds_str stems; /* the same, stemmed */
} ds_term;

typedef struct ds_terms { /* one of these is wanted */
    const ds_term *at;
    size_t len;
    bool excluded; /* none of them, that is */
} ds_terms;

typedef struct ds_query { /* all of these are wanted */
    const ds_terms *at;
    size_t len;
    ds_days days; /* of publication; open ends */
} ds_query;

#define DS_QUERY_TERMS 32 /* a query has no more */
#define DS_QUERY_BYTES 1000
ds_status ds_query_parse(ds_arena *a, ds_words *w, ds_str text, ds_query *out, ds_err *err);
void ds_query_print(const ds_query *q, ds_buf *out);
/* As an expression for FTS5 over columns title, text, source, author, place, measure. Absent: no words are asked for, or no memory. */
ds_str ds_query_match(ds_arena *a, const ds_query *q);

/* ---- snippets -------------------------------------------------------------------------------------------- */

typedef struct ds_snippet_part {
    ds_span at; /* of the text */
    bool hit;
} ds_snippet_part;
typedef struct ds_snippet {
    const ds_snippet_part *at;
    size_t len;
} ds_snippet;
/* The stretch of the text, some thirty words of it, that has most of the words asked for; its beginning where it has none. */
ds_status ds_snippet_make(ds_arena *a, ds_words *w, const ds_query *q, ds_str text,
                          ds_snippet *out);

#endif
