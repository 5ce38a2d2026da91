/* SPDX-License-Identifier: Apache-2.0 */
/* quotes.c - which marks open and close quotations, paragraph by paragraph.
 *
 * Shape decides where the mark itself does not say: an opening mark follows white space, the block's start or other
 * punctuation and stands before something; a closing mark stands behind something. Apostrophes are kept apart: inside a
 * word, in "'90s", in a detached "'s", and behind an s where a better closing mark comes later. Only outermost
 * quotations are numbered. A paragraph that opens with a mark and never closes it is quoted to its end, as papers print
 * quotations of several paragraphs; where the next one has no mark of its own at its start, but one too many, the quotation goes on
 * in it (texts with a sentence a line). */
#include "text/internal.h"

typedef enum style { NONE, CURLY, STRAIGHT, ANGLE, GRAVE, SINGLE } style;

typedef struct finder {
    ds_arena *arena;
    ds_str text; /* cut off at the block's end, so that looking ahead stays inside */
    uint32_t beg;
    ds_quotations *out;
    style open;
    ds_span mark;    /* that opened */
    ds_span dropped; /* STRAIGHT: the one before `mark` that nothing closed; empty: none */
    bool carried;    /* `open` goes on from the block before */
    size_t close_at; /* SINGLE: offset of its closing mark */
} finder;

static uint32_t before(const finder *f, size_t i)
{
    return i <= f->beg ? 0 : ds_cp_before(f->text, i);
}

/* Nothing, white space, an opening bracket, a dash or another mark comes before. */
static bool opens_here(const finder *f, size_t i, size_t next)
{
    uint32_t p = before(f, i), n = ds_cp_at(f->text, next, NULL);
    if (n == 0 || ds_cp_space(n))
        return false;
    if (p == 0 || ds_cp_space(p))
        return true;
    return ds_cp_classify(p) == DS_CP_PUNCT && p != '.' && p != ',' && p != '!' && p != '?' &&
           p != ')' && p != ']' && p != 0x201D && p != 0x2019;
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* An apostrophe that may end a quotation: behind something, not inside a word. ".'Next" is a glued sentence. */
static bool may_close(const finder *f, size_t i, size_t next)
{
    uint32_t p = before(f, i), n = ds_cp_at(f->text, next, NULL);
    if (p == 0 || ds_cp_space(p))
        return false;
    return n == 0 || !ds_cp_alnum(n) || (is_stop(p) && ds_cp_upper(n));
}

/* Apostrophes that only look like opening marks: 's 90s n' em til. */
static bool is_elision(const finder *f, size_t next)
{
    size_t i = next;
    uint32_t c = ds_cp_at(f->text, i, &i), d = ds_cp_at(f->text, i, &i);
    if (!ds_cp_alnum(c) && c != '[' && c != '$' && c != '.' && c != 0x2026)
        return true;
    if ((c == 's' || c == 'S' || c == 'n') && !ds_cp_alnum(d))
        return true;
    return ds_cp_classify(c) == DS_CP_DIGIT && ds_cp_classify(d) == DS_CP_DIGIT;
}

/* The closing mark of a single quotation that opens at `from`: the first clear one; an apostrophe behind an s only where
 * no clear one comes before the next opening mark. SIZE_MAX: none, the mark was an apostrophe. */
static size_t single_close(const finder *f, size_t from)
{
    size_t soft = SIZE_MAX;
    for (size_t i = from; i < f->text.len;) {
        size_t at = i;
        uint32_t c = ds_cp_at(f->text, i, &i);
        if (c != 0x2018 && !ds_cp_apostrophe(c))
            continue;
        if (c != 0x2019 && opens_here(f, at, i) && !is_elision(f, i))
            return soft;
        if (c == 0x2018 || !may_close(f, at, i))
            continue;
        uint32_t p = before(f, at), n = ds_cp_at(f->text, i, NULL);
        if ((p != 's' && p != 'S') || (n != 0 && !ds_cp_space(n)))
            return at;
        soft = at;
    }
    return soft;
}

static void open_with(finder *f, style s, size_t i, size_t next)
{
    f->open = s;
    f->mark = (ds_span){(uint32_t)i, (uint32_t)next};
}

static ds_status close_with(finder *f, size_t i, size_t next)
{
    ds_quotation q = {f->mark, {(uint32_t)i, (uint32_t)next}};
    f->open = NONE;
    f->carried = false;
    f->dropped = (ds_span){0, 0};
    return DS_PUSH(f->arena, f->out, q);
}

static void maybe_open(finder *f, uint32_t c, size_t i, size_t next)
{
    switch (c) {
    case 0x201C:
    case 0x201E:
        open_with(f, CURLY, i, next);
        break;
    case 0x201D: /* typed the wrong way round */
        if (opens_here(f, i, next))
            open_with(f, CURLY, i, next);
        break;
    case '"':
        if (opens_here(f, i, next))
            open_with(f, STRAIGHT, i, next);
        break;
    case 0x00AB:
        open_with(f, ANGLE, i, next);
        break;
    case '`':
        if (ds_cp_at(f->text, next, NULL) == '`')
            open_with(f, GRAVE, i, next + 1);
        break;
    case '\'':
    case 0x2018:
        if (opens_here(f, i, next) && !is_elision(f, next)) {
            f->close_at = single_close(f, next);
            if (f->close_at != SIZE_MAX)
                open_with(f, SINGLE, i, next);
        }
        break;
    default:
        break;
    }
}

/* At a mark while a quotation is open. *next moves on where the mark has two code points. */
static ds_status maybe_close(finder *f, uint32_t c, size_t i, size_t *next)
{
    uint32_t n = ds_cp_at(f->text, *next, NULL);
    switch (f->open) {
    case CURLY:
        if (c == 0x201D || (c == '"' && !opens_here(f, i, *next)))
            return close_with(f, i, *next);
        if (c == 0x201C) { /* the one before was never closed */
            DS_TRY(close_with(f, i, i));
            open_with(f, CURLY, i, *next);
        }
        return DS_OK;
    case STRAIGHT:
        if (c != '"' && c != 0x201D)
            return DS_OK;
        if (c == '"' && !f->carried && opens_here(f, i, *next) && ds_cp_alnum(n)) {
            f->dropped = f->mark;
            open_with(f, STRAIGHT, i, *next); /* the one before was no quotation: start anew */
            return DS_OK;
        }
        return close_with(f, i, *next);
    case ANGLE:
        return c == 0x00BB ? close_with(f, i, *next) : DS_OK;
    case GRAVE:
        if (c == '\'' && n == '\'')
            return close_with(f, i, ++*next);
        return c == '"' ? close_with(f, i, *next) : DS_OK;
    case SINGLE:
        return i == f->close_at ? close_with(f, i, *next) : DS_OK;
    default:
        return DS_OK;
    }
}

/* The style of the double mark at byte i; NONE: there is none. */
static style style_at(ds_str text, size_t i)
{
    uint32_t c = ds_cp_at(text, i, NULL);
    return c == '"' ? STRAIGHT : (c == 0x201C || c == 0x201D ? CURLY : NONE);
}

/* Does the next mark of this style behind byte `from` close something? One that begins its line opens; else a line has one too
 * many, or its first is a closing one. */
static bool closes_later(ds_str text, size_t from, style s)
{
    enum {
        REACH = 1500, /* bytes: some sentences, a line each */
        LINE =
            8000 /* bytes in which a line's marks are counted: longer than a paragraph, and no line is read again and again */
    };
    size_t last = from + REACH < text.len ? from + REACH : text.len, line = from, at = from;
    while (at < last && style_at(text, at) != s) {
        line = text.at[at] == '\n' ? at + 1 : line;
        at++;
    }
    if (at == last || at == line)
        return false;
    if (s == CURLY)
        return ds_cp_at(text, at, NULL) == 0x201D;
    size_t marks = 0;
    for (size_t end = at + LINE; at < text.len && at < end && text.at[at] != '\n'; at++)
        marks += text.at[at] == '"';
    return marks % 2 == 1;
}

/* The quotation that ran to the end of the block before goes on in this one, as the same. */
static void carry(finder *f, ds_str text)
{
    const ds_quotation *last = f->out->len ? &f->out->at[f->out->len - 1] : NULL;
    if (!last || last->close.beg != last->close.end)
        return;
    for (size_t i = last->close.end; i < f->beg; i++)
        if (!memchr(" \n\t\r", text.at[i], 4))
            return;
    style s = style_at(text, last->open.beg);
    if (s == NONE || !closes_later(text, f->beg, s))
        return;
    open_with(f, s, last->open.beg, last->open.end);
    f->carried = true;
    f->out->len--;
}

ds_status ds_quotes_find(ds_arena *a, ds_str text, ds_span block, ds_quotations *out)
{
    finder f = {.arena = a, .text = {text.at, block.end}, .beg = block.beg, .out = out};
    size_t i = block.beg;
    carry(&f, text);
    while (i < block.end) {
        size_t at = i;
        uint32_t c = ds_cp_at(f.text, i, &i);
        if (c < 0x80 ? c != '"' && c != '\'' && c != '`'
                     : c != 0x00AB && c != 0x00BB && (c >> 3) != 0x2018 >> 3)
            continue; /* U+2018..201F share their upper bits */
        if (f.open == NONE)
            maybe_open(&f, c, at, i);
        else
            DS_TRY(maybe_close(&f, c, at, &i));
    }
    if (f.carried || f.open == CURLY || f.open == GRAVE ||
        (f.open == STRAIGHT && f.mark.beg == block.beg))
        return close_with(&f, block.end, block.end);
    if (f.open == STRAIGHT && !f.dropped.end && closes_later(text, block.end, STRAIGHT))
        return close_with(&f, block.end, block.end); /* goes on in the next block */
    if (f.open == STRAIGHT && f.dropped.end) {       /* \"We won't leave, \"Holm said. */
        ds_span close = f.mark;
        f.mark = f.dropped;
        return close_with(&f, close.beg, close.end);
    }
    return DS_OK;
}
