/* SPDX-License-Identifier: Apache-2.0 */
/* who_json.c - holders and places of a story as JSON, with why names are one and why others stayed two. */
#include "export/internal.h"

static void naming(ds_json *j, const ds_dossier *d, const char *key, const ds_naming *n)
{
    if (!n->words.at) {
        ds_json_null(j, key);
        return;
    }
    ds_json_obj(j, key);
    ds_json_str(j, "words", n->words);
    ds_json_str(j, "page", ex_letter_of(d, n->member));
    ds_json_int(j, "sentence", n->sentence);
    ds_json_end(j, '}');
}

/* Joins are in order of holder. */
static size_t first_join(const ds_dossier *d, uint32_t holder)
{
    size_t lo = 0, hi = d->who.joins_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (d->who.joins[mid].holder < holder)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void ex_json_evidence(ds_json *j, const ds_dossier *d, uint32_t holder)
{
    ds_json_arr(j, "evidence");
    for (size_t i = first_join(d, holder); i < d->who.joins_len && d->who.joins[i].holder == holder;
         i++) {
        const ds_join *x = &d->who.joins[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "rule", ds_str_of(ds_holder_rule_name(x->rule)));
        naming(j, d, "form", &x->form);
        naming(j, d, "with", &x->with);
        naming(j, d, "proof", &x->proof);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

ds_str ex_holder_id(const ds_dossier *d, int64_t holder)
{
    bool there = holder >= 0 && (uint64_t)holder < d->who.holders_len;
    return there ? d->who.holders[holder].id : (ds_str){0};
}

ds_str ex_place_id(const ds_dossier *d, const ds_row *row)
{
    bool there = row->place >= 0 && (size_t)row->place < d->who.places_len;
    return there ? d->who.places[row->place].id : (ds_str){0};
}

static void claims_of(ds_json *j, const ds_dossier *d, const ex_held *held, uint32_t holder)
{
    ds_json_arr(j, "claims");
    for (uint32_t i = held->first[holder]; i < held->first[holder + 1]; i++)
        ds_json_str(j, NULL, d->rows[held->rows[i]].claim.id);
    ds_json_end(j, ']');
}

static void holders(ds_json *j, const ds_dossier *d, const ex_held *held)
{
    ds_json_arr(j, "holders");
    for (uint32_t i = 0; i < d->who.holders_len; i++) {
        const ds_holder *h = &d->who.holders[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "id", h->id);
        ds_json_str(j, "name", h->name);
        ds_json_str(j, "kind", ds_str_of(ds_holder_kind_name(h->kind)));
        ds_json_arr(j, "pages");
        for (size_t k = 0; k < h->members_len; k++)
            ds_json_str(j, NULL, ex_letter_of(d, h->members[k]));
        ds_json_end(j, ']');
        claims_of(j, d, held, i);
        ex_json_evidence(j, d, i);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void not_joined(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "not_joined");
    for (size_t i = 0; i < d->who.unsure_len; i++) {
        const ds_unsure *u = &d->who.unsure[i];
        ds_json_obj(j, NULL);
        ds_json_arr(j, "holders");
        ds_json_str(j, NULL, ex_holder_id(d, u->holders[0]));
        ds_json_str(j, NULL, ex_holder_id(d, u->holders[1]));
        ds_json_end(j, ']');
        naming(j, d, "form", &u->form);
        naming(j, d, "with", &u->with);
        ds_json_str(j, "why", u->why);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void places(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "places");
    for (size_t i = 0; i < d->who.places_len; i++) {
        const ds_place *p = &d->who.places[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "id", p->id);
        ds_json_str(j, "name", p->name);
        ds_json_str(j, "kind", p->id.at ? p->kind : (ds_str){0});
        ds_json_str(j, "why", p->id.at ? (ds_str){0} : p->kind);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

ds_status ex_json_who(ds_json *j, ds_arena *a, const ds_dossier *d)
{
    ex_held held = ex_held_rows(a, d);
    if (!held.first)
        return DS_NOMEM;
    holders(j, d, &held);
    not_joined(j, d);
    places(j, d);
    return DS_OK;
}
