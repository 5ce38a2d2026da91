/* SPDX-License-Identifier: Apache-2.0 */
/* similar.c - dossier similar, and the same list in dossier show: other stories about much the same. */
#include "export/show.h"

enum { TEXT_AT = 7, IN_SHOW = 3 };

/* ---- data ------------------------------------------------------------------------------------------------ */

void ex_json_similar(ds_json *j, const ds_dossier *d, size_t i)
{
    const ds_similar *s = &d->similar[i];
    bool dated = s->days.lo != DS_DAY_NONE || s->days.hi != DS_DAY_NONE;
    ds_json_obj(j, NULL);
    ds_json_int(j, "story", s->story);
    ds_json_str(j, "title", s->title);
    ds_json_str(j, "blurb", s->blurb);
    ds_json_str(j, "publisher", s->publisher);
    ds_json_days(j, "published", dated, s->days);
    ds_json_int(j, "likeness", (int64_t)(s->likeness * 100 + 0.5));
    ds_json_end(j, '}');
}

/* ---- text ------------------------------------------------------------------------------------------------- */

/* "Two dead in Osterby fire (3 May 2024, Orpress)" */
static void put_similar(ex_page *p, const ds_similar *s)
{
    ds_buf b = ex_words(p), where = ex_words(p);
    const bool dated = s->days.lo != DS_DAY_NONE || s->days.hi != DS_DAY_NONE;
    ex_line(p, 2, ex_say(p, EX_DIM "%lld", (long long)s->story));
    ex_put(&b, s->title.at ? s->title : DS_STR("(no title)"));
    if (dated)
        ds_days_text(&where, s->days, 0);
    if (s->publisher.len) {
        ds_buf_puts(&where, dated ? ", " : "");
        ex_put(&where, s->publisher);
    }
    if (!dated && !s->publisher.len)
        ds_buf_puts(&where, "undated");
    ds_buf_printf(&b, " (%.*s)", DS_FMT(ex_take(p, &where)));
    ex_prose(p, TEXT_AT, ex_take(p, &b));
    if (s->blurb.len)
        ex_prose(p, TEXT_AT, ex_own(p, s->blurb));
}

static void list(ex_page *p, size_t most)
{
    if (!p->d->similar_len)
        return;
    ex_heading(p, "SIMILAR STORIES");
    for (size_t i = 0; i < p->d->similar_len && i < most; i++)
        put_similar(p, &p->d->similar[i]);
}

void ex_show_similar(ex_page *p)
{
    list(p, IN_SHOW);
}

void ex_all_similar(ex_page *p)
{
    list(p, SIZE_MAX);
}

/* ---- what became of stories -------------------------------------------------------------------------------- */

void ex_put_why(ds_buf *b, uint32_t why)
{
    static const char *const reasons[] = {
        "same names",   "same region", "same street",   "same age",     "same dead",
        "same injured", "same day",    "same time",     "other region", "other street",
        "other age",    "other dead",  "other injured", "other day",    "same title",
    };
    const size_t from = b->len;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (why >> i & 1)
            ds_buf_printf(b, "%s%s", b->len > from ? ", " : "", reasons[i]);
}

/* "Story 7 became part of this one: b.html beside a.html (same names, same day)." */
static ds_str told(ex_page *p, const ds_regrouping *r)
{
    ds_buf b = ex_words(p);
    const bool merge = ds_str_eq(r->kind, DS_STR("merge"));
    ds_buf_printf(&b,
                  merge ? "Story %lld became part of this one" : "Story %lld was part of this one",
                  (long long)r->other);
    if (r->article.len) {
        ds_buf_puts(&b, merge ? ": " : ": nothing binds ");
        ex_put(&b, r->article);
        ds_buf_puts(&b, merge ? " is near both" : " to it since a page went");
    }
    if (merge && r->near.len) {
        ds_buf_puts(&b, ", and beside ");
        ex_put(&b, r->near);
    }
    if (merge && r->why) {
        ds_buf_puts(&b, " (");
        ex_put_why(&b, r->why);
        ds_buf_putc(&b, ')');
    }
    return ex_take(p, &b);
}

void ex_show_regroupings(ex_page *p)
{
    if (!p->d->regroupings_len)
        return;
    ex_heading(p, "STORIES THAT BECAME ONE OR TWO");
    for (size_t i = 0; i < p->d->regroupings_len; i++)
        ex_prose(p, 2, told(p, &p->d->regroupings[i]));
}

void ex_json_regrouping(ds_json *j, ds_arena *a, const ds_regrouping *r)
{
    ds_buf why = ds_buf_new(a);
    ex_put_why(&why, r->why);
    ds_json_obj(j, NULL);
    ds_json_str(j, "kind", r->kind);
    ds_json_int(j, "story", r->other);
    ds_json_str(j, "article", r->article);
    ds_json_str(j, "near", r->near);
    ds_json_str(j, "why", why.len ? ds_buf_str(&why) : (ds_str){0});
    ds_json_end(j, '}');
}
