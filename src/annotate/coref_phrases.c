/* SPDX-License-Identifier: Apache-2.0 */
/* Which phrases stand for somebody: names with their titles, nouns with what stands before them, pronouns. */
#include "annotate/coref_internal.h"
#include "language/language.h"

#include <stdlib.h>

/* ---- words -------------------------------------------------------------------------------------------------- */

word_class class_of(const resolver *r, ds_str word, ds_gender *gender)
{
    int64_t row = word.len ? ds_phrase_find(r->words, word) : -1;
    if (row < 0)
        return W_NONE;
    ds_str g = ds_table_cell(r->words_t, (uint32_t)row, 2);
    if (gender)
        *gender = ds_str_eq(g, DS_STR("male"))     ? DS_GENDER_MALE
                  : ds_str_eq(g, DS_STR("female")) ? DS_GENDER_FEMALE
                                                   : DS_GENDER_NONE;
    return (word_class)r->classes[row];
}

enum {
    KEY_MOST = 64, /* letters of a given name that are looked at */
    TWO_MOST = 64, /* bytes of two words */
};

uint64_t word_key(ds_str word)
{
    uint32_t c[DS_SPELLING_MOST];
    size_t n = ds_language_spelling(word, c);
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ c[i]) * 0x100000001B3u;
    return n ? h | 1 : 0;
}

uint64_t key_of_word(const resolver *r, uint32_t w)
{
    uint64_t k = r->keys[w];
    if (!k)
        r->keys[w] = k = word_key(text_of_word(r, w)) + 1;
    return k - 1;
}

ds_gender given_gender(const resolver *r, ds_str word)
{
    char low[KEY_MOST];
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < sizeof low;) {
        uint32_t c = ds_language_fold(word, &i);
        if (c >= 0x80)
            return DS_GENDER_NONE;
        low[n++] = (char)c;
    }
    int64_t row = n ? ds_phrase_find(r->genders, (ds_str){low, n}) : -1;
    if (row < 0)
        return DS_GENDER_NONE;
    return ds_str_eq(ds_table_cell(r->genders_t, (uint32_t)row, 1), DS_STR("male"))
               ? DS_GENDER_MALE
               : DS_GENDER_FEMALE;
}

static ds_str norm_of_word(const resolver *r, uint32_t w)
{
    return token_of_word(r, w)->norm;
}

/* The word in lower case: its token's, or what the token's last part is. */
word_class word_class_at(const resolver *r, uint32_t w, ds_gender *g)
{
    const ds_token *t = token_of_word(r, w);
    ds_str text = text_of_word(r, w);
    word_class c = W_NONE;
    if (ds_span_len(r->s.doc->words[w].span) == ds_span_len(t->span))
        c = class_of(r, t->norm, g);
    if (c == W_NONE)
        c = class_of(r, r->s.parse->lemma_of[w], g);
    return c == W_NONE && text.len == 1 && text.at[0] == 'I' ? W_FIRST : c;
}

/* Both with a blank between, in `room`; empty where they do not fit. */
static ds_str two_words(ds_str x, ds_str y, char room[TWO_MOST])
{
    size_t n = x.len + 1 + y.len;
    if (n >= TWO_MOST)
        return (ds_str){room, 0};
    if (x.len)
        memcpy(room, x.at, x.len);
    room[x.len] = ' ';
    if (y.len)
        memcpy(room + x.len + 1, y.at, y.len);
    return (ds_str){room, n};
}

/* "tank" of "think tank": the class of the two words, else of the last. */
static word_class noun_class_at(const resolver *r, uint32_t w, ds_gender *g)
{
    char two[TWO_MOST];
    ds_str lemma = r->s.parse->lemma_of[w];
    if (w > r->t.beg && word_upos(&r->t, w - 1) == DS_NOUN) {
        ds_str before = r->s.parse->lemma_of[w - 1];
        word_class c = class_of(r, two_words(before, lemma, two), g);
        if (c != W_NONE)
            return c;
    }
    return word_class_at(r, w, g);
}

static bool noun_class(word_class c)
{
    return c >= W_PERSON;
}

/* ---- extents ------------------------------------------------------------------------------------------------- */

static bool stands_before(rel r)
{
    return r == R_DET || r == R_COMPOUND || r == R_FLAT || r == R_NMOD_POSS || r == R_AMOD ||
           r == R_OTHER || r == R_APPOS || r == R_NMOD;
}

static bool tag_before(ds_upos u)
{
    return u == DS_DET || u == DS_ADJ || u == DS_NOUN || u == DS_PROPN || u == DS_NUM;
}

/* The first word of the phrase whose head is w: by heads, else by the tags of the words before it. */
static uint32_t low_of(const resolver *r, bool parsed, uint32_t w)
{
    const tree *t = &r->t;
    uint32_t lo = w;
    if (!parsed) {
        while (lo > t->beg && tag_before(word_upos(t, lo - 1)) && r->of_word[lo - 1] == NONE)
            lo--;
        return lo;
    }
    for (uint32_t c = first_child(t, w); c < w; c = next_child(t, c)) {
        bool belongs = stands_before(rel_at(t, c)) && word_upos(t, c) != DS_PUNCT &&
                       word_upos(t, c) != DS_VERB && high(t, c) <= w;
        if (!belongs)
            lo = w;
        else if (low(t, c) < lo)
            lo = low(t, c);
    }
    return lo;
}

static definiteness definite_by(const resolver *r, bool parsed, uint32_t lo, uint32_t w)
{
    static const char *const sure[] = {"the", "this", "that", "these", "those", "both"};
    ds_str first = norm_of_word(r, lo);
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (lo < w && ds_str_eq(first, ds_str_of(sure[i])))
            return DEF_THE;
    if (lo < w && parsed && child_with(&r->t, w, R_NMOD_POSS) < w)
        return DEF_POSSESSED;
    if (lo < w && word_upos(&r->t, lo) == DS_DET)
        return DEF_A;
    return lo < w && word_upos(&r->t, lo) == DS_NUM ? DEF_NUMBER : DEF_BARE;
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static bool plural_tag(const resolver *r, uint32_t w)
{
    uint8_t x = r->s.parse->nodes[w].xpos;
    return x && (x == r->plural || x == r->plural_name);
}

/* The word of the name that hangs on none of its others. */
static uint32_t top_of(const resolver *r, bool parsed, const ds_name *n)
{
    for (uint32_t w = n->word; parsed && w < n->word_end; w++) {
        uint32_t h = head_at(&r->t, w);
        if ((h < n->word || h >= n->word_end) && word_upos(&r->t, w) != DS_PUNCT)
            return w;
    }
    return n->word_end - 1;
}

/* A word that may lie between a title's first word and the name. */
static bool title_part(const resolver *r, uint32_t w)
{
    ds_upos u = word_upos(&r->t, w);
    ds_str text = text_of_word(r, w);
    return u == DS_NOUN || u == DS_PROPN || u == DS_ADJ || u == DS_NUM || u == DS_DET ||
           (ds_str_eq(text, DS_STR("-")) && !(r->s.doc->words[w].flags & DS_WF_SPACE)) ||
           ds_str_eq(text, DS_STR("'s")) || ds_str_eq(text, DS_STR("\xE2\x80\x99s"));
}

static bool of_person(const resolver *r, uint32_t w)
{
    return r->of_word[w] != NONE && phrase_at(r, r->of_word[w])->type == DS_NAME_PERSON;
}

/* "U.S. President" before "Marta Quiroga": from the word beside the name to the left, as long as it goes on. */
static uint32_t title_low(const resolver *r, uint32_t word)
{
    uint32_t lo = word;
    if (lo == r->t.beg)
        return lo;
    word_class c = word_class_at(r, lo - 1, NULL);
    if (c != W_PERSON && c != W_TITLE)
        return lo;
    while (lo > r->t.beg && title_part(r, lo - 1) && !of_person(r, lo - 1))
        lo--;
    while (lo < word && !tag_before(word_upos(&r->t, lo))) /* "'s husband" */
        lo++;
    return lo;
}

/* "Mr", "actress": what the words before the name say of gender. */
static void read_title(const resolver *r, uint32_t lo, uint32_t word, phrase *p)
{
    for (uint32_t w = lo; w < word; w++) {
        ds_gender g = DS_GENDER_NONE;
        word_class c = word_class_at(r, w, &g);
        if ((c == W_PERSON || c == W_TITLE) && g != DS_GENDER_NONE)
            p->m.gender = g;
    }
}

static ds_number number_of_name(const resolver *r, const ds_name *n)
{
    if (n->type == DS_NAME_GROUP)
        return DS_NUMBER_MANY;
    return n->type == DS_NAME_PERSON        ? DS_NUMBER_ONE
           : plural_tag(r, n->word_end - 1) ? DS_NUMBER_NONE
                                            : DS_NUMBER_ONE;
}

/* The name without titles that were taken for a part of it: "Donald Ames" of "U.S. President Donald Ames". */
static uint32_t core_of(const resolver *r, const ds_name *n)
{
    uint32_t core = n->word;
    for (uint32_t w = n->word; w + 1 < n->word_end && n->type == DS_NAME_PERSON; w++) {
        word_class c = word_class_at(r, w, NULL);
        bool title = c == W_PERSON || c == W_TITLE;
        if (title && (w == core || w + 2 < n->word_end)) /* "Hassan Sheikh Omar" has none */
            core = w + 1;
    }
    return core;
}

/* "Norwegian" is no mention of anybody, "Norwegians" is. */
static bool only_describes(const resolver *r, const ds_name *n)
{
    return n->type == DS_NAME_GROUP && !plural_tag(r, n->word_end - 1);
}

static ds_span words_to_span(const resolver *r, uint32_t beg, uint32_t end)
{
    return (ds_span){r->s.doc->words[beg].span.beg, r->s.doc->words[end - 1].span.end};
}

static ds_status push_phrase(resolver *r, phrase p)
{
    p.m.sent = r->t.sent;
    p.m.span = words_to_span(r, p.m.word, p.m.word_end);
    p.m.entity = NONE;
    p.same = NONE;
    p.quote = token_of_word(r, p.m.head_word)->quote;
    return DS_PUSH(r->s.arena, &r->phrases, p);
}

static void governed(const resolver *r, bool parsed, uint32_t w, phrase *p)
{
    p->rel = parsed ? rel_at(&r->t, w) : R_OTHER;
    p->governor = NONE;
    if (parsed && head_at(&r->t, w) < r->t.end)
        p->governor = head_at(&r->t, w);
}

/* The noun before the name on which the name hangs: "President" of "President Holm". */
static uint32_t above(const resolver *r, bool parsed, uint32_t top, uint32_t lo, uint32_t word)
{
    while (parsed && head_at(&r->t, top) >= lo && head_at(&r->t, top) < word)
        top = head_at(&r->t, top);
    return top;
}

/* "the", "his" */
static bool determined(const resolver *r, uint32_t lo)
{
    return word_upos(&r->t, lo) == DS_DET || (lo > r->t.beg && word_upos(&r->t, lo - 1) == DS_PRON);
}

/* Does the role stand right before the name? */
static bool beside(const ds_name *n)
{
    return n->role.end && n->role.end <= n->span.beg && n->role.end + 1 >= n->span.beg;
}

static ds_status add_name(resolver *r, bool parsed, uint32_t index)
{
    const ds_name *n = &r->s.parse->names[index];
    if (only_describes(r, n))
        return DS_OK;
    phrase p = {.name = index, .type = n->type, .cls = W_NONE, .def = DEF_THE};
    uint32_t lo = n->word, top = top_of(r, parsed, n), core = core_of(r, n);
    if (n->type == DS_NAME_PERSON) {
        lo = title_low(r, n->word);
        while (lo > r->t.beg && beside(n) && r->s.doc->words[lo - 1].span.beg >= n->role.beg)
            lo--;
        if (lo < n->word && determined(r, lo))
            lo = n->word; /* "the mayor Anna Holm" is two */
        if (core + 1 < n->word_end)
            p.m.gender = given_gender(r, text_of_word(r, core));
        read_title(r, lo, core, &p);
        top = above(r, parsed, top, lo, n->word);
    }
    p.m.word = lo;
    p.m.word_end = n->word_end;
    p.m.head_word = core;
    p.m.head = words_to_span(r, core, n->word_end);
    p.m.form = DS_MENTION_NAME;
    p.m.number = number_of_name(r, n);
    governed(r, parsed, top, &p);
    for (uint32_t w = lo; w < n->word_end; w++) /* the title is no mention of its own */
        if (w >= n->word || w == top || word_class_at(r, w, NULL) == W_PERSON)
            r->of_word[w] = (uint32_t)r->phrases.len;
    return push_phrase(r, p);
}

/* ---- nouns and pronouns ----------------------------------------------------------------------------------------- */

/* "his father Peter Holm" */
static bool before_person(const resolver *r, uint32_t w)
{
    return w + 1 < r->t.end && of_person(r, w + 1) && word_class_at(r, w, NULL) == W_PERSON;
}

static bool heads_phrase(const resolver *r, bool parsed, uint32_t w)
{
    if (before_person(r, w))
        return true;
    if (parsed) {
        rel x = rel_at(&r->t, w);
        return x != R_COMPOUND && x != R_FLAT && x != R_CASE && x != R_PUNCT && x != R_DET;
    }
    return w + 1 >= r->t.end ||
           (word_upos(&r->t, w + 1) != DS_NOUN && word_upos(&r->t, w + 1) != DS_PROPN);
}

static ds_name_type type_of_class(word_class c)
{
    return c == W_PERSON                    ? DS_NAME_PERSON
           : c == W_ORG || c == W_ANYORG    ? DS_NAME_ORG
           : c == W_COUNTRY || c == W_PLACE ? DS_NAME_PLACE
                                            : DS_NAME_OTHER;
}

static ds_status add_noun(resolver *r, bool parsed, uint32_t w)
{
    if (in_date(&r->s, r->s.doc->words[w].tok))
        return DS_OK;
    ds_gender g = DS_GENDER_NONE;
    word_class c = noun_class_at(r, w, &g);
    if (!noun_class(c))
        c = W_NONE;
    if (word_upos(&r->t, w) == DS_PROPN && c == W_NONE)
        return DS_OK;
    phrase p = {.name = NONE, .type = type_of_class(c), .cls = c};
    p.m.word = low_of(r, parsed, w);
    p.m.word_end = w + 1;
    p.m.head_word = w;
    p.m.head = r->s.doc->words[w].span;
    p.m.form = DS_MENTION_NOMINAL;
    p.m.gender = c == W_PERSON ? g : DS_GENDER_NONE;
    p.m.number = plural_tag(r, w) ? DS_NUMBER_MANY : DS_NUMBER_ONE;
    p.noun = word_key(r->s.parse->lemma_of[w]);
    p.def = definite_by(r, parsed, p.m.word, w);
    governed(r, parsed, w, &p);
    r->of_word[w] = (uint32_t)r->phrases.len;
    return push_phrase(r, p);
}

/* "It is clear that", "it rains": said of nothing. */
static bool pleonastic(const resolver *r, bool parsed, uint32_t w, word_class c)
{
    if (c != W_IT || !parsed)
        return false;
    if (r->s.parse->nodes[w].rel == r->expl)
        return true;
    uint32_t h = head_at(&r->t, w);
    return h < r->t.end && word_upos(&r->t, h) == DS_ADJ &&
           (child_with(&r->t, h, R_CCOMP) < r->t.end || child_with(&r->t, h, R_XCOMP) < r->t.end);
}

static ds_status add_pronoun(resolver *r, bool parsed, uint32_t w)
{
    ds_gender g = DS_GENDER_NONE;
    word_class c = word_class_at(r, w, &g);
    if (c == W_NONE || c >= W_TITLE)
        return DS_OK;
    phrase p = {.name = NONE, .cls = c, .def = DEF_THE};
    p.type = c == W_HE || c == W_FIRST || c == W_WHO ? DS_NAME_PERSON : DS_NAME_OTHER;
    if (c == W_SELF && !ds_str_eq(norm_of_word(r, w), DS_STR("itself")))
        p.type = DS_NAME_PERSON;
    p.m.word = p.m.head_word = w;
    p.m.word_end = w + 1;
    p.m.head = r->s.doc->words[w].span;
    p.m.form = DS_MENTION_PRONOUN;
    p.m.gender = g;
    p.m.number = c == W_THEY || c == W_WE ? DS_NUMBER_MANY
                 : c == W_WHO             ? DS_NUMBER_NONE
                                          : DS_NUMBER_ONE;
    p.pleonastic = pleonastic(r, parsed, w, c);
    governed(r, parsed, w, &p);
    r->of_word[w] = (uint32_t)r->phrases.len;
    return push_phrase(r, p);
}

/* ---- sentences ---------------------------------------------------------------------------------------------------- */

/* The person's name whose phrase hangs on w; NONE: none. */
static uint32_t person_at(const resolver *r, uint32_t w)
{
    uint32_t p = r->of_word[w];
    bool named = p != NONE && phrase_at(r, p)->name != NONE;
    return named && phrase_at(r, p)->type == DS_NAME_PERSON ? p : NONE;
}

/* "Anna Holm and Otto Weiss" are they; the mention hangs on the "and". */
static ds_status add_pair(resolver *r, uint32_t w)
{
    uint32_t first = person_at(r, w), last = NONE, and = NONE;
    if (first == NONE || rel_at(&r->t, w) == R_CONJ)
        return DS_OK;
    for (uint32_t c = first_child(&r->t, w); c < r->t.end; c = next_child(&r->t, c)) {
        uint32_t p = rel_at(&r->t, c) == R_CONJ && c > w ? person_at(r, c) : NONE;
        uint32_t cc = p == NONE ? r->t.end : child_with(&r->t, c, R_CC);
        if (cc < c && word_is(&r->t, cc, "and")) {
            last = p;
            and = cc;
        }
    }
    if (last == NONE || last == first || r->of_word[and] != NONE)
        return DS_OK;
    phrase p = {.name = NONE, .type = DS_NAME_PERSON, .cls = W_PERSON, .def = DEF_THE};
    p.m.word = phrase_at(r, first)->m.word;
    p.m.word_end = phrase_at(r, last)->m.word_end;
    p.m.head_word = and;
    p.m.head = words_to_span(r, p.m.word, p.m.word_end);
    p.m.form = DS_MENTION_NAME;
    p.m.number = DS_NUMBER_MANY;
    governed(r, true, w, &p);
    r->of_word[and] = (uint32_t)r->phrases.len;
    return push_phrase(r, p);
}

static ds_status pairs_of_sentence(resolver *r)
{
    for (uint32_t w = r->t.beg; w < r->t.end; w++)
        if (child_with(&r->t, w, R_CONJ) < r->t.end)
            DS_TRY(add_pair(r, w));
    return DS_OK;
}

static ds_status names_of_sentence(resolver *r, bool parsed, size_t *name)
{
    const ds_parse *p = r->s.parse;
    while (*name < p->names_len && p->names[*name].sent < r->t.sent)
        ++*name;
    for (; *name < p->names_len && p->names[*name].sent == r->t.sent; ++*name)
        DS_TRY(add_name(r, parsed, (uint32_t)*name));
    return DS_OK;
}

static ds_status others_of_sentence(resolver *r, bool parsed)
{
    for (uint32_t w = r->t.beg; w < r->t.end; w++) {
        ds_upos u = word_upos(&r->t, w);
        if (r->of_word[w] != NONE)
            continue;
        if (u == DS_PRON || u == DS_DET)
            DS_TRY(add_pronoun(r, parsed, w));
        else if ((u == DS_NOUN || u == DS_PROPN) && heads_phrase(r, parsed, w))
            DS_TRY(add_noun(r, parsed, w));
    }
    return DS_OK;
}

static int by_head(const void *x, const void *y)
{
    const phrase *a = x, *b = y;
    return a->m.head_word < b->m.head_word ? -1 : a->m.head_word > b->m.head_word;
}

/* of_word once more, by the order that they have now. */
static void number_words(resolver *r, size_t from, uint32_t *place)
{
    for (size_t i = from; i < r->phrases.len; i++)
        place[r->phrases.at[i].m.head_word - r->t.beg] = (uint32_t)i;
}

static ds_status find_in_sentence(resolver *r, uint32_t sent, size_t *name)
{
    ds_status st = tree_read(&r->t, sent);
    size_t from = r->phrases.len;
    DS_TRY(st);
    DS_TRY(names_of_sentence(r, st == DS_OK, name));
    if (st == DS_OK)
        DS_TRY(pairs_of_sentence(r));
    DS_TRY(others_of_sentence(r, st == DS_OK));
    if (r->phrases.len == from)
        return DS_OK;
    uint32_t n = r->t.end - r->t.beg;
    uint32_t *heads = ds_arena_raw(r->s.arena, (size_t)n * 2 * sizeof *heads);
    if (!heads)
        return DS_NOMEM;
    uint32_t *place = heads + n;
    for (uint32_t i = 0; i < n; i++) /* the head word of the phrase that each word is of */
        heads[i] = r->of_word[r->t.beg + i] == NONE
                       ? NONE
                       : r->phrases.at[r->of_word[r->t.beg + i]].m.head_word;
    qsort(&r->phrases.at[from], r->phrases.len - from, sizeof(phrase), by_head);
    number_words(r, from, place);
    for (uint32_t i = 0; i < n; i++)
        r->of_word[r->t.beg + i] = heads[i] == NONE ? NONE : place[heads[i] - r->t.beg];
    return DS_OK;
}

ds_status find_phrases(resolver *r)
{
    size_t name = 0;
    for (uint32_t i = 0; i < r->s.doc->sents_len; i++)
        DS_TRY(find_in_sentence(r, i, &name));
    return DS_OK;
}
