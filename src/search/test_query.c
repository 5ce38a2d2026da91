/* SPDX-License-Identifier: Apache-2.0 */
#include "search/search.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

static int enter(void **state)
{
    ds_words *w = NULL;
    ds_status got = ds_words_open(&w);
    *state = w;
    return got;
}

static int leave(void **state)
{
    ds_words_close(*state);
    return 0;
}

static void words(void **state)
{
    static const struct {
        const char *text, *stems;
    } rows[] = {
        {"At least 17 people were killed.", "at least 17 peopl were kill "},
        {"1,200 homes; 3.5 million", "1200 home 3 5 million "},
        {"Russia\xE2\x80\x99s and Orsenia's", "russia and orsenia "},
        {"O'Brien, 'quoted'", "o'brien quot "},
        {"Caf\xC3\xA9 CAFE\xCC\x81 \xC3\x96sterby", "cafe cafe osterbi "},
        {"wave-like, co-operate", "wave like co oper "},
        {"\xED\x95\x9C\xEA\xB5\xAD", "\xED\x95\x9C\xEA\xB5\xAD "},
        {"\xFF\xFE broken \xC3", "broken "},
        {"\xDF\xB0'Brien", "brien "},
        {"\xDF\xB0'Brien\xE2\x80\x99\xDF\xB0'Brien", "brien'brien "},
        {"...", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 65536);
        ds_buf b = ds_buf_new(a);
        assert_int_equal(ds_words_put(*state, ds_str_of(rows[i].text), &b), DS_OK);
        assert_string_equal(ds_buf_str(&b).at, rows[i].stems);
        ds_arena_free(a);
    }
}

/* A query, its normal form, and what FTS5 is asked. NULL: refused, `normal` says why. */
static void queries(void **state)
{
    static const struct {
        const char *query, *normal, *match;
    } rows[] = {
        {"Flooding DAM", "flooding dam",
         "(({title text} : \"flood\") AND ({title text} : \"dam\"))"},
        {"\"wall of water\"", "\"wall of water\"", "(({title text} : \"wall of water\"))"},
        {"dam OR dike OR levee burst", "dam OR dike OR levee burst",
         "(({title text} : \"dam\" OR {title text} : \"dike\" OR {title text} : \"leve\") AND "
         "({title text} : \"burst\"))"},
        {"dam | dike", "dam OR dike", "(({title text} : \"dam\" OR {title text} : \"dike\"))"},
        {"dam -drill -\"spring tide\"", "dam -drill -\"spring tide\"",
         "(({title text} : \"dam\")) NOT ({title text} : \"drill\") NOT ({title text} : \"spring "
         "tide\")"},
        {"source:\"Halvet Courier\" author:holm place:Mirefold",
         "source:\"halvet courier\" author:holm place:mirefold",
         "((source : \"halvet courier\") AND (author : \"holm\") AND (place : \"mirefold\"))"},
        {"measure:\"killed or injured\"", "measure:\"killed or injured\"",
         "((measure : \"killedorinjured\"))"},
        {"measure:Caf\xC3\xA9s", "measure:cafes", "((measure : \"cafes\"))"},
        {"dam from:2024-10-13 to:2024-10-20", "dam from:2024-10-13 to:2024-10-20",
         "(({title text} : \"dam\"))"},
        {"from:2024-10-13", "from:2024-10-13", NULL},
        {"wave-like", "\"wave like\"", "(({title text} : \"wave like\"))"},
        {"http://halvet.example/x", "\"http halvet example x\"",
         "(({title text} : \"http halvet exampl x\"))"},
        {"OR dam", "or dam", "(({title text} : \"or\") AND ({title text} : \"dam\"))"},
        {"(dam) AND", "dam and", "(({title text} : \"dam\") AND ({title text} : \"and\"))"},
        {"\"open quote", "\"open quote\"", "(({title text} : \"open quot\"))"},
        {"dam\") OR rowid:1 --", "dam \"or rowid 1\"",
         "(({title text} : \"dam\") AND ({title text} : \"or rowid 1\"))"},
        {"\xE2\x80\x9Cwall of water\xE2\x80\x9D \xE2\x80\x9Eopen \xE2\x80\x93",
         "\"wall of water\" open",
         "(({title text} : \"wall of water\") AND ({title text} : \"open\"))"},
        {"Source: courier PLACE:\"Mirefold\" author:", "source:courier place:mirefold",
         "((source : \"courier\") AND (place : \"mirefold\"))"},
        {"(dam OR (dike OR (levee))) OR", "dam OR dike OR levee",
         "(({title text} : \"dam\" OR {title text} : \"dike\" OR {title text} : \"leve\"))"},
        {"From: 2024-10-13 to:2024-10-13", "from:2024-10-13 to:2024-10-13", NULL},
        {"dam from:2024-10-20 to:2024-10-13", NULL, "from: is a day after to:"},
        {"dam from:2024-10-13 from:2024-10-14", NULL, "from:, to: each once"},
        {"dam -from:2024-10-13", NULL, "from:, to: no dash before them"},
        {"dam to:", NULL, "from:, to: a day is written YYYY-MM-DD"},
        {"\"\" -- : source:", NULL, "the query has no word"},
        {"-dam", NULL, "the query has only words that are not wanted: name one that is"},
        {"dam from:2024", NULL, "from:, to: a day is written YYYY-MM-DD"},
        {"a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a", NULL,
         "the query has more than 32 words"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, 1 << 20);
        ds_query q;
        ds_err err = {0};
        ds_status got = ds_query_parse(a, *state, ds_str_of(rows[i].query), &q, &err);
        if (!rows[i].normal) {
            assert_true(got < 0);
            assert_string_equal(err.what, rows[i].match);
        } else {
            ds_buf b = ds_buf_new(a);
            assert_int_equal(got, DS_OK);
            ds_query_print(&q, &b);
            assert_string_equal(ds_buf_str(&b).at, rows[i].normal);
            ds_str match = ds_query_match(a, &q);
            if (rows[i].match)
                assert_string_equal(match.at, rows[i].match);
            else
                assert_null(match.at);
        }
        ds_arena_free(a);
    }
}

/* Any budget gives the answer, or DS_NOMEM with the output as it was. */
static void starved(void **state)
{
    for (size_t budget = 0; budget < 4096; budget += 16) {
        ds_arena *a = ds_arena_new(64, budget);
        ds_query q = {.len = 77};
        ds_err err = {0};
        ds_status got =
            a ? ds_query_parse(a, *state, DS_STR("dam OR \"wall of water\" source:orpress"), &q,
                               &err)
              : DS_NOMEM;
        assert_true((got == DS_NOMEM && q.len == 77) || (got == DS_OK && q.len == 2));
        ds_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(queries),
                                       cmocka_unit_test(starved)};
    return cmocka_run_group_tests(tests, enter, leave);
}
