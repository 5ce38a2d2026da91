/* SPDX-License-Identifier: Apache-2.0 */
/* news.c - what changed in the store, for those who look again and again. */
#include "engine/internal.h"

#include <inttypes.h>

/* Bytes for one story's news: its lines, not its claims. */
#define NEWS_BUDGET ((size_t)64 << 20)

typedef struct telling {
    dossier *d;
    ds_arena *a;
    int64_t story;
    dossier_on_story on_story;
    dossier_on_figure on_figure;
    dossier_on_news on_news;
    void *ctx;
} telling;

static ds_status stamp(int64_t story, ds_str text, void *ctx)
{
    const telling *t = ctx;
    char z[DOSSIER_STAMP] = "";
    if (text.at && text.len < sizeof z)
        memcpy(z, text.at, text.len);
    return t->on_story(story, z, t->ctx) ? DS_NONE : DS_OK;
}

dossier_status dossier_each_story(dossier *d, dossier_on_story cb, void *ctx)
{
    telling t = {.d = d, .on_story = cb, .ctx = ctx};
    ds_err err = {0};
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    ds_status st = ds_store_each_stamp(d->store, stamp, &t, &err);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

/* ---- figures: what a question says, as one number ------------------------------------------------------- */

static uint64_t name_of(int64_t story, const ds_question *q)
{
    return ds_hash(q->id, (uint64_t)story);
}

static uint64_t value_of(const ds_question *q)
{
    const ds_estimate *e = &q->estimate;
    const int64_t all[] = {q->state,   e->has_low,  e->has_best, e->has_high, e->low.num,
                           e->low.den, e->best.num, e->best.den, e->high.num, e->high.den};
    return ds_hash((ds_str){(const char *)all, sizeof all}, 0);
}

static ds_status figure(int64_t story, const ds_question *q, void *ctx)
{
    const telling *t = ctx;
    return t->on_figure(story, name_of(story, q), value_of(q), t->ctx) ? DS_NONE : DS_OK;
}

dossier_status dossier_each_figure(dossier *d, dossier_on_figure cb, void *ctx)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, NEWS_BUDGET);
    telling t = {.d = d, .on_figure = cb, .ctx = ctx};
    ds_err err = {0};
    if (!a)
        return ds_say_nomem(d);
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    ds_status st = ds_store_each_question(d->store, a, figure, &t, &err);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

/* ---- one story ---------------------------------------------------------------------------------------------- */

static ds_status put(const telling *t, const char *event, uint64_t name, uint64_t value, ds_buf *b)
{
    ds_str json = ds_buf_str(b);
    if (!json.at)
        return DS_NOMEM;
    return t->on_news(event, t->story, name, value, json.at, t->ctx) ? DS_NONE : DS_OK;
}

static ds_status tell_line(const telling *t, const ds_story_line *line, const char *change)
{
    ds_buf b = ds_buf_new(t->a);
    ds_json j = ds_json_new(&b);
    ds_json_obj(&j, NULL);
    ds_json_int(&j, "story", line->id);
    ds_json_str(&j, "title", line->title);
    ds_json_int(&j, "pages", line->pages);
    ds_json_int(&j, "figures", line->figures);
    ds_json_int(&j, "flags", line->flags);
    ds_json_str(&j, "change", ds_str_of(change));
    ds_json_end(&j, '}');
    return put(t, "story", 0, 0, &b);
}

static ds_status tell_source(const telling *t, const ds_source *s)
{
    ds_buf b = ds_buf_new(t->a);
    ds_json j = ds_json_new(&b);
    ds_json_obj(&j, NULL);
    ds_json_str(&j, "doc", s->doc);
    ds_json_str(&j, "title", s->title);
    ds_json_str(&j, "publisher", s->publisher);
    ds_json_day(&j, "published", s->published);
    ds_json_int(&j, "story", t->story);
    ds_json_str(&j, "page", s->letter);
    ds_json_end(&j, '}');
    return put(t, "article", 0, 0, &b);
}

static void frac(ds_json *j, const char *key, bool has, ds_frac v)
{
    if (has)
        ds_json_frac(j, key, v);
    else
        ds_json_null(j, key);
}

static ds_status tell_question(const telling *t, const ds_question *q)
{
    const ds_estimate *e = &q->estimate;
    ds_buf b = ds_buf_new(t->a);
    ds_json j = ds_json_new(&b);
    ds_json_obj(&j, NULL);
    ds_json_int(&j, "story", t->story);
    ds_json_str(&j, "question", q->id);
    ds_json_str(&j, "text", q->text);
    ds_json_str(&j, "state", ds_str_of(ds_state_name(q->state)));
    frac(&j, "low", e->has_low, e->low);
    frac(&j, "best", e->has_best, e->best);
    frac(&j, "high", e->has_high, e->high);
    ds_json_end(&j, '}');
    return put(t, "figure", name_of(t->story, q), value_of(q), &b);
}

static ds_status tell(const telling *t, const char *change, int64_t after, ds_err *err)
{
    ds_store *s = t->d->store;
    ds_story_line line;
    ds_sources sources = {0};
    ds_question_lines questions = {0};
    ds_status st = ds_store_line(s, t->a, t->story, &line, err);
    if (st != DS_OK)
        return st;
    DS_TRY(ds_store_sources_after(s, t->a, t->story, after, &sources, err));
    DS_TRY(ds_store_question_lines(s, t->a, t->story, UINT32_MAX, &questions, err));
    st = tell_line(t, &line, change);
    for (size_t i = 0; st == DS_OK && i < sources.len; i++)
        st = tell_source(t, &sources.at[i]);
    for (size_t i = 0; st == DS_OK && i < questions.len; i++)
        st = tell_question(t, &questions.at[i].question);
    return st < 0 ? st : DS_OK;
}

dossier_status dossier_story_news(dossier *d, int64_t story, const char *change, int64_t after,
                                  dossier_on_news cb, void *ctx)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, NEWS_BUDGET);
    telling t = {.d = d, .a = a, .story = story, .on_news = cb, .ctx = ctx};
    ds_err err = {0};
    if (!a)
        return ds_say_nomem(d);
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    ds_status st = tell(&t, change, after, &err);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no story %" PRId64, story);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}
