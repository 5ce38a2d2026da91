/* SPDX-License-Identifier: Apache-2.0 */
/* feed.c - stories, or the questions of one story, as Atom 1.0 (RFC 4287) or JSON Feed 1.1 (jsonfeed.org). The clock is never read: an
 * entry is as old as the newest page behind it. */
#include "export/internal.h"

#include <inttypes.h>

#define FEED_KEY_POINTS 3 /* of a story's entry */

typedef struct feed {
    ds_buf *out;
    ds_json j;
    bool json;
    const char *base;
} feed;

typedef struct entry {
    ds_str id, path, title, text; /* path: behind the base URL */
    ds_day day;
} entry;

/* Character data: what XML 1.0 does not allow at all becomes U+FFFD. */
static void xml(ds_buf *b, ds_str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t at = i;
        uint32_t c = ds_utf8_next(s, &i);
        bool good =
            c == '\t' || c == '\n' || (c >= 0x20 && c != DS_UTF8_BAD && (c & 0xFFFE) != 0xFFFE);
        if (!good)
            ds_buf_utf8(b, 0xFFFD);
        else if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
            ds_buf_printf(b, "&#%u;", (unsigned)c);
        else
            ds_buf_put(b, ds_str_cut(s, at, i));
    }
}

static void tag(ds_buf *b, const char *name, ds_str text)
{
    ds_buf_printf(b, "<%s>", name);
    xml(b, text);
    ds_buf_printf(b, "</%s>\n", name);
}

static ds_str time_of(ds_arena *a, ds_day day)
{
    ds_buf b = ds_buf_new(a);
    ds_day_print(&b, day == DS_DAY_NONE ? 0 : day);
    ds_buf_puts(&b, "T00:00:00Z");
    return ds_buf_str(&b);
}

static ds_str link_of(ds_arena *a, const feed *f, ds_str path)
{
    return ds_arena_printf(a, "%s%.*s", f->base, DS_FMT(path));
}

/* ---- the two forms ------------------------------------------------------------------------------------------- */

static void open_feed(ds_arena *a, feed *f, ds_str title, ds_str path, ds_str self, ds_day day)
{
    ds_buf *b = f->out;
    ds_str page = link_of(a, f, path), own = link_of(a, f, self);
    f->j = ds_json_new(b);
    if (f->json) {
        ds_json_obj(&f->j, NULL);
        ds_json_str(&f->j, "version", DS_STR("https://jsonfeed.org/version/1.1"));
        ds_json_str(&f->j, "title", title);
        ds_json_str(&f->j, "home_page_url", page);
        ds_json_str(&f->j, "feed_url", own);
        ds_json_arr(&f->j, "items");
        return;
    }
    ds_buf_puts(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
                   "xmlns=\"http://www.w3.org/2005/Atom\">\n");
    tag(b, "title", title);
    tag(b, "id", own);
    tag(b, "updated", time_of(a, day));
    ds_buf_puts(b, "<author><name>dossier</name></author>\n<link rel=\"self\" href=\"");
    xml(b, own);
    ds_buf_puts(b, "\"/>\n<link rel=\"alternate\" href=\"");
    xml(b, page);
    ds_buf_puts(b, "\"/>\n");
}

static void put_entry(ds_arena *a, feed *f, const entry *e)
{
    ds_buf *b = f->out;
    ds_str url = link_of(a, f, e->path), when = time_of(a, e->day);
    ds_str title = e->title.at ? e->title : DS_STR("(no title)");
    if (f->json) {
        ds_json_obj(&f->j, NULL);
        ds_json_str(&f->j, "id", e->id);
        ds_json_str(&f->j, "url", url);
        ds_json_str(&f->j, "title", title);
        ds_json_str(&f->j, "content_text", e->text);
        if (e->day != DS_DAY_NONE)
            ds_json_str(&f->j, "date_published", when);
        ds_json_end(&f->j, '}');
        return;
    }
    ds_buf_puts(b, "<entry>\n");
    tag(b, "title", title);
    tag(b, "id", e->id);
    tag(b, "updated", when);
    ds_buf_puts(b, "<link rel=\"alternate\" href=\"");
    xml(b, url);
    ds_buf_puts(b, "\"/>\n<content type=\"text\">");
    xml(b, e->text);
    ds_buf_puts(b, "</content>\n</entry>\n");
}

static ds_status close_feed(feed *f)
{
    if (f->json) {
        ds_json_end(&f->j, ']');
        ds_json_end(&f->j, '}');
        ds_buf_putc(f->out, '\n');
    } else {
        ds_buf_puts(f->out, "</feed>\n");
    }
    return f->out->status;
}

/* ---- what a question says ---------------------------------------------------------------------------------------- */

static void put_end(ds_buf *b, const char *name, bool has, ds_frac v)
{
    ds_buf_printf(b, "%s ", name);
    if (has)
        ds_frac_print(b, v, 4);
    else
        ds_buf_puts(b, "not told");
}

/* "conflict; low 17, best 58, high not told (person); 4 origins" */
static ds_str say_question(ds_arena *a, const ds_question *q, size_t origins)
{
    const ds_estimate *e = &q->estimate;
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%s; ", ds_state_name(q->state));
    put_end(&b, "low", e->has_low, e->low);
    put_end(&b, ", best", e->has_best, e->best);
    put_end(&b, ", high", e->has_high, e->high);
    ds_buf_printf(&b, " (%.*s); %zu origin%s", DS_FMT(q->unit), origins, origins == 1 ? "" : "s");
    return ds_buf_str(&b);
}

static ds_str say_card(ds_arena *a, const ds_card *c)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%u page%s, %u figure%s, %u disagreement%s.", c->line.pages,
                  c->line.pages == 1 ? "" : "s", c->line.figures, c->line.figures == 1 ? "" : "s",
                  c->conflicts + c->apart, c->conflicts + c->apart == 1 ? "" : "s");
    for (size_t i = 0; i < c->top.len && i < FEED_KEY_POINTS; i++) {
        ds_str said = say_question(a, &c->top.at[i].question, c->top.at[i].origins);
        ds_buf_printf(&b, "\n%.*s %.*s", DS_FMT(c->top.at[i].question.text), DS_FMT(said));
    }
    return ds_buf_str(&b);
}

/* ---- the feeds --------------------------------------------------------------------------------------------------- */

ds_status ds_export_feed(ds_arena *a, const ds_cards *list, const char *base, bool json,
                         ds_buf *out)
{
    feed f = {.out = out, .json = json, .base = base};
    ds_day newest = list->len ? list->at[0].line.days.hi : DS_DAY_NONE;
    open_feed(a, &f, DS_STR("Dossier: stories"), DS_STR("/"),
              json ? DS_STR("/feeds/stories.json") : DS_STR("/feeds/stories.atom"), newest);
    for (size_t i = 0; i < list->len; i++) {
        const ds_story_line *s = &list->at[i].line;
        entry e = {.path = ds_arena_printf(a, "/stories/%" PRId64, s->id),
                   .title = s->title,
                   .text = say_card(a, &list->at[i]),
                   .day = s->days.hi};
        e.id = link_of(a, &f, e.path);
        put_entry(a, &f, &e);
    }
    return close_feed(&f);
}

static ds_day last_day(const ds_dossier *d)
{
    ds_day last = DS_DAY_NONE;
    for (size_t i = 0; i < d->sources_len; i++)
        last = d->sources[i].published > last ? d->sources[i].published : last;
    return last;
}

/* Its id has what it says in it: a figure that changed is a new entry. */
static void put_question(ds_arena *a, feed *f, const ds_dossier *d, const ds_question *q)
{
    const ds_estimate *est = &q->estimate;
    ds_str said = say_question(a, q, q->origins_len);
    entry e = {
        .path = ds_arena_printf(a, "/stories/%" PRId64 "?question=%.*s", d->story, DS_FMT(q->id)),
        .title = q->text.at ? q->text : q->label,
        .text = said,
        .day = est->steps_len ? est->steps[est->steps_len - 1].day : last_day(d)};
    ds_str url = link_of(a, f, e.path);
    e.id = ds_arena_printf(a, "%.*s&said=%016" PRIx64, DS_FMT(url), ds_hash(said, 0));
    put_entry(a, f, &e);
}

ds_status ds_export_story_feed(ds_arena *a, const ds_dossier *d, const char *base, bool json,
                               ds_buf *out)
{
    feed f = {.out = out, .json = json, .base = base};
    ds_str path = ds_arena_printf(a, "/stories/%" PRId64, d->story);
    ds_str self =
        ds_arena_printf(a, "/feeds/stories/%" PRId64 ".%s", d->story, json ? "json" : "atom");
    open_feed(a, &f, d->title.at ? d->title : DS_STR("(no title)"), path, self, last_day(d));
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        put_question(a, &f, d, &d->ledger.questions[i]);
    return close_feed(&f);
}
