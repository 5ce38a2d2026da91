/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void keeps_what_is_pushed(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, 1u << 20);
    DS_VEC(int) v = {0};
    DS_VEC(ds_day) other = {0}; /* in turns, so that each has to move */
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(DS_PUSH(a, &v, i), DS_OK);
        assert_int_equal(DS_PUSH(a, &other, -i), DS_OK);
        assert_true(v.len == (size_t)i + 1 && v.cap >= v.len);
    }
    for (int i = 0; i < 5000; i++)
        assert_true(v.at[i] == i && other.at[i] == -i);
}

/* The pushed value may come from the list itself, which moves meanwhile. */
static void pushes_its_own(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, 1u << 20);
    DS_VEC(ds_str) v = {0};
    assert_int_equal(DS_PUSH(a, &v, DS_STR("first")), DS_OK);
    for (int i = 0; i < 100; i++) {
        assert_non_null(ds_arena_alloc(a, 1));
        assert_int_equal(DS_PUSH(a, &v, v.at[0]), DS_OK);
        assert_true(ds_str_eq(v.at[v.len - 1], DS_STR("first")));
    }
}

static void checks_sizes(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1024);
    static const struct {
        size_t len, cap, size;
        ds_status want;
    } rows[] = {
        {0, 0, 128, DS_OK},    {7, 8, SIZE_MAX, DS_OK}, /* nothing to do */
        {0, 0, 129, DS_NOMEM}, {0, 0, SIZE_MAX / 4, DS_NOMEM}, {0, 0, SIZE_MAX, DS_NOMEM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena_reset(a);
        void *at = NULL;
        size_t cap = rows[i].cap;
        assert_int_equal(ds_vec_room(a, &at, rows[i].len, &cap, rows[i].size), rows[i].want);
        assert_true(cap == rows[i].cap || rows[i].want == DS_OK);
    }
    char byte = 0;
    void *at = &byte;
    size_t cap = SIZE_MAX / 2 + 1; /* its double is 0 */
    assert_int_equal(ds_vec_room(a, &at, cap, &cap, 1), DS_NOMEM);
    assert_ptr_equal(at, &byte);
    assert_int_equal(cap, SIZE_MAX / 2 + 1);
}

static void reserves_as_a_hint(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
    DS_VEC(uint64_t) v = {0}, large = {0};
    DS_RESERVE(a, &v, 20);
    uint64_t *at = v.at;
    for (uint64_t i = 0; i < 20; i++)
        assert_int_equal(DS_PUSH(a, &v, i), DS_OK);
    assert_ptr_equal(v.at, at); /* it did not move */
    DS_RESERVE(a, &v, 40);
    assert_int_equal(v.cap, 20); /* it has elements */
    DS_RESERVE(a, &large, 4096);
    DS_RESERVE(a, &large, SIZE_MAX / 2);
    assert_null(large.at);
    assert_int_equal(DS_PUSH(a, &large, 1), DS_OK);
    ds_buf b = ds_buf_new(a);
    ds_buf_reserve(&b, 1000);
    const char *bytes = b.at;
    ds_buf_rep(&b, "x", 999);
    assert_ptr_equal(ds_buf_str(&b).at, bytes);
}

static void starves(void **state)
{
    (void)state;
    bool complete = false;
    for (size_t budget = 0; budget <= 2048; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        DS_VEC(uint64_t) v = {0};
        ds_status st = DS_OK;
        for (uint64_t i = 0; st == DS_OK && i < 50; i++) {
            size_t len = v.len;
            st = DS_PUSH(a, &v, i);
            assert_true(st == DS_OK || (st == DS_NOMEM && v.len == len));
        }
        for (size_t i = 0; i < v.len; i++)
            assert_int_equal(v.at[i], i);
        assert_false(complete && st != DS_OK);
        complete = st == DS_OK;
    }
    assert_true(complete);
}

static void sorts_numbers(void **state)
{
    uint64_t at[] = {7, UINT64_MAX, 0, 7, 3, 0, UINT64_MAX}, want[] = {0, 3, 7, UINT64_MAX};
    (void)state;
    assert_int_equal(ds_unique_u64(at, 7), 4);
    assert_memory_equal(at, want, sizeof want);
    assert_int_equal(ds_unique_u64(NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_is_pushed),
        cmocka_unit_test(pushes_its_own),
        cmocka_unit_test(checks_sizes),
        cmocka_unit_test(reserves_as_a_hint),
        cmocka_unit_test(starves),
        cmocka_unit_test(sorts_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
