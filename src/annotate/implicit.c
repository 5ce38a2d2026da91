/* SPDX-License-Identifier: Apache-2.0 */
/* Persons that are counted without a numeral for all of them, where a verb of triggers.tsv counts persons: "A baby was rescued",
 * "Her sister and a neighbour were killed", "She and 17 colleagues were detained". */
#include "annotate/quantities_internal.h"

enum { TRIGGER_POS = 2, TRIGGER_NEEDS = 3 }; /* columns of triggers.tsv */
enum { COREF_CLASS = 1, COREF_GENDER = 2 };  /* of coref.tsv */
enum { ITEMS_MAX = 8 };                      /* members of a list: no real one has more */
enum { MEMBERS_MAX = 1000000000 };           /* persons of one member: the sum of all fits */

/* One member of a list of persons: a noun phrase, a pronoun, or a figure that has been read. */
typedef struct item {
    uint32_t beg, end;
    int64_t count;
    bool alone;  /* one by itself: "a neighbour" */
    bool figure; /* has a numeral */
    noun_phrase np;
} item;

typedef struct group {
    item first;
    uint32_t beg, end, items;
    int64_t count;
    bool bare; /* one member at least has no numeral: else each figure stands for itself */
} group;

/* ---- the event ------------------------------------------------------------------------------------------------- */

typedef enum event_kind {
    E_NONE,
    E_TAKES, /* a verb that takes them as object: kill */
    E_ALONE, /* a verb that has them as subject: die */
    E_STATE, /* what they are: dead */
    E_NOUN,  /* of whom: the death of */
    E_SELF   /* what somebody does to himself: take his own life */
} event_kind;

typedef struct event {
    event_kind kind;
    uint32_t beg, end; /* tokens */
} event;

static event_kind row_kind(const ds_table *t, uint32_t row)
{
    static const struct {
        const char *pos;
        event_kind kind;
    } kinds[] = {{"verb", E_TAKES},
                 {"active", E_ALONE},
                 {"adj", E_STATE},
                 {"noun", E_NOUN},
                 {"self", E_SELF}};
    ds_str pos = ds_table_cell(t, row, TRIGGER_POS);
    if (!ds_str_eq(ds_table_cell(t, row, TRIGGER_NEEDS), DS_STR("person")))
        return E_NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ds_str_eq(pos, ds_str_of(kinds[i].pos)))
            return kinds[i].kind;
    return E_NONE;
}

/* The first row of the longest phrase at token i that counts persons, verbs by their lemmas and others as they are written:
 * "hurt" is an adjective too. */
static event phrase_event(const finder *f, uint32_t i, bool lemmas)
{
    const ds_token *toks = lemmas ? f->s.parse->lemmas : f->s.doc->toks;
    const ds_table *t = f->s.triggers_t;
    uint32_t row, n = ds_phrase_at(f->s.triggers, toks, i, f->end, &row);
    ds_str phrase = n ? ds_table_cell(t, row, 0) : (ds_str){0};
    for (; n && row < t->rows && ds_str_eq(ds_table_cell(t, row, 0), phrase); row++) {
        event_kind kind = row_kind(t, row);
        bool verb = kind == E_TAKES || kind == E_ALONE || kind == E_SELF;
        bool of = kind != E_NOUN || ds_str_ends(phrase, DS_STR(" of"));
        if (kind != E_NONE && verb == lemmas && of)
            return (event){kind, i, i + n};
    }
    return (event){E_NONE, i, i};
}

/* May an event begin at token i, by tags alone? Little else is read of most sentences. */
static bool may_be_event(const finder *f, uint32_t i)
{
    const uint8_t *upos = f->s.parse->upos;
    ds_upos next = i + 1 < f->end ? (ds_upos)upos[i + 1] : DS_PUNCT;
    switch ((ds_upos)upos[i]) {
    case DS_VERB:
        return true;
    case DS_ADV: /* "fatally shot", whatever the tag of "shot" */
        return next == DS_VERB || next == DS_NOUN || next == DS_ADJ;
    case DS_ADJ: /* said of somebody before it, or "fatal shooting of" */
        return (next == DS_NOUN && i + 2 < f->end && upos[i + 2] == DS_ADP) ||
               (next != DS_NOUN && next != DS_PROPN && next != DS_ADJ);
    case DS_NOUN: /* "death of" */
        return next == DS_ADP;
    default:
        return false;
    }
}

static event event_at(const finder *f, uint32_t i)
{
    uint64_t bit = ds_phrases_bit(f->s.triggers);
    event e = {E_NONE, i, i};
    if (f->s.parse->lemmas[i].starts & bit)
        e = phrase_event(f, i, true);
    if (e.kind == E_NONE && (tok_at(&f->s, i)->starts & bit))
        e = phrase_event(f, i, false);
    return e;
}

/* "one was killed", "one has died", "one was later pronounced dead": but "no one", "the one", "this one" count nobody. */
static bool subject_of_event(const finder *f, uint32_t beg, uint32_t end)
{
    uint32_t i = end;
    ds_upos before = beg > f->beg ? upos_at(&f->s, beg - 1) : DS_PUNCT;
    while (i < f->end && (upos_at(&f->s, i) == DS_AUX || upos_at(&f->s, i) == DS_ADV) &&
           event_at(f, i).kind == E_NONE)
        i++;
    bool aux = i > end && i < f->end && upos_at(&f->s, end) == DS_AUX;
    return aux && before != DS_DET && before != DS_ADJ && before != DS_PRON && before != DS_ADP &&
           event_at(f, i).kind != E_NONE;
}

bool event_over(const finder *f, uint32_t i, uint32_t noun)
{
    event e = f->plain ? (event){E_NONE, i, i} : event_at(f, i);
    return e.kind != E_NONE && e.kind != E_NOUN && e.end > noun && e.end > i + 1;
}

bool beside_event(const finder *f, uint32_t beg, uint32_t end)
{
    if (f->plain || (end < f->end && norm_is(&f->s, end, "another")))
        return false;
    if (end < f->end && (event_at(f, end).kind != E_NONE || subject_of_event(f, beg, end)))
        return true;
    event e = beg > f->beg ? event_at(f, beg - 1) : (event){E_NONE, 0, 0};
    return e.kind == E_TAKES && e.end == beg;
}

/* "shot", as in "shot and killed", is often taken for a noun. */
static bool is_verb(const finder *f, uint32_t i)
{
    return upos_at(&f->s, i) == DS_VERB || norm_is(&f->s, i, "shot");
}

/* The token behind the subject of the verb at i: auxiliaries, adverbs, verbs joined by "and" and "who" are passed over. */
static uint32_t subject_end(const finder *f, uint32_t i)
{
    while (i > f->beg) {
        ds_upos u = upos_at(&f->s, i - 1);
        bool joined =
            i > f->beg + 1 && is_verb(f, i - 2) && (u == DS_CCONJ || norm_is(&f->s, i - 1, ","));
        bool found = i > f->beg + 1 && u == DS_VERB && form_of_be(f, i - 2); /* "was found shot" */
        if (joined)
            i -= 2;
        else if (found || u == DS_AUX || u == DS_ADV || u == DS_PART ||
                 norm_is(&f->s, i - 1, "who"))
            i--;
        else
            break;
    }
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

/* A cell of coref.tsv for a pronoun; absent: it is none. */
static ds_str pronoun_cell(const finder *f, uint32_t i, uint32_t column)
{
    int64_t row = upos_at(&f->s, i) == DS_PRON ? ds_phrase_find(f->s.coref, norm_at(&f->s, i)) : -1;
    return row < 0 ? (ds_str){0} : ds_table_cell(f->s.coref_t, (uint32_t)row, column);
}

/* "himself", "themselves": what is done to it is done to the subject. */
static bool is_reflexive(const finder *f, uint32_t i)
{
    bool joined = i > f->beg && (norm_is(&f->s, i - 1, ",") || norm_is(&f->s, i - 1, "and"));
    if (joined && norm_is(&f->s, i, "self")) /* "Gunman Kills 3, Self" */
        return true;
    return ds_str_eq(pronoun_cell(f, i, COREF_CLASS), DS_STR("self"));
}

bool singular_pronoun(const finder *f, uint32_t i)
{
    ds_str cls = pronoun_cell(f, i, COREF_CLASS);
    bool gender = cls.at && !ds_str_eq(pronoun_cell(f, i, COREF_GENDER), DS_STR("-"));
    return ds_str_eq(cls, DS_STR("he")) || ds_str_eq(cls, DS_STR("first")) ||
           (is_reflexive(f, i) &&
            (gender || !cls.at)); /* neither "themselves" nor "itself" is one person */
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

static item item_of(const one_person *p)
{
    return (item){p->beg, p->end, 1, p->alone, false, p->np};
}

/* Where words that hang on somebody begin: "in Varn", ", of Osterby,", "in her 50s", but not "by his son", before token `end`;
 * `end`: there is none. */
static uint32_t place_phrase(const finder *f, uint32_t end)
{
    enum { REACH = 5 }; /* tokens behind the preposition: "near the old north harbour" */
    bool comma = end > f->beg && norm_is(&f->s, end - 1, ",");
    for (uint32_t i = end - comma; i > f->beg && i + REACH + comma >= end; i--) {
        ds_upos u = upos_at(&f->s, i - 1);
        if (i + comma < end && u == DS_ADP && !norm_is(&f->s, i - 1, "by"))
            return i - 1 - (comma && i > f->beg + 1 && norm_is(&f->s, i - 2, ","));
        if (u != DS_PROPN && u != DS_NOUN && u != DS_DET && u != DS_ADJ && u != DS_NUM)
            break;
    }
    return end;
}

static bool item_ends(const finder *f, uint32_t end, item *out);

/* "his parents", "a couple", in headlines "Parents": two, the noun at token i. */
static bool pair_at(const finder *f, uint32_t i, item *out)
{
    if (i >= f->end || !label_at(&f->s, i, "pair") ||
        (i + 1 < f->end && norm_is(&f->s, i + 1, "of"))) /* "a couple of guards" */
        return false;
    bool det = i > f->beg && upos_at(&f->s, i - 1) == DS_DET;
    bool headline = f->s.doc->sents[f->sent].part == DS_PART_TITLE;
    *out = (item){i - det, i + 1, 2, det ? says_one(f, i - 1) : headline, false, {i, i + 1, i}};
    return true;
}

/* "Anna Holm, a 33-year-old nurse," before token `end`: somebody by name. */
static bool apposition(const finder *f, uint32_t end, item *out)
{
    one_person p;
    uint32_t beg;
    if (end < f->beg + 3 || !norm_is(&f->s, end - 1, ",") || !one_person_before(f, end - 1, &p) ||
        !p.alone || p.beg < f->beg + 2 || !norm_is(&f->s, p.beg - 1, ","))
        return false;
    for (beg = p.beg - 1; beg > f->beg && upos_at(&f->s, beg - 1) == DS_PROPN;)
        beg--;
    *out = item_of(&p);
    out->beg = beg;
    out->end = end;
    return beg < p.beg - 1;
}

/* The member that ends before token `end`, or before words there that say where it is. */
static bool item_before(const finder *f, uint32_t end, item *out)
{
    if (item_ends(f, end, out) || apposition(f, end, out))
        return true;
    uint32_t beg = end > f->beg ? place_phrase(f, end) : end;
    bool is = beg < end && item_ends(f, beg, out) && !out->figure;
    out->end = end;
    return is;
}

static bool item_ends(const finder *f, uint32_t end, item *out)
{
    if (end <= f->beg)
        return false;
    const ds_quantity *q = figure(f, UINT32_MAX, end);
    if (q) {
        *out = (item){q->tok, q->tok_end, q->value.best.num, false, true, {0, 0, UINT32_MAX}};
        return true;
    }
    if (singular_pronoun(f, end - 1) && !is_reflexive(f, end - 1)) {
        *out = (item){end - 1, end, 1, false, false, {0, 0, UINT32_MAX}};
        return true;
    }
    one_person p;
    if (!one_person_before(f, end, &p))
        return pair_at(f, end - 1, out);
    *out = item_of(&p);
    return true;
}

/* "his sons, ages 3 and 4", "sons, 10 and 12,": as many as there are ages. */
static bool aged_persons_at(const finder *f, uint32_t beg, item *out)
{
    uint32_t from = beg + (upos_at(&f->s, beg) == DS_DET);
    noun_phrase np = noun_phrase_at(&f->s, from, f->end);
    if (np.head == UINT32_MAX || !names_persons(f, np.head))
        return false;
    uint32_t ages = 0, end = behind_ages(f, np.head + 1, &ages);
    *out = (item){beg, end, ages, true, false, {np.beg, np.head + 1, np.head}};
    return ages > 1;
}

static bool item_at(const finder *f, uint32_t beg, item *out)
{
    if (beg + 1 < f->end && norm_is(&f->s, beg, "then") && is_reflexive(f, beg + 1))
        beg++; /* "his wife, then himself" */
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
    one_person p;
    if (!one_person_at(f, beg, &p))
        return pair_at(f, beg + (upos_at(&f->s, beg) == DS_DET), out) ||
               aged_persons_at(f, beg, out);
    *out = item_of(&p);
    return true;
}

static bool links(const finder *f, uint32_t i)
{
    return norm_is(&f->s, i, "and") || norm_is(&f->s, i, ",") || norm_is(&f->s, i, "then");
}

/* Does the list go on beyond the token at `link` with a member that could not be read? Then its number is not known. */
static bool unread(const finder *f, uint32_t link, uint32_t next)
{
    ds_upos u = upos_at(&f->s, next);
    if (norm_is(&f->s, link, "and")) /* "and then left" goes on with another verb */
        return next < link || (u != DS_VERB && u != DS_AUX && u != DS_ADV);
    return norm_is(&f->s, link, ",") &&
           (upos_at(&f->s, next) == DS_DET || upos_at(&f->s, next) == DS_NUM ||
            upos_at(&f->s, next) == DS_PROPN || upos_at(&f->s, next) == DS_NOUN);
}

/* "..., a man was": one person is the whole subject, whatever stands before. */
static bool is_singular(const finder *f, const group *g)
{
    static const char *const forms[] = {"was", "is", "has"};
    for (size_t k = 0; g->items == 1 && g->end < f->end && k < sizeof forms / sizeof *forms; k++)
        if (norm_is(&f->s, g->end, forms[k]))
            return true;
    return false;
}

/* "According to a guard, she", "In Varn, a sailor": does the comma close words that a preposition opens the clause with? */
static bool closes_aside(const finder *f, uint32_t comma)
{
    enum { ASIDE_REACH = 8 }; /* tokens: "According to the head of the local police, " */
    uint32_t i = comma;
    if (!norm_is(&f->s, comma, ","))
        return false;
    while (i > f->beg && comma - i < ASIDE_REACH && tok_at(&f->s, i - 1)->kind != DS_TOK_PUNCT &&
           upos_at(&f->s, i - 1) != DS_CCONJ)
        i--;
    bool opens = i == f->beg || tok_at(&f->s, i - 1)->kind == DS_TOK_PUNCT;
    i += i + 1 < comma &&
         (upos_at(&f->s, i) == DS_VERB || upos_at(&f->s, i) == DS_ADV); /* "according", "ahead" */
    return opens && i < comma && upos_at(&f->s, i) == DS_ADP &&
           !norm_is(&f->s, i, "with"); /* "with a sailor, a cook and a guard killed" is a list */
}

/* "In May, a man": nothing is joined without "and", but in headlines. */
static bool list_before(const finder *f, const group *g)
{
    bool title = f->s.doc->sents[f->sent].part == DS_PART_TITLE;
    if (g->beg < f->beg + 2 || is_singular(f, g) ||
        (g->items == 1 && norm_is(&f->s, g->beg - 1, ",") && !title) ||
        closes_aside(f, g->beg - 1) ||
        is_reflexive(f, g->beg - 2)) /* "hurt itself and a man died" */
        return false;
    return unread(f, g->beg - 1, g->beg - 2);
}

/* "a man, his wife, and": where the list goes on before the "and" at token i: a comma closes it only behind two members. */
static uint32_t before_and(const finder *f, uint32_t i)
{
    item last, other;
    bool comma = i > f->beg + 1 && norm_is(&f->s, i, "and") && norm_is(&f->s, i - 1, ",");
    bool list = comma && item_before(f, i - 1, &last) && last.beg > f->beg &&
                norm_is(&f->s, last.beg - 1, ",") && item_before(f, last.beg - 1, &other);
    return list ? i - 1 : i;
}

/* The last member of a list has "and" before it, but in headlines: "according to a guard, she died" is none. */
static bool group_before(const finder *f, uint32_t end, group *out)
{
    item it;
    bool title = f->s.doc->sents[f->sent].part == DS_PART_TITLE;
    if (!item_before(f, end, &it))
        return false;
    *out = (group){it, it.beg, end, 1, it.count, !it.figure};
    while (out->items < ITEMS_MAX && out->beg > f->beg + 1 && links(f, out->beg - 1) &&
           (out->items > 1 || title || norm_is(&f->s, out->beg - 1, "and")) &&
           !closes_aside(f, out->beg - 1) &&
           item_before(f, out->items > 1 ? out->beg - 1 : before_and(f, out->beg - 1), &it)) {
        out->first = it;
        out->beg = it.beg;
        out->count += it.count;
        out->items++;
        out->bare |= !it.figure;
    }
    return !list_before(f, out);
}

enum { AND_REACH = 6 }; /* tokens: "a man, her two very old friends and" */

/* "killed a man, police said": what follows a comma is a member only where "and" follows before a verb. */
static bool list_behind(const finder *f, const group *g)
{
    uint32_t i = g->end;
    if (i + 1 >= f->end || !unread(f, i, i + 1))
        return false;
    for (; i < f->end && i < g->end + AND_REACH; i++) {
        if (norm_is(&f->s, i, "and"))
            return true;
        if (upos_at(&f->s, i) == DS_VERB || upos_at(&f->s, i) == DS_AUX)
            return false;
    }
    return false;
}

/* "her brother, Anna Holm, 15": a name behind a comma is that of whom it follows. */
static bool names_first(const finder *f, const item *first, const item *it)
{
    return first->np.head != UINT32_MAX && it->np.head == UINT32_MAX && !it->figure &&
           norm_is(&f->s, it->beg - 1, ",") && upos_at(&f->s, it->beg) == DS_PROPN;
}

/* Where the next member begins: "her mother, and brother" behind another has a comma and "and". */
static uint32_t behind_link(const finder *f, const group *g)
{
    bool both = g->items > 1 && norm_is(&f->s, g->end, ",") && g->end + 2 < f->end &&
                norm_is(&f->s, g->end + 1, "and");
    return g->end + 1 + both;
}

static bool group_at(const finder *f, uint32_t beg, group *out)
{
    item it;
    if (!item_at(f, beg, &it))
        return false;
    *out = (group){it, beg, it.end, 1, it.count, !it.figure};
    while (out->items < ITEMS_MAX && out->end + 1 < f->end && links(f, out->end) &&
           item_at(f, behind_link(f, out), &it)) {
        bool same = out->items == 1 && names_first(f, &out->first, &it);
        out->end = it.end;
        if (same)
            continue;
        out->count += it.count;
        out->items++;
        out->bare |= !it.figure;
    }
    return !list_behind(f, out);
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
        noun_phrase np = g->first.np;
        bool det = upos_at(&f->s, g->beg) == DS_DET;
        q.noun = toks_span(&f->s, np.beg, np.head + 1);
        q.number = toks_span(&f->s, g->beg, det ? g->beg + 1 : g->end);
        noun_class_of(&f->s, np, &q.head);
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
    if (!g->bare || (g->items < 2 && !g->first.alone))
        return false;
    size_t k = f->found.len;
    while (k > 0 && f->found.at[k - 1].sent == f->sent && f->found.at[k - 1].tok >= g->beg)
        k--;
    *at = k;
    *gone = 0;
    if (k > 0 && f->found.at[k - 1].sent == f->sent && f->found.at[k - 1].tok_end > g->beg)
        return false;
    bool ages = true;
    for (; k < f->found.len && f->found.at[k].tok < g->end; k++, ++*gone) {
        if (f->found.at[k].tok_end > g->end || f->found.at[k].implicit)
            return false;
        ages &= f->found.at[k].kind == DS_Q_AGE;
    }
    if (ages)
        *gone = 0; /* they are no part of the number */
    return true;
}

/* Nothing that could be an object: "a man killed in", "Man fatally shot". */
static bool no_object(const finder *f, uint32_t i)
{
    if (i >= f->end || in_date(&f->s, i))
        return true;
    ds_upos u = upos_at(&f->s, i);
    return u == DS_ADP || u == DS_ADV || u == DS_PUNCT || u == DS_SCONJ || u == DS_CCONJ;
}

/* "a boy killed late Friday": words of time are no object. */
static bool is_time(const finder *f, uint32_t i)
{
    return in_date(&f->s, i) || (i + 1 < f->end && in_date(&f->s, i + 1));
}

static bool past(const finder *f, uint32_t i)
{
    ds_form form = form_at(&f->s, i);
    return form == DS_FORM_PAST || form == DS_FORM_PART || upos_at(&f->s, i) == DS_ADV;
}

/* Does the parse name somebody else as the subject of the event's verb or state: "a dog that bit an officer is dead"? */
static bool other_subject(const finder *f, const event *e, const group *g)
{
    const ds_doc *doc = f->s.doc;
    const ds_sentence *s = &doc->sents[f->sent];
    const ds_node *nodes = f->s.parse->nodes;
    bool other = false;
    for (uint32_t w = s->word; nodes && w < s->word_end && doc->words[w].tok < e->beg; w++) {
        uint32_t tok = doc->words[w].tok, head = nodes[w].head;
        if (head >= DS_UNPARSED || doc->words[head].tok < e->beg ||
            doc->words[head].tok >= e->end ||
            (nodes[w].rel != f->s.nsubj && nodes[w].rel != f->s.nsubj_pass) ||
            form_at(&f->s, tok) == DS_FORM_REL || upos_at(&f->s, tok) == DS_PRON)
            continue; /* "who", "that" is whoever stands before it */
        if (tok >= g->beg && tok < g->end)
            return false;
        other = true;
    }
    return other;
}

/* The word that the parse has for the subject of the event, at its head or at the verb that shares it; UINT32_MAX: none. */
static uint32_t subject_word(const finder *f, const event *e)
{
    enum { UP = 3 }; /* "was found shot and killed" */
    const ds_doc *doc = f->s.doc;
    const ds_sentence *s = &doc->sents[f->sent];
    const ds_node *nodes = f->s.parse->nodes;
    uint32_t verb =
        nodes ? ds_doc_word_at(doc, s, tok_at(&f->s, e->end - 1)->span.beg) : UINT32_MAX;
    for (int up = 0; nodes && up < UP && verb >= s->word && verb < s->word_end; up++) {
        for (uint32_t w = s->word; w < verb; w++)
            if (nodes[w].head == verb &&
                (nodes[w].rel == f->s.nsubj || nodes[w].rel == f->s.nsubj_pass))
                return w;
        bool shares = doc->words[verb].tok > e->beg || nodes[verb].rel == f->s.conj ||
                      nodes[verb].rel == f->s.xcomp;
        if (!shares)
            break;
        verb = nodes[verb].head;
    }
    return UINT32_MAX;
}

static bool has_conjunct(const finder *f, uint32_t word)
{
    const ds_sentence *s = &f->s.doc->sents[f->sent];
    for (uint32_t w = word + 1; w < s->word_end; w++)
        if (f->s.parse->nodes[w].head == word && f->s.parse->nodes[w].rel == f->s.conj)
            return true;
    return false;
}

/* "A man who was shot on Sunday died": one person far from the verb. */
static bool far_subject(const finder *f, const event *e, group *out)
{
    one_person p;
    uint32_t word = subject_word(f, e);
    uint32_t head = word == UINT32_MAX ? f->end : f->s.doc->words[word].tok;
    if (head >= e->beg || has_conjunct(f, word) || !one_person_before(f, head + 1, &p) || !p.alone)
        return false;
    *out = (group){item_of(&p), p.beg, p.end, 1, 1, true};
    return true;
}

/* The persons of an event: its subject or its object. */
static bool group_near(const finder *f, const event *e, group *out)
{
    uint32_t subject = subject_end(f, e->beg);
    bool object = !no_object(f, e->end);
    switch (e->kind) {
    case E_NONE:
        return false;
    case E_SELF:
        return group_before(f, subject, out);
    case E_NOUN:
        return group_at(f, e->end, out);
    case E_STATE:
        return !(object &&
                 (upos_at(&f->s, e->end) == DS_NOUN || upos_at(&f->s, e->end) == DS_PROPN)) &&
               group_before(f, subject, out);
    case E_ALONE: /* not "let my baby die" */
        return (form_at(&f->s, e->beg) != DS_FORM_INF || subject < e->beg) &&
               group_before(f, subject, out);
    case E_TAKES:
        break;
    }
    if (is_passive(f, subject, e->beg) || (object && is_reflexive(f, e->end)))
        return group_before(f, subject, out);
    return (object && group_at(f, e->end, out)) ||
           ((!object || is_time(f, e->end)) && past(f, e->beg) && group_before(f, subject, out));
}

static bool is_subject_event(const finder *f, const event *e)
{
    bool passive = e->kind == E_TAKES && is_passive(f, subject_end(f, e->beg), e->beg);
    return passive || e->kind == E_ALONE || e->kind == E_STATE;
}

static bool group_of(const finder *f, const event *e, group *out)
{
    if (group_near(f, e, out))
        return !is_subject_event(f, e) || !other_subject(f, e, out);
    return is_subject_event(f, e) && far_subject(f, e, out);
}

/* Where the words for an owner begin that end before token i: "his former wife's two sons"; i: nobody owns them. */
static uint32_t owner_before(const finder *f, uint32_t i)
{
    if (i == f->beg || !(tok_at(&f->s, i - 1)->flags & DS_TF_POSSESSIVE))
        return i;
    for (i--; i > f->beg; i--) {
        ds_upos u = upos_at(&f->s, i - 1);
        if (u == DS_DET || u == DS_PRON)
            return i - 1;
        if (u != DS_NOUN && u != DS_PROPN && u != DS_ADJ && u != DS_PUNCT)
            break;
    }
    return i;
}

/* "killed three", "fatally shot his wife": "A boy died after shooting himself" is one. */
static bool done_to(const finder *f, const ds_quantity *q)
{
    enum { VERB_MOST = 3 }; /* tokens: "shoot to death" */
    uint32_t from = q->kind == DS_Q_COUNT ? owner_before(f, q->tok) : f->beg;
    for (uint32_t i = from; i > f->beg && i + VERB_MOST > from; i--) {
        event e = event_at(f, i - 1);
        if (e.kind == E_TAKES && e.end == from)
            return true;
    }
    return false;
}

/* "killed three before taking his own life": one more, where something was done to persons before it. */
static ds_status one_more(finder *f, const event *e)
{
    group g = {.beg = e->beg, .end = e->end, .items = 1, .count = 1, .first.np.head = UINT32_MAX};
    bool after = false;
    size_t k = f->found.len;
    while (k > 0 && f->found.at[k - 1].sent == f->sent && f->found.at[k - 1].tok >= e->beg)
        k--;
    for (size_t i = k; i > 0 && f->found.at[i - 1].sent == f->sent && !after; i--)
        after = f->found.at[i - 1].tok_end <= e->beg && done_to(f, &f->found.at[i - 1]);
    ds_quantity q = quantity_of(f, &g);
    q.delta = true;
    return after ? put(f, q, k, 0) : DS_NONE;
}

enum { MARK_REACH = 16 }; /* tokens from "a", an age or "and" to the verb */

/* Without a mark of one person or of a list nothing counts. */
static bool is_mark_of_group(const finder *f, uint32_t i)
{
    ds_upos u = upos_at(&f->s, i);
    return u == DS_NUM || (u == DS_CCONJ && norm_is(&f->s, i, "and")) ||
           (u == DS_DET && says_one(f, i));
}

/* Does one stand behind the event at token i: "killed a man", "the death of 34-year-old Anna Holm"? */
static bool mark_behind(const finder *f, uint32_t i)
{
    enum { BEHIND = 6 }; /* tokens: "the murder of Anna Holm, 52," */
    for (uint32_t k = i + 1; k < f->end && k < i + BEHIND; k++)
        if (is_mark_of_group(f, k))
            return true;
    return false;
}

ds_status implicit_persons(finder *f)
{
    bool title = f->s.doc->sents[f->sent].part == DS_PART_TITLE;
    uint32_t near = title ? f->end : f->beg; /* an event before that token has a mark in reach */
    if (!(f->s.parse->event_starts[f->sent] & ds_phrases_bit(f->s.triggers)))
        return DS_OK;
    for (uint32_t i = f->beg; i < f->end; i++) {
        group g;
        size_t at, gone;
        if (!may_be_event(f, i)) {
            near = !title && is_mark_of_group(f, i) ? i + MARK_REACH : near;
            continue;
        }
        if (i >= near && !mark_behind(f, i))
            continue;
        event e = event_at(f, i);
        ds_status more = e.kind == E_SELF ? one_more(f, &e) : DS_NONE;
        DS_TRY(more);
        if (more == DS_NONE && e.kind != E_NONE && group_of(f, &e, &g) &&
            counts(f, &g, &at, &gone)) {
            DS_TRY(put(f, quantity_of(f, &g), at, gone));
        }
        i = e.kind == E_SELF ? e.end - 1 : i;
    }
    return DS_OK;
}
