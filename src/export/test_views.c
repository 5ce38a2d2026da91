/* SPDX-License-Identifier: Apache-2.0 */
/* test_views.c - claims, questions and articles for the eye. */
#include "export/test_fixture.h"

#include <setjmp.h>

#include <cmocka.h>

#define MEMORY ((size_t)64 << 20)

static ds_style wide(uint32_t width, bool utf8)
{
    return (ds_style){width, false, utf8, DS_FMT_TEXT};
}

static ds_str claims(ds_arena *a, const ds_claim_filter *f, ds_style style)
{
    ds_dossier d = fx_story(a);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_claims(a, &d, f, style, &out), DS_OK);
    return ds_buf_str(&out);
}

static ds_str questions(ds_arena *a, ds_str only, ds_style style)
{
    ds_dossier d = fx_story(a);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_questions(a, &d, only, style, &out), DS_OK);
    return ds_buf_str(&out);
}

static ds_str article(ds_arena *a, ds_article_view view, ds_style style)
{
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_article(a, &r, DS_STR("D"), view, style, &out), DS_OK);
    return ds_buf_str(&out);
}

static ds_str read_text(ds_arena *a, ds_style style)
{
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_read(a, r.article, style, &out), DS_OK);
    return ds_buf_str(&out);
}

static void goldens(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_claim_filter flagged = {.flagged = true};
    (void)state;
    fx_golden("claims-140.txt", claims(a, NULL, wide(140, true)));
    fx_golden("claims-80.txt", claims(a, NULL, wide(80, true)));
    fx_golden("claims-flagged.txt", claims(a, &flagged, wide(140, true)));
    fx_golden("questions-80.txt", questions(a, (ds_str){0}, wide(80, true)));
    fx_golden("questions-casualties.txt", questions(a, DS_STR("casualties"), wide(80, true)));
    fx_golden("article.txt", article(a, (ds_article_view){false, -1}, wide(80, true)));
    fx_golden("article-figures.txt", article(a, (ds_article_view){true, -1}, wide(80, true)));
    fx_golden("article-sentence.txt", article(a, (ds_article_view){false, 4}, wide(80, true)));
    fx_golden("article.ascii.txt", article(a, (ds_article_view){false, -1}, wide(80, false)));
    fx_golden("read.txt", read_text(a, wide(80, true)));
}

static void no_line_is_too_wide(void **state)
{
    (void)state;
    for (uint32_t width = 60; width <= 140; width += 5) {
        for (int utf8 = 0; utf8 < 2; utf8++) {
            DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
            ds_style s = wide(width, utf8);
            fx_lines(claims(a, NULL, s), width, !utf8);
            fx_lines(questions(a, (ds_str){0}, s), width, !utf8);
            fx_lines(questions(a, DS_STR("casualties"), s), width, !utf8);
            fx_lines(article(a, (ds_article_view){false, -1}, s), width, !utf8);
            fx_lines(read_text(a, s), width, !utf8);
        }
    }
}

static void a_sentence_that_is_not_there(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a);
    (void)state;
    assert_int_equal(
        ds_export_article(a, &r, DS_STR("D"), (ds_article_view){false, 99}, wide(80, true), &out),
        DS_NONE);
    assert_int_equal(out.len, 0);
}

#define STEP ((size_t)509)
#define ENOUGH ((size_t)4 << 20)

typedef ds_status (*view)(ds_arena *small, const ds_dossier *d, const ds_reading *r, ds_buf *out);

static ds_status view_claims(ds_arena *small, const ds_dossier *d, const ds_reading *r, ds_buf *out)
{
    (void)r;
    return ds_export_claims(small, d, NULL, wide(140, false), out);
}

static ds_status view_questions(ds_arena *small, const ds_dossier *d, const ds_reading *r,
                                ds_buf *out)
{
    (void)r;
    return ds_export_questions(small, d, (ds_str){0}, wide(80, false), out);
}

static ds_status view_article(ds_arena *small, const ds_dossier *d, const ds_reading *r,
                              ds_buf *out)
{
    (void)d;
    return ds_export_article(small, r, DS_STR("D"), (ds_article_view){true, -1}, wide(80, true),
                             out);
}

static ds_status view_read(ds_arena *small, const ds_dossier *d, const ds_reading *r, ds_buf *out)
{
    (void)d;
    return ds_export_read(small, r->article, wide(80, false), out);
}

/* With any budget: the right answer, or DS_NOMEM and an untouched `out`. */
static void starve(view v, const ds_dossier *d, const ds_reading *r)
{
    DS_AUTO(ds_arena_freep) ds_arena *large = ds_arena_new(0, MEMORY);
    ds_buf whole = ds_buf_new(large);
    assert_int_equal(v(large, d, r, &whole), DS_OK);
    for (size_t budget = 0; budget < ENOUGH; budget += budget < 256 ? 1 : STEP) {
        DS_AUTO(ds_arena_freep) ds_arena *small = ds_arena_new(256, budget);
        DS_AUTO(ds_arena_freep) ds_arena *own = ds_arena_new(0, MEMORY);
        ds_buf out = ds_buf_new(own);
        ds_status st = v(small, d, r, &out);
        if (st == DS_OK) {
            assert_true(ds_str_eq(ds_buf_str(&out), ds_buf_str(&whole)));
            return;
        }
        assert_int_equal(st, DS_NOMEM);
        assert_int_equal(out.len, 0);
    }
    fail_msg("never enough");
}

static void starving_is_said(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_dossier d = fx_story(a);
    ds_reading r = fx_reading(a);
    (void)state;
    starve(view_claims, &d, &r);
    starve(view_questions, &d, &r);
    starve(view_article, &d, &r);
    starve(view_read, &d, &r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goldens),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(a_sentence_that_is_not_there),
        cmocka_unit_test(starving_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
