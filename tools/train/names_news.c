/* SPDX-License-Identifier: Apache-2.0 */
/* names_news.c - news as a set: sentences get the labels that several models agree on; the others stay as surroundings, with
 * all labels open, so that nothing is learned from them. After the tri-training of Zhou and Li 2005. */
#include "files.h"
#include "names.h"

#include <assert.h>

enum {
    BLOCK = 14,
    SKIP = 7,
    MODELS_MOST = 8
}; /* paragraphs of a document; one document of so many is taken */

static ds_status words_of(names_builder *b, const ds_lexicon *lex, ds_str text)
{
    DS_VEC(ds_block) blocks = {0};
    ds_arena *a = b->s->a;
    ds_doc doc;
    for (size_t beg = 0, end; beg < text.len; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != '\n';)
            end++;
        ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {(uint32_t)beg, (uint32_t)end}};
        if (beg < end)
            DS_TRY(DS_PUSH(a, &blocks, block));
    }
    ds_article art = {.text = text,
                      .body = {0, (uint32_t)text.len},
                      .blocks = blocks.at,
                      .blocks_len = blocks.len};
    DS_TRY(ds_text_read(a, &art, lex, &doc, NULL));
    for (size_t n = 0; n < doc.sents_len; n++) {
        for (uint32_t i = doc.sents[n].word; i < doc.sents[n].word_end; i++)
            names_add(b, ds_str_at(text, doc.words[i].span), doc.words[i].flags & DS_WF_SPACE,
                      NAMES_ALL);
        names_end_sentence(b);
    }
    return DS_OK;
}

static bool alike(uint8_t *const *labels, size_t n, const nm_range *s)
{
    for (size_t k = 1; k < n; k++)
        if (memcmp(labels[0] + s->beg, labels[k] + s->beg, s->end - s->beg) != 0)
            return false;
    return true;
}

static ds_status label_doc(ds_arena *a, names_doc *d, const nm_model *models, size_t models_n)
{
    uint8_t *labels[MODELS_MOST] = {NULL};
    assert(models_n > 0 && models_n <= MODELS_MOST);
    for (size_t k = 0; k < models_n; k++) {
        labels[k] = ds_arena_calloc(a, d->text.len, 1);
        if (!labels[k])
            return DS_NOMEM;
        for (size_t i = 0; i < d->text.len; i++)
            d->text.words[i].vote[0] = d->text.words[i].vote[1] = 0;
        DS_TRY(nm_label_words(a, &models[k], &d->text, labels[k]));
    }
    for (size_t n = 0; n < d->text.sents_len; n++) {
        const nm_range *s = &d->text.sents[n];
        bool take = alike(labels, models_n, s);
        for (uint32_t i = s->beg; i < s->end; i++)
            d->allowed[i] = take ? names_bit(labels[0][i]) : NAMES_ALL;
    }
    d->first = labels[0];
    return DS_OK;
}

bool names_read_news(names_source *s, const ds_lexicon *lex, const char *path,
                     const nm_model *models, size_t models_n)
{
    ds_str text = train_slurp(s->a, path);
    size_t line = 0, beg = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\n' || ++line % BLOCK != 0)
            continue;
        names_builder b = {.s = s, .set = NAMES_NEWS};
        if (line / BLOCK % SKIP == 0) {
            if (words_of(&b, lex, ds_str_cut(text, beg, i)) < 0)
                return fprintf(stderr, "train: %s:%zu: cannot be cut into words\n", path, line),
                       false;
            names_end_doc(&b);
            if (label_doc(s->a, &s->out->at[s->out->len - 1], models, models_n) < 0)
                return false;
        }
        beg = i + 1;
    }
    if (!text.at)
        fprintf(stderr, "train: %s: cannot be read\n", path);
    return text.at;
}
