/* SPDX-License-Identifier: Apache-2.0 */
/* dateline.c - the dateline that a news report begins with: "OSTERBY, Norland (HP) -", "Osterby (HP) --", "HALVET, May 3 -". */
#include "text/internal.h"

enum { DATELINE_MOST = 16, BRACKET_MOST = 5 }; /* tokens */

static bool is_mark(const ds_token *t, const char *mark)
{
    return t->kind != DS_TOK_WORD && ds_str_eq(t->norm, ds_str_of(mark));
}

static bool is_dash(const ds_token *t)
{
    static const char *const dashes[] = {"-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (is_mark(t, dashes[i]))
            return true;
    return false;
}

/* Behind the closing bracket of an agency that opens at i; i: there is none. */
static uint32_t behind_agency(const ds_token *toks, uint32_t i, uint32_t end)
{
    if (!is_mark(&toks[i], "("))
        return i;
    for (uint32_t k = i + 1; k < end && k <= i + BRACKET_MOST; k++) {
        if (is_mark(&toks[k], ")"))
            return k > i + 1 ? k + 1 : i;
        if (toks[k].kind == DS_TOK_WORD && !(toks[k].flags & DS_TF_CAP))
            return i;
    }
    return i;
}

/* Places, their states and days: words with a capital, numbers, commas and points. */
static bool may_stand(const ds_token *t)
{
    if (t->kind == DS_TOK_WORD)
        return t->flags & DS_TF_CAP;
    return t->kind == DS_TOK_NUMBER || is_mark(t, ",") || is_mark(t, ".") || is_mark(t, "/");
}

uint32_t ds_dateline(const ds_token *toks, uint32_t beg, uint32_t end)
{
    uint32_t stop = end - beg > DATELINE_MOST ? beg + DATELINE_MOST : end, i = beg;
    if (beg == end || toks[beg].kind != DS_TOK_WORD || !(toks[beg].flags & DS_TF_CAP))
        return 0;
    bool sure = toks[beg].flags & DS_TF_ALLCAP && ds_span_len(toks[beg].span) > 2;
    for (uint32_t next; i < stop && !is_dash(&toks[i]); i = next) {
        next = behind_agency(toks, i, stop);
        sure |= next > i;
        if (next == i && !may_stand(&toks[i]))
            return 0;
        next += next == i;
    }
    if (!sure || i >= stop || i + 1 >= end)
        return 0;
    bool glued = !(toks[i].flags & DS_TF_SPACE) && !(toks[i + 1].flags & DS_TF_SPACE);
    return glued && is_mark(&toks[i], "-") ? 0 : i + 1 - beg;
}
