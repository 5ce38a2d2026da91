/* SPDX-License-Identifier: Apache-2.0 */
/* question_json.c - one question with its answers, origins, verdicts, estimate and arithmetic as a JSON object. */
#include "export/internal.h"

static void claim_ids(ds_json *j, const ds_dossier *d, const uint32_t *rows, size_t n)
{
    ds_json_arr(j, "claims");
    for (size_t i = 0; i < n; i++)
        ds_json_str(j, NULL, d->rows[rows[i]].claim.id);
    ds_json_end(j, ']');
}

static ds_status answer(ds_json *j, ds_arena *a, const ds_dossier *d, const ds_question *q,
                        size_t n, const ds_str *ids)
{
    const ds_answer *ans = &q->answers[n];
    ds_buf text = ds_buf_new(a);
    ds_value_prose(&text, &ans->value, q->unit);
    DS_TRY(text.status);
    ds_json_obj(j, NULL);
    ex_json_frac(j, "low", ans->value.has_low, ans->value.low);
    ex_json_frac(j, "best", ans->value.has_best, ans->value.best);
    ex_json_frac(j, "high", ans->value.has_high, ans->value.high);
    claim_ids(j, d, ans->rows, ans->rows_len);
    ds_json_arr(j, "origins");
    for (size_t i = 0; i < ans->origins_len; i++)
        ds_json_str(j, NULL, ids[ans->origins[i]]);
    ds_json_end(j, ']');
    ds_json_str(j, "bound", ds_str_of(ds_bound_name(ans->value.bound)));
    ds_json_bool(j, "wider", ans->wider);
    ds_json_bool(j, "flagged", ans->flagged);
    ds_json_bool(j, "planned", ans->planned);
    ds_json_bool(j, "superseded", ans->superseded);
    ds_json_str(j, "text", ds_buf_str(&text));
    ds_json_end(j, '}');
    return DS_OK;
}

static void origin(ds_json *j, const ds_dossier *d, const ds_origin *o, ds_str id)
{
    ds_json_obj(j, NULL);
    ds_json_str(j, "id", id);
    ds_json_str(j, "name", o->name);
    ds_json_str(j, "kind", ds_str_of(ds_holder_kind_name(o->kind)));
    ds_json_str(j, "doc", o->member < d->sources_len ? d->sources[o->member].doc : (ds_str){0});
    ds_json_str(j, "why", o->why);
    ds_json_str(j, "holder_id", ex_holder_id(d, o->holder));
    ex_json_evidence(j, d, o->holder >= 0 ? (uint32_t)o->holder : UINT32_MAX);
    ds_json_end(j, '}');
}

static void verdicts(ds_json *j, const ds_question *q)
{
    ds_json_arr(j, "verdicts");
    for (size_t i = 0; i < q->pairs_len; i++) {
        ds_json_obj(j, NULL);
        ds_json_int(j, "a", q->pairs[i].a);
        ds_json_int(j, "b", q->pairs[i].b);
        ds_json_str(j, "verdict", ds_str_of(ds_verdict_name(q->pairs[i].verdict)));
        ds_json_str(j, "why", q->pairs[i].why);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void estimate(ds_json *j, const ds_estimate *e)
{
    ds_json_obj(j, "estimate");
    ex_json_frac(j, "low", e->has_low, e->low);
    ex_json_frac(j, "best", e->has_best, e->best);
    ex_json_frac(j, "high", e->has_high, e->high);
    ds_json_str(j, "why", e->why);
    ds_json_arr(j, "by_date");
    for (size_t i = 0; i < e->steps_len; i++) {
        const ds_step *s = &e->steps[i];
        ds_json_obj(j, NULL);
        ds_json_day(j, "day", s->day);
        ex_json_frac(j, "low", s->has_low, s->low);
        ex_json_frac(j, "best", s->has_best, s->best);
        ex_json_frac(j, "high", s->has_high, s->high);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
    ds_json_end(j, '}');
    ds_json_str(j, "rule", e->rule);
}

size_t ex_flag_cites(const ds_dossier *d, const ds_flag *f, ds_cite out[EX_FLAG_CITES])
{
    size_t n = 0;
    for (uint32_t i = 0; i < 2 + f->rows_len; i++) {
        const ds_row *row = i < 2 ? NULL : &d->rows[f->rows[i - 2]];
        ds_cite c = row ? (ds_cite){row->member, row->claim.number} : f->cites[i];
        bool there = false;
        for (size_t k = 0; k < n; k++)
            there |= out[k].member == c.member && out[k].sentence == c.sentence;
        if (!there)
            out[n++] = c;
    }
    return n;
}

static void flag_sentences(ds_json *j, const ds_dossier *d, const ds_flag *f)
{
    ds_cite cites[EX_FLAG_CITES];
    size_t n = ex_flag_cites(d, f, cites);
    ds_json_arr(j, "sentences");
    for (size_t i = 0; i < n; i++)
        ds_json_str(j, NULL, ex_sentence(d, cites[i]));
    ds_json_end(j, ']');
}

void ex_json_flag(ds_json *j, const ds_dossier *d, const ds_flag *f)
{
    bool share = f->kind == DS_FLAG_SHARE, drift = f->kind == DS_FLAG_DRIFT;
    ds_json_obj(j, NULL);
    ds_json_str(j, "kind", ds_str_of(ds_flag_kind_name(f->kind)));
    ex_json_frac(j, "share", share, f->share);
    ex_json_frac(j, "base", share, f->base);
    ex_json_frac(j, "stated", f->stated.den != 0, f->stated);
    ex_json_frac(j, "expected", !drift && f->expected.den != 0, f->expected);
    claim_ids(j, d, f->rows, f->rows_len);
    flag_sentences(j, d, f);
    ds_json_str(j, "finding", f->finding);
    ds_json_str(j, "sum", f->sum);
    ds_json_end(j, '}');
}

static void arithmetic(ds_json *j, const ds_dossier *d, const ds_question *q)
{
    ds_json_arr(j, "arithmetic");
    for (size_t i = 0; i < q->flags_len; i++)
        ex_json_flag(j, d, &d->ledger.flags[q->flags[i]]);
    ds_json_end(j, ']');
}

/* Why claims stand together, or why a question is not one with another. */
static void ties(ds_json *j, const ds_dossier *d, const ds_question *q, bool apart)
{
    ds_json_arr(j, apart ? "apart" : "joined");
    for (size_t i = 0; i < q->ties_len; i++) {
        const ds_tie *t = &q->ties[i];
        if (t->apart != apart)
            continue;
        ds_json_obj(j, NULL);
        ds_json_str(j, "claim", d->rows[t->row].claim.id);
        ds_json_str(j, "with", d->rows[t->with].claim.id);
        ds_json_str(j, "why", t->why);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

/* What the answers are counted in, and the chip of the text views: the same words everywhere. */
static void state(ds_json *j, const ds_question *q)
{
    ds_json_str(j, "label", q->label);
    ds_json_str(j, "unit", q->unit);
    ex_json_strs(j, "per", (ds_strs){q->per, q->per_len});
    ds_json_str(j, "scope", ds_str_of(ds_scope_name(q->scope)));
    ds_json_str(j, "state", ds_str_of(ds_state_name(q->state)));
    ex_json_frac(j, "factor", q->has_factor, q->factor);
}

ds_status ex_json_question(ds_json *j, ds_arena *a, const ds_dossier *d, const ds_question *q)
{
    const ds_str *ids = ex_origin_ids(a, d, q);
    if (!ids)
        return DS_NOMEM;
    ds_json_obj(j, NULL);
    ds_json_str(j, "id", q->id);
    ds_json_str(j, "text", q->text);
    ds_json_str(j, "measure", q->measure);
    ds_json_str(j, "subject", q->subject);
    ds_json_arr(j, "answers");
    for (size_t i = 0; i < q->answers_len; i++)
        DS_TRY(answer(j, a, d, q, i, ids));
    ds_json_end(j, ']');
    ds_json_arr(j, "origins");
    for (size_t i = 0; i < q->origins_len; i++)
        origin(j, d, &q->origins[i], ids[i]);
    ds_json_end(j, ']');
    verdicts(j, q);
    estimate(j, &q->estimate);
    arithmetic(j, d, q);
    state(j, q);
    ties(j, d, q, false);
    ties(j, d, q, true);
    ds_json_end(j, '}');
    return j->buf->status;
}
