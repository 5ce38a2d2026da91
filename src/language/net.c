/* SPDX-License-Identifier: Apache-2.0 */
#include "language/net.h"
#include "language/language.h"
#include "language/tree.h"

enum {
    LOT_WORDS =
        256, /* words that go through the net together: 512 were no faster and take twice the memory */
    LOT_SENTENCES = 64,
    ROWS_MOST = 2 + DS_FEATURE_PIECES, /* of one word */
};

typedef struct piece { /* of a sentence, in doc->words */
    uint32_t word, len;
    uint32_t before; /* pieces of the same sentence in front of it */
} piece;

typedef struct lot { /* pieces that are read in step, longest first */
    piece at[LOT_SENTENCES];
    uint32_t len, words;
    bool heads;
} lot;

typedef struct reader {
    ds_arena *arena;
    const ds_net *net;
    const ds_kernel *k;
    const ds_doc *doc;
    ds_node *nodes;
    /* of one lot; rows are packed: all first words, then all second ones, ... */
    uint32_t off[DS_NET_PIECE + 2]; /* first row of a step */
    uint32_t steps;
    ds_feature *looks;      /* of one piece */
    uint8_t *x, *y1, *y2;   /* input and outputs of the layers */
    int16_t *gates, *cells; /* [rows][8 h]; [LOT_SENTENCES][h] */
    int32_t *tags;
    int8_t *sides, *arcs;  /* [rows][2 arc], [rows][arc] */
    int16_t *rels;         /* [rows][2 rel] */
    uint8_t *pair;         /* [rows][rel] */
    int32_t *labels;       /* [rows][rels] */
    int8_t *columns;       /* arcs of one piece as a matrix: [arc / 4][n][4] */
    int32_t *score, *none; /* [DS_NET_PIECE][DS_NET_PIECE]; a bias of zeros */
    int32_t *head;         /* [DS_NET_PIECE]: of one piece */
    uint32_t *head_row;    /* [rows]; UINT32_MAX: the root */
    ds_tree_room room;
} reader;

/* ---- features ----------------------------------------------------------------------------------------- */

static const int8_t *row_of(const ds_net *n, size_t slots, uint32_t slots_len, size_t rows,
                            uint32_t rows_len, uint64_t hash)
{
    const ds_net_slot *slot = (const ds_net_slot *)(const void *)(n->bytes + slots);
    uint32_t mask = slots_len - 1, check = (uint32_t)(hash >> 32);
    for (uint32_t i = (uint32_t)hash & mask, seen = 0; slot[i].row && seen <= mask;
         i = (i + 1) & mask, seen++)
        if (slot[i].check == check)
            return slot[i].row < rows_len
                       ? (const int8_t *)n->bytes + rows + (size_t)slot[i].row * n->head.in
                       : NULL;
    return NULL;
}

static const int8_t *piece_row(const ds_net *n, uint32_t row)
{
    return (const int8_t *)n->bytes + n->at.piece_row + (size_t)row * n->head.in;
}

static size_t rows_of_word(const ds_net *n, const ds_feature *f, uint32_t shape,
                           const int8_t *rows[ROWS_MOST])
{
    const ds_net_head *h = &n->head;
    size_t len = 0;
    rows[len++] = piece_row(n, DS_NET_SHAPES + shape);
    const int8_t *own = row_of(n, n->at.word_slot, h->word_slots, n->at.word_row, h->word_rows,
                               ds_net_hash('w', (ds_str){f->norm, f->len}));
    if (own) {
        rows[len++] = own;
        return len;
    }
    rows[len++] = piece_row(n, DS_NET_UNKNOWN);
    for (int p = 0; p < DS_FEATURE_PIECES; p++) {
        const int8_t *part =
            row_of(n, n->at.piece_slot, h->piece_slots, n->at.piece_row, h->piece_rows,
                   ds_net_hash((char)('a' + p), ds_feature_piece(f, p)));
        if (part)
            rows[len++] = part;
    }
    return len;
}

/* Of headlines training saw few, of sentences in capitals many: a capital in the one says as little as in the other. */
static uint32_t shape_of(const ds_feature *f, bool first, ds_sentence_case sc)
{
    ds_case c = (ds_case)f->shape;
    if (sc != DS_SENTENCE_TITLE)
        return ds_feature_shape(c, first, sc);
    return ds_feature_shape(c == DS_CASE_CAP ? DS_CASE_UPPER : c, first, DS_SENTENCE_UPPER);
}

static void lay_piece(reader *r, const piece *p, size_t lane)
{
    const int8_t *rows[ROWS_MOST];
    for (uint32_t i = 0; i < p->len; i++)
        ds_feature_of(ds_str_at(r->doc->text, r->doc->words[p->word + i].span), &r->looks[i]);
    ds_sentence_case sc = ds_feature_sentence(r->looks, p->len);
    for (uint32_t i = 0; i < p->len; i++) {
        uint32_t shape = shape_of(&r->looks[i], i == 0 && !p->before, sc);
        size_t n = rows_of_word(r->net, &r->looks[i], shape, rows);
        r->k->add_rows(r->net->head.in, rows, n, r->x + (r->off[i] + lane) * r->net->head.in);
    }
}

static void lay(reader *r, const lot *l)
{
    uint32_t row = 0;
    r->steps = l->at[0].len;
    for (uint32_t step = 0; step < r->steps; step++) {
        r->off[step] = row;
        for (uint32_t k = 0; k < l->len && l->at[k].len > step; k++)
            row++;
    }
    r->off[r->steps] = r->off[r->steps + 1] = row;
    for (uint32_t k = 0; k < l->len; k++)
        lay_piece(r, &l->at[k], k);
}

/* ---- layers --------------------------------------------------------------------------------------------- */

static void layer(reader *r, const ds_matrix part[3], size_t width, const uint8_t *x, uint8_t *y)
{
    size_t h = part[1].k, rows = r->off[r->steps];
    r->k->to16(&part[0], rows, x, width, false, r->gates, 8 * h);
    for (size_t d = 0; d < 2; d++)
        for (uint32_t i = 0; i < r->steps; i++) {
            uint32_t step = d ? r->steps - 1 - i : i;
            size_t now = r->off[step], end = r->off[step + 1], first = 0, before = 0;
            if (d && step + 1 < r->steps) {
                first = end;
                before = r->off[step + 2] - end;
            } else if (!d && step) {
                first = r->off[step - 1];
                before = end - now;
            }
            r->k->to16(&part[1 + d], before, y + first * 2 * h + d * h, 2 * h, true,
                       r->gates + now * 8 * h + d * 4 * h, 8 * h);
            for (size_t k = 0; now + k < end; k++)
                r->k->cell(h, r->gates + (now + k) * 8 * h + d * 4 * h,
                           k < before ? r->cells + k * h : NULL, r->cells + k * h,
                           y + (now + k) * 2 * h + d * h);
        }
}

static size_t row_at(const reader *r, size_t lane, size_t i)
{
    return r->off[i] + lane;
}

static void tag(reader *r, const lot *l)
{
    const ds_net_head *h = &r->net->head;
    const uint8_t *tag_of = (const uint8_t *)r->net->bytes + r->net->at.tag_of;
    r->k->to32(&r->net->part[DS_NET_TAG], r->off[r->steps], r->y1, (size_t)2 * h->h1, r->tags,
               h->tags);
    for (uint32_t k = 0; k < l->len; k++)
        for (uint32_t i = 0; i < l->at[k].len; i++) {
            size_t best = r->k->best_of(r->tags + row_at(r, k, i) * h->tags, h->tags);
            ds_node *node = &r->nodes[l->at[k].word + i];
            *node = (ds_node){
                .head = DS_UNPARSED, .upos = tag_of[2 * best], .xpos = tag_of[2 * best + 1]};
        }
}

/* ---- heads ------------------------------------------------------------------------------------------------ */

static void root_scores(const reader *r, const int8_t *arcs, size_t n, int32_t *root)
{
    size_t arc = r->net->head.arc;
    const int16_t *side = (const int16_t *)(const void *)(r->net->bytes + r->net->at.root);
    for (size_t i = 0; i < n; i++) {
        int32_t sum = 0;
        for (size_t j = 0; j < arc; j++)
            sum += arcs[i * arc + j] * side[j];
        root[i] = sum;
    }
}

/* Scores of all arcs of one piece, then its tree: r->head. */
static ds_status heads_of_piece(reader *r, const piece *p, size_t lane)
{
    size_t arc = r->net->head.arc, n = p->len, wide = (n + 15) / 16 * 16;
    int32_t best[DS_NET_PIECE], root[DS_NET_PIECE];
    const int32_t *distance =
        (const int32_t *)(const void *)(r->net->bytes + r->net->at.distance) + DS_NET_PIECE;
    uint8_t *heads = r->pair; /* sides as head, in order: [n][arc] */
    for (size_t i = 0; i < n; i++) {
        const int8_t *mine = r->arcs + row_at(r, lane, i) * arc;
        for (size_t c = 0; c < arc; c += 4)
            memcpy(r->columns + (c / 4 * wide + i) * 4, mine + c, 4);
        root_scores(r, mine, 1, &root[i]);
        memcpy(heads + i * arc, r->sides + row_at(r, lane, i) * 2 * arc + arc, arc);
    }
    ds_matrix m = {r->columns, r->none, (uint32_t)wide, (uint32_t)arc, 0, 0};
    r->k->to32(&m, n, heads, arc, r->score, wide);
    for (size_t i = 0; i < n; i++)
        r->score[i * wide + i] = INT32_MIN / 2;
    r->k->best_heads(n, r->score, wide, distance, best, r->head);
    for (size_t i = 0; i < n; i++)
        if (n == 1 || root[i] >= best[i])
            r->head[i] = -1;
    ds_arcs arcs = {n, r->score, wide, distance, root};
    return ds_tree(r->arena, &r->room, &arcs, r->head);
}

static ds_status heads(reader *r, const lot *l)
{
    const ds_net_head *h = &r->net->head;
    size_t rows = r->off[r->steps], arc = h->arc;
    const ds_matrix *part = r->net->part;
    r->k->to8(&part[DS_NET_SIDES], rows, r->y2, (size_t)2 * h->h2, 0, r->sides, (size_t)2 * arc);
    r->k->to8(&part[DS_NET_ARC], rows, (const uint8_t *)r->sides, 2 * arc, -127, r->arcs, arc);
    for (uint32_t k = 0; k < l->len; k++) {
        const piece *p = &l->at[k];
        DS_TRY(heads_of_piece(r, p, k));
        for (uint32_t i = 0; i < p->len; i++) {
            int32_t head = r->head[i];
            r->nodes[p->word + i].head = head < 0 ? DS_NO_HEAD : p->word + (uint32_t)head;
            r->head_row[row_at(r, k, i)] =
                head < 0 ? UINT32_MAX : (uint32_t)row_at(r, k, (size_t)head);
        }
    }
    return DS_OK;
}

static void label(reader *r, const lot *l)
{
    const ds_net_head *h = &r->net->head;
    size_t rows = r->off[r->steps], rel = h->rel;
    const uint8_t *rel_of = (const uint8_t *)r->net->bytes + r->net->at.rel_of;
    const int16_t *root = (const int16_t *)(const void *)(r->net->bytes + r->net->at.root_rel);
    r->k->to16(&r->net->part[DS_NET_RELS], rows, r->y2, (size_t)2 * h->h2, false, r->rels,
               (size_t)2 * rel);
    for (size_t t = 0; t < rows; t++) {
        const int16_t *mine = r->rels + t * 2 * rel;
        const int16_t *other =
            r->head_row[t] == UINT32_MAX ? root : r->rels + (size_t)r->head_row[t] * 2 * rel + rel;
        r->k->add_sides(rel, mine, other, h->rel_shift, r->pair + t * rel);
    }
    r->k->to32(&r->net->part[DS_NET_LABEL], rows, r->pair, rel, r->labels, h->rels);
    for (uint32_t k = 0; k < l->len; k++)
        for (uint32_t i = 0; i < l->at[k].len; i++)
            r->nodes[l->at[k].word + i].rel =
                rel_of[r->k->best_of(r->labels + row_at(r, k, i) * h->rels, h->rels)];
}

/* ---- lots --------------------------------------------------------------------------------------------------- */

static ds_status read_lot(reader *r, lot *l)
{
    const ds_net_head *h = &r->net->head;
    if (!l->len)
        return DS_OK;
    for (uint32_t k = 1; k < l->len; k++) /* longest first; equal ones in order */
        for (uint32_t j = k; j > 0 && l->at[j].len > l->at[j - 1].len; j--) {
            piece p = l->at[j];
            l->at[j] = l->at[j - 1];
            l->at[j - 1] = p;
        }
    lay(r, l);
    layer(r, &r->net->part[DS_NET_IN1], h->in, r->x, r->y1);
    tag(r, l);
    if (l->heads) {
        layer(r, &r->net->part[DS_NET_IN2], (size_t)2 * h->h1, r->y1, r->y2);
        DS_TRY(heads(r, l));
        label(r, l);
    }
    l->len = l->words = 0;
    return DS_OK;
}

static ds_status take_piece(reader *r, lot *l, piece p)
{
    if (l->len == LOT_SENTENCES || l->words + p.len > LOT_WORDS)
        DS_TRY(read_lot(r, l));
    l->at[l->len++] = p;
    l->words += p.len;
    return DS_OK;
}

/* Where a piece ends that begins at `beg`: at the sentence's end, else behind the last mark that leaves half of it. */
static uint32_t piece_end(const ds_doc *doc, uint32_t beg, uint32_t end)
{
    if (end - beg <= DS_NET_PIECE)
        return end;
    for (uint32_t i = beg + DS_NET_PIECE; i > beg + DS_NET_PIECE / 2; i--) {
        ds_span s = doc->words[i - 1].span;
        char c = doc->text.at[s.beg];
        if (ds_span_len(s) == 1 && (c == ',' || c == ';' || c == '.' || c == ':'))
            return i;
    }
    return beg + DS_NET_PIECE;
}

/* What a sentence says begins behind its dateline, which is a piece of its own. */
static uint32_t first_word(const ds_doc *doc, const ds_sentence *s)
{
    if (!s->dateline)
        return s->word;
    uint32_t w = ds_doc_word_at(doc, s, doc->toks[s->tok + s->dateline - 1].span.end);
    return w < s->word_end ? w : s->word;
}

static ds_status take_sentence(reader *r, lot *l, const ds_sentence *s)
{
    uint32_t before = 0, first = first_word(r->doc, s);
    for (uint32_t beg = s->word; beg < s->word_end;) {
        uint32_t end = piece_end(r->doc, beg, beg < first ? first : s->word_end);
        DS_TRY(take_piece(r, l, (piece){beg, end - beg, before++}));
        beg = end;
    }
    return DS_OK;
}

/* One root a sentence, the first behind the dateline: those of other pieces hang on it. */
static void join_pieces(reader *r, const ds_sentence *s)
{
    uint32_t first = first_word(r->doc, s), root = first;
    if (s->word_end - s->word <= DS_NET_PIECE && first == s->word)
        return;
    while (root < s->word_end && r->nodes[root].head != DS_NO_HEAD)
        root++;
    for (uint32_t i = s->word; i < s->word_end; i++) {
        if (r->nodes[i].head != DS_NO_HEAD || i == root)
            continue;
        r->nodes[i].head = root;
        r->nodes[i].rel = ds_rel_of(DS_STR("parataxis"));
    }
}

static size_t least(size_t x, size_t y)
{
    return x < y ? x : y;
}

static ds_status open_reader(ds_arena *a, reader *r)
{
    const ds_net_head *h = &r->net->head;
    size_t rows = least(LOT_WORDS, r->doc->words_len), piece_words = least(DS_NET_PIECE, rows);
    size_t most = h->h1 > h->h2 ? h->h1 : h->h2, wide = (piece_words + 15) / 16 * 16;
    size_t lanes = least(LOT_SENTENCES, rows), as_head = piece_words * h->arc;
    size_t pair = rows * h->rel > as_head ? rows * h->rel : as_head;
    const struct {
        void *to;
        size_t bytes;
    } all[] = {
        {&r->looks, piece_words * sizeof *r->looks},
        {&r->x, rows * h->in},
        {&r->y1, rows * 2 * h->h1},
        {&r->y2, rows * 2 * h->h2},
        {&r->gates, rows * 8 * most * sizeof *r->gates},
        {&r->cells, lanes * most * sizeof *r->cells},
        {&r->tags, rows * h->tags * sizeof *r->tags},
        {&r->sides, rows * 2 * h->arc},
        {&r->arcs, rows * h->arc},
        {&r->rels, rows * 2 * h->rel * sizeof *r->rels},
        {&r->pair, pair},
        {&r->labels, rows * h->rels * sizeof *r->labels},
        {&r->columns, h->arc * wide},
        {&r->score, wide * wide * sizeof *r->score},
        {&r->head, piece_words * sizeof *r->head},
        {&r->head_row, rows * sizeof *r->head_row},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        void *p = ds_arena_raw(a, all[i].bytes);
        if (!p)
            return DS_NOMEM;
        memcpy(all[i].to, &p, sizeof p);
    }
    r->none = ds_arena_calloc(a, wide, sizeof *r->none);
    return r->none ? DS_OK : DS_NOMEM;
}

ds_status ds_net_read(ds_arena *a, const ds_net *n, const ds_kernel *k, const ds_doc *doc,
                      const uint8_t *wanted, ds_node *nodes)
{
    reader *r = ds_arena_calloc(a, 1, sizeof *r);
    lot *lots = ds_arena_calloc(a, 2, sizeof *lots);
    if (!r || !lots)
        return DS_NOMEM;
    *r = (reader){.arena = a, .net = n, .k = k, .doc = doc, .nodes = nodes};
    lots[1].heads = true;
    DS_TRY(open_reader(a, r));
    for (size_t i = 0; i < doc->sents_len; i++)
        DS_TRY(take_sentence(r, &lots[!wanted || wanted[i]], &doc->sents[i]));
    for (size_t i = 0; i < 2; i++)
        DS_TRY(read_lot(r, &lots[i]));
    for (size_t i = 0; i < doc->sents_len; i++)
        join_pieces(r, &doc->sents[i]);
    return DS_OK;
}
