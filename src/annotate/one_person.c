/* SPDX-License-Identifier: Apache-2.0 */
/* Noun phrases that stand for one person: "a neighbour", "her sister", "a 14-year-old girl", "Anna Holm, 52,"; in headlines
 * without an article: "Man", "Boy, 16,". */
#include "annotate/quantities_internal.h"

enum { PHRASE_REACH = 12 }; /* tokens of such a phrase: longer ones are misread sentences */

static bool is_title(const finder *f)
{
    return f->s.doc->sents[f->sent].part == DS_PART_TITLE;
}

/* A clause or an object may begin at token i of a headline. */
static bool opens(const finder *f, uint32_t i)
{
    return i == f->beg || upos_at(&f->s, i - 1) == DS_CCONJ || upos_at(&f->s, i - 1) == DS_VERB ||
           (tok_at(&f->s, i - 1)->kind == DS_TOK_PUNCT && !norm_is(&f->s, i - 1, "-"));
}

static bool age_unit(ds_str word)
{
    static const char *const units[] = {"year", "month", "week", "day", "years", "months"};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (ds_str_ends(word, ds_str_of(units[k])))
            return true;
    return false;
}

/* Behind "16-year-old", "sixteen-year-old", "16 year old" from token i on; i: there is none. */
static uint32_t behind_years(const finder *f, uint32_t i)
{
    uint32_t k = i;
    if (k + 1 < f->end && upos_at(&f->s, k) == DS_NUM) {
        k++;
        k += k + 1 < f->end && norm_is(&f->s, k, "-");
    }
    if (k >= f->end)
        return i;
    ds_str word = norm_at(&f->s, k);
    if (ds_str_ends(word, DS_STR("-old"))) /* "year-old" behind a figure is a word */
        return k + 1;
    return k > i && age_unit(word) && k + 1 < f->end && norm_is(&f->s, k + 1, "old") ? k + 2 : i;
}

/* Behind ", 52," or ", 52" at an end from token i on; i: there is none. */
static uint32_t behind_age(const finder *f, uint32_t i)
{
    if (i + 1 >= f->end || !norm_is(&f->s, i, ",") || tok_at(&f->s, i + 1)->kind != DS_TOK_NUMBER)
        return i;
    if (i + 2 < f->end && norm_is(&f->s, i + 2, ","))
        return i + 3;
    bool ends = i + 2 >= f->end || tok_at(&f->s, i + 2)->kind == DS_TOK_PUNCT;
    return ends ? i + 2 : i;
}

static bool singular_person(const finder *f, noun_phrase np, bool det)
{
    ds_str lemma = {0};
    if (np.head == UINT32_MAX)
        return false;
    ds_noun_class cls = noun_class_of(&f->s, np, &lemma);
    bool plural = !ds_str_ends(lemma, norm_at(&f->s, np.head));
    return (cls == DS_NC_PERSON || cls == DS_NC_SOLDIER) && !plural &&
           (upos_at(&f->s, np.head) == DS_NOUN || det || is_title(f));
}

/* "his", "their" as determiners are the rows of coref.tsv. */
bool says_one(const finder *f, uint32_t i)
{
    const ds_token *t = tok_at(&f->s, i);
    if (ds_str_eq(t->norm, DS_STR("a")) || ds_str_eq(t->norm, DS_STR("an")))
        return true;
    return (t->starts & f->s.coref_bit) && ds_phrase_find(f->s.coref, t->norm) >= 0;
}

bool one_person_at(const finder *f, uint32_t beg, one_person *out)
{
    bool det = beg < f->end && upos_at(&f->s, beg) == DS_DET;
    bool one = det && says_one(f, beg);
    uint32_t own = det && beg + 1 < f->end && norm_is(&f->s, beg + 1, "own");
    uint32_t from = beg + det + own, years = behind_years(f, from);
    noun_phrase np = {years, years, UINT32_MAX};
    if (years < f->end && upos_at(&f->s, years) != DS_ADV)
        np = noun_phrase_at(&f->s, years, f->end);
    if (np.head != UINT32_MAX)
        np.end = np.head + 1; /* "left a man dead" */
    uint32_t end = np.head == UINT32_MAX ? years : np.end, behind = behind_age(f, end);
    bool aged = years > from || behind > end;
    bool name = np.head != UINT32_MAX && !det && upos_at(&f->s, np.head) == DS_PROPN;
    bool person = singular_person(f, np, det);
    if (end == from || (np.head != UINT32_MAX && !person && !(name && aged)))
        return false;
    if (!person)
        np.head = UINT32_MAX; /* a name is no noun that is counted */
    bool bare = is_title(f) && opens(f, beg);
    *out = (one_person){beg, behind, one || (!det && (aged || bare)), np};
    return true;
}

bool one_person_before(const finder *f, uint32_t end, one_person *out)
{
    bool found = false;
    uint32_t least = end > f->beg + PHRASE_REACH ? end - PHRASE_REACH : f->beg;
    for (uint32_t i = end; i > least; i--) {
        one_person p;
        ds_upos u = upos_at(&f->s, i - 1);
        bool may = u == DS_DET || u == DS_NUM || u == DS_NOUN || u == DS_PROPN || u == DS_ADJ;
        if (may && one_person_at(f, i - 1, &p) && p.end == end) {
            *out = p;
            found = true;
        }
    }
    return found;
}
