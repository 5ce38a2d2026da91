/* SPDX-License-Identifier: Apache-2.0 */
/* lemma.c - from an English form to its lemma: lexicon/en/lemmas.tsv first, then rules for -s, -ed, -ing.
 *
 * After -ed and -ing a stem may have lost an e or doubled its last letter. A stem that verbs.tsv knows decides; else the
 * endings below, which hold for most English verbs. */
#include "text/internal.h"

enum { STEM_MAX = 64 }; /* longer forms are no English verbs: they stay as they are */

typedef enum mend { KEEP, ADD_E } mend;

/* Longest ending first among those that share a last letter. */
static const struct rule {
    const char *ending;
    mend mend;
} rules
    [] =
        {
            // clang-format off
    {"eat", KEEP}, {"oat", KEEP}, {"uat", ADD_E}, {"at", ADD_E}, /* defeat; estimate, evaluate */
    {"out", KEEP}, {"ut", ADD_E},                                /* shout; execute */
    {"oot", KEEP}, {"iot", KEEP}, {"ot", ADD_E},                 /* shoot, riot; promote */
    {"air", KEEP}, {"ir", ADD_E},                                /* repair; require */
    {"our", KEEP}, {"eur", KEEP}, {"ur", ADD_E},                 /* favour; capture */
    {"ear", KEEP}, {"oar", KEEP}, {"ar", ADD_E},                 /* appear; declare */
    {"ain", KEEP}, {"oin", KEEP}, {"ein", KEEP}, {"uin", KEEP}, {"in", ADD_E}, /* explain, join; decline */
    {"ook", KEEP}, {"ok", ADD_E}, {"eak", KEEP}, {"oak", KEEP}, {"ak", ADD_E}, {"ik", ADD_E}, {"uk", ADD_E},
    {"aim", KEEP}, {"im", ADD_E}, {"eam", KEEP}, {"oam", KEEP}, {"am", ADD_E}, {"um", ADD_E},
    {"oom", KEEP}, {"om", ADD_E},
    {"eep", KEEP}, {"oop", KEEP}, {"eap", KEEP}, {"oup", KEEP}, {"ap", ADD_E}, {"op", ADD_E}, {"yp", ADD_E},
    {"ead", KEEP}, {"oad", KEEP}, {"ad", ADD_E}, {"eed", KEEP}, {"ed", ADD_E}, {"oid", KEEP}, {"aid", KEEP},
    {"id", ADD_E}, {"ood", KEEP}, {"od", ADD_E}, {"oud", KEEP}, {"ud", ADD_E},
    {"ail", KEEP}, {"oil", KEEP}, {"eil", KEEP}, {"il", ADD_E}, {"oul", KEEP}, {"aul", KEEP}, {"ul", ADD_E},
    {"bl", ADD_E}, {"cl", ADD_E}, {"dl", ADD_E}, {"fl", ADD_E}, {"gl", ADD_E}, {"kl", ADD_E}, {"pl", ADD_E},
    {"tl", ADD_E}, {"zl", ADD_E}, {"sl", ADD_E},
    {"tz", KEEP}, {"ss", KEEP}, {"zz", KEEP}, {"s", ADD_E}, {"v", ADD_E}, {"z", ADD_E}, {"c", ADD_E}, {"u", ADD_E},
    {"ing", KEEP}, {"ong", KEEP}, {"ng", ADD_E}, {"rg", ADD_E}, {"lg", ADD_E}, {"dg", ADD_E}, {"ag", ADD_E},
    {"eg", ADD_E}, {"ig", ADD_E}, {"ug", ADD_E},
    {"oib", KEEP}, {"ib", ADD_E}, {"ob", ADD_E}, {"ub", ADD_E}, {"eaf", KEEP}, {"oaf", KEEP}, {"af", ADD_E},
            // clang-format on
};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_vowel(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (is_vowel(s.at[i]))
            return true;
    return false;
}

static bool is_word(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.at[i] >= 'a' && s.at[i] <= 'z') && s.at[i] != '-')
            return false;
    return s.len > 0;
}

static ds_str with(ds_arena *a, ds_str stem, const char *tail)
{
    return ds_arena_printf(a, "%.*s%s", DS_FMT(stem), tail);
}

static bool is_verb(const ds_lexicon *lex, ds_str s)
{
    return lex && lex->verbs && ds_phrase_find(lex->verbs, s) >= 0;
}

/* stem + "e" without touching the arena, for look-ups. */
static bool is_verb_e(const ds_lexicon *lex, ds_str stem)
{
    char z[STEM_MAX + 1];
    memcpy(z, stem.at, stem.len);
    z[stem.len] = 'e';
    return is_verb(lex, (ds_str){z, stem.len + 1});
}

static bool is_doubled(ds_str s)
{
    size_t n = s.len;
    return n >= 3 && s.at[n - 1] == s.at[n - 2] && !is_vowel(s.at[n - 1]);
}

/* Base form of a verb from its form without -ed or -ing. */
static ds_str restore(ds_arena *a, const ds_lexicon *lex, ds_str stem)
{
    if (is_verb(lex, stem))
        return stem;
    if (is_verb_e(lex, stem))
        return with(a, stem, "e");
    if (is_doubled(stem)) {
        ds_str single = ds_str_cut(stem, 0, stem.len - 1);
        char c = stem.at[stem.len - 1];
        if (is_verb(lex, single) || (c != 'l' && c != 's' && c != 'z' && c != 'f'))
            return single; /* stopped; but not called, missed, buzzed, staffed */
        return stem;
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (ds_str_ends(stem, ds_str_of(rules[i].ending)))
            return rules[i].mend == ADD_E ? with(a, stem, "e") : stem;
    return stem;
}

/* -s: shared by nouns and verbs. */
static ds_str without_s(ds_arena *a, ds_str w)
{
    // clang-format off
    static const char *const es[] = {"sses", "shes", "ches", "xes", "zzes", "oes"};
    static const char *const keep[] = {"ss", "us", "is", "ous", "'s"};
    // clang-format on
    if (w.len < 4 || !ds_str_ends(w, DS_STR("s")))
        return w;
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++)
        if (ds_str_ends(w, ds_str_of(keep[i])))
            return w;
    if (w.len > 4 && ds_str_ends(w, DS_STR("ies")))
        return with(a, ds_str_cut(w, 0, w.len - 3), "y");
    for (size_t i = 0; i < sizeof es / sizeof *es; i++)
        if (w.len > 4 && ds_str_ends(w, ds_str_of(es[i])))
            return ds_str_cut(w, 0, w.len - 2);
    return ds_str_cut(w, 0, w.len - 1);
}

static ds_str verb_lemma(ds_arena *a, const ds_lexicon *lex, ds_str w)
{
    if (is_verb(lex, w))
        return w;
    bool ing = ds_str_ends(w, DS_STR("ing")), ed = ds_str_ends(w, DS_STR("ed"));
    if (!ing && !ed)
        return without_s(a, w);
    ds_str stem = ds_str_cut(w, 0, w.len - (ing ? 3 : 2));
    if (stem.len < 2 || !has_vowel(stem))
        return w;                                             /* bring, shed */
    if (ed && stem.len > 2 && ds_str_ends(stem, DS_STR("i"))) /* carried */
        return with(a, ds_str_cut(stem, 0, stem.len - 1), "y");
    if (ed && ds_str_ends(stem, DS_STR("e"))) { /* agreed; not exceed */
        ds_str base = ds_str_cut(w, 0, w.len - 1);
        return is_verb(lex, base) ? base : w;
    }
    return restore(a, lex, stem);
}

/* Row of lemmas.tsv for this form and class, or -1. */
static int64_t irregular(const ds_lexicon *lex, ds_str w, ds_str cls)
{
    int64_t row = lex && lex->lemmas ? ds_phrase_find(lex->lemmas, w) : -1;
    if (row < 0)
        return -1;
    const ds_table *t = ds_phrases_table(lex->lemmas);
    for (uint32_t r = (uint32_t)row; r < t->rows; r++) {
        if (!ds_str_eq(ds_table_cell(t, r, 0), w))
            break;
        if (ds_str_eq(ds_table_cell(t, r, 1), cls))
            return r;
    }
    return -1;
}

ds_str ds_text_lemma(ds_arena *a, const ds_lexicon *lex, ds_str norm, bool verb)
{
    int64_t row = irregular(lex, norm, verb ? DS_STR("verb") : DS_STR("noun"));
    if (row >= 0)
        return ds_table_cell(ds_phrases_table(lex->lemmas), (uint32_t)row, 2);
    if (norm.len < 3 || norm.len > STEM_MAX || !is_word(norm))
        return norm;
    return verb ? verb_lemma(a, lex, norm) : without_s(a, norm);
}
