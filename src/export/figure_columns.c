/* SPDX-License-Identifier: Apache-2.0 */
/* figure_columns.c - the columns that all plots of a story share. */
#include "export/figures.h"

#define MARGIN 2 /* "! " */
#define GAP 2    /* between the plot and what follows it */
#define CITES_MAX 12
#define HOLDER_MIN 14
#define HOLDER_MAX 26
#define HOLDER_GOOD 18 /* narrower only where the plot would be cramped */
#define GOOD_GAP 6
#define WHEN_MAX 14
#define NOTE_MIN 26
#define STACKED_CITES_MIN 6
#define STACKED_BELOW                                                                              \
    72 /* columns of the terminal: there, holder, certainty and date have no room beside a plot */
#define NARROW_GAP 3 /* columns between two labels that a plot should have at least */

/* Widest cells over all rows that are plotted. */
typedef struct widths {
    size_t value, cites, holder, sure, when;
} widths;

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static widths measure(const ex_fig *figs, size_t n)
{
    widths w = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t r = 0; figs[i].axis && r < figs[i].rows_len; r++) {
            const ex_fig_row *row = &figs[i].rows[r];
            w.value = larger(w.value, ex_width(row->value));
            w.cites = larger(w.cites, ex_width(row->cites));
            w.holder = larger(w.holder, ex_width(row->holder));
            w.sure = larger(w.sure, ex_width(row->sure));
            w.when = larger(w.when, ex_width(row->when));
        }
    }
    w.cites = smaller(w.cites, CITES_MAX);
    w.holder = smaller(w.holder, HOLDER_MAX);
    w.when = smaller(w.when, WHEN_MAX);
    return w;
}

static bool fit(ex_axis *axes, size_t n, size_t room, size_t gap, size_t *plot_w)
{
    *plot_w = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ex_axis_fit(&axes[i], room) || axes[i].gap < gap)
            return false;
        *plot_w = larger(*plot_w, ex_axis_width(&axes[i]));
    }
    return true;
}

/* Beside the row: cites, holder, certainty, date and note, left to right. */
static bool wide(const ex_page *p, widths w, ex_axis *axes, size_t n, ex_fig_columns *c)
{
    *c = (ex_fig_columns){.notes = true, .plot = MARGIN + larger(w.value, 16) + 2};
    c->cites_w = larger(w.cites, 5);
    c->holder_w = larger(w.holder, 22);
    c->sure_w = larger(w.sure, 10);
    c->when_w = larger(w.when, 9);
    size_t rest =
        GAP + c->cites_w + c->holder_w + c->sure_w + c->when_w + (size_t)4 * GAP + NOTE_MIN;
    if (c->plot + rest >= p->style.width ||
        !fit(axes, n, p->style.width - c->plot - rest, NARROW_GAP, &c->plot_w))
        return false;
    c->cites = c->plot + c->plot_w + GAP;
    c->holder = c->cites + c->cites_w + GAP;
    c->sure = c->holder + c->holder_w + GAP;
    c->when = c->sure + c->sure_w + GAP;
    c->note = c->when + c->when_w + GAP;
    return true;
}

/* The widest holder column, from `most` down to `least`, that leaves the plot `gap` columns between its labels. */
static bool narrow_fit(size_t most, size_t least, size_t gap, ex_axis *axes, size_t n,
                       ex_fig_columns *c)
{
    for (c->holder_w = most; c->holder_w >= least; c->holder_w--) {
        size_t need = c->plot + GAP + c->cites_w + 1 + c->holder_w + 1;
        if (need < c->sure && fit(axes, n, c->sure - need, gap, &c->plot_w))
            return true;
    }
    return false;
}

/* Certainty and date against the right edge, the note on a line of its own under the holder. */
static bool narrow(const ex_page *p, widths w, ex_axis *axes, size_t n, ex_fig_columns *c)
{
    *c = (ex_fig_columns){.plot = MARGIN + w.value + 1};
    c->cites_w = larger(w.cites, 4);
    c->sure_w = w.sure;
    c->when_w = w.when;
    c->when = p->style.width - c->when_w;
    c->sure = c->when - (c->sure_w ? c->sure_w + 1 : 0);
    bool fits = narrow_fit(larger(w.holder, HOLDER_MIN), HOLDER_GOOD, GOOD_GAP, axes, n, c) ||
                narrow_fit(larger(w.holder, HOLDER_MIN), HOLDER_MIN, NARROW_GAP, axes, n, c);
    c->cites = c->plot + c->plot_w + GAP;
    c->holder = c->cites + c->cites_w + 1;
    c->holder_w = c->sure > c->holder + 1 ? c->sure - c->holder - 1 : 1;
    c->note = c->holder;
    return fits;
}

static bool stacked(const ex_page *p, widths w, ex_axis *axes, size_t n, ex_fig_columns *c)
{
    *c = (ex_fig_columns){.stacked = true, .plot = MARGIN + w.value + 1};
    size_t need = c->plot + GAP + smaller(w.cites, STACKED_CITES_MIN);
    bool fits = need < p->style.width && fit(axes, n, p->style.width - need, 0, &c->plot_w);
    c->cites = c->plot + c->plot_w + GAP;
    c->cites_w = p->style.width > c->cites ? p->style.width - c->cites : 1;
    c->note = c->plot;
    return fits;
}

ex_fig_columns ex_fig_lay_out(const ex_page *p, const ex_fig *figs, size_t n, ex_axis *axes,
                              size_t axes_len)
{
    widths w = measure(figs, n);
    ex_fig_columns c;
    if (ex_wide(p) && wide(p, w, axes, axes_len, &c))
        return c;
    bool beside = p->style.width >= STACKED_BELOW && narrow(p, w, axes, axes_len, &c);
    if (beside || stacked(p, w, axes, axes_len, &c))
        return c;
    c.plot_w = 0; /* no room for a plot at all */
    return c;
}
