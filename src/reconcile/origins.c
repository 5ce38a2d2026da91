/* SPDX-License-Identifier: Apache-2.0 */
/* origins.c - who stands behind a claim: a holder of the story (who is who is settled there: story/), or a page in its own voice;
 * copied sentences, credited sources and those who speak for one organization join (O1 to O8). */
#include "internal.h"

#include <assert.h>

typedef struct source { /* a holder of the story, or a page in its own voice */
    ds_str name;        /* absent: own voice */
    ds_holder_kind kind;
    int32_t holder; /* of the story; -1: own voice */
    uint32_t member;
    uint32_t rank; /* of its first row */
    ds_str why;
} source;

typedef struct node { /* one figure that a source gives in answer to one question: what is joined */
    uint32_t source, joins;
} node;

typedef struct sources {
    DS_VEC(source) v;
    DS_VEC(node) nodes;
    uint32_t *of_row; /* node of each row */
} sources;

/* ---- one source per row ------------------------------------------------------------------------------------ */

size_t ds_holding_link(const ds_claim *c)
{
    for (size_t i = 1; c->said_by[0].kind == DS_HOLDER_ANONYMOUS && i < c->said_by_len; i++)
        if (c->said_by[i].kind == DS_HOLDER_NAMED)
            return i;
    return 0;
}

static source read_source(const rc *r, size_t i)
{
    const ds_row *row = &r->story->rows[i];
    source out = {
        .member = row->member, .kind = DS_HOLDER_NONE, .holder = -1, .rank = r->rows[i].rank};
    if (row->holders_len == 0)
        return out;
    uint32_t h = row->holders[ds_holding_link(&row->claim)];
    const ds_holder *holder = &r->story->who.holders[h];
    out.kind = holder->kind;
    out.name = holder->name;
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

static ds_status number_of(ds_map *m, ds_str key, uint32_t fresh, uint32_t *out)
{
    uint64_t n = fresh;
    if (!key.at)
        return DS_NOMEM;
    if (ds_map_get(m, key, &n) != DS_OK)
        DS_TRY(ds_map_put(m, key, n));
    *out = (uint32_t)n;
    return DS_OK;
}

static ds_status source_of(rc *r, sources *s, ds_map *known, size_t i, uint32_t *out)
{
    source x = read_source(r, i);
    DS_TRY(number_of(known, source_key(r->a, &x), (uint32_t)s->v.len, out));
    if (*out == s->v.len)
        return DS_PUSH(r->a, &s->v, x);
    source *old = &s->v.at[*out];
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the map only knows what was pushed
    old->rank = x.rank < old->rank ? x.rank : old->rank;
    return DS_OK;
}

static ds_status list_sources(rc *r, sources *s)
{
    s->of_row = ds_arena_calloc(r->a, r->rows_len, sizeof *s->of_row);
    ds_map *known = ds_map_new(r->a, 0), *given = ds_map_new(r->a, 0);
    if (!s->of_row || !known || !given)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++) {
        ds_frac n = rc_stated(&r->rows[i].value);
        uint32_t from;
        DS_TRY(source_of(r, s, known, i, &from));
        ds_str key = ds_arena_printf(r->a, "%u %u %lld/%lld", from, r->rows[i].question,
                                     (long long)n.num, (long long)n.den);
        uint32_t fresh = (uint32_t)s->nodes.len;
        DS_TRY(number_of(given, key, fresh, &s->of_row[i]));
        if (s->of_row[i] == fresh)
            DS_TRY(DS_PUSH(r->a, &s->nodes, ((node){from, fresh})));
    }
    return tell_joined(r, s);
}

/* ---- joining ------------------------------------------------------------------------------------------------ */

static uint32_t root_of(const sources *s, uint32_t i)
{
    assert(i < s->nodes.len && s->nodes.at);
    while (s->nodes.at[i].joins != i) /* shorter the next time */
        i = s->nodes.at[i].joins = s->nodes.at[s->nodes.at[i].joins].joins;
    return i;
}

static source *source_at(const sources *s, uint32_t at)
{
    assert(s->v.at && s->nodes.at);
    return &s->v.at[s->nodes.at[at].source];
}

static bool named(const source *x)
{
    return x->kind == DS_HOLDER_NAMED;
}

/* The one that speaks for both: a named one, else the earlier; an order that pages do not change. */
static void join(sources *s, uint32_t i, uint32_t j, ds_str why)
{
    uint32_t x = root_of(s, i), y = root_of(s, j);
    const source *a = source_at(s, x), *b = source_at(s, y);
    if (x == y)
        return;
    bool keep_x = named(a) == named(b) ? a->rank <= b->rank : named(a);
    s->nodes.at[keep_x ? y : x].joins = keep_x ? x : y;
    source_at(s, keep_x ? x : y)->why = why;
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
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the map only knows what was pushed
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
        ds_str figure = figure_key(r, &r->rows[i], group);
        ds_str key = ds_arena_printf(r->a, "%u %.*s", r->rows[i].question, DS_FMT(figure));
        if (!figure.at || !key.at)
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

/* O5: a digest's claim without a named holder joins the credited source that gives the same figure. */
static ds_status join_credits(rc *r, sources *s)
{
    ds_map *given = ds_map_new(r->a, 0);
    DS_TRY(given ? list_given(r, given) : DS_NOMEM);
    for (uint32_t i = 0; i < r->rows_len; i++) {
        uint32_t mine = root_of(s, s->of_row[i]), j;
        if (named(source_at(s, mine)) || article_of(r, r->rows[i].member)->credited.len == 0)
            continue;
        DS_TRY(credited_row(r, given, i, &j));
        if (j == RC_NONE)
            continue;
        uint32_t root = root_of(s, s->of_row[j]);
        if (mine != root)
            s->nodes.at[mine].joins = root;
        source_at(s, root)->why = DS_STR("via credit");
    }
    return DS_OK;
}

/* ---- one figure of one question --------------------------------------------------------------------------------- */

/* O7: those who speak for one organization are one origin. */
static ds_status join_bodies(rc *r, sources *s, const rc_slot *x, size_t len)
{
    ds_map *first = ds_map_new(r->a, 0);
    if (!first)
        return DS_NOMEM;
    for (size_t i = 0; i < len; i++) {
        uint32_t at = s->of_row[x[i].index];
        int32_t holder = source_at(s, at)->holder;
        for (size_t k = 0; holder >= 0 && k < r->bodies[holder].len; k++) {
            ds_str body = r->bodies[holder].at[k];
            uint32_t with;
            DS_TRY(number_of(first, body, at, &with));
            ds_str why = ds_arena_printf(r->a, "speaks for %.*s", DS_FMT(body));
            if (!why.at)
                return DS_NOMEM;
            join(s, with, at, why);
        }
    }
    return DS_OK;
}

/* O8: what a page says in its own voice and in a named holder's is the holder's. */
static ds_status join_own(rc *r, sources *s, const rc_slot *x, size_t len)
{
    ds_map *holder = ds_map_new(r->a, 0);
    if (!holder)
        return DS_NOMEM;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < len; i++) {
            uint32_t at = s->of_row[x[i].index], with;
            ds_str page = ds_arena_printf(r->a, "%u", x[i].row->member);
            uint64_t n;
            if (!page.at)
                return DS_NOMEM;
            if (pass == 0 && named(source_at(s, at)))
                DS_TRY(number_of(holder, page, at, &with));
            else if (pass == 1 && source_at(s, at)->holder < 0 &&
                     ds_map_get(holder, page, &n) == DS_OK)
                join(s, (uint32_t)n, at, DS_STR("same page"));
        }
    return DS_OK;
}

static ds_status join_figure(rc *r, void *known, const rc_slot *x, size_t len)
{
    if (len < 2)
        return DS_OK;
    DS_TRY(join_bodies(r, known, x, len));
    return join_own(r, known, x, len);
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
        uint32_t from = s->nodes.at[root_of(s, s->of_row[i])].source;
        if (number[from] == RC_NONE) {
            number[from] = (uint32_t)r->origins.len;
            at[r->origins.len++] = (ds_origin){.name = s->v.at[from].name,
                                               .kind = s->v.at[from].kind,
                                               .member = r->rows[i].member,
                                               .holder = s->v.at[from].holder,
                                               .why = s->v.at[from].why};
        }
        r->rows[i].origin = number[from];
    }
    r->origins.at = at;
    return DS_OK;
}

ds_status rc_origins_find(rc *r)
{
    sources s = {0};
    DS_TRY(rc_speakers_read(r));
    DS_TRY(list_sources(r, &s));
    DS_TRY(join_copies(r, &s));
    for (size_t q = 0; q < r->groups_len; q++)
        DS_TRY(rc_by_figure(r, &r->groups[q], join_figure, &s));
    DS_TRY(join_credits(r, &s));
    return number_origins(r, &s);
}
