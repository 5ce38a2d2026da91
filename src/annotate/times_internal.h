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

enum { HALF_YEAR = 183 }; /* days: what lies farther off is nearer a year later or earlier */
stretch stretch_at(grain g, ds_day d); /* the one that holds the day */
ds_days stretch_days(stretch s);
enum { VALUE_MAX = 40 };
/* A value as it is, cut where it has no room. */
static inline void put_value(ds_str v, char out[VALUE_MAX])
{
    size_t n = v.len < VALUE_MAX ? v.len : VALUE_MAX - 1;
    if (n)
        memcpy(out, v.at, n);
    out[n] = '\0';
}
/* Its TIMEX3 value: "1998-W09", "2024-Q3". */
void stretch_value(stretch s, char out[VALUE_MAX]);
/* Days of its early, middle or late part; all of it when `mod` names none. */
ds_days stretch_part(stretch s, const char *mod);
bool year_fits(int y); /* a year that news speak of */
/* Easter Sunday of the Gregorian calendar; orthodox: by the Julian one. */
ds_day easter_day(int year, bool orthodox);

/* ---- pieces (times_pieces.c) ------------------------------------------------------------------------------- */

/* Classes of lexicon/en/times.tsv, in bytewise order of their names. */
typedef enum word_class {
    C_AGO,
    C_ANOTHER,
    C_CLOCK,
    C_DAY,
    C_DAYPART,
    C_DAYPARTS,
    C_DECADE,
    C_DEFER,
    C_DET,
    C_EACH,
    C_EARLIER,
    C_FISCAL,
    C_HALF,
    C_HOLIDAY,
    C_LAST,
    C_LATER,
    C_LEAD,
    C_MOD,
    C_MONTH,
    C_NEXT,
    C_NIGHT,
    C_NOON,
    C_NUMBER,
    C_ONE,
    C_ORDINAL,
    C_PART,
    C_PAST,
    C_PREP,
    C_QUARTER,
    C_RECENT,
    C_REF,
    C_SAME,
    C_SEASON,
    C_SET,
    C_THIS,
    C_TRIGGER,
    C_UNIT,
    C_UNITS,
    C_VAGUE,
    C_WAS,
    C_WEEKDAY,
    C_WEEKDAYS,
    C_WILL,
    C_YEAR,
    C_ZONE,
    C_COUNT
} word_class;
#define CLASS(c) (UINT64_C(1) << C_##c)

/* A token, a part of a hyphenated one ("mid-January" is two), or a phrase of the lexicon. */
typedef struct piece {
    ds_str norm;
    ds_span span;
    uint64_t mask;         /* bit per word_class */
    uint32_t tok, tok_end; /* tokens */
    uint32_t row;          /* first row in times.tsv, when mask is not 0 */
    int32_t number;        /* a whole number in digits or words, or -1 */
    uint8_t digits; /* how many digits it is written with; 0 for words and with group commas */
    uint8_t tail;   /* where the letters behind digits begin in norm: "th", "s", "am" */
    uint8_t cap;    /* written with a capital */
    uint8_t glued;  /* a hyphen or short dash ties it to the piece before */
    uint8_t kind;   /* ds_token_kind */
} piece;
typedef DS_VEC(piece) pieces;

typedef struct found {
    uint32_t beg, end; /* pieces */
    ds_time_type type;
    char value[VALUE_MAX];
    const char *mod; /* static, or NULL */
    ds_days days;
    stretch at;  /* becomes the reference; G_NONE: does not */
    ds_day turn; /* of a range: where its last part begins */
    ds_time_anchor anchor;
    ds_time_grain grain;
    bool vague;
    bool named; /* month, day, season by name: says more than its distance from publication */
    bool bare; /* a month or day that took its year from publication: a range may give it another */
    uint32_t event, event_end; /* pieces of the event that it hangs on */
    ds_days offset;            /* from that event */
    int32_t length;            /* days that a duration takes; 0: vague */
    ds_str zone;
} found;

#define FOUND_NONE                                                                                 \
    (found)                                                                                        \
    {                                                                                              \
        .days = DS_DAYS_NONE, .turn = DS_DAY_NONE                                                  \
    }

typedef struct times {
    ds_arena *arena;
    const ds_doc *doc;
    const ds_parse *parse; /* NULL: tense by closed classes alone */
    const ds_phrases *words, *lemmas, *labels;
    const ds_table *words_t, *lemmas_t, *labels_t;
    const uint8_t *codes; /* of rows of times.tsv */
    const uint64_t *sets;
    uint64_t bit;      /* of the table in ds_token.starts */
    ds_starts strong;  /* first words of phrases without which there is no time */
    pieces p;          /* of the sentence at hand */
    ds_day pub;        /* the day that relative times count from, or DS_DAY_NONE */
    bool loose;        /* pub is only the earliest that it can be */
    stretch ref;       /* last stretch of the calendar mentioned; G_NONE: none yet */
    uint32_t ref_sent; /* sentence of that mention */
    stretch quarter;   /* last quarter mentioned, and where: what results are compared with */
    uint32_t quarter_sent;
    bool ref_firm; /* it rests on a date that is named in full */
    uint32_t sent;
    uint32_t word_from;  /* first word of the sentence at hand */
    bool undated;        /* pub is no known day */
    ds_day dated;        /* pub, where no reported speech moves it for a sentence */
    uint32_t body_sents; /* of the body, up to this one */
    found prev;          /* the expression before: "this period" repeats it */
    uint32_t prev_sent;
} times;

/* Tables and start sets. DS_BAD: the lexicon has no table `times`. */
ds_status pieces_open(times *t, const ds_lexicon *lex, ds_err *err);
/* Can the sentence hold a time at all? One look-up for each token. */
bool pieces_wanted(const times *t, const ds_sentence *s);
ds_status pieces_read(times *t, const ds_sentence *s);
static inline bool is_any(const times *t, uint32_t i, uint64_t set) /* false behind the end */
{
    return i < t->p.len && (t->p.at[i].mask & set) != 0;
}
static inline bool is(const times *t, uint32_t i, word_class c)
{
    return is_any(t, i, UINT64_C(1) << c);
}
static inline bool norm_eq(ds_str norm, const char *z)
{
    size_t n = strlen(z);
    return norm.len == n && memcmp(norm.at, z, n) == 0;
}
static inline bool is_word(const times *t, uint32_t i, const char *z)
{
    return i < t->p.len && norm_eq(t->p.at[i].norm, z);
}
static inline bool is_punct(const times *t, uint32_t i, char c)
{
    return i < t->p.len && t->p.at[i].kind == DS_TOK_PUNCT && t->p.at[i].norm.len == 1 &&
           t->p.at[i].norm.at[0] == c;
}
static inline bool is_glued(const times *t, uint32_t i)
{
    return i < t->p.len && t->p.at[i].glued;
}
static inline ds_str tail_of(const piece *p)
{
    return ds_str_cut(p->norm, p->tail, p->norm.len);
}
uint32_t piece_end(const times *t, uint32_t i); /* in the text, without a possessive ending */
static inline bool is_comma(const times *t, uint32_t i)
{
    return is_punct(t, i, ',');
}
/* Digits with nothing behind them. */
static inline bool is_plain(const piece *p)
{
    return p->tail == p->norm.len;
}
bool is_nth(const piece *p);                                    /* "19th" */
void period_value(int32_t n, ds_str unit, char out[VALUE_MAX]); /* "P6M"; times_duration.c */
/* "%", "percent", "million": what is before it is no day and no year. */
bool counts_something(const times *t, uint32_t i);
bool is_owner(const times *t, uint32_t i);                   /* "Wednesday's" */
ds_str value_of(const times *t, uint32_t i, word_class c);   /* the value column */
int32_t number_of(const times *t, uint32_t i, word_class c); /* as a number */
const char *mod_of(const times *t, uint32_t i,
                   word_class c); /* as a TIMEX3 modifier: static text, or NULL */
/* A four-digit year, "nineteen ninety-six"; number of pieces, 0: none. */
uint32_t year_at(const times *t, uint32_t i, int *year);
uint32_t day_at(const times *t, uint32_t i, int *day); /* "7", "7th", "seventh" */
/* A whole number in digits or words: "90", "twenty-five", "two hundred"; pieces taken. */
uint32_t whole_at(const times *t, uint32_t i, int32_t *n);

/* ---- tense (times_tense.c) ------------------------------------------------------------------------------------ */

/* Of the clause that pieces [i, end) stand in: by the verb that governs them where there is a parse, else by the nearest verb
 * cue before i, and behind `end` when `after` is set. NEAR_WAS: the verb governs a noun that they belong to ("talked of the
 * visit in May"), or they follow "until". 0: unknown. */
enum { TENSE_WAS = -2, TENSE_NEAR_WAS = -1, TENSE_MAY = 1, TENSE_TO = 2, TENSE_WILL = 3 };
int tense_at(const times *t, uint32_t i, uint32_t end, bool after);

/* ---- matchers ------------------------------------------------------------------------------------------------ */

/* A found expression for a stretch of the calendar, its mod applied. */
void found_stretch(found *f, uint32_t end, stretch s, const char *mod, ds_time_anchor anchor);
void found_unknown(found *f, uint32_t end, const char *value, ds_time_grain shown);
/* A stretch of that grain, nobody knows which: "XXXX-XX". */
void found_open(found *f, uint32_t end, grain g);
/* 1 Monday .. 7, of no known week; its length. */
int weekday_value(int weekday, char out[VALUE_MAX]);
/* A part of the day found: its code ("MO") goes behind the value. */
void found_daypart(found *f, uint32_t end, ds_str code);
ds_time_grain grain_shown(grain g);
/* The stretch from publication by k, or from the reference where `from_ref`; G_NONE where there is no publication. */
stretch base_stretch(const times *t, grain g, bool from_ref);
grain grain_of_unit(ds_str unit);  /* G_NONE for hours and shorter */
int32_t unit_days(ds_str unit);    /* rounded; 0 for hours and shorter */
int32_t units_in_day(ds_str unit); /* of hours and shorter; 1 for others */
/* Longer spans count as this: nothing that is dated lies as far off. */
enum { SPAN_MAX = 10000 * 365 };
int32_t units_in_days(int64_t n, ds_str unit); /* at most SPAN_MAX */

/* "early", "mid", "late", "the end of", "the middle of"; pieces taken. */
uint32_t part_at(const times *t, uint32_t i, const char **mod);

/* -1 "last", 0 "this", 1 "next". */
enum { NO_SIDE = 2 };
int side_at(const times *t, uint32_t i);
/* "last year", "of this year" behind a month; pieces taken. */
uint32_t year_word_at(const times *t, uint32_t i, int *shift);
/* "1950-53": years from first to last, in two or four digits; false: they are no range. */
bool year_span(int first, int last, uint32_t end, const char *mod, found *out);

/* Each matches at piece i and gives the pieces it took: out->end > i. */
typedef bool matcher(const times *t, uint32_t i, found *out);
matcher match_date, match_numeric_date;         /* times_dates.c */
matcher match_year, match_decade, match_season; /* times_years.c */
matcher match_holiday;                          /* times_holiday.c */
matcher match_weekday, match_day_word, match_daypart, match_clock,
    match_overnight;                                       /* times_clock.c */
matcher match_relative, match_ordinal_unit, match_unit_of; /* times_relative.c */
matcher match_duration, match_set, match_reference;        /* times_duration.c */
/* A day whose parts the expression names: "the Friday before Easter", "Monday", "February 3"; false: no day. */
bool day_named(const times *t, uint32_t i, found *out);

/* ---- around them (times_roles.c) --------------------------------------------------------------------------------- */

/* Opens or cuts the days as the preposition says. */
void role_apply(const times *t, const found *f, ds_time *out);
/* "from A to B", "between A and B", "A-B": one interval for both. */
ds_status range_join(const times *t, found *a, found *b, ds_time *ta, ds_time *tb);
bool next_day_at(const times *t, uint32_t i, const found *before, found *out);
bool is_dateline(const times *t, const found *f);
bool is_said_then(const times *t, const found *f);

/* Most pieces begin no expression. */
static inline bool may_start(const times *t, uint32_t i)
{
    static const uint64_t never = CLASS(PREP) | CLASS(WILL) | CLASS(WAS) | CLASS(DEFER) |
                                  CLASS(AGO) | CLASS(CLOCK) | CLASS(ZONE) | CLASS(TRIGGER);
    const piece *p = &t->p.at[i];
    return p->kind == DS_TOK_NUMBER || (p->mask & ~never);
}
/* Longest expression that begins at piece i. */
bool time_at(const times *t, uint32_t i, found *out); /* times_match.c */

#endif
