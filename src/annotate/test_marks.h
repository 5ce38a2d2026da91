/* SPDX-License-Identifier: Apache-2.0 */
/* test_marks.h - what the tests of annotate and claim share: a tagged doc of one dated paragraph. */
#ifndef DS_TEST_MARKS_H
#define DS_TEST_MARKS_H

#include "annotate/annotate.h"
#include "language/test_language.h"

#define TEST_DAY "2031-05-20" /* publication day of the test paragraphs: a Tuesday */

typedef struct marked {
    ds_doc doc;
    ds_parse parse;
    ds_marks marks;
} marked;

/* Reads and annotates; DS_NOMEM when the budget of `a` is used up. */
static inline ds_status read_marks(ds_arena *a, const char *text, marked *out, ds_err *err)
{
    DS_TRY(read_text(a, text, DS_PART_BODY, &out->doc, err));
    ds_article *dated = ds_arena_alloc(a, sizeof *dated);
    if (!dated)
        return DS_NOMEM;
    *dated = *out->doc.article;
    ds_day_parse(DS_STR(TEST_DAY), &dated->published);
    dated->window = (ds_days){dated->published, dated->published};
    dated->doc = DS_STR("test");
    dated->n = 1;
    out->doc.article = dated;
    DS_TRY(ds_language_read(a, &out->doc, grammar, DS_DEPTH_NEEDED, &out->parse, err));
    DS_TRY(ds_language_names(a, &out->doc, grammar, &out->parse, err));
    return ds_annotate(a, &out->doc, &out->parse, words, &out->marks, err);
}

typedef void (*wrong_marks)(const marked *m, ds_str want, ds_buf *b);

static inline void read_and_look(ds_arena *a, char *text, ds_str want, ds_buf *b, void *wrong)
{
    marked m = {0};
    assert_int_equal(read_marks(a, text, &m, NULL), DS_OK);
    (*(wrong_marks *)wrong)(&m, want, b);
}

/* As run_lines, of what is read from each text. */
static inline unsigned run_examples(const char *path, wrong_marks wrong)
{
    return run_lines(path, read_and_look, &wrong);
}

static inline void put_value(ds_buf *b, const ds_value *v)
{
    ds_buf_printf(b, "%s ", ds_bound_name(v->bound));
    const ds_frac ends[3] = {v->low, v->best, v->high};
    const bool has[3] = {v->has_low, v->has_best, v->has_high};
    for (int i = 0; i < 3; i++) {
        if (i)
            ds_buf_putc(b, '/');
        if (has[i])
            ds_frac_print(b, ends[i], 4);
        else
            ds_buf_putc(b, '-');
    }
}

/* Is `got` the quantity that an example wants? Without brackets in `want`, those of `got` do not count; "[rounds...]" is how
 * they begin. */
static inline bool reads_as(ds_str want, ds_str got)
{
    ptrdiff_t open = ds_str_find(got, DS_STR(" ["), 0), more = ds_str_find(want, DS_STR("...]"), 0);
    ptrdiff_t close = open < 0 ? -1 : ds_str_find(got, DS_STR("]"), (size_t)open);
    bool brackets = ds_str_find(want, DS_STR(" ["), 0) >= 0;
    if (close < 0 || (brackets && more < 0))
        return ds_str_eq(want, got);
    size_t cut = brackets ? (size_t)more : (size_t)open;
    ds_str tail = ds_str_cut(want, brackets ? (size_t)more + strlen("...]") : cut, want.len);
    return cut <= (size_t)close && ds_str_starts(got, ds_str_cut(want, 0, cut)) &&
           ds_str_eq(tail, ds_str_cut(got, (size_t)close + 1, got.len));
}

#endif
