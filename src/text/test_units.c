/* SPDX-License-Identifier: Apache-2.0 */
/* What codes of units mean, and that units.tsv names no code that means nothing. */
#include "text/test_text.h"

static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *code, *dimension, *name;
        int64_t num, den; /* 0: no factor */
    } rows[] = {
        {"km", "length", "kilometre", 1000, 1},
        {"mm", "length", "millimetre", 1, 1000},
        {"mile", "length", "mile", 201168, 125},
        {"GW", "power", "gigawatt", 1000000000, 1},
        {"mW", "power", "milliwatt", 1, 1000},
        {"MW", "power", "megawatt", 1000000, 1},
        {"µSv", "dose", "microsievert", 1, 1000000},
        {"Mt", "mass", "megaton", 1000000000, 1},
        {"\xCE\xBCm", "length", "micrometre", 1, 1000000},
        {"MV", "voltage", "megavolt", 1000000, 1},
        {"degC", "temperature", "celsius", 0, 1},
        {"USD", "money", "dollar", 0, 1},
        {"LKR", "money", "sri lankan rupee", 0, 1},
        {"kmile", NULL, NULL, 0, 1},
        {"soldier", NULL, NULL, 0, 1},
        {"", NULL, NULL, 0, 1},
    };
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_unit u = {0};
        bool is = ds_unit_of(a, words, ds_str_of(rows[i].code), &u);
        assert_int_equal(is, rows[i].name != NULL);
        if (!is)
            continue;
        assert_true(ds_str_eq(u.dimension, ds_str_of(rows[i].dimension)));
        assert_true(ds_str_eq(u.name, ds_str_of(rows[i].name)));
        assert_int_equal(u.wordlike, strcmp(rows[i].code, "MV") == 0);
        assert_int_equal(u.has_factor, rows[i].num != 0);
        ds_frac want = {rows[i].num, rows[i].den};
        assert_true(!u.has_factor || ds_frac_cmp(u.factor, want) == 0);
    }
    ds_arena_free(a);
}

static void test_every_row_has_a_meaning(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    const ds_table *t = ds_lexicon_table(words, "units");
    for (uint32_t r = 0; r < t->rows; r++) {
        ds_str cell = ds_table_cell(t, r, 1);
        for (size_t beg = 0, end; beg < cell.len; beg = end + 1) {
            ptrdiff_t slash = ds_str_find(cell, DS_STR("/"), beg);
            end = slash < 0 ? cell.len : (size_t)slash;
            ds_unit u;
            if (!ds_unit_of(a, words, ds_str_cut(cell, beg, end), &u))
                fail_msg("units.tsv: %.*s: no such code", DS_FMT(cell));
        }
    }
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_every_row_has_a_meaning),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
