/* SPDX-License-Identifier: Apache-2.0 */
/* questions_text.c - dossier questions for the eye: a line each, or one measure with its answers and pairs. */
#include "export/figures.h"

/* ---- a line each ------------------------------------------------------------------------------------------ */

typedef enum column { QUESTION, STATE, ORIGINS, LOW, BEST, HIGH, COLUMNS } column;

#define QUESTION_MAX 60
#define QUESTION_MIN 24 /* narrower, and a question stands above its estimate instead */
#define GAP 2

typedef struct line {
    ds_str cells[COLUMNS];
} line;

static const char *const heads[COLUMNS] = {"question", "state", "or", "low", "best", "high"};

static ds_str number(ex_page *p, bool has, ds_frac v, ds_str unit, bool flagged)
{
    ds_buf b = ex_words(p);
    ds_value exact = {
        .low = v, .best = v, .high = v, .has_low = true, .has_best = true, .has_high = true};
    if (has)
        ds_value_table(&b, &exact, unit);
    else
        ds_buf_puts(&b, "–");
    ds_buf_puts(&b, has && flagged ? EX_RED " !" : "");
    return ex_take(p, &b);
}

static bool flagged_at(const ds_question *q, bool has, ds_frac end)
{
    bool any = false;
    for (size_t i = 0; has && i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if (!v->has_best || ds_frac_cmp(v->best, end) != 0)
            continue;
        if (!q->answers[i].flagged)
            return false;
        any = true;
    }
    return any;
}

static line line_of(ex_page *p, const ds_question *q)
{
    const ds_estimate *e = &q->estimate;
    return (line){{ex_own(p, q->text), ex_chip(p, q), ex_say(p, "%zu", q->origins_len),
                   number(p, e->has_low, e->low, q->unit, flagged_at(q, e->has_low, e->low)),
                   number(p, e->has_best, e->best, q->unit, false),
                   number(p, e->has_high, e->high, q->unit, flagged_at(q, e->has_high, e->high))}};
}

static void print_line(ex_page *p, const size_t width[COLUMNS], const line *l)
{
    ex_box boxes[COLUMNS];
    size_t at = 0;
    for (column c = 0; c < COLUMNS; c++) {
        boxes[c] = (ex_box){at, width[c], l->cells[c], c >= ORIGINS};
        at += width[c] + GAP;
    }
    ex_row(p, boxes, COLUMNS);
}

/* The question takes what the others leave; false where that is too little. */
static bool measure(const ex_page *p, const line *all, size_t n, size_t width[COLUMNS])
{
    size_t others = 0;
    for (column c = 0; c < COLUMNS; c++) {
        width[c] = 0;
        for (size_t i = 0; i < n; i++) {
            size_t w = ex_width(all[i].cells[c]);
            width[c] = w > width[c] ? w : width[c];
        }
        others += c == QUESTION ? 0 : width[c] + GAP;
    }
    if (others + QUESTION_MIN > p->style.width)
        return false;
    size_t room = p->style.width - others;
    room = room > QUESTION_MAX ? QUESTION_MAX : room;
    width[QUESTION] = width[QUESTION] > room ? room : width[QUESTION];
    return true;
}

static void stacked(ex_page *p)
{
    for (size_t i = 0; i < p->d->ledger.questions_len; i++) {
        const ds_question *q = &p->d->ledger.questions[i];
        ex_between(p, 0, ex_own(p, q->text), ex_chip(p, q));
        ex_line(p, 2, ex_estimate(p, q));
    }
}

static void put_state(ds_buf *b, const ds_dossier *d, ds_state state, const char *words, bool *any)
{
    size_t n = 0;
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        n += d->ledger.questions[i].state == state;
    if (n == 0)
        return;
    ds_buf_printf(b, *any ? ", %zu %s" : ": %zu %s", n, words);
    *any = true;
}

static void legend(ex_page *p)
{
    ds_buf b = ex_words(p);
    bool any = false;
    ex_put_count(&b, p->d->ledger.questions_len, "question", "questions");
    put_state(&b, p->d, DS_S_CONFLICT, "conflict", &any);
    put_state(&b, p->d, DS_S_APART, "apart", &any);
    put_state(&b, p->d, DS_S_AGREE, "agree", &any);
    put_state(&b, p->d, DS_S_ONE_ORIGIN, "of one origin", &any);
    put_state(&b, p->d, DS_S_ONE_PAGE, "on one page", &any);
    ds_buf_puts(&b, ". or: origins. ! a flagged figure. – no such end, or no best: no two origins "
                    "share a figure, "
                    "or several figures have as many, or all that is known is a limit.");
    if (p->d->ledger.questions[0].estimate.rule.at) {
        ds_buf_puts(&b, " Rule: ");
        ex_put(&b, p->d->ledger.questions[0].estimate.rule);
        ds_buf_putc(&b, '.');
    }
    ex_blank(p);
    ex_prose(p, 0, ex_take(p, &b));
}

static void table(ex_page *p)
{
    size_t n = p->d->ledger.questions_len, width[COLUMNS];
    line *all = ds_arena_calloc(p->a, n + 1, sizeof *all);
    if (!all) {
        p->status = DS_NOMEM;
        return;
    }
    for (column c = 0; c < COLUMNS; c++)
        all[0].cells[c] = ex_say(p, EX_DIM "%s", heads[c]);
    for (size_t i = 0; i < n; i++)
        all[i + 1] = line_of(p, &p->d->ledger.questions[i]);
    bool fits = measure(p, all, n + 1, width);
    for (size_t i = 0; fits && i < n + 1; i++)
        print_line(p, width, &all[i]);
    if (!fits)
        stacked(p);
    legend(p);
}

/* ---- one question ------------------------------------------------------------------------------------------- */

static void answer(ex_page *p, const ex_fig_row *r, const size_t width[4])
{
    size_t at = 2 + width[0] + 3, holder = at + width[1] + 3, sure = holder + width[2] + 2;
    size_t when = sure + width[3] + 2;
    ex_box boxes[] = {{0, 1, r->answer->flagged ? ex_say(p, EX_RED "!") : DS_STR(""), false},
                      {2, width[0], r->value, false},
                      {at, width[1], r->cites, false},
                      {holder, width[2], r->holder, false},
                      {sure, width[3], ex_sure(r->first->claim.certainty, true), false},
                      {when, when < p->style.width ? p->style.width - when : 1, r->when, false}};
    ds_buf note = ex_words(p);
    ex_row(p, boxes, 6);
    if (r->note.len) {
        ds_buf_puts(&note, EX_DIM);
        ds_buf_put(&note, r->note);
        ex_line(p, holder, ex_take(p, &note));
    }
}

static void answers(ex_page *p, const ex_fig *fig)
{
    size_t width[4] = {0, 0, 0, 10};
    for (size_t i = 0; i < fig->rows_len; i++) {
        size_t w[] = {ex_width(fig->rows[i].value), ex_width(fig->rows[i].cites),
                      ex_width(fig->rows[i].holder)};
        for (size_t k = 0; k < 3; k++)
            width[k] = w[k] > width[k] ? w[k] : width[k];
    }
    width[1] = width[1] > 12 ? 12 : width[1];
    width[2] = width[2] > 26 ? 26 : width[2];
    for (size_t i = 0; i < fig->rows_len; i++)
        answer(p, &fig->rows[i], width);
}

static ds_str first_cite(ex_page *p, const ds_answer *ans)
{
    return ex_row_cites(p, (ex_idx){ans->rows, ans->rows_len ? 1 : 0}, "");
}

static void pairs(ex_page *p, const ds_question *q)
{
    if (q->pairs_len == 0)
        return;
    ex_heading(p, "Pairs");
    for (size_t i = 0; i < q->pairs_len; i++) {
        const ds_pair *pair = &q->pairs[i];
        ds_buf b = ex_words(p);
        ds_buf_put(&b, first_cite(p, &q->answers[pair->a]));
        ds_buf_puts(&b, " and ");
        ds_buf_put(&b, first_cite(p, &q->answers[pair->b]));
        ex_box boxes[] = {{2, 13, ex_take(p, &b), false},
                          {16, 9, ds_str_of(ds_verdict_name(pair->verdict)), false},
                          {27, p->style.width - 27, ex_own(p, pair->why), false}};
        ex_row(p, boxes, 3);
    }
}

#define TIES_SHOWN 12

static void tie(ex_page *p, const ds_tie *t)
{
    ds_buf b = ex_words(p);
    ds_buf_put(&b, ex_row_cites(p, (ex_idx){&t->row, 1}, ""));
    ds_buf_puts(&b, " and ");
    ds_buf_put(&b, ex_row_cites(p, (ex_idx){&t->with, 1}, ""));
    ex_box boxes[] = {{2, 13, ex_take(p, &b), false},
                      {16, p->style.width - 16, ex_own(p, t->why), false}};
    ex_row(p, boxes, 2);
}

/* "B2 and C1   the same is counted, with the same figure". */
static void ties(ex_page *p, const ds_question *q, bool apart)
{
    size_t n = 0;
    for (size_t i = 0; i < q->ties_len; i++) {
        if (q->ties[i].apart != apart)
            continue;
        if (n == 0)
            ex_heading(p, apart ? "Why others are not" : "Why they are one question");
        if (n++ < TIES_SHOWN)
            tie(p, &q->ties[i]);
    }
    if (n <= TIES_SHOWN)
        return;
    ds_buf b = ex_words(p);
    ds_buf_printf(&b, "and %zu more", n - TIES_SHOWN);
    ex_line(p, 16, ex_take(p, &b));
}

static void detail(ex_page *p, const ds_question *q)
{
    ex_fig fig = ex_fig_of(p, q);
    ds_buf title = ex_words(p), rule = ex_words(p);
    ds_buf_puts(&title, EX_BOLD);
    ex_put(&title, q->text);
    ex_between(p, 0, ex_take(p, &title), ex_chip(p, q));
    answers(p, &fig);
    ds_buf_put(&rule, ex_estimate(p, q));
    ds_buf_puts(&rule, q->estimate.rule.at ? "   rule " : "");
    ex_put(&rule, q->estimate.rule);
    ex_line(p, 2, ex_take(p, &rule));
    ex_line(p, 2, ex_own(p, q->estimate.why));
    pairs(p, q);
    ties(p, q, false);
    ties(p, q, true);
}

ds_status ex_questions_text(ds_arena *a, const ds_dossier *d, ds_str only, ds_style style,
                            ds_buf *out)
{
    ex_page p = ex_page_new(a, d, style, out);
    bool any = false;
    if (!only.at)
        table(&p);
    for (size_t i = 0; only.at && i < d->ledger.questions_len && p.status == DS_OK; i++) {
        if (!ex_question_asked(&d->ledger.questions[i], only))
            continue;
        if (any)
            ex_blank(&p);
        detail(&p, &d->ledger.questions[i]);
        any = true;
    }
    return ex_page_end(&p);
}
