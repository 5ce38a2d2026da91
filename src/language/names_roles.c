/* SPDX-License-Identifier: Apache-2.0 */
/* names_roles.c - what a text says a person is, beside the name: a title before it ("President Yoon Suk Yeol", "Kremlin
 * spokesman Dmitry Peskov", "the group's leader, Ana Prat,") or an apposition behind it ("Edward Howell, Senior Lecturer at
 * Varn College, said"). Words of titles and roles are the gazetteer's. */
#include "language/names_roles.h"

enum {
    BEFORE_MOST = 12, /* words of a role before a name */
    HEAD_MOST = 9,    /* words of an apposition up to the one that names a role */
    AFTER_MOST = 24,  /* and in all */
};

typedef struct scene {
    const ds_doc *doc;
    const nm_text *t;
    const ds_node *nodes;
    const uint8_t *labels;
    nm_range s; /* the sentence */
} scene;

static const nm_range no_role = {0, 0};

static bool is(const scene *c, uint32_t i, const char *word)
{
    return i >= c->s.beg && i < c->s.end && ds_str_eq(c->t->words[i].text, ds_str_of(word));
}

static uint32_t marks(const scene *c, uint32_t i)
{
    return i >= c->s.beg && i < c->s.end ? nm_marks(&c->t->words[i]) : 0;
}

/* A word that tells what somebody does; of titles that only honour somebody, none. */
static bool tells_role(const scene *c, uint32_t i)
{
    uint32_t m = marks(c, i);
    return !c->labels[i] && m & (GZ_BIT(GZ_ROLE) | GZ_BIT(GZ_TITLE)) &&
           !(c->t->words[i].gz.one & GZ_BIT(GZ_HONORIFIC) && !(m & GZ_BIT(GZ_ROLE)));
}

static bool is_upos(const scene *c, uint32_t i, ds_upos upos)
{
    return i >= c->s.beg && i < c->s.end && c->nodes[i].upos == upos;
}

static bool is_person(const scene *c, uint32_t i)
{
    return i >= c->s.beg && i < c->s.end && c->labels[i] && nm_type(c->labels[i]) == DS_NAME_PERSON;
}

/* ---- before the name ------------------------------------------------------------------------------------------- */

/* May a word stand inside a title, left of a word of it? */
static bool extends(const scene *c, uint32_t i)
{
    bool name = !is_person(c, i) && (c->labels[i] || is_upos(c, i, DS_PROPN));
    return name || tells_role(c, i) || marks(c, i) & GZ_BIT(GZ_MODIFIER) || is(c, i, "-") ||
           (c->labels[i + 1] && !is_person(c, i + 1) && is_upos(c, i, DS_ADJ));
}

/* First word of the title whose last word is at `last`. */
static uint32_t title_from(const scene *c, uint32_t last)
{
    uint32_t i = last;
    while (i > c->s.beg && last - i < BEFORE_MOST && extends(c, i - 1))
        i--;
    while (i < last && is(c, i, "-"))
        i++;
    return i;
}

/* "Minister of Public Works Romeo Prat": the last word of the title proper, left of what it is the title of. */
static bool title_of(const scene *c, uint32_t name, uint32_t *last)
{
    for (uint32_t i = name; i-- > c->s.beg && name - i < BEFORE_MOST / 2;) {
        if (tells_role(c, i) && i + 2 < name && (is(c, i + 1, "of") || is(c, i + 1, "for"))) {
            *last = i;
            return true;
        }
        if (!(c->t->words[i].flags & (NM_CAP | NM_JOIN)))
            return false;
    }
    return false;
}

static nm_range right_before(const scene *c, uint32_t name)
{
    uint32_t last = name - 1;
    if (name == c->s.beg)
        return no_role;
    if (tells_role(c, last) || title_of(c, name, &last))
        return (nm_range){title_from(c, last), name};
    return no_role;
}

/* "the group's leader, Ana Prat": back to the start of the noun phrase. */
static nm_range before_comma(const scene *c, uint32_t name)
{
    if (name < c->s.beg + 2 || !is(c, name - 1, ",") || !tells_role(c, name - 2))
        return no_role;
    uint32_t i = name - 2;
    while (i > c->s.beg && name - i < BEFORE_MOST && !is_person(c, i - 1) &&
           (extends(c, i - 1) || is_upos(c, i - 1, DS_NOUN) || is_upos(c, i - 1, DS_ADJ) ||
            is_upos(c, i - 1, DS_PROPN) || is_upos(c, i - 1, DS_PART) || is_upos(c, i - 1, DS_DET)))
        i--;
    /* Without a determiner it is more often a list: "a driver, Ana Prat and a nurse". */
    return is_upos(c, i, DS_DET) || c->labels[i] ? (nm_range){i, name - 1} : no_role;
}

/* ---- behind the name --------------------------------------------------------------------------------------------- */

static bool in_phrase(const scene *c, uint32_t i)
{
    static const ds_upos upos[] = {DS_DET,  DS_ADJ, DS_NOUN, DS_PROPN, DS_ADV,
                                   DS_PART, DS_ADP, DS_NUM,  DS_CCONJ};
    if (is(c, i, "-") || is(c, i, "'s") || is(c, i, "&") || c->labels[i])
        return true;
    for (size_t k = 0; k < sizeof upos / sizeof *upos; k++)
        if (is_upos(c, i, upos[k]))
            return true;
    return false;
}

/* "Ana Prat, 41, a nurse": behind an age. */
static uint32_t past_age(const scene *c, uint32_t i)
{
    return is_upos(c, i, DS_NUM) && is(c, i + 1, ",") ? i + 2 : i;
}

static uint32_t phrase_end(const scene *c, uint32_t beg)
{
    uint32_t i = beg;
    while (i < c->s.end && i - beg < AFTER_MOST && in_phrase(c, i) && !(i > beg && is_person(c, i)))
        i++;
    while (i > beg &&
           (is_upos(c, i - 1, DS_CCONJ) || is_upos(c, i - 1, DS_ADP) || is_upos(c, i - 1, DS_DET)))
        i--;
    return i;
}

static nm_range behind_comma(const scene *c, uint32_t end)
{
    if (!is(c, end, ","))
        return no_role;
    uint32_t beg = past_age(c, end + 1), stop = phrase_end(c, beg), head = beg;
    if (is_upos(c, beg, DS_CCONJ) || is_upos(c, beg, DS_ADP) || is_person(c, beg) ||
        is_person(c, stop))
        return no_role;
    while (head < stop && head - beg < HEAD_MOST && !tells_role(c, head) &&
           !is_upos(c, head, DS_ADP))
        head++;
    if (head >= stop || head - beg >= HEAD_MOST || !tells_role(c, head))
        return no_role;
    return (nm_range){beg, stop};
}

/* ---- all ------------------------------------------------------------------------------------------------------------ */

static ds_span span_of(const scene *c, nm_range r)
{
    if (r.beg == r.end)
        return (ds_span){0, 0};
    return (ds_span){c->doc->words[r.beg].span.beg, c->doc->words[r.end - 1].span.end};
}

void nm_give_role(const ds_doc *doc, const ds_node *nodes, const nm_text *t, const uint8_t *labels,
                  ds_name *name)
{
    const scene c = {doc, t, nodes, labels, t->sents[name->sent]};
    nm_range r = right_before(&c, name->word);
    if (r.beg == r.end)
        r = before_comma(&c, name->word);
    if (r.beg == r.end)
        r = behind_comma(&c, name->word_end);
    name->role = span_of(&c, r);
}
