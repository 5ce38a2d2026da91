/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

/* How far to look for tags: past any doctype, comment and byte-order mark. */
#define MEDIA_LOOK 16384
/* Closing tags that make markup of a text that does not begin with '<': a plain page may quote one or two. */
#define MEDIA_TAGS 3
/* The fields of a saved message or MHTML page lie in so many first bytes. */
#define MEDIA_FIELDS 8192

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next byte of UTF-8 text, or of UTF-16 seen as bytes with its zeros left out. */
static char next_byte(ds_str s, size_t *i)
{
    while (*i < s.len && s.at[*i] == 0)
        ++*i;
    return *i < s.len ? s.at[(*i)++] : 0;
}

static size_t after_mark(ds_str s)
{
    if (ds_str_starts(s, DS_STR("\xEF\xBB\xBF")))
        return 3;
    return ds_str_starts(s, DS_STR("\xFF\xFE")) || ds_str_starts(s, DS_STR("\xFE\xFF")) ? 2 : 0;
}

/* "<p", "<!doctype", "<?xml", "</p": what only markup begins with. */
static bool begins_with_tag(ds_str s)
{
    size_t i = after_mark(s);
    char c = next_byte(s, &i);
    while (c && is_space(c))
        c = next_byte(s, &i);
    if (c != '<')
        return false;
    c = next_byte(s, &i);
    return is_letter(c) || c == '!' || c == '?' || c == '/';
}

static bool holds_tags(ds_str s)
{
    unsigned seen = 0;
    char prev2 = 0, prev = 0;
    for (size_t i = 0; i < s.len && seen < MEDIA_TAGS;) {
        char c = next_byte(s, &i);
        seen += prev2 == '<' && prev == '/' && is_letter(c);
        prev2 = prev;
        prev = c;
    }
    return seen == MEDIA_TAGS;
}

/* ---- MHTML: header fields before the first empty line ---------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool starts_folded(ds_str s, ds_str lower_case)
{
    for (size_t i = 0; i < lower_case.len; i++)
        if (i >= s.len || lower(s.at[i]) != lower_case.at[i])
            return false;
    return true;
}

/* The value of the first field of that name ("url:"), up to the end of its line; absent: none before the empty line. */
static ds_str field(ds_str bytes, ds_str name)
{
    ds_str s = ds_str_cut(bytes, 0, MEDIA_FIELDS);
    for (size_t i = 0; i < s.len;) {
        ptrdiff_t at = ds_str_find(s, DS_STR("\n"), i);
        size_t end = at < 0 ? s.len : (size_t)at;
        ds_str line = ds_str_cut(s, i, end);
        if (!ds_str_trim(line).len)
            break;
        if (starts_folded(line, name))
            return ds_str_trim(ds_str_cut(line, name.len, line.len));
        i = end + 1;
    }
    return (ds_str){0};
}

static bool begins_with_field(ds_str s)
{
    size_t i = 0;
    while (i < s.len && i < 64 && (is_letter(s.at[i]) || s.at[i] == '-'))
        i++;
    return i > 1 && i < s.len && s.at[i] == ':';
}

static bool is_message(ds_str bytes)
{
    if (!begins_with_field(bytes))
        return false;
    ds_str type = field(bytes, DS_STR("content-type:"));
    return starts_folded(type, DS_STR("multipart/")) ||
           (starts_folded(type, DS_STR("text/")) && field(bytes, DS_STR("mime-version:")).len);
}

ds_str ds_media_url(ds_str bytes)
{
    ds_str url = field(bytes, DS_STR("snapshot-content-location:"));
    size_t end = 0;
    while (end < url.len && !is_space(url.at[end]))
        end++;
    bool web = starts_folded(url, DS_STR("http://")) || starts_folded(url, DS_STR("https://"));
    return web && ds_utf8_check(ds_str_cut(url, 0, end), &(size_t){0}) == DS_OK
               ? ds_str_cut(url, 0, end)
               : (ds_str){0};
}

ds_str ds_media_of(ds_str bytes)
{
    ds_str head = ds_str_cut(bytes, 0, MEDIA_LOOK);
    if (is_message(bytes))
        return DS_STR("multipart/related");
    return begins_with_tag(head) || holds_tags(head) ? DS_STR("text/html") : DS_STR("text/plain");
}
