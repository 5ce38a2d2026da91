/* SPDX-License-Identifier: Apache-2.0 */
/* bench_annotate TEXT - megabytes a second on one core of times, quantities and both, from tokens and from raw text.
 *
 * TEXT: a paragraph a line, no more than TEXT_MOST bytes of it; documents of about DOCUMENT bytes. "parsed": tokens, tags and
 * heads are there before the clock starts; "tokens": tokens alone; "raw": from text, sentences and tokens included, no parse.
 * One JSON line for each measurement: the best of ROUNDS, in processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "annotate/annotate.h"
#include "language/language.h"

enum { ROUNDS = 5, DOCUMENT = 4096, TEXT_MOST = 4 << 20 };

typedef struct bench {
    ds_arena *home; /* of documents and parses */
    ds_lexicon *lex;
    ds_language *language;
    DS_VEC(ds_article) articles;
    ds_doc *docs;
    ds_parse *parses;
    size_t bytes;
} bench;

enum { TIMES = 1, QUANTITIES = 2, ATTRIBUTIONS = 4 };
typedef enum start { FROM_PARSE, FROM_TOKENS, FROM_RAW } start;

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ds_str slurp(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *at = ds_arena_raw(a, TEXT_MOST);
    size_t n = f && at ? fread(at, 1, TEXT_MOST, f) : 0;
    if (f)
        fclose(f);
    while (n && at[n - 1] != '\n')
        n--;
    return (ds_str){at, n};
}

static void need(bool ok)
{
    if (!ok) {
        fputs("bench_annotate: out of memory\n", stderr);
        exit(1);
    }
}

/* The next DOCUMENT bytes or so as an article of a paragraph a line. */
static ds_article cut_article(bench *b, ds_str text, size_t *at)
{
    DS_VEC(ds_block) blocks = {0};
    size_t beg = *at;
    while (*at < text.len && *at - beg < DOCUMENT) {
        const char *nl = memchr(text.at + *at, '\n', text.len - *at);
        size_t end = nl ? (size_t)(nl - text.at) : text.len;
        ds_block block = {
            DS_PART_BODY, DS_BLOCK_PARAGRAPH, {(uint32_t)(*at - beg), (uint32_t)(end - beg)}};
        need(DS_PUSH(b->home, &blocks, block) == DS_OK);
        *at = end + 1;
    }
    ds_article art = {.doc = DS_STR("bench"),
                      .n = 1,
                      .text = ds_str_cut(text, beg, *at < text.len ? *at - 1 : text.len),
                      .blocks = blocks.at,
                      .blocks_len = blocks.len};
    art.body = (ds_span){0, (uint32_t)art.text.len};
    ds_day_parse(DS_STR("2025-02-14"), &art.published);
    art.window = (ds_days){art.published, art.published};
    return art;
}

static void prepare(bench *b, ds_str text)
{
    for (size_t at = 0; at < text.len;)
        need(DS_PUSH(b->home, &b->articles, cut_article(b, text, &at)) == DS_OK);
    b->docs = ds_arena_calloc(b->home, b->articles.len, sizeof *b->docs);
    b->parses = ds_arena_calloc(b->home, b->articles.len, sizeof *b->parses);
    need(b->docs && b->parses);
    for (size_t i = 0; i < b->articles.len; i++) {
        need(ds_text_read(b->home, &b->articles.at[i], b->lex, &b->docs[i], NULL) == DS_OK);
        need(ds_language_read(b->home, &b->docs[i], b->language, DS_DEPTH_NEEDED, &b->parses[i],
                              NULL) == DS_OK);
        need(ds_language_names(b->home, &b->docs[i], b->language, &b->parses[i], NULL) == DS_OK);
        b->bytes += b->articles.at[i].text.len;
    }
}

/* Seconds for all documents; *found: marks. */
static double round_of(const bench *b, start from, unsigned layers, size_t *found)
{
    ds_arena *a = ds_arena_new(1 << 20, (size_t)256 << 20);
    need(a);
    *found = 0;
    double beg = cpu_seconds();
    for (size_t i = 0; i < b->articles.len; i++) {
        ds_doc doc = b->docs[i];
        ds_marks marks = {0};
        const ds_parse *parse = from == FROM_PARSE ? &b->parses[i] : NULL;
        if (from == FROM_RAW)
            need(ds_text_read(a, &b->articles.at[i], b->lex, &doc, NULL) == DS_OK);
        if (layers & TIMES)
            need(ds_annotate_times(a, &doc, parse, b->lex, &marks, NULL) == DS_OK);
        if (layers & QUANTITIES)
            need(ds_annotate_quantities(a, &doc, parse, b->lex, &marks, NULL) == DS_OK);
        if (layers & ATTRIBUTIONS)
            need(ds_annotate_attributions(a, &doc, &b->parses[i], b->lex, &marks, NULL) == DS_OK);
        *found += marks.times_len + marks.quantities_len + marks.attributions_len;
        ds_arena_reset(a);
    }
    double end = cpu_seconds();
    ds_arena_free(a);
    return end - beg;
}

static void measure(const bench *b, const char *name, start from, unsigned layers)
{
    static const char *const starts[] = {"parsed", "tokens", "raw"};
    double best = 0;
    size_t found = 0;
    for (int r = 0; r < ROUNDS; r++) {
        double s = round_of(b, from, layers, &found);
        best = !r || s < best ? s : best;
    }
    printf("{\"what\":\"%s\",\"from\":\"%s\",\"bytes\":%zu,\"marks\":%zu,\"mb_per_second\":%.1f}\n",
           name, starts[from], b->bytes, found, (double)b->bytes / best / 1e6);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    bench b = {.home = ds_arena_new(0, (size_t)2 << 30)};
    ds_err err = {0};
    need(b.home);
    if (argc != 2 || ds_lexicon_open(b.home, (ds_str){NULL, 0}, &b.lex, &err) < 0 ||
        ds_language_open(b.home, b.lex, &b.language, &err) < 0) {
        fprintf(stderr, "bench_annotate: %s\n", err.what ? err.what : "usage: bench_annotate TEXT");
        return 1;
    }
    ds_str text = slurp(b.home, argv[1]);
    if (!text.len) {
        fprintf(stderr, "bench_annotate: %s: nothing to read\n", argv[1]);
        return 1;
    }
    prepare(&b, text);
    measure(&b, "text", FROM_RAW, 0);
    measure(&b, "times", FROM_PARSE, TIMES);
    measure(&b, "quantities", FROM_PARSE, QUANTITIES);
    measure(&b, "both", FROM_PARSE, TIMES | QUANTITIES);
    measure(&b, "both", FROM_TOKENS, TIMES | QUANTITIES);
    measure(&b, "both", FROM_RAW, TIMES | QUANTITIES);
    measure(&b, "attributions", FROM_PARSE, ATTRIBUTIONS);
    ds_arena_free(b.home);
    return 0;
}
