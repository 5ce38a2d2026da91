/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIGN 64

typedef float v16 __attribute__((vector_size(64), aligned(64)));
typedef int32_t i16 __attribute__((vector_size(64), aligned(64)));

/* ---- chance ---------------------------------------------------------------------------------------- */

typedef struct chance {
    uint64_t s;
} chance;

static uint64_t chance_next(chance *c) /* splitmix64 */
{
    uint64_t z = c->s += 0x9E3779B97F4A7C15ull;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

static float chance_unit(chance *c)
{
    return (float)(chance_next(c) >> 40) * 0x1p-24f;
}

/* ---- weights ------------------------------------------------------------------------------------------ */

static float *floats(size_t n)
{
    size_t bytes = (n * sizeof(float) + ALIGN - 1) / ALIGN * ALIGN + ALIGN;
    float *p = aligned_alloc(ALIGN, bytes);
    if (!p)
        abort();
    memset(p, 0, bytes);
    return p;
}

static size_t take(size_t *at, size_t n)
{
    size_t here = *at;
    *at += (n + 15) / 16 * 16;
    return here;
}

net_layout net_layout_of(const net_size *s)
{
    net_layout l;
    size_t at = 0;
    uint32_t width = s->in;
    for (int i = 0; i < 2; i++) {
        uint32_t h = i ? s->h2 : s->h1;
        l.lstm[i].in = take(&at, (size_t)width * 8 * h);
        l.lstm[i].bias = take(&at, 8 * (size_t)h);
        for (int d = 0; d < 2; d++)
            l.lstm[i].back[d] = take(&at, (size_t)h * 4 * h);
        width = 2 * h;
    }
    l.tag = take(&at, 2 * (size_t)s->h1 * s->tags);
    l.tag_bias = take(&at, s->tags);
    l.side = take(&at, 2 * (size_t)s->h2 * 2 * (s->arc + s->rel));
    l.side_bias = take(&at, 2 * ((size_t)s->arc + s->rel));
    l.root = take(&at, s->arc);
    l.root_rel = take(&at, s->rel);
    l.arc = take(&at, (size_t)s->arc * s->arc);
    l.head_bias = take(&at, s->arc);
    l.distance = take(&at, DISTANCES + 8);
    l.label = take(&at, (size_t)s->rel * s->rels);
    l.label_bias = take(&at, s->rels);
    l.len = at;
    return l;
}

static void fill(chance *c, float *w, size_t n, size_t in, size_t out)
{
    float most = sqrtf(6.0f / (float)(in + out));
    for (size_t i = 0; i < n; i++)
        w[i] = (2 * chance_unit(c) - 1) * most;
}

void net_init(net *n, const net_size *s, uint64_t seed)
{
    chance c = {seed};
    *n = (net){.size = *s, .at = net_layout_of(s)};
    n->dense = floats(n->at.len);
    n->flipped = floats(n->at.len);
    n->rows = floats((size_t)s->rows * s->in);
    uint32_t width = s->in;
    for (int i = 0; i < 2; i++) {
        uint32_t h = i ? s->h2 : s->h1;
        fill(&c, n->dense + n->at.lstm[i].in, (size_t)width * 8 * h, width, 4 * (size_t)h);
        for (int d = 0; d < 2; d++) {
            fill(&c, n->dense + n->at.lstm[i].back[d], (size_t)h * 4 * h, h, 4 * (size_t)h);
            float *bias = n->dense + n->at.lstm[i].bias + (size_t)d * 4 * h;
            for (uint32_t k = 0; k < h; k++)
                bias[h + k] = 1; /* remember, at first */
        }
        width = 2 * h;
    }
    size_t sides = 2 * ((size_t)s->arc + s->rel);
    fill(&c, n->dense + n->at.tag, 2 * (size_t)s->h1 * s->tags, 2 * (size_t)s->h1, s->tags);
    fill(&c, n->dense + n->at.side, 2 * (size_t)s->h2 * sides, 2 * (size_t)s->h2, s->arc);
    fill(&c, n->dense + n->at.root, s->arc, s->arc, s->arc);
    fill(&c, n->dense + n->at.root_rel, s->rel, s->rel, s->rel);
    fill(&c, n->dense + n->at.arc, (size_t)s->arc * s->arc, s->arc, s->arc);
    fill(&c, n->dense + n->at.label, (size_t)s->rel * s->rels, s->rel, s->rels);
    for (size_t i = s->in; i < (size_t)s->rows * s->in; i++)
        n->rows[i] = (2 * chance_unit(&c) - 1) * 0.1f;
    net_flip(n);
}

net net_copy(const net *n)
{
    size_t rows = (size_t)n->size.rows * n->size.in;
    net copy = {.size = n->size,
                .at = n->at,
                .dense = floats(n->at.len),
                .flipped = floats(n->at.len),
                .rows = floats(rows)};
    memcpy(copy.dense, n->dense, n->at.len * sizeof *copy.dense);
    memcpy(copy.rows, n->rows, rows * sizeof *copy.rows);
    net_flip(&copy);
    return copy;
}

void net_free(net *n)
{
    free(n->dense);
    free(n->flipped);
    free(n->rows);
    *n = (net){0};
}

static void flip(const net *n, size_t at, size_t rows, size_t columns)
{
    const float *from = n->dense + at;
    float *to = n->flipped + at;
    for (size_t i = 0; i < rows; i += 16)
        for (size_t j = 0; j < columns; j++)
            for (size_t k = i; k < i + 16; k++)
                to[j * rows + k] = from[k * columns + j];
}

void net_flip(net *n)
{
    const net_size *s = &n->size;
    uint32_t width = s->in;
    for (int i = 0; i < 2; i++) {
        uint32_t h = i ? s->h2 : s->h1;
        flip(n, n->at.lstm[i].in, width, 8 * (size_t)h);
        for (int d = 0; d < 2; d++)
            flip(n, n->at.lstm[i].back[d], h, 4 * (size_t)h);
        width = 2 * h;
    }
    flip(n, n->at.tag, 2 * (size_t)s->h1, s->tags);
    flip(n, n->at.side, 2 * (size_t)s->h2, 2 * ((size_t)s->arc + s->rel));
    flip(n, n->at.arc, s->arc, s->arc);
    flip(n, n->at.label, s->rel, s->rels);
}

/* ---- room ---------------------------------------------------------------------------------------------- */

typedef struct layer_work {
    float *gate, *cell, *squashed, *out; /* [T][8h] after the curves, [T][2h] each */
    float *d_gate, *d_out, *before,
        *keep; /* gradients; [T][2h] outputs of the step before; dropout */
} layer_work;

struct net_work {
    size_t room, room_squares;
    size_t words, steps, sentences;
    const net_sentence *const *sentence;
    size_t *off; /* first word of each step; steps + 1 of them */
    const net_word **word;
    float *in, *d_in, *keep_in;
    layer_work layer[2];
    float *used1, *used2; /* outputs of the layers after dropout */
    float *d_used1, *d_used2;
    float *tag, *d_tag;
    float *side, *d_side, *keep_side;
    float *arc, *d_arc;       /* [T][arc] word's side times the matrix */
    float *square, *d_square; /* scores of sentence k from square_at[k]: [len][len + 1] */
    size_t *square_at;
    float *list, *d_list, *list2,
        *d_list2; /* sides of one sentence in order, [SENTENCE_MOST + 16][arc] */
    float *label_in, *d_label_in, *label, *d_label;
    uint32_t *keep_arc;
};

net_work *net_work_new(void)
{
    net_work *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    return w;
}

static void free_room(net_work *w)
{
    float **all[] = {&w->in,         &w->d_in,      &w->keep_in, &w->used1,  &w->used2,
                     &w->d_used1,    &w->d_used2,   &w->tag,     &w->d_tag,  &w->side,
                     &w->d_side,     &w->keep_side, &w->arc,     &w->d_arc,  &w->label_in,
                     &w->d_label_in, &w->label,     &w->d_label, &w->square, &w->d_square,
                     &w->list,       &w->d_list,    &w->list2,   &w->d_list2};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(*all[i]);
        *all[i] = NULL;
    }
    for (int l = 0; l < 2; l++) {
        layer_work *y = &w->layer[l];
        float **part[] = {&y->gate,   &y->cell,  &y->squashed, &y->out,
                          &y->d_gate, &y->d_out, &y->before,   &y->keep};
        for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
            free(*part[i]);
            *part[i] = NULL;
        }
    }
    free(w->off);
    free(w->word);
    free(w->square_at);
    w->off = NULL;
    w->word = NULL;
    w->square_at = NULL;
}

void net_work_free(net_work *w)
{
    if (w)
        free_room(w);
    free(w);
}

static void make_room(const net *n, net_work *w, size_t words, size_t squares, size_t sentences)
{
    const net_size *s = &n->size;
    size_t sides = 2 * ((size_t)s->arc + s->rel);
    if (words <= w->room && squares <= w->room_squares)
        return;
    free_room(w);
    w->room = words + words / 4 + 64;
    w->room_squares = squares + squares / 4 + 64;
    size_t t = w->room;
    w->in = floats(t * s->in), w->d_in = floats(t * s->in), w->keep_in = floats(t * s->in);
    for (int l = 0; l < 2; l++) {
        size_t h = l ? s->h2 : s->h1;
        layer_work *y = &w->layer[l];
        y->gate = floats(t * 8 * h), y->d_gate = floats(t * 8 * h);
        y->cell = floats(t * 2 * h), y->squashed = floats(t * 2 * h), y->out = floats(t * 2 * h);
        y->d_out = floats(t * 2 * h), y->before = floats(t * 2 * h), y->keep = floats(t * 2 * h);
    }
    w->used1 = floats(t * 2 * s->h1), w->d_used1 = floats(t * 2 * s->h1);
    w->used2 = floats(t * 2 * s->h2), w->d_used2 = floats(t * 2 * s->h2);
    w->tag = floats(t * s->tags), w->d_tag = floats(t * s->tags);
    w->side = floats(t * sides), w->d_side = floats(t * sides), w->keep_side = floats(t * sides);
    w->arc = floats(t * s->arc), w->d_arc = floats(t * s->arc);
    w->label_in = floats(t * s->rel), w->d_label_in = floats(t * s->rel);
    w->label = floats(t * s->rels), w->d_label = floats(t * s->rels);
    w->square = floats(w->room_squares), w->d_square = floats(w->room_squares);
    size_t list =
        (SENTENCE_MOST + 32) * (size_t)(s->arc > SENTENCE_MOST + 32 ? s->arc : SENTENCE_MOST + 32);
    w->list = floats(list), w->d_list = floats(list);
    w->list2 = floats(list), w->d_list2 = floats(list);
    w->off = calloc(SENTENCE_MOST + 2, sizeof *w->off);
    w->word = calloc(t, sizeof *w->word);
    w->square_at = calloc(sentences + words + 1, sizeof *w->square_at);
    if (!w->off || !w->word || !w->square_at)
        abort();
}

/* A row of scores takes this many floats: the words, the root, up to a multiple of 16. */
static size_t square_row(size_t len)
{
    return (len + 1 + 15) / 16 * 16;
}

static void pack(const net *n, net_work *w, const net_sentence *const *s, size_t s_len)
{
    size_t words = 0, squares = 0, t = 0;
    for (size_t k = 0; k < s_len; k++) {
        words += s[k]->len;
        squares += s[k]->len * square_row(s[k]->len);
    }
    make_room(n, w, words, squares, s_len);
    w->sentences = s_len, w->sentence = s;
    w->steps = s_len ? s[0]->len : 0;
    for (size_t step = 0; step < w->steps; step++) {
        w->off[step] = t;
        for (size_t k = 0; k < s_len && s[k]->len > step; k++)
            w->word[t++] = &s[k]->words[step];
    }
    w->off[w->steps] = w->words = t;
    for (size_t k = 0, at = 0; k < s_len; k++) {
        w->square_at[k] = at;
        at += s[k]->len * square_row(s[k]->len);
    }
}

/* ---- dropout: one mask a sentence ------------------------------------------------------------------------ */

static void mask(net_work *w, float *keep, size_t width, float drop, chance *c)
{
    for (size_t t = 0; t < w->off[1]; t++)
        for (size_t i = 0; i < width; i++)
            keep[t * width + i] = chance_unit(c) < drop ? 0 : 1 / (1 - drop);
    for (size_t step = 1; step < w->steps; step++)
        memcpy(keep + w->off[step] * width, keep,
               (w->off[step + 1] - w->off[step]) * width * sizeof *keep);
}

static void times(float *to, const float *x, const float *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = x[i] * y[i];
}

/* ---- curves ------------------------------------------------------------------------------------------------ */

static v16 vmax(v16 a, v16 b)
{
    i16 m = a > b;
    return (v16)(((i16)a & m) | ((i16)b & ~m));
}

static v16 all_of(float x)
{
    return x - (v16){0};
}

static v16 vabs(v16 a)
{
    return (v16)((i16)a & 0x7FFFFFFF);
}

/* 1/2 (1 - |x|/4)^2 mirrored: near the logistic function, flat outside [-4, 4]. */
static v16 gate_of(v16 x)
{
    v16 z = vmax(1 - vabs(x) * 0.25f, all_of(0)), y = z * z * 0.5f;
    i16 up = x > 0;
    return (v16)(((i16)(1 - y) & up) | ((i16)y & ~up));
}

/* Its slope, from its value: 1/4 (1 - |x|/4) = 1/4 sqrt(2 y). */
static v16 gate_slope(v16 y)
{
    i16 up = y > 0.5f;
    v16 r, m = (v16)(((i16)(1 - y) & up) | ((i16)y & ~up));
    for (int i = 0; i < 16; i++)
        r[i] = sqrtf(2 * m[i]);
    return r * 0.25f;
}

/* x (2 - |x|/1) ... : 1 - (1 - |x|/2)^2 with the sign of x: near tanh, flat outside [-2, 2]. */
static v16 bend_of(v16 x)
{
    v16 z = vmax(1 - vabs(x) * 0.5f, all_of(0)), y = 1 - z * z;
    return (v16)((i16)y | ((i16)x & (int32_t)0x80000000));
}

static v16 bend_slope(v16 y)
{
    v16 m = 1 - vabs(y), r;
    for (int i = 0; i < 16; i++)
        r[i] = sqrtf(m[i] > 0 ? m[i] : 0);
    return r;
}

static v16 *at16(float *p)
{
    return (v16 *)p;
}

static const v16 *on16(const float *p)
{
    return (const v16 *)p;
}

/* e^x for x <= 0, within 2e-7 of it: 2^k by exponent, the rest by a polynomial. */
static v16 exp_of(v16 x)
{
    x = vmax(x, all_of(-80));
    v16 k = x * 1.44269504f;
    i16 whole;
    for (int i = 0; i < 16; i++)
        whole[i] = (int32_t)(k[i] - 0.5f);
    v16 r;
    for (int i = 0; i < 16; i++)
        r[i] = (float)whole[i];
    v16 f = x - r * 0.693359375f;
    f = f + r * 2.12194440e-4f;
    v16 p = f * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * f * f + f + 1;
    return (v16)((i16)p + (whole << 23));
}

/* ---- LSTM ---------------------------------------------------------------------------------------------------- */

/* Gates of a word and direction lie as [in | forget | out | new], h each. */
static void cell_step(layer_work *y, size_t t, size_t before, bool has, uint32_t d, size_t h)
{
    float *g = y->gate + t * 8 * h + (size_t)d * 4 * h;
    float *c = y->cell + t * 2 * h + (size_t)d * h;
    const float *old = y->cell + before * 2 * h + (size_t)d * h;
    float *sq = y->squashed + t * 2 * h + (size_t)d * h, *out = y->out + t * 2 * h + (size_t)d * h;
    for (size_t j = 0; j < h; j += 16) {
        v16 in = *at16(g + j) = gate_of(*at16(g + j));
        v16 keep = *at16(g + h + j) = gate_of(*at16(g + h + j));
        v16 o = *at16(g + 2 * h + j) = gate_of(*at16(g + 2 * h + j));
        v16 fresh = *at16(g + 3 * h + j) = bend_of(*at16(g + 3 * h + j));
        v16 cell = in * fresh;
        if (has)
            cell += keep * *on16(old + j);
        *at16(c + j) = cell;
        v16 s = *at16(sq + j) = bend_of(cell);
        *at16(out + j) = o * s;
    }
}

/* The words of a step that have one before them in this direction, and where that one is: steps of equal or smaller index
 * run over all sentences, longer ones over fewer, always the first of the list. */
static size_t before_of(const net_work *w, size_t step, uint32_t d, size_t *first)
{
    size_t n = w->off[step + 1] - w->off[step];
    if (d == 0) {
        *first = step ? w->off[step - 1] : 0;
        return step ? n : 0;
    }
    *first = w->off[step + 1];
    return step + 1 < w->steps ? w->off[step + 2] - w->off[step + 1] : 0;
}

static void lstm_forward(const net *n, net_work *w, int l, const float *x, size_t width)
{
    uint32_t h = l ? n->size.h2 : n->size.h1;
    layer_work *y = &w->layer[l];
    const float *bias = n->dense + n->at.lstm[l].bias;
    for (size_t t = 0; t < w->words; t++)
        memcpy(y->gate + t * 8 * h, bias, 8 * (size_t)h * sizeof(float));
    gemm(w->words, 8 * (size_t)h, width, x, width, 1, n->dense + n->at.lstm[l].in, 8 * (size_t)h,
         y->gate, 8 * (size_t)h);
    for (uint32_t d = 0; d < 2; d++)
        for (size_t i = 0; i < w->steps; i++) {
            size_t step = d ? w->steps - 1 - i : i, first, t = w->off[step];
            size_t n_before = before_of(w, step, d, &first);
            gemm(n_before, 4 * (size_t)h, h, y->out + first * 2 * h + (size_t)d * h, 2 * (size_t)h,
                 1, n->dense + n->at.lstm[l].back[d], 4 * (size_t)h,
                 y->gate + t * 8 * h + (size_t)d * 4 * h, 8 * (size_t)h);
            for (size_t k = 0; t + k < w->off[step + 1]; k++)
                cell_step(y, t + k, first + k, k < n_before, d, h);
        }
}

/* d_cell: of the cell after this step, from the step behind; on return of the cell before. */
static void cell_back(layer_work *y, size_t t, size_t before, bool has, uint32_t d, size_t h,
                      float *d_cell)
{
    const float *g = y->gate + t * 8 * h + (size_t)d * 4 * h;
    float *dg = y->d_gate + t * 8 * h + (size_t)d * 4 * h;
    const float *old = y->cell + before * 2 * h + (size_t)d * h;
    const float *sq = y->squashed + t * 2 * h + (size_t)d * h;
    const float *dh = y->d_out + t * 2 * h + (size_t)d * h;
    for (size_t j = 0; j < h; j += 16) {
        v16 in = *on16(g + j), keep = *on16(g + h + j), o = *on16(g + 2 * h + j),
            fresh = *on16(g + 3 * h + j);
        v16 s = *on16(sq + j), up = *on16(dh + j);
        v16 dc = *at16(d_cell + j) + up * o * bend_slope(s);
        *at16(dg + 2 * h + j) = up * s * gate_slope(o);
        *at16(dg + j) = dc * fresh * gate_slope(in);
        *at16(dg + 3 * h + j) = dc * in * bend_slope(fresh);
        *at16(dg + h + j) = has ? dc * *on16(old + j) * gate_slope(keep) : all_of(0);
        *at16(d_cell + j) = dc * keep;
    }
}

/* From y->d_out (which it adds to) to d_x (which it sets) and the gradients of the weights. */
static void lstm_back(const net *n, net_work *w, int l, const float *x, size_t width, float *d_x,
                      net_grad *grad)
{
    uint32_t h = l ? n->size.h2 : n->size.h1;
    layer_work *y = &w->layer[l];
    size_t lanes = w->off[1];
    float *d_cell = floats(lanes * h);
    for (uint32_t d = 0; d < 2; d++) {
        memset(d_cell, 0, lanes * h * sizeof *d_cell);
        for (size_t i = 0; i < w->steps; i++) {
            size_t step = d ? i : w->steps - 1 - i, first, t = w->off[step];
            size_t n_before = before_of(w, step, d, &first);
            for (size_t k = 0; t + k < w->off[step + 1]; k++) {
                float *to = y->before + (t + k) * 2 * h + (size_t)d * h;
                cell_back(y, t + k, first + k, k < n_before, d, h, d_cell + k * h);
                if (k < n_before)
                    memcpy(to, y->out + (first + k) * 2 * h + (size_t)d * h, h * sizeof *to);
                else
                    memset(to, 0, h * sizeof *to);
            }
            gemm(n_before, h, 4 * (size_t)h, y->d_gate + t * 8 * h + (size_t)d * 4 * h,
                 8 * (size_t)h, 1, n->flipped + n->at.lstm[l].back[d], h,
                 y->d_out + first * 2 * h + (size_t)d * h, 2 * (size_t)h);
        }
        gemm(h, 4 * (size_t)h, w->words, y->before + (size_t)d * h, 1, 2 * (size_t)h,
             y->d_gate + (size_t)d * 4 * h, 8 * (size_t)h, grad->dense + n->at.lstm[l].back[d],
             4 * (size_t)h);
    }
    free(d_cell);
    gemm(width, 8 * (size_t)h, w->words, x, 1, width, y->d_gate, 8 * (size_t)h,
         grad->dense + n->at.lstm[l].in, 8 * (size_t)h);
    float *bias = grad->dense + n->at.lstm[l].bias;
    for (size_t t = 0; t < w->words; t++)
        for (size_t j = 0; j < 8 * (size_t)h; j += 16)
            *at16(bias + j) += *on16(y->d_gate + t * 8 * h + j);
    memset(d_x, 0, w->words * width * sizeof *d_x);
    gemm(w->words, width, 8 * (size_t)h, y->d_gate, 8 * (size_t)h, 1, n->flipped + n->at.lstm[l].in,
         width, d_x, width);
}

/* ---- outputs -------------------------------------------------------------------------------------------------- */

/* out = bias + x W */
static void affine(const net *n, net_work *w, const float *x, size_t width, size_t weight,
                   size_t bias, size_t outs, float *out)
{
    for (size_t t = 0; t < w->words; t++)
        memcpy(out + t * outs, n->dense + bias, outs * sizeof *out);
    gemm(w->words, outs, width, x, width, 1, n->dense + weight, outs, out, outs);
}

static void affine_back(const net *n, net_work *w, const float *x, size_t width, size_t weight,
                        size_t bias, size_t outs, const float *d_out, float *d_x, net_grad *g)
{
    gemm(width, outs, w->words, x, 1, width, d_out, outs, g->dense + weight, outs);
    for (size_t t = 0; t < w->words; t++)
        for (size_t j = 0; j < outs; j += 16)
            *at16(g->dense + bias + j) += *on16(d_out + t * outs + j);
    gemm(w->words, width, outs, d_out, outs, 1, n->flipped + weight, width, d_x, width);
}

/* Scores become chances; those from `n` on (up to a multiple of 16) do not count. */
static void softmax(float *x, size_t n)
{
    size_t wide = (n + 15) / 16 * 16;
    float most = x[0], sum = 0;
    for (size_t i = 1; i < n; i++)
        most = x[i] > most ? x[i] : most;
    for (size_t i = n; i < wide; i++)
        x[i] = -1e30f;
    for (size_t i = 0; i < wide; i += 16)
        *at16(x + i) = exp_of(*at16(x + i) - most);
    for (size_t i = n; i < wide; i++)
        x[i] = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    for (size_t i = 0; i < n; i++)
        x[i] /= sum;
}

/* d = chances - targets; the loss is added up; true when the likeliest is the best target. */
static bool blame(const float *p, float *d, size_t n, const net_target *t, double *loss)
{
    size_t best = 0, wide = (n + 15) / 16 * 16;
    float sum = 0;
    for (int k = 0; k < TARGETS && t->what[k] != NOTHING; k++)
        sum += t->share[k];
    for (size_t i = 0; i < n; i++) {
        best = p[i] > p[best] ? i : best;
        d[i] = p[i] * sum;
    }
    for (size_t i = n; i < wide; i++)
        d[i] = 0;
    for (int k = 0; k < TARGETS && t->what[k] != NOTHING; k++) {
        size_t at = t->what[k] == ROOT ? n - 1 : t->what[k];
        d[at] -= t->share[k];
        *loss -= (double)(t->share[k] * logf(p[at] + 1e-10f));
    }
    return t->what[0] == best || (t->what[0] == ROOT && best == n - 1);
}

uint32_t net_bin(ptrdiff_t distance)
{
    static const uint8_t bins[] = {0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10};
    size_t far = (size_t)(distance < 0 ? -distance : distance);
    uint32_t b = far < sizeof bins ? bins[far] : far < 26 ? 10 : 11;
    return distance < 0 ? b : DISTANCES / 2 + b;
}

static size_t place(const net_work *w, size_t k, size_t i)
{
    return w->off[i] + k;
}

/* [k][n] from rows of `x` to a matrix whose columns are words: for products. */
static void gather(const net_work *w, size_t k, const float *x, size_t stride, size_t width,
                   float *out)
{
    size_t len = w->sentence[k]->len;
    for (size_t i = 0; i < len; i++)
        memcpy(out + i * width, x + place(w, k, i) * stride, width * sizeof *out);
}

static void flip_list(const float *x, size_t rows, size_t width, float *out, size_t out_row)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < width; j++)
            out[j * out_row + i] = x[i * width + j];
}

/* Chances of the heads of sentence k. */
static void heads_forward(const net *n, net_work *w, size_t k)
{
    size_t len = w->sentence[k]->len, row = square_row(len), arc = n->size.arc,
           sides = 2 * (arc + n->size.rel);
    float *score = w->square + w->square_at[k];
    gather(w, k, w->side + arc, sides, arc, w->list2);
    memcpy(w->list2 + len * arc, n->dense + n->at.root, arc * sizeof(float));
    memset(w->d_list2, 0, arc * row * sizeof(float));
    flip_list(w->list2, len + 1, arc, w->d_list2, row); /* [arc][row] */
    gather(w, k, w->arc, arc, arc, w->list);
    for (size_t i = 0; i < len; i++) {
        for (size_t j = 0; j < len; j++)
            score[i * row + j] =
                i == j ? -1e30f : n->dense[n->at.distance + net_bin((ptrdiff_t)j - (ptrdiff_t)i)];
        for (size_t j = len; j < row; j++)
            score[i * row + j] = 0;
    }
    gemm(len, row, arc, w->list, arc, 1, w->d_list2, row, score, row);
    for (size_t i = 0; i < len; i++)
        softmax(score + i * row, len + 1);
}

static void heads_back(const net *n, net_work *w, size_t k, net_grad *g, net_loss *loss)
{
    size_t len = w->sentence[k]->len, row = square_row(len), arc = n->size.arc,
           sides = 2 * (arc + n->size.rel);
    const float *p = w->square + w->square_at[k];
    float *d = w->d_square + w->square_at[k];
    for (size_t i = 0; i < len; i++)
        loss->head_right +=
            blame(p + i * row, d + i * row, len + 1, &w->word[place(w, k, i)]->head, &loss->head);
    for (size_t i = 0; i < len; i++)
        for (size_t j = 0; j < len; j++)
            if (i != j)
                g->dense[n->at.distance + net_bin((ptrdiff_t)j - (ptrdiff_t)i)] += d[i * row + j];
    gather(w, k, w->side + arc, sides, arc, w->list2);
    memcpy(w->list2 + len * arc, n->dense + n->at.root, arc * sizeof(float));
    gather(w, k, w->arc, arc, arc, w->list);
    memset(w->d_list, 0, len * arc * sizeof(float));
    memset(w->d_list2, 0, (len + 1) * arc * sizeof(float));
    gemm(len, arc, len + 1, d, row, 1, w->list2, arc, w->d_list, arc);
    gemm(len + 1, arc, len, d, 1, row, w->list, arc, w->d_list2, arc);
    for (size_t i = 0; i < len; i++) {
        memcpy(w->d_arc + place(w, k, i) * arc, w->d_list + i * arc, arc * sizeof(float));
        memcpy(w->d_side + place(w, k, i) * sides + arc, w->d_list2 + i * arc, arc * sizeof(float));
    }
    for (size_t j = 0; j < arc; j++)
        g->dense[n->at.root + j] += w->d_list2[len * arc + j];
}

static size_t rel_place(const net_work *w, size_t k, uint16_t head)
{
    return head == ROOT ? SIZE_MAX : place(w, k, head);
}

static void label_in(const net *n, net_work *w, size_t t, size_t head_at, float *out)
{
    size_t arc = n->size.arc, rel = n->size.rel, sides = 2 * (arc + rel);
    const float *mine = w->side + t * sides + 2 * arc;
    const float *other =
        head_at == SIZE_MAX ? n->dense + n->at.root_rel : w->side + head_at * sides + 2 * arc + rel;
    for (size_t j = 0; j < rel; j++) {
        float x = mine[j] + other[j];
        out[j] = x > 0 ? x : 0;
    }
}

static void label_back(const net *n, net_work *w, size_t t, size_t head_at, net_grad *g)
{
    size_t arc = n->size.arc, rel = n->size.rel, sides = 2 * (arc + rel);
    const float *d = w->d_label_in + t * rel, *x = w->label_in + t * rel;
    float *mine = w->d_side + t * sides + 2 * arc;
    float *other = head_at == SIZE_MAX ? g->dense + n->at.root_rel
                                       : w->d_side + head_at * sides + 2 * arc + rel;
    for (size_t j = 0; j < rel; j++) {
        float up = x[j] > 0 ? d[j] : 0;
        mine[j] += up;
        other[j] += up;
    }
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static void forward(const net *n, net_work *w, const net_sentence *const *s, size_t s_len,
                    const net_rates *r, chance *c)
{
    const net_size *z = &n->size;
    size_t sides = 2 * ((size_t)z->arc + z->rel), arcs = 2 * (size_t)z->arc;
    pack(n, w, s, s_len);
    for (size_t t = 0; t < w->words; t++) {
        float *x = w->in + t * z->in;
        memset(x, 0, z->in * sizeof *x);
        for (int f = 0; f < FEATURES; f++) {
            const float *row = n->rows + (size_t)w->word[t]->row[f] * z->in;
            for (size_t j = 0; j < z->in; j += 16)
                *at16(x + j) += *on16(row + j);
        }
    }
    if (r) {
        mask(w, w->keep_in, z->in, r->drop_in, c);
        times(w->in, w->in, w->keep_in, w->words * z->in);
    }
    lstm_forward(n, w, 0, w->in, z->in);
    memcpy(w->used1, w->layer[0].out, w->words * 2 * z->h1 * sizeof(float));
    if (r) {
        mask(w, w->layer[0].keep, 2 * (size_t)z->h1, r->drop_h, c);
        times(w->used1, w->used1, w->layer[0].keep, w->words * 2 * z->h1);
    }
    affine(n, w, w->used1, 2 * (size_t)z->h1, n->at.tag, n->at.tag_bias, z->tags, w->tag);
    lstm_forward(n, w, 1, w->used1, 2 * (size_t)z->h1);
    memcpy(w->used2, w->layer[1].out, w->words * 2 * z->h2 * sizeof(float));
    if (r) {
        mask(w, w->layer[1].keep, 2 * (size_t)z->h2, r->drop_h, c);
        times(w->used2, w->used2, w->layer[1].keep, w->words * 2 * z->h2);
    }
    affine(n, w, w->used2, 2 * (size_t)z->h2, n->at.side, n->at.side_bias, sides, w->side);
    for (size_t t = 0; t < w->words; t++)
        for (size_t j = 0; j < arcs; j++) {
            float *x = &w->side[t * sides + j];
            *x = *x > 0 ? *x : 0;
        }
    if (r) {
        mask(w, w->keep_side, sides, r->drop_side, c);
        times(w->side, w->side, w->keep_side, w->words * sides);
    }
    for (size_t t = 0; t < w->words; t++)
        memcpy(w->arc + t * z->arc, n->dense + n->at.head_bias, z->arc * sizeof(float));
    gemm(w->words, z->arc, z->arc, w->side, sides, 1, n->dense + n->at.arc, z->arc, w->arc, z->arc);
    for (size_t k = 0; k < s_len; k++)
        heads_forward(n, w, k);
    for (size_t t = 0; t < w->words; t++)
        softmax(w->tag + t * z->tags, z->tags);
}

static void rels_learn(const net *n, net_work *w, net_grad *g, net_loss *loss)
{
    const net_size *z = &n->size;
    for (size_t k = 0; k < w->sentences; k++)
        for (size_t i = 0; i < w->sentence[k]->len; i++) {
            size_t t = place(w, k, i);
            label_in(n, w, t, rel_place(w, k, w->word[t]->rel_head), w->label_in + t * z->rel);
        }
    affine(n, w, w->label_in, z->rel, n->at.label, n->at.label_bias, z->rels, w->label);
    for (size_t t = 0; t < w->words; t++) {
        softmax(w->label + t * z->rels, z->rels);
        loss->rel_right += blame(w->label + t * z->rels, w->d_label + t * z->rels, z->rels,
                                 &w->word[t]->rel, &loss->rel);
    }
    memset(w->d_label_in, 0, w->words * z->rel * sizeof(float));
    affine_back(n, w, w->label_in, z->rel, n->at.label, n->at.label_bias, z->rels, w->d_label,
                w->d_label_in, g);
    for (size_t k = 0; k < w->sentences; k++)
        for (size_t i = 0; i < w->sentence[k]->len; i++) {
            size_t t = place(w, k, i);
            label_back(n, w, t, rel_place(w, k, w->word[t]->rel_head), g);
        }
}

void net_learn(const net *n, net_work *w, const net_sentence *const *s, size_t s_len,
               const net_rates *r, uint64_t seed, net_grad *g, net_loss *loss)
{
    const net_size *z = &n->size;
    size_t sides = 2 * ((size_t)z->arc + z->rel), arcs = 2 * (size_t)z->arc;
    chance c = {seed};
    forward(n, w, s, s_len, r, &c);
    loss->words += w->words;
    memset(w->d_side, 0, w->words * sides * sizeof(float));
    for (size_t k = 0; k < s_len; k++)
        heads_back(n, w, k, g, loss);
    rels_learn(n, w, g, loss);
    /* word's side of the arcs, through the matrix */
    gemm(z->arc, z->arc, w->words, w->side, 1, sides, w->d_arc, z->arc, g->dense + n->at.arc,
         z->arc);
    for (size_t t = 0; t < w->words; t++)
        for (size_t j = 0; j < z->arc; j += 16)
            *at16(g->dense + n->at.head_bias + j) += *on16(w->d_arc + t * z->arc + j);
    gemm(w->words, z->arc, z->arc, w->d_arc, z->arc, 1, n->flipped + n->at.arc, z->arc, w->d_side,
         sides);
    times(w->d_side, w->d_side, w->keep_side, w->words * sides);
    for (size_t t = 0; t < w->words; t++)
        for (size_t j = 0; j < arcs; j++)
            if (w->side[t * sides + j] <= 0)
                w->d_side[t * sides + j] = 0;
    memset(w->d_used2, 0, w->words * 2 * z->h2 * sizeof(float));
    affine_back(n, w, w->used2, 2 * (size_t)z->h2, n->at.side, n->at.side_bias, sides, w->d_side,
                w->d_used2, g);
    times(w->layer[1].d_out, w->d_used2, w->layer[1].keep, w->words * 2 * z->h2);
    lstm_back(n, w, 1, w->used1, 2 * (size_t)z->h1, w->d_used1, g);
    for (size_t t = 0; t < w->words; t++)
        loss->tag_right += blame(w->tag + t * z->tags, w->d_tag + t * z->tags, z->tags,
                                 &w->word[t]->tag, &loss->tag);
    affine_back(n, w, w->used1, 2 * (size_t)z->h1, n->at.tag, n->at.tag_bias, z->tags, w->d_tag,
                w->d_used1, g);
    times(w->layer[0].d_out, w->d_used1, w->layer[0].keep, w->words * 2 * z->h1);
    lstm_back(n, w, 0, w->in, z->in, w->d_in, g);
    times(w->d_in, w->d_in, w->keep_in, w->words * z->in);
}

size_t net_work_input(const net_work *w, const net_word *const **words, const float **grad)
{
    *words = w->word;
    *grad = w->d_in;
    return w->words;
}

void net_think(const net *n, net_work *w, const net_sentence *const *s, size_t s_len)
{
    forward(n, w, s, s_len, NULL, NULL);
}

const float *net_tags(const net *n, const net_work *w, size_t k, size_t i)
{
    return w->tag + place(w, k, i) * n->size.tags;
}

const float *net_heads(const net *n, const net_work *w, size_t k, size_t i)
{
    (void)n;
    return w->square + w->square_at[k] + i * square_row(w->sentence[k]->len);
}

void net_rels(const net *n, net_work *w, size_t k, size_t i, size_t head, float *out)
{
    float in[NET_WIDTH_MOST] __attribute__((aligned(64)));
    label_in(n, w, place(w, k, i), head == ROOT ? SIZE_MAX : place(w, k, head), in);
    memcpy(out, n->dense + n->at.label_bias, n->size.rels * sizeof *out);
    gemm(1, n->size.rels, n->size.rel, in, n->size.rel, 1, n->dense + n->at.label, n->size.rels,
         out, n->size.rels);
    softmax(out, n->size.rels);
}

const float *net_peek(const net *n, const net_work *w, net_layer l, size_t *rows, size_t *width)
{
    const net_size *z = &n->size;
    *rows = w->words;
    *width = l == NET_IN ? z->in : l == NET_ARC ? z->arc : 2 * ((size_t)z->arc + z->rel);
    return l == NET_IN ? w->in : l == NET_ARC ? w->arc : w->side;
}
