/* SPDX-License-Identifier: Apache-2.0 */
/* show_forces.c - FORCES: what each actor sent, lost and withdrew, and what remains, a line for each day on which it moved. */
#include "export/show.h"

#define DAY_W 15
#define COLUMNS 4
#define STATES_MAX 5 /* of one actor, the last ones: the JSON has all */

static ds_value value_of(const ds_amount *a)
{
    bool both = a->has_low && a->has_high, one = both && ds_frac_cmp(a->low, a->high) == 0;
    ds_value v = {.low = a->low, .high = a->high, .has_low = a->has_low, .has_high = a->has_high};
    v.bound = one          ? DS_BOUND_EXACT
              : both       ? DS_BOUND_RANGE
              : a->has_low ? DS_BOUND_AT_LEAST
                           : DS_BOUND_AT_MOST;
    v.has_best = v.bound != DS_BOUND_RANGE;
    v.best = a->has_low ? a->low : a->high;
    return v;
}

static ds_str amount(ex_page *p, const ds_amount *a)
{
    ds_buf b = ex_words(p);
    ds_value v = value_of(a);
    if (a->has_low || a->has_high)
        ds_value_table(&b, &v, DS_STR("person"));
    return ex_take(p, &b);
}

static void columns(ex_page *p, ds_str first, const ds_str at[COLUMNS])
{
    size_t width = (p->style.width < EX_PROSE ? p->style.width : EX_PROSE) - 2 - DAY_W;
    ex_box boxes[1 + COLUMNS] = {{2, DAY_W - 1, first, false}};
    width /= COLUMNS;
    for (size_t i = 0; i < COLUMNS; i++)
        boxes[1 + i] = (ex_box){2 + DAY_W + i * width, width - 1, at[i], false};
    ex_row(p, boxes, 1 + COLUMNS);
}

static void state(ex_page *p, const ds_force *f)
{
    ds_buf day = ex_words(p);
    if (f->day != DS_DAY_NONE)
        ds_days_text(&day, (ds_days){f->day, f->day}, p->last_year);
    else
        ds_buf_puts(&day, "with undated");
    const ds_str at[COLUMNS] = {amount(p, &f->sent), amount(p, &f->lost), amount(p, &f->withdrawn),
                                amount(p, &f->remains)};
    columns(p, ex_take(p, &day), at);
}

/* All its sentences, each once, in order. */
static ds_str cites(ex_page *p, const ds_force *f)
{
    ds_cite *at = ds_arena_calloc(p->a, f->rows_len, sizeof *at);
    size_t n = 0;
    if (!at) {
        p->status = DS_NOMEM;
        return DS_STR("");
    }
    for (size_t i = 0; i < f->rows_len; i++) {
        const ds_row *row = &p->d->rows[f->rows[i]];
        ds_cite c = {row->member, row->claim.number};
        if (n == 0 || at[n - 1].member != c.member || at[n - 1].sentence != c.sentence)
            at[n++] = c;
    }
    return ex_cites(p, at, n, " ");
}

/* States [beg, end) are of one actor. */
static void actor(ex_page *p, const ds_force *at, size_t beg, size_t end)
{
    static const ds_str heads[COLUMNS] = {DS_STR_INIT("sent"), DS_STR_INIT("lost"),
                                          DS_STR_INIT("withdrawn"), DS_STR_INIT("remain")};
    columns(p, ex_own(p, at[beg].actor), heads);
    for (size_t i = end - beg > STATES_MAX ? end - STATES_MAX : beg; i < end; i++)
        state(p, &at[i]);
    ds_buf b = ex_words(p);
    ds_buf_putc(&b, '[');
    ds_buf_put(&b, cites(p, &at[end - 1]));
    ds_buf_putc(&b, ']');
    ex_prose(p, 2, ex_take(p, &b));
}

void ex_show_forces(ex_page *p)
{
    const ds_ledger *l = &p->d->ledger;
    if (l->forces_len == 0)
        return;
    ex_heading(p, "FORCES");
    ex_prose(p, 0,
             DS_STR("Reckoned from the estimates above, said by nobody: lost is killed, injured, "
                    "captured and "
                    "missing, as far as told."));
    for (size_t i = 0, end; i < l->forces_len; i = end) {
        for (end = i; end < l->forces_len && ds_str_eq(l->forces[end].actor, l->forces[i].actor);
             end++)
            ;
        ex_blank(p);
        actor(p, l->forces, i, end);
    }
}
