/* SPDX-License-Identifier: Apache-2.0 */
/* claim_json.c - one claim as a JSON object: the field table of docs/formats/claim.md, in its order. */
#include "export/internal.h"

void ex_json_frac(ds_json *j, const char *key, bool has, ds_frac v)
{
    if (has)
        ds_json_frac(j, key, v);
    else
        ds_json_null(j, key);
}

ds_str ex_where(const ds_claim *c)
{
    return c->where.at ? c->where : c->where_words;
}

ds_str ex_of(const ds_claim *c)
{
    return c->of_id.at ? c->of_id : c->of_words;
}

static void place_in_page(ds_json *j, const ds_dossier *d, const ds_claim *c)
{
    ds_json_str(j, "id", c->id);
    if (d->story)
        ds_json_int(j, "story", d->story);
    else
        ds_json_null(j, "story");
    ds_json_str(j, "doc", c->doc);
    ds_json_str(j, "sentence", c->sentence);
    ds_json_int(j, "number", c->number);
    ds_json_span(j, "span", c->span);
    ds_json_span(j, "source_span", c->source_span);
    ds_json_span(j, "figure", (ds_span){c->span.beg + c->figure.beg, c->span.beg + c->figure.end});
    ds_json_str(j, "part", ds_str_of(ds_part_name(c->part)));
}

static void value(ds_json *j, const ds_claim *c)
{
    ds_json_str(j, "measure", c->measure);
    ds_json_str(j, "subject", c->subject);
    ds_json_str(j, "actor", c->actor);
    ex_json_frac(j, "low", c->value.has_low, c->value.low);
    ex_json_frac(j, "best", c->value.has_best, c->value.best);
    ex_json_frac(j, "high", c->value.has_high, c->value.high);
    ds_json_str(j, "unit", c->unit);
    ds_json_str(j, "bound", ds_str_of(ds_bound_name(c->value.bound)));
    ds_json_str(j, "of", ex_of(c));
    ex_json_frac(j, "derived", c->has_derived, c->derived);
    ds_json_bool(j, "delta", c->delta);
    ex_json_strs(j, "per", (ds_strs){c->per, c->per_len});
}

void ex_json_chain(ds_json *j, const ds_link *by, size_t n, const ds_dossier *d, const ds_row *row)
{
    ds_json_arr(j, "said_by");
    for (size_t i = 0; i < n; i++) {
        const ds_link *link = &by[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "name", link->name);
        ds_json_str(j, "cue", link->cue);
        ds_json_str(j, "kind", ds_str_of(ds_holder_kind_name(link->kind)));
        ds_json_str(j, "holder", link->holder);
        if (row)
            ds_json_str(j, "holder_id",
                        ex_holder_id(d, i < row->holders_len ? (int64_t)row->holders[i] : -1));
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void circumstances(ds_json *j, const ds_dossier *d, const ds_row *row)
{
    const ds_claim *c = &row->claim;
    ds_json_days(j, "when", c->has_when, c->when);
    ds_json_days(j, "as_of", c->has_as_of, c->as_of);
    ds_json_bool(j, "inferred", c->inferred);
    ds_json_str(j, "where", ex_where(c));
    ds_json_str(j, "place_id", ex_place_id(d, row));
    ex_json_chain(j, c->said_by, c->said_by_len, d, row);
    ds_json_str(j, "certainty", ds_str_of(ds_certainty_name(c->certainty)));
}

void ex_json_claim(ds_json *j, const ds_dossier *d, const ds_row *row)
{
    ds_json_obj(j, NULL);
    place_in_page(j, d, &row->claim);
    value(j, &row->claim);
    circumstances(j, d, row);
    ds_json_str(j, "question", row->question);
    ds_json_str(j, "origin", row->origin);
    ds_json_end(j, '}');
}
