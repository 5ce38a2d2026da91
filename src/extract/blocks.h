/* SPDX-License-Identifier: Apache-2.0 */
/* blocks.h - which blocks of an HTML page are the article's text: features, a trained model.
 *
 * Method   features of each block (html_features.c) give P(block is text) by the weights of a table (model.h); the page's
 *          threshold is the one that promises its best F1
 * Input    labelled blocks with parts and roots (html_parts.c, html_root.c); weights: models/en/blocks.tsv
 * Cost     linear in the blocks; integers only: the same result on every machine
 */
#ifndef DS_EXTRACT_BLOCKS_H
#define DS_EXTRACT_BLOCKS_H

#include "extract/html.h"
#include "extract/model.h"

/* Every feature is a small integer. "share" and "link" are percents; -1: does not apply. */
// clang-format off
#define BLOCK_FEATURES(X)                                                                                              \
    /* the block itself */                                                                                             \
    X(WORDS, "words") X(LINK, "link") X(CAPS, "capitals") X(STOP, "stop") X(SAID, "sentences") X(COLON, "colon")       \
    X(GLUED, "glued") X(DATE, "date") X(LABEL, "label") X(CLASS, "class") X(KIND, "kind") X(LEVEL, "heading-level")    \
    X(TAG, "tag") X(COMMAS, "commas") X(DIGITS, "digits") X(QUOTED, "quotation-marks") X(WORD_BYTES, "word-length")    \
    X(V_COOKIE, "say-cookie") X(V_SUBSCRIBE, "say-subscribe") X(V_CAPTION, "say-caption") X(V_LEGAL, "say-legal") X(V_SHARE, "say-share") X(V_BIO, "say-bio") X(V_MORE, "say-more") X(V_COMMENTS, "say-comments") X(V_ALL, "say-any") X(YOU, "you") X(WE, "we") X(LOWER_START, "lower-case-start") X(SIGN_START, "sign-start") X(STRONG, "strong")       \
    X(EM, "emphasis") X(REPEAT, "repeat") X(TITLE, "in-title") X(DESCRIPTION, "in-description") X(LD, "in-json-ld")    \
    /* what it lies in */                                                                                              \
    X(PRUNED, "pruned") X(COMMENT, "comment") X(CAPTION, "caption") X(RELATED, "related") X(STANDFIRST, "standfirst")  \
    X(AUTHOR, "author") X(QUOTE, "quote") X(POINTS, "points") X(IN_ROOT, "in-root") X(NAMED, "below-named")            \
    X(SCORED, "below-scored")  X(A_ARTICLE, "in-article") X(A_ASIDE, "in-aside")                      \
    X(A_EMBED, "in-embed") X(A_FOOTER, "in-footer") X(A_HEADER, "in-header") X(A_FIGURE, "in-figure") X(A_TABLE, "in-table")                  \
    X(A_LIST, "in-list") X(A_FORM, "in-form") X(A_SECTION, "in-section") X(A_BUTTON, "in-button") X(A_MAIN, "in-main") \
    X(PARENT_SHARE, "parent-share") X(GRAND_SHARE, "grandparent-share") X(PARENT_LINK, "parent-link")                  \
    X(GRAND_LINK, "grandparent-link") X(PARENT_BLOCKS, "parent-blocks") X(PARENT_PROSE, "parent-prose")                \
    /* where it stands */                                                                                              \
    X(POSITION, "position") X(IN_RANGE, "position-in-scored") X(AFTER_H1, "blocks-after-h1")                           \
    X(WORDS_H1, "words-after-h1") X(FIRST_NAMED, "before-first-named") X(LAST_NAMED, "after-last-named")               \
    X(FIRST_SCORED, "before-first-scored") X(LAST_SCORED, "after-last-scored") X(GAP_BEFORE, "words-since-good")       \
    X(GAP_AFTER, "words-to-good")                                                                                      \
    /* its neighbours */                                                                                               \
    X(WORDS_1B, "words-before") X(WORDS_1A, "words-behind") X(WORDS_2B, "words-2-before") X(WORDS_2A, "words-2-behind")\
    X(LINK_1B, "link-before") X(LINK_1A, "link-behind") X(LINK_2B, "link-2-before") X(LINK_2A, "link-2-behind")        \
    X(LABEL_1B, "label-before") X(LABEL_1A, "label-behind") X(STOP_1B, "stop-before") X(STOP_1A, "stop-behind")        \
    X(LEVEL_1B, "level-before") X(LEVEL_1A, "level-behind")                                                            \
    X(WINDOW_LINK, "window-link") X(WINDOW_WORDS, "window-words") X(PATH_1B, "path-as-before")                         \
    X(PATH_1A, "path-as-behind") X(PATH_BLOCKS, "path-blocks") X(PATH_SHARE, "path-share") X(PATH_LINK, "path-link")   \
    X(PATH_STOP, "path-stop") X(PARENT_1B, "parent-as-before")                                                         \
    /* the page */                                                                                                     \
    X(PAGE_ROOT, "page-root-share") X(PAGE_LINK, "page-link")  \
    X(PAGE_ROOTS, "page-roots") X(PAGE_LD, "page-json-ld")
// clang-format on

typedef enum block_feature {
#define X(id, name) BF_##id,
    BLOCK_FEATURES(X)
#undef X
        BF_COUNT
} block_feature;

extern const ext_features block_features;

typedef struct block_row {
    int16_t f[BF_COUNT];
    bool gate; /* false: no text, whatever the model would say; the features are not set */
} block_row;

/* p->content rows. Needs html_root. */
ds_status html_features(ext_page *p, block_row **out);
/* Of the whole folded text; equal for texts that a reader would call the same. */
uint64_t html_text_hash(ds_str s);
/* FNV-1a of a word in lower case. */
uint64_t html_word_hash(ds_str word);

/* On how many pages of the page's site, by the profile that was given, the text stands; 0: not known. (host.c) */
uint32_t html_host_pages(const ext_page *p, ds_str text);

/* ---- the model ------------------------------------------------------------------------------------------ */

typedef struct block_model block_model;

/* Reads the table "blocks", and single words from "furniture". DS_BAD: it names an unknown feature, or a tree leads nowhere. */
ds_status block_model_open(ds_arena *a, const ds_lexicon *lex, const block_model **out,
                           ds_err *err);
/* What a word says of its block, by furniture.tsv's rows with `word`; EXT_C_NONE: nothing. */
ext_class block_word(const block_model *m, uint64_t hash);
uint16_t block_model_p(const block_model *m, const block_row *row);

#endif
