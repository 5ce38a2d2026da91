/* SPDX-License-Identifier: Apache-2.0 */
/* days.c - full dates in short texts of any language: "22 Dec. 2023", "2 de abril de 2020", "2020. 06. 04.".
 *
 * Method   the text as words, numbers and marks; at each number the shapes below, with the months of months.c. An order
 *          that the numbers leave open is the locale's; the other reading is handed out too
 */
#include "extract/internal.h"

#include <unicode/uchar.h>

#define TOKENS_MAX 96 /* tokens of one text that are looked at */
#define WORD_BYTES 48 /* longer words name no month */
#define YEAR_MIN 1900
#define YEAR_MAX 2099
#define YEAR_PIVOT 70  /* "1.2.20" is 2020, "1.2.85" is 1985 */
#define SOLAR_MIN 1300 /* years of the Persian calendar: 1921 to 2071 */
#define SOLAR_MAX 1450
#define THAI_MIN 2440 /* years of the Buddhist era: 1897 to 2099 */
#define THAI_MAX 2642
#define THAI_AHEAD 543
#define FILLERS_MAX 3 /* marks and small words between day, month and year */

typedef struct token {
    enum { TOK_WORD, TOK_NUMBER, TOK_MARK } kind;
    uint32_t beg, end;
    int value, digits; /* of a number */
    uint32_t mark;     /* code point of a mark */
} token;

typedef struct reader {
    ds_str s;
    const ext_locale *loc;
    token at[TOKENS_MAX];
    size_t len;
} reader;

/* ---- tokens ------------------------------------------------------------------------------------------------ */

typedef enum char_class { CC_BLANK, CC_DIGIT, CC_LETTER, CC_MARK } char_class;

static char_class class_of(uint32_t c)
{
    if (c < 0x80) {
        unsigned char b = (unsigned char)c;
        return ext_is_digit(b)                      ? CC_DIGIT
               : ext_is_lower(b) || ext_is_upper(b) ? CC_LETTER
               : b <= 0x20                          ? CC_BLANK
                                                    : CC_MARK;
    }
    if (c == DS_UTF8_BAD)
        return CC_MARK;
    if (u_charDigitValue((UChar32)c) >= 0)
        return CC_DIGIT;
    if (u_isUWhiteSpace((UChar32)c) || c == 0x200E || c == 0x200F) /* marks of writing direction */
        return CC_BLANK;
    int8_t type = u_charType((UChar32)c);
    bool letter =
        u_isalpha((UChar32)c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    return letter ? CC_LETTER : CC_MARK;
}

static void add_token(reader *r, size_t *i)
{
    size_t from = *i, next = from;
    uint32_t c = ds_utf8_next(r->s, &next);
    char_class cls = class_of(c);
    token t = {.beg = (uint32_t)from};
    if (cls == CC_MARK) {
        t.kind = TOK_MARK;
        t.mark = c;
    } else if (cls != CC_BLANK) {
        t.kind = cls == CC_DIGIT ? TOK_NUMBER : TOK_WORD;
        for (size_t k = from; k < r->s.len && class_of(ds_utf8_next(r->s, &k)) == cls;)
            next = k;
        for (size_t k = from; cls == CC_DIGIT && k < next;) {
            uint32_t d = ds_utf8_next(r->s, &k);
            t.value = t.digits++ < 8 ? t.value * 10 + u_charDigitValue((UChar32)d) : 99999999;
        }
    }
    t.end = (uint32_t)next;
    *i = next;
    if (cls != CC_BLANK)
        r->at[r->len++] = t;
}

static const token *tok(const reader *r, size_t i)
{
    return i < r->len ? &r->at[i] : NULL;
}

static bool is_mark(const token *t, uint32_t c)
{
    return t && t->kind == TOK_MARK && t->mark == c;
}

static ds_str words_of(const reader *r, const token *first, const token *last)
{
    return ds_str_cut(r->s, first->beg, last->end);
}

/* ---- numbers, months, small words --------------------------------------------------------------------------- */

/* Gregorian year of a number with four digits, 0: none. *solar: it is one of the Persian calendar. */
static int year_of(const token *t, bool *solar)
{
    *solar = false;
    if (!t || t->kind != TOK_NUMBER || t->digits != 4)
        return 0;
    if (t->value >= YEAR_MIN && t->value <= YEAR_MAX)
        return t->value;
    if (t->value >= THAI_MIN && t->value <= THAI_MAX)
        return t->value - THAI_AHEAD;
    *solar = t->value >= SOLAR_MIN && t->value <= SOLAR_MAX;
    return *solar ? t->value : 0;
}

static bool is_day(const token *t)
{
    return t && t->kind == TOK_NUMBER && t->digits <= 2 && t->value >= 1 && t->value <= 31;
}

static bool is_month_number(const token *t)
{
    return is_day(t) && t->value <= 12;
}

/* Lower case; absent when too long. */
static ds_str lowered(ds_str s, char buf[WORD_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t c = ds_utf8_next(s, &i);
        int32_t at = (int32_t)n;
        UBool bad = false;
        if (c == DS_UTF8_BAD || n + 4 > WORD_BYTES)
            return (ds_str){0};
        c = c == 0x64A ? 0x6CC : c == 0x643 ? 0x6A9 : c; /* Arabic yeh and kaf as Persian ones */
        U8_APPEND((uint8_t *)buf, at, WORD_BYTES, u_tolower((UChar32)c), bad);
        if (bad)
            return (ds_str){0};
        n = (size_t)at;
    }
    return (ds_str){buf, n};
}

/* Month 1..12 that the words at i name; *next: behind them. */
static int month_at(const reader *r, size_t i, size_t *next)
{
    char buf[WORD_BYTES];
    const token *t = tok(r, i), *u = tok(r, i + 1);
    if (!t || t->kind != TOK_WORD)
        return 0;
    int m = u && u->kind == TOK_WORD ? ext_month(lowered(words_of(r, t, u), buf), r->loc->croatian)
                                     : 0; /* "كانون الثاني" */
    *next = i + 2;
    if (m)
        return m;
    *next = i + 1;
    return ext_month(lowered(words_of(r, t, t), buf), r->loc->croatian);
}

/* Words between day, month and year that say nothing. */
static bool small_word(const reader *r, const token *t)
{
    static const ds_str words[] = {DS_STR_INIT("de"),
                                   DS_STR_INIT("del"),
                                   DS_STR_INIT("d"),
                                   DS_STR_INIT("of"),
                                   DS_STR_INIT("st"),
                                   DS_STR_INIT("nd"),
                                   DS_STR_INIT("rd"),
                                   DS_STR_INIT("th"),
                                   DS_STR_INIT("er"),
                                   DS_STR_INIT("m"),
                                   DS_STR_INIT("gada"),
                                   DS_STR_INIT("\xC2\xBA"),
                                   DS_STR_INIT("an"),
                                   DS_STR_INIT("den"),
                                   DS_STR_INIT("n\xC4\x83m"),
                                   DS_STR_INIT("\xC2\xAA"),
                                   DS_STR_INIT("the"),
                                   DS_STR_INIT("\xD0\xB6"),
                                   DS_STR_INIT("\xD0\xB6\xD1\x8B\xD0\xBB\xD1\x8B"),
                                   DS_STR_INIT("a")};
    char buf[WORD_BYTES];
    ds_str w = lowered(words_of(r, t, t), buf);
    for (size_t i = 0; w.len && i < sizeof words / sizeof *words; i++)
        if (ds_str_eq(w, words[i]))
            return true;
    return false;
}

static size_t past_fillers(const reader *r, size_t i)
{
    for (size_t n = 0; n < FILLERS_MAX; n++, i++) {
        const token *t = tok(r, i);
        bool mark = t && t->kind == TOK_MARK &&
                    (t->mark == '.' || t->mark == ',' || t->mark == '-' || t->mark == '/' ||
                     t->mark == 0xBA || t->mark == 0x60C);
        if (!mark && !(t && t->kind == TOK_WORD && small_word(r, t)))
            break;
    }
    return i;
}

/* ---- calendars ------------------------------------------------------------------------------------------------- */

/* Day of a date in the Persian solar calendar, by its 33-year cycle of leap years (exact from 1925 to 2088). */
static ds_day solar_day(int year, int month, int day)
{
    int days = month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
    int leaps = (8 * year + 21) / 33 - (8 * SOLAR_MIN + 21) / 33; /* before that year */
    if (month > 6 && day > 30)
        return DS_DAY_NONE;
    return ds_day_of(1921, 3, 21) + (year - SOLAR_MIN) * 365 + leaps + days + day - 1;
}

static ds_day day_from(int year, bool solar, int month, int day)
{
    return solar ? solar_day(year, month, day) : ds_day_of(year, month, day);
}

/* ---- shapes -------------------------------------------------------------------------------------------------------- */

static bool found(const reader *r, size_t first, size_t last, ds_day day, ds_day other,
                  ext_day *out)
{
    if (day == DS_DAY_NONE)
        return false;
    *out = (ext_day){day, other, {r->at[first].beg, r->at[last].end}};
    return true;
}

/* "22 Dec. 2023", "2 de abril de 2020", "4 tháng 10, 2020" */
static bool day_month_year(const reader *r, size_t i, size_t *last, ext_day *out)
{
    bool solar;
    size_t k = past_fillers(r, i + 1), next = k;
    int month = is_day(tok(r, i)) ? month_at(r, k, &next) : 0;
    if (!month && tok(r, k) &&
        ds_str_eq(words_of(r, tok(r, k), tok(r, k)), DS_STR("th\xC3\xA1ng")) &&
        is_month_number(tok(r, k + 1))) {
        month = tok(r, k + 1)->value;
        next = k + 2;
    }
    if (!month)
        return false;
    *last = past_fillers(r, next);
    if (month_at(r, *last, &next) == month) /* the same month by another name */
        *last = past_fillers(r, next);
    int year = year_of(tok(r, *last), &solar);
    return year &&
           found(r, i, *last, day_from(year, solar, month, tok(r, i)->value), DS_DAY_NONE, out);
}

/* "Dec. 22, 2023": i is the day */
static bool month_day_year(const reader *r, size_t i, size_t *last, ext_day *out)
{
    bool solar;
    size_t m = i, next;
    if (!is_day(tok(r, i)) || i == 0)
        return false;
    m = is_mark(tok(r, i - 1), '.') && i > 1 ? i - 2 : i - 1;
    int month = month_at(r, m, &next);
    if (!month)
        return false;
    *last = past_fillers(r, i + 1);
    int year = year_of(tok(r, *last), &solar);
    return year &&
           found(r, m, *last, day_from(year, solar, month, tok(r, i)->value), DS_DAY_NONE, out);
}

/* "2020. június 4.", "2020-Jun-04", "2020年6月4日", "2020년 6월 4일" */
static bool year_month_day(const reader *r, size_t i, size_t *last, ext_day *out)
{
    static const ds_str marks[] = {DS_STR_INIT("\xE5\xB9\xB4"), DS_STR_INIT("\xEB\x85\x84"),
                                   DS_STR_INIT("\xE6\x9C\x88"), DS_STR_INIT("\xEC\x9B\x94")};
    bool solar;
    int year = year_of(tok(r, i), &solar), month = 0;
    const token *sign = tok(r, i + 1), *sign2 = tok(r, i + 3);
    size_t next = 0;
    if (!year || !sign)
        return false;
    if (sign->kind == TOK_WORD && sign2 && sign2->kind == TOK_WORD &&
        is_month_number(tok(r, i + 2))) {
        ds_str a = words_of(r, sign, sign), b = words_of(r, sign2, sign2);
        bool east = (ds_str_eq(a, marks[0]) && ds_str_eq(b, marks[2])) ||
                    (ds_str_eq(a, marks[1]) && ds_str_eq(b, marks[3]));
        month = east ? tok(r, i + 2)->value : 0;
        next = i + 4;
    } else if (sign->kind != TOK_WORD || small_word(r, sign) || !is_day(tok(r, i + 1))) {
        month = month_at(r, past_fillers(r, i + 1), &next);
        next = past_fillers(r, next);
    }
    *last = next;
    return month && is_day(tok(r, next)) &&
           found(r, i, next, day_from(year, solar, month, tok(r, next)->value), DS_DAY_NONE, out);
}

static bool same_separator(const token *a, const token *b)
{
    return a && b && a->kind == TOK_MARK && b->kind == TOK_MARK && a->mark == b->mark &&
           (a->mark == '.' || a->mark == '/' || a->mark == '-' || a->mark == 0x2013 ||
            a->mark == 0xB7);
}

/* "2020-06-04", "04.06.2020", "6/4/2020": the order of the last is the locale's. */
static bool all_numbers(const reader *r, size_t i, size_t *last, ext_day *out)
{
    bool solar;
    const token *a = tok(r, i), *b = tok(r, i + 2), *c = tok(r, i + 4);
    if (!c || c->kind != TOK_NUMBER || !is_day(b) || !same_separator(tok(r, i + 1), tok(r, i + 3)))
        return false;
    *last = i + 4;
    int year = year_of(a, &solar);
    if (year)
        return is_month_number(b) && is_day(c) &&
               found(r, i, i + 4, day_from(year, solar, b->value, c->value), DS_DAY_NONE, out);
    if (!is_day(a))
        return false;
    uint32_t sep = tok(r, i + 1)->mark;
    year = year_of(c, &solar);
    if (!year && c->digits == 2 && sep != '-')
        year = c->value + (c->value < YEAR_PIVOT ? 2000 : 1900);
    if (!year)
        return false;
    ds_day day_first = b->value <= 12 ? day_from(year, solar, b->value, a->value) : DS_DAY_NONE;
    ds_day month_first = a->value <= 12 ? day_from(year, solar, a->value, b->value) : DS_DAY_NONE;
    bool swap = day_first == DS_DAY_NONE ||
                (r->loc->month_first && sep != '.' && month_first != DS_DAY_NONE);
    return swap ? found(r, i, i + 4, month_first, day_first, out)
                : found(r, i, i + 4, day_first, month_first, out);
}

static bool date_at(const reader *r, size_t i, size_t *last, ext_day *out)
{
    return all_numbers(r, i, last, out) || day_month_year(r, i, last, out) ||
           month_day_year(r, i, last, out) || year_month_day(r, i, last, out);
}

size_t ext_days(ds_str s, const ext_locale *loc, ext_day *out, size_t max)
{
    reader r = {.s = s, .loc = loc};
    size_t n = 0, last = 0;
    for (size_t i = 0; i < s.len && r.len < TOKENS_MAX;)
        add_token(&r, &i);
    for (size_t i = 0; i < r.len && n < max; i++)
        if (r.at[i].kind == TOK_NUMBER && date_at(&r, i, &last, &out[n])) {
            n++;
            i = last;
        }
    return n;
}
