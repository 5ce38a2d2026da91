/* SPDX-License-Identifier: Apache-2.0 */
/* figures.c - what the pages together know of one question, in words: the common figure and who gives it, the others, what took the
 * place of what. */
#include "internal.h"

#include <stdlib.h>

#define MANY DS_FRAC(5)           /* one out of so many is told for itself */
#define ALL_TOO_MANY DS_FRAC(100) /* no toll grows so much from one page to another */
#define FAR DS_FRAC(2)            /* a figure twice the common one, or half of it, is named */

enum {
    OTHERS_MAX = 4,  /* figures outside the common one that a line names */
    HOLDERS_MAX = 3, /* so many figures stand each with who gives it */
    LIST_MAX = 5,    /* more are told as a range */
    CITES_MAX = 12,  /* sentences behind one figure that are cited */
    EARLIER_MAX = 3, /* figures that an update took the place of */
    PLANNED_MAX = 3, /* figures that are planned or possible */
    LISTED = 5,      /* figures of one page for one question; an account of one event has fewer */
    OWN_UPDATE = 4,  /* one that changes its own figure tells more of an update than three others */
};

/* Answers of a question by their part in its line. */
typedef struct cast {
    const ds_question *q;
    bool *core;   /* share a figure, or figures that overlap */
    bool *counts; /* neither wider nor superseded; planned only where nothing is done */
    size_t core_origins, core_pages, counted;
    size_t first, last; /* of those that count, the lowest and the highest figure */
} cast;

/* ---- who belongs together ---------------------------------------------------------------------------------- */

static bool is_point(const ds_value *v)
{
    return v->bound == DS_BOUND_EXACT || v->bound == DS_BOUND_ABOUT || v->bound == DS_BOUND_RANGE;
}

static ds_frac stated(const ds_value *v)
{
    return v->has_best ? v->best : v->has_low ? v->low : v->high;
}

static int by_answers(const void *pa, const void *pb)
{
    const ds_pair *x = pa, *y = pb;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static const ds_pair *pair_of(const ds_question *q, uint32_t i, uint32_t j)
{
    const ds_pair key = {.a = i < j ? i : j, .b = i < j ? j : i};
    return q->pairs_len ? bsearch(&key, q->pairs, q->pairs_len, sizeof key, by_answers) : NULL;
}

static bool pair_conflicts(const ds_question *q, uint32_t i, uint32_t j)
{
    const ds_pair *p = pair_of(q, i, j);
    return p && p->verdict == DS_V_CONFLICTS;
}

static bool gives(const ds_answer *x, uint32_t origin)
{
    for (size_t k = 0; k < x->origins_len; k++)
        if (x->origins[k] == origin)
            return true;
    return false;
}

static size_t origins_in(const ds_question *q, const bool *in)
{
    size_t n = 0;
    for (uint32_t o = 0; o < q->origins_len; o++) {
        bool there = false;
        for (size_t i = 0; !there && i < q->answers_len; i++)
            there = in[i] && gives(&q->answers[i], o);
        n += there;
    }
    return n;
}

static size_t pages_in(const dg *d, const ds_question *q, const bool *in)
{
    size_t n = 0;
    for (uint32_t m = 0; m < d->story->members_len; m++) {
        bool there = false;
        for (size_t i = 0; i < q->answers_len; i++)
            for (size_t k = 0; in[i] && k < q->answers[i].rows_len; k++)
                there |= d->story->rows[q->answers[i].rows[k]].member == m;
        n += there;
    }
    return n;
}

static void find_counting(cast *c)
{
    bool done = false;
    size_t stated_so = 0; /* "dozens" is no end where figures are given */
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        done |= !x->planned && !x->wider && !x->superseded;
    }
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        c->counts[i] = !x->wider && !x->superseded && (!done || !x->planned);
        c->counted += c->counts[i];
        stated_so += c->counts[i] && x->value.bound != DS_BOUND_VAGUE;
    }
    bool found = false;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        if (!c->counts[i] || (stated_so && c->q->answers[i].value.bound == DS_BOUND_VAGUE))
            continue;
        c->first = found ? c->first : i;
        c->last = i;
        found = true;
    }
}

/* The run of neighbouring figures that all overlap and that most origins give, at least two. */
static ds_status find_core(const dg *d, cast *c)
{
    const ds_question *q = c->q;
    bool *in = ds_arena_calloc(d->a, q->answers_len, sizeof *in);
    if (!in)
        return DS_NOMEM;
    for (uint32_t i = 0; q->origins_len > 1 && i < q->answers_len; i++) {
        memset(in, 0, q->answers_len * sizeof *in);
        for (uint32_t j = i; j < q->answers_len; j++) {
            if (!c->counts[j] || !is_point(&q->answers[j].value))
                continue;
            bool fits = true;
            for (uint32_t k = i; fits && k < j; k++)
                fits = !in[k] || !pair_conflicts(q, k, j);
            if (!fits)
                break;
            in[j] = true;
        }
        size_t n = origins_in(q, in);
        if (n >= 2 && n > c->core_origins) {
            c->core_origins = n;
            memcpy(c->core, in, q->answers_len * sizeof *in);
        }
    }
    c->core_pages = pages_in(d, q, c->core);
    return DS_OK;
}

static ds_status cast_of(const dg *d, const ds_question *q, cast *out)
{
    cast c = {.q = q};
    c.core = ds_arena_calloc(d->a, q->answers_len, sizeof *c.core);
    c.counts = ds_arena_calloc(d->a, q->answers_len, sizeof *c.counts);
    if (!c.core || !c.counts)
        return DS_NOMEM;
    find_counting(&c);
    DS_TRY(find_core(d, &c));
    *out = c;
    return DS_OK;
}

/* ---- wording ------------------------------------------------------------------------------------------------- */

static void put_answer(ds_buf *b, const ds_question *q, size_t i)
{
    ds_value_prose(b, &q->answers[i].value, q->unit);
}

static const ds_row *row_of(const dg *d, const ds_answer *x, size_t k)
{
    return &d->story->rows[x->rows[k]];
}

static ds_certainty firmest(const dg *d, const ds_answer *x)
{
    ds_certainty c = DS_CERT_DENIED;
    for (size_t k = 0; k < x->rows_len; k++)
        if (row_of(d, x, k)->claim.certainty < c)
            c = row_of(d, x, k)->claim.certainty;
    return c;
}

/* The row that names most of who says it. */
static const ds_row *speaking_row(const dg *d, const ds_answer *x)
{
    const ds_row *best = row_of(d, x, 0);
    for (size_t k = 1; k < x->rows_len; k++) {
        const ds_row *r = row_of(d, x, k);
        if (dg_holder_name(d, best).len == 0 && dg_holder_name(d, r).len)
            best = r;
    }
    return best;
}

/* "about 11,000 to 12,000": from the lowest to the highest figure of the core. */
static void put_core(ds_buf *b, const cast *c)
{
    const ds_question *q = c->q;
    ds_value v = {.bound = DS_BOUND_RANGE, .has_low = true, .has_high = true};
    bool about = false, first = true;
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_value *x = &q->answers[i].value;
        if (!c->core[i])
            continue;
        ds_frac low = x->has_best ? x->best : x->low, high = x->has_best ? x->best : x->high;
        v.low = first || ds_frac_cmp(low, v.low) < 0 ? low : v.low;
        v.high = first || ds_frac_cmp(high, v.high) > 0 ? high : v.high;
        about |= x->bound == DS_BOUND_ABOUT;
        first = false;
    }
    ds_buf_puts(b, about ? "about " : "");
    if (ds_frac_cmp(v.low, v.high) == 0)
        ds_number_prose(b, v.low, q->unit);
    else
        ds_value_prose(b, &v, q->unit);
}

/* "up to 100,000 (new reports in D, unverified)" */
static void put_with_holder(ds_buf *b, const dg *d, const ds_question *q, size_t i)
{
    const ds_answer *x = &q->answers[i];
    put_answer(b, q, i);
    ds_buf_puts(b, " (");
    dg_put_holder(b, d, speaking_row(d, x));
    if (x->origins_len > 1)
        ds_buf_puts(b, " and others");
    ds_certainty c = firmest(d, x);
    if (c >= DS_CERT_PLANNED)
        ds_buf_printf(b, ", %s", ds_certainty_name(c));
    ds_buf_putc(b, ')');
}

/* True when a figure outside the core is worth a word: the lowest and the highest where they are apart, one that excludes it, or
 * lies far from it. */
static bool stands_out(const cast *c, uint32_t i)
{
    if (c->q->state <= DS_S_APART && (i == c->first || i == c->last))
        return true;
    for (uint32_t j = 0; j < c->q->answers_len; j++) {
        if (!c->core[j])
            continue;
        if (pair_conflicts(c->q, i, j))
            return true;
        ds_frac x = stated(&c->q->answers[i].value), y = stated(&c->q->answers[j].value), f;
        bool swap = ds_frac_cmp(x, y) < 0;
        if (c->q->answers[i].value.bound == DS_BOUND_VAGUE ||
            ds_frac_div(swap ? y : x, swap ? x : y, &f) != DS_OK || ds_frac_cmp(f, FAR) < 0)
            return false;
    }
    return true;
}

/* One more figure of `total`, the n-th from 0, with `first` before the first; of many those at both ends. */
static void put_one_of(ds_buf *b, const dg *d, const cast *c, uint32_t answer, size_t n,
                       size_t total, const char *first)
{
    bool inside = total > OTHERS_MAX && n >= OTHERS_MAX / 2 && n < total - OTHERS_MAX / 2;
    if (inside && n == OTHERS_MAX / 2) {
        ds_buf_puts(b, ", ");
        dg_put_count(b, total - OTHERS_MAX);
        ds_buf_puts(b, " between");
    }
    if (inside)
        return;
    ds_buf_puts(b, n ? ", " : first);
    put_with_holder(b, d, c->q, answer);
}

/* The other figures that count. */
static void put_others(ds_buf *b, const dg *d, const cast *c)
{
    size_t total = 0, n = 0;
    for (uint32_t i = 0; i < c->q->answers_len; i++)
        total += c->counts[i] && !c->core[i] && stands_out(c, i);
    for (uint32_t i = 0; i < c->q->answers_len; i++)
        if (c->counts[i] && !c->core[i] && stands_out(c, i))
            put_one_of(b, d, c, i, n++, total, total == 1 ? "; another: " : "; others: ");
}

static bool gave_before(const cast *c, size_t answer, uint32_t origin)
{
    for (size_t i = 0; i < answer; i++)
        if (c->counts[i] && gives(&c->q->answers[i], origin))
            return true;
    return false;
}

/* "; named: Ukraine (about 6,000)", without the figures that have their holders already. */
static void put_named(ds_buf *b, const cast *c, const bool *told)
{
    size_t n = 0;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        for (size_t k = 0; c->counts[i] && !told[i] && k < x->origins_len; k++) {
            const ds_origin *o = &c->q->origins[x->origins[k]];
            if (o->kind != DS_HOLDER_NAMED || n >= OTHERS_MAX || gave_before(c, i, x->origins[k]))
                continue;
            ds_buf_puts(b, n++ ? ", " : "; named: ");
            ds_buf_put(b, o->name);
            ds_buf_puts(b, " (");
            put_answer(b, c->q, i);
            ds_buf_putc(b, ')');
        }
    }
}

static bool only_limits(const cast *c)
{
    for (size_t i = 0; i < c->q->answers_len; i++)
        if (c->counts[i] && is_point(&c->q->answers[i].value))
            return false;
    return true;
}

/* "about 300 (A in its own voice), up to 1,000 (B in its own voice) or up to 4,000 (reports in C)" */
static void put_list(ds_buf *b, const dg *d, const cast *c, bool holders)
{
    size_t n = 0;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        if (!c->counts[i])
            continue;
        ds_buf_puts(b, n == 0 ? "" : n + 1 == c->counted ? " or " : ", ");
        if (holders)
            put_with_holder(b, d, c->q, i);
        else
            put_answer(b, c->q, i);
        n++;
    }
}

/* "from about 30 (Anna Holm) to hundreds (D in its own voice), 12 figures in all" */
static void put_span(ds_buf *b, const dg *d, const cast *c, bool *told)
{
    ds_buf_puts(b, "from ");
    put_with_holder(b, d, c->q, c->first);
    ds_buf_puts(b, " to ");
    put_with_holder(b, d, c->q, c->last);
    ds_buf_puts(b, ", ");
    dg_put_count(b, c->counted);
    ds_buf_puts(b, " figures in all");
    told[c->first] = told[c->last] = true;
}

/* Of several figures that no two origins share. */
static void put_discord(ds_buf *b, const cast *c)
{
    ds_buf_puts(b, only_limits(c) ? "only limits are known"
                   : c->q->state == DS_S_AGREE
                       ? (c->counted == 2 ? "both may be true" : "all may be true")
                       : "no two origins agree");
}

static void put_says(ds_buf *b, const dg *d, const ds_row *row)
{
    ds_buf_puts(b, dg_holder_name(d, row).len ? "according to " : "says ");
    dg_put_holder(b, d, row);
}

/* Figures of several origins that have none in common. */
static ds_status put_dissent(ds_buf *b, const dg *d, const cast *c)
{
    if (c->counted == 1) {
        put_answer(b, c->q, c->first);
        ds_buf_puts(b, ", ");
        put_says(b, d, speaking_row(d, &c->q->answers[c->first]));
        return DS_OK;
    }
    bool *told = ds_arena_calloc(d->a, c->q->answers_len, sizeof *told);
    if (!told)
        return DS_NOMEM;
    bool holders = c->counted <= HOLDERS_MAX;
    if (c->counted <= LIST_MAX)
        put_list(b, d, c, holders);
    else
        put_span(b, d, c, told);
    ds_buf_puts(b, "; ");
    put_discord(b, c);
    if (!holders)
        put_named(b, c, told);
    return DS_OK;
}

static ds_day day_of(const dg *d, const ds_answer *x)
{
    ds_day day = DS_DAY_NONE;
    for (size_t k = 0; k < x->rows_len; k++) {
        ds_day p = dg_article(d, row_of(d, x, k)->member)->published;
        day = p != DS_DAY_NONE && (day == DS_DAY_NONE || p > day) ? p : day;
    }
    return day;
}

/* A planned or possible figure that is told as done too. */
static bool is_done_too(const cast *c, size_t i)
{
    for (size_t j = 0; j < c->q->answers_len; j++)
        if (c->counts[j] &&
            ds_frac_cmp(stated(&c->q->answers[i].value), stated(&c->q->answers[j].value)) == 0)
            return true;
    return false;
}

static bool share_origin(const ds_answer *x, const ds_answer *y)
{
    for (size_t k = 0; k < x->origins_len; k++)
        if (gives(y, x->origins[k]))
            return true;
    return false;
}

/* How many figures answer j took the place of; those that its own origins gave before count first. */
static size_t replaces(const cast *c, uint32_t j)
{
    size_t n = 0;
    for (uint32_t i = 0; i < c->q->answers_len; i++) {
        const ds_pair *p = c->q->answers[i].superseded ? pair_of(c->q, i, j) : NULL;
        if (p && p->verdict == DS_V_UPDATES)
            n += share_origin(&c->q->answers[i], &c->q->answers[j]) ? OWN_UPDATE : 1;
    }
    return n;
}

/* The figure that counts and took the place of most; of several the latest. -1: none. */
static ptrdiff_t successor(const dg *d, const cast *c)
{
    ptrdiff_t best = -1;
    size_t best_n = 0;
    for (uint32_t j = 0; j < c->q->answers_len; j++) {
        size_t n = c->counts[j] ? replaces(c, j) : 0;
        if (n > best_n ||
            (n && n == best_n && day_of(d, &c->q->answers[j]) > day_of(d, &c->q->answers[best]))) {
            best = j;
            best_n = n;
        }
    }
    return best;
}

/* The page gives so many figures for the question that it lists other events with it. */
static bool is_list_page(const dg *d, const ds_question *q, uint32_t member)
{
    size_t n = 0;
    for (size_t i = 0; i < q->answers_len; i++) {
        bool there = false;
        for (size_t k = 0; k < q->answers[i].rows_len && !there; k++)
            there = row_of(d, &q->answers[i], k)->member == member;
        n += there;
    }
    return n >= LISTED;
}

/* "One was arrested" where dozens were, or two of thousands, is told of these, not of all. */
static bool tells_of_few(const ds_value *x, const ds_value *later)
{
    ds_frac n = stated(x), by;
    bool one = ds_frac_cmp(n, DS_FRAC(1)) == 0;
    return x->bound == DS_BOUND_EXACT && ds_frac_div(stated(later), n, &by) == DS_OK &&
           ds_frac_cmp(by, one ? MANY : ALL_TOO_MANY) >= 0;
}

/* It was told of the same count, and not only in lists of events. */
static bool was_told_before(const dg *d, const cast *c, size_t i, ptrdiff_t to)
{
    const ds_answer *x = &c->q->answers[i];
    if (to >= 0 && tells_of_few(&x->value, &c->q->answers[to].value))
        return false;
    for (size_t k = 0; k < x->rows_len; k++)
        if (!is_list_page(d, c->q, row_of(d, x, k)->member))
            return true;
    return false;
}

/* Figures that an update took the place of, lowest first; of many the first ones and the last. */
static size_t earlier(const dg *d, const cast *c, ptrdiff_t to, uint32_t out[EARLIER_MAX])
{
    size_t n = 0;
    for (uint32_t i = 0; i < c->q->answers_len; i++) {
        if (!c->q->answers[i].superseded || !was_told_before(d, c, i, to))
            continue;
        out[n < EARLIER_MAX ? n : EARLIER_MAX - 1] = i;
        n += n < EARLIER_MAX;
    }
    return n;
}

static void put_day(ds_buf *b, const dg *d, ds_day day)
{
    ds_days_text(b, (ds_days){day, day}, dg_last_year(d));
}

/* ". Updated from at least 17, 46 and 52 to 58 (21 Oct)"; "; updated on 21 Oct from 52" where the new figure stands before it. */
static void put_updates(ds_buf *b, const dg *d, const cast *c)
{
    uint32_t old[EARLIER_MAX];
    ptrdiff_t to = successor(d, c);
    size_t n = earlier(d, c, to, old);
    ds_day day = to >= 0 ? day_of(d, &c->q->answers[to]) : DS_DAY_NONE;
    bool alone = c->counted == 1 && to >= 0;
    if (n == 0)
        return;
    ds_buf_puts(b, to < 0 ? ". Earlier: " : alone ? "; updated " : ". Updated from ");
    if (alone && day != DS_DAY_NONE) {
        ds_buf_puts(b, "on ");
        put_day(b, d, day);
        ds_buf_putc(b, ' ');
    }
    ds_buf_puts(b, alone ? "from " : "");
    for (size_t k = 0; k < n; k++) {
        ds_buf_puts(b, k == 0 ? "" : k + 1 == n ? " and " : ", ");
        put_answer(b, c->q, old[k]);
    }
    if (alone || to < 0)
        return;
    bool range = c->q->answers[to].value.bound == DS_BOUND_RANGE;
    ds_buf_puts(b, range ? ", now " : " to "); /* "from 2, now 3 to 4" */
    put_answer(b, c->q, (size_t)to);
    if (day == DS_DAY_NONE)
        return;
    ds_buf_puts(b, " (");
    put_day(b, d, day);
    ds_buf_putc(b, ')');
}

/* Figures that are told but do not count: wider, planned. */
static void put_aside(ds_buf *b, const dg *d, const cast *c)
{
    size_t planned = 0;
    for (size_t i = 0; i < c->q->answers_len; i++) {
        const ds_answer *x = &c->q->answers[i];
        const ds_row *row = row_of(d, x, 0);
        if (!x->wider || c->counts[i] || x->superseded)
            continue;
        ds_buf_puts(b, ". ");
        ds_buf_put(b, d->story->members[row->member].letter);
        ds_buf_puts(b, " counts more: ");
        put_answer(b, c->q, i);
        ds_buf_putc(b, ' ');
        ds_buf_put(b, dg_verb(d, row->claim.measure));
    }
    for (size_t i = 0; i < c->q->answers_len && planned < PLANNED_MAX; i++) {
        const ds_answer *x = &c->q->answers[i];
        if (c->counts[i] || x->superseded || x->wider || is_done_too(c, i) ||
            x->value.bound == DS_BOUND_VAGUE)
            continue;
        ds_buf_puts(b, planned++ ? ", " : ". Planned or possible: ");
        put_with_holder(b, d, c->q, i);
    }
}

static void put_pages(ds_buf *b, size_t n)
{
    dg_put_count(b, n);
    ds_buf_puts(b, n == 1 ? " page" : " pages");
}

/* A question of one origin: "2, according to Anna Holm: three pages, one origin" */
static void put_single(ds_buf *b, const dg *d, const cast *c)
{
    put_list(b, d, c, false);
    const ds_row *row = row_of(d, &c->q->answers[0], 0);
    ds_certainty best = DS_CERT_DENIED;
    for (size_t i = 0; i < c->q->answers_len; i++)
        for (size_t k = 0; k < c->q->answers[i].rows_len; k++) {
            const ds_row *x = row_of(d, &c->q->answers[i], k);
            if (x->claim.said_by_len > row->claim.said_by_len)
                row = x;
            if (x->claim.certainty < best)
                best = x->claim.certainty;
        }
    ds_buf_puts(b, ", ");
    put_says(b, d, row);
    if (best >= DS_CERT_ESTIMATED)
        ds_buf_printf(b, "; %s", ds_certainty_name(best));
    size_t pages = pages_in(d, c->q, c->counts);
    if (pages > 1) {
        ds_buf_puts(b, ": ");
        put_pages(b, pages);
        ds_buf_puts(b, ", one origin");
    }
}

/* Two words that begin alike are one: "arrests arrested". */
static bool repeats(ds_str subject, ds_str verb)
{
    enum { STEM = 5 };
    size_t beg = subject.len;
    while (beg > 0 && subject.at[beg - 1] != ' ')
        beg--;
    ds_str head = ds_str_cut(subject, beg, subject.len);
    return head.len >= STEM && verb.len >= STEM &&
           ds_str_eq(ds_str_cut(head, 0, STEM), ds_str_cut(verb, 0, STEM));
}

/* "Killed: ", "Women killed: " */
static ds_status put_lead(ds_buf *b, const dg *d, const ds_question *q, const ds_question *after)
{
    ds_str verb = dg_verb(d, q->measure), label = q->label;
    ds_buf plain = ds_buf_new(d->a), twice = ds_buf_new(d->a);
    ds_buf_printf(&plain, "people %.*s", DS_FMT(verb));
    ds_buf_printf(&twice, "%.*s %.*s", DS_FMT(q->subject), DS_FMT(verb));
    ds_str people = ds_buf_str(&plain), same = ds_buf_str(&twice);
    if (!people.at || !same.at)
        return DS_NOMEM;
    bool known = after && after != q && ds_str_eq(after->subject, q->subject) &&
                 !ds_str_eq(after->measure, q->measure);
    bool bare =
        q->per_len == 0 && (ds_str_eq(label, people) ||
                            (ds_str_eq(label, same) && (known || repeats(q->subject, verb))));
    dg_put_capital(b, bare ? verb : label);
    ds_buf_puts(b, ": ");
    return DS_OK;
}

/* A name may end in a stop: "according to Holm Inc." */
static void put_stop(ds_buf *b)
{
    if (b->len == 0 || b->at[b->len - 1] != '.')
        ds_buf_putc(b, '.');
}

ds_status dg_put_figures(ds_buf *b, const dg *d, const ds_question *q, const ds_question *after)
{
    cast c;
    DS_TRY(cast_of(d, q, &c));
    DS_TRY(put_lead(b, d, q, after));
    if (q->origins_len < 2) {
        put_single(b, d, &c);
    } else if (c.core_origins) {
        put_core(b, &c);
        ds_buf_puts(b, ", say ");
        dg_put_count(b, c.core_origins);
        ds_buf_puts(b, " origins on ");
        put_pages(b, c.core_pages);
        put_others(b, d, &c);
    } else if (c.counted == 1 && q->answers[c.first].origins_len > 1) {
        put_answer(b, q, c.first);
        ds_buf_puts(b, ", say ");
        dg_put_count(b, q->answers[c.first].origins_len);
        ds_buf_puts(b, " origins");
    } else {
        DS_TRY(put_dissent(b, d, &c));
    }
    put_updates(b, d, &c);
    put_aside(b, d, &c);
    put_stop(b);
    return DS_OK;
}

ds_status dg_put_short(ds_buf *b, const dg *d, const ds_question *q, const ds_question *after)
{
    cast c;
    DS_TRY(cast_of(d, q, &c));
    DS_TRY(put_lead(b, d, q, after));
    if (c.core_origins) {
        put_core(b, &c);
        ds_buf_puts(b, " (");
        dg_put_count(b, c.core_origins);
        ds_buf_puts(b, " origins)");
        put_others(b, d, &c);
        return DS_OK;
    }
    if (c.counted <= LIST_MAX) {
        put_list(b, d, &c, false);
        return DS_OK;
    }
    ds_buf_puts(b, "from ");
    put_answer(b, q, c.first);
    ds_buf_puts(b, " to ");
    put_answer(b, q, c.last);
    return DS_OK;
}

/* "‘13 homers’", the figure as the sentence has it. */
static void put_words(ds_buf *b, const ds_claim *c)
{
    ds_buf_puts(b, "‘");
    ds_buf_put(b, ds_str_trim(ds_str_at(c->sentence, c->figure)));
    ds_buf_puts(b, "’");
}

/* "; elsewhere: 12 (A in its own voice); no two origins agree", without the answer that is quoted. */
static void put_against(ds_buf *b, const dg *d, const cast *c, size_t quoted)
{
    size_t n = 0, total = c->counted - 1;
    for (uint32_t i = 0; i < c->q->answers_len; i++)
        if (c->counts[i] && i != quoted)
            put_one_of(b, d, c, i, n++, total, "; elsewhere: ");
    ds_buf_puts(b, "; ");
    put_discord(b, c);
}

static size_t answer_of(const ds_question *q, uint32_t row)
{
    for (size_t i = 0; i < q->answers_len; i++)
        for (size_t k = 0; k < q->answers[i].rows_len; k++)
            if (q->answers[i].rows[k] == row)
                return i;
    return 0;
}

ds_status dg_put_tail(ds_buf *b, const dg *d, const ds_question *q, uint32_t row)
{
    cast c;
    DS_TRY(cast_of(d, q, &c));
    size_t i = answer_of(q, row);
    put_words(b, &d->story->rows[row].claim);
    if (c.core[i]) {
        ds_buf_puts(b, ": ");
        dg_put_count(b, c.core_origins);
        ds_buf_puts(b, " origins on ");
        put_pages(b, c.core_pages);
        put_others(b, d, &c);
    } else if (c.counted > 1) {
        put_against(b, d, &c, i);
    } else {
        ds_buf_puts(b, ", ");
        put_says(b, d, speaking_row(d, &q->answers[i]));
    }
    put_updates(b, d, &c);
    put_aside(b, d, &c);
    put_stop(b);
    return DS_OK;
}

ds_status dg_common(const dg *d, const ds_question *q, const bool **common, const bool **counts)
{
    cast c;
    DS_TRY(cast_of(d, q, &c));
    *common = c.core_origins ? c.core : c.counts;
    *counts = c.counts;
    return DS_OK;
}

ds_status dg_cite_answers(dg_cites *v, const dg *d, const ds_question *q)
{
    for (size_t i = 0; i < q->answers_len; i++) {
        const ds_row *last = NULL;
        size_t n = 0;
        for (size_t k = 0; k < q->answers[i].rows_len && n < CITES_MAX; k++) {
            const ds_row *r = row_of(d, &q->answers[i], k);
            if (last && r->member == last->member && ds_str_eq(r->origin, last->origin))
                continue;
            last = r;
            n++;
            DS_TRY(dg_cite(d->a, v, d, q->answers[i].rows[k]));
        }
    }
    return DS_OK;
}
