/* SPDX-License-Identifier: Apache-2.0 */
/* names_features.c - the features of one word, as hashes. Words stand by their distance: X itself, L and R left and right of
 * it, LL and RR two away. */
#include "language/names.h"

typedef enum kind { /* what a feature is about; part of its hash: weights are bound to the order */
                    F_ALWAYS,
                    F_X,
                    F_L,
                    F_R,
                    F_LL,
                    F_RR,
                    F_L_X,
                    F_X_R,
                    F_LL_L,
                    F_R_RR,
                    F_L_R,
                    F_SHAPE,
                    F_SHAPE_L,
                    F_SHAPE_R,
                    F_SHAPES,
                    F_CASE,
                    F_CASE_X,
                    F_CASE_L,
                    F_CASE_R,
                    F_PRE,
                    F_SUF = F_PRE + 3,
                    F_SUF_L = F_SUF + 3,
                    F_SUF_R,
                    F_SPACE,
                    F_CLASS,
                    F_CLASS_L,
                    F_CLASS_R,
                    F_CLASS_LL,
                    F_CLASS_RR,
                    F_CLASS_L_X,
                    F_CLASS_X_R,
                    F_CLASS_L_R,
                    F_CLASS_LL_L,
                    F_CLASS_R_RR,
                    F_ONE,
                    F_BEG,
                    F_IN,
                    F_MARKS_L,
                    F_MARKS_R,
                    F_MARKS_LL,
                    F_MARKS_RR,
                    F_MARKS,
                    F_MARKS_L_X,
                    F_MARKS_X_R,
                    F_MARKS_AND_R,
                    F_MARKS_AND_L,
                    F_MARKS_LL_AND_L,
                    F_MARKS_RR_AND_R,
                    F_MARKS_LL_L_X,
                    F_RUN,
                    F_RUN_LAST,
                    F_RUN_FIRST,
                    F_RUN_LAST_MARKS,
                    F_RUN_FIRST_MARKS,
                    F_RUN_BEFORE,
                    F_RUN_AFTER,
                    F_RUN_AROUND,
                    F_RUN_BEFORE_MARKS,
                    F_RUN_AFTER_MARKS,
                    F_RUN_BEFORE_CLASS,
                    F_RUN_AFTER_CLASS,
                    F_SEEN,
                    F_SEEN_PERSON,
                    F_SEEN_CASE,
                    F_SEEN_OTHER,
                    F_SEEN_ALL,
                    F_SEEN_L,
                    F_SEEN_R,
                    F_VOTE,
                    F_VOTE_LONGER,
                    F_VOTE_BOTH,
                    F_VOTE_AROUND,
} kind;

typedef struct sink {
    uint32_t *out;
    size_t n;
} sink;

static void put(sink *s, kind k, uint32_t value)
{
    uint32_t h = (value ^ (uint32_t)k * 0x85EBCA6Bu) * 0x9E3779B1u;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 13;
    if (s->n < NM_FEATURES_MOST)
        s->out[s->n++] = h;
}

static uint32_t both(uint32_t a, uint32_t b)
{
    return (a * 31u + 0x7F4A7C15u) ^ b * 0x27D4EB2Fu;
}

/* A feature for each bit. */
static void put_bits(sink *s, kind k, uint32_t mask, uint32_t with)
{
    for (uint32_t m = mask; m; m &= m - 1)
        put(s, k, both((uint32_t)__builtin_ctz(m), with));
}

static const nm_word outside = {.low = 3, .key = 3, .shape = 3};

typedef struct window {
    const nm_word *ll, *l, *x, *r, *rr;
    uint32_t up; /* case of x, as far as phrases go */
} window;

static const nm_word *word_at(const nm_text *t, const nm_range *s, size_t i)
{
    return i >= s->beg && i < s->end ? &t->words[i] : &outside;
}

static uint32_t case_of(const nm_word *w)
{
    return w->flags & (NM_CAP | NM_ALLCAP | NM_FIRST | NM_LOUD | NM_WORD | NM_TAIL);
}

static void put_words(sink *s, const window *w)
{
    put(s, F_ALWAYS, 1);
    put(s, F_X, w->x->low);
    put(s, F_L, w->l->low);
    put(s, F_R, w->r->low);
    put(s, F_LL, w->ll->low);
    put(s, F_RR, w->rr->low);
    put(s, F_L_X, both(w->l->low, w->x->low));
    put(s, F_X_R, both(w->x->low, w->r->low));
    put(s, F_LL_L, both(w->ll->low, w->l->low));
    put(s, F_R_RR, both(w->r->low, w->rr->low));
    put(s, F_L_R, both(w->l->low, w->r->low));
}

static void put_spelling(sink *s, const window *w)
{
    uint32_t c = case_of(w->x), first[3], last[3];
    nm_ends(w->x->text, first, last);
    put(s, F_SHAPE, w->x->shape);
    put(s, F_SHAPE_L, both(w->l->shape, w->x->shape));
    put(s, F_SHAPE_R, both(w->x->shape, w->r->shape));
    put(s, F_SHAPES, both(both(w->l->shape, w->x->shape), w->r->shape));
    put(s, F_CASE, c);
    put(s, F_CASE_X, both(c, w->x->low));
    put(s, F_CASE_L, both(c, w->l->low));
    put(s, F_CASE_R, both(c, w->r->low));
    for (unsigned k = 0; k < 3; k++) {
        if (first[k])
            put(s, F_PRE + k, first[k]);
        if (last[k])
            put(s, F_SUF + k, last[k]);
    }
    put(s, F_SUF_L, w->l->end);
    put(s, F_SUF_R, w->r->end);
    put(s, F_SPACE, (uint32_t)(w->x->flags & NM_SPACE) | (uint32_t)(w->r->flags & NM_SPACE) << 8);
}

static void put_classes(sink *s, const window *w)
{
    uint32_t up = w->x->flags & NM_CAP;
    put(s, F_CLASS, both(w->x->cls, up));
    put(s, F_CLASS_L, w->l->cls);
    put(s, F_CLASS_R, w->r->cls);
    put(s, F_CLASS_LL, w->ll->cls);
    put(s, F_CLASS_RR, w->rr->cls);
    put(s, F_CLASS_L_X, both(w->l->cls, w->x->cls));
    put(s, F_CLASS_X_R, both(w->x->cls, w->r->cls));
    put(s, F_CLASS_L_R, both(both(w->l->cls, up), w->r->cls));
    put(s, F_CLASS_LL_L, both(w->ll->cls, w->l->cls));
    put(s, F_CLASS_R_RR, both(w->r->cls, w->rr->cls));
}

static uint32_t marks(const nm_word *w)
{
    return nm_marks(w) & (GZ_BIT(GZ_FEATURES) - 1);
}

static void put_phrases(sink *s, const window *w)
{
    const uint32_t all = GZ_BIT(GZ_FEATURES) - 1, up = w->x->flags & NM_CAP;
    const gz_marks gz = {w->x->gz.one & all, w->x->gz.beg & all, w->x->gz.in & all};
    put_bits(s, F_ONE, gz.one, w->up);
    put_bits(s, F_BEG, gz.beg, w->up);
    put_bits(s, F_IN, gz.in, w->up);
    put_bits(s, F_MARKS_L, marks(w->l), up);
    put_bits(s, F_MARKS_R, marks(w->r), up);
    put_bits(s, F_MARKS_LL, marks(w->ll), 0);
    put_bits(s, F_MARKS_RR, marks(w->rr), 0);
    put(s, F_MARKS, both(gz.one, both(gz.beg, gz.in)));
    put(s, F_MARKS_L_X, both(marks(w->l), marks(w->x)));
    put(s, F_MARKS_X_R, both(marks(w->x), marks(w->r)));
    put(s, F_MARKS_AND_R, both(marks(w->x), w->r->low));
    put(s, F_MARKS_AND_L, both(marks(w->x), w->l->low));
    put(s, F_MARKS_LL_AND_L, both(marks(w->ll), both(w->l->low, w->up)));
    put(s, F_MARKS_RR_AND_R, both(marks(w->rr), both(w->r->low, w->up)));
    put_bits(s, F_MARKS_LL_L_X, marks(w->ll), both(w->l->low, marks(w->x)));
}

/* Where the word stands in its run, how the run begins and ends and what stands around it. */
static void put_run(sink *s, const nm_text *t, const nm_range *sent, size_t i)
{
    if (!t->words[i].run)
        return;
    nm_range r = t->runs[t->words[i].run];
    uint32_t len = r.end - r.beg, pos = (uint32_t)(i == r.beg) | (uint32_t)(i + 1 == r.end) << 1,
             of = both(pos, len > 1);
    const nm_word *first = &t->words[r.beg], *last = &t->words[r.end - 1];
    const nm_word *before = word_at(t, sent, (size_t)r.beg - 1), *after = word_at(t, sent, r.end);
    put(s, F_RUN, both(len < 6 ? len : 6, pos));
    put(s, F_RUN_LAST, both(last->low, pos));
    put(s, F_RUN_FIRST, both(first->low, pos));
    put_bits(s, F_RUN_LAST_MARKS, marks(last), pos);
    put_bits(s, F_RUN_FIRST_MARKS, marks(first), pos);
    put(s, F_RUN_BEFORE, both(before->low, pos));
    put(s, F_RUN_AFTER, both(after->low, pos));
    put(s, F_RUN_AROUND, both(before->low, after->low));
    put_bits(s, F_RUN_BEFORE_MARKS, marks(before), of);
    put_bits(s, F_RUN_AFTER_MARKS, marks(after), of);
    put(s, F_RUN_BEFORE_CLASS, both(before->cls, of));
    put(s, F_RUN_AFTER_CLASS, both(after->cls, of));
}

static void put_seen(sink *s, const window *w)
{
    uint32_t seen = w->x->seen, c = case_of(w->x);
    put_bits(s, F_SEEN, seen, w->up);
    put(s, F_SEEN_PERSON,
        both(seen & (NM_SEEN_TITLE | NM_SEEN_GIVEN | NM_SEEN_LONG | NM_SEEN_SAID), w->up));
    put(s, F_SEEN_CASE, both(seen & (NM_SEEN_MID | NM_SEEN_LOW), c));
    put(s, F_SEEN_OTHER,
        both(seen & (NM_SEEN_IN | NM_SEEN_PLACE | NM_SEEN_ORG | NM_SEEN_THE), w->up));
    put(s, F_SEEN_ALL, both(seen, c));
    put_bits(s, F_SEEN_L, w->l->seen & ~(unsigned)NM_SEEN_LOW, w->up);
    put_bits(s, F_SEEN_R, w->r->seen & ~(unsigned)NM_SEEN_LOW, w->up);
}

static void put_votes(sink *s, const window *w)
{
    const uint8_t *v = w->x->vote;
    if (!v[0] && !v[1])
        return;
    put(s, F_VOTE, v[0]);
    put(s, F_VOTE_LONGER, v[1]);
    put(s, F_VOTE_BOTH, both(v[0], both(v[1], case_of(w->x))));
    put(s, F_VOTE_AROUND, both(w->l->vote[0], both(v[0], w->r->vote[0])));
}

size_t nm_features(const nm_text *t, const nm_range *sent, size_t i, uint32_t out[NM_FEATURES_MOST])
{
    sink s = {NULL, 0};
    window w = {
        word_at(t, sent, i - 2), word_at(t, sent, i - 1), &t->words[i],
        word_at(t, sent, i + 1), word_at(t, sent, i + 2), t->words[i].flags & (NM_CAP | NM_FIRST)};
    s.out = out;
    put_words(&s, &w);
    put_spelling(&s, &w);
    put_classes(&s, &w);
    put_phrases(&s, &w);
    put_run(&s, t, sent, i);
    put_seen(&s, &w);
    put_votes(&s, &w);
    return s.n;
}
