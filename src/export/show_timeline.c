/* SPDX-License-Identifier: Apache-2.0 */
/* show_timeline.c - TIMELINE: each year once, what has no date at the end. */
#include "export/show.h"

#define YEAR_AT 2
#define CITES_MAX 14
#define CITES_AT_WIDE 86
#define SURE_W 12

typedef struct columns {
    size_t when, when_w, text, text_w, cites, cites_w, sure;
} columns;

static ds_str cites_of(ex_page *p, const ds_event *e)
{
    return ex_cites(p, e->cites.at, e->cites.len, " ");
}

static columns lay_out(ex_page *p)
{
    size_t when = 8, cites = 2;
    for (size_t i = 0; i < p->d->timeline_len; i++) {
        size_t w = ex_width(ex_own(p, p->d->timeline[i].when_words));
        size_t c = ex_width(cites_of(p, &p->d->timeline[i]));
        when = w > when ? w : when;
        cites = c > cites ? c : cites;
    }
    when = when > 18 ? 18 : when;
    cites = cites > CITES_MAX ? CITES_MAX : cites;
    bool wide = ex_wide(p);
    columns c = {.when = wide ? 11 : 10, .when_w = when, .cites_w = cites};
    c.text = c.when + when + (wide ? 2 : 1);
    c.cites = wide ? CITES_AT_WIDE : p->style.width - cites;
    c.sure = c.cites + (cites > 10 ? cites : 10) + 2;
    c.text_w = c.cites - 2 - c.text;
    return c;
}

static int year_of(const ds_event *e)
{
    int year = 0, month, day;
    ds_day at = e->when.lo != DS_DAY_NONE ? e->when.lo : e->when.hi;
    if (e->has_when && at != DS_DAY_NONE)
        ds_day_split(at, &year, &month, &day);
    return year;
}

static ds_str when_of(ex_page *p, const ds_event *e)
{
    ds_buf b = ex_words(p);
    if (e->when_words.at)
        ex_put(&b, e->when_words);
    else if (e->has_when)
        ds_days_text(&b, e->when, year_of(e));
    ds_str when = ex_take(p, &b);
    bool said =
        ds_str_eq(when, ex_say(p, "%d", year_of(e))); /* "2009" stands in the column of years */
    return said ? DS_STR("") : when;
}

static void event(ex_page *p, const columns *c, const ds_event *e, int *year, bool first)
{
    int own = year_of(e);
    bool named = first || own != *year;
    ds_str head = !named ? DS_STR("") : own ? ex_say(p, "%d", own) : DS_STR("no date");
    bool sure = ex_wide(p) && e->certainty > DS_CERT_REPORTED;
    ex_box boxes[] = {{YEAR_AT, 7, head, false},
                      {c->when, c->when_w, when_of(p, e), false},
                      {c->text, c->text_w, ex_own(p, e->text), false},
                      {c->cites, c->cites_w, cites_of(p, e), false},
                      {c->sure, SURE_W, sure ? ex_sure(e->certainty, true) : DS_STR(""), false}};
    ex_row(p, boxes, 5);
    *year = own;
}

void ex_show_timeline(ex_page *p)
{
    int year = 0;
    if (p->d->timeline_len == 0)
        return;
    ex_heading(p, "TIMELINE");
    columns c = lay_out(p);
    for (size_t i = 0; i < p->d->timeline_len; i++)
        event(p, &c, &p->d->timeline[i], &year, i == 0);
}
