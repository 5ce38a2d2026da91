/* SPDX-License-Identifier: Apache-2.0 */
/* test_malformed - broken pages give articles that keep the contract, no article, or an error with its reason.
 *
 * Made inputs of two sizes first: four times the bytes may take little more than four times the time. Then, where it is
 * at hand, every file of ../shared/data/malformed, and each block of its .dat files, as HTML and as what it looks like;
 * each within a bound of time and memory. Prints "ok" and "not ok" lines. */
#include "extract/test_help.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define FILE_BYTES ((size_t)4 << 20) /* of one file that are read */
#define FILE_SECONDS                                                                               \
    4.0 /* of processor time for one input: two hundred times what the slowest takes */
#define BASE_BYTES ((size_t)1 << 20)   /* of the arena for an empty page ... */
#define BYTES_A_BYTE 400               /* ... and for each byte of one */
#define SMALL_BYTES ((size_t)96 << 10) /* made inputs: this, and four times as much */
#define GROWTH 10.0                    /* 4 would be linear; caches and page faults come on top */
#define LEAST_SECONDS 0.02             /* below that the clock says nothing */
#define BUDGET ((size_t)2 << 30)

static unsigned failed, inputs;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void not_ok(const char *name, size_t block, const char *why)
{
    printf("not ok %s block %zu: %s\n", name, block, why);
    failed++;
}

/* Extracts once; *seconds: what it took. Returns what is wrong, NULL: nothing. */
static const char *extract(ds_str bytes, ds_str media, double *seconds)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
    ds_page page = page_of(bytes);
    ds_articles arts = {0};
    ds_err err = {0};
    page.media = media;
    double from = now();
    ds_status st = a ? ds_extract(a, &page, extractor(), NULL, &arts, NULL, &err) : DS_NOMEM;
    *seconds = now() - from;
    inputs++;
    if (st == DS_NOMEM)
        return "no memory";
    if (st == DS_OK ? !arts.len : arts.len || !err.what)
        return "neither an article nor a reason";
    for (size_t i = 0; i < arts.len; i++) {
        const char *wrong = wrong_article(&page, &arts.at[i]);
        if (wrong)
            return wrong;
    }
    if (getenv("DOSSIER_TIMES"))
        printf("ratio %.1f %zu\n", (double)ds_arena_used(a) / ((double)bytes.len + 1), bytes.len);
    if (ds_arena_used(a) > BASE_BYTES + BYTES_A_BYTE * bytes.len)
        return "more memory than its bytes explain";
    return *seconds > FILE_SECONDS ? "too slow" : NULL;
}

/* ---- files -------------------------------------------------------------------------------------------------- */

static void one_input(const char *name, size_t block, ds_str bytes)
{
    double seconds;
    const char *wrong = extract(bytes, DS_STR("text/html"), &seconds);
    if (wrong)
        not_ok(name, block, wrong);
    wrong = extract(bytes, (ds_str){0}, &seconds);
    if (wrong)
        not_ok(name, block, wrong);
}

/* The blocks of a .dat file: what follows a line "#data" up to the next line that begins with "#". */
static void dat_blocks(const char *name, ds_str s)
{
    size_t n = 0;
    for (ptrdiff_t at = 0; (at = ds_str_find(s, DS_STR("#data\n"), (size_t)at)) >= 0; n++) {
        ptrdiff_t end = ds_str_find(s, DS_STR("\n#"), (size_t)at + 5);
        at += 6;
        one_input(name, n, ds_str_cut(s, (size_t)at, end < 0 ? s.len : (size_t)end));
    }
}

static void one_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *at = f ? malloc(FILE_BYTES) : NULL;
    if (at) {
        ds_str s = {at, fread(at, 1, FILE_BYTES, f)};
        one_input(path, 0, s);
        if (ds_str_ends(ds_str_of(path), DS_STR(".dat")))
            dat_blocks(path, s);
    }
    free(at);
    if (f)
        fclose(f);
}

static unsigned walk(const char *folder)
{
    struct dirent **names;
    unsigned files = 0;
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[4096];
        struct stat st;
        if (names[i]->d_name[0] != '.' &&
            snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name) < (int)sizeof path &&
            stat(path, &st) == 0) {
            if (S_ISDIR(st.st_mode))
                files += walk(path);
            else
                one_file(path);
            files += !S_ISDIR(st.st_mode);
        }
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return files;
}

/* ---- made inputs ------------------------------------------------------------------------------------------------ */

typedef struct made { /* head, then `piece` over and over: % in it becomes a number, then tail */
    const char *head, *piece, *tail;
} made;

static const made rows[] = {
    {"", "<div>", "a"},
    {"", "<div><p>a text of a few words. ", ""},
    {"", "<a><b>", "x"},
    {"", "<b><p>", "x"},
    {"", "<b>1<p>2</b>3</p>", ""},
    {"", "<b id=%><p>", ""},
    {"<b><i><u><s><a><em>", "<p>x</b></i></u></p>", ""},
    {"", "<a href=%>x<div>y</a></div>", ""},
    {"", "<i><table>", ""},
    {"<table>", "<tr><td>cell %", "</table>"},
    {"<table>", "x<b>y", "</table>"},
    {"<table>", "<b>", "</table>x"},
    {"", "<table><tr><td>", "x"},
    {"", "<table>x</table>", ""},
    {"<p", " a", ">x"},
    {"<p", " a%=%", ">x"},
    {"<p", " class=a% id=b%", ">x"},
    {"<p class='", "a% ", "'>x"},
    {"<p title='", "x> ", ""},
    {"", "<p title='>", ""},
    {"<!--", "x>-", ""},
    {"", "<!--", ""},
    {"", "<!-- --!", ""},
    {"", "<!---->", ""},
    {"", "<!x ", ""},
    {"<script>", "<!--<script>", ""},
    {"", "<script><!--</script>", ""},
    {"<script>", "</scrip", ""},
    {"", "<title>", ""},
    {"", "<textarea>", ""},
    {"", "<style>", ""},
    {"", "<svg><title>", ""},
    {"<svg>", "<![CDATA[x", ""},
    {"<svg>", "<g>x</q>", ""},
    {"", "<svg></svg>", ""},
    {"<math>", "<mi><b>", ""},
    {"", "</p>", ""},
    {"", "<x-%>", ""},
    {"<i><i><i>", "</x-%>", ""},
    {"", "<x-%></x-%>", ""},
    {"", "<select><option>", ""},
    {"", "<form><p></form>", ""},
    {"", "<li><dd>", ""},
    {"", "<ul><li>x", ""},
    {"", "<h1>", ""},
    {"", "<button>", ""},
    {"", "<template><td>", ""},
    {"", "<ruby><rt>", ""},
    {"", "<frameset>", ""},
    {"", "<", ""},
    {"", "</", ""},
    {"<p>", "&amp", ""},
    {"<p>", "&", ""},
    {"<p>", "&#x41;", ""},
    {"<p>", "1 May 2020 ", ""},
    {"<p>", "May ", ""},
    {"<p>", "x<br>", ""},
    {"<p>", "x", ""},
    {"", "<p>x", ""},
    {"<script type='application/ld+json'>", "[", ""},
    {"<script type='application/ld+json'>{\"a\":\"", "\\", "\"}</script>"},
    {"", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>", ""},
    {"", "<meta name=author content='A B%'>", ""},
    {"", "<span itemprop=author>A B%</span>", ""},
    {"",
     "<article><h2>News %</h2><p>A text of some words that ends here, and has a comma.</article>",
     ""},
    {"", "<p>By Ann Lee %</p>", ""},
    {"", "<h2>Related</h2><a href=x>Some other text %</a>", ""},
};

static ds_str make(char *at, size_t bytes, const made *m)
{
    size_t len = strlen(m->head), piece = strlen(m->piece), tail = strlen(m->tail);
    memcpy(at, m->head, len);
    for (unsigned n = 1; len + 12 * piece + tail < bytes; n++)
        for (const char *c = m->piece; *c; c++) {
            if (*c == '%')
                len += (size_t)snprintf(at + len, 12, "%u", n);
            else
                at[len++] = *c;
        }
    memcpy(at + len, m->tail, tail);
    return (ds_str){at, len + tail};
}

static double best_of_two(ds_str s, const char **wrong)
{
    double first, second = 0;
    *wrong = extract(s, DS_STR("text/html"), &first);
    if (!*wrong && first > LEAST_SECONDS)
        *wrong = extract(s, DS_STR("text/html"), &second);
    return second > 0 && second < first ? second : first;
}

static void one_made(char *at, const made *m)
{
    const char *wrong;
    char name[64];
    snprintf(name, sizeof name, "\"%s%s\"", m->head, m->piece);
    double small = best_of_two(make(at, SMALL_BYTES, m), &wrong);
    if (wrong) {
        not_ok(name, 0, wrong);
        return;
    }
    double large = best_of_two(make(at, 4 * SMALL_BYTES, m), &wrong);
    small = small > LEAST_SECONDS / 4 ? small : LEAST_SECONDS / 4;
    if (!wrong && large > GROWTH * small)
        wrong = "grows faster than its bytes";
    if (wrong)
        not_ok(name, 1, wrong);
    if (getenv("DOSSIER_TIMES"))
        printf("%-40.40s %8.2f ms %8.2f ms\n", name, 1e3 * small, 1e3 * large);
}

static void made_inputs(void)
{
    char *at = malloc(4 * SMALL_BYTES + 256);
    if (!at)
        exit(1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        one_made(at, &rows[i]);
    free(at);
    printf("%s %zu made inputs of two sizes\n", failed ? "not ok" : "ok",
           sizeof rows / sizeof *rows);
}

int main(int argc, char **argv)
{
    char folder[4096];
    made_inputs();
    const char *shared = getenv("DOSSIER_SHARED");
    snprintf(folder, sizeof folder, "%s/data/malformed",
             shared     ? shared
             : argc > 1 ? argv[1]
                        : "../shared");
    inputs = 0;
    unsigned before = failed, files = walk(folder);
    if (files)
        printf("%s %u files, %u inputs\n", failed > before ? "not ok" : "ok", files, inputs);
    else
        printf("skipped: no files in %s\n", folder);
    return failed ? 1 : 0;
}
