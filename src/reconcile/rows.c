/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - what each claim is compared by: measure, subject, value in the question's unit, day, place, scope. */
#include "internal.h"

#include <stdlib.h>

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
    if (row->hurt.len)
        row->scope = ds_arena_printf(r->a, "hurt %.*s", DS_FMT(row->hurt));
    else if (stands_alone(c))
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

/* "three Gazans": people of a place that the word lists do not know. */
static bool unknown_people(const rc_row *row)
{
    const ds_claim *c = row->c;
    ds_str figure = ds_str_cut(c->sentence, c->figure.beg, c->figure.end);
    size_t at = figure.len;
    while (at > 0 && figure.at[at - 1] != ' ')
        at--;
    return row->subject.actor.len == 0 && row->subject.class.len == 0 && at < figure.len &&
           figure.at[at] >= 'A' && figure.at[at] <= 'Z' && ds_str_ends(figure, DS_STR("s"));
}

/* Q2: a measure of persons counts persons, unless its noun is known to be something else. */
static void read_persons(rc_row *row)
{
    rc_subject *s = &row->subject;
    if (!ds_str_eq(row->measure.unit, DS_STR("person")) || !ds_str_eq(row->unit, s->lemma) ||
        (s->class.len && !ds_str_eq(s->class, DS_STR("number"))))
        return;
    row->unit = DS_STR("person");
    if (unknown_people(row)) {
        s->general = true;
        s->head = DS_STR("");
    }
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
    row->hurt = DS_STR("");
    row->question = row->origin = RC_NONE;
    rc_read_day(row);
    DS_TRY(read_per(r, row));
    DS_TRY(rc_subject_read(r->a, r->words, r->lex, c->subject, c->actor, &row->subject));
    read_persons(row);
    return DS_OK;
}

static int by_figure(const void *pa, const void *pb)
{
    const rc_slot *a = pa, *b = pb;
    int c = ds_frac_cmp(rc_stated(&a->row->value), rc_stated(&b->row->value));
    return c ? c : (a->row->rank > b->row->rank) - (a->row->rank < b->row->rank);
}

ds_status rc_by_figure(rc *r, const rc_question *q, rc_figure_fn each, void *with)
{
    rc_slot *s = ds_arena_calloc(r->a, q->len, sizeof *s);
    if (!s)
        return DS_NOMEM;
    for (size_t i = 0; i < q->len; i++)
        s[i] = (rc_slot){&r->rows[q->rows[i]], q->rows[i]};
    if (q->len)
        qsort(s, q->len, sizeof *s, by_figure);
    for (size_t i = 0, j; i < q->len; i = j) {
        ds_frac n = rc_stated(&s[i].row->value);
        for (j = i; j < q->len && ds_frac_cmp(n, rc_stated(&s[j].row->value)) == 0; j++)
            ;
        DS_TRY(each(r, with, &s[i], j - i));
    }
    return DS_OK;
}

/* Page by name, sentence, place in it: an order that stays when pages come in another one. */
static int by_text(const void *pa, const void *pb)
{
    const rc_slot *a = pa, *b = pb;
    int c = ds_str_cmp(a->row->c->doc, b->row->c->doc);
    if (c == 0)
        c = (a->row->c->number > b->row->c->number) - (a->row->c->number < b->row->c->number);
    if (c == 0)
        c = (a->row->c->figure.beg > b->row->c->figure.beg) -
            (a->row->c->figure.beg < b->row->c->figure.beg);
    return c ? c : (a->index > b->index) - (a->index < b->index);
}

ds_status rc_rank_rows(rc *r)
{
    rc_slot *s = ds_arena_calloc(r->a, r->rows_len, sizeof *s);
    if (!s)
        return DS_NOMEM;
    for (uint32_t i = 0; i < r->rows_len; i++)
        s[i] = (rc_slot){&r->rows[i], i};
    if (r->rows_len)
        qsort(s, r->rows_len, sizeof *s, by_text);
    for (uint32_t i = 0; i < r->rows_len; i++)
        r->rows[s[i].index].rank = i;
    return DS_OK;
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
    DS_TRY(rc_rank_rows(r));
    DS_TRY(rc_events_read(r));
    for (size_t i = 0; i < r->rows_len; i++)
        DS_TRY(read_scope(r, &r->rows[i], i, r->last));
    return DS_OK;
}
