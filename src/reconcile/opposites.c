/* SPDX-License-Identifier: Apache-2.0 */
/* opposites.c - deeds of one somebody that exclude each other at one time: "has withdrawn" against "is still fighting", what one
 * confirms and another denies (P1 to P7); a deed that a note of its page takes back. */
#include "internal.h"

#include <stdlib.h>

typedef struct told_deed {
    const ds_deed *d;
    uint32_t member;
    ds_str key;  /* pair, topic and whom it is told of, lower case; of a person the last name */
    bool taken;  /* a note of correction says that it was wrong */
    bool gone;   /* taken back by such a note */
    bool unsure; /* a last name alone that several have */
    bool listed; /* one of a pair that conflicts */
} told_deed;

typedef DS_VEC(told_deed) told_deeds;
typedef DS_VEC(ds_dispute) disputes;

typedef struct match { /* two deeds of a run */
    size_t x, y;
    ds_verdict verdict;
    int rank; /* how well they show it: lower is better */
} match;

/* ---- whom, when ---------------------------------------------------------------------------------------------------- */

static ds_str last_word(ds_str s)
{
    size_t beg = s.len;
    while (beg > 0 && s.at[beg - 1] != ' ')
        beg--;
    return ds_str_cut(s, beg, s.len);
}

static ds_str without_the(ds_str s)
{
    bool the = s.len > 4 && (s.at[0] == 't' || s.at[0] == 'T') &&
               ds_str_eq(ds_str_cut(s, 1, 4), DS_STR("he "));
    return the ? ds_str_cut(s, 4, s.len) : s;
}

/* "Canada", "Varn bridge", "Anna Holm's brother" */
static ds_str about_of(rc *r, const ds_deed *d)
{
    bool owns = d->of == DS_OF_PERSON || d->of == DS_OF_ACTOR;
    ds_str who = without_the(d->who);
    return d->head.len ? ds_arena_printf(r->a, "%.*s%s %.*s", DS_FMT(who), owns ? "'s" : "",
                                         DS_FMT(d->head))
                       : ds_arena_str(r->a, who);
}

static ds_str key_of(rc *r, const ds_deed *d)
{
    ds_str who = d->of == DS_OF_PERSON ? last_word(d->who) : without_the(d->who);
    ds_str key = ds_arena_printf(r->a, "%.*s|%.*s|%.*s%s%.*s", DS_FMT(d->pair), DS_FMT(d->topic),
                                 DS_FMT(who), d->head.len ? " " : "", DS_FMT(d->head));
    return key.at ? ds_ascii_lower(r->a, key) : key;
}

static bool is_last(const ds_deed *d)
{
    return last_word(d->who).len == d->who.len;
}

/* P2: "Anna Holm" and "Holm" may be one, "Anna Holm" and "Jan Holm" are two. */
static bool one_name(const told_deed *x, const told_deed *y)
{
    bool persons = x->d->of == DS_OF_PERSON && y->d->of == DS_OF_PERSON;
    if (!persons || rc_same_words(x->d->who, y->d->who))
        return true;
    return (is_last(x->d) && !x->unsure) || (is_last(y->d) && !y->unsure);
}

/* P3: what says where is about that place; what does not may be. */
static bool one_place(const ds_deed *x, const ds_deed *y)
{
    return !x->where.len || !y->where.len || rc_words_hold(x->where, y->where) ||
           rc_words_hold(y->where, x->where);
}

static bool opposed(const ds_deed *x, const ds_deed *y)
{
    return x->other == y->other ? x->negated != y->negated : !x->negated && !y->negated;
}

static ds_str holder_of(const ds_deed *d)
{
    const ds_link *l = d->said_by_len ? &d->said_by[0] : NULL;
    return !l ? (ds_str){0} : l->holder.len ? l->holder : l->name;
}

static bool one_day(ds_days d)
{
    return d.hi - d.lo < RC_DEED_DAYS;
}

static bool meet(ds_days x, ds_days y)
{
    return x.lo <= y.hi && y.lo <= x.hi;
}

/* May one have followed the other on the day: "is still at large", "was arrested"? What is denied was told before, and a day
 * that both sentences name is meant by both. */
static bool in_turn(const ds_deed *x, const ds_deed *y)
{
    bool denied = x->certainty == DS_CERT_DENIED || y->certainty == DS_CERT_DENIED;
    return x->turns == DS_TURNS_IN_A_DAY && !denied && !(x->dated && y->dated);
}

/* What a source says of something done, and another denies: when they say it does not matter, unless both give the day. */
static ds_verdict by_saying(const ds_deed *x, const ds_deed *y)
{
    bool other_day = x->dated && y->dated && !meet(x->when, y->when);
    return other_day ? DS_V_SAME : DS_V_CONFLICTS;
}

/* P4 to P6. x does not begin behind y. DS_V_SAME: nothing follows. */
static ds_verdict by_time(const ds_deed *x, const ds_deed *y)
{
    if (x->pair.at[0] == '=')
        return by_saying(x, y);
    if (meet(x->when, y->when))
        return one_day(x->when) && one_day(y->when) && !in_turn(x, y) ? DS_V_CONFLICTS : DS_V_SAME;
    if (x->turns == DS_TURNS_NEVER && !x->negated)
        return DS_V_CONFLICTS;
    bool lasts = x->kind == DS_DEED_CHANGE && y->kind == DS_DEED_LASTING;
    if (lasts && y->when.lo - x->when.lo <= RC_EPISODE_DAYS)
        return DS_V_CONFLICTS;
    return DS_V_UPDATES;
}

/* P7: a page is taken to agree with itself: it tells what came after what, unless it gives both to others. */
static bool own_story(const told_deed *x, const told_deed *y)
{
    if (x->member != y->member)
        return false;
    ds_str a = holder_of(x->d), b = holder_of(y->d);
    bool denial = x->d->negated != y->d->negated && (a.len || b.len);
    return x->d->number == y->d->number || !(denial || (a.len && b.len)) || rc_same_words(a, b);
}

static ds_verdict judge(const told_deed *x, const told_deed *y)
{
    if (!opposed(x->d, y->d) || !one_name(x, y) || !one_place(x->d, y->d))
        return DS_V_SAME;
    if (x->taken || y->taken || x->gone || y->gone)
        return DS_V_SAME;
    bool swap = y->d->when.lo < x->d->when.lo;
    ds_verdict v = swap ? by_time(y->d, x->d) : by_time(x->d, y->d);
    ds_str a = holder_of(x->d), b = holder_of(y->d);
    if (v == DS_V_CONFLICTS && a.len && b.len && rc_same_words(a, b))
        return meet(x->d->when, y->d->when) ? DS_V_SAME : DS_V_UPDATES;
    return v == DS_V_SAME || own_story(x, y) ? DS_V_SAME : v;
}

/* ---- what is found --------------------------------------------------------------------------------------------------- */

static ds_telling telling(const told_deed *x)
{
    return (ds_telling){.cite = {x->member, x->d->number},
                        .sentence = x->d->sentence,
                        .words = x->d->words,
                        .holder = holder_of(x->d),
                        .days = x->d->when};
}

static void put_words(ds_buf *b, const told_deed *x)
{
    ds_buf_puts(b, "“");
    ds_buf_put(b, ds_str_at(x->d->sentence, x->d->words));
    ds_buf_puts(b, "”");
}

/* "A tells of Canada “withdrawn”, C “fighting”"; "...; C says that it is not so" */
static ds_status word_finding(rc *r, const told_deed *x, const told_deed *y, ds_dispute *out)
{
    ds_buf b = ds_buf_new(r->a);
    const told_deed *no = x->d->negated ? x : y->d->negated ? y : NULL, *yes = no == x ? y : x;
    ds_buf_put(&b, rc_letter(r, yes->member));
    ds_buf_puts(&b, " tells of ");
    ds_buf_put(&b, out->about);
    ds_buf_putc(&b, ' ');
    put_words(&b, yes);
    ds_buf_puts(&b, ", ");
    ds_buf_put(&b, rc_letter(r, no ? no->member : y->member));
    if (out->verdict == DS_V_UPDATES)
        ds_buf_puts(&b,
                    no ? (x == no ? " did before that it was not so" : " later that it is not so")
                       : " later ");
    else
        ds_buf_puts(&b, no ? " that it is not so" : " ");
    if (!no)
        put_words(&b, y);
    return ds_buf_take(&b, &out->finding);
}

static ds_status add_more(rc *r, const told_deed *run, size_t len, const ds_dispute *d,
                          const ds_cite **out, size_t *n)
{
    DS_VEC(ds_cite) v = {0};
    for (size_t i = 0; i < len; i++) {
        ds_cite c = {run[i].member, run[i].d->number};
        bool shown = false;
        for (int k = 0; k < 2; k++)
            shown |= d->sides[k].cite.member == c.member && d->sides[k].cite.sentence == c.sentence;
        bool again =
            v.len && v.at[v.len - 1].member == c.member && v.at[v.len - 1].sentence == c.sentence;
        if (run[i].listed && !shown && !again)
            DS_TRY(DS_PUSH(r->a, &v, c));
    }
    *out = v.at;
    *n = v.len;
    return DS_OK;
}

/* The earlier side first. */
static ds_status add(rc *r, const told_deed *run, size_t len, match m, disputes *out)
{
    const told_deed *x = &run[m.x], *y = &run[m.y];
    if (y->d->when.lo < x->d->when.lo || (y->gone && !x->gone)) {
        const told_deed *t = x;
        x = y;
        y = t;
    }
    ds_dispute d = {.verdict = m.verdict, .pair = ds_arena_str(r->a, x->d->pair)};
    d.about = about_of(r, x->d->who.len >= y->d->who.len ? x->d : y->d);
    if (!d.pair.at || !d.about.at)
        return DS_NOMEM;
    d.sides[0] = telling(x);
    d.sides[1] = telling(y);
    if (m.verdict == DS_V_CONFLICTS)
        DS_TRY(add_more(r, run, len, &d, &d.more, &d.more_len));
    DS_TRY(word_finding(r, x, y, &d));
    return DS_PUSH(r->a, out, d);
}

/* Two pages, in their texts, each with who says it, show it best. */
static int rank_of(const told_deed *x, const told_deed *y)
{
    return 8 * (x->member == y->member) + 2 * (x->d->part == DS_PART_TITLE) +
           2 * (y->d->part == DS_PART_TITLE) + !x->d->said_by_len + !y->d->said_by_len;
}

/* ---- notes of correction ---------------------------------------------------------------------------------------------- */

static ds_status add_taken(rc *r, told_deed *run, size_t len, disputes *out)
{
    for (size_t i = 0; i < len; i++)
        for (size_t k = 0; run[i].taken && k < len; k++) {
            told_deed *x = &run[k];
            bool same = x->d->other == run[i].d->other && x->d->negated == run[i].d->negated;
            if (x->taken || x->gone || !same || x->member != run[i].member ||
                x->d->number >= run[i].d->number || !one_name(x, &run[i]))
                continue;
            ds_dispute d = {.verdict = DS_V_UPDATES,
                            .pair = ds_arena_str(r->a, x->d->pair),
                            .about = about_of(r, x->d)};
            x->gone = true;
            d.sides[0] = telling(x);
            d.sides[1] = telling(&run[i]);
            d.finding = ds_arena_printf(r->a, "%.*s takes back what it told of %.*s",
                                        DS_FMT(rc_letter(r, x->member)), DS_FMT(d.about));
            if (!d.pair.at || !d.about.at || !d.finding.at)
                return DS_NOMEM;
            DS_TRY(DS_PUSH(r->a, out, d));
        }
    return DS_OK;
}

/* ---- runs of one key -------------------------------------------------------------------------------------------------- */

static bool better(const match *m, const match *best)
{
    if (m->verdict != best->verdict)
        return m->verdict > best->verdict;
    return m->rank < best->rank;
}

static ds_status read_run(rc *r, told_deed *run, size_t len, disputes *out)
{
    match best = {.verdict = DS_V_SAME};
    len = len < RC_DEEDS_MOST ? len : RC_DEEDS_MOST;
    DS_TRY(add_taken(r, run, len, out));
    for (size_t i = 0; i < len; i++)
        for (size_t k = i + 1; k < len; k++) {
            match m = {i, k, judge(&run[i], &run[k]), rank_of(&run[i], &run[k])};
            bool conflict = m.verdict == DS_V_CONFLICTS;
            run[i].listed |= conflict;
            run[k].listed |= conflict;
            best = m.verdict != DS_V_SAME && better(&m, &best) ? m : best;
        }
    return best.verdict == DS_V_SAME ? DS_OK : add(r, run, len, best, out);
}

static int by_key(const void *pa, const void *pb)
{
    const told_deed *a = pa, *b = pb;
    int c = ds_str_cmp(a->key, b->key);
    if (c)
        return c;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    if (a->d->number != b->d->number)
        return a->d->number < b->d->number ? -1 : 1;
    return (a->d->words.beg > b->d->words.beg) - (a->d->words.beg < b->d->words.beg);
}

static int by_place(const void *pa, const void *pb)
{
    const ds_dispute *a = pa, *b = pb;
    if (a->verdict != b->verdict)
        return a->verdict > b->verdict ? -1 : 1;
    for (int k = 0; k < 2; k++) {
        ds_cite x = a->sides[k].cite, y = b->sides[k].cite;
        if (x.member != y.member)
            return x.member < y.member ? -1 : 1;
        if (x.sentence != y.sentence)
            return x.sentence < y.sentence ? -1 : 1;
    }
    return ds_str_cmp(a->pair, b->pair);
}

static ds_status collect(rc *r, told_deeds *out)
{
    for (uint32_t m = 0; m < r->story->members_len; m++) {
        const ds_deeds *deeds = &r->readings[r->story->members[m].reading].deeds;
        for (size_t i = 0; i < deeds->len; i++) {
            told_deed x = {.d = &deeds->at[i], .member = m, .key = key_of(r, &deeds->at[i])};
            if (!x.key.at)
                return DS_NOMEM;
            DS_TRY(rc_taken_before(r, x.d->sentence, x.d->words.beg, &x.taken));
            DS_TRY(DS_PUSH(r->a, out, x));
        }
    }
    return DS_OK;
}

/* Full names of persons by their last word: one, or several. */
static ds_status mark_unsure(rc *r, told_deeds *v)
{
    ds_map *full = ds_map_new(r->a, 0);
    bool *several = ds_arena_calloc(r->a, v->len, sizeof *several);
    uint64_t at;
    if (!full || !several)
        return DS_NOMEM;
    for (size_t i = 0; i < v->len; i++) {
        const ds_deed *d = v->at[i].d;
        if (d->of != DS_OF_PERSON || is_last(d))
            continue;
        if (ds_map_get(full, last_word(d->who), &at) != DS_OK)
            DS_TRY(ds_map_put(full, last_word(d->who), i));
        else
            several[at] |= !rc_same_words(d->who, v->at[at].d->who);
    }
    for (size_t i = 0; i < v->len; i++)
        if (v->at[i].d->of == DS_OF_PERSON && is_last(v->at[i].d) &&
            ds_map_get(full, v->at[i].d->who, &at) == DS_OK)
            v->at[i].unsure = several[at];
    return DS_OK;
}

ds_status rc_opposites(rc *r, ds_ledger *io)
{
    told_deeds v = {0};
    disputes found = {0};
    DS_TRY(collect(r, &v));
    DS_TRY(mark_unsure(r, &v));
    if (v.len)
        qsort(v.at, v.len, sizeof *v.at, by_key);
    for (size_t i = 0, j; i < v.len; i = j) {
        for (j = i; j < v.len && ds_str_eq(v.at[i].key, v.at[j].key); j++)
            ;
        DS_TRY(read_run(r, &v.at[i], j - i, &found));
    }
    if (found.len)
        qsort(found.at, found.len, sizeof *found.at, by_place);
    io->disputes = found.at;
    io->disputes_len = found.len;
    return DS_OK;
}
