/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define DS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DS_ASAN 1
#endif
#endif
#ifdef DS_ASAN
#include <sanitizer/asan_interface.h>
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1"; /* for survives_malloc */
}
#endif

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static void gives_zeroed_aligned_room(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(64, 1u << 20);
    assert_int_equal(ds_arena_used(a), 0);
    for (size_t bytes = 0; bytes < 200; bytes++) {
        char *p = ds_arena_alloc(a, bytes);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_true(all_zero(p, bytes));
        if (bytes)
            memset(p, 0xAB, bytes);
    }
    ds_arena_reset(a); /* what comes out of a used block is zeroed again */
    assert_int_equal(ds_arena_used(a), 0);
    char *p = ds_arena_alloc(a, 48);
    assert_true(all_zero(p, 48));
}

static void keeps_to_its_budget(void **state)
{
    (void)state;
    static const struct {
        size_t budget, bytes;
        bool fits;
    } rows[] = {
        {0, 0, true},
        {0, 1, false},
        {15, 1, false}, /* 16 at a time */
        {16, 1, true},
        {16, 16, true},
        {16, 17, false},
        {100, 96, true},
        {100, 97, false},
        {SIZE_MAX, SIZE_MAX, false},
        {SIZE_MAX, SIZE_MAX - 15, false},
        {SIZE_MAX, SIZE_MAX / 2 + 1, false},
        {1u << 20, 1u << 20, true},
        {(1u << 20) - 1, 1u << 20, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, rows[i].budget);
        assert_int_equal(ds_arena_alloc(a, rows[i].bytes) != NULL, rows[i].fits);
        assert_true(ds_arena_used(a) <= rows[i].budget);
    }
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(32, 1000);
    size_t got = 0;
    while (ds_arena_alloc(a, 16))
        got++;
    assert_int_equal(got, 62);
    assert_int_equal(ds_arena_used(a), 992);
    ds_arena_reset(a);
    assert_non_null(ds_arena_alloc(a, 992)); /* more than the block that was kept */
}

/* The budget allows it, the system does not. */
static void survives_malloc(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, SIZE_MAX);
    assert_null(ds_arena_alloc(a, SIZE_MAX / 4));
    assert_int_equal(ds_arena_used(a), 0);
    char *p = ds_arena_alloc(a, 10);
    assert_non_null(p);
    assert_null(ds_arena_grow(a, p, 10, SIZE_MAX / 4));
    assert_int_equal(ds_arena_used(a), 16);
    assert_true(all_zero(p, 10));
}

static void checks_products(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
    assert_null(ds_arena_calloc(a, SIZE_MAX / 2, 3));
    assert_null(ds_arena_calloc(a, SIZE_MAX, SIZE_MAX));
    assert_null(ds_arena_calloc(a, (size_t)1 << 32, (size_t)1 << 32));
    assert_null(ds_arena_calloc(a, 4097, 1));
    assert_int_equal(ds_arena_used(a), 0);
    assert_non_null(ds_arena_calloc(a, 0, SIZE_MAX));
    assert_true(all_zero(ds_arena_calloc(a, 256, 16), 4096));
}

static void grows(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(256, 1024);
    char *p = ds_arena_alloc(a, 10);
    memcpy(p, "123456789", 10);
    char *q = ds_arena_grow(a, p, 10, 100);
    assert_ptr_equal(q, p); /* the last thing grows where it is */
    assert_string_equal(q, "123456789");
    assert_true(all_zero(q + 10, 90));
    assert_ptr_equal(ds_arena_grow(a, q, 100, 50), q); /* never shrinks */
    assert_int_equal(ds_arena_used(a), 112);

    assert_non_null(ds_arena_alloc(a, 1));
    char *r = ds_arena_grow(a, q, 100, 120); /* no more the last thing: moves */
    assert_ptr_not_equal(r, q);
    assert_string_equal(r, "123456789");
    assert_true(all_zero(r + 10, 110));
    char *s = ds_arena_grow(a, r, 120, 600); /* the block is too small: moves */
    assert_ptr_not_equal(s, r);
    assert_string_equal(s, "123456789");
    assert_true(all_zero(s + 10, 590));

    size_t used = ds_arena_used(a);
    assert_null(ds_arena_grow(a, s, 600, 1024));
    assert_null(ds_arena_grow(a, s, 600, SIZE_MAX));
    assert_int_equal(ds_arena_used(a), used);
    assert_string_equal(s, "123456789");
    ds_arena_reset(a);
    assert_non_null(ds_arena_grow(a, NULL, 0, 16));
}

static void copies_strings(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 4096);
    ds_str s = ds_arena_str(a, ds_str_cut(DS_STR("a word of four"), 2, 6));
    assert_string_equal(s.at, "word");
    assert_int_equal(s.len, 4);
    s = ds_arena_str(a, DS_STR(""));
    assert_string_equal(s.at, "");
    assert_null(ds_arena_str(a, (ds_str){0}).at);
    s = ds_arena_printf(a, "%s-%d", "x", 41);
    assert_string_equal(s.at, "x-41");
    assert_int_equal(s.len, 4);
    s = ds_arena_printf(a, "%s", "");
    assert_non_null(s.at);
    assert_int_equal(s.len, 0);
    s = ds_arena_printf(a, "%3000d", 1); /* longer than any buffer on the stack */
    assert_int_equal(s.len, 3000);
    assert_int_equal(s.at[2999], '1');
}

static void frees_nothing(void **state)
{
    (void)state;
    ds_arena *none = NULL;
    ds_arena_free(NULL);
    ds_arena_freep(&none);
    ds_arena *a = ds_arena_new(0, 64);
    ds_arena_reset(a); /* before the first block */
    ds_arena_freep(&a);
    assert_null(a);
}

static void starves(void **state)
{
    (void)state;
    bool copied = false, printed = false;
    for (size_t budget = 0; budget <= 255; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, budget);
        ds_str s = ds_arena_str(a, DS_STR("thirty-one bytes and then a NUL"));
        assert_true(!s.at || strcmp(s.at, "thirty-one bytes and then a NUL") == 0);
        assert_int_equal(s.at != NULL, budget >= 32);
        copied = s.at != NULL;
        s = ds_arena_printf(a, "%050d", 7);
        assert_true(!s.at || (s.len == 50 && s.at[49] == '7'));
        printed = s.at != NULL;
    }
    assert_true(copied && printed);
}

#ifdef DS_ASAN
#define POISONED(p) __asan_address_is_poisoned(p)

static void poisons_what_is_not_handed_out(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(1024, 4096);
    char *p = ds_arena_alloc(a, 13), *q = ds_arena_alloc(a, 32);
    assert_false(POISONED(p) || POISONED(p + 12));
    for (char *gap = p + 13; gap < q; gap++)
        assert_true(POISONED(gap));
    assert_true(q - p > 16); /* a gap even where the size is a multiple of 16 */
    assert_false(POISONED(q) || POISONED(q + 31));
    assert_true(POISONED(q + 32) && POISONED(q + 500));

    assert_ptr_equal(ds_arena_grow(a, q, 32, 40), q);
    assert_false(POISONED(q + 39));
    assert_true(POISONED(q + 40) && POISONED(q + 63));
    char *empty = ds_arena_alloc(a, 0);
    assert_true(POISONED(empty));
}

static void poisons_on_reset(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(128, 1u << 16);
    char *p = ds_arena_alloc(a, 64);
    assert_non_null(ds_arena_alloc(a, 4096)); /* a second block, which goes */
    ds_arena_reset(a);
    for (size_t i = 0; i < 64; i++)
        assert_true(POISONED(p + i));
    assert_ptr_equal(ds_arena_alloc(a, 10), p); /* the first block is kept */
    assert_false(POISONED(p + 9));
    assert_true(POISONED(p + 10));
}

/* A list that moved leaves poison behind: a pointer kept into the old one is a bug. */
static void poisons_what_moved(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(1024, 4096);
    char *p = ds_arena_alloc(a, 32);
    assert_non_null(ds_arena_alloc(a, 1));
    assert_ptr_not_equal(ds_arena_grow(a, p, 32, 64), p);
    assert_true(POISONED(p) && POISONED(p + 31));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_room),
        cmocka_unit_test(keeps_to_its_budget),
        cmocka_unit_test(survives_malloc),
        cmocka_unit_test(checks_products),
        cmocka_unit_test(grows),
        cmocka_unit_test(copies_strings),
        cmocka_unit_test(frees_nothing),
        cmocka_unit_test(starves),
#ifdef DS_ASAN
        cmocka_unit_test(poisons_what_is_not_handed_out),
        cmocka_unit_test(poisons_on_reset),
        cmocka_unit_test(poisons_what_moved),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
