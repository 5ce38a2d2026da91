/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the views share: records (JSON, CSV, TSV), origins of rows, the layout kit, words.
 *
 * Layer    export; never leaves this folder
 * Method   every view appends to `out`; what it appended goes again unless all went well (ex_done)
 */
#ifndef DS_EXPORT_INTERNAL_H
#define DS_EXPORT_INTERNAL_H

#include "export/export.h"

/* ---- the end of every view ---------------------------------------------------------------------- */

/* Folds the builder's own error into st; cuts `out` back to `mark` unless the result is DS_OK. */
ds_status ex_done(ds_buf *out, size_t mark, ds_status st);

/* ---- records ------------------------------------------------------------------------------------- */

/* One cell of a CSV or TSV row. CSV quotes what needs it (RFC 4180); TSV turns tabs and line ends into blanks. */
void ex_cell(ds_buf *out, ds_format format, bool first, ds_str text);
/* A table of docs/formats/export.md but claims, header first; DS_BAD: no such table. */
ds_status ex_table(ds_arena *a, const ds_dossier *d, const char *name, ds_format format,
                   ds_buf *out);

/* ---- JSON of the shared things -------------------------------------------------------------------- */

void ex_json_frac(ds_json *j, const char *key, bool has, ds_frac v); /* null unless `has` */
void ex_json_strs(ds_json *j, const char *key, ds_strs list);
/* "said_by", with the story's holders where there is a row of one (else NULL and NULL). */
void ex_json_chain(ds_json *j, const ds_link *by, size_t n, const ds_dossier *d, const ds_row *row);
void ex_json_claim(ds_json *j, const ds_dossier *d, const ds_row *row); /* docs/formats/claim.md */
/* docs/formats/questions.md. DS_NOMEM. */
ds_status ex_json_question(ds_json *j, ds_arena *a, const ds_dossier *d, const ds_question *q);
void ex_json_flag(ds_json *j, const ds_dossier *d, const ds_flag *f);
#define EX_FLAG_CITES (2 + DS_FLAG_ROWS)
/* The sentences of a flag, each once, the two to show side by side first; as many as it returns. */
size_t ex_flag_cites(const ds_dossier *d, const ds_flag *f, ds_cite out[EX_FLAG_CITES]);
/* docs/formats/holders.md: holders, not_joined, places of the whole story (DS_NOMEM); the evidence of one holder. */
ds_status ex_json_who(ds_json *j, ds_arena *a, const ds_dossier *d);
void ex_json_evidence(ds_json *j, const ds_dossier *d, uint32_t holder);
/* An event of the timeline, a source: docs/formats/show.md. */
void ex_json_event(ds_json *j, const ds_dossier *d, size_t i);
void ex_json_source(ds_json *j, const ds_dossier *d, size_t i);
/* "same names, other day": bits of DS_SAME_... */
void ex_put_why(ds_buf *b, uint32_t why);
void ex_json_similar(ds_json *j, const ds_dossier *d, size_t i);
void ex_json_regrouping(ds_json *j, ds_arena *a, const ds_regrouping *r);
/* parts: names of lists with commas; NULL: all. */
ds_status ex_show_json(ds_arena *a, const ds_dossier *d, const char *parts, ds_buf *out);
void ex_json_story_line(ds_json *j, const ds_story_line *s); /* its members */

/* ---- articles ------------------------------------------------------------------------------------ */

/* r NULL: without who says what. */
void ex_article_json(ds_buf *out, const ds_article *art, const ds_reading *r, const ds_voices *v);
/* "attributions" and "hedges" of docs/formats/article.md; null where v is NULL. */
void ex_json_voices(ds_json *j, const ds_reading *r, const ds_voices *v);
ds_status ex_article_text(ds_arena *a, const ds_article *art, ds_style style, ds_buf *out);

/* ---- claims ------------------------------------------------------------------------------------- */

/* CSV or TSV, header first. */
ds_status ex_claims_table(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f,
                          ds_format format, ds_buf *out);
bool ex_claim_passes(const ds_dossier *d, const ds_row *row, const ds_claim_filter *f);
ds_status ex_claims_text(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f, ds_style style,
                         ds_buf *out);
ds_str ex_where(const ds_claim *c); /* the place, or its words where it is not resolved */
ds_str ex_of(const ds_claim *c);    /* the base's claim id, or its words */

#define EX_DECIMALS 4 /* of cells, as JSON prints fractions */

/* ---- who and where across pages: absent where there is none ---------------------------------------- */

size_t ex_in_state(const ds_dossier *d, ds_state state); /* questions: show.c */
ds_str ex_letter_of(const ds_dossier *d, uint32_t member);
/* The rows whose claims each holder stands behind, whatever its place in the chain: those of holder h are rows[first[h]] up to
 * rows[first[h + 1]], in their order. first NULL: no memory. */
typedef struct ex_held {
    const uint32_t *first, *rows;
} ex_held;
ex_held ex_held_rows(ds_arena *a, const ds_dossier *d);
ds_str ex_holder_id(const ds_dossier *d, int64_t holder); /* "h3" */
ds_str ex_place_id(const ds_dossier *d, const ds_row *row);

/* ---- questions ----------------------------------------------------------------------------------- */

bool ex_question_asked(const ds_question *q, ds_str only); /* by measure or id; absent: all */
ds_status ex_questions_text(ds_arena *a, const ds_dossier *d, ds_str only, ds_style style,
                            ds_buf *out);

/* ---- origins -------------------------------------------------------------------------------------- */

/* ids[k] is the story-wide id ("o3") of q->origins[k], found from the rows that give its answers; absent where no row
 * fits. NULL: no memory. */
const ds_str *ex_origin_ids(ds_arena *a, const ds_dossier *d, const ds_question *q);

/* The sentence behind a citation, as a claim of it tells; absent where no claim stands in it. */
ds_str ex_sentence(const ds_dossier *d, ds_cite cite);

#endif
