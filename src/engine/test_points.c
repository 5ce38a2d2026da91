/* SPDX-License-Identifier: Apache-2.0 */
/* test_points.c FOLDER [SHARED]: the key points of the pages in FOLDER, and of the seeds in SHARED/data/seeds and the second ledger where they
 * are there (DOSSIER_SHARED names another folder): what a point cites exists, what it quotes stands in a cited sentence, and what it
 * counts was read from one. */
#include "engine/engine.h"
#include "intake/intake.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BUDGET = 512 << 20, PATHS = 4, PATH_BYTES = 2048 };
static char paths[PATHS][PATH_BYTES];
static int paths_len;

typedef DS_VEC(ds_reading) readings;

typedef struct reader {
    ds_arena *a;
    ds_lexicon *lex;
    ds_language *grammar;
    ds_extractor *extractor;
} reader;

static void open_reader(reader *r)
{
    r->a = ds_arena_new(0, BUDGET);
    assert_non_null(r->a);
    assert_int_equal(ds_lexicon_open(r->a, (ds_str){0}, &r->lex, NULL), DS_OK);
    assert_int_equal(ds_language_open(r->a, r->lex, &r->grammar, NULL), DS_OK);
    assert_int_equal(ds_extractor_open(r->a, r->lex, &r->extractor, NULL), DS_OK);
}

/* Pages of `path`; of the seeds those that are articles. */
static void read_folder(reader *r, const char *path, readings *v)
{
    ds_intake *in;
    ds_str name, note;
    ds_readings got;
    assert_int_equal(ds_intake_open(r->a, &path, 1, DS_DAY_NONE, &in, NULL), DS_OK);
    for (;;) {
        ds_page *page = ds_arena_calloc(r->a, 1, sizeof *page);
        assert_non_null(page);
        ds_status st = ds_intake_next(in, r->a, page, &name, NULL);
        if (st == DS_NONE)
            break;
        if (st < 0 || ds_str_find(name, DS_STR("README"), 0) >= 0 ||
            ds_str_find(name, DS_STR("gold_"), 0) >= 0)
            continue;
        st = ds_read(r->a, page, r->extractor, NULL, r->lex, r->grammar, &got, &note, NULL);
        for (size_t i = 0; st == DS_OK && i < got.len; i++)
            assert_int_equal(DS_PUSH(r->a, v, got.at[i]), DS_OK);
    }
    ds_intake_close(in);
}

static void digest(reader *r, const readings *v, ds_dossier *out)
{
    ds_story story;
    ds_ledger ledger = {0};
    assert_int_equal(ds_story_given(r->a, v->at, v->len, &story, NULL), DS_OK);
    assert_int_equal(ds_story_who(r->a, v->at, r->lex, &story, NULL), DS_OK);
    assert_int_equal(ds_reconcile(r->a, v->at, &story, r->lex, (ds_str){0}, &ledger, NULL), DS_OK);
    assert_int_equal(ds_digest(r->a, v->at, &story, &ledger, r->lex, out, NULL), DS_OK);
}

/* ---- what is cited ------------------------------------------------------------------------------------------ */

static ds_str sentence_of(const readings *v, ds_cite c)
{
    for (size_t i = 0; c.member < v->len && i < v->at[c.member].sents_len; i++) {
        const ds_sentence *s = &v->at[c.member].sents[i];
        if (s->number == c.sentence)
            return ds_str_at(v->at[c.member].article->text, s->span);
    }
    return (ds_str){0};
}

static bool is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters and digits of ASCII: quotation marks and blanks may differ. */
static ds_str plain(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len; i++)
        if (is_plain((unsigned char)s.at[i]))
            ds_buf_putc(&b, s.at[i]);
    return ds_buf_str(&b);
}

static bool is_quoted_from(ds_arena *a, const readings *v, ds_line_cites cites, ds_str quote)
{
    for (size_t i = 0; i < cites.len; i++)
        if (ds_str_find(plain(a, sentence_of(v, cites.at[i])), plain(a, quote), 0) >= 0)
            return true;
    return false;
}

/* ---- what is counted ---------------------------------------------------------------------------------------- */

static bool is_end(const ds_value *v, ds_frac n)
{
    return (v->has_low && ds_frac_cmp(v->low, n) == 0) ||
           (v->has_best && ds_frac_cmp(v->best, n) == 0) ||
           (v->has_high && ds_frac_cmp(v->high, n) == 0);
}

static bool is_cited(ds_line_cites cites, const ds_row *r)
{
    for (size_t i = 0; i < cites.len; i++)
        if (cites.at[i].member == r->member && cites.at[i].sentence == r->claim.number)
            return true;
    return false;
}

/* Read from a cited sentence, or worked out of one: a share of its base. */
static bool is_read(const ds_dossier *d, ds_line_cites cites, ds_frac n)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++) {
        const ds_question *q = &d->ledger.questions[i];
        for (size_t k = 0; k < q->answers_len; k++)
            for (size_t r = 0; r < q->answers[k].rows_len; r++) {
                const ds_row *row = &d->rows[q->answers[k].rows[r]];
                if (is_cited(cites, row) &&
                    (is_end(&q->answers[k].value, n) || is_end(&row->claim.value, n)))
                    return true;
            }
    }
    return false;
}

static bool is_word(ds_str s, const char *const *words)
{
    for (; *words; words++)
        if (ds_str_starts(s, ds_str_of(*words)))
            return true;
    return false;
}

/* The number at s and its length with "million"; false: it is a day, a year or a count of pages. */
static bool number_at(ds_arena *a, ds_str s, ds_frac *out, size_t *len)
{
    static const char *const others[] = {
        " Jan", " Feb", " Mar", " Apr",    " May",  " Jun",    " Jul",   " Aug",     " Sep", " Oct",
        " Nov", " Dec", "–",    " origin", " page", " figure", " other", " between", NULL};
    static const struct {
        const char *word;
        int64_t factor;
    } scales[] = {{" million", 1000000}, {" billion", 1000000000}};
    ds_buf b = ds_buf_new(a);
    size_t n = 0;
    while (n < s.len && ((s.at[n] >= '0' && s.at[n] <= '9') ||
                         ((s.at[n] == ',' || s.at[n] == '.') && n + 1 < s.len &&
                          s.at[n + 1] >= '0' && s.at[n + 1] <= '9'))) {
        if (s.at[n] != ',')
            ds_buf_putc(&b, s.at[n]);
        n++;
    }
    *len = n;
    ds_str rest = ds_str_cut(s, n, s.len);
    if (is_word(rest, others) || ds_frac_parse(ds_buf_str(&b), out) != DS_OK)
        return false;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (ds_str_starts(rest, ds_str_of(scales[i].word)))
            assert_int_equal(ds_frac_mul(*out, DS_FRAC(scales[i].factor), out), DS_OK);
    if (ds_str_starts(rest, DS_STR("%")))
        assert_int_equal(ds_frac_div(*out, DS_FRAC(100), out), DS_OK);
    return true;
}

/* Figures of a point that is no sum, outside of quotations and of what stands in a name or a label. */
static void counts_what_it_cites(reader *r, const ds_dossier *d, const ds_key_point *p,
                                 ds_str words)
{
    bool before = false;
    for (size_t i = 0; i < words.len; i++) {
        unsigned char c = (unsigned char)words.at[i];
        bool digit = c >= '0' && c <= '9';
        if (digit && !before) {
            ds_frac n;
            size_t len;
            bool in =
                i >= 3 && ds_str_eq(ds_str_cut(words, i - 3, i), DS_STR("in ")); /* "in 2010" */
            bool figure = number_at(r->a, ds_str_cut(words, i, words.len), &n, &len);
            if (figure && !in && !is_read(d, p->cites, n))
                fail_msg("%.*s: %.*s stands in no cited sentence", DS_FMT(p->text),
                         DS_FMT(ds_str_cut(words, i, i + len)));
            i += len ? len - 1 : 0;
        }
        before = is_plain(c);
    }
}

static void quotes_what_it_cites(reader *r, const readings *v, const ds_dossier *d,
                                 const ds_key_point *p)
{
    ds_str open = DS_STR("“"), shut = DS_STR("”");
    size_t from = 0;
    ds_buf rest = ds_buf_new(r->a);
    for (ptrdiff_t beg; (beg = ds_str_find(p->text, open, from)) >= 0;) {
        ptrdiff_t end = ds_str_find(p->text, shut, (size_t)beg);
        assert_true(end > beg);
        ds_str quote = ds_str_cut(p->text, (size_t)beg + open.len, (size_t)end);
        ds_buf_put(&rest, ds_str_cut(p->text, from, (size_t)beg));
        if (!is_quoted_from(r->a, v, p->cites, quote))
            fail_msg("%.*s: stands in no cited sentence", DS_FMT(p->text));
        from = (size_t)end + shut.len;
    }
    ds_buf_put(&rest, ds_str_cut(p->text, from, p->text.len));
    ds_str words = ds_buf_str(&rest);
    ptrdiff_t single = ds_str_find(words, DS_STR("‘"), 0); /* a figure as its sentence has it */
    if (!p->flagged && single < 0)
        counts_what_it_cites(r, d, p, words);
}

static void check(const char *path)
{
    reader r = {0};
    readings v = {0};
    ds_dossier d;
    open_reader(&r);
    read_folder(&r, path, &v);
    digest(&r, &v, &d);
    assert_true(d.key_points_len > 0 && d.key_points_len <= 9);
    for (size_t i = 0; i < d.key_points_len; i++) {
        const ds_key_point *p = &d.key_points[i];
        if (p->cites.len == 0)
            fail_msg("%.*s: cites nothing", DS_FMT(p->text));
        for (size_t k = 0; k < p->cites.len; k++)
            assert_non_null(sentence_of(&v, p->cites.at[k]).at);
        for (size_t k = 0; k < p->questions_len; k++)
            assert_true(p->questions[k] < d.ledger.questions_len);
        quotes_what_it_cites(&r, &v, &d, p);
    }
    assert_int_equal(d.standfirst_cites.len, d.standfirst.len > 0);
    for (size_t m = 0; m < d.sources_len; m++)
        for (size_t k = 0; k < d.sources[m].first_len; k++)
            assert_int_equal(d.sources[m].first[k].cite.member, m);
    ds_lexicon_close(r.lex);
    ds_arena_free(r.a);
}

static void points_say_what_their_sentences_say(void **state)
{
    (void)state;
    for (int i = 0; i < paths_len; i++)
        check(paths[i]);
}

static void add_path(const char *folder, const char *rest)
{
    int n = snprintf(paths[paths_len], PATH_BYTES, "%s%s", folder, rest);
    FILE *f = n > 0 && n < PATH_BYTES ? fopen(paths[paths_len], "r") : NULL;
    if (!f)
        return;
    fclose(f);
    paths_len++;
}

int main(int argc, char **argv)
{
    const char *shared = getenv("DOSSIER_SHARED");
    if (argc < 2)
        return 2;
    add_path(argv[1], "");
    if (argc > 2) {
        add_path(shared ? shared : argv[2], "/data/seeds");
        add_path(shared ? shared : argv[2], "/data/stories/ledger_41ecb/docs");
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(points_say_what_their_sentences_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
