/* SPDX-License-Identifier: Apache-2.0 */
/* test_data.c - claims, questions, stories and articles as data: the keys, their order, and what reads them back. */
#include "export/test_fixture.h"

#include <setjmp.h>

#include <cmocka.h>
#include <jansson.h>

#define MEMORY ((size_t)64 << 20)

static ds_style as(ds_format f)
{
    return (ds_style){80, false, true, f};
}

static json_t *parse(ds_str s)
{
    json_error_t e;
    json_t *j = json_loadb(s.at, s.len, JSON_REJECT_DUPLICATES, &e);
    if (!j)
        fail_msg("%s at %d: %.*s", e.text, e.position, DS_FMT(s));
    return j;
}

/* The object has exactly these keys, in this order. */
static void keys_are(json_t *j, const char *const *keys, size_t n)
{
    size_t i = 0;
    const char *key;
    json_t *value;
    json_object_foreach(j, key, value)
    {
        assert_true(i < n);
        assert_string_equal(key, keys[i++]);
    }
    assert_int_equal(i, n);
}

#define KEYS_ARE(j, ...)                                                                           \
    do {                                                                                           \
        static const char *const keys_[] = {__VA_ARGS__};                                          \
        keys_are(j, keys_, sizeof keys_ / sizeof *keys_);                                          \
    } while (0)

/* ---- claims ------------------------------------------------------------------------------------------------ */

static ds_str claims(ds_arena *a, const ds_dossier *d, const ds_claim_filter *f, ds_format format)
{
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_claims(a, d, f, as(format), &out), DS_OK);
    return ds_buf_str(&out);
}

static void claims_have_the_fields_of_the_format(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    (void)state;
    json_t *all = parse(claims(a, &d, NULL, DS_FMT_JSON));
    assert_int_equal(json_array_size(all), 22);
    for (size_t i = 0; i < json_array_size(all); i++)
        KEYS_ARE(json_array_get(all, i), "id", "story", "doc", "sentence", "number", "span",
                 "source_span", "figure", "part", "measure", "subject", "actor", "low", "best",
                 "high", "unit", "bound", "of", "derived", "delta", "per", "when", "as_of",
                 "inferred", "where", "place_id", "said_by", "certainty", "question", "origin");
    json_t *share = json_array_get(all, 8);
    assert_true(json_real_value(json_object_get(share, "high")) == 0.25);
    assert_true(json_is_null(json_object_get(share, "low")));
    assert_int_equal(json_integer_value(json_object_get(share, "derived")), 160);
    assert_string_equal(json_string_value(json_object_get(share, "of")),
                        json_string_value(json_object_get(json_array_get(all, 7), "id")));
    json_decref(all);
}

static void claims_goldens(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    (void)state;
    fx_golden("claims.jsonl", claims(a, &d, NULL, DS_FMT_JSONL));
    fx_golden("claims.csv", claims(a, &d, NULL, DS_FMT_CSV));
    fx_golden("claims.tsv", claims(a, &d, NULL, DS_FMT_TSV));
}

static size_t count(ds_arena *a, const ds_dossier *d, ds_claim_filter f)
{
    ds_buf out = ds_buf_new(a);
    if (ds_export_claims(a, d, &f, as(DS_FMT_JSONL), &out) == DS_NONE)
        return 0;
    size_t n = 0;
    for (size_t i = 0; i < out.len; i++)
        n += out.at[i] == '\n';
    return n;
}

static void filters_narrow(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    (void)state;
    assert_int_equal(count(a, &d, (ds_claim_filter){.measure = DS_STR("killed")}), 4);
    assert_int_equal(count(a, &d, (ds_claim_filter){.holder = DS_STR("lund")}), 4);
    assert_int_equal(count(a, &d, (ds_claim_filter){.holder = DS_STR("own voice")}), 11);
    assert_int_equal(count(a, &d, (ds_claim_filter){.page = DS_STR("B")}), 5);
    assert_int_equal(count(a, &d, (ds_claim_filter){.page = DS_STR("digest.txt")}), 5);
    assert_int_equal(count(a, &d, (ds_claim_filter){.flagged = true}), 3);
    assert_int_equal(count(a, &d, (ds_claim_filter){.page = DS_STR("Z")}), 0);
}

/* ---- questions ------------------------------------------------------------------------------------------------ */

static ds_str questions(ds_arena *a, const ds_dossier *d, ds_str only, ds_format format)
{
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_questions(a, d, only, as(format), &out), DS_OK);
    return ds_buf_str(&out);
}

static void questions_have_the_fields_of_the_format(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    (void)state;
    json_t *all = parse(questions(a, &d, (ds_str){0}, DS_FMT_JSON)), *q = json_array_get(all, 0);
    assert_int_equal(json_array_size(all), 10);
    KEYS_ARE(q, "id", "text", "measure", "subject", "answers", "origins", "verdicts", "estimate",
             "rule", "arithmetic", "label", "unit", "per", "scope", "state", "factor", "joined",
             "apart");
    KEYS_ARE(json_array_get(json_object_get(q, "answers"), 0), "low", "best", "high", "claims",
             "origins", "bound", "wider", "flagged", "planned", "superseded", "text");
    json_t *sum = json_array_get(json_object_get(q, "arithmetic"), 0);
    KEYS_ARE(sum, "kind", "share", "base", "stated", "expected", "claims", "sentences", "finding",
             "sum");
    assert_string_equal(json_string_value(json_object_get(sum, "kind")), "share");
    assert_true(json_real_value(json_object_get(sum, "share")) == 0.25);
    assert_int_equal(json_integer_value(json_object_get(sum, "base")), 640);
    assert_int_equal(json_integer_value(json_object_get(sum, "stated")), 52);
    assert_int_equal(json_array_size(json_object_get(sum, "sentences")), 2);
    json_decref(all);
}

/* The answers' origins are the story's ids, also where a page speaks in its own voice. */
static void origins_are_the_rows_own(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    (void)state;
    json_t *all = parse(questions(a, &d, DS_STR("killed"), DS_FMT_JSON));
    json_t *origins = json_object_get(json_array_get(all, 0), "origins");
    static const char *const want[] = {"o1", "o3", "o4", "o6"};
    assert_int_equal(json_array_size(all), 1);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(json_string_value(json_object_get(json_array_get(origins, i), "id")),
                            want[i]);
    json_decref(all);
}

static void questions_goldens(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    ds_buf none = ds_buf_new(a);
    (void)state;
    fx_golden("questions.json", questions(a, &d, (ds_str){0}, DS_FMT_JSON));
    fx_golden("questions.jsonl", questions(a, &d, DS_STR("killed"), DS_FMT_JSONL));
    fx_golden("questions.tsv", questions(a, &d, (ds_str){0}, DS_FMT_TSV));
    assert_int_equal(ds_export_questions(a, &d, DS_STR("stolen"), as(DS_FMT_JSON), &none), DS_NONE);
    assert_int_equal(none.len, 0);
}

/* ---- read ------------------------------------------------------------------------------------------------------- */

static void read_has_the_fields_of_the_format(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a);
    (void)state;
    assert_int_equal(ds_export_read(a, r.article, as(DS_FMT_JSONL), &out), DS_OK);
    fx_golden("read.jsonl", ds_buf_str(&out));
    json_t *j = parse(ds_buf_str(&out));
    KEYS_ARE(j, "doc", "main", "title", "title_from", "authors", "authors_from", "publisher",
             "publisher_from", "original_publisher", "original_publisher_from", "affiliation",
             "affiliation_from", "licence", "licence_from", "canonical", "canonical_from",
             "paywall", "paywall_from", "published", "published_from", "published_time",
             "published_window", "published_window_from", "modified", "modified_from",
             "modified_time", "kind", "kind_from", "language", "section", "section_from",
             "keywords", "keywords_from", "standfirst", "standfirst_from", "credited",
             "credited_from", "key_points", "key_points_from", "text", "captions", "comments",
             "related", "body_offset");
    KEYS_ARE(json_array_get(json_object_get(j, "comments"), 0), "author", "text");
    KEYS_ARE(json_array_get(json_object_get(j, "related"), 1), "title", "blurb", "url");
    assert_true(json_is_null(json_object_get(j, "modified")));
    size_t at = (size_t)json_integer_value(json_object_get(j, "body_offset"));
    ds_str body = ds_str_of(json_string_value(json_object_get(j, "text")));
    assert_true(ds_str_eq(ds_str_cut(r.article->text, at, at + body.len), body));
    json_decref(j);
}

/* An article with nothing in it is an object all the same. */
static void read_of_nothing(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_article art = {.published = DS_DAY_NONE, .modified = DS_DAY_NONE, .window = DS_DAYS_NONE};
    ds_buf out = ds_buf_new(a), text = ds_buf_new(a);
    (void)state;
    assert_int_equal(ds_export_read(a, &art, as(DS_FMT_JSON), &out), DS_OK);
    json_t *j = parse(ds_buf_str(&out));
    assert_true(json_is_null(json_object_get(j, "published_window")));
    assert_true(json_is_null(json_object_get(j, "title")));
    json_decref(j);
    assert_int_equal(ds_export_read(a, &art, as(DS_FMT_TEXT), &text), DS_OK);
}

/* ---- stories ------------------------------------------------------------------------------------------------------ */

static void stories_goldens(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_day day = ds_day_of(2031, 3, 3);
    ds_story_line lines[] = {
        {1, DS_STR("Fire in the Vask rail tunnel: what we know"), 4, 22, 10, 2, {day, day + 2}},
        {2, DS_STR("A \"second\" story, with a comma"), 1, 0, 0, 0, DS_DAYS_NONE},
    };
    ds_story_list list = {lines, 2}, empty = {0};
    static const ds_format formats[] = {DS_FMT_TEXT, DS_FMT_JSON, DS_FMT_JSONL, DS_FMT_CSV,
                                        DS_FMT_TSV};
    static const char *const names[] = {"stories.txt", "stories.json", "stories.jsonl",
                                        "stories.csv", "stories.tsv"};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        ds_buf out = ds_buf_new(a);
        assert_int_equal(ds_export_stories(a, &list, as(formats[i]), &out), DS_OK);
        fx_golden(names[i], ds_buf_str(&out));
        assert_int_equal(ds_export_stories(a, &empty, as(formats[i]), &out), DS_NONE);
    }
}

/* ---- starving ------------------------------------------------------------------------------------------------------ */

static void starving_is_said(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    ds_reading r = fx_reading(a);
    (void)state;
    for (size_t budget = 0; budget < 256; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(64, budget);
        ds_buf c = ds_buf_new(small), q = ds_buf_new(small), t = ds_buf_new(small),
               out = ds_buf_new(small);
        assert_int_equal(ds_export_claims(small, &d, NULL, as(DS_FMT_JSONL), &c), DS_NOMEM);
        assert_int_equal(ds_export_questions(small, &d, (ds_str){0}, as(DS_FMT_JSON), &q),
                         DS_NOMEM);
        assert_int_equal(ds_export_claims(small, &d, NULL, as(DS_FMT_CSV), &t), DS_NOMEM);
        assert_int_equal(ds_export_read(small, r.article, as(DS_FMT_JSON), &out), DS_NOMEM);
        assert_int_equal(c.len + q.len + t.len + out.len, 0);
    }
}

static json_t *article(ds_arena *a, const ds_voices *v)
{
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_article(a, &r, v, DS_STR("D"), (ds_article_view){false, -1},
                                       as(DS_FMT_JSON), &out),
                     DS_OK);
    return parse(ds_buf_str(&out));
}

static bool is_cut(ds_str text, ds_span s, const json_t *words)
{
    ds_str want = ds_str_at(text, s);
    return want.len ? ds_str_eq(want, ds_str_of(json_string_value(words))) : json_is_null(words);
}

/* The words of each span stand beside it. */
static void words_are_cut(ds_str text, const ds_voice *v, const json_t *said)
{
    const json_t *contents = json_object_get(said, "content_text");
    assert_true(is_cut(text, v->source, json_object_get(said, "source_text")));
    assert_true(is_cut(text, v->cue, json_object_get(said, "cue_text")));
    assert_int_equal(json_array_size(contents), v->content_len);
    for (size_t i = 0; i < v->content_len; i++)
        assert_true(is_cut(text, v->content[i], json_array_get(contents, i)));
}

/* Who says what follows what `read` prints; null where it was not read. */
static void articles_say_who_says_what(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_reading r = fx_reading(a);
    ds_voices v = fx_voices(a, &r);
    (void)state;
    json_t *heard = article(a, &v), *unheard = article(a, NULL);
    json_t *voices = json_object_get(heard, "attributions"),
           *hedges = json_object_get(heard, "hedges");
    assert_int_equal(json_array_size(voices), v.len);
    assert_int_equal(json_array_size(hedges), v.hedges_len);
    json_t *denial = json_array_get(voices, 5), *whole = json_array_get(hedges, 2);
    KEYS_ARE(denial, "sentence", "source", "cue", "content", "source_text", "cue_text",
             "content_text", "said_by", "certainty");
    KEYS_ARE(whole, "sentence", "span", "words", "certainty", "scope");
    for (size_t i = 0; i < v.len; i++)
        words_are_cut(r.article->text, &v.at[i], json_array_get(voices, i));
    assert_int_equal(json_integer_value(json_object_get(denial, "sentence")), 10);
    assert_int_equal(json_array_size(json_object_get(denial, "said_by")), 3);
    assert_string_equal(json_string_value(json_object_get(denial, "certainty")), "denied");
    assert_int_equal(json_integer_value(json_object_get(whole, "sentence")), 11);
    assert_string_equal(json_string_value(json_object_get(whole, "scope")), "sentence");
    assert_true(json_is_null(json_object_get(unheard, "attributions")));
    assert_true(json_is_null(json_object_get(unheard, "hedges")));
    json_decref(heard);
    json_decref(unheard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_have_the_fields_of_the_format),
        cmocka_unit_test(claims_goldens),
        cmocka_unit_test(filters_narrow),
        cmocka_unit_test(questions_have_the_fields_of_the_format),
        cmocka_unit_test(origins_are_the_rows_own),
        cmocka_unit_test(questions_goldens),
        cmocka_unit_test(read_has_the_fields_of_the_format),
        cmocka_unit_test(read_of_nothing),
        cmocka_unit_test(stories_goldens),
        cmocka_unit_test(starving_is_said),
        cmocka_unit_test(articles_say_who_says_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
