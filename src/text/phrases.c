/* SPDX-License-Identifier: Apache-2.0 */
/* phrases.c - longest match of a table's first column over token norms.
 *
 * Phrases are grouped by first word, longest first; an open-addressing table leads from the hash of a token's norm to
 * its group, so that a token that begins nothing costs one probe. */
#include "text/internal.h"

#include <stdlib.h>

typedef struct phrase {
    ds_str first;        /* first word, the sort key */
    const ds_str *words; /* all words, normalized; at == NULL stands for `*` */
    uint32_t len;
    uint32_t row; /* first row of the table with this phrase */
} phrase;

typedef struct slot {
    uint32_t hash;       /* 0: free */
    uint32_t beg, count; /* group in `list` */
} slot;

typedef struct single { /* a phrase of one word */
    uint32_t hash;
    uint64_t set; /* its classes */
} single;

struct ds_phrases {
    const ds_table *table;
    const phrase *list;
    const slot *slots;
    uint32_t mask;
    uint64_t bit;
    uint32_t wild; /* list[0 .. wild) begin with `*` */
    ds_map *whole; /* normalized phrase -> row */
    ds_classes classes;
    const single *singles; /* none where there are no classes */
    uint32_t singles_len;
};

uint32_t ds_norm_hash(ds_str norm)
{
    uint32_t h = (uint32_t)ds_hash(norm, 0);
    return h ? h : 1;
}

const ds_table *ds_phrases_table(const ds_phrases *p)
{
    return p->table;
}

uint64_t ds_phrases_bit(const ds_phrases *p)
{
    return p->bit;
}

static size_t part_end(ds_str norm, size_t beg)
{
    const char *hyphen = memchr(norm.at + beg, '-', norm.len - beg);
    return hyphen ? (size_t)(hyphen - norm.at) : norm.len;
}

uint64_t ds_norm_starts(const ds_lexicon *lex, ds_str norm, uint32_t hash)
{
    if (!lex)
        return 0;
    uint64_t bits = lex->starts[hash % DS_STARTS];
    for (size_t beg = 0, end; beg < norm.len; beg = end + 1) {
        end = part_end(norm, beg);
        if (end - beg < norm.len)
            bits |= lex->starts[ds_norm_hash(ds_str_cut(norm, beg, end)) % DS_STARTS];
    }
    return bits;
}

/* What begins with `*` may begin anywhere. */
static void fill_starts(const ds_phrases *p, size_t len, uint64_t *starts)
{
    for (size_t i = 0; p->wild && i < DS_STARTS; i++)
        starts[i] |= p->bit;
    for (size_t i = p->wild; i < len; i++)
        starts[ds_norm_hash(p->list[i].first) % DS_STARTS] |= p->bit;
}

static int phrase_cmp(const void *a, const void *b)
{
    const phrase *p = a, *q = b;
    int c = ds_str_cmp(p->first, q->first); /* absent (`*`) sorts first */
    if (c != 0)
        return c;
    if (p->len != q->len)
        return p->len > q->len ? -1 : 1;
    return p->row < q->row ? -1 : 1;
}

static uint32_t count_words(ds_str cell)
{
    uint32_t n = 1;
    for (size_t i = 0; i < cell.len; i++)
        n += cell.at[i] == ' ';
    return n;
}

static ds_status split_words(ds_arena *a, ds_str cell, phrase *out)
{
    ds_str norm = ds_text_norm(a, cell);
    uint32_t n = count_words(norm);
    ds_str *words = ds_arena_calloc(a, n, sizeof *words);
    if (!norm.at || !words)
        return DS_NOMEM;
    size_t beg = 0;
    for (uint32_t i = 0; i < n; i++) {
        size_t end = beg;
        while (end < norm.len && norm.at[end] != ' ')
            end++;
        ds_str w = ds_str_cut(norm, beg, end);
        words[i] = ds_str_eq(w, DS_STR("*")) ? (ds_str){0} : w;
        beg = end + 1;
    }
    out->words = words;
    out->len = n;
    out->first = words[0];
    return DS_OK;
}

static ds_status fill_slots(ds_arena *a, ds_phrases *p, size_t len)
{
    uint32_t cap = 8;
    while (cap < 2 * len)
        cap *= 2;
    slot *slots = ds_arena_calloc(a, cap, sizeof *slots);
    if (!slots)
        return DS_NOMEM;
    p->slots = slots;
    p->mask = cap - 1;
    uint32_t i = 0;
    while (i < len) {
        uint32_t beg = i;
        while (i < len && ds_str_eq(p->list[i].first, p->list[beg].first))
            i++;
        if (!p->list[beg].first.at) {
            p->wild = i;
            continue;
        }
        uint32_t hash = ds_norm_hash(p->list[beg].first), at = hash & p->mask;
        while (slots[at].hash)
            at = (at + 1) & p->mask;
        slots[at] = (slot){hash, beg, i - beg};
    }
    return DS_OK;
}

/* ---- classes --------------------------------------------------------------------------------------------- */

enum { CLASSES_MAX = 64 };

/* Index of `name` in the first `len` of names, or where it belongs. */
static uint32_t class_place(const ds_str *names, uint32_t len, ds_str name)
{
    uint32_t i = 0;
    while (i < len && ds_str_cmp(names[i], name) < 0)
        i++;
    return i;
}

/* The words of a column in their order; 0: more than CLASSES_MAX. */
static uint32_t class_names(const ds_table *t, uint32_t column, ds_str names[CLASSES_MAX])
{
    uint32_t len = 0;
    for (uint32_t r = 0; r < t->rows; r++) {
        ds_str cell = ds_table_cell(t, r, column);
        uint32_t i = class_place(names, len, cell);
        if (i < len && ds_str_eq(names[i], cell))
            continue;
        if (len == CLASSES_MAX)
            return 0;
        memmove(names + i + 1, names + i, (len - i) * sizeof *names);
        names[i] = cell;
        len++;
    }
    return len;
}

static ds_status fill_classes(ds_arena *a, const ds_table *t, ds_classes *out)
{
    ds_str found[CLASSES_MAX];
    int column = ds_table_column(t, DS_STR("class"));
    column = column >= 0 ? column : ds_table_column(t, DS_STR("tag"));
    uint32_t len = column >= 0 ? class_names(t, (uint32_t)column, found) : 0;
    if (len == 0)
        return DS_OK;
    ds_str *names = ds_arena_calloc(a, len, sizeof *names);
    uint8_t *codes = ds_arena_calloc(a, t->rows, sizeof *codes);
    uint64_t *sets = ds_arena_calloc(a, t->rows, sizeof *sets);
    if (!names || !codes || !sets)
        return DS_NOMEM;
    memcpy(names, found, len * sizeof *names);
    for (uint32_t beg = 0, end; beg < t->rows; beg = end) {
        uint64_t set = 0;
        for (end = beg;
             end < t->rows && ds_str_eq(ds_table_cell(t, end, 0), ds_table_cell(t, beg, 0));
             end++) {
            codes[end] = (uint8_t)class_place(names, len, ds_table_cell(t, end, (uint32_t)column));
            set |= UINT64_C(1) << codes[end];
        }
        for (uint32_t r = beg; r < end; r++)
            sets[r] = set;
    }
    *out = (ds_classes){names, len, codes, sets};
    return DS_OK;
}

const ds_classes *ds_phrase_classes(const ds_phrases *p)
{
    return &p->classes;
}

void ds_phrase_starts(const ds_phrases *p, uint64_t set, ds_starts *out)
{
    *out = (ds_starts){{0}};
    for (uint32_t i = 0; i < p->singles_len; i++)
        if (p->singles[i].set & set)
            out->bits[p->singles[i].hash % DS_STARTS_BITS / 64] |= UINT64_C(1)
                                                                   << (p->singles[i].hash % 64);
}

static ds_status fill_singles(ds_arena *a, ds_phrases *p, size_t len)
{
    single *at = p->classes.len ? ds_arena_calloc(a, len, sizeof *at) : NULL;
    if (!at)
        return p->classes.len ? DS_NOMEM : DS_OK;
    for (size_t i = p->wild; i < len; i++)
        if (p->list[i].len == 1)
            at[p->singles_len++] =
                (single){ds_norm_hash(p->list[i].first), p->classes.sets[p->list[i].row]};
    p->singles = at;
    return DS_OK;
}

ds_status ds_phrases_make(ds_arena *a, const ds_table *table, uint64_t bit, uint64_t *starts,
                          ds_phrases **out)
{
    ds_phrases *p = ds_arena_alloc(a, sizeof *p);
    phrase *list = ds_arena_calloc(a, table->rows, sizeof *list);
    if (!p || !list)
        return DS_NOMEM;
    p->table = table;
    p->whole = ds_map_new(a, 0);
    if (!p->whole)
        return DS_NOMEM;
    size_t len = 0;
    for (uint32_t r = 0; r < table->rows; r++) {
        ds_str cell = ds_table_cell(table, r, 0);
        if (cell.len == 0 || (r > 0 && ds_str_eq(cell, ds_table_cell(table, r - 1, 0))))
            continue;
        DS_TRY(split_words(a, cell, &list[len]));
        list[len].row = r;
        ds_str norm = ds_text_norm(a, cell);
        if (!norm.at)
            return DS_NOMEM;
        uint64_t have;
        if (ds_map_get(p->whole, norm, &have) == DS_NONE)
            DS_TRY(ds_map_put(p->whole, norm, r));
        len++;
    }
    qsort(list, len, sizeof *list, phrase_cmp);
    p->list = list;
    DS_TRY(fill_slots(a, p, len));
    DS_TRY(fill_classes(a, table, &p->classes));
    DS_TRY(fill_singles(a, p, len));
    p->bit = bit;
    fill_starts(p, len, starts);
    *out = p;
    return DS_OK;
}

/* from: words before it are known to be equal. */
static bool matches(const phrase *p, const ds_token *toks, uint32_t i, uint32_t end, uint32_t from)
{
    if (p->len > end - i)
        return false;
    for (uint32_t k = from; k < p->len; k++) {
        ds_str w = p->words[k], n = toks[i + k].norm;
        if (w.at && (w.len != n.len || w.at[0] != n.at[0] || memcmp(w.at, n.at, n.len) != 0))
            return false;
    }
    return true;
}

uint32_t ds_phrase_at(const ds_phrases *p, const ds_token *toks, uint32_t i, uint32_t end,
                      uint32_t *row)
{
    if (i >= end)
        return 0;
    uint32_t best = 0;
    uint32_t hash = toks[i].hash ? toks[i].hash : ds_norm_hash(toks[i].norm);
    for (uint32_t at = hash & p->mask; p->slots[at].hash; at = (at + 1) & p->mask) {
        const slot *s = &p->slots[at];
        if (s->hash != hash || !ds_str_eq(p->list[s->beg].first, toks[i].norm))
            continue;
        for (uint32_t k = s->beg; k < s->beg + s->count && !best; k++)
            if (matches(&p->list[k], toks, i, end, 1)) {
                best = p->list[k].len;
                *row = p->list[k].row;
            }
        break;
    }
    for (uint32_t k = 0; k < p->wild && p->list[k].len > best; k++)
        if (matches(&p->list[k], toks, i, end, 0)) {
            best = p->list[k].len;
            *row = p->list[k].row;
        }
    return best;
}

int64_t ds_phrase_find(const ds_phrases *p, ds_str norm)
{
    uint64_t row;
    return ds_map_get(p->whole, norm, &row) == DS_OK ? (int64_t)row : -1;
}
