/* SPDX-License-Identifier: Apache-2.0 */
/* names_vote.c - what a first reading called the same word elsewhere in the document: "Erlich" is a person there, and in the
 * longer name "Dana Erlich". */
#include "language/names.h"

typedef struct tally {
    uint16_t all[NM_KINDS];    /* uses of the word */
    uint16_t longer[NM_KINDS]; /* those in names of two words and more */
} tally;

typedef struct tallies {
    nm_keys keys;
    tally *at; /* beside them */
} tallies;

static tally *at_key(const tallies *m, uint32_t key)
{
    uint32_t i = nm_key_place(&m->keys, key);
    m->keys.at[i] = key | NM_KEY_SET;
    return &m->at[i];
}

static bool counts(const nm_word *w)
{
    return (w->flags & NM_CAP) && !(w->flags & (NM_CLOSED | NM_JOIN));
}

static bool in_longer(const nm_range *s, const uint8_t *labels, uint32_t i)
{
    return nm_inside(labels[i]) || (labels[i] && i + 1 < s->end && nm_inside(labels[i + 1]));
}

/* Outside names a capital says something only inside a sentence. */
static bool says(const nm_word *w, uint8_t label)
{
    return label || !(w->flags & (NM_FIRST | NM_LOUD));
}

static void more(uint16_t *n)
{
    *n = (uint16_t)(*n + (*n < UINT16_MAX));
}

static void take(const tallies *m, const nm_text *t, const nm_range *s, const uint8_t *labels)
{
    for (uint32_t i = s->beg; i < s->end; i++) {
        const nm_word *w = &t->words[i];
        if (!counts(w) || !says(w, labels[i]))
            continue;
        tally *y = at_key(m, w->key);
        uint32_t run = nm_short_for(t, s, i);
        uint8_t full = run ? labels[t->runs[run].end - 1] : 0;
        more(&y->all[nm_kind(labels[i])]);
        if (in_longer(s, labels, i))
            more(&y->longer[nm_kind(labels[i])]);
        if (full)
            more(&y->longer[nm_kind(full)]);
    }
}

/* The commonest kind and how sure it is: one vote, a majority, all of several. 0: no votes. `own`: this one's, NM_KINDS: none. */
static uint8_t winner(const uint16_t votes[NM_KINDS], unsigned own)
{
    unsigned sum = 0, best = 0, most = 0;
    for (unsigned k = 0; k < NM_KINDS; k++) {
        unsigned n = votes[k] - (unsigned)(k == own);
        sum += n;
        if (n > most)
            most = n, best = k;
    }
    unsigned sure = sum == 1 ? 0 : most == sum ? 2 : 1;
    return sum ? nm_vote_of(best, sure) : 0;
}

static void give(const tallies *m, nm_text *t, const nm_range *s, const uint8_t *labels)
{
    for (uint32_t i = s->beg; i < s->end; i++) {
        nm_word *w = &t->words[i];
        w->vote[0] = w->vote[1] = 0;
        if (!counts(w))
            continue;
        const tally *y = at_key(m, w->key);
        unsigned own = says(w, labels[i]) ? nm_kind(labels[i]) : NM_KINDS;
        w->vote[0] = winner(y->all, own);
        w->vote[1] = winner(y->longer, in_longer(s, labels, i) ? own : NM_KINDS);
    }
}

ds_status nm_vote(ds_arena *a, nm_text *t, const uint8_t *labels)
{
    size_t caps = 0;
    tallies m;
    for (size_t i = 0; i < t->len; i++)
        caps += counts(&t->words[i]);
    DS_TRY(nm_keys_open(a, caps, &m.keys));
    m.at = ds_arena_calloc(a, m.keys.mask + 1, sizeof *m.at);
    if (!m.at)
        return DS_NOMEM;
    for (size_t n = 0; n < t->sents_len; n++)
        take(&m, t, &t->sents[n], labels);
    for (size_t n = 0; n < t->sents_len; n++)
        give(&m, t, &t->sents[n], labels);
    return DS_OK;
}
