/* SPDX-License-Identifier: Apache-2.0 */
/* base.h - memory, status, spans, vectors, maps, string builder, UTF-8, fractions, days, JSON out.
 *
 * Layer    base; uses libc and xxHash only
 * Memory   one shape: everything is born in a ds_arena and dies with it; nothing here is freed piece by piece
 * Errors   negative ds_status fails, DS_NONE means "looked, nothing there"; outputs change only on success
 * Threads  an arena and what lives in it belong to one thread at a time
 */
#ifndef DS_BASE_H
#define DS_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- status and error ------------------------------------------------------------------------ */

typedef enum ds_status {
    DS_NONE = 1, /* looked, nothing there */
    DS_OK = 0,
    DS_NOMEM = -1, /* the arena's byte budget or the system's memory is used up */
    DS_BAD = -2,   /* malformed input */
    DS_LIMIT = -3, /* a documented bound was exceeded */
    DS_IO = -4,    /* the world outside failed: file, database */
} ds_status;

/* What went wrong. `what` is static text or lives in an arena that outlives the error. */
typedef struct ds_err {
    ds_status code;
    const char *what;
    size_t at; /* byte offset or line, where one makes sense */
} ds_err;

/* Fills *err when it is given and returns code, so that `return ds_fail(err, DS_BAD, "...", at);` reads well. */
ds_status ds_fail(ds_err *err, ds_status code, const char *what, size_t at);

#define DS_TRY(e)                                                                                  \
    do {                                                                                           \
        ds_status st_ = (e);                                                                       \
        if (st_ < 0)                                                                               \
            return st_;                                                                            \
    } while (0)
#define DS_AUTO(fn) __attribute__((cleanup(fn)))

/* ---- spans and strings ------------------------------------------------------------------------ */

/* Half-open byte range [beg, end) of a text that the context names. */
typedef struct ds_span {
    uint32_t beg, end;
} ds_span;

static inline uint32_t ds_span_len(ds_span s)
{
    return s.end - s.beg;
}
static inline bool ds_span_holds(ds_span outer, ds_span inner)
{
    return outer.beg <= inner.beg && inner.end <= outer.end;
}
static inline bool ds_span_meets(ds_span a, ds_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

/* A view of bytes, usually UTF-8, never owning. at == NULL means absent; len 0 with at != NULL means empty.
 * Strings that ds_arena_str and ds_buf_str make are also followed by a NUL byte. */
typedef struct ds_str {
    const char *at;
    size_t len;
} ds_str;

#define DS_STR(lit) ((ds_str){"" lit, sizeof(lit) - 1})
#define DS_STR_INIT(lit)                                                                           \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }                                                  /* in static tables */
#define DS_FMT(s) (int)(s).len, ((s).at ? (s).at : "") /* printf("%.*s", DS_FMT(s)) */

static inline ds_str ds_str_of(const char *z) /* NULL gives the absent string */
{
    return z ? (ds_str){z, strlen(z)} : (ds_str){NULL, 0};
}
static inline bool ds_str_eq(ds_str a, ds_str b) /* absent equals only absent */
{
    if (a.len != b.len || !a.at || !b.at)
        return !a.at && !b.at;
    return memcmp(a.at, b.at, b.len) == 0; /* b's: of a literal, no call is left */
}
static inline bool ds_str_starts(ds_str s, ds_str prefix)
{
    return s.at && prefix.at && s.len >= prefix.len && memcmp(s.at, prefix.at, prefix.len) == 0;
}
static inline bool ds_str_ends(ds_str s, ds_str suffix)
{
    return s.at && suffix.at && s.len >= suffix.len &&
           memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0;
}
int ds_str_cmp(ds_str a, ds_str b); /* bytewise; absent first, shorter prefix first */
ds_str ds_str_trim(ds_str s);       /* without ASCII white space and U+00A0 at both ends */
/* Clamped sub-view. */
static inline ds_str ds_str_cut(ds_str s, size_t beg, size_t end)
{
    if (!s.at)
        return (ds_str){NULL, 0};
    if (end > s.len)
        end = s.len;
    if (beg > end)
        beg = end;
    return (ds_str){s.at + beg, end - beg};
}
ptrdiff_t ds_str_find(ds_str hay, ds_str needle, size_t from); /* byte offset, or -1 */
static inline ds_str ds_str_at(ds_str text, ds_span s)
{
    return ds_str_cut(text, s.beg, s.end);
}

/* ---- arena ------------------------------------------------------------------------------------ */

typedef struct ds_arena ds_arena;

/* first_block: bytes of the first block (0: a sensible default); max_bytes: the budget over all blocks, the
 * limit on hostile input. NULL when the system has no memory. Memory handed out is zeroed, aligned to 16. */
ds_arena *ds_arena_new(size_t first_block, size_t max_bytes);
void ds_arena_free(ds_arena *a);   /* NULL is fine */
void ds_arena_freep(ds_arena **a); /* for DS_AUTO */
void ds_arena_reset(
    ds_arena *a); /* keeps the first block; all that lived in it is dead (poisoned under ASan) */
void *ds_arena_alloc(ds_arena *a,
                     size_t bytes); /* NULL: budget used up. 0 bytes gives a valid pointer */
void *ds_arena_raw(ds_arena *a, size_t bytes); /* the same, not zeroed: for what is written first */
void *ds_arena_calloc(ds_arena *a, size_t count, size_t size); /* checked product */
/* Moves `old_bytes` at `old` into room for `new_bytes` (in place where it is the last thing allocated). */
void *ds_arena_grow(ds_arena *a, void *old, size_t old_bytes, size_t new_bytes);
size_t ds_arena_used(const ds_arena *a);
/* Copies; at == NULL in the result when memory ran out (or when s is absent). */
ds_str ds_arena_str(ds_arena *a, ds_str s);
ds_str ds_arena_printf(ds_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- numbers in order --------------------------------------------------------------------------- */

void ds_sort_u64(uint64_t *at, size_t len);
size_t ds_unique_u64(uint64_t *at, size_t len); /* sorts, and keeps each once: how many are left */

/* ---- vector: DS_VEC(int) v = {0}; DS_TRY(DS_PUSH(arena, &v, 7)); ------------------------------- */

#define DS_VEC(type)                                                                               \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t len, cap;                                                                           \
    }
/* DS_OK or DS_NOMEM; on DS_NOMEM the vector is as before. */
#define DS_PUSH(arena, vec, value)                                                                 \
    (((vec)->at && (vec)->len < (vec)->cap) ||                                                     \
             ds_vec_room((arena), (void **)&(vec)->at, (vec)->len, &(vec)->cap,                    \
                         sizeof *(vec)->at) == DS_OK                                               \
         ? ((vec)->at[(vec)->len++] = (value), DS_OK)                                              \
         : DS_NOMEM)
ds_status ds_vec_room(ds_arena *a, void **at, size_t len, size_t *cap, size_t size);
/* Room for `want` elements in a vector that has none yet, for one that will be large: a vector that grows leaves its old
 * places behind. No more than a hint: where memory is short, nothing happens. */
#define DS_RESERVE(arena, vec, want)                                                               \
    ds_vec_reserve((arena), (void **)&(vec)->at, &(vec)->cap, sizeof *(vec)->at, (want))
void ds_vec_reserve(ds_arena *a, void **at, size_t *cap, size_t size, size_t want);

/* ---- map: string -> uint64, insertion order is kept ------------------------------------------- */

typedef struct ds_map ds_map;
typedef struct ds_map_slot {
    ds_str key;
    uint64_t value;
} ds_map_slot;

/* seed: hash seed (0 for tables of our own words; random where the keys are hostile and the order unseen). */
ds_map *ds_map_new(ds_arena *a, uint64_t seed); /* NULL: no memory */
/* Keys are not copied: they must outlive the map. Replaces the value of a key that is there. */
ds_status ds_map_put(ds_map *m, ds_str key, uint64_t value);
ds_status ds_map_get(const ds_map *m, ds_str key, uint64_t *out); /* DS_OK or DS_NONE */
size_t ds_map_len(const ds_map *m);
const ds_map_slot *ds_map_slots(const ds_map *m); /* in insertion order, ds_map_len of them */
uint64_t ds_hash(ds_str s, uint64_t seed);

/* ---- string builder: errors are kept, look once at the end ------------------------------------- */

typedef struct ds_buf {
    ds_arena *arena;
    char *at;
    size_t len, cap;
    ds_status status; /* DS_OK, or DS_NOMEM once anything failed: later puts do nothing */
} ds_buf;

ds_buf ds_buf_new(ds_arena *a);
void ds_buf_reserve(ds_buf *b, size_t bytes); /* as DS_RESERVE */
void ds_buf_put(ds_buf *b, ds_str s);
void ds_buf_putc(ds_buf *b, char c);
void ds_buf_puts(ds_buf *b, const char *z);
void ds_buf_rep(ds_buf *b, const char *z, size_t times); /* `z` `times` over */
void ds_buf_printf(ds_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ds_buf_utf8(ds_buf *b, uint32_t code_point); /* surrogates and > 0x10FFFF become U+FFFD */
ds_str ds_buf_str(ds_buf *b); /* NUL-terminated view of all; absent after an error */
ds_status ds_buf_take(ds_buf *b, ds_str *out); /* the same; *out untouched on error */

/* ---- UTF-8 ------------------------------------------------------------------------------------- */

#define DS_UTF8_BAD UINT32_MAX
/* Decodes at *i and moves *i past it; DS_UTF8_BAD (moving one byte) for what is not UTF-8. Needs *i < s.len. */
uint32_t ds_utf8_next(ds_str s, size_t *i);
/* The bytes of a code point, and how many they are; surrogates and > 0x10FFFF become U+FFFD. */
size_t ds_utf8_put(char out[4], uint32_t code_point);
size_t ds_utf8_prev(ds_str s, size_t i); /* start of the code point before i (i > 0) */
ds_status ds_utf8_check(ds_str s,
                        size_t *bad); /* DS_OK, or DS_BAD with the offset of the first bad byte */
size_t ds_utf8_length(ds_str s);      /* code points */
size_t ds_utf8_width(ds_str s);       /* terminal columns: 0 for combining marks, 2 for wide */
ds_str ds_ascii_lower(ds_arena *a, ds_str s); /* copies; only A-Z change */

/* ---- exact numbers ------------------------------------------------------------------------------ */

/* num/den, den > 0, lowest terms. */
typedef struct ds_frac {
    int64_t num, den;
} ds_frac;

#define DS_FRAC(n) ((ds_frac){(n), 1})
/* All DS_OK or DS_LIMIT (overflow of int64 after 128-bit intermediates; den == 0 is DS_BAD). */
ds_status ds_frac_make(int64_t num, int64_t den, ds_frac *out);
ds_status ds_frac_add(ds_frac a, ds_frac b, ds_frac *out);
ds_status ds_frac_sub(ds_frac a, ds_frac b, ds_frac *out);
ds_status ds_frac_mul(ds_frac a, ds_frac b, ds_frac *out);
ds_status ds_frac_div(ds_frac a, ds_frac b, ds_frac *out);
int ds_frac_cmp(ds_frac a, ds_frac b); /* -1, 0, 1; exact */
double ds_frac_real(ds_frac a);        /* for plots and range search only */
/* Plain digits: integers in full, else up to `places` decimals rounded half up, trailing zeros cut ("0.3333"). */
void ds_frac_print(ds_buf *b, ds_frac a, int places);
/* "12000", "1.28", "-3.5": decimal digits only. DS_BAD, DS_LIMIT. */
ds_status ds_frac_parse(ds_str s, ds_frac *out);
/* These, and one over another: "1/3", "1609344/1000". DS_BAD, DS_LIMIT. */
ds_status ds_frac_parse_ratio(ds_str s, ds_frac *out);

/* ---- days ---------------------------------------------------------------------------------------- */

/* Days since 1970-01-01, proleptic Gregorian. */
typedef int32_t ds_day;
#define DS_DAY_NONE INT32_MIN /* unknown or open end */
typedef struct ds_days {      /* closed interval [lo, hi]; an end may be DS_DAY_NONE (open) */
    ds_day lo, hi;
} ds_days;
#define DS_DAYS_NONE ((ds_days){DS_DAY_NONE, DS_DAY_NONE})

ds_day ds_day_of(int year, int month, int day); /* DS_DAY_NONE when there is no such day */
void ds_day_split(ds_day d, int *year, int *month, int *day);
int ds_day_weekday(ds_day d); /* 0 Monday .. 6 Sunday */
int ds_month_days(int year, int month);
void ds_day_print(ds_buf *b, ds_day d);        /* "2025-02-07" */
ds_status ds_day_parse(ds_str s, ds_day *out); /* YYYY-MM-DD (more may follow), YYYYMMDD */

/* ---- JSON out: stable key order is the order of the calls ----------------------------------------- */

typedef struct ds_json {
    ds_buf *buf;
    uint32_t depth;
    uint64_t has; /* bit per depth: a member was written */
} ds_json;

/* Up to 60 levels. key == NULL inside arrays and at the top. Strings are escaped; bad UTF-8 becomes U+FFFD. */
ds_json ds_json_new(ds_buf *b);
void ds_json_obj(ds_json *j, const char *key);
void ds_json_arr(ds_json *j, const char *key);
void ds_json_end(ds_json *j, char closer);               /* '}' or ']' */
void ds_json_str(ds_json *j, const char *key, ds_str s); /* absent prints null */
void ds_json_int(ds_json *j, const char *key, int64_t v);
void ds_json_bool(ds_json *j, const char *key, bool v);
void ds_json_null(ds_json *j, const char *key);
void ds_json_frac(ds_json *j, const char *key, ds_frac v);               /* up to 4 decimals */
void ds_json_places(ds_json *j, const char *key, ds_frac v, int places); /* up to so many */
void ds_json_day(ds_json *j, const char *key, ds_day d);             /* DS_DAY_NONE prints null */
void ds_json_days(ds_json *j, const char *key, bool has, ds_days d); /* [lo, hi] or null */
void ds_json_span(ds_json *j, const char *key, ds_span s);           /* [beg, end] */

/* ---- TSV tables: lexicons -------------------------------------------------------------------------- */

/* A table of text cells. Row r, column c is cells[r * columns + c]. Absent trailing cells are empty strings.
 * Rows are sorted by first column, then by the others; names[c] are the column names of the `#: ` line. */
typedef struct ds_table {
    ds_str name; /* "cues": the file's name without .tsv */
    uint32_t rows, columns;
    const ds_str *names;
    const ds_str *cells;
} ds_table;

/* Reads the text of a lexicon file: `# ` comments, one line `#: col col:a|b|c col?` that names the columns (with
 * their allowed values; `?` may be empty), rows with tabs. Refuses unknown values, missing cells, duplicate rows
 * (same first column and all others) and bad UTF-8: DS_BAD with err->at = line (from 1), err->what = the reason.
 * Cells point into `text`, which must outlive the table. Sorting is bytewise. */
ds_status ds_table_read(ds_arena *a, ds_str name, ds_str text, ds_table *out, ds_err *err);
/* Column number by name, or -1. */
int ds_table_column(const ds_table *t, ds_str name);
static inline ds_str ds_table_cell(const ds_table *t, uint32_t row, uint32_t column)
{
    return t->cells[(size_t)row * t->columns + column];
}

#endif
