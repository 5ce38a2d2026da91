/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/blocks.h"

#define WORD_SLOTS 512 /* for half as many single words */

struct block_model {
    struct {
        uint64_t hash;
        uint8_t cls;    /* ext_class */
    } word[WORD_SLOTS]; /* open addressing */
    const ext_model *weights;
};

static const char *const names[BF_COUNT] = {
#define X(id, name) name,
    BLOCK_FEATURES(X)
#undef X
};

const ext_features block_features = {"blocks", names, BF_COUNT};

static ds_status read_words(block_model *m, const ds_lexicon *lex, ds_err *err)
{
    const ds_table *t = ds_lexicon_table(lex, "furniture");
    int cls = t ? ds_table_column(t, DS_STR("class")) : -1;
    int where = t ? ds_table_column(t, DS_STR("where")) : -1;
    uint32_t n = 0;
    for (uint32_t r = 0; cls >= 0 && where >= 0 && r < t->rows; r++) {
        if (!ds_str_eq(ds_table_cell(t, r, (uint32_t)where), DS_STR("word")))
            continue;
        uint64_t hash = html_word_hash(ds_table_cell(t, r, 0));
        size_t i = hash % WORD_SLOTS;
        while (m->word[i].hash && m->word[i].hash != hash)
            i = (i + 1) % WORD_SLOTS;
        m->word[i].hash = hash;
        m->word[i].cls = (uint8_t)ext_class_of(ds_table_cell(t, r, (uint32_t)cls));
        if (++n > WORD_SLOTS / 2)
            return ds_fail(err, DS_BAD, "furniture.tsv: too many rows with word", 0);
    }
    return DS_OK;
}

ext_class block_word(const block_model *m, uint64_t hash)
{
    size_t i = hash % WORD_SLOTS;
    while (m->word[i].hash && m->word[i].hash != hash)
        i = (i + 1) % WORD_SLOTS;
    return (ext_class)m->word[i].cls;
}

ds_status block_model_open(ds_arena *a, const ds_lexicon *lex, const block_model **out, ds_err *err)
{
    block_model *m = ds_arena_calloc(a, 1, sizeof *m);
    if (!m)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ext_model_open(a, lex, &block_features, &m->weights, err));
    DS_TRY(read_words(m, lex, err));
    *out = m;
    return DS_OK;
}

uint16_t block_model_p(const block_model *m, const block_row *row)
{
    return row->gate ? ext_model_p(m->weights, row->f) : 0;
}
