/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - which lines of a page of plain text are the article's text: features of each line, weights, a threshold for
 * the page.
 *
 * Method   an additive logistic score over what a line looks like, what its words hint at (furniture.tsv, hint), what stands
 *          around it and what the rules of segment.c made of it; the threshold is the one that promises the page's best
 *          F1, after Lewis, "Evaluating and optimizing autonomous text classification systems", SIGIR 1995.
 *          Differs in: what the rules set apart (bylines, rails' headings, comments, notices) stays apart whatever its score
 * Weights  tenths of a logit, rounded from a logistic fit over development pages that were put into text a block a line
 *          (scrapinghub, naeb-news, wcxb-article of the shared folder; with blank lines and without). By that fit,
 *          cross-validated over five folds of sites, F1 in words rises from .864 / .896 / .906 of the rules alone to .894 /
 *          .922 / .927. NEEDSWORK: fit them with tools/train, into models/en
 * Cost     linear in the lines; integers only, but for the choice of the threshold
 */
#ifndef DS_EXTRACT_LINES_H
#define DS_EXTRACT_LINES_H

#include "extract/internal.h"

/* Every feature is a small integer; shares are percents; -1: there is no such line. */
// clang-format off
#define LINE_FEATURES(X)                                                                                               \
    /* the line itself */                                                                                              \
    X(WORDS) X(LABEL) X(CLASS) X(STOP) X(COLON) X(CAPS) X(COMMAS) X(QUOTES) X(BAR) X(ADDRESS) X(RIGHTS) X(CUT)         \
    X(QUESTION) X(REPEAT)                                                                                              \
    /* what its words hint at, and how many of these */                                                                \
    X(V_AD) X(V_BIO) X(V_COOKIE) X(V_END) X(V_IMAGE) X(V_LEGAL) X(V_READER) X(V_SUBSCRIBE) X(V_COMMENTS) X(V_RELATED)  \
    X(V_WE) X(HINTS)                                                                                                   \
    /* the lines before and after */                                                                                   \
    X(LABEL_1B) X(LABEL_1A) X(LABEL_2B) X(LABEL_2A) X(STOP_1B) X(STOP_1A) X(GAP_B) X(GAP_A) X(HINTS_NEAR)              \
    /* where on the page: shares of its good text before and after, of its words before */                             \
    X(GOOD_B) X(GOOD_A) X(PLACE)                                                                                       \
    /* what the rules say: ext_state here and before, lines near by that they took */                                  \
    X(STATE) X(STATE_1B) X(NEAR_KEPT)
// clang-format on

typedef enum line_feature {
#define X(id) LF_##id,
    LINE_FEATURES(X)
#undef X
        LF_COUNT
} line_feature;

typedef struct line_row {
    int16_t f[LF_COUNT];
} line_row;

/* One row a block. Needs labels and the states and drafts of segment.c. */
ds_status line_features(ext_page *p, const ext_drafts *drafts, line_row **out);

#endif
