/* SPDX-License-Identifier: Apache-2.0 */
/* digest.c - one SHA-256 over all logical rows: same pages, same reader, same digest, in whatever file.
 *
 * Row numbers and the day of fetching stay out; pages go by key and digest, stories by id. */
#include "store/internal.h"

#include <openssl/evp.h>

typedef struct hasher {
    EVP_MD_CTX *md;
    bool failed;
} hasher;

static void hash_bytes(hasher *h, const void *at, size_t len)
{
    if (len && EVP_DigestUpdate(h->md, at, len) != 1)
        h->failed = true;
}

/* Eight bytes, low first, whatever the machine. */
static void hash_number(hasher *h, uint64_t v)
{
    unsigned char raw[8];
    for (int i = 0; i < 8; i++)
        raw[i] = (unsigned char)(v >> (8 * i));
    hash_bytes(h, raw, sizeof raw);
}

/* A tag before each value, so that NULL, 0 and '' differ and no two rows run together. */
static void hash_column(hasher *h, sqlite3_stmt *st, int column)
{
    int type = sqlite3_column_type(st, column);
    ds_str s;
    switch (type) {
    case SQLITE_NULL:
        hash_bytes(h, "n", 1);
        return;
    case SQLITE_INTEGER:
        hash_bytes(h, "i", 1);
        hash_number(h, (uint64_t)sqlite3_column_int64(st, column));
        return;
    default:
        s = ds_column_view(st, column);
        hash_bytes(h, "t", 1);
        hash_number(h, s.len);
        hash_bytes(h, s.at, s.len);
    }
}

static ds_status hash_rows(ds_store *s, hasher *h, const char *sql, ds_err *err)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        return ds_store_fail(s, err);
    int columns = sqlite3_column_count(st);
    ds_status got;
    while ((got = ds_sql_step(s, st, err)) == DS_OK) {
        hash_bytes(h, "r", 1);
        for (int c = 0; c < columns; c++)
            hash_column(h, st, c);
    }
    sqlite3_finalize(st);
    return got;
}

#define OF_PAGE "p.key, p.sha256"

/* What to hash, in order: the key columns, the shape's own, where from and in which order. */
static const struct {
    const ds_shape *shape;
    const char *keys, *prefix, *skip, *from;
} tables[] = {
    {&ds_shape_page, "p.key, p.reader, p.newest", "p.", "fetched", "page p ORDER BY " OF_PAGE},
    {&ds_shape_article, OF_PAGE, "a.", NULL,
     "article a JOIN page p ON p.id = a.page ORDER BY " OF_PAGE ", a.n"},
    {&ds_shape_claim, OF_PAGE ", a.n, c.i", "c.", NULL,
     "claim c JOIN article a ON a.id = c.article JOIN page p ON p.id = a.page ORDER BY " OF_PAGE
     ", a.n, c.i"},
    {&ds_shape_story, "id", "", NULL, "story ORDER BY id"},
    {&ds_shape_story_counts, "id", "", NULL, "story ORDER BY id"},
    {&ds_shape_source, "story, i", "", NULL, "source ORDER BY story, i"},
    {&ds_shape_row, "story, i", "", NULL, "story_row ORDER BY story, i"},
    {&ds_shape_question, "story, i", "", NULL, "question ORDER BY story, i"},
    {&ds_shape_answer, "story, question, i", "", NULL, "answer ORDER BY story, question, i"},
    {&ds_shape_origin, "story, question, i", "", NULL, "origin ORDER BY story, question, i"},
    {&ds_shape_pair, "story, question, i", "", NULL, "pair ORDER BY story, question, i"},
    {&ds_shape_tie, "story, question, i", "", NULL, "tie ORDER BY story, question, i"},
    {&ds_shape_step, "story, question, i", "", NULL, "step ORDER BY story, question, i"},
    {&ds_shape_flag, "story, i", "", NULL, "flag ORDER BY story, i"},
    {&ds_shape_force, "story, i", "", NULL, "force ORDER BY story, i"},
    {&ds_shape_key_point, "story, i", "", NULL, "key_point ORDER BY story, i"},
    {&ds_shape_event, "story, i", "", NULL, "event ORDER BY story, i"},
    {&ds_shape_copy, "story, i", "", NULL, "copy ORDER BY story, i"},
    {&ds_shape_holder, "story, i", "", NULL, "holder ORDER BY story, i"},
    {&ds_shape_join, "story, i", "", NULL, "holder_join ORDER BY story, i"},
    {&ds_shape_unsure, "story, i", "", NULL, "unsure ORDER BY story, i"},
    {&ds_shape_place, "story, i", "", NULL, "place ORDER BY story, i"},
};

/* Who is in which story, and which ids lead on. What grouping keeps beside follows from the order of arrival. */
static const char *const groupings[] = {
    "SELECT " OF_PAGE
    ", a.n, m.number, m.story, m.why FROM member m JOIN article a ON a.id = m.article"
    " JOIN page p ON p.id = a.page ORDER BY m.number",
    "SELECT story, to_story FROM redirect ORDER BY story",
};

static ds_status hash_groupings(ds_store *s, hasher *h, ds_err *err)
{
    for (size_t i = 0; i < DS_LEN(groupings); i++)
        DS_TRY(hash_rows(s, h, groupings[i], err));
    return DS_OK;
}

static ds_status hash_tables(ds_store *s, ds_arena *a, hasher *h, ds_err *err)
{
    for (size_t i = 0; i < DS_LEN(tables); i++) {
        ds_buf b = ds_buf_new(a);
        ds_buf_printf(&b, "SELECT %s, ", tables[i].keys);
        ds_shape_columns(&b, tables[i].shape, tables[i].prefix, tables[i].skip);
        ds_buf_printf(&b, " FROM %s", tables[i].from);
        ds_str sql = ds_buf_str(&b);
        if (!sql.at)
            return ds_fail(err, DS_NOMEM, "no memory left", 0);
        hash_bytes(h, tables[i].shape->table, strlen(tables[i].shape->table));
        DS_TRY(hash_rows(s, h, sql.at, err));
    }
    return hash_groupings(s, h, err);
}

static void md_freep(EVP_MD_CTX **md)
{
    EVP_MD_CTX_free(*md);
}

ds_str ds_hex(ds_arena *a, const unsigned char *raw, size_t len)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < len; i++)
        ds_buf_printf(&b, "%02x", raw[i]);
    return ds_buf_str(&b);
}

ds_status ds_store_digest(ds_store *s, ds_arena *a, ds_str *out, ds_err *err)
{
    DS_AUTO(md_freep) EVP_MD_CTX *md = EVP_MD_CTX_new();
    hasher h = {.md = md};
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    if (!md || EVP_DigestInit_ex(md, EVP_sha256(), NULL) != 1)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(hash_tables(s, a, &h, err));
    if (h.failed || EVP_DigestFinal_ex(md, raw, &len) != 1)
        return ds_fail(err, DS_IO, "SHA-256 failed", 0);
    ds_str hex = ds_hex(a, raw, len);
    if (!hex.at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    *out = hex;
    return DS_OK;
}
