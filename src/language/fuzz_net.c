/* SPDX-License-Identifier: Apache-2.0 */
/* A section that opens gives every sentence a tree, whatever its weights; one that does not says why. */
#include <stdint.h>
#include <stdlib.h>

#include "language/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "The dam above Mirefold broke at 5 a.m. , officials said . U.S. aid — €3m — is late .";

/* Words between blanks, two sentences. */
static void lay(ds_doc *doc, ds_word words[32], ds_sentence sents[2])
{
    uint32_t n = 0;
    for (uint32_t i = 0, beg = 0; i < sizeof text; i++)
        if (text[i] == ' ' || !text[i]) {
            words[n++] = (ds_word){{beg, i}, 0, 0};
            beg = i + 1;
        }
    sents[0] = (ds_sentence){.word = 0, .word_end = 12};
    sents[1] = (ds_sentence){.word = 12, .word_end = n};
    *doc = (ds_doc){.text = {text, sizeof text - 1},
                    .words = words,
                    .words_len = n,
                    .sents = sents,
                    .sents_len = 2};
}

static void check(const ds_sentence *s, const ds_node *nodes)
{
    int roots = 0;
    for (uint32_t i = s->word; i < s->word_end; i++) {
        uint32_t steps = 0;
        for (uint32_t at = i; nodes[at].head != DS_NO_HEAD; at = nodes[at].head)
            if (nodes[at].head < s->word || nodes[at].head >= s->word_end || ++steps > 64)
                abort();
        roots += nodes[i].head == DS_NO_HEAD;
    }
    if (roots != 1)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ds_arena *a = ds_arena_new(0, 16 << 20);
    char *copy = aligned_alloc(64, (size + 127) / 64 * 64);
    ds_word words[32];
    ds_sentence sents[2];
    ds_node nodes[32];
    ds_doc doc;
    ds_net net;
    ds_err err = {0};
    if (!a || !copy)
        abort();
    memcpy(copy, data, size);
    if (ds_net_open((ds_str){copy, size}, &net, &err) == DS_OK) {
        lay(&doc, words, sents);
        for (size_t k = 0; k < ds_kernels_len; k++)
            if (ds_kernels[k]->fits() &&
                ds_net_read(a, &net, ds_kernels[k], &doc, NULL, nodes) == DS_OK)
                for (int i = 0; i < 2; i++)
                    check(&sents[i], nodes);
    } else if (!err.what) {
        abort();
    }
    free(copy);
    ds_arena_free(a);
    return 0;
}
