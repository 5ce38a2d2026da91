/* SPDX-License-Identifier: Apache-2.0 */
/* What grammar says to be the same: apposition, copula, relative and reflexive pronouns; and whose words a quotation holds. */
#include "annotate/coref_internal.h"

enum { CLIMB_MOST = 6, CUE_CLASS = 2 };

static uint32_t phrase_of(const resolver *r, uint32_t w)
{
    return w < r->t.end && w >= r->t.beg ? r->of_word[w] : NONE;
}

static bool alike(const phrase *a, const phrase *b)
{
    bool number = a->m.number == b->m.number || a->m.number == DS_NUMBER_NONE ||
                  b->m.number == DS_NUMBER_NONE;
    bool gender = a->m.gender == b->m.gender || a->m.gender == DS_GENDER_NONE ||
                  b->m.gender == DS_GENDER_NONE;
    return a->type == b->type && number && gender;
}

/* A nominal is another phrase: one that has a name, or stands before it. */
static void tie(resolver *r, uint32_t a, uint32_t b)
{
    if (a == NONE || b == NONE || a == b || !alike(phrase_at(r, a), phrase_at(r, b)))
        return;
    phrase *x = phrase_at(r, a), *y = phrase_at(r, b);
    bool swap = x->m.entity != NONE || (y->m.entity == NONE && a < b);
    if (swap) {
        phrase *z = x;
        uint32_t c = a;
        x = y;
        y = z;
        a = b;
        b = c;
    }
    bool usable = x->m.entity == NONE && x->same == NONE && (y->m.entity != NONE || b < a);
    if (usable && x->m.form == DS_MENTION_NOMINAL)
        x->same = b;
}

/* ", a nurse from Leeds," ", the company's founder"; "his father Peter Holm" */
static void appositions(resolver *r, uint32_t w)
{
    uint32_t next = phrase_of(r, w + 1), p = phrase_of(r, w);
    if (next != NONE && p != NONE && phrase_at(r, next)->name != NONE && next != p &&
        phrase_at(r, next)->m.word == w + 1 && phrase_at(r, p)->cls == W_PERSON)
        tie(r, p, next);
    if (rel_at(&r->t, w) == R_APPOS)
        tie(r, phrase_of(r, w), phrase_of(r, head_at(&r->t, w)));
}

static bool negated(const resolver *r, uint32_t w)
{
    for (uint32_t c = first_child(&r->t, w); c < r->t.end; c = next_child(&r->t, c))
        if (word_is(&r->t, c, "not") || word_is(&r->t, c, "n't") || word_is(&r->t, c, "never"))
            return true;
    return false;
}

/* "Holm is the mayor of Varn": not "Holm could be", "Holm is no mayor". */
static void copulas(resolver *r, uint32_t w)
{
    uint32_t cop = child_with(&r->t, w, R_COP), p = phrase_of(r, w);
    bool said = cop < w && (word_is(&r->t, cop, "is") || word_is(&r->t, cop, "was") ||
                            word_is(&r->t, cop, "are") || word_is(&r->t, cop, "were"));
    if (!said || p == NONE || negated(r, w) || child_with(&r->t, w, R_AUX) < w ||
        phrase_at(r, p)->def == DEF_BARE || phrase_at(r, p)->def == DEF_NUMBER)
        return;
    uint32_t s = child_with(&r->t, w, R_NSUBJ);
    if (s < r->t.end && !word_is(&r->t, low(&r->t, w), "no"))
        tie(r, p, phrase_of(r, s));
}

/* "the mayor, who": the noun that the clause hangs on. */
static uint32_t relative_of(const resolver *r, uint32_t w)
{
    for (int i = 0; i < CLIMB_MOST && w < r->t.end; i++) {
        if (rel_at(&r->t, w) == R_RELCL)
            return phrase_of(r, head_at(&r->t, w));
        w = head_at(&r->t, w);
    }
    return NONE;
}

/* "Holm blamed herself": the subject of the next verb above. */
static uint32_t subject_above(const resolver *r, uint32_t w)
{
    for (int i = 0; i < CLIMB_MOST && w < r->t.end; i++) {
        w = head_at(&r->t, w);
        uint32_t s = w < r->t.end ? child_with(&r->t, w, R_NSUBJ) : r->t.end;
        if (s >= r->t.end && w < r->t.end)
            s = child_with(&r->t, w, R_NSUBJ_PASS);
        if (s < r->t.end)
            return phrase_of(r, s);
    }
    return NONE;
}

static void pronouns(resolver *r, uint32_t w)
{
    uint32_t at = phrase_of(r, w);
    phrase *p = at == NONE ? NULL : phrase_at(r, at);
    if (!p || p->m.form != DS_MENTION_PRONOUN)
        return;
    uint32_t to = p->cls == W_WHO    ? relative_of(r, w)
                  : p->cls == W_SELF ? subject_above(r, w)
                                     : NONE;
    if (to != NONE && to < at)
        p->same = to;
}

/* ---- quotations ------------------------------------------------------------------------------------------------ */

bool speech_lemma(const resolver *r, uint32_t w)
{
    ds_str lemma = word_lemma(&r->t, w);
    int64_t row = ds_phrase_find(r->s.cues, lemma);
    for (; row >= 0 && row < r->s.cues_t->rows; row++) {
        if (!ds_str_eq(ds_table_cell(r->s.cues_t, (uint32_t)row, 0), lemma))
            return false;
        if (ds_str_eq(ds_table_cell(r->s.cues_t, (uint32_t)row, CUE_CLASS), DS_STR("speech")))
            return true;
    }
    return false;
}

static bool speaks(const resolver *r, uint32_t w)
{
    return word_upos(&r->t, w) == DS_VERB && !token_of_word(r, w)->quote && speech_lemma(r, w);
}

/* The phrase that speaks in the sentence outside of its quotations. */
static uint32_t speaker_in(const resolver *r)
{
    for (uint32_t w = r->t.beg; w < r->t.end; w++) {
        if (!speaks(r, w))
            continue;
        uint32_t s = child_with(&r->t, w, R_NSUBJ), p = phrase_of(r, s);
        if (p != NONE && !phrase_at(r, p)->quote)
            return p;
    }
    return NONE;
}

static bool has_quotation(const resolver *r)
{
    const ds_sentence *in = &r->s.doc->sents[r->t.sent];
    for (uint32_t i = in->tok; i < in->tok_end; i++)
        if (tok_at(&r->s, i)->quote)
            return true;
    return false;
}

/* All quotations from sentence `from` to this one that nobody has said are the speaker's. */
static void give_quotations(resolver *r, uint32_t from, uint32_t p)
{
    const ds_sentence *sents = r->s.doc->sents;
    for (uint32_t i = sents[from].tok; i < sents[r->t.sent].tok_end; i++) {
        uint16_t q = tok_at(&r->s, i)->quote;
        if (q && r->speakers[q] == NONE)
            r->speakers[q] = p;
    }
}

/* The first phrase in the span that is a person; without one, the first. */
static uint32_t phrase_in(const resolver *r, ds_span s)
{
    uint32_t lo = 0, hi = (uint32_t)r->s.doc->words_len;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (r->s.doc->words[mid].span.beg < s.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t first = NONE;
    for (; lo < r->s.doc->words_len && r->s.doc->words[lo].span.end <= s.end; lo++) {
        uint32_t p = r->of_word[lo];
        if (p != NONE && phrase_at(r, p)->type == DS_NAME_PERSON)
            return p;
        first = first == NONE ? p : first;
    }
    return first;
}

/* Those of attributions, where they have been read. */
static void attributed(resolver *r, const ds_attribution *a)
{
    uint32_t p = a->source.end ? phrase_in(r, a->source) : NONE;
    const ds_sentence *from = &r->s.doc->sents[a->sent];
    if (p == NONE || !a->reportive || a->inside >= 0)
        return;
    for (uint32_t k = 0; k < a->content_len; k++) {
        uint32_t i = from->tok;
        while (i > 0 && tok_at(&r->s, i)->span.beg > a->content[k].beg)
            i--;
        for (; i < r->s.doc->toks_len && tok_at(&r->s, i)->span.end <= a->content[k].end; i++) {
            uint16_t q = tok_at(&r->s, i)->quote;
            if (q && tok_at(&r->s, i)->span.beg >= a->content[k].beg && r->speakers[q] == NONE)
                r->speakers[q] = p;
        }
    }
}

typedef struct floor_holder { /* who speaks in a paragraph */
    uint32_t block, first, speaker;
} floor_holder;

static void speakers(resolver *r, floor_holder *f)
{
    const ds_sentence *in = &r->s.doc->sents[r->t.sent];
    if (in->block != f->block)
        *f = (floor_holder){in->block, r->t.sent, NONE};
    uint32_t p = speaker_in(r);
    bool first = f->speaker == NONE;
    if (p != NONE)
        f->speaker = p;
    if (f->speaker != NONE && (first || has_quotation(r)))
        give_quotations(r, first ? f->first : r->t.sent, f->speaker);
}

ds_status read_ties(resolver *r)
{
    floor_holder f = {NONE, 0, NONE};
    for (size_t i = 0; i < r->s.marks->attributions_len; i++)
        attributed(r, &r->s.marks->attributions[i]);
    for (uint32_t i = 0; i < r->s.doc->sents_len; i++) {
        ds_status st = tree_read(&r->t, i);
        DS_TRY(st);
        if (st != DS_OK)
            continue;
        for (uint32_t w = r->t.beg; w < r->t.end; w++) {
            appositions(r, w);
            copulas(r, w);
            pronouns(r, w);
        }
        speakers(r, &f);
    }
    return DS_OK;
}
