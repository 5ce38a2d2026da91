/* SPDX-License-Identifier: Apache-2.0 */
/* Who is who on one page: opens the tables, runs the sieves, hands mentions and entities over. */
#include "annotate/coref_internal.h"
#include "language/language.h"

#include <stdlib.h>

static const struct {
    const char *name;
    word_class cls;
} class_names[] = {
    {"first", W_FIRST},   {"we", W_WE},         {"he", W_HE},         {"it", W_IT},
    {"they", W_THEY},     {"self", W_SELF},     {"who", W_WHO},       {"title", W_TITLE},
    {"person", W_PERSON}, {"org", W_ORG},       {"anyorg", W_ANYORG}, {"country", W_COUNTRY},
    {"place", W_PLACE},   {"suffix", W_SUFFIX},
};

static ds_status read_classes(resolver *r)
{
    uint32_t rows = r->words_t->rows;
    r->classes = ds_arena_alloc(r->s.arena, rows + 1);
    for (uint32_t i = 0; r->classes && i < rows; i++)
        for (size_t k = 0; k < sizeof class_names / sizeof *class_names; k++)
            if (ds_str_eq(ds_table_cell(r->words_t, i, 1), ds_str_of(class_names[k].name)))
                r->classes[i] = (uint8_t)class_names[k].cls;
    return r->classes ? DS_OK : DS_NOMEM;
}

static ds_status open_resolver(resolver *r, ds_err *err)
{
    r->words = ds_lexicon_phrases(r->s.lex, "coref");
    r->words_t = ds_lexicon_table(r->s.lex, "coref");
    r->genders = ds_lexicon_phrases(r->s.lex, "genders");
    r->genders_t = ds_lexicon_table(r->s.lex, "genders");
    if (!r->words || !r->genders)
        return ds_fail(err, DS_BAD, "the lexicon lacks a table that resolution needs", 0);
    r->expl = ds_rel_of(DS_STR("expl"));
    r->plural = ds_xpos_of(DS_STR("NNS"));
    r->plural_name = ds_xpos_of(DS_STR("NNPS"));
    for (size_t i = 0; i < r->s.doc->toks_len; i++)
        if (r->s.doc->toks[i].quote > r->quotes)
            r->quotes = r->s.doc->toks[i].quote;
    r->of_word = ds_arena_calloc(r->s.arena, r->s.doc->words_len + 1, sizeof *r->of_word);
    r->speakers = ds_arena_calloc(r->s.arena, r->quotes + 1, sizeof *r->speakers);
    r->keys = ds_arena_calloc(r->s.arena, r->s.doc->words_len + 1, sizeof *r->keys);
    if (!r->of_word || !r->keys || !r->speakers || read_classes(r) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    memset(r->of_word, 0xFF, (r->s.doc->words_len + 1) * sizeof *r->of_word);
    memset(r->speakers, 0xFF, (r->quotes + 1) * sizeof *r->speakers);
    tree_open(&r->t, &r->s);
    return DS_OK;
}

/* ---- out --------------------------------------------------------------------------------------------------- */

static int by_place(const void *x, const void *y)
{
    const ds_mention *a = x, *b = y;
    if (a->span.beg != b->span.beg)
        return a->span.beg < b->span.beg ? -1 : 1;
    if (a->span.end != b->span.end)
        return a->span.end > b->span.end ? -1 : 1;
    return a->head_word < b->head_word ? -1 : a->head_word > b->head_word;
}

/* A thing that the page comes back to nowhere is no mention, nor is "it" that stands for nothing. */
static bool wanted(const resolver *r, const phrase *p)
{
    const entity *e = entity_at(r, p->m.entity);
    return !p->pleonastic && (e->type != DS_NAME_OTHER || e->best != NONE || e->count > 1);
}

/* The name's own words, without a title. */
static ds_str best_name(const resolver *r, const entity *e)
{
    if (e->best == NONE)
        return (ds_str){0};
    return ds_str_at(r->s.doc->text, phrase_at(r, e->best)->m.head);
}

static ds_status put_mentions(resolver *r, ds_mention **out, size_t *len)
{
    size_t n = 0;
    ds_mention *all = ds_arena_calloc(r->s.arena, r->phrases.len + 1, sizeof *all);
    if (!all)
        return DS_NOMEM;
    for (size_t i = 0; i < r->phrases.len; i++)
        if (wanted(r, &r->phrases.at[i]))
            all[n++] = r->phrases.at[i].m;
    if (n)
        qsort(all, n, sizeof *all, by_place);
    *out = all;
    *len = n;
    return DS_OK;
}

/* Numbers the entities by their first mention. */
static ds_status put_entities(resolver *r, ds_mention *mentions, size_t n, ds_entity **out,
                              size_t *len)
{
    uint32_t *number = ds_arena_calloc(r->s.arena, r->entities.len + 1, sizeof *number);
    ds_entity *all = ds_arena_calloc(r->s.arena, r->entities.len + 1, sizeof *all);
    size_t k = 0;
    if (!number || !all)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        const entity *e = entity_at(r, mentions[i].entity);
        uint32_t *at = &number[mentions[i].entity];
        if (!*at) {
            *at = (uint32_t)++k;
            all[k - 1] = (ds_entity){.type = e->type,
                                     .gender = e->gender,
                                     .number = e->number,
                                     .name = best_name(r, e),
                                     .first = i,
                                     .best = i};
        }
        ds_entity *to = &all[*at - 1];
        if (e->best != NONE && mentions[i].head_word == phrase_at(r, e->best)->m.head_word)
            to->best = i;
        to->mentions++;
        mentions[i].entity = *at - 1;
    }
    *out = all;
    *len = k;
    return DS_OK;
}

static ds_status put(resolver *r, ds_marks *out)
{
    ds_mention *mentions;
    ds_entity *entities;
    size_t n, k;
    DS_TRY(put_mentions(r, &mentions, &n));
    DS_TRY(put_entities(r, mentions, n, &entities, &k));
    out->mentions = mentions;
    out->mentions_len = n;
    out->entities = entities;
    out->entities_len = k;
    return DS_OK;
}

/* Mentions and what names say: attributions change nothing in it. */
static ds_status start(resolver *r, ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                       const ds_lexicon *lex, ds_marks *marks, ds_err *err)
{
    DS_TRY(scan_open(&r->s, a, doc, parse, lex, marks, err));
    DS_TRY(open_resolver(r, err));
    if (find_phrases(r) < 0 || join_names(r) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    return DS_OK;
}

static ds_status finish(resolver *r, ds_marks *out)
{
    DS_TRY(read_ties(r));
    DS_TRY(resolve(r));
    return put(r, out);
}

ds_status ds_annotate_coref(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                            const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    resolver r = {0};
    DS_TRY(start(&r, a, doc, parse, lex, out, err));
    return finish(&r, out) < 0 ? ds_fail(err, DS_NOMEM, "out of memory", 0) : DS_OK;
}

/* ---- twice ------------------------------------------------------------------------------------------------- */

/* One that goes on from where `r` is; only what the later sieves change is its own. */
static ds_status copy(const resolver *r, resolver *out)
{
    ds_arena *a = r->s.arena;
    size_t quotes = (r->quotes + 1) * sizeof *r->speakers;
    resolver c = *r;
    c.phrases.at = ds_arena_alloc(a, (r->phrases.len + 1) * sizeof *c.phrases.at);
    c.entities.at = ds_arena_alloc(a, (r->entities.len + 1) * sizeof *c.entities.at);
    c.speakers = ds_arena_alloc(a, quotes);
    if (!c.phrases.at || !c.entities.at || !c.speakers)
        return DS_NOMEM;
    c.phrases.cap = r->phrases.len + 1;
    c.entities.cap = r->entities.len + 1;
    if (r->phrases.len)
        memcpy(c.phrases.at, r->phrases.at, r->phrases.len * sizeof *c.phrases.at);
    if (r->entities.len)
        memcpy(c.entities.at, r->entities.at, r->entities.len * sizeof *c.entities.at);
    memcpy(c.speakers, r->speakers, quotes);
    *out = c;
    return DS_OK;
}

/* Who speaks is all that attributions tell: where they tell nothing new, what `before` found stands. */
static ds_status finish_again(resolver *r, const resolver *before, ds_marks *out)
{
    DS_TRY(read_ties(r));
    if (memcmp(r->speakers, before->speakers, (r->quotes + 1) * sizeof *r->speakers) == 0)
        return DS_OK;
    DS_TRY(resolve(r));
    return put(r, out);
}

ds_status ds_annotate_settled(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                              const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    ds_marks marks = {0};
    resolver first = {0}, second;
    DS_TRY(ds_annotate_times(a, doc, parse, lex, &marks, err));
    DS_TRY(ds_annotate_quantities(a, doc, parse, lex, &marks, err));
    DS_TRY(start(&first, a, doc, parse, lex, &marks, err));
    if (copy(&first, &second) < 0 || finish(&first, &marks) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    DS_TRY(ds_annotate_attributions(a, doc, parse, lex, &marks, err));
    if (finish_again(&second, &first, &marks) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = marks;
    return DS_OK;
}

/* ---- for other stages ---------------------------------------------------------------------------------------- */

const ds_mention *ds_mention_at(const ds_marks *marks, ds_span at)
{
    size_t lo = 0, hi = marks->mentions_len;
    while (lo < hi) { /* the first that begins in the phrase */
        size_t mid = (lo + hi) / 2;
        if (marks->mentions[mid].span.beg < at.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < marks->mentions_len && marks->mentions[lo].span.beg < at.end; lo++)
        if (marks->mentions[lo].span.end <= at.end)
            return &marks->mentions[lo];
    return NULL;
}

ds_str ds_mention_name(const ds_marks *marks, const ds_mention *m)
{
    return m ? marks->entities[m->entity].name : (ds_str){0};
}
