/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - what each claim is compared by: measure, subject, value in the question's unit, day, place, scope. */
#include "internal.h"

#define BASE_DEPTH                                                                                 \
    4 /* a share of a share of a count: deeper chains are reading errors, and might run in a circle */

static bool is_ratio(const ds_claim *c)
{
    return ds_str_eq(c->unit, DS_STR("ratio"));
}

/* Q5: the total that "another 10,000" leads to. */
static ds_value delta_total(const rc *r, const ds_claim *c)
{
    ds_bound bound = c->value.bound;
    if (bound == DS_BOUND_EXACT && c->delta_of >= 0)
        bound = r->story->rows[c->delta_of].claim.value.bound;
    if (bound == DS_BOUND_RANGE || bound == DS_BOUND_VAGUE)
        bound = DS_BOUND_ABOUT;
    ds_value one = {.best = DS_FRAC(1), .has_best = true, .bound = bound}, out;
    ds_value total = {.best = c->derived, .has_best = true, .bound = DS_BOUND_EXACT};
    return rc_product(&one, &total, &out) == DS_OK ? out : total;
}

static bool worth(const rc *r, const ds_claim *c, int depth, ds_value *value, ds_str *unit);

/* Q6: a share times its base. Where only the product is known, the base is what it was divided by. */
static bool share_product(const rc *r, const ds_claim *c, int depth, ds_value *value, ds_str *unit)
{
    ds_value base;
    if (c->of >= 0 && depth < BASE_DEPTH &&
        worth(r, &r->story->rows[c->of].claim, depth + 1, &base, unit))
        return rc_product(&c->value, &base, value) == DS_OK;
    ds_frac by;
    if (!c->has_derived || !c->value.has_best ||
        ds_frac_div(c->derived, c->value.best, &by) != DS_OK)
        return false;
    base = (ds_value){.best = by, .has_best = true, .bound = DS_BOUND_ABOUT};
    *unit = c->of >= 0 ? r->story->rows[c->of].claim.unit : DS_STR("person");
    return rc_product(&c->value, &base, value) == DS_OK;
}

/* The value that a claim contributes, and its unit. False: a share without a known base. */
static bool worth(const rc *r, const ds_claim *c, int depth, ds_value *value, ds_str *unit)
{
    if (is_ratio(c))
        return share_product(r, c, depth, value, unit);
    *unit = c->unit;
    *value = c->delta && c->has_derived ? delta_total(r, c) : c->value;
    return true;
}

/* ---- day --------------------------------------------------------------------------------------------------- */

static ds_day end_of(ds_days d)
{
    return d.hi != DS_DAY_NONE ? d.hi : d.lo;
}

void rc_read_day(rc_row *row)
{
    const ds_claim *c = row->c;
    ds_day day = c->has_as_of ? end_of(c->as_of) : DS_DAY_NONE;
    if (day == DS_DAY_NONE && c->has_when)
        day = end_of(c->when);
    row->dated = day != DS_DAY_NONE;
    row->day = day;
}

static void later(ds_day *last, ds_day d)
{
    if (d != DS_DAY_NONE && d > *last)
        *last = d;
}

ds_day rc_last_told(const rc *r)
{
    ds_day last = DS_DAY_NONE;
    for (size_t i = 0; i < r->rows_len; i++)
        if (r->rows[i].dated)
            later(&last, r->rows[i].day);
    return last;
}

/* The story's last day: of its pages where they are dated, else of what its claims speak of. */
static ds_day last_day(const rc *r)
{
    ds_day last = DS_DAY_NONE;
    for (size_t m = 0; m < r->story->members_len; m++) {
        const ds_article *art = r->readings[r->story->members[m].reading].article;
        later(&last, art->published);
        later(&last, art->window.hi);
    }
    return last != DS_DAY_NONE ? last : rc_last_told(r);
}

/* ---- scope -------------------------------------------------------------------------------------------------- */

static ds_status find_delta_bases(rc *r)
{
    r->delta_base = ds_arena_calloc(r->a, r->rows_len, sizeof *r->delta_base);
    if (!r->delta_base)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++) {
        const ds_claim *c = &r->story->rows[i].claim;
        if (c->delta_of >= 0 && c->has_derived)
            r->delta_base[c->delta_of] = true;
    }
    return DS_OK;
}

/* S8: how long or how far is asked of something named in two words or more; "time, day" would compare what has nothing in
 * common. */
static bool stands_alone(const ds_claim *c)
{
    bool measured =
        ds_str_eq(c->measure, DS_STR("duration")) || ds_str_eq(c->measure, DS_STR("distance"));
    return measured && ds_str_find(c->subject, DS_STR(" "), 0) < 0;
}

/* S4, S5, S6: a part, an addition without its total, or a count of other years. */
static ds_status read_scope(rc *r, rc_row *row, size_t index, ds_day last)
{
    const ds_claim *c = row->c;
    row->scope = DS_STR("");
    int year, month, day;
    bool counts_part =
        !is_ratio(c) && !c->delta && (c->of >= 0 || c->of_words.len); /* "10 of whom" */
    if (stands_alone(c))
        row->scope = ds_arena_printf(r->a, "alone %.*s %zu", DS_FMT(c->id), c->id.len ? 0 : index);
    else if (c->part_of_whole || counts_part || r->delta_base[index])
        row->scope = ds_arena_printf(r->a, "part %.*s", DS_FMT(row->subject.phrase));
    else if (c->delta && !c->has_derived)
        row->scope = DS_STR("more");
    else if (is_ratio(c) && !row->derived)
        row->scope = ds_arena_printf(r->a, "of %.*s", DS_FMT(c->of_words));
    else if (c->has_when && c->when.hi != DS_DAY_NONE && last != DS_DAY_NONE &&
             c->when.hi < last - RC_BACKGROUND_DAYS) {
        ds_day_split(c->when.hi, &year, &month, &day);
        row->scope = ds_arena_printf(r->a, "year %d", year);
    }
    return row->scope.at ? DS_OK : DS_NOMEM;
}

static ds_status read_per(rc *r, rc_row *row)
{
    const ds_claim *c = row->c;
    row->per = DS_STR("");
    if (c->per_len == 1)
        row->per = c->per[0];
    if (c->per_len < 2)
        return DS_OK;
    bool swap = ds_str_cmp(c->per[0], c->per[1]) > 0;
    row->per = ds_arena_printf(r->a, "%.*s %.*s", DS_FMT(c->per[swap]), DS_FMT(c->per[!swap]));
    return row->per.at ? DS_OK : DS_NOMEM;
}

static ds_status read_row(rc *r, size_t i)
{
    rc_row *row = &r->rows[i];
    const ds_claim *c = &r->story->rows[i].claim;
    row->c = c;
    row->member = r->story->rows[i].member;
    row->measure = rc_measure_of(r->words, c->measure);
    row->wider = !ds_str_eq(row->measure.asks, c->measure);
    row->planned = c->certainty == DS_CERT_PLANNED || c->certainty == DS_CERT_POSSIBLE;
    row->derived = worth(r, c, 0, &row->value, &row->unit) && (is_ratio(c) || c->delta);
    if (is_ratio(c) && !row->derived) {
        row->value = c->value;
        row->unit = c->unit;
    }
    row->denied = c->certainty == DS_CERT_DENIED && rc_stated(&row->value).num != 0;
    row->place = DS_STR("");
    int32_t place = r->story->rows[i].place;
    if (place >= 0 && !(row->place = ds_ascii_lower(r->a, r->story->who.places[place].name)).at)
        return DS_NOMEM;
    row->bucket = row->question = row->origin = RC_NONE;
    rc_read_day(row);
    DS_TRY(read_per(r, row));
    return rc_subject_read(r->a, r->words, r->lex, c->subject, c->actor, &row->subject);
}

ds_status rc_rows_read(rc *r)
{
    r->rows_len = r->story->rows_len;
    r->rows = ds_arena_calloc(r->a, r->rows_len, sizeof *r->rows);
    if (!r->rows)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++)
        DS_TRY(read_row(r, i));
    r->last = last_day(r);
    DS_TRY(find_delta_bases(r));
    for (size_t i = 0; i < r->rows_len; i++)
        DS_TRY(read_scope(r, &r->rows[i], i, r->last));
    return DS_OK;
}
