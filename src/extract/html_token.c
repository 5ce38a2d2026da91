/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens of HTML (section 13.2.5 of the standard), and the attributes of start tags as they go by. */
#include "extract/html.h"

#include <endian.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define KEY_BYTES 8 /* of a name that are compared in one */

static const ds_str tag_names[HTML_TAG_COUNT] = {[HTML_OTHER] = DS_STR_INIT(""),
                                                 [HTML_TEXT] = DS_STR_INIT(""),
#define X(id, name, flags) [HTML_##id] = DS_STR_INIT(name),
                                                 HTML_TAGS(X)
#undef X
};
const uint32_t html_flags[HTML_TAG_COUNT] = {
#define X(id, name, flags) [HTML_##id] = flags,
    HTML_TAGS(X)
#undef X
};

ds_str html_tag_name(html_tag t)
{
    return tag_names[t];
}

/* ---- names ----------------------------------------------------------------------------------------------- */

#define NAME_END 1 /* ends the name of a tag: white space, `/`, `>` */
#define ATTR_END 2 /* ends the name of an attribute: these and `=` */
#define WHITE 4

static const uint8_t byte_class[256] = {
    ['\t'] = NAME_END | ATTR_END | WHITE, ['\n'] = NAME_END | ATTR_END | WHITE,
    ['\f'] = NAME_END | ATTR_END | WHITE, ['\r'] = NAME_END | ATTR_END | WHITE,
    [' '] = NAME_END | ATTR_END | WHITE,  ['/'] = NAME_END | ATTR_END,
    ['>'] = NAME_END | ATTR_END,          ['='] = ATTR_END,
};

static bool is(char c, uint8_t cls)
{
    return (byte_class[(unsigned char)c] & cls) != 0;
}

static bool letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* The first eight bytes of s[beg, end) in lower case, the first one lowest; others are zero. */
static uint64_t name_key(ds_str s, size_t beg, size_t end)
{
    uint64_t key = 0;
    size_t len = end - beg < KEY_BYTES ? end - beg : KEY_BYTES;
    if (beg + KEY_BYTES <= s.len) {
        memcpy(&key, s.at + beg, KEY_BYTES);
        key = le64toh(key);
        key &= len ? UINT64_MAX >> (64 - 8 * len) : 0;
    } else {
        for (size_t i = 0; i < len; i++)
            key |= (uint64_t)(unsigned char)s.at[beg + i] << 8 * i;
    }
    uint64_t upper = (key + 0x3F3F3F3F3F3F3F3Fu) & ~(key + 0x2525252525252525u) &
                     0x8080808080808080u; /* bytes from A to Z, where all are ASCII */
    return (key & 0x8080808080808080u) ? key : key | upper >> 2;
}

static uint32_t slot_of(uint64_t key)
{
    return (uint32_t)(key * 0x9E3779B97F4A7C15u >> 55);
}

/* Equal to the listed name behind its first eight bytes? */
static bool same_rest(ds_str s, size_t beg, size_t end, ds_str name)
{
    if (end - beg != name.len)
        return false;
    for (size_t i = KEY_BYTES; i < name.len; i++)
        if (ext_lower(s.at[beg + i]) != name.at[i])
            return false;
    return true;
}

static html_tag tag_at(const html_lexer *lx, size_t beg, size_t end, uint64_t key)
{
    for (uint32_t i = slot_of(key); lx->slots[i]; i = (i + 1) % sizeof lx->slots) {
        html_tag t = (html_tag)lx->slots[i];
        if (lx->keys[t] == key && same_rest(lx->s, beg, end, tag_names[t]))
            return t;
    }
    return HTML_OTHER;
}

/* The rows are sorted by name. */
html_tag html_tag_of(ds_str name)
{
    char low[16];
    if (name.len >= sizeof low)
        return HTML_OTHER;
    for (size_t i = 0; i < name.len; i++)
        low[i] = ext_lower(name.at[i]);
    ds_str key = {low, name.len};
    int lo = HTML_TEXT + 1, hi = HTML_TAG_COUNT;
    while (lo < hi) {
        int mid = (lo + hi) / 2, cmp = ds_str_cmp(tag_names[mid], key);
        if (cmp == 0)
            return (html_tag)mid;
        if (cmp < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return HTML_OTHER;
}

void html_lexer_open(html_lexer *lx, ds_arena *a, html_tree *t)
{
    *lx = (html_lexer){.arena = a, .tree = t, .s = t->s, .dash_from = 1};
    for (uint32_t k = HTML_TEXT + 1; k < HTML_TAG_COUNT; k++) {
        lx->keys[k] = name_key(tag_names[k], 0, tag_names[k].len);
        uint32_t i = slot_of(lx->keys[k]);
        while (lx->slots[i])
            i = (i + 1) % sizeof lx->slots;
        lx->slots[i] = (uint8_t)k;
    }
}

/* ---- attributes ------------------------------------------------------------------------------------------- */

#define W4(a, b, c, d)                                                                             \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24)
#define W8(a, b, c, d, e, f, g, h) (W4(a, b, c, d) | W4(e, f, g, h) << 32)

static html_key key_of(ds_str s, size_t beg, size_t end)
{
    size_t len = end - beg;
    switch (name_key(s, beg, end)) {
    case W8('c', 'l', 'a', 's', 's', 0, 0, 0):
        return HTML_KEY_CLASS;
    case W4('i', 'd', 0, 0):
        return HTML_KEY_ID;
    case W4('r', 'o', 'l', 'e'):
        return HTML_KEY_ROLE;
    case W8('h', 'i', 'd', 'd', 'e', 'n', 0, 0):
        return HTML_KEY_HIDDEN;
    case W8('s', 't', 'y', 'l', 'e', 0, 0, 0):
        return HTML_KEY_STYLE;
    case W8('a', 'r', 'i', 'a', '-', 'h', 'i', 'd'):
        return same_rest(s, beg, end, DS_STR("aria-hidden")) ? HTML_KEY_ARIA_HIDDEN
                                                             : HTML_KEY_OTHER;
    case W8('i', 't', 'e', 'm', 'p', 'r', 'o', 'p'):
        return len == 8 ? HTML_KEY_ITEMPROP : HTML_KEY_OTHER;
    case W8('i', 't', 'e', 'm', 't', 'y', 'p', 'e'):
        return len == 8 ? HTML_KEY_ITEMTYPE : HTML_KEY_OTHER;
    case W8('d', 'a', 't', 'e', 't', 'i', 'm', 'e'):
        return len == 8 ? HTML_KEY_DATETIME : HTML_KEY_OTHER;
    case W8('p', 'r', 'o', 'p', 'e', 'r', 't', 'y'):
        return len == 8 ? HTML_KEY_PROPERTY : HTML_KEY_OTHER;
    case W8('c', 'o', 'n', 't', 'e', 'n', 't', 0):
        return HTML_KEY_CONTENT;
    case W4('r', 'e', 'l', 0):
        return HTML_KEY_REL;
    case W4('h', 'r', 'e', 'f'):
        return HTML_KEY_HREF;
    case W4('n', 'a', 'm', 'e'):
        return HTML_KEY_NAME;
    case W4('t', 'y', 'p', 'e'):
        return HTML_KEY_TYPE;
    default:
        return HTML_KEY_OTHER;
    }
}

/* The first q at or behind i, s.len if there is none. */
static size_t find_byte(ds_str s, size_t i, char q)
{
#ifdef __SSE2__
    const __m128i want = _mm_set1_epi8(q);
    for (; i + 16 <= s.len; i += 16) {
        __m128i got = _mm_loadu_si128((const __m128i *)(const void *)(s.at + i));
        int hit = _mm_movemask_epi8(_mm_cmpeq_epi8(got, want));
        if (hit)
            return i + (size_t)__builtin_ctz((unsigned)hit);
    }
#endif
    while (i < s.len && s.at[i] != q)
        i++;
    return i;
}

static size_t past_white(ds_str s, size_t i)
{
    while (i < s.len && is(s.at[i], WHITE))
        i++;
    return i;
}

/* The value behind `=` at i; returns the offset behind it. */
static size_t value_at(ds_str s, size_t i, size_t *beg, size_t *end)
{
    i = past_white(s, i);
    if (i < s.len && (s.at[i] == '"' || s.at[i] == '\'')) {
        *beg = i + 1;
        *end = find_byte(s, i + 1, s.at[i]);
        return *end < s.len ? *end + 1 : s.len;
    }
    *beg = i;
    while (i < s.len && !is(s.at[i], WHITE) && s.at[i] != '>')
        i++;
    *end = i;
    return i;
}

/* Reads one attribute at i, which is neither white space nor `/` nor `>`. */
static size_t attr_at(ds_str s, size_t i, size_t *name_end, size_t *beg, size_t *end)
{
    i++; /* may be an equals sign */
    while (i < s.len && !is(s.at[i], ATTR_END))
        i++;
    *name_end = *beg = *end = i;
    size_t equals = past_white(s, i);
    return equals < s.len && s.at[equals] == '=' ? value_at(s, equals + 1, beg, end) : i;
}

static ds_status note(html_lexer *lx, html_token *out, html_key key, size_t beg, size_t end)
{
    if (key == HTML_KEY_OTHER || out->has >> key & 1)
        return DS_OK;
    html_note n = {(uint32_t)beg, (uint32_t)(end - beg), key};
    out->has |= (uint16_t)(1u << key);
    lx->tree->has |= 1u << key;
    return DS_PUSH(lx->arena, &lx->tree->attrs, n);
}

/* Attributes from i on; lx->at: the `>` that ends the tag, or the page's end. */
static ds_status attributes(html_lexer *lx, size_t i, html_token *out)
{
    ds_str s = lx->s;
    size_t name, beg, end;
    bool shut;
    for (;;) {
        for (shut = false; i < s.len && (is(s.at[i], WHITE) || s.at[i] == '/'); i++)
            shut = s.at[i] == '/';
        if (i >= s.len || s.at[i] == '>')
            break;
        size_t from = i;
        i = attr_at(s, i, &name, &beg, &end);
        if (out->kind == HTML_OPEN)
            DS_TRY(note(lx, out, key_of(s, from, name), beg, end));
    }
    out->end = (uint32_t)i;
    out->shut = shut;
    lx->at = i;
    return DS_OK;
}

/* ---- attributes on demand ---------------------------------------------------------------------------------- */

ds_str html_noted(const html_tree *t, uint32_t i, html_key key)
{
    const html_node *n = &t->nodes.at[i];
    if (!(n->has >> key & 1))
        return (ds_str){0};
    const html_note *a = &t->attrs.at[n->attrs];
    while (a->key != key)
        a++;
    return (ds_str){t->s.at + a->at, a->len};
}

uint32_t html_next_with(const html_tree *t, uint32_t i, html_key key)
{
    if (!(t->has >> key & 1))
        return 0;
    for (i++; i < t->nodes.len; i++)
        if (t->nodes.at[i].has >> key & 1)
            return i;
    return 0;
}

ds_str html_attr(const html_tree *t, uint32_t i, ds_str name)
{
    const html_node *n = &t->nodes.at[i];
    html_key key = key_of(name, 0, name.len);
    if (key != HTML_KEY_OTHER)
        return html_noted(t, i, key);
    ds_str s = ds_str_cut(t->s, 0, (size_t)n->at + n->len);
    size_t at = n->at, name_end, beg, end;
    if (n->tag == HTML_TEXT || i == 0)
        return (ds_str){0};
    for (;;) {
        while (at < s.len && (is(s.at[at], WHITE) || s.at[at] == '/'))
            at++;
        if (at >= s.len || s.at[at] == '>')
            return (ds_str){0};
        size_t from = at;
        at = attr_at(s, at, &name_end, &beg, &end);
        if (ext_same_fold(ds_str_cut(s, from, name_end), name))
            return ds_str_cut(s, beg, end);
    }
}

/* ---- comments, declarations, text ---------------------------------------------------------------------------- */

/* The first "-->" at or behind i, s.len if there is none. What was found is kept: a page of `<!--` stays linear. */
static size_t find_dash(html_lexer *lx, size_t i)
{
    if (lx->dash_from <= i && i <= lx->dash_at)
        return lx->dash_at;
    size_t at = i;
    for (;; at++) {
        at = find_byte(lx->s, at, '>');
        if (at >= lx->s.len || (at >= i + 2 && lx->s.at[at - 1] == '-' && lx->s.at[at - 2] == '-'))
            break;
    }
    lx->dash_from = i;
    lx->dash_at = at < lx->s.len ? at - 2 : lx->s.len;
    return lx->dash_at;
}

/* Behind the comment at i ("<!--"): it ends with "-->" or "--!>", and at once in "<!-->". */
static size_t skip_comment(html_lexer *lx, size_t i)
{
    ds_str s = lx->s;
    i += 4;
    if (i < s.len && s.at[i] == '>')
        return i + 1;
    if (i + 1 < s.len && s.at[i] == '-' && s.at[i + 1] == '>')
        return i + 2;
    size_t end = find_dash(lx, i);
    ds_str inside = {s.at, end};
    for (size_t at = find_byte(inside, i, '!'); at + 1 < end; at = find_byte(inside, at + 1, '!'))
        if (s.at[at + 1] == '>' && at >= i + 2 && s.at[at - 1] == '-' && s.at[at - 2] == '-')
            return at + 2;
    return end < s.len ? end + 3 : s.len;
}

static size_t past_byte(ds_str s, size_t i, char c)
{
    size_t at = find_byte(s, i, c);
    return at < s.len ? at + 1 : s.len;
}

/* A comment, declaration or processing instruction at i: the offset behind it. */
static size_t skip_declaration(html_lexer *lx, size_t i)
{
    ds_str s = lx->s;
    if (ds_str_starts(ds_str_cut(s, i, i + 4), DS_STR("<!--")))
        return skip_comment(lx, i);
    lx->doctype |= ext_same_fold(ds_str_cut(s, i, i + 9), DS_STR("<!doctype"));
    return past_byte(s, i, '>');
}

static size_t name_end(ds_str s, size_t i)
{
    while (i < s.len && !is(s.at[i], NAME_END))
        i++;
    return i;
}

/* Is a tag, comment or the like at s[i] ('<')? Else the sign means itself. */
static bool markup_at(ds_str s, size_t i)
{
    if (i + 1 >= s.len)
        return false;
    char c = s.at[i + 1];
    return letter(c) || c == '!' || c == '?' || (c == '/' && i + 2 < s.len);
}

static size_t text_end(ds_str s, size_t i)
{
    for (;; i++) {
        i = find_byte(s, i, '<');
        if (i >= s.len || markup_at(s, i))
            return i;
    }
}

/* ---- raw text ------------------------------------------------------------------------------------------------ */

/* The tag's name at i, with its end? */
static bool name_at(ds_str s, size_t i, ds_str name)
{
    return i + name.len < s.len && is(s.at[i + name.len], NAME_END) &&
           ext_same_fold(ds_str_cut(s, i, i + name.len), name);
}

/* Offset of the end tag of `tag` at or after i; s.len: there is none. */
static size_t find_end_tag(html_lexer *lx, html_tag tag, size_t i)
{
    ds_str s = lx->s;
    if (lx->no_end[tag / 64] >> tag % 64 & 1)
        return s.len;
    for (;; i++) {
        const char *lt = i < s.len ? memchr(s.at + i, '<', s.len - i) : NULL;
        if (!lt)
            break;
        i = (size_t)(lt - s.at);
        if (i + 1 < s.len && s.at[i + 1] == '/' && name_at(s, i + 2, tag_names[tag]))
            return i;
    }
    lx->no_end[tag / 64] |= 1ull << tag % 64;
    return s.len;
}

/* Like find_end_tag for a script: inside `<!-- ... -->`, `<script>` hides the `</script>` that belongs to it. */
static size_t script_end(html_lexer *lx, size_t i)
{
    ds_str s = lx->s;
    size_t escaped = 0; /* up to here */
    bool twice = false;
    for (;; i++) {
        const char *lt = i < s.len ? memchr(s.at + i, '<', s.len - i) : NULL;
        if (!lt)
            return s.len;
        i = (size_t)(lt - s.at);
        twice &= i < escaped;
        bool end = i + 1 < s.len && s.at[i + 1] == '/' && name_at(s, i + 2, tag_names[HTML_SCRIPT]);
        if (end && !twice)
            return i;
        if (end)
            twice = false;
        else if (i < escaped && name_at(s, i + 1, tag_names[HTML_SCRIPT]))
            twice = true;
        else if (i >= escaped && ds_str_starts(ds_str_cut(s, i, i + 4), DS_STR("<!--")))
            escaped = find_dash(lx, i + 2);
    }
}

/* Content of a raw element as text (maybe empty); false: its end tag is missing, and it is read as an ordinary
 * element. A script or style sheet takes the rest of the page. */
static bool raw_text(html_lexer *lx, html_token *out)
{
    html_tag tag = lx->raw;
    size_t end = tag == HTML_PLAINTEXT ? lx->s.len
                 : tag == HTML_SCRIPT  ? script_end(lx, lx->at)
                                       : find_end_tag(lx, tag, lx->at);
    lx->raw = HTML_OTHER;
    if (end == lx->s.len && tag != HTML_SCRIPT && tag != HTML_STYLE && tag != HTML_PLAINTEXT)
        return false;
    *out = (html_token){HTML_CHARS, tag, 0, (uint32_t)lx->at, (uint32_t)end, 0, 0, false};
    lx->at = end;
    return true;
}

/* ---- tokens --------------------------------------------------------------------------------------------------- */

/* A tag at i ("<a" or "</a"), its name at `beg`. One that the page's end cuts off is none. */
static ds_status read_tag(html_lexer *lx, html_kind kind, size_t beg, html_token *out)
{
    size_t end = name_end(lx->s, beg);
    uint64_t key = name_key(lx->s, beg, end);
    *out = (html_token){.kind = kind,
                        .tag = tag_at(lx, beg, end, key),
                        .name = (uint32_t)((key ^ (end - beg)) * 0x9E3779B97F4A7C15u >> 32),
                        .beg = (uint32_t)end,
                        .attrs = (uint32_t)lx->tree->attrs.len};
    DS_TRY(attributes(lx, end, out));
    if (lx->at >= lx->s.len)
        out->kind = HTML_END;
    else
        lx->at++;
    return DS_OK;
}

/* "<![CDATA[ ... ]]>" in SVG and MathML is text. */
static bool cdata(html_lexer *lx, size_t i, html_token *out)
{
    if (!lx->foreign || !ds_str_starts(ds_str_cut(lx->s, i, i + 9), DS_STR("<![CDATA[")))
        return false;
    ptrdiff_t end = ds_str_find(lx->s, DS_STR("]]>"), i + 9);
    size_t stop = end < 0 ? lx->s.len : (size_t)end;
    lx->at = end < 0 ? stop : stop + 3;
    *out = (html_token){
        .kind = HTML_CHARS, .tag = HTML_TEXT, .beg = (uint32_t)(i + 9), .end = (uint32_t)stop};
    return true;
}

ds_status html_next(html_lexer *lx, html_token *out)
{
    ds_str s = lx->s;
    if (lx->raw != HTML_OTHER && raw_text(lx, out))
        return DS_OK;
    for (;;) {
        size_t i = lx->at;
        if (i >= s.len) {
            *out = (html_token){.kind = HTML_END};
            return DS_OK;
        }
        if (s.at[i] != '<' || !markup_at(s, i)) {
            lx->at = text_end(s, i);
            *out =
                (html_token){HTML_CHARS, HTML_TEXT, 0, (uint32_t)i, (uint32_t)lx->at, 0, 0, false};
            return DS_OK;
        }
        char c = s.at[i + 1];
        if (letter(c))
            return read_tag(lx, HTML_OPEN, i + 1, out);
        if (c == '/' && letter(s.at[i + 2]))
            return read_tag(lx, HTML_CLOSE, i + 2, out);
        if (cdata(lx, i, out))
            return DS_OK;
        lx->at = c == '/' ? past_byte(s, i, '>') : skip_declaration(lx, i);
    }
}
