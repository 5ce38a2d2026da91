/* SPDX-License-Identifier: Apache-2.0 */
/* speakers.c - who says what a cue introduces, and to whom or through whom. */
#include "annotate/attributions_internal.h"

enum {
    CLIMB_MOST = 4
}; /* heads above a cue in which its subject may be: "wants to go on to say" */

uint32_t subject_word(const tree *t, uint32_t w)
{
    uint32_t s = child_with(t, w, R_NSUBJ);
    return s < t->end ? s : child_with(t, w, R_NSUBJ_PASS);
}

bool relative_pronoun(const tree *t, uint32_t w)
{
    return word_is(t, w, "who") || word_is(t, w, "which") || word_is(t, w, "that");
}

/* "In the first hours relatives had reported": no subject has a preposition of time or place; the noun alone is meant. */
static bool misread_adverbial(const tree *t, uint32_t child)
{
    static const char *const openers[] = {"in", "on", "at", "after", "during", "since", "before"};
    for (size_t i = 0; i < sizeof openers / sizeof *openers && rel_at(t, child) == R_CASE; i++)
        if (word_is(t, child, openers[i]))
            return true;
    return false;
}

/* "The bureau published figures showing": whoever brings out a document says what it says. t.end: nobody does. */
static uint32_t publisher(const speaker *k, uint32_t document)
{
    const tree *t = &k->t;
    uint32_t verb = rel_at(t, document) == R_OBJ ? head_at(t, document) : t->end;
    return verb < t->end && rel_at(t, verb) != R_ACL && cue_has(k, word_lemma(t, verb), "issues")
               ? child_with(t, verb, R_NSUBJ)
               : t->end;
}

/* A noun with what belongs to its name on both sides. */
static words_range phrase_of(const speaker *k, uint32_t noun)
{
    const tree *t = &k->t;
    words_range r = {low(t, noun), noun + 1};
    for (uint32_t d = first_child(t, noun); d < t->end; d = next_child(t, d)) {
        rel x = rel_at(t, d);
        if (d < noun) {
            bool before = x == R_CASE || x == R_MARK || x == R_CC || x == R_PUNCT;
            r.beg = before && r.beg <= d ? high(t, d) : r.beg; /* "with estimates claiming" */
            continue;
        }
        if (x == R_NMOD && in_date(&k->s, k->s.doc->words[d].tok))
            break;
        if (word_is(t, low(t, d), "("))
            break;
        bool beside = (x == R_APPOS || x == R_AMOD) && low(t, d) == r.end;
        beside |= x == R_ACL && low(t, d) == d &&
                  cue_has(k, word_lemma(t, d), "issues"); /* "a toll released by the firm" */
        if (!beside && x != R_FLAT && x != R_COMPOUND && x != R_NMOD && x != R_CASE)
            break; /* beside: "the newspaper Holm Post", "a source close to the talks" */
        r.end = high(t, d);
    }
    for (uint32_t w = noun + 1; w < r.end;
         w++) /* "an official from the ministry, who asked not to be named" */
        if (word_is(t, w, ",") || word_is(t, w, "("))
            r.end = w;
    return r;
}

words_range name_of(const speaker *k, uint32_t noun)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, noun); d < noun; d = next_child(t, d))
        if (misread_adverbial(t, d))
            return (words_range){noun, noun + 1};
    return phrase_of(k, noun);
}

/* The preposition of an agent is none of its name: "by police". */
void agent_is(const speaker *k, uint32_t noun, said *x)
{
    uint32_t clause = that_clause(&k->t, noun);
    source_is(k, noun, clause < k->t.end ? low(&k->t, clause) : k->t.end, x);
    x->name = phrase_of(k, noun);
    x->name.end = x->name.end < x->source.end ? x->name.end : x->source.end;
    for (uint32_t d = first_child(&k->t, noun); d < noun; d = next_child(&k->t, d))
        if (rel_at(&k->t, d) == R_CASE || rel_at(&k->t, d) == R_MARK)
            x->name.beg = d + 1; /* "described at the time by the army" */
    x->source.beg = x->name.beg;
}

void source_is(const speaker *k, uint32_t noun, uint32_t stop, said *x)
{
    const tree *t = &k->t;
    x->name = name_of(k, noun);
    x->source = (words_range){x->name.beg, high(t, noun)};
    if (x->source.beg < stop && x->source.end > stop)
        x->source.end = stop;
    if (x->source.end < x->name.end)
        x->name.end = x->source.end;
}

uint32_t lifted(const speaker *k, uint32_t w)
{
    const tree *t = &k->t;
    uint32_t h = rel_at(t, w) == R_CONJ ? head_at(t, w) : t->end;
    if (h == t->end || rel_at(t, h) != R_CCOMP || subject_word(t, w) < t->end)
        return t->end;
    uint32_t g = head_at(t, h), s = subject_word(t, h);
    bool person = s < t->end && (word_upos(t, s) == DS_PROPN || word_upos(t, s) == DS_PRON) &&
                  rel_at(t, s) == R_NSUBJ;
    bool passive =
        child_with(t, w, R_AUX_PASS) < t->end; /* "were investigated and were found to be" */
    return !person && !passive && g < t->end && subject_word(t, g) < t->end ? g : t->end;
}

/* The words of an outlet without articles and numbers. */
ds_str outlet_name(const speaker *k, words_range r)
{
    const tree *t = &k->t;
    while (r.beg + 1 < r.end && word_upos(t, r.beg) == DS_DET &&
           (word_text(t, r.beg).at[0] >= 'a' || word_text(t, r.beg + 1).at[0] >= 'a'))
        r.beg++;
    while (r.end > r.beg + 1 && word_upos(t, r.end - 1) == DS_NUM)
        r.end--;
    return ds_str_at(k->s.doc->text, words_span(k, r));
}

/* "the army, quoted by The Courier, said": the agency is where. */
static void quoted_source(const speaker *k, uint32_t noun, said *x)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, noun); d < t->end; d = next_child(t, d)) {
        bool quoted = (rel_at(t, d) == R_ACL || rel_at(t, d) == R_RELCL) &&
                      (word_is(t, d, "quoted") || word_is(t, d, "cited"));
        uint32_t agent = quoted ? child_with(t, d, R_OBL_AGENT) : t->end;
        if (agent < t->end)
            x->outlet = outlet_name(k, name_of(k, agent));
    }
}

/* "after the newspaper, quoting sources, reported": the noun before an aside, though parsers take another verb's subject. */
static uint32_t before_aside(const tree *t, uint32_t w)
{
    if (rel_at(t, w) != R_CONJ || child_with(t, w, R_CC) < t->end || w == t->beg ||
        !word_is(t, w - 1, ","))
        return t->end;
    uint32_t comma = w - 1;
    while (comma > t->beg && !word_is(t, comma - 1, ","))
        comma--;
    if (comma < t->beg + 2 || !ds_str_ends(word_text(t, comma), DS_STR("ing")) ||
        !quotes_somebody(t, comma))
        return t->end;
    uint32_t noun = comma - 2;
    ds_upos u = word_upos(t, noun);
    return u == DS_PROPN || u == DS_NOUN ? noun : t->end;
}

/* "comes after outlets in Norway reported": the clause's subject, which parsers hang on the verb above. t.end: it is none. */
static uint32_t before_clause(const tree *t, const cue *c)
{
    static const char *const openers[] = {"after", "before", "as", "since", "until", "while"};
    uint32_t head = rel_at(t, c->word) == R_ADVCL ? head_at(t, c->word) : t->end;
    for (uint32_t d = head < t->end ? first_child(t, head) : t->end; d < t->end;
         d = next_child(t, d))
        for (size_t i = 0; rel_at(t, d) == R_OBL && high(t, d) == c->at.beg &&
                           i < sizeof openers / sizeof *openers;
             i++)
            if (word_is(t, low(t, d), openers[i]))
                return d;
    return t->end;
}

/* "The militant claims some were killed": words right before a verb without subject, which parsers take for parts of a noun. */
static void words_before(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t last = c->word - 1;
    if (c->word == t->beg || c->at.beg != c->word || head_at(t, last) != c->word)
        return;
    rel r = rel_at(t, last);
    if ((r == R_AMOD || r == R_COMPOUND) && word_upos(t, low(t, c->word)) == DS_DET)
        x->source = x->name = (words_range){low(t, c->word), c->word};
}

void quoted_there(const speaker *k, said *x)
{
    const tree *t = &k->t;
    for (uint32_t w = x->source.beg + 1; w + 2 < t->end && w <= x->source.end + 1 && !x->outlet.at;
         w++) {
        uint32_t noun =
            quotes_somebody(t, w) && word_is(t, w + 1, "by") ? head_in(k, w + 2, t->end) : t->end;
        if (noun < t->end && word_upos(t, noun) == DS_PROPN)
            x->outlet = outlet_name(k, phrase_of(k, noun));
    }
}

/* The subject of a verb, or the noun that its relative pronoun stands for. False: it has none. */
static bool own_subject(const speaker *k, const cue *c, uint32_t w, said *x)
{
    const tree *t = &k->t;
    uint32_t s = subject_word(t, w), noun = head_at(t, w);
    if (s == t->end)
        return false;
    if (relative_pronoun(t, s) && rel_at(t, w) == R_RELCL && noun < t->end) {
        source_is(k, noun, s + 1, x);
        x->source.end = x->source.end < s + 1 ? s + 1 : x->source.end;
        return true;
    }
    source_is(k, s, s < c->word ? c->word : t->end, x);
    quoted_source(k, s, x);
    return true;
}

/* "figures showing", "the ministry, which said": the noun that the verb describes, or who brought it out. False: it describes none. */
static bool described(const speaker *k, uint32_t w, said *x)
{
    const tree *t = &k->t;
    rel r = rel_at(t, w);
    if (r != R_ACL && r != R_RELCL)
        return false;
    uint32_t noun = head_at(t, w), who = noun < t->end ? publisher(k, noun) : t->end;
    if (noun < t->end)
        source_is(k, who < t->end ? who : noun, who < t->end ? noun : low(t, w), x);
    return true;
}

/* "Reports from Norway and Sweden have confirmed": a verb beside a noun, without "and", is the noun's. False: it is not. */
static bool misread_conjunct(const speaker *k, const cue *c, uint32_t w, said *x)
{
    const tree *t = &k->t;
    bool beside = rel_at(t, w) == R_CONJ && child_with(t, w, R_CC) == t->end;
    uint32_t noun = beside ? head_at(t, w) : t->end;
    for (uint32_t h = noun < w ? head_at(t, noun) : t->end; h < w; h = head_at(t, h))
        noun = h;
    if (noun >= w || (word_upos(t, noun) != DS_NOUN && word_upos(t, noun) != DS_PROPN))
        return false;
    source_is(k, noun, c->at.beg, x);
    return true;
}

static bool climbs(rel r)
{
    return r == R_CONJ || r == R_XCOMP || r == R_ADVCL || r == R_PARATAXIS;
}

void find_source(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t w = c->word, own = before_aside(t, w);
    x->source = x->name = (words_range){0, 0};
    if (own == t->end && subject_word(t, w) == t->end)
        own = before_clause(t, c);
    if (own < t->end) {
        agent_is(k, own, x);
        return;
    }
    /* "300 were said to have left", "the fire, estimated to have cost a million" */
    if (c->passive && lifted(k, w) == t->end &&
        (subject_word(t, w) < t->end || rel_at(t, w) == R_ACL))
        return;
    if (lifted(k, w) < t->end)
        w = lifted(k, w);
    for (int up = 0; up < CLIMB_MOST && w < t->end; up++) {
        if (own_subject(k, c, w, x) || described(k, w, x) || misread_conjunct(k, c, w, x))
            return;
        if (!climbs(rel_at(t, w)))
            break;
        w = head_at(t, w);
    }
    words_before(k, c, x);
}

/* "was told by X": the agent. */
void find_agent(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d)) {
        bool by = rel_at(t, d) == R_OBL && d > c->word && word_is(t, low(t, d), "by");
        bool day = in_date(&k->s, k->s.doc->words[d].tok); /* "believed by mid-May to be" */
        if ((by || rel_at(t, d) == R_OBL_AGENT) && !day) {
            agent_is(k, d, x);
            return;
        }
    }
}

/* "Holm was quoted by The Courier as saying": Holm says it, the paper is where. */
bool quoted_by(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t who = child_with(t, c->word, R_NSUBJ_PASS);
    if (!quotes_somebody(t, c->word) || who == t->end)
        return false;
    find_agent(k, c, x);
    for (uint32_t d = first_child(t, c->word); d < t->end && !x->source.end; d = next_child(t, d)) {
        cue saying = {.word = d}; /* "as saying by The Courier" */
        find_agent(k, &saying, x);
    }
    if (x->source.end)
        x->outlet = outlet_name(k, x->name);
    source_is(k, who, c->word, x);
    return true;
}

/* A newspaper, an agency, a channel: by a name that is no person's, or by its kind (roles.tsv: outlet). */
static bool is_outlet(const speaker *k, uint32_t w)
{
    const tree *t = &k->t;
    ds_str lemma = ds_ascii_lower(k->s.arena, word_lemma(t, w));
    uint32_t news = child_with(t, w, R_COMPOUND); /* "the AFP news agency" */
    if (word_is(t, w, "agency") && news < w && word_is(t, w - 1, "news"))
        return true;
    int64_t row = lemma.at ? ds_phrase_find(k->s.roles, lemma) : -1;
    if (row >= 0 && ds_str_eq(ds_table_cell(k->s.roles_t, (uint32_t)row, 1), DS_STR("outlet")))
        return true;
    return word_upos(t, w) == DS_PROPN;
}

/* A name is the outlet itself; "the magazine" is the one that the page named last, "this website" is the page's own: none. */
static void outlet_is(const speaker *k, uint32_t noun, said *x)
{
    const tree *t = &k->t;
    uint32_t det = child_with(t, noun, R_DET);
    if (word_upos(t, noun) == DS_NOUN && det < noun) {
        if (word_is(t, det, "this") || child_with(t, noun, R_NMOD_POSS) < noun)
            return;
        ds_str named = word_is(t, det, "the") && det + 1 == noun
                           ? last_outlet(&k->s, k->s.doc->words[noun].span.beg)
                           : (ds_str){0};
        if (named.at) {
            x->outlet = named;
            return;
        }
    }
    x->outlet = outlet_name(k, name_of(k, noun));
}

/* The addressee of "told": a name becomes the outlet. */
void addressee(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t o = child_with(t, c->word, R_IOBJ);
    if (o == t->end)
        o = child_with(t, c->word, R_OBJ);
    if (o == t->end && c->at.end < t->end) /* "told the BBC 12 died": hung into the clause */
        o = head_in(k, c->at.end, c->at.end + 2 < t->end ? c->at.end + 2 : t->end);
    if (o < t->end && o > c->word && is_outlet(k, o))
        outlet_is(k, o, x);
}

/* "in an interview with the BBC", "in a statement to AFP": where it was said. */
void spoken_to(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, c->word); d < t->end && !x->outlet.at; d = next_child(t, d)) {
        ds_str lemma = word_lemma(t, d);
        bool talk = rel_at(t, d) == R_OBL && (ds_str_eq(lemma, DS_STR("interview")) ||
                                              ds_str_eq(lemma, DS_STR("statement")));
        uint32_t with = talk ? child_with(t, d, R_NMOD) : t->end;
        bool to =
            with < t->end && (word_is(t, low(t, with), "with") || word_is(t, low(t, with), "to"));
        if (to && is_outlet(k, with))
            outlet_is(k, with, x);
    }
}
