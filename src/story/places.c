/* SPDX-License-Identifier: Apache-2.0 */
/* places.c - where the figures of a story hold: a name that the lists of places have as one kind of place is that place on every
 * page; one that they have as several, or not at all, stays as it is written. */
#include "story/who.h"

#include "language/language.h"

static const struct {
    uint32_t bit;
    ds_str kind;
} kinds[] = {
    {DS_LISTED_COUNTRY, DS_STR_INIT("country")}, {DS_LISTED_WORLD, DS_STR_INIT("world")},
    {DS_LISTED_NATURE, DS_STR_INIT("nature")},   {DS_LISTED_REGION, DS_STR_INIT("region")},
    {DS_LISTED_CITY, DS_STR_INIT("city")},       {DS_LISTED_LANDMARK, DS_STR_INIT("landmark")},
};

/* One kind: its name. None or several: absent, and *why says so. */
static ds_str one_kind(ds_arena *a, uint32_t listed, ds_str *why)
{
    ds_buf b = ds_buf_new(a);
    ds_str found = {0};
    uint32_t n = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!(listed & kinds[i].bit))
            continue;
        ds_buf_puts(&b, n++ ? " or " : "");
        ds_buf_put(&b, kinds[i].kind);
        found = kinds[i].kind;
    }
    *why = n ? ds_buf_str(&b) : DS_STR("not in the lists");
    return n == 1 ? found : (ds_str){0};
}

/* "Britain" is the United Kingdom. */
static ds_status country_name(who *w, ds_str *io)
{
    const ds_phrases *p = ds_lexicon_phrases(w->lex, "actors");
    ds_str low = ds_text_norm(w->a, *io);
    int64_t row = p && low.at ? ds_phrase_find(p, low) : -1;
    if (row >= 0 &&
        ds_str_eq(ds_table_cell(ds_phrases_table(p), (uint32_t)row, 2), DS_STR("country")))
        *io = ds_table_cell(ds_phrases_table(p), (uint32_t)row, 1);
    return low.at ? DS_OK : DS_NOMEM;
}

static ds_status read_place(who *w, ds_str words, ds_place *out)
{
    ds_str why;
    *out = (ds_place){.name = name_without_article(words)};
    ds_str kind = one_kind(w->a, ds_language_listed(w->lex, out->name), &why);
    if (!why.at)
        return DS_NOMEM;
    out->kind = kind.at ? kind : why;
    out->id = kind.at ? DS_STR("") : (ds_str){0}; /* numbered when it is new */
    return ds_str_eq(kind, DS_STR("country")) ? country_name(w, &out->name) : DS_OK;
}

typedef struct place_list {
    DS_VEC(ds_place) v;
    ds_map *known; /* words, then resolved names -> index */
    uint32_t ids;
} place_list;

static ds_status add_place(who *w, place_list *l, ds_str words, uint64_t *at)
{
    ds_place p;
    DS_TRY(read_place(w, words, &p));
    ds_str low = ds_ascii_lower(w->a, p.name);
    ds_str key = ds_arena_printf(w->a, "%d %.*s", p.id.at != NULL, DS_FMT(low));
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(l->known, key, at) == DS_OK)
        return DS_OK;
    if (p.id.at && !(p.id = ds_arena_printf(w->a, "p%u", ++l->ids)).at)
        return DS_NOMEM;
    *at = l->v.len;
    DS_TRY(ds_map_put(l->known, key, *at));
    return DS_PUSH(w->a, &l->v, p);
}

ds_status who_places(who *w)
{
    place_list l = {.known = ds_map_new(w->a, 0)};
    ds_map *seen = ds_map_new(w->a, 0);
    w->place_of = ds_arena_calloc(w->a, w->story->rows_len, sizeof *w->place_of);
    if (!l.known || !seen || !w->place_of)
        return DS_NOMEM;
    for (size_t i = 0; i < w->story->rows_len; i++) {
        const ds_claim *c = &w->story->rows[i].claim;
        ds_str words = c->where.len ? c->where : c->where_words;
        uint64_t at;
        w->place_of[i] = -1;
        if (!words.len)
            continue;
        if (ds_map_get(seen, words, &at) == DS_NONE) {
            DS_TRY(add_place(w, &l, words, &at));
            DS_TRY(ds_map_put(seen, words, at));
        }
        w->place_of[i] = (int32_t)at;
    }
    w->out.places = l.v.at;
    w->out.places_len = l.v.len;
    return DS_OK;
}
