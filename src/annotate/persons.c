/* SPDX-License-Identifier: Apache-2.0 */
/* persons.c - the names that the language stage found on a page, and which person a part of one stands for. */
#include "annotate/sources_internal.h"

size_t name_from(const scan *s, uint32_t byte)
{
    size_t lo = 0, hi = s->parse->names_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->parse->names[mid].span.beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The names around a byte that may be its full form: so many that a page of news has fewer, and no page grows faster than its length. */
static void names_near(const scan *s, uint32_t byte, size_t *beg, size_t *end)
{
    enum { BEFORE = 1024, BEHIND = 256 };
    size_t at = name_from(s, byte);
    *beg = at > BEFORE ? at - BEFORE : 0;
    *end = at + BEHIND < s->parse->names_len ? at + BEHIND : s->parse->names_len;
}

const ds_name *name_in(const scan *s, uint32_t beg, uint32_t end, ds_name_type type)
{
    ds_span in = toks_span(s, beg, end);
    for (size_t i = name_from(s, in.beg);
         i < s->parse->names_len && s->parse->names[i].span.beg < in.end; i++)
        if (s->parse->names[i].type == type)
            return &s->parse->names[i];
    return NULL;
}

ds_str text_of_name(const scan *s, const ds_name *n)
{
    return ds_str_at(s->doc->text, n->span);
}

bool in_name(const scan *s, uint32_t i, ds_name_type type)
{
    ds_span at = tok_at(s, i)->span;
    size_t n = name_from(s, at.beg + 1);
    const ds_name *name = n > 0 ? &s->parse->names[n - 1] : NULL;
    return name && name->type == type && name->span.end > at.beg;
}

bool in_person(const scan *s, uint32_t i)
{
    ds_span at = tok_at(s, i)->span;
    size_t n = name_from(s, at.beg);
    const ds_name *before = n > 0 ? &s->parse->names[n - 1] : NULL;
    return before && before->type == DS_NAME_PERSON && ds_span_holds(before->span, at);
}

bool is_named(const scan *s, uint32_t i)
{
    for (int type = DS_NAME_PERSON; type <= DS_NAME_PLACE; type++) {
        const ds_name *n = name_in(s, i, i + 1, (ds_name_type)type);
        if (n && n->span.beg == tok_at(s, i)->span.beg)
            return true;
    }
    return false;
}

static bool last_word_of(ds_str longer, ds_str word)
{
    return longer.len > word.len && ds_str_ends(longer, word) &&
           longer.at[longer.len - word.len - 1] == ' ';
}

static bool has_word(ds_str text, ds_str word)
{
    for (ptrdiff_t at = ds_str_find(text, word, 0); at >= 0;
         at = ds_str_find(text, word, (size_t)at + 1)) {
        size_t end = (size_t)at + word.len;
        if ((at == 0 || text.at[at - 1] == ' ') && (end == text.len || text.at[end] == ' '))
            return true;
    }
    return false;
}

/* "Ren" of Ren Lin, "Sorel" of Ana Sorel Vidal: a family name may come first, or before another one. The one person on the page whose name has the word; the
 * word itself: none, or several. */
static ds_str person_with(const scan *s, ds_str word, size_t beg, size_t end)
{
    ds_str best = word;
    for (size_t i = beg; i < end; i++) {
        ds_str other = text_of_name(s, &s->parse->names[i]);
        if (s->parse->names[i].type != DS_NAME_PERSON || other.len == word.len ||
            !has_word(other, word))
            continue;
        if (!has_word(best, other) && !has_word(other, best))
            return word;
        best = other.len > best.len ? other : best;
    }
    return best;
}

/* Persons who share a last name, told apart by their first names. */
typedef struct namesakes {
    struct namesake {
        ds_str first, whole; /* `whole`: the longest form */
        uint32_t count;
        bool titled; /* has the role that the last name alone comes with */
        bool roles;  /* has any */
    } at[8];
    size_t len;
} namesakes;

static ds_str first_word(ds_str name)
{
    ptrdiff_t blank = ds_str_find(name, DS_STR(" "), 0);
    return blank < 0 ? name : ds_str_cut(name, 0, (size_t)blank);
}

static ds_str role_text(const scan *s, const ds_name *n)
{
    return n->role.end ? ds_str_at(s->doc->text, n->role) : (ds_str){0};
}

static void add_namesake(namesakes *all, ds_str whole, ds_str role, ds_str title)
{
    ds_str first = first_word(whole);
    size_t k = 0;
    while (k < all->len && !ds_str_eq(all->at[k].first, first))
        k++;
    if (k == sizeof all->at / sizeof *all->at)
        return;
    struct namesake *n = &all->at[k];
    if (k == all->len)
        *n = (struct namesake){.first = first, .whole = whole}, all->len++;
    n->count++;
    n->whole = whole.len > n->whole.len ? whole : n->whole;
    n->roles |= role.len > 0;
    n->titled |= title.len && ds_str_find(role, title, 0) >= 0;
}

ds_str whole_person(const scan *s, ds_str name, uint32_t byte)
{
    namesakes all = {.len = 0};
    ds_str title = {0};
    size_t beg, end, best = SIZE_MAX;
    names_near(s, byte, &beg, &end);
    for (size_t i = beg; i < end; i++) {
        const ds_name *n = &s->parse->names[i];
        ds_str other = text_of_name(s, n);
        if (n->type != DS_NAME_PERSON)
            continue;
        if (!all.len && !title.at && ds_str_eq(other, name))
            title = role_text(s, n);
        if (last_word_of(other, name))
            add_namesake(&all, other, role_text(s, n), title);
    }
    for (size_t k = 0; k < all.len; k++) {
        const struct namesake *n = &all.at[k];
        bool other = title.len && n->roles && !n->titled;
        if (!other && (best == SIZE_MAX || n->count > all.at[best].count))
            best = k;
    }
    if (best < all.len)
        return all.at[best].whole;
    return all.len ? name : person_with(s, name, beg, end);
}

static bool word_in(ds_str text, ds_str word)
{
    for (size_t beg = 0, end; beg < text.len; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != ' '; end++)
            continue;
        bool same = end - beg == word.len;
        for (size_t i = 0; same && i < word.len; i++)
            same = (text.at[beg + i] | 32) == (word.at[i] | 32);
        if (same)
            return true;
    }
    return false;
}

/* The word of a role that says what somebody is: the last one before "of", "for", "at", "in" or a comma. */
static ds_str head_of_role(ds_str role)
{
    static const char *const ends[] = {" of ", " for ", " at ", " in ", " with ", ","};
    size_t end = role.len, beg;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        ptrdiff_t at = ds_str_find(role, ds_str_of(ends[i]), 0);
        end = at > 0 && (size_t)at < end ? (size_t)at : end;
    }
    for (beg = end; beg > 0 && role.at[beg - 1] != ' '; beg--)
        continue;
    return ds_str_cut(role, beg, end);
}

/* Are all words of [beg, head] in the role that a name comes with? "The UN official" is whoever has another office there. */
static bool role_fits(const scan *s, ds_str role, uint32_t beg, uint32_t head)
{
    bool any = head > beg && norm_is(s, head, "official");
    if (!any && !word_in(head_of_role(role), norm_at(s, head)))
        return false; /* "the ministry" is not the ministry's spokesman */
    for (uint32_t i = beg; i <= head; i++)
        if (!(any && i == head) && !word_in(role, norm_at(s, i)))
            return false;
    return true;
}

ds_str person_of_role(const scan *s, uint32_t beg, uint32_t head)
{
    ds_str found = {0};
    size_t first, end;
    names_near(s, tok_at(s, head)->span.beg, &first, &end);
    for (size_t i = first; i < end; i++) {
        const ds_name *n = &s->parse->names[i];
        if (n->type != DS_NAME_PERSON || !n->role.end ||
            !role_fits(s, ds_str_at(s->doc->text, n->role), beg, head))
            continue;
        ds_str whole = whole_person(s, text_of_name(s, n), n->span.beg);
        if (found.at && !ds_str_eq(found, whole))
            return (ds_str){0};
        found = whole;
    }
    return found;
}
