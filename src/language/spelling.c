/* SPDX-License-Identifier: Apache-2.0 */
/* What the spellings of one name share: no accents, no marks, one letter for those that transliterations exchange. */
#include "language/language.h"

enum {
    LONG_WORD =
        5 /* letters of a word that may be spelled in several ways: short ones are other names ("Lin", "Lyn") */
};

typedef struct respelling {
    char from[8], to[8];
    enum { ANYWHERE, AT_END, BEHIND_CONSONANT } where;
} respelling;

/* The first that fits counts. Each with two spellings of one name. */
// clang-format off
static const respelling rules[] = {
    {"oui", "oui", ANYWHERE}, /* Louis is not Luis: no rule */
    {"our", "or", AT_END},   /* Labour, Labor: British and American */
    {"isation", "ization", ANYWHERE}, /* Organisation, Organization */
    {"ence", "ense", AT_END},        /* Defence, Defense */
    {"tre", "ter", AT_END},          /* Centre, Center */
    {"mme", "m", AT_END},            /* Programme, Program */
    {"kh", "h", ANYWHERE},    /* Kharlin, Harlin: Cyrillic and Arabic kh */
    {"ks", "x", ANYWHERE},    /* Aleksei, Alexei */
    {"ou", "u", ANYWHERE},    /* Mahmoud, Mahmud: by way of French, by way of English */
    {"oe", "o", BEHIND_CONSONANT}, /* Schroeder, Schröder */
    {"ue", "u", BEHIND_CONSONANT}, /* Mueller, Müller; Bauer is not Baur */
    {"yev", "ev", AT_END},   /* Medvedyev, Medvedev */
    {"iev", "ev", AT_END},   /* Medvediev, Medvedev */
    {"y", "i", ANYWHERE},     /* Sergey, Sergei; Dmitriy, Dmitrii */
    {"q", "k", ANYWHERE},     /* Qasim, Kasim */
};
// clang-format on

/* Letters and digits of the word, folded. */
static size_t folded(ds_str word, uint32_t out[DS_SPELLING_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < DS_SPELLING_MOST;) {
        uint32_t c = ds_language_fold(word, &i);
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
    }
    return n;
}

static bool is_consonant(uint32_t c)
{
    return c >= 'a' && c <= 'z' && !strchr("aeiouy", (int)c);
}

/* before: the letter before c, 0: none. */
static bool fits(const respelling *r, const uint32_t *c, size_t n, uint32_t before)
{
    size_t len = 0;
    for (; r->from[len]; len++)
        if (len >= n || c[len] != (uint32_t)r->from[len])
            return false;
    return r->where == ANYWHERE || (r->where == AT_END ? len == n : is_consonant(before));
}

static const respelling *rule_at(const uint32_t *c, size_t n, uint32_t before)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (*c == (uint32_t)rules[i].from[0] && fits(&rules[i], c, n, before))
            return &rules[i];
    return NULL;
}

/* A letter that is written twice counts once; digits stay. */
static size_t put(uint32_t *out, size_t n, uint32_t c)
{
    if (n > 0 && out[n - 1] == c && c >= 'a')
        return n;
    out[n] = c;
    return n + 1;
}

size_t ds_language_spelling(ds_str word, uint32_t out[DS_SPELLING_MOST])
{
    uint32_t c[DS_SPELLING_MOST];
    size_t n = folded(word, c), len = 0;
    if (n < LONG_WORD) {
        memcpy(out, c, n * sizeof *c);
        return n;
    }
    for (size_t i = 0; i < n;) {
        const respelling *r = rule_at(c + i, n - i, i ? c[i - 1] : 0);
        for (const char *z = r ? r->to : ""; *z; z++)
            len = put(out, len, (uint32_t)*z);
        if (!r)
            len = put(out, len, c[i]);
        i += r ? strlen(r->from) : 1;
    }
    return len;
}
