/* SPDX-License-Identifier: Apache-2.0 */
/* people.c - names of people: what looks like one, and the names in bylines and in what pages state. */
#include "extract/html.h"

#define NAME_MAX_WORDS 5 /* a person's name has no more words */
#define NAME_MAX_BYTES 60
#define STATED_MAX_WORDS 6 /* words of a name that a page states to be a person's */
#define HOST_BYTES 128
#define HOST_LEAST 5 /* letters of a name that are looked for in the page's host */
#define BY_BYTES 60  /* "by" comes so early in a byline */

/* ---- names ----------------------------------------------------------------------------------------------- */

/* Small words inside names: "Leonardo da Vinci", "The Wall Street Journal of Europe". */
static bool name_link(ds_str w)
{
    static const ds_str links[] = {DS_STR_INIT("de"),  DS_STR_INIT("da"),  DS_STR_INIT("van"),
                                   DS_STR_INIT("von"), DS_STR_INIT("der"), DS_STR_INIT("bin"),
                                   DS_STR_INIT("al"),  DS_STR_INIT("of"),  DS_STR_INIT("the"),
                                   DS_STR_INIT("du"),  DS_STR_INIT("la"),  DS_STR_INIT("el")};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (ds_str_eq(w, links[i]))
            return true;
    return false;
}

bool ext_capital(ds_str w)
{
    unsigned char c = w.len ? (unsigned char)w.at[0] : 0;
    return ext_is_upper(c) || c == 0xC3 || c == 0xC5 || c == 0xCE || c == 0xD0;
}

/* Length of the run of capitalised words (with links between them) at the start of s. */
size_t ext_name_run(ds_str s, size_t max_words)
{
    size_t end = 0, words = 0;
    for (size_t i = 0; i < s.len && words < max_words; words++) {
        size_t j = i;
        while (j < s.len && s.at[j] != ' ' && s.at[j] != ',' && s.at[j] != ';' && s.at[j] != '(')
            j++;
        ds_str w = ds_str_cut(s, i, j);
        if (ext_capital(w))
            end = j;
        else if (!name_link(w))
            break;
        if (j < s.len && s.at[j] != ' ')
            break;
        if (w.len > 3 && w.at[w.len - 1] == '.' && ext_capital(w) && !memchr(w.at, '.', w.len - 1))
            break; /* the sentence ends here */
        i = j + 1;
    }
    return end;
}

static size_t word_count(ds_str s)
{
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] == ' ';
    return n;
}

bool ext_person_like(ds_str s)
{
    size_t words = word_count(s);
    if (words < 2 || words > NAME_MAX_WORDS || s.len > NAME_MAX_BYTES || !ext_capital(s))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (ext_is_digit((unsigned char)s.at[i]) || s.at[i] == ':' || s.at[i] == '@' ||
            s.at[i] == '/')
            return false;
    return ext_name_run(s, NAME_MAX_WORDS) == s.len;
}

/* ---- bylines -------------------------------------------------------------------------------------------------- */

static ds_str after_by(ds_str s)
{
    static const ds_str heads[] = {
        DS_STR_INIT("by "),           DS_STR_INIT("by: "),       DS_STR_INIT("written by "),
        DS_STR_INIT("written by: "),  DS_STR_INIT("words by "),  DS_STR_INIT("story by "),
        DS_STR_INIT("reported by "),  DS_STR_INIT("posted by "), DS_STR_INIT("author: "),
        DS_STR_INIT("published by "), DS_STR_INIT("authors: "),  DS_STR_INIT("posted by: ")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (s.len > heads[i].len && ext_same_fold(ds_str_cut(s, 0, heads[i].len), heads[i]))
            return ds_str_cut(s, heads[i].len, s.len);
    return s;
}

/* "Posted on 3 May by Ann Lee", "Review by Ann Lee": what stands behind the "by". */
static ds_str behind_by(ds_str s)
{
    for (size_t i = 0; i + 4 < s.len && i < BY_BYTES; i++)
        if (ext_same_fold(ds_str_cut(s, i, i + 4), DS_STR(" by ")))
            return ds_str_cut(s, i + 4, s.len);
    return after_by(s);
}

/* End of one name of a list: ",", " and ", "&", "|", bullet, "(" or a date's first digit. */
static size_t list_end(ds_str s, size_t i, size_t *step)
{
    static const ds_str seps[] = {DS_STR_INIT(" and "),
                                  DS_STR_INIT(" & "),
                                  DS_STR_INIT(", "),
                                  DS_STR_INIT(" | "),
                                  DS_STR_INIT("; "),
                                  DS_STR_INIT(" - "),
                                  DS_STR_INIT(" ("),
                                  DS_STR_INIT(" \xE2\x80\xA2 "),
                                  DS_STR_INIT(" with "),
                                  DS_STR_INIT(" for "),
                                  DS_STR_INIT(" in "),
                                  DS_STR_INIT(" In "),
                                  DS_STR_INIT(" on "),
                                  DS_STR_INIT(" \xC2\xB7 "),
                                  DS_STR_INIT(" \xE2\x80\x93 "),
                                  DS_STR_INIT(" / ")};
    size_t best = s.len;
    *step = 0;
    for (size_t k = 0; k < sizeof seps / sizeof *seps; k++) {
        ptrdiff_t at = ds_str_find(s, seps[k], i);
        if (at >= 0 && (size_t)at < best) {
            best = (size_t)at;
            *step = seps[k].len;
        }
    }
    return best;
}

/* "Ann Lee Daily Planet" on a page of the Daily Planet: the name alone. */
static ds_str without_house(ds_str name, ds_str house)
{
    if (house.len < 3 || name.len <= house.len + 1)
        return name;
    ds_str tail = ds_str_cut(name, name.len - house.len, name.len);
    return ext_same_fold(tail, house) ? ext_trim_punct(ds_str_cut(name, 0, name.len - house.len))
                                      : name;
}

static bool listed(ds_str w, const ds_str *list, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (list[i].len == w.len && ext_same_fold(w, list[i]))
            return true;
    return false;
}

/* What a word of a byline is (furniture.tsv, name): EXT_C_ROLE what people are, EXT_C_OUTLET what houses and desks are,
 * EXT_C_BIO a degree. */
static ext_class name_word(const ext_page *p, ds_str w)
{
    char buf[EXT_KEY_BYTES];
    return ext_words_find(&p->words, ext_key(w, buf), EXT_W_NAME);
}

/* "HPN Business": three or more capitals before words that are not all capitals. */
static bool channel_first(ds_str s)
{
    size_t n = 0;
    bool small = false;
    while (n < s.len && ext_is_upper((unsigned char)s.at[n]))
        n++;
    for (size_t i = n; i < s.len; i++)
        small |= ext_is_lower((unsigned char)s.at[i]);
    return n >= 3 && n < s.len && s.at[n] == ' ' && small;
}

/* "The Daily Planet", "Planet Sports Desk", "AP Auto" */
static bool names_house(const ext_page *p, ds_str s)
{
    if (channel_first(s) || ds_str_starts(s, DS_STR("AP ")) || ds_str_starts(s, DS_STR("AFP ")))
        return true;
    if (s.len > 4 && ext_same_fold(ds_str_cut(s, 0, 4), DS_STR("the ")))
        return true;
    for (size_t i = 0, end; i < s.len; i = end + 1) {
        for (end = i; end < s.len && s.at[end] != ' ';)
            end++;
        if (name_word(p, ds_str_cut(s, i, end)) == EXT_C_OUTLET)
            return true;
    }
    return false;
}

/* "PhD", "M.D.": capitals tell it from a name ("Do"). */
static bool is_degree(const ext_page *p, ds_str w)
{
    size_t capitals = 0;
    for (size_t i = 0; i < w.len; i++)
        capitals += ext_is_upper((unsigned char)w.at[i]);
    return capitals > 1 && name_word(p, w) == EXT_C_BIO;
}

/* A month before a number, a number, a handle: the name is over. */
static bool ends_name(ds_str s, ds_str w, size_t end)
{
    char low[16];
    if (ext_is_digit((unsigned char)w.at[0]) || w.at[0] == '@')
        return true;
    bool number = end + 1 < s.len && ext_is_digit((unsigned char)s.at[end + 1]);
    for (size_t i = 0; number && i < w.len && i < sizeof low; i++)
        low[i] = ext_lower(w.at[i]);
    return number && w.len < sizeof low && ext_month(ext_trim_punct((ds_str){low, w.len}), false);
}

/* Words that begin a title behind a name of two words, and a desk's name without one. */
static bool soft_title(ds_str w)
{
    static const ds_str words[] = {DS_STR_INIT("staff"), DS_STR_INIT("news"),
                                   DS_STR_INIT("editorial"), DS_STR_INIT("marketing")};
    return listed(w, words, sizeof words / sizeof *words);
}

/* "Ann Lee Former Deputy Editor", "Ann Lee MS", "Ann Lee 3 May": the name alone; "Marketing Director": empty. */
static ds_str without_titles(const ext_page *p, ds_str s)
{
    for (size_t i = 0, end, before = 0; i < s.len; i = end + 1, before++) {
        for (end = i; end < s.len && s.at[end] != ' ';)
            end++;
        ds_str w = ds_str_cut(s, i, end);
        if (!w.len)
            continue;
        if (name_word(p, w) == EXT_C_ROLE ||
            (before > 0 && (is_degree(p, w) || ends_name(s, w, end))) ||
            (before > 1 && soft_title(w)))
            return ext_trim_punct(ds_str_cut(s, 0, i));
    }
    return s;
}

/* "Ann Lee Contributor": without the role. */
static ds_str without_role(const ext_page *p, ds_str name)
{
    char buf[EXT_KEY_BYTES];
    size_t cut = name.len;
    while (cut > 0 && name.at[cut - 1] != ' ')
        cut--;
    ds_str last = ds_str_cut(name, cut, name.len);
    bool role = cut > 1 && word_count(name) > 2 &&
                ext_words_end(&p->words, ext_key(last, buf)) == EXT_C_ROLE;
    return role ? ext_trim_punct(ds_str_cut(name, 0, cut - 1)) : name;
}

/* ---- what is a name ---------------------------------------------------------------------------------------------- */

/* Signs that no name has. */
static bool odd_sign(ds_str s)
{
    const ds_str odd = DS_STR("@:/<>{}[]|#=_()");
    for (size_t i = 0; i < s.len; i++)
        if (memchr(odd.at, s.at[i], odd.len))
            return true;
    return false;
}

/* One word with a capital and no digit: "Kristin". */
static bool first_name(ds_str s)
{
    if (s.len < 3 || s.len > 20 || !ext_capital(s) || word_count(s) != 1)
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (!ext_is_lower((unsigned char)s.at[i]) && (unsigned char)s.at[i] < 0x80 &&
            s.at[i] != '-')
            return false;
    return true;
}

/* One word of letters: "SeaDog". */
static bool handle(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ext_is_alnum((unsigned char)s.at[i]) || ext_is_digit((unsigned char)s.at[i]))
            return false;
    return s.len >= 3 && s.len <= 24 && ext_capital(s);
}

/* Whole words of the house's name. */
static bool within(ds_str name, ds_str house)
{
    for (size_t i = 0; name.len && i + name.len <= house.len; i++) {
        bool edge = (i == 0 || house.at[i - 1] == ' ') &&
                    (i + name.len == house.len || house.at[i + name.len] == ' ');
        if (edge && ext_same_fold(ds_str_cut(house, i, i + name.len), name))
            return true;
    }
    return false;
}

/* "IslandTimes" is "Island Times". */
bool ext_same_letters(ds_str a, ds_str b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.len && a.at[i] == ' ')
            i++;
        while (k < b.len && b.at[k] == ' ')
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (ext_lower(a.at[i]) != ext_lower(b.at[k]))
            return false;
    }
}

/* The letters and digits of s, lower case, at most `max`. */
static size_t squashed(ds_str s, char *to, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < max; i++)
        if (ext_is_alnum((unsigned char)s.at[i]))
            to[n++] = ext_lower(s.at[i]);
    return n;
}

bool ext_in_host(const ext_page *p, ds_str name)
{
    char a[NAME_MAX_BYTES], b[HOST_BYTES];
    ds_str host = html_own_host(p);
    if (!host.len || name.len > sizeof a)
        return false;
    size_t n = squashed(name, a, sizeof a), m = squashed(host, b, sizeof b);
    return n >= HOST_LEAST && ds_str_find((ds_str){b, m}, (ds_str){a, n}, 0) >= 0;
}

/* A name that a page states: people may have any name, other statements must look like one. */
static bool stated_name(const ext_page *p, ds_str s, ext_who who, ds_str house,
                        const ext_names *how)
{
    char buf[EXT_KEY_BYTES];
    ds_str key = ext_key(s, buf);
    if (s.len < 2 || s.len > NAME_MAX_BYTES || odd_sign(s) || word_count(s) > STATED_MAX_WORDS)
        return false;
    if (ext_words_find(&p->words, key, EXT_W_LINE) == EXT_C_ROLE ||
        ext_words_end(&p->words, key) == EXT_C_ROLE)
        return false;
    if ((who == EXT_WHO_HOUSE || (how->line && !how->by)) && ext_in_host(p, s))
        return false;
    if (who == EXT_WHO_HOUSE)
        return !ext_same_fold(s, house) && !within(s, house);
    if (names_house(p, s))
        return false;
    if (ext_person_like(s)) /* a person's own site may be called after them */
        return who == EXT_WHO_PERSON || how->by || !ext_same_fold(s, house);
    if (within(s, house) || (who != EXT_WHO_PERSON && ext_same_letters(s, house)))
        return false;
    return who == EXT_WHO_PERSON || (how->alone && (first_name(s) || (how->by && handle(s))));
}

/* One name of a list, cleaned. */
static ds_str clean_name(const ext_page *p, ds_str s, ds_str house, bool stated)
{
    ds_str name = without_house(ext_trim_punct(after_by(s)), house);
    if (stated)
        name = without_titles(p, name);
    return stated && names_house(p, name) ? name : without_role(p, name);
}

/* "Ann Lee Staff Writer" is a person, "Planet Staff" is none. */
static bool ends_in_title(const ext_page *p, ds_str s)
{
    size_t cut = s.len;
    while (cut > 0 && s.at[cut - 1] != ' ')
        cut--;
    return name_word(p, ds_str_cut(s, cut, s.len)) == EXT_C_ROLE;
}

/* A whole statement that is a house's name, not a list of people. */
static bool is_house(const ext_page *p, ds_str s, ds_str house)
{
    if (ext_same_fold(s, house))
        return true;
    bool list = ds_str_find(s, DS_STR(", "), 0) >= 0 || ds_str_find(s, DS_STR(" | "), 0) >= 0;
    s = without_house(s, house);
    return !list && names_house(p, s) && !ends_in_title(p, s);
}

/* Are all names of the list one word each ("Maria & Katerina")? */
static bool all_alone(ds_str s)
{
    for (size_t i = 0, step = 0; i < s.len; i += step) {
        size_t end = list_end(s, i, &step);
        if (word_count(ds_str_trim(ds_str_cut(s, i, end))) != 1)
            return false;
        i = end;
        if (!step)
            break;
    }
    return true;
}

/* "Lee, Ann" -> "Ann Lee", others as they are; absent: no memory. */
static ds_str turned(const ext_page *p, ds_str s)
{
    ptrdiff_t comma = ds_str_find(s, DS_STR(", "), 0);
    if (comma <= 0 || ds_str_find(s, DS_STR(","), (size_t)comma + 1) >= 0)
        return s;
    ds_str last = ds_str_cut(s, 0, (size_t)comma), first = ds_str_cut(s, (size_t)comma + 2, s.len);
    bool one =
        word_count(last) == 1 && first_name(last) && word_count(first) <= 2 && ext_capital(first);
    return one && !is_degree(p, first) && name_word(p, first) != EXT_C_ROLE
               ? ds_arena_printf(p->arena, "%.*s %.*s", DS_FMT(first), DS_FMT(last))
               : s;
}

/* "Ann (Nan) Lee" -> "Ann Lee"; absent: no memory. */
static ds_str without_nickname(ds_arena *a, ds_str s)
{
    ptrdiff_t open = ds_str_find(s, DS_STR(" ("), 0),
              shut = open < 0 ? -1 : ds_str_find(s, DS_STR(") "), (size_t)open);
    if (shut < 0 || !ext_capital(ds_str_cut(s, (size_t)shut + 2, s.len)))
        return s;
    return ds_arena_printf(a, "%.*s %.*s", (int)open, s.at, (int)(s.len - (size_t)shut - 2),
                           s.at + shut + 2);
}

static bool fits(const ext_page *p, ds_str name, ext_who who, ds_str house, const ext_names *out)
{
    char buf[EXT_KEY_BYTES];
    if (out->stated)
        return stated_name(p, name, who, house, out);
    return ext_person_like(name) && ext_words_end(&p->words, ext_key(name, buf)) != EXT_C_ROLE;
}

ds_status ext_names_in(ext_page *p, ds_str s, ext_who who, ds_str house, ext_names *out)
{
    char buf[EXT_KEY_BYTES];
    ds_status st = DS_OK;
    s = who == EXT_WHO_ANY || !out->stated ? behind_by(ds_str_trim(s)) : ds_str_trim(s);
    if (out->stated && who == EXT_WHO_ANY && !out->by && is_house(p, s, house))
        return DS_OK;
    if (!s.len)
        return DS_OK;
    if (out->stated && who != EXT_WHO_HOUSE)
        s = turned(p, s);
    if (out->stated && s.at)
        s = without_nickname(p->arena, s);
    if (!s.at)
        return DS_NOMEM;
    ext_names one = *out;
    one.alone = out->alone && (out->by || all_alone(s));
    for (size_t i = 0, step = 0; i < s.len; i += step) {
        size_t end = who == EXT_WHO_HOUSE ? s.len : list_end(s, i, &step);
        ds_str name =
            who == EXT_WHO_HOUSE ? s : clean_name(p, ds_str_cut(s, i, end), house, out->stated);
        i = end;
        ext_class cls = ext_words_find(&p->words, ext_key(name, buf), EXT_W_LINE);
        if (cls == EXT_C_AGENCY && !out->agency.at)
            out->agency = name;
        else if (cls == EXT_C_NONE && fits(p, name, who, house, &one))
            ext_strs_add(p->arena, &out->people, name, &st);
        else if (out->by && out->people.len)
            break; /* "By Ann Lee, Institute of Tides and Harbours": no names come behind what is none */
        if (!step)
            break;
        ds_str rest = ds_str_cut(s, i, s.len);
        one.alone = one.alone && (!out->by || ds_str_starts(rest, DS_STR(" and ")) ||
                                  ds_str_starts(rest, DS_STR(" & ")));
    }
    return st;
}

/* Adds the people of "By Ann Lee, Raj Patel and Al Roy | 3 May"; what is no name is passed over. An agency becomes
 * the original publisher. */
ds_status ext_add_people(ext_page *p, ext_draft *d, ds_str s)
{
    ext_names names = {.people = d->authors};
    DS_TRY(ext_names_in(p, s, EXT_WHO_ANY, d->art.publisher, &names));
    d->authors = names.people;
    if (names.agency.at && !d->art.original_publisher.at) {
        d->art.original_publisher = names.agency;
        d->extra.from.original_publisher = DS_STR("byline");
    }
    if (d->authors.len && !d->extra.from.authors.at)
        d->extra.from.authors = DS_STR("byline");
    return DS_OK;
}
