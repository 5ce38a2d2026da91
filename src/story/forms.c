/* SPDX-License-Identifier: Apache-2.0 */
/* forms.c - the links of all claims become forms of names; joined forms become holders. */
#include "story/who.h"

/* ---- forms ----------------------------------------------------------------------------------------------- */

/* "Civil Protection Service (CPS": what opens a bracket is another name. */
static ds_str before_bracket(ds_str s)
{
    ptrdiff_t at = ds_str_find(s, DS_STR(" ("), 0);
    return at > 0 ? ds_str_cut(s, 0, (size_t)at) : s;
}

static ds_str words_of(const ds_link *l)
{
    return before_bracket(l->name.len     ? l->name
                          : l->holder.len ? l->holder
                          : l->cue.len    ? l->cue
                                          : DS_STR("unnamed"));
}

static bool is_named(const ds_link *l)
{
    return l->kind == DS_HOLDER_NAMED || l->holder.len;
}

/* Names are taken apart once. */
static ds_status known_name(who *w, ds_map *names, ds_str words, ds_str holder, const name **out)
{
    uint64_t at;
    ds_str key = ds_arena_printf(w->a, "%.*s\n%.*s", DS_FMT(words), DS_FMT(holder));
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(names, key, &at) == DS_OK) {
        *out = (const name *)(uintptr_t)at; // NOLINT(performance-no-int-to-ptr)
        return DS_OK;
    }
    name *n = ds_arena_alloc(w->a, sizeof *n);
    if (!n)
        return DS_NOMEM;
    DS_TRY(name_read(w->a, w->lex, words, holder, n));
    *out = n;
    return ds_map_put(names, key, (uint64_t)(uintptr_t)n);
}

static bool is_part(const name *n)
{
    return n->to - n->from == 1 && (n->cls == NAME_PERSON || n->cls == NAME_UNKNOWN);
}

/* What makes two links one form: a whole name over all pages, else page and words. */
static ds_str form_key(who *w, const form *f, const ds_link *l)
{
    if (f->whole && f->n->actor.at)
        return ds_arena_printf(w->a, "n %.*s\n%.*s", DS_FMT(f->at.words), DS_FMT(f->n->actor));
    if (f->whole)
        return ds_arena_printf(w->a, "n %.*s", DS_FMT(f->at.words));
    ds_str low = name_without_article(ds_ascii_lower(w->a, f->at.words));
    return ds_arena_printf(w->a, "u %d %u %.*s", is_named(l), f->at.member, DS_FMT(low));
}

static ds_status make_form(who *w, ds_map *names, const ds_row *row, const ds_link *l, form *out)
{
    ds_str words = words_of(l);
    *out = (form){.at = {words, row->member, row->claim.number},
                  .kind = is_named(l) ? DS_HOLDER_NAMED : l->kind};
    if (!is_named(l))
        return DS_OK;
    DS_TRY(known_name(w, names, words, before_bracket(l->holder), &out->n));
    out->part = is_part(out->n);
    out->whole = !out->part && out->n->cls != NAME_DESCRIPTION;
    return DS_OK;
}

static ds_status add_link(who *w, ds_map *names, ds_map *forms, const ds_row *row, const ds_link *l,
                          uint32_t *at)
{
    form f;
    uint64_t known;
    DS_TRY(make_form(w, names, row, l, &f));
    ds_str key = form_key(w, &f, l);
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(forms, key, &known) == DS_NONE) {
        known = f.parent = (uint32_t)w->forms.len;
        DS_TRY(DS_PUSH(w->a, &w->forms, f));
        DS_TRY(ds_map_put(forms, key, known));
    }
    *at = (uint32_t)known;
    form *to = who_form(w, *at);
    bool there = to->members.len && to->members.at[to->members.len - 1] == row->member;
    return there ? DS_OK : DS_PUSH(w->a, &to->members, row->member);
}

ds_status who_collect(who *w)
{
    ds_map *names = ds_map_new(w->a, 0), *forms = ds_map_new(w->a, 0);
    w->of_link = ds_arena_calloc(w->a, w->story->rows_len, sizeof *w->of_link);
    if (!names || !forms || !w->of_link)
        return DS_NOMEM;
    for (size_t i = 0; i < w->story->rows_len; i++) {
        const ds_row *row = &w->story->rows[i];
        w->of_link[i] = ds_arena_calloc(w->a, row->claim.said_by_len, sizeof *w->of_link[i]);
        if (!w->of_link[i])
            return DS_NOMEM;
        for (size_t k = 0; k < row->claim.said_by_len; k++)
            DS_TRY(add_link(w, names, forms, row, &row->claim.said_by[k], &w->of_link[i][k]));
    }
    return DS_OK;
}

/* ---- holders --------------------------------------------------------------------------------------------- */

typedef struct numbering {
    uint32_t *of_form; /* holder */
    ds_holder *at;
    uint32_t *best; /* form whose words are the name */
    uint32_t len;
    struct {
        DS_VEC(uint32_t) v;
    } * members;
} numbering;

/* Normal names, then whole names without a title, acronyms last; on more pages first, then the longer, then the earlier. */
static int standing(const form *f)
{
    enum { UNNAMED, PART, SHORT, FULL, NORMAL };
    const name *n = f->n;
    if (!n || n->actor.at)
        return n ? NORMAL : UNNAMED;
    bool acronym = n->to - n->from == 1 && n->word[n->from].is & W_CAPS;
    bool described = n->from > 0 || (n->to < n->len && !(n->word[n->len - 1].is & W_CAP));
    return !f->whole || n->spoken_for ? PART : acronym || described ? SHORT : FULL;
}

static bool names_better(const form *x, const form *y)
{
    if (standing(x) != standing(y))
        return standing(x) > standing(y);
    if (x->members.len != y->members.len)
        return x->members.len > y->members.len;
    return x->n && y->n && x->n->len > y->n->len;
}

static ds_status number_roots(who *w, numbering *b)
{
    for (uint32_t i = 0; i < w->forms.len; i++) {
        uint32_t root = who_root(w, i);
        if (root == i) { /* roots are the earliest of their forms */
            ds_str id = ds_arena_printf(w->a, "h%u", b->len + 1);
            if (!id.at)
                return DS_NOMEM;
            b->best[b->len] = i;
            b->at[b->len] = (ds_holder){.id = id, .kind = who_form(w, i)->kind};
            b->of_form[i] = b->len++;
            continue;
        }
        b->of_form[i] = b->of_form[root];
        uint32_t *best = &b->best[b->of_form[i]];
        if (names_better(who_form(w, i), who_form(w, *best)))
            *best = i;
    }
    return DS_OK;
}

static void name_holders(const who *w, const numbering *b)
{
    for (uint32_t h = 0; h < b->len; h++) {
        const form *f = who_form(w, b->best[h]);
        b->at[h].name = f->n && f->n->actor.at ? f->n->actor : f->at.words;
        b->at[h].members = b->members[h].v.at;
        b->at[h].members_len = b->members[h].v.len;
    }
}

static ds_status number_rows(who *w, const numbering *b)
{
    for (size_t i = 0; i < w->story->rows_len; i++) {
        const ds_row *row = &w->story->rows[i];
        for (size_t k = 0; k < row->claim.said_by_len; k++) {
            uint32_t h = w->of_link[i][k] = b->of_form[w->of_link[i][k]];
            size_t len = b->members[h].v.len;
            if (len == 0 || b->members[h].v.at[len - 1] != row->member)
                DS_TRY(DS_PUSH(w->a, &b->members[h].v, row->member));
        }
    }
    return DS_OK;
}

/* Joins by holder, in the order in which they were made. */
static ds_status number_joins(who *w, const numbering *b)
{
    uint32_t *next = ds_arena_calloc(w->a, (size_t)b->len + 1, sizeof *next);
    ds_join *out = ds_arena_calloc(w->a, w->joins.len, sizeof *out);
    if (!next || !out)
        return DS_NOMEM;
    for (size_t i = 0; i < w->joins.len; i++) {
        w->joins.at[i].holder = b->of_form[w->joins.at[i].holder];
        next[w->joins.at[i].holder + 1]++;
    }
    for (uint32_t h = 0; h < b->len; h++)
        next[h + 1] += next[h];
    for (size_t i = 0; i < w->joins.len; i++)
        out[next[w->joins.at[i].holder]++] = w->joins.at[i];
    w->out.joins = out;
    w->out.joins_len = w->joins.len;
    return DS_OK;
}

/* Pairs of holders that stayed apart, each once. */
static ds_status number_unsure(who *w, const numbering *b)
{
    size_t n = 0;
    ds_map *known = ds_map_new(w->a, 0);
    for (size_t i = 0; known && i < w->unsure.len; i++) {
        ds_unsure u = w->unsure.at[i];
        uint64_t at;
        u.holders[0] = b->of_form[u.holders[0]];
        u.holders[1] = b->of_form[u.holders[1]];
        uint32_t x = u.holders[0], y = u.holders[1];
        ds_str key = ds_arena_printf(w->a, "%u %u", x < y ? x : y, x < y ? y : x);
        if (!key.at)
            return DS_NOMEM;
        if (x == y || ds_map_get(known, key, &at) == DS_OK)
            continue;
        DS_TRY(ds_map_put(known, key, 1));
        w->unsure.at[n++] = u;
    }
    w->out.unsure = w->unsure.at;
    w->out.unsure_len = n;
    return known ? DS_OK : DS_NOMEM;
}

ds_status who_number(who *w)
{
    numbering b = {0};
    b.of_form = ds_arena_calloc(w->a, w->forms.len, sizeof *b.of_form);
    b.at = ds_arena_calloc(w->a, w->forms.len, sizeof *b.at);
    b.best = ds_arena_calloc(w->a, w->forms.len, sizeof *b.best);
    b.members = ds_arena_calloc(w->a, w->forms.len, sizeof *b.members);
    if (!b.of_form || !b.at || !b.best || !b.members)
        return DS_NOMEM;
    DS_TRY(number_roots(w, &b));
    DS_TRY(number_joins(w, &b));
    DS_TRY(number_unsure(w, &b));
    DS_TRY(number_rows(w, &b));
    name_holders(w, &b);
    w->out.holders = b.at;
    w->out.holders_len = b.len;
    return DS_OK;
}
