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
