/* SPDX-License-Identifier: Apache-2.0 */
/* test_readings.h - claims of an invented story from a table, for the tests of reconcile and digest.
 *
 * A row says page, sentence, measure, subject, value, holder, options:
 *     {'B', 9, "casualties", "Norlandish soldiers", "<=1/2", "estimates", "of=2 equals=4 cert=estimated"}
 * value: 300, ~300, >=300, >300, <=300, <300, -300 (nearly), 1000..1500, 24?99 (vague); a fraction is a ratio.
 * holder: "" own voice; with a capital a named one, else an anonymous one.
 * options: of= equals= delta= (row of the table), derived=, unit=, per=, where=, when=DAY or DAY/DAY, asof=DAY, cert=,
 * page=DAY (when the page was published), part, caption, ofwords= (a word), says= (the sentence; the figure is the value's digits in it). Underscores in words stand for spaces. */
#ifndef DS_RECONCILE_TEST_READINGS_H
#define DS_RECONCILE_TEST_READINGS_H

#include "reconcile/reconcile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define PAGES_MAX 8
#define ROWS_MAX 32

typedef struct told {
    char page;
    uint32_t sentence;
    const char *measure, *subject, *value, *holder, *options;
} told;

typedef struct world { /* what the stages are given; lives in its arena */
    ds_arena *a;
    ds_lexicon *lex;
    ds_reading readings[PAGES_MAX];
    ds_article articles[PAGES_MAX];
    ds_page pages[PAGES_MAX];
    ds_member members[PAGES_MAX];
    ds_row rows[ROWS_MAX];
    ds_story story;
} world;

static ds_frac told_number(const char *z)
{
    ds_frac n, d;
    const char *slash = strchr(z, '/');
    ds_str top = {z, slash ? (size_t)(slash - z) : strlen(z)};
    assert_int_equal(ds_frac_parse(top, &n), DS_OK);
    if (!slash)
        return n;
    assert_int_equal(ds_frac_parse(ds_str_of(slash + 1), &d), DS_OK);
    assert_int_equal(ds_frac_div(n, d, &n), DS_OK);
    return n;
}

static ds_value told_two(ds_arena *a, const char *z, const char *between, ds_bound bound)
{
    const char *at = strstr(z, between);
    ds_str low = ds_arena_str(a, (ds_str){z, (size_t)(at - z)});
    return (ds_value){.low = told_number(low.at),
                      .high = told_number(at + strlen(between)),
                      .has_low = true,
                      .has_high = true,
                      .best = DS_FRAC(0),
                      .bound = bound};
}

static ds_value told_value(ds_arena *a, const char *z)
{
    static const struct {
        const char *mark;
        ds_bound bound;
        bool low, high;
    } marks[] = {{"~", DS_BOUND_ABOUT, true, true},      {">=", DS_BOUND_AT_LEAST, true, false},
                 {">", DS_BOUND_MORE_THAN, true, false}, {"<=", DS_BOUND_AT_MOST, false, true},
                 {"<", DS_BOUND_LESS_THAN, false, true}, {"-", DS_BOUND_ALMOST, false, true},
                 {"", DS_BOUND_EXACT, true, true}};
    if (strstr(z, ".."))
        return told_two(a, z, "..", DS_BOUND_RANGE);
    if (strchr(z, '?'))
        return told_two(a, z, "?", DS_BOUND_VAGUE);
    size_t i = 0;
    while (strncmp(z, marks[i].mark, strlen(marks[i].mark)) != 0)
        i++;
    ds_frac n = told_number(z + strlen(marks[i].mark));
    return (ds_value){.best = n,
                      .low = marks[i].low ? n : DS_FRAC(0),
                      .high = marks[i].high ? n : DS_FRAC(0),
                      .has_low = marks[i].low,
                      .has_best = true,
                      .has_high = marks[i].high,
                      .bound = marks[i].bound};
}

/* "where=New_Vask" -> "New Vask"; absent when the option is not there. */
static ds_str told_option(ds_arena *a, const char *options, const char *name)
{
    size_t len = strlen(name);
    for (const char *p = options; p && *p; p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL) {
        if (strncmp(p, name, len) != 0 || (p[len] != '=' && p[len] != ' ' && p[len] != 0))
            continue;
        const char *beg = p + len + (p[len] == '='), *end = strchr(beg, ' ');
        char *copy = ds_arena_alloc(a, 128);
        size_t n = end ? (size_t)(end - beg) : strlen(beg);
        assert_non_null(copy);
        assert_true(n < 128);
        for (size_t i = 0; i < n; i++)
            copy[i] = beg[i] == '_' ? ' ' : beg[i];
        return (ds_str){copy, n};
    }
    return (ds_str){0};
}

static ds_days told_days(ds_str s)
{
    ds_days d;
    assert_int_equal(ds_day_parse(ds_str_cut(s, 0, 10), &d.lo), DS_OK);
    d.hi = d.lo;
    if (s.len > 10)
        assert_int_equal(ds_day_parse(ds_str_cut(s, 11, s.len), &d.hi), DS_OK);
    return d;
}

static int32_t told_row(ds_arena *a, const char *options, const char *name)
{
    ds_str s = told_option(a, options, name);
    return s.at ? (int32_t)told_number(s.at).num : -1;
}

static const ds_link *told_holder(ds_arena *a, const char *holder)
{
    ds_link *l = ds_arena_alloc(a, sizeof *l);
    assert_non_null(l);
    bool named = *holder >= 'A' && *holder <= 'Z';
    l->name = ds_str_of(holder);
    l->kind = named ? DS_HOLDER_NAMED : DS_HOLDER_ANONYMOUS;
    if (named)
        l->holder = l->name;
    return l;
}

static ds_certainty told_certainty(ds_str s, bool held)
{
    for (int c = 0; s.at && c <= DS_CERT_DENIED; c++)
        if (ds_str_eq(s, ds_str_of(ds_certainty_name((ds_certainty)c))))
            return (ds_certainty)c;
    return held ? DS_CERT_REPORTED : DS_CERT_ASSERTED;
}

static ds_claim told_claim(ds_arena *a, const told *t)
{
    const char *o = t->options ? t->options : "";
    ds_claim c = {.number = t->sentence, .part = DS_PART_BODY, .doc = {&t->page, 1}};
    c.measure = ds_str_of(t->measure);
    c.subject = ds_str_of(t->subject);
    c.value = told_value(a, t->value);
    c.unit = told_option(a, o, "unit");
    if (!c.unit.at)
        c.unit = strchr(t->value, '/') ? DS_STR("ratio") : DS_STR("person");
    if (strstr(t->subject, "Norlandish"))
        c.actor = DS_STR("Norland");
    if (strstr(t->subject, "Suderian"))
        c.actor = DS_STR("Suderia");
    c.of = told_row(a, o, "of");
    c.equals = told_row(a, o, "equals");
    c.delta_of = told_row(a, o, "delta");
    c.delta = c.delta_of >= 0 || told_option(a, o, "more").at;
    ds_str s = told_option(a, o, "derived");
    c.has_derived = s.at;
    c.derived = s.at ? told_number(s.at) : DS_FRAC(0);
    c.of_words = told_option(a, o, "ofwords");
    c.per[0] = told_option(a, o, "per");
    c.per_len = c.per[0].at ? 1 : 0;
    c.where = told_option(a, o, "where");
    s = told_option(a, o, "when");
    c.has_when = s.at;
    c.when = s.at ? told_days(s) : DS_DAYS_NONE;
    s = told_option(a, o, "asof");
    c.has_as_of = s.at;
    c.as_of = s.at ? told_days(s) : DS_DAYS_NONE;
    c.sentence = told_option(a, o, "says");
    if (c.sentence.at) {
        size_t skip = strcspn(t->value, "0123456789"), n = strspn(t->value + skip, "0123456789");
        ptrdiff_t at = ds_str_find(c.sentence, (ds_str){t->value + skip, n}, 0);
        assert_true(at >= 0);
        c.figure = (ds_span){(uint32_t)at, (uint32_t)at + (uint32_t)n};
    }
    c.part_of_whole = told_option(a, o, "part").at;
    if (told_option(a, o, "caption").at)
        c.part = DS_PART_CAPTION;
    if (t->sentence == 0)
        c.part = DS_PART_TITLE;
    if (*t->holder) {
        c.said_by = told_holder(a, t->holder);
        c.said_by_len = 1;
    }
    c.certainty = told_certainty(told_option(a, o, "cert"), *t->holder);
    return c;
}

/* Rows must come in order of page, pages from 'A' on. */
static world *told_world(ds_arena *a, const told *t, size_t n)
{
    static const char *const letters[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    world *w = ds_arena_alloc(a, sizeof *w);
    assert_non_null(w);
    assert_true(n <= ROWS_MAX);
    w->a = a;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &w->lex, NULL), DS_OK);
    size_t pages = n ? (size_t)(t[n - 1].page - 'A') + 1 : 0;
    for (size_t p = 0; p < pages; p++) {
        w->articles[p] =
            (ds_article){.published = DS_DAY_NONE, .window = DS_DAYS_NONE, .modified = DS_DAY_NONE};
        w->articles[p].doc = ds_str_of(letters[p]);
        w->readings[p] = (ds_reading){.page = &w->pages[p], .article = &w->articles[p]};
        w->members[p] = (ds_member){(uint32_t)p, ds_str_of(letters[p])};
    }
    for (size_t i = 0; i < n; i++) {
        ds_str day = told_option(a, t[i].options, "page");
        if (day.at)
            w->articles[t[i].page - 'A'].published = told_days(day).lo;
        w->rows[i] = (ds_row){
            .claim = told_claim(a, &t[i]), .member = (uint32_t)(t[i].page - 'A'), .place = -1};
    }
    w->story =
        (ds_story){.members = w->members, .members_len = pages, .rows = w->rows, .rows_len = n};
    assert_int_equal(ds_story_who(a, w->readings, w->lex, &w->story, NULL), DS_OK);
    return w;
}

/* The ledger of a world by a rule ("": the default). */
static inline ds_ledger told_ledger(world *w, ds_str rule)
{
    ds_ledger l;
    assert_int_equal(ds_reconcile(w->a, w->readings, &w->story, w->lex, rule, &l, NULL), DS_OK);
    return l;
}

/* Rows up to the first without a page. */
static inline size_t told_count(const told *t, size_t max)
{
    size_t n = 0;
    while (n < max && t[n].page)
        n++;
    return n;
}

#endif
