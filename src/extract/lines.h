/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - which lines of a page of plain text are the article's text: features of each line, a trained model.
 *
 * Method   what a line looks like, what its words hint at (furniture.tsv, hint), what stands around it and what the rules
 *          of segment.c made of it give P(line is text) by the weights of models/en/lines.tsv (model.h); the threshold is
 *          the one that promises the page's best F1. What the rules set apart (bylines, rails' headings, comments, notices)
 *          is not asked
 * Memory   rows live in the page's arena
 * Errors   DS_NOMEM
 * Cost     linear in the lines; integers only
 */
#ifndef DS_EXTRACT_LINES_H
#define DS_EXTRACT_LINES_H

#include "extract/model.h"

/* Every feature is a small integer; shares are percents; -1: there is no such line. */
// clang-format off
#define LINE_FEATURES(X)                                                                                               \
    /* the line itself */                                                                                              \
    X(WORDS, "words") X(LABEL, "label") X(CLASS, "class") X(STOP, "stop") X(COLON, "colon") X(CAPS, "capitals")        \
    X(COMMAS, "commas") X(QUOTES, "quotation-marks") X(BAR, "bar") X(ADDRESS, "address") X(RIGHTS, "rights")           \
    X(CUT, "cut-off") X(QUESTION, "question") X(REPEAT, "repeat")                                                      \
    /* what its words hint at, and how many of these */                                                                \
    X(V_AD, "say-ad") X(V_BIO, "say-bio") X(V_COOKIE, "say-cookie") X(V_END, "say-end") X(V_IMAGE, "say-image")        \
    X(V_LEGAL, "say-legal") X(V_READER, "say-reader") X(V_SUBSCRIBE, "say-subscribe") X(V_COMMENTS, "say-comments")    \
    X(V_RELATED, "say-related") X(V_WE, "say-outlet") X(HINTS, "hints")                                                \
    /* the lines before and after */                                                                                   \
    X(LABEL_1B, "label-before") X(LABEL_1A, "label-behind") X(LABEL_2B, "label-2-before")                              \
    X(LABEL_2A, "label-2-behind") X(STOP_1B, "stop-before") X(STOP_1A, "stop-behind") X(GAP_B, "lines-since-good")     \
    X(GAP_A, "lines-to-good") X(HINTS_NEAR, "hints-near")                                                              \
    /* where on the page: shares of its good text before and after, of its words before */                             \
    X(GOOD_B, "good-before") X(GOOD_A, "good-behind") X(PLACE, "position")                                             \
    /* what the rules say: ext_state here and before, lines near by that they took */                                  \
    X(STATE, "state") X(STATE_1B, "state-before") X(NEAR_KEPT, "rules-took-near")
// clang-format on

typedef enum line_feature {
#define X(id, name) LF_##id,
    LINE_FEATURES(X)
#undef X
        LF_COUNT
} line_feature;

typedef struct line_row {
    int16_t f[LF_COUNT];
    bool gate; /* false: no text, whatever the model would say */
} line_row;

extern const ext_features line_features;

/* One row a block. Needs labels and the states and drafts of segment.c. */
ds_status line_rows(ext_page *p, const ext_drafts *drafts, line_row **out);

#endif
