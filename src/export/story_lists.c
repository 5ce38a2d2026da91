/* SPDX-License-Identifier: Apache-2.0 */
/* story_lists.c - dossier timeline, sources, similar: one list of a finished story, by itself. */
#include "export/show.h"

typedef struct list_view {
    const char *table; /* of tables.c */
    void (*const *sections)(ex_page *p);
    size_t sections_len;
    void (*json)(ds_json *j, const ds_dossier *d, size_t i);
} list_view;

static void title(ex_page *p)
{
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, EX_BOLD);
    ex_put(&b, p->d->title.at ? p->d->title : DS_STR("(no title)"));
    ex_prose(p, 0, ex_take(p, &b));
}

static ds_status as_text(ds_arena *a, const ds_dossier *d, const list_view *v, ds_style style,
                         ds_buf *out)
{
    ex_page p = ex_page_new(a, d, style, out);
    title(&p);
    for (size_t i = 0; i < v->sections_len && p.status == DS_OK; i++)
        v->sections[i](&p);
    return ex_page_end(&p);
}

static ds_status as_json(const ds_dossier *d, const list_view *v, size_t len, bool lines,
                         ds_buf *out)
{
    ds_json j = ds_json_new(out);
    if (!lines)
        ds_json_arr(&j, NULL);
    for (size_t i = 0; i < len; i++) {
        if (lines)
            j = ds_json_new(out);
        v->json(&j, d, i);
        if (lines)
            ds_buf_putc(out, '\n');
    }
    if (!lines) {
        ds_json_end(&j, ']');
        ds_buf_putc(out, '\n');
    }
    return out->status;
}

static ds_status print(ds_arena *a, const ds_dossier *d, const list_view *v, size_t len,
                       ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st;
    if (len == 0)
        return DS_NONE;
    if (style.format == DS_FMT_TEXT)
        st = as_text(a, d, v, style, out);
    else if (style.format == DS_FMT_JSON || style.format == DS_FMT_JSONL)
        st = as_json(d, v, len, style.format == DS_FMT_JSONL, out);
    else
        st = ex_table(a, d, v->table, style.format, out);
    return ex_done(out, mark, st);
}

ds_status ds_export_timeline(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    static void (*const sections[])(ex_page *) = {ex_show_timeline};
    static const list_view view = {"timeline", sections, 1, ex_json_event};
    return print(a, d, &view, d->timeline_len, style, out);
}

ds_status ds_export_sources(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    static void (*const sections[])(ex_page *) = {ex_show_sources, ex_show_holders,
                                                  ex_show_related};
    static const list_view view = {"sources", sections, 3, ex_json_source};
    return print(a, d, &view, d->sources_len, style, out);
}

ds_status ds_export_similar(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    static void (*const sections[])(ex_page *) = {ex_all_similar};
    static const list_view view = {"similar", sections, 1, ex_json_similar};
    return print(a, d, &view, d->similar_len, style, out);
}
