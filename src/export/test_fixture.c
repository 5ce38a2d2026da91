/* SPDX-License-Identifier: Apache-2.0 */
/* test_fixture.c - tables to structs; golden files. */
#include "export/test_fixture.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- tables to structs ------------------------------------------------------------------------------------ */

static void *zeroed(ds_arena *a, size_t n, size_t size)
{
    void *p = ds_arena_calloc(a, n, size);
    assert_non_null(p);
    return p;
}

static ds_frac frac(int64_t num, int64_t den)
{
    ds_frac f = {0, 1};
    assert_int_equal(ds_frac_make(num, den ? den : 1, &f), DS_OK);
    return f;
}

ds_value fx_value_of(fx_value v)
{
    ds_value out = {.bound = v.bound, .has_low = true, .has_best = true, .has_high = true};
    out.low = out.best = frac(v.low, v.den);
    out.high = frac(v.high ? v.high : v.low, v.den);
    if (v.bound == DS_BOUND_AT_MOST || v.bound == DS_BOUND_LESS_THAN || v.bound == DS_BOUND_ALMOST)
        out.has_low = false;
    if (v.bound == DS_BOUND_AT_LEAST || v.bound == DS_BOUND_MORE_THAN)
        out.has_high = false;
    if (v.bound == DS_BOUND_RANGE || v.bound == DS_BOUND_VAGUE)
        out.has_best = false;
    return out;
}

static ds_day day(const char *z)
{
    ds_day d = DS_DAY_NONE;
    if (z)
        assert_int_equal(ds_day_parse(ds_str_of(z), &d), DS_OK);
    return d;
}

static const ds_link *link_of(ds_arena *a, const fx_claim *f)
{
    ds_link *l = zeroed(a, 1, sizeof *l);
    *l = (ds_link){.name = ds_str_of(f->holder), .cue = ds_str_of(f->cue), .kind = f->kind};
    if (f->kind == DS_HOLDER_NAMED)
        l->holder = l->name;
    return l;
}

static void fill_value(ds_claim *c, const fx_claim *f)
{
    c->value = fx_value_of(f->value);
    c->unit = ds_str_of(f->unit);
    c->of = f->of - 1;
    c->delta_of = f->delta_of - 1;
    c->delta = f->delta_of != 0;
    c->of_words = ds_str_of(f->of_words);
    c->has_derived = f->derived != 0;
    c->derived = DS_FRAC(f->derived);
    for (; c->per_len < 2 && f->per[c->per_len]; c->per_len++)
        c->per[c->per_len] = ds_str_of(f->per[c->per_len]);
}

static void fill_claim(ds_arena *a, ds_claim *c, const fx_claim *f, uint32_t i)
{
    ptrdiff_t at = ds_str_find(ds_str_of(f->sentence), ds_str_of(f->figure), 0);
    assert_true(at >= 0);
    c->id = ds_arena_printf(a, "%016x", 0xc1a10000u + i);
    c->sentence = ds_str_of(f->sentence);
    c->number = f->number;
    c->span = (ds_span){f->number * 200, f->number * 200 + (uint32_t)c->sentence.len};
    c->source_span = (ds_span){c->span.beg + 40, c->span.end + 40};
    c->figure = (ds_span){(uint32_t)at, (uint32_t)at + (uint32_t)strlen(f->figure)};
    c->part = f->part ? f->part : DS_PART_BODY;
    c->measure = ds_str_of(f->measure);
    c->subject = ds_str_of(f->subject);
    fill_value(c, f);
    c->has_when = f->from || f->to;
    c->when = (ds_days){day(f->from), day(f->to)};
    c->when_words = ds_str_of(f->words);
    c->said_by = f->holder ? link_of(a, f) : NULL;
    c->said_by_len = f->holder != NULL;
    c->certainty = f->certainty;
    c->equals = -1;
}

const ds_row *fx_rows(ds_arena *a, const fx_claim *at, size_t n, const ds_source *sources)
{
    ds_row *rows = zeroed(a, n, sizeof *rows);
    for (size_t i = 0; i < n; i++) {
        fill_claim(a, &rows[i].claim, &at[i], (uint32_t)i);
        rows[i].claim.doc = sources[at[i].member].doc;
        rows[i].member = at[i].member;
        rows[i].place = -1;
        rows[i].question = ds_str_of(at[i].question);
        rows[i].origin = ds_str_of(at[i].origin);
        rows[i].flag = ds_str_of(at[i].flag);
    }
    for (size_t i = 0; i < n; i++)
        if (rows[i].claim.of >= 0)
            rows[i].claim.of_id = rows[rows[i].claim.of].claim.id;
    return rows;
}

static const uint32_t *indices(ds_arena *a, const int *at, size_t most, size_t *n)
{
    uint32_t *out = zeroed(a, most, sizeof *out);
    for (*n = 0; *n < most && at[*n]; ++*n)
        out[*n] = (uint32_t)at[*n] - 1;
    return out;
}

static void fill_answers(ds_arena *a, ds_question *q, const fx_question *f)
{
    ds_answer *answers = zeroed(a, FX_MOST, sizeof *answers);
    for (; q->answers_len < FX_MOST && f->answers[q->answers_len].rows[0]; q->answers_len++) {
        const fx_answer *from = &f->answers[q->answers_len];
        ds_answer *to = &answers[q->answers_len];
        *to = (ds_answer){
            .value = fx_value_of(from->value), .wider = from->wider, .flagged = from->flagged};
        to->rows = indices(a, from->rows, FX_MOST, &to->rows_len);
        to->origins = indices(a, from->origins, FX_MOST, &to->origins_len);
    }
    q->answers = answers;
}

static void fill_origins(ds_arena *a, ds_question *q, const fx_question *f)
{
    ds_origin *origins = zeroed(a, FX_MOST, sizeof *origins);
    ds_pair *pairs = zeroed(a, FX_MOST, sizeof *pairs);
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].origins_len; k++)
            if (q->answers[i].origins[k] >= q->origins_len)
                q->origins_len = q->answers[i].origins[k] + 1;
    for (size_t i = 0; i < q->origins_len; i++)
        origins[i] = (ds_origin){.name = ds_str_of(f->origins[i].name),
                                 .kind = f->origins[i].kind,
                                 .member = f->origins[i].member,
                                 .holder = -1};
    for (; q->pairs_len < FX_MOST && f->pairs[q->pairs_len].why; q->pairs_len++) {
        const fx_pair *from = &f->pairs[q->pairs_len];
        pairs[q->pairs_len] = (ds_pair){from->a, from->b, from->verdict, ds_str_of(from->why)};
    }
    q->origins = origins;
    q->pairs = pairs;
}

static bool parse(const char *z, ds_frac *out)
{
    if (z)
        assert_int_equal(ds_frac_parse(ds_str_of(z), out), DS_OK);
    return z != NULL;
}

static void fill_question(ds_arena *a, ds_question *q, const fx_question *f)
{
    q->id = ds_str_of(f->id);
    q->text = ds_str_of(f->text);
    q->label = ds_str_of(f->label);
    q->measure = ds_str_of(f->measure);
    q->subject = ds_str_of(f->subject);
    q->unit = ds_str_of(f->unit);
    for (; q->per_len < 2 && f->per[q->per_len]; q->per_len++)
        q->per[q->per_len] = ds_str_of(f->per[q->per_len]);
    fill_answers(a, q, f);
    fill_origins(a, q, f);
    q->estimate.has_low = parse(f->low, &q->estimate.low);
    q->estimate.has_best = parse(f->best, &q->estimate.best);
    q->estimate.has_high = parse(f->high, &q->estimate.high);
    q->estimate.rule = DS_STR("range");
    q->estimate.why = ds_str_of(f->why);
    q->state = f->state;
    q->has_factor = f->factor[1] != 0;
    q->factor = frac(f->factor[0], f->factor[1]);
    q->flags = indices(a, f->flags, 2, &q->flags_len);
}

const ds_question *fx_questions(ds_arena *a, const fx_question *at, size_t n)
{
    ds_question *out = zeroed(a, n, sizeof *out);
    for (size_t i = 0; i < n; i++)
        fill_question(a, &out[i], &at[i]);
    return out;
}

/* ---- golden files ---------------------------------------------------------------------------------------------- */

#define PATH_MAX_BYTES 512
#define GOLDEN_MAX ((size_t)1 << 20)

static void path_of(char *path, const char *name)
{
    int n = snprintf(path, PATH_MAX_BYTES, "%s/golden/%s", EXPORT_SOURCE_DIR, name);
    assert_true(n > 0 && n < PATH_MAX_BYTES);
}

static void write_golden(const char *path, ds_str text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.at, 1, text.len, f), text.len);
    assert_int_equal(fclose(f), 0);
}

void fx_golden(const char *name, ds_str text)
{
    char path[PATH_MAX_BYTES];
    path_of(path, name);
    assert_non_null(text.at);
    if (getenv("UPDATE_GOLDEN")) {
        write_golden(path, text);
        return;
    }
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s: missing; UPDATE_GOLDEN=1 writes it", path);
    char *was = malloc(GOLDEN_MAX);
    assert_non_null(was);
    size_t len = fread(was, 1, GOLDEN_MAX, f);
    fclose(f);
    bool same = ds_str_eq((ds_str){was, len}, text);
    free(was);
    if (!same)
        fail_msg("%s: differs; UPDATE_GOLDEN=1 rewrites it", path);
}

void fx_lines(ds_str text, size_t width, bool ascii)
{
    for (size_t beg = 0; beg < text.len;) {
        ptrdiff_t nl = ds_str_find(text, DS_STR("\n"), beg);
        assert_true(nl >= 0);
        ds_str line = ds_str_cut(text, beg, (size_t)nl);
        if (ds_utf8_width(line) > width)
            fail_msg("%zu columns, not %zu: %.*s", ds_utf8_width(line), width, DS_FMT(line));
        assert_false(line.len && line.at[line.len - 1] == ' ');
        for (size_t i = 0; ascii && i < line.len; i++)
            assert_true((uint8_t)line.at[i] < 0x80);
        beg = (size_t)nl + 1;
    }
}
