/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_times.c - any text as an article: times must be in order, inside their sentence, and end after they begin. The
 * first byte chooses a publication day, a window, or neither. A time that is said again is read again. */
#include "annotate/test_spoken.h"

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20, SAID_MAX = 8, DAY = 20133 /* 2025-02-14 */ };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_times(const ds_doc *doc, const ds_marks *m)
{
    uint32_t at = 0;
    for (size_t i = 0; i < m->times_len; i++) {
        const ds_time *t = &m->times[i];
        CHECK(t->sent < doc->sents_len);
        const ds_sentence *s = &doc->sents[t->sent];
        CHECK(t->span.beg >= at && t->span.beg < t->span.end && ds_span_holds(s->span, t->span));
        CHECK(s->tok <= t->tok && t->tok < t->tok_end && t->tok_end <= s->tok_end);
        CHECK(doc->toks[t->tok].span.beg <= t->span.beg &&
              t->span.end <= doc->toks[t->tok_end - 1].span.end);
        CHECK(t->value.len > 0);
        CHECK(t->days.lo == DS_DAY_NONE || t->days.hi == DS_DAY_NONE || t->days.lo <= t->days.hi);
        CHECK(t->event.beg <= t->event.end && t->offset.lo <= t->offset.hi);
        CHECK(ds_span_len(t->event) == 0 || ds_span_holds(s->span, t->event));
        at = t->span.end;
    }
}

/* The first few. */
static void say_again(ds_arena *a, const ds_lexicon *lex, const ds_marks *m)
{
    for (size_t i = 0; i < m->times_len && i < SAID_MAX; i++) {
        ds_str said = say_time(a, &m->times[i]);
        if (said.at && !time_reads_back(a, lex, said, &m->times[i])) {
            fprintf(stderr, "not read back: %s\n", said.at);
            abort();
        }
    }
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
    if (len == 0)
        return 0;
    ds_str text = {(const char *)bytes + 1, len - 1};
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)text.len}};
    ds_article art = {.text = text,
                      .blocks = &block,
                      .blocks_len = 1,
                      .published = DS_DAY_NONE,
                      .window = DS_DAYS_NONE};
    if (bytes[0] % 3 == 0)
        art.published = DAY + bytes[0];
    else if (bytes[0] % 3 == 1)
        art.window = (ds_days){DAY, DAY + bytes[0]};
    ds_doc doc;
    ds_marks m = {0};
    if (ds_text_read(a, &art, lex, &doc, NULL) == DS_OK &&
        ds_annotate_times(a, &doc, NULL, lex, &m, NULL) == DS_OK) {
        check_times(&doc, &m);
        say_again(a, lex, &m);
    }
    ds_arena_reset(a);
    return 0;
}
