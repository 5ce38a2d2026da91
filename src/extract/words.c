/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <endian.h>
#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define IN_WORDS 40    /* longer blocks are not searched for phrases inside: they are text */
#define PHRASE_WORDS 7 /* longest phrase at the end of a block */

static const char *const class_names[EXT_C_COUNT] = {
    "",        "ad",       "agency",     "ago",       "bio",     "body",      "byline",
    "caption", "comments", "cookie",     "credit",    "end",     "furniture", "future",
    "hidden",  "image",    "keypoints",  "legal",     "live",    "more",      "nav",
    "opinion", "outlet",   "plain",      "reader",    "related", "release",   "role",
    "section", "share",    "standfirst", "subscribe", "tags",    "updated",
};
static const char *const where_names[EXT_W_COUNT] = {"line",  "start", "end",  "in",  "word",
                                                     "class", "part",  "hint", "name"};

static uint8_t name_at(const char *const *names, uint8_t count, ds_str s)
{
    for (uint8_t i = 0; i < count; i++)
        if (ds_str_eq(ds_str_of(names[i]), s))
            return i;
    return 0;
}

ext_class ext_class_of(ds_str name)
{
    return (ext_class)name_at(class_names, EXT_C_COUNT, name);
}

/* ---- index: groups of phrases behind an open-addressing table and a filter of one bit for a hash ------ */

#define FILTER_BITS (1u << 15)

typedef struct listed {
    ds_str phrase;
    uint8_t where, cls;
    uint32_t row;
} listed;

typedef struct slot {
    uint32_t hash; /* 0: free */
    uint32_t beg;
    uint16_t count, len; /* len: of the first word */
} slot;

struct ext_index {
    const listed *rows; /* by where, first word and length, longest first */
    const slot *slots;
    uint32_t mask;
    uint64_t filter[FILTER_BITS / 64];
};

/* Eight bytes of a key from i on, the first one lowest; behind its end, zeros. */
static inline uint64_t eight_at(ds_str key, size_t i)
{
    const char *at = key.at + i;
    size_t n = key.len - i;
    uint64_t x = 0;
    uint32_t lo, hi;
    if (n >= 8) {
        memcpy(&x, at, 8);
        return le64toh(x);
    }
    if (key.len >= 8) {
        memcpy(&x, key.at + key.len - 8, 8);
        return n ? le64toh(x) >> 8 * (8 - n) : 0;
    }
    if (n >= 4) {
        memcpy(&lo, at, 4);
        memcpy(&hi, at + n - 4, 4);
        return le32toh(lo) | (uint64_t)le32toh(hi) << 8 * (n - 4);
    }
    for (size_t k = 0; k < n; k++)
        x |= (uint64_t)(unsigned char)at[k] << 8 * k;
    return x;
}

/* Bytes of eight before the first blank. */
static inline size_t before_blank(uint64_t x)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t t = x ^ ones * ' ', zero = (t - ones) & ~t & ones << 7; /* exact up to the first */
    return zero ? (size_t)__builtin_ctzll(zero) / 8 : 8;
}

/* End of the word at i, and a hash of its first and last eight bytes and its length. */
static inline size_t word_at(ds_str key, size_t i, uint32_t *hash)
{
    uint64_t first = eight_at(key, i), last;
    size_t step = before_blank(first), left = key.len - i, len = step < left ? step : left;
    for (size_t add = step; add == 8 && len < left; len = len < left ? len : left) {
        add = before_blank(eight_at(key, i + len));
        len += add;
    }
    first &= len < 8 ? (1ull << 8 * len) - 1 : UINT64_MAX;
    last = len > 8 ? eight_at(key, i + len - 8) : first;
    uint64_t x = (first ^ len) * 0x9E3779B97F4A7C15u + (last ^ last >> 29) * 0xC2B2AE3D27D4EB4Fu;
    *hash = (uint32_t)(x >> 32 ^ x);
    return i + len;
}

static ds_str first_word(ds_str phrase)
{
    const char *blank = memchr(phrase.at, ' ', phrase.len);
    return ds_str_cut(phrase, 0, blank ? (size_t)(blank - phrase.at) : phrase.len);
}

static uint32_t hash_in(uint32_t hash, ext_where where)
{
    uint32_t h = (hash ^ (uint32_t)where * 0x9E3779B1u) * 0x85EBCA6Bu;
    h ^= h >> 15;
    return h ? h : 1;
}

static int listed_cmp(const void *a, const void *b)
{
    const listed *x = a, *y = b;
    if (x->where != y->where)
        return x->where < y->where ? -1 : 1;
    int c = ds_str_cmp(first_word(x->phrase), first_word(y->phrase));
    if (c)
        return c;
    if (x->phrase.len != y->phrase.len)
        return x->phrase.len > y->phrase.len ? -1 : 1;
    return x->row < y->row ? -1 : 1;
}

static ds_status fill_slots(ds_arena *a, ext_index *x, uint32_t len)
{
    uint32_t cap = 8;
    while (cap < 2 * len)
        cap *= 2;
    slot *slots = ds_arena_calloc(a, cap, sizeof *slots);
    if (!slots)
        return DS_NOMEM;
    x->slots = slots;
    x->mask = cap - 1;
    for (uint32_t i = 0, beg; i < len;) {
        ds_str word = first_word(x->rows[i].phrase);
        ext_where where = (ext_where)x->rows[i].where;
        for (beg = i; i < len && x->rows[i].where == where &&
                      ds_str_eq(first_word(x->rows[i].phrase), word);)
            i++;
        uint32_t hash;
        (void)word_at(word, 0, &hash);
        hash = hash_in(hash, where);
        uint32_t at = hash & x->mask;
        while (slots[at].hash)
            at = (at + 1) & x->mask;
        slots[at] = (slot){hash, beg, (uint16_t)(i - beg), (uint16_t)word.len};
        x->filter[hash % FILTER_BITS / 64] |= 1ull << hash % 64;
    }
    return DS_OK;
}

ds_status ext_words_open(ds_arena *a, const ds_lexicon *lex, ext_words *out, ds_err *err)
{
    const ds_table *t = ds_lexicon_table(lex, "furniture");
    if (!t)
        return ds_fail(err, DS_BAD, "the lexicon has no table furniture", 0);
    int phrase = ds_table_column(t, DS_STR("phrase")), cls = ds_table_column(t, DS_STR("class"));
    int where = ds_table_column(t, DS_STR("where"));
    if (phrase != 0 || cls < 0 || where < 0)
        return ds_fail(err, DS_BAD, "furniture.tsv: columns phrase, class and where are needed", 0);
    ext_index *x = ds_arena_alloc(a, sizeof *x);
    listed *rows = ds_arena_calloc(a, t->rows, sizeof *rows);
    if (!x || !rows)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    for (uint32_t r = 0; r < t->rows; r++)
        rows[r] =
            (listed){ds_table_cell(t, r, 0),
                     name_at(where_names, EXT_W_COUNT, ds_table_cell(t, r, (uint32_t)where)),
                     name_at(class_names, EXT_C_COUNT, ds_table_cell(t, r, (uint32_t)cls)), r};
    qsort(rows, t->rows, sizeof *rows, listed_cmp);
    x->rows = rows;
    if (fill_slots(a, x, t->rows) < 0)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    out->index = x;
    return DS_OK;
}

/* The slot of the word, of which the filter knows. */
static const listed *slot_at(const ext_index *x, uint32_t hash, ds_str word, ext_where where,
                             uint32_t *count)
{
    for (uint32_t at = hash & x->mask; x->slots[at].hash; at = (at + 1) & x->mask) {
        const slot *s = &x->slots[at];
        const listed *p = &x->rows[s->beg];
        if (s->hash == hash && p->where == where && s->len == word.len &&
            memcmp(p->phrase.at, word.at, s->len) == 0) {
            *count = s->count;
            return p;
        }
    }
    return NULL;
}

/* Phrases with the first word key[i, *end), longest first. Most words begin none. */
static inline const listed *listed_at(const ext_words *w, ds_str key, size_t i, size_t *end,
                                      ext_where where, uint32_t *count)
{
    uint32_t hash;
    *end = word_at(key, i, &hash);
    hash = hash_in(hash, where);
    *count = 0;
    if (!(w->index->filter[hash % FILTER_BITS / 64] >> hash % 64 & 1))
        return NULL;
    return slot_at(w->index, hash, ds_str_cut(key, i, *end), where, count);
}

/* ---- keys -------------------------------------------------------------------------------------------- */

/* A curly quote at s[i] as a straight one: its bytes, or 0. */
static size_t apostrophe_at(ds_str s, size_t i)
{
    if (i + 2 >= s.len || s.at[i] != '\xE2' || s.at[i + 1] != '\x80')
        return 0;
    return s.at[i + 2] == '\x98' || s.at[i + 2] == '\x99' ? 3 : 0;
}

#define KEY_MORE                                                                                   \
    1 /* takes more than a look into the table; else: the byte as it stands in a key, blank: a gap */
// clang-format off
static const unsigned char key_bytes[256] = {
    [0 ... '%'] = ' ', ['(' ... '*'] = ' ', [','] = ' ', ['.' ... '/'] = ' ', [':' ... '@'] = ' ', ['[' ... '`'] = ' ', ['{' ... 0x7F] = ' ',
    ['&'] = '&', ['\''] = '\'', ['+'] = '+', ['-'] = '-', ['0' ... '9'] = '0',
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i',
    ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
    [0x80 ... 0xFF] = KEY_MORE,
};
// clang-format on

/* What a byte beyond ASCII becomes; *step: bytes read. General punctuation, arrows, dingbats and emoji are nothing that
 * a phrase is written with. */
static unsigned char key_more(ds_str s, size_t i, size_t *step)
{
    unsigned char c = (unsigned char)s.at[i];
    *step = apostrophe_at(s, i);
    if (*step)
        return '\'';
    *step = c == 0xC2 ? 2 : c == 0xE2 ? 3 : c >= 0xF0 ? 4 : 1;
    return *step > 1 ? ' ' : c;
}

#ifdef __SSE2__
/* Copies letters and lone blanks in lower case from sixteen bytes; `gap`: a blank or nothing stands before. Returns how
 * many come before the first other byte. */
static size_t key_run(const char *at, char *to, bool gap)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter = _mm_andnot_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('z')),
                                      _mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)));
    unsigned letters = (unsigned)_mm_movemask_epi8(letter);
    unsigned blanks = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    unsigned fine = letters | (blanks & (letters << 1 | !gap));
    _mm_storeu_si128((__m128i *)(void *)to, low); /* a blank stays one */
    return (size_t)__builtin_ctz(~fine | 0x10000);
}
#endif

ds_str ext_key(ds_str text, char buf[EXT_KEY_BYTES])
{
    size_t n = 0, i = 0;
    char last = ' ';
    bool digits = false;
    while (i < text.len) {
#ifdef __SSE2__
        if (i + 16 <= text.len && n + 16 < EXT_KEY_MAX) {
            size_t run = key_run(text.at + i, buf + n, last == ' ');
            i += run;
            n += run;
            last = n ? buf[n - 1] : ' ';
            digits &= run == 0;
            if (run == 16)
                continue;
        }
#endif
        unsigned char c = key_bytes[(unsigned char)text.at[i]];
        size_t step = 1;
        if (c == KEY_MORE)
            c = key_more(text, i, &step);
        i += step;
        bool more = (c == ' ' && last == ' ') || (c == '0' && digits); /* of a gap, of a number */
        if (c != ' ' && !more && n - (n && last == ' ') + 2 > EXT_KEY_MAX)
            return (ds_str){0};
        digits = c == '0';
        last = (char)c;
        buf[n] = (char)c;
        n += !more;
    }
    while (n && (buf[n - 1] == '-' || buf[n - 1] == '&' || buf[n - 1] == '\'' || buf[n - 1] == ' '))
        n--;
    size_t from = 0;
    while (from < n && (buf[from] == '-' || buf[from] == '\'' || buf[from] == ' '))
        from++;
    return (ds_str){buf + from, n - from};
}

/* ---- look-ups ------------------------------------------------------------------------------------------ */

static bool phrase_at(const listed *p, ds_str key, size_t i)
{
    size_t end = i + p->phrase.len;
    return end <= key.len && (end == key.len || key.at[end] == ' ') &&
           memcmp(key.at + i, p->phrase.at, p->phrase.len) == 0;
}

/* The class of the phrase key[i, key.len). */
static ext_class whole(const ext_words *w, ds_str key, size_t i, ext_where where)
{
    uint32_t n;
    size_t end;
    const listed *p = listed_at(w, key, i, &end, where, &n);
    for (; n; n--, p++)
        if (p->phrase.len == key.len - i && memcmp(key.at + i, p->phrase.at, p->phrase.len) == 0)
            return (ext_class)p->cls;
    return EXT_C_NONE;
}

ext_class ext_words_find(const ext_words *w, ds_str key, ext_where where)
{
    return key.len ? whole(w, key, 0, where) : EXT_C_NONE;
}

ext_class ext_words_start(const ext_words *w, ds_str key)
{
    uint32_t n;
    size_t end;
    if (!key.len)
        return EXT_C_NONE;
    const listed *p = listed_at(w, key, 0, &end, EXT_W_START, &n);
    for (; n; n--, p++)
        if (phrase_at(p, key, 0))
            return (ext_class)p->cls;
    return EXT_C_NONE;
}

ext_class ext_words_end(const ext_words *w, ds_str key)
{
    size_t words = 0;
    for (size_t i = key.len; i > 0 && words < PHRASE_WORDS; i--) {
        if (i > 1 && key.at[i - 2] != ' ')
            continue;
        words++;
        ext_class cls = whole(w, key, i - 1, EXT_W_END);
        if (cls)
            return cls;
    }
    return EXT_C_NONE;
}

ext_class ext_words_in(const ext_words *w, ds_str key)
{
    for (size_t i = 0, words = 0, end; i < key.len && words < IN_WORDS; words++, i = end + 1) {
        uint32_t n;
        const listed *p = listed_at(w, key, i, &end, EXT_W_IN, &n);
        for (; n; n--, p++)
            if (phrase_at(p, key, i))
                return (ext_class)p->cls;
    }
    return EXT_C_NONE;
}

static uint64_t classes_in(const ext_words *w, ds_str key, ext_where where)
{
    uint64_t all = 0;
    for (size_t i = 0, words = 0, end; i < key.len && words < IN_WORDS; words++, i = end + 1) {
        uint32_t n;
        const listed *p = listed_at(w, key, i, &end, where, &n);
        for (; n; n--, p++)
            all |= phrase_at(p, key, i) ? 1ull << p->cls : 0;
    }
    return all;
}

uint64_t ext_words_all(const ext_words *w, ds_str key)
{
    return classes_in(w, key, EXT_W_IN);
}

uint64_t ext_words_hints(const ext_words *w, ds_str key)
{
    return classes_in(w, key, EXT_W_HINT);
}

bool ext_words_holds(const ext_words *w, ds_str key, ext_class cls)
{
    return ext_words_all(w, key) >> cls & 1;
}
