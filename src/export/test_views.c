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

static ds_style coloured(uint32_t width)
{
    return (ds_style){width, true, true, DS_FMT_TEXT};
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
    ds_voices v = fx_voices(a, &r);
    ds_buf out = ds_buf_new(a);
    assert_int_equal(ds_export_article(a, &r, &v, DS_STR("D"), view, style, &out), DS_OK);
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
    fx_golden("article.ansi", article(a, (ds_article_view){false, -1}, coloured(80)));
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
    assert_int_equal(ds_export_article(a, &r, NULL, DS_STR("D"), (ds_article_view){false, 99},
                                       wide(80, true), &out),
                     DS_NONE);
    assert_int_equal(out.len, 0);
}

/* The page without its ink, as a terminal shows it. */
static ds_str without_ink(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\033') {
            ds_buf_putc(&b, s.at[i]);
            continue;
        }
        while (s.at[i] != 'm')
            i++;
    }
    return ds_buf_str(&b);
}

static void ink_moves_nothing(void **state)
{
    (void)state;
    for (uint32_t width = 60; width <= 100; width++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        ds_article_view all = {false, -1};
        ds_str plain = article(a, all, wide(width, true));
        assert_true(ds_str_eq(plain, without_ink(a, article(a, all, coloured(width)))));
    }
}

static bool article_has(ds_arena *a, const ds_reading *r, const ds_voices *v, const char *reader,
                        const char *words)
{
    ds_buf out = ds_buf_new(a);
    const ds_article_view view = {false, -1, ds_str_of(reader)};
    assert_int_equal(ds_export_article(a, r, v, DS_STR("D"), view, wide(80, true), &out), DS_OK);
    return ds_str_find(ds_buf_str(&out), ds_str_of(words), 0) >= 0;
}

/* Without voices the figures still have their holders; voices by another reader are said to be. */
static void who_read_it_is_told(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    static const char *const note = "read by another version of the program or of its word lists";
    ds_reading r = fx_reading(a);
    ds_voices v = fx_voices(a, &r);
    (void)state;
    assert_true(article_has(a, &r, NULL, NULL, "● Vask General Hospital"));
    assert_false(article_has(a, &r, NULL, NULL, "railway (“denies”)"));
    r.reader = DS_STR("1+a");
    assert_false(article_has(a, &r, &v, "1+a", note));
    assert_true(article_has(a, &r, &v, "1+b", note));
    assert_false(article_has(a, &r, &v, NULL, note));
    r.reader = (ds_str){NULL, 0};
    assert_false(article_has(a, &r, &v, "1+b", note));
}

#define SHIFTS 40

/* The last sentence goes on behind the text, as a damaged store may say. */
static void damage(ds_arena *a, ds_reading *r)
{
    ds_sentence *sents = ds_arena_calloc(a, r->sents_len, sizeof *sents);
    assert_non_null(sents);
    memcpy(sents, r->sents, r->sents_len * sizeof *sents);
    sents[r->sents_len - 1].span.end += 1u << 20;
    r->sents = sents;
}

/* Sentences that another version cut elsewhere, and spans that fit nothing: other lines, the same frame. */
static void sentences_cut_elsewhere_do_no_harm(void **state)
{
    (void)state;
    for (uint32_t shift = 1; shift <= SHIFTS; shift++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
        ds_reading r = fx_reading(a);
        ds_voices v = fx_voices(a, &r);
        ds_voice *at = ds_arena_calloc(a, v.len, sizeof *at);
        ds_buf out = ds_buf_new(a);
        assert_non_null(at);
        memcpy(at, v.at, v.len * sizeof *at);
        for (size_t i = 0; i < v.len; i++) {
            at[i].content[0].beg += shift % 3 ? 0 : shift;
            at[i].content[0].end += shift;
            at[i].sentence.beg += shift;
            at[i].source.beg = at[i].source.end;
        }
        v.at = at;
        damage(a, &r);
        assert_int_equal(ds_export_article(a, &r, &v, DS_STR("D"), (ds_article_view){false, -1},
                                           wide(80, true), &out),
                         DS_OK);
        fx_lines(ds_buf_str(&out), 80, false);
    }
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
    DS_AUTO(ds_arena_freep) ds_arena *own = ds_arena_new(0, MEMORY);
    ds_voices v = fx_voices(own, r);
    return ds_export_article(small, r, &v, DS_STR("D"), (ds_article_view){false, -1}, coloured(80),
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

/* The reading and one without its last sentences: what a page lost stands in no line that is too wide. */
static ds_status view_versions(ds_arena *a, const ds_dossier *d, const ds_reading *r, ds_buf *out)
{
    (void)d;
    ds_reading shorter = *r;
    shorter.sents_len -= 2;
    const ds_reading *at[] = {r, &shorter};
    return ds_export_versions(a, at, 2, wide(60, true), out);
}

static void versions_are_told(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, MEMORY);
    ds_reading r = fx_reading(a);
    ds_buf out = ds_buf_new(a), same = ds_buf_new(a), json = ds_buf_new(a);
    (void)state;
    const ds_reading *twice[] = {&r, &r};
    assert_int_equal(view_versions(a, NULL, &r, &out), DS_OK);
    fx_lines(ds_buf_str(&out), 60, false);
    assert_true(ds_str_find(ds_buf_str(&out), DS_STR("From 1 to 2: 2 removed."), 0) > 0);
    assert_int_equal(ds_export_versions(a, twice, 2, wide(60, false), &same), DS_OK);
    assert_true(ds_str_find(ds_buf_str(&same), DS_STR("no sentence changed."), 0) > 0);
    fx_lines(ds_buf_str(&same), 60, true);
    ds_style as_json = {80, false, true, DS_FMT_JSON};
    assert_int_equal(ds_export_versions(a, twice, 1, as_json, &json), DS_OK);
    assert_true(ds_str_find(ds_buf_str(&json), DS_STR("\"changes\":[]"), 0) > 0);
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
    starve(view_versions, &d, &r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goldens),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(a_sentence_that_is_not_there),
        cmocka_unit_test(ink_moves_nothing),
        cmocka_unit_test(who_read_it_is_told),
        cmocka_unit_test(sentences_cut_elsewhere_do_no_harm),
        cmocka_unit_test(versions_are_told),
        cmocka_unit_test(starving_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
