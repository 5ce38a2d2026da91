/* SPDX-License-Identifier: Apache-2.0 */
/* plot.c - axes and marks. */
#include "export/plot.h"

#include <math.h>

#define GAP_MIN 2
#define GAP_MAX 11
#define LINEAR_LABELS 5 /* intervals aimed at, no more */
#define PLOT_MAX 120    /* columns */

/* ---- the axis ------------------------------------------------------------------------------------------- */

/* 1, 2 or 5 times a power of ten: the smallest step that needs no more than LINEAR_LABELS intervals. */
static double nice_step(double highest)
{
    double ten = pow(10, floor(log10(highest / LINEAR_LABELS)));
    static const double steps[] = {1, 2, 5};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * ten * LINEAR_LABELS >= highest)
            return steps[i] * ten;
    return 10 * ten;
}

ex_axis ex_axis_of(double lowest, double highest)
{
    ex_axis axis = {.log = highest >= 10 * lowest};
    if (axis.log) {
        axis.lo = (int)floor(log10(lowest));
        axis.intervals = (size_t)((int)ceil(log10(highest)) - axis.lo);
    } else {
        axis.step = nice_step(highest);
        axis.intervals = (size_t)ceil(highest / axis.step);
    }
    return axis;
}

bool ex_axis_fit(ex_axis *axis, size_t room)
{
    size_t gap = room ? (room - 1) / axis->intervals : 0;
    axis->gap = gap > GAP_MAX ? GAP_MAX : gap;
    return axis->gap >= GAP_MIN;
}

size_t ex_axis_width(const ex_axis *axis)
{
    return axis->intervals * axis->gap + 1;
}

static double place(const ex_axis *axis, double v)
{
    return axis->log ? log10(v) - axis->lo : v / axis->step;
}

bool ex_axis_holds(const ex_axis *axis, double v)
{
    return v > 0 && place(axis, v) >= 0 && place(axis, v) <= (double)axis->intervals;
}

static size_t column(const ex_axis *axis, double v)
{
    double at = v > 0 ? round(place(axis, v) * (double)axis->gap) : 0;
    double last = (double)(ex_axis_width(axis) - 1);
    return (size_t)(at < 0 ? 0 : at > last ? last : at);
}

/* ---- labels ------------------------------------------------------------------------------------------------ */

/* "1k", "10m": where the number in full is too long for its interval. */
static void brief(ds_buf *b, double v)
{
    static const char *const tails[] = {"", "k", "m", "bn", "tn"};
    size_t tail = 0;
    while (v >= 1000 && tail + 1 < sizeof tails / sizeof *tails) {
        v /= 1000;
        tail++;
    }
    ds_buf_printf(b, "%g%s", v, tails[tail]);
}

static bool in_full(ds_buf *b, double v, ds_str unit)
{
    ds_frac f;
    if (ds_str_eq(unit, DS_STR("ratio"))) {
        ds_buf_printf(b, "%g%%", v * 100);
        return true;
    }
    if (v < 1 || v > 1e15 || ds_frac_make((int64_t)v, 1, &f) != DS_OK || v != floor(v))
        return false;
    ds_number_prose(b, f, DS_STR("person"));
    return true;
}

static double label_value(const ex_axis *axis, size_t i)
{
    return axis->log ? pow(10, axis->lo + (int)i) : axis->step * (double)i;
}

/* Numbers in full where each has room before the next; from a million on, briefly. */
static bool all_in_full(ex_page *p, const ex_axis *axis, ds_str unit)
{
    for (size_t i = axis->log ? 0 : 1; i <= axis->intervals; i++) {
        ds_buf b = ex_words(p);
        if (label_value(axis, i) >= 1e6 || !in_full(&b, label_value(axis, i), unit) ||
            b.len >= axis->gap)
            return false;
    }
    return true;
}

static ds_str label(ex_page *p, double v, ds_str unit, bool full)
{
    ds_buf b = ex_words(p), small = ex_words(p);
    bool ratio = ds_str_eq(unit, DS_STR("ratio"));
    if ((full || ratio) && in_full(&b, v, unit))
        return ex_take(p, &b);
    brief(&small, v);
    return ex_take(p, &small);
}

ds_str ex_axis_labels(ex_page *p, const ex_axis *axis, ds_str unit)
{
    ds_buf b = ex_words(p);
    size_t used = 0;
    bool full = all_in_full(p, axis, unit);
    ds_buf_puts(&b, EX_DIM);
    for (size_t i = 0; i <= axis->intervals; i++) {
        ds_str text = label(p, label_value(axis, i), unit, full);
        size_t at = i * axis->gap;
        if (used && at < used + 1) /* no room for this one */
            continue;
        ds_buf_rep(&b, EX_GLUE, at - used);
        ds_buf_put(&b, text);
        used = at + ex_width(text);
    }
    return ex_take(p, &b);
}

/* ---- marks -------------------------------------------------------------------------------------------------- */

typedef struct canvas {
    const char *at[PLOT_MAX + 1];
    size_t last;
} canvas;

static void fill(canvas *c, size_t from, size_t to, const char *glyph)
{
    for (size_t i = from; i <= to && i <= c->last; i++)
        c->at[i] = glyph;
}

static void open_low(canvas *c, size_t dot)
{
    if (dot == 0)
        return;
    fill(c, 1, dot, "╌");
    c->at[0] = "←";
}

static void open_high(canvas *c, size_t dot)
{
    if (dot == c->last)
        return;
    fill(c, dot, c->last, "╌");
    c->at[c->last] = "→";
}

static void between(canvas *c, size_t lo, size_t hi, const char *dot)
{
    fill(c, lo, hi, "─");
    c->at[lo] = "├";
    c->at[hi] = "┤";
    c->at[(lo + hi) / 2] = dot;
}

static double stated(const ds_value *v)
{
    return ds_frac_real(v->has_best ? v->best : v->has_low ? v->low : v->high);
}

static void mark(canvas *c, const ex_axis *axis, const ds_value *v, const char *dot)
{
    size_t lo = column(axis, v->has_low ? ds_frac_real(v->low) : 0);
    size_t hi = v->has_high ? column(axis, ds_frac_real(v->high)) : c->last;
    size_t at = column(axis, stated(v));
    if (v->bound == DS_BOUND_VAGUE) {
        fill(c, lo, hi, "╌");
        return;
    }
    if (!v->has_best && v->has_low && v->has_high && hi >= lo + 2) {
        between(c, lo, hi, dot);
        return;
    }
    if (v->bound == DS_BOUND_AT_MOST || v->bound == DS_BOUND_LESS_THAN)
        open_low(c, at);
    else if (v->bound == DS_BOUND_AT_LEAST || v->bound == DS_BOUND_MORE_THAN)
        open_high(c, at);
    c->at[at] = dot;
}

/* Guides at the labels, blanks between them. */
static void guides(canvas *c, const ex_axis *axis)
{
    for (size_t i = 0; i <= c->last; i++)
        c->at[i] = i % axis->gap ? EX_GLUE : "·";
}

ds_str ex_plot(ex_page *p, const ex_axis *axis, const ds_value *v, bool named)
{
    canvas c = {.last = ex_axis_width(axis) - 1};
    ds_buf b = ex_words(p);
    if (c.last > PLOT_MAX)
        return (ds_str){0};
    guides(&c, axis);
    if (stated(v) > 0)
        mark(&c, axis, v, named ? "●" : "○");
    for (size_t i = 0; i <= c.last; i++)
        ds_buf_puts(&b, c.at[i]);
    return ex_take(p, &b);
}
