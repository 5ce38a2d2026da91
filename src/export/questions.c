/* SPDX-License-Identifier: Apache-2.0 */
/* questions.c - dossier questions: which ones, and in which format. */
#include "export/internal.h"

bool ex_question_asked(const ds_question *q, ds_str only)
{
    return !only.at || ds_str_eq(q->measure, only) || ds_str_eq(q->id, only);
}

static bool any_asked(const ds_dossier *d, ds_str only)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        if (ex_question_asked(&d->ledger.questions[i], only))
            return true;
    return false;
}

static ds_status array(ds_arena *a, const ds_dossier *d, ds_str only, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_arr(&j, NULL);
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        if (ex_question_asked(&d->ledger.questions[i], only))
            DS_TRY(ex_json_question(&j, a, d, &d->ledger.questions[i]));
    ds_json_end(&j, ']');
    ds_buf_putc(out, '\n');
    return out->status;
}

static ds_status lines(ds_arena *a, const ds_dossier *d, ds_str only, ds_buf *out)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++) {
        if (!ex_question_asked(&d->ledger.questions[i], only))
            continue;
        ds_json j = ds_json_new(out);
        DS_TRY(ex_json_question(&j, a, d, &d->ledger.questions[i]));
        ds_buf_putc(out, '\n');
    }
    return out->status;
}

/* ---- CSV, TSV: one row a question ------------------------------------------------------------------- */

static void frac_cell(ds_arena *a, ds_buf *out, ds_format f, bool has, ds_frac v)
{
    ds_buf b = ds_buf_new(a);
    if (has)
        ds_frac_print(&b, v, EX_DECIMALS);
    ds_str s = ds_buf_str(&b);
    if (!s.at)
        out->status = DS_NOMEM;
    ex_cell(out, f, false, s);
}

static void row(ds_arena *a, const ds_question *q, ds_format f, ds_buf *out)
{
    const ds_estimate *e = &q->estimate;
    ex_cell(out, f, true, q->id);
    ex_cell(out, f, false, q->text);
    ex_cell(out, f, false, q->measure);
    ex_cell(out, f, false, q->subject);
    ex_cell(out, f, false, q->unit);
    ex_cell(out, f, false, ds_str_of(ds_state_name(q->state)));
    frac_cell(a, out, f, q->has_factor, q->factor);
    frac_cell(a, out, f, true, DS_FRAC((int64_t)q->origins_len));
    frac_cell(a, out, f, e->has_low, e->low);
    frac_cell(a, out, f, e->has_best, e->best);
    frac_cell(a, out, f, e->has_high, e->high);
    ex_cell(out, f, false, e->rule);
    ds_buf_putc(out, '\n');
}

static void table(ds_arena *a, const ds_dossier *d, ds_str only, ds_format f, ds_buf *out)
{
    static const char *const names[] = {"id",     "text",    "measure", "subject", "unit", "state",
                                        "factor", "origins", "low",     "best",    "high", "rule"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ex_cell(out, f, i == 0, ds_str_of(names[i]));
    ds_buf_putc(out, '\n');
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        if (ex_question_asked(&d->ledger.questions[i], only))
            row(a, &d->ledger.questions[i], f, out);
}

ds_status ds_export_questions(ds_arena *a, const ds_dossier *d, ds_str only, ds_style style,
                              ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    if (!any_asked(d, only))
        return DS_NONE;
    if (style.format == DS_FMT_TEXT)
        st = ex_questions_text(a, d, only, style, out);
    else if (style.format == DS_FMT_JSON)
        st = array(a, d, only, out);
    else if (style.format == DS_FMT_JSONL)
        st = lines(a, d, only, out);
    else
        table(a, d, only, style.format, out);
    return ex_done(out, mark, st);
}
