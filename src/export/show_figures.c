/* SPDX-License-Identifier: Apache-2.0 */
/* show_figures.c - THE FIGURES: every question with its answers on one axis per unit. */
#include "export/show.h"

#define CHIP_W 13 /* "conflict ×3.8" */
#define GAP 2
#define AXES_MAX 8 /* units that are plotted; figures in a ninth are words */

/* ---- axes --------------------------------------------------------------------------------------------- */

typedef struct scale { /* an axis and the questions that it serves */
    ds_str unit, per;
    double lowest, highest;
    ds_str noun; /* last word of the subjects, while they agree */
} scale;

typedef struct figures {
    ex_fig *figs;
    size_t figs_len;
    scale scales[AXES_MAX];
    ex_axis axes[AXES_MAX];
    size_t scales_len;
    ex_fig_columns columns;
} figures;

static ds_str per_of(const ds_question *q)
{
    return q->per_len ? q->per[0] : DS_STR("");
}

static scale *scale_of(figures *f, const ds_question *q)
{
    for (size_t i = 0; i < f->scales_len; i++)
        if (ds_str_eq(f->scales[i].unit, q->unit) && ds_str_eq(f->scales[i].per, per_of(q)))
            return &f->scales[i];
    return NULL;
}

static ds_str last_word(ds_str s)
{
    size_t beg = s.len;
    while (beg > 0 && s.at[beg - 1] != ' ')
        beg--;
    return ds_str_cut(s, beg, s.len);
}

static void widen(scale *s, bool has, ds_frac v)
{
    double real = has ? ds_frac_real(v) : 0;
    if (real <= 0)
        return;
    if (s->lowest <= 0 || real < s->lowest)
        s->lowest = real;
    if (real > s->highest)
        s->highest = real;
}

static void take_in(scale *s, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        widen(s, v->has_low, v->low);
        widen(s, v->has_best, v->best);
        widen(s, v->has_high, v->high);
    }
    if (!ds_str_eq(s->noun, last_word(q->subject)))
        s->noun = DS_STR("");
}

static void find_scales(figures *f, const ds_dossier *d)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++) {
        const ds_question *q = &d->ledger.questions[i];
        if (!ex_in_full(q))
            continue;
        scale *s = scale_of(f, q);
        if (!s && f->scales_len < AXES_MAX) {
            s = &f->scales[f->scales_len++];
            *s = (scale){.unit = q->unit, .per = per_of(q), .noun = last_word(q->subject)};
        }
        if (s)
            take_in(s, q);
    }
    for (size_t i = 0; i < f->scales_len; i++)
        if (f->scales[i].lowest > 0)
            f->axes[i] = ex_axis_of(f->scales[i].lowest, f->scales[i].highest);
}

/* Units without a figure above zero have no axis: those behind move up. */
static void drop_empty(figures *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->scales_len; i++) {
        if (f->scales[i].lowest <= 0)
            continue;
        f->scales[n] = f->scales[i];
        f->axes[n++] = f->axes[i];
    }
    f->scales_len = n;
}

/* ---- which figures are plotted ----------------------------------------------------------------------------- */

static bool on_axis(const ex_axis *axis, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *v = &q->answers[i].value;
        if ((v->has_low && !ex_axis_holds(axis, ds_frac_real(v->low))) ||
            (v->has_high && !ex_axis_holds(axis, ds_frac_real(v->high))))
            return false;
    }
    return true;
}

/* A question of one origin is plotted where the axis of the others has room for it; small counts are words. */
static const ex_axis *axis_for(figures *f, const ds_question *q)
{
    const scale *s = scale_of(f, q);
    if (!s)
        return NULL;
    const ex_axis *axis = &f->axes[s - f->scales];
    return ex_in_full(q) || on_axis(axis, q) ? axis : NULL;
}

static void gather(ex_page *p, figures *f)
{
    const ds_ledger *l = &p->d->ledger;
    f->figs = ds_arena_calloc(p->a, l->questions_len, sizeof *f->figs);
    if (!f->figs) {
        p->status = DS_NOMEM;
        return;
    }
    for (size_t i = 0; i < l->questions_len; i++) {
        const ds_question *q = &l->questions[i];
        if (q->state == DS_S_ONE_PAGE)
            continue;
        ex_fig fig = ex_fig_of(p, q);
        fig.axis = axis_for(f, q);
        f->figs[f->figs_len++] = fig;
    }
    f->columns = ex_fig_lay_out(p, f->figs, f->figs_len, f->axes, f->scales_len);
    for (size_t i = 0; i < f->figs_len && f->columns.plot_w == 0; i++)
        f->figs[i].axis = NULL;
}

/* ---- the heading and what explains it ------------------------------------------------------------------------ */

/* "Soldiers", "People", "km". */
static ds_str noun(ex_page *p, const scale *s)
{
    ds_buf b = ex_words(p);
    bool person = ds_str_eq(s->unit, DS_STR("person"));
    if (ds_str_eq(s->unit, DS_STR("ratio")))
        return DS_STR("Shares");
    if (s->noun.len && (person || ds_str_starts(s->noun, s->unit)))
        ex_put(&b, s->noun);
    else
        ex_put(&b, person ? DS_STR("people") : s->unit);
    ds_str word = ex_take(p, &b);
    if (word.at && word.len && word.at[0] >= 'a' && word.at[0] <= 'z' && word.len > 2)
        return ex_say(p, "%c%.*s", word.at[0] - ('a' - 'A'), (int)word.len - 1, word.at + 1);
    return word;
}

static void put_scale(ex_page *p, ds_buf *b, const scale *s, const ex_axis *axis)
{
    ds_buf_put(b, noun(p, s));
    if (s->per.len) {
        ds_buf_puts(b, " per ");
        ex_put(b, s->per);
    }
    if (axis->log)
        ds_buf_puts(b, " on one log scale; each label is ten times the one before. ");
    else
        ds_buf_puts(b, " on one linear scale from zero. ");
}

/* "plan, may, estim.: how sure the page is; blank: it states or reports." Only those that occur. */
static void put_short_words(const ex_page *p, const figures *f, ds_buf *b)
{
    bool used[DS_CERT_DENIED + 1] = {0}, any = false;
    for (size_t i = 0; i < f->figs_len; i++)
        for (size_t r = 0; r < f->figs[i].rows_len; r++)
            used[f->figs[i].rows[r].first->claim.certainty] = true;
    for (ds_certainty c = DS_CERT_ESTIMATED; c <= DS_CERT_DENIED && !ex_wide(p); c++) {
        if (!used[c])
            continue;
        ds_buf_puts(b, any ? ", " : "");
        ds_buf_put(b, ex_sure(c, false));
        any = true;
    }
    if (any)
        ds_buf_puts(b, ": how sure the page is; blank: it states or reports. ");
}

static const ex_fig_row *find_row(const figures *f, bool (*is)(const ex_fig_row *))
{
    for (size_t i = 0; i < f->figs_len; i++)
        for (size_t r = 0; r < f->figs[i].rows_len; r++)
            if (is(&f->figs[i].rows[r]))
                return &f->figs[i].rows[r];
    return NULL;
}

static bool has_page_day(const ex_fig_row *r)
{
    return r->when.len && r->when.at[0] == '(';
}

static bool is_own_voice(const ex_fig_row *r)
{
    return ds_str_eq(r->holder, DS_STR("own voice"));
}

static void explain(ex_page *p, const figures *f)
{
    ds_buf b = ex_words(p);
    for (size_t i = 0; i < f->scales_len && f->columns.plot_w; i++)
        put_scale(p, &b, &f->scales[i], &f->axes[i]);
    put_short_words(p, f, &b);
    if (find_row(f, is_own_voice))
        ds_buf_puts(&b, ex_wide(p) ? "Own voice: the page names nobody. "
                                   : "Own voice: it names nobody. ");
    const ex_fig_row *dated = find_row(f, has_page_day);
    if (dated) {
        ds_buf_put(&b, dated->when);
        ds_buf_puts(&b, ": the date of the page.");
    }
    ex_line(p, 0, ex_take(p, &b));
}

static void heading(ex_page *p, const figures *f)
{
    ds_str legend = ex_say(p, EX_DIM "● holder named  ○ not named  ←╌○ up to  ○╌→ over");
    ds_str title = ex_say(p, EX_BOLD "THE FIGURES");
    ex_blank(p);
    if (f->columns.notes) {
        ex_box boxes[] = {{0, f->columns.cites - 2, title, false},
                          {f->columns.cites, p->style.width - f->columns.cites, legend, false}};
        ex_row(p, boxes, 2);
    } else {
        ex_between(p, 0, title, legend);
    }
}

/* ---- one question ---------------------------------------------------------------------------------------------- */

static ds_str bold(ex_page *p, ds_str s)
{
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, EX_BOLD);
    ex_put(&b, s);
    return ex_take(p, &b);
}

static void title_line(ex_page *p, const figures *f, const ds_question *q)
{
    const ex_fig_columns *c = &f->columns;
    ds_str text = bold(p, q->text), chip = ex_chip(p, q);
    ex_blank(p);
    if (!c->notes) {
        ex_between(p, 0, text, chip);
        return;
    }
    ds_str estimate = ex_in_full(q) ? ex_estimate(p, q) : DS_STR("");
    size_t after = c->cites + CHIP_W + GAP;
    ex_box boxes[] = {{0, c->cites - 2, text, false},
                      {c->cites, CHIP_W, chip, false},
                      {after, p->style.width - after, estimate, false}};
    ex_row(p, boxes, 3);
}

static ds_str mark(ex_page *p, const ex_fig_row *r)
{
    return r->answer->flagged ? ex_say(p, EX_RED "!") : DS_STR("");
}

static ds_str dim(ex_page *p, ds_str made_here)
{
    ds_buf b = ex_words(p);
    if (made_here.len)
        ds_buf_puts(&b, EX_DIM);
    ds_buf_put(&b, made_here);
    return ex_take(p, &b);
}

/* "Pentagon, plan, undated; half of about 12,000": where the row has no columns for them. */
static ds_str in_words(ex_page *p, const ex_fig_row *r, bool always_date)
{
    ds_buf b = ex_words(p);
    bool date = always_date || r->first->claim.has_when || r->first->claim.when_words.at;
    bool sure = r->first->claim.certainty > DS_CERT_REPORTED;
    ds_buf_put(&b, r->holder);
    if (sure) {
        ds_buf_puts(&b, ", ");
        ds_buf_put(&b, ex_sure(r->first->claim.certainty, true));
    }
    if (date) {
        ds_buf_puts(&b, ", ");
        ds_buf_put(&b, r->when);
    }
    if (r->note.len) {
        ds_buf_puts(&b, "; ");
        ds_buf_put(&b, r->note);
    }
    return ex_take(p, &b);
}

static void stacked_row(ex_page *p, const ex_fig_columns *c, const ex_box *head,
                        const ex_fig_row *r)
{
    ex_row(p, head, 4);
    ex_line(p, c->note, dim(p, in_words(p, r, true)));
}

static void plot_row(ex_page *p, const figures *f, const ex_fig *fig, const ex_fig_row *r)
{
    const ex_fig_columns *c = &f->columns;
    ds_str plot = ex_plot(p, fig->axis, &r->answer->value, r->named);
    ex_box boxes[8] = {{0, 1, mark(p, r), false},
                       {2, c->plot - 3, r->value, false},
                       {c->plot, c->plot_w, plot, false},
                       {c->cites, c->cites_w, r->cites, false},
                       {c->holder, c->holder_w, r->holder, false},
                       {c->sure, c->sure_w, r->sure, false},
                       {c->when, c->when_w, r->when, !c->notes}};
    if (c->stacked) {
        stacked_row(p, c, boxes, r);
        return;
    }
    if (c->notes && r->note.len)
        boxes[7] = (ex_box){c->note, p->style.width - c->note, dim(p, r->note), false};
    ex_row(p, boxes, 8);
    if (!c->notes && r->note.len)
        ex_line(p, c->note, dim(p, r->note));
}

static void plotted(ex_page *p, const figures *f, const ex_fig *fig)
{
    ex_line(p, f->columns.plot, ex_axis_labels(p, fig->axis, fig->q->unit));
    for (size_t i = 0; i < fig->rows_len; i++)
        plot_row(p, f, fig, &fig->rows[i]);
}

/* "  2   A22 B11 C34   Anna Holm, Jan" */
static void worded(ex_page *p, const ex_fig *fig)
{
    size_t value = 0, cites = 0;
    for (size_t i = 0; i < fig->rows_len; i++) {
        size_t v = ex_width(fig->rows[i].value), c = ex_width(fig->rows[i].cites);
        value = v > value ? v : value;
        cites = c > cites ? c : cites;
    }
    cites = cites > p->style.width / 4 ? p->style.width / 4 : cites;
    size_t at = 2 + value + 3, holder = at + cites + 3;
    for (size_t i = 0; i < fig->rows_len; i++) {
        const ex_fig_row *r = &fig->rows[i];
        ex_box boxes[] = {{0, 1, mark(p, r), false},
                          {2, value, r->value, false},
                          {at, cites, r->cites, false},
                          {holder, p->style.width - holder, in_words(p, r, false), false}};
        ex_row(p, boxes, 4);
    }
}

static void estimate_lines(ex_page *p, const figures *f, const ds_question *q)
{
    const ex_fig_columns *c = &f->columns;
    if (!ex_in_full(q))
        return;
    if (!c->notes)
        ex_line(p, 2, ex_estimate(p, q));
    ex_line(p, c->notes ? c->cites : 2, ex_own(p, q->estimate.why));
}

static void question(ex_page *p, const figures *f, const ex_fig *fig)
{
    title_line(p, f, fig->q);
    if (fig->axis)
        plotted(p, f, fig);
    else
        worded(p, fig);
    estimate_lines(p, f, fig->q);
}

void ex_show_figures(ex_page *p)
{
    figures f = {0};
    if (p->d->ledger.questions_len == 0)
        return;
    find_scales(&f, p->d);
    drop_empty(&f);
    gather(p, &f);
    if (p->status != DS_OK)
        return;
    heading(p, &f);
    explain(p, &f);
    for (size_t i = 0; i < f.figs_len; i++)
        question(p, &f, &f.figs[i]);
    ex_show_single_page(p);
}
