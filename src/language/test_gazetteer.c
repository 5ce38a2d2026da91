/* SPDX-License-Identifier: Apache-2.0 */
#include "language/fold.h"
#include "language/gazetteer.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

enum { BUDGET = 16 << 20, WORDS = 12 };

static const char countries[] =
    "#: phrase kind:country|adjective|people country\n"
    "US\tcountry\tUS\nVarn\tcountry\tXV\nVarn Islands\tcountry\tXW\nVarnish\tadjective\tXV\n";
static const char words[] =
    "#: phrase kind:title|role|join\n"
    "of\tjoin\nPrime Minister\ttitle\nminister\trole\nSan Jos\xC3\xA9\ttitle\nAl-Varn\ttitle\n"
    "People's Front\ttitle\n";

static ds_arena *home;
static ds_gazetteer g;

static ds_status make(ds_arena *a, ds_str *out, ds_err *err)
{
    ds_table tables[2];
    DS_TRY(ds_table_read(a, DS_STR("countries"), ds_str_of(countries), &tables[0], err));
    DS_TRY(ds_table_read(a, DS_STR("namewords"), ds_str_of(words), &tables[1], err));
    return ds_gazetteer_make(a, tables, 2, out, err);
}

static int open_gazetteer(void **state)
{
    ds_str section;
    (void)state;
    home = ds_arena_new(0, BUDGET);
    return home && make(home, &section, NULL) == DS_OK &&
                   ds_gazetteer_open(section, &g, NULL) == DS_OK
               ? 0
               : -1;
}

static int close_gazetteer(void **state)
{
    (void)state;
    ds_arena_free(home);
    return 0;
}

static bool has_cap(ds_str w)
{
    return w.at[0] >= 'A' && w.at[0] <= 'Z';
}

static bool all_caps(ds_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.at[i] != '.' && !has_cap((ds_str){w.at + i, 1}))
            return false;
    return w.len > 1;
}

/* Marks of one class: o alone, b begins, i goes on, - none. */
static ds_str marks_of(ds_arena *a, const char *text, unsigned cls)
{
    gz_word w[WORDS];
    gz_marks marks[WORDS] = {{0, 0, 0}};
    size_t n = 0;
    ds_buf b = ds_buf_new(a);
    ds_str s = ds_str_of(text);
    for (size_t i = 0, beg = 0; i <= s.len; i++) {
        if (i < s.len && s.at[i] != ' ')
            continue;
        ds_str word = ds_str_cut(s, beg, i);
        w[n++] = (gz_word){gz_key(word), has_cap(word), all_caps(word)};
        beg = i + 1;
    }
    ds_gazetteer_mark(&g, w, n, marks);
    for (size_t i = 0; i < n; i++)
        ds_buf_putc(&b, marks[i].one & GZ_BIT(cls)   ? 'o'
                        : marks[i].beg & GZ_BIT(cls) ? 'b'
                        : marks[i].in & GZ_BIT(cls)  ? 'i'
                                                     : '-');
    return ds_buf_str(&b);
}

static void test_marks(void **state)
{
    static const struct {
        const char *text;
        unsigned cls;
        const char *want;
    } rows[] = {
        {"Varn and varn", GZ_COUNTRY, "o--"},
        {"the Varn Islands and Varn", GZ_COUNTRY, "-bi-o"}, /* the longest */
        {"US us U.S. Us", GZ_COUNTRY, "o-o-"},
        {"Prime Minister minister PRIME MINISTER", GZ_TITLE, "bi-bi"},
        {"prime minister Minister", GZ_ROLE, "-oo"},
        {"San Jose SAN JOS\xC3\x89", GZ_TITLE, "bibi"}, /* accents */
        {"Al - Varn", GZ_TITLE, "bii"},                 /* as words are cut */
        {"People 's Front", GZ_TITLE, "bii"},
        {"People \xE2\x80\x99s Front", GZ_TITLE, "bii"},
        {"Varn of", GZ_JOIN, "-o"},
        {"Nothing here", GZ_COUNTRY, "--"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
        assert_string_equal(marks_of(a, rows[i].text, rows[i].cls).at, rows[i].want);
    }
}

static void test_folding(void **state)
{
    static const struct {
        const char *from, *to;
    } rows[] = {{"\xC3\x89T\xC3\x89", "ete"},
                {"\xC5\x81\xC3\xB3"
                 "d\xC5\xBA",
                 "lodz"},
                {"O\xE2\x80\x99Neill", "o'neill"},
                {"\xC4\xB0zmir", "izmir"},
                {"\xD0\x9A", "\xD0\x9A"},
                {"a\xE2\x80\x91"
                 "b",
                 "a-b"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
        ds_buf b = ds_buf_new(a);
        ds_str s = ds_str_of(rows[k].from);
        for (size_t i = 0; i < s.len;)
            ds_buf_utf8(&b, fold_next(s, &i));
        assert_string_equal(ds_buf_str(&b).at, rows[k].to);
    }
}

static void test_bad_sections(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str good;
    ds_gazetteer out;
    (void)state;
    assert_int_equal(make(a, &good, NULL), DS_OK);
    assert_int_equal(ds_gazetteer_open(good, &out, NULL), DS_OK);
    assert_int_equal(ds_gazetteer_open((ds_str){NULL, 0}, &out, NULL), DS_BAD);
    for (size_t len = 0; len < good.len; len += 7)
        assert_int_equal(ds_gazetteer_open(ds_str_cut(good, 0, len), &out, NULL), DS_BAD);
    for (size_t at = 0; at < 16; at++) { /* magic and sizes */
        ds_str bad = ds_arena_str(a, good);
        ((char *)(uintptr_t)bad.at)[at] ^= 0x55;
        assert_int_equal(ds_gazetteer_open(bad, &out, NULL), DS_BAD);
    }
}

static void test_bad_tables(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
    ds_table t;
    ds_str out;
    ds_err err = {0};
    (void)state;
    assert_int_equal(
        ds_table_read(a, DS_STR("places"), DS_STR("#: phrase kind\nVarn\tplanet\n"), &t, &err),
        DS_OK);
    assert_int_equal(ds_gazetteer_make(a, &t, 1, &out, &err), DS_BAD);
}

static void test_starving(void **state)
{
    (void)state;
    for (size_t budget = 0; budget < 4096; budget += 13) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(64, budget);
        ds_str out = {0};
        if (small && make(small, &out, NULL) < 0)
            assert_null(out.at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_bad_sections), cmocka_unit_test(test_bad_tables),
        cmocka_unit_test(test_starving),
    };
    return cmocka_run_group_tests(tests, open_gazetteer, close_gazetteer);
}
