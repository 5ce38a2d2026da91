/* SPDX-License-Identifier: Apache-2.0 */
/* bodies.c - acronyms and what they are short for; bodies whose country goes without saying. */
#include "story/who.h"

static bool may_be_body(const form *f)
{
    return f->whole && f->n->cls != NAME_PERSON;
}

static bool is_acronym(const form *f)
{
    const name *n = f->n;
    return may_be_body(f) && !n->actor.at && n->to - n->from == 1 && n->word[n->from].is & W_CAPS;
}

typedef struct body_names {
    buckets whole;    /* by the spelling of all words */
    buckets initials; /* of several words */
    buckets rest;     /* by the words behind the country */
} body_names;

static ds_status gather(who *w, body_names *b)
{
    for (uint32_t i = 0; i < w->forms.len; i++) {
        const form *f = who_form(w, i);
        if (!may_be_body(f))
            continue;
        const name *n = f->n;
        uint32_t rest = n->from + n->lands;
        DS_TRY(buckets_put(w->a, &b->whole, name_spelling(w->a, n, 0, n->to), i));
        if (!is_acronym(f))
            DS_TRY(buckets_put(w->a, &b->initials, name_initials(w->a, n), i));
        if (n->lands && !n->actor.at)
            DS_TRY(buckets_put(w->a, &b->rest, name_low(w->a, n, rest, n->to), i));
    }
    return DS_OK;
}

/* All of them look like form i, and which of them it is does not show. */
static ds_status apart_from_all(who *w, uint32_t i, const bucket_roots *r, ds_str why)
{
    for (uint32_t k = 0; k < r->len; k++)
        if (who_root(w, r->form[k]) != who_root(w, i))
            DS_TRY(who_apart(w, i, r->form[k], why));
    return DS_OK;
}

static ds_status join_by_letters(who *w, const body_names *b, uint32_t i)
{
    const name *n = who_form(w, i)->n;
    bucket_roots r = bucket_holders(w, buckets_get(&b->initials, n->word[n->from].text));
    if (r.len == 1 && !r.too_many)
        return who_unite(w, i, r.form[0], DS_BY_INITIALS, (ds_naming){0});
    return apart_from_all(w, i, &r, DS_STR("its letters fit several names"));
}

/* What the pages spell it out to tells more than its letters. */
static ds_status join_acronym(who *w, const body_names *b, uint32_t i)
{
    const name *n = who_form(w, i)->n;
    const told_list *l;
    DS_TRY(told_long_for(w, n->word[n->from].text, &l));
    if (!l || l->v.len == 0)
        return join_by_letters(w, b, i);
    for (size_t k = 0; k < l->v.len; k++) {
        bucket_roots r = bucket_holders(w, buckets_get(&b->whole, l->v.at[k].words));
        if (r.len == 0)
            continue;
        if (l->v.len == 1)
            return who_unite(w, i, r.form[0], DS_BY_BRACKETS, l->v.at[k].at);
        DS_TRY(apart_from_all(w, i, &r, DS_STR("the pages spell it out to several names")));
    }
    return DS_OK;
}

/* "the Supreme Court" where just one country's is spoken of. */
static ds_status join_without_land(who *w, const body_names *b, uint32_t i)
{
    const name *n = who_form(w, i)->n;
    ds_str low = name_low(w->a, n, 0, n->to);
    const told_list *l;
    if (!low.at)
        return DS_NOMEM;
    bucket_roots r = bucket_holders(w, buckets_get(&b->rest, low));
    if (r.len == 0)
        return DS_OK;
    DS_TRY(told_lands(w, low, &l));
    if (l && l->unheard)
        return apart_from_all(w, i, &r, DS_STR("too many names begin alike"));
    bool one = !l || l->v.len == 0 ||
               (l->v.len == 1 && ds_str_eq(l->v.at[0].words, who_form(w, r.form[0])->n->land));
    if (r.len == 1 && one)
        return who_unite_unless_shared(w, i, r.form[0], DS_BY_OWNER);
    return apart_from_all(w, i, &r, DS_STR("several countries have one"));
}

ds_status who_bodies(who *w)
{
    body_names b = {0};
    DS_TRY(gather(w, &b));
    for (uint32_t i = 0; i < w->forms.len; i++) {
        const form *f = who_form(w, i);
        if (is_acronym(f))
            DS_TRY(join_acronym(w, &b, i));
        else if (may_be_body(f) && !f->n->lands && !f->n->actor.at)
            DS_TRY(join_without_land(w, &b, i));
    }
    return DS_OK;
}
