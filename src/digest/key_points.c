/* SPDX-License-Identifier: Apache-2.0 */
/* key_points.c - what to know first: questions that several origins answer, in words of our own where people are counted and in those of
 * a page where anything else is; sums that do not add up; what is told both ways; and what most pages tell without a figure. */
#include "internal.h"

#include <stdlib.h>

enum {
    POINTS_MAX = 9,      /* a reader takes in no more */
    POINTS_GOOD = 6,     /* sentences without a figure fill up to so many */
    FIGURES_MAX = 5,     /* points with figures in our words */
    CARRY_WORDS = 45,    /* of a sentence that is quoted for its figure */
    QUOTES_MAX = 3,      /* with figures in a page's words */
    TOLD_LEAST = 3,      /* in a story that is about no count of people */
    TOLD_MAX = 4,        /* sentences that several pages tell */
    ALONE_MAX = 3,       /* so many points are filled up with sentences of one page */
    ALSO_MAX = 2,        /* lists of what is left */
    TOGETHER = 3,        /* questions of one measure in a point ... */
    TOGETHER_WORDS = 45, /* ... as long as it has not so many words yet */
    ALSO_QUESTIONS = 4,  /* in a list of what is left */
    SINGLES_MAX = 2,     /* figures of one origin that several pages repeat */
    PEOPLE_WEIGHT =
        41, /* lighter measures (lexicon/en/questions.tsv) have labels that read like sentences */
    ASIDE_OF = 10,      /* a question of less than a tenth of the pages is aside of the story */
    LATER_WEIGHT = 56,  /* heavier ones (durations, shares) stand behind what pages tell */
    MATTER_WORDS = 2,   /* that sentences share which speak of the same */
    RELATED_LEAST = 3,  /* words that a second sentence of a point shares with the first */
    RELATED_WORDS = 60, /* of a point that quotes a second sentence */
    DISPUTES_KEPT = 1,  /* points kept for what is told both ways */
    SUMS_KEPT = 2,      /* for sums that do not add up */
};

typedef DS_VEC(ds_key_point) points;
typedef DS_VEC(uint32_t) numbers;

typedef struct said { /* a sentence that is quoted */
    const dg_sentence *s;
    size_t
        point; /* that begins with it; NO_POINT: the standfirst, or the second sentence of a point */
    size_t tails; /* questions told behind it */
    bool second;  /* another sentence stands behind it */
} said;

#define NO_POINT SIZE_MAX

typedef struct maker {
    const dg *d;
    const dg_sentences *all;
    points out;
    bool *told;              /* questions */
    bool *summed;            /* flags */
    const ds_question *lead; /* the first one that is told in our words */
    DS_VEC(said) quoted;
} maker;

/* ---- points ---------------------------------------------------------------------------------------------------- */

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

/* The question, and the sentences with its figures. */
static void mark_told(maker *k, uint32_t question)
{
    const ds_question *q = &k->d->ledger->questions[question];
    k->told[question] = true;
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t r = 0; r < q->answers[i].rows_len; r++) {
            const ds_row *row = &k->d->story->rows[q->answers[i].rows[r]];
            dg_sentence *s = dg_sentence_at(k->all, row->member, row->claim.number);
            if (s)
                s->told = true;
        }
}

static void set_questions(maker *k, ds_key_point *p, const numbers *questions)
{
    if (questions->len)
        qsort(questions->at, questions->len, sizeof *questions->at, by_number);
    p->questions = questions->at;
    p->questions_len = questions->len;
    for (size_t i = 0; i < questions->len; i++)
        mark_told(k, questions->at[i]);
}

static ds_status push(maker *k, ds_buf *b, const dg_cites *cites, numbers *questions, bool flagged)
{
    ds_key_point p = {.flagged = flagged, .cites = {cites->at, cites->len}};
    DS_TRY(ds_buf_take(b, &p.text));
    if (questions)
        set_questions(k, &p, questions);
    return DS_PUSH(k->d->a, &k->out, p);
}

/* "B against itself: half of about 11,000 is up to 5,500, but the same sentence says about 300." */
static void put_share(ds_buf *b, const dg *d, const ds_flag *f)
{
    const ds_row *share = &d->story->rows[f->rows[0]], *base = &d->story->rows[f->rows[1]],
                 *stated = &d->story->rows[f->rows[2]];
    ds_buf_put(b, d->story->members[stated->member].letter);
    ds_buf_puts(b, " against itself: ");
    ds_number_prose(b, f->share, share->claim.unit);
    ds_buf_puts(b, " of ");
    if (f->rows[1] == f->rows[0] || base->claim.delta ||
        !ds_str_eq(base->claim.unit, stated->claim.unit))
        ds_number_prose(b, f->base, stated->claim.unit);
    else
        ds_value_prose(b, &base->claim.value, base->claim.unit);
    ds_buf_puts(b, " is ");
    ds_number_prose(b, f->expected, stated->claim.unit);
    ds_buf_puts(b, share->claim.number == stated->claim.number ? ", but the same sentence says "
                                                               : ", but the same page says ");
    ds_value_prose(b, &stated->claim.value, stated->claim.unit);
    ds_buf_putc(b, '.');
}

static ds_status flag_point(maker *k, uint32_t n)
{
    const ds_flag *f = &k->d->ledger->flags[n];
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(k->d->a);
    k->summed[n] = true;
    if (f->kind == DS_FLAG_SHARE) {
        put_share(&b, k->d, f);
    } else {
        ds_buf_put(&b, f->finding);
        ds_buf_putc(&b, '.');
    }
    for (uint32_t i = 0; i < f->rows_len; i++)
        DS_TRY(dg_cite(k->d->a, &cites, k->d, f->rows[i]));
    return push(k, &b, &cites, NULL, true);
}

static ds_status dispute_point(maker *k, const ds_dispute *x)
{
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(k->d->a);
    ds_buf_put(&b, x->finding);
    ds_buf_putc(&b, '.');
    for (int i = 0; i < 2; i++)
        DS_TRY(DS_PUSH(k->d->a, &cites, x->sides[i].cite));
    return push(k, &b, &cites, NULL, true);
}

/* ---- which questions --------------------------------------------------------------------------------------- */

static bool counts_people(const dg *d, const ds_question *q)
{
    return ds_str_eq(q->unit, DS_STR("person")) && dg_weight(d, q->measure) < PEOPLE_WEIGHT;
}

static size_t pages_of(const dg *d, const ds_question *q)
{
    size_t n = 0;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        bool there = false;
        for (size_t i = 0; i < q->answers_len && !there; i++)
            for (size_t r = 0; r < q->answers[i].rows_len && !there; r++)
                there = d->story->rows[q->answers[i].rows[r]].member == m;
        n += there;
    }
    return n;
}

static bool is_shared(const ds_question *q)
{
    return q->origins_len > 1 && q->answers_len > 0;
}

/* Arithmetic that touches the question, each flag once. */
static ds_status flags_of(maker *k, const ds_question *q)
{
    size_t told = 0;
    for (size_t i = 0; i < k->d->ledger->flags_len; i++)
        told += k->summed[i];
    for (size_t i = 0; i < q->flags_len && told < SUMS_KEPT; i++) {
        uint32_t f = q->flags[i];
        if (k->summed[f] || k->d->ledger->flags[f].kind == DS_FLAG_DRIFT)
            continue;
        told++;
        DS_TRY(flag_point(k, f));
    }
    return DS_OK;
}

static size_t words_in(ds_str s)
{
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] == ' ';
    return n;
}

/* The question with the next ones of its measure, as long as the point stays short. */
static ds_status figures_point(maker *k, uint32_t first)
{
    const dg *d = k->d;
    const ds_question *q = d->ledger->questions;
    numbers mine = {0};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(d->a);
    for (uint32_t i = first; i < d->ledger->questions_len && mine.len < TOGETHER; i++) {
        bool fits =
            i == first || (is_shared(&q[first]) && is_shared(&q[i]) && !k->told[i] &&
                           counts_people(d, &q[i]) && ds_str_eq(q[i].measure, q[first].measure) &&
                           words_in(ds_buf_str(&b)) < TOGETHER_WORDS);
        if (!fits)
            continue;
        ds_buf_puts(&b, mine.len ? " " : "");
        k->lead = k->lead ? k->lead : &q[i];
        DS_TRY(dg_put_figures(&b, d, &q[i], k->lead));
        DS_TRY(dg_cite_answers(&cites, d, &q[i]));
        DS_TRY(DS_PUSH(d->a, &mine, i));
    }
    return push(k, &b, &cites, &mine, false);
}

/* Few of many pages ask it: a story of the markets has its dead, but is not about them. */
static bool is_aside(const dg *d, const ds_question *q)
{
    return pages_of(d, q) * ASIDE_OF < d->story->members_len;
}

static ds_status people_points(maker *k)
{
    const ds_ledger *l = k->d->ledger;
    size_t n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < l->questions_len && n < FIGURES_MAX; i++) {
            const ds_question *q = &l->questions[i];
            if (k->told[i] || !is_shared(q) || !counts_people(k->d, q) || is_aside(k->d, q) ||
                ds_scope_is_aside(q->scope) != (pass == 1))
                continue;
            DS_TRY(figures_point(k, i));
            DS_TRY(flags_of(k, q));
            n++;
        }
    return DS_OK;
}

/* What one origin says and several pages repeat. */
static ds_status single_points(maker *k)
{
    const ds_ledger *l = k->d->ledger;
    size_t n = 0;
    for (uint32_t i = 0; i < l->questions_len && n < SINGLES_MAX && k->out.len < POINTS_GOOD; i++) {
        const ds_question *q = &l->questions[i];
        if (k->told[i] || is_shared(q) || q->answers_len == 0 || !counts_people(k->d, q) ||
            pages_of(k->d, q) < 2)
            continue;
        DS_TRY(figures_point(k, i));
        n++;
    }
    return DS_OK;
}

/* ---- in a page's words -------------------------------------------------------------------------------------- */

static bool is_quoted_already(const maker *k, const dg_sentence *s)
{
    for (size_t i = 0; i < k->quoted.len; i++)
        if (k->quoted.at[i].s == s || dg_same_told(k->quoted.at[i].s, s))
            return true;
    return false;
}

/* Alone in a point: not the beginning of a page, and not what another point says. */
static bool may_quote(const maker *k, const dg_sentence *s)
{
    return s->alone && s->body > 1 && !s->told && !s->stale && !is_quoted_already(k, s);
}

/* With what other pages give: any sentence that can be read alone, once; and where none is left one that leans on another. */
static bool may_carry(const maker *k, const dg_sentence *s, bool later)
{
    for (size_t i = 0; i < k->quoted.len; i++)
        if (k->quoted.at[i].s == s)
            return false;
    return s && s->body && !s->stale &&
           (s->alone || (later && s->whole && s->length <= CARRY_WORDS));
}

typedef struct offer { /* a sentence, and untold questions that it answers */
    const dg_sentence *s;
    uint32_t question, row;
} offer;

typedef DS_VEC(offer) offers;

/* The lowest and the highest figure of a dispute stand in sentences that speak of the same as s: else they may count different
 * things, one child of this woman and two of that. */
static bool same_matter(const maker *k, const ds_question *q, const bool *counts,
                        const dg_sentence *s)
{
    size_t ends[2] = {SIZE_MAX, SIZE_MAX};
    for (size_t i = 0; i < q->answers_len; i++)
        if (counts[i]) {
            ends[0] = ends[0] == SIZE_MAX ? i : ends[0];
            ends[1] = i;
        }
    for (int e = 0; e < 2 && ends[e] != SIZE_MAX; e++) {
        const ds_answer *x = &q->answers[ends[e]];
        bool fits = false;
        for (size_t r = 0; !fits && r < x->rows_len; r++) {
            const ds_row *row = &k->d->story->rows[x->rows[r]];
            const dg_sentence *t = dg_sentence_at(k->all, row->member, row->claim.number);
            fits = t == s || (t && dg_shared_words(s, t) >= MATTER_WORDS);
        }
        if (!fits)
            return false;
    }
    return true;
}

/* Some figure is worked out from a share ("68 per cent of the people"): its words are not those of the count. */
static bool is_worked_out(const maker *k, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t r = 0; r < q->answers[i].rows_len; r++)
            if (!ds_str_eq(k->d->story->rows[q->answers[i].rows[r]].claim.unit, q->unit))
                return true;
    return false;
}

static bool wanted(const maker *k, uint32_t i, bool later)
{
    const ds_question *q = &k->d->ledger->questions[i];
    return !k->told[i] && is_shared(q) && !counts_people(k->d, q) && !is_worked_out(k, q) &&
           (later || dg_weight(k->d, q->measure) < LATER_WEIGHT);
}

static ds_status all_offers(const maker *k, bool later, offers *out)
{
    for (uint32_t i = 0; i < k->d->ledger->questions_len; i++) {
        const ds_question *q = &k->d->ledger->questions[i];
        const bool *common, *counts;
        if (!wanted(k, i, later))
            continue;
        DS_TRY(dg_common(k->d, q, &common, &counts));
        for (size_t x = 0; x < q->answers_len; x++)
            for (size_t r = 0; common[x] && r < q->answers[x].rows_len; r++) {
                const ds_row *row = &k->d->story->rows[q->answers[x].rows[r]];
                const dg_sentence *s = dg_sentence_at(k->all, row->member, row->claim.number);
                if (may_carry(k, s, later) &&
                    (q->state > DS_S_APART || same_matter(k, q, counts, s)))
                    DS_TRY(DS_PUSH(k->d->a, out, ((offer){s, i, q->answers[x].rows[r]})));
            }
    }
    return DS_OK;
}

static int by_sentence(const void *pa, const void *pb)
{
    const offer *a = pa, *b = pb;
    if (a->s != b->s)
        return a->s < b->s ? -1 : 1;
    if (a->question != b->question)
        return a->question < b->question ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool better(const dg_sentence *a, const dg_sentence *b)
{
    return a->alone != b->alone ? a->alone : a->score > b->score;
}

/* The run of offers of one sentence that answers most questions; of several the one that says most of the story. */
static size_t best_run(const offers *v, size_t *len)
{
    size_t best = 0, best_n = 0;
    *len = 0;
    for (size_t i = 0, j; i < v->len; i = j) {
        size_t n = 0;
        for (j = i; j < v->len && v->at[j].s == v->at[i].s; j++)
            n += j == i || v->at[j].question != v->at[j - 1].question;
        if (n > best_n || (n == best_n && better(v->at[i].s, v->at[best].s))) {
            best = i;
            best_n = n;
            *len = j - i;
        }
    }
    return best;
}

/* Those of `more` that are not there yet behind the others. */
static ds_status cite_more(const dg *d, dg_cites *io, const dg_cites *more)
{
    for (size_t i = 0; i < more->len; i++) {
        bool there = false;
        for (size_t j = 0; j < io->len && !there; j++)
            there = io->at[j].member == more->at[i].member &&
                    io->at[j].sentence == more->at[i].sentence;
        if (!there)
            DS_TRY(DS_PUSH(d->a, io, more->at[i]));
    }
    return DS_OK;
}

static ds_str figure_words(const maker *k, const offer *o)
{
    const ds_claim *c = &k->d->story->rows[o->row].claim;
    return ds_str_trim(ds_str_at(c->sentence, c->figure));
}

/* An offer before has the same words for its figure, and all agree on this one too. */
static bool is_twin(const maker *k, const offer *v, size_t i)
{
    const ds_question *q = &k->d->ledger->questions[v[i].question];
    for (size_t n = 0; n < i; n++)
        if (ds_str_eq(figure_words(k, &v[n]), figure_words(k, &v[i])))
            return q->answers_len == 1;
    return false;
}

/* Behind a sentence: what pages give for the figures in it, as long as there are not too many questions or words. */
static ds_status put_tails(maker *k, ds_buf *b, const offer *v, size_t len, dg_cites *cites,
                           numbers *mine)
{
    const dg *d = k->d;
    dg_cites more = {0};
    for (size_t i = 0; i < len && mine->len < TOGETHER; i++) {
        const ds_question *q = &d->ledger->questions[v[i].question];
        bool twin = is_twin(k, v, i);
        if ((i && v[i].question == v[i - 1].question) ||
            (mine->len && !twin && words_in(ds_buf_str(b)) > RELATED_WORDS))
            continue;
        if (!twin) {
            ds_buf_putc(b, ' ');
            DS_TRY(dg_put_tail(b, d, q, v[i].row));
        }
        DS_TRY(dg_cite_answers(&more, d, q));
        DS_TRY(dg_cite(d->a, &more, d, v[i].row));
        DS_TRY(DS_PUSH(d->a, mine, v[i].question));
    }
    return cite_more(d, cites, &more);
}

/* A sentence of a page, the sentences that tell the same, and what others give for its figures. */
static ds_status quote_point(maker *k, const dg_sentence *s, const dg_cites *same, const offer *v,
                             size_t len)
{
    numbers mine = {0};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(k->d->a);
    dg_put_quote(&b, s->words);
    DS_TRY(DS_PUSH(k->d->a, &cites, ((ds_cite){s->member, s->number})));
    if (same)
        DS_TRY(cite_more(k->d, &cites, same));
    DS_TRY(put_tails(k, &b, v, len, &cites, &mine));
    DS_TRY(DS_PUSH(k->d->a, &k->quoted, ((said){s, k->out.len, mine.len, false})));
    return push(k, &b, &cites, &mine, false);
}

/* Puts the figures of another sentence behind a point: the sentence too unless the point tells the same. */
static ds_status extend_point(maker *k, said *x, bool quote, const offer *v, size_t len)
{
    const dg *d = k->d;
    ds_key_point *p = &k->out.at[x->point];
    numbers mine = {0}, all = {0};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(d->a);
    ds_buf_put(&b, p->text);
    if (quote) {
        ds_buf_putc(&b, ' ');
        dg_put_quote(&b, v[0].s->words);
    }
    for (size_t i = 0; i < p->cites.len; i++)
        DS_TRY(DS_PUSH(d->a, &cites, p->cites.at[i]));
    DS_TRY(put_tails(k, &b, v, len, &cites, &mine));
    for (size_t i = 0; i < p->questions_len; i++)
        DS_TRY(DS_PUSH(d->a, &all, p->questions[i]));
    for (size_t i = 0; i < mine.len; i++)
        DS_TRY(DS_PUSH(d->a, &all, mine.at[i]));
    x->tails += mine.len;
    x->second |= quote;
    p->cites = (ds_line_cites){cites.at, cites.len};
    set_questions(k, p, &all);
    DS_TRY(ds_buf_take(&b, &p->text));
    return quote ? DS_PUSH(d->a, &k->quoted, ((said){v[0].s, NO_POINT, 0, false})) : DS_OK;
}

/* The figure of the offer stands in the sentence as well, in the same words: a number alone may count anything. */
static bool bears(const maker *k, const dg_sentence *s, const offer *o)
{
    ds_str figure = figure_words(k, o);
    bool bare = ds_str_find(figure, DS_STR(" "), 0) < 0;
    return ds_str_find(s->words, figure, 0) >= 0 &&
           (dg_same_told(s, o->s) || (!bare && dg_shared_words(s, o->s) >= MATTER_WORDS));
}

/* A point whose sentence has all these figures too, with room for them. */
static said *bearing_point(maker *k, const offer *v, size_t len)
{
    for (size_t i = 0; i < k->quoted.len; i++) {
        said *x = &k->quoted.at[i];
        bool fits = x->point != NO_POINT && x->tails < TOGETHER;
        for (size_t n = 0; n < len && fits; n++)
            fits = bears(k, x->s, &v[n]);
        if (fits)
            return x;
    }
    return NULL;
}

static ds_status sorted_offers(const maker *k, bool later, offers *out)
{
    DS_TRY(all_offers(k, later, out));
    if (out->len)
        qsort(out->at, out->len, sizeof *out->at, by_sentence);
    return DS_OK;
}

static ds_status quote_points(maker *k, bool later, size_t most)
{
    for (size_t n = 0; n < most;) {
        offers v = {0};
        size_t len, beg;
        DS_TRY(sorted_offers(k, later, &v));
        if (v.len == 0)
            return DS_OK;
        beg = best_run(&v, &len);
        said *bearing = bearing_point(k, v.at + beg, len);
        if (bearing) {
            DS_TRY(extend_point(k, bearing, false, v.at + beg, len));
            continue;
        }
        DS_TRY(quote_point(k, v.at[beg].s, NULL, v.at + beg, len));
        n++;
    }
    return DS_OK;
}

/* The point of a quoted sentence that speaks of the same matter and has room for another. */
static said *related_point(maker *k, const dg_sentence *s)
{
    said *best = NULL;
    uint32_t most = RELATED_LEAST - 1;
    for (size_t i = 0; i < k->quoted.len; i++) {
        said *x = &k->quoted.at[i];
        uint32_t shared = dg_shared_words(x->s, s);
        if (x->point == NO_POINT || x->second || shared <= most ||
            words_in(k->out.at[x->point].text) + s->length > RELATED_WORDS)
            continue;
        most = shared;
        best = x;
    }
    return best;
}

/* What no point has room for goes behind a point that speaks of the same. */
static ds_status related_points(maker *k)
{
    for (;;) {
        offers v = {0}, fits = {0};
        size_t len, beg;
        DS_TRY(sorted_offers(k, true, &v));
        for (size_t i = 0; i < v.len; i++)
            if (related_point(k, v.at[i].s))
                DS_TRY(DS_PUSH(k->d->a, &fits, v.at[i]));
        if (fits.len == 0)
            return DS_OK;
        beg = best_run(&fits, &len);
        said *bearing = bearing_point(k, fits.at + beg, len);
        said *x = bearing ? bearing : related_point(k, fits.at[beg].s);
        DS_TRY(extend_point(k, x, !bearing, fits.at + beg, len));
    }
}

/* Labels of other measures ("cost, dam") are no sentences. */
static bool may_list(const maker *k, uint32_t i)
{
    const ds_question *q = &k->d->ledger->questions[i];
    return !k->told[i] && is_shared(q) && counts_people(k->d, q) && !is_aside(k->d, q);
}

/* "Also: women killed: 2 (three origins); missing: 4 or 5." */
static ds_status also_point(maker *k)
{
    const dg *d = k->d;
    numbers mine = {0};
    dg_cites cites = {0};
    ds_buf b = ds_buf_new(d->a);
    for (uint32_t i = 0; i < d->ledger->questions_len && mine.len < ALSO_QUESTIONS; i++) {
        const ds_question *q = &d->ledger->questions[i];
        if (!may_list(k, i))
            continue;
        ds_buf_puts(&b, mine.len ? "; " : "Also: ");
        DS_TRY(dg_put_short(&b, d, q, NULL));
        DS_TRY(dg_cite_answers(&cites, d, q));
        DS_TRY(DS_PUSH(d->a, &mine, i));
    }
    if (mine.len == 0)
        return DS_NONE;
    ds_buf_putc(&b, '.');
    return push(k, &b, &cites, &mine, false);
}

/* ---- what pages tell without a figure --------------------------------------------------------------------- */

enum { CANDIDATES = 64, EVENT_CITES = 6 };

typedef struct event {
    const dg_sentence *s;
    uint32_t pages;
    dg_cites cites; /* the sentence first */
} event;

static int by_score(const void *pa, const void *pb)
{
    const dg_sentence *const *a = pa, *const *b = pb;
    if ((*a)->score != (*b)->score)
        return (*a)->score > (*b)->score ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

static bool is_same(const dg_sentence *a, const dg_sentence *b)
{
    return a->length == b->length && a->hashes == b->hashes &&
           memcmp(a->hash, b->hash, a->hashes * sizeof *a->hash) == 0;
}

/* Who else tells it in words of his own. */
static ds_status find_pages(const maker *k, event *e)
{
    uint32_t last = e->s->member;
    e->pages = 1;
    DS_TRY(DS_PUSH(k->d->a, &e->cites, ((ds_cite){e->s->member, e->s->number})));
    for (size_t i = 0; i < k->all->len; i++) {
        const dg_sentence *s = &k->all->at[i];
        if (s->member == last || s->member == e->s->member || s->part == DS_PART_TITLE ||
            s->copied || !dg_same_told(e->s, s))
            continue;
        if (s->body == 1 && is_same(e->s, s)) {
            e->pages = 0; /* another page begins with it */
            return DS_OK;
        }
        last = s->member;
        e->pages++;
        if (e->cites.len < EVENT_CITES)
            DS_TRY(DS_PUSH(k->d->a, &e->cites, ((ds_cite){s->member, s->number})));
    }
    return DS_OK;
}

static ds_status candidates(const maker *k, event out[CANDIDATES], size_t *len)
{
    DS_VEC(const dg_sentence *) v = {0};
    for (size_t i = 0; i < k->all->len; i++) {
        const dg_sentence *s = &k->all->at[i];
        if (s->alone && s->body > 1 && !s->copied && s->score)
            DS_TRY(DS_PUSH(k->d->a, &v, s));
    }
    if (v.len)
        qsort(v.at, v.len, sizeof *v.at, by_score);
    *len = v.len < CANDIDATES ? v.len : CANDIDATES;
    for (size_t i = 0; i < *len; i++) {
        out[i] = (event){.s = v.at[i]};
        DS_TRY(find_pages(k, &out[i]));
    }
    return DS_OK;
}

static ds_status event_point(maker *k, const event *e)
{
    offers v = {0};
    size_t beg = 0, end;
    DS_TRY(sorted_offers(k, true, &v));
    while (beg < v.len && v.at[beg].s != e->s)
        beg++;
    for (end = beg; end < v.len && v.at[end].s == e->s; end++)
        ;
    return quote_point(k, e->s, &e->cites, v.len ? v.at + beg : NULL, end - beg);
}

/* Those that most pages tell first; those of one page only until there are a few points. */
static ds_status event_points(maker *k, size_t most)
{
    event v[CANDIDATES];
    size_t len;
    if (most == 0)
        return DS_OK;
    DS_TRY(candidates(k, v, &len));
    for (size_t n = 0; n < most; n++) {
        const event *best = NULL;
        for (size_t i = 0; i < len; i++)
            if ((!best || v[i].pages > best->pages) && may_quote(k, v[i].s) && v[i].pages &&
                (v[i].pages > 1 || k->out.len < ALONE_MAX))
                best = &v[i];
        if (!best)
            return DS_OK;
        DS_TRY(event_point(k, best));
    }
    return DS_OK;
}

/* ---- all of them ---------------------------------------------------------------------------------------------- */

static size_t untold(const maker *k)
{
    size_t n = 0;
    for (uint32_t i = 0; i < k->d->ledger->questions_len; i++)
        n += may_list(k, i);
    return n;
}

static size_t room(const maker *k, size_t most)
{
    size_t left = POINTS_MAX > k->out.len ? POINTS_MAX - k->out.len : 0;
    return left < most ? left : most;
}

static ds_status doubts(maker *k)
{
    const ds_ledger *l = k->d->ledger;
    size_t told = 0, both = 0;
    for (uint32_t f = 0; f < l->flags_len; f++)
        told += k->summed[f];
    for (uint32_t f = 0; f < l->flags_len && told < SUMS_KEPT; f++)
        if (!k->summed[f] && (l->flags[f].kind != DS_FLAG_DRIFT || k->out.len < POINTS_GOOD)) {
            told++;
            DS_TRY(flag_point(k, f));
        }
    for (size_t i = 0; i < l->disputes_len && both < DISPUTES_KEPT; i++)
        if (l->disputes[i].verdict == DS_V_CONFLICTS) {
            both++;
            DS_TRY(dispute_point(k, &l->disputes[i]));
        }
    return DS_OK;
}

static ds_status make(maker *k)
{
    DS_TRY(people_points(k));
    DS_TRY(doubts(k));
    DS_TRY(single_points(k));
    DS_TRY(quote_points(k, false, room(k, QUOTES_MAX)));
    size_t left = untold(k), also = left == 0 ? 0 : left <= ALSO_QUESTIONS ? 1 : ALSO_MAX;
    size_t figures = left ? also + 1 : 0; /* a sentence with what is left, and lists */
    size_t least = k->lead ? 1 : TOLD_LEAST, taken = k->out.len + figures;
    size_t gap = taken + least < POINTS_GOOD ? POINTS_GOOD - taken : least;
    DS_TRY(event_points(k, room(k, gap < TOLD_MAX ? gap : TOLD_MAX)));
    while (k->out.len + also < POINTS_MAX && k->out.len < POINTS_MAX) {
        size_t before = k->out.len;
        DS_TRY(quote_points(k, true, 1));
        left = untold(k);
        also = left == 0 ? 0 : left <= ALSO_QUESTIONS ? 1 : ALSO_MAX;
        if (k->out.len == before)
            break;
    }
    DS_TRY(related_points(k));
    ds_status st = DS_OK;
    for (size_t n = room(k, ALSO_MAX); st == DS_OK && n > 0; n--)
        st = also_point(k);
    return st < 0 ? st : DS_OK;
}

ds_status dg_key_points(const dg *d, const dg_sentences *all, ds_dossier *out)
{
    maker k = {.d = d, .all = all};
    k.told = ds_arena_calloc(d->a, d->ledger->questions_len, sizeof *k.told);
    k.summed = ds_arena_calloc(d->a, d->ledger->flags_len, sizeof *k.summed);
    if (!k.told || !k.summed)
        return DS_NOMEM;
    for (size_t i = 0; i < out->standfirst_cites.len; i++) {
        ds_cite c = out->standfirst_cites.at[i];
        const dg_sentence *s = dg_sentence_at(all, c.member, c.sentence);
        if (s)
            DS_TRY(DS_PUSH(d->a, &k.quoted, ((said){s, NO_POINT, 0, false})));
    }
    DS_TRY(make(&k));
    out->key_points = k.out.at;
    out->key_points_len = k.out.len;
    return DS_OK;
}
