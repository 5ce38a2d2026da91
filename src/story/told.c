/* SPDX-License-Identifier: Apache-2.0 */
/* told.c - one pass over the texts of the story for what they say around names that do not tell alone who they are: given names
 * and titles before a last name, what an acronym is short for, countries before a body. */
#include "story/who.h"

#include "language/language.h"

enum {
    SENTENCE_WORDS =
        512,         /* of a longer one, a list or a page without stops, the rest is not heard */
    GIVEN_WORDS = 3, /* "Anna Maria Luisa": before these it is more likely another name */
    LONG_WORDS =
        12, /* of a name before its acronym: ACRONYM_MOST letters, with "of" and "the" between */
    ACRONYM_MOST = 8, /* bytes: longer words in capitals and brackets are no acronyms but names */
    ABBREVIATION_BYTES = 5, /* "Prof." */
};

typedef struct text_word {
    ds_str text;   /* without marks around it */
    bool stops;    /* marks follow: what comes behind is another phrase */
    bool brackets; /* "(CPS)" */
    bool cap;
} text_word;

typedef struct listener {
    who *w;
    ds_map *words; /* text -> name_word */
    uint32_t member, number;
    ds_str text; /* of the sentence */
    text_word at[SENTENCE_WORDS];
    uint32_t len;
} listener;

/* ---- lists ------------------------------------------------------------------------------------------------ */

static told_list *list_of(const who *w, ds_str key)
{
    uint64_t at;
    if (!key.at || ds_map_get(w->told, key, &at) != DS_OK)
        return NULL;
    return (told_list *)(uintptr_t)at; // NOLINT(performance-no-int-to-ptr)
}

static ds_status want(who *w, ds_str key)
{
    if (!key.at)
        return DS_NOMEM;
    if (list_of(w, key))
        return DS_OK;
    told_list *l = ds_arena_alloc(w->a, sizeof *l);
    return l ? ds_map_put(w->told, key, (uint64_t)(uintptr_t)l) : DS_NOMEM;
}

static bool holds_words(const told_list *l, ds_str words)
{
    for (size_t i = 0; i < l->v.len; i++)
        if (ds_str_eq(l->v.at[i].words, words))
            return true;
    return false;
}

static ds_status tell(who *w, ds_str key, ds_str words, ds_naming at)
{
    DS_TRY(want(w, key));
    told_list *l = list_of(w, key);
    if (!words.at || !l)
        return DS_NOMEM;
    return l->v.len < TOLD_MOST && !holds_words(l, words)
               ? DS_PUSH(w->a, &l->v, ((told){words, at}))
               : DS_OK;
}

#define KEY(fmt, ...) ds_arena_printf(w->a, fmt, __VA_ARGS__)

static ds_status ask(const who *w, ds_str key, const told_list **out)
{
    *out = key.at ? list_of(w, key) : NULL;
    return key.at ? DS_OK : DS_NOMEM;
}

ds_status told_given(const who *w, ds_str spelling, const told_list **out)
{
    return ask(w, KEY("g %.*s", DS_FMT(spelling)), out);
}

ds_status told_titles(const who *w, ds_str spelling, uint32_t member, const told_list **out)
{
    return ask(w, KEY("t %u %.*s", member, DS_FMT(spelling)), out);
}

ds_status told_titles_of(const who *w, ds_str spelling, ds_str given, const told_list **out)
{
    return ask(w, KEY("T %.*s %.*s", DS_FMT(given), DS_FMT(spelling)), out);
}

ds_status told_long_for(const who *w, ds_str acronym, const told_list **out)
{
    return ask(w, KEY("b %.*s", DS_FMT(acronym)), out);
}

ds_status told_lands(const who *w, ds_str low, const told_list **out)
{
    return ask(w, KEY("l %.*s", DS_FMT(low)), out);
}

/* ---- a sentence in words ------------------------------------------------------------------------------------ */

static bool is_mark(ds_str s, size_t i)
{
    uint32_t c = ds_utf8_next(s, &i);
    return (c < 0x80 && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z')) ||
           (c >= 0x2010 && c <= 0x205E);
}

/* The stop of "U.S." and "Mr." stays; that of "(TRS)." ends its sentence. */
static bool abbreviates(ds_str s)
{
    size_t before = s.len > 1 ? ds_utf8_prev(s, s.len - 1) : 0;
    return s.len > 1 && s.len <= ABBREVIATION_BYTES && s.at[s.len - 1] == '.' &&
           !is_mark(s, before);
}

static void cut_word(listener *l, ds_str raw)
{
    ds_str s = raw;
    while (s.len && is_mark(s, 0)) {
        size_t i = 0;
        ds_utf8_next(s, &i);
        s = ds_str_cut(s, i, s.len);
    }
    while (s.len && is_mark(s, ds_utf8_prev(s, s.len)) && !abbreviates(s))
        s.len = ds_utf8_prev(s, s.len);
    if (s.len == 0) {
        if (l->len)
            l->at[l->len - 1].stops = true;
        return;
    }
    size_t i = 0;
    bool brackets = raw.at[0] == '(' && s.at + s.len < raw.at + raw.len && s.at[s.len] == ')';
    if (l->len && s.at != raw.at)
        l->at[l->len - 1].stops = true; /* an opening mark */
    l->at[l->len++] = (text_word){s, s.at + s.len != raw.at + raw.len, brackets,
                                  story_is_upper(ds_utf8_next(s, &i))};
}

static void cut_sentence(listener *l, ds_str text)
{
    l->len = 0;
    l->text = text;
    for (size_t beg = 0, end; beg < text.len && l->len < SENTENCE_WORDS; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != ' '; end++)
            ;
        if (end > beg)
            cut_word(l, ds_str_cut(text, beg, end));
    }
}

static ds_status word_of(listener *l, uint32_t i, const name_word **out)
{
    uint64_t at;
    ds_str text = l->at[i].text;
    if (ds_map_get(l->words, text, &at) == DS_OK) {
        *out = (const name_word *)(uintptr_t)at; // NOLINT(performance-no-int-to-ptr)
        return DS_OK;
    }
    name_word *n = ds_arena_alloc(l->w->a, sizeof *n);
    if (!n)
        return DS_NOMEM;
    DS_TRY(name_word_read(l->w->a, l->w->lex, text, n));
    *out = n;
    return ds_map_put(l->words, text, (uint64_t)(uintptr_t)n);
}

static ds_naming place_of(const listener *l, uint32_t from, uint32_t to)
{
    const char *beg = l->at[from].text.at, *end = l->at[to - 1].text.at + l->at[to - 1].text.len;
    return (ds_naming){{beg, (size_t)(end - beg)}, l->member, l->number};
}

/* ---- before a last name ----------------------------------------------------------------------------------------- */

/* First of the capitalised words before word i that may be given names; *title: of the word before these, or WHO_NONE. */
static ds_status names_before(listener *l, uint32_t i, uint32_t *first, uint32_t *title)
{
    const name_word *n;
    *first = i;
    *title = WHO_NONE;
    for (uint32_t k = i; k-- > 0 && !l->at[k].stops && i - k <= GIVEN_WORDS + 1;) {
        DS_TRY(word_of(l, k, &n));
        if (n->is & W_OFFICE && !(n->is & W_GIVEN)) {
            *title = k;
            return DS_OK;
        }
        bool begins = k == 0 && !(n->is & W_GIVEN); /* "But Marn" */
        if (!(n->is & W_CAP) || n->is & (W_OWNER | W_TIME) || begins || i - k > GIVEN_WORDS)
            return DS_OK;
        *first = k;
    }
    return DS_OK;
}

static ds_status hear_last_name(listener *l, uint32_t i, ds_str spelling)
{
    who *w = l->w;
    uint32_t first, title;
    const name_word *n, *t;
    DS_TRY(names_before(l, i, &first, &title));
    DS_TRY(word_of(l, first, &n));
    if (first < i && n->is & W_GIVEN && !(n->is & W_INITIAL))
        DS_TRY(tell(w, KEY("g %.*s", DS_FMT(spelling)), n->spelling, place_of(l, first, i + 1)));
    if (title == WHO_NONE)
        return DS_OK;
    DS_TRY(word_of(l, title, &t));
    ds_naming at = place_of(l, title, i + 1);
    ds_str key = first == i ? KEY("t %u %.*s", l->member, DS_FMT(spelling))
                            : KEY("T %.*s %.*s", DS_FMT(n->spelling), DS_FMT(spelling));
    return tell(w, key, t->low, at);
}

/* ---- before an acronym, before a body ------------------------------------------------------------------------------- */

/* First of the words before word i whose first letters the acronym is, or i. `small`: letters of "for" and "of" count too. */
static ds_status letters_before(listener *l, uint32_t i, bool small, uint32_t *first)
{
    ds_str letters = l->at[i].text;
    size_t left = letters.len;
    *first = i;
    for (uint32_t k = i; k-- > 0 && i - k <= LONG_WORDS && left;) {
        const name_word *n;
        char c = l->at[k].text.at[0], wanted = letters.at[left - 1];
        if (l->at[k].stops && k + 1 < i)
            break;
        DS_TRY(word_of(l, k, &n));
        bool joins = !l->at[k].cap && n->is & W_PARTICLE;
        if (c == wanted || (small && joins && c == wanted + ('a' - 'A'))) {
            left--;
            *first = k;
        } else if (!joins) {
            break;
        }
    }
    if (left)
        *first = i;
    return DS_OK;
}

static ds_status long_form(listener *l, uint32_t i, uint32_t *first)
{
    DS_TRY(letters_before(l, i, false, first));
    return *first < i ? DS_OK : letters_before(l, i, true, first);
}

static ds_status hear_acronym(listener *l, uint32_t i)
{
    who *w = l->w;
    uint32_t first;
    name n = {0};
    ds_str key = KEY("b %.*s", DS_FMT(l->at[i].text));
    if (!list_of(w, key))
        return key.at ? DS_OK : DS_NOMEM;
    DS_TRY(long_form(l, i, &first));
    if (first == i)
        return DS_OK;
    ds_naming at = place_of(l, first, i);
    DS_TRY(name_read(w->a, w->lex, at.words, (ds_str){0}, &n));
    at.words = place_of(l, first, i + 1).words;
    at.words.len++; /* the closing bracket */
    return tell(w, key, name_spelling(w->a, &n, 0, n.to), at);
}

/* "Council's", "Council". */
static size_t without_owner_len(ds_str s)
{
    bool owner;
    return name_without_owner(s, &owner).len;
}

/* The words from i on are these, with a possessive ending or without one. */
static bool goes_on(const listener *l, uint32_t i, ds_str low)
{
    for (size_t beg = 0, end; beg < low.len; beg = end + 1, i++) {
        for (end = beg; end < low.len && low.at[end] != ' '; end++)
            ;
        if (i >= l->len || without_owner_len(l->at[i].text) != end - beg)
            return false;
        for (size_t k = 0; k < end - beg; k++) {
            char c = l->at[i].text.at[k];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != low.at[beg + k])
                return false;
        }
    }
    return true;
}

static ds_status hear_land(listener *l, uint32_t i, ds_str low)
{
    who *w = l->w;
    for (uint32_t n = i < NAME_LAND_WORDS ? i : NAME_LAND_WORDS; n > 0; n--) {
        name_word before[NAME_LAND_WORDS];
        ds_str land;
        for (uint32_t k = 0; k < n; k++) {
            const name_word *x;
            DS_TRY(word_of(l, i - n + k, &x));
            before[k] = *x;
        }
        if (name_land(w->a, w->lex, before, n, &land) == n)
            return tell(w, KEY("l %.*s", DS_FMT(low)), land, place_of(l, i - n, i));
    }
    return DS_OK;
}

static ds_status hear_body(listener *l, uint32_t i)
{
    who *w = l->w;
    char room[64];
    bool owner;
    ds_str t = name_without_owner(l->at[i].text, &owner);
    if (t.len + 2 > sizeof room)
        return DS_OK;
    room[0] = 'f';
    room[1] = ' ';
    for (size_t k = 0; k < t.len; k++)
        room[2 + k] = (char)(t.at[k] >= 'A' && t.at[k] <= 'Z' ? t.at[k] + 32 : t.at[k]);
    const told_list *names = list_of(w, (ds_str){room, t.len + 2});
    for (size_t k = 0; names && k < names->v.len; k++)
        if (goes_on(l, i, names->v.at[k].words))
            DS_TRY(hear_land(l, i, names->v.at[k].words));
    return DS_OK;
}

/* ---- all ------------------------------------------------------------------------------------------------------------- */

static ds_status hear_word(listener *l, uint32_t i)
{
    bool owner;
    char room[2 + NAME_SPELLING_BYTES];
    ds_str t = l->at[i].text;
    if (l->at[i].brackets && t.len <= ACRONYM_MOST)
        DS_TRY(hear_acronym(l, i));
    DS_TRY(hear_body(l, i));
    if (!l->at[i].cap)
        return DS_OK;
    ds_str s = name_spelled(room + 2, name_without_owner(t, &owner));
    room[0] = 'g';
    room[1] = ' ';
    if (s.len == 0 || !list_of(l->w, (ds_str){room, s.len + 2}))
        return DS_OK;
    ds_str copy = ds_arena_str(l->w->a, s);
    return copy.at ? hear_last_name(l, i, copy) : DS_NOMEM;
}

/* "Norlandish Supreme Court": what may stand without its country. */
static bool lands_matter(const name *n)
{
    uint32_t rest = n->from + n->lands;
    bool generic = n->to - rest == 1 && n->word[rest].is & (W_BODY | W_SPOT | W_OFFICE);
    return n->cls == NAME_BODY && !n->actor.at && n->lands && rest < n->to && !generic;
}

static ds_status want_form(who *w, const form *f)
{
    const name *n = f->n;
    if (!n)
        return DS_OK;
    const name_word *first = &n->word[n->from];
    if (f->part)
        return want(w, KEY("g %.*s", DS_FMT(first->spelling)));
    if (f->whole && n->to - n->from == 1 && first->is & W_CAPS && !n->actor.at)
        return want(w, KEY("b %.*s", DS_FMT(first->text)));
    if (!f->whole || !lands_matter(n))
        return DS_OK;
    ds_str low = name_low(w->a, n, n->from + n->lands, n->to), lands = KEY("l %.*s", DS_FMT(low));
    DS_TRY(want(w, lands));
    ds_str key = KEY("f %.*s", DS_FMT(n->word[n->from + n->lands].low));
    DS_TRY(tell(w, key, low, f->at));
    if (!holds_words(list_of(w, key), low))
        list_of(w, lands)->unheard = true;
    return DS_OK;
}

static ds_status hear_page(listener *l)
{
    const ds_reading *r = &l->w->readings[l->w->story->members[l->member].reading];
    for (size_t i = 0; i < r->sents_len; i++) {
        l->number = r->sents[i].number;
        cut_sentence(l, ds_str_at(r->article->text, r->sents[i].span));
        for (uint32_t k = 0; k < l->len; k++)
            DS_TRY(hear_word(l, k));
    }
    return DS_OK;
}

ds_status who_listen(who *w)
{
    w->told = ds_map_new(w->a, 0);
    listener *l = ds_arena_alloc(w->a, sizeof *l);
    if (!w->told || !l)
        return DS_NOMEM;
    *l = (listener){.w = w, .words = ds_map_new(w->a, 0)};
    for (size_t i = 0; i < w->forms.len; i++)
        DS_TRY(want_form(w, who_form(w, (uint32_t)i)));
    if (!l->words)
        return DS_NOMEM;
    for (size_t m = 0; ds_map_len(w->told) && m < w->story->members_len; m++) {
        l->member = (uint32_t)m;
        DS_TRY(hear_page(l));
    }
    return DS_OK;
}
