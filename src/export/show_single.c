/* SPDX-License-Identifier: Apache-2.0 */
/* show_single.c - "One page each": figures that only one page gives, a line each. */
#include "export/show.h"

#define LABEL_MAX 34
#define LABEL_MAX_WIDE 44
#define CITES_W 5
#define SURE_W 7 /* "estim." and a blank: what a narrow page has room for behind the citations */
#define WIDE_CITES_AT 56

typedef struct line {
    ds_str label, value, cites, note;
} line;

typedef DS_VEC(line) lines;

/* "South Korean intelligence, estimated, Oct 2024"; at narrow widths how sure it is, no more. */
static ds_str note(ex_page *p, const ex_fig_row *r)
{
    ds_buf b = ex_words(p);
    bool wide = ex_wide(p);
    if (wide && r->first->claim.said_by_len)
        ds_buf_put(&b, r->holder);
    if (r->first->claim.certainty > DS_CERT_REPORTED) {
        ds_buf_puts(&b, b.len ? ", " : "");
        ds_buf_put(&b, ex_sure(r->first->claim.certainty, wide));
    }
    if (wide && r->first->claim.has_when) {
        ds_buf_puts(&b, b.len ? ", " : "");
        ds_buf_put(&b, r->when);
    }
    if (wide && r->note.len) {
        ds_buf_puts(&b, b.len ? "; " : "");
        ds_buf_put(&b, r->note);
    }
    return ex_take(p, &b);
}

static void add(ex_page *p, const ds_question *q, lines *out)
{
    ex_fig fig = ex_fig_of(p, q);
    for (size_t i = 0; i < fig.rows_len && p->status == DS_OK; i++) {
        const ex_fig_row *r = &fig.rows[i];
        line l = {.value = r->value, .cites = r->cites, .note = note(p, r)};
        l.label = i ? DS_STR("") : ex_own(p, q->label.at ? q->label : q->text);
        if (DS_PUSH(p->a, out, l) != DS_OK)
            p->status = DS_NOMEM;
    }
}

static size_t widest(const lines *all, size_t at)
{
    size_t width = 0;
    for (size_t i = 0; i < all->len; i++) {
        size_t w = ex_width(*(const ds_str *)(const void *)((const char *)&all->at[i] + at));
        width = w > width ? w : width;
    }
    return width;
}

static void print(ex_page *p, const lines *all)
{
    size_t label = widest(all, offsetof(line, label)), value = widest(all, offsetof(line, value));
    size_t most = ex_wide(p) ? LABEL_MAX_WIDE : LABEL_MAX;
    label = label > most ? most : label;
    size_t cites = 2 + label + 2 + value + 2;
    if (ex_wide(p) && cites < WIDE_CITES_AT)
        cites = WIDE_CITES_AT;
    size_t behind = CITES_W + (ex_wide(p) ? 2 : SURE_W);
    if (cites + behind >= p->style.width)
        cites = p->style.width - behind;
    size_t after = cites + CITES_W + (ex_wide(p) ? 2 : 0), values = 2 + label + 2;
    for (size_t i = 0; i < all->len; i++) {
        const line *l = &all->at[i];
        ex_box boxes[] = {{2, label, l->label, false},
                          {values, cites - 2 - values, l->value, true},
                          {cites, CITES_W, l->cites, false},
                          {after, p->style.width - after, l->note, false}};
        ex_row(p, boxes, 4);
    }
}

void ex_show_single_page(ex_page *p)
{
    lines all = {0};
    size_t n = 0;
    for (size_t i = 0; i < p->d->ledger.questions_len; i++) {
        const ds_question *q = &p->d->ledger.questions[i];
        if (q->state != DS_S_ONE_PAGE)
            continue;
        add(p, q, &all);
        n++;
    }
    if (n == 0 || p->status != DS_OK)
        return;
    ds_buf b = ex_words(p);
    ex_put_count(&b, n, "question", "questions");
    ex_blank(p);
    if (ex_wide(p)) {
        ex_box boxes[] = {{0, WIDE_CITES_AT, ex_say(p, EX_BOLD "One page each"), false},
                          {WIDE_CITES_AT, p->style.width - WIDE_CITES_AT, ex_take(p, &b), false}};
        ex_row(p, boxes, 2);
    } else {
        ex_between(p, 0, ex_say(p, EX_BOLD "One page each"), ex_take(p, &b));
    }
    print(p, &all);
}
