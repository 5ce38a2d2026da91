/* SPDX-License-Identifier: Apache-2.0 */
/* test_inbox.c - what is put in waits, in order, once, until it is taken out. */
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void lines_wait_in_order(void **state)
{
    const ds_str lines[] = {DS_STR("{\"id\":\"b\"}"), DS_STR("{\"id\":\"a\"}"),
                            DS_STR("{\"id\":\"b\"}")};
    DS_AUTO(ds_store_closep) ds_store *in = NULL;
    DS_AUTO(ds_store_closep) ds_store *out = NULL;
    ds_store *none = NULL;
    size_t known;
    int64_t id, waiting;
    ds_str line;
    assert_int_equal(ds_inbox_open(*state, DS_STR("x.db"), false, &none, NULL), DS_NONE);
    assert_int_equal(ds_inbox_open(*state, DS_STR("x.db"), true, &in, NULL), DS_OK);
    assert_int_equal(ds_inbox_put(in, lines, 3, &known, NULL), DS_OK);
    assert_int_equal(known, 1);
    assert_int_equal(ds_inbox_open(*state, DS_STR("x.db"), false, &out, NULL), DS_OK);
    assert_int_equal(ds_inbox_waiting(out, &waiting, NULL), DS_OK);
    assert_int_equal(waiting, 2);
    assert_int_equal(ds_inbox_next(out, *state, 0, &id, &line, NULL), DS_OK);
    assert_true(ds_str_eq(line, lines[0]));
    assert_int_equal(ds_inbox_done(out, id, NULL), DS_OK);
    assert_int_equal(ds_inbox_next(out, *state, id, &id, &line, NULL), DS_OK);
    assert_true(ds_str_eq(line, lines[1]));
    assert_int_equal(ds_inbox_done(out, id, NULL), DS_OK);
    assert_int_equal(ds_inbox_next(out, *state, 0, &id, &line, NULL), DS_NONE);
    /* What went and comes again waits again, behind. */
    int64_t last = id;
    assert_int_equal(ds_inbox_put(in, lines, 1, &known, NULL), DS_OK);
    assert_int_equal(known, 0);
    assert_int_equal(ds_inbox_next(out, *state, 0, &id, &line, NULL), DS_OK);
    assert_true(id > last);
}

static void a_bad_place_is_told(void **state)
{
    ds_store *s = NULL;
    ds_err err = {0};
    assert_int_equal(ds_inbox_open(*state, DS_STR("no/such/folder/x.db"), true, &s, &err), DS_IO);
    assert_non_null(err.what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_wait_in_order, ds_sample_enter, ds_sample_leave),
        cmocka_unit_test_setup_teardown(a_bad_place_is_told, ds_sample_enter, ds_sample_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
