/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - tokens cut into the words of Universal Dependencies.
 *
 * Endings behind an apostrophe and "n't" are words on the same token; hyphens part the pieces of compounds. Bullets are no
 * tokens, but words: nothing that is written is lost. */
#include "text/internal.h"

typedef DS_VEC(ds_word) ds_words;

typedef struct cutter {
    ds_arena *arena;
    const ds_doc *doc;
    ds_words out;
    ds_status status;
} cutter;

static void push(cutter *c, uint32_t tok, size_t beg, size_t end, unsigned flags)
{
    ds_word w = {{(uint32_t)beg, (uint32_t)end}, tok, (uint8_t)flags};
    if (beg < end && DS_PUSH(c->arena, &c->out, w) < 0)
        c->status = DS_NOMEM;
}

/* What lies between tokens: blanks, and marks that are no tokens. */
static void push_gap(cutter *c, uint32_t tok, size_t beg, size_t end)
{
    for (size_t i = beg, next; i < end; i = next) {
        uint32_t p = ds_cp_at(c->doc->text, i, &next);
        ds_cp_class k = ds_cp_classify(p);
        if (k != DS_CP_SPACE && k != DS_CP_IGNORE)
            push(c, tok, i, next,
                 i == 0 || ds_cp_space(ds_cp_before(c->doc->text, i)) ? DS_WF_SPACE : 0);
    }
}

/* Where an ending begins in a token [beg, end): "don|'t" gives "do|n't"; end where there is none. */
static size_t ending_at(const cutter *c, size_t beg, size_t end)
{
    static const char *const endings[] = {"", "s", "re", "ve", "ll", "d", "m"};
    ds_str text = c->doc->text;
    for (size_t i = end; i > beg; i = ds_utf8_prev(text, i)) {
        if (!ds_cp_apostrophe(ds_cp_before(text, i)))
            continue;
        size_t at = ds_utf8_prev(text, i);
        ds_str tail = ds_str_cut(text, i, end);
        if (at == beg)
            return end;
        if (tail.len == 1 && (tail.at[0] | 32) == 't' && (text.at[at - 1] | 32) == 'n' &&
            at - 1 > beg)
            return at - 1;
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
            if (tail.len == strlen(endings[k]) && strncasecmp(tail.at, endings[k], tail.len) == 0)
                return at;
        return end;
    }
    return end;
}

static size_t without_blanks(const cutter *c, size_t beg, size_t end)
{
    while (end > beg && ds_cp_space(ds_cp_before(c->doc->text, end)))
        end = ds_utf8_prev(c->doc->text, end);
    return end;
}

/* Pieces between hyphens, and the hyphens. */
static void push_pieces(cutter *c, uint32_t tok, size_t beg, size_t end, unsigned flags)
{
    size_t piece = beg;
    for (size_t i = beg, next; i < end; i = next) {
        uint32_t p = ds_cp_at(c->doc->text, i, &next);
        if (!ds_cp_hyphen(p) || i == beg || next >= end)
            continue;
        push(c, tok, piece, i, flags);
        push(c, tok, i, next, 0);
        piece = next;
        flags = 0;
    }
    push(c, tok, piece, end, flags);
}

static void push_token(cutter *c, uint32_t tok)
{
    const ds_token *t = &c->doc->toks[tok];
    size_t beg = t->span.beg, end = t->span.end;
    unsigned flags = t->flags & DS_TF_SPACE ? DS_WF_SPACE : 0;
    if (t->kind == DS_TOK_PUNCT || t->kind == DS_TOK_SYMBOL) {
        push(c, tok, beg, end, flags);
        return;
    }
    size_t ending = ending_at(c, beg, end), stem = without_blanks(c, beg, ending);
    ds_str s = ds_str_cut(c->doc->text, beg, stem);
    if (s.len == 6 && strncasecmp(s.at, "cannot", 6) == 0) {
        push(c, tok, beg, beg + 3, flags);
        push(c, tok, beg + 3, stem, DS_WF_SAME);
    } else if (ds_str_find(s, DS_STR("://"), 0) >= 0 || ds_str_find(s, DS_STR("@"), 0) >= 0) {
        push(c, tok, beg, stem, flags);
    } else {
        push_pieces(c, tok, beg, stem, flags);
    }
    push(c, tok, ending, end, stem < ending ? DS_WF_SPACE : DS_WF_SAME);
}

ds_status ds_words_cut(ds_arena *a, ds_doc *doc, ds_sentence *sents)
{
    cutter c = {.arena = a, .doc = doc};
    size_t at = 0;
    for (size_t i = 0; i < doc->sents_len; i++) {
        ds_sentence *s = &sents[i];
        bool last = i + 1 == doc->sents_len;
        s->word = (uint32_t)c.out.len;
        for (uint32_t k = s->tok; k < s->tok_end; k++) {
            push_gap(&c, k, at, doc->toks[k].span.beg);
            push_token(&c, k);
            at = doc->toks[k].span.end;
        }
        if (last || sents[i + 1].block != s->block) {
            size_t end = last && doc->article->blocks_len
                             ? doc->article->blocks[doc->article->blocks_len - 1].span.end
                             : doc->article->blocks[s->block].span.end;
            push_gap(&c, s->tok_end - 1, at, end);
            at = end;
        }
        s->word_end = (uint32_t)c.out.len;
        if (c.status < 0)
            return c.status;
    }
    doc->words = c.out.at;
    doc->words_len = c.out.len;
    return DS_OK;
}
