/* SPDX-License-Identifier: Apache-2.0 */
/* times_tense.c - does a clause speak of the past or of the future?
 *
 * With a parse: from the expression up the heads; the first verb that tells decides. "The fleet, which sailed on Monday, will
 * return" is past for Monday. Without one: the nearest verb cue of times.tsv or past form, in the same clause. */
#include "annotate/times_internal.h"

#include "language/language.h"

/* A verb cue further off than this belongs to another clause more often than not. */
enum { TENSE_REACH = 14 };
enum { CLIMB_MAX = 8, AUX_REACH = 8 };

/* ---- with a parse ----------------------------------------------------------------------------------------------- */

/* First word of the sentence at hand that ends behind `at`. */
static uint32_t word_at(const times *t, uint32_t at)
{
    uint32_t lo = t->word_from, hi = t->doc->sents[t->sent].word_end;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->doc->words[mid].span.end <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static ds_str word_norm(const times *t, uint32_t w)
{
    return t->doc->toks[t->doc->words[w].tok].norm;
}

static bool tag_is(const times *t, uint32_t w, const char *tag)
{
    return strcmp(ds_xpos_name(t->parse->nodes[w].xpos), tag) == 0;
}

static bool rel_starts(const times *t, uint32_t w, const char *rel)
{
    return strncmp(ds_rel_name(t->parse->nodes[w].rel), rel, strlen(rel)) == 0;
}

/* Class of a word in times.tsv by its form. */
static bool word_is(const times *t, uint32_t w, uint64_t set)
{
    uint32_t tok = t->doc->words[w].tok, row;
    if (!(t->doc->toks[tok].starts & t->bit))
        return false;
    return ds_phrase_at(t->words, t->doc->toks, tok, t->doc->sents[t->sent].tok_end, &row) &&
           (t->sets[row] & set) != 0;
}

static bool is_may(ds_str norm)
{
    static const char *const words[] = {"can", "could", "ca"}; /* "could not be reached Friday" */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (norm_eq(norm, words[i]))
            return true;
    return false;
}

enum { TENSE_IS = -9 }; /* "is heard": not told, though a participle */

/* What the auxiliaries and "to" of a verb say: will, may; to; did, has, was; is, are; 0: there are none. */
static int by_helpers(const times *t, uint32_t verb)
{
    uint32_t from = verb > t->word_from + AUX_REACH ? verb - AUX_REACH : t->word_from;
    int tense = 0;
    for (uint32_t w = from; w < verb; w++) {
        const ds_node *n = &t->parse->nodes[w];
        if (n->head != verb)
            continue;
        if (tag_is(t, w, "MD"))
            return is_may(word_norm(t, w)) ? TENSE_MAY : TENSE_WILL;
        if (tag_is(t, w, "TO")) /* "a plan to sail Friday" may be Friday's plan */
            return rel_starts(t, verb, "acl") ? TENSE_MAY : TENSE_TO;
        if (!rel_starts(t, w, "aux") && !rel_starts(t, w, "cop"))
            continue;
        bool was = tag_is(t, w, "VBD") || tag_is(t, w, "VBN") || norm_eq(word_norm(t, w), "has") ||
                   norm_eq(word_norm(t, w), "have");
        tense = was || tense == TENSE_WAS ? TENSE_WAS : TENSE_IS;
    }
    return tense;
}

/* "said", "says": what is said, in whatever form, was said. */
static bool is_speech(const times *t, uint32_t verb)
{
    static const char *const verbs[] = {"says", "say", "tells", "reports", "writes", "adds"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (norm_eq(word_norm(t, verb), verbs[i]))
            return true;
    return false;
}

static int by_verb(const times *t, uint32_t verb, bool ahead)
{
    if (word_is(t, verb, CLASS(WILL)) || (ahead && word_is(t, verb, CLASS(DEFER))))
        return TENSE_WILL;
    int tense = by_helpers(t, verb);
    if (tense)
        return tense == TENSE_IS ? 0 : tense;
    if (tag_is(t, verb, "VBD") || tag_is(t, verb, "VBN") || is_speech(t, verb))
        return TENSE_WAS;
    return 0;
}

static bool is_verb(const times *t, uint32_t w)
{
    uint8_t upos = t->parse->nodes[w].upos;
    return upos == DS_VERB || upos == DS_AUX;
}

/* Does a predicate without a verb have a copula? "The vote was on Monday" hangs on the noun. */
static int by_copula(const times *t, uint32_t w)
{
    int tense = is_verb(t, w) ? 0 : by_helpers(t, w);
    return tense == TENSE_IS ? 0 : tense;
}

/* "until Tuesday", "through 9 a.m. EST Tuesday". */
static bool leads_ahead(const times *t, uint32_t i)
{
    enum { CLOCK_REACH = 4 };
    static const uint64_t clock = CLASS(CLOCK) | CLASS(ZONE) | CLASS(NOON) | CLASS(NUMBER);
    uint32_t k = i;
    while (k > 0 && i - k < CLOCK_REACH &&
           (is_any(t, k - 1, clock) || t->p.at[k - 1].kind == DS_TOK_NUMBER))
        k--;
    return k > 0 && (is_word(t, k - 1, "until") || is_word(t, k - 1, "through") ||
                     is_word(t, k - 1, "to") || is_word(t, k - 1, "till"));
}

/* false: the sentence has no heads. */
static bool by_heads(const times *t, uint32_t i, uint32_t end, int *tense)
{
    uint32_t first = word_at(t, t->p.at[i].span.beg), w = first,
             last = word_at(t, t->p.at[end - 1].span.beg);
    uint32_t stop = t->doc->sents[t->sent].word_end;
    bool ahead = leads_ahead(t, i), near = ahead;
    *tense = 0;
    if (w >= stop || t->parse->nodes[w].head == DS_UNPARSED)
        return false;
    for (int step = 0; step < CLIMB_MAX && *tense == 0; step++) {
        uint32_t head = t->parse->nodes[w].head;
        if (head < t->word_from || head >= stop)
            break;
        w = head;
        if (w >= first && w <= last)
            continue;
        *tense = is_verb(t, w) ? by_verb(t, w, ahead) : by_copula(t, w);
        near = near || *tense == 0;
    }
    if (*tense == TENSE_WAS && near)
        *tense = TENSE_NEAR_WAS;
    return true;
}

/* ---- without ------------------------------------------------------------------------------------------------------ */

static bool ends_clause(const times *t, uint32_t i)
{
    const piece *p = &t->p.at[i];
    return p->kind == DS_TOK_PUNCT &&
           (p->norm.at[0] == ',' || p->norm.at[0] == ';' || p->norm.at[0] == ':');
}

/* Irregular forms that lemmas.tsv knows as verbs and that end in no -ing or -s are past forms. */
static bool is_irregular_past(const times *t, ds_str norm)
{
    enum { LEMMA_CLASS = 1, LEMMA = 2 };
    int64_t row = t->lemmas && norm.len > 2 ? ds_phrase_find(t->lemmas, norm) : -1;
    if (row < 0 || ds_str_ends(norm, DS_STR("ing")) || ds_str_ends(norm, DS_STR("s")))
        return false;
    return ds_str_eq(ds_table_cell(t->lemmas_t, (uint32_t)row, LEMMA_CLASS), DS_STR("verb")) &&
           !ds_str_eq(ds_table_cell(t->lemmas_t, (uint32_t)row, LEMMA), norm);
}

static int cue(const times *t, uint32_t i)
{
    if (is(t, i, C_WILL))
        return TENSE_WILL;
    if (is(t, i, C_WAS))
        return TENSE_WAS;
    const piece *p = &t->p.at[i];
    if (p->kind != DS_TOK_WORD || p->cap)
        return 0;
    bool regular = p->norm.len > 4 && ds_str_ends(p->norm, DS_STR("ed"));
    return regular || is_irregular_past(t, p->norm) ? TENSE_WAS : 0;
}

static int by_cues(const times *t, uint32_t i, uint32_t end, bool after)
{
    for (uint32_t k = i; k > 0 && i - k < TENSE_REACH && !ends_clause(t, k - 1); k--) {
        int c = cue(t, k - 1);
        if (c < 0 && k >= 2 &&
            is(t, k - 2, C_WILL)) /* "is expected to have moved", "to be moved" */
            continue;
        if (c)
            return c;
    }
    for (uint32_t k = end; after && k < t->p.len && k - end < TENSE_REACH; k++) {
        int c = cue(t, k);
        if (c)
            return c;
    }
    return 0;
}

int tense_at(const times *t, uint32_t i, uint32_t end, bool after)
{
    int tense;
    if (i > 0 && is_word(t, i - 1, "since"))
        return TENSE_WAS;
    if (i > 0 && is(t, i - 1, C_WILL) && /* "as early as Tuesday" */
        (t->p.at[i - 1].tok_end > t->p.at[i - 1].tok + 1 || is_word(t, i - 1, "effective")))
        return TENSE_WILL;
    if (t->parse && by_heads(t, i, end, &tense))
        return tense;
    return by_cues(t, i, end, after);
}
