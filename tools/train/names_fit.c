/* SPDX-License-Identifier: Apache-2.0 */
/* names_fit.c - weights of a conditional random field by stochastic gradients (AdaGrad, Duchi and others 2011), then as small
 * integers. Where labels are open, all that are allowed count as right: the likelihood is that of the sum of their paths. */
#include <math.h>
#include <stdlib.h>

#include "names.h"

enum {
    ROWS_LOG2 = 21, /* features are hashed into so many rows while weights are learned */
    STEP = 32,      /* integer weight of 1 */
    LONGEST = 2048, /* words of a stretch */
};
#define NEVER (-1e30f)
#define LEAST_GRADIENT 1e-4f

typedef struct stretch {
    const names_doc *doc;
    uint32_t beg, end;
    size_t first; /* its first word's number in the pool */
} stretch;

typedef struct lattice {
    float score[LONGEST][NM_LABELS], fwd[LONGEST][NM_LABELS], bwd[LONGEST][NM_LABELS],
        grad[LONGEST][NM_LABELS];
    float trans_grad[NM_LABELS + 1][NM_LABELS];
    uint32_t rows[LONGEST * NM_FEATURES_MOST],
        ends[LONGEST]; /* of the features that were not dropped */
} lattice;

typedef struct fit {
    const names_options *o;
    ds_arena *a;
    float (*w)[NM_LABELS], (*squares)[NM_LABELS]; /* weights, sums of squared gradients */
    float trans[NM_LABELS + 1][NM_LABELS], trans_squares[NM_LABELS + 1][NM_LABELS];
    uint32_t *feature;     /* the first one that came to a row */
    DS_VEC(uint32_t) pool; /* features of all words, one after the other */
    DS_VEC(size_t) ends;   /* of each word's features in the pool */
    DS_VEC(stretch) list;
    lattice *l;
    uint64_t rng;
} fit;

static uint32_t row_of(uint32_t feature)
{
    return feature >> (32 - ROWS_LOG2);
}

static uint64_t random64(uint64_t *s)
{
    uint64_t z = *s += 0x9E3779B97F4A7C15ull;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

/* ---- sums over paths --------------------------------------------------------------------------------------- */

static float log_sum(const float x[NM_LABELS])
{
    float most = x[0], sum = 0;
    for (int i = 1; i < NM_LABELS; i++)
        most = x[i] > most ? x[i] : most;
    if (most <= NEVER / 2)
        return NEVER;
    for (int i = 0; i < NM_LABELS; i++)
        sum += expf(x[i] - most);
    return most + logf(sum);
}

static bool may(const uint16_t *allowed, uint32_t i, unsigned label)
{
    return !allowed || allowed[i] >> label & 1;
}

static float forward_to(const fit *f, uint32_t i, unsigned y)
{
    const lattice *l = f->l;
    float in[NM_LABELS];
    if (i == 0)
        return nm_follows(0, y) ? f->trans[NM_FROM][y] + l->score[0][y] : NEVER;
    for (unsigned x = 0; x < NM_LABELS; x++)
        in[x] = nm_follows(x, y) ? l->fwd[i - 1][x] + f->trans[x][y] : NEVER;
    return log_sum(in) + l->score[i][y];
}

/* From label x of word i on; the expected uses of its transitions go into the gradient. */
static float backward_from(const fit *f, uint32_t i, unsigned x, const uint16_t *allowed, float z,
                           float sign)
{
    lattice *l = f->l;
    float out[NM_LABELS];
    for (unsigned y = 0; y < NM_LABELS; y++)
        out[y] = nm_follows(x, y) && may(allowed, i + 1, y)
                     ? f->trans[x][y] + l->score[i + 1][y] + l->bwd[i + 1][y]
                     : NEVER;
    for (unsigned y = 0; y < NM_LABELS && l->fwd[i][x] > NEVER / 2; y++)
        if (out[y] > NEVER / 2)
            l->trans_grad[x][y] += sign * expf(l->fwd[i][x] + out[y] - z);
    return log_sum(out);
}

/* Adds sign times the expected counts of the paths that `allowed` allows (NULL: all). Log of their sum. */
static float expect(const fit *f, uint32_t n, const uint16_t *allowed, float sign)
{
    lattice *l = f->l;
    for (uint32_t i = 0; i < n; i++)
        for (unsigned y = 0; y < NM_LABELS; y++)
            l->fwd[i][y] = may(allowed, i, y) ? forward_to(f, i, y) : NEVER;
    float z = log_sum(l->fwd[n - 1]);
    if (z <= NEVER / 2)
        return z;
    for (uint32_t i = n; i-- > 0;)
        for (unsigned x = 0; x < NM_LABELS; x++) {
            l->bwd[i][x] = i + 1 < n ? backward_from(f, i, x, allowed, z, sign) : 0;
            float p = l->fwd[i][x] > NEVER / 2 ? expf(l->fwd[i][x] + l->bwd[i][x] - z) : 0;
            l->grad[i][x] += sign * p;
            l->trans_grad[NM_FROM][x] += i == 0 ? sign * p : 0;
        }
    return z;
}

/* ---- one step ------------------------------------------------------------------------------------------------ */

/* Scores of a stretch; features are left out by chance, so that none is leaned on alone. */
static void score(fit *f, const stretch *s)
{
    lattice *l = f->l;
    uint32_t threshold = (uint32_t)(f->o->drop * 65536), n = 0;
    for (uint32_t i = 0; i < s->end - s->beg; i++) {
        size_t word = s->first + i, beg = word ? f->ends.at[word - 1] : 0;
        uint64_t r = 0;
        memset(l->score[i], 0, sizeof l->score[i]);
        for (size_t k = beg; k < f->ends.at[word]; k++, r >>= 16) {
            r = (k - beg) % 4 == 0 ? random64(&f->rng) : r;
            if (k > beg && (r & 0xffff) < threshold)
                continue;
            uint32_t row = row_of(f->pool.at[k]);
            l->rows[n++] = row;
            for (int y = 0; y < NM_LABELS; y++)
                l->score[i][y] += f->w[row][y];
        }
        l->ends[i] = n;
    }
}

static void step(const fit *f, float *w, float *squares, float grad)
{
    grad += f->o->decay * *w;
    *squares += grad * grad;
    *w -= f->o->rate * grad / (sqrtf(*squares) + 1e-3f);
}

static void step_all(fit *f, const stretch *s)
{
    const lattice *l = f->l;
    for (uint32_t i = 0; i < s->end - s->beg; i++)
        for (uint32_t k = i ? l->ends[i - 1] : 0; k < l->ends[i]; k++)
            for (int y = 0; y < NM_LABELS; y++)
                if (fabsf(l->grad[i][y]) > LEAST_GRADIENT)
                    step(f, &f->w[l->rows[k]][y], &f->squares[l->rows[k]][y],
                         s->doc->weight * l->grad[i][y]);
    for (int x = 0; x <= NM_LABELS; x++)
        for (int y = 0; y < NM_LABELS; y++)
            step(f, &f->trans[x][y], &f->trans_squares[x][y], s->doc->weight * l->trans_grad[x][y]);
}

static float learn(fit *f, const stretch *s)
{
    uint32_t n = s->end - s->beg;
    score(f, s);
    memset(f->l->grad, 0, n * sizeof *f->l->grad);
    memset(f->l->trans_grad, 0, sizeof f->l->trans_grad);
    float right = expect(f, n, s->doc->allowed + s->beg, -1);
    if (right <= NEVER / 2) /* a name that begins outside of the stretch */
        return 0;
    float all = expect(f, n, NULL, 1);
    step_all(f, s);
    return all - right;
}

/* ---- what there is to learn from --------------------------------------------------------------------------- */

static ds_status gather_word(fit *f, const names_doc *d, const nm_range *s, uint32_t i)
{
    uint32_t features[NM_FEATURES_MOST];
    size_t n = nm_features(&d->text, s, i, features);
    for (size_t k = 0; k < n; k++) {
        uint32_t *first = &f->feature[row_of(features[k])];
        *first = *first ? *first : features[k];
        DS_TRY(DS_PUSH(f->a, &f->pool, features[k]));
    }
    return DS_PUSH(f->a, &f->ends, f->pool.len);
}

static bool all_open(const names_doc *d, uint32_t beg, uint32_t end)
{
    while (beg < end && d->allowed[beg] == NAMES_ALL)
        beg++;
    return beg == end;
}

static ds_status gather_stretch(fit *f, const stretch *s, const nm_range *sent)
{
    DS_TRY(DS_PUSH(f->a, &f->list, *s));
    for (uint32_t k = s->beg; k < s->end; k++)
        DS_TRY(gather_word(f, s->doc, sent, k));
    return DS_OK;
}

static ds_status gather_doc(fit *f, const names_doc *d)
{
    for (size_t n = 0; n < d->text.sents_len; n++)
        for (uint32_t beg = d->text.sents[n].beg, end = beg; beg < d->text.sents[n].end;
             beg = end) {
            while (end < d->text.sents[n].end && end - beg < LONGEST && nm_near(&d->text, end))
                end++;
            stretch s = {d, beg, end, f->ends.len};
            if (end == beg)
                end++;
            else if (!all_open(d, beg, end))
                DS_TRY(gather_stretch(f, &s, &d->text.sents[n]));
        }
    return DS_OK;
}

static void shuffle(fit *f)
{
    for (size_t k = f->list.len; k-- > 1;) {
        size_t j = random64(&f->rng) % (k + 1);
        stretch s = f->list.at[k];
        f->list.at[k] = f->list.at[j];
        f->list.at[j] = s;
    }
}

/* ---- out ----------------------------------------------------------------------------------------------------- */

typedef struct ranked {
    float most; /* largest weight of the row */
    uint32_t row;
} ranked;

static int larger_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->most != y->most)
        return x->most > y->most ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static size_t rank(const fit *f, ranked *out)
{
    size_t n = 0;
    for (uint32_t r = 0; r < 1u << ROWS_LOG2; r++) {
        ranked x = {0, r};
        for (int y = 0; y < NM_LABELS; y++)
            x.most = fmaxf(x.most, fabsf(f->w[r][y]));
        if (x.most * STEP >= 0.5f)
            out[n++] = x;
    }
    qsort(out, n, sizeof *out, larger_first);
    return n;
}

/* False: no free slot within reach, or one that looks the same. */
static bool put_row(const fit *f, nm_row *rows, uint32_t r)
{
    uint32_t log2 = f->o->rows_log2, feature = f->feature[r], i = feature >> (32 - log2);
    for (uint32_t p = 0; p < NM_PROBES; p++, i = (i + 1) & ((1u << log2) - 1)) {
        if (rows[i].check == nm_check(feature))
            return false;
        if (rows[i].check)
            continue;
        rows[i].check = nm_check(feature);
        for (int y = 0; y < NM_LABELS; y++)
            rows[i].w[y] = (int8_t)fmaxf(-127, fminf(127, roundf(f->w[r][y] * STEP)));
        return true;
    }
    return false;
}

static bool write_section(const fit *f, ds_str classes, ds_str *out)
{
    size_t slots = (size_t)1 << f->o->rows_log2, n, kept = 0,
           len = sizeof(nm_head) + classes.len + slots * sizeof(nm_row);
    ranked *order = ds_arena_calloc(f->a, (size_t)1 << ROWS_LOG2, sizeof *order);
    char *at = ds_arena_alloc(f->a, len);
    if (!order || !at)
        return false;
    nm_head *h = (void *)at;
    nm_row *rows = (void *)(at + sizeof *h + classes.len);
    *h = (nm_head){.magic = NM_MAGIC, .labels = NM_LABELS, .rows_log2 = f->o->rows_log2};
    h->classes_log2 = classes.len ? (uint32_t)__builtin_ctzll(classes.len / sizeof(uint32_t)) : 0;
    for (int x = 0; x <= NM_LABELS; x++)
        for (int y = 0; y < NM_LABELS; y++)
            h->trans[x][y] = (int16_t)roundf(f->trans[x][y] * STEP);
    if (classes.len)
        memcpy(at + sizeof *h, classes.at, classes.len);
    n = rank(f, order);
    for (size_t k = 0; k < n && kept < slots / 4 * 3; k++)
        kept += put_row(f, rows, order[k].row);
    fprintf(stderr, "train: names: %zu of %zu features kept\n", kept, n);
    *out = (ds_str){at, len};
    return true;
}

bool names_fit(ds_arena *a, const names_docs *docs, unsigned folds, int leave_out,
               const names_options *o, ds_str classes, ds_str *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *own = ds_arena_new(0, (size_t)6 << 30);
    fit f = {.o = o, .a = own, .rng = o->seed};
    ds_str section;
    f.w = ds_arena_calloc(own, (size_t)1 << ROWS_LOG2, sizeof *f.w);
    f.squares = ds_arena_calloc(own, (size_t)1 << ROWS_LOG2, sizeof *f.squares);
    f.feature = ds_arena_calloc(own, (size_t)1 << ROWS_LOG2, sizeof *f.feature);
    f.l = ds_arena_calloc(own, 1, sizeof *f.l);
    bool ok = f.w && f.squares && f.feature && f.l;
    for (size_t d = 0; ok && d < docs->len; d++)
        if (leave_out < 0 || d % folds != (unsigned)leave_out)
            ok = gather_doc(&f, &docs->at[d]) == DS_OK;
    for (unsigned e = 0; ok && e < o->epochs; e++) {
        double loss = 0;
        shuffle(&f);
        for (size_t k = 0; k < f.list.len; k++)
            loss += (double)learn(&f, &f.list.at[k]);
        fprintf(stderr, "train: names: pass %u of %u, %zu words, loss %.4f a word\n", e + 1,
                o->epochs, f.ends.len, loss / (double)f.ends.len);
    }
    ok = ok && write_section(&f, classes, &section);
    if (ok)
        *out = ds_arena_str(a, section);
    return ok && out->at;
}
