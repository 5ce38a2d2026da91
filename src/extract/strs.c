/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define LIST_MOST                                                                                  \
    64 /* members of a list of names or keywords: each is compared with all before it */

/* The character at *i as compared: lower case, straight quotes, one blank for white space. Moves *i. */
static unsigned char folded(ds_str s, size_t *i)
{
    char c = s.at[(*i)++];
    if (c != '\xE2' || *i + 1 >= s.len || s.at[*i] != '\x80')
        return (unsigned char)ext_lower(c);
    char d = s.at[*i + 1];
    if (d == '\x98' || d == '\x99' || d == '\x9C' || d == '\x9D') {
        *i += 2;
        return d == '\x98' || d == '\x99' ? '\'' : '"';
    }
    return (unsigned char)c;
}

bool ext_same_fold_all(ds_str a, ds_str b)
{
    size_t i = 0, j = 0;
    if (!a.at || !b.at)
        return !a.at && !b.at;
    while (i < a.len && j < b.len)
        if (folded(a, &i) != folded(b, &j))
            return false;
    return i == a.len && j == b.len;
}

/* Bytes of a mark that never begins or ends a name: punctuation, bullets, bars, arrows. */
static size_t mark_at(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c < 0x80)
        return ext_is_alnum(c) || c == '(' || c == '#' || c == '$' || c == '@' || c == '&' ? 0 : 1;
    if (c == 0xC2 && i + 1 < s.len)
        return 2;
    return c == 0xE2 && i + 2 < s.len ? 3 : 0;
}

ds_str ext_trim_punct(ds_str s)
{
    size_t beg = 0, end = s.len, n;
    while (beg < end && (n = mark_at(s, beg)) > 0)
        beg += n;
    if (beg > end)
        beg = end;
    while (end > beg) {
        size_t at = ds_utf8_prev(s, end);
        if (at < beg || s.at[at] == ')' || mark_at(s, at) == 0)
            break;
        end = at;
    }
    return ds_str_cut(s, beg, end);
}

static bool all_capitals(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ext_is_lower((unsigned char)s.at[i]))
            return false;
    return true;
}

static size_t past_the(ds_str s)
{
    return s.len > 4 && ext_same_fold(ds_str_cut(s, 0, 4), DS_STR("the ")) ? 4 : 0;
}

/* Equal when blanks and a first "the" are left out: "THEPLANET", "The Planet", "PLANET". */
static bool same_letters(ds_str a, ds_str b)
{
    size_t i = past_the(a), j = past_the(b);
    if (a.len > 6 && ext_same_fold(ds_str_cut(a, 0, 3), DS_STR("the")) && j)
        i = i ? i : 3;
    for (;; i++, j++) {
        while (i < a.len && a.at[i] == ' ')
            i++;
        while (j < b.len && b.at[j] == ' ')
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (ext_lower(a.at[i]) != ext_lower(b.at[j]))
            return false;
    }
}

/* "SCMP" for "South China Morning Post". */
static bool initials_of(ds_str caps, ds_str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++)
        if (ext_is_upper((unsigned char)name.at[i]) && (i == 0 || name.at[i - 1] == ' ')) {
            if (n >= caps.len || caps.at[n] != name.at[i])
                return false;
            n++;
        }
    return n >= 3 && n == caps.len;
}

bool ext_strs_add(ds_arena *a, ext_strs *v, ds_str s, ds_status *st)
{
    if (!s.len || *st < 0 || v->len >= LIST_MOST)
        return false;
    for (size_t i = 0; i < v->len; i++)
        if (ext_same_fold(v->at[i], s) || same_letters(v->at[i], s) || initials_of(v->at[i], s)) {
            if (all_capitals(v->at[i]))
                v->at[i] = s;
            return false;
        }
    *st = DS_PUSH(a, v, s);
    return *st == DS_OK;
}
