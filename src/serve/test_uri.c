/* SPDX-License-Identifier: Apache-2.0 */
/* test_uri.c - targets are decoded or refused; routes take their parameters and no others. */
#include "serve/uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void targets(void **state)
{
    static const struct {
        const char *target, *path, *params; /* path NULL: refused */
    } rows[] = {
        {"/", "/", ""},
        {"/a%20b?x=1&y=%C3%A9+z&&w", "/a b", "x=1;y=\xC3\xA9 z;w=;"},
        {"/a?x=1=2", "/a", "x=1=2;"},
        {"/%41", "/A", ""},
        {"/a+b", "/a+b", ""},
        {"/../etc", "/../etc", ""},
        {"", NULL, NULL},
        {"a", NULL, NULL},
        {"http://x/", NULL, NULL},
        {"/%", NULL, NULL},
        {"/%4", NULL, NULL},
        {"/%zz", NULL, NULL},
        {"/%00", NULL, NULL},
        {"/%0d%0aX: y", NULL, NULL},
        {"/%7f", NULL, NULL},
        {"/%ff", NULL, NULL},
        {"/?%00=1", NULL, NULL},
        {"/?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 65536);
        ds_buf b = ds_buf_new(a);
        sv_uri uri;
        const char *why = sv_uri_parse(a, ds_str_of(rows[i].target), &uri);
        assert_int_equal(!why, rows[i].path != NULL);
        for (size_t k = 0; !why && k < uri.len; k++)
            ds_buf_printf(&b, "%s=%s;", uri.at[k].name.at, uri.at[k].value.at);
        if (!why) {
            assert_string_equal(uri.path.at, rows[i].path);
            assert_string_equal(ds_buf_str(&b).at, rows[i].params);
        }
        ds_arena_free(a);
    }
}

/* status 0: a route; then its id and whether the second target has the same key. */
static void routes(void **state)
{
    static const struct {
        const char *method, *target;
        int status;
        int64_t id;
        const char *same;
    } rows[] = {
        {"GET", "/api/v1/stories", 0, 0, "/api/v1/stories?"},
        {"HEAD", "/api/v1/stories/17?rule=latest", 0, 17, "/api/v1/stories/17?rule=late%73t"},
        {"GET", "/api/v1/stories?limit=2&from=2024-10-13", 0, 0,
         "/api/v1/stories?from=2024-10-13&limit=2"},
        {"GET", "/api/v1/articles/1:B", 0, 0, "/api/v1/articles/1%3AB"},
        {"GET", "/api/v1/articles/demo/pages/a.html%232", 0, 0, NULL},
        {"POST", "/api/v1/articles", 0, 0, NULL},
        {"GET", "/api/v1/articles", 405, 0, NULL},
        {"DELETE", "/api/v1/stories/1", 405, 0, NULL},
        {"GET", "/api/v1/stories/0", 404, 0, NULL},
        {"GET", "/api/v1/stories/x", 404, 0, NULL},
        {"GET", "/api/v1/stories/99999999999999999999", 404, 0, NULL},
        {"GET", "/api/v1/stories/1/", 404, 0, NULL},
        {"GET", "/api/v1/articles/", 404, 0, NULL},
        {"GET", "/api/v2/stories", 404, 0, NULL},
        {"GET", "/api/v1/stories?limit=0", 400, 0, NULL},
        {"GET", "/api/v1/stories?limit=201", 400, 0, NULL},
        {"GET", "/api/v1/stories?limit=1&limit=1", 400, 0, NULL},
        {"GET", "/api/v1/stories?from=2024-02-30", 400, 0, NULL},
        {"GET", "/api/v1/stories?from=20241013", 400, 0, NULL},
        {"GET", "/api/v1/stories?flagged=1", 400, 0, NULL},
        {"GET", "/api/v1/stories?colour=red", 400, 0, NULL},
        {"GET", "/api/v1/stories?cursor=a/b", 400, 0, NULL},
        {"GET", "/api/v1/stories/1?parts=claims,nothing", 400, 0, NULL},
        {"GET", "/api/v1/search", 400, 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 65536);
        sv_uri uri;
        sv_request r, other;
        sv_refusal no;
        assert_null(sv_uri_parse(a, ds_str_of(rows[i].target), &uri));
        bool found = sv_route_find(a, rows[i].method, &uri, &r, &no);
        assert_int_equal(found ? 0 : no.status, rows[i].status);
        if (found)
            assert_int_equal(r.id, rows[i].id);
        if (rows[i].same) {
            assert_null(sv_uri_parse(a, ds_str_of(rows[i].same), &uri));
            assert_true(sv_route_find(a, rows[i].method, &uri, &other, &no));
            assert_string_equal(r.key.at, other.key.at);
        }
        ds_arena_free(a);
    }
}

/* Refusals name the parameter and what it takes. */
static void refusals(void **state)
{
    static const struct {
        const char *target, *message;
    } rows[] = {
        {"/api/v1/stories?limit=0", "limit: a whole number from 1 to 200"},
        {"/api/v1/stories?to=yesterday", "to: a day, YYYY-MM-DD"},
        {"/api/v1/stories?flagged=1", "flagged: true or false"},
        {"/api/v1/stories?state=calm", "state: one of conflict apart disagree agree"},
        {"/api/v1/stories?cursor=a/b", "cursor: a \u201cnext\u201d that was given"},
        {"/api/v1/stories?colour=red", "colour: no such parameter here"},
        {"/api/v1/stories?to=2024-10-13&to=2024-10-14", "to: given twice"},
        {"/api/v1/stories/1?parts=all",
         "parts: with commas, of key_points flags disputes questions forces timeline sources "
         "copies overlaps similar regroupings holders claims"},
        {"/api/v1/search?q=", "q: 1 to 1000 bytes"},
        {"/api/v1/search", "q: missing"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 65536);
        sv_uri uri;
        sv_request r;
        sv_refusal no;
        assert_null(sv_uri_parse(a, ds_str_of(rows[i].target), &uri));
        assert_false(sv_route_find(a, "GET", &uri, &r, &no));
        assert_string_equal(no.message, rows[i].message);
        ds_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(targets), cmocka_unit_test(routes),
                                       cmocka_unit_test(refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
