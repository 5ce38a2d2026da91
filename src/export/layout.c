/* SPDX-License-Identifier: Apache-2.0 */
/* layout.c - wrapping, columns, ink. */
#include "export/layout.h"

#include <stdio.h>

#define NBSP 0xA0u
#define BOXES_MAX 12 /* more than any row of the views has */

static bool is_ink(char c)
{
    return c >= EX_PLAIN[0] && c <= EX_END[0];
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static int year_of(ds_day day)
{
    int year = 0, month, d;
    if (day != DS_DAY_NONE)
        ds_day_split(day, &year, &month, &d);
    return year;
}

static int later(int year, ds_days days)
{
    int lo = year_of(days.lo), hi = year_of(days.hi);
    year = lo > year ? lo : year;
    return hi > year ? hi : year;
}

static int last_year(const ds_dossier *d)
{
    int year = 0;
    for (size_t i = 0; i < d->rows_len; i++)
        if (d->rows[i].claim.has_when)
            year = later(year, d->rows[i].claim.when);
    for (size_t i = 0; i < d->sources_len; i++)
        year = later(year, (ds_days){d->sources[i].published, d->sources[i].published});
    for (size_t i = 0; i < d->timeline_len; i++)
        if (d->timeline[i].has_when)
            year = later(year, d->timeline[i].when);
    return year;
}

ex_page ex_page_new(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    if (style.width < EX_NARROWEST)
        style.width = EX_NARROWEST;
    if (style.width > EX_WIDEST)
        style.width = EX_WIDEST;
    return (ex_page){.a = a,
                     .out = out,
                     .style = style,
                     .d = d,
                     .last_year = d ? last_year(d) : 0,
                     .ink = EX_PLAIN[0],
                     .now = EX_PLAIN[0]};
}

ds_status ex_page_end(const ex_page *p)
{
    return p->status == DS_OK ? p->out->status : p->status;
}

bool ex_wide(const ex_page *p)
{
    return p->style.width >= EX_WIDE;
}

size_t ex_prose_width(const ex_page *p)
{
    return p->style.width < EX_PROSE ? p->style.width : EX_PROSE;
}

/* ---- strings ---------------------------------------------------------------------------------------------- */

ds_buf ex_words(ex_page *p)
{
    return ds_buf_new(p->a);
}

ds_str ex_take(ex_page *p, ds_buf *b)
{
    ds_str s = ds_buf_str(b);
    if (s.at && !p->style.utf8)
        s = ex_fold(p->a, s);
    if (!s.at)
        p->status = DS_NOMEM;
    return s;
}

ds_str ex_say(ex_page *p, const char *fmt, ...)
{
    ds_buf b = ex_words(p);
    char small[256];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n < sizeof small)
        ds_buf_put(&b, (ds_str){small, (size_t)n});
    else
        p->status = DS_LIMIT;
    return ex_take(p, &b);
}

ds_str ex_own(ex_page *p, ds_str from_page)
{
    ds_buf b = ex_words(p);
    ex_put(&b, from_page);
    return ex_take(p, &b);
}

static size_t char_width(ds_str s, size_t at, size_t end)
{
    return is_ink(s.at[at]) ? 0 : ds_utf8_width(ds_str_cut(s, at, end));
}

size_t ex_width(ds_str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.len;) {
        size_t beg = i;
        ds_utf8_next(s, &i);
        width += char_width(s, beg, i);
    }
    return width;
}

/* ---- wrapping ------------------------------------------------------------------------------------------------ */

/* Where a line may end, while it is measured. */
typedef struct cut {
    size_t blank,
        after;   /* line end before the last blank, and where the next line begins; 0, 0: none */
    size_t glue; /* before the last glue */
} cut;

static void note_break(cut *c, uint32_t cp, size_t beg, size_t end)
{
    if (cp == ' ') {
        if (beg != c->after || beg == 0) /* else one more blank of the same run */
            c->blank = beg;
        c->after = end;
    } else if (cp == NBSP) {
        c->glue = beg;
    }
}

/* A word that is wider than the box is cut: at glue, or anywhere. */
static size_t forced(const cut *c, size_t start, size_t beg, size_t end)
{
    if (c->glue > start)
        return c->glue;
    return beg > start ? beg : end;
}

static size_t skip_blanks(ds_str s, size_t i)
{
    for (;;) {
        if (i < s.len && (s.at[i] == ' ' || s.at[i] == '\n'))
            i++;
        else if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR(EX_GLUE)))
            i += sizeof EX_GLUE - 1;
        else
            return i;
    }
}

ds_status ex_wrap(ds_str s, size_t *at, size_t width, ds_str *line)
{
    size_t start = skip_blanks(s, *at), used = 0;
    cut c = {0};
    if (start >= s.len)
        return DS_NONE;
    for (size_t i = start; i < s.len;) {
        size_t beg = i;
        uint32_t cp = ds_utf8_next(s, &i);
        note_break(&c, cp, beg, i);
        used += char_width(s, beg, i);
        if (used <= width || cp == ' ')
            continue;
        size_t end = c.blank > start ? c.blank : forced(&c, start, beg, i);
        *line = ds_str_cut(s, start, end);
        *at = c.blank > start ? c.after : end;
        return DS_OK;
    }
    *line = ds_str_cut(s, start, s.len);
    *at = s.len;
    return DS_OK;
}

/* ---- ink ------------------------------------------------------------------------------------------------------- */

static void switch_ink(ex_page *p)
{
    if (p->now == p->ink || !p->style.colour)
        return;
    if (p->now != EX_PLAIN[0])
        ds_buf_puts(p->out, "\033[0m");
    if (p->ink == EX_BOLD[0])
        ds_buf_puts(p->out, "\033[1m");
    else if (p->ink == EX_DIM[0])
        ds_buf_puts(p->out, "\033[2m");
    else if (p->ink == EX_RED[0])
        ds_buf_puts(p->out, "\033[31m");
    p->now = p->ink;
}

static void plain_ink(ex_page *p)
{
    p->ink = EX_PLAIN[0];
    switch_ink(p);
}

/* Blanks are owed until a character follows: a line never ends in one, and padding has no ink. */
static void emit_char(ex_page *p, ds_str ch)
{
    p->col += ds_utf8_width(ch);
    if ((ch.len == 1 && ch.at[0] == ' ') || ds_str_eq(ch, DS_STR(EX_GLUE))) {
        p->owed++;
        return;
    }
    if (p->owed && p->now != p->ink) {
        char wanted = p->ink;
        plain_ink(p);
        p->ink = wanted;
    }
    ds_buf_rep(p->out, " ", p->owed);
    p->owed = 0;
    switch_ink(p);
    ds_buf_put(p->out, ch);
}

static void emit(ex_page *p, ds_str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t beg = i;
        ds_utf8_next(s, &i);
        if (is_ink(s.at[beg]))
            p->ink = s.at[beg];
        else
            emit_char(p, ds_str_cut(s, beg, i));
    }
}

static void to_column(ex_page *p, size_t col)
{
    if (col > p->col) {
        p->owed += col - p->col;
        p->col = col;
    }
}

static void end_line(ex_page *p)
{
    plain_ink(p);
    ds_buf_putc(p->out, '\n');
    p->col = p->owed = 0;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

static void draw(ex_page *p, const ex_box *box, ds_str line, char *ink)
{
    size_t width = ex_width(line), room = box->width > width ? box->width - width : 0;
    plain_ink(p);
    to_column(p, box->col + (box->right ? room : 0));
    p->ink = *ink;
    emit(p, line);
    *ink = p->ink;
}

/* One line of every box that has one left; false when none had. */
static bool row_line(ex_page *p, const ex_box *boxes, size_t n, size_t *at, char *ink)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        ds_str line;
        if (ex_wrap(boxes[i].text, &at[i], boxes[i].width ? boxes[i].width : 1, &line) != DS_OK)
            continue;
        draw(p, &boxes[i], line, &ink[i]);
        any = true;
    }
    if (any)
        end_line(p);
    return any;
}

void ex_row(ex_page *p, const ex_box *boxes, size_t n)
{
    size_t at[BOXES_MAX] = {0};
    char ink[BOXES_MAX];
    ex_box own[BOXES_MAX];
    if (n > BOXES_MAX || p->status != DS_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        own[i] = boxes[i];
        ink[i] = EX_PLAIN[0];
        if (!p->style.utf8 && own[i].text.len)
            own[i].text = ex_fold(p->a, own[i].text);
        if (boxes[i].text.len && !own[i].text.at)
            p->status = DS_NOMEM;
    }
    while (p->status == DS_OK && p->out->status == DS_OK && row_line(p, own, n, at, ink))
        ;
}

static size_t room_from(const ex_page *p, size_t col, size_t edge)
{
    (void)p;
    return edge > col ? edge - col : 1;
}

void ex_line(ex_page *p, size_t col, ds_str text)
{
    ex_box box = {col, room_from(p, col, p->style.width), text, false};
    ex_row(p, &box, 1);
}

void ex_lit(ex_page *p, size_t col, const char *z)
{
    ex_line(p, col, ds_str_of(z));
}

void ex_prose(ex_page *p, size_t col, ds_str text)
{
    ex_box box = {col, room_from(p, col, ex_prose_width(p)), text, false};
    ex_row(p, &box, 1);
}

void ex_blank(ex_page *p)
{
    end_line(p);
}

void ex_heading(ex_page *p, const char *z)
{
    ex_blank(p);
    ex_line(p, 0, ex_say(p, EX_BOLD "%s", z));
}

void ex_between(ex_page *p, size_t col, ds_str left, ds_str right)
{
    size_t room = room_from(p, col, p->style.width), need = ex_width(right) + 2;
    ex_box boxes[2] = {{col, room, left, false}, {col, room, right, true}};
    if (ex_width(left) + need <= room) {
        ex_row(p, boxes, 2);
        return;
    }
    /* The question keeps clear of its chip on every line: "How many ... were killed   apart x13". */
    boxes[0].width = room > 2 * need ? room - need : room;
    if (boxes[0].width < room) {
        ex_row(p, boxes, 2);
        return;
    }
    ex_row(p, boxes, 1);
    ex_row(p, boxes + 1, 1);
}
