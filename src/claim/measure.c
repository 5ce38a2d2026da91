/* SPDX-License-Identifier: Apache-2.0 */
/* What a figure counts: the best placed trigger of its sentence, joined measures, else the governing word. */
#include "claim/internal.h"

/* Scores of places; the order is what matters. Method: docs/formats/claim.md, "Which measure". */
#define SCORE_INSIDE 100   /* in the counted phrase itself: "two captured soldiers", "55 wounded" */
#define SCORE_OBJECT 90    /* verb before it: "sent 12,000 soldiers" */
#define SCORE_PREDICATE 84 /* verb group after it: "soldiers were killed" */
#define SCORE_REDUCED 70   /* participle without auxiliary: "12 people killed in the crash" */
#define SCORE_NOUN_LEFT 75 /* "a death toll of 40" */
#define SCORE_NOUN_RIGHT 62 /* "are in custody as prisoners of war" */
#define SCORE_BASE 38       /* inside the base of a share: "half of the troops deployed" */
#define SCORE_LEAST 18      /* below: no relation is assumed */
#define COST_TOKEN 2        /* per token between */
#define COST_TOKEN_LEFT 3
#define COST_NUMBER 45 /* another figure between takes the trigger */
#define COST_COMMA 6
#define COST_STOP 9    /* and, but, which, that, dash */
#define COST_VERB 10   /* another main verb between */
#define COST_CLAUSE 25 /* a clause with a subject of its own begins between: "..., where the man" */
#define COST_NOUN_LEFT 9 /* a noun between a verb and the figure is its object already */
#define REACH 28         /* tokens looked at on either side */

static const struct {
    const char *name;
    trigger_pos pos;
} positions[] = {{"verb", TP_VERB}, {"active", TP_ACTIVE}, {"noun", TP_NOUN},
                 {"adj", TP_ADJ},   {"self", TP_SELF},     {"never", TP_NEVER}};

static trigger_pos pos_of(const claimer *c, uint32_t row)
{
    ds_str cell = ds_table_cell(c->triggers_t, row, 2);
    for (size_t i = 0; i < sizeof positions / sizeof *positions; i++)
        if (ds_str_eq(cell, ds_str_of(positions[i].name)))
            return positions[i].pos;
    return TP_NEVER;
}

static ds_status push_rows(claimer *c, uint32_t i, uint32_t n, uint32_t row, bool lemma)
{
    ds_str phrase = ds_table_cell(c->triggers_t, row, 0);
    for (uint32_t r = row;
         r < c->triggers_t->rows && ds_str_eq(ds_table_cell(c->triggers_t, r, 0), phrase); r++) {
        trigger t = {i, i + n, r, pos_of(c, r)};
        bool verbal = t.pos == TP_VERB || t.pos == TP_ACTIVE || t.pos == TP_SELF;
        bool misread =
            t.pos == TP_NOUN && n == 1 && upos_at(c, i) == DS_VERB; /* "she lives here" */
        if (verbal == lemma && !misread)
            DS_TRY(DS_PUSH(c->arena, &c->triggers, t));
    }
    return DS_OK;
}

/* May a verb's phrase begin here? "fatally shot" does before it; in headlines verbs are taken for nouns: "kills 3". */
static bool may_be_verb(const claimer *c, uint32_t i)
{
    ds_upos u = upos_at(c, i);
    ds_upos next = i + 1 < c->sent->tok_end ? upos_at(c, i + 1) : DS_PUNCT;
    return u == DS_VERB || u == DS_ADJ || (u == DS_ADV && (next == DS_VERB || next == DS_NOUN)) ||
           (u == DS_NOUN && next == DS_NUM);
}

/* "killed" as an adjective keeps its surface; as a verb its lemma is looked up, whatever the coarse tag says. */
static ds_status triggers_at(claimer *c, uint32_t i)
{
    uint32_t row, end = c->sent->tok_end;
    uint32_t n = ds_phrase_at(c->triggers_p, c->doc->toks, i, end, &row);
    if (n)
        DS_TRY(push_rows(c, i, n, row, false));
    if (may_be_verb(c, i)) {
        n = ds_phrase_at(c->triggers_p, c->parse->lemmas, i, end, &row);
        if (n)
            DS_TRY(push_rows(c, i, n, row, true));
        if (n > 1 && pos_of(c, row) == TP_SELF) { /* "killed himself and two guards" */
            n = ds_phrase_at(c->triggers_p, c->parse->lemmas, i, i + n - 1, &row);
            if (n)
                DS_TRY(push_rows(c, i, n, row, true));
        }
    }
    return DS_OK;
}

/* Of the "never" rows that begin where trigger `i`, the first of its token, does: where the longest ends; 0: none. */
static uint32_t never_until(const claimer *c, size_t i)
{
    uint32_t until = 0;
    for (uint32_t tok = c->triggers.at[i].tok; i < c->triggers.len && c->triggers.at[i].tok == tok;
         i++)
        if (c->triggers.at[i].pos == TP_NEVER && c->triggers.at[i].end > until)
            until = c->triggers.at[i].end;
    return until;
}

/* The triggers are in order of their first tokens: those that end before the farthest end of a "never" row so far are inside one. */
static void leave_out_covered(claimer *c)
{
    size_t kept = 0;
    uint32_t tok = UINT32_MAX, covered = 0;
    for (size_t i = 0; i < c->triggers.len; i++) {
        const trigger t = c->triggers.at[i];
        uint32_t until = t.tok == tok ? 0 : never_until(c, i);
        covered = until > covered ? until : covered;
        tok = t.tok;
        if (t.pos != TP_NEVER && t.end > covered)
            c->triggers.at[kept++] = t;
    }
    c->triggers.len = kept;
}

ds_status find_triggers(claimer *c)
{
    c->triggers.len = 0;
    for (uint32_t i = c->sent->tok; i < c->sent->tok_end; i++)
        DS_TRY(triggers_at(c, i));
    leave_out_covered(c);
    c->longest = 0;
    for (size_t i = 0; i < c->triggers.len; i++)
        if (c->triggers.at[i].end - c->triggers.at[i].tok > c->longest)
            c->longest = c->triggers.at[i].end - c->triggers.at[i].tok;
    return DS_OK;
}

/* The first trigger that begins at or after a token. */
static size_t trigger_from(const claimer *c, uint32_t tok)
{
    size_t lo = 0, hi = c->triggers.len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->triggers.at[mid].tok < tok)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The first one that may end at or after a token. */
static size_t trigger_to(const claimer *c, uint32_t tok)
{
    return trigger_from(c, tok > c->longest ? tok - c->longest : 0);
}

static bool dimension_is(const claimer *c, const ds_quantity *q, const char *wanted)
{
    ds_unit u;
    return ds_unit_of(c->arena, c->lex, q->unit, &u) && ds_str_eq(u.dimension, ds_str_of(wanted));
}

static bool counts_persons(const ds_quantity *q)
{
    if (q->cls == DS_NC_PERSON || q->cls == DS_NC_SOLDIER)
        return true;
    bool open = !q->noun.end || q->anaphor || q->cls == DS_NC_NUMBER;
    return (q->kind == DS_Q_COUNT || q->kind == DS_Q_RATIO) &&
           (open || (q->kind == DS_Q_COUNT && q->cls == DS_NC_GROUP));
}

/* Is it persons that the measure of this trigger counts? */
static bool of_persons(const claimer *c, const trigger *t)
{
    ds_str measure = ds_table_cell(c->triggers_t, t->row, 1);
    int64_t row = ds_phrase_find(c->measures_p, measure);
    return row >= 0 && ds_str_eq(ds_table_cell(c->measures_t, (uint32_t)row, 1), DS_STR("person"));
}

/* "40 deaths", "a toll of 40", "40 of the dead"; but "two weapons" beside a death are no deaths. */
static bool fits_any(const claimer *c, const trigger *t, const ds_quantity *q)
{
    bool inside = t->tok >= q->tok && t->end <= q->tok_end;
    return (q->kind == DS_Q_COUNT || q->kind == DS_Q_RATIO) &&
           (inside || counts_persons(q) || !of_persons(c, t));
}

static bool fits(const claimer *c, const trigger *t, const ds_quantity *q)
{
    ds_str needs = ds_table_cell(c->triggers_t, t->row, 3);
    bool open = q->kind == DS_Q_COUNT && !q->noun.end;
    if (ds_str_eq(needs, DS_STR("any")))
        return fits_any(c, t, q);
    if (ds_str_eq(needs, DS_STR("person")))
        return counts_persons(q);
    if (ds_str_eq(needs, DS_STR("soldier")))
        return t->pos == TP_VERB
                   ? counts_persons(q)
                   : q->cls == DS_NC_SOLDIER || (counts_persons(q) && q->cls != DS_NC_PERSON);
    if (ds_str_eq(needs, DS_STR("item")))
        return q->kind == DS_Q_COUNT &&
               (open ||
                (q->cls != DS_NC_PERSON && q->cls != DS_NC_SOLDIER && q->cls != DS_NC_PLACE));
    if (ds_str_eq(needs, DS_STR("event")))
        return q->kind == DS_Q_COUNT && (open || q->cls == DS_NC_EVENT || q->cls == DS_NC_NONE);
    if (ds_str_eq(needs, DS_STR("money")))
        return q->kind == DS_Q_MONEY;
    if (ds_str_eq(needs, DS_STR("ratio")))
        return q->kind == DS_Q_RATIO;
    if (ds_str_eq(needs, DS_STR("time")))
        return q->kind == DS_Q_DURATION;
    return q->kind == DS_Q_MEASURE &&
           dimension_is(c, q, ds_str_eq(needs, DS_STR("area")) ? "area" : "length");
}

/* "when the guard", "where she": what opens a clause, and whom it speaks of; "after the attack" opens none. */
static bool clause_begins(const claimer *c, uint32_t i)
{
    bool opens = upos_at(c, i) == DS_SCONJ || ds_phrase_find(c->clauses_p, norm_at(c, i)) >= 0;
    return opens && i + 2 < c->sent->tok_end && upos_at(c, i) != DS_ADP &&
           (upos_at(c, i + 1) == DS_DET || upos_at(c, i + 1) == DS_PRON);
}

/* The comma or dash behind token i and before `end`; `end`: none. */
static uint32_t closing_mark(const claimer *c, uint32_t i, uint32_t end)
{
    while (i < end && (upos_at(c, i) != DS_PUNCT || norm_is(c, i, "-")))
        i++;
    return i;
}

/* The first quantity that begins at or after a token. */
static size_t quantity_from(const claimer *c, uint32_t tok)
{
    size_t lo = 0, hi = c->marks->quantities_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->marks->quantities[mid].tok < tok)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Other figures inside of tokens [a, b), but ages. */
static int figures_between(const claimer *c, const ds_quantity *q, uint32_t a, uint32_t b)
{
    const ds_quantity *at = c->marks->quantities;
    int n = 0;
    for (size_t i = quantity_from(c, a); i < c->marks->quantities_len && at[i].tok < b; i++) {
        bool twin = q->equals == (int32_t)i || at[i].equals == (int32_t)(q - at);
        n += &at[i] != q && !twin && at[i].kind != DS_Q_AGE && at[i].tok_end <= b;
    }
    return n;
}

/* "shot and killed": is the token one of the first two of verbs that are joined? */
static bool joins_verbs(const claimer *c, uint32_t i)
{
    uint32_t and = upos_at(c, i) == DS_CCONJ ? i : i + 1;
    return and > c->sent->tok && and+1 < c->sent->tok_end && upos_at(c, and) == DS_CCONJ &&
           upos_at(c, and-1) == DS_VERB && upos_at(c, and+1) == DS_VERB;
}

static int word_cost(const claimer *c, const ds_quantity *q, uint32_t i, bool left)
{
    int cost = left ? COST_TOKEN_LEFT : COST_TOKEN;
    ds_upos u = upos_at(c, i);
    bool relative =
        form_at(c, i) == DS_FORM_REL && i > q->tok_end; /* right behind, it is its own */
    if (!left && joins_verbs(c, i))
        return cost;
    if (comma_at(c, i))
        cost += COST_COMMA;
    else if (u == DS_PUNCT || u == DS_CCONJ || u == DS_SCONJ || relative)
        cost += COST_STOP;
    if (!left && u == DS_VERB && form_at(c, i) != DS_FORM_PART && form_at(c, i) != DS_FORM_INF)
        cost += COST_VERB;
    if (left && (u == DS_NOUN || u == DS_PROPN))
        cost += COST_NOUN_LEFT;
    if (!left && clause_begins(c, i))
        cost += COST_CLAUSE;
    return cost;
}

/* What stands between tokens a and b, as a cost. Of "Four victims, including a boy, were" the words between the commas cost
 * nothing; of "10 friends, including the boy who was" those behind speak of the boy. */
static int cost_between(const claimer *c, const ds_quantity *q, uint32_t a, uint32_t b, bool left)
{
    int cost = 0;
    ds_span aside = {a, a};
    for (uint32_t i = a; i < b; i++) {
        uint32_t close =
            !left && norm_is(c, i, "including") && aside.end == a ? closing_mark(c, i, b) : i;
        if (close == b)
            cost += COST_NUMBER;
        else if (close > i)
            aside = (ds_span){i, close};
        i = close < b ? close : i;
        cost += word_cost(c, q, i, left);
    }
    return cost + COST_NUMBER *
                      (figures_between(c, q, a, aside.beg) + figures_between(c, q, aside.end, b));
}

/* Also of "was shot and killed". */
static bool aux_before(const claimer *c, uint32_t i)
{
    while (i > c->sent->tok) {
        ds_upos u = upos_at(c, i - 1);
        bool joined = u == DS_CCONJ && i > c->sent->tok + 1 && upos_at(c, i - 2) == DS_VERB;
        if (!joined && u != DS_ADV && u != DS_PART)
            break;
        i -= joined ? 2 : 1;
    }
    return i > c->sent->tok && upos_at(c, i - 1) == DS_AUX;
}

static bool object_at(const claimer *c, uint32_t tok)
{
    if (tok >= c->sent->tok_end)
        return false;
    ds_upos u = upos_at(c, tok);
    return u == DS_DET || u == DS_NUM || u == DS_PROPN || (u == DS_NOUN && !in_date(c, tok)) ||
           (u == DS_PRON && form_at(c, tok) != DS_FORM_REL);
}

/* Does an object follow the verb, so that the figure before it is who acts: "300 soldiers killed 40 civilians"? */
static bool takes_object(const claimer *c, const trigger *t)
{
    return object_at(c, t->end);
}

/* The same of words that stand before a time as well: "12 miners killed a week ago". */
static bool acts_on(const claimer *c, uint32_t end)
{
    size_t i = quantity_from(c, end);
    bool time = i < c->marks->quantities_len && c->marks->quantities[i].tok == end &&
                c->marks->quantities[i].kind == DS_Q_DURATION;
    bool pronoun = end < c->sent->tok_end && upos_at(c, end) == DS_PRON; /* "themselves" */
    return object_at(c, end) && !pronoun && !in_date(c, end) && !time;
}

/* Is it done to somebody: killed, captured, arrested? */
static bool is_done_to(const claimer *c, ds_str measure)
{
    int64_t row = ds_phrase_find(c->measures_p, measure);
    ds_str family = row >= 0 ? ds_table_cell(c->measures_t, (uint32_t)row, 3) : (ds_str){0};
    return ds_str_eq(family, DS_STR("loss")) || ds_str_eq(family, DS_STR("custody"));
}

static bool verb_between(const claimer *c, uint32_t a, uint32_t b)
{
    while (a < b && upos_at(c, a) != DS_VERB)
        a++;
    return a < b;
}

/* "four people were shot and one died", "they shot four and one was killed": another figure, joined, has a verb of its own. */
static bool has_own_verb(const claimer *c, const ds_quantity *q, uint32_t before)
{
    const ds_quantity *at = c->marks->quantities;
    bool object = q->tok > c->sent->tok && upos_at(c, q->tok - 1) == DS_VERB;
    for (size_t i = quantity_from(c, q->tok_end);
         i < c->marks->quantities_len && at[i].tok < before && at[i].tok_end <= before; i++) {
        ds_upos link = upos_at(c, at[i].tok - 1);
        ds_upos then = upos_at(c, at[i].tok_end);
        bool clause = then == DS_AUX || then == DS_VERB;
        bool with = norm_is(c, at[i].tok - 1, "with");
        bool joined = at[i].tok > q->tok_end && (with || link == DS_CCONJ || link == DS_SCONJ ||
                                                 (link == DS_PUNCT && clause));
        bool finite = object && then == DS_AUX;
        if (joined && at[i].kind == DS_Q_COUNT && counts_persons(&at[i]) &&
            (finite || verb_between(c, q->tok_end, at[i].tok)))
            return true;
    }
    return false;
}

/* "one of the three guards died", "which of the three died": it is said of one; but of all three in "one of the three who died". */
static bool is_parted(const claimer *c, const ds_quantity *q)
{
    uint32_t i = q->tok;
    if (q->tok_end < c->sent->tok_end && form_at(c, q->tok_end) == DS_FORM_REL)
        return false;
    while (i > c->sent->tok && (upos_at(c, i - 1) == DS_DET || upos_at(c, i - 1) == DS_PRON))
        i--;
    return i > c->sent->tok + 1 && norm_is(c, i - 1, "of") &&
           (norm_is(c, i - 2, "one") || norm_is(c, i - 2, "which"));
}

/* "Holm was one of the men killed there", "one of the men who died": it is said of the men, and Holm is not their number. */
static bool is_member(const claimer *c, const trigger *t, const ds_quantity *q)
{
    uint32_t of = token_at_byte(c, q->number.end);
    if (q->value.bound != DS_BOUND_EXACT || ds_frac_cmp(q->value.best, DS_FRAC(1)) != 0 ||
        of >= q->tok_end || !norm_is(c, of, "of") || t->tok < q->tok_end)
        return false;
    bool whose = form_at(c, q->tok_end) == DS_FORM_REL && t->tok > q->tok_end;
    bool reduced =
        (t->pos == TP_VERB || t->pos == TP_ADJ) && t->tok == q->tok_end && !takes_object(c, t);
    return whose || reduced;
}

/* "the man who shot two guards is dead": the figure stands in a clause about whom the trigger is said of. */
static bool aside_of_subject(const claimer *c, const trigger *t, const ds_quantity *q)
{
    enum { STEPS = 64 };
    if (!c->parse->nodes || q->tok_end == q->tok)
        return false;
    uint32_t at = word_at(c, c->doc->toks[q->tok_end - 1].span.beg);
    uint32_t to = word_at(c, c->doc->toks[t->end - 1].span.beg);
    bool aside = false;
    for (int i = 0; i < STEPS && at < c->sent->word_end && at != to; i++) {
        aside |= rel_at(c, at, "acl:relcl");
        at = c->parse->nodes[at].head;
    }
    return aside && at == to;
}

static int score_right(const claimer *c, const trigger *t, const ds_quantity *q)
{
    int base;
    ds_form form = form_at(c, t->tok);
    if (is_member(c, t, q) || aside_of_subject(c, t, q) || has_own_verb(c, q, t->tok) ||
        (t->tok > q->tok_end && is_parted(c, q)))
        return 0;
    switch (t->pos) {
    case TP_VERB:
        if (form == DS_FORM_GER || (form == DS_FORM_PRES && takes_object(c, t)))
            return 0; /* "300 soldiers sending ..." acts */
        base = form == DS_FORM_PART || aux_before(c, t->tok) ? SCORE_PREDICATE : SCORE_REDUCED;
        if (base == SCORE_REDUCED && takes_object(c, t))
            return 0;
        break;
    case TP_ACTIVE:
        base = SCORE_PREDICATE;
        break;
    case TP_ADJ:
        base = aux_before(c, t->tok) ? SCORE_PREDICATE : SCORE_REDUCED;
        if (base == SCORE_REDUCED && upos_at(c, t->end - 1) == DS_VERB && acts_on(c, t->end))
            return 0; /* "three gunmen killed a man" */
        break;
    default:
        base = SCORE_NOUN_RIGHT;
    }
    return base - cost_between(c, q, q->tok_end, t->tok, false);
}

static bool clause_between(const claimer *c, uint32_t a, uint32_t b)
{
    while (a < b && upos_at(c, a) != DS_CCONJ && upos_at(c, a) != DS_SCONJ)
        a++;
    return a < b;
}

/* "one man dead and seven", "five people killed and nine": is the trigger said of the figure that ends right before it? Of "five
 * bombs killed and hurt nine" it is not. */
static bool said_before(const claimer *c, const trigger *t, const ds_quantity *q)
{
    size_t i = quantity_from(c, t->tok);
    bool joined = t->end < c->sent->tok_end && upos_at(c, t->end) == DS_CCONJ &&
                  !verb_between(c, t->end, q->tok);
    return i > 0 && c->marks->quantities[i - 1].tok_end >= t->tok &&
           c->marks->quantities[i - 1].kind == DS_Q_COUNT && (t->pos != TP_VERB || joined) &&
           !ds_str_ends(norm_at(c, t->end - 1), DS_STR("s")); /* "31 votes to 14" */
}

/* "killed him while the two": a pronoun is all that the verb takes. */
static bool has_object(const claimer *c, const trigger *t)
{
    return t->pos == TP_VERB && t->end + 1 < c->sent->tok_end && upos_at(c, t->end) == DS_PRON &&
           form_at(c, t->end) != DS_FORM_REL && upos_at(c, t->end + 1) != DS_CCONJ;
}

static int score_left(const claimer *c, const trigger *t, const ds_quantity *q)
{
    int base;
    ds_form form = form_at(c, t->tok);
    if (said_before(c, t, q) || has_object(c, t))
        return 0;
    if (q->tok > c->sent->tok && norm_is(c, q->tok - 1, "by") &&
        (t->pos != TP_NOUN || t->end + 1 == q->tok) && /* but "the death toll rose by 40" */
        is_done_to(c, ds_table_cell(c->triggers_t, t->row, 1)))
        return 0; /* "was shot dead by two officers": they do it */
    switch (t->pos) {
    case TP_VERB:
        if ((form == DS_FORM_PAST || (form == DS_FORM_PART && !aux_before(c, t->tok))) &&
            t->end < c->sent->tok_end && upos_at(c, t->end) == DS_PUNCT)
            return 0; /* "the troops deployed - around 300 -", "were killed or captured - with 40 dead": the verb
                         belongs to what is before it */
        if ((form == DS_FORM_PART || form == DS_FORM_PAST) && aux_before(c, t->tok) &&
            !norm_is(c, q->tok ? q->tok - 1 : 0, "by")) {
            uint32_t i = t->tok;
            while (i > c->sent->tok && upos_at(c, i - 1) != DS_AUX)
                i--;
            bool have = i > c->sent->tok && (norm_is(c, i - 1, "has") ||
                                             norm_is(c, i - 1, "have") || norm_is(c, i - 1, "had"));
            if (!have)
                return 0; /* passive: its subject stands before it */
        }
        base = SCORE_OBJECT;
        break;
    case TP_ACTIVE:
        base = SCORE_NOUN_RIGHT;
        break;
    case TP_ADJ:
        if (aux_before(c, t->tok) && clause_between(c, t->end, q->tok))
            return 0; /* "was killed and four others ...", "while two": said of who is before it */
        base = SCORE_NOUN_LEFT;
        break;
    default:
        base = SCORE_NOUN_LEFT;
    }
    return base - cost_between(c, q, t->end, q->tok, true);
}

/* The trigger begins no farther behind than REACH. */
static int score_of(const claimer *c, const trigger *t, const ds_quantity *q)
{
    bool one_more = q->implicit && q->delta;
    if (one_more != (t->pos == TP_SELF) || t->end + REACH < q->tok || !fits(c, t, q))
        return 0;
    if (t->tok >= q->tok && t->end <= q->tok_end) {
        if (q->base.end && c->doc->toks[t->tok].span.beg >= q->base.beg)
            return SCORE_BASE + (t->pos == TP_NOUN ? 12 : 0);
        return SCORE_INSIDE - (int)(q->tok_end - t->end);
    }
    if (t->end <= q->tok)
        return score_left(c, t, q);
    return t->tok >= q->tok_end ? score_right(c, t, q) : 0;
}

/* "killed three before taking his own life": of one more alone nothing is said. */
static bool adds_to_none(const claimer *c, const ds_quantity *q, ds_str measure)
{
    if (!q->implicit || !q->delta)
        return false;
    for (size_t i = c->claims.len; i > 0 && c->claims.at[i - 1].number == c->sent->number; i--)
        if (ds_str_eq(c->claims.at[i - 1].measure, measure))
            return false;
    return true;
}

static ds_str measure_cell(const claimer *c, const trigger *t)
{
    return ds_table_cell(c->triggers_t, t->row, 1);
}

#define UNION_MAX 5 /* measures named together */

typedef struct measure_set {
    ds_str at[UNION_MAX];
    size_t len;
} measure_set;

static void add_measure(measure_set *set, ds_str m)
{
    size_t i = 0;
    while (i < set->len && ds_str_cmp(set->at[i], m) < 0)
        i++;
    if (set->len == UNION_MAX || (i < set->len && ds_str_eq(set->at[i], m)))
        return;
    for (size_t k = set->len++; k > i; k--)
        set->at[k] = set->at[k - 1];
    set->at[i] = m;
}

/* A person measure whose trigger begins (or ends, when backwards) at token i. */
static const trigger *neighbour(const claimer *c, uint32_t i, bool backwards)
{
    for (size_t k = backwards ? trigger_to(c, i) : trigger_from(c, i); k < c->triggers.len; k++) {
        const trigger *t = &c->triggers.at[k];
        if (t->tok > i)
            return NULL;
        if ((backwards ? t->end == i : t->tok == i) && t->pos != TP_ACTIVE && t->pos != TP_SELF &&
            (ds_str_eq(ds_table_cell(c->triggers_t, t->row, 3), DS_STR("person")) ||
             t->pos == TP_ADJ || ds_str_eq(measure_cell(c, t), DS_STR("casualties"))))
            return t;
    }
    return NULL;
}

static bool joins(const claimer *c, uint32_t i)
{
    return comma_at(c, i) || norm_is(c, i, "or") || norm_is(c, i, "and") || norm_is(c, i, "/") ||
           norm_is(c, i, "(");
}

/* "4 dead, wounded 3": has the trigger a figure of its own beside it, other than q? */
static bool has_own_figure(const claimer *c, const trigger *t, const ds_quantity *q)
{
    uint32_t before = t->tok > c->sent->tok ? t->tok - 1 : t->end;
    uint32_t beside[] = {before, t->end};
    for (size_t k = 0; k < sizeof beside / sizeof *beside; k++)
        if (beside[k] < c->sent->tok_end && (beside[k] < q->tok || beside[k] >= q->tok_end) &&
            upos_at(c, beside[k]) == DS_NUM)
            return true;
    return false;
}

/* "killed, injured, missing or captured", "casualties (killed or injured)": the measures named with t. */
static void coordinated(const claimer *c, const trigger *t, const ds_quantity *q, measure_set *set)
{
    add_measure(set, measure_cell(c, t));
    for (uint32_t i = t->end; i + 1 < c->sent->tok_end && joins(c, i);) {
        uint32_t next = i + 1 + (i + 2 < c->sent->tok_end && joins(c, i + 1));
        const trigger *n = neighbour(c, next, false);
        if (!n || has_own_figure(c, n, q))
            break;
        add_measure(set, measure_cell(c, n));
        i = n->end;
    }
    for (uint32_t i = t->tok; i > c->sent->tok && joins(c, i - 1);) {
        uint32_t prev = i - 1 - (i > c->sent->tok + 1 && joins(c, i - 2));
        const trigger *n = neighbour(c, prev, true);
        if (!n || has_own_figure(c, n, q))
            break;
        add_measure(set, measure_cell(c, n));
        i = n->tok;
    }
}

static ds_status union_of(claimer *c, const trigger *t, const ds_quantity *q, ds_str *measure)
{
    measure_set set = {0};
    coordinated(c, t, q, &set);
    *measure = measure_cell(c, t);
    if (set.len < 2)
        return DS_OK;
    ds_buf b = ds_buf_new(c->arena);
    for (size_t i = 0; i < set.len; i++) {
        if (i)
            ds_buf_putc(&b, '+');
        ds_buf_put(&b, set.at[i]);
    }
    ds_str key = ds_buf_str(&b);
    if (!key.at)
        return DS_NOMEM;
    int64_t row = ds_phrase_find(c->unions_p, key);
    if (row >= 0)
        *measure = ds_table_cell(c->unions_t, (uint32_t)row, 1);
    return DS_OK;
}

/* "40 soldiers stormed" has the form, "three gunmen killed a man" the lemma: who kills is not counted among the killed. */
static bool is_as_written(const claimer *c, uint32_t verb)
{
    bool past = form_at(c, verb) == DS_FORM_PAST || form_at(c, verb) == DS_FORM_PART;
    bool acts = is_done_to(c, norm_at(c, verb)) && acts_on(c, verb + 1) && !aux_before(c, verb);
    return past && !acts;
}

/* The word that governs a count without a trigger: verb after it, verb before it, else its own head. */
static ds_str governing(const claimer *c, const ds_quantity *q)
{
    for (uint32_t i = q->tok_end; i < c->sent->tok_end && i < q->tok_end + 8; i++) {
        if (upos_at(c, i) == DS_VERB)
            return is_as_written(c, i) ? norm_at(c, i) : c->parse->lemmas[i].norm;
        if (upos_at(c, i) == DS_PUNCT || upos_at(c, i) == DS_CCONJ || upos_at(c, i) == DS_NUM)
            break;
    }
    for (uint32_t i = q->tok; i > c->sent->tok && i + 3 > q->tok; i--) {
        if (upos_at(c, i - 1) == DS_VERB)
            return c->parse->lemmas[i - 1].norm;
        if (upos_at(c, i - 1) == DS_PUNCT)
            break;
    }
    return q->head;
}

/* Measures that a unit alone decides. */
static ds_str by_unit(const claimer *c, const ds_quantity *q)
{
    switch (q->kind) {
    case DS_Q_DURATION:
        return DS_STR("duration");
    case DS_Q_MONEY:
        return q->per_len == 2 ? DS_STR("pay") : DS_STR("cost");
    case DS_Q_RATIO:
        return q->noun.end || q->base.end ? DS_STR("share") : (ds_str){0};
    case DS_Q_MEASURE:
        if (dimension_is(c, q, "length"))
            return DS_STR("distance");
        if (dimension_is(c, q, "area"))
            return DS_STR("area");
        return governing(c, q);
    case DS_Q_COUNT:
        if (!q->noun.end || q->value.bound == DS_BOUND_VAGUE || q->cls == DS_NC_PLACE ||
            q->cls == DS_NC_NUMBER)
            return (ds_str){0};
        return governing(c, q);
    default:
        return (ds_str){0};
    }
}

/* "the total may be as high as 900": what the last count of this or the sentence before was about. */
static ds_str referred(const claimer *c, const ds_quantity *q)
{
    if (q->kind != DS_Q_COUNT || !q->anaphor || q->noun.end || !c->claims.len)
        return (ds_str){0};
    const ds_claim *last = &c->claims.at[c->claims.len - 1];
    bool near = last->number + 1 >= c->sent->number && ds_str_eq(last->unit, DS_STR("person"));
    return near ? last->measure : (ds_str){0};
}

ds_status measure_of(claimer *c, const ds_quantity *q, trigger *best, ds_str *measure)
{
    int top = SCORE_LEAST;
    best->tok = UINT32_MAX;
    for (size_t i = trigger_to(c, q->tok > REACH ? q->tok - REACH : 0);
         i < c->triggers.len && c->triggers.at[i].tok <= q->tok_end + REACH; i++) {
        int score = score_of(c, &c->triggers.at[i], q);
        if (score > top) {
            top = score;
            *best = c->triggers.at[i];
        }
    }
    if (q->kind == DS_Q_MONEY && q->per_len == 2)
        *measure = DS_STR("pay");
    else if (best->tok == UINT32_MAX)
        *measure = referred(c, q).at ? referred(c, q) : by_unit(c, q);
    else
        DS_TRY(union_of(c, best, q, measure));
    if (adds_to_none(c, q, *measure))
        *measure = (ds_str){0};
    return DS_OK;
}
