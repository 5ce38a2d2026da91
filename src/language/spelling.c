/* SPDX-License-Identifier: Apache-2.0 */
/* What the spellings of one name share: no accents, no marks, one letter for those that transliterations exchange. */
#include "language/language.h"

enum {
    LONG_WORD =
        5 /* letters of a word that may be spelled in several ways: short ones are other names ("Lin", "Lyn") */
};

typedef struct respelling {
    char from[8], to[8];
    bool last; /* only at the end of the word */
} respelling;

/* The first that fits counts. Each with two spellings of one name. */
// clang-format off
static const respelling rules[] = {
    {"oui", "oui", false}, /* Louis is not Luis: no rule */
    {"our", "or", true},   /* Labour, Labor: British and American */
    {"isation", "ization", false}, /* Organisation, Organization */
    {"ence", "ense", true},        /* Defence, Defense */
    {"tre", "ter", true},          /* Centre, Center */
    {"mme", "m", true},            /* Programme, Program */
    {"kh", "h", false},    /* Kharlin, Harlin: Cyrillic and Arabic kh */
    {"ks", "x", false},    /* Aleksei, Alexei */
    {"ou", "u", false},    /* Mahmoud, Mahmud: by way of French, by way of English */
    {"oe", "o", false},    /* Schroeder, Schröder */
    {"ue", "u", false},    /* Mueller, Müller */
    {"yev", "ev", true},   /* Medvedyev, Medvedev */
    {"iev", "ev", true},   /* Medvediev, Medvedev */
    {"y", "i", false},     /* Sergey, Sergei; Dmitriy, Dmitrii */
    {"q", "k", false},     /* Qasim, Kasim */
};
// clang-format on

/* Letters that a rule begins with: at most letters none does. */
static bool begins_rule(uint32_t c)
{
    enum {
#define LETTER(c) (1 << ((c) - 'a'))
        FIRST = LETTER('o') | LETTER('i') | LETTER('e') | LETTER('t') | LETTER('m') | LETTER('k') |
                LETTER('u') | LETTER('y') | LETTER('q')
#undef LETTER
    };
    return c >= 'a' && c <= 'z' && (FIRST >> (c - 'a') & 1);
}

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

static bool fits(const respelling *r, const uint32_t *c, size_t n)
{
    size_t len = 0;
    for (; r->from[len]; len++)
        if (len >= n || c[len] != (uint32_t)r->from[len])
            return false;
    return !r->last || len == n;
}

static const respelling *rule_at(const uint32_t *c, size_t n)
{
    for (size_t i = 0; begins_rule(*c) && i < sizeof rules / sizeof *rules; i++)
        if (fits(&rules[i], c, n))
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
        const respelling *r = rule_at(c + i, n - i);
        for (const char *z = r ? r->to : ""; *z; z++)
            len = put(out, len, (uint32_t)*z);
        if (!r)
            len = put(out, len, c[i]);
        i += r ? strlen(r->from) : 1;
    }
    return len;
}
