/* SPDX-License-Identifier: Apache-2.0 */
/* annotate.h - times, quantities, attributions and who is who inside one page.
 *
 * Layer    annotate; uses base, text, language (names of labels, folding)
 * Method   times and quantities: token matchers over compiled lexicons, noun phrases from the parse, without one by closed-class
 *          words; attributions: what stands beside a cue, then the dependency tree (docs/adr/0008-attribution.md); who is who:
 *          sieves (coref_internal.h). docs/formats/time.md, quantity.md, attribution.md, coref.md. Time before quantity: what a
 *          time claims is no quantity
 * Input    a ds_doc made by ds_text_read from the same lexicon
 * Output   marks in text order; spans are byte offsets into doc->text; values exact
 * Memory   all results live in `a`
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error. No match is not an error: the list is empty
 * Cost     O(tokens x longest phrase)
 * Threads  safe with one arena per thread
 */
#ifndef DS_ANNOTATE_H
#define DS_ANNOTATE_H

#include "text/text.h"

/* Each fills its own list in *out and reads those before it: times, then quantities, then attributions. For times and
 * quantities parse may be NULL: closed classes and endings tell tense and phrases then. */
ds_status ds_annotate_times(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                            const ds_lexicon *lex, ds_marks *out, ds_err *err);
ds_status ds_annotate_quantities(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                 const ds_lexicon *lex, ds_marks *out, ds_err *err);
ds_status ds_annotate_attributions(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                   const ds_lexicon *lex, ds_marks *out, ds_err *err);
/* Who is who (docs/formats/coref.md): mentions and entities of the page, from parse->names and heads where sentences have them.
 * Words of dates are no mentions; where attributions have been read already, they say whose words quotations are. */
ds_status ds_annotate_coref(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                            const ds_lexicon *lex, ds_marks *out, ds_err *err);
/* The mention that a phrase is: of those inside of `at` the first, and of these the longest. NULL: none. */
const ds_mention *ds_mention_at(const ds_marks *marks, ds_span at);
/* Its entity's fullest name on the page; absent: it has none. NULL is fine. */
ds_str ds_mention_name(const ds_marks *marks, const ds_mention *m);
/* Does the token lie inside a date or clock time? Durations and sets do not count. */
bool ds_annotate_in_date(const ds_marks *marks, uint32_t tok);
/* All four; who is who before the attributions, which name their sources by it. */
ds_status ds_annotate(ds_arena *a, const ds_doc *doc, const ds_parse *parse, const ds_lexicon *lex,
                      ds_marks *out, ds_err *err);
/* And who is who once more: the attributions say whose words a quotation holds. The marks are those of ds_annotate and
 * ds_annotate_coref behind it; what does not rest on attributions is read once. */
ds_status ds_annotate_settled(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                              const ds_lexicon *lex, ds_marks *out, ds_err *err);

/* ---- the notation of examples: docs/formats/quantity.md, time.md ------------------------------------------- */

const char *ds_quantity_kind_name(ds_quantity_kind k); /* "count", "measure", ... static text */
/* Each appends one line without its end to `b`; the same mark gives the same bytes. Values are exact: what is no short
 * decimal is printed as a fraction. */
/* "12000", "1/3", "~500" about, ">1000", ">=1000", "<1000", "<=1000", "~<1000" almost, "300..1000" range, "3~9" vague. */
void ds_value_print(ds_buf *b, const ds_value *v);
/* VALUE UNIT/PER [NOUN OR BASE] FLAGS: "~12000 person [the sailors] estimated". The brackets hold words of `text` and are
 * left out where there are none. */
void ds_quantity_print(ds_buf *b, ds_str text, const ds_quantity *q);
/* TYPE VALUE MOD DAYS ROLE FLAGS, what there is of them: "DATE 2025-01 MID 2025-01-11..2025-01-20 by". DAYS is first..last,
 * an open end is empty. PAST_REF and the like stand alone. */
void ds_time_print(ds_buf *b, const ds_time *m);

#endif
