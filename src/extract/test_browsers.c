/* SPDX-License-Identifier: Apache-2.0 */
/* test_browsers.c - the charset that browsers take for a page, and ours.
 *
 * usage: test_browsers KEEP SHARED   of the shared folder (DOSSIER_SHARED names another), data/malformed: html5lib/encoding
 * ("#data" page, "#encoding" name) and the pages of miniflux/encoding. Prints how many agree and which do not; exit 1
 * below KEEP, 77 where the files are not there. Why the rest differ: docs/charsets.md. */
#include "extract/internal.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_BYTES (1u << 20)

static unsigned cases, agree;

static size_t line_end(ds_str s, size_t i)
{
    ptrdiff_t at = ds_str_find(s, DS_STR("\n"), i);
    return at < 0 ? s.len : (size_t)at;
}

static void check_case(const char *file, ds_str data, ds_str want)
{
    const ext_charset *got = ext_charset_declared(data);
    const char *name = ds_str_starts(data, DS_STR("\xEF\xBB\xBF")) ? "utf-8"
                       : got                                       ? got->name
                                                                   : "windows-1252";
    cases++;
    if (ext_same_fold(ds_str_of(name), want)) {
        agree++;
        return;
    }
    printf("%s: case %u: %.*s wanted, %s found\n", file, cases, DS_FMT(want), name);
}

static void check_file(const char *path)
{
    static char bytes[FILE_BYTES];
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    ds_str s = {bytes, fread(bytes, 1, sizeof bytes, f)};
    fclose(f);
    for (ptrdiff_t at = 0; (at = ds_str_find(s, DS_STR("#data\n"), (size_t)at)) >= 0;) {
        size_t beg = (size_t)at + 6;
        ptrdiff_t end = ds_str_find(s, DS_STR("\n#encoding\n"), beg - 1);
        if (end < 0)
            break;
        size_t name = (size_t)end + 11, stop = line_end(s, name);
        const char *base = strrchr(path, '/');
        check_case(base ? base + 1 : path, ds_str_cut(s, beg, (size_t)end + 1),
                   ds_str_trim(ds_str_cut(s, name, stop)));
        at = (ptrdiff_t)stop;
    }
}

/* A whole page whose declaration is told by its name. */
static void check_page(const char *path, const char *want)
{
    static char bytes[FILE_BYTES];
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    const char *base = strrchr(path, '/');
    check_case(base ? base + 1 : path, (ds_str){bytes, len}, ds_str_of(want));
}

int main(int argc, char **argv)
{
    static const struct {
        const char *file, *want;
    } pages[] = {{"iso-8859-1.html", "windows-1252"}, {"utf8-meta-after-1024.html", "utf-8"}};
    static const char *const files[] = {"tests1.dat", "tests2.dat", "test-yahoo-jp.dat"};
    const char *shared = getenv("DOSSIER_SHARED");
    if (argc != 3)
        return 2;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/data/malformed/html5lib/encoding/%s",
                 shared ? shared : argv[2], files[k]);
        check_file(path);
    }
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/data/malformed/miniflux/encoding/testdata/%s",
                 shared ? shared : argv[2], pages[k].file);
        check_page(path, pages[k].want);
    }
    if (!cases) {
        printf("skipped: no html5lib/encoding in the shared folder\n");
        return 77;
    }
    printf("%u of %u pages: the charset that browsers take\n", agree, cases);
    return agree < strtoul(argv[1], NULL, 10);
}
