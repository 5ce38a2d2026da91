/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - stories, show, claims, questions: loads from the store, printed by export. */
#include "engine/internal.h"

#define WIDTH_DEFAULT 80
#define WIDTH_MIN 60
#define WIDTH_MAX 140

ds_style ds_style_of(const dossier_view *v)
{
    unsigned width = v->width ? v->width : WIDTH_DEFAULT;
    width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
    return (ds_style){width, v->colour, !v->ascii, (ds_format)v->format, v->parts};
}

static dossier_status check(dossier *d, const dossier_view *v, const char *formats)
{
    static const char letters[] = {'t', 'j', 'l', 'c', 'v'};
    static const char *const names[] = {"text", "json", "jsonl", "csv", "tsv"};
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    if (v->rule && !dossier_knows_rule(v->rule))
        return ds_say(d, DOSSIER_BAD, "--rule %s: one of %s", v->rule, DOSSIER_RULES);
    if ((unsigned)v->format >= sizeof letters || !strchr(formats, letters[v->format]))
        return ds_say(d, DOSSIER_BAD, "--format %s: not here",
                      (unsigned)v->format < sizeof letters ? names[v->format] : "?");
    return DOSSIER_OK;
}

/* What the store or export said; DS_NONE becomes `nothing`. */
static dossier_status outcome(dossier *d, ds_status st, const ds_err *err, const char *nothing)
{
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "%s", nothing);
    return st < 0 ? ds_say_store(d, st, err) : DOSSIER_OK;
}

#define STORE_EMPTY "the store is empty: add pages first (dossier add FOLDER)"

/* ---- which story -------------------------------------------------------------------------------------- */

/* "1", "1 and 2", "1, 2 and 3", "1 to 57" when the ids have no gap and are many. */
static void put_ids(ds_buf *b, const ds_story_list *list)
{
    const ds_story_line *last = &list->at[list->len - 1];
    if (list->len > 3 && last->id - list->at[0].id + 1 == (int64_t)list->len) {
        ds_buf_printf(b, "%lld to %lld", (long long)list->at[0].id, (long long)last->id);
        return;
    }
    if (list->len > 12) {
        ds_buf_printf(b, "%zu, from %lld to %lld", list->len, (long long)list->at[0].id,
                      (long long)last->id);
        return;
    }
    for (size_t i = 0; i < list->len; i++)
        ds_buf_printf(b, "%s%lld",
                      !i                   ? ""
                      : i + 1 == list->len ? " and "
                                           : ", ",
                      (long long)list->at[i].id);
}

static dossier_status say_which(dossier *d, ds_arena *a, const ds_story_list *list, int64_t asked)
{
    ds_buf b = ds_buf_new(a);
    put_ids(&b, list);
    ds_str ids = ds_buf_str(&b);
    if (!ids.at)
        return ds_say_nomem(d);
    if (!asked)
        return ds_say(d, DOSSIER_BAD, "which story? the store has %s (dossier stories)", ids.at);
    return ds_say(d, DOSSIER_NOTHING, "no story %lld; the store has %s (dossier stories)",
                  (long long)asked, ids.at);
}

dossier_status dossier_moved(dossier *d, int64_t story, int64_t *to)
{
    ds_err err = {0};
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    return outcome(d, ds_store_moved_to(d->store, story, to, &err), &err, "it leads nowhere else");
}

/* The story asked for, or the one that its id leads to; 0: the only one. */
static dossier_status load(dossier *d, ds_arena *a, int64_t asked, ds_dossier *out)
{
    ds_story_list list = {0};
    ds_err err = {0};
    int64_t id = asked;
    ds_status st = asked ? ds_store_moved_to(d->store, asked, &id, &err) : DS_NONE;
    if (st >= 0)
        st = asked ? ds_store_story(d->store, a, id, out, &err) : DS_NONE;
    if (st != DS_NONE)
        return outcome(d, st, &err, "");
    st = ds_store_stories(d->store, a, &list, &err);
    if (st >= 0 && !list.len)
        return ds_say(d, DOSSIER_NOTHING, STORE_EMPTY);
    if (st >= 0 && (asked || list.len != 1))
        return say_which(d, a, &list, asked);
    if (st >= 0)
        st = ds_store_story(d->store, a, list.at[0].id, out, &err);
    if (st == DS_NONE)
        return say_which(d, a, &list, asked);
    return outcome(d, st, &err, "");
}

/* ---- by which rule ------------------------------------------------------------------------------------ */

bool dossier_knows_rule(const char *name)
{
    for (size_t i = 0; ds_rule_at(i); i++)
        if (ds_str_eq(ds_rule_at(i)->name, ds_str_of(name)))
            return true;
    return false;
}

static ds_day last_day(const ds_dossier *file)
{
    ds_day last = DS_DAY_NONE;
    for (size_t i = 0; i < file->sources_len; i++) {
        const ds_source *s = &file->sources[i];
        last = s->published > last ? s->published : last;
        last = s->window.hi > last ? s->window.hi : last;
    }
    return last;
}

/* Stories are stored by the default rule; another one starts from their stored claims. */
static dossier_status by_rule(dossier *d, ds_arena *a, const char *rule, ds_dossier *io)
{
    ds_err err = {0};
    if (!rule || ds_str_eq(ds_str_of(rule), ds_rule_at(0)->name))
        return DOSSIER_OK;
    ds_member *members = ds_arena_calloc(a, io->sources_len, sizeof *members);
    ds_row *rows = ds_arena_calloc(a, io->rows_len, sizeof *rows);
    if (!members || !rows)
        return ds_say_nomem(d);
    for (size_t i = 0; i < io->sources_len; i++)
        members[i].letter = io->sources[i].letter;
    memcpy(rows, io->rows, io->rows_len * sizeof *rows);
    ds_story story = {
        .members = members, .members_len = io->sources_len, .rows = rows, .rows_len = io->rows_len};
    ds_status st = ds_reconcile_by(a, &story, last_day(io), ds_str_of(rule), &io->ledger, &err);
    return st < 0 ? ds_say(d, (dossier_status)st, "%s", ds_reason(st, &err)) : DOSSIER_OK;
}

/* ---- commands ------------------------------------------------------------------------------------------- */

static ds_status list_articles(dossier *d, ds_arena *a, const dossier_view *v, ds_buf *b,
                               ds_err *err)
{
    ds_article_list list;
    DS_TRY(ds_store_articles(d->store, a, &list, err));
    return ds_export_articles(a, &list, ds_style_of(v), b);
}

static ds_status list_stories(dossier *d, ds_arena *a, const dossier_view *v, ds_buf *b,
                              ds_err *err)
{
    ds_story_list list;
    DS_TRY(ds_store_stories(d->store, a, &list, err));
    return ds_export_stories(a, &list, ds_style_of(v), b);
}

dossier_status dossier_stories(dossier *d, const dossier_view *v, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_err err = {0};
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, v, "tjlcv");
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    ds_status st = v->articles ? list_articles(d, a, v, &b, &err) : list_stories(d, a, v, &b, &err);
    ok = outcome(d, st, &err, STORE_EMPTY);
    return ok == DOSSIER_OK ? ds_hand_out(d, &b, out) : ok;
}

/* The story for a view of its figures. */
static dossier_status load_by_rule(dossier *d, ds_arena *a, int64_t story, const dossier_view *v,
                                   ds_dossier *out)
{
    dossier_status ok = load(d, a, story, out);
    return ok == DOSSIER_OK ? by_rule(d, a, v->rule, out) : ok;
}

typedef struct story_view {
    const char *formats; /* letters of check() */
    bool figures;        /* its figures are reckoned by the rule asked for */
    ds_status (*print)(ds_arena *a, const ds_dossier *file, ds_style style, ds_buf *out);
    const char *nothing;
} story_view;

static dossier_status view_story(dossier *d, int64_t story, const dossier_view *v,
                                 const story_view *what, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_dossier file;
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, v, what->formats);
    if (ok == DOSSIER_OK)
        ok = what->figures ? load_by_rule(d, a, story, v, &file) : load(d, a, story, &file);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    ok = outcome(d, what->print(a, &file, ds_style_of(v), &b), &(ds_err){0}, what->nothing);
    return ok == DOSSIER_OK ? ds_hand_out(d, &b, out) : ok;
}

dossier_status dossier_show(dossier *d, int64_t story, const dossier_view *v, dossier_text *out)
{
    static const story_view show = {"tj", true, ds_export_show, "nothing to show"};
    return view_story(d, story, v, &show, out);
}

dossier_status dossier_timeline(dossier *d, int64_t story, const dossier_view *v, dossier_text *out)
{
    static const story_view timeline = {"tjlcv", false, ds_export_timeline,
                                        "no timeline in this story"};
    return view_story(d, story, v, &timeline, out);
}

dossier_status dossier_sources(dossier *d, int64_t story, const dossier_view *v, dossier_text *out)
{
    static const story_view sources = {"tjlcv", false, ds_export_sources,
                                       "no sources in this story"};
    return view_story(d, story, v, &sources, out);
}

dossier_status dossier_similar(dossier *d, int64_t story, const dossier_view *v, dossier_text *out)
{
    static const story_view similar = {"tjlcv", false, ds_export_similar,
                                       "no other story is about much the same"};
    return view_story(d, story, v, &similar, out);
}

/* ---- export: all of a story, a table after the other ------------------------------------------------------- */

typedef struct export_to {
    dossier_on_table put;
    void *ctx;
} export_to;

static ds_status put_table(ds_arena *a, const ds_dossier *file, const dossier_view *v,
                           const char *name, const export_to *to)
{
    ds_buf b = ds_buf_new(a);
    if (v->format == DOSSIER_JSON)
        DS_TRY(ds_export_show(a, file, ds_style_of(v), &b));
    else
        DS_TRY(ds_export_table(a, file, name, (ds_format)v->format, &b));
    ds_str s = ds_buf_str(&b);
    return !s.at ? DS_NOMEM : to->put(name, s.at, s.len, to->ctx) ? DS_NONE : DS_OK;
}

static ds_status put_tables(ds_arena *a, const ds_dossier *file, const dossier_view *v,
                            const export_to *to)
{
    if (v->format == DOSSIER_JSON)
        return put_table(a, file, v, "story", to);
    ds_status st = DS_OK;
    for (size_t i = 0; st == DS_OK && ds_export_table_name(i); i++)
        st = put_table(a, file, v, ds_export_table_name(i), to);
    return st;
}

dossier_status dossier_export(dossier *d, int64_t story, const dossier_view *v,
                              dossier_on_table put, void *ctx)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    const export_to to = {put, ctx};
    ds_dossier file;
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, v, "jcv");
    if (ok == DOSSIER_OK)
        ok = load_by_rule(d, a, story, v, &file);
    if (ok != DOSSIER_OK)
        return ok;
    ds_status st = put_tables(a, &file, v, &to);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_IO, "the output cannot be written");
    return outcome(d, st, &(ds_err){0}, "");
}

dossier_status dossier_questions(dossier *d, int64_t story, const dossier_view *v,
                                 dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_dossier file;
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, v, "tj");
    if (ok == DOSSIER_OK)
        ok = load_by_rule(d, a, story, v, &file);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    ds_status st = ds_export_questions(a, &file, ds_str_of(v->measure), ds_style_of(v), &b);
    ok = outcome(d, st, &(ds_err){0},
                 v->measure ? "no question on that measure" : "no figures in this story");
    return ok == DOSSIER_OK ? ds_hand_out(d, &b, out) : ok;
}

/* ---- claims: of one story, or of all as one output --------------------------------------------------------- */

/* Joins what one story printed to what the stories before it did: one header, one JSON array. */
static void join(ds_buf *all, ds_str part, dossier_format format)
{
    if (!all->len) {
        ds_buf_put(all, part);
        return;
    }
    ptrdiff_t line = ds_str_find(part, DS_STR("\n"), 0);
    switch (format) {
    case DOSSIER_CSV:
    case DOSSIER_TSV:
        ds_buf_put(all, ds_str_cut(part, (size_t)line + 1, part.len));
        return;
    case DOSSIER_JSON: /* "[...]\n" and "[...]\n" */
        all->len -= 2;
        ds_buf_puts(all, ",");
        ds_buf_put(all, ds_str_cut(part, 1, part.len));
        return;
    case DOSSIER_TEXT:
        ds_buf_puts(all, "\n");
        ds_buf_put(all, part);
        return;
    case DOSSIER_JSONL:
        ds_buf_put(all, part);
        return;
    }
}

static ds_status claims_of(dossier *d, ds_arena *a, int64_t id, const dossier_view *v, ds_buf *all,
                           ds_err *err)
{
    const ds_claim_filter filter = {ds_str_of(v->measure), ds_str_of(v->holder), ds_str_of(v->page),
                                    v->flagged};
    ds_dossier file;
    ds_buf b = ds_buf_new(a);
    ds_status st = ds_store_story(d->store, a, id, &file, err);
    if (st != DS_OK)
        return st;
    st = ds_export_claims(a, &file, &filter, ds_style_of(v), &b);
    if (st != DS_OK)
        return st;
    join(all, ds_buf_str(&b), v->format);
    return all->status;
}

static ds_status claims_of_all(dossier *d, ds_arena *a, const dossier_view *v, ds_buf *all,
                               ds_err *err)
{
    ds_story_list list;
    DS_TRY(ds_store_stories(d->store, a, &list, err));
    for (size_t i = 0; i < list.len; i++)
        DS_TRY(claims_of(d, a, list.at[i].id, v, all, err));
    return all->len ? DS_OK : DS_NONE;
}

dossier_status dossier_claims(dossier *d, int64_t story, const dossier_view *v, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_dossier file;
    ds_err err = {0};
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = check(d, v, "tjlcv");
    if (ok == DOSSIER_OK && story)
        ok = load(d, a, story, &file); /* for its words when there is none */
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    bool filtered = v->measure || v->holder || v->page || v->flagged;
    ds_status st = story ? claims_of(d, a, story, v, &b, &err) : claims_of_all(d, a, v, &b, &err);
    ok = outcome(d, st, &err,
                 filtered ? "no such claims"
                 : story  ? "no figures in this story"
                          : "no figures in the store");
    return ok == DOSSIER_OK ? ds_hand_out(d, &b, out) : ok;
}
