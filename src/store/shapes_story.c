/* SPDX-License-Identifier: Apache-2.0 */
/* shapes_story.c - the finished story: which field is which column. */
#include "store/fields.h"

const char *const ds_names_verdict[] = {"same",  "overlap",   "refines", "updates",
                                        "drift", "conflicts", NULL};
const char *const ds_names_overlap[] = {"none", "part", "inside", "close", "exact", NULL};
const char *const ds_names_rule[] = {
    "writing",  "title",       "normal name",         "country",          "accents and hyphens",
    "spelling", "given names", "family names",        "country left out", "brackets",
    "initials", "last name",   "title and last name", "one word",         NULL};
const char *const ds_names_state[] = {"conflict", "apart", "agree", "one origin", "one page", NULL};
const char *const ds_names_scope[] = {"whole", "part",    "years", "several", "running",
                                      "other", "earlier", "turn",  NULL};
const char *const ds_names_flag[] = {"share", "sum",   "contain", "rate",
                                     "drift", "delta", "flow",    NULL};

// clang-format off
static const ds_field cite_fields[] = {
    F_U32(ds_cite, "member", member),
    F_U32(ds_cite, "sentence", sentence),
};
const ds_list_shape ds_list_cites = LIST_OF(ds_cite, cite_fields);
static const ds_list_shape list_two_cites = {cite_fields, DS_LEN(cite_fields), sizeof(ds_cite), 2};

static const ds_field u32_fields[] = {{"value", DS_F_U32, 0, DS_NO_AUX, NULL}};
static const ds_list_shape list_flag_rows = {u32_fields, 1, sizeof(uint32_t), DS_FLAG_ROWS};

static const ds_field story_fields[] = {
    F_STR(ds_dossier, "title", title),
    F_STR(ds_dossier, "title_from", title_from),
    F_STR(ds_dossier, "standfirst", standfirst),
    F_LIST(ds_dossier, "standfirst_cites", standfirst_cites.at, standfirst_cites.len, &ds_list_cites),
    F_STR(ds_dossier, "section", section),
    F_STRS(ds_dossier, "keywords", keywords),
    F_U32(ds_dossier, "publishers", publishers),
    F_U32(ds_dossier, "sums_checked", ledger.sums_checked),
    F_U32(ds_dossier, "origins", ledger.origins),
};
const ds_shape ds_shape_story = {
    "story", sizeof(ds_dossier), {"id"}, {{story_fields, DS_LEN(story_fields), 0}}};

static const ds_field count_fields[] = {
    F_U32(ds_story_counts, "pages", pages),
    F_U32(ds_story_counts, "figures", figures),
    F_U32(ds_story_counts, "questions", questions),
    F_U32(ds_story_counts, "flags", flags),
    F_DAYS(ds_story_counts, "days", days),
};
const ds_shape ds_shape_story_counts = {
    "story", sizeof(ds_story_counts), {"id"}, {{count_fields, DS_LEN(count_fields), 0}}};

static const ds_field line_fields[] = {
    F_STR(ds_story_line, "title", title),
    F_U32(ds_story_line, "pages", pages),
    F_U32(ds_story_line, "figures", figures),
    F_U32(ds_story_line, "questions", questions),
    F_U32(ds_story_line, "flags", flags),
    F_DAYS(ds_story_line, "days", days),
};
const ds_shape ds_shape_story_line = {
    "story", sizeof(ds_story_line), {"id"}, {{line_fields, DS_LEN(line_fields), 0}}};

static const ds_field first_fields[] = {
    F_STR(ds_first, "text", text),
    F_U32(ds_first, "member", cite.member),
    F_U32(ds_first, "sentence", cite.sentence),
};
static const ds_list_shape list_first = LIST_OF(ds_first, first_fields);

static const ds_field source_fields[] = {
    F_STR(ds_source, "letter", letter),
    F_STR(ds_source, "doc", doc),
    F_STR(ds_source, "page_sha256", page_sha256),
    F_STR(ds_source, "title", title),
    F_STR(ds_source, "opening", opening),
    F_STR(ds_source, "publisher", publisher),
    F_STR(ds_source, "original_publisher", original_publisher),
    F_STR(ds_source, "licence", licence),
    F_STR(ds_source, "affiliation", affiliation),
    F_STR(ds_source, "section", section),
    F_STRS(ds_source, "authors", authors),
    F_STRS(ds_source, "credited", credited),
    F_ENUM(ds_source, "kind", kind, ds_names_kind),
    F_STR(ds_source, "language", language),
    F_DAY(ds_source, "published", published),
    F_STR(ds_source, "published_from", published_from),
    F_DAYS(ds_source, "window", window),
    F_STR(ds_source, "window_from", window_from),
    F_U32(ds_source, "sentences", sentences),
    F_U32(ds_source, "figures", figures),
    F_U32(ds_source, "flags", flags),
    F_U32(ds_source, "comments_left_out", comments_left_out),
    F_U32(ds_source, "teasers_left_out", teasers_left_out),
    F_STRS(ds_source, "related", related),
    F_LIST(ds_source, "told_first", first, first_len, &list_first),
};
const ds_shape ds_shape_source = {
    "source", sizeof(ds_source), {"story", "i"}, {{source_fields, DS_LEN(source_fields), 0}}};

static const ds_field row_fields[] = {
    F_U32(ds_row, "member", member),
    F_LIST(ds_row, "holders", holders, holders_len, &ds_list_u32),
    F_INDEX(ds_row, "place_of", place),
    F_STR(ds_row, "question", question),
    F_STR(ds_row, "origin", origin),
    F_STR(ds_row, "flag", flag),
};
const ds_shape ds_shape_row = {
    "story_row", sizeof(ds_row), {"story", "i"},
    {{row_fields, DS_LEN(row_fields), 0},
     {ds_claim_fields, DS_CLAIM_FIELDS, offsetof(ds_row, claim)},
     {ds_value_fields, DS_VALUE_FIELDS, offsetof(ds_row, claim.value)}}};

static const ds_field question_fields[] = {
    F_STR(ds_question, "id", id),
    F_STR(ds_question, "text", text),
    F_STR(ds_question, "label", label),
    F_STR(ds_question, "measure", measure),
    F_STR(ds_question, "subject", subject),
    F_STR(ds_question, "unit", unit),
    F_LIST(ds_question, "per", per, per_len, &ds_list_per),
    F_FRAC(ds_question, "low", estimate.low, estimate.has_low),
    F_FRAC(ds_question, "best", estimate.best, estimate.has_best),
    F_FRAC(ds_question, "high", estimate.high, estimate.has_high),
    F_STR(ds_question, "rule", estimate.rule),
    F_STR(ds_question, "why", estimate.why),
    F_ENUM(ds_question, "scope", scope, ds_names_scope),
    F_ENUM(ds_question, "state", state, ds_names_state),
    F_FRAC(ds_question, "factor", factor, has_factor),
    F_LIST(ds_question, "flags", flags, flags_len, &ds_list_u32),
};
const ds_shape ds_shape_question = {
    "question", sizeof(ds_question), {"story", "i"}, {{question_fields, DS_LEN(question_fields), 0}}};

static const ds_field answer_fields[] = {
    F_LIST(ds_answer, "claims", rows, rows_len, &ds_list_u32),
    F_LIST(ds_answer, "origins", origins, origins_len, &ds_list_u32),
    F_BOOL(ds_answer, "wider", wider),
    F_BOOL(ds_answer, "flagged", flagged),
    F_BOOL(ds_answer, "planned", planned),
    F_BOOL(ds_answer, "superseded", superseded),
};
const ds_shape ds_shape_answer = {
    "answer", sizeof(ds_answer), {"story", "question", "i"},
    {{answer_fields, DS_LEN(answer_fields), 0},
     {ds_value_fields, DS_VALUE_FIELDS, offsetof(ds_answer, value)}}};

static const ds_field origin_fields[] = {
    F_STR(ds_origin, "name", name),
    F_ENUM(ds_origin, "kind", kind, ds_names_holder),
    F_U32(ds_origin, "member", member),
    F_INDEX(ds_origin, "holder", holder),
    F_STR(ds_origin, "why", why),
};
const ds_shape ds_shape_origin = {
    "origin", sizeof(ds_origin), {"story", "question", "i"}, {{origin_fields, DS_LEN(origin_fields), 0}}};

static const ds_field pair_fields[] = {
    F_U32(ds_pair, "a", a),
    F_U32(ds_pair, "b", b),
    F_ENUM(ds_pair, "verdict", verdict, ds_names_verdict),
    F_STR(ds_pair, "why", why),
};
const ds_shape ds_shape_pair = {
    "pair", sizeof(ds_pair), {"story", "question", "i"}, {{pair_fields, DS_LEN(pair_fields), 0}}};

static const ds_field tie_fields[] = {
    F_U32(ds_tie, "claim", row),
    F_U32(ds_tie, "with_claim", with),
    F_BOOL(ds_tie, "apart", apart),
    F_STR(ds_tie, "why", why),
};
const ds_shape ds_shape_tie = {
    "tie", sizeof(ds_tie), {"story", "question", "i"}, {{tie_fields, DS_LEN(tie_fields), 0}}};

static const ds_field flag_fields[] = {
    F_ENUM(ds_flag, "kind", kind, ds_names_flag),
    F_WHOLE_FRAC(ds_flag, "share", share),
    F_WHOLE_FRAC(ds_flag, "base", base),
    F_WHOLE_FRAC(ds_flag, "stated", stated),
    F_WHOLE_FRAC(ds_flag, "expected", expected),
    F_LIST(ds_flag, "claims", rows, rows_len, &list_flag_rows),
    {"cites", DS_F_LIST, offsetof(ds_flag, cites), DS_NO_AUX, &list_two_cites},
    F_STR(ds_flag, "finding", finding),
    F_STR(ds_flag, "sum", sum),
};
const ds_shape ds_shape_flag = {
    "flag", sizeof(ds_flag), {"story", "i"}, {{flag_fields, DS_LEN(flag_fields), 0}}};

#define F_TELLING(name, k)                                                                         \
    F_U32(ds_dispute, name "_member", sides[k].cite.member),                                       \
    F_U32(ds_dispute, name "_number", sides[k].cite.sentence),                                     \
    F_STR(ds_dispute, name "_sentence", sides[k].sentence),                                        \
    F_SPAN(ds_dispute, name "_words", sides[k].words),                                             \
    F_STR(ds_dispute, name "_holder", sides[k].holder),                                            \
    F_DAYS(ds_dispute, name "_days", sides[k].days)
static const ds_field dispute_fields[] = {
    F_ENUM(ds_dispute, "verdict", verdict, ds_names_verdict),
    F_STR(ds_dispute, "pair", pair),
    F_STR(ds_dispute, "about", about),
    F_TELLING("first", 0),
    F_TELLING("second", 1),
    F_LIST(ds_dispute, "more", more, more_len, &ds_list_cites),
    F_STR(ds_dispute, "finding", finding),
};
const ds_shape ds_shape_dispute = {
    "dispute", sizeof(ds_dispute), {"story", "i"}, {{dispute_fields, DS_LEN(dispute_fields), 0}}};

static const ds_field step_fields[] = {
    F_DAY(ds_step, "day", day),
    F_FRAC(ds_step, "low", low, has_low),
    F_FRAC(ds_step, "best", best, has_best),
    F_FRAC(ds_step, "high", high, has_high),
};
const ds_shape ds_shape_step = {
    "step", sizeof(ds_step), {"story", "question", "i"}, {{step_fields, DS_LEN(step_fields), 0}}};

#define F_AMOUNT(field)                                                                            \
    F_FRAC(ds_force, #field "_low", field.low, field.has_low),                                     \
        F_FRAC(ds_force, #field "_high", field.high, field.has_high)

static const ds_field force_fields[] = {
    F_STR(ds_force, "actor", actor),
    F_DAY(ds_force, "day", day),
    F_AMOUNT(sent),
    F_AMOUNT(killed),
    F_AMOUNT(injured),
    F_AMOUNT(captured),
    F_AMOUNT(missing),
    F_AMOUNT(lost),
    F_AMOUNT(withdrawn),
    F_AMOUNT(remains),
    F_LIST(ds_force, "claims", rows, rows_len, &ds_list_u32),
};
const ds_shape ds_shape_force = {
    "force", sizeof(ds_force), {"story", "i"}, {{force_fields, DS_LEN(force_fields), 0}}};

static const ds_field key_point_fields[] = {
    F_STR(ds_key_point, "text", text),
    F_BOOL(ds_key_point, "flagged", flagged),
    F_LIST(ds_key_point, "cites", cites.at, cites.len, &ds_list_cites),
    F_LIST(ds_key_point, "questions", questions, questions_len, &ds_list_u32),
};
const ds_shape ds_shape_key_point = {
    "key_point", sizeof(ds_key_point), {"story", "i"}, {{key_point_fields, DS_LEN(key_point_fields), 0}}};

static const ds_field event_fields[] = {
    F_BOOL(ds_event, "has_when", has_when),
    F_DAYS(ds_event, "when", when),
    F_STR(ds_event, "when_words", when_words),
    F_STR(ds_event, "text", text),
    F_ENUM(ds_event, "certainty", certainty, ds_names_certainty),
    F_LIST(ds_event, "cites", cites.at, cites.len, &ds_list_cites),
};
const ds_shape ds_shape_event = {
    "event", sizeof(ds_event), {"story", "i"}, {{event_fields, DS_LEN(event_fields), 0}}};

static const ds_field copy_fields[] = {
    F_U32(ds_copy, "from_member", from_member),
    F_U32(ds_copy, "from_sentence", from_sentence),
    F_U32(ds_copy, "to_member", to_member),
    F_U32(ds_copy, "to_sentence", to_sentence),
    F_U32(ds_copy, "words", words),
};
const ds_shape ds_shape_copy = {
    "copy", sizeof(ds_copy), {"story", "i"}, {{copy_fields, DS_LEN(copy_fields), 0}}};

static const ds_field passage_fields[] = {
    F_SPAN(ds_passage, "first", at[0]),
    F_SPAN(ds_passage, "second", at[1]),
    F_U32(ds_passage, "words", words),
};
static const ds_list_shape list_passages = LIST_OF(ds_passage, passage_fields);
static const ds_field overlap_fields[] = {
    F_U32(ds_overlap, "first_member", members[0]),
    F_U32(ds_overlap, "second_member", members[1]),
    F_BOOL(ds_overlap, "known", known),
    F_ENUM(ds_overlap, "kind", shared.kind, ds_names_overlap),
    F_U32(ds_overlap, "first_words", shared.words[0]),
    F_U32(ds_overlap, "second_words", shared.words[1]),
    F_U32(ds_overlap, "first_of", shared.of[0]),
    F_U32(ds_overlap, "second_of", shared.of[1]),
    F_U32(ds_overlap, "longest", shared.longest),
    F_LIST(ds_overlap, "passages", shared.passages, shared.passages_len, &list_passages),
};
const ds_shape ds_shape_overlap = {
    "overlap", sizeof(ds_overlap), {"story", "i"}, {{overlap_fields, DS_LEN(overlap_fields), 0}}};

static const ds_field holder_fields[] = {
    F_STR(ds_holder, "id", id),
    F_STR(ds_holder, "name", name),
    F_ENUM(ds_holder, "kind", kind, ds_names_holder),
    F_LIST(ds_holder, "members", members, members_len, &ds_list_u32),
};
const ds_shape ds_shape_holder = {
    "holder", sizeof(ds_holder), {"story", "i"}, {{holder_fields, DS_LEN(holder_fields), 0}}};

#define F_NAMING(S, column, field)                                                                 \
    F_STR(S, column, field.words), F_U32(S, column "_member", field.member),                       \
        F_U32(S, column "_sentence", field.sentence)

static const ds_field join_fields[] = {
    F_U32(ds_join, "holder", holder),
    F_ENUM(ds_join, "rule", rule, ds_names_rule),
    F_NAMING(ds_join, "form", form),
    F_NAMING(ds_join, "other", with),
    F_NAMING(ds_join, "proof", proof),
};
const ds_shape ds_shape_join = {
    "holder_join", sizeof(ds_join), {"story", "i"}, {{join_fields, DS_LEN(join_fields), 0}}};

static const ds_field unsure_fields[] = {
    F_U32(ds_unsure, "holder", holders[0]),
    F_U32(ds_unsure, "other_holder", holders[1]),
    F_NAMING(ds_unsure, "form", form),
    F_NAMING(ds_unsure, "other", with),
    F_STR(ds_unsure, "why", why),
};
const ds_shape ds_shape_unsure = {
    "unsure", sizeof(ds_unsure), {"story", "i"}, {{unsure_fields, DS_LEN(unsure_fields), 0}}};

static const ds_field place_fields[] = {
    F_STR(ds_place, "id", id),
    F_STR(ds_place, "name", name),
    F_STR(ds_place, "kind", kind),
};
const ds_shape ds_shape_place = {
    "place", sizeof(ds_place), {"story", "i"}, {{place_fields, DS_LEN(place_fields), 0}}};
// clang-format on
