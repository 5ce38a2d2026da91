/* SPDX-License-Identifier: Apache-2.0 */
/* bench_reconcile CLAIMS... - a made-up story of so many claims, reconciled on one core; a JSON line each:
 *
 *   {"claims":10000,"pages":839,"questions":712,"origins":1200,"seconds":0.412,"story_seconds":0.09,"peak_mb":88,"claims_per_second":24000}
 *
 * seconds is ds_reconcile, the median of five; story_seconds who is who and copies before it; peak_mb what reconciling took from its
 * arena. Exit status: 0 measured, 1 no memory, 2 bad usage. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "made_story.h"

#define ROUNDS 5
#define BUDGET ((size_t)4 << 30)
#define CLAIMS_MOST 1000000

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(ds_status st, const ds_err *err)
{
    if (st == DS_OK)
        return;
    fprintf(stderr, "bench_reconcile: %s\n", err->what ? err->what : "no memory");
    exit(1);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double reconcile(const ds_reading *readings, const ds_story *story, const ds_lexicon *lex,
                        ds_ledger *ledger, size_t *bytes)
{
    double took[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        ds_err err = {0};
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
        ds_story work = *story;
        double began = now();
        must(a ? ds_reconcile(a, readings, &work, lex, DS_STR("range"), ledger, &err) : DS_NOMEM,
             &err);
        took[i] = now() - began;
        *bytes = ds_arena_used(a);
    }
    qsort(took, ROUNDS, sizeof *took, by_size);
    return took[ROUNDS / 2];
}

static void measure(size_t claims)
{
    ds_err err = {0};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
    made m = {.a = a, .state = 1, .claims = claims};
    ds_lexicon *lex;
    ds_story story;
    ds_ledger ledger;
    size_t pages, bytes;
    must(a ? ds_lexicon_open(a, (ds_str){0}, &lex, &err) : DS_NOMEM, &err);
    const ds_reading *readings = made_story(&m, &pages);
    double began = now();
    must(ds_story_given(a, readings, pages, &story, &err), &err);
    must(ds_story_who(a, readings, lex, &story, &err), &err);
    double before = now() - began, took = reconcile(readings, &story, lex, &ledger, &bytes);
    printf("{\"claims\":%zu,\"pages\":%zu,\"questions\":%zu,\"origins\":%u,\"seconds\":%.3f,"
           "\"story_seconds\":%.3f,\"peak_mb\":%.1f,\"claims_per_second\":%.0f}\n",
           story.rows_len, pages, ledger.questions_len, ledger.origins, took, before,
           (double)bytes / 1e6, (double)story.rows_len / took);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        goto usage;
    for (int i = 1; i < argc; i++) {
        char *end;
        unsigned long n = strtoul(argv[i], &end, 10);
        if (*end || !n || n > CLAIMS_MOST)
            goto usage;
        measure(n);
        fflush(stdout);
    }
    return 0;
usage:
    fprintf(stderr, "usage: bench_reconcile CLAIMS...\n");
    return 2;
}
