/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - what words of a document show, for finding names in it: shapes, phrases, runs of capitals, other places.
 *
 * Layer    language; uses base, text, ICU's character properties
 * Method   features of a linear conditional random field (names_model.h); those of whole documents after Ratinov and Roth
 *          2009: what the document shows of a word anywhere (names_seen.c), and, for a second reading, what the first one
 *          called it elsewhere (names_vote.c)
 * Input    the words of a document, sentence by sentence; a gazetteer; learned classes of words
 * Output   hashes of the features of a word
 * Memory   all lives in the arena
 * Errors   DS_NOMEM
 * Cost     about a hundred features a word, of the words near capitals only
 * Threads  safe with one arena per thread
 */
#ifndef DS_LANGUAGE_NAMES_H
#define DS_LANGUAGE_NAMES_H

#include "language/gazetteer.h"

/* ---- labels ----------------------------------------------------------------------------------------- */

/* 0 outside; of type t (ds_name_type) 1 + 2t begins a name, 2 + 2t goes on. */
enum { NM_LABELS = 11 };
static inline uint8_t nm_label(ds_name_type type, bool inside)
{
    return (uint8_t)(1 + 2 * type + inside);
}
static inline ds_name_type nm_type(uint8_t label) /* not of 0 */
{
    return (ds_name_type)((label - 1) / 2);
}
static inline bool nm_inside(unsigned label)
{
    return label && label % 2 == 0;
}
static inline bool nm_follows(unsigned before, unsigned label)
{
    return !nm_inside(label) || before == label || before + 1 == label;
}

/* ---- words ------------------------------------------------------------------------------------------ */

enum nm_flag {
    NM_CAP = 1,     /* first letter upper case */
    NM_ALLCAP = 2,  /* two letters or more, all upper case */
    NM_FIRST = 4,   /* first word of its sentence, opening marks passed over */
    NM_SPACE = 8,   /* white space before it */
    NM_CLOSED = 16, /* "the", "of" */
    NM_WORD = 32,   /* has a letter */
    NM_LOUD = 64,   /* all long words of its sentence have capitals */
    NM_JOIN = 128,  /* may stand inside a name: "of", "and", "-", "&" */
    NM_TAIL = 256,  /* second half of a given name: "Ing-wen" */
};

enum nm_seen {                       /* what the document shows of a word anywhere */
               NM_SEEN_MID = 1,      /* capitalised inside a sentence */
               NM_SEEN_LOW = 2,      /* in small letters */
               NM_SEEN_TITLE = 4,    /* behind a title: "President Yoon" */
               NM_SEEN_GIVEN = 8,    /* behind a given name */
               NM_SEEN_SAID = 16,    /* before a verb of speech */
               NM_SEEN_IN = 32,      /* behind a preposition of place */
               NM_SEEN_ORG = 64,     /* in a run with a word of organizations, or short for one */
               NM_SEEN_PLACE = 128,  /* before a word of places: "Varn province" */
               NM_SEEN_THE = 256,    /* behind "the" */
               NM_SEEN_LONG = 512,   /* not first in a run that begins with a given name */
               NM_SEEN_PAREN = 1024, /* alone in brackets */
};

typedef struct nm_word {
    ds_str text;
    uint32_t key; /* gz_key */
    uint32_t low; /* hash of the word in small letters, digits as 0 */
    uint32_t end; /* hash of its last three letters; 0: not longer than that */
    uint32_t shape;
    gz_marks gz;
    uint32_t run;   /* which of nm_text.runs it is in */
    uint16_t seen;  /* nm_seen */
    uint8_t cls;    /* learned class, 0: unknown */
    uint16_t flags; /* nm_flag */
    uint8_t vote
        [2]; /* nm_vote_of: what a first reading calls the word elsewhere: anywhere, in longer names */
} nm_word;

#define NM_KEY_SET (1u << 31)

typedef struct nm_range {
    uint32_t beg, end; /* words */
} nm_range;

typedef struct nm_text {
    nm_word *words;
    size_t len;
    const nm_range *sents;
    size_t sents_len;
    nm_range *runs; /* capitalised words, joined by small ones: "Bank of Varn"; runs[0] is none */
    size_t runs_len;
    uint64_t *near; /* a bit for each word: a name may be here */
} nm_text;

/* Learned classes of words, read in place: slots by the hash of the word in small letters. */
typedef struct nm_classes {
    const uint32_t *slots; /* upper 24 bits of the hash, class; 0: free */
    uint32_t mask;         /* 0: there are none */
} nm_classes;

/* A place for each key of words, by open addressing: what is known of the words that share it lies there. */
typedef struct nm_keys {
    uint32_t *at; /* key with its upper bit set; 0: free */
    uint32_t mask;
} nm_keys;

ds_status nm_keys_open(ds_arena *a, size_t keys, nm_keys *out); /* for so many keys at most */
/* Where the key is, or where it would be: `at` is 0 there. */
static inline uint32_t nm_key_place(const nm_keys *k, uint32_t key)
{
    uint32_t i = ((key | NM_KEY_SET) * 0x9E3779B1u) >> 7 & k->mask;
    while (k->at[i] && k->at[i] != (key | NM_KEY_SET))
        i = (i + 1) & k->mask;
    return i;
}

/* Fills all but `text`, NM_SPACE and `vote` of the words, and all but words and sents of the text. */
ds_status nm_look(ds_arena *a, const ds_gazetteer *g, const nm_classes *c, nm_text *t);
ds_status nm_look_around(ds_arena *a, nm_text *t); /* part of nm_look: `seen` */
/* A vote: what most of several uses are, and how sure that is: 0 one use, 1 most, 2 all. 0: there are none. */
enum { NM_NO_NAME = DS_NAME_OTHER + 1, NM_KINDS }; /* ds_name_type before it */
static inline uint8_t nm_vote_of(unsigned kind, unsigned sure)
{
    return (uint8_t)(1 + kind * 3 + sure);
}
static inline unsigned nm_vote_kind(uint8_t vote) /* not of 0 */
{
    return (vote - 1u) / 3;
}
static inline unsigned nm_kind(uint8_t label)
{
    return label ? (unsigned)nm_type(label) : NM_NO_NAME;
}
/* Fills `vote` by the labels of a first reading. */
ds_status nm_vote(ds_arena *a, nm_text *t, const uint8_t *labels);

static inline bool nm_near(const nm_text *t, size_t i)
{
    return t->near[i / 64] >> (i % 64) & 1;
}
static inline uint32_t nm_marks(const nm_word *w) /* classes of all phrases that it is in */
{
    return w->gz.one | w->gz.beg | w->gz.in;
}
/* The run that word i, in brackets behind it, is short for: "Ministry of Culture (MOC)"; 0: none. */
uint32_t nm_short_for(const nm_text *t, const nm_range *sent, uint32_t i);
/* The `low` of a word. */
uint32_t nm_low(ds_str word);
/* Hashes of the first and the last 2, 3, 4 letters of a word in small letters; 0: it is not longer than that. */
void nm_ends(ds_str word, uint32_t first[3], uint32_t last[3]);

/* ---- features ---------------------------------------------------------------------------------------- */

enum { NM_FEATURES_MOST = 192 };
/* Hashes of the features of word i of a sentence; their number. */
size_t nm_features(const nm_text *t, const nm_range *sent, size_t i,
                   uint32_t out[NM_FEATURES_MOST]);

#endif
