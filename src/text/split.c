/* SPDX-License-Identifier: Apache-2.0 */
/* split.c - features of a place between two tokens, and their sum. */
#include "text/split.h"

#include "text/internal.h"

#include <unicode/uchar.h>

/* Tokens of the longest dateline. */
enum { DATELINE_MAX = 15 };

/* What kind of token; in the features with GLUED where no blank stands before it. */
typedef enum kind {
    NOTHING, /* before and behind the block */
    LOWER,
    CAPITAL,
    CAPITALS,
    INITIAL, /* one capital letter */
    MIXED,   /* letters and digits, capitals inside */
    NUMBER,
    YEAR,      /* four digits */
    TIME,      /* 10:30 */
    DATE,      /* 1/28/25 */
    SHORTENED, /* ends in a stop */
    ADDRESS,
    STOP,
    CRY, /* ! ? */
    DOTS,
    COMMA,
    COLON,
    SEMICOLON,
    DASH,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    OPEN_QUOTE,
    CLOSE_QUOTE,
    QUOTE,
    LESS,
    MORE,
    LINE, /* * = _ ~ + # | */
    SLASH,
    MONEY,
    SYMBOL,
    OTHER,
    KINDS,
    GLUED = 32,
} kind;

static kind kind_of_mark(const ds_splitter *s, const ds_token *t)
{
    uint32_t c = ds_cp_at(s->text, t->span.beg, NULL);
    if (t->quote) {
        const ds_quotation *q = &s->quotes->at[t->quote - 1];
        if (q->open.beg == t->span.beg)
            return OPEN_QUOTE;
        if (q->close.beg == t->span.beg && q->close.end > q->close.beg)
            return CLOSE_QUOTE;
    }
    if (c == '.')
        return ds_span_len(t->span) > 1 ? DOTS : STOP;
    static const char marks[] = "!?,:;()[]{}\"'`<>*=_~+#|/\\$-";
    static const uint8_t kinds[] = {
        CRY,           CRY,          COMMA,         COLON,        SEMICOLON,     OPEN_BRACKET,
        CLOSE_BRACKET, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACKET, CLOSE_BRACKET, QUOTE,
        QUOTE,         QUOTE,        LESS,          MORE,         LINE,          LINE,
        LINE,          LINE,         LINE,          LINE,         LINE,          SLASH,
        SLASH,         MONEY,        DASH};
    const char *at = c < 0x80 && c ? strchr(marks, (int)c) : NULL;
    if (at)
        return kinds[at - marks];
    if (c == 0x2026)
        return DOTS;
    if (c >= 0x2012 && c <= 0x2015)
        return DASH;
    if (c >= 0x2018 && c <= 0x201F)
        return QUOTE;
    if (c >= 0x80 && u_hasBinaryProperty((UChar32)c, UCHAR_S_TERM))
        return STOP;
    return t->kind == DS_TOK_SYMBOL ? SYMBOL : OTHER;
}

static kind kind_of_word(const ds_splitter *s, const ds_token *t)
{
    ds_str w = ds_str_at(s->text, t->span);
    bool digits = false, inner = false;
    for (size_t i = 0; i < w.len; i++) {
        char b = w.at[i];
        if (b == '@' || b == '/')
            return ADDRESS;
        digits = digits || (b >= '0' && b <= '9');
        inner =
            inner || (i > 0 && b >= 'A' && b <= 'Z' && w.at[i - 1] != '-' && w.at[i - 1] != '\'');
    }
    if (ds_str_ends(w, DS_STR(".")))
        return SHORTENED;
    if (digits)
        return MIXED;
    if (t->flags & DS_TF_ALLCAP)
        return CAPITALS;
    if (inner)
        return MIXED;
    if (t->flags & DS_TF_CAP)
        return w.len == 1 ? INITIAL : CAPITAL;
    return LOWER;
}

static kind kind_of_number(const ds_splitter *s, const ds_token *t)
{
    ds_str w = ds_str_at(s->text, t->span);
    for (size_t i = 0; i < w.len; i++)
        if (w.at[i] == ':' || w.at[i] == '/')
            return w.at[i] == ':' ? TIME : DATE;
    return w.len == 4 && (w.at[0] == '1' || w.at[0] == '2') && w.at[1] != '.' ? YEAR : NUMBER;
}

static kind kind_of(const ds_splitter *s, const ds_token *t)
{
    if (t->kind == DS_TOK_NUMBER)
        return kind_of_number(s, t);
    return t->kind == DS_TOK_WORD ? kind_of_word(s, t) : kind_of_mark(s, t);
}

static bool is_stop(uint32_t k)
{
    return k == STOP || k == CRY || k == DOTS;
}

/* ---- a block ---------------------------------------------------------------------------------------------------- */

static ds_status make_room(ds_splitter *s, uint32_t n)
{
    if (n <= s->around_cap)
        return DS_OK;
    ds_around *at = ds_arena_raw(s->arena, ((size_t)n + n / 2) * sizeof *at);
    if (!at)
        return DS_NOMEM;
    s->around = at;
    s->around_cap = n + n / 2;
    return DS_OK;
}

ds_status ds_split_block(ds_splitter *s, uint32_t tok, uint32_t tok_end)
{
    uint32_t n = tok_end - tok, lower = 0, upper = 0;
    DS_TRY(make_room(s, n));
    for (uint32_t i = 0; i < n; i++) {
        const ds_token *t = &s->toks->at[tok + i];
        kind k = kind_of(s, t);
        bool behind = i > 0 && t->flags & DS_TF_SPACE && is_stop(s->around[i - 1].kind % GLUED);
        lower += behind && k == LOWER;
        upper += behind && (k == CAPITAL || k == INITIAL || k == CAPITALS);
        s->around[i] =
            (ds_around){(uint8_t)(k | (t->flags & DS_TF_SPACE ? 0 : GLUED)), 0, lower, upper};
    }
    uint8_t far = 255;
    for (uint32_t i = n; i-- > 0;) {
        s->around[i].to_stop = far;
        far = is_stop(s->around[i].kind % GLUED) ? 0 : far < 255 ? far + 1 : 255;
    }
    s->first = tok;
    s->last = tok_end;
    return DS_OK;
}

static kind at(const ds_splitter *s, int64_t i)
{
    return i < s->first || i >= s->last ? NOTHING : (kind)s->around[i - s->first].kind;
}

/* "OSTERBY, Norland (HP) -": what a news report begins with. */
static bool ends_dateline(const ds_splitter *s, uint32_t beg, uint32_t i)
{
    return beg == s->first && i - beg < DATELINE_MAX && at(s, beg) == CAPITALS &&
           at(s, i) % GLUED == DASH;
}

/* Between words in lower case, before marks that close or part, nothing ends; behind abbreviations the rules know best. */
bool ds_split_candidate(const ds_splitter *s, uint32_t beg, uint32_t i)
{
    kind before = at(s, i) % GLUED, next = at(s, i + 1);
    if (next & GLUED || next == CLOSE_BRACKET || next == CLOSE_QUOTE || next == COMMA ||
        next == STOP)
        return false;
    if (before == OPEN_BRACKET || before == OPEN_QUOTE)
        return false;
    if (before == SHORTENED || ends_dateline(s, beg, i))
        return false;
    if (next == LOWER)
        return !((before >= LOWER && before <= DATE) || before == COMMA || before == CLOSE_QUOTE);
    return true;
}

/* ---- features ------------------------------------------------------------------------------------------------------ */

static uint32_t bucket(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 13 ? 7 : n < 20 ? 8 : n < 35 ? 9 : n < 60 ? 10 : 11;
}

static uint32_t hash_at(const ds_splitter *s, int64_t i)
{
    return i < s->first || i >= s->last ? 0 : s->toks->at[i].hash;
}

static void add(ds_split_place *p, uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ (p->n + 1) * 0x9E3779B1u) * 0x85EBCA6Bu;
    h = (h ^ h >> 15 ^ b) * 0xC2B2AE35u;
    h = (h ^ h >> 13) * 0x27D4EB2Fu;
    p->feature[p->n++] = h >> (32 - DS_SPLIT_BITS);
}

/* How sentences begin around here: 0 with capitals, 3 in lower case, 4 not known. */
static uint32_t habit(const ds_splitter *s, uint32_t i)
{
    enum { REACH = 150 };
    uint32_t n = s->last - s->first, k = i - s->first;
    const ds_around *lo = &s->around[k > REACH ? k - REACH : 0],
                    *hi = &s->around[k + REACH < n ? k + REACH : n - 1];
    const ds_around *here = &s->around[k], *next = &s->around[k + 1 < n ? k + 1 : k];
    uint32_t lower = hi->lower - lo->lower - (next->lower - here->lower);
    uint32_t upper = hi->upper - lo->upper - (next->upper - here->upper);
    return lower + upper == 0  ? 4
           : lower == 0        ? 0
           : lower * 3 < upper ? 1
           : lower < upper * 3 ? 2
                               : 3;
}

static uint32_t capitals(const ds_splitter *s, uint32_t i)
{
    uint32_t n = 0;
    for (int64_t k = (int64_t)i - 2; k <= (int64_t)i + 3; k++) {
        kind x = at(s, k) % GLUED;
        n += x == CAPITAL || x == CAPITALS || x == INITIAL;
    }
    return n;
}

/* How a word is usually written: 0 not known, 1 in lower case, 2 either, 3 with a capital. */
static uint32_t usual(const ds_splitter *s, uint32_t hash)
{
    const uint8_t *bits = s->model->usual;
    return bits ? bits[hash % DS_SPLIT_USUAL / 4] >> hash % 4 * 2 & 3 : 0;
}

/* The kinds of tokens around a place, p before it, n behind it, and both next to it in one number. */
typedef struct around {
    uint32_t p4, p3, p2, p1, n1, n2, n3;
    uint32_t pair, triple;
} around;

/* The words of a place, by the hash of their norms: h before it, g behind it, b the sentence's first. */
static void add_words(const ds_splitter *s, uint32_t beg, uint32_t i, const around *x,
                      ds_split_place *p)
{
    uint32_t h1 = hash_at(s, i), h2 = hash_at(s, (int64_t)i - 1), b = hash_at(s, beg);
    uint32_t g1 = hash_at(s, (int64_t)i + 1), g2 = hash_at(s, (int64_t)i + 2);
    uint32_t uh1 = usual(s, h1), uh2 = usual(s, h2), ug1 = usual(s, g1), ug2 = usual(s, g2);
    bool again = b == g1, as_before = hash_at(s, s->before) == g1;
    add(p, h1, x->n1);
    add(p, g1, x->p1);
    add(p, g1, x->p1 << 6 | x->p2);
    add(p, g1, g2);
    add(p, g2, x->pair);
    add(p, b, x->pair);
    add(p, (uint32_t)again << 1 | as_before, x->pair);
    add(p, h1, h2);
    add(p, uh1 << 2 | ug1, x->pair);
    add(p, ug2 << 2 | ug1, x->pair << 6 | x->n2);
    add(p, uh2 << 4 | uh1 << 2 | ug1, x->triple);
    add(p, p->rule, ug1 << 12 | x->pair);
}

static void add_kinds(const around *x, ds_split_place *p)
{
    add(p, x->pair, 0);
    add(p, x->triple, 0);
    add(p, x->pair << 6 | x->n2, 0);
    add(p, x->triple << 6 | x->n2, 0);
    add(p, x->p3 << 18 | x->triple, 0);
    add(p, x->p4 << 18 | x->p3 << 12 | x->p2 << 6 | x->p1, x->n1);
    add(p, x->pair << 12 | x->n2 << 6 | x->n3, 0);
    add(p, p->rule, x->pair);
    add(p, p->rule, x->triple << 6 | x->n2);
}

/* How long the sentence is so far, how it began, how others begin. */
static void add_sentence(const ds_splitter *s, uint32_t beg, uint32_t i, const around *x,
                         ds_split_place *p)
{
    uint32_t so_far = bucket(i + 1 - beg), to_stop = bucket(s->around[i - s->first].to_stop);
    uint32_t lower = 0;
    for (uint32_t k = beg; k <= i && lower < 4; k++)
        lower += at(s, k) == LOWER;
    add(p, so_far, x->pair);
    add(p, bucket(s->last - i - 1), x->pair);
    add(p, habit(s, i), x->pair);
    add(p, at(s, (int64_t)s->last - 1), x->pair);
    add(p, at(s, beg), x->n1 << 6 | x->p1);
    add(p, capitals(s, i), x->pair);
    add(p, so_far, to_stop);
    add(p, p->rule, habit(s, i) << 8 | x->p1);
    add(p, lower, x->pair);
    add(p, at(s, (int64_t)beg - 1), x->pair);
    add(p, at(s, (int64_t)beg - 1) << 4 | so_far, x->pair);
}

static bool is_word(uint32_t k)
{
    return k % GLUED >= LOWER && k % GLUED <= ADDRESS;
}

/* A block that ends in a stop, and what closes behind it, is a paragraph of whole sentences. */
static bool is_prose(const ds_splitter *s)
{
    uint32_t last = at(s, (int64_t)s->last - 1) % GLUED,
             before = at(s, (int64_t)s->last - 2) % GLUED;
    bool closes = last == CLOSE_BRACKET || last == CLOSE_QUOTE || last == QUOTE;
    return is_stop(closes ? before : last);
}

void ds_split_describe(const ds_splitter *s, uint32_t beg, uint32_t i, ds_split_place *p)
{
    int64_t k = i;
    around x = {at(s, k - 3), at(s, k - 2), at(s, k - 1), at(s, k),
                at(s, k + 1), at(s, k + 2), at(s, k + 3)};
    x.pair = x.p1 << 6 | x.n1;
    x.triple = x.p2 << 12 | x.pair;
    p->between = !(is_word(x.p1) && is_word(x.n1)) ? DS_SPLIT_MARKED
                 : is_prose(s)                     ? DS_SPLIT_PROSE
                                                   : DS_SPLIT_WORDS;
    p->n = 0;
    add_kinds(&x, p);
    add_words(s, beg, i, &x, p);
    add_sentence(s, beg, i, &x, p);
}

/* ---- the model ---------------------------------------------------------------------------------------------------- */

ds_status ds_split_open(ds_str section, ds_split_model *out, ds_err *err)
{
    ds_split_model m = {0};
    if (section.len != sizeof m.head + ((size_t)2 << DS_SPLIT_BITS) + DS_SPLIT_USUAL / 4)
        return ds_fail(err, DS_BAD, "section split has another length", 0);
    memcpy(&m.head, section.at, sizeof m.head);
    if (m.head.bits != DS_SPLIT_BITS)
        return ds_fail(err, DS_BAD, "section split has another number of weights", 0);
    m.usual = (const uint8_t *)section.at + sizeof m.head;
    m.weights = (const int16_t *)(const void *)(section.at + sizeof m.head + DS_SPLIT_USUAL / 4);
    *out = m;
    return DS_OK;
}

bool ds_split_ends(const ds_split_model *m, const ds_split_place *p)
{
    int32_t sum = m->head.bias;
    for (uint32_t k = 0; k < p->n; k++)
        sum += m->weights[p->feature[k]];
    if (p->rule)
        return sum > -m->head.against;
    return sum > m->head.margin[p->between];
}
