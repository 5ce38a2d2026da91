/* SPDX-License-Identifier: Apache-2.0 */
/* paragraphs.c - plain text as an article: a block for each paragraph.
 *
 * A line is a paragraph, unless the text was broken into lines of some width: then blank lines part paragraphs, and so does
 * a line that ends early, where the next word would still have fit. */
#include "text/internal.h"

/* Columns of a text that was broken into lines: the widest line must be in these bounds. */
enum { WIDTH_LOW = 50, WIDTH_HIGH = 120 };
/* So many lines in a hundred must be full, where another follows directly; fewer pairs than FEW_PAIRS tell nothing. */
enum { FULL_SHARE = 60, FEW_PAIRS = 2 };

typedef struct text_line {
    uint32_t beg, end; /* without blanks at both ends */
    uint32_t next;     /* where the following line begins */
} text_line;

static bool blank(char c)
{
    return (unsigned char)c <= ' ';
}

static text_line line_at(ds_str text, uint32_t i)
{
    ptrdiff_t nl = ds_str_find(text, DS_STR("\n"), i);
    uint32_t stop = nl < 0 ? (uint32_t)text.len : (uint32_t)nl;
    text_line l = {i, stop, stop + (nl >= 0)};
    while (l.beg < l.end && blank(text.at[l.beg]))
        l.beg++;
    while (l.end > l.beg && blank(text.at[l.end - 1]))
        l.end--;
    return l;
}

static size_t columns(ds_str text, text_line l)
{
    return ds_utf8_length(ds_str_cut(text, l.beg, l.end));
}

/* Columns up to the end of the line's first word. */
static size_t first_word(ds_str text, text_line l)
{
    uint32_t end = l.beg;
    while (end < l.end && !blank(text.at[end]))
        end++;
    return ds_utf8_length(ds_str_cut(text, l.beg, end));
}

/* Would the first word of `next` still have fit on the line? */
static bool ends_early(ds_str text, text_line l, text_line next, size_t width)
{
    return columns(text, l) + 1 + first_word(text, next) <= width;
}

static bool empty(text_line l)
{
    return l.beg == l.end;
}

/* A line that is one word, an address for one, may be wider than the others. */
static bool one_word(ds_str text, text_line l)
{
    return first_word(text, l) == columns(text, l);
}

static size_t widest(ds_str text)
{
    size_t width = 0;
    for (uint32_t i = 0; i < text.len;) {
        text_line l = line_at(text, i);
        size_t n = columns(text, l);
        width = n > width && !one_word(text, l) ? n : width;
        i = l.next;
    }
    return width;
}

/* The width of the lines into which the text was broken; 0: its lines are paragraphs. */
static size_t broken_at(ds_str text)
{
    size_t width = widest(text), pairs = 0, full = 0;
    if (width < WIDTH_LOW || width > WIDTH_HIGH)
        return 0;
    for (uint32_t i = 0; i < text.len;) {
        text_line l = line_at(text, i), next = line_at(text, l.next);
        i = l.next;
        if (empty(l) || empty(next))
            continue;
        pairs++;
        full += !ends_early(text, l, next, width);
    }
    return pairs >= FEW_PAIRS && full * 100 >= pairs * FULL_SHARE ? width : 0;
}

typedef DS_VEC(ds_block) blocks;

static ds_status push(ds_arena *a, blocks *out, uint32_t beg, uint32_t end)
{
    const ds_block b = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {beg, end}};
    return DS_PUSH(a, out, b);
}

static ds_status cut(ds_arena *a, ds_str text, size_t width, blocks *out)
{
    uint32_t beg = UINT32_MAX; /* of the paragraph at hand */
    for (uint32_t i = 0; i < text.len;) {
        text_line l = line_at(text, i), next = line_at(text, l.next);
        i = l.next;
        if (empty(l))
            continue;
        beg = beg == UINT32_MAX ? l.beg : beg;
        if (width && !empty(next) && !ends_early(text, l, next, width))
            continue;
        DS_TRY(push(a, out, beg, l.end));
        beg = UINT32_MAX;
    }
    return DS_OK;
}

ds_status ds_text_paragraphs(ds_arena *a, ds_str text, ds_article *out, ds_err *err)
{
    blocks v = {0};
    size_t wrong = 0;
    if (text.len > UINT32_MAX / 2)
        return ds_fail(err, DS_LIMIT, "text is longer than 2 GiB", 0);
    if (ds_utf8_check(text, &wrong) < 0)
        return ds_fail(err, DS_BAD, "not UTF-8", wrong);
    if (cut(a, text, broken_at(text), &v) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = (ds_article){.n = 1,
                        .main = true,
                        .text = text,
                        .body = {0, (uint32_t)text.len},
                        .blocks = v.at,
                        .blocks_len = v.len,
                        .published = DS_DAY_NONE,
                        .window = DS_DAYS_NONE,
                        .modified = DS_DAY_NONE,
                        .language = DS_STR("en")};
    return DS_OK;
}
