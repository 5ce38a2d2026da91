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
        i = s->v.at[i].joins = s->v.at[s->v.at[i].joins].joins; /* shorter the next time */
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

/* ---- copied sentences ----------------------------------------------------------------------------------------- */

typedef struct copied { /* sentences that share runs of words, directly or through others */
    ds_map *number;     /* "member sentence" -> index into joins */
    DS_VEC(uint32_t) joins;
} copied;

static ds_status sentence_number(rc *r, copied *c, uint32_t member, uint32_t sentence, bool new,
                                 uint32_t *out)
{
    uint64_t at = c->joins.len;
    ds_str key = ds_arena_printf(r->a, "%u %u", member, sentence);
    if (!key.at)
        return DS_NOMEM;
    ds_status known = ds_map_get(c->number, key, &at);
    if (known == DS_NONE && !new)
        return DS_NONE;
    if (known == DS_NONE) {
        DS_TRY(ds_map_put(c->number, key, at));
        DS_TRY(DS_PUSH(r->a, &c->joins, (uint32_t)at));
    }
    for (*out = (uint32_t)at; c->joins.at[*out] != *out;)
        *out = c->joins.at[*out] = c->joins.at[c->joins.at[*out]];
    return DS_OK;
}

static ds_status find_copied(rc *r, copied *c)
{
    c->number = ds_map_new(r->a, 0);
    if (!c->number)
        return DS_NOMEM;
    for (size_t k = 0; k < r->story->copies_len; k++) {
        const ds_copy *x = &r->story->copies[k];
        uint32_t from, to;
        DS_TRY(sentence_number(r, c, x->from_member, x->from_sentence, true, &from));
        DS_TRY(sentence_number(r, c, x->to_member, x->to_sentence, true, &to));
        c->joins.at[from > to ? from : to] = from > to ? to : from;
    }
    return DS_OK;
}

static ds_status join_copied(rc *r, sources *s, uint32_t i, uint32_t j)
{
    const rc_row *x = &r->rows[i], *y = &r->rows[j];
    ds_str lx = rc_letter(r, x->member), ly = rc_letter(r, y->member);
    if (x->member == y->member)
        return DS_OK;
    ds_str why = ds_arena_printf(r->a, "copy %.*s%u %.*s%u", DS_FMT(lx), x->c->number, DS_FMT(ly),
                                 y->c->number);
    if (!why.at)
        return DS_NOMEM;
    join(s, s->of_row[i], s->of_row[j], why);
    return DS_OK;
}

static ds_str figure_key(rc *r, const rc_row *x, uint32_t group)
{
    ds_frac n = rc_stated(&x->value);
    return ds_arena_printf(r->a, "%u %lld/%lld %.*s", group, (long long)n.num, (long long)n.den,
                           DS_FMT(x->unit));
}

/* O4: the same figure in sentences that share a run of words; each joins the first. */
static ds_status join_copies(rc *r, sources *s)
{
    copied c = {0};
    ds_map *first = ds_map_new(r->a, 0);
    DS_TRY(first ? find_copied(r, &c) : DS_NOMEM);
    for (uint32_t i = 0; i < r->rows_len; i++) {
        uint32_t group;
        uint64_t at;
        ds_status in =
            sentence_number(r, &c, r->rows[i].member, r->rows[i].c->number, false, &group);
        DS_TRY(in);
        if (in == DS_NONE)
            continue;
        ds_str key = figure_key(r, &r->rows[i], group);
        if (!key.at)
            return DS_NOMEM;
        if (ds_map_get(first, key, &at) == DS_OK)
            DS_TRY(join_copied(r, s, (uint32_t)at, i));
        else
            DS_TRY(ds_map_put(first, key, i));
    }
    return DS_OK;
}

/* ---- credited sources ----------------------------------------------------------------------------------------- */

/* The letters and digits of a name: "THEGUARDIAN" and "The Guardian" have the same. */
static ds_str letters_of(ds_arena *a, ds_str s)
{
    ds_str low = ds_ascii_lower(a, s);
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; low.at && i < low.len; i++)
        if (low.at[i] != ' ' && low.at[i] != '-' && low.at[i] != '.')
            ds_buf_putc(&b, low.at[i]);
    return low.at ? ds_buf_str(&b) : low;
}

static const ds_article *article_of(const rc *r, uint32_t member)
{
    return r->readings[r->story->members[member].reading].article;
}

/* A figure of a question, as the page of a publisher gives it. */
static ds_str given_key(rc *r, const rc_row *x, ds_str publisher)
{
    ds_str who = letters_of(r->a, publisher), figure = figure_key(r, x, x->question);
    if (!who.at || !figure.at)
        return (ds_str){0};
    return ds_arena_printf(r->a, "%.*s\t%.*s", DS_FMT(who), DS_FMT(figure));
}

static ds_status put_given(rc *r, ds_map *given, uint32_t i, ds_str publisher)
{
    uint64_t at;
    if (!publisher.len)
        return DS_OK;
    ds_str key = given_key(r, &r->rows[i], publisher);
    if (!key.at)
        return DS_NOMEM;
    return ds_map_get(given, key, &at) == DS_OK ? DS_OK : ds_map_put(given, key, i);
}

/* The first row of each publisher that gives a figure, where some page of the story credits anybody. */
static ds_status list_given(rc *r, ds_map *given)
{
    bool any = false;
    for (uint32_t m = 0; m < r->story->members_len; m++)
        any |= article_of(r, m)->credited.len > 0;
    for (uint32_t i = 0; any && i < r->rows_len; i++) {
        const ds_article *art = article_of(r, r->rows[i].member);
        DS_TRY(put_given(r, given, i, art->publisher));
        DS_TRY(put_given(r, given, i, art->original_publisher));
    }
    return DS_OK;
}

/* The first row with the figure of row i on a page that i's page credits; RC_NONE: none. */
static ds_status credited_row(rc *r, const ds_map *given, uint32_t i, uint32_t *out)
{
    const rc_row *x = &r->rows[i];
    ds_strs names = article_of(r, x->member)->credited;
    *out = RC_NONE;
    for (size_t k = 0; k < names.len; k++) {
        uint64_t at;
        ds_str key = given_key(r, x, names.at[k]);
        if (!key.at)
            return DS_NOMEM;
        if (ds_map_get(given, key, &at) == DS_OK && r->rows[at].member != x->member && at < *out)
            *out = (uint32_t)at;
    }
    return DS_OK;
}

/* O5: a digest's claim without a named holder joins the credited source that gives the same figure. It is a claim that
 * joins, not all that the digest says in its own voice: it gets a source of its own first. */
static ds_status join_credits(rc *r, sources *s)
{
    ds_map *given = ds_map_new(r->a, 0);
    DS_TRY(given ? list_given(r, given) : DS_NOMEM);
    for (uint32_t i = 0; i < r->rows_len; i++) {
        uint32_t root = root_of(s, s->of_row[i]), j;
        assert(s->v.at);
        if (s->v.at[root].named || article_of(r, r->rows[i].member)->credited.len == 0)
            continue;
        DS_TRY(credited_row(r, given, i, &j));
        if (j == RC_NONE)
            continue;
        source own = s->v.at[s->of_row[i]];
        own.joins = (uint32_t)s->v.len;
        DS_TRY(DS_PUSH(r->a, &s->v, own));
        s->of_row[i] = own.joins;
        s->v.at[own.joins].joins = root_of(s, s->of_row[j]);
        s->v.at[root_of(s, own.joins)].why = DS_STR("via credit");
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
