/* SPDX-License-Identifier: Apache-2.0 */
/* Names that are the same: whole, by last or first name, by initials, by what stands in brackets, by normal name. */
#include "annotate/coref_internal.h"

enum { WORDS_MOST = 8, KEYS_PER_NAME = 24 };

typedef enum key_kind { /* what a key is of */
                        KEY_FULL = 1,
                        KEY_LAST,
                        KEY_FIRST,
                        KEY_ENDS,   /* first and last name: "Ahmed Hassan Omar" is "Ahmed Omar" */
                        KEY_SOUNDS, /* the same by consonants: "Kristen Holm", "Kristin Holm" */
                        KEY_TAIL,   /* "Supreme Court" of "Varn Supreme Court" */
                        KEY_HEAD,   /* "Ministry" of "Ministry of Culture" */
                        KEY_INITIALS,
                        KEY_ACTOR, /* the normal name in actors.tsv */
} key_kind;

typedef struct name_words {
    uint64_t key[WORDS_MOST];
    uint32_t len;
} name_words;

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

/* ---- the table ------------------------------------------------------------------------------------------------ */

static slot *slot_of(const resolver *r, key_kind kind, uint64_t key)
{
    key = mix(key, kind) | 1;
    uint32_t i = (uint32_t)(key >> 32) & r->slots_mask;
    while (r->slots[i].key && r->slots[i].key != key)
        i = (i + 1) & r->slots_mask;
    return &r->slots[i];
}

static void put_key(resolver *r, key_kind kind, uint64_t key, uint32_t e)
{
    slot *s = slot_of(r, kind, key);
    s->key = mix(key, kind) | 1;
    for (uint32_t i = 0; i < s->len && i < SLOT_ENTITIES; i++)
        if (s->at[i] == e)
            return;
    if (s->len < SLOT_ENTITIES)
        s->at[s->len] = e;
    s->len += s->len <= SLOT_ENTITIES;
}

static bool fits(const entity *e, const phrase *p)
{
    bool gender =
        e->gender == DS_GENDER_NONE || p->m.gender == DS_GENDER_NONE || e->gender == p->m.gender;
    bool type = e->type == p->type || p->type == DS_NAME_OTHER || e->type == DS_NAME_OTHER ||
                (e->type != DS_NAME_PERSON && p->type != DS_NAME_PERSON);
    return gender && type;
}

/* The only entity with this key that the name may be; of several, the only one that the page has named before. NONE: none, or
 * one cannot tell which. */
static uint32_t only(const resolver *r, key_kind kind, uint64_t key, const phrase *p)
{
    const slot *s = slot_of(r, kind, key);
    uint32_t at = (uint32_t)(p - r->phrases.at), found = NONE, earlier = NONE;
    uint32_t n = 0, before = 0;
    if (!s->key || s->len > SLOT_ENTITIES)
        return NONE;
    for (uint32_t i = 0; i < s->len; i++) {
        const entity *e = entity_at(r, s->at[i]);
        if (!fits(e, p))
            continue;
        n++;
        found = s->at[i];
        if (e->first < at) {
            before++;
            earlier = s->at[i];
        }
    }
    return n == 1 ? found : before == 1 ? earlier : NONE;
}

/* ---- keys of a name --------------------------------------------------------------------------------------------- */

static const ds_name *name_at(const resolver *r, const phrase *p)
{
    return &r->s.parse->names[p->name];
}

static name_words words_of(const resolver *r, const phrase *p)
{
    const ds_name *n = name_at(r, p);
    name_words out = {.len = 0};
    uint32_t end = n->word_end;
    while (end > n->word + 1 && word_class_at(r, end - 1, NULL) == W_SUFFIX)
        end--;
    for (uint32_t w = p->m.head_word; w < end && out.len < WORDS_MOST; w++) {
        uint64_t k = key_of_word(r, w);
        bool article = w == p->m.head_word && word_upos(&r->t, w) == DS_DET;
        if (k && !article)
            out.key[out.len++] = k;
    }
    return out;
}

static uint64_t chain(const name_words *n, uint32_t from)
{
    uint64_t h = 1;
    for (uint32_t i = from; i < n->len; i++)
        h = mix(h, n->key[i]);
    return h;
}

enum { CONSONANTS_LEAST = 3, CONSONANTS_MOST = 24 };

/* A given name's first letter and consonants: what stays when a name comes from another script. 0: too few to tell. */
static uint64_t sounds_of(ds_str given)
{
    char c[CONSONANTS_MOST];
    size_t len = 0;
    for (size_t i = 0; i < given.len && len < sizeof c; i++) {
        char x = given.at[i] >= 'A' && given.at[i] <= 'Z' ? (char)(given.at[i] + 32) : given.at[i];
        if (x < 'a' || x > 'z')
            return 0;
        if (i == 0 || (!strchr("aeiouyh", x) && x != c[len - 1]))
            c[len++] = x;
    }
    return len >= CONSONANTS_LEAST ? ds_hash((ds_str){c, len}, 0) : 0;
}

static uint64_t sounds_key(const resolver *r, const phrase *p, const name_words *n)
{
    uint64_t k = n->len > 1 ? sounds_of(text_of_word(r, p->m.head_word)) : 0;
    return k ? mix(k, n->key[n->len - 1]) : 0;
}

/* Key of the capitals with which the name's words begin, as a word: "FBI". 0: fewer than two. */
static uint64_t initials_of(const resolver *r, const phrase *p)
{
    const ds_name *n = name_at(r, p);
    char c[WORDS_MOST];
    size_t len = 0;
    for (uint32_t w = n->word; w < n->word_end && len < sizeof c; w++) {
        ds_str text = text_of_word(r, w);
        char first = text.len ? text.at[0] : '\0';
        if (first >= 'A' && first <= 'Z')
            c[len++] = first;
    }
    return len > 1 ? word_key((ds_str){c, len}) : 0;
}

/* Row of actors.tsv for all of the name's words; false: none. */
static bool actor_row(const resolver *r, const phrase *p, uint32_t *row)
{
    const ds_name *n = name_at(r, p);
    uint32_t beg = r->s.doc->words[n->word].tok, end = r->s.doc->words[n->word_end - 1].tok + 1;
    if (end > beg + 1 && upos_at(&r->s, beg) == DS_DET)
        beg++;
    return ds_phrase_at(r->s.actors, r->s.doc->toks, beg, end, row) == end - beg;
}

/* Key of the normal name; 0: there is none. */
static uint64_t actor_key(const resolver *r, const phrase *p, bool *country)
{
    uint32_t row;
    if (!actor_row(r, p, &row))
        return 0;
    ds_str kind = ds_table_cell(r->s.actors_t, row, 2);
    *country = ds_str_eq(kind, DS_STR("country"));
    bool acronym = ds_str_eq(kind, DS_STR("acronym")) &&
                   token_of_word(r, p->m.head_word)->flags & DS_TF_ALLCAP;
    if (!*country && !acronym && !ds_str_eq(kind, DS_STR("organization")))
        return 0;
    return ds_hash(ds_table_cell(r->s.actors_t, row, 1), 0);
}

/* "Oslo said": a capital or an office that speaks does so for its country. The country's key; 0: it is no such thing. */
static uint64_t stands_for(const resolver *r, const phrase *p)
{
    uint32_t row;
    if (p->rel != R_NSUBJ || p->governor == NONE || !speech_lemma(r, p->governor) ||
        !actor_row(r, p, &row))
        return 0;
    ds_str kind = ds_table_cell(r->s.actors_t, row, 2);
    bool office = ds_str_eq(kind, DS_STR("capital")) || ds_str_eq(kind, DS_STR("government"));
    return office ? ds_hash(ds_table_cell(r->s.actors_t, row, 1), 0) : 0;
}

/* "FBI", "AfDB": one word with two capitals or more. */
static bool one_capital_word(const resolver *r, const phrase *p)
{
    const ds_name *n = name_at(r, p);
    ds_str text = text_of_word(r, n->word);
    uint32_t capitals = 0;
    for (size_t i = 0; i < text.len; i++)
        capitals += text.at[i] >= 'A' && text.at[i] <= 'Z';
    return n->word + 1 == n->word_end && capitals > 1;
}

/* ---- the sieves ----------------------------------------------------------------------------------------------------- */

/* A person by one of the names: by the last, unless nobody has that. */
static uint32_t by_part(const resolver *r, const phrase *p, uint64_t key)
{
    bool last = slot_of(r, KEY_LAST, key)->key;
    return only(r, last ? KEY_LAST : KEY_FIRST, key, p);
}

static uint32_t known_person(const resolver *r, const phrase *p, const name_words *n)
{
    if (n->len == 1)
        return by_part(r, p, n->key[0]);
    uint64_t sounds = sounds_key(r, p, n);
    uint32_t e = only(r, KEY_ENDS, mix(n->key[0], n->key[n->len - 1]), p);
    if (e == NONE)
        e = only(r, KEY_TAIL, chain(n, 0), p);
    if (e == NONE && sounds)
        e = only(r, KEY_SOUNDS, sounds, p);
    return e;
}

static bool behind_the(const resolver *r, const phrase *p)
{
    return p->m.word > r->s.doc->sents[p->m.sent].word && word_is(&r->t, p->m.word - 1, "the");
}

/* "the FBI", "the Ministry", "the North" */
static uint32_t known_by_word(const resolver *r, const phrase *p, uint64_t key)
{
    uint32_t e = one_capital_word(r, p) ? only(r, KEY_INITIALS, key, p) : NONE;
    if (e == NONE && behind_the(r, p))
        e = only(r, p->type == DS_NAME_ORG ? KEY_HEAD : KEY_FIRST, key, p);
    return e;
}

static uint32_t known(const resolver *r, const phrase *p, const name_words *n)
{
    bool country = false;
    uint64_t actor = p->type == DS_NAME_PERSON ? 0 : actor_key(r, p, &country);
    uint32_t e = only(r, KEY_FULL, chain(n, 0), p);
    if (e == NONE && actor)
        e = only(r, KEY_ACTOR, actor, p);
    if (e == NONE && p->type == DS_NAME_PERSON)
        return known_person(r, p, n);
    if (e == NONE && n->len == 1)
        e = p->type == DS_NAME_OTHER ? by_part(r, p, n->key[0]) : known_by_word(r, p, n->key[0]);
    if (e == NONE && p->type == DS_NAME_ORG && n->len > 1)
        e = only(r, KEY_TAIL, chain(n, 0), p);
    return e;
}

static void put_tails(resolver *r, const name_words *n, uint32_t e)
{
    for (uint32_t i = 1; i + 2 <= n->len; i++)
        put_key(r, KEY_TAIL, chain(n, i), e);
}

static void put_person(resolver *r, const phrase *p, const name_words *n, uint32_t e)
{
    uint64_t sounds = sounds_key(r, p, n);
    if (n->len < 2)
        return;
    put_key(r, KEY_LAST, n->key[n->len - 1], e);
    put_key(r, KEY_FIRST, n->key[0], e);
    put_key(r, KEY_ENDS, mix(n->key[0], n->key[n->len - 1]), e);
    put_tails(r, n, e);
    if (sounds)
        put_key(r, KEY_SOUNDS, sounds, e);
}

/* "South Varn" is "the South" */
static bool of_the_compass(const resolver *r, const phrase *p)
{
    uint32_t w = p->m.head_word;
    return word_is(&r->t, w, "north") || word_is(&r->t, w, "south") || word_is(&r->t, w, "east") ||
           word_is(&r->t, w, "west");
}

static void put_body(resolver *r, const phrase *p, const name_words *n, uint32_t e)
{
    uint64_t initials = n->len > 1 ? initials_of(r, p) : 0;
    if (initials)
        put_key(r, KEY_INITIALS, initials, e);
    if (n->len == 2 && p->type == DS_NAME_PLACE && of_the_compass(r, p))
        put_key(r, KEY_FIRST, n->key[0], e);
    if (p->type != DS_NAME_ORG)
        return;
    put_tails(r, n, e);
    for (uint32_t w = p->m.word; w < p->m.word_end && n->len > 1; w++)
        if (word_class_at(r, w, NULL) >= W_ORG)
            put_key(r, KEY_HEAD, key_of_word(r, w), e);
}

static void put_keys(resolver *r, const phrase *p, const name_words *n, uint32_t e)
{
    bool country = false;
    uint64_t actor = p->type == DS_NAME_PERSON ? 0 : actor_key(r, p, &country);
    put_key(r, KEY_FULL, chain(n, 0), e);
    if (actor)
        put_key(r, KEY_ACTOR, actor, e);
    entity_at(r, e)->country |= country;
    if (p->type == DS_NAME_PERSON)
        put_person(r, p, n, e);
    else
        put_body(r, p, n, e);
}

/* "Ministry" of "Ministry of Finance", "President" of "President Holm": what the page may call it later. */
static void learn(resolver *r, const phrase *p, const name_words *n, uint32_t at)
{
    entity *e = entity_at(r, at);
    for (uint32_t w = p->m.word; w < p->m.word_end; w++) {
        word_class c = word_class_at(r, w, NULL);
        bool fitting = p->type == DS_NAME_PERSON ? c == W_PERSON : c >= W_ORG;
        if (fitting)
            add_head(e, word_key(r->s.parse->lemma_of[w]));
        add_part(e, key_of_word(r, w));
    }
    const ds_name *name = name_at(r, p);
    for (uint32_t w = p->m.word_end; w < r->s.doc->sents[p->m.sent].word_end && name->role.end;
         w++) {
        if (r->s.doc->words[w].span.end > name->role.end)
            break;
        if (r->s.doc->words[w].span.beg >= name->role.beg &&
            word_class_at(r, w, NULL) == W_PERSON) {
            add_head(e, word_key(r->s.parse->lemma_of[w]));
            break; /* the first is the noun, what follows describes it */
        }
    }
    bool fuller = e->best == NONE || n->len > words_of(r, phrase_at(r, e->best)).len;
    if (fuller)
        e->best = (uint32_t)(p - r->phrases.at);
}

/* "World Bank (WB)": the name in brackets right behind another is the same. */
static uint32_t bracketed(const resolver *r, uint32_t i)
{
    const phrase *p = phrase_at(r, i), *b = p + 1;
    if (i + 1 >= r->phrases.len || b->name == NONE || b->m.sent != p->m.sent ||
        b->m.word != p->m.word_end + 1 || b->type == DS_NAME_PERSON || !one_capital_word(r, b))
        return NONE;
    return ds_str_eq(text_of_word(r, p->m.word_end), DS_STR("(")) ? i + 1 : NONE;
}

static ds_status join_name(resolver *r, uint32_t i)
{
    phrase *p = phrase_at(r, i);
    name_words n = words_of(r, p);
    if (p->m.entity == NONE) {
        uint32_t e = n.len ? known(r, p, &n) : NONE;
        if (e == NONE && n.len == 1 && p->type == DS_NAME_PERSON && p->m.gender == DS_GENDER_NONE)
            p->m.gender = given_gender(r, text_of_word(r, p->m.head_word));
        if (e == NONE)
            DS_TRY(new_entity(r, i));
        else
            join(r, i, e);
    }
    uint32_t e = p->m.entity, b = bracketed(r, i);
    if (n.len)
        put_keys(r, p, &n, e);
    learn(r, p, &n, e);
    if (b != NONE && p->type != DS_NAME_PERSON && n.len > 1 && phrase_at(r, b)->m.entity == NONE) {
        name_words short_for = words_of(r, phrase_at(r, b));
        put_key(r, KEY_FULL, chain(&short_for, 0), e);
        join(r, b, e);
    }
    return DS_OK;
}

static ds_status make_slots(resolver *r)
{
    size_t want = 64;
    while (want < (size_t)2 * KEYS_PER_NAME * r->s.parse->names_len)
        want *= 2;
    r->slots = ds_arena_calloc(r->s.arena, want, sizeof *r->slots);
    r->slots_mask = (uint32_t)want - 1;
    return r->slots ? DS_OK : DS_NOMEM;
}

static void join_stand_in(resolver *r, uint32_t i)
{
    phrase *p = phrase_at(r, i);
    uint64_t actor = stands_for(r, p), word = key_of_word(r, p->m.head_word);
    bool of_person = slot_of(r, KEY_LAST, word)->key || slot_of(r, KEY_FIRST, word)->key;
    if (actor && p->type == DS_NAME_PERSON && !of_person)
        p->type = DS_NAME_PLACE; /* the language stage takes what speaks for a person */
    uint32_t e = actor ? only(r, KEY_ACTOR, actor, p) : NONE;
    if (e != NONE)
        join(r, i, e);
}

enum { SEVERAL_WORDS, ONE_WORD, STAND_INS, REST, PASSES };

/* Names of several words first: those of one word may be parts of them, also in a headline above them. What stands for another
 * comes last, or, where that has no name here, for itself. */
ds_status join_names(resolver *r)
{
    DS_TRY(make_slots(r));
    for (int pass = 0; pass < PASSES; pass++)
        for (uint32_t i = 0; i < r->phrases.len; i++) {
            const phrase *p = phrase_at(r, i);
            if (p->name == NONE || p->m.entity != NONE)
                continue;
            bool now = (words_of(r, p).len < 2) == (pass == ONE_WORD) && !stands_for(r, p);
            if (pass == STAND_INS)
                join_stand_in(r, i);
            else if (pass == REST || now)
                DS_TRY(join_name(r, i));
        }
    return DS_OK;
}
