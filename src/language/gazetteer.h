/* SPDX-License-Identifier: Apache-2.0 */
/* gazetteer.h - which words of a text are, or begin, or lie in, phrases of the tables of names.
 *
 * Layer    language; uses base, text
 * Method   one open-addressing table of hashes: of every phrase of countries, places, persons, organizations and
 *          namewords, and of its beginnings; phrases are compared without case marks, accents, full stops
 * Input    keys and case of words as nm_text has them
 * Output   for each class a bit in one of three masks of a word: a phrase of it is this word alone, begins here, goes
 *          on here; the longest phrase of a class wins
 * Memory   read in place; what ds_gazetteer_make makes lives in its arena
 * Errors   DS_NOMEM; DS_BAD: not such a section, a table or kind that is not known; DS_LIMIT: too many phrases
 * Cost     about two look-ups a word
 * Threads  read-only after open
 */
#ifndef DS_LANGUAGE_GAZETTEER_H
#define DS_LANGUAGE_GAZETTEER_H

#include "text/text.h"

enum gz_class {
    GZ_COUNTRY,
    GZ_ADJECTIVE, /* "Norwegian" */
    GZ_PEOPLE,    /* "Norwegians" */
    GZ_GROUP,     /* "Kurdish", "Sunnis" */
    GZ_WORLD,     /* "East Africa" */
    GZ_NATURE,    /* waters, mountains, islands */
    GZ_REGION,
    GZ_CITY,
    GZ_LANDMARK,
    GZ_GIVEN,
    GZ_FAMILY,
    GZ_ORG,
    GZ_MEDIA,
    GZ_COMPANY,
    GZ_TEAM,
    GZ_ORGEND,
    GZ_PLACEWORD,
    GZ_FACILITY,
    GZ_OTHERWORD,
    GZ_TITLE,
    GZ_ROLE,
    GZ_PARTICLE,
    GZ_TIME,
    GZ_FEATURES, /* the classes before are features themselves */
    GZ_CLOSED = GZ_FEATURES,
    GZ_JOIN,
    GZ_TAIL,
    GZ_SPEECH,
    GZ_NEAR,
    GZ_HONORIFIC,
    GZ_MODIFIER,
    GZ_COUNT
};
#define GZ_BIT(c) (1u << (c))
#define GZ_PLACES                                                                                  \
    (GZ_BIT(GZ_COUNTRY) | GZ_BIT(GZ_WORLD) | GZ_BIT(GZ_NATURE) | GZ_BIT(GZ_REGION) |               \
     GZ_BIT(GZ_CITY) | GZ_BIT(GZ_LANDMARK))
#define GZ_GROUPS (GZ_BIT(GZ_ADJECTIVE) | GZ_BIT(GZ_PEOPLE) | GZ_BIT(GZ_GROUP))
#define GZ_ORGS (GZ_BIT(GZ_ORG) | GZ_BIT(GZ_MEDIA) | GZ_BIT(GZ_COMPANY) | GZ_BIT(GZ_TEAM))

#define GZ_PHRASE_MOST 8 /* words of a phrase */

typedef struct gz_slot {
    uint32_t hash; /* of words chained; 0: free */
    uint16_t any,
        cap; /* numbers of sets: of phrases that match words in any case, only with a capital */
} gz_slot;

typedef struct ds_gazetteer { /* a view of its section, which must outlive it */
    const uint32_t *sets;     /* masks of GZ_BIT and GZ_GOES_ON */
    const gz_slot *slots;
    uint32_t sets_len, mask;
} ds_gazetteer;
#define GZ_GOES_ON (1u << 31) /* a longer phrase begins with these words */

typedef struct gz_word { /* what a word looks like to the gazetteer */
    uint32_t key;        /* gz_key of its text */
    bool cap, allcap;
} gz_word;

typedef struct gz_marks { /* masks of GZ_BIT */
    uint32_t one, beg, in;
} gz_marks;

ds_status ds_gazetteer_open(ds_str section, ds_gazetteer *out, ds_err *err);
/* The section of some tables of the names in gz_tables, by columns phrase and kind. */
ds_status ds_gazetteer_make(ds_arena *a, const ds_table *tables, size_t n, ds_str *out,
                            ds_err *err);
extern const char *const gz_tables[]; /* NULL at the end */

/* Hash of a word in lower case, without accents of Latin letters and full stops. */
uint32_t gz_key(ds_str word);
/* Marks the words of one sentence; `out` is zeroed by the caller. */
void ds_gazetteer_mark(const ds_gazetteer *g, const gz_word *words, size_t len, gz_marks *out);
/* Bits of the phrase that these words are. */
uint32_t ds_gazetteer_find(const ds_gazetteer *g, const gz_word *words, size_t len);

#endif
