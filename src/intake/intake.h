/* SPDX-License-Identifier: Apache-2.0 */
/* intake.h - files, folders and JSON lines become pages.
 *
 * Layer    intake; uses base, text
 * Method   folders are walked in bytewise order of names (hidden ones left out); a file whose name ends in .jsonl, and
 *          "-" (standard input), is read line by line: {id|doc_id, title?, text, published|dct|date|pub_date?, source?,
 *          url?}; any other file is one page
 *          As texts or as CoNLL-U, files come in pieces, so that their size does not matter
 * Output   one page at a time, in input order; file times and the clock are never read
 * Memory   the page's bytes live in the arena that ds_intake_next is given
 * Errors   per input, so that the rest is still read: DS_BAD, DS_IO, DS_LIMIT with the name in *name
 * Threads  one reader at a time
 */
#ifndef DS_INTAKE_H
#define DS_INTAKE_H

#include "text/text.h"

#define DS_INTAKE_MAX_BYTES (64u << 20) /* a larger file or line is refused: DS_LIMIT */
/* Values that JSON may have, a line or what is put into the inbox at once: a parser takes some 250 bytes for each, and 8 MB of "{}," would
 * become 2 GB. An article has ten, a thousand of them have room for a hundred each. */
#define DS_INTAKE_MAX_VALUES 100000

typedef struct ds_intake ds_intake;

/* Lists the inputs (no page is read yet). paths: as typed. An input that does not exist is kept and fails in its turn. */
ds_status ds_intake_open(ds_arena *a, const char *const *paths, size_t n, ds_day as_of,
                         ds_intake **out, ds_err *err);
/* How inputs are taken; before the first ds_intake_next. Pages is what stands above. Lines: all files and "-" hold JSON
 * lines. Texts: other files than .jsonl, and "-", hold plain text, CoNLL-U: sentences of that form; they come in pieces
 * that end where a paragraph or a sentence does (a text's, at least where a word does). A piece has no digest, and its
 * `line` is not 0; a first line that is longer than a piece counts as two. */
typedef enum ds_intake_kind {
    DS_INTAKE_PAGES,
    DS_INTAKE_LINES,
    DS_INTAKE_TEXTS,
    DS_INTAKE_CONLLU,
} ds_intake_kind;
void ds_intake_as(ds_intake *in, ds_intake_kind kind);

/* Further JSON lines, of which no file tells; they come first. `next` gives one, good until it is asked again, with a name for
 * messages; DS_NONE: no more; what fails ends them. So many are expected. Before the first ds_intake_next. */
typedef ds_status (*ds_intake_lines)(void *ctx, ds_arena *a, ds_str *line, ds_str *name,
                                     ds_err *err);
void ds_intake_first(ds_intake *in, ds_intake_lines next, void *ctx, size_t expected);
/* Would the line be a page? *why: what is wrong with it; it needs an id, as nothing else names it. */
ds_status ds_intake_check_line(ds_arena *a, ds_str line, ds_err *why);
/* DS_LIMIT: more than DS_INTAKE_MAX_VALUES; looks at brackets and commas outside strings, and does not parse. */
ds_status ds_intake_check_values(ds_str json, ds_err *why);

/* Inputs known so far, for progress; a JSON-lines file counts as one until it is open, then as many as its lines so far
 * let expect. */
size_t ds_intake_total(const ds_intake *in);
/* DS_OK: *out is a page. DS_NONE: no more inputs. Negative: this input failed, *name says which, err->what why ("no
 * such file", "empty", "no pages in it", "not text (JPEG); kept out"); call again for the next one. */
ds_status ds_intake_next(ds_intake *in, ds_arena *a, ds_page *out, ds_str *name, ds_err *err);
extern const char ds_intake_no_pages[]; /* err->what of an empty folder is this very text */
void ds_intake_close(ds_intake *in);    /* closes the file that is open, NULL is fine */

/* Lower-case hex SHA-256, 64 digits, in `a`. */
ds_str ds_sha256_hex(ds_arena *a, ds_str bytes);

#endif
