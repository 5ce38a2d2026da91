/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotate.c - marks as JSON: units and values in the benches' convention, offsets in bytes and code points. */
#include "export/export.h"

#include <setjmp.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#define MEMORY ((size_t)4 << 20)

/* 0         1         2         3         4         5         6
 * 0123456789012345678901234567890123456789012345678901234567890123456789 in code points; “ and ” have three bytes */
static const char text[] =
    "“About 3,000 commercial fishermen” fled Vask on Friday, said Mr Ørsted: 40% of the catch.";

typedef struct made {
    ds_doc doc;
    ds_token toks[3];
    ds_time time;
    ds_quantity quantities[2];
    ds_attribution attribution;
    ds_marks marks;
    ds_name name;
    ds_parse parse;
} made;

static ds_span span(const char *words)
{
    ptrdiff_t at = ds_str_find(ds_str_of(text), ds_str_of(words), 0);
    assert_true(at >= 0);
    return (ds_span){(uint32_t)at, (uint32_t)at + (uint32_t)strlen(words)};
}

static ds_value one(ds_frac v, ds_bound bound)
{
    return (ds_value){v, v, v, true, true, true, bound};
}

static void make(made *m)
{
    *m = (made){0};
    m->toks[0] = (ds_token){.span = span("3,000"), .norm = DS_STR("3,000"), .kind = DS_TOK_NUMBER};
    m->toks[1] = (ds_token){.span = span("commercial"), .norm = DS_STR("commercial")};
    m->toks[2] = (ds_token){.span = span("fishermen"), .norm = DS_STR("fishermen")};
    m->doc = (ds_doc){.text = ds_str_of(text), .toks = m->toks, .toks_len = 3};
    m->time = (ds_time){.span = span("Friday"), .value = DS_STR("2031-03-07")};
    m->quantities[0] = (ds_quantity){.span = span("About 3,000 commercial fishermen"),
                                     .tok = 0,
                                     .tok_end = 3,
                                     .kind = DS_Q_COUNT,
                                     .value = one(DS_FRAC(3000), DS_BOUND_ABOUT),
                                     .unit = DS_STR("person"),
                                     .noun = span("commercial fishermen"),
                                     .head = DS_STR("fisherman"),
                                     .was = -1};
    m->quantities[1] = (ds_quantity){.span = span("40%"),
                                     .kind = DS_Q_RATIO,
                                     .value = one((ds_frac){2, 5}, DS_BOUND_EXACT),
                                     .unit = DS_STR("ratio"),
                                     .was = -1};
    m->attribution = (ds_attribution){
        .inside = -1,
        .cue = span("said"),
        .source = span("Mr Ørsted"),
        .content_len = 2,
        .content = {span("“About 3,000 commercial fishermen” fled Vask on Friday"), span("40%")}};
    m->name = (ds_name){.span = span("Ørsted"), .type = DS_NAME_PERSON, .role = span("Mr")};
    m->parse = (ds_parse){.names = &m->name, .names_len = 1};
    m->marks = (ds_marks){&m->time, 1, m->quantities, 2, &m->attribution, 1};
}

static json_t *annotated(ds_arena *a, const made *m, uint32_t layers, bool chars)
{
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_annotate(a, DS_STR("d1"), &m->doc, &m->parse, &m->marks, layers,
                                        chars, NULL, &out),
                     DS_OK);
    json_t *j = json_loadb(out.at, out.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(j);
    return j;
}

static int64_t number(json_t *obj, const char *key)
{
    return json_integer_value(json_object_get(obj, key));
}

static const char *string(json_t *obj, const char *key)
{
    return json_string_value(json_object_get(obj, key));
}

static void only_the_layers_asked_for(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m;
    (void)state;
    make(&m);
    json_t *j = annotated(a, &m, DS_LAYER_TIMES, false);
    assert_string_equal(string(j, "id"), "d1");
    assert_string_equal(string(j, "doc_id"), "d1");
    assert_int_equal(json_object_size(j), 3);
    json_t *t = json_array_get(json_object_get(j, "timex"), 0);
    assert_string_equal(string(t, "type"), "DATE");
    assert_string_equal(string(t, "value"), "2031-03-07");
    assert_true(json_is_null(json_object_get(t, "mod")));
    json_decref(j);
}

static void offsets_are_bytes_or_code_points(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m;
    (void)state;
    make(&m);
    for (int chars = 0; chars < 2; chars++) {
        json_t *j = annotated(a, &m, DS_LAYER_TIMES | DS_LAYER_ATTRIBUTIONS, chars);
        json_t *t = json_array_get(json_object_get(j, "timex"), 0);
        assert_int_equal(number(t, "start"), span("Friday").beg - (chars ? 4 : 0));
        json_t *at = json_array_get(json_object_get(j, "attributions"), 0);
        json_t *source = json_array_get(json_object_get(at, "source"), 0);
        assert_int_equal(json_integer_value(json_array_get(source, 1)),
                         span("Mr Ørsted").end - (chars ? 5 : 0));
        assert_int_equal(json_array_size(json_object_get(at, "content")), 2);
        json_decref(j);
    }
}

static void entities_have_types_and_roles(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m;
    (void)state;
    make(&m);
    json_t *j = annotated(a, &m, DS_LAYER_ENTITIES, true);
    json_t *e = json_array_get(json_object_get(j, "entities"), 0);
    assert_string_equal(string(e, "type"), "person");
    assert_int_equal(number(e, "end") - number(e, "start"), 6);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(e, "role"), 1)),
                     number(e, "start") - 1);
    json_decref(j);
}

static void mentions_have_entities(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    const ds_mention mention = {.span = span("Mr Ørsted"), .head = span("Ørsted")};
    const ds_entity entity = {
        .type = DS_NAME_PERSON, .gender = DS_GENDER_MALE, .name = DS_STR("Ørsted"), .mentions = 1};
    made m;
    (void)state;
    make(&m);
    m.marks.mentions = &mention;
    m.marks.entities = &entity;
    m.marks.mentions_len = m.marks.entities_len = 1;
    json_t *j = annotated(a, &m, DS_LAYER_COREF, true);
    json_t *x = json_array_get(json_object_get(j, "mentions"), 0);
    json_t *e = json_array_get(json_object_get(j, "chains"), 0);
    assert_string_equal(string(x, "type"), "person");
    assert_string_equal(string(x, "form"), "name");
    assert_int_equal(number(x, "entity"), number(e, "entity"));
    assert_int_equal(number(x, "end") - number(x, "start"), 9);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(x, "head"), 0)),
                     number(x, "start") + 3);
    assert_string_equal(string(e, "name"), "Ørsted");
    assert_string_equal(string(e, "gender"), "male");
    assert_int_equal(number(e, "mentions"), 1);
    json_decref(j);
}

static void quantities_speak_the_benches_language(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m;
    (void)state;
    make(&m);
    json_t *j = annotated(a, &m, DS_LAYER_QUANTITIES, false);
    json_t *q = json_array_get(json_object_get(j, "quantities"), 0);
    assert_int_equal(number(q, "value"), 3000);
    assert_string_equal(string(q, "unit"), "commercial fisherman");
    assert_string_equal(string(q, "change"), "~");
    assert_string_equal(json_string_value(json_array_get(json_object_get(q, "concepts"), 0)), "-");
    json_decref(j);
}

/* Trends win over "about" and not over "more than"; "several" and what no numeral says are left out. */
static void changes(void **state)
{
    const struct {
        ds_quantity q;
        const char *change; /* NULL: left out */
    } cases[] = {
        {{.value = one(DS_FRAC(7), DS_BOUND_ABOUT), .trend = DS_TREND_UP, .was = -1}, "up"},
        {{.value = one(DS_FRAC(7), DS_BOUND_EXACT), .trend = DS_TREND_DOWN, .was = -1}, "down"},
        {{.value = one(DS_FRAC(7), DS_BOUND_MORE_THAN), .trend = DS_TREND_UP, .was = -1}, ">"},
        {{.value = one(DS_FRAC(7), DS_BOUND_EXACT),
          .trend = DS_TREND_UP,
          .trend_named = true,
          .was = -1},
         "="},
        {{.value = {{5, 1}, {0, 1}, {9, 1}, true, false, true, DS_BOUND_RANGE},
          .rough = true,
          .was = -1},
         "~"},
        {{.value = {{3, 1}, {0, 1}, {9, 1}, true, false, true, DS_BOUND_VAGUE}, .was = -1}, NULL},
        {{.value = one(DS_FRAC(1), DS_BOUND_EXACT), .implicit = true, .was = -1}, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        made m;
        make(&m);
        m.quantities[0] = cases[i].q;
        json_t *j = annotated(a, &m, DS_LAYER_QUANTITIES, false);
        json_t *all = json_object_get(j, "quantities");
        assert_int_equal(json_array_size(all), cases[i].change ? 2 : 1);
        if (cases[i].change)
            assert_string_equal(string(json_array_get(all, 0), "change"), cases[i].change);
        json_decref(j);
    }
}

/* "from 9 to 7" is one pair there, the end last. */
static void from_to(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    made m;
    make(&m);
    m.quantities[0].value = one(DS_FRAC(9), DS_BOUND_EXACT);
    m.quantities[1] = m.quantities[0];
    m.quantities[1].value = one(DS_FRAC(7), DS_BOUND_EXACT);
    m.quantities[1].was = 0;
    json_t *j = annotated(a, &m, DS_LAYER_QUANTITIES, false);
    json_t *all = json_object_get(j, "quantities"),
           *v = json_object_get(json_array_get(all, 0), "value");
    assert_int_equal(json_array_size(all), 1);
    assert_int_equal(json_integer_value(json_array_get(v, 0)), 9);
    assert_int_equal(json_integer_value(json_array_get(v, 1)), 7);
    json_decref(j);
}

/* Open ends, ranges and orders of magnitude. */
static void values(void **state)
{
    static const struct {
        ds_value v;
        int64_t low, high;
        const char *change;
    } cases[] = {
        {{{0, 1}, {50, 1}, {50, 1}, false, true, true, DS_BOUND_AT_MOST}, 50, 0, "<"},
        {{{50, 1}, {50, 1}, {0, 1}, true, true, false, DS_BOUND_MORE_THAN}, 50, 0, ">"},
        {{{5, 1}, {0, 1}, {10, 1}, true, false, true, DS_BOUND_RANGE}, 5, 10, "="},
        {{{24, 1}, {0, 1}, {99, 1}, true, false, true, DS_BOUND_VAGUE}, 12, 120, "="},
        {{{200, 1}, {0, 1}, {999, 1}, true, false, true, DS_BOUND_VAGUE}, 100, 1000, "="},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        made m;
        make(&m);
        m.quantities[0].value = cases[i].v;
        json_t *j = annotated(a, &m, DS_LAYER_QUANTITIES, false);
        json_t *q = json_array_get(json_object_get(j, "quantities"), 0),
               *v = json_object_get(q, "value");
        assert_int_equal(json_integer_value(cases[i].high ? json_array_get(v, 0) : v),
                         cases[i].low);
        if (cases[i].high)
            assert_int_equal(json_integer_value(json_array_get(v, 1)), cases[i].high);
        assert_string_equal(string(q, "change"), cases[i].change);
        json_decref(j);
    }
}

static void starving_is_said(void **state)
{
    made m;
    (void)state;
    make(&m);
    for (size_t budget = 0; budget < 256; budget++) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(64, budget);
        DS_AUTO(ds_arena_freep) ds_arena *large = ds_arena_new(0, MEMORY);
        ds_buf out = ds_buf_new(large);
        ds_status st = ds_export_annotate(small, DS_STR("d1"), &m.doc, &m.parse, &m.marks,
                                          DS_LAYER_ALL, true, NULL, &out);
        assert_int_equal(st, DS_NOMEM);
        assert_int_equal(out.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_layers_asked_for),
        cmocka_unit_test(offsets_are_bytes_or_code_points),
        cmocka_unit_test(entities_have_types_and_roles),
        cmocka_unit_test(mentions_have_entities),
        cmocka_unit_test(quantities_speak_the_benches_language),
        cmocka_unit_test(values),
        cmocka_unit_test(changes),
        cmocka_unit_test(from_to),
        cmocka_unit_test(starving_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
