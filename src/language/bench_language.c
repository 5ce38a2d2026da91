/* SPDX-License-Identifier: Apache-2.0 */
/* bench_language TEXT [KERNEL] - words a second on one core, raw text in, tags or heads out, with every kernel that fits (or
 * that one), and the share of the text that later stages want heads for.
 *
 * TEXT: a paragraph a line; documents of about DOCUMENT bytes. One JSON line for each measurement: the best of ROUNDS, in
 * processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "language/language.h"
#include "language/net.h"

enum { ROUNDS = 3, DOCUMENT = 4096 };

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ds_str slurp(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    ds_buf b = ds_buf_new(a);
    char chunk[65536];
    if (!f)
        return (ds_str){NULL, 0};
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        ds_buf_put(&b, (ds_str){chunk, n});
    fclose(f);
    return ds_buf_str(&b);
}

typedef struct sum {
    uint64_t words, hash, bytes, wanted; /* bytes: of sentences; wanted: of those with heads */
    double seconds;
} sum;

/* mode 0: text alone; 1: tags; 2: heads */
static sum read_all(const ds_net *net, const ds_kernel *k, const ds_lexicon *lex,
                    const ds_language *l, ds_str text, int mode)
{
    ds_arena *a = ds_arena_new(1 << 22, (size_t)1 << 30);
    sum s = {0};
    double start = cpu_seconds();
    for (size_t at = 0; at < text.len;) {
        DS_VEC(ds_block) blocks = {0};
        ds_doc doc;
        size_t beg = at;
        while (at < text.len && at - beg < DOCUMENT) {
            const char *nl = memchr(text.at + at, '\n', text.len - at);
            size_t end = nl ? (size_t)(nl - text.at) : text.len;
            ds_block b = {
                DS_PART_BODY, DS_BLOCK_PARAGRAPH, {(uint32_t)(at - beg), (uint32_t)(end - beg)}};
            if (DS_PUSH(a, &blocks, b) < 0)
                abort();
            at = end + 1;
        }
        ds_article art = {.text = ds_str_cut(text, beg, at < text.len ? at : text.len),
                          .blocks = blocks.at,
                          .blocks_len = blocks.len};
        if (ds_text_read(a, &art, lex, &doc, NULL) < 0)
            abort();
        s.words += doc.words_len;
        for (size_t i = 0; i < doc.sents_len && !mode; i++) {
            s.bytes += ds_span_len(doc.sents[i].span);
            s.wanted +=
                ds_language_wants(a, &doc, &doc.sents[i], l) ? ds_span_len(doc.sents[i].span) : 0;
        }
        if (mode) {
            ds_node *nodes = ds_arena_raw(a, (doc.words_len + 1) * sizeof *nodes);
            uint8_t *none = ds_arena_calloc(a, doc.sents_len + 1, 1);
            if (!nodes || !none || ds_net_read(a, net, k, &doc, mode == 1 ? none : NULL, nodes) < 0)
                abort();
            s.hash = ds_hash((ds_str){(const char *)nodes, doc.words_len * sizeof *nodes}, s.hash);
        }
        ds_arena_reset(a);
    }
    s.seconds = cpu_seconds() - start;
    ds_arena_free(a);
    return s;
}

int main(int argc, char **argv)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_lexicon *lex;
    ds_language *l;
    ds_net net;
    ds_err err = {0};
    static const char *const modes[] = {"text", "tags", "heads"};
    if (argc < 2 || argc > 3 || ds_lexicon_open(a, (ds_str){NULL, 0}, &lex, &err) < 0 ||
        ds_language_open(a, lex, &l, &err) < 0 ||
        ds_net_open(ds_lexicon_section(lex, "net"), &net, &err) < 0) {
        fprintf(stderr, "bench_language: %s\n",
                err.what ? err.what : "usage: bench_language TEXT [KERNEL]");
        return 1;
    }
    ds_str text = slurp(a, argv[1]);
    if (!text.len) {
        fprintf(stderr, "bench_language: %s: nothing to read\n", argv[1]);
        return 1;
    }
    for (int mode = 0; mode < 3; mode++)
        for (size_t k = 0; k < ds_kernels_len; k++) {
            sum best = {0};
            if (!ds_kernels[k]->fits() || (mode == 0 && k) ||
                (argc == 3 && mode && strcmp(argv[2], ds_kernels[k]->name) != 0))
                continue;
            for (int r = 0; r < ROUNDS; r++) {
                sum s = read_all(&net, ds_kernels[k], lex, l, text, mode);
                if (!r || s.seconds < best.seconds)
                    best = s;
            }
            printf("{\"what\":\"%s\",\"kernel\":\"%s\",\"words\":%llu,\"words_per_second\":%.0f,"
                   "\"mb_per_second\":%.1f,\"hash\":\"%016llx\"}\n",
                   modes[mode], ds_kernels[k]->name, (unsigned long long)best.words,
                   (double)best.words / best.seconds, (double)text.len / best.seconds / 1e6,
                   (unsigned long long)best.hash);
            if (!mode)
                printf("{\"what\":\"wanted\",\"share\":%.4f}\n",
                       (double)best.wanted / (double)best.bytes);
            fflush(stdout);
        }
    return 0;
}
