/* SPDX-License-Identifier: Apache-2.0 */
/* Persons that are counted without a numeral for all of them, where a verb of triggers.tsv counts persons: "A baby was rescued",
 * "Her sister and a neighbour were killed", "She and 17 colleagues were detained". */
#include "annotate/quantities_internal.h"

enum { TRIGGER_POS = 2, TRIGGER_NEEDS = 3 }; /* columns of triggers.tsv */
enum { COREF_CLASS = 1 };                    /* of coref.tsv */
enum { ITEMS_MAX = 8 };                      /* members of a list: no real one has more */
enum { MEMBERS_MAX = 1000000000 };           /* persons of one member: the sum of all fits */

/* One member of a list of persons: a noun phrase, a pronoun, or a figure that has been read. */
typedef struct item {
    uint32_t beg, end;
    int64_t count;
    bool article; /* a, an */
    bool figure;  /* has a numeral */
    noun_phrase np;
} item;

typedef struct group {
    item first;
    uint32_t beg, end, items;
    int64_t count;
    bool bare; /* one member at least has no numeral: else each figure stands for itself */
} group;

/* ---- the verb ------------------------------------------------------------------------------------------------- */

typedef enum verb_kind { V_NONE, V_TAKES, V_ALONE } verb_kind;

static verb_kind row_kind(const ds_table *t, uint32_t row)
{
    ds_str pos = ds_table_cell(t, row, TRIGGER_POS);
    if (!ds_str_eq(ds_table_cell(t, row, TRIGGER_NEEDS), DS_STR("person")))
        return V_NONE;
    return ds_str_eq(pos, DS_STR("verb"))     ? V_TAKES
           : ds_str_eq(pos, DS_STR("active")) ? V_ALONE
                                              : V_NONE;
}

/* Does the verb at token i count persons: as its object (kill), as its subject (die)? By the first row of its phrase that says
 * so: "hurt" is an adjective too. *end: behind its phrase. */
static verb_kind event_verb(const finder *f, uint32_t i, uint32_t *end)
{
    const ds_token *lemmas = f->s.parse->lemmas;
    const ds_table *t = f->s.triggers_t;
    bool begins = lemmas[i].starts & ds_phrases_bit(f->s.triggers);
    uint32_t row, n = begins ? ds_phrase_at(f->s.triggers, lemmas, i, f->end, &row) : 0;
    *end = i + n;
    verb_kind kind = V_NONE;
    ds_str phrase = n ? ds_table_cell(t, row, 0) : (ds_str){0};
    for (; n && !kind && row < t->rows && ds_str_eq(ds_table_cell(t, row, 0), phrase); row++)
        kind = row_kind(t, row);
    return kind;
}

/* The token behind the subject of the verb at i: auxiliaries and adverbs passed over. */
static uint32_t subject_end(const finder *f, uint32_t i)
{
    while (i > f->beg && (upos_at(&f->s, i - 1) == DS_AUX || upos_at(&f->s, i - 1) == DS_ADV ||
                          upos_at(&f->s, i - 1) == DS_PART))
        i--;
    return i;
}

static bool is_passive(const finder *f, uint32_t subject, uint32_t verb)
{
    for (uint32_t i = subject; i < verb; i++)
        if (form_of_be(f, i))
            return true;
    return false;
}

/* ---- the persons -------------------------------------------------------------------------------------------------- */

bool singular_pronoun(const finder *f, uint32_t i)
{
    int64_t row = upos_at(&f->s, i) == DS_PRON ? ds_phrase_find(f->s.coref, norm_at(&f->s, i)) : -1;
    ds_str cls = row < 0 ? (ds_str){0} : ds_table_cell(f->s.coref_t, (uint32_t)row, COREF_CLASS);
    return ds_str_eq(cls, DS_STR("he")) || ds_str_eq(cls, DS_STR("first"));
}

/* A figure of this sentence that counts persons one by one and ends before `end` or begins at `beg`. */
static const ds_quantity *figure(const finder *f, uint32_t beg, uint32_t end)
{
    for (size_t k = f->found.len; k > 0 && f->found.at[k - 1].sent == f->sent; k--) {
        const ds_quantity *q = &f->found.at[k - 1];
        if (q->tok_end == end || q->tok == beg)
            return q->kind == DS_Q_COUNT && q->value.bound == DS_BOUND_EXACT &&
                           q->value.best.den == 1 && q->value.best.num > 0 &&
                           q->value.best.num <= MEMBERS_MAX &&
                           (q->cls == DS_NC_PERSON || q->cls == DS_NC_SOLDIER)
                       ? q
                       : NULL;
    }
    return NULL;
}

/* "a neighbour", "her sister", "the cook": one person. */
static bool one_person(const finder *f, noun_phrase np, item *out)
{
    if (np.head == UINT32_MAX || upos_at(&f->s, np.beg) != DS_DET ||
        upos_at(&f->s, np.head) != DS_NOUN || np.end != np.head + 1)
        return false;
    ds_str lemma = {0};
    ds_noun_class cls = noun_class_of(&f->s, np, &lemma);
    bool plural = !ds_str_ends(lemma, norm_at(&f->s, np.head));
    if ((cls != DS_NC_PERSON && cls != DS_NC_SOLDIER) || plural)
        return false;
    bool article = norm_is(&f->s, np.beg, "a") || norm_is(&f->s, np.beg, "an");
    *out = (item){np.beg, np.end, 1, article, false, np};
    return true;
}

static bool item_before(const finder *f, uint32_t end, item *out)
{
    if (end <= f->beg)
        return false;
    const ds_quantity *q = figure(f, UINT32_MAX, end);
    if (q) {
        *out = (item){q->tok, q->tok_end, q->value.best.num, false, true, {0, 0, UINT32_MAX}};
        return true;
    }
    if (singular_pronoun(f, end - 1)) {
        *out = (item){end - 1, end, 1, false, false, {0, 0, UINT32_MAX}};
        return true;
    }
    return one_person(f, noun_phrase_before(&f->s, f->beg, end), out);
}

static bool item_at(const finder *f, uint32_t beg, item *out)
{
    if (beg >= f->end)
        return false;
    const ds_quantity *q = figure(f, beg, UINT32_MAX);
    if (q) {
        *out = (item){q->tok, q->tok_end, q->value.best.num, false, true, {0, 0, UINT32_MAX}};
        return true;
    }
    if (singular_pronoun(f, beg)) {
        *out = (item){beg, beg + 1, 1, false, false, {0, 0, UINT32_MAX}};
        return true;
    }
    return one_person(f, noun_phrase_at(&f->s, beg, f->end), out);
}

static bool links(const finder *f, uint32_t i)
{
    return norm_is(&f->s, i, "and") || norm_is(&f->s, i, ",");
}

/* Does the list go on beyond the token at `link` with a member that could not be read? Then its number is not known. */
static bool unread(const finder *f, uint32_t link, uint32_t next)
{
    if (norm_is(&f->s, link, "and"))
        return true;
    return norm_is(&f->s, link, ",") &&
           (upos_at(&f->s, next) == DS_DET || upos_at(&f->s, next) == DS_NUM ||
            upos_at(&f->s, next) == DS_PROPN || upos_at(&f->s, next) == DS_NOUN);
}

static bool group_before(const finder *f, uint32_t end, group *out)
{
    item it;
    if (!item_before(f, end, &it))
        return false;
    *out = (group){it, it.beg, end, 1, it.count, !it.figure};
    while (out->items < ITEMS_MAX && out->beg > f->beg + 1 && links(f, out->beg - 1) &&
           item_before(f, out->beg - 1, &it)) {
        out->beg = it.beg;
        out->count += it.count;
        out->items++;
        out->bare |= !it.figure;
    }
    return out->beg < f->beg + 2 || !unread(f, out->beg - 1, out->beg - 2);
}

static bool group_at(const finder *f, uint32_t beg, group *out)
{
    item it;
    if (!item_at(f, beg, &it))
        return false;
    *out = (group){it, beg, it.end, 1, it.count, !it.figure};
    while (out->items < ITEMS_MAX && out->end + 1 < f->end && links(f, out->end) &&
           item_at(f, out->end + 1, &it)) {
        out->end = it.end;
        out->count += it.count;
        out->items++;
        out->bare |= !it.figure;
    }
    return out->end + 1 >= f->end || !unread(f, out->end, out->end + 1);
}

/* ---- the figure ------------------------------------------------------------------------------------------------------ */

static ds_quantity quantity_of(const finder *f, const group *g)
{
    ds_quantity q = {.sent = f->sent,
                     .tok = g->beg,
                     .tok_end = g->end,
                     .kind = DS_Q_COUNT,
                     .value = exact_value(DS_FRAC(g->count)),
                     .unit = DS_STR("person"),
                     .cls = DS_NC_PERSON,
                     .equals = -1,
                     .was = -1,
                     .implicit = true};
    q.span = q.number = toks_span(&f->s, g->beg, g->end);
    if (g->items == 1 && g->first.np.head != UINT32_MAX) {
        q.noun = toks_span(&f->s, g->beg + 1, g->end);
        q.number = toks_span(&f->s, g->beg, g->beg + 1);
        noun_class_of(&f->s, g->first.np, &q.head);
    }
    return q;
}

/* Puts q in its place, instead of the figures [at, at + gone) that it holds. */
static ds_status put(finder *f, ds_quantity q, size_t at, size_t gone)
{
    if (!gone)
        DS_TRY(DS_PUSH(f->s.arena, &f->found, q));
    size_t tail = f->found.len - (gone ? at + gone : at + 1);
    memmove(&f->found.at[at + 1], &f->found.at[gone ? at + gone : at], tail * sizeof q);
    if (gone)
        f->found.len -= gone - 1;
    f->found.at[at] = q;
    for (size_t k = at + 1; k < f->found.len; k++) {
        int32_t *refs[] = {&f->found.at[k].equals, &f->found.at[k].was};
        for (size_t r = 0; r < 2; r++)
            if (*refs[r] >= (int32_t)at)
                *refs[r] = *refs[r] < (int32_t)(at + gone) ? -1 : *refs[r] + 1 - (int32_t)gone;
    }
    return DS_OK;
}

/* A group counts when it has more than one member, or is "a" person. False also where it cuts a figure in two. */
static bool counts(const finder *f, const group *g, size_t *at, size_t *gone)
{
    if (!g->bare || (g->items < 2 && !g->first.article))
        return false;
    size_t k = f->found.len;
    while (k > 0 && f->found.at[k - 1].sent == f->sent && f->found.at[k - 1].tok >= g->beg)
        k--;
    *at = k;
    *gone = 0;
    if (k > 0 && f->found.at[k - 1].sent == f->sent && f->found.at[k - 1].tok_end > g->beg)
        return false;
    for (; k < f->found.len && f->found.at[k].tok < g->end; k++, ++*gone)
        if (f->found.at[k].tok_end > g->end || f->found.at[k].implicit)
            return false;
    return true;
}

/* Looks before the lexicons: articles and "and" have a bit of numbers.tsv or modifiers.tsv. */
static bool is_article(const finder *f, uint32_t i)
{
    return (tok_at(&f->s, i)->starts & f->s.numbers_bit) &&
           (norm_is(&f->s, i, "a") || norm_is(&f->s, i, "an"));
}

static bool is_and(const finder *f, uint32_t i)
{
    return upos_at(&f->s, i) == DS_CCONJ && norm_is(&f->s, i, "and");
}

/* "a baby |", "... and two sons |", "... and he |": a group may end before token `end`. */
static bool promising_left(const finder *f, uint32_t end)
{
    if (end < f->beg + 2)
        return false;
    if (upos_at(&f->s, end - 1) == DS_PRON)
        return is_and(f, end - 2);
    if (upos_at(&f->s, end - 1) != DS_NOUN)
        return false;
    noun_phrase np = noun_phrase_before(&f->s, f->beg, end);
    return is_article(f, np.beg) || (np.beg > f->beg && is_and(f, np.beg - 1));
}

enum { AND_REACH = 6 }; /* tokens: "her two very old friends and" */

/* "| a baby", "| her sister and ...": a group may begin at token `beg`. */
static bool promising_right(const finder *f, uint32_t beg)
{
    if (beg + 1 >= f->end || (upos_at(&f->s, beg) != DS_DET && upos_at(&f->s, beg) != DS_NUM &&
                              upos_at(&f->s, beg) != DS_PRON))
        return false;
    if (is_article(f, beg))
        return true;
    for (uint32_t i = beg + 1; i < f->end && i < beg + AND_REACH; i++)
        if (is_and(f, i))
            return true;
    return false;
}

static bool group_of(const finder *f, uint32_t i, group *out)
{
    uint32_t end, subject = subject_end(f, i);
    bool left = promising_left(f, subject), right = promising_right(f, i + 1);
    verb_kind kind = left || right ? event_verb(f, i, &end) : V_NONE;
    if (kind == V_NONE)
        return false;
    if (kind == V_ALONE || is_passive(f, subject, i))
        return left && group_before(f, subject, out);
    return right && group_at(f, end, out);
}

ds_status implicit_persons(finder *f)
{
    const uint8_t *upos = f->s.parse->upos, *end = upos + f->end;
    if (!(f->s.parse->verb_starts[f->sent] & ds_phrases_bit(f->s.triggers)))
        return DS_OK;
    for (const uint8_t *p = upos + f->beg; p < end; p++) {
        p = memchr(p, DS_VERB, (size_t)(end - p));
        if (!p)
            break;
        group g;
        size_t at, gone;
        if (group_of(f, (uint32_t)(p - upos), &g) && counts(f, &g, &at, &gone))
            DS_TRY(put(f, quantity_of(f, &g), at, gone));
    }
    return DS_OK;
}
