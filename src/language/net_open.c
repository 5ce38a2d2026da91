/* SPDX-License-Identifier: Apache-2.0 */
/* net_open.c - the bytes of a net: where everything lies, and whether it can be trusted to lie there. */
#include "language/language.h"
#include "language/net.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "weights are read in place");

enum { SHIFT_MOST = 8, BIAS_MOST = 1 << 29 };

const char ds_net_magic[8] = {'d', 's', 'n', 'e', 't', ' ', '1', '\n'};

uint32_t ds_net_labels(void)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < 256; i++) {
        sum = ds_hash(ds_str_of(ds_upos_name(i)), sum);
        sum = ds_hash(ds_str_of(ds_xpos_name(i)), sum);
        sum = ds_hash(ds_str_of(ds_rel_name(i)), sum);
    }
    return (uint32_t)sum;
}

uint64_t ds_net_hash(char kind, ds_str s)
{
    return ds_hash(s, (uint64_t)(unsigned char)kind);
}

void ds_net_widths(const ds_net_head *h, ds_net_part p, uint32_t *k, uint32_t *n)
{
    const uint32_t widths[DS_NET_PARTS][2] = {
        [DS_NET_IN1] = {h->in, 8 * h->h1},       [DS_NET_ON1] = {h->h1, 4 * h->h1},
        [DS_NET_BACK1] = {h->h1, 4 * h->h1},     [DS_NET_TAG] = {2 * h->h1, h->tags},
        [DS_NET_IN2] = {2 * h->h1, 8 * h->h2},   [DS_NET_ON2] = {h->h2, 4 * h->h2},
        [DS_NET_BACK2] = {h->h2, 4 * h->h2},     [DS_NET_SIDES] = {2 * h->h2, 2 * h->arc},
        [DS_NET_RELS] = {2 * h->h2, 2 * h->rel}, [DS_NET_ARC] = {h->arc, h->arc},
        [DS_NET_LABEL] = {h->rel, h->rels},
    };
    *k = widths[p][0];
    *n = widths[p][1];
}

static size_t take(size_t *at, size_t bytes)
{
    size_t here = *at;
    *at += (bytes + 63) / 64 * 64;
    return here;
}

ds_net_layout ds_net_layout_of(const ds_net_head *h)
{
    ds_net_layout l;
    size_t at = 0;
    take(&at, sizeof *h);
    for (unsigned p = 0; p < DS_NET_PARTS; p++) {
        uint32_t k, n;
        ds_net_widths(h, (ds_net_part)p, &k, &n);
        l.weight[p] = take(&at, (size_t)k * n);
        l.bias[p] = take(&at, n * sizeof(int32_t));
    }
    l.tag_of = take(&at, 2 * (size_t)h->tags);
    l.rel_of = take(&at, h->rels);
    l.distance = take(&at, (2 * DS_NET_PIECE + 1) * sizeof(int32_t));
    l.root = take(&at, h->arc * sizeof(int16_t));
    l.root_rel = take(&at, h->rel * sizeof(int16_t));
    l.word_slot = take(&at, h->word_slots * sizeof(ds_net_slot));
    l.word_row = take(&at, (size_t)h->word_rows * h->in);
    l.piece_slot = take(&at, h->piece_slots * sizeof(ds_net_slot));
    l.piece_row = take(&at, (size_t)h->piece_rows * h->in);
    l.len = at;
    return l;
}

static bool width(uint32_t w)
{
    return w > 0 && w <= DS_NET_WIDTH_MOST && w % 16 == 0;
}

static bool slots(uint32_t slots, uint32_t rows)
{
    return slots && slots <= 1u << 24 && !(slots & (slots - 1)) && rows <= 1u << 24;
}

static const char *fault_of(const ds_net_head *h, ds_str s)
{
    if (memcmp(h->magic, ds_net_magic, sizeof h->magic) != 0)
        return "the net of the language pack is none of this program's";
    if (!width(h->in) || !width(h->h1) || !width(h->h2) || !width(h->arc) || !width(h->rel) ||
        !width(h->tags) || !width(h->rels) || !slots(h->word_slots, h->word_rows) ||
        !slots(h->piece_slots, h->piece_rows) || h->piece_rows < DS_NET_PIECES)
        return "the net of the language pack has sizes that cannot be";
    for (int p = 0; p < DS_NET_PARTS; p++)
        if (h->shift[p][0] > SHIFT_MOST || h->shift[p][1] > 31)
            return "the net of the language pack has shifts that cannot be";
    if (h->rel_shift > 15 || ds_net_layout_of(h).len != s.len)
        return "the net of the language pack is cut short or too long";
    return h->labels != ds_net_labels()
               ? "the net of the language pack was made for other tags and relations"
               : NULL;
}

/* So small that no sum of inner loops leaves 32 bits. */
static bool small(const ds_net *n, size_t at, size_t len)
{
    const int32_t *x = (const int32_t *)(const void *)(n->bytes + at);
    int32_t least = 0, most = 0;
    for (size_t i = 0; i < len; i++) {
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    return least >= -BIAS_MOST && most <= BIAS_MOST;
}

ds_status ds_net_open(ds_str section, ds_net *out, ds_err *err)
{
    ds_net n = {.bytes = section.at};
    if (section.len < sizeof n.head || (uintptr_t)section.at % 64)
        return ds_fail(err, DS_BAD, "the net of the language pack is cut short", 0);
    memcpy(&n.head, section.at, sizeof n.head);
    const char *fault = fault_of(&n.head, section);
    if (fault)
        return ds_fail(err, DS_BAD, fault, 0);
    n.at = ds_net_layout_of(&n.head);
    for (unsigned p = 0; p < DS_NET_PARTS; p++) {
        ds_matrix *m = &n.part[p];
        m->w = (const int8_t *)n.bytes + n.at.weight[p];
        m->bias = (const int32_t *)(const void *)(n.bytes + n.at.bias[p]);
        ds_net_widths(&n.head, (ds_net_part)p, &m->k, &m->n);
        m->left = n.head.shift[p][0];
        m->right = n.head.shift[p][1];
        if (!small(&n, n.at.bias[p], m->n))
            return ds_fail(err, DS_BAD, "the net of the language pack has weights that cannot be",
                           0);
    }
    if (!small(&n, n.at.distance, 2 * DS_NET_PIECE + 1))
        return ds_fail(err, DS_BAD, "the net of the language pack has weights that cannot be", 0);
    *out = n;
    return DS_OK;
}
