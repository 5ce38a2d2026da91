/* SPDX-License-Identifier: Apache-2.0 */
/* times_roles.c - what the words around an expression make of it: since, until, by; ranges; datelines. */
#include "annotate/times_internal.h"

/* "since the end of the long war (1950-53)": how far before the bracket its preposition may stand. */
enum { BRACKET_REACH = 10 };

/* ---- roles ------------------------------------------------------------------------------------------------------- */

/* The preposition that governs piece i: right before it (over "the", "about", "early"), or, for a bracket, before the
 * phrase that the bracket explains. */
static uint32_t governor(const times *t, uint32_t i)
{
    uint32_t k = i;
    while (k > 0 && i - k < BRACKET_REACH &&
           is_any(t, k - 1, CLASS(DET) | CLASS(MOD) | CLASS(PART)))
        k--;
    if (k > 0 && is_punct(t, k - 1, '(')) {
        for (uint32_t b = k - 1; b > 0 && k - b < BRACKET_REACH; b--) {
            if (is_punct(t, b - 1, ',') || is_punct(t, b - 1, ';'))
                return UINT32_MAX;
            if (is(t, b - 1, C_PREP) && !norm_eq(value_of(t, b - 1, C_PREP), "at"))
                return b - 1;
        }
        return UINT32_MAX;
    }
    return k > 0 && is(t, k - 1, C_PREP) ? k - 1 : UINT32_MAX;
}

static void open_since(const times *t, const found *f, uint32_t g, ds_time *out)
{
    ds_days d = out->days;
    out->role = DS_WHEN_SINCE;
    if (d.hi == DS_DAY_NONE)
        return;
    if (g + 1 < f->beg && f->turn != DS_DAY_NONE) /* a bracket: since the end of what it spans */
        d.lo = f->turn;
    else if (norm_eq(value_of(t, g, C_PREP), "after"))
        d.lo = d.hi + 1;
    out->days = (ds_days){d.lo, DS_DAY_NONE};
}

/* "shortly after 11 p.m. Friday" is Friday, "before midnight" too: hours before and after are not days. */
static bool stays_in_day(const found *f, ds_str role)
{
    return f->type == DS_TIME_TIME && (norm_eq(role, "after") || norm_eq(role, "before"));
}

void role_apply(const times *t, const found *f, ds_time *out)
{
    uint32_t g = governor(t, f->beg);
    if (g == UINT32_MAX || f->type == DS_TIME_DURATION || f->type == DS_TIME_SET)
        return;
    ds_str role = value_of(t, g, C_PREP);
    ds_days d = out->days;
    if (is_word(t, g, "from") && f->turn != DS_DAY_NONE) /* "from February 12th to 18th" */
        return;
    if (stays_in_day(f, role))
        return;
    if (norm_eq(role, "since") || norm_eq(role, "after")) {
        open_since(t, f, g, out);
    } else if (norm_eq(role, "until")) {
        out->role = DS_WHEN_UNTIL;
        out->days = (ds_days){DS_DAY_NONE, d.hi};
    } else if (norm_eq(role, "before")) {
        out->role = DS_WHEN_UNTIL;
        out->days = (ds_days){DS_DAY_NONE, d.lo == DS_DAY_NONE ? d.hi : d.lo - 1};
    } else if (norm_eq(role, "by")) {
        out->role = DS_WHEN_BY;
    }
}

/* ---- ranges ------------------------------------------------------------------------------------------------------- */

static bool is_to(const times *t, uint32_t i)
{
    return is_word(t, i, "to") || is_word(t, i, "until") || is_word(t, i, "till") ||
           is_word(t, i, "through");
}

/* Does what stands around and between them make two expressions the ends of one? */
static bool are_ends(const times *t, const found *a, const found *b)
{
    bool dates = a->type != DS_TIME_DURATION && b->type != DS_TIME_DURATION &&
                 a->type != DS_TIME_SET && b->type != DS_TIME_SET && a->grain == b->grain;
    if (!dates)
        return false;
    if (b->beg == a->end) /* "January-March", "Monday-Friday" */
        return is_glued(t, b->beg);
    if (b->beg != a->end + 1)
        return false;
    if (is_to(t, a->end))
        return true;
    return a->beg > 0 && is_word(t, a->beg - 1, "between") && is_word(t, a->end, "and");
}

/* The same month or day `years` later. */
static stretch years_later(stretch s, int years)
{
    if (s.grain == G_MONTH)
        return (stretch){G_MONTH, s.n + 12 * years};
    int y, m, d;
    ds_day_split(s.n, &y, &m, &d);
    ds_day at = ds_day_of(y + years, m, d);
    return (stretch){G_DAY, at == DS_DAY_NONE ? s.n : at};
}

static int year_of(stretch s)
{
    return stretch_at(G_YEAR, stretch_days(s).lo).n;
}

static bool has_year_to_give(const found *f)
{
    return f->at.grain == G_MONTH || (f->at.grain == G_DAY && f->named);
}

static ds_status move_years(const times *t, found *f, int years, ds_time *out)
{
    found_stretch(f, f->end, years_later(f->at, years), f->mod, f->anchor);
    f->named = true;
    ds_str value = ds_arena_str(t->arena, ds_str_of(f->value));
    if (!value.at)
        return DS_NOMEM;
    out->value = value;
    out->days = f->days;
    return DS_OK;
}

static bool names_year(const found *f)
{
    return !f->bare && f->anchor == DS_ANCHOR_ABSOLUTE;
}

/* The year of `from` for the other end of the range, which is then as sure. */
static ds_status take_year(const times *t, found *f, const found *from, ds_time *out)
{
    f->anchor = out->anchor = DS_ANCHOR_ABSOLUTE;
    out->inferred = false;
    return move_years(t, f, year_of(from->at) - year_of(f->at), out);
}

/* "from January 2023 to March", "from January to March 2024", "between November and January": the named year is both
 * ends', and the second is the later. */
static ds_status share_year(const times *t, found *a, found *b, ds_time *ta, ds_time *tb)
{
    if (!has_year_to_give(a) || !has_year_to_give(b))
        return DS_OK;
    if (a->bare && names_year(b))
        DS_TRY(take_year(t, a, b, ta));
    else if (b->bare && names_year(a))
        DS_TRY(take_year(t, b, a, tb));
    if (a->days.lo <= b->days.lo)
        return DS_OK;
    if (b->bare && (!a->bare || b->days.lo > t->pub - HALF_YEAR))
        return move_years(t, b, 1, tb);
    return a->bare ? move_years(t, a, -1, ta) : DS_OK;
}

ds_status range_join(const times *t, found *a, found *b, ds_time *ta, ds_time *tb)
{
    if (!are_ends(t, a, b) || a->days.lo == DS_DAY_NONE || b->days.hi == DS_DAY_NONE)
        return DS_OK;
    DS_TRY(share_year(t, a, b, ta, tb));
    if (a->days.lo == DS_DAY_NONE || b->days.hi == DS_DAY_NONE || a->days.lo > b->days.hi)
        return DS_OK;
    ta->days = tb->days = (ds_days){a->days.lo, b->days.hi};
    ta->role = tb->role = DS_WHEN_AT;
    return DS_OK;
}

/* ---- more days of one month ----------------------------------------------------------------------------------------- */

/* "April 24 and 25", "May 3, 5 and 7": piece i follows the day `before`. */
bool next_day_at(const times *t, uint32_t i, const found *before, found *out)
{
    uint32_t k = i;
    int day, y, m, d;
    *out = FOUND_NONE;
    if (before->at.grain != G_DAY || !before->bare || before->type != DS_TIME_DATE)
        return false;
    k += is_punct(t, k, ',') ? 1 : 0;
    k += is_word(t, k, "and") || is_word(t, k, "or") ? 1 : 0;
    if (k == i || k >= t->p.len || t->p.at[k].kind != DS_TOK_NUMBER || !day_at(t, k, &day))
        return false;
    const piece *next = k + 1 < t->p.len ? &t->p.at[k + 1] : NULL;
    bool ends = !next || next->kind == DS_TOK_PUNCT ||
                is_any(t, k + 1, CLASS(PREP) | CLASS(WILL)) || is_word(t, k + 1, "and");
    ds_day_split(before->at.n, &y, &m, &d);
    ds_day at = day > d ? ds_day_of(y, m, day) : DS_DAY_NONE;
    if (!ends || is_glued(t, k + 1) || at == DS_DAY_NONE)
        return false;
    found_stretch(out, k + 1, (stretch){G_DAY, at}, NULL, before->anchor);
    out->beg = k;
    out->named = out->bare = true;
    return true;
}

/* ---- datelines and reported speech ------------------------------------------------------------------------------------ */

static bool is_dash(const times *t, uint32_t i)
{
    if (i >= t->p.len || t->p.at[i].kind == DS_TOK_NUMBER)
        return false;
    ds_str n = t->p.at[i].norm;
    return norm_eq(n, "-") || norm_eq(n, "--") || norm_eq(n, "_") || norm_eq(n, "\xE2\x80\x93") ||
           norm_eq(n, "\xE2\x80\x94");
}

/* "KYIV, Jan. 5 (Agency) —", "NEW HARBOUR, Norland, 5 January -": capitals before it, a dash soon behind. */
bool is_dateline(const times *t, const found *f)
{
    enum { BEFORE_MAX = 8, BEHIND_MAX = 8 };
    if (f->beg == 0 || f->beg > BEFORE_MAX || f->at.grain != G_DAY || f->type != DS_TIME_DATE)
        return false;
    for (uint32_t i = 0; i < f->beg; i++)
        if (t->p.at[i].kind != DS_TOK_PUNCT && !t->p.at[i].cap)
            return false;
    uint32_t k = f->end, deep = 0;
    k += is_punct(t, k, ',') || is_punct(t, k, '.');
    for (uint32_t n = 0; n < BEHIND_MAX && k < t->p.len; n++, k++) {
        deep += is_punct(t, k, '(');
        if (is_dash(t, k))
            return true;
        if (deep == 0)
            return false;
        deep -= is_punct(t, k, ')') && deep > 0;
    }
    return false;
}

/* "said in mid-January that": what follows in the sentence counts from then. */
bool is_said_then(const times *t, const found *f)
{
    enum { VERB_REACH = 7 };
    static const char *const verbs[] = {"said",   "told",  "announced", "reported",
                                        "warned", "wrote", "declared"};
    if (!is_word(t, f->end, "that") || f->days.hi == DS_DAY_NONE || f->type != DS_TIME_DATE ||
        f->vague || f->grain > DS_GRAIN_MONTH)
        return false;
    for (uint32_t k = f->beg; k > 0 && f->beg - k < VERB_REACH; k--)
        for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
            if (is_word(t, k - 1, verbs[v]))
                return true;
    return false;
}
