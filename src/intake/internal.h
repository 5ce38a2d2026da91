/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - the inputs that wait, the file that is open, and one JSON line. */
#ifndef DS_INTAKE_INTERNAL_H
#define DS_INTAKE_INTERNAL_H

#include "intake/intake.h"

#include <sys/types.h>

/* Folders nested deeper are named as failed: deeper than any archive seen, far under the stack's limit. */
#define DS_INTAKE_DEPTH 64
/* Bytes read at once from a JSON-lines file: a few hundred lines of a news archive. */
#define DS_INTAKE_BLOCK ((size_t)256 << 10)

/* Bytes of a piece of text: thousands of words, little beside what is made of them. */
#define DS_PIECE_TEXT ((size_t)64 << 10)
/* Bytes of a piece of CoNLL-U, some hundred sentences, and of the longest sentence. */
#define DS_PIECE_CONLLU ((size_t)512 << 10)

typedef enum ds_input_kind {
    DS_INPUT_PAGE,
    DS_INPUT_LINES,
    DS_INPUT_PIECES,
    DS_INPUT_FAILED
} ds_input_kind;

typedef struct ds_input {
    ds_str path; /* NUL-terminated */
    ds_input_kind kind;
    ds_status code;  /* of DS_INPUT_FAILED */
    const char *why; /* static text */
} ds_input;

typedef DS_VEC(ds_input) ds_inputs;

/* Appends what stands behind one path as typed: a page, a file of lines, all of a folder, or a failure. */
ds_status ds_walk(ds_arena *a, ds_str path, ds_inputs *out);
/* What errno means for a reader of the message; static text. */
const char *ds_intake_reason(int errnum);

/* A whole file, at most DS_INTAKE_MAX_BYTES. */
ds_status ds_file_read(ds_arena *a, const char *path, ds_str *out, ds_err *err);
/* A regular file for reading; never waits on a FIFO. Negative status in *err. */
int ds_file_open(const char *path, int64_t *size, ds_err *err);

/* The same, and standard input for "-" (its size is -1). -1: *err says why. */
int ds_input_open(const char *path, int64_t *size, ds_err *err);
/* Up to `room` bytes; 0 at the end, negative with *err for what failed. */
ssize_t ds_input_read(int fd, char *at, size_t room, ds_err *err);

/* A file read line by line. */
typedef struct ds_lines {
    int fd;          /* -1: none open */
    int64_t size;    /* bytes of the file, -1: unknown */
    int64_t read;    /* bytes taken so far */
    uint64_t number; /* of the line given last, from 1 */
    char *block;     /* DS_INTAKE_BLOCK bytes, malloc */
    size_t beg, end; /* unread part of block */
    char *long_line; /* a line that goes over the end of a block; malloc, grows */
    size_t long_len, long_cap;
    bool ended;
} ds_lines;

ds_status ds_lines_open(ds_lines *l, const char *path, ds_err *err); /* "-" is standard input */
/* The next line without its end; a view that holds until the next call. DS_NONE at the end; DS_LIMIT for a line that is
 * too long (it is skipped), DS_IO, DS_NOMEM. */
ds_status ds_lines_next(ds_lines *l, ds_str *out, ds_err *err);
void ds_lines_close(ds_lines *l);

/* A file read piece by piece. */
typedef struct ds_pieces {
    int fd;   /* -1: none open */
    char *at; /* malloc */
    size_t len, cap;
    uint32_t line; /* on which at[0] stands */
    bool conllu, ended;
} ds_pieces;

ds_status ds_pieces_open(ds_pieces *p, const char *path, bool conllu, ds_err *err);
/* The next piece, copied into a, and its first line. DS_NONE at the end; DS_LIMIT: a sentence longer than a piece, DS_IO,
 * DS_NOMEM; after an error nothing more comes. */
ds_status ds_pieces_next(ds_pieces *p, ds_arena *a, ds_str *out, uint32_t *line, ds_err *err);
void ds_pieces_close(ds_pieces *p);
/* Where the first piece of at[0, len) ends: behind a blank line; of a text behind another line, a stop, a blank, a code
 * point at the least. 0: of CoNLL-U, no blank line. */
size_t ds_piece_end(const char *at, size_t len, bool conllu);

/* One JSON line. page->name stays absent when the line has no id. */
ds_status ds_line_parse(ds_arena *a, ds_str line, ds_page *out, ds_err *err);

/* "text/html", "text/plain", or "multipart/related" for MHTML and saved mail, by the first bytes. */
ds_str ds_media_of(ds_str bytes);
/* The address that an MHTML file says it was saved from, a view of `bytes`; absent: none. */
ds_str ds_media_url(ds_str bytes);

#endif
