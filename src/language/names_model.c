/* SPDX-License-Identifier: Apache-2.0 */
#include "language/names_model.h"

#if defined __SSE2__
#include <emmintrin.h>
#endif

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "sections are read in place");
_Static_assert(sizeof(nm_row) == 16 && sizeof(nm_head) == 320, "as the format says");

enum {
    LOG2_MOST = 24,
    STRETCH_MOST = 2048, /* words that are decoded together: sums stay far from the ends of int32 */
    NEVER = INT32_MIN / 2,
};

/* ---- open ---------------------------------------------------------------------------------------------- */

ds_status nm_model_open(ds_str section, nm_model *out, ds_err *err)
{
    const nm_head *h = (const void *)section.at;
    if (section.len < sizeof *h || (uintptr_t)section.at % 4 ||
        memcmp(h->magic, NM_MAGIC, sizeof h->magic) != 0)
        return ds_fail(err, DS_BAD, "names: not a section of names", 0);
    if (h->labels != NM_LABELS || h->rows_log2 < 4 || h->rows_log2 > LOG2_MOST ||
        h->classes_log2 > LOG2_MOST)
        return ds_fail(err, DS_BAD, "names: sizes out of bounds", offsetof(nm_head, labels));
    size_t slots = h->classes_log2 ? (size_t)1 << h->classes_log2 : 0,
           rows_at = sizeof *h + slots * sizeof(uint32_t);
    if (section.len != rows_at + (sizeof(nm_row) << h->rows_log2))
        return ds_fail(err, DS_BAD, "names: sizes do not fit", offsetof(nm_head, labels));
    const uint32_t *classes = (const void *)(section.at + sizeof *h);
    size_t full = 0; /* a free slot ends every search */
    while (full < slots && classes[full])
        full++;
    if (slots && full == slots)
        return ds_fail(err, DS_BAD, "names: no slot of classes is free", sizeof *h);
    *out = (nm_model){
        .head = h,
        .rows = (const void *)(section.at + rows_at),
        .classes = {classes, slots ? (uint32_t)slots - 1 : 0},
    };
    return DS_OK;
}

ds_status nm_model_index(ds_arena *a, nm_model *m)
{
    uint32_t rows = 1u << m->head->rows_log2;
    uint16_t *checks = ds_arena_raw(a, (rows + NM_PROBES) * sizeof *checks);
    for (uint32_t i = 0; checks && i < rows + NM_PROBES; i++)
        checks[i] = m->rows[i & (rows - 1)].check;
    m->checks = checks;
    return checks ? DS_OK : DS_NOMEM;
}

/* ---- scores -------------------------------------------------------------------------------------------- */

typedef int8_t eight __attribute__((vector_size(8)));
typedef int16_t sums __attribute__((vector_size(16)));

enum { SECOND = NM_LABELS - 8 + 3 }; /* of a row's weights; the zeros behind them fill it up */
_Static_assert(NM_FEATURES_MOST * 128 <= INT16_MAX, "sums of a word's features fit 16 bits");
_Static_assert(offsetof(nm_row, w) + SECOND + 8 == sizeof(nm_row), "a row is two vectors");

static uint32_t slot_of(const nm_model *m, uint32_t feature)
{
    return feature >> (32 - m->head->rows_log2);
}

/* How many slots behind its own one the feature lies; NM_PROBES: nowhere. */
static uint32_t probe_rows(const nm_model *m, uint32_t feature)
{
    uint32_t mask = (1u << m->head->rows_log2) - 1, i = slot_of(m, feature), k = 0;
    uint16_t check = nm_check(feature);
    while (k < NM_PROBES && m->rows[(i + k) & mask].check != check)
        k = m->rows[(i + k) & mask].check ? k + 1 : NM_PROBES;
    return k;
}

/* The same in the index: all slots at once. */
static uint32_t probe_index(const nm_model *m, uint32_t feature)
{
#if defined __SSE2__
    _Static_assert(NM_PROBES == 16, "two vectors of checks");
    const __m128i *at = (const void *)(m->checks + slot_of(m, feature));
    __m128i low = _mm_loadu_si128(at), high = _mm_loadu_si128(at + 1), none = _mm_setzero_si128(),
            want = _mm_set1_epi16((short)nm_check(feature));
    uint32_t hit = (uint32_t)_mm_movemask_epi8(
                 _mm_packs_epi16(_mm_cmpeq_epi16(low, want), _mm_cmpeq_epi16(high, want))),
             end = (uint32_t)_mm_movemask_epi8(
                 _mm_packs_epi16(_mm_cmpeq_epi16(low, none), _mm_cmpeq_epi16(high, none)));
    return (uint32_t)__builtin_ctz((hit & (end ^ (end - 1))) | 1u << NM_PROBES);
#else
    return probe_rows(m, feature);
#endif
}

size_t nm_find(const nm_model *m, const uint32_t *features, size_t n, uint32_t *rows)
{
    uint32_t mask = (1u << m->head->rows_log2) - 1;
    size_t found = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t p = m->checks ? probe_index(m, features[k]) : probe_rows(m, features[k]);
        rows[found] = (slot_of(m, features[k]) + p) & mask;
        found += p < NM_PROBES;
    }
    return found;
}

static sums widened(const int8_t *w)
{
    eight x;
    memcpy(&x, w, sizeof x);
    return __builtin_convertvector(x, sums);
}

/* First which rows, then their weights: they lie all over the section, and so are asked for many at a time. */
static void score(const nm_model *m, const nm_text *t, const nm_range *s, uint32_t i,
                  int32_t out[NM_LABELS])
{
    uint32_t features[NM_FEATURES_MOST], rows[NM_FEATURES_MOST];
    size_t n = nm_find(m, features, nm_features(t, s, i, features), rows);
    sums low = {0}, high = {0};
    for (size_t k = 0; k < n; k++) {
        low += widened(m->rows[rows[k]].w);
        high += widened(m->rows[rows[k]].w + SECOND);
    }
    for (unsigned l = 0; l < NM_LABELS; l++)
        out[l] = l < 8 ? low[l] : high[l - SECOND];
}

/* ---- the best labels ------------------------------------------------------------------------------------- */

typedef struct cell {
    int32_t score;
    uint8_t from;
} cell;

static void first_cells(const nm_model *m, const int32_t *scores, cell *now)
{
    for (unsigned l = 0; l < NM_LABELS; l++)
        now[l] = (cell){nm_inside(l) ? NEVER : scores[l] + m->head->trans[NM_FROM][l], 0};
}

static void next_cells(const nm_model *m, const cell *before, const int32_t *scores, cell *now)
{
    for (unsigned l = 0; l < NM_LABELS; l++) {
        now[l] = (cell){NEVER, 0};
        for (unsigned b = 0; b < NM_LABELS; b++) {
            int32_t s = before[b].score + m->head->trans[b][l];
            if (nm_follows(b, l) && s > now[l].score)
                now[l] = (cell){s, (uint8_t)b};
        }
        now[l].score += scores[l];
    }
}

static void decode(const nm_model *m, const nm_text *t, const nm_range *s, nm_range stretch,
                   cell (*cells)[NM_LABELS], uint8_t *labels)
{
    int32_t scores[NM_LABELS];
    uint32_t n = stretch.end - stretch.beg;
    for (uint32_t k = 0; k < n; k++) {
        score(m, t, s, stretch.beg + k, scores);
        if (k == 0)
            first_cells(m, scores, cells[k]);
        else
            next_cells(m, cells[k - 1], scores, cells[k]);
    }
    uint8_t best = 0;
    for (unsigned l = 1; l < NM_LABELS; l++)
        if (cells[n - 1][l].score > cells[n - 1][best].score)
            best = (uint8_t)l;
    for (uint32_t k = n; k-- > 0;) {
        labels[stretch.beg + k] = best;
        best = cells[k][best].from;
    }
}

static bool against(uint8_t vote, uint8_t label)
{
    return vote && nm_vote_kind(vote) != nm_kind(label);
}

static bool in_doubt(const nm_text *t, nm_range stretch, const uint8_t *labels)
{
    for (uint32_t i = stretch.beg; i < stretch.end; i++)
        if (against(t->words[i].vote[0], labels[i]) || against(t->words[i].vote[1], labels[i]))
            return true;
    return false;
}

static void join(const nm_text *t, uint8_t *labels, size_t i)
{
    labels[i - 1] = labels[i] = nm_label(DS_NAME_PERSON, true);
    if (i + 1 < t->len && !nm_follows(labels[i], labels[i + 1]))
        labels[i + 1]--; /* the rest of another name begins here */
}

/* "Ing-wen": both halves of a given name, or none. */
static void join_tails(const nm_text *t, uint8_t *labels)
{
    for (size_t i = 2; i < t->len; i++)
        if (t->words[i].flags & NM_TAIL && labels[i - 2] &&
            nm_type(labels[i - 2]) == DS_NAME_PERSON)
            join(t, labels, i);
}

static bool is_title(const nm_word *w)
{
    return nm_marks(w) & GZ_BIT(GZ_TITLE) && !(w->gz.one & (GZ_BIT(GZ_GIVEN) | GZ_BIT(GZ_FAMILY)));
}

/* "Prince Sheikh Omar" is the name Omar, "Minister" none. */
static void strip_titles(const nm_text *t, uint8_t *labels)
{
    const uint8_t person = nm_label(DS_NAME_PERSON, false), inside = nm_label(DS_NAME_PERSON, true);
    for (size_t i = 0; i < t->len; i++)
        if (labels[i] == person && is_title(&t->words[i])) {
            labels[i] = 0;
            if (i + 1 < t->len && labels[i + 1] == inside)
                labels[i + 1] = person;
        }
}

ds_status nm_decode(ds_arena *a, const nm_model *m, const nm_text *t, bool again, uint8_t *labels)
{
    uint32_t longest = 0;
    for (size_t n = 0; n < t->sents_len; n++)
        longest = t->sents[n].end - t->sents[n].beg > longest ? t->sents[n].end - t->sents[n].beg
                                                              : longest;
    cell(*cells)[NM_LABELS] =
        ds_arena_calloc(a, longest < STRETCH_MOST ? longest : STRETCH_MOST, sizeof *cells);
    if (!cells)
        return DS_NOMEM;
    for (size_t n = 0; n < t->sents_len; n++) {
        const nm_range *s = &t->sents[n];
        for (nm_range r = {s->beg, s->beg}; r.beg < s->end; r.beg = r.end) {
            while (r.end < s->end && nm_near(t, r.end) && r.end - r.beg < STRETCH_MOST)
                r.end++;
            if (r.end == r.beg)
                labels[r.end++] = 0;
            else if (!again || in_doubt(t, r, labels))
                decode(m, t, s, r, cells, labels);
        }
    }
    join_tails(t, labels);
    strip_titles(t, labels);
    return DS_OK;
}

ds_status nm_label_words(ds_arena *a, const nm_model *m, nm_text *t, uint8_t *labels)
{
    DS_TRY(nm_decode(a, m, t, false, labels));
    DS_TRY(nm_vote(a, t, labels));
    return nm_decode(a, m, t, true, labels);
}
