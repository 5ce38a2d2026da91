/* SPDX-License-Identifier: Apache-2.0 */
/* joins.c - whole names that are one name written in two ways: what is left when the ways are taken away is the key. */
#include "language/language.h"
#include "story/who.h"

/* Each gives the key of a form under its rule; len 0: the rule says nothing of it. */
typedef ds_str key_of(ds_arena *a, const form *f);

/* "The Norland Post", "Norland Post"; "Oskar Mining Inc.", "Oskar Mining"; "NORDA", "N.O.R.D.A.". */
static ds_str writing(ds_arena *a, const form *f)
{
    bool acronym = f->n->len == 1 && f->n->word[f->n->from].is & W_CAPS;
    if (acronym)
        return name_spelling(a, f->n, 0, f->n->to);
    return name_low(a, f->n, 0, f->n->spoken_for ? f->n->len : f->n->to);
}

/* "Governor Ilsa Marn", "Ilsa Marn"; "a spokesman for Oskar Mining": what is left must be a whole name. */
static ds_str title(ds_arena *a, const form *f)
{
    const name *n = f->n;
    bool whole = n->to - n->from > 1 || n->cls == NAME_BODY;
    return whole ? name_low(a, n, n->from, n->to) : DS_STR("");
}

/* "Norway", "Norwegians": one normal name. */
static ds_str actor(ds_arena *a, const form *f)
{
    (void)a;
    return f->n->actor.at ? f->n->actor : DS_STR("");
}

/* "the Norlandish army", "Norland's army"; a country's government speaks for the country. */
static ds_str country(ds_arena *a, const form *f)
{
    const name *n = f->n;
    if (n->actor.at)
        return ds_arena_str(a, n->actor);
    ds_str rest = name_low(a, n, n->from + n->lands, n->to);
    if (!n->lands || !rest.at)
        return n->lands ? rest : DS_STR("");
    if (ds_str_eq(rest, DS_STR("government")))
        return ds_arena_str(a, n->land);
    return ds_arena_printf(a, "%.*s: %.*s", DS_FMT(n->land), DS_FMT(rest));
}

/* "Kim Jae-un", "Kim Jae Un"; "Müller", "Muller": the letters alone, without accents. */
static ds_str marks(ds_arena *a, const form *f)
{
    ds_buf b = ds_buf_new(a);
    for (uint32_t i = f->n->from; i < f->n->to; i++) {
        ds_str s = f->n->word[i].low;
        for (size_t k = 0; k < s.len;) {
            uint32_t c = ds_language_fold(s, &k);
            if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                ds_buf_utf8(&b, c);
        }
    }
    ds_str s = ds_buf_str(&b);
    return s.at && s.len < WHO_LONG_NAME ? DS_STR("") : s;
}

/* "Varensky", "Varenskyy". */
static ds_str spelling(ds_arena *a, const form *f)
{
    const name *n = f->n;
    ds_str s = name_spelling(a, n, n->from, n->to);
    return s.at && s.len < WHO_LONG_NAME ? DS_STR("") : s;
}

static const struct {
    key_of *key;
    ds_holder_rule rule;
    bool sure; /* also of names that stand on one page, which that page takes for two */
} rules[] = {
    {writing, DS_BY_WRITING, true}, {title, DS_BY_TITLE, true}, {actor, DS_BY_ACTOR, true},
    {country, DS_BY_COUNTRY, true}, {marks, DS_BY_MARKS, true}, {spelling, DS_BY_SPELLING, false},
};

uint32_t who_shared_page(const who *w, uint32_t x, uint32_t y)
{
    const who_members *f = who_pages(w, who_root(w, x)), *g = who_pages(w, who_root(w, y));
    for (size_t i = 0, k = 0; i < f->len && k < g->len;) {
        uint32_t a = f->at[i], b = g->at[k];
        if (a == b)
            return a;
        i += a < b;
        k += b < a;
    }
    return WHO_NONE;
}

ds_status who_apart_on_page(who *w, uint32_t i, uint32_t j, uint32_t page)
{
    return who_apart(
        w, i, j, ds_arena_printf(w->a, "%.*s has both", DS_FMT(w->story->members[page].letter)));
}

ds_status who_unite_unless_shared(who *w, uint32_t i, uint32_t j, ds_holder_rule rule)
{
    if (who_root(w, i) == who_root(w, j))
        return DS_OK;
    uint32_t page = who_shared_page(w, i, j);
    return page == WHO_NONE ? who_unite(w, i, j, rule, (ds_naming){0})
                            : who_apart_on_page(w, i, j, page);
}

static ds_status join_by(who *w, size_t r)
{
    ds_map *first = ds_map_new(w->a, 0);
    if (!first)
        return DS_NOMEM;
    for (uint32_t i = 0; i < w->forms.len; i++) {
        uint64_t at;
        if (!who_form(w, i)->whole)
            continue;
        ds_str key = rules[r].key(w->a, who_form(w, i));
        if (!key.at)
            return DS_NOMEM;
        if (key.len == 0)
            continue;
        if (ds_map_get(first, key, &at) == DS_NONE)
            DS_TRY(ds_map_put(first, key, i));
        else if (rules[r].sure)
            DS_TRY(who_unite(w, i, (uint32_t)at, rules[r].rule, (ds_naming){0}));
        else
            DS_TRY(who_unite_unless_shared(w, i, (uint32_t)at, rules[r].rule));
    }
    return DS_OK;
}

ds_status who_whole_names(who *w)
{
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        DS_TRY(join_by(w, r));
    return DS_OK;
}
