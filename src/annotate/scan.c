/* SPDX-License-Identifier: Apache-2.0 */
/* Tables and small looks that all scanners share. */
#include "annotate/internal.h"
#include "language/language.h"

ds_status scan_open(scan *s, ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                    const ds_lexicon *lex, const ds_marks *marks, ds_err *err)
{
    *s = (scan){.arena = a, .doc = doc, .parse = parse, .lex = lex, .marks = marks};
    s->nummod = ds_rel_of(DS_STR("nummod"));
    s->nsubj = ds_rel_of(DS_STR("nsubj"));
    s->conj = ds_rel_of(DS_STR("conj"));
    s->xcomp = ds_rel_of(DS_STR("xcomp"));
    s->nsubj_pass = ds_rel_of(DS_STR("nsubj:pass"));
    s->compound = ds_rel_of(DS_STR("compound"));
    s->flat = ds_rel_of(DS_STR("flat"));
    const struct {
        const char *name;
        const ds_phrases **phrases;
        const ds_table **table;
    } wanted[] = {
        {"numbers", &s->numbers, &s->numbers_t},
        {"modifiers", &s->modifiers, &s->modifiers_t},
        {"units", &s->units, &s->units_t},
        {"nouns", &s->nouns, &s->nouns_t},
        {"actors", &s->actors, &s->actors_t},
        {"labels", &s->labels, &s->labels_t},
        {"cues", &s->cues, &s->cues_t},
        {"roles", &s->roles, &s->roles_t},
        {"currencies", &s->money, &s->money_t},
        {"trends", &s->trends, &s->trends_t},
        {"triggers", &s->triggers, &s->triggers_t},
        {"coref", &s->coref, &s->coref_t},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        *wanted[i].phrases = ds_lexicon_phrases(lex, wanted[i].name);
        if (!*wanted[i].phrases)
            return ds_fail(err, DS_BAD, "the lexicon lacks a table that annotation needs", i);
        if (wanted[i].table)
            *wanted[i].table = ds_phrases_table(*wanted[i].phrases);
    }
    s->numbers_bit = ds_phrases_bit(s->numbers);
    s->coref_bit = ds_phrases_bit(s->coref);
    number_classes_open(s);
    s->units_bit = ds_phrases_bit(s->units);
    s->modifiers_bit = ds_phrases_bit(s->modifiers);
    s->trends_bit = ds_phrases_bit(s->trends);
    s->labels_bit = ds_phrases_bit(s->labels);
    return DS_OK;
}

bool label_at(const scan *s, uint32_t i, const char *side)
{
    enum { SIDE = 1 }; /* column of labels.tsv */
    if (!(tok_at(s, i)->starts & s->labels_bit))
        return false;
    ds_str word = norm_at(s, i);
    int64_t first = ds_phrase_find(s->labels, word);
    for (uint32_t r = (uint32_t)first;
         first >= 0 && r < s->labels_t->rows && ds_str_eq(ds_table_cell(s->labels_t, r, 0), word);
         r++)
        if (ds_str_eq(ds_table_cell(s->labels_t, r, SIDE), ds_str_of(side)))
            return true;
    return false;
}

bool is_dash(const scan *s, uint32_t i)
{
    static const char *const dashes[] = {"-",  "\xE2\x80\x93", "\xE2\x80\x94",
                                         "--", "\xE2\x80\x92", "\xE2\x80\x95"};
    const ds_token *t = tok_at(s, i);
    if (t->kind != DS_TOK_PUNCT)
        return false;
    ds_str text = ds_str_at(s->doc->text, t->span);
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++)
        if (ds_str_eq(text, ds_str_of(dashes[k])))
            return true;
    return false;
}

bool ds_annotate_in_date(const ds_marks *marks, uint32_t tok)
{
    size_t lo = 0, hi = marks->times_len;
    while (lo < hi) { /* first time that ends after the token */
        size_t mid = (lo + hi) / 2;
        if (marks->times[mid].tok_end <= tok)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == marks->times_len || marks->times[lo].tok > tok)
        return false;
    return marks->times[lo].type == DS_TIME_DATE || marks->times[lo].type == DS_TIME_TIME;
}

ds_span toks_span(const scan *s, uint32_t beg, uint32_t end)
{
    if (beg >= end)
        return (ds_span){0, 0};
    return (ds_span){tok_at(s, beg)->span.beg, tok_at(s, end - 1)->span.end};
}
