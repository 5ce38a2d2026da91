/* SPDX-License-Identifier: Apache-2.0 */
/* From the marks of one article to its claims. */
#include "claim/internal.h"

#include <inttypes.h>

uint32_t token_at_byte(const claimer *c, uint32_t at)
{
    size_t lo = 0, hi = c->doc->toks_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->doc->toks[mid].span.beg < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (uint32_t)lo;
}

uint32_t sentence_at_byte(const claimer *c, uint32_t at)
{
    size_t lo = 0, hi = c->doc->sents_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->doc->sents[mid].span.end <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (uint32_t)lo;
}

ds_status open_tables(claimer *c, ds_err *err)
{
    const struct {
        const char *name;
        const ds_phrases **phrases;
        const ds_table **table;
    } wanted[] = {
        {"triggers", &c->triggers_p, &c->triggers_t},    {"actors", &c->actors_p, &c->actors_t},
        {"certainty", &c->certainty_p, &c->certainty_t}, {"nouns", &c->nouns_p, &c->nouns_t},
        {"measures", &c->measures_p, &c->measures_t},    {"unions", &c->unions_p, &c->unions_t},
        {"clauses", &c->clauses_p, &c->clauses_t}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        *wanted[i].phrases = ds_lexicon_phrases(c->lex, wanted[i].name);
        *wanted[i].table = ds_lexicon_table(c->lex, wanted[i].name);
        if (!*wanted[i].phrases || !*wanted[i].table)
            return ds_fail(err, DS_BAD, "the lexicon lacks a table that claims need", i);
    }
    return DS_OK;
}

/* Stable: the same bytes, article, place, value and unit give the same id. */
static ds_str claim_id(claimer *c, const ds_quantity *q, const ds_claim *k)
{
    ds_str key =
        ds_arena_printf(c->arena, "%.*s|%u|%u-%u|%" PRId64 "/%" PRId64 "|%.*s",
                        DS_FMT(c->page->sha256), c->doc->article->n, q->number.beg, q->number.end,
                        k->value.high.num, k->value.high.den, DS_FMT(k->unit));
    return key.at ? ds_arena_printf(c->arena, "%016" PRIx64, ds_hash(key, 0)) : key;
}

/* "eleven minutes later" says when, not how long. */
static bool is_offset(const claimer *c, const ds_quantity *q)
{
    static const char *const words[] = {"later", "ago", "earlier"};
    if (q->kind != DS_Q_DURATION || q->tok_end >= c->doc->sents[q->sent].tok_end)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (norm_is(c, q->tok_end, words[i]))
            return true;
    return false;
}

static bool worth_a_claim(const claimer *c, const ds_quantity *q)
{
    if (q->kind == DS_Q_AGE || q->kind == DS_Q_MULTIPLE || q->attribute || is_offset(c, q))
        return false;
    if (q->kind == DS_Q_DURATION && q->value.bound == DS_BOUND_VAGUE)
        return false;
    return c->doc->sents[q->sent].part <= DS_PART_CAPTION;
}

static void place(claimer *c, const ds_quantity *q, ds_claim *k)
{
    const ds_sentence *s = c->sent;
    k->doc = c->doc->article->doc;
    k->sentence = ds_arena_str(c->arena, ds_str_at(c->doc->text, s->span));
    k->number = s->number;
    k->span = s->span;
    k->source_span = ds_article_source(c->doc->article, s->span);
    k->part = s->part;
    k->figure = (ds_span){q->span.beg - s->span.beg, q->span.end - s->span.beg};
}

#define ANAPHORIC_MAX                                                                              \
    10 /* "the two countries": a small definite count without a measure points back and claims nothing */

static bool points_back(const claimer *c, const ds_quantity *q)
{
    return q->value.has_high && ds_frac_cmp(q->value.high, DS_FRAC(ANAPHORIC_MAX)) <= 0 &&
           upos_at(c, q->tok) == DS_DET;
}

/* "one POW wished to stay": one of those counted before, not a count of its own. */
static bool one_of_them(const claimer *c, const ds_quantity *q, const trigger *t)
{
    return t->tok != UINT32_MAX && t->pos == TP_NOUN && q->noun.end &&
           c->doc->toks[t->end - 1].span.end == q->noun.end;
}

static bool is_measure(const claimer *c, ds_str measure)
{
    return ds_phrase_find(c->measures_p, measure) >= 0;
}

/* "another" in the past adds to what was sent; in the future it is a reinforcement. */
static void settle_delta(ds_claim *k)
{
    bool future = k->certainty == DS_CERT_PLANNED || k->certainty == DS_CERT_POSSIBLE;
    if (ds_str_eq(k->measure, DS_STR("deployed")) && k->delta && future)
        k->measure = DS_STR("reinforcement");
    if (ds_str_eq(k->measure, DS_STR("reinforcement")) && !future &&
        k->certainty <= DS_CERT_REPORTED)
        k->measure = DS_STR("deployed");
}

static ds_status add_claim(claimer *c, uint32_t qi)
{
    const ds_quantity *q = &c->marks->quantities[qi];
    trigger t;
    ds_claim k = {.of = -1, .delta_of = -1, .equals = -1};
    DS_TRY(measure_of(c, q, &t, &k.measure));
    if (!k.measure.at || !k.measure.len)
        return DS_OK;
    bool known = t.tok != UINT32_MAX || q->kind != DS_Q_COUNT;
    bool one = q->value.bound == DS_BOUND_EXACT && ds_frac_cmp(q->value.best, DS_FRAC(1)) == 0;
    if ((one && one_of_them(c, q, &t)) || (!known && (one || points_back(c, q))) ||
        (q->kind == DS_Q_COUNT && !q->noun.end && !is_measure(c, k.measure)))
        return DS_OK;
    place(c, q, &k);
    k.value = q->value;
    k.unit = q->unit;
    k.per[0] = q->per[0];
    k.per[1] = q->per[1];
    k.per_len = q->per_len;
    k.delta = q->delta;
    ds_said said;
    DS_TRY(holders_of(c, q, &t, &said));
    k.said_by = said.by;
    k.said_by_len = said.by_len;
    k.certainty = said.certainty;
    DS_TRY(subject_of(c, q, &t, &k));
    DS_TRY(time_and_place(c, q, &t, &k));
    settle_delta(&k);
    k.id = claim_id(c, q, &k);
    if (!k.id.at || !k.sentence.at)
        return DS_NOMEM;
    DS_TRY(DS_PUSH(c->arena, &c->claims, k));
    return DS_PUSH(c->arena, &c->quantity_of, qi);
}

static ds_status read_claims(claimer *c)
{
    uint32_t current = UINT32_MAX;
    for (uint32_t i = 0; i < c->marks->quantities_len; i++) {
        const ds_quantity *q = &c->marks->quantities[i];
        if (!worth_a_claim(c, q))
            continue;
        if (q->sent != current) {
            current = q->sent;
            c->sent = &c->doc->sents[current];
            DS_TRY(find_triggers(c));
        }
        DS_TRY(add_claim(c, i));
    }
    return link_claims(c);
}

ds_status ds_claim_read(ds_arena *a, const ds_page *page, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_claims *out, ds_err *err)
{
    claimer c = {.arena = a, .page = page, .doc = doc, .parse = parse, .marks = marks, .lex = lex};
    DS_TRY(open_tables(&c, err));
    ds_status st = read_claims(&c);
    if (st < 0)
        return ds_fail(err, st, st == DS_NOMEM ? "out of memory" : "a figure is out of range", 0);
    *out = (ds_claims){c.claims.at, c.claims.len};
    return DS_OK;
}

ds_status said_of(claimer *c, ds_span words, ds_said *out)
{
    const ds_quantity q = {.number = words,
                           .span = words,
                           .sent = (uint32_t)(c->sent - c->doc->sents),
                           .tok = token_at_byte(c, words.beg),
                           .tok_end = token_at_byte(c, words.end)};
    return holders_of(c, &q, NULL, out);
}

ds_status ds_claim_said(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_span words, ds_said *out,
                        ds_err *err)
{
    claimer c = {.arena = a, .doc = doc, .parse = parse, .marks = marks, .lex = lex};
    uint32_t sent = sentence_at_byte(&c, words.beg);
    if (sent == doc->sents_len || doc->sents[sent].span.beg > words.beg)
        return DS_NONE;
    DS_TRY(open_tables(&c, err));
    c.sent = &doc->sents[sent];
    ds_said said;
    if (said_of(&c, words, &said) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = said;
    return DS_OK;
}
