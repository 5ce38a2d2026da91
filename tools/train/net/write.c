/* SPDX-License-Identifier: Apache-2.0 */
#include "write.h"

#include <math.h>
#include <stdlib.h>

#include "language/language.h"
#include "language/net.h"

enum {
    SAMPLE_MOST = 400,
    BINS = 4096,
    GATE_SCALE = 4096,
    OUT_SCALE = 128,
    REL_SHIFT = 4,
    NEVER = -(1 << 29)
};

/* ---- scales ------------------------------------------------------------------------------------------- */

typedef struct reach { /* how far numbers go, from 0 */
    uint64_t bin[BINS], all;
} reach;

static void reach_add(reach *r, float x)
{
    double at = fabs((double)x) * 64;
    r->bin[at < BINS ? (size_t)at : BINS - 1]++;
    r->all++;
}

/* Below it lies all but one in `rare` numbers. */
static double reach_of(const reach *r, double rare)
{
    uint64_t over = 0;
    size_t i = BINS;
    while (i > 1 && (double)(over + r->bin[i - 1]) * rare <= (double)r->all)
        over += r->bin[--i];
    return (double)i / 64;
}

/* The largest power of two that takes `most` to no more than `limit`. */
static double scale_of(double most, double limit)
{
    return exp2(floor(log2(limit / (most > 1e-6 ? most : 1e-6))));
}

typedef struct scales {
    double in, side, arc, rel;
} scales;

static scales find_scales(const net *n, const net_sentence *s, size_t len)
{
    net_work *w = net_work_new();
    reach *r = calloc(4, sizeof *r);
    size_t arcs = 2 * (size_t)n->size.arc, rel = n->size.rel, rows, width;
    if (!r)
        abort();
    for (size_t k = 0; k < len && k < SAMPLE_MOST; k++) {
        const net_sentence *one = &s[k * (len / SAMPLE_MOST ? len / SAMPLE_MOST : 1)];
        net_think(n, w, &one, 1);
        const float *x = net_peek(n, w, NET_IN, &rows, &width);
        for (size_t i = 0; i < rows * width; i++)
            reach_add(&r[0], x[i]);
        x = net_peek(n, w, NET_ARC, &rows, &width);
        for (size_t i = 0; i < rows * width; i++)
            reach_add(&r[2], x[i]);
        x = net_peek(n, w, NET_SIDE, &rows, &width);
        for (size_t t = 0; t < rows; t++) {
            for (size_t j = 0; j < arcs; j++)
                reach_add(&r[1], x[t * width + j]);
            for (size_t j = 0; j < rel; j++) {
                size_t head = one->words[t].rel_head;
                float sum =
                    x[t * width + arcs + j] + (head == ROOT ? n->dense[n->at.root_rel + j]
                                                            : x[head * width + arcs + rel + j]);
                reach_add(&r[3], sum > 0 ? sum : 0);
            }
        }
    }
    scales z = {scale_of(reach_of(&r[0], 2000), 127), scale_of(reach_of(&r[1], 2000), 127),
                scale_of(reach_of(&r[2], 2000), 127), scale_of(reach_of(&r[3], 2000), 127)};
    free(r);
    net_work_free(w);
    return z;
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
    bool has_bias;
    double in_scale, out_scale; /* out_scale 0: 32-bit sums as they are */
    bool offset;                /* inputs are 128 too large */
    double nudge;               /* added to the bias of the first half */
} source;

static void put_part(writer *w, ds_net_part p, const source *s)
{
    uint32_t k, n;
    ds_net_widths(&w->head, p, &k, &n);
    const float *from = w->net->dense + s->weight + s->column;
    int8_t *to = (int8_t *)w->bytes + w->at.weight[p];
    int32_t *bias = (int32_t *)(void *)(w->bytes + w->at.bias[p]);
    double most = 0;
    int limit = s->offset ? 63 : 127;
    for (uint32_t i = 0; i < k; i++)
        for (uint32_t j = 0; j < n; j++)
            most = fmax(most, fabs((double)from[i * s->row + j]));
    double scale = scale_of(most, limit);
    int shift = s->out_scale > 0 ? (int)lround(log2(s->in_scale * scale / s->out_scale)) : 0;
    w->head.shift[p][0] = (uint8_t)(shift < 0 ? -shift : 0);
    w->head.shift[p][1] = (uint8_t)(shift > 0 ? shift : 0);
    for (uint32_t j = 0; j < n; j++) {
        int32_t sum = 0;
        for (uint32_t i = 0; i < k; i++) {
            int q = cut((double)from[i * s->row + j] * scale, -limit, limit);
            to[(i / 4 * n + j) * 4 + i % 4] = (int8_t)q;
            sum += q;
        }
        double b = s->has_bias ? (double)w->net->dense[s->bias + s->column + j] : 0;
        b += j < n / 2 ? s->nudge : 0;
        bias[j] = (int32_t)floor(b * s->in_scale * scale + 0.5) - (s->offset ? 128 * sum : 0) +
                  (shift > 0 ? 1 << (shift - 1) : 0);
    }
}

static void put_parts(writer *w, const scales *z)
{
    const net_layout *l = &w->net->at;
    const net_size *s = &w->net->size;
    size_t sides = 2 * ((size_t)s->arc + s->rel);
    const source all[DS_NET_PARTS] = {
        [DS_NET_IN1] = {l->lstm[0].in, 8 * (size_t)s->h1, 0, l->lstm[0].bias, true, z->in,
                        GATE_SCALE, true, 0},
        [DS_NET_ON1] = {l->lstm[0].back[0], 4 * (size_t)s->h1, 0, 0, false, OUT_SCALE, GATE_SCALE,
                        true, 0},
        [DS_NET_BACK1] = {l->lstm[0].back[1], 4 * (size_t)s->h1, 0, 0, false, OUT_SCALE, GATE_SCALE,
                          true, 0},
        [DS_NET_TAG] = {l->tag, s->tags, 0, l->tag_bias, true, OUT_SCALE, 0, true, 0},
        [DS_NET_IN2] = {l->lstm[1].in, 8 * (size_t)s->h2, 0, l->lstm[1].bias, true, OUT_SCALE,
                        GATE_SCALE, true, 0},
        [DS_NET_ON2] = {l->lstm[1].back[0], 4 * (size_t)s->h2, 0, 0, false, OUT_SCALE, GATE_SCALE,
                        true, 0},
        [DS_NET_BACK2] = {l->lstm[1].back[1], 4 * (size_t)s->h2, 0, 0, false, OUT_SCALE, GATE_SCALE,
                          true, 0},
        [DS_NET_SIDES] = {l->side, sides, 0, l->side_bias, true, OUT_SCALE, z->side, true, 0},
        [DS_NET_RELS] = {l->side, sides, 2 * (size_t)s->arc, l->side_bias, true, OUT_SCALE,
                         z->rel * (1 << REL_SHIFT), true, 0.5 / z->rel},
        [DS_NET_ARC] = {l->arc, s->arc, 0, l->head_bias, true, z->side, z->arc, false, 0},
        [DS_NET_LABEL] = {l->label, s->rels, 0, l->label_bias, true, z->rel, 0, false, 0},
    };
    for (unsigned p = 0; p < DS_NET_PARTS; p++)
        put_part(w, (ds_net_part)p, &all[p]);
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

ds_str net_write(ds_arena *a, const net *n, const bank_rows *rows, const bank_names *tags,
                 const bank_names *rels, const net_sentence *sample, size_t sample_len)
{
    size_t forms_len, pieces = count_pieces(rows);
    ds_str *forms = forms_of(a, rows, &forms_len);
    scales z = find_scales(n, sample, sample_len);
    writer w = {.arena = a, .net = n};
    const net_size *s = &n->size;
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
    w.bytes = aligned_alloc(64, w.at.len);
    if (!w.bytes)
        abort();
    memset(w.bytes, 0, w.at.len);
    put_parts(&w, &z);
    put_names(&w, tags, rels);
    put_roots(&w, &z);
    for (size_t i = 0; i < forms_len; i++)
        put_word(&w, rows, forms[i], (uint32_t)i + 1, z.in);
    put_row(&w, w.at.piece_row, DS_NET_UNKNOWN, n->rows + (size_t)rows->unknown * s->in, z.in);
    const ds_map_slot *id = ds_map_slots(rows->ids);
    uint32_t next = DS_NET_PIECES;
    for (size_t i = 0; i < ds_map_len(rows->ids); i++)
        put_piece(&w, &id[i], &next, z.in);
    memcpy(w.bytes, &w.head, sizeof w.head);
    fprintf(stderr, "train-net: %zu forms, %zu pieces, %zu bytes; scales %g %g %g %g\n", forms_len,
            pieces, w.at.len, z.in, z.side, z.arc, z.rel);
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
