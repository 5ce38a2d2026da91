/* SPDX-License-Identifier: Apache-2.0 */
/* shapes.c - pages, articles and claims: which field is which column. The names of enums are the store's own: the words
 * that people see may change, these only with a migration. */
#include "store/fields.h"

const char *const ds_names_came[] = {"file", "json line", "stdin", NULL};
const char *const ds_names_part[] = {"title", "standfirst", "key_point", "body", "caption", NULL};
const char *const ds_names_kind[] = {"news", "opinion", "digest", "live", "press release", NULL};
const char *const ds_names_holder[] = {"none", "named", "role", "anonymous", NULL};
const char *const ds_names_bound[] = {"exact",     "about",  "at_least", "at_most", "more_than",
                                      "less_than", "almost", "range",    "vague",   NULL};
const char *const ds_names_certainty[] = {"asserted", "reported",   "estimated", "planned",
                                          "possible", "unverified", "denied",    NULL};
const char *const ds_names_deed[] = {"change", "standing", "lasting", NULL};
const char *const ds_names_turns[] = {"slowly", "in a day", "never", NULL};
const char *const ds_names_deed_of[] = {"other", "person", "place", "actor", NULL};

// clang-format off
static const ds_field str_fields[] = {{"value", DS_F_STR, 0, DS_NO_AUX, NULL}};
static const ds_field u32_fields[] = {{"value", DS_F_U32, 0, DS_NO_AUX, NULL}};
const ds_list_shape ds_list_strs = {str_fields, 1, sizeof(ds_str), 0};
const ds_list_shape ds_list_u32 = {u32_fields, 1, sizeof(uint32_t), 0};
const ds_list_shape ds_list_per = {str_fields, 1, sizeof(ds_str), 2};

static const ds_field page_fields[] = {
    F_STR(ds_page, "name", name),
    F_STR(ds_page, "url", url),
    F_STR(ds_page, "sha256", sha256),
    F_STR(ds_page, "media", media),
    F_ENUM(ds_page, "came", came, ds_names_came),
    F_DAY(ds_page, "fetched", fetched),
    F_STR(ds_page, "title", title),
    F_STR(ds_page, "publisher", publisher),
    F_DAY(ds_page, "published", published),
};
const ds_shape ds_shape_page = {
    "page", sizeof(ds_page), {NULL}, {{page_fields, DS_LEN(page_fields), 0}}};

static const ds_field block_fields[] = {
    F_ENUM(ds_block, "part", part, ds_names_part),
    F_ENUM(ds_block, "kind", kind, NULL),
    F_SPAN(ds_block, "span", span),
};
static const ds_list_shape list_blocks = LIST_OF(ds_block, block_fields);

static const ds_field run_fields[] = {
    F_SPAN(ds_run, "text", text),
    F_SPAN(ds_run, "page", page),
};
static const ds_list_shape list_runs = LIST_OF(ds_run, run_fields);

static const ds_field comment_fields[] = {
    F_STR(ds_comment, "author", author),
    F_STR(ds_comment, "text", text),
};
static const ds_list_shape list_comments = LIST_OF(ds_comment, comment_fields);

static const ds_field related_fields[] = {
    F_STR(ds_related, "title", title),
    F_STR(ds_related, "blurb", blurb),
    F_STR(ds_related, "url", url),
};
static const ds_list_shape list_related = LIST_OF(ds_related, related_fields);

static const ds_field sentence_fields[] = {
    F_SPAN(ds_sentence, "span", span),
    F_U32(ds_sentence, "tok", tok),
    F_U32(ds_sentence, "tok_end", tok_end),
    F_U32(ds_sentence, "block", block),
    F_U32(ds_sentence, "number", number),
    F_ENUM(ds_sentence, "part", part, ds_names_part),
};
static const ds_list_shape list_sentences = LIST_OF(ds_sentence, sentence_fields);

static const ds_field article_fields[] = {
    F_STR(ds_article, "doc", doc),
    F_U32(ds_article, "n", n),
    F_BOOL(ds_article, "main", main),
    F_STR(ds_article, "text", text),
    F_SPAN(ds_article, "body", body),
    F_LIST(ds_article, "blocks", blocks, blocks_len, &list_blocks),
    F_LIST(ds_article, "runs", runs, runs_len, &list_runs),
    F_STR(ds_article, "title", title),
    F_STRS(ds_article, "authors", authors),
    F_STR(ds_article, "affiliation", affiliation),
    F_STR(ds_article, "publisher", publisher),
    F_STR(ds_article, "original_publisher", original_publisher),
    F_STR(ds_article, "licence", licence),
    F_STR(ds_article, "section", section),
    F_STR(ds_article, "standfirst", standfirst),
    F_STRS(ds_article, "keywords", keywords),
    F_STRS(ds_article, "credited", credited),
    F_DAY(ds_article, "published", published),
    F_STR(ds_article, "published_from", published_from),
    F_DAYS(ds_article, "window", window),
    F_STR(ds_article, "window_from", window_from),
    F_DAY(ds_article, "modified", modified),
    F_ENUM(ds_article, "kind", kind, ds_names_kind),
    F_LIST(ds_article, "comments", comments, comments_len, &list_comments),
    F_LIST(ds_article, "related", related, related_len, &list_related),
    F_U32(ds_article, "teasers", teasers),
    F_STR(ds_article, "language", language),
};
static const ds_field told_day_fields[] = {
    F_U32(ds_told_day, "sentence", sentence),
    F_DAY(ds_told_day, "day", day),
    F_BOOL(ds_told_day, "heads", heads),
    F_ENUM(ds_told_day, "certainty", certainty, ds_names_certainty),
};
static const ds_list_shape list_told_days = LIST_OF(ds_told_day, told_day_fields);

static const ds_field sents_fields[] = {
    F_LIST(ds_article_row, "sentences", sents, sents_len, &list_sentences),
    F_LIST(ds_article_row, "days", days.at, days.len, &list_told_days),
};
const ds_shape ds_shape_article = {
    "article", sizeof(ds_article_row), {"page"},
    {{article_fields, DS_LEN(article_fields), offsetof(ds_article_row, article)},
     {sents_fields, DS_LEN(sents_fields), 0}}};

const ds_field ds_value_fields[DS_VALUE_FIELDS] = {
    F_FRAC(ds_value, "low", low, has_low),
    F_FRAC(ds_value, "best", best, has_best),
    F_FRAC(ds_value, "high", high, has_high),
    F_ENUM(ds_value, "bound", bound, ds_names_bound),
};

static const ds_field link_fields[] = {
    F_STR(ds_link, "name", name),
    F_STR(ds_link, "cue", cue),
    F_STR(ds_link, "holder", holder),
    F_ENUM(ds_link, "kind", kind, ds_names_holder),
};
static const ds_list_shape list_links = LIST_OF(ds_link, link_fields);

const ds_field ds_claim_fields[DS_CLAIM_FIELDS] = {
    F_STR(ds_claim, "id", id),
    F_STR(ds_claim, "doc", doc),
    F_STR(ds_claim, "sentence", sentence),
    F_U32(ds_claim, "number", number),
    F_SPAN(ds_claim, "span", span),
    F_SPAN(ds_claim, "source", source_span),
    F_SPAN(ds_claim, "figure", figure),
    F_ENUM(ds_claim, "part", part, ds_names_part),
    F_STR(ds_claim, "measure", measure),
    F_STR(ds_claim, "subject", subject),
    F_STR(ds_claim, "actor", actor),
    F_STR(ds_claim, "unit", unit),
    F_INDEX(ds_claim, "of_claim", of),
    F_STR(ds_claim, "of_id", of_id),
    F_STR(ds_claim, "of_words", of_words),
    F_FRAC(ds_claim, "derived", derived, has_derived),
    F_INDEX(ds_claim, "delta_of", delta_of),
    F_BOOL(ds_claim, "delta", delta),
    F_LIST(ds_claim, "per", per, per_len, &ds_list_per),
    F_BOOL(ds_claim, "has_when", has_when),
    F_DAYS(ds_claim, "when", when),
    F_BOOL(ds_claim, "has_as_of", has_as_of),
    F_DAYS(ds_claim, "as_of", as_of),
    F_BOOL(ds_claim, "inferred", inferred),
    F_STR(ds_claim, "when_words", when_words),
    F_STR(ds_claim, "place", where),
    F_STR(ds_claim, "place_words", where_words),
    F_LIST(ds_claim, "said_by", said_by, said_by_len, &list_links),
    F_ENUM(ds_claim, "certainty", certainty, ds_names_certainty),
    F_INDEX(ds_claim, "equals", equals),
    F_BOOL(ds_claim, "part_of_whole", part_of_whole),
};

static const ds_field deed_fields[] = {
    F_STR(ds_deed, "sentence", sentence),
    F_U32(ds_deed, "number", number),
    F_SPAN(ds_deed, "words", words),
    F_ENUM(ds_deed, "part", part, ds_names_part),
    F_ENUM(ds_deed, "kind", kind, ds_names_deed),
    F_STR(ds_deed, "pair", pair),
    F_BOOL(ds_deed, "other", other),
    F_BOOL(ds_deed, "negated", negated),
    F_ENUM(ds_deed, "turns", turns, ds_names_turns),
    F_STR(ds_deed, "who", who),
    F_STR(ds_deed, "head", head),
    F_ENUM(ds_deed, "who_is", of, ds_names_deed_of),
    F_STR(ds_deed, "topic", topic),
    F_STR(ds_deed, "place", where),
    F_BOOL(ds_deed, "dated", dated),
    F_BOOL(ds_deed, "inferred", inferred),
    F_DAYS(ds_deed, "when", when),
    F_LIST(ds_deed, "said_by", said_by, said_by_len, &list_links),
    F_ENUM(ds_deed, "certainty", certainty, ds_names_certainty),
};
const ds_shape ds_shape_deed = {
    "deed", sizeof(ds_deed), {"article", "i"}, {{deed_fields, DS_LEN(deed_fields), 0}}};
// clang-format on

const ds_shape ds_shape_claim = {
    "claim",
    sizeof(ds_claim),
    {"article", "i"},
    {{ds_claim_fields, DS_LEN(ds_claim_fields), 0},
     {ds_value_fields, DS_LEN(ds_value_fields), offsetof(ds_claim, value)}}};
