/* SPDX-License-Identifier: Apache-2.0 */
/* contents.c - what was said: the clause, quotation or phrase that a cue introduces. */
#include "annotate/attributions_internal.h"

static void add_part(said *x, uint32_t beg, uint32_t end)
{
    if (beg >= end || x->parts == 2)
        return;
    x->content[x->parts++] = (words_range){beg, end};
}

static bool has_subject(const tree *t, uint32_t w)
{
    return child_with(t, w, R_NSUBJ) < t->end || child_with(t, w, R_NSUBJ_PASS) < t->end;
}

/* What follows the content at the cue's own level belongs to it too, up to a comma or a clause of its own. */
static uint32_t right_end(const speaker *k, uint32_t child)
{
    const tree *t = &k->t;
    uint32_t end = high(t, child);
    for (uint32_t d = next_child(t, child); d < t->end; d = next_child(t, d)) {
        rel r = rel_at(t, d);
        bool part = r == R_OBL || r == R_ADVMOD || r == R_OBJ || r == R_XCOMP || r == R_ADVCL ||
                    r == R_CCOMP;
        bool aside =
            r == R_ADVCL && word_is(t, low(t, d), ",") && !word_is(t, low(t, d) + 1, "when");
        if (!part || aside || low(t, d) > end)
            break; /* "dismissed the claim, saying", not "their presence since May, when 12 came" */
        end = high(t, d) > end ? high(t, d) : end;
    }
    return end;
}

/* The head's subtree without the cue's: "K1, X said, K2". */
static bool around(const speaker *k, const cue *c, uint32_t head, said *x)
{
    const tree *t = &k->t;
    uint32_t lo = low(t, head), hi = high(t, head), a = low(t, c->word), b = high(t, c->word);
    add_part(x, lo, a < hi ? a : hi);
    add_part(x, b > lo ? b : lo, hi);
    return x->parts > 0;
}

static bool is_clause(const tree *t, uint32_t w)
{
    return word_upos(t, w) == DS_VERB || has_subject(t, w) || child_with(t, w, R_COP) < t->end;
}

uint32_t that_clause(const tree *t, uint32_t noun)
{
    for (uint32_t d = first_child(t, noun); d < t->end; d = next_child(t, d))
        if ((rel_at(t, d) == R_RELCL || rel_at(t, d) == R_ACL) && word_is(t, low(t, d), "that") &&
            has_subject(t, d))
            return d;
    return t->end;
}

/* "by police", "from the army" behind a verb or noun. */
static bool names_agent(const tree *t, uint32_t w)
{
    rel r = rel_at(t, w);
    return r == R_OBL_AGENT ||
           (r == R_NMOD && (word_is(t, low(t, w), "by") || word_is(t, low(t, w), "from")));
}

/* Before a second cue inside the clause that belongs beside the first, with its "and". */
static uint32_t before_lifted(const speaker *k, uint32_t clause, uint32_t end)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, clause); d < t->end; d = next_child(t, d)) {
        bool second = rel_at(t, d) == R_CONJ && ds_phrase_find(k->s.cues, word_lemma(t, d)) >= 0 &&
                      lifted(k, d) < t->end;
        if (second)
            return low(t, d) < end ? low(t, d) : end;
    }
    return end;
}

/* A clause behind a verb. Parsers take "claims" and "reports" for nouns that a clause describes: verbs have none of these. */
static bool is_said(const tree *t, const cue *c, uint32_t d)
{
    rel r = rel_at(t, d);
    if (r == R_CCOMP || (r == R_PARATAXIS && !c->passive && is_clause(t, d)))
        return true;
    return (r == R_RELCL || r == R_ACL) && d > c->word && has_subject(t, d) &&
           low(t, d) == c->at.end;
}

/* "insist most of those killed are fighters": the clause's subject, which parsers hang on the cue as its object. */
static uint32_t clause_from(const tree *t, const cue *c, uint32_t clause)
{
    uint32_t object = child_with(t, c->word, c->told ? R_OBJ : R_IOBJ), first = low(t, clause);
    for (uint32_t w = c->at.end; w < first;
         w++) /* "said that at one point half, and later all, was lost" */
        if (word_is(t, w, "that") && word_upos(t, w) == DS_SCONJ)
            return w;
    object = object < t->end ? object : child_with(t, c->word, R_OBJ);
    bool before = object < clause && object > c->word && high(t, object) == low(t, clause);
    if (before && !has_subject(t, clause) && child_with(t, clause, R_MARK) == t->end)
        return low(t, object);
    return first > c->at.end ? first : c->at.end;
}

/* Clauses that hang on the cue, on either side: at most one of each. */
static bool clauses(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t left = t->end, right = t->end, also = t->end;
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d)) {
        rel r = rel_at(t, d);
        uint32_t mark = r == R_CONJ ? child_with(t, d, R_MARK) : t->end;
        bool and_that =
            mark < t->end && word_is(t, mark, "that"); /* "said it struck and that 12 died" */
        if (and_that && right < t->end)
            also = d;
        else if (and_that)
            right = d;
        bool person = c->told && (r == R_OBJ || r == R_IOBJ);
        uint32_t told = person || names_agent(t, d) ? that_clause(t, d) : t->end;
        if (told < t->end)
            right = right < t->end ? right : told;
        if (!is_said(t, c, d))
            continue;
        if (d < c->word)
            left = left < t->end ? left : d;
        else
            right = right < t->end ? right : d;
    }
    if (left < t->end)
        add_part(x, low(t, left), high(t, left) <= c->at.beg ? high(t, left) : c->at.beg);
    if (right < t->end)
        add_part(x, clause_from(t, c, right),
                 also < t->end ? high(t, also) : before_lifted(k, right, right_end(k, right)));
    return x->parts > 0;
}

bool that_follows(const speaker *k, const cue *c)
{
    return c->at.end < k->t.end && word_is(&k->t, c->at.end, "that");
}

/* "K, X said": the cue hangs on what is said. */
static bool hangs_on_content(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    rel r = rel_at(t, c->word);
    uint32_t head = head_at(t, c->word);
    bool as = r == R_ADVCL && child_with(t, c->word, R_MARK) < t->end &&
              word_is(t, child_with(t, c->word, R_MARK), "as");
    if (head == t->end || !(r == R_PARATAXIS || as) || that_follows(k, c))
        return false;
    while (as && rel_at(t, head) == R_ACL && head_at(t, head) < t->end)
        head = head_at(t, head); /* "46 people confirmed dead, as reported by" */
    return around(k, c, head, x);
}

static bool phrase_right(const speaker *k, const cue *c, rel wanted, said *x)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d))
        if (rel_at(t, d) == wanted && d > c->word) {
            add_part(x, low(t, d) > c->at.end ? low(t, d) : c->at.end, right_end(k, d));
            return x->parts > 0;
        }
    return false;
}

static bool colon_follows(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t i = c->at.end;
    for (; i < t->end && i < c->at.end + 8; i++)
        if (word_is(t, i, ":")) {
            add_part(x, i + 1, t->end);
            return true;
        }
    return false;
}

bool verb_content(const speaker *k, const cue *c, said *x)
{
    x->parts = 0;
    x->strong = true;
    if (clauses(k, c, x) || hangs_on_content(k, c, x))
        return true;
    if ((c->is & C_SPEECH) && colon_follows(k, c, x))
        return true;
    x->strong = false;
    if (cue_has(k, word_lemma(&k->t, c->word), "figure") && phrase_right(k, c, R_OBJ, x))
        return true; /* "counts 52 dead" */
    if (phrase_right(k, c, R_XCOMP, x) || phrase_right(k, c, R_OBJ, x))
        return true;
    return phrase_right(k, c, R_OBL, x);
}

/* May a clause begin with this word: with its subject? */
static bool opens_clause(const tree *t, uint32_t w)
{
    ds_upos u = word_upos(t, w);
    return u == DS_DET || u == DS_NOUN || u == DS_PROPN || u == DS_PRON || u == DS_NUM ||
           u == DS_ADJ;
}

static bool is_finite(const tree *t, uint32_t w)
{
    ds_upos u = word_upos(t, w);
    uint32_t to = child_with(t, w, R_MARK);
    bool bare = to < t->end && word_is(t, to, "to");
    return u == DS_AUX || (u == DS_VERB && !bare && rel_at(t, w) != R_AMOD &&
                           rel_at(t, w) != R_ACL && !ds_str_ends(word_text(t, w), DS_STR("ing")));
}

/* A verb with a form of its own behind word w, before a comma or a relative clause. */
static bool finite_from(const tree *t, uint32_t w)
{
    for (uint32_t i = w + 1; i < t->end && !word_is(t, i, ","); i++) {
        if (word_is(t, i, "that") || word_is(t, i, "which") || word_is(t, i, "who"))
            return false;
        if (is_finite(t, i))
            return true;
    }
    return false;
}

/* "which, Holm said, is full", "the girls who she said were lost": the verb of what stands before the cue and its subject. */
static bool verb_said(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    uint32_t w = c->at.end;
    bool commas = w < t->end && word_is(t, w, ",") && x->source.beg > t->beg &&
                  word_is(t, x->source.beg - 1, ",");
    w += commas;
    while (w < t->end && word_upos(t, w) == DS_ADV)
        w++;
    if (w >= t->end || x->source.end != c->at.beg || x->source.beg <= t->beg + 1 ||
        !is_finite(t, w))
        return false;
    uint32_t end = w;
    while (end < t->end && !word_is(t, end, ",") && !word_is(t, end, ";"))
        end++;
    x->parts = 0;
    x->strong = true;
    add_part(x, c->at.end + commas, end);
    return true;
}

bool rest_said(const speaker *k, const cue *c, said *x)
{
    enum { ADDRESSEE = 12 }; /* words of the one who was told */
    const tree *t = &k->t;
    uint32_t from = c->at.end;
    if (!c->told && (c->is & (C_SPEECH | C_HEDGE)) && verb_said(k, c, x))
        return true;
    if (!(c->is & (C_SPEECH | C_REPORT | C_HEDGE)) || rel_at(t, c->word) == R_RELCL)
        return false;
    for (uint32_t w = from; c->told && w < t->end && w < from + ADDRESSEE; w++) {
        ds_upos u = word_upos(t, w);
        if (word_is(t, w, "that") || u == DS_VERB || u == DS_AUX || word_is(t, w, ",")) {
            from = word_is(t, w, "that") ? w + 1 : t->end;
            break;
        }
    }
    bool that = from > c->at.end;
    if (from >= t->end || (c->told && !that) || !opens_clause(t, from) || !finite_from(t, from))
        return false;
    x->parts = 0;
    x->strong = true;
    add_part(x, that ? from - 1 : from, t->end);
    return true;
}

bool noun_content(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    x->parts = 0;
    x->strong = true;
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d)) {
        rel r = rel_at(t, d);
        if (d < c->word)
            continue;
        bool that = (r == R_ACL || r == R_CCOMP || r == R_RELCL) && word_is(t, low(t, d), "that");
        uint32_t clause = that || r == R_CCOMP ? d : names_agent(t, d) ? that_clause(t, d) : t->end;
        if (clause < t->end) {
            add_part(x, low(t, clause), high(t, clause));
            return true;
        }
    }
    x->strong = false;
    static const char *const cases[] = {"of",   "about",   "for", "on",
                                        "over", "against", "to",  "with"};
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d))
        for (size_t i = 0; d > c->word && i < sizeof cases / sizeof *cases; i++)
            if ((rel_at(t, d) == R_NMOD || rel_at(t, d) == R_ACL) &&
                word_is(t, low(t, d), cases[i])) {
                add_part(x, low(t, d), high(t, d));
                return true;
            }
    return false;
}
