/* SPDX-License-Identifier: Apache-2.0 */
/* query.c - what is asked for: words, "phrases", either OR or, -none, field:value, from: and to:. Nothing that is typed is a mistake
 * but days that cannot be: what is no part of the language is words. */
#include "search/internal.h"

#include <strings.h>

static const struct {
    const char *name, *columns;
} fields[] = {
    [DS_SEARCH_TEXT] = {NULL, "{title text}"},    [DS_SEARCH_SOURCE] = {"source", "source"},
    [DS_SEARCH_AUTHOR] = {"author", "author"},    [DS_SEARCH_PLACE] = {"place", "place"},
    [DS_SEARCH_MEASURE] = {"measure", "measure"},
};
#define FIELDS (sizeof fields / sizeof *fields)

typedef struct reader {
    ds_arena *a;
    ds_words *w;
    ds_str text;
    size_t i;
    ds_query out;
    ds_terms *groups; /* DS_QUERY_TERMS */
    size_t groups_len, terms;
    bool either; /* the next term joins the group before it */
} reader;

typedef struct token {
    ds_str prefix; /* before a colon; absent: none */
    ds_str value;
    bool excluded, quoted;
} token;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')';
}

static ds_str read_value(reader *r, bool *quoted)
{
    size_t beg = r->i;
    *quoted = beg < r->text.len && r->text.at[beg] == '"';
    if (*quoted) {
        beg = ++r->i;
        while (r->i < r->text.len && r->text.at[r->i] != '"')
            r->i++;
        ds_str value = ds_str_cut(r->text, beg, r->i);
        r->i += r->i < r->text.len;
        return value;
    }
    while (r->i < r->text.len && !is_blank(r->text.at[r->i]) && r->text.at[r->i] != '"')
        r->i++;
    return ds_str_cut(r->text, beg, r->i);
}

static void skip_blanks(reader *r)
{
    while (r->i < r->text.len && is_blank(r->text.at[r->i]))
        r->i++;
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_named(ds_str prefix, const char *name)
{
    return prefix.at && prefix.len == strlen(name) && strncasecmp(prefix.at, name, prefix.len) == 0;
}

/* The field, or -1. */
static int field_named(ds_str prefix)
{
    for (size_t i = 1; i < FIELDS; i++)
        if (is_named(prefix, fields[i].name))
            return (int)i;
    return -1;
}

static bool next_token(reader *r, token *out)
{
    *out = (token){0};
    skip_blanks(r);
    if (r->i >= r->text.len)
        return false;
    if (r->text.at[r->i] == '-') {
        out->excluded = true;
        r->i++;
    }
    size_t beg = r->i, end = beg;
    while (end < r->text.len && is_letter(r->text.at[end]))
        end++;
    if (end > beg && end < r->text.len && r->text.at[end] == ':') {
        out->prefix = ds_str_cut(r->text, beg, end);
        r->i = end + 1;
        if (field_named(out->prefix) >= 0 || is_named(out->prefix, "from") ||
            is_named(out->prefix, "to"))
            skip_blanks(r); /* "source: courier" */
    }
    out->value = read_value(r, &out->quoted);
    return true;
}

/* ---- terms --------------------------------------------------------------------------------------------------- */

static ds_status words_of(reader *r, ds_search_field field, ds_str value, ds_term *out)
{
    ds_buf folded = ds_buf_new(r->a), stems = ds_buf_new(r->a);
    DS_TRY(ds_words_fold(r->w, value, &folded, &stems));
    if (field == DS_SEARCH_MEASURE && folded.len) {
        stems.len = 0;
        DS_TRY(ds_words_put_name(r->w, value, &stems));
        stems.len -= stems.len > 0; /* its blank */
    }
    *out = (ds_term){field, ds_buf_str(&folded), ds_buf_str(&stems)};
    if (!out->words.at || !out->stems.at)
        return DS_NOMEM;
    return out->words.len && out->stems.len ? DS_OK : DS_NONE;
}

static ds_status add_term(reader *r, ds_term term, bool excluded, ds_err *err)
{
    bool joins = r->either && r->groups_len && r->groups[r->groups_len - 1].excluded == excluded;
    if (r->terms == DS_QUERY_TERMS)
        return ds_fail(err, DS_LIMIT, "the query has more than 32 words", 0);
    if (!joins)
        r->groups[r->groups_len++] = (ds_terms){NULL, 0, excluded};
    ds_terms *g = &r->groups[r->groups_len - 1];
    ds_term *at =
        ds_arena_grow(r->a, (void *)g->at, g->len * sizeof *at, (g->len + 1) * sizeof *at);
    if (!at)
        return DS_NOMEM;
    at[g->len] = term;
    g->at = at;
    g->len++;
    r->terms++;
    r->either = false;
    return DS_OK;
}

static ds_status read_day(const token *t, ds_day *out, ds_err *err)
{
    if (t->excluded)
        return ds_fail(err, DS_BAD, "from:, to: no dash before them", 0);
    if (*out != DS_DAY_NONE)
        return ds_fail(err, DS_BAD, "from:, to: each once", 0);
    if (t->value.len != 10 || ds_day_parse(t->value, out) != DS_OK)
        return ds_fail(err, DS_BAD, "from:, to: a day is written YYYY-MM-DD", 0);
    return DS_OK;
}

static ds_status take(reader *r, const token *t, ds_err *err)
{
    int field = field_named(t->prefix);
    ds_term term;
    if (is_named(t->prefix, "from"))
        return read_day(t, &r->out.days.lo, err);
    if (is_named(t->prefix, "to"))
        return read_day(t, &r->out.days.hi, err);
    if (!t->prefix.at && !t->quoted && !t->excluded && r->groups_len &&
        (ds_str_eq(t->value, DS_STR("OR")) || ds_str_eq(t->value, DS_STR("|")))) {
        r->either = true;
        return DS_OK;
    }
    ds_str value = t->value;
    if (field < 0 && t->prefix.at) /* "http:..." is words */
        value = ds_arena_printf(r->a, "%.*s %.*s", DS_FMT(t->prefix), DS_FMT(t->value));
    ds_status got = words_of(r, field < 0 ? DS_SEARCH_TEXT : (ds_search_field)field, value, &term);
    return got == DS_OK ? add_term(r, term, t->excluded, err) : got < 0 ? got : DS_OK;
}

/* Quotation marks of all keyboards are ": those between U+201C and U+201F. */
static ds_str plain_quotes(ds_arena *a, ds_str text)
{
    ds_buf b = ds_buf_new(a);
    if (ds_str_find(text, DS_STR("\xE2\x80"), 0) < 0)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        bool mark = text.len - i > 2 && memcmp(text.at + i, "\xE2\x80", 2) == 0 &&
                    (unsigned char)text.at[i + 2] >= 0x9C && (unsigned char)text.at[i + 2] <= 0x9F;
        ds_buf_putc(&b, mark ? '"' : text.at[i]);
        i += mark ? 2 : 0;
    }
    return ds_buf_str(&b);
}

ds_status ds_query_parse(ds_arena *a, ds_words *w, ds_str text, ds_query *out, ds_err *err)
{
    reader r = {.a = a, .w = w, .out = {.days = DS_DAYS_NONE}};
    size_t wanted = 0;
    token t;
    if (text.len > DS_QUERY_BYTES)
        return ds_fail(err, DS_LIMIT, "the query is longer than 1,000 bytes", 0);
    r.text = plain_quotes(a, text.at ? text : DS_STR(""));
    r.groups = ds_arena_calloc(a, DS_QUERY_TERMS, sizeof *r.groups);
    if (!r.groups || !r.text.at)
        return DS_NOMEM;
    while (next_token(&r, &t))
        DS_TRY(take(&r, &t, err));
    for (size_t i = 0; i < r.groups_len; i++)
        wanted += !r.groups[i].excluded;
    const ds_days days = r.out.days;
    bool dated = days.lo != DS_DAY_NONE || days.hi != DS_DAY_NONE;
    if (days.lo != DS_DAY_NONE && days.hi != DS_DAY_NONE && days.lo > days.hi)
        return ds_fail(err, DS_BAD, "from: is a day after to:", 0);
    if (!wanted && r.groups_len)
        return ds_fail(err, DS_BAD,
                       "the query has only words that are not wanted: name one that is", 0);
    if (!wanted && !dated)
        return ds_fail(err, DS_BAD, "the query has no word", 0);
    r.out.at = r.groups;
    r.out.len = r.groups_len;
    *out = r.out;
    return DS_OK;
}

/* ---- its normal form, and that of FTS5 ------------------------------------------------------------------------- */

static void print_term(const ds_term *t, bool excluded, ds_buf *out)
{
    bool several = ds_str_find(t->words, DS_STR(" "), 0) >= 0;
    if (out->len)
        ds_buf_putc(out, ' ');
    if (excluded)
        ds_buf_putc(out, '-');
    if (fields[t->field].name)
        ds_buf_printf(out, "%s:", fields[t->field].name);
    ds_buf_printf(out, several ? "\"%.*s\"" : "%.*s", DS_FMT(t->words));
}

void ds_query_print(const ds_query *q, ds_buf *out)
{
    const struct {
        const char *name;
        ds_day day;
    } days[] = {{"from:", q->days.lo}, {"to:", q->days.hi}};
    for (size_t i = 0; i < q->len; i++)
        for (size_t k = 0; k < q->at[i].len; k++) {
            if (k)
                ds_buf_puts(out, " OR");
            print_term(&q->at[i].at[k], q->at[i].excluded, out);
        }
    for (size_t i = 0; i < 2; i++) {
        if (days[i].day == DS_DAY_NONE)
            continue;
        ds_buf_printf(out, "%s%s", out->len ? " " : "", days[i].name);
        ds_day_print(out, days[i].day);
    }
}

/* Stems are letters, digits and apostrophes: nothing in them ends the quotes. */
static void match_group(const ds_terms *g, ds_buf *b)
{
    ds_buf_putc(b, '(');
    for (size_t i = 0; i < g->len; i++)
        ds_buf_printf(b, "%s%s : \"%.*s\"", i ? " OR " : "", fields[g->at[i].field].columns,
                      DS_FMT(g->at[i].stems));
    ds_buf_putc(b, ')');
}

ds_str ds_query_match(ds_arena *a, const ds_query *q)
{
    ds_buf b = ds_buf_new(a);
    bool any = false;
    if (!q->len)
        return (ds_str){NULL, 0};
    ds_buf_putc(&b, '(');
    for (size_t i = 0; i < q->len; i++) {
        if (q->at[i].excluded)
            continue;
        if (any)
            ds_buf_puts(&b, " AND ");
        match_group(&q->at[i], &b);
        any = true;
    }
    ds_buf_putc(&b, ')');
    for (size_t i = 0; i < q->len; i++) {
        if (!q->at[i].excluded)
            continue;
        ds_buf_puts(&b, " NOT ");
        match_group(&q->at[i], &b);
    }
    return ds_buf_str(&b);
}
