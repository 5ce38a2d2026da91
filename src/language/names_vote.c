/* SPDX-License-Identifier: Apache-2.0 */
/* names_vote.c - what a first reading called the same word elsewhere in the document: "Erlich" is a person there, and in the
 * longer name "Dana Erlich". */
#include "language/names.h"

enum { NO_NAME = 5, KINDS }; /* ds_name_type before them */

typedef struct tally {
    uint32_t key;           /* 0: free */
    uint16_t all[KINDS];    /* uses of the word */
    uint16_t longer[KINDS]; /* those in names of two words and more */
} tally;

typedef struct tallies {
    tally *at;
    uint32_t mask;
} tallies;

static tally *at_key(const tallies *m, uint32_t key)
{
    key |= 1u << 31;
    uint32_t i = (key * 0x9E3779B1u) >> 7 & m->mask;
    while (m->at[i].key && m->at[i].key != key)
        i = (i + 1) & m->mask;
    m->at[i].key = key;
    return &m->at[i];
}

static bool counts(const nm_word *w)
{
    return (w->flags & NM_CAP) && !(w->flags & (NM_CLOSED | NM_JOIN));
}

static unsigned kind_of(uint8_t label)
{
    return label ? (unsigned)nm_type(label) : NO_NAME;
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
        more(&y->all[kind_of(labels[i])]);
        if (in_longer(s, labels, i))
            more(&y->longer[kind_of(labels[i])]);
        if (full)
            more(&y->longer[kind_of(full)]);
    }
}

/* The commonest kind and how sure it is: one vote, a majority, all of several. 0: no votes. `own`: this one's, KINDS: none. */
static uint8_t winner(const uint16_t votes[KINDS], unsigned own)
{
    unsigned sum = 0, best = 0, most = 0;
    for (unsigned k = 0; k < KINDS; k++) {
        unsigned n = votes[k] - (unsigned)(k == own);
        sum += n;
        if (n > most)
            most = n, best = k;
    }
    unsigned sure = sum == 1 ? 0 : most == sum ? 2 : 1;
    return sum ? (uint8_t)(1 + best * 3 + sure) : 0;
}

static void give(const tallies *m, nm_text *t, const nm_range *s, const uint8_t *labels)
{
    for (uint32_t i = s->beg; i < s->end; i++) {
        nm_word *w = &t->words[i];
        w->vote[0] = w->vote[1] = 0;
        if (!counts(w))
            continue;
        const tally *y = at_key(m, w->key);
        unsigned own = says(w, labels[i]) ? kind_of(labels[i]) : KINDS;
        w->vote[0] = winner(y->all, own);
        w->vote[1] = winner(y->longer, in_longer(s, labels, i) ? own : KINDS);
    }
}

ds_status nm_vote(ds_arena *a, nm_text *t, const uint8_t *labels)
{
    uint32_t caps = 0, cap = 64;
    for (size_t i = 0; i < t->len; i++)
        caps += counts(&t->words[i]);
    while (cap < 2 * caps)
        cap *= 2;
    tallies m = {ds_arena_calloc(a, cap, sizeof *m.at), cap - 1};
    if (!m.at)
        return DS_NOMEM;
    for (size_t n = 0; n < t->sents_len; n++)
        take(&m, t, &t->sents[n], labels);
    for (size_t n = 0; n < t->sents_len; n++)
        give(&m, t, &t->sents[n], labels);
    return DS_OK;
}
