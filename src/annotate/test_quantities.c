/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/test_marks.h"

static const struct {
    const char *text,
        *want; /* "words|bound low/best/high|unit|per" of each quantity, joined by "; " */
} rows[] = {
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
    {"A 26-inch-wide bunch came.", ""},
    {"They handed over 21 girls.", "21 girls|exact 21/21/21|person|"},
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

static void test_rows(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        assert_int_equal(read_marks(a, rows[i].text, &m, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0; k < m.marks.quantities_len; k++)
            put_quantity(&b, &m, &m.marks.quantities[k]);
        wrong += differs(rows[i].text, rows[i].want, ds_buf_str(&b).at);
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_apposition_is_linked),
        cmocka_unit_test(test_starved),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
