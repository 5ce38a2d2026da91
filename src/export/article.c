/* SPDX-License-Identifier: Apache-2.0 */
/* article.c - dossier article: numbered sentences, their figures underlined, and who stands behind them. */
#include "export/words.h"

#define NUMBER_W 5
#define TEXT_AT 7

typedef struct reader {
    ex_page *p;
    const ds_reading *r;
    ds_str letter;
} reader;

/* ---- the head ------------------------------------------------------------------------------------------------ */

static void put_publisher(ds_buf *b, const ds_article *art)
{
    ex_put(b, art->publisher.at ? art->publisher : DS_STR("publisher not named"));
    if (art->original_publisher.at && !ds_str_eq(art->original_publisher, art->publisher)) {
        ds_buf_puts(b, art->publisher.at ? ", republished from " : "; text from ");
        ex_put(b, art->original_publisher);
    }
    if (art->licence.at) {
        ds_buf_puts(b, " (");
        ex_put(b, art->licence);
        ds_buf_putc(b, ')');
    }
}

static void put_kind(ds_buf *b, const ds_article *art)
{
    ds_buf_puts(b, ds_kind_name(art->kind));
    for (size_t i = 0; i < art->authors.len; i++) {
        ds_buf_puts(b, i ? ", " : " by ");
        ex_put(b, art->authors.at[i]);
    }
    if (art->affiliation.at) {
        ds_buf_puts(b, ", ");
        ex_put(b, art->affiliation);
    }
}

static void put_date(ds_buf *b, const ds_article *art)
{
    if (art->published != DS_DAY_NONE) {
        ex_put_days(b, (ds_days){art->published, art->published}, 0);
        return;
    }
    ds_buf_puts(b, "undated");
    if (art->window.lo != DS_DAY_NONE) {
        ds_buf_puts(b, "; not before ");
        ex_put_days(b, (ds_days){art->window.lo, art->window.lo}, 0);
    }
}

static size_t numbered(const ds_reading *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->sents_len; i++)
        n += r->sents[i].part != DS_PART_TITLE;
    return n;
}

static void put_counts(ex_page *p, ds_buf *b, const ds_reading *r)
{
    ex_put_count(b, numbered(r), "sentence, ", "sentences, ");
    if (r->claims.len)
        ex_put_count(b, r->claims.len, "figure", "figures");
    else if (!ex_put_unread(p, b, r->article->language))
        ds_buf_puts(b, "no figures");
    if (r->article->comments_len) {
        ds_buf_puts(b, "; ");
        ex_put_count(b, r->article->comments_len, "reader’s comment", "readers’ comments");
        ds_buf_puts(b, " left out");
    }
}

static void head_line(ex_page *p, ds_buf *b)
{
    ex_prose(p, 3, ex_take(p, b));
}

static void head(const reader *rd)
{
    ex_page *p = rd->p;
    const ds_article *art = rd->r->article;
    ds_buf title = ex_words(p), publisher = ex_words(p), kind = ex_words(p), counts = ex_words(p);
    ds_buf_puts(&title, EX_BOLD);
    ex_put(&title, art->title.at ? art->title : DS_STR("(no title)"));
    size_t at = ex_width(rd->letter) + 2 > 3 ? ex_width(rd->letter) + 2 : 3;
    ex_box boxes[] = {{0, at - 2, ex_own(p, rd->letter), false},
                      {rd->letter.len ? at : 0, ex_prose_width(p) - at, ex_take(p, &title), false}};
    ex_row(p, boxes, 2);
    put_publisher(&publisher, art);
    put_kind(&kind, art);
    ds_buf_puts(&kind, "; ");
    put_date(&kind, art);
    put_counts(p, &counts, rd->r);
    head_line(p, &publisher);
    head_line(p, &kind);
    head_line(p, &counts);
}

/* ---- figures of a sentence ------------------------------------------------------------------------------------ */

static bool in_sentence(const ds_claim *c, const ds_sentence *s)
{
    return c->number == s->number && c->span.beg == s->span.beg;
}

static size_t figures_in(const reader *rd, const ds_sentence *s)
{
    size_t n = 0;
    for (size_t i = 0; i < rd->r->claims.len; i++)
        n += in_sentence(&rd->r->claims.at[i], s);
    return n;
}

static void put_base(const reader *rd, ds_buf *b, const ds_claim *c)
{
    const ds_claims *all = &rd->r->claims;
    int32_t to = c->delta ? c->delta_of : c->of;
    if (to < 0 || (size_t)to >= all->len) {
        if (c->of_words.at) {
            ds_buf_puts(b, " of ");
            ex_put(b, c->of_words);
        }
        return;
    }
    ds_value v = c->value;
    v.low = v.best = v.high = c->derived;
    ds_buf_printf(b, c->delta ? " with %u" : " of %u", all->at[to].number);
    if (c->has_derived) {
        ds_buf_puts(b, ": ");
        ds_value_table(b, &v, all->at[to].unit);
    }
}

/* "losses >40% of 6: >4,600, by mid-Jan" */
static ds_str label(const reader *rd, const ds_claim *c)
{
    ds_buf b = ex_words(rd->p);
    bool bare = ds_str_eq(c->unit, DS_STR("person")) || ds_str_eq(c->unit, DS_STR("ratio"));
    ds_buf_puts(&b, EX_DIM);
    ex_put(&b, c->measure);
    ds_buf_puts(&b, bare ? " " : ", ");
    ds_buf_puts(&b, c->delta ? "+ " : "");
    ds_value_table(&b, &c->value, c->unit);
    put_base(rd, &b, c);
    if (c->has_when && (c->when.lo != DS_DAY_NONE || c->when.hi != DS_DAY_NONE)) {
        ds_buf_puts(&b, ", ");
        ex_put_days(&b, c->when, 0);
    }
    return ex_take(rd->p, &b);
}

/* ---- underlining -------------------------------------------------------------------------------------------------- */

/* The sentence with marks around the figure: they have no width, so that it wraps as without them. */
static ds_str marked(ex_page *p, ds_str text, ds_span figure)
{
    ds_buf b = ex_words(p);
    ex_put(&b, ds_str_cut(text, 0, figure.beg));
    ds_buf_puts(&b, EX_BEG);
    ex_put(&b, ds_str_at(text, figure));
    ds_buf_puts(&b, EX_END);
    ex_put(&b, ds_str_cut(text, figure.end, text.len));
    return ex_take(p, &b);
}

typedef struct under { /* one figure while its sentence is printed */
    const ds_claim *claim;
    ds_str text;
    size_t at;
    bool inside, done;
} under;

/* Columns of the line that the figure covers; *last: it ends here. */
static bool covered(under *u, ds_str line, size_t *beg, size_t *end, bool *last)
{
    ds_str open = DS_STR(EX_BEG), close = DS_STR(EX_END);
    ptrdiff_t from = ds_str_find(line, open, 0), to = ds_str_find(line, close, 0);
    if (!u->inside && from < 0)
        return false;
    *beg = u->inside ? 0 : ex_width(ds_str_cut(line, 0, (size_t)from));
    *end = to >= 0 ? ex_width(ds_str_cut(line, 0, (size_t)to)) : ex_width(line);
    *last = to >= 0;
    u->inside = to < 0;
    return *end > *beg;
}

static ds_str bar(ex_page *p, size_t n)
{
    ds_buf b = ex_words(p);
    ds_buf_rep(&b, "━", n);
    return ex_take(p, &b);
}

/* The label stands right of the bar where there is room, else left of it, else on a line of its own. */
static void underline(const reader *rd, const under *u, size_t beg, size_t end, bool last)
{
    ex_page *p = rd->p;
    size_t edge = ex_prose_width(p), from = TEXT_AT + beg, to = TEXT_AT + end;
    ds_str text = last ? label(rd, u->claim) : DS_STR("");
    size_t width = ex_width(text);
    ex_box boxes[] = {{from, to - from, bar(p, end - beg), false},
                      {to + 1, edge > to + 1 ? edge - to - 1 : 1, text, false}};
    if (to + 1 + width <= edge) {
        ex_row(p, boxes, 2);
    } else if (TEXT_AT + width + 1 <= from) {
        ex_box left[] = {{from - 1 - width, width, text, false}, boxes[0]};
        ex_row(p, left, 2);
    } else {
        ex_row(p, boxes, 1);
        ex_prose(p, TEXT_AT, text);
    }
}

static void under_line(const reader *rd, under *figures, size_t n, size_t width)
{
    for (size_t i = 0; i < n; i++) {
        ds_str line;
        size_t beg, end;
        bool last = false;
        if (figures[i].done || ex_wrap(figures[i].text, &figures[i].at, width, &line) != DS_OK)
            continue;
        if (!covered(&figures[i], line, &beg, &end, &last))
            continue;
        underline(rd, &figures[i], beg, end, last);
        figures[i].done = last;
    }
}

static under *figures_of(const reader *rd, const ds_sentence *s, ds_str text, size_t n)
{
    under *u = ds_arena_calloc(rd->p->a, n, sizeof *u);
    size_t k = 0;
    for (size_t i = 0; u && i < rd->r->claims.len; i++) {
        const ds_claim *c = &rd->r->claims.at[i];
        if (!in_sentence(c, s) || k == n)
            continue;
        u[k++] = (under){.claim = c, .text = marked(rd->p, text, c->figure)};
    }
    if (!u)
        rd->p->status = DS_NOMEM;
    return u;
}

/* ---- holders ----------------------------------------------------------------------------------------------------------- */

static bool same_holder(const ds_claim *a, const ds_claim *b)
{
    if (a->certainty != b->certainty || !a->said_by_len != !b->said_by_len)
        return false;
    return !a->said_by_len || ds_str_eq(a->said_by[0].name, b->said_by[0].name);
}

/* "● South Korean intelligence (“has been reporting”)", "○ own voice, estimated" */
static void holder(const reader *rd, const ds_claim *c)
{
    ex_page *p = rd->p;
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, ex_named(c) ? "● " : "○ ");
    ds_buf_put(&b, ex_said_by(p, c));
    if (c->certainty > DS_CERT_REPORTED) {
        ds_buf_puts(&b, ", ");
        ds_buf_puts(&b, ds_certainty_name(c->certainty));
    }
    if (c->said_by_len && c->said_by[0].cue.at) {
        ds_buf_puts(&b, " (“");
        ex_put(&b, c->said_by[0].cue);
        ds_buf_puts(&b, "”)");
    }
    ex_prose(p, TEXT_AT, ex_take(p, &b));
}

static void holders(const reader *rd, const under *figures, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool said = false;
        for (size_t k = 0; k < i && !said; k++)
            said = same_holder(figures[k].claim, figures[i].claim);
        if (!said)
            holder(rd, figures[i].claim);
    }
}

/* ---- sentences ---------------------------------------------------------------------------------------------------------- */

static bool is_heading(const ds_article *art, const ds_sentence *s)
{
    return s->block < art->blocks_len && art->blocks[s->block].kind == DS_BLOCK_HEADING;
}

static ds_str sentence_text(const reader *rd, const ds_sentence *s)
{
    return ds_str_at(rd->r->article->text, s->span);
}

static void sentence(const reader *rd, const ds_sentence *s)
{
    ex_page *p = rd->p;
    size_t width = ex_prose_width(p) - TEXT_AT, n = figures_in(rd, s), at = 0;
    ds_str text = ex_own(p, sentence_text(rd, s)), line;
    under *figures = figures_of(rd, s, sentence_text(rd, s), n);
    ds_str number = ex_say(p, "%u", s->number);
    const char *ink = is_heading(rd->r->article, s) ? EX_BOLD : EX_PLAIN;
    while (p->status == DS_OK && ex_wrap(text, &at, width, &line) == DS_OK) {
        ds_buf b = ex_words(p);
        ds_buf_puts(&b, ink);
        ds_buf_put(&b, line);
        ex_box boxes[] = {{0, NUMBER_W, number, true}, {TEXT_AT, width, ex_take(p, &b), false}};
        ex_row(p, boxes, 2);
        under_line(rd, figures, n, width);
        number = DS_STR("");
    }
    if (p->status == DS_OK)
        holders(rd, figures, n);
}

static void gap_of(const reader *rd, size_t left_out)
{
    ex_page *p = rd->p;
    ds_buf b = ex_words(p);
    if (left_out == 0)
        return;
    ds_buf_puts(&b, EX_DIM "…  ");
    ex_put_count(&b, left_out, "sentence without figures", "sentences without figures");
    ex_blank(p);
    ex_line(p, 4, ex_take(p, &b));
}

/* Sentences of one paragraph follow each other; a sentence with figures stands free. */
static bool stands_free(const reader *rd, size_t i, size_t last)
{
    const ds_sentence *s = rd->r->sents;
    return last == SIZE_MAX || s[i].block != s[last].block || figures_in(rd, &s[i]) ||
           figures_in(rd, &s[last]);
}

static bool is_shown(const reader *rd, const ds_sentence *s, bool figures_only)
{
    bool figures = figures_in(rd, s) > 0;
    return figures || (!figures_only && s->part != DS_PART_TITLE);
}

static void all(const reader *rd, bool figures_only)
{
    size_t left_out = 0, last = SIZE_MAX;
    for (size_t i = 0; i < rd->r->sents_len && rd->p->status == DS_OK; i++) {
        if (!is_shown(rd, &rd->r->sents[i], figures_only)) {
            left_out += rd->r->sents[i].part != DS_PART_TITLE;
            continue;
        }
        gap_of(rd, left_out);
        if (left_out || stands_free(rd, i, last))
            ex_blank(rd->p);
        sentence(rd, &rd->r->sents[i]);
        left_out = 0;
        last = i;
    }
    gap_of(rd, left_out);
}

static ds_status one(const reader *rd, uint32_t number)
{
    for (size_t i = 0; i < rd->r->sents_len; i++) {
        if (rd->r->sents[i].number != number)
            continue;
        ex_blank(rd->p);
        if (i > 0 && rd->r->sents[i - 1].part != DS_PART_TITLE) {
            sentence(rd, &rd->r->sents[i - 1]);
            if (stands_free(rd, i, i - 1))
                ex_blank(rd->p);
        }
        sentence(rd, &rd->r->sents[i]);
        return DS_OK;
    }
    return DS_NONE;
}

#define SHA_SHOWN 8 /* digits, enough to compare by eye */

static void foot(const reader *rd)
{
    ex_page *p = rd->p;
    ds_buf b = ex_words(p);
    if (!rd->r->page)
        return;
    ds_buf_puts(&b, "Page ");
    ex_put(&b, rd->letter.len ? rd->letter : DS_STR("read"));
    ds_buf_puts(&b, ": ");
    ex_put(&b, rd->r->page->name);
    ds_buf_puts(&b, ", sha256 ");
    ex_put(&b, ds_str_cut(rd->r->page->sha256, 0, SHA_SHOWN));
    ds_buf_puts(&b, "…");
    ex_blank(p);
    ex_prose(p, 0, ex_take(p, &b));
}

ds_status ds_export_article(ds_arena *a, const ds_reading *r, ds_str letter, ds_article_view view,
                            ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    ex_page p = ex_page_new(a, NULL, style, out);
    reader rd = {&p, r, letter.at ? letter : DS_STR("")};
    if (style.format != DS_FMT_TEXT)
        return ds_export_read(a, r->article, style, out);
    head(&rd);
    if (view.sentence >= 0)
        st = one(&rd, (uint32_t)view.sentence);
    else
        all(&rd, view.figures_only);
    foot(&rd);
    return ex_done(out, mark, st == DS_OK ? ex_page_end(&p) : st);
}
