/* SPDX-License-Identifier: Apache-2.0 */
/* digest.h - title, key points that cite, timeline, sources: the finished story.
 *
 * Layer    digest; uses base, text, claim, story, reconcile
 * Method   every line is made from claims, answers and flags by templates and ends in its sentences; nothing is
 *          copied from a page but titles and quotations that are marked as such
 * Memory   all results live in `a`; strings may point into the readings, which must live as long
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 */
#ifndef DS_DIGEST_H
#define DS_DIGEST_H

#include "digest/versions.h"
#include "reconcile/reconcile.h"

/* The finished story holds plain rows only: what the store keeps and `show` prints. One source per story member, in
 * order of letter: ds_cite.member and ds_row.member index `sources` here, and rows stand in their order. */

typedef struct ds_line_cites {
    const ds_cite *at;
    size_t len;
} ds_line_cites;

typedef struct ds_key_point {
    ds_str text;
    bool flagged;
    ds_line_cites cites;
    const uint32_t *questions; /* that it tells: indices into ledger.questions, ascending */
    size_t questions_len;
} ds_key_point;

typedef struct ds_first { /* what a page was the first to tell */
    ds_str text;          /* "58 killed" */
    ds_cite cite;
} ds_first;

typedef struct ds_event { /* one line of the timeline */
    bool has_when;
    ds_days when;
    ds_str
        when_words; /* "early Dec", "late", "mid-Jan": as printed in the column, without the year */
    ds_str text;
    ds_certainty certainty;
    ds_line_cites cites;
} ds_event;

typedef struct ds_source {
    ds_str letter, doc, page_sha256;
    ds_str title; /* absent: first words of the text are in `opening` */
    ds_str opening;
    ds_str publisher, original_publisher, licence, affiliation, section, language;
    ds_strs authors, credited;
    ds_article_kind kind;
    ds_day published;
    ds_str published_from;
    ds_days window;
    ds_str window_from;
    uint32_t sentences, figures, flags;
    uint32_t comments_left_out, teasers_left_out;
    ds_strs related;       /* titles of related items that the page lists */
    const ds_first *first; /* in order of the questions */
    size_t first_len;
} ds_source;

typedef struct ds_similar { /* another story about much the same: never a member of this one */
    int64_t story;
    ds_str title;            /* of it */
    ds_str blurb, publisher; /* first sentence, and publisher, of its first page */
    ds_days days;            /* of publication */
    double likeness;         /* 0 to 1 */
} ds_similar;

typedef struct ds_regrouping { /* stories that became one, or one that became two, and why */
    ds_str kind;               /* "merge", "split" */
    int64_t story, other;      /* that stays; that went, or came */
    ds_str article,
        near; /* names of the two that bind; of a split: that left, that it stood beside */
    double odds;
    uint32_t why; /* DS_SAME_..., DS_OTHER_... of story/cluster.h */
} ds_regrouping;

typedef struct ds_dossier {
    int64_t story; /* id, 0 until the store gives one */
    ds_str title;
    ds_str title_from; /* letter of the source whose title it is, or absent when made */
    ds_str standfirst; /* a sentence of a page in quotation marks, or absent */
    ds_line_cites standfirst_cites;
    ds_strs keywords; /* what sets the story apart, the most telling first */
    ds_str section;   /* as most pages that name one have it, or absent */
    const ds_source *sources;
    size_t sources_len;
    const ds_row *rows;
    size_t rows_len;
    ds_ledger ledger;
    const ds_key_point *key_points;
    size_t key_points_len;
    const ds_event *timeline;
    size_t timeline_len;
    uint32_t publishers;   /* distinct, named ones */
    const ds_copy *copies; /* members are sources */
    size_t copies_len;
    const ds_overlap *overlaps; /* members are sources */
    size_t overlaps_len;
    ds_who who;                /* as in the story */
    const ds_similar *similar; /* the likest first; only from a store */
    size_t similar_len;
    const ds_regrouping *regroupings; /* of this story, the first first; only from a store */
    size_t regroupings_len;
} ds_dossier;

ds_status ds_digest(ds_arena *a, const ds_reading *readings, const ds_story *story,
                    const ds_ledger *ledger, const ds_lexicon *lex, ds_dossier *out, ds_err *err);

#endif
