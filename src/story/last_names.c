/* SPDX-License-Identifier: Apache-2.0 */
/* last_names.c - one word that names somebody: whoever of the story has it as a last name, if nobody else has. */
#include "story/who.h"

typedef struct last_names {
    buckets full;      /* whole names by the word that may stand alone for them */
    ds_map *capitals;  /* "norda" -> form of "NORDA" */
    ds_map *described; /* words of a description -> first form */
    ds_map *alone;     /* spelling -> first form of the word that has no whole name */
} last_names;

typedef struct candidates {
    bucket_roots of;
    const told_list *given; /* that the texts put before the word; NULL: none */
    uint32_t others;        /* of them nobody's among the candidates */
} candidates;

static ds_str word_of(const form *f)
{
    return f->n->word[f->n->from].spelling;
}

/* "Solano" of "Luis Solano Rivera", "Kim" of "Kim Jae-un", "Xi" of "Xi Jinpan". */
static ds_status put_full(who *w, last_names *l, uint32_t i)
{
    const name *n = who_form(w, i)->n;
    const name_word *last = &n->word[n->to - 1], *first = &n->word[n->from];
    DS_TRY(buckets_put(w->a, &l->full, last->spelling, i));
    if (n->to - n->from > 2 && (last - 1)->is & W_FAMILY && last->is & W_FAMILY)
        DS_TRY(buckets_put(w->a, &l->full, (last - 1)->spelling, i));
    bool family = first->is & W_FAMILY && !(first->is & W_GIVEN) && !(last->is & W_FAMILY);
    if (family || last->is & W_EASTERN)
        DS_TRY(buckets_put(w->a, &l->full, first->spelling, i));
    return DS_OK;
}

static ds_status gather(who *w, last_names *l)
{
    l->capitals = ds_map_new(w->a, 0);
    l->alone = ds_map_new(w->a, 0);
    l->described = ds_map_new(w->a, 0);
    if (!l->capitals || !l->alone || !l->described)
        return DS_NOMEM;
    for (uint32_t i = 0; i < w->forms.len; i++) {
        const form *f = who_form(w, i);
        if (!f->whole)
            continue;
        const name *n = f->n;
        bool one = n->to - n->from == 1;
        if (!one && (n->cls == NAME_PERSON || n->cls == NAME_UNKNOWN))
            DS_TRY(put_full(w, l, i));
        if (one && n->from == 0 && n->word[0].is & W_CAPS)
            DS_TRY(ds_map_put(l->capitals, n->word[0].low, i));
    }
    return DS_OK;
}

static bool has_given(const form *f, ds_str given)
{
    for (uint32_t i = f->n->from; i < f->n->to; i++) {
        const name_word *x = &f->n->word[i];
        bool initial = x->is & W_INITIAL && x->spelling.len && given.len;
        if (ds_str_eq(x->spelling, given) || (initial && x->spelling.at[0] == given.at[0]))
            return true;
    }
    return false;
}

static bool is_others(const who *w, const candidates *c, ds_str given)
{
    for (uint32_t i = 0; i < c->of.len; i++)
        if (has_given(who_form(w, c->of.form[i]), given))
            return false;
    return true;
}

static ds_status find_candidates(who *w, const last_names *l, ds_str word, candidates *c)
{
    c->of = bucket_holders(w, buckets_get(&l->full, word));
    c->others = 0;
    DS_TRY(told_given(w, word, &c->given));
    for (size_t i = 0; c->given && i < c->given->v.len; i++)
        c->others += is_others(w, c, c->given->v.at[i].words);
    return DS_OK;
}

/* ---- by title ------------------------------------------------------------------------------------------------- */

static bool lists_meet(const told_list *x, const told_list *y, ds_str or_this)
{
    for (size_t i = 0; y && i < y->v.len; i++) {
        if (or_this.len && ds_str_eq(y->v.at[i].words, or_this))
            return true;
        for (size_t k = 0; x && k < x->v.len; k++)
            if (ds_str_eq(x->v.at[k].words, y->v.at[i].words))
                return true;
    }
    return false;
}

/* The only bearer of the word whom the texts give a title that this form has; WHO_NONE: none, or several. */
static ds_status by_title(who *w, const candidates *c, const form *f, uint32_t *out)
{
    const told_list *mine, *theirs;
    ds_str word = word_of(f);
    ds_str own = f->n->from ? f->n->word[f->n->from - 1].low : DS_STR("");
    uint32_t n = 0;
    *out = WHO_NONE;
    DS_TRY(told_titles(w, word, f->at.member, &mine));
    for (uint32_t i = 0; i < c->of.len; i++) {
        const name *x = who_form(w, c->of.form[i])->n;
        DS_TRY(told_titles_of(w, word, x->word[x->from].spelling, &theirs));
        if (!lists_meet(mine, theirs, own))
            continue;
        *out = c->of.form[i];
        n++;
    }
    for (size_t i = 0; c->given && i < c->given->v.len; i++) {
        ds_str given = c->given->v.at[i].words;
        DS_TRY(told_titles_of(w, word, given, &theirs));
        n += is_others(w, c, given) && lists_meet(mine, theirs, own);
    }
    if (n != 1)
        *out = WHO_NONE;
    return DS_OK;
}

/* ---- joining ---------------------------------------------------------------------------------------------------- */

static ds_status count_bearers(who *w, const candidates *c, const form *f, ds_str *why)
{
    uint32_t n = c->of.len + c->others;
    ds_str word = f->n->word[f->n->from].text;
    *why = c->of.too_many ? ds_arena_printf(w->a, "many are named %.*s", DS_FMT(word))
           : n == 2       ? ds_arena_printf(w->a, "two are named %.*s", DS_FMT(word))
                          : ds_arena_printf(w->a, "%u are named %.*s", n, DS_FMT(word));
    return why->at ? DS_OK : DS_NOMEM;
}

static ds_status join_bearer(who *w, const candidates *c, uint32_t i)
{
    const form *f = who_form(w, i);
    uint32_t to;
    ds_str why;
    if (c->of.len + c->others == 1)
        return who_unite(w, i, c->of.form[0], DS_BY_LAST, (ds_naming){0});
    DS_TRY(by_title(w, c, f, &to));
    if (to != WHO_NONE && !c->of.too_many)
        return who_unite(w, i, to, DS_BY_OFFICE, (ds_naming){0});
    DS_TRY(count_bearers(w, c, f, &why));
    for (uint32_t k = 0; k < c->of.len; k++)
        DS_TRY(who_apart(w, i, c->of.form[k], why));
    return DS_OK;
}

/* The story has no whole name for it. */
static ds_status join_alone(who *w, last_names *l, const candidates *c, uint32_t i)
{
    const form *f = who_form(w, i);
    ds_str low = f->n->word[f->n->from].low, why;
    uint64_t at;
    if (f->n->from == 0 && ds_map_get(l->capitals, low, &at) == DS_OK)
        return who_unite(w, i, (uint32_t)at, DS_BY_WRITING, (ds_naming){0});
    if (ds_map_get(l->alone, word_of(f), &at) == DS_NONE)
        return ds_map_put(l->alone, word_of(f), i);
    if (f->n->from == 0 && f->n->word[0].is & W_GIVEN && !(f->n->word[0].is & W_CAPS))
        return who_apart(w, i, (uint32_t)at, DS_STR("a first name alone"));
    const name *x = who_form(w, (uint32_t)at)->n;
    bool same = ds_str_eq(x->word[x->from].low, low);
    if (c->others < 2)
        return who_unite(w, i, (uint32_t)at, same ? DS_BY_WORD : DS_BY_SPELLING, (ds_naming){0});
    DS_TRY(count_bearers(w, c, f, &why));
    return who_apart(w, i, (uint32_t)at, why);
}

/* The same words on another page are perhaps the same persons, perhaps not. */
static ds_status tell_description(who *w, last_names *l, uint32_t i)
{
    uint64_t at;
    const form *f = who_form(w, i);
    ds_str low = f->n->len ? name_low(w->a, f->n, 0, f->n->len) : f->at.words;
    if (!low.at)
        return DS_NOMEM;
    if (ds_map_get(l->described, low, &at) == DS_NONE)
        return ds_map_put(l->described, low, i);
    return who_apart(w, i, (uint32_t)at, DS_STR("words for somebody, no name"));
}

ds_status who_last_names(who *w)
{
    last_names l = {0};
    DS_TRY(gather(w, &l));
    for (uint32_t i = 0; i < w->forms.len; i++) {
        candidates c;
        if (who_form(w, i)->n && who_form(w, i)->n->cls == NAME_DESCRIPTION)
            DS_TRY(tell_description(w, &l, i));
        if (!who_form(w, i)->part || word_of(who_form(w, i)).len == 0)
            continue;
        DS_TRY(find_candidates(w, &l, word_of(who_form(w, i)), &c));
        DS_TRY(c.of.len ? join_bearer(w, &c, i) : join_alone(w, &l, &c, i));
    }
    return DS_OK;
}
