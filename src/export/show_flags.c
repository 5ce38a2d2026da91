/* SPDX-License-Identifier: Apache-2.0 */
/* show_flags.c - WHAT DOES NOT FIT: the finding, both sentences side by side, the sum below. */
#include "export/show.h"

#define QUOTE_ROOM 150 /* bytes of a sentence that are shown whole */
#define BEFORE_MAX 48  /* bytes kept before the first figure, back to a clause boundary */
#define AFTER_MIN 48   /* bytes kept after the last figure, on to a word's end */
#define SIDES_GAP 3

/* ---- quotations ------------------------------------------------------------------------------------------- */

/* A clause begins at i: after "—", or after a comma, semicolon or colon and its blank. */
static bool clause_begins(ds_str s, size_t i)
{
    if (ds_str_ends(ds_str_cut(s, 0, i), DS_STR("—")))
        return true;
    return i >= 2 && s.at[i - 1] == ' ' && strchr(",;:", s.at[i - 2]);
}

static size_t back_to_word(ds_str s, size_t i)
{
    while (i > 0 && s.at[i - 1] != ' ')
        i--;
    return i;
}

/* Where the quotation begins: after the last clause boundary shortly before the figure, else at a word. */
static size_t quote_begin(ds_str s, size_t figure)
{
    size_t floor = figure > BEFORE_MAX ? figure - BEFORE_MAX : 0;
    if (floor == 0)
        return 0;
    for (size_t i = figure; i > floor; i--)
        if (clause_begins(s, i))
            return i;
    return back_to_word(s, floor);
}

/* A quotation does not end in "the", "of", "and": words of three letters or fewer go. */
static size_t without_hanging(ds_str s, size_t end)
{
    for (;;) {
        size_t word = back_to_word(s, end);
        if (end - word > 3 || word < 2 || (s.at[word] >= '0' && s.at[word] <= '9'))
            return end;
        end = word - 1;
    }
}

/* To the end of the clause where it ends soon, else to the end of a word. */
static size_t quote_end(ds_str s, size_t figure_end)
{
    size_t last = figure_end + AFTER_MIN;
    if (last + AFTER_MIN / 4 >= s.len)
        return s.len;
    for (size_t i = figure_end + AFTER_MIN / 2; i < last; i++)
        if (clause_begins(s, i))
            return s.at[i - 1] == ' ' ? i - 2 : i - (sizeof "—" - 1);
    while (last < s.len && s.at[last] != ' ')
        last++;
    return without_hanging(s, last);
}

/* The first and the last figure of the flag's claims in this sentence. */
static ds_span figures_in(const ds_dossier *d, const ds_flag *f, ds_cite cite)
{
    ds_span hull = {UINT32_MAX, 0};
    for (uint32_t i = 0; i < f->rows_len; i++) {
        const ds_row *row = &d->rows[f->rows[i]];
        if (row->member != cite.member || row->claim.number != cite.sentence)
            continue;
        hull.beg = row->claim.figure.beg < hull.beg ? row->claim.figure.beg : hull.beg;
        hull.end = row->claim.figure.end > hull.end ? row->claim.figure.end : hull.end;
    }
    return hull.end ? hull : (ds_span){0, 0};
}

static const ds_row *row_at(const ds_dossier *d, ds_cite cite)
{
    for (size_t i = 0; i < d->rows_len; i++)
        if (d->rows[i].member == cite.member && d->rows[i].claim.number == cite.sentence)
            return &d->rows[i];
    return NULL;
}

/* “… around 300 soldiers—are believed to have been killed or injured …”: what stands around the words that matter. */
static void put_quotation(ds_buf *b, ds_str s, ds_span words)
{
    size_t beg = s.len > QUOTE_ROOM ? quote_begin(s, words.beg) : 0;
    size_t end = s.len > QUOTE_ROOM ? quote_end(s, words.end) : s.len;
    ds_buf_puts(b, beg ? "“… " : "“");
    ex_put(b, ds_str_trim(ds_str_cut(s, beg, end)));
    ds_buf_puts(b, end < s.len ? " …”" : "”");
}

static ds_str quotation(ex_page *p, const ds_flag *f, ds_cite cite)
{
    const ds_row *row = row_at(p->d, cite);
    ds_buf b = ex_words(p);
    if (!row)
        return DS_STR("");
    put_quotation(&b, row->claim.sentence, figures_in(p->d, f, cite));
    if (row->claim.part != DS_PART_BODY) {
        ds_str part = ds_str_of(ds_part_name(row->claim.part));
        ds_buf_puts(&b, row->claim.part == DS_PART_KEY_POINT ? " (key point" : " (");
        if (row->claim.part != DS_PART_KEY_POINT)
            ds_buf_put(&b, part);
        ds_buf_putc(&b, ')');
    }
    return ex_take(p, &b);
}

static bool same_sentence(const ds_flag *f)
{
    return f->cites[0].member == f->cites[1].member && f->cites[0].sentence == f->cites[1].sentence;
}

/* Two sentences beside each other, each behind where it stands. */
static void fill_sides(ex_page *p, const ds_cite cites[2], const ds_str texts[2], ex_box boxes[4])
{
    size_t half = (ex_wide(p) ? 122 : p->style.width) / 2;
    ds_str left = ex_cites(p, &cites[0], 1, ""), right = ex_cites(p, &cites[1], 1, "");
    size_t second = half + 1,
           tag = ex_width(left) > ex_width(right) ? ex_width(left) : ex_width(right);
    size_t indent = tag + 2 < 4 ? 4 : tag + 2;
    size_t width = second - SIDES_GAP - 2 - indent;
    boxes[0] = (ex_box){2, tag, left, false};
    boxes[1] = (ex_box){2 + indent, width, texts[0], false};
    boxes[2] = (ex_box){second, tag, right, false};
    boxes[3] = (ex_box){second + indent, width, texts[1], false};
}

static void side_by_side(ex_page *p, const ds_flag *f)
{
    ex_box boxes[4];
    const ds_str texts[2] = {quotation(p, f, f->cites[0]), quotation(p, f, f->cites[1])};
    fill_sides(p, f->cites, texts, boxes);
    ds_cite cites[EX_FLAG_CITES];
    size_t n = ex_flag_cites(p->d, f, cites), shown = same_sentence(f) ? 1 : 2;
    if (shown == 1)
        boxes[1].width = ex_prose_width(p) - boxes[1].col;
    ex_row(p, boxes, 2 * shown);
    boxes[1].width = ex_prose_width(p) - boxes[1].col;
    for (size_t i = shown; i < n; i++) {
        if (f->kind == DS_FLAG_SHARE)
            break; /* the share stands with the count, the base beside it */
        boxes[0].text = ex_cites(p, &cites[i], 1, "");
        boxes[1].text = quotation(p, f, cites[i]);
        ex_row(p, boxes, 2);
    }
}

/* ---- the sum ------------------------------------------------------------------------------------------------- */

typedef struct term {
    ds_str name, words, number,
        note; /* "stated", "about", "300", "2.7% of 11,000, not up to 50%" */
} term;

/* "about 300" -> "about", "300": so that numbers stand under each other. */
static void split_value(ds_str prose, term *t)
{
    size_t i = 0;
    while (i < prose.len && !(prose.at[i] >= '0' && prose.at[i] <= '9') && prose.at[i] != '$')
        i++;
    t->number = i < prose.len ? ds_str_cut(prose, i, prose.len) : prose;
    t->words = i < prose.len ? ds_str_trim(ds_str_cut(prose, 0, i)) : DS_STR("");
}

static void print_terms(ex_page *p, const term *terms, size_t n)
{
    size_t name = 0, words = 0, number = 0;
    for (size_t i = 0; i < n; i++) {
        size_t w[] = {ex_width(terms[i].name), ex_width(terms[i].words), ex_width(terms[i].number)};
        name = w[0] > name ? w[0] : name;
        words = w[1] > words ? w[1] : words;
        number = w[2] > number ? w[2] : number;
    }
    name = name > 30 ? 30 : name;
    size_t at_words = 6 + name + 4, at_number = at_words + words + (words ? 1 : 0);
    size_t at_note = at_number + number + 4;
    for (size_t i = 0; i < n; i++) {
        ex_box boxes[] = {{6, name, terms[i].name, false},
                          {at_words, words, terms[i].words, false},
                          {at_number, number, terms[i].number, true},
                          {at_note, p->style.width - at_note, terms[i].note, false}};
        ex_row(p, boxes, 4);
    }
}

static const ds_claim *claim_of(const ex_page *p, const ds_flag *f, uint32_t i)
{
    return i < f->rows_len ? &p->d->rows[f->rows[i]].claim : NULL;
}

static ds_value bounded(ds_frac v, ds_bound bound)
{
    bool low = bound != DS_BOUND_AT_MOST && bound != DS_BOUND_LESS_THAN && bound != DS_BOUND_ALMOST;
    bool high = bound != DS_BOUND_AT_LEAST && bound != DS_BOUND_MORE_THAN;
    return (ds_value){.low = v,
                      .best = v,
                      .high = v,
                      .has_low = low,
                      .has_best = true,
                      .has_high = high,
                      .bound = bound};
}

static ds_str prose(ex_page *p, ds_frac v, ds_bound bound, ds_str unit)
{
    ds_value value = bounded(v, bound);
    return ex_value(p, &value, unit, NULL, 0);
}

#define SHARE_PLACES 1 /* 300 of 11,000 is 2.7%: the parts are rough */

/* "2.7% of 11,000, not up to 50%" */
static ds_str share_note(ex_page *p, const ds_flag *f, ds_bound bound)
{
    ds_frac part, percent, said;
    ds_buf b = ex_words(p);
    if (ds_frac_div(f->stated, f->base, &part) != DS_OK ||
        ds_frac_mul(part, DS_FRAC(100), &percent) != DS_OK ||
        ds_frac_mul(f->share, DS_FRAC(100), &said) != DS_OK)
        return DS_STR("");
    ds_frac_print(&b, percent, SHARE_PLACES);
    ds_buf_puts(&b, "% of ");
    ds_buf_put(&b, ex_number(p, f->base, DS_STR("person")));
    ds_buf_puts(&b, ", not ");
    ds_buf_put(&b, prose(p, said, bound, DS_STR("person")));
    ds_buf_putc(&b, '%');
    return ex_take(p, &b);
}

static void share_sum(ex_page *p, const ds_flag *f)
{
    const ds_claim *share = claim_of(p, f, 0), *base = claim_of(p, f, 1),
                   *stated = claim_of(p, f, 2);
    term t[2] = {0};
    if (!share || !base || !stated)
        return;
    ds_buf name = ex_words(p);
    ds_buf_put(&name, ex_number(p, f->share, DS_STR("ratio")));
    ds_buf_puts(&name, " of ");
    ds_buf_put(&name, prose(p, f->base, base->value.bound, base->unit));
    t[0].name = ex_take(p, &name);
    split_value(prose(p, f->expected, share->value.bound, stated->unit), &t[0]);
    t[1].name = DS_STR("stated");
    split_value(ex_value(p, &stated->value, stated->unit, NULL, 0), &t[1]);
    t[1].note = share_note(p, f, share->value.bound);
    print_terms(p, t, 2);
}

/* Parts against their whole, a part above its whole, a rate against a sum: each claim, then what would follow. */
static void other_sum(ex_page *p, const ds_flag *f)
{
    term t[DS_FLAG_ROWS + 1] = {0};
    size_t n = 0;
    for (uint32_t i = 0; i < f->rows_len; i++, n++) {
        const ds_claim *c = claim_of(p, f, i);
        ds_buf name = ex_words(p);
        ex_put_cite(p, &name, (ds_cite){p->d->rows[f->rows[i]].member, c->number});
        ds_buf_putc(&name, ' ');
        ex_put(&name, c->measure);
        t[n].name = ex_take(p, &name);
        split_value(ex_value(p, &c->value, c->unit, c->per, c->per_len), &t[n]);
    }
    if (n > 2 && f->expected.den) {
        t[n].name = DS_STR("it would be");
        split_value(ex_number(p, f->expected, claim_of(p, f, 0)->unit), &t[n]);
        n++;
    }
    print_terms(p, t, n);
    if (f->rows_len > 2 && !f->expected.den)
        ex_prose(p, 6, ex_own(p, f->sum));
}

/* What follows where both sentences of a drift hold. */
typedef struct consequence {
    ds_str wider, narrower;
    const char *text;
} consequence;

static const consequence consequences[] = {
    {DS_STR_INIT("casualties"), DS_STR_INIT("killed"), "If both were right, nobody was injured."},
    {DS_STR_INIT("casualties"), DS_STR_INIT("injured"), "If both were right, nobody was killed."},
    {DS_STR_INIT("losses"), DS_STR_INIT("killed"),
     "If both were right, all who were lost were killed."},
    {DS_STR_INIT("losses"), DS_STR_INIT("casualties"),
     "If both were right, nobody was missing or captured."},
};

static bool either_way(ds_str a, ds_str b, const consequence *c)
{
    return (ds_str_eq(a, c->wider) && ds_str_eq(b, c->narrower)) ||
           (ds_str_eq(b, c->wider) && ds_str_eq(a, c->narrower));
}

static void drift_sum(ex_page *p, const ds_flag *f)
{
    const ds_claim *a = claim_of(p, f, 0), *b = claim_of(p, f, 1);
    if (!a || !b)
        return;
    for (size_t i = 0; i < sizeof consequences / sizeof *consequences; i++) {
        if (either_way(a->measure, b->measure, &consequences[i])) {
            ex_lit(p, 6, consequences[i].text);
            return;
        }
    }
    other_sum(p, f);
}

/* ---- one flag --------------------------------------------------------------------------------------------------- */

static void flag(ex_page *p, const ds_flag *f)
{
    bool drift = f->kind == DS_FLAG_DRIFT;
    ex_box head[] = {{0, 1, ex_say(p, EX_RED "!"), false},
                     {2, 10, ex_say(p, EX_BOLD "%s", drift ? "Drift" : "Arithmetic"), false},
                     {15, ex_prose_width(p) - 15, ex_own(p, f->finding), false}};
    ex_blank(p);
    ex_row(p, head, 3);
    ex_blank(p);
    side_by_side(p, f);
    ex_blank(p);
    if (drift)
        drift_sum(p, f);
    else if (f->kind == DS_FLAG_SHARE)
        share_sum(p, f);
    else
        other_sum(p, f);
}

/* ---- what is told both ways ------------------------------------------------------------------------------------- */

/* “…” (the army, 5 Mar) */
static ds_str telling(ex_page *p, const ds_telling *t)
{
    ds_buf b = ex_words(p);
    put_quotation(&b, t->sentence, t->words);
    ds_buf_puts(&b, " (");
    if (t->holder.len) {
        ex_put(&b, t->holder);
        ds_buf_puts(&b, ", ");
    }
    ex_put_days(&b, t->days, 0);
    ds_buf_putc(&b, ')');
    return ex_take(p, &b);
}

static void dispute(ex_page *p, const ds_dispute *x)
{
    ex_box head[] = {{0, 1, ex_say(p, EX_RED "!"), false},
                     {2, 10, ex_say(p, EX_BOLD "Both ways"), false},
                     {15, ex_prose_width(p) - 15, ex_own(p, x->finding), false}};
    ex_box boxes[4];
    const ds_cite cites[2] = {x->sides[0].cite, x->sides[1].cite};
    const ds_str texts[2] = {telling(p, &x->sides[0]), telling(p, &x->sides[1])};
    ex_blank(p);
    ex_row(p, head, 3);
    ex_blank(p);
    fill_sides(p, cites, texts, boxes);
    ex_row(p, boxes, 4);
    if (x->more_len == 0)
        return;
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, "and ");
    ds_buf_put(&b, ex_cites(p, x->more, x->more_len, " "));
    ex_prose(p, 6, ex_take(p, &b));
}

/* Conflicts alone: what changed in time is no contradiction. */
static size_t show_disputes(ex_page *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->d->ledger.disputes_len; i++) {
        if (p->d->ledger.disputes[i].verdict != DS_V_CONFLICTS)
            continue;
        dispute(p, &p->d->ledger.disputes[i]);
        n++;
    }
    return n;
}

void ex_show_flags(ex_page *p)
{
    const ds_ledger *l = &p->d->ledger;
    if (l->flags_len == 0 && l->questions_len == 0 && l->disputes_len == 0)
        return;
    ex_heading(p, "WHAT DOES NOT FIT");
    for (size_t i = 0; i < l->flags_len; i++)
        flag(p, &l->flags[i]);
    if (show_disputes(p) || l->flags_len)
        return;
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, "Nothing found that does not fit (");
    ex_put_count(&b, l->sums_checked, "sum checked)", "sums checked)");
    ex_line(p, 2, ex_take(p, &b));
}
