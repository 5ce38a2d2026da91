/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

/* How far to look for tags: past any doctype, comment and byte-order mark. */
#define MEDIA_LOOK 16384
/* Closing tags that make markup of a text that does not begin with '<': a plain page may quote one or two. */
#define MEDIA_TAGS 3

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

ds_str ds_media_of(ds_str bytes)
{
    ds_str head = ds_str_cut(bytes, 0, MEDIA_LOOK);
    return begins_with_tag(head) || holds_tags(head) ? DS_STR("text/html") : DS_STR("text/plain");
}
