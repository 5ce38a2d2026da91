/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - a name in its words: title, country, "Inc."; a person, a body, or no name at all. */
#include "story/who.h"

#include "language/language.h"

/* ---- words ------------------------------------------------------------------------------------------------ */

static bool is_high(ds_str s, size_t i)
{
    size_t at = i;
    return story_is_upper(ds_utf8_next(s, &at));
}

ds_str name_without_owner(ds_str s, bool *owner)
{
    static const ds_str endings[] = {DS_STR_INIT("'s"), DS_STR_INIT("\xe2\x80\x99s"),
                                     DS_STR_INIT("'"), DS_STR_INIT("\xe2\x80\x99")};
    *owner = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !*owner; i++)
        if (s.len > endings[i].len && ds_str_ends(s, endings[i])) {
            s.len -= endings[i].len;
            *owner = true;
        }
    return s;
}

static bool is_eastern(ds_str last)
{
    ptrdiff_t hyphen = ds_str_find(last, DS_STR("-"), 0);
    char c = hyphen > 0 && (size_t)hyphen + 1 < last.len ? last.at[hyphen + 1] : 'A';
    return c >= 'a' && c <= 'z';
}

static unsigned written(ds_str s)
{
    unsigned is = 0;
    size_t letters = 0, low = 0;
    for (size_t i = 0; i < s.len; ds_utf8_next(s, &i)) {
        bool high = is_high(s, i);
        bool letter = high || (s.at[i] >= 'a' && s.at[i] <= 'z') || (unsigned char)s.at[i] >= 0xC3;
        is |= high ? W_CAP : 0;
        letters += letter;
        low += letter && !high;
    }
    if ((is & W_CAP) && is_eastern(s))
        is |= W_EASTERN;
    if (letters > 1 && !low)
        is |= W_CAPS;
    if (letters == 1 && (is & W_CAP) && (s.len < 3 || s.at[s.len - 1] == '.'))
        is |= W_INITIAL;
    return is;
}

static const struct {
    const char *table, *value; /* of the second column */
    unsigned is;
} kinds[] = {
    {"coref", "person", W_OFFICE}, {"coref", "title", W_OFFICE},    {"coref", "org", W_BODY},
    {"coref", "anyorg", W_BODY},   {"coref", "suffix", W_SUFFIX},   {"coref", "place", W_SPOT},
    {"coref", "country", W_SPOT},  {"roles", "anonymous", W_LOOSE}, {"roles", "evidence", W_LOOSE},
};

static const struct {
    uint32_t listed;
    unsigned is;
} listings[] = {
    {DS_LISTED_TITLE, W_OFFICE},        {DS_LISTED_ORGWORD, W_BODY},
    {DS_LISTED_PLACEWORD, W_PLACEWORD}, {DS_LISTED_PARTICLE, W_PARTICLE},
    {DS_LISTED_GIVEN, W_GIVEN},         {DS_LISTED_FAMILY, W_FAMILY},
    {DS_LISTED_TIME, W_TIME},
};

static unsigned in_tables(const ds_lexicon *lex, ds_str low)
{
    unsigned is = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const ds_phrases *p = ds_lexicon_phrases(lex, kinds[i].table);
        int64_t row = p ? ds_phrase_find(p, low) : -1;
        if (row >= 0 && ds_str_eq(ds_table_cell(ds_phrases_table(p), (uint32_t)row, 1),
                                  ds_str_of(kinds[i].value)))
            is |= kinds[i].is;
    }
    return is;
}

/* "officials" is what "official" is, "authorities" what "authority" is. */
static ds_status known_as(ds_arena *a, const ds_lexicon *lex, name_word *w)
{
    uint32_t listed = ds_language_listed(lex, w->text);
    ds_str lemma = ds_text_lemma(a, lex, w->low, false);
    if (!lemma.at)
        return DS_NOMEM;
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++)
        w->is |= listed & listings[i].listed ? listings[i].is : 0;
    w->is |= in_tables(lex, w->low) | in_tables(lex, lemma);
    bool many = !ds_str_eq(lemma, w->low);
    if (many && ds_str_eq(lemma, DS_STR("authority")))
        w->is = (w->is & ~(unsigned)W_BODY) | W_OFFICE; /* "authorities" are nobody in particular */
    if (ds_str_eq(w->low, DS_STR("the")) || ds_str_eq(w->low, DS_STR("for")))
        w->is |= W_PARTICLE;
    return DS_OK;
}

ds_str name_spelled(char room[NAME_SPELLING_BYTES], ds_str word)
{
    size_t len = 0;
    for (size_t beg = 0, end; beg <= word.len; beg = end + 1) {
        uint32_t c[DS_SPELLING_MOST];
        for (end = beg; end < word.len && word.at[end] != '-'; end++)
            ;
        size_t n = ds_language_spelling(ds_str_cut(word, beg, end), c);
        for (size_t i = 0; i < n && len + 4 <= NAME_SPELLING_BYTES; i++)
            len += ds_utf8_put(room + len, c[i]);
    }
    return (ds_str){room, len};
}

ds_status name_word_read(ds_arena *a, const ds_lexicon *lex, ds_str text, name_word *out)
{
    bool owner;
    char room[NAME_SPELLING_BYTES];
    name_word w = {.text = name_without_owner(text, &owner)};
    while (w.text.len > 1 && w.text.at[w.text.len - 1] == ',')
        w.text.len--;
    w.low = ds_text_norm(a, w.text);
    w.spelling = ds_arena_str(a, name_spelled(room, w.low));
    if (!w.low.at || !w.spelling.at)
        return DS_NOMEM;
    w.is = written(w.text) | (owner ? W_OWNER : 0);
    DS_TRY(known_as(a, lex, &w));
    *out = w;
    return DS_OK;
}

/* ---- parts of a name -------------------------------------------------------------------------------------- */

static ds_str joined(ds_arena *a, const name_word *w, uint32_t len)
{
    ds_buf b = ds_buf_new(a);
    for (uint32_t i = 0; i < len; i++) {
        ds_buf_puts(&b, i ? " " : "");
        ds_buf_put(&b, w[i].low);
    }
    return ds_buf_str(&b);
}

ds_str name_low(ds_arena *a, const name *n, uint32_t from, uint32_t to)
{
    return joined(a, n->word + from, to - from);
}

ds_str name_spelling(ds_arena *a, const name *n, uint32_t from, uint32_t to)
{
    ds_buf b = ds_buf_new(a);
    for (uint32_t i = from; i < to; i++)
        ds_buf_put(&b, n->word[i].spelling);
    return ds_buf_str(&b);
}

ds_str name_initials(ds_arena *a, const name *n)
{
    ds_buf b = ds_buf_new(a);
    for (uint32_t i = n->from; i < n->to; i++) {
        ds_str t = n->word[i].text;
        for (size_t k = 0; k < t.len; k++)
            if (t.at[k] >= 'A' && t.at[k] <= 'Z' && (k == 0 || t.at[k - 1] == '-'))
                ds_buf_putc(&b, t.at[k]);
    }
    ds_str s = ds_buf_str(&b);
    return s.len < 2 ? (ds_str){s.at, 0} : s;
}

/* Row of actors.tsv for all of the words, of one of these kinds; -1: none. */
static int64_t actor_row(ds_arena *a, const ds_lexicon *lex, const name_word *w, uint32_t len,
                         const char *const *of)
{
    const ds_phrases *p = ds_lexicon_phrases(lex, "actors");
    ds_str low = joined(a, w, len);
    int64_t row = p && low.at ? ds_phrase_find(p, low) : -1;
    for (; row >= 0 && *of; of++)
        if (ds_str_eq(ds_table_cell(ds_phrases_table(p), (uint32_t)row, 2), ds_str_of(*of)))
            return ds_str_eq(ds_str_of(*of), DS_STR("acronym")) && !(w->is & W_CAPS) ? -1 : row;
    return -1;
}

static ds_str actor_name(const ds_lexicon *lex, int64_t row)
{
    return row < 0 ? (ds_str){0} : ds_table_cell(ds_lexicon_table(lex, "actors"), (uint32_t)row, 1);
}

uint32_t name_land(ds_arena *a, const ds_lexicon *lex, const name_word *w, uint32_t len,
                   ds_str *land)
{
    static const char *const lands[] = {"country", "adjective", "organization", "acronym", NULL};
    for (uint32_t n = len < NAME_LAND_WORDS ? len : NAME_LAND_WORDS; n > 0; n--) {
        int64_t row = w->is & W_CAP ? actor_row(a, lex, w, n, lands) : -1;
        if (row >= 0) {
            *land = actor_name(lex, row);
            return n;
        }
    }
    return 0;
}

/* ---- what it is --------------------------------------------------------------------------------------------- */

static bool is(const name *n, uint32_t i, unsigned what)
{
    return n->word[i].is & what;
}

/* Behind its last word; who speaks for it is none of them. */
static uint32_t end_of(const name *n)
{
    return n->spoken_for ? n->to : n->len;
}

/* Names go on with capitals and, between them, particles. */
static bool capitals_from(const name *n, uint32_t i)
{
    uint32_t end = end_of(n);
    for (uint32_t k = i; k < end; k++)
        if (!is(n, k, W_CAP) && !is(n, k, W_PARTICLE))
            return false;
    return i < end && is(n, i, W_CAP) && is(n, end - 1, W_CAP);
}

static bool only_names(const name *n, uint32_t to)
{
    for (uint32_t i = 0; i < to; i++)
        if (!is(n, i, W_CAP) || is(n, i, W_BODY))
            return false;
    return true;
}

/* "Chief Executive Anna Holm", not the last word of a name ("Anna King") nor one inside of it ("Anna Baker Holm"). */
static uint32_t behind_title(const name *n)
{
    bool person = n->len && is(n, 0, W_GIVEN) && !is(n, 0, W_OFFICE);
    for (uint32_t i = n->len; i-- > 0;) {
        if (!is(n, i, W_OFFICE) || is(n, i, W_INITIAL) || i + 1 == n->len)
            continue;
        bool first_name = is(n, i, W_GIVEN) && i == 0;
        bool inside = person && is(n, i, W_CAP) && !is(n, i, W_CAPS) && only_names(n, i);
        return first_name || inside || !capitals_from(n, i + 1) ? 0 : i + 1;
    }
    return 0;
}

static bool has(const name *n, unsigned what)
{
    for (uint32_t i = n->from; i < n->to; i++)
        if (is(n, i, what))
            return true;
    return false;
}

/* "Joe Holm's men", "Crowley's web site": what somebody has; "Norland's space agency", "People's Daily" are bodies. */
static bool owned(const name *n)
{
    uint32_t last = end_of(n) - 1;
    bool capitals = capitals_from(n, n->from);
    bool one = n->to - n->from == 1;
    for (uint32_t i = 0; i < n->from; i++)
        if (one && is(n, i, W_OWNER))
            return true; /* "Anna Holm's father Peter" */
    for (uint32_t i = n->from + n->lands; i < last; i++)
        if (is(n, i, W_OWNER) && !capitals && !is(n, last, W_BODY))
            return true;
    return false;
}

/* In lower case it only says what somebody is: "officials", "reports". */
static bool is_common(const name *n, uint32_t i)
{
    return !is(n, i, W_CAP) && (is(n, i, W_OFFICE | W_LOOSE) || !is(n, i, W_BODY));
}

static bool is_description(const name *n)
{
    uint32_t last = end_of(n) - 1;
    bool given = is(n, n->from, W_GIVEN) && n->to - n->from > 1;
    if (n->len == 1 && (!is(n, 0, W_CAP) || (is(n, 0, W_TIME) && !is(n, 0, W_CAPS))))
        return true;
    if (!is(n, n->from, W_CAP) && !is(n, n->from, W_PARTICLE))
        return true;
    if (is(n, last, W_OFFICE) && !is(n, last, W_BODY) && !given && n->from == 0)
        return true; /* "Philadelphia District Attorney" */
    if (is(n, n->from, W_OFFICE | W_LOOSE) && n->from < last && !is(n, n->from + 1, W_CAP))
        return true; /* "Doctors in Norland" */
    if (!is(n, last, W_CAP))
        return last == 0 || is_common(n, last);
    return !capitals_from(n, n->from) || owned(n);
}

/* One word that says what it is and not who: "Ministry"; a people. */
static bool is_generic(const name *n, ds_str land)
{
    unsigned common = W_BODY | W_SPOT | W_OFFICE | W_LOOSE;
    bool kind = is(n, n->from, common) && !is(n, n->from, W_CAPS);
    bool one = n->len == 1 || (n->spoken_for && n->to - n->from == 1);
    return one && (kind || land.at);
}

static name_class class_of(const name *n, bool listed)
{
    if (n->actor.at)
        return NAME_BODY;
    if (n->len == 0 || n->from >= n->to)
        return NAME_DESCRIPTION;
    if (!listed && (is_description(n) || is_generic(n, n->land)))
        return NAME_DESCRIPTION;
    bool one = n->to - n->from == 1;
    if (n->spoken_for && !listed && !has(n, W_BODY) && !(one && has(n, W_CAPS)))
        return NAME_DESCRIPTION; /* a spokesman of somebody else's is somebody else */
    bool eastern = !one && is(n, n->to - 1, W_EASTERN);
    if (((n->from > 0 && !n->spoken_for) || eastern) && !has(n, W_BODY))
        return NAME_PERSON;
    bool spot = has(n, W_BODY | W_SPOT) || (!one && has(n, W_PLACEWORD));
    if (listed || n->to < n->len || n->lands || spot || (one && has(n, W_CAPS)))
        return NAME_BODY;
    return is(n, n->from, W_GIVEN) && !one ? NAME_PERSON : NAME_UNKNOWN;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

static bool is_article(ds_str s)
{
    return ds_str_eq(s, DS_STR("the")) || ds_str_eq(s, DS_STR("a")) || ds_str_eq(s, DS_STR("an"));
}

ds_str name_without_article(ds_str s)
{
    ptrdiff_t end = ds_str_find(s, DS_STR(" "), 0);
    bool article = end > 0 && is_article(ds_str_cut(s, 0, (size_t)end));
    return article ? ds_str_cut(s, (size_t)end + 1, s.len) : s;
}

/* DS_NONE: it has more words than a name. */
static ds_status split(ds_arena *a, const ds_lexicon *lex, ds_str text, name *out)
{
    for (size_t beg = 0, end; beg < text.len; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != ' '; end++)
            ;
        ds_str w = ds_str_cut(text, beg, end);
        if (w.len == 0 || (out->len == 0 && (is_article(w) || ds_str_eq(w, DS_STR("The")))))
            continue;
        if (out->len == NAME_WORDS)
            return DS_NONE;
        DS_TRY(name_word_read(a, lex, w, &out->word[out->len++]));
    }
    return DS_OK;
}

/* What a normal name stands for; a people and what is of a country are not the country. */
static ds_str actor_of(ds_arena *a, const ds_lexicon *lex, const name *n, ds_str text,
                       ds_str holder)
{
    static const char *const actors[] = {"country",      "capital", "government", "acronym",
                                         "organization", "place",   "region",     NULL};
    static const char *const others[] = {"adjective", "demonym", NULL};
    const name_word *w = n->word + n->from;
    uint32_t len = n->to - n->from;
    if (len && actor_row(a, lex, w, len, others) >= 0)
        return (ds_str){0};
    if (holder.len && !ds_str_eq(holder, text))
        return holder;
    return len ? actor_name(lex, actor_row(a, lex, w, len, actors)) : (ds_str){0};
}

/* Have the tables words [from, to) as an organization or a place? */
static bool is_listed(const ds_lexicon *lex, const name *n, ds_str text, uint32_t from, uint32_t to)
{
    if (from >= to)
        return false;
    ds_str last = n->word[to - 1].text;
    size_t beg = (size_t)(n->word[from].text.at - text.at);
    size_t end = (size_t)(last.at + last.len - text.at);
    return ds_language_listed(lex, ds_str_cut(text, beg, end)) & (DS_LISTED_ORG | DS_LISTED_PLACES);
}

/* Words [from, to) say what something is: no "at", no "of", no capitals but those of a country at the front. */
static bool only_nouns(ds_arena *a, const ds_lexicon *lex, const name *n, uint32_t from,
                       uint32_t to)
{
    const ds_phrases *closed = ds_lexicon_phrases(lex, "words");
    ds_str land;
    uint32_t skip = name_land(a, lex, n->word + from, to - from, &land);
    for (uint32_t i = from + skip; i < to; i++)
        if (is(n, i, W_CAP | W_OWNER) || (closed && ds_phrase_find(closed, n->word[i].low) >= 0))
            return false;
    return from + skip < to && !is(n, to - 1, W_OFFICE | W_LOOSE);
}

/* "the Norlandish carmaker Orpress", "Orpress news agency": a listed name with nouns in lower case before or behind it. A country
 * with nouns is a body of its own. */
static bool between_nouns(ds_arena *a, const ds_lexicon *lex, name *n, ds_str text)
{
    uint32_t from = n->len, to = 0;
    ds_str land;
    while (from > 0 && is(n, from - 1, W_CAP))
        from--;
    while (to < n->len && is(n, to, W_CAP))
        to++;
    bool before = from > 0 && from < n->len && only_nouns(a, lex, n, 0, from) &&
                  is_listed(lex, n, text, from, n->len);
    bool behind = to > 0 && to < n->len && is(n, n->len - 1, W_BODY) &&
                  !name_land(a, lex, n->word, to, &land) && !is(n, to - 1, W_OWNER) &&
                  only_nouns(a, lex, n, to, n->len) && is_listed(lex, n, text, 0, to);
    if (before)
        n->from = from;
    else if (behind)
        n->to = to;
    return before || behind;
}

static bool is_spokesman(const name *n, uint32_t i)
{
    return ds_str_starts(n->word[i].low, DS_STR("spokes")) && is(n, i, W_OFFICE);
}

/* "spokesman for the Red Lantern", "NORDA spokesman": the body speaks. */
static void take_speaker(name *n)
{
    uint32_t at = 2;
    if (n->len < 2)
        return;
    bool of = ds_str_eq(n->word[1].low, DS_STR("for")) || ds_str_eq(n->word[1].low, DS_STR("of"));
    if (is_spokesman(n, 0) && of) {
        while (at < n->len && is(n, at, W_PARTICLE) && !is(n, at, W_CAP))
            at++;
        n->spoken_for = at < n->len;
        n->from = n->spoken_for ? at : 0;
    } else if (is_spokesman(n, n->len - 1)) {
        n->spoken_for = true;
        n->to = n->len - 1;
    }
}

/* What stands around the name: who speaks for it, titles, "Inc.", nouns. */
static bool strip(ds_arena *a, const ds_lexicon *lex, ds_str text, name *n)
{
    bool listed = is_listed(lex, n, text, 0, n->len);
    if (!listed)
        take_speaker(n);
    if (n->spoken_for)
        return is_listed(lex, n, text, n->from, n->to);
    n->from = listed ? 0 : behind_title(n); /* "General Motors" is no general */
    while (n->to > n->from + 1 && is(n, n->to - 1, W_SUFFIX))
        n->to--;
    return listed || (n->from == 0 && between_nouns(a, lex, n, text));
}

ds_status name_read(ds_arena *a, const ds_lexicon *lex, ds_str text, ds_str holder, name *out)
{
    ds_status st = split(a, lex, text, out);
    DS_TRY(st);
    out->to = out->len;
    out->actor = actor_of(a, lex, out, text, holder);
    out->cls = out->actor.at ? NAME_BODY : NAME_DESCRIPTION;
    if (st == DS_NONE)
        return DS_OK;
    bool listed = strip(a, lex, text, out);
    if (out->from == 0 || out->spoken_for)
        out->lands = name_land(a, lex, out->word + out->from, out->to - out->from, &out->land);
    if (out->spoken_for && !out->actor.at)
        out->actor = actor_of(a, lex, out, text, (ds_str){0});
    out->cls = class_of(out, listed);
    return DS_OK;
}
