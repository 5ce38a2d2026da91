/* SPDX-License-Identifier: Apache-2.0 */
/* Nouns and pronouns in text order: what they come back to among the entities that the page named last. */
#include "annotate/coref_internal.h"

enum {
    SENTENCES_NOUN = 24,   /* how far a noun looks back */
    SENTENCES_ANY = 3,     /* "the company": how far */
    SENTENCES_PRONOUN = 4, /* pronouns */
    CLIMB_MOST = 6,        /* heads above a pronoun */
    SUBJECT_FAR = 48,      /* words between a verb and its subject */
    OWN_MORE = 100,        /* per cent that the subject of the clause has more */
    NAMED_MORE = 75,       /* and one that has a name */
    FOCUS_LEAST = 4,       /* mentions of the one whom the page is about */
    FOCUS_CLEARLY = 200,
    CLEARLY = 110, /* the best in per cent of the next, at least */
};

/* ---- entities --------------------------------------------------------------------------------------------------- */

bool has_head(const entity *e, uint64_t noun)
{
    for (uint32_t i = 0; i < e->heads_len; i++)
        if (e->heads[i] == noun)
            return true;
    return false;
}

bool has_part(const entity *e, uint64_t key)
{
    for (uint32_t i = 0; i < e->parts_len; i++)
        if (e->parts[i] == key)
            return true;
    return false;
}

void add_head(entity *e, uint64_t noun)
{
    if (noun && e->heads_len < HEADS_MOST && !has_head(e, noun))
        e->heads[e->heads_len++] = noun;
}

void add_part(entity *e, uint64_t key)
{
    if (key && e->parts_len < PARTS_MOST && !has_part(e, key))
        e->parts[e->parts_len++] = key;
}

ds_status new_entity(resolver *r, uint32_t p)
{
    entity e = {.type = phrase_at(r, p)->type, .best = NONE, .first = p, .latest = NONE};
    DS_TRY(DS_PUSH(r->s.arena, &r->entities, e));
    join(r, p, (uint32_t)r->entities.len - 1);
    if (phrase_at(r, p)->m.form == DS_MENTION_NAME && phrase_at(r, p)->name == NONE)
        entity_at(r, (uint32_t)r->entities.len - 1)->best = p; /* several are named by all */
    return DS_OK;
}

void join(resolver *r, uint32_t at, uint32_t to)
{
    phrase *p = phrase_at(r, at);
    entity *e = entity_at(r, to);
    p->m.entity = to;
    e->count++;
    e->first = at < e->first ? at : e->first;
    if (e->gender == DS_GENDER_NONE && e->type == DS_NAME_PERSON)
        e->gender = p->m.gender;
    if (e->number == DS_NUMBER_NONE && p->m.form != DS_MENTION_PRONOUN)
        e->number = p->m.number;
    if (p->m.form != DS_MENTION_NOMINAL)
        return;
    add_head(e, p->noun);
    for (uint32_t w = p->m.word; w < p->m.word_end; w++)
        add_part(e, key_of_word(r, w));
}

/* ---- salience ------------------------------------------------------------------------------------------------------ */

static uint32_t weight_by_place(const phrase *p)
{
    switch (p->rel) {
    case R_NSUBJ:
        return 1000;
    case R_NSUBJ_PASS:
        return 900;
    case R_OBJ:
    case R_IOBJ:
        return 500;
    case R_NMOD_POSS:
        return 450;
    case R_COMPOUND:
        return 150;
    case R_APPOS:
        return 300;
    default:
        return 350;
    }
}

/* Things are come back to less than persons and bodies are. */
static uint32_t weight_of(const phrase *p)
{
    uint32_t w = weight_by_place(p);
    bool thing = p->type == DS_NAME_OTHER && p->m.form == DS_MENTION_NOMINAL;
    return (thing && w < 900) || p->def == DEF_NUMBER ? w / 2 : w;
}

static uint32_t weight_now(const resolver *r, const entity *e, uint32_t sent)
{
    uint32_t ago = e->latest == NONE ? 31 : sent - phrase_at(r, e->latest)->m.sent;
    return ago < 31 ? e->weight >> ago : 0;
}

/* The text has come to the phrase. */
static void pass(resolver *r, uint32_t at)
{
    const phrase *p = phrase_at(r, at);
    entity *e = entity_at(r, p->m.entity);
    uint32_t w = weight_of(p), i = 0;
    e->weight = weight_now(r, e, p->m.sent) + (p->quote ? w / 2 : w);
    e->latest = at;
    while (i < r->near_len && r->near[i] != p->m.entity)
        i++;
    if (i == r->near_len && r->near_len < NEAR_MOST)
        r->near_len++;
    if (i == NEAR_MOST)
        i--;
    memmove(&r->near[1], &r->near[0], i * sizeof r->near[0]);
    r->near[0] = p->m.entity;
}

static uint32_t ago(const resolver *r, const entity *e, const phrase *p)
{
    return p->m.sent - phrase_at(r, e->latest)->m.sent;
}

/* ---- nouns ------------------------------------------------------------------------------------------------------------ */

static bool same_number(const entity *e, const phrase *p)
{
    return e->number == DS_NUMBER_NONE || p->m.number == DS_NUMBER_NONE || e->number == p->m.number;
}

static bool same_gender(const entity *e, const phrase *p)
{
    return e->gender == DS_GENDER_NONE || p->m.gender == DS_GENDER_NONE || e->gender == p->m.gender;
}

/* Does the entity have all that stands before the noun? "the foreign minister" is not "the minister of finance". */
static bool describes(const resolver *r, const phrase *p, const entity *e)
{
    for (uint32_t w = p->m.word; w < p->m.word_end - 1; w++) {
        ds_upos u = word_upos(&r->t, w);
        uint64_t k = key_of_word(r, w);
        bool tells = u == DS_NOUN || u == DS_PROPN || u == DS_ADJ || u == DS_NUM;
        if (tells && k && !has_part(e, k))
            return false;
    }
    return true;
}

static bool names_before(const resolver *r, const phrase *p)
{
    for (uint32_t w = p->m.word; w < p->m.word_end - 1; w++)
        if (word_upos(&r->t, w) == DS_PROPN)
            return true;
    return false;
}

static uint32_t by_head_noun(const resolver *r, const phrase *p)
{
    for (uint32_t i = 0; i < r->near_len; i++) {
        const entity *e = entity_at(r, r->near[i]);
        if (e->type == p->type && has_head(e, p->noun) && same_number(e, p) && same_gender(e, p) &&
            ago(r, e, p) <= SENTENCES_NOUN && describes(r, p, e))
            return r->near[i];
    }
    return NONE;
}

/* "the company", "the country": the only one of its kind near by. */
static uint32_t by_kind(const resolver *r, const phrase *p)
{
    uint32_t found = NONE;
    if (p->m.number != DS_NUMBER_ONE || p->m.word_end - p->m.word != 2)
        return NONE;
    for (uint32_t i = 0; i < r->near_len; i++) {
        const entity *e = entity_at(r, r->near[i]);
        bool kind = p->cls == W_ANYORG ? e->type == DS_NAME_ORG : e->country;
        if (!kind || e->best == NONE || ago(r, e, p) > SENTENCES_ANY)
            continue;
        if (found != NONE)
            return NONE;
        found = r->near[i];
    }
    return found;
}

static ds_status resolve_noun(resolver *r, uint32_t at)
{
    const phrase *p = phrase_at(r, at);
    uint32_t e = NONE;
    bool again = p->def == DEF_THE || (p->def == DEF_BARE && names_before(r, p));
    if (again)
        e = by_head_noun(r, p);
    if (e == NONE && p->def == DEF_THE && (p->cls == W_ANYORG || p->cls == W_COUNTRY))
        e = by_kind(r, p);
    if (e == NONE)
        return new_entity(r, at);
    join(r, at, e);
    return DS_OK;
}

/* ---- pronouns ------------------------------------------------------------------------------------------------------------- */

static uint32_t speaker_of(const resolver *r, const phrase *p)
{
    uint32_t s = p->quote ? r->speakers[p->quote] : NONE;
    return s == NONE ? NONE : phrase_at(r, s)->m.entity;
}

/* Its subject; NONE: none, or no phrase. */
static uint32_t subject_of_verb(const resolver *r, const phrase *p, uint32_t verb)
{
    const ds_node *nodes = r->s.parse->nodes;
    const ds_sentence *in = &r->s.doc->sents[p->m.sent];
    uint32_t beg = verb > in->word + SUBJECT_FAR ? verb - SUBJECT_FAR : in->word;
    uint32_t end = verb + SUBJECT_FAR < in->word_end ? verb + SUBJECT_FAR : in->word_end;
    for (uint32_t w = beg; w < end; w++) {
        rel x = (rel)r->t.names[nodes[w].rel];
        if (nodes[w].head == verb && (x == R_NSUBJ || x == R_NSUBJ_PASS) && r->of_word[w] != NONE)
            return w;
    }
    return NONE;
}

static uint32_t s_entity(const resolver *r, uint32_t w)
{
    return phrase_at(r, r->of_word[w])->m.entity;
}

/* "Holm told him": the subject is somebody else. */
static uint32_t barred(const resolver *r, const phrase *p)
{
    if (p->governor == NONE || (p->rel != R_OBJ && p->rel != R_IOBJ && p->rel != R_OBL))
        return NONE;
    uint32_t w = subject_of_verb(r, p, p->governor);
    return w == NONE || w == p->m.head_word ? NONE : s_entity(r, w);
}

/* "The ministry said they": a body is they only shortly after it was the one that did something. */
static bool body_of_many(const resolver *r, const phrase *p, const entity *e)
{
    const phrase *last = phrase_at(r, e->latest);
    if (e->type == DS_NAME_GROUP)
        return true;
    return e->type == DS_NAME_ORG && ago(r, e, p) <= 1 &&
           (last->rel == R_NSUBJ || last->rel == R_NSUBJ_PASS);
}

static bool can_be(const resolver *r, const phrase *p, const entity *e)
{
    switch (p->cls) {
    case W_HE:
        return e->type == DS_NAME_PERSON && e->number != DS_NUMBER_MANY && same_gender(e, p);
    case W_IT:
        return e->type != DS_NAME_PERSON && e->type != DS_NAME_GROUP && e->number != DS_NUMBER_MANY;
    case W_THEY:
        return e->number == DS_NUMBER_MANY || body_of_many(r, p, e);
    default:
        return false;
    }
}

/* Somebody whom only a quotation has named is nobody outside of it; "it" and "they" do not reach out of a quotation, "he" and
 * "she" do: they are somebody else than the speaker. */
static bool reaches(const resolver *r, const phrase *p, const entity *e)
{
    uint16_t q = phrase_at(r, e->latest)->quote;
    if (q == p->quote)
        return true;
    return p->quote ? p->cls == W_HE : e->count > 1;
}

/* "Holm lost her seat", "Holm says she won": the subject of the clause, or of the one above. */
static uint32_t own_subject(const resolver *r, const phrase *p)
{
    const ds_node *nodes = r->s.parse->nodes;
    uint32_t w = p->governor;
    for (int i = 0; i < CLIMB_MOST && w != NONE && w < DS_UNPARSED; i++) {
        uint32_t s = subject_of_verb(r, p, w);
        if (s != NONE && s < p->m.head_word)
            return s_entity(r, s);
        w = nodes[w].head;
    }
    return NONE;
}

/* "Discussing his plan, Holm said": the named subject behind the pronoun that its clause hangs below. */
static uint32_t later_subject(const resolver *r, const phrase *p)
{
    const ds_node *nodes = r->s.parse->nodes;
    uint32_t w = p->governor;
    for (int i = 0; i < CLIMB_MOST && w != NONE && w < DS_UNPARSED; i++) {
        uint32_t s = subject_of_verb(r, p, w);
        if (s != NONE && s > p->m.head_word) {
            uint32_t e = s_entity(r, s);
            bool named = e != NONE && entity_at(r, e)->best != NONE;
            return named && can_be(r, p, entity_at(r, e)) ? e : NONE;
        }
        w = nodes[w].head;
    }
    return NONE;
}

typedef struct best_two { /* the first by weight and how much the next has */
    uint32_t who, most, next;
} best_two;

static void weigh(best_two *b, uint32_t who, uint32_t weight)
{
    if (weight > b->most) {
        b->next = b->most;
        b->most = weight;
        b->who = who;
    } else if (weight > b->next) {
        b->next = weight;
    }
}

static uint32_t clearly(const best_two *b, uint32_t per_cent)
{
    return (uint64_t)b->most * 100 >= (uint64_t)b->next * per_cent ? b->who : NONE;
}

static uint32_t most_salient(const resolver *r, const phrase *p)
{
    best_two near = {NONE, 0, 0}, page = {NONE, 0, 0};
    uint32_t speaker = speaker_of(r, p), not_him = barred(r, p), own = own_subject(r, p);
    for (uint32_t i = 0; i < r->near_len; i++) {
        uint32_t x = r->near[i];
        const entity *e = entity_at(r, x);
        if (x == speaker || x == not_him || !can_be(r, p, e) || !reaches(r, p, e))
            continue;
        uint32_t w = weight_now(r, e, p->m.sent);
        if (p->quote && phrase_at(r, e->latest)->quote)
            w *= 2; /* what is quoted goes on from what was quoted */
        if (x == own)
            w += w * OWN_MORE / 100;
        if (e->best != NONE)
            w += w * NAMED_MORE / 100;
        if (ago(r, e, p) <= SENTENCES_PRONOUN)
            weigh(&near, x, w);
        if (e->best != NONE)
            weigh(&page, x, e->count);
    }
    if (near.most || p->cls != W_HE)
        return clearly(&near, CLEARLY);
    uint32_t later = p->quote ? NONE : later_subject(r, p);
    if (later != NONE)
        return later;
    return page.most >= FOCUS_LEAST ? clearly(&page, FOCUS_CLEARLY) : NONE;
}

static ds_status resolve_pronoun(resolver *r, uint32_t at)
{
    phrase *p = phrase_at(r, at);
    uint32_t e = p->pleonastic ? NONE : most_salient(r, p);
    if (e == NONE)
        return new_entity(r, at);
    join(r, at, e);
    return DS_OK;
}

/* ---- all -------------------------------------------------------------------------------------------------------------------- */

static ds_status resolve_phrase(resolver *r, uint32_t at)
{
    phrase *p = phrase_at(r, at);
    if (p->m.entity != NONE)
        return DS_OK;
    if (p->same != NONE && phrase_at(r, p->same)->m.entity != NONE) {
        join(r, at, phrase_at(r, p->same)->m.entity);
        return DS_OK;
    }
    if (p->m.form == DS_MENTION_NAME)
        return new_entity(r, at);
    return p->m.form == DS_MENTION_PRONOUN ? resolve_pronoun(r, at) : resolve_noun(r, at);
}

/* "I" is who says it; known only now, since speakers often stand behind what they say. */
static ds_status resolve_speakers(resolver *r)
{
    for (uint32_t i = 0; i < r->phrases.len; i++) {
        phrase *p = phrase_at(r, i);
        if (p->cls != W_FIRST)
            continue;
        uint32_t e = speaker_of(r, p);
        if (e != NONE && entity_at(r, e)->type == DS_NAME_PERSON)
            join(r, i, e);
        else
            DS_TRY(new_entity(r, i));
    }
    return DS_OK;
}

ds_status resolve(resolver *r)
{
    for (uint32_t i = 0; i < r->phrases.len; i++) {
        if (phrase_at(r, i)->cls == W_FIRST)
            continue;
        DS_TRY(resolve_phrase(r, i));
        pass(r, i);
    }
    return resolve_speakers(r);
}
