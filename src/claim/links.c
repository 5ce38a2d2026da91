/* SPDX-License-Identifier: Apache-2.0 */
/* Claims that rest on other claims of the article: bases of shares, totals of deltas, appositions. */
#include "claim/internal.h"

static bool is_count(const ds_claim *k)
{
    return ds_str_eq(k->unit, DS_STR("person")) && k->value.bound != DS_BOUND_VAGUE &&
           (k->value.has_best || k->value.bound == DS_BOUND_RANGE);
}

/* Measures that others are a share of: those who were sent, who are there, who live there. */
static int base_rank(const ds_claim *k)
{
    static const char *const bases[] = {"deployed",  "strength",  "recruited", "trained",
                                        "evacuated", "displaced", "protesters"};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (ds_str_eq(k->measure, ds_str_of(bases[i])))
            return 2;
    return 1;
}

static bool same_kind(const ds_claim *share, const ds_claim *k)
{
    if (share->actor.at && k->actor.at && !ds_str_eq(share->actor, k->actor))
        return false;
    return true;
}

static bool same_measure_count(const ds_claim *share, const ds_claim *k)
{
    return ds_str_eq(share->measure, k->measure);
}

/* The count that a share is of: "that number" is the last one; else the best base before it, near ones first. */
static int32_t base_of(const claimer *c, size_t i, bool anaphor)
{
    const ds_claim *share = &c->claims.at[i];
    int32_t best = -1;
    int rank = 0;
    for (size_t j = i; j > look_back_to(i); j--) {
        const ds_claim *k = &c->claims.at[j - 1];
        if (!is_count(k) || !same_kind(share, k) || k->per_len ||
            (same_measure_count(share, k) && !anaphor))
            continue;
        if (anaphor)
            return (int32_t)j - 1;
        if (base_rank(k) > rank && (k->part <= DS_PART_CAPTION)) {
            best = (int32_t)j - 1;
            rank = base_rank(k);
        }
    }
    return best;
}

static ds_frac base_value(const ds_claim *k)
{
    if (k->has_derived)
        return k->derived;
    return k->value.has_best ? k->value.best : k->value.low;
}

static ds_status link_share(claimer *c, size_t i)
{
    ds_claim *k = &c->claims.at[i];
    const ds_quantity *q = &c->marks->quantities[c->quantity_of.at[i]];
    bool person =
        q->cls == DS_NC_PERSON || q->cls == DS_NC_SOLDIER || q->cls == DS_NC_NUMBER || q->anaphor;
    if (q->has_of_count) {
        ds_frac part = k->value.has_best ? k->value.best : k->value.low;
        k->of_words = ds_arena_str(c->arena, ds_str_at(c->doc->text, q->base));
        k->has_derived = ds_frac_mul(part, q->of_count, &k->derived) == DS_OK;
        return k->of_words.at ? DS_OK : DS_NOMEM;
    }
    int32_t base =
        person ? base_of(c, i, q->anaphor && q->cls != DS_NC_PERSON && q->cls != DS_NC_SOLDIER)
               : -1;
    if (base < 0) {
        if (q->base.end)
            k->of_words = ds_arena_str(c->arena, ds_str_at(c->doc->text, q->base));
        return DS_OK;
    }
    const ds_claim *b = &c->claims.at[base];
    ds_frac share = k->value.has_best ? k->value.best : k->value.low, product;
    k->of = base;
    k->of_id = b->id;
    if (ds_frac_mul(share, base_value(b), &product) == DS_OK) {
        k->derived = product;
        k->has_derived = true;
    }
    if (!k->actor.at) {
        k->actor = b->actor;
        k->subject = b->subject;
    }
    return DS_OK;
}

/* "another 10,000" adds to the last count of the same measure; its total is what later shares are of. */
static void link_delta(claimer *c, size_t i)
{
    ds_claim *k = &c->claims.at[i];
    for (size_t j = i; j > look_back_to(i); j--) {
        const ds_claim *e = &c->claims.at[j - 1];
        if (!is_count(e) || !ds_str_eq(e->measure, k->measure) || e->per_len || !same_kind(k, e))
            continue;
        ds_frac total;
        if (ds_frac_add(base_value(e), base_value(k), &total) == DS_OK) {
            k->delta_of = (int32_t)j - 1;
            k->derived = total;
            k->has_derived = true;
        }
        return;
    }
}

/* The claim of a quantity; -1: it makes none. Claims are in the order of their quantities. */
static int64_t claim_of(const claimer *c, uint32_t quantity)
{
    size_t lo = 0, hi = c->claims.len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->quantity_of.at[mid] < quantity)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->claims.len && c->quantity_of.at[lo] == quantity ? (int64_t)lo : -1;
}

static void link_equals(claimer *c, size_t i)
{
    const ds_quantity *q = &c->marks->quantities[c->quantity_of.at[i]];
    if (q->equals < 0)
        return;
    int64_t j = claim_of(c, (uint32_t)q->equals);
    if (j >= 0)
        c->claims.at[i].equals = (int32_t)j;
}

ds_status link_claims(claimer *c)
{
    for (size_t i = 0; i < c->claims.len; i++) {
        ds_claim *k = &c->claims.at[i];
        if (k->delta && is_count(k) && !ds_str_eq(k->measure, DS_STR("reinforcement")))
            link_delta(c, i);
        if (ds_str_eq(k->unit, DS_STR("ratio")))
            DS_TRY(link_share(c, i));
        link_equals(c, i);
    }
    return DS_OK;
}
