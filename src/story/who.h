/* SPDX-License-Identifier: Apache-2.0 */
/* who.h - what the files of ds_story_who share: names in their words, forms of names, unions of forms.
 *
 * Layer    story; never leaves this folder
 * Method   rules from the surest to the least sure over keys of names, so that only forms with one key are compared; whoever
 *          fits two is joined to none
 */
#ifndef DS_STORY_WHO_H
#define DS_STORY_WHO_H

#include "language/language.h"
#include "story/story.h"

bool story_is_upper(uint32_t c); /* words.c */

/* ---- names.c: what a name is made of ------------------------------------------------------------------- */

#define NAME_WORDS 10     /* a longer source is a description */
#define NAME_LAND_WORDS 3 /* "Papua New Guinea" */
#define NAME_SPELLING_BYTES (4 * DS_SPELLING_MOST)

enum word_kind {                     /* what the lexicon knows a word as, and how it is written */
                 W_OFFICE = 1,       /* minister, spokesman, Mr. */
                 W_BODY = 2,         /* ministry, police, Bank */
                 W_SPOT = 4,         /* city, province */
                 W_SUFFIX = 8,       /* Inc. */
                 W_PARTICLE = 16,    /* van, bin, of, the */
                 W_GIVEN = 32,       /* a first name */
                 W_FAMILY = 64,      /* a family name; may be a first name too */
                 W_CAP = 128,        /* has a capital */
                 W_CAPS = 256,       /* capitals and digits alone, two at least */
                 W_INITIAL = 512,    /* one letter, or one and a stop */
                 W_OWNER = 1024,     /* with a possessive ending */
                 W_TIME = 2048,      /* Monday */
                 W_PLACEWORD = 4096, /* "Fort" of "Fort Varn" */
                 W_LOOSE = 8192,     /* report, experts: in lower case nobody in particular */
                 W_EASTERN = 16384,  /* "Jae-un": given names that stand behind the family's */
};

typedef struct name_word {
    ds_str text;     /* without a possessive ending */
    ds_str low;      /* normal form (ds_text_norm) */
    ds_str spelling; /* what its spellings share, as UTF-8 */
    unsigned is;
} name_word;

typedef enum name_class {
    NAME_PERSON,
    NAME_BODY,        /* an organization, a country, a place that speaks */
    NAME_UNKNOWN,     /* a name, of whom nothing tells */
    NAME_DESCRIPTION, /* no name: "navy officials", "the ministry" */
} name_class;

typedef struct name { /* taken apart */
    name_class cls;
    name_word word[NAME_WORDS]; /* without an article before it */
    uint32_t len;
    uint32_t from, to; /* without title and "Inc." */
    bool spoken_for;   /* "a spokesman for" it */
    uint32_t lands;    /* words at `from` that are a country */
    ds_str land;       /* its normal name */
    ds_str actor;      /* normal name of the whole; absent: none */
} name;

/* `holder`: the link's normal name; absent: none. */
ds_status name_read(ds_arena *a, const ds_lexicon *lex, ds_str text, ds_str holder, name *out);
/* "the boatmen": "boatmen". */
ds_str name_without_article(ds_str s);
/* "Norland's": "Norland", *owner true. */
ds_str name_without_owner(ds_str s, bool *owner);
/* What the spellings of a word share (name_word.spelling), in `room`; the parts between hyphens each for itself: "Jae-un" is
 * "Jae un". */
ds_str name_spelled(char room[NAME_SPELLING_BYTES], ds_str word);
ds_status name_word_read(ds_arena *a, const ds_lexicon *lex, ds_str text, name_word *out);
/* A country or its adjective at the first of `len` words: how many words it has, 0: none; and its normal name. */
uint32_t name_land(ds_arena *a, const ds_lexicon *lex, const name_word *w, uint32_t len,
                   ds_str *land);
/* Words [from, to) for comparing: in lower case with blanks between, or the letters that spellings share. */
ds_str name_low(ds_arena *a, const name *n, uint32_t from, uint32_t to);
ds_str name_spelling(ds_arena *a, const name *n, uint32_t from, uint32_t to);
ds_str name_initials(ds_arena *a, const name *n); /* "CPS"; empty: fewer than two */

/* ---- who is who ------------------------------------------------------------------------------------------ */

#define WHO_NONE UINT32_MAX
#define WHO_LONG_NAME                                                                              \
    6 /* letters of a name that may differ in one, or be spelled in several ways: short ones are other names */

typedef DS_VEC(uint32_t) who_members; /* ascending, each once */

typedef struct form { /* a name over all pages; on one page alone where it is no whole name */
    ds_naming at;     /* as it stands first */
    ds_holder_kind kind;
    bool whole; /* a name that is the same on every page */
    bool part;  /* one word that may be the last name of somebody */
    const name *n;
    who_members members; /* that have this form */
    who_members joined;  /* of a root that others were joined to: of all its forms; else empty */
    uint32_t parent;     /* in the union; itself: a root */
} form;

typedef struct told { /* what a text says */
    ds_str words;     /* for comparing */
    ds_naming at;
} told;
typedef struct told_list {
    DS_VEC(told) v; /* each once, TOLD_MOST at most */
    bool unheard;   /* of countries before a body: the texts were not listened to for this one */
} told_list;

typedef struct who {
    ds_arena *a;
    const ds_reading *readings;
    const ds_lexicon *lex;
    ds_story *story;
    DS_VEC(form) forms;       /* in order of the first mention */
    uint32_t **of_link;       /* [row][link]: form, later holder */
    DS_VEC(ds_join) joins;    /* holder: a form, until they are numbered */
    DS_VEC(ds_unsure) unsure; /* holders: forms, likewise */
    ds_map *told;             /* key -> told_list */
    int32_t *place_of;        /* [row] */
    ds_who out;               /* goes to the story when all went well */
} who;

/* forms.c: links become forms, groups of forms become holders. */
ds_status who_collect(who *w);
ds_status who_number(who *w);
/* holders.c */
form *who_form(const who *w, uint32_t i);
uint32_t who_root(const who *w, uint32_t i);
const who_members *who_pages(const who *w, uint32_t root); /* of all forms of a root */
ds_status who_unite(who *w, uint32_t i, uint32_t j, ds_holder_rule rule, ds_naming proof);
ds_status who_apart(who *w, uint32_t i, uint32_t j, ds_str why);
ds_status who_whole_names(who *w); /* joins.c */
/* The first page that has both names, under any of their forms, or WHO_NONE: it takes them for two. */
uint32_t who_shared_page(const who *w, uint32_t i, uint32_t j);
ds_status who_apart_on_page(who *w, uint32_t i, uint32_t j, uint32_t page);
/* Not where one page has both names. */
ds_status who_unite_unless_shared(who *w, uint32_t i, uint32_t j, ds_holder_rule rule);
ds_status who_persons(who *w);    /* persons.c: given names, family names */
ds_status who_listen(who *w);     /* told.c: what the texts say around short names */
ds_status who_bodies(who *w);     /* bodies.c: acronyms, bodies without their country */
ds_status who_last_names(who *w); /* last_names.c */
ds_status who_places(who *w);     /* places.c */

/* told.c: DS_NOMEM; *out NULL: nothing. Given names that stand before a last name on any page; titles before it on one page
 * alone; titles before it and a given name on any page; what an acronym is short for; countries before the name of a body. */
#define TOLD_MOST 8 /* more than one is already too many to choose from */
ds_status told_given(const who *w, ds_str spelling, const told_list **out);
ds_status told_titles(const who *w, ds_str spelling, uint32_t member, const told_list **out);
ds_status told_titles_of(const who *w, ds_str spelling, ds_str given, const told_list **out);
ds_status told_long_for(const who *w, ds_str acronym, const told_list **out);
ds_status told_lands(const who *w, ds_str low, const told_list **out);

/* ---- buckets.c: forms by key -------------------------------------------------------------------------------- */

#define BUCKET_MOST 16 /* different holders with one key; with more nobody can tell */

typedef struct bucket {
    DS_VEC(uint32_t) v;
} bucket;

typedef struct buckets {
    ds_map *of;
    DS_VEC(bucket) all; /* in order of their first form */
} buckets;

typedef struct bucket_roots { /* one form of each holder */
    uint32_t form[BUCKET_MOST];
    uint32_t len;
    bool too_many;
} bucket_roots;

ds_status buckets_put(ds_arena *a, buckets *b, ds_str key, uint32_t i); /* an empty key: nowhere */
const bucket *buckets_get(const buckets *b, ds_str key);                /* NULL: none */
bucket_roots bucket_holders(const who *w, const bucket *b);             /* NULL is fine */

#endif
