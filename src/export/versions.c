/* SPDX-License-Identifier: Apache-2.0 */
/* versions.c - dossier article --versions: what changed from one version of a page to the next, figures first. */
#include "export/words.h"

#define SHA_DIGITS 12 /* of the page's SHA-256 that stand in text */
#define NUMBER_AT 2
#define TEXT_AT 9

typedef struct step { /* two versions */
    const ds_reading *was, *is;
    const ds_versions_diff *d;
    size_t n; /* of the newer one, from 1 */
} step;

static ds_str sentence(const ds_reading *r, int32_t i)
{
    return ds_str_trim(ds_str_at(r->article->text, r->sents[i].span));
}

static ds_str sha_of(const ds_reading *r)
{
    return r->page ? r->page->sha256 : (ds_str){0};
}

/* ---- for the eye ----------------------------------------------------------------------------------------- */

static void put_day(ds_buf *b, const char *what, ds_day day)
{
    if (day == DS_DAY_NONE)
        return;
    ds_buf_puts(b, what);
    ex_put_days(b, (ds_days){day, day}, 0);
}

/* "2  0123456789ab, published 13 Oct 2024, changed 14 Oct 2024, 12 figures" */
static void version(ex_page *p, const ds_reading *r, size_t n)
{
    ds_buf b = ex_words(p);
    ds_str sha = sha_of(r);
    ex_put(&b, ds_str_cut(sha, 0, sha.len < SHA_DIGITS ? sha.len : SHA_DIGITS));
    put_day(&b, ", published ", r->article->published);
    put_day(&b, ", changed ", r->article->modified);
    put_day(&b, ", fetched ", r->page ? r->page->fetched : DS_DAY_NONE);
    ds_buf_puts(&b, ", ");
    ex_put_count(&b, r->sents_len, "sentence", "sentences");
    ds_buf_puts(&b, ", ");
    ex_put_count(&b, r->claims.len, "figure", "figures");
    ex_box boxes[] = {{NUMBER_AT, 3, ex_say(p, "%zu", n), true},
                      {NUMBER_AT + 5, ex_prose_width(p) - NUMBER_AT - 5, ex_take(p, &b), false}};
    ex_row(p, boxes, 2);
}

static void told(ex_page *p, const char *mark, const ds_reading *r, int32_t i, const char *ink)
{
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, ink);
    ex_put(&b, sentence(r, i));
    ex_box boxes[] = {{NUMBER_AT, 1, ex_say(p, "%s", mark), false},
                      {NUMBER_AT + 1, 4, ex_say(p, "%u", r->sents[i].number), true},
                      {TEXT_AT, ex_prose_width(p) - TEXT_AT, ex_take(p, &b), false}};
    ex_row(p, boxes, 3);
}

/* "killed: at least 17, now 31" with both sentences. */
static void figure(ex_page *p, const step *s, const ds_figure_edit *f)
{
    const ds_claim *x = &s->was->claims.at[f->was], *y = &s->is->claims.at[f->is];
    const ds_edit *e = &s->d->edits[f->edit];
    ds_buf b = ex_words(p);
    ds_buf_puts(&b, EX_BOLD);
    ex_put(&b, y->measure);
    ds_buf_puts(&b, ": ");
    ds_value_prose(&b, &x->value, x->unit);
    ds_buf_puts(&b, ", now ");
    ds_value_prose(&b, &y->value, y->unit);
    ex_line(p, NUMBER_AT, ex_take(p, &b));
    told(p, "-", s->was, e->was, "");
    told(p, "+", s->is, e->is, "");
}

static bool has_figure(const step *s, size_t edit)
{
    for (size_t i = 0; i < s->d->figures_len; i++)
        if (s->d->figures[i].edit == edit)
            return true;
    return false;
}

static void changes(ex_page *p, const step *s)
{
    ds_buf b = ex_words(p);
    size_t n[3] = {0};
    for (size_t i = 0; i < s->d->edits_len; i++)
        n[s->d->edits[i].kind]++;
    ex_blank(p);
    ds_buf_printf(&b, EX_BOLD "From %zu to %zu" EX_PLAIN ": ", s->n - 1, s->n);
    if (s->d->edits_len == 0)
        ds_buf_puts(&b, "no sentence changed");
    for (int k = 0, told_so = 0; k < 3; k++)
        if (n[k])
            ds_buf_printf(&b, "%s%zu %s", told_so++ ? ", " : "", n[k],
                          ds_edit_kind_name((ds_edit_kind)k));
    if (s->d->figures_len) {
        ds_buf_puts(&b, "; ");
        ex_put_count(&b, s->d->figures_len, "figure", "figures");
        ds_buf_puts(&b, s->d->figures_len == 1 ? " is another" : " are others");
    }
    if (s->d->edits_len && !s->d->says_so)
        ds_buf_puts(&b, ". The page gives no day of change");
    ds_buf_putc(&b, '.');
    ex_prose(p, 0, ex_take(p, &b));
    for (size_t i = 0; i < s->d->figures_len; i++)
        figure(p, s, &s->d->figures[i]);
    for (size_t i = 0; i < s->d->edits_len; i++) {
        const ds_edit *e = &s->d->edits[i];
        if (has_figure(s, i))
            continue;
        if (e->was >= 0)
            told(p, "-", s->was, e->was, EX_DIM);
        if (e->is >= 0)
            told(p, "+", s->is, e->is, "");
    }
}

static ds_status versions_text(ds_arena *a, const ds_reading *const *at, size_t len,
                               const ds_versions_diff *diffs, ds_style style, ds_buf *out)
{
    ex_page p = ex_page_new(a, NULL, style, out);
    const ds_article *last = at[len - 1]->article;
    ds_buf title = ex_words(&p), count = ex_words(&p);
    ds_buf_puts(&title, EX_BOLD);
    ex_put(&title, last->title.at ? last->title : DS_STR("(no title)"));
    ex_prose(&p, 0, ex_take(&p, &title));
    ex_put_count(&count, len, "version", "versions");
    ds_buf_puts(&count, len == 1 ? " of " : ", the newest last, of ");
    ex_put(&count, last->doc);
    ex_prose(&p, 0, ex_take(&p, &count));
    for (size_t i = 0; i < len; i++)
        version(&p, at[i], i + 1);
    for (size_t i = 0; i + 1 < len; i++)
        changes(&p, &(step){at[i], at[i + 1], &diffs[i], i + 2});
    return ex_page_end(&p);
}

/* ---- for programs ---------------------------------------------------------------------------------------- */

static void sentence_json(ds_json *j, const char *key, const ds_reading *r, int32_t i)
{
    if (i < 0) {
        ds_json_null(j, key);
        return;
    }
    ds_json_obj(j, key);
    ds_json_int(j, "number", r->sents[i].number);
    ds_json_str(j, "text", sentence(r, i));
    ds_json_end(j, '}');
}

static void version_json(ds_json *j, const ds_reading *r, size_t n)
{
    ds_json_obj(j, NULL);
    ds_json_int(j, "version", (int64_t)n);
    ds_json_str(j, "sha256", sha_of(r));
    ds_json_str(j, "title", r->article->title);
    ds_json_day(j, "published", r->article->published);
    ds_json_day(j, "modified", r->article->modified);
    ds_json_day(j, "fetched", r->page ? r->page->fetched : DS_DAY_NONE);
    ds_json_int(j, "sentences", (int64_t)r->sents_len);
    ds_json_int(j, "figures", (int64_t)r->claims.len);
    ds_json_end(j, '}');
}

static ds_status figure_json(ds_json *j, ds_arena *a, const step *s, const ds_figure_edit *f)
{
    const ds_claim *x = &s->was->claims.at[f->was], *y = &s->is->claims.at[f->is];
    ds_buf was = ds_buf_new(a), is = ds_buf_new(a);
    ds_value_prose(&was, &x->value, x->unit);
    ds_value_prose(&is, &y->value, y->unit);
    DS_TRY(was.status);
    DS_TRY(is.status);
    ds_json_obj(j, NULL);
    ds_json_str(j, "measure", y->measure);
    ds_json_str(j, "unit", y->unit);
    ds_json_str(j, "was", ds_buf_str(&was));
    ds_json_str(j, "is", ds_buf_str(&is));
    ds_json_str(j, "was_claim", x->id);
    ds_json_str(j, "is_claim", y->id);
    ds_json_int(j, "edit", f->edit);
    ds_json_end(j, '}');
    return DS_OK;
}

static ds_status step_json(ds_json *j, ds_arena *a, const step *s)
{
    ds_json_obj(j, NULL);
    ds_json_int(j, "from", (int64_t)s->n - 1);
    ds_json_int(j, "to", (int64_t)s->n);
    ds_json_bool(j, "says_so", s->d->says_so);
    ds_json_arr(j, "figures");
    for (size_t i = 0; i < s->d->figures_len; i++)
        DS_TRY(figure_json(j, a, s, &s->d->figures[i]));
    ds_json_end(j, ']');
    ds_json_arr(j, "edits");
    for (size_t i = 0; i < s->d->edits_len; i++) {
        const ds_edit *e = &s->d->edits[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "kind", ds_str_of(ds_edit_kind_name(e->kind)));
        sentence_json(j, "was", s->was, e->was);
        sentence_json(j, "is", s->is, e->is);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
    ds_json_end(j, '}');
    return DS_OK;
}

static ds_status versions_json(ds_arena *a, const ds_reading *const *at, size_t len,
                               const ds_versions_diff *diffs, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    ds_json_str(&j, "doc", at[len - 1]->article->doc);
    ds_json_arr(&j, "versions");
    for (size_t i = 0; i < len; i++)
        version_json(&j, at[i], i + 1);
    ds_json_end(&j, ']');
    ds_json_arr(&j, "changes");
    for (size_t i = 0; i + 1 < len; i++)
        DS_TRY(step_json(&j, a, &(step){at[i], at[i + 1], &diffs[i], i + 2}));
    ds_json_end(&j, ']');
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}

ds_status ds_export_versions(ds_arena *a, const ds_reading *const *at, size_t len, ds_style style,
                             ds_buf *out)
{
    size_t mark = out->len;
    ds_versions_diff *diffs = ds_arena_calloc(a, len, sizeof *diffs);
    ds_status st = diffs ? DS_OK : DS_NOMEM;
    for (size_t i = 0; st >= 0 && i + 1 < len; i++)
        st = ds_diff_versions(a, at[i], at[i + 1], &diffs[i], NULL);
    if (st >= 0)
        st = style.format == DS_FMT_TEXT ? versions_text(a, at, len, diffs, style, out)
                                         : versions_json(a, at, len, diffs, out);
    return ex_done(out, mark, st);
}
