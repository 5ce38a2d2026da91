/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds: predicates of lexicon/en/opposites.tsv told of somebody with a name, as done or as holding at a time. */
#include "claim/internal.h"

#include "language/language.h"

#define TRIES_MAX 16 /* predicates of a sentence that are looked at: more is a list, or hostile */
#define CLIMB_MAX 24 /* heads above a predicate that may make it conditional */
#define WORDS_REACH                                                                                \
    4 /* tokens from a verb to what hangs on it that are shown with it: "remains at large" */
#define TAIL_REACH 3 /* heads that a subject is looked for at: "withdrew and are fighting" */

typedef struct doer {
    claimer c;
    const ds_phrases *opposites, *around;
    const ds_table *rows;
    bool title; /* of the sentence at hand: the present tells what happened */
    DS_VEC(ds_deed) deeds;
} doer;

typedef enum tense { T_NONE, T_PAST, T_NOW, T_WAS_DOING, T_IS_DOING } tense;

typedef struct stance { /* a predicate as its sentence has it */
    uint32_t row;       /* of opposites.tsv */
    uint32_t tok, tok_end;
    uint32_t word;    /* the verb, else the word that says how somebody stands */
    uint32_t subject; /* whose subject it is: the word itself, or a verb that it hangs on */
    tense tense;
    bool passive, goes, negated, partly, denied;
    bool stands; /* "remains closed" */
} stance;

enum { COL_CLASS = 1, COL_PAIR, COL_SIDE, COL_AFTER, COL_ROLE, COL_OF, COL_FLAGS };

static ds_str cell(const doer *d, const stance *s, uint32_t col)
{
    return ds_table_cell(d->rows, s->row, col);
}

static size_t last_word_len(ds_str s)
{
    size_t beg = s.len;
    while (beg > 0 && s.at[beg - 1] != ' ')
        beg--;
    return s.len - beg;
}

static bool cell_is(const doer *d, const stance *s, uint32_t col, const char *z)
{
    return ds_str_eq(cell(d, s, col), ds_str_of(z));
}

static bool tag_at(const claimer *c, uint32_t w, const char *tag)
{
    return strcmp(ds_xpos_name(c->parse->nodes[w].xpos), tag) == 0;
}

static bool is_finite(const claimer *c, uint32_t w)
{
    return tag_at(c, w, "VBZ") || tag_at(c, w, "VBP");
}

static uint32_t head_word(const claimer *c, uint32_t w)
{
    uint32_t h = c->parse->nodes[w].head;
    return h >= c->sent->word && h < c->sent->word_end ? h : NO_WORD;
}

/* ---- tense, helpers, what turns it round --------------------------------------------------------------------- */

typedef struct helpers {
    bool modal, to, have, be_now, be_past, do_now, do_past, passive;
} helpers;

static helpers helpers_of(const claimer *c, uint32_t w)
{
    helpers h = {0};
    for (uint32_t i = c->sent->word; i < c->sent->word_end; i++) {
        if (c->parse->nodes[i].head != w)
            continue;
        bool aux = rel_at(c, i, "aux") || rel_at(c, i, "cop");
        bool now = is_finite(c, i), past = tag_at(c, i, "VBD");
        ds_str lemma = lemma_at(c, i);
        h.modal |= tag_at(c, i, "MD");
        h.to |= tag_at(c, i, "TO");
        h.passive |= rel_at(c, i, "aux:pass") || rel_at(c, i, "nsubj:pass");
        h.have |= aux && ds_str_eq(lemma, DS_STR("have"));
        h.be_now |= aux && now && ds_str_eq(lemma, DS_STR("be"));
        h.be_past |= aux && past && ds_str_eq(lemma, DS_STR("be"));
        h.do_now |= aux && now && ds_str_eq(lemma, DS_STR("do"));
        h.do_past |= aux && past && ds_str_eq(lemma, DS_STR("do"));
    }
    return h;
}

static tense tense_of(const claimer *c, uint32_t w, bool title)
{
    helpers h = helpers_of(c, w);
    bool be = h.be_now || h.be_past;
    if (h.modal || h.to)
        return T_NONE;
    if (h.have)
        return tag_at(c, w, "VBG") ? T_IS_DOING : T_PAST;
    if (be && tag_at(c, w, "VBG"))
        return h.be_now ? T_IS_DOING : T_WAS_DOING;
    if (be || h.do_now || h.do_past)
        return h.be_now || h.do_now ? T_NOW : T_PAST;
    if (tag_at(c, w, "VBD") || (title && tag_at(c, w, "VBN")))
        return T_PAST;
    return is_finite(c, w) ? T_NOW : T_NONE;
}

/* "still", "not", "no longer", "partly": words beside a verb. */
static void read_beside(const doer *d, uint32_t w, stance *s)
{
    const claimer *c = &d->c;
    for (uint32_t i = c->sent->word; i < c->sent->word_end; i++) {
        if (c->parse->nodes[i].head != w || i == w)
            continue;
        bool adverb = rel_at(c, i, "advmod") || rel_at(c, i, "cc") || rel_at(c, i, "det");
        if (!adverb && !rel_at(c, i, "dep"))
            continue;
        s->goes |= around_is(d->around, lemma_at(c, i), "goes");
        s->partly |= around_is(d->around, lemma_at(c, i), "partly");
        bool no_longer = i > c->sent->word && ds_str_eq(lemma_at(c, i - 1), DS_STR("no"));
        if (around_is(d->around, lemma_at(c, i), "not") || (no_longer && adverb))
            s->negated = !s->negated;
    }
}

/* Verbs above that the predicate is part of: "continue to fight", "refused to resign", "remains open". */
static bool read_above(const doer *d, stance *s)
{
    const claimer *c = &d->c;
    uint32_t w = s->word, h = head_word(c, w);
    bool verb = upos_at(c, c->doc->words[w].tok) == DS_VERB;
    bool hangs =
        rel_at(c, w, "xcomp") || (!verb && (rel_at(c, w, "obl") || rel_at(c, w, "advmod")));
    if (h == NO_WORD || !hangs)
        return true;
    ds_str lemma = lemma_at(c, h);
    int64_t row = ds_phrase_find(d->opposites, lemma);
    bool denies = row >= 0 &&
                  ds_str_eq(ds_table_cell(d->rows, (uint32_t)row, COL_CLASS), DS_STR("voice")) &&
                  ds_str_eq(ds_table_cell(d->rows, (uint32_t)row, COL_SIDE), DS_STR("b"));
    bool goes = around_is(d->around, lemma, "goes"), not = around_is(d->around, lemma, "not");
    bool link = (!verb || tag_at(c, w, "VBN")) && around_is(d->around, lemma, "link");
    if (!denies && !goes && !not &&!link)
        return false;
    s->subject = h;
    s->tense = tense_of(c, h, d->title);
    s->goes |= goes;
    s->negated ^= not ;
    s->denied = denies;
    s->stands = link && verb;
    read_beside(d, h, s);
    return true;
}

/* ---- what is not said to be so ------------------------------------------------------------------------------------ */

/* Does a clause open with "if", "until"? */
static bool opens_doubt(const doer *d, uint32_t w)
{
    const claimer *c = &d->c;
    for (uint32_t i = c->sent->word; i < c->sent->word_end; i++)
        if (c->parse->nodes[i].head == w &&
            (rel_at(c, i, "mark") || rel_at(c, i, "advmod") || rel_at(c, i, "case")) &&
            around_is(d->around, lemma_at(c, i), "if"))
            return true;
    return false;
}

/* The attribution whose cue holds the word. */
static const ds_attribution *cue_at(const claimer *c, uint32_t w)
{
    size_t beg, end;
    ds_attributions_near(c->marks, (uint32_t)(c->sent - c->doc->sents), &beg, &end);
    for (size_t i = beg; i < end; i++)
        if (ds_span_holds(c->marks->attributions[i].cue, c->doc->words[w].span))
            return &c->marks->attributions[i];
    return NULL;
}

/* Clauses that stand in another as what is wished, meant or asked; parts of noun phrases; conditions. */
static bool in_doubt(const doer *d, const stance *s)
{
    const claimer *c = &d->c;
    uint32_t w = s->subject;
    for (int i = 0; w != NO_WORD && i < CLIMB_MAX; i++) {
        uint32_t h = head_word(c, w);
        if (opens_doubt(d, w))
            return true;
        if (rel_at(c, w, "acl") || rel_at(c, w, "csubj") || (i == 0 && rel_at(c, w, "xcomp")))
            return true;
        if (rel_at(c, w, "advcl") && tense_of(c, w, false) == T_NONE)
            return true;
        if (h != NO_WORD && (rel_at(c, w, "ccomp") || (rel_at(c, w, "xcomp")))) {
            const ds_attribution *a = cue_at(c, h);
            if (!a || !a->reportive)
                return true;
        }
        w = h;
    }
    const ds_sentence *sent = c->sent;
    for (uint32_t t = sent->tok; t < sent->tok_end; t++)
        if (norm_is(c, t, "?"))
            return true;
    return false;
}

/* ---- whom, about what, where, when -------------------------------------------------------------------------------- */

/* The subject of a verb, or of the one that it goes on from. */
static uint32_t subject_word(const claimer *c, uint32_t w, bool *passive)
{
    for (int i = 0; w != NO_WORD && i < TAIL_REACH; i++) {
        uint32_t s = child_at(c, w, "nsubj", 0);
        if (s != NO_WORD) {
            *passive = rel_at(c, s, "nsubj:pass");
            return s;
        }
        if (!rel_at(c, w, "conj"))
            return NO_WORD;
        w = head_word(c, w);
    }
    return NO_WORD;
}

static uint32_t told_of(const doer *d, stance *s)
{
    const claimer *c = &d->c;
    bool passive = false;
    uint32_t subject = subject_word(c, s->subject, &passive);
    uint32_t object = child_at(c, s->word, "obj", 0);
    helpers h = helpers_of(c, s->word);
    if (subject != NO_WORD && s->subject == s->word && rel_at(c, s->word, "conj"))
        passive = h.passive || (tag_at(c, s->word, "VBN") && !h.have); /* its own helpers tell */
    s->passive = passive || s->stands || (d->title && tag_at(c, s->word, "VBN") && !h.have);
    if (s->passive)
        return cell_is(d, s, COL_ROLE, "subject") ? NO_WORD : subject;
    if (ds_str_find(cell(d, s, COL_FLAGS), DS_STR("passive"), 0) >= 0)
        return NO_WORD;
    if (cell_is(d, s, COL_ROLE, "subject"))
        return subject;
    if (cell_is(d, s, COL_ROLE, "object"))
        return object;
    return object != NO_WORD ? object : subject;
}

static bool is_class(const claimer *c, ds_str lemma, const char *class)
{
    int64_t row = ds_phrase_find(c->nouns_p, lemma);
    return row >= 0 && ds_str_eq(ds_table_cell(c->nouns_t, (uint32_t)row, 1), ds_str_of(class));
}

/* "varn bridge" -> "bridge" */
static ds_str last_word(const claimer *c, ds_str name)
{
    return ds_ascii_lower(c->arena, ds_str_cut(name, name.len - last_word_len(name), name.len));
}

/* Is it told of the kind of thing that the row is about? */
static bool right_kind(const doer *d, const stance *s, uint32_t w, const ds_deed *k)
{
    const claimer *c = &d->c;
    ds_str last = k->head.at ? k->head : last_word(c, k->who);
    if (cell_is(d, s, COL_OF, "force"))
        return k->head.at ? k->of == DS_OF_ACTOR && is_class(c, k->head, "soldier")
                          : k->of == DS_OF_ACTOR || k->of == DS_OF_OTHER;
    if (cell_is(d, s, COL_OF, "person")) /* his brother; sons are several */
        return k->of == DS_OF_PERSON &&
               (!k->head.at || (is_class(c, k->head, "person") && tag_at(c, w, "NN")));
    if (cell_is(d, s, COL_OF, "town"))
        return k->of == DS_OF_PLACE && !k->head.at;
    return cell_is(d, s, COL_OF, "any") || around_is(d->around, last, "place");
}

/* A lemma that tells what an agreement, a refusal is about. */
static uint32_t topic_word(const claimer *c, uint32_t w)
{
    static const char *const rels[] = {"xcomp", "obj", "obl", "ccomp"};
    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t k = child_at(c, w, rels[i], 0);
        if (k != NO_WORD && !in_date(c, c->doc->words[k].tok))
            return upos_at(c, c->doc->words[k].tok) == DS_PRON ? NO_WORD : k;
    }
    return NO_WORD;
}

static bool place_case(const claimer *c, uint32_t w)
{
    static const char *const preps[] = {"in",     "from", "at",     "near", "out",
                                        "inside", "to",   "around", "into", "outside"};
    uint32_t k = child_at(c, w, "case", 0);
    for (size_t i = 0; k != NO_WORD && i < sizeof preps / sizeof *preps; i++)
        if (ds_str_eq(lemma_at(c, k), ds_str_of(preps[i])))
            return true;
    return false;
}

/* The last word of a name that begins at w. */
static uint32_t name_end(const claimer *c, uint32_t w)
{
    uint32_t e = w + 1;
    while (e < c->sent->word_end && upos_at(c, c->doc->words[e].tok) == DS_PROPN)
        e++;
    return e;
}

/* A place that hangs on word w by the relation. */
static ds_status read_where(claimer *c, uint32_t w, const char *rel, ds_deed *out)
{
    for (uint32_t i = child_at(c, w, rel, 0); i != NO_WORD; i = child_at(c, w, rel, i + 1)) {
        if (!place_case(c, i) || in_date(c, c->doc->words[i].tok))
            continue;
        uint32_t beg = i;
        while (beg > c->sent->word && c->parse->nodes[beg - 1].head == i &&
               upos_at(c, c->doc->words[beg - 1].tok) == DS_PROPN)
            beg--;
        bool name = upos_at(c, c->doc->words[i].tok) == DS_PROPN;
        uint32_t end = name ? name_end(c, i) : i;
        if (end == beg)
            continue;
        out->where = ds_arena_str(c->arena, ds_str_cut(c->doc->text, c->doc->words[beg].span.beg,
                                                       c->doc->words[end - 1].span.end));
        return out->where.at ? DS_OK : DS_NOMEM;
    }
    return DS_OK;
}

/* false: it is not known when. */
static ds_status read_when(doer *d, const stance *s, ds_deed *k)
{
    claimer *c = &d->c;
    ds_span words = {c->doc->toks[s->tok].span.beg, c->doc->toks[s->tok_end - 1].span.end};
    const ds_quantity q = {.number = words,
                           .span = words,
                           .sent = (uint32_t)(c->sent - c->doc->sents),
                           .tok = s->tok,
                           .tok_end = s->tok_end};
    const trigger none = {.tok = UINT32_MAX};
    ds_claim t = {0};
    DS_TRY(time_and_place(c, &q, &none, &t));
    bool closed = t.has_when && t.when.lo != DS_DAY_NONE && t.when.hi != DS_DAY_NONE;
    if (t.has_when && !closed) /* "since Monday", "until May" */
        return DS_NONE;
    if (!closed && (!t.has_as_of || t.as_of.lo == DS_DAY_NONE || t.as_of.hi == DS_DAY_NONE))
        return DS_NONE;
    k->dated = closed;
    k->when = closed ? t.when : t.as_of;
    k->inferred = t.inferred;
    return DS_OK;
}

/* ---- one predicate -------------------------------------------------------------------------------------------------- */

/* false: said in a tense in which it is not told as so: "was open" says too little, "was open on Sunday" does. */
static bool settle_kind(const doer *d, const stance *s, ds_deed *k)
{
    bool done = s->tense == T_PAST, now = s->tense == T_NOW;
    bool holds = now || s->tense == T_IS_DOING;
    bool verb = upos_at(&d->c, d->c.doc->words[s->word].tok) == DS_VERB;
    if (cell_is(d, s, COL_CLASS, "change") && (verb || d->title)) {
        bool stands = now && s->passive && cell_is(d, s, COL_OF, "place") && !d->title;
        if (stands) /* "is closed" */
            k->kind = s->goes ? DS_DEED_LASTING : DS_DEED_STANDING;
        else
            k->kind = s->negated ? DS_DEED_LASTING : DS_DEED_CHANGE;
        return stands || (done && (!s->goes || s->negated)) || (now && (d->title || s->negated));
    }
    bool lasting = cell_is(d, s, COL_CLASS, "lasting") || s->goes;
    k->kind = lasting && !s->negated ? DS_DEED_LASTING : DS_DEED_STANDING;
    bool on_a_day = k->dated && k->when.lo == k->when.hi && !verb;
    return holds || ((s->goes || on_a_day) && s->tense != T_NONE);
}

static bool sure(const ds_deed *k)
{
    return k->certainty == DS_CERT_ASSERTED || k->certainty == DS_CERT_REPORTED ||
           k->certainty == DS_CERT_DENIED;
}

/* Is a denial of the predicate itself, not of something before it? */
static bool denied_here(const claimer *c, uint32_t w)
{
    uint32_t h = head_word(c, w);
    const ds_attribution *a = h == NO_WORD ? NULL : cue_at(c, h);
    return (rel_at(c, w, "ccomp") || rel_at(c, w, "xcomp")) && a && a->certainty == DS_CERT_DENIED;
}

/* Who says it, how surely; a denial by who says it turns it round. */
static ds_status read_said(doer *d, const stance *s, ds_deed *k)
{
    ds_said said;
    DS_TRY(said_of(&d->c, d->c.doc->words[s->word].span, &said));
    k->said_by = said.by;
    k->said_by_len = said.by_len;
    k->certainty = said.certainty;
    if (!sure(k))
        return DS_NONE;
    bool denied = s->denied || k->certainty == DS_CERT_DENIED;
    if (denied && (s->negated || (!s->denied && !denied_here(&d->c, s->subject))))
        return DS_NONE; /* "denied that it had not": too knotty */
    k->negated = s->negated || denied;
    k->certainty = denied ? DS_CERT_DENIED : k->certainty;
    if (denied && k->kind == DS_DEED_CHANGE)
        k->kind = DS_DEED_LASTING;
    return DS_OK;
}

/* "is still at large", "has not withdrawn": with the words before it that bear on it. */
static ds_span told_words(const doer *d, const stance *s)
{
    const claimer *c = &d->c;
    uint32_t beg = s->tok, above = c->doc->words[s->subject].tok;
    for (ds_str after = cell(d, s, COL_AFTER); after.len;
         after = ds_str_trim(ds_str_cut(after, 0, after.len - last_word_len(after))))
        beg--;
    beg = above < beg && above + WORDS_REACH >= beg ? above : beg;
    while (beg > c->sent->tok && (upos_at(c, beg - 1) == DS_AUX || upos_at(c, beg - 1) == DS_ADV ||
                                  upos_at(c, beg - 1) == DS_PART))
        beg--;
    return (ds_span){c->doc->toks[beg].span.beg, c->doc->toks[s->tok_end - 1].span.end};
}

static ds_status add_deed(doer *d, const stance *s, ds_deed *k)
{
    claimer *c = &d->c;
    ds_span words = told_words(d, s);
    k->sentence = ds_arena_str(c->arena, ds_str_at(c->doc->text, c->sent->span));
    k->number = c->sent->number;
    k->part = c->sent->part;
    k->words = (ds_span){words.beg - c->sent->span.beg, words.end - c->sent->span.beg};
    return k->sentence.at ? DS_PUSH(c->arena, &d->deeds, *k) : DS_NOMEM;
}

static ds_status read_topic(claimer *c, uint32_t w, ds_deed *k)
{
    uint32_t topic = topic_word(c, w);
    if (topic == NO_WORD)
        return DS_NONE;
    k->topic = ds_ascii_lower(c->arena, lemma_at(c, topic));
    return k->topic.at ? DS_OK : DS_NOMEM;
}

static bool flag_is(const doer *d, const stance *s, const char *flag)
{
    return ds_str_find(cell(d, s, COL_FLAGS), ds_str_of(flag), 0) >= 0;
}

static ds_deed_turns turns_of(const doer *d, const stance *s)
{
    return flag_is(d, s, "final")   ? DS_TURNS_NEVER
           : flag_is(d, s, "quick") ? DS_TURNS_IN_A_DAY
                                    : DS_TURNS_SLOWLY;
}

/* "withdrew", "is still fighting", "remains at large" */
static ds_status read_opposite(doer *d, stance *s)
{
    claimer *c = &d->c;
    ds_deed k = {.pair = cell(d, s, COL_PAIR),
                 .other = cell_is(d, s, COL_SIDE, "b"),
                 .turns = turns_of(d, s)};
    s->tense = tense_of(c, s->word, d->title);
    read_beside(d, s->word, s);
    if (!read_above(d, s) || s->partly || in_doubt(d, s))
        return DS_NONE;
    uint32_t w = told_of(d, s);
    if (w == NO_WORD)
        return DS_NONE;
    ds_status st = who_of(c, d->around, w, &k);
    if (st != DS_OK)
        return st;
    if (!right_kind(d, s, w, &k))
        return DS_NONE;
    if (flag_is(d, s, "topic")) {
        st = read_topic(c, s->word, &k);
        if (st != DS_OK)
            return st;
    }
    DS_TRY(read_where(c, s->word, "obl", &k));
    if (s->subject != s->word && !k.where.at)
        DS_TRY(read_where(c, s->subject, "obl", &k));
    if (rel_at(c, w, "obj") && !k.where.at) /* "withdrew its forces from Oslo" */
        DS_TRY(read_where(c, w, "nmod", &k));
    if (flag_is(d, s, "where") && !k.where.at)
        return DS_NONE;
    st = read_when(d, s, &k);
    if (st == DS_OK)
        st = settle_kind(d, s, &k) ? read_said(d, s, &k) : DS_NONE;
    return st == DS_OK ? add_deed(d, s, &k) : st;
}

/* ---- what a source says, confirms or denies ---------------------------------------------------------------------------- */

/* A pair of its own: that something is so, and that it is not. */
static ds_status name_pair(doer *d, uint32_t what, ds_deed *k)
{
    claimer *c = &d->c;
    ds_str lemma = ds_ascii_lower(c->arena, lemma_at(c, what));
    if (!lemma.at)
        return DS_NOMEM;
    if (ds_phrase_find(d->opposites, lemma) >= 0 || around_is(d->around, lemma, "link"))
        return DS_NONE; /* it has a pair; or says nothing by itself */
    k->pair = ds_arena_printf(c->arena, "=%.*s", DS_FMT(lemma));
    return k->pair.at ? DS_OK : DS_NOMEM;
}

/* "Holm had fallen": whom it is told of, and what it is about. */
static ds_status read_clause(doer *d, uint32_t clause, ds_deed *k)
{
    claimer *c = &d->c;
    stance s = {.word = clause, .subject = clause, .tense = tense_of(c, clause, false)};
    bool passive, verb = upos_at(c, c->doc->words[clause].tok) == DS_VERB;
    uint32_t who = subject_word(c, clause, &passive);
    read_beside(d, clause, &s);
    if (!verb || s.negated || s.partly || who == NO_WORD ||
        (s.tense != T_PAST && s.tense != T_WAS_DOING))
        return DS_NONE;
    ds_status st = who_of(c, d->around, who, k);
    return st == DS_OK ? read_topic(c, clause, k) : st;
}

/* Tells of `what`, a clause or a noun, as stance s says it. */
static ds_status add_said(doer *d, const stance *s, uint32_t what, bool clause, ds_deed *k)
{
    claimer *c = &d->c;
    ds_said by;
    ds_status st = clause ? read_clause(d, what, k) : who_of(c, d->around, what, k);
    if (st == DS_OK)
        st = name_pair(d, what, k);
    if (st != DS_OK)
        return st;
    DS_TRY(read_where(c, what, clause ? "obl" : "nmod", k));
    DS_TRY(said_of(c, c->doc->words[what].span, &by));
    k->kind = k->negated ? DS_DEED_LASTING : DS_DEED_CHANGE;
    k->said_by = by.by;
    k->said_by_len = by.by_len;
    k->certainty = by.certainty;
    if (!sure(k) || (k->certainty == DS_CERT_DENIED && !k->negated))
        return DS_NONE;
    st = read_when(d, s, k);
    return st == DS_OK ? add_deed(d, s, k) : st;
}

/* "confirmed that Holm had fallen ill", "denied the death of Holm" */
static ds_status read_voice(doer *d, stance *s)
{
    claimer *c = &d->c;
    ds_deed k = {.negated = cell_is(d, s, COL_SIDE, "b")};
    uint32_t clause = child_at(c, s->word, "ccomp", 0), noun = child_at(c, s->word, "obj", 0);
    s->tense = tense_of(c, s->word, d->title);
    read_beside(d, s->word, s);
    bool told = s->tense == T_PAST || s->tense == T_NOW;
    if (s->negated || s->goes || !told || in_doubt(d, s))
        return DS_NONE;
    if (clause != NO_WORD)
        return add_said(d, s, clause, true, &k);
    if (noun == NO_WORD || upos_at(c, c->doc->words[noun].tok) != DS_NOUN)
        return DS_NONE;
    return add_said(d, s, noun, false, &k);
}

/* "Police said that Holm had left the town": what another may deny. */
static ds_status read_saying(doer *d, const ds_attribution *a)
{
    claimer *c = &d->c;
    uint32_t cue = ds_doc_word_at(c->doc, c->sent, a->cue.beg + 1), clause = NO_WORD;
    for (; cue < c->sent->word_end && c->doc->words[cue].span.beg < a->cue.end; cue++)
        if (clause == NO_WORD)
            clause = child_at(c, cue, "ccomp", 0);
    if (clause == NO_WORD)
        return DS_NONE;
    uint32_t tok = c->doc->words[clause].tok;
    if (ds_phrase_find(d->opposites, lemma_at(c, c->parse->nodes[clause].head)) >= 0)
        return DS_NONE; /* "confirmed": read_voice */
    const stance s = {.word = clause, .subject = clause, .tok = tok, .tok_end = tok + 1};
    ds_deed k = {0};
    return in_doubt(d, &s) ? DS_NONE : add_said(d, &s, clause, true, &k);
}

static ds_status read_sayings(doer *d)
{
    claimer *c = &d->c;
    uint32_t sent = (uint32_t)(c->sent - c->doc->sents), tries = 0;
    size_t beg, end;
    ds_attributions_near(c->marks, sent, &beg, &end);
    for (size_t i = beg; i < end && tries < TRIES_MAX; i++) {
        const ds_attribution *a = &c->marks->attributions[i];
        bool plain = a->reportive && a->clause && a->certainty == DS_CERT_REPORTED;
        if (a->sent != sent || !plain)
            continue;
        tries++;
        DS_TRY(read_saying(d, a));
    }
    return DS_OK;
}

/* ---- sentences ------------------------------------------------------------------------------------------------------- */

/* Do the words that the row asks for stand before token i? */
static bool stands_after(const doer *d, const stance *s)
{
    const claimer *c = &d->c;
    ds_str words = cell(d, s, COL_AFTER);
    uint32_t i = s->tok;
    while (words.len) {
        size_t beg = words.len - last_word_len(words);
        if (i == c->sent->tok || !ds_str_eq(norm_at(c, --i), ds_str_cut(words, beg, words.len)))
            return false;
        words = ds_str_trim(ds_str_cut(words, 0, beg));
    }
    return true;
}

static ds_status read_rows(doer *d, uint32_t tok, uint32_t n, uint32_t row)
{
    claimer *c = &d->c;
    ds_str phrase = ds_table_cell(d->rows, row, 0);
    uint32_t word = ds_doc_word_at(c->doc, c->sent, c->doc->toks[tok].span.beg + 1);
    for (; row < d->rows->rows && ds_str_eq(ds_table_cell(d->rows, row, 0), phrase); row++) {
        stance s = {.row = row, .tok = tok, .tok_end = tok + n, .word = word, .subject = word};
        if (word >= c->sent->word_end || c->parse->nodes[word].head == DS_UNPARSED ||
            !stands_after(d, &s))
            continue;
        bool voice = cell_is(d, &s, COL_CLASS, "voice");
        ds_status st = voice ? read_voice(d, &s) : read_opposite(d, &s);
        if (st != DS_NONE)
            return st;
    }
    return DS_OK;
}

#define GAP_MAX 6 /* tokens between a verb and its particle: "pulled all of its soldiers out" */
#define KEY_MAX 32

/* The row of a verb and a particle further behind: "pulled its soldiers out". */
static int64_t parted_row(const doer *d, uint32_t i)
{
    const claimer *c = &d->c;
    ds_str verb = c->parse->lemmas[i].norm;
    char key[KEY_MAX];
    for (uint32_t k = i + 1; k < c->sent->tok_end && k <= i + GAP_MAX; k++) {
        ds_str part = norm_at(c, k);
        bool adverb = upos_at(c, k) == DS_ADV || upos_at(c, k) == DS_ADP;
        if (!adverb || verb.len + part.len + 1 > KEY_MAX)
            continue;
        memcpy(key, verb.at, verb.len);
        key[verb.len] = ' ';
        memcpy(key + verb.len + 1, part.at, part.len);
        int64_t row = ds_phrase_find(d->opposites, (ds_str){key, verb.len + part.len + 1});
        if (row >= 0)
            return row;
    }
    return -1;
}

/* Tokens of the phrase that begins at token i, 0: none; verbs by their lemma, other words as they stand. */
static uint32_t phrase_at(const doer *d, uint32_t i, uint32_t *row)
{
    const claimer *c = &d->c;
    if (!((c->parse->lemmas[i].starts | c->doc->toks[i].starts) & ds_phrases_bit(d->opposites)))
        return 0;
    uint32_t n = ds_phrase_at(d->opposites, c->parse->lemmas, i, c->sent->tok_end, row);
    if (!n)
        n = ds_phrase_at(d->opposites, c->doc->toks, i, c->sent->tok_end, row);
    int64_t parted = n || upos_at(c, i) != DS_VERB ? -1 : parted_row(d, i);
    if (parted < 0)
        return n;
    *row = (uint32_t)parted;
    return 1;
}

static ds_status read_sentence(doer *d)
{
    claimer *c = &d->c;
    uint32_t tries = 0;
    d->title = c->sent->part == DS_PART_TITLE;
    for (uint32_t i = c->sent->tok; i < c->sent->tok_end && tries < TRIES_MAX;) {
        uint32_t row, n = phrase_at(d, i, &row);
        if (n) {
            tries++;
            DS_TRY(read_rows(d, i, n, row));
        }
        i += n ? n : 1;
    }
    return DS_OK;
}

static ds_status read_deeds(doer *d)
{
    claimer *c = &d->c;
    uint64_t bit = ds_phrases_bit(d->opposites);
    for (size_t i = 0; i < c->doc->sents_len; i++) {
        c->sent = &c->doc->sents[i];
        if (c->sent->part > DS_PART_CAPTION || c->sent->word == c->sent->word_end ||
            c->parse->nodes[c->sent->word].head == DS_UNPARSED)
            continue;
        if (c->parse->event_starts[i] & bit)
            DS_TRY(read_sentence(d));
        DS_TRY(read_sayings(d));
    }
    return DS_OK;
}

ds_status ds_claim_deeds(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                         const ds_marks *marks, const ds_lexicon *lex, ds_deeds *out, ds_err *err)
{
    doer d = {.c = {.arena = a, .doc = doc, .parse = parse, .marks = marks, .lex = lex},
              .opposites = ds_lexicon_phrases(lex, "opposites"),
              .around = ds_lexicon_phrases(lex, "opposites.words")};
    DS_TRY(open_tables(&d.c, err));
    if (!d.opposites || !d.around)
        return ds_fail(err, DS_BAD, "the lexicon lacks a table that deeds need", 0);
    d.rows = ds_phrases_table(d.opposites);
    if (read_deeds(&d) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = (ds_deeds){d.deeds.at, d.deeds.len};
    return DS_OK;
}

const char *ds_deed_kind_name(ds_deed_kind k)
{
    static const char *const names[] = {"change", "standing", "lasting"};
    return (unsigned)k < sizeof names / sizeof *names ? names[k] : "?";
}
