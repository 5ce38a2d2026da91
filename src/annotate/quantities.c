/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities: a numeral, the words that bound it, and what it counts. Grammar: docs/formats/quantity.md. */
#include "annotate/quantities_internal.h"

/* Numbers that name things: "Section 427", "Boeing 737", "No. 5", "World War 2". */
static bool is_label(finder *f, uint32_t at, ds_noun_class cls)
{
    if (at == f->beg)
        return false;
    if (ds_phrase_find(f->s.labels, norm_at(&f->s, at - 1)) >= 0)
        return true;
    bool name = upos_at(&f->s, at - 1) == DS_PROPN && !in_date(&f->s, at - 1) &&
                !(tok_at(&f->s, at - 1)->flags & DS_TF_FIRST);
    return name && cls == DS_NC_NONE;
}

/* "6-3", "26-inch-wide", "2 million-barrel": a score, or a measure that describes what follows. */
static bool hyphenated(const finder *f, uint32_t at)
{
    if (at >= f->end || (tok_at(&f->s, at)->flags & DS_TF_SPACE))
        return false;
    ds_str text = ds_str_at(f->s.doc->text, tok_at(&f->s, at)->span);
    bool hyphen = text.len && text.at[0] == '-';
    return hyphen &&
           (text.len > 1 || (at + 1 < f->end && !(tok_at(&f->s, at + 1)->flags & DS_TF_SPACE)));
}

/* "aged 22", ", 20, a student", "2 years old". */
static bool is_age(finder *f, const numeral *n, uint32_t after)
{
    bool years =
        after + 1 < f->end && (norm_is(&f->s, after, "years") || norm_is(&f->s, after, "year") ||
                               norm_is(&f->s, after, "months"));
    if (years && norm_is(&f->s, after + 1, "old"))
        return true;
    if (n->tok > f->beg &&
        (norm_is(&f->s, n->tok - 1, "aged") || norm_is(&f->s, n->tok - 1, "age")))
        return true;
    bool commas = n->tok > f->beg + 1 && norm_is(&f->s, n->tok - 1, ",") && after < f->end &&
                  norm_is(&f->s, after, ",");
    return commas && upos_at(&f->s, n->tok - 2) == DS_PROPN &&
           ds_frac_cmp(n->value.best, DS_FRAC(120)) < 0;
}

/* "half of the troops deployed - around 300 soldiers -": only a dash, a comma or a bracket stands between. */
static void link_apposition(finder *f, ds_quantity *q, uint32_t start)
{
    if (!f->found.len || start == f->beg)
        return;
    const ds_quantity *prev = &f->found.at[f->found.len - 1];
    if (prev->sent != f->sent || prev->tok_end + 1 != start)
        return;
    bool opens = is_dash(&f->s, start - 1) || norm_is(&f->s, start - 1, "(");
    bool comparable =
        prev->kind == DS_Q_RATIO || (prev->kind == DS_Q_MEASURE && q->kind == DS_Q_MEASURE);
    if (opens && comparable && (q->kind == DS_Q_COUNT || q->kind == DS_Q_MEASURE))
        q->equals = (int32_t)f->found.len - 1;
}

/* Fills q from the numeral on; false: what stands here is no quantity. */
static bool read_quantity(finder *f, numeral *n, ds_quantity *q)
{
    uint32_t at = range_end(f, n), symbol = money_symbol(f, n->tok);
    uint32_t start = symbol != UINT32_MAX ? symbol : n->tok;
    ds_noun_class cls = DS_NC_NONE;
    q->value = n->value;
    q->number = toks_span(&f->s, n->tok, at);
    bool tail = n->tok > f->beg && is_dash(&f->s, n->tok - 1) &&
                !(tok_at(&f->s, n->tok)->flags & DS_TF_SPACE) &&
                !(tok_at(&f->s, n->tok - 1)->flags & DS_TF_SPACE) && n->tok > f->beg + 1 &&
                upos_at(&f->s, n->tok - 2) == DS_NUM;
    if (hyphenated(f, at) || tail)
        return false;
    if (q->value.bound == DS_BOUND_RANGE && start > f->beg &&
        (norm_is(&f->s, start - 1, "between") || norm_is(&f->s, start - 1, "from")))
        start--;
    at = modifiers_after(f, q, at);
    if (n->ratio && half_a_unit(f, q, &at)) {
        q->kind = DS_Q_DURATION;
    } else if (n->ratio) {
        q->kind = DS_Q_RATIO;
        q->unit = DS_STR("ratio");
        at = ratio_base(f, q, n, at);
        if (!q->base.end &&
            !(at < f->end && (upos_at(&f->s, at) == DS_AUX || upos_at(&f->s, at) == DS_VERB)))
            return false; /* "the second half", "half time" */
    } else if (is_age(f, n, at)) {
        q->kind = DS_Q_AGE;
        q->unit = DS_STR("year");
    } else if (measured(f, q, symbol, &at)) {
        at = modifiers_after(f, q, at);
        if (q->kind == DS_Q_RATIO)
            at = ratio_base(f, q, n, at);
        if (q->kind == DS_Q_MEASURE && at < f->end && norm_is(&f->s, at, "of"))
            at = noun_phrase_at(&f->s, at + 1, f->end).end > at + 1
                     ? noun_phrase_at(&f->s, at + 1, f->end).end
                     : at;
    } else {
        q->kind = DS_Q_COUNT;
        at = counted(f, q, at, &cls);
        if (n->one && cls != DS_NC_PERSON && cls != DS_NC_SOLDIER && cls != DS_NC_ITEM)
            return false;
        if (!q->noun.end)
            look_left(f, q, start);
    }
    if (symbol == UINT32_MAX && is_label(f, n->tok, cls))
        return false;
    at = per_phrases(f, q, at);
    rate_adverb(f, q, at);
    start = modifiers_before(f, q, start);
    if (!q->unit.at)
        q->unit = DS_STR(
            "person"); /* a bare count: the measure decides in the claim stage whether it stands */
    q->tok = start;
    q->tok_end = at;
    q->span = toks_span(&f->s, start, at);
    link_apposition(f, q, start);
    return true;
}

static ds_status sentence_quantities(finder *f)
{
    for (uint32_t i = f->beg; i < f->end;) {
        numeral n;
        ds_quantity q = {.sent = f->sent, .equals = -1};
        if (in_date(&f->s, i) || !numeral_at(&f->s, i, f->end, &n)) {
            i++;
            continue;
        }
        if (read_quantity(f, &n, &q)) {
            DS_TRY(DS_PUSH(f->s.arena, &f->found, q));
            f->taken = q.tok_end;
            i = q.tok_end > n.end ? q.tok_end : n.end;
        } else {
            i = n.end;
        }
        if (f->taken < i)
            f->taken = i;
    }
    return DS_OK;
}

ds_status ds_annotate_quantities(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                 const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    finder f = {0};
    DS_TRY(scan_open(&f.s, a, doc, parse, lex, out, err));
    for (uint32_t i = 0; i < doc->sents_len; i++) {
        f.sent = i;
        f.beg = f.taken = doc->sents[i].tok;
        f.end = doc->sents[i].tok_end;
        if (sentence_quantities(&f) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    }
    out->quantities = f.found.at;
    out->quantities_len = f.found.len;
    return DS_OK;
}
