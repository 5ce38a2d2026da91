/* SPDX-License-Identifier: Apache-2.0 */
/* article.c - dossier article: numbered sentences, their figures underlined, and who says it how surely. */
#include "export/article.h"

#define NUMBER_W 5

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
    else
        ds_buf_puts(b, ex_put_unread(p, b, r->article->language) ? " or sources" : "no figures");
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

static void head(const ex_reader *rd)
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

/* Claims are in text order. */
static size_t first_figure(const ex_reader *rd, const ds_sentence *s)
{
    const ds_claims *c = &rd->r->claims;
    return ex_before(c->at, c->len, sizeof *c->at, offsetof(ds_claim, span), s->span.beg);
}

static size_t figures_in(const ex_reader *rd, const ds_sentence *s)
{
    size_t beg = first_figure(rd, s), end = beg;
    while (end < rd->r->claims.len && in_sentence(&rd->r->claims.at[end], s))
        end++;
    return end - beg;
}

static void put_base(const ex_reader *rd, ds_buf *b, const ds_claim *c)
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
static ds_str label(const ex_reader *rd, const ds_claim *c)
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
static void underline(const ex_reader *rd, const under *u, size_t beg, size_t end, bool last)
{
    ex_page *p = rd->p;
    size_t edge = ex_prose_width(p), from = EX_TEXT_AT + beg, to = EX_TEXT_AT + end;
    ds_str text = last ? label(rd, u->claim) : DS_STR("");
    size_t width = ex_width(text);
    ex_box boxes[] = {{from, to - from, bar(p, end - beg), false},
                      {to + 1, edge > to + 1 ? edge - to - 1 : 1, text, false}};
    if (to + 1 + width <= edge) {
        ex_row(p, boxes, 2);
    } else if (EX_TEXT_AT + width + 1 <= from) {
        ex_box left[] = {{from - 1 - width, width, text, false}, boxes[0]};
        ex_row(p, left, 2);
    } else {
        ex_row(p, boxes, 1);
        ex_prose(p, EX_TEXT_AT, text);
    }
}

static void under_line(const ex_reader *rd, under *figures, size_t n, size_t width)
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

static under *figures_of(const ex_reader *rd, const ds_sentence *s, ds_str text, size_t n)
{
    under *u = ds_arena_calloc(rd->p->a, n, sizeof *u);
    const ds_claim *first = rd->r->claims.at + first_figure(rd, s);
    for (size_t i = 0; u && i < n; i++)
        u[i] = (under){.claim = &first[i], .text = marked(rd->p, text, first[i].figure)};
    if (!u)
        rd->p->status = DS_NOMEM;
    return u;
}

/* ---- sentences ---------------------------------------------------------------------------------------------------------- */

static void voices(const ex_reader *rd, const ex_heard *h, const under *figures, size_t n)
{
    const ds_claim **claims = ds_arena_calloc(rd->p->a, n, sizeof *claims);
    if (!claims) {
        rd->p->status = DS_NOMEM;
        return;
    }
    for (size_t i = 0; i < n; i++)
        claims[i] = figures[i].claim;
    ex_put_voices(rd, h, claims, n);
}

static bool is_heading(const ds_article *art, const ds_sentence *s)
{
    return s->block < art->blocks_len && art->blocks[s->block].kind == DS_BLOCK_HEADING;
}

/* The ink that a line leaves to the next. */
static char ink_after(ds_str line, char before)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] >= EX_PLAIN[0] && line.at[i] <= EX_RED[0])
            before = line.at[i];
    return before;
}

static void text_line(const ex_reader *rd, ds_str number, char ink, ds_str line)
{
    ds_buf b = ex_words(rd->p);
    ds_buf_putc(&b, ink);
    ds_buf_put(&b, line);
    size_t width = ex_prose_width(rd->p) - EX_TEXT_AT;
    ex_box boxes[] = {{0, NUMBER_W, number, true}, {EX_TEXT_AT, width, ex_take(rd->p, &b), false}};
    ex_row(rd->p, boxes, 2);
}

static void sentence(const ex_reader *rd, const ds_sentence *s)
{
    ex_page *p = rd->p;
    size_t width = ex_prose_width(p) - EX_TEXT_AT, n = figures_in(rd, s), at = 0;
    ex_heard h = ex_hear(rd->r, rd->v, s);
    const char *base = is_heading(rd->r->article, s) ? EX_BOLD : EX_PLAIN;
    ds_str text = ex_inked(rd, &h, base), number = ex_say(p, "%u", s->number), line;
    under *figures = figures_of(rd, s, ds_str_at(rd->r->article->text, s->span), n);
    char ink = base[0];
    while (p->status == DS_OK && ex_wrap(text, &at, width, &line) == DS_OK) {
        text_line(rd, number, ink, line);
        under_line(rd, figures, n, width);
        ink = ink_after(line, ink);
        number = DS_STR("");
    }
    if (p->status == DS_OK)
        voices(rd, &h, figures, n);
}

static void gap_of(const ex_reader *rd, size_t left_out)
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

static bool has_lines(const ex_reader *rd, const ds_sentence *s)
{
    ex_heard h = ex_hear(rd->r, rd->v, s);
    return figures_in(rd, s) || ex_hears(&h);
}

/* Sentences of one paragraph follow each other; what has something under it stands free. */
static bool stands_free(const ex_reader *rd, size_t i, size_t last)
{
    const ds_sentence *s = rd->r->sents;
    return last == SIZE_MAX || s[i].block != s[last].block || has_lines(rd, &s[i]) ||
           has_lines(rd, &s[last]);
}

static bool is_shown(const ex_reader *rd, const ds_sentence *s, bool figures_only)
{
    if (figures_only)
        return figures_in(rd, s) > 0;
    return s->part != DS_PART_TITLE || has_lines(rd, s);
}

static void all(const ex_reader *rd, bool figures_only)
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

static ds_status one(const ex_reader *rd, uint32_t number)
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

static void foot(const ex_reader *rd)
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

/* Figures are of the reading, the rest of those who looked at its text now. */
static void other_reader(const ex_reader *rd, ds_str now)
{
    if (!rd->v || !now.at || !rd->r->reader.at || ds_str_eq(now, rd->r->reader))
        return;
    ex_prose(rd->p, 0,
             DS_STR("The figures were read by another version of the program or of its word "
                    "lists, the rest by this one; dossier add of the page reads it anew."));
}

ds_status ds_export_article(ds_arena *a, const ds_reading *r, const ds_voices *v, ds_str letter,
                            ds_article_view view, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    ex_page p = ex_page_new(a, NULL, style, out);
    ex_reader rd = {&p, r, v, letter.at ? letter : DS_STR("")};
    if (style.format != DS_FMT_TEXT) {
        ex_article_json(out, r->article, r, v);
        return ex_done(out, mark, DS_OK);
    }
    head(&rd);
    if (view.sentence >= 0)
        st = one(&rd, (uint32_t)view.sentence);
    else
        all(&rd, view.figures_only);
    foot(&rd);
    other_reader(&rd, view.reader);
    return ex_done(out, mark, st == DS_OK ? ex_page_end(&p) : st);
}
