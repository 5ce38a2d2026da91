/* SPDX-License-Identifier: Apache-2.0 */
/* browse.c - what a server asks: lists a page at a time, and whether anything changed. */
#include "engine/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Stories on one page of the list, at most, and questions of each. */
#define LIST_MOST 200
#define LIST_USUAL 50
#define LIST_QUESTIONS 3

static dossier_status need_store(dossier *d)
{
    return d->store ? DOSSIER_OK : ds_say(d, DOSSIER_BAD, "no store is open");
}

/* An arena for what is asked of a store that is open. */
static dossier_status begin(dossier *d, size_t first_block, ds_arena **out)
{
    dossier_status ok = need_store(d);
    if (ok == DOSSIER_OK && !(*out = ds_arena_new(first_block, DS_VIEW_BUDGET)))
        ok = ds_say_nomem(d);
    return ok;
}

/* What came of asking for a story. */
static dossier_status outcome(dossier *d, ds_status st, int64_t story, const ds_err *err)
{
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no story %" PRId64, story);
    return st < 0 ? ds_say_store(d, st, err) : DOSSIER_OK;
}

dossier_status dossier_revision(dossier *d, int64_t *out)
{
    ds_err err = {0};
    dossier_status ok = need_store(d);
    if (ok != DOSSIER_OK)
        return ok;
    ds_status st = ds_store_revision(d->store, out, &err);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

dossier_status dossier_stamp(dossier *d, int64_t story, char stamp[DOSSIER_STAMP])
{
    DS_AUTO(ds_arena_freep) ds_arena *a = NULL;
    ds_str s = {NULL, 0};
    ds_err err = {0};
    dossier_status ok = begin(d, 1024, &a);
    if (ok == DOSSIER_OK)
        ok = outcome(d, ds_store_stamp(d->store, a, story, &s, &err), story, &err);
    if (ok == DOSSIER_OK)
        snprintf(stamp, DOSSIER_STAMP, "%.*s", DS_FMT(s));
    return ok;
}

dossier_status dossier_sizes_of(dossier *d, dossier_sizes *out)
{
    ds_store_sizes n;
    ds_err err = {0};
    dossier_status ok = need_store(d);
    if (ok != DOSSIER_OK)
        return ok;
    ds_status st = ds_store_counts(d->store, &n, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    *out = (dossier_sizes){n.articles, n.stories, n.last_article};
    return DOSSIER_OK;
}

/* ---- cursors --------------------------------------------------------------------------------------------- */

/* "DAY.ID" of the last story of the page before, whatever the order. */
static bool read_cursor(const char *z, ds_browse *b)
{
    char *end;
    if (strspn(z, "-0123456789.") != strlen(z))
        return false;
    long long day = strtoll(z, &end, 10);
    if (end == z || *end != '.')
        return false;
    const char *rest = end + 1;
    long long id = strtoll(rest, &end, 10);
    if (end == rest || *end || day < INT32_MIN || day > INT32_MAX || id < 0)
        return false;
    b->after.day = day;
    b->after.id = id;
    return true;
}

static bool read_day(const char *z, ds_day *out)
{
    return !z || (strlen(z) == 10 && ds_day_parse(ds_str_of(z), out) == DS_OK);
}

static dossier_status read_listing(dossier *d, const dossier_listing *l, ds_browse *b)
{
    *b = (ds_browse){.days = DS_DAYS_NONE,
                     .measure = ds_str_of(l->measure),
                     .state = ds_str_of(l->state),
                     .flagged = l->flagged,
                     .by_id = l->by_id,
                     .min_pages = l->min_pages,
                     .limit = l->limit ? l->limit : LIST_USUAL,
                     .questions = LIST_QUESTIONS,
                     .after = {INT64_MAX, INT64_MAX}};
    if (b->limit > LIST_MOST)
        return ds_say(d, DOSSIER_BAD, "limit: at most %d", LIST_MOST);
    if (!read_day(l->from, &b->days.lo) || !read_day(l->to, &b->days.hi))
        return ds_say(d, DOSSIER_BAD, "from, to: a day is written YYYY-MM-DD");
    if (l->cursor && !read_cursor(l->cursor, b))
        return ds_say(d, DOSSIER_BAD, "cursor: not one that was given");
    return DOSSIER_OK;
}

dossier_status dossier_list(dossier *d, const dossier_listing *l, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = NULL;
    ds_browse b;
    ds_cards cards = {0};
    ds_err err = {0};
    ds_str next = {NULL, 0};
    dossier_status ok = begin(d, 0, &a);
    if (ok == DOSSIER_OK)
        ok = read_listing(d, l, &b);
    if (ok != DOSSIER_OK)
        return ok;
    b.limit++; /* one more than is shown tells whether there are more */
    ds_status st = ds_store_browse(d->store, a, &b, &cards, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    if (cards.len == b.limit) {
        const ds_story_line *last = &cards.at[--cards.len - 1].line;
        next = ds_arena_printf(a, "%d.%" PRId64, last->days.hi, last->id);
    }
    ds_buf out_b = ds_buf_new(a);
    return ds_export_cards(&cards, next, &out_b) < 0 ? ds_say_nomem(d)
                                                     : ds_hand_out(d, &out_b, out);
}

dossier_status dossier_similar_page(dossier *d, int64_t story, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = NULL;
    ds_dossier file;
    ds_err err = {0};
    dossier_status ok = begin(d, 0, &a);
    if (ok == DOSSIER_OK)
        ok = outcome(d, ds_store_story(d->store, a, story, &file, &err), story, &err);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    return ds_export_similar_page(&file, &b) < 0 ? ds_say_nomem(d) : ds_hand_out(d, &b, out);
}

static ds_status feed_of_all(dossier *d, ds_arena *a, const char *base, bool json, ds_buf *b,
                             ds_err *err)
{
    const ds_browse all = {.days = DS_DAYS_NONE,
                           .limit = LIST_USUAL,
                           .questions = LIST_QUESTIONS,
                           .after = {INT64_MAX, INT64_MAX}};
    ds_cards cards = {0};
    DS_TRY(ds_store_browse(d->store, a, &all, &cards, err));
    return ds_export_feed(a, &cards, base, json, b);
}

dossier_status dossier_feed(dossier *d, int64_t story, const char *base, bool json,
                            dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = NULL;
    ds_dossier file;
    ds_err err = {0};
    dossier_status ok = begin(d, 0, &a);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    ds_status st = story ? ds_store_story(d->store, a, story, &file, &err)
                         : feed_of_all(d, a, base, json, &b, &err);
    if (story && st == DS_OK)
        st = ds_export_story_feed(a, &file, base, json, &b);
    ok = outcome(d, st, story, &err);
    return ok == DOSSIER_OK ? ds_hand_out(d, &b, out) : ok;
}
