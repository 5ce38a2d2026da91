/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define KEYS 10000

static void keeps_ten_thousand_in_order(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {0, 1, 0x9E3779B97F4A7C15};
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 24);
        ds_map *m = ds_map_new(a, seeds[s]);
        assert_non_null(m);
        for (unsigned i = 0; i < KEYS; i++)
            assert_int_equal(ds_map_put(m, ds_arena_printf(a, "key %u", i * 7919), i), DS_OK);
        assert_int_equal(ds_map_len(m), KEYS);
        for (unsigned i = 0; i < KEYS; i++) {
            uint64_t value = 0;
            ds_str key = ds_arena_printf(a, "key %u", i * 7919);
            assert_int_equal(ds_map_get(m, key, &value), DS_OK);
            assert_int_equal(value, i);
            assert_true(ds_str_eq(ds_map_slots(m)[i].key, key));
            assert_int_equal(ds_map_slots(m)[i].value, i);
            value = 77;
            assert_int_equal(ds_map_get(m, ds_arena_printf(a, "no %u", i), &value), DS_NONE);
            assert_int_equal(value, 77);
        }
    }
}

static void replaces_in_place(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 16);
    ds_map *m = ds_map_new(a, 0);
    assert_int_equal(ds_map_len(m), 0);
    /* the order of the first time counts; bytes count, not what follows them */
    static const struct {
        const char *key;
        size_t len;
        uint64_t value;
    } puts[] = {{"dam", 3, 1},  {"da", 2, 2},     {"", 0, 3},           {"dam", 3, 4},
                {"dams", 4, 5}, {"dam\0x", 5, 6}, {"d\xC3\xA4m", 4, 7}, {"", 0, UINT64_MAX}},
      want[] = {{"dam", 3, 4},  {"da", 2, 2},     {"", 0, UINT64_MAX},
                {"dams", 4, 5}, {"dam\0x", 5, 6}, {"d\xC3\xA4m", 4, 7}};
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++)
        assert_int_equal(ds_map_put(m, (ds_str){puts[i].key, puts[i].len}, puts[i].value), DS_OK);
    assert_int_equal(ds_map_len(m), sizeof want / sizeof *want);
    for (size_t i = 0; i < ds_map_len(m); i++) {
        uint64_t value = 0;
        assert_true(ds_str_eq(ds_map_slots(m)[i].key, (ds_str){want[i].key, want[i].len}));
        assert_int_equal(ds_map_get(m, ds_map_slots(m)[i].key, &value), DS_OK);
        assert_int_equal(value, want[i].value);
    }
    uint64_t value = 0; /* the absent string is a key of its own, not the empty one */
    assert_int_equal(ds_map_get(m, (ds_str){0}, &value), DS_NONE);
    assert_int_equal(ds_map_put(m, (ds_str){0}, 9), DS_OK);
    assert_int_equal(ds_map_get(m, (ds_str){0}, &value), DS_OK);
    assert_int_equal(value, 9);
    assert_int_equal(ds_map_get(m, DS_STR(""), &value), DS_OK);
    assert_int_equal(value, UINT64_MAX);
}

static void hashes_by_seed(void **state)
{
    (void)state;
    assert_true(ds_hash(DS_STR("dam"), 0) == ds_hash(ds_str_cut(DS_STR("a dam"), 2, 5), 0));
    assert_true(ds_hash(DS_STR("dam"), 0) != ds_hash(DS_STR("dam"), 1));
    assert_true(ds_hash(DS_STR("dam"), 0) != ds_hash(DS_STR("dan"), 0));
    assert_true(ds_hash((ds_str){0}, 5) == ds_hash(DS_STR(""), 5));
}

static void starves(void **state)
{
    (void)state;
    char keys[60][8];
    for (size_t i = 0; i < 60; i++) {
        memset(keys[i], 'k', 8);
        keys[i][i % 8] = (char)('0' + i / 8);
    }
    bool complete = false;
    for (size_t budget = 0; budget <= 8192; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_map *m = ds_map_new(a, 0);
        assert_false(complete && !m);
        if (!m)
            continue;
        ds_status st = DS_OK;
        size_t i;
        for (i = 0; i < 60 && st == DS_OK; i++)
            st = ds_map_put(m, (ds_str){keys[i], 8}, i);
        size_t len = st == DS_OK ? 60 : i - 1; /* one put failed: the map is as before it */
        assert_true(st == DS_OK || st == DS_NOMEM);
        assert_int_equal(ds_map_len(m), len);
        for (i = 0; i < 60; i++) {
            uint64_t value = 77;
            assert_int_equal(ds_map_get(m, (ds_str){keys[i], 8}, &value),
                             i < len ? DS_OK : DS_NONE);
            assert_int_equal(value, i < len ? i : 77);
        }
        if (len) /* and still takes new values for what it holds */
            assert_int_equal(ds_map_put(m, (ds_str){keys[0], 8}, 5), DS_OK);
        assert_false(complete && st != DS_OK);
        complete = st == DS_OK;
    }
    assert_true(complete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_ten_thousand_in_order),
        cmocka_unit_test(replaces_in_place),
        cmocka_unit_test(hashes_by_seed),
        cmocka_unit_test(starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
