/* SPDX-License-Identifier: Apache-2.0 */
/* stories.c - dossier stories: a line a story, or, with --articles, a line an article. */
#include "export/words.h"

/* ---- data ------------------------------------------------------------------------------------------------ */

void ex_json_story_line(ds_json *j, const ds_story_line *s)
{
    bool dated = s->days.lo != DS_DAY_NONE || s->days.hi != DS_DAY_NONE;
    ds_json_int(j, "story", s->id);
    ds_json_str(j, "title", s->title);
    ds_json_int(j, "pages", s->pages);
    ds_json_int(j, "figures", s->figures);
    ds_json_int(j, "questions", s->questions);
    ds_json_int(j, "flags", s->flags);
    ds_json_days(j, "published", dated, s->days);
}

static void story_json(ds_json *j, const ds_story_line *s)
{
    ds_json_obj(j, NULL);
    ex_json_story_line(j, s);
    ds_json_end(j, '}');
}

static void json(const ds_story_list *list, bool as_lines, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    if (!as_lines)
        ds_json_arr(&j, NULL);
    for (size_t i = 0; i < list->len; i++) {
        if (as_lines)
            j = ds_json_new(out);
        story_json(&j, &list->at[i]);
        if (as_lines)
            ds_buf_putc(out, '\n');
    }
    if (as_lines)
        return;
    ds_json_end(&j, ']');
    ds_buf_putc(out, '\n');
}

static ds_str day(ds_arena *a, ds_day d)
{
    ds_buf b = ds_buf_new(a);
    if (d != DS_DAY_NONE)
        ds_day_print(&b, d);
    return ds_buf_str(&b);
}

static ds_status table(ds_arena *a, const ds_story_list *list, ds_format f, ds_buf *out)
{
    static const char *const names[] = {"story", "pages", "figures", "questions",
                                        "flags", "from",  "to",      "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ex_cell(out, f, i == 0, ds_str_of(names[i]));
    ds_buf_putc(out, '\n');
    for (size_t i = 0; i < list->len; i++) {
        const ds_story_line *s = &list->at[i];
        ds_str cells[] = {ds_arena_printf(a, "%lld", (long long)s->id),
                          ds_arena_printf(a, "%u", s->pages),
                          ds_arena_printf(a, "%u", s->figures),
                          ds_arena_printf(a, "%u", s->questions),
                          ds_arena_printf(a, "%u", s->flags),
                          day(a, s->days.lo),
                          day(a, s->days.hi)};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
            if (!cells[c].at)
                return DS_NOMEM;
            ex_cell(out, f, c == 0, cells[c]);
        }
        ex_cell(out, f, false, s->title);
        ds_buf_putc(out, '\n');
    }
    return DS_OK;
}

/* ---- text ------------------------------------------------------------------------------------------------- */

typedef enum column { STORY, PAGES, FIGURES, QUESTIONS, FLAGS, DAYS, TITLE, COLUMNS } column;

static const ds_str heads[COLUMNS] = {
    DS_STR_INIT("story"),     DS_STR_INIT("pages"), DS_STR_INIT("figures"),
    DS_STR_INIT("questions"), DS_STR_INIT("flags"), DS_STR_INIT("published"),
    DS_STR_INIT("title"),
};
static const size_t widths[COLUMNS] = {5, 5, 7, 9, 5, 14, 0};

static void line(ex_page *p, const ds_str cells[COLUMNS])
{
    ex_box boxes[COLUMNS];
    size_t at = 0;
    for (column c = 0; c < COLUMNS; c++) {
        size_t width = c == TITLE ? p->style.width - at : widths[c];
        boxes[c] = (ex_box){at, width, cells[c], c < DAYS};
        at += width + 2;
    }
    ex_row(p, boxes, COLUMNS);
}

static ds_str grouped(ex_page *p, uint64_t n)
{
    ds_buf b = ex_words(p);
    ex_put_grouped(&b, n);
    return ex_take(p, &b);
}

static ds_str days_of(ex_page *p, ds_days days)
{
    ds_buf b = ex_words(p);
    if (days.lo == DS_DAY_NONE && days.hi == DS_DAY_NONE)
        return DS_STR("undated");
    ds_days_text(&b, days, 0);
    return ex_take(p, &b);
}

static ds_status text(ds_arena *a, const ds_story_list *list, ds_style style, ds_buf *out)
{
    ex_page p = ex_page_new(a, NULL, style, out);
    ds_str head[COLUMNS];
    for (column c = 0; c < COLUMNS; c++)
        head[c] = ex_say(&p, EX_DIM "%.*s", DS_FMT(heads[c]));
    line(&p, head);
    for (size_t i = 0; i < list->len; i++) {
        const ds_story_line *s = &list->at[i];
        ds_str flags = s->flags ? ex_say(&p, EX_RED "%u", s->flags) : DS_STR("–");
        ds_str cells[COLUMNS] = {ex_say(&p, "%lld", (long long)s->id),
                                 grouped(&p, s->pages),
                                 grouped(&p, s->figures),
                                 grouped(&p, s->questions),
                                 flags,
                                 days_of(&p, s->days),
                                 ex_own(&p, s->title)};
        line(&p, cells);
    }
    return ex_page_end(&p);
}

ds_status ds_export_stories(ds_arena *a, const ds_story_list *list, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    if (list->len == 0)
        return DS_NONE;
    if (style.format == DS_FMT_TEXT)
        st = text(a, list, style, out);
    else if (style.format == DS_FMT_JSON || style.format == DS_FMT_JSONL)
        json(list, style.format == DS_FMT_JSONL, out);
    else
        st = table(a, list, style.format, out);
    return ex_done(out, mark, st);
}

/* ---- articles ----------------------------------------------------------------------------------------------- */

static ds_str why_of(ds_arena *a, const ds_article_line *x)
{
    ds_buf b = ds_buf_new(a);
    ex_put_why(&b, x->why);
    return ds_buf_str(&b);
}

static void article_json(ds_json *j, ds_arena *a, const ds_article_line *x)
{
    ds_json_obj(j, NULL);
    ds_json_str(j, "article", x->doc);
    ds_json_int(j, "story", x->story);
    ds_json_str(j, "title", x->title);
    ds_json_day(j, "published", x->published);
    ds_json_str(j, "beside", x->near);
    ds_json_str(j, "why", x->near.at ? why_of(a, x) : (ds_str){0});
    ds_json_end(j, '}');
}

static void articles_json(ds_arena *a, const ds_article_list *list, bool as_lines, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    if (!as_lines)
        ds_json_arr(&j, NULL);
    for (size_t i = 0; i < list->len; i++) {
        if (as_lines)
            j = ds_json_new(out);
        article_json(&j, a, &list->at[i]);
        if (as_lines)
            ds_buf_putc(out, '\n');
    }
    if (as_lines)
        return;
    ds_json_end(&j, ']');
    ds_buf_putc(out, '\n');
}

static ds_status articles_table(ds_arena *a, const ds_article_list *list, ds_format f, ds_buf *out)
{
    static const char *const names[] = {"article", "story", "published", "beside", "why", "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ex_cell(out, f, i == 0, ds_str_of(names[i]));
    ds_buf_putc(out, '\n');
    for (size_t i = 0; i < list->len; i++) {
        const ds_article_line *x = &list->at[i];
        ds_str story = ds_arena_printf(a, "%lld", (long long)x->story);
        if (!story.at)
            return DS_NOMEM;
        const ds_str cells[] = {
            x->doc,  story, day(a, x->published), x->near, x->near.at ? why_of(a, x) : (ds_str){0},
            x->title};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            ex_cell(out, f, c == 0, cells[c]);
        ds_buf_putc(out, '\n');
    }
    return DS_OK;
}

static ds_status articles_text(ds_arena *a, const ds_article_list *list, ds_style style,
                               ds_buf *out)
{
    ex_page p = ex_page_new(a, NULL, style, out);
    for (size_t i = 0; i < list->len; i++) {
        const ds_article_line *x = &list->at[i];
        ds_str head = ex_say(&p, "%lld", (long long)x->story), name = ex_own(&p, x->doc);
        const ex_box boxes[] = {
            {0, widths[STORY], head, true},
            {widths[STORY] + 2, p.style.width - widths[STORY] - 2, name, false}};
        ex_row(&p, boxes, 2);
        if (!x->near.at)
            continue;
        ds_buf b = ex_words(&p);
        ds_buf_puts(&b, EX_DIM "beside ");
        ex_put(&b, x->near);
        if (x->why)
            ds_buf_printf(&b, ": %.*s", DS_FMT(why_of(a, x)));
        ex_line(&p, widths[STORY] + 4, ex_take(&p, &b));
    }
    return ex_page_end(&p);
}

ds_status ds_export_articles(ds_arena *a, const ds_article_list *list, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st = DS_OK;
    if (list->len == 0)
        return DS_NONE;
    if (style.format == DS_FMT_TEXT)
        st = articles_text(a, list, style, out);
    else if (style.format == DS_FMT_JSON || style.format == DS_FMT_JSONL)
        articles_json(a, list, style.format == DS_FMT_JSONL, out);
    else
        st = articles_table(a, list, style.format, out);
    return ex_done(out, mark, st);
}
