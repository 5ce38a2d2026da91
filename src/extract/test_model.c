/* SPDX-License-Identifier: Apache-2.0 */
/* test_model.c - models: their tables, their arithmetic, the threshold of a page. */
#include "extract/blocks.h"
#include "extract/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "#: part:bias|bins|weights|tree|curve name values\n"

/* The model that a folder with this blocks.tsv gives. */
static ds_status open_text(ds_arena *a, ds_str text, const block_model **out, ds_err *err)
{
    char dir[] = "model-XXXXXX", path[64];
    ds_lexicon *lex;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/blocks.tsv", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text.at, 1, text.len, f), text.len);
    fclose(f);
    ds_status st = ds_lexicon_open(a, ds_str_of(dir), &lex, err);
    unlink(path);
    rmdir(dir);
    return st == DS_OK ? block_model_open(a, lex, out, err) : st;
}

/* A curve that is 1024 from a logit of 0 on, and 0 below. */
static const char *step_curve(ds_arena *a)
{
    ds_buf b = ds_buf_new(a);
    for (int i = 0; i < 257; i++)
        ds_buf_printf(&b, "%s%d", i ? " " : "", i < 128 ? 0 : 1024);
    ds_buf_putc(&b, 0);
    return ds_buf_str(&b).at;
}

static void adds_weights_and_walks_trees(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    const block_model *m;
    ds_str text = ds_arena_printf(a,
                                  HEAD "bias\tadditive\t-100\nbias\ttrees\t-100\n"
                                       "bins\twords\t5 20\nweights\twords\t0 2000 0\n"
                                       "bins\tlink\t50\n"
                                       "tree\t001\twords<1:1 =-2000 link<1:3 =2000 =-2000\n"
                                       "curve\tlogistic\t%s\n",
                                  step_curve(a));
    assert_int_equal(open_text(a, text, &m, NULL), DS_OK);
    static const struct {
        int16_t words, link;
        uint16_t want;
    } rows[] = {{4, 0, 0},     {5, 0, 1024}, {19, 49, 1024}, {19, 50, 512},
                {20, 49, 512}, {20, 50, 0},  {300, 100, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        block_row row = {.gate = true};
        row.f[BF_WORDS] = rows[i].words;
        row.f[BF_LINK] = rows[i].link;
        assert_int_equal(block_model_p(m, &row), rows[i].want);
        row.gate = false;
        assert_int_equal(block_model_p(m, &row), 0);
    }
}

static void refuses_what_leads_nowhere(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "bins\twords\t5 5\n",
        "bins\twords\t1 2 x\n",
        "bins\tno-such-feature\t1\n",
        "weights\twords\t40000\n",
        "tree\t001\twords<1:0 =1 =1\n", /* back to itself */
        "tree\t001\twords<1:1 =1\n",    /* one leaf short */
        "tree\t001\twords<99:1 =1 =1\n",
        "tree\t001\t=1x\n",
        "tree\t001\tno-such-feature<1:1 =1 =1\n",
        "curve\tlogistic\t1 2 3\n",
        "bias\ttrees\tten\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
        const block_model *m = NULL;
        ds_err err = {0};
        ds_str text = ds_arena_printf(a, HEAD "%s", bad[i]);
        assert_int_equal(open_text(a, text, &m, &err), DS_BAD);
        assert_non_null(err.what);
        assert_null(m);
    }
}

/* The built-in weights give a probability to any row, and extremes do not overflow. */
static void built_in_weights_hold(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 26);
    ds_lexicon *lex;
    const block_model *m;
    assert_int_equal(ds_lexicon_open(a, (ds_str){0}, &lex, NULL), DS_OK);
    assert_int_equal(block_model_open(a, lex, &m, NULL), DS_OK);
    for (int16_t v = -200; v < 2000; v = (int16_t)(v + 7)) {
        block_row row = {.gate = true};
        for (int k = 0; k < BF_COUNT; k++)
            row.f[k] = v;
        assert_in_range(block_model_p(m, &row), 0, EXT_P_ONE);
    }
    const ext_model *lines;
    assert_int_equal(ext_model_open(a, lex, &line_features, &lines, NULL), DS_OK);
    for (int16_t v = -200; v < 2000; v = (int16_t)(v + 7)) {
        line_row row;
        for (int k = 0; k < LF_COUNT; k++)
            row.f[k] = v;
        assert_in_range(ext_model_p(lines, row.f), 0, EXT_P_ONE);
    }
    assert_int_equal(block_word(m, html_word_hash(DS_STR("Cookies"))), EXT_C_COOKIE);
    assert_int_equal(block_word(m, html_word_hash(DS_STR("ferry"))), EXT_C_NONE);
}

static void threshold_promises_the_best_f1(void **state)
{
    (void)state;
    static const struct {
        uint16_t p[4], want;
        uint32_t words[4];
        size_t n;
    } rows[] = {
        {{1000, 900, 30},
         614,
         {100, 100, 100},
         3}, /* clear: the highest threshold that is allowed */
        {{400, 390, 10}, 390, {100, 100, 1000}, 3}, /* a whole body of low scores */
        {{1000, 500, 500}, 500, {100, 50, 50}, 3},  /* equals stand or fall together */
        {{100, 90, 80, 70}, 205, {9, 9, 9, 9}, 4},  /* nothing likely: the lowest */
        {{0}, 512, {0}, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(ext_threshold(rows[i].p, rows[i].words, rows[i].n), rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(adds_weights_and_walks_trees),
                                       cmocka_unit_test(refuses_what_leads_nowhere),
                                       cmocka_unit_test(built_in_weights_hold),
                                       cmocka_unit_test(threshold_promises_the_best_f1)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
