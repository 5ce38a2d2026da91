/* SPDX-License-Identifier: Apache-2.0 */
/* made_story.h - a made-up story of any size, for the bench and the property tests: pages about a flood, with their texts, where
 * counts rise from day to day, pages copy each other, some holders are named, some not, and some figures are vague.
 *
 * The same seed and size give the same pages. Everything lives in the arena given.
 */
#ifndef DS_RECONCILE_MADE_STORY_H
#define DS_RECONCILE_MADE_STORY_H

#include "reconcile/reconcile.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct made {
    ds_arena *a;
    uint64_t state;  /* of the generator */
    size_t claims;   /* wanted in all */
    bool short_ones; /* sentences of a few words too, which are no copies by themselves */
} made;

#define MADE_PAGE_MOST 24 /* claims of one page */
#define MADE_FIRST_DAY 20000

/* xorshift64*, by Marsaglia and Vigna. */
static uint32_t made_below(made *m, uint32_t n)
{
    m->state ^= m->state >> 12;
    m->state ^= m->state << 25;
    m->state ^= m->state >> 27;
    return (uint32_t)((m->state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static bool made_chance(made *m, uint32_t percent)
{
    return made_below(m, 100) < percent;
}

#define MADE_PICK(m, list) (list)[made_below((m), (uint32_t)(sizeof(list) / sizeof *(list)))]

/* Aborts the caller's program when memory is gone: a bench and a test have nothing else to do. */
static ds_str made_printf(made *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static ds_str made_printf(made *m, const char *fmt, ...)
{
    char at[512];
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(at, sizeof at, fmt, args);
    va_end(args);
    ds_str out = ds_arena_str(m->a, (ds_str){at, (size_t)len < sizeof at ? (size_t)len : 0});
    if (!out.at)
        abort();
    return out;
}

static void *made_room(made *m, size_t n, size_t size)
{
    void *out = ds_arena_calloc(m->a, n, size);
    if (!out)
        abort();
    return out;
}

/* ---- one claim --------------------------------------------------------------------------------------- */

static ds_value made_value(made *m, uint32_t n, const char **words)
{
    static const struct {
        const char *words;
        ds_bound bound;
        bool low, high;
    } bounds[] = {{"", DS_BOUND_EXACT, true, true},
                  {"", DS_BOUND_EXACT, true, true},
                  {"", DS_BOUND_EXACT, true, true},
                  {"about ", DS_BOUND_ABOUT, true, true},
                  {"at least ", DS_BOUND_AT_LEAST, true, false},
                  {"more than ", DS_BOUND_MORE_THAN, true, false},
                  {"up to ", DS_BOUND_AT_MOST, false, true}};
    uint32_t b = made_below(m, sizeof bounds / sizeof *bounds);
    ds_frac f = DS_FRAC((int64_t)n);
    *words = bounds[b].words;
    return (ds_value){.best = f,
                      .low = bounds[b].low ? f : DS_FRAC(0),
                      .high = bounds[b].high ? f : DS_FRAC(0),
                      .has_low = bounds[b].low,
                      .has_best = true,
                      .has_high = bounds[b].high,
                      .bound = bounds[b].bound};
}

static const ds_value made_dozens = {.low = {24, 1},
                                     .high = {99, 1},
                                     .best = {0, 1},
                                     .has_low = true,
                                     .has_high = true,
                                     .bound = DS_BOUND_VAGUE};

/* Holders that stories of this size have: one in forty claims brings a new name. */
static ds_str made_name(made *m)
{
    static const char *const given[] = {"Anna", "Per", "Ilsa", "Tomas", "Marta", "Jonas", "Lena"};
    static const char *const stems[] = {"Vol", "Tal", "Kor", "Mar", "Hal", "Bren", "Sol", "Dun"};
    static const char *const ends[] = {"kary", "vik", "vin", "nes", "dorf", "mark", "berg", "lund"};
    uint32_t n = made_below(m, 8 + (uint32_t)(m->claims / 40));
    return made_printf(m, "%s %s%s%c%c", given[n % 7], stems[n / 7 % 8], ends[n / 56 % 8],
                       (char)('a' + n / 448 % 26), (char)('a' + n / 11648 % 26));
}

static void made_holder(made *m, ds_claim *c)
{
    static const char *const roles[] = {"officials", "rescuers", "residents", "reports"};
    if (made_chance(m, 35))
        return;
    ds_link *l = made_room(m, 1, sizeof *l);
    bool named = made_chance(m, 60);
    l->name = named ? made_name(m) : ds_str_of(MADE_PICK(m, roles));
    l->kind = named ? DS_HOLDER_NAMED : DS_HOLDER_ANONYMOUS;
    if (named)
        l->holder = l->name;
    c->said_by = l;
    c->said_by_len = 1;
}

/* The open vocabulary: verbs and nouns that no table has, as many as a story of this size has. */
static const char *made_open(made *m, const char *stem, size_t share)
{
    return made_printf(m, "%s%u", stem, made_below(m, 3 + (uint32_t)(m->claims / share))).at;
}

static ds_claim made_claim(made *m, uint32_t number, uint32_t day)
{
    static const char *const measures[] = {"killed", "killed",  "killed",    "injured", "injured",
                                           "losses", "missing", "displaced", "deployed"};
    static const char *const subjects[] = {"people",   "people",   "residents",
                                           "soldiers", "children", "Norlandish soldiers"};
    static const char *const places[] = {"Mirefold", "Halvet", "Varn", "Orsk"};
    ds_claim c = {.number = number,
                  .part = DS_PART_BODY,
                  .unit = DS_STR("person"),
                  .of = -1,
                  .equals = -1,
                  .delta_of = -1,
                  .when = DS_DAYS_NONE,
                  .as_of = DS_DAYS_NONE};
    bool open = made_chance(m, 25);
    c.measure = ds_str_of(open ? made_open(m, "flood", 50) : MADE_PICK(m, measures));
    c.subject = ds_str_of(made_chance(m, 20) ? made_open(m, "thing", 30) : MADE_PICK(m, subjects));
    if (ds_str_starts(c.subject, DS_STR("Norlandish")))
        c.actor = DS_STR("Norland");
    made_holder(m, &c);
    c.certainty = c.said_by_len ? DS_CERT_REPORTED : DS_CERT_ASSERTED;
    if (made_chance(m, 8))
        c.certainty = made_chance(m, 50) ? DS_CERT_PLANNED : DS_CERT_DENIED;
    if (made_chance(m, 15))
        c.where = ds_str_of(MADE_PICK(m, places));
    c.part_of_whole = made_chance(m, 5);
    c.has_as_of = made_chance(m, 70);
    if (c.has_as_of)
        c.as_of = (ds_days){MADE_FIRST_DAY + (ds_day)day, MADE_FIRST_DAY + (ds_day)day};
    return c;
}

/* "at least 17 people were killed in the valley near place4 and farm9, Anna Volkary said." */
static ds_str made_sentence(made *m, ds_claim *c, uint32_t day)
{
    static const char *const tails[] = {"in the valley", "when the river rose", "overnight",
                                        "as the water fell", "below the dam"};
    const char *bound = "dozens of ";
    uint32_t n = 5 + day * 7 + made_below(m, 4) * (1 + day);
    bool vague = made_chance(m, 8), little = m->short_ones && made_chance(m, 15);
    c->value = vague ? made_dozens : made_value(m, n, &bound);
    ds_str who = c->said_by_len ? c->said_by[0].name : DS_STR("");
    ds_str figure = vague ? DS_STR("") : made_printf(m, "%u ", n);
    ds_str tail = little ? DS_STR("")
                         : made_printf(m, " %s near %s and %s", MADE_PICK(m, tails),
                                       made_open(m, "place", 20), made_open(m, "farm", 20));
    return made_printf(m, "%s%.*s%.*s were %.*s%.*s%s%.*s%s.", bound, DS_FMT(figure),
                       DS_FMT(c->subject), DS_FMT(c->measure), DS_FMT(tail), who.len ? ", " : "",
                       DS_FMT(who), who.len ? " said" : "");
}

/* ---- pages -------------------------------------------------------------------------------------------- */

typedef struct made_page {
    ds_claim claims[MADE_PAGE_MOST];
    ds_sentence sents[MADE_PAGE_MOST];
    ds_page page;
    ds_article article;
} made_page;

/* A title, then a sentence a claim; ids are like the reader's: page, place, value. */
static void made_text(made *m, made_page *p, uint32_t id, size_t n, uint32_t day)
{
    ds_buf b = ds_buf_new(m->a);
    for (size_t i = 0; i < n; i++) {
        uint32_t beg = (uint32_t)b.len;
        ds_buf_put(&b, p->claims[i].sentence = made_sentence(m, &p->claims[i], day));
        ds_span span = {beg, (uint32_t)b.len};
        ds_buf_putc(&b, '\n');
        p->claims[i].span = p->claims[i].source_span = span;
        p->claims[i].id = made_printf(m, "%08x%08x", id, (unsigned)i);
        p->claims[i].doc = p->article.doc;
        p->sents[i] = (ds_sentence){.span = span, .number = (uint32_t)i + 1, .part = DS_PART_BODY};
    }
    p->article.text = ds_buf_str(&b);
}

static void made_read(made *m, made_page *p, size_t n, ds_reading *out)
{
    (void)m;
    *out = (ds_reading){.page = &p->page,
                        .article = &p->article,
                        .sents = p->sents,
                        .sents_len = n,
                        .claims = {p->claims, n}};
}

static made_page *made_new_page(made *m, uint32_t id, uint32_t day)
{
    made_page *p = made_room(m, 1, sizeof *p);
    p->article = (ds_article){
        .doc = made_printf(m, "page-%05u.txt", id),
        .publisher = made_printf(m, "Paper %u", made_below(m, 10 + (uint32_t)(m->claims / 100))),
        .title = DS_STR("Flood in the valley"),
        .n = 1,
        .published = made_chance(m, 70) ? MADE_FIRST_DAY + (ds_day)day : DS_DAY_NONE,
        .window = DS_DAYS_NONE,
        .modified = DS_DAY_NONE};
    p->page.sha256 = made_printf(m, "%064x", id);
    p->page.name = p->article.doc;
    return p;
}

/* Another page with the text of `from`, of another publisher. */
static void made_copy(made *m, const ds_reading *from, uint32_t id, ds_reading *out)
{
    made_page *p = made_new_page(m, id, made_below(m, 30));
    p->article.text = from->article->text;
    p->article.published = from->article->published;
    memcpy(p->sents, from->sents, from->sents_len * sizeof *p->sents);
    memcpy(p->claims, from->claims.at, from->claims.len * sizeof *p->claims);
    for (size_t i = 0; i < from->claims.len; i++) {
        p->claims[i].id = made_printf(m, "%08x%08x", id, (unsigned)i);
        p->claims[i].doc = p->article.doc;
    }
    made_read(m, p, from->claims.len, out);
}

/* Page `id`, of at most `most` claims: a copy of an earlier one now and then. */
static void made_reading(made *m, ds_reading *all, uint32_t id, size_t most)
{
    uint32_t day = made_below(m, 30);
    if (id && made_chance(m, 15)) {
        const ds_reading *from = &all[made_below(m, id)];
        if (from->claims.len <= most) {
            made_copy(m, from, id, &all[id]);
            return;
        }
    }
    made_page *p = made_new_page(m, id, day);
    size_t n = 1 + made_below(m, MADE_PAGE_MOST - 1);
    n = n < most ? n : most;
    for (size_t i = 0; i < n; i++)
        p->claims[i] = made_claim(m, (uint32_t)i + 1, day);
    made_text(m, p, id, n, day);
    made_read(m, p, n, &all[id]);
}

/* Pages with m->claims claims in all; *len becomes their number. */
static ds_reading *made_story(made *m, size_t *len)
{
    ds_reading *all = made_room(m, m->claims + 1, sizeof *all);
    size_t n = 0;
    for (size_t left = m->claims; left; n++) {
        made_reading(m, all, (uint32_t)n, left);
        left -= all[n].claims.len;
    }
    *len = n;
    return all;
}

#endif
