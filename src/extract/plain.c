/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

/* A text is hard-wrapped when its longest line is a terminal line and most lines that another follows directly
 * end in the middle of a sentence. */
#define WRAP_MAX_BYTES 100 /* longest line of a wrapped text */
#define WRAP_MIN_BYTES 45  /* a line this long was probably broken by the wrap */
#define WRAP_MIN_PAIRS 6   /* fewer pairs of lines say nothing */
#define WRAP_SHARE_PERCENT 60

#define ANNOUNCED_BYTES 80 /* longest name or date below a lone "By" or "Published" */

typedef struct line {
    uint32_t beg, end,
        next; /* without white space at the ends; next: where the following line begins */
} line;

static bool blank(char c)
{
    return (unsigned char)c <= 0x20;
}

static line line_at(ds_str s, uint32_t i)
{
    line l = {i, i, 0};
    while (l.end < s.len && s.at[l.end] != '\n' && s.at[l.end] != '\r')
        l.end++;
    l.next = l.end < s.len ? l.end + 1 : l.end;
    while (l.beg < l.end && blank(s.at[l.beg]))
        l.beg++;
    while (l.end > l.beg && blank(s.at[l.end - 1]))
        l.end--;
    return l;
}

/* Bytes of the bullet at the start of a line with its blanks, 0 if none. "-" alone is a rule, not a bullet. */
static uint32_t bullet_at(ds_str s, line l)
{
    static const ds_str marks[] = {
        DS_STR_INIT("\xE2\x80\xA2"),
        DS_STR_INIT("\xC2\xB7"),
        DS_STR_INIT("\xE2\x80\xA3"),
        DS_STR_INIT("\xE2\x97\x8F"),
        DS_STR_INIT("\xE2\x96\xAA"),
        DS_STR_INIT("\xE2\x97\xA6"),
        DS_STR_INIT("\xE2\x96\xBA"),
        DS_STR_INIT("\xE2\x88\x99"),
        DS_STR_INIT("\xE2\x96\xA0"),
        DS_STR_INIT("*"),
        DS_STR_INIT("-"),
        DS_STR_INIT("\xE2\x80\x93"),
    };
    ds_str t = ds_str_cut(s, l.beg, l.end);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = marks[i].len;
        if (!ds_str_starts(t, marks[i]) || n >= t.len || (!blank(t.at[n]) && n < 2))
            continue;
        while (n < t.len &&
               (blank(t.at[n]) || ds_str_starts(ds_str_cut(t, n, t.len), DS_STR("\xC2\xA0"))))
            n += blank(t.at[n]) ? 1 : 2;
        return n < t.len ? (uint32_t)n : 0;
    }
    return 0;
}

static bool stops(char c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == ')';
}

static bool hard_wrapped(ds_str s)
{
    uint32_t pairs = 0, broken = 0;
    line before = {0, 0, 0};
    for (uint32_t i = 0; i < s.len;) {
        line l = line_at(s, i);
        i = l.next;
        if (l.end - l.beg > WRAP_MAX_BYTES)
            return false;
        if (before.end > before.beg && l.end > l.beg && !bullet_at(s, l)) {
            pairs++;
            broken += before.end - before.beg >= WRAP_MIN_BYTES && !stops(s.at[before.end - 1]);
        }
        before = l;
    }
    return pairs >= WRAP_MIN_PAIRS && broken * 100 >= pairs * WRAP_SHARE_PERCENT;
}

/* "By", "Published:" alone on a line: what they announce stands on the next one. */
static bool announces(ds_str s, line l)
{
    static const ds_str words[] = {
        DS_STR_INIT("by"),        DS_STR_INIT("written by"),  DS_STR_INIT("published by"),
        DS_STR_INIT("posted by"), DS_STR_INIT("reported by"), DS_STR_INIT("story by"),
        DS_STR_INIT("author"),    DS_STR_INIT("published"),   DS_STR_INIT("published on"),
        DS_STR_INIT("posted on"), DS_STR_INIT("posted"),      DS_STR_INIT("last updated"),
        DS_STR_INIT("updated"),   DS_STR_INIT("updated on"),  DS_STR_INIT("first published")};
    ds_str t = ds_str_cut(s, l.beg, l.end);
    if (t.len && t.at[t.len - 1] == ':')
        t.len--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ext_same_fold(t, words[i]))
            return true;
    return false;
}

/* The next line that is not blank, at most one blank line further on. */
static line line_below(ds_str s, uint32_t i)
{
    line l = line_at(s, i);
    return l.beg == l.end && l.next < s.len ? line_at(s, l.next) : l;
}

static ds_status add_block(ext_page *p, uint32_t beg, uint32_t end, uint16_t flags, uint8_t kind)
{
    ext_block b = {.run = (uint32_t)p->fold.runs.len, .flags = flags, .kind = kind};
    ext_fold_begin(&p->fold);
    DS_TRY(ext_fold_add(&p->fold, p->src.text, beg, end, false));
    b.text = ext_fold_end(&p->fold);
    return b.text.end > b.text.beg ? DS_PUSH(p->arena, &p->blocks, b) : DS_OK;
}

ds_status ext_plain_blocks(ext_page *p)
{
    ds_str s = p->src.text;
    bool wrapped = hard_wrapped(s), gap = false;
    DS_TRY(ext_fold_new(p->arena, s.len + 1, &p->fold));
    for (uint32_t i = 0; i < s.len;) {
        line l = line_at(s, i);
        i = l.next;
        if (l.beg == l.end) {
            gap = true;
            continue;
        }
        uint32_t bullet = bullet_at(s, l), end = l.end;
        while (wrapped && i < s.len) {
            line m = line_at(s, i);
            if (m.beg == m.end || bullet_at(s, m))
                break;
            end = m.end;
            i = m.next;
        }
        line below = announces(s, l) ? line_below(s, i) : (line){0};
        if (below.end > below.beg && below.end - below.beg <= ANNOUNCED_BYTES &&
            !announces(s, below)) {
            end = below.end;
            i = below.next;
        }
        DS_TRY(add_block(p, l.beg + bullet, end, gap ? EXT_BF_BLANK : 0,
                         bullet ? DS_BLOCK_LIST_ITEM : DS_BLOCK_PARAGRAPH));
        gap = false;
    }
    return DS_OK;
}
