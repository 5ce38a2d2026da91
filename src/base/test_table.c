/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))
#define HEAD "#: word class:noun|verb note?\n"

/* The cells with | between them and / after each row. */
static ds_str flat(ds_arena *a, const ds_table *t)
{
    ds_buf b = ds_buf_new(a);
    for (uint32_t r = 0; r < t->rows; r++)
        for (uint32_t c = 0; c < t->columns; c++) {
            ds_buf_put(&b, ds_table_cell(t, r, c));
            ds_buf_putc(&b, c + 1 < t->columns ? '|' : '/');
        }
    return ds_buf_str(&b);
}

static void reads(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {HEAD, ""},
        {HEAD "walk\tverb\tslow", "walk|verb|slow/"},
        {HEAD "walk\tverb\n", "walk|verb|/"}, /* the cell that is not there is empty */
        {HEAD "walk\tverb\t\n", "walk|verb|/"},
        {HEAD "walk\tverb\nant\tnoun\n", "ant|noun|/walk|verb|/"},
        {HEAD "a\tverb\nab\tnoun\na\tnoun\n", "a|noun|/a|verb|/ab|noun|/"},
        {HEAD "a\tnoun\tz\na\tnoun\ty\na\tnoun\n", "a|noun|/a|noun|y/a|noun|z/"},
        {HEAD "caf\xC3\xA9\tnoun\ncafz\tnoun\n", "cafz|noun|/caf\xC3\xA9|noun|/"}, /* bytewise */
        {HEAD "according to\tverb\n", "according to|verb|/"},
        {"# first\n#\n\n" HEAD "\n# between\nwalk\tverb\n\n", "walk|verb|/"},
        {"#: word class:noun|verb note?\r\nwalk\tverb\r\n", "walk|verb|/"},
        {HEAD "#tag\tnoun\n", "#tag|noun|/"}, /* a comment has a space after # */
        {"#: word  note?\nwalk\tx\n", "walk|x/"},
        {"#: a? b?\n\tx\ny\n", "|x/y|/"},
        {"#: a:x|y? b\n\tx\ny\tz\n", "|x/y|z/"},
        {"#: a b c d e f g h i j k l m n o p\n1\t2\t3\t4\t5\t6\t7\t8\t9\t0\t1\t2\t3\t4\t5\t6",
         "1|2|3|4|5|6|7|8|9|0|1|2|3|4|5|6/"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
        ds_table t;
        ds_err err = {0};
        assert_int_equal(ds_table_read(a, DS_STR("t"), ds_str_of(rows[i].text), &t, &err), DS_OK);
        assert_string_equal(flat(a, &t).at, rows[i].want);
        assert_true(ds_str_eq(t.name, DS_STR("t")));
        assert_int_equal(err.code, DS_OK);
    }
}

static void refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *what;
    } rows[] = {
        {"", 1, "no \"#: \" line names the columns"},
        {"# words\n", 1, "no \"#: \" line names the columns"},
        {"walk\tverb\n" HEAD, 1, "a row before the \"#: \" line that names the columns"},
        {HEAD "\n" HEAD, 3, "the columns are named twice"},
        {"#: \n", 1, "no columns are named"},
        {"\n#: word :a|b\n", 2, "a column without a name"},
        {"#: ?\n", 1, "a column without a name"},
        {"#: word class word\n", 1, "two columns have the same name"},
        {"#: word word:a|b?\n", 1, "two columns have the same name"},
        {"#: a b c d e f g h i j k l m n o p q\n", 1, "too many columns"},
        {HEAD "walk\n", 2, "too few cells"},
        {HEAD "walk\tverb\tslow\tmore\n", 2, "more cells than columns"},
        {HEAD "walk\tverb\tslow\t\n", 2, "more cells than columns"},
        {HEAD "\tverb\n", 2, "an empty cell where the column wants a value"},
        {HEAD "walk\t\tslow\n", 2, "an empty cell where the column wants a value"},
        {HEAD "walk\tverb\nrun\tVerb\n", 3, "a value that its column does not allow"},
        {HEAD "walk\tver\n", 2, "a value that its column does not allow"},
        {HEAD "walk\tnoun|verb\n", 2, "a value that its column does not allow"},
        {HEAD "walk\tverb \n", 2, "a value that its column does not allow"},
        {HEAD "b\tnoun\na\tnoun\n# x\nb\tnoun\n", 5, "the same row stands above"},
        {HEAD "b\tnoun\nb\tnoun\t\n", 3, "the same row stands above"},
        {HEAD "walk\tverb\n\xE9\tnoun\n", 3, "not valid UTF-8"},
        {"\xED\xA0\x80", 1, "not valid UTF-8"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
        ds_table t = {.rows = 77};
        ds_err err = {0};
        ds_str text = ds_str_of(rows[i].text);
        assert_int_equal(ds_table_read(a, DS_STR("t"), text, &t, &err), DS_BAD);
        assert_int_equal(err.code, DS_BAD);
        assert_string_equal(err.what, rows[i].what);
        assert_int_equal(err.at, rows[i].line);
        assert_int_equal(t.rows, 77);
        assert_int_equal(ds_table_read(a, DS_STR("t"), text, &t, NULL), DS_BAD);
    }
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_table t;
    assert_int_equal(ds_table_read(a, DS_STR("t"), (ds_str){0}, &t, NULL), DS_BAD);
}

static void bounds_the_rows(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 28);
    ds_buf b = ds_buf_new(a);
    ds_buf_puts(&b, "#: word\n");
    ds_buf_rep(&b, "a\n", (1u << 20) + 1);
    ds_table t = {.rows = 77};
    ds_err err = {0};
    assert_int_equal(ds_table_read(a, DS_STR("t"), ds_buf_str(&b), &t, &err), DS_LIMIT);
    assert_string_equal(err.what, "too many rows");
    assert_int_equal(err.at, (1u << 20) + 2);
    assert_int_equal(t.rows, 77);
}

static void names_columns(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_table t;
    assert_int_equal(ds_table_read(a, DS_STR("t"), DS_STR(HEAD "walk\tverb\n"), &t, NULL), DS_OK);
    static const struct {
        const char *name;
        int want;
    } rows[] = {{"word", 0}, {"class", 1}, {"note", 2}, {"note?", -1}, {"", -1}, {NULL, -1}};
    for (size_t i = 0; i < LEN(rows); i++)
        assert_int_equal(ds_table_column(&t, ds_str_of(rows[i].name)), rows[i].want);
}

static void starves(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "walk\tverb\tslow\nant\tnoun\nrun\tverb\nbee\tnoun\nfly\tverb\n";
    bool complete = false;
    for (size_t budget = 0; budget <= 2048; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        DS_AUTO(ds_arena_freep) ds_arena *other = ds_arena_new(0, 4096);
        ds_table t = {.rows = 77};
        ds_err err = {0};
        ds_status st = ds_table_read(a, DS_STR("t"), ds_str_of(text), &t, &err);
        assert_false(complete && st != DS_OK);
        complete = st == DS_OK;
        if (complete) {
            assert_string_equal(flat(other, &t).at,
                                "ant|noun|/bee|noun|/fly|verb|/run|verb|/walk|verb|slow/");
            continue;
        }
        assert_int_equal(st, DS_NOMEM);
        assert_int_equal(err.code, DS_NOMEM);
        assert_string_equal(err.what, "out of memory");
        assert_int_equal(t.rows, 77);
    }
    assert_true(complete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),           cmocka_unit_test(refuses),
        cmocka_unit_test(bounds_the_rows), cmocka_unit_test(names_columns),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
