/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.c - the compiled-in tables, and a folder of files that replace some of them. */
#include "text/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A lexicon is edited by hand: 16 MiB is beyond any, and keeps a wrong path from filling the memory. */
#define FILE_MAX_BYTES ((size_t)16 << 20)
#define PACK_MAX_BYTES ((size_t)256 << 20)

static void close_dir(DIR **d)
{
    if (*d)
        closedir(*d);
}

static void close_file(FILE **f)
{
    if (*f)
        fclose(*f);
}

static ds_status read_file(ds_arena *a, ds_str path, ds_str *out, ds_err *err)
{
    DS_AUTO(close_file) FILE *f = fopen(path.at, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
        return ds_fail(err, DS_IO, path.at, 0);
    if (st.st_size < 0 || (size_t)st.st_size > FILE_MAX_BYTES)
        return ds_fail(err, DS_LIMIT, path.at, 0);
    size_t len = (size_t)st.st_size;
    char *at = ds_arena_alloc(a, len + 1);
    if (!at)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    if (fread(at, 1, len, f) != len)
        return ds_fail(err, DS_IO, path.at, 0);
    *out = (ds_str){at, len};
    return DS_OK;
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static ds_status map_file(ds_str path, void **out, size_t *len, ds_err *err)
{
    DS_AUTO(close_fd) int fd = open(path.at, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return ds_fail(err, DS_IO, path.at, 0);
    if (st.st_size <= 0 || (size_t)st.st_size > PACK_MAX_BYTES)
        return ds_fail(err, DS_LIMIT, path.at, 0);
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return ds_fail(err, DS_IO, path.at, 0);
    *out = at;
    *len = (size_t)st.st_size;
    return DS_OK;
}

static ds_status bad(ds_arena *a, ds_str path, size_t line, ds_str reason, ds_err *err)
{
    ds_str what = ds_arena_printf(a, "%.*s:%zu: %.*s", DS_FMT(path), line, DS_FMT(reason));
    return ds_fail(err, DS_BAD, what.at ? what.at : "bad lexicon file", line);
}

static size_t find_table(const ds_table *const *tables, size_t len, ds_str name)
{
    for (size_t i = 0; i < len; i++)
        if (ds_str_eq(tables[i]->name, name))
            return i;
    return len;
}

/* dir/NAME.tsv takes the place of the table NAME. */
static ds_status replace(ds_arena *a, ds_str path, ds_str name, const ds_table **tables, size_t len,
                         ds_err *err)
{
    size_t i = find_table(tables, len, name);
    if (i == len)
        return bad(a, path, 0, DS_STR("there is no table of this name"), err);
    ds_str text = {0};
    DS_TRY(read_file(a, path, &text, err));
    ds_table *t = ds_arena_alloc(a, sizeof *t);
    if (!t)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    ds_err why = {0};
    ds_status st = ds_table_read(a, name, text, t, &why);
    if (st == DS_NOMEM)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    if (st < 0)
        return bad(a, path, why.at, ds_str_of(why.what), err);
    for (uint32_t c = 0; c < tables[i]->columns; c++)
        if (ds_table_column(t, tables[i]->names[c]) != (int)c)
            return bad(a, path, 1, DS_STR("columns differ from those of the compiled-in table"),
                       err);
    tables[i] = t;
    return DS_OK;
}

/* dir/language.pack takes the place of the compiled-in pack. */
static ds_status replace_pack(ds_arena *a, ds_str path, ds_lexicon *lex, ds_err *err)
{
    ds_err why = {0};
    DS_TRY(map_file(path, &lex->mapped, &lex->mapped_len, err));
    if (ds_pack_read((ds_str){lex->mapped, lex->mapped_len}, false, &lex->pack, &why) == DS_OK)
        return DS_OK;
    ds_str what = ds_arena_printf(a, "%.*s: %s", DS_FMT(path), why.what);
    return ds_fail(err, DS_BAD, what.at ? what.at : why.what, why.at);
}

static ds_status no_folder(ds_arena *a, ds_str folder, ds_err *err)
{
    ds_str what =
        ds_arena_printf(a, "%.*s: no folder of word lists: %s", DS_FMT(folder), strerror(errno));
    return ds_fail(err, DS_IO, what.at ? what.at : folder.at, 0);
}

static ds_status replace_from(ds_arena *a, ds_str dir, ds_lexicon *lex, const ds_table **tables,
                              size_t len, ds_err *err)
{
    ds_str folder = ds_arena_str(a, dir);
    if (!folder.at)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    DS_AUTO(close_dir) DIR *d = opendir(folder.at);
    if (!d)
        return no_folder(a, folder, err);
    for (;;) {
        errno = 0;
        struct dirent *e = readdir(d);
        if (!e)
            break;
        ds_str file = ds_str_of(e->d_name), suffix = DS_STR(".tsv");
        bool pack = ds_str_eq(file, DS_STR("language.pack"));
        if (!pack && (file.at[0] == '.' || !ds_str_ends(file, suffix) ||
                      ds_str_ends(file, DS_STR(".examples.tsv"))))
            continue;
        ds_str path = ds_arena_printf(a, "%.*s/%.*s", DS_FMT(folder), DS_FMT(file));
        ds_str name = ds_arena_str(a, ds_str_cut(file, 0, file.len - suffix.len));
        if (!path.at || !name.at)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
        DS_TRY(pack ? replace_pack(a, path, lex, err) : replace(a, path, name, tables, len, err));
    }
    return errno == 0 ? DS_OK : no_folder(a, folder, err);
}

/* Chains the hashes of all names and cells, table by table in the order of their names, behind that of the pack. */
static ds_str hash_tables(ds_arena *a, uint64_t pack, const ds_table *const *tables, size_t len)
{
    uint64_t h = pack;
    for (size_t i = 0; i < len; i++) {
        const ds_table *t = tables[i];
        h = ds_hash(t->name, h + t->rows);
        for (uint32_t c = 0; c < t->columns; c++)
            h = ds_hash(t->names[c], h);
        for (size_t k = 0; k < (size_t)t->rows * t->columns; k++)
            h = ds_hash(t->cells[k], h);
    }
    return ds_arena_printf(a, "%016llx", (unsigned long long)h);
}

static ds_status open_all(ds_arena *a, ds_str dir, ds_lexicon *lex, ds_err *err)
{
    size_t len = *lex->builtin->tables_len;
    const ds_table **tables = ds_arena_calloc(a, len, sizeof *tables);
    ds_phrases **phrases = ds_arena_calloc(a, len, sizeof *phrases);
    lex->starts = ds_arena_calloc(a, DS_STARTS, sizeof *lex->starts);
    if (!tables || !phrases || !lex->starts)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    for (size_t i = 0; i < len; i++)
        tables[i] = &lex->builtin->tables[i];
    DS_TRY(
        ds_pack_read((ds_str){lex->builtin->pack, *lex->builtin->pack_len}, true, &lex->pack, err));
    if (dir.at)
        DS_TRY(replace_from(a, dir, lex, tables, len, err));
    for (size_t i = 0; i < len; i++)
        if (ds_phrases_make(a, tables[i], UINT64_C(1) << i % 64, lex->starts, &phrases[i]) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    lex->tables = tables;
    lex->phrases = phrases;
    lex->len = len;
    lex->hash = hash_tables(a, lex->pack.hash, tables, len);
    return lex->hash.at ? DS_OK : ds_fail(err, DS_NOMEM, "out of memory", 0);
}

static ds_status open_split(ds_lexicon *lex, ds_err *err)
{
    ds_str section = ds_lexicon_section(lex, "split");
    return section.at ? ds_split_open(section, &lex->split, err) : DS_OK;
}

static void fill_cut_bits(ds_lexicon *lex)
{
    const ds_table *t = lex->cuts ? ds_phrases_table(lex->cuts) : NULL;
    for (uint32_t r = 0; t && r < t->rows; r++) {
        uint32_t hash = ds_norm_hash(ds_table_cell(t, r, 0));
        lex->cut_bits[hash % DS_CUT_BITS / 64] |= (uint64_t)1 << (hash % 64);
    }
}

ds_status ds_lexicon_open(ds_arena *a, ds_str dir, ds_lexicon **out, ds_err *err)
{
    ds_lexicon *lex = ds_arena_alloc(a, sizeof *lex);
    if (!lex)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    lex->builtin = ds_builtin_of((ds_str){0});
    ds_status st = open_all(a, dir, lex, err);
    if (st == DS_OK)
        st = open_split(lex, err);
    if (st < 0) {
        ds_lexicon_close(lex);
        return st;
    }
    lex->abbreviations = ds_lexicon_phrases(lex, "abbreviations");
    lex->cuts = ds_lexicon_phrases(lex, "cuts");
    fill_cut_bits(lex);
    lex->edges = ds_lexicon_phrases(lex, "edges");
    lex->unit_codes = ds_lexicon_phrases(lex, "units.codes");
    lex->unit_codes_t = ds_lexicon_table(lex, "units.codes");
    lex->currencies = ds_lexicon_phrases(lex, "currencies");
    lex->currencies_t = ds_lexicon_table(lex, "currencies");
    lex->lemmas = ds_lexicon_phrases(lex, "lemmas");
    lex->verbs = ds_lexicon_phrases(lex, "verbs");
    *out = lex;
    return DS_OK;
}

void ds_lexicon_close(ds_lexicon *lex)
{
    if (!lex || !lex->mapped)
        return;
    munmap(lex->mapped, lex->mapped_len);
    lex->mapped = NULL;
    lex->pack = (ds_pack){0};
}

const ds_lexicon *ds_lexicon_for(const ds_lexicon *lex, ds_str language)
{
    return ds_builtin_of(language) == lex->builtin ? lex : NULL;
}

ds_str ds_lexicon_section(const ds_lexicon *lex, const char *name)
{
    return ds_pack_section(&lex->pack, ds_str_of(name));
}

const ds_table *ds_lexicon_table(const ds_lexicon *lex, const char *name)
{
    size_t i = find_table(lex->tables, lex->len, ds_str_of(name));
    return i < lex->len ? lex->tables[i] : NULL;
}

const ds_phrases *ds_lexicon_phrases(const ds_lexicon *lex, const char *table)
{
    size_t i = find_table(lex->tables, lex->len, ds_str_of(table));
    return i < lex->len ? lex->phrases[i] : NULL;
}

ds_str ds_lexicon_hash(const ds_lexicon *lex)
{
    return lex->hash;
}

/* ---- abbreviations, for tokens and sentences -------------------------------------------------------- */

/* Look-up of a short ASCII word in any case, with any apostrophes: others are in none of the lists. */
static int64_t find_short(const ds_phrases *p, ds_str word)
{
    char key[16];
    size_t n = 0;
    for (size_t i = 0; i < word.len; n++) {
        uint32_t c = ds_cp_at(word, i, &i);
        if (n == sizeof key || (c >= 0x80 && !ds_cp_apostrophe(c)))
            return -1;
        key[n] = (char)(c >= 0x80 ? '\'' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return p && n ? ds_phrase_find(p, (ds_str){key, n}) : -1;
}

int64_t ds_abbreviation(const ds_lexicon *lex, ds_str word)
{
    return lex ? find_short(lex->abbreviations, word) : -1;
}

ds_str ds_abbreviation_cell(const ds_lexicon *lex, int64_t row, int column)
{
    return ds_table_cell(ds_phrases_table(lex->abbreviations), (uint32_t)row, (uint32_t)column);
}

bool ds_edge_is(const ds_lexicon *lex, ds_str word, ds_str cls)
{
    int64_t row = lex ? find_short(lex->edges, word) : -1;
    return row >= 0 &&
           ds_str_eq(ds_table_cell(ds_phrases_table(lex->edges), (uint32_t)row, 1), cls);
}

int64_t ds_cut_row(const ds_lexicon *lex, ds_str word)
{
    return lex ? find_short(lex->cuts, word) : -1;
}

ds_str ds_cut_cell(const ds_lexicon *lex, int64_t row, int column)
{
    return ds_table_cell(ds_phrases_table(lex->cuts), (uint32_t)row, (uint32_t)column);
}

bool ds_cut_is(const ds_lexicon *lex, ds_str word, ds_str cls)
{
    int64_t first = ds_cut_row(lex, word);
    if (first < 0)
        return false;
    uint32_t rows = ds_phrases_table(lex->cuts)->rows;
    ds_str phrase = ds_cut_cell(lex, first, 0);
    for (int64_t r = first; r < rows && ds_str_eq(ds_cut_cell(lex, r, 0), phrase); r++)
        if (ds_str_eq(ds_cut_cell(lex, r, DS_CUT_CLASS), cls))
            return true;
    return false;
}
