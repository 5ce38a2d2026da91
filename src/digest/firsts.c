/* SPDX-License-Identifier: Apache-2.0 */
/* firsts.c - what each page was the first to tell: figures of questions that are more than one page's, and of the heavier ones that are. */
#include "internal.h"

enum {
    FIRSTS_MAX = 8, /* of one page */
    ALONE_WEIGHT =
        40, /* lighter measures (lexicon/en/questions.tsv) count where one page alone tells of them */
    SHARED_WEIGHT = 70, /* and these where several do: not distances, durations, open words */
};

typedef DS_VEC(ds_first) firsts;

static bool is_dated(const dg *d, const ds_answer *x)
{
    for (size_t k = 0; k < x->rows_len; k++)
        if (dg_article(d, d->story->rows[x->rows[k]].member)->published == DS_DAY_NONE)
            return false;
    return true;
}

/* By day of publication where all pages that give it have one; then, and else, by arrival. */
static const ds_row *first_row(const dg *d, const ds_answer *x)
{
    bool dated = is_dated(d, x);
    const ds_row *best = NULL;
    for (size_t k = 0; k < x->rows_len; k++) {
        const ds_row *r = &d->story->rows[x->rows[k]];
        const ds_member *m = &d->story->members[r->member];
        const ds_member *b = best ? &d->story->members[best->member] : NULL;
        ds_day day = dated ? d->readings[m->reading].article->published : 0;
        ds_day than = b && dated ? d->readings[b->reading].article->published : 0;
        if (!b || day < than || (day == than && m->reading < b->reading))
            best = r;
    }
    return best;
}

/* "58 people killed", "dozens of people killed"; "deputies killed: 1", "cost, dam: $340 million". */
static ds_status first_text(const dg *d, const ds_question *q, const ds_answer *x, ds_str *out)
{
    ds_buf b = ds_buf_new(d->a);
    bool one = x->value.has_best && ds_frac_cmp(x->value.best, DS_FRAC(1)) == 0;
    bool counted = ds_str_eq(q->unit, DS_STR("person")) && q->per_len == 0 && !one &&
                   dg_weight(d, q->measure) < ALONE_WEIGHT &&
                   memchr(q->label.at, ',', q->label.len) == NULL;
    if (!counted) {
        ds_buf_put(&b, q->label);
        ds_buf_puts(&b, ": ");
    }
    ds_value_prose(&b, &x->value, q->unit);
    if (counted) {
        ds_buf_puts(&b, dg_before_counted(&x->value));
        ds_buf_put(&b, q->label);
    }
    return ds_buf_take(&b, out);
}

static bool is_told(const dg *d, const ds_question *q)
{
    int weight = dg_weight(d, q->measure);
    return weight < ALONE_WEIGHT || (q->state != DS_S_ONE_PAGE && weight < SHARED_WEIGHT);
}

ds_status dg_firsts(const dg *d, ds_dossier *out)
{
    ds_source *at = ds_arena_calloc(d->a, out->sources_len, sizeof *at);
    firsts *v = ds_arena_calloc(d->a, out->sources_len, sizeof *v);
    if (!at || !v)
        return DS_NOMEM;
    if (out->sources_len)
        memcpy(at, out->sources, out->sources_len * sizeof *at);
    for (size_t i = 0; i < d->ledger->questions_len; i++) {
        const ds_question *q = &d->ledger->questions[i];
        for (size_t k = 0; is_told(d, q) && k < q->answers_len; k++) {
            const ds_row *r = first_row(d, &q->answers[k]);
            ds_first x = {0};
            if (!r || v[r->member].len >= FIRSTS_MAX)
                continue;
            x.cite = (ds_cite){r->member, r->claim.number};
            DS_TRY(first_text(d, q, &q->answers[k], &x.text));
            DS_TRY(DS_PUSH(d->a, &v[r->member], x));
        }
    }
    for (size_t m = 0; m < out->sources_len; m++) {
        at[m].first = v[m].at;
        at[m].first_len = v[m].len;
    }
    out->sources = at;
    return DS_OK;
}
