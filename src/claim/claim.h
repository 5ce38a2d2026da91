/* SPDX-License-Identifier: Apache-2.0 */
/* claim.h - from the marks of one article to its claims and deeds (docs/formats/claim.md).
 *
 * Layer    claim; uses base, text, annotate
 * Method   a claim per quantity that counts something; measure by the governing predicate and noun over
 *          lexicon/en/measures.tsv, else the lemma of the governing verb or noun; holder and certainty from the
 *          attributions whose content holds the figure; time and place of the clause
 * Output   claims in text order, self-contained: strings in `a`, no pointer into the doc
 * Memory   all results live in `a`
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 * Threads  safe with one arena per thread
 */
#ifndef DS_CLAIM_H
#define DS_CLAIM_H

#include "annotate/annotate.h"

typedef struct ds_link { /* one link of an attribution chain */
    ds_str name;         /* as the page names it: "South Korean intelligence" */
    ds_str cue;          /* "has been reporting"; may be absent */
    ds_str holder;       /* normal name, or absent */
    ds_holder_kind kind;
} ds_link;

typedef struct ds_claim {
    ds_str id;  /* 16 hex digits: page sha256, article number, span, value */
    ds_str doc; /* article's doc name */
    ds_str sentence;
    uint32_t number;     /* of the sentence: the title is 0 */
    ds_span span;        /* the sentence in the article text */
    ds_span source_span; /* the same in the page's bytes */
    ds_span
        figure; /* the quantity (with modifiers and unit) inside `sentence`, byte offsets into it */
    ds_part part;
    ds_str measure; /* "killed", ... or a lemma */
    ds_str subject; /* counted thing, resolved: "South African soldiers" */
    ds_str actor;   /* normal name or absent */
    ds_value value;
    ds_str unit;
    int32_t of;      /* base of a ratio: index in the same ds_claims, or -1 */
    ds_str of_id;    /* id of that claim, absent if none */
    ds_str of_words; /* the base's words, where no claim answers to it */
    bool has_derived;
    ds_frac derived;  /* ratio times base; for a delta the total it leads to */
    int32_t delta_of; /* the claim that a delta adds to, or -1 */
    bool delta;
    ds_str per[2];
    uint32_t per_len;
    bool has_when, has_as_of, inferred;
    ds_days when, as_of;
    ds_str when_words; /* "in late 2024", absent if none */
    ds_str where;      /* resolved place, or absent */
    ds_str where_words;
    const ds_link *said_by; /* nearest to the fact first */
    size_t said_by_len;
    ds_certainty certainty;
    int32_t equals; /* claim that the same sentence equates with this one by apposition, or -1 */
    bool
        part_of_whole; /* subject is marked as a part: "first group", "special forces", "in the city" */
} ds_claim;

typedef struct ds_claims {
    const ds_claim *at;
    size_t len;
} ds_claims;

/* ---- what somebody did, or how somebody stands ----------------------------------------------------- */

typedef enum ds_deed_kind {
    DS_DEED_CHANGE,   /* it happened: "has withdrawn" */
    DS_DEED_STANDING, /* it holds: "is closed" */
    DS_DEED_LASTING,  /* it holds and did before: "is still fighting", "has not withdrawn" */
} ds_deed_kind;
const char *ds_deed_kind_name(ds_deed_kind k); /* "change", "standing", "lasting" */

typedef enum ds_deed_of { /* whom or what it is told of */
                          DS_OF_OTHER,
                          DS_OF_PERSON, /* with a name */
                          DS_OF_PLACE,  /* a town, a country by its name alone */
                          DS_OF_ACTOR,  /* a normal name of lexicon/en/actors.tsv */
} ds_deed_of;

typedef enum ds_deed_turns { /* how soon it may turn into its opposite */
                             DS_TURNS_SLOWLY,
                             DS_TURNS_IN_A_DAY, /* "was arrested", "reopened" */
                             DS_TURNS_NEVER,    /* "died" */
} ds_deed_turns;

/* One side of a pair of opposites (lexicon/en/opposites.tsv), told of somebody with a name. */
typedef struct ds_deed {
    ds_str sentence;
    uint32_t number; /* of the sentence: the title is 0 */
    ds_span words;   /* that tell it, inside `sentence` */
    ds_part part;
    ds_deed_kind kind;
    ds_str
        pair; /* "withdraw"; of what a source confirms or denies: the lemma of its word, behind "=" */
    bool other;   /* side b of the pair */
    bool negated; /* "has not withdrawn", or a source denies it */
    ds_deed_turns turns;
    ds_str who;    /* normal name of the actor, else the fullest name on the page: "Anna Holm" */
    ds_str head;   /* what of `who` it is told of, a lemma: "bridge"; absent: of `who` */
    ds_deed_of of; /* what `who` is */
    ds_str topic;  /* what it is about, a lemma: "ceasefire"; absent: nothing */
    ds_str where;  /* place words; absent: none */
    bool dated;    /* `when` stands in the sentence; else it is when the page says it */
    bool inferred;
    ds_days when;
    const ds_link *said_by; /* nearest to the fact first */
    size_t said_by_len;
    ds_certainty
        certainty; /* asserted, reported, or denied (it is negated then): others are left out */
} ds_deed;

typedef struct ds_deeds {
    const ds_deed *at;
    size_t len;
} ds_deeds;

/* Who says something, and how surely. */
typedef struct ds_said {
    const ds_link *by; /* nearest to the fact first */
    size_t by_len;
    ds_certainty certainty;
} ds_said;

/* said_by and certainty as a claim has them, for any words of one sentence, with a figure or without; parse is not NULL. Strings
 * of `out` are in `a`; it is written only on DS_OK. DS_NONE: the words begin in no sentence; DS_NOMEM; DS_BAD: the lexicon lacks
 * a table. */
ds_status ds_claim_said(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_span words, ds_said *out,
                        ds_err *err);

ds_status ds_claim_read(ds_arena *a, const ds_page *page, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_claims *out, ds_err *err);

/* ---- days that sentences tell of -------------------------------------------------------------------- */

/* A sentence that says on which day something was, is or will be: docs/timelines.md. */
typedef struct ds_told_day {
    uint32_t sentence; /* index into the sentences */
    ds_day day;
    bool heads; /* the sentence begins with the whole date: a line of a chronicle */
    ds_certainty certainty;
} ds_told_day;

typedef struct ds_told_days { /* in text order, a day once for each sentence */
    const ds_told_day *at;
    size_t len;
} ds_told_days;

/* Single days that a sentence places something on: not "now", not "since Monday", not the page's own stamp (the whole date of
 * the day of publication), not what somebody quoted calls today. parse is not NULL. Errors as ds_claim_read. */
ds_status ds_claim_days(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_told_days *out,
                        ds_err *err);

/* Every deed of the article, in text order: what is planned, possible, conditional, asked, told of some only or of nobody with
 * a name is left out, and so is what is not dated at all. Self-contained, as claims are. Cost: linear in the text. */
ds_status ds_claim_deeds(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                         const ds_marks *marks, const ds_lexicon *lex, ds_deeds *out, ds_err *err);

/* ---- who says what, for views of a page's text ---------------------------------------------------- */

/* Somebody says a stretch of the text. */
typedef struct ds_voice {
    ds_span sentence;    /* that the cue stands in */
    ds_span source, cue; /* as written; {0,0}: none */
    ds_span content[2];  /* may go on over sentences before and behind */
    uint32_t content_len;
    ds_certainty cue_says; /* of its content, alone */
    ds_said said;          /* itself and those who pass it on; as sure as its first words */
} ds_voice;

/* Words that make less certain what they stand with: "may", "could not be verified". */
typedef struct ds_hedge {
    ds_span span;
    ds_certainty certainty;
    bool whole; /* all of the sentence, but for what others say in it; else their clause */
} ds_hedge;

typedef struct ds_voices {
    const ds_voice *at; /* by sentence */
    size_t len;
    const ds_hedge *hedges; /* in text order, not overlapping; no cues */
    size_t hedges_len;
} ds_voices;

/* Every attribution that says that something is so (reportive, with content), and every hedge. parse is not NULL; chains are
 * as ds_claim_said gives them. Results and strings in `a`. Errors as there, without DS_NONE. */
ds_status ds_claim_voices(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                          const ds_marks *marks, const ds_lexicon *lex, ds_voices *out,
                          ds_err *err);

/* A reading: what the reader hands to the rest of the program. A pure function of page, lexicon and program. */
typedef struct ds_reading {
    const ds_page *page;
    const ds_article *article;
    /* Sentences copied out, so that nothing later needs the doc. */
    const ds_sentence *sents;
    size_t sents_len;
    ds_claims claims;
    ds_str marks; /* what grouping keeps of it (story/marks.h), as bytes; absent: not made */
    ds_deeds deeds;
    ds_str reader; /* program and word lists that made it; absent: it does not come from a store */
    ds_told_days days; /* for the timeline */
} ds_reading;

#endif
