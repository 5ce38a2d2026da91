/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_conllu.c - any bytes as CoNLL-U: refused with a line, or a doc whose words spell the forms in order. */
#include "text/text.h"

#include <stdlib.h>

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_doc(const ds_conllu *c)
{
    uint32_t at = 0, word = 0, range = 0;
    CHECK(c->doc.toks_len == c->doc.words_len);
    for (size_t i = 0; i < c->doc.sents_len; i++) {
        const ds_sentence *s = &c->doc.sents[i];
        CHECK(s->word == word && s->word < s->word_end && s->word_end <= c->doc.words_len);
        CHECK(s->tok == s->word && s->tok_end == s->word_end);
        for (; word < s->word_end; word++) {
            const ds_word *w = &c->doc.words[word];
            CHECK(w->span.beg >= at && w->span.beg < w->span.end);
            CHECK(ds_str_eq(ds_str_at(c->doc.text, w->span), c->rows[word].cell[DS_CO_FORM]));
            at = w->span.end;
        }
    }
    CHECK(word == c->doc.words_len && at <= c->doc.text.len);
    for (size_t i = 0; i < c->ranges_len; i++) {
        CHECK(c->ranges[i].word >= range && c->ranges[i].word < c->ranges[i].word_end);
        range = c->ranges[i].word_end;
    }
    CHECK(range <= c->doc.words_len);
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
    ds_conllu c;
    ds_err err = {0};
    ds_status st = ds_conllu_read(a, (ds_str){(const char *)bytes, len}, lex, &c, &err);
    CHECK(st == DS_OK || (st == DS_BAD && err.at > 0 && err.what) || st == DS_NOMEM ||
          st == DS_LIMIT);
    if (st == DS_OK)
        check_doc(&c);
    ds_arena_reset(a);
    return 0;
}
