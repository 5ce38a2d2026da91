/* SPDX-License-Identifier: Apache-2.0 */
/* Who says it, and how surely. */
#include "claim/internal.h"

static void weaken(ds_certainty *c, ds_certainty to)
{
    if (to > *c)
        *c = to;
}

static uint32_t content_size(const ds_attribution *a)
{
    return ds_span_len(a->content[0]) + (a->content_len > 1 ? ds_span_len(a->content[1]) : 0);
}

static bool holds(const ds_attribution *a, ds_span figure)
{
    for (uint32_t i = 0; i < a->content_len; i++)
        if (ds_span_holds(a->content[i], figure))
            return true;
    return false;
}

/* Is a nearer to the fact than b? The one that stands in the other's words is ("the EU warned ..., the agency reports": the one
 * that comes first), else the one that says less. */
static bool nearer(const ds_attribution *all, const ds_attribution *a, const ds_attribution *b)
{
    bool inside = a->inside == (int32_t)(b - all), around = b->inside == (int32_t)(a - all);
    if (inside != around)
        return inside;
    bool inner = holds(b, a->cue), outer = holds(a, b->cue);
    if (inner && outer)
        return a->cue.beg < b->cue.beg;
    return inner != outer ? inner : content_size(a) < content_size(b);
}

/* Insertion sort: the nearest to the fact comes first. */
static size_t holding(const claimer *c, const ds_quantity *q, const ds_attribution **out,
                      size_t max)
{
    size_t n = 0, beg, end;
    ds_attributions_near(c->marks, q->sent, &beg, &end);
    for (size_t i = beg; i < end; i++) {
        const ds_attribution *a = &c->marks->attributions[i];
        if (!a->reportive || !holds(a, q->number) || n == max)
            continue;
        size_t k = n++;
        while (k > 0 && nearer(c->marks->attributions, a, out[k - 1])) {
            out[k] = out[k - 1];
            k--;
        }
        out[k] = a;
    }
    return n;
}

#define CHAIN_MAX 4 /* links; a longer chain is a misread sentence */

/* "told state television" gives no name. */
static ds_link outlet_link(claimer *c, ds_str outlet)
{
    bool named = outlet.len && (outlet.at[0] < 'a' || outlet.at[0] > 'z');
    ds_str name = ds_arena_str(c->arena, outlet);
    return (ds_link){name, DS_STR("told"), named ? name : (ds_str){0},
                     named ? DS_HOLDER_NAMED : DS_HOLDER_ANONYMOUS};
}

static ds_status fill_chain(claimer *c, const ds_attribution **held, size_t n, ds_said *out)
{
    DS_VEC(ds_link) links = {0};
    for (size_t i = 0; i < n; i++) {
        const ds_attribution *a = held[i];
        weaken(&out->certainty, a->certainty);
        bool again = links.len && ds_str_eq(links.at[links.len - 1].name, a->name);
        if (!a->name.at || a->kind == DS_HOLDER_NONE)
            continue;
        ds_str cue = ds_arena_str(c->arena, ds_str_at(c->doc->text, a->cue));
        if (!again)
            DS_TRY(DS_PUSH(c->arena, &links, ((ds_link){a->name, cue, a->holder, a->kind})));
        if (a->outlet.at)
            DS_TRY(DS_PUSH(c->arena, &links, outlet_link(c, a->outlet)));
    }
    out->by = links.at;
    out->by_len = links.len;
    return DS_OK;
}

static bool stops_clause(const claimer *c, uint32_t i)
{
    if (norm_is(c, i, ";") || norm_is(c, i, ":") || norm_is(c, i, "("))
        return true;
    if (upos_at(c, i) != DS_PUNCT || i + 1 >= c->sent->tok_end)
        return false;
    bool subject =
        comma_at(c, i) && upos_at(c, i + 1) == DS_PRON && form_at(c, i + 1) != DS_FORM_REL;
    if (subject) /* "..., this has taken six months" */
        return true;
    /* a comma or a dash before and, but, which, while, although, or a new "with" */
    static const char *const openers[] = {"and",    "but", "which", "while", "although",
                                          "though", "who", "when",  "with",  "as"};
    for (size_t k = 0; k < sizeof openers / sizeof *openers; k++)
        if (norm_is(c, i + 1, openers[k]))
            return true;
    return false;
}

/* The tokens of the figure's own clause. */
static void clause_of(const claimer *c, const ds_quantity *q, uint32_t *beg, uint32_t *end)
{
    *beg = q->tok;
    while (*beg > c->sent->tok && !stops_clause(c, *beg - 1))
        (*beg)--;
    *end = q->tok_end;
    while (*end < c->sent->tok_end && !stops_clause(c, *end))
        (*end)++;
}

/* Does a phrase at byte `at` stand in the words of a source that the figure is not part of? */
static bool elsewhere(const claimer *c, const ds_quantity *q, uint32_t at)
{
    ds_span word = {at, at + 1};
    size_t beg, end;
    ds_attributions_near(c->marks, q->sent, &beg, &end);
    for (size_t i = beg; i < end; i++) {
        const ds_attribution *a = &c->marks->attributions[i];
        if (a->reportive && holds(a, word) && !holds(a, q->number))
            return true;
    }
    return false;
}

static bool has_companion(const claimer *c, uint32_t row, uint32_t i)
{
    ds_str with = ds_table_cell(c->certainty_t, row, 3);
    for (uint32_t k = c->sent->tok; with.len && k < i; k++)
        if (ds_str_eq(norm_at(c, k), with))
            return true;
    return !with.len;
}

uint32_t hedge_at(const claimer *c, uint32_t i, uint32_t *row)
{
    uint32_t n = ds_phrase_at(c->certainty_p, c->doc->toks, i, c->sent->tok_end, row);
    if (!n || upos_at(c, i) == DS_PROPN || in_date(c, i))
        return 0;
    return has_companion(c, *row, i) ? n : 0;
}

uint32_t word_at(const claimer *c, uint32_t byte)
{
    uint32_t lo = c->sent->word, hi = c->sent->word_end;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->doc->words[mid].span.end <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

enum { CLIMB = 64 }; /* heads that are gone up to */

static bool hangs_on(const claimer *c, uint32_t w, uint32_t on)
{
    for (int i = 0; i < CLIMB && w < c->sent->word_end && w != on; i++)
        w = c->parse->nodes[w].head;
    return w == on;
}

/* What says of a count that it is so: "died" of "a person who died"; NO_WORD: not known. */
static uint32_t said_in(const claimer *c, const ds_quantity *q, const trigger *t)
{
    bool known = t && t->tok != UINT32_MAX && q->kind == DS_Q_COUNT;
    uint32_t w = known ? word_at(c, c->doc->toks[t->end - 1].span.beg) : NO_WORD;
    return w < c->sent->word_end ? w : NO_WORD;
}

/* The word of the figure, or what says it of that word. */
static uint32_t told_by(const claimer *c, const ds_quantity *q, uint32_t says)
{
    uint32_t own = word_at(c, q->number.beg);
    uint32_t noun = q->tok_end > q->tok ? word_at(c, c->doc->toks[q->tok_end - 1].span.beg) : own;
    return says > noun && says != NO_WORD && hangs_on(c, says, noun) ? says : own;
}

/* "could be charged in the death of a boy": who is held to account for it may yet be, and it was. */
static bool answers_for(const claimer *c, const trigger *t, uint32_t verb)
{
    if (!t || t->tok == UINT32_MAX || t->pos != TP_NOUN)
        return false;
    for (size_t i = 0; i < c->triggers.len; i++) {
        const trigger *v = &c->triggers.at[i];
        if (v->tok > c->sent->tok + verb - c->sent->word)
            break; /* no word has less than a token */
        int64_t row = v->pos == TP_VERB && word_at(c, c->doc->toks[v->tok].span.beg) == verb
                          ? ds_phrase_find(c->measures_p, ds_table_cell(c->triggers_t, v->row, 1))
                          : -1;
        if (row >= 0 &&
            ds_str_eq(ds_table_cell(c->measures_t, (uint32_t)row, 3), DS_STR("custody")))
            return true;
    }
    return false;
}

/* A modal weakens what hangs on its verb: "it will stay where 12 died" leaves the 12 as they are, "12 will come" does not; nor does it
 * weaken what says of a noun that it was so: "a man accused of killing 12 will be tried". Adverbs are the same: "12 were pulled
 * back, potentially for training". Other words weaken all of their clause. */
static bool reaches(const claimer *c, const ds_quantity *q, const trigger *t, uint32_t tok)
{
    const ds_node *nodes = c->parse->nodes;
    ds_upos u = upos_at(c, tok);
    if ((u != DS_AUX && u != DS_ADV) || !nodes)
        return true;
    uint32_t w = word_at(c, c->doc->toks[tok].span.beg), says = said_in(c, q, t),
             at = told_by(c, q, says);
    if (w >= c->sent->word_end || at >= c->sent->word_end || nodes[w].head >= DS_UNPARSED)
        return true;
    uint32_t verb = nodes[w].head;
    if (answers_for(c, t, verb))
        return false;
    for (int i = 0; i < CLIMB && at < DS_UNPARSED; i++) {
        if (at == verb)
            return true;
        if (rel_at(c, at, "acl") && says != NO_WORD && hangs_on(c, says, at))
            return false;
        at = nodes[at].head;
    }
    return false;
}

/* Words that weaken, where they stand. What a cue already says of its own content is not said twice. */
static void hedges(const claimer *c, const ds_quantity *q, const trigger *t, ds_said *out)
{
    uint32_t beg, end;
    clause_of(c, q, &beg, &end);
    for (uint32_t i = c->sent->tok; i < c->sent->tok_end; i++) {
        uint32_t row;
        if (!hedge_at(c, i, &row))
            continue;
        bool sentence = ds_str_eq(ds_table_cell(c->certainty_t, row, 2), DS_STR("sentence"));
        if (sentence ? !elsewhere(c, q, c->doc->toks[i].span.beg)
                     : i >= beg && i < end && reaches(c, q, t, i))
            weaken(&out->certainty,
                   ds_certainty_of(ds_table_cell(c->certainty_t, row, 1), DS_CERT_ASSERTED));
    }
}

ds_status holders_of(claimer *c, const ds_quantity *q, const trigger *t, ds_said *out)
{
    const ds_attribution *held[CHAIN_MAX];
    size_t n = holding(c, q, held, CHAIN_MAX);
    out->certainty = n ? DS_CERT_REPORTED : DS_CERT_ASSERTED;
    DS_TRY(fill_chain(c, held, n, out));
    hedges(c, q, t, out);
    if (q->estimated)
        weaken(&out->certainty, DS_CERT_ESTIMATED);
    return DS_OK;
}
