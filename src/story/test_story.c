/* SPDX-License-Identifier: Apache-2.0 */
#include "story/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FLOOD_A                                                                                    \
    "The Brenna dam above Oskar failed on Sunday and 40 people were killed in the Talvik valley, " \
    "said Governor Ilsa Marn."
#define FLOOD_B                                                                                    \
    "Governor Ilsa Marn put the dead at 52 after the Brenna dam broke above Oskar; the Talvik "    \
    "valley is cut off."
#define COPY                                                                                       \
    "Rescuers with dogs searched the ruined houses along the river through the night and found "   \
    "nobody alive."
#define CHESS                                                                                      \
    "Teenager Pia Lund won the national chess title in Kolding with a queen sacrifice that her "   \
    "coach called reckless."

/* One article of two sentences, a line each. */
static ds_reading reading(ds_arena *a, const char *title, const char *first, const char *second)
{
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    ds_page *page = ds_arena_alloc(a, sizeof *page);
    ds_sentence *s = ds_arena_calloc(a, 2, sizeof *s);
    assert_true(art && page && s);
    art->title = ds_str_of(title);
    art->text = ds_arena_printf(a, "%s\n%s", first, second);
    uint32_t cut = (uint32_t)strlen(first);
    s[0] = (ds_sentence){.span = {0, cut}, .number = 1, .part = DS_PART_BODY};
    s[1] = (ds_sentence){
        .span = {cut + 1, (uint32_t)art->text.len}, .number = 2, .part = DS_PART_BODY};
    art->body = (ds_span){0, (uint32_t)art->text.len};
    art->published = art->modified = DS_DAY_NONE;
    art->doc = ds_str_of(title);
    return (ds_reading){.page = page, .article = art, .sents = s, .sents_len = 2};
}

static void members_are_by_name_and_letters_by_arrival(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_reading r[] = {reading(a, "The dam that fails", FLOOD_A, COPY),
                      reading(a, "Brenna dam: 52 dead", FLOOD_B, "Helicopters bring water.")};
    ds_story s;
    assert_int_equal(ds_story_given(a, r, 2, &s, NULL), DS_OK);
    assert_int_equal(s.members_len, 2);
    assert_int_equal(s.members[0].reading, 1);
    assert_true(ds_str_eq(s.members[0].letter, DS_STR("B")));
    assert_true(ds_str_eq(s.members[1].letter, DS_STR("A")));
}

static void a_copied_sentence_is_found(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_reading r[] = {reading(a, "Brenna dam fails above Oskar", FLOOD_A, COPY),
                      reading(a, "Brenna dam: 52 dead in Talvik valley", FLOOD_B, COPY)};
    ds_story s;
    assert_int_equal(ds_story_given(a, r, 2, &s, NULL), DS_OK);
    assert_int_equal(s.copies_len, 1);
    const ds_copy *c = &s.copies[0];
    assert_int_equal(c->from_member, 0);
    assert_int_equal(c->to_member, 1);
    assert_int_equal(c->from_sentence, 2);
    assert_int_equal(c->to_sentence, 2);
    assert_true(c->words >= 8);
    ds_arena_free(a);
}

static void articles_that_share_their_text_are_paired(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    ds_reading r[] = {reading(a, "Brenna dam fails", FLOOD_A, COPY), /* a day later */
                      reading(a, "Dam above Oskar fails", FLOOD_A, COPY),
                      reading(a, "Teenager is champion", CHESS, "She is fifteen."),
                      reading(a, "Talvik valley cut off", FLOOD_B, "Helicopters bring water."),
                      reading(a, "What we know of the dam", FLOOD_B, COPY " " FLOOD_A)};
    static const ds_day days[] = {11, 10, 10, 10, DS_DAY_NONE};
    static const struct {
        uint32_t first, second;
        bool known;
        ds_overlap_kind kind;
    } want[] = {
        {1, 0, true, DS_OVERLAP_EXACT}, /* re-titled */
        {0, 4, false, DS_OVERLAP_INSIDE},
        {1, 4, false, DS_OVERLAP_INSIDE},
        {3, 4, false, DS_OVERLAP_INSIDE},
    };
    ds_story s;
    for (size_t i = 0; i < 5; i++) {
        ((ds_article *)r[i].article)->published = days[i];
        ((ds_article *)r[i].article)->doc = ds_str_of(&"a\0b\0c\0d\0e"[2 * i]);
    }
    assert_int_equal(ds_story_given(a, r, 5, &s, NULL), DS_OK);
    assert_int_equal(s.overlaps_len, sizeof want / sizeof *want);
    for (size_t i = 0; i < s.overlaps_len; i++) {
        const ds_overlap *o = &s.overlaps[i];
        if (o->members[0] != want[i].first || o->members[1] != want[i].second ||
            o->known != want[i].known || o->shared.kind != want[i].kind)
            fail_msg("pair %zu: %u, %u, %s", i, o->members[0], o->members[1],
                     ds_overlap_kind_name(o->shared.kind));
        assert_true(o->shared.passages_len > 0);
    }
}

static void hunger_leaves_the_output_alone(void **state)
{
    (void)state;
    ds_arena *home = ds_arena_new(0, 1 << 24);
    ds_reading r[] = {reading(home, "Brenna dam fails above Oskar", FLOOD_A, COPY),
                      reading(home, "Brenna dam: 52 dead in Talvik valley", FLOOD_B, COPY)};
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 61) {
        ds_arena *a = ds_arena_new(256, budget);
        ds_story out = {0};
        ds_status st = ds_story_given(a, r, 2, &out, NULL);
        if (st == DS_OK) {
            assert_int_equal(out.members_len, 2);
            done = true;
        } else {
            assert_int_equal(st, DS_NOMEM);
            assert_null(out.members);
        }
        ds_arena_free(a);
    }
    assert_true(done);
    ds_arena_free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_by_name_and_letters_by_arrival),
        cmocka_unit_test(a_copied_sentence_is_found),
        cmocka_unit_test(articles_that_share_their_text_are_paired),
        cmocka_unit_test(hunger_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
