/* SPDX-License-Identifier: Apache-2.0 */
/* days.c - the days that sentences tell of, and which of them the timeline shows (docs/timelines.md). */
#include "internal.h"

#include <stdlib.h>

/* What one page adds to the weight of a day. */
enum {
    PAGE = 10,      /* names it */
    LATER = 10,     /* still does when the day has been news for LATER_DAYS */
    CHRONICLE = 20, /* begins a sentence with the date */
    FIGURE = 2,     /* gives a figure of it */
    LATER_DAYS = 3,
    EARLY_DAYS = 60, /* before the first page: what a page remembers, and a part of EARLY_PART */
    EARLY_PART = 5,
    COMING_PART = 2, /* what is announced may not come */
};

static int by_place(const void *pa, const void *pb)
{
    const dg_mention *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->figure > b->figure) - (a->figure < b->figure);
}

/* The sentence stands in another page, too, which counts for both. */
bool dg_is_copied(const dg *d, uint32_t member, uint32_t number)
{
    size_t lo = 0, hi = d->story->copies_len;
    const ds_copy *at = d->story->copies;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const ds_copy *c = &at[mid];
        if (c->to_member < member || (c->to_member == member && c->to_sentence < number))
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < d->story->copies_len && at[lo].to_member == member && at[lo].to_sentence == number;
         lo++)
        if (at[lo].from_member != member)
            return true;
    return false;
}

static ds_day first_published(const dg *d)
{
    ds_day first = DS_DAY_NONE;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        ds_day day = dg_article(d, m)->published;
        if (day != DS_DAY_NONE && (first == DS_DAY_NONE || day < first))
            first = day;
    }
    return first;
}

static uint32_t weight_of(const dg *d, const dg_mention *m, ds_day first)
{
    ds_day page = dg_article(d, m->member)->published;
    uint32_t w = PAGE + (m->heads ? CHRONICLE : 0) + (m->figure ? FIGURE : 0);
    if (m->copied)
        return 0;
    if (page != DS_DAY_NONE && (int64_t)page - m->day > LATER_DAYS)
        w += LATER;
    if (page != DS_DAY_NONE && m->day > page)
        w /= COMING_PART;
    if (first != DS_DAY_NONE && (int64_t)first - m->day > EARLY_DAYS)
        w /= EARLY_PART;
    return w;
}

/* The sentence of that number; NULL: a store that was damaged has it not. */
static const ds_sentence *numbered(const ds_reading *r, uint32_t number)
{
    size_t lo = 0, hi = r->sents_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (r->sents[mid].number < number)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->sents_len && r->sents[lo].number == number ? &r->sents[lo] : NULL;
}

typedef DS_VEC(dg_mention) mentions;

static ds_status add_told(const dg *d, mentions *v)
{
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        const ds_reading *r = &d->readings[d->story->members[m].reading];
        for (size_t i = 0; i < r->days.len; i++) {
            const ds_told_day *t = &r->days.at[i];
            if (t->sentence >= r->sents_len)
                continue;
            const ds_sentence *s = &r->sents[t->sentence];
            DS_TRY(DS_PUSH(d->a, v,
                           ((dg_mention){.day = t->day,
                                         .member = m,
                                         .number = s->number,
                                         .words = ds_str_at(r->article->text, s->span),
                                         .heads = t->heads,
                                         .certainty = t->certainty})));
        }
    }
    return DS_OK;
}

static ds_status add_figures(const dg *d, mentions *v)
{
    for (uint32_t i = 0; i < d->story->rows_len; i++) {
        const ds_row *r = &d->story->rows[i];
        const ds_claim *c = &r->claim;
        const ds_reading *page = &d->readings[d->story->members[r->member].reading];
        if (!dg_is_event(d, c) || c->when.lo != c->when.hi || !numbered(page, c->number))
            continue;
        DS_TRY(DS_PUSH(d->a, v,
                       ((dg_mention){.day = c->when.lo,
                                     .member = r->member,
                                     .number = c->number,
                                     .words = c->sentence,
                                     .figure = true,
                                     .certainty = c->certainty})));
    }
    return DS_OK;
}

/* A sentence once for each day: what it tells, with a figure and without. */
static size_t join_same(dg_mention *at, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        dg_mention *last = n ? &at[n - 1] : NULL;
        if (last && last->day == at[i].day && last->member == at[i].member &&
            last->number == at[i].number) {
            last->figure |= at[i].figure;
            last->heads |= at[i].heads;
        } else {
            at[n++] = at[i];
        }
    }
    return n;
}

/* Mentions [beg, end) are of one day: the weights of its pages, each that of its best sentence. */
static dg_day weigh(const dg *d, const dg_mention *at, size_t beg, size_t end, ds_day first)
{
    dg_day x = {.day = at[beg].day, .beg = beg, .end = end};
    for (size_t i = beg, j; i < end; i = j) {
        uint32_t best = 0;
        for (j = i; j < end && at[j].member == at[i].member; j++) {
            uint32_t w = weight_of(d, &at[j], first);
            best = w > best ? w : best;
        }
        x.weight += best;
    }
    return x;
}

/* Days that count for as much as the story's days do on the mean: so a short story shows all of its days and a long one those that its
 * pages come back to. */
static void choose(dg_day *at, size_t len)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < len; i++)
        sum += at[i].weight;
    for (size_t i = 0; i < len; i++)
        at[i].chosen = at[i].weight * (uint64_t)len >= sum;
}

ds_status dg_read_days(const dg *d, dg_days *out)
{
    mentions v = {0};
    DS_VEC(dg_day) days = {0};
    ds_day first = first_published(d);
    DS_TRY(add_told(d, &v));
    DS_TRY(add_figures(d, &v));
    if (!v.at) {
        *out = (dg_days){0};
        return DS_OK;
    }
    qsort(v.at, v.len, sizeof *v.at, by_place);
    v.len = join_same(v.at, v.len);
    for (size_t i = 0; i < v.len; i++)
        v.at[i].copied = dg_is_copied(d, v.at[i].member, v.at[i].number);
    for (size_t i = 0, j; i < v.len; i = j) {
        for (j = i; j < v.len && v.at[j].day == v.at[i].day; j++)
            ;
        DS_TRY(DS_PUSH(d->a, &days, weigh(d, v.at, i, j, first)));
    }
    choose(days.at, days.len);
    *out = (dg_days){v.at, v.len, days.at, days.len};
    return DS_OK;
}

const dg_day *dg_day_of(const dg_days *days, ds_day day)
{
    size_t lo = 0, hi = days->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (days->at[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < days->len && days->at[lo].day == day ? &days->at[lo] : NULL;
}

bool dg_day_counts(const dg_day *day)
{
    return day->chosen && day->weight > PAGE + FIGURE;
}
