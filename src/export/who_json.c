/* SPDX-License-Identifier: Apache-2.0 */
/* who_json.c - holders and places of a story as JSON, with why names are one and why others stayed two. */
#include "export/internal.h"

static ds_str letter_of(const ds_dossier *d, uint32_t member)
{
    return member < d->sources_len ? d->sources[member].letter : (ds_str){0};
}

static void naming(ds_json *j, const ds_dossier *d, const char *key, const ds_naming *n)
{
    if (!n->words.at) {
        ds_json_null(j, key);
        return;
    }
    ds_json_obj(j, key);
    ds_json_str(j, "words", n->words);
    ds_json_str(j, "page", letter_of(d, n->member));
    ds_json_int(j, "sentence", n->sentence);
    ds_json_end(j, '}');
}

void ex_json_evidence(ds_json *j, const ds_dossier *d, uint32_t holder)
{
    ds_json_arr(j, "evidence");
    for (size_t i = 0; i < d->who.joins_len; i++) {
        const ds_join *x = &d->who.joins[i];
        if (x->holder != holder)
            continue;
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

/* The claims that the holder stands behind, whatever its place in the chain. */
static void claims_of(ds_json *j, const ds_dossier *d, uint32_t holder)
{
    ds_json_arr(j, "claims");
    for (size_t i = 0; i < d->rows_len; i++) {
        bool there = false;
        for (size_t k = 0; k < d->rows[i].holders_len && !there; k++)
            there = d->rows[i].holders[k] == holder;
        if (there)
            ds_json_str(j, NULL, d->rows[i].claim.id);
    }
    ds_json_end(j, ']');
}

static void holders(ds_json *j, const ds_dossier *d)
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
            ds_json_str(j, NULL, letter_of(d, h->members[k]));
        ds_json_end(j, ']');
        claims_of(j, d, i);
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

void ex_json_who(ds_json *j, const ds_dossier *d)
{
    holders(j, d);
    not_joined(j, d);
    places(j, d);
}
