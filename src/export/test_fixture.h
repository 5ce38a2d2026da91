/* SPDX-License-Identifier: Apache-2.0 */
/* test_fixture.h - finished stories for tests, built from tables; golden files. */
#ifndef DS_EXPORT_TEST_FIXTURE_H
#define DS_EXPORT_TEST_FIXTURE_H

#include "export/export.h"

typedef struct fx_value {
    ds_bound bound;
    int64_t low, high; /* the number twice, or the ends of a range */
    int64_t den;       /* 0: 1 */
} fx_value;

typedef struct fx_claim {
    uint32_t member, number;
    const char *sentence, *figure; /* figure: the words of it that count */
    const char *measure, *subject, *unit;
    fx_value value;
    int of, delta_of; /* row + 1, 0: none */
    const char *of_words;
    int64_t derived; /* 0: none */
    const char *per[2];
    const char *from, *to, *words; /* when: days, or words alone */
    const char *holder, *cue;
    ds_holder_kind kind;
    ds_certainty certainty;
    const char *question, *origin, *flag;
    ds_part part; /* 0 stands for body, a title's claims are not needed here */
} fx_claim;

#define FX_MOST 6
typedef struct fx_answer {
    fx_value value;
    int rows[FX_MOST], origins[FX_MOST]; /* + 1; 0 ends */
    bool wider, flagged;
} fx_answer;

typedef struct fx_pair {
    uint32_t a, b;
    ds_verdict verdict;
    const char *why;
} fx_pair;

typedef struct fx_origin {
    const char *name;
    ds_holder_kind kind;
    uint32_t member;
} fx_origin;

typedef struct fx_question {
    const char *id, *text, *label, *measure, *subject, *unit;
    const char *per[2];
    fx_answer answers[FX_MOST];
    fx_origin origins[FX_MOST];
    fx_pair pairs[FX_MOST];
    const char *low, *best, *high, *why; /* estimate; NULL: none */
    ds_state state;
    int64_t factor[2]; /* num, den */
    int flags[2];      /* + 1 */
} fx_question;

ds_value fx_value_of(fx_value v);
const ds_row *fx_rows(ds_arena *a, const fx_claim *at, size_t n, const ds_source *sources);
const ds_question *fx_questions(ds_arena *a, const fx_question *at, size_t n);

/* The fire in the Vask tunnel: four pages, seven questions with several origins, flags of both kinds. */
ds_dossier fx_story(ds_arena *a);
/* Page B of it, read: sentences, claims, everything `read` prints. */
ds_reading fx_reading(ds_arena *a);
/* Who says what on it: chains, somebody quoted over sentences, hedges of all kinds. */
ds_voices fx_voices(ds_arena *a, const ds_reading *r);

/* Compares with src/export/golden/NAME; writes it instead where UPDATE_GOLDEN is set. */
void fx_golden(const char *name, ds_str text);
/* Fails where a line is wider than `width`, ends in a blank, or is not ASCII where it should be. */
void fx_lines(ds_str text, size_t width, bool ascii);

#endif
