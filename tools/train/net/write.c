/* SPDX-License-Identifier: Apache-2.0 */
#include "write.h"

#include <math.h>
#include <stdlib.h>

#include "language/language.h"
#include "language/net.h"

enum {
    SAMPLE_MOST = 400,
    BINS = 8192,
    RARE = 1000,
    WIDTH_MOST = DS_NET_WIDTH_MOST,
    GATE_SCALE = 4096,
    OUT_SCALE = 128,
    REL_SHIFT = 4,
    NEVER = -(1 << 29),
    BIAS_MOST = 1 << 28,
};

/* ---- scales ------------------------------------------------------------------------------------------- */

typedef struct reach { /* how far numbers go, from 0 */
    uint32_t bin[BINS];
    uint64_t all;
} reach;

static void reach_add(reach *r, float x)
{
    double at = fabs((double)x) * 64;
    r->bin[at < BINS ? (size_t)at : BINS - 1]++;
    r->all++;
}

/* Below it lies all but one in RARE numbers. */
static double reach_of(const reach *r)
{
    uint64_t over = 0;
    size_t i = BINS;
    while (i > 1 && (double)(over + r->bin[i - 1]) * RARE <= (double)r->all)
        over += r->bin[--i];
    return (double)i / 64;
}

typedef enum flow {
    IN,
    AS_WORD,
    AS_HEAD,
    ARC,
    PAIR,
    FLOWS
} flow; /* what goes between the layers */

typedef struct reaches {
    double of[FLOWS][WIDTH_MOST], most[FLOWS];
} reaches;

/* Each column's reach on sentences of gold, and the largest. */
static void find_reaches(const net *n, const net_sentence *s, size_t len, reaches *out)
{
    net_work *w = net_work_new();
    reach(*r)[WIDTH_MOST] = calloc(FLOWS, sizeof *r);
    size_t arc = n->size.arc, rel = n->size.rel, rows, width;
    if (!r)
        abort();
    for (size_t k = 0; k < len && k < SAMPLE_MOST; k++) {
        const net_sentence *one = &s[k * (len / SAMPLE_MOST ? len / SAMPLE_MOST : 1)];
        net_think(n, w, &one, 1);
        const float *x = net_peek(n, w, NET_IN, &rows, &width);
        for (size_t i = 0; i < rows * width; i++)
            reach_add(&r[IN][i % width], x[i]);
        x = net_peek(n, w, NET_ARC, &rows, &width);
        for (size_t i = 0; i < rows * width; i++)
            reach_add(&r[ARC][i % width], x[i]);
        x = net_peek(n, w, NET_SIDE, &rows, &width);
        for (size_t t = 0; t < rows; t++) {
            size_t head = one->words[t].rel_head;
            const float *mine = x + t * width + 2 * arc;
            const float *other =
                head == ROOT ? n->dense + n->at.root_rel : x + head * width + 2 * arc + rel;
            for (size_t j = 0; j < arc; j++) {
                reach_add(&r[AS_WORD][j], x[t * width + j]);
                reach_add(&r[AS_HEAD][j], x[t * width + arc + j]);
            }
            for (size_t j = 0; j < rel; j++)
                reach_add(&r[PAIR][j], mine[j] + other[j] > 0 ? mine[j] + other[j] : 0);
        }
    }
    for (int f = 0; f < FLOWS; f++) {
        out->most[f] = 0;
        for (size_t j = 0; j < WIDTH_MOST; j++) {
            out->of[f][j] = r[f][j].all ? reach_of(&r[f][j]) : 0;
            out->most[f] = fmax(out->most[f], out->of[f][j]);
        }
    }
    free(r);
    net_work_free(w);
}

static double most_of(const float *x, size_t n, size_t step)
{
    double most = 1e-3;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs((double)x[i * step]));
    return most;
}

static void times(float *x, size_t n, size_t step, double by)
{
    for (size_t i = 0; i < n; i++)
        x[i * step] = (float)((double)x[i * step] * by);
}

/* Columns between two layers are stretched and shrunk so that numbers and the weights behind them go equally far; what comes
 * out stays the same (cross-layer equalization, Nagel and others 2019). */
static void equalize(net *n, const reaches *r)
{
    const net_size *z = &n->size;
    const net_layout *l = &n->at;
    size_t arc = z->arc, rel = z->rel, sides = 2 * (arc + rel), in2 = 2 * (size_t)z->h2;
    for (size_t j = 0; j < z->in; j++) {
        float *row = n->dense + l->lstm[0].in + j * 8 * z->h1;
        double by = sqrt(most_of(row, 8 * (size_t)z->h1, 1) / fmax(r->of[IN][j], 1e-2));
        times(n->rows + j, z->rows, z->in, by);
        times(row, 8 * (size_t)z->h1, 1, 1 / by);
    }
    double words = 1e-3, heads = 1e-3; /* how far both sides of the arcs go, which share a scale */
    for (size_t j = 0; j < arc; j++) {
        double by = sqrt(r->of[ARC][j] / fmax(r->of[AS_HEAD][j], 1e-2));
        times(n->dense + l->side + arc + j, in2, sides, by);
        times(n->dense + l->side_bias + arc + j, 1, 1, by);
        times(n->dense + l->root + j, 1, 1, by);
        times(n->dense + l->arc + j, arc, arc, 1 / by);
        times(n->dense + l->head_bias + j, 1, 1, 1 / by);
        heads = fmax(heads, r->of[AS_HEAD][j] * by);
    }
    for (size_t j = 0; j < arc; j++)
        words = fmax(words, sqrt(most_of(n->dense + l->arc + j * arc, arc, 1) *
                                 fmax(r->of[AS_WORD][j], 1e-2)));
    for (size_t j = 0; j < arc; j++) {
        float *row = n->dense + l->arc + j * arc;
        double by = sqrt(most_of(row, arc, 1) / fmax(r->of[AS_WORD][j], 1e-2)) * heads / words;
        times(n->dense + l->side + j, in2, sides, by);
        times(n->dense + l->side_bias + j, 1, 1, by);
        times(row, arc, 1, 1 / by);
    }
    for (size_t j = 0; j < rel; j++) {
        float *row = n->dense + l->label + j * z->rels;
        double by = sqrt(most_of(row, z->rels, 1) / fmax(r->of[PAIR][j], 1e-2));
        for (int side = 0; side < 2; side++) {
            times(n->dense + l->side + 2 * arc + (size_t)side * rel + j, in2, sides, by);
            times(n->dense + l->side_bias + 2 * arc + (size_t)side * rel + j, 1, 1, by);
        }
        times(n->dense + l->root_rel + j, 1, 1, by);
        times(row, z->rels, 1, 1 / by);
    }
}

/* ---- bytes ---------------------------------------------------------------------------------------------- */

typedef struct writer {
    ds_arena *arena;
    const net *net;
    ds_net_head head;
    ds_net_layout at;
    char *bytes;
} writer;

static int cut(double x, int least, int most)
{
    double y = floor(x + 0.5);
    return y < least ? least : y > most ? most : (int)y;
}

/* How a matrix lies in the floats: columns [column, column + n) of rows of `row`. */
typedef struct source {
    size_t weight, row, column, bias;
    bool has_bias, offset; /* offset: inputs are 128 too large, weights within +-63 */
} source;

typedef struct scales { /* of what flows: a number times its scale is an integer */
    double in, side, arc, rel;
} scales;

static double limit_of(const source *s)
{
    return s->offset ? 63 : 127;
}

static double widest(const writer *w, ds_net_part p, const source *s)
{
    uint32_t k, n;
    double most = 1e-6;
    ds_net_widths(&w->head, p, &k, &n);
    for (uint32_t i = 0; i < k; i++)
        most = fmax(most, most_of(w->net->dense + s->weight + s->column + i * s->row, n, 1));
    return most;
}

/* Weights times `scale`, sums shifted right by `shift` (left, if negative). */
static void put_weights(writer *w, ds_net_part p, const source *s, double in, double scale,
                        int shift, double nudge)
{
    uint32_t k, n;
    ds_net_widths(&w->head, p, &k, &n);
    const float *from = w->net->dense + s->weight + s->column;
    int8_t *to = (int8_t *)w->bytes + w->at.weight[p];
    int32_t *bias = (int32_t *)(void *)(w->bytes + w->at.bias[p]);
    int limit = (int)limit_of(s);
    w->head.shift[p][0] = (uint8_t)(shift < 0 ? -shift : 0);
    w->head.shift[p][1] = (uint8_t)(shift > 0 ? shift : 0);
    for (uint32_t j = 0; j < n; j++) {
        int32_t sum = 0;
        for (uint32_t i = 0; i < k; i++) {
            int q = cut((double)from[i * s->row + j] * scale, -limit, limit);
            to[(i / 4 * n + j) * 4 + i % 4] = (int8_t)q;
            sum += q;
        }
        double b = (s->has_bias ? (double)w->net->dense[s->bias + s->column + j] : 0) +
                   (j < n / 2 ? nudge : 0);
        bias[j] = cut(b * in * scale, -BIAS_MOST, BIAS_MOST) - (s->offset ? 128 * sum : 0) +
                  (shift > 0 ? 1 << (shift - 1) : 0);
    }
}

/* Into gates, whose scale is given; the input's is, too, or is found: *in 0 at first, `in_most` at most. */
static void put_gates(writer *w, ds_net_part p, const source *s, double *in, double in_most)
{
    double scale = limit_of(s) / widest(w, p, s), from = *in > 0 ? *in : in_most;
    int shift = (int)floor(log2(from * scale / GATE_SCALE));
    double less = exp2(shift) * GATE_SCALE / (from * scale);
    if (*in <= 0) /* half of what is lost each */
        *in = from * sqrt(less);
    put_weights(w, p, s, *in, exp2(shift) * GATE_SCALE / *in, shift, 0);
}

/* Into numbers whose scale is free, up to `out_most`: it comes back. */
static double put_free(writer *w, ds_net_part p, const source *s, double in, double out_most,
                       bool halves)
{
    double scale = limit_of(s) / widest(w, p, s);
    int shift = (int)ceil(log2(in * scale / out_most));
    double out = in * scale / exp2(shift);
    put_weights(w, p, s, in, scale, shift, halves ? 0.5 * (1 << REL_SHIFT) / out : 0);
    return out;
}

/* Into sums that are compared, and nothing else. */
static void put_sums(writer *w, ds_net_part p, const source *s, double in)
{
    put_weights(w, p, s, in, limit_of(s) / widest(w, p, s), 0, 0);
}

static scales put_parts(writer *w, const reaches *r)
{
    const net_layout *l = &w->net->at;
    const net_size *s = &w->net->size;
    size_t sides = 2 * ((size_t)s->arc + s->rel);
    double h = OUT_SCALE;
    scales z = {0};
    for (int layer = 0; layer < 2; layer++) {
        size_t width = 4 * (size_t)(layer ? s->h2 : s->h1);
        ds_net_part first = layer ? DS_NET_IN2 : DS_NET_IN1;
        put_gates(w, first,
                  &(source){l->lstm[layer].in, 2 * width, 0, l->lstm[layer].bias, true, true},
                  layer ? &h : &z.in, 127 / r->most[IN]);
        for (int d = 0; d < 2; d++)
            put_gates(w, (ds_net_part)(first + 1 + d),
                      &(source){l->lstm[layer].back[d], width, 0, 0, false, true}, &h, h);
    }
    put_sums(w, DS_NET_TAG, &(source){l->tag, s->tags, 0, l->tag_bias, true, true}, h);
    z.side = put_free(w, DS_NET_SIDES, &(source){l->side, sides, 0, l->side_bias, true, true}, h,
                      127 / fmax(r->most[AS_WORD], r->most[AS_HEAD]), false);
    z.rel = put_free(w, DS_NET_RELS,
                     &(source){l->side, sides, 2 * (size_t)s->arc, l->side_bias, true, true}, h,
                     127 / r->most[PAIR] * (1 << REL_SHIFT), true) /
            (1 << REL_SHIFT);
    z.arc = put_free(w, DS_NET_ARC, &(source){l->arc, s->arc, 0, l->head_bias, true, false}, z.side,
                     127 / r->most[ARC], false);
    put_sums(w, DS_NET_LABEL, &(source){l->label, s->rels, 0, l->label_bias, true, false}, z.rel);
    return z;
}

/* Outputs that stand for nothing never win. */
static void forbid(writer *w, ds_net_part p, size_t from)
{
    uint32_t k, n;
    ds_net_widths(&w->head, p, &k, &n);
    for (size_t j = from; j < n; j++)
        ((int32_t *)(void *)(w->bytes + w->at.bias[p]))[j] = NEVER;
}

static void put_names(writer *w, const bank_names *tags, const bank_names *rels)
{
    uint8_t *tag_of = (uint8_t *)w->bytes + w->at.tag_of,
            *rel_of = (uint8_t *)w->bytes + w->at.rel_of;
    for (size_t i = 0; i < tags->all.len; i++) {
        ds_str s = tags->all.at[i];
        size_t gap = (size_t)ds_str_find(s, DS_STR(" "), 0);
        tag_of[2 * i] = ds_upos_of(ds_str_cut(s, 0, gap));
        tag_of[2 * i + 1] = ds_xpos_of(ds_str_cut(s, gap + 1, s.len));
    }
    for (size_t i = 0; i < rels->all.len; i++)
        rel_of[i] = ds_rel_of(rels->all.at[i]);
    forbid(w, DS_NET_TAG, tags->all.len);
    forbid(w, DS_NET_LABEL, rels->all.len);
}

static void put_roots(writer *w, const scales *z)
{
    const net *n = w->net;
    int32_t *distance = (int32_t *)(void *)(w->bytes + w->at.distance);
    int16_t *root = (int16_t *)(void *)(w->bytes + w->at.root);
    int16_t *root_rel = (int16_t *)(void *)(w->bytes + w->at.root_rel);
    for (int d = -DS_NET_PIECE; d <= DS_NET_PIECE; d++) /* word minus head */
        distance[DS_NET_PIECE + d] = cut(
            (double)n->dense[n->at.distance + net_bin(-d)] * z->side * z->arc, -(1 << 28), 1 << 28);
    for (uint32_t j = 0; j < n->size.arc; j++)
        root[j] = (int16_t)cut((double)n->dense[n->at.root + j] * z->side, INT16_MIN, INT16_MAX);
    for (uint32_t j = 0; j < n->size.rel; j++)
        root_rel[j] = (int16_t)cut((double)n->dense[n->at.root_rel + j] * z->rel * (1 << REL_SHIFT),
                                   INT16_MIN, INT16_MAX);
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */

static void put_row(writer *w, size_t rows, uint32_t row, const float *x, double scale)
{
    int8_t *to = (int8_t *)w->bytes + rows + (size_t)row * w->head.in;
    for (uint32_t j = 0; j < w->head.in; j++)
        to[j] = (int8_t)cut((double)x[j] * scale, -128, 127);
}

static void put_slot(writer *w, size_t slots, uint32_t slots_len, uint64_t hash, uint32_t row)
{
    ds_net_slot *slot = (ds_net_slot *)(void *)(w->bytes + slots);
    uint32_t i = (uint32_t)hash & (slots_len - 1);
    while (slot[i].row)
        i = (i + 1) & (slots_len - 1);
    slot[i] = (ds_net_slot){(uint32_t)(hash >> 32), row};
}

/* Forms with a row of their own or a class, in order. */
static ds_str *forms_of(ds_arena *a, const bank_rows *rows, size_t *len)
{
    const ds_map_slot *id = ds_map_slots(rows->ids), *cls = ds_map_slots(rows->classes);
    ds_str *out =
        ds_arena_calloc(a, ds_map_len(rows->ids) + ds_map_len(rows->classes) + 1, sizeof *out);
    ds_map *seen = ds_map_new(a, 0);
    size_t n = 0;
    if (!out || !seen)
        abort();
    for (size_t i = 0; i < ds_map_len(rows->ids); i++)
        if (id[i].key.at[0] == 'w') {
            out[n++] = ds_str_cut(id[i].key, 2, id[i].key.len);
            if (ds_map_put(seen, out[n - 1], 1) < 0)
                abort();
        }
    for (size_t i = 0; i < ds_map_len(rows->classes); i++)
        if (ds_map_get(seen, cls[i].key, &(uint64_t){0}) != DS_OK)
            out[n++] = cls[i].key;
    *len = n;
    return out;
}

static void put_word(writer *w, const bank_rows *rows, ds_str form, uint32_t row, double scale)
{
    float sum[DS_NET_WIDTH_MOST] = {0};
    uint32_t id[FEATURES];
    ds_feature f;
    ds_feature_of(form, &f);
    int n = bank_form_rows(rows, &f, id);
    for (int i = 0; i < n; i++)
        for (uint32_t j = 0; j < w->head.in; j++)
            sum[j] += w->net->rows[(size_t)id[i] * w->head.in + j];
    put_row(w, w->at.word_row, row, sum, scale);
    put_slot(w, w->at.word_slot, w->head.word_slots, ds_net_hash('w', form), row);
}

static void put_piece(writer *w, const ds_map_slot *id, uint32_t *next, double scale)
{
    static const char kinds[] = "234p";
    const char *kind = memchr(kinds, id->key.at[0], DS_FEATURE_PIECES);
    const float *x = w->net->rows + id->value * w->head.in;
    ds_str rest = ds_str_cut(id->key, 2, id->key.len);
    if (id->key.at[0] == 's') {
        put_row(w, w->at.piece_row, DS_NET_SHAPES + (uint32_t)strtoul(rest.at, NULL, 10), x, scale);
    } else if (kind) {
        put_row(w, w->at.piece_row, *next, x, scale);
        put_slot(w, w->at.piece_slot, w->head.piece_slots,
                 ds_net_hash((char)('a' + (kind - kinds)), rest), *next);
        ++*next;
    }
}

static uint32_t twice_power(size_t n)
{
    uint32_t p = 16;
    while (p < 2 * n)
        p *= 2;
    return p;
}

static size_t count_pieces(const bank_rows *rows)
{
    const ds_map_slot *id = ds_map_slots(rows->ids);
    size_t n = 0;
    for (size_t i = 0; i < ds_map_len(rows->ids); i++)
        n += strchr("234p", id[i].key.at[0]) != NULL;
    return n;
}

ds_str net_write(ds_arena *a, const net *given, const bank_rows *rows, const bank_names *tags,
                 const bank_names *rels, const net_sentence *sample, size_t sample_len)
{
    size_t forms_len, pieces = count_pieces(rows);
    ds_str *forms = forms_of(a, rows, &forms_len);
    const net_size *s = &given->size;
    reaches r;
    net n = net_copy(given);
    find_reaches(&n, sample, sample_len, &r);
    equalize(&n, &r);
    find_reaches(&n, sample, sample_len, &r);
    writer w = {.arena = a, .net = &n};
    w.head = (ds_net_head){.in = s->in,
                           .h1 = s->h1,
                           .h2 = s->h2,
                           .arc = s->arc,
                           .rel = s->rel,
                           .tags = s->tags,
                           .rels = s->rels,
                           .word_slots = twice_power(forms_len),
                           .word_rows = (uint32_t)forms_len + 1,
                           .piece_slots = twice_power(pieces),
                           .piece_rows = (uint32_t)pieces + DS_NET_PIECES,
                           .labels = ds_net_labels(),
                           .rel_shift = REL_SHIFT};
    memcpy(w.head.magic, ds_net_magic, sizeof w.head.magic);
    w.at = ds_net_layout_of(&w.head);
    w.bytes = ds_arena_alloc(a, w.at.len + 63);
    if (!w.bytes)
        abort();
    w.bytes += (64 - (uintptr_t)w.bytes % 64) % 64;
    scales z = put_parts(&w, &r);
    put_names(&w, tags, rels);
    put_roots(&w, &z);
    for (size_t i = 0; i < forms_len; i++)
        put_word(&w, rows, forms[i], (uint32_t)i + 1, z.in);
    put_row(&w, w.at.piece_row, DS_NET_UNKNOWN, n.rows + (size_t)rows->unknown * s->in, z.in);
    const ds_map_slot *id = ds_map_slots(rows->ids);
    uint32_t next = DS_NET_PIECES;
    for (size_t i = 0; i < ds_map_len(rows->ids); i++)
        put_piece(&w, &id[i], &next, z.in);
    memcpy(w.bytes, &w.head, sizeof w.head);
    fprintf(stderr, "train-net: %zu forms, %zu pieces, %zu bytes; scales %g %g %g %g\n", forms_len,
            pieces, w.at.len, z.in, z.side, z.arc, z.rel);
    net_free(&n);
    return (ds_str){w.bytes, w.at.len};
}

/* ---- check ------------------------------------------------------------------------------------------------------ */

/* The bank's sentences as a doc: their words with blanks between. */
static void doc_of(ds_arena *a, const bank *b, ds_doc *out)
{
    ds_buf text = ds_buf_new(a);
    ds_word *words = ds_arena_calloc(a, b->words + 1, sizeof *words);
    ds_sentence *sents = ds_arena_calloc(a, b->all.len + 1, sizeof *sents);
    uint32_t n = 0;
    if (!words || !sents)
        abort();
    for (size_t k = 0; k < b->all.len; k++) {
        sents[k].word = n;
        for (uint32_t i = 0; i < b->all.at[k].len; i++) {
            ds_str form = b->all.at[k].words[i].form;
            words[n++].span = (ds_span){(uint32_t)text.len, (uint32_t)(text.len + form.len)};
            ds_buf_put(&text, form);
            ds_buf_putc(&text, ' ');
        }
        sents[k].word_end = n;
    }
    *out = (ds_doc){.text = ds_buf_str(&text),
                    .sents = sents,
                    .sents_len = b->all.len,
                    .words = words,
                    .words_len = n};
}

static uint8_t base_rel(uint8_t rel)
{
    ds_str s = ds_str_of(ds_rel_name(rel));
    ptrdiff_t colon = ds_str_find(s, DS_STR(":"), 0);
    return colon < 0 ? rel : ds_rel_of(ds_str_cut(s, 0, (size_t)colon));
}

static void score_nodes(const bank *b, const ds_node *nodes, const bank_names *tags,
                        const bank_names *rels, const char *name)
{
    size_t n = 0, upos = 0, heads = 0, labels = 0;
    for (size_t k = 0; k < b->all.len; k++) {
        size_t beg = n;
        for (uint32_t i = 0; i < b->all.at[k].len; i++, n++) {
            const bank_word *w = &b->all.at[k].words[i];
            ds_str tag = w->tag == NOTHING ? DS_STR("? ") : tags->all.at[w->tag];
            uint32_t head = w->head == ROOT ? DS_NO_HEAD : (uint32_t)beg + w->head;
            upos += nodes[n].upos ==
                    ds_upos_of(ds_str_cut(tag, 0, (size_t)ds_str_find(tag, DS_STR(" "), 0)));
            heads += nodes[n].head == head;
            labels += nodes[n].head == head && w->rel != NOTHING &&
                      base_rel(nodes[n].rel) == base_rel(ds_rel_of(rels->all.at[w->rel]));
        }
    }
    fprintf(stderr, "  %s in integers: UPOS %.2f, UAS %.2f, LAS %.2f\n", name,
            100.0 * (double)upos / (double)n, 100.0 * (double)heads / (double)n,
            100.0 * (double)labels / (double)n);
}

bool net_check(ds_str section, const bank *b, const bank_names *tags, const bank_names *rels,
               const char *name)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)2 << 30);
    ds_net n;
    ds_doc doc;
    ds_err err = {0};
    bool same = true;
    if (ds_net_open(section, &n, &err) < 0) {
        fprintf(stderr, "train-net: %s\n", err.what);
        return false;
    }
    doc_of(a, b, &doc);
    ds_node *first = NULL;
    for (size_t k = 0; k < ds_kernels_len; k++) {
        ds_node *nodes = ds_arena_calloc(a, doc.words_len + 1, sizeof *nodes);
        if (!ds_kernels[k]->fits())
            continue;
        if (!nodes || ds_net_read(a, &n, ds_kernels[k], &doc, NULL, nodes) < 0)
            return false;
        bool differs = first && memcmp(first, nodes, doc.words_len * sizeof *nodes) != 0;
        if (differs)
            fprintf(stderr, "train-net: kernel %s differs\n", ds_kernels[k]->name);
        if (!first)
            score_nodes(b, nodes, tags, rels, name);
        same = same && !differs;
        first = first ? first : nodes;
    }
    return same;
}
