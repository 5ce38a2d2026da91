/* SPDX-License-Identifier: Apache-2.0 */
/* times_internal.h - what the files of the time matcher share; never leaves the folder. */
#ifndef DS_TIMES_INTERNAL_H
#define DS_TIMES_INTERNAL_H

#include "annotate/annotate.h"

/* ---- calendar (times_calendar.c) ------------------------------------------------------------------------- */

/* A stretch of the calendar: grain and number, so that "three months earlier" is number - 3. */
typedef enum grain {
    G_NONE,
    G_DAY,
    G_WEEK,    /* Monday to Sunday */
    G_WEEKEND, /* Saturday and Sunday */
    G_MONTH,
    G_QUARTER,
    G_SEASON, /* 4 * year + 0 spring (March) .. 3 winter (December to February) */
    G_HALF,
    G_YEAR,
    G_DECADE,
    G_CENTURY,
} grain;
typedef struct stretch {
    grain grain;
    int32_t n;
} stretch;

stretch stretch_at(grain g, ds_day d); /* the one that holds the day */
ds_days stretch_days(stretch s);
/* Its TIMEX3 value: "1998-W09", "2024-Q3". */
enum { VALUE_MAX = 40 };
void stretch_value(stretch s, char out[VALUE_MAX]);
/* Days of its early, middle or late part; all of it when `mod` names none. */
ds_days stretch_part(stretch s, const char *mod);
bool year_fits(int y); /* a year that news speak of */

/* ---- pieces (times_pieces.c) ------------------------------------------------------------------------------- */

/* Classes of lexicon/en/times.tsv, in the order of its header. */
typedef enum word_class {
    C_MONTH,
    C_WEEKDAY,
    C_WEEKDAYS,
    C_UNIT,
    C_UNITS,
    C_SEASON,
    C_DAYPART,
    C_DAY,
    C_REF,
    C_SET,
    C_PART,
    C_LAST,
    C_PAST,
    C_NEXT,
    C_THIS,
    C_SAME,
    C_MOD,
    C_AGO,
    C_LATER,
    C_EARLIER,
    C_EACH,
    C_ORDINAL,
    C_HOLIDAY,
    C_PREP,
    C_WILL,
    C_WAS,
    C_CLOCK,
    C_ZONE,
    C_NOON,
    C_DECADE,
    C_DET,
    C_ONE,
    C_VAGUE,
    C_RECENT,
    C_FISCAL,
    C_COUNT
} word_class;

/* A token, a part of a hyphenated one ("mid-January" is two), or a phrase of the lexicon. */
typedef struct piece {
    ds_str norm;
    ds_span span;
    uint32_t tok, tok_end;
    uint64_t mask;  /* bit per word_class */
    uint32_t row;   /* first row in times.tsv, when mask is not 0 */
    int32_t number; /* a whole number in digits or words, or -1 */
    uint8_t digits; /* how many digits it is written with; 0 for words */
    uint8_t cap;    /* written with a capital */
    uint8_t glued;  /* a hyphen or short dash ties it to the piece before */
    uint8_t kind;   /* ds_token_kind */
    ds_str tail;    /* letters behind digits: "th", "s", "am" */
} piece;
typedef DS_VEC(piece) pieces;

typedef struct times {
    ds_arena *arena;
    const ds_doc *doc;
    const ds_phrases *words, *numbers, *lemmas; /* only `words` must be there */
    const ds_table *words_t, *numbers_t, *lemmas_t;
    pieces p;          /* of the sentence at hand */
    ds_day pub;        /* the day that relative times count from, or DS_DAY_NONE */
    bool loose;        /* pub is only the earliest that it can be */
    stretch ref;       /* last stretch of the calendar mentioned; G_NONE: none yet */
    uint32_t ref_sent; /* sentence of that mention */
    uint32_t sent;
} times;

ds_status pieces_read(times *t, const ds_sentence *s);
bool is(const times *t, uint32_t i, word_class c); /* false behind the end */
bool is_word(const times *t, uint32_t i, const char *z);
bool is_punct(const times *t, uint32_t i, char c);
ds_str value_of(const times *t, uint32_t i, word_class c);   /* the value column */
int32_t number_of(const times *t, uint32_t i, word_class c); /* as a number */
/* A four-digit year, "nineteen ninety-six"; number of pieces, 0: none. */
uint32_t year_at(const times *t, uint32_t i, int *year);
uint32_t day_at(const times *t, uint32_t i, int *day); /* "7", "7th", "seventh" */
/* -1 past, 1 future, 0 unknown: the nearest verb cue in the clause before i, and behind `end` when `after` is set. */
int tense_at(const times *t, uint32_t i, uint32_t end, bool after);

/* ---- matchers ------------------------------------------------------------------------------------------------ */

typedef struct found {
    uint32_t beg, end; /* pieces */
    ds_time_type type;
    char value[VALUE_MAX];
    const char *mod; /* static, or NULL */
    ds_days days;
    stretch at;  /* becomes the reference; G_NONE: does not */
    ds_day turn; /* of a range: where its last part begins */
    ds_time_anchor anchor;
    bool vague;
    bool named; /* month, day, season by name: says more than its distance from publication */
} found;

/* A found expression for a stretch of the calendar, its mod applied. */
void found_stretch(found *f, uint32_t end, stretch s, const char *mod, ds_time_anchor anchor);
/* The stretch from publication by k, or from the reference where `from_ref`; G_NONE where there is no publication. */
stretch base_stretch(const times *t, grain g, bool from_ref);
grain grain_of_unit(ds_str unit); /* G_NONE for hours and shorter */

/* Each matches at piece i and gives the pieces it took: out->end > i. */
typedef bool matcher(const times *t, uint32_t i, found *out);
matcher match_date, match_numeric_date, match_year, match_decade, match_season,
    match_holiday;                                                 /* times_dates.c */
matcher match_weekday, match_day_word, match_daypart, match_clock; /* times_clock.c */
matcher match_relative, match_ordinal_unit;                        /* times_relative.c */
matcher match_duration, match_set, match_reference;                /* times_duration.c */

#endif
