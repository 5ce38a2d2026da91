/* SPDX-License-Identifier: Apache-2.0 */
#include "text/internal.h"
#include "text/test_text.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const ds_section made[] = {{DS_STR_INIT("lemma"), DS_STR_INIT("walk walked")},
                                  {DS_STR_INIT("net"), DS_STR_INIT("")},
                                  {DS_STR_INIT("sixteen-letters-"), DS_STR_INIT("x")}};

static ds_str pack_of(ds_arena *a, const ds_section *at, size_t n)
{
    ds_str out = {0};
    assert_int_equal(ds_pack_write(a, at, n, &out), DS_OK);
    return out;
}

static void test_round(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_pack p;
    for (size_t n = 0; n <= 3; n++) {
        assert_int_equal(ds_pack_read(pack_of(a, made, n), false, &p, NULL), DS_OK);
        assert_int_equal(p.sections, n);
        for (size_t i = 0; i < 3; i++) {
            ds_str s = ds_pack_section(&p, made[i].name);
            assert_true(i < n ? ds_str_eq(s, made[i].bytes) : !s.at);
            assert_true(i >= n || (s.at - p.bytes.at) % 64 == 0);
        }
    }
    assert_null(ds_pack_section(&p, DS_STR("lemm")).at);
    ds_arena_free(a);
}

/* One byte of a good pack of "lemma" and "net" is changed: the sum tells, and without it the offsets do. */
static void test_bad(void **state)
{
    (void)state;
    // clang-format off
    static const struct { size_t at; char byte; const char *what; } rows[] = {
        {0, 'd', "no pack"}, {8, 127, "more sections"}, {12, 1, "cut off"}, {16, 1, "cut off"}, {32, 'L', "good name"},
        {32, 0, "good name"}, {38, 'x', "good name"}, {32, 'o', "order"}, {48, 1, "outside"}, {49, 16, "outside"},
        {55, -128, "outside"}, {57, 1, "outside"}, {63, -1, "outside"}, {80, 64, "outside"},
    };
    // clang-format on
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str good = pack_of(a, made, 2);
        char *at = ds_arena_raw(a, good.len);
        ds_pack p = {.hash = 7};
        ds_err err = {0};
        memcpy(at, good.at, good.len);
        at[rows[i].at] = rows[i].byte;
        assert_int_equal(ds_pack_read((ds_str){at, good.len}, true, &p, &err), DS_BAD);
        assert_non_null(strstr(err.what, rows[i].what));
        assert_int_equal(p.hash, 7);
        assert_int_equal(ds_pack_read((ds_str){at, good.len}, false, &p, &err), DS_BAD);
    }
    for (size_t len = 0; len < pack_of(a, made, 2).len; len++) {
        ds_pack p;
        assert_int_equal(ds_pack_read((ds_str){pack_of(a, made, 2).at, len}, true, &p, NULL),
                         DS_BAD);
    }
    ds_arena_free(a);
}

/* What is compiled in is whole, and its first byte is at a multiple of 64. */
static void test_built_in(void **state)
{
    (void)state;
    ds_pack p;
    const ds_builtin *en = ds_builtin_of(DS_STR("en"));
    assert_int_equal(ds_pack_read((ds_str){en->pack, *en->pack_len}, false, &p, NULL), DS_OK);
    assert_int_equal((uintptr_t)en->pack % 64, 0);
}

static void put_bytes(const char *path, ds_str s)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(s.at, 1, s.len, f), s.len);
    fclose(f);
}

static void test_replaced(void **state)
{
    (void)state;
    char dir[] = "/tmp/ds-pack-XXXXXX", path[64];
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_str good = pack_of(a, made, 3);
    ds_lexicon *lex = NULL;
    ds_err err = {0};
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/language.pack", dir);
    put_bytes(path, good);
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, NULL), DS_OK);
    assert_true(ds_str_eq(ds_lexicon_section(lex, "lemma"), made[0].bytes));
    assert_false(ds_str_eq(ds_lexicon_hash(lex), ds_lexicon_hash(words)));
    ds_lexicon_close(lex);
    assert_null(ds_lexicon_section(lex, "lemma").at);
    ds_lexicon_close(lex);
    ds_lexicon_close(NULL);
    put_bytes(path, ds_str_cut(good, 0, good.len - 1));
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, &err), DS_BAD);
    assert_non_null(strstr(err.what, "/language.pack: cut off"));
    put_bytes(path, DS_STR(""));
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, &err), DS_LIMIT);
    unlink(path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(ds_lexicon_open(a, ds_str_of(dir), &lex, &err), DS_IO);
    rmdir(path);
    rmdir(dir);
    ds_arena_free(a);
}

static void test_starved(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; !done; budget++) {
        ds_arena *a = ds_arena_new(0, budget);
        ds_str out = {0};
        ds_status st = a ? ds_pack_write(a, made, 3, &out) : DS_NOMEM;
        assert_true(st == DS_OK || (st == DS_NOMEM && !out.at));
        done = st == DS_OK;
        ds_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round), cmocka_unit_test(test_bad), cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_replaced), cmocka_unit_test(test_starved)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
