/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define TAG_NAME_BYTES 12 /* longest listed tag, with room */

typedef struct tag_row {
    ds_str name;
    uint8_t flags;
} tag_row;

static const tag_row rows[HTML_TAG_COUNT] = {[HTML_OTHER] = {DS_STR_INIT(""), 0},
                                             [HTML_TEXT] = {DS_STR_INIT(""), 0},
#define X(id, name, flags) [HTML_##id] = {DS_STR_INIT(name), flags},
                                             HTML_TAGS(X)
#undef X
};

uint8_t html_tag_flags(html_tag t)
{
    return rows[t].flags;
}

/* The rows are sorted by name. */
html_tag html_tag_of(ds_str name)
{
    char low[TAG_NAME_BYTES];
    if (name.len >= sizeof low)
        return HTML_OTHER;
    for (size_t i = 0; i < name.len; i++)
        low[i] = ext_lower(name.at[i]);
    ds_str key = {low, name.len};
    int lo = HTML_TEXT + 1, hi = HTML_TAG_COUNT;
    while (lo < hi) {
        int mid = (lo + hi) / 2, cmp = ds_str_cmp(rows[mid].name, key);
        if (cmp == 0)
            return (html_tag)mid;
        if (cmp < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return HTML_OTHER;
}

static bool letter(char c)
{
    return ext_is_lower((unsigned char)c) || ext_is_upper((unsigned char)c);
}

static bool white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The `>` that ends the tag whose attributes begin at i; s.len if it has none. */
static size_t tag_end(ds_str s, size_t i)
{
    while (i < s.len && s.at[i] != '>') {
        if (s.at[i] != '=') {
            i++;
            continue;
        }
        for (i++; i < s.len && white(s.at[i]);)
            i++;
        if (i < s.len && (s.at[i] == '"' || s.at[i] == '\'')) {
            const char *q = memchr(s.at + i + 1, s.at[i], s.len - i - 1);
            i = q ? (size_t)(q - s.at) + 1 : s.len;
        }
    }
    return i;
}

/* A comment, declaration or processing instruction at `<!` or `<?`: the offset behind it. */
static size_t skip_declaration(html_lexer *lx, size_t i)
{
    ds_str s = lx->s;
    if (ds_str_starts(ds_str_cut(s, i, i + 4), DS_STR("<!--"))) {
        if (ds_str_starts(ds_str_cut(s, i + 4, i + 5), DS_STR(">")))
            return i + 5;
        ptrdiff_t end = lx->no_comment_end ? -1 : ds_str_find(s, DS_STR("-->"), i + 4);
        if (end >= 0)
            return (size_t)end + 3;
        lx->no_comment_end = true;
    }
    const char *gt = memchr(s.at + i, '>', s.len - i);
    return gt ? (size_t)(gt - s.at) + 1 : s.len;
}

static size_t name_end(ds_str s, size_t i)
{
    while (i < s.len && !white(s.at[i]) && s.at[i] != '>' && s.at[i] != '/')
        i++;
    return i;
}

/* Is a tag, comment or the like at s[i] ('<')? Else the sign means itself. */
static bool markup_at(ds_str s, size_t i)
{
    if (i + 1 >= s.len)
        return false;
    char c = s.at[i + 1];
    return letter(c) || c == '!' || c == '?' ||
           (c == '/' && i + 2 < s.len && (letter(s.at[i + 2]) || s.at[i + 2] == '>'));
}

static size_t text_end(ds_str s, size_t i)
{
    while (i < s.len) {
        const char *lt = memchr(s.at + i, '<', s.len - i);
        if (!lt)
            return s.len;
        i = (size_t)(lt - s.at);
        if (markup_at(s, i))
            return i;
        i++;
    }
    return s.len;
}

/* Offset of the end tag of `tag` at or after i; s.len: there is none. */
static size_t find_end_tag(html_lexer *lx, html_tag tag, size_t i)
{
    ds_str s = lx->s, name = rows[tag].name;
    if (lx->no_end[tag / 32] >> tag % 32 & 1)
        return s.len;
    while (i < s.len) {
        const char *lt = memchr(s.at + i, '<', s.len - i);
        if (!lt)
            break;
        i = (size_t)(lt - s.at);
        if (i + 2 + name.len <= s.len && s.at[i + 1] == '/' &&
            ext_same_fold(ds_str_cut(s, i + 2, i + 2 + name.len), name) &&
            (i + 2 + name.len == s.len || !letter(s.at[i + 2 + name.len])))
            return i;
        i++;
    }
    lx->no_end[tag / 32] |= 1u << tag % 32;
    return s.len;
}

/* Content of a raw element as text (maybe empty). Without its end tag, `<svg>` and the like are read as ordinary
 * elements, and a script takes the rest of the page. */
static bool raw_text(html_lexer *lx, html_token *out)
{
    html_tag tag = lx->raw;
    size_t end = find_end_tag(lx, tag, lx->at);
    lx->raw = HTML_OTHER;
    if (end == lx->s.len && tag != HTML_SCRIPT && tag != HTML_STYLE)
        return false;
    *out = (html_token){HTML_CHARS, tag, (uint32_t)lx->at, (uint32_t)end, false};
    lx->at = end;
    return true;
}

static void open_tag(html_lexer *lx, size_t i, html_token *out)
{
    size_t name = name_end(lx->s, i + 1), end = tag_end(lx->s, name);
    html_tag tag = html_tag_of(ds_str_cut(lx->s, i + 1, name));
    bool closed = end > name && end < lx->s.len && lx->s.at[end - 1] == '/';
    bool shut = closed && (tag == HTML_SVG || tag == HTML_MATH || tag == HTML_OTHER);
    *out = (html_token){HTML_OPEN, tag, (uint32_t)name, (uint32_t)end, shut};
    lx->at = end < lx->s.len ? end + 1 : end;
    if (rows[tag].flags & (TAG_RAW | TAG_PLAIN) && !shut)
        lx->raw = tag;
}

html_kind html_next(html_lexer *lx, html_token *out)
{
    if (lx->raw && raw_text(lx, out))
        return out->kind;
    for (;;) {
        size_t i = lx->at;
        ds_str s = lx->s;
        *out = (html_token){HTML_END, HTML_TEXT, (uint32_t)i, (uint32_t)i, false};
        if (i >= s.len)
            return HTML_END;
        if (s.at[i] != '<' || !markup_at(s, i)) {
            lx->at = text_end(s, i);
            *out = (html_token){HTML_CHARS, HTML_TEXT, (uint32_t)i, (uint32_t)lx->at, false};
            return HTML_CHARS;
        }
        char c = s.at[i + 1];
        if (c == '!' || c == '?') {
            lx->at = skip_declaration(lx, i);
            continue;
        }
        if (c != '/') {
            open_tag(lx, i, out);
            return HTML_OPEN;
        }
        size_t name = name_end(s, i + 2), end = tag_end(s, name);
        out->kind = HTML_CLOSE;
        out->tag = html_tag_of(ds_str_cut(s, i + 2, name));
        lx->at = end < s.len ? end + 1 : end;
        return HTML_CLOSE;
    }
}
