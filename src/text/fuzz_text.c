/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_text.c - any bytes as an article of paragraphs: sentences, tokens and words must be in order and inside their bounds. */
#include "text/text.h"

#include <stdlib.h>

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20, BLOCKS_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_tokens(const ds_doc *doc, const ds_sentence *s, uint32_t *at)
{
    uint16_t quote = 0;
    for (uint32_t i = s->tok; i < s->tok_end; i++) {
        const ds_token *t = &doc->toks[i];
        CHECK(t->span.beg < t->span.end && t->span.beg >= *at && ds_span_holds(s->span, t->span));
        CHECK(t->norm.at && t->hash != 0 && t->kind <= DS_TOK_PUNCT);
        CHECK(ds_utf8_check(t->norm, &(size_t){0}) == DS_OK);
        CHECK(t->quote == 0 || t->quote >= quote);
        quote = t->quote ? t->quote : quote;
        *at = t->span.end;
    }
}

static bool no_mark(const ds_doc *doc, uint32_t beg, uint32_t end)
{
    for (size_t i = beg; i < end;) {
        uint32_t c = ds_utf8_next(doc->text, &i);
        if (c > 0x20 && c < 0x7F)
            return false;
    }
    return true;
}

/* Words are in order and in the sentence, have part in their tokens, and hold all that is no white space. */
static void check_words(const ds_doc *doc, const ds_sentence *s)
{
    uint32_t at = s->span.beg;
    for (uint32_t i = s->word; i < s->word_end; i++) {
        const ds_word *w = &doc->words[i];
        CHECK(w->span.beg < w->span.end && w->tok >= s->tok && w->tok < s->tok_end);
        CHECK(i == 0 || doc->words[i - 1].span.end <= w->span.beg);
        if (!ds_span_meets(doc->toks[w->tok].span, w->span)) {
            uint32_t c = ds_utf8_next(doc->text, &(size_t){w->span.beg});
            CHECK(c > 0x7F); /* a bullet, or marks without width */
            continue;
        }
        CHECK(i == s->word || w->span.beg == at || no_mark(doc, at, w->span.beg));
        CHECK(!(w->flags & DS_WF_SAME) || w->span.beg == at);
        at = w->span.end;
    }
    CHECK(at >= s->span.end);
}

static void check_doc(const ds_doc *doc)
{
    uint32_t at = 0, tok = 0, word = 0;
    for (size_t i = 0; i < doc->sents_len; i++) {
        const ds_sentence *s = &doc->sents[i];
        ds_span block = doc->article->blocks[s->block].span;
        CHECK(s->tok == tok && s->tok < s->tok_end && s->tok_end <= doc->toks_len);
        CHECK(ds_span_holds(block, s->span) && s->span.beg >= at);
        CHECK(s->span.beg == doc->toks[s->tok].span.beg &&
              s->span.end == doc->toks[s->tok_end - 1].span.end);
        CHECK(i == 0 || s->number == doc->sents[i - 1].number + 1);
        check_tokens(doc, s, &at);
        CHECK(s->word == word && s->word < s->word_end && s->word_end <= doc->words_len);
        check_words(doc, s);
        word = s->word_end;
        tok = s->tok_end;
    }
    CHECK(tok == doc->toks_len && word == doc->words_len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static ds_arena *words, *a;
    static ds_lexicon *lex;
    if (!lex) {
        words = ds_arena_new(0, BUDGET);
        a = ds_arena_new(0, BUDGET);
        CHECK(words && a && ds_lexicon_open(words, (ds_str){0}, &lex, NULL) == DS_OK);
    }
    static ds_block blocks[BLOCKS_MAX];
    size_t n = 0, beg = 0;
    for (size_t i = 0; i <= len && n < BLOCKS_MAX; i++)
        if (i == len || bytes[i] == '\n') {
            ds_part part = n == 0 && len % 2 ? DS_PART_TITLE : DS_PART_BODY;
            blocks[n++] = (ds_block){part, DS_BLOCK_PARAGRAPH, {(uint32_t)beg, (uint32_t)i}};
            beg = i + 1;
        }
    ds_str text = {(const char *)bytes, len};
    ds_article art = {.text = text, .blocks = blocks, .blocks_len = n};
    ds_doc doc;
    ds_status st = ds_text_read(a, &art, lex, &doc, NULL);
    CHECK(st == DS_OK || st == DS_NOMEM ||
          (st == DS_BAD && ds_utf8_check(text, &(size_t){0}) == DS_BAD));
    if (st == DS_OK) {
        check_doc(&doc);
        for (size_t i = 0; i < doc.toks_len; i++)
            CHECK(ds_text_lemma(a, lex, doc.toks[i].norm, i % 2).at);
    }
    ds_text_language(text);
    ds_arena_reset(a);
    return 0;
}
