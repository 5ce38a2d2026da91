/* SPDX-License-Identifier: Apache-2.0 */
/* origins.c - who stands behind a claim: a named holder over all pages, an unnamed holder in one page, or a page in its
 * own voice; copied sentences and credited sources join (O1 to O6). */
#include "internal.h"

#include <assert.h>

#define SPELLING_MIN                                                                               \
    6 /* letters from which one letter more or less is a spelling ("Korczak", "Korczack") */

typedef struct source { /* an origin before joining */
    ds_str name, low;   /* as given; lower case without leading article */
    ds_holder_kind kind;
    bool named;
    uint32_t member;
    uint32_t joins;
    ds_str why;
} source;

typedef struct sources {
    DS_VEC(source) v;
    uint32_t *of_row;
} sources;

/* ---- names -------------------------------------------------------------------------------------------------- */

static ds_str without_article(ds_str s)
{
    static const ds_str articles[] = {DS_STR_INIT("the "), DS_STR_INIT("a "), DS_STR_INIT("an ")};
    for (size_t i = 0; i < 3; i++)
        if (ds_str_starts(s, articles[i]))
            return ds_str_cut(s, articles[i].len, s.len);
    return s;
}

static ds_str last_word(ds_str s)
{
    size_t i = s.len;
    while (i > 0 && s.at[i - 1] != ' ')
        i--;
    return ds_str_cut(s, i, s.len);
}

/* One letter doubled, added or exchanged at most, in a long word. */
static bool same_spelling(ds_str x, ds_str y)
{
    if (ds_str_eq(x, y))
        return true;
    size_t min = x.len < y.len ? x.len : y.len, max = x.len < y.len ? y.len : x.len;
    if (min < SPELLING_MIN || max - min > 1)
        return false;
    size_t head = 0, tail = 0;
    while (head < min && x.at[head] == y.at[head])
        head++;
    while (tail < min - head && x.at[x.len - 1 - tail] == y.at[y.len - 1 - tail])
        tail++;
    return head + tail + 1 >= max;
}

static bool has_word_like(ds_str s, ds_str word)
{
    for (size_t i = 0, j; i < s.len; i = j + 1) {
        for (j = i; j < s.len && s.at[j] != ' '; j++)
            ;
        if (same_spelling(ds_str_cut(s, i, j), word))
            return true;
    }
    return false;
}

/* "Holm" and "Anna Holmy": all words of the shorter are in the longer, and both end alike. */
static bool same_name(ds_str x, ds_str y)
{
    ds_str s = x.len <= y.len ? x : y, l = x.len <= y.len ? y : x;
    if (!same_spelling(last_word(s), last_word(l)))
        return false;
    for (size_t i = 0, j; i < s.len; i = j + 1) {
        for (j = i; j < s.len && s.at[j] != ' '; j++)
            ;
        if (!has_word_like(l, ds_str_cut(s, i, j)))
            return false;
    }
    return true;
}

/* "UN" and "United Nations". */
static bool is_acronym(ds_str x, ds_str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] >= 'A' && name.at[i] <= 'Z' && (i == 0 || name.at[i - 1] == ' ')) {
            if (n >= x.len || x.at[n] != name.at[i])
                return false;
            n++;
        }
    return n >= 2 && n == x.len;
}

static bool is_capital(ds_str s)
{
    return s.len && ((s.at[0] >= 'A' && s.at[0] <= 'Z') || (unsigned char)s.at[0] >= 0xC3);
}

/* ---- one source per row ------------------------------------------------------------------------------------ */

/* The link that stands for the claim: the nearest to the fact, or behind an anonymous one the outlet that is named. */
static const ds_link *holding_link(const ds_claim *c)
{
    if (c->said_by_len == 0)
        return NULL;
    if (c->said_by[0].kind != DS_HOLDER_ANONYMOUS)
        return &c->said_by[0];
    for (size_t i = 1; i < c->said_by_len; i++)
        if (c->said_by[i].kind == DS_HOLDER_NAMED)
            return &c->said_by[i];
    return &c->said_by[0];
}

static ds_status read_source(rc *r, const rc_row *row, source *out)
{
    const ds_link *l = holding_link(row->c);
    *out = (source){.member = row->member, .kind = DS_HOLDER_NONE, .low = DS_STR("")};
    if (!l || l->kind == DS_HOLDER_NONE)
        return DS_OK;
    out->kind = l->kind;
    out->name = l->holder.len ? l->holder : l->name;
    if (out->name.len == 0)
        out->name = l->cue.len ? l->cue : DS_STR("unnamed");
    out->named = l->kind == DS_HOLDER_NAMED || l->holder.len;
    ds_str low = ds_ascii_lower(r->a, out->name);
    out->low = without_article(low);
    return low.at ? DS_OK : DS_NOMEM;
}

/* What makes two sources one: a named holder's name; the page of one in its own voice; page and name of an unnamed one. */
static ds_str source_key(ds_arena *a, const source *x)
{
    if (x->named)
        return ds_arena_printf(a, "n %d %.*s", x->kind == DS_HOLDER_NONE, DS_FMT(x->low));
    return ds_arena_printf(a, "u %d %u %.*s", x->kind == DS_HOLDER_NONE, x->member, DS_FMT(x->low));
}

static ds_status list_sources(rc *r, sources *s)
{
    s->of_row = ds_arena_calloc(r->a, r->rows_len, sizeof *s->of_row);
    ds_map *known = ds_map_new(r->a, 0);
    if (!s->of_row || !known)
        return DS_NOMEM;
    for (size_t i = 0; i < r->rows_len; i++) {
        source x;
        uint64_t at;
        DS_TRY(read_source(r, &r->rows[i], &x));
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
    return DS_OK;
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

/* O2: a shorter form of a name, an acronym or another spelling joins where just one name fits. */
static void join_names(sources *s)
{
    for (uint32_t i = 0; i < s->v.len; i++) {
        const source *x = &s->v.at[i];
        uint32_t found = RC_NONE, n = 0;
        for (uint32_t j = 0; x->named && is_capital(x->name) && j < s->v.len; j++) {
            const source *y = &s->v.at[j];
            if (i == j || !y->named || y->low.len < x->low.len ||
                (y->low.len == x->low.len && j > i))
                continue;
            if (!same_name(x->low, y->low) && !is_acronym(x->name, y->name))
                continue;
            if (found == RC_NONE || root_of(s, found) != root_of(s, j))
                n++;
            found = j;
        }
        if (n == 1)
            join(s, i, found, DS_STR("holder"));
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
            at[r->origins.len++] = (ds_origin){x->name, x->named ? DS_HOLDER_NAMED : x->kind,
                                               r->rows[i].member, x->why};
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
    join_names(&s);
    DS_TRY(join_copies(r, &s));
    DS_TRY(join_credits(r, &s));
    return number_origins(r, &s);
}
