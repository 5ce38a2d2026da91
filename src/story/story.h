/* SPDX-License-Identifier: Apache-2.0 */
/* story.h - which articles tell one story, who repeats whom, holders across pages.
 *
 * Layer    story; uses base, text, language, annotate, claim
 * Method   one story per run for the articles that share its names and figures; an article of a page that shares
 *          too little (cosine of idf-weighted names and title words under DS_STORY_JOIN) is a story of its own;
 *          near-copies by shared runs of words (shingles of DS_STORY_SHINGLE words) per sentence, and between whole articles
 *          (overlap.h); holders and places by rule,
 *          whoever fits two is joined to none (docs/formats/holders.md)
 * Output   stories in order of their first article; pages lettered A, B, ... in order of arrival, but held in order of name, so
 *          that what is worked out from them does not depend on the order in which they came
 * Memory   all results live in `a`
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 */
#ifndef DS_STORY_H
#define DS_STORY_H

#include "claim/claim.h"
#include "story/cluster.h" /* and marks.h: of one article after the other */
#include "story/overlap.h"

typedef struct ds_member {
    uint32_t reading; /* index into the readings given */
    ds_str letter;    /* "A" .. "Z", "AA" */
} ds_member;

typedef struct
    ds_copy { /* a sentence that stands (nearly) word for word in an earlier article, or earlier in its own */
    uint32_t from_member,
        from_sentence; /* the earlier one: index into members; sentence number (title 0) */
    uint32_t to_member, to_sentence;
    uint32_t words; /* longest shared run of words */
} ds_copy;

/* For qsort: by the copy's place, then by that of what it copies. */
int ds_copy_cmp(const void *a, const void *b);

typedef struct ds_overlap { /* two articles whose bodies share words */
    uint32_t members[2];    /* the earlier one first, as far as the pages tell (ds_overlap_first) */
    bool known;             /* they tell */
    ds_shared shared;       /* never DS_OVERLAP_NONE; passages are bytes of the article texts */
} ds_overlap;

/* For qsort: by the later one, then by the earlier. */
int ds_overlap_cmp(const void *a, const void *b);

/* A claim of the story. From here on claims are known by their index in `rows`. */
typedef struct ds_row {
    ds_claim claim;          /* of, equals, delta_of: indices into rows */
    uint32_t member;         /* index into members */
    int32_t place;           /* of claim.where: index into who.places; -1: the claim has none */
    const uint32_t *holders; /* of claim.said_by, link by link: indices into who.holders */
    size_t holders_len;      /* as many as links, or 0 before ds_story_who */
    /* Filled by reconcile, empty before: */
    ds_str question; /* id, absent if none */
    ds_str origin;   /* "o1", ...: one per origin of the story */
    ds_str flag;     /* "drift B9", "sum B9", absent if none */
} ds_row;

/* ---- who and where, across pages -------------------------------------------------------------------------- */

typedef enum ds_holder_rule { /* what makes two names one, the surest first; docs/formats/holders.md has an example of each */
                              DS_BY_WRITING, /* article, case, possessive, "Inc.": nothing else differs */
                              DS_BY_TITLE,    /* a title or an office before it */
                              DS_BY_ACTOR,    /* one normal name in lexicon/en/actors.tsv */
                              DS_BY_COUNTRY,  /* "the Norlandish army", "Norland's army" */
                              DS_BY_MARKS,    /* accents, hyphens */
                              DS_BY_SPELLING, /* doubled letters, transliteration */
                              DS_BY_GIVEN,    /* given names left out or as initials */
                              DS_BY_FAMILY,   /* a second family name */
                              DS_BY_OWNER, /* "the Supreme Court", "the Norlandish Supreme Court" */
                              DS_BY_BRACKETS, /* a page says "Civil Protection Service (CPS)" */
                              DS_BY_INITIALS, /* of just one name */
                              DS_BY_LAST,     /* a last name alone, and nobody else has it */
                              DS_BY_OFFICE, /* a last name behind a title that only one of its bearers has */
                              DS_BY_WORD, /* one word on several pages, and nobody else has it */
} ds_holder_rule;
const char *ds_holder_rule_name(ds_holder_rule r); /* "writing", "title", ... */

typedef struct ds_naming { /* a name as a page has it, where it stands first */
    ds_str words;
    uint32_t member, sentence;
} ds_naming;

typedef struct ds_holder { /* somebody behind claims of the story */
    ds_str id;             /* "h1", ... in order of the first mention */
    ds_str name;           /* the normal name, else the fullest form */
    ds_holder_kind kind;
    const uint32_t *members; /* the pages that name it so, ascending */
    size_t members_len;
} ds_holder;

typedef struct
    ds_join { /* why two forms are one holder: as many as the holder has forms, less one */
    uint32_t holder;
    ds_holder_rule rule;
    ds_naming form, with;
    ds_naming proof; /* DS_BY_BRACKETS: where a page spells it out; else absent words */
} ds_join;

typedef struct ds_unsure { /* forms that look alike and stayed apart */
    uint32_t holders[2];
    ds_naming form, with;
    ds_str why; /* "two are named Kim" */
} ds_unsure;

typedef struct ds_place {
    ds_str id;   /* "p1", ...; absent: unresolved */
    ds_str name; /* as the lexicon has it; unresolved: the words kept */
    ds_str kind; /* "country", "city", ...; unresolved: why not */
} ds_place;

typedef struct ds_who {
    const ds_holder *holders;
    size_t holders_len;
    const ds_join *joins; /* in order of holder */
    size_t joins_len;
    const ds_unsure *unsure;
    size_t unsure_len;
    const ds_place *places; /* in order of the first mention */
    size_t places_len;
} ds_who;

typedef struct ds_story {
    const ds_member
        *members; /* in order of the documents' names, whatever the order in which they came */
    size_t members_len;
    ds_row *rows; /* in order of member, then of text */
    size_t rows_len;
    const ds_copy *copies;
    size_t copies_len;
    const ds_overlap *overlaps;
    size_t overlaps_len;
    ds_who who; /* empty before ds_story_who */
} ds_story;

/* The story that all of `readings` tell. Leaves `who` empty. */
ds_status ds_story_given(ds_arena *a, const ds_reading *readings, size_t n, ds_story *out,
                         ds_err *err);

/* Who is who over all pages of one story: fills io->who, and holders and place of each row; claims stay as they were read.
 * Readings are those given to ds_story_given. Cost: linear in the text, n log n in the forms of names. */
ds_status ds_story_who(ds_arena *a, const ds_reading *readings, const ds_lexicon *lex, ds_story *io,
                       ds_err *err);

#endif
