/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/blocks.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define GATE_WORDS 10 /* outside both roots, only blocks with so many words ... */
#define GATE_LINK 50  /* ... and less of them in links ... */
#define GATE_SHORT 4  /* ... or blocks of so many words ... */
#define GATE_LD 80    /* ... of which so much is in the JSON-LD body */
#define WINDOW 4      /* blocks before and behind that make the window */
#define BLOOM_BITS 8192
#define PERSONS 6      /* "you", "your", "yours", "we", "our", "us" */
#define PERSON_BYTES 5 /* the longest of these */
#define SHINGLE 3      /* words in a row that are compared with the JSON-LD text */
#define LD_MAX (256u << 10)
#define FNV_FIRST 14695981039346656037ull
#define FNV_PRIME 1099511628211ull

/* ---- sets of words ---------------------------------------------------------------------------------------- */

typedef struct bloom {
    uint64_t bits[BLOOM_BITS / 64];
    bool any;
} bloom;

static void bloom_put(bloom *b, uint64_t h)
{
    b->bits[h / 64 % (BLOOM_BITS / 64)] |= 1ull << h % 64;
    b->any = true;
}

static bool bloom_has(const bloom *b, uint64_t h)
{
    return b->bits[h / 64 % (BLOOM_BITS / 64)] >> h % 64 & 1;
}

uint64_t html_word_hash(ds_str word)
{
    uint64_t h = FNV_FIRST;
    for (size_t i = 0; i < word.len; i++)
        h = (h ^ (unsigned char)ext_lower(word.at[i])) * FNV_PRIME;
    return h ^ h >> 29;
}

/* Bytes of words as they are hashed, others 0. */
// clang-format off
static const unsigned char word_bytes[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm',
    ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm',
    ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
    [0x80] = 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F,
    [0x90] = 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F,
    [0xA0] = 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF,
    [0xB0] = 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE, 0xBF,
    [0xC0] = 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF,
    [0xD0] = 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF,
    [0xE0] = 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF,
    [0xF0] = 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF,
};
// clang-format on

/* Steps through the words of a text: FNV-1a of each, letters in lower case. False at the end. */
static inline bool next_word(ds_str s, size_t *i, size_t *beg, uint64_t *hash)
{
    const unsigned char *at = (const unsigned char *)s.at;
    uint64_t h = FNV_FIRST;
    size_t k = *i;
    while (k < s.len && !word_bytes[at[k]])
        k++;
    *beg = k;
    for (unsigned char c; k < s.len && (c = word_bytes[at[k]]) != 0; k++)
        h = (h ^ c) * FNV_PRIME;
    *hash = h ^ h >> 29;
    *i = k;
    return k > *beg;
}

uint64_t html_text_hash(ds_str s)
{
    uint64_t all = 0, h;
    for (size_t i = 0, beg; next_word(s, &i, &beg, &h);)
        all = (all ^ h) * 0x9E3779B97F4A7C15ull + 1;
    return all ? all : 1;
}

static void put_words(bloom *b, ds_str s)
{
    uint64_t h;
    for (size_t i = 0, beg; next_word(s, &i, &beg, &h);)
        bloom_put(b, h);
}

static uint64_t shingle(const uint64_t last[SHINGLE])
{
    uint64_t h = 0;
    for (int k = 0; k < SHINGLE; k++)
        h = (h ^ last[k]) * 0x9E3779B97F4A7C15ull;
    return h >> 20;
}

static void push_word(uint64_t last[SHINGLE], uint64_t h)
{
    memmove(last, last + 1, (SHINGLE - 1) * sizeof *last);
    last[SHINGLE - 1] = h;
}

/* Bits for the word triples of a text: one in 64 KB of text is a false hit at most. */
typedef struct triples {
    uint64_t *bits;
    uint64_t mask;
} triples;

static ds_status put_triples(ds_arena *a, triples *t, ds_str s)
{
    uint64_t last[SHINGLE] = {0}, h, size = 4096;
    s = ds_str_cut(s, 0, LD_MAX);
    while (size < s.len * 4)
        size *= 2;
    t->bits = ds_arena_calloc(a, size / 64, sizeof *t->bits);
    t->mask = size - 1;
    if (!t->bits)
        return DS_NOMEM;
    size_t n = 0;
    for (size_t i = 0, beg; next_word(s, &i, &beg, &h);) {
        push_word(last, h);
        uint64_t key = shingle(last) & t->mask;
        if (++n >= SHINGLE)
            t->bits[key / 64] |= 1ull << key % 64;
    }
    return DS_OK;
}

/* ---- what is known before the rows ----------------------------------------------------------------------- */

typedef struct path { /* blocks in elements of the same tags and classes */
    uint64_t key;
    uint32_t blocks, words, stops, bytes, links;
} path;

typedef struct maker {
    ext_page *p;
    const html_tree *t;
    block_row *rows;
    uint32_t n;
    bloom title, description;
    uint64_t person[PERSONS]; /* hashes of "you", ..., "us" */
    triples ld;
    uint32_t *words, *bytes, *links; /* before each block */
    path *paths;                     /* open addressing */
    uint32_t *path_of, paths_mask;
    uint32_t up; /* the parent of the last block's element */
    uint64_t up_key;
    uint64_t *seen; /* hashes of texts, open addressing */
    uint32_t seen_mask;
    uint32_t *inside;           /* per node: PART-like bits of the ancestors' tags */
    uint32_t first[2], last[2]; /* good blocks of the named and the scored root */
} maker;

enum {
    IN_ARTICLE = 1,
    IN_ASIDE = 2,
    IN_FOOTER = 4,
    IN_HEADER = 8,
    IN_FIGURE = 16,
    IN_TABLE = 32,
    IN_LIST = 64,
    IN_FORM = 128,
    IN_SECTION = 256,
    IN_BUTTON = 512,
    IN_MAIN = 1024,
    IN_EMBED = 2048 /* a post of a network, quoted */
};

static uint32_t tag_bit(uint8_t tag)
{
    switch (tag) {
    case HTML_ARTICLE:
        return IN_ARTICLE;
    case HTML_ASIDE:
        return IN_ASIDE;
    case HTML_FOOTER:
        return IN_FOOTER;
    case HTML_HEADER:
        return IN_HEADER;
    case HTML_FIGURE:
        return IN_FIGURE;
    case HTML_TABLE:
        return IN_TABLE;
    case HTML_UL:
    case HTML_OL:
        return IN_LIST;
    case HTML_FORM:
        return IN_FORM;
    case HTML_SECTION:
        return IN_SECTION;
    case HTML_BUTTON:
        return IN_BUTTON;
    case HTML_MAIN:
        return IN_MAIN;
    default:
        return 0;
    }
}

/* <blockquote class="twitter-tweet"> and its kin: the embedding code of a network, text of the article. */
static bool embed(const html_tree *t, uint32_t i)
{
    static const ds_str kin[] = {DS_STR_INIT("twitter-"), DS_STR_INIT("instagram-"),
                                 DS_STR_INIT("tiktok-"), DS_STR_INIT("bluesky-"),
                                 DS_STR_INIT("mastodon-")};
    ds_str cls =
        html_at(t, i)->tag == HTML_BLOCKQUOTE ? html_noted(t, i, HTML_KEY_CLASS) : (ds_str){0};
    for (size_t k = 0; cls.len && k < sizeof kin / sizeof *kin; k++)
        if (ds_str_find(cls, kin[k], 0) >= 0)
            return true;
    return false;
}

static const ext_block *block(const maker *m, uint32_t i)
{
    return &m->p->blocks.at[i];
}

static int16_t clip(int64_t v, int lo, int hi)
{
    return (int16_t)(v < lo ? lo : v > hi ? hi : v);
}

static int16_t percent(uint64_t part, uint64_t all)
{
    return (int16_t)(part && all ? part * 100 / all : 0);
}

static int16_t link_percent(const maker *m, uint32_t i)
{
    return clip(percent(block(m, i)->link_bytes, ds_span_len(block(m, i)->text)), 0, 100);
}

static bool good(const ext_block *b)
{
    return b->label == EXT_PROSE &&
           !(b->flags & (EXT_BF_PRUNED | EXT_BF_COMMENT | EXT_BF_CAPTION | EXT_BF_RELATED)) &&
           b->link_bytes * 100ull < ds_span_len(b->text) * 50ull;
}

/* Of an element's tag and classes. */
static uint64_t element_key(const html_tree *t, uint32_t i)
{
    return ds_hash(html_noted(t, i, HTML_KEY_CLASS), html_at(t, i)->tag);
}

static uint32_t path_at(maker *m, uint64_t key)
{
    uint32_t at = (uint32_t)(key >> 20) & m->paths_mask;
    while (m->paths[at].key && m->paths[at].key != key)
        at = (at + 1) & m->paths_mask;
    m->paths[at].key = key;
    return at;
}

static void count_path(maker *m, uint32_t i)
{
    const ext_block *b = block(m, i);
    uint32_t up = html_at(m->t, b->node)->parent;
    if (up != m->up) {
        m->up = up;
        m->up_key = element_key(m->t, up) >> 7;
    }
    uint64_t key = element_key(m->t, b->node) ^ m->up_key;
    path *x = &m->paths[m->path_of[i] = path_at(m, key ? key : 1)];
    x->blocks++;
    x->words += b->words;
    x->stops += (b->flags & EXT_BF_STOP) != 0;
    x->bytes += ds_span_len(b->text);
    x->links += b->link_bytes;
}

static bool seen_before(maker *m, uint64_t h)
{
    uint32_t at = (uint32_t)(h >> 20) & m->seen_mask;
    while (m->seen[at] && m->seen[at] != h)
        at = (at + 1) & m->seen_mask;
    bool was = m->seen[at] == h;
    m->seen[at] = h;
    return was;
}

static ds_status prepare(maker *m)
{
    ext_page *p = m->p;
    ds_arena *a = p->arena;
    uint32_t size = 16;
    while (size < m->n * 2)
        size *= 2;
    m->rows = ds_arena_raw(a, ((size_t)m->n + 1) * sizeof *m->rows);
    m->words = ds_arena_calloc(a, 3 * ((size_t)m->n + 1), sizeof *m->words);
    m->path_of = ds_arena_calloc(a, (size_t)m->n + 1, sizeof *m->path_of);
    m->paths = ds_arena_calloc(a, size, sizeof *m->paths);
    m->seen = ds_arena_calloc(a, size, sizeof *m->seen);
    m->inside = ds_arena_raw(a, m->t->nodes.len * sizeof *m->inside);
    if (!m->rows || !m->words || !m->path_of || !m->paths || !m->seen || !m->inside)
        return DS_NOMEM;
    m->bytes = m->words + m->n + 1;
    m->links = m->bytes + m->n + 1;
    m->paths_mask = m->seen_mask = size - 1;
    put_words(&m->title, p->headline >= 0       ? ext_text(p, &p->blocks.at[p->headline])
                         : p->meta.og_title.len ? p->meta.og_title
                                                : p->meta.title);
    static const ds_str persons[PERSONS] = {DS_STR_INIT("you"),   DS_STR_INIT("your"),
                                            DS_STR_INIT("yours"), DS_STR_INIT("we"),
                                            DS_STR_INIT("our"),   DS_STR_INIT("us")};
    for (int i = 0; i < PERSONS; i++)
        m->person[i] = html_word_hash(persons[i]);
    put_words(&m->description, p->meta.description.text);
    if (p->meta.ld_body.len)
        DS_TRY(put_triples(a, &m->ld, p->meta.ld_body));
    m->inside[0] = 0;
    for (uint32_t i = 1; i < m->t->nodes.len; i++)
        m->inside[i] = m->inside[html_at(m->t, i)->parent] | tag_bit(html_at(m->t, i)->tag) |
                       (embed(m->t, i) ? IN_EMBED : 0);
    return DS_OK;
}

static void sum_up(maker *m)
{
    const uint32_t roots[2] = {m->p->root_named, m->p->root_scored};
    m->first[0] = m->first[1] = m->n;
    m->last[0] = m->last[1] = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        const ext_block *b = block(m, i);
        m->words[i + 1] = m->words[i] + b->words;
        m->bytes[i + 1] = m->bytes[i] + ds_span_len(b->text);
        m->links[i + 1] = m->links[i] + b->link_bytes;
        count_path(m, i);
        for (int k = 0; k < 2; k++)
            if (good(b) && roots[k] && html_inside(m->t, b->first, roots[k])) {
                m->first[k] = m->first[k] < i ? m->first[k] : i;
                m->last[k] = i;
            }
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static int16_t tag_feature(uint8_t tag)
{
    static const uint8_t order[] = {
        HTML_P,      HTML_DIV,    HTML_LI,     HTML_H1,      HTML_H2,      HTML_H3,
        HTML_H4,     HTML_H5,     HTML_H6,     HTML_TR,      HTML_TD,      HTML_BLOCKQUOTE,
        HTML_PRE,    HTML_DD,     HTML_DT,     HTML_SECTION, HTML_ARTICLE, HTML_FIGCAPTION,
        HTML_FIGURE, HTML_HEADER, HTML_FOOTER, HTML_BUTTON};
    for (size_t i = 0; i < sizeof order; i++)
        if (order[i] == tag)
            return (int16_t)(i + 1);
    return 0;
}

/* 1: the reader is spoken to; 2: the house speaks of itself; 0: neither. */
static int person(const maker *m, uint64_t hash)
{
    for (int i = 0; i < PERSONS; i++)
        if (m->person[i] == hash)
            return i < PERSONS / 2 ? 1 : 2;
    return 0;
}

/* Does word n of a text, after those in `last`, end a word triple of the JSON-LD body? */
static bool ld_has(const triples *ld, uint64_t last[SHINGLE], uint64_t h, uint32_t n)
{
    push_word(last, h);
    uint64_t key = shingle(last) & ld->mask;
    return n + 1 >= SHINGLE && ld->bits[key / 64] >> key % 64 & 1;
}

/* Of the word triples of n words, in percent. */
static int16_t ld_percent(uint32_t in, uint32_t n)
{
    return n < SHINGLE ? -2 : percent(in, n - SHINGLE + 1);
}

static int16_t ld_share(const maker *m, ds_str s)
{
    uint64_t last[SHINGLE] = {0}, h;
    uint32_t n = 0, in = 0;
    for (size_t at = 0, beg; next_word(s, &at, &beg, &h); n++)
        in += ld_has(&m->ld, last, h, n);
    return ld_percent(in, n);
}

static void words_of(maker *m, uint32_t i, int16_t *f)
{
    ds_str s = ext_text(m->p, block(m, i));
    uint64_t h, all = 0, last[SHINGLE] = {0};
    uint32_t n = 0, title = 0, description = 0, people[3] = {0}, digits = 0, ld = 0,
             said[EXT_C_COUNT] = {0};
    for (size_t at = 0, beg; next_word(s, &at, &beg, &h); n++) {
        all = (all ^ h) * 0x9E3779B97F4A7C15ull + 1;
        title += bloom_has(&m->title, h);
        description += bloom_has(&m->description, h);
        people[at - beg <= PERSON_BYTES ? person(m, h) : 0]++;
        digits += beg < s.len && ext_is_digit((unsigned char)s.at[beg]);
        said[block_word(m->p->model, h)]++;
        if (m->ld.bits)
            ld += ld_has(&m->ld, last, h, n);
    }
    f[BF_TITLE] = m->title.any ? percent(title, n) : -1;
    f[BF_DESCRIPTION] = m->description.any ? percent(description, n) : -1;
    f[BF_LD] = m->ld.bits ? ld_percent(ld, n) : -1;
    static const struct {
        uint8_t cls, feature;
    } said_of[] = {{EXT_C_COOKIE, BF_V_COOKIE},   {EXT_C_SUBSCRIBE, BF_V_SUBSCRIBE},
                   {EXT_C_CAPTION, BF_V_CAPTION}, {EXT_C_LEGAL, BF_V_LEGAL},
                   {EXT_C_SHARE, BF_V_SHARE},     {EXT_C_BIO, BF_V_BIO},
                   {EXT_C_MORE, BF_V_MORE},       {EXT_C_COMMENTS, BF_V_COMMENTS}};
    for (size_t k = 0; k < sizeof said_of / sizeof *said_of; k++)
        f[said_of[k].feature] = percent(said[said_of[k].cls], n);
    f[BF_V_ALL] = percent(n - said[0], n);
    f[BF_YOU] = percent(people[1], n);
    f[BF_WE] = percent(people[2], n);
    f[BF_DIGITS] = percent(digits, n);
    f[BF_WORD_BYTES] = clip(n ? s.len / n : 0, 0, 20);
    f[BF_REPEAT] = n > 0 && seen_before(m, all ? all : 1);
}

/* The first comma, quotation mark or first byte of a curly one at or behind i. */
static size_t next_mark(ds_str s, size_t i)
{
#ifdef __SSE2__
    for (; i + 16 <= s.len; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.at + i));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')),
                                   _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                                _mm_cmpeq_epi8(v, _mm_set1_epi8('\xE2'))));
        unsigned bits = (unsigned)_mm_movemask_epi8(hit);
        if (bits)
            return i + (size_t)__builtin_ctz(bits);
    }
#endif
    while (i < s.len && s.at[i] != ',' && s.at[i] != '"' && s.at[i] != '\xE2')
        i++;
    return i;
}

static void marks_of(ds_str s, int16_t *f)
{
    uint32_t commas = 0, quotes = 0;
    for (size_t i = next_mark(s, 0); i < s.len; i = next_mark(s, i + 1)) {
        commas += s.at[i] == ',';
        quotes += s.at[i] == '"' || (s.at[i] == '\xE2' && i + 2 < s.len && s.at[i + 1] == '\x80' &&
                                     (s.at[i + 2] == '\x9C' || s.at[i + 2] == '\x9D'));
    }
    f[BF_COMMAS] = clip(commas, 0, 20);
    f[BF_QUOTED] = clip(quotes, 0, 4);
    f[BF_LOWER_START] = s.len && ext_is_lower((unsigned char)s.at[0]);
    f[BF_SIGN_START] = s.len && !ext_is_alnum((unsigned char)s.at[0]) && s.at[0] != '"';
}

/* All of a short block, or the start of a long one, in <strong> or <em>. */
static void emphasis(const maker *m, uint32_t i, int16_t *f)
{
    const ext_block *b = block(m, i);
    for (uint32_t k = html_at(m->t, b->first)->parent, n = 0; k > b->node && n < 6;
         k = html_at(m->t, k)->parent, n++) {
        uint8_t tag = html_at(m->t, k)->tag;
        f[BF_STRONG] |= tag == HTML_STRONG || tag == HTML_B;
        f[BF_EM] |= tag == HTML_EM || tag == HTML_I;
    }
}

static void own(maker *m, uint32_t i, int16_t *f)
{
    const ext_block *b = block(m, i);
    f[BF_WORDS] = clip(b->words, 0, 500);
    f[BF_LINK] = link_percent(m, i);
    f[BF_CAPS] = percent(b->caps, b->words);
    f[BF_LABEL] = b->label;
    f[BF_CLASS] = b->cls;
    f[BF_KIND] = b->kind;
    f[BF_LEVEL] = b->level;
    f[BF_TAG] = tag_feature(html_at(m->t, b->node)->tag);
    static const struct {
        uint16_t flag;
        uint8_t feature;
    } flags[] = {{EXT_BF_STOP, BF_STOP},       {EXT_BF_SAID, BF_SAID},
                 {EXT_BF_COLON, BF_COLON},     {EXT_BF_GLUED, BF_GLUED},
                 {EXT_BF_DATE, BF_DATE},       {EXT_BF_PRUNED, BF_PRUNED},
                 {EXT_BF_COMMENT, BF_COMMENT}, {EXT_BF_CAPTION, BF_CAPTION},
                 {EXT_BF_RELATED, BF_RELATED}, {EXT_BF_STANDFIRST, BF_STANDFIRST},
                 {EXT_BF_AUTHOR, BF_AUTHOR},   {EXT_BF_QUOTE, BF_QUOTE},
                 {EXT_BF_POINTS, BF_POINTS}};
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
        f[flags[k].feature] = (b->flags & flags[k].flag) != 0;
    words_of(m, i, f);
    marks_of(ext_text(m->p, b), f);
    emphasis(m, i, f);
}

static int16_t below(const maker *m, uint32_t i, uint32_t root)
{
    const ext_block *b = block(m, i);
    if (!root || !html_inside(m->t, b->first, root))
        return -1;
    return clip((int)html_at(m->t, b->node)->level - html_at(m->t, root)->level, 0, 12);
}

static void around(maker *m, uint32_t i, int16_t *f)
{
    const ext_page *p = m->p;
    const ext_block *b = block(m, i);
    uint32_t in = m->inside[b->node], all = p->prose[m->n];
    uint32_t up = html_at(m->t, b->node)->parent, upper = html_at(m->t, up)->parent;
    static const struct {
        uint16_t bit;
        uint8_t feature;
    } bits[] = {{IN_ARTICLE, BF_A_ARTICLE}, {IN_ASIDE, BF_A_ASIDE},   {IN_EMBED, BF_A_EMBED},
                {IN_FOOTER, BF_A_FOOTER},   {IN_HEADER, BF_A_HEADER}, {IN_FIGURE, BF_A_FIGURE},
                {IN_TABLE, BF_A_TABLE},     {IN_LIST, BF_A_LIST},     {IN_FORM, BF_A_FORM},
                {IN_SECTION, BF_A_SECTION}, {IN_BUTTON, BF_A_BUTTON}, {IN_MAIN, BF_A_MAIN}};
    for (size_t k = 0; k < sizeof bits / sizeof *bits; k++)
        f[bits[k].feature] = (in & bits[k].bit) != 0;
    f[BF_IN_ROOT] = (html_at(m->t, b->first)->parts & PART_ROOT) != 0;
    f[BF_NAMED] = below(m, i, p->root_named);
    f[BF_SCORED] = below(m, i, p->root_scored);
    size_t beg = html_block_at(p, up), end = html_block_at(p, html_at(m->t, up)->end);
    f[BF_PARENT_SHARE] = percent(p->prose[end] - p->prose[beg], all);
    f[BF_PARENT_LINK] =
        clip(percent(m->links[end] - m->links[beg], m->bytes[end] - m->bytes[beg]), 0, 100);
    f[BF_PARENT_BLOCKS] = clip((int64_t)(end - beg), 0, 100);
    f[BF_PARENT_PROSE] = clip((p->prose[end] - p->prose[beg]) / 10, 0, 300);
    beg = html_block_at(p, upper);
    end = html_block_at(p, html_at(m->t, upper)->end);
    f[BF_GRAND_SHARE] = percent(p->prose[end] - p->prose[beg], all);
    f[BF_GRAND_LINK] =
        clip(percent(m->links[end] - m->links[beg], m->bytes[end] - m->bytes[beg]), 0, 100);
}

static void place(maker *m, uint32_t i, int16_t *f)
{
    const ext_page *p = m->p;
    uint32_t root = p->root_scored;
    int64_t h = p->headline;
    f[BF_POSITION] = percent(m->words[i], m->words[m->n]);
    if (root) {
        size_t beg = html_block_at(p, root), end = html_block_at(p, html_at(m->t, root)->end);
        f[BF_IN_RANGE] = i < beg ? -1
                         : i >= end
                             ? 101
                             : percent(m->words[i] - m->words[beg], m->words[end] - m->words[beg]);
    }
    f[BF_AFTER_H1] = h < 0 ? -100 : clip((int64_t)i - h, -20, 200);
    f[BF_WORDS_H1] = h < 0 ? -100 : clip(((int64_t)m->words[i] - m->words[h]) / 4, -20, 2000);
    f[BF_FIRST_NAMED] = clip((int64_t)m->first[0] - i, -50, 50);
    f[BF_LAST_NAMED] = clip((int64_t)i - m->last[0], -50, 50);
    f[BF_FIRST_SCORED] = clip((int64_t)m->first[1] - i, -50, 50);
    f[BF_LAST_SCORED] = clip((int64_t)i - m->last[1], -50, 50);
}

/* Block i + by, or an empty one past the ends. */
static const ext_block *near(const maker *m, uint32_t i, int by)
{
    static const ext_block nothing;
    int64_t k = (int64_t)i + by;
    return k < 0 || k >= m->n ? &nothing : block(m, (uint32_t)k);
}

static int16_t near_link(const maker *m, uint32_t i, int by)
{
    int64_t k = (int64_t)i + by;
    return k < 0 || k >= m->n ? -1 : link_percent(m, (uint32_t)k);
}

static void neighbours(maker *m, uint32_t i, int16_t *f)
{
    static const struct {
        int8_t by;
        uint8_t words, link;
    } near_[] = {{-1, BF_WORDS_1B, BF_LINK_1B},
                 {1, BF_WORDS_1A, BF_LINK_1A},
                 {-2, BF_WORDS_2B, BF_LINK_2B},
                 {2, BF_WORDS_2A, BF_LINK_2A}};
    for (size_t k = 0; k < sizeof near_ / sizeof *near_; k++) {
        f[near_[k].words] = clip(near(m, i, near_[k].by)->words, 0, 300);
        f[near_[k].link] = near_link(m, i, near_[k].by);
    }
    const ext_block *b = near(m, i, -1), *a = near(m, i, 1);
    f[BF_LABEL_1B] = b->label;
    f[BF_LABEL_1A] = a->label;
    f[BF_STOP_1B] = (b->flags & EXT_BF_STOP) != 0;
    f[BF_STOP_1A] = (a->flags & EXT_BF_STOP) != 0;
    f[BF_LEVEL_1B] = b->level;
    f[BF_LEVEL_1A] = a->level;
    uint32_t beg = i > WINDOW ? i - WINDOW : 0, end = i + WINDOW + 1 < m->n ? i + WINDOW + 1 : m->n;
    f[BF_WINDOW_LINK] =
        clip(percent(m->links[end] - m->links[beg], m->bytes[end] - m->bytes[beg]), 0, 100);
    f[BF_WINDOW_WORDS] = clip(m->words[end] - m->words[beg], 0, 2000);
    f[BF_PATH_1B] = i > 0 && m->path_of[i] == m->path_of[i - 1];
    f[BF_PATH_1A] = i + 1 < m->n && m->path_of[i] == m->path_of[i + 1];
    f[BF_PARENT_1B] =
        i > 0 && html_at(m->t, b->node)->parent == html_at(m->t, block(m, i - 1)->node)->parent;
    const path *x = &m->paths[m->path_of[i]];
    f[BF_PATH_BLOCKS] = clip(x->blocks, 0, 200);
    f[BF_PATH_SHARE] = percent(x->words, m->words[m->n]);
    f[BF_PATH_LINK] = clip(percent(x->links, x->bytes), 0, 100);
    f[BF_PATH_STOP] = percent(x->stops, x->blocks);
}

static int16_t roots_relation(const maker *m)
{
    uint32_t x = m->p->root_named, y = m->p->root_scored;
    if (!x || !y)
        return 4;
    return x == y ? 0 : html_inside(m->t, y, x) ? 1 : html_inside(m->t, x, y) ? 2 : 3;
}

static void page_wide(maker *m, int16_t *f)
{
    const ext_page *p = m->p;
    uint32_t root = p->root_scored;
    f[BF_PAGE_ROOT] = percent(root ? html_prose_words(p, root) : 0, p->prose[m->n]);
    f[BF_PAGE_LINK] = clip(percent(m->links[m->n], m->bytes[m->n]), 0, 100);
    f[BF_PAGE_ROOTS] = roots_relation(m);
    f[BF_PAGE_LD] = m->ld.bits != NULL;
}

/* Words between a block and the nearest good one before and behind it. */
static void gaps(maker *m)
{
    int64_t since = 1000;
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->rows[i].gate)
            m->rows[i].f[BF_GAP_BEFORE] = clip(since, 0, 1000);
        since = good(block(m, i)) ? 0 : since + block(m, i)->words;
    }
    since = 1000;
    for (uint32_t i = m->n; i-- > 0;) {
        if (m->rows[i].gate)
            m->rows[i].f[BF_GAP_AFTER] = clip(since, 0, 1000);
        since = good(block(m, i)) ? 0 : since + block(m, i)->words;
    }
}

/* Outside the containers only blocks that look like running text, or are in the JSON-LD body, can be text. */
static bool gate(const maker *m, uint32_t i)
{
    const ext_block *b = block(m, i);
    if (below(m, i, m->p->root_named) >= 0 || below(m, i, m->p->root_scored) >= 0 ||
        html_at(m->t, b->first)->parts & PART_ROOT)
        return true;
    if (m->ld.bits && b->words >= GATE_SHORT && ld_share(m, ext_text(m->p, b)) > GATE_LD)
        return true;
    return b->words >= GATE_WORDS && link_percent(m, i) < GATE_LINK && b->flags & EXT_BF_STOP;
}

ds_status html_features(ext_page *p, block_row **out)
{
    maker m = {.p = p, .t = p->html, .n = p->content};
    DS_TRY(prepare(&m));
    sum_up(&m);
    for (uint32_t i = 0; i < m.n; i++) {
        bool open = gate(&m, i);
        if (open)
            memset(m.rows[i].f, 0, sizeof m.rows[i].f);
        m.rows[i].gate = open;
    }
    gaps(&m);
    int16_t page[BF_COUNT] = {0};
    page_wide(&m, page);
    for (uint32_t i = 0; i < m.n; i++) {
        int16_t *f = m.rows[i].f;
        if (!m.rows[i].gate)
            continue;
        for (int k = BF_PAGE_ROOT; k <= BF_PAGE_LD; k++)
            f[k] = page[k];
        own(&m, i, f);
        around(&m, i, f);
        place(&m, i, f);
        neighbours(&m, i, f);
    }
    *out = m.rows;
    return DS_OK;
}
