/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define IN_WORDS 40    /* longer blocks are not searched for phrases inside: they are text */
#define PHRASE_WORDS 7 /* longest phrase of the word lists */

static const char *const class_names[EXT_C_COUNT] = {
    "",        "ad",       "agency",     "ago",       "bio",     "body",      "byline",
    "caption", "comments", "cookie",     "credit",    "end",     "furniture", "future",
    "hidden",  "image",    "keypoints",  "legal",     "live",    "more",      "nav",
    "opinion", "outlet",   "plain",      "reader",    "related", "release",   "role",
    "section", "share",    "standfirst", "subscribe", "tags",    "updated",
};
static const char *const where_names[EXT_W_COUNT] = {"line", "start", "end", "in", "class", "part"};

static int name_at(const char *const *names, int count, ds_str s)
{
    for (int i = 0; i < count; i++)
        if (ds_str_eq(ds_str_of(names[i]), s))
            return i;
    return 0;
}

static size_t first_word(ds_str key)
{
    size_t n = 0;
    while (n < key.len && key.at[n] != ' ')
        n++;
    return n;
}

/* FNV-1a over the first word, folded to ten bits. */
static uint32_t filter_bit(ds_str key)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0, n = first_word(key); i < n; i++)
        h = (h ^ (unsigned char)key.at[i]) * 16777619u;
    return (h ^ h >> 10 ^ h >> 20) & 1023;
}

static bool may_begin(const ext_words *w, ds_str key, ext_where where)
{
    uint32_t bit = filter_bit(key);
    return w->first[where][bit / 64] >> bit % 64 & 1;
}

ds_status ext_words_open(const ds_lexicon *lex, ext_words *out, ds_err *err)
{
    ext_words w = {.table = ds_lexicon_table(lex, "furniture")};
    if (!w.table)
        return ds_fail(err, DS_BAD, "the lexicon has no table furniture", 0);
    w.phrase = ds_table_column(w.table, DS_STR("phrase"));
    w.cls = ds_table_column(w.table, DS_STR("class"));
    w.where = ds_table_column(w.table, DS_STR("where"));
    if (w.phrase != 0 || w.cls < 0 || w.where < 0)
        return ds_fail(err, DS_BAD, "furniture.tsv: columns phrase, class and where are needed", 0);
    for (uint32_t r = 0; r < w.table->rows; r++) {
        int where = name_at(where_names, EXT_W_COUNT, ds_table_cell(w.table, r, (uint32_t)w.where));
        uint32_t bit = filter_bit(ds_table_cell(w.table, r, 0));
        w.first[where][bit / 64] |= 1ull << bit % 64;
    }
    *out = w;
    return DS_OK;
}

/* ---- keys -------------------------------------------------------------------------------------------- */

/* A curly quote at s[i] as a straight one: its bytes, or 0. */
static size_t apostrophe_at(ds_str s, size_t i)
{
    if (i + 2 >= s.len || s.at[i] != '\xE2' || s.at[i + 1] != '\x80')
        return 0;
    return s.at[i + 2] == '\x98' || s.at[i + 2] == '\x99' ? 3 : 0;
}

/* General punctuation, arrows, dingbats, emoji: nothing that a phrase is written with. */
static size_t symbol_at(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c == 0xC2)
        return 2;
    if (c == 0xE2)
        return 3;
    return c >= 0xF0 ? 4 : 0;
}

static bool key_char(char c)
{
    return ext_is_alnum((unsigned char)c) || c == '-' || c == '&' || c == '\'' || c == '+';
}

ds_str ext_key(ds_str text, char buf[EXT_KEY_BYTES])
{
    size_t n = 0, i = 0;
    bool gap = false;
    while (i < text.len) {
        char c = text.at[i];
        size_t step = apostrophe_at(text, i);
        if (step) {
            c = '\'';
        } else if ((step = symbol_at(text, i)) > 0) {
            c = ' ';
        } else if (ext_is_digit((unsigned char)c)) {
            for (step = 1; i + step < text.len && ext_is_digit((unsigned char)text.at[i + step]);
                 step++)
                ;
            c = '0';
        } else {
            step = 1;
        }
        i += step;
        if (!key_char(c)) {
            gap = n > 0;
            continue;
        }
        if (n + 2 > EXT_KEY_BYTES)
            return (ds_str){0};
        if (gap)
            buf[n++] = ' ';
        gap = false;
        buf[n++] = ext_lower(c);
    }
    while (n && (buf[n - 1] == '-' || buf[n - 1] == '&' || buf[n - 1] == '\'' || buf[n - 1] == ' '))
        n--;
    size_t from = 0;
    while (from < n && (buf[from] == '-' || buf[from] == '\'' || buf[from] == ' '))
        from++;
    return (ds_str){buf + from, n - from};
}

/* ---- look-ups ------------------------------------------------------------------------------------------ */

static uint32_t lower_bound(const ds_table *t, ds_str key)
{
    uint32_t lo = 0, hi = t->rows;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (ds_str_cmp(ds_table_cell(t, mid, 0), key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* `only`: EXT_C_NONE takes any class. */
static ext_class find_row(const ext_words *w, ds_str key, ext_where where, ext_class only)
{
    const ds_table *t = w->table;
    if (!key.len || !may_begin(w, key, where))
        return EXT_C_NONE;
    for (uint32_t r = lower_bound(t, key); r < t->rows && ds_str_eq(ds_table_cell(t, r, 0), key);
         r++) {
        if (!ds_str_eq(ds_table_cell(t, r, (uint32_t)w->where), ds_str_of(where_names[where])))
            continue;
        ext_class cls =
            (ext_class)name_at(class_names, EXT_C_COUNT, ds_table_cell(t, r, (uint32_t)w->cls));
        if (only == EXT_C_NONE || cls == only)
            return cls;
    }
    return EXT_C_NONE;
}

ext_class ext_words_find(const ext_words *w, ds_str key, ext_where where)
{
    return find_row(w, key, where, EXT_C_NONE);
}

/* Longest phrase that begins at key.at[0]. */
static ext_class longest(const ext_words *w, ds_str key, ext_where where, ext_class only)
{
    size_t ends[PHRASE_WORDS], n = 0;
    if (!may_begin(w, key, where))
        return EXT_C_NONE;
    for (size_t i = 0; i <= key.len && n < PHRASE_WORDS; i++)
        if (i == key.len || key.at[i] == ' ')
            ends[n++] = i;
    while (n) {
        ext_class cls = find_row(w, (ds_str){key.at, ends[--n]}, where, only);
        if (cls)
            return cls;
    }
    return EXT_C_NONE;
}

ext_class ext_words_start(const ext_words *w, ds_str key)
{
    return longest(w, key, EXT_W_START, EXT_C_NONE);
}

ext_class ext_words_end(const ext_words *w, ds_str key)
{
    size_t words = 0;
    for (size_t i = key.len; i > 0 && words < PHRASE_WORDS; i--) {
        if (i > 1 && key.at[i - 2] != ' ')
            continue;
        words++;
        ext_class cls = find_row(w, ds_str_cut(key, i - 1, key.len), EXT_W_END, EXT_C_NONE);
        if (cls)
            return cls;
    }
    return EXT_C_NONE;
}

static ext_class inside(const ext_words *w, ds_str key, ext_class only)
{
    size_t words = 0;
    for (size_t i = 0; i < key.len && words < IN_WORDS; words++) {
        ext_class cls = longest(w, ds_str_cut(key, i, key.len), EXT_W_IN, only);
        if (cls)
            return cls;
        while (i < key.len && key.at[i] != ' ')
            i++;
        i++;
    }
    return EXT_C_NONE;
}

ext_class ext_words_in(const ext_words *w, ds_str key)
{
    return inside(w, key, EXT_C_NONE);
}

bool ext_words_holds(const ext_words *w, ds_str key, ext_class cls)
{
    return inside(w, key, cls) == cls;
}
