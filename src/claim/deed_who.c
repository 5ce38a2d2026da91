/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a deed is told of: a noun phrase or a pronoun to a normal name and what of its owner it is. */
#include "claim/internal.h"

#include "language/language.h"

#define OWNER_DEPTH 3 /* "Holm's brother's house" */
#define MENTION_REACH 64

bool rel_at(const claimer *c, uint32_t w, const char *rel)
{
    const char *name = ds_rel_name(c->parse->nodes[w].rel);
    size_t n = strlen(rel);
    return strncmp(name, rel, n) == 0 && (name[n] == '\0' || name[n] == ':');
}

uint32_t child_at(const claimer *c, uint32_t w, const char *rel, uint32_t from)
{
    uint32_t i = from < c->sent->word ? c->sent->word : from;
    for (; i < c->sent->word_end; i++)
        if (c->parse->nodes[i].head == w && rel_at(c, i, rel))
            return i;
    return NO_WORD;
}

ds_str lemma_at(const claimer *c, uint32_t w)
{
    return c->parse->lemma_of[w];
}

bool around_is(const ds_phrases *around, ds_str lemma, const char *class)
{
    const ds_table *t = ds_phrases_table(around);
    for (int64_t r = ds_phrase_find(around, lemma);
         r >= 0 && r < t->rows && ds_str_eq(ds_table_cell(t, (uint32_t)r, 0), lemma); r++)
        if (ds_str_eq(ds_table_cell(t, (uint32_t)r, 1), ds_str_of(class)))
            return true;
    return false;
}

/* "some troops", "two bridges", "a mayor", "more soldiers". */
static bool some_only(const claimer *c, const ds_phrases *around, uint32_t w)
{
    for (uint32_t i = c->sent->word; i < c->sent->word_end; i++) {
        if (i != w && c->parse->nodes[i].head != w)
            continue;
        if (i != w && rel_at(c, i, "nummod"))
            return true;
        bool before = rel_at(c, i, "det") || rel_at(c, i, "amod") || rel_at(c, i, "advmod");
        if ((i == w || before) && around_is(around, lemma_at(c, i), "part"))
            return true;
    }
    return false;
}

/* The mention that hangs on a word. */
static const ds_mention *mention_of(const claimer *c, uint32_t w)
{
    uint32_t beg = c->doc->words[w].span.beg;
    size_t lo = 0, hi = c->marks->mentions_len;
    while (lo < hi) { /* the first that begins behind the word */
        size_t mid = lo + (hi - lo) / 2;
        if (c->marks->mentions[mid].span.beg <= beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (size_t i = lo, n = 0; i > 0 && n < MENTION_REACH; i--, n++)
        if (c->marks->mentions[i - 1].head_word == w)
            return &c->marks->mentions[i - 1];
    return NULL;
}

/* The row of actors.tsv that words [beg, end) are; -1: none. Regions act for nobody. */
static int64_t actor_row(const claimer *c, uint32_t beg, uint32_t end)
{
    uint32_t tok = c->doc->words[beg].tok, last = c->doc->words[end - 1].tok + 1, row;
    uint32_t n = ds_phrase_at(c->actors_p, c->doc->toks, tok, last, &row);
    if (n == 0 || tok + n != last)
        return -1;
    ds_str kind = ds_table_cell(c->actors_t, row, 2);
    bool small = !(c->doc->toks[tok].flags & DS_TF_ALLCAP) && ds_str_eq(kind, DS_STR("acronym"));
    return small || ds_str_eq(kind, DS_STR("region")) ? -1 : (int64_t)row;
}

static ds_str actor_named(const claimer *c, ds_str name)
{
    ds_str low = ds_ascii_lower(c->arena, name);
    int64_t row = low.at ? ds_phrase_find(c->actors_p, low) : -1;
    bool region =
        row >= 0 && ds_str_eq(ds_table_cell(c->actors_t, (uint32_t)row, 2), DS_STR("region"));
    return row >= 0 && !region ? ds_table_cell(c->actors_t, (uint32_t)row, 1) : (ds_str){0};
}

static ds_status named(claimer *c, ds_str name, ds_name_type type, ds_deed *out)
{
    ds_str actor = actor_named(c, name);
    out->who = actor.at ? actor : ds_arena_str(c->arena, name);
    out->of = actor.at                 ? DS_OF_ACTOR
              : type == DS_NAME_PERSON ? DS_OF_PERSON
              : type == DS_NAME_PLACE  ? DS_OF_PLACE
                                       : DS_OF_OTHER;
    return out->who.at ? DS_OK : DS_NOMEM;
}

/* "the Canadian troops": their actor. */
static int64_t actor_before(const claimer *c, uint32_t w)
{
    for (uint32_t i = c->sent->word; i < w; i++) {
        if (c->parse->nodes[i].head != w)
            continue;
        uint32_t end = i + 1;
        int64_t row = actor_row(c, i, end);
        for (uint32_t b = i; row < 0 && b > c->sent->word && i - b < 2; b--) /* "South Korean" */
            row = actor_row(c, b - 1, end);
        if (row >= 0)
            return row;
    }
    return -1;
}

/* "the Varn bridge", "the bridge of Varn": the name that makes the phrase one of its kind. */
static const ds_name *name_in(const claimer *c, uint32_t w)
{
    static const char *const rels[] = {"compound", "nmod", "appos", "amod"};
    const ds_parse *p = c->parse;
    size_t lo = 0, hi = p->names_len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->names[mid].word_end <= c->sent->word)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (size_t i = lo; i < p->names_len && p->names[i].word < c->sent->word_end; i++)
        for (uint32_t k = p->names[i].word; k < p->names[i].word_end; k++)
            for (size_t r = 0; r < sizeof rels / sizeof *rels && p->nodes[k].head == w; r++)
                if (rel_at(c, k, rels[r]))
                    return &p->names[i];
    return NULL;
}

/* What of its owner the phrase is: nothing for those who stand for it. */
static ds_status head_of(claimer *c, const ds_phrases *around, uint32_t w, ds_deed *out)
{
    ds_str lemma = ds_text_lemma(c->arena, c->lex, norm_at(c, c->doc->words[w].tok), false);
    if (!lemma.at)
        return DS_NOMEM;
    bool stands = around_is(around, lemma, "body");
    if (out->head.at && !stands) /* of an owner's owner only the last counts */
        out->head = ds_arena_printf(c->arena, "%.*s %.*s", DS_FMT(out->head), DS_FMT(lemma));
    else if (!stands)
        out->head = lemma;
    return stands || out->head.at ? DS_OK : DS_NOMEM;
}

static ds_status who_at(claimer *c, const ds_phrases *around, uint32_t w, int depth, ds_deed *out)
{
    bool speaker = around_is(around, norm_at(c, c->doc->words[w].tok), "speaker");
    if (depth == 0 || speaker || some_only(c, around, w))
        return DS_NONE;
    const ds_mention *m = mention_of(c, w);
    ds_str name = ds_mention_name(c->marks, m);
    if (m && name.len && m->form != DS_MENTION_NOMINAL) {
        out->head = (ds_str){0};
        return named(c, name, c->marks->entities[m->entity].type, out);
    }
    if (upos_at(c, c->doc->words[w].tok) == DS_PRON)
        return DS_NONE;
    uint32_t owner = child_at(c, w, "nmod:poss", 0);
    if (owner != NO_WORD) {
        ds_status st = who_at(c, around, owner, depth - 1, out);
        return st == DS_OK ? head_of(c, around, w, out) : st;
    }
    int64_t row = actor_before(c, w);
    if (row >= 0) {
        out->who = ds_table_cell(c->actors_t, (uint32_t)row, 1);
        out->of = DS_OF_ACTOR;
        return head_of(c, around, w, out);
    }
    if (m && name.len) { /* "the mayor" */
        out->head = (ds_str){0};
        return named(c, name, c->marks->entities[m->entity].type, out);
    }
    const ds_name *n = name_in(c, w);
    if (!n)
        return DS_NONE;
    bool own = rel_at(c, n->word, "appos") || (n->word <= w && w < n->word_end);
    DS_TRY(named(c, ds_str_at(c->doc->text, n->span), n->type, out));
    return own ? DS_OK : head_of(c, around, w, out);
}

ds_status who_of(claimer *c, const ds_phrases *around, uint32_t w, ds_deed *out)
{
    return who_at(c, around, w, OWNER_DEPTH, out);
}
