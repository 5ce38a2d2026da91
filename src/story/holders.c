/* SPDX-License-Identifier: Apache-2.0 */
/* holders.c - who is who over all pages of a story: forms of names are joined by rule, each join with its evidence; what could be
 * two is left apart and said to be. docs/formats/holders.md has the rules, docs/adr/0009-holders-across-pages.md why. */
#include "story/who.h"

#include <assert.h>

const char *ds_holder_rule_name(ds_holder_rule r)
{
    static const char *const names[] = {
        [DS_BY_WRITING] = "writing",
        [DS_BY_TITLE] = "title",
        [DS_BY_ACTOR] = "normal name",
        [DS_BY_COUNTRY] = "country",
        [DS_BY_MARKS] = "accents and hyphens",
        [DS_BY_SPELLING] = "spelling",
        [DS_BY_GIVEN] = "given names",
        [DS_BY_FAMILY] = "family names",
        [DS_BY_OWNER] = "country left out",
        [DS_BY_BRACKETS] = "brackets",
        [DS_BY_INITIALS] = "initials",
        [DS_BY_LAST] = "last name",
        [DS_BY_OFFICE] = "title and last name",
        [DS_BY_WORD] = "one word",
    };
    return r < sizeof names / sizeof *names ? names[r] : "writing";
}

form *who_form(const who *w, uint32_t i)
{
    assert(i < w->forms.len);
    return &w->forms.at[i];
}

uint32_t who_root(const who *w, uint32_t i)
{
    while (who_form(w, i)->parent != i) {
        form *f = who_form(w, i);
        f->parent = who_form(w, f->parent)->parent; /* halve the way for the next */
        i = f->parent;
    }
    return i;
}

const who_members *who_pages(const who *w, uint32_t root)
{
    const form *f = who_form(w, root);
    return f->joined.len ? &f->joined : &f->members;
}

static ds_status merge_members(who *w, uint32_t from, uint32_t to)
{
    const who_members *x = who_pages(w, to), *y = who_pages(w, from);
    who_members v = {0};
    for (size_t i = 0, k = 0; i < x->len || k < y->len;) {
        bool first = k == y->len || (i < x->len && x->at[i] <= y->at[k]);
        uint32_t m = first ? x->at[i++] : y->at[k++];
        if (v.len == 0 || v.at[v.len - 1] != m)
            DS_TRY(DS_PUSH(w->a, &v, m));
    }
    who_form(w, to)->joined = v;
    return DS_OK;
}

/* i is named after j; the earlier of both roots stays one. */
ds_status who_unite(who *w, uint32_t i, uint32_t j, ds_holder_rule rule, ds_naming proof)
{
    uint32_t x = who_root(w, i), y = who_root(w, j);
    if (x == y)
        return DS_OK;
    DS_TRY(merge_members(w, x < y ? y : x, x < y ? x : y));
    who_form(w, x < y ? y : x)->parent = x < y ? x : y;
    return DS_PUSH(w->a, &w->joins,
                   ((ds_join){i, rule, who_form(w, i)->at, who_form(w, j)->at, proof}));
}

ds_status who_apart(who *w, uint32_t i, uint32_t j, ds_str why)
{
    if (!why.at)
        return DS_NOMEM;
    return DS_PUSH(w->a, &w->unsure,
                   ((ds_unsure){{i, j}, who_form(w, i)->at, who_form(w, j)->at, why}));
}

static ds_status run(who *w)
{
    DS_TRY(who_collect(w));
    DS_TRY(who_whole_names(w));
    DS_TRY(who_persons(w));
    DS_TRY(who_listen(w));
    DS_TRY(who_bodies(w));
    DS_TRY(who_last_names(w));
    DS_TRY(who_places(w));
    return who_number(w);
}

static void hand_over(const who *w)
{
    ds_story *s = w->story;
    for (size_t i = 0; i < s->rows_len; i++) {
        s->rows[i].holders = w->of_link[i];
        s->rows[i].holders_len = s->rows[i].claim.said_by_len;
        s->rows[i].place = w->place_of[i];
    }
    s->who = w->out;
}

ds_status ds_story_who(ds_arena *a, const ds_reading *readings, const ds_lexicon *lex, ds_story *io,
                       ds_err *err)
{
    who w = {.a = a, .readings = readings, .lex = lex, .story = io};
    if (io->rows_len > UINT32_MAX / 2)
        return ds_fail(err, DS_LIMIT, "too many claims in one story", io->rows_len);
    ds_status st = run(&w);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    hand_over(&w);
    return DS_OK;
}
