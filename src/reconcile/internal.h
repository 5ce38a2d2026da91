/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of reconcile/ share. Rule numbers (Q1, V3, ...) are those of docs/formats/questions.md. */
#ifndef DS_RECONCILE_INTERNAL_H
#define DS_RECONCILE_INTERNAL_H

#include "reconcile/reconcile.h"

/* ---- thresholds: each with its reason ---------------------------------------------------------------- */

#define RC_ABOUT ((ds_frac){1, 10})         /* "about" allows a tenth (docs/formats/claim.md) */
#define RC_FACTOR_LEAST ((ds_frac){21, 20}) /* less is told as "×1" */
#define RC_APART DS_FRAC(2) /* open figures are called apart from twice the lowest on (face) */
#define RC_OTHER_THING                                                                             \
    DS_FRAC(3) /* one page's figures this far apart, with other words, count other things */
#define RC_FITS ((ds_frac){3, 2}) /* figures of one size: within half as much again */
#define RC_NEAR ((ds_frac){6, 5}) /* figures that are nearly one: within a fifth */
#define RC_NAME_SHARE 3           /* a name in more than a third of the sentences tells no event */
#define RC_ALL_PAIRS 400          /* rows of one kind that are all held against each other ... */
#define RC_WINDOW 24              /* ... and how many neighbours by size beyond that */
#define RC_SIDE                                                                                    \
    400 /* unlike rows that a cluster shows on one page, by size: of more, those in the middle are not held against others */
#define RC_OTHER_TIME                                                                              \
    ((ds_frac){3, 2}) /* the same with another time, where the count does not rise between them */
#define RC_EQUATED                                                                                 \
    ((ds_frac){                                                                                    \
        3, 2}) /* "up to half - around 40 -": a bound may miss what it is equated with by half */
#define RC_DRIFT_MIN                                                                               \
    10 /* smaller counts are the same by chance: two killed, two killed or injured */
#define RC_BACKGROUND_DAYS                                                                         \
    365                 /* a count that ended a year before the story's last day is background */
#define RC_PAIRS_ALL 64 /* answers that are compared each with each */
#define RC_PAIRS_NEAR                                                                              \
    16 /* in a question of more: with so many next above it, and with the lowest and the highest */
#define RC_DRIFT_TRIES 64 /* rows with one number that are looked at for a drift */
#define RC_DEED_DAYS 1    /* deeds that meet only conflict where each is told of so few days */
#define RC_EPISODE_DAYS                                                                            \
    14 /* "still" goes back to what happened in so many days: later it tells of another time */
#define RC_DEEDS_MOST 64 /* deeds of one somebody and one pair that are compared each with each */
#define RC_RATE ((ds_frac){1, 5}) /* rates are round, and so is their time: a fifth */

/* ---- lexicon ------------------------------------------------------------------------------------------- */

typedef struct rc_measure {
    ds_str name;
    ds_str asks;   /* measure whose question it answers: itself, or "casualties" for losses */
    ds_str family; /* absent: none */
    int rank;      /* narrow to wide inside the family */
    int weight;
    ds_str unit;                         /* what it counts: "person"; empty: unknown */
    bool rising;                         /* a flow: later counts are higher */
    ds_str question, share, label, verb; /* templates */
} rc_measure;

typedef struct rc_words rc_words; /* the tables, found once */
ds_status rc_words_new(ds_arena *a, const ds_lexicon *lex, rc_words **out);
rc_measure rc_measure_of(const rc_words *w, ds_str measure);

/* ---- rows ------------------------------------------------------------------------------------------------ */

typedef struct rc_subject {
    ds_str actor;  /* normal name, lower case; empty: none */
    ds_str head;   /* class of the head: "soldier"; empty: nobody in particular */
    ds_str phrase; /* all its words, lower case, for comparing */
    ds_str lemma;  /* of the head, general or not */
    ds_str class;  /* of the head in lexicon/en/nouns.tsv; empty: unknown */
    bool general;  /* "people", "victims", nothing: joins the particular subject of the story */
} rc_subject;
ds_status rc_subject_read(ds_arena *a, const rc_words *w, const ds_lexicon *lex, ds_str subject,
                          ds_str actor, rc_subject *out);

/* The same with the templates for what is counted (NULL: not known), or for an amount of it, whose unit is one of measure. */
rc_measure rc_measure_asked(const rc_words *w, ds_str measure, const rc_subject *s, bool amount);

#define RC_NONE UINT32_MAX

typedef struct rc_row {
    const ds_claim *c;
    uint32_t member;
    rc_measure measure;
    rc_subject subject;
    ds_value
        value; /* what is compared: the product of a ratio, the total of a delta, else the claim's own */
    ds_str unit;
    bool derived; /* value is a product or a total */
    bool wider;   /* counts more than its question asks */
    bool planned; /* planned or possible */
    bool denied;
    bool stale; /* a caption beside a figure of the text: in the question, in no answer */
    bool dated;
    ds_day day;   /* when it was so, or was said, if dated */
    ds_str place; /* lower case; empty: none */
    ds_str per;   /* "month soldier" */
    ds_str
        scope; /* part, delta, background: what sets the question apart from the whole; empty: none */
    /* events.c */
    bool running; /* a total over a longer time: "since the offensive began" */
    bool other;   /* its sentence tells of another event than those around it */
    bool several; /* it is counted over more events than one: "in three separate shootings" */
    ds_str hurt;  /* "critical", "serious": a part of the injured; empty: all of them */
    uint32_t
        *names; /* hashes of the names in its sentence, ascending, those left out that most have */
    size_t names_len;
    /* subjects.c */
    uint32_t actors,
        heads;   /* different actors of its head, heads of its actor, among the rows of its kind */
    bool beside; /* a page counts people apart from these */
    uint32_t rank; /* order that does not depend on the order of pages */
    uint32_t question, origin;
} rc_row;

typedef struct rc_slot { /* a row on its way through a sort */
    const rc_row *row;
    uint32_t index;
} rc_slot;

typedef struct rc_tie { /* why two rows are in one question, or in two */
    uint32_t row, with;
    const char *why;
} rc_tie;

typedef DS_VEC(rc_tie) rc_ties;

typedef struct rc_question { /* rows that answer one question, in order */
    uint32_t *rows;
    size_t len;
    bool split;     /* one of several of its kind, and not the main one */
    ds_scope scope; /* extent.c */
    rc_ties ties;   /* why its rows are together: one for each but the first */
    rc_ties apart;  /* why it is not one with others of its kind: `with` is a row of the other */
} rc_question;

typedef struct rc_origins { /* of the whole story; row.origin indexes it */
    ds_origin *at;
    size_t len;
} rc_origins;

typedef DS_VEC(ds_str) rc_bodies; /* normal names of organizations */

typedef struct rc {
    ds_arena *a;
    const ds_lexicon *lex;
    rc_words *words;
    const ds_reading *readings;
    ds_story *story;
    rc_row *rows;
    size_t rows_len;
    rc_question *groups;
    size_t groups_len;
    rc_origins origins;
    rc_bodies *bodies; /* by holder of the story: whom it is or speaks for */
    DS_VEC(ds_flag) flags;
    bool *delta_base; /* by row: an addition leads from it to a total */
    uint32_t *spare;  /* by origin, all 0 between uses */
    ds_map *flagged;  /* what rc_flag was told: none is flagged twice */
    bool *summed;     /* by row: part of an arithmetic flag */
    ds_str *marks;    /* by row: ds_row.flag */
    uint32_t sums;
    ds_day last; /* the story's last day, or DS_DAY_NONE */
    ds_str rule; /* of estimates; empty: the default */
} rc;

ds_status rc_rows_read(rc *r); /* rows.c */
ds_status rc_rank_rows(rc *r);
ds_day rc_last_told(const rc *r); /* the last day that its rows speak of */
void rc_read_day(rc_row *row);    /* fills dated and day from row->c */
/* `each` is told the rows of a question that state one figure, by rank; figures from the lowest up. */
typedef ds_status (*rc_figure_fn)(rc *r, void *with, const rc_slot *rows, size_t len);
ds_status rc_by_figure(rc *r, const rc_question *q, rc_figure_fn each, void *with);
ds_status rc_events_read(rc *r);              /* events.c */
bool rc_over_weeks(const ds_claim *c);        /* events.c, S9: more than one, over weeks */
ds_status rc_group(rc *r);                    /* group.c: rows of one kind; scope.c: questions */
ds_status rc_speakers_read(rc *r);            /* speakers.c */
ds_status rc_origins_find(rc *r);             /* origins.c */
ds_status rc_denials_read(rc *r);             /* denials.c: origins are known */
ds_status rc_check_sums(rc *r);               /* sums.c; sum_text.c words what it finds */
ds_status rc_check_drift(rc *r);              /* drift.c */
ds_status rc_opposites(rc *r, ds_ledger *io); /* opposites.c: fills disputes */
/* events.c: Q10: is what stands at byte `at` of a sentence what a note of correction says that was wrong? */
ds_status rc_taken_before(rc *r, ds_str sentence, uint32_t at, bool *out);
/* Adds a flag unless it stands already; `finding` is taken. */
ds_status rc_flag(rc *r, ds_flag *f, ds_buf *finding, const char *word);
bool rc_same_subject(const rc_row *x,
                     const rc_row *y); /* nothing in actor or head sets them apart */

/* scope.c: splits rows of one kind (in order) into questions, pushed to `out` (main first). */
typedef DS_VEC(rc_question) rc_questions;
ds_status rc_scopes(rc *r, const uint32_t *rows, size_t len, rc_questions *out);
bool rc_apart(const rc_row *x,
              const rc_row *y); /* one page would not say both figures of one thing */
/* S7: why two figures of one page are of two things; NULL: they may be of one. */
const char *rc_other_thing(const rc *r, const rc_row *x, const rc_row *y);
size_t rc_names_shared(const rc_row *x, const rc_row *y); /* events.c */

/* sides.c: which clusters of rows of one kind are told apart somewhere. A cluster is known by one of its rows, its root; all are
 * indices into the list of rows, next[i] the row of the same cluster behind i, UINT32_MAX at its end. In the beginning each row is a
 * cluster. */
typedef struct rc_sides rc_sides;
ds_status rc_sides_new(rc *r, const uint32_t *rows, size_t len, rc_sides **out);
/* Why the two are apart, and at which rows: the first of x, in its order, and the first of y, in order of the list; NULL: they are not.
 * Cost: the unlike rows of x times RC_SIDE. */
const char *rc_sides_apart(rc_sides *s, uint32_t x, const uint32_t *next, uint32_t y,
                           rc_tie *where);
/* Clusters that are apart stay so as they grow: what was found is kept. */
bool rc_sides_known_apart(const rc_sides *s, uint32_t x, uint32_t y);
ds_status rc_sides_keep_apart(rc_sides *s, uint32_t x, uint32_t y);
/* y becomes part of x; `next` is that of before, root[] leads from a row to its cluster. */
ds_status rc_sides_merge(rc_sides *s, uint32_t x, uint32_t y, const uint32_t *root,
                         const uint32_t *next);

/* subjects.c */
typedef enum rc_fit {
    RC_FIT_NOT,
    RC_FIT_SAME,
    RC_FIT_ACTOR,  /* one lacks the actor */
    RC_FIT_HEAD,   /* one lacks the head */
    RC_FIT_FIGURE, /* one lacks more, and the figures fit */
    RC_FIT_EVENT   /* the same, and they share figure and place or names */
} rc_fit;
/* Fills actors, heads and beside of rows of one kind (in order). */
ds_status rc_subjects_count(rc *r, const uint32_t *rows, size_t len);
rc_fit rc_subjects_fit(const rc_row *x, const rc_row *y);

/* What verdicts and estimates know of an answer. */
typedef struct rc_standing {
    bool dated;
    ds_day first, last; /* days of its dated rows */
    bool old;           /* superseded by a later answer */
    bool
        counts; /* in estimate, state and factor: not wider, not old, planned only where nothing is done */
} rc_standing;
ds_status rc_standings(rc *r, const ds_question *q, rc_standing **out);

/* answers.c, estimate.c, wording.c: one question after the other. */
/* *out is q->answers, for those who fill it further. */
ds_status rc_answers(rc *r, const rc_question *g, ds_question *q, ds_answer **out);
ds_status rc_pairs(rc *r, ds_question *q, rc_standing *st); /* verdicts.c; fills st->old */
ds_status rc_estimate(rc *r, ds_question *q,
                      rc_standing *st); /* estimate and its steps; marks st */
void rc_state(const rc *r, const rc_standing *st, ds_question *q); /* state.c: state, factor */
ds_status rc_extents(rc *r); /* extent.c: fills scope of the groups */
/* force.c: the force ledger of finished questions; again: of those that a stored one rests on. Fill io->forces. */
ds_status rc_forces(rc *r, ds_ledger *io);
ds_status rc_forces_again(rc *r, ds_ledger *io);
ds_status rc_word(rc *r, const rc_question *g, ds_question *q);
/* Texts and ids that two questions share are told apart. */
ds_status rc_word_apart(rc *r, ds_question *q, size_t n);

/* ---- rules of estimates: estimate.c, rules.c ------------------------------------------------------------- */

typedef struct rc_look { /* a question as a rule sees it */
    const rc *r;
    const ds_question *q;
    const rc_standing *st;
    bool *in;     /* by answer: counts; a rule may leave out more */
    size_t *seen; /* by origin: scratch of rc_find_winner */
} rc_look;

/* Fills low, best and high of *e and tells why, in the words of a line of text. */
typedef ds_status (*rc_rule_fn)(const rc_look *l, ds_estimate *e, ds_buf *why);
typedef struct rc_rule {
    ds_rule is;
    rc_rule_fn estimate;
} rc_rule;
ds_status rc_no_rule(ds_arena *a, ds_err *err); /* DS_BAD: "no such rule (range, latest, ...)" */
const rc_rule *rc_rule_named(ds_str name);      /* empty: the default; NULL: there is none */
ds_status rc_rule_range(const rc_look *l, ds_estimate *e, ds_buf *why);

typedef struct rc_winner {
    size_t answer, origins, ties; /* ties: other figures with as many origins */
    size_t with;                  /* one of them */
} rc_winner;
rc_winner
rc_find_winner(const rc_look *l); /* the figure that most origins give; answers_len: none */
/* Of the figures of a day that have as many origins as *w, the one that stands first on its page, in the headline before the text: what
 * a page counts comes before what it recalls, and before parts. False: two stand equally far up; *w is untouched. Cost: the rows of
 * the question. */
bool rc_find_first(const rc_look *l, ds_day day, rc_winner *w);
void rc_find_ends(const rc_look *l, ds_estimate *e);
bool rc_lone_best(const rc_look *l, ds_estimate *e); /* false: not a question of one origin */
void rc_mark_counting(const ds_question *q, rc_standing *st);
void rc_put_stated(ds_buf *b, const ds_question *q, size_t answer);
void rc_semicolon(ds_buf *b);

/* ---- compare.c: values as intervals, "about" taken with its tenth ---------------------------------------- */

typedef struct rc_ends {
    bool has_lo, has_hi;
    ds_frac lo, hi;
} rc_ends;
rc_ends rc_ends_of(const ds_value *v);
bool rc_meet(const ds_value *x, const ds_value *y);    /* some number satisfies both */
bool rc_exclude(const ds_value *x, const ds_value *y); /* none does, and neither is vague */
bool rc_limit_above(const ds_value *v);                /* "up to", "less than" */
bool rc_limit_below(const ds_value *v);                /* "at least", "more than" */
bool rc_within(const ds_value *in, const ds_value *out);
bool rc_value_eq(const ds_value *x, const ds_value *y);
int rc_value_cmp(const ds_value *x,
                 const ds_value *y); /* total order: stated figure, low, high, bound */
ds_frac rc_stated(
    const ds_value *v); /* the figure that stands in the text: best, else the middle end there is */
bool rc_is_point(const ds_value *v); /* exact or about: gives a figure, not only a limit */
/* max/min; DS_FRAC(0) where the smaller is not positive. */
ds_frac rc_factor(ds_frac x, ds_frac y);
ds_frac rc_scale(ds_frac x, ds_frac by);   /* product, x where it overflows */
ds_frac rc_longer(ds_frac x, ds_frac by);  /* x + x * by */
ds_frac rc_shorter(ds_frac x, ds_frac by); /* x - x * by */
ds_status rc_product(const ds_value *share, const ds_value *base, ds_value *out);

/* ---- constraints.c: sums of amounts that must be nothing, or at most nothing ------------------------------ */

#define RC_TERMS DS_FLAG_ROWS
#define RC_CAUSES 4 /* constraints that one clash of several may name */

typedef struct rc_amount { /* what a figure can be */
    rc_ends now;
    uint32_t row;                 /* that states it; RC_NONE: reckoned */
    uint32_t low_from, high_from; /* constraint that moved the end last; RC_NONE: as stated */
} rc_amount;

typedef struct rc_term { /* by * x, or by * x * times */
    ds_frac by;
    uint32_t x, times; /* amounts; times RC_NONE: 1 */
} rc_term;

typedef enum rc_relation { RC_EQUAL, RC_AT_MOST } rc_relation; /* sum of the terms = 0, <= 0 */

typedef struct rc_constraint {
    ds_flag_kind kind;
    rc_relation relation;
    rc_term terms[RC_TERMS];
    uint32_t len;
    uint32_t rows
        [DS_FLAG_ROWS]; /* claims in the order in which they are told; the one held against the others last */
    uint32_t rows_len;
    bool part;   /* one part against its whole */
    bool alone;  /* its amounts are read more loosely than elsewhere: it narrows nothing */
    bool quiet;  /* counted where it holds, no flag where it does not */
    bool broken; /* filled by rc_system_solve: narrows nothing any more */
    bool held;   /* by itself */
} rc_constraint;

typedef struct rc_clash { /* constraints that cannot all hold */
    uint32_t causes[RC_CAUSES];
    uint32_t causes_len;
} rc_clash;

typedef struct rc_system {
    ds_arena *a;
    DS_VEC(rc_amount) amounts;
    DS_VEC(rc_constraint) constraints;
    DS_VEC(rc_clash) clashes; /* in order of constraint; those of several after those of one */
} rc_system;

ds_status rc_system_amount(rc_system *s, rc_ends ends, uint32_t row, uint32_t *out);
/* Cost: constraints x terms^2 x a bounded number of rounds. */
ds_status rc_system_solve(rc_system *s);
ds_status rc_flag_clash(rc *r, const rc_system *s, const rc_clash *x); /* sum_text.c */

/* ---- small helpers ------------------------------------------------------------------------------------------ */

ds_str rc_letter(const rc *r, uint32_t member);
ds_cite rc_cite(const rc *r, uint32_t row);
/* "one" .. "ten", digits above. */
void rc_put_count(ds_buf *b, size_t n);
bool rc_same_words(ds_str x, ds_str y); /* equal as sets of words */
bool rc_words_hold(ds_str x, ds_str y); /* all words of y are in x */
int rc_last_year(const rc *r);          /* the year that goes without saying; 0: none */

#endif
