/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - the connection, and the tables that bind struct fields to columns both ways. */
#ifndef DS_STORE_INTERNAL_H
#define DS_STORE_INTERNAL_H

#include "store/store.h"

#include <sqlite3.h>

/* Statements kept prepared: one or two per shape and the fixed ones; more are prepared anew. */
#define DS_STORE_CACHED 128
/* Scratch for the JSON lists of one row; the runs of a 64 MB page fit. */
#define DS_STORE_SCRATCH ((size_t)1 << 30)
/* How long to wait for another writer; it commits every few seconds. */
#define DS_STORE_BUSY_MS 300000

struct ds_store {
    sqlite3 *db;
    ds_arena *scratch; /* reset after each row */
    struct {
        const void *key;
        sqlite3_stmt *st;
    } cached[DS_STORE_CACHED];
    size_t cached_len;
    ds_words *words;   /* of the search index; NULL until it is needed */
    bool ranked;       /* the ranking function is there */
    int failed;        /* SQLite's code of the last failure: its own is gone once a snapshot ends */
    char message[256]; /* err->what of the last failure that is not static */
};

/* ---- descriptors --------------------------------------------------------------------------------- */

typedef enum ds_field_type {
    DS_F_STR,   /* ds_str: TEXT, NULL when absent */
    DS_F_BOOL,  /* bool: 0, 1 */
    DS_F_U32,   /* uint32_t */
    DS_F_INDEX, /* int32_t: NULL when negative */
    DS_F_DAY,   /* ds_day: days since 1970-01-01, NULL for DS_DAY_NONE */
    DS_F_ENUM,  /* an enum: its name as TEXT; in lists its number */
    DS_F_SPAN,  /* ds_span: NAME_beg, NAME_end */
    DS_F_DAYS,  /* ds_days: NAME_lo, NAME_hi, NULL for an open end */
    DS_F_FRAC,  /* ds_frac: NAME_num, NAME_den, both NULL when its flag is false */
    DS_F_LIST,  /* pointer (or array) and length: a JSON array as TEXT */
} ds_field_type;

#define DS_NO_AUX UINT32_MAX

typedef struct ds_field {
    const char *name; /* of the column, or the stem of two */
    ds_field_type type;
    uint32_t at;  /* offset in the struct */
    uint32_t aux; /* FRAC: offset of its has_ flag; LIST: offset of its length; else DS_NO_AUX */
    const void *more; /* ENUM: names, NULL-terminated; LIST: ds_list_shape */
} ds_field;

typedef struct ds_list_shape {
    const ds_field *fields; /* one field: bare values; several: arrays of values */
    size_t fields_len;
    size_t size; /* of an element */
    uint32_t
        fixed; /* 0: pointer and size_t length; else an array of so many inside the struct, with a uint32_t
                     * length, or always full where aux is DS_NO_AUX */
} ds_list_shape;

typedef struct ds_shape_part {
    const ds_field *fields;
    size_t len;
    size_t base; /* offset of the struct that the fields count from */
} ds_shape_part;

#define DS_SHAPE_KEYS 3
#define DS_SHAPE_PARTS 4

/* A table and the struct that its rows become. */
typedef struct ds_shape {
    const char *table;
    size_t size;
    const char *
        keys[DS_SHAPE_KEYS]; /* columns not in the struct: the owners, last the place in the list */
    ds_shape_part parts[DS_SHAPE_PARTS];
} ds_shape;

typedef struct ds_article_row { /* article, its sentences and their days go into one row */
    ds_article article;
    const ds_sentence *sents;
    size_t sents_len;
    ds_told_days days;
} ds_article_row;

typedef struct ds_story_counts { /* what `stories` prints without a count */
    uint32_t pages, figures, questions, flags;
    ds_days days;
} ds_story_counts;

extern const ds_shape ds_shape_page;         /* ds_page without its bytes */
extern const ds_shape ds_shape_article;      /* ds_article_row; keys page */
extern const ds_shape ds_shape_claim;        /* ds_claim; keys article, i */
extern const ds_shape ds_shape_deed;         /* ds_deed; keys article, i */
extern const ds_shape ds_shape_story;        /* ds_dossier's own fields; key id */
extern const ds_shape ds_shape_story_counts; /* the same table */
extern const ds_shape ds_shape_story_line;   /* the same table as ds_story_line, id apart */
extern const ds_shape ds_shape_source;       /* keys story, i; the column article apart */
extern const ds_shape ds_shape_row;          /* ds_row; keys story, i */
extern const ds_shape ds_shape_question;     /* keys story, i */
extern const ds_shape ds_shape_answer;       /* keys story, question, i */
extern const ds_shape ds_shape_origin;       /* keys story, question, i */
extern const ds_shape ds_shape_tie;          /* keys story, question, i */
extern const ds_shape ds_shape_pair;         /* keys story, question, i */
extern const ds_shape ds_shape_flag;         /* keys story, i */
extern const ds_shape ds_shape_dispute;      /* keys story, i */
extern const ds_shape ds_shape_force;        /* keys story, i */
extern const ds_shape ds_shape_step;         /* keys story, question, i: of an estimate */
extern const ds_shape ds_shape_key_point;    /* keys story, i */
extern const ds_shape ds_shape_event;        /* keys story, i */
extern const ds_shape ds_shape_copy;         /* keys story, i */
extern const ds_shape ds_shape_overlap;      /* keys story, i */
extern const ds_shape ds_shape_holder;       /* keys story, i */
extern const ds_shape ds_shape_join;         /* keys story, i */
extern const ds_shape ds_shape_unsure;       /* keys story, i */
extern const ds_shape ds_shape_place;        /* keys story, i */

/* Shared by the shapes of both sides. */
#define DS_LEN(array) (sizeof(array) / sizeof *(array))
#define DS_VALUE_FIELDS 4
#define DS_CLAIM_FIELDS 31
extern const ds_field ds_value_fields[DS_VALUE_FIELDS], ds_claim_fields[DS_CLAIM_FIELDS];
extern const ds_list_shape ds_list_strs, ds_list_per, ds_list_u32, ds_list_cites;
extern const char *const ds_names_bound[], *const ds_names_holder[], *const ds_names_kind[];
extern const char *const ds_names_certainty[], *const ds_names_part[], *const ds_names_came[];
extern const char *const ds_names_deed[], *const ds_names_deed_of[], *const ds_names_turns[];
extern const char *const ds_names_verdict[], *const ds_names_scope[], *const ds_names_state[],
                                                                          *const ds_names_flag[];
extern const char *const ds_names_overlap[];
extern const char *const ds_names_rule[];

/* ---- binding -------------------------------------------------------------------------------------- */

/* "NAME, NAME_beg, ..." of a shape, each behind `prefix`, without the column `skip` (may be NULL). */
void ds_shape_columns(ds_buf *b, const ds_shape *sh, const char *prefix, const char *skip);
int ds_shape_width(const ds_shape *sh);
ds_status ds_bind_object(ds_store *s, sqlite3_stmt *st, int first, const ds_shape *sh,
                         const void *obj, ds_err *err);
ds_status ds_fetch_object(ds_store *s, sqlite3_stmt *st, int first, const ds_shape *sh, ds_arena *a,
                          void *obj, ds_err *err);
/* Rows at[0] .. at[len-1] under the owners `keys` (as many as the shape has, less one). */
ds_status ds_put_rows(ds_store *s, const ds_shape *sh, const int64_t *keys, const void *at,
                      size_t len, ds_err *err);
/* The same back, in order: *at an array of structs. */
ds_status ds_load_rows(ds_store *s, ds_arena *a, const ds_shape *sh, const int64_t *keys,
                       void *out_at, size_t *out_len, ds_err *err);

/* A list field as JSON, and back. */
ds_status ds_list_write(ds_arena *a, const ds_field *f, const char *obj, ds_str *out);
ds_status ds_list_read(ds_arena *a, const ds_field *f, ds_str json,
                       char *obj); /* DS_BAD: not such a list */
/* Of a list field: where its elements begin and how many there are. */
const char *ds_list_at(const ds_field *f, const char *obj, size_t *len);

/* What its versions have in common: its address, else its name. */
ds_str ds_page_key(const ds_page *page);

/* ---- statements ------------------------------------------------------------------------------------ */

/* The statement kept under `key` (its SQL, when that is a literal; else any address that stands for it). */
ds_status ds_statement(ds_store *s, const void *key, const char *sql, sqlite3_stmt **out,
                       ds_err *err);
sqlite3_stmt *ds_statement_kept(ds_store *s, const void *key); /* NULL: not yet prepared */
void ds_statement_donep(sqlite3_stmt **st); /* for DS_AUTO: reset, so that no read stays open */
/* DS_OK: a row; DS_NONE: no (more) rows. */
ds_status ds_sql_step(ds_store *s, sqlite3_stmt *st, ds_err *err);
ds_status ds_sql_exec(ds_store *s, const char *sql, ds_err *err);
/* Runs a literal with up to three integers bound. */
ds_status ds_sql_run(ds_store *s, const char *sql, const int64_t *args, size_t n, ds_err *err);
ds_status ds_store_fail(ds_store *s, ds_err *err); /* what SQLite says, as our status and words */
ds_status ds_damaged(ds_store *s, ds_err *err, const char *where, const char *what);
/* A text column as it lies in SQLite, and copied; a parameter (returns the code of SQLite). */
ds_str ds_column_view(sqlite3_stmt *st, int column);
ds_status ds_column_str(sqlite3_stmt *st, int column, ds_arena *a, ds_str *out);
int ds_bind_str(sqlite3_stmt *st, int column, ds_str s);

/* One snapshot over several reads; nothing inside a batch. */
typedef struct ds_snapshot {
    ds_store *s; /* NULL: none begun */
} ds_snapshot;
ds_status ds_snapshot_begin(ds_store *s, ds_snapshot *out, ds_err *err);
void ds_snapshot_endp(ds_snapshot *snap);

/* ---- the rest -------------------------------------------------------------------------------------- */

/* The articles of a page leave their stories, which are to be reckoned; where they were is kept in `former`. */
ds_status ds_leave_stories(ds_store *s, ds_str key, ds_err *err);
/* Of a story that goes. */
ds_status ds_forget_bonds(ds_store *s, int64_t story, ds_err *err);
ds_status ds_load_regroupings(ds_store *s, ds_arena *a, int64_t story, const ds_regrouping **out,
                              size_t *len, ds_err *err);
ds_status ds_load_similar(ds_store *s, ds_arena *a, int64_t story, const ds_similar **out,
                          size_t *len, ds_err *err);
/* Brings an open database to DS_STORE_VERSION. */
ds_status ds_migrate(ds_store *s, bool may_write, ds_err *err);
extern const char ds_schema_v1[], ds_schema_v3[], ds_schema_v4[], ds_schema_v5[], ds_schema_v6[],
    ds_schema_v7[], ds_schema_v9[], ds_schema_v10[];
/* search_put.c: the index of articles follows the newest pages. */
extern const char ds_schema_search[];
ds_status ds_search_fill(ds_store *s, ds_err *err); /* with what is in the store already */
ds_status ds_search_put(ds_store *s, int64_t article, const ds_reading *r, ds_err *err);
/* Before the articles of a page go, or its newest version is no longer that. */
ds_status ds_search_drop(ds_store *s, int64_t page, ds_err *err);
ds_status ds_search_words(ds_store *s, ds_err *err); /* s->words is there */
/* Readings of one page, with their article ids. */
ds_status ds_store_page_readings(ds_store *s, ds_arena *a, int64_t page, ds_stored *out,
                                 ds_err *err);
/* Every index of a finished story inside what it points into: DS_IO says which is not. */
ds_status ds_story_sound(ds_store *s, const ds_dossier *d, ds_err *err);
ds_status ds_store_digest(ds_store *s, ds_arena *a, ds_str *out, ds_err *err);
ds_str ds_hex(ds_arena *a, const unsigned char *raw, size_t len);

#endif
