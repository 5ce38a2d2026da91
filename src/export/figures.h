/* SPDX-License-Identifier: Apache-2.0 */
/* figures.h - the answers of a question as rows for the eye: one row per answer and origin.
 *
 * Layer    export; never leaves this folder
 */
#ifndef DS_EXPORT_FIGURES_H
#define DS_EXPORT_FIGURES_H

#include "export/plot.h"
#include "export/words.h"

typedef struct ex_fig_row {
    const ds_answer *answer;
    const ds_row *first; /* the claim that certainty and date are taken from */
    bool first_of_answer, named;
    ds_str value, cites, holder, sure, when, note;
} ex_fig_row;

typedef struct ex_fig {
    const ds_question *q;
    const ex_axis *axis; /* NULL: in words */
    const ex_fig_row *rows;
    size_t rows_len;
} ex_fig;

/* Columns that all plots of the story share. */
typedef struct ex_fig_columns {
    bool stacked; /* too narrow: holder, certainty and date stand on a line of their own */
    bool notes;   /* wide enough for notes beside the row */
    size_t plot, plot_w, cites, cites_w, holder, holder_w, sure, sure_w, when, when_w, note;
} ex_fig_columns;

ex_fig ex_fig_of(ex_page *p, const ds_question *q);
/* "half of about 12,000", "1,500 + “another 10,000 or so”"; empty where the figure stands as said. */
ds_str ex_fig_note(ex_page *p, const ds_question *q, const ds_answer *ans, const ds_claim *c);
/* "low 300 (flagged)   no best   high 6,000" */
ds_str ex_estimate(ex_page *p, const ds_question *q);

/* Finds the columns for these figures, and fits their axes into them. */
ex_fig_columns ex_fig_lay_out(const ex_page *p, const ex_fig *figs, size_t n, ex_axis *axes,
                              size_t axes_len);

#endif
