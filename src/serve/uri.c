/* SPDX-License-Identifier: Apache-2.0 */
/* uri.c - percent-decoding, parameters by their rules, and the route that a path takes. */
#include "serve/uri.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- decoding ------------------------------------------------------------------------------------------- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* absent: no memory, a bad escape, a control character, or not UTF-8. */
static ds_str decode(ds_arena *a, ds_str s, bool plus)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_reserve(&b, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        int c = (unsigned char)s.at[i];
        if (c == '%') {
            bool whole = s.len - i > 2;
            int hi = whole ? hex(s.at[i + 1]) : -1, lo = whole ? hex(s.at[i + 2]) : -1;
            if (hi < 0 || lo < 0)
                return (ds_str){NULL, 0};
            c = hi << 4 | lo;
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c < 0x20 || c == 0x7f)
            return (ds_str){NULL, 0};
        ds_buf_putc(&b, (char)c);
    }
    ds_str out = ds_buf_str(&b);
    size_t bad;
    return out.at && ds_utf8_check(out, &bad) == DS_OK ? out : (ds_str){NULL, 0};
}

static size_t find_byte(ds_str s, size_t from, char c)
{
    const char *at = from < s.len ? memchr(s.at + from, c, s.len - from) : NULL;
    return at ? (size_t)(at - s.at) : s.len;
}

static const char *parse_query(ds_arena *a, ds_str query, sv_uri *out)
{
    for (size_t beg = 0; beg < query.len;) {
        size_t end = find_byte(query, beg, '&');
        ds_str pair = ds_str_cut(query, beg, end);
        size_t eq = find_byte(pair, 0, '=');
        beg = end + 1;
        if (!pair.len)
            continue;
        if (out->len == SV_PARAMS_MAX)
            return "too many parameters";
        sv_param p = {decode(a, ds_str_cut(pair, 0, eq), true),
                      decode(a, ds_str_cut(pair, eq + 1, pair.len), true)};
        if (!p.name.at || !p.value.at)
            return "the query is not percent-encoded UTF-8";
        out->at[out->len++] = p;
    }
    return NULL;
}

const char *sv_uri_parse(ds_arena *a, ds_str target, sv_uri *out)
{
    size_t mark = find_byte(target, 0, '?');
    out->len = 0;
    if (!target.len || target.at[0] != '/')
        return "a path begins with /";
    out->path = decode(a, ds_str_cut(target, 0, mark), false);
    if (!out->path.at)
        return "the path is not percent-encoded UTF-8";
    return parse_query(a, ds_str_cut(target, mark + 1, target.len), out);
}

/* ---- parameters ------------------------------------------------------------------------------------------- */

static bool read_int(ds_str s, int64_t low, int64_t high, int64_t *out)
{
    int64_t v = 0;
    if (!s.len || s.len > 16)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        v = v * 10 + (s.at[i] - '0');
    }
    *out = v;
    return v >= low && v <= high;
}

static bool is_word(const char *words, ds_str s)
{
    for (const char *at = words; *at;) {
        size_t n = strcspn(at, " ");
        if (ds_str_eq((ds_str){at, n}, s))
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

static bool is_list(const char *words, ds_str s)
{
    for (size_t beg = 0; beg <= s.len;) {
        size_t end = find_byte(s, beg, ',');
        if (!is_word(words, ds_str_cut(s, beg, end)))
            return false;
        beg = end + 1;
    }
    return true;
}

static bool is_cursor(ds_str s)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    return s.len > 0 && s.len <= 200 && strspn(s.at, letters) == s.len;
}

static bool is_day(ds_str s)
{
    ds_day day;
    return s.len == 10 && ds_day_parse(s, &day) == DS_OK;
}

static bool fits(const sv_rule *rule, ds_str s, int64_t *number)
{
    switch (rule->kind) {
    case SV_INT:
        return read_int(s, rule->low, rule->high, number);
    case SV_DAY:
        return is_day(s);
    case SV_WORD:
        return is_word(rule->words, s);
    case SV_BOOL:
        return is_word("true false", s);
    case SV_TEXT:
        return s.len > 0 && s.len <= (size_t)rule->high;
    case SV_CURSOR:
        return is_cursor(s);
    case SV_LIST:
        return is_list(rule->words, s);
    }
    return false;
}

/* What a parameter takes, for people. */
static const char *takes(ds_arena *a, const sv_rule *rule)
{
    ds_buf b = ds_buf_new(a);
    switch (rule->kind) {
    case SV_INT:
        ds_buf_printf(&b, "a whole number from %lld to %lld", (long long)rule->low,
                      (long long)rule->high);
        break;
    case SV_DAY:
        ds_buf_puts(&b, "a day, YYYY-MM-DD");
        break;
    case SV_BOOL:
        ds_buf_puts(&b, "true or false");
        break;
    case SV_TEXT:
        ds_buf_printf(&b, "1 to %lld bytes", (long long)rule->high);
        break;
    case SV_CURSOR:
        ds_buf_puts(&b, "a “next” that was given");
        break;
    case SV_WORD:
    case SV_LIST:
        ds_buf_printf(&b, "%s %s", rule->kind == SV_WORD ? "one of" : "with commas, of",
                      rule->words);
        break;
    }
    ds_str s = ds_buf_str(&b);
    return s.at ? s.at : "not a value that it takes";
}

static bool refuse(sv_refusal *no, int status, const char *code, const char *what, ds_str name)
{
    no->status = status;
    no->code = code;
    snprintf(no->message, sizeof no->message, "%.40s%s%s", name.at ? name.at : "",
             name.at ? ": " : "", what);
    return false;
}

static int rule_named(const sv_route *r, ds_str name)
{
    for (int i = 0; i < SV_RULES_MAX && r->rules[i].name; i++)
        if (ds_str_eq(ds_str_of(r->rules[i].name), name))
            return i;
    return -1;
}

static bool read_params(ds_arena *a, const sv_uri *uri, sv_request *out, sv_refusal *no)
{
    const sv_route *r = out->route;
    for (size_t i = 0; i < uri->len; i++) {
        int at = rule_named(r, uri->at[i].name);
        if (at < 0)
            return refuse(no, 400, "bad_request", "no such parameter here", uri->at[i].name);
        if (out->value[at].at)
            return refuse(no, 400, "bad_request", "given twice", uri->at[i].name);
        if (!fits(&r->rules[at], uri->at[i].value, &out->number[at]))
            return refuse(no, 400, "bad_request", takes(a, &r->rules[at]), uri->at[i].name);
        out->value[at] = uri->at[i].value;
    }
    for (int i = 0; i < SV_RULES_MAX && r->rules[i].name; i++)
        if (r->rules[i].needed && !out->value[i].at)
            return refuse(no, 400, "bad_request", "missing", ds_str_of(r->rules[i].name));
    return true;
}

/* Lengths before texts, so that no two requests have one key. */
static bool make_key(ds_arena *a, sv_request *r)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%s %lld %.*s", r->route->pattern, (long long)r->id, DS_FMT(r->ref));
    for (int i = 0; i < SV_RULES_MAX && r->route->rules[i].name; i++)
        if (r->value[i].at)
            ds_buf_printf(&b, " %d:%zu:%.*s", i, r->value[i].len, DS_FMT(r->value[i]));
    r->key = ds_buf_str(&b);
    return r->key.at != NULL;
}

/* ---- paths -------------------------------------------------------------------------------------------------- */

static bool match(const char *pattern, ds_str path, sv_request *out)
{
    size_t i = 0;
    out->id = 0;
    out->ref = (ds_str){NULL, 0};
    for (const char *p = pattern; *p;) {
        if (strncmp(p, "{id}", 4) == 0) {
            size_t beg = i;
            while (i < path.len && path.at[i] >= '0' && path.at[i] <= '9')
                i++;
            if (!read_int(ds_str_cut(path, beg, i), 1, ((int64_t)1 << 53) - 1, &out->id))
                return false;
            p += 4;
        } else if (strncmp(p, "{ref}", 5) == 0) {
            out->ref = ds_str_cut(path, i, path.len); /* ends with the path's NUL */
            return out->ref.len > 0 && out->ref.len <= 1024;
        } else if (i < path.len && path.at[i] == *p) {
            i++;
            p++;
        } else {
            return false;
        }
    }
    return i == path.len;
}

bool sv_is_api(ds_str path)
{
    static const char *const roots[] = {"/api", "/feeds", "/health", "/metrics", "/assets"};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        ds_str root = ds_str_of(roots[i]);
        if (ds_str_starts(path, root) && (path.len == root.len || path.at[root.len] == '/'))
            return true;
    }
    return false;
}

bool sv_route_find(ds_arena *a, const char *method, const sv_uri *uri, sv_request *out,
                   sv_refusal *no)
{
    *out = (sv_request){0};
    *no = (sv_refusal){0};
    for (size_t i = 0; i < sv_routes_len; i++) {
        const sv_route *r = &sv_routes[i];
        if (!match(r->pattern, uri->path, out))
            continue;
        if (!is_word(r->methods, ds_str_of(method))) {
            no->allow = r->methods;
            return refuse(no, 405, "method_not_allowed", "not with this method", (ds_str){0});
        }
        out->route = r;
        if (!read_params(a, uri, out, no))
            return false;
        return make_key(a, out) || refuse(no, 503, "busy", "no memory left", (ds_str){0});
    }
    return refuse(no, 404, "not_found", "no such path", (ds_str){0});
}
