/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_names.c - sections of any bytes are refused, or give labels that can follow each other, twice the same.
 *
 * Input: length of the text in two bytes, of the gazetteer in two; the text, its words parted by blanks, its sentences by line
 * feeds; the gazetteer; the weights. */
#include "language/names_model.h"

#include <stdlib.h>

enum { BUDGET = 64 << 20, HEAD = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void require(bool ok)
{
    if (!ok)
        abort();
}

typedef struct made {
    DS_VEC(nm_word) words;
    DS_VEC(nm_range) sents;
} made;

static ds_status push_word(ds_arena *a, made *m, ds_str w)
{
    nm_word word = {.text = w, .flags = NM_SPACE};
    return w.len ? DS_PUSH(a, &m->words, word) : DS_OK;
}

static ds_status push_sentence(ds_arena *a, made *m)
{
    uint32_t beg = m->sents.len ? m->sents.at[m->sents.len - 1].end : 0;
    nm_range s = {beg, (uint32_t)m->words.len};
    return s.beg < s.end ? DS_PUSH(a, &m->sents, s) : DS_OK;
}

static ds_status cut(ds_arena *a, ds_str text, nm_text *out)
{
    made m = {0};
    for (size_t i = 0, beg = 0; i <= text.len; i++) {
        char c = i < text.len ? text.at[i] : '\n';
        if (c != ' ' && c != '\n')
            continue;
        DS_TRY(push_word(a, &m, ds_str_cut(text, beg, i)));
        beg = i + 1;
        if (c == '\n')
            DS_TRY(push_sentence(a, &m));
    }
    *out = (nm_text){
        .words = m.words.at, .len = m.words.len, .sents = m.sents.at, .sents_len = m.sents.len};
    return DS_OK;
}

static const uint8_t *labels_of(ds_arena *a, const ds_gazetteer *g, const nm_model *m, ds_str text,
                                nm_text *t)
{
    uint8_t *labels = NULL;
    if (cut(a, text, t) == DS_OK)
        labels = ds_arena_calloc(a, t->len, 1);
    bool done = labels && nm_look(a, g, &m->classes, t) == DS_OK &&
                nm_label_words(a, m, t, labels) == DS_OK;
    return done ? labels : NULL;
}

static void check(ds_arena *a, const ds_gazetteer *g, const nm_model *m, ds_str text)
{
    nm_text t, again;
    const uint8_t *one = labels_of(a, g, m, text, &t), *two = labels_of(a, g, m, text, &again);
    if (!one || !two)
        return;
    require(t.len == 0 || memcmp(one, two, t.len) == 0);
    for (size_t n = 0; n < t.sents_len; n++)
        for (uint32_t i = t.sents[n].beg; i < t.sents[n].end; i++)
            require(one[i] < NM_LABELS && nm_follows(i > t.sents[n].beg ? one[i - 1] : 0, one[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    size_t text_len = len < HEAD ? 0 : (size_t)(at[0] | at[1] << 8),
           phrases_len = len < HEAD ? 0 : (size_t)(at[2] | at[3] << 8);
    ds_gazetteer g;
    nm_model m;
    if (len < HEAD || text_len + phrases_len > len - HEAD)
        return 0;
    ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str text = {(const char *)at + HEAD, text_len}, phrases = {text.at + text_len, phrases_len};
    ds_str weights = {phrases.at + phrases_len, len - HEAD - text_len - phrases_len};
    phrases = ds_arena_str(a, phrases); /* aligned */
    weights = ds_arena_str(a, weights);
    if (ds_utf8_check(text, NULL) == DS_OK && phrases.at && weights.at &&
        ds_gazetteer_open(phrases, &g, NULL) == DS_OK && nm_model_open(weights, &m, NULL) == DS_OK)
        check(a, &g, &m, text);
    ds_arena_free(a);
    return 0;
}
