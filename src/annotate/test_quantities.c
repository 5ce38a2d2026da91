/* SPDX-License-Identifier: Apache-2.0 */
/* test_quantities.c EXAMPLES: EXAMPLES is lexicon/en/quantities.examples.tsv. */
#include "annotate/test_marks.h"

#include <stdlib.h>

enum { LINE_MAX_BYTES = 2048 };
static const char *examples;

/* "words|bound low/best/high|unit|per" of each quantity, joined by "; " */
static const test_row rows[] = {
    {"The dam killed 300 people.", "300 people|exact 300/300/300|person|"},
    {"About 12,000 residents fled.", "About 12,000 residents|about 12000/12000/12000|person|"},
    {"At least 40 miners died.", "At least 40 miners|at_least 40/40/-|person|"},
    {"More than 1.28 million soldiers serve.",
     "More than 1.28 million soldiers|more_than 1280000/1280000/-|person|"},
    {"Up to 3,000 additional troops may come.",
     "Up to 3,000 additional troops|at_most -/3000/3000|person|"},
    {"The toll could be as high as 900.", "as high as 900|at_most -/900/900|person|"},
    {"Nearly 7,000 kilometres of road are closed.",
     "Nearly 7,000 kilometres of road|almost -/7000/7000|km|"},
    {"Between 1,000 and 1,500 people marched.",
     "Between 1,000 and 1,500 people|range 1000/-/1500|person|"},
    {"The firm sold 10-15 boats.", "10-15 boats|range 10/-/15|boat|"},
    {"Dozens of villagers are missing.", "Dozens of villagers|vague 24/-/99|person|"},
    {"Half of the residents left.", "Half of the residents|exact 0.5/0.5/0.5|ratio|"},
    {"Two-thirds of the houses burned.",
     "Two-thirds of the houses|exact 0.6667/0.6667/0.6667|ratio|"},
    {"Some 40% of them stayed.", "Some 40% of them|about 0.4/0.4/0.4|ratio|"},
    {"One in five workers was hurt.", "One in five workers|exact 0.2/0.2/0.2|ratio|"},
    {"The city pays $2,000 per worker per month.",
     "$2,000 per worker per month|exact 2000/2000/2000|USD|worker,month"},
    {"The camp takes in 200 people daily.", "200 people|exact 200/200/200|person|day"},
    {"Another 10,000 or so of their neighbours followed.",
     "Another 10,000 or so of their neighbours|about 10000/10000/10000|person|"},
    {"Twenty-five nurses and three guards left.",
     "Twenty-five nurses|exact 25/25/25|person|; three guards|exact 3/3/3|person|"},
    {"Two and a half million people voted.",
     "Two and a half million people|exact 2500000/2500000/2500000|person|"},
    {"It took nearly six months.", "nearly six months|almost -/6/6|month|"},
    {"Repairs cost 3.5 million euros.", "3.5 million euros|exact 3500000/3500000/3500000|EUR|"},
    /* what is no quantity */
    {"She lives in Room 12 of Section 427.", ""},
    {"The T26 and the M51 are old.", ""},
    {"It happened on 7 February 2025.", ""},
    {"The second half was dull.", ""},
    {"Two thirds of the 600 soldiers left.",
     "Two thirds of the 600 soldiers|exact 0.6667/0.6667/0.6667|ratio|"},
    {"It costs between $150 million and $200 million.",
     "between $150 million and $200 million|range 150000000/-/200000000|USD|"},
    {"It took half a year.", "half a year|exact 0.5/0.5/0.5|year|"},
    {"They won 6-3 and lost 7-2.", ""},
    {"A 26-inch-wide bunch came.", "26-inch-wide|exact 26/26/26|inch|"},
    {"They handed over 21 girls.", "21 girls|exact 21/21/21|person|"},
    /* digits */
    {"It holds 11 000 people.", "11 000 people|exact 11000/11000/11000|person|"},
    {"It cost 1'250'000 francs.", "1'250'000 francs|exact 1250000/1250000/1250000|CHF|"},
    {"He gave 10,00,000 rupees and 3 crore rupees.",
     "10,00,000 rupees|exact 1000000/1000000/1000000|INR|; 3 crore rupees|exact "
     "30000000/30000000/30000000|INR|"},
    {"It lasts 2\xC2\xBD years.", "2\xC2\xBD years|exact 2.5/2.5/2.5|year|"},
    {"Walk 1 1/2 miles.", "1 1/2 miles|exact 1.5/1.5/1.5|mile|"},
    {"It was \xE2\x88\x92"
     "4 degrees.",
     "\xE2\x88\x92"
     "4 degrees|exact -4/-4/-4|deg|"},
    {"It is 99999999999999999999 miles.", ""},
    {"It cost $2m and 2m people came.",
     "$2m|exact 2000000/2000000/2000000|USD|; 2m people|exact 2000000/2000000/2000000|person|"},
    /* ranges */
    {"It takes 5% to 10% of it.", "5% to 10% of it|range 0.05/-/0.1|ratio|"},
    {"Between 5% and 6% left.", "Between 5% and 6%|range 0.05/-/0.06|ratio|"},
    {"They paid $200 to $4 million.", "$200|exact 200/200/200|USD|; $4 million|exact "
                                      "4000000/4000000/4000000|USD|"},
    {"Fines range from $200 to $4 million.", "from $200 to $4 million|range 200/-/4000000|USD|"},
    {"They sell two to three million boats.",
     "two to three million boats|range 2000000/-/3000000|boat|"},
    {"Prices rose by $4 to $10.", "$4|exact 4/4/4|USD|; $10|exact 10/10/10|USD|"},
    /* signs and what is glued on */
    {"It drew 500+ people.", "500+ people|at_least 500/500/-|person|"},
    {"It drew ~500 people.", "~500 people|about 500/500/500|person|"},
    {"It drew 200-plus people.", "200-plus people|at_least 200/200/-|person|"},
    {"A 6-inch pipe burst.", "6-inch|exact 6/6/6|inch|"},
    {"A 34-year-old nurse and a three-month-old baby left.",
     "34-year-old|exact 34/34/34|year|; three-month-old|exact 3/3/3|month|"},
    /* what is no quantity */
    {"Version 1.2.3 came at 10:30.", ""},
    {"Call +44 20 7946 0958 now.", ""},
    {"She lives at 575 Harbour View Road.", ""},
    {"They won 2-4.", ""},
};

static void put_quantity(ds_buf *b, const marked *m, const ds_quantity *q)
{
    if (b->len)
        ds_buf_puts(b, "; ");
    ds_buf_put(b, ds_str_at(m->doc.text, q->span));
    ds_buf_putc(b, '|');
    put_value(b, &q->value);
    ds_buf_putc(b, '|');
    ds_buf_put(b, q->unit);
    ds_buf_putc(b, '|');
    for (uint32_t i = 0; i < q->per_len; i++) {
        ds_buf_puts(b, i ? "," : "");
        ds_buf_put(b, q->per[i]);
    }
}

static void put_quantities(ds_arena *a, const char *text, ds_buf *b)
{
    marked m = {0};
    assert_int_equal(read_marks(a, text, &m, NULL), DS_OK);
    for (size_t k = 0; k < m.marks.quantities_len; k++)
        put_quantity(b, &m, &m.marks.quantities[k]);
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(run_rows(rows, sizeof rows / sizeof *rows, put_quantities), 0);
}

/* What is wrong with the marks of a sentence; empty: nothing. want: "expression = reading | ...", or "*" for none. */
static void wrong_quantities(const marked *m, ds_str want, ds_buf *b)
{
    size_t n = 0, from = 0;
    bool none = ds_str_eq(want, DS_STR("*"));
    for (ds_str rest = want; !none && rest.len; n++) {
        ptrdiff_t bar = ds_str_find(rest, DS_STR(" | "), 0);
        ds_str one = bar < 0 ? rest : ds_str_cut(rest, 0, (size_t)bar);
        rest = ds_str_cut(rest, one.len + (bar < 0 ? 0 : strlen(" | ")), rest.len);
        ptrdiff_t equals = ds_str_find(one, DS_STR(" = "), 0);
        assert_true(equals > 0);
        ds_str expression = ds_str_cut(one, 0, (size_t)equals);
        ptrdiff_t at = ds_str_find(m->doc.text, expression, from);
        if (at < 0)
            fail_msg("%.*s: no \"%.*s\"", DS_FMT(m->doc.text), DS_FMT(expression));
        from = (size_t)at + expression.len;
        if (n >= m->marks.quantities_len)
            continue;
        const ds_quantity *q = &m->marks.quantities[n];
        ds_buf got = ds_buf_new(b->arena);
        ds_quantity_print(&got, m->doc.text, q);
        if (!reads_as(ds_str_cut(one, (size_t)equals + strlen(" = "), one.len), ds_buf_str(&got)) ||
            !ds_span_holds((ds_span){(uint32_t)at, (uint32_t)from}, q->number))
            ds_buf_printf(b, "  want %.*s\n  got  %.*s = %.*s\n", DS_FMT(one),
                          DS_FMT(ds_str_at(m->doc.text, q->span)), DS_FMT(ds_buf_str(&got)));
    }
    if (n != m->marks.quantities_len)
        ds_buf_printf(b, "  want %zu quantities\n  got  %zu\n", n, m->marks.quantities_len);
}

static void test_examples(void **state)
{
    (void)state;
    assert_int_equal(run_examples(examples, wrong_quantities), 0);
}

static void put_plain(ds_arena *a, const char *text, ds_buf *b)
{
    marked m = {0};
    assert_int_equal(read_marks(a, text, &m, NULL), DS_OK);
    ds_marks marks = {.times = m.marks.times, .times_len = m.marks.times_len};
    assert_int_equal(ds_annotate_quantities(a, &m.doc, NULL, words, &marks, NULL), DS_OK);
    for (size_t k = 0; k < marks.quantities_len; k++)
        put_quantity(b, &m, &marks.quantities[k]);
}

/* From tokens alone: closed classes and endings tell what a figure counts and whether it rose. */
static void test_without_parse(void **state)
{
    static const test_row plain[] = {
        {"The dam killed about 300 people.", "about 300 people|about 300/300/300|person|"},
        {"Prices rose 5% to $30.", "5%|exact 0.05/0.05/0.05|ratio|; $30|exact 30/30/30|USD|"},
        {"Half of the residents left.", "Half of the residents|exact 0.5/0.5/0.5|ratio|"},
        {"She lives in Room 12.", ""},
    };
    (void)state;
    assert_int_equal(run_rows(plain, sizeof plain / sizeof *plain, put_plain), 0);
}

static void test_apposition_is_linked(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    assert_int_equal(read_marks(a,
                                "Up to half of the rescuers sent\xE2\x80\x94"
                                "around 30 people\xE2\x80\x94were hurt.",
                                &m, NULL),
                     DS_OK);
    assert_int_equal(m.marks.quantities_len, 2);
    assert_int_equal(m.marks.quantities[0].equals, -1);
    assert_int_equal(m.marks.quantities[1].equals, 0);
    assert_true(
        ds_str_eq(ds_str_at(m.doc.text, m.marks.quantities[0].base), DS_STR("the rescuers sent")));
    ds_arena_free(a);
}

/* Any budget gives the right answer or DS_NOMEM, and then nothing was written. */
static void test_starved(void **state)
{
    (void)state;
    const char *text = "According to the ministry, at least 40 of the 1,200 miners died in late "
                       "2024 - a third more than before.";
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 97) {
        ds_arena *a = ds_arena_new(256, budget);
        marked m = {0};
        ds_status st = read_marks(a, text, &m, NULL);
        if (st == DS_OK) {
            assert_true(m.marks.quantities_len >= 2);
            done = true;
        } else {
            assert_int_equal(st, DS_NOMEM);
            assert_null(m.marks.quantities);
        }
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),          cmocka_unit_test(test_examples),
        cmocka_unit_test(test_without_parse), cmocka_unit_test(test_apposition_is_linked),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
