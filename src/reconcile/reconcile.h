/* SPDX-License-Identifier: Apache-2.0 */
/* reconcile.h - questions, answers, origins, verdicts, estimates, arithmetic, drift.
 *
 * Layer    reconcile; uses base, text, claim, story
 * Method   claims answer one question when measure family, subject, scope and time fit; an answer is a value and
 *          all who give it; an origin is a holder of the story or a page in its own voice; copied
 *          sentences share an origin. docs/formats/questions.md has every rule with its number
 * Output   questions in order: disagreements first, then by weight of the measure, then by size
 * Memory   all results live in `a`
 * Errors   DS_NOMEM, DS_LIMIT; *out untouched on error
 */
#ifndef DS_RECONCILE_H
#define DS_RECONCILE_H

#include "story/story.h"

typedef struct ds_cite {       /* "B9": a sentence of a member */
    uint32_t member, sentence; /* index into story members; sentence number (title 0) */
} ds_cite;

typedef enum ds_verdict {
    DS_V_SAME,
    DS_V_OVERLAP,
    DS_V_REFINES,
    DS_V_UPDATES,
    DS_V_DRIFT,
    DS_V_CONFLICTS
} ds_verdict;
const char *ds_verdict_name(ds_verdict v);

typedef struct ds_origin {
    ds_str name;         /* "Orpress"; for a page in its own voice: absent */
    ds_holder_kind kind; /* DS_HOLDER_NONE: own voice */
    uint32_t member;     /* that gives it; of several the first by name of document */
    int32_t holder;      /* index into ds_story.who.holders; -1: own voice */
    ds_str why; /* how claims were joined: "holder", "copy A12 B3", "via credit", or absent */
} ds_origin;

typedef struct ds_answer {
    ds_value value;       /* in the question's unit; of a ratio with a known base: the product */
    const uint32_t *rows; /* claims: indices into ds_story.rows */
    size_t rows_len;
    const uint32_t *origins; /* indices into question origins, one per distinct origin */
    size_t origins_len;
    bool
        wider; /* counts more than the question asks (losses in casualties): left out of the estimate */
    bool flagged;    /* part of an arithmetic flag */
    bool planned;    /* planned or possible: a separate answer from what was done */
    bool superseded; /* an update took its place: left out of state, factor and estimate */
} ds_answer;

typedef struct ds_pair {
    uint32_t a, b; /* answers, a < b */
    ds_verdict verdict;
    ds_str why; /* "both leave the low end open; their tops differ ×4" */
} ds_pair;

typedef enum ds_state {
    DS_S_CONFLICT,
    DS_S_APART,
    DS_S_AGREE,
    DS_S_ONE_ORIGIN,
    DS_S_ONE_PAGE
} ds_state;
const char *ds_state_name(ds_state s); /* "conflict", "apart", "agree", "one origin", "one page" */

typedef enum ds_scope { /* how much of what happened most of a question's claims count: S4 to S6, S9, S10, S13 to S15 */
                        DS_SCOPE_WHOLE,   /* all of it: nothing says otherwise */
                        DS_SCOPE_PART,    /* a part of a whole, or what was added to one */
                        DS_SCOPE_YEARS,   /* it ended a year before the story's last day */
                        DS_SCOPE_SEVERAL, /* several events: "in three separate shootings" */
                        DS_SCOPE_RUNNING, /* a longer time: "since the offensive began" */
                        DS_SCOPE_OTHER,   /* another event: "hours earlier" */
                        DS_SCOPE_EARLIER, /* over before the story's first page: recalled */
                        DS_SCOPE_TURN     /* one of several events that its pages tell in turn */
} ds_scope;
/* "whole", "part", "other years", "several events", "longer time", "other event", "earlier event",
 * "one of several events" */
const char *ds_scope_name(ds_scope s);
/* Of another time than the story's, or of one event among several: told behind what is the story's own. */
bool ds_scope_is_aside(ds_scope s);

typedef struct ds_step { /* the estimate as it stood on a day, of what was dated by then */
    ds_day day;
    bool has_low, has_best, has_high;
    ds_frac low, best, high;
} ds_step;

typedef struct ds_estimate {
    bool has_low, has_best, has_high;
    ds_frac low, best, high;
    ds_str rule;          /* "range", ... */
    ds_str why;           /* "no two origins agree; each “up to” leaves room for the others" */
    const ds_step *steps; /* one for each day on which it moved; none where nothing is dated */
    size_t steps_len;
} ds_estimate;

typedef enum ds_flag_kind {
    DS_FLAG_SHARE,   /* a share of its base against a count */
    DS_FLAG_SUM,     /* parts against their whole */
    DS_FLAG_CONTAIN, /* a narrow measure against a wider one */
    DS_FLAG_RATE,    /* a rate over a time against a sum */
    DS_FLAG_DRIFT,
    DS_FLAG_DELTA, /* a count and what is added to it against the total */
    DS_FLAG_FLOW   /* what went in against what is left and what went out */
} ds_flag_kind;
/* "share", "sum", "contain", "rate", "drift", "delta", "flow" */
const char *ds_flag_kind_name(ds_flag_kind k);

#define DS_FLAG_ROWS                                                                               \
    8 /* claims in one sum: those of a long list of parts beyond them are not named */

typedef struct ds_flag { /* what does not add up; drift too */
    ds_flag_kind kind;
    ds_frac share, base, stated,
        expected; /* share and base only for DS_FLAG_SHARE; counts in the claims' unit; den 0: no one figure follows */
    uint32_t rows[DS_FLAG_ROWS]; /* claims: share, base, stated; else in the order of the sum */
    uint32_t rows_len;
    ds_cite cites[2]; /* the two sentences to show side by side (may be the same sentence) */
    ds_str finding;   /* one sentence: "B against itself: 40 is not half of 120" */
    ds_str sum;       /* "7 + 9 ≤ 12"; absent for drift */
} ds_flag;

typedef struct ds_tie { /* why two claims stand in one question, or in two */
    uint32_t row, with; /* indices into ds_story.rows */
    bool
        apart; /* `with` is a claim of another question of its kind: of the main one, or of the main one's others */
    ds_str why; /* "the same is counted, with the same figure" */
} ds_tie;

typedef struct ds_question {
    ds_str id;    /* stable: "q" and 8 hex digits over measure, subject, unit, per, scope */
    ds_str text;  /* "How many South African soldiers were killed?" */
    ds_str label; /* short, for one-page questions: "journey across Russia" */
    ds_str measure, subject, unit;
    ds_str per[2];
    uint32_t per_len;
    const ds_answer *answers; /* lowest first */
    size_t answers_len;
    const ds_origin *origins;
    size_t origins_len;
    const ds_pair *pairs; /* in order of a, then of b */
    size_t pairs_len;
    const ds_tie *ties; /* one for each claim but the first, then what keeps it apart from others */
    size_t ties_len;
    ds_estimate estimate;
    ds_scope scope;
    ds_state state;
    bool has_factor;
    ds_frac factor;        /* highest stated figure by the lowest */
    const uint32_t *flags; /* indices into ds_ledger.flags that touch it */
    size_t flags_len;
} ds_question;

/* ---- the force ledger: what an actor sent, lost and withdrew, and what remains ------------------------------------ */

typedef struct ds_amount { /* a closed interval; an end may be open */
    bool has_low, has_high;
    ds_frac low, high;
} ds_amount;

typedef struct ds_force { /* an actor's forces as they stood on a day */
    ds_str actor;
    ds_day day;                                         /* DS_DAY_NONE: of figures without a day */
    ds_amount sent, killed, injured, captured, missing; /* both ends open: nobody says */
    ds_amount lost;                                     /* by all of these, and as such */
    ds_amount withdrawn, remains;
    const uint32_t *rows; /* claims that they rest on: indices into ds_story.rows */
    size_t rows_len;
} ds_force;

/* ---- disputes: what is told both ways ------------------------------------------------------------------------------ */

typedef struct ds_telling { /* a sentence that tells one of two opposites */
    ds_cite cite;
    ds_str sentence;
    ds_span words; /* that tell it, inside `sentence` */
    ds_str holder; /* who says it, nearest to the fact; absent: the page in its own voice */
    ds_days days;  /* when it was so, as told; else when the page says it */
} ds_telling;

typedef struct ds_dispute {
    ds_verdict
        verdict; /* DS_V_CONFLICTS, or DS_V_UPDATES: the second came later, or takes the first back */
    ds_str pair;  /* "withdraw"; "=fall": what a source confirms or denies */
    ds_str about; /* "Canada", "Varn bridge" */
    ds_telling sides[2];
    const ds_cite *more; /* sentences of either side besides, in order */
    size_t more_len;
    ds_str
        finding; /* "A and B tell opposite things of Canada: “have withdrawn”, “still fighting”" */
} ds_dispute;

typedef struct ds_ledger {
    const ds_question *questions;
    size_t questions_len;
    const ds_flag *flags;
    size_t flags_len;
    const ds_force
        *forces; /* by actor, then by day; actors with something sent and something lost */
    size_t forces_len;
    const ds_dispute *disputes; /* conflicts first, then in order of page and sentence */
    size_t disputes_len;
    uint32_t sums_checked; /* arithmetic checks made, flagged or not */
    uint32_t origins;      /* distinct over the whole story */
} ds_ledger;

/* ---- values and days as text: the one place that knows how figures are worded (face of the program) ----------- */

/* "about 11,000", "up to 5,500", "half", "40%", "nearly 7,000 km", "1.28 million", "$2,000", "1,000 to 1,500", "dozens".
 * Units of measure, time and money are printed, counted things ("person", "shell") are not. */
void ds_value_prose(ds_buf *b, const ds_value *v, ds_str unit);
/* "~11,000", "≤50%", ">1,280,000", "nearly 7,000 km", "1,000–1,500": for tables. */
void ds_value_table(ds_buf *b, const ds_value *v, ds_str unit);
/* A bare number in the same styles, without a bound: "11,500", "half", "$2,000". */
void ds_number_prose(ds_buf *b, ds_frac n, ds_str unit);
/* "7 Feb", "mid-Jan", "late 2024", "fall 2024", "Oct 2024", "from Oct 2024", "3–9 Feb"; year_left_out: a year that goes
 * without saying (0: none). Nothing is put when both ends are open. */
void ds_days_text(ds_buf *b, ds_days days, int year_left_out);
/* "×3.3", "×13": two digits below 10, whole from there. */
void ds_factor_text(ds_buf *b, ds_frac factor);

/* ---- origins ---------------------------------------------------------------------------------------------------- */

/* The link of said_by, which has some, that stands for a claim: the nearest to the fact, or behind an anonymous one the outlet
 * that is named. Others only pass it on. */
size_t ds_holding_link(const ds_claim *c);

/* ---- rules of estimates ----------------------------------------------------------------------------------------- */

typedef struct ds_rule {
    ds_str name;  /* "range", "median-origin", "latest", "conservative", "ucdp" */
    ds_str about; /* half a line for people */
} ds_rule;
/* The rules by number from 0, the default first; NULL behind the last. Static. */
const ds_rule *ds_rule_at(size_t i);

/* The estimates of a finished story by another rule, from its stored rows and answers; forces too; nothing else of `io` changes. story:
 * members with letters, and rows. last: the last day of its pages, DS_DAY_NONE: they are not dated. Errors: DS_BAD no such
 * rule (it lists them), DS_NOMEM; *io untouched. */
ds_status ds_reconcile_by(ds_arena *a, ds_story *story, ds_day last, ds_str rule, ds_ledger *io,
                          ds_err *err);

/* rule: a name of ds_rule_at; absent or empty: the default. Readings are those given to ds_story_given; ds_story_who has been
 * there. Fills question, origin and flag of story->rows. */
ds_status ds_reconcile(ds_arena *a, const ds_reading *readings, ds_story *story,
                       const ds_lexicon *lex, ds_str rule, ds_ledger *out, ds_err *err);

#endif
