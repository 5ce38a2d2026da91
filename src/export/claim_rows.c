/* SPDX-License-Identifier: Apache-2.0 */
/* claim_rows.c - dossier claims as JSON lines, a JSON array, CSV and TSV; which claims a filter lets pass. */
#include "export/internal.h"

/* ---- filter --------------------------------------------------------------------------------------- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* ASCII letters alike in both cases: `--holder holm` finds "Anna Holm". */
static bool holds(ds_str hay, ds_str needle)
{
    for (size_t i = 0; i + needle.len <= hay.len; i++) {
        size_t k = 0;
        while (k < needle.len && lower(hay.at[i + k]) == lower(needle.at[k]))
            k++;
        if (k == needle.len)
            return true;
    }
    return false;
}

static bool held_by(const ds_dossier *d, const ds_row *row, ds_str holder)
{
    const ds_claim *c = &row->claim;
    if (c->said_by_len == 0)
        return holds(DS_STR("own voice"), holder);
    for (size_t i = 0; i < c->said_by_len; i++)
        if (holds(c->said_by[i].name, holder) || holds(c->said_by[i].holder, holder))
            return true;
    for (size_t i = 0; i < row->holders_len; i++)
        if (row->holders[i] < d->who.holders_len &&
            holds(d->who.holders[row->holders[i]].name, holder))
            return true;
    return false;
}

static bool on_page(const ds_dossier *d, const ds_row *row, ds_str page)
{
    return ds_str_eq(row->claim.doc, page) ||
           (row->member < d->sources_len && ds_str_eq(d->sources[row->member].letter, page));
}

bool ex_claim_passes(const ds_dossier *d, const ds_row *row, const ds_claim_filter *f)
{
    if (!f)
        return true;
    return (!f->measure.at || ds_str_eq(row->claim.measure, f->measure)) &&
           (!f->holder.at || held_by(d, row, f->holder)) &&
           (!f->page.at || on_page(d, row, f->page)) && (!f->flagged || row->flag.at);
}

/* ---- CSV, TSV ------------------------------------------------------------------------------------- */

typedef enum column {
    C_ID,
    C_STORY,
    C_DOC,
    C_SENTENCE,
    C_SPAN_BEG,
    C_SPAN_END,
    C_SOURCE_BEG,
    C_SOURCE_END,
    C_PART,
    C_MEASURE,
    C_SUBJECT,
    C_ACTOR,
    C_LOW,
    C_BEST,
    C_HIGH,
    C_UNIT,
    C_BOUND,
    C_OF,
    C_DERIVED,
    C_DELTA,
    C_PER,
    C_WHEN_FROM,
    C_WHEN_TO,
    C_AS_OF_FROM,
    C_AS_OF_TO,
    C_INFERRED,
    C_WHERE,
    C_PLACE_ID,
    C_SAID_BY,
    C_HOLDER_ID,
    C_HOLDER_KIND,
    C_CERTAINTY,
    C_QUESTION,
    C_ORIGIN,
    C_FLAG,
    COLUMNS
} column;

static const char *const column_names[COLUMNS] = {
    "id",         "story",     "doc",         "sentence",  "span_start", "span_end", "source_start",
    "source_end", "part",      "measure",     "subject",   "actor",      "low",      "best",
    "high",       "unit",      "bound",       "of",        "derived",    "delta",    "per",
    "when_from",  "when_to",   "as_of_from",  "as_of_to",  "inferred",   "where",    "place_id",
    "said_by",    "holder_id", "holder_kind", "certainty", "question",   "origin",   "flag",
};

static void put_frac(ds_buf *b, bool has, ds_frac v)
{
    if (has)
        ds_frac_print(b, v, EX_DECIMALS);
}

static void put_day(ds_buf *b, bool has, ds_day day)
{
    if (has && day != DS_DAY_NONE)
        ds_day_print(b, day);
}

/* The chain, nearest to the fact first: "soldiers; a ministry". */
static void put_chain(ds_buf *b, const ds_claim *c)
{
    for (size_t i = 0; i < c->said_by_len; i++) {
        ds_buf_puts(b, i ? "; " : "");
        ds_buf_put(b, c->said_by[i].name);
    }
}

/* Its holders, likewise. */
static void put_ids(ds_buf *b, const ds_dossier *d, const ds_row *row)
{
    for (size_t i = 0; i < row->holders_len; i++) {
        ds_buf_puts(b, i ? "; " : "");
        ds_buf_put(b, ex_holder_id(d, row->holders[i]));
    }
}

static void put_per(ds_buf *b, const ds_claim *c)
{
    for (uint32_t i = 0; i < c->per_len; i++) {
        ds_buf_puts(b, i ? "; " : "");
        ds_buf_put(b, c->per[i]);
    }
}

static void put_number(ds_buf *b, const ds_dossier *d, const ds_claim *c, column col)
{
    switch (col) {
    case C_STORY:
        if (d->story)
            ds_buf_printf(b, "%lld", (long long)d->story);
        return;
    case C_SPAN_BEG:
        ds_buf_printf(b, "%u", c->span.beg);
        return;
    case C_SPAN_END:
        ds_buf_printf(b, "%u", c->span.end);
        return;
    case C_SOURCE_BEG:
        ds_buf_printf(b, "%u", c->source_span.beg);
        return;
    case C_SOURCE_END:
        ds_buf_printf(b, "%u", c->source_span.end);
        return;
    case C_LOW:
        put_frac(b, c->value.has_low, c->value.low);
        return;
    case C_BEST:
        put_frac(b, c->value.has_best, c->value.best);
        return;
    case C_HIGH:
        put_frac(b, c->value.has_high, c->value.high);
        return;
    case C_DERIVED:
        put_frac(b, c->has_derived, c->derived);
        return;
    case C_WHEN_FROM:
        put_day(b, c->has_when, c->when.lo);
        return;
    case C_WHEN_TO:
        put_day(b, c->has_when, c->when.hi);
        return;
    case C_AS_OF_FROM:
        put_day(b, c->has_as_of, c->as_of.lo);
        return;
    case C_AS_OF_TO:
        put_day(b, c->has_as_of, c->as_of.hi);
        return;
    default:
        return;
    }
}

static ds_str truth(bool v)
{
    return v ? DS_STR("true") : DS_STR("false");
}

/* A column that is text already; absent for the others. */
static ds_str text_of(const ds_row *row, column col)
{
    const ds_claim *c = &row->claim;
    switch (col) {
    case C_ID:
        return c->id;
    case C_DOC:
        return c->doc;
    case C_SENTENCE:
        return c->sentence;
    case C_PART:
        return ds_str_of(ds_part_name(c->part));
    case C_MEASURE:
        return c->measure;
    case C_SUBJECT:
        return c->subject;
    case C_ACTOR:
        return c->actor;
    case C_UNIT:
        return c->unit;
    case C_BOUND:
        return ds_str_of(ds_bound_name(c->value.bound));
    case C_OF:
        return ex_of(c);
    case C_DELTA:
        return truth(c->delta);
    case C_INFERRED:
        return truth(c->inferred);
    case C_WHERE:
        return ex_where(c);
    case C_HOLDER_KIND:
        return ds_str_of(ds_holder_kind_name(c->said_by_len ? c->said_by[0].kind : DS_HOLDER_NONE));
    case C_CERTAINTY:
        return ds_str_of(ds_certainty_name(c->certainty));
    case C_QUESTION:
        return row->question;
    case C_ORIGIN:
        return row->origin;
    case C_FLAG:
        return row->flag;
    default:
        return (ds_str){0};
    }
}

static ds_status row_cells(ds_arena *a, const ds_dossier *d, const ds_row *row, ds_format f,
                           ds_buf *out)
{
    for (column col = 0; col < COLUMNS; col++) {
        ds_str text = text_of(row, col);
        ds_buf made = ds_buf_new(a);
        if (col == C_SAID_BY)
            put_chain(&made, &row->claim);
        else if (col == C_HOLDER_ID)
            put_ids(&made, d, row);
        else if (col == C_PLACE_ID)
            ds_buf_put(&made, ex_place_id(d, row));
        else if (col == C_PER)
            put_per(&made, &row->claim);
        else
            put_number(&made, d, &row->claim, col);
        DS_TRY(made.status);
        if (made.len)
            text = ds_buf_str(&made);
        DS_TRY(made.status);
        ex_cell(out, f, col == 0, text);
    }
    ds_buf_putc(out, '\n');
    return out->status;
}

static void header(ds_format f, ds_buf *out)
{
    for (column col = 0; col < COLUMNS; col++)
        ex_cell(out, f, col == 0, ds_str_of(column_names[col]));
    ds_buf_putc(out, '\n');
}

ds_status ex_claims_table(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f,
                          ds_format format, ds_buf *out)
{
    header(format, out);
    for (size_t i = 0; i < d->rows_len; i++)
        if (ex_claim_passes(d, &d->rows[i], f))
            DS_TRY(row_cells(a, d, &d->rows[i], format, out));
    return out->status;
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void lines(const ds_dossier *d, const ds_claim_filter *f, ds_buf *out)
{
    for (size_t i = 0; i < d->rows_len; i++) {
        if (!ex_claim_passes(d, &d->rows[i], f))
            continue;
        ds_json j = ds_json_new(out);
        ex_json_claim(&j, d, &d->rows[i]);
        ds_buf_putc(out, '\n');
    }
}

static void array(const ds_dossier *d, const ds_claim_filter *f, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_arr(&j, NULL);
    for (size_t i = 0; i < d->rows_len; i++)
        if (ex_claim_passes(d, &d->rows[i], f))
            ex_json_claim(&j, d, &d->rows[i]);
    ds_json_end(&j, ']');
    ds_buf_putc(out, '\n');
}

static bool any_passes(const ds_dossier *d, const ds_claim_filter *f)
{
    for (size_t i = 0; i < d->rows_len; i++)
        if (ex_claim_passes(d, &d->rows[i], f))
            return true;
    return false;
}

ds_status ds_export_claims(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f,
                           ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    if (!any_passes(d, f))
        return DS_NONE;
    if (style.format == DS_FMT_TEXT)
        st = ex_claims_text(a, d, f, style, out);
    else if (style.format == DS_FMT_JSONL)
        lines(d, f, out);
    else if (style.format == DS_FMT_JSON)
        array(d, f, out);
    else
        st = ex_claims_table(a, d, f, style.format, out);
    return ex_done(out, mark, st);
}
