/* SPDX-License-Identifier: Apache-2.0 */
/* origins.c - who stands behind a claim: a holder of the story (who is who is settled there: story/), or a page in its own voice;
 * copied sentences and credited sources join (O1 to O6). */
#include "internal.h"

#include <assert.h>

typedef struct source { /* an origin before joining */
    ds_str name;        /* absent: own voice */
    ds_holder_kind kind;
    bool named;
    int32_t holder; /* of the story; -1: own voice */
    uint32_t member;
    uint32_t joins;
    ds_str why;
} source;

typedef struct sources {
    DS_VEC(source) v;
    uint32_t *of_row;
} sources;

/* ---- one source per row ------------------------------------------------------------------------------------ */

/* The link that stands for the claim: the nearest to the fact, or behind an anonymous one the outlet that is named. */
static size_t holding_link(const ds_claim *c)
{
    for (size_t i = 1; c->said_by[0].kind == DS_HOLDER_ANONYMOUS && i < c->said_by_len; i++)
        if (c->said_by[i].kind == DS_HOLDER_NAMED)
            return i;
    return 0;
}

static source read_source(const rc *r, size_t i)
{
    const ds_row *row = &r->story->rows[i];
    source out = {.member = row->member, .kind = DS_HOLDER_NONE, .holder = -1};
    if (row->holders_len == 0)
        return out;
    uint32_t h = row->holders[holding_link(&row->claim)];
    const ds_holder *holder = &r->story->who.holders[h];
    out.kind = holder->kind;
    out.name = holder->name;
    out.named = holder->kind == DS_HOLDER_NAMED;
    out.holder = (int32_t)h;
    return out;
}

/* What makes two sources one: the holder; the page of one in its own voice. */
static ds_str source_key(ds_arena *a, const source *x)
{
    return x->holder >= 0 ? ds_arena_printf(a, "h %d", x->holder)
                          : ds_arena_printf(a, "p %u", x->member);
}

/* "holder": some forms of its name were joined. */
static ds_status tell_joined(const rc *r, sources *s)
{
    const ds_who *who = &r->story->who;
    bool *joined = ds_arena_calloc(r->a, who->holders_len, sizeof *joined);
    if (!joined)
        return DS_NOMEM;
    for (size_t i = 0; i < who->joins_len; i++)
        joined[who->joins[i].holder] = true;
    for (size_t i = 0; i < s->v.len; i++)
        if (s->v.at[i].holder >= 0 && joined[s->v.at[i].holder])
            s->v.at[i].why = DS_STR("holder");
    return DS_OK;
}

static ds_status list_sources(rc *r, sources *s)
{
    s->of_row = ds_arena_calloc(r->a, r->rows_len, sizeof *s->of_row);
    ds_map *known = ds_map_new(r->a, 0);
    if (!s->of_row || !known)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++) {
        source x = read_source(r, i);
        uint64_t at;
        ds_str key = source_key(r->a, &x);
        if (!key.at)
            return DS_NOMEM;
        if (ds_map_get(known, key, &at) == DS_NONE) {
            at = x.joins = (uint32_t)s->v.len;
            DS_TRY(DS_PUSH(r->a, &s->v, x));
            DS_TRY(ds_map_put(known, key, at));
        }
        s->of_row[i] = (uint32_t)at;
    }
    return tell_joined(r, s);
}

/* ---- joining ------------------------------------------------------------------------------------------------ */

static uint32_t root_of(const sources *s, uint32_t i)
{
    assert(i < s->v.len && s->v.at);
    while (s->v.at[i].joins != i)
        i = s->v.at[i].joins;
    return i;
}

/* The root that speaks for both: a named one, else the earlier. */
static void join(sources *s, uint32_t x, uint32_t y, ds_str why)
{
    assert(s->v.at);
    x = root_of(s, x);
    y = root_of(s, y);
    if (x == y)
        return;
    source *a = &s->v.at[x], *b = &s->v.at[y];
    bool keep_x = a->named == b->named ? x < y : a->named;
    if (!keep_x) {
        a->joins = y;
        b->why = why;
    } else {
        b->joins = x;
        a->why = why;
    }
}

static bool same_figure(const rc_row *x, const rc_row *y)
{
    return ds_str_eq(x->unit, y->unit) &&
           ds_frac_cmp(rc_stated(&x->value), rc_stated(&y->value)) == 0;
}

/* Rows stand in order of member: those of member m are [first[m], first[m + 1]). */
static uint32_t *rows_by_member(const rc *r)
{
    uint32_t *first = ds_arena_calloc(r->a, r->story->members_len + 1, sizeof *first);
    for (size_t i = 0; first && i < r->rows_len; i++)
        first[r->rows[i].member + 1]++;
    for (size_t m = 0; first && m < r->story->members_len; m++)
        first[m + 1] += first[m];
    return first;
}

static ds_status join_copied(rc *r, sources *s, const ds_copy *c, uint32_t i, uint32_t j)
{
    ds_str lx = rc_letter(r, c->from_member), ly = rc_letter(r, c->to_member);
    ds_str why = ds_arena_printf(r->a, "copy %.*s%u %.*s%u", DS_FMT(lx), c->from_sentence,
                                 DS_FMT(ly), c->to_sentence);
    if (!why.at)
        return DS_NOMEM;
    join(s, s->of_row[i], s->of_row[j], why);
    return DS_OK;
}

/* O4: the same figure in sentences that share a run of words. */
static ds_status join_copies(rc *r, sources *s)
{
    const uint32_t *first = rows_by_member(r);
    if (!first)
        return DS_NOMEM;
    for (size_t k = 0; k < r->story->copies_len; k++) {
        const ds_copy *c = &r->story->copies[k];
        for (uint32_t i = first[c->from_member]; i < first[c->from_member + 1]; i++)
            for (uint32_t j = first[c->to_member]; j < first[c->to_member + 1]; j++)
                if (r->rows[i].c->number == c->from_sentence &&
                    r->rows[j].c->number == c->to_sentence && same_figure(&r->rows[i], &r->rows[j]))
                    DS_TRY(join_copied(r, s, c, i, j));
    }
    return DS_OK;
}

/* Letters and digits of two names are the same: "THEGUARDIAN" and "The Guardian". */
static bool same_letters(ds_str x, ds_str y)
{
    size_t i = 0, j = 0, n = 0;
    for (;; i++, j++, n++) {
        while (i < x.len && (x.at[i] == ' ' || x.at[i] == '-' || x.at[i] == '.'))
            i++;
        while (j < y.len && (y.at[j] == ' ' || y.at[j] == '-' || y.at[j] == '.'))
            j++;
        if (i == x.len || j == y.len)
            return n > 0 && i == x.len && j == y.len;
        char a = x.at[i], b = y.at[j];
        a = (char)(a >= 'A' && a <= 'Z' ? a + 32 : a);
        b = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
        if (a != b)
            return false;
    }
}

static bool credits(const ds_article *digest, const ds_article *art)
{
    for (size_t i = 0; i < digest->credited.len; i++)
        if (same_letters(digest->credited.at[i], art->publisher) ||
            same_letters(digest->credited.at[i], art->original_publisher))
            return true;
    return false;
}

static const ds_article *article_of(const rc *r, uint32_t member)
{
    return r->readings[r->story->members[member].reading].article;
}

/* O5: a digest's claim without a named holder joins the credited source that gives the same figure. It is a claim that
 * joins, not all that the digest says in its own voice: it gets a source of its own first. */
static ds_status join_credits(rc *r, sources *s)
{
    for (uint32_t i = 0; i < r->rows_len; i++) {
        const rc_row *x = &r->rows[i];
        uint32_t root = root_of(s, s->of_row[i]);
        assert(s->v.at);
        if (s->v.at[root].named || article_of(r, x->member)->credited.len == 0)
            continue;
        for (uint32_t j = 0; j < r->rows_len; j++) {
            const rc_row *y = &r->rows[j];
            if (y->member == x->member || y->question != x->question || !same_figure(x, y) ||
                !credits(article_of(r, x->member), article_of(r, y->member)))
                continue;
            source own = s->v.at[s->of_row[i]];
            own.joins = (uint32_t)s->v.len;
            DS_TRY(DS_PUSH(r->a, &s->v, own));
            s->of_row[i] = own.joins;
            s->v.at[own.joins].joins = root_of(s, s->of_row[j]);
            s->v.at[root_of(s, own.joins)].why = DS_STR("via credit");
            break;
        }
    }
    return DS_OK;
}

/* ---- numbering ---------------------------------------------------------------------------------------------- */

/* Origins in order of their first row. */
static ds_status number_origins(rc *r, const sources *s)
{
    uint32_t *number = ds_arena_calloc(r->a, s->v.len, sizeof *number);
    ds_origin *at = ds_arena_calloc(r->a, s->v.len, sizeof *at);
    if (!number || !at)
        return DS_NOMEM;
    for (size_t i = 0; i < s->v.len; i++)
        number[i] = RC_NONE;
    for (size_t i = 0; i < r->rows_len; i++) {
        uint32_t root = root_of(s, s->of_row[i]);
        if (number[root] == RC_NONE) {
            const source *x = &s->v.at[root];
            number[root] = (uint32_t)r->origins.len;
            at[r->origins.len++] = (ds_origin){.name = x->name,
                                               .kind = x->kind,
                                               .member = r->rows[i].member,
                                               .holder = x->holder,
                                               .why = x->why};
        }
        r->rows[i].origin = number[root];
    }
    r->origins.at = at;
    return DS_OK;
}

ds_status rc_origins_find(rc *r)
{
    sources s = {0};
    DS_TRY(list_sources(r, &s));
    DS_TRY(join_copies(r, &s));
    DS_TRY(join_credits(r, &s));
    return number_origins(r, &s);
}
