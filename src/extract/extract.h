/* SPDX-License-Identifier: Apache-2.0 */
/* extract.h - from the bytes of one page to its articles.
 *
 * Layer    extract; uses base, text
 * Method   HTML: own one-pass tokenizer and light tree (arena, tag ids, offsets); then, for both HTML and plain
 *          text, one list of blocks with features, classed by rules over lexicon/en/furniture.tsv: title, byline,
 *          date, body, comments, related rail, teasers, further articles
 * Input    any bytes; of an MHTML file the part that holds the page. Charset: BOM, MIME, meta, else valid UTF-8, else
 *          windows-1252 (docs/charsets.md)
 * Output   articles in page order, the main one first where it is not clear; text offsets lead back into page->bytes
 * Memory   all results live in `a`
 * Errors   DS_NONE: no article (an index page, too little text), out->len == 0; DS_BAD: not text (err->what says
 *          which kind), empty; DS_NOMEM, DS_LIMIT. *out untouched on error
 * Cost     linear in the page; depth of nesting is capped (deeper elements are read flat), see DS_EXTRACT_DEPTH
 * Threads  safe with one arena per thread
 */
#ifndef DS_EXTRACT_H
#define DS_EXTRACT_H

#include "text/text.h"

#define DS_EXTRACT_DEPTH 512             /* elements nested deeper are read flat */
#define DS_EXTRACT_MAX_BYTES (64u << 20) /* larger pages are refused: DS_LIMIT */

/* What a person should hear about a page that was read all the same ("100,000 nested tags; read flat"). */
typedef struct ds_extract_notes {
    ds_str text; /* absent: nothing to say */
} ds_extract_notes;

/* Word lists and weights, prepared once; read-only, for any number of threads. Keeps references into `lex`.
 * DS_BAD: a table is missing or says something impossible. */
typedef struct ds_extractor ds_extractor;
ds_status ds_extractor_open(ds_arena *a, const ds_lexicon *lex, ds_extractor **out, ds_err *err);

/* A block of text on a site: a hash of both, and on how many of its pages it stands. */
typedef struct ds_host_block {
    uint64_t hash;
    uint32_t pages;
} ds_host_block;

/* What is known of sites from their other pages: blocks that stand on several pages of one, by ascending hash. */
typedef struct ds_host_profile {
    const ds_host_block *blocks;
    size_t len;
} ds_host_profile;

/* The blocks of one page, each once, with pages = 1. DS_NONE: plain text, or a page that names no site. */
ds_status ds_extract_host(ds_arena *a, const ds_page *page, const ds_extractor *x,
                          ds_host_profile *out, ds_err *err);
/* The profile of all the pages whose blocks are in `all` (which is sorted, and keeps the result), in any order. */
void ds_host_profile_make(ds_host_block *all, size_t len, ds_host_profile *out);
/* As a table (block, pages), and back. DS_BAD: err->at is the line, 0 where it is not known. */
ds_status ds_host_profile_print(const ds_host_profile *x, ds_buf *out);
ds_status ds_host_profile_read(ds_arena *a, ds_str text, ds_host_profile *out, ds_err *err);

/* `host` may be NULL: then the page is read alone. */
ds_status ds_extract(ds_arena *a, const ds_page *page, const ds_extractor *x,
                     const ds_host_profile *host, ds_articles *out, ds_extract_notes *notes,
                     ds_err *err);

#endif
