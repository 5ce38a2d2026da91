/* SPDX-License-Identifier: Apache-2.0 */
/* test_properties.c - what holds of every story, tried on made-up ones: the order of the documents changes nothing, a copy adds no
 * origin, cost is bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "made_story.h"

#define MEMORY ((size_t)512 << 20)
#define STORIES 60
#define CLAIMS_MOST 160

typedef struct finished {
    ds_story story;
    ds_ledger ledger;
} finished;

static finished finish(ds_arena *a, const ds_reading *readings, size_t n, const ds_lexicon *lex)
{
    finished f;
    assert_int_equal(ds_story_given(a, readings, n, &f.story, NULL), DS_OK);
    assert_int_equal(ds_story_who(a, readings, lex, &f.story, NULL), DS_OK);
    assert_int_equal(ds_reconcile(a, readings, &f.story, lex, DS_STR("range"), &f.ledger, NULL),
                     DS_OK);
    return f;
}

static ds_lexicon *words_of(ds_arena *a)
{
    ds_lexicon *lex;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    return lex;
}

/* ---- all that a ledger says, without letters ----------------------------------------------------------------- */

/* Reasons name pages by letter: a capital before a digit or by itself becomes "#". */
static void put_unlettered(ds_buf *b, ds_str s)
{
    for (size_t i = 0, j; i < s.len; i = j) {
        for (j = i; j < s.len && s.at[j] >= 'A' && s.at[j] <= 'Z'; j++)
            ;
        bool begins = i == 0 || s.at[i - 1] == ' ' || s.at[i - 1] == '(';
        bool ends = j == s.len || s.at[j] < 'a' || s.at[j] > 'z';
        if (j > i && begins && ends) {
            ds_buf_putc(b, '#');
        } else {
            j += j == i;
            ds_buf_put(b, ds_str_cut(s, i, j));
        }
    }
}

static void put_frac(ds_buf *b, bool has, ds_frac v)
{
    if (has)
        ds_buf_printf(b, " %lld/%lld", (long long)v.num, (long long)v.den);
    else
        ds_buf_puts(b, " -");
}

static void put_rows(ds_buf *b, const finished *f, const uint32_t *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ds_buf_printf(b, " %.*s", DS_FMT(f->story.rows[rows[i]].claim.id));
}

static void put_answers(ds_buf *b, const finished *f, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_answer *x = &q->answers[i];
        ds_buf_printf(b, "  %d %d%d%d%d", (int)x->value.bound, x->wider, x->flagged, x->planned,
                      x->superseded);
        put_frac(b, x->value.has_low, x->value.low);
        put_frac(b, x->value.has_best, x->value.best);
        put_frac(b, x->value.has_high, x->value.high);
        put_rows(b, f, x->rows, x->rows_len);
        for (size_t k = 0; k < x->origins_len; k++)
            ds_buf_printf(b, " o%u", x->origins[k]);
        ds_buf_putc(b, '\n');
    }
}

static void put_question(ds_buf *b, const finished *f, const ds_question *q)
{
    const ds_estimate *e = &q->estimate;
    ds_buf_printf(b, "%.*s %s", DS_FMT(q->measure), ds_state_name(q->state));
    put_unlettered(b, q->text);
    put_frac(b, q->has_factor, q->factor);
    put_frac(b, e->has_low, e->low);
    put_frac(b, e->has_best, e->best);
    put_frac(b, e->has_high, e->high);
    put_unlettered(b, e->why);
    ds_buf_putc(b, '\n');
    put_answers(b, f, q);
    for (size_t i = 0; i < q->origins_len; i++) {
        const ds_member *m = &f->story.members[q->origins[i].member];
        ds_buf_printf(b, "  %.*s %d m%u ", DS_FMT(q->origins[i].name), (int)q->origins[i].kind,
                      (unsigned)(m - f->story.members));
        put_unlettered(b, q->origins[i].why);
    }
    for (size_t i = 0; i < q->pairs_len; i++) {
        ds_buf_printf(b, "\n  %u %u %s ", q->pairs[i].a, q->pairs[i].b,
                      ds_verdict_name(q->pairs[i].verdict));
        put_unlettered(b, q->pairs[i].why);
    }
    ds_buf_putc(b, '\n');
}

static ds_str told(ds_arena *a, const finished *f)
{
    ds_buf b = ds_buf_new(a);
    ds_buf_printf(&b, "%u origins, %u sums\n", f->ledger.origins, f->ledger.sums_checked);
    for (size_t i = 0; i < f->ledger.questions_len; i++)
        put_question(&b, f, &f->ledger.questions[i]);
    for (size_t i = 0; i < f->ledger.flags_len; i++) {
        put_unlettered(&b, f->ledger.flags[i].finding);
        put_rows(&b, f, f->ledger.flags[i].rows, f->ledger.flags[i].rows_len);
        ds_buf_putc(&b, '\n');
    }
    for (size_t i = 0; i < f->story.rows_len; i++)
        ds_buf_printf(&b, "%.*s %.*s\n", DS_FMT(f->story.rows[i].claim.id),
                      DS_FMT(f->story.rows[i].origin));
    ds_str s = ds_buf_str(&b);
    assert_non_null(s.at);
    return s;
}

static void assert_same(ds_str x, ds_str y)
{
    if (ds_str_eq(x, y))
        return;
    size_t i = 0;
    while (i < x.len && i < y.len && x.at[i] == y.at[i])
        i++;
    size_t beg = i > 200 ? i - 200 : 0;
    fail_msg("at %zu: %.400s\nagainst %.400s", i, x.at + beg, y.at + beg);
}

/* ---- the properties -------------------------------------------------------------------------------------------- */

static void shuffle(made *m, ds_reading *all, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = made_below(m, (uint32_t)i);
        ds_reading t = all[i - 1];
        all[i - 1] = all[k];
        all[k] = t;
    }
}

static made new_made(ds_arena *a, uint64_t seed)
{
    made m = {.a = a, .state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1};
    m.claims = 4 + made_below(&m, CLAIMS_MOST);
    m.short_ones = seed % 2;
    return m;
}

typedef struct trial {
    made m;
    const ds_lexicon *lex;
    ds_reading *all;
    size_t n;
    finished f;
} trial;

static void try_stories(void (*property)(trial *t))
{
    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        trial t = {.m = new_made(a, seed), .lex = words_of(a)};
        t.all = made_story(&t.m, &t.n);
        t.f = finish(a, t.all, t.n, t.lex);
        property(&t);
    }
}

static void try_orders(trial *t)
{
    ds_str before = told(t->m.a, &t->f);
    for (int again = 0; again < 3; again++) {
        shuffle(&t->m, t->all, t->n);
        finished f = finish(t->m.a, t->all, t->n, t->lex);
        assert_same(told(t->m.a, &f), before);
    }
}

static void the_order_of_the_documents_changes_nothing(void **state)
{
    (void)state;
    try_stories(try_orders);
}

/* Half of the copies are named so that they stand before all others. */
static void rename_copy(made *m, ds_reading *r)
{
    ds_article *art = made_room(m, 1, sizeof *art);
    *art = *r->article;
    if (made_chance(m, 50))
        art->doc = DS_STR("a-copy.txt");
    r->article = art;
}

/* The origins that rows have. */
static size_t origins_of(const finished *f)
{
    ds_str seen[CLAIMS_MOST + 8];
    size_t n = 0;
    for (size_t i = 0; i < f->story.rows_len; i++) {
        const ds_row *r = &f->story.rows[i];
        size_t k = 0;
        while (k < n && !ds_str_eq(seen[k], r->origin))
            k++;
        if (k == n)
            seen[n++] = r->origin;
    }
    return n;
}

static void try_copy(trial *t)
{
    ds_reading *more = made_room(&t->m, t->n + 1, sizeof *more);
    memcpy(more, t->all, t->n * sizeof *more);
    made_copy(&t->m, &t->all[made_below(&t->m, (uint32_t)t->n)], 99999, &more[t->n]);
    rename_copy(&t->m, &more[t->n]);
    finished f = finish(t->m.a, more, t->n + 1, t->lex);
    assert_true(origins_of(&f) <= origins_of(&t->f));
    assert_true(f.ledger.origins <= t->f.ledger.origins);
}

static void a_copy_adds_no_origin(void **state)
{
    (void)state;
    try_stories(try_copy);
}

static void the_same_pages_give_the_same_story_again(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_lexicon *lex = words_of(a);
    made m = new_made(a, 7), again = new_made(a, 7);
    size_t n, k;
    ds_reading *all = made_story(&m, &n), *other = made_story(&again, &k);
    finished x = finish(a, all, n, lex), y = finish(a, other, k, lex);
    assert_same(told(a, &x), told(a, &y));
}

/* Pairs, the one output that could be quadratic, are bounded by a number for each answer. */
static void pairs_stay_few(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m = {.a = a, .state = 5, .claims = 4000};
    size_t n, pairs = 0, answers = 0;
    ds_reading *all = made_story(&m, &n);
    finished f = finish(a, all, n, words_of(a));
    for (size_t i = 0; i < f.ledger.questions_len; i++) {
        pairs += f.ledger.questions[i].pairs_len;
        answers += f.ledger.questions[i].answers_len;
    }
    assert_true(pairs <= 32 * answers);
}

/* ---- growth ----------------------------------------------------------------------------------------------------- */

enum {
    FEW = 500,       /* figures of one page */
    GROWTH = 8,      /* a page with so many times as many ... */
    GROWTH_MAX = 20, /* ... may take so many times as long; quadratic growth takes 64 */
    RUNS = 2,        /* the faster counts */
};

/* "About 7% of the soldiers were killed.", line after line, with so many different figures. */
static ds_reading long_page(made *m, size_t lines, size_t figures)
{
    ds_claim *c = made_room(m, lines, sizeof *c);
    ds_article *art = made_room(m, 1, sizeof *art);
    ds_page *page = made_room(m, 1, sizeof *page);
    *art = (ds_article){.doc = DS_STR("long.txt")};
    *page = (ds_page){.name = art->doc, .sha256 = DS_STR("00")};
    for (size_t i = 0; i < lines; i++) {
        ds_frac n = DS_FRAC((int64_t)(i % figures + 1));
        c[i] = (ds_claim){.id = made_printf(m, "%016zx", i),
                          .doc = art->doc,
                          .sentence = DS_STR("About 7 of the soldiers were killed."),
                          .number = (uint32_t)i + 1,
                          .figure = {0, 7},
                          .part = DS_PART_BODY,
                          .measure = DS_STR("killed"),
                          .subject = DS_STR("soldiers"),
                          .unit = DS_STR("person"),
                          .of = -1,
                          .equals = -1,
                          .delta_of = -1,
                          .when = DS_DAYS_NONE,
                          .as_of = DS_DAYS_NONE,
                          .value = {.low = n,
                                    .best = n,
                                    .high = n,
                                    .has_low = true,
                                    .has_best = true,
                                    .has_high = true,
                                    .bound = DS_BOUND_ABOUT}};
    }
    return (ds_reading){.page = page, .article = art, .claims = {c, lines}};
}

static int64_t reconcile_ns(size_t lines, size_t figures)
{
    int64_t best = INT64_MAX;
    for (int run = 0; run < RUNS; run++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        made m = {.a = a, .state = 1};
        ds_reading r = long_page(&m, lines, figures);
        ds_lexicon *lex = words_of(a);
        ds_story story;
        ds_ledger ledger;
        struct timespec beg, end;
        assert_int_equal(ds_story_given(a, &r, 1, &story, NULL), DS_OK);
        assert_int_equal(ds_story_who(a, &r, lex, &story, NULL), DS_OK);
        assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &beg), 0);
        assert_int_equal(ds_reconcile(a, &r, &story, lex, DS_STR("range"), &ledger, NULL), DS_OK);
        assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end), 0);
        int64_t ns = (int64_t)(end.tv_sec - beg.tv_sec) * 1000000000 + end.tv_nsec - beg.tv_nsec;
        best = ns < best ? ns : best;
    }
    return best;
}

static void time_grows_with_the_page(void **state)
{
    static const size_t figures[] = {100, SIZE_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        int64_t few = reconcile_ns(FEW, figures[i]);
        int64_t many = reconcile_ns((size_t)FEW * GROWTH, figures[i]);
        print_message("%d lines take %lld ns, %d %lld\n", FEW, (long long)few, FEW * GROWTH,
                      (long long)many);
        assert_true(many / GROWTH_MAX <= few);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_the_documents_changes_nothing),
        cmocka_unit_test(a_copy_adds_no_origin),
        cmocka_unit_test(the_same_pages_give_the_same_story_again),
        cmocka_unit_test(pairs_stay_few),
        cmocka_unit_test(time_grows_with_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
