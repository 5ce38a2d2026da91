/* SPDX-License-Identifier: Apache-2.0 */
/* claims_text.c - dossier claims for the eye: a table, or two lines a claim where a table is too wide. */
#include "export/words.h"

/* ---- cells --------------------------------------------------------------------------------------------- */

typedef enum column {
    SAID,
    VALUE,
    MEASURE,
    SUBJECT,
    BASE,
    WHEN,
    HOLDER,
    SURE,
    FLAG,
    COLUMNS
} column;

static const char *const heads[COLUMNS] = {"said", "value",  "measure",   "subject", "base or per",
                                           "when", "holder", "certainty", "flag"};
/* Columns to which a column may grow, and to which it may be cut: what does not fit wraps. */
static const size_t widest[COLUMNS] = {10, 20, 18, 30, 28, 16, 28, 10, 12};
static const size_t least[COLUMNS] = {10, 20, 18, 20, 17, 13, 18, 10, 12};

typedef struct line {
    ds_str cells[COLUMNS];
} line;

typedef DS_VEC(line) lines;

static ds_str value(ex_page *p, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, c->delta ? "+ " : "");
    ds_value_table(&b, &c->value, c->unit);
    return ex_take(p, &b);
}

static void put_row_cite(ex_page *p, ds_buf *b, int32_t row)
{
    ex_put_cite(p, b, (ds_cite){p->d->rows[row].member, p->d->rows[row].claim.number});
}

/* The derived count carries the bound of its share: half of ~11,000 at most is "≤5,500". */
static void put_derived(ds_buf *b, const ds_claim *c, const ds_claim *base)
{
    ds_value v = c->value;
    v.low = v.best = v.high = c->derived;
    if (v.bound == DS_BOUND_EXACT)
        v.bound = base->value.bound;
    ds_value_table(b, &v, base->unit);
}

/* "of A12: ~6,000", "with C5: ~11,500", "of that area", "per soldier, month". */
static ds_str base(ex_page *p, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    int32_t to = c->delta ? c->delta_of : c->of;
    if (to >= 0 && (size_t)to < p->d->rows_len) {
        ds_buf_puts(&b, c->delta ? "with " : "of ");
        put_row_cite(p, &b, to);
        if (c->has_derived) {
            ds_buf_puts(&b, ": ");
            put_derived(&b, c, &p->d->rows[to].claim);
        }
    } else if (c->of_words.at) {
        ds_buf_puts(&b, "of ");
        ex_put(&b, c->of_words);
    }
    for (uint32_t i = 0; i < c->per_len; i++) {
        ds_buf_puts(&b, i ? ", " : b.len ? "; per " : "per ");
        ex_put(&b, c->per[i]);
    }
    return ex_take(p, &b);
}

static ds_str when(ex_page *p, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    if (c->has_when)
        ds_days_text(&b, c->when, p->last_year);
    else
        ex_put(&b, c->when_words);
    return ex_take(p, &b);
}

static ds_str holder(ex_page *p, const ds_row *row)
{
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, ex_named(&row->claim) ? "● " : "○ ");
    ds_buf_put(&b, ex_holder(p, row));
    return ex_take(p, &b);
}

static ds_str flag(ex_page *p, const ds_row *row)
{
    ds_buf b = ex_words(p);
    if (row->flag.at) {
        ds_buf_puts(&b, EX_RED "!" EX_PLAIN " ");
        ex_put(&b, row->flag);
    }
    return ex_take(p, &b);
}

static line line_of(ex_page *p, const ds_row *row)
{
    const ds_claim *c = &row->claim;
    ds_cite cite = {row->member, c->number};
    return (line){{ex_cites(p, &cite, 1, ""), value(p, c), ex_own(p, c->measure),
                   ex_own(p, c->subject), base(p, c), when(p, c), holder(p, row),
                   ex_sure(c->certainty, true), flag(p, row)}};
}

/* ---- the table ------------------------------------------------------------------------------------------- */

#define GAP 2

static void measure(const lines *all, size_t width[COLUMNS])
{
    for (column c = 0; c < COLUMNS; c++) {
        width[c] = ex_width(ds_str_of(heads[c]));
        for (size_t i = 0; i < all->len; i++) {
            size_t w = ex_width(all->at[i].cells[c]);
            width[c] = w > width[c] ? w : width[c];
        }
        width[c] = width[c] > widest[c] ? widest[c] : width[c];
    }
}

static size_t total(const size_t width[COLUMNS])
{
    size_t sum = 0;
    for (column c = 0; c < COLUMNS; c++)
        sum += width[c] + (c ? GAP : 0);
    return sum;
}

/* Takes a column at a time off whichever is furthest above its least; false where that is not enough. */
static bool squeeze(size_t width[COLUMNS], size_t room)
{
    while (total(width) > room) {
        column most = 0;
        size_t above = 0;
        for (column c = 0; c < COLUMNS; c++) {
            if (width[c] > least[c] + above) {
                above = width[c] - least[c];
                most = c;
            }
        }
        if (above == 0)
            return false;
        width[most]--;
    }
    return true;
}

static void table_row(ex_page *p, const size_t width[COLUMNS], const line *l)
{
    ex_box boxes[COLUMNS];
    size_t at = 0;
    for (column c = 0; c < COLUMNS; c++) {
        boxes[c] = (ex_box){at, width[c], l->cells[c], c == VALUE};
        at += width[c] + GAP;
    }
    ex_row(p, boxes, COLUMNS);
}

static void table(ex_page *p, const lines *all, const size_t width[COLUMNS])
{
    line head;
    for (column c = 0; c < COLUMNS; c++)
        head.cells[c] = ex_say(p, EX_DIM "%s", heads[c]);
    table_row(p, width, &head);
    for (size_t i = 0; i < all->len; i++)
        table_row(p, width, &all->at[i]);
}

/* ---- two lines a claim --------------------------------------------------------------------------------------- */

static ds_str rest(ex_page *p, const line *l)
{
    static const column order[] = {HOLDER, SURE, WHEN, BASE};
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, EX_DIM);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (l->cells[order[i]].len == 0)
            continue;
        ds_buf_puts(&b, i ? ", " : "");
        ds_buf_put(&b, l->cells[order[i]]);
    }
    return ex_take(p, &b);
}

static void stacked(ex_page *p, const lines *all, const size_t width[COLUMNS])
{
    size_t value_at = width[SAID] + GAP, measure_at = value_at + width[VALUE] + GAP;
    size_t flag_at = p->style.width - width[FLAG];
    size_t subject_at = measure_at + width[MEASURE] + GAP;
    for (size_t i = 0; i < all->len; i++) {
        const ds_str *cells = all->at[i].cells;
        ex_box boxes[] = {{0, width[SAID], cells[SAID], false},
                          {value_at, width[VALUE], cells[VALUE], true},
                          {measure_at, width[MEASURE], cells[MEASURE], false},
                          {subject_at, flag_at - GAP - subject_at, cells[SUBJECT], false},
                          {flag_at, width[FLAG], cells[FLAG], true}};
        ex_row(p, boxes, 5);
        ex_line(p, measure_at, rest(p, &all->at[i]));
    }
}

/* ---- what stands under it -------------------------------------------------------------------------------------- */

static size_t pages_of(ex_page *p, const ds_claim_filter *f)
{
    size_t n = 0;
    for (size_t m = 0; m < p->d->sources_len; m++) {
        bool any = false;
        for (size_t i = 0; i < p->d->rows_len && !any; i++)
            any = p->d->rows[i].member == m && ex_claim_passes(p->d, &p->d->rows[i], f);
        n += any;
    }
    return n;
}

static void legend(ex_page *p, const lines *all, const ds_claim_filter *f)
{
    ds_buf b = ex_words(p), c = ex_words(p);
    ex_put_count(&b, all->len, "claim", "claims");
    ds_buf_puts(&b, " from ");
    ex_put_count(&b, pages_of(p, f), "page. ", "pages. ");
    ds_buf_puts(
        &b, "~ about  ≤ up to  ≥ at least  > more than  < fewer than  + adds to the claim named");
    ds_buf_puts(&c, "● holder named  ○ not named. ");
    if (p->last_year)
        ds_buf_printf(&c, "Years are left out for %d. ", p->last_year);
    ds_buf_puts(&c, "Narrow it: --measure killed --holder NAME --flagged --page B");
    ex_blank(p);
    ex_line(p, 0, ex_take(p, &b));
    ex_line(p, 0, ex_take(p, &c));
}

static void findings(ex_page *p)
{
    for (size_t i = 0; i < p->d->ledger.flags_len; i++) {
        const ds_flag *fl = &p->d->ledger.flags[i];
        if (i == 0)
            ex_blank(p);
        ex_box boxes[] = {{0, 1, ex_say(p, EX_RED "!"), false},
                          {2, 7, ds_str_of(ds_flag_kind_name(fl->kind)), false},
                          {10, ex_prose_width(p) - 10, ex_own(p, fl->finding), false}};
        ex_row(p, boxes, 3);
    }
}

static void gather(ex_page *p, const ds_claim_filter *f, lines *all)
{
    for (size_t i = 0; i < p->d->rows_len && p->status == DS_OK; i++)
        if (ex_claim_passes(p->d, &p->d->rows[i], f) &&
            DS_PUSH(p->a, all, line_of(p, &p->d->rows[i])) != DS_OK)
            p->status = DS_NOMEM;
}

ds_status ex_claims_text(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f, ds_style style,
                         ds_buf *out)
{
    ex_page p = ex_page_new(a, d, style, out);
    lines all = {0};
    size_t width[COLUMNS];
    gather(&p, f, &all);
    measure(&all, width);
    if (squeeze(width, p.style.width)) {
        table(&p, &all, width);
    } else {
        measure(&all, width);
        stacked(&p, &all, width);
    }
    if (f && f->flagged)
        findings(&p);
    legend(&p, &all, f);
    return ex_page_end(&p);
}
