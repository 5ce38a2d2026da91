/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

// clang-format off
static const struct { const char *form, *noun, *verb; } cases[] = {
    {"soldiers", "soldier", NULL}, {"men", "man", NULL}, {"people", "people", NULL}, {"children", "child", NULL},
    {"cities", "city", NULL}, {"boxes", "box", NULL}, {"churches", "church", NULL}, {"crises", "crisis", NULL},
    {"losses", "loss", NULL}, {"lives", "life", NULL}, {"troops", "troop", NULL}, {"forces", "force", NULL},
    {"heroes", "hero", NULL}, {"bus", "bus", NULL}, {"houses", "house", NULL}, {"kilometres", "kilometre", NULL},
    {"killed", NULL, "kill"}, {"wounded", NULL, "wound"}, {"injured", NULL, "injure"}, {"captured", NULL, "capture"},
    {"sent", NULL, "send"}, {"fled", NULL, "flee"}, {"shot", NULL, "shoot"}, {"lost", NULL, "lose"},
    {"taught", NULL, "teach"}, {"held", NULL, "hold"}, {"was", NULL, "be"}, {"stopped", NULL, "stop"},
    {"planning", NULL, "plan"}, {"reported", NULL, "report"}, {"estimated", NULL, "estimate"}, {"said", NULL, "say"},
    {"bringing", NULL, "bring"}, {"carries", NULL, "carry"}, {"carried", NULL, "carry"}, {"dying", NULL, "die"},
    {"settled", NULL, "settle"}, {"requires", NULL, "require"}, {"required", NULL, "require"}, {"moved", NULL, "move"},
    {"exceeded", NULL, "exceed"}, {"agreed", NULL, "agree"}, {"added", NULL, "add"}, {"bribed", NULL, "bribe"},
    {"goes", NULL, "go"}, {"pushes", NULL, "push"}, {"misses", NULL, "miss"}, {"explained", NULL, "explain"},
    {"red", "red", "red"}, {"x", "x", "x"}, {"12,000", "12,000", "12,000"},
};
// clang-format on

static void test_lemma(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int verb = 0; verb < 2; verb++) {
            const char *want = verb ? cases[i].verb : cases[i].noun;
            if (!want)
                continue;
            ds_str got = ds_text_lemma(a, words, ds_str_of(cases[i].form), verb);
            if (!ds_str_eq(got, ds_str_of(want)))
                fail_msg("%s: %.*s, not %s", cases[i].form, DS_FMT(got), want);
        }
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lemma)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
