/* SPDX-License-Identifier: Apache-2.0 */
/* plot.h - one axis per unit through the whole story, and the mark of a value on it.
 *
 * Layer    export; never leaves this folder
 * Method   whole decades from the lowest to the highest figure, on a log scale; linear with zero where the figures span
 *          less than one decade. Open ends run to the end of the axis; "about" is a plain dot, thinner than a column
 */
#ifndef DS_EXPORT_PLOT_H
#define DS_EXPORT_PLOT_H

#include "export/layout.h"

typedef struct ex_axis {
    bool log;
    int lo;           /* log: the first label is ten to the lo */
    double step;      /* linear: from label to label, the first is 0 */
    size_t intervals; /* between labels */
    size_t gap;       /* columns between labels */
} ex_axis;

/* lowest <= highest, both above zero. */
ex_axis ex_axis_of(double lowest, double highest);
/* Spreads the labels over at most `room` columns; false where that many do not fit. */
bool ex_axis_fit(ex_axis *axis, size_t room);
size_t ex_axis_width(const ex_axis *axis);
ds_str ex_axis_labels(ex_page *p, const ex_axis *axis, ds_str unit);
bool ex_axis_holds(const ex_axis *axis, double v);

/* The row of the plot, ex_axis_width columns wide. named: the holder has a name. */
ds_str ex_plot(ex_page *p, const ex_axis *axis, const ds_value *v, bool named);

#endif
