/* SPDX-License-Identifier: Apache-2.0 */
/* bench_extract [--json] [--rounds N] FOLDER... - pages to articles against libxml2's HTML parse, on one core.
 *
 * Reads every *.html of the folders into memory, then times (a) htmlReadMemory and xmlFreeDoc, (b) ds_extract with
 * metadata, one arena reset for each page. Rounds are interleaved; the median of each is printed. Without libxml2 at
 * build time, only (b). Exit status: 0 measured, 1 no pages or no memory, 2 bad usage. */
#include "extract/extract.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif

#define ROUNDS_MIN 5
#define ROUNDS_MAX 1001
#define SECONDS_LEAST 0.2 /* of one measurement: small sets are read several times over */
#define FIRST_BLOCK ((size_t)16 << 20)
#define BUDGET ((size_t)2 << 30)

typedef DS_VEC(ds_str) page_list;

typedef struct bench {
    ds_arena *kept, *work;
    ds_lexicon *lex;
    ds_extractor *extractor;
    page_list pages;
    size_t bytes, articles;
} bench;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "bench_extract: %s: %s\n", what, why);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void read_page(bench *b, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        fail(path, strerror(errno));
    long size = ftell(f);
    char *at = size < 0 ? NULL : ds_arena_alloc(b->kept, (size_t)size + 1);
    if (!at)
        fail(path, "no memory");
    rewind(f);
    size_t len = fread(at, 1, (size_t)size, f);
    fclose(f);
    if (len && DS_PUSH(b->kept, &b->pages, ((ds_str){at, len})) != DS_OK)
        fail(path, "no memory");
    b->bytes += len;
}

static void read_folder(bench *b, const char *folder)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);
    if (n < 0)
        fail(folder, strerror(errno));
    for (int i = 0; i < n; i++) {
        ds_str path = ds_arena_printf(b->kept, "%s/%s", folder, names[i]->d_name);
        if (path.at && ds_str_ends(path, DS_STR(".html")))
            read_page(b, path.at);
        free(names[i]);
    }
    free(names);
}

static void extract_all(bench *b)
{
    b->articles = 0;
    for (size_t i = 0; i < b->pages.len; i++) {
        ds_page page = {.name = DS_STR("page"),
                        .bytes = b->pages.at[i],
                        .media = DS_STR("text/html"),
                        .fetched = DS_DAY_NONE,
                        .published = DS_DAY_NONE};
        ds_articles got = {0};
        ds_arena_reset(b->work);
        if (ds_extract(b->work, &page, b->extractor, NULL, &got, NULL, NULL) >= 0)
            b->articles += got.len;
    }
}

static void parse_all(bench *b)
{
#ifdef HAVE_LIBXML2
    const int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    for (size_t i = 0; i < b->pages.len; i++)
        xmlFreeDoc(htmlReadMemory(b->pages.at[i].at, (int)b->pages.at[i].len, NULL, NULL, options));
#else
    (void)b;
#endif
}

/* Seconds that one pass over all pages takes. */
static double timed(bench *b, void (*pass)(bench *b), unsigned times)
{
    double from = now();
    for (unsigned i = 0; i < times; i++)
        pass(b);
    return (now() - from) / times;
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(double *at, unsigned n)
{
    qsort(at, n, sizeof *at, by_value);
    return at[n / 2];
}

static unsigned repeats(double seconds)
{
    return seconds >= SECONDS_LEAST ? 1 : (unsigned)(SECONDS_LEAST / (seconds + 1e-4)) + 1;
}

static void print_result(const bench *b, double extract, double libxml2, unsigned rounds, bool json)
{
    double pages = (double)b->pages.len, mb = (double)b->bytes / 1e6;
    printf(json ? "{\"pages\":%zu,\"bytes\":%zu,\"articles\":%zu,\"rounds\":%u,"
                : "%zu pages, %zu bytes, %zu articles, median of %u rounds\n",
           b->pages.len, b->bytes, b->articles, rounds);
    printf(json ? "\"extract_pages_per_s\":%.1f,\"extract_mb_per_s\":%.1f"
                : "extract  %8.1f pages/s  %7.1f MB/s\n",
           pages / extract, mb / extract);
    if (libxml2 > 0) {
        printf(json ? ",\"libxml2_pages_per_s\":%.1f,\"libxml2_mb_per_s\":%.1f"
                    : "libxml2  %8.1f pages/s  %7.1f MB/s\n",
               pages / libxml2, mb / libxml2);
        printf(json ? ",\"times_libxml2\":%.2f" : "times libxml2  %.2f\n", libxml2 / extract);
    }
    if (json)
        puts("}");
}

static void measure(bench *b, unsigned rounds, bool json)
{
    double *extract = ds_arena_calloc(b->kept, rounds, sizeof *extract);
    double *libxml2 = ds_arena_calloc(b->kept, rounds, sizeof *libxml2);
    if (!extract || !libxml2)
        fail("rounds", "no memory");
    unsigned extract_times = repeats(timed(b, extract_all, 1));
    unsigned libxml2_times = repeats(timed(b, parse_all, 1));
    for (unsigned i = 0; i < rounds; i++) {
#ifdef HAVE_LIBXML2
        libxml2[i] = timed(b, parse_all, libxml2_times);
#else
        (void)libxml2_times;
#endif
        extract[i] = timed(b, extract_all, extract_times);
    }
    print_result(b, median(extract, rounds), median(libxml2, rounds), rounds, json);
}

int main(int argc, char **argv)
{
    bench b = {.kept = ds_arena_new(0, BUDGET), .work = ds_arena_new(FIRST_BLOCK, BUDGET)};
    unsigned rounds = ROUNDS_MIN;
    bool json = false;
    if (!b.kept || !b.work || ds_lexicon_open(b.kept, (ds_str){0}, &b.lex, NULL) != DS_OK ||
        ds_extractor_open(b.kept, b.lex, &b.extractor, NULL) != DS_OK)
        fail("start", "no memory");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            rounds = (unsigned)strtoul(argv[++i], NULL, 10);
        else if (argv[i][0] == '-')
            rounds = 0;
        else
            read_folder(&b, argv[i]);
    }
    if (rounds < ROUNDS_MIN || rounds > ROUNDS_MAX) {
        fputs("usage: bench_extract [--json] [--rounds 5..1001] FOLDER...\n", stderr);
        return 2;
    }
    if (!b.pages.len)
        fail("no *.html page", "in the folders given");
    measure(&b, rounds, json);
    ds_arena_free(b.work);
    ds_arena_free(b.kept);
    return 0;
}
