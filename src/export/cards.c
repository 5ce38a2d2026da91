/* SPDX-License-Identifier: Apache-2.0 */
/* cards.c - what `dossier serve` lists: stories with their first questions, similar news, an article with its sentences. The shapes are
 * those of src/serve/openapi.json. */
#include "export/article.h"

static void question_line(ds_json *j, const ds_question_line *l)
{
    const ds_question *q = &l->question;
    const ds_estimate *e = &q->estimate;
    ds_json_obj(j, NULL);
    ds_json_str(j, "id", q->id);
    ds_json_str(j, "text", q->text);
    ds_json_str(j, "label", q->label);
    ds_json_str(j, "measure", q->measure);
    ds_json_str(j, "unit", q->unit);
    ds_json_str(j, "state", ds_str_of(ds_state_name(q->state)));
    ex_json_frac(j, "factor", q->has_factor, q->factor);
    ex_json_frac(j, "low", e->has_low, e->low);
    ex_json_frac(j, "best", e->has_best, e->best);
    ex_json_frac(j, "high", e->has_high, e->high);
    ds_json_int(j, "origins", l->origins);
    ds_json_end(j, '}');
}

static void card(ds_json *j, const ds_card *c)
{
    ds_json_obj(j, NULL);
    ex_json_story_line(j, &c->line);
    ds_json_int(j, "publishers", c->publishers);
    ds_json_int(j, "origins", c->origins);
    ds_json_int(j, "conflicts", c->conflicts);
    ds_json_int(j, "apart", c->apart);
    ds_json_arr(j, "top");
    for (size_t i = 0; i < c->top.len; i++)
        question_line(j, &c->top.at[i]);
    ds_json_end(j, ']');
    ds_json_end(j, '}');
}

ds_status ds_export_cards(const ds_cards *list, ds_str next, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    ds_json_arr(&j, "stories");
    for (size_t i = 0; i < list->len; i++)
        card(&j, &list->at[i]);
    ds_json_end(&j, ']');
    ds_json_str(&j, "next", next);
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}

/* ---- similar news ------------------------------------------------------------------------------------------ */

/* Was the title listed by a page before this one, or earlier by this one? */
static bool listed(const ds_dossier *d, size_t source, size_t at)
{
    ds_str title = d->sources[source].related.at[at];
    for (size_t i = 0; i <= source; i++)
        for (size_t k = 0; k < (i == source ? at : d->sources[i].related.len); k++)
            if (ds_str_eq(d->sources[i].related.at[k], title))
                return true;
    return false;
}

static void related(ds_json *j, const ds_source *s, ds_str title)
{
    ds_json_obj(j, NULL);
    ds_json_null(j, "story");
    ds_json_str(j, "title", title);
    ds_json_null(j, "blurb");
    ds_json_null(j, "published");
    ds_json_str(j, "source", s->publisher);
    ds_json_null(j, "url");
    ds_json_str(j, "page", s->letter);
    ds_json_end(j, '}');
}

static void similar(ds_json *j, const ds_similar *s)
{
    ds_json_obj(j, NULL);
    ds_json_int(j, "story", s->story);
    ds_json_str(j, "title", s->title);
    ds_json_str(j, "blurb", s->blurb);
    ds_json_day(j, "published", s->days.lo);
    ds_json_str(j, "source", s->publisher);
    ds_json_null(j, "url");
    ds_json_null(j, "page");
    ds_json_end(j, '}');
}

ds_status ds_export_similar_page(const ds_dossier *d, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    ds_json_int(&j, "story", d->story);
    ds_json_arr(&j, "similar");
    for (size_t i = 0; i < d->similar_len; i++)
        similar(&j, &d->similar[i]);
    for (size_t i = 0; i < d->sources_len; i++)
        for (size_t k = 0; k < d->sources[i].related.len; k++)
            if (!listed(d, i, k))
                related(&j, &d->sources[i], d->sources[i].related.at[k]);
    ds_json_end(&j, ']');
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}

/* ---- an article with its page and its sentences -------------------------------------------------------------- */

static void sentences(ds_json *j, const ds_reading *r)
{
    ds_json_arr(j, "sentences");
    for (size_t i = 0; i < r->sents_len; i++) {
        const ds_sentence *s = &r->sents[i];
        ds_json_obj(j, NULL);
        ds_json_int(j, "number", s->number);
        ds_json_str(j, "part", ds_str_of(ds_part_name(s->part)));
        ds_json_span(j, "span", s->span);
        ds_json_str(j, "text", ds_str_at(r->article->text, s->span));
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

ds_status ds_export_article_page(const ds_reading *r, const ds_voices *v,
                                 const ds_article_place *place, ds_buf *out)
{
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    if (place->story)
        ds_json_int(&j, "story", place->story);
    else
        ds_json_null(&j, "story");
    ds_json_str(&j, "page", place->letter);
    ds_json_str(&j, "sha256", r->page->sha256);
    ds_json_str(&j, "name", r->page->name);
    ds_json_str(&j, "url", r->page->url);
    ds_json_day(&j, "fetched", r->page->fetched);
    sentences(&j, r);
    ds_buf_puts(out, ",\"article\":");
    ex_article_json(out, r->article, r, v);
    out->len -= out->status == DS_OK; /* its line end */
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}
