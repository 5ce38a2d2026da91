/* SPDX-License-Identifier: Apache-2.0 */
/* names_seen.c - what a document shows of each word anywhere: "Yoon" alone is a person where "President Yoon" stands
 * elsewhere. Gathered by the word's key from all its uses. */
#include "language/names.h"

enum { ACRONYM_MOST = 8 }; /* words that it can be short for */

typedef struct map { /* of the words that have a capital somewhere */
    nm_keys keys;
    uint16_t *seen; /* beside them */
} map;

static void put(const map *m, uint32_t key, unsigned seen)
{
    uint32_t i = nm_key_place(&m->keys, key);
    m->keys.at[i] = key | NM_KEY_SET;
    m->seen[i] |= (uint16_t)seen;
}

static bool is(const nm_word *w, char c)
{
    return w->text.len == 1 && w->text.at[0] == c;
}

static bool has(const nm_word *w, uint32_t classes)
{
    return w && nm_marks(w) & classes;
}

static bool in_brackets(const nm_text *t, const nm_range *s, uint32_t i)
{
    return i > s->beg && i + 1 < s->end && is(&t->words[i - 1], '(') && is(&t->words[i + 1], ')');
}

static unsigned by_neighbours(const nm_text *t, const nm_range *s, uint32_t i)
{
    const nm_word *w = &t->words[i], *l = i > s->beg ? w - 1 : NULL,
                  *r = i + 1 < s->end ? w + 1 : NULL;
    unsigned e = 0;
    e |= has(l, GZ_BIT(GZ_TITLE) | GZ_BIT(GZ_ROLE)) ? NM_SEEN_TITLE : 0;
    e |= l && l->gz.one & GZ_BIT(GZ_GIVEN) ? NM_SEEN_GIVEN : 0;
    e |= has(r, GZ_BIT(GZ_SPEECH)) ? NM_SEEN_SAID : 0;
    e |= has(l, GZ_BIT(GZ_NEAR)) ? NM_SEEN_IN : 0;
    e |= l && l->text.len == 3 && strncasecmp(l->text.at, "the", 3) == 0 ? NM_SEEN_THE : 0;
    e |= r && (r->gz.one | r->gz.beg) & GZ_BIT(GZ_PLACEWORD) ? NM_SEEN_PLACE : 0;
    e |= in_brackets(t, s, i) ? NM_SEEN_PAREN : 0;
    return e;
}

static bool of_organization(const nm_text *t, nm_range r)
{
    return has(&t->words[r.end - 1], GZ_BIT(GZ_ORGEND)) || has(&t->words[r.beg], GZ_BIT(GZ_ORGEND));
}

static unsigned by_run(const nm_text *t, uint32_t i)
{
    nm_range r = t->runs[t->words[i].run];
    if (r.end - r.beg < 2)
        return 0;
    bool given = i > r.beg && t->words[r.beg].gz.one & GZ_BIT(GZ_GIVEN);
    return (of_organization(t, r) ? NM_SEEN_ORG : 0) | (given ? NM_SEEN_LONG : 0);
}

/* Is `w` made of first letters of the run before it? */
static bool made_of(const nm_text *t, const nm_word *w, nm_range r)
{
    size_t at = 0;
    for (uint32_t i = r.beg; i < r.end; i++)
        at += at < w->text.len && t->words[i].text.at[0] == w->text.at[at];
    return at == w->text.len;
}

uint32_t nm_short_for(const nm_text *t, const nm_range *s, uint32_t i)
{
    const nm_word *w = &t->words[i];
    if (!(w->flags & NM_ALLCAP) || i < s->beg + 2 || !in_brackets(t, s, i))
        return 0;
    nm_range r = t->runs[w[-2].run];
    return r.end == i - 1 && r.end - r.beg <= ACRONYM_MOST && made_of(t, w, r) ? w[-2].run : 0;
}

static void gather(const map *m, const nm_text *t, const nm_range *s)
{
    for (uint32_t i = s->beg; i < s->end; i++) {
        const nm_word *w = &t->words[i];
        if (!(w->flags & NM_CAP))
            continue;
        uint32_t run = nm_short_for(t, s, i);
        put(m, w->key, w->flags & (NM_FIRST | NM_LOUD) ? 0 : NM_SEEN_MID);
        put(m, w->key, by_neighbours(t, s, i) | by_run(t, i));
        put(m, w->key, run && of_organization(t, t->runs[run]) ? NM_SEEN_ORG : 0);
    }
}

ds_status nm_keys_open(ds_arena *a, size_t keys, nm_keys *out)
{
    uint32_t cap = 64;
    while (cap < 2 * keys)
        cap *= 2;
    *out = (nm_keys){ds_arena_calloc(a, cap, sizeof *out->at), cap - 1};
    return out->at ? DS_OK : DS_NOMEM;
}

ds_status nm_look_around(ds_arena *a, nm_text *t)
{
    size_t caps = 0;
    map m;
    for (size_t i = 0; i < t->len; i++)
        caps += (t->words[i].flags & NM_CAP) != 0;
    DS_TRY(nm_keys_open(a, caps, &m.keys));
    m.seen = ds_arena_calloc(a, m.keys.mask + 1, sizeof *m.seen);
    if (!m.seen)
        return DS_NOMEM;
    for (size_t n = 0; n < t->sents_len; n++)
        gather(&m, t, &t->sents[n]);
    for (size_t i = 0; i < t->len; i++) {
        uint32_t at = nm_key_place(&m.keys, t->words[i].key);
        if (m.keys.at[at] && t->words[i].flags & NM_WORD && !(t->words[i].flags & NM_CAP))
            m.seen[at] |= NM_SEEN_LOW;
    }
    for (size_t i = 0; i < t->len; i++) {
        const nm_word *w = &t->words[i];
        uint32_t at = nm_key_place(&m.keys, w->key);
        t->words[i].seen = m.keys.at[at] ? m.seen[at] : w->flags & NM_WORD ? NM_SEEN_LOW : 0;
    }
    return DS_OK;
}
