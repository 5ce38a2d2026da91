/* SPDX-License-Identifier: Apache-2.0 */
/* classes.c - classes of words that stand in like places, learned from plain text.
 *
 * The exchange algorithm (Kneser and Ney 1993; Martin, Liermann and Ney 1998): word by word, commonest first, each word
 * goes to the class in which the bigram model p(c|c') p(w|c) gives the text the highest likelihood; rounds end when few
 * words move. That likelihood is, but for what no class changes,
 *     sum over pairs of classes of f(N(c, c'))  -  2 * sum over classes of f(N(c)),   f(n) = n log2 n,
 * here in whole 1/65536 bit, so that no sum depends on its order. */
#include <math.h>
#include <stdlib.h>

#include "conllu.h"
#include "language/traits.h"
#include "train.h"

enum {
    CLASSES = 256, /* with the two below */
    EDGE = 0,      /* the class of what stands between two sentences, and that "word" itself */
    RARE = 1, /* the class of all words seen less often than SEEN_LEAST, and what stands for them */
    FIRST = 2, /* of the others */
    SEEN_LEAST = 3,
    WORDS_LEAST = 2, /* to a class: fewer classes for few words */
    ROUNDS_MOST = 20,
    MOVED_LEAST = 200, /* the round is the last in which fewer than one word in so many moves */
    F_TABLE = 1 << 20, /* f below it is looked up */
};

typedef struct word {
    ds_str norm;
    uint32_t count, class;
} word;

typedef struct
    pairs { /* of words that follow each other, by their first: those of word w are at[from[w] .. from[w + 1]) */
    uint32_t *from;
    struct pair {
        uint32_t word, count;
    } * at;
} pairs;

typedef struct model {
    ds_arena *arena;
    ds_map *ids; /* norm -> index in words, while reading */
    DS_VEC(word) words;
    DS_VEC(uint32_t) text;
    pairs next, prev; /* prev: by the second */
    uint32_t classes;
    int64_t *f;
    int64_t size[CLASSES];
    int64_t next_of[CLASSES]
                   [CLASSES]; /* [c][b] = N(b, c): how often a word of c follows one of b */
    int64_t prev_of[CLASSES][CLASSES]; /* [c][b] = N(c, b) */
} model;

/* ---- text ---------------------------------------------------------------------------------------- */

static void take_word(model *m, ds_str form)
{
    ds_feature look;
    uint64_t id;
    ds_feature_of(form, &look);
    ds_str norm = {look.norm, look.len};
    if (ds_map_get(m->ids, norm, &id) != DS_OK) {
        word w = {.norm = ds_arena_str(m->arena, norm)};
        id = m->words.len;
        train_must(w.norm.at && ds_map_put(m->ids, w.norm, id) == DS_OK &&
                   DS_PUSH(m->arena, &m->words, w) == DS_OK);
    }
    m->words.at[id].count++;
    train_must(DS_PUSH(m->arena, &m->text, (uint32_t)id) == DS_OK);
}

static void take_edge(model *m)
{
    m->words.at[EDGE].count++;
    train_must(DS_PUSH(m->arena, &m->text, EDGE) == DS_OK);
}

/* A sentence a line, words parted by spaces. */
static void take_plain(model *m, ds_str line)
{
    for (size_t i = 0, beg = 0; i <= line.len; i++)
        if (i == line.len || line.at[i] == ' ') {
            if (i > beg)
                take_word(m, ds_str_cut(line, beg, i));
            beg = i + 1;
        }
    take_edge(m);
}

static void take_rows(model *m, ds_str text)
{
    conllu_row row;
    for (size_t at = 0; conllu_next(text, &at, &row);) {
        if (row.kind == CONLLU_WORD)
            take_word(m, row.column[CONLLU_FORM]);
        if (row.kind == CONLLU_END)
            take_edge(m);
    }
}

static void take_lines(model *m, ds_str text)
{
    for (size_t i = 0, beg = 0; i < text.len; i++)
        if (text.at[i] == '\n') {
            take_plain(m, ds_str_cut(text, beg, i));
            beg = i + 1;
        }
}

static bool take_file(model *m, const char *path)
{
    ds_str text = train_slurp(m->arena, path);
    bool rows = ds_str_ends(ds_str_of(path), DS_STR(".conllu"));
    (rows ? take_rows : take_lines)(m, text);
    if (!text.at)
        fprintf(stderr, "train: %s: cannot be read\n", path);
    return text.at;
}

/* ---- vocabulary, and who follows whom ------------------------------------------------------------ */

static int by_count(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return ds_str_cmp(x->norm, y->norm);
}

/* Words in order of their count, rare ones cut off, the text renumbered. */
static void order(model *m)
{
    uint32_t *to = ds_arena_calloc(m->arena, m->words.len, sizeof *to);
    size_t kept = FIRST;
    train_must(to);
    qsort(m->words.at + FIRST, m->words.len - FIRST, sizeof *m->words.at, by_count);
    for (size_t i = 0; i < m->words.len; i++) {
        uint64_t id = i;
        if (i >= FIRST)
            train_must(ds_map_get(m->ids, m->words.at[i].norm, &id) == DS_OK);
        bool rare = i >= FIRST && m->words.at[i].count < SEEN_LEAST;
        to[id] = rare ? RARE : (uint32_t)i;
        kept = rare ? kept : i + 1;
        m->words.at[RARE].count += rare ? m->words.at[i].count : 0;
    }
    m->words.len = kept;
    for (size_t i = 0; i < m->text.len; i++)
        m->text.at[i] = to[m->text.at[i]];
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* step 1: followers; -1: forerunners. */
static pairs pairs_of(model *m, ptrdiff_t step)
{
    size_t n = m->text.len - 1, len = 0;
    uint64_t *all = ds_arena_calloc(m->arena, n, sizeof *all);
    pairs p = {ds_arena_calloc(m->arena, m->words.len + 1, sizeof *p.from),
               ds_arena_calloc(m->arena, n, sizeof *p.at)};
    train_must(all && p.from && p.at);
    for (size_t i = 0; i < n; i++) {
        uint32_t a = m->text.at[i], b = m->text.at[i + 1];
        all[i] = step > 0 ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    }
    qsort(all, n, sizeof *all, by_number);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || all[i] != all[i - 1]) {
            p.at[len++] = (struct pair){(uint32_t)all[i], 0};
            p.from[(all[i] >> 32) + 1] = (uint32_t)len;
        }
        p.at[len - 1].count++;
    }
    for (size_t w = 1; w <= m->words.len; w++) /* words without any */
        p.from[w] = p.from[w] ? p.from[w] : p.from[w - 1];
    return p;
}

/* ---- the exchange -------------------------------------------------------------------------------- */

static int64_t f_exact(int64_t n)
{
    return n ? llround((double)n * log2((double)n) * 65536) : 0;
}

static inline int64_t f(const model *m, int64_t n)
{
    return n < F_TABLE ? m->f[n] : f_exact(n);
}

typedef struct
    sides { /* of one word: how often words of each class follow it and go before it, without itself */
    int64_t next[CLASSES], prev[CLASSES], self;
} sides;

static void sides_of(const model *m, uint32_t w, sides *out)
{
    memset(out, 0, sizeof *out);
    for (uint32_t i = m->next.from[w]; i < m->next.from[w + 1]; i++) {
        const struct pair *p = &m->next.at[i];
        if (p->word == w)
            out->self = p->count;
        else
            out->next[m->words.at[p->word].class] += p->count;
    }
    for (uint32_t i = m->prev.from[w]; i < m->prev.from[w + 1]; i++)
        if (m->prev.at[i].word != w)
            out->prev[m->words.at[m->prev.at[i].word].class] += m->prev.at[i].count;
}

/* Puts a word into class c (sign 1) or takes it out (-1). */
static void shift(model *m, const sides *s, uint32_t count, uint32_t c, int sign)
{
    for (uint32_t k = 0; k < CLASSES; k++) {
        m->next_of[k][c] += sign * s->next[k];
        m->prev_of[c][k] += sign * s->next[k];
        m->prev_of[k][c] += sign * s->prev[k];
        m->next_of[c][k] += sign * s->prev[k];
    }
    m->next_of[c][c] += sign * s->self;
    m->prev_of[c][c] += sign * s->self;
    m->size[c] += sign * (int64_t)count;
}

static void add_gains(const model *m, const int64_t row[CLASSES], int64_t n, int64_t gain[CLASSES])
{
    for (uint32_t b = 0; b < CLASSES; b++)
        gain[b] += f(m, row[b] + n) - f(m, row[b]);
}

/* What the likelihood would gain by each class, of a word that is in none. */
static void gains_of(const model *m, const sides *s, uint32_t count, int64_t gain[CLASSES])
{
    memset(gain, 0, CLASSES * sizeof *gain);
    for (uint32_t c = 0; c < CLASSES; c++) {
        if (s->next[c])
            add_gains(m, m->next_of[c], s->next[c], gain);
        if (s->prev[c])
            add_gains(m, m->prev_of[c], s->prev[c], gain);
    }
    for (uint32_t b = 0; b < CLASSES; b++) {
        int64_t n = m->next_of[b][b], r = s->next[b], l = s->prev[b];
        gain[b] += f(m, n + r + l + s->self) + f(m, n) - f(m, n + r) - f(m, n + l);
        gain[b] -= 2 * (f(m, m->size[b] + count) - f(m, m->size[b]));
    }
}

static bool move_word(model *m, uint32_t w)
{
    sides s;
    int64_t gain[CLASSES];
    word *it = &m->words.at[w];
    uint32_t best = it->class;
    sides_of(m, w, &s);
    shift(m, &s, it->count, it->class, -1);
    gains_of(m, &s, it->count, gain);
    for (uint32_t b = FIRST; b < m->classes; b++)
        if (gain[b] > gain[best])
            best = b;
    bool moved = best != it->class;
    it->class = best;
    shift(m, &s, it->count, best, 1);
    return moved;
}

static double bits(const model *m)
{
    int64_t sum = 0;
    for (uint32_t a = 0; a < CLASSES; a++) {
        sum -= 2 * f(m, m->size[a]);
        for (uint32_t b = 0; b < CLASSES; b++)
            sum += f(m, m->prev_of[a][b]);
    }
    return (double)sum / 65536 / (double)m->text.len;
}

static void start(model *m)
{
    size_t classes = FIRST + 1 + (m->words.len - FIRST) / WORDS_LEAST;
    m->classes = classes < CLASSES ? (uint32_t)classes : CLASSES;
    m->f = ds_arena_calloc(m->arena, F_TABLE, sizeof *m->f);
    train_must(m->f);
    for (int64_t n = 0; n < F_TABLE; n++)
        m->f[n] = f_exact(n);
    for (uint32_t w = 0; w < m->words.len; w++) {
        m->words.at[w].class = w < FIRST ? w : FIRST + (w - FIRST) % (m->classes - FIRST);
        m->size[m->words.at[w].class] += m->words.at[w].count;
    }
    for (size_t i = 0; i + 1 < m->text.len; i++) {
        uint32_t a = m->words.at[m->text.at[i]].class, b = m->words.at[m->text.at[i + 1]].class;
        m->next_of[b][a]++;
        m->prev_of[a][b]++;
    }
}

static void exchange(model *m)
{
    start(m);
    for (int round = 1; round <= ROUNDS_MOST; round++) {
        size_t moved = 0;
        for (uint32_t w = FIRST; w < m->words.len; w++)
            moved += move_word(m, w);
        fprintf(stderr, "train: classes: round %d: %zu of %zu words moved, %.5f\n", round, moved,
                m->words.len - FIRST, bits(m));
        if (moved * MOVED_LEAST < m->words.len)
            return;
    }
}

static int by_norm(const void *a, const void *b)
{
    return ds_str_cmp(((const word *)a)->norm, ((const word *)b)->norm);
}

int train_classes(const char *to, char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    model *m = a ? ds_arena_alloc(a, sizeof *m) : NULL;
    train_must(m);
    m->arena = a;
    m->ids = ds_map_new(a, 0);
    train_must(m->ids && DS_PUSH(a, &m->words, (word){0}) == DS_OK &&
               DS_PUSH(a, &m->words, (word){0}) == DS_OK);
    take_edge(m);
    for (int i = 0; i < args_n; i++)
        if (!take_file(m, args[i]))
            return 1;
    order(m);
    m->next = pairs_of(m, 1);
    m->prev = pairs_of(m, -1);
    exchange(m);
    FILE *out = fopen(to, "w");
    qsort(m->words.at + FIRST, m->words.len - FIRST, sizeof *m->words.at, by_norm);
    for (size_t i = FIRST; out && i < m->words.len; i++)
        fprintf(out, "%.*s\t%u\n", DS_FMT(m->words.at[i].norm), m->words.at[i].class - FIRST);
    if (out && fclose(out) == 0)
        return 0;
    fprintf(stderr, "train: %s: cannot be written\n", to);
    return 1;
}
