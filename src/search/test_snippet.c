/* SPDX-License-Identifier: Apache-2.0 */
#include "search/search.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

/* The snippet with hits in brackets. */
static void snippets(void **state)
{
    static const struct {
        const char *query, *text, *snippet;
    } rows[] = {
        {"kill", "At least 17 people were killed in Mirefold.",
         "At least 17 people were [killed] in Mirefold"},
        {"dam OR wall", "The dam broke. A wall of water came.",
         "The [dam] broke. A [wall] of water came"},
        {"source:orpress", "Nothing of it here.", "Nothing of it here"},
        {"dam", "", ""},
        {"caf\xC3\xA9", "Two cafes and a Caf\xC3\xA9.", "Two [cafes] and a [Caf\xC3\xA9]"},
        {"late",
         "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r "
         "s t late u v w",
         "m n o p q r s t [late] u v w"},
    };
    ds_words *w;
    (void)state;
    assert_int_equal(ds_words_open(&w), DS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 1 << 20);
        ds_query q;
        ds_err err = {0};
        ds_snippet s;
        ds_str text = ds_str_of(rows[i].text);
        ds_buf b = ds_buf_new(a);
        assert_int_equal(ds_query_parse(a, w, ds_str_of(rows[i].query), &q, &err), DS_OK);
        assert_int_equal(ds_snippet_make(a, w, &q, text, &s), DS_OK);
        for (size_t k = 0; k < s.len; k++)
            ds_buf_printf(&b, s.at[k].hit ? "[%.*s]" : "%.*s", DS_FMT(ds_str_at(text, s.at[k].at)));
        assert_string_equal(ds_buf_str(&b).at, rows[i].snippet);
        ds_arena_free(a);
    }
    ds_words_close(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(snippets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
