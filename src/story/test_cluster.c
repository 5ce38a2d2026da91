/* SPDX-License-Identifier: Apache-2.0 */
#include "story/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cluster_internal.h"

/* A page as grouping sees it. */
typedef struct page {
    const char *title, *text;
    int day; /* after 1 March 2024; -1: not known */
    uint8_t age, killed;
} page;

typedef struct world {
    ds_arena *a;
    ds_lexicon *lex;
    ds_cluster_model *model;
} world;

static int open_world(void **state)
{
    world *w = calloc(1, sizeof *w);
    ds_err err = {0};
    w->a = ds_arena_new(0, (size_t)1 << 28);
    assert_int_equal(ds_lexicon_open(w->a, (ds_str){0}, &w->lex, &err), DS_OK);
    assert_int_equal(
        ds_cluster_model_open(w->a, ds_lexicon_section(w->lex, "stories"), &w->model, &err), DS_OK);
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    world *w = *state;
    ds_lexicon_close(w->lex);
    ds_arena_free(w->a);
    free(w);
    return 0;
}

enum { NAMES_MOST = 16 };

/* The persons of these pages, as the reader would find them. */
static size_t names_of(const ds_doc *d, ds_name out[NAMES_MOST])
{
    static const char *const persons[] = {"Petro Varensky", "Jonas Marr"};
    size_t n = 0;
    for (size_t k = 0; k < sizeof persons / sizeof *persons; k++)
        for (ptrdiff_t at = -1;
             (at = ds_str_find(d->text, ds_str_of(persons[k]), (size_t)(at + 1))) >= 0 &&
             n < NAMES_MOST;)
            for (uint32_t s = 0; s < d->sents_len; s++)
                if (d->sents[s].span.beg <= (uint32_t)at && (uint32_t)at < d->sents[s].span.end)
                    out[n++] = (ds_name){
                        .span = {(uint32_t)at, (uint32_t)at + (uint32_t)strlen(persons[k])},
                        .sent = s,
                        .type = DS_NAME_PERSON};
    return n;
}

static ds_story_marks marks_of(world *w, const page *p)
{
    ds_name names[NAMES_MOST];
    ds_parse parse = {0};
    ds_article *art = ds_arena_calloc(w->a, 1, sizeof *art);
    ds_doc d;
    ds_err err = {0};
    ds_story_marks m;
    ds_day day = p->day < 0 ? DS_DAY_NONE : ds_day_of(2024, 3, 1) + p->day;
    assert_int_equal(ds_text_paragraphs(w->a, ds_str_of(p->text), art, &err), DS_OK);
    art->title = ds_str_of(p->title);
    art->published = day;
    art->window = (ds_days){day, day};
    assert_int_equal(ds_text_read(w->a, art, w->lex, &d, &err), DS_OK);
    parse.names = names;
    parse.names_len = names_of(&d, names);
    assert_int_equal(
        ds_story_marks_make(w->a, &(ds_marks_from){.doc = &d, .parse = &parse}, w->lex, &m, &err),
        DS_OK);
    m.facts.ages[0] = p->age;
    m.facts.killed[0] = p->killed;
    assert_int_equal(ds_story_marks_cut(w->a, w->model, &m, &err), DS_OK);
    return m;
}

/* Stories of the pages, in order of arrival. */
static void group(world *w, const page *pages, size_t n, uint32_t *story)
{
    ds_cluster *c = NULL;
    ds_err err = {0};
    assert_int_equal(ds_cluster_new(w->model, &c, &err), DS_OK);
    for (size_t i = 0; i < n; i++) {
        ds_joined j;
        ds_story_marks m = marks_of(w, &pages[i]);
        assert_int_equal(ds_cluster_add(c, (uint32_t)i, &m, &j, &err), DS_OK);
        assert_true(j.opened == (j.story == i));
        story[i] = j.story;
    }
    ds_cluster_free(c);
}

static const page shot[] = {
    {"Man shot dead on Fremont Avenue in Halvet, Ohio",
     "HALVET, Ohio. Police say a man was shot dead on Fremont Avenue late on Friday. Petro "
     "Varensky, 34, was found with a gunshot "
     "wound outside a grocery store and died in Saint Orsen Hospital. Detectives ask witnesses to "
     "call.",
     1, 34, 1},
    {"Halvet police name man killed on Fremont Avenue",
     "Police in Halvet, Ohio, have named the man killed on Fremont Avenue as Petro Varensky, 34. "
     "He was shot outside a grocery store "
     "on Friday night, detectives said, and died in Saint Orsen Hospital.",
     2, 34, 1},
    {"Teenager shot dead on Linden Street in Osterby, Texas",
     "OSTERBY, Texas. Police say a teenager was shot dead on Linden Street late on Friday. Jonas "
     "Marr, 17, was found with a gunshot "
     "wound outside a school and died in hospital. Detectives ask witnesses to call.",
     2, 17, 1},
    {"Man sentenced for killing Petro Varensky on Fremont Avenue",
     "A judge in Halvet, Ohio, has sentenced a man to twenty years for killing Petro Varensky, who "
     "was shot outside a grocery store "
     "on Fremont Avenue last spring. Varensky was 34.",
     260, 34, 1},
};

static void look_alikes_stay_apart_and_late_news_joins(void **state)
{
    uint32_t story[4];
    group(*state, shot, 4, story);
    assert_int_equal(story[0], 0);
    assert_int_equal(story[1], 0);
    assert_int_equal(story[2], 2);
    assert_int_equal(story[3], 0); /* nine months later */
}

/* An article that is left out is near nobody; a story has the name that it was given. */
static void others_decide_too(void **state)
{
    world *w = *state;
    ds_cluster *c = NULL;
    ds_joined j;
    const uint32_t first = 0;
    assert_int_equal(ds_cluster_new(w->model, &c, NULL), DS_OK);
    for (uint32_t i = 0; i < 2; i++) {
        const ds_story_marks m = marks_of(w, &shot[i]);
        assert_int_equal(ds_cluster_add(c, i, &m, &j, NULL), DS_OK);
        assert_int_equal(j.also, j.story);
    }
    ds_cluster_assign(c, 1, 7);
    const ds_story_marks m = marks_of(w, &shot[1]);
    ds_cluster_leave_out(c, &first, 1);
    assert_int_equal(ds_cluster_find(c, 2, &m, &j, NULL), DS_OK);
    assert_int_equal(j.near_len, 1);
    assert_int_equal(j.story, 7);
    ds_cluster_leave_out(c, NULL, 0);
    ds_cluster_rename(c, 7, 0);
    assert_int_equal(ds_cluster_find(c, 2, &m, &j, NULL), DS_OK);
    assert_int_equal(j.near_len, 2);
    assert_int_equal(j.story, 0);
    assert_int_equal(j.also, 0);
    ds_cluster_free(c);
}

/* Two stories that one article belongs to, both surely, are one; of a headline alone never. */
static void one_article_binds_two_stories(void **state)
{
    static const struct {
        float odds[3];
        uint32_t story[3];
        bool text;
        uint32_t to, also; /* 99: opened */
        bool one;
    } rows[] = {
        {{7, 6, 0.5f}, {4, 8, 9}, true, 4, 8, true},
        {{6, 7, 0.5f}, {4, 8, 9}, true, 8, 4, true},
        {{7, 4, 0.5f}, {4, 8, 9}, true, 4, 8, false}, /* the other is not so sure */
        {{4, 3.6f, 3}, {4, 8, 9}, true, 4, 8, false}, /* its own neither */
        {{7, 3, 3}, {4, 8, 9}, true, 4, 4, false},
        {{7, 6, 0.5f}, {4, 8, 9}, false, 4, 4, false},
        {{0.5f, 0, -1}, {4, 8, 9}, true, 99, 99, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const cl_choice got = cl_choose(rows[i].odds, rows[i].story, 3, 1, rows[i].text);
        if (got.opened != (rows[i].to == 99) ||
            (!got.opened &&
             (got.story != rows[i].to || got.also != rows[i].also || got.one != rows[i].one)))
            fail_msg("row %zu: %u and %u", i, got.story, got.also);
    }
}

static void says_why(void **state)
{
    world *w = *state;
    ds_cluster *c = NULL;
    ds_joined j;
    assert_int_equal(ds_cluster_new(w->model, &c, NULL), DS_OK);
    for (uint32_t i = 0; i < 3; i++) {
        ds_story_marks m = marks_of(w, &shot[i]);
        assert_int_equal(ds_cluster_add(c, i, &m, &j, NULL), DS_OK);
        if (i == 1) {
            assert_int_equal(j.near_len, 1);
            assert_int_equal(j.near[0].article, 0);
            assert_int_equal(j.near[0].days, 1);
            assert_true(j.near[0].why & DS_SAME_REGION && j.near[0].why & DS_SAME_STREET &&
                        j.near[0].why & DS_SAME_AGE);
        }
    }
    assert_true(j.opened);
    assert_int_equal(j.near_len, 2);
    assert_true(j.near[0].why & DS_OTHER_REGION && j.near[0].why & DS_OTHER_STREET &&
                j.near[0].why & DS_OTHER_AGE);
    ds_cluster_free(c);
}

static void same_input_same_ids(void **state)
{
    uint32_t one[4], two[4];
    group(*state, shot, 4, one);
    group(*state, shot, 4, two);
    assert_memory_equal(one, two, sizeof one);
}

/* Two of a day in the other order are in the same stories. */
static void order_within_a_day_is_the_same(void **state)
{
    const page other[] = {shot[0], shot[2], shot[1], shot[3]};
    uint32_t story[4];
    group(*state, other, 4, story);
    assert_int_equal(story[1], 1);
    assert_int_equal(story[2], 0);
    assert_int_equal(story[3], 0);
}

static void undated_articles_and_empty_ones_are_taken(void **state)
{
    const page pages[] = {
        {"", "", -1, 0, 0}, {"", "", -1, 0, 0}, {"Fire in Osterby", "", -1, 0, 0}, shot[0]};
    uint32_t story[4];
    group(*state, pages, 4, story);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(story[i], i);
}

/* Of several members near, all count for an article with text, the surest alone for a headline. */
static void a_headline_goes_by_the_surest_member(void **state)
{
    static const struct {
        float odds[3];
        uint32_t story[3], of;
        bool text;
        float least, most;
    } rows[] = {
        {{4, -4, -4}, {7, 7, 7}, 0, true, 2.6f, 2.7f}, {{4, -4, -4}, {7, 7, 7}, 0, false, 4, 4},
        {{4, -4, -4}, {7, 7, 7}, 2, false, 4, 4},      {{4, -4, -4}, {7, 8, 8}, 0, true, 4, 4},
        {{4, -4, -4}, {7, 8, 8}, 1, true, -4, -4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        float x = cl_story_odds(rows[i].odds, rows[i].story, 3, rows[i].of, rows[i].text);
        assert_true(x >= rows[i].least && x <= rows[i].most);
    }
}

static void numbers_must_grow(void **state)
{
    world *w = *state;
    ds_cluster *c = NULL;
    ds_joined j;
    ds_err err = {0};
    ds_story_marks m = marks_of(w, &shot[0]);
    assert_int_equal(ds_cluster_new(w->model, &c, NULL), DS_OK);
    assert_int_equal(ds_cluster_add(c, 7, &m, &j, &err), DS_OK);
    assert_int_equal(ds_cluster_add(c, 7, &m, &j, &err), DS_BAD);
    assert_int_equal(ds_cluster_add(c, UINT32_MAX, &m, &j, &err), DS_LIMIT);
    ds_cluster_free(c);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

/* From a whole cluster into one that has only what an article needs. */
static ds_cluster *part_of(world *w, const ds_cluster *whole, uint32_t article,
                           const ds_story_marks *m)
{
    ds_cluster *c = NULL;
    uint32_t want[DS_CLUSTER_NEAR], n = 0;
    ds_buf b = ds_buf_new(w->a);
    assert_int_equal(ds_cluster_new(w->model, &c, NULL), DS_OK);
    ds_cluster_state_put(whole, &b);
    assert_int_equal(ds_cluster_state_get(c, ds_buf_str(&b), NULL), DS_OK);
    for (uint32_t i = 0; i < m->len; i++) {
        b = ds_buf_new(w->a);
        if (ds_cluster_term_put(whole, m->terms[i].hash, &b) == DS_OK)
            assert_int_equal(ds_cluster_term_get(c, m->terms[i].hash, ds_buf_str(&b), NULL), DS_OK);
    }
    assert_int_equal(ds_cluster_wants(c, article, m, want, &n, NULL), DS_OK);
    for (uint32_t i = 0; i < n; i++) {
        b = ds_buf_new(w->a);
        assert_int_equal(ds_cluster_record_put(whole, want[i], &b), DS_OK);
        assert_int_equal(ds_cluster_record_get(c, want[i], ds_buf_str(&b), NULL), DS_OK);
    }
    return c;
}

static void a_part_decides_as_the_whole(void **state)
{
    world *w = *state;
    ds_cluster *whole = NULL;
    assert_int_equal(ds_cluster_new(w->model, &whole, NULL), DS_OK);
    for (uint32_t i = 0; i < 4; i++) {
        ds_story_marks m = marks_of(w, &shot[i]);
        ds_joined one, two;
        memset(&one, 0, sizeof one);
        memset(&two, 0, sizeof two);
        ds_cluster *part = part_of(w, whole, i, &m);
        assert_int_equal(ds_cluster_add(part, i, &m, &two, NULL), DS_OK);
        assert_int_equal(ds_cluster_add(whole, i, &m, &one, NULL), DS_OK);
        assert_memory_equal(&one, &two, sizeof one);
        ds_buf x = ds_buf_new(w->a), y = ds_buf_new(w->a);
        ds_cluster_record_put(whole, i, &x);
        ds_cluster_record_put(part, i, &y);
        ds_cluster_state_put(whole, &x);
        ds_cluster_state_put(part, &y);
        for (uint32_t k = 0; k < m.len; k++) {
            ds_cluster_term_put(whole, m.terms[k].hash, &x);
            ds_cluster_term_put(part, m.terms[k].hash, &y);
        }
        assert_true(ds_str_eq(ds_buf_str(&x), ds_buf_str(&y)));
        ds_cluster_free(part);
    }
    ds_cluster_free(whole);
}

static void marks_come_back(void **state)
{
    world *w = *state;
    ds_story_marks m = marks_of(w, &shot[0]), back;
    ds_buf b = ds_buf_new(w->a), again = ds_buf_new(w->a);
    ds_story_marks_put(&b, &m);
    ds_str bytes = ds_buf_str(&b);
    assert_int_equal(ds_story_marks_get(w->a, bytes, &back, NULL), DS_OK);
    ds_story_marks_put(&again, &back);
    assert_true(ds_str_eq(bytes, ds_buf_str(&again)));
    for (size_t n = 0; n < bytes.len; n++)
        assert_int_equal(ds_story_marks_get(w->a, ds_str_cut(bytes, 0, n), &back, NULL), DS_BAD);
}

static void a_record_is_small(void **state)
{
    world *w = *state;
    ds_cluster *c = NULL;
    ds_joined j;
    assert_int_equal(ds_cluster_new(w->model, &c, NULL), DS_OK);
    size_t empty = ds_cluster_bytes(c);
    ds_story_marks m = marks_of(w, &shot[0]);
    assert_int_equal(ds_cluster_add(c, 0, &m, &j, NULL), DS_OK);
    assert_true(ds_cluster_bytes(c) > empty);
    ds_cluster_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_alikes_stay_apart_and_late_news_joins),
        cmocka_unit_test(others_decide_too),
        cmocka_unit_test(one_article_binds_two_stories),
        cmocka_unit_test(says_why),
        cmocka_unit_test(same_input_same_ids),
        cmocka_unit_test(order_within_a_day_is_the_same),
        cmocka_unit_test(undated_articles_and_empty_ones_are_taken),
        cmocka_unit_test(a_headline_goes_by_the_surest_member),
        cmocka_unit_test(numbers_must_grow),
        cmocka_unit_test(a_part_decides_as_the_whole),
        cmocka_unit_test(marks_come_back),
        cmocka_unit_test(a_record_is_small),
    };
    return cmocka_run_group_tests_name("story/cluster", tests, open_world, close_world);
}
