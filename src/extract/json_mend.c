/* SPDX-License-Identifier: Apache-2.0 */
/* json_mend.c - JSON as pages have it, made into JSON that a strict parser takes.
 *
 * Method   one pass with a stack of open brackets. A quote ends a string only where a comma, colon, closing bracket or
 *          the end follows, and after a comma only where a value can begin; other quotes are escaped. Comments,
 *          CDATA and HTML comment marks, commas before closing brackets, control characters, bad escapes and halves
 *          of surrogate pairs go; a comma that is missing between two values comes; words that are no literals become
 *          null; what is open at the end is closed
 * Output   valid JSON of one value or several in a row, or what jansson still refuses: then there is nothing to read
 */
#include "extract/html.h"

#define MEND_DEPTH 256 /* brackets nested deeper are dropped with what they hold */
#define GROWTH 6       /* bytes out for one byte in, at most: ",null" and a bracket to close */

typedef struct mender {
    ds_str s;
    size_t i;
    char *to;
    size_t len;
    char open[MEND_DEPTH]; /* closing bracket of each open one */
    size_t depth;
    bool value; /* a value or a closing bracket came last: a comma must come before the next one */
} mender;

static bool one_of(char c, ds_str set)
{
    return memchr(set.at, c, set.len) != NULL;
}

static char at(const mender *m, size_t i)
{
    return i < m->s.len ? m->s.at[i] : 0;
}

static bool blank(char c)
{
    return (unsigned char)c <= ' ';
}

static size_t past_blanks(const mender *m, size_t i)
{
    while (i < m->s.len && blank(m->s.at[i]))
        i++;
    return i;
}

static void put(mender *m, char c)
{
    m->to[m->len++] = c;
}

static void put_str(mender *m, ds_str s)
{
    memcpy(m->to + m->len, s.at, s.len);
    m->len += s.len;
}

/* ---- strings ------------------------------------------------------------------------------------------------ */

/* May a value or a key begin with c? */
static bool begins_value(char c)
{
    return c == '"' || c == '{' || c == '[' || c == '-' || ext_is_digit((unsigned char)c) ||
           c == '}' || c == ']' || c == 't' || c == 'f' || c == 'n' || c == '/' || c == 0;
}

static bool literal_at(const mender *m, size_t i)
{
    ds_str rest = ds_str_cut(m->s, i, m->s.len);
    return ds_str_starts(rest, DS_STR("true")) || ds_str_starts(rest, DS_STR("false")) ||
           ds_str_starts(rest, DS_STR("null"));
}

/* Is the quote at i the end of its string? */
static bool ends_string(const mender *m, size_t i)
{
    size_t k = past_blanks(m, i + 1);
    char c = at(m, k);
    if (c == ',') {
        k = past_blanks(m, k + 1);
        c = at(m, k);
        return begins_value(c) && (!(c == 't' || c == 'f' || c == 'n') || literal_at(m, k));
    }
    if (c == '"') /* "a": "b" "c": a comma is missing, if a key comes */
        return memchr(m->s.at + i + 1, '\n', k - i - 1) != NULL;
    return c == '}' || c == ']' || c == ':' || k >= m->s.len;
}

/* Four hex digits at i, or -1. */
static int hex4(const mender *m, size_t i)
{
    int v = 0;
    for (size_t k = 0; k < 4; k++) {
        char c = ext_lower(at(m, i + k));
        if (!ext_is_digit((unsigned char)c) && !(c >= 'a' && c <= 'f'))
            return -1;
        v = v * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return v;
}

/* "\u....": halves of pairs, zero and what is no number become blanks. */
static void unicode_escape(mender *m)
{
    int v = hex4(m, m->i + 2);
    bool high = v >= 0xD800 && v < 0xDC00, pair = false;
    if (high && at(m, m->i + 6) == '\\' && at(m, m->i + 7) == 'u') {
        int low = hex4(m, m->i + 8);
        pair = low >= 0xDC00 && low < 0xE000;
    }
    size_t n = pair ? 12 : 6;
    if (v <= 0 || (v >= 0xD800 && v < 0xE000 && !pair)) {
        put(m, ' ');
        m->i += v < 0 ? 2 : 6;
        return;
    }
    put_str(m, ds_str_cut(m->s, m->i, m->i + n));
    m->i += n;
}

static void escape(mender *m)
{
    char c = at(m, m->i + 1);
    if (c == 'u') {
        unicode_escape(m);
        return;
    }
    if (c && one_of(c, DS_STR("\"\\/bfnrt"))) {
        put(m, '\\');
        put(m, c);
    } else if (c) {
        put(m, blank(c) ? ' ' : c);
    }
    m->i += 2;
}

static void string(mender *m)
{
    put(m, '"');
    for (m->i++; m->i < m->s.len;) {
        char c = m->s.at[m->i];
        if (c == '\\') {
            escape(m);
        } else if (c == '"' && ends_string(m, m->i)) {
            m->i++;
            break;
        } else {
            if (c == '"')
                put(m, '\\');
            put(m, (unsigned char)c < ' ' ? ' ' : c);
            m->i++;
        }
    }
    put(m, '"');
}

/* ---- the rest --------------------------------------------------------------------------------------------------- */

static void before_value(mender *m)
{
    if (m->value && m->depth)
        put(m, ',');
    m->value = true;
}

/* Before a closing bracket: takes back a comma, gives null to a key without a value. */
static void no_loose_end(mender *m)
{
    char last = m->len ? m->to[m->len - 1] : 0;
    if (last == ',')
        m->len--;
    else if (last == ':')
        put_str(m, DS_STR("null"));
}

static void opens(mender *m, char c)
{
    before_value(m);
    m->open[m->depth++] = c == '{' ? '}' : ']';
    put(m, c);
    m->value = false;
}

static void closes(mender *m, char c)
{
    size_t d = m->depth;
    while (d > 0 && m->open[d - 1] != c)
        d--;
    if (!d)
        return; /* nothing open that it closes */
    for (; m->depth >= d; m->depth--) {
        no_loose_end(m);
        put(m, m->open[m->depth - 1]);
    }
    m->value = true;
    if (!m->depth)
        put(m, '\n');
}

/* A number, a literal, or a word that is null. */
static void bare_word(mender *m)
{
    size_t from = m->i;
    while (m->i < m->s.len && !blank(m->s.at[m->i]) && !one_of(m->s.at[m->i], DS_STR(",:{}[]\"")))
        m->i++;
    ds_str w = ds_str_cut(m->s, from, m->i);
    if (!m->depth || ds_str_starts(w, DS_STR("<!")) || ds_str_starts(w, DS_STR("--")) ||
        w.at[0] == ']')
        return;
    before_value(m);
    bool number = w.len < 18;
    for (size_t k = 0; k < w.len && number; k++)
        number = ext_is_digit((unsigned char)w.at[k]) || (k == 0 && w.at[k] == '-' && w.len > 1);
    if (w.len > 1 && (w.at[0] == '0' || (w.at[0] == '-' && w.at[1] == '0')))
        number = false;
    bool yes = ext_same_fold(w, DS_STR("true")), no = ext_same_fold(w, DS_STR("false"));
    ds_str as = number ? w : yes ? DS_STR("true") : no ? DS_STR("false") : DS_STR("null");
    put_str(m, as);
}

/* Passes over a comment of JavaScript or HTML at i. */
static bool comment(mender *m)
{
    ds_str rest = ds_str_cut(m->s, m->i, m->s.len);
    const char *end = ds_str_starts(rest, DS_STR("/*"))          ? "*/"
                      : ds_str_starts(rest, DS_STR("<!--"))      ? NULL
                      : ds_str_starts(rest, DS_STR("<![CDATA[")) ? NULL
                      : ds_str_starts(rest, DS_STR("//"))        ? "\n"
                                                                 : "";
    if (end && !*end)
        return false;
    if (!end) {
        m->i += rest.at[2] == '-' ? 4 : 9;
        return true;
    }
    if (ds_str_starts(rest, DS_STR("//<![CDATA["))) { /* the JSON may follow on the same line */
        m->i += 11;
        return true;
    }
    ptrdiff_t to = ds_str_find(m->s, ds_str_of(end), m->i + 2);
    m->i = to < 0 ? m->s.len : (size_t)to + strlen(end);
    return true;
}

static void step(mender *m)
{
    char c = m->s.at[m->i];
    if (blank(c) || (c == '"' && !m->depth)) {
        m->i++;
    } else if ((c == '/' || c == '<') && comment(m)) {
        return;
    } else if (c == '"') {
        before_value(m);
        string(m);
    } else if (c == '{' || c == '[') {
        if (m->depth < MEND_DEPTH)
            opens(m, c);
        m->i++;
    } else if (c == '}' || c == ']') {
        closes(m, c);
        m->i++;
    } else if (c == ',' || c == ':') {
        if (c == ',' && m->depth && m->len && m->to[m->len - 1] == ':') {
            put_str(m, DS_STR("null"));
            m->value = true;
        }
        if (m->value && m->depth)
            put(m, c);
        m->value = false;
        m->i++;
    } else {
        size_t from = m->i;
        bare_word(m);
        m->i = m->i == from ? from + 1 : m->i;
    }
}

ds_str html_json_mended(ds_arena *a, ds_str s)
{
    mender *m = ds_arena_calloc(a, 1, sizeof *m);
    if (!m)
        return (ds_str){0};
    m->s = s;
    m->to = ds_arena_alloc(a, s.len * GROWTH + MEND_DEPTH + 8);
    if (!m->to)
        return (ds_str){0};
    while (m->i < s.len)
        step(m);
    while (m->depth) {
        no_loose_end(m);
        put(m, m->open[--m->depth]);
    }
    return (ds_str){m->to, m->len};
}
