/* SPDX-License-Identifier: Apache-2.0 */
/* Marks of any valid text: in order, inside the text, values with ordered ends, mentions of entities that are there; a value that is said again is read again. */
#include "annotate/test_spoken.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NEED(x)                                                                                    \
    do {                                                                                           \
        if (!(x))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { SAID_MAX = 4 }; /* figures of a text that are said again */
static ds_lexicon *lexicon;
static ds_language *grammar;

static void open_words(void)
{
    static ds_arena *home;
    if (home)
        return;
    home = ds_arena_new(0, 64u << 20);
    NEED(home && ds_lexicon_open(home, (ds_str){0}, &lexicon, NULL) == DS_OK);
    NEED(ds_language_open(home, lexicon, &grammar, NULL) == DS_OK);
}

static void inside(ds_span s, size_t len)
{
    NEED(s.beg <= s.end && s.end <= len);
}

static void check(const ds_doc *doc, const ds_marks *m)
{
    size_t len = doc->text.len;
    for (size_t i = 0; i < m->times_len; i++) {
        inside(m->times[i].span, len);
        NEED(i == 0 || m->times[i - 1].span.end <= m->times[i].span.beg);
    }
    for (size_t i = 0; i < m->quantities_len; i++) {
        const ds_quantity *q = &m->quantities[i];
        inside(q->span, len);
        inside(q->base, len);
        inside(q->noun, len);
        NEED(ds_span_holds(q->span, q->number) && q->sent < doc->sents_len && q->unit.at);
        NEED(ordered_value(&q->value));
        NEED(q->tok < q->tok_end && q->tok_end <= doc->toks_len);
        NEED(q->equals < (int32_t)i && q->was < (int32_t)i && q->per_len <= 2);
        NEED(i == 0 || m->quantities[i - 1].span.end <= q->span.beg);
    }
    for (size_t i = 0; i < m->attributions_len; i++) {
        inside(m->attributions[i].source, len);
        inside(m->attributions[i].cue, len);
        for (uint32_t k = 0; k < m->attributions[i].content_len; k++)
            inside(m->attributions[i].content[k], len);
        size_t up = 0;
        for (int32_t k = m->attributions[i].inside; k >= 0; k = m->attributions[k].inside) {
            NEED((size_t)k < m->attributions_len);
            NEED(m->attributions[k].sent == m->attributions[i].sent);
            NEED(++up < m->attributions_len); /* no circles */
        }
    }
}

static void check_coref(const ds_doc *doc, const ds_marks *m)
{
    size_t counted = 0;
    for (size_t i = 0; i < m->mentions_len; i++) {
        const ds_mention *x = &m->mentions[i];
        inside(x->span, doc->text.len);
        NEED(ds_span_holds(x->span, x->head) && ds_span_len(x->head));
        NEED(x->word <= x->head_word && x->head_word < x->word_end &&
             x->word_end <= doc->words_len);
        NEED(x->sent < doc->sents_len && x->word_end <= doc->sents[x->sent].word_end);
        NEED(x->entity < m->entities_len && (i == 0 || x[-1].span.beg <= x->span.beg));
        NEED(ds_mention_at(m, x->span));
    }
    for (size_t i = 0; i < m->entities_len; i++) {
        const ds_entity *e = &m->entities[i];
        counted += e->mentions;
        NEED(e->first < m->mentions_len && m->mentions[e->first].entity == i);
        NEED(e->best < m->mentions_len && m->mentions[e->best].entity == i);
    }
    NEED(counted == m->mentions_len);
}

/* The first few, each in one of its forms. */
static void say_again(const ds_marks *m)
{
    ds_arena *a = ds_arena_new(0, 64u << 20);
    for (size_t i = 0; i < m->quantities_len && i < SAID_MAX; i++) {
        const ds_quantity *q = &m->quantities[i];
        spoken_form form = (spoken_form)(q->span.beg % SPOKEN_FORMS);
        ds_str said = say_quantity(a, &q->value, q->kind == DS_Q_RATIO, form);
        if (said.at && !quantity_reads_back(a, lexicon, grammar, said, &q->value)) {
            fprintf(stderr, "not read back: %s\n", said.at);
            abort();
        }
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ds_str text = {(const char *)data, size};
    if (!size || size > 65536 || ds_utf8_check(text, NULL) < 0 || memchr(data, 0, size) ||
        memchr(data, '\n', size))
        return 0;
    open_words();
    ds_arena *a = ds_arena_new(0, 64u << 20);
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)size}};
    ds_article art = {.doc = DS_STR("f"),
                      .n = 1,
                      .text = text,
                      .body = {0, (uint32_t)size},
                      .blocks = &block,
                      .blocks_len = 1,
                      .published = 20000,
                      .window = {20000, 20000},
                      .modified = DS_DAY_NONE};
    ds_doc doc;
    ds_parse parse;
    ds_marks marks = {0};
    if (ds_text_read(a, &art, lexicon, &doc, NULL) == DS_OK &&
        ds_language_read(a, &doc, grammar, DS_DEPTH_NEEDED, &parse, NULL) == DS_OK &&
        ds_annotate(a, &doc, &parse, lexicon, &marks, NULL) == DS_OK) {
        check(&doc, &marks);
        say_again(&marks);
        NEED(ds_language_names(a, &doc, grammar, &parse, NULL) != DS_BAD);
        if (ds_annotate_coref(a, &doc, &parse, lexicon, &marks, NULL) == DS_OK)
            check_coref(&doc, &marks);
        ds_marks plain = {.times = marks.times, .times_len = marks.times_len};
        if (ds_annotate_quantities(a, &doc, NULL, lexicon, &plain, NULL) == DS_OK)
            check(&doc, &plain); /* from tokens alone */
    }
    ds_arena_free(a);
    return 0;
}
