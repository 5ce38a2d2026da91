/* SPDX-License-Identifier: Apache-2.0 */
/* times_years.c - years, decades, centuries and seasons that the text names. */
#include "annotate/times_internal.h"

#include <stdio.h>

int side_at(const times *t, uint32_t i)
{
    return is(t, i, C_LAST) ? -1 : (is(t, i, C_NEXT) ? 1 : (is(t, i, C_THIS) ? 0 : NO_SIDE));
}

uint32_t year_word_at(const times *t, uint32_t i, int *shift)
{
    uint32_t k = i + (is_word(t, i, "of") ? 1 : 0);
    *shift = side_at(t, k);
    return *shift != NO_SIDE && is_word(t, k + 1, "year") ? k + 2 - i : 0;
}

bool counts_something(const times *t, uint32_t i)
{
    return is_word(t, i, "percent") || is_word(t, i, "%") || is_word(t, i, "million") ||
           is_word(t, i, "billion");
}

bool year_span(int first, int last, uint32_t end, const char *mod, found *out)
{
    if (last < 100) /* "1950-53", "1999-00" */
        last += first - first % 100 + (last == 0 ? 100 : 0);
    if (last <= first || !year_fits(last))
        return false;
    found_stretch(out, end, (stretch){G_YEAR, first}, mod, DS_ANCHOR_ABSOLUTE);
    stretch at = {G_YEAR, last};
    snprintf(out->value, VALUE_MAX, "%04d/%04d", first, last);
    out->days.hi = stretch_days(at).hi;
    out->turn = stretch_days(at).lo;
    out->at = at;
    return true;
}

/* ---- years, decades -------------------------------------------------------------------------------------------- */

/* Does lexicon/en/labels.tsv say that a piece ends the name of a street? */
static bool ends_street(const times *t, uint32_t i)
{
    int64_t row = t->labels ? ds_phrase_find(t->labels, t->p.at[i].norm) : -1;
    return row >= 0 && ds_str_eq(ds_table_cell(t->labels_t, (uint32_t)row, 1), DS_STR("after"));
}

/* "the 1900 block of", "at 1850 Oak Street": a number in a street; "in 2008 Wall Street" is not. */
static bool is_address(const times *t, uint32_t i, uint32_t end)
{
    enum { STREET_REACH = 5 }; /* pieces: "1850 N. Martin Holm Street" */
    bool led = i > 0 && is(t, i - 1, C_PREP) && !is_word(t, i - 1, "at");
    if (is_word(t, end, "block") || is_word(t, end, "blocks"))
        return true;
    for (uint32_t k = end; !led && k < t->p.len && k < end + STREET_REACH; k++) {
        bool stop = is_punct(t, k, '.');
        if (!stop && !t->p.at[k].cap)
            return false;
        if (k > end && !stop && ends_street(t, k))
            return true;
    }
    return false;
}

/* "2000 soldiers": a plural noun in lower case behind a bare number makes it a count, unless a preposition before it or
 * a later year makes it a date. */
static bool is_count(const times *t, uint32_t i, uint32_t end, int year)
{
    const piece *p = &t->p.at[i];
    bool led = i > 0 && (is(t, i - 1, C_PREP) || is_word(t, i - 1, "of"));
    if (p->digits == 0 && is_word(t, i + 1, "thousand") && !led)
        return true; /* "two thousand to five thousand soldiers" */
    if (i > 0) {
        const piece *b = &t->p.at[i - 1];
        if (b->kind == DS_TOK_SYMBOL || b->kind == DS_TOK_NUMBER)
            return true;
        if (is(t, i - 1, C_MOD) && !is_word(t, i - 1, "around") && !is_word(t, i - 1, "about"))
            return true;
    }
    if (p->glued && i > 0 && t->p.at[i - 1].digits == 0 && !is(t, i - 1, C_PART) &&
        t->p.at[i - 1].norm.len < 3)
        return true; /* "M-1978" */
    if (end >= t->p.len)
        return false;
    const piece *n = &t->p.at[end];
    if (n->kind == DS_TOK_SYMBOL || counts_something(t, end))
        return true;
    bool plural = n->kind == DS_TOK_WORD && !n->cap && n->norm.len > 3 &&
                  ds_str_ends(n->norm, DS_STR("s")) && !ds_str_ends(n->norm, DS_STR("ss")) &&
                  !ds_str_ends(n->norm, DS_STR("is")) && !ds_str_ends(n->norm, DS_STR("us")) &&
                  !(i > 0 && is(t, i - 1, C_ONE)) && !is_owner(t, i); /* "a 2019 analysis" */
    enum { RECENT_MIN = 1900, RECENT_MAX = 2059 }; /* numbers outside are counts more often */
    bool recent = year >= RECENT_MIN && year <= RECENT_MAX;
    if (plural || (n->kind == DS_TOK_WORD && is_word(t, end, "people")))
        return !(led && recent) || (is_word(t, end, "people") || n->kind != DS_TOK_WORD);
    return !recent && !led;
}

/* "fiscal", "the fiscal year", "the year" before a year; pieces taken. */
static uint32_t fiscal_at(const times *t, uint32_t i)
{
    uint32_t k = i + (is(t, i, C_DET) ? 1 : 0);
    if (is(t, k, C_FISCAL))
        return k + (is_word(t, k + 1, "year") ? 2 : 1) - i;
    return k > i && is_word(t, k, "year") ? 2 : 0;
}

/* "the 1988 period", "the 1988 quarter": of that year the one last spoken of. */
static bool year_period(const times *t, uint32_t i, found *out)
{
    int year;
    uint32_t n = is(t, i, C_DET) ? year_at(t, i + 1, &year) : 0, k = i + 1 + n;
    if (n == 0 || !(is_word(t, k, "period") || is_word(t, k, "quarter")))
        return false;
    bool quarter = t->ref.grain == G_QUARTER;
    stretch s = {quarter ? G_QUARTER : G_YEAR, year};
    if (quarter)
        s.n = year * 4 + t->ref.n % 4;
    else if (is_word(t, k, "quarter"))
        return false;
    found_stretch(out, k + 1, s, NULL, quarter ? DS_ANCHOR_REFERENCE : DS_ANCHOR_ABSOLUTE);
    out->at = (stretch){G_NONE, 0};
    return true;
}

bool match_year(const times *t, uint32_t i, found *out)
{
    if (year_period(t, i, out))
        return true;
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += fiscal_at(t, k);
    int year;
    uint32_t n = year_at(t, k, &year);
    if (n == 0 || (k == i && (is_count(t, i, i + n, year) || is_address(t, i, i + n))))
        return false;
    found_stretch(out, k + n, (stretch){G_YEAR, year}, mod, DS_ANCHOR_ABSOLUTE);
    /* "1950-53", "1950-1953"; "1950 to 1953" is read as two */
    uint32_t e = k + n;
    if (!is_glued(t, e) || !is_plain(&t->p.at[e]))
        return true;
    const piece *p = &t->p.at[e];
    if (p->digits == 2 && p->number >= 1 && p->number <= 12 && p->number <= year % 100)
        found_stretch(out, e + 1, (stretch){G_MONTH, year * 12 + p->number - 1}, mod,
                      DS_ANCHOR_ABSOLUTE); /* "2024-10" */
    else if (p->digits == 2 || p->digits == 4)
        year_span(year, p->number, e + 1, mod, out);
    return true;
}

bool match_decade(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    k += is(t, k, C_DET) ? 1 : 0;
    if (k == i + 1 && is(t, i, C_DET) && is(t, k, C_PART)) { /* "the early 1980s" */
        uint32_t n = part_at(t, k, &mod);
        k += n;
    }
    k += k > i && is_punct(t, k, '\'') ? 1 : 0; /* "the '90s" */
    if (k >= t->p.len)
        return false;
    const piece *p = &t->p.at[k];
    int32_t n = -1;
    if (p->kind == DS_TOK_NUMBER && norm_eq(tail_of(p), "s") && p->number % 10 == 0) {
        if (p->digits == 4 && year_fits(p->number))
            n = p->number / 10;
        else if (p->digits == 2 && p->number >= 20 &&
                 (k > i || (k > 0 && is_punct(t, k - 1, '\''))))
            n = 190 + p->number / 10; /* "the 90s", "'90s"; not "in his 30s" */
    } else if (is(t, k, C_DECADE) && k > i) {
        n = 190 + number_of(t, k, C_DECADE);
    } else if ((is(t, k, C_ORDINAL) || is_nth(p)) && is_word(t, k + 1, "century")) {
        enum { CENTURY_MAX = 100 };
        int32_t c = is(t, k, C_ORDINAL) ? number_of(t, k, C_ORDINAL) : p->number;
        if (c < 1 || c > CENTURY_MAX)
            return false;
        found_stretch(out, k + 2, (stretch){G_CENTURY, c - 1}, mod, DS_ANCHOR_ABSOLUTE);
        return true;
    }
    if (n < 0)
        return false;
    found_stretch(out, k + 1, (stretch){G_DECADE, n}, mod, DS_ANCHOR_ABSOLUTE);
    return true;
}

/* ---- seasons, holidays --------------------------------------------------------------------------------------------- */

/* Where a season stands among the four: spring first. */
static int32_t season_place(ds_str code)
{
    static const char *const codes[] = {"SP", "SU", "FA", "WI"};
    int32_t s = 0;
    while (s < 3 && !norm_eq(code, codes[s]))
        s++;
    return s;
}

/* Without "the", "last", "this" the words are verbs and nouns as well: "fall", "spring". "the fall of the city" is no time. */
static bool is_season(const times *t, uint32_t i, uint32_t k, bool led)
{
    static const uint64_t around = CLASS(PREP) | CLASS(WILL);
    bool prep = i > 0 && (is(t, i - 1, C_PREP) || is_word(t, i - 1, "into") ||
                          is_word(t, i - 1, "over") || is_word(t, i - 1, "of"));
    if (is_word(t, k + 1, "of"))
        return false;
    bool sure = is_word(t, k, "summer") || is_word(t, k, "winter") || is_word(t, k, "autumn");
    if (!led && sure && i > 0 && is_owner(t, i - 1)) /* "the navy's summer campaign" */
        return true;
    if (!led)
        return prep && (sure || is_word(t, i - 1, "in") || is_word(t, i - 1, "by")) &&
               (k + 1 >= t->p.len || t->p.at[k + 1].kind != DS_TOK_WORD ||
                is_any(t, k + 1, around) || is_word(t, k + 1, "and"));
    return prep || !is(t, k - 1, C_DET) ||
           (sure && (k + 1 >= t->p.len || t->p.at[k + 1].kind != DS_TOK_WORD));
}

/* The season that is meant: the latest that has begun, unless the words or the tense look ahead. */
static int32_t settle_season(const times *t, uint32_t i, uint32_t k, int32_t s, int which)
{
    int32_t now = stretch_at(G_SEASON, t->pub).n;
    int32_t latest = now - ((now - s) % 4 + 4) % 4;
    if (t->loose && which == NO_SIDE) /* the nearest */
        return latest + (now - latest > 2 ? 4 : 0);
    if (which == 1 || (which == NO_SIDE && tense_at(t, i, k, false) >= TENSE_TO)) {
        bool ends_it = latest == now && which == NO_SIDE && !(i > 0 && is_word(t, i - 1, "before"));
        return latest + (ends_it ? 0 : 4);
    }
    if (which == -1 && latest == now)
        return latest - 4;
    if (which == 0 && now - latest > 1) /* "this summer" in spring is the coming one */
        return latest + 4;
    return latest;
}

bool match_season(const times *t, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t k = i + part_at(t, i, &mod);
    int which = is(t, k, C_PAST) ? -1 : side_at(t, k);
    k += which != NO_SIDE || is(t, k, C_DET) ? 1 : 0;
    uint32_t inner = part_at(t, k, &mod); /* "the early summer" */
    k += inner;
    bool led = k > i;
    if (!is(t, k, C_SEASON))
        return false;
    int32_t s = season_place(value_of(t, k, C_SEASON));
    int year;
    uint32_t e = k + 1, of = e + (is_word(t, e, "of") || is_comma(t, e) ? 1 : 0),
             n = year_at(t, of, &year);
    if (n) {
        found_stretch(out, of + n, (stretch){G_SEASON, year * 4 + s}, mod, DS_ANCHOR_ABSOLUTE);
        return true;
    }
    int shift;
    n = year_word_at(t, e, &shift);
    if (n && t->pub != DS_DAY_NONE) { /* "the summer of last year" */
        year = stretch_at(G_YEAR, t->pub).n + shift;
        found_stretch(out, e + n, (stretch){G_SEASON, year * 4 + s}, mod, DS_ANCHOR_PUBLICATION);
        return true;
    }
    if (!is_season(t, i, k, led || mod != NULL) || t->pub == DS_DAY_NONE)
        return false;
    found_stretch(out, e, (stretch){G_SEASON, settle_season(t, i, e, s, which)}, mod,
                  DS_ANCHOR_PUBLICATION);
    out->named = true;
    return true;
}
